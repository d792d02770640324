/* test-damage.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include <fcntl.h>
#include <glib/gstdio.h>
#include <unistd.h>

#include "rushes-backup.h"
#include "rushes-database.h"
#include "rushes-error.h"
#include "rushes-test-library.h"

/* ---- helpers ---- */

static void
overwrite (const char *path, off_t offset, gsize length)
{
  g_autofd int fd = g_open (path, O_WRONLY | O_CLOEXEC, 0);
  g_autofree char *rubbish = g_malloc (length);

  memset (rubbish, 0x5a, length);
  g_assert_cmpint (fd, >=, 0);
  g_assert_cmpint (pwrite (fd, rubbish, length, offset), ==, length);
}

/* ---- damage ---- */

static void
test_not_a_database (void)
{
  g_autoptr (RushesFolders) folders = rushes_test_folders ();
  g_autofree char *path = rushes_test_path (folders, "library.db");
  g_autoptr (RushesLibrary) library = NULL;
  g_autofree char *aside = NULL;
  g_autofree char *contents = NULL;

  g_assert_true (rushes_folders_ensure (folders, NULL));
  g_assert_true (g_file_set_contents (path, "this was my library", -1, NULL));
  library = rushes_test_open (folders);
  g_assert_nonnull (rushes_library_get_warning (library));
  g_assert_nonnull (strstr (rushes_library_get_warning (library), "no backup"));
  aside = rushes_test_find_file (folders, ".", "library-damaged-");
  g_assert_nonnull (aside);
  g_assert_true (g_file_get_contents (aside, &contents, NULL, NULL));
  g_assert_cmpstr (contents, ==, "this was my library");
  rushes_test_close (library);
}

static void
test_backup_used (void)
{
  g_autoptr (RushesFolders) folders = rushes_test_folders ();
  g_autofree char *path = rushes_test_path (folders, "library.db");
  g_autofree char *backups = rushes_test_path (folders, "backups");
  g_autofree char *rubbish = g_build_filename (backups, "daily-29990101.db", NULL);
  g_autofree char *today = NULL;
  g_autoptr (RushesLibrary) library = rushes_test_open (folders);
  g_autoptr (RushesTake) take = rushes_test_order_one (library, "kept by the backup");
  g_autoptr (RushesTake) again = NULL;
  g_autoptr (GError) error = NULL;

  rushes_test_close (library);
  g_clear_object (&library);
  /* One of the first start would not know the take. */
  today = rushes_test_find_file (folders, "backups", "daily-");
  if (today != NULL)
    g_unlink (today);
  g_assert_true (rushes_backup_daily (path, NULL, &error));
  g_assert_no_error (error);
  /* One that is no use is passed over. */
  g_assert_true (g_file_set_contents (rubbish, "rubbish", -1, NULL));
  overwrite (path, 0, 2000);

  library = rushes_test_open (folders);
  g_assert_nonnull (strstr (rushes_library_get_warning (library), "daily-"));
  g_assert_cmpuint (rushes_test_count_files (folders, ".", "library-damaged-"), ==, 1);
  again = dex_await_object (rushes_library_find_take (library, rushes_take_get_id (take)), &error);
  g_assert_no_error (error);
  g_assert_cmpstr (rushes_take_get_title (again), ==, "kept by the backup");
  rushes_test_close (library);
}

/* Damage that does not show when the file is opened is met later, and mended at the next start. */
static void
test_damage_inside (void)
{
  g_autoptr (RushesFolders) folders = rushes_test_folders ();
  g_autofree char *path = rushes_test_path (folders, "library.db");
  g_autofree char *message = NULL;
  g_autofree char *root = NULL;
  g_autoptr (RushesLibrary) library = rushes_test_open (folders);
  g_autoptr (RushesTake) take = rushes_test_order_one (library, "a paper boat");

  rushes_test_close (library);
  g_clear_object (&library);
  root = rushes_test_peek (path, "SELECT rootpage FROM sqlite_schema WHERE name = 'takes'");
  overwrite (path, (g_ascii_strtoll (root, NULL, 10) - 1) * 4096, 4096);

  library = rushes_test_open (folders);
  g_assert_null (rushes_library_get_warning (library));
  message =
      rushes_test_expect_error (rushes_library_find_take (library, rushes_take_get_id (take)), RUSHES_ERROR_STORAGE);
  g_assert_nonnull (strstr (message, "damaged"));
  /* Noted before anything is closed, which a process that ends because of it may not come to. */
  g_assert_cmpuint (rushes_test_count_files (folders, ".", "library.db-suspect"), ==, 1);
  rushes_test_close (library);
  g_clear_object (&library);

  library = rushes_test_open (folders);
  g_assert_nonnull (rushes_library_get_warning (library));
  g_assert_cmpuint (rushes_test_count_files (folders, ".", "library-damaged-"), >=, 1);
  g_assert_cmpuint (rushes_test_count_files (folders, ".", "library.db-suspect"), ==, 0);
  rushes_test_close (library);
}

/* What there is of a library whose process was killed, and then one accident each. */
typedef struct
{
  const char *name;
  void (*damage) (const char *path, const char *journal);
  const char *words; /* of the warning */
  gboolean from_backup;
  gboolean later; /* met in use, mended at the next start */
} Accident;

static void
cut (const char *path, off_t length)
{
  g_assert_cmpint (truncate (path, length), ==, 0);
}

static void
damage_header (const char *path, const char *journal)
{
  g_unlink (journal);
  overwrite (path, 0, 100);
}

static void
damage_page (const char *path, const char *journal)
{
  g_autofree char *root = NULL;

  g_unlink (journal);
  root = rushes_test_peek (path, "SELECT rootpage FROM sqlite_schema WHERE name = 'takes'");
  overwrite (path, (g_ascii_strtoll (root, NULL, 10) - 1) * 4096, 4096);
}

static void
damage_half (const char *path, const char *journal)
{
  GStatBuf info;

  g_unlink (journal);
  g_assert_cmpint (g_stat (path, &info), ==, 0);
  cut (path, info.st_size / 2);
}

static void
damage_length (const char *path, const char *journal)
{
  cut (path, 0);
}

static void
damage_kind (const char *path, const char *journal)
{
  g_unlink (journal);
  g_assert_true (g_file_set_contents (path, "My shopping list: eggs, butter, a paper boat, and some more.", -1, NULL));
}

static void
damage_journal (const char *path, const char *journal)
{
  overwrite (journal, 0, 100);
}

static void
damage_both (const char *path, const char *journal)
{
  overwrite (path, 4096, 2 * 4096);
  overwrite (journal, 0, 100);
}

static void
lose_file (const char *path, const char *journal)
{
  g_unlink (path);
  g_unlink (journal);
}

static void
lose_all_but_journal (const char *path, const char *journal)
{
  g_unlink (path);
}

static const Accident accidents[] = {
  { "header", damage_header, "was damaged", TRUE, FALSE },
  { "page", damage_page, "was damaged", TRUE, TRUE },
  { "half", damage_half, "was damaged", TRUE, FALSE },
  { "zero-length", damage_length, "was damaged", TRUE, FALSE },
  { "text", damage_kind, "was damaged", TRUE, FALSE },
  { "journal", damage_journal, "journal was damaged", FALSE, FALSE },
  { "journal-and-page", damage_both, "was damaged", TRUE, FALSE },
  { "missing", lose_file, "was missing", TRUE, FALSE },
  { "missing-but-journal", lose_all_but_journal, "was missing", TRUE, FALSE },
};

static GBytes *
read_file (const char *path)
{
  char *contents = NULL;
  gsize length = 0;

  return g_file_get_contents (path, &contents, &length, NULL) ? g_bytes_new_take (contents, length) : NULL;
}

static void
write_file (const char *path, GBytes *bytes)
{
  g_assert_true (g_file_set_contents (path, g_bytes_get_data (bytes, NULL), g_bytes_get_size (bytes), NULL));
}

/* A file that was there is there still, byte by byte, under the name of what was set aside. */
static void
assert_kept (RushesFolders *folders, GBytes *damaged, const char *suffix)
{
  g_autofree char *folder = rushes_test_path (folders, ".");
  g_autoptr (GDir) dir = g_dir_open (folder, 0, NULL);
  const char *name;
  gboolean found = FALSE;

  while (damaged != NULL && (name = g_dir_read_name (dir)) != NULL)
    if (g_str_has_prefix (name, "library-damaged-") && g_str_has_suffix (name, suffix))
      {
        g_autofree char *path = g_build_filename (folder, name, NULL);
        g_autoptr (GBytes) kept = read_file (path);

        found = g_bytes_equal (kept, damaged);
      }
  g_assert_true (damaged == NULL || found);
}

static void
check_accident (const Accident *accident)
{
  g_autoptr (RushesFolders) folders = rushes_test_folders ();
  g_autofree char *path = rushes_test_path (folders, "library.db");
  g_autofree char *journal = g_strconcat (path, "-wal", NULL);
  g_autofree char *backup = NULL;
  g_autofree char *empty = NULL;
  g_autofree char *check = NULL;
  g_autoptr (GBytes) file = NULL;
  g_autoptr (GBytes) writes = NULL;
  g_autoptr (GBytes) copy = NULL;
  g_autoptr (GBytes) copy_after = NULL;
  g_autoptr (GError) error = NULL;
  g_autoptr (RushesLibrary) library = rushes_test_open (folders);
  g_autoptr (RushesTake) kept = rushes_test_order_one (library, "kept by the backup");
  g_autoptr (RushesTake) later = NULL;
  g_autoptr (RushesTake) again = NULL;

  rushes_test_close (library);
  g_clear_object (&library);
  backup = rushes_test_find_file (folders, "backups", "daily-");
  if (backup != NULL)
    g_unlink (backup);
  g_clear_pointer (&backup, g_free);
  g_assert_true (rushes_backup_daily (path, NULL, &error));
  g_assert_no_error (error);
  backup = rushes_test_find_file (folders, "backups", "daily-");
  copy = read_file (backup);
  /* Empty, and newer: for SQLite a whole database. */
  empty = rushes_test_path (folders, "backups/daily-29990101.db");
  g_assert_true (g_file_set_contents (empty, "", 0, NULL));

  library = rushes_test_open (folders);
  later = rushes_test_order_one (library, "since then");
  file = read_file (path);
  writes = read_file (journal);
  g_assert_cmpuint (g_bytes_get_size (writes), >, 0);
  rushes_test_close (library);
  g_clear_object (&library);
  write_file (path, file);
  write_file (journal, writes);
  accident->damage (path, journal);
  g_clear_pointer (&file, g_bytes_unref);
  g_clear_pointer (&writes, g_bytes_unref);
  file = read_file (path);
  writes = read_file (journal);

  library = rushes_test_open (folders);
  if (accident->later)
    {
      g_assert_null (rushes_library_get_warning (library));
      g_free (rushes_test_expect_error (rushes_library_find_take (library, rushes_take_get_id (kept)),
                                        RUSHES_ERROR_STORAGE));
      rushes_test_close (library);
      g_clear_object (&library);
      library = rushes_test_open (folders);
    }
  else
    {
      assert_kept (folders, file, ".db");
      assert_kept (folders, writes, ".db-wal");
    }
  g_assert_nonnull (rushes_library_get_warning (library));
  g_test_message ("%s", rushes_library_get_warning (library));
  g_assert_nonnull (strstr (rushes_library_get_warning (library), accident->words));
  g_assert_cmpint (strstr (rushes_library_get_warning (library), "daily-2") != NULL, ==, accident->from_backup);
  g_assert_null (strstr (rushes_library_get_warning (library), "daily-2999"));
  /* What waits may be paid for already. */
  g_assert_true (rushes_library_get_paused (library));
  g_assert_nonnull (strstr (rushes_library_get_warning (library), "queue is paused"));
  again = dex_await_object (rushes_library_find_take (library, rushes_take_get_id (kept)), &error);
  g_assert_no_error (error);
  g_assert_cmpstr (rushes_take_get_title (again), ==, "kept by the backup");
  rushes_test_close (library);
  g_clear_object (&library);

  copy_after = read_file (backup);
  g_assert_true (g_bytes_equal (copy, copy_after));
  check = rushes_test_peek (path, "PRAGMA integrity_check");
  g_assert_cmpstr (check, ==, "ok");

  /* It is told once. */
  library = rushes_test_open (folders);
  g_assert_null (rushes_library_get_warning (library));
  rushes_test_close (library);
}

static void
test_accidents (void)
{
  for (guint i = 0; i < G_N_ELEMENTS (accidents); i++)
    {
      g_test_message ("%s", accidents[i].name);
      check_accident (&accidents[i]);
    }
}

/* Where nothing is left, a new library is begun, and what lies in its place is passed over. */
static void
test_nothing_left (void)
{
  g_autoptr (RushesFolders) folders = rushes_test_folders ();
  g_autofree char *backups = rushes_test_path (folders, "backups");
  g_autofree char *empty = g_build_filename (backups, "daily-20250101.db", NULL);
  g_autoptr (RushesLibrary) library = NULL;

  g_assert_cmpint (g_mkdir_with_parents (backups, 0700), ==, 0);
  g_assert_true (g_file_set_contents (empty, "", 0, NULL));
  library = rushes_test_open (folders);
  g_assert_nonnull (strstr (rushes_library_get_warning (library), "was missing and there is no backup"));
  g_assert_false (rushes_library_get_paused (library));
  g_assert_cmpuint (g_list_model_get_n_items (rushes_library_get_projects (library)), ==, 1);
  g_assert_true (g_file_test (empty, G_FILE_TEST_EXISTS));
  rushes_test_close (library);
}

int
main (int argc, char **argv)
{
  rushes_test_init (&argc, &argv);

  rushes_test_add_fiber ("/damage/not-a-database", test_not_a_database);
  rushes_test_add_fiber ("/damage/backup-used", test_backup_used);
  rushes_test_add_fiber ("/damage/inside", test_damage_inside);
  rushes_test_add_fiber ("/damage/accidents", test_accidents);
  rushes_test_add_fiber ("/damage/nothing-left", test_nothing_left);

  return g_test_run ();
}
