/* rushes-clip-frame.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "rushes-clip-frame.h"

#include <glib/gi18n.h>
#include <gst/app/app.h>
#include <gst/video/video.h>
#include <math.h>

#include "rushes-codec.h"
#include "rushes-container.h"
#include "rushes-decoder.h"
#include "rushes-error.h"

#define WAIT (10 * GST_SECOND)
/* How far before the end the search for the last frame begins: more than any frame is shown. */
#define TAIL (2 * GST_SECOND)

/* Positions come as seconds in floating point; a frame begins at the nanosecond. */
#define ROUNDING 500

static void
free_sample (guchar *pixels, gpointer data)
{
  GstVideoFrame *frame = data;

  gst_video_frame_unmap (frame);
  g_free (frame);
}

/* The pixels stay GStreamer's until the pixbuf is gone. */
static GdkPixbuf *
to_pixbuf (GstSample *sample)
{
  g_autofree GstVideoFrame *frame = g_new0 (GstVideoFrame, 1);
  GstVideoInfo info;
  guint8 *pixels;
  int stride;

  if (!gst_video_info_from_caps (&info, gst_sample_get_caps (sample)) ||
      !gst_video_frame_map (frame, &info, gst_sample_get_buffer (sample), GST_MAP_READ))
    return NULL;

  pixels = GST_VIDEO_FRAME_PLANE_DATA (frame, 0);
  stride = GST_VIDEO_FRAME_PLANE_STRIDE (frame, 0);
  return gdk_pixbuf_new_from_data (pixels, GDK_COLORSPACE_RGB, FALSE, 8, GST_VIDEO_INFO_WIDTH (&info),
                                   GST_VIDEO_INFO_HEIGHT (&info), stride, free_sample, g_steal_pointer (&frame));
}

/* The demuxer is named, so that no plug-in has a guess at what the file may be, and only the picture is decoded. */
static GstElement *
build (GFile *clip, const RushesClipFacts *facts, GError **error)
{
  const char *demuxer = g_str_equal (facts->container, "mp4") ? "qtdemux" : "matroskademux";
  g_autofree char *description =
      g_strdup_printf ("filesrc name=source ! %s name=demuxer demuxer.video_0 ! decodebin ! videoflip "
                       "video-direction=auto ! videoconvert ! "
                       "videoscale add-borders=false ! appsink name=sink sync=false max-buffers=1 "
                       "caps=video/x-raw,format=RGB,pixel-aspect-ratio=1/1",
                       demuxer);
  GstElement *pipeline = gst_parse_launch_full (description, NULL, GST_PARSE_FLAG_FATAL_ERRORS, error);
  g_autoptr (GstElement) source = NULL;

  if (pipeline != NULL)
    {
      rushes_decoder_keep_apart (GST_BIN (pipeline));
      source = gst_bin_get_by_name (GST_BIN (pipeline), "source");
      g_object_set (source, "location", g_file_peek_path (clip), NULL);
    }

  return pipeline;
}

static GstSample *
pull_last (GstElement *pipeline, GstAppSink *sink)
{
  GstSample *last = NULL, *next;

  gst_element_set_state (pipeline, GST_STATE_PLAYING);
  while ((next = gst_app_sink_try_pull_sample (sink, WAIT)) != NULL)
    {
      g_clear_pointer (&last, gst_sample_unref);
      last = next;
    }

  return last;
}

static gboolean
go_to (GstElement *pipeline, GstClockTime time)
{
  return gst_element_seek_simple (pipeline, GST_FORMAT_TIME, GST_SEEK_FLAG_FLUSH | GST_SEEK_FLAG_ACCURATE, time) &&
         gst_element_get_state (pipeline, NULL, NULL, WAIT) == GST_STATE_CHANGE_SUCCESS;
}

static GstSample *
pull (GstElement *pipeline, double seconds, double length)
{
  g_autoptr (GstElement) element = gst_bin_get_by_name (GST_BIN (pipeline), "sink");
  GstAppSink *sink = GST_APP_SINK (element);
  GstSample *sample = NULL;
  gint64 end;

  gst_element_set_state (pipeline, GST_STATE_PAUSED);
  if (gst_element_get_state (pipeline, NULL, NULL, WAIT) != GST_STATE_CHANGE_SUCCESS)
    return NULL;

  if (seconds == RUSHES_POSTER_FRAME)
    seconds = length / 3;
  if (seconds >= 0 && (seconds == 0 || go_to (pipeline, (GstClockTime) llround (seconds * GST_SECOND) + ROUNDING)))
    sample = gst_app_sink_try_pull_preroll (sink, WAIT);
  if (sample != NULL)
    return sample;

  /* At or behind the end the last frame stands still. */
  if (gst_element_query_duration (pipeline, GST_FORMAT_TIME, &end) && end > TAIL)
    go_to (pipeline, end - TAIL);
  else
    go_to (pipeline, 0);
  return pull_last (pipeline, sink);
}

GdkPixbuf *
rushes_clip_frame_read (GFile *clip, double seconds, GError **error)
{
  g_autoptr (GstElement) pipeline = NULL;
  g_autoptr (GstSample) sample = NULL;
  g_autoptr (GError) cause = NULL;
  GdkPixbuf *pixbuf = NULL;
  RushesClipFacts facts = { 0 };

  if (!rushes_container_read_facts (clip, &facts, error) || !rushes_codec_start_gstreamer (error))
    return NULL;

  /* A file of sound alone would keep the pipeline waiting for its picture. */
  pipeline = facts.width > 0 ? build (clip, &facts, &cause) : NULL;
  if (pipeline != NULL)
    {
      sample = pull (pipeline, seconds, facts.duration);
      gst_element_set_state (pipeline, GST_STATE_NULL);
    }
  if (sample != NULL)
    pixbuf = to_pixbuf (sample);
  if (pixbuf == NULL)
    {
      GError *failure;

      if (facts.video_codec != NULL)
        /* Translators: %s is a codec: “hevc”, “av1” */
        failure = rushes_error_new (RUSHES_ERROR_MEDIA,
                                    _ ("No picture can be had from this clip. Perhaps this system has "
                                       "no decoder for its codec, %s."),
                                    facts.video_codec);
      else
        failure = rushes_error_new (RUSHES_ERROR_MEDIA, _ ("No picture can be had from this clip."));
      if (cause != NULL)
        rushes_error_set_words (failure, cause->message);
      g_propagate_error (error, failure);
    }

  return pixbuf;
}
