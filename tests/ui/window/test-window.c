/* test-window.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "rushes-set.h"

#include "rushes-library-page-private.h"
#include "rushes-shortcuts.h"
#include "rushes-take-page.h"

/* ---- the first start ---- */

static gboolean
is_first_start (RushesSet *self, gconstpointer data)
{
  return self->window->first_start != NULL && gtk_widget_get_mapped (GTK_WIDGET (self->window->first_start)) &&
         !adw_overlay_split_view_get_show_sidebar (self->window->split);
}

static gboolean
is_ready (RushesSet *self, gconstpointer data)
{
  g_autoptr (RushesTake) take = g_list_model_get_item (self->takes, 0);

  return take != NULL && rushes_take_get_loaded (take) && rushes_take_get_state (take) == RUSHES_TAKE_STATE_READY;
}

static gboolean
shows_take_page (RushesSet *self, gconstpointer data)
{
  return RUSHES_IS_TAKE_PAGE (adw_navigation_view_get_visible_page (self->window->places));
}

static void
test_try_now (void)
{
  g_autoptr (RushesSet) set = rushes_set_open ();

  rushes_set_await (set, is_first_start, NULL);
  rushes_set_click (set, rushes_set_await_words (set, "Just Try It"));
  rushes_set_await (set, shows_take_page, NULL);
  rushes_set_await (set, is_ready, NULL);
  g_assert_null (set->window->first_start);
  /* What was made can be changed and made again. */
  g_assert_nonnull (rushes_set_await_picture (set));
}

static void
test_first_start_preset (void)
{
  g_autoptr (RushesSet) set = rushes_set_open ();

  rushes_set_await (set, is_first_start, NULL);
  rushes_set_click (set, rushes_set_await_words (set, "Turntable"));
  rushes_set_await_words (set, "No Takes Yet");
  g_assert_cmpstr (rushes_draft_get_preset_id (rushes_set_draft (set)), ==, "turntable");
  g_assert_true (gtk_widget_get_mapped (GTK_WIDGET (set->composer)));
  rushes_set_type ("a teapot");
  rushes_set_await_words (set, "Generate · free");
}

/* ---- a clip, from words to the library ---- */

static void
test_generate (void)
{
  g_autoptr (RushesSet) set = rushes_set_open ();
  RushesDraft *draft = rushes_set_draft (set);
  g_autoptr (RushesTake) take = NULL;

  rushes_set_compose (set);
  rushes_draft_set_duration (draft, 3);
  rushes_draft_set_resolution (draft, "480p");
  rushes_draft_set_frame_rate (draft, 24);
  rushes_set_type ("a paper boat");
  rushes_set_await_words (set, "Generate · free");
  rushes_set_press ("ctrl+Return");
  rushes_set_await (set, is_ready, NULL);
  take = g_list_model_get_item (set->takes, 0);
  g_assert_cmpstr (rushes_take_get_title (take), ==, "a paper boat");
  g_assert_cmpfloat_with_epsilon (rushes_clip_get_facts (rushes_take_get_clip (take))->duration, 3, 0.1);

  rushes_window_open_take (set->window, take);
  rushes_set_await (set, shows_take_page, NULL);
  rushes_window_remix (set->window, take);
  rushes_set_await_words (set, "The recipe of the take is in the composer");
}

/* ---- layouts ---- */

static gboolean
is_narrow (RushesSet *self, gconstpointer data)
{
  return rushes_window_is_narrow (self->window) && gtk_widget_get_width (GTK_WIDGET (self->window)) < 450;
}

static gboolean
is_wide (RushesSet *self, gconstpointer data)
{
  return !rushes_window_is_narrow (self->window) && gtk_widget_get_width (GTK_WIDGET (self->window)) > 1000;
}

static gboolean
is_not_maximized (RushesSet *self, gconstpointer data)
{
  return !gtk_window_is_maximized (GTK_WINDOW (self->window));
}

static gboolean
has_one_take (RushesSet *self, gconstpointer data)
{
  return rushes_set_count (self) == 1;
}

static gboolean
is_sheet_open (RushesSet *self, gconstpointer open)
{
  return adw_bottom_sheet_get_open (self->window->sheet) == GPOINTER_TO_INT (open);
}

static gboolean
lists_one_take (RushesSet *self, gconstpointer data)
{
  return g_list_model_get_n_items (G_LIST_MODEL (self->window->library_page->selection)) == 1;
}

static gboolean
can_delete (RushesSet *self, gconstpointer data)
{
  GtkWidget *button = rushes_set_find (GTK_WIDGET (self->window), GTK_TYPE_BUTTON, "Delete");
  GtkWidget *window = GTK_WIDGET (self->window);
  GtkWidget *hit = NULL;
  graphene_rect_t bounds;

  /* It is what a pointer there hits. */
  if (button != NULL && gtk_widget_compute_bounds (button, window, &bounds))
    hit = gtk_widget_pick (window, bounds.origin.x + bounds.size.width / 2, bounds.origin.y + bounds.size.height / 2,
                           GTK_PICK_INSENSITIVE);

  return hit != NULL && (hit == button || gtk_widget_is_ancestor (hit, button));
}

static gboolean
shows_line (RushesSet *self, gconstpointer data)
{
  return adw_bottom_sheet_get_reveal_bottom_bar (self->window->sheet);
}

static void
test_narrow (void)
{
  g_autoptr (RushesSet) set = rushes_set_open ();
  RushesComposer *composer = set->composer;
  gboolean in_sheet = FALSE;

  rushes_set_compose (set);
  rushes_draft_set_prompt (rushes_set_draft (set), "the words stay");

  gtk_window_unmaximize (GTK_WINDOW (set->window));
  rushes_set_await (set, is_not_maximized, NULL);
  rushes_set_resize (360, 720);
  rushes_set_await (set, is_narrow, NULL);
  g_object_get (composer, "in-sheet", &in_sheet, NULL);
  g_assert_true (in_sheet);
  g_assert_true (adw_bottom_sheet_get_reveal_bottom_bar (set->window->sheet));

  /* One line of it shows below the library, and its key opens and closes it. */
  adw_bottom_sheet_set_open (set->window->sheet, FALSE);
  rushes_set_await_words (set, "the words stay");
  rushes_set_press ("F9");
  rushes_set_await (set, is_sheet_open, GINT_TO_POINTER (TRUE));
  rushes_set_press ("Escape");
  rushes_set_await (set, is_sheet_open, GINT_TO_POINTER (FALSE));

  /* Making something shows it. */
  rushes_set_press ("ctrl+n");
  rushes_set_await (set, is_sheet_open, GINT_TO_POINTER (TRUE));
  rushes_set_press ("ctrl+Return");
  rushes_set_await (set, is_sheet_open, GINT_TO_POINTER (FALSE));
  rushes_set_await (set, has_one_take, NULL);

  /* What can be done with what is selected is not hidden below the line of the composer. */
  rushes_set_await (set, lists_one_take, NULL);
  g_object_set (set->window->library_page, "selecting", TRUE, NULL);
  rushes_set_await (set, can_delete, NULL);
  g_object_set (set->window->library_page, "selecting", FALSE, NULL);
  rushes_set_await (set, shows_line, NULL);

  gtk_window_maximize (GTK_WINDOW (set->window));
  rushes_set_await (set, is_wide, NULL);
  g_object_get (composer, "in-sheet", &in_sheet, NULL);
  g_assert_false (in_sheet);
  g_assert_true (composer == set->window->composer);
}

static gboolean
is_composer_shown (RushesSet *self, gconstpointer shown)
{
  g_autoptr (GVariant) state = g_action_group_get_action_state (G_ACTION_GROUP (self->window), "composer");

  return g_variant_get_boolean (state) == GPOINTER_TO_INT (shown) &&
         adw_overlay_split_view_get_show_sidebar (self->window->split) == GPOINTER_TO_INT (shown);
}

static void
test_composer_remembered (void)
{
  g_autoptr (RushesSet) set = rushes_set_open ();

  rushes_set_compose (set);
  rushes_draft_set_prompt (rushes_set_draft (set), "something");
  rushes_set_press ("ctrl+Return");
  rushes_set_await (set, is_ready, NULL);
  rushes_set_press ("F9");
  rushes_set_await (set, is_composer_shown, GINT_TO_POINTER (FALSE));
  rushes_set_reopen (set);
  rushes_set_await (set, is_composer_shown, GINT_TO_POINTER (FALSE));
  rushes_set_press ("F9");
  rushes_set_await (set, is_composer_shown, GINT_TO_POINTER (TRUE));
}

/* ---- projects ---- */

static gboolean
is_in_project (RushesSet *self, gconstpointer name)
{
  return g_strcmp0 (rushes_project_get_name (self->window->project), name) == 0 &&
         rushes_library_page_get_project (self->window->library_page) == self->window->project;
}

/* With the focus in it: keys that come before that go elsewhere. */
static gboolean
dialog_is_open (RushesSet *self, gconstpointer open)
{
  AdwDialog *dialog = adw_application_window_get_visible_dialog (ADW_APPLICATION_WINDOW (self->window));
  GtkWidget *focus = gtk_root_get_focus (GTK_ROOT (self->window));

  if (GPOINTER_TO_INT (open) == FALSE)
    return dialog == NULL;

  return dialog != NULL && focus != NULL && gtk_widget_is_ancestor (focus, GTK_WIDGET (dialog));
}

static void
test_projects (void)
{
  g_autoptr (RushesSet) set = rushes_set_open ();
  GActionGroup *actions = G_ACTION_GROUP (set->window);
  g_autofree char *first = NULL;

  rushes_set_compose (set);
  first = g_strdup (rushes_project_get_id (set->window->project));
  g_assert_false (g_action_group_get_action_enabled (actions, "delete-project"));
  rushes_draft_set_prompt (rushes_set_draft (set), "in the first");

  g_action_group_activate_action (actions, "new-project", NULL);
  rushes_set_await (set, dialog_is_open, GINT_TO_POINTER (TRUE));
  rushes_set_type ("Shop");
  rushes_set_press ("Return");
  rushes_set_await (set, is_in_project, "Shop");
  g_assert_cmpstr (rushes_draft_get_prompt (rushes_set_draft (set)), ==, "");
  rushes_draft_set_prompt (rushes_set_draft (set), "in the shop");

  /* Each project has its own draft. */
  g_action_group_activate_action (actions, "project", g_variant_new_string (first));
  g_assert_cmpstr (rushes_draft_get_prompt (rushes_set_draft (set)), ==, "in the first");
  g_action_group_activate_action (actions, "project",
                                  g_variant_new_string (rushes_project_get_id (
                                      rushes_library_find_project (rushes_studio_get_library (set->studio), "Shop"))));
  g_assert_cmpstr (rushes_draft_get_prompt (rushes_set_draft (set)), ==, "in the shop");

  /* A name that is taken is refused before it is asked for. */
  g_action_group_activate_action (actions, "rename-project", NULL);
  rushes_set_await (set, dialog_is_open, GINT_TO_POINTER (TRUE));
  rushes_set_press ("ctrl+a");
  rushes_set_type ("My Project");
  rushes_set_await_words (set, "There is a project of this name already.");
  rushes_set_press ("ctrl+a");
  rushes_set_type ("Store");
  rushes_set_press ("Return");
  rushes_set_await (set, is_in_project, "Store");

  g_action_group_activate_action (actions, "delete-project", NULL);
  rushes_set_await (set, dialog_is_open, GINT_TO_POINTER (TRUE));
  rushes_set_press ("Escape");
  rushes_set_await (set, dialog_is_open, GINT_TO_POINTER (FALSE));
  g_assert_true (is_in_project (set, "Store"));
  g_action_group_activate_action (actions, "delete-project", NULL);
  rushes_set_await (set, dialog_is_open, GINT_TO_POINTER (TRUE));
  rushes_set_click (set, rushes_set_find (GTK_WIDGET (set->window), GTK_TYPE_BUTTON, "_Delete"));
  rushes_set_await (set, is_in_project, "My Project");
}

/* ---- letters of twice the size ---- */

static gboolean
has_narrow_layout (RushesSet *self, gconstpointer data)
{
  return rushes_window_is_narrow (self->window) && gtk_widget_get_width (GTK_WIDGET (self->window)) < 800;
}

static void
test_large_letters (void)
{
  g_autoptr (RushesSet) set = rushes_set_open ();
  AdwDialog *shortcuts = g_object_ref_sink (rushes_shortcuts_dialog_new ());
  GtkSettings *settings = gtk_settings_get_default ();
  int dpi;

  g_object_get (settings, "gtk-xft-dpi", &dpi, NULL);
  gtk_window_unmaximize (GTK_WINDOW (set->window));
  rushes_set_await (set, is_not_maximized, NULL);
  /* Widths are counted in letters: for the layout it is a telephone. It is narrow before they grow, for in a wide
   * window the toolkit measures the wide layout with them once more. */
  rushes_set_resize (700, 900);
  rushes_set_await (set, has_narrow_layout, NULL);
  g_object_set (settings, "gtk-xft-dpi", 2 * 96 * 1024, NULL);

  rushes_test_assert_fits (GTK_WIDGET (set->window->first_start), 360);
  rushes_set_compose (set);
  rushes_test_assert_fits (GTK_WIDGET (set->composer), 360);
  rushes_test_assert_fits (GTK_WIDGET (set->window->library_page), 360);
  rushes_test_assert_fits (adw_dialog_get_child (shortcuts), 360);

  /* A window with all the buttons that desktops put there. */
  g_object_set (settings, "gtk-decoration-layout", "icon:minimize,maximize,close", NULL);
  rushes_test_assert_fits (GTK_WIDGET (set->window->library_page), 360);
  rushes_library_page_set_selecting (set->window->library_page, TRUE);
  rushes_test_assert_fits (GTK_WIDGET (set->window->library_page), 360);
  gtk_settings_reset_property (settings, "gtk-decoration-layout");
  g_object_set (settings, "gtk-xft-dpi", dpi, NULL);
  g_object_unref (shortcuts);
}

/* ---- the end ---- */

/* It waits for what is being written. */
static void
test_closed_while_writing (void)
{
  RushesSet *set = rushes_set_open ();
  RushesPresets *presets = rushes_studio_get_presets (set->studio);
  g_autofree char *path = NULL;
  g_autofree char *text = NULL;

  path = g_build_filename (g_file_peek_path (rushes_folders_get_data (set->folders)), "presets.json", NULL);
  for (guint i = 1; i <= 20; i++)
    {
      g_autofree char *name = g_strdup_printf ("Look %u", i);

      dex_future_disown (rushes_presets_add (presets, name, "grain"));
    }
  rushes_set_close (set);

  g_assert_true (g_file_get_contents (path, &text, NULL, NULL));
  g_assert_nonnull (strstr (text, "Look 20"));
}

/* ---- what cannot be opened ---- */

static void
test_problem (void)
{
  RushesWindow *window = NULL;
  g_autoptr (GError) error = rushes_error_new (RUSHES_ERROR_STORAGE, "%s", "<b>The disk</b> & all of it is full.");

  rushes_window_show_problem ((window = rushes_window_new (NULL)), error);
  g_assert_cmpstr (gtk_stack_get_visible_child_name (window->stack), ==, "closed");
  g_assert_cmpstr (adw_status_page_get_description (window->closed), ==,
                   "&lt;b&gt;The disk&lt;/b&gt; &amp; all of it is full.");
  gtk_window_destroy (GTK_WINDOW (window));
}

int
main (int argc, char **argv)
{
  rushes_test_init (&argc, &argv);

  g_test_add_func ("/window/try-now", test_try_now);
  g_test_add_func ("/window/first-start-preset", test_first_start_preset);
  g_test_add_func ("/window/generate", test_generate);
  g_test_add_func ("/window/narrow", test_narrow);
  g_test_add_func ("/window/composer-remembered", test_composer_remembered);
  g_test_add_func ("/window/projects", test_projects);
  g_test_add_func ("/window/large-letters", test_large_letters);
  g_test_add_func ("/window/closed-while-writing", test_closed_while_writing);
  g_test_add_func ("/window/problem", test_problem);

  return g_test_run ();
}
