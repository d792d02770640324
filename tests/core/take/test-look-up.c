/* test-look-up.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

/* A submit of which nobody knows whether it was accepted, at a service that can be asked by our own id. */

#include "rushes-async.h"
#include "rushes-error.h"
#include "rushes-test-house.h"

static GError *
failure (RushesErrorCode code, RushesCharged charged, guint status)
{
  GError *error = rushes_error_new (code, "The line broke.");

  rushes_error_set_charged (error, charged);
  rushes_error_set_http_status (error, status);
  return error;
}

static RushesAnswer *
found (const char *task_id)
{
  RushesAnswer *answer = rushes_answer_new (RUSHES_PHASE_RUNNING);

  answer->task_id = g_strdup (task_id);
  answer->host = g_strdup ("https://kites.example");
  return answer;
}

static RushesTestHouse *
open_house (gboolean unique)
{
  RushesTestHouse *house = rushes_test_house_new ("http", 1);

  rushes_test_service_set_lookup (house->service, unique);
  return house;
}

/* The next submit breaks off. */
static void
break_submit (RushesTestHouse *house, guint status)
{
  rushes_test_service_refuse (house->service, RUSHES_TEST_SUBMIT,
                              failure (RUSHES_ERROR_NETWORK, RUSHES_CHARGED_MAYBE, status));
}

static GPtrArray *
load_attempts (RushesTestHouse *house, RushesTake *take)
{
  g_autoptr (GError) error = NULL;
  GPtrArray *attempts = dex_await_boxed (rushes_library_load_attempts (house->library, take), &error);

  g_assert_no_error (error);
  return attempts;
}

/* How many entries of the ledger count. */
static guint
count_costs (RushesTestHouse *house)
{
  const RushesLedgerFilter filter = { 0 };
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) entries = dex_await_boxed (rushes_library_list_ledger (house->library, &filter), &error);
  guint n = 0;

  g_assert_no_error (error);
  for (guint i = 0; i < entries->len; i++)
    n += ((RushesLedgerEntry *) g_ptr_array_index (entries, i))->counts;
  return n;
}

static void
assert_calls (RushesTestHouse *house, RushesTestCall call, guint n)
{
  g_assert_cmpuint (rushes_test_service_count (house->service, call), ==, n);
}

/* ---- found ---- */

static void
test_found (void)
{
  for (guint absent = 0; absent < 3; absent++)
    {
      g_autoptr (RushesTestHouse) house = open_house (TRUE);
      g_autoptr (RushesTake) take = NULL;
      g_autoptr (RushesAttempt) attempt = NULL;

      break_submit (house, 0);
      /* A service may need a while to know what it has accepted. */
      for (guint i = 0; i < absent; i++)
        rushes_test_service_refuse (house->service, RUSHES_TEST_LOOK_UP,
                                    failure (RUSHES_ERROR_NOT_FOUND, RUSHES_CHARGED_NO, 404));
      rushes_test_service_answer (house->service, RUSHES_TEST_LOOK_UP, found ("task-7"));
      take = rushes_test_house_order (house, "a kite");
      rushes_test_house_expect (house, take, RUSHES_TAKE_STATE_READY);

      /* No person saw a doubt. */
      g_assert_cmpstr (house->states->str, ==, "preparing submitting running downloading ready ");
      g_assert_nonnull (strstr (house->messages->str, "Looking for it at Kites\n"));
      assert_calls (house, RUSHES_TEST_SUBMIT, 1);
      assert_calls (house, RUSHES_TEST_LOOK_UP, absent + 1);
      g_assert_cmpuint (count_costs (house), ==, 1);
      attempt = rushes_test_house_attempt (house, take);
      g_assert_cmpint (attempt->number, ==, 1);
      g_assert_cmpstr (attempt->task_id, ==, "task-7");
      g_assert_cmpint (attempt->charged, ==, RUSHES_CHARGED_YES);
      g_assert_cmpstr (rushes_test_service_get_own_id (house->service, 0), ==, attempt->id);
    }
}

/* It was accepted, but the answer named no task. */
static void
test_nameless (void)
{
  g_autoptr (RushesTestHouse) house = open_house (TRUE);
  g_autoptr (RushesTake) take = NULL;

  rushes_test_service_answer (house->service, RUSHES_TEST_SUBMIT, rushes_answer_new (RUSHES_PHASE_WAITING));
  rushes_test_service_answer (house->service, RUSHES_TEST_LOOK_UP, found ("task-7"));
  take = rushes_test_house_order (house, "a kite");
  rushes_test_house_expect (house, take, RUSHES_TAKE_STATE_READY);
  assert_calls (house, RUSHES_TEST_SUBMIT, 1);
}

/* ---- not there ---- */

/* Where no id is accepted twice it is sent again under the same; each try is an attempt with an entry of its own. */
static void
test_sent_again (void)
{
  g_autoptr (RushesTestHouse) house = open_house (TRUE);
  g_autoptr (RushesTake) take = NULL;
  g_autoptr (GPtrArray) attempts = NULL;
  const RushesAttempt *first, *second;

  break_submit (house, 502);
  take = rushes_test_house_order (house, "a kite");
  rushes_test_house_expect (house, take, RUSHES_TAKE_STATE_READY);
  g_assert_cmpstr (house->states->str, ==,
                   "preparing submitting queued preparing submitting running downloading ready ");
  assert_calls (house, RUSHES_TEST_SUBMIT, 2);
  g_assert_cmpuint (rushes_test_service_count (house->service, RUSHES_TEST_LOOK_UP), >=, 3);
  g_assert_cmpuint (count_costs (house), ==, 1);

  attempts = load_attempts (house, take);
  g_assert_cmpuint (attempts->len, ==, 2);
  second = g_ptr_array_index (attempts, 0);
  first = g_ptr_array_index (attempts, 1);
  g_assert_cmpint (first->state, ==, RUSHES_TAKE_STATE_FAILED);
  g_assert_cmpint (first->charged, ==, RUSHES_CHARGED_NO);
  g_assert_cmpstr (first->own_id, ==, second->own_id);
  g_assert_cmpstr (rushes_test_service_get_own_id (house->service, 0), ==,
                   rushes_test_service_get_own_id (house->service, 1));
}

/* It was accepted late, and what is sent again is refused as known: that is an acceptance. */
static void
test_known (void)
{
  g_autoptr (RushesTestHouse) house = open_house (TRUE);
  g_autoptr (RushesTake) take = NULL;

  break_submit (house, 0);
  take = rushes_test_house_order (house, "a kite");
  rushes_test_house_called (house, RUSHES_TEST_LOOK_UP, 1);
  rushes_test_service_refuse (house->service, RUSHES_TEST_SUBMIT,
                              failure (RUSHES_ERROR_BAD_REQUEST, RUSHES_CHARGED_MAYBE, 400));
  rushes_test_service_shut (house->service, RUSHES_TEST_SUBMIT);
  rushes_test_house_called (house, RUSHES_TEST_SUBMIT, 2);
  rushes_test_service_answer (house->service, RUSHES_TEST_LOOK_UP, found ("task-7"));
  rushes_test_service_open (house->service, RUSHES_TEST_SUBMIT);
  rushes_test_house_expect (house, take, RUSHES_TAKE_STATE_READY);
  assert_calls (house, RUSHES_TEST_SUBMIT, 2);
  g_assert_cmpuint (count_costs (house), ==, 1);
}

/* When none are wished, it has failed at no cost; and what a person sends again is something new. */
static void
test_no_tries (void)
{
  g_autoptr (RushesTestHouse) house = open_house (TRUE);
  g_autoptr (RushesTake) take = NULL;

  g_object_set (house->queue, "tries", 0, NULL);
  break_submit (house, 0);
  take = rushes_test_house_order (house, "a kite");
  rushes_test_house_expect (house, take, RUSHES_TAKE_STATE_FAILED);
  g_assert_error (rushes_take_get_error (take), RUSHES_ERROR, RUSHES_ERROR_NETWORK);
  g_assert_cmpint (rushes_error_get_charged (rushes_take_get_error (take)), ==, RUSHES_CHARGED_NO);
  g_assert_cmpuint (count_costs (house), ==, 0);

  g_object_unref (dex_await_object (rushes_queue_retry (house->queue, take), NULL));
  rushes_test_house_expect (house, take, RUSHES_TAKE_STATE_READY);
  g_assert_cmpstr (rushes_test_service_get_own_id (house->service, 0), !=,
                   rushes_test_service_get_own_id (house->service, 1));
}

typedef struct
{
  const char *title;
  gboolean unique;
  guint status; /* of the answer to the submit; 0: there was none */
  RushesErrorCode lookup;
  RushesErrorCode code; /* of what the person reads */
} Doubt;

/* What proves nothing leaves the decision to the person. */
static void
test_unconfirmed (void)
{
  static const Doubt doubts[] = {
    { "ids may come twice", FALSE, 0, RUSHES_ERROR_NOT_FOUND, RUSHES_ERROR_NOT_FOUND },
    { "it said that it knows it", TRUE, 400, RUSHES_ERROR_NOT_FOUND, RUSHES_ERROR_NOT_FOUND },
    { "it does not answer", TRUE, 0, RUSHES_ERROR_PROVIDER, RUSHES_ERROR_NETWORK },
    { "it wants another key", TRUE, 0, RUSHES_ERROR_AUTH, RUSHES_ERROR_NETWORK },
  };

  for (guint i = 0; i < G_N_ELEMENTS (doubts); i++)
    {
      g_autoptr (RushesTestHouse) house = open_house (doubts[i].unique);
      g_autoptr (RushesTake) take = NULL;

      g_test_message ("%s", doubts[i].title);
      break_submit (house, doubts[i].status);
      for (guint n = 0; n < 50; n++)
        rushes_test_service_refuse (house->service, RUSHES_TEST_LOOK_UP,
                                    failure (doubts[i].lookup, RUSHES_CHARGED_NO, 0));
      take = rushes_test_house_order (house, "a kite");
      rushes_test_house_expect (house, take, RUSHES_TAKE_STATE_UNCONFIRMED);
      g_assert_error (rushes_take_get_error (take), RUSHES_ERROR, (int) doubts[i].code);
      g_assert_cmpint (rushes_error_get_charged (rushes_take_get_error (take)), ==, RUSHES_CHARGED_MAYBE);
      assert_calls (house, RUSHES_TEST_SUBMIT, 1);
      g_assert_cmpuint (count_costs (house), ==, 1);
    }
}

/* ---- processes that come and go ---- */

/* A process that went between submit and reply. */
static RushesTestHouse *
crash (RushesTake **take)
{
  RushesTestHouse *house = open_house (TRUE);

  rushes_test_service_shut (house->service, RUSHES_TEST_SUBMIT);
  *take = rushes_test_house_order (house, "a kite");
  rushes_test_house_called (house, RUSHES_TEST_SUBMIT, 1);
  rushes_test_house_crash (house);
  return house;
}

static void
test_crash (void)
{
  for (guint is_there = 0; is_there < 2; is_there++)
    {
      g_autoptr (RushesTake) take = NULL;
      g_autoptr (RushesTestHouse) before = crash (&take);
      g_autoptr (RushesTestHouse) after = rushes_test_house_again (before, "http");
      g_autoptr (RushesTake) again = rushes_test_house_find (after, take);
      g_autoptr (RushesAttempt) attempt = NULL;

      rushes_test_service_set_lookup (after->service, TRUE);
      if (is_there)
        rushes_test_service_answer (after->service, RUSHES_TEST_LOOK_UP, found ("task-7"));
      rushes_test_house_resume (after, NULL, 1);
      rushes_test_house_expect (after, again, RUSHES_TAKE_STATE_READY);
      assert_calls (after, RUSHES_TEST_SUBMIT, is_there ? 0 : 1);
      g_assert_cmpuint (count_costs (after), ==, 1);
      attempt = rushes_test_house_attempt (after, again);
      g_assert_cmpint (attempt->number, ==, is_there ? 1 : 2);
      g_assert_cmpstr (attempt->own_id, ==, rushes_test_service_get_own_id (before->service, 0));
      rushes_test_service_open (before->service, RUSHES_TEST_SUBMIT);
    }
}

/* Nobody knows whether the submit bore our id as it is described now: what is not there may be there under no id. */
static void
test_crash_described_anew (void)
{
  g_autoptr (RushesTake) take = NULL;
  g_autoptr (RushesTestHouse) before = crash (&take);
  g_autoptr (RushesTestHouse) after =
      rushes_test_house_again_with (before, rushes_test_service_new_priced ("http", 1, "[]"));
  g_autoptr (RushesTake) again = rushes_test_house_find (after, take);

  rushes_test_service_set_lookup (after->service, TRUE);
  rushes_test_house_resume (after, NULL, 1);
  rushes_test_house_expect (after, again, RUSHES_TAKE_STATE_UNCONFIRMED);
  g_assert_error (rushes_take_get_error (again), RUSHES_ERROR, RUSHES_ERROR_NOT_FOUND);
  assert_calls (after, RUSHES_TEST_SUBMIT, 0);
  rushes_test_service_open (before->service, RUSHES_TEST_SUBMIT);
}

/* Who leaves while it is looked for leaves it unconfirmed, and the next process goes on looking. */
static void
test_leave (void)
{
  g_autoptr (RushesTestHouse) before = open_house (TRUE);
  g_autoptr (RushesTestHouse) after = NULL;
  g_autoptr (RushesTake) take = NULL;
  g_autoptr (RushesTake) again = NULL;

  break_submit (before, 0);
  rushes_test_service_shut (before->service, RUSHES_TEST_LOOK_UP);
  take = rushes_test_house_order (before, "a kite");
  rushes_test_house_called (before, RUSHES_TEST_LOOK_UP, 1);
  rushes_test_house_leave (before);
  g_assert_cmpint (rushes_take_get_state (take), ==, RUSHES_TAKE_STATE_UNCONFIRMED);
  g_assert_error (rushes_take_get_error (take), RUSHES_ERROR, RUSHES_ERROR_NETWORK);

  after = rushes_test_house_again (before, "http");
  rushes_test_service_set_lookup (after->service, TRUE);
  rushes_test_service_answer (after->service, RUSHES_TEST_LOOK_UP, found ("task-7"));
  rushes_test_house_resume (after, NULL, 1);
  again = rushes_test_house_find (after, take);
  rushes_test_house_expect (after, again, RUSHES_TAKE_STATE_READY);
  assert_calls (after, RUSHES_TEST_SUBMIT, 0);
  rushes_test_service_open (before->service, RUSHES_TEST_LOOK_UP);
}

/* ---- what a person wants meanwhile ---- */

static void
test_cancel (void)
{
  for (guint is_there = 0; is_there < 2; is_there++)
    {
      g_autoptr (RushesTestHouse) house = open_house (TRUE);
      g_autoptr (RushesTake) take = NULL;
      g_autoptr (RushesAttempt) attempt = NULL;

      rushes_test_service_set_busy (house->service, TRUE);
      break_submit (house, 0);
      rushes_test_service_shut (house->service, RUSHES_TEST_LOOK_UP);
      take = rushes_test_house_order (house, "a kite");
      rushes_test_house_called (house, RUSHES_TEST_LOOK_UP, 1);
      rushes_test_house_cancel (house, take);
      if (is_there)
        rushes_test_service_answer (house->service, RUSHES_TEST_LOOK_UP, found ("task-7"));
      rushes_test_service_open (house->service, RUSHES_TEST_LOOK_UP);

      /* It is cancelled where it runs, and not sent again where it does not. */
      rushes_test_house_expect (house, take, is_there ? RUSHES_TAKE_STATE_CANCELLED : RUSHES_TAKE_STATE_FAILED);
      g_assert_error (rushes_take_get_error (take), RUSHES_ERROR, RUSHES_ERROR_CANCELLED);
      assert_calls (house, RUSHES_TEST_SUBMIT, 1);
      assert_calls (house, RUSHES_TEST_CANCEL, is_there);
      attempt = rushes_test_house_attempt (house, take);
      g_assert_cmpint (attempt->charged, ==, is_there ? RUSHES_CHARGED_MAYBE : RUSHES_CHARGED_NO);
    }
}

/* "Check Again" asks so, too. It never sends anything. */
static void
test_check (void)
{
  g_autoptr (RushesTestHouse) house = open_house (TRUE);
  g_autoptr (RushesTake) take = NULL;
  g_autoptr (RushesTake) other = NULL;
  g_autoptr (GError) error = NULL;

  for (guint i = 0; i < 2; i++)
    {
      RushesTake **one = i == 0 ? &take : &other;

      break_submit (house, 0);
      rushes_test_service_refuse (house->service, RUSHES_TEST_LOOK_UP,
                                  failure (RUSHES_ERROR_AUTH, RUSHES_CHARGED_NO, 401));
      *one = rushes_test_house_order (house, "a kite");
      rushes_test_house_expect (house, *one, RUSHES_TAKE_STATE_UNCONFIRMED);
    }

  rushes_test_service_refuse (house->service, RUSHES_TEST_LOOK_UP, failure (RUSHES_ERROR_AUTH, RUSHES_CHARGED_NO, 401));
  g_assert_cmpint (dex_await_int (rushes_queue_check (house->queue, take), &error), ==, 0);
  g_assert_error (error, RUSHES_ERROR, RUSHES_ERROR_AUTH);
  g_clear_error (&error);

  rushes_test_service_answer (house->service, RUSHES_TEST_LOOK_UP, found ("task-7"));
  g_assert_cmpint (dex_await_int (rushes_queue_check (house->queue, take), &error), ==, 1);
  g_assert_no_error (error);
  rushes_test_house_expect (house, take, RUSHES_TAKE_STATE_READY);

  g_assert_cmpint (dex_await_int (rushes_queue_check (house->queue, other), &error), ==, 0);
  g_assert_no_error (error);
  g_assert_cmpint (rushes_take_get_state (other), ==, RUSHES_TAKE_STATE_FAILED);
  g_assert_cmpint (rushes_error_get_charged (rushes_take_get_error (other)), ==, RUSHES_CHARGED_NO);
  assert_calls (house, RUSHES_TEST_SUBMIT, 2);
}

int
main (int argc, char **argv)
{
  rushes_test_init (&argc, &argv);

  rushes_test_add_fiber ("/look-up/found", test_found);
  rushes_test_add_fiber ("/look-up/nameless", test_nameless);
  rushes_test_add_fiber ("/look-up/sent-again", test_sent_again);
  rushes_test_add_fiber ("/look-up/known", test_known);
  rushes_test_add_fiber ("/look-up/no-tries", test_no_tries);
  rushes_test_add_fiber ("/look-up/unconfirmed", test_unconfirmed);
  rushes_test_add_fiber ("/look-up/crash", test_crash);
  rushes_test_add_fiber ("/look-up/crash-described-anew", test_crash_described_anew);
  rushes_test_add_fiber ("/look-up/leave", test_leave);
  rushes_test_add_fiber ("/look-up/cancel", test_cancel);
  rushes_test_add_fiber ("/look-up/check", test_check);

  return g_test_run ();
}
