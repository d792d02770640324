/* rushes-chorus.h
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <gio/gio.h>

#include "rushes-clip.h"
#include "rushes-missing-codec.h"

G_BEGIN_DECLS

#define RUSHES_CHORUS_STAY   (-1.0)
#define RUSHES_CHORUS_NOBODY G_MAXUINT

/**
 * RushesChorus:
 *
 * One GStreamer pipeline with several clips in it, each with a sink for its pictures: what an ensemble plays with. The
 * clips do not change; whoever wants others makes another. Lives on the main thread; what may block is done on others,
 * also the end, which comes when it is let go.
 *
 * Signals: ::moved (double: where it is now), ::ended (all clips came to their end, playing), ::failed (uint: which clip,
 * GError), ::codec-missing (uint, RushesMissingCodec). After the last two it is of no use.
 */
#define RUSHES_TYPE_CHORUS (rushes_chorus_get_type ())
G_DECLARE_FINAL_TYPE (RushesChorus, rushes_chorus, RUSHES, CHORUS, GObject)

RushesChorus *rushes_chorus_new           (guint                  n_clips);
/* Before it is moved. @last is the middle of the clip's last frame, in seconds. @video_sink is NULL for one that paints. */
gboolean      rushes_chorus_add           (RushesChorus          *self,
                                           guint                  which,
                                           GFile                 *file,
                                           const RushesClipFacts *facts,
                                           double                 last,
                                           const char            *video_sink,
                                           gboolean               with_sound,
                                           GError               **error);
/* Brings every clip to the frame at @target (STAY: the one that is shown), or to its last one, and lets them run from
 * there on together, or stand. @frame_time is how long a frame is. Ends with ::moved; one at a time. */
void          rushes_chorus_move          (RushesChorus          *self,
                                           double                 target,
                                           double                 rate,
                                           gboolean               run,
                                           double                 frame_time);
/* The middle of the frame that the longest clip shows; FALSE when there is none. */
gboolean      rushes_chorus_get_moment    (RushesChorus          *self,
                                           double                *seconds);
/* Only @heard is to be heard (NOBODY: none), at a linear volume. */
void          rushes_chorus_set_sound     (RushesChorus          *self,
                                           guint                  heard,
                                           double                 volume);
/* Borrowed; NULL for a clip that is not in it. */
GObject      *rushes_chorus_get_paintable (RushesChorus          *self,
                                           guint                  which);

G_END_DECLS
