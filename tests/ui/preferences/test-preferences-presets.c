/* test-preferences-presets.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "rushes-desk.h"

#include "rushes-preset-import.h"

/* The presets: one's own and those that ship, in and out. */

typedef struct
{
  RushesDesk *desk;
  RushesLibrary *library;
  GtkWidget *page;
} Shelf;

static Shelf *
shelf_new (void)
{
  Shelf *self = g_new0 (Shelf, 1);
  g_autoptr (DexFuture) opened = NULL;
  g_autoptr (GError) error = NULL;

  self->desk = rushes_desk_open (NULL);
  opened = rushes_test_run (rushes_library_open (self->desk->folders, RUSHES_LIBRARY_OPEN_DEFAULT));
  self->library = g_value_dup_object (dex_future_get_value (opened, &error));
  g_assert_no_error (error);
  rushes_desk_give_library (self->desk, self->library);
  rushes_preferences_show (self->desk->preferences, "presets");
  self->page = gtk_widget_get_ancestor (rushes_desk_row (self->desk, "_New Preset…"), ADW_TYPE_PREFERENCES_PAGE);

  return self;
}

static void
shelf_free (Shelf *self)
{
  rushes_desk_close (self->desk);
  rushes_test_expect (rushes_library_close (self->library));
  g_object_unref (self->library);
  g_free (self);
}

/* Those of the disk: what the command line would see. */
static RushesPresets *
read_presets (Shelf *self)
{
  RushesPresets *presets = rushes_presets_new (self->desk->folders);

  rushes_test_expect (rushes_presets_load (presets));
  return presets;
}

static char *
get_prompt (Shelf *self, const char *name)
{
  g_autoptr (RushesPresets) presets = read_presets (self);
  RushesPreset *preset = rushes_presets_find (presets, name);

  return preset != NULL ? g_strdup (rushes_preset_get_prompt (preset)) : NULL;
}

static void
assert_prompt (Shelf *self, const char *name, const char *prompt)
{
  g_autofree char *found = get_prompt (self, name);

  g_assert_cmpstr (found, ==, prompt);
}

typedef struct
{
  const char *name;
  const char *prompt;
} Expected;

static gboolean
is_on_disk (Shelf *self, gconstpointer data)
{
  const Expected *expected = data;
  g_autofree char *found = get_prompt (self, expected->name);

  return g_strcmp0 (found, expected->prompt) == 0;
}

static void
await_prompt (Shelf *self, const char *name, const char *prompt)
{
  Expected expected = { name, prompt };

  rushes_test_await (is_on_disk, self, &expected);
}

/* What the menu of a row does. */
static void
act (Shelf *self, const char *action, const char *id)
{
  g_assert_true (gtk_widget_activate_action (self->page, action, "s", id));
}

static gboolean
is_writing (RushesDesk *desk, gconstpointer data)
{
  return rushes_test_find (desk->window, GTK_TYPE_TEXT_VIEW, NULL) != NULL;
}

static gboolean
is_written (RushesDesk *desk, gconstpointer data)
{
  return !is_writing (desk, data);
}

/* Fills the dialog in and saves. */
static void
write_preset (Shelf *self, const char *name, const char *text)
{
  GtkWidget *view;

  rushes_desk_await (self->desk, is_writing, NULL);
  view = rushes_test_find (self->desk->window, GTK_TYPE_TEXT_VIEW, NULL);
  if (name != NULL)
    rushes_desk_type (rushes_desk_row (self->desk, "Name"), name);
  if (text != NULL)
    gtk_text_buffer_set_text (gtk_text_view_get_buffer (GTK_TEXT_VIEW (view)), text, -1);
  rushes_desk_press (self->desk, NULL, "Save");
}

/* ---- one's own ---- */

static void
test_own (void)
{
  Shelf *shelf = shelf_new ();
  GtkWidget *row;

  /* A name that is taken is said, and the dialog stays. */
  g_signal_emit_by_name (rushes_desk_row (shelf->desk, "_New Preset…"), "activate");
  write_preset (shelf, "Slow Push In", "a text of mine");
  rushes_desk_await_words (shelf->desk, "There is another preset that is called “Slow Push In”.");
  g_assert_true (is_writing (shelf->desk, NULL));
  write_preset (shelf, "My Look", NULL);
  rushes_desk_await (shelf->desk, is_written, NULL);
  assert_prompt (shelf, "My Look", "a text of mine");

  row = rushes_desk_row (shelf->desk, "My Look");
  g_assert_cmpstr (adw_action_row_get_subtitle (ADW_ACTION_ROW (row)), ==, "a text of mine");
  g_signal_emit_by_name (row, "activate");
  write_preset (shelf, "My Film", "grain");
  rushes_desk_await (shelf->desk, is_written, NULL);
  assert_prompt (shelf, "my-look", "grain");
  assert_prompt (shelf, "My Film", "grain");
  g_assert_false (rushes_desk_has_row (shelf->desk, "My Look"));

  act (shelf, "presets.duplicate", "my-look");
  write_preset (shelf, NULL, NULL);
  rushes_desk_row (shelf->desk, "My Film (Copy)");
  assert_prompt (shelf, "My Film (Copy)", "grain");

  act (shelf, "presets.remove", "my-look");
  rushes_desk_await_words (shelf->desk, "“My Film” was deleted");
  g_assert_false (rushes_desk_has_row (shelf->desk, "My Film"));
  assert_prompt (shelf, "My Film", NULL);
  rushes_desk_press (shelf->desk, NULL, "Undo");
  rushes_desk_row (shelf->desk, "My Film");
  assert_prompt (shelf, "my-look", "grain");

  shelf_free (shelf);
}

/* ---- those that ship ---- */

static gboolean
is_shown_again (RushesDesk *desk, gconstpointer data)
{
  return rushes_test_find (rushes_desk_row (desk, "Slow Push In"), GTK_TYPE_BUTTON, "Show") == NULL;
}

static void
test_shipped (void)
{
  Shelf *shelf = shelf_new ();
  GtkWidget *row = rushes_desk_row (shelf->desk, "Slow Push In");

  /* Not edited, but hidden, and shown again. */
  g_assert_null (gtk_actionable_get_action_name (GTK_ACTIONABLE (row)));
  act (shelf, "presets.remove", "slow-push-in");
  rushes_desk_await_words (shelf->desk, "“Slow Push In” is hidden");
  row = rushes_desk_row (shelf->desk, "Slow Push In");
  assert_prompt (shelf, "Slow Push In", NULL);
  rushes_desk_press (shelf->desk, row, "Show");
  rushes_desk_await (shelf->desk, is_shown_again, NULL);
  g_assert_nonnull (get_prompt (shelf, "Slow Push In"));

  shelf_free (shelf);
}

static void
test_search (void)
{
  Shelf *shelf = shelf_new ();
  GtkWidget *search = rushes_test_find (shelf->page, GTK_TYPE_SEARCH_ENTRY, NULL);

  rushes_desk_row (shelf->desk, "Slow Push In");
  gtk_editable_set_text (GTK_EDITABLE (search), "push slow");
  g_signal_emit_by_name (search, "search-changed");
  g_assert_true (rushes_desk_has_row (shelf->desk, "Slow Push In"));
  g_assert_false (rushes_desk_has_row (shelf->desk, "Turntable"));
  gtk_editable_set_text (GTK_EDITABLE (search), "nothing is called so");
  g_signal_emit_by_name (search, "search-changed");
  g_assert_false (rushes_desk_has_row (shelf->desk, "Slow Push In"));
  rushes_test_await_words (shelf->page, "No presets found");
  g_assert_true (rushes_desk_has_row (shelf->desk, "_New Preset…"));

  shelf_free (shelf);
}

/* ---- while it is written ---- */

static gboolean
may_save (RushesDesk *desk, gconstpointer data)
{
  return gtk_widget_is_sensitive (rushes_test_find (desk->window, GTK_TYPE_BUTTON, "Save"));
}

/* Whoever closes what it was begun in loses nothing. */
static void
test_closed (void)
{
  Shelf *shelf = shelf_new ();
  GtkWidget *view;

  g_signal_emit_by_name (rushes_desk_row (shelf->desk, "_New Preset…"), "activate");
  write_preset (shelf, "My Look", "grain");
  g_assert_false (may_save (shelf->desk, NULL));
  view = rushes_test_find (shelf->desk->window, GTK_TYPE_TEXT_VIEW, NULL);
  adw_dialog_force_close (ADW_DIALOG (gtk_widget_get_ancestor (view, ADW_TYPE_DIALOG)));
  rushes_desk_row (shelf->desk, "My Look");
  assert_prompt (shelf, "My Look", "grain");

  act (shelf, "presets.remove", "my-look");
  adw_dialog_force_close (ADW_DIALOG (shelf->desk->preferences));
  await_prompt (shelf, "My Look", NULL);

  shelf_free (shelf);
}

static void
test_not_written (void)
{
  Shelf *shelf = shelf_new ();
  g_autoptr (GFile) lock = g_file_get_child (rushes_folders_get_data (shelf->desk->folders), "presets.lock");

  /* No file, so that nothing can be written. */
  g_assert_true (g_file_make_directory (lock, NULL, NULL));
  g_signal_emit_by_name (rushes_desk_row (shelf->desk, "_New Preset…"), "activate");
  write_preset (shelf, "My Look", "grain");
  rushes_desk_await_words (shelf->desk, "The presets cannot be written to");
  g_assert_true (is_writing (shelf->desk, NULL));
  g_assert_false (rushes_desk_has_row (shelf->desk, "My Look"));

  g_assert_true (g_file_delete (lock, NULL, NULL));
  rushes_desk_press (shelf->desk, NULL, "Save");
  rushes_desk_await (shelf->desk, is_written, NULL);
  assert_prompt (shelf, "My Look", "grain");

  g_assert_true (g_file_delete (lock, NULL, NULL));
  g_assert_true (g_file_make_directory (lock, NULL, NULL));
  act (shelf, "presets.remove", "my-look");
  rushes_desk_await_words (shelf->desk, "The presets cannot be written to");
  g_assert_true (rushes_desk_has_row (shelf->desk, "My Look"));
  assert_prompt (shelf, "My Look", "grain");

  shelf_free (shelf);
}

/* ---- in and out ---- */

static void
paste (Shelf *self, const char *text)
{
  gdk_clipboard_set_text (gtk_widget_get_clipboard (self->page), text);
  gtk_widget_activate_action (self->page, "presets.paste", NULL);
}

/* By the clipboard and from a file; what clashes is asked about. */
static void
test_import (void)
{
  Shelf *shelf = shelf_new ();
  g_autofree char *folder = rushes_test_folder ();
  g_autoptr (GFile) file = g_file_new_build_filename (folder, "presets.json", NULL);
  g_autoptr (GFile) missing = g_file_new_build_filename (folder, "missing.json", NULL);
  g_autoptr (RushesPresets) presets = read_presets (shelf);
  const char *json = "{\"presets\":[{\"name\":\"My Look\",\"prompt\":\"from a file\"}]}";

  paste (shelf, "My Look:grainy film\nMy Light:from behind\n");
  rushes_desk_await_words (shelf->desk, "2 presets were taken over");
  rushes_desk_row (shelf->desk, "My Light");
  assert_prompt (shelf, "My Look", "grainy film");

  paste (shelf, "My Look:another");
  rushes_desk_answer (shelf->desk, "cancel");
  assert_prompt (shelf, "My Look", "grainy film");
  paste (shelf, "My Look:another");
  rushes_desk_answer (shelf->desk, "both");
  await_prompt (shelf, "My Look 2", "another");
  assert_prompt (shelf, "My Look", "grainy film");
  paste (shelf, "My Look:another");
  rushes_desk_answer (shelf->desk, "replace");
  await_prompt (shelf, "My Look", "another");

  paste (shelf, "no colon");
  rushes_desk_await_words (shelf->desk, "Line 1 of the file is not “name:prompt”.");

  g_assert_true (g_file_replace_contents (file, json, strlen (json), NULL, FALSE, 0, NULL, NULL, NULL));
  rushes_preset_import_file (shelf->page, presets, file);
  rushes_desk_answer (shelf->desk, "replace");
  await_prompt (shelf, "My Look", "from a file");
  rushes_preset_import_file (shelf->page, presets, missing);
  rushes_desk_await_words (shelf->desk, "missing.json");

  shelf_free (shelf);
}

int
main (int argc, char **argv)
{
  rushes_test_init (&argc, &argv);

  g_test_add_func ("/preferences/presets/own", test_own);
  g_test_add_func ("/preferences/presets/shipped", test_shipped);
  g_test_add_func ("/preferences/presets/search", test_search);
  g_test_add_func ("/preferences/presets/closed", test_closed);
  g_test_add_func ("/preferences/presets/not-written", test_not_written);
  g_test_add_func ("/preferences/presets/import", test_import);

  return g_test_run ();
}
