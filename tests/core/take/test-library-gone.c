/* test-library-gone.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

/* The library's file is removed or replaced under a running process: what is done from then on would be written where
 * nobody finds it, so that nothing is done. */

#include <glib/gstdio.h>

#include "rushes-async.h"
#include "rushes-error.h"
#include "rushes-test-house.h"

#define SENTENCE "removed or replaced while Rushes was running"

static char *
library_path (RushesTestHouse *house, const char *name)
{
  RushesFolders *folders = rushes_library_get_folders (house->library);

  return g_build_filename (g_file_peek_path (rushes_folders_get_data (folders)), name, NULL);
}

static void
await_problem (RushesTestHouse *house)
{
  gint64 end = g_get_monotonic_time () + 20 * G_USEC_PER_SEC;

  while (rushes_library_get_problem (house->library) == NULL && g_get_monotonic_time () < end)
    dex_await (rushes_async_sleep (0.005), NULL);
  g_assert_error (rushes_library_get_problem (house->library), RUSHES_ERROR, RUSHES_ERROR_STORAGE);
  g_assert_nonnull (strstr (rushes_library_get_problem (house->library)->message, SENTENCE));
}

static void
take_away (RushesTestHouse *house)
{
  g_autofree char *path = library_path (house, "library.db");

  g_assert_cmpint (g_unlink (path), ==, 0);
}

/* Another library under the same name, as somebody does who copies an old one back. */
static void
replace (RushesTestHouse *house)
{
  g_autofree char *path = library_path (house, "library.db");
  g_autofree char *other = library_path (house, "library-old.db");
  g_autofree char *content = NULL;
  gsize length;

  g_assert_true (g_file_get_contents (path, &content, &length, NULL));
  g_assert_true (g_file_set_contents (other, content, length, NULL));
  g_assert_cmpint (g_rename (other, path), ==, 0);
}

static GError *
await_end (DexFuture *end)
{
  GError *error = NULL;

  g_assert_false (dex_await (end, &error));
  return error;
}

/* What waits for its turn is not sent, and nothing new is taken. */
static void
assert_nothing_sent (void (*away) (RushesTestHouse *house))
{
  g_autoptr (RushesTestHouse) house = rushes_test_house_new ("http", 1);
  g_autoptr (RushesTake) running = NULL;
  g_autoptr (RushesTake) waiting = NULL;
  g_autoptr (RushesDraft) draft = rushes_test_house_draft ("one more");
  g_autoptr (RushesProject) project = g_list_model_get_item (rushes_library_get_projects (house->library), 0);
  g_autofree char *order_id = rushes_new_id ();
  g_autoptr (GError) first = NULL;
  g_autoptr (GError) second = NULL;
  g_autoptr (GError) third = NULL;
  DexFuture *first_end, *second_end;

  rushes_test_service_set_busy (house->service, TRUE);
  running = rushes_test_house_order (house, "a kite");
  waiting = rushes_test_house_order (house, "a boat");
  rushes_test_house_reach (running, RUSHES_TAKE_STATE_RUNNING);

  first_end = rushes_queue_await (house->queue, running);
  second_end = rushes_queue_await (house->queue, waiting);
  away (house);
  await_problem (house);
  rushes_test_service_set_busy (house->service, FALSE);
  first = await_end (first_end);
  second = await_end (second_end);
  g_assert_error (first, RUSHES_ERROR, RUSHES_ERROR_STORAGE);
  g_assert_error (second, RUSHES_ERROR, RUSHES_ERROR_STORAGE);
  g_assert_nonnull (strstr (second->message, SENTENCE));
  g_assert_cmpuint (rushes_queue_get_n_active (house->queue), ==, 0);
  g_error_free (await_end (rushes_queue_await (house->queue, waiting)));

  g_assert_false (dex_await (rushes_queue_generate (house->queue, project, draft, NULL, order_id), &third));
  g_assert_error (third, RUSHES_ERROR, RUSHES_ERROR_STORAGE);
  g_assert_nonnull (strstr (third->message, SENTENCE));
  g_assert_cmpuint (rushes_test_service_count (house->service, RUSHES_TEST_SUBMIT), ==, 1);
}

/* It was accepted while the file went: the id of the task is all that is left to ask for it with, and is said. */
static void
test_accepted (void)
{
  g_autoptr (RushesTestHouse) house = rushes_test_house_new ("http", 1);
  g_autoptr (RushesTake) take = NULL;
  g_autoptr (GError) error = NULL;
  RushesAnswer *answer = rushes_answer_new (RUSHES_PHASE_RUNNING);
  DexFuture *end;

  answer->task_id = g_strdup ("task-4711");
  rushes_test_service_answer (house->service, RUSHES_TEST_SUBMIT, answer);
  rushes_test_service_shut (house->service, RUSHES_TEST_SUBMIT);
  take = rushes_test_house_order (house, "a kite");
  rushes_test_house_called (house, RUSHES_TEST_SUBMIT, 1);

  end = rushes_queue_await (house->queue, take);
  take_away (house);
  await_problem (house);
  rushes_test_service_open (house->service, RUSHES_TEST_SUBMIT);
  error = await_end (end);
  g_assert_error (error, RUSHES_ERROR, RUSHES_ERROR_STORAGE);
  g_assert_nonnull (strstr (error->message, "task-4711"));
  g_assert_nonnull (strstr (error->message, SENTENCE));
  g_assert_cmpint (rushes_error_get_charged (error), ==, RUSHES_CHARGED_MAYBE);
}

static void
test_removed (void)
{
  assert_nothing_sent (take_away);
}

static void
test_replaced (void)
{
  assert_nothing_sent (replace);
}

int
main (int argc, char **argv)
{
  rushes_test_init (&argc, &argv);
  rushes_test_add_fiber ("/library-gone/removed", test_removed);
  rushes_test_add_fiber ("/library-gone/replaced", test_replaced);
  rushes_test_add_fiber ("/library-gone/accepted", test_accepted);

  return g_test_run ();
}
