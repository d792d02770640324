/* rushes-fit.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "rushes-fit.h"

struct _RushesFit
{
  GtkWidget parent_instance;

  GtkWidget *wide;
  GtkWidget *narrow;
};

G_DEFINE_FINAL_TYPE (RushesFit, rushes_fit, GTK_TYPE_WIDGET)

static void
rushes_fit_measure (GtkWidget *widget,
                    GtkOrientation orientation,
                    int for_size,
                    int *minimum,
                    int *natural,
                    int *minimum_baseline,
                    int *natural_baseline)
{
  RushesFit *self = RUSHES_FIT (widget);
  int wide_minimum, wide_natural, narrow_minimum, narrow_natural;

  gtk_widget_measure (self->wide, orientation, -1, &wide_minimum, &wide_natural, NULL, NULL);
  gtk_widget_measure (self->narrow, orientation, -1, &narrow_minimum, &narrow_natural, NULL, NULL);
  *minimum_baseline = *natural_baseline = -1;
  if (orientation == GTK_ORIENTATION_HORIZONTAL)
    {
      *minimum = narrow_minimum;
      *natural = MAX (narrow_minimum, wide_natural);
    }
  else
    {
      *minimum = MAX (wide_minimum, narrow_minimum);
      *natural = MAX (wide_natural, narrow_natural);
    }
}

static void
rushes_fit_size_allocate (GtkWidget *widget, int width, int height, int baseline)
{
  RushesFit *self = RUSHES_FIT (widget);
  int natural, own_width;
  gboolean fits;
  GtkWidget *shown;
  GskTransform *transform = NULL;

  gtk_widget_measure (self->wide, GTK_ORIENTATION_HORIZONTAL, -1, NULL, &natural, NULL, NULL);
  fits = width >= natural;
  shown = fits ? self->wide : self->narrow;
  gtk_widget_set_child_visible (self->wide, fits);
  gtk_widget_set_child_visible (self->narrow, !fits);

  /* At the end of the line, as what stands there alone would be. */
  gtk_widget_measure (shown, GTK_ORIENTATION_HORIZONTAL, -1, NULL, &natural, NULL, NULL);
  own_width = MIN (width, natural);
  if (gtk_widget_get_direction (widget) == GTK_TEXT_DIR_LTR)
    transform = gsk_transform_translate (NULL, &GRAPHENE_POINT_INIT (width - own_width, 0));
  gtk_widget_allocate (shown, own_width, height, baseline, transform);
}

static void
rushes_fit_dispose (GObject *object)
{
  RushesFit *self = RUSHES_FIT (object);

  g_clear_pointer (&self->wide, gtk_widget_unparent);
  g_clear_pointer (&self->narrow, gtk_widget_unparent);

  G_OBJECT_CLASS (rushes_fit_parent_class)->dispose (object);
}

static void
rushes_fit_class_init (RushesFitClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = rushes_fit_dispose;
  GTK_WIDGET_CLASS (klass)->measure = rushes_fit_measure;
  GTK_WIDGET_CLASS (klass)->size_allocate = rushes_fit_size_allocate;
}

static void
rushes_fit_init (RushesFit *self)
{
}

GtkWidget *
rushes_fit_new (GtkWidget *wide, GtkWidget *narrow)
{
  RushesFit *self = g_object_new (RUSHES_TYPE_FIT, NULL);

  self->wide = wide;
  self->narrow = narrow;
  gtk_widget_set_parent (wide, GTK_WIDGET (self));
  gtk_widget_set_parent (narrow, GTK_WIDGET (self));

  return GTK_WIDGET (self);
}
