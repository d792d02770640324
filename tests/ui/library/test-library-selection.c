/* test-library-selection.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "rushes-recipe-box.h"
#include "rushes-stage.h"
#include "rushes-take-saver.h"

/* ---- selecting ---- */

static gboolean
is_starred (RushesStage *self, gpointer data)
{
  return rushes_take_get_starred (data);
}

static gboolean
is_selecting (RushesStage *self, gpointer data)
{
  return self->page->selecting == GPOINTER_TO_INT (data);
}

static gboolean
has_selected (RushesStage *self, gpointer data)
{
  return self->page->selected->len == GPOINTER_TO_UINT (data);
}

static void
test_selection (void)
{
  const char *prompts[] = { "one", "two", "three", "four", NULL };
  g_autoptr (RushesStage) stage = rushes_stage_open ();
  g_autoptr (GPtrArray) takes = rushes_stage_order (stage, prompts);
  RushesTake *first = g_ptr_array_index (takes, 3);
  RushesTake *second = g_ptr_array_index (takes, 2);
  RushesTake *third = g_ptr_array_index (takes, 1);
  RushesTake *fourth = g_ptr_array_index (takes, 0);

  rushes_stage_bring (stage, first, RUSHES_TAKE_STATE_READY, NULL);
  rushes_stage_await_n (stage, 4);
  rushes_stage_card (stage, first);
  rushes_stage_click (stage, stage->page->select_button, 1);
  rushes_stage_await (stage, is_selecting, GINT_TO_POINTER (TRUE));
  rushes_stage_click (stage, GTK_WIDGET (rushes_stage_card (stage, first)), 1);
  rushes_stage_await (stage, has_selected, GUINT_TO_POINTER (1));
  g_assert_cmpstr (adw_window_title_get_title (stage->page->selection_title), ==, "1 Selected");
  g_assert_null (stage->opened);

  /* A range, then one of it back; two presses on one card would be too close to each other. */
  rushes_stage_click_with (stage, GTK_WIDGET (rushes_stage_card (stage, third)), "shift");
  rushes_stage_await (stage, has_selected, GUINT_TO_POINTER (3));
  rushes_stage_click (stage, GTK_WIDGET (rushes_stage_card (stage, second)), 1);
  rushes_stage_await (stage, has_selected, GUINT_TO_POINTER (2));

  gtk_widget_activate_action (GTK_WIDGET (stage->page), "selection.star", NULL);
  rushes_stage_await (stage, is_starred, first);
  rushes_stage_await (stage, is_starred, third);
  g_assert_false (rushes_take_get_starred (second));

  rushes_stage_press (stage, "Escape");
  rushes_stage_await (stage, is_selecting, GINT_TO_POINTER (FALSE));
  rushes_stage_await (stage, has_selected, GUINT_TO_POINTER (0));

  /* Ctrl begins a selection, Ctrl+A takes all. */
  rushes_stage_click_with (stage, GTK_WIDGET (rushes_stage_card (stage, fourth)), "ctrl");
  rushes_stage_await (stage, has_selected, GUINT_TO_POINTER (1));
  g_assert_true (stage->page->selecting);
  rushes_stage_press (stage, "ctrl+a");
  rushes_stage_await (stage, has_selected, GUINT_TO_POINTER (4));
  g_assert_null (stage->opened);
}

static gboolean
can_activate (RushesStage *self, const char *tooltip)
{
  GtkWidget *button = rushes_stage_find (GTK_WIDGET (self->page), GTK_TYPE_BUTTON, tooltip);

  return button != NULL && gtk_widget_is_sensitive (button);
}

static gboolean
cannot_activate (RushesStage *self, const char *tooltip)
{
  GtkWidget *button = rushes_stage_find (GTK_WIDGET (self->page), GTK_TYPE_BUTTON, tooltip);

  return button != NULL && !gtk_widget_is_sensitive (button);
}

/* What can be done with what is selected follows what becomes of it. */
static void
test_selection_follows (void)
{
  g_autoptr (RushesStage) stage = rushes_stage_open ();
  g_autoptr (RushesTake) take = rushes_stage_order_one (stage, "A kite");
  g_autoptr (GError) error = rushes_error_new (RUSHES_ERROR_NETWORK, "The line is down.");

  rushes_stage_bring (stage, take, RUSHES_TAKE_STATE_RUNNING, NULL);
  rushes_stage_card (stage, take);
  gtk_selection_model_select_item (GTK_SELECTION_MODEL (stage->page->selection), 0, TRUE);
  rushes_stage_await (stage, cannot_activate, "Retry");
  rushes_stage_await (stage, cannot_activate, "Save Clips…");
  rushes_stage_bring (stage, take, RUSHES_TAKE_STATE_FAILED, error);
  rushes_stage_await (stage, can_activate, "Retry");

  rushes_stage_click (stage, rushes_stage_find (GTK_WIDGET (stage->page), GTK_TYPE_BUTTON, "Retry"), 1);
  rushes_stage_await (stage, cannot_activate, "Retry");
}

static void
compared (GSimpleAction *action, GVariant *ids, gpointer data)
{
  *(char ***) data = g_variant_dup_strv (ids, NULL);
}

static gboolean
has_compared (RushesStage *self, gpointer data)
{
  return *(char ***) data != NULL;
}

/* Two to four clips. */
static void
test_compare (void)
{
  const char *prompts[] = { "one", "two", "three", NULL };
  g_autoptr (RushesStage) stage = rushes_stage_open ();
  g_autoptr (GPtrArray) takes = rushes_stage_order (stage, prompts);
  g_autoptr (GSimpleAction) action = g_simple_action_new ("compare", G_VARIANT_TYPE_STRING_ARRAY);
  g_autoptr (GSimpleActionGroup) actions = g_simple_action_group_new ();
  GtkSelectionModel *selection = GTK_SELECTION_MODEL (stage->page->selection);
  g_auto (GStrv) ids = NULL;

  g_signal_connect (action, "activate", G_CALLBACK (compared), &ids);
  g_action_map_add_action (G_ACTION_MAP (actions), G_ACTION (action));
  gtk_widget_insert_action_group (stage->window, "win", G_ACTION_GROUP (actions));
  for (guint i = 0; i < 2; i++)
    rushes_stage_bring (stage, g_ptr_array_index (takes, i), RUSHES_TAKE_STATE_READY, NULL);
  rushes_stage_await_n (stage, 3);

  gtk_selection_model_select_item (selection, 2, TRUE);
  rushes_stage_await (stage, cannot_activate, "Compare (2 to 4 Clips)");
  gtk_selection_model_select_item (selection, 1, FALSE);
  rushes_stage_await (stage, can_activate, "Compare (2 to 4 Clips)");
  gtk_selection_model_select_item (selection, 0, FALSE);
  rushes_stage_await (stage, cannot_activate, "Compare (2 to 4 Clips)");
  gtk_selection_model_unselect_item (selection, 0);
  rushes_stage_await (stage, can_activate, "Compare (2 to 4 Clips)");

  rushes_stage_click (stage, rushes_stage_find (GTK_WIDGET (stage->page), GTK_TYPE_BUTTON, "Compare (2 to 4 Clips)"),
                      1);
  rushes_stage_await (stage, has_compared, &ids);
  g_assert_cmpuint (g_strv_length (ids), ==, 2);
  g_assert_cmpstr (ids[0], ==, rushes_take_get_id (g_ptr_array_index (takes, 1)));
  g_assert_cmpstr (ids[1], ==, rushes_take_get_id (g_ptr_array_index (takes, 0)));
}

/* With Shift the arrows take along what they pass, and give it back. */
static void
test_selection_keys (void)
{
  const char *prompts[] = { "one", "two", "three", "four", NULL };
  g_autoptr (RushesStage) stage = rushes_stage_open ();
  g_autoptr (GPtrArray) takes = rushes_stage_order (stage, prompts);
  GtkSelectionModel *selection = GTK_SELECTION_MODEL (stage->page->selection);

  rushes_stage_focus (stage, g_ptr_array_index (takes, 2));
  rushes_stage_press (stage, "shift+Right shift+Right");
  rushes_stage_await (stage, has_selected, GUINT_TO_POINTER (3));
  g_assert_true (stage->page->selecting);
  rushes_stage_press (stage, "shift+Left");
  rushes_stage_await (stage, has_selected, GUINT_TO_POINTER (2));
  rushes_stage_press (stage, "shift+Left");
  rushes_stage_await (stage, has_selected, GUINT_TO_POINTER (1));
  rushes_stage_press (stage, "shift+Left");
  rushes_stage_await (stage, has_selected, GUINT_TO_POINTER (2));
  g_assert_true (gtk_selection_model_is_selected (selection, 0));
  g_assert_true (gtk_selection_model_is_selected (selection, 1));

  /* Without it they only pass, and Space takes or gives back. */
  rushes_stage_press (stage, "Right Right space");
  rushes_stage_await (stage, has_selected, GUINT_TO_POINTER (3));
  g_assert_true (gtk_selection_model_is_selected (selection, 2));
  rushes_stage_press (stage, "space");
  rushes_stage_await (stage, has_selected, GUINT_TO_POINTER (2));

  rushes_stage_press (stage, "Escape");
  rushes_stage_await (stage, has_selected, GUINT_TO_POINTER (0));
  rushes_stage_press (stage, "ctrl+space");
  rushes_stage_await (stage, has_selected, GUINT_TO_POINTER (1));
  g_assert_true (gtk_selection_model_is_selected (selection, 2));
  g_assert_null (stage->opened);
}

static void
test_move (void)
{
  const char *prompts[] = { "one", "two", NULL };
  g_autoptr (RushesStage) stage = rushes_stage_open ();
  g_autoptr (GPtrArray) takes = rushes_stage_order (stage, prompts);
  RushesProject *shop;

  rushes_stage_expect (rushes_library_create_project (stage->library, "Shop"));
  shop = rushes_library_find_project (stage->library, "Shop");
  rushes_stage_await_n (stage, 2);
  rushes_stage_card (stage, g_ptr_array_index (takes, 0));
  rushes_library_page_set_selecting (stage->page, TRUE);
  gtk_selection_model_select_item (GTK_SELECTION_MODEL (stage->page->selection), 0, TRUE);
  gtk_widget_activate_action (GTK_WIDGET (stage->page), "selection.move", "s", rushes_project_get_id (shop));
  rushes_stage_await_n (stage, 1);
  g_assert_cmpstr (rushes_take_get_project_id (g_ptr_array_index (takes, 1)), ==, rushes_project_get_id (shop));

  rushes_library_page_set_project (stage->page, shop);
  rushes_stage_await_n (stage, 1);
  rushes_stage_card (stage, g_ptr_array_index (takes, 1));
}

/* With its recipe behind it. */
static gboolean
is_copy (RushesTake *take, GFile *file)
{
  g_autoptr (GBytes) clip = g_file_load_bytes (rushes_clip_get_file (rushes_take_get_clip (take)), NULL, NULL, NULL);
  g_autoptr (GBytes) copy = g_file_load_bytes (file, NULL, NULL, NULL);
  g_autoptr (JsonNode) recipe = rushes_recipe_read (file, NULL);
  g_autoptr (GBytes) head = NULL;

  if (clip == NULL || copy == NULL || recipe == NULL || g_bytes_get_size (copy) <= g_bytes_get_size (clip))
    return FALSE;
  head = g_bytes_new_from_bytes (copy, 0, g_bytes_get_size (clip));
  return g_bytes_equal (clip, head) &&
         g_strcmp0 (json_object_get_string_member (json_node_get_object (recipe), "prompt"),
                    rushes_request_get_prompt (rushes_take_get_request (take))) == 0;
}

static void
test_save_all (void)
{
  const char *prompts[] = { "Kites", "Kites", "words only", NULL };
  g_autoptr (RushesStage) stage = rushes_stage_open ();
  g_autoptr (GPtrArray) takes = rushes_stage_order (stage, prompts);
  g_autofree char *path = rushes_test_folder ();
  g_autoptr (GFile) folder = g_file_new_for_path (path);
  g_autoptr (GFile) first = g_file_get_child (folder, "My Project Kites.mp4");
  g_autoptr (GFile) second = g_file_get_child (folder, "My Project Kites 2.mp4");
  g_autoptr (DexFuture) saving = NULL;
  g_autoptr (GError) error = NULL;

  rushes_stage_bring (stage, g_ptr_array_index (takes, 0), RUSHES_TAKE_STATE_READY, NULL);
  rushes_stage_bring (stage, g_ptr_array_index (takes, 1), RUSHES_TAKE_STATE_READY, NULL);
  saving = rushes_test_run (rushes_take_saver_save (stage->library, takes, folder));
  g_assert_nonnull (dex_future_get_value (saving, &error));
  g_assert_no_error (error);
  g_assert_cmpuint (((GPtrArray *) g_value_get_boxed (dex_future_get_value (saving, NULL)))->len, ==, 2);
  g_assert_true (is_copy (g_ptr_array_index (takes, 0), first));
  g_assert_true (is_copy (g_ptr_array_index (takes, 1), second));
  g_assert_nonnull (rushes_take_get_saved_to (g_ptr_array_index (takes, 1)));
  rushes_stage_await_words (stage, g_ptr_array_index (takes, 0), "1 s, Red Kite");
  g_assert_null (rushes_stage_find (GTK_WIDGET (rushes_stage_card (stage, g_ptr_array_index (takes, 0))),
                                    GTK_TYPE_LABEL, "Not saved"));
}

/* ---- dragging ---- */

static gboolean
has_dropped (RushesStage *self, gpointer data)
{
  return self->dropped != NULL;
}

static void
test_drag (void)
{
  g_autoptr (RushesStage) stage = rushes_stage_open ();
  g_autoptr (RushesTake) take = rushes_stage_order_one (stage, "A kite");

  rushes_stage_bring (stage, take, RUSHES_TAKE_STATE_READY, NULL);
  rushes_stage_drag (stage, GTK_WIDGET (rushes_stage_card (stage, take)), stage->target);
  rushes_stage_await (stage, has_dropped, NULL);
  g_assert_true (g_file_equal (stage->dropped, rushes_clip_get_file (rushes_take_get_clip (take))));
  /* A drag is not a press. */
  g_assert_null (stage->opened);
}

static void
uris_written (GObject *object, GAsyncResult *result, gpointer data)
{
  g_autoptr (GError) error = NULL;

  g_assert_true (gdk_content_provider_write_mime_type_finish (GDK_CONTENT_PROVIDER (object), result, &error));
  g_assert_no_error (error);
  g_output_stream_close (data, NULL, NULL);
}

static gboolean
is_closed (gpointer stream, gconstpointer data)
{
  return g_output_stream_is_closed (stream);
}

/* Another program gets names that say something, all different, of all that are selected. */
static void
test_names_for_others (void)
{
  const char *prompts[] = { "A kite", "A kite", "in work", NULL };
  g_autoptr (RushesStage) stage = rushes_stage_open ();
  g_autoptr (GPtrArray) takes = rushes_stage_order (stage, prompts);
  g_autoptr (GOutputStream) stream = g_memory_output_stream_new_resizable ();
  g_autofree char *list = NULL;
  g_auto (GStrv) uris = NULL;
  GdkContentProvider *offered;

  for (guint i = 0; i < 2; i++)
    rushes_stage_bring (stage, g_ptr_array_index (takes, i), RUSHES_TAKE_STATE_READY, NULL);
  rushes_stage_await_n (stage, 3);
  gtk_selection_model_select_all (GTK_SELECTION_MODEL (stage->page->selection));
  gtk_widget_activate_action (GTK_WIDGET (stage->page), "selection.copy", NULL);
  offered = gdk_clipboard_get_content (gtk_widget_get_clipboard (stage->window));
  g_assert_nonnull (offered);
  gdk_content_provider_write_mime_type_async (offered, "text/uri-list", stream, G_PRIORITY_DEFAULT, NULL, uris_written,
                                              stream);
  rushes_test_await (is_closed, stream, NULL);

  list = g_strndup (g_memory_output_stream_get_data (G_MEMORY_OUTPUT_STREAM (stream)),
                    g_memory_output_stream_get_data_size (G_MEMORY_OUTPUT_STREAM (stream)));
  uris = g_strsplit (g_strchomp (list), "\r\n", -1);
  g_assert_cmpuint (g_strv_length (uris), ==, 2);
  for (guint i = 0; i < 2; i++)
    {
      g_autoptr (GFile) file = g_file_new_for_uri (uris[i]);
      g_autofree char *name = g_file_get_basename (file);

      g_assert_cmpstr (name, ==, i == 0 ? "My Project A kite.mp4" : "My Project A kite 2.mp4");
      g_assert_true (g_file_query_exists (file, NULL));
    }
}

int
main (int argc, char *argv[])
{
  rushes_test_init (&argc, &argv);

  g_test_add_func ("/library-selection/selection", test_selection);
  g_test_add_func ("/library-selection/selection-follows", test_selection_follows);
  g_test_add_func ("/library-selection/compare", test_compare);
  g_test_add_func ("/library-selection/selection-keys", test_selection_keys);
  g_test_add_func ("/library-selection/move", test_move);
  g_test_add_func ("/library-selection/save-all", test_save_all);
  g_test_add_func ("/library-selection/drag", test_drag);
  g_test_add_func ("/library-selection/names-for-others", test_names_for_others);

  return g_test_run ();
}
