/* test-catalogue.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "rushes-set.h"

#include "rushes-async.h"
#include "rushes-catalogue-dialog.h"
#include "rushes-catalogue-row.h"
#include "rushes-catalogue-service-row.h"
#include "rushes-error.h"
#include "rushes-model-choice.h"
#include "rushes-model-words.h"
#include "rushes-settings.h"

#define PRICE(amount, currency)                                                                                        \
  "\"prices\":[{\"amount\":\"" amount "\",\"currency\":\"" currency                                                    \
  "\",\"per\":\"second\",\"as_of\":\"2026-08-01\",\"source\":\"https://kites.example/prices\"}]"

static const char KITES[] =
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

/* ---- a service that lists its models itself ---- */

#define RUSHES_TYPE_GUILD (rushes_guild_get_type ())
G_DECLARE_FINAL_TYPE (RushesGuild, rushes_guild, RUSHES, GUILD, RushesProvider)

struct _RushesGuild
{
  RushesProvider parent_instance;

  DexPromise *answer; /* to the last question */
  guint n_asked;
  guint n_loaded;
};

G_DEFINE_FINAL_TYPE (RushesGuild, rushes_guild, RUSHES_TYPE_PROVIDER)

static gboolean
rushes_guild_can_list_models (RushesProvider *provider)
{
  return TRUE;
}

static DexFuture *
rushes_guild_load_models (RushesProvider *provider)
{
  RUSHES_GUILD (provider)->n_loaded++;
  return dex_future_new_true ();
}

static DexFuture *
rushes_guild_refresh_models (RushesProvider *provider)
{
  RushesGuild *self = RUSHES_GUILD (provider);

  self->n_asked++;
  dex_clear (&self->answer);
  self->answer = dex_promise_new ();
  return dex_ref (DEX_FUTURE (self->answer));
}

static void
rushes_guild_finalize (GObject *object)
{
  dex_clear (&RUSHES_GUILD (object)->answer);

  G_OBJECT_CLASS (rushes_guild_parent_class)->finalize (object);
}

static void
rushes_guild_class_init (RushesGuildClass *klass)
{
  RushesProviderClass *provider_class = RUSHES_PROVIDER_CLASS (klass);

  G_OBJECT_CLASS (klass)->finalize = rushes_guild_finalize;
  provider_class->can_list_models = rushes_guild_can_list_models;
  provider_class->load_models = rushes_guild_load_models;
  provider_class->refresh_models = rushes_guild_refresh_models;
}

static void
rushes_guild_init (RushesGuild *self)
{
}

static RushesGuild *
add_guild (RushesSet *set, const char *id, const char *name)
{
  g_autofree char *json =
      g_strdup_printf ("{\"version\":1,\"id\":\"%s\",\"name\":\"%s\"," RUSHES_SET_SERVICE
                       ",\"slots\":4,\"default_model\":\"first\",\"models\":[{\"id\":\"first\",\"name\":\"%s One\","
                       "\"durations\":[4],\"prices\":[]}]}",
                       id, name, name);
  g_autoptr (GBytes) bytes = g_bytes_new (json, strlen (json));
  g_autoptr (GError) error = NULL;
  g_autoptr (RushesDescription) description = rushes_description_new_from_bytes (bytes, "guild.json", &error);
  g_autoptr (RushesProvider) guild = NULL;

  g_assert_no_error (error);
  guild = g_object_new (RUSHES_TYPE_GUILD, "description", description, NULL);
  rushes_registry_add (set->registry, guild);
  return RUSHES_GUILD (guild);
}

/* What it lists from now on: one more model, asked for three days ago. */
static void
list_one (RushesGuild *self, const char *id, const char *name)
{
  g_autofree char *json = g_strdup_printf ("{\"id\":\"%s\",\"name\":\"%s\",\"durations\":[4]}", id, name);
  g_autoptr (JsonNode) node = json_from_string (json, NULL);
  g_autoptr (GPtrArray) models = g_ptr_array_new_with_free_func (g_object_unref);
  g_autoptr (GDateTime) now = g_date_time_new_now_utc ();
  g_autoptr (GDateTime) then = g_date_time_add_days (now, -3);
  g_autoptr (GError) error = NULL;

  g_ptr_array_add (models,
                   rushes_model_from_json (node, rushes_provider_get_id (RUSHES_PROVIDER (self)), "guild", &error));
  g_assert_no_error (error);
  rushes_provider_set_listed_models (RUSHES_PROVIDER (self), models, then);
}

/* ---- the list ---- */

typedef struct
{
  RushesSet *set;
  AdwDialog *dialog;
  GtkListView *view;
} Catalogue;

static void
forget_settings (void)
{
  g_autoptr (GSettings) settings = rushes_settings_get ();

  g_settings_reset (settings, "favourite-models");
  g_settings_reset (settings, "model-sort");
  g_settings_reset (settings, "locked-models");
}

static RushesSet *
open_set (RushesProvider **kites)
{
  RushesSet *set;
  g_autoptr (RushesProvider) provider = rushes_set_new_provider (KITES, NULL);

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

static gboolean
shows_no_dialog (RushesSet *set, gconstpointer data)
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

/* The one that comes up now. */
static Catalogue
await_catalogue (RushesSet *set)
{
  Catalogue self = { .set = set };

  rushes_set_await (set, shows_dialog, GSIZE_TO_POINTER (RUSHES_TYPE_CATALOGUE_DIALOG));
  self.dialog = adw_application_window_get_visible_dialog (ADW_APPLICATION_WINDOW (set->window));
  self.view = GTK_LIST_VIEW (rushes_test_search (GTK_WIDGET (self.dialog), is_catalogue, NULL));
  g_assert_nonnull (self.view);
  rushes_test_await (is_ready, GTK_WIDGET (self.view), NULL);
  return self;
}

static Catalogue
open_catalogue (RushesSet *set)
{
  rushes_set_press ("ctrl+m");
  return await_catalogue (set);
}

static void
close_catalogue (Catalogue *self)
{
  adw_dialog_force_close (self->dialog);
  rushes_set_await (self->set, shows_no_dialog, NULL);
}

/* "Favourites: Kite 10; Ready to Use: Animatic, Linen", as far as the list has sections. */
static char *
write_list (Catalogue *self)
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
has_list (Catalogue *self, gconstpointer expected)
{
  g_autofree char *list = write_list (self);

  return g_str_equal (list, expected);
}

static void
await_list (Catalogue *self, const char *expected)
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
has_row (Catalogue *self, gconstpointer name)
{
  return rushes_test_search (GTK_WIDGET (self->view), is_row_of, name) != NULL;
}

/* The row of a model, in its place. */
static GtkWidget *
find_row (Catalogue *self, const char *name)
{
  rushes_test_await (has_row, self, name);
  rushes_test_await_rest (rushes_test_search (GTK_WIDGET (self->view), is_row_of, name));
  return rushes_test_search (GTK_WIDGET (self->view), is_row_of, name);
}

static gboolean
row_says (Catalogue *self, const char *name, const char *words)
{
  rushes_test_await (has_row, self, name);
  return rushes_test_says (rushes_test_search (GTK_WIDGET (self->view), is_row_of, name), words);
}

typedef struct
{
  Catalogue *catalogue;
  const char *name;
  const char *words;
} Saying;

static gboolean
is_said (Saying *saying, gconstpointer data)
{
  GtkWidget *row = rushes_test_search (GTK_WIDGET (saying->catalogue->view), is_row_of, saying->name);

  return row != NULL && rushes_test_says (row, saying->words);
}

static void
await_said (Catalogue *self, const char *name, const char *words)
{
  Saying saying = { self, name, words };

  rushes_test_await (is_said, &saying, NULL);
}

static GtkEditable *
get_search (Catalogue *self)
{
  return GTK_EDITABLE (rushes_test_find (GTK_WIDGET (self->dialog), GTK_TYPE_SEARCH_ENTRY, NULL));
}

static void
search (Catalogue *self, const char *words)
{
  gtk_editable_set_text (get_search (self), words);
}

static gboolean
is_check_of (GtkWidget *widget, gconstpointer label)
{
  return GTK_IS_CHECK_BUTTON (widget) && g_strcmp0 (gtk_check_button_get_label (GTK_CHECK_BUTTON (widget)), label) == 0;
}

/* A wish in the popover, as a person sets it. */
static void
wish (Catalogue *self, const char *label, gboolean wished)
{
  GtkWidget *popover, *check;

  gtk_menu_button_popup (
      GTK_MENU_BUTTON (rushes_test_find (GTK_WIDGET (self->dialog), GTK_TYPE_MENU_BUTTON, "Narrow the List")));
  rushes_test_await_words (GTK_WIDGET (self->dialog), "Models That Take");
  check = rushes_test_search (GTK_WIDGET (self->dialog), is_check_of, label);
  g_assert_nonnull (check);
  gtk_check_button_set_active (GTK_CHECK_BUTTON (check), wished);
  popover = gtk_widget_get_ancestor (check, GTK_TYPE_POPOVER);
  gtk_popover_popdown (GTK_POPOVER (popover));
}

static void
sort_by (Catalogue *self, const char *order)
{
  gtk_widget_activate_action (GTK_WIDGET (self->view), "models.model-sort", "s", order);
}

#define ALL "ready: Animatic, Linen, Kite 10, Kite 2.1, Paper Dragon, Parting Kite; gone: Old Kite"

static void
test_search (void)
{
  g_autoptr (RushesSet) set = open_set (NULL);
  Catalogue catalogue = open_catalogue (set);

  await_list (&catalogue, ALL);
  rushes_test_await_words (GTK_WIDGET (catalogue.dialog), "7 models");
  g_assert_true (row_says (&catalogue, "Kite 10", "4, 6, 8, 10 s"));
  g_assert_true (row_says (&catalogue, "Kite 10", "720p, 1080p"));
  g_assert_true (row_says (&catalogue, "Kite 2.1", "5, 10 s"));
  g_assert_true (row_says (&catalogue, "Paper Dragon", "3–12 s"));
  g_assert_true (row_says (&catalogue, "Parting Kite", "Kites · until 1 Dec 2999"));
  g_assert_true (row_says (&catalogue, "Parting Kite", "unknown"));
  g_assert_true (row_says (&catalogue, "Old Kite", "retired since 31 Jan 2020"));
  g_assert_true (row_says (&catalogue, "Animatic", "free"));

  /* Whatever has the focus: what is typed is searched, in any order, in names, ids and what a model can do. */
  gtk_widget_grab_focus (GTK_WIDGET (catalogue.view));
  rushes_set_type ("sound kite");
  await_list (&catalogue, "ready: Kite 10");
  rushes_test_await_words (GTK_WIDGET (catalogue.dialog), "1 of 7 models");
  search (&catalogue, "yuan");
  await_list (&catalogue, "ready: Paper Dragon");
  search (&catalogue, "KITES 1080P");
  await_list (&catalogue, "ready: Kite 10");
  search (&catalogue, "nothing of the kind");
  rushes_test_await_words (GTK_WIDGET (catalogue.dialog), "No Such Model");

  /* The first Escape takes the words back, the second closes. */
  gtk_widget_grab_focus (GTK_WIDGET (get_search (&catalogue)));
  rushes_set_press ("Escape");
  await_list (&catalogue, ALL);
  rushes_set_press ("Escape");
  rushes_set_await (set, shows_no_dialog, NULL);
}

static gboolean
is_spin_button (GtkWidget *widget, gconstpointer data)
{
  return GTK_IS_SPIN_BUTTON (widget);
}

static void
test_filters (void)
{
  g_autoptr (RushesSet) set = open_set (NULL);
  Catalogue catalogue = open_catalogue (set);
  GtkWidget *most;

  await_list (&catalogue, ALL);
  wish (&catalogue, "First Frame", TRUE);
  await_list (&catalogue, "ready: Animatic, Linen, Kite 10");
  wish (&catalogue, "Last Frame", TRUE);
  await_list (&catalogue, "ready: Linen, Kite 10");
  wish (&catalogue, "References", TRUE);
  await_list (&catalogue, "ready: Linen");
  wish (&catalogue, "Make Sound", TRUE);
  rushes_test_await_words (GTK_WIDGET (catalogue.dialog), "No Such Model");
  rushes_set_click (set, rushes_test_find (GTK_WIDGET (catalogue.dialog), GTK_TYPE_BUTTON, "Show All"));
  await_list (&catalogue, ALL);
  wish (&catalogue, "Run on This Computer", TRUE);
  await_list (&catalogue, "ready: Animatic");
  wish (&catalogue, "Run on This Computer", FALSE);

  /* 5 s cost $0.10, and 4 s $0.40; what is in yuan, or not known, is not known to be within. */
  wish (&catalogue, "Are Favourites", FALSE);
  most = rushes_test_search (GTK_WIDGET (catalogue.dialog), is_spin_button, NULL);
  g_assert_cmpstr (gtk_editable_get_text (GTK_EDITABLE (most)), ==, "any");
  gtk_spin_button_set_value (GTK_SPIN_BUTTON (most), 0.40);
  await_list (&catalogue, "ready: Animatic, Linen, Kite 10, Kite 2.1");
  gtk_spin_button_set_value (GTK_SPIN_BUTTON (most), 0.39);
  await_list (&catalogue, "ready: Animatic, Linen, Kite 2.1");
  close_catalogue (&catalogue);

  /* What was wished for is forgotten. */
  catalogue = open_catalogue (set);
  await_list (&catalogue, ALL);
  close_catalogue (&catalogue);
}

static gboolean
has_takes (RushesSet *set, gconstpointer n)
{
  return rushes_set_count (set) == GPOINTER_TO_UINT (n);
}

static void
order (RushesSet *set, const char *provider_id, const char *model_id)
{
  RushesModel *model = rushes_provider_find_model (rushes_registry_find (set->registry, provider_id), model_id);
  g_autoptr (RushesDraft) draft = rushes_draft_new ();
  g_autofree char *id = g_uuid_string_random ();
  g_autoptr (GPtrArray) requests = g_ptr_array_new_with_free_func (g_object_unref);
  g_autoptr (GArray) prices = g_array_new (FALSE, FALSE, sizeof (RushesPrice));
  RushesPrice price = { .kind = RUSHES_PRICE_FREE };

  rushes_draft_set_model (draft, provider_id, model_id);
  rushes_draft_set_prompt (draft, "a kite");
  g_ptr_array_add (requests, rushes_request_new (draft, model, 0));
  g_array_append_val (prices, price);
  rushes_test_expect (rushes_library_order (rushes_studio_get_library (set->studio),
                                            rushes_composer_get_project (set->composer), requests, prices, id));
}

static void
test_order (void)
{
  g_autoptr (RushesSet) set = open_set (NULL);
  g_autoptr (GSettings) settings = rushes_settings_get ();
  Catalogue catalogue;

  order (set, "kites", "yuan");
  order (set, "kites", "yuan");
  order (set, "kites", "k2");
  rushes_set_await (set, has_takes, GUINT_TO_POINTER (3));

  catalogue = open_catalogue (set);
  await_list (&catalogue, "ready: Paper Dragon, Kite 2.1, Animatic, Linen, Kite 10, Parting Kite; gone: Old Kite");
  sort_by (&catalogue, "name");
  await_list (&catalogue, "ready: Animatic, Kite 2.1, Kite 10, Linen, Paper Dragon, Parting Kite; gone: Old Kite");
  /* Free, in dollars, in another currency, unknown. */
  sort_by (&catalogue, "price");
  await_list (&catalogue, "ready: Animatic, Linen, Kite 2.1, Kite 10, Paper Dragon, Parting Kite; gone: Old Kite");
  close_catalogue (&catalogue);
  catalogue = open_catalogue (set);
  await_list (&catalogue, "ready: Animatic, Linen, Kite 2.1, Kite 10, Paper Dragon, Parting Kite; gone: Old Kite");
  g_assert_cmpint (g_settings_get_enum (settings, "model-sort"), ==, 1);
  close_catalogue (&catalogue);
}

static GtkWidget *
find_in_row (Catalogue *self, const char *name, const char *words)
{
  GtkWidget *found = rushes_test_find (find_row (self, name), GTK_TYPE_BUTTON, words);

  g_assert_nonnull (found);
  return found;
}

static gboolean
is_favourite (RushesSet *set, gconstpointer names)
{
  g_auto (GStrv) kept = g_settings_get_strv (set->composer->settings, "favourite-models");
  g_autofree char *list = g_strjoinv (" ", kept);

  return g_str_equal (list, names);
}

/* The section at the top of the composer's own list. */
static char *
list_favourites (RushesSet *set)
{
  GtkWidget *row = rushes_set_find (GTK_WIDGET (set->composer), ADW_TYPE_COMBO_ROW, "Model");
  GListModel *choices = adw_combo_row_get_model (ADW_COMBO_ROW (row));
  GString *list = g_string_new (NULL);

  for (guint i = 0; i < g_list_model_get_n_items (choices); i++)
    {
      g_autoptr (RushesModelChoice) choice = g_list_model_get_item (choices, i);

      if (rushes_model_choice_get_is_favourite (choice))
        g_string_append_printf (list, "%s/", rushes_model_choice_get_name (choice));
    }
  return g_string_free (list, FALSE);
}

static void
test_favourites (void)
{
  RushesProvider *kites = NULL;
  g_autoptr (RushesSet) set = open_set (&kites);
  Catalogue catalogue = open_catalogue (set);
  g_autofree char *favourites = NULL;
  g_autofree char *usable = NULL;

  await_list (&catalogue, ALL);
  rushes_set_click (set, find_in_row (&catalogue, "Paper Dragon", "Favourite"));
  rushes_set_await (set, is_favourite, "kites/yuan");
  /* Nothing is pulled away from under the pointer, and the dialog stays. */
  await_list (&catalogue, ALL);
  rushes_set_click (set, find_in_row (&catalogue, "Linen", "Favourite"));
  rushes_set_await (set, is_favourite, "kites/yuan loom/linen");
  /* By its key: of the row that has the focus. */
  gtk_widget_grab_focus (gtk_widget_get_parent (find_row (&catalogue, "Old Kite")));
  rushes_set_press ("ctrl+d");
  rushes_set_await (set, is_favourite, "kites/yuan loom/linen kites/old");
  wish (&catalogue, "Are Favourites", TRUE);
  await_list (&catalogue, "ready: Linen, Paper Dragon; gone: Old Kite");
  close_catalogue (&catalogue);

  /* First from then on, here and in the composer, as long as they can be used. */
  rushes_set_reopen (set);
  rushes_set_compose (set);
  catalogue = open_catalogue (set);
  await_list (&catalogue, "favourites: Linen, Paper Dragon; ready: Animatic, Kite 10, Kite 2.1, Parting Kite; "
                          "gone: Old Kite");
  favourites = list_favourites (set);
  g_assert_cmpstr (favourites, ==, "Linen/Paper Dragon/");
  rushes_set_give_problem (kites, "Kites needs a key.");
  await_list (
      &catalogue,
      "favourites: Linen; ready: Animatic; locked: Kite 10, Kite 2.1, Paper Dragon, Parting Kite; gone: Old Kite");
  usable = list_favourites (set);
  g_assert_cmpstr (usable, ==, "Linen/");
  rushes_set_click (set, find_in_row (&catalogue, "Linen", "Favourite"));
  rushes_set_await (set, is_favourite, "kites/yuan kites/old");
  close_catalogue (&catalogue);
}

static void
settings_opened (GSimpleAction *action, GVariant *place, gpointer data)
{
  g_set_str ((char **) data, g_variant_get_string (place, NULL));
}

static gboolean
is_told (RushesSet *set, gconstpointer place)
{
  return *(char *const *) place != NULL;
}

static void
test_locked (void)
{
  RushesProvider *kites = NULL;
  g_autoptr (RushesSet) set = open_set (&kites);
  g_autoptr (GSimpleAction) action = g_simple_action_new ("preferences", G_VARIANT_TYPE_STRING);
  GActionMap *application = G_ACTION_MAP (rushes_test_get_application ());
  g_autofree char *place = NULL;
  Catalogue catalogue;

  g_signal_connect (action, "activate", G_CALLBACK (settings_opened), &place);
  g_action_map_add_action (application, G_ACTION (action));
  rushes_set_choose (set, "loom");
  rushes_set_give_problem (kites, "Kites needs a key.");
  catalogue = open_catalogue (set);
  await_list (&catalogue,
              "ready: Animatic, Linen; locked: Kite 10, Kite 2.1, Paper Dragon, Parting Kite; gone: Old Kite");
  rushes_test_await_words (GTK_WIDGET (catalogue.view), "Not Set Up Yet");

  rushes_set_click (set, find_in_row (&catalogue, "Kite 2.1", "Kites needs a key."));
  rushes_set_await (set, is_told, &place);
  g_assert_cmpstr (place, ==, "providers/kites");
  /* The row leads there too, instead of to a model that cannot be used. */
  g_clear_pointer (&place, g_free);
  rushes_set_click (set, rushes_test_find (find_row (&catalogue, "Kite 10"), GTK_TYPE_LABEL, "Kite 10"));
  rushes_set_await (set, is_told, &place);
  g_assert_cmpstr (rushes_draft_get_provider_id (rushes_set_draft (set)), ==, "loom");

  /* They can be left out, also the next time. */
  wish (&catalogue, "Also Show What Cannot Be Used", FALSE);
  await_list (&catalogue, "ready: Animatic, Linen");
  close_catalogue (&catalogue);
  catalogue = open_catalogue (set);
  await_list (&catalogue, "ready: Animatic, Linen");
  /* With the key they are there, without a further click. */
  rushes_set_give_problem (kites, NULL);
  await_list (&catalogue, "ready: Animatic, Linen, Kite 10, Kite 2.1, Paper Dragon, Parting Kite");
  close_catalogue (&catalogue);
  g_action_map_remove_action (application, "preferences");
}

static gboolean
has_model (RushesSet *set, gconstpointer id)
{
  return g_strcmp0 (rushes_draft_get_model_id (rushes_set_draft (set)), id) == 0;
}

static void
test_choose (void)
{
  g_autoptr (RushesSet) set = open_set (NULL);
  RushesDraft *draft = rushes_set_draft (set);
  Catalogue catalogue;
  GtkWidget *label;

  rushes_draft_set_duration (draft, 6);
  rushes_draft_set_prompt (draft, "a kite");
  rushes_set_click (set, rushes_set_find (GTK_WIDGET (set->composer), GTK_TYPE_BUTTON, "All Models"));
  catalogue = await_catalogue (set);
  await_list (&catalogue, ALL);
  /* A second one does not come over it. */
  rushes_set_press ("ctrl+m");

  /* What each costs with these settings, or the nearest that it can: 6 s, 5 s, 6 s. */
  g_assert_true (row_says (&catalogue, "Kite 10", "~$0.60"));
  g_assert_true (row_says (&catalogue, "Kite 2.1", "~$0.10"));
  g_assert_nonnull (rushes_test_find (find_row (&catalogue, "Kite 10"), GTK_TYPE_IMAGE, "Chosen"));
  g_assert_null (rushes_test_find (find_row (&catalogue, "Kite 2.1"), GTK_TYPE_IMAGE, "Chosen"));
  rushes_draft_set_duration (draft, 10);
  await_said (&catalogue, "Kite 10", "~$1.00");
  await_said (&catalogue, "Kite 2.1", "~$0.20");

  label = rushes_test_find (find_row (&catalogue, "Paper Dragon"), GTK_TYPE_LABEL, "Paper Dragon");
  rushes_set_click (set, label);
  rushes_set_await (set, shows_no_dialog, NULL);
  g_assert_true (has_model (set, "yuan"));
  g_assert_cmpfloat (rushes_draft_get_duration (draft), ==, 10);
  g_assert_cmpstr (rushes_draft_get_prompt (draft), ==, "a kite");

  /* What does not go with it gives way, and is told; Enter takes the first that is found. */
  rushes_draft_set_duration (draft, 3);
  catalogue = open_catalogue (set);
  await_list (&catalogue, ALL);
  rushes_set_type ("2.1");
  await_list (&catalogue, "ready: Kite 2.1");
  rushes_set_press ("Return");
  rushes_set_await (set, shows_no_dialog, NULL);
  g_assert_true (has_model (set, "k2"));
  rushes_set_await_words (set, "Kite 2.1 cannot make 3 s; the length is 5 s now.");

  /* By keys alone. */
  catalogue = open_catalogue (set);
  await_list (&catalogue, ALL);
  find_row (&catalogue, "Animatic");
  gtk_widget_grab_focus (gtk_widget_get_parent (find_row (&catalogue, "Animatic")));
  rushes_set_press ("Down Down Return");
  rushes_set_await (set, shows_no_dialog, NULL);
  g_assert_true (has_model (set, "k10"));

  /* A composer that is hidden is seen again. */
  adw_overlay_split_view_set_show_sidebar (set->window->split, FALSE);
  catalogue = open_catalogue (set);
  await_list (&catalogue, ALL);
  rushes_set_click (set, rushes_test_find (find_row (&catalogue, "Linen"), GTK_TYPE_LABEL, "Linen"));
  rushes_set_await (set, shows_no_dialog, NULL);
  g_assert_true (has_model (set, "linen"));
  g_assert_true (adw_overlay_split_view_get_show_sidebar (set->window->split));
}

/* ---- services that are asked ---- */

static void
open_services (Catalogue *self)
{
  gtk_menu_button_popup (
      GTK_MENU_BUTTON (rushes_test_find (GTK_WIDGET (self->dialog), GTK_TYPE_MENU_BUTTON, "Lists of the Services")));
  rushes_test_await_words (GTK_WIDGET (self->dialog), "They are asked only when you wish.");
}

static gboolean
is_asked (RushesGuild *guild, gconstpointer n)
{
  return guild->n_asked == GPOINTER_TO_UINT (n);
}

static void
test_services (void)
{
  g_autoptr (RushesSet) set = open_set (NULL);
  const char *const names[] = { "Alpha", "Beta", "Gamma", "Delta" };
  RushesGuild *guilds[G_N_ELEMENTS (names)];
  Catalogue catalogue = open_catalogue (set);

  /* Nobody lists: there is nothing to ask. */
  g_assert_null (rushes_test_find (GTK_WIDGET (catalogue.dialog), GTK_TYPE_MENU_BUTTON, "Lists of the Services"));
  close_catalogue (&catalogue);

  for (gsize i = 0; i < G_N_ELEMENTS (names); i++)
    {
      g_autofree char *id = g_ascii_strdown (names[i], -1);

      guilds[i] = add_guild (set, id, names[i]);
    }
  /* What was fetched earlier is shown, and nobody is asked. */
  catalogue = open_catalogue (set);
  g_assert_cmpuint (guilds[0]->n_loaded, ==, 1);
  list_one (guilds[0], "new", "Alpha Two");
  search (&catalogue, "alpha");
  await_list (&catalogue, "ready: Alpha One, Alpha Two");
  open_services (&catalogue);
  rushes_test_await_words (GTK_WIDGET (catalogue.dialog), "Listed 3 days ago");
  rushes_test_await_words (GTK_WIDGET (catalogue.dialog), "Never asked for its models");
  for (gsize i = 0; i < G_N_ELEMENTS (names); i++)
    g_assert_cmpuint (guilds[i]->n_asked, ==, 0);

  /* One of them; the answer is in the list at once. */
  rushes_set_click (set, rushes_test_find (GTK_WIDGET (catalogue.dialog), GTK_TYPE_BUTTON, "Ask Beta for Its Models"));
  rushes_test_await (is_asked, guilds[1], GUINT_TO_POINTER (1));
  list_one (guilds[1], "new", "Beta Two");
  dex_promise_resolve_uint (guilds[1]->answer, 1);
  search (&catalogue, "beta");
  await_list (&catalogue, "ready: Beta One, Beta Two");

  /* What goes wrong is told where it was asked, and the list stays. */
  open_services (&catalogue);
  rushes_set_click (set, rushes_test_find (GTK_WIDGET (catalogue.dialog), GTK_TYPE_BUTTON, "Ask Beta for Its Models"));
  rushes_test_await (is_asked, guilds[1], GUINT_TO_POINTER (2));
  dex_promise_reject (guilds[1]->answer, rushes_error_new (RUSHES_ERROR_NETWORK, "Beta cannot be reached."));
  rushes_test_await_words (GTK_WIDGET (catalogue.dialog), "Beta cannot be reached.");
  await_list (&catalogue, "ready: Beta One, Beta Two");

  /* All of them, three at once. */
  rushes_set_click (set, rushes_test_find (GTK_WIDGET (catalogue.dialog), GTK_TYPE_BUTTON, "Ask All"));
  for (gsize i = 0; i < 3; i++)
    rushes_test_await (is_asked, guilds[i], GUINT_TO_POINTER (i == 1 ? 3 : 1));
  g_assert_cmpuint (guilds[3]->n_asked, ==, 0);
  dex_promise_resolve_uint (guilds[0]->answer, 0);
  rushes_test_await (is_asked, guilds[3], GUINT_TO_POINTER (1));
  /* Closed meanwhile: what comes is kept by the services. */
  close_catalogue (&catalogue);
  for (gsize i = 1; i < G_N_ELEMENTS (names); i++)
    dex_promise_resolve_uint (guilds[i]->answer, 0);
}

/* ---- words ---- */

static void
assert_listed (GDateTime *now, int minutes, const char *words)
{
  g_autoptr (GDateTime) then = g_date_time_add_minutes (now, -minutes);
  g_autofree char *written = rushes_model_words_listed (then, now);

  g_assert_cmpstr (written, ==, words);
}

static void
test_words (void)
{
  g_autoptr (RushesProvider) kites = rushes_set_new_provider (KITES, NULL);
  RushesModel *model = rushes_provider_find_model (kites, "k10");
  g_autoptr (RushesDraft) draft = rushes_draft_new ();
  g_autoptr (GDateTime) now = g_date_time_new_now_utc ();
  g_autoptr (GDateTime) then = g_date_time_new_local (2999, 1, 1, 0, 0, 0);
  g_autofree char *source = rushes_model_words_source (model, draft);
  g_autofree char *this_year = rushes_model_words_retirement (rushes_provider_find_model (kites, "soon"), then);
  g_autofree char *stays = rushes_model_words_retirement (model, then);

  g_assert_cmpstr (source, ==, "As of 1 Aug 2026, by https://kites.example/prices");
  g_assert_cmpstr (this_year, ==, "until 1 Dec");
  g_assert_null (stays);
  assert_listed (now, 0, "Listed just now");
  assert_listed (now, -5, "Listed just now");
  assert_listed (now, 1, "Listed 1 minute ago");
  assert_listed (now, 59, "Listed 59 minutes ago");
  assert_listed (now, 60, "Listed 1 hour ago");
  assert_listed (now, 24 * 60 - 1, "Listed 23 hours ago");
  assert_listed (now, 49 * 60, "Listed 2 days ago");
}

int
main (int argc, char **argv)
{
  rushes_test_init (&argc, &argv);

  g_test_add_func ("/catalogue/search", test_search);
  g_test_add_func ("/catalogue/filters", test_filters);
  g_test_add_func ("/catalogue/order", test_order);
  g_test_add_func ("/catalogue/favourites", test_favourites);
  g_test_add_func ("/catalogue/locked", test_locked);
  g_test_add_func ("/catalogue/choose", test_choose);
  g_test_add_func ("/catalogue/services", test_services);
  g_test_add_func ("/catalogue/words", test_words);

  return g_test_run ();
}
