/* rushes-still.h
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "rushes-plane.h"
#include "rushes-resampler.h"

G_BEGIN_DECLS

/* How many samples of a still lie in a pixel of a frame, along a line, at the camera's closest: with some to spare, all
 * places between samples look equally sharp, so that nothing shimmers while the camera moves. */
#define RUSHES_STILL_DENSITY 1.5
/* How many pixels of a frame the finest detail covers: a little more than one, since what is as fine as the pixels
 * themselves flickers between them. With this and the density, the contrast of pure noise varies by a twentieth over all
 * places; without, by a third. */
#define RUSHES_STILL_SOFTNESS 1.2

/**
 * RushesStill:
 *
 * A picture made ready for a camera: Y′CbCr of BT.709 in limited range, colour at half the size (the middle of a sample
 * of colour is the middle of four of light). It covers @area of the picture, in the picture's own pixels.
 */
typedef struct
{
  RushesPlane planes[3];
  RushesArea  area;
} RushesStill;

/* @raster has three channels; @scale is how many of its pixels a pixel of a frame shows,
 * on average. @width and @height are those of the light, and even. */
RushesStill *rushes_still_new           (const RushesRaster *raster,
                                         const RushesArea   *area,
                                         int                 width,
                                         int                 height,
                                         double              scale) G_GNUC_WARN_UNUSED_RESULT;
/* Paints one instead: @func gives R, G, B (0…255) of a point of the area. */
typedef void (*RushesPaintFunc) (double   x,
                                 double   y,
                                 float    rgb[3],
                                 gpointer user_data);
RushesStill *rushes_still_new_painted   (const RushesArea   *area,
                                         int                 width,
                                         int                 height,
                                         RushesPaintFunc     func,
                                         gpointer            user_data) G_GNUC_WARN_UNUSED_RESULT;
void         rushes_still_free          (RushesStill        *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (RushesStill, rushes_still_free)

/* R, G, B (0…255) to samples of a plane. */
void         rushes_rgb_to_samples      (const float         rgb[3],
                                         gint16              samples[3]);

G_END_DECLS
