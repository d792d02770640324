/* test-presets.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include <glib/gstdio.h>
#include <signal.h>
#include <string.h>
#include <sys/resource.h>

#include "rushes-error.h"
#include "rushes-presets.h"
#include "rushes-test.h"

static RushesFolders *
make_folders (void)
{
  g_autofree char *path = rushes_test_folder ();
  g_autoptr (GFile) file = g_file_new_for_path (path);

  return rushes_folders_new (file, file);
}

/* What a future of the presets comes to, with its error; NULL. Takes @future. */
static const GValue *
settle (DexFuture *future, GError **error)
{
  static GValue value = G_VALUE_INIT;
  g_autoptr (DexFuture) settled = rushes_test_run (future);
  const GValue *found = dex_future_get_value (settled, error);

  if (G_IS_VALUE (&value))
    g_value_unset (&value);
  if (found == NULL)
    return NULL;
  g_value_init (&value, G_VALUE_TYPE (found));
  g_value_copy (found, &value);
  return &value;
}

/* What is waited for may be held by nobody. */
static void
settle_all (RushesPresets *presets)
{
  g_assert_nonnull (settle (rushes_presets_settle (presets), NULL));
}

static RushesPresets *
open_presets (RushesFolders *folders)
{
  RushesPresets *presets = rushes_presets_new (folders);
  g_autoptr (GError) error = NULL;

  settle (rushes_presets_load (presets), &error);
  g_assert_no_error (error);
  return presets;
}

static RushesPreset *
find_written (RushesPresets *presets, const GValue *id)
{
  return id != NULL ? rushes_presets_find (presets, g_value_get_string (id)) : NULL;
}

static RushesPreset *
add (RushesPresets *presets, const char *name, const char *prompt, GError **error)
{
  return find_written (presets, settle (rushes_presets_add (presets, name, prompt), error));
}

static RushesPreset *
write_preset (RushesPresets *presets, RushesPreset *preset, const char *name, const char *prompt, GError **error)
{
  return find_written (presets, settle (rushes_presets_write (presets, preset, name, prompt), error));
}

static gboolean
remove_preset (RushesPresets *presets, RushesPreset *preset, GError **error)
{
  return settle (rushes_presets_remove (presets, preset), error) != NULL;
}

static gboolean
put_back (RushesPresets *presets, RushesPreset *preset, GError **error)
{
  return settle (rushes_presets_put_back (presets, preset), error) != NULL;
}

static int
bring_in (RushesPresets *presets, GBytes *bytes, GError **error)
{
  const GValue *n = settle (rushes_presets_bring_in (presets, bytes), error);

  return n != NULL ? g_value_get_int (n) : -1;
}

static char *
get_path (RushesFolders *folders)
{
  return g_build_filename (g_file_peek_path (rushes_folders_get_data (folders)), "presets.json", NULL);
}

static RushesPreset *
get_nth (RushesPresets *presets, guint n)
{
  RushesPreset *preset = g_list_model_get_item (G_LIST_MODEL (presets), n);

  /* The list holds it. */
  g_object_unref (preset);
  return preset;
}

static guint
count (RushesPresets *presets)
{
  return g_list_model_get_n_items (G_LIST_MODEL (presets));
}

static int
import (RushesPresets *presets, const char *text, GError **error)
{
  g_autoptr (GBytes) bytes = g_bytes_new_static (text, strlen (text));
  const GValue *n = settle (rushes_presets_import (presets, bytes), error);

  return n != NULL ? g_value_get_int (n) : -1;
}

static void
test_shipped (void)
{
  g_autoptr (RushesFolders) folders = make_folders ();
  g_autoptr (RushesPresets) presets = open_presets (folders);
  g_autoptr (GHashTable) ids = g_hash_table_new (g_str_hash, g_str_equal);
  g_autoptr (GHashTable) groups = g_hash_table_new (g_str_hash, g_str_equal);
  const char *group = "";

  g_assert_cmpuint (count (presets), >=, 28);
  for (guint i = 0; i < count (presets); i++)
    {
      RushesPreset *preset = get_nth (presets, i);
      const char *prompt = rushes_preset_get_prompt (preset);

      g_assert_true (rushes_preset_get_shipped (preset));
      g_assert_true (g_hash_table_add (ids, (gpointer) rushes_preset_get_id (preset)));
      g_assert_cmpstr (rushes_preset_get_name (preset), !=, "");
      g_assert_cmpuint (g_utf8_strlen (rushes_preset_get_summary (preset), -1), <=, 40);
      /* It is followed by a comma and what was typed. */
      g_assert_true (g_ascii_isalpha (prompt[strlen (prompt) - 1]));
      g_assert_true (g_str_is_ascii (prompt));
      g_assert_null (rushes_presets_match_slash (presets, prompt, NULL));
      g_assert_true (rushes_presets_find (presets, rushes_preset_get_name (preset)) == preset);

      /* A group is not torn apart. */
      if (!g_str_equal (group, rushes_preset_get_group (preset)))
        g_assert_true (g_hash_table_add (groups, (gpointer) rushes_preset_get_group (preset)));
      group = rushes_preset_get_group (preset);
    }

  g_assert_cmpuint (g_hash_table_size (groups), >=, 5);
  g_assert_nonnull (rushes_presets_find (presets, "slow-push-in"));
  g_assert_nonnull (rushes_presets_find (presets, "Turntable"));
  g_assert_nonnull (rushes_presets_find (presets, "LIVING photo"));
  g_assert_null (rushes_presets_find (presets, "Living"));
}

static void
test_icons (void)
{
  g_autoptr (RushesFolders) folders = make_folders ();
  g_autoptr (RushesPresets) presets = open_presets (folders);
  const char *root = "/usr/share/icons/Adwaita/symbolic";
  g_autoptr (GHashTable) names = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  g_autoptr (GDir) contexts = g_dir_open (root, 0, NULL);
  const char *context, *name;

  if (contexts == NULL)
    {
      g_test_skip ("the icons of Adwaita are not installed");
      return;
    }
  while ((context = g_dir_read_name (contexts)))
    {
      g_autofree char *path = g_build_filename (root, context, NULL);
      g_autoptr (GDir) icons = g_dir_open (path, 0, NULL);

      while (icons != NULL && (name = g_dir_read_name (icons)))
        g_hash_table_add (names, g_strdup (name));
    }

  for (guint i = 0; i < count (presets); i++)
    {
      g_autofree char *file = g_strconcat (rushes_preset_get_icon_name (get_nth (presets, i)), ".svg", NULL);

      if (!g_hash_table_contains (names, file))
        g_error ("There is no icon %s.", file);
    }
}

/* The words by which the animatic chooses its move: with two of them in a prompt it would have to guess. */
static void
test_moves (void)
{
  static const char *const moves[] = { "push in",  "pull out", "pan left",  "pan right", "pan up",
                                       "pan down", "tilt up",  "tilt down", "drift" };
  static const char *const expected[][2] = {
    { "slow-push-in", "push in" }, { "slow-pull-out", "pull out" }, { "pan-left", "pan left" },
    { "pan-right", "pan right" },  { "tilt-up", "tilt up" },        { "tilt-down", "tilt down" },
    { "gentle-drift", "drift" },
  };
  g_autoptr (RushesFolders) folders = make_folders ();
  g_autoptr (RushesPresets) presets = open_presets (folders);

  for (guint i = 0; i < count (presets); i++)
    {
      g_autofree char *prompt = g_ascii_strdown (rushes_preset_get_prompt (get_nth (presets, i)), -1);
      guint n_moves = 0;

      for (gsize m = 0; m < G_N_ELEMENTS (moves); m++)
        n_moves += strstr (prompt, moves[m]) != NULL;
      g_assert_cmpuint (n_moves, <=, 1);
    }
  for (gsize i = 0; i < G_N_ELEMENTS (expected); i++)
    {
      RushesPreset *preset = rushes_presets_find (presets, expected[i][0]);
      g_autofree char *prompt = g_ascii_strdown (rushes_preset_get_prompt (preset), -1);

      g_assert_nonnull (strstr (prompt, expected[i][1]));
    }
}

static void
test_slash (void)
{
  g_autoptr (RushesFolders) folders = make_folders ();
  g_autoptr (RushesPresets) presets = open_presets (folders);
  static const struct
  {
    const char *text;
    const char *id;
    const char *rest;
  } cases[] = {
    { "/turntable a red boot", "turntable", "a red boot" },
    { "/Slow Push In  fog over the bay", "slow-push-in", "fog over the bay" },
    { "/slow-push-in fog", "slow-push-in", "fog" },
    { "/SLOW_PUSH_IN fog", "slow-push-in", "fog" },
    { "/turntable ", "turntable", "" },
    { "/turntable\n\na boot", "turntable", "a boot" },
    { "/turntable　一只靴子", "turntable", "一只靴子" },
    { "/look a boot", "look", "a boot" },
    { "/look two a boot", "look-two", "a boot" },
    { "/turntable", NULL, NULL },
    { "/turntables are round", NULL, NULL },
    { " /turntable a boot", NULL, NULL },
    { "turntable a boot", NULL, NULL },
    { "/", NULL, NULL },
    { "", NULL, NULL },
  };

  g_assert_nonnull (add (presets, "Look", "a", NULL));
  g_assert_nonnull (add (presets, "Look Two", "b", NULL));

  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      const char *rest = NULL;
      RushesPreset *preset = rushes_presets_match_slash (presets, cases[i].text, &rest);

      g_assert_cmpstr (preset != NULL ? rushes_preset_get_id (preset) : NULL, ==, cases[i].id);
      g_assert_cmpstr (rest, ==, cases[i].rest);
    }
}

static void
note_change (GListModel *model, guint position, guint removed, guint added, gpointer data)
{
  g_string_append_printf (data, "%d-%u+%u ", position == 0 ? 0 : 1, removed, added);
}

static void
test_add (void)
{
  g_autoptr (RushesFolders) folders = make_folders ();
  g_autoptr (RushesPresets) presets = open_presets (folders);
  g_autoptr (RushesPresets) again = NULL;
  g_autoptr (GString) changes = g_string_new (NULL);
  g_autoptr (GError) error = NULL;
  guint n_shipped = count (presets);
  RushesPreset *preset, *first = get_nth (presets, 0);

  g_signal_connect (presets, "items-changed", G_CALLBACK (note_change), changes);
  preset = add (presets, "  Żółty Look! ", "warm\nyellow  haze ", &error);
  g_assert_no_error (error);
  g_assert_cmpstr (rushes_preset_get_id (preset), ==, "żółty-look");
  g_assert_cmpstr (rushes_preset_get_name (preset), ==, "Żółty Look!");
  g_assert_cmpstr (rushes_preset_get_prompt (preset), ==, "warm yellow  haze");
  g_assert_false (rushes_preset_get_shipped (preset));
  g_assert_cmpstr (rushes_preset_get_id (add (presets, "霓虹", "neon", NULL)), ==, "霓虹");
  g_assert_cmpstr (rushes_preset_get_id (add (presets, "Aftertaste", "b", NULL)), ==, "aftertaste");
  g_assert_cmpstr (rushes_preset_get_id (add (presets, "Żółty look?", "c", NULL)), ==, "żółty-look-2");
  g_assert_cmpuint (count (presets), ==, n_shipped + 4);
  /* The person's own stand behind the others, by name, and nothing else has moved. */
  g_assert_cmpstr (rushes_preset_get_name (get_nth (presets, n_shipped)), ==, "Aftertaste");
  g_assert_true (get_nth (presets, 0) == first);
  g_assert_cmpstr (changes->str, ==, "1-0+1 1-0+1 1-0+1 1-0+1 ");

  /* The same name again changes the text. */
  g_string_truncate (changes, 0);
  g_assert_nonnull (add (presets, "aftertaste", "sour", NULL));
  g_assert_cmpuint (count (presets), ==, n_shipped + 4);
  g_assert_cmpstr (rushes_preset_get_prompt (rushes_presets_find (presets, "Aftertaste")), ==, "sour");
  g_assert_cmpstr (changes->str, ==, "1-1+1 ");

  again = open_presets (folders);
  g_assert_cmpuint (count (again), ==, n_shipped + 4);
  g_assert_cmpstr (rushes_preset_get_prompt (rushes_presets_find (again, "霓虹")), ==, "neon");
}

static void
test_refused (void)
{
  g_autoptr (RushesFolders) folders = make_folders ();
  g_autoptr (RushesPresets) presets = open_presets (folders);
  g_autofree char *path = get_path (folders);
  g_autofree char *long_name = g_strnfill (81, 'a');
  g_autofree char *long_prompt = g_strnfill (4001, 'a');
  const char *cases[][2] = {
    { "", "a" }, { " \n", "a" }, { "a", "" }, { "a", " " }, { "a:b", "c" }, { long_name, "a" }, { "a", long_prompt },
  };
  guint n = count (presets);

  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr (GError) error = NULL;

      g_assert_null (add (presets, cases[i][0], cases[i][1], &error));
      g_assert_error (error, RUSHES_ERROR, RUSHES_ERROR_BAD_REQUEST);
    }
  g_assert_cmpuint (count (presets), ==, n);
  g_assert_false (g_file_test (path, G_FILE_TEST_EXISTS));
}

/* Another text for one that ships stands in its place, and its removal brings the first one back. */
static void
test_change_shipped (void)
{
  g_autoptr (RushesFolders) folders = make_folders ();
  g_autoptr (RushesPresets) presets = open_presets (folders);
  g_autoptr (RushesPresets) again = NULL;
  g_autofree char *prompt = g_strdup (rushes_preset_get_prompt (get_nth (presets, 0)));
  guint n = count (presets);
  RushesPreset *preset = add (presets, "slow push in", "Very slow push in", NULL);

  g_assert_true (get_nth (presets, 0) == preset);
  g_assert_cmpstr (rushes_preset_get_id (preset), ==, "slow-push-in");
  g_assert_cmpstr (rushes_preset_get_name (preset), ==, "Slow Push In");
  g_assert_cmpstr (rushes_preset_get_prompt (preset), ==, "Very slow push in");
  g_assert_false (rushes_preset_get_shipped (preset));

  again = open_presets (folders);
  g_assert_cmpuint (count (again), ==, n);
  g_assert_false (rushes_preset_get_shipped (get_nth (again, 0)));

  g_assert_true (remove_preset (again, get_nth (again, 0), NULL));
  g_assert_true (rushes_preset_get_shipped (get_nth (again, 0)));
  g_assert_cmpstr (rushes_preset_get_prompt (get_nth (again, 0)), ==, prompt);
  g_assert_cmpuint (count (again), ==, n);
}

static void
test_hide_shipped (void)
{
  g_autoptr (RushesFolders) folders = make_folders ();
  g_autoptr (RushesPresets) presets = open_presets (folders);
  g_autoptr (RushesPresets) again = NULL;
  g_autoptr (RushesPreset) preset = g_object_ref (rushes_presets_find (presets, "orbit"));
  guint n = count (presets);

  g_assert_true (remove_preset (presets, preset, NULL));
  g_assert_cmpuint (count (presets), ==, n - 1);
  again = open_presets (folders);
  g_assert_cmpuint (count (again), ==, n - 1);
  g_assert_null (rushes_presets_find (again, "orbit"));

  /* Its own name and text bring it back where it was. */
  g_assert_nonnull (add (again, "Orbit", rushes_preset_get_prompt (preset), NULL));
  g_assert_cmpuint (count (again), ==, n);
  g_assert_true (rushes_preset_get_shipped (rushes_presets_find (again, "orbit")));
}

static void
test_import (void)
{
  g_autoptr (RushesFolders) folders = make_folders ();
  g_autoptr (RushesPresets) presets = open_presets (folders);
  g_autoptr (GError) error = NULL;
  guint n = count (presets);

  g_assert_cmpint (import (presets,
                           "{\"presets\":[{\"name\":\"A\",\"prompt\":\"alpha\"},"
                           "{\"name\":\"B\",\"prompt\":\"beta\",\"tags\":[1]}],\"version\":2}",
                           &error),
                   ==, 2);
  g_assert_no_error (error);
  g_assert_cmpint (import (presets, "\xef\xbb\xbf [{\"name\":\"C\",\"prompt\":\"gamma\"}]", &error), ==, 1);
  g_assert_no_error (error);
  g_assert_cmpint (
      import (presets, "# mine\r\nD: delta: and more\r\n\r\n手办：figure on a desk\nA:alpha\nB:Beta\n", &error), ==, 3);
  g_assert_no_error (error);
  g_assert_cmpuint (count (presets), ==, n + 5);
  g_assert_cmpstr (rushes_preset_get_prompt (rushes_presets_find (presets, "D")), ==, "delta: and more");
  g_assert_cmpstr (rushes_preset_get_prompt (rushes_presets_find (presets, "手办")), ==, "figure on a desk");
  g_assert_cmpstr (rushes_preset_get_prompt (rushes_presets_find (presets, "B")), ==, "Beta");
}

/* What another library has and this one has not comes in; nothing of here changes. */
static void
test_bring_in (void)
{
  g_autoptr (RushesFolders) folders = make_folders ();
  g_autoptr (RushesPresets) presets = open_presets (folders);
  g_autofree char *shipped = g_strdup (rushes_preset_get_name (get_nth (presets, 0)));
  g_autofree char *shipped_prompt = g_strdup (rushes_preset_get_prompt (get_nth (presets, 0)));
  g_autofree char *long_name = g_strnfill (80, 'n');
  g_autofree char *cut = g_strnfill (70, 'n');
  g_autofree char *numbered = g_strconcat (cut, " 2", NULL);
  g_autofree char *numbered_shipped = g_strconcat (shipped, " 2", NULL);
  g_autofree char *text = g_strdup_printf ("%s:mine\nA:alpha\nB:another\nC:gamma\n%s:new\n", shipped, long_name);
  g_autoptr (GBytes) bytes = g_bytes_new_static (text, strlen (text));
  g_autoptr (GBytes) rubbish = g_bytes_new_static ("no preset", 9);
  g_autoptr (GError) error = NULL;

  g_assert_nonnull (add (presets, "A", "alpha", NULL));
  g_assert_nonnull (add (presets, "B", "beta", NULL));
  g_assert_nonnull (add (presets, long_name, "old", NULL));

  for (guint n = 0; n < 2; n++)
    {
      g_assert_cmpint (bring_in (presets, bytes, &error), ==, n == 0 ? 4 : 0);
      g_assert_no_error (error);
      g_assert_cmpstr (rushes_preset_get_prompt (rushes_presets_find (presets, "A")), ==, "alpha");
      g_assert_cmpstr (rushes_preset_get_prompt (rushes_presets_find (presets, "B")), ==, "beta");
      g_assert_cmpstr (rushes_preset_get_prompt (rushes_presets_find (presets, "B 2")), ==, "another");
      g_assert_cmpstr (rushes_preset_get_prompt (rushes_presets_find (presets, "C")), ==, "gamma");
      g_assert_cmpstr (rushes_preset_get_prompt (rushes_presets_find (presets, long_name)), ==, "old");
      g_assert_cmpstr (rushes_preset_get_prompt (rushes_presets_find (presets, numbered)), ==, "new");
      g_assert_cmpstr (rushes_preset_get_prompt (rushes_presets_find (presets, shipped)), ==, shipped_prompt);
      g_assert_cmpstr (rushes_preset_get_prompt (rushes_presets_find (presets, numbered_shipped)), ==, "mine");
    }

  g_assert_cmpint (bring_in (presets, rubbish, &error), ==, -1);
  g_assert_error (error, RUSHES_ERROR, RUSHES_ERROR_BAD_REQUEST);
}

static void
test_import_refused (void)
{
  static const char *const cases[][2] = {
    { "A:alpha\nno colon here\n", "Line 2" },
    { "A:alpha\n:beta\n", "needs a name" },
    { "{\"presets\":[{\"name\":\"A\",\"prompt\":\"alpha\"},{\"name\":\"B\"}]}", "Preset 2" },
    { "[{\"name\":1,\"prompt\":\"alpha\"}]", "Preset 1" },
    { "[7]", "Preset 1" },
    { "{\"presets\":{}}", "no list of presets" },
    { "{\"presets\":[", "not valid JSON" },
    { "\xff\xfe:\x80", "not a file of presets" },
  };
  g_autoptr (RushesFolders) folders = make_folders ();
  g_autoptr (RushesPresets) presets = open_presets (folders);
  g_autofree char *path = get_path (folders);
  guint n = count (presets);

  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr (GError) error = NULL;

      g_assert_cmpint (import (presets, cases[i][0], &error), ==, -1);
      g_assert_error (error, RUSHES_ERROR, RUSHES_ERROR_BAD_REQUEST);
      if (strstr (error->message, cases[i][1]) == NULL)
        g_error ("“%s” does not say “%s”", error->message, cases[i][1]);
    }
  g_assert_cmpuint (count (presets), ==, n);
  g_assert_false (g_file_test (path, G_FILE_TEST_EXISTS));
}

static void
test_export (void)
{
  g_autoptr (RushesFolders) folders = make_folders ();
  g_autoptr (RushesFolders) other_folders = make_folders ();
  g_autoptr (RushesPresets) presets = open_presets (folders);
  g_autoptr (RushesPresets) other = open_presets (other_folders);
  g_autofree char *lines = NULL;
  g_autofree char *own = NULL;
  g_autofree char *all = NULL;
  g_autofree char *all_lines = NULL;
  guint n = count (presets);

  add (presets, "Mine", "a \"quoted\" look", NULL);
  add (presets, "Orbit", "Fast orbit", NULL);
  lines = rushes_presets_export (presets, FALSE, TRUE);
  g_assert_cmpstr (lines, ==, "Orbit:Fast orbit\nMine:a \"quoted\" look\n");

  own = rushes_presets_export (presets, FALSE, FALSE);
  g_assert_cmpint (import (other, own, NULL), ==, 2);
  g_assert_cmpstr (rushes_preset_get_prompt (rushes_presets_find (other, "orbit")), ==, "Fast orbit");
  g_assert_cmpuint (count (other), ==, n + 1);

  /* What has been exported changes nothing where it came from, in either form. */
  all = rushes_presets_export (presets, TRUE, FALSE);
  g_assert_cmpint (import (presets, all, NULL), ==, 0);
  all_lines = rushes_presets_export (presets, TRUE, TRUE);
  g_assert_cmpint (import (presets, all_lines, NULL), ==, 0);
  g_assert_cmpuint (count (presets), ==, n + 1);
}

/* A file that was damaged by hand is told, kept as it is, and not written over. */
static void
test_damaged_file (void)
{
  static const char *const cases[] = { "{\"presets\":[{\"id\":\"a\"}]}", "{", "", "{\"presets\":[],\"colour\":1}" };

  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr (RushesFolders) folders = make_folders ();
      g_autofree char *path = get_path (folders);
      g_autofree char *text = NULL;
      g_autoptr (RushesPresets) presets = NULL;
      g_autoptr (GError) error = NULL;
      g_autoptr (GError) second = NULL;

      g_assert_true (g_file_set_contents (path, cases[i], -1, NULL));
      presets = rushes_presets_new (folders);
      g_assert_null (settle (rushes_presets_load (presets), &error));
      g_assert_error (error, RUSHES_ERROR, RUSHES_ERROR_BAD_REQUEST);
      g_assert_nonnull (presets);
      g_assert_cmpuint (count (presets), >=, 28);

      g_assert_null (add (presets, "A", "b", &second));
      g_assert_nonnull (second);
      g_assert_true (g_file_get_contents (path, &text, NULL, NULL));
      g_assert_cmpstr (text, ==, cases[i]);
    }
}

/* Two windows of one library, or a window and the command line: nobody loses what the other wrote. */
static void
test_two_writers (void)
{
  g_autoptr (RushesFolders) folders = make_folders ();
  g_autoptr (RushesPresets) one = open_presets (folders);
  g_autoptr (RushesPresets) two = open_presets (folders);

  g_assert_nonnull (add (one, "One", "1", NULL));
  g_assert_nonnull (add (two, "Two", "2", NULL));
  g_assert_nonnull (rushes_presets_find (two, "One"));
}

/* ---- as the window changes them ---- */

static void
assert_refused (RushesPresets *presets, RushesPreset *preset, const char *name, const char *prompt)
{
  g_autoptr (GError) error = NULL;

  g_assert_null (write_preset (presets, preset, name, prompt, &error));
  g_assert_error (error, RUSHES_ERROR, RUSHES_ERROR_BAD_REQUEST);
}

/* A new name keeps the id, by which takes and projects know it; and nobody else's name is taken. */
static void
test_write (void)
{
  g_autoptr (RushesFolders) folders = make_folders ();
  g_autoptr (RushesPresets) presets = open_presets (folders);
  g_autoptr (GError) error = NULL;
  RushesPreset *shipped = get_nth (presets, 0);
  RushesPreset *mine = write_preset (presets, NULL, "My Look", "grainy film", &error);
  g_autofree char *id = NULL;

  g_assert_no_error (error);
  id = g_strdup (rushes_preset_get_id (mine));
  g_assert_nonnull (write_preset (presets, NULL, "Other", "other", &error));
  assert_refused (presets, NULL, "my look", "again");
  assert_refused (presets, NULL, rushes_preset_get_name (shipped), "mine now");
  assert_refused (presets, mine, "Other", "grainy film");
  assert_refused (presets, mine, "", "grainy film");
  assert_refused (presets, mine, "a:b", "grainy film");
  assert_refused (presets, mine, "My Look", " ");

  mine = write_preset (presets, mine, "MY LOOK", "very grainy film", &error);
  g_assert_no_error (error);
  mine = write_preset (presets, mine, "Film", "very grainy film", &error);
  g_assert_no_error (error);
  g_assert_cmpstr (rushes_preset_get_id (mine), ==, id);
  g_assert_cmpstr (rushes_preset_get_name (mine), ==, "Film");
  g_assert_cmpstr (rushes_preset_get_prompt (mine), ==, "very grainy film");
  g_assert_true (rushes_presets_find (presets, id) == mine);

  /* One that is hidden has its name, too. */
  g_assert_true (remove_preset (presets, shipped, &error));
  assert_refused (presets, mine, rushes_preset_get_name (shipped), "x");
}

/* One's own in the place of one that ships keeps that name, and gives it back. */
static void
test_write_changed (void)
{
  g_autoptr (RushesFolders) folders = make_folders ();
  g_autoptr (RushesPresets) presets = open_presets (folders);
  g_autoptr (GError) error = NULL;
  g_autofree char *name = g_strdup (rushes_preset_get_name (get_nth (presets, 3)));
  RushesPreset *changed = add (presets, name, "mine", &error);

  g_assert_no_error (error);
  g_assert_true (rushes_presets_is_changed (presets, changed));
  g_assert_false (rushes_presets_is_changed (presets, get_nth (presets, 0)));
  assert_refused (presets, changed, "Another Name", "mine");
  changed = write_preset (presets, changed, name, "mine still", &error);
  g_assert_no_error (error);
  g_assert_true (get_nth (presets, 3) == changed);
  g_assert_cmpstr (rushes_preset_get_prompt (changed), ==, "mine still");
  g_assert_true (remove_preset (presets, changed, &error));
  g_assert_true (rushes_preset_get_shipped (get_nth (presets, 3)));
}

/* What was removed comes back as it was: one's own, one in the place of one that ships, and one that was hidden. */
static void
test_put_back (void)
{
  g_autoptr (RushesFolders) folders = make_folders ();
  g_autoptr (RushesPresets) presets = open_presets (folders);
  g_autoptr (RushesPresets) again = NULL;
  GListModel *hidden = rushes_presets_get_hidden (presets);
  g_autoptr (GError) error = NULL;
  guint n_shipped = count (presets);
  RushesPreset *all[3];

  all[0] = g_object_ref (write_preset (presets, NULL, "My Look", "grainy film", NULL));
  all[1] = g_object_ref (add (presets, rushes_preset_get_name (get_nth (presets, 3)), "mine", NULL));
  all[2] = g_object_ref (get_nth (presets, 0));
  g_assert_cmpuint (g_list_model_get_n_items (hidden), ==, 0);
  for (gsize i = 0; i < G_N_ELEMENTS (all); i++)
    g_assert_true (remove_preset (presets, all[i], &error));
  g_assert_no_error (error);
  g_assert_cmpuint (count (presets), ==, n_shipped - 1);
  g_assert_cmpuint (g_list_model_get_n_items (hidden), ==, 1);

  for (gsize i = 0; i < G_N_ELEMENTS (all); i++)
    {
      g_assert_true (put_back (presets, all[i], &error));
      g_assert_true (put_back (presets, all[i], &error));
      g_assert_no_error (error);
    }
  g_assert_cmpuint (g_list_model_get_n_items (hidden), ==, 0);
  again = open_presets (folders);
  g_assert_cmpuint (count (again), ==, n_shipped + 1);
  for (gsize i = 0; i < G_N_ELEMENTS (all); i++)
    {
      RushesPreset *found = rushes_presets_find (again, rushes_preset_get_id (all[i]));

      g_assert_cmpstr (rushes_preset_get_prompt (found), ==, rushes_preset_get_prompt (all[i]));
      g_assert_cmpint (rushes_preset_get_shipped (found), ==, rushes_preset_get_shipped (all[i]));
    }

  /* Not when its name was given away meanwhile. */
  g_assert_true (remove_preset (presets, all[0], &error));
  g_assert_nonnull (write_preset (presets, add (presets, "Other", "other", NULL), "My Look", "another", &error));
  g_assert_no_error (error);
  g_assert_false (put_back (presets, all[0], &error));
  g_assert_error (error, RUSHES_ERROR, RUSHES_ERROR_BAD_REQUEST);

  for (gsize i = 0; i < G_N_ELEMENTS (all); i++)
    g_object_unref (all[i]);
}

static void
test_clashes (void)
{
  static const char text[] = "My Look:grainy film\nOther:changed\nNew:brand new\n";
  static const char peaceful[] = "My Look:grainy film\nNew:brand new\n";
  g_autoptr (RushesFolders) folders = make_folders ();
  g_autoptr (RushesPresets) presets = open_presets (folders);
  g_autoptr (GBytes) bytes = g_bytes_new_static (text, strlen (text));
  g_autoptr (GBytes) peaceful_bytes = g_bytes_new_static (peaceful, strlen (peaceful));
  g_autoptr (GBytes) nonsense = g_bytes_new_static ("nonsense", strlen ("nonsense"));
  g_autoptr (GError) error = NULL;
  const GValue *value;

  add (presets, "My Look", "grainy film", NULL);
  add (presets, "Other", "other", NULL);
  value = settle (rushes_presets_import_peacefully (presets, bytes), &error);
  g_assert_no_error (error);
  g_assert_true (G_VALUE_HOLDS (value, G_TYPE_STRV));
  g_assert_cmpstrv (g_value_get_boxed (value), ((const char *const[]) { "Other", NULL }));
  g_assert_cmpstr (rushes_preset_get_prompt (rushes_presets_find (presets, "Other")), ==, "other");
  g_assert_null (rushes_presets_find (presets, "New"));

  value = settle (rushes_presets_import_peacefully (presets, peaceful_bytes), &error);
  g_assert_no_error (error);
  g_assert_cmpint (g_value_get_int (value), ==, 1);
  g_assert_nonnull (rushes_presets_find (presets, "New"));

  g_assert_null (settle (rushes_presets_import_peacefully (presets, nonsense), &error));
  g_assert_error (error, RUSHES_ERROR, RUSHES_ERROR_BAD_REQUEST);
}

/* ---- on a worker ---- */

/* Nothing overtakes: the last one wins, and what stands between is there. */
static void
test_order (void)
{
  g_autoptr (RushesFolders) folders = make_folders ();
  g_autoptr (RushesPresets) presets = open_presets (folders);
  g_autoptr (RushesPresets) again = NULL;
  RushesPreset *preset;

  for (guint i = 0; i <= 7; i++)
    {
      g_autofree char *name = g_strdup_printf ("Look %u", i);
      g_autofree char *prompt = g_strdup_printf ("%u", i);

      dex_future_disown (rushes_presets_add (presets, "Look", prompt));
      dex_future_disown (rushes_presets_add (presets, name, prompt));
    }
  g_assert_null (rushes_presets_find (presets, "Look"));
  settle_all (presets);

  again = open_presets (folders);
  for (guint i = 0; i <= 7; i++)
    {
      g_autofree char *name = g_strdup_printf ("Look %u", i);

      g_assert_nonnull (rushes_presets_find (presets, name));
      g_assert_nonnull (rushes_presets_find (again, name));
    }
  g_assert_cmpstr (rushes_preset_get_prompt (rushes_presets_find (presets, "Look")), ==, "7");
  g_assert_cmpstr (rushes_preset_get_prompt (rushes_presets_find (again, "Look")), ==, "7");

  /* One that was changed and is removed twice goes back to what shipped, and is not hidden as well. */
  preset = add (presets, "Orbit", "Fast orbit", NULL);
  dex_future_disown (rushes_presets_remove (presets, preset));
  g_assert_true (remove_preset (presets, preset, NULL));
  g_assert_true (rushes_preset_get_shipped (rushes_presets_find (presets, "Orbit")));
}

/* Two programs that write at the same moment. */
static void
test_at_once (void)
{
  g_autoptr (RushesFolders) folders = make_folders ();
  RushesPresets *both[] = { open_presets (folders), open_presets (folders) };
  g_autoptr (RushesPresets) again = NULL;

  for (guint i = 0; i < 12; i++)
    {
      g_autofree char *name = g_strdup_printf ("Look %u", i);

      dex_future_disown (rushes_presets_add (both[i % 2], name, "grain"));
    }
  settle_all (both[0]);
  settle_all (both[1]);

  again = open_presets (folders);
  for (guint i = 0; i < 12; i++)
    {
      g_autofree char *name = g_strdup_printf ("Look %u", i);

      g_assert_nonnull (rushes_presets_find (again, name));
    }
  g_object_unref (both[0]);
  g_object_unref (both[1]);
}

/* What cannot be written is neither shown nor half written, and does not stand in the way of what comes after. */
static void
test_no_room (void)
{
  g_autoptr (RushesFolders) folders = make_folders ();
  g_autoptr (RushesPresets) presets = open_presets (folders);
  g_autoptr (GString) changes = g_string_new (NULL);
  g_autofree char *path = get_path (folders);
  g_autofree char *before = NULL;
  g_autofree char *after = NULL;
  g_autoptr (GError) error = NULL;
  struct rlimit room, none = { 0 };
  DexFuture *futures[3];
  RushesPreset *preset = add (presets, "Look", "grain", NULL);

  g_assert_true (g_file_get_contents (path, &before, NULL, NULL));
  g_signal_connect (presets, "items-changed", G_CALLBACK (note_change), changes);
  signal (SIGXFSZ, SIG_IGN);
  g_assert_cmpint (getrlimit (RLIMIT_FSIZE, &room), ==, 0);
  none.rlim_max = room.rlim_max;
  g_assert_cmpint (setrlimit (RLIMIT_FSIZE, &none), ==, 0);
  futures[0] = rushes_presets_add (presets, "Other", "other");
  futures[1] = rushes_presets_write (presets, preset, "Look", "no grain");
  futures[2] = rushes_presets_remove (presets, preset);
  settle_all (presets);
  g_assert_cmpint (setrlimit (RLIMIT_FSIZE, &room), ==, 0);

  for (gsize i = 0; i < G_N_ELEMENTS (futures); i++)
    {
      g_assert_null (settle (futures[i], &error));
      g_assert_error (error, RUSHES_ERROR, RUSHES_ERROR_STORAGE);
      g_assert_nonnull (strstr (error->message, path));
      g_clear_error (&error);
    }
  g_assert_cmpstr (changes->str, ==, "");
  g_assert_true (rushes_presets_find (presets, "Look") == preset);
  g_assert_null (rushes_presets_find (presets, "Other"));
  g_assert_true (g_file_get_contents (path, &after, NULL, NULL));
  g_assert_cmpstr (after, ==, before);

  g_assert_nonnull (add (presets, "Other", "other", &error));
  g_assert_no_error (error);
}

/* Nobody holds the presets, nor what was asked for. */
static void
test_let_go (void)
{
  g_autoptr (RushesFolders) folders = make_folders ();
  RushesPresets *presets = open_presets (folders);
  g_autoptr (RushesPresets) again = NULL;
  DexFuture *settled;

  dex_unref (rushes_presets_add (presets, "Look", "grain"));
  dex_unref (rushes_presets_add (presets, "Other", "other"));
  settled = rushes_presets_settle (presets);
  g_object_add_weak_pointer (G_OBJECT (presets), (gpointer *) &presets);
  g_object_unref (presets);
  g_assert_nonnull (presets);
  g_assert_nonnull (settle (settled, NULL));

  again = open_presets (folders);
  g_assert_nonnull (rushes_presets_find (again, "Look"));
  g_assert_nonnull (rushes_presets_find (again, "Other"));
  g_assert_null (presets);
}

int
main (int argc, char **argv)
{
  rushes_test_init (&argc, &argv);

  g_test_add_func ("/presets/shipped", test_shipped);
  g_test_add_func ("/presets/icons", test_icons);
  g_test_add_func ("/presets/moves", test_moves);
  g_test_add_func ("/presets/slash", test_slash);
  g_test_add_func ("/presets/add", test_add);
  g_test_add_func ("/presets/refused", test_refused);
  g_test_add_func ("/presets/change-shipped", test_change_shipped);
  g_test_add_func ("/presets/hide-shipped", test_hide_shipped);
  g_test_add_func ("/presets/import", test_import);
  g_test_add_func ("/presets/bring-in", test_bring_in);
  g_test_add_func ("/presets/import-refused", test_import_refused);
  g_test_add_func ("/presets/export", test_export);
  g_test_add_func ("/presets/damaged-file", test_damaged_file);
  g_test_add_func ("/presets/two-writers", test_two_writers);
  g_test_add_func ("/presets/write", test_write);
  g_test_add_func ("/presets/write-changed", test_write_changed);
  g_test_add_func ("/presets/put-back", test_put_back);
  g_test_add_func ("/presets/clashes", test_clashes);
  g_test_add_func ("/presets/order", test_order);
  g_test_add_func ("/presets/at-once", test_at_once);
  g_test_add_func ("/presets/no-room", test_no_room);
  g_test_add_func ("/presets/let-go", test_let_go);

  return g_test_run ();
}
