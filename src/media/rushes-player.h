/* rushes-player.h
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <gio/gio.h>
#include <libdex.h>

#include "rushes-arrival.h"
#include "rushes-container.h"
#include "rushes-missing-codec.h"
#include "rushes-transport.h"

G_BEGIN_DECLS

/**
 * RushesPlayer:
 *
 * Plays one local clip through GstPlay, also while it is still being downloaded: a RushesTransport. Lives on the main thread; knows no widget: the picture is a GdkPaintable seen
 * as a plain GObject.
 *
 * Properties, notified: file (GFile, read-write), paintable (GObject, NULL until ready), playing (boolean, read-write),
 * position and duration (double, seconds), loop (boolean), rate (double), volume (double 0…1, cubic), muted (boolean),
 * width, height (int), frame-rate (double), has-audio (boolean), error (boxed GError, NULL), missing-codec (boxed
 * RushesMissingCodec, NULL), head (int, RushesHead: what is known of an arrival), buffering (boolean: it stands still
 * because what comes next has not come). Position is notified once a frame while playing; when paused it is the middle of the
 * frame that is shown.
 * mark-in and mark-out (double, seconds; -1 for none): between them it plays, and loops, when it is told to begin before
 * the second.
 * Construct-only: video-sink (string as gst_parse_launch() reads it, NULL for one that paints), for where
 * there is no display; paintable is then the sink itself.
 */
#define RUSHES_TYPE_PLAYER (rushes_player_get_type ())
#define RUSHES_NO_MARK (-1.0)
G_DECLARE_FINAL_TYPE (RushesPlayer, rushes_player, RUSHES, PLAYER, GObject)

/* GStreamer is started with the first file, off the main thread. */
RushesPlayer *rushes_player_new          (void);
GFile        *rushes_player_get_file     (RushesPlayer *self);
/* NULL lets everything go. */
void          rushes_player_set_file     (RushesPlayer *self,
                                          GFile        *file);
/* Plays what is coming as soon as its beginning tells that it can; what is sought beyond what is there comes out of its turn, or is waited for. NULL
 * lets it go. When the arrival is whole, rushes_player_set_file() goes on with the clip without a break. Does nothing
 * while there is a file. */
void          rushes_player_set_arrival  (RushesPlayer *self,
                                          RushesArrival *arrival);
RushesArrival *rushes_player_get_arrival (RushesPlayer *self);
RushesHead    rushes_player_get_head     (RushesPlayer *self);
gboolean      rushes_player_get_buffering (RushesPlayer *self);
gboolean      rushes_player_get_playing  (RushesPlayer *self);
void          rushes_player_set_playing  (RushesPlayer *self,
                                          gboolean      playing);
double        rushes_player_get_position (RushesPlayer *self);
double        rushes_player_get_duration (RushesPlayer *self);
/* Exact to the frame; seeks that come faster than they are done are gathered. */
void          rushes_player_seek         (RushesPlayer *self,
                                          double        seconds);
/* Pauses and goes @frames forwards or backwards. */
void          rushes_player_step         (RushesPlayer *self,
                                          int           frames);

/* The frame that is shown becomes the first, or the last, of those that are played; a mark that is there already is taken
 * away, and so is the other one where it would lie on the wrong side. Nothing of a clip that is still coming is marked. */
void          rushes_player_mark_in      (RushesPlayer *self);
void          rushes_player_mark_out     (RushesPlayer *self);
void          rushes_player_clear_marks  (RushesPlayer *self);
gboolean      rushes_player_get_is_marked (RushesPlayer *self);

G_END_DECLS
