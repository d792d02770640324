/* test-limits.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include <glib/gstdio.h>

#include "rushes-async.h"
#include "rushes-core.h"
#include "rushes-test-library.h"

/* The test itself, started once more with less room or fewer rights, orders takes until it cannot. */
static const char *program;

static DexFuture *
order_many (gpointer data)
{
  RushesFolders *folders = data;
  g_autoptr (GError) error = NULL;
  g_autoptr (RushesLibrary) library = NULL;
  g_autoptr (RushesProject) project = NULL;
  g_autoptr (GPtrArray) requests = g_ptr_array_new_with_free_func (g_object_unref);
  g_autoptr (GArray) prices = g_array_new (FALSE, FALSE, sizeof (RushesPrice));
  g_autofree char *prompt = g_strnfill (5000, 'x');
  RushesPrice price = { RUSHES_PRICE_FREE };
  guint n = 0;

  g_ptr_array_add (requests, rushes_test_request ("red", prompt));
  g_array_append_val (prices, price);
  library = dex_await_object (rushes_library_open (folders, RUSHES_LIBRARY_OPEN_DEFAULT), &error);
  if (library != NULL)
    {
      project = g_list_model_get_item (rushes_library_get_projects (library), 0);
      while (error == NULL && n < 500)
        {
          g_autofree char *order_id = rushes_new_id ();
          g_autoptr (GPtrArray) takes = NULL;

          takes = dex_await_boxed (rushes_library_order (library, project, requests, prices, order_id), &error);
          n += takes != NULL;
        }
      dex_await (rushes_library_close (library), NULL);
    }
  g_print ("%s|%s|%u\n", error != NULL ? rushes_error_code_to_string (error->code) : "done",
           error != NULL ? error->message : "", n);

  return dex_future_new_true ();
}

static int
order_as_other (const char *path)
{
  g_autoptr (GFile) data = g_file_new_for_path (path);
  g_autoptr (RushesFolders) folders = rushes_folders_new (data, data);
  g_autoptr (DexFuture) future = NULL;

  rushes_core_init ();
  future = rushes_test_run (rushes_async_spawn (order_many, folders, NULL));

  return dex_future_is_resolved (future) ? 0 : 1;
}

/* Code, message, and how many takes it got. */
static char **
order_in_sandbox (const char *const *options, const char *path)
{
  g_autofree char *said = rushes_test_sandbox (options, program, "--order", path, NULL);

  return said != NULL ? g_strsplit (said, "|", 3) : NULL;
}

/* What was written before the disk was full is whole, and what did not fit is told. */
static void
test_full_disk (void)
{
  g_autofree char *path = rushes_test_folder ();
  const char *const options[] = { "--size", "1048576", "--tmpfs", path, NULL };
  g_auto (GStrv) said = order_in_sandbox (options, path);

  if (said == NULL)
    return;
  g_assert_cmpstr (said[0], ==, "STORAGE");
  g_assert_nonnull (strstr (said[1], "disk is full"));
  g_assert_cmpint (g_ascii_strtoll (said[2], NULL, 10), >, 0);
  g_assert_cmpint (g_ascii_strtoll (said[2], NULL, 10), <, 500);
}

static void
test_no_permission (void)
{
  g_autofree char *path = rushes_test_folder ();
  const char *const options[] = { "--unshare-user", "--uid", "1000", "--gid", "1000", "--cap-drop", "ALL", NULL };
  g_auto (GStrv) said = NULL;

  g_assert_cmpint (g_chmod (path, 0555), ==, 0);
  if ((said = order_in_sandbox (options, path)) != NULL)
    {
      g_assert_cmpstr (said[0], ==, "STORAGE");
      g_assert_nonnull (strstr (said[1], path));
    }
  g_chmod (path, 0755);
}

int
main (int argc, char **argv)
{
  program = argv[0];
  if (argc == 3 && g_str_equal (argv[1], "--order"))
    return order_as_other (argv[2]);

  rushes_test_init (&argc, &argv);

  g_test_add_func ("/limits/full-disk", test_full_disk);
  g_test_add_func ("/limits/no-permission", test_no_permission);

  return g_test_run ();
}
