/* rushes-archive.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "rushes-archive-private.h"

#include <errno.h>
#include <fcntl.h>
#include <glib/gi18n.h>
#include <glib/gstdio.h>
#include <unistd.h>

#include "rushes-async.h"
#include "rushes-disk.h"
#include "rushes-error.h"
#include "rushes-library-private.h"

#define PROGRESS_STEPS 10000

G_DEFINE_FINAL_TYPE (RushesArchive, rushes_archive, G_TYPE_OBJECT)

static void
rushes_archive_finalize (GObject *object)
{
  RushesArchive *self = RUSHES_ARCHIVE (object);

  g_object_unref (self->file);
  g_object_unref (self->cancellable);
  g_clear_object (&self->closing);
  g_clear_object (&self->folders);
  g_clear_pointer (&self->presets, g_bytes_unref);
  g_ptr_array_unref (self->providers);

  G_OBJECT_CLASS (rushes_archive_parent_class)->finalize (object);
}

static void
rushes_archive_class_init (RushesArchiveClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = rushes_archive_finalize;
}

static void
rushes_archive_init (RushesArchive *self)
{
  self->cancellable = g_cancellable_new ();
  self->providers = g_ptr_array_new_with_free_func ((GDestroyNotify) g_bytes_unref);
}

RushesArchive *
rushes_archive_new (GFile *file)
{
  RushesArchive *self;

  g_return_val_if_fail (G_IS_FILE (file), NULL);

  self = g_object_new (RUSHES_TYPE_ARCHIVE, NULL);
  self->file = g_object_ref (file);

  return self;
}

void
rushes_archive_cancel (RushesArchive *self)
{
  g_return_if_fail (RUSHES_IS_ARCHIVE (self));

  g_cancellable_cancel (self->cancellable);
}

double
rushes_archive_get_fraction (RushesArchive *self)
{
  g_return_val_if_fail (RUSHES_IS_ARCHIVE (self), 0);

  return g_atomic_int_get (&self->permille) / 1000.0;
}

const RushesArchiveReport *
rushes_archive_get_report (RushesArchive *self)
{
  g_return_val_if_fail (RUSHES_IS_ARCHIVE (self), NULL);

  return &self->report;
}

GBytes *
rushes_archive_get_presets (RushesArchive *self)
{
  g_return_val_if_fail (RUSHES_IS_ARCHIVE (self), NULL);

  return self->presets;
}

GPtrArray *
rushes_archive_get_providers (RushesArchive *self)
{
  g_return_val_if_fail (RUSHES_IS_ARCHIVE (self), NULL);

  return self->providers;
}

/* ---- on the worker ---- */

/* The person does not want it any more, or the program ends. */
static int
should_stop (void *data)
{
  RushesArchive *self = data;

  return g_cancellable_is_cancelled (self->cancellable) || g_cancellable_is_cancelled (self->closing);
}

void
rushes_archive_watch (RushesArchive *self, RushesDatabase *database)
{
  sqlite3_progress_handler (rushes_database_get_handle (database), PROGRESS_STEPS, should_stop, self);
}

gboolean
rushes_archive_go_on (RushesArchive *self, GError **error)
{
  if (!should_stop (self))
    return TRUE;
  rushes_set_error (error, RUSHES_ERROR_CANCELLED, "%s", _ ("It was cancelled. Nothing was changed."));

  return FALSE;
}

void
rushes_archive_count (RushesArchive *self, guint64 n_bytes)
{
  self->done += n_bytes;
  if (self->total > 0)
    g_atomic_int_set (&self->permille, (int) (MIN (self->done, self->total) * 1000.0 / self->total));
}

GError *
rushes_archive_explain (RushesArchive *self, GError *error)
{
  GError *cancelled = NULL;

  if (rushes_archive_go_on (self, &cancelled))
    return error;
  g_error_free (error);

  return cancelled;
}

/* ---- writing ---- */

/* A file that goes into the backup. */
typedef struct
{
  const char *kind; /* "clip", "picture", "presets" or "provider" */
  char *name;       /* within its folder */
  char *path;
  char *sha256;
  guint64 size;
} Member;

static void
member_free (Member *member)
{
  g_free (member->name);
  g_free (member->path);
  g_free (member->sha256);
  g_free (member);
}

static Member *
member_new (const char *kind, GFile *folder, const char *name, const char *sha256)
{
  Member *member = g_new0 (Member, 1);
  GStatBuf info;

  member->kind = kind;
  member->name = g_strdup (name);
  member->path = g_build_filename (g_file_peek_path (folder), name, NULL);
  member->sha256 = g_strdup (sha256);
  if (g_stat (member->path, &info) == 0)
    member->size = info.st_size;

  return member;
}

static void
add_text (GPtrArray *members, const char *kind, GFile *folder, const char *name)
{
  g_autofree char *path = g_build_filename (g_file_peek_path (folder), name, NULL);
  g_autofree char *sha256 = rushes_disk_hash (path, NULL, NULL, NULL, NULL);

  if (sha256 != NULL)
    g_ptr_array_add (members, member_new (kind, folder, name, sha256));
}

/* The person's own presets, and what they added of providers. */
static void
list_texts (RushesArchive *self, GPtrArray *members)
{
  GFile *providers = rushes_folders_get_providers (self->folders);
  g_autoptr (GDir) dir = g_dir_open (g_file_peek_path (providers), 0, NULL);
  const char *name;

  add_text (members, RUSHES_ARCHIVE_PRESETS, rushes_folders_get_data (self->folders), "presets.json");
  while (dir != NULL && (name = g_dir_read_name (dir)) != NULL)
    if (g_str_has_suffix (name, ".json"))
      add_text (members, RUSHES_ARCHIVE_PROVIDER, providers, name);
}

static gboolean
list_members (RushesArchive *self, RushesDatabase *database, GPtrArray *members, GError **error)
{
  GFile *references = rushes_folders_get_references (self->folders);
  g_autoptr (GDir) dir = g_dir_open (g_file_peek_path (references), 0, NULL);
  g_autoptr (RushesQuery) query = NULL;
  g_autoptr (GError) failure = NULL;
  const char *name;

  /* A picture is called after its SHA-256. */
  while (dir != NULL && (name = g_dir_read_name (dir)) != NULL)
    {
      g_autofree char *sha256 = g_strndup (name, strcspn (name, "."));

      if (strlen (sha256) == 64)
        g_ptr_array_add (members, member_new ("picture", references, name, sha256));
    }

  list_texts (self, members);
  if (!self->with_clips)
    return TRUE;
  query = rushes_database_query (
      database, error, "SELECT DISTINCT file, sha256 FROM results WHERE file IS NOT NULL AND sha256 IS NOT NULL", "");
  if (query == NULL)
    return FALSE;
  while (rushes_query_next (query, &failure))
    g_ptr_array_add (members, member_new ("clip", rushes_folders_get_clips (self->folders),
                                          rushes_query_get_text (query, 0), rushes_query_get_text (query, 1)));
  if (failure != NULL)
    {
      g_propagate_error (error, g_steal_pointer (&failure));
      return FALSE;
    }

  return TRUE;
}

static gboolean
is_full (RushesDatabase *database)
{
  sqlite3 *handle = rushes_database_get_handle (database);
  int code = sqlite3_errcode (handle) & 0xff;
  int system = sqlite3_system_errno (handle);

  return code == SQLITE_FULL || (code == SQLITE_IOERR && (system == ENOSPC || system == EDQUOT));
}

/* Where the fault is the backup's, and not the library's. FALSE. */
static gboolean
fail_to_write (RushesDatabase *database, GError **error)
{
  g_clear_error (error);
  if (is_full (database))
    rushes_set_error (error, RUSHES_ERROR_STORAGE, "%s",
                      _ ("The disk is full, so the backup could not be written. Free some space, or choose another "
                         "place."));
  else
    rushes_set_error (error, RUSHES_ERROR_STORAGE,
                      /* Translators: %s is a technical reason */
                      _ ("The backup could not be written (%s). Choose another place."),
                      sqlite3_errmsg (rushes_database_get_handle (database)));

  return FALSE;
}

static gboolean
add_chunk (RushesDatabase *database, sqlite3_stmt *insert, gint64 file, gint64 number, GBytes *bytes, GError **error)
{
  gsize size;
  const void *data = g_bytes_get_data (bytes, &size);
  int code;

  sqlite3_bind_int64 (insert, 1, file);
  sqlite3_bind_int64 (insert, 2, number);
  sqlite3_bind_blob64 (insert, 3, data, size, SQLITE_STATIC);
  code = sqlite3_step (insert);
  sqlite3_reset (insert);
  sqlite3_clear_bindings (insert);

  return code == SQLITE_DONE || fail_to_write (database, error);
}

/* FALSE with no error when the file is not there, or is not what was written down. */
static gboolean
copy_in (RushesArchive *self,
         RushesDatabase *database,
         sqlite3_stmt *insert,
         const Member *member,
         gint64 id,
         GError **error)
{
  g_autoptr (GFile) file = g_file_new_for_path (member->path);
  g_autoptr (GInputStream) stream = G_INPUT_STREAM (g_file_read (file, NULL, NULL));
  g_autoptr (GChecksum) checksum = g_checksum_new (G_CHECKSUM_SHA256);

  for (gint64 number = 0; stream != NULL; number++)
    {
      g_autofree guint8 *buffer = g_malloc (RUSHES_ARCHIVE_CHUNK);
      g_autoptr (GBytes) bytes = NULL;
      gsize n_read;

      if (!rushes_archive_go_on (self, error) ||
          !g_input_stream_read_all (stream, buffer, RUSHES_ARCHIVE_CHUNK, &n_read, NULL, NULL))
        return FALSE;
      if (n_read == 0)
        return g_str_equal (g_checksum_get_string (checksum), member->sha256);
      g_checksum_update (checksum, buffer, n_read);
      bytes = g_bytes_new_take (g_steal_pointer (&buffer), n_read);
      if (!add_chunk (database, insert, id, number, bytes, error))
        return FALSE;
      rushes_archive_count (self, n_read);
    }

  return FALSE;
}

static gboolean
add_member (RushesArchive *self,
            RushesDatabase *database,
            sqlite3_stmt *insert,
            const Member *member,
            gint64 id,
            GError **error)
{
  g_autoptr (GError) failure = NULL;

  if (copy_in (self, database, insert, member, id, &failure))
    {
      if (g_str_equal (member->kind, "clip"))
        self->report.n_clips++;
      else if (g_str_equal (member->kind, "picture"))
        self->report.n_pictures++;
      return rushes_database_run (database, error,
                                  "INSERT INTO archive_files (id, kind, name, sha256) VALUES (?, ?, ?, ?)", "ittt", id,
                                  member->kind, member->name, member->sha256);
    }
  if (failure != NULL)
    {
      g_propagate_error (error, g_steal_pointer (&failure));
      return FALSE;
    }

  self->report.n_missing++;
  return rushes_database_run (database, error, "DELETE FROM archive_chunks WHERE file = ?", "i", id);
}

static gboolean
add_members (RushesArchive *self, RushesDatabase *database, GError **error)
{
  g_autoptr (GPtrArray) members = g_ptr_array_new_with_free_func ((GDestroyNotify) member_free);
  sqlite3_stmt *insert = NULL;
  gboolean done = TRUE;

  if (!list_members (self, database, members, error) ||
      !rushes_database_script (
          database,
          "CREATE TABLE archive_files (id INTEGER PRIMARY KEY, kind TEXT NOT NULL, name TEXT NOT NULL,"
          "  sha256 TEXT NOT NULL) STRICT;"
          "CREATE TABLE archive_chunks (file INTEGER NOT NULL, number INTEGER NOT NULL, data BLOB NOT NULL,"
          "  PRIMARY KEY (file, number)) STRICT;",
          error))
    return FALSE;
  for (guint i = 0; i < members->len; i++)
    self->total += ((Member *) g_ptr_array_index (members, i))->size;

  if (sqlite3_prepare_v2 (rushes_database_get_handle (database),
                          "INSERT INTO archive_chunks (file, number, data) VALUES (?, ?, ?)", -1, &insert,
                          NULL) != SQLITE_OK)
    g_assert_not_reached ();
  for (guint i = 0; i < members->len && done; i++)
    done = rushes_archive_go_on (self, error) &&
           add_member (self, database, insert, g_ptr_array_index (members, i), i + 1, error);
  sqlite3_finalize (insert);

  return done;
}

/* SQLite writes into an empty file as well; where none can be made, it would say that the library is at fault. */
static gboolean
make_part (const char *part, const char *path, GError **error)
{
  g_autofd int fd = g_open (part, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0600);

  return fd >= 0 || rushes_disk_set_error (error, path, errno);
}

/* The copy first, through a connection of its own: nobody has to wait for the files. */
static gboolean
write_part (RushesArchive *self, const char *part, GError **error)
{
  g_autofree char *path =
      g_build_filename (g_file_peek_path (rushes_folders_get_data (self->folders)), "library.db", NULL);
  g_autofree char *stamp = g_strdup_printf ("PRAGMA application_id = %d", RUSHES_ARCHIVE_ID);
  g_autoptr (RushesDatabase) library = rushes_database_open (path, FALSE, error);
  g_autoptr (RushesDatabase) archive = NULL;
  gint64 n_takes;

  if (library == NULL)
    return FALSE;
  rushes_archive_watch (self, library);
  if (!rushes_database_run (library, error, "VACUUM INTO ?", "t", part))
    return is_full (library) && fail_to_write (library, error);
  g_clear_pointer (&library, rushes_database_close);

  /* It is nobody's yet; should it break off it is thrown away. */
  archive = rushes_database_open (part, FALSE, error);
  if (archive == NULL)
    return FALSE;
  rushes_archive_watch (self, archive);
  if (!rushes_database_script (archive, "PRAGMA journal_mode = OFF; PRAGMA synchronous = OFF; BEGIN;", error) ||
      !rushes_database_script (archive, "UPDATE attempts SET key_source = NULL, key_print = NULL", error) ||
      !add_members (self, archive, error) ||
      (n_takes = rushes_database_get_int (archive, error, "SELECT count (*) FROM takes", "")) < 0)
    return FALSE;
  if (!rushes_database_script (archive, "COMMIT", error) || !rushes_database_script (archive, stamp, error))
    return fail_to_write (archive, error);
  self->report.n_takes = n_takes;

  return TRUE;
}

static gboolean
sync_file (const char *path, GError **error)
{
  g_autofd int fd = g_open (path, O_RDONLY | O_CLOEXEC, 0);

  return (fd >= 0 && fsync (fd) == 0) || rushes_disk_set_error (error, path, errno);
}

/* Also what SQLite has beside it, which is left when a process was killed. */
static void
remove_part (const char *part)
{
  g_autofree char *journal = g_strconcat (part, "-journal", NULL);

  g_unlink (part);
  g_unlink (journal);
}

static gboolean
write_archive (RushesArchive *self, GError **error)
{
  const char *path = g_file_peek_path (self->file);
  g_autofree char *part = NULL;
  g_autofree char *folder = NULL;

  if (path == NULL)
    {
      rushes_set_error (error, RUSHES_ERROR_BAD_REQUEST, "%s", _ ("A backup is written on this computer only."));
      return FALSE;
    }
  if (!self->overwrite && g_file_test (path, G_FILE_TEST_EXISTS))
    {
      g_autofree char *name = g_filename_display_basename (path);

      rushes_set_error (error, RUSHES_ERROR_BAD_REQUEST, _ ("There is a file “%s” already."), name);
      return FALSE;
    }

  if (g_file_has_prefix (self->file, rushes_folders_get_data (self->folders)))
    {
      rushes_set_error (error, RUSHES_ERROR_BAD_REQUEST, "%s",
                        _ ("A backup cannot lie in the folder of the library itself. Choose another place."));
      return FALSE;
    }

  part = g_strconcat (path, ".part", NULL);
  folder = g_path_get_dirname (path);
  remove_part (part);
  if (make_part (part, path, error) && write_part (self, part, error) && sync_file (part, error) &&
      rushes_archive_go_on (self, error))
    {
      if (g_rename (part, path) == 0)
        return rushes_disk_sync_folder (folder, error);
      rushes_disk_set_error (error, path, errno);
    }
  remove_part (part);

  return FALSE;
}

static DexFuture *
work (RushesArchive *self, gboolean (*func) (RushesArchive *self, GError **error))
{
  GError *error = NULL;

  if (func (self, &error))
    {
      g_atomic_int_set (&self->permille, 1000);
      return dex_future_new_true ();
    }

  return dex_future_new_for_error (rushes_archive_explain (self, error));
}

static DexFuture *
write_on_worker (gpointer data)
{
  return work (data, write_archive);
}

DexFuture *
rushes_archive_write (RushesArchive *self, RushesLibrary *library, gboolean with_clips, gboolean overwrite)
{
  dex_return_error_if_fail (RUSHES_IS_ARCHIVE (self));
  dex_return_error_if_fail (RUSHES_IS_LIBRARY (library));

  g_set_object (&self->folders, library->folders);
  g_set_object (&self->closing, library->closing);
  self->with_clips = with_clips;
  self->overwrite = overwrite;

  return rushes_library_add_copy (library, rushes_async_work (write_on_worker, g_object_ref (self), g_object_unref));
}

/* ---- reading ---- */

static DexFuture *
restore_on_worker (gpointer data)
{
  return work (data, rushes_archive_merge);
}

static DexFuture *
restored (DexFuture *future, gpointer data)
{
  /* It was written as another process would have. */
  rushes_library_look (data);

  return dex_ref (future);
}

DexFuture *
rushes_archive_restore (RushesArchive *self, RushesLibrary *library)
{
  DexFuture *restoring;

  dex_return_error_if_fail (RUSHES_IS_ARCHIVE (self));
  dex_return_error_if_fail (RUSHES_IS_LIBRARY (library));

  g_set_object (&self->folders, library->folders);
  g_set_object (&self->closing, library->closing);
  restoring =
      rushes_library_add_copy (library, rushes_async_work (restore_on_worker, g_object_ref (self), g_object_unref));

  return dex_future_finally (restoring, restored, g_object_ref (library), g_object_unref);
}
