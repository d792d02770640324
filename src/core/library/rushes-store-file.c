/* rushes-store-file.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "rushes-store-file.h"

#include <errno.h>
#include <fcntl.h>
#include <glib/gi18n.h>
#include <glib/gstdio.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <unistd.h>

#include "rushes-backup.h"
#include "rushes-error.h"

/* How long to wait for a process that brings the library up to date; and for others to let go of it, which two that
 * start at the same moment do at once, and an older version in use does not. */
#define SHARED_SECONDS 10.0
#define ALONE_SECONDS  1.0
#define LOCK_PAUSE_US  20000

static gboolean
fail_to_use (const char *path, int reason, GError **error)
{
  g_autofree char *name = g_filename_display_name (path);

  rushes_set_error (error, RUSHES_ERROR_STORAGE,
                    /* Translators: a file, and the system's own words ("Permission denied") */
                    _ ("Rushes cannot use its file “%s”: %s."), name, g_strerror (reason));

  return FALSE;
}

static int
open_beside (RushesStoreFile *self, const char *name, int flags, GError **error)
{
  g_autofree char *folder = g_path_get_dirname (self->path);
  g_autofree char *path = g_build_filename (folder, name, NULL);
  int fd = g_open (path, flags | O_CLOEXEC, 0600);

  if (fd < 0)
    fail_to_use (path, errno, error);

  return fd;
}

/* What is asked of the file before it is used: whether it is a database, and how old. */
typedef enum
{
  STATE_CURRENT,
  STATE_OLDER, /* or new */
  STATE_NEWER,
  STATE_DAMAGED,
  STATE_FAILED,
} State;

static State
examine (RushesStoreFile *self, const RushesSchema *schema, GError **error)
{
  g_autoptr (GError) failure = NULL;
  gint64 version;
  gboolean damaged;

  g_assert (self->database == NULL);
  /* Where no backup was of use, it stays lost until a new one is made. */
  if (self->warning == NULL && rushes_backup_is_lost (self->path))
    return STATE_DAMAGED;
  if (rushes_backup_is_suspect (self->path) && !rushes_backup_check (self->path, NULL))
    return STATE_DAMAGED;

  self->database = rushes_database_open (self->path, FALSE, error);
  if (self->database == NULL)
    return STATE_FAILED;

  if (rushes_database_script (self->database, "PRAGMA synchronous = FULL", &failure) &&
      rushes_database_get_int (self->database, &failure, "SELECT count (*) FROM sqlite_schema", "") >= 0 &&
      (version = rushes_schema_get_version (self->database, &failure)) >= 0)
    return version == schema->n_steps ? STATE_CURRENT : version < schema->n_steps ? STATE_OLDER : STATE_NEWER;

  damaged = rushes_database_is_damaged (self->database);
  g_clear_pointer (&self->database, rushes_database_close);
  if (damaged)
    return STATE_DAMAGED;
  g_propagate_error (error, g_steal_pointer (&failure));

  return STATE_FAILED;
}

static gboolean
bring_up_to_date (RushesStoreFile *self, const RushesSchema *schema, GError **error)
{
  gint64 version = rushes_schema_get_version (self->database, error);

  if (version < 0 || (version > 0 && !rushes_backup_before_migration (self->database, self->path, error)))
    return FALSE;

  /* Only while nobody else has it open: changing it does not wait for others. It stays with the file. */
  return rushes_database_script (self->database, "PRAGMA journal_mode = WAL", error) &&
         rushes_schema_migrate (schema, self->database, error);
}

/* The lock is let go between tries: a shared one that waits for others to end would keep them waiting as well. */
static gboolean
lock_alone (RushesStoreFile *self, State state, gint64 until, GError **error)
{
  if (flock (self->lock, LOCK_EX | LOCK_NB) == 0)
    return TRUE;
  if (errno == EWOULDBLOCK && g_get_monotonic_time () < until)
    return FALSE;

  rushes_set_error (error, RUSHES_ERROR_STORAGE, "%s",
                    state == STATE_DAMAGED
                        ? _ ("The library is damaged and still in use. Close every Rushes, then start it again.")
                        : _ ("Rushes is running in an older version. Close it first, then start this one again."));

  return FALSE;
}

static gboolean
lock_shared (RushesStoreFile *self, GError **error)
{
  gint64 until = g_get_monotonic_time () + (gint64) (SHARED_SECONDS * G_USEC_PER_SEC);

  while (flock (self->lock, LOCK_SH | LOCK_NB) != 0)
    {
      if (errno != EWOULDBLOCK && errno != EINTR)
        {
          rushes_set_error (
              error, RUSHES_ERROR_STORAGE,
              /* Translators: %s is the system's own words */
              _ ("The library’s folder cannot lock files (%s). Keep the library on a disk of this computer."),
              g_strerror (errno));
          return FALSE;
        }
      if (g_get_monotonic_time () > until)
        {
          rushes_set_error (error, RUSHES_ERROR_STORAGE, "%s",
                            _ ("Another Rushes is bringing the library up to date. Try again in a moment."));
          return FALSE;
        }
      g_usleep (LOCK_PAUSE_US);
    }

  return TRUE;
}

static gboolean
open_for_writing (RushesStoreFile *self, const RushesSchema *schema, GError **error)
{
  gint64 until = g_get_monotonic_time () + (gint64) (ALONE_SECONDS * G_USEC_PER_SEC);

  for (;;)
    {
      g_autoptr (GError) failure = NULL;
      State state;

      if (!lock_shared (self, error))
        return FALSE;

      state = examine (self, schema, error);
      if (state == STATE_FAILED)
        return FALSE;
      if (state == STATE_CURRENT)
        return rushes_database_script (self->database, "PRAGMA foreign_keys = ON", error);
      if (state == STATE_NEWER)
        {
          rushes_set_error (error, RUSHES_ERROR_STORAGE, "%s",
                            _ ("This library was made by a newer version of Rushes. Install that version to open it."));
          return FALSE;
        }

      if (!lock_alone (self, state, until, &failure))
        {
          g_clear_pointer (&self->database, rushes_database_close);
          if (failure != NULL)
            {
              g_propagate_error (error, g_steal_pointer (&failure));
              return FALSE;
            }
          flock (self->lock, LOCK_UN);
          g_usleep (LOCK_PAUSE_US);
          continue;
        }

      if (state == STATE_DAMAGED ? !rushes_backup_replace_damaged (self->path, &self->warning, error)
                                 : !bring_up_to_date (self, schema, error))
        return FALSE;
      g_clear_pointer (&self->database, rushes_database_close);
    }
}

static gboolean
open_for_reading (RushesStoreFile *self, const RushesSchema *schema, GError **error)
{
  gint64 version;

  if ((self->lock = open_beside (self, "library.lock", O_RDONLY, error)) < 0 || !lock_shared (self, error) ||
      (self->database = rushes_database_open (self->path, TRUE, error)) == NULL ||
      (version = rushes_schema_get_version (self->database, error)) < 0)
    return FALSE;
  if (version != schema->n_steps)
    {
      rushes_set_error (
          error, RUSHES_ERROR_STORAGE, "%s",
          version < schema->n_steps
              ? _ ("The library is from an older version. Start Rushes once to bring it up to date.")
              : _ ("This library was made by a newer version of Rushes. Install that version to open it."));
      return FALSE;
    }

  return TRUE;
}

static gboolean
remember (RushesStoreFile *self, GError **error)
{
  struct stat info;

  if (stat (self->path, &info) != 0)
    return fail_to_use (self->path, errno, error);
  self->device = info.st_dev;
  self->inode = info.st_ino;
  self->gone = FALSE;

  return TRUE;
}

/* SQLite goes on writing into a file that has no name any more, where nobody will find it. */
gboolean
rushes_store_file_is_there (RushesStoreFile *self, GError **error)
{
  struct stat info;

  if (!self->gone)
    self->gone = stat (self->path, &info) != 0 || info.st_dev != self->device || info.st_ino != self->inode;
  if (!self->gone)
    return TRUE;
  rushes_set_error (error, RUSHES_ERROR_STORAGE, "%s",
                    _ ("The library’s file was removed or replaced while Rushes was running. Nothing more is written "
                       "or sent until you start Rushes again."));

  return FALSE;
}

gboolean
rushes_store_file_open (RushesStoreFile *self,
                        RushesFolders *folders,
                        gboolean read_only,
                        const RushesSchema *schema,
                        GError **error)
{
  self->path = g_build_filename (g_file_peek_path (rushes_folders_get_data (folders)), "library.db", NULL);

  if (read_only)
    {
      if (open_for_reading (self, schema, error) && remember (self, error))
        return TRUE;
    }
  else if (rushes_folders_ensure (folders, error) &&
           (self->lock = open_beside (self, "library.lock", O_RDWR | O_CREAT, error)) >= 0 &&
           (self->changed = open_beside (self, "changed", O_RDWR | O_CREAT, error)) >= 0 &&
           open_for_writing (self, schema, error) && remember (self, error))
    return TRUE;

  rushes_store_file_close (self);

  return FALSE;
}

void
rushes_store_file_notify (RushesStoreFile *self)
{
  futimens (self->changed, NULL);
}

void
rushes_store_file_mark_damage (RushesStoreFile *self)
{
  if (self->database != NULL && rushes_database_is_damaged (self->database))
    rushes_backup_set_suspect (self->path);
}

void
rushes_store_file_close (RushesStoreFile *self)
{
  rushes_store_file_mark_damage (self);
  g_clear_pointer (&self->database, rushes_database_close);
  g_clear_fd (&self->lock, NULL);
  g_clear_fd (&self->changed, NULL);
  g_clear_pointer (&self->path, g_free);
}
