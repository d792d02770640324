/* test-preferences-spending.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "rushes-async.h"
#include "rushes-attempt.h"
#include "rushes-desk.h"
#include "rushes-limits.h"

/* What was spent, limits, and the ledger, over a library that another process writes to as well. */

#define HALF 500000

typedef struct
{
  RushesDesk *desk;
  RushesLibrary *library;
  RushesLibrary *other; /* the same, of another process */
} Books;

static GValue *
await_value (DexFuture *future)
{
  g_autoptr (DexFuture) done = rushes_test_run (future);
  g_autoptr (GError) error = NULL;
  const GValue *value = dex_future_get_value (done, &error);
  GValue *copy = g_new0 (GValue, 1);

  g_assert_no_error (error);
  g_value_init (copy, G_VALUE_TYPE (value));
  g_value_copy (value, copy);

  return copy;
}

static void
value_free (GValue *value)
{
  g_value_unset (value);
  g_free (value);
}

static RushesLibrary *
open_library (Books *self)
{
  GValue *value = await_value (rushes_library_open (self->desk->folders, RUSHES_LIBRARY_OPEN_DEFAULT));
  RushesLibrary *library = g_value_dup_object (value);

  value_free (value);

  return library;
}

static void
forget_limits (void)
{
  gboolean found;

  g_assert_true (rushes_limits_clear (RUSHES_LIMIT_DAY, NULL, &found, NULL));
  g_assert_true (rushes_limits_clear (RUSHES_LIMIT_MONTH, NULL, &found, NULL));
}

static Books *
books_open (void)
{
  Books *self = g_new0 (Books, 1);

  forget_limits ();
  self->desk = rushes_desk_open (NULL);
  self->library = open_library (self);
  self->other = open_library (self);
  rushes_desk_give_library (self->desk, self->library);
  rushes_preferences_show (self->desk->preferences, "spending");

  return self;
}

static void
books_close (Books *self)
{
  rushes_desk_close (self->desk);
  rushes_test_expect (rushes_library_close (self->other));
  rushes_test_expect (rushes_library_close (self->library));
  g_object_unref (self->other);
  g_object_unref (self->library);
  g_free (self);
  forget_limits ();
}

G_DEFINE_AUTOPTR_CLEANUP_FUNC (Books, books_close)

/* Sets half a dollar aside for each of @n takes, in the other process. */
static GPtrArray *
order (Books *self, const char *prompt, guint n)
{
  g_autoptr (RushesProject) project = g_list_model_get_item (rushes_library_get_projects (self->other), 0);
  RushesModel *model = rushes_provider_find_model (rushes_registry_find (self->desk->registry, "runway"), NULL);
  g_autoptr (GPtrArray) requests = g_ptr_array_new_with_free_func (g_object_unref);
  g_autoptr (GArray) prices = g_array_new (FALSE, TRUE, sizeof (RushesPrice));
  g_autoptr (RushesDraft) draft = rushes_draft_new ();
  g_autofree char *order_id = rushes_new_id ();
  const RushesMoney half = { HALF, g_intern_string ("USD") };
  const RushesPrice price = { RUSHES_PRICE_ESTIMATE, half, half };
  GPtrArray *takes;
  GValue *value;

  rushes_draft_set_model (draft, "runway", rushes_model_get_id (model));
  rushes_draft_set_prompt (draft, prompt);
  for (guint i = 0; i < n; i++)
    {
      g_ptr_array_add (requests, rushes_request_new (draft, model, 0));
      g_array_append_val (prices, price);
    }
  value = await_value (rushes_library_order (self->other, project, requests, prices, order_id));
  takes = g_value_dup_boxed (value);
  value_free (value);

  return takes;
}

/* One that may have been charged. */
static void
order_uncertain (Books *self, const char *prompt)
{
  g_autoptr (GPtrArray) takes = order (self, prompt, 1);
  RushesTake *take = g_ptr_array_index (takes, 0);
  GValue *value = await_value (rushes_library_load_attempt (self->other, take));
  g_autoptr (RushesAttempt) attempt = g_value_dup_boxed (value);
  g_autoptr (GError) reason = rushes_error_new (RUSHES_ERROR_NETWORK, "It broke off.");
  RushesStep step = { 0 };

  value_free (value);
  rushes_error_set_charged (reason, RUSHES_CHARGED_MAYBE);
  for (step.to = RUSHES_TAKE_STATE_PREPARING; step.to <= RUSHES_TAKE_STATE_SUBMITTING; step.to++)
    rushes_test_expect (rushes_library_advance (self->other, take, attempt, &step));
  step.to = RUSHES_TAKE_STATE_UNCONFIRMED;
  step.error = reason;
  rushes_test_expect (rushes_library_advance (self->other, take, attempt, &step));
}

static void
activate (Books *self, const char *title)
{
  GtkWidget *row = rushes_desk_row (self->desk, title);

  if (ADW_IS_BUTTON_ROW (row))
    g_signal_emit_by_name (row, "activated");
  else if (ADW_IS_ACTION_ROW (row))
    adw_action_row_activate (ADW_ACTION_ROW (row));
  else
    /* As a click does. */
    g_signal_emit_by_name (gtk_widget_get_parent (row), "row-activated", row);
}

static gboolean
says (RushesDesk *self, gconstpointer words)
{
  return rushes_test_says (self->window, words);
}

static gboolean
says_not (RushesDesk *self, gconstpointer words)
{
  return !rushes_test_says (self->window, words);
}

static gboolean
has_no_row (RushesDesk *self, gconstpointer title)
{
  return !rushes_desk_has_row (self, title);
}

/* ---- limits ---- */

static void
test_limits (void)
{
  g_autoptr (Books) books = books_open ();
  g_autoptr (GPtrArray) takes = NULL;
  g_autoptr (GArray) limits = NULL;

  rushes_desk_await (books->desk, says, "Nothing spent this month, and no limits");

  activate (books, "_Add Limit…");
  rushes_desk_type (rushes_desk_row (books->desk, "Amount"), "five");
  g_assert_true (gtk_widget_has_css_class (rushes_desk_row (books->desk, "Amount"), "error"));
  g_assert_false (adw_alert_dialog_get_response_enabled (
      ADW_ALERT_DIALOG (rushes_test_find (books->desk->window, ADW_TYPE_ALERT_DIALOG, NULL)), "save"));
  rushes_desk_type (rushes_desk_row (books->desk, "Amount"), "5,50");
  rushes_desk_type (rushes_desk_row (books->desk, "Currency"), "usd");
  rushes_desk_answer (books->desk, "save");
  rushes_desk_await (books->desk, says, "$0.00 of $5.50");
  limits = rushes_limits_read ();
  g_assert_cmpuint (limits->len, ==, 1);
  g_assert_cmpint (g_array_index (limits, RushesLimit, 0).most.micros, ==, 5500000);

  /* Whoever spends it. */
  takes = order (books, "a boat", 3);
  rushes_desk_await (books->desk, says, "$1.50 of $5.50");

  activate (books, "Today");
  rushes_desk_type (rushes_desk_row (books->desk, "Amount"), "2");
  rushes_desk_answer (books->desk, "save");
  rushes_desk_await (books->desk, says, "$1.50 of $2.00");
  activate (books, "Today");
  rushes_desk_answer (books->desk, "remove");
  rushes_desk_await (books->desk, says_not, " of $2.00");
  g_assert_true (rushes_test_says (books->desk->window, "$1.50"));
}

/* ---- uncertain amounts ---- */

static void
judge (Books *self, const char *button, const char *response, const char *amount)
{
  rushes_desk_press (self->desk, NULL, button);
  if (amount != NULL)
    rushes_desk_type (rushes_desk_row (self->desk, "Amount"), amount);
  rushes_desk_answer (self->desk, response);
}

static void
test_uncertain (void)
{
  g_autoptr (Books) books = books_open ();

  rushes_desk_row (books->desk, "All Entries");
  g_assert_false (rushes_desk_has_row (books->desk, "Uncertain Amounts"));
  order_uncertain (books, "a <b>red</b> boat");
  rushes_desk_await (books->desk, says, "1 submission may have been charged");
  activate (books, "Uncertain Amounts");
  rushes_desk_await (books->desk, says, "a <b>red</b> boat");

  judge (books, "I Was Charged…", "cancel", NULL);
  g_assert_true (rushes_test_says (books->desk->window, "a <b>red</b> boat"));
  judge (books, "I Was Charged…", "charged", "0.07");
  rushes_desk_await (books->desk, says, "Nothing Is Uncertain");

  order_uncertain (books, "a green boat");
  rushes_desk_await (books->desk, says, "a green boat");
  judge (books, "I Was Not Charged…", "cancel", NULL);
  g_assert_true (rushes_test_says (books->desk->window, "a green boat"));
  judge (books, "I Was Not Charged…", "not-charged", NULL);
  rushes_desk_await (books->desk, says, "Nothing Is Uncertain");

  order_uncertain (books, "a blue boat");
  rushes_desk_await (books->desk, says, "a blue boat");
  judge (books, "I Was Charged…", "charged", NULL);
  rushes_desk_await (books->desk, says, "Nothing Is Uncertain");

  g_assert_true (adw_preferences_dialog_pop_subpage (ADW_PREFERENCES_DIALOG (books->desk->preferences)));
  rushes_desk_await (books->desk, says, "$0.57");
  rushes_desk_await (books->desk, has_no_row, "Uncertain Amounts");
}

/* ---- the ledger ---- */

static gboolean
is_list (GtkWidget *widget, gconstpointer data)
{
  return GTK_IS_LIST_VIEW (widget) && gtk_widget_get_mapped (widget);
}

static GtkListView *
find_list (RushesDesk *self)
{
  return GTK_LIST_VIEW (rushes_test_search (self->window, is_list, NULL));
}

/* Goes to the end of what there is, as long as more comes. */
static gboolean
reaches (RushesDesk *self, gconstpointer n)
{
  GtkListView *list = find_list (self);
  guint n_items = list != NULL ? g_list_model_get_n_items (G_LIST_MODEL (gtk_list_view_get_model (list))) : 0;

  if (n_items > 0)
    gtk_list_view_scroll_to (list, n_items - 1, GTK_LIST_SCROLL_NONE, NULL);

  return n_items == GPOINTER_TO_UINT (n);
}

static void
test_entries (void)
{
  g_autoptr (Books) books = books_open ();
  g_autoptr (GPtrArray) many = order (books, "a boat", 250);
  g_autoptr (GPtrArray) late = NULL;
  guint n;

  activate (books, "All Entries");
  rushes_desk_await (books->desk, says, "a boat");
  n = g_list_model_get_n_items (G_LIST_MODEL (gtk_list_view_get_model (find_list (books->desk))));
  /* Not all of them at once. */
  g_assert_cmpuint (n, <, 250);
  rushes_desk_await (books->desk, reaches, GUINT_TO_POINTER (250));

  late = order (books, "a late boat", 1);
  rushes_desk_await (books->desk, reaches, GUINT_TO_POINTER (251));
}

static void
test_totals (void)
{
  g_autoptr (Books) books = books_open ();
  g_autoptr (GPtrArray) some = order (books, "a boat", 3);
  g_autoptr (GPtrArray) more = NULL;

  activate (books, "Totals");
  rushes_desk_await (books->desk, says, "3 submissions");
  g_assert_true (rushes_desk_has_row (books->desk, "Runway"));
  adw_toggle_group_set_active (ADW_TOGGLE_GROUP (rushes_test_find (books->desk->window, ADW_TYPE_TOGGLE_GROUP, NULL)),
                               2);
  rushes_desk_row (books->desk, "My Project");
  g_assert_false (rushes_desk_has_row (books->desk, "Runway"));
  more = order (books, "another boat", 1);
  rushes_desk_await (books->desk, says, "4 submissions");
  g_assert_true (rushes_test_says (books->desk->window, "$2.00"));
}

int
main (int argc, char **argv)
{
  rushes_test_init (&argc, &argv);

  g_test_add_func ("/preferences/spending/limits", test_limits);
  g_test_add_func ("/preferences/spending/uncertain", test_uncertain);
  g_test_add_func ("/preferences/spending/entries", test_entries);
  g_test_add_func ("/preferences/spending/totals", test_totals);

  return g_test_run ();
}
