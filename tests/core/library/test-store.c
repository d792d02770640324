/* test-store.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include <fcntl.h>
#include <glib/gstdio.h>
#include <sys/file.h>
#include <unistd.h>
#include <utime.h>

#include "rushes-backup.h"
#include "rushes-error.h"
#include "rushes-store.h"
#include "rushes-test-library.h"

/* ---- helpers ---- */

static const char *const one_step[] = { "CREATE TABLE meta (key TEXT PRIMARY KEY, value INTEGER);"
                                        "INSERT INTO meta VALUES ('revision', 0);"
                                        "CREATE TABLE boats (id INTEGER PRIMARY KEY, name TEXT NOT NULL);"
                                        "INSERT INTO boats (name) VALUES ('paper');" };
static const char *const two_steps[] = { one_step[0],
                                         "ALTER TABLE boats ADD COLUMN sails INTEGER NOT NULL DEFAULT 1;" };
static const char *const bad_step[] = { one_step[0], "UPDATE boats SET name = 'sunk'; CREATE TABLE boats (id);" };
static const char *const torn_step[] = { one_step[0], "CREATE TABLE crew (boat INTEGER NOT NULL REFERENCES boats (id));"
                                                      "INSERT INTO crew VALUES (42);" };

static RushesStore *
open_store (RushesFolders *folders, const char *const *steps, guint n_steps, GError **error)
{
  g_autofree RushesSchema *schema = g_new (RushesSchema, 1);
  g_autoptr (RushesStore) store = NULL;
  DexFuture *opened;

  schema->steps = steps;
  schema->n_steps = n_steps;
  store = rushes_store_new (folders, FALSE, schema, &opened);
  if (dex_await (opened, error))
    return g_steal_pointer (&store);
  dex_await (rushes_store_close (store), NULL);

  return NULL;
}

static void
close_store (RushesStore *store)
{
  rushes_test_expect (rushes_store_close (store), TRUE);
}

typedef struct
{
  const char *sql;
  char *answer;
} Ask;

static gboolean
ask_work (RushesDatabase *database, gpointer data, GError **error)
{
  Ask *ask = data;
  g_autoptr (RushesQuery) query = rushes_database_query (database, error, ask->sql, "");
  g_autoptr (GError) failure = NULL;

  if (query == NULL)
    return FALSE;
  if (rushes_query_next (query, &failure))
    ask->answer = g_strdup (rushes_query_get_text (query, 0));
  if (failure != NULL)
    g_propagate_error (error, g_error_copy (failure));

  return failure == NULL;
}

static char *
ask (RushesStore *store, const char *sql)
{
  Ask question = { sql };
  g_autoptr (GError) error = NULL;

  dex_await (rushes_store_read (store, ask_work, NULL, &question, NULL), &error);
  g_assert_no_error (error);

  return question.answer;
}

static void
assert_answer (RushesStore *store, const char *sql, const char *expected)
{
  g_autofree char *answer = ask (store, sql);

  g_assert_cmpstr (answer, ==, expected);
}

/* ---- the schema ---- */

static void
test_from_nothing (void)
{
  g_autoptr (RushesFolders) folders = rushes_test_folders ();
  const RushesSchema *schema = rushes_schema_get_default ();
  g_autoptr (GError) error = NULL;
  g_autoptr (RushesStore) store = open_store (folders, schema->steps, schema->n_steps, &error);
  g_autofree char *version = g_strdup_printf ("%u", schema->n_steps);

  g_assert_no_error (error);
  assert_answer (store, "PRAGMA user_version", version);
  assert_answer (store, "PRAGMA journal_mode", "wal");
  assert_answer (store, "PRAGMA synchronous", "2");
  assert_answer (store, "PRAGMA foreign_keys", "1");
  assert_answer (store, "PRAGMA quick_check", "ok");
  g_assert_cmpuint (rushes_test_count_files (folders, "backups", ""), ==, 0);
  close_store (store);
}

static void
test_migration (void)
{
  g_autoptr (RushesFolders) folders = rushes_test_folders ();
  g_autoptr (GError) error = NULL;
  g_autoptr (RushesStore) store = open_store (folders, one_step, 1, &error);
  g_autofree char *backup = NULL;
  g_autofree char *kept = NULL;

  g_assert_no_error (error);
  close_store (store);
  g_clear_pointer (&store, rushes_store_unref);

  store = open_store (folders, two_steps, 2, &error);
  g_assert_no_error (error);
  assert_answer (store, "PRAGMA user_version", "2");
  assert_answer (store, "SELECT name || sails FROM boats", "paper1");
  backup = rushes_test_find_file (folders, "backups", "migration-");
  g_assert_nonnull (backup);
  kept = rushes_test_peek (backup, "SELECT name FROM boats");
  g_assert_cmpstr (kept, ==, "paper");
  g_clear_pointer (&kept, g_free);
  kept = rushes_test_peek (backup, "PRAGMA user_version");
  g_assert_cmpstr (kept, ==, "1");
  close_store (store);
}

static void
test_failed_migration (void)
{
  const char *const *const failing[] = { bad_step, torn_step };

  for (guint i = 0; i < G_N_ELEMENTS (failing); i++)
    {
      g_autoptr (RushesFolders) folders = rushes_test_folders ();
      g_autoptr (GError) error = NULL;
      g_autoptr (RushesStore) store = open_store (folders, one_step, 1, &error);
      g_autoptr (RushesStore) failed = NULL;

      g_assert_no_error (error);
      close_store (store);
      g_clear_pointer (&store, rushes_store_unref);

      failed = open_store (folders, failing[i], 2, &error);
      g_assert_null (failed);
      g_assert_error (error, RUSHES_ERROR, RUSHES_ERROR_INTERNAL);
      g_clear_error (&error);

      store = open_store (folders, one_step, 1, &error);
      g_assert_no_error (error);
      assert_answer (store, "PRAGMA user_version", "1");
      assert_answer (store, "SELECT name FROM boats", "paper");
      close_store (store);
    }
}

static void
test_backups_kept (void)
{
  g_autoptr (RushesFolders) folders = rushes_test_folders ();
  g_autofree char *backups = rushes_test_path (folders, "backups");
  g_autoptr (GError) error = NULL;
  g_autoptr (RushesStore) store = open_store (folders, one_step, 1, &error);
  const char *const old[] = { "migration-20240101-000000.db", "migration-20250101-000000.db",
                              "migration-20250102-000000.db", "daily-20240101.db", "mine.txt" };

  g_assert_no_error (error);
  close_store (store);
  g_clear_pointer (&store, rushes_store_unref);
  g_mkdir (backups, 0700);
  for (guint i = 0; i < G_N_ELEMENTS (old); i++)
    {
      g_autofree char *path = g_build_filename (backups, old[i], NULL);

      g_assert_true (g_file_set_contents (path, "", 0, NULL));
    }

  store = open_store (folders, two_steps, 2, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (rushes_test_count_files (folders, "backups", "migration-"), ==, 3);
  g_assert_cmpuint (rushes_test_count_files (folders, "backups", "migration-2024"), ==, 0);
  g_assert_cmpuint (rushes_test_count_files (folders, "backups", "daily-"), ==, 1);
  g_assert_cmpuint (rushes_test_count_files (folders, "backups", "mine"), ==, 1);
  close_store (store);
}

static void
test_newer (void)
{
  g_autoptr (RushesFolders) folders = rushes_test_folders ();
  g_autofree char *path = rushes_test_path (folders, "library.db");
  g_autoptr (GError) error = NULL;
  g_autoptr (RushesStore) store = open_store (folders, two_steps, 2, &error);
  g_autoptr (RushesStore) refused = NULL;
  g_autofree char *version = NULL;

  g_assert_no_error (error);
  close_store (store);

  refused = open_store (folders, one_step, 1, &error);
  g_assert_null (refused);
  g_assert_error (error, RUSHES_ERROR, RUSHES_ERROR_STORAGE);
  g_assert_nonnull (strstr (error->message, "newer version"));
  version = rushes_test_peek (path, "PRAGMA user_version");
  g_assert_cmpstr (version, ==, "2");
  g_assert_cmpuint (rushes_test_count_files (folders, "backups", ""), ==, 0);
}

/* An older program that has the library open keeps a newer one from changing it under its feet. */
static void
test_older_in_use (void)
{
  g_autoptr (RushesFolders) folders = rushes_test_folders ();
  g_autoptr (GError) error = NULL;
  g_autoptr (RushesStore) old = open_store (folders, one_step, 1, &error);
  g_autoptr (RushesStore) newer = NULL;

  g_assert_no_error (error);
  newer = open_store (folders, two_steps, 2, &error);
  g_assert_null (newer);
  g_assert_error (error, RUSHES_ERROR, RUSHES_ERROR_STORAGE);
  g_assert_nonnull (strstr (error->message, "older version"));
  g_clear_error (&error);

  assert_answer (old, "PRAGMA user_version", "1");
  close_store (old);
  newer = open_store (folders, two_steps, 2, &error);
  g_assert_no_error (error);
  close_store (newer);
}

static void
test_together (void)
{
  g_autoptr (RushesFolders) folders = rushes_test_folders ();
  DexFuture *first = rushes_library_open (folders, RUSHES_LIBRARY_OPEN_DEFAULT);
  DexFuture *second = rushes_library_open (folders, RUSHES_LIBRARY_OPEN_DEFAULT);
  g_autoptr (GError) error = NULL;
  g_autoptr (RushesLibrary) a = dex_await_object (first, &error);
  g_autoptr (RushesLibrary) b = NULL;

  g_assert_no_error (error);
  b = dex_await_object (second, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (g_list_model_get_n_items (rushes_library_get_projects (a)), ==, 1);
  g_assert_cmpuint (g_list_model_get_n_items (rushes_library_get_projects (b)), ==, 1);
  rushes_test_close (a);
  rushes_test_close (b);
}

/* ---- copies ---- */

static void
test_dailies_kept (void)
{
  g_autoptr (RushesFolders) folders = rushes_test_folders ();
  g_autofree char *path = rushes_test_path (folders, "library.db");
  g_autofree char *backups = rushes_test_path (folders, "backups");
  g_autoptr (GError) error = NULL;
  g_autoptr (RushesStore) store = open_store (folders, one_step, 1, &error);

  g_assert_no_error (error);
  g_mkdir (backups, 0700);
  for (guint i = 1; i <= 9; i++)
    {
      g_autofree char *name = g_strdup_printf ("daily-2025010%u.db", i);
      g_autofree char *old = g_build_filename (backups, name, NULL);

      g_assert_true (g_file_set_contents (old, "", 0, NULL));
    }
  g_assert_true (rushes_backup_daily (path, NULL, &error));
  g_assert_no_error (error);
  g_assert_cmpuint (rushes_test_count_files (folders, "backups", "daily-"), ==, 7);
  g_assert_cmpuint (rushes_test_count_files (folders, "backups", "daily-20250103"), ==, 0);
  g_assert_cmpuint (rushes_test_count_files (folders, "backups", "daily-20250104"), ==, 1);
  close_store (store);
}

/* What a copy that was cut short left goes, whichever day it was of; one that is being made stays, and so does whatever
 * is not ours. */
static void
test_leftovers (void)
{
  static const struct
  {
    const char *name;
    gint64 age;
    gboolean stays;
  } files[] = {
    { "daily-20250104.db.part", 2 * 3600, FALSE },
    { "daily-20250104.db.part-journal", 2 * 3600, FALSE },
    { "migration-20250104-101500.db.part", 2 * 3600, FALSE },
    { "daily-20990101.db.part", -26 * 3600, FALSE },
    { "daily-20250105.db.part", 60, TRUE },
    { "daily-20250103.db", 2 * 3600, TRUE },
    { "mine.db.part", 2 * 3600, TRUE },
  };
  g_autoptr (RushesFolders) folders = rushes_test_folders ();
  g_autofree char *path = rushes_test_path (folders, "library.db");
  g_autofree char *backups = rushes_test_path (folders, "backups");
  g_autoptr (GError) error = NULL;
  g_autoptr (RushesStore) store = open_store (folders, one_step, 1, &error);

  g_assert_no_error (error);
  g_mkdir (backups, 0700);
  for (guint i = 0; i < G_N_ELEMENTS (files); i++)
    {
      g_autofree char *file = g_build_filename (backups, files[i].name, NULL);
      gint64 written = g_get_real_time () / G_USEC_PER_SEC - files[i].age;

      g_assert_true (g_file_set_contents (file, "half", 4, NULL));
      g_assert_cmpint (g_utime (file, &(struct utimbuf) { written, written }), ==, 0);
    }
  g_assert_true (rushes_backup_daily (path, NULL, &error));
  g_assert_no_error (error);
  for (guint i = 0; i < G_N_ELEMENTS (files); i++)
    {
      g_autofree char *file = g_build_filename (backups, files[i].name, NULL);

      g_test_message ("%s", files[i].name);
      g_assert_cmpint (g_file_test (file, G_FILE_TEST_EXISTS), ==, files[i].stays);
    }
  close_store (store);
}

/* A copy that cannot be made leaves nothing that would be in the way of the next. */
static void
test_daily_fails (void)
{
  g_autoptr (RushesFolders) folders = rushes_test_folders ();
  g_autofree char *path = rushes_test_path (folders, "library.db");
  g_autofree char *backups = rushes_test_path (folders, "backups");
  g_autoptr (GError) error = NULL;

  g_assert_cmpint (g_mkdir_with_parents (backups, 0700), ==, 0);
  g_assert_true (g_file_set_contents (path, "This is no database, but long enough to look like one.", -1, NULL));
  g_assert_false (rushes_backup_daily (path, NULL, &error));
  g_assert_error (error, RUSHES_ERROR, RUSHES_ERROR_STORAGE);
  g_assert_cmpuint (rushes_test_count_files (folders, "backups", ""), ==, 0);
}

/* ---- the folder ---- */

static void
test_unusable_folder (void)
{
  g_autofree char *path = rushes_test_folder ();
  g_autoptr (GFile) data = g_file_new_build_filename (path, "file", "data", NULL);
  g_autoptr (RushesFolders) folders = rushes_folders_new (data, data);
  g_autofree char *file = g_build_filename (path, "file", NULL);
  g_autofree char *message = NULL;

  g_assert_true (g_file_set_contents (file, "", 0, NULL));
  message = rushes_test_expect_error (rushes_library_open (folders, RUSHES_LIBRARY_OPEN_DEFAULT), RUSHES_ERROR_STORAGE);
  g_assert_nonnull (strstr (message, file));
}

static void
test_read_only (void)
{
  g_autoptr (RushesFolders) folders = rushes_test_folders ();
  g_autoptr (GError) error = NULL;
  g_autoptr (RushesLibrary) reader = NULL;
  g_autoptr (RushesLibrary) library = NULL;
  g_autoptr (RushesTake) take = NULL;
  g_autoptr (RushesTake) seen = NULL;
  g_autofree char *message = NULL;

  /* Of a new library as well. */
  reader = dex_await_object (rushes_library_open (folders, RUSHES_LIBRARY_OPEN_READ_ONLY), &error);
  g_assert_no_error (error);
  g_assert_cmpuint (g_list_model_get_n_items (rushes_library_get_projects (reader)), ==, 1);
  g_assert_cmpuint (rushes_test_count_files (folders, "runners", ""), ==, 0);

  library = rushes_test_open (folders);
  take = rushes_test_order_one (library, "seen by both");
  seen = dex_await_object (rushes_library_find_take (reader, rushes_take_get_id (take)), &error);
  g_assert_no_error (error);
  g_assert_cmpstr (rushes_take_get_title (seen), ==, "seen by both");
  message = rushes_test_expect_error (rushes_library_star (reader, seen, TRUE), RUSHES_ERROR_STORAGE);
  rushes_test_close (library);
  rushes_test_close (reader);
}

/* A process that wants to read must not change an older library, and says so. */
static void
test_read_only_versions (void)
{
  g_autoptr (RushesFolders) folders = rushes_test_folders ();
  g_autofree char *path = rushes_test_path (folders, "library.db");
  g_autoptr (RushesLibrary) library = rushes_test_open (folders);
  const char *const versions[] = { "PRAGMA user_version = 0", "PRAGMA user_version = 999" };

  rushes_test_close (library);
  for (guint i = 0; i < G_N_ELEMENTS (versions); i++)
    {
      g_autoptr (RushesDatabase) database = rushes_database_open (path, FALSE, NULL);
      g_autofree char *message = NULL;

      g_assert_true (rushes_database_script (database, versions[i], NULL));
      g_clear_pointer (&database, rushes_database_close);
      message =
          rushes_test_expect_error (rushes_library_open (folders, RUSHES_LIBRARY_OPEN_READ_ONLY), RUSHES_ERROR_STORAGE);
      g_assert_nonnull (strstr (message, i == 0 ? "older version" : "newer version"));
    }
}

/* ---- work ---- */

static gboolean
write_then_fail (RushesDatabase *database, gpointer data, GError **error)
{
  g_assert_true (rushes_database_run (database, NULL, "UPDATE boats SET name = 'half'", ""));
  rushes_set_error (error, RUSHES_ERROR_BAD_REQUEST, "No further.");

  return FALSE;
}

static void
test_rollback (void)
{
  g_autoptr (RushesFolders) folders = rushes_test_folders ();
  g_autoptr (GError) error = NULL;
  g_autoptr (RushesStore) store = open_store (folders, one_step, 1, &error);

  g_assert_no_error (error);
  g_free (rushes_test_expect_error (rushes_store_write (store, write_then_fail, NULL, NULL, NULL),
                                    RUSHES_ERROR_BAD_REQUEST));
  assert_answer (store, "SELECT name FROM boats", "paper");
  assert_answer (store, "SELECT value FROM meta", "0");
  close_store (store);
  g_free (rushes_test_expect_error (rushes_store_read (store, ask_work, NULL, NULL, NULL), RUSHES_ERROR_STORAGE));
}

/* Answers come in the order of the posts, on the main thread, whether or not anybody waits. */
static GThread *main_thread;
static GString *order;

static gboolean
nothing (RushesDatabase *database, gpointer data, GError **error)
{
  g_assert_true (g_thread_self () != main_thread);

  return TRUE;
}

static DexFuture *
note_order (gpointer data)
{
  g_assert_true (g_thread_self () == main_thread);
  g_string_append_c (order, GPOINTER_TO_INT (data));

  return dex_future_new_true ();
}

static void
test_order (void)
{
  g_autoptr (RushesFolders) folders = rushes_test_folders ();
  g_autoptr (GError) error = NULL;
  g_autoptr (RushesStore) store = open_store (folders, one_step, 1, &error);

  g_assert_no_error (error);
  main_thread = g_thread_self ();
  order = g_string_new (NULL);
  for (int c = 'a'; c <= 'z'; c++)
    {
      g_autoptr (DexFuture) dropped = c % 3 == 0
                                          ? rushes_store_write (store, nothing, note_order, GINT_TO_POINTER (c), NULL)
                                          : rushes_store_read (store, nothing, note_order, GINT_TO_POINTER (c), NULL);
    }
  close_store (store);
  g_assert_cmpstr (order->str, ==, "abcdefghijklmnopqrstuvwxyz");
  g_string_free (order, TRUE);
}

int
main (int argc, char **argv)
{
  rushes_test_init (&argc, &argv);

  rushes_test_add_fiber ("/store/from-nothing", test_from_nothing);
  rushes_test_add_fiber ("/store/migration", test_migration);
  rushes_test_add_fiber ("/store/migration/failed", test_failed_migration);
  rushes_test_add_fiber ("/store/migration/backups-kept", test_backups_kept);
  rushes_test_add_fiber ("/store/newer", test_newer);
  rushes_test_add_fiber ("/store/older-in-use", test_older_in_use);
  rushes_test_add_fiber ("/store/together", test_together);
  rushes_test_add_fiber ("/store/dailies-kept", test_dailies_kept);
  rushes_test_add_fiber ("/store/leftovers", test_leftovers);
  rushes_test_add_fiber ("/store/daily-fails", test_daily_fails);
  rushes_test_add_fiber ("/store/unusable-folder", test_unusable_folder);
  rushes_test_add_fiber ("/store/read-only", test_read_only);
  rushes_test_add_fiber ("/store/read-only/versions", test_read_only_versions);
  rushes_test_add_fiber ("/store/rollback", test_rollback);
  rushes_test_add_fiber ("/store/order", test_order);

  return g_test_run ();
}
