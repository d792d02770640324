/* rushes-codec.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "rushes-codec.h"

#include <glib/gi18n.h>
#include <gst/app/app.h>
#include <gst/video/video.h>

#include "rushes-error.h"

#define PROBE_SECONDS 20

/* Two threads each, on every computer: some encoders write other bits with another number. A key frame every two
 * seconds, so that stepping and seeking are quick. */
const RushesCodec rushes_video_codecs[] = {
  { "x264enc",
    "x264enc speed-preset=veryfast pass=qual quantizer=20 bitrate={kbps} vbv-buf-capacity=1000 threads=2 "
    "key-int-max={gop} ! video/x-h264,profile=high ! h264parse",
    "mp4mux" },
  { "openh264enc",
    "openh264enc rate-control=quality bitrate={bps} complexity=medium multi-thread=2 gop-size={gop} qp-min=22 "
    "enable-frame-skip=false ! h264parse",
    "mp4mux" },
  { "vp9enc",
    "vp9enc deadline=1 cpu-used=7 threads=2 row-mt=true tile-columns=1 end-usage=cq cq-level=28 target-bitrate={bps} "
    "keyframe-max-dist={gop} ! vp9parse",
    "mp4mux" },
  { "svtav1enc", "svtav1enc preset=10 crf=30 intra-period-length={gop} parameters-string=lp=2 ! av1parse", "mp4mux" },
  { "av1enc",
    "av1enc usage-profile=realtime cpu-used=10 threads=2 row-mt=true tile-columns=1 end-usage=cbr lag-in-frames=0 "
    "min-quantizer=18 max-quantizer=50 target-bitrate={kbps} keyframe-max-dist={gop} ! av1parse",
    "mp4mux" },
  { "vp8enc",
    "vp8enc deadline=1 cpu-used=8 threads=1 end-usage=cq cq-level=12 target-bitrate={bps} keyframe-max-dist={gop}",
    "webmmux" },
  { NULL },
};

const RushesCodec rushes_sound_codecs[] = {
  { "avenc_aac", "audioconvert ! avenc_aac bitrate=128000 ! aacparse" },
  { "voaacenc", "audioconvert ! voaacenc bitrate=128000 ! aacparse" },
  { "fdkaacenc", "audioconvert ! fdkaacenc bitrate=128000 ! aacparse" },
  { "opusenc", "audioconvert ! opusenc bitrate=96000 ! opusparse" },
  { NULL },
};

gboolean
rushes_codec_start_gstreamer (GError **error)
{
  g_autoptr (GError) cause = NULL;

  if (gst_init_check (NULL, NULL, &cause))
    return TRUE;

  rushes_set_error (error, RUSHES_ERROR_UNSUPPORTED, _ ("GStreamer does not start: %s"), cause->message);
  return FALSE;
}

static void
fill_in (GString *pipeline, const char *key, int value)
{
  g_autofree char *digits = g_strdup_printf ("%d", value);

  g_string_replace (pipeline, key, digits, 0);
}

char *
rushes_codec_get_pipeline (const RushesCodec *self, int width, int height, int frame_rate)
{
  GString *pipeline = g_string_new (self->pipeline);
  int kbps = CLAMP (width * height / 90, 1000, 24000);

  /* Where the quality is given the rate is only what may not be passed. */
  fill_in (pipeline, "{gop}", 2 * frame_rate);
  fill_in (pipeline, "{kbps}", kbps);
  fill_in (pipeline, "{bps}", kbps * 1000);

  return g_string_free_and_steal (pipeline);
}

GstCaps *
rushes_video_caps (int width, int height, int frame_rate)
{
  return gst_caps_new_simple ("video/x-raw", "format", G_TYPE_STRING, "I420", "width", G_TYPE_INT, width, "height",
                              G_TYPE_INT, height, "framerate", GST_TYPE_FRACTION, frame_rate, 1, "pixel-aspect-ratio",
                              GST_TYPE_FRACTION, 1, 1, "interlace-mode", G_TYPE_STRING, "progressive", "colorimetry",
                              G_TYPE_STRING, "bt709", "chroma-site", G_TYPE_STRING, "mpeg2", NULL);
}

GstCaps *
rushes_sound_caps (void)
{
  return gst_caps_new_simple ("audio/x-raw", "format", G_TYPE_STRING, "S16LE", "layout", G_TYPE_STRING, "interleaved",
                              "rate", G_TYPE_INT, 48000, "channels", G_TYPE_INT, 2, NULL);
}

/* Encodes one buffer of @size bytes of @caps, and says whether anything came out. */
static gboolean
try (const char *piece, GstCaps *caps, gsize size)
{
  g_autofree char *description =
      g_strdup_printf ("appsrc name=source format=time ! %s ! appsink name=sink sync=false", piece);
  g_autoptr (GstElement) pipeline = gst_parse_launch_full (description, NULL, GST_PARSE_FLAG_FATAL_ERRORS, NULL);
  g_autoptr (GstElement) source = NULL, sink = NULL;
  g_autoptr (GstSample) sample = NULL;
  GstBuffer *buffer;

  if (pipeline == NULL)
    return FALSE;

  source = gst_bin_get_by_name (GST_BIN (pipeline), "source");
  sink = gst_bin_get_by_name (GST_BIN (pipeline), "sink");
  buffer = gst_buffer_new_allocate (NULL, size, NULL);
  gst_buffer_memset (buffer, 0, 0x80, size);
  GST_BUFFER_PTS (buffer) = 0;
  GST_BUFFER_DURATION (buffer) = GST_SECOND / 30;
  gst_app_src_set_caps (GST_APP_SRC (source), caps);
  gst_element_set_state (pipeline, GST_STATE_PLAYING);
  gst_app_src_push_buffer (GST_APP_SRC (source), buffer);
  gst_app_src_end_of_stream (GST_APP_SRC (source));
  sample = gst_app_sink_try_pull_sample (GST_APP_SINK (sink), PROBE_SECONDS * GST_SECOND);
  gst_element_set_state (pipeline, GST_STATE_NULL);

  return sample != NULL;
}

/* What was tried is remembered: "x264enc 1280 720" and what came of it. */
static gboolean
is_there (const RushesCodec *codec, int width, int height, int frame_rate)
{
  static GMutex mutex;
  static GHashTable *tried;
  g_autofree char *key = g_strdup_printf ("%s %d %d", codec->name, width, height);
  g_autofree char *piece = rushes_codec_get_pipeline (codec, width, height, frame_rate);
  g_autoptr (GstCaps) caps = NULL;
  gpointer known;
  gboolean works;

  g_mutex_lock (&mutex);
  if (tried == NULL)
    tried = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  if (g_hash_table_lookup_extended (tried, key, NULL, &known))
    {
      g_mutex_unlock (&mutex);
      return GPOINTER_TO_INT (known);
    }

  if (codec->muxer != NULL)
    {
      GstVideoInfo info;

      caps = rushes_video_caps (width, height, frame_rate);
      works = gst_video_info_from_caps (&info, caps) && try (piece, caps, GST_VIDEO_INFO_SIZE (&info));
    }
  else
    {
      caps = rushes_sound_caps ();
      works = try (piece, caps, 4 * 4800);
    }
  g_hash_table_insert (tried, g_steal_pointer (&key), GINT_TO_POINTER (works));
  g_mutex_unlock (&mutex);

  return works;
}

const RushesCodec *
rushes_codec_find_video (const char *name, int width, int height, int frame_rate, GError **error)
{
  for (const RushesCodec *codec = rushes_video_codecs; codec->name != NULL; codec++)
    if ((name == NULL || g_str_equal (name, codec->name)) && is_there (codec, width, height, frame_rate))
      return codec;

  /* Translators: the names are those of GStreamer's plug-ins */
  rushes_set_error (
      error, RUSHES_ERROR_UNSUPPORTED,
      _ ("This system has no video encoder that works. Install one for GStreamer: x264, OpenH264, VP9 or AV1."));
  return NULL;
}

const RushesCodec *
rushes_codec_find_sound (const RushesCodec *video)
{
  gboolean webm = g_str_equal (video->muxer, "webmmux");

  for (const RushesCodec *codec = rushes_sound_codecs; codec->name != NULL; codec++)
    if ((!webm || g_str_equal (codec->name, "opusenc")) && is_there (codec, 0, 0, 1))
      return codec;

  return NULL;
}
