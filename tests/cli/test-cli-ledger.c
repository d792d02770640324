/* test-cli-ledger.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include <string.h>

#include "rushes-cli-run.h"
#include "rushes-test-simulator.h"
#include "rushes-test.h"

static Run *
generate (Home *home, RushesTestSimulator *simulator, const char *provider, const char *prompt, const char *option)
{
  g_autofree char *variable = g_strdup_printf ("RUSHES_KEY_%s", provider);

  for (char *p = variable; *p != '\0'; p++)
    *p = g_ascii_toupper (*p);
  g_subprocess_launcher_setenv (home->launcher, variable, RUSHES_TEST_KEY, TRUE);

  return run_rushes (home, "generate", prompt, "-p", provider, "--base-url", rushes_test_simulator_get_url (simulator),
                     "--poll-interval", "0.1", "--tries", "0", "--json", option, NULL);
}

static void
assert_ok (Run *run)
{
  g_assert_cmpstr (run->err, ==, "");
  g_assert_cmpint (run->status, ==, 0);
}

static void
assert_quota (Run *run, const char *field)
{
  JsonObject *error = json_object_get_object_member (find_event (run, "error"), "error");

  g_assert_cmpint (run->status, ==, 4);
  g_assert_cmpstr (json_object_get_string_member (error, "code"), ==, "QUOTA");
  g_assert_cmpstr (json_object_get_string_member (error, "field"), ==, field);
}

/* ---- limits ---- */

static void
test_limits (void)
{
  g_autoptr (Home) home = home_new ();
  g_autoptr (Run) none = run_rushes (home, "limits", "list", "--json", NULL);
  g_autoptr (Run) set = run_rushes (home, "limits", "set", "day", "5", "usd", NULL);
  g_autoptr (Run) more = run_rushes (home, "limits", "set", "day", "7.25", "USD", NULL);
  g_autoptr (Run) credits = run_rushes (home, "limits", "set", "month", "100", "credits:kling", NULL);
  g_autoptr (Run) list = run_rushes (home, "limits", "list", "--json", NULL);
  g_autoptr (Run) people = run_rushes (home, "limits", "list", NULL);
  g_autoptr (Run) week = run_rushes (home, "limits", "set", "week", "5", "USD", NULL);
  g_autoptr (Run) words = run_rushes (home, "limits", "set", "day", "five", "USD", NULL);
  g_autoptr (Run) clear = run_rushes (home, "limits", "clear", "day", "usd", NULL);
  g_autoptr (Run) again = run_rushes (home, "limits", "clear", "day", NULL);
  g_autoptr (Run) rest = run_rushes (home, "limits", "list", "--json", NULL);
  JsonObject *limit, *worth;

  g_assert_cmpuint (none->events->len, ==, 0);
  assert_ok (set);
  assert_ok (more);
  assert_ok (credits);
  g_assert_cmpuint (list->events->len, ==, 2);
  limit = g_ptr_array_index (list->events, 0);
  g_assert_cmpstr (json_object_get_string_member (limit, "period"), ==, "day");
  g_assert_cmpstr (json_object_get_string_member (limit, "amount"), ==, "7.25");
  g_assert_cmpstr (json_object_get_string_member (limit, "currency"), ==, "USD");
  g_assert_false (json_object_has_member (limit, "worth"));
  worth = json_object_get_object_member (g_ptr_array_index (list->events, 1), "worth");
  g_assert_cmpstr (json_object_get_string_member (worth, "amount"), ==, "14.00");
  g_assert_cmpstr (json_object_get_string_member (worth, "currency"), ==, "USD");
  g_assert_nonnull (strstr (people->out, "100 credits ($14.00)"));
  assert_refused (week, 2, "week");
  assert_refused (words, 2, "amount");
  assert_ok (clear);
  g_assert_cmpint (again->status, ==, 0);
  g_assert_nonnull (strstr (again->err, "no such limit"));
  g_assert_cmpuint (rest->events->len, ==, 1);
}

/* What is refused has cost nothing and left nothing. */
static void
test_refusals (void)
{
  g_autoptr (Home) home = home_new ();
  g_autoptr (RushesTestSimulator) runway = rushes_test_simulator_new ("runway", NULL);
  g_autoptr (RushesTestSimulator) sora2 = rushes_test_simulator_new ("sora2", NULL);
  g_autoptr (Run) max = generate (home, runway, "runway", "a boat", "--max-cost=0.01USD");
  g_autoptr (Run) other = generate (home, runway, "runway", "a boat", "--max-cost=1000 CNY");
  g_autoptr (Run) wrong = generate (home, runway, "runway", "a boat", "--max-cost=cheap");
  g_autoptr (Run) set = run_rushes (home, "limits", "set", "day", "0.01", "USD", NULL);
  g_autoptr (Run) limit = generate (home, runway, "runway", "a boat", "--yes");
  g_autoptr (Run) people = run_rushes (home, "generate", "a boat", "-p", "runway", NULL);
  g_autoptr (Run) unknown = generate (home, sora2, "sora2", "a boat", "--quiet");
  g_autoptr (Run) takes = run_rushes (home, "takes", "list", "--json", NULL);
  g_autoptr (Run) yes = generate (home, sora2, "sora2", "a boat", "--yes");
  g_autoptr (Run) most = generate (home, sora2, "sora2", "a boat", "--max-cost=1");

  assert_quota (max, "max_cost");
  assert_quota (other, "max_cost");
  g_assert_cmpint (wrong->status, ==, 2);
  assert_quota (limit, "limit");
  g_assert_cmpint (people->status, ==, 4);
  g_assert_nonnull (strstr (people->err, "$0.01"));
  g_assert_nonnull (strstr (people->err, "rushes limits"));
  assert_quota (unknown, "price");
  g_assert_cmpuint (takes->events->len, ==, 0);
  g_assert_cmpuint (rushes_test_simulator_count (runway, "submits"), ==, 0);
  assert_ok (yes);
  assert_ok (most);
  g_assert_cmpuint (rushes_test_simulator_count (sora2, "submits"), ==, 2);
}

/* A service that is paid in credits: how many, and what they are worth, everywhere. */
static void
test_worth (void)
{
  g_autoptr (Home) home = home_new ();
  g_autoptr (RushesTestSimulator) runway = rushes_test_simulator_new ("runway", NULL);
  g_autoptr (Run) dry = run_rushes (home, "generate", "a boat", "-p", "runway", "--dry-run", "--json", NULL);
  g_autoptr (Run) said = run_rushes (home, "generate", "a boat", "-p", "runway", "--dry-run", NULL);
  g_autoptr (Run) made = generate (home, runway, "runway", "a boat", "--quiet");
  g_autoptr (Run) ledger = run_rushes (home, "ledger", "--json", NULL);
  g_autoptr (Run) totals = run_rushes (home, "ledger", "--totals", NULL);
  g_autoptr (Run) csv = run_rushes (home, "ledger", "--csv", NULL);
  g_autoptr (Run) provider = run_rushes (home, "providers", "show", "runway", "--json", NULL);
  g_autoptr (Run) people = run_rushes (home, "providers", "show", "runway", NULL);
  JsonObject *cost, *credit;

  cost = json_object_get_object_member (find_event (dry, "request"), "cost");
  g_assert_cmpstr (json_object_get_string_member (cost, "currency"), ==, "credits:runway");
  g_assert_cmpint (json_object_get_int_member (cost, "micros"), ==, 60000000);
  g_assert_cmpint (json_object_get_int_member (json_object_get_object_member (cost, "worth"), "micros"), ==, 600000);
  g_assert_nonnull (strstr (said->err, "about 60 credits ($0.60)"));

  g_assert_cmpint (made->status, ==, 0);
  cost = json_object_get_object_member (find_event (made, "completed"), "cost");
  g_assert_cmpint (json_object_get_int_member (json_object_get_object_member (cost, "worth"), "micros"), ==, 600000);
  for (guint i = 0; i < ledger->events->len; i++)
    {
      cost = json_object_get_object_member (g_ptr_array_index (ledger->events, i), "cost");
      g_assert_cmpstr (json_object_get_string_member (cost, "currency"), ==, "credits:runway");
      g_assert_cmpint (json_object_get_int_member (json_object_get_object_member (cost, "worth"), "micros"), ==,
                       600000);
    }
  g_assert_cmpuint (ledger->events->len, ==, 2);
  g_assert_nonnull (strstr (totals->out, "60 credits ($0.60)"));
  g_assert_nonnull (strstr (csv->out, ",60,credits:runway,0.6,USD,"));

  credit = json_object_get_object_member (g_ptr_array_index (provider->events, 0), "credit");
  g_assert_cmpstr (json_object_get_string_member (credit, "amount"), ==, "0.01");
  g_assert_cmpstr (json_object_get_string_member (credit, "as_of"), ==, "2026-04-21");
  g_assert_nonnull (strstr (people->out, "is worth $0.01, as of 2026-04-21"));
}

/* ---- the ledger ---- */

static gint64
sum_counted (Run *run)
{
  gint64 sum = 0;

  for (guint i = 0; i < run->events->len; i++)
    {
      JsonObject *entry = g_ptr_array_index (run->events, i);

      if (json_object_get_boolean_member (entry, "counts"))
        sum += json_object_get_int_member (json_object_get_object_member (entry, "cost"), "micros");
    }

  return sum;
}

static void
test_entries (void)
{
  g_autoptr (Home) home = home_new ();
  g_autoptr (RushesTestSimulator) good = rushes_test_simulator_new ("runway", NULL);
  g_autoptr (RushesTestSimulator) broken = rushes_test_simulator_new ("runway", "reset-submit", NULL);
  g_autoptr (Run) made = generate (home, good, "runway", "=HYPERLINK(\"http://evil\"), \"a\" boat", "--audio");
  g_autoptr (Run) lost = generate (home, broken, "runway", "a boat", "--quiet");
  g_autoptr (Run) all = run_rushes (home, "ledger", "--json", NULL);
  g_autoptr (Run) people = run_rushes (home, "ledger", NULL);
  g_autoptr (Run) past = run_rushes (home, "ledger", "--to", "2020-01-01", "--json", NULL);
  g_autoptr (Run) since = run_rushes (home, "ledger", "--from", "2020-01-01", "--json", NULL);
  g_autoptr (Run) nowhere = run_rushes (home, "ledger", "--project", "Nowhere", NULL);
  g_autoptr (Run) someday = run_rushes (home, "ledger", "--from", "2026-02-30", NULL);
  g_autoptr (Run) totals = run_rushes (home, "ledger", "--totals", "--json", NULL);
  g_autoptr (Run) csv = run_rushes (home, "ledger", "--csv", NULL);
  g_autoptr (Run) uncertain = run_rushes (home, "ledger", "--uncertain", "--json", NULL);
  g_autoptr (Run) judged = NULL;
  g_autoptr (Run) twice = NULL;
  g_autoptr (Run) after = NULL;
  g_auto (GStrv) lines = g_strsplit (csv->out, "\r\n", -1);
  gint64 sum = sum_counted (all), said = 0;
  const char *take;

  g_test_message ("%s\n%s\n%s", made->err, all->out, csv->out);
  g_assert_cmpint (made->status, ==, 0);
  g_assert_cmpint (lost->status, ==, 11);
  g_assert_cmpuint (all->events->len, ==, 4);
  g_assert_cmpint (sum, >, 0);
  g_assert_nonnull (strstr (people->out, "uncertain"));
  g_assert_cmpuint (past->events->len, ==, 0);
  g_assert_cmpuint (since->events->len, ==, 4);
  assert_refused (nowhere, 2, "Nowhere");
  assert_refused (someday, 2, "2026-02-30");

  for (guint i = 0; i < totals->events->len; i++)
    {
      JsonObject *total = g_ptr_array_index (totals->events, i);

      if (g_str_equal (json_object_get_string_member (total, "by"), "provider"))
        said += json_object_get_int_member (total, "micros");
    }
  g_assert_cmpint (said, ==, sum);

  /* A heading, four records, and what follows the last line's end. */
  g_assert_cmpuint (g_strv_length (lines), ==, 6);
  g_assert_true (g_str_has_prefix (lines[0], "time,day,entry,"));
  g_assert_true (g_str_has_suffix (lines[1], ",\"'=HYPERLINK(\"\"http://evil\"\"), \"\"a\"\" boat\""));

  g_assert_cmpuint (uncertain->events->len, ==, 1);
  take = json_object_get_string_member (g_ptr_array_index (uncertain->events, 0), "take");
  judged = run_rushes (home, "ledger", "not-charged", take, NULL);
  assert_ok (judged);
  twice = run_rushes (home, "ledger", "charged", take, NULL);
  assert_refused (twice, 2, "uncertain");
  after = run_rushes (home, "ledger", "--json", NULL);
  g_assert_cmpuint (after->events->len, ==, 5);
  g_assert_cmpint (sum_counted (after), <, sum);
}

/* What the bill says goes before what was expected. */
static void
test_charged (void)
{
  g_autoptr (Home) home = home_new ();
  g_autoptr (RushesTestSimulator) broken = rushes_test_simulator_new ("runway", "reset-submit", NULL);
  g_autoptr (RushesTestSimulator) dear = rushes_test_simulator_new ("sora2", "reset-submit", NULL);
  g_autoptr (Run) lost = generate (home, broken, "runway", "a boat", "--quiet");
  g_autoptr (Run) unknown = generate (home, dear, "sora2", "a boat", "--quiet");
  g_autoptr (Run) uncertain = run_rushes (home, "ledger", "--uncertain", "--json", NULL);
  g_autoptr (Run) wrong = NULL;
  g_autoptr (Run) bare = NULL;
  g_autoptr (Run) cost = NULL;
  g_autoptr (Run) paid = NULL;
  g_autoptr (Run) after = NULL;
  const char *takes[2];
  JsonObject *entry;

  g_assert_cmpint (lost->status, ==, 11);
  g_assert_cmpint (unknown->status, ==, 11);
  g_assert_cmpuint (uncertain->events->len, ==, 2);
  for (guint i = 0; i < G_N_ELEMENTS (takes); i++)
    takes[i] = json_object_get_string_member (g_ptr_array_index (uncertain->events, i), "take");

  wrong = run_rushes (home, "ledger", "charged", takes[0], "--amount", "a lot", NULL);
  assert_refused (wrong, 2, "--amount");
  /* Of the second nobody knew the currency. */
  bare = run_rushes (home, "ledger", "charged", takes[1], "--amount", "0.07", NULL);
  assert_refused (bare, 2, "currency");
  cost = run_rushes (home, "ledger", "charged", takes[0], "--amount", "0.07 USD", NULL);
  assert_ok (cost);
  g_assert_nonnull (strstr (cost->out, "$0.07"));
  paid = run_rushes (home, "ledger", "charged", takes[1], "--amount", "3 EUR", "--json", NULL);
  assert_ok (paid);

  after = run_rushes (home, "ledger", "--json", NULL);
  g_assert_cmpint (sum_counted (after), ==, 3070000);
  entry = g_ptr_array_index (after->events, after->events->len - 1);
  g_assert_cmpstr (json_object_get_string_member (entry, "kind"), ==, "settle");
  entry = json_object_get_object_member (entry, "cost");
  g_assert_cmpstr (json_object_get_string_member (entry, "currency"), ==, "EUR");
  g_assert_cmpstr (json_object_get_string_member (entry, "kind"), ==, "reported");
}

int
main (int argc, char **argv)
{
  rushes_test_init (&argc, &argv);

  g_test_add_func ("/cli-ledger/limits", test_limits);
  g_test_add_func ("/cli-ledger/refusals", test_refusals);
  g_test_add_func ("/cli-ledger/worth", test_worth);
  g_test_add_func ("/cli-ledger/entries", test_entries);
  g_test_add_func ("/cli-ledger/charged", test_charged);

  return g_test_run ();
}
