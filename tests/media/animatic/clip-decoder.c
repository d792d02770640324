/* clip-decoder.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "clip-decoder.h"

#include <gst/app/app.h>
#include <gst/audio/audio.h>
#include <gst/video/video.h>
#include <math.h>
#include <string.h>

#include "rushes-decoder.h"

static GstElement *
open_clip (const char *path, const char *rest)
{
  g_autofree char *description = g_strdup_printf ("filesrc name=source ! decodebin name=bin %s", rest);
  g_autoptr (GError) error = NULL;
  g_autoptr (GstElement) source = NULL;
  GstElement *pipeline = gst_parse_launch (description, &error);

  g_assert_no_error (error);
  rushes_decoder_keep_apart (GST_BIN (pipeline));
  source = gst_bin_get_by_name (GST_BIN (pipeline), "source");
  g_object_set (source, "location", path, NULL);
  gst_element_set_state (pipeline, GST_STATE_PLAYING);
  return pipeline;
}

static GstSample *
pull (GstElement *pipeline)
{
  g_autoptr (GstElement) sink = gst_bin_get_by_name (GST_BIN (pipeline), "sink");
  g_autoptr (GstBus) bus = gst_element_get_bus (pipeline);
  GstSample *sample = gst_app_sink_try_pull_sample (GST_APP_SINK (sink), 20 * GST_SECOND);
  g_autoptr (GstMessage) message = gst_bus_pop_filtered (bus, GST_MESSAGE_ERROR);

  if (message != NULL)
    {
      g_autoptr (GError) error = NULL;

      gst_message_parse_error (message, &error, NULL);
      g_assert_no_error (error);
    }
  return sample;
}

static void
decode_picture (DecodedClip *clip, const char *path)
{
  GstElement *pipeline =
      open_clip (path, "bin. ! video/x-raw ! videoconvert ! appsink name=sink sync=false max-buffers=4 "
                       "caps=video/x-raw,format=I420");
  GstSample *sample;

  while ((sample = pull (pipeline)) != NULL)
    {
      GstBuffer *buffer = gst_sample_get_buffer (sample);
      GstVideoInfo info;
      GstVideoFrame frame;
      guint8 *copy;
      /* As a player counts: what lies before the first frame by an edit of the container is not there. */
      double time = (double) gst_segment_to_stream_time (gst_sample_get_segment (sample), GST_FORMAT_TIME,
                                                         GST_BUFFER_PTS (buffer)) /
                    GST_SECOND;

      g_assert_true (gst_video_info_from_caps (&info, gst_sample_get_caps (sample)));
      g_assert_true (gst_video_frame_map (&frame, &info, buffer, GST_MAP_READ));
      clip->width = GST_VIDEO_INFO_WIDTH (&info);
      clip->height = GST_VIDEO_INFO_HEIGHT (&info);
      copy = g_malloc ((gsize) clip->width * clip->height);
      for (int y = 0; y < clip->height; y++)
        memcpy (copy + (gsize) y * clip->width,
                (guint8 *) GST_VIDEO_FRAME_PLANE_DATA (&frame, 0) +
                    (gsize) y * GST_VIDEO_FRAME_PLANE_STRIDE (&frame, 0),
                clip->width);
      g_ptr_array_add (clip->frames, g_bytes_new_take (copy, (gsize) clip->width * clip->height));
      g_array_append_val (clip->times, time);
      clip->duration = time + (double) GST_BUFFER_DURATION (buffer) / GST_SECOND;
      gst_video_frame_unmap (&frame);
      gst_sample_unref (sample);
    }
  gst_element_set_state (pipeline, GST_STATE_NULL);
  gst_object_unref (pipeline);
}

static void
decode_sound (DecodedClip *clip, const char *path)
{
  GstElement *pipeline =
      open_clip (path, "bin. ! audio/x-raw ! audioconvert ! appsink name=sink sync=false max-buffers=4 "
                       "caps=audio/x-raw,format=F32LE,layout=interleaved");
  GstSample *sample;
  double sum = 0;
  float last = 0;

  while ((sample = pull (pipeline)) != NULL)
    {
      GstAudioInfo info;
      GstMapInfo map;
      gsize n;

      g_assert_true (gst_audio_info_from_caps (&info, gst_sample_get_caps (sample)));
      g_assert_true (gst_buffer_map (gst_sample_get_buffer (sample), &map, GST_MAP_READ));
      clip->channels = GST_AUDIO_INFO_CHANNELS (&info);
      clip->rate = GST_AUDIO_INFO_RATE (&info);
      n = map.size / sizeof (float);
      clip->n_sound += n / clip->channels;
      for (gsize i = 0; i < n; i++)
        {
          float value = ((const float *) map.data)[i];

          if (i % clip->channels == 0)
            {
              clip->step = MAX (clip->step, fabs (value - last));
              last = value;
            }
          clip->peak = MAX (clip->peak, fabs (value));
          sum += value * value;
        }
      gst_buffer_unmap (gst_sample_get_buffer (sample), &map);
      gst_sample_unref (sample);
    }
  clip->rms = clip->n_sound > 0 ? sqrt (sum / clip->n_sound / clip->channels) : 0;
  gst_element_set_state (pipeline, GST_STATE_NULL);
  gst_object_unref (pipeline);
}

static gboolean
has_sound (const char *path)
{
  GstElement *pipeline = open_clip (path, "bin. ! video/x-raw ! fakesink");
  g_autoptr (GstElement) bin = gst_bin_get_by_name (GST_BIN (pipeline), "bin");
  gboolean found = FALSE;

  gst_element_set_state (pipeline, GST_STATE_PAUSED);
  gst_element_get_state (pipeline, NULL, NULL, 20 * GST_SECOND);
  for (GList *l = bin->srcpads; l != NULL; l = l->next)
    {
      g_autoptr (GstCaps) caps = gst_pad_query_caps (l->data, NULL);

      found = found || g_str_has_prefix (gst_structure_get_name (gst_caps_get_structure (caps, 0)), "audio/");
    }
  gst_element_set_state (pipeline, GST_STATE_NULL);
  gst_object_unref (pipeline);

  return found;
}

DecodedClip *
decode_clip (const char *path)
{
  DecodedClip *clip = g_new0 (DecodedClip, 1);

  gst_init (NULL, NULL);
  clip->frames = g_ptr_array_new_with_free_func ((GDestroyNotify) g_bytes_unref);
  clip->times = g_array_new (FALSE, FALSE, sizeof (double));
  decode_picture (clip, path);
  if (has_sound (path))
    decode_sound (clip, path);

  return clip;
}

void
decoded_clip_free (DecodedClip *clip)
{
  g_ptr_array_unref (clip->frames);
  g_array_unref (clip->times);
  g_free (clip);
}

#define BLOCK 64
#define REACH 8

static double
difference (const DecodedClip *clip, const guint8 *from, const guint8 *to, int x, int y, int dx, int dy)
{
  double sum = 0;

  for (int j = 0; j < BLOCK; j++)
    for (int i = 0; i < BLOCK; i++)
      {
        int d = from[(y + j) * clip->width + x + i] - to[(y + dy + j) * clip->width + x + dx + i];

        sum += d * d;
      }
  return sum;
}

/* The lowest point of the parabola through three. */
static double
lowest (double before, double at, double after)
{
  return before + after > 2 * at ? 0.5 * (before - after) / (before - 2 * at + after) : 0;
}

void
measure_motion (const DecodedClip *clip, guint a, guint b, double x, double y, double *dx, double *dy)
{
  const guint8 *from = g_bytes_get_data (clip->frames->pdata[a], NULL);
  const guint8 *to = g_bytes_get_data (clip->frames->pdata[b], NULL);
  int left = CLAMP ((int) (x * clip->width) - BLOCK / 2, REACH + 1, clip->width - BLOCK - REACH - 1);
  int top = CLAMP ((int) (y * clip->height) - BLOCK / 2, REACH + 1, clip->height - BLOCK - REACH - 1);
  int best_x = 0, best_y = 0;
  double best = G_MAXDOUBLE;

  for (int j = -REACH; j <= REACH; j++)
    for (int i = -REACH; i <= REACH; i++)
      {
        double sum = difference (clip, from, to, left, top, i, j);

        if (sum < best)
          {
            best = sum;
            best_x = i;
            best_y = j;
          }
      }
  *dx = best_x + lowest (difference (clip, from, to, left, top, best_x - 1, best_y), best,
                         difference (clip, from, to, left, top, best_x + 1, best_y));
  *dy = best_y + lowest (difference (clip, from, to, left, top, best_x, best_y - 1), best,
                         difference (clip, from, to, left, top, best_x, best_y + 1));
}
