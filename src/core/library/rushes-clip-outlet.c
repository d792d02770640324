/* rushes-clip-outlet.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "rushes-clip-outlet.h"

#include <errno.h>
#include <glib/gi18n.h>
#include <glib/gstdio.h>
#include <unistd.h>

#include "rushes-error.h"

/* DATA/clips/YYYY-MM/TAKE-n.EXT has its names in DATA/by-name/TAKE-n.EXT. */
static char *
get_folder (GFile *clip)
{
  g_autofree char *month = g_path_get_dirname (g_file_peek_path (clip));
  g_autofree char *clips = g_path_get_dirname (month);
  g_autofree char *data = g_path_get_dirname (clips);
  g_autofree char *name = g_file_get_basename (clip);

  return g_build_filename (data, "by-name", name, NULL);
}

static gboolean
is_same (const char *path, GFile *clip)
{
  GStatBuf ours, theirs;

  return g_stat (path, &ours) == 0 && g_stat (g_file_peek_path (clip), &theirs) == 0 && ours.st_size == theirs.st_size;
}

GFile *
rushes_clip_outlet_open (GFile *clip, const char *name, GError **error)
{
  g_autofree char *folder = NULL;
  g_autofree char *path = NULL;
  g_autoptr (GFile) file = NULL;
  g_autoptr (GError) cause = NULL;

  g_return_val_if_fail (G_IS_FILE (clip), NULL);
  g_return_val_if_fail (name != NULL && strchr (name, G_DIR_SEPARATOR) == NULL, NULL);

  folder = get_folder (clip);
  path = g_build_filename (folder, name, NULL);
  file = g_file_new_for_path (path);
  if (is_same (path, clip))
    return g_steal_pointer (&file);

  g_mkdir_with_parents (folder, 0700);
  if (g_unlink (path) != 0 && errno != ENOENT)
    rushes_set_error (error, RUSHES_ERROR_STORAGE, _ ("The clip cannot be handed on: %s."), g_strerror (errno));
  else if (link (g_file_peek_path (clip), path) == 0 ||
           g_file_copy (clip, file, G_FILE_COPY_NONE, NULL, NULL, NULL, &cause))
    return g_steal_pointer (&file);
  else
    /* Translators: %s is the system's own words ("No space left on device"). */
    rushes_set_error (error, RUSHES_ERROR_STORAGE, _ ("The clip cannot be handed on: %s."), cause->message);

  return NULL;
}

void
rushes_clip_outlet_close (GFile *clip)
{
  g_autofree char *folder = NULL;
  g_autoptr (GDir) dir = NULL;
  const char *name;

  g_return_if_fail (G_IS_FILE (clip));

  folder = get_folder (clip);
  dir = g_dir_open (folder, 0, NULL);
  while (dir != NULL && (name = g_dir_read_name (dir)) != NULL)
    {
      g_autofree char *path = g_build_filename (folder, name, NULL);

      g_unlink (path);
    }
  g_rmdir (folder);
}
