/* rushes-frame-renderer.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "rushes-frame-renderer.h"

#include <string.h>

/* Rows of the frame that a worker needs: a line as it is put together, the coverage of an overlay, and a row of a
 * plane. */
typedef struct
{
  gint16 *line;
  gint16 *cover;
  gint16 *scratch;
} Buffers;

struct _RushesFrameRenderer
{
  int width;
  int height;
  int frame_rate;
  guint n_frames;
  RushesStill *still;
  RushesMove move;
  GPtrArray *overlays; /* RushesOverlay */

  Buffers buffers[2];

  /* What is being drawn; written before a half is handed over. */
  RushesView view;
  RushesPlacement *placements; /* for each overlay */
  gboolean *seen;
  const RushesFrame *frame;

  GThread *helper; /* draws the lower half */
  GMutex mutex;
  GCond cond;
  gboolean half_wanted;
  gboolean over;
};

/* Ordered dither (Bayer), each row twice: the planes are finer than the 8 bits of a frame, and a soft gradient without
 * it has visible steps. It stands still in the frame, so that it costs the encoder next to nothing. */
#define ROW(...) { __VA_ARGS__, __VA_ARGS__ }
static const gint16 dither[8][16] = {
  ROW (0, 32, 8, 40, 2, 34, 10, 42),    ROW (48, 16, 56, 24, 50, 18, 58, 26), ROW (12, 44, 4, 36, 14, 46, 6, 38),
  ROW (60, 28, 52, 20, 62, 30, 54, 22), ROW (3, 35, 11, 43, 1, 33, 9, 41),    ROW (51, 19, 59, 27, 49, 17, 57, 25),
  ROW (15, 47, 7, 39, 13, 45, 5, 37),   ROW (63, 31, 55, 23, 61, 29, 53, 21),
};
#undef ROW

G_STATIC_ASSERT (RUSHES_PLANE_ONE == 64);

static void
write_line (const gint16 *restrict line, const gint16 *restrict thresholds, guint8 *restrict out, int n)
{
  guint8 block[16];

  for (int x = 0; x < n; x += 16)
    {
      for (int k = 0; k < 16; k++)
        {
          int value = (line[x + k] + thresholds[k]) >> 6;

          block[k] = (guint8) CLAMP (value, 0, 255);
        }
      memcpy (out + x, block, MIN (16, n - x));
    }
}

static void
draw_row (RushesFrameRenderer *self, Buffers *buffers, int plane, int row)
{
  const RushesStill *still = self->still;
  const RushesPlane *samples = &still->planes[plane];
  const RushesView *view = &self->view;
  int every = plane > 0 ? 2 : 1, n = plane > 0 ? self->width / 2 : self->width;
  double density_x = samples->width / still->area.width, density_y = samples->height / still->area.height;
  double across = 0.5 - self->width / 2.0; /* colour lies in the columns of every second sample of light */
  double down = (row + 0.5) * every - self->height / 2.0;
  double scale = view->scale / (1 + view->lean * down / (self->height / 2.0));

  rushes_plane_sample (samples, (view->y + down * scale - still->area.y) * density_y - 0.5,
                       (view->x + across * scale - still->area.x) * density_x - 0.5, every * scale * density_x, n,
                       buffers->scratch, buffers->line);
  for (guint i = 0; i < self->overlays->len; i++)
    if (self->seen[i])
      rushes_overlay_draw_row (self->overlays->pdata[i], &self->placements[i], plane, row, buffers->line, n,
                               buffers->cover, buffers->scratch);
  write_line (buffers->line, dither[row & 7], self->frame->data[plane] + (gsize) row * self->frame->stride[plane], n);
}

static void
draw_half (RushesFrameRenderer *self, int half)
{
  for (int plane = 0; plane < 3; plane++)
    {
      int rows = plane > 0 ? self->height / 2 : self->height;

      for (int row = half * rows / 2; row < (half + 1) * rows / 2; row++)
        draw_row (self, &self->buffers[half], plane, row);
    }
}

static gpointer
help (gpointer data)
{
  RushesFrameRenderer *self = data;

  g_mutex_lock (&self->mutex);
  for (;;)
    {
      while (!self->half_wanted && !self->over)
        g_cond_wait (&self->cond, &self->mutex);
      if (self->over)
        break;
      g_mutex_unlock (&self->mutex);
      draw_half (self, 1);
      g_mutex_lock (&self->mutex);
      self->half_wanted = FALSE;
      g_cond_broadcast (&self->cond);
    }
  g_mutex_unlock (&self->mutex);

  return NULL;
}

void
rushes_frame_renderer_draw (RushesFrameRenderer *self, guint n, const RushesFrame *frame)
{
  double seconds = (double) n / self->frame_rate, length = (double) self->n_frames / self->frame_rate;

  self->view = rushes_move_at (&self->move, self->n_frames > 1 ? (double) n / (self->n_frames - 1) : 0);
  self->frame = frame;
  for (guint i = 0; i < self->overlays->len; i++)
    self->seen[i] = rushes_overlay_place (self->overlays->pdata[i], seconds, length, self->width, self->height,
                                          &self->placements[i]);

  g_mutex_lock (&self->mutex);
  self->half_wanted = TRUE;
  g_cond_broadcast (&self->cond);
  g_mutex_unlock (&self->mutex);
  draw_half (self, 0);
  g_mutex_lock (&self->mutex);
  while (self->half_wanted)
    g_cond_wait (&self->cond, &self->mutex);
  g_mutex_unlock (&self->mutex);
}

static gsize
longest_row (const RushesFrameRenderer *self)
{
  gsize n = MAX (self->still->planes[0].stride, (gsize) self->width);

  for (guint i = 0; i < self->overlays->len; i++)
    n = MAX (n, ((RushesOverlay *) self->overlays->pdata[i])->coverage[0].stride);

  /* Loops over blocks of 16 may begin anywhere, and end behind the last sample. */
  return n + 32;
}

static void
make_buffers (RushesFrameRenderer *self)
{
  gsize n = longest_row (self);

  for (int i = 0; i < 2; i++)
    {
      self->buffers[i].line = g_renew (gint16, self->buffers[i].line, n);
      self->buffers[i].cover = g_renew (gint16, self->buffers[i].cover, n);
      self->buffers[i].scratch = g_renew (gint16, self->buffers[i].scratch, n);
      memset (self->buffers[i].line, 0, n * sizeof (gint16));
    }
  self->placements = g_renew (RushesPlacement, self->placements, self->overlays->len);
  self->seen = g_renew (gboolean, self->seen, self->overlays->len);
}

RushesFrameRenderer *
rushes_frame_renderer_new (int width,
                           int height,
                           int frame_rate,
                           guint n_frames,
                           RushesStill *still,
                           const RushesMove *move)
{
  RushesFrameRenderer *self = g_new0 (RushesFrameRenderer, 1);

  self->width = width;
  self->height = height;
  self->frame_rate = frame_rate;
  self->n_frames = n_frames;
  self->still = still;
  self->move = *move;
  self->overlays = g_ptr_array_new_with_free_func ((GDestroyNotify) rushes_overlay_free);
  make_buffers (self);
  g_mutex_init (&self->mutex);
  g_cond_init (&self->cond);
  self->helper = g_thread_new ("rushes-frame", help, self);

  return self;
}

void
rushes_frame_renderer_add_overlay (RushesFrameRenderer *self, RushesOverlay *overlay)
{
  g_ptr_array_add (self->overlays, overlay);
  make_buffers (self);
}

void
rushes_frame_renderer_free (RushesFrameRenderer *self)
{
  g_mutex_lock (&self->mutex);
  self->over = TRUE;
  g_cond_broadcast (&self->cond);
  g_mutex_unlock (&self->mutex);
  g_thread_join (self->helper);

  for (int i = 0; i < 2; i++)
    {
      g_free (self->buffers[i].line);
      g_free (self->buffers[i].cover);
      g_free (self->buffers[i].scratch);
    }
  g_free (self->placements);
  g_free (self->seen);
  g_ptr_array_unref (self->overlays);
  rushes_still_free (self->still);
  g_mutex_clear (&self->mutex);
  g_cond_clear (&self->cond);
  g_free (self);
}
