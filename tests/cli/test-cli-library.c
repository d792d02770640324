/* test-cli-library.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include <glib/gstdio.h>
#include <string.h>

#include "picture-fixtures.h"
#include "rushes-cli-run.h"
#include "rushes-database.h"
#include "rushes-test.h"

#define QUICK "--duration", "3", "--resolution", "480p", "--aspect", "1:1", "--fps", "24"

static JsonObject *
nth (Run *run, guint n)
{
  g_assert_cmpuint (n, <, run->events->len);
  return g_ptr_array_index (run->events, n);
}

static char *
make_take (Home *home, const char *prompt)
{
  g_autoptr (Run) run = run_rushes (home, "generate", prompt, QUICK, "--json", NULL);

  g_assert_cmpint (run->status, ==, 0);
  return g_strdup (json_object_get_string_member (find_event (run, "completed"), "take"));
}

/* ---- takes ---- */

/* A machine on which nothing was ever made. */
static void
test_empty (void)
{
  g_autoptr (Home) home = home_new ();
  g_autoptr (Run) takes = run_rushes (home, "takes", "list", NULL);
  g_autoptr (Run) json = run_rushes (home, "takes", "list", "--json", NULL);
  g_autoptr (Run) resume = run_rushes (home, "takes", "resume", NULL);
  g_autoptr (Run) show = run_rushes (home, "takes", "show", "01987c5e-2a40", NULL);
  g_autoptr (Run) brief = run_rushes (home, "takes", "show", "0198", NULL);

  g_assert_cmpint (takes->status, ==, 0);
  g_assert_cmpstr (takes->out, ==, "");
  g_assert_nonnull (strstr (takes->err, "none"));
  g_assert_cmpint (json->status, ==, 0);
  g_assert_cmpstr (json->out, ==, "");
  g_assert_cmpint (resume->status, ==, 0);
  assert_refused (show, 2, "01987c5e-2a40");
  assert_refused (brief, 2, "0198");
}

static void
test_takes (void)
{
  g_autoptr (Home) home = home_new ();
  g_autofree char *first = make_take (home, "paper boats on a lake");
  g_autofree char *second = make_take (home, "狐狸 in the snow");
  g_autofree char *prefix = g_strndup (second, 18);
  g_autoptr (Run) list = run_rushes (home, "takes", "list", "--json", NULL);
  g_autoptr (Run) people = run_rushes (home, "takes", "list", NULL);
  g_autoptr (Run) search = run_rushes (home, "takes", "list", "--search", "狐狸", "--json", NULL);
  g_autoptr (Run) page = run_rushes (home, "takes", "list", "--limit", "1", NULL);
  g_autoptr (Run) after = run_rushes (home, "takes", "list", "--after", second, "--json", NULL);
  g_autoptr (Run) state = run_rushes (home, "takes", "list", "--state", "failed", "--json", NULL);
  g_autoptr (Run) mistake = run_rushes (home, "takes", "list", "--state", "flying", NULL);
  g_autoptr (Run) show = run_rushes (home, "takes", "show", prefix, NULL);
  g_autoptr (Run) details = run_rushes (home, "takes", "show", prefix, "--json", NULL);

  /* Newest first. */
  g_assert_cmpuint (list->events->len, ==, 2);
  g_assert_cmpstr (json_object_get_string_member (nth (list, 0), "take"), ==, second);
  g_assert_cmpstr (json_object_get_string_member (nth (list, 1), "take"), ==, first);
  g_assert_cmpstr (json_object_get_string_member (nth (list, 0), "status"), ==, "ready");
  g_assert_cmpint (json_object_get_int_member (nth (list, 0), "frames"), ==, 72);

  /* What the list shows of an id is enough to name it. */
  g_assert_nonnull (strstr (people->out, prefix));
  g_assert_nonnull (strstr (people->out, "狐狸 in the snow"));
  g_assert_null (strstr (people->out, second));

  g_assert_cmpuint (search->events->len, ==, 1);
  g_assert_cmpstr (json_object_get_string_member (nth (search, 0), "take"), ==, second);
  g_assert_null (strstr (page->out, "paper boats"));
  g_assert_nonnull (strstr (page->err, second));
  g_assert_cmpuint (after->events->len, ==, 1);
  g_assert_cmpstr (json_object_get_string_member (nth (after, 0), "take"), ==, first);
  g_assert_cmpuint (state->events->len, ==, 0);
  assert_refused (mistake, 2, "flying");

  g_assert_cmpint (show->status, ==, 0);
  g_assert_nonnull (strstr (show->out, second));
  g_assert_nonnull (strstr (show->out, "狐狸 in the snow"));
  g_assert_cmpuint (details->events->len, ==, 1);
  g_assert_cmpuint (json_array_get_length (json_object_get_array_member (
                        json_object_get_object_member (nth (details, 0), "details"), "attempts")),
                    ==, 1);
}

static void
test_marks (void)
{
  g_autoptr (Home) home = home_new ();
  g_autofree char *take = make_take (home, "paper boats");
  g_autoptr (Run) star = run_rushes (home, "takes", "star", take, NULL);
  g_autoptr (Run) note = run_rushes (home, "takes", "note", take, "the good one", "--json", NULL);
  g_autoptr (Run) starred = run_rushes (home, "takes", "list", "--starred", "--json", NULL);
  g_autoptr (Run) off = run_rushes (home, "takes", "star", take, "--remove", NULL);
  g_autoptr (Run) bare = run_rushes (home, "takes", "list", "--starred", "--json", NULL);
  g_autoptr (Run) cancel = run_rushes (home, "takes", "cancel", take, NULL);
  g_autoptr (Run) delete = run_rushes (home, "takes", "delete", take, NULL);
  g_autoptr (Run) gone = run_rushes (home, "takes", "list", "--json", NULL);

  g_assert_cmpint (star->status, ==, 0);
  g_assert_cmpstr (json_object_get_string_member (nth (note, 0), "note"), ==, "the good one");
  g_assert_cmpuint (starred->events->len, ==, 1);
  g_assert_true (json_object_get_boolean_member (nth (starred, 0), "starred"));
  g_assert_cmpint (off->status, ==, 0);
  g_assert_cmpuint (bare->events->len, ==, 0);
  assert_refused (cancel, 2, "ready");
  g_assert_cmpint (delete->status, ==, 0);
  g_assert_cmpuint (gone->events->len, ==, 0);
  /* Its file stays for a while. */
  g_assert_cmpuint (home_count_files (home, "clips"), ==, 1);
}

static void
test_save (void)
{
  g_autoptr (Home) home = home_new ();
  g_autofree char *take = make_take (home, "paper boats");
  g_autofree char *path = home_path (home, "kept.mp4");
  g_autofree char *line = g_strdup_printf ("Saved to %s\n", path);
  g_autoptr (Run) save = run_rushes (home, "takes", "save", take, "kept.mp4", NULL);
  g_autoptr (Run) again = run_rushes (home, "takes", "save", take, "kept.mp4", NULL);
  g_autoptr (Run) force = run_rushes (home, "takes", "save", take, "kept.mp4", "--force", "--json", NULL);
  g_autoptr (Run) stream = run_rushes (home, "takes", "save", take, "-", NULL);
  g_autofree char *bytes = NULL;
  g_autoptr (GError) error = NULL;
  RushesClipFacts facts;
  gsize length;

  g_assert_cmpstr (save->out, ==, line);
  read_clip (path, &facts);
  assert_refused (again, 2, "kept.mp4");
  g_assert_cmpint (force->status, ==, 0);
  g_assert_true (g_str_has_suffix (json_object_get_string_member (nth (force, 0), "saved_to"), "/kept.mp4"));

  g_file_get_contents (path, &bytes, &length, &error);
  g_assert_no_error (error);
  /* The recipe comes behind the clip, which goes down a pipe alone. */
  g_assert_cmpuint (length, >, g_bytes_get_size (stream->bytes));
  g_assert_cmpmem (bytes, g_bytes_get_size (stream->bytes), g_bytes_get_data (stream->bytes, NULL),
                   g_bytes_get_size (stream->bytes));
}

/* A prompt of somebody else's cannot command a terminal that lists it. */
static void
test_escapes (void)
{
  g_autoptr (Home) home = home_new ();
  g_autofree char *take = make_take (home, "boats \033]0;owned\007 \xe2\x80\xae sdrawkcab\nsecond line");
  g_autoptr (Run) list = run_rushes (home, "takes", "list", NULL);
  g_autoptr (Run) show = run_rushes (home, "takes", "show", take, NULL);
  g_auto (GStrv) lines = g_strsplit (list->out, "\n", -1);

  for (guint i = 0; i < 2; i++)
    {
      const char *out = i == 0 ? list->out : show->out;

      g_assert_nonnull (strstr (out, "owned"));
      g_assert_null (strchr (out, '\033'));
      g_assert_null (strchr (out, '\007'));
      g_assert_null (strstr (out, "\xe2\x80\xae"));
    }
  g_assert_cmpuint (g_strv_length (lines), ==, 3);
}

/* ---- projects ---- */

static void
test_projects (void)
{
  g_autoptr (Home) home = home_new ();
  g_autoptr (Run) first = run_rushes (home, "projects", "list", "--json", NULL);
  g_autoptr (Run) create = run_rushes (home, "projects", "create", "Harbour", NULL);
  g_autoptr (Run) twice = run_rushes (home, "projects", "create", "Harbour", NULL);
  g_autoptr (Run) nameless = run_rushes (home, "projects", "create", " ", NULL);
  g_autoptr (Run) rename = run_rushes (home, "projects", "rename", "Harbour", "港口", "--json", NULL);
  g_autoptr (Run) list = run_rushes (home, "projects", "list", "--json", NULL);
  g_autoptr (Run) people = run_rushes (home, "projects", "list", NULL);
  g_autoptr (Run) unknown = run_rushes (home, "projects", "rename", "Harbour", "Quay", NULL);
  g_autoptr (Run) delete = run_rushes (home, "projects", "delete", "港口", NULL);
  g_autoptr (Run) last = NULL;

  /* There is always one. */
  g_assert_cmpuint (first->events->len, ==, 1);
  g_assert_cmpint (create->status, ==, 0);
  assert_refused (twice, 2, "Harbour");
  assert_refused (nameless, 2, "name");
  g_assert_cmpstr (json_object_get_string_member (nth (rename, 0), "name"), ==, "港口");
  g_assert_cmpuint (list->events->len, ==, 2);
  g_assert_nonnull (strstr (people->out, "港口"));
  assert_refused (unknown, 2, "Harbour");
  g_assert_cmpint (delete->status, ==, 0);

  last = run_rushes (home, "projects", "delete", json_object_get_string_member (nth (first, 0), "project"), NULL);
  g_assert_cmpint (last->status, ==, 2);
}

/* ---- presets ---- */

static void
test_presets (void)
{
  g_autoptr (Home) home = home_new ();
  g_autoptr (Run) shipped = run_rushes (home, "presets", "list", "--json", NULL);
  g_autoptr (Run) add = run_rushes (home, "presets", "add", "Evening", "evening light, long shadows", NULL);
  g_autoptr (Run) nothing = run_rushes (home, "presets", "add", "Evening", "", NULL);
  g_autoptr (Run) list = run_rushes (home, "presets", "list", "--json", NULL);
  g_autoptr (Run) people = run_rushes (home, "presets", "list", NULL);
  g_autoptr (Run) json = run_rushes (home, "presets", "export", "mine.json", NULL);
  g_autoptr (Run) again = run_rushes (home, "presets", "export", "mine.json", NULL);
  g_autoptr (Run) lines = run_rushes (home, "presets", "export", "-", "--lines", NULL);
  g_autoptr (Run) remove = run_rushes (home, "presets", "remove", "evening", NULL);
  g_autoptr (Run) unknown = run_rushes (home, "presets", "remove", "evening", NULL);
  g_autoptr (Run) import = run_rushes (home, "presets", "import", "mine.json", "--json", NULL);
  g_autoptr (GBytes) text = g_bytes_new_static ("Rain:soft rain, wet stones\nSnow:slow snow\n", 42);
  g_autoptr (Run) piped = run_rushes_input (home, text, "presets", "import", "-", NULL);
  g_autoptr (Run) end = run_rushes (home, "presets", "list", "--json", NULL);
  g_autoptr (Run) missing = run_rushes (home, "presets", "import", "missing.json", NULL);
  g_autoptr (Run) broken = NULL;

  g_assert_cmpuint (shipped->events->len, >=, 24);
  g_assert_true (json_object_get_boolean_member (nth (shipped, 0), "shipped"));
  g_assert_cmpint (add->status, ==, 0);
  assert_refused (nothing, 2, "");
  g_assert_cmpuint (list->events->len, ==, shipped->events->len + 1);
  g_assert_nonnull (strstr (people->out, "Evening"));
  g_assert_cmpint (json->status, ==, 0);
  assert_refused (again, 2, "--force");
  g_assert_cmpstr (lines->out, ==, "Evening:evening light, long shadows\n");
  g_assert_cmpint (remove->status, ==, 0);
  assert_refused (unknown, 2, "evening");
  g_assert_cmpint (json_object_get_int_member (nth (import, 0), "imported"), ==, 1);
  g_assert_cmpint (piped->status, ==, 0);
  g_assert_cmpuint (end->events->len, ==, shipped->events->len + 3);
  assert_refused (missing, 2, "missing.json");

  home_write (home, "broken.json", "{\"presets\": [{\"name\": 7}]}");
  broken = run_rushes (home, "presets", "import", "broken.json", NULL);
  assert_refused (broken, 2, "");
}

/* ---- providers ---- */

static void
test_providers (void)
{
  g_autoptr (Home) home = home_new ();
  g_autoptr (Run) list = run_rushes (home, "providers", "list", "--json", NULL);
  g_autoptr (Run) people = run_rushes (home, "providers", "list", NULL);
  g_autoptr (Run) show = run_rushes (home, "providers", "show", "animatic", NULL);
  g_autoptr (Run) models = run_rushes (home, "providers", "models", "animatic", "--json", NULL);
  g_autoptr (Run) can = run_rushes (home, "providers", "models", "animatic", NULL);
  g_autoptr (Run) unknown = run_rushes (home, "providers", "show", "veo", NULL);
  JsonObject *range;

  g_assert_cmpuint (list->events->len, >, 6);
  g_assert_cmpstr (json_object_get_string_member (nth (list, 0), "provider"), ==, "animatic");
  g_assert_true (json_object_get_boolean_member (nth (list, 0), "local"));
  g_assert_cmpstr (json_object_get_string_member (nth (list, 0), "state"), ==, "local");
  g_assert_nonnull (strstr (people->out, "animatic"));
  g_assert_cmpint (show->status, ==, 0);
  g_assert_nonnull (strstr (show->out, "Animatic"));
  g_assert_cmpuint (models->events->len, ==, 1);
  range = json_object_get_object_member (nth (models, 0), "durations");
  g_assert_cmpfloat (json_object_get_double_member (range, "minimum"), ==, 3);
  g_assert_cmpfloat (json_object_get_double_member (range, "maximum"), ==, 20);
  g_assert_nonnull (strstr (can->out, "480p, 720p, 1080p"));
  g_assert_nonnull (strstr (can->out, "--set move"));
  assert_refused (unknown, 2, "animatic");
}

static void
test_check (void)
{
  g_autoptr (Home) home = home_new ();
  g_autofree char *shipped = g_build_filename (g_getenv ("RUSHES_SOURCE"), "data/providers/animatic.json", NULL);
  g_autoptr (Run) good = run_rushes (home, "providers", "check", shipped, NULL);
  g_autoptr (Run) missing = run_rushes (home, "providers", "check", "missing.json", NULL);
  g_autoptr (Run) text = NULL;
  g_autoptr (Run) wrong = NULL;
  g_autoptr (Run) own = NULL;
  g_autoptr (Run) odd = NULL;

  g_assert_cmpint (good->status, ==, 0);
  g_assert_nonnull (strstr (good->out, "animatic"));
  assert_refused (missing, 2, "missing.json");

  home_write (home, "text.json", "this is not JSON");
  text = run_rushes (home, "providers", "check", "text.json", NULL);
  assert_refused (text, 2, "text.json");

  home_write (home, "wrong.json",
              "{\"version\": 1, \"id\": \"mine\", \"name\": \"Mine\", \"engine\": \"animatic\", \"colour\": 1}");
  wrong = run_rushes (home, "providers", "check", "wrong.json", NULL);
  assert_refused (wrong, 2, "wrong.json");

  /* One's own may be built on what ships; and what is no id at all is no reason to fall over. */
  home_write (home, "home.json",
              "{\"version\": 1, \"id\": \"home\", \"base\": \"openai-compatible\", \"name\": \"At Home\", "
              "\"base_url\": \"http://192.168.1.5:8091\"}");
  own = run_rushes (home, "providers", "check", "home.json", NULL);
  g_assert_cmpint (own->status, ==, 0);
  home_write (home, "odd.json", "{\"version\": 1, \"id\": [7]}");
  odd = run_rushes (home, "providers", "check", "odd.json", NULL);
  assert_refused (odd, 2, "odd.json");
}

static guint
count_in (const char *folder)
{
  g_autoptr (GDir) dir = g_dir_open (folder, 0, NULL);
  guint n = 0;

  while (g_dir_read_name (dir) != NULL)
    n++;
  return n;
}

/* What a project's takes begin with is used where the options say nothing, and only for the project that is named. */
static void
test_defaults (void)
{
  g_autoptr (Home) home = home_new ();
  g_autofree char *clips = home_path (home, "clips");
  g_autoptr (Run) create = run_rushes (home, "projects", "create", "Boats", NULL);
  g_autoptr (Run) none = run_rushes (home, "projects", "show", "Boats", "--json", NULL);
  g_autoptr (Run) nowhere = run_rushes (home, "projects", "set", "Boats", "-o", "clips", NULL);
  g_autoptr (Run) wrong = run_rushes (home, "projects", "set", "Boats", "-p", "nobody", NULL);
  g_autoptr (Run) set = NULL;
  g_autoptr (Run) more = NULL;
  g_autoptr (Run) show = NULL;
  g_autoptr (Run) dry = NULL;
  g_autoptr (Run) told = NULL;
  g_autoptr (Run) other = NULL;
  g_autoptr (Run) make = NULL;
  g_autoptr (Run) clear = NULL;
  JsonObject *defaults;

  g_assert_cmpint (create->status, ==, 0);
  g_assert_false (json_object_has_member (nth (none, 0), "defaults"));
  assert_refused (nowhere, 2, "clips");
  assert_refused (wrong, 2, "nobody");

  g_assert_cmpint (g_mkdir (clips, 0700), ==, 0);
  set = run_rushes (home, "projects", "set", "Boats", "-p", "animatic", QUICK, "-o", "clips", "--json", NULL);
  g_assert_cmpint (set->status, ==, 0);
  more = run_rushes (home, "projects", "set", "Boats", "-d", "4", "-n", "2", NULL);
  g_assert_cmpint (more->status, ==, 0);
  g_assert_nonnull (strstr (more->out, "480p"));
  show = run_rushes (home, "projects", "show", "Boats", "--json", NULL);
  defaults = json_object_get_object_member (nth (show, 0), "defaults");
  g_assert_cmpstr (json_object_get_string_member (defaults, "resolution"), ==, "480p");
  g_assert_cmpstr (json_object_get_string_member (defaults, "provider"), ==, "animatic");
  g_assert_true (g_str_has_suffix (json_object_get_string_member (defaults, "folder"), "/clips"));
  g_assert_false (json_object_has_member (defaults, "prompt"));

  make = run_rushes (home, "generate", "boats", "--project", "Boats", "--json", NULL);
  g_assert_cmpint (make->status, ==, 0);
  g_assert_cmpuint (count_events (make, "completed"), ==, 2);
  g_assert_cmpuint (count_in (clips), ==, 2);
  told = run_rushes (home, "generate", "boats", "--project", "Boats", "-n", "1", "-r", "720p", "-o", "one.mp4",
                     "--json", NULL);
  g_assert_cmpint (told->status, ==, 0);
  g_assert_cmpint (json_object_get_int_member (find_event (told, "completed"), "height"), ==, 720);
  g_assert_true (home_has (home, "one.mp4"));
  g_assert_cmpuint (count_in (clips), ==, 2);
  other = run_rushes (home, "generate", "boats", "--dry-run", "--json", NULL);
  g_assert_cmpint (other->status, ==, 0);
  g_assert_null (strstr (other->out, "480p"));

  clear = run_rushes (home, "projects", "set", "Boats", "--clear", "--json", NULL);
  g_assert_cmpint (clear->status, ==, 0);
  g_assert_false (json_object_has_member (nth (clear, 0), "defaults"));
  dry = run_rushes (home, "generate", "boats", "--project", "Boats", "--dry-run", "--json", NULL);
  g_assert_cmpint (dry->status, ==, 0);
  g_assert_nonnull (strstr (dry->out, "720p"));
}

/* ---- the library as a whole ---- */

static void
test_backup (void)
{
  g_autoptr (Home) home = home_new ();
  g_autoptr (Home) other = home_new ();
  g_autofree char *take = make_take (home, "paper boats on a lake");
  g_autofree char *file = home_path (home, "boats.backup");
  g_autoptr (Run) backup = run_rushes (home, "library", "backup", file, "--with-clips", "--json", NULL);
  g_autoptr (Run) twice = run_rushes (home, "library", "backup", file, NULL);
  g_autoptr (Run) restore = run_rushes (other, "library", "restore", file, "--json", NULL);
  g_autoptr (Run) again = run_rushes (other, "library", "restore", file, "--json", NULL);
  g_autoptr (Run) list = run_rushes (other, "takes", "list", "--json", NULL);
  g_autoptr (Run) save = run_rushes (other, "takes", "save", take, "saved.mp4", NULL);
  g_autoptr (Run) wrong = run_rushes (other, "library", "restore", "saved.mp4", NULL);
  g_autoptr (Run) info = run_rushes (other, "library", "info", "--json", NULL);

  g_assert_cmpint (backup->status, ==, 0);
  g_assert_cmpint (json_object_get_int_member (nth (backup, 0), "clips"), ==, 1);
  assert_refused (twice, 2, "already");
  g_assert_cmpint (restore->status, ==, 0);
  g_assert_cmpint (json_object_get_int_member (nth (restore, 0), "takes"), ==, 1);
  g_assert_cmpint (json_object_get_int_member (nth (again, 0), "takes"), ==, 0);
  g_assert_cmpint (json_object_get_int_member (nth (again, 0), "known"), ==, 1);
  g_assert_cmpuint (list->events->len, ==, 1);
  g_assert_cmpint (save->status, ==, 0);
  g_assert_true (home_has (other, "saved.mp4"));
  assert_refused (wrong, 2, "no backup");
  g_assert_cmpint (json_object_get_int_member (nth (info, 0), "clips"), ==, 1);
}

/* Looks at the library; the only problem that it finds is of that kind, or NULL when there is none. */
static void
assert_checked (Home *home, const char *option, const char *kind, const char *words)
{
  g_autoptr (Run) json = run_rushes (home, "library", "check", "--json", option, NULL);
  g_autoptr (Run) people = run_rushes (home, "library", "check", option, NULL);
  JsonArray *problems = json_object_get_array_member (nth (json, 0), "problems");

  g_test_message ("%s%s%s", json->out, people->out, people->err);
  g_assert_cmpuint (json->events->len, ==, 1);
  g_assert_cmpint (json->status, ==, kind == NULL ? 0 : 9);
  g_assert_cmpint (people->status, ==, json->status);
  g_assert_cmpuint (json_array_get_length (problems), ==, kind == NULL ? 0 : 1);
  g_assert_cmpint (strstr (people->out, "All is well.") != NULL, ==, kind == NULL);
  if (kind == NULL)
    {
      g_assert_cmpstr (people->err, ==, "");
      return;
    }
  g_assert_cmpstr (json_object_get_string_member (json_array_get_object_element (problems, 0), "kind"), ==, kind);
  g_assert_nonnull (strstr (people->err, words));
  g_assert_nonnull (strstr (json->err, words));
}

static char *
read_whole (const char *path, gsize *size)
{
  char *contents = NULL;

  g_assert_true (g_file_get_contents (path, &contents, size, NULL));
  return contents;
}

static void
write_whole (const char *path, const char *contents, gsize size)
{
  g_assert_true (g_file_set_contents (path, contents, size, NULL));
}

static char *
find_in (const char *folder, const char *prefix)
{
  g_autoptr (GDir) dir = g_dir_open (folder, 0, NULL);
  const char *name;

  while ((name = g_dir_read_name (dir)) != NULL)
    if (g_str_has_prefix (name, prefix))
      return g_build_filename (folder, name, NULL);
  g_assert_not_reached ();
}

/* What is looked at is not changed, and what is not as it was is found. */
static void
test_looked_over (void)
{
  g_autoptr (Home) home = home_new ();
  g_autofree char *library = g_build_filename (home->library, "library.db", NULL);
  g_autofree char *clips = g_build_filename (home->library, "clips", NULL);
  g_autofree char *references = g_build_filename (home->library, "references", NULL);
  g_autofree char *stray = g_build_filename (home->library, "spool", "0192f3a4-0000-7000-8000-000000000000.json", NULL);
  g_autoptr (GdkPixbuf) quarters = fixture_quarters (64, 48, 255);
  g_autofree char *photo = fixture_camera_jpeg (home->work, "berlin.jpg", quarters, 1);
  g_autoptr (Run) none = run_rushes (home, "library", "check", NULL);
  g_autoptr (Run) make = run_rushes (home, "generate", "boats", "-i", photo, QUICK, "--json", NULL);
  g_autofree char *month = find_in (clips, "20");
  g_autofree char *clip = find_in (month, "0");
  g_autofree char *picture = find_in (references, "");
  g_autofree char *contents = NULL, *bytes = NULL, *before = NULL, *after = NULL;
  gsize size, picture_size, length;

  assert_refused (none, 9, "There is no library");
  g_assert_cmpint (make->status, ==, 0);
  before = read_whole (library, &length);
  assert_checked (home, NULL, NULL, NULL);
  assert_checked (home, "--hashes", NULL, NULL);
  after = read_whole (library, &size);
  g_assert_cmpmem (before, length, after, size);

  contents = read_whole (clip, &size);
  contents[size / 2] ^= 1;
  write_whole (clip, contents, size);
  assert_checked (home, NULL, NULL, NULL);
  assert_checked (home, "--hashes", "clip", "is not what it was");
  write_whole (clip, contents, size - 1);
  assert_checked (home, NULL, "clip", "another length");
  g_assert_cmpint (g_unlink (clip), ==, 0);
  assert_checked (home, NULL, "clip", "is not there");
  contents[size / 2] ^= 1;
  write_whole (clip, contents, size);

  bytes = read_whole (picture, &picture_size);
  g_assert_cmpint (g_unlink (picture), ==, 0);
  assert_checked (home, NULL, "picture", "is not there");
  write_whole (picture, "soup", 4);
  assert_checked (home, NULL, NULL, NULL);
  assert_checked (home, "--hashes", "picture", "is not what it was");
  write_whole (picture, bytes, picture_size);

  write_whole (stray, "{", 1);
  assert_checked (home, NULL, "spool", "neither the library nor its record");
  g_assert_cmpint (g_unlink (stray), ==, 0);
  assert_checked (home, "--hashes", NULL, NULL);

  memset (before + 4096, 0x5a, length - 4096);
  write_whole (library, before, length);
  assert_checked (home, NULL, "database", "is damaged");
  g_assert_cmpint (g_unlink (library), ==, 0);
  write_whole (library, "", 0);
  {
    g_autofree char *backups = g_build_filename (home->library, "backups", NULL);
    g_autofree char *daily = g_build_filename (backups, "daily-20250101.db", NULL);

    g_mkdir_with_parents (backups, 0700);
    write_whole (daily, after, length);
  }
  assert_checked (home, NULL, "database", "is missing");
}

static gboolean
has_provider (Home *home, const char *id)
{
  g_autoptr (Run) show = run_rushes (home, "providers", "show", id, NULL);

  return show->status == 0;
}

/* Presets come in at once; a provider is a stranger's, and nothing goes to its hosts that nobody agreed to. */
static void
test_backup_texts (void)
{
  g_autoptr (Home) home = home_new ();
  g_autoptr (Home) other = home_new ();
  g_autofree char *file = home_path (home, "boats.backup");
  g_autoptr (Run) preset = run_rushes (home, "presets", "add", "Boats", "boats of paper", NULL);
  g_autoptr (Run) same = run_rushes (other, "presets", "add", "boats", "boats of wood", NULL);
  g_autoptr (Run) server = run_rushes (home, "providers", "add", "http://127.0.0.1:9/", "--id", "home", "--yes", NULL);
  g_autoptr (Run) backup = run_rushes (home, "library", "backup", file, NULL);
  g_autoptr (Run) unasked = run_rushes (other, "library", "restore", file, NULL);
  g_autoptr (Run) refused = run_rushes (other, "library", "restore", file, "--json", NULL);
  g_autoptr (Run) presets = NULL;
  g_autoptr (Run) agreed = NULL;
  g_autoptr (Run) again = NULL;

  g_assert_cmpint (preset->status + same->status + server->status + backup->status, ==, 0);
  g_assert_cmpint (unasked->status, ==, 0);
  g_assert_nonnull (strstr (unasked->out, "1 preset came in."));
  g_assert_cmpuint (json_array_get_length (json_object_get_array_member (nth (refused, 0), "providers")), ==, 0);
  g_assert_cmpstr (json_array_get_string_element (json_object_get_array_member (nth (refused, 0), "left_out"), 0), ==,
                   "home");
  g_assert_nonnull (strstr (unasked->err, "127.0.0.1"));
  g_assert_nonnull (strstr (unasked->err, "--yes"));
  g_assert_false (has_provider (other, "home"));
  presets = run_rushes (other, "presets", "list", "--json", NULL);
  g_assert_nonnull (strstr (presets->out, "boats of paper"));
  g_assert_nonnull (strstr (presets->out, "boats of wood"));

  agreed = run_rushes (other, "library", "restore", file, "--yes", "--json", NULL);
  g_assert_cmpint (agreed->status, ==, 0);
  g_assert_cmpint (json_object_get_int_member (nth (agreed, 0), "presets"), ==, 0);
  g_assert_cmpstr (json_array_get_string_element (json_object_get_array_member (nth (agreed, 0), "providers"), 0), ==,
                   "home");
  g_assert_true (has_provider (other, "home"));
  again = run_rushes (other, "library", "restore", file, "--yes", "--json", NULL);
  g_assert_cmpuint (json_array_get_length (json_object_get_array_member (nth (again, 0), "providers")), ==, 0);
}

static void
test_prune (void)
{
  g_autoptr (Home) home = home_new ();
  g_autofree char *take = make_take (home, "paper boats on a lake");
  g_autofree char *rest = make_take (home, "a kite");
  g_autoptr (Run) nothing = run_rushes (home, "library", "prune", NULL);
  g_autoptr (Run) size = run_rushes (home, "library", "prune", "--max-size", "much", NULL);
  g_autoptr (Run) spared = run_rushes (home, "library", "prune", "--max-clips", "1", "--json", NULL);
  g_autoptr (Run) dry =
      run_rushes (home, "library", "prune", "--max-size", "1 kB", "--unsaved", "--dry-run", "--json", NULL);
  g_autoptr (Run) save = run_rushes (home, "takes", "save", take, "saved.mp4", NULL);
  g_autoptr (Run) prune = run_rushes (home, "library", "prune", "--max-clips", "1", "--json", NULL);
  g_autoptr (Run) show = run_rushes (home, "takes", "show", take, "--json", NULL);

  assert_refused (nothing, 2, "--max-clips");
  assert_refused (size, 2, "much");
  g_assert_cmpint (json_object_get_int_member (nth (spared, 0), "pruned"), ==, 0);
  g_assert_cmpint (json_object_get_int_member (nth (spared, 0), "spared"), ==, 1);
  g_assert_cmpint (json_object_get_int_member (nth (dry, 0), "unsaved"), ==, 2);
  g_assert_cmpint (save->status, ==, 0);
  g_assert_cmpint (json_object_get_int_member (nth (prune, 0), "pruned"), ==, 1);
  g_assert_cmpuint (home_count_files (home, "clips"), ==, 1);
  g_assert_cmpstr (json_object_get_string_member (nth (show, 0), "status"), ==, "ready");
}

/* Takes whose rows were spoilt are told of like others, and the command that would make one again says why it cannot.
 */
static void
test_spoilt (void)
{
  static const char *const requests[] = { "", "{}" };
  g_autoptr (Home) home = home_new ();
  g_autofree char *path = g_build_filename (home->library, "library.db", NULL);
  char *takes[G_N_ELEMENTS (requests)];
  g_autoptr (Run) list = NULL;
  g_autoptr (Run) people = NULL;
  g_autoptr (Run) again = NULL;

  for (guint i = 0; i < G_N_ELEMENTS (requests); i++)
    takes[i] = make_take (home, "paper boats");
  for (guint i = 0; i < G_N_ELEMENTS (requests); i++)
    {
      g_autoptr (RushesDatabase) database = rushes_database_open (path, FALSE, NULL);

      g_assert_true (rushes_database_run (database, NULL, "UPDATE takes SET request = ? WHERE id = ?", "tt",
                                          requests[i], takes[i]));
    }

  list = run_rushes (home, "takes", "list", "--json", NULL);
  people = run_rushes (home, "takes", "list", NULL);
  g_assert_cmpint (list->status, ==, 0);
  g_assert_cmpint (people->status, ==, 0);
  g_assert_cmpuint (list->events->len, ==, G_N_ELEMENTS (requests));
  for (guint i = 0; i < G_N_ELEMENTS (requests); i++)
    {
      g_autoptr (Run) show = run_rushes (home, "takes", "show", takes[i], NULL);
      g_autoptr (Run) json = run_rushes (home, "takes", "show", takes[i], "--json", NULL);
      g_autoptr (Run) retry = run_rushes (home, "takes", "retry", takes[i], NULL);
      g_autofree char *file = g_strdup_printf ("saved-%u.mp4", i);
      g_autoptr (Run) save = run_rushes (home, "takes", "save", takes[i], file, NULL);

      g_assert_cmpstr (json_object_get_string_member (nth (list, i), "title"), ==, "paper boats");
      g_assert_cmpstr (json_object_get_string_member (nth (list, i), "provider"), ==, "animatic");
      g_assert_cmpint (show->status, ==, 0);
      g_assert_nonnull (strstr (show->out, "cannot be read any more"));
      g_assert_cmpint (json->status, ==, 0);
      assert_refused (retry, 9, "Describe it anew");
      g_assert_cmpint (save->status, ==, 0);
      g_assert_true (home_has (home, file));
      g_free (takes[i]);
    }

  again = run_rushes (home, "takes", "list", "--json", NULL);
  for (guint i = 0; i < again->events->len; i++)
    g_assert_cmpstr (json_object_get_string_member (nth (again, i), "status"), ==, "ready");
}

int
main (int argc, char **argv)
{
  rushes_test_init (&argc, &argv);
  g_test_add_func ("/cli/takes/empty", test_empty);
  g_test_add_func ("/cli/takes/list", test_takes);
  g_test_add_func ("/cli/takes/marks", test_marks);
  g_test_add_func ("/cli/takes/save", test_save);
  g_test_add_func ("/cli/takes/escapes", test_escapes);
  g_test_add_func ("/cli/takes/spoilt", test_spoilt);
  g_test_add_func ("/cli/projects", test_projects);
  g_test_add_func ("/cli/presets", test_presets);
  g_test_add_func ("/cli/providers/list", test_providers);
  g_test_add_func ("/cli/providers/check", test_check);
  g_test_add_func ("/cli/project-defaults", test_defaults);
  g_test_add_func ("/cli/library/backup", test_backup);
  g_test_add_func ("/cli/library/looked-over", test_looked_over);
  g_test_add_func ("/cli/library/backup-texts", test_backup_texts);
  g_test_add_func ("/cli/library/prune", test_prune);

  return g_test_run ();
}
