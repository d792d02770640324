/* rushes-drop.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "rushes-drop.h"

#include "rushes-delivery.h"

typedef struct
{
  GtkWidget *widget;
  GtkWidget *lit;
  RushesDropFunc func;
  gpointer data;
  gboolean foreign;
} Place;

static gboolean
accept_drop (GtkDropTargetAsync *target, GdkDrop *drop, gpointer data)
{
  GdkContentFormats *formats = gdk_drop_get_formats (drop);
  const Place *place = data;

  if (place->foreign)
    return gdk_drop_get_drag (drop) == NULL && rushes_delivery_has_pictures (formats);
  if (gtk_event_controller_get_propagation_phase (GTK_EVENT_CONTROLLER (target)) == GTK_PHASE_CAPTURE)
    return rushes_delivery_has_pictures (formats);

  return rushes_delivery_may_be_picture (formats);
}

static GdkDragAction
drag_entered (GtkDropTargetAsync *target, GdkDrop *drop, double x, double y, gpointer data)
{
  Place *place = data;

  gtk_widget_set_state_flags (place->lit, GTK_STATE_FLAG_DROP_ACTIVE, FALSE);

  return gdk_drop_get_actions (drop) & GDK_ACTION_COPY ? GDK_ACTION_COPY : GDK_ACTION_LINK | GDK_ACTION_MOVE;
}

static void
drag_left (GtkDropTargetAsync *target, GdkDrop *drop, gpointer data)
{
  Place *place = data;

  gtk_widget_unset_state_flags (place->lit, GTK_STATE_FLAG_DROP_ACTIVE);
}

static gboolean
dropped (GtkDropTargetAsync *target, GdkDrop *drop, double x, double y, gpointer data)
{
  Place *place = data;

  gtk_widget_unset_state_flags (place->lit, GTK_STATE_FLAG_DROP_ACTIVE);
  place->func (place->widget, drop, place->data);

  return TRUE;
}

static Place *
accept_on (GtkWidget *widget, GtkWidget *lit, GtkPropagationPhase phase, RushesDropFunc func, gpointer data)
{
  GtkDropTargetAsync *target = gtk_drop_target_async_new (NULL, GDK_ACTION_COPY | GDK_ACTION_LINK | GDK_ACTION_MOVE);
  Place *place = g_new0 (Place, 1);

  place->widget = widget;
  place->lit = lit;
  place->func = func;
  place->data = data;
  g_object_set_data_full (G_OBJECT (target), "place", place, g_free);
  gtk_event_controller_set_propagation_phase (GTK_EVENT_CONTROLLER (target), phase);
  g_signal_connect (target, "accept", G_CALLBACK (accept_drop), place);
  g_signal_connect (target, "drag-enter", G_CALLBACK (drag_entered), place);
  g_signal_connect (target, "drag-leave", G_CALLBACK (drag_left), place);
  g_signal_connect (target, "drop", G_CALLBACK (dropped), place);
  gtk_widget_add_controller (widget, GTK_EVENT_CONTROLLER (target));
  /* The lit part shows where it goes, not the frame that every place of a drop has. */
  gtk_widget_add_css_class (widget, "drop-place");

  return place;
}

void
rushes_drop_accept (GtkWidget *widget, GtkWidget *lit, GtkPropagationPhase phase, RushesDropFunc func, gpointer data)
{
  accept_on (widget, lit, phase, func, data);
}

void
rushes_drop_accept_foreign (GtkWidget *widget, GtkWidget *lit, RushesDropFunc func, gpointer data)
{
  accept_on (widget, lit, GTK_PHASE_BUBBLE, func, data)->foreign = TRUE;
}
