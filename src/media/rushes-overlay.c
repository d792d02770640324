/* rushes-overlay.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "rushes-overlay.h"

#include <math.h>
#include <string.h>

#include "rushes-move.h"
#include "rushes-resampler.h"
#include "rushes-still.h"

#define FULL (255 * RUSHES_PLANE_ONE)

static void
write_row (int y, const float *row, gpointer data)
{
  RushesPlane *plane = data;
  gint16 *samples = rushes_plane_row (plane, y);

  for (int x = 0; x < plane->width; x++)
    samples[x] = (gint16) lrintf (CLAMP (row[x], 0, 255) * RUSHES_PLANE_ONE);
}

RushesOverlay *
rushes_overlay_new (cairo_surface_t *surface, double oversampling, gboolean moves, const float rgb[3])
{
  RushesOverlay *self = g_new0 (RushesOverlay, 1);
  RushesRaster raster;

  cairo_surface_flush (surface);
  raster = (RushesRaster) {
    .pixels = cairo_image_surface_get_data (surface),
    .stride = cairo_image_surface_get_stride (surface),
    .width = cairo_image_surface_get_width (surface),
    .height = cairo_image_surface_get_height (surface),
    .channels = 1,
  };

  self->density = moves ? RUSHES_STILL_DENSITY : 1;
  self->opacity = 1;
  self->leaves = G_MAXDOUBLE;
  rushes_rgb_to_samples (rgb, self->color);
  for (int i = 0; i < 2; i++)
    {
      double spacing = oversampling / self->density * (i + 1); /* pixels of the surface from one sample to the next */
      int width = (int) ceil (raster.width / spacing), height = (int) ceil (raster.height / spacing);
      RushesArea area = { 0, 0, width * spacing, height * spacing };
      double softness = oversampling * (i + 1) * (moves ? RUSHES_STILL_SOFTNESS : 1);

      rushes_plane_init (&self->coverage[i], width, height);
      rushes_resample (&raster, &area, width, height, softness, write_row, &self->coverage[i]);
      rushes_plane_extend (&self->coverage[i]);
    }

  return self;
}

void
rushes_overlay_free (RushesOverlay *self)
{
  for (int i = 0; i < 2; i++)
    rushes_plane_clear (&self->coverage[i]);
  g_free (self);
}

gboolean
rushes_overlay_place (const RushesOverlay *self,
                      double seconds,
                      double length,
                      int frame_width,
                      int frame_height,
                      RushesPlacement *placement)
{
  double come = self->appearing > 0 ? CLAMP ((seconds - self->appears) / self->appearing, 0, 1) : 1;
  double gone = self->leaving > 0 ? CLAMP ((seconds - self->leaves) / self->leaving, 0, 1) : 0;
  double grown = 1 + self->growth * seconds / length;
  /* Arrives softly; there is nothing to leave from. */
  double way = 1 - (1 - come) * (1 - come) * (1 - come);

  placement->opacity = self->opacity * rushes_ease (come) * (1 - rushes_ease (gone));
  placement->magnification = grown;
  placement->x = frame_width / 2.0 + (self->x - frame_width / 2.0) * grown;
  placement->y = frame_height / 2.0 + (self->y + self->rise * (1 - way) - frame_height / 2.0) * grown;

  return placement->opacity > 0;
}

static void
blend (gint16 *restrict line, const gint16 *restrict cover, gint16 color, int opacity, gsize n)
{
  for (gsize i = 0; i < n; i += 16)
    for (int k = 0; k < 16; k++)
      {
        int share = CLAMP (cover[i + k], 0, FULL) * opacity >> 14;

        line[i + k] = (gint16) (line[i + k] + (((color - line[i + k]) * share + 8192) >> 14));
      }
}

void
rushes_overlay_draw_row (const RushesOverlay *self,
                         const RushesPlacement *placement,
                         int plane,
                         int row,
                         gint16 *line,
                         int n,
                         gint16 *cover,
                         gint16 *scratch)
{
  const RushesPlane *coverage = &self->coverage[plane > 0];
  int every = plane > 0 ? 2 : 1; /* pixels of the frame a sample of this plane */
  double density = self->density / placement->magnification / every;
  /* Samples of colour lie between two rows of light, and in the columns of every second one. */
  double y = ((row + 0.5) * every - placement->y) * density - 0.5;
  double x = (0.5 - placement->x) * density - 0.5, step = every * density;
  int first = MAX (0, (int) ceil ((-1 - x) / step));
  int end = MIN (n, (int) floor ((coverage->width - x) / step) + 1);

  if (y <= -1 || y >= coverage->height || first >= end)
    return;

  rushes_plane_sample (coverage, y, x + first * step, step, end - first, scratch, cover);
  memset (cover + (end - first), 0, 16 * sizeof (gint16));
  /* 255 of 255 have to become the whole of 1 << 14. */
  blend (line + first, cover, self->color[plane], (int) lrint (placement->opacity * (1 << 14) * (1 << 14) / FULL),
         end - first);
}
