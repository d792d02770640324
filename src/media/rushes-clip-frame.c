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

/* Seconds. Of a longer clip a strip shows the key frames that are near, since to decode all of it takes long. */
#define LONG 20.0

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
build (GFile *clip, const RushesClipFacts *facts, const char *ending, GError **error)
{
  const char *demuxer = g_str_equal (facts->container, "mp4") ? "qtdemux" : "matroskademux";
  g_autofree char *description =
      g_strdup_printf ("filesrc name=source ! %s name=demuxer demuxer.video_0 ! decodebin ! videoflip "
                       "video-direction=auto ! %s",
                       demuxer, ending);
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

static gboolean
wait_for_beginning (GstElement *pipeline)
{
  gst_element_set_state (pipeline, GST_STATE_PAUSED);

  return gst_element_get_state (pipeline, NULL, NULL, WAIT) == GST_STATE_CHANGE_SUCCESS;
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
go_to (GstElement *pipeline, GstClockTime time, GstSeekFlags how)
{
  return gst_element_seek_simple (pipeline, GST_FORMAT_TIME, GST_SEEK_FLAG_FLUSH | how, time) &&
         gst_element_get_state (pipeline, NULL, NULL, WAIT) == GST_STATE_CHANGE_SUCCESS;
}

static GstSample *
pull (GstElement *pipeline, double seconds, double length)
{
  g_autoptr (GstElement) element = gst_bin_get_by_name (GST_BIN (pipeline), "sink");
  GstAppSink *sink = GST_APP_SINK (element);
  GstSample *sample = NULL;
  gint64 end;

  if (!wait_for_beginning (pipeline))
    return NULL;

  if (seconds == RUSHES_POSTER_FRAME)
    seconds = length / 3;
  if (seconds >= 0 && (seconds == 0 || go_to (pipeline, (GstClockTime) llround (seconds * GST_SECOND) + ROUNDING,
                                              GST_SEEK_FLAG_ACCURATE)))
    sample = gst_app_sink_try_pull_preroll (sink, WAIT);
  if (sample != NULL)
    return sample;

  /* At or behind the end the last frame stands still. */
  if (gst_element_query_duration (pipeline, GST_FORMAT_TIME, &end) && end > TAIL)
    go_to (pipeline, end - TAIL, GST_SEEK_FLAG_ACCURATE);
  else
    go_to (pipeline, 0, GST_SEEK_FLAG_ACCURATE);
  return pull_last (pipeline, sink);
}

static void
fail (const RushesClipFacts *facts, const GError *cause, GError **error)
{
  GError *failure;

  if (facts->video_codec != NULL)
    /* Translators: %s is a codec: “hevc”, “av1” */
    failure = rushes_error_new (RUSHES_ERROR_MEDIA,
                                _ ("No picture can be had from this clip. Perhaps this system has "
                                   "no decoder for its codec, %s."),
                                facts->video_codec);
  else
    failure = rushes_error_new (RUSHES_ERROR_MEDIA, _ ("No picture can be had from this clip."));
  if (cause != NULL)
    rushes_error_set_words (failure, cause->message);
  g_propagate_error (error, failure);
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
  if (facts.width > 0)
    pipeline = build (clip, &facts,
                      "videoconvert ! videoscale add-borders=false ! appsink name=sink sync=false max-buffers=1 "
                      "caps=video/x-raw,format=RGB,pixel-aspect-ratio=1/1",
                      &cause);
  if (pipeline != NULL)
    {
      sample = pull (pipeline, seconds, facts.duration);
      gst_element_set_state (pipeline, GST_STATE_NULL);
    }
  if (sample != NULL)
    pixbuf = to_pixbuf (sample);
  if (pixbuf == NULL)
    fail (&facts, cause, error);

  return pixbuf;
}

/* ---- strips ---- */

/* As large as fits, upright and with square pixels. */
static gboolean
measure (const GstVideoInfo *from, GstVideoInfo *to)
{
  double width = (double) GST_VIDEO_INFO_WIDTH (from) * GST_VIDEO_INFO_PAR_N (from) / GST_VIDEO_INFO_PAR_D (from);
  double height = GST_VIDEO_INFO_HEIGHT (from);
  double scale = MIN (1.0, MIN (RUSHES_STRIP_WIDTH / width, RUSHES_STRIP_HEIGHT / height));

  if (!gst_video_info_set_format (to, GST_VIDEO_FORMAT_RGB, MAX (1, (guint) lround (width * scale)),
                                  MAX (1, (guint) lround (height * scale))))
    return FALSE;
  /* The converter wants to have it said that it is no matter of time. */
  GST_VIDEO_INFO_FPS_N (to) = GST_VIDEO_INFO_FPS_N (from);
  GST_VIDEO_INFO_FPS_D (to) = GST_VIDEO_INFO_FPS_D (from);

  return TRUE;
}

static GdkPixbuf *
shrink (GstSample *sample)
{
  g_autoptr (GstBuffer) buffer = NULL;
  g_autoptr (GstSample) small = NULL;
  GstVideoConverter *converter;
  GstVideoFrame from, to;
  GstVideoInfo info, small_info;
  g_autoptr (GstCaps) caps = NULL;
  gboolean done = FALSE;

  if (!gst_video_info_from_caps (&info, gst_sample_get_caps (sample)) || !measure (&info, &small_info) ||
      (converter = gst_video_converter_new (&info, &small_info, NULL)) == NULL)
    return NULL;

  buffer = gst_buffer_new_allocate (NULL, GST_VIDEO_INFO_SIZE (&small_info), NULL);
  if (gst_video_frame_map (&from, &info, gst_sample_get_buffer (sample), GST_MAP_READ))
    {
      if (gst_video_frame_map (&to, &small_info, buffer, GST_MAP_WRITE))
        {
          gst_video_converter_frame (converter, &from, &to);
          gst_video_frame_unmap (&to);
          done = TRUE;
        }
      gst_video_frame_unmap (&from);
    }
  gst_video_converter_free (converter);
  if (!done)
    return NULL;

  caps = gst_video_info_to_caps (&small_info);
  small = gst_sample_new (buffer, caps, NULL, NULL);

  return to_pixbuf (small);
}

/* Makes the strip with its first frame. */
static gboolean
draw (GstSample *sample, guint n, GdkPixbuf **strip)
{
  g_autoptr (GdkPixbuf) frame = shrink (sample);
  int width, height;

  if (frame == NULL)
    return FALSE;
  width = gdk_pixbuf_get_width (frame);
  height = gdk_pixbuf_get_height (frame);
  if (*strip == NULL)
    *strip = gdk_pixbuf_new (GDK_COLORSPACE_RGB, FALSE, 8, RUSHES_STRIP_COLUMNS * width, RUSHES_STRIP_ROWS * height);
  /* The size may change on the way; then the rest of the strip would be of something else. */
  if (gdk_pixbuf_get_width (*strip) != RUSHES_STRIP_COLUMNS * width ||
      gdk_pixbuf_get_height (*strip) != RUSHES_STRIP_ROWS * height)
    return FALSE;
  gdk_pixbuf_copy_area (frame, 0, 0, width, height, *strip, (int) n % RUSHES_STRIP_COLUMNS * width,
                        (int) n / RUSHES_STRIP_COLUMNS * height);

  return TRUE;
}

static gboolean
is_over (GstSample *sample, GstClockTime moment)
{
  GstBuffer *buffer = gst_sample_get_buffer (sample);
  guint64 begin =
      gst_segment_to_stream_time (gst_sample_get_segment (sample), GST_FORMAT_TIME, GST_BUFFER_PTS (buffer));
  GstClockTime duration = GST_BUFFER_DURATION (buffer);

  return GST_CLOCK_TIME_IS_VALID (begin) && begin + (GST_CLOCK_TIME_IS_VALID (duration) ? duration : 0) <= moment;
}

/* What is shown at @moment, or what was last when there is nothing more. */
static void
go_on_to (GstElement *pipeline, GstAppSink *sink, GstClockTime moment, gboolean leaps, GstSample **sample)
{
  GstSample *next;

  if (leaps)
    {
      if (go_to (pipeline, moment, GST_SEEK_FLAG_KEY_UNIT | GST_SEEK_FLAG_SNAP_NEAREST) &&
          (next = gst_app_sink_try_pull_preroll (sink, WAIT)) != NULL)
        {
          g_clear_pointer (sample, gst_sample_unref);
          *sample = next;
        }
      return;
    }
  while ((*sample == NULL || is_over (*sample, moment)) && (next = gst_app_sink_try_pull_sample (sink, WAIT)) != NULL)
    {
      g_clear_pointer (sample, gst_sample_unref);
      *sample = next;
    }
}

static GdkPixbuf *
pull_strip (GstElement *pipeline, double length)
{
  g_autoptr (GstElement) element = gst_bin_get_by_name (GST_BIN (pipeline), "sink");
  g_autoptr (GstSample) sample = NULL;
  g_autoptr (GdkPixbuf) strip = NULL;
  gboolean leaps = length > LONG;

  if (!wait_for_beginning (pipeline))
    return NULL;
  if (!leaps)
    gst_element_set_state (pipeline, GST_STATE_PLAYING);
  for (guint i = 0; i < RUSHES_STRIP_FRAMES; i++)
    {
      go_on_to (pipeline, GST_APP_SINK (element),
                (GstClockTime) llround ((i + 0.5) / RUSHES_STRIP_FRAMES * length * GST_SECOND), leaps, &sample);
      if (sample == NULL || !draw (sample, i, &strip))
        return NULL;
    }

  return g_steal_pointer (&strip);
}

GdkPixbuf *
rushes_clip_strip_read (GFile *clip, GError **error)
{
  g_autoptr (GstElement) pipeline = NULL;
  g_autoptr (GError) cause = NULL;
  GdkPixbuf *pixbuf = NULL;
  RushesClipFacts facts = { 0 };

  if (!rushes_container_read_facts (clip, &facts, error) || !rushes_codec_start_gstreamer (error))
    return NULL;

  /* Only the few frames that are shown are converted. */
  if (facts.width > 0)
    pipeline = build (clip, &facts, "appsink name=sink sync=false max-buffers=2 caps=video/x-raw", &cause);
  if (pipeline != NULL)
    {
      pixbuf = pull_strip (pipeline, facts.duration);
      gst_element_set_state (pipeline, GST_STATE_NULL);
    }
  if (pixbuf == NULL)
    fail (&facts, cause, error);

  return pixbuf;
}
