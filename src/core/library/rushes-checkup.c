/* rushes-checkup.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "rushes-checkup.h"

#include <fcntl.h>
#include <glib/gi18n.h>
#include <glib/gstdio.h>
#include <string.h>
#include <sys/file.h>
#include <sys/stat.h>

#include "rushes-async.h"
#include "rushes-attempt-record.h"
#include "rushes-backup.h"
#include "rushes-database.h"
#include "rushes-disk.h"
#include "rushes-error.h"
#include "rushes-schema.h"
#include "rushes-spool.h"

/* SQLite gives up after so many, and one is enough to know. */
#define MAX_FAULTS     10
#define PROGRESS_STEPS 10000

struct _RushesCheckup
{
  GObject parent_instance;

  RushesFolders *folders;
  gboolean hashes;
  GCancellable *cancellable;
  gint permille; /* atomic */

  /* Of the worker, and everybody's once it is over. */
  RushesCheckupReport report;
  RushesDatabase *database;
  guint64 n_read;
};

G_DEFINE_FINAL_TYPE (RushesCheckup, rushes_checkup, G_TYPE_OBJECT)

static void
problem_free (gpointer data)
{
  RushesCheckupProblem *problem = data;

  g_free (problem->take);
  g_free (problem->path);
  g_free (problem->sentence);
  g_free (problem);
}

static void
rushes_checkup_finalize (GObject *object)
{
  RushesCheckup *self = RUSHES_CHECKUP (object);

  g_object_unref (self->folders);
  g_object_unref (self->cancellable);
  g_ptr_array_unref (self->report.problems);
  g_clear_pointer (&self->database, rushes_database_close);

  G_OBJECT_CLASS (rushes_checkup_parent_class)->finalize (object);
}

static void
rushes_checkup_class_init (RushesCheckupClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = rushes_checkup_finalize;
}

static void
rushes_checkup_init (RushesCheckup *self)
{
  self->cancellable = g_cancellable_new ();
  self->report.problems = g_ptr_array_new_with_free_func (problem_free);
}

RushesCheckup *
rushes_checkup_new (RushesFolders *folders, gboolean hashes)
{
  RushesCheckup *self;

  g_return_val_if_fail (RUSHES_IS_FOLDERS (folders), NULL);

  self = g_object_new (RUSHES_TYPE_CHECKUP, NULL);
  self->folders = g_object_ref (folders);
  self->hashes = hashes;

  return self;
}

void
rushes_checkup_cancel (RushesCheckup *self)
{
  g_return_if_fail (RUSHES_IS_CHECKUP (self));

  g_cancellable_cancel (self->cancellable);
}

double
rushes_checkup_get_fraction (RushesCheckup *self)
{
  g_return_val_if_fail (RUSHES_IS_CHECKUP (self), 0);

  return g_atomic_int_get (&self->permille) / 1000.0;
}

const RushesCheckupReport *
rushes_checkup_get_report (RushesCheckup *self)
{
  g_return_val_if_fail (RUSHES_IS_CHECKUP (self), NULL);

  return &self->report;
}

const char *
rushes_checkup_kind_to_string (RushesCheckupKind kind)
{
  static const char *const words[] = { [RUSHES_CHECKUP_DATABASE] = "database",
                                       [RUSHES_CHECKUP_CLIP] = "clip",
                                       [RUSHES_CHECKUP_PICTURE] = "picture",
                                       [RUSHES_CHECKUP_SPOOL] = "spool" };

  return words[kind];
}

/* ---- what is found ---- */

/* Takes @sentence. */
static void
note (RushesCheckup *self, RushesCheckupKind kind, const char *take, const char *path, char *sentence)
{
  RushesCheckupProblem *problem = g_new (RushesCheckupProblem, 1);

  problem->kind = kind;
  problem->take = g_strdup (take);
  problem->path = g_strdup (path);
  problem->sentence = sentence;
  g_ptr_array_add (self->report.problems, problem);
}

/* ---- the database ---- */

static int
should_stop (void *cancellable)
{
  return g_cancellable_is_cancelled (cancellable);
}

static char *
list_faults (RushesCheckup *self, const char *sql, int column)
{
  g_autoptr (GError) failure = NULL;
  g_autoptr (RushesQuery) query = rushes_database_query (self->database, &failure, sql, "");
  g_autoptr (GString) faults = g_string_new (NULL);

  for (guint i = 0; query != NULL && i < MAX_FAULTS && rushes_query_next (query, &failure); i++)
    {
      const char *fault = rushes_query_get_text (query, column);

      if (g_strcmp0 (fault, "ok") != 0 && (faults->len == 0 || strstr (faults->str, fault) == NULL))
        g_string_append_printf (faults, "%s%s", faults->len > 0 ? "; " : "", fault);
    }
  if (failure != NULL)
    g_string_append_printf (faults, "%s%s", faults->len > 0 ? "; " : "", failure->message);

  return faults->len > 0 ? g_string_free (g_steal_pointer (&faults), FALSE) : NULL;
}

static void
check_database (RushesCheckup *self, const char *path)
{
  g_autofree char *faults = list_faults (self, "PRAGMA integrity_check (10)", 0);
  g_autofree char *tables = NULL;

  if (g_cancellable_is_cancelled (self->cancellable))
    return;
  if (faults != NULL)
    {
      note (self, RUSHES_CHECKUP_DATABASE, NULL, path,
            /* Translators: technical reasons */
            g_strdup_printf (_ ("The library is damaged (%s). Keep a copy of its folder before you go on."), faults));
      return;
    }
  tables = list_faults (self, "PRAGMA foreign_key_check", 0);
  if (tables != NULL)
    note (self, RUSHES_CHECKUP_DATABASE, NULL, path,
          /* Translators: names of tables */
          g_strdup_printf (_ ("The library does not fit together: what its entries (%s) refer to is not there."),
                           tables));
}

/* ---- files ---- */

static void
count_bytes (gsize n_bytes, gpointer data)
{
  RushesCheckup *self = data;

  self->n_read += n_bytes;
  if (self->report.size > 0)
    g_atomic_int_set (&self->permille, (gint) MIN (1000, self->n_read * 1000.0 / self->report.size));
}

typedef enum
{
  FILE_WHOLE,
  FILE_MISSING,
  FILE_OTHER_SIZE,
  FILE_OTHER,
} FileState;

/* A @size below zero is not known. */
static FileState
look_at (RushesCheckup *self, const char *path, gint64 size, const char *sha256)
{
  g_autofree char *hash = NULL;
  struct stat info;

  if (g_stat (path, &info) != 0 || !S_ISREG (info.st_mode))
    return FILE_MISSING;
  if (size >= 0 && info.st_size != size)
    return FILE_OTHER_SIZE;
  if (!self->hashes || sha256 == NULL)
    return FILE_WHOLE;
  hash = rushes_disk_hash (path, self->cancellable, count_bytes, self, NULL);

  return g_strcmp0 (hash, sha256) == 0 ? FILE_WHOLE : FILE_OTHER;
}

/* Of a library that is too damaged to be read, that was said. */
static RushesQuery *
query (RushesCheckup *self, const char *sql)
{
  return rushes_database_query (self->database, NULL, sql, "");
}

static void
count (RushesCheckup *self)
{
  self->report.n_takes = MAX (rushes_database_get_int (self->database, NULL, "SELECT count (*) FROM takes", ""), 0);
  self->report.n_clips = MAX (
      rushes_database_get_int (self->database, NULL, "SELECT count (*) FROM results WHERE file IS NOT NULL", ""), 0);
  self->report.size = MAX (
      rushes_database_get_int (self->database, NULL, "SELECT sum (size) FROM results WHERE file IS NOT NULL", ""), 0);
}

static void
check_clip (RushesCheckup *self, const char *take, const char *path, gint64 size, const char *sha256)
{
  g_autofree char *shown = g_filename_display_name (path);

  switch (look_at (self, path, size, sha256))
    {
    case FILE_MISSING:
      note (self, RUSHES_CHECKUP_CLIP, take, path,
            /* Translators: the id of a take, and a file */
            g_strdup_printf (_ ("The clip of take %.18s is not there: %s"), take, shown));
      return;
    case FILE_OTHER_SIZE:
      note (self, RUSHES_CHECKUP_CLIP, take, path,
            /* Translators: the id of a take, and a file */
            g_strdup_printf (_ ("The clip of take %.18s has another length than it had: %s"), take, shown));
      return;
    case FILE_OTHER:
      note (self, RUSHES_CHECKUP_CLIP, take, path,
            /* Translators: the id of a take, and a file */
            g_strdup_printf (_ ("The clip of take %.18s is not what it was, or cannot be read: %s"), take, shown));
      return;
    case FILE_WHOLE:
    default:
      return;
    }
}

static void
check_clips (RushesCheckup *self)
{
  const char *folder = g_file_peek_path (rushes_folders_get_clips (self->folders));
  g_autoptr (RushesQuery) clips =
      query (self, "SELECT a.take_id, r.file, COALESCE (r.size, -1), r.sha256 FROM results r JOIN attempts a"
                   " ON a.id = r.attempt_id WHERE r.file IS NOT NULL ORDER BY a.take_id, r.id");

  while (clips != NULL && !g_cancellable_is_cancelled (self->cancellable) && rushes_query_next (clips, NULL))
    {
      g_autofree char *path = g_build_filename (folder, rushes_query_get_text (clips, 1), NULL);

      check_clip (self, rushes_query_get_text (clips, 0), path, rushes_query_get_int (clips, 2),
                  rushes_query_get_text (clips, 3));
    }
}

/* The files of pictures are called by their SHA-256, with whatever extension. */
static GHashTable *
list_pictures (const char *folder)
{
  GHashTable *names = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_free);
  g_autoptr (GDir) dir = g_dir_open (folder, 0, NULL);
  const char *name;

  while (dir != NULL && (name = g_dir_read_name (dir)) != NULL)
    g_hash_table_insert (names, g_strndup (name, strcspn (name, ".")), g_strdup (name));

  return names;
}

static void
check_pictures (RushesCheckup *self)
{
  const char *folder = g_file_peek_path (rushes_folders_get_references (self->folders));
  g_autoptr (GHashTable) names = list_pictures (folder);
  g_autoptr (RushesQuery) pictures =
      query (self, "SELECT sha256, max (take_id) FROM take_references GROUP BY sha256 ORDER BY 2");

  while (pictures != NULL && !g_cancellable_is_cancelled (self->cancellable) && rushes_query_next (pictures, NULL))
    {
      const char *sha256 = rushes_query_get_text (pictures, 0);
      const char *take = rushes_query_get_text (pictures, 1);
      const char *name = g_hash_table_lookup (names, sha256);
      g_autofree char *path = g_build_filename (folder, name != NULL ? name : sha256, NULL);
      g_autofree char *shown = g_filename_display_name (path);
      FileState state = look_at (self, path, -1, sha256);

      self->report.n_pictures++;
      if (state != FILE_WHOLE)
        note (self, RUSHES_CHECKUP_PICTURE, take, path,
              state == FILE_MISSING
                  /* Translators: the id of a take, and a file */
                  ? g_strdup_printf (_ ("A picture of take %.18s is not there: %s"), take, shown)
                  /* Translators: the id of a take, and a file */
                  : g_strdup_printf (_ ("A picture of take %.18s is not what it was, or cannot be read: %s"), take,
                                     shown));
    }
}

/* ---- the spool ---- */

static void
check_attempt (RushesCheckup *self, const char *folder, const char *id)
{
  g_autofree char *name = g_strconcat (id, RUSHES_SPOOL_RECORD, NULL);
  g_autofree char *path = g_build_filename (folder, name, NULL);
  g_autoptr (RushesAttemptRecord) record = NULL;
  g_autoptr (GError) failure = NULL;

  self->report.n_spooled++;
  if (rushes_database_get_int (self->database, NULL, "SELECT count (*) FROM attempts WHERE id = ?", "t", id) != 0)
    return;
  record = rushes_attempt_record_read (path, rushes_folders_get_references (self->folders), &failure);
  if (record != NULL)
    self->report.n_unknown++;
  else
    note (self, RUSHES_CHECKUP_SPOOL, NULL, path,
          /* Translators: an id, and a reason */
          g_strdup_printf (_ ("Attempt %s was submitted, and neither the library nor its record tells of what: %s"), id,
                           failure->message));
}

static void
check_spool (RushesCheckup *self)
{
  const char *folder = g_file_peek_path (rushes_folders_get_spool (self->folders));
  g_autoptr (GPtrArray) ids = rushes_spool_list_submitted (folder);

  for (guint i = 0; i < ids->len; i++)
    check_attempt (self, folder, g_ptr_array_index (ids, i));
}

/* ---- all of it ---- */

/* Shared with whoever works in it: only a library that is put in its place must not come in between. */
static int
lock (const char *data)
{
  g_autofree char *path = g_build_filename (data, "library.lock", NULL);
  g_autofd int fd = g_open (path, O_RDONLY | O_CLOEXEC, 0);

  return fd >= 0 && flock (fd, LOCK_SH | LOCK_NB) == 0 ? g_steal_fd (&fd) : -1;
}

static gboolean
open_database (RushesCheckup *self, const char *path, GError **error)
{
  if ((self->database = rushes_database_open (path, TRUE, error)) == NULL)
    return FALSE;
  sqlite3_progress_handler (rushes_database_get_handle (self->database), PROGRESS_STEPS, should_stop,
                            self->cancellable);
  if (rushes_schema_get_version (self->database, NULL) <= rushes_schema_get_default ()->n_steps)
    return TRUE;
  rushes_set_error (error, RUSHES_ERROR_STORAGE, "%s",
                    _ ("This library was made by a newer version of Rushes. Install that version to open it."));

  return FALSE;
}

static gboolean
look_over (RushesCheckup *self, GError **error)
{
  const char *data = g_file_peek_path (rushes_folders_get_data (self->folders));
  g_autofree char *path = g_build_filename (data, "library.db", NULL);
  g_autofd int fd = lock (data);

  if (fd < 0)
    {
      g_autofree char *shown = g_filename_display_name (data);

      /* Translators: a folder */
      rushes_set_error (error, RUSHES_ERROR_STORAGE, _ ("There is no library in %s, or it is just being mended."),
                        shown);
      return FALSE;
    }
  /* Seen before SQLite opens it, which takes such a file for an empty library. */
  if (rushes_backup_is_lost (path))
    {
      note (self, RUSHES_CHECKUP_DATABASE, NULL, path,
            g_strdup (_ ("The library’s file is missing, or its journal is damaged. Rushes uses the newest backup when "
                         "it is started.")));
      return TRUE;
    }
  if (!open_database (self, path, error))
    return FALSE;

  check_database (self, path);
  count (self);
  check_clips (self);
  check_pictures (self);
  check_spool (self);

  return !g_cancellable_set_error_if_cancelled (self->cancellable, error);
}

static DexFuture *
work (gpointer data)
{
  RushesCheckup *self = data;
  g_autoptr (GError) error = NULL;
  gboolean done = look_over (self, &error);

  g_clear_pointer (&self->database, rushes_database_close);
  if (!done)
    return dex_future_new_for_error (rushes_error_translate (error));
  g_atomic_int_set (&self->permille, 1000);

  return dex_future_new_true ();
}

DexFuture *
rushes_checkup_run (RushesCheckup *self)
{
  dex_return_error_if_fail (RUSHES_IS_CHECKUP (self));

  return rushes_async_work (work, g_object_ref (self), g_object_unref);
}
