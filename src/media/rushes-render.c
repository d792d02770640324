/* rushes-render.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "rushes-render.h"

#include <errno.h>
#include <fcntl.h>
#include <glib/gi18n.h>
#include <glib/gstdio.h>
#include <string.h>

#include "rushes-encoder.h"
#include "rushes-error.h"
#include "rushes-sound-track.h"

/* Sound is coded in pieces of this many samples, and one more than it fills leads in: a track that is a little shorter
 * than the frames does not make the clip longer than was asked. */
#define SOUND_PIECE 1024

void
rushes_render_report_clear (RushesRenderReport *self)
{
  g_clear_pointer (&self->digest, g_free);
}

/* A sum over a frame that notices any bit; a cryptographic one would take longer than drawing. */
static guint64
sum_frame (const RushesFrame *frame, int width, int height)
{
  guint64 sum = 0x9e3779b97f4a7c15;

  for (int plane = 0; plane < 3; plane++)
    {
      int n = plane > 0 ? width / 2 : width, rows = plane > 0 ? height / 2 : height;

      for (int row = 0; row < rows; row++)
        {
          const guint8 *data = frame->data[plane] + (gsize) row * frame->stride[plane];

          for (int x = 0; x < n; x += 8)
            {
              guint64 word = 0;

              memcpy (&word, data + x, MIN (8, n - x));
              sum = (sum ^ GUINT64_TO_LE (word)) * 0xff51afd7ed558ccd;
              sum ^= sum >> 32;
            }
        }
    }

  return sum;
}

static gboolean
draw_frames (const RushesShot *shot,
             RushesFrameRenderer *renderer,
             RushesEncoder *encoder,
             RushesRenderProgress progress,
             gpointer user_data,
             RushesRenderReport *report,
             GError **error)
{
  g_autoptr (GChecksum) checksum = g_checksum_new (G_CHECKSUM_SHA256);

  for (guint n = 0; n < shot->n_frames; n++)
    {
      RushesFrame frame;
      guint64 sum;

      if (!rushes_encoder_open_frame (encoder, &frame, error))
        return FALSE;
      rushes_frame_renderer_draw (renderer, n, &frame);
      sum = GUINT64_TO_LE (sum_frame (&frame, shot->width, shot->height));
      g_checksum_update (checksum, (const guint8 *) &sum, sizeof sum);
      rushes_encoder_close_frame (encoder);
      if (progress != NULL)
        progress (n + 1, shot->n_frames, user_data);
    }

  if (!rushes_encoder_finish (encoder, error))
    return FALSE;
  report->codec = g_intern_string (rushes_encoder_get_codec (encoder));
  report->n_frames = shot->n_frames;
  report->digest = g_strdup (g_checksum_get_string (checksum));
  return TRUE;
}

static void
add_sound (const RushesShot *shot, RushesEncoder *encoder)
{
  gsize n = (gsize) shot->n_frames * RUSHES_SOUND_RATE / shot->frame_rate;

  n = (n / SOUND_PIECE - 1) * SOUND_PIECE;
  rushes_encoder_add_sound (encoder, rushes_sound_track_new (n, shot->seed), n);
}

/* Written is not yet kept: a disk may be full of promises. */
static gboolean
sync_file (const char *path, GError **error)
{
  int fd = g_open (path, O_RDONLY | O_CLOEXEC, 0);
  gboolean fine = fd >= 0 && fsync (fd) == 0;

  if (!fine)
    rushes_set_error (error, RUSHES_ERROR_STORAGE, _ ("The clip cannot be written. The system says: %s"),
                      g_strerror (errno));
  if (fd >= 0)
    g_close (fd, NULL);

  return fine;
}

static gboolean
render (const RushesShot *shot,
        const char *path,
        const char *codec,
        GCancellable *cancellable,
        RushesRenderProgress progress,
        gpointer user_data,
        RushesRenderReport *report,
        GError **error)
{
  g_autoptr (RushesFrameRenderer) renderer = NULL;
  g_autoptr (RushesEncoder) encoder = NULL;

  if (!(renderer = rushes_shot_prepare (shot, error)) ||
      !(encoder = rushes_encoder_new (path, codec, shot->width, shot->height, shot->frame_rate, shot->audio,
                                      cancellable, error)))
    return FALSE;
  if (rushes_encoder_get_sound (encoder))
    add_sound (shot, encoder);

  return draw_frames (shot, renderer, encoder, progress, user_data, report, error) && sync_file (path, error);
}

gboolean
rushes_render (const RushesShot *shot,
               const char *path,
               const char *codec,
               GCancellable *cancellable,
               RushesRenderProgress progress,
               gpointer user_data,
               RushesRenderReport *report,
               GError **error)
{
  /* The encoder has closed the file by the time it is removed. */
  gboolean fine = render (shot, path, codec, cancellable, progress, user_data, report, error);

  if (!fine)
    g_unlink (path);

  return fine;
}
