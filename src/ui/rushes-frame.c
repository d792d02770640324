/* rushes-frame.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "rushes-frame.h"

#include <math.h>

struct _RushesFrame
{
  AdwBin parent_instance;

  double ratio;
  int minimum_width;
  int natural_width;
  int maximum_height;
};

enum
{
  PROP_RATIO = 1,
  PROP_MINIMUM_WIDTH,
  PROP_NATURAL_WIDTH,
  PROP_MAXIMUM_HEIGHT,
  N_PROPS,
};

static GParamSpec *properties[N_PROPS];

G_DEFINE_FINAL_TYPE (RushesFrame, rushes_frame, ADW_TYPE_BIN)

static int
height_of (RushesFrame *self, int width)
{
  int height = (int) lround (width / self->ratio);

  return self->maximum_height >= 0 ? MIN (height, self->maximum_height) : height;
}

static void
rushes_frame_measure (GtkWidget *widget,
                      GtkOrientation orientation,
                      int for_size,
                      int *minimum,
                      int *natural,
                      int *minimum_baseline,
                      int *natural_baseline)
{
  RushesFrame *self = RUSHES_FRAME (widget);
  int wanted = MAX (self->minimum_width, self->natural_width);

  *minimum_baseline = *natural_baseline = -1;
  if (orientation == GTK_ORIENTATION_HORIZONTAL)
    {
      *minimum = self->minimum_width;
      *natural = wanted;
    }
  else
    {
      *natural = height_of (self, for_size >= 0 ? for_size : wanted);
      *minimum = for_size >= 0 ? *natural : MIN (*natural, height_of (self, self->minimum_width));
    }
}

static void
rushes_frame_size_allocate (GtkWidget *widget, int width, int height, int baseline)
{
  GtkWidget *child = adw_bin_get_child (ADW_BIN (widget));
  int width_needed = 0;
  int height_needed = 0;

  if (child == NULL || !gtk_widget_should_layout (child))
    return;

  /* The child has no say in the size; what does not fit is cut off. */
  gtk_widget_measure (child, GTK_ORIENTATION_HORIZONTAL, -1, &width_needed, NULL, NULL, NULL);
  width_needed = MAX (width, width_needed);
  gtk_widget_measure (child, GTK_ORIENTATION_VERTICAL, width_needed, &height_needed, NULL, NULL, NULL);
  gtk_widget_allocate (child, width_needed, MAX (height, height_needed), baseline, NULL);
}

static GtkSizeRequestMode
rushes_frame_get_request_mode (GtkWidget *widget)
{
  return GTK_SIZE_REQUEST_HEIGHT_FOR_WIDTH;
}

static void
rushes_frame_get_property (GObject *object, guint id, GValue *value, GParamSpec *pspec)
{
  RushesFrame *self = RUSHES_FRAME (object);

  switch (id)
    {
    case PROP_RATIO:
      g_value_set_double (value, self->ratio);
      break;
    case PROP_MINIMUM_WIDTH:
      g_value_set_int (value, self->minimum_width);
      break;
    case PROP_NATURAL_WIDTH:
      g_value_set_int (value, self->natural_width);
      break;
    case PROP_MAXIMUM_HEIGHT:
      g_value_set_int (value, self->maximum_height);
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
    }
}

static void
set_int (RushesFrame *self, int *member, const GValue *value, GParamSpec *pspec)
{
  if (*member == g_value_get_int (value))
    return;
  *member = g_value_get_int (value);
  gtk_widget_queue_resize (GTK_WIDGET (self));
  g_object_notify_by_pspec (G_OBJECT (self), pspec);
}

static void
rushes_frame_set_property (GObject *object, guint id, const GValue *value, GParamSpec *pspec)
{
  RushesFrame *self = RUSHES_FRAME (object);

  switch (id)
    {
    case PROP_RATIO:
      rushes_frame_set_ratio (self, g_value_get_double (value));
      break;
    case PROP_MINIMUM_WIDTH:
      set_int (self, &self->minimum_width, value, pspec);
      break;
    case PROP_NATURAL_WIDTH:
      set_int (self, &self->natural_width, value, pspec);
      break;
    case PROP_MAXIMUM_HEIGHT:
      set_int (self, &self->maximum_height, value, pspec);
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
    }
}

static void
rushes_frame_class_init (RushesFrameClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);
  GParamFlags flags = G_PARAM_READWRITE | G_PARAM_EXPLICIT_NOTIFY | G_PARAM_STATIC_STRINGS;

  object_class->get_property = rushes_frame_get_property;
  object_class->set_property = rushes_frame_set_property;
  widget_class->measure = rushes_frame_measure;
  widget_class->size_allocate = rushes_frame_size_allocate;
  widget_class->get_request_mode = rushes_frame_get_request_mode;

  properties[PROP_RATIO] = g_param_spec_double ("ratio", NULL, NULL, 0.01, 100.0, 16.0 / 9.0, flags);
  properties[PROP_MINIMUM_WIDTH] = g_param_spec_int ("minimum-width", NULL, NULL, 0, G_MAXINT, 0, flags);
  properties[PROP_NATURAL_WIDTH] = g_param_spec_int ("natural-width", NULL, NULL, 0, G_MAXINT, 0, flags);
  properties[PROP_MAXIMUM_HEIGHT] = g_param_spec_int ("maximum-height", NULL, NULL, -1, G_MAXINT, -1, flags);
  g_object_class_install_properties (object_class, N_PROPS, properties);
}

static void
rushes_frame_init (RushesFrame *self)
{
  self->ratio = 16.0 / 9.0;
  self->maximum_height = -1;
  /* AdwBin lays its child out through a layout manager, which would go before the functions above. */
  gtk_widget_set_layout_manager (GTK_WIDGET (self), NULL);
  gtk_widget_set_overflow (GTK_WIDGET (self), GTK_OVERFLOW_HIDDEN);
}

GtkWidget *
rushes_frame_new (void)
{
  return g_object_new (RUSHES_TYPE_FRAME, NULL);
}

double
rushes_frame_get_ratio (RushesFrame *self)
{
  g_return_val_if_fail (RUSHES_IS_FRAME (self), 1.0);

  return self->ratio;
}

void
rushes_frame_set_ratio (RushesFrame *self, double ratio)
{
  g_return_if_fail (RUSHES_IS_FRAME (self));

  ratio = CLAMP (ratio, 0.01, 100.0);
  if (self->ratio == ratio)
    return;
  self->ratio = ratio;
  gtk_widget_queue_resize (GTK_WIDGET (self));
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_RATIO]);
}
