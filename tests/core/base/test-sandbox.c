/* test-sandbox.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include <gio/gio.h>
#include <glib/gstdio.h>

#include "rushes-sandbox.h"
#include "rushes-test-inside.h"
#include "rushes-test.h"

static void
test_outside (void)
{
  g_assert_false (rushes_sandbox_is_there ());
  g_assert_false (rushes_sandbox_hides ("/tmp/clip.mp4"));
  g_assert_false (rushes_sandbox_hides ("/nowhere/clip.mp4"));
}

/* What comes from outside is /seen; the home folder is the sandbox's own. */
static void
body_closed (void)
{
  g_assert_true (rushes_sandbox_is_there ());
  g_assert_true (rushes_sandbox_hides ("/nowhere/clip.mp4"));
  g_assert_true (rushes_sandbox_hides ("/home/me/clip.mp4"));
  g_assert_true (rushes_sandbox_hides ("/home/me/none/clip.mp4"));
  g_assert_true (rushes_sandbox_hides ("/seen/../home/me/clip.mp4"));
  g_assert_true (rushes_sandbox_hides ("/tmp"));
  g_assert_true (rushes_sandbox_hides ("/tmp/clip.mp4"));
  g_assert_true (rushes_sandbox_hides ("/tmp/none/clip.mp4"));
  g_assert_false (rushes_sandbox_hides ("/seen/clip.mp4"));
  g_assert_false (rushes_sandbox_hides ("/seen/none/clip.mp4"));
  g_assert_cmpint (g_chdir ("/home/me"), ==, 0);
  g_assert_true (rushes_sandbox_hides ("clip.mp4"));
  g_assert_cmpint (g_chdir ("/seen"), ==, 0);
  g_assert_false (rushes_sandbox_hides ("clip.mp4"));
}

static void
body_opened (void)
{
  g_assert_false (rushes_sandbox_hides ("/tmp/clip.mp4"));
  g_assert_true (rushes_sandbox_hides ("/home/me/clip.mp4"));
}

static void
run_with (const char *info, const char *path)
{
  g_autofree char *folder = rushes_test_folder ();
  g_autofree char *file = g_build_filename (folder, "info", NULL);
  g_autoptr (GPtrArray) options = g_ptr_array_new_with_free_func (g_free);
  g_autoptr (GDir) root = g_dir_open ("/", 0, NULL);
  const char *name;

  g_assert_true (g_file_set_contents (file, info, -1, NULL));
  while ((name = g_dir_read_name (root)))
    {
      g_autofree char *place = g_strconcat ("/", name, NULL);
      g_autofree char *target = g_file_read_link (place, NULL);

      if (g_str_equal (name, ".flatpak-info") || g_str_equal (name, "home"))
        continue;
      g_ptr_array_add (options, g_strdup (target != NULL ? "--symlink" : "--dev-bind-try"));
      g_ptr_array_add (options, g_strdup (target != NULL ? target : place));
      g_ptr_array_add (options, g_strdup (place));
    }
  for (const char *const *option = (const char *const[]) { "--ro-bind", file, "/.flatpak-info", "--bind", folder,
                                                           "/seen", "--dir", "/home/me", NULL };
       *option != NULL; option++)
    g_ptr_array_add (options, g_strdup (*option));
  g_ptr_array_add (options, NULL);

  rushes_test_run_inside (path, (const char *const *) options->pdata);
}

static void
test_closed (void)
{
  run_with ("[Context]\nshared=network;ipc;\n", "/sandbox/closed/subprocess");
}

static void
test_opened (void)
{
  run_with ("[Context]\nfilesystems=xdg-videos;/tmp;\n", "/sandbox/opened/subprocess");
}

int
main (int argc, char **argv)
{
  rushes_test_init (&argc, &argv);

  g_test_add_func ("/sandbox/outside", test_outside);
  g_test_add_func ("/sandbox/closed", test_closed);
  g_test_add_func ("/sandbox/opened", test_opened);
  g_test_add_func ("/sandbox/closed/subprocess", body_closed);
  g_test_add_func ("/sandbox/opened/subprocess", body_opened);

  return g_test_run ();
}
