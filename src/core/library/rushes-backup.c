/* rushes-backup.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "rushes-backup.h"

#include <errno.h>
#include <fcntl.h>
#include <gio/gio.h>
#include <glib/gi18n.h>
#include <glib/gstdio.h>
#include <unistd.h>

#include "rushes-disk.h"
#include "rushes-error.h"
#include "rushes-spending.h"

#define MIGRATIONS_KEPT 3
#define DAILIES_KEPT    7
#define CLAIM_SECONDS   3600
#define PROGRESS_STEPS  10000

/* https://www.sqlite.org/fileformat2.html#the_write_ahead_log: the number ends in 2 or 3 */
#define JOURNAL_HEADER 32
#define JOURNAL_MAGIC  0x377f0682u

static char *
get_folder (const char *path)
{
  g_autofree char *folder = g_path_get_dirname (path);

  return g_build_filename (folder, "backups", NULL);
}

static char *
get_mark (const char *path)
{
  return g_strconcat (path, "-suspect", NULL);
}

static char *
format_now (const char *format)
{
  g_autoptr (GDateTime) now = g_date_time_new_now_utc ();

  return g_date_time_format (now, format);
}

static gboolean
fail_with_errno (const char *path, GError **error)
{
  int reason = errno;
  g_autofree char *name = g_filename_display_name (path);

  rushes_set_error (error, RUSHES_ERROR_STORAGE,
                    /* Translators: a file or folder, and the system's own words ("Permission denied") */
                    _ ("Rushes cannot write “%s”: %s."), name, g_strerror (reason));

  return FALSE;
}

/* The time in "daily-20261121.db" and "migration-20261121-101500.db", which sorts by itself. */
static const char *
get_time (const char *name)
{
  const char *dash = strchr (name, '-');

  return dash != NULL ? dash + 1 : "";
}

static int
compare_newest_first (gconstpointer a, gconstpointer b)
{
  return strcmp (get_time (*(const char *const *) b), get_time (*(const char *const *) a));
}

/* The names of the backups whose name begins with @prefix, newest first. */
static GPtrArray *
list_backups (const char *path, const char *prefix)
{
  g_autofree char *folder = get_folder (path);
  g_autoptr (GDir) dir = g_dir_open (folder, 0, NULL);
  GPtrArray *names = g_ptr_array_new_with_free_func (g_free);
  const char *name;

  while (dir != NULL && (name = g_dir_read_name (dir)) != NULL)
    if (g_str_has_prefix (name, prefix) && g_str_has_suffix (name, ".db"))
      g_ptr_array_add (names, g_strdup (name));
  g_ptr_array_sort (names, compare_newest_first);

  return names;
}

static void
forget_old (const char *path, const char *prefix, guint kept)
{
  g_autofree char *folder = get_folder (path);
  g_autoptr (GPtrArray) names = list_backups (path, prefix);

  for (guint i = kept; i < names->len; i++)
    {
      g_autofree char *old = g_build_filename (folder, g_ptr_array_index (names, i), NULL);

      g_unlink (old);
    }
}

static gboolean
copy_pages (RushesDatabase *from, RushesDatabase *to)
{
  sqlite3_backup *backup =
      sqlite3_backup_init (rushes_database_get_handle (to), "main", rushes_database_get_handle (from), "main");

  if (backup == NULL)
    return FALSE;
  sqlite3_backup_step (backup, -1);

  return sqlite3_backup_finish (backup) == SQLITE_OK;
}

/* "VACUUM INTO" does not wait until the disk has what it wrote, and a name without the bytes would be no backup. */
static gboolean
sync_copy (const char *part, GError **error)
{
  g_autofd int fd = g_open (part, O_RDONLY | O_CLOEXEC, 0);

  return (fd >= 0 && fsync (fd) == 0) || fail_with_errno (part, error);
}

/* A copy is written under another name first, so that a name in the folder stands for a whole backup, also after the
 * power failed. */
static gboolean
give_name (const char *part, const char *to, GError **error)
{
  g_autofree char *folder = g_path_get_dirname (to);

  return (sync_copy (part, error) && (g_rename (part, to) == 0 || fail_with_errno (to, error))) &&
         rushes_disk_sync_folder (folder, error);
}

static gboolean
copy_database (RushesDatabase *from, const char *to, GError **error)
{
  g_autofree char *part = g_strconcat (to, ".part", NULL);
  g_autoptr (RushesDatabase) copy = NULL;

  g_unlink (part);
  copy = rushes_database_open (part, FALSE, error);
  if (copy == NULL)
    return FALSE;
  if (!copy_pages (from, copy))
    {
      rushes_set_error (error, RUSHES_ERROR_STORAGE,
                        /* Translators: %s is a technical reason */
                        _ ("The library could not be copied before the update (%s), so nothing was changed. Free some "
                           "space and try again."),
                        sqlite3_errmsg (rushes_database_get_handle (copy)));
      g_unlink (part);
      return FALSE;
    }
  g_clear_pointer (&copy, rushes_database_close);
  if (give_name (part, to, error))
    return TRUE;

  g_unlink (part);
  return FALSE;
}

gboolean
rushes_backup_before_migration (RushesDatabase *database, const char *path, GError **error)
{
  g_autofree char *folder = get_folder (path);
  g_autofree char *now = format_now ("%Y%m%d-%H%M%S");
  g_autofree char *name = g_strconcat ("migration-", now, ".db", NULL);
  g_autofree char *to = g_build_filename (folder, name, NULL);

  if (g_mkdir_with_parents (folder, 0700) != 0)
    return fail_with_errno (folder, error);
  if (!copy_database (database, to, error))
    return FALSE;
  forget_old (path, "migration-", MIGRATIONS_KEPT);

  return TRUE;
}

/* Copies whose making was cut short, of this day or another, and what SQLite had beside them. One that was written to
 * just now is still being made; a clock that was set back makes none of them younger. */
static void
remove_leftovers (const char *folder)
{
  g_autoptr (GDir) dir = g_dir_open (folder, 0, NULL);
  const char *name;

  while (dir != NULL && (name = g_dir_read_name (dir)) != NULL)
    {
      g_autofree char *path = g_build_filename (folder, name, NULL);
      GStatBuf info;

      if ((g_str_has_prefix (name, "daily-") || g_str_has_prefix (name, "migration-")) &&
          strstr (name, ".db.part") != NULL && g_lstat (path, &info) == 0 && S_ISREG (info.st_mode) &&
          ABS (g_get_real_time () / G_USEC_PER_SEC - info.st_mtime) > CLAIM_SECONDS)
        g_unlink (path);
    }
}

/* An empty file under the name that a copy has while it is made keeps other processes from making the same one, until
 * they may take whoever made it for gone. */
static gboolean
claim (const char *part)
{
  int fd = g_open (part, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0600);

  return fd >= 0 && g_close (fd, NULL);
}

static int
should_stop (void *cancellable)
{
  return g_cancellable_is_cancelled (cancellable);
}

static gboolean
copy_tightly (const char *path, const char *part, GCancellable *cancellable, GError **error)
{
  g_autoptr (RushesDatabase) database = rushes_database_open (path, FALSE, error);

  if (database == NULL)
    return FALSE;
  sqlite3_progress_handler (rushes_database_get_handle (database), PROGRESS_STEPS, should_stop, cancellable);
  if (rushes_database_run (database, error, "VACUUM INTO ?", "t", part))
    return TRUE;

  if (rushes_database_is_damaged (database))
    rushes_backup_set_suspect (path);
  return FALSE;
}

gboolean
rushes_backup_daily (const char *path, GCancellable *cancellable, GError **error)
{
  g_autofree char *folder = get_folder (path);
  g_autofree char *now = format_now ("%Y%m%d");
  g_autofree char *name = g_strconcat ("daily-", now, ".db", NULL);
  g_autofree char *to = g_build_filename (folder, name, NULL);
  g_autofree char *part = g_strconcat (to, ".part", NULL);
  g_autoptr (GError) failure = NULL;

  remove_leftovers (folder);
  if (g_cancellable_is_cancelled (cancellable) || g_file_test (to, G_FILE_TEST_EXISTS))
    return TRUE;
  if (g_mkdir_with_parents (folder, 0700) != 0)
    return fail_with_errno (folder, error);
  if (!claim (part))
    return errno == EEXIST || fail_with_errno (part, error);
  if (!copy_tightly (path, part, cancellable, &failure) || !give_name (part, to, &failure))
    {
      g_unlink (part);
      if (g_cancellable_is_cancelled (cancellable))
        return TRUE;
      g_propagate_error (error, g_steal_pointer (&failure));
      return FALSE;
    }
  forget_old (path, "daily-", DAILIES_KEPT);

  return TRUE;
}

void
rushes_backup_set_suspect (const char *path)
{
  g_autofree char *mark = get_mark (path);

  g_file_set_contents (mark, "", 0, NULL);
}

gboolean
rushes_backup_is_suspect (const char *path)
{
  g_autofree char *mark = get_mark (path);

  return g_file_test (mark, G_FILE_TEST_EXISTS);
}

gboolean
rushes_backup_check (const char *path, GError **error)
{
  g_autoptr (RushesDatabase) database = rushes_database_open (path, FALSE, error);
  g_autoptr (RushesQuery) query = NULL;

  if (database == NULL || (query = rushes_database_query (database, error, "PRAGMA quick_check (1)", "")) == NULL)
    return FALSE;

  return rushes_query_next (query, error) && g_str_equal (rushes_query_get_text (query, 0), "ok");
}

static gint64
measure (const char *path)
{
  GStatBuf info;

  return g_stat (path, &info) == 0 ? info.st_size : -1;
}

/* SQLite takes a journal whose beginning is no journal's for an empty one, and writes over it. */
static gboolean
has_broken_journal (const char *path)
{
  g_autofree char *journal = g_strconcat (path, "-wal", NULL);
  g_autofd int fd = g_open (journal, O_RDONLY | O_CLOEXEC, 0);
  guint32 magic;

  return fd >= 0 && measure (journal) >= JOURNAL_HEADER && pread (fd, &magic, sizeof magic, 0) == sizeof magic &&
         (GUINT32_FROM_BE (magic) & ~1u) != JOURNAL_MAGIC;
}

gboolean
rushes_backup_is_lost (const char *path)
{
  g_autofree char *journal = g_strconcat (path, "-wal", NULL);
  g_autoptr (GPtrArray) names = NULL;

  if (has_broken_journal (path))
    return TRUE;
  if (measure (path) > 0)
    return FALSE;
  names = list_backups (path, "");

  return names->len > 0 || measure (journal) > 0;
}

/* Those of two accidents within a second do not replace each other. */
static char *
choose_name (const char *folder)
{
  g_autofree char *now = format_now ("%Y-%m-%d-%H%M%S");

  for (guint n = 1;; n++)
    {
      g_autofree char *name = n == 1 ? g_strdup_printf ("library-damaged-%s.db", now)
                                     : g_strdup_printf ("library-damaged-%s-%u.db", now, n);
      g_autofree char *path = g_build_filename (folder, name, NULL);
      g_autofree char *journal = g_strconcat (path, "-wal", NULL);

      if (measure (path) < 0 && measure (journal) < 0)
        return g_steal_pointer (&name);
    }
}

/* The journal goes along: SQLite finds it by the database's name, and it may hold what is not in the file yet. */
static gboolean
set_aside (const char *path, const char *aside, GError **error)
{
  const char *const suffixes[] = { "-wal", "" };
  g_autofree char *shared = g_strconcat (path, "-shm", NULL);

  for (guint i = 0; i < G_N_ELEMENTS (suffixes); i++)
    {
      g_autofree char *from = g_strconcat (path, suffixes[i], NULL);
      g_autofree char *to = g_strconcat (aside, suffixes[i], NULL);

      if (g_rename (from, to) != 0 && errno != ENOENT)
        return fail_with_errno (from, error);
    }
  /* Only an index into the journal, made anew at need. */
  g_unlink (shared);

  return TRUE;
}

/* A tight copy has lost the kind of journal that the library works with. */
static gboolean
set_journal (const char *path)
{
  g_autoptr (RushesDatabase) database = rushes_database_open (path, FALSE, NULL);

  return database != NULL && rushes_database_script (database, "PRAGMA journal_mode = WAL", NULL);
}

/* An empty file is a whole database for SQLite, but nobody's library. */
static gboolean
is_library (const char *path)
{
  g_autoptr (RushesDatabase) database = rushes_database_open (path, FALSE, NULL);

  return database != NULL && rushes_database_get_int (database, NULL, "PRAGMA user_version", "") > 0;
}

/* What was in work goes on, but nothing takes its place. A copy from before there were agreements has none to change.
 */
static gboolean
end_agreements (RushesDatabase *database)
{
  gint64 n = rushes_database_get_int (
      database, NULL, "SELECT count (*) FROM pragma_table_info ('attempts') WHERE name = 'agreement'", "");

  return n == 0 || (n == 1 && rushes_database_run (database, NULL,
                                                   "UPDATE attempts SET agreement = '" RUSHES_AGREEMENT_LOST "'"
                                                   " WHERE state IN ('submitting', 'running', 'downloading', 'left',"
                                                   " 'unconfirmed')",
                                                   ""));
}

/* What waits in a backup may have been submitted, and paid, since it was made; nothing goes out again unless a person
 * says so. */
static gboolean
hold_back (const char *path, gboolean *paused)
{
  g_autoptr (RushesDatabase) database = rushes_database_open (path, FALSE, NULL);
  gint64 waiting =
      database != NULL && end_agreements (database)
          ? rushes_database_get_int (database, NULL,
                                     "SELECT count (*) FROM attempts WHERE state IN ('queued', 'preparing')", "")
          : -1;

  *paused = waiting > 0;

  return waiting == 0 || (waiting > 0 && rushes_database_run (database, NULL,
                                                              "INSERT INTO meta (key, value) VALUES ('paused', 1)"
                                                              " ON CONFLICT (key) DO UPDATE SET value = 1",
                                                              ""));
}

/* Makes a copy of @from the library, when it is whole. */
static gboolean
put_in_place (const char *from, const char *path, gboolean *paused)
{
  g_autofree char *part = g_strconcat (path, ".part", NULL);
  g_autoptr (GFile) source = g_file_new_for_path (from);
  g_autoptr (GFile) copy = g_file_new_for_path (part);

  if (g_file_copy (source, copy, G_FILE_COPY_OVERWRITE, NULL, NULL, NULL, NULL) && rushes_backup_check (part, NULL) &&
      is_library (part) && hold_back (part, paused) && set_journal (part) && give_name (part, path, NULL))
    return TRUE;
  g_unlink (part);

  return FALSE;
}

/* The name of the newest backup that is whole and now stands in the library's place; NULL when there is none. */
static char *
restore_newest (const char *path, gboolean *paused)
{
  g_autofree char *folder = get_folder (path);
  g_autoptr (GPtrArray) names = list_backups (path, "");

  for (guint i = 0; i < names->len; i++)
    {
      g_autofree char *backup = g_build_filename (folder, g_ptr_array_index (names, i), NULL);

      if (put_in_place (backup, path, paused))
        return g_strdup (g_ptr_array_index (names, i));
    }

  return NULL;
}

static char *
describe (gboolean missing, const char *name, const char *backup)
{
  if (missing && backup != NULL)
    /* Translators: a file name */
    return g_strdup_printf (_ ("The library’s file was missing, and the backup “%s” is used. Takes made since then are "
                               "missing from the list; their clips are still in the folder of clips."),
                            backup);
  if (missing)
    return g_strdup (_ ("The library’s file was missing and there is no backup, so a new one was made. All clips are "
                        "still in the folder of clips."));
  if (backup != NULL)
    /* Translators: two file names */
    return g_strdup_printf (
        _ ("The library was damaged. It was set aside as “%s”, and the backup “%s” is used. Takes made "
           "since then are missing from the list; their clips are still in the folder of clips."),
        name, backup);
  /* Translators: a file name */
  return g_strdup_printf (
      _ ("The library was damaged and there is no backup. It was set aside as “%s”, and a new one was "
         "made. All clips are still in the folder of clips."),
      name);
}

/* What happened, and, where it was @paused, what that asks of the person: a paragraph each. */
static char *
add_pause (char *words, gboolean paused)
{
  g_autofree char *taken = words;

  return g_strjoin ("\n\n", words,
                    paused
                        ? _ ("The queue is paused: some of the takes that wait in it may have been submitted already. "
                             "See with your providers before you resume it, for they would be paid twice.")
                        : NULL,
                    NULL);
}

gboolean
rushes_backup_replace_damaged (const char *path, char **warning, GError **error)
{
  gboolean journal_only = has_broken_journal (path);
  gboolean missing = measure (path) < 0;
  gboolean paused = FALSE;
  g_autofree char *mark = get_mark (path);
  g_autofree char *folder = g_path_get_dirname (path);
  g_autofree char *name = choose_name (folder);
  g_autofree char *aside = g_build_filename (folder, name, NULL);
  g_autofree char *backup = NULL;
  char *words;

  if (!set_aside (path, aside, error))
    return FALSE;
  g_unlink (mark);

  g_free (*warning);
  /* Without its journal the library may well be newer than any backup. */
  if (journal_only && put_in_place (aside, path, &paused))
    /* Translators: a file name */
    words = g_strdup_printf (_ ("The library’s journal was damaged. It was set aside as “%s-wal”. What Rushes wrote "
                                "last may be missing from the list; the clips are still in the folder of clips."),
                             name);
  else
    {
      backup = restore_newest (path, &paused);
      words = describe (missing, name, backup);
    }
  *warning = add_pause (words, paused);

  return TRUE;
}
