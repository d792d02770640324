/* test-spending.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include <string.h>

#include "rushes-async.h"
#include "rushes-core.h"
#include "rushes-ledger.h"
#include "rushes-limits.h"
#include "rushes-spending.h"
#include "rushes-test-library.h"

#define UNIT 1000000

/* The test itself, started twice, buys as much as it may. */
static const char *program;

static void
forget_limits (void)
{
  gboolean found;

  g_assert_true (rushes_limits_clear (RUSHES_LIMIT_DAY, NULL, &found, NULL));
  g_assert_true (rushes_limits_clear (RUSHES_LIMIT_MONTH, NULL, &found, NULL));
}

static void
set_limit (RushesLimitPeriod period, const char *amount, const char *currency)
{
  RushesMoney most;

  g_assert_true (rushes_limits_parse_money (amount, currency, &most));
  g_assert_true (rushes_limits_set (period, most, NULL));
}

static RushesPrice
make_price (RushesPriceKind kind, gint64 low, gint64 high, const char *currency)
{
  RushesPrice price = { kind };

  if (kind == RUSHES_PRICE_ESTIMATE || kind == RUSHES_PRICE_REPORTED)
    {
      price.low = (RushesMoney) { low, g_intern_string (currency) };
      price.high = (RushesMoney) { high, g_intern_string (currency) };
    }

  return price;
}

/* Orders @n takes at @price each; NULL, or the field of the refusal. */
static char *
buy (RushesLibrary *library, guint n, RushesPrice price, const RushesConsent *consent)
{
  g_autoptr (RushesProject) project = g_list_model_get_item (rushes_library_get_projects (library), 0);
  g_autoptr (GPtrArray) requests = g_ptr_array_new_with_free_func (g_object_unref);
  g_autoptr (GArray) prices = g_array_new (FALSE, FALSE, sizeof (RushesPrice));
  g_autofree char *order_id = rushes_new_id ();
  g_autoptr (GPtrArray) takes = NULL;
  g_autoptr (GError) error = NULL;

  for (guint i = 0; i < n; i++)
    {
      g_ptr_array_add (requests, rushes_test_request ("red", "spending"));
      g_array_append_val (prices, price);
    }
  takes = dex_await_boxed (
      rushes_library_order_with_consent (library, project, requests, prices, order_id, consent, NULL), &error);
  if (error == NULL)
    return NULL;
  g_assert_error (error, RUSHES_ERROR, RUSHES_ERROR_QUOTA);
  g_assert_cmpint (rushes_error_get_exit_status (error), ==, 4);
  g_assert_true (g_str_has_suffix (error->message, "."));

  return g_strdup (rushes_error_get_field (error));
}

#define assert_bought(library, n, price, consent)                                                                      \
  G_STMT_START                                                                                                         \
    {                                                                                                                  \
      g_autofree char *field = buy (library, n, price, consent);                                                       \
      g_assert_cmpstr (field, ==, NULL);                                                                               \
    }                                                                                                                  \
  G_STMT_END
#define assert_not_bought(library, n, price, consent, expected)                                                        \
  G_STMT_START                                                                                                         \
    {                                                                                                                  \
      g_autofree char *field = buy (library, n, price, consent);                                                       \
      g_assert_cmpstr (field, ==, expected);                                                                           \
    }                                                                                                                  \
  G_STMT_END

static guint
count_takes (RushesFolders *folders)
{
  g_autofree char *path = rushes_test_path (folders, "library.db");
  g_autoptr (RushesDatabase) database = rushes_database_open (path, FALSE, NULL);

  return rushes_database_get_int (database, NULL, "SELECT count (*) FROM takes", "");
}

/* ---- what is set ---- */

static void
test_settings (void)
{
  g_autoptr (GArray) none = NULL;
  g_autoptr (GArray) limits = NULL;
  RushesMoney money;
  gboolean found;

  forget_limits ();
  none = rushes_limits_read ();
  g_assert_cmpuint (none->len, ==, 0);
  set_limit (RUSHES_LIMIT_DAY, "5", "USD");
  set_limit (RUSHES_LIMIT_DAY, "7.50", "usd");
  set_limit (RUSHES_LIMIT_DAY, "3", "CNY");
  set_limit (RUSHES_LIMIT_MONTH, "100", "credits:kling");
  limits = rushes_limits_read ();
  g_assert_cmpuint (limits->len, ==, 3);
  g_assert_cmpint (g_array_index (limits, RushesLimit, 0).most.micros, ==, 7500000);
  g_assert_cmpstr (g_array_index (limits, RushesLimit, 0).most.currency, ==, "USD");
  g_assert_cmpstr (g_array_index (limits, RushesLimit, 2).most.currency, ==, "credits:kling");
  g_assert_true (rushes_limits_clear (RUSHES_LIMIT_MONTH, "USD", &found, NULL));
  g_assert_false (found);
  g_assert_true (rushes_limits_clear (RUSHES_LIMIT_DAY, "usd", &found, NULL));
  g_assert_true (found);

  g_assert_false (rushes_limits_parse_money ("5", "credits:", &money));
  g_assert_false (rushes_limits_parse_money ("5", "US", &money));
  g_assert_false (rushes_limits_parse_money ("-5", "USD", &money));
  forget_limits ();
}

/* ---- one process ---- */

static void
test_order (void)
{
  g_autoptr (RushesFolders) folders = rushes_test_folders ();
  g_autoptr (RushesLibrary) library = rushes_test_open (folders);
  const RushesPrice dollar = make_price (RUSHES_PRICE_ESTIMATE, UNIT, UNIT, "USD");
  const RushesPrice range = make_price (RUSHES_PRICE_ESTIMATE, UNIT, 2 * UNIT, "USD");
  const RushesPrice yuan = make_price (RUSHES_PRICE_ESTIMATE, 50 * UNIT, 50 * UNIT, "CNY");
  const RushesPrice unknown = make_price (RUSHES_PRICE_UNKNOWN, 0, 0, NULL);
  const RushesPrice free_of_charge = make_price (RUSHES_PRICE_FREE, 0, 0, NULL);
  RushesConsent consent = RUSHES_CONSENT_NONE;

  forget_limits ();
  assert_bought (library, 1, unknown, NULL);
  set_limit (RUSHES_LIMIT_DAY, "5", "USD");
  /* All of it, or nothing. */
  assert_not_bought (library, 6, dollar, NULL, "limit");
  g_assert_cmpuint (count_takes (folders), ==, 1);
  assert_bought (library, 4, dollar, NULL);
  /* A range counts at its top, another currency and what is free do not. */
  assert_not_bought (library, 1, range, NULL, "limit");
  assert_bought (library, 1, yuan, NULL);
  assert_bought (library, 1, free_of_charge, NULL);
  assert_bought (library, 1, dollar, NULL);
  assert_not_bought (library, 1, dollar, NULL, "limit");

  assert_not_bought (library, 1, unknown, NULL, "price");
  consent.unknown_price = TRUE;
  assert_bought (library, 1, unknown, &consent);
  assert_not_bought (library, 1, dollar, &consent, "limit");
  consent.past_limits = TRUE;
  assert_bought (library, 1, dollar, &consent);
  consent.most = (RushesMoney) { 3 * UNIT, NULL };
  assert_not_bought (library, 4, dollar, &consent, "max_cost");
  assert_bought (library, 3, dollar, &consent);
  consent.most.currency = g_intern_string ("CNY");
  assert_not_bought (library, 1, dollar, &consent, "max_cost");

  /* The month's own limit, beside the day's. */
  forget_limits ();
  set_limit (RUSHES_LIMIT_DAY, "100", "USD");
  set_limit (RUSHES_LIMIT_MONTH, "9", "USD");
  assert_not_bought (library, 1, dollar, NULL, "limit");
  forget_limits ();
  rushes_test_close (library);
}

/* Credits whose worth is known count in both currencies. */
static void
test_worth (void)
{
  g_autoptr (RushesFolders) folders = rushes_test_folders ();
  g_autoptr (RushesLibrary) library = rushes_test_open (folders);
  const RushesPrice dollar = make_price (RUSHES_PRICE_ESTIMATE, UNIT, UNIT, "USD");
  const RushesPrice bare = make_price (RUSHES_PRICE_ESTIMATE, 100 * UNIT, 100 * UNIT, "credits:runway");
  RushesPrice credits = bare;
  RushesConsent consent = RUSHES_CONSENT_NONE;

  credits.worth = (RushesMoney) { UNIT, g_intern_string ("USD") };
  forget_limits ();
  set_limit (RUSHES_LIMIT_DAY, "3", "USD");
  assert_bought (library, 1, dollar, NULL);
  assert_bought (library, 1, credits, NULL);
  assert_not_bought (library, 2, credits, NULL, "limit");
  assert_bought (library, 1, credits, NULL);
  assert_not_bought (library, 1, credits, NULL, "limit");
  assert_not_bought (library, 1, dollar, NULL, "limit");
  /* What nobody knows the worth of is no money. */
  assert_bought (library, 1, bare, NULL);

  set_limit (RUSHES_LIMIT_DAY, "100", "USD");
  set_limit (RUSHES_LIMIT_MONTH, "400", "credits:runway");
  assert_bought (library, 1, credits, NULL);
  assert_not_bought (library, 1, credits, NULL, "limit");
  forget_limits ();

  /* What is agreed to in money holds for credits, as far as that can be told. */
  consent.most = (RushesMoney) { 2 * UNIT, g_intern_string ("USD") };
  assert_bought (library, 2, credits, &consent);
  assert_not_bought (library, 3, credits, &consent, "max_cost");
  assert_not_bought (library, 1, bare, &consent, "max_cost");
  consent.most.currency = g_intern_string ("credits:runway");
  assert_not_bought (library, 1, credits, &consent, "max_cost");
  consent.most.micros = 100 * UNIT;
  assert_bought (library, 1, credits, &consent);
  rushes_test_close (library);
}

/* What was given back can be spent again; another attempt is checked like a first one. */
static void
test_attempts (void)
{
  g_autoptr (RushesFolders) folders = rushes_test_folders ();
  g_autoptr (RushesLibrary) library = rushes_test_open (folders);
  g_autoptr (RushesTake) take = NULL;
  g_autoptr (RushesTake) other = NULL;
  g_autoptr (RushesAttempt) attempt = NULL;
  g_autoptr (RushesAttempt) next = NULL;
  g_autoptr (GError) reason = rushes_error_new (RUSHES_ERROR_PROVIDER, "Busy.");
  RushesConsent consent = { .past_limits = TRUE, .most = { .micros = -1 } };
  RushesStep again = { .to = RUSHES_TAKE_STATE_FAILED, .error = reason, .again = TRUE };

  forget_limits ();
  set_limit (RUSHES_LIMIT_DAY, "0.50", "USD");
  take = rushes_test_order_one (library, "first");
  attempt = rushes_test_attempt (library, take);
  rushes_test_walk (library, take, attempt, RUSHES_TAKE_STATE_RUNNING);
  rushes_test_step (library, take, attempt, RUSHES_TAKE_STATE_FAILED, RUSHES_CHARGED_NO);
  other = rushes_test_order_one (library, "other");
  g_free (rushes_test_expect_error (rushes_library_add_attempt (library, take), RUSHES_ERROR_QUOTA));
  next = dex_await_boxed (rushes_library_add_attempt_with_consent (library, take, &consent, NULL), NULL);
  g_assert_nonnull (next);

  /* By itself it goes on only within the limit, and nothing is half written when it does not. */
  rushes_test_walk (library, take, next, RUSHES_TAKE_STATE_SUBMITTING);
  g_free (rushes_test_expect_error (rushes_library_advance (library, take, next, &again), RUSHES_ERROR_QUOTA));
  g_clear_pointer (&next, rushes_attempt_free);
  next = rushes_test_attempt (library, take);
  g_assert_cmpint (next->state, ==, RUSHES_TAKE_STATE_SUBMITTING);
  set_limit (RUSHES_LIMIT_DAY, "1", "USD");
  rushes_test_expect (rushes_library_advance (library, take, next, &again), TRUE);
  g_assert_cmpint (next->number, ==, 3);
  forget_limits ();
  rushes_test_close (library);
}

/* Making a take once more is asked about when the money for it may be gone already, and only then. */
static void
test_again (void)
{
  static const struct
  {
    RushesTakeState from;
    RushesTakeState end;
    RushesCharged charged;
    int verdict;       /* what the person says of it: -1 nothing, FALSE not charged, TRUE charged */
    const char *words; /* NULL: nothing is asked */
  } cases[] = {
    { RUSHES_TAKE_STATE_SUBMITTING, RUSHES_TAKE_STATE_UNCONFIRMED, RUSHES_CHARGED_MAYBE, -1, "may cost twice" },
    { RUSHES_TAKE_STATE_SUBMITTING, RUSHES_TAKE_STATE_UNCONFIRMED, RUSHES_CHARGED_MAYBE, FALSE, NULL },
    { RUSHES_TAKE_STATE_RUNNING, RUSHES_TAKE_STATE_FAILED, RUSHES_CHARGED_MAYBE, -1, "may cost twice" },
    { RUSHES_TAKE_STATE_RUNNING, RUSHES_TAKE_STATE_FAILED, RUSHES_CHARGED_MAYBE, FALSE, NULL },
    { RUSHES_TAKE_STATE_RUNNING, RUSHES_TAKE_STATE_FAILED, RUSHES_CHARGED_MAYBE, TRUE, "costs once more" },
    { RUSHES_TAKE_STATE_RUNNING, RUSHES_TAKE_STATE_FAILED, RUSHES_CHARGED_YES, -1, "costs once more" },
    { RUSHES_TAKE_STATE_RUNNING, RUSHES_TAKE_STATE_FAILED, RUSHES_CHARGED_NO, -1, NULL },
    { RUSHES_TAKE_STATE_RUNNING, RUSHES_TAKE_STATE_CANCELLED, RUSHES_CHARGED_MAYBE, -1, "may cost twice" },
    { RUSHES_TAKE_STATE_RUNNING, RUSHES_TAKE_STATE_CANCELLED, RUSHES_CHARGED_NO, -1, NULL },
    { RUSHES_TAKE_STATE_DOWNLOADING, RUSHES_TAKE_STATE_EXPIRED, RUSHES_CHARGED_YES, -1, "costs once more" },
  };
  g_autoptr (RushesFolders) folders = rushes_test_folders ();
  g_autoptr (RushesLibrary) library = rushes_test_open (folders);

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr (RushesTake) take = rushes_test_order_one (library, "again");
      g_autoptr (RushesAttempt) attempt = rushes_test_attempt (library, take);
      g_autoptr (RushesAttempt) second = NULL;
      g_autoptr (RushesAttempt) third = NULL;
      g_autoptr (GError) error = NULL;
      RushesConsent consent = RUSHES_CONSENT_NONE;

      g_test_message ("Case %u", i);
      rushes_test_walk (library, take, attempt, cases[i].from);
      rushes_test_step (library, take, attempt, cases[i].end, cases[i].charged);
      if (cases[i].verdict >= 0)
        rushes_test_expect (
            rushes_library_end_uncertain (library, rushes_take_get_id (take), 0, cases[i].verdict, NULL), TRUE);

      second = dex_await_boxed (rushes_library_add_attempt (library, take), &error);
      if (cases[i].words == NULL)
        {
          g_assert_no_error (error);
          continue;
        }
      g_assert_error (error, RUSHES_ERROR, RUSHES_ERROR_BAD_REQUEST);
      g_assert_nonnull (strstr (error->message, cases[i].words));
      g_assert_nonnull (strstr (error->message, "0.50"));
      g_assert_true (rushes_limits_can_ask (error));
      rushes_limits_agree (&consent, error);
      g_assert_false (consent.past_limits || consent.unknown_price);
      g_clear_error (&error);
      second = dex_await_boxed (rushes_library_add_attempt_with_consent (library, take, &consent, NULL), &error);
      g_assert_no_error (error);

      /* That the newest one cost nothing says nothing about the one before it. */
      rushes_test_step (library, take, second, RUSHES_TAKE_STATE_CANCELLED, RUSHES_CHARGED_NO);
      third = dex_await_boxed (rushes_library_add_attempt (library, take), &error);
      g_assert_null (third);
      g_assert_true (rushes_limits_can_ask (error));
    }
  rushes_test_close (library);
}

/* What goes out again by itself was agreed to with the attempt that it repeats. */
static void
test_again_by_itself (void)
{
  g_autoptr (RushesFolders) folders = rushes_test_folders ();
  g_autoptr (RushesLibrary) library = rushes_test_open (folders);
  g_autoptr (RushesTake) take = rushes_test_order_one (library, "again");
  g_autoptr (RushesAttempt) first = rushes_test_attempt (library, take);
  g_autoptr (RushesAttempt) second = NULL;
  g_autoptr (GError) reason = rushes_error_new (RUSHES_ERROR_PROVIDER, "Busy.");
  RushesStep again = { .to = RUSHES_TAKE_STATE_FAILED, .error = reason, .again = TRUE };

  rushes_test_walk (library, take, first, RUSHES_TAKE_STATE_SUBMITTING);
  rushes_test_step (library, take, first, RUSHES_TAKE_STATE_UNCONFIRMED, RUSHES_CHARGED_MAYBE);
  second = dex_await_boxed (rushes_library_add_attempt_with_consent (library, take, &RUSHES_CONSENT_AGAIN, NULL), NULL);
  rushes_test_walk (library, take, second, RUSHES_TAKE_STATE_SUBMITTING);
  rushes_test_expect (rushes_library_advance (library, take, second, &again), TRUE);
  g_assert_cmpint (second->number, ==, 3);
  rushes_test_close (library);
}

/* What is uncertain counts until a person looked at the bill. */
static void
test_uncertain (void)
{
  g_autoptr (RushesFolders) folders = rushes_test_folders ();
  g_autoptr (RushesLibrary) library = rushes_test_open (folders);
  const RushesPrice half = rushes_test_price (UNIT / 2, UNIT / 2);
  const RushesLedgerFilter filter = { .uncertain = TRUE };

  forget_limits ();
  set_limit (RUSHES_LIMIT_DAY, "1", "USD");
  for (guint i = 0; i < 2; i++)
    {
      g_autoptr (RushesTake) take = rushes_test_order_one (library, "maybe");
      g_autoptr (RushesAttempt) attempt = rushes_test_attempt (library, take);
      g_autoptr (GPtrArray) before = NULL;
      g_autoptr (GPtrArray) after = NULL;

      g_free (rushes_test_expect_error (
          rushes_library_end_uncertain (library, rushes_take_get_id (take), 0, TRUE, NULL), RUSHES_ERROR_BAD_REQUEST));
      rushes_test_walk (library, take, attempt, RUSHES_TAKE_STATE_RUNNING);
      rushes_test_step (library, take, attempt, RUSHES_TAKE_STATE_FAILED, RUSHES_CHARGED_MAYBE);
      before = dex_await_boxed (rushes_library_list_ledger (library, &filter), NULL);
      g_assert_cmpuint (before->len, ==, 1);
      assert_not_bought (library, 2, half, NULL, "limit");
      rushes_test_expect (rushes_library_end_uncertain (library, rushes_take_get_id (take), 0, i == 1, NULL), TRUE);
      after = dex_await_boxed (rushes_library_list_ledger (library, &filter), NULL);
      g_assert_cmpuint (after->len, ==, 0);
      g_assert_cmpint (rushes_take_get_price (take)->high.micros, ==, i == 1 ? UNIT / 2 : 0);
      g_free (rushes_test_expect_error (
          rushes_library_end_uncertain (library, rushes_take_get_id (take), 0, TRUE, NULL), RUSHES_ERROR_BAD_REQUEST));
    }
  assert_not_bought (library, 2, half, NULL, "limit");
  assert_bought (library, 1, half, NULL);
  forget_limits ();
  rushes_test_close (library);
}

/* ---- days ---- */

/* The largest price in whole units that may still be held on @day. */
static gint64
find_room (RushesDatabase *database, RushesLimitPeriod period, gint64 most, const char *day)
{
  g_autoptr (GArray) limits = g_array_new (FALSE, FALSE, sizeof (RushesLimit));
  const RushesLimit limit = { period, { most * UNIT, g_intern_string ("USD") } };
  gint64 room = 0;

  g_array_append_val (limits, limit);
  for (gint64 n = 1; n <= most; n++)
    {
      RushesPrice price = rushes_test_price (n * UNIT, n * UNIT);
      g_autoptr (GError) error = NULL;

      if (!rushes_spending_check (database, limits, &RUSHES_CONSENT_NONE, &price, 1, day, &error))
        {
          g_assert_error (error, RUSHES_ERROR, RUSHES_ERROR_QUOTA);
          break;
        }
      room = n;
    }

  return room;
}

static void
test_calendar (void)
{
  g_autoptr (RushesFolders) folders = rushes_test_folders ();
  g_autoptr (RushesLibrary) library = rushes_test_open (folders);
  g_autofree char *path = rushes_test_path (folders, "library.db");
  g_autoptr (RushesDatabase) database = NULL;
  const char *const days[] = { "2024-02-28", "2024-02-29", "2024-03-01", "2024-12-31", "2025-01-01" };
  g_autoptr (GPtrArray) takes = rushes_test_order (library, "a", "b", "c", "d", "e", NULL);

  rushes_test_close (library);
  database = rushes_database_open (path, FALSE, NULL);
  /* Only the entries that follow; the program itself could not do this. */
  g_assert_true (rushes_database_script (database, "DROP TRIGGER ledger_no_delete; DELETE FROM ledger;", NULL));
  for (guint i = 0; i < G_N_ELEMENTS (days); i++)
    g_assert_true (rushes_database_run (
        database, NULL,
        "INSERT INTO ledger (attempt_id, kind, price, at, day, low_micros, micros, currency) VALUES ("
        "(SELECT attempt_id FROM takes WHERE id = ?), 'hold', 'estimate', 0, ?, 1000000, 1000000, 'USD')",
        "tt", rushes_take_get_id (g_ptr_array_index (takes, i)), days[i]));

  /* Midnight, and the ends of a leap month and of a year. */
  g_assert_cmpint (find_room (database, RUSHES_LIMIT_DAY, 10, "2025-01-01"), ==, 9);
  g_assert_cmpint (find_room (database, RUSHES_LIMIT_DAY, 10, "2025-01-02"), ==, 10);
  g_assert_cmpint (find_room (database, RUSHES_LIMIT_MONTH, 10, "2025-01-31"), ==, 9);
  g_assert_cmpint (find_room (database, RUSHES_LIMIT_MONTH, 10, "2025-02-01"), ==, 10);
  /* The clock goes back: what bears a later date counts all the same. */
  g_assert_cmpint (find_room (database, RUSHES_LIMIT_DAY, 10, "2024-12-31"), ==, 8);
  g_assert_cmpint (find_room (database, RUSHES_LIMIT_MONTH, 10, "2024-03-15"), ==, 7);
  g_assert_cmpint (find_room (database, RUSHES_LIMIT_DAY, 10, "2024-02-29"), ==, 6);
  g_assert_cmpint (find_room (database, RUSHES_LIMIT_MONTH, 10, "2024-02-29"), ==, 5);
}

static void
assert_day (const char *zone, const char *utc, const char *expected)
{
  g_autoptr (GDateTime) time = g_date_time_new_from_iso8601 (utc, NULL);
  g_autofree char *day = NULL;

  g_setenv ("TZ", zone, TRUE);
  day = rushes_ledger_get_day (g_date_time_to_unix (time) * G_USEC_PER_SEC);
  g_assert_cmpstr (day, ==, expected);
}

/* A day of 23 or 25 hours is one day. */
static void
test_summer_time (void)
{
  g_autofree char *before = g_strdup (g_getenv ("TZ"));

  assert_day ("Europe/Berlin", "2026-03-28T22:59:59Z", "2026-03-28");
  assert_day ("Europe/Berlin", "2026-03-28T23:00:00Z", "2026-03-29");
  assert_day ("Europe/Berlin", "2026-03-29T21:59:59Z", "2026-03-29");
  assert_day ("Europe/Berlin", "2026-03-29T22:00:00Z", "2026-03-30");
  assert_day ("Europe/Berlin", "2026-10-24T22:00:00Z", "2026-10-25");
  assert_day ("Europe/Berlin", "2026-10-25T22:59:59Z", "2026-10-25");
  assert_day ("Europe/Berlin", "2026-10-25T23:00:00Z", "2026-10-26");
  assert_day ("Asia/Shanghai", "2026-10-25T16:00:00Z", "2026-10-26");
  if (before != NULL)
    g_setenv ("TZ", before, TRUE);
  else
    g_unsetenv ("TZ");
}

/* ---- two processes ---- */

static DexFuture *
buy_many (gpointer data)
{
  g_autoptr (RushesLibrary) library = rushes_test_open (data);
  const RushesPrice price = rushes_test_price (UNIT / 2, UNIT / 2);
  guint n = 0;

  for (guint i = 0; i < 20; i++)
    {
      g_autofree char *field = buy (library, 1, price, NULL);

      n += field == NULL;
    }
  g_print ("%u", n);
  rushes_test_close (library);

  return dex_future_new_true ();
}

static int
buy_as_other (const char *path)
{
  g_autoptr (GFile) data = g_file_new_build_filename (path, "data", NULL);
  g_autoptr (GFile) cache = g_file_new_build_filename (path, "cache", NULL);
  g_autoptr (RushesFolders) folders = rushes_folders_new (data, cache);
  g_autoptr (DexFuture) future = NULL;

  rushes_core_init ();
  future = rushes_test_run (rushes_async_spawn (buy_many, folders, NULL));

  return dex_future_is_resolved (future) ? 0 : 1;
}

/* Both look at the same moment, and together they get no more than there is. */
static void
test_two_processes (void)
{
  g_autofree char *path = rushes_test_folder ();
  GSubprocess *others[2];
  guint n = 0;

  forget_limits ();
  set_limit (RUSHES_LIMIT_DAY, "7.50", "USD");
  for (guint i = 0; i < G_N_ELEMENTS (others); i++)
    {
      g_autoptr (GError) error = NULL;

      others[i] = g_subprocess_new (G_SUBPROCESS_FLAGS_STDOUT_PIPE, &error, program, "--buy", path, NULL);
      g_assert_no_error (error);
    }
  for (guint i = 0; i < G_N_ELEMENTS (others); i++)
    {
      g_autofree char *out = NULL;

      g_assert_true (g_subprocess_communicate_utf8 (others[i], NULL, NULL, &out, NULL, NULL));
      g_assert_cmpint (g_subprocess_get_exit_status (others[i]), ==, 0);
      n += g_ascii_strtoull (out, NULL, 10);
      g_object_unref (others[i]);
    }
  g_assert_cmpuint (n, ==, 15);
  forget_limits ();
}

/* ---- random histories in several currencies ---- */

static void
end_somehow (RushesLibrary *library, RushesTake *take, RushesAttempt *attempt, const char *currency)
{
  g_autoptr (GError) reason = rushes_error_new (RUSHES_ERROR_PROVIDER, "Ended.");
  RushesPrice cost = make_price (RUSHES_PRICE_REPORTED, 0, 0, currency);
  RushesStep step = { .to = RUSHES_TAKE_STATE_FAILED, .error = reason };

  cost.low.micros = cost.high.micros = g_test_rand_int_range (1, 5 * UNIT);
  if (g_test_rand_bit ())
    step.cost = &cost;
  rushes_error_set_charged (reason, g_test_rand_int_range (RUSHES_CHARGED_NO, RUSHES_CHARGED_YES + 1));
  rushes_test_expect (rushes_library_advance (library, take, attempt, &step), TRUE);
  if (rushes_error_get_charged (reason) == RUSHES_CHARGED_MAYBE && g_test_rand_bit ())
    rushes_test_expect (rushes_library_end_uncertain (library, rushes_take_get_id (take), 0, g_test_rand_bit (), NULL),
                        TRUE);
}

/* Per currency, what the entries that count come to is what the takes say they cost. */
static void
test_random (void)
{
  g_autoptr (RushesFolders) folders = rushes_test_folders ();
  g_autoptr (RushesLibrary) library = rushes_test_open (folders);
  g_autoptr (RushesProject) project = g_list_model_get_item (rushes_library_get_projects (library), 0);
  const char *const currencies[] = { "USD", "CNY", "credits:kling" };
  g_autoptr (GPtrArray) all = g_ptr_array_new_with_free_func (g_object_unref);
  const RushesLedgerFilter filter = { 0 };

  forget_limits ();
  for (guint i = 0; i < 80; i++)
    {
      const char *currency = currencies[g_test_rand_int_range (0, G_N_ELEMENTS (currencies))];
      gint64 low = g_test_rand_int_range (1, UNIT);
      g_autoptr (GPtrArray) requests = g_ptr_array_new_with_free_func (g_object_unref);
      g_autoptr (GArray) prices = g_array_new (FALSE, FALSE, sizeof (RushesPrice));
      RushesPrice price = make_price (RUSHES_PRICE_ESTIMATE, low, low + g_test_rand_int_range (0, UNIT), currency);
      g_autofree char *order_id = rushes_new_id ();
      g_autoptr (GPtrArray) takes = NULL;
      g_autoptr (RushesAttempt) attempt = NULL;
      RushesTake *take;

      g_ptr_array_add (requests, rushes_test_request ("red", "random"));
      g_array_append_val (prices, price);
      takes = dex_await_boxed (rushes_library_order (library, project, requests, prices, order_id), NULL);
      take = g_ptr_array_index (takes, 0);
      g_ptr_array_add (all, g_object_ref (take));
      attempt = rushes_test_attempt (library, take);
      rushes_test_walk (library, take, attempt, g_test_rand_int_range (0, RUSHES_TAKE_STATE_RUNNING + 1));
      if (g_test_rand_bit ())
        end_somehow (library, take, attempt, currency);
    }

  for (guint c = 0; c < G_N_ELEMENTS (currencies); c++)
    {
      g_autoptr (GPtrArray) entries = dex_await_boxed (rushes_library_list_ledger (library, &filter), NULL);
      gint64 sum = 0, said = 0;

      for (guint i = 0; i < entries->len; i++)
        {
          const RushesLedgerEntry *entry = g_ptr_array_index (entries, i);

          if (entry->counts && g_strcmp0 (entry->price.high.currency, currencies[c]) == 0)
            sum += entry->price.high.micros;
        }
      for (guint i = 0; i < all->len; i++)
        {
          const RushesPrice *price = rushes_take_get_price (g_ptr_array_index (all, i));

          if (g_strcmp0 (price->high.currency, currencies[c]) == 0)
            said += price->high.micros;
        }
      g_assert_cmpint (sum, ==, said);
      g_assert_cmpint (sum, >, 0);
    }
  rushes_test_close (library);
}

int
main (int argc, char **argv)
{
  program = argv[0];
  if (argc == 3 && g_str_equal (argv[1], "--buy"))
    return buy_as_other (argv[2]);

  rushes_test_init (&argc, &argv);

  rushes_test_add_fiber ("/spending/settings", test_settings);
  rushes_test_add_fiber ("/spending/order", test_order);
  rushes_test_add_fiber ("/spending/worth", test_worth);
  rushes_test_add_fiber ("/spending/attempts", test_attempts);
  rushes_test_add_fiber ("/spending/uncertain", test_uncertain);
  rushes_test_add_fiber ("/spending/again", test_again);
  rushes_test_add_fiber ("/spending/again-by-itself", test_again_by_itself);
  rushes_test_add_fiber ("/spending/calendar", test_calendar);
  g_test_add_func ("/spending/summer-time", test_summer_time);
  rushes_test_add_fiber ("/spending/random", test_random);
  g_test_add_func ("/spending/two-processes", test_two_processes);

  return g_test_run ();
}
