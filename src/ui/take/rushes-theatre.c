/* rushes-theatre.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "rushes-theatre.h"

#include <glib/gi18n.h>

#include "rushes-player-actions.h"
#include "rushes-player-controls.h"

#define QUIET_SECONDS 3
/* A hand that rests on a mouse does not hold it quite still. */
#define TREMBLE 3.0

struct _RushesTheatre
{
  GtkWindow parent_instance;

  AdwBin *stage;
  GtkRevealer *revealer;
  RushesPlayerControls *controls;
  double x;
  double y;
  guint quiet;
};

G_DEFINE_FINAL_TYPE (RushesTheatre, rushes_theatre, GTK_TYPE_WINDOW)

/* A menu that is open, or a slider that is held, keeps the controls where they are. */
static gboolean
is_in_use (RushesTheatre *self)
{
  GtkWidget *focus = gtk_window_get_focus (GTK_WINDOW (self));

  return (gtk_widget_get_state_flags (GTK_WIDGET (self->controls)) & GTK_STATE_FLAG_PRELIGHT) != 0 ||
         (focus != NULL && gtk_widget_get_ancestor (focus, GTK_TYPE_POPOVER) != NULL);
}

static void
hide_controls (gpointer data)
{
  RushesTheatre *self = data;

  self->quiet = 0;
  if (is_in_use (self))
    return;
  gtk_revealer_set_reveal_child (self->revealer, FALSE);
  gtk_widget_set_cursor_from_name (GTK_WIDGET (self), "none");
}

static void
show_controls (RushesTheatre *self)
{
  gtk_revealer_set_reveal_child (self->revealer, TRUE);
  gtk_widget_set_cursor (GTK_WIDGET (self), NULL);
  g_clear_handle_id (&self->quiet, g_source_remove);
  self->quiet = g_timeout_add_seconds_once (QUIET_SECONDS, hide_controls, self);
}

static void
moved (RushesTheatre *self, double x, double y)
{
  if (ABS (x - self->x) < TREMBLE && ABS (y - self->y) < TREMBLE)
    return;
  self->x = x;
  self->y = y;
  show_controls (self);
}

static gboolean
key_pressed (RushesTheatre *self)
{
  show_controls (self);

  return GDK_EVENT_PROPAGATE;
}

static void
picture_pressed (RushesTheatre *self)
{
  show_controls (self);
}

static void
picture_released (RushesTheatre *self, int n_press)
{
  if (n_press == 2)
    gtk_window_close (GTK_WINDOW (self));
}

static void
leave (RushesTheatre *self)
{
  gtk_window_close (GTK_WINDOW (self));
}

static void
rushes_theatre_map (GtkWidget *widget)
{
  RushesTheatre *self = RUSHES_THEATRE (widget);

  GTK_WIDGET_CLASS (rushes_theatre_parent_class)->map (widget);
  show_controls (self);
}

static void
rushes_theatre_dispose (GObject *object)
{
  RushesTheatre *self = RUSHES_THEATRE (object);

  g_clear_handle_id (&self->quiet, g_source_remove);
  gtk_widget_dispose_template (GTK_WIDGET (self), RUSHES_TYPE_THEATRE);

  G_OBJECT_CLASS (rushes_theatre_parent_class)->dispose (object);
}

static void
rushes_theatre_class_init (RushesTheatreClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = rushes_theatre_dispose;
  widget_class->map = rushes_theatre_map;

  g_type_ensure (RUSHES_TYPE_PLAYER_CONTROLS);
  gtk_widget_class_set_template_from_resource (widget_class, RESOURCE_PATH "/ui/rushes-theatre.ui");
  gtk_widget_class_bind_template_child (widget_class, RushesTheatre, stage);
  gtk_widget_class_bind_template_child (widget_class, RushesTheatre, revealer);
  gtk_widget_class_bind_template_child (widget_class, RushesTheatre, controls);
  gtk_widget_class_bind_template_callback (widget_class, moved);
  gtk_widget_class_bind_template_callback (widget_class, key_pressed);
  gtk_widget_class_bind_template_callback (widget_class, picture_pressed);
  gtk_widget_class_bind_template_callback (widget_class, picture_released);
  gtk_widget_class_bind_template_callback (widget_class, leave);
}

static void
rushes_theatre_init (RushesTheatre *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}

GtkWidget *
rushes_theatre_make_screen (GObject *object)
{
  GtkWidget *picture =
      g_object_new (GTK_TYPE_PICTURE, "accessible-role", GTK_ACCESSIBLE_ROLE_PRESENTATION, "can-shrink", TRUE, NULL);
  GtkWidget *offload = gtk_graphics_offload_new (picture);

  gtk_graphics_offload_set_black_background (GTK_GRAPHICS_OFFLOAD (offload), TRUE);
  g_object_bind_property (object, "paintable", picture, "paintable", G_BINDING_SYNC_CREATE);

  return offload;
}

GtkWindow *
rushes_theatre_new (RushesTransport *player, GtkWidget *screen, GtkWindow *parent)
{
  RushesTheatre *self;
  GdkSurface *surface;
  GdkMonitor *monitor = NULL;

  g_return_val_if_fail (RUSHES_IS_TRANSPORT (player), NULL);
  g_return_val_if_fail (GTK_IS_WIDGET (screen), NULL);
  g_return_val_if_fail (GTK_IS_WINDOW (parent), NULL);

  self = g_object_new (RUSHES_TYPE_THEATRE, "title", gtk_window_get_title (parent), NULL);
  rushes_player_controls_set_player (self->controls, player);
  rushes_player_actions_install (GTK_WIDGET (self), player);
  adw_bin_set_child (self->stage, screen);

  surface = gtk_native_get_surface (GTK_NATIVE (parent));
  if (surface != NULL)
    monitor = gdk_display_get_monitor_at_surface (gdk_surface_get_display (surface), surface);
  if (monitor != NULL)
    gtk_window_fullscreen_on_monitor (GTK_WINDOW (self), monitor);
  else
    gtk_window_fullscreen (GTK_WINDOW (self));

  return GTK_WINDOW (self);
}
