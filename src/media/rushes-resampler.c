/* rushes-resampler.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "rushes-resampler.h"

#include <math.h>
#include <string.h>

/* For every place along one axis: which pixels count, and how much. */
typedef struct
{
  int taps;
  int *first;     /* may lie outside; the outermost pixels stand for all beyond them */
  float *weights; /* taps for each place */
} Filter;

/* How far the filter reaches, to each side. */
#define RADIUS 3

static double
sinc (double x)
{
  return fabs (x) < 1e-9 ? 1 : sin (G_PI * x) / (G_PI * x);
}

/* Lanczos: of the filters of its length the one that keeps most of what may stay and least of what must go. */
static double
lanczos (double x)
{
  return fabs (x) < RADIUS ? sinc (x) * sinc (x / RADIUS) : 0;
}

static void
filter_init (Filter *self, double from, double length, int n, double softness)
{
  double stretch = MAX (softness, 1);

  self->taps = (int) ceil (2 * RADIUS * stretch) + 1;
  self->first = g_new (int, n);
  self->weights = g_new (float, (gsize) n * self->taps);

  for (int i = 0; i < n; i++)
    {
      double at = from + (i + 0.5) * length / n - 0.5;
      float *weights = self->weights + (gsize) i * self->taps;
      double sum = 0;

      self->first[i] = (int) floor (at - RADIUS * stretch) + 1;
      for (int k = 0; k < self->taps; k++)
        sum += weights[k] = (float) lanczos ((self->first[i] + k - at) / stretch);
      for (int k = 0; k < self->taps; k++)
        weights[k] /= (float) sum;
    }
}

static void
filter_clear (Filter *self)
{
  g_free (self->first);
  g_free (self->weights);
}

static void
add_row (float *restrict sum, const guint8 *restrict pixels, float weight, gsize n)
{
  for (gsize i = 0; i < n; i += 16)
    for (int k = 0; k < 16; k++)
      sum[i + k] += weight * pixels[i + k];
}

/* @source has the pixels that the filter reaches for, also those beyond the edges. */
static inline void
across (const Filter *filter, const float *restrict source, int first, int channels, float *restrict row, int width)
{
  for (int x = 0; x < width; x++)
    {
      const float *weights = filter->weights + (gsize) x * filter->taps;
      const float *pixel = source + (gsize) (filter->first[x] - first) * channels;
      float *out = row + (gsize) x * channels, one = 0, two = 0, three = 0;

      for (int k = 0; k < filter->taps; k++, pixel += channels)
        {
          one += weights[k] * pixel[0];
          if (channels == 3)
            {
              two += weights[k] * pixel[1];
              three += weights[k] * pixel[2];
            }
        }
      out[0] = one;
      if (channels == 3)
        {
          out[1] = two;
          out[2] = three;
        }
    }
}

/* What lies beyond an edge is as what lies at it. */
static void
fill_margins (float *pixels, int before, int inside, int after, int channels)
{
  for (int i = 0; i < before * channels; i++)
    pixels[i] = pixels[before * channels + i % channels];
  for (int i = 0; i < after * channels; i++)
    pixels[(before + inside) * channels + i] = pixels[(before + inside - 1) * channels + i % channels];
}

void
rushes_resample (const RushesRaster *raster,
                 const RushesArea *area,
                 int width,
                 int height,
                 double softness,
                 RushesRowFunc func,
                 gpointer user_data)
{
  Filter columns, rows;
  int first, last, left, right, before, after;
  gsize n, padded;
  g_autofree float *sums = NULL, *row = NULL;
  g_autofree guint8 *copy = NULL;

  g_return_if_fail (raster->channels == 1 || raster->channels == 3);

  filter_init (&columns, area->x, area->width, width, softness);
  filter_init (&rows, area->y, area->height, height, softness);

  /* Columns that the filter reaches for, and those of them that there are. */
  first = columns.first[0];
  last = columns.first[width - 1] + columns.taps;
  left = CLAMP (first, 0, raster->width - 1);
  right = CLAMP (last, left + 1, raster->width);
  before = MAX (0, left - first);
  after = MAX (0, last - right);
  first = left - before;

  n = (gsize) (right - left) * raster->channels;
  padded = (n + 15) / 16 * 16;
  sums = g_new (float, padded + (gsize) (before + after) * raster->channels);
  copy = g_new0 (guint8, padded);
  row = g_new (float, (gsize) width * raster->channels);

  for (int y = 0; y < height; y++)
    {
      float *inside = sums + (gsize) before * raster->channels;

      memset (inside, 0, padded * sizeof (float));
      for (int k = 0; k < rows.taps; k++)
        {
          int line = CLAMP (rows.first[y] + k, 0, raster->height - 1);

          memcpy (copy, raster->pixels + line * raster->stride + (gsize) left * raster->channels, n);
          add_row (inside, copy, rows.weights[(gsize) y * rows.taps + k], padded);
        }
      fill_margins (sums, before, right - left, after, raster->channels);
      if (raster->channels == 3)
        across (&columns, sums, first, 3, row, width);
      else
        across (&columns, sums, first, 1, row, width);
      func (y, row, user_data);
    }

  filter_clear (&columns);
  filter_clear (&rows);
}
