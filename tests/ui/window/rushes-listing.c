/* rushes-listing.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "rushes-listing.h"

#include "rushes-catalogue-row.h"
#include "rushes-settings.h"

#define PRICE(amount, currency)                                                                                        \
  "\"prices\":[{\"amount\":\"" amount "\",\"currency\":\"" currency                                                    \
  "\",\"per\":\"second\",\"as_of\":\"2026-08-01\",\"source\":\"https://kites.example/prices\"}]"

const char rushes_listing_kites[] =
    "{\"version\":1,\"id\":\"kites\",\"name\":\"Kites\"," RUSHES_SET_SERVICE ",\"slots\":4,\"default_model\":\"k10\","
    "\"models\":[{\"id\":\"k10\",\"name\":\"Kite 10\",\"durations\":[4,6,8,10],\"resolutions\":[\"720p\",\"1080p\"],"
    "\"inputs\":{\"first_frame\":\"optional\",\"last_frame\":\"optional\"},"
    "\"prompt\":{\"input\":\"optional\"},\"audio\":true," PRICE (
        "0.10",
        "USD") "},"
               "{\"id\":\"k2\",\"name\":\"Kite 2.1\",\"durations\":[5,10],\"prompt\":{\"input\":\"optional\"}," PRICE (
                   "0.02",
                   "USD") "},"
                          "{\"id\":\"yuan\",\"name\":\"Paper "
                          "Dragon\",\"durations\":{\"minimum\":3,\"maximum\":12,\"step\":1},"
                          "\"inputs\":{\"references\":4},\"prompt\":{\"input\":\"optional\"}," PRICE (
                              "0.01",
                              "CNY") "},"
                                     "{\"id\":\"old\",\"name\":\"Old "
                                     "Kite\",\"durations\":[4],\"retired\":\"2020-01-31\"},"
                                     "{\"id\":\"soon\",\"name\":\"Parting "
                                     "Kite\",\"durations\":[4],\"prompt\":{\"input\":\"optional\"},"
                                     "\"retired\":\"2999-12-01\"}]}";

static void
forget_settings (void)
{
  g_autoptr (GSettings) settings = rushes_settings_get ();

  g_settings_reset (settings, "favourite-models");
  g_settings_reset (settings, "model-sort");
  g_settings_reset (settings, "locked-models");
}

RushesSet *
rushes_listing_open_set (RushesProvider **kites)
{
  RushesSet *set;
  g_autoptr (RushesProvider) provider = rushes_set_new_provider (rushes_listing_kites, NULL);

  forget_settings ();
  set = rushes_set_open ();
  rushes_registry_add (set->registry, provider);
  rushes_set_compose (set);
  rushes_set_choose (set, "kites");
  if (kites != NULL)
    *kites = provider;
  return set;
}

static gboolean
shows_dialog (RushesSet *set, gconstpointer data)
{
  AdwDialog *dialog = adw_application_window_get_visible_dialog (ADW_APPLICATION_WINDOW (set->window));

  return dialog != NULL && G_OBJECT_TYPE (dialog) == GPOINTER_TO_SIZE (data) &&
         gtk_widget_get_mapped (GTK_WIDGET (dialog));
}

gboolean
rushes_listing_is_closed (RushesSet *set, gconstpointer data)
{
  return adw_application_window_get_visible_dialog (ADW_APPLICATION_WINDOW (set->window)) == NULL;
}

static gboolean
is_catalogue (GtkWidget *widget, gconstpointer data)
{
  return GTK_IS_LIST_VIEW (widget) && gtk_widget_has_css_class (widget, "catalogue");
}

static gboolean
is_ready (GtkWidget *view, gconstpointer data)
{
  return gtk_widget_get_mapped (view) && gtk_widget_get_height (view) > 100;
}

RushesListing
rushes_listing_await (RushesSet *set)
{
  RushesListing self = { .set = set };

  rushes_set_await (set, shows_dialog, GSIZE_TO_POINTER (RUSHES_TYPE_CATALOGUE_DIALOG));
  self.dialog = adw_application_window_get_visible_dialog (ADW_APPLICATION_WINDOW (set->window));
  self.view = GTK_LIST_VIEW (rushes_test_search (GTK_WIDGET (self.dialog), is_catalogue, NULL));
  g_assert_nonnull (self.view);
  rushes_test_await (is_ready, GTK_WIDGET (self.view), NULL);
  return self;
}

RushesListing
rushes_listing_open (RushesSet *set)
{
  rushes_set_press ("ctrl+m");
  return rushes_listing_await (set);
}

void
rushes_listing_close (RushesListing *self)
{
  adw_dialog_force_close (self->dialog);
  rushes_set_await (self->set, rushes_listing_is_closed, NULL);
}

/* "Favourites: Kite 10; Ready to Use: Animatic, Linen", as far as the list has sections. */
static char *
write_list (RushesListing *self)
{
  static const char *const sections[] = { "favourites", "ready", "locked", "gone" };
  GListModel *models = G_LIST_MODEL (gtk_list_view_get_model (self->view));
  GString *list = g_string_new (NULL);
  int last = -1;

  for (guint i = 0; i < g_list_model_get_n_items (models); i++)
    {
      g_autoptr (RushesCatalogueEntry) entry = g_list_model_get_item (models, i);
      int section = (int) rushes_catalogue_entry_get_section (entry);

      if (section != last)
        g_string_append_printf (list, "%s%s:", i > 0 ? "; " : "", sections[section]);
      else
        g_string_append_c (list, ',');
      g_string_append_printf (list, " %s", rushes_model_get_name (rushes_catalogue_entry_get_model (entry)));
      last = section;
    }
  return g_string_free (list, FALSE);
}

static gboolean
has_list (RushesListing *self, gconstpointer expected)
{
  g_autofree char *list = write_list (self);

  return g_str_equal (list, expected);
}

void
rushes_listing_await_list (RushesListing *self, const char *expected)
{
  if (!has_list (self, expected))
    {
      g_autofree char *list = write_list (self);

      g_test_message ("so far: %s", list);
    }
  rushes_test_await (has_list, self, expected);
}

static gboolean
is_row_of (GtkWidget *widget, gconstpointer name)
{
  return RUSHES_IS_CATALOGUE_ROW (widget) && gtk_widget_get_mapped (widget) &&
         rushes_test_find (widget, GTK_TYPE_LABEL, name) != NULL;
}

static gboolean
has_row (RushesListing *self, gconstpointer name)
{
  return rushes_test_search (GTK_WIDGET (self->view), is_row_of, name) != NULL;
}

GtkWidget *
rushes_listing_find_row (RushesListing *self, const char *name)
{
  rushes_test_await (has_row, self, name);
  rushes_test_await_rest (rushes_test_search (GTK_WIDGET (self->view), is_row_of, name));
  return rushes_test_search (GTK_WIDGET (self->view), is_row_of, name);
}

gboolean
rushes_listing_says (RushesListing *self, const char *name, const char *words)
{
  rushes_test_await (has_row, self, name);
  return rushes_test_says (rushes_test_search (GTK_WIDGET (self->view), is_row_of, name), words);
}

typedef struct
{
  RushesListing *catalogue;
  const char *name;
  const char *words;
} Saying;

static gboolean
is_said (Saying *saying, gconstpointer data)
{
  GtkWidget *row = rushes_test_search (GTK_WIDGET (saying->catalogue->view), is_row_of, saying->name);

  return row != NULL && rushes_test_says (row, saying->words);
}

void
rushes_listing_await_said (RushesListing *self, const char *name, const char *words)
{
  Saying saying = { self, name, words };

  rushes_test_await (is_said, &saying, NULL);
}

GtkEditable *
rushes_listing_get_search (RushesListing *self)
{
  return GTK_EDITABLE (rushes_test_find (GTK_WIDGET (self->dialog), GTK_TYPE_SEARCH_ENTRY, NULL));
}

void
rushes_listing_search (RushesListing *self, const char *words)
{
  gtk_editable_set_text (rushes_listing_get_search (self), words);
}
