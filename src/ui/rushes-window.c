/* rushes-window.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "rushes-window-private.h"

#include <glib/gi18n.h>

#include "rushes-catalogue-dialog.h"
#include "rushes-compare-page.h"
#include "rushes-frame.h"
#include "rushes-settings.h"
#include "rushes-take-page.h"
#include "rushes-toast.h"
#include "rushes-ui.h"

G_DEFINE_FINAL_TYPE (RushesWindow, rushes_window, ADW_TYPE_APPLICATION_WINDOW)

static gboolean
is_set (RushesWindow *self, GObject *object)
{
  return object != NULL;
}

/* ---- projects ---- */

void
rushes_window_set_project (RushesWindow *self, RushesProject *project)
{
  if (!g_set_object (&self->project, project))
    return;
  g_settings_set_string (self->settings, "project", rushes_project_get_id (project));
  rushes_composer_set_project (self->composer, project);
  rushes_library_page_set_project (self->library_page, project);
  rushes_window_projects_follow (self);
}

/* ---- places ---- */

static void
open_take (RushesLibraryPage *page, RushesTake *take, RushesWindow *self)
{
  rushes_window_open_take (self, take);
}

static void
remix (GObject *page, RushesTake *take, RushesWindow *self)
{
  rushes_window_remix (self, take);
}

/* NULL when it is another page. */
static RushesTake *
get_shown_take (RushesWindow *self)
{
  AdwNavigationPage *page = adw_navigation_view_get_visible_page (self->places);

  return RUSHES_IS_TAKE_PAGE (page) ? rushes_take_page_get_take (RUSHES_TAKE_PAGE (page)) : NULL;
}

/* Of what is before their eyes nobody needs to be told. */
static void
look (RushesWindow *self)
{
  GtkApplication *application = gtk_window_get_application (GTK_WINDOW (self));
  RushesTake *take = get_shown_take (self);

  if (application != NULL && take != NULL && gtk_window_is_active (GTK_WINDOW (self)))
    g_application_withdraw_notification (G_APPLICATION (application), rushes_take_get_id (take));
}

static void
place_changed (RushesWindow *self)
{
  RushesTake *take = get_shown_take (self);

  rushes_window_follow_layout (self);
  look (self);
  if (self->library_page != NULL && !self->restoring)
    g_settings_set_string (self->settings, "take", take != NULL ? rushes_take_get_id (take) : "");
}

static void
layout_changed (RushesWindow *self)
{
  rushes_window_follow_layout (self);
}

void
rushes_window_remix (RushesWindow *self, RushesTake *take)
{
  g_return_if_fail (RUSHES_IS_WINDOW (self));
  g_return_if_fail (RUSHES_IS_TAKE (take));

  rushes_composer_remix (self->composer, rushes_take_get_request (take));
  rushes_window_show_composer (self, TRUE);
  rushes_composer_focus_prompt (self->composer);
}

/* ---- the focus ---- */

static gboolean
find_focus (gpointer data)
{
  RushesWindow *self = data;
  GtkWidget *page = GTK_WIDGET (adw_navigation_view_get_visible_page (self->places));

  self->focus_source = 0;
  if (page != NULL && gtk_window_get_focus (GTK_WINDOW (self)) == NULL)
    gtk_widget_child_focus (page, GTK_DIR_TAB_FORWARD);

  return G_SOURCE_REMOVE;
}

/* What had the focus is hidden or gone, and the toolkit found no place for it: no key would do anything any more.
 * Whoever moves it himself has done so before this looks. */
static void
focus_changed (RushesWindow *self)
{
  if (gtk_window_get_focus (GTK_WINDOW (self)) == NULL && gtk_widget_get_mapped (GTK_WIDGET (self)) &&
      self->focus_source == 0)
    self->focus_source = g_idle_add (find_focus, self);
}

/* ---- actions ---- */

static void
new_take_action (GtkWidget *widget, const char *name, GVariant *parameter)
{
  RushesWindow *self = RUSHES_WINDOW (widget);

  if (self->studio == NULL)
    return;
  rushes_window_show_composer (self, TRUE);
  rushes_composer_focus_prompt (self->composer);
}

static void
generate_action (GtkWidget *widget, const char *name, GVariant *parameter)
{
  RushesWindow *self = RUSHES_WINDOW (widget);

  if (self->studio != NULL)
    rushes_composer_generate (self->composer);
}

static void
model_chosen (RushesWindow *self)
{
  gboolean was_there = gtk_widget_get_mapped (GTK_WIDGET (self->composer));

  rushes_window_show_composer (self, TRUE);
  /* Where it was there the focus goes back to what had it. */
  if (!was_there)
    rushes_composer_focus_prompt (self->composer);
}

static void
models_action (GtkWidget *widget, const char *name, GVariant *parameter)
{
  RushesWindow *self = RUSHES_WINDOW (widget);
  AdwApplicationWindow *window = ADW_APPLICATION_WINDOW (self);

  if (self->studio == NULL || RUSHES_IS_CATALOGUE_DIALOG (adw_application_window_get_visible_dialog (window)))
    return;
  g_signal_connect_object (rushes_composer_show_models (self->composer), "chosen", G_CALLBACK (model_chosen), self,
                           G_CONNECT_SWAPPED);
}

static void
search_action (GtkWidget *widget, const char *name, GVariant *parameter)
{
  RushesWindow *self = RUSHES_WINDOW (widget);

  if (self->studio == NULL)
    return;
  self->restoring = FALSE;
  adw_bottom_sheet_set_open (self->sheet, FALSE);
  adw_navigation_view_pop_to_page (self->places, ADW_NAVIGATION_PAGE (self->library_page));
  rushes_library_page_search (self->library_page);
}

void
rushes_window_search (RushesWindow *self, const char *words)
{
  g_return_if_fail (RUSHES_IS_WINDOW (self));
  g_return_if_fail (words != NULL);

  if (self->studio == NULL)
    {
      g_set_str (&self->wanted, words);
      return;
    }
  gtk_widget_activate_action (GTK_WIDGET (self), "win.search", NULL);
  rushes_library_page_set_search (self->library_page, words);
}

/* Reached when nothing that takes text had the focus. */
static void
paste_action (GtkWidget *widget, const char *name, GVariant *parameter)
{
  RushesWindow *self = RUSHES_WINDOW (widget);

  if (self->studio == NULL || !rushes_composer_paste (self->composer))
    gtk_widget_error_bell (widget);
}

/* ---- what the composer tells ---- */

static void
generated (RushesWindow *self, GPtrArray *takes)
{
  /* On a narrow window the sheet hides what was just begun. */
  if (rushes_window_is_narrow (self))
    adw_bottom_sheet_set_open (self->sheet, FALSE);
}

static void
pictures_came (RushesWindow *self)
{
  rushes_window_show_composer (self, TRUE);
}

/* ---- the window ---- */

gboolean
rushes_window_is_narrow (RushesWindow *self)
{
  return g_strcmp0 (adw_multi_layout_view_get_layout_name (self->layouts), "narrow") == 0;
}

static gboolean
rushes_window_close_request (GtkWindow *window)
{
  rushes_window_flush (RUSHES_WINDOW (window));

  return GTK_WINDOW_CLASS (rushes_window_parent_class)->close_request (window);
}

static void
rushes_window_dispose (GObject *object)
{
  RushesWindow *self = RUSHES_WINDOW (object);

  g_clear_handle_id (&self->focus_source, g_source_remove);
  g_signal_handlers_disconnect_by_func (self, focus_changed, NULL);
  self->library_page = NULL;
  self->first_start = NULL;
  /* The toolkit (GTK 4.18, libadwaita 1.7) loses a reference to the content of a window at each change of a breakpoint.
   * What works with the library must not outlive the window for it. */
  if (self->places != NULL)
    adw_navigation_view_replace (self->places, NULL, 0);
  if (self->composer_bin != NULL)
    adw_bin_set_child (self->composer_bin, NULL);
  gtk_widget_dispose_template (GTK_WIDGET (self), RUSHES_TYPE_WINDOW);
  g_clear_object (&self->all_takes);
  g_clear_object (&self->waiting);
  g_clear_pointer (&self->wanted, g_free);
  g_clear_object (&self->project);
  g_clear_object (&self->studio);
  g_clear_object (&self->settings);

  G_OBJECT_CLASS (rushes_window_parent_class)->dispose (object);
}

static void
rushes_window_class_init (RushesWindowClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = rushes_window_dispose;
  GTK_WINDOW_CLASS (klass)->close_request = rushes_window_close_request;

  gtk_widget_class_install_action (widget_class, "win.new-take", NULL, new_take_action);
  gtk_widget_class_install_action (widget_class, "win.generate", NULL, generate_action);
  gtk_widget_class_install_action (widget_class, "win.models", NULL, models_action);
  gtk_widget_class_install_action (widget_class, "win.search", NULL, search_action);
  gtk_widget_class_install_action (widget_class, "win.paste", NULL, paste_action);

  g_type_ensure (RUSHES_TYPE_FRAME);
  g_type_ensure (RUSHES_TYPE_COMPOSER);
  gtk_widget_class_set_template_from_resource (widget_class, RESOURCE_PATH "/ui/rushes-window.ui");
  gtk_widget_class_bind_template_child (widget_class, RushesWindow, stack);
  gtk_widget_class_bind_template_child (widget_class, RushesWindow, closed);
  gtk_widget_class_bind_template_child (widget_class, RushesWindow, layouts);
  gtk_widget_class_bind_template_child (widget_class, RushesWindow, split);
  gtk_widget_class_bind_template_child (widget_class, RushesWindow, sheet);
  gtk_widget_class_bind_template_child (widget_class, RushesWindow, composer_bin);
  gtk_widget_class_bind_template_child (widget_class, RushesWindow, composer);
  gtk_widget_class_bind_template_child (widget_class, RushesWindow, places);
  gtk_widget_class_bind_template_callback (widget_class, is_set);
  gtk_widget_class_bind_template_callback (widget_class, place_changed);
  gtk_widget_class_bind_template_callback (widget_class, layout_changed);
  gtk_widget_class_bind_template_callback (widget_class, generated);
  gtk_widget_class_bind_template_callback (widget_class, pictures_came);
  gtk_widget_class_bind_template_callback_full (widget_class, "composer_moved",
                                                G_CALLBACK (rushes_window_follow_layout));
}

static void
rushes_window_init (RushesWindow *self)
{
  GtkWindow *window = GTK_WINDOW (self);

  gtk_widget_init_template (GTK_WIDGET (self));

  self->settings = rushes_settings_get ();
  gtk_window_set_default_size (window, g_settings_get_int (self->settings, "window-width"),
                               g_settings_get_int (self->settings, "window-height"));
  if (g_settings_get_boolean (self->settings, "window-maximized"))
    gtk_window_maximize (window);
  if (g_str_has_suffix (APP_ID, ".Devel"))
    gtk_widget_add_css_class (GTK_WIDGET (self), "devel");
  g_signal_connect (self, "notify::focus-widget", G_CALLBACK (focus_changed), NULL);
  g_signal_connect (self, "notify::is-active", G_CALLBACK (look), NULL);
  rushes_window_composer_init (self);
  rushes_window_start_init (self);
  rushes_window_again_init (self);
  rushes_window_projects_init (self);
  rushes_window_compare_init (self);
}

RushesWindow *
rushes_window_new (GtkApplication *application)
{
  return g_object_new (RUSHES_TYPE_WINDOW, "application", application, NULL);
}

static void
add_library_page (RushesWindow *self)
{
  RushesStudio *studio = self->studio;

  self->library_page =
      rushes_library_page_new (rushes_studio_get_library (studio), rushes_studio_get_queue (studio),
                               rushes_studio_get_registry (studio), rushes_studio_get_thumbnailer (studio));
  g_signal_connect_object (self->library_page, "open-take", G_CALLBACK (open_take), self, 0);
  g_signal_connect_object (self->library_page, "remix", G_CALLBACK (remix), self, 0);
  g_signal_connect_object (self->library_page, "notify::selecting", G_CALLBACK (rushes_window_follow_layout), self,
                           G_CONNECT_SWAPPED);
  adw_navigation_view_push (self->places, ADW_NAVIGATION_PAGE (self->library_page));
}

static gboolean
has_takes (RushesLibrary *library)
{
  GListModel *projects = rushes_library_get_projects (library);

  for (guint i = 0; i < g_list_model_get_n_items (projects); i++)
    {
      g_autoptr (RushesProject) project = g_list_model_get_item (projects, i);

      if (rushes_project_get_n_takes (project) > 0)
        return TRUE;
    }

  return FALSE;
}

static void
take_found (gpointer object, DexFuture *future, gpointer data)
{
  RushesWindow *self = object;
  const GValue *value = dex_future_get_value (future, NULL);
  gboolean wanted = self->restoring;

  self->restoring = FALSE;
  if (wanted && value != NULL && self->library_page != NULL && !rushes_take_get_deleted (g_value_get_object (value)))
    rushes_window_open_take (self, g_value_get_object (value));
}

/* Where the person left, unless they came for something else. */
static void
restore (RushesWindow *self)
{
  g_autofree char *id = g_settings_get_string (self->settings, "take");

  if (*id != '\0' && self->restoring)
    rushes_when (rushes_library_find_take (rushes_studio_get_library (self->studio), id), self, take_found, NULL, NULL);
  else
    self->restoring = FALSE;
}

void
rushes_window_set_studio (RushesWindow *self, RushesStudio *studio)
{
  RushesLibrary *library;
  g_autofree char *wanted = NULL;
  g_autoptr (GListModel) files = NULL;
  g_autoptr (RushesProject) first = NULL;
  RushesProject *project;

  g_return_if_fail (RUSHES_IS_WINDOW (self));
  g_return_if_fail (RUSHES_IS_STUDIO (studio));
  g_return_if_fail (self->studio == NULL);

  self->studio = g_object_ref (studio);
  self->restoring = TRUE;
  library = rushes_studio_get_library (studio);
  rushes_composer_set_studio (self->composer, studio);
  add_library_page (self);

  wanted = g_settings_get_string (self->settings, "project");
  project = *wanted != '\0' ? rushes_library_find_project (library, wanted) : NULL;
  first = g_list_model_get_item (rushes_library_get_projects (library), 0);
  rushes_window_set_project (self, project != NULL ? project : first);
  rushes_window_projects_watch (self);

  if (has_takes (library))
    rushes_window_restore_sidebar (self);
  else
    rushes_window_begin_first_start (self);
  rushes_window_follow_layout (self);
  gtk_stack_set_visible_child_name (self->stack, "open");

  files = g_steal_pointer (&self->waiting);
  if (files != NULL)
    rushes_window_open_files (self, files);
  if (self->wanted != NULL)
    rushes_window_search (self, self->wanted);
  restore (self);
}

RushesStudio *
rushes_window_get_studio (RushesWindow *self)
{
  g_return_val_if_fail (RUSHES_IS_WINDOW (self), NULL);

  return self->studio;
}

void
rushes_window_show_problem (RushesWindow *self, const GError *error)
{
  g_autofree char *sentence = NULL;

  g_return_if_fail (RUSHES_IS_WINDOW (self));
  g_return_if_fail (error != NULL);

  /* A status page reads markup. */
  sentence = g_markup_escape_text (error->message, -1);
  adw_status_page_set_description (self->closed, sentence);
  gtk_stack_set_visible_child_name (self->stack, "closed");
}

void
rushes_window_open_files (RushesWindow *self, GListModel *files)
{
  g_return_if_fail (RUSHES_IS_WINDOW (self));
  g_return_if_fail (G_IS_LIST_MODEL (files));

  if (g_strcmp0 (gtk_stack_get_visible_child_name (self->stack), "open") != 0)
    g_set_object (&self->waiting, files);
  else
    {
      self->restoring = FALSE;
      rushes_composer_take_files (self->composer, files);
    }
}

void
rushes_window_flush (RushesWindow *self)
{
  GtkWindow *window = GTK_WINDOW (self);
  int width, height;

  g_return_if_fail (RUSHES_IS_WINDOW (self));

  gtk_window_get_default_size (window, &width, &height);
  g_settings_set_int (self->settings, "window-width", width);
  g_settings_set_int (self->settings, "window-height", height);
  g_settings_set_boolean (self->settings, "window-maximized", gtk_window_is_maximized (window));
  if (self->studio != NULL)
    rushes_composer_flush (self->composer);
}

static void
frame_wanted (RushesTakePage *page, GBytes *picture, const char *role_name, const char *name, RushesWindow *self)
{
  RushesReferenceRole role = RUSHES_ROLE_FIRST_FRAME;

  rushes_reference_role_from_string (role_name, &role);
  rushes_composer_take_bytes (self->composer, picture, name, role);
}

void
rushes_window_push_page (RushesWindow *self, AdwNavigationPage *page)
{
  self->restoring = FALSE;
  adw_bottom_sheet_set_open (self->sheet, FALSE);
  /* From a comparison one looks at one take after the other, and comes back to it. */
  if (!RUSHES_IS_COMPARE_PAGE (adw_navigation_view_get_visible_page (self->places)))
    adw_navigation_view_pop_to_page (self->places, ADW_NAVIGATION_PAGE (self->library_page));
  adw_navigation_view_push (self->places, page);
}

static void
push_take (RushesWindow *self, RushesTake *take)
{
  RushesStudio *studio = self->studio;
  RushesTakePage *page =
      rushes_take_page_new (rushes_studio_get_library (studio), rushes_studio_get_queue (studio),
                            rushes_studio_get_registry (studio), rushes_studio_get_thumbnailer (studio), take);

  g_signal_connect_object (page, "remix", G_CALLBACK (remix), self, 0);
  g_signal_connect_object (page, "use-frame", G_CALLBACK (frame_wanted), self, 0);
  g_signal_connect_object (page, "extend", G_CALLBACK (rushes_window_extend), self, 0);
  rushes_window_push_page (self, ADW_NAVIGATION_PAGE (page));
}

static void
take_loaded (gpointer object, DexFuture *future, gpointer data)
{
  g_autoptr (GError) error = NULL;
  const GValue *value = dex_future_get_value (future, &error);

  if (value != NULL)
    push_take (object, g_value_get_object (value));
  else
    rushes_toast_error (object, error);
}

void
rushes_window_open_take (RushesWindow *self, RushesTake *take)
{
  AdwNavigationPage *page;

  g_return_if_fail (RUSHES_IS_WINDOW (self));
  g_return_if_fail (RUSHES_IS_TAKE (take));
  g_return_if_fail (self->studio != NULL);

  page = adw_navigation_view_get_visible_page (self->places);
  if (RUSHES_IS_TAKE_PAGE (page) && rushes_take_page_get_take (RUSHES_TAKE_PAGE (page)) == take)
    return;
  if (rushes_take_get_loaded (take))
    push_take (self, take);
  else
    rushes_when (rushes_library_find_take (rushes_studio_get_library (self->studio), rushes_take_get_id (take)), self,
                 take_loaded, NULL, NULL);
}
