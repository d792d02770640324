/* test-cli-interrupt.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include <fcntl.h>
#include <glib/gstdio.h>
#include <signal.h>
#include <string.h>
#include <unistd.h>

#include "rushes-cli-run.h"
#include "rushes-test.h"

/* Long enough to be in the middle of. */
#define SHORT "--duration", "3", "--resolution", "480p", "--fps", "24"
#define LONG  "--duration", "20", "--resolution", "720p", "--fps", "30"

/* Starts a long take and waits until it is rendered. */
static GSubprocess *
start_long (Home *home, GDataInputStream **lines, char **take)
{
  g_autoptr (GSubprocess) process = start_rushes (home, "generate", "boats", LONG, "-o", "clip.mp4", "--json", NULL);
  g_autoptr (JsonObject) progress = NULL;

  *lines = g_data_input_stream_new (g_subprocess_get_stdout_pipe (process));
  g_filter_input_stream_set_close_base_stream (G_FILTER_INPUT_STREAM (*lines), FALSE);
  progress = await_event (*lines, "progress");
  *take = g_strdup (json_object_get_string_member (progress, "take"));

  return g_steal_pointer (&process);
}

static void
assert_state (Home *home, const char *take, const char *state)
{
  g_autoptr (Run) run = run_rushes (home, "takes", "show", take, "--json", NULL);

  g_assert_cmpint (run->status, ==, 0);
  g_assert_cmpuint (run->events->len, ==, 1);
  g_assert_cmpstr (json_object_get_string_member (g_ptr_array_index (run->events, 0), "status"), ==, state);
}

/* What is rendered here stops with the one who wanted it. */
static void
test_interrupt (void)
{
  g_autoptr (Home) home = home_new ();
  g_autoptr (GDataInputStream) lines = NULL;
  g_autofree char *take = NULL;
  g_autoptr (GSubprocess) process = start_long (home, &lines, &take);
  g_autoptr (JsonObject) cancelled = NULL;
  g_autoptr (Run) rest = NULL;

  g_subprocess_send_signal (process, SIGINT);
  cancelled = await_event (lines, "cancelled");
  rest = finish_run (process);

  g_assert_cmpint (rest->status, ==, 130);
  g_assert_cmpstr (json_object_get_string_member (cancelled, "take"), ==, take);
  g_assert_cmpstr (json_object_get_string_member (cancelled, "charged"), ==, "no");
  g_assert_cmpstr (rest->out, ==, "");
  assert_state (home, take, "cancelled");
  g_assert_cmpuint (home_count_work (home), ==, 0);
  g_assert_cmpuint (home_count_files (home, "clips"), ==, 0);
  g_assert_cmpuint (home_count_files (home, "spool"), ==, 0);
}

/* Several takes: the one in work and those in line. */
static void
test_interrupt_several (void)
{
  g_autoptr (Home) home = home_new ();
  g_autoptr (GSubprocess) process = start_rushes (home, "generate", "boats", LONG, "-n", "3", "--json", NULL);
  g_autoptr (GDataInputStream) lines = g_data_input_stream_new (g_subprocess_get_stdout_pipe (process));
  g_autoptr (JsonObject) progress = await_event (lines, "progress");
  g_autoptr (Run) rest = NULL;
  g_autoptr (Run) list = NULL;

  g_filter_input_stream_set_close_base_stream (G_FILTER_INPUT_STREAM (lines), FALSE);
  g_subprocess_send_signal (process, SIGINT);
  for (guint i = 0; i < 3; i++)
    json_object_unref (await_event (lines, "cancelled"));
  rest = finish_run (process);
  g_assert_cmpint (rest->status, ==, 130);

  list = run_rushes (home, "takes", "list", "--state", "cancelled", "--json", NULL);
  g_assert_cmpuint (list->events->len, ==, 3);
}

/* Sent away: nothing is decided, and it can be gone on with. */
static void
test_terminate (void)
{
  g_autoptr (Home) home = home_new ();
  g_autoptr (GDataInputStream) lines = NULL;
  g_autofree char *take = NULL;
  g_autoptr (GSubprocess) process = start_long (home, &lines, &take);
  g_autoptr (JsonObject) left = NULL;
  g_autoptr (Run) rest = NULL;
  g_autoptr (Run) cancel = NULL;

  g_subprocess_send_signal (process, SIGTERM);
  left = await_event (lines, "left");
  rest = finish_run (process);

  g_assert_cmpint (rest->status, ==, 130);
  g_assert_nonnull (strstr (rest->err, "takes resume"));
  g_assert_nonnull (strstr (json_object_get_string_member (left, "message"), "takes resume"));
  g_assert_cmpuint (home_count_files (home, "clips"), ==, 0);

  /* Nobody works on it any more; so this call itself has to end it. */
  cancel = run_rushes (home, "takes", "cancel", take, NULL);
  g_assert_cmpint (cancel->status, ==, 0);
  assert_state (home, take, "cancelled");
  g_assert_cmpuint (home_count_files (home, "spool"), ==, 0);
}

/* Killed outright in the middle: the next one makes the clip. */
static void
test_kill (void)
{
  g_autoptr (Home) home = home_new ();
  g_autoptr (GSubprocess) process = start_rushes (home, "generate", "boats", "-d", "6", "-r", "480p", "--json", NULL);
  g_autoptr (GDataInputStream) lines = g_data_input_stream_new (g_subprocess_get_stdout_pipe (process));
  g_autoptr (JsonObject) progress = await_event (lines, "progress");
  const char *take = json_object_get_string_member (progress, "take");
  g_autoptr (Run) resume = NULL;
  g_autoptr (Run) again = NULL;
  g_autoptr (GError) error = NULL;
  JsonObject *completed;
  RushesClipFacts facts;

  g_subprocess_force_exit (process);
  g_subprocess_wait (process, NULL, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (home_count_files (home, "clips"), ==, 0);

  resume = run_rushes (home, "takes", "resume", "--json", NULL);
  g_assert_cmpint (resume->status, ==, 0);
  completed = assert_story (resume, take);
  g_assert_cmpstr (json_object_get_string_member (completed, "event"), ==, "completed");
  read_clip (json_object_get_string_member (completed, "path"), &facts);
  g_assert_cmpuint (facts.n_frames, ==, 180);
  g_assert_cmpuint (home_count_files (home, "spool"), ==, 0);

  again = run_rushes (home, "takes", "resume", NULL);
  g_assert_cmpint (again->status, ==, 0);
  g_assert_cmpstr (again->out, ==, "");
  g_assert_nonnull (strstr (again->err, "nothing to go on with"));
}

/* Another process asks for the end of what this one renders. */
static void
test_cancel_from_outside (void)
{
  g_autoptr (Home) home = home_new ();
  g_autoptr (GDataInputStream) lines = NULL;
  g_autofree char *take = NULL;
  g_autoptr (GSubprocess) process = start_long (home, &lines, &take);
  g_autoptr (Run) resume = run_rushes (home, "takes", "resume", NULL);
  g_autoptr (Run) cancel = run_rushes (home, "takes", "cancel", take, NULL);
  g_autoptr (JsonObject) cancelled = await_event (lines, "cancelled");
  g_autoptr (Run) rest = finish_run (process);
  g_autoptr (Run) again = run_rushes (home, "takes", "cancel", take, NULL);

  /* It was not up for adoption. */
  g_assert_cmpint (resume->status, ==, 0);
  g_assert_nonnull (strstr (resume->err, "nothing to go on with"));
  g_assert_cmpint (cancel->status, ==, 0);
  g_assert_cmpint (rest->status, ==, 130);
  assert_state (home, take, "cancelled");
  assert_refused (again, 2, "cancelled");
}

/* Waiting ends, and the take does not. */
static void
test_timeout (void)
{
  g_autoptr (Home) home = home_new ();
  g_autoptr (Run) run = run_rushes (home, "generate", "boats", "-d", "20", "-r", "1080p", "--fps", "60", "--timeout",
                                    "1", "--json", NULL);
  JsonObject *left = assert_story (run, NULL);
  const char *take = json_object_get_string_member (left, "take");
  g_autoptr (Run) cancel = NULL;

  g_assert_cmpint (run->status, ==, 7);
  g_assert_cmpstr (json_object_get_string_member (left, "event"), ==, "left");
  assert_state (home, take, "left");
  g_assert_cmpuint (home_count_files (home, "clips"), ==, 0);

  cancel = run_rushes (home, "takes", "cancel", take, NULL);
  g_assert_cmpint (cancel->status, ==, 0);
  assert_state (home, take, "cancelled");
  g_assert_cmpuint (home_count_files (home, "spool"), ==, 0);
}

static void
test_retry (void)
{
  g_autoptr (Home) home = home_new ();
  g_autoptr (GSubprocess) process = start_rushes (home, "generate", "boats", "-d", "6", "-r", "480p", "--json", NULL);
  g_autoptr (GDataInputStream) lines = g_data_input_stream_new (g_subprocess_get_stdout_pipe (process));
  g_autoptr (JsonObject) progress = await_event (lines, "progress");
  const char *take = json_object_get_string_member (progress, "take");
  g_autoptr (JsonObject) cancelled = NULL;
  g_autoptr (Run) rest = NULL;
  g_autoptr (Run) retry = NULL;

  g_filter_input_stream_set_close_base_stream (G_FILTER_INPUT_STREAM (lines), FALSE);
  g_subprocess_send_signal (process, SIGINT);
  cancelled = await_event (lines, "cancelled");
  rest = finish_run (process);

  retry = run_rushes (home, "takes", "retry", take, "--json", NULL);
  g_assert_cmpint (retry->status, ==, 0);
  g_assert_cmpstr (json_object_get_string_member (assert_story (retry, take), "event"), ==, "completed");
  g_assert_cmpstr (json_object_get_string_member (find_event (retry, "completed"), "attempt"), !=,
                   json_object_get_string_member (cancelled, "attempt"));
  g_assert_cmpuint (home_count_files (home, "clips"), ==, 1);
}

/* A paused queue begins nothing, in whatever process, and what waits can be put in order meanwhile. */
static void
test_pause (void)
{
  g_autoptr (Home) home = home_new ();
  g_autoptr (Run) pause = run_rushes (home, "takes", "pause", "--json", NULL);
  g_autoptr (GSubprocess) process = start_rushes (home, "generate", "boats", SHORT, "-n", "2", "--json", NULL);
  g_autoptr (GDataInputStream) lines = g_data_input_stream_new (g_subprocess_get_stdout_pipe (process));
  g_autoptr (JsonObject) first = await_event (lines, "queued");
  g_autoptr (JsonObject) second = await_event (lines, "queued");
  const char *one = json_object_get_string_member (first, "take");
  const char *two = json_object_get_string_member (second, "take");
  g_autoptr (Run) move = run_rushes (home, "takes", "move", two, "--first", "--json", NULL);
  g_autoptr (Run) down = run_rushes (home, "takes", "move", two, "--down", NULL);
  g_autoptr (Run) where = run_rushes (home, "takes", "move", two, NULL);
  g_autoptr (Run) both = run_rushes (home, "takes", "move", two, "--up", "--down", NULL);
  g_autoptr (Run) cancel = run_rushes (home, "takes", "cancel", two, NULL);
  g_autoptr (JsonObject) cancelled = await_event (lines, "cancelled");
  g_autoptr (Run) late = run_rushes (home, "takes", "move", two, "--up", NULL);
  g_autoptr (Run) go = NULL;
  g_autoptr (Run) rest = NULL;

  g_filter_input_stream_set_close_base_stream (G_FILTER_INPUT_STREAM (lines), FALSE);
  g_assert_cmpint (pause->status, ==, 0);
  g_assert_true (json_object_get_boolean_member (g_ptr_array_index (pause->events, 0), "paused"));
  g_assert_cmpint (move->status, ==, 0);
  g_assert_cmpint (json_object_get_int_member (g_ptr_array_index (move->events, 0), "ahead"), ==, 0);
  g_assert_cmpint (down->status, ==, 0);
  g_assert_nonnull (strstr (down->out, "1 take"));
  g_assert_nonnull (strstr (down->err, "paused"));
  g_assert_cmpint (where->status, ==, 2);
  g_assert_cmpint (both->status, ==, 2);
  g_assert_cmpint (cancel->status, ==, 0);
  g_assert_cmpstr (json_object_get_string_member (cancelled, "take"), ==, two);
  g_assert_cmpstr (json_object_get_string_member (cancelled, "charged"), ==, "no");
  assert_refused (late, 2, "not in line");
  assert_state (home, one, "queued");

  go = run_rushes (home, "takes", "go", NULL);
  g_assert_cmpint (go->status, ==, 0);
  json_object_unref (await_event (lines, "completed"));
  rest = finish_run (process);
  assert_state (home, one, "ready");
}

/* A backup that is broken off leaves nothing where it was to be. */
static void
test_backup (void)
{
  static const int signals[] = { SIGINT, SIGTERM, SIGHUP };
  g_autoptr (Home) home = home_new ();
  g_autofree char *part = home_path (home, "library.rushes.part");
  g_autofree char *sha256 = g_compute_checksum_for_string (G_CHECKSUM_SHA256, "sparse", -1);
  g_autofree char *picture = g_build_filename (home->library, "references", sha256, NULL);
  g_autoptr (Run) list = run_rushes (home, "takes", "list", NULL);
  g_autofd int fd = g_open (picture, O_WRONLY | O_CREAT | O_CLOEXEC, 0600);

  /* Long to read, and nothing on the disk. */
  g_assert_cmpint (ftruncate (fd, 2ll * 1024 * 1024 * 1024), ==, 0);
  for (guint i = 0; i < G_N_ELEMENTS (signals); i++)
    {
      g_autoptr (GSubprocess) process = start_rushes (home, "library", "backup", "library.rushes", NULL);
      gint64 end = g_get_monotonic_time () + 60 * G_USEC_PER_SEC;
      g_autoptr (Run) run = NULL;
      GStatBuf info;

      while (g_stat (part, &info) != 0 || info.st_size < 16 * 1024 * 1024)
        {
          g_assert_cmpint (g_get_monotonic_time (), <, end);
          g_usleep (2000);
        }
      g_subprocess_send_signal (process, signals[i]);
      run = finish_run (process);
      assert_refused (run, 130, "cancelled");
      g_assert_cmpuint (home_count_work (home), ==, 0);
    }
}

int
main (int argc, char **argv)
{
  rushes_test_init (&argc, &argv);
  g_test_add_func ("/cli/interrupt/once", test_interrupt);
  g_test_add_func ("/cli/interrupt/several", test_interrupt_several);
  g_test_add_func ("/cli/interrupt/terminate", test_terminate);
  g_test_add_func ("/cli/interrupt/kill", test_kill);
  g_test_add_func ("/cli/interrupt/cancel-from-outside", test_cancel_from_outside);
  g_test_add_func ("/cli/interrupt/timeout", test_timeout);
  g_test_add_func ("/cli/interrupt/retry", test_retry);
  g_test_add_func ("/cli/pause", test_pause);
  g_test_add_func ("/cli/interrupt/backup", test_backup);

  return g_test_run ();
}
