/* test-keys.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

/* A take is asked about with another key than it was submitted with: what is not there for the one may be for the
 * other. */

#include "rushes-async.h"
#include "rushes-error.h"
#include "rushes-queue-private.h"
#include "rushes-test-house.h"

static GError *
failure (RushesErrorCode code, RushesCharged charged, guint status)
{
  GError *error = rushes_error_new (code, "The line broke.");

  rushes_error_set_charged (error, charged);
  rushes_error_set_http_status (error, status);
  return error;
}

static GError *
not_there (void)
{
  return failure (RUSHES_ERROR_NOT_FOUND, RUSHES_CHARGED_NO, 404);
}

static void
refuse (RushesTestHouse *house, RushesTestCall call, guint n, RushesErrorCode code, guint status)
{
  for (guint i = 0; i < n; i++)
    rushes_test_service_refuse (house->service, call, failure (code, RUSHES_CHARGED_NO, status));
}

static RushesTestHouse *
open_house (const char *source)
{
  RushesTestHouse *house = rushes_test_house_new ("http", 1);

  rushes_test_service_set_lookup (house->service, TRUE);
  rushes_test_service_set_key (house->service, source, "red");
  rushes_queue_set_second (house->queue, 0.001);
  return house;
}

/* A take whose submit broke off, after which the key is another. */
static RushesTake *
order_broken (RushesTestHouse *house)
{
  RushesTake *take;

  rushes_test_service_shut (house->service, RUSHES_TEST_SUBMIT);
  rushes_test_service_refuse (house->service, RUSHES_TEST_SUBMIT,
                              failure (RUSHES_ERROR_NETWORK, RUSHES_CHARGED_MAYBE, 0));
  take = rushes_test_house_order (house, "a kite");
  rushes_test_house_called (house, RUSHES_TEST_SUBMIT, 1);
  rushes_test_service_set_key (house->service, "keyring", "blue");
  rushes_test_service_open (house->service, RUSHES_TEST_SUBMIT);
  rushes_test_house_expect (house, take, RUSHES_TAKE_STATE_UNCONFIRMED);
  return take;
}

static void
assert_blamed (const GError *error, const char *words)
{
  g_assert_error (error, RUSHES_ERROR, RUSHES_ERROR_AUTH);
  g_assert_nonnull (strstr (error->message, words));
  g_assert_null (strstr (error->message, "red"));
  g_assert_null (strstr (error->message, "blue"));
  g_assert_cmpint (rushes_error_get_charged (error), ==, RUSHES_CHARGED_MAYBE);
}

static int
check (RushesTestHouse *house, RushesTake *take, GError **error)
{
  return dex_await_int (rushes_queue_check (house->queue, take), error);
}

/* ---- by our own id ---- */

static void
test_look_up (void)
{
  static const struct
  {
    const char *source;
    const char *words;
  } cases[] = { { "keyring", "has changed since" },
                { "session", "has changed since" },
                { "variable", "in an environment variable" } };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr (RushesTestHouse) house = open_house (cases[i].source);
      g_autoptr (RushesTake) take = order_broken (house);
      g_autoptr (RushesAttempt) attempt = rushes_test_house_attempt (house, take);
      g_autoptr (GError) error = NULL;

      assert_blamed (rushes_take_get_error (take), cases[i].words);
      g_assert_cmpstr (attempt->key->source, ==, cases[i].source);
      g_assert_cmpstr (attempt->key->print, ==, "red");
      g_assert_cmpuint (rushes_test_service_count (house->service, RUSHES_TEST_LOOK_UP), ==, 1);

      /* So it is when a person asks. */
      g_assert_cmpint (check (house, take, &error), ==, 0);
      g_assert_no_error (error);
      g_assert_cmpint (rushes_take_get_state (take), ==, RUSHES_TAKE_STATE_UNCONFIRMED);
      assert_blamed (rushes_take_get_error (take), cases[i].words);
      g_assert_cmpuint (rushes_test_service_count (house->service, RUSHES_TEST_SUBMIT), ==, 1);

      /* With the first key the silence counts again, wherever that came from. */
      rushes_test_service_set_key (house->service, "session", "red");
      g_assert_cmpint (check (house, take, &error), ==, 0);
      g_assert_no_error (error);
      g_assert_cmpint (rushes_take_get_state (take), ==, RUSHES_TAKE_STATE_FAILED);
      g_assert_cmpint (rushes_error_get_charged (rushes_take_get_error (take)), ==, RUSHES_CHARGED_NO);
    }
}

/* What was written down counts in a process that knows nothing else. */
static void
test_after_restart (void)
{
  g_autoptr (RushesTestHouse) house = open_house ("variable");
  g_autoptr (RushesTestHouse) next = NULL;
  g_autoptr (RushesTake) take = NULL;
  g_autoptr (RushesTake) same = NULL;

  rushes_test_service_shut (house->service, RUSHES_TEST_SUBMIT);
  take = rushes_test_house_order (house, "a kite");
  rushes_test_house_called (house, RUSHES_TEST_SUBMIT, 1);
  rushes_test_house_crash (house);

  next = rushes_test_house_again (house, "http");
  rushes_test_service_set_lookup (next->service, TRUE);
  rushes_test_service_set_key (next->service, "keyring", "blue");
  same = rushes_test_house_find (next, take);
  rushes_test_house_resume (next, NULL, 1);
  rushes_test_house_expect (next, same, RUSHES_TAKE_STATE_UNCONFIRMED);
  assert_blamed (rushes_take_get_error (same), "in an environment variable");
  g_assert_cmpuint (rushes_test_service_count (next->service, RUSHES_TEST_SUBMIT), ==, 0);
  rushes_test_service_open (house->service, RUSHES_TEST_SUBMIT);
}

/* An attempt of which nobody wrote down the key proves nothing either. */
static void
test_unknown (void)
{
  g_autoptr (RushesTestHouse) house = open_house ("keyring");
  g_autoptr (RushesTake) take = NULL;
  g_autoptr (RushesAttempt) attempt = NULL;

  rushes_test_service_set_key (house->service, NULL, NULL);
  rushes_test_service_refuse (house->service, RUSHES_TEST_SUBMIT,
                              failure (RUSHES_ERROR_NETWORK, RUSHES_CHARGED_MAYBE, 0));
  take = rushes_test_house_order (house, "a kite");
  rushes_test_house_expect (house, take, RUSHES_TAKE_STATE_UNCONFIRMED);
  g_assert_error (rushes_take_get_error (take), RUSHES_ERROR, RUSHES_ERROR_NOT_FOUND);
  attempt = rushes_test_house_attempt (house, take);
  g_assert_null (attempt->key);
  g_assert_cmpuint (rushes_test_service_count (house->service, RUSHES_TEST_SUBMIT), ==, 1);
}

/* What is found is found, with whatever key. */
static void
test_found (void)
{
  g_autoptr (RushesTestHouse) house = open_house ("keyring");
  g_autoptr (RushesTake) take = order_broken (house);
  RushesAnswer *answer = rushes_answer_new (RUSHES_PHASE_RUNNING);

  answer->task_id = g_strdup ("task-7");
  answer->host = g_strdup ("https://kites.example");
  rushes_test_service_answer (house->service, RUSHES_TEST_LOOK_UP, answer);
  g_assert_cmpint (check (house, take, NULL), ==, 1);
  rushes_test_house_expect (house, take, RUSHES_TAKE_STATE_READY);
}

/* ---- while it runs ---- */

static RushesTake *
order_running (RushesTestHouse *house)
{
  RushesTake *take;

  rushes_test_service_set_busy (house->service, TRUE);
  take = rushes_test_house_order (house, "a kite");
  rushes_test_house_reach (take, RUSHES_TAKE_STATE_RUNNING);
  return take;
}

/* So many in so long would end it, were they of its own key. */
static void
test_poll (void)
{
  static const struct
  {
    RushesErrorCode code;
    guint status;
  } cases[] = { { RUSHES_ERROR_AUTH, 401 }, { RUSHES_ERROR_FORBIDDEN, 403 }, { RUSHES_ERROR_NOT_FOUND, 404 } };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr (RushesTestHouse) house = open_house ("keyring");
      g_autoptr (RushesTake) take = order_running (house);
      guint n_polls;

      refuse (house, RUSHES_TEST_POLL, 5, cases[i].code, cases[i].status);
      rushes_test_service_set_key (house->service, "keyring", "blue");
      n_polls = rushes_test_service_count (house->service, RUSHES_TEST_POLL);
      rushes_test_house_called (house, RUSHES_TEST_POLL, n_polls + 5);
      g_assert_cmpint (rushes_take_get_state (take), ==, RUSHES_TAKE_STATE_RUNNING);
      g_assert_nonnull (strstr (house->messages->str, "The key for Kites has changed since."));

      rushes_test_service_set_key (house->service, "keyring", "red");
      rushes_test_service_set_busy (house->service, FALSE);
      rushes_test_house_expect (house, take, RUSHES_TAKE_STATE_READY);
    }
}

/* A service may say it in an answer that would be the end of the take. */
static void
test_final (void)
{
  g_autoptr (RushesTestHouse) house = open_house ("keyring");
  g_autoptr (RushesTake) take = order_running (house);
  guint n_polls;

  for (guint i = 0; i < 3; i++)
    {
      RushesAnswer *answer = rushes_answer_new (RUSHES_PHASE_FAILED);

      answer->error = failure (RUSHES_ERROR_REJECTED, RUSHES_CHARGED_NO, 403);
      rushes_test_service_answer (house->service, RUSHES_TEST_POLL, answer);
    }
  rushes_test_service_set_key (house->service, "keyring", "blue");
  n_polls = rushes_test_service_count (house->service, RUSHES_TEST_POLL);
  rushes_test_house_called (house, RUSHES_TEST_POLL, n_polls + 3);
  g_assert_cmpint (rushes_take_get_state (take), ==, RUSHES_TAKE_STATE_RUNNING);
  rushes_test_service_set_busy (house->service, FALSE);
  rushes_test_house_expect (house, take, RUSHES_TAKE_STATE_READY);
}

/* Neither an address that is refused nor a task that is not to be found is the end of a clip that was made. */
static void
test_fetch (void)
{
  g_autoptr (RushesTestHouse) house = open_house ("keyring");
  g_autoptr (RushesTake) take = NULL;

  rushes_test_service_shut (house->service, RUSHES_TEST_FETCH);
  refuse (house, RUSHES_TEST_FETCH, 3, RUSHES_ERROR_AUTH, 401);
  take = rushes_test_house_order (house, "a kite");
  rushes_test_house_called (house, RUSHES_TEST_FETCH, 1);
  rushes_test_service_set_key (house->service, "keyring", "blue");
  /* The question on its way was asked with the first key: an address that expired is renewed, with the other one. */
  refuse (house, RUSHES_TEST_POLL, 4, RUSHES_ERROR_NOT_FOUND, 404);
  rushes_test_service_open (house->service, RUSHES_TEST_FETCH);
  rushes_test_house_called (house, RUSHES_TEST_POLL, 6);
  g_assert_cmpint (rushes_take_get_state (take), ==, RUSHES_TAKE_STATE_DOWNLOADING);
  g_assert_nonnull (strstr (house->messages->str, "The key for Kites has changed since."));
  rushes_test_house_expect (house, take, RUSHES_TAKE_STATE_READY);
}

/* ---- check again ---- */

static void
test_check (void)
{
  g_autoptr (RushesTestHouse) house = open_house ("keyring");
  g_autoptr (RushesTake) take = NULL;
  g_autoptr (GError) error = NULL;
  RushesAnswer *failed = rushes_answer_new (RUSHES_PHASE_FAILED);

  failed->error = failure (RUSHES_ERROR_REJECTED, RUSHES_CHARGED_MAYBE, 200);
  rushes_test_service_answer (house->service, RUSHES_TEST_POLL, failed);
  take = rushes_test_house_order (house, "a kite");
  rushes_test_house_expect (house, take, RUSHES_TAKE_STATE_FAILED);

  rushes_test_service_set_key (house->service, "keyring", "blue");
  rushes_test_service_refuse (house->service, RUSHES_TEST_POLL, not_there ());
  check (house, take, &error);
  assert_blamed (error, "has changed since");
  g_assert_cmpstr (rushes_take_get_error (take)->message, ==, "The line broke.");
}

int
main (int argc, char **argv)
{
  rushes_test_init (&argc, &argv);

  rushes_test_add_fiber ("/keys/look-up", test_look_up);
  rushes_test_add_fiber ("/keys/after-restart", test_after_restart);
  rushes_test_add_fiber ("/keys/unknown", test_unknown);
  rushes_test_add_fiber ("/keys/found", test_found);
  rushes_test_add_fiber ("/keys/poll", test_poll);
  rushes_test_add_fiber ("/keys/final", test_final);
  rushes_test_add_fiber ("/keys/fetch", test_fetch);
  rushes_test_add_fiber ("/keys/check", test_check);

  return g_test_run ();
}
