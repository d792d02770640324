/* test-cli-recipe.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include <glib/gstdio.h>
#include <string.h>

#include "picture-fixtures.h"
#include "rushes-cli-run.h"
#include "rushes-test.h"

/* What every clip of these tests is, to be quick. */
#define QUICK "--duration", "3", "--resolution", "480p", "--aspect", "1:1", "--fps", "24"

static char *
make_picture (Home *home, const char *name)
{
  g_autoptr (GdkPixbuf) quarters = fixture_quarters (320, 240, 255);

  return fixture_save (home->work, name, quarters, "jpeg");
}

/* One take is enough for all: in this home lies its clip as it was saved, "boat.mp4", and nothing else. */
static Home *studio;

static void
make_clip (void)
{
  g_autofree char *picture = NULL;
  g_autoptr (Run) run = NULL;

  studio = home_new ();
  picture = make_picture (studio, "Passport.jpg");
  run = run_rushes (studio, "generate", "a paper boat", "-i", picture, "--preset", "Slow push in", QUICK, "--seed", "7",
                    "-o", "boat.mp4", NULL);
  g_assert_cmpint (run->status, ==, 0);
  g_assert_cmpint (g_unlink (picture), ==, 0);
}

/* The recipe of a file, which must have one. */
static JsonObject *
read_recipe (Home *home, const char *name)
{
  g_autoptr (Run) run = run_rushes (home, "recipe", name, "--json", NULL);

  g_assert_cmpint (run->status, ==, 0);
  g_assert_cmpuint (run->events->len, ==, 1);
  return json_object_ref (g_ptr_array_index (run->events, 0));
}

static char *
find_take (Home *home)
{
  g_autoptr (Run) run = run_rushes (home, "takes", "list", "--json", NULL);

  return g_strdup (json_object_get_string_member (g_ptr_array_index (run->events, 0), "take"));
}

static void
load (const char *name, char **contents, gsize *length)
{
  g_autofree char *path = home_path (studio, name);

  g_assert_true (g_file_get_contents (path, contents, length, NULL));
}

static void
remove_file (const char *name)
{
  g_autofree char *path = home_path (studio, name);

  g_assert_cmpint (g_unlink (path), ==, 0);
}

/* What is saved says how it was made. */
static void
test_saved (void)
{
  g_autoptr (JsonObject) recipe = read_recipe (studio, "boat.mp4");
  g_autoptr (Run) shown = run_rushes (studio, "recipe", "boat.mp4", NULL);

  g_assert_cmpuint (home_count_work (studio), ==, 1);
  g_assert_cmpstr (json_object_get_string_member (recipe, "prompt"), ==, "a paper boat");
  g_assert_cmpstr (json_object_get_string_member (recipe, "provider"), ==, "animatic");
  g_assert_cmpint (json_object_get_int_member (recipe, "seed"), ==, 7);
  g_assert_true (json_object_has_member (json_object_get_object_member (recipe, "references"), "first"));
  g_assert_cmpint (shown->status, ==, 0);
  g_assert_nonnull (strstr (shown->out, "a paper boat"));
}

/* What goes down a pipe, or was not to have one, has none; the clip itself is the same in all of them. */
static void
test_without (void)
{
  g_autofree char *take = find_take (studio);
  g_autofree char *with = NULL;
  g_autofree char *plain = NULL;
  g_autoptr (Run) saved = run_rushes (studio, "takes", "save", take, "plain.mp4", "--no-recipe", NULL);
  g_autoptr (Run) none = run_rushes (studio, "recipe", "plain.mp4", NULL);
  g_autoptr (Run) folder = run_rushes (studio, "recipe", ".", NULL);
  g_autoptr (Run) piped = run_rushes (studio, "takes", "save", take, "-", NULL);
  const char *const secrets[] = { "Passport", studio->folder, g_get_home_dir () };
  gsize n_with, n_plain;

  g_assert_cmpint (saved->status, ==, 0);
  assert_refused (none, 2, "holds no recipe");
  assert_refused (folder, 2, "is a folder. A file is needed here.");
  g_assert_cmpint (piped->status, ==, 0);
  g_assert_cmpuint (home_count_work (studio), ==, 2);

  load ("boat.mp4", &with, &n_with);
  load ("plain.mp4", &plain, &n_plain);
  g_assert_cmpmem (plain, n_plain, g_bytes_get_data (piped->bytes, NULL), g_bytes_get_size (piped->bytes));
  g_assert_cmpuint (n_with, >, n_plain);
  g_assert_cmpmem (with, n_plain, plain, n_plain);
  for (gsize i = 0; i < G_N_ELEMENTS (secrets); i++)
    g_assert_null (memmem (with + n_plain, n_with - n_plain, secrets[i], strlen (secrets[i])));
  remove_file ("plain.mp4");
}

/* The setting holds where no option says otherwise; the option holds for generate too. */
static void
test_switches (void)
{
  g_autoptr (Home) home = home_new ();
  g_autoptr (Run) run = run_rushes (home, "generate", "boats", QUICK, "-o", "a.mp4", "--no-recipe", NULL);
  g_autoptr (Run) none = run_rushes (home, "recipe", "a.mp4", NULL);
  g_autoptr (Run) saved = NULL;
  g_autoptr (Run) still_none = NULL;
  g_autofree char *take = find_take (home);
  g_autofree char *folder = g_build_filename (home->folder, "config", "rushes", NULL);
  g_autofree char *settings = g_build_filename (folder, "settings.ini", NULL);

  g_assert_cmpint (run->status, ==, 0);
  assert_refused (none, 2, "holds no recipe");

  g_assert_cmpint (g_mkdir_with_parents (folder, 0700), ==, 0);
  g_assert_true (g_file_set_contents (settings, "[io/github/rushes_app/Rushes]\nsave-recipes=false\n", -1, NULL));
  saved = run_rushes (home, "takes", "save", take, "b.mp4", NULL);
  g_assert_cmpint (saved->status, ==, 0);
  still_none = run_rushes (home, "recipe", "b.mp4", NULL);
  assert_refused (still_none, 2, "holds no recipe");
}

/* All about the take for support, and of the person nothing. */
static void
test_pack (void)
{
  g_autofree char *take = find_take (studio);
  g_autoptr (Run) run = run_rushes (studio, "takes", "pack", take, "support.json", NULL);
  g_autoptr (Run) again = run_rushes (studio, "takes", "pack", take, "support.json", NULL);
  g_autoptr (Run) piped = run_rushes (studio, "takes", "pack", take, "-", NULL);
  g_autoptr (Run) unknown = run_rushes (studio, "takes", "pack", "00000000", "other.json", NULL);
  g_autofree char *home = g_build_filename (studio->folder, "home", NULL);
  g_autofree char *text = NULL;
  g_autoptr (JsonNode) node = NULL;
  gsize length;

  g_assert_cmpint (run->status, ==, 0);
  assert_refused (again, 2, "--force");
  g_assert_cmpint (piped->status, ==, 0);
  g_assert_cmpint (unknown->status, !=, 0);
  g_assert_false (home_has (studio, "other.json"));
  load ("support.json", &text, &length);
  node = json_from_string (text, NULL);
  g_assert_nonnull (node);
  g_assert_nonnull (strstr (text, take));
  g_assert_nonnull (strstr (text, "a paper boat"));
  g_assert_null (strstr (text, "Passport"));
  g_assert_null (strstr (text, home));
  g_assert_nonnull (strstr (piped->out, "\"program\""));
  remove_file ("support.json");
}

/* Other programs read the words. */
static void
test_description (void)
{
  g_autofree char *discoverer = g_find_program_in_path ("gst-discoverer-1.0");
  g_autofree char *path = home_path (studio, "boat.mp4");
  g_autofree char *out = NULL;
  g_autoptr (GError) error = NULL;

  if (discoverer == NULL)
    {
      g_test_skip ("gst-discoverer-1.0 is not here");
      return;
    }
  g_spawn_sync (NULL, (char **) (const char *const[]) { discoverer, "-v", path, NULL }, NULL,
                G_SPAWN_STDERR_TO_DEV_NULL, NULL, NULL, &out, NULL, NULL, &error);
  g_assert_no_error (error);
  g_assert_nonnull (strstr (out, "description: a paper boat"));
}

/* What would be asked for, by a dry run. */
static JsonObject *
get_body (Run *run)
{
  g_assert_cmpint (run->status, ==, 0);
  return json_object_get_object_member (find_event (run, "request"), "body");
}

/* Options win over the recipe, which wins over the defaults. */
static void
test_again (void)
{
  g_autoptr (JsonObject) recipe = read_recipe (studio, "boat.mp4");
  g_autoptr (Run) again = run_rushes (studio, "generate", "--recipe", "boat.mp4", "--dry-run", "--json", NULL);
  g_autoptr (Run) other = run_rushes (studio, "generate", "a kite", "--recipe", "boat.mp4", "--seed", "8", "-d", "4",
                                      "--preset", "Turntable", "--dry-run", "--json", NULL);
  static const char *const members[] = { "provider",   "model",  "prompt",     "preset", "duration",
                                         "resolution", "aspect", "frame_rate", "seed",   "parameters" };
  JsonObject *body = get_body (again);
  JsonObject *first;

  for (gsize i = 0; i < G_N_ELEMENTS (members); i++)
    g_assert_true (
        json_node_equal (json_object_get_member (body, members[i]), json_object_get_member (recipe, members[i])));
  first = json_array_get_object_element (
      json_object_get_array_member (json_object_get_object_member (body, "references"), "first"), 0);
  g_assert_cmpint (json_object_get_int_member (first, "width"), ==, 320);

  body = get_body (other);
  g_assert_cmpstr (json_object_get_string_member (body, "prompt"), ==, "a kite");
  g_assert_cmpint (json_object_get_int_member (body, "seed"), ==, 8);
  g_assert_cmpint (json_object_get_int_member (body, "duration"), ==, 4);
  g_assert_cmpint (json_object_get_int_member (body, "frame_rate"), ==, 24);
  g_assert_cmpstr (json_object_get_string_member (json_object_get_object_member (body, "preset"), "id"), ==,
                   "turntable");
  g_assert_true (json_object_has_member (json_object_get_object_member (body, "references"), "first"));
}

/* In another library the picture is not there, and nobody pays for a small copy of it unseen. */
static void
test_elsewhere (void)
{
  g_autoptr (Home) other = home_new ();
  g_autofree char *clip = home_path (studio, "boat.mp4");
  g_autofree char *picture = make_picture (other, "mine.jpg");
  g_autoptr (Run) without = run_rushes (other, "generate", "--recipe", clip, NULL);
  g_autoptr (Run) rehearsed = run_rushes (other, "generate", "--recipe", clip, "--dry-run", NULL);
  g_autoptr (Run) with = run_rushes (other, "generate", "--recipe", clip, "-i", picture, "--dry-run", NULL);

  assert_refused (without, 2, "--image");
  assert_refused (rehearsed, 2, "--image");
  g_assert_cmpint (with->status, ==, 0);
  g_assert_cmpuint (home_count_files (other, "references"), ==, 0);
}

/* What it names and is not here gives way, and is said; what it must never say is not heard. */
static void
test_stranger (void)
{
  g_autoptr (Home) home = home_new ();
  g_autoptr (Run) provider = NULL;
  g_autoptr (Run) model = NULL;
  g_autoptr (Run) path = NULL;
  g_autoptr (Run) shown = NULL;
  g_autoptr (Run) damaged = NULL;
  g_autoptr (Run) newer = NULL;
  g_autoptr (Run) missing = NULL;

  home_write (home, "a.rushes.json",
              "{\"maker\":\"Rushes\",\"format\":1,\"prompt\":\"a kite\",\"provider\":\"nowhere\",\"model\":\"m\","
              "\"duration\":900,\"resolution\":\"32k\",\"parameters\":{\"lens\":\"x\"},\"base_url\":\"http://evil/\","
              "\"count\":9}");
  provider = run_rushes (home, "generate", "--recipe", "a.rushes.json", "--dry-run", "--json", NULL);
  g_assert_cmpint (provider->status, ==, 0);
  g_assert_nonnull (strstr (provider->out, "\"asked\":\"nowhere\",\"used\":\"animatic\""));
  g_assert_cmpuint (count_events (provider, "request"), ==, 1);
  g_assert_null (strstr (provider->out, "evil"));

  home_write (home, "b.rushes.json",
              "{\"maker\":\"Rushes\",\"format\":1,\"prompt\":\"a kite\",\"provider\":\"animatic\",\"model\":\"m\"}");
  model = run_rushes (home, "generate", "--recipe", "b.rushes.json", "--dry-run", "--json", NULL);
  g_assert_cmpint (model->status, ==, 0);
  g_assert_nonnull (strstr (model->out, "\"asked\":\"m\",\"used\":\"animatic\""));

  home_write (home, "c.rushes.json",
              "{\"maker\":\"Rushes\",\"format\":1,\"prompt\":\"\\u001b]0;a\\u0007\\u202e kite\","
              "\"references\":{\"first\":[{\"path\":\"/etc/passwd\"}]}}");
  path = run_rushes (home, "generate", "--recipe", "c.rushes.json", "--dry-run", NULL);
  assert_refused (path, 2, "/etc/passwd");
  shown = run_rushes (home, "recipe", "c.rushes.json", NULL);
  g_assert_cmpint (shown->status, ==, 0);
  g_assert_nonnull (strstr (shown->out, "not opened"));
  g_assert_null (strchr (shown->out, '\033'));
  g_assert_null (strstr (shown->out, "\xe2\x80\xae"));

  home_write (home, "d.rushes.json", "{\"maker\":\"Rushes\",\"format\":1,\"prompt\":");
  damaged = run_rushes (home, "recipe", "d.rushes.json", NULL);
  assert_refused (damaged, 2, "damaged");
  home_write (home, "e.rushes.json", "{\"maker\":\"Rushes\",\"format\":9,\"prompt\":\"a\"}");
  newer = run_rushes (home, "recipe", "e.rushes.json", NULL);
  assert_refused (newer, 2, "newer version");
  missing = run_rushes (home, "generate", "--recipe", "f.rushes.json", NULL);
  assert_refused (missing, 2, "There is no file");
  g_assert_cmpuint (home_count_files (home, "clips"), ==, 0);
}

int
main (int argc, char **argv)
{
  int status;

  rushes_test_init (&argc, &argv);
  make_clip ();

  g_test_add_func ("/cli/recipe/saved", test_saved);
  g_test_add_func ("/cli/recipe/without", test_without);
  g_test_add_func ("/cli/recipe/switches", test_switches);
  g_test_add_func ("/cli/recipe/pack", test_pack);
  g_test_add_func ("/cli/recipe/description", test_description);
  g_test_add_func ("/cli/recipe/again", test_again);
  g_test_add_func ("/cli/recipe/elsewhere", test_elsewhere);
  g_test_add_func ("/cli/recipe/stranger", test_stranger);

  status = g_test_run ();
  home_free (studio);
  return status;
}
