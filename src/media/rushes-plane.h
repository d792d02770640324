/* rushes-plane.h
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* What a sample of 8 bits is multiplied by in a plane: enough below the point that slow moves do not step. */
#define RUSHES_PLANE_ONE 64
/* Samples beside the picture on each side, so that a filter may look over its edge. */
#define RUSHES_PLANE_MARGIN 16

/**
 * RushesPlane:
 *
 * One component of a picture, prepared to be looked at through a moving camera. @samples is the first sample of the
 * picture; rows and samples of the margin lie before and behind it.
 */
typedef struct
{
  int     width;
  int     height;
  gsize   stride; /* samples from one row to the next */
  gint16 *samples;
  gint16 *memory;
} RushesPlane;

/* All samples are 0. */
void    rushes_plane_init   (RushesPlane       *self,
                             int                width,
                             int                height);
void    rushes_plane_clear  (RushesPlane       *self);
gint16 *rushes_plane_row    (const RushesPlane *self,
                             int                y);
/* Repeats the outermost samples in the margin. */
void    rushes_plane_extend (RushesPlane       *self);

/* Samples @n places of one row by a cubic filter: @x, @x + @step, … at the height @y, where whole numbers are the
 * middles of samples. What lies further out than the margin is not looked at: the place is moved to it. @scratch has
 * room for the plane's stride, and is changed. */
void    rushes_plane_sample (const RushesPlane *self,
                             double             y,
                             double             x,
                             double             step,
                             int                n,
                             gint16            *scratch,
                             gint16            *row);

G_END_DECLS
