/* test-archive.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include <fcntl.h>
#include <glib/gstdio.h>
#include <unistd.h>

#include "rushes-archive.h"
#include "rushes-clip-room.h"
#include "rushes-database.h"
#include "rushes-test-library.h"

/* ---- a library with all there is in it ---- */

typedef struct
{
  RushesTakeState state; /* where it stands */
  RushesCharged charged; /* of an end */
  const char *restored;  /* how it comes in elsewhere */
} Case;

static const Case cases[] = {
  { RUSHES_TAKE_STATE_QUEUED, 0, "cancelled" },
  { RUSHES_TAKE_STATE_PREPARING, 0, "cancelled" },
  { RUSHES_TAKE_STATE_SUBMITTING, 0, "unconfirmed" },
  { RUSHES_TAKE_STATE_RUNNING, 0, "left" },
  { RUSHES_TAKE_STATE_DOWNLOADING, 0, "left" },
  { RUSHES_TAKE_STATE_READY, RUSHES_CHARGED_YES, "ready" },
  { RUSHES_TAKE_STATE_FAILED, RUSHES_CHARGED_NO, "failed" },
  { RUSHES_TAKE_STATE_EXPIRED, RUSHES_CHARGED_YES, "expired" },
  { RUSHES_TAKE_STATE_UNCONFIRMED, 0, "unconfirmed" },
  { RUSHES_TAKE_STATE_LEFT, 0, "left" },
};

static void
bring (RushesLibrary *library, RushesTake *take, const Case *wanted)
{
  g_autoptr (RushesAttempt) attempt = rushes_test_attempt (library, take);
  RushesTakeState before = wanted->state;

  if (wanted->state == RUSHES_TAKE_STATE_READY || wanted->state == RUSHES_TAKE_STATE_EXPIRED)
    before = RUSHES_TAKE_STATE_DOWNLOADING;
  else if (wanted->state == RUSHES_TAKE_STATE_UNCONFIRMED)
    before = RUSHES_TAKE_STATE_SUBMITTING;
  else if (wanted->state == RUSHES_TAKE_STATE_LEFT || wanted->state == RUSHES_TAKE_STATE_FAILED)
    before = RUSHES_TAKE_STATE_RUNNING;
  rushes_test_walk (library, take, attempt, before);
  if (before != wanted->state)
    rushes_test_step (library, take, attempt, wanted->state, wanted->charged);
}

static GPtrArray *
fill (RushesLibrary *library)
{
  GPtrArray *takes = g_ptr_array_new_with_free_func (g_object_unref);

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autofree char *prompt = g_strdup_printf ("kite %u", i);
      RushesTake *take = rushes_test_order_one (library, prompt);

      bring (library, take, &cases[i]);
      g_ptr_array_add (takes, take);
    }
  return takes;
}

static void
add_picture (RushesFolders *folders)
{
  g_autofree char *sha256 = g_compute_checksum_for_string (G_CHECKSUM_SHA256, "picture", -1);
  g_autofree char *name = g_strconcat (sha256, ".png", NULL);
  g_autoptr (GFile) file = g_file_get_child (rushes_folders_get_references (folders), name);

  g_assert_true (g_file_set_contents (g_file_peek_path (file), "picture", -1, NULL));
}

static GFile *
place (void)
{
  g_autofree char *folder = rushes_test_folder ();

  return g_file_new_build_filename (folder, "library.rushes", NULL);
}

static GFile *
back_up (RushesLibrary *library, gboolean with_clips)
{
  g_autoptr (GFile) file = place ();
  g_autoptr (RushesArchive) archive = rushes_archive_new (file);

  rushes_test_expect (rushes_archive_write (archive, library, with_clips, FALSE), TRUE);
  g_assert_cmpfloat (rushes_archive_get_fraction (archive), ==, 1.0);
  return g_steal_pointer (&file);
}

static RushesArchiveReport
restore (RushesLibrary *library, GFile *file)
{
  g_autoptr (RushesArchive) archive = rushes_archive_new (file);

  rushes_test_expect (rushes_archive_restore (archive, library), TRUE);
  return *rushes_archive_get_report (archive);
}

static RushesTake *
find (RushesLibrary *library, RushesTake *other)
{
  g_autoptr (GError) error = NULL;
  RushesTake *take = dex_await_object (rushes_library_find_take (library, rushes_take_get_id (other)), &error);

  g_assert_no_error (error);
  return take;
}

static char *
look_up (RushesFolders *folders, const char *sql)
{
  g_autofree char *path = rushes_test_path (folders, "library.db");
  g_autoptr (RushesDatabase) database = rushes_database_open (path, TRUE, NULL);
  g_autoptr (RushesQuery) query = rushes_database_query (database, NULL, sql, "");

  g_assert_nonnull (query);
  return rushes_query_next (query, NULL) ? g_strdup (rushes_query_get_text (query, 0)) : NULL;
}

/* What every attempt counts for at last, but for those that were in line, which cost nothing here. */
static char *
sum_up (RushesFolders *folders)
{
  return look_up (folders,
                  "SELECT group_concat (a.id || ' ' || COALESCE (l.micros, 0), ',') FROM (SELECT * FROM attempts"
                  " ORDER BY id) a JOIN ledger l ON l.id = (SELECT max (id) FROM ledger WHERE attempt_id = a.id)"
                  " WHERE l.kind <> 'refund' AND a.state NOT IN ('queued', 'preparing')");
}

static char *
count_all (RushesFolders *folders)
{
  return look_up (folders, "SELECT (SELECT count (*) FROM takes) || ' ' || (SELECT count (*) FROM attempts) || ' ' ||"
                           " (SELECT count (*) FROM ledger) || ' ' || (SELECT count (*) FROM results) || ' ' ||"
                           " (SELECT count (*) FROM steps) || ' ' || (SELECT count (*) FROM projects) || ' ' ||"
                           " (SELECT count (*) FROM takes_text)");
}

/* ---- there and back ---- */

static void
test_move (void)
{
  g_autoptr (RushesFolders) here = rushes_test_folders ();
  g_autoptr (RushesFolders) there = rushes_test_folders ();
  g_autoptr (RushesLibrary) library = rushes_test_open (here);
  g_autoptr (RushesLibrary) other = rushes_test_open (there);
  g_autoptr (GPtrArray) takes = fill (library);
  g_autoptr (GPtrArray) adopted = NULL;
  g_autoptr (GFile) file = NULL;
  g_autofree char *sums = NULL;
  g_autofree char *sums_there = NULL;
  g_autofree char *before = NULL;
  g_autofree char *after = NULL;
  RushesArchiveReport report;

  add_picture (here);
  file = back_up (library, TRUE);
  report = restore (other, file);
  g_assert_cmpuint (report.n_takes, ==, G_N_ELEMENTS (cases));
  g_assert_cmpuint (report.n_known, ==, 0);
  g_assert_cmpuint (report.n_clips, ==, 1);
  g_assert_cmpuint (report.n_pictures, ==, 1);
  g_assert_cmpuint (report.n_missing, ==, 0);
  g_assert_cmpuint (report.n_waiting, ==, 7);

  for (guint i = 0; i < takes->len; i++)
    {
      g_autoptr (RushesTake) take = find (other, g_ptr_array_index (takes, i));
      g_autoptr (RushesAttempt) attempt = rushes_test_attempt (other, take);
      gboolean waits = !rushes_take_state_is_end (rushes_take_get_state (take));

      g_assert_cmpstr (rushes_take_state_to_string (rushes_take_get_state (take)), ==, cases[i].restored);
      g_assert_cmpstr (rushes_take_get_title (take), ==, rushes_take_get_title (g_ptr_array_index (takes, i)));
      g_assert_cmpint (rushes_take_get_elsewhere (take), ==, waits);
      if (cases[i].state == RUSHES_TAKE_STATE_READY)
        {
          g_assert_true (g_file_query_exists (rushes_clip_get_file (rushes_take_get_clip (take)), NULL));
          g_assert_false (g_file_equal (rushes_clip_get_file (rushes_take_get_clip (take)),
                                        rushes_clip_get_file (rushes_take_get_clip (g_ptr_array_index (takes, i)))));
        }
    }
  sums = sum_up (here);
  sums_there = sum_up (there);
  g_assert_cmpstr (sums_there, ==, sums);

  /* A second time brings nothing more, and neither does a backup of what is here. */
  before = count_all (there);
  report = restore (other, file);
  g_assert_cmpuint (report.n_takes, ==, 0);
  g_assert_cmpuint (report.n_known, ==, G_N_ELEMENTS (cases));
  g_assert_cmpuint (report.n_clips + report.n_pictures + report.n_waiting, ==, 0);
  after = count_all (there);
  g_assert_cmpstr (after, ==, before);
  g_clear_pointer (&before, g_free);
  g_clear_pointer (&after, g_free);
  before = count_all (here);
  restore (library, file);
  after = count_all (here);
  g_assert_cmpstr (after, ==, before);
  for (guint i = 0; i < takes->len; i++)
    g_assert_cmpint (rushes_take_get_state (g_ptr_array_index (takes, i)), ==, cases[i].state);

  /* Nobody goes on with it until that very take is asked for. */
  adopted = dex_await_boxed (rushes_library_adopt (other, NULL), NULL);
  g_assert_cmpuint (adopted->len, ==, 0);
  g_clear_pointer (&adopted, g_ptr_array_unref);
  {
    g_autoptr (RushesTake) running = find (other, g_ptr_array_index (takes, 3));

    adopted = dex_await_boxed (rushes_library_adopt (other, running), NULL);
    g_assert_cmpuint (adopted->len, ==, 1);
    g_assert_false (rushes_take_get_elsewhere (running));
  }
  rushes_test_close (library);
  rushes_test_close (other);
}

/* A fingerprint of a key says something in the library that it was made in, and leaves it for no other. */
static void
test_keys (void)
{
  g_autoptr (RushesFolders) here = rushes_test_folders ();
  g_autoptr (RushesFolders) there = rushes_test_folders ();
  g_autoptr (RushesLibrary) library = rushes_test_open (here);
  g_autoptr (RushesLibrary) other = rushes_test_open (there);
  g_autoptr (RushesTake) take = rushes_test_order_one (library, "a kite");
  g_autoptr (RushesAttempt) attempt = rushes_test_attempt (library, take);
  g_autoptr (RushesKeyMark) key = rushes_key_mark_new ("keyring", "0123456789abcdef");
  const RushesStep step = { .to = RUSHES_TAKE_STATE_SUBMITTING, .key = key };
  g_autoptr (RushesTake) found = NULL;
  g_autoptr (RushesAttempt) restored = NULL;
  g_autoptr (GFile) file = NULL;
  g_autoptr (RushesDatabase) database = NULL;
  g_autoptr (GError) error = NULL;

  rushes_test_walk (library, take, attempt, RUSHES_TAKE_STATE_PREPARING);
  rushes_test_expect (rushes_library_advance (library, take, attempt, &step), TRUE);
  g_assert_cmpstr (attempt->key->print, ==, "0123456789abcdef");
  file = back_up (library, FALSE);
  database = rushes_database_open (g_file_peek_path (file), FALSE, &error);
  g_assert_no_error (error);
  g_assert_cmpint (
      rushes_database_get_int (database, &error,
                               "SELECT count (*) FROM attempts WHERE key_print IS NOT NULL OR key_source IS"
                               " NOT NULL",
                               ""),
      ==, 0);

  /* Neither does it come in with a file that somebody else made. */
  g_assert_true (
      rushes_database_script (database, "UPDATE attempts SET key_source = 'keyring', key_print = 'x'", &error));
  g_clear_pointer (&database, rushes_database_close);
  restore (other, file);
  found = find (other, take);
  restored = rushes_test_attempt (other, found);
  g_assert_null (restored->key);
  g_assert_cmpint (dex_await_int64 (rushes_library_get_salt (library), NULL), !=,
                   dex_await_int64 (rushes_library_get_salt (other), NULL));
  rushes_test_close (library);
  rushes_test_close (other);
}

static void
write_text (RushesFolders *folders, const char *name, const char *text)
{
  g_autofree char *path = rushes_test_path (folders, name);

  g_assert_true (g_file_set_contents (path, text, -1, NULL));
}

static void
assert_text (GBytes *bytes, const char *text)
{
  g_assert_nonnull (bytes);
  g_assert_cmpmem (g_bytes_get_data (bytes, NULL), g_bytes_get_size (bytes), text, strlen (text));
}

/* Presets and descriptions of providers come along, and are only handed on: nothing of them is written by a restore. */
static void
test_texts (void)
{
  const char *presets = "{\"presets\":[{\"id\":\"a\",\"name\":\"A\",\"prompt\":\"alpha\"}]}";
  g_autoptr (RushesFolders) here = rushes_test_folders ();
  g_autoptr (RushesFolders) there = rushes_test_folders ();
  g_autoptr (RushesLibrary) library = rushes_test_open (here);
  g_autoptr (RushesLibrary) other = rushes_test_open (there);
  g_autofree char *own = rushes_test_path (there, "presets.json");
  g_autoptr (GFile) file = NULL;
  g_autoptr (RushesArchive) archive = NULL;
  g_autoptr (RushesArchive) changed = NULL;
  g_autoptr (RushesDatabase) database = NULL;
  g_autoptr (GError) error = NULL;

  write_text (here, "presets.json", presets);
  write_text (here, "providers/home.json", "{\"id\":\"home\"}");
  write_text (here, "providers/notes.txt", "not this");
  file = back_up (library, FALSE);
  archive = rushes_archive_new (file);
  rushes_test_expect (rushes_archive_restore (archive, other), TRUE);
  assert_text (rushes_archive_get_presets (archive), presets);
  g_assert_cmpuint (rushes_archive_get_providers (archive)->len, ==, 1);
  assert_text (g_ptr_array_index (rushes_archive_get_providers (archive), 0), "{\"id\":\"home\"}");
  g_assert_cmpuint (rushes_archive_get_report (archive)->n_pictures, ==, 0);
  g_assert_false (g_file_test (own, G_FILE_TEST_EXISTS));
  g_assert_cmpuint (rushes_test_count_files (there, "providers", ""), ==, 0);

  /* What is not what was written is left out. */
  database = rushes_database_open (g_file_peek_path (file), FALSE, &error);
  g_assert_no_error (error);
  g_assert_true (rushes_database_script (database, "UPDATE archive_chunks SET data = x'7b7d'", &error));
  g_clear_pointer (&database, rushes_database_close);
  changed = rushes_archive_new (file);
  rushes_test_expect (rushes_archive_restore (changed, other), TRUE);
  g_assert_null (rushes_archive_get_presets (changed));
  g_assert_cmpuint (rushes_archive_get_providers (changed)->len, ==, 0);
  rushes_test_close (library);
  rushes_test_close (other);
}

/* What is here stays as it is; what is not comes in beside it. */
static void
test_merge (void)
{
  g_autoptr (RushesFolders) here = rushes_test_folders ();
  g_autoptr (RushesFolders) there = rushes_test_folders ();
  g_autoptr (RushesLibrary) library = rushes_test_open (here);
  g_autoptr (RushesLibrary) other = rushes_test_open (there);
  g_autoptr (RushesTake) shared = rushes_test_order_one (library, "shared");
  g_autoptr (RushesTake) own = rushes_test_order_one (other, "own");
  g_autoptr (RushesAttempt) attempt = rushes_test_attempt (library, shared);
  g_autoptr (RushesTake) found = NULL;
  g_autoptr (RushesAttempt) again = NULL;
  g_autoptr (RushesAttempt) newest = NULL;
  g_autoptr (GFile) first = NULL;
  g_autoptr (GFile) second = NULL;
  RushesArchiveReport report;

  rushes_test_walk (library, shared, attempt, RUSHES_TAKE_STATE_RUNNING);
  rushes_test_step (library, shared, attempt, RUSHES_TAKE_STATE_FAILED, RUSHES_CHARGED_NO);
  first = back_up (library, FALSE);
  restore (other, first);
  found = find (other, shared);
  g_assert_cmpint (rushes_take_get_state (found), ==, RUSHES_TAKE_STATE_FAILED);
  g_assert_cmpuint (g_list_model_get_n_items (rushes_library_get_projects (other)), ==, 1);
  g_assert_cmpint (rushes_take_get_state (own), ==, RUSHES_TAKE_STATE_QUEUED);

  /* Both go on with it, each with an attempt of its own. */
  again = dex_await_boxed (rushes_library_add_attempt (library, shared), NULL);
  rushes_test_walk (library, shared, again, RUSHES_TAKE_STATE_RUNNING);
  newest = dex_await_boxed (rushes_library_add_attempt (other, found), NULL);
  second = back_up (library, FALSE);
  report = restore (other, second);
  g_assert_cmpuint (report.n_takes, ==, 0);
  g_assert_cmpuint (report.n_waiting, ==, 1);
  g_assert_cmpint (rushes_take_get_state (found), ==, RUSHES_TAKE_STATE_QUEUED);
  {
    g_autoptr (RushesAttempt) last = rushes_test_attempt (other, found);
    g_autofree char *n = look_up (there, "SELECT count (*) FROM attempts WHERE state = 'left'");

    g_assert_cmpstr (last->id, ==, newest->id);
    g_assert_cmpstr (n, ==, "1");
  }
  rushes_test_close (library);
  rushes_test_close (other);
}

/* Clips that were lost, or pruned, come back; one that is here is not written over. */
static void
test_clips (void)
{
  g_autoptr (RushesFolders) folders = rushes_test_folders ();
  g_autoptr (RushesLibrary) library = rushes_test_open (folders);
  const Case ready = { RUSHES_TAKE_STATE_READY, RUSHES_CHARGED_YES, "ready" };
  g_autoptr (RushesTake) pruned = rushes_test_order_one (library, "pruned");
  g_autoptr (RushesTake) lost = rushes_test_order_one (library, "lost");
  g_autoptr (RushesTake) changed = rushes_test_order_one (library, "changed");
  g_autoptr (RushesClipRoom) room = NULL;
  const RushesClipLimits limits = { .most = 2, .unsaved = TRUE };
  g_autoptr (GFile) file = NULL;
  g_autofree char *contents = NULL;
  const char *path;
  RushesArchiveReport report;

  bring (library, pruned, &ready);
  bring (library, lost, &ready);
  bring (library, changed, &ready);
  file = back_up (library, TRUE);
  room = dex_await_boxed (rushes_library_prune (library, &limits, FALSE), NULL);
  g_assert_cmpuint (room->n_pruned, ==, 1);
  g_assert_null (rushes_take_get_clip (pruned));
  path = g_file_peek_path (rushes_clip_get_file (rushes_take_get_clip (lost)));
  g_assert_cmpint (g_unlink (path), ==, 0);
  path = g_file_peek_path (rushes_clip_get_file (rushes_take_get_clip (changed)));
  g_assert_true (g_file_set_contents (path, "another", -1, NULL));

  report = restore (library, file);
  g_assert_cmpuint (report.n_clips, ==, 2);
  {
    g_autoptr (RushesTake) again = find (library, pruned);

    g_assert_true (g_file_query_exists (rushes_clip_get_file (rushes_take_get_clip (again)), NULL));
  }
  g_assert_true (g_file_query_exists (rushes_clip_get_file (rushes_take_get_clip (lost)), NULL));
  g_assert_true (g_file_get_contents (path, &contents, NULL, NULL));
  g_assert_cmpstr (contents, ==, "another");
  rushes_test_close (library);
}

/* ---- what is not as it should be ---- */

static void
tamper (GFile *file, const char *sql)
{
  g_autoptr (RushesDatabase) database = rushes_database_open (g_file_peek_path (file), FALSE, NULL);
  g_autoptr (GError) error = NULL;

  rushes_database_script (database, sql, &error);
  g_assert_no_error (error);
}

/* A clip that is not what it was is left out, and its take is there all the same. */
static void
test_damaged_clip (void)
{
  g_autoptr (RushesFolders) here = rushes_test_folders ();
  g_autoptr (RushesFolders) there = rushes_test_folders ();
  g_autoptr (RushesLibrary) library = rushes_test_open (here);
  g_autoptr (RushesLibrary) other = rushes_test_open (there);
  g_autoptr (GPtrArray) takes = fill (library);
  g_autoptr (GFile) file = back_up (library, TRUE);
  g_autoptr (RushesTake) ready = NULL;
  RushesArchiveReport report;

  tamper (file, "UPDATE archive_chunks SET data = x'00'");
  report = restore (other, file);
  g_assert_cmpuint (report.n_clips, ==, 0);
  g_assert_cmpuint (report.n_missing, ==, 1);
  ready = find (other, g_ptr_array_index (takes, 5));
  g_assert_cmpint (rushes_take_get_state (ready), ==, RUSHES_TAKE_STATE_READY);
  g_assert_null (rushes_take_get_clip (ready));
  rushes_test_close (library);
  rushes_test_close (other);
}

/* A name that leads out of the folder of clips is no name. */
static void
test_hostile_name (void)
{
  g_autoptr (RushesFolders) here = rushes_test_folders ();
  g_autoptr (RushesFolders) there = rushes_test_folders ();
  g_autoptr (RushesLibrary) library = rushes_test_open (here);
  g_autoptr (RushesLibrary) other = rushes_test_open (there);
  g_autoptr (GPtrArray) takes = fill (library);
  g_autoptr (GFile) file = back_up (library, TRUE);
  g_autofree char *out = rushes_test_path (there, "evil.mp4");
  RushesArchiveReport report;

  tamper (file, "UPDATE results SET file = '../evil.mp4' WHERE file IS NOT NULL;"
                "UPDATE archive_files SET name = '../evil.mp4'");
  report = restore (other, file);
  g_assert_cmpuint (report.n_clips, ==, 0);
  g_assert_cmpuint (report.n_missing, ==, 1);
  g_assert_false (g_file_test (out, G_FILE_TEST_EXISTS));
  rushes_test_close (library);
  rushes_test_close (other);
}

static void
refuse (RushesLibrary *library, GFile *file, RushesErrorCode code, const char *words)
{
  g_autoptr (RushesArchive) archive = rushes_archive_new (file);
  g_autofree char *message = rushes_test_expect_error (rushes_archive_restore (archive, library), code);

  g_assert_nonnull (strstr (message, words));
}

static void
test_refused (void)
{
  g_autoptr (RushesFolders) here = rushes_test_folders ();
  g_autoptr (RushesFolders) there = rushes_test_folders ();
  g_autoptr (RushesLibrary) library = rushes_test_open (here);
  g_autoptr (RushesLibrary) other = rushes_test_open (there);
  g_autoptr (GPtrArray) takes = fill (library);
  g_autoptr (GFile) file = back_up (library, FALSE);
  g_autoptr (GFile) text = place ();
  g_autoptr (GFile) nothing = place ();
  g_autoptr (RushesArchive) second = rushes_archive_new (file);
  g_autofree char *before = count_all (there);
  g_autofree char *after = NULL;
  g_autofree char *message = NULL;

  /* A file that is there is not written over. */
  message = rushes_test_expect_error (rushes_archive_write (second, library, FALSE, FALSE), RUSHES_ERROR_BAD_REQUEST);
  g_assert_nonnull (strstr (message, "already"));
  rushes_test_expect (rushes_archive_write (second, library, FALSE, TRUE), TRUE);

  g_assert_true (g_file_set_contents (g_file_peek_path (text), "no database, but a text", -1, NULL));
  refuse (other, text, RUSHES_ERROR_BAD_REQUEST, "no backup");
  refuse (other, nothing, RUSHES_ERROR_BAD_REQUEST, "no backup");
  tamper (file, "PRAGMA foreign_keys = OFF; DELETE FROM orders");
  refuse (other, file, RUSHES_ERROR_BAD_REQUEST, "fit together");
  tamper (file, "PRAGMA user_version = 10000");
  refuse (other, file, RUSHES_ERROR_BAD_REQUEST, "newer");
  after = count_all (there);
  g_assert_cmpstr (after, ==, before);
  rushes_test_close (library);
  rushes_test_close (other);
}

static void
test_cancelled (void)
{
  g_autoptr (RushesFolders) here = rushes_test_folders ();
  g_autoptr (RushesFolders) there = rushes_test_folders ();
  g_autoptr (RushesLibrary) library = rushes_test_open (here);
  g_autoptr (RushesLibrary) other = rushes_test_open (there);
  g_autoptr (GPtrArray) takes = fill (library);
  g_autoptr (GFile) file = back_up (library, TRUE);
  g_autoptr (GFile) to = place ();
  g_autoptr (GFile) folder = g_file_get_parent (to);
  g_autoptr (RushesArchive) out = rushes_archive_new (to);
  g_autoptr (RushesArchive) in = rushes_archive_new (file);
  g_autofree char *before = count_all (there);
  g_autofree char *after = NULL;

  rushes_archive_cancel (out);
  g_free (rushes_test_expect_error (rushes_archive_write (out, library, TRUE, FALSE), RUSHES_ERROR_CANCELLED));
  g_assert_cmpint (g_rmdir (g_file_peek_path (folder)), ==, 0);
  rushes_archive_cancel (in);
  g_free (rushes_test_expect_error (rushes_archive_restore (in, other), RUSHES_ERROR_CANCELLED));
  after = count_all (there);
  g_assert_cmpstr (after, ==, before);
  rushes_test_close (library);
  rushes_test_close (other);
}

static gboolean
is_written (gpointer data)
{
  const char *path = g_file_peek_path (data);
  g_autofree char *part = g_strconcat (path, ".part", NULL);
  GStatBuf info;

  return g_file_test (path, G_FILE_TEST_EXISTS) || (g_stat (part, &info) == 0 && info.st_size > 16 * 1024 * 1024);
}

/* The program ends in mid-backup, or one was killed in it before: what was to be the backup is not left half. */
static void
test_closed (void)
{
  g_autoptr (RushesFolders) here = rushes_test_folders ();
  g_autoptr (RushesLibrary) library = rushes_test_open (here);
  g_autoptr (GPtrArray) takes = fill (library);
  g_autoptr (GFile) to = place ();
  g_autoptr (GFile) folder = g_file_get_parent (to);
  g_autofree char *part = g_strconcat (g_file_peek_path (to), ".part", NULL);
  g_autofree char *journal = g_strconcat (part, "-journal", NULL);
  g_autofree char *sparse = g_compute_checksum_for_string (G_CHECKSUM_SHA256, "sparse", -1);
  g_autofree char *picture = g_build_filename (g_file_peek_path (rushes_folders_get_references (here)), sparse, NULL);
  g_autofd int fd = g_open (picture, O_WRONLY | O_CREAT | O_CLOEXEC, 0600);
  g_autoptr (RushesArchive) archive = rushes_archive_new (to);
  g_autoptr (DexFuture) writing = NULL;
  g_autoptr (GError) error = NULL;

  /* Long enough to be in the middle of it, and nothing on the disk. */
  g_assert_cmpint (ftruncate (fd, 512 * 1024 * 1024), ==, 0);
  g_assert_true (g_file_set_contents (part, "what was left", -1, NULL));
  g_assert_true (g_file_set_contents (journal, "what was left", -1, NULL));
  writing = rushes_archive_write (archive, library, FALSE, FALSE);
  rushes_test_await (is_written, to);
  rushes_test_close (library);

  g_assert_false (g_file_test (part, G_FILE_TEST_EXISTS));
  g_assert_false (g_file_test (journal, G_FILE_TEST_EXISTS));
  if (!dex_await (g_steal_pointer (&writing), &error))
    {
      g_assert_error (error, RUSHES_ERROR, RUSHES_ERROR_CANCELLED);
      g_assert_cmpint (g_rmdir (g_file_peek_path (folder)), ==, 0);
    }
}

int
main (int argc, char **argv)
{
  rushes_test_init (&argc, &argv);

  rushes_test_add_fiber ("/archive/move", test_move);
  rushes_test_add_fiber ("/archive/merge", test_merge);
  rushes_test_add_fiber ("/archive/keys", test_keys);
  rushes_test_add_fiber ("/archive/texts", test_texts);
  rushes_test_add_fiber ("/archive/clips", test_clips);
  rushes_test_add_fiber ("/archive/damaged-clip", test_damaged_clip);
  rushes_test_add_fiber ("/archive/hostile-name", test_hostile_name);
  rushes_test_add_fiber ("/archive/refused", test_refused);
  rushes_test_add_fiber ("/archive/cancelled", test_cancelled);
  rushes_test_add_fiber ("/archive/closed", test_closed);

  return g_test_run ();
}
