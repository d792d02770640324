/* rushes-window-composer.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "rushes-window-private.h"

#include "rushes-drop.h"

/* ---- where the composer is ---- */

static gboolean
is_shown (RushesWindow *self)
{
  return rushes_window_is_narrow (self) ? adw_bottom_sheet_get_open (self->sheet)
                                        : adw_overlay_split_view_get_show_sidebar (self->split);
}

/* libadwaita 1.7 divides by the width that the sidebar had last, and draws nonsense when it had none yet. What is not
 * to be seen is shown without a move, and so without that. */
static void
set_sidebar (RushesWindow *self, gboolean shown)
{
  GtkWidget *split = GTK_WIDGET (self->split);
  gboolean early = gtk_widget_get_width (split) == 0;

  if (early)
    gtk_widget_set_visible (split, FALSE);
  adw_overlay_split_view_set_show_sidebar (self->split, shown);
  if (early)
    gtk_widget_set_visible (split, TRUE);
}

void
rushes_window_show_composer (RushesWindow *self, gboolean shown)
{
  if (shown)
    rushes_window_end_first_start (self);
  if (rushes_window_is_narrow (self))
    adw_bottom_sheet_set_open (self->sheet, shown);
  else
    set_sidebar (self, shown);
}

void
rushes_window_follow_layout (RushesWindow *self)
{
  gboolean narrow = rushes_window_is_narrow (self);
  gboolean selecting = FALSE;
  GAction *action = g_action_map_lookup_action (G_ACTION_MAP (self), "composer");

  if (self->library_page == NULL)
    return;
  g_object_set (self->composer, "in-sheet", narrow, NULL);
  g_object_set (self->library_page, "narrow", narrow, NULL);
  g_object_get (self->library_page, "selecting", &selecting, NULL);
  /* What can be done with what is selected has its place there. */
  adw_bottom_sheet_set_reveal_bottom_bar (self->sheet, self->first_start == NULL && !selecting &&
                                                           adw_navigation_view_get_visible_page (self->places) ==
                                                               ADW_NAVIGATION_PAGE (self->library_page));
  g_simple_action_set_state (G_SIMPLE_ACTION (action), g_variant_new_boolean (is_shown (self)));
}

static void
change_composer (GSimpleAction *action, GVariant *state, gpointer data)
{
  RushesWindow *self = data;
  gboolean shown = g_variant_get_boolean (state);

  if (self->studio == NULL)
    return;
  rushes_window_show_composer (self, shown);
  if (!rushes_window_is_narrow (self))
    g_settings_set_boolean (self->settings, "composer-shown", shown);
}

static void
drop_came (GtkWidget *places, GdkDrop *drop, gpointer data)
{
  RushesWindow *self = data;

  if (self->studio != NULL)
    rushes_composer_take_drop (self->composer, drop);
  else
    gdk_drop_finish (drop, 0);
}

void
rushes_window_composer_init (RushesWindow *self)
{
  static const GActionEntry actions[] = { { "composer", NULL, NULL, "false", change_composer } };

  g_action_map_add_action_entries (G_ACTION_MAP (self), actions, G_N_ELEMENTS (actions), self);
  rushes_drop_accept_foreign (GTK_WIDGET (self->places), rushes_composer_get_well (self->composer), drop_came, self);
}

/* Also while the window is narrow and the sidebar not to be seen: it may be made wider at any time. */
void
rushes_window_restore_sidebar (RushesWindow *self)
{
  set_sidebar (self, g_settings_get_boolean (self->settings, "composer-shown"));
}
