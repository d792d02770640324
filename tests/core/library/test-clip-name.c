/* test-clip-name.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include <glib/gstdio.h>
#include <string.h>

#include "rushes-clip-name.h"
#include "rushes-clip-outlet.h"
#include "rushes-error.h"
#include "rushes-test-library.h"

static char *
suggest (RushesLibrary *library, const char *prompt)
{
  g_autoptr (RushesTake) take = rushes_test_order_one (library, prompt);

  return rushes_clip_name_suggest (library, take);
}

/* Whatever somebody wrote into a prompt: a name that every file system takes, and that stays in its folder. */
static void
test_suggest (void)
{
  static const struct
  {
    const char *prompt, *name;
  } cases[] = {
    { "paper boats", "Harbour paper boats.mp4" },
    { "纸船和狐狸", "Harbour 纸船和狐狸.mp4" },
    { "../../etc/passwd", "Harbour .. .. etc passwd.mp4" },
    { "what? a \"boat\" <here>|there: 50 %*", "Harbour what a boat here there 50 %.mp4" },
    { "end with dots...", "Harbour end with dots.mp4" },
  };
  g_autoptr (RushesFolders) folders = rushes_test_folders ();
  g_autoptr (RushesLibrary) library = rushes_test_open (folders);
  g_autoptr (RushesProject) project = g_list_model_get_item (rushes_library_get_projects (library), 0);
  g_autofree char *very_long = g_strnfill (4000, 'a');
  g_autofree char *wide = NULL;
  g_autofree char *hidden = NULL;
  g_autofree char *cut = NULL;
  g_autoptr (GString) boats = g_string_new (NULL);

  rushes_test_expect (rushes_library_rename_project (library, project, "Harbour"), TRUE);
  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autofree char *name = suggest (library, cases[i].prompt);

      g_assert_cmpstr (name, ==, cases[i].name);
    }

  /* Short enough, and no character is cut in two. */
  cut = suggest (library, very_long);
  g_assert_cmpuint (strlen (cut), <, 200);
  for (guint i = 0; i < 200; i++)
    g_string_append (boats, "船");
  wide = suggest (library, boats->str);
  g_assert_cmpuint (strlen (wide), <, 200);
  g_assert_true (g_utf8_validate (wide, -1, NULL));

  /* A name that would be hidden, or be taken for an option, is none. */
  rushes_test_expect (rushes_library_rename_project (library, project, "-.rf"), TRUE);
  hidden = suggest (library, "boats");
  g_assert_cmpstr (hidden, ==, "rf boats.mp4");
  rushes_test_close (library);
}

static void
test_find_free (void)
{
  g_autofree char *path = rushes_test_folder ();
  g_autoptr (GFile) folder = g_file_new_for_path (path);
  const char *const names[] = { "Harbour.mp4", "Harbour 2.mp4", "Harbour 3.mp4" };

  for (guint i = 0; i < G_N_ELEMENTS (names); i++)
    {
      g_autoptr (GFile) file = rushes_clip_name_find_free (folder, "Harbour.mp4");
      g_autofree char *name = g_file_get_basename (file);
      g_autoptr (GError) error = NULL;

      g_assert_cmpstr (name, ==, names[i]);
      g_file_set_contents (g_file_peek_path (file), "", 0, &error);
      g_assert_no_error (error);
    }
}

static GFile *
make_clip (const char *folder, const char *content)
{
  g_autofree char *month = g_build_filename (folder, "clips", "2026-01", NULL);
  g_autofree char *path = g_build_filename (month, "take-0.mp4", NULL);

  g_assert_cmpint (g_mkdir_with_parents (month, 0700), ==, 0);
  g_assert_true (g_file_set_contents (path, content, -1, NULL));

  return g_file_new_for_path (path);
}

/* Another name of the same file, the same at every asking, and gone with the clip. */
static void
test_outlet (void)
{
  g_autofree char *folder = rushes_test_folder ();
  g_autoptr (GFile) clip = make_clip (folder, "pictures");
  g_autofree char *names = g_build_filename (folder, "by-name", NULL);
  g_autoptr (GError) error = NULL;
  g_autoptr (GFile) boat = rushes_clip_outlet_open (clip, "Harbour boat.mp4", &error);
  g_autoptr (GFile) again = NULL;
  g_autoptr (GFile) renamed = NULL;
  g_autoptr (GFile) new_clip = NULL;
  g_autofree char *name = NULL;
  g_autofree char *content = NULL;
  GStatBuf ours, theirs;

  g_assert_no_error (error);
  name = g_file_get_basename (boat);
  g_assert_cmpstr (name, ==, "Harbour boat.mp4");
  g_assert_true (g_str_has_prefix (g_file_peek_path (boat), names));
  g_assert_cmpint (g_stat (g_file_peek_path (clip), &ours), ==, 0);
  g_assert_cmpint (g_stat (g_file_peek_path (boat), &theirs), ==, 0);
  g_assert_cmpuint (ours.st_ino, ==, theirs.st_ino);

  again = rushes_clip_outlet_open (clip, "Harbour boat.mp4", &error);
  g_assert_true (g_file_equal (boat, again));
  renamed = rushes_clip_outlet_open (clip, "Quay boat.mp4", &error);
  g_assert_true (g_file_query_exists (boat, NULL));

  /* What lay there under that name was another clip. */
  g_assert_true (g_file_delete (clip, NULL, NULL));
  new_clip = make_clip (folder, "other pictures");
  g_clear_object (&again);
  again = rushes_clip_outlet_open (new_clip, "Harbour boat.mp4", &error);
  g_assert_no_error (error);
  g_assert_true (g_file_load_contents (again, NULL, &content, NULL, NULL, NULL));
  g_assert_cmpstr (content, ==, "other pictures");

  rushes_clip_outlet_close (new_clip);
  g_assert_false (g_file_query_exists (boat, NULL));
  g_assert_false (g_file_query_exists (renamed, NULL));
  g_assert_true (g_file_query_exists (new_clip, NULL));
}

static void
test_outlet_refused (void)
{
  g_autofree char *folder = rushes_test_folder ();
  g_autoptr (GFile) clip = make_clip (folder, "pictures");
  g_autoptr (GError) error = NULL;

  g_assert_true (g_file_delete (clip, NULL, NULL));
  g_assert_null (rushes_clip_outlet_open (clip, "boat.mp4", &error));
  g_assert_error (error, RUSHES_ERROR, RUSHES_ERROR_STORAGE);
}

int
main (int argc, char **argv)
{
  rushes_test_init (&argc, &argv);
  rushes_test_add_fiber ("/clip-name/suggest", test_suggest);
  g_test_add_func ("/clip-name/find-free", test_find_free);
  g_test_add_func ("/clip-name/outlet", test_outlet);
  g_test_add_func ("/clip-name/outlet-refused", test_outlet_refused);

  return g_test_run ();
}
