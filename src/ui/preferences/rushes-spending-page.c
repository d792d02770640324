/* rushes-spending-page.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "rushes-spending-page.h"

#include <glib/gi18n.h>

#include "rushes-ledger-page.h"
#include "rushes-ledger-totals.h"
#include "rushes-limit-dialog.h"
#include "rushes-limit-row.h"
#include "rushes-news.h"
#include "rushes-settings.h"
#include "rushes-spending-words.h"
#include "rushes-toast.h"
#include "rushes-totals-page.h"
#include "rushes-ui.h"

struct _RushesSpendingPage
{
  AdwPreferencesPage parent_instance;

  RushesLibrary *library;
  RushesRegistry *registry;
  GSettings *settings;
  RushesNews *spent_news;
  RushesNews *uncertain_news;
  GArray *spent;          /* RushesSpent; NULL before the first came */
  GPtrArray *rows;        /* GtkWidget: two for each currency, or one that says that there is none */
  GtkWidget *limits_list; /* borrowed: what the rows stand in; NULL before the first */

  AdwPreferencesGroup *limits;
  AdwActionRow *uncertain;
};

G_DEFINE_FINAL_TYPE (RushesSpendingPage, rushes_spending_page, ADW_TYPE_PREFERENCES_PAGE)

/* ---- limits ---- */

static void
row_activated (RushesSpendingPage *self, GtkListBoxRow *activated)
{
  RushesLimitRow *row;

  if (!RUSHES_IS_LIMIT_ROW (activated))
    return;
  row = RUSHES_LIMIT_ROW (activated);
  adw_dialog_present (rushes_limit_dialog_new_for (GTK_WIDGET (self), rushes_limit_row_get_period (row),
                                                   rushes_limit_row_get_most (row)),
                      GTK_WIDGET (self));
}

/* Those in use, those that services count in, and a few that many use. */
static void
add_limit (RushesSpendingPage *self)
{
  static const char *const common[] = { "USD", "EUR", "CNY" };
  g_autoptr (GPtrArray) currencies = g_ptr_array_new_null_terminated (8, NULL, TRUE);

  for (guint i = 0; self->spent != NULL && i < self->spent->len; i++)
    g_ptr_array_add (currencies, (char *) g_array_index (self->spent, RushesSpent, i).currency);
  for (guint i = 0; i < G_N_ELEMENTS (common); i++)
    if (!g_ptr_array_find_with_equal_func (currencies, common[i], g_str_equal, NULL))
      g_ptr_array_add (currencies, (char *) common[i]);
  adw_dialog_present (rushes_limit_dialog_new (GTK_WIDGET (self), (const char *const *) currencies->pdata),
                      GTK_WIDGET (self));
}

static void
clear_rows (RushesSpendingPage *self)
{
  for (guint i = 0; i < self->rows->len; i++)
    adw_preferences_group_remove (self->limits, g_ptr_array_index (self->rows, i));
  g_ptr_array_set_size (self->rows, 0);
}

static void
add_row (RushesSpendingPage *self, GtkWidget *row)
{
  GtkWidget *list;

  adw_preferences_group_add (self->limits, row);
  g_ptr_array_add (self->rows, row);

  /* The list that the group has made for its rows hears of keys and clicks alike. */
  list = gtk_widget_get_parent (row);
  if (list == self->limits_list)
    return;
  self->limits_list = list;
  g_signal_connect_object (list, "row-activated", G_CALLBACK (row_activated), self, G_CONNECT_SWAPPED);
}

static void
make_rows (RushesSpendingPage *self)
{
  clear_rows (self);
  for (guint i = 0; i < self->spent->len; i++)
    {
      g_autofree char *name =
          rushes_spending_words_currency (g_array_index (self->spent, RushesSpent, i).currency, self->registry);

      for (RushesLimitPeriod period = RUSHES_LIMIT_DAY; period <= RUSHES_LIMIT_MONTH; period++)
        {
          GtkWidget *row = GTK_WIDGET (rushes_limit_row_new (period, name));

          add_row (self, row);
        }
    }
  if (self->spent->len == 0)
    {
      GtkWidget *row = g_object_new (ADW_TYPE_ACTION_ROW, "title", _ ("Nothing spent this month, and no limits"), NULL);

      gtk_widget_add_css_class (row, "dim-label");
      add_row (self, row);
    }
}

/* Rows stay while the currencies do, so that the focus does. */
static gboolean
has_same_currencies (GArray *a, GArray *b)
{
  if (a == NULL || a->len != b->len)
    return FALSE;
  for (guint i = 0; i < a->len; i++)
    if (!g_str_equal (g_array_index (a, RushesSpent, i).currency, g_array_index (b, RushesSpent, i).currency))
      return FALSE;

  return TRUE;
}

static DexFuture *
read_spent (gpointer owner)
{
  return rushes_library_get_spent (RUSHES_SPENDING_PAGE (owner)->library);
}

static void
spent_came (gpointer owner, DexFuture *future)
{
  RushesSpendingPage *self = owner;
  g_autoptr (GArray) before = g_steal_pointer (&self->spent);
  g_autoptr (GError) error = NULL;
  const GValue *value = dex_future_get_value (future, &error);

  if (value == NULL)
    {
      self->spent = g_steal_pointer (&before);
      rushes_toast_error (GTK_WIDGET (self), error);
      return;
    }

  self->spent = g_value_dup_boxed (value);
  if (!has_same_currencies (before, self->spent))
    make_rows (self);
  for (guint i = 0; i < self->spent->len; i++)
    for (RushesLimitPeriod period = RUSHES_LIMIT_DAY; period <= RUSHES_LIMIT_MONTH; period++)
      {
        const RushesSpent *spent = &g_array_index (self->spent, RushesSpent, i);

        rushes_limit_row_show (g_ptr_array_index (self->rows, 2 * i + period),
                               (RushesMoney) { spent->spent[period], spent->currency },
                               (RushesMoney) { spent->most[period], spent->currency });
      }
}

/* ---- the ledger ---- */

static void
push (RushesSpendingPage *self, AdwNavigationPage *page)
{
  GtkWidget *dialog = gtk_widget_get_ancestor (GTK_WIDGET (self), ADW_TYPE_PREFERENCES_DIALOG);

  adw_preferences_dialog_push_subpage (ADW_PREFERENCES_DIALOG (dialog), page);
}

static void
show_uncertain (RushesSpendingPage *self)
{
  push (self, rushes_ledger_page_new (self->library, self->registry, TRUE));
}

static void
show_totals (RushesSpendingPage *self)
{
  push (self, rushes_totals_page_new (self->library, self->registry));
}

static void
show_entries (RushesSpendingPage *self)
{
  push (self, rushes_ledger_page_new (self->library, self->registry, FALSE));
}

static DexFuture *
read_uncertain (gpointer owner)
{
  return rushes_library_sum_ledger (RUSHES_SPENDING_PAGE (owner)->library, &(RushesLedgerFilter) { .uncertain = TRUE });
}

static void
uncertain_came (gpointer owner, DexFuture *future)
{
  RushesSpendingPage *self = owner;
  const GValue *value = dex_future_get_value (future, NULL);
  GPtrArray *totals = value != NULL ? g_value_get_boxed (value) : NULL;
  g_autofree char *subtitle = NULL;
  guint n = 0;

  for (guint i = 0; totals != NULL && i < totals->len; i++)
    {
      const RushesLedgerTotal *total = g_ptr_array_index (totals, i);

      if (total->group == RUSHES_TOTALS_ALL)
        n += total->n;
    }
  subtitle = g_strdup_printf (ngettext ("%u submission may have been charged, and nobody knows",
                                        "%u submissions may have been charged, and nobody knows", n),
                              n);
  adw_action_row_set_subtitle (self->uncertain, subtitle);
  gtk_widget_set_visible (GTK_WIDGET (self->uncertain), n > 0);
}

/* ---- export ---- */

static void
csv_written (gpointer object, DexFuture *future, gpointer data)
{
  g_autofree char *name = g_file_get_basename (data);
  g_autofree char *sentence = NULL;
  g_autoptr (GError) error = NULL;

  if (dex_future_get_value (future, &error) == NULL)
    {
      rushes_toast_error (object, error);
      return;
    }
  /* Translators: %s is the name of a file. */
  sentence = g_strdup_printf (_ ("Saved as “%s”"), name);
  rushes_toast (object, sentence);
}

static DexFuture *
write_csv (DexFuture *future, gpointer data)
{
  return dex_file_replace_contents_bytes (data, g_value_get_boxed (dex_future_get_value (future, NULL)), NULL, FALSE,
                                          G_FILE_CREATE_NONE);
}

static void
place_chosen (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (RushesSpendingPage) self = data;
  g_autoptr (GFile) place = gtk_file_dialog_save_finish (GTK_FILE_DIALOG (source), result, NULL);

  if (place != NULL && self->library != NULL)
    rushes_when (dex_future_then (rushes_library_export_ledger (self->library, &(RushesLedgerFilter) { 0 }), write_csv,
                                  g_object_ref (place), g_object_unref),
                 self, csv_written, g_object_ref (place), g_object_unref);
}

static void
export_csv (RushesSpendingPage *self)
{
  g_autoptr (GtkFileDialog) dialog = gtk_file_dialog_new ();
  g_autoptr (GDateTime) now = g_date_time_new_now_local ();
  g_autofree char *day = g_date_time_format (now, "%Y-%m-%d");
  /* Translators: the name of a file; %s is a day, “2026-08-01”. */
  g_autofree char *name = g_strdup_printf (_ ("Rushes Ledger %s.csv"), day);

  gtk_file_dialog_set_title (dialog, _ ("Export Ledger"));
  gtk_file_dialog_set_initial_name (dialog, name);
  gtk_file_dialog_save (dialog, GTK_WINDOW (gtk_widget_get_root (GTK_WIDGET (self))), NULL, place_chosen,
                        g_object_ref (self));
}

/* ---- the page ---- */

static void
rushes_spending_page_dispose (GObject *object)
{
  RushesSpendingPage *self = RUSHES_SPENDING_PAGE (object);

  g_clear_object (&self->spent_news);
  g_clear_object (&self->uncertain_news);
  gtk_widget_dispose_template (GTK_WIDGET (self), RUSHES_TYPE_SPENDING_PAGE);
  g_clear_object (&self->settings);
  g_clear_object (&self->registry);
  g_clear_object (&self->library);
  g_clear_pointer (&self->rows, g_ptr_array_unref);

  G_OBJECT_CLASS (rushes_spending_page_parent_class)->dispose (object);
}

static void
rushes_spending_page_finalize (GObject *object)
{
  g_clear_pointer (&RUSHES_SPENDING_PAGE (object)->spent, g_array_unref);

  G_OBJECT_CLASS (rushes_spending_page_parent_class)->finalize (object);
}

static void
rushes_spending_page_class_init (RushesSpendingPageClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = rushes_spending_page_dispose;
  G_OBJECT_CLASS (klass)->finalize = rushes_spending_page_finalize;

  gtk_widget_class_set_template_from_resource (widget_class, RESOURCE_PATH "/ui/rushes-spending-page.ui");
  gtk_widget_class_bind_template_child (widget_class, RushesSpendingPage, limits);
  gtk_widget_class_bind_template_child (widget_class, RushesSpendingPage, uncertain);
  gtk_widget_class_bind_template_callback (widget_class, add_limit);
  gtk_widget_class_bind_template_callback (widget_class, show_uncertain);
  gtk_widget_class_bind_template_callback (widget_class, show_totals);
  gtk_widget_class_bind_template_callback (widget_class, show_entries);
  gtk_widget_class_bind_template_callback (widget_class, export_csv);
}

static void
rushes_spending_page_init (RushesSpendingPage *self)
{
  self->rows = g_ptr_array_new ();
  gtk_widget_init_template (GTK_WIDGET (self));
}

void
rushes_spending_page_set_library (RushesSpendingPage *self, RushesLibrary *library, RushesRegistry *registry)
{
  g_return_if_fail (RUSHES_IS_SPENDING_PAGE (self));
  g_return_if_fail (library == NULL || RUSHES_IS_LIBRARY (library));
  g_return_if_fail (RUSHES_IS_REGISTRY (registry));
  g_return_if_fail (self->registry == NULL);

  self->registry = g_object_ref (registry);
  gtk_widget_set_visible (GTK_WIDGET (self), library != NULL);
  if (library == NULL)
    return;

  self->library = g_object_ref (library);
  self->spent_news = rushes_news_new (library, G_OBJECT (self), read_spent, spent_came);
  self->uncertain_news = rushes_news_new (library, G_OBJECT (self), read_uncertain, uncertain_came);
  self->settings = rushes_settings_get ();
  g_signal_connect_object (self->settings, "changed::limit-day", G_CALLBACK (rushes_news_look), self->spent_news,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (self->settings, "changed::limit-month", G_CALLBACK (rushes_news_look), self->spent_news,
                           G_CONNECT_SWAPPED);
}
