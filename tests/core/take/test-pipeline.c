/* test-pipeline.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include <glib/gstdio.h>

#include "rushes-async.h"
#include "rushes-error.h"
#include "rushes-queue-private.h"
#include "rushes-test-house.h"

static GError *
failure (RushesErrorCode code, RushesCharged charged, gboolean retryable)
{
  GError *error = rushes_error_new (code, "The wind fell.");

  rushes_error_set_charged (error, charged);
  rushes_error_set_retryable (error, retryable);
  return error;
}

static RushesAnswer *
failed (RushesErrorCode code, RushesCharged charged, gboolean retryable)
{
  RushesAnswer *answer = rushes_answer_new (RUSHES_PHASE_FAILED);

  answer->error = failure (code, charged, retryable);
  return answer;
}

static RushesAnswer *
running (double progress)
{
  RushesAnswer *answer = rushes_answer_new (RUSHES_PHASE_RUNNING);

  answer->progress = progress;
  return answer;
}

static RushesAnswer *
waiting (int place)
{
  RushesAnswer *answer = rushes_answer_new (RUSHES_PHASE_WAITING);

  answer->place = place;
  return answer;
}

static RushesAnswer *
done (const char *uri, gint64 expires)
{
  RushesAnswer *answer = rushes_answer_new (RUSHES_PHASE_DONE);

  if (uri != NULL)
    rushes_answer_add_output (answer, uri, expires, NULL);
  return answer;
}

static void
assert_error (RushesTake *take, RushesErrorCode code)
{
  g_assert_error (rushes_take_get_error (take), RUSHES_ERROR, (int) code);
}

/* Nothing of any take is left but the files named. */
static void
assert_files (RushesTestHouse *house, const char *clips, const char *spool)
{
  g_autofree char *in_clips = rushes_test_house_list (house, "clips");
  g_autofree char *in_spool = rushes_test_house_list (house, "spool");

  g_assert_cmpstr (in_clips, ==, clips);
  g_assert_cmpstr (in_spool, ==, spool);
}

/* ---- the straight way ---- */

static void
test_success (void)
{
  g_autoptr (RushesTestHouse) house = rushes_test_house_new ("http", 1);
  g_autoptr (RushesTake) take = NULL;
  g_autoptr (RushesAttempt) attempt = NULL;
  g_autofree char *name = NULL;
  g_autofree char *clip = g_test_build_filename (G_TEST_DIST, "core", "container", "media", "h264-aac.mp4", NULL);
  g_autofree char *expected = NULL;
  g_autofree char *found = NULL;
  g_autofree char *sha256 = NULL;
  gsize expected_size, found_size;
  const RushesClipFacts *facts;

  rushes_test_service_answer (house->service, RUSHES_TEST_POLL, waiting (4));
  rushes_test_service_answer (house->service, RUSHES_TEST_POLL, waiting (-1));
  rushes_test_service_answer (house->service, RUSHES_TEST_POLL, running (-1));
  rushes_test_service_answer (house->service, RUSHES_TEST_POLL, running (0.42));
  take = rushes_test_house_order (house, "a kite");
  g_assert_cmpuint (rushes_queue_get_n_active (house->queue), ==, 1);
  rushes_test_house_expect (house, take, RUSHES_TAKE_STATE_READY);

  g_assert_cmpstr (house->states->str, ==, "preparing submitting running downloading ready ");
  g_assert_cmpstr (house->messages->str, ==,
                   "In line\nPreparing\nRendering\nQueued at Kites, 4 ahead\nQueued at Kites\nRendering\n"
                   "Rendering 42 %\nSaving\nSaving 12 of 31 MB\n");
  g_assert_null (rushes_take_get_message (take));
  g_assert_cmpuint (house->n_ended, ==, 1);
  g_assert_cmpuint (rushes_queue_get_n_active (house->queue), ==, 0);
  for (RushesTestCall call = 0; call < RUSHES_TEST_N_CALLS; call++)
    g_assert_cmpuint (rushes_test_service_count (house->service, call), ==,
                      call == RUSHES_TEST_POLL                                    ? 5
                      : call == RUSHES_TEST_CANCEL || call >= RUSHES_TEST_RECOVER ? 0
                                                                                  : 1);

  attempt = rushes_test_house_attempt (house, take);
  g_assert_cmpint (attempt->number, ==, 1);
  g_assert_cmpstr (attempt->task_id, ==, "task-1");
  g_assert_cmpstr (attempt->host, ==, "https://kites.example");
  g_assert_cmpstr (attempt->description, ==,
                   rushes_description_get_hash (rushes_provider_get_description (RUSHES_PROVIDER (house->service))));
  g_assert_cmpint (attempt->submitted, >=, attempt->created);

  facts = rushes_clip_get_facts (rushes_take_get_clip (take));
  g_assert_cmpint (facts->width, ==, 96);
  g_assert_cmpuint (facts->n_frames, ==, 12);
  g_assert_true (g_file_get_contents (clip, &expected, &expected_size, NULL));
  g_assert_true (
      g_file_load_contents (rushes_clip_get_file (rushes_take_get_clip (take)), NULL, &found, &found_size, NULL, NULL));
  g_assert_cmpmem (found, found_size, expected, expected_size);
  sha256 = g_compute_checksum_for_data (G_CHECKSUM_SHA256, (guchar *) expected, expected_size);
  g_assert_cmpstr (rushes_clip_get_sha256 (rushes_take_get_clip (take)), ==, sha256);
  name = g_strdup_printf ("%s-1.mp4", rushes_take_get_id (take));
  assert_files (house, name, "");
}

static void
test_local (void)
{
  g_autoptr (RushesTestHouse) house = rushes_test_house_new ("animatic", 1);
  g_autoptr (RushesTake) take = NULL;
  g_autofree char *name = NULL;

  rushes_test_service_set_clip (house->service, "vp8-vorbis.webm");
  take = rushes_test_house_order (house, "a kite");
  rushes_test_house_expect (house, take, RUSHES_TAKE_STATE_READY);
  name = g_strdup_printf ("%s-1.webm", rushes_take_get_id (take));
  assert_files (house, name, "");
  g_assert_cmpstr (rushes_clip_get_facts (rushes_take_get_clip (take))->container, ==, "webm");
}

/* A reply may bring the clip at once. */
static void
test_synchronous (void)
{
  g_autoptr (RushesTestHouse) house = rushes_test_house_new ("http", 1);
  g_autoptr (RushesTake) take = NULL;

  rushes_test_service_answer (house->service, RUSHES_TEST_SUBMIT, done ("https://kites.example/clip", 0));
  take = rushes_test_house_order (house, "a kite");
  rushes_test_house_expect (house, take, RUSHES_TAKE_STATE_READY);
  g_assert_cmpstr (house->states->str, ==, "preparing submitting downloading ready ");
  g_assert_cmpuint (rushes_test_service_count (house->service, RUSHES_TEST_POLL), ==, 0);
}

/* ---- failures ---- */

static void
test_rejected (void)
{
  g_autoptr (RushesTestHouse) house = rushes_test_house_new ("http", 1);
  g_autoptr (RushesTake) take = NULL;
  g_autoptr (RushesAttempt) attempt = NULL;

  rushes_test_service_answer (house->service, RUSHES_TEST_POLL,
                              failed (RUSHES_ERROR_REJECTED, RUSHES_CHARGED_YES, FALSE));
  take = rushes_test_house_order (house, "a kite");
  rushes_test_house_expect (house, take, RUSHES_TAKE_STATE_FAILED);
  assert_error (take, RUSHES_ERROR_REJECTED);
  g_assert_cmpstr (rushes_take_get_error (take)->message, ==, "The wind fell.");
  attempt = rushes_test_house_attempt (house, take);
  g_assert_cmpint (attempt->number, ==, 1);
  g_assert_cmpint (attempt->charged, ==, RUSHES_CHARGED_YES);
  g_assert_cmpuint (house->n_ended, ==, 1);
  g_assert_cmpuint (rushes_test_service_count (house->service, RUSHES_TEST_FETCH), ==, 0);
}

static void
test_tries (void)
{
  g_autoptr (RushesTestHouse) house = rushes_test_house_new ("http", 1);
  g_autoptr (RushesTake) lucky = NULL;
  g_autoptr (RushesTake) unlucky = NULL;
  g_autoptr (RushesAttempt) attempt = NULL;

  /* What certainly was not accepted is sent again twice; in between nobody sees the take as ended. */
  for (guint i = 0; i < 2; i++)
    rushes_test_service_refuse (house->service, RUSHES_TEST_SUBMIT,
                                failure (RUSHES_ERROR_NETWORK, RUSHES_CHARGED_NO, TRUE));
  lucky = rushes_test_house_order (house, "a kite");
  rushes_test_house_expect (house, lucky, RUSHES_TAKE_STATE_READY);
  g_assert_cmpstr (house->states->str, ==,
                   "preparing submitting queued preparing submitting queued preparing submitting running downloading "
                   "ready ");
  g_assert_cmpuint (rushes_test_service_count (house->service, RUSHES_TEST_SUBMIT), ==, 3);
  g_assert_nonnull (strstr (house->messages->str, "Trying again in "));
  attempt = rushes_test_house_attempt (house, lucky);
  g_assert_cmpint (attempt->number, ==, 3);
  g_assert_cmpuint (house->n_ended, ==, 1);

  /* The third time it is the end, and so it is at once when none are wished. */
  for (guint i = 0; i < 4; i++)
    rushes_test_service_refuse (house->service, RUSHES_TEST_SUBMIT,
                                failure (RUSHES_ERROR_RATE_LIMITED, RUSHES_CHARGED_NO, TRUE));
  unlucky = rushes_test_house_order (house, "another kite");
  rushes_test_house_expect (house, unlucky, RUSHES_TAKE_STATE_FAILED);
  assert_error (unlucky, RUSHES_ERROR_RATE_LIMITED);
  g_assert_cmpuint (rushes_test_service_count (house->service, RUSHES_TEST_SUBMIT), ==, 6);

  g_object_set (house->queue, "tries", 0, NULL);
  g_clear_object (&unlucky);
  unlucky = rushes_test_house_order (house, "one more");
  rushes_test_house_expect (house, unlucky, RUSHES_TAKE_STATE_FAILED);
  g_assert_cmpuint (rushes_test_service_count (house->service, RUSHES_TEST_SUBMIT), ==, 7);
}

/* What is not worth it, or may have cost something, is never sent again by itself. */
static void
test_no_tries (void)
{
  static const struct
  {
    RushesErrorCode code;
    RushesCharged charged;
    gboolean retryable;
  } cases[] = {
    { RUSHES_ERROR_REJECTED, RUSHES_CHARGED_NO, FALSE },
    { RUSHES_ERROR_REJECTED, RUSHES_CHARGED_MAYBE, TRUE },
    { RUSHES_ERROR_REJECTED, RUSHES_CHARGED_YES, TRUE },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr (RushesTestHouse) house = rushes_test_house_new ("http", 1);
      g_autoptr (RushesTake) take = NULL;

      rushes_test_service_answer (house->service, RUSHES_TEST_POLL,
                                  failed (cases[i].code, cases[i].charged, cases[i].retryable));
      take = rushes_test_house_order (house, "a kite");
      rushes_test_house_expect (house, take, RUSHES_TAKE_STATE_FAILED);
      g_assert_cmpuint (rushes_test_service_count (house->service, RUSHES_TEST_SUBMIT), ==, 1);
    }
}

static void
test_prepare_fails (void)
{
  g_autoptr (RushesTestHouse) house = rushes_test_house_new ("http", 1);
  g_autoptr (RushesTake) take = NULL;
  g_autoptr (RushesAttempt) attempt = NULL;

  rushes_test_service_refuse (house->service, RUSHES_TEST_PREPARE,
                              failure (RUSHES_ERROR_BAD_REQUEST, RUSHES_CHARGED_MAYBE, FALSE));
  take = rushes_test_house_order (house, "a kite");
  rushes_test_house_expect (house, take, RUSHES_TAKE_STATE_FAILED);
  assert_error (take, RUSHES_ERROR_BAD_REQUEST);
  attempt = rushes_test_house_attempt (house, take);
  g_assert_cmpint (attempt->charged, ==, RUSHES_CHARGED_NO);
  g_assert_cmpuint (rushes_test_service_count (house->service, RUSHES_TEST_SUBMIT), ==, 0);
  assert_files (house, "", "");
}

static void
test_lost_submit (void)
{
  g_autoptr (RushesTestHouse) house = rushes_test_house_new ("http", 1);
  g_autoptr (RushesTake) broken = NULL;
  g_autoptr (RushesTake) foreign = NULL;
  g_autoptr (RushesTake) nameless = NULL;
  g_autoptr (RushesAttempt) attempt = NULL;
  g_autoptr (GError) unasked = NULL;
  g_autofree char *spool = NULL;

  rushes_test_service_refuse (house->service, RUSHES_TEST_SUBMIT,
                              failure (RUSHES_ERROR_NETWORK, RUSHES_CHARGED_MAYBE, TRUE));
  broken = rushes_test_house_order (house, "a kite");
  rushes_test_house_expect (house, broken, RUSHES_TAKE_STATE_UNCONFIRMED);
  assert_error (broken, RUSHES_ERROR_NETWORK);

  /* Of an error that is not ours nobody knows what it means for the money. */
  rushes_test_service_refuse (house->service, RUSHES_TEST_SUBMIT,
                              g_error_new_literal (G_IO_ERROR, G_IO_ERROR_CONNECTION_CLOSED, "Connection closed"));
  foreign = rushes_test_house_order (house, "another kite");
  rushes_test_house_expect (house, foreign, RUSHES_TAKE_STATE_UNCONFIRMED);

  /* Accepted, but there is nothing to ask about. */
  rushes_test_service_answer (house->service, RUSHES_TEST_SUBMIT, running (-1));
  nameless = rushes_test_house_order (house, "one more");
  rushes_test_house_expect (house, nameless, RUSHES_TAKE_STATE_UNCONFIRMED);
  assert_error (nameless, RUSHES_ERROR_PROTOCOL);

  g_assert_cmpuint (rushes_test_service_count (house->service, RUSHES_TEST_SUBMIT), ==, 3);
  g_assert_cmpuint (house->n_ended, ==, 3);

  /* Their replies stay; the person may submit again. */
  attempt = rushes_test_house_attempt (house, broken);
  spool = rushes_test_house_list (house, "spool");
  g_assert_nonnull (strstr (spool, attempt->id));
  g_assert_false (dex_await (rushes_queue_retry (house->queue, broken), &unasked));
  g_assert_true (rushes_limits_can_ask (unasked));
  g_object_unref (
      dex_await_object (rushes_queue_retry_with_consent (house->queue, broken, &RUSHES_CONSENT_AGAIN), NULL));
  rushes_test_house_expect (house, broken, RUSHES_TAKE_STATE_READY);
  g_assert_cmpuint (rushes_test_service_count (house->service, RUSHES_TEST_SUBMIT), ==, 4);
}

/* ---- questions ---- */

static void
test_poll_errors (void)
{
  g_autoptr (RushesTestHouse) house = rushes_test_house_new ("http", 1);
  g_autoptr (RushesTake) take = NULL;

  /* A question that failed is not a take that failed, whatever the reason. */
  rushes_test_service_refuse (house->service, RUSHES_TEST_POLL,
                              failure (RUSHES_ERROR_NETWORK, RUSHES_CHARGED_NO, TRUE));
  rushes_test_service_refuse (house->service, RUSHES_TEST_POLL,
                              failure (RUSHES_ERROR_PROVIDER, RUSHES_CHARGED_NO, TRUE));
  rushes_test_service_refuse (house->service, RUSHES_TEST_POLL, failure (RUSHES_ERROR_AUTH, RUSHES_CHARGED_NO, FALSE));
  rushes_test_service_refuse (house->service, RUSHES_TEST_POLL,
                              failure (RUSHES_ERROR_NOT_FOUND, RUSHES_CHARGED_NO, FALSE));
  rushes_test_service_refuse (house->service, RUSHES_TEST_POLL,
                              g_error_new_literal (G_IO_ERROR, G_IO_ERROR_HOST_UNREACHABLE, "No route"));
  take = rushes_test_house_order (house, "a kite");
  rushes_test_house_expect (house, take, RUSHES_TAKE_STATE_READY);
  g_assert_cmpuint (rushes_test_service_count (house->service, RUSHES_TEST_POLL), ==, 6);
  g_assert_cmpuint (rushes_test_service_count (house->service, RUSHES_TEST_SUBMIT), ==, 1);
  g_assert_nonnull (strstr (house->messages->str, "Kites does not answer, asking again\nThe wind fell.\n"));
}

static void
test_second_opinion (void)
{
  g_autoptr (RushesTestHouse) house = rushes_test_house_new ("http", 1);
  g_autoptr (RushesTake) alive = NULL;
  g_autoptr (RushesTake) dead = NULL;

  g_object_set (house->queue, "tries", 0, NULL);
  rushes_test_service_answer (house->service, RUSHES_TEST_POLL,
                              failed (RUSHES_ERROR_PROVIDER, RUSHES_CHARGED_NO, TRUE));
  rushes_test_service_answer (house->service, RUSHES_TEST_POLL, running (0.5));
  alive = rushes_test_house_order (house, "a kite");
  rushes_test_house_expect (house, alive, RUSHES_TAKE_STATE_READY);

  for (guint i = 0; i < 2; i++)
    rushes_test_service_answer (house->service, RUSHES_TEST_POLL,
                                failed (RUSHES_ERROR_PROVIDER, RUSHES_CHARGED_NO, TRUE));
  dead = rushes_test_house_order (house, "another kite");
  rushes_test_house_expect (house, dead, RUSHES_TAKE_STATE_FAILED);
  assert_error (dead, RUSHES_ERROR_PROVIDER);
  g_assert_cmpuint (rushes_test_service_count (house->service, RUSHES_TEST_POLL), ==, 5);
}

static void
test_gone (void)
{
  g_autoptr (RushesTestHouse) house = rushes_test_house_new ("http", 1);
  g_autoptr (RushesTake) take = NULL;
  g_autoptr (RushesAttempt) attempt = NULL;

  for (guint i = 0; i < 100; i++)
    rushes_test_service_refuse (house->service, RUSHES_TEST_POLL,
                                failure (RUSHES_ERROR_NOT_FOUND, RUSHES_CHARGED_NO, TRUE));
  take = rushes_test_house_order (house, "a kite");
  rushes_test_house_expect (house, take, RUSHES_TAKE_STATE_FAILED);
  assert_error (take, RUSHES_ERROR_NOT_FOUND);
  g_assert_cmpuint (rushes_test_service_count (house->service, RUSHES_TEST_POLL), >=, 3);
  g_assert_cmpuint (rushes_test_service_count (house->service, RUSHES_TEST_SUBMIT), ==, 1);

  /* It was accepted and then forgotten: whether it was charged nobody knows. */
  attempt = rushes_test_house_attempt (house, take);
  g_assert_cmpint (attempt->charged, ==, RUSHES_CHARGED_MAYBE);
  g_assert_cmpint (g_get_real_time () - attempt->submitted, >=, 120 * RUSHES_TEST_SECOND * G_USEC_PER_SEC);
}

static void
test_done_without_clip (void)
{
  g_autoptr (RushesTestHouse) house = rushes_test_house_new ("http", 1);
  g_autoptr (RushesTake) late = NULL;
  g_autoptr (RushesTake) never = NULL;
  g_autoptr (RushesAttempt) attempt = NULL;

  rushes_test_service_answer (house->service, RUSHES_TEST_POLL, done (NULL, 0));
  late = rushes_test_house_order (house, "a kite");
  rushes_test_house_expect (house, late, RUSHES_TAKE_STATE_READY);

  for (guint i = 0; i < 100; i++)
    rushes_test_service_answer (house->service, RUSHES_TEST_POLL, done (NULL, 0));
  never = rushes_test_house_order (house, "another kite");
  rushes_test_house_expect (house, never, RUSHES_TAKE_STATE_FAILED);
  assert_error (never, RUSHES_ERROR_PROTOCOL);
  g_assert_cmpstr (rushes_take_get_error (never)->message, ==, "Kites says that the clip is done, but gives none.");
  attempt = rushes_test_house_attempt (house, never);
  g_assert_cmpint (g_get_real_time () - attempt->submitted, >=, 30 * RUSHES_TEST_SECOND * G_USEC_PER_SEC);
  g_assert_cmpuint (rushes_test_service_count (house->service, RUSHES_TEST_SUBMIT), ==, 2);
}

static void
test_time_limit (void)
{
  g_autoptr (RushesTestHouse) house = rushes_test_house_new ("http", 1);
  g_autoptr (RushesTake) take = NULL;

  rushes_test_service_set_busy (house->service, TRUE);
  g_object_set (house->queue, "time-limit", 10.0, NULL);
  take = rushes_test_house_order (house, "a kite");
  rushes_test_house_expect (house, take, RUSHES_TAKE_STATE_LEFT);
  g_assert_cmpuint (house->n_ended, ==, 1);
  g_assert_cmpuint (rushes_queue_get_n_active (house->queue), ==, 0);

  /* The same process may pick it up again; it is never submitted twice. */
  rushes_test_service_set_busy (house->service, FALSE);
  rushes_test_house_resume (house, take, 1);
  rushes_test_house_expect (house, take, RUSHES_TAKE_STATE_READY);
  g_assert_cmpuint (rushes_test_service_count (house->service, RUSHES_TEST_SUBMIT), ==, 1);
}

/* ---- cancelling ---- */

static void
test_cancel_in_line (void)
{
  g_autoptr (RushesTestHouse) house = rushes_test_house_new ("http", 1);
  g_autoptr (RushesTake) first = NULL;
  g_autoptr (RushesTake) second = NULL;
  g_autoptr (RushesAttempt) attempt = NULL;

  rushes_test_service_set_busy (house->service, TRUE);
  first = rushes_test_house_order (house, "a kite");
  rushes_test_house_reach (first, RUSHES_TAKE_STATE_RUNNING);
  second = rushes_test_house_order (house, "another kite");
  rushes_test_house_cancel (house, second);
  rushes_test_house_expect (house, second, RUSHES_TAKE_STATE_CANCELLED);
  assert_error (second, RUSHES_ERROR_CANCELLED);
  attempt = rushes_test_house_attempt (house, second);
  g_assert_cmpint (attempt->charged, ==, RUSHES_CHARGED_NO);
  g_assert_cmpuint (rushes_test_service_count (house->service, RUSHES_TEST_PREPARE), ==, 1);

  rushes_test_service_set_busy (house->service, FALSE);
  rushes_test_house_expect (house, first, RUSHES_TAKE_STATE_READY);

  /* What ended is not cancelled any more, and can be tried again. */
  rushes_test_house_cancel (house, first);
  g_assert_cmpint (rushes_take_get_state (first), ==, RUSHES_TAKE_STATE_READY);
  g_object_unref (dex_await_object (rushes_queue_retry (house->queue, second), NULL));
  rushes_test_house_expect (house, second, RUSHES_TAKE_STATE_READY);
}

static void
test_cancel_preparing (void)
{
  g_autoptr (RushesTestHouse) house = rushes_test_house_new ("http", 1);
  g_autoptr (RushesTake) take = NULL;

  rushes_test_service_shut (house->service, RUSHES_TEST_PREPARE);
  take = rushes_test_house_order (house, "a kite");
  rushes_test_house_called (house, RUSHES_TEST_PREPARE, 1);
  rushes_test_house_cancel (house, take);
  rushes_test_house_expect (house, take, RUSHES_TAKE_STATE_CANCELLED);
  g_assert_cmpuint (rushes_test_service_count (house->service, RUSHES_TEST_SUBMIT), ==, 0);
  assert_files (house, "", "");
  rushes_test_service_open (house->service, RUSHES_TEST_PREPARE);
}

/* A submit is never broken off: its reply is read, and then the task is cancelled. */
static void
test_cancel_submitting (void)
{
  g_autoptr (RushesTestHouse) house = rushes_test_house_new ("http", 1);
  g_autoptr (RushesTake) take = NULL;
  g_autoptr (RushesAttempt) attempt = NULL;

  rushes_test_service_set_busy (house->service, TRUE);
  rushes_test_service_shut (house->service, RUSHES_TEST_SUBMIT);
  take = rushes_test_house_order (house, "a kite");
  rushes_test_house_called (house, RUSHES_TEST_SUBMIT, 1);
  rushes_test_house_cancel (house, take);
  g_assert_true (rushes_take_get_cancelling (take));
  g_assert_cmpint (rushes_take_get_state (take), ==, RUSHES_TAKE_STATE_SUBMITTING);
  rushes_test_service_open (house->service, RUSHES_TEST_SUBMIT);

  rushes_test_house_expect (house, take, RUSHES_TAKE_STATE_CANCELLED);
  g_assert_cmpstr (house->states->str, ==, "preparing submitting running cancelled ");
  g_assert_cmpuint (rushes_test_service_count (house->service, RUSHES_TEST_CANCEL), ==, 1);
  attempt = rushes_test_house_attempt (house, take);
  g_assert_cmpstr (attempt->task_id, ==, "task-1");
  /* The service did not say what it costs. */
  g_assert_cmpint (attempt->charged, ==, RUSHES_CHARGED_MAYBE);
}

static void
test_cancel_running (void)
{
  g_autoptr (RushesTestHouse) house = rushes_test_house_new ("http", 1);
  g_autoptr (RushesTake) take = NULL;

  rushes_test_service_set_busy (house->service, TRUE);
  take = rushes_test_house_order (house, "a kite");
  rushes_test_house_called (house, RUSHES_TEST_POLL, 2);

  /* A request to cancel that failed is made again. */
  rushes_test_service_refuse (house->service, RUSHES_TEST_CANCEL,
                              failure (RUSHES_ERROR_NETWORK, RUSHES_CHARGED_NO, TRUE));
  rushes_test_house_cancel (house, take);
  rushes_test_house_expect (house, take, RUSHES_TAKE_STATE_CANCELLED);
  g_assert_cmpuint (rushes_test_service_count (house->service, RUSHES_TEST_CANCEL), ==, 2);
  g_assert_nonnull (strstr (house->messages->str, "Cancelling\n"));
  g_assert_cmpuint (rushes_test_service_count (house->service, RUSHES_TEST_SUBMIT), ==, 1);
}

static void
test_cancel_local (void)
{
  g_autoptr (RushesTestHouse) house = rushes_test_house_new ("animatic", 1);
  g_autoptr (RushesTake) take = NULL;
  g_autoptr (RushesAttempt) attempt = NULL;

  rushes_test_service_set_busy (house->service, TRUE);
  take = rushes_test_house_order (house, "a kite");
  rushes_test_house_reach (take, RUSHES_TAKE_STATE_RUNNING);
  rushes_test_house_cancel (house, take);
  rushes_test_house_expect (house, take, RUSHES_TAKE_STATE_CANCELLED);
  attempt = rushes_test_house_attempt (house, take);
  g_assert_cmpint (attempt->charged, ==, RUSHES_CHARGED_NO);
  assert_files (house, "", "");
}

/* A clip that was finished meanwhile is kept: no request to cancel goes out that might throw it away. */
static void
test_cancel_finished (void)
{
  g_autoptr (RushesTestHouse) house = rushes_test_house_new ("http", 1);
  g_autoptr (RushesTake) take = NULL;

  rushes_test_service_set_busy (house->service, TRUE);
  take = rushes_test_house_order (house, "a kite");
  rushes_test_house_reach (take, RUSHES_TAKE_STATE_RUNNING);
  rushes_test_service_shut (house->service, RUSHES_TEST_POLL);
  rushes_test_house_called (house, RUSHES_TEST_POLL, rushes_test_service_count (house->service, RUSHES_TEST_POLL) + 1);
  rushes_test_service_set_busy (house->service, FALSE);
  rushes_test_house_cancel (house, take);
  rushes_test_service_open (house->service, RUSHES_TEST_POLL);

  rushes_test_house_expect (house, take, RUSHES_TAKE_STATE_READY);
  g_assert_cmpuint (rushes_test_service_count (house->service, RUSHES_TEST_CANCEL), ==, 0);
}

/* After the service agreed it is still asked, and may bring the clip all the same. */
static void
test_cancel_too_late (void)
{
  g_autoptr (RushesTestHouse) house = rushes_test_house_new ("http", 1);
  g_autoptr (RushesTake) take = NULL;

  rushes_test_service_set_busy (house->service, TRUE);
  rushes_test_service_shut (house->service, RUSHES_TEST_CANCEL);
  take = rushes_test_house_order (house, "a kite");
  rushes_test_house_reach (take, RUSHES_TAKE_STATE_RUNNING);
  rushes_test_house_cancel (house, take);
  rushes_test_house_called (house, RUSHES_TEST_CANCEL, 1);
  rushes_test_service_answer (house->service, RUSHES_TEST_POLL, running (0.9));
  rushes_test_service_answer (house->service, RUSHES_TEST_POLL, done ("https://kites.example/clip", 0));
  rushes_test_service_open (house->service, RUSHES_TEST_CANCEL);
  rushes_test_house_expect (house, take, RUSHES_TAKE_STATE_READY);
  g_assert_cmpuint (rushes_test_service_count (house->service, RUSHES_TEST_CANCEL), ==, 1);
}

static void
test_cancel_unsupported (void)
{
  g_autoptr (RushesTestHouse) house = rushes_test_house_new ("http", 1);
  g_autoptr (RushesTake) take = NULL;

  rushes_test_service_set_busy (house->service, TRUE);
  rushes_test_service_refuse (house->service, RUSHES_TEST_CANCEL,
                              failure (RUSHES_ERROR_UNSUPPORTED, RUSHES_CHARGED_NO, FALSE));
  take = rushes_test_house_order (house, "a kite");
  rushes_test_house_reach (take, RUSHES_TAKE_STATE_RUNNING);
  rushes_test_house_cancel (house, take);
  rushes_test_house_expect (house, take, RUSHES_TAKE_STATE_LEFT);
}

static void
test_cancel_downloading (void)
{
  g_autoptr (RushesTestHouse) house = rushes_test_house_new ("http", 1);
  g_autoptr (RushesTake) take = NULL;

  rushes_test_service_shut (house->service, RUSHES_TEST_FETCH);
  take = rushes_test_house_order (house, "a kite");
  rushes_test_house_called (house, RUSHES_TEST_FETCH, 1);
  rushes_test_house_cancel (house, take);
  rushes_test_service_open (house->service, RUSHES_TEST_FETCH);
  rushes_test_house_expect (house, take, RUSHES_TAKE_STATE_READY);
}

/* ---- downloading ---- */

static void
test_no_video (void)
{
  static const char *const engines[] = { "animatic", "http" };

  for (guint i = 0; i < G_N_ELEMENTS (engines); i++)
    {
      g_autoptr (RushesTestHouse) house = rushes_test_house_new (engines[i], 1);
      g_autofree char *page = g_build_filename (house->path, "page.html", NULL);
      g_autofree char *kept = NULL;
      g_autoptr (RushesTake) take = NULL;
      g_autoptr (RushesAttempt) attempt = NULL;

      g_assert_true (g_file_set_contents (page, "<!DOCTYPE html><title>Not yet</title>", -1, NULL));
      rushes_test_service_set_clip (house->service, page);
      take = rushes_test_house_order (house, "a kite");
      rushes_test_house_expect (house, take, RUSHES_TAKE_STATE_FAILED);
      assert_error (take, RUSHES_ERROR_MEDIA);
      g_assert_null (rushes_take_get_clip (take));
      attempt = rushes_test_house_attempt (house, take);
      g_assert_cmpint (attempt->charged, ==, i == 0 ? RUSHES_CHARGED_NO : RUSHES_CHARGED_MAYBE);
      kept = g_strdup_printf ("%s %s.json", attempt->id, attempt->id);
      assert_files (house, "", i == 0 ? "" : kept);
    }
}

/* Of several addresses the first that gives a video wins. */
static void
test_several_outputs (void)
{
  g_autoptr (RushesTestHouse) house = rushes_test_house_new ("http", 1);
  g_autoptr (RushesTake) take = NULL;
  RushesAnswer *answer = done ("https://kites.example/poster", 0);

  rushes_answer_add_output (answer, "https://kites.example/clip", 0, NULL);
  rushes_test_service_answer (house->service, RUSHES_TEST_POLL, answer);
  rushes_test_service_refuse (house->service, RUSHES_TEST_FETCH,
                              failure (RUSHES_ERROR_MEDIA, RUSHES_CHARGED_NO, FALSE));
  take = rushes_test_house_order (house, "a kite");
  rushes_test_house_expect (house, take, RUSHES_TAKE_STATE_READY);
  g_assert_cmpuint (rushes_test_service_count (house->service, RUSHES_TEST_FETCH), ==, 2);
}

static void
test_fetch_again (void)
{
  g_autoptr (RushesTestHouse) house = rushes_test_house_new ("http", 1);
  g_autoptr (RushesTake) take = NULL;

  rushes_test_service_refuse (house->service, RUSHES_TEST_FETCH,
                              failure (RUSHES_ERROR_NOT_FOUND, RUSHES_CHARGED_NO, TRUE));
  rushes_test_service_refuse (house->service, RUSHES_TEST_FETCH,
                              failure (RUSHES_ERROR_NETWORK, RUSHES_CHARGED_NO, TRUE));
  take = rushes_test_house_order (house, "a kite");
  rushes_test_house_expect (house, take, RUSHES_TAKE_STATE_READY);
  g_assert_cmpuint (rushes_test_service_count (house->service, RUSHES_TEST_FETCH), ==, 3);
  g_assert_cmpuint (rushes_test_service_count (house->service, RUSHES_TEST_SUBMIT), ==, 1);
}

static void
test_expired (void)
{
  g_autoptr (RushesTestHouse) house = rushes_test_house_new ("http", 1);
  g_autoptr (RushesTake) renewed = NULL;
  g_autoptr (RushesTake) lost = NULL;
  g_autoptr (RushesAttempt) attempt = NULL;

  /* An address that died is asked for anew. */
  rushes_test_service_answer (house->service, RUSHES_TEST_POLL, done ("https://kites.example/dead", 1));
  rushes_test_service_refuse (house->service, RUSHES_TEST_FETCH,
                              failure (RUSHES_ERROR_FORBIDDEN, RUSHES_CHARGED_NO, FALSE));
  renewed = rushes_test_house_order (house, "a kite");
  rushes_test_house_expect (house, renewed, RUSHES_TAKE_STATE_READY);
  g_assert_cmpuint (rushes_test_service_count (house->service, RUSHES_TEST_POLL), ==, 2);

  /* Where there is no other, as its provider says again and again, it was paid for and is lost. */
  rushes_test_service_answer (house->service, RUSHES_TEST_POLL, done ("https://kites.example/dead", 1));
  for (guint i = 0; i < 3; i++)
    rushes_test_service_refuse (house->service, RUSHES_TEST_POLL,
                                failure (RUSHES_ERROR_NOT_FOUND, RUSHES_CHARGED_NO, FALSE));
  rushes_test_service_refuse (house->service, RUSHES_TEST_FETCH,
                              failure (RUSHES_ERROR_FORBIDDEN, RUSHES_CHARGED_NO, FALSE));
  lost = rushes_test_house_order (house, "another kite");
  rushes_test_house_expect (house, lost, RUSHES_TAKE_STATE_EXPIRED);
  attempt = rushes_test_house_attempt (house, lost);
  g_assert_cmpint (attempt->charged, ==, RUSHES_CHARGED_YES);
}

/* An address that gives nothing is tried for a quarter of an hour, more and more seldom, and then another is asked for,
 * once. In the end it is lost only if there is nothing at these addresses. */
static void
test_patience (void)
{
  static const struct
  {
    RushesErrorCode code;
    RushesTakeState state;
  } cases[] = {
    { RUSHES_ERROR_NOT_FOUND, RUSHES_TAKE_STATE_EXPIRED },
    { RUSHES_ERROR_PROVIDER, RUSHES_TAKE_STATE_FAILED },
  };
  const double second = 0.001;

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr (RushesTestHouse) house = rushes_test_house_new ("http", 1);
      g_autoptr (RushesTake) take = NULL;
      g_autoptr (RushesAttempt) attempt = NULL;
      gint64 began = g_get_monotonic_time ();

      rushes_queue_set_second (house->queue, second);
      for (guint n = 0; n < 100; n++)
        rushes_test_service_refuse (house->service, RUSHES_TEST_FETCH,
                                    failure (cases[i].code, RUSHES_CHARGED_NO, TRUE));
      take = rushes_test_house_order (house, "a kite");
      rushes_test_house_expect (house, take, cases[i].state);
      g_assert_cmpint (g_get_monotonic_time () - began, >=, (gint64) (2 * 15 * 60 * second * G_USEC_PER_SEC));
      /* 1, 2, 4 … 32 seconds, and then one minute again and again, twice. */
      g_assert_cmpuint (rushes_test_service_count (house->service, RUSHES_TEST_FETCH), <=, 2 * (6 + 15));
      g_assert_cmpuint (rushes_test_service_count (house->service, RUSHES_TEST_POLL), ==, 2);
      g_assert_cmpuint (rushes_test_service_count (house->service, RUSHES_TEST_SUBMIT), ==, 1);
      attempt = rushes_test_house_attempt (house, take);
      g_assert_cmpint (attempt->number, ==, 1);
      g_assert_cmpint (attempt->charged, ==, RUSHES_CHARGED_YES);
    }
}

/* A clip that was made and did not arrive is downloaded again, and never bought twice. */
static void
test_owed (void)
{
  g_autoptr (RushesTestHouse) house = rushes_test_house_new ("http", 1);
  g_autoptr (RushesTake) take = NULL;
  g_autoptr (RushesAttempt) attempt = NULL;

  rushes_test_service_refuse (house->service, RUSHES_TEST_FETCH,
                              failure (RUSHES_ERROR_STORAGE, RUSHES_CHARGED_NO, FALSE));
  take = rushes_test_house_order (house, "a kite");
  rushes_test_house_expect (house, take, RUSHES_TAKE_STATE_FAILED);
  assert_error (take, RUSHES_ERROR_STORAGE);
  attempt = rushes_test_house_attempt (house, take);
  g_assert_cmpint (attempt->charged, ==, RUSHES_CHARGED_YES);

  g_object_unref (dex_await_object (rushes_queue_retry (house->queue, take), NULL));
  rushes_test_house_expect (house, take, RUSHES_TAKE_STATE_READY);
  g_assert_cmpuint (rushes_test_service_count (house->service, RUSHES_TEST_SUBMIT), ==, 1);
  g_assert_cmpuint (rushes_test_service_count (house->service, RUSHES_TEST_FETCH), ==, 2);
}

int
main (int argc, char **argv)
{
  rushes_test_init (&argc, &argv);

  rushes_test_add_fiber ("/pipeline/success", test_success);
  rushes_test_add_fiber ("/pipeline/local", test_local);
  rushes_test_add_fiber ("/pipeline/synchronous", test_synchronous);
  rushes_test_add_fiber ("/pipeline/rejected", test_rejected);
  rushes_test_add_fiber ("/pipeline/tries", test_tries);
  rushes_test_add_fiber ("/pipeline/no-tries", test_no_tries);
  rushes_test_add_fiber ("/pipeline/prepare-fails", test_prepare_fails);
  rushes_test_add_fiber ("/pipeline/lost-submit", test_lost_submit);
  rushes_test_add_fiber ("/pipeline/poll-errors", test_poll_errors);
  rushes_test_add_fiber ("/pipeline/second-opinion", test_second_opinion);
  rushes_test_add_fiber ("/pipeline/gone", test_gone);
  rushes_test_add_fiber ("/pipeline/done-without-clip", test_done_without_clip);
  rushes_test_add_fiber ("/pipeline/time-limit", test_time_limit);
  rushes_test_add_fiber ("/pipeline/cancel/in-line", test_cancel_in_line);
  rushes_test_add_fiber ("/pipeline/cancel/preparing", test_cancel_preparing);
  rushes_test_add_fiber ("/pipeline/cancel/submitting", test_cancel_submitting);
  rushes_test_add_fiber ("/pipeline/cancel/running", test_cancel_running);
  rushes_test_add_fiber ("/pipeline/cancel/local", test_cancel_local);
  rushes_test_add_fiber ("/pipeline/cancel/finished", test_cancel_finished);
  rushes_test_add_fiber ("/pipeline/cancel/too-late", test_cancel_too_late);
  rushes_test_add_fiber ("/pipeline/cancel/unsupported", test_cancel_unsupported);
  rushes_test_add_fiber ("/pipeline/cancel/downloading", test_cancel_downloading);
  rushes_test_add_fiber ("/pipeline/no-video", test_no_video);
  rushes_test_add_fiber ("/pipeline/several-outputs", test_several_outputs);
  rushes_test_add_fiber ("/pipeline/fetch-again", test_fetch_again);
  rushes_test_add_fiber ("/pipeline/expired", test_expired);
  rushes_test_add_fiber ("/pipeline/patience", test_patience);
  rushes_test_add_fiber ("/pipeline/owed", test_owed);

  return g_test_run ();
}
