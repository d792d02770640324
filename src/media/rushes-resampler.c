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

static void
across (const Filter *filter, const float *source, int offset, int source_width, int channels, float *row, int width)
{
  for (int x = 0; x < width; x++)
    {
      const float *weights = filter->weights + (gsize) x * filter->taps;
      float sums[4] = { 0 };

      for (int k = 0; k < filter->taps; k++)
        {
          int column = CLAMP (filter->first[x] + k - offset, 0, source_width - 1);

          for (int c = 0; c < channels; c++)
            sums[c] += weights[k] * source[column * channels + c];
        }
      memcpy (row + (gsize) x * channels, sums, channels * sizeof (float));
    }
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
  int left, right;
  gsize n, padded;
  g_autofree float *sum = NULL, *row = NULL;
  g_autofree guint8 *copy = NULL;

  g_return_if_fail (raster->channels <= 4);

  filter_init (&columns, area->x, area->width, width, softness);
  filter_init (&rows, area->y, area->height, height, softness);
  left = CLAMP (columns.first[0], 0, raster->width - 1);
  right = CLAMP (columns.first[width - 1] + columns.taps, left + 1, raster->width);
  n = (gsize) (right - left) * raster->channels;
  padded = (n + 15) / 16 * 16;
  sum = g_new (float, padded);
  copy = g_new0 (guint8, padded);
  row = g_new (float, (gsize) width * raster->channels);

  for (int y = 0; y < height; y++)
    {
      memset (sum, 0, padded * sizeof (float));
      for (int k = 0; k < rows.taps; k++)
        {
          int line = CLAMP (rows.first[y] + k, 0, raster->height - 1);

          memcpy (copy, raster->pixels + line * raster->stride + (gsize) left * raster->channels, n);
          add_row (sum, copy, rows.weights[(gsize) y * rows.taps + k], padded);
        }
      across (&columns, sum, left, right - left, raster->channels, row, width);
      func (y, row, user_data);
    }

  filter_clear (&columns);
  filter_clear (&rows);
}
