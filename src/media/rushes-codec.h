/* rushes-codec.h
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <gst/gst.h>

G_BEGIN_DECLS

/**
 * RushesCodec:
 *
 * An encoder that Rushes knows how to use, as a piece of a pipeline.
 */
typedef struct
{
  const char *name;      /* of the element: "x264enc" */
  const char *pipeline;  /* with {gop}, {kbps} and {bps} to be filled in */
  const char *muxer;     /* of video: "mp4mux" or "webmmux"; NULL for sound */
} RushesCodec;

/* In the order they are preferred; the last has no name. */
extern const RushesCodec rushes_video_codecs[];
extern const RushesCodec rushes_sound_codecs[];

/* Starts GStreamer if need be. FALSE and UNSUPPORTED when it cannot be. */
gboolean           rushes_codec_start_gstreamer (GError             **error);
/* The piece of a pipeline for this size and rate. */
char              *rushes_codec_get_pipeline    (const RushesCodec   *self,
                                                 int                  width,
                                                 int                  height,
                                                 int                  frame_rate) G_GNUC_WARN_UNUSED_RESULT;
/* What goes into it: I420 of BT.709, or stereo of 48 kHz and 16 bits. */
GstCaps           *rushes_video_caps            (int                  width,
                                                 int                  height,
                                                 int                  frame_rate) G_GNUC_WARN_UNUSED_RESULT;
GstCaps           *rushes_sound_caps            (void) G_GNUC_WARN_UNUSED_RESULT;

/* The first that is there, or the one called @name; NULL and UNSUPPORTED when there is none. It counts as there when it
 * has encoded a frame of this size in this process: an element may stand over a library that is a mere stub. Blocks,
 * some tens of milliseconds the first time. */
const RushesCodec *rushes_codec_find_video      (const char          *name,
                                                 int                  width,
                                                 int                  height,
                                                 int                  frame_rate,
                                                 GError             **error);
/* That fits into the container of @video; NULL when there is none, so that the clip stays silent. */
const RushesCodec *rushes_codec_find_sound      (const RushesCodec   *video);

G_END_DECLS
