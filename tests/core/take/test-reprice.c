/* test-reprice.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

/* Takes that wait in line while the description of their service changes: what is set aside for them follows its
 * prices, and limits are asked again before anything is sent. */

#include "rushes-async.h"
#include "rushes-error.h"
#include "rushes-limits.h"
#include "rushes-test-house.h"

#define UNIT 1000000

static char *
price_of (const char *amount)
{
  return g_strdup_printf ("[{\"amount\":\"%s\",\"currency\":\"USD\",\"per\":\"clip\",\"as_of\":\"2026-08-01\","
                          "\"source\":\"https://kites.example\"}]",
                          amount);
}

static RushesTestService *
new_service (const char *amount)
{
  g_autofree char *prices = amount != NULL ? price_of (amount) : NULL;

  return rushes_test_service_new_priced ("http", 1, prices);
}

static void
set_limit (const char *amount)
{
  RushesMoney most;
  gboolean found;

  g_assert_true (rushes_limits_clear (RUSHES_LIMIT_DAY, NULL, &found, NULL));
  if (amount == NULL)
    return;
  g_assert_true (rushes_limits_parse_money (amount, "USD", &most));
  g_assert_true (rushes_limits_set (RUSHES_LIMIT_DAY, most, NULL));
}

/* @n takes of one order that waits at 0.10 each, when its process ends. */
static RushesTestHouse *
leave_in_line (int n, RushesMoney most, GPtrArray **takes)
{
  RushesTestHouse *house = rushes_test_house_new_with (new_service ("0.10"));
  g_autoptr (RushesDraft) draft = rushes_test_house_draft ("a kite");
  g_autoptr (RushesProject) project = g_list_model_get_item (rushes_library_get_projects (house->library), 0);
  g_autofree char *order_id = rushes_new_id ();
  RushesConsent consent = RUSHES_CONSENT_NONE;
  g_autoptr (GError) error = NULL;

  consent.most = most;
  rushes_draft_set_count (draft, n);
  rushes_test_service_shut (house->service, RUSHES_TEST_PREPARE);
  *takes = dex_await_boxed (rushes_queue_generate_with_consent (house->queue, project, draft, NULL, order_id, &consent),
                            &error);
  g_assert_no_error (error);
  rushes_test_house_called (house, RUSHES_TEST_PREPARE, 1);
  rushes_test_house_leave (house);
  rushes_test_service_open (house->service, RUSHES_TEST_PREPARE);
  return house;
}

/* What stands in the ledger, as "hold 100000 + settle 200000 +"; the plus says that it counts. */
static char *
list_entries (RushesTestHouse *house)
{
  const RushesLedgerFilter filter = { 0 };
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) entries = dex_await_boxed (rushes_library_list_ledger (house->library, &filter), &error);
  g_autoptr (GString) text = g_string_new (NULL);

  g_assert_no_error (error);
  for (guint i = 0; i < entries->len; i++)
    {
      const RushesLedgerEntry *entry = g_ptr_array_index (entries, i);

      g_string_append_printf (text, "%s%s %" G_GINT64_FORMAT "%s", i > 0 ? ", " : "", entry->kind,
                              entry->price.high.micros, entry->counts ? " +" : "");
    }
  return g_string_free_and_steal (g_steal_pointer (&text));
}

static void
assert_entries (RushesTestHouse *house, const char *expected)
{
  g_autofree char *entries = list_entries (house);

  g_assert_cmpstr (entries, ==, expected);
}

static const RushesMoney nothing = { -1, NULL };

typedef struct
{
  const char *title;
  const char *limit;
  const char *amount; /* by now; NULL: nobody knows */
  const char *entries;
  const char *field; /* of the refusal; NULL: it is made */
} Change;

static void
test_changes (void)
{
  static const Change changes[] = {
    { "the same", "0.10", "0.10", "hold 100000, settle 100000 +", NULL },
    { "dearer", NULL, "0.20", "hold 100000, hold 200000, settle 200000 +", NULL },
    { "dearer, within the limit", "0.20", "0.20", "hold 100000, hold 200000, settle 200000 +", NULL },
    { "dearer than the limit", "0.15", "0.20", "hold 100000, hold 200000, refund 200000", "limit" },
    { "cheaper, and the limit was lowered", "0.05", "0.08", "hold 100000, hold 80000, settle 80000 +", NULL },
    { "not known any more", NULL, NULL, "hold 100000, hold 0, settle 0 +", NULL },
    { "not known any more, with a limit", "1", NULL, "hold 100000, hold 0, refund 0", "price" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (changes); i++)
    {
      g_autoptr (GPtrArray) takes = NULL;
      g_autoptr (RushesTestHouse) before = leave_in_line (1, nothing, &takes);
      g_autoptr (RushesTestHouse) after = rushes_test_house_again_with (before, new_service (changes[i].amount));
      g_autoptr (RushesTake) take = rushes_test_house_find (after, g_ptr_array_index (takes, 0));
      gboolean is_made = changes[i].field == NULL;

      g_test_message ("%s", changes[i].title);
      set_limit (changes[i].limit);
      rushes_test_house_resume (after, NULL, 1);
      rushes_test_house_expect (after, take, is_made ? RUSHES_TAKE_STATE_READY : RUSHES_TAKE_STATE_FAILED);
      assert_entries (after, changes[i].entries);
      g_assert_cmpuint (rushes_test_service_count (after->service, RUSHES_TEST_SUBMIT), ==, is_made);
      if (!is_made)
        {
          g_assert_error (rushes_take_get_error (take), RUSHES_ERROR, RUSHES_ERROR_QUOTA);
          g_assert_cmpstr (rushes_error_get_field (rushes_take_get_error (take)), ==, changes[i].field);
          g_assert_cmpint (rushes_error_get_charged (rushes_take_get_error (take)), ==, RUSHES_CHARGED_NO);
        }
      set_limit (NULL);
    }
}

/* Who tries again is asked about the new price, not about the one that it was ordered at. */
static void
test_again (void)
{
  g_autoptr (GPtrArray) takes = NULL;
  g_autoptr (RushesTestHouse) before = leave_in_line (1, nothing, &takes);
  g_autoptr (RushesTestHouse) after = rushes_test_house_again_with (before, new_service ("0.20"));
  g_autoptr (RushesTake) take = rushes_test_house_find (after, g_ptr_array_index (takes, 0));
  RushesConsent consent = RUSHES_CONSENT_NONE;
  g_autofree char *spool = NULL;
  g_autoptr (GError) error = NULL;

  set_limit ("0.15");
  rushes_test_house_resume (after, NULL, 1);
  rushes_test_house_expect (after, take, RUSHES_TAKE_STATE_FAILED);
  spool = rushes_test_house_list (after, "spool");
  g_assert_cmpstr (spool, ==, "");

  g_assert_false (dex_await (rushes_queue_retry (after->queue, take), &error));
  g_assert_true (rushes_limits_can_ask (error));
  consent.past_limits = TRUE;
  g_clear_error (&error);
  g_object_unref (dex_await_object (rushes_queue_retry_with_consent (after->queue, take, &consent), &error));
  g_assert_no_error (error);
  rushes_test_house_expect (after, take, RUSHES_TAKE_STATE_READY);
  assert_entries (after, "hold 100000, hold 200000, refund 200000, hold 200000, settle 200000 +");
  set_limit (NULL);
}

/* What was agreed to for an order holds for all of it, also after a restart. */
static void
test_agreement (void)
{
  static const struct
  {
    const char *amount;
    guint n_made;
  } cases[] = { { "0.12", 2 }, { "0.13", 1 }, { "0.30", 0 } };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr (GPtrArray) takes = NULL;
      g_autoptr (RushesTestHouse) before =
          leave_in_line (2, (RushesMoney) { UNIT / 4, g_intern_static_string ("USD") }, &takes);
      g_autoptr (RushesTestHouse) after = rushes_test_house_again_with (before, new_service (cases[i].amount));
      guint n_made = 0;

      rushes_test_house_resume (after, NULL, 2);
      for (guint n = 0; n < takes->len; n++)
        {
          g_autoptr (RushesTake) take = rushes_test_house_find (after, g_ptr_array_index (takes, n));

          g_object_unref (dex_await_object (rushes_queue_await (after->queue, take), NULL));
          if (rushes_take_get_state (take) == RUSHES_TAKE_STATE_READY)
            n_made++;
          else
            g_assert_cmpstr (rushes_error_get_field (rushes_take_get_error (take)), ==, "max_cost");
        }
      g_assert_cmpuint (n_made, ==, cases[i].n_made);
      g_assert_cmpuint (rushes_test_service_count (after->service, RUSHES_TEST_SUBMIT), ==, n_made);
    }
}

int
main (int argc, char **argv)
{
  rushes_test_init (&argc, &argv);

  rushes_test_add_fiber ("/reprice/changes", test_changes);
  rushes_test_add_fiber ("/reprice/again", test_again);
  rushes_test_add_fiber ("/reprice/agreement", test_agreement);

  return g_test_run ();
}
