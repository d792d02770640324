/* rushes-wipe.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "rushes-wipe.h"

#include <glib/gi18n.h>
#include <math.h>

#define STEP 0.01
#define PAGE 0.1
#define LINE 2

struct _RushesWipe
{
  GtkWidget parent_instance;

  GtkWidget *start;
  GtkWidget *end;
  GtkWidget *handle;
  double divider;
};

enum
{
  PROP_0,
  PROP_START,
  PROP_END,
  PROP_DIVIDER,
  N_PROPS
};

static GParamSpec *properties[N_PROPS];

static void range_init (GtkAccessibleRangeInterface *iface);

G_DEFINE_FINAL_TYPE_WITH_CODE (RushesWipe,
                               rushes_wipe,
                               GTK_TYPE_WIDGET,
                               G_IMPLEMENT_INTERFACE (GTK_TYPE_ACCESSIBLE_RANGE, range_init))

static void
tell_value (RushesWipe *self)
{
  /* Translators: how much of two pictures that lie on each other is the first. */
  g_autofree char *words = g_strdup_printf (_ ("%d %% of the first clip"), (int) lround (self->divider * 100));

  gtk_accessible_update_property (GTK_ACCESSIBLE (self), GTK_ACCESSIBLE_PROPERTY_VALUE_NOW, self->divider,
                                  GTK_ACCESSIBLE_PROPERTY_VALUE_TEXT, words, -1);
}

static void
set_divider (RushesWipe *self, double divider)
{
  divider = CLAMP (divider, 0.0, 1.0);
  if (self->divider == divider)
    return;
  self->divider = divider;
  tell_value (self);
  gtk_widget_queue_allocate (GTK_WIDGET (self));
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_DIVIDER]);
}

static gboolean
set_current_value (GtkAccessibleRange *range, double value)
{
  set_divider (RUSHES_WIPE (range), value);

  return TRUE;
}

static void
range_init (GtkAccessibleRangeInterface *iface)
{
  iface->set_current_value = set_current_value;
}

/* ---- a person ---- */

static void
point (RushesWipe *self, double x)
{
  set_divider (self, x / MAX (1, gtk_widget_get_width (GTK_WIDGET (self))));
}

static void
drag_began (RushesWipe *self, double x, double y)
{
  gtk_widget_grab_focus (GTK_WIDGET (self));
  point (self, x);
}

static void
dragged (RushesWipe *self, double dx, double dy, GtkGestureDrag *drag)
{
  double x, y;

  /* A drag that follows a click is not the second of two clicks. */
  if (gtk_drag_check_threshold (GTK_WIDGET (self), 0, 0, (int) dx, (int) dy))
    gtk_gesture_set_state (GTK_GESTURE (drag), GTK_EVENT_SEQUENCE_CLAIMED);
  if (gtk_gesture_drag_get_start_point (drag, &x, &y))
    point (self, x + dx);
}

static gboolean
go (GtkWidget *widget, GVariant *by, gpointer data)
{
  RushesWipe *self = RUSHES_WIPE (widget);

  set_divider (self, self->divider + g_variant_get_double (by));

  return GDK_EVENT_STOP;
}

/* ---- the widget ---- */

static void
rushes_wipe_measure (GtkWidget *widget,
                     GtkOrientation orientation,
                     int for_size,
                     int *minimum,
                     int *natural,
                     int *minimum_baseline,
                     int *natural_baseline)
{
  RushesWipe *self = RUSHES_WIPE (widget);
  GtkWidget *pictures[] = { self->start, self->end, self->handle };

  for (guint i = 0; i < G_N_ELEMENTS (pictures); i++)
    {
      int least, usual;

      gtk_widget_measure (pictures[i], orientation, for_size, &least, &usual, NULL, NULL);
      *minimum = MAX (*minimum, least);
      *natural = MAX (*natural, usual);
    }
}

static void
rushes_wipe_size_allocate (GtkWidget *widget, int width, int height, int baseline)
{
  RushesWipe *self = RUSHES_WIPE (widget);
  GtkRequisition size;

  gtk_widget_size_allocate (self->start, &(GtkAllocation) { 0, 0, width, height }, -1);
  gtk_widget_size_allocate (self->end, &(GtkAllocation) { 0, 0, width, height }, -1);
  gtk_widget_get_preferred_size (self->handle, &size, NULL);
  gtk_widget_size_allocate (self->handle,
                            &(GtkAllocation) { (int) lround (self->divider * width) - size.width / 2,
                                               (height - size.height) / 2, size.width, size.height },
                            -1);
}

static void
rushes_wipe_snapshot (GtkWidget *widget, GtkSnapshot *snapshot)
{
  RushesWipe *self = RUSHES_WIPE (widget);
  float width = (float) gtk_widget_get_width (widget);
  float height = (float) gtk_widget_get_height (widget);
  float x = (float) round (self->divider * width);

  gtk_snapshot_push_clip (snapshot, &GRAPHENE_RECT_INIT (0, 0, x, height));
  gtk_widget_snapshot_child (widget, self->start, snapshot);
  gtk_snapshot_pop (snapshot);
  gtk_snapshot_push_clip (snapshot, &GRAPHENE_RECT_INIT (x, 0, width - x, height));
  gtk_widget_snapshot_child (widget, self->end, snapshot);
  gtk_snapshot_pop (snapshot);

  gtk_snapshot_push_clip (snapshot, &GRAPHENE_RECT_INIT (0, 0, width, height));
  gtk_snapshot_append_color (snapshot, &(GdkRGBA) { 1, 1, 1, 1 },
                             &GRAPHENE_RECT_INIT (x - LINE / 2.0f, 0, LINE, height));
  gtk_widget_snapshot_child (widget, self->handle, snapshot);
  gtk_snapshot_pop (snapshot);
}

static void
rushes_wipe_get_property (GObject *object, guint id, GValue *value, GParamSpec *pspec)
{
  RushesWipe *self = RUSHES_WIPE (object);

  switch (id)
    {
    case PROP_START:
      g_value_set_object (value, gtk_picture_get_paintable (GTK_PICTURE (self->start)));
      break;
    case PROP_END:
      g_value_set_object (value, gtk_picture_get_paintable (GTK_PICTURE (self->end)));
      break;
    case PROP_DIVIDER:
      g_value_set_double (value, self->divider);
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
    }
}

static void
set_picture (RushesWipe *self, GtkWidget *picture, GdkPaintable *paintable, GParamSpec *pspec)
{
  if (gtk_picture_get_paintable (GTK_PICTURE (picture)) == paintable)
    return;
  gtk_picture_set_paintable (GTK_PICTURE (picture), paintable);
  g_object_notify_by_pspec (G_OBJECT (self), pspec);
}

static void
rushes_wipe_set_property (GObject *object, guint id, const GValue *value, GParamSpec *pspec)
{
  RushesWipe *self = RUSHES_WIPE (object);

  switch (id)
    {
    case PROP_START:
      set_picture (self, self->start, g_value_get_object (value), pspec);
      break;
    case PROP_END:
      set_picture (self, self->end, g_value_get_object (value), pspec);
      break;
    case PROP_DIVIDER:
      set_divider (self, g_value_get_double (value));
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
    }
}

static void
rushes_wipe_dispose (GObject *object)
{
  RushesWipe *self = RUSHES_WIPE (object);

  g_clear_pointer (&self->start, gtk_widget_unparent);
  g_clear_pointer (&self->end, gtk_widget_unparent);
  g_clear_pointer (&self->handle, gtk_widget_unparent);

  G_OBJECT_CLASS (rushes_wipe_parent_class)->dispose (object);
}

static void
rushes_wipe_class_init (RushesWipeClass *klass)
{
  const GParamFlags flags = G_PARAM_READWRITE | G_PARAM_STATIC_STRINGS | G_PARAM_EXPLICIT_NOTIFY;
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  object_class->get_property = rushes_wipe_get_property;
  object_class->set_property = rushes_wipe_set_property;
  object_class->dispose = rushes_wipe_dispose;
  widget_class->measure = rushes_wipe_measure;
  widget_class->size_allocate = rushes_wipe_size_allocate;
  widget_class->snapshot = rushes_wipe_snapshot;

  properties[PROP_START] = g_param_spec_object ("start", NULL, NULL, GDK_TYPE_PAINTABLE, flags);
  properties[PROP_END] = g_param_spec_object ("end", NULL, NULL, GDK_TYPE_PAINTABLE, flags);
  properties[PROP_DIVIDER] = g_param_spec_double ("divider", NULL, NULL, 0, 1, 0.5, flags);
  g_object_class_install_properties (object_class, N_PROPS, properties);

  gtk_widget_class_set_css_name (widget_class, "wipe");
  gtk_widget_class_set_accessible_role (widget_class, GTK_ACCESSIBLE_ROLE_SLIDER);
  gtk_widget_class_add_binding (widget_class, GDK_KEY_Left, 0, go, "d", -STEP);
  gtk_widget_class_add_binding (widget_class, GDK_KEY_Right, 0, go, "d", STEP);
  gtk_widget_class_add_binding (widget_class, GDK_KEY_Page_Up, 0, go, "d", -PAGE);
  gtk_widget_class_add_binding (widget_class, GDK_KEY_Page_Down, 0, go, "d", PAGE);
}

static GtkWidget *
make_picture (RushesWipe *self)
{
  GtkWidget *picture = g_object_new (GTK_TYPE_PICTURE, "content-fit", GTK_CONTENT_FIT_CONTAIN, "can-shrink", TRUE,
                                     "accessible-role", GTK_ACCESSIBLE_ROLE_PRESENTATION, NULL);

  gtk_widget_set_parent (picture, GTK_WIDGET (self));

  return picture;
}

static void
rushes_wipe_init (RushesWipe *self)
{
  GtkGesture *drag = gtk_gesture_drag_new ();

  self->divider = 0.5;
  self->start = make_picture (self);
  self->end = make_picture (self);
  self->handle = gtk_image_new_from_icon_name ("object-flip-horizontal-symbolic");
  gtk_widget_add_css_class (self->handle, "wipe-handle");
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->handle), GTK_ACCESSIBLE_PROPERTY_LABEL, "", -1);
  gtk_widget_set_parent (self->handle, GTK_WIDGET (self));

  g_signal_connect_swapped (drag, "drag-begin", G_CALLBACK (drag_began), self);
  g_signal_connect_swapped (drag, "drag-update", G_CALLBACK (dragged), self);
  gtk_widget_add_controller (GTK_WIDGET (self), GTK_EVENT_CONTROLLER (drag));
  gtk_widget_set_focusable (GTK_WIDGET (self), TRUE);
  gtk_widget_set_cursor_from_name (GTK_WIDGET (self), "ew-resize");
  gtk_accessible_update_property (GTK_ACCESSIBLE (self), GTK_ACCESSIBLE_PROPERTY_LABEL, _ ("Divider"),
                                  GTK_ACCESSIBLE_PROPERTY_VALUE_MIN, 0.0, GTK_ACCESSIBLE_PROPERTY_VALUE_MAX, 1.0, -1);
  tell_value (self);
}
