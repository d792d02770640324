/* test-attempts.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "rushes-async.h"
#include "rushes-database.h"
#include "rushes-description.h"
#include "rushes-test-library.h"

static gint64
count (RushesFolders *folders, const char *sql)
{
  g_autofree char *path = rushes_test_path (folders, "library.db");
  g_autoptr (RushesDatabase) database = rushes_database_open (path, FALSE, NULL);
  g_autoptr (GError) error = NULL;
  gint64 n = rushes_database_get_int (database, &error, sql, "");

  g_assert_no_error (error);

  return n;
}

static void
test_first_open (void)
{
  g_autoptr (RushesFolders) folders = rushes_test_folders ();
  g_autoptr (RushesLibrary) library = rushes_test_open (folders);
  g_autoptr (RushesProject) project = g_list_model_get_item (rushes_library_get_projects (library), 0);

  g_assert_cmpuint (g_list_model_get_n_items (rushes_library_get_projects (library)), ==, 1);
  g_assert_cmpstr (rushes_project_get_name (project), ==, "My Project");
  g_assert_cmpuint (rushes_project_get_n_takes (project), ==, 0);
  g_assert_null (rushes_library_get_warning (library));
  rushes_test_close (library);
}

static void
test_life (void)
{
  g_autoptr (RushesFolders) folders = rushes_test_folders ();
  g_autoptr (RushesLibrary) library = rushes_test_open (folders);
  g_autoptr (RushesTake) take = rushes_test_order_one (library, "a paper boat");
  g_autoptr (RushesAttempt) attempt = rushes_test_attempt (library, take);
  g_autoptr (RushesTake) again = NULL;
  g_autoptr (GError) error = NULL;
  g_autofree char *id = g_strdup (rushes_take_get_id (take));
  g_autofree char *path = NULL;

  g_assert_true (rushes_take_get_loaded (take));
  g_assert_cmpstr (rushes_request_get_prompt (rushes_take_get_request (take)), ==, "a paper boat");
  g_assert_cmpstr (rushes_take_get_title (take), ==, "a paper boat");
  g_assert_cmpint (rushes_take_get_state (take), ==, RUSHES_TAKE_STATE_QUEUED);
  g_assert_cmpint (attempt->number, ==, 1);
  g_assert_cmpint (attempt->submitted, ==, 0);
  rushes_test_walk (library, take, attempt, RUSHES_TAKE_STATE_RUNNING);
  g_assert_cmpint (attempt->submitted, >, attempt->created);
  rushes_library_report (library, take, 0.5, "Half of it");
  g_assert_cmpfloat (rushes_take_get_progress (take), ==, 0.5);
  rushes_test_walk (library, take, attempt, RUSHES_TAKE_STATE_READY);
  g_assert_cmpint (rushes_take_get_state (take), ==, RUSHES_TAKE_STATE_READY);
  g_assert_cmpfloat (rushes_take_get_progress (take), ==, -1.0);
  g_assert_null (rushes_take_get_message (take));
  g_assert_cmpint (attempt->charged, ==, RUSHES_CHARGED_YES);
  path = g_file_get_path (rushes_clip_get_file (rushes_take_get_clip (take)));
  g_assert_true (g_file_test (path, G_FILE_TEST_EXISTS));
  rushes_test_close (library);
  g_clear_object (&take);
  g_clear_object (&library);

  /* All of it is there again after a restart. */
  library = rushes_test_open (folders);
  again = dex_await_object (rushes_library_find_take (library, id), &error);
  g_assert_no_error (error);
  g_assert_cmpint (rushes_take_get_state (again), ==, RUSHES_TAKE_STATE_READY);
  g_assert_cmpstr (rushes_take_get_title (again), ==, "a paper boat");
  g_assert_cmpstr (g_file_peek_path (rushes_clip_get_file (rushes_take_get_clip (again))), ==, path);
  g_assert_cmpint (rushes_clip_get_facts (rushes_take_get_clip (again))->width, ==, 1280);
  g_assert_cmpstr (rushes_clip_get_facts (rushes_take_get_clip (again))->video_codec, ==, "h264");
  g_assert_null (rushes_clip_get_facts (rushes_take_get_clip (again))->audio_codec);
  rushes_test_close (library);
}

/* ---- steps ---- */

/* How a test gets an attempt into each state. */
static const RushesTakeState paths[][8] = {
  [RUSHES_TAKE_STATE_QUEUED] = { RUSHES_TAKE_STATE_QUEUED },
  [RUSHES_TAKE_STATE_PREPARING] = { RUSHES_TAKE_STATE_PREPARING, 0 },
  [RUSHES_TAKE_STATE_SUBMITTING] = { RUSHES_TAKE_STATE_PREPARING, RUSHES_TAKE_STATE_SUBMITTING, 0 },
  [RUSHES_TAKE_STATE_RUNNING] = { RUSHES_TAKE_STATE_PREPARING, RUSHES_TAKE_STATE_SUBMITTING, RUSHES_TAKE_STATE_RUNNING,
                                  0 },
  [RUSHES_TAKE_STATE_DOWNLOADING] = { RUSHES_TAKE_STATE_PREPARING, RUSHES_TAKE_STATE_SUBMITTING,
                                      RUSHES_TAKE_STATE_DOWNLOADING, 0 },
  [RUSHES_TAKE_STATE_READY] = { RUSHES_TAKE_STATE_PREPARING, RUSHES_TAKE_STATE_SUBMITTING,
                                RUSHES_TAKE_STATE_DOWNLOADING, RUSHES_TAKE_STATE_READY, 0 },
  [RUSHES_TAKE_STATE_FAILED] = { RUSHES_TAKE_STATE_FAILED, 0 },
  [RUSHES_TAKE_STATE_CANCELLED] = { RUSHES_TAKE_STATE_CANCELLED, 0 },
  [RUSHES_TAKE_STATE_EXPIRED] = { RUSHES_TAKE_STATE_PREPARING, RUSHES_TAKE_STATE_SUBMITTING,
                                  RUSHES_TAKE_STATE_DOWNLOADING, RUSHES_TAKE_STATE_EXPIRED, 0 },
  [RUSHES_TAKE_STATE_UNCONFIRMED] = { RUSHES_TAKE_STATE_PREPARING, RUSHES_TAKE_STATE_SUBMITTING,
                                      RUSHES_TAKE_STATE_UNCONFIRMED, 0 },
  [RUSHES_TAKE_STATE_LEFT] = { RUSHES_TAKE_STATE_PREPARING, RUSHES_TAKE_STATE_SUBMITTING, RUSHES_TAKE_STATE_RUNNING,
                               RUSHES_TAKE_STATE_LEFT, 0 },
};

static RushesAttempt *
bring_to (RushesLibrary *library, RushesTake *take, RushesTakeState state)
{
  RushesAttempt *attempt = rushes_test_attempt (library, take);

  for (guint i = 0; paths[state][i] != RUSHES_TAKE_STATE_QUEUED; i++)
    rushes_test_step (library, take, attempt, paths[state][i], RUSHES_CHARGED_NO);
  g_assert_cmpint (attempt->state, ==, state);

  return attempt;
}

static void
test_every_step (void)
{
  g_autoptr (RushesFolders) folders = rushes_test_folders ();
  g_autoptr (RushesLibrary) library = rushes_test_open (folders);
  guint n_legal = 0;

  for (RushesTakeState from = RUSHES_TAKE_STATE_QUEUED; from <= RUSHES_TAKE_STATE_LEFT; from++)
    for (RushesTakeState to = RUSHES_TAKE_STATE_QUEUED; to <= RUSHES_TAKE_STATE_LEFT; to++)
      {
        g_autoptr (RushesTake) take = rushes_test_order_one (library, "step");
        g_autoptr (RushesAttempt) attempt = bring_to (library, take, from);
        g_autoptr (RushesAttempt) now = NULL;

        if (rushes_take_state_can_follow (from, to) || (from == to && to != RUSHES_TAKE_STATE_READY))
          {
            rushes_test_step (library, take, attempt, to, RUSHES_CHARGED_NO);
            g_assert_cmpint (rushes_take_get_state (take), ==, to);
            n_legal++;
          }
        else
          {
            RushesStep step = { .to = to };

            g_assert_false (dex_await (rushes_library_advance (library, take, attempt, &step), NULL));
            g_assert_cmpint (rushes_take_get_state (take), ==, from);
          }
        now = rushes_test_attempt (library, take);
        g_assert_cmpint (now->state, ==, rushes_take_get_state (take));
        g_assert_cmpint (now->state, ==, attempt->state);
      }
  g_assert_cmpuint (n_legal, >, 30);
  rushes_test_close (library);
}

static void
test_guarded (void)
{
  g_autoptr (RushesFolders) folders = rushes_test_folders ();
  g_autoptr (RushesLibrary) ours = rushes_test_open (folders);
  g_autoptr (RushesLibrary) theirs = rushes_test_open (folders);
  g_autoptr (RushesTake) take = rushes_test_order_one (ours, "guarded");
  g_autoptr (RushesAttempt) attempt = rushes_test_attempt (ours, take);
  g_autoptr (RushesAttempt) stale = rushes_attempt_copy (attempt);
  g_autoptr (RushesAttempt) foreign = NULL;
  g_autoptr (RushesTake) seen = NULL;
  g_autoptr (GError) error = NULL;
  RushesStep step = { .to = RUSHES_TAKE_STATE_PREPARING, .task_id = "from a stale one" };

  rushes_test_step (ours, take, attempt, RUSHES_TAKE_STATE_PREPARING, RUSHES_CHARGED_NO);

  /* What somebody knows who was overtaken is worth nothing. */
  rushes_test_expect (rushes_library_advance (ours, take, stale, &step), FALSE);
  g_assert_cmpint (stale->state, ==, RUSHES_TAKE_STATE_QUEUED);

  /* Nor may another runner go on with it … */
  seen = dex_await_object (rushes_library_find_take (theirs, rushes_take_get_id (take)), &error);
  g_assert_no_error (error);
  foreign = rushes_test_attempt (theirs, seen);
  step.to = RUSHES_TAKE_STATE_SUBMITTING;
  rushes_test_expect (rushes_library_advance (theirs, seen, foreign, &step), FALSE);
  g_assert_cmpint (count (folders, "SELECT count (*) FROM attempts WHERE task_id IS NOT NULL OR state <> 'preparing'"),
                   ==, 0);
  g_assert_cmpint (count (folders, "SELECT count (*) FROM steps"), ==, 2);

  /* … until it has ended: then whoever asks again takes it over. */
  rushes_test_step (ours, take, attempt, RUSHES_TAKE_STATE_FAILED, RUSHES_CHARGED_NO);
  g_clear_pointer (&foreign, rushes_attempt_free);
  foreign = rushes_test_attempt (theirs, seen);
  rushes_test_step (theirs, seen, foreign, RUSHES_TAKE_STATE_RUNNING, RUSHES_CHARGED_NO);
  g_assert_cmpstr (foreign->runner, !=, attempt->runner);
  step.to = RUSHES_TAKE_STATE_RUNNING;
  rushes_test_expect (rushes_library_advance (ours, take, attempt, &step), FALSE);
  rushes_test_close (ours);
  rushes_test_close (theirs);
}

static void
test_what_steps_bring (void)
{
  g_autoptr (RushesFolders) folders = rushes_test_folders ();
  g_autoptr (RushesLibrary) library = rushes_test_open (folders);
  g_autoptr (RushesTake) take = rushes_test_order_one (library, "brings");
  g_autoptr (RushesAttempt) attempt = bring_to (library, take, RUSHES_TAKE_STATE_SUBMITTING);
  g_autoptr (GError) reason = rushes_error_new (RUSHES_ERROR_REJECTED, "“Too stormy”, says the service.");
  g_autoptr (RushesAnswer) answer = rushes_answer_new (RUSHES_PHASE_DONE);
  g_autoptr (RushesAttempt) read = NULL;
  RushesStep step = { .to = RUSHES_TAKE_STATE_RUNNING,
                      .task_id = "12345678901234567890",
                      .host = "https://kites.example",
                      .poll_target = "https://kites.example/t/1?x=%2F",
                      .description = "abc" };

  rushes_test_expect (rushes_library_advance (library, take, attempt, &step), TRUE);
  step = (RushesStep) { .to = RUSHES_TAKE_STATE_DOWNLOADING };
  rushes_answer_add_output (answer, "https://cdn.example/a.mp4?sig=a%2Bb", 1234567, NULL);
  rushes_answer_add_output (answer, "https://cdn.example/b.mp4", 0, NULL);
  step.outputs = answer->outputs;
  rushes_test_expect (rushes_library_advance (library, take, attempt, &step), TRUE);
  g_assert_cmpuint (attempt->outputs->len, ==, 2);

  /* Fresh addresses take the place of old ones. */
  g_free (((RushesOutput *) g_ptr_array_index (answer->outputs, 1))->uri);
  ((RushesOutput *) g_ptr_array_index (answer->outputs, 1))->uri = g_strdup ("https://cdn.example/c.mp4");
  rushes_test_expect (rushes_library_advance (library, take, attempt, &step), TRUE);

  rushes_error_set_charged (reason, RUSHES_CHARGED_YES);
  rushes_error_set_http_status (reason, 422);
  rushes_error_set_words (reason, "STORM");
  rushes_error_set_field (reason, "prompt");
  rushes_error_set_retryable (reason, TRUE);
  rushes_error_set_retry_after (reason, 2.5);
  step = (RushesStep) { .to = RUSHES_TAKE_STATE_FAILED, .error = reason };
  rushes_test_expect (rushes_library_advance (library, take, attempt, &step), TRUE);

  read = rushes_test_attempt (library, take);
  g_assert_cmpstr (read->task_id, ==, "12345678901234567890");
  g_assert_cmpstr (read->host, ==, "https://kites.example");
  g_assert_cmpstr (read->poll_target, ==, "https://kites.example/t/1?x=%2F");
  g_assert_cmpstr (read->description, ==, "abc");
  g_assert_cmpint (read->charged, ==, RUSHES_CHARGED_YES);
  g_assert_cmpuint (read->outputs->len, ==, 2);
  g_assert_cmpstr (((RushesOutput *) g_ptr_array_index (read->outputs, 0))->uri, ==,
                   "https://cdn.example/a.mp4?sig=a%2Bb");
  g_assert_cmpint (((RushesOutput *) g_ptr_array_index (read->outputs, 0))->expires, ==, 1234567);
  g_assert_cmpstr (((RushesOutput *) g_ptr_array_index (read->outputs, 1))->uri, ==, "https://cdn.example/c.mp4");
  g_assert_cmpint (((RushesOutput *) g_ptr_array_index (read->outputs, 1))->expires, ==, 0);
  g_assert_error (read->error, RUSHES_ERROR, RUSHES_ERROR_REJECTED);
  g_assert_cmpstr (read->error->message, ==, "“Too stormy”, says the service.");
  g_assert_cmpint (rushes_error_get_charged (read->error), ==, RUSHES_CHARGED_YES);
  g_assert_cmpuint (rushes_error_get_http_status (read->error), ==, 422);
  g_assert_cmpstr (rushes_error_get_words (read->error), ==, "STORM");
  g_assert_cmpstr (rushes_error_get_field (read->error), ==, "prompt");
  g_assert_true (rushes_error_get_retryable (read->error));
  g_assert_cmpfloat (rushes_error_get_retry_after (read->error), ==, 2.5);
  g_assert_error (rushes_take_get_error (take), RUSHES_ERROR, RUSHES_ERROR_REJECTED);

  /* A take that turns out to be alive has nothing to complain of. */
  rushes_test_step (library, take, attempt, RUSHES_TAKE_STATE_RUNNING, RUSHES_CHARGED_NO);
  g_assert_null (rushes_take_get_error (take));
  g_assert_null (attempt->error);
  g_assert_cmpstr (attempt->task_id, ==, "12345678901234567890");
  rushes_test_close (library);
}

static void
test_clip_place (void)
{
  g_autoptr (RushesFolders) folders = rushes_test_folders ();
  g_autoptr (RushesLibrary) library = rushes_test_open (folders);
  g_autoptr (RushesTake) take = rushes_test_order_one (library, "../../etc/passwd");
  g_autoptr (GFile) place = rushes_library_get_clip_place (library, take, 1, "webm");
  g_autofree char *relative = g_file_get_relative_path (rushes_folders_get_clips (folders), place);
  g_autofree char *name = g_strdup_printf ("%s-2.webm", rushes_take_get_id (take));

  g_assert_true (g_regex_match_simple ("^20[0-9]{2}-[01][0-9]/", relative, 0, 0));
  g_assert_cmpstr (relative + strlen ("2000-01/"), ==, name);
  rushes_test_close (library);
}

/* ---- orders ---- */

static void
test_order_twice (void)
{
  g_autoptr (RushesFolders) folders = rushes_test_folders ();
  g_autoptr (RushesLibrary) library = rushes_test_open (folders);
  g_autoptr (RushesLibrary) other = rushes_test_open (folders);
  g_autoptr (RushesProject) project = g_list_model_get_item (rushes_library_get_projects (library), 0);
  g_autoptr (GPtrArray) requests = g_ptr_array_new_with_free_func (g_object_unref);
  g_autoptr (GArray) prices = g_array_new (FALSE, FALSE, sizeof (RushesPrice));
  g_autofree char *order_id = rushes_new_id ();
  RushesPrice price = rushes_test_price (1, 2);
  DexFuture *first, *second, *third;
  g_autoptr (GPtrArray) a = NULL;
  g_autoptr (GPtrArray) b = NULL;
  g_autoptr (GPtrArray) c = NULL;

  for (guint i = 0; i < 3; i++)
    {
      g_ptr_array_add (requests, rushes_test_request ("red", "thrice"));
      g_array_append_val (prices, price);
    }

  /* Pressed twice, and delivered to another process too. */
  first = rushes_library_order (library, project, requests, prices, order_id);
  second = rushes_library_order (library, project, requests, prices, order_id);
  third = rushes_library_order (other, project, requests, prices, order_id);
  a = dex_await_boxed (first, NULL);
  b = dex_await_boxed (second, NULL);
  c = dex_await_boxed (third, NULL);
  g_assert_nonnull (c);
  g_assert_cmpuint (a->len, ==, 3);
  g_assert_cmpuint (c->len, ==, 3);
  for (guint i = 0; i < 3; i++)
    {
      /* One object for a take within a process. */
      g_assert_true (g_ptr_array_index (a, i) == g_ptr_array_index (b, i));
      g_assert_cmpstr (rushes_take_get_id (g_ptr_array_index (a, i)), ==,
                       rushes_take_get_id (g_ptr_array_index (c, i)));
      if (i > 0)
        g_assert_cmpstr (rushes_take_get_id (g_ptr_array_index (a, i - 1)), <,
                         rushes_take_get_id (g_ptr_array_index (a, i)));
    }
  g_assert_cmpint (count (folders, "SELECT count (*) FROM takes"), ==, 3);
  g_assert_cmpint (count (folders, "SELECT count (*) FROM attempts"), ==, 3);
  g_assert_cmpint (count (folders, "SELECT count (*) FROM ledger WHERE kind = 'hold'"), ==, 3);
  g_assert_cmpuint (rushes_project_get_n_takes (project), ==, 3);
  rushes_test_close (library);
  rushes_test_close (other);
}

static void
test_order_refused (void)
{
  g_autoptr (RushesFolders) folders = rushes_test_folders ();
  g_autoptr (RushesLibrary) library = rushes_test_open (folders);
  g_autoptr (RushesProject) project = NULL;
  g_autoptr (GPtrArray) requests = g_ptr_array_new_with_free_func (g_object_unref);
  g_autoptr (GArray) prices = g_array_new (FALSE, FALSE, sizeof (RushesPrice));
  g_autofree char *order_id = rushes_new_id ();
  g_autofree char *message = NULL;
  g_autoptr (GError) error = NULL;
  RushesPrice price = { RUSHES_PRICE_FREE };

  project = dex_await_object (rushes_library_create_project (library, "Gone"), &error);
  g_assert_no_error (error);
  rushes_test_expect (rushes_library_delete_project (library, project), TRUE);
  g_ptr_array_add (requests, rushes_test_request ("red", "nowhere"));
  g_array_append_val (prices, price);
  message = rushes_test_expect_error (rushes_library_order (library, project, requests, prices, order_id),
                                      RUSHES_ERROR_BAD_REQUEST);
  g_assert_cmpint (count (folders, "SELECT (SELECT count (*) FROM orders) + (SELECT count (*) FROM takes)"), ==, 0);
  rushes_test_close (library);
}

/* ---- finding ---- */

static void
test_find (void)
{
  g_autoptr (RushesFolders) folders = rushes_test_folders ();
  g_autoptr (RushesLibrary) library = rushes_test_open (folders);
  g_autoptr (GPtrArray) takes = rushes_test_order (library, "one", "two", NULL);
  RushesTake *first = g_ptr_array_index (takes, 0);
  g_autofree char *whole = g_ascii_strup (rushes_take_get_id (first), -1);
  g_autofree char *most = g_strndup (rushes_take_get_id (first), 35);
  g_autofree char *shared = g_strndup (rushes_take_get_id (first), 6);
  g_autofree char *message = NULL;
  g_autoptr (RushesTake) by_id = NULL;
  g_autoptr (RushesTake) by_prefix = NULL;

  by_id = dex_await_object (rushes_library_find_take (library, whole), NULL);
  g_assert_true (by_id == first);
  by_prefix = dex_await_object (rushes_library_find_take (library, most), NULL);
  g_assert_true (by_prefix == first);

  message = rushes_test_expect_error (rushes_library_find_take (library, shared), RUSHES_ERROR_NOT_FOUND);
  g_assert_nonnull (strstr (message, "More than one"));
  g_clear_pointer (&message, g_free);
  message = rushes_test_expect_error (rushes_library_find_take (library, "ffffffff"), RUSHES_ERROR_NOT_FOUND);
  g_assert_nonnull (strstr (message, "ffffffff"));
  g_clear_pointer (&message, g_free);
  message = rushes_test_expect_error (rushes_library_find_take (library, "0"), RUSHES_ERROR_NOT_FOUND);
  g_assert_nonnull (strstr (message, "too short"));
  g_clear_pointer (&message, g_free);
  message = rushes_test_expect_error (rushes_library_find_take (library, "' OR '1'='1"), RUSHES_ERROR_NOT_FOUND);
  rushes_test_close (library);
}

static void
test_identity (void)
{
  g_autoptr (RushesFolders) folders = rushes_test_folders ();
  g_autoptr (RushesLibrary) library = rushes_test_open (folders);
  RushesTake *take = rushes_test_order_one (library, "seen again");
  g_autofree char *id = g_strdup (rushes_take_get_id (take));
  g_autoptr (RushesTake) again = NULL;
  gpointer gone = take;

  g_object_add_weak_pointer (G_OBJECT (take), &gone);
  g_object_unref (take);
  g_assert_null (gone);
  again = dex_await_object (rushes_library_find_take (library, id), NULL);
  g_assert_cmpstr (rushes_take_get_title (again), ==, "seen again");
  rushes_test_close (library);
  g_clear_object (&library);
  /* It outlives the library. */
  g_assert_cmpstr (rushes_take_get_title (again), ==, "seen again");
}

/* ---- wishes and further attempts ---- */

static void
test_cancel (void)
{
  g_autoptr (RushesFolders) folders = rushes_test_folders ();
  g_autoptr (RushesLibrary) library = rushes_test_open (folders);
  g_autoptr (RushesTake) take = rushes_test_order_one (library, "stop");
  g_autoptr (RushesAttempt) attempt = bring_to (library, take, RUSHES_TAKE_STATE_RUNNING);

  rushes_test_expect (rushes_library_request_cancel (library, take), TRUE);
  g_assert_true (rushes_take_get_cancelling (take));
  g_assert_cmpint (rushes_take_get_state (take), ==, RUSHES_TAKE_STATE_RUNNING);
  rushes_test_step (library, take, attempt, RUSHES_TAKE_STATE_CANCELLED, RUSHES_CHARGED_NO);
  g_assert_true (attempt->cancel_requested);
  g_assert_false (rushes_take_get_cancelling (take));

  /* What has ended is not cancelled once more, and what is found alive is not still being cancelled. */
  rushes_test_expect (rushes_library_request_cancel (library, take), TRUE);
  g_assert_false (rushes_take_get_cancelling (take));
  rushes_test_step (library, take, attempt, RUSHES_TAKE_STATE_RUNNING, RUSHES_CHARGED_NO);
  g_assert_false (attempt->cancel_requested);
  g_assert_false (rushes_take_get_cancelling (take));
  rushes_test_close (library);
}

static void
test_add_attempt (void)
{
  const RushesTakeState refused[] = { RUSHES_TAKE_STATE_QUEUED, RUSHES_TAKE_STATE_RUNNING, RUSHES_TAKE_STATE_LEFT,
                                      RUSHES_TAKE_STATE_READY };
  const RushesTakeState allowed[] = { RUSHES_TAKE_STATE_FAILED, RUSHES_TAKE_STATE_CANCELLED, RUSHES_TAKE_STATE_EXPIRED,
                                      RUSHES_TAKE_STATE_UNCONFIRMED };
  g_autoptr (RushesFolders) folders = rushes_test_folders ();
  g_autoptr (RushesLibrary) library = rushes_test_open (folders);

  for (guint i = 0; i < G_N_ELEMENTS (refused); i++)
    {
      g_autoptr (RushesTake) take = rushes_test_order_one (library, "no");
      g_autoptr (RushesAttempt) attempt = bring_to (library, take, refused[i]);

      g_free (rushes_test_expect_error (rushes_library_add_attempt (library, take), RUSHES_ERROR_BAD_REQUEST));
    }
  for (guint i = 0; i < G_N_ELEMENTS (allowed); i++)
    {
      g_autoptr (RushesTake) take = rushes_test_order_one (library, "yes");
      g_autoptr (RushesAttempt) first = bring_to (library, take, allowed[i]);
      g_autoptr (RushesAttempt) second = NULL;
      g_autoptr (GError) error = NULL;

      second = dex_await_boxed (rushes_library_add_attempt_with_consent (library, take, &RUSHES_CONSENT_AGAIN, NULL),
                                &error);
      g_assert_no_error (error);
      g_assert_cmpint (second->number, ==, 2);
      g_assert_cmpstr (second->id, !=, first->id);
      g_assert_cmpint (rushes_take_get_state (take), ==, RUSHES_TAKE_STATE_QUEUED);
      g_assert_cmpint (rushes_take_get_price (take)->high.micros, ==, 500000);

      /* The old one is still asked about: found, it does not change what the take shows, but its clip is kept. */
      if (allowed[i] == RUSHES_TAKE_STATE_UNCONFIRMED)
        {
          rushes_test_step (library, take, first, RUSHES_TAKE_STATE_DOWNLOADING, RUSHES_CHARGED_NO);
          rushes_test_step (library, take, first, RUSHES_TAKE_STATE_READY, RUSHES_CHARGED_NO);
          g_assert_cmpint (rushes_take_get_state (take), ==, RUSHES_TAKE_STATE_QUEUED);
          g_assert_nonnull (rushes_take_get_clip (take));
        }
    }
  rushes_test_close (library);
}

/* ---- marks ---- */

static void
note_notify (RushesTake *take, GParamSpec *pspec, GString *names)
{
  g_string_append_printf (names, "%s ", g_param_spec_get_name (pspec));
}

static void
test_marks (void)
{
  g_autoptr (RushesFolders) folders = rushes_test_folders ();
  g_autoptr (RushesLibrary) library = rushes_test_open (folders);
  g_autoptr (RushesTake) take = rushes_test_order_one (library, "mark");
  g_autoptr (RushesAttempt) attempt = bring_to (library, take, RUSHES_TAKE_STATE_FAILED);
  g_autoptr (RushesProject) project = NULL;
  g_autoptr (RushesProject) first = g_list_model_get_item (rushes_library_get_projects (library), 0);
  g_autoptr (GString) names = g_string_new (NULL);

  g_signal_connect (take, "notify", G_CALLBACK (note_notify), names);
  rushes_test_expect (rushes_library_star (library, take, TRUE), TRUE);
  g_assert_true (rushes_take_get_starred (take));
  rushes_test_expect (rushes_library_star (library, take, TRUE), TRUE);
  rushes_test_expect (rushes_library_set_note (library, take, "for the wedding"), TRUE);
  g_assert_cmpstr (rushes_take_get_note (take), ==, "for the wedding");
  rushes_test_expect (rushes_library_set_note (library, take, ""), TRUE);
  g_assert_null (rushes_take_get_note (take));
  rushes_test_expect (rushes_library_set_deleted (library, take, TRUE), TRUE);
  g_assert_true (rushes_take_get_deleted (take));
  g_assert_cmpuint (rushes_project_get_n_takes (first), ==, 0);
  rushes_test_expect (rushes_library_set_deleted (library, take, FALSE), TRUE);
  g_assert_cmpuint (rushes_project_get_n_takes (first), ==, 1);
  g_assert_cmpstr (names->str, ==, "starred note note deleted deleted ");

  project = dex_await_object (rushes_library_create_project (library, "Wedding"), NULL);
  rushes_test_expect (rushes_library_move_take (library, take, project), TRUE);
  g_assert_cmpstr (rushes_take_get_project_id (take), ==, rushes_project_get_id (project));
  g_assert_cmpuint (rushes_project_get_n_takes (first), ==, 0);
  g_assert_cmpuint (rushes_project_get_n_takes (project), ==, 1);

  /* A take that comes back to a project which is no more finds another. */
  rushes_test_expect (rushes_library_delete_project (library, project), TRUE);
  g_assert_true (rushes_take_get_deleted (take));
  rushes_test_expect (rushes_library_set_deleted (library, take, FALSE), TRUE);
  g_assert_cmpstr (rushes_take_get_project_id (take), ==, rushes_project_get_id (first));
  g_assert_cmpuint (rushes_project_get_n_takes (first), ==, 1);
  rushes_test_close (library);
}

/* Clips of takes that were deleted long ago go; what is known of them does not. */
static void
test_pruning (void)
{
  g_autoptr (RushesFolders) folders = rushes_test_folders ();
  g_autoptr (RushesLibrary) library = rushes_test_open (folders);
  g_autofree char *path = rushes_test_path (folders, "library.db");
  const int days[] = { 0, 29, 31 };
  g_autoptr (GPtrArray) ids = g_ptr_array_new_with_free_func (g_free);
  g_autoptr (GPtrArray) clips = g_ptr_array_new_with_free_func (g_free);

  for (guint i = 0; i < G_N_ELEMENTS (days); i++)
    {
      g_autoptr (RushesTake) take = rushes_test_order_one (library, "old");
      g_autoptr (RushesAttempt) attempt = bring_to (library, take, RUSHES_TAKE_STATE_READY);
      g_autoptr (RushesDatabase) database = rushes_database_open (path, FALSE, NULL);

      g_ptr_array_add (ids, g_strdup (rushes_take_get_id (take)));
      g_ptr_array_add (clips, g_file_get_path (rushes_clip_get_file (rushes_take_get_clip (take))));
      if (days[i] > 0)
        g_assert_true (rushes_database_run (database, NULL, "UPDATE takes SET deleted = ? WHERE id = ?", "it",
                                            g_get_real_time () - days[i] * G_TIME_SPAN_DAY, rushes_take_get_id (take)));
    }
  rushes_test_close (library);
  g_clear_object (&library);

  library = rushes_test_open (folders);
  for (guint i = 0; i < G_N_ELEMENTS (days); i++)
    {
      g_autoptr (RushesTake) take =
          dex_await_object (rushes_library_find_take (library, g_ptr_array_index (ids, i)), NULL);

      g_assert_cmpint (g_file_test (g_ptr_array_index (clips, i), G_FILE_TEST_EXISTS), ==, days[i] < 30);
      g_assert_cmpint (rushes_take_get_clip (take) != NULL, ==, days[i] < 30);
      g_assert_cmpint (rushes_take_get_state (take), ==, RUSHES_TAKE_STATE_READY);
    }
  g_assert_cmpint (count (folders, "SELECT count (*) FROM ledger"), ==, 6);
  rushes_test_close (library);
}

static void
test_description (void)
{
  g_autoptr (RushesFolders) folders = rushes_test_folders ();
  g_autoptr (RushesLibrary) library = rushes_test_open (folders);
  g_autoptr (GError) error = NULL;
  g_autoptr (RushesDescription) description = rushes_description_new_shipped ("animatic", &error);

  g_assert_no_error (error);
  rushes_test_expect (rushes_library_keep_description (library, description), TRUE);
  rushes_test_expect (rushes_library_keep_description (library, description), TRUE);
  g_assert_cmpint (count (folders, "SELECT count (*) FROM descriptions WHERE json_extract (json, '$.id') = 'animatic'"),
                   ==, 1);
  rushes_test_close (library);
}

int
main (int argc, char **argv)
{
  rushes_test_init (&argc, &argv);

  rushes_test_add_fiber ("/attempts/first-open", test_first_open);
  rushes_test_add_fiber ("/attempts/life", test_life);
  rushes_test_add_fiber ("/attempts/steps/every", test_every_step);
  rushes_test_add_fiber ("/attempts/steps/guarded", test_guarded);
  rushes_test_add_fiber ("/attempts/steps/what-they-bring", test_what_steps_bring);
  rushes_test_add_fiber ("/attempts/clip-place", test_clip_place);
  rushes_test_add_fiber ("/attempts/order/twice", test_order_twice);
  rushes_test_add_fiber ("/attempts/order/refused", test_order_refused);
  rushes_test_add_fiber ("/attempts/find", test_find);
  rushes_test_add_fiber ("/attempts/identity", test_identity);
  rushes_test_add_fiber ("/attempts/cancel", test_cancel);
  rushes_test_add_fiber ("/attempts/add", test_add_attempt);
  rushes_test_add_fiber ("/attempts/marks", test_marks);
  rushes_test_add_fiber ("/attempts/pruning", test_pruning);
  rushes_test_add_fiber ("/attempts/description", test_description);

  return g_test_run ();
}
