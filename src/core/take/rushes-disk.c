/* rushes-disk.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "rushes-disk.h"

#include <errno.h>
#include <fcntl.h>
#include <glib/gi18n.h>
#include <glib/gstdio.h>
#include <unistd.h>

#include "rushes-error.h"

#define CHUNK (1024 * 1024)

gboolean
rushes_disk_set_error (GError **error, const char *path, int code)
{
  if (code == ENOSPC || code == EDQUOT)
    rushes_set_error (error, RUSHES_ERROR_STORAGE, "%s", _ ("The disk is full. Free some space and try again."));
  else
    /* Translators: a file or folder, and what the system says of it. */
    rushes_set_error (error, RUSHES_ERROR_STORAGE, _ ("%s cannot be written: %s."), path, g_strerror (code));
  return FALSE;
}

gboolean
rushes_disk_sync_folder (const char *folder, GError **error)
{
  g_autofd int fd = g_open (folder, O_RDONLY | O_DIRECTORY | O_CLOEXEC, 0);

  if (fd < 0 || (fsync (fd) != 0 && errno != EINVAL && errno != ENOTSUP))
    return rushes_disk_set_error (error, folder, errno);
  return TRUE;
}

char *
rushes_disk_hash (const char *path,
                  GCancellable *cancellable,
                  void (*count) (gsize n_bytes, gpointer data),
                  gpointer data,
                  GError **error)
{
  g_autoptr (GFile) file = g_file_new_for_path (path);
  g_autoptr (GInputStream) stream = G_INPUT_STREAM (g_file_read (file, cancellable, error));
  g_autoptr (GChecksum) checksum = g_checksum_new (G_CHECKSUM_SHA256);
  g_autofree guint8 *buffer = g_malloc (CHUNK);
  gssize n_read = -1;

  while (stream != NULL && (n_read = g_input_stream_read (stream, buffer, CHUNK, cancellable, error)) > 0)
    {
      g_checksum_update (checksum, buffer, n_read);
      if (count != NULL)
        count ((gsize) n_read, data);
    }

  return n_read == 0 ? g_strdup (g_checksum_get_string (checksum)) : NULL;
}
