/* test-cli-streams.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

/* Answers that come as event streams, seen from the command line, and what is left when it is killed in the middle of
 * one. */

#include <string.h>

#include "rushes-cli-run.h"
#include "rushes-test-simulator.h"
#include "rushes-test.h"

typedef struct
{
  RushesTestSimulator *simulator;
  Home *home;
  GSubprocess *process;
  GDataInputStream *lines;
} Stage;

static void
stage_clear (Stage *self)
{
  g_clear_object (&self->lines);
  g_clear_object (&self->process);
  home_free (self->home);
  rushes_test_simulator_free (self->simulator);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Stage, stage_clear)

/* Orders a clip of a gateway that stays in the middle of its answer. */
static void
begin (Stage *self, const char *fault)
{
  self->simulator = rushes_test_simulator_new ("grok-chat", fault, NULL);
  self->home = home_new ();
  g_subprocess_launcher_setenv (self->home->launcher, "RUSHES_KEY_GROK_CHAT", RUSHES_TEST_KEY, TRUE);
  self->process =
      start_rushes (self->home, "generate", "a paper boat", "-p", "grok-chat", "-m", "grok-imagine-1.0-video",
                    "--base-url", rushes_test_simulator_get_url (self->simulator), "--json", NULL);
  self->lines = g_data_input_stream_new (g_subprocess_get_stdout_pipe (self->process));
  g_filter_input_stream_set_close_base_stream (G_FILTER_INPUT_STREAM (self->lines), FALSE);
}

/* Waits until an answer that lies in the spool has @words in it. */
static void
await_spool (Stage *self, const char *words)
{
  g_autofree char *folder = g_build_filename (self->home->library, "spool", NULL);
  gint64 end = g_get_monotonic_time () + 60 * G_USEC_PER_SEC;
  gboolean found = FALSE;

  while (!found && g_get_monotonic_time () < end)
    {
      g_autoptr (GDir) files = g_dir_open (folder, 0, NULL);
      const char *name;

      while (!found && files != NULL && (name = g_dir_read_name (files)) != NULL)
        {
          g_autofree char *path = g_build_filename (folder, name, NULL);
          g_autofree char *contents = NULL;
          gsize size;

          found = !g_str_has_suffix (name, ".json") && g_file_get_contents (path, &contents, &size, NULL) &&
                  memmem (contents, size, words, strlen (words));
        }
      g_usleep (2000);
    }
  g_assert_true (found);
}

static void
kill_it (Stage *self)
{
  g_autoptr (Run) rest = NULL;

  g_subprocess_force_exit (self->process);
  rest = finish_run (self->process);
  g_assert_cmpint (rest->status, ==, 128 + 9);
}

static Run *
resume (Stage *self)
{
  return run_rushes (self->home, "takes", "resume", "--json", NULL);
}

/* How far it is comes before the answer is whole. Killed then, nobody knows what became of it, and it is not sent
 * again. */
static void
test_progress (void)
{
  g_auto (Stage) stage = { 0 };
  g_autoptr (JsonObject) progress = NULL;
  g_autoptr (Run) run = NULL;

  begin (&stage, "sse-early=half");
  progress = await_event (stage.lines, "progress");
  g_assert_cmpfloat_with_epsilon (json_object_get_double_member (progress, "progress"), 0.05, 0.001);
  g_assert_cmpstr (json_object_get_string_member (progress, "status"), ==, "running");
  await_spool (&stage, "http");
  kill_it (&stage);

  run = resume (&stage);
  g_assert_cmpint (run->status, ==, 11);
  g_assert_cmpstr (json_object_get_string_member (find_event (run, "unconfirmed"), "charged"), ==, "maybe");
  g_assert_cmpuint (rushes_test_simulator_count (stage.simulator, "submits"), ==, 1);
  g_assert_cmpuint (rushes_test_simulator_count (stage.simulator, "downloads"), ==, 0);
}

/* Killed when all of the address had come, it is there for the one who comes after. */
static void
test_killed (void)
{
  g_auto (Stage) stage = { 0 };
  g_autoptr (Run) run = NULL;

  begin (&stage, "sse-early=never");
  await_spool (&stage, "controls");
  kill_it (&stage);

  run = resume (&stage);
  g_assert_cmpstr (run->err, ==, "");
  g_assert_cmpint (run->status, ==, 0);
  g_assert_nonnull (find_event (run, "completed"));
  g_assert_cmpuint (rushes_test_simulator_count (stage.simulator, "submits"), ==, 1);
  g_assert_cmpuint (rushes_test_simulator_count (stage.simulator, "leaks"), ==, 0);
  g_assert_cmpuint (home_count_files (stage.home, "spool"), ==, 0);
  g_assert_cmpuint (home_count_files (stage.home, "clips"), ==, 1);
}

int
main (int argc, char **argv)
{
  rushes_test_init (&argc, &argv);
  g_test_add_func ("/cli/streams/progress", test_progress);
  g_test_add_func ("/cli/streams/killed", test_killed);

  return g_test_run ();
}
