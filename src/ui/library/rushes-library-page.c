/* rushes-library-page.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "rushes-library-page-private.h"

#include <glib/gi18n.h>

#include "rushes-settings.h"
#include "rushes-toast.h"
#include "rushes-ui.h"

enum
{
  PROP_PROJECT = 1,
  PROP_NARROW,
  PROP_BLANK,
  PROP_SELECTING,
  PROP_EMPTY,
  PROP_TILE_WIDTH,
  PROP_SHOW_PROJECTS,
  PROP_QUEUE_PAUSED,
  N_PROPS,
};

enum
{
  OPEN_TAKE,
  REMIX,
  N_SIGNALS,
};

static GParamSpec *properties[N_PROPS];
static guint signals[N_SIGNALS];

/* Several screens full of pictures. */
#define BYTES_OF_TEXTURES (96 << 20)

G_DEFINE_FINAL_TYPE (RushesLibraryPage, rushes_library_page, ADW_TYPE_NAVIGATION_PAGE)

/* In the order of the setting's values. The number of columns follows from the least width. */
static const int tile_widths[] = { 156, 224, 320 };

static const struct
{
  const char *name;
  RushesTakeKind kind;
} kinds[] = {
  { "all", RUSHES_TAKES_ALL },         { "active", RUSHES_TAKES_ACTIVE },       { "failed", RUSHES_TAKES_FAILED },
  { "starred", RUSHES_TAKES_STARRED }, { "not-saved", RUSHES_TAKES_NOT_SAVED },
};

static RushesTakeKind
current_kind (RushesLibraryPage *self)
{
  const char *name = adw_toggle_group_get_active_name (self->filters);

  for (guint i = 0; i < G_N_ELEMENTS (kinds); i++)
    if (g_strcmp0 (kinds[i].name, name) == 0)
      return kinds[i].kind;

  return RUSHES_TAKES_ALL;
}

/* ---- what is shown ---- */

static void
update_stack (RushesLibraryPage *self)
{
  guint n_shown = g_list_model_get_n_items (G_LIST_MODEL (self->selection));
  gboolean narrowed = self->searching || current_kind (self) != RUSHES_TAKES_ALL;
  gboolean empty = self->project == NULL || (rushes_project_get_n_takes (self->project) == 0 && n_shown == 0);
  gboolean useful = !empty || narrowed || self->searching;

  if (n_shown > 0 || (!empty && !narrowed))
    gtk_stack_set_visible_child_name (self->stack, "grid");
  else if (narrowed)
    gtk_stack_set_visible_child_name (self->stack, "nothing");
  else
    gtk_stack_set_visible_child_name (self->stack, adw_bin_get_child (self->blank_bin) != NULL ? "blank" : "empty");

  gtk_widget_set_visible (self->search_toggle, useful || gtk_search_bar_get_search_mode (self->search_bar));
  gtk_widget_set_visible (self->select_button, useful);
  gtk_widget_set_visible (self->view_button, useful && !self->small);
  gtk_menu_button_set_menu_model (self->menu_button, self->small && useful ? self->small_menu : self->primary_menu);

  if (n_shown == 0)
    rushes_library_page_set_selecting (self, FALSE);
  if (self->empty != (empty && !narrowed))
    {
      self->empty = empty && !narrowed;
      g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_EMPTY]);
    }
}

/* The old takes stay until it is known which ones come instead, so that nothing flickers. */
static void
takes_came (RushesLibraryPage *self)
{
  gboolean pending = FALSE;

  if (self->coming == NULL)
    return;
  g_object_get (self->coming, "pending", &pending, NULL);
  if (pending)
    return;

  rushes_library_page_set_selecting (self, FALSE);
  gtk_multi_selection_set_model (self->selection, self->coming);
  g_clear_object (&self->coming);
  update_stack (self);
}

static void
list_takes (RushesLibraryPage *self)
{
  g_autoptr (RushesTakeFilter) filter = rushes_take_filter_new ();
  g_autoptr (GListModel) takes = NULL;
  g_autofree char *search = g_strstrip (g_strdup (gtk_editable_get_text (self->search_entry)));
  gboolean searching = *search != '\0';

  if (self->project == NULL)
    return;

  filter->kind = current_kind (self);
  filter->sort = g_settings_get_enum (self->settings, "sort");
  if (searching)
    filter->search = g_steal_pointer (&search);
  else
    filter->project_id = g_strdup (rushes_project_get_id (self->project));
  takes = rushes_library_list_takes (self->library, filter);

  if (self->searching != searching)
    {
      self->searching = searching;
      g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_SHOW_PROJECTS]);
    }
  g_set_object (&self->coming, takes);
  g_signal_connect_object (takes, "notify::pending", G_CALLBACK (takes_came), self, G_CONNECT_SWAPPED);
  takes_came (self);
}

static void
search_changed (RushesLibraryPage *self)
{
  list_takes (self);
}

static void
filter_changed (RushesLibraryPage *self)
{
  if (self->library != NULL)
    list_takes (self);
}

static void
search_mode_changed (RushesLibraryPage *self)
{
  /* A filter that cannot be seen must not hide anything. The bar empties its entry itself. */
  if (!gtk_search_bar_get_search_mode (self->search_bar))
    adw_toggle_group_set_active_name (self->filters, "all");
  update_stack (self);
  if (!gtk_search_bar_get_search_mode (self->search_bar))
    gtk_widget_grab_focus (GTK_WIDGET (self->grid)); /* the entry takes the focus with it */
}

static void
tile_size_changed (RushesLibraryPage *self)
{
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_TILE_WIDTH]);
}

static void
became_small (RushesLibraryPage *self)
{
  self->small = TRUE;
  update_stack (self);
}

static void
became_large (RushesLibraryPage *self)
{
  self->small = FALSE;
  update_stack (self);
}

/* ---- selection ---- */

static void
selection_changed (RushesLibraryPage *self)
{
  /* Ctrl+A begins it too. */
  if (!self->selecting)
    {
      g_autoptr (GtkBitset) selected = gtk_selection_model_get_selection (GTK_SELECTION_MODEL (self->selection));

      if (!gtk_bitset_is_empty (selected))
        rushes_library_page_set_selecting (self, TRUE);
    }
  rushes_library_page_update_selection (self);
}

static void
items_changed (RushesLibraryPage *self, guint position, guint n_removed)
{
  rushes_library_page_keep_focus (self, position, n_removed);
  update_stack (self);
  if (self->selecting)
    rushes_library_page_update_selection (self);
}

static void
selection_cancelled (RushesLibraryPage *self)
{
  rushes_library_page_set_selecting (self, FALSE);
}

static void
all_selected (RushesLibraryPage *self)
{
  gtk_selection_model_select_all (GTK_SELECTION_MODEL (self->selection));
}

static void
take_ended (RushesLibraryPage *self, RushesTake *take)
{
  if (rushes_take_get_request (take) != NULL)
    rushes_pace_forget (self->pace, rushes_take_get_request (take));
}

/* A library that is not there any more: no toast that goes by. */
static void
problem_came (RushesLibraryPage *self)
{
  const GError *problem = rushes_library_get_problem (self->library);

  if (problem != NULL)
    adw_banner_set_title (self->problem, problem->message);
  adw_banner_set_revealed (self->problem, problem != NULL);
}

/* ---- the pause ---- */

static void
paused_changed (RushesLibraryPage *self)
{
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_QUEUE_PAUSED]);
}

static void
pause_written (gpointer object, DexFuture *future, gpointer data)
{
  g_autoptr (GError) error = NULL;

  if (dex_future_get_value (future, &error) == NULL)
    rushes_toast_error (object, error);
}

/* The property follows when it is written down. */
static void
set_queue_paused (RushesLibraryPage *self, gboolean paused)
{
  if (self->library != NULL)
    rushes_when (rushes_library_set_paused (self->library, paused), self, pause_written, NULL, NULL);
}

/* ---- menus of projects ---- */

static void
fill_project_menu (GtkMenuButton *button, gpointer data)
{
  RushesLibraryPage *self = data;
  g_autoptr (GMenu) menu = g_menu_new ();
  g_autoptr (GMenu) projects = rushes_library_page_build_projects (self, "win.project", NULL);
  g_autoptr (GMenu) actions = g_menu_new ();

  g_menu_append (actions, _ ("_New Project…"), "win.new-project");
  g_menu_append (actions, _ ("_Rename…"), "win.rename-project");
  g_menu_append (actions, _ ("_Delete…"), "win.delete-project");
  g_menu_append_section (menu, NULL, G_MENU_MODEL (projects));
  g_menu_append_section (menu, NULL, G_MENU_MODEL (actions));
  gtk_menu_button_set_menu_model (button, G_MENU_MODEL (menu));
}

static void
fill_move_menu (GtkMenuButton *button, gpointer data)
{
  RushesLibraryPage *self = data;
  /* What was found by words may come from any project. */
  g_autoptr (GMenu) projects = rushes_library_page_build_projects (
      self, "selection.move", self->searching ? NULL : rushes_project_get_id (self->project));

  gtk_menu_button_set_menu_model (button, G_MENU_MODEL (projects));
}

/* ---- the object ---- */

static void
rushes_library_page_get_property (GObject *object, guint id, GValue *value, GParamSpec *pspec)
{
  RushesLibraryPage *self = RUSHES_LIBRARY_PAGE (object);

  switch (id)
    {
    case PROP_PROJECT:
      g_value_set_object (value, self->project);
      break;
    case PROP_NARROW:
      g_value_set_boolean (value, self->narrow);
      break;
    case PROP_BLANK:
      g_value_set_object (value, adw_bin_get_child (self->blank_bin));
      break;
    case PROP_SELECTING:
      g_value_set_boolean (value, self->selecting);
      break;
    case PROP_EMPTY:
      g_value_set_boolean (value, self->empty);
      break;
    case PROP_TILE_WIDTH:
      g_value_set_int (value, tile_widths[g_settings_get_enum (self->settings, "tile-size")]);
      break;
    case PROP_SHOW_PROJECTS:
      g_value_set_boolean (value, self->searching);
      break;
    case PROP_QUEUE_PAUSED:
      g_value_set_boolean (value, self->library != NULL && rushes_library_get_paused (self->library));
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
    }
}

static void
rushes_library_page_set_property (GObject *object, guint id, const GValue *value, GParamSpec *pspec)
{
  RushesLibraryPage *self = RUSHES_LIBRARY_PAGE (object);

  switch (id)
    {
    case PROP_PROJECT:
      rushes_library_page_set_project (self, g_value_get_object (value));
      break;
    case PROP_NARROW:
      if (self->narrow == g_value_get_boolean (value))
        break;
      self->narrow = g_value_get_boolean (value);
      g_object_notify_by_pspec (object, pspec);
      break;
    case PROP_BLANK:
      rushes_library_page_set_blank (self, g_value_get_object (value));
      break;
    case PROP_SELECTING:
      rushes_library_page_set_selecting (self, g_value_get_boolean (value));
      break;
    case PROP_QUEUE_PAUSED:
      set_queue_paused (self, g_value_get_boolean (value));
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
    }
}

static void
rushes_library_page_dispose (GObject *object)
{
  RushesLibraryPage *self = RUSHES_LIBRARY_PAGE (object);

  g_clear_handle_id (&self->update, g_source_remove);
  g_clear_handle_id (&self->refocus, g_source_remove);
  if (self->rest != 0)
    rushes_thumbnailer_set_held (self->thumbnailer, FALSE);
  g_clear_handle_id (&self->rest, g_source_remove);
  g_clear_weak_pointer (&self->pointed);
  g_clear_pointer ((GtkWidget **) &self->menu, gtk_widget_unparent);
  gtk_widget_dispose_template (GTK_WIDGET (self), RUSHES_TYPE_LIBRARY_PAGE);
  g_clear_object (&self->coming);
  g_clear_pointer (&self->selected, g_ptr_array_unref);
  g_clear_object (&self->selection);
  g_clear_object (&self->project_signals);
  g_clear_object (&self->project);
  g_clear_pointer (&self->subjects, g_ptr_array_unref);
  g_clear_object (&self->settings);
  g_clear_object (&self->pace);
  g_clear_object (&self->textures);
  g_clear_object (&self->thumbnailer);
  g_clear_object (&self->registry);
  g_clear_object (&self->queue);
  g_clear_object (&self->library);

  G_OBJECT_CLASS (rushes_library_page_parent_class)->dispose (object);
}

static void
rushes_library_page_class_init (RushesLibraryPageClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);
  GParamFlags flags = G_PARAM_EXPLICIT_NOTIFY | G_PARAM_STATIC_STRINGS;

  object_class->dispose = rushes_library_page_dispose;
  object_class->get_property = rushes_library_page_get_property;
  object_class->set_property = rushes_library_page_set_property;

  properties[PROP_PROJECT] =
      g_param_spec_object ("project", NULL, NULL, RUSHES_TYPE_PROJECT, flags | G_PARAM_READWRITE);
  properties[PROP_NARROW] = g_param_spec_boolean ("narrow", NULL, NULL, FALSE, flags | G_PARAM_READWRITE);
  properties[PROP_BLANK] = g_param_spec_object ("blank", NULL, NULL, GTK_TYPE_WIDGET, flags | G_PARAM_READWRITE);
  properties[PROP_SELECTING] = g_param_spec_boolean ("selecting", NULL, NULL, FALSE, flags | G_PARAM_READWRITE);
  properties[PROP_EMPTY] = g_param_spec_boolean ("empty", NULL, NULL, FALSE, flags | G_PARAM_READABLE);
  properties[PROP_TILE_WIDTH] = g_param_spec_int ("tile-width", NULL, NULL, 1, 4096, 224, flags | G_PARAM_READABLE);
  properties[PROP_SHOW_PROJECTS] = g_param_spec_boolean ("show-projects", NULL, NULL, FALSE, flags | G_PARAM_READABLE);
  properties[PROP_QUEUE_PAUSED] = g_param_spec_boolean ("queue-paused", NULL, NULL, FALSE, flags | G_PARAM_READWRITE);
  g_object_class_install_properties (object_class, N_PROPS, properties);

  signals[OPEN_TAKE] = g_signal_new ("open-take", RUSHES_TYPE_LIBRARY_PAGE, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                                     G_TYPE_NONE, 1, RUSHES_TYPE_TAKE);
  signals[REMIX] = g_signal_new ("remix", RUSHES_TYPE_LIBRARY_PAGE, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE,
                                 1, RUSHES_TYPE_TAKE);

  rushes_library_page_install_actions (klass);
  gtk_widget_class_install_property_action (widget_class, "queue.paused", "queue-paused");

  g_type_ensure (RUSHES_TYPE_PROJECT);
  gtk_widget_class_set_template_from_resource (widget_class, RESOURCE_PATH "/ui/rushes-library-page.ui");
  gtk_widget_class_bind_template_child (widget_class, RushesLibraryPage, project_button);
  gtk_widget_class_bind_template_child (widget_class, RushesLibraryPage, search_toggle);
  gtk_widget_class_bind_template_child (widget_class, RushesLibraryPage, problem);
  gtk_widget_class_bind_template_child (widget_class, RushesLibraryPage, select_button);
  gtk_widget_class_bind_template_child (widget_class, RushesLibraryPage, view_button);
  gtk_widget_class_bind_template_child (widget_class, RushesLibraryPage, menu_button);
  gtk_widget_class_bind_template_child (widget_class, RushesLibraryPage, primary_menu);
  gtk_widget_class_bind_template_child (widget_class, RushesLibraryPage, small_menu);
  gtk_widget_class_bind_template_child (widget_class, RushesLibraryPage, selection_title);
  gtk_widget_class_bind_template_child (widget_class, RushesLibraryPage, move_button);
  gtk_widget_class_bind_template_child (widget_class, RushesLibraryPage, search_bar);
  gtk_widget_class_bind_template_child (widget_class, RushesLibraryPage, search_entry);
  gtk_widget_class_bind_template_child (widget_class, RushesLibraryPage, filters);
  gtk_widget_class_bind_template_child (widget_class, RushesLibraryPage, stack);
  gtk_widget_class_bind_template_child (widget_class, RushesLibraryPage, scroller);
  gtk_widget_class_bind_template_child (widget_class, RushesLibraryPage, grid);
  gtk_widget_class_bind_template_child (widget_class, RushesLibraryPage, menu_place);
  gtk_widget_class_bind_template_child (widget_class, RushesLibraryPage, blank_bin);
  gtk_widget_class_bind_template_callback_full (widget_class, "grid_activated",
                                                G_CALLBACK (rushes_library_page_activate));
  gtk_widget_class_bind_template_callback (widget_class, search_changed);
  gtk_widget_class_bind_template_callback (widget_class, filter_changed);
  gtk_widget_class_bind_template_callback (widget_class, selection_cancelled);
  gtk_widget_class_bind_template_callback (widget_class, all_selected);
  gtk_widget_class_bind_template_callback (widget_class, became_small);
  gtk_widget_class_bind_template_callback (widget_class, became_large);
}

/* Wherever the focus is, also while a take is shown over the library. */
static void
add_pause_key (RushesLibraryPage *self)
{
  GtkEventController *keys = gtk_shortcut_controller_new ();

  gtk_shortcut_controller_set_scope (GTK_SHORTCUT_CONTROLLER (keys), GTK_SHORTCUT_SCOPE_GLOBAL);
  gtk_shortcut_controller_add_shortcut (
      GTK_SHORTCUT_CONTROLLER (keys),
      gtk_shortcut_new (gtk_keyval_trigger_new (GDK_KEY_p, GDK_CONTROL_MASK | GDK_SHIFT_MASK),
                        gtk_named_action_new ("queue.paused")));
  gtk_widget_add_controller (GTK_WIDGET (self), keys);
}

static void
rushes_library_page_init (RushesLibraryPage *self)
{
  g_autoptr (GSimpleActionGroup) view = g_simple_action_group_new ();
  g_autoptr (GAction) tile_size = NULL;
  g_autoptr (GAction) sort = NULL;

  self->settings = rushes_settings_get ();
  gtk_widget_init_template (GTK_WIDGET (self));

  tile_size = g_settings_create_action (self->settings, "tile-size");
  sort = g_settings_create_action (self->settings, "sort");
  g_action_map_add_action (G_ACTION_MAP (view), tile_size);
  g_action_map_add_action (G_ACTION_MAP (view), sort);
  gtk_widget_insert_action_group (GTK_WIDGET (self), "view", G_ACTION_GROUP (view));
  g_signal_connect_object (self->settings, "changed::tile-size", G_CALLBACK (tile_size_changed), self,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (self->settings, "changed::sort", G_CALLBACK (list_takes), self, G_CONNECT_SWAPPED);

  self->project_signals = g_signal_group_new (RUSHES_TYPE_PROJECT);
  g_signal_group_connect_swapped (self->project_signals, "notify::n-takes", G_CALLBACK (update_stack), self);

  self->selection = gtk_multi_selection_new (NULL);
  g_signal_connect_object (self->selection, "items-changed", G_CALLBACK (items_changed), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (self->selection, "selection-changed", G_CALLBACK (selection_changed), self,
                           G_CONNECT_SWAPPED);

  gtk_search_bar_connect_entry (self->search_bar, self->search_entry);
  g_signal_connect_object (self->search_bar, "notify::search-mode-enabled", G_CALLBACK (search_mode_changed), self,
                           G_CONNECT_SWAPPED);
  gtk_menu_button_set_create_popup_func (self->project_button, fill_project_menu, self, NULL);
  gtk_menu_button_set_create_popup_func (self->move_button, fill_move_menu, self, NULL);
  add_pause_key (self);
}

RushesLibraryPage *
rushes_library_page_new (RushesLibrary *library,
                         RushesQueue *queue,
                         RushesRegistry *registry,
                         RushesThumbnailer *thumbnailer)
{
  RushesLibraryPage *self;

  g_return_val_if_fail (RUSHES_IS_LIBRARY (library), NULL);
  g_return_val_if_fail (RUSHES_IS_QUEUE (queue), NULL);
  g_return_val_if_fail (RUSHES_IS_REGISTRY (registry), NULL);
  g_return_val_if_fail (RUSHES_IS_THUMBNAILER (thumbnailer), NULL);

  self = g_object_new (RUSHES_TYPE_LIBRARY_PAGE, NULL);
  self->library = g_object_ref (library);
  self->queue = g_object_ref (queue);
  self->registry = g_object_ref (registry);
  self->thumbnailer = g_object_ref (thumbnailer);
  self->pace = rushes_pace_new (library);
  self->textures = rushes_texture_cache_new (BYTES_OF_TEXTURES);
  g_signal_connect_object (queue, "take-ended", G_CALLBACK (take_ended), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (library, "written", G_CALLBACK (rushes_library_page_update_actions), self,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (library, "notify::paused", G_CALLBACK (paused_changed), self, G_CONNECT_SWAPPED);
  paused_changed (self);
  g_signal_connect_object (library, "notify::problem", G_CALLBACK (problem_came), self, G_CONNECT_SWAPPED);
  problem_came (self);

  rushes_library_page_init_grid (self);
  rushes_library_page_update_selection (self);
  update_stack (self);

  return self;
}

RushesProject *
rushes_library_page_get_project (RushesLibraryPage *self)
{
  g_return_val_if_fail (RUSHES_IS_LIBRARY_PAGE (self), NULL);

  return self->project;
}

void
rushes_library_page_set_project (RushesLibraryPage *self, RushesProject *project)
{
  g_return_if_fail (RUSHES_IS_LIBRARY_PAGE (self));
  g_return_if_fail (project == NULL || RUSHES_IS_PROJECT (project));

  if (!g_set_object (&self->project, project))
    return;

  g_signal_group_set_target (self->project_signals, project);
  gtk_search_bar_set_search_mode (self->search_bar, FALSE);
  list_takes (self);
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_PROJECT]);
}

void
rushes_library_page_set_blank (RushesLibraryPage *self, GtkWidget *blank)
{
  g_return_if_fail (RUSHES_IS_LIBRARY_PAGE (self));
  g_return_if_fail (blank == NULL || GTK_IS_WIDGET (blank));

  if (adw_bin_get_child (self->blank_bin) == blank)
    return;
  adw_bin_set_child (self->blank_bin, blank);
  update_stack (self);
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_BLANK]);
}

gboolean
rushes_library_page_get_empty (RushesLibraryPage *self)
{
  g_return_val_if_fail (RUSHES_IS_LIBRARY_PAGE (self), FALSE);

  return self->empty;
}

void
rushes_library_page_search (RushesLibraryPage *self)
{
  g_return_if_fail (RUSHES_IS_LIBRARY_PAGE (self));

  gtk_search_bar_set_search_mode (self->search_bar, TRUE);
  gtk_widget_grab_focus (GTK_WIDGET (self->search_entry));
}

void
rushes_library_page_set_search (RushesLibraryPage *self, const char *words)
{
  g_return_if_fail (RUSHES_IS_LIBRARY_PAGE (self));
  g_return_if_fail (words != NULL);

  gtk_editable_set_text (self->search_entry, words);
  gtk_editable_set_position (self->search_entry, -1);
}

void
rushes_library_page_set_selecting (RushesLibraryPage *self, gboolean selecting)
{
  if (self->selecting == selecting)
    return;

  self->selecting = selecting;
  self->anchor = GTK_INVALID_LIST_POSITION;
  if (!selecting)
    gtk_selection_model_unselect_all (GTK_SELECTION_MODEL (self->selection));
  rushes_library_page_update_selection (self);
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_SELECTING]);
}
