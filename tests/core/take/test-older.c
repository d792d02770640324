/* test-older.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

/* Takes of which more than one attempt is under way when a process ends: the next one goes on with each. */

#include "rushes-async.h"
#include "rushes-error.h"
#include "rushes-test-house.h"

static RushesAnswer *
accepted (const char *task_id)
{
  RushesAnswer *answer = rushes_answer_new (RUSHES_PHASE_WAITING);

  answer->task_id = g_strdup (task_id);
  answer->host = g_strdup ("https://kites.example");
  return answer;
}

static RushesAnswer *
rejected (void)
{
  RushesAnswer *answer = rushes_answer_new (RUSHES_PHASE_FAILED);

  answer->error = rushes_error_new (RUSHES_ERROR_REJECTED, "No kites.");
  return answer;
}

/* A take whose submit broke off. */
static RushesTake *
order_lost (RushesTestHouse *house)
{
  GError *broken = rushes_error_new (RUSHES_ERROR_NETWORK, "The line broke.");
  RushesTake *take;

  rushes_error_set_charged (broken, RUSHES_CHARGED_MAYBE);
  rushes_test_service_refuse (house->service, RUSHES_TEST_SUBMIT, broken);
  take = rushes_test_house_order (house, "a kite");
  rushes_test_house_expect (house, take, RUSHES_TAKE_STATE_UNCONFIRMED);
  return take;
}

/* One whose second attempt waits at the service. */
static RushesTake *
order_twice (RushesTestHouse *house)
{
  RushesTake *take = order_lost (house);

  rushes_test_service_set_busy (house->service, TRUE);
  g_object_unref (dex_await_object (rushes_queue_retry_with_consent (house->queue, take, &RUSHES_CONSENT_AGAIN), NULL));
  rushes_test_house_reach (take, RUSHES_TAKE_STATE_RUNNING);
  return take;
}

static void
assert_states (RushesTestHouse *house, RushesTake *take, RushesTakeState older, RushesTakeState newer)
{
  g_autoptr (GPtrArray) attempts = dex_await_boxed (rushes_library_load_attempts (house->library, take), NULL);

  g_assert_cmpuint (attempts->len, ==, 2);
  g_assert_cmpstr (rushes_take_state_to_string (((RushesAttempt *) g_ptr_array_index (attempts, 1))->state), ==,
                   rushes_take_state_to_string (older));
  g_assert_cmpstr (rushes_take_state_to_string (((RushesAttempt *) g_ptr_array_index (attempts, 0))->state), ==,
                   rushes_take_state_to_string (newer));
}

/* Both run, and both bring their clips. */
static void
test_both (void)
{
  g_autoptr (RushesTestHouse) before = rushes_test_house_new ("http", 1);
  g_autoptr (RushesTestHouse) after = NULL;
  g_autoptr (RushesTake) take = order_twice (before);
  g_autoptr (RushesTake) again = NULL;
  g_autofree char *clips = NULL;
  g_autofree char *expected = NULL;
  g_autofree char *spool = NULL;
  guint running;

  rushes_test_house_leave (before);
  after = rushes_test_house_again (before, "http");
  rushes_test_service_answer (after->service, RUSHES_TEST_RECOVER, accepted ("task-7"));
  rushes_test_service_set_busy (after->service, TRUE);
  rushes_test_house_resume (after, NULL, 1);
  again = rushes_test_house_find (after, take);
  rushes_test_house_called (after, RUSHES_TEST_POLL, 6);
  assert_states (after, again, RUSHES_TAKE_STATE_RUNNING, RUSHES_TAKE_STATE_RUNNING);
  /* One take has one place. */
  g_object_get (after->queue, "n-running", &running, NULL);
  g_assert_cmpuint (running, ==, 1);

  /* And once more, with both of them under way. */
  rushes_test_house_leave (after);
  rushes_test_house_free (g_steal_pointer (&after));
  g_clear_object (&again);
  after = rushes_test_house_again (before, "http");
  rushes_test_house_resume (after, NULL, 1);
  again = rushes_test_house_find (after, take);
  rushes_test_house_expect (after, again, RUSHES_TAKE_STATE_READY);
  assert_states (after, again, RUSHES_TAKE_STATE_READY, RUSHES_TAKE_STATE_READY);
  g_assert_cmpuint (rushes_test_service_count (after->service, RUSHES_TEST_SUBMIT), ==, 0);
  clips = rushes_test_house_list (after, "clips");
  expected = g_strdup_printf ("%s-1.mp4 %s-2.mp4", rushes_take_get_id (take), rushes_take_get_id (take));
  g_assert_cmpstr (clips, ==, expected);
  spool = rushes_test_house_list (after, "spool");
  g_assert_cmpstr (spool, ==, "");
  g_assert_cmpuint (rushes_queue_get_n_active (after->queue), ==, 0);
}

/* The newest has come to its end: the clip of the one before is brought all the same. */
static void
test_older_alone (void)
{
  g_autoptr (RushesTestHouse) before = rushes_test_house_new ("http", 1);
  g_autoptr (RushesTestHouse) after = NULL;
  g_autoptr (RushesTake) take = order_twice (before);
  g_autoptr (RushesTake) again = NULL;

  rushes_test_service_answer (before->service, RUSHES_TEST_POLL, rejected ());
  rushes_test_house_expect (before, take, RUSHES_TAKE_STATE_FAILED);
  rushes_test_service_answer (before->service, RUSHES_TEST_POLL, rejected ());
  rushes_test_service_answer (before->service, RUSHES_TEST_RECOVER, accepted ("task-7"));
  g_assert_cmpint (dex_await_int (rushes_queue_check (before->queue, take), NULL), ==, 1);
  rushes_test_house_called (before, RUSHES_TEST_POLL, 4);
  assert_states (before, take, RUSHES_TAKE_STATE_RUNNING, RUSHES_TAKE_STATE_FAILED);
  rushes_test_house_leave (before);

  after = rushes_test_house_again (before, "http");
  rushes_test_house_resume (after, NULL, 1);
  again = rushes_test_house_find (after, take);
  rushes_test_house_expect (after, again, RUSHES_TAKE_STATE_FAILED);
  assert_states (after, again, RUSHES_TAKE_STATE_READY, RUSHES_TAKE_STATE_FAILED);
  g_assert_nonnull (rushes_take_get_clip (again));
  rushes_test_house_resume (after, NULL, 0);
}

/* What an older attempt is waited for gives the newest one no turn: that stays in line behind another take. */
static void
test_in_line (void)
{
  g_autoptr (RushesTestHouse) before = rushes_test_house_new ("http", 1);
  g_autoptr (RushesTestHouse) after = NULL;
  g_autoptr (RushesTake) take = order_lost (before);
  g_autoptr (RushesTake) other = NULL;
  g_autoptr (RushesTake) first = NULL;
  g_autoptr (RushesTake) again = NULL;

  rushes_test_service_set_busy (before->service, TRUE);
  other = rushes_test_house_order (before, "another kite");
  rushes_test_house_reach (other, RUSHES_TAKE_STATE_RUNNING);
  g_object_unref (
      dex_await_object (rushes_queue_retry_with_consent (before->queue, take, &RUSHES_CONSENT_AGAIN), NULL));
  rushes_test_house_leave (before);

  after = rushes_test_house_again (before, "http");
  rushes_test_service_answer (after->service, RUSHES_TEST_RECOVER, accepted ("task-7"));
  rushes_test_service_set_busy (after->service, TRUE);
  first = rushes_test_house_find (after, other);
  rushes_test_house_resume (after, first, 1);
  rushes_test_house_called (after, RUSHES_TEST_POLL, 1);
  rushes_test_house_resume (after, NULL, 1);
  again = rushes_test_house_find (after, take);
  rushes_test_house_called (after, RUSHES_TEST_RECOVER, 1);
  rushes_test_house_called (after, RUSHES_TEST_POLL, rushes_test_service_count (after->service, RUSHES_TEST_POLL) + 10);
  assert_states (after, again, RUSHES_TAKE_STATE_RUNNING, RUSHES_TAKE_STATE_QUEUED);
  g_assert_cmpuint (rushes_test_service_count (after->service, RUSHES_TEST_SUBMIT), ==, 0);

  rushes_test_service_set_busy (after->service, FALSE);
  rushes_test_house_expect (after, again, RUSHES_TAKE_STATE_READY);
  assert_states (after, again, RUSHES_TAKE_STATE_READY, RUSHES_TAKE_STATE_READY);
}

/* One that failed without a cost is not tried again when a person has done so already. */
static void
test_no_more (void)
{
  g_autoptr (RushesTestHouse) before = rushes_test_house_new ("http", 1);
  g_autoptr (RushesTestHouse) after = NULL;
  g_autoptr (RushesTake) take = order_twice (before);
  g_autoptr (RushesTake) again = NULL;
  GError *refusal = rushes_error_new (RUSHES_ERROR_RATE_LIMITED, "Too many kites.");

  rushes_test_house_leave (before);
  after = rushes_test_house_again (before, "http");
  rushes_error_set_charged (refusal, RUSHES_CHARGED_NO);
  rushes_error_set_retryable (refusal, TRUE);
  rushes_test_service_refuse (after->service, RUSHES_TEST_RECOVER, refusal);
  rushes_test_house_resume (after, NULL, 1);
  again = rushes_test_house_find (after, take);
  rushes_test_house_expect (after, again, RUSHES_TAKE_STATE_READY);
  assert_states (after, again, RUSHES_TAKE_STATE_FAILED, RUSHES_TAKE_STATE_READY);
  g_assert_cmpuint (rushes_test_service_count (after->service, RUSHES_TEST_SUBMIT), ==, 0);
}

int
main (int argc, char **argv)
{
  rushes_test_init (&argc, &argv);

  rushes_test_add_fiber ("/older/both", test_both);
  rushes_test_add_fiber ("/older/alone", test_older_alone);
  rushes_test_add_fiber ("/older/in-line", test_in_line);
  rushes_test_add_fiber ("/older/no-more", test_no_more);

  return g_test_run ();
}
