/* test-cli-storage.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include <glib/gstdio.h>
#include <string.h>

#include "rushes-cli-run.h"
#include "rushes-test.h"

#define QUICK "--duration", "3", "--resolution", "480p", "--aspect", "1:1", "--fps", "24"

static void
assert_storage_error (Run *run, const char *words)
{
  JsonObject *error;

  assert_refused (run, 9, words);
  error = json_object_get_object_member (find_event (run, "error"), "error");
  g_assert_cmpstr (json_object_get_string_member (error, "code"), ==, "STORAGE");
  g_assert_cmpuint (run->events->len, ==, 1);
}

/* A folder that takes no file is found before anything is made. */
static void
test_no_permission (void)
{
  g_autoptr (Home) home = home_new ();
  g_autofree char *out = home_path (home, "out");
  g_autoptr (Run) folder = NULL;
  g_autoptr (Run) file = NULL;

  if (!home_be_somebody (home))
    return;
  g_assert_cmpint (g_mkdir (out, 0555), ==, 0);
  folder = run_rushes (home, "generate", "boats", "-o", "out", "--json", NULL);
  assert_storage_error (folder, "out");
  file = run_rushes (home, "generate", "boats", "-o", "out/clip.mp4", "--json", NULL);
  assert_storage_error (file, "out");
  g_assert_cmpuint (home_count_work (home), ==, 0);
  g_assert_cmpuint (home_count_files (home, "clips"), ==, 0);
}

static void
test_read_only (void)
{
  g_autoptr (Home) home = home_new ();
  g_autofree char *out = home_path (home, "out");
  g_autoptr (Run) run = NULL;

  g_assert_cmpint (g_mkdir (out, 0755), ==, 0);
  if (!home_confine (home, "--ro-bind", out, out, NULL))
    return;
  run = run_rushes (home, "generate", "boats", "-o", "out/clip.mp4", "--json", NULL);
  assert_storage_error (run, "out");
}

static void
test_library_without_permission (void)
{
  g_autoptr (Home) home = home_new ();
  g_autofree char *data = g_path_get_dirname (home->library);
  g_autoptr (Run) run = NULL;
  g_autoptr (Run) list = NULL;

  if (!home_be_somebody (home))
    return;
  g_assert_cmpint (g_chmod (data, 0555), ==, 0);
  run = run_rushes (home, "generate", "boats", "-o", "clip.mp4", "--json", NULL);
  assert_storage_error (run, "rushes");
  list = run_rushes (home, "takes", "list", "--json", NULL);
  assert_refused (list, 9, "rushes");
  g_assert_cmpint (g_chmod (data, 0755), ==, 0);
  g_assert_cmpuint (home_count_work (home), ==, 0);
}

/* The library's disk is full: nothing is begun. */
static void
test_library_full (void)
{
  g_autoptr (Home) home = home_new ();
  g_autoptr (Run) run = NULL;

  g_assert_cmpint (g_mkdir_with_parents (home->library, 0700), ==, 0);
  if (!home_confine (home, "--size", "1048576", "--tmpfs", home->library, NULL))
    return;
  run = run_rushes (home, "generate", "boats", "-o", "clip.mp4", "--json", NULL);
  assert_storage_error (run, "");
  g_assert_cmpuint (home_count_work (home), ==, 0);
}

/* The disk of -o is full: the clip is made, it is said where it is, and nothing half written stays. */
static void
test_output_full (void)
{
  g_autoptr (Home) home = home_new ();
  g_autofree char *out = home_path (home, "out");
  g_autoptr (Run) run = NULL;
  JsonObject *completed;
  RushesClipFacts facts;
  guint n;

  g_assert_cmpint (g_mkdir (out, 0755), ==, 0);
  if (!home_confine (home, "--size", "8192", "--tmpfs", out, "sh", "-c", "\"$@\"; s=$?; ls -A out | wc -l; exit $s",
                     "sh", NULL))
    return;
  run = run_rushes (home, "generate", "boats", QUICK, "-o", "out/clip.mp4", "--json", NULL);
  g_test_message ("%s", run->err);
  g_assert_cmpint (run->status, ==, 9);
  completed = assert_story (run, NULL);
  g_assert_cmpstr (json_object_get_string_member (completed, "event"), ==, "completed");
  g_assert_cmpstr (json_object_get_string_member (json_object_get_object_member (completed, "error"), "code"), ==,
                   "STORAGE");
  g_assert_true (g_str_has_prefix (json_object_get_string_member (completed, "path"), home->library));
  read_clip (json_object_get_string_member (completed, "path"), &facts);
  g_assert_nonnull (strstr (run->err, json_object_get_string_member (completed, "path")));
  /* The last line is the shell's count. */
  g_assert_true (g_str_has_suffix (run->out, "}\n0\n"));
  n = home_count_files (home, "clips");
  g_assert_cmpuint (n, ==, 1);
}

/* It fills up while the clip is rendered: that is said, no half clip lies about, and with room again it can be gone on
 * with. */
static void
test_full_on_the_way (void)
{
  static const char script[] =
      "\"$@\" >story & rushes=$!;"
      "until grep -q submitted story; do kill -0 $rushes || break; sleep 0.02; done;"
      "head -c 200M /dev/zero >\"$LIBRARY/filler\" 2>/dev/null;"
      "wait $rushes; status=$?; cat story;"
      "find \"$LIBRARY/clips\" -type f | wc -l; rm \"$LIBRARY/filler\";"
      "\"$1\" takes resume --quiet >&2 || exit 1;"
      "ls -A \"$LIBRARY/spool\" | wc -l; find \"$LIBRARY/clips\" -type f | wc -l; exit $status";
  g_autoptr (Home) home = home_new ();
  g_autoptr (Run) run = NULL;
  JsonObject *last;

  g_assert_cmpint (g_mkdir_with_parents (home->library, 0700), ==, 0);
  g_subprocess_launcher_setenv (home->launcher, "LIBRARY", home->library, TRUE);
  if (!home_confine (home, "--size", "100663296", "--tmpfs", home->library, "sh", "-c", script, "sh", NULL))
    return;
  run = run_rushes (home, "generate", "boats", "-d", "8", "-r", "480p", "-o", "clip.mp4", "--json", NULL);
  g_test_message ("%s%s", run->out, run->err);
  last = assert_story (run, NULL);
  assert_refused (run, 9, "full");
  g_assert_cmpstr (json_object_get_string_member (last, "event"), ==, "failed");
  g_assert_cmpstr (json_object_get_string_member (json_object_get_object_member (last, "error"), "code"), ==,
                   "STORAGE");
  g_assert_false (home_has (home, "clip.mp4"));
  /* No clip then; after that one, and nothing else. */
  g_assert_true (g_str_has_suffix (run->out, "}\n0\n0\n1\n"));
}

/* The disk of a backup is full from the beginning, in mid-copy of the library, or among its clips: the backup that was
 * there stays as it is, and nothing half lies beside it. */
static void
test_backup_full (void)
{
  static const char script[] = "\"$1\" library backup out/library.rushes >&2 || exit 99;"
                               "before=$(sha256sum <out/library.rushes);"
                               "test \"$ROOM\" != clips || ROOM=$(($(stat -c %s out/library.rushes) + 8192));"
                               "head -c 200M /dev/zero >out/filler 2>/dev/null; truncate -s -\"$ROOM\" out/filler;"
                               "\"$@\"; status=$?;"
                               "test \"$before\" = \"$(sha256sum <out/library.rushes)\" || exit 98;"
                               "rm out/filler; ls -A out; exit $status";
  static const char *const rooms[] = { "0", "65536", "clips" };

  g_autoptr (Home) home = home_new ();
  g_autofree char *out = home_path (home, "out");
  g_autoptr (Run) take = run_rushes (home, "generate", "boats", QUICK, "--quiet", NULL);

  g_assert_cmpint (take->status, ==, 0);
  g_assert_cmpint (g_mkdir (out, 0755), ==, 0);
  if (!home_confine (home, "--size", "4194304", "--tmpfs", out, "sh", "-c", script, "sh", NULL))
    return;
  for (guint i = 0; i < G_N_ELEMENTS (rooms); i++)
    {
      g_autoptr (Run) run = NULL;

      g_subprocess_launcher_setenv (home->launcher, "ROOM", rooms[i], TRUE);
      run = run_rushes (home, "library", "backup", "--with-clips", "--force", "out/library.rushes", NULL);
      g_test_message ("%s: %s%s", rooms[i], run->out, run->err);
      g_assert_cmpint (run->status, ==, 9);
      g_assert_nonnull (strstr (run->err, "The disk is full, so the backup could not be written."));
      g_assert_cmpstr (run->out, ==, "library.rushes\n");
    }
}

/* The library's disk is full while a backup comes in, among its clips or its rows: nothing of it stays, what was there
 * is as it was, and with room again it comes in whole. */
static void
test_restore_full (void)
{
  static const char script[] = "\"$1\" generate herons $QUICK --quiet >&2 || exit 99;"
                               "size=$(find \"$CLIPS\" -type f -exec cat {} + | wc -c);"
                               "head -c 200M /dev/zero >\"$LIBRARY/filler\" 2>/dev/null;"
                               "test \"$ROOM\" = clips && room=$((size / 2)) || room=$((size + 80000));"
                               "truncate -s -$room \"$LIBRARY/filler\";"
                               "\"$@\" >&2; status=$?;"
                               "rm \"$LIBRARY/filler\";"
                               "find \"$LIBRARY/clips\" -type f | wc -l; \"$1\" takes list | wc -l;"
                               "\"$@\" >&2 || exit 97;"
                               "find \"$LIBRARY/clips\" -type f | wc -l; exit $status";
  static const char *const rooms[] = { "clips", "rows" };
  g_autoptr (Home) other = home_new ();
  g_autofree char *backup = home_path (other, "library.rushes");
  g_autofree char *clips = g_build_filename (other->library, "clips", NULL);
  g_autoptr (Run) first = run_rushes (other, "generate", "boats", QUICK, "--quiet", NULL);
  g_autoptr (Run) second = run_rushes (other, "generate", "gulls", QUICK, "--quiet", NULL);
  g_autoptr (Run) written = run_rushes (other, "library", "backup", "--with-clips", backup, NULL);

  g_assert_cmpint (first->status, ==, 0);
  g_assert_cmpint (second->status, ==, 0);
  g_assert_cmpint (written->status, ==, 0);
  for (guint i = 0; i < G_N_ELEMENTS (rooms); i++)
    {
      g_autoptr (Home) home = home_new ();
      g_autoptr (Run) run = NULL;

      g_assert_cmpint (g_mkdir_with_parents (home->library, 0700), ==, 0);
      g_subprocess_launcher_setenv (home->launcher, "LIBRARY", home->library, TRUE);
      g_subprocess_launcher_setenv (home->launcher, "CLIPS", clips, TRUE);
      g_subprocess_launcher_setenv (home->launcher, "ROOM", rooms[i], TRUE);
      g_subprocess_launcher_setenv (home->launcher, "QUICK", "-d 3 -r 480p -a 1:1 --fps 24", TRUE);
      if (!home_confine (home, "--size", "100663296", "--tmpfs", home->library, "sh", "-c", script, "sh", NULL))
        return;
      run = run_rushes (home, "library", "restore", backup, NULL);
      g_test_message ("%s: %s%s", rooms[i], run->out, run->err);
      g_assert_cmpint (run->status, ==, 9);
      g_assert_nonnull (strstr (run->err, "disk is full"));
      g_assert_nonnull (strstr (run->err, "2 takes are new"));
      /* One clip and one take (under a line of titles), then all three. */
      g_assert_cmpstr (run->out, ==, "1\n2\n3\n");
    }
}

/* Somebody removes the library while a take is made: that is said at once, and it is not gone on with. */
static void
test_library_removed (void)
{
  g_autoptr (Home) home = home_new ();
  g_autofree char *path = g_build_filename (home->library, "library.db", NULL);
  g_autoptr (GSubprocess) process =
      start_rushes (home, "generate", "boats", "-d", "20", "-r", "720p", "-o", "clip.mp4", "--json", NULL);
  g_autoptr (GDataInputStream) lines = g_data_input_stream_new (g_subprocess_get_stdout_pipe (process));
  g_autoptr (JsonObject) progress = NULL;
  g_autoptr (JsonObject) failed = NULL;
  g_autoptr (Run) rest = NULL;

  g_filter_input_stream_set_close_base_stream (G_FILTER_INPUT_STREAM (lines), FALSE);
  progress = await_event (lines, "progress");
  g_assert_cmpint (g_unlink (path), ==, 0);
  failed = await_event (lines, "failed");
  rest = finish_run (process);
  assert_refused (rest, 9, "removed or replaced while Rushes was running");
  g_assert_cmpstr (json_object_get_string_member (json_object_get_object_member (failed, "error"), "code"), ==,
                   "STORAGE");
  g_assert_false (home_has (home, "clip.mp4"));
}

int
main (int argc, char **argv)
{
  rushes_test_init (&argc, &argv);
  g_test_add_func ("/cli/storage/no-permission", test_no_permission);
  g_test_add_func ("/cli/storage/read-only", test_read_only);
  g_test_add_func ("/cli/storage/library-without-permission", test_library_without_permission);
  g_test_add_func ("/cli/storage/library-full", test_library_full);
  g_test_add_func ("/cli/storage/output-full", test_output_full);
  g_test_add_func ("/cli/storage/full-on-the-way", test_full_on_the_way);
  g_test_add_func ("/cli/storage/backup-full", test_backup_full);
  g_test_add_func ("/cli/storage/restore-full", test_restore_full);
  g_test_add_func ("/cli/storage/library-removed", test_library_removed);

  return g_test_run ();
}
