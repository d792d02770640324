/* rushes-plane.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "rushes-plane.h"

#include <math.h>
#include <string.h>

/* A row is as long as a multiple of this, so that the loops below have a length the compiler knows and can do many
 * samples at once. */
#define BLOCK 16
/* Places between two samples that the filter knows. */
#define PHASES      1024
#define WEIGHT_BITS 14
#define ROUND       (1 << (WEIGHT_BITS - 1))

void
rushes_plane_init (RushesPlane *self, int width, int height)
{
  gsize rows = (gsize) height + 2 * RUSHES_PLANE_MARGIN;

  self->width = width;
  self->height = height;
  self->stride = ((gsize) width + 2 * RUSHES_PLANE_MARGIN + BLOCK - 1) / BLOCK * BLOCK;
  self->memory = g_new0 (gint16, rows * self->stride);
  self->samples = self->memory + RUSHES_PLANE_MARGIN * self->stride + RUSHES_PLANE_MARGIN;
}

void
rushes_plane_clear (RushesPlane *self)
{
  g_clear_pointer (&self->memory, g_free);
  self->samples = NULL;
}

gint16 *
rushes_plane_row (const RushesPlane *self, int y)
{
  return self->samples + (gssize) y * (gssize) self->stride;
}

void
rushes_plane_extend (RushesPlane *self)
{
  for (int y = 0; y < self->height; y++)
    {
      gint16 *row = rushes_plane_row (self, y);

      for (int x = 1; x <= RUSHES_PLANE_MARGIN; x++)
        {
          row[-x] = row[0];
          row[self->width - 1 + x] = row[self->width - 1];
        }
    }
  for (int y = 1; y <= RUSHES_PLANE_MARGIN; y++)
    {
      gint16 *first = rushes_plane_row (self, 0) - RUSHES_PLANE_MARGIN;
      gint16 *last = rushes_plane_row (self, self->height - 1) - RUSHES_PLANE_MARGIN;

      memcpy (first - (gsize) y * self->stride, first, self->stride * sizeof (gint16));
      memcpy (last + (gsize) y * self->stride, last, self->stride * sizeof (gint16));
    }
}

static gint16 weights[PHASES][4];

/* Keys' cubic with a = -1/2 (Catmull-Rom): it keeps what is sharp, and planes are made finer than the frames so that no
 * place between two samples looks softer than another. */
static gpointer
make_weights (gpointer data)
{
  for (int i = 0; i < PHASES; i++)
    {
      double t = (double) i / PHASES;
      double w[4] = {
        ((-0.5 * t + 1) * t - 0.5) * t,
        (1.5 * t - 2.5) * t * t + 1,
        ((-1.5 * t + 2) * t + 0.5) * t,
        (0.5 * t - 0.5) * t * t,
      };
      int sum = 0;

      for (int k = 0; k < 4; k++)
        sum += weights[i][k] = (gint16) lround (w[k] * (1 << WEIGHT_BITS));
      weights[i][t < 0.5 ? 1 : 2] += (gint16) ((1 << WEIGHT_BITS) - sum);
    }

  return NULL;
}

static void
blend_rows (const gint16 *restrict a,
            const gint16 *restrict b,
            const gint16 *restrict c,
            const gint16 *restrict d,
            const gint16 w[4],
            gint16 *restrict out,
            gsize n)
{
  for (gsize x = 0; x < n; x += BLOCK)
    for (int k = 0; k < BLOCK; k++)
      out[x + k] =
          (gint16) ((a[x + k] * w[0] + b[x + k] * w[1] + c[x + k] * w[2] + d[x + k] * w[3] + ROUND) >> WEIGHT_BITS);
}

/* @at and @advance are samples with 32 bits below the point. */
static void
pick (const gint16 *restrict samples,
      gint64 at,
      gint64 advance,
      const gint16 (*restrict table)[4],
      gint16 *restrict out,
      int n)
{
  for (int i = 0; i < n; i++, at += advance)
    {
      const gint16 *w = table[at >> 22 & (PHASES - 1)], *s = samples + (at >> 32) - 1;

      out[i] = (gint16) ((s[0] * w[0] + s[1] * w[1] + s[2] * w[2] + s[3] * w[3] + ROUND) >> WEIGHT_BITS);
    }
}

void
rushes_plane_sample (const RushesPlane *self, double y, double x, double step, int n, gint16 *scratch, gint16 *row)
{
  static GOnce once = G_ONCE_INIT;
  double left, right, top;
  gsize first, last;
  const gint16 *source;

  g_once (&once, make_weights, NULL);

  /* In samples of the memory, the margin included; the filter reaches one sample back and two on. */
  y = CLAMP (y + RUSHES_PLANE_MARGIN, 1, self->height + 2 * RUSHES_PLANE_MARGIN - 3);
  top = floor (y);
  x += RUSHES_PLANE_MARGIN;
  left = 1;
  right = self->width + 2 * RUSHES_PLANE_MARGIN - 3;
  x = CLAMP (x, left, right);
  step = n > 1 ? CLAMP (step, (left - x) / (n - 1), (right - x) / (n - 1)) : 0;

  first = ((gsize) MIN (x, x + step * (n - 1)) - 1) / BLOCK * BLOCK;
  last = (gsize) MAX (x, x + step * (n - 1)) + 3;
  source = self->memory + ((gsize) top - 1) * self->stride + first;
  blend_rows (source, source + self->stride, source + 2 * self->stride, source + 3 * self->stride,
              weights[(gsize) ((y - top) * PHASES)], scratch + first, (last - first + BLOCK - 1) / BLOCK * BLOCK);

  pick (scratch, (gint64) (x * 4294967296.0), (gint64) (step * 4294967296.0), weights, row, n);
}
