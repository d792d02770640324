/* test-cli-generate.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include <string.h>

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

/* A picture and a sentence become a file. */
static void
test_success (void)
{
  g_autoptr (Home) home = home_new ();
  g_autofree char *picture = make_picture (home, "photo.jpg", 640, 360);
  g_autofree char *clip = home_path (home, "clip.mp4");
  g_autoptr (Run) run = run_rushes (home, "generate", "slow push in, evening light", "--image", "photo.jpg", QUICK,
                                    "--audio", "-o", "clip.mp4", NULL);
  g_autofree char *line = g_strdup_printf ("Saved to %s\n", clip);
  RushesClipFacts facts;

  g_assert_cmpstr (run->err, ==, "");
  g_assert_cmpint (run->status, ==, 0);
  g_assert_cmpstr (run->out, ==, line);
  assert_quick_clip (clip);
  read_clip (clip, &facts);
  g_assert_nonnull (facts.audio_codec);
  /* The library has its own, and nothing half done is left. */
  g_assert_cmpuint (home_count_files (home, "clips"), ==, 1);
  g_assert_cmpuint (home_count_files (home, "spool"), ==, 0);
  g_assert_cmpuint (home_count_files (home, "references"), ==, 1);
  g_assert_cmpuint (home_count_work (home), ==, 2);
}

static void
test_events (void)
{
  g_autoptr (Home) home = home_new ();
  g_autofree char *clip = home_path (home, "clip.mp4");
  g_autoptr (Run) run =
      run_rushes (home, "generate", "paper boats", QUICK, "--seed", "7", "-o", "clip.mp4", "--json", NULL);
  g_auto (GStrv) lines = g_strsplit (run->out, "\n", -1);
  JsonObject *queued, *submitted, *completed;

  g_assert_cmpint (run->status, ==, 0);
  g_assert_cmpstr (run->err, ==, "");
  /* Nothing but events. */
  g_assert_cmpuint (g_strv_length (lines), ==, run->events->len + 1);

  completed = assert_story (run, NULL);
  queued = find_event (run, "queued");
  g_assert_cmpstr (json_object_get_string_member (queued, "provider"), ==, "animatic");
  g_assert_cmpint (json_object_get_int_member (queued, "seed"), ==, 7);
  find_event (run, "preparing");
  submitted = find_event (run, "submitted");
  g_assert_cmpstr (json_object_get_string_member (submitted, "status"), ==, "submitted");
  g_assert_nonnull (json_object_get_string_member (submitted, "attempt"));

  g_assert_cmpstr (json_object_get_string_member (completed, "event"), ==, "completed");
  g_assert_cmpstr (json_object_get_string_member (completed, "status"), ==, "completed");
  g_assert_cmpstr (json_object_get_string_member (completed, "take"), ==,
                   json_object_get_string_member (queued, "take"));
  g_assert_cmpstr (json_object_get_string_member (completed, "attempt"), ==,
                   json_object_get_string_member (submitted, "attempt"));
  g_assert_cmpstr (json_object_get_string_member (completed, "path"), ==, clip);
  g_assert_nonnull (json_object_get_string_member (completed, "video_url"));
  g_assert_cmpfloat_with_epsilon (json_object_get_double_member (completed, "duration"), 3, 0.05);
  g_assert_true (json_object_get_null_member (completed, "cost"));
  g_assert_false (json_object_has_member (completed, "error"));
  assert_quick_clip (clip);
}

/* Progress is told, rises, and not too often. */
static void
test_progress (void)
{
  g_autoptr (Home) home = home_new ();
  gint64 before = g_get_monotonic_time ();
  g_autoptr (Run) run =
      run_rushes (home, "generate", "paper boats", "-d", "5", "-r", "480p", "--fps", "60", "--json", NULL);
  double seconds = (g_get_monotonic_time () - before) / (double) G_USEC_PER_SEC;
  double last = -1;

  assert_story (run, NULL);
  g_assert_cmpuint (count_events (run, "progress"), >, 0);
  g_assert_cmpuint (count_events (run, "progress"), <=, seconds * 4 + 1);
  for (guint i = 0; i < run->events->len; i++)
    {
      JsonObject *event = g_ptr_array_index (run->events, i);

      if (!g_str_equal (json_object_get_string_member (event, "event"), "progress") ||
          json_object_get_null_member (event, "progress"))
        continue;
      g_assert_cmpfloat (json_object_get_double_member (event, "progress"), >, last);
      last = json_object_get_double_member (event, "progress");
      g_assert_cmpfloat (last, <=, 1);
    }
  g_assert_cmpfloat (last, >, 0);
}

/* Several takes: each its story, each its file, none over another. */
static void
test_several (void)
{
  g_autoptr (Home) home = home_new ();
  g_autofree char *one = make_picture (home, "one.jpg", 320, 240);
  g_autofree char *two = make_picture (home, "two.jpg", 240, 320);
  g_autofree char *folder = home_path (home, "clips/");
  g_autoptr (Run) run = NULL;
  g_autoptr (GHashTable) paths = g_hash_table_new (g_str_hash, g_str_equal);

  g_assert_cmpint (g_mkdir_with_parents (folder, 0700), ==, 0);
  run = run_rushes (home, "generate", "boats", "-i", "one.jpg", "-i", "two.jpg", "-n", "2", QUICK, "-o", "clips",
                    "--json", NULL);
  g_assert_cmpint (run->status, ==, 0);
  g_assert_cmpuint (count_events (run, "queued"), ==, 4);
  g_assert_cmpuint (count_events (run, "completed"), ==, 4);
  for (guint i = 0; i < run->events->len; i++)
    {
      JsonObject *event = g_ptr_array_index (run->events, i);

      if (g_str_equal (json_object_get_string_member (event, "event"), "queued"))
        {
          JsonObject *last = assert_story (run, json_object_get_string_member (event, "take"));
          const char *path = json_object_get_string_member (last, "path");

          g_assert_true (g_str_has_prefix (path, folder));
          assert_quick_clip (path);
          g_assert_true (g_hash_table_add (paths, (gpointer) path));
        }
    }
  g_assert_cmpuint (g_hash_table_size (paths), ==, 4);
}

/* ---- what is asked for ---- */

static void
test_refusals (void)
{
  static const struct
  {
    const char *option, *value, *words;
  } cases[] = {
    { "--duration", "99", "3 to 20" },
    { "--duration", "soon", "soon" },
    { "--resolution", "4k", "480p, 720p, 1080p" },
    { "--resolution", "large", "480p" },
    { "--resolution", "", "--resolution" },
    { "--aspect", "21:9", "16:9" },
    { "--aspect", "", "--aspect" },
    { "--fps", "120", "24, 30, 60" },
    { "--count", "0", "--count" },
    { "--count", "50", "8" },
    { "--seed", "-3", "--seed" },
    { "--provider", "veo", "animatic" },
    { "--model", "veo", "animatic" },
    { "--handling", "loud", "download, stream or auto" },
    { "--preset", "no such thing", "no such thing" },
    { "--project", "no such thing", "no such thing" },
    { "--set", "move", "NAME=VALUE" },
    { "--set", "colour=red", "colour" },
    { "--set", "move=sideways", "sideways" },
    { "--last-image", "photo.jpg", "last frame" },
    { "--reference", "photo.jpg", "reference" },
  };
  g_autoptr (Home) home = home_new ();
  g_autofree char *picture = make_picture (home, "photo.jpg", 64, 64);

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr (Run) run = run_rushes (home, "generate", "boats", cases[i].option, cases[i].value, "--json", NULL);

      assert_refused (run, 2, cases[i].words);
      g_assert_cmpuint (run->events->len, ==, 1);
      find_event (run, "error");
    }
  g_assert_cmpuint (home_count_files (home, "clips"), ==, 0);
  g_assert_cmpuint (home_count_files (home, "references"), ==, 0);
  g_assert_cmpuint (home_count_files (home, "spool"), ==, 0);
}

static void
test_nothing_said (void)
{
  g_autoptr (Home) home = home_new ();
  g_autoptr (Run) run = run_rushes (home, "generate", NULL);
  g_autoptr (Run) both = run_rushes (home, "generate", "boats", "--audio", "--no-audio", NULL);
  JsonObject *error;
  g_autoptr (Run) json = run_rushes (home, "generate", "--duration", "99", "boats", "--json", NULL);

  assert_refused (run, 2, "picture");
  assert_refused (both, 2, "--no-audio");
  assert_refused (json, 2, "20");
  error = json_object_get_object_member (find_event (json, "error"), "error");
  g_assert_cmpstr (json_object_get_string_member (error, "field"), ==, "duration");
  g_assert_cmpstr (json_object_get_string_member (error, "charged"), ==, "no");
}

/* What is not saved may go when room is wanted, and says so. */
static void
test_handling (void)
{
  static const struct
  {
    const char *handling;
    gboolean saved, for_now;
  } cases[] = {
    { "download", FALSE, FALSE }, { "auto", FALSE, FALSE }, { "stream", FALSE, TRUE }, { "stream", TRUE, FALSE }
  };
  g_autoptr (Home) home = home_new ();

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr (Run) run = run_rushes (home, "generate", "boats", QUICK, "--json", "--handling", cases[i].handling,
                                        cases[i].saved ? "--output" : NULL, "clip.mp4", NULL);
      g_autoptr (Run) list = run_rushes (home, "takes", "list", "--json", NULL);

      g_assert_cmpint (run->status, ==, 0);
      g_assert_cmpint (json_object_get_boolean_member (g_ptr_array_index (list->events, 0), "kept_for_now"), ==,
                       cases[i].for_now);
    }
}

/* What is near enough gives way, and is told. */
static void
test_notes (void)
{
  g_autoptr (Home) home = home_new ();
  g_autoptr (Run) run = run_rushes (home, "generate", "boats", "-d", "3.4s", "-r", "478p", "--fps", "25", "--negative",
                                    "rain", "--no-wait", "--dry-run", "--json", NULL);
  g_autoptr (Run) people = run_rushes (home, "generate", "boats", "-d", "3.4", "--dry-run", NULL);
  const char *const fields[] = { "duration", "resolution", "frame_rate", "negative_prompt", "no_wait" };
  JsonObject *body;

  g_assert_cmpint (run->status, ==, 0);
  g_assert_cmpuint (count_events (run, "note"), ==, G_N_ELEMENTS (fields));
  for (guint i = 0; i < G_N_ELEMENTS (fields); i++)
    {
      JsonObject *note = g_ptr_array_index (run->events, i);

      g_assert_cmpstr (json_object_get_string_member (note, "field"), ==, fields[i]);
      g_assert_nonnull (json_object_get_string_member (note, "asked"));
      g_assert_nonnull (json_object_get_string_member (note, "message"));
    }
  body = json_object_get_object_member (find_event (run, "request"), "body");
  g_assert_cmpfloat (json_object_get_double_member (body, "duration"), ==, 3);
  g_assert_cmpstr (json_object_get_string_member (body, "resolution"), ==, "480p");
  g_assert_cmpint (json_object_get_int_member (body, "frame_rate"), ==, 24);

  g_assert_cmpint (people->status, ==, 0);
  g_assert_nonnull (strstr (people->err, "3.4"));
}

/* A size in pixels is a resolution and an aspect ratio, and no reason for a note. */
static void
test_pixels (void)
{
  g_autoptr (Home) home = home_new ();
  g_autoptr (Run) run = run_rushes (home, "generate", "boats", "-r", "1080x1920", "--dry-run", "--json", NULL);
  JsonObject *body = json_object_get_object_member (find_event (run, "request"), "body");

  g_assert_cmpint (run->status, ==, 0);
  g_assert_cmpuint (count_events (run, "note"), ==, 0);
  g_assert_cmpstr (json_object_get_string_member (body, "resolution"), ==, "1080p");
  g_assert_cmpstr (json_object_get_string_member (body, "aspect"), ==, "9:16");
}

static void
test_presets (void)
{
  g_autoptr (Home) home = home_new ();
  g_autoptr (Run) add = run_rushes (home, "presets", "add", "Slow boat", "a slow boat passes", NULL);
  g_autoptr (Run) option =
      run_rushes (home, "generate", "at dusk", "--preset", "slow boat", "--dry-run", "--json", NULL);
  g_autoptr (Run) slash = run_rushes (home, "generate", "/slow-boat at dusk", "--dry-run", "--json", NULL);
  g_autoptr (Run) unknown = run_rushes (home, "generate", "/slow-ship at dusk", "--dry-run", "--json", NULL);
  JsonObject *first = json_object_get_object_member (find_event (option, "request"), "body");
  JsonObject *second = json_object_get_object_member (find_event (slash, "request"), "body");
  JsonObject *third = json_object_get_object_member (find_event (unknown, "request"), "body");

  g_assert_cmpint (add->status, ==, 0);
  g_assert_cmpstr (json_object_get_string_member (first, "prompt"), ==, "at dusk");
  g_assert_cmpstr (json_object_get_string_member (second, "prompt"), ==, "at dusk");
  g_assert_cmpstr (json_object_get_string_member (json_object_get_object_member (first, "preset"), "text"), ==,
                   "a slow boat passes");
  g_assert_cmpstr (json_object_get_string_member (json_object_get_object_member (second, "preset"), "text"), ==,
                   "a slow boat passes");
  /* What is no preset's name is words. */
  g_assert_cmpstr (json_object_get_string_member (third, "prompt"), ==, "/slow-ship at dusk");
}

/* Pictures that the prompt names: what is sent has the service's own names, where it has any. */
static void
test_names (void)
{
  g_autoptr (Home) home = home_new ();
  g_autofree char *picture = make_picture (home, "photo.jpg", 320, 240);
  g_autoptr (Run) sent = NULL;
  g_autoptr (Run) missing = NULL;
  g_autoptr (Run) nameless = NULL;
  JsonObject *note;

  g_subprocess_launcher_setenv (home->launcher, "RUSHES_KEY_XAI", "none", TRUE);
  g_subprocess_launcher_setenv (home->launcher, "RUSHES_KEY_PIKA", "none", TRUE);
  sent = run_rushes (home, "generate", "@2 meets @1 at me@1", "-p", "xai", "--reference", "photo.jpg", "--reference",
                     "photo.jpg", "--dry-run", "--json", NULL);
  missing = run_rushes (home, "generate", "@2 waits", "-p", "xai", "--reference", "photo.jpg", "--dry-run", NULL);
  nameless =
      run_rushes (home, "generate", "@1 waits", "-p", "pika", "--reference", "photo.jpg", "--dry-run", "--json", NULL);

  g_assert_cmpint (sent->status, ==, 0);
  g_assert_nonnull (strstr (sent->out, "\"<IMAGE_2> meets <IMAGE_1> at me@1\""));
  g_assert_cmpuint (count_events (sent, "note"), ==, 0);
  assert_refused (missing, 2, "there is only 1 reference");
  g_assert_cmpint (nameless->status, ==, 0);
  g_assert_nonnull (strstr (nameless->out, "\"@1 waits\""));
  note = find_event (nameless, "note");
  g_assert_cmpstr (json_object_get_string_member (note, "field"), ==, "prompt");
  g_assert_cmpstr (json_object_get_string_member (note, "asked"), ==, "@1");
}

static void
test_dry_run (void)
{
  g_autoptr (Home) home = home_new ();
  g_autofree char *picture = make_picture (home, "photo.jpg", 320, 240);
  g_autoptr (Run) run =
      run_rushes (home, "generate", "boats", "-i", "photo.jpg", "-n", "2", "--dry-run", "--json", NULL);
  g_autoptr (Run) people = run_rushes (home, "generate", "boats", "--dry-run", NULL);
  g_autoptr (Run) address =
      run_rushes (home, "generate", "boats", "-i", "https://picture.invalid/a.png", "--dry-run", "--json", NULL);
  g_autoptr (Run) missing = run_rushes (home, "generate", "boats", "-i", "missing.jpg", "--dry-run", NULL);

  g_assert_cmpint (run->status, ==, 0);
  g_assert_cmpuint (run->events->len, ==, 2);
  g_assert_cmpuint (count_events (run, "request"), ==, 2);
  g_assert_cmpint (people->status, ==, 0);
  g_assert_nonnull (strstr (people->out, "boats"));
  g_assert_nonnull (strstr (people->err, "nothing was made"));
  g_assert_cmpint (address->status, ==, 0);
  assert_refused (missing, 2, "missing.jpg");
  /* It really does nothing. */
  g_assert_false (g_file_test (home->library, G_FILE_TEST_EXISTS));
  g_assert_cmpuint (home_count_work (home), ==, 1);
}

static void
test_quiet (void)
{
  g_autoptr (Home) home = home_new ();
  g_autoptr (Run) run = run_rushes (home, "generate", "boats", QUICK, "--quiet", NULL);
  g_autoptr (Run) project = run_rushes (home, "projects", "create", "Harbour", NULL);
  g_autoptr (Run) named = run_rushes (home, "generate", "boats", QUICK, "--project", "Harbour", "-o", ".", NULL);

  g_assert_cmpint (run->status, ==, 0);
  g_assert_cmpstr (run->out, ==, "");
  g_assert_cmpstr (run->err, ==, "");
  g_assert_cmpint (project->status, ==, 0);
  g_assert_cmpint (named->status, ==, 0);
  g_assert_true (home_has (home, "Harbour boats.mp4"));
}

/* On a terminal one line is written over and over, and gone at the end. */
static void
test_terminal (void)
{
  g_autoptr (Home) home = home_new ();
  g_autofree char *command = NULL;
  g_autofree char *script = g_find_program_in_path ("script");
  g_autoptr (Run) run = NULL;
  const char *const shell[] = { "bash", "-c",
                                "script -qec \"$RUSHES_BINARY generate boats -d 3 -r 480p -a 1:1\" /dev/null", NULL };

  if (script == NULL)
    {
      g_test_skip ("script is not here");
      return;
    }
  g_subprocess_launcher_setenv (home->launcher, "TERM", "xterm", TRUE);
  home->wrapper = g_strdupv ((char **) shell);
  run = run_rushes (home, NULL);
  g_test_message ("%s", run->out);
  g_assert_cmpint (run->status, ==, 0);
  g_assert_nonnull (strstr (run->out, "\r"));
  g_assert_nonnull (strstr (run->out, "\r\033[K"));
  g_assert_nonnull (strstr (run->out, "Saved to "));
  g_assert_true (g_regex_match_simple ("\\r\\033\\[KSaved to [^\\r]*\\r\\n$", run->out, G_REGEX_RAW, 0));
}

int
main (int argc, char **argv)
{
  rushes_test_init (&argc, &argv);
  g_test_add_func ("/cli/generate/success", test_success);
  g_test_add_func ("/cli/generate/events", test_events);
  g_test_add_func ("/cli/generate/progress", test_progress);
  g_test_add_func ("/cli/generate/several", test_several);
  g_test_add_func ("/cli/generate/refusals", test_refusals);
  g_test_add_func ("/cli/generate/nothing-said", test_nothing_said);
  g_test_add_func ("/cli/generate/handling", test_handling);
  g_test_add_func ("/cli/generate/notes", test_notes);
  g_test_add_func ("/cli/generate/pixels", test_pixels);
  g_test_add_func ("/cli/generate/presets", test_presets);
  g_test_add_func ("/cli/generate/names", test_names);
  g_test_add_func ("/cli/generate/dry-run", test_dry_run);
  g_test_add_func ("/cli/generate/quiet", test_quiet);
  g_test_add_func ("/cli/generate/terminal", test_terminal);

  return g_test_run ();
}
