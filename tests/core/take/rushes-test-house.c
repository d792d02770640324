/* rushes-test-house.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "rushes-test-house.h"

#include "rushes-async.h"
#include "rushes-error.h"
#include "rushes-queue-private.h"

static void
on_ended (RushesQueue *queue, RushesTake *take, RushesTestHouse *self)
{
  g_assert_false (rushes_take_state_is_active (rushes_take_get_state (take)));
  self->n_ended++;
}

static RushesTestHouse *
open_at (const char *path, RushesTestService *service)
{
  RushesTestHouse *self = g_new0 (RushesTestHouse, 1);
  g_autoptr (GFile) data = g_file_new_build_filename (path, "data", NULL);
  g_autoptr (GFile) cache = g_file_new_build_filename (path, "cache", NULL);
  g_autoptr (RushesFolders) folders = rushes_folders_new (data, cache);
  g_autoptr (GError) error = NULL;

  self->path = g_strdup (path);
  self->library = dex_await_object (rushes_library_open (folders, RUSHES_LIBRARY_OPEN_DEFAULT), &error);
  g_assert_no_error (error);
  self->service = service;
  self->registry = rushes_registry_new ();
  rushes_registry_add (self->registry, RUSHES_PROVIDER (self->service));
  self->queue = rushes_queue_new (self->library, self->registry, NULL);
  rushes_queue_set_second (self->queue, RUSHES_TEST_SECOND);
  g_signal_connect (self->queue, "take-ended", G_CALLBACK (on_ended), self);
  self->messages = g_string_new (NULL);
  self->states = g_string_new (NULL);

  return self;
}

RushesTestHouse *
rushes_test_house_new_with (RushesTestService *service)
{
  g_autofree char *path = rushes_test_folder ();

  return open_at (path, service);
}

RushesTestHouse *
rushes_test_house_new (const char *engine, guint slots)
{
  return rushes_test_house_new_with (rushes_test_service_new (engine, slots));
}

RushesTestHouse *
rushes_test_house_again_with (RushesTestHouse *before, RushesTestService *service)
{
  return open_at (before->path, service);
}

RushesTestHouse *
rushes_test_house_again (RushesTestHouse *before, const char *engine)
{
  return rushes_test_house_again_with (before, rushes_test_service_new (engine, 1));
}

void
rushes_test_house_crash (RushesTestHouse *self)
{
  g_autoptr (GError) error = NULL;

  if (self->closed)
    return;
  self->closed = TRUE;
  dex_await (rushes_library_close (self->library), &error);
  g_assert_no_error (error);
}

void
rushes_test_house_leave (RushesTestHouse *self)
{
  g_autoptr (GError) error = NULL;

  if (self->queue == NULL)
    return;
  dex_await (rushes_queue_stop (self->queue), &error);
  g_assert_no_error (error);
  g_assert_cmpuint (rushes_queue_get_n_active (self->queue), ==, 0);
  g_signal_handlers_disconnect_by_data (self->queue, self);
  g_clear_object (&self->queue);
  rushes_test_house_crash (self);
}

void
rushes_test_house_free (RushesTestHouse *self)
{
  rushes_test_house_leave (self);
  g_object_unref (self->registry);
  g_object_unref (self->service);
  g_object_unref (self->library);
  g_string_free (self->messages, TRUE);
  g_string_free (self->states, TRUE);
  g_free (self->path);
  g_free (self);
}

RushesDraft *
rushes_test_house_draft (const char *prompt)
{
  RushesDraft *draft = rushes_draft_new ();

  rushes_draft_set_model (draft, "kites", "red");
  rushes_draft_set_prompt (draft, prompt);
  return draft;
}

static void
on_message (RushesTake *take, GParamSpec *pspec, GString *messages)
{
  if (rushes_take_get_message (take) != NULL)
    g_string_append_printf (messages, "%s\n", rushes_take_get_message (take));
}

static void
on_state (RushesTake *take, GParamSpec *pspec, GString *states)
{
  g_string_append_printf (states, "%s ", rushes_take_state_to_string (rushes_take_get_state (take)));
}

RushesTake *
rushes_test_house_order (RushesTestHouse *self, const char *prompt)
{
  g_autoptr (RushesDraft) draft = rushes_test_house_draft (prompt);
  g_autoptr (RushesProject) project = g_list_model_get_item (rushes_library_get_projects (self->library), 0);
  g_autofree char *order_id = rushes_new_id ();
  g_autoptr (GPtrArray) takes = NULL;
  g_autoptr (GError) error = NULL;
  RushesTake *take;

  takes = dex_await_boxed (rushes_queue_generate (self->queue, project, draft, NULL, order_id), &error);
  g_assert_no_error (error);
  g_assert_cmpuint (takes->len, ==, 1);
  take = g_object_ref (g_ptr_array_index (takes, 0));
  g_signal_connect_data (take, "notify::message", G_CALLBACK (on_message), self->messages, NULL, 0);
  g_signal_connect_data (take, "notify::state", G_CALLBACK (on_state), self->states, NULL, 0);
  return take;
}

RushesAttempt *
rushes_test_house_attempt (RushesTestHouse *self, RushesTake *take)
{
  g_autoptr (GError) error = NULL;
  RushesAttempt *attempt = dex_await_boxed (rushes_library_load_attempt (self->library, take), &error);

  g_assert_no_error (error);
  return attempt;
}

void
rushes_test_house_expect (RushesTestHouse *self, RushesTake *take, RushesTakeState state)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (RushesTake) same = dex_await_object (rushes_queue_await (self->queue, take), &error);

  g_assert_no_error (error);
  g_assert_true (same == take);
  g_assert_cmpstr (rushes_take_state_to_string (rushes_take_get_state (take)), ==, rushes_take_state_to_string (state));
}

void
rushes_test_house_reach (RushesTake *take, RushesTakeState state)
{
  gint64 until = g_get_monotonic_time () + 20 * G_USEC_PER_SEC;

  while (rushes_take_get_state (take) != state && g_get_monotonic_time () < until)
    dex_await (rushes_async_sleep (0.001), NULL);
  g_assert_cmpstr (rushes_take_state_to_string (rushes_take_get_state (take)), ==, rushes_take_state_to_string (state));
}

void
rushes_test_house_called (RushesTestHouse *self, RushesTestCall call, guint times)
{
  gint64 until = g_get_monotonic_time () + 20 * G_USEC_PER_SEC;

  while (rushes_test_service_count (self->service, call) < times && g_get_monotonic_time () < until)
    dex_await (rushes_async_sleep (0.001), NULL);
  g_assert_cmpuint (rushes_test_service_count (self->service, call), >=, times);
}

void
rushes_test_house_cancel (RushesTestHouse *self, RushesTake *take)
{
  g_autoptr (GError) error = NULL;

  dex_await (rushes_queue_cancel (self->queue, take), &error);
  g_assert_no_error (error);
}

void
rushes_test_house_resume (RushesTestHouse *self, RushesTake *take, int expected)
{
  g_autoptr (GError) error = NULL;
  int n = dex_await_int (rushes_queue_resume (self->queue, take), &error);

  g_assert_no_error (error);
  g_assert_cmpint (n, ==, expected);
}

static int
compare_names (gconstpointer a, gconstpointer b)
{
  return g_strcmp0 (*(const char *const *) a, *(const char *const *) b);
}

static void
collect (const char *path, GPtrArray *names)
{
  g_autoptr (GDir) dir = g_dir_open (path, 0, NULL);
  const char *name;

  while (dir != NULL && (name = g_dir_read_name (dir)) != NULL)
    {
      g_autofree char *child = g_build_filename (path, name, NULL);

      if (g_file_test (child, G_FILE_TEST_IS_DIR))
        collect (child, names);
      else
        g_ptr_array_add (names, g_strdup (name));
    }
}

char *
rushes_test_house_list (RushesTestHouse *self, const char *folder)
{
  g_autofree char *path = g_build_filename (self->path, "data", folder, NULL);
  g_autoptr (GPtrArray) names = g_ptr_array_new_with_free_func (g_free);

  collect (path, names);
  g_ptr_array_sort (names, compare_names);
  g_ptr_array_add (names, NULL);
  return g_strjoinv (" ", (char **) names->pdata);
}

RushesTake *
rushes_test_house_find (RushesTestHouse *self, RushesTake *take)
{
  g_autoptr (GError) error = NULL;
  RushesTake *found = dex_await_object (rushes_library_find_take (self->library, rushes_take_get_id (take)), &error);

  g_assert_no_error (error);
  g_assert_true (rushes_take_get_loaded (found));
  return found;
}
