/* coded-clip.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "coded-clip.h"

#include <math.h>
#include <string.h>

#include "rushes-encoder.h"

#define FIRST 30
#define STEP  8

char *
coded_clip_write (const char *folder, const char *codec, guint n_frames, int frame_rate)
{
  char *path = g_build_filename (folder, "coded.clip", NULL);
  g_autoptr (GError) error = NULL;
  g_autoptr (RushesEncoder) encoder =
      rushes_encoder_new (path, codec, CODED_WIDTH, CODED_HEIGHT, frame_rate, FALSE, NULL, &error);

  g_assert_no_error (error);
  g_assert_cmpuint (n_frames, <=, 24);
  for (guint n = 0; n < n_frames; n++)
    {
      RushesFrame frame;

      g_assert_true (rushes_encoder_open_frame (encoder, &frame, &error));
      for (int p = 0; p < 3; p++)
        for (int y = 0; y < (p > 0 ? CODED_HEIGHT / 2 : CODED_HEIGHT); y++)
          memset (frame.data[p] + y * frame.stride[p], p > 0 ? 128 : FIRST + STEP * (int) n,
                  p > 0 ? CODED_WIDTH / 2 : CODED_WIDTH);
      rushes_encoder_close_frame (encoder);
    }
  g_assert_true (rushes_encoder_finish (encoder, &error));
  g_assert_no_error (error);

  return path;
}

int
coded_clip_number (guint8 gray)
{
  return (int) lround ((gray * 219 / 255.0 + 16 - FIRST) / STEP);
}
