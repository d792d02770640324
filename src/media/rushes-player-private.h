/* rushes-player-private.h
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "rushes-container.h"
#include "rushes-playback.h"
#include "rushes-player.h"

G_BEGIN_DECLS

struct _RushesPlayer
{
  GObject          parent_instance;

  char            *video_sink;    /* for where there is no display; NULL */
  GFile           *file;
  DexFuture       *opening;
  RushesPlayback  *playback;
  GError          *error;
  RushesMissingCodec *missing_codec;
  RushesClipFacts  facts;
  guint            tick;

  RushesArrival   *arrival;       /* what is played while it comes; NULL when it came, or for a file */
  RushesHead       head;          /* of it */
  guint            look;          /* the next one at its head; 0 for none */
  double           last_frame;    /* the middle of the one on the screen, */
  gint64           last_moved;    /* and since when it is there, monotonic */
  gint64           stalled_at;    /* the byte that had not come when it stood still */

  double           position;
  double           mark_in;       /* seconds where its frame begins */
  double           mark_out;      /* and where its frame ends; NO_MARK */
  double           volume;
  double           rate;

  guint            playing    : 1;
  guint            loop       : 1;
  guint            muted      : 1;
  guint            with_sound : 1;
  guint            ended      : 1; /* came to the end and stays there */
  guint            stalled    : 1; /* stands still although it plays, until more has come */
  guint            buffering  : 1;
};

/* rushes-player.c */

/* Of the clip whose facts are known. */
void     rushes_player_open_playback   (RushesPlayer      *self);
void     rushes_player_clear           (RushesPlayer      *self);
void     rushes_player_notify_facts    (RushesPlayer      *self);
void     rushes_player_fail            (RushesPlayer      *self,
                                        const GError      *error);
double   rushes_player_get_frame_time  (RushesPlayer      *self);
gboolean rushes_player_get_shown_frame (RushesPlayer      *self,
                                        double            *middle);

/* To a moment that is the middle of a frame. */
void     rushes_player_seek_to         (RushesPlayer      *self,
                                        double             seconds);

/* rushes-player-opening.c */

/* Looks at its file, in a thread, and opens a playback of it. */
void     rushes_player_open_file       (RushesPlayer      *self);

/* rushes-player-marks.c */

/* Where it begins again, and where it is when it has come to an end. */
double   rushes_player_get_start       (RushesPlayer      *self);
double   rushes_player_get_end         (RushesPlayer      *self);

/* rushes-player-arrival.c */

/* Whether all of it came while it was played, so that it can be played on under its final name. */
gboolean rushes_player_has_arrived     (RushesPlayer      *self);
void     rushes_player_drop_arrival    (RushesPlayer      *self);
/* From time to time while a clip comes: stands still when the bytes run out, and goes on when there are some again. */
void     rushes_player_mind_supply     (RushesPlayer      *self);

G_END_DECLS
