/* rushes-still.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "rushes-still.h"

#include <math.h>

/* ITU-R BT.709-6, 3: what light and the two differences are made of; 16…235 and 16…240 of 8 bits. */
static void
rgb_to_ycc (const float rgb[3], float ycc[3])
{
  float light = 0.2126f * rgb[0] + 0.7152f * rgb[1] + 0.0722f * rgb[2];

  ycc[0] = 16 + light * 219 / 255;
  ycc[1] = 128 + (rgb[2] - light) / 1.8556f * 224 / 255;
  ycc[2] = 128 + (rgb[0] - light) / 1.5748f * 224 / 255;
}

static gint16
to_sample (float value)
{
  return (gint16) lrintf (CLAMP (value, 0, 255) * RUSHES_PLANE_ONE);
}

void
rushes_rgb_to_samples (const float rgb[3], gint16 samples[3])
{
  float ycc[3];

  rgb_to_ycc (rgb, ycc);
  for (int i = 0; i < 3; i++)
    samples[i] = to_sample (ycc[i]);
}

typedef struct
{
  RushesStill *still;
  float *colors; /* sums of the first of two rows: Cb and Cr of every two pixels */
} Writing;

static void
write_row (int y, const float *row, gpointer data)
{
  Writing *writing = data;
  RushesPlane *planes = writing->still->planes;
  gint16 *light = rushes_plane_row (&planes[0], y);

  for (int x = 0; x < planes[1].width; x++)
    {
      float left[3], right[3];

      rgb_to_ycc (row + 6 * (gsize) x, left);
      rgb_to_ycc (row + 6 * (gsize) x + 3, right);
      light[2 * x] = to_sample (left[0]);
      light[2 * x + 1] = to_sample (right[0]);
      for (int i = 0; i < 2; i++)
        {
          float *sum = &writing->colors[2 * x + i];

          if (y % 2 == 0)
            *sum = left[i + 1] + right[i + 1];
          else
            rushes_plane_row (&planes[i + 1], y / 2)[x] = to_sample ((*sum + left[i + 1] + right[i + 1]) / 4);
        }
    }
}

static void
begin (Writing *writing, const RushesArea *area, int width, int height)
{
  RushesStill *still = g_new0 (RushesStill, 1);

  still->area = *area;
  for (int i = 0; i < 3; i++)
    rushes_plane_init (&still->planes[i], i == 0 ? width : width / 2, i == 0 ? height : height / 2);
  writing->still = still;
  writing->colors = g_new (float, width);
}

static RushesStill *
finish (Writing *writing)
{
  for (int i = 0; i < 3; i++)
    rushes_plane_extend (&writing->still->planes[i]);
  g_free (writing->colors);
  return writing->still;
}

RushesStill *
rushes_still_new (const RushesRaster *raster, const RushesArea *area, int width, int height, double scale)
{
  Writing writing;

  g_return_val_if_fail (raster->channels == 3, NULL);
  g_return_val_if_fail (width % 2 == 0 && height % 2 == 0, NULL);

  begin (&writing, area, width, height);
  rushes_resample (raster, area, width, height, RUSHES_STILL_SOFTNESS * scale, write_row, &writing);
  return finish (&writing);
}

RushesStill *
rushes_still_new_painted (const RushesArea *area, int width, int height, RushesPaintFunc func, gpointer user_data)
{
  g_autofree float *row = g_new (float, 3 * (gsize) width);
  Writing writing;

  g_return_val_if_fail (width % 2 == 0 && height % 2 == 0, NULL);

  begin (&writing, area, width, height);
  for (int y = 0; y < height; y++)
    {
      for (int x = 0; x < width; x++)
        func (area->x + (x + 0.5) * area->width / width, area->y + (y + 0.5) * area->height / height,
              row + 3 * (gsize) x, user_data);
      write_row (y, row, &writing);
    }
  return finish (&writing);
}

void
rushes_still_free (RushesStill *self)
{
  for (int i = 0; i < 3; i++)
    rushes_plane_clear (&self->planes[i]);
  g_free (self);
}
