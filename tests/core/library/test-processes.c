/* test-processes.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include <gio/gunixinputstream.h>
#include <signal.h>
#include <stdio.h>

#include "rushes-async.h"
#include "rushes-core.h"
#include "rushes-database.h"
#include "rushes-test-library.h"

/* The test itself, started once more, is the other process. */
static const char *program;

/* ---- the other process ---- */

static void
say (const char *line)
{
  g_print ("%s\n", line);
  fflush (stdout);
}

/* Waits until the test closes our input. */
static void
wait_for_end (void)
{
  g_autoptr (GInputStream) input = g_unix_input_stream_new (0, FALSE);
  guint8 byte;

  while (dex_await_int (dex_input_stream_read (input, &byte, 1, 0), NULL) > 0)
    ;
}

static gboolean
is_cancelling (gpointer take)
{
  return rushes_take_get_cancelling (take);
}

static void
obey (RushesLibrary *library)
{
  g_autoptr (RushesTake) take = rushes_test_order_one (library, "obeys");
  g_autoptr (RushesAttempt) attempt = rushes_test_attempt (library, take);

  rushes_test_walk (library, take, attempt, RUSHES_TAKE_STATE_RUNNING);
  say (rushes_take_get_id (take));
  rushes_test_await (is_cancelling, take);
  rushes_test_step (library, take, attempt, RUSHES_TAKE_STATE_CANCELLED, RUSHES_CHARGED_NO);
}

/* One take in each state in which a process can be when it is killed. */
static void
leave (RushesLibrary *library)
{
  for (RushesTakeState state = RUSHES_TAKE_STATE_QUEUED; state <= RUSHES_TAKE_STATE_FAILED; state++)
    {
      g_autofree char *prompt = g_strdup_printf ("left %s", rushes_take_state_to_string (state));
      g_autoptr (RushesTake) take = rushes_test_order_one (library, prompt);
      g_autoptr (RushesAttempt) attempt = rushes_test_attempt (library, take);

      if (state == RUSHES_TAKE_STATE_FAILED)
        rushes_test_step (library, take, attempt, state, RUSHES_CHARGED_NO);
      else
        rushes_test_walk (library, take, attempt, state);
    }
  say ("left");
}

static void
hammer (RushesLibrary *library)
{
  for (guint i = 0; i < 25; i++)
    {
      g_autoptr (RushesTake) take = rushes_test_order_one (library, "hammer");
      g_autoptr (RushesAttempt) attempt = rushes_test_attempt (library, take);

      rushes_test_walk (library, take, attempt, RUSHES_TAKE_STATE_READY);
    }
  say ("done");
}

/* Has a take at work at a service. */
static void
occupy (RushesLibrary *library)
{
  g_autoptr (RushesTake) take = rushes_test_order_one (library, "occupies");
  g_autoptr (RushesAttempt) attempt = rushes_test_attempt (library, take);
  g_autoptr (RushesKeyMark) key = rushes_key_mark_new ("keyring", "red");

  rushes_test_walk (library, take, attempt, RUSHES_TAKE_STATE_PREPARING);
  rushes_test_expect (
      rushes_library_advance (
          library, take, attempt,
          &(RushesStep) { .to = RUSHES_TAKE_STATE_SUBMITTING, .host = "https://kites.example", .key = key }),
      TRUE);
  rushes_test_step (library, take, attempt, RUSHES_TAKE_STATE_RUNNING, RUSHES_CHARGED_MAYBE);
  say ("occupied");
}

typedef struct
{
  const char *what;
  RushesFolders *folders;
} Other;

static DexFuture *
be_other (gpointer data)
{
  Other *other = data;
  g_autoptr (RushesLibrary) library = rushes_test_open (other->folders);

  if (g_str_equal (other->what, "obey"))
    obey (library);
  else if (g_str_equal (other->what, "leave"))
    leave (library);
  else if (g_str_equal (other->what, "hammer"))
    hammer (library);
  else if (g_str_equal (other->what, "occupy"))
    occupy (library);
  wait_for_end ();
  rushes_test_close (library);

  return dex_future_new_true ();
}

static int
run_other (char **arguments)
{
  g_autoptr (GFile) data = g_file_new_for_path (arguments[1]);
  g_autoptr (GFile) cache = g_file_new_for_path (arguments[2]);
  g_autoptr (RushesFolders) folders = rushes_folders_new (data, cache);
  Other other = { arguments[0], folders };
  g_autoptr (DexFuture) future = NULL;

  rushes_core_init ();
  future = rushes_test_run (rushes_async_spawn (be_other, &other, NULL));

  return dex_future_is_resolved (future) ? 0 : 1;
}

/* ---- talking to it ---- */

typedef struct
{
  GSubprocess *process;
  GDataInputStream *output;
} Process;

static Process *
start (RushesFolders *folders, const char *what)
{
  Process *self = g_new0 (Process, 1);
  g_autoptr (GError) error = NULL;

  self->process = g_subprocess_new (G_SUBPROCESS_FLAGS_STDIN_PIPE | G_SUBPROCESS_FLAGS_STDOUT_PIPE, &error, program,
                                    "--other", what, g_file_peek_path (rushes_folders_get_data (folders)),
                                    g_file_peek_path (rushes_folders_get_data (folders)), NULL);
  g_assert_no_error (error);
  self->output = g_data_input_stream_new (g_subprocess_get_stdout_pipe (self->process));

  return self;
}

static char *
hear (Process *self)
{
  g_autoptr (GError) error = NULL;
  char *line = g_data_input_stream_read_line_utf8 (self->output, NULL, NULL, &error);

  g_assert_no_error (error);
  g_assert_nonnull (line);

  return line;
}

static void
process_free (Process *self)
{
  g_object_unref (self->output);
  g_object_unref (self->process);
  g_free (self);
}

static void
end (Process *self)
{
  g_autoptr (GError) error = NULL;

  g_output_stream_close (g_subprocess_get_stdin_pipe (self->process), NULL, NULL);
  dex_await (dex_subprocess_wait_check (self->process), &error);
  g_assert_no_error (error);
  process_free (self);
}

static void
murder (Process *self)
{
  g_subprocess_send_signal (self->process, SIGKILL);
  g_assert_true (g_subprocess_wait (self->process, NULL, NULL));
  process_free (self);
}

static guint
count_runners (RushesFolders *folders)
{
  g_autoptr (GDir) dir = g_dir_open (g_file_peek_path (rushes_folders_get_runners (folders)), 0, NULL);
  guint n = 0;

  while (g_dir_read_name (dir) != NULL)
    n++;

  return n;
}

/* ---- tests ---- */

static gboolean
is_running (gpointer take)
{
  return rushes_take_get_state (take) == RUSHES_TAKE_STATE_RUNNING;
}

static gboolean
is_cancelled (gpointer take)
{
  return rushes_take_get_state (take) == RUSHES_TAKE_STATE_CANCELLED;
}

static gboolean
has_one (gpointer list)
{
  return g_list_model_get_n_items (list) == 1;
}

static gboolean
counts_one (gpointer project)
{
  return rushes_project_get_n_takes (project) == 1;
}

static void
note (RushesLibrary *library, guint *n)
{
  (*n)++;
}

/* What another process does shows here by itself, and what is wished for here is obeyed there. */
static void
test_follow (void)
{
  g_autoptr (RushesFolders) folders = rushes_test_folders ();
  g_autoptr (RushesLibrary) library = rushes_test_open (folders);
  g_autoptr (GListModel) list = rushes_library_list_takes (library, NULL);
  g_autoptr (RushesProject) project = g_list_model_get_item (rushes_library_get_projects (library), 0);
  g_autoptr (RushesTake) take = NULL;
  Process *other = start (folders, "obey");
  g_autofree char *id = hear (other);
  guint n_changed = 0;
  gint64 start_time;

  g_signal_connect (library, "changed", G_CALLBACK (note), &n_changed);
  rushes_test_await (has_one, list);
  take = g_list_model_get_item (list, 0);
  g_assert_cmpstr (rushes_take_get_id (take), ==, id);
  rushes_test_await (is_running, take);
  rushes_test_await (counts_one, project);
  g_assert_cmpstr (rushes_take_get_title (take), ==, "obeys");

  start_time = g_get_monotonic_time ();
  rushes_test_expect (rushes_library_request_cancel (library, take), TRUE);
  rushes_test_await (is_cancelled, take);
  g_test_message ("a wish was obeyed after %.1f ms", (g_get_monotonic_time () - start_time) / 1000.0);
  g_assert_cmpuint (n_changed, >, 0);
  end (other);
  rushes_test_close (library);
}

static gboolean
is_set (gpointer n)
{
  return *(guint *) n > 0;
}

/* Writing a lot oneself makes nobody read it all again: of all that is written here only the last is another's. */
static void
test_own_writes (void)
{
  g_autoptr (RushesFolders) folders = rushes_test_folders ();
  g_autoptr (RushesLibrary) library = rushes_test_open (folders);
  g_autoptr (RushesLibrary) other = rushes_test_open (folders);
  g_autoptr (RushesTake) take = rushes_test_order_one (library, "mine");
  g_autoptr (RushesTake) same = NULL;
  guint n_changed = 0;

  same = dex_await_object (rushes_library_find_take (other, rushes_take_get_id (take)), NULL);
  g_signal_connect (library, "changed", G_CALLBACK (note), &n_changed);
  for (guint i = 0; i < 100; i++)
    rushes_test_expect (rushes_library_star (library, take, i % 2 == 0), TRUE);
  rushes_test_expect (rushes_library_set_note (other, same, "theirs"), TRUE);
  rushes_test_await (is_set, &n_changed);
  g_assert_cmpuint (n_changed, ==, 1);
  g_assert_cmpstr (rushes_take_get_note (take), ==, "theirs");
  rushes_test_close (library);
  rushes_test_close (other);
}

/* A process may be killed at any line. */
static void
touch (GFile *folder, const char *name, const char *extension)
{
  g_autofree char *file = g_strconcat (name, extension, NULL);
  g_autofree char *path = g_build_filename (g_file_peek_path (folder), file, NULL);

  g_assert_true (g_file_set_contents (path, "left over", -1, NULL));
}

static void
assert_there (GFile *folder, const char *name, gboolean there)
{
  g_autofree char *path = g_build_filename (g_file_peek_path (folder), name, NULL);

  g_assert_true (g_file_test (path, G_FILE_TEST_EXISTS) == there);
}

static void
test_left_over (void)
{
  g_autoptr (RushesFolders) folders = rushes_test_folders ();
  GFile *spool = rushes_folders_get_spool (folders);
  g_autoptr (RushesLibrary) library = rushes_test_open (folders);
  g_autoptr (GPtrArray) ids = g_ptr_array_new_with_free_func (g_free);
  static const struct
  {
    RushesTakeState states[2];
    RushesCharged charged;
    gboolean stays;
  } rows[] = {
    { { RUSHES_TAKE_STATE_DOWNLOADING, RUSHES_TAKE_STATE_READY }, RUSHES_CHARGED_YES, FALSE },
    { { RUSHES_TAKE_STATE_RUNNING, RUSHES_TAKE_STATE_FAILED }, RUSHES_CHARGED_NO, FALSE },
    { { RUSHES_TAKE_STATE_RUNNING, RUSHES_TAKE_STATE_FAILED }, RUSHES_CHARGED_MAYBE, TRUE },
    { { RUSHES_TAKE_STATE_SUBMITTING, RUSHES_TAKE_STATE_UNCONFIRMED }, RUSHES_CHARGED_MAYBE, TRUE },
    { { RUSHES_TAKE_STATE_PREPARING, RUSHES_TAKE_STATE_SUBMITTING }, RUSHES_CHARGED_MAYBE, TRUE },
  };

  for (guint i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      g_autoptr (RushesTake) take = rushes_test_order_one (library, "left over");
      g_autoptr (RushesAttempt) attempt = rushes_test_attempt (library, take);

      rushes_test_walk (library, take, attempt, rows[i].states[0]);
      rushes_test_step (library, take, attempt, rows[i].states[1], rows[i].charged);
      touch (spool, attempt->id, "");
      touch (spool, attempt->id, ".clip");
      g_ptr_array_add (ids, g_strdup (attempt->id));
    }
  touch (spool, "of-nobody", "");
  touch (rushes_folders_get_runners (folders), "01a1fec2-cf6d-70a4-b920-cf5e09e17f2c", ".new");
  touch (rushes_folders_get_runners (folders), "01a1fec2-dddf-70a4-ab72-d6e467bfda29", "");
  rushes_test_close (library);
  g_clear_object (&library);

  library = rushes_test_open (folders);
  g_assert_cmpuint (count_runners (folders), ==, 1);
  for (guint i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      const char *id = g_ptr_array_index (ids, i);
      g_autofree char *clip = g_strconcat (id, ".clip", NULL);

      assert_there (spool, id, rows[i].stays);
      assert_there (spool, clip, rows[i].stays);
    }
  /* A library that had to be set aside may have known of it. */
  assert_there (spool, "of-nobody", TRUE);
  rushes_test_close (library);
}

static void
test_adopt (void)
{
  g_autoptr (RushesFolders) folders = rushes_test_folders ();
  g_autoptr (RushesLibrary) library = rushes_test_open (folders);
  g_autoptr (GListModel) list = rushes_library_list_takes (library, NULL);
  g_autoptr (GPtrArray) none = NULL;
  g_autoptr (GPtrArray) adopted = NULL;
  g_autoptr (GPtrArray) again = NULL;
  Process *other = start (folders, "leave");
  g_autofree char *line = hear (other);
  const RushesTakeState states[] = { RUSHES_TAKE_STATE_QUEUED, RUSHES_TAKE_STATE_PREPARING,
                                     RUSHES_TAKE_STATE_UNCONFIRMED, RUSHES_TAKE_STATE_RUNNING,
                                     RUSHES_TAKE_STATE_DOWNLOADING };
  guint n_gone = 0;

  /* Not while it lives. */
  none = dex_await_boxed (rushes_library_adopt (library, NULL), NULL);
  g_assert_cmpuint (none->len, ==, 0);
  g_assert_cmpuint (count_runners (folders), ==, 2);

  /* That it died is told, without anybody asking. */
  g_signal_connect (library, "runner-gone", G_CALLBACK (note), &n_gone);
  murder (other);
  rushes_test_await (is_set, &n_gone);
  adopted = dex_await_boxed (rushes_library_adopt (library, NULL), NULL);
  g_assert_cmpuint (adopted->len, ==, G_N_ELEMENTS (states));
  g_assert_cmpuint (count_runners (folders), ==, 1);
  for (guint i = 0; i < adopted->len; i++)
    {
      RushesTake *take = g_ptr_array_index (adopted, i);
      g_autoptr (RushesAttempt) attempt = rushes_test_attempt (library, take);

      g_assert_cmpint (rushes_take_get_state (take), ==, states[i]);
      g_assert_cmpint (attempt->state, ==, states[i]);
      if (states[i] == RUSHES_TAKE_STATE_UNCONFIRMED)
        {
          g_assert_error (rushes_take_get_error (take), RUSHES_ERROR, RUSHES_ERROR_NETWORK);
          g_assert_cmpint (rushes_error_get_charged (rushes_take_get_error (take)), ==, RUSHES_CHARGED_MAYBE);
        }
      /* From here on they are ours. */
      else
        rushes_test_walk (library, take, attempt, RUSHES_TAKE_STATE_READY);
    }
  again = dex_await_boxed (rushes_library_adopt (library, NULL), NULL);
  g_assert_cmpuint (again->len, ==, 0);
  rushes_test_close (library);
}

static void
test_adopt_one (void)
{
  g_autoptr (RushesFolders) folders = rushes_test_folders ();
  g_autoptr (RushesLibrary) library = rushes_test_open (folders);
  Process *other = start (folders, "leave");
  g_autofree char *line = hear (other);
  g_autoptr (RushesTakeFilter) filter = rushes_take_filter_new ();
  g_autoptr (GPtrArray) running = NULL;
  g_autoptr (GPtrArray) adopted = NULL;
  g_autoptr (GPtrArray) rest = NULL;
  guint n_gone = 0;

  /* A process that ends in an orderly way leaves its takes as well. */
  g_signal_connect (library, "runner-gone", G_CALLBACK (note), &n_gone);
  end (other);
  rushes_test_await (is_set, &n_gone);
  filter->state = g_strdup ("running");
  running = dex_await_boxed (rushes_library_page_takes (library, filter, NULL, 10), NULL);
  g_assert_cmpuint (running->len, ==, 1);
  adopted = dex_await_boxed (rushes_library_adopt (library, g_ptr_array_index (running, 0)), NULL);
  g_assert_cmpuint (adopted->len, ==, 1);
  g_assert_true (g_ptr_array_index (adopted, 0) == g_ptr_array_index (running, 0));
  rest = dex_await_boxed (rushes_library_adopt (library, NULL), NULL);
  g_assert_cmpuint (rest->len, ==, 4);
  rushes_test_close (library);
}

/* Two that find the same orphans share them without quarrel: each attempt gets one runner. */
static void
test_adopt_together (void)
{
  g_autoptr (RushesFolders) folders = rushes_test_folders ();
  g_autoptr (RushesLibrary) a = rushes_test_open (folders);
  g_autoptr (RushesLibrary) b = rushes_test_open (folders);
  Process *other = start (folders, "leave");
  g_autofree char *line = hear (other);
  DexFuture *first, *second;
  g_autoptr (GPtrArray) ours = NULL;
  g_autoptr (GPtrArray) theirs = NULL;

  murder (other);
  first = rushes_library_adopt (a, NULL);
  second = rushes_library_adopt (b, NULL);
  ours = dex_await_boxed (first, NULL);
  theirs = dex_await_boxed (second, NULL);
  g_assert_cmpuint (ours->len + theirs->len, ==, 5);
  rushes_test_close (a);
  rushes_test_close (b);
}

static gboolean
has_hundred (gpointer list)
{
  return g_list_model_get_n_items (list) == 100;
}

/* Four processes that write as fast as they can: everything arrives, nothing is locked out, and all see the same in the
 * end. */
static void
test_hammer (void)
{
  g_autoptr (RushesFolders) folders = rushes_test_folders ();
  g_autoptr (RushesLibrary) library = rushes_test_open (folders);
  g_autoptr (GListModel) list = rushes_library_list_takes (library, NULL);
  g_autofree char *path = rushes_test_path (folders, "library.db");
  g_autoptr (RushesDatabase) database = NULL;
  Process *others[3];

  for (guint i = 0; i < G_N_ELEMENTS (others); i++)
    others[i] = start (folders, "hammer");
  hammer (library);
  for (guint i = 0; i < G_N_ELEMENTS (others); i++)
    {
      g_autofree char *line = hear (others[i]);

      g_assert_cmpstr (line, ==, "done");
    }
  rushes_test_await (has_hundred, list);
  for (guint i = 0; i < 100; i++)
    {
      g_autoptr (RushesTake) take = g_list_model_get_item (list, i);

      while (!rushes_take_get_loaded (take))
        dex_await (rushes_async_sleep (0.001), NULL);
      g_assert_cmpint (rushes_take_get_state (take), ==, RUSHES_TAKE_STATE_READY);
    }
  for (guint i = 0; i < G_N_ELEMENTS (others); i++)
    end (others[i]);
  rushes_test_close (library);

  database = rushes_database_open (path, FALSE, NULL);
  g_assert_cmpint (rushes_database_get_int (database, NULL, "SELECT count (*) FROM attempts WHERE state = 'ready'", ""),
                   ==, 100);
  g_assert_cmpint (rushes_database_get_int (database, NULL, "SELECT count (*) FROM pragma_foreign_key_check", ""), ==,
                   0);
  g_assert_cmpint (rushes_database_get_int (database, NULL, "SELECT quick_check = 'ok' FROM pragma_quick_check", ""),
                   ==, 1);
  g_assert_cmpuint (count_runners (folders), ==, 0);
}

/* What two others have at work leaves no room here in the very transaction that a submit begins with, until they are
 * gone. */
static void
test_room (void)
{
  g_autoptr (RushesFolders) folders = rushes_test_folders ();
  g_autoptr (RushesLibrary) library = rushes_test_open (folders);
  g_autoptr (RushesTake) take = rushes_test_order_one (library, "waits");
  g_autoptr (RushesAttempt) attempt = rushes_test_attempt (library, take);
  g_autoptr (RushesKeyMark) key = rushes_key_mark_new ("variable", "red");
  g_autoptr (RushesKeyMark) other_key = rushes_key_mark_new ("keyring", "blue");
  RushesStep step = {
    .to = RUSHES_TAKE_STATE_SUBMITTING, .host = "https://kites.example", .key = key, .bounded = TRUE
  };
  Process *others[] = { start (folders, "occupy"), start (folders, "occupy") };

  for (guint i = 0; i < G_N_ELEMENTS (others); i++)
    g_free (hear (others[i]));
  g_assert_cmpint (dex_await_int (rushes_library_count_elsewhere (library, "https://kites.example", key), NULL), ==, 2);
  g_assert_cmpint (dex_await_int (rushes_library_count_elsewhere (library, "https://kites.example", other_key), NULL),
                   ==, 0);
  g_assert_cmpint (dex_await_int (rushes_library_count_elsewhere (library, "https://boats.example", key), NULL), ==, 0);

  rushes_test_walk (library, take, attempt, RUSHES_TAKE_STATE_PREPARING);
  for (step.room = 0; step.room < 2; step.room++)
    g_free (
        rushes_test_expect_error (rushes_library_advance (library, take, attempt, &step), RUSHES_ERROR_RATE_LIMITED));
  g_assert_cmpint (attempt->state, ==, RUSHES_TAKE_STATE_PREPARING);

  /* One of them is gone, however it went. */
  murder (others[0]);
  step.room = 0;
  g_free (rushes_test_expect_error (rushes_library_advance (library, take, attempt, &step), RUSHES_ERROR_RATE_LIMITED));
  step.room = 1;
  rushes_test_expect (rushes_library_advance (library, take, attempt, &step), TRUE);
  end (others[1]);
  rushes_test_close (library);
}

int
main (int argc, char **argv)
{
  program = argv[0];
  if (argc == 5 && g_str_equal (argv[1], "--other"))
    return run_other (argv + 2);

  rushes_test_init (&argc, &argv);

  rushes_test_add_fiber ("/processes/follow", test_follow);
  rushes_test_add_fiber ("/processes/own-writes", test_own_writes);
  rushes_test_add_fiber ("/processes/left-over", test_left_over);
  rushes_test_add_fiber ("/processes/adopt", test_adopt);
  rushes_test_add_fiber ("/processes/adopt/one", test_adopt_one);
  rushes_test_add_fiber ("/processes/adopt/together", test_adopt_together);
  rushes_test_add_fiber ("/processes/hammer", test_hammer);
  rushes_test_add_fiber ("/processes/room", test_room);

  return g_test_run ();
}
