/* rushes-test.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "rushes-test.h"

#include <glib/gstdio.h>
#include <ftw.h>

#include "rushes-async.h"
#include "rushes-core.h"

#define LIMIT_SECONDS 60.0

static char *root;

static int
remove_one (const char *path, const struct stat *info, int kind, struct FTW *where)
{
  return remove (path);
}

static void
remove_root (void)
{
  nftw (root, remove_one, 16, FTW_DEPTH | FTW_PHYS);
  g_clear_pointer (&root, g_free);
}

static void
own_folder (const char *variable, const char *name)
{
  g_autofree char *path = g_build_filename (root, name, NULL);

  g_mkdir (path, 0700);
  g_setenv (variable, path, TRUE);
}

void
rushes_test_init (int *argc, char ***argv)
{
  g_autoptr (GError) error = NULL;

  root = g_dir_make_tmp ("rushes-test-XXXXXX", &error);
  g_assert_no_error (error);
  own_folder ("HOME", "home");
  own_folder ("XDG_DATA_HOME", "data");
  own_folder ("XDG_CACHE_HOME", "cache");
  own_folder ("XDG_CONFIG_HOME", "config");
  own_folder ("XDG_STATE_HOME", "state");
  atexit (remove_root);

  g_test_init (argc, argv, NULL);
  rushes_core_init ();
}

char *
rushes_test_folder (void)
{
  char *path = g_build_filename (root, "XXXXXX", NULL);

  g_assert_nonnull (g_mkdtemp (path));
  return path;
}

DexFuture *
rushes_test_run (DexFuture *future)
{
  return rushes_async_run (rushes_async_limit (future, LIMIT_SECONDS, "The test took too long."));
}

static DexFuture *
run_in_fiber (gpointer data)
{
  void (*func) (void) = data;

  func ();
  return dex_future_new_true ();
}

static void
test_fiber (gconstpointer data)
{
  g_autoptr (DexFuture) future = rushes_test_run (rushes_async_spawn (run_in_fiber, (gpointer) data, NULL));
  g_autoptr (GError) error = NULL;

  dex_future_get_value (future, &error);
  g_assert_no_error (error);
}

void
rushes_test_add_fiber (const char *path, void (*func) (void))
{
  g_test_add_data_func (path, (gconstpointer) func, test_fiber);
}

static gboolean
wake_up (gpointer data)
{
  *(gboolean *) data = TRUE;
  return G_SOURCE_REMOVE;
}

gboolean
rushes_test_until (gboolean (*check) (gpointer data), gpointer data, double seconds)
{
  gboolean over = FALSE;
  guint limit = g_timeout_add ((guint) (seconds * 1000), wake_up, &over);

  while (!over && !check (data))
    g_main_context_iteration (NULL, TRUE);
  if (!over)
    g_source_remove (limit);

  return !over;
}

void
rushes_test_use_keyring (void)
{
  g_autofree char *folder = rushes_test_folder ();
  g_autofree char *file = g_build_filename (folder, "keyring", NULL);

  g_setenv ("SECRET_BACKEND", "file", TRUE);
  g_setenv ("SECRET_FILE_TEST_PATH", file, TRUE);
  g_setenv ("SECRET_FILE_TEST_PASSWORD", "test", TRUE);
}
