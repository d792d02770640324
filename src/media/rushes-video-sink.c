/* rushes-video-sink.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "rushes-video-sink.h"

#include <glib/gi18n.h>

#include "rushes-error.h"

#define PAINTING_SINK "gtk4paintablesink"

void
rushes_video_sink_preload (void)
{
  g_autoptr (GstElementFactory) factory = gst_element_factory_find (PAINTING_SINK);
  g_autoptr (GstPluginFeature) loaded = NULL;

  if (factory != NULL)
    loaded = gst_plugin_feature_load (GST_PLUGIN_FEATURE (factory));
}

/* GL spares the processor the conversion of colours. Where GL is software the processor is quicker by itself. */
static GstElement *
wrap_for_gl (GstElement *sink, GObject *paintable)
{
  g_autoptr (GObject) gl_context = NULL;
  GstElement *gl_sink;

  if (g_object_class_find_property (G_OBJECT_GET_CLASS (paintable), "gl-context") != NULL)
    g_object_get (paintable, "gl-context", &gl_context, NULL);
  if (gl_context == NULL || !g_file_test ("/dev/dri/renderD128", G_FILE_TEST_EXISTS) ||
      (gl_sink = gst_element_factory_make ("glsinkbin", NULL)) == NULL)
    return gst_object_ref (sink);

  gst_object_ref_sink (gl_sink);
  g_object_set (gl_sink, "sink", sink, NULL);
  return gl_sink;
}

/* What the painting sink wants done on the main thread it does itself when the main context is free: between the turns
 * of a loop that is turned by hand, and after the last turn, as a process ends. There it dies of it, so the main thread
 * keeps the context for good. */
static void
keep_main_context (void)
{
  static gboolean kept;

  if (!kept)
    kept = g_main_context_acquire (NULL);
}

gboolean
rushes_video_sink_init (RushesVideoSink *self, const char *description, GError **error)
{
  *self = (RushesVideoSink) { gst_parse_launch (description != NULL ? description : PAINTING_SINK, NULL), NULL, NULL };
  if (self->sink == NULL)
    {
      rushes_set_error (error, RUSHES_ERROR_MEDIA,
                        _ ("This system cannot show video: the GTK 4 plug-in of GStreamer is not installed."));
      return FALSE;
    }

  gst_object_ref_sink (self->sink);
  if (g_object_class_find_property (G_OBJECT_GET_CLASS (self->sink), "paintable") != NULL)
    {
      keep_main_context ();
      g_object_get (self->sink, "paintable", &self->paintable, NULL);
      self->outer = wrap_for_gl (self->sink, self->paintable);
    }
  else
    {
      self->paintable = g_object_ref (G_OBJECT (self->sink));
      self->outer = gst_object_ref (self->sink);
    }

  return TRUE;
}

void
rushes_video_sink_clear (RushesVideoSink *self)
{
  g_clear_object (&self->paintable);
  gst_clear_object (&self->outer);
  gst_clear_object (&self->sink);
}

gboolean
rushes_video_sink_get_frame_end (GstElement *sink, double usual, double *seconds)
{
  g_autoptr (GstSample) sample = NULL;
  GstBuffer *buffer;
  GstClockTime end;

  g_object_get (sink, "last-sample", &sample, NULL);
  buffer = sample != NULL ? gst_sample_get_buffer (sample) : NULL;
  if (buffer == NULL || !GST_BUFFER_PTS_IS_VALID (buffer))
    return FALSE;

  end = GST_BUFFER_PTS (buffer);
  end += GST_BUFFER_DURATION_IS_VALID (buffer) ? GST_BUFFER_DURATION (buffer) : (GstClockTime) (usual * GST_SECOND);
  end = gst_segment_to_stream_time (gst_sample_get_segment (sample), GST_FORMAT_TIME, end);
  if (!GST_CLOCK_TIME_IS_VALID (end))
    return FALSE;

  *seconds = (double) end / GST_SECOND;
  return TRUE;
}
