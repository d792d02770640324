/* rushes-totals-page.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "rushes-totals-page.h"

#include <glib/gi18n.h>

#include "rushes-ledger-totals.h"
#include "rushes-news.h"
#include "rushes-spending-words.h"
#include "rushes-toast.h"

struct _RushesTotalsPage
{
  AdwNavigationPage parent_instance;

  RushesLibrary *library;
  RushesRegistry *registry;
  RushesNews *news;
  GPtrArray *totals; /* RushesLedgerTotal */
  GPtrArray *rows;   /* GtkWidget */
  char *shown;       /* what the rows say, so that they stay while it does */

  AdwToggleGroup *groups;
  AdwPreferencesGroup *list;
};

G_DEFINE_FINAL_TYPE (RushesTotalsPage, rushes_totals_page, ADW_TYPE_NAVIGATION_PAGE)

/* The dearest first, the newest month first. */
static int
compare (gconstpointer a, gconstpointer b)
{
  const RushesLedgerTotal *left = *(RushesLedgerTotal *const *) a;
  const RushesLedgerTotal *right = *(RushesLedgerTotal *const *) b;
  int order = left->group == RUSHES_TOTALS_MONTH ? -g_strcmp0 (left->name, right->name) : 0;

  if (order == 0)
    order = g_strcmp0 (left->currency, right->currency);

  return order != 0 ? order : (left->micros < right->micros) - (left->micros > right->micros);
}

static GPtrArray *
pick (RushesTotalsPage *self)
{
  GPtrArray *picked = g_ptr_array_new ();

  for (guint i = 0; self->totals != NULL && i < self->totals->len; i++)
    {
      RushesLedgerTotal *total = g_ptr_array_index (self->totals, i);

      if (total->group == adw_toggle_group_get_active (self->groups))
        g_ptr_array_add (picked, total);
    }
  g_ptr_array_sort (picked, compare);

  return picked;
}

static GtkWidget *
make_row (RushesTotalsPage *self, const RushesLedgerTotal *total)
{
  GtkWidget *row = g_object_new (ADW_TYPE_ACTION_ROW, "use-markup", FALSE, "title-lines", 2, NULL);
  GtkWidget *label = gtk_label_new (NULL);
  const RushesMoney money = { total->micros, total->currency };
  const RushesPrice price = { RUSHES_PRICE_REPORTED, money, money, total->worth };
  g_autofree char *title = rushes_spending_words_total (total, self->registry);
  g_autofree char *cost = total->currency != NULL ? rushes_price_to_display (&price) : g_strdup (_ ("price unknown"));
  g_autofree char *subtitle = g_strdup_printf (ngettext ("%u submission", "%u submissions", total->n), total->n);

  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (row), title);
  adw_action_row_set_subtitle (ADW_ACTION_ROW (row), subtitle);
  gtk_label_set_label (GTK_LABEL (label), cost);
  gtk_widget_add_css_class (label, total->currency != NULL ? "numeric" : "dim-label");
  adw_action_row_add_suffix (ADW_ACTION_ROW (row), label);

  return row;
}

static GtkWidget *
make_empty_row (void)
{
  GtkWidget *row = g_object_new (ADW_TYPE_ACTION_ROW, "title", _ ("Nothing has cost anything yet"), NULL);

  gtk_widget_add_css_class (row, "dim-label");

  return row;
}

static char *
describe (GPtrArray *totals)
{
  g_autoptr (GString) text = g_string_new (NULL);

  for (guint i = 0; i < totals->len; i++)
    {
      const RushesLedgerTotal *total = g_ptr_array_index (totals, i);

      g_string_append_printf (text, "%u %s %s %" G_GINT64_FORMAT " %u\n", total->group, total->name,
                              total->currency != NULL ? total->currency : "", total->micros, total->n);
    }

  return g_string_free_and_steal (g_steal_pointer (&text));
}

static void
follow (RushesTotalsPage *self)
{
  g_autoptr (GPtrArray) totals = pick (self);
  g_autofree char *shown = describe (totals);

  if (self->totals == NULL || !g_set_str (&self->shown, shown))
    return;

  for (guint i = 0; i < self->rows->len; i++)
    adw_preferences_group_remove (self->list, g_ptr_array_index (self->rows, i));
  g_ptr_array_set_size (self->rows, 0);
  for (guint i = 0; i < totals->len; i++)
    g_ptr_array_add (self->rows, make_row (self, g_ptr_array_index (totals, i)));
  if (totals->len == 0)
    g_ptr_array_add (self->rows, make_empty_row ());
  for (guint i = 0; i < self->rows->len; i++)
    adw_preferences_group_add (self->list, g_ptr_array_index (self->rows, i));
}

static void
came (gpointer owner, DexFuture *future)
{
  RushesTotalsPage *self = owner;
  g_autoptr (GError) error = NULL;
  const GValue *value = dex_future_get_value (future, &error);

  if (value == NULL)
    {
      rushes_toast_error (GTK_WIDGET (self), error);
      return;
    }
  g_clear_pointer (&self->totals, g_ptr_array_unref);
  self->totals = g_value_dup_boxed (value);
  follow (self);
}

static DexFuture *
read_totals (gpointer owner)
{
  return rushes_library_sum_ledger (RUSHES_TOTALS_PAGE (owner)->library, &(RushesLedgerFilter) { 0 });
}

static void
rushes_totals_page_dispose (GObject *object)
{
  RushesTotalsPage *self = RUSHES_TOTALS_PAGE (object);

  g_clear_object (&self->news);
  gtk_widget_dispose_template (GTK_WIDGET (self), RUSHES_TYPE_TOTALS_PAGE);
  g_clear_pointer (&self->rows, g_ptr_array_unref);
  g_clear_object (&self->registry);
  g_clear_object (&self->library);

  G_OBJECT_CLASS (rushes_totals_page_parent_class)->dispose (object);
}

static void
rushes_totals_page_finalize (GObject *object)
{
  RushesTotalsPage *self = RUSHES_TOTALS_PAGE (object);

  g_clear_pointer (&self->totals, g_ptr_array_unref);
  g_free (self->shown);

  G_OBJECT_CLASS (rushes_totals_page_parent_class)->finalize (object);
}

static void
rushes_totals_page_class_init (RushesTotalsPageClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = rushes_totals_page_dispose;
  G_OBJECT_CLASS (klass)->finalize = rushes_totals_page_finalize;

  gtk_widget_class_set_template_from_resource (widget_class, RESOURCE_PATH "/ui/rushes-totals-page.ui");
  gtk_widget_class_bind_template_child (widget_class, RushesTotalsPage, groups);
  gtk_widget_class_bind_template_child (widget_class, RushesTotalsPage, list);
  gtk_widget_class_bind_template_callback (widget_class, follow);
}

static void
rushes_totals_page_init (RushesTotalsPage *self)
{
  self->rows = g_ptr_array_new ();
  gtk_widget_init_template (GTK_WIDGET (self));
}

AdwNavigationPage *
rushes_totals_page_new (RushesLibrary *library, RushesRegistry *registry)
{
  RushesTotalsPage *self;

  g_return_val_if_fail (RUSHES_IS_LIBRARY (library), NULL);
  g_return_val_if_fail (RUSHES_IS_REGISTRY (registry), NULL);

  self = g_object_new (RUSHES_TYPE_TOTALS_PAGE, NULL);
  self->library = g_object_ref (library);
  self->registry = g_object_ref (registry);
  self->news = rushes_news_new (library, G_OBJECT (self), read_totals, came);

  return ADW_NAVIGATION_PAGE (self);
}
