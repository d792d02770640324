/* test-queue.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "rushes-async.h"
#include "rushes-error.h"
#include "rushes-test-house.h"

#define HASH  "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855"
#define ORDER "0192b7a0-0000-7000-8000-000000000001"

static RushesProject *
first_project (RushesTestHouse *house)
{
  return g_list_model_get_item (rushes_library_get_projects (house->library), 0);
}

static GPtrArray *
generate (RushesTestHouse *house, RushesDraft *draft, GPtrArray *batch, const char *order_id, GError **error)
{
  g_autoptr (RushesProject) project = first_project (house);
  g_autoptr (GError) problem = NULL;
  GPtrArray *takes = dex_await_boxed (rushes_queue_generate (house->queue, project, draft, batch, order_id), &problem);

  if (error == NULL)
    g_assert_no_error (problem);
  else
    *error = g_steal_pointer (&problem);
  return takes;
}

static RushesReference *
make_picture (RushesTestHouse *house, const char *name)
{
  g_autoptr (GFile) file = g_file_new_build_filename (house->path, HASH ".png", NULL);

  return rushes_reference_new (HASH, "image/png", 64, 48, 100, name, file);
}

/* ---- generating ---- */

static void
test_refusals (void)
{
  static const struct
  {
    const char *provider, *model, *prompt;
    RushesErrorCode code;
    const char *sentence;
  } cases[] = {
    { NULL, NULL, "a kite", RUSHES_ERROR_BAD_REQUEST, "There is no provider “”; there are: kites." },
    { "birds", NULL, "a kite", RUSHES_ERROR_BAD_REQUEST, "There is no provider “birds”; there are: kites." },
    { "kites", "blue", "a kite", RUSHES_ERROR_BAD_REQUEST, "Kites has no model “blue”." },
    { "kites", "red", " ", RUSHES_ERROR_BAD_REQUEST, "Say what should happen." },
  };
  g_autoptr (RushesTestHouse) house = rushes_test_house_new ("http", 1);
  g_autoptr (RushesProject) project = first_project (house);

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr (RushesDraft) draft = rushes_test_house_draft (cases[i].prompt);
      g_autoptr (GError) error = NULL;

      rushes_draft_set_model (draft, cases[i].provider, cases[i].model);
      g_assert_null (generate (house, draft, NULL, ORDER, &error));
      g_assert_error (error, RUSHES_ERROR, (int) cases[i].code);
      g_assert_cmpstr (error->message, ==, cases[i].sentence);
    }
  g_assert_cmpuint (rushes_project_get_n_takes (project), ==, 0);
  g_assert_cmpuint (rushes_queue_get_n_active (house->queue), ==, 0);
}

/* Without a model it is the provider's default. */
static void
test_default_model (void)
{
  g_autoptr (RushesTestHouse) house = rushes_test_house_new ("http", 1);
  g_autoptr (RushesDraft) draft = rushes_test_house_draft ("a kite");
  g_autoptr (GPtrArray) takes = NULL;

  rushes_draft_set_model (draft, "kites", NULL);
  takes = generate (house, draft, NULL, ORDER, NULL);
  g_assert_cmpstr (rushes_request_get_model_id (rushes_take_get_request (g_ptr_array_index (takes, 0))), ==, "red");
  rushes_test_house_expect (house, g_ptr_array_index (takes, 0), RUSHES_TAKE_STATE_READY);
}

static void
test_double_order (void)
{
  g_autoptr (RushesTestHouse) house = rushes_test_house_new ("http", 1);
  g_autoptr (RushesDraft) draft = rushes_test_house_draft ("a kite");
  g_autoptr (GPtrArray) takes = NULL;
  g_autoptr (GPtrArray) same = NULL;
  g_autoptr (GPtrArray) later = NULL;

  rushes_draft_set_count (draft, 2);
  takes = generate (house, draft, NULL, ORDER, NULL);
  same = generate (house, draft, NULL, ORDER, NULL);
  g_assert_cmpuint (takes->len, ==, 2);
  g_assert_cmpuint (same->len, ==, 2);
  for (guint i = 0; i < 2; i++)
    {
      g_assert_true (g_ptr_array_index (takes, i) == g_ptr_array_index (same, i));
      rushes_test_house_expect (house, g_ptr_array_index (takes, i), RUSHES_TAKE_STATE_READY);
    }
  later = generate (house, draft, NULL, ORDER, NULL);
  g_assert_true (g_ptr_array_index (takes, 0) == g_ptr_array_index (later, 0));
  g_assert_cmpuint (rushes_queue_get_n_active (house->queue), ==, 0);
  g_assert_cmpuint (rushes_test_service_count (house->service, RUSHES_TEST_SUBMIT), ==, 2);
}

/* One take of each picture, as often as the draft counts; a fixed seed counts up within one picture. */
static void
test_batch (void)
{
  g_autoptr (RushesTestHouse) house = rushes_test_house_new ("http", 4);
  g_autoptr (RushesDraft) draft = rushes_test_house_draft ("a kite");
  g_autoptr (GPtrArray) batch = g_ptr_array_new_with_free_func (g_object_unref);
  g_autoptr (GPtrArray) takes = NULL;
  static const char *const names[] = { "a.png", "a.png", "b.png", "b.png" };

  g_ptr_array_add (batch, make_picture (house, "a.png"));
  g_ptr_array_add (batch, make_picture (house, "b.png"));
  rushes_draft_set_count (draft, 2);
  rushes_draft_set_seed (draft, 7);
  takes = generate (house, draft, batch, ORDER, NULL);
  g_assert_cmpuint (takes->len, ==, 4);
  for (guint i = 0; i < takes->len; i++)
    {
      RushesTake *take = g_ptr_array_index (takes, i);
      RushesRequest *request = rushes_take_get_request (take);
      RushesReference *picture = rushes_request_get_reference (request, RUSHES_ROLE_FIRST_FRAME, 0);

      g_assert_cmpstr (rushes_reference_get_name (picture), ==, names[i]);
      g_assert_cmpint (rushes_request_get_seed (request), ==, 7 + i % 2);
      rushes_test_house_expect (house, take, RUSHES_TAKE_STATE_READY);
    }
  /* The draft itself was not touched. */
  g_assert_cmpuint (rushes_draft_get_n_references (draft, RUSHES_ROLE_FIRST_FRAME), ==, 0);
}

/* ---- slots ---- */

static void
note_running (RushesQueue *queue, GParamSpec *pspec, guint *most)
{
  guint n;

  g_object_get (queue, "n-running", &n, NULL);
  *most = MAX (*most, n);
}

static void
test_slots (void)
{
  for (guint slots = 1; slots <= 2; slots++)
    {
      g_autoptr (RushesTestHouse) house = rushes_test_house_new ("http", slots);
      g_autoptr (RushesTake) a = NULL;
      g_autoptr (RushesTake) b = NULL;
      g_autoptr (RushesTake) c = NULL;
      guint most = 0, left;

      g_signal_connect (house->queue, "notify::n-running", G_CALLBACK (note_running), &most);
      /* The one that fails at first keeps its place before those that came later. */
      rushes_test_service_refuse (house->service, RUSHES_TEST_SUBMIT, rushes_error_new (RUSHES_ERROR_REJECTED, "No."));
      rushes_test_service_shut (house->service, RUSHES_TEST_SUBMIT);
      a = rushes_test_house_order (house, "a");
      rushes_test_house_called (house, RUSHES_TEST_SUBMIT, 1);
      b = rushes_test_house_order (house, "b");
      c = rushes_test_house_order (house, "c");
      rushes_test_house_called (house, RUSHES_TEST_SUBMIT, slots);
      rushes_test_service_open (house->service, RUSHES_TEST_SUBMIT);
      g_assert_cmpuint (rushes_queue_get_n_active (house->queue), ==, 3);
      rushes_test_house_expect (house, c, RUSHES_TAKE_STATE_READY);
      g_object_unref (dex_await_object (rushes_queue_await (house->queue, b), NULL));
      g_object_unref (dex_await_object (rushes_queue_await (house->queue, a), NULL));
      /* Of two at once either may be the one that is refused. */
      g_assert_cmpint (rushes_take_get_state (a) + rushes_take_get_state (b), ==,
                       RUSHES_TAKE_STATE_FAILED + RUSHES_TAKE_STATE_READY);

      g_assert_cmpstr (rushes_test_service_get_log (house->service), ==, "a b c ");
      g_assert_cmpuint (most, ==, slots);
      g_object_get (house->queue, "n-running", &left, NULL);
      g_assert_cmpuint (left, ==, 0);
      g_assert_cmpuint (house->n_ended, ==, 3);
    }
}

/* A take that must go back into the line keeps its place there. */
static void
test_place (void)
{
  g_autoptr (RushesTestHouse) house = rushes_test_house_new ("http", 1);
  g_autoptr (RushesTake) a = NULL;
  g_autoptr (RushesTake) b = NULL;
  g_autoptr (RushesTake) c = NULL;
  GError *busy = rushes_error_new (RUSHES_ERROR_RATE_LIMITED, "Not now.");

  rushes_error_set_retryable (busy, TRUE);
  g_object_set (house->queue, "delay", 0.0, NULL);
  rushes_test_service_shut (house->service, RUSHES_TEST_SUBMIT);
  rushes_test_service_refuse (house->service, RUSHES_TEST_SUBMIT, busy);
  a = rushes_test_house_order (house, "a");
  rushes_test_house_called (house, RUSHES_TEST_SUBMIT, 1);
  b = rushes_test_house_order (house, "b");
  c = rushes_test_house_order (house, "c");
  rushes_test_service_open (house->service, RUSHES_TEST_SUBMIT);
  rushes_test_house_expect (house, c, RUSHES_TAKE_STATE_READY);
  rushes_test_house_expect (house, a, RUSHES_TAKE_STATE_READY);
  g_assert_cmpstr (rushes_test_service_get_log (house->service), ==, "a b a c ");
}

/* ---- processes that come and go ---- */

static void
test_resume_running (void)
{
  g_autoptr (RushesTestHouse) before = rushes_test_house_new ("http", 1);
  g_autoptr (RushesTestHouse) after = NULL;
  g_autoptr (RushesTake) take = NULL;
  g_autoptr (RushesTake) again = NULL;
  g_autoptr (RushesAttempt) attempt = NULL;
  g_autoptr (DexFuture) end = NULL;
  g_autoptr (GError) error = NULL;

  rushes_test_service_set_busy (before->service, TRUE);
  take = rushes_test_house_order (before, "a kite");
  rushes_test_house_reach (take, RUSHES_TAKE_STATE_RUNNING);
  end = rushes_queue_await (before->queue, take);
  rushes_test_house_leave (before);
  g_assert_false (dex_await (g_steal_pointer (&end), &error));
  g_assert_error (error, RUSHES_ERROR, RUSHES_ERROR_CANCELLED);
  g_assert_cmpint (rushes_take_get_state (take), ==, RUSHES_TAKE_STATE_RUNNING);
  g_assert_cmpuint (before->n_ended, ==, 0);
  g_assert_cmpuint (rushes_test_service_count (before->service, RUSHES_TEST_CANCEL), ==, 0);

  /* What runs at a service is asked about and never submitted again. */
  after = rushes_test_house_again (before, "http");
  rushes_test_house_resume (after, NULL, 1);
  again = rushes_test_house_find (after, take);
  rushes_test_house_expect (after, again, RUSHES_TAKE_STATE_READY);
  g_assert_cmpuint (rushes_test_service_count (after->service, RUSHES_TEST_SUBMIT), ==, 0);
  attempt = rushes_test_house_attempt (after, again);
  g_assert_cmpint (attempt->number, ==, 1);
  g_assert_cmpstr (attempt->task_id, ==, "task-1");
  rushes_test_house_resume (after, NULL, 0);
}

static void
test_resume_queued (void)
{
  g_autoptr (RushesTestHouse) before = rushes_test_house_new ("http", 1);
  g_autoptr (RushesTestHouse) after = NULL;
  g_autoptr (RushesTake) first = NULL;
  g_autoptr (RushesTake) second = NULL;
  g_autoptr (RushesTake) first_again = NULL;
  g_autoptr (RushesTake) second_again = NULL;

  rushes_test_service_shut (before->service, RUSHES_TEST_PREPARE);
  first = rushes_test_house_order (before, "a");
  rushes_test_house_called (before, RUSHES_TEST_PREPARE, 1);
  second = rushes_test_house_order (before, "b");
  rushes_test_house_leave (before);
  g_assert_cmpint (rushes_take_get_state (first), ==, RUSHES_TAKE_STATE_PREPARING);
  g_assert_cmpint (rushes_take_get_state (second), ==, RUSHES_TAKE_STATE_QUEUED);
  g_assert_cmpuint (rushes_test_service_count (before->service, RUSHES_TEST_SUBMIT), ==, 0);

  after = rushes_test_house_again (before, "http");
  rushes_test_house_resume (after, NULL, 2);
  first_again = rushes_test_house_find (after, first);
  second_again = rushes_test_house_find (after, second);
  rushes_test_house_expect (after, second_again, RUSHES_TAKE_STATE_READY);
  rushes_test_house_expect (after, first_again, RUSHES_TAKE_STATE_READY);
  g_assert_cmpuint (rushes_test_service_get_most (after->service), ==, 1);
  g_assert_cmpuint (rushes_test_service_count (after->service, RUSHES_TEST_SUBMIT), ==, 2);
  rushes_test_service_open (before->service, RUSHES_TEST_PREPARE);
}

/* A render ends with its process, and begins anew in the next; that is no try. */
static void
test_resume_local (void)
{
  g_autoptr (RushesTestHouse) before = rushes_test_house_new ("animatic", 1);
  g_autoptr (RushesTestHouse) after = NULL;
  g_autoptr (RushesTake) take = NULL;
  g_autoptr (RushesTake) again = NULL;
  g_autoptr (RushesAttempt) attempt = NULL;
  g_autofree char *spool = NULL;

  rushes_test_service_set_busy (before->service, TRUE);
  take = rushes_test_house_order (before, "a kite");
  rushes_test_house_reach (take, RUSHES_TAKE_STATE_RUNNING);
  rushes_test_house_leave (before);
  g_assert_cmpuint (rushes_test_service_count (before->service, RUSHES_TEST_CANCEL), ==, 1);
  g_assert_cmpint (rushes_take_get_state (take), ==, RUSHES_TAKE_STATE_RUNNING);

  after = rushes_test_house_again (before, "animatic");
  g_object_set (after->queue, "tries", 0, NULL);
  rushes_test_house_resume (after, NULL, 1);
  again = rushes_test_house_find (after, take);
  rushes_test_house_expect (after, again, RUSHES_TAKE_STATE_READY);
  attempt = rushes_test_house_attempt (after, again);
  g_assert_cmpint (attempt->number, ==, 2);
  g_assert_cmpuint (rushes_test_service_count (after->service, RUSHES_TEST_SUBMIT), ==, 1);
  spool = rushes_test_house_list (after, "spool");
  g_assert_cmpstr (spool, ==, "");
}

/* One that takes its process down each time is given up in the end. */
static void
test_lost_for_ever (void)
{
  g_autoptr (RushesTestHouse) house = rushes_test_house_new ("animatic", 1);
  g_autoptr (RushesTake) take = NULL;
  g_autoptr (RushesAttempt) attempt = NULL;

  for (guint i = 0; i < 100; i++)
    rushes_test_service_refuse (house->service, RUSHES_TEST_POLL,
                                rushes_error_new (RUSHES_ERROR_NOT_FOUND, "No task."));
  take = rushes_test_house_order (house, "a kite");
  rushes_test_house_expect (house, take, RUSHES_TAKE_STATE_FAILED);
  g_assert_error (rushes_take_get_error (take), RUSHES_ERROR, RUSHES_ERROR_INTERNAL);
  attempt = rushes_test_house_attempt (house, take);
  g_assert_cmpint (attempt->number, ==, 5);
}

/* The process went between submit and reply. At a service nobody knows what came of it; here everybody does. */
static void
test_crash_submitting (void)
{
  static const char *const engines[] = { "http", "animatic" };

  for (guint i = 0; i < G_N_ELEMENTS (engines); i++)
    {
      g_autoptr (RushesTestHouse) before = rushes_test_house_new (engines[i], 1);
      g_autoptr (RushesTestHouse) after = NULL;
      g_autoptr (RushesTake) take = NULL;
      g_autoptr (RushesTake) again = NULL;
      g_autoptr (RushesAttempt) attempt = NULL;
      g_autofree char *spool = NULL;
      g_autofree char *kept = NULL;

      rushes_test_service_shut (before->service, RUSHES_TEST_SUBMIT);
      take = rushes_test_house_order (before, "a kite");
      rushes_test_house_called (before, RUSHES_TEST_SUBMIT, 1);
      rushes_test_house_crash (before);

      after = rushes_test_house_again (before, engines[i]);
      rushes_test_house_resume (after, NULL, 1);
      again = rushes_test_house_find (after, take);
      rushes_test_house_expect (after, again, i == 0 ? RUSHES_TAKE_STATE_UNCONFIRMED : RUSHES_TAKE_STATE_READY);
      g_assert_cmpuint (rushes_test_service_count (after->service, RUSHES_TEST_SUBMIT), ==, i == 0 ? 0 : 1);
      attempt = rushes_test_house_attempt (after, again);
      spool = rushes_test_house_list (after, "spool");
      kept = g_strdup_printf ("%s %s.json", attempt->id, attempt->id);
      g_assert_cmpstr (spool, ==, i == 0 ? kept : "");

      rushes_test_service_open (before->service, RUSHES_TEST_SUBMIT);
    }
}

/* The process went when the answer was on the disk already: it is read from there, and nothing is sent again. */
static void
test_crash_answered (void)
{
  g_autoptr (RushesTestHouse) before = rushes_test_house_new ("http", 1);
  g_autoptr (RushesTestHouse) after = NULL;
  g_autoptr (RushesTake) take = NULL;
  g_autoptr (RushesTake) again = NULL;
  g_autoptr (RushesAttempt) attempt = NULL;
  RushesAnswer *answer = rushes_answer_new (RUSHES_PHASE_WAITING);

  rushes_test_service_shut (before->service, RUSHES_TEST_SUBMIT);
  take = rushes_test_house_order (before, "a kite");
  rushes_test_house_called (before, RUSHES_TEST_SUBMIT, 1);
  rushes_test_house_crash (before);

  after = rushes_test_house_again (before, "http");
  answer->task_id = g_strdup ("task-7");
  answer->host = g_strdup ("https://kites.example");
  rushes_test_service_answer (after->service, RUSHES_TEST_RECOVER, answer);
  rushes_test_house_resume (after, NULL, 1);
  again = rushes_test_house_find (after, take);
  rushes_test_house_expect (after, again, RUSHES_TAKE_STATE_READY);
  g_assert_cmpuint (rushes_test_service_count (after->service, RUSHES_TEST_SUBMIT), ==, 0);
  attempt = rushes_test_house_attempt (after, again);
  g_assert_cmpstr (attempt->task_id, ==, "task-7");

  rushes_test_service_open (before->service, RUSHES_TEST_SUBMIT);
}

/* What had arrived was a refusal: nothing was spent, and it may be sent again. */
static void
test_crash_refused (void)
{
  g_autoptr (RushesTestHouse) before = rushes_test_house_new ("http", 1);
  g_autoptr (RushesTestHouse) after = NULL;
  g_autoptr (RushesTake) take = NULL;
  g_autoptr (RushesTake) again = NULL;
  GError *refusal = rushes_error_new (RUSHES_ERROR_REJECTED, "No kites indoors.");

  rushes_test_service_shut (before->service, RUSHES_TEST_SUBMIT);
  take = rushes_test_house_order (before, "a kite");
  rushes_test_house_called (before, RUSHES_TEST_SUBMIT, 1);
  rushes_test_house_crash (before);

  after = rushes_test_house_again (before, "http");
  rushes_test_service_refuse (after->service, RUSHES_TEST_RECOVER, refusal);
  rushes_test_house_resume (after, NULL, 1);
  again = rushes_test_house_find (after, take);
  rushes_test_house_expect (after, again, RUSHES_TAKE_STATE_FAILED);
  g_assert_error (rushes_take_get_error (again), RUSHES_ERROR, RUSHES_ERROR_REJECTED);
  g_assert_cmpuint (rushes_test_service_count (after->service, RUSHES_TEST_SUBMIT), ==, 0);

  rushes_test_service_open (before->service, RUSHES_TEST_SUBMIT);
}

/* The process went when the clip had its name already, but that was not written down: it is found and not fetched
 * again. */
static void
test_crash_landed (void)
{
  g_autoptr (RushesTestHouse) before = rushes_test_house_new ("http", 1);
  g_autoptr (RushesTestHouse) after = NULL;
  g_autoptr (RushesTake) take = NULL;
  g_autoptr (RushesTake) again = NULL;
  g_autoptr (GFile) place = NULL;
  g_autoptr (GFile) clip = NULL;
  g_autofree char *media = g_test_build_filename (G_TEST_DIST, "core", "container", "media", "vp9-opus.mp4", NULL);
  g_autoptr (GError) error = NULL;

  rushes_test_service_shut (before->service, RUSHES_TEST_FETCH);
  take = rushes_test_house_order (before, "a kite");
  rushes_test_house_called (before, RUSHES_TEST_FETCH, 1);
  place = rushes_library_get_clip_place (before->library, take, 0, "mp4");
  clip = g_file_new_for_path (media);
  g_file_copy (clip, place, G_FILE_COPY_NONE, NULL, NULL, NULL, &error);
  g_assert_no_error (error);
  rushes_test_house_leave (before);
  g_assert_cmpint (rushes_take_get_state (take), ==, RUSHES_TAKE_STATE_DOWNLOADING);

  after = rushes_test_house_again (before, "http");
  rushes_test_house_resume (after, NULL, 1);
  again = rushes_test_house_find (after, take);
  rushes_test_house_expect (after, again, RUSHES_TAKE_STATE_READY);
  g_assert_cmpuint (rushes_test_service_count (after->service, RUSHES_TEST_FETCH), ==, 0);
  g_assert_true (g_file_equal (rushes_clip_get_file (rushes_take_get_clip (again)), place));
  rushes_test_service_open (before->service, RUSHES_TEST_FETCH);
}

/* A submit under way is awaited by who leaves. */
static void
test_leave_submitting (void)
{
  g_autoptr (RushesTestHouse) house = rushes_test_house_new ("http", 1);
  g_autoptr (RushesTake) take = NULL;
  g_autoptr (DexFuture) stopped = NULL;

  rushes_test_service_set_busy (house->service, TRUE);
  rushes_test_service_shut (house->service, RUSHES_TEST_SUBMIT);
  take = rushes_test_house_order (house, "a kite");
  rushes_test_house_called (house, RUSHES_TEST_SUBMIT, 1);
  stopped = rushes_queue_stop (house->queue);
  dex_await (rushes_async_sleep (0.02), NULL);
  g_assert_true (dex_future_is_pending (stopped));
  rushes_test_service_open (house->service, RUSHES_TEST_SUBMIT);
  dex_await (dex_ref (stopped), NULL);
  g_assert_cmpint (rushes_take_get_state (take), ==, RUSHES_TAKE_STATE_RUNNING);

  /* Nothing begins any more. */
  g_object_unref (rushes_test_house_order (house, "another kite"));
  g_assert_cmpuint (rushes_queue_get_n_active (house->queue), ==, 0);
}

/* Two processes over one library: one runs the take, the other watches it and has its wishes heard. */
static void
test_two_processes (void)
{
  g_autoptr (RushesTestHouse) window = rushes_test_house_new ("http", 1);
  g_autoptr (RushesTestHouse) cli = rushes_test_house_again (window, "http");
  g_autoptr (RushesTake) here = NULL;
  g_autoptr (RushesTake) there = NULL;

  rushes_test_service_set_busy (window->service, TRUE);
  here = rushes_test_house_order (window, "a kite");
  rushes_test_house_reach (here, RUSHES_TAKE_STATE_RUNNING);

  there = rushes_test_house_find (cli, here);
  rushes_test_house_resume (cli, NULL, 0);
  rushes_test_house_resume (cli, there, 0);
  rushes_test_house_cancel (cli, there);
  rushes_test_house_expect (cli, there, RUSHES_TAKE_STATE_CANCELLED);
  g_assert_cmpint (rushes_take_get_state (here), ==, RUSHES_TAKE_STATE_CANCELLED);
  g_assert_cmpuint (rushes_test_service_count (window->service, RUSHES_TEST_CANCEL), ==, 1);
  for (RushesTestCall call = 0; call < RUSHES_TEST_N_CALLS; call++)
    g_assert_cmpuint (rushes_test_service_count (cli->service, call), ==, 0);
  g_assert_cmpuint (cli->n_ended, ==, 0);
}

/* A wish for what nobody runs is for the process that has it. */
static void
test_cancel_left (void)
{
  g_autoptr (RushesTestHouse) before = rushes_test_house_new ("http", 1);
  g_autoptr (RushesTestHouse) after = NULL;
  g_autoptr (RushesTake) take = NULL;
  g_autoptr (RushesTake) again = NULL;

  rushes_test_service_set_busy (before->service, TRUE);
  g_object_set (before->queue, "time-limit", 5.0, NULL);
  take = rushes_test_house_order (before, "a kite");
  rushes_test_house_expect (before, take, RUSHES_TAKE_STATE_LEFT);
  rushes_test_house_leave (before);

  after = rushes_test_house_again (before, "http");
  rushes_test_service_set_busy (after->service, TRUE);
  again = rushes_test_house_find (after, take);
  rushes_test_house_cancel (after, again);
  rushes_test_house_expect (after, again, RUSHES_TAKE_STATE_CANCELLED);
  g_assert_cmpuint (rushes_test_service_count (after->service, RUSHES_TEST_CANCEL), ==, 1);
}

/* What belongs to a provider that is not there is left as it is. */
static void
test_unknown_provider (void)
{
  g_autoptr (RushesTestHouse) before = rushes_test_house_new ("http", 1);
  g_autoptr (RushesTestHouse) after = NULL;
  g_autoptr (RushesTake) take = NULL;
  g_autoptr (RushesTake) again = NULL;
  g_autoptr (RushesRegistry) empty = rushes_registry_new ();
  g_autoptr (RushesQueue) queue = NULL;

  rushes_test_service_set_busy (before->service, TRUE);
  take = rushes_test_house_order (before, "a kite");
  rushes_test_house_reach (take, RUSHES_TAKE_STATE_RUNNING);
  rushes_test_house_leave (before);

  after = rushes_test_house_again (before, "http");
  queue = rushes_queue_new (after->library, empty, NULL);
  g_assert_cmpint (dex_await_int (rushes_queue_resume (queue, NULL), NULL), ==, 0);
  again = rushes_test_house_find (after, take);
  g_assert_cmpint (rushes_take_get_state (again), ==, RUSHES_TAKE_STATE_RUNNING);
}

/* Who loses interest in a take does not end it. */
static void
test_dropped_await (void)
{
  g_autoptr (RushesTestHouse) house = rushes_test_house_new ("http", 1);
  g_autoptr (RushesTake) take = NULL;
  g_autoptr (GError) error = NULL;

  rushes_test_service_set_busy (house->service, TRUE);
  take = rushes_test_house_order (house, "a kite");
  dex_await (rushes_async_limit (rushes_queue_await (house->queue, take), 0.01, "Too long."), &error);
  g_assert_error (error, RUSHES_ERROR, RUSHES_ERROR_TIMEOUT);
  rushes_test_service_set_busy (house->service, FALSE);
  rushes_test_house_expect (house, take, RUSHES_TAKE_STATE_READY);
}

int
main (int argc, char **argv)
{
  rushes_test_init (&argc, &argv);

  rushes_test_add_fiber ("/queue/refusals", test_refusals);
  rushes_test_add_fiber ("/queue/default-model", test_default_model);
  rushes_test_add_fiber ("/queue/double-order", test_double_order);
  rushes_test_add_fiber ("/queue/batch", test_batch);
  rushes_test_add_fiber ("/queue/slots", test_slots);
  rushes_test_add_fiber ("/queue/place", test_place);
  rushes_test_add_fiber ("/queue/resume/running", test_resume_running);
  rushes_test_add_fiber ("/queue/resume/queued", test_resume_queued);
  rushes_test_add_fiber ("/queue/resume/local", test_resume_local);
  rushes_test_add_fiber ("/queue/resume/lost-for-ever", test_lost_for_ever);
  rushes_test_add_fiber ("/queue/crash/submitting", test_crash_submitting);
  rushes_test_add_fiber ("/queue/crash/answered", test_crash_answered);
  rushes_test_add_fiber ("/queue/crash/refused", test_crash_refused);
  rushes_test_add_fiber ("/queue/crash/landed", test_crash_landed);
  rushes_test_add_fiber ("/queue/leave-submitting", test_leave_submitting);
  rushes_test_add_fiber ("/queue/two-processes", test_two_processes);
  rushes_test_add_fiber ("/queue/cancel-left", test_cancel_left);
  rushes_test_add_fiber ("/queue/unknown-provider", test_unknown_provider);
  rushes_test_add_fiber ("/queue/dropped-await", test_dropped_await);

  return g_test_run ();
}
