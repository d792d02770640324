/* rushes-playback.h
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <gio/gio.h>

#include "rushes-arrival.h"
#include "rushes-growing-source.h"
#include "rushes-missing-codec.h"

G_BEGIN_DECLS

/**
 * RushesPlayback:
 *
 * One clip in GstPlay, for as long as it is open: what #RushesPlayer drives. Lives on the main thread. Nobody else
 * includes this.
 *
 * Signals: ::ready when the first frame is there; ::settled when a pause or a seek is done, with the frame that was
 * wished on the screen; ::ended at the end of the clip; ::failed (GError), after which it is of no more use;
 * ::codec-missing (RushesMissingCodec) when the pictures cannot be decoded for want of it.
 */
#define RUSHES_TYPE_PLAYBACK (rushes_playback_get_type ())
G_DECLARE_FINAL_TYPE (RushesPlayback, rushes_playback, RUSHES, PLAYBACK, GObject)

/* Loads the code of what is needed, so that rushes_playback_new() is quick; with @paints also the sink that paints,
 * which is for a process that has GTK loaded already. Blocks: call it off the main thread, with GStreamer
 * initialized. */
void            rushes_playback_preload       (gboolean         paints);
/* @file must be a local clip that the container reader has walked; or it is NULL, and @arrival one whose head the
 * reader has walked. @video_sink, NULL for one that paints, is as gst_parse_launch() reads it; MEDIA error when the
 * system has none. */
RushesPlayback *rushes_playback_new           (GFile           *file,
                                               RushesArrival   *arrival,
                                               const char      *video_sink,
                                               gboolean         with_sound,
                                               GError         **error);
/* NULL before the first frame; of a sink that paints nothing, the sink. */
GObject        *rushes_playback_get_paintable (RushesPlayback  *self);
void            rushes_playback_run           (RushesPlayback  *self,
                                               gboolean         running);
/* To the frame at @seconds. Of the wishes that come while a seek is under way only the last is followed. */
void            rushes_playback_seek          (RushesPlayback  *self,
                                               double           seconds);
gboolean        rushes_playback_get_seeking   (RushesPlayback  *self);
/* Where it ends instead of at the end of the clip, from the next seek on that goes before it; -1 for nowhere. */
void            rushes_playback_set_stop      (RushesPlayback  *self,
                                               double           seconds);
/* Of an arrival: whether what is to be shown next has not come yet, or is to be decoded from what has not. */
gboolean        rushes_playback_is_starving   (RushesPlayback  *self);
/* NULL for a file that is whole. Borrowed. */
RushesGrowingSource *rushes_playback_get_source (RushesPlayback *self);
void            rushes_playback_set_rate      (RushesPlayback  *self,
                                               double           rate);
/* @volume is cubic, 0…1. */
void            rushes_playback_set_volume    (RushesPlayback  *self,
                                               double           volume,
                                               gboolean         muted);
/* When the frame on the screen ends, in seconds of the clip: exact, also after a seek into the midst of it. @usual is
 * how long a frame is that does not say. FALSE when there is none. */
gboolean        rushes_playback_get_frame_end (RushesPlayback  *self,
                                               double           usual,
                                               double          *seconds);

G_END_DECLS
