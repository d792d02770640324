/* rushes-trimmer.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "rushes-trimmer.h"

#include <glib/gi18n.h>
#include <gst/app/app.h>
#include <math.h>

#include "rushes-async.h"
#include "rushes-codec.h"
#include "rushes-container.h"
#include "rushes-error.h"
#include "rushes-origin.h"

#define WAIT (10 * GST_SECOND)

typedef struct
{
  GFile *clip;
  GFile *destination;
  double from;
  double to;
} Trim;

static void
trim_free (gpointer data)
{
  Trim *trim = data;

  g_object_unref (trim->clip);
  g_clear_object (&trim->destination);
  g_free (trim);
}

static gboolean
fail (GError **error, const GError *cause)
{
  GError *failure =
      rushes_error_new (RUSHES_ERROR_MEDIA, _ ("This clip cannot be shortened without encoding it again."));

  if (cause != NULL)
    rushes_error_set_words (failure, cause->message);
  g_propagate_error (error, failure);

  return FALSE;
}

static gboolean
check_origin (GFile *clip, GError **error)
{
  RushesOrigin origin;

  if (!rushes_origin_read (clip, &origin, error))
    return FALSE;
  if (origin == RUSHES_ORIGIN_NONE)
    return TRUE;

  rushes_set_error (
      error, RUSHES_ERROR_BAD_REQUEST,
      _ ("This clip says in its file where it came from, and a part of it would not. Save the whole clip."));

  return FALSE;
}

static DexFuture *
check (gpointer data)
{
  GError *error = NULL;

  return check_origin (((Trim *) data)->clip, &error) ? dex_future_new_true () : dex_future_new_for_error (error);
}

/* ---- taking out ---- */

/* The samples as they lie in the file: nothing is between the demuxer and us that could change them. What is asked of
 * one kind waits for the other as long as it takes; the whole part is in memory, as it is compressed. */
static GstElement *
build_source (GFile *clip, const RushesClipFacts *facts, GError **error)
{
  const char *demuxer = g_str_equal (facts->container, "mp4") ? "qtdemux" : "matroskademux";
  const char *queue = "queue max-size-buffers=0 max-size-bytes=0 max-size-time=0";
  g_autofree char *sound = facts->audio_codec != NULL
                               ? g_strdup_printf ("demuxer.audio_0 ! %s ! appsink name=sound sync=false", queue)
                               : NULL;
  g_autofree char *description = g_strdup_printf (
      "filesrc name=source ! %s name=demuxer demuxer.video_0 ! %s ! appsink name=pictures sync=false %s", demuxer,
      queue, sound != NULL ? sound : "");
  GstElement *pipeline = gst_parse_launch_full (description, NULL, GST_PARSE_FLAG_FATAL_ERRORS, error);
  g_autoptr (GstElement) source = NULL;

  if (pipeline != NULL)
    {
      source = gst_bin_get_by_name (GST_BIN (pipeline), "source");
      g_object_set (source, "location", g_file_peek_path (clip), NULL);
    }

  return pipeline;
}

/* From the middle of the first frame to that of the last, where no time base's rounding can miss them. */
static gboolean
go_to_part (GstElement *pipeline, double from, double to, double frame)
{
  GstSeekFlags flags = GST_SEEK_FLAG_FLUSH | GST_SEEK_FLAG_KEY_UNIT | GST_SEEK_FLAG_SNAP_BEFORE;
  gint64 start = (gint64) llround ((from + frame / 2) * GST_SECOND);
  gint64 stop = to >= 0 ? MAX (start + 1, (gint64) llround ((to - frame / 2) * GST_SECOND)) : -1;

  gst_element_set_state (pipeline, GST_STATE_PAUSED);

  return gst_element_get_state (pipeline, NULL, NULL, WAIT) == GST_STATE_CHANGE_SUCCESS &&
         gst_element_seek (pipeline, 1.0, GST_FORMAT_TIME, flags, GST_SEEK_TYPE_SET, start, GST_SEEK_TYPE_SET, stop) &&
         gst_element_get_state (pipeline, NULL, NULL, WAIT) == GST_STATE_CHANGE_SUCCESS;
}

static GPtrArray *
pull_all (GstElement *pipeline, const char *name)
{
  GPtrArray *samples = g_ptr_array_new_with_free_func ((GDestroyNotify) gst_sample_unref);
  g_autoptr (GstElement) sink = gst_bin_get_by_name (GST_BIN (pipeline), name);
  GstSample *sample;

  while (sink != NULL && (sample = gst_app_sink_try_pull_sample (GST_APP_SINK (sink), WAIT)) != NULL)
    g_ptr_array_add (samples, sample);

  return samples;
}

/* What the times of buffers are ahead of those of the clip: each kind may have its own, as with frames that are decoded
 * before they are shown. */
static GstClockTime
get_offset (GPtrArray *samples)
{
  const GstSegment *segment = gst_sample_get_segment (g_ptr_array_index (samples, 0));

  return segment->start - segment->time;
}

/* ---- putting in ---- */

/* All begin where the pictures do, at @begin of the clip. */
static void
push_all (GstElement *pipeline, const char *name, GPtrArray *samples, GstClockTime begin)
{
  g_autoptr (GstElement) source = gst_bin_get_by_name (GST_BIN (pipeline), name);
  GstClockTime start;
  GstSegment segment;

  if (source == NULL)
    return;
  start = begin + get_offset (samples);
  gst_segment_init (&segment, GST_FORMAT_TIME);
  segment.start = segment.time = segment.position = start;
  for (guint i = 0; i < samples->len; i++)
    {
      GstSample *sample = g_ptr_array_index (samples, i);
      GstBuffer *buffer = gst_sample_get_buffer (sample);
      g_autoptr (GstSample) moved = NULL;

      if (GST_BUFFER_PTS_IS_VALID (buffer) && GST_BUFFER_PTS (buffer) < start)
        continue;
      moved = gst_sample_new (buffer, gst_sample_get_caps (sample), &segment, NULL);
      gst_app_src_push_sample (GST_APP_SRC (source), moved);
    }
  gst_app_src_end_of_stream (GST_APP_SRC (source));
}

static GstElement *
build_target (const char *path, const RushesClipFacts *facts, gboolean with_sound, GError **error)
{
  const char *muxer = g_str_equal (facts->container, "mp4")    ? "mp4mux"
                      : g_str_equal (facts->container, "webm") ? "webmmux"
                                                               : "matroskamux";
  const char *source = "appsrc format=time handle-segment-change=true max-bytes=0 name=";
  g_autofree char *sound = with_sound ? g_strdup_printf ("%ssound ! muxer.audio_0", source) : g_strdup ("");
  g_autofree char *description =
      g_strdup_printf ("%s name=muxer ! filesink name=sink %spictures ! muxer.video_0 %s", muxer, source, sound);
  GstElement *pipeline = gst_parse_launch_full (description, NULL, GST_PARSE_FLAG_FATAL_ERRORS, error);
  g_autoptr (GstElement) sink = NULL;

  if (pipeline != NULL)
    {
      sink = gst_bin_get_by_name (GST_BIN (pipeline), "sink");
      g_object_set (sink, "location", path, NULL);
    }

  return pipeline;
}

static gboolean
write_part (const char *path,
            const RushesClipFacts *facts,
            GPtrArray *pictures,
            GPtrArray *sound,
            GstClockTime begin,
            GError **error)
{
  g_autoptr (GError) cause = NULL;
  g_autoptr (GstElement) pipeline = build_target (path, facts, sound->len > 0, &cause);
  g_autoptr (GstBus) bus = NULL;
  g_autoptr (GstMessage) message = NULL;

  if (pipeline == NULL)
    return fail (error, cause);

  gst_element_set_state (pipeline, GST_STATE_PLAYING);
  push_all (pipeline, "pictures", pictures, begin);
  push_all (pipeline, "sound", sound, begin);
  bus = gst_element_get_bus (pipeline);
  message = gst_bus_timed_pop_filtered (bus, GST_CLOCK_TIME_NONE, GST_MESSAGE_EOS | GST_MESSAGE_ERROR);
  gst_element_set_state (pipeline, GST_STATE_NULL);
  if (GST_MESSAGE_TYPE (message) == GST_MESSAGE_EOS)
    return TRUE;

  gst_message_parse_error (message, &cause, NULL);

  return fail (error, cause);
}

/* ---- all of it ---- */

/* To the millisecond: what files count in is seldom a whole number of nanoseconds. */
static double
to_seconds (GstClockTime time)
{
  return round ((double) time / GST_MSECOND) / 1000;
}

/* Where the last of the pictures ends, in the order in which they are shown. */
static double
get_end (GPtrArray *pictures)
{
  GstClockTime end = 0;

  for (guint i = 0; i < pictures->len; i++)
    {
      GstBuffer *buffer = gst_sample_get_buffer (g_ptr_array_index (pictures, i));
      GstClockTime length = GST_BUFFER_DURATION_IS_VALID (buffer) ? GST_BUFFER_DURATION (buffer) : 0;

      if (GST_BUFFER_PTS_IS_VALID (buffer))
        end = MAX (end, GST_BUFFER_PTS (buffer) + length);
    }

  return to_seconds (end - get_offset (pictures));
}

static gboolean
make_part (Trim *trim, const char *path, double *start, double *end, GError **error)
{
  g_autoptr (GstElement) pipeline = NULL;
  g_autoptr (GPtrArray) pictures = NULL;
  g_autoptr (GPtrArray) sound = NULL;
  g_autoptr (GFile) part = g_file_new_for_path (path);
  g_autoptr (GError) cause = NULL;
  RushesClipFacts facts = { 0 };
  GstBuffer *first;
  GstClockTime begin;

  if (!rushes_container_read_facts (trim->clip, &facts, error) || !rushes_codec_start_gstreamer (error))
    return FALSE;
  if (facts.width <= 0 || (pipeline = build_source (trim->clip, &facts, &cause)) == NULL)
    return fail (error, cause);

  if (go_to_part (pipeline, trim->from, trim->to, facts.frame_rate > 0 ? 1 / facts.frame_rate : 0))
    {
      gst_element_set_state (pipeline, GST_STATE_PLAYING);
      pictures = pull_all (pipeline, "pictures");
      sound = pull_all (pipeline, "sound");
    }
  gst_element_set_state (pipeline, GST_STATE_NULL);
  if (pictures == NULL || pictures->len == 0)
    return fail (error, NULL);

  /* The first is the key frame, which is shown first, too. */
  first = gst_sample_get_buffer (g_ptr_array_index (pictures, 0));
  if (!GST_BUFFER_PTS_IS_VALID (first))
    return fail (error, NULL);
  begin = GST_BUFFER_PTS (first) - get_offset (pictures);
  if (!write_part (path, &facts, pictures, sound, begin, error))
    return FALSE;
  /* What was written is looked at as if it came from elsewhere. */
  if (!rushes_container_read_facts (part, &facts, error))
    return FALSE;

  *start = to_seconds (begin);
  *end = get_end (pictures);

  return TRUE;
}

static DexFuture *
save (gpointer data)
{
  Trim *trim = data;
  g_autoptr (GFileIOStream) stream = NULL;
  g_autoptr (GFile) part = NULL;
  g_autoptr (GError) error = NULL;
  g_auto (GValue) value = G_VALUE_INIT;
  double start, end;
  gboolean done;

  if (g_file_equal (trim->clip, trim->destination))
    return dex_future_new_for_error (
        rushes_error_new (RUSHES_ERROR_BAD_REQUEST, _ ("That is the clip itself. Choose another name.")));
  if (!check_origin (trim->clip, &error) || !(part = g_file_new_tmp ("rushes-part-XXXXXX", &stream, &error)))
    return dex_future_new_for_error (rushes_error_translate (error));

  done = make_part (trim, g_file_peek_path (part), &start, &end, &error) &&
         g_file_copy (part, trim->destination, G_FILE_COPY_OVERWRITE, NULL, NULL, NULL, &error);
  g_file_delete (part, NULL, NULL);
  if (done)
    {
      g_value_init (&value, G_TYPE_VARIANT);
      g_value_set_variant (&value, g_variant_new ("(dd)", start, end));
      return dex_future_new_for_value (&value);
    }

  return dex_future_new_for_error (rushes_error_translate (error));
}

DexFuture *
rushes_trimmer_check (GFile *clip)
{
  Trim *trim;

  dex_return_error_if_fail (G_IS_FILE (clip));

  trim = g_new0 (Trim, 1);
  trim->clip = g_object_ref (clip);

  return rushes_async_work (check, trim, trim_free);
}

DexFuture *
rushes_trimmer_save (GFile *clip, double from, double to, GFile *destination)
{
  Trim *trim;

  dex_return_error_if_fail (G_IS_FILE (clip));
  dex_return_error_if_fail (G_IS_FILE (destination));

  trim = g_new0 (Trim, 1);
  trim->clip = g_object_ref (clip);
  trim->destination = g_object_ref (destination);
  trim->from = MAX (from, 0.0);
  trim->to = to;

  return rushes_async_work (save, trim, trim_free);
}
