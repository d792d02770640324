/* test-cli-reentry.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

/* The library is lost while services work on takes, and its backup is older than they are: they are found again, are
 * paid for once, and their clips come. */

#include <glib/gstdio.h>
#include <string.h>

#include "rushes-cli-run.h"
#include "rushes-test-simulator.h"
#include "rushes-test.h"

/* How far a take has come when its process and the library go. */
typedef enum
{
  NO_REPLY, /* it was accepted, and the answer is on its way */
  REPLY,    /* the answer lies in the spool, and nobody has read it to its end */
  RUNNING,  /* its task is known to a library that is lost */
} Moment;

typedef struct
{
  const char *provider;
  const char *variable;
  const char *model;
  const char *fault;
  Moment moment;
} Scene;

static const Scene scenes[] = {
  { "kling", "RUSHES_KEY_KLING", "kling-v2-6", "slow-submit=60", NO_REPLY },
  { "grok-chat", "RUSHES_KEY_GROK_CHAT", "grok-imagine-1.0-video", "sse-early=never", REPLY },
  { "runway", "RUSHES_KEY_RUNWAY", "gen4.5", NULL, RUNNING },
};

#define N_SCENES G_N_ELEMENTS (scenes)

typedef struct
{
  Home *home;
  RushesTestSimulator *simulators[N_SCENES];
  GSubprocess *processes[N_SCENES];
  char *takes[N_SCENES];
} Play;

static void
play_clear (Play *self)
{
  for (guint i = 0; i < N_SCENES; i++)
    {
      g_clear_pointer (&self->simulators[i], rushes_test_simulator_free);
      g_clear_object (&self->processes[i]);
      g_free (self->takes[i]);
    }
  home_free (self->home);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Play, play_clear)

static gboolean
has_answer (Play *self)
{
  g_autofree char *folder = g_build_filename (self->home->library, "spool", NULL);
  g_autoptr (GDir) files = g_dir_open (folder, 0, NULL);
  gboolean found = FALSE;
  const char *name;

  while (!found && files != NULL && (name = g_dir_read_name (files)) != NULL)
    {
      g_autofree char *path = g_build_filename (folder, name, NULL);
      g_autofree char *contents = NULL;
      gsize size;

      found = !g_str_has_suffix (name, ".json") && g_file_get_contents (path, &contents, &size, NULL) &&
              memmem (contents, size, "controls", strlen ("controls")) != NULL;
    }
  return found;
}

static gboolean
is_there (Play *self, guint i, Moment moment)
{
  return moment == NO_REPLY ? rushes_test_simulator_count (self->simulators[i], "submits") == 1 : has_answer (self);
}

/* Begins a take and kills its process at its moment. */
static void
act (Play *self, guint i)
{
  const Scene *scene = &scenes[i];
  gint64 end = g_get_monotonic_time () + 60 * G_USEC_PER_SEC;
  g_autoptr (GDataInputStream) lines = NULL;
  g_autoptr (JsonObject) queued = NULL;
  g_autoptr (Run) rest = NULL;

  self->simulators[i] = rushes_test_simulator_new (scene->provider, scene->fault, NULL);
  g_subprocess_launcher_setenv (self->home->launcher, scene->variable, RUSHES_TEST_KEY, TRUE);
  self->processes[i] = start_rushes (self->home, "generate", scene->provider, "-p", scene->provider, "-m", scene->model,
                                     "--base-url", rushes_test_simulator_get_url (self->simulators[i]), "--json", NULL);
  lines = g_data_input_stream_new (g_subprocess_get_stdout_pipe (self->processes[i]));
  g_filter_input_stream_set_close_base_stream (G_FILTER_INPUT_STREAM (lines), FALSE);
  queued = await_event (lines, "queued");
  self->takes[i] = g_strdup (json_object_get_string_member (queued, "take"));
  if (scene->moment == RUNNING)
    json_object_unref (await_event (lines, "submitted"));
  else
    while (!is_there (self, i, scene->moment) && g_get_monotonic_time () < end)
      g_usleep (5000);
  g_subprocess_force_exit (self->processes[i]);
  rest = finish_run (self->processes[i]);
  g_assert_cmpint (rest->status, ==, 128 + 9);
  g_assert_cmpuint (rushes_test_simulator_count (self->simulators[i], "submits"), ==, 1);
}

/* ---- the library ---- */

static void
copy (const char *from, const char *to)
{
  g_autoptr (GFile) source = g_file_new_for_path (from);
  g_autoptr (GFile) target = g_file_new_for_path (to);
  g_autoptr (GError) error = NULL;

  g_file_copy (source, target, G_FILE_COPY_OVERWRITE, NULL, NULL, NULL, &error);
  g_assert_no_error (error);
}

static char *
make_copy (Home *home)
{
  g_autofree char *library = g_build_filename (home->library, "library.db", NULL);
  char *older = home_path (home, "older.db");
  g_autoptr (Run) run = run_rushes (home, "projects", "create", "Harbour", NULL);

  g_assert_cmpint (run->status, ==, 0);
  copy (library, older);
  return older;
}

/* The only backup that is left is @older. */
static void
lose (Home *home, const char *older)
{
  g_autofree char *library = g_build_filename (home->library, "library.db", NULL);
  g_autofree char *journal = g_strconcat (library, "-wal", NULL);
  g_autofree char *backups = g_build_filename (home->library, "backups", NULL);
  g_autofree char *daily = g_build_filename (backups, "daily-20250101.db", NULL);
  g_autoptr (GDir) dir = NULL;
  const char *name;

  g_mkdir_with_parents (backups, 0700);
  dir = g_dir_open (backups, 0, NULL);
  while ((name = g_dir_read_name (dir)) != NULL)
    {
      g_autofree char *path = g_build_filename (backups, name, NULL);

      g_unlink (path);
    }
  copy (older, daily);
  g_unlink (journal);
  g_assert_true (g_file_set_contents (library, "eggs, butter, a paper boat", -1, NULL));
}

static JsonObject *
nth (Run *run, guint n)
{
  g_assert_cmpuint (run->events->len, >, n);
  return g_ptr_array_index (run->events, n);
}

/* ---- the play ---- */

static void
check_all (Play *self)
{
  GSubprocess *checks[N_SCENES];

  for (guint i = 0; i < N_SCENES; i++)
    checks[i] = start_rushes (self->home, "takes", "check", self->takes[i], "--json", NULL);
  for (guint i = 0; i < N_SCENES; i++)
    {
      g_autoptr (GSubprocess) process = checks[i];
      g_autoptr (Run) run = finish_run (process);

      g_test_message ("%s: %s%s", scenes[i].provider, run->out, run->err);
      g_assert_cmpstr (run->err, ==, "");
      g_assert_cmpint (run->status, ==, 0);
      g_assert_nonnull (find_event (run, "completed"));
      g_assert_cmpuint (rushes_test_simulator_count (self->simulators[i], "submits"), ==, 1);
      g_assert_cmpuint (rushes_test_simulator_count (self->simulators[i], "wrong_keys"), ==, 0);
      g_assert_cmpuint (rushes_test_simulator_count (self->simulators[i], "leaks"), ==, 0);
    }
}

static void
test_lost (void)
{
  g_auto (Play) play = { .home = home_new () };
  g_autofree char *older = make_copy (play.home);
  g_autoptr (Run) found = NULL;
  g_autoptr (Run) list = NULL;
  g_autoptr (Run) uncertain = NULL;
  g_autoptr (Run) end = NULL;

  for (guint i = 0; i < N_SCENES; i++)
    act (&play, i);
  lose (play.home, older);

  found = run_rushes (play.home, "takes", "list", "--json", NULL);
  g_assert_cmpint (found->status, ==, 0);
  g_assert_nonnull (strstr (found->err, "daily-20250101.db"));
  g_assert_nonnull (strstr (found->err, "3 takes were found again"));
  g_assert_cmpuint (found->events->len, ==, N_SCENES);
  for (guint i = 0; i < N_SCENES; i++)
    g_assert_cmpstr (json_object_get_string_member (nth (found, i), "status"), ==, "unconfirmed");
  list = run_rushes (play.home, "takes", "list", "--json", NULL);
  g_assert_cmpstr (list->err, ==, "");
  g_assert_cmpuint (list->events->len, ==, N_SCENES);
  uncertain = run_rushes (play.home, "ledger", "--uncertain", "--json", NULL);
  g_assert_cmpuint (uncertain->events->len, ==, N_SCENES);

  check_all (&play);
  g_assert_cmpuint (home_count_files (play.home, "clips"), ==, N_SCENES);
  g_assert_cmpuint (home_count_files (play.home, "spool"), ==, 0);
  end = run_rushes (play.home, "takes", "list", "--json", NULL);
  for (guint i = 0; i < N_SCENES; i++)
    g_assert_cmpstr (json_object_get_string_member (nth (end, i), "status"), ==, "ready");
}

int
main (int argc, char **argv)
{
  rushes_test_init (&argc, &argv);
  g_test_add_func ("/cli/reentry/lost", test_lost);

  return g_test_run ();
}
