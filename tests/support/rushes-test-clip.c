/* rushes-test-clip.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "rushes-test-clip.h"

#include <gst/app/app.h>
#include <gst/video/video.h>
#include <math.h>

#include "rushes-decoder.h"

/* Brightness of the first frame, and how much each is brighter than the one before: far enough apart for a lossy codec.
 */
#define DARKEST 20
#define STEP    4

static GstElement *
launch (const char *description)
{
  g_autoptr (GError) error = NULL;
  GstElement *pipeline = gst_parse_launch (description, &error);

  g_assert_no_error (error);
  rushes_decoder_keep_apart (GST_BIN (pipeline));
  return pipeline;
}

static void
await_end (GstElement *pipeline)
{
  g_autoptr (GstBus) bus = gst_element_get_bus (pipeline);
  g_autoptr (GstMessage) message =
      gst_bus_timed_pop_filtered (bus, 60 * GST_SECOND, GST_MESSAGE_EOS | GST_MESSAGE_ERROR);
  g_autoptr (GError) error = NULL;

  g_assert_nonnull (message);
  if (GST_MESSAGE_TYPE (message) == GST_MESSAGE_ERROR)
    gst_message_parse_error (message, &error, NULL);
  g_assert_no_error (error);
}

static void
push_frames (GstElement *pipeline, int width, int height, guint n_frames)
{
  g_autoptr (GstElement) source = gst_bin_get_by_name (GST_BIN (pipeline), "frames");
  GstVideoInfo info;

  g_assert_true (gst_video_info_set_format (&info, GST_VIDEO_FORMAT_I420, width, height));
  info.fps_n = RUSHES_TEST_CLIP_RATE;
  info.fps_d = 1;
  gst_app_src_set_caps (GST_APP_SRC (source), gst_video_info_to_caps (&info));

  for (guint n = 0; n < n_frames; n++)
    {
      GstBuffer *buffer = gst_buffer_new_allocate (NULL, GST_VIDEO_INFO_SIZE (&info), NULL);
      gsize luma = GST_VIDEO_INFO_COMP_OFFSET (&info, 1);

      gst_buffer_memset (buffer, 0, DARKEST + STEP * n, luma);
      gst_buffer_memset (buffer, luma, 128, GST_VIDEO_INFO_SIZE (&info) - luma);
      GST_BUFFER_PTS (buffer) = gst_util_uint64_scale (n, GST_SECOND, RUSHES_TEST_CLIP_RATE);
      GST_BUFFER_DURATION (buffer) = GST_SECOND / RUSHES_TEST_CLIP_RATE;
      g_assert_cmpint (gst_app_src_push_buffer (GST_APP_SRC (source), buffer), ==, GST_FLOW_OK);
    }
  gst_app_src_end_of_stream (GST_APP_SRC (source));
}

static GFile *
make (const char *folder,
      const char *name,
      int width,
      int height,
      guint n_frames,
      gboolean with_sound,
      const char *mp4_muxer)
{
  g_autofree char *path = g_build_filename (folder, name, NULL);
  gboolean webm = g_str_has_suffix (name, ".webm");
  g_autofree char *sound = NULL;
  g_autofree char *description = NULL;
  g_autoptr (GstElement) pipeline = NULL;

  gst_init (NULL, NULL);
  g_assert_cmpuint (n_frames, <=, 50);

  if (with_sound)
    sound = g_strdup_printf ("audiotestsrc num-buffers=%u samplesperbuffer=%d volume=0.1 ! audio/x-raw,rate=48000 ! "
                             "audioconvert ! %s ! queue ! mux.",
                             n_frames, 48000 / RUSHES_TEST_CLIP_RATE, webm ? "opusenc" : "avenc_aac");
  description =
      g_strdup_printf ("appsrc name=frames format=time ! queue ! %s ! mux. %s %s name=mux ! filesink location=\"%s\"",
                       webm ? "vp8enc deadline=1 min-quantizer=0 max-quantizer=4"
                            : "x264enc quantizer=12 pass=qual key-int-max=20 bframes=2 threads=1",
                       sound != NULL ? sound : "", webm ? "webmmux" : mp4_muxer, path);
  pipeline = launch (description);
  gst_element_set_state (pipeline, GST_STATE_PLAYING);
  push_frames (pipeline, width, height, n_frames);
  await_end (pipeline);
  gst_element_set_state (pipeline, GST_STATE_NULL);

  return g_file_new_for_path (path);
}

GFile *
rushes_test_clip_make (const char *folder, const char *name, int width, int height, guint n_frames, gboolean with_sound)
{
  return make (folder, name, width, height, n_frames, with_sound, "mp4mux");
}

GFile *
rushes_test_clip_make_to_stream (const char *folder,
                                 const char *name,
                                 int width,
                                 int height,
                                 guint n_frames,
                                 gboolean with_sound)
{
  return make (folder, name, width, height, n_frames, with_sound, "mp4mux faststart=true");
}

guint
rushes_test_clip_which (double brightness)
{
  return (guint) MAX (0.0, round ((brightness - DARKEST) / STEP));
}

guint
rushes_test_clip_count (GFile *clip, int *width, int *height)
{
  g_autoptr (GstElement) pipeline = launch ("uridecodebin name=source caps=video/x-raw(ANY) expose-all-streams=false ! "
                                            "videoconvert ! appsink name=sink sync=false");
  g_autoptr (GstElement) source = gst_bin_get_by_name (GST_BIN (pipeline), "source");
  g_autoptr (GstElement) sink = gst_bin_get_by_name (GST_BIN (pipeline), "sink");
  g_autofree char *uri = g_file_get_uri (clip);
  guint n_frames = 0;

  g_object_set (source, "uri", uri, NULL);
  gst_element_set_state (pipeline, GST_STATE_PLAYING);
  for (;;)
    {
      g_autoptr (GstSample) sample = gst_app_sink_try_pull_sample (GST_APP_SINK (sink), 30 * GST_SECOND);
      GstVideoInfo info;

      if (sample == NULL)
        break;
      g_assert_true (gst_video_info_from_caps (&info, gst_sample_get_caps (sample)));
      if (width != NULL)
        *width = info.width;
      if (height != NULL)
        *height = info.height;
      n_frames++;
    }
  g_assert_true (gst_app_sink_is_eos (GST_APP_SINK (sink)));
  gst_element_set_state (pipeline, GST_STATE_NULL);

  return n_frames;
}
