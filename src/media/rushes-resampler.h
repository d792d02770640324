/* rushes-resampler.h
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* Pixels of 8 bits a channel, one or three channels side by side. */
typedef struct
{
  const guint8 *pixels;
  gsize         stride; /* bytes from one row to the next */
  int           width;
  int           height;
  int           channels;
} RushesRaster;

/* A part of a raster; its edges may lie between pixels. */
typedef struct
{
  double x;
  double y;
  double width;
  double height;
} RushesArea;

typedef void (*RushesRowFunc) (int          y,
                               const float *row,
                               gpointer     user_data);

/* Scales @area of a raster to @width × @height and gives the rows, top to bottom, as floats with the raster's channels
 * (0…255, a little beyond at sharp edges). @softness is how many of the raster's pixels the finest detail may spread
 * over: the pixels of the raster that a pixel of the final frame covers, so that what is too fine for the frame is gone,
 * even if the rows given here are finer. Below 1 nothing is softened. */
void rushes_resample (const RushesRaster *raster,
                      const RushesArea   *area,
                      int                 width,
                      int                 height,
                      double              softness,
                      RushesRowFunc       func,
                      gpointer            user_data);

G_END_DECLS
