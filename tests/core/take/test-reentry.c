/* test-reentry.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

/* A library was lost and an older copy of it stands in its place: what was submitted since is found again in the spool.
 */

#include <glib/gstdio.h>
#include <string.h>

#include "rushes-database.h"
#include "rushes-error.h"
#include "rushes-runner.h"
#include "rushes-test-house.h"

#define PRICES                                                                                                         \
  "[{\"amount\":\"0.20\",\"currency\":\"USD\",\"per\":\"clip\",\"as_of\":\"2026-08-01\",\"source\":\"a page\"}]"

static GError *
failure (RushesErrorCode code, RushesCharged charged, gboolean retryable)
{
  GError *error = rushes_error_new (code, "The wind fell.");

  rushes_error_set_charged (error, charged);
  rushes_error_set_retryable (error, retryable);
  return error;
}

static RushesAnswer *
failed (void)
{
  RushesAnswer *answer = rushes_answer_new (RUSHES_PHASE_FAILED);

  answer->error = failure (RUSHES_ERROR_REJECTED, RUSHES_CHARGED_NO, TRUE);
  return answer;
}

static RushesAnswer *
accepted (const char *task_id)
{
  RushesAnswer *answer = rushes_answer_new (RUSHES_PHASE_RUNNING);

  answer->task_id = g_strdup (task_id);
  answer->host = g_strdup ("https://kites.example");
  return answer;
}

/* ---- losing a library ---- */

static RushesTestService *
new_service (void)
{
  return rushes_test_service_new_priced ("http", 1, PRICES);
}

static RushesTestHouse *
open_house (void)
{
  return rushes_test_house_new_with (new_service ());
}

static char *
path_in (RushesTestHouse *house, const char *name)
{
  return g_build_filename (house->path, "data", name, NULL);
}

static void
copy (const char *from, const char *to)
{
  g_autoptr (GFile) source = g_file_new_for_path (from);
  g_autoptr (GFile) target = g_file_new_for_path (to);
  g_autoptr (GError) error = NULL;

  g_file_copy (source, target, G_FILE_COPY_OVERWRITE, NULL, NULL, NULL, &error);
  g_assert_no_error (error);
}

/* Of a library that nobody has open. */
static void
put_away (RushesTestHouse *house)
{
  g_autofree char *library = path_in (house, "library.db");
  g_autofree char *older = path_in (house, "older.db");

  copy (library, older);
}

static void
remove_files (const char *folder)
{
  g_autoptr (GDir) dir = g_dir_open (folder, 0, NULL);
  const char *name;

  while (dir != NULL && (name = g_dir_read_name (dir)) != NULL)
    {
      g_autofree char *path = g_build_filename (folder, name, NULL);

      g_unlink (path);
    }
}

/* What became of library.db and of the copies that the program had made. */
typedef enum
{
  SWAPPED, /* an older one was put there by hand */
  DAMAGED, /* the program finds that itself, and a copy of its own */
  GONE,    /* with all copies */
} Loss;

static void
lose (RushesTestHouse *house, Loss loss)
{
  g_autofree char *library = path_in (house, "library.db");
  g_autofree char *journal = g_strconcat (library, "-wal", NULL);
  g_autofree char *shared = g_strconcat (library, "-shm", NULL);
  g_autofree char *older = path_in (house, "older.db");
  g_autofree char *backups = path_in (house, "backups");
  g_autofree char *daily = g_build_filename (backups, "daily-20250101.db", NULL);

  g_unlink (library);
  g_unlink (journal);
  g_unlink (shared);
  remove_files (backups);
  if (loss == SWAPPED)
    copy (older, library);
  else if (loss == DAMAGED)
    {
      g_assert_cmpint (g_mkdir_with_parents (backups, 0700), ==, 0);
      copy (older, daily);
      g_assert_true (g_file_set_contents (library, "eggs, butter, a paper boat", -1, NULL));
    }
}

/* A house whose library was put away when it was new. */
static RushesTestHouse *
begin (void)
{
  RushesTestHouse *house = open_house ();
  RushesTestHouse *again;

  rushes_test_house_leave (house);
  put_away (house);
  again = rushes_test_house_again_with (house, new_service ());
  rushes_test_house_free (house);
  return again;
}

/* Its process goes while the take of that prompt runs. */
static RushesTake *
leave_running (RushesTestHouse *house, const char *prompt)
{
  RushesTake *take;

  rushes_test_service_set_busy (house->service, TRUE);
  take = rushes_test_house_order (house, prompt);
  rushes_test_house_reach (take, RUSHES_TAKE_STATE_RUNNING);
  rushes_test_house_leave (house);
  return take;
}

static RushesTestHouse *
come_back (RushesTestHouse *before)
{
  return rushes_test_house_again_with (before, new_service ());
}

/* ---- looking at one ---- */

static gint64
ask (RushesTestHouse *house, const char *sql)
{
  g_autofree char *path = path_in (house, "library.db");
  g_autoptr (GError) error = NULL;
  g_autoptr (RushesDatabase) database = rushes_database_open (path, TRUE, &error);
  gint64 n;

  g_assert_no_error (error);
  n = rushes_database_get_int (database, &error, sql, "");
  g_assert_no_error (error);
  return n;
}

static guint
count_submits (RushesTestHouse *house)
{
  return rushes_test_service_count (house->service, RUSHES_TEST_SUBMIT);
}

static void
assert_warned (RushesTestHouse *house, const char *words)
{
  const char *warning = rushes_library_get_warning (house->library);

  if (words == NULL)
    g_assert_null (warning);
  else
    g_assert_nonnull (warning);
  if (warning != NULL)
    g_test_message ("%s", warning);
  g_assert_true (words == NULL || strstr (warning, words) != NULL);
}

/* It is as it was, but for what nobody can know: whether it was accepted. */
static void
assert_found (RushesTestHouse *house, RushesTake *take)
{
  g_autoptr (RushesAttempt) attempt = rushes_test_house_attempt (house, take);
  RushesRequest *request = rushes_take_get_request (take);
  RushesPrice price = *rushes_take_get_price (take);

  g_assert_cmpint (rushes_take_get_state (take), ==, RUSHES_TAKE_STATE_UNCONFIRMED);
  g_assert_error (rushes_take_get_error (take), RUSHES_ERROR, RUSHES_ERROR_STORAGE);
  g_assert_cmpint (rushes_error_get_charged (rushes_take_get_error (take)), ==, RUSHES_CHARGED_MAYBE);
  g_assert_true (rushes_take_get_askable (take));
  g_assert_cmpstr (rushes_request_get_model_id (request), ==, "red");
  g_assert_nonnull (rushes_library_find_project (house->library, rushes_take_get_project_id (take)));
  g_assert_cmpint (price.kind, ==, RUSHES_PRICE_ESTIMATE);
  g_assert_cmpint (price.high.micros, ==, 200000);
  g_assert_cmpstr (price.high.currency, ==, "USD");
  g_assert_cmpstr (attempt->host, ==, "https://kites.example");
  g_assert_nonnull (attempt->description);
  g_assert_cmpint (attempt->submitted, >, 0);
}

static int
check (RushesTestHouse *house, RushesTake *take)
{
  g_autoptr (GError) error = NULL;
  int n = dex_await_int (rushes_queue_check (house->queue, take), &error);

  g_assert_no_error (error);
  return n;
}

/* ---- takes that the copy does not know ---- */

static void
test_unknown (void)
{
  const char *const words[] = { [SWAPPED] = "1 take was", [DAMAGED] = "daily-20250101.db", [GONE] = "1 take was" };

  for (Loss loss = SWAPPED; loss <= GONE; loss++)
    {
      g_autoptr (RushesTestHouse) before = begin ();
      g_autoptr (RushesTake) take = leave_running (before, "a kite");
      g_autoptr (RushesTestHouse) after = NULL;
      g_autoptr (RushesTestHouse) later = NULL;
      g_autoptr (RushesTake) again = NULL;
      g_autofree char *spool = NULL;

      lose (before, loss);
      after = come_back (before);
      assert_warned (after, "1 take was found again");
      assert_warned (after, words[loss]);
      again = rushes_test_house_find (after, take);
      assert_found (after, again);
      g_assert_cmpstr (rushes_take_get_title (again), ==, "a kite");
      g_assert_cmpint (rushes_take_get_created (again), ==, rushes_take_get_created (take));
      g_assert_cmpstr (rushes_take_get_project_id (again), ==, rushes_take_get_project_id (take));
      g_assert_cmpuint (g_list_model_get_n_items (rushes_library_get_projects (after->library)), ==, 1);
      g_assert_cmpint (ask (after, "SELECT count (*) FROM takes_text WHERE takes_text MATCH 'kite'"), ==, 1);
      g_assert_cmpint (ask (after, "SELECT count (*) FROM ledger"), ==, 2);
      g_assert_cmpint (ask (after, "SELECT count (*) FROM steps"), ==, 3);

      /* The answer lies in the spool. */
      rushes_test_service_answer (after->service, RUSHES_TEST_RECOVER, accepted ("task-7"));
      g_assert_cmpint (check (after, again), ==, 1);
      rushes_test_house_expect (after, again, RUSHES_TAKE_STATE_READY);
      g_assert_cmpuint (count_submits (before) + count_submits (after), ==, 1);
      spool = rushes_test_house_list (after, "spool");
      g_assert_cmpstr (spool, ==, "");
      g_assert_cmpint (ask (after, "SELECT sum (micros) FROM ledger WHERE kind = 'settle'"), ==, 200000);

      /* It is told once. */
      rushes_test_house_leave (after);
      later = come_back (before);
      assert_warned (later, NULL);
    }
}

/* Who starts it again asks by itself, as after any process that went; and nothing is sent again, not even where that
 * would cost nothing: it may have been made, under a later attempt that nobody knows of. */
static void
test_resume (void)
{
  for (guint refused = 0; refused < 2; refused++)
    {
      g_autoptr (RushesTestHouse) before = begin ();
      g_autoptr (RushesTake) take = leave_running (before, "a kite");
      g_autoptr (RushesTestHouse) after = NULL;
      g_autoptr (RushesTake) again = NULL;

      lose (before, DAMAGED);
      after = come_back (before);
      if (refused)
        rushes_test_service_refuse (after->service, RUSHES_TEST_RECOVER,
                                    failure (RUSHES_ERROR_RATE_LIMITED, RUSHES_CHARGED_NO, TRUE));
      else
        rushes_test_service_answer (after->service, RUSHES_TEST_RECOVER, accepted ("task-7"));
      rushes_test_house_resume (after, NULL, 1);
      again = rushes_test_house_find (after, take);
      rushes_test_house_expect (after, again, refused ? RUSHES_TAKE_STATE_FAILED : RUSHES_TAKE_STATE_READY);
      g_assert_cmpuint (count_submits (after), ==, 0);
      g_assert_cmpint (ask (after, "SELECT count (*) FROM attempts"), ==, 1);
      g_assert_cmpint (
          ask (after, "SELECT count (*) FROM ledger WHERE id = (SELECT max (id) FROM ledger) AND kind = 'refund'"), ==,
          refused);
    }
}

/* What ran in the copy may have come to another end since, and the take may have been made under a later attempt. */
static void
test_no_second_purchase (void)
{
  g_autoptr (RushesTestHouse) before = open_house ();
  g_autoptr (RushesTake) take = leave_running (before, "a kite");
  g_autoptr (RushesTestHouse) after = NULL;
  g_autoptr (RushesTake) again = NULL;

  put_away (before);
  lose (before, DAMAGED);
  after = come_back (before);
  rushes_test_service_answer (after->service, RUSHES_TEST_POLL, failed ());
  rushes_test_house_resume (after, NULL, 1);
  again = rushes_test_house_find (after, take);
  rushes_test_house_expect (after, again, RUSHES_TAKE_STATE_FAILED);
  g_assert_cmpuint (count_submits (after), ==, 0);
}

static void
test_submit_again (void)
{
  g_autoptr (RushesTestHouse) before = begin ();
  g_autoptr (RushesTake) take = leave_running (before, "a kite");
  g_autoptr (RushesTestHouse) after = NULL;
  g_autoptr (RushesTake) again = NULL;
  g_autoptr (GError) error = NULL;

  lose (before, DAMAGED);
  after = come_back (before);
  again = rushes_test_house_find (after, take);
  g_assert_false (dex_await (rushes_queue_retry (after->queue, again), &error));
  g_assert_true (rushes_limits_can_ask (error));
  g_object_unref (
      dex_await_object (rushes_queue_retry_with_consent (after->queue, again, &RUSHES_CONSENT_AGAIN), NULL));
  rushes_test_house_expect (after, again, RUSHES_TAKE_STATE_READY);
  g_assert_cmpuint (count_submits (after), ==, 1);
  /* The one before is in doubt as ever, and counts. */
  g_assert_cmpint (ask (after, "SELECT count (*) FROM attempts WHERE state = 'unconfirmed' AND number = 1"), ==, 1);
}

/* What a person has put an end to stays away. */
static void
test_forget (void)
{
  g_autoptr (RushesTestHouse) before = begin ();
  g_autoptr (RushesTake) take = leave_running (before, "a kite");
  g_autoptr (RushesTestHouse) after = NULL;
  g_autoptr (RushesTestHouse) later = NULL;
  g_autoptr (RushesTake) again = NULL;
  g_autofree char *spool = NULL;

  lose (before, DAMAGED);
  after = come_back (before);
  again = rushes_test_house_find (after, take);
  g_assert_true (dex_await_boolean (rushes_queue_forget (after->queue, again), NULL));
  spool = rushes_test_house_list (after, "spool");
  g_assert_cmpstr (spool, ==, "");

  rushes_test_house_leave (after);
  lose (before, SWAPPED);
  later = come_back (before);
  assert_warned (later, NULL);
  g_assert_cmpint (ask (later, "SELECT count (*) FROM takes"), ==, 0);
}

static void
delete_it (RushesTestHouse *house, RushesTake *take, gboolean deleted)
{
  g_autoptr (GError) error = NULL;

  dex_await (rushes_library_set_deleted (house->library, take, deleted), &error);
  g_assert_no_error (error);
}

/* A take that was deleted is out of sight again, and what it costs is not. */
static void
test_deleted (void)
{
  for (guint undone = 0; undone < 2; undone++)
    {
      g_autoptr (RushesTestHouse) before = begin ();
      g_autoptr (RushesTestHouse) after = NULL;
      g_autoptr (RushesTake) take = NULL;

      rushes_test_service_set_busy (before->service, TRUE);
      take = rushes_test_house_order (before, "a kite");
      rushes_test_house_reach (take, RUSHES_TAKE_STATE_RUNNING);
      delete_it (before, take, TRUE);
      if (undone)
        delete_it (before, take, FALSE);
      rushes_test_house_leave (before);
      lose (before, DAMAGED);
      after = come_back (before);
      g_assert_cmpint (ask (after, "SELECT count (*) FROM takes WHERE deleted IS NULL"), ==, undone);
      g_assert_cmpint (ask (after, "SELECT count (*) FROM takes WHERE state = 'unconfirmed'"), ==, 1);
      g_assert_cmpint (ask (after, "SELECT sum (micros) FROM ledger WHERE kind = 'uncertain'"), ==, 200000);
    }
}

/* Of the two projects the take is in the one that the copy does not know; and where there is no copy, nothing else is.
 */
static void
test_project (void)
{
  for (Loss loss = DAMAGED; loss <= GONE; loss++)
    {
      g_autoptr (RushesTestHouse) before = begin ();
      g_autoptr (RushesProject) project = NULL;
      g_autoptr (RushesTestHouse) after = NULL;
      g_autoptr (RushesTake) take = NULL;
      g_autoptr (RushesTake) again = NULL;
      g_autoptr (GError) error = NULL;

      project = dex_await_object (rushes_library_create_project (before->library, "Harbour"), &error);
      g_assert_no_error (error);
      take = leave_running (before, "a kite");
      lose (before, loss);
      after = come_back (before);
      again = rushes_test_house_find (after, take);
      g_assert_cmpstr (rushes_take_get_project_id (again), ==, rushes_project_get_id (project));
      g_assert_nonnull (rushes_library_find_project (after->library, "Harbour"));
      g_assert_cmpint (ask (after, "SELECT count (*) FROM projects"), ==, loss == GONE ? 1 : 2);
      g_assert_cmpint (ask (after, "SELECT count (*) FROM takes_text WHERE takes_text MATCH 'project:harbour'"), ==, 1);
    }
}

/* ---- takes that the copy knows ---- */

/* A take that waits in the copy, and was submitted since. */
static RushesTake *
submit_since (RushesTestHouse *before)
{
  g_autoptr (RushesTestHouse) between = NULL;
  g_autoptr (RushesTake) same = NULL;
  RushesTake *take;

  rushes_test_service_shut (before->service, RUSHES_TEST_PREPARE);
  take = rushes_test_house_order (before, "a kite");
  rushes_test_house_reach (take, RUSHES_TAKE_STATE_PREPARING);
  rushes_test_house_leave (before);
  rushes_test_service_open (before->service, RUSHES_TEST_PREPARE);
  put_away (before);
  between = come_back (before);
  rushes_test_service_set_busy (between->service, TRUE);
  rushes_test_house_resume (between, NULL, 1);
  same = rushes_test_house_find (between, take);
  rushes_test_house_reach (same, RUSHES_TAKE_STATE_RUNNING);
  rushes_test_house_leave (between);
  lose (before, SWAPPED);
  return take;
}

static char *
spool_path (RushesTestHouse *house, const char *sql, const char *suffix)
{
  g_autofree char *path = path_in (house, "library.db");
  g_autoptr (RushesDatabase) database = rushes_database_open (path, TRUE, NULL);
  g_autoptr (GPtrArray) ids = rushes_database_list_texts (database, NULL, sql, "");
  g_autofree char *name = g_strconcat (g_ptr_array_index (ids, 0), suffix, NULL);

  return g_build_filename (house->path, "data", "spool", name, NULL);
}

static const char reply[] = "{\"status\":200,\"address\":\"\",\"headers\":{},\"length\":2}\n{}";

/* It is not sent again: that its record lies there, or an answer to it, says enough. */
static void
test_waiting (void)
{
  for (guint i = 0; i < 3; i++)
    {
      g_autoptr (RushesTestHouse) before = open_house ();
      g_autoptr (RushesTake) take = submit_since (before);
      g_autofree char *spool = spool_path (before, "SELECT id FROM attempts", "");
      g_autofree char *record = spool_path (before, "SELECT id FROM attempts", ".json");
      g_autoptr (RushesTestHouse) after = NULL;
      g_autoptr (RushesTake) again = NULL;

      if (i == 1)
        g_assert_true (g_file_set_contents (record, "{\"version\":1", -1, NULL));
      if (i == 2)
        g_assert_cmpint (g_unlink (record), ==, 0);
      if (i == 2)
        g_assert_true (g_file_set_contents (spool, reply, -1, NULL));
      after = come_back (before);
      assert_warned (after, "1 take was found again");
      again = rushes_test_house_find (after, take);
      g_assert_cmpint (rushes_take_get_state (again), ==, RUSHES_TAKE_STATE_UNCONFIRMED);
      g_assert_cmpint (ask (after, "SELECT count (*) FROM attempts"), ==, 1);
      g_assert_cmpint (ask (after, "SELECT sum (micros) FROM ledger WHERE kind = 'uncertain'"), ==, 200000);
      if (i == 2)
        rushes_test_service_answer (after->service, RUSHES_TEST_RECOVER, accepted ("task-7"));
      rushes_test_house_resume (after, NULL, 1);
      rushes_test_house_expect (after, again, i == 2 ? RUSHES_TAKE_STATE_READY : RUSHES_TAKE_STATE_UNCONFIRMED);
      g_assert_cmpuint (count_submits (after), ==, 0);
    }
}

/* What is to be sent has been answered already: whatever the library says, it was sent. */
static void
test_answered (void)
{
  g_autoptr (RushesTestHouse) before = open_house ();
  g_autoptr (RushesTake) take = submit_since (before);
  g_autofree char *spool = spool_path (before, "SELECT id FROM attempts", "");
  g_autofree char *record = spool_path (before, "SELECT id FROM attempts", ".json");
  g_autoptr (RushesTestHouse) after = NULL;
  g_autoptr (RushesTake) again = NULL;
  g_autoptr (RushesAttempt) attempt = NULL;
  g_autofree char *contents = NULL;

  g_unlink (record);
  g_unlink (spool);
  after = come_back (before);
  assert_warned (after, NULL);
  g_assert_true (g_file_set_contents (spool, reply, -1, NULL));
  rushes_test_house_resume (after, NULL, 1);
  again = rushes_test_house_find (after, take);
  rushes_test_house_expect (after, again, RUSHES_TAKE_STATE_FAILED);
  attempt = rushes_test_house_attempt (after, again);
  g_assert_cmpint (attempt->charged, ==, RUSHES_CHARGED_MAYBE);
  g_assert_cmpuint (count_submits (after), ==, 0);
  g_assert_true (g_file_get_contents (spool, &contents, NULL, NULL));
  g_assert_cmpstr (contents, ==, reply);
}

/* A later attempt of a take that the copy knows. */
static void
test_later_attempt (void)
{
  g_autoptr (RushesTestHouse) before = open_house ();
  g_autoptr (RushesTestHouse) between = NULL;
  g_autoptr (RushesTestHouse) after = NULL;
  g_autoptr (RushesTake) take = NULL;
  g_autoptr (RushesTake) same = NULL;
  g_autoptr (RushesTake) again = NULL;
  g_autoptr (RushesAttempt) attempt = NULL;

  rushes_test_service_refuse (before->service, RUSHES_TEST_SUBMIT,
                              failure (RUSHES_ERROR_REJECTED, RUSHES_CHARGED_NO, FALSE));
  take = rushes_test_house_order (before, "a kite");
  rushes_test_house_expect (before, take, RUSHES_TAKE_STATE_FAILED);
  rushes_test_house_leave (before);
  put_away (before);
  between = come_back (before);
  rushes_test_service_set_busy (between->service, TRUE);
  same = rushes_test_house_find (between, take);
  g_object_unref (dex_await_object (rushes_queue_retry (between->queue, same), NULL));
  rushes_test_house_reach (same, RUSHES_TAKE_STATE_RUNNING);
  rushes_test_house_leave (between);

  lose (before, DAMAGED);
  after = come_back (before);
  again = rushes_test_house_find (after, take);
  assert_found (after, again);
  attempt = rushes_test_house_attempt (after, again);
  g_assert_cmpint (attempt->number, ==, 2);
  g_assert_cmpint (ask (after, "SELECT count (*) FROM attempts"), ==, 2);
  g_assert_cmpint (ask (after, "SELECT count (*) FROM takes"), ==, 1);
}

/* ---- what is no business of it ---- */

/* What is known stays as it is, and a record that is none is not touched. */
static void
test_ignored (void)
{
  static const char *const broken[] = {
    "",
    "null",
    "{\"version\":2}",
    "{\"version\":1,\"attempt\":{\"id\":\"../../library\"}}",
  };
  g_autoptr (RushesTestHouse) before = begin ();
  g_autoptr (RushesTake) take = leave_running (before, "a kite");
  g_autoptr (RushesTestHouse) after = NULL;
  g_autofree char *record = NULL;
  g_autofree char *id = g_strdup (rushes_test_service_get_own_id (before->service, 0));
  g_autofree char *known = g_strdup_printf ("%s.json", id);
  g_autofree char *own = g_build_filename (before->path, "data", "spool", known, NULL);
  g_autofree char *contents = NULL;
  g_autofree char *still = NULL;
  g_autoptr (RushesTake) again = NULL;

  g_assert_true (g_file_get_contents (own, &contents, NULL, NULL));
  for (guint i = 0; i < G_N_ELEMENTS (broken) + 1; i++)
    {
      g_autofree char *name = g_strdup_printf ("0192f3a4-0000-7000-8000-00000000000%u.json", i);
      g_autofree char *path = g_build_filename (before->path, "data", "spool", name, NULL);

      /* The last is a good one, under a name that is not its own. */
      g_assert_true (g_file_set_contents (path, i < G_N_ELEMENTS (broken) ? broken[i] : contents, -1, NULL));
    }

  after = come_back (before);
  assert_warned (after, NULL);
  again = rushes_test_house_find (after, take);
  g_assert_cmpint (rushes_take_get_state (again), ==, RUSHES_TAKE_STATE_RUNNING);
  g_assert_cmpint (ask (after, "SELECT count (*) FROM attempts"), ==, 1);
  record = rushes_test_house_list (after, "spool");
  for (guint i = 0; i < G_N_ELEMENTS (broken) + 1; i++)
    {
      g_autofree char *name = g_strdup_printf ("0192f3a4-0000-7000-8000-00000000000%u.json", i);

      g_assert_nonnull (strstr (record, name));
    }
  g_assert_true (g_file_get_contents (own, &still, NULL, NULL));
  g_assert_cmpstr (still, ==, contents);
}

/* Somebody is still at it. */
static void
test_runner (void)
{
  g_autoptr (RushesTestHouse) before = begin ();
  g_autoptr (RushesTake) take = leave_running (before, "a kite");
  g_autoptr (GFile) data = g_file_new_build_filename (before->path, "data", NULL);
  g_autoptr (RushesFolders) folders = rushes_folders_new (data, data);
  g_autoptr (RushesTestHouse) after = NULL;
  g_autoptr (RushesTestHouse) later = NULL;
  g_autofree char *name = g_strdup_printf ("%s.json", rushes_test_service_get_own_id (before->service, 0));
  g_autofree char *path = g_build_filename (before->path, "data", "spool", name, NULL);
  g_autofree char *contents = NULL;
  g_autofree char *runner = NULL;
  g_autoptr (GError) error = NULL;
  RushesRunner *other;

  lose (before, SWAPPED);
  other = rushes_runner_new (folders, &error);
  g_assert_no_error (error);
  g_assert_true (g_file_get_contents (path, &contents, NULL, NULL));
  runner = strstr (contents, "\"runner\":\"");
  g_assert_nonnull (runner);
  memcpy (runner + strlen ("\"runner\":\""), rushes_runner_get_id (other), strlen (rushes_runner_get_id (other)));
  runner = NULL;
  g_assert_true (g_file_set_contents (path, contents, -1, NULL));

  after = come_back (before);
  g_assert_cmpint (ask (after, "SELECT count (*) FROM takes"), ==, 0);
  rushes_test_house_leave (after);
  rushes_runner_free (other);
  later = come_back (before);
  g_assert_cmpint (ask (later, "SELECT count (*) FROM takes"), ==, 1);
}

int
main (int argc, char **argv)
{
  rushes_test_init (&argc, &argv);

  rushes_test_add_fiber ("/reentry/unknown", test_unknown);
  rushes_test_add_fiber ("/reentry/resume", test_resume);
  rushes_test_add_fiber ("/reentry/no-second-purchase", test_no_second_purchase);
  rushes_test_add_fiber ("/reentry/submit-again", test_submit_again);
  rushes_test_add_fiber ("/reentry/forget", test_forget);
  rushes_test_add_fiber ("/reentry/deleted", test_deleted);
  rushes_test_add_fiber ("/reentry/project", test_project);
  rushes_test_add_fiber ("/reentry/waiting", test_waiting);
  rushes_test_add_fiber ("/reentry/answered", test_answered);
  rushes_test_add_fiber ("/reentry/later-attempt", test_later_attempt);
  rushes_test_add_fiber ("/reentry/ignored", test_ignored);
  rushes_test_add_fiber ("/reentry/runner", test_runner);

  return g_test_run ();
}
