/* test-preferences-backup.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "rushes-desk.h"

#include <unistd.h>

#include "rushes-async.h"
#include "rushes-backup-pass.h"
#include "rushes-presets.h"

/* The library into a file and back, from what the dialogs for files call to what the page says. */

/* ---- a library, and a place for its backup ---- */

typedef struct
{
  RushesDesk *desk;
  RushesFolders *folders; /* of @library */
  RushesLibrary *library; /* with one take */
  RushesLibrary *other;   /* with nothing, of the desk's folders */
  GFile *file;            /* that is not there */
} Bench;

static RushesLibrary *
open_library (RushesFolders *folders)
{
  g_autoptr (DexFuture) opened = rushes_test_run (rushes_library_open (folders, RUSHES_LIBRARY_OPEN_DEFAULT));
  g_autoptr (GError) error = NULL;
  const GValue *value = dex_future_get_value (opened, &error);

  g_assert_no_error (error);

  return g_value_dup_object (value);
}

static void
order_take (RushesLibrary *library)
{
  g_autoptr (JsonNode) node = json_from_string ("{\"version\":1,\"provider\":\"animatic\",\"model\":\"animatic\","
                                                "\"duration\":5,\"seed\":7,\"prompt\":\"a boat\"}",
                                                NULL);
  g_autoptr (GFile) folder = g_file_new_for_path ("/nowhere");
  g_autoptr (GPtrArray) requests = g_ptr_array_new_with_free_func (g_object_unref);
  g_autoptr (GArray) prices = g_array_new (FALSE, FALSE, sizeof (RushesPrice));
  g_autoptr (RushesProject) project = g_list_model_get_item (rushes_library_get_projects (library), 0);
  g_autofree char *order_id = rushes_new_id ();
  g_autoptr (GError) error = NULL;
  RushesRequest *request = rushes_request_from_json (node, folder, &error);
  RushesPrice price = { .kind = RUSHES_PRICE_UNKNOWN };

  g_assert_no_error (error);
  g_ptr_array_add (requests, request);
  g_array_append_val (prices, price);
  rushes_test_expect (rushes_library_order (library, project, requests, prices, order_id));
}

static Bench *
bench_open (void)
{
  Bench *self = g_new0 (Bench, 1);
  g_autofree char *path = rushes_test_folder ();
  g_autoptr (GFile) data = g_file_new_build_filename (path, "data", NULL);
  g_autoptr (GFile) cache = g_file_new_build_filename (path, "cache", NULL);

  self->desk = rushes_desk_open (NULL);
  self->file = g_file_new_build_filename (path, "boats.backup", NULL);
  self->folders = rushes_folders_new (data, cache);
  self->library = open_library (self->folders);
  self->other = open_library (self->desk->folders);
  order_take (self->library);

  return self;
}

static void
bench_close (Bench *self)
{
  rushes_desk_close (self->desk);
  rushes_test_expect (rushes_library_close (self->library));
  rushes_test_expect (rushes_library_close (self->other));
  g_object_unref (self->library);
  g_object_unref (self->other);
  g_object_unref (self->folders);
  g_object_unref (self->file);
  g_free (self);
}

static RushesBackupPass *
show (Bench *self, RushesLibrary *library)
{
  rushes_desk_give_library (self->desk, library);
  rushes_preferences_show (self->desk->preferences, "storage");
  rushes_desk_row (self->desk, "_Back Up Library…");

  return rushes_backup_pass_get (library);
}

static gboolean
is_over (RushesBackupPass *pass, gconstpointer data)
{
  return rushes_backup_pass_get_work (pass) == RUSHES_BACKUP_IDLE;
}

/* What it says when nothing goes on. */
static void
await_sentence (Bench *self, const char *words)
{
  rushes_desk_await_words (self->desk, words);
  g_assert_true (gtk_widget_is_sensitive (rushes_desk_row (self->desk, "_Back Up Library…")));
  g_assert_true (gtk_widget_is_sensitive (rushes_desk_row (self->desk, "Res_tore…")));
  g_assert_false (rushes_desk_has_row (self->desk, "Backing Up…"));
  g_assert_false (rushes_desk_has_row (self->desk, "Restoring…"));
}

/* ---- there and back ---- */

static void
test_there_and_back (void)
{
  Bench *bench = bench_open ();
  RushesBackupPass *pass = show (bench, bench->library);

  rushes_backup_pass_back_up (pass, bench->library, bench->file, TRUE);
  g_assert_false (gtk_widget_is_sensitive (rushes_desk_row (bench->desk, "Res_tore…")));
  await_sentence (bench, "Backed up 1 take.");
  rushes_desk_await_words (bench->desk, "With 0 clips.");
  g_assert_false (rushes_backup_pass_get_failed (pass));
  g_assert_true (g_file_query_exists (bench->file, NULL));

  pass = show (bench, bench->other);
  g_assert_null (rushes_backup_pass_get_sentence (pass));
  rushes_backup_pass_restore (pass, bench->other, NULL, NULL, bench->file);
  await_sentence (bench, "1 take is new.");
  rushes_backup_pass_restore (pass, bench->other, NULL, NULL, bench->file);
  await_sentence (bench, "1 take was here already and stays as it is.");
  rushes_desk_await_words (bench->desk, "0 takes are new.");

  bench_close (bench);
}

/* ---- presets and providers ---- */

#define HOME                                                                                                           \
  "{\"version\":1,\"id\":\"home\",\"base\":\"openai-compatible\",\"name\":\"At Home\","                                \
  "\"base_url\":\"http://127.0.0.1:9\"}"

static void
write_text (RushesFolders *folders, const char *name, const char *text)
{
  g_autofree char *path = g_build_filename (g_file_peek_path (rushes_folders_get_data (folders)), name, NULL);

  g_assert_true (g_file_set_contents (path, text, -1, NULL));
}

static gboolean
knows_home (RushesDesk *desk, gconstpointer data)
{
  return rushes_registry_find (desk->registry, "home") != NULL;
}

/* Presets come in; a provider is shown with where keys and pictures would go, and added when the person agrees. */
static void
test_texts (void)
{
  Bench *bench = bench_open ();
  RushesBackupPass *pass;
  g_autoptr (RushesPresets) presets = rushes_presets_new (rushes_library_get_folders (bench->other));

  write_text (bench->folders, "presets.json", "{\"presets\":[{\"id\":\"a\",\"name\":\"A\",\"prompt\":\"alpha\"}]}");
  write_text (bench->folders, "providers/home.json", HOME);
  pass = show (bench, bench->library);
  rushes_backup_pass_back_up (pass, bench->library, bench->file, FALSE);
  await_sentence (bench, "Backed up 1 take.");

  pass = show (bench, bench->other);
  for (guint i = 0; i < 2; i++)
    {
      rushes_backup_pass_restore (pass, bench->other, presets, bench->desk->registry, bench->file);
      rushes_desk_await_words (bench->desk, "127.0.0.1");
      if (i == 0)
        rushes_desk_await_words (bench->desk, "1 preset came in.");
      g_assert_null (rushes_registry_find (bench->desk->registry, "home"));
      rushes_desk_answer (bench->desk, i == 0 ? "cancel" : "add");
    }
  rushes_desk_await (bench->desk, knows_home, NULL);
  g_assert_cmpstr (rushes_preset_get_prompt (rushes_presets_find (presets, "A")), ==, "alpha");

  bench_close (bench);
}

/* ---- cancelled ---- */

/* A picture that takes a while to read, and no room. */
static void
add_long_picture (RushesFolders *folders)
{
  g_autofree char *sha256 = g_compute_checksum_for_string (G_CHECKSUM_SHA256, "picture", -1);
  g_autofree char *name = g_strconcat (sha256, ".png", NULL);
  g_autoptr (GFile) file = g_file_get_child (rushes_folders_get_references (folders), name);

  g_assert_true (g_file_set_contents (g_file_peek_path (file), "", 0, NULL));
  g_assert_cmpint (truncate (g_file_peek_path (file), (off_t) 1 << 30), ==, 0);
}

static void
test_cancel (void)
{
  Bench *bench = bench_open ();
  g_autofree char *part = g_strconcat (g_file_peek_path (bench->file), ".part", NULL);
  g_autofree char *journal = g_strconcat (part, "-journal", NULL);
  RushesBackupPass *pass;

  add_long_picture (bench->folders);
  pass = show (bench, bench->library);
  rushes_backup_pass_back_up (pass, bench->library, bench->file, FALSE);
  rushes_desk_press (bench->desk, rushes_desk_row (bench->desk, "Backing Up…"), "Cancel");
  await_sentence (bench, "It was cancelled. Nothing was changed.");
  g_assert_false (rushes_backup_pass_get_failed (pass));
  g_assert_false (g_file_query_exists (bench->file, NULL));
  g_assert_false (g_file_test (part, G_FILE_TEST_EXISTS));
  g_assert_false (g_file_test (journal, G_FILE_TEST_EXISTS));

  bench_close (bench);
}

/* ---- errors ---- */

static void
test_errors (void)
{
  Bench *bench = bench_open ();
  g_autoptr (GFile) nowhere = g_file_new_for_path ("/nowhere/at/all.backup");
  g_autoptr (GFile) own = g_file_get_child (rushes_folders_get_data (bench->desk->folders), "library.db");
  RushesBackupPass *pass;

  g_assert_true (g_file_set_contents (g_file_peek_path (bench->file), "a boat", -1, NULL));
  pass = show (bench, bench->other);
  rushes_backup_pass_restore (pass, bench->other, NULL, NULL, bench->file);
  await_sentence (bench, "is no backup of a library, or it is damaged. Nothing was changed.");
  g_assert_true (rushes_backup_pass_get_failed (pass));

  rushes_backup_pass_back_up (pass, bench->other, nowhere, FALSE);
  await_sentence (bench, "/nowhere/at/all.backup");
  g_assert_true (rushes_backup_pass_get_failed (pass));

  rushes_backup_pass_back_up (pass, bench->other, own, FALSE);
  await_sentence (bench, "A backup cannot lie in the folder of the library itself.");
  g_assert_true (rushes_backup_pass_get_failed (pass));

  bench_close (bench);
}

/* Preferences may be closed in the middle: what came of it is there when they are opened again. */
static void
test_unseen (void)
{
  Bench *bench = bench_open ();
  RushesBackupPass *pass = show (bench, bench->library);

  rushes_backup_pass_back_up (pass, bench->library, bench->file, FALSE);
  adw_dialog_force_close (ADW_DIALOG (bench->desk->preferences));
  rushes_test_await (is_over, pass, NULL);
  g_assert_true (g_file_query_exists (bench->file, NULL));

  g_assert_true (show (bench, bench->library) == pass);
  await_sentence (bench, "Backed up 1 take.");

  bench_close (bench);
}

int
main (int argc, char **argv)
{
  rushes_test_init (&argc, &argv);
  rushes_test_use_keyring ();

  g_test_add_func ("/preferences/backup/there-and-back", test_there_and_back);
  g_test_add_func ("/preferences/backup/texts", test_texts);
  g_test_add_func ("/preferences/backup/cancel", test_cancel);
  g_test_add_func ("/preferences/backup/errors", test_errors);
  g_test_add_func ("/preferences/backup/unseen", test_unseen);

  return g_test_run ();
}
