/* test-cli-output.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include <glib/gstdio.h>
#include <string.h>
#include <unistd.h>

#include "picture-fixtures.h"
#include "rushes-cli-run.h"
#include "rushes-test.h"

/* What every clip of these tests is, to be quick. */
#define QUICK "--duration", "3", "--resolution", "480p", "--aspect", "1:1", "--fps", "24"

static char *
make_picture (Home *home, const char *name, int width, int height)
{
  g_autoptr (GdkPixbuf) quarters = fixture_quarters (width, height, 255);

  return fixture_save (home->work, name, quarters, "jpeg");
}

static void
assert_quick_clip (const char *path)
{
  RushesClipFacts facts;

  read_clip (path, &facts);
  g_assert_cmpint (facts.width, ==, 480);
  g_assert_cmpint (facts.height, ==, 480);
  g_assert_cmpuint (facts.n_frames, ==, 72);
  g_assert_cmpfloat_with_epsilon (facts.duration, 3, 0.05);
  g_assert_cmpfloat_with_epsilon (facts.frame_rate, 24, 0.01);
}

static void
test_output_rules (void)
{
  g_autoptr (Home) home = home_new ();
  g_autoptr (Run) exists = NULL;
  g_autoptr (Run) forced = NULL;
  g_autoptr (Run) nowhere = run_rushes (home, "generate", "boats", "-o", "nowhere/clip.mp4", NULL);
  g_autoptr (Run) no_folder = run_rushes (home, "generate", "boats", "-o", "nowhere/", NULL);
  g_autoptr (Run) several = run_rushes (home, "generate", "boats", "-n", "2", "-o", "two.mp4", NULL);
  g_autoptr (Run) stream = run_rushes (home, "generate", "boats", "-n", "2", "-o", "-", NULL);
  g_autoptr (Run) empty = run_rushes (home, "generate", "boats", "-o", "", NULL);
  g_autofree char *letters = g_strnfill (300, 'x');
  g_autoptr (Run) too_long = run_rushes (home, "generate", "boats", "-o", letters, NULL);
  g_autoptr (Run) dangling = NULL;
  g_autofree char *link = home_path (home, "link.mp4");
  g_autofree char *clip = home_path (home, "old.mp4");
  RushesClipFacts facts;

  assert_refused (empty, 2, "-o");
  assert_refused (too_long, 2, "too long");
  g_assert_cmpint (symlink ("nowhere/clip.mp4", link), ==, 0);
  dangling = run_rushes (home, "generate", "boats", "-o", "link.mp4", NULL);
  assert_refused (dangling, 2, "link.mp4");
  g_assert_cmpint (g_unlink (link), ==, 0);
  assert_refused (nowhere, 2, "nowhere");
  assert_refused (no_folder, 2, "nowhere");
  assert_refused (several, 2, "two.mp4");
  assert_refused (stream, 2, "Standard output");

  home_write (home, "old.mp4", "precious");
  exists = run_rushes (home, "generate", "boats", "-o", "old.mp4", NULL);
  assert_refused (exists, 2, "--force");
  g_assert_cmpuint (home_count_work (home), ==, 1);
  /* All of that before anything was made. */
  g_assert_cmpuint (home_count_files (home, "clips"), ==, 0);

  forced = run_rushes (home, "generate", "boats", QUICK, "-o", "old.mp4", "--force", NULL);
  g_assert_cmpint (forced->status, ==, 0);
  read_clip (clip, &facts);
  g_assert_cmpuint (home_count_work (home), ==, 1);
}

/* The extension says what is in the file, whatever was asked for. */
static void
test_extension (void)
{
  g_autoptr (Home) home = home_new ();
  g_autoptr (Run) run = run_rushes (home, "generate", "boats", QUICK, "-o", "clip.webm", "--json", NULL);
  const char *path = json_object_get_string_member (find_event (run, "completed"), "path");
  RushesClipFacts facts;

  g_assert_cmpint (run->status, ==, 0);
  read_clip (path, &facts);
  if (g_str_equal (facts.container, "webm"))
    return;
  g_assert_true (g_str_has_suffix (path, "/clip.mp4"));
  g_assert_false (home_has (home, "clip.webm"));
  g_assert_cmpstr (json_object_get_string_member (find_event (run, "note"), "field"), ==, "output");
}

/* A picture through one pipe, a clip through the other, events on the third. */
static void
test_pipes (void)
{
  g_autoptr (Home) home = home_new ();
  g_autofree char *picture = make_picture (home, "photo.jpg", 320, 240);
  g_autofree char *clip = home_path (home, "piped.mp4");
  g_autoptr (GError) error = NULL;
  g_autoptr (GMappedFile) file = g_mapped_file_new (picture, FALSE, &error);
  g_autoptr (GBytes) bytes = g_mapped_file_get_bytes (file);
  g_autoptr (Run) run = run_rushes_input (home, bytes, "generate", "-i", "-", QUICK, "-o", "-", "--json", NULL);
  g_autoptr (Run) twice = run_rushes (home, "generate", "-i", "-", "-i", "-", NULL);
  g_autoptr (Run) nothing = run_rushes (home, "generate", "-i", "-", NULL);

  g_assert_cmpint (run->status, ==, 0);
  g_assert_cmpuint (run->events->len, ==, 0);
  g_assert_nonnull (strstr (run->err, "\"completed\""));
  g_file_set_contents (clip, g_bytes_get_data (run->bytes, NULL), g_bytes_get_size (run->bytes), &error);
  g_assert_no_error (error);
  assert_quick_clip (clip);

  assert_refused (twice, 2, "only once");
  assert_refused (nothing, 2, "standard input");
}

/* A reader that goes away does not cost the clip. */
static void
test_reader_gone (void)
{
  g_autoptr (Home) home = home_new ();
  const char *const shell[] = { "bash", "-c",
                                "set -o pipefail; \"$0\" \"$@\" | head -n 1 >/dev/null; exit ${PIPESTATUS[0]}", NULL };
  g_autoptr (Run) events = NULL;
  g_autoptr (Run) bytes = NULL;

  home->wrapper = g_strdupv ((char **) shell);
  events = run_rushes (home, "generate", "boats", QUICK, "-o", "clip.mp4", "--json", NULL);
  g_assert_cmpint (events->status, ==, 0);
  g_assert_true (home_has (home, "clip.mp4"));

  /* The clip itself could not be handed over: it stays in the library, and that is said. */
  home->wrapper[2] = (g_free (home->wrapper[2]), g_strdup ("\"$0\" \"$@\" | true; exit ${PIPESTATUS[0]}"));
  bytes = run_rushes (home, "generate", "boats", QUICK, "-o", "-", NULL);
  g_assert_cmpint (bytes->status, ==, 9);
  g_assert_nonnull (strstr (bytes->err, home->library));
  g_assert_cmpuint (home_count_files (home, "clips"), ==, 2);
}

int
main (int argc, char **argv)
{
  rushes_test_init (&argc, &argv);
  g_test_add_func ("/cli/output/rules", test_output_rules);
  g_test_add_func ("/cli/output/extension", test_extension);
  g_test_add_func ("/cli/output/pipes", test_pipes);
  g_test_add_func ("/cli/output/reader-gone", test_reader_gone);

  return g_test_run ();
}
