/* test-check.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

/* What a person does about a take whose end is not known, or not believed. */

#include "rushes-async.h"
#include "rushes-error.h"
#include "rushes-test-house.h"

static GError *
failure (RushesErrorCode code, RushesCharged charged, const char *words)
{
  GError *error = rushes_error_new (code, "%s", words);

  rushes_error_set_charged (error, charged);
  return error;
}

static RushesAnswer *
failed (RushesCharged charged, const char *words)
{
  RushesAnswer *answer = rushes_answer_new (RUSHES_PHASE_FAILED);

  answer->error = failure (RUSHES_ERROR_REJECTED, charged, words);
  return answer;
}

static RushesAnswer *
accepted (const char *task_id)
{
  RushesAnswer *answer = rushes_answer_new (RUSHES_PHASE_WAITING);

  answer->task_id = g_strdup (task_id);
  return answer;
}

static int
check (RushesTestHouse *house, RushesTake *take, GError **error)
{
  g_autoptr (GError) problem = NULL;
  int n = dex_await_int (rushes_queue_check (house->queue, take), &problem);

  if (error == NULL)
    g_assert_no_error (problem);
  else
    *error = g_steal_pointer (&problem);
  return n;
}

static void
assert_calls (RushesTestHouse *house, RushesTestCall call, guint n)
{
  g_assert_cmpuint (rushes_test_service_count (house->service, call), ==, n);
}

/* A take whose submit broke off. */
static RushesTake *
order_lost (RushesTestHouse *house)
{
  RushesTake *take;

  rushes_test_service_refuse (house->service, RUSHES_TEST_SUBMIT,
                              failure (RUSHES_ERROR_NETWORK, RUSHES_CHARGED_MAYBE, "The line broke."));
  take = rushes_test_house_order (house, "a kite");
  rushes_test_house_expect (house, take, RUSHES_TAKE_STATE_UNCONFIRMED);
  g_assert_true (rushes_take_get_askable (take));
  return take;
}

/* ---- check again ---- */

static void
test_unconfirmed (void)
{
  g_autoptr (RushesTestHouse) house = rushes_test_house_new ("http", 1);
  g_autoptr (RushesTake) take = order_lost (house);
  g_autoptr (RushesAttempt) attempt = NULL;
  guint n_ended = house->n_ended;

  /* Nobody knows anything: it stays what it was. */
  g_assert_cmpint (check (house, take, NULL), ==, 0);
  g_assert_cmpint (rushes_take_get_state (take), ==, RUSHES_TAKE_STATE_UNCONFIRMED);
  g_assert_error (rushes_take_get_error (take), RUSHES_ERROR, RUSHES_ERROR_NOT_FOUND);
  g_assert_cmpuint (rushes_queue_get_n_active (house->queue), ==, 0);
  g_assert_cmpuint (house->n_ended, ==, n_ended);

  /* The answer lies in the spool after all. */
  rushes_test_service_answer (house->service, RUSHES_TEST_RECOVER, accepted ("task-7"));
  g_assert_cmpint (check (house, take, NULL), ==, 1);
  rushes_test_house_expect (house, take, RUSHES_TAKE_STATE_READY);
  attempt = rushes_test_house_attempt (house, take);
  g_assert_cmpstr (attempt->task_id, ==, "task-7");
  assert_calls (house, RUSHES_TEST_SUBMIT, 1);
  g_assert_false (rushes_take_get_askable (take));
}

/* What was there was a refusal. It is not sent again, although it could be without a cost. */
static void
test_refused (void)
{
  g_autoptr (RushesTestHouse) house = rushes_test_house_new ("http", 1);
  g_autoptr (RushesTake) take = order_lost (house);
  GError *refusal = failure (RUSHES_ERROR_RATE_LIMITED, RUSHES_CHARGED_NO, "Too many kites.");

  rushes_error_set_retryable (refusal, TRUE);
  rushes_test_service_refuse (house->service, RUSHES_TEST_RECOVER, refusal);
  g_assert_cmpint (check (house, take, NULL), ==, 0);
  rushes_test_house_expect (house, take, RUSHES_TAKE_STATE_FAILED);
  g_assert_cmpint (rushes_error_get_charged (rushes_take_get_error (take)), ==, RUSHES_CHARGED_NO);
  assert_calls (house, RUSHES_TEST_SUBMIT, 1);
}

static void
test_failed (void)
{
  g_autoptr (RushesTestHouse) house = rushes_test_house_new ("http", 1);
  g_autoptr (RushesTake) take = NULL;
  g_autoptr (RushesAttempt) attempt = NULL;
  g_autoptr (GError) error = NULL;

  rushes_test_service_answer (house->service, RUSHES_TEST_POLL, failed (RUSHES_CHARGED_NO, "No kites."));
  take = rushes_test_house_order (house, "a kite");
  rushes_test_house_expect (house, take, RUSHES_TAKE_STATE_FAILED);

  /* A question that fails says nothing of the take. */
  rushes_test_service_refuse (house->service, RUSHES_TEST_POLL,
                              failure (RUSHES_ERROR_NETWORK, RUSHES_CHARGED_MAYBE, "The line broke."));
  check (house, take, &error);
  g_assert_error (error, RUSHES_ERROR, RUSHES_ERROR_NETWORK);
  g_assert_cmpstr (rushes_take_get_error (take)->message, ==, "No kites.");

  /* The newest words count, and with them what they say of the cost. */
  rushes_test_service_answer (house->service, RUSHES_TEST_POLL, failed (RUSHES_CHARGED_YES, "No red kites."));
  g_assert_cmpint (check (house, take, NULL), ==, 0);
  g_assert_cmpint (rushes_take_get_state (take), ==, RUSHES_TAKE_STATE_FAILED);
  g_assert_cmpstr (rushes_take_get_error (take)->message, ==, "No red kites.");
  attempt = rushes_test_house_attempt (house, take);
  g_assert_cmpint (attempt->charged, ==, RUSHES_CHARGED_YES);

  /* It was made after all. */
  g_assert_cmpint (check (house, take, NULL), ==, 1);
  rushes_test_house_expect (house, take, RUSHES_TAKE_STATE_READY);
  assert_calls (house, RUSHES_TEST_SUBMIT, 1);
}

static void
test_expired (void)
{
  g_autoptr (RushesTestHouse) house = rushes_test_house_new ("http", 1);
  g_autoptr (RushesTake) take = NULL;
  RushesAnswer *dead = rushes_answer_new (RUSHES_PHASE_DONE);

  rushes_answer_add_output (dead, "https://kites.example/dead", 1, NULL);
  rushes_test_service_answer (house->service, RUSHES_TEST_POLL, dead);
  for (guint i = 0; i < 3; i++)
    rushes_test_service_refuse (house->service, RUSHES_TEST_POLL,
                                failure (RUSHES_ERROR_NOT_FOUND, RUSHES_CHARGED_NO, "Gone."));
  rushes_test_service_refuse (house->service, RUSHES_TEST_FETCH,
                              failure (RUSHES_ERROR_FORBIDDEN, RUSHES_CHARGED_NO, "Gone."));
  take = rushes_test_house_order (house, "a kite");
  rushes_test_house_expect (house, take, RUSHES_TAKE_STATE_EXPIRED);

  g_assert_cmpint (check (house, take, NULL), ==, 1);
  rushes_test_house_expect (house, take, RUSHES_TAKE_STATE_READY);
  assert_calls (house, RUSHES_TEST_SUBMIT, 1);
}

/* Who asks for what they had stopped waiting for wants it after all. */
static void
test_left (void)
{
  g_autoptr (RushesTestHouse) house = rushes_test_house_new ("http", 1);
  g_autoptr (RushesTake) take = NULL;

  rushes_test_service_set_busy (house->service, TRUE);
  rushes_test_service_refuse (house->service, RUSHES_TEST_CANCEL,
                              failure (RUSHES_ERROR_UNSUPPORTED, RUSHES_CHARGED_NO, "No."));
  take = rushes_test_house_order (house, "a kite");
  rushes_test_house_reach (take, RUSHES_TAKE_STATE_RUNNING);
  rushes_test_house_cancel (house, take);
  rushes_test_house_expect (house, take, RUSHES_TAKE_STATE_LEFT);

  g_assert_cmpint (check (house, take, NULL), ==, 1);
  g_assert_false (rushes_take_get_cancelling (take));
  g_assert_cmpint (rushes_take_get_state (take), ==, RUSHES_TAKE_STATE_RUNNING);
  rushes_test_service_set_busy (house->service, FALSE);
  rushes_test_house_expect (house, take, RUSHES_TAKE_STATE_READY);
  assert_calls (house, RUSHES_TEST_CANCEL, 1);
}

/* After "Submit Again" the first attempt is asked about too, and its clip is kept. */
static void
test_older (void)
{
  g_autoptr (RushesTestHouse) house = rushes_test_house_new ("http", 1);
  g_autoptr (RushesTake) take = order_lost (house);
  g_autoptr (GPtrArray) attempts = NULL;
  g_autofree char *clips = NULL;
  g_autofree char *expected = g_strdup_printf ("%s-1.mp4", rushes_take_get_id (take));
  RushesAttempt *older;

  rushes_test_service_refuse (house->service, RUSHES_TEST_SUBMIT,
                              failure (RUSHES_ERROR_REJECTED, RUSHES_CHARGED_NO, "No kites."));
  g_object_unref (dex_await_object (rushes_queue_retry_with_consent (house->queue, take, &RUSHES_CONSENT_AGAIN), NULL));
  rushes_test_house_expect (house, take, RUSHES_TAKE_STATE_FAILED);
  g_assert_true (rushes_take_get_askable (take));

  rushes_test_service_answer (house->service, RUSHES_TEST_RECOVER, accepted ("task-7"));
  g_assert_cmpint (check (house, take, NULL), ==, 1);
  rushes_test_house_expect (house, take, RUSHES_TAKE_STATE_FAILED);
  g_assert_nonnull (rushes_take_get_clip (take));
  clips = rushes_test_house_list (house, "clips");
  g_assert_cmpstr (clips, ==, expected);

  attempts = dex_await_boxed (rushes_library_load_attempts (house->library, take), NULL);
  g_assert_cmpuint (attempts->len, ==, 2);
  older = g_ptr_array_index (attempts, 1);
  g_assert_cmpint (older->number, ==, 1);
  g_assert_cmpint (older->state, ==, RUSHES_TAKE_STATE_READY);
  assert_calls (house, RUSHES_TEST_SUBMIT, 2);
}

/* ---- forget ---- */

static void
test_forget (void)
{
  g_autoptr (RushesTestHouse) house = rushes_test_house_new ("http", 1);
  g_autoptr (RushesTake) take = order_lost (house);
  g_autoptr (RushesAttempt) attempt = NULL;
  g_autofree char *spool = NULL;
  g_autoptr (GError) error = NULL;

  g_assert_true (dex_await_boolean (rushes_queue_forget (house->queue, take), &error));
  g_assert_no_error (error);
  g_assert_cmpint (rushes_take_get_state (take), ==, RUSHES_TAKE_STATE_FAILED);
  g_assert_false (rushes_take_get_askable (take));
  spool = rushes_test_house_list (house, "spool");
  g_assert_cmpstr (spool, ==, "");

  /* Nothing is refunded by that. */
  attempt = rushes_test_house_attempt (house, take);
  g_assert_cmpint (attempt->charged, ==, RUSHES_CHARGED_MAYBE);

  /* Only what is unconfirmed. */
  g_assert_false (dex_await_boolean (rushes_queue_forget (house->queue, take), &error));
  g_assert_error (error, RUSHES_ERROR, RUSHES_ERROR_BAD_REQUEST);
}

/* ---- while it is being looked for ---- */

/* Its service can be asked by our own id, and does not answer. */
static RushesTake *
order_sought (RushesTestHouse *house, DexFuture **answer)
{
  RushesTake *take = order_lost (house);

  rushes_test_service_set_lookup (house->service, FALSE);
  rushes_test_service_shut (house->service, RUSHES_TEST_LOOK_UP);
  *answer = rushes_queue_check (house->queue, take);
  rushes_test_house_called (house, RUSHES_TEST_LOOK_UP, 1);
  return take;
}

static void
assert_broken_off (DexFuture *answer)
{
  g_autoptr (GError) error = NULL;

  dex_await_int (dex_ref (answer), &error);
  g_assert_error (error, RUSHES_ERROR, RUSHES_ERROR_CANCELLED);
}

static void
assert_forgotten (RushesTestHouse *house, RushesTake *take)
{
  g_autoptr (RushesAttempt) attempt = rushes_test_house_attempt (house, take);

  g_assert_cmpint (rushes_take_get_state (take), ==, RUSHES_TAKE_STATE_FAILED);
  g_assert_error (attempt->error, RUSHES_ERROR, RUSHES_ERROR_CANCELLED);
  g_assert_cmpint (attempt->charged, ==, RUSHES_CHARGED_MAYBE);
  g_assert_cmpint (attempt->number, ==, 1);
}

static void
test_forget_sought (void)
{
  g_autoptr (RushesTestHouse) house = rushes_test_house_new ("http", 1);
  g_autoptr (DexFuture) answer = NULL;
  g_autoptr (RushesTake) take = order_sought (house, &answer);
  guint n_ended = house->n_ended;
  g_autoptr (GError) error = NULL;

  g_assert_true (dex_await_boolean (rushes_queue_forget (house->queue, take), &error));
  g_assert_no_error (error);
  assert_forgotten (house, take);
  assert_broken_off (answer);
  g_assert_cmpuint (rushes_queue_get_n_active (house->queue), ==, 0);
  g_assert_cmpuint (house->n_ended, ==, n_ended);
  rushes_test_service_open (house->service, RUSHES_TEST_LOOK_UP);
}

/* It is another process that looks for it, and what that finds comes too late. */
static void
test_forget_elsewhere (void)
{
  g_autoptr (RushesTestHouse) house = rushes_test_house_new ("http", 1);
  g_autoptr (DexFuture) answer = NULL;
  g_autoptr (RushesTake) take = order_sought (house, &answer);
  g_autoptr (RushesTestHouse) other = rushes_test_house_again (house, "http");
  g_autoptr (RushesTake) same = rushes_test_house_find (other, take);
  g_autoptr (GError) error = NULL;
  g_autoptr (GError) too_late = NULL;

  g_assert_true (dex_await_boolean (rushes_queue_forget (other->queue, same), &error));
  g_assert_no_error (error);
  rushes_test_service_answer (house->service, RUSHES_TEST_LOOK_UP, accepted ("task-7"));
  rushes_test_service_open (house->service, RUSHES_TEST_LOOK_UP);
  dex_await_int (dex_ref (answer), &too_late);
  g_assert_error (too_late, RUSHES_ERROR, RUSHES_ERROR_BAD_REQUEST);
  assert_forgotten (other, same);
  assert_calls (house, RUSHES_TEST_SUBMIT, 1);
}

/* The new attempt does not wait for what becomes of the old one, which is looked for all the same. */
static void
test_again_sought (void)
{
  g_autoptr (RushesTestHouse) house = rushes_test_house_new ("http", 1);
  g_autoptr (DexFuture) answer = NULL;
  g_autoptr (RushesTake) take = order_sought (house, &answer);
  g_autoptr (GError) error = NULL;
  g_autoptr (RushesTake) again = NULL;
  g_autoptr (GPtrArray) attempts = NULL;

  /* What is refused breaks nothing off. */
  again = dex_await_object (rushes_queue_retry (house->queue, take), &error);
  g_assert_error (error, RUSHES_ERROR, RUSHES_ERROR_BAD_REQUEST);
  g_clear_error (&error);
  g_assert_true (dex_future_is_pending (answer));

  again = dex_await_object (rushes_queue_retry_with_consent (house->queue, take, &RUSHES_CONSENT_AGAIN), &error);
  g_assert_no_error (error);
  assert_broken_off (answer);
  rushes_test_house_reach (take, RUSHES_TAKE_STATE_READY);
  assert_calls (house, RUSHES_TEST_SUBMIT, 2);
  rushes_test_house_called (house, RUSHES_TEST_LOOK_UP, 2);
  rushes_test_service_open (house->service, RUSHES_TEST_LOOK_UP);
  rushes_test_house_expect (house, take, RUSHES_TAKE_STATE_READY);
  attempts = dex_await_boxed (rushes_library_load_attempts (house->library, take), NULL);
  g_assert_cmpuint (attempts->len, ==, 2);
  g_assert_cmpint (((RushesAttempt *) g_ptr_array_index (attempts, 1))->state, ==, RUSHES_TAKE_STATE_UNCONFIRMED);
}

int
main (int argc, char **argv)
{
  rushes_test_init (&argc, &argv);

  rushes_test_add_fiber ("/check/unconfirmed", test_unconfirmed);
  rushes_test_add_fiber ("/check/refused", test_refused);
  rushes_test_add_fiber ("/check/failed", test_failed);
  rushes_test_add_fiber ("/check/expired", test_expired);
  rushes_test_add_fiber ("/check/left", test_left);
  rushes_test_add_fiber ("/check/older", test_older);
  rushes_test_add_fiber ("/forget", test_forget);
  rushes_test_add_fiber ("/forget/sought", test_forget_sought);
  rushes_test_add_fiber ("/forget/elsewhere", test_forget_elsewhere);
  rushes_test_add_fiber ("/again/sought", test_again_sought);

  return g_test_run ();
}
