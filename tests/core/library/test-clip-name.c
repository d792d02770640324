/* test-clip-name.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include <string.h>

#include "rushes-clip-name.h"
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

int
main (int argc, char **argv)
{
  rushes_test_init (&argc, &argv);
  rushes_test_add_fiber ("/clip-name/suggest", test_suggest);
  g_test_add_func ("/clip-name/find-free", test_find_free);

  return g_test_run ();
}
