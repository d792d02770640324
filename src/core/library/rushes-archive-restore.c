/* rushes-archive-restore.c
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
#include <utime.h>

#include "rushes-disk.h"
#include "rushes-error.h"
#include "rushes-schema.h"

#define PART_SUFFIX ".restoring"

/* What a restore has to do with files, before anything is written down. */
typedef struct
{
  RushesArchive *archive;
  RushesDatabase *database; /* the library, with the backup as "incoming" */
  gboolean has_files;       /* the backup */
  GHashTable *clips;        /* names that are whole in the folder of clips */
  GPtrArray *made;          /* paths of files that were not there before */
} Unpacking;

static void
unpacking_clear (Unpacking *self)
{
  g_hash_table_unref (self->clips);
  g_ptr_array_unref (self->made);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Unpacking, unpacking_clear)

/* ---- whether it is one ---- */

static gboolean
refuse (RushesArchive *self, GError **error)
{
  g_autofree char *path = g_file_get_parse_name (self->file);

  rushes_set_error (error, RUSHES_ERROR_BAD_REQUEST,
                    /* Translators: a file */
                    _ ("“%s” is no backup of a library, or it is damaged. Nothing was changed."), path);

  return FALSE;
}

static gboolean
is_whole (RushesDatabase *backup)
{
  g_autoptr (RushesQuery) query = rushes_database_query (backup, NULL, "PRAGMA quick_check (1)", "");

  return query != NULL && rushes_query_next (query, NULL) && g_str_equal (rushes_query_get_text (query, 0), "ok");
}

/* The library's own copies of a day or before an update are fine, too. */
static gboolean
examine (RushesArchive *self, const char *path, gboolean *has_files, GError **error)
{
  g_autoptr (RushesDatabase) backup =
      g_file_test (path, G_FILE_TEST_IS_REGULAR) ? rushes_database_open (path, TRUE, NULL) : NULL;
  gint64 id, version;

  if (backup == NULL)
    return refuse (self, error);
  rushes_archive_watch (self, backup);
  id = rushes_database_get_int (backup, NULL, "PRAGMA application_id", "");
  version = rushes_schema_get_version (backup, NULL);
  if ((id != 0 && id != RUSHES_ARCHIVE_ID) || version <= 0 || !is_whole (backup) ||
      rushes_database_get_int (backup, NULL,
                               "SELECT count (*) FROM sqlite_schema WHERE type = 'table' AND name IN"
                               " ('projects', 'orders', 'takes', 'attempts', 'results', 'ledger', 'steps')",
                               "") != 7)
    return refuse (self, error);
  if (version > rushes_schema_get_default ()->n_steps)
    {
      rushes_set_error (error, RUSHES_ERROR_BAD_REQUEST, "%s",
                        _ ("This backup was made by a newer version of Rushes. Install that version to restore it."));
      return FALSE;
    }
  *has_files = rushes_database_get_int (backup, NULL,
                                        "SELECT count (*) FROM sqlite_schema WHERE type = 'table' AND name IN"
                                        " ('archive_files', 'archive_chunks')",
                                        "") == 2;

  return TRUE;
}

/* ---- files ---- */

/* Names from a file are not trusted: "2026-11/0198….mp4", and "SHA256.EXT". */
static gboolean
is_clip_name (const char *name)
{
  return g_regex_match_simple ("^[0-9]{4}-[0-9]{2}/[0-9A-Za-z][0-9A-Za-z_-]*(\\.[0-9A-Za-z]+)+$", name,
                               G_REGEX_DOLLAR_ENDONLY, 0);
}

static gboolean
is_picture_name (const char *name, const char *sha256)
{
  return g_regex_match_simple ("^[0-9a-f]{64}(\\.[0-9a-z]+)?$", name, G_REGEX_DOLLAR_ENDONLY, 0) &&
         g_str_has_prefix (name, sha256) && strlen (sha256) == 64;
}

static gboolean
write_all (int fd, const guint8 *data, gsize size)
{
  while (size > 0)
    {
      gssize n = write (fd, data, size);

      if (n < 0 && errno == EINTR)
        continue;
      if (n < 0)
        return FALSE;
      data += n;
      size -= n;
    }

  return TRUE;
}

/* FALSE without an error when what came is not what it should be. */
static gboolean
write_chunks (Unpacking *self, sqlite3_stmt *chunks, int fd, const char *path, const char *sha256, GError **error)
{
  g_autoptr (GChecksum) checksum = g_checksum_new (G_CHECKSUM_SHA256);
  int code;

  while ((code = sqlite3_step (chunks)) == SQLITE_ROW)
    {
      const guint8 *data = sqlite3_column_blob (chunks, 0);
      gsize size = sqlite3_column_bytes (chunks, 0);

      g_checksum_update (checksum, data, size);
      if (!rushes_archive_go_on (self->archive, error))
        return FALSE;
      if (!write_all (fd, data, size))
        return rushes_disk_set_error (error, path, errno);
      rushes_archive_count (self->archive, size);
    }
  if (code != SQLITE_DONE || !g_str_equal (g_checksum_get_string (checksum), sha256))
    return FALSE;

  return fsync (fd) == 0 || rushes_disk_set_error (error, path, errno);
}

static gboolean
unpack_to (Unpacking *self, gint64 id, const char *part, const char *path, const char *sha256, GError **error)
{
  sqlite3 *handle = rushes_database_get_handle (self->database);
  g_autofree char *folder = g_path_get_dirname (path);
  g_autofd int fd = -1;
  sqlite3_stmt *chunks = NULL;
  gboolean done = FALSE;

  if (g_mkdir_with_parents (folder, 0700) != 0 ||
      (fd = g_open (part, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0600)) < 0)
    return rushes_disk_set_error (error, path, errno);
  if (sqlite3_prepare_v2 (handle, "SELECT data FROM incoming.archive_chunks WHERE file = ? ORDER BY number", -1,
                          &chunks, NULL) == SQLITE_OK)
    {
      sqlite3_bind_int64 (chunks, 1, id);
      done = write_chunks (self, chunks, fd, path, sha256, error);
    }
  sqlite3_finalize (chunks);
  if (!done)
    return FALSE;
  if (g_rename (part, path) != 0)
    return rushes_disk_set_error (error, path, errno);
  g_ptr_array_add (self->made, g_strdup (path));

  return rushes_disk_sync_folder (folder, error);
}

/* Nothing is ever written over: what lies there under the name is taken if it is the same. */
static gboolean
unpack (Unpacking *self, gint64 id, const char *path, const char *sha256, gboolean *is_there, GError **error)
{
  g_autofree char *part = g_strconcat (path, PART_SUFFIX, NULL);
  g_autoptr (GError) failure = NULL;

  *is_there = FALSE;
  if (g_file_test (path, G_FILE_TEST_EXISTS))
    {
      g_autofree char *here = rushes_disk_hash (path, NULL, NULL, NULL, NULL);

      *is_there = g_strcmp0 (here, sha256) == 0;
      return TRUE;
    }
  if (id <= 0)
    return TRUE;

  *is_there = unpack_to (self, id, part, path, sha256, &failure);
  if (!*is_there)
    g_unlink (part);
  if (failure == NULL)
    return TRUE;
  g_propagate_error (error, g_steal_pointer (&failure));

  return FALSE;
}

typedef struct
{
  gint64 id; /* of the archive's file; 0 when it has none */
  char *name;
  char *sha256;
  gboolean known; /* as it is, here */
} Wanted;

static void
wanted_free (Wanted *wanted)
{
  g_free (wanted->name);
  g_free (wanted->sha256);
  g_free (wanted);
}

static GPtrArray *
list_wanted (Unpacking *self, const char *sql, GError **error)
{
  g_autoptr (GPtrArray) list = g_ptr_array_new_with_free_func ((GDestroyNotify) wanted_free);
  g_autoptr (RushesQuery) query = rushes_database_query (self->database, error, sql, "");
  g_autoptr (GError) failure = NULL;

  if (query == NULL)
    return NULL;
  while (rushes_query_next (query, &failure))
    {
      Wanted *wanted = g_new (Wanted, 1);

      wanted->id = rushes_query_get_int (query, 0);
      wanted->name = g_strdup (rushes_query_get_text (query, 1));
      wanted->sha256 = g_strdup (rushes_query_get_text (query, 2));
      wanted->known = rushes_query_get_int (query, 3) != 0;
      g_ptr_array_add (list, wanted);
    }
  if (failure != NULL)
    {
      g_propagate_error (error, g_steal_pointer (&failure));
      return NULL;
    }

  return g_steal_pointer (&list);
}

static gboolean
unpack_pictures (Unpacking *self, GError **error)
{
  GFile *folder = rushes_folders_get_references (self->archive->folders);
  g_autoptr (GPtrArray) pictures = NULL;

  if (!self->has_files)
    return TRUE;
  pictures = list_wanted (self, "SELECT id, name, sha256, 0 FROM incoming.archive_files WHERE kind = 'picture'", error);
  if (pictures == NULL)
    return FALSE;
  for (guint i = 0; i < pictures->len; i++)
    {
      const Wanted *picture = g_ptr_array_index (pictures, i);
      g_autofree char *path = g_build_filename (g_file_peek_path (folder), picture->name, NULL);
      guint n_made = self->made->len;
      gboolean is_there;

      if (!is_picture_name (picture->name, picture->sha256) || g_file_test (path, G_FILE_TEST_EXISTS))
        continue;
      if (!unpack (self, picture->id, path, picture->sha256, &is_there, error))
        return FALSE;
      self->archive->report.n_pictures += self->made->len - n_made;
    }

  return TRUE;
}

/* Clips of takes that were deleted here stay away. */
#define WANTED_CLIPS(id, join)                                                                                         \
  "SELECT DISTINCT " id ", r.file, r.sha256, EXISTS (SELECT 1 FROM main.results h WHERE h.file = r.file AND"           \
  "   h.sha256 = r.sha256)"                                                                                            \
  " FROM incoming.results r JOIN incoming.attempts a ON a.id = r.attempt_id " join                                     \
  " WHERE r.file IS NOT NULL AND r.sha256 IS NOT NULL"                                                                 \
  " AND NOT EXISTS (SELECT 1 FROM main.takes t WHERE t.id = a.take_id AND t.deleted IS NOT NULL)"

static gboolean
unpack_clips (Unpacking *self, GError **error)
{
  GFile *folder = rushes_folders_get_clips (self->archive->folders);
  g_autoptr (GPtrArray) clips = list_wanted (
      self,
      self->has_files ? WANTED_CLIPS ("COALESCE (f.id, 0)",
                                      "LEFT JOIN incoming.archive_files f ON f.kind = 'clip' AND f.name = r.file")
                      : WANTED_CLIPS ("0", ""),
      error);

  if (clips == NULL)
    return FALSE;
  for (guint i = 0; i < clips->len; i++)
    {
      const Wanted *clip = g_ptr_array_index (clips, i);
      g_autofree char *path = g_build_filename (g_file_peek_path (folder), clip->name, NULL);
      guint n_made = self->made->len;
      gboolean is_there;

      if (!is_clip_name (clip->name))
        {
          self->archive->report.n_missing++;
          continue;
        }
      /* Nobody reads again all that is here already. */
      if (clip->known && g_file_test (path, G_FILE_TEST_IS_REGULAR))
        {
          g_hash_table_add (self->clips, g_strdup (clip->name));
          continue;
        }
      if (!unpack (self, clip->id, path, clip->sha256, &is_there, error))
        return FALSE;
      if (is_there)
        g_hash_table_add (self->clips, g_strdup (clip->name));
      self->archive->report.n_clips += self->made->len - n_made;
      self->archive->report.n_missing += !is_there && clip->id > 0;
    }

  return TRUE;
}

/* ---- presets and providers ---- */

/* No text of a person's own is longer, and nobody has so many. */
#define MAX_TEXT  (1024 * 1024)
#define MAX_TEXTS "200"

/* NULL without an error when it is not what it should be. */
static GBytes *
load_text (Unpacking *self, const Wanted *wanted)
{
  g_autoptr (GByteArray) text = g_byte_array_new ();
  g_autofree char *sha256 = NULL;
  sqlite3_stmt *chunks = NULL;

  if (sqlite3_prepare_v2 (rushes_database_get_handle (self->database),
                          "SELECT data FROM incoming.archive_chunks WHERE file = ? ORDER BY number", -1, &chunks,
                          NULL) == SQLITE_OK)
    sqlite3_bind_int64 (chunks, 1, wanted->id);
  while (chunks != NULL && text->len <= MAX_TEXT && sqlite3_step (chunks) == SQLITE_ROW)
    g_byte_array_append (text, sqlite3_column_blob (chunks, 0), sqlite3_column_bytes (chunks, 0));
  sqlite3_finalize (chunks);

  sha256 = g_compute_checksum_for_data (G_CHECKSUM_SHA256, text->data, text->len);
  if (text->len == 0 || text->len > MAX_TEXT || g_strcmp0 (sha256, wanted->sha256) != 0)
    return NULL;
  return g_byte_array_free_to_bytes (g_steal_pointer (&text));
}

/* They are only read here: what comes of them is for others to say. */
static gboolean
load_texts (Unpacking *self, GError **error)
{
  RushesArchive *archive = self->archive;
  g_autoptr (GPtrArray) presets = NULL;
  g_autoptr (GPtrArray) providers = NULL;

  if (!self->has_files)
    return TRUE;
  if (!(presets = list_wanted (self,
                               "SELECT id, name, sha256, 0 FROM incoming.archive_files WHERE kind = '" //
                               RUSHES_ARCHIVE_PRESETS "' LIMIT 1",
                               error)) ||
      !(providers = list_wanted (self,
                                 "SELECT id, name, sha256, 0 FROM incoming.archive_files WHERE kind = '" //
                                 RUSHES_ARCHIVE_PROVIDER "' ORDER BY name LIMIT " MAX_TEXTS,
                                 error)))
    return FALSE;

  if (presets->len > 0)
    archive->presets = load_text (self, g_ptr_array_index (presets, 0));
  for (guint i = 0; i < providers->len; i++)
    {
      GBytes *text = load_text (self, g_ptr_array_index (providers, i));

      if (text != NULL)
        g_ptr_array_add (archive->providers, text);
    }

  return TRUE;
}

/* ---- all of it ---- */

static gboolean
merge (Unpacking *self, GError **error)
{
  gint64 total = 0;

  if (self->has_files)
    total = rushes_database_get_int (self->database, error,
                                     "SELECT COALESCE (sum (length (data)), 0) FROM incoming.archive_chunks", "");
  if (total < 0)
    return FALSE;
  self->archive->total = total;

  /* Files first: what is written down is there. */
  if (!load_texts (self, error) || !unpack_pictures (self, error) || !unpack_clips (self, error) ||
      !rushes_archive_go_on (self->archive, error) ||
      !rushes_database_script (self->database, "BEGIN IMMEDIATE", error))
    return FALSE;
  if (rushes_archive_merge_rows (self->archive, self->database, self->clips, error) &&
      rushes_database_script (self->database, "COMMIT", error))
    return TRUE;
  rushes_database_script (self->database, "ROLLBACK", NULL);

  return FALSE;
}

static void
touch_changed (RushesFolders *folders)
{
  g_autofree char *path = g_build_filename (g_file_peek_path (rushes_folders_get_data (folders)), "changed", NULL);

  g_utime (path, NULL);
}

gboolean
rushes_archive_merge (RushesArchive *self, GError **error)
{
  const char *path = g_file_peek_path (self->file);
  g_autofree char *library =
      g_build_filename (g_file_peek_path (rushes_folders_get_data (self->folders)), "library.db", NULL);
  g_autoptr (RushesDatabase) database = NULL;
  g_auto (Unpacking) unpacking = {
    .archive = self,
    .clips = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL),
    .made = g_ptr_array_new_with_free_func (g_free),
  };
  gboolean done;

  if (path == NULL)
    return refuse (self, error);
  if (!examine (self, path, &unpacking.has_files, error) ||
      (database = rushes_database_open (library, FALSE, error)) == NULL ||
      !rushes_database_script (
          database, "PRAGMA foreign_keys = ON; PRAGMA synchronous = FULL; PRAGMA trusted_schema = OFF;", error) ||
      !rushes_database_run (database, error, "ATTACH DATABASE ? AS incoming", "t", path))
    return FALSE;

  rushes_archive_watch (self, database);
  unpacking.database = database;
  done = merge (&unpacking, error);
  for (guint i = 0; i < unpacking.made->len && !done; i++)
    g_unlink (g_ptr_array_index (unpacking.made, i));
  if (done)
    touch_changed (self->folders);

  return done;
}
