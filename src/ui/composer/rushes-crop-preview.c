/* rushes-crop-preview.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "rushes-crop-preview.h"

#include <math.h>

#include "rushes-frame.h"

/* A difference of a hundredth is a pixel or two in the preview. */
#define SAME 0.01

struct _RushesCropPreview
{
  AdwBin parent_instance;

  GdkPaintable *paintable;
  int width; /* of the picture */
  int height;
  int maximum_height;
  double aspect;

  GtkOverlay *overlay;
  RushesFrame *frame;
  GtkPicture *picture;
  GtkWidget *before;
  GtkWidget *after;
};

enum
{
  PROP_PAINTABLE = 1,
  PROP_MAXIMUM_HEIGHT,
  PROP_ASPECT,
  N_PROPS,
};

static GParamSpec *properties[N_PROPS];

G_DEFINE_FINAL_TYPE (RushesCropPreview, rushes_crop_preview, ADW_TYPE_BIN)

/* The part that is left out lies under two bars; the part between them is what will be seen. */
static gboolean
place_bar (GtkOverlay *overlay, GtkWidget *bar, GdkRectangle *place, RushesCropPreview *self)
{
  double width = gtk_widget_get_width (GTK_WIDGET (self->frame));
  double height = gtk_widget_get_height (GTK_WIDGET (self->frame));
  double scale = MIN (width / self->width, height / self->height);
  double picture_width = self->width * scale;
  double picture_height = self->height * scale;

  place->x = (int) lround ((width - picture_width) / 2);
  place->y = (int) lround ((height - picture_height) / 2);
  place->width = (int) lround (picture_width);
  place->height = (int) lround (picture_height);
  if ((double) self->width / self->height > self->aspect)
    {
      int bar_width = (int) lround ((picture_width - picture_height * self->aspect) / 2);

      if (bar == self->after)
        place->x += place->width - bar_width;
      place->width = bar_width;
    }
  else
    {
      int bar_height = (int) lround ((picture_height - picture_width / self->aspect) / 2);

      if (bar == self->after)
        place->y += place->height - bar_height;
      place->height = bar_height;
    }

  return TRUE;
}

static void
follow (RushesCropPreview *self)
{
  gboolean shown = FALSE;

  if (self->width > 0 && self->aspect > 0)
    {
      double ratio = (double) self->width / self->height;
      gboolean sides = ratio > self->aspect;

      shown = fabs (ratio / self->aspect - 1) > SAME;
      gtk_widget_set_css_classes (self->before, (const char *[]) { "crop", sides ? "crop-left" : "crop-top", NULL });
      gtk_widget_set_css_classes (self->after, (const char *[]) { "crop", sides ? "crop-right" : "crop-bottom", NULL });
    }
  gtk_widget_set_visible (self->before, shown);
  gtk_widget_set_visible (self->after, shown);
  gtk_widget_queue_resize (GTK_WIDGET (self->overlay));
}

void
rushes_crop_preview_set_picture (RushesCropPreview *self, int width, int height, const char *name)
{
  g_return_if_fail (RUSHES_IS_CROP_PREVIEW (self));
  g_return_if_fail (width > 0 && height > 0);

  self->width = width;
  self->height = height;
  rushes_frame_set_ratio (self->frame, (double) width / height);
  gtk_picture_set_alternative_text (self->picture, name);
  follow (self);
}

GdkPaintable *
rushes_crop_preview_get_paintable (RushesCropPreview *self)
{
  g_return_val_if_fail (RUSHES_IS_CROP_PREVIEW (self), NULL);

  return self->paintable;
}

void
rushes_crop_preview_set_paintable (RushesCropPreview *self, GdkPaintable *paintable)
{
  g_return_if_fail (RUSHES_IS_CROP_PREVIEW (self));

  if (g_set_object (&self->paintable, paintable))
    g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_PAINTABLE]);
}

double
rushes_crop_preview_get_aspect (RushesCropPreview *self)
{
  g_return_val_if_fail (RUSHES_IS_CROP_PREVIEW (self), 0);

  return self->aspect;
}

void
rushes_crop_preview_set_aspect (RushesCropPreview *self, double aspect)
{
  g_return_if_fail (RUSHES_IS_CROP_PREVIEW (self));

  if (self->aspect == aspect)
    return;
  self->aspect = aspect;
  follow (self);
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_ASPECT]);
}

static void
rushes_crop_preview_get_property (GObject *object, guint id, GValue *value, GParamSpec *pspec)
{
  RushesCropPreview *self = RUSHES_CROP_PREVIEW (object);

  switch (id)
    {
    case PROP_PAINTABLE:
      g_value_set_object (value, self->paintable);
      break;
    case PROP_MAXIMUM_HEIGHT:
      g_value_set_int (value, self->maximum_height);
      break;
    case PROP_ASPECT:
      g_value_set_double (value, self->aspect);
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
    }
}

static void
rushes_crop_preview_set_property (GObject *object, guint id, const GValue *value, GParamSpec *pspec)
{
  RushesCropPreview *self = RUSHES_CROP_PREVIEW (object);

  switch (id)
    {
    case PROP_PAINTABLE:
      rushes_crop_preview_set_paintable (self, g_value_get_object (value));
      break;
    case PROP_MAXIMUM_HEIGHT:
      if (self->maximum_height == g_value_get_int (value))
        return;
      self->maximum_height = g_value_get_int (value);
      g_object_notify_by_pspec (object, pspec);
      break;
    case PROP_ASPECT:
      rushes_crop_preview_set_aspect (self, g_value_get_double (value));
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
    }
}

static void
rushes_crop_preview_dispose (GObject *object)
{
  RushesCropPreview *self = RUSHES_CROP_PREVIEW (object);

  gtk_widget_dispose_template (GTK_WIDGET (self), RUSHES_TYPE_CROP_PREVIEW);
  g_clear_object (&self->paintable);

  G_OBJECT_CLASS (rushes_crop_preview_parent_class)->dispose (object);
}

static void
rushes_crop_preview_class_init (RushesCropPreviewClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);
  GParamFlags flags = G_PARAM_READWRITE | G_PARAM_EXPLICIT_NOTIFY | G_PARAM_STATIC_STRINGS;

  object_class->get_property = rushes_crop_preview_get_property;
  object_class->set_property = rushes_crop_preview_set_property;
  object_class->dispose = rushes_crop_preview_dispose;

  properties[PROP_PAINTABLE] = g_param_spec_object ("paintable", NULL, NULL, GDK_TYPE_PAINTABLE, flags);
  properties[PROP_MAXIMUM_HEIGHT] = g_param_spec_int ("maximum-height", NULL, NULL, -1, G_MAXINT, -1, flags);
  properties[PROP_ASPECT] = g_param_spec_double ("aspect", NULL, NULL, 0, 100, 0, flags);
  g_object_class_install_properties (object_class, N_PROPS, properties);

  g_type_ensure (RUSHES_TYPE_FRAME);
  gtk_widget_class_set_template_from_resource (widget_class, RESOURCE_PATH "/ui/rushes-crop-preview.ui");
  gtk_widget_class_bind_template_child (widget_class, RushesCropPreview, overlay);
  gtk_widget_class_bind_template_child (widget_class, RushesCropPreview, frame);
  gtk_widget_class_bind_template_child (widget_class, RushesCropPreview, picture);
  gtk_widget_class_bind_template_child (widget_class, RushesCropPreview, before);
  gtk_widget_class_bind_template_child (widget_class, RushesCropPreview, after);
}

static void
rushes_crop_preview_init (RushesCropPreview *self)
{
  self->maximum_height = -1;
  gtk_widget_init_template (GTK_WIDGET (self));
  g_signal_connect_object (self->overlay, "get-child-position", G_CALLBACK (place_bar), self, 0);
}
