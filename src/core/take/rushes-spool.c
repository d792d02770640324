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
#include <string.h>
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

/* What was only made begins with zeros, and every reply with its head. */
static gboolean
holds_reply (int fd)
{
  char first = '\0';

  return pread (fd, &first, 1, 0) == 1 && first != '\0';
}

gboolean
rushes_spool_has_reply (const char *path)
{
  g_autofd int fd = g_open (path, O_RDONLY | O_CLOEXEC, 0);

  return fd >= 0 && holds_reply (fd);
}

static gboolean
refuse_reply (GError **error)
{
  GError *refusal = rushes_error_new (RUSHES_ERROR_STORAGE, "%s",
                                      _ ("An answer to this take was kept already, so it has been submitted before and "
                                         "was not submitted again."));

  rushes_error_set_charged (refusal, RUSHES_CHARGED_MAYBE);
  g_propagate_error (error, refusal);

  return FALSE;
}

static gboolean
make (const char *path, GError **error)
{
  g_autofree char *folder = g_path_get_dirname (path);
  g_autofd int fd = -1;
  int code;

  fd = g_open (path, O_RDWR | O_CREAT | O_CLOEXEC, 0600);
  if (fd < 0)
    return rushes_disk_set_error (error, path, errno);
  if (holds_reply (fd))
    return refuse_reply (error);
  if (!has_room (folder, RUSHES_SPOOL_ROOM, error))
    return FALSE;
  if (ftruncate (fd, 0) != 0)
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
      if (!rushes_spool_has_reply (data))
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

typedef struct
{
  char *path;
  char *text;
} Note;

static void
note_free (Note *note)
{
  g_free (note->path);
  g_free (note->text);
  g_free (note);
}

/* In place: half a record is one of something that was not sent, and nothing is left under another name. */
static DexFuture *
note_spool (gpointer data)
{
  Note *note = data;
  g_autofree char *folder = g_path_get_dirname (note->path);
  g_autoptr (GError) error = NULL;

  if (!g_file_set_contents_full (note->path, note->text, -1, G_FILE_SET_CONTENTS_DURABLE, 0600, &error) ||
      !rushes_disk_sync_folder (folder, &error))
    return dex_future_new_for_error (
        /* Translators: the system's own words */
        rushes_error_new (RUSHES_ERROR_STORAGE, _ ("What is to be submitted could not be written down first: %s"),
                          error->message));
  return dex_future_new_true ();
}

DexFuture *
rushes_spool_note (GFile *spool, const char *record)
{
  Note *note;

  dex_return_error_if_fail (G_IS_FILE (spool) && g_file_peek_path (spool) != NULL);
  dex_return_error_if_fail (record != NULL);

  note = g_new (Note, 1);
  note->path = g_strconcat (g_file_peek_path (spool), RUSHES_SPOOL_RECORD, NULL);
  note->text = g_strdup (record);
  return rushes_async_work (note_spool, note, (GDestroyNotify) note_free);
}

/* The record first: without one nothing that is left over brings the take back. */
static DexFuture *
remove_spool (gpointer data)
{
  static const char *const suffixes[] = { RUSHES_SPOOL_RECORD, RUSHES_SPOOL_DELETED, ".part", ".clip", ".answer", "" };

  for (guint i = 0; i < G_N_ELEMENTS (suffixes); i++)
    {
      g_autofree char *path = g_strconcat (data, suffixes[i], NULL);

      g_unlink (path);
    }
  return dex_future_new_true ();
}

DexFuture *
rushes_spool_remove (GFile *spool)
{
  dex_return_error_if_fail (G_IS_FILE (spool) && g_file_peek_path (spool) != NULL);

  return rushes_async_work (remove_spool, g_file_get_path (spool), g_free);
}

static int
compare_names (gconstpointer a, gconstpointer b)
{
  return strcmp (*(const char *const *) a, *(const char *const *) b);
}

GPtrArray *
rushes_spool_list_submitted (const char *spool)
{
  GPtrArray *ids = g_ptr_array_new_with_free_func (g_free);
  g_autoptr (GDir) dir = g_dir_open (spool, 0, NULL);
  const char *name;

  while (dir != NULL && (name = g_dir_read_name (dir)) != NULL)
    {
      g_autofree char *path = g_build_filename (spool, name, NULL);
      g_autofree char *id = g_strndup (name, strcspn (name, "."));
      gboolean is_record = g_str_equal (name + strlen (id), RUSHES_SPOOL_RECORD);

      if (g_uuid_string_is_valid (id) && (is_record || (g_str_equal (name, id) && rushes_spool_has_reply (path))) &&
          !g_ptr_array_find_with_equal_func (ids, id, g_str_equal, NULL))
        g_ptr_array_add (ids, g_steal_pointer (&id));
    }
  g_ptr_array_sort (ids, compare_names);

  return ids;
}
