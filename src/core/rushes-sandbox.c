/* rushes-sandbox.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "rushes-sandbox.h"

#include <glib/gi18n.h>
#include <glib/gstdio.h>

#include "rushes-error.h"

#define INFO "/.flatpak-info"

gboolean
rushes_sandbox_is_there (void)
{
  return g_file_test (INFO, G_FILE_TEST_EXISTS);
}

/* /tmp is the sandbox's own unless a person has opened the computer's to it. */
static gboolean
is_tmp_open (void)
{
  g_autoptr (GKeyFile) info = g_key_file_new ();
  g_auto (GStrv) opened = NULL;

  if (g_key_file_load_from_file (info, INFO, G_KEY_FILE_NONE, NULL))
    opened = g_key_file_get_string_list (info, "Context", "filesystems", NULL, NULL);
  for (guint i = 0; opened != NULL && opened[i] != NULL; i++)
    if (g_str_has_prefix (opened[i], "/tmp"))
      return TRUE;

  return FALSE;
}

static gboolean
is_mounted_with (const GStatBuf *status, const char *path)
{
  GStatBuf other;

  return g_stat (path, &other) == 0 && status->st_dev == other.st_dev;
}

/* What is not mounted from outside lies in the root of the sandbox, which is made of memory, or in its /tmp. */
gboolean
rushes_sandbox_hides (const char *path)
{
  g_autofree char *place = NULL;
  GStatBuf status;

  if (!rushes_sandbox_is_there ())
    return FALSE;

  place = g_canonicalize_filename (path, NULL);
  while (g_stat (place, &status) != 0)
    {
      char *parent = g_path_get_dirname (place);

      g_free (place);
      place = parent;
      if (g_str_equal (place, "/"))
        return TRUE;
    }

  if (g_str_equal (place, "/tmp") || g_str_has_prefix (place, "/tmp/"))
    return is_mounted_with (&status, "/tmp") && !is_tmp_open ();
  return is_mounted_with (&status, "/");
}

GError *
rushes_sandbox_error_new (const char *name)
{
  /* Translators: %s is a file. What stands between ` and ` is typed as it is. */
  return rushes_error_new (RUSHES_ERROR_BAD_REQUEST,
                           _ ("Rushes runs in a sandbox and cannot see “%s”; use `flatpak run --file-forwarding "
                              "io.github.rushes_app.Rushes … @@ FILE @@`, or -i - and -o -."),
                           name);
}
