/* test-ledger.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include <string.h>

#include "rushes-async.h"
#include "rushes-database.h"
#include "rushes-ledger-list.h"
#include "rushes-ledger-totals.h"
#include "rushes-test-library.h"

#define ESTIMATE 500000

static RushesDatabase *
open_database (RushesFolders *folders)
{
  g_autofree char *path = rushes_test_path (folders, "library.db");

  return rushes_database_open (path, FALSE, NULL);
}

/* The kinds of a take's entries, attempt by attempt, as first letters: "hs" was held and settled. */
static char *
list_kinds (RushesFolders *folders, RushesTake *take)
{
  g_autoptr (RushesDatabase) database = open_database (folders);
  g_autoptr (RushesQuery) query = NULL;
  g_autoptr (GString) kinds = g_string_new (NULL);

  query = rushes_database_query (database, NULL,
                                 "SELECT substr (l.kind, 1, 1) FROM ledger l JOIN attempts a ON a.id = l.attempt_id"
                                 " WHERE a.take_id = ? ORDER BY l.id",
                                 "t", rushes_take_get_id (take));
  while (rushes_query_next (query, NULL))
    g_string_append (kinds, rushes_query_get_text (query, 0));

  return g_string_free_and_steal (g_steal_pointer (&kinds));
}

static void
assert_kinds (RushesFolders *folders, RushesTake *take, const char *expected)
{
  g_autofree char *kinds = list_kinds (folders, take);

  g_assert_cmpstr (kinds, ==, expected);
}

static void
assert_price (RushesTake *take, RushesPriceKind kind, gint64 micros)
{
  const RushesPrice *price = rushes_take_get_price (take);

  g_assert_cmpint (price->kind, ==, kind);
  g_assert_cmpint (price->high.micros, ==, micros);
}

static void
end (RushesLibrary *library,
     RushesTake *take,
     RushesAttempt *attempt,
     RushesTakeState to,
     RushesCharged charged,
     gint64 cost)
{
  g_autoptr (GError) reason = rushes_error_new (RUSHES_ERROR_PROVIDER, "Ended.");
  RushesPrice price = rushes_test_price (cost, cost);
  RushesStep step = { .to = to, .error = reason, .cost = cost > 0 ? &price : NULL };

  price.kind = RUSHES_PRICE_REPORTED;
  rushes_error_set_charged (reason, charged);
  rushes_test_expect (rushes_library_advance (library, take, attempt, &step), TRUE);
}

/* ---- what each end does ---- */

static void
test_ends (void)
{
  g_autoptr (RushesFolders) folders = rushes_test_folders ();
  g_autoptr (RushesLibrary) library = rushes_test_open (folders);
  const struct
  {
    RushesTakeState to;
    RushesCharged charged;
    gint64 cost;
    const char *kinds;
    RushesPriceKind kind;
    gint64 micros;
  } cases[] = {
    { RUSHES_TAKE_STATE_FAILED, RUSHES_CHARGED_NO, 0, "hr", RUSHES_PRICE_REPORTED, 0 },
    { RUSHES_TAKE_STATE_FAILED, RUSHES_CHARGED_MAYBE, 0, "hu", RUSHES_PRICE_ESTIMATE, ESTIMATE },
    { RUSHES_TAKE_STATE_FAILED, RUSHES_CHARGED_YES, 0, "hs", RUSHES_PRICE_ESTIMATE, ESTIMATE },
    { RUSHES_TAKE_STATE_FAILED, RUSHES_CHARGED_YES, 420000, "hs", RUSHES_PRICE_REPORTED, 420000 },
    { RUSHES_TAKE_STATE_CANCELLED, RUSHES_CHARGED_NO, 0, "hr", RUSHES_PRICE_REPORTED, 0 },
    { RUSHES_TAKE_STATE_CANCELLED, RUSHES_CHARGED_MAYBE, 0, "hu", RUSHES_PRICE_ESTIMATE, ESTIMATE },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr (RushesTake) take = rushes_test_order_one (library, "end");
      g_autoptr (RushesAttempt) attempt = rushes_test_attempt (library, take);

      assert_kinds (folders, take, "h");
      assert_price (take, RUSHES_PRICE_ESTIMATE, ESTIMATE);
      rushes_test_walk (library, take, attempt, RUSHES_TAKE_STATE_RUNNING);
      end (library, take, attempt, cases[i].to, cases[i].charged, cases[i].cost);
      assert_kinds (folders, take, cases[i].kinds);
      assert_price (take, cases[i].kind, cases[i].micros);
    }
  rushes_test_close (library);
}

static void
test_ready (void)
{
  g_autoptr (RushesFolders) folders = rushes_test_folders ();
  g_autoptr (RushesLibrary) library = rushes_test_open (folders);
  g_autoptr (RushesTake) take = rushes_test_order_one (library, "ready");
  g_autoptr (RushesAttempt) attempt = rushes_test_attempt (library, take);
  RushesPrice cost = rushes_test_price (430000, 430000);
  RushesStep step = { .to = RUSHES_TAKE_STATE_RUNNING, .cost = &cost };

  /* Told early, settled at the end. */
  cost.kind = RUSHES_PRICE_REPORTED;
  rushes_test_walk (library, take, attempt, RUSHES_TAKE_STATE_SUBMITTING);
  rushes_test_expect (rushes_library_advance (library, take, attempt, &step), TRUE);
  assert_kinds (folders, take, "h");
  rushes_test_walk (library, take, attempt, RUSHES_TAKE_STATE_READY);
  assert_kinds (folders, take, "hs");
  assert_price (take, RUSHES_PRICE_REPORTED, 430000);
  rushes_test_close (library);
}

/* A take that was given up, and refunded, turns out to be alive. */
static void
test_alive_again (void)
{
  g_autoptr (RushesFolders) folders = rushes_test_folders ();
  g_autoptr (RushesLibrary) library = rushes_test_open (folders);
  g_autoptr (RushesTake) take = rushes_test_order_one (library, "alive");
  g_autoptr (RushesAttempt) attempt = rushes_test_attempt (library, take);

  rushes_test_walk (library, take, attempt, RUSHES_TAKE_STATE_RUNNING);
  end (library, take, attempt, RUSHES_TAKE_STATE_FAILED, RUSHES_CHARGED_NO, 0);
  rushes_test_step (library, take, attempt, RUSHES_TAKE_STATE_RUNNING, RUSHES_CHARGED_NO);
  assert_kinds (folders, take, "hrh");
  assert_price (take, RUSHES_PRICE_ESTIMATE, ESTIMATE);
  end (library, take, attempt, RUSHES_TAKE_STATE_FAILED, RUSHES_CHARGED_MAYBE, 0);
  rushes_test_step (library, take, attempt, RUSHES_TAKE_STATE_DOWNLOADING, RUSHES_CHARGED_NO);
  assert_kinds (folders, take, "hrhu");
  end (library, take, attempt, RUSHES_TAKE_STATE_EXPIRED, RUSHES_CHARGED_YES, 0);
  assert_kinds (folders, take, "hrhus");
  /* Paid once, however often it is looked for. */
  rushes_test_step (library, take, attempt, RUSHES_TAKE_STATE_DOWNLOADING, RUSHES_CHARGED_NO);
  rushes_test_step (library, take, attempt, RUSHES_TAKE_STATE_READY, RUSHES_CHARGED_NO);
  assert_kinds (folders, take, "hrhus");
  assert_price (take, RUSHES_PRICE_ESTIMATE, ESTIMATE);
  rushes_test_close (library);
}

static void
test_unconfirmed (void)
{
  g_autoptr (RushesFolders) folders = rushes_test_folders ();
  g_autoptr (RushesLibrary) library = rushes_test_open (folders);
  g_autoptr (RushesTake) take = rushes_test_order_one (library, "unconfirmed");
  g_autoptr (RushesAttempt) first = rushes_test_attempt (library, take);
  g_autoptr (RushesAttempt) second = NULL;

  rushes_test_walk (library, take, first, RUSHES_TAKE_STATE_SUBMITTING);
  rushes_test_step (library, take, first, RUSHES_TAKE_STATE_UNCONFIRMED, RUSHES_CHARGED_MAYBE);
  assert_kinds (folders, take, "hu");
  second = dex_await_boxed (rushes_library_add_attempt_with_consent (library, take, &RUSHES_CONSENT_AGAIN, NULL), NULL);
  g_assert_nonnull (second);
  assert_kinds (folders, take, "huh");
  /* Neither forgets the other. */
  end (library, take, second, RUSHES_TAKE_STATE_FAILED, RUSHES_CHARGED_NO, 0);
  assert_kinds (folders, take, "huhr");
  end (library, take, first, RUSHES_TAKE_STATE_FAILED, RUSHES_CHARGED_NO, 0);
  assert_kinds (folders, take, "huhrr");
  rushes_test_close (library);
}

/* A person has said that it cost nothing: that nobody knows it otherwise is no news. */
static void
test_forgotten (void)
{
  g_autoptr (RushesFolders) folders = rushes_test_folders ();
  g_autoptr (RushesLibrary) library = rushes_test_open (folders);
  g_autoptr (RushesTake) take = rushes_test_order_one (library, "forgotten");
  g_autoptr (RushesAttempt) attempt = rushes_test_attempt (library, take);

  rushes_test_walk (library, take, attempt, RUSHES_TAKE_STATE_SUBMITTING);
  rushes_test_step (library, take, attempt, RUSHES_TAKE_STATE_UNCONFIRMED, RUSHES_CHARGED_MAYBE);
  rushes_test_expect (rushes_library_end_uncertain (library, rushes_take_get_id (take), 0, FALSE, NULL), TRUE);
  end (library, take, attempt, RUSHES_TAKE_STATE_FAILED, RUSHES_CHARGED_MAYBE, 0);
  assert_kinds (folders, take, "hur");
  /* What the service says afterwards is. */
  end (library, take, attempt, RUSHES_TAKE_STATE_FAILED, RUSHES_CHARGED_YES, 420000);
  assert_kinds (folders, take, "hurs");
  rushes_test_close (library);
}

/* Credits keep what they were worth, whatever becomes of them. */
static void
test_worth (void)
{
  g_autoptr (RushesFolders) folders = rushes_test_folders ();
  g_autoptr (RushesLibrary) library = rushes_test_open (folders);
  g_autoptr (RushesTake) take = rushes_test_order_one (library, "worth");
  g_autoptr (RushesAttempt) attempt = rushes_test_attempt (library, take);
  const RushesLedgerFilter filter = { 0 };
  g_autoptr (GPtrArray) entries = NULL;
  const RushesPrice *price;
  RushesPrice cost = { RUSHES_PRICE_REPORTED };
  RushesStep step = { .to = RUSHES_TAKE_STATE_RUNNING, .cost = &cost };

  cost.low = cost.high = (RushesMoney) { 3500000, g_intern_static_string ("credits:kites") };
  cost.worth = (RushesMoney) { 490000, g_intern_static_string ("USD") };
  rushes_test_walk (library, take, attempt, RUSHES_TAKE_STATE_SUBMITTING);
  rushes_test_expect (rushes_library_advance (library, take, attempt, &step), TRUE);
  rushes_test_walk (library, take, attempt, RUSHES_TAKE_STATE_READY);
  price = rushes_take_get_price (take);
  g_assert_true (rushes_price_equal (price, &cost));

  entries = dex_await_boxed (rushes_library_list_ledger (library, &filter), NULL);
  g_assert_cmpuint (entries->len, ==, 2);
  g_assert_cmpstr (((RushesLedgerEntry *) g_ptr_array_index (entries, 0))->price.worth.currency, ==, NULL);
  g_assert_true (rushes_price_equal (&((RushesLedgerEntry *) g_ptr_array_index (entries, 1))->price, &cost));
  rushes_test_close (library);
}

/* One that failed and the next, in one step: there is no moment in which the take has neither. */
static void
test_again (void)
{
  g_autoptr (RushesFolders) folders = rushes_test_folders ();
  g_autoptr (RushesLibrary) library = rushes_test_open (folders);
  g_autoptr (RushesTake) take = rushes_test_order_one (library, "again");
  g_autoptr (RushesAttempt) attempt = rushes_test_attempt (library, take);
  g_autoptr (GError) reason = rushes_error_new (RUSHES_ERROR_PROVIDER, "Busy.");
  g_autofree char *first = g_strdup (attempt->id);
  RushesStep step = { .to = RUSHES_TAKE_STATE_FAILED, .error = reason, .again = TRUE };

  rushes_test_walk (library, take, attempt, RUSHES_TAKE_STATE_SUBMITTING);
  rushes_test_expect (rushes_library_advance (library, take, attempt, &step), TRUE);
  g_assert_cmpint (attempt->number, ==, 2);
  g_assert_cmpstr (attempt->id, !=, first);
  g_assert_cmpint (attempt->state, ==, RUSHES_TAKE_STATE_QUEUED);
  g_assert_cmpint (rushes_take_get_state (take), ==, RUSHES_TAKE_STATE_QUEUED);
  assert_kinds (folders, take, "hrh");
  assert_price (take, RUSHES_PRICE_ESTIMATE, ESTIMATE);
  rushes_test_walk (library, take, attempt, RUSHES_TAKE_STATE_READY);
  assert_kinds (folders, take, "hrhs");
  rushes_test_close (library);
}

static void
test_free_and_unknown (void)
{
  g_autoptr (RushesFolders) folders = rushes_test_folders ();
  g_autoptr (RushesLibrary) library = rushes_test_open (folders);
  g_autoptr (RushesProject) project = g_list_model_get_item (rushes_library_get_projects (library), 0);
  const RushesPriceKind kinds[] = { RUSHES_PRICE_FREE, RUSHES_PRICE_UNKNOWN };

  for (guint i = 0; i < G_N_ELEMENTS (kinds); i++)
    {
      g_autoptr (GPtrArray) requests = g_ptr_array_new_with_free_func (g_object_unref);
      g_autoptr (GArray) prices = g_array_new (FALSE, FALSE, sizeof (RushesPrice));
      g_autofree char *order_id = rushes_new_id ();
      g_autoptr (GPtrArray) takes = NULL;
      g_autoptr (RushesAttempt) attempt = NULL;
      RushesPrice price = { kinds[i] };
      RushesTake *take;

      g_ptr_array_add (requests, rushes_test_request ("red", "free"));
      g_array_append_val (prices, price);
      takes = dex_await_boxed (rushes_library_order (library, project, requests, prices, order_id), NULL);
      take = g_ptr_array_index (takes, 0);
      attempt = rushes_test_attempt (library, take);
      rushes_test_walk (library, take, attempt, RUSHES_TAKE_STATE_RUNNING);
      assert_price (take, kinds[i], 0);
      end (library, take, attempt, RUSHES_TAKE_STATE_FAILED, RUSHES_CHARGED_MAYBE, 0);
      assert_kinds (folders, take, kinds[i] == RUSHES_PRICE_FREE ? "hr" : "hu");
      rushes_test_step (library, take, attempt, RUSHES_TAKE_STATE_DOWNLOADING, RUSHES_CHARGED_NO);
      rushes_test_step (library, take, attempt, RUSHES_TAKE_STATE_READY, RUSHES_CHARGED_NO);
      assert_kinds (folders, take, kinds[i] == RUSHES_PRICE_FREE ? "hrhs" : "hus");
      assert_price (take, kinds[i], 0);
    }
  rushes_test_close (library);
}

/* ---- entries stay ---- */

static void
test_append_only (void)
{
  const char *const forbidden[] = { "UPDATE ledger SET micros = 1", "UPDATE ledger SET kind = 'refund' WHERE id = 1",
                                    "DELETE FROM ledger", "DELETE FROM ledger WHERE id = 1", "DELETE FROM attempts" };
  g_autoptr (RushesFolders) folders = rushes_test_folders ();
  g_autoptr (RushesLibrary) library = rushes_test_open (folders);
  g_autoptr (RushesTake) take = rushes_test_order_one (library, "kept");
  g_autoptr (RushesDatabase) database = open_database (folders);
  g_autoptr (GDateTime) now = g_date_time_new_now_local ();
  g_autofree char *today = g_date_time_format (now, "%Y-%m-%d");

  for (guint i = 0; i < G_N_ELEMENTS (forbidden); i++)
    {
      g_autoptr (GError) error = NULL;

      g_assert_false (rushes_database_run (database, &error, forbidden[i], ""));
      g_assert_nonnull (error);
    }
  g_assert_cmpint (rushes_database_get_int (database, NULL, "SELECT micros FROM ledger WHERE kind = 'hold'", ""), ==,
                   ESTIMATE);
  g_assert_cmpint (rushes_database_get_int (database, NULL, "SELECT count (*) FROM ledger WHERE day = ?", "t", today),
                   ==, 1);
  rushes_test_close (library);
}

/* ---- reading ---- */

static GPtrArray *
read_page (RushesLibrary *library, gboolean uncertain, gint64 before, guint n)
{
  const RushesLedgerFilter filter = { .uncertain = uncertain };
  g_autoptr (GError) error = NULL;
  GPtrArray *page = dex_await_boxed (rushes_library_page_ledger (library, &filter, before, n), &error);

  g_assert_no_error (error);

  return page;
}

/* A take whose cost is uncertain. */
static RushesTake *
order_uncertain (RushesLibrary *library, const char *prompt)
{
  RushesTake *take = rushes_test_order_one (library, prompt);
  g_autoptr (RushesAttempt) attempt = rushes_test_attempt (library, take);

  rushes_test_walk (library, take, attempt, RUSHES_TAKE_STATE_RUNNING);
  rushes_test_step (library, take, attempt, RUSHES_TAKE_STATE_FAILED, RUSHES_CHARGED_MAYBE);

  return take;
}

static void
test_pages (void)
{
  g_autoptr (RushesFolders) folders = rushes_test_folders ();
  g_autoptr (RushesLibrary) library = rushes_test_open (folders);
  g_autoptr (RushesTake) first = order_uncertain (library, "first");
  g_autoptr (RushesTake) second = order_uncertain (library, "second");
  g_autoptr (GPtrArray) newest = read_page (library, FALSE, 0, 3);
  g_autoptr (GPtrArray) older = NULL;
  g_autoptr (GPtrArray) uncertain = read_page (library, TRUE, 0, 10);
  const RushesLedgerEntry *entry;

  /* hold, uncertain, hold, uncertain; from the newest on */
  g_assert_cmpuint (newest->len, ==, 3);
  entry = g_ptr_array_index (newest, 0);
  g_assert_cmpstr (entry->take_id, ==, rushes_take_get_id (second));
  g_assert_cmpstr (entry->kind, ==, "uncertain");
  g_assert_true (entry->counts);
  entry = g_ptr_array_index (newest, 1);
  g_assert_cmpstr (entry->kind, ==, "hold");
  g_assert_false (entry->counts);
  entry = g_ptr_array_index (newest, 2);
  g_assert_cmpstr (entry->prompt, ==, "first");
  older = read_page (library, FALSE, entry->id, 3);
  g_assert_cmpuint (older->len, ==, 1);
  g_assert_cmpstr (((RushesLedgerEntry *) g_ptr_array_index (older, 0))->take_id, ==, rushes_take_get_id (first));
  g_assert_cmpuint (uncertain->len, ==, 2);
  rushes_test_close (library);
}

static void
test_totals (void)
{
  g_autoptr (RushesFolders) folders = rushes_test_folders ();
  g_autoptr (RushesLibrary) library = rushes_test_open (folders);
  g_autoptr (RushesTake) first = order_uncertain (library, "first");
  g_autoptr (RushesTake) second = order_uncertain (library, "second");
  g_autoptr (RushesTake) third = order_uncertain (library, "third");
  const RushesLedgerFilter filter = { 0 };
  const RushesMoney cost = { 2000000, g_intern_string ("EUR") };
  g_autoptr (GPtrArray) totals = NULL;
  g_autoptr (GBytes) csv = NULL;
  g_auto (GStrv) lines = NULL;
  g_autoptr (GArray) spent = NULL;
  const RushesSpent *euro, *dollar;

  rushes_test_expect (rushes_library_end_uncertain (library, rushes_take_get_id (first), 1, TRUE, &cost), TRUE);
  rushes_test_expect (rushes_library_end_uncertain (library, rushes_take_get_id (second), 1, FALSE, NULL), TRUE);
  g_free (rushes_test_expect_error (rushes_library_end_uncertain (library, rushes_take_get_id (third), 2, TRUE, NULL),
                                    RUSHES_ERROR_BAD_REQUEST));

  totals = dex_await_boxed (rushes_library_sum_ledger (library, &filter), NULL);
  /* Two currencies in each of the groups. */
  g_assert_cmpuint (totals->len, ==, 2 * RUSHES_N_TOTALS);
  for (guint i = 0; i < totals->len; i++)
    {
      const RushesLedgerTotal *total = g_ptr_array_index (totals, i);

      g_assert_cmpint (total->group, ==, i / 2);
      g_assert_cmpstr (total->currency, ==, i % 2 == 0 ? "EUR" : "USD");
      g_assert_cmpint (total->micros, ==, i % 2 == 0 ? 2000000 : ESTIMATE);
      g_assert_cmpuint (total->n, ==, 1);
    }

  csv = dex_await_boxed (rushes_library_export_ledger (library, &filter), NULL);
  lines = g_strsplit (g_bytes_get_data (csv, NULL), "\r\n", -1);
  g_assert_cmpuint (g_strv_length (lines), ==, 1 + 8 + 1);
  g_assert_nonnull (strstr (lines[7], ",settle,yes,2,EUR,"));

  spent = dex_await_boxed (rushes_library_get_spent (library), NULL);
  g_assert_cmpuint (spent->len, ==, 2);
  euro = &g_array_index (spent, RushesSpent, 0);
  dollar = &g_array_index (spent, RushesSpent, 1);
  g_assert_cmpstr (euro->currency, ==, "EUR");
  g_assert_cmpint (euro->spent[RUSHES_LIMIT_DAY], ==, 2000000);
  g_assert_cmpint (dollar->spent[RUSHES_LIMIT_MONTH], ==, ESTIMATE);
  g_assert_cmpint (dollar->most[RUSHES_LIMIT_MONTH], <, 0);
  rushes_test_close (library);
}

/* ---- the list ---- */

static gboolean
has_come (gpointer list)
{
  gboolean pending;

  g_object_get (list, "pending", &pending, NULL);

  return !pending;
}

typedef struct
{
  GListModel *list;
  guint n;
  gboolean counts; /* the second entry */
} Expected;

static const RushesLedgerEntry *
get_entry (GListModel *list, guint position)
{
  g_autoptr (RushesLedgerItem) item = g_list_model_get_item (list, position);

  return rushes_ledger_item_get_entry (item);
}

static gboolean
is_as_expected (gpointer data)
{
  const Expected *expected = data;

  return g_list_model_get_n_items (expected->list) == expected->n &&
         (expected->n < 2 || get_entry (expected->list, 1)->counts == expected->counts);
}

static void
note_change (GListModel *list, guint position, guint n_removed, guint n_added, guint *n_same)
{
  *n_same = MIN (*n_same, g_list_model_get_n_items (list) - position - n_added);
}

/* It grows at its beginning when there is news, at its end when somebody looks there, and what stays is the same. */
static void
test_list (void)
{
  g_autoptr (RushesFolders) folders = rushes_test_folders ();
  g_autoptr (RushesLibrary) library = rushes_test_open (folders);
  g_autoptr (RushesLibrary) other = rushes_test_open (folders);
  g_autoptr (RushesTake) news = NULL;
  g_autoptr (RushesLedgerList) list = NULL;
  g_autoptr (RushesLedgerList) uncertain = NULL;
  g_autoptr (RushesLedgerItem) oldest = NULL;
  g_autoptr (RushesLedgerItem) still = NULL;
  guint n_same = G_MAXUINT;

  for (guint i = 0; i < 130; i++)
    g_object_unref (rushes_test_order_one (library, "a boat"));
  list = rushes_ledger_list_new (library, FALSE);
  uncertain = rushes_ledger_list_new (library, TRUE);
  rushes_test_await (has_come, list);
  rushes_test_await (has_come, uncertain);
  g_assert_cmpuint (g_list_model_get_n_items (G_LIST_MODEL (list)), ==, 100);
  g_assert_cmpuint (g_list_model_get_n_items (G_LIST_MODEL (uncertain)), ==, 0);
  g_assert_true (rushes_ledger_list_get_more (list));
  rushes_ledger_list_extend (list);
  rushes_test_await (is_as_expected, &(Expected) { G_LIST_MODEL (list), 130, TRUE });
  g_assert_false (rushes_ledger_list_get_more (list));
  rushes_ledger_list_extend (list);
  for (guint i = 1; i < 130; i++)
    g_assert_cmpint (get_entry (G_LIST_MODEL (list), i)->id, <, get_entry (G_LIST_MODEL (list), i - 1)->id);

  oldest = g_list_model_get_item (G_LIST_MODEL (list), 129);
  g_signal_connect (list, "items-changed", G_CALLBACK (note_change), &n_same);
  /* Of another process. */
  news = order_uncertain (other, "news");
  rushes_test_await (is_as_expected, &(Expected) { G_LIST_MODEL (list), 132, FALSE });
  rushes_test_await (is_as_expected, &(Expected) { G_LIST_MODEL (uncertain), 1, FALSE });
  g_assert_cmpuint (n_same, >=, 130);
  still = g_list_model_get_item (G_LIST_MODEL (list), 131);
  g_assert_true (still == oldest);

  /* And of one's own. */
  rushes_test_expect (rushes_library_end_uncertain (library, rushes_take_get_id (news), 0, FALSE, NULL), TRUE);
  rushes_test_await (is_as_expected, &(Expected) { G_LIST_MODEL (uncertain), 0, FALSE });
  rushes_test_await (is_as_expected, &(Expected) { G_LIST_MODEL (list), 133, FALSE });
  rushes_test_close (other);
  rushes_test_close (library);
}

int
main (int argc, char **argv)
{
  rushes_test_init (&argc, &argv);

  rushes_test_add_fiber ("/ledger/ends", test_ends);
  rushes_test_add_fiber ("/ledger/ready", test_ready);
  rushes_test_add_fiber ("/ledger/alive-again", test_alive_again);
  rushes_test_add_fiber ("/ledger/unconfirmed", test_unconfirmed);
  rushes_test_add_fiber ("/ledger/forgotten", test_forgotten);
  rushes_test_add_fiber ("/ledger/worth", test_worth);
  rushes_test_add_fiber ("/ledger/again", test_again);
  rushes_test_add_fiber ("/ledger/free-and-unknown", test_free_and_unknown);
  rushes_test_add_fiber ("/ledger/append-only", test_append_only);
  rushes_test_add_fiber ("/ledger/pages", test_pages);
  rushes_test_add_fiber ("/ledger/totals", test_totals);
  rushes_test_add_fiber ("/ledger/list", test_list);

  return g_test_run ();
}
