/* rushes-player-arrival.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "rushes-player-private.h"

#include <gst/gst.h>

#include "rushes-async.h"

/* Milliseconds between two looks at a head that has not come. */
#define LOOK_EVERY 100

/* The demuxer jumps over the pictures of a clip to its index only in a larger one; others it reads through. */
#define LEAST_TO_JUMP (4 * 1024 * 1024)

/* How long a frame must have stood, in seconds, before bytes that are missing are why: what was read ahead is shown
 * first. */
#define STANDSTILL 0.25

/* What must have come before it goes on: so much of the clip, and so many bytes where its length is not known. */
#define CUSHION_SECONDS 2.0
#define CUSHION_BYTES   (256 * 1024)

/* More than this of what comes out of its turn is never there at once. */
#define MAX_CUSHION (RUSHES_PIECES_AHEAD / 2)

/* ---- the head ---- */

typedef struct
{
  GWeakRef player;
  RushesArrival *arrival;
  GFile *file;
  RushesPieces *pieces;
  gint64 total;
  gboolean paints;
  RushesHead head;
  RushesClipFacts facts;
} Look;

static void
look_clear (gpointer data)
{
  Look *look = data;

  g_weak_ref_clear (&look->player);
  g_object_unref (look->arrival);
  g_object_unref (look->file);
  g_clear_object (&look->pieces);
}

static void
look_unref (gpointer data)
{
  g_atomic_rc_box_release_full (data, look_clear);
}

static DexFuture *
look_at_head (gpointer data)
{
  Look *look = data;
  g_autoptr (GError) error = NULL;

  look->head = rushes_container_read_head (look->file, look->total, look->pieces, &look->facts);
  if (look->head == RUSHES_HEAD_PLAYS)
    {
      if (!gst_init_check (NULL, NULL, &error))
        return dex_future_new_for_error (g_steal_pointer (&error));
      rushes_playback_preload (look->paints);
    }
  return dex_future_new_true ();
}

static gboolean look_again (gpointer data);

static DexFuture *
on_looked (DexFuture *future, gpointer data)
{
  Look *look = data;
  g_autoptr (RushesPlayer) self = g_weak_ref_get (&look->player);
  g_autoptr (GError) error = NULL;

  if (self == NULL || self->arrival != look->arrival || self->file != NULL)
    return NULL;
  if (dex_future_get_value (future, &error) == NULL)
    {
      rushes_player_fail (self, error);
      return NULL;
    }

  if (look->head == RUSHES_HEAD_COMING || look->head == RUSHES_HEAD_LATE)
    self->look = g_timeout_add (LOOK_EVERY, look_again, self);
  if (self->head == look->head)
    return NULL;

  self->head = look->head;
  if (self->head == RUSHES_HEAD_PLAYS)
    {
      self->facts = look->facts;
      self->with_sound = self->facts.audio_codec != NULL;
      rushes_player_notify_facts (self);
      rushes_player_open_playback (self);
    }
  g_object_notify (G_OBJECT (self), "head");
  return NULL;
}

static gboolean
look_again (gpointer data)
{
  RushesPlayer *self = data;
  Look *look = g_atomic_rc_box_new0 (Look);

  self->look = 0;
  g_weak_ref_init (&look->player, self);
  look->arrival = g_object_ref (self->arrival);
  look->file = g_object_ref (rushes_arrival_get_file (self->arrival));
  look->total = rushes_arrival_get_total (self->arrival);
  if (look->total > LEAST_TO_JUMP)
    g_set_object (&look->pieces, rushes_arrival_get_pieces (self->arrival));
  look->paints = self->video_sink == NULL;
  dex_clear (&self->opening);
  self->opening = rushes_async_work (look_at_head, g_atomic_rc_box_acquire (look), look_unref);
  self->opening = dex_future_finally (self->opening, on_looked, look, look_unref);

  return G_SOURCE_REMOVE;
}

/* ---- the supply ---- */

static void
set_buffering (RushesPlayer *self, gboolean buffering)
{
  if (self->buffering == buffering)
    return;
  self->buffering = buffering;
  g_object_notify (G_OBJECT (self), "buffering");
}

static gboolean
stands_still (RushesPlayer *self)
{
  gint64 now = g_get_monotonic_time ();
  double middle;

  if (!rushes_player_get_shown_frame (self, &middle) || middle == self->last_frame)
    return now - self->last_moved > (gint64) (STANDSTILL * G_USEC_PER_SEC);

  self->last_frame = middle;
  self->last_moved = now;
  return FALSE;
}

static gboolean
has_cushion (RushesPlayer *self)
{
  gint64 total = rushes_arrival_get_total (self->arrival);
  gint64 wanted = CUSHION_BYTES;

  if (rushes_arrival_get_state (self->arrival) == RUSHES_ARRIVAL_WHOLE)
    return TRUE;
  if (total > 0 && self->facts.duration > 0)
    wanted = (gint64) (total / self->facts.duration * CUSHION_SECONDS);

  return rushes_growing_source_has (rushes_playback_get_source (self->playback), self->stalled_at,
                                    MIN (wanted, MAX_CUSHION));
}

void
rushes_player_mind_supply (RushesPlayer *self)
{
  gboolean starving, waits;

  if (self->arrival == NULL || self->playback == NULL)
    return;

  starving = rushes_playback_is_starving (self->playback);
  waits = rushes_playback_get_paintable (self->playback) == NULL || rushes_playback_get_seeking (self->playback);
  if (self->stalled && has_cushion (self))
    {
      /* The clock has gone on a little without pictures: it is set back to where they stand. */
      self->stalled = FALSE;
      self->last_moved = g_get_monotonic_time ();
      rushes_playback_seek (self->playback, self->position);
      rushes_playback_run (self->playback, self->playing);
    }
  else if (!self->stalled && self->playing && !waits && stands_still (self) && starving)
    {
      self->stalled = TRUE;
      self->stalled_at = rushes_growing_source_get_place (rushes_playback_get_source (self->playback));
      rushes_playback_run (self->playback, FALSE);
    }
  set_buffering (self, self->stalled || (starving && waits));
}

/* ---- from its first bytes to its name ---- */

gboolean
rushes_player_has_arrived (RushesPlayer *self)
{
  return self->arrival != NULL && self->playback != NULL &&
         rushes_arrival_get_state (self->arrival) == RUSHES_ARRIVAL_WHOLE;
}

void
rushes_player_drop_arrival (RushesPlayer *self)
{
  gboolean stalled = self->stalled;

  g_clear_handle_id (&self->look, g_source_remove);
  if (self->arrival == NULL)
    return;

  g_clear_object (&self->arrival);
  self->stalled = FALSE;
  if (stalled && self->playback != NULL)
    {
      rushes_playback_seek (self->playback, self->position);
      rushes_playback_run (self->playback, self->playing);
    }
  set_buffering (self, FALSE);
}

RushesArrival *
rushes_player_get_arrival (RushesPlayer *self)
{
  g_return_val_if_fail (RUSHES_IS_PLAYER (self), NULL);

  return self->arrival;
}

RushesHead
rushes_player_get_head (RushesPlayer *self)
{
  g_return_val_if_fail (RUSHES_IS_PLAYER (self), RUSHES_HEAD_COMING);

  return self->head;
}

gboolean
rushes_player_get_buffering (RushesPlayer *self)
{
  g_return_val_if_fail (RUSHES_IS_PLAYER (self), FALSE);

  return self->buffering;
}

void
rushes_player_set_arrival (RushesPlayer *self, RushesArrival *arrival)
{
  g_return_if_fail (RUSHES_IS_PLAYER (self));
  g_return_if_fail (arrival == NULL || RUSHES_IS_ARRIVAL (arrival));

  if (self->arrival == arrival || self->file != NULL)
    return;

  rushes_player_clear (self);
  self->head = RUSHES_HEAD_COMING;
  g_object_notify (G_OBJECT (self), "head");
  if (arrival != NULL)
    {
      self->arrival = g_object_ref (arrival);
      self->last_moved = g_get_monotonic_time ();
      look_again (self);
    }
}
