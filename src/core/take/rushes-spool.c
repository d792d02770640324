/* rushes-spool.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "rushes-spool.h"

#include <errno.h>
#include <fcntl.h>
#include <glib/gi18n.h>
#include <glib/gstdio.h>
#include <sys/statvfs.h>
#include <unistd.h>

#include "rushes-async.h"
#include "rushes-disk.h"
#include "rushes-error.h"

/* Enough for any reply but one that is the clip itself. */
#define REPLY_SIZE (64 * 1024)

typedef struct
{
  char *path;
  gint64 bytes;
} Room;

static void
room_free (Room *room)
{
  g_free (room->path);
  g_free (room);
}

static gboolean
has_room (const char *folder, gint64 bytes, GError **error)
{
  struct statvfs info;

  if (statvfs (folder, &info) != 0)
    return rushes_disk_set_error (error, folder, errno);
  if ((guint64) info.f_bavail * info.f_frsize < (guint64) bytes)
    {
      g_autofree char *size = g_format_size (bytes);

      /* Translators: an amount of data such as 67.1 MB, and a folder. */
      rushes_set_error (error, RUSHES_ERROR_STORAGE, _ ("Less than %s is free in %s. Free some space and try again."),
                        size, folder);
      return FALSE;
    }
  return TRUE;
}

static DexFuture *
check_room (gpointer data)
{
  Room *room = data;
  g_autoptr (GError) error = NULL;

  if (!has_room (room->path, room->bytes, &error))
    return dex_future_new_for_error (g_steal_pointer (&error));
  return dex_future_new_true ();
}

DexFuture *
rushes_spool_check_room (GFile *folder, gint64 bytes)
{
  Room *room;

  dex_return_error_if_fail (G_IS_FILE (folder) && g_file_peek_path (folder) != NULL);

  room = g_new0 (Room, 1);
  room->path = g_file_get_path (folder);
  room->bytes = bytes;
  return rushes_async_work (check_room, room, (GDestroyNotify) room_free);
}

static gboolean
make (const char *path, GError **error)
{
  g_autofree char *folder = g_path_get_dirname (path);
  g_autofd int fd = -1;
  int code;

  if (!has_room (folder, RUSHES_SPOOL_ROOM, error))
    return FALSE;

  fd = g_open (path, O_RDWR | O_CREAT | O_TRUNC | O_CLOEXEC, 0600);
  if (fd < 0)
    return rushes_disk_set_error (error, path, errno);
  if ((code = posix_fallocate (fd, 0, REPLY_SIZE)) != 0)
    return rushes_disk_set_error (error, path, code);
  if (fsync (fd) != 0)
    return rushes_disk_set_error (error, path, errno);
  return rushes_disk_sync_folder (folder, error);
}

static DexFuture *
make_spool (gpointer data)
{
  g_autoptr (GError) error = NULL;

  if (!make (data, &error))
    {
      g_unlink (data);
      return dex_future_new_for_error (g_steal_pointer (&error));
    }
  return dex_future_new_true ();
}

DexFuture *
rushes_spool_make (GFile *spool)
{
  dex_return_error_if_fail (G_IS_FILE (spool) && g_file_peek_path (spool) != NULL);

  return rushes_async_work (make_spool, g_file_get_path (spool), g_free);
}

static DexFuture *
remove_spool (gpointer data)
{
  const char *path = data;
  g_autofree char *part = g_strconcat (path, ".part", NULL);
  g_autofree char *clip = g_strconcat (path, ".clip", NULL);
  g_autofree char *answer = g_strconcat (path, ".answer", NULL);

  g_unlink (path);
  g_unlink (part);
  g_unlink (clip);
  g_unlink (answer);
  return dex_future_new_true ();
}

DexFuture *
rushes_spool_remove (GFile *spool)
{
  dex_return_error_if_fail (G_IS_FILE (spool) && g_file_peek_path (spool) != NULL);

  return rushes_async_work (remove_spool, g_file_get_path (spool), g_free);
}
