/* rushes-library-page-grid.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "rushes-library-page-private.h"

#include <math.h>

#include "rushes-clip-offer.h"
#include "rushes-take-deleter.h"

/* Who scrolls faster than this looks for a place, not at pictures; who has rested for so long, looks. */
#define PAGES_PER_SECOND 1.0
#define REST_MS          120

/* One controller of each kind for the whole grid finds its card when it is needed; the cards themselves stay light. */

/* ---- which card ---- */

static RushesTakeCard *
card_at (RushesLibraryPage *self, double x, double y)
{
  GtkWidget *widget = gtk_widget_pick (GTK_WIDGET (self->grid), x, y, GTK_PICK_DEFAULT);

  for (; widget != NULL && widget != GTK_WIDGET (self->grid); widget = gtk_widget_get_parent (widget))
    {
      GtkWidget *child = gtk_widget_get_first_child (widget);

      if (RUSHES_IS_TAKE_CARD (widget))
        return RUSHES_TAKE_CARD (widget);
      /* The rim of a tile belongs to the cell around its card. */
      if (RUSHES_IS_TAKE_CARD (child))
        return RUSHES_TAKE_CARD (child);
    }

  return NULL;
}

static RushesTakeCard *
focused_card (RushesLibraryPage *self)
{
  GtkRoot *root = gtk_widget_get_root (GTK_WIDGET (self));
  GtkWidget *focus = root != NULL ? gtk_root_get_focus (root) : NULL;
  GtkWidget *card;

  if (focus == NULL || !gtk_widget_is_ancestor (focus, GTK_WIDGET (self->grid)))
    return NULL;

  card = gtk_widget_get_ancestor (focus, RUSHES_TYPE_TAKE_CARD);
  if (card == NULL)
    card = gtk_widget_get_first_child (focus);

  return RUSHES_IS_TAKE_CARD (card) ? RUSHES_TAKE_CARD (card) : NULL;
}

static guint
position_of (RushesTakeCard *card)
{
  return gtk_list_item_get_position (g_object_get_data (G_OBJECT (card), "item"));
}

static gboolean
is_selected (RushesTakeCard *card)
{
  gboolean selected;

  g_object_get (card, "selected", &selected, NULL);

  return selected;
}

/* What a gesture on a card is about: all that are selected when it is one of them, else the card's take. */
static gboolean
take_subjects (RushesLibraryPage *self, RushesTakeCard *card)
{
  g_autoptr (GPtrArray) takes = NULL;

  if (card == NULL || rushes_take_card_get_take (card) == NULL)
    return FALSE;

  if (self->selecting && is_selected (card))
    {
      takes = g_ptr_array_ref (self->selected);
    }
  else
    {
      takes = g_ptr_array_new_with_free_func (g_object_unref);
      g_ptr_array_add (takes, g_object_ref (rushes_take_card_get_take (card)));
    }
  rushes_library_page_set_subjects (self, takes);

  return TRUE;
}

/* ---- opening and selecting ---- */

/* A cell does not tell what was held down when it is activated: this comes just before. */
static void
primary_released (GtkGestureClick *gesture, int n_press, double x, double y, RushesLibraryPage *self)
{
  self->modifiers = gtk_event_controller_get_current_event_state (GTK_EVENT_CONTROLLER (gesture));
}

static void
toggle (RushesLibraryPage *self, guint position, gboolean extend)
{
  GtkSelectionModel *selection = GTK_SELECTION_MODEL (self->selection);

  if (extend && self->anchor != GTK_INVALID_LIST_POSITION)
    {
      guint first = MIN (self->anchor, position);

      gtk_selection_model_select_range (selection, first, MAX (self->anchor, position) - first + 1, FALSE);
      return;
    }
  if (gtk_selection_model_is_selected (selection, position))
    {
      gtk_selection_model_unselect_item (selection, position);
    }
  else
    {
      gtk_selection_model_select_item (selection, position, FALSE);
    }
  self->anchor = position;
}

static GtkBitset *
range_between (guint one, guint other)
{
  return gtk_bitset_new_range (MIN (one, other), MAX (one, other) - MIN (one, other) + 1);
}

/* With the focus goes the end of the range that began at the anchor. */
static gboolean
extend_pressed (GtkWidget *widget, GVariant *arguments, gpointer data)
{
  RushesLibraryPage *self = data;
  RushesTakeCard *card = focused_card (self);
  g_autoptr (GtkBitset) mask = NULL;
  g_autoptr (GtkBitset) range = NULL;
  guint before;

  if (card == NULL)
    return FALSE;
  before = position_of (card);
  rushes_library_page_set_selecting (self, TRUE);
  if (self->anchor == GTK_INVALID_LIST_POSITION)
    self->anchor = before;

  gtk_widget_child_focus (GTK_WIDGET (self->grid), (GtkDirectionType) g_variant_get_int32 (arguments));
  card = focused_card (self);
  if (card == NULL)
    return TRUE;
  mask = range_between (self->anchor, before);
  range = range_between (self->anchor, position_of (card));
  gtk_bitset_union (mask, range);
  gtk_selection_model_set_selection (GTK_SELECTION_MODEL (self->selection), range, mask);

  return TRUE;
}

/* As a press with Ctrl: it begins a selection. */
static gboolean
toggle_pressed (GtkWidget *widget, GVariant *arguments, gpointer data)
{
  RushesLibraryPage *self = data;
  RushesTakeCard *card = focused_card (self);

  if (card == NULL)
    return FALSE;
  rushes_library_page_set_selecting (self, TRUE);
  toggle (self, position_of (card), FALSE);

  return TRUE;
}

void
rushes_library_page_activate (RushesLibraryPage *self, guint position)
{
  g_autoptr (RushesTake) take = g_list_model_get_item (G_LIST_MODEL (self->selection), position);
  GdkModifierType modifiers = self->modifiers;

  self->modifiers = 0;
  if (take == NULL)
    return;

  if ((modifiers & GDK_CONTROL_MASK) != 0)
    rushes_library_page_set_selecting (self, TRUE);

  if (self->selecting)
    toggle (self, position, (modifiers & GDK_SHIFT_MASK) != 0);
  else if (rushes_take_get_loaded (take))
    g_signal_emit_by_name (self, "open-take", take);
}

/* ---- the menu ---- */

static void
show_menu (RushesLibraryPage *self, double x, double y)
{
  g_autoptr (GMenuModel) menu = rushes_library_page_build_menu (self);
  graphene_point_t point = GRAPHENE_POINT_INIT ((float) x, (float) y);
  GdkRectangle at = { 0, 0, 1, 1 };

  if (gtk_widget_compute_point (GTK_WIDGET (self->grid), self->menu_place, &point, &point))
    {
      at.x = (int) point.x;
      at.y = (int) point.y;
    }
  gtk_popover_menu_set_menu_model (GTK_POPOVER_MENU (self->menu), menu);
  gtk_popover_set_pointing_to (self->menu, &at);
  gtk_popover_popup (self->menu);
}

static void
secondary_pressed (GtkGestureClick *gesture, int n_press, double x, double y, RushesLibraryPage *self)
{
  if (!take_subjects (self, card_at (self, x, y)))
    return;
  gtk_gesture_set_state (GTK_GESTURE (gesture), GTK_EVENT_SEQUENCE_CLAIMED);
  show_menu (self, x, y);
}

static void
long_pressed (GtkGestureLongPress *gesture, double x, double y, RushesLibraryPage *self)
{
  if (!take_subjects (self, card_at (self, x, y)))
    return;
  gtk_gesture_set_state (GTK_GESTURE (gesture), GTK_EVENT_SEQUENCE_CLAIMED);
  show_menu (self, x, y);
}

static gboolean
menu_key_pressed (GtkWidget *widget, GVariant *arguments, gpointer data)
{
  RushesLibraryPage *self = data;
  RushesTakeCard *card = focused_card (self);
  graphene_rect_t bounds;

  if (!take_subjects (self, card) || !gtk_widget_compute_bounds (GTK_WIDGET (card), GTK_WIDGET (self->grid), &bounds))
    return FALSE;
  show_menu (self, bounds.origin.x + bounds.size.width / 2, bounds.origin.y + bounds.size.height / 2);

  return TRUE;
}

/* ---- the focus ---- */

static gboolean
refocus (gpointer data)
{
  RushesLibraryPage *self = data;
  guint n = g_list_model_get_n_items (G_LIST_MODEL (self->selection));

  self->refocus = 0;
  if (n > 0)
    gtk_grid_view_scroll_to (self->grid, MIN (self->focus, n - 1), GTK_LIST_SCROLL_FOCUS, NULL);

  return G_SOURCE_REMOVE;
}

void
rushes_library_page_keep_focus (RushesLibraryPage *self, guint position, guint n_removed)
{
  RushesTakeCard *card = focused_card (self);
  guint at = card != NULL ? position_of (card) : GTK_INVALID_LIST_POSITION;

  if (at == GTK_INVALID_LIST_POSITION || at < position || at - position >= n_removed)
    return;
  /* Once the grid has followed, and before anybody else looks for a place. */
  self->focus = position;
  if (self->refocus == 0)
    self->refocus = g_idle_add_full (G_PRIORITY_HIGH_IDLE, refocus, self, NULL);
}

/* ---- other keys ---- */

static gboolean
action_key_pressed (GtkWidget *widget, GVariant *arguments, gpointer data)
{
  RushesLibraryPage *self = data;

  return take_subjects (self, focused_card (self)) &&
         gtk_widget_activate_action (GTK_WIDGET (self), g_variant_get_string (arguments, NULL), NULL);
}

static gboolean
space_pressed (GtkWidget *widget, GVariant *arguments, gpointer data)
{
  RushesLibraryPage *self = data;
  RushesTakeCard *card = focused_card (self);
  GtkWidget *cell = card != NULL ? gtk_widget_get_parent (GTK_WIDGET (card)) : NULL;

  /* On the card's own button it is a press of that. */
  return cell != NULL && gtk_widget_is_focus (cell) && gtk_widget_activate (cell);
}

static gboolean
undo_pressed (GtkWidget *widget, GVariant *arguments, gpointer data)
{
  return rushes_take_deleter_undo (widget);
}

static gboolean
escape_pressed (GtkWidget *widget, GVariant *arguments, gpointer data)
{
  RushesLibraryPage *self = data;
  gboolean selecting = self->selecting;

  rushes_library_page_set_selecting (self, FALSE);

  return selecting;
}

static void
add_shortcut (GtkEventController *controller,
              const char *trigger,
              GtkShortcutFunc func,
              RushesLibraryPage *self,
              GVariant *arguments)
{
  GtkShortcut *shortcut =
      gtk_shortcut_new (gtk_shortcut_trigger_parse_string (trigger), gtk_callback_action_new (func, self, NULL));

  gtk_shortcut_set_arguments (shortcut, arguments);
  gtk_shortcut_controller_add_shortcut (GTK_SHORTCUT_CONTROLLER (controller), shortcut);
}

/* ---- the pointer ---- */

static void
point_at (RushesLibraryPage *self, RushesTakeCard *card)
{
  if (self->pointed == card)
    return;
  if (self->pointed != NULL)
    rushes_take_card_end_preview (self->pointed);
  g_set_weak_pointer (&self->pointed, card);
}

static void
pointer_moved (GtkEventControllerMotion *motion, double x, double y, RushesLibraryPage *self)
{
  graphene_point_t point = GRAPHENE_POINT_INIT ((float) x, (float) y);

  point_at (self, card_at (self, x, y));
  if (self->pointed != NULL &&
      gtk_widget_compute_point (GTK_WIDGET (self->grid), GTK_WIDGET (self->pointed), &point, &point))
    rushes_take_card_preview (self->pointed, point.x);
}

static void
pointer_left (GtkEventControllerMotion *motion, RushesLibraryPage *self)
{
  point_at (self, NULL);
}

/* ---- dragging out ---- */

static GdkContentProvider *
drag_prepared (GtkDragSource *source, double x, double y, RushesLibraryPage *self)
{
  RushesTakeCard *card = card_at (self, x, y);
  GdkContentProvider *providers[2] = { NULL, NULL };
  g_autoptr (GdkPaintable) picture = NULL;

  if (!take_subjects (self, card))
    return NULL;

  /* A single take is also a recipe for the composer. */
  providers[0] = rushes_clip_offer_new (self->library, self->subjects);
  if (self->subjects->len == 1)
    providers[providers[0] != NULL] =
        gdk_content_provider_new_typed (RUSHES_TYPE_TAKE, g_ptr_array_index (self->subjects, 0));
  if (providers[0] == NULL)
    return NULL;

  picture = rushes_take_card_get_picture (card);
  gtk_drag_source_set_icon (source, picture, gdk_paintable_get_intrinsic_width (picture) / 2,
                            gdk_paintable_get_intrinsic_height (picture) / 2);

  return gdk_content_provider_new_union (providers, providers[1] != NULL ? 2 : 1);
}

/* ---- quick scrolling ---- */

static void
rested (gpointer data)
{
  RushesLibraryPage *self = data;

  self->rest = 0;
  rushes_thumbnailer_set_held (self->thumbnailer, FALSE);
}

/* What flies past is not looked at: the processors are left to those who draw it. */
static void
scrolled (GtkAdjustment *adjustment, RushesLibraryPage *self)
{
  double value = gtk_adjustment_get_value (adjustment);
  gint64 now = g_get_monotonic_time ();
  double seconds = (double) (now - self->scrolled_at) / G_USEC_PER_SEC;
  double pages = fabs (value - self->scrolled_to) / MAX (1, gtk_adjustment_get_page_size (adjustment));

  self->scrolled_to = value;
  self->scrolled_at = now;
  if (pages < PAGES_PER_SECOND * seconds)
    return;
  rushes_thumbnailer_set_held (self->thumbnailer, TRUE);
  g_clear_handle_id (&self->rest, g_source_remove);
  self->rest = g_timeout_add_once (REST_MS, rested, self);
}

/* ---- the cards ---- */

static void
remedied (RushesTakeCard *card, RushesTake *take, RushesLibraryPage *self)
{
  g_autoptr (GPtrArray) takes = g_ptr_array_new_with_free_func (g_object_unref);

  g_ptr_array_add (takes, g_object_ref (take));
  rushes_library_page_set_subjects (self, takes);
  gtk_widget_activate_action (GTK_WIDGET (self), "take.remedy", NULL);
}

static void
setup_card (GtkSignalListItemFactory *factory, GtkListItem *item, RushesLibraryPage *self)
{
  GtkWidget *card = rushes_take_card_new (self->library, self->registry, self->thumbnailer, self->pace, self->textures);

  g_object_bind_property (self, "tile-width", card, "tile-width", G_BINDING_SYNC_CREATE);
  g_object_bind_property (self, "show-projects", card, "show-project", G_BINDING_SYNC_CREATE);
  g_object_bind_property (self, "selecting", card, "selecting", G_BINDING_SYNC_CREATE);
  g_object_bind_property (item, "selected", card, "selected", G_BINDING_SYNC_CREATE);
  g_object_bind_property (item, "item", card, "take", G_BINDING_SYNC_CREATE);
  g_object_bind_property (card, "title", item, "accessible-label", G_BINDING_SYNC_CREATE);
  g_object_bind_property (card, "words", item, "accessible-description", G_BINDING_SYNC_CREATE);
  g_signal_connect_object (card, "remedy", G_CALLBACK (remedied), self, 0);

  /* Only rushes_library_page_activate() selects: with activation on a single click the pointer alone would do so. */
  gtk_list_item_set_selectable (item, FALSE);
  g_object_set_data (G_OBJECT (card), "item", item);
  gtk_list_item_set_child (item, card);
}

void
rushes_library_page_init_grid (RushesLibraryPage *self)
{
  GtkWidget *grid = GTK_WIDGET (self->grid);
  g_autoptr (GtkListItemFactory) factory = gtk_signal_list_item_factory_new ();
  GtkGesture *primary = gtk_gesture_click_new ();
  GtkGesture *secondary = gtk_gesture_click_new ();
  GtkGesture *touch = gtk_gesture_long_press_new ();
  GtkEventController *keys = gtk_shortcut_controller_new ();
  GtkEventController *motion = gtk_event_controller_motion_new ();
  GtkDragSource *drag = gtk_drag_source_new ();

  g_signal_connect_object (factory, "setup", G_CALLBACK (setup_card), self, 0);
  gtk_grid_view_set_factory (self->grid, factory);
  gtk_grid_view_set_model (self->grid, GTK_SELECTION_MODEL (self->selection));

  g_signal_connect_object (gtk_scrolled_window_get_vadjustment (self->scroller), "value-changed", G_CALLBACK (scrolled),
                           self, 0);

  self->menu = GTK_POPOVER (gtk_popover_menu_new_from_model (NULL));
  gtk_popover_set_has_arrow (self->menu, FALSE);
  gtk_widget_set_halign (GTK_WIDGET (self->menu), GTK_ALIGN_START);
  gtk_widget_set_parent (GTK_WIDGET (self->menu), self->menu_place);

  gtk_event_controller_set_propagation_phase (GTK_EVENT_CONTROLLER (primary), GTK_PHASE_CAPTURE);
  g_signal_connect_object (primary, "released", G_CALLBACK (primary_released), self, 0);
  gtk_widget_add_controller (grid, GTK_EVENT_CONTROLLER (primary));
  gtk_gesture_single_set_button (GTK_GESTURE_SINGLE (secondary), GDK_BUTTON_SECONDARY);
  g_signal_connect_object (secondary, "pressed", G_CALLBACK (secondary_pressed), self, 0);
  gtk_widget_add_controller (grid, GTK_EVENT_CONTROLLER (secondary));
  gtk_gesture_single_set_touch_only (GTK_GESTURE_SINGLE (touch), TRUE);
  g_signal_connect_object (touch, "pressed", G_CALLBACK (long_pressed), self, 0);
  gtk_widget_add_controller (grid, GTK_EVENT_CONTROLLER (touch));

  /* Before the cells, which would take Space for a selection that is not theirs to make. */
  gtk_event_controller_set_propagation_phase (keys, GTK_PHASE_CAPTURE);
  add_shortcut (keys, "Menu|<Shift>F10", menu_key_pressed, self, NULL);
  add_shortcut (keys, "Delete|KP_Delete", action_key_pressed, self, g_variant_new_string ("take.delete"));
  add_shortcut (keys, "<Control>s", action_key_pressed, self, g_variant_new_string ("take.save"));
  add_shortcut (keys, "<Control>c", action_key_pressed, self, g_variant_new_string ("take.copy"));
  add_shortcut (keys, "<Control>d", action_key_pressed, self, g_variant_new_string ("take.star"));
  add_shortcut (keys, "<Alt>Home|<Alt>KP_Home", action_key_pressed, self, g_variant_new_string ("take.make-next"));
  add_shortcut (keys, "<Alt>Up|<Alt>KP_Up", action_key_pressed, self, g_variant_new_string ("take.move-up"));
  add_shortcut (keys, "<Alt>Down|<Alt>KP_Down", action_key_pressed, self, g_variant_new_string ("take.move-down"));
  add_shortcut (keys, "space|KP_Space", space_pressed, self, NULL);
  add_shortcut (keys, "<Control>space|<Control>KP_Space", toggle_pressed, self, NULL);
  add_shortcut (keys, "<Shift>Left|<Shift>KP_Left", extend_pressed, self, g_variant_new_int32 (GTK_DIR_LEFT));
  add_shortcut (keys, "<Shift>Right|<Shift>KP_Right", extend_pressed, self, g_variant_new_int32 (GTK_DIR_RIGHT));
  add_shortcut (keys, "<Shift>Up|<Shift>KP_Up", extend_pressed, self, g_variant_new_int32 (GTK_DIR_UP));
  add_shortcut (keys, "<Shift>Down|<Shift>KP_Down", extend_pressed, self, g_variant_new_int32 (GTK_DIR_DOWN));
  add_shortcut (keys, "<Control>z", undo_pressed, self, NULL);
  add_shortcut (keys, "Escape", escape_pressed, self, NULL);
  gtk_widget_add_controller (grid, keys);

  g_signal_connect_object (motion, "enter", G_CALLBACK (pointer_moved), self, 0);
  g_signal_connect_object (motion, "motion", G_CALLBACK (pointer_moved), self, 0);
  g_signal_connect_object (motion, "leave", G_CALLBACK (pointer_left), self, 0);
  gtk_widget_add_controller (grid, motion);

  gtk_drag_source_set_actions (drag, GDK_ACTION_COPY);
  g_signal_connect_object (drag, "prepare", G_CALLBACK (drag_prepared), self, 0);
  gtk_widget_add_controller (grid, GTK_EVENT_CONTROLLER (drag));
}
