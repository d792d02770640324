/* rushes-disk.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "rushes-disk.h"

#include <errno.h>
#include <fcntl.h>
#include <gio/gio.h>
#include <glib/gi18n.h>
#include <glib/gstdio.h>
#include <unistd.h>

#include "rushes-error.h"

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
