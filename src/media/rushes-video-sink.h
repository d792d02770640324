/* rushes-video-sink.h
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <gst/gst.h>

G_BEGIN_DECLS

/* Where the pictures of a pipeline go to be seen. */
typedef struct
{
  GstElement *sink;      /* the one whose last sample is the frame on the screen */
  GstElement *outer;     /* what a pipeline is given: the same, or what brings pictures to it by way of GL */
  GObject    *paintable; /* a GdkPaintable; of a sink that does not paint, the sink itself */
} RushesVideoSink;

/* Loads the plug-in, which takes its time, in whatever thread. */
void     rushes_video_sink_preload       (void);
/* @description as gst_parse_launch() reads it, NULL for a sink that paints. Main thread. MEDIA when there is none. */
gboolean rushes_video_sink_init          (RushesVideoSink  *self,
                                          const char       *description,
                                          GError          **error);
void     rushes_video_sink_clear         (RushesVideoSink  *self);
/* The stream time, in seconds, at which the frame on the screen ends; a frame that does not say how long it is shown
 * counts as @usual seconds. FALSE when there is none. Any thread. */
gboolean rushes_video_sink_get_frame_end (GstElement       *sink,
                                          double            usual,
                                          double           *seconds);

G_END_DECLS
