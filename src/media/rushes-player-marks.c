/* rushes-player-marks.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "rushes-player-private.h"

#include <math.h>

/* Within a frame every moment is the same one. */
#define SAME 0.25

double
rushes_player_get_start (RushesPlayer *self)
{
  return self->mark_in >= 0 ? self->mark_in + rushes_player_get_frame_time (self) / 2 : 0.0;
}

double
rushes_player_get_end (RushesPlayer *self)
{
  double frame = rushes_player_get_frame_time (self);
  double shown;

  /* Who looked beyond the mark came to the end of the clip. */
  if (self->mark_out >= 0 && rushes_player_get_shown_frame (self, &shown) && shown < self->mark_out + SAME * frame)
    return self->mark_out - frame / 2;

  return self->facts.duration;
}

static void
set_marks (RushesPlayer *self, double mark_in, double mark_out)
{
  gboolean in_moves = self->mark_in != mark_in;
  gboolean out_moves = self->mark_out != mark_out;

  if (!in_moves && !out_moves)
    return;
  self->mark_in = mark_in;
  self->mark_out = mark_out;
  if (self->playback != NULL && out_moves)
    {
      rushes_playback_set_stop (self->playback, mark_out);
      /* It holds from a seek on: to where it is. */
      rushes_player_seek_to (self, self->position);
    }
  if (in_moves)
    g_object_notify (G_OBJECT (self), "mark-in");
  if (out_moves)
    g_object_notify (G_OBJECT (self), "mark-out");
}

/* Where the frame begins that is shown. */
static double
get_frame_start (RushesPlayer *self)
{
  double frame = rushes_player_get_frame_time (self);
  double last = self->facts.duration - frame;

  return floor (CLAMP (self->position, 0.0, MAX (last, 0.0)) / frame + SAME / 2) * frame;
}

static gboolean
is_same (RushesPlayer *self, double mark, double seconds)
{
  return mark >= 0 && fabs (mark - seconds) < SAME * rushes_player_get_frame_time (self);
}

void
rushes_player_mark_in (RushesPlayer *self)
{
  double start;

  g_return_if_fail (RUSHES_IS_PLAYER (self));

  if (self->file == NULL || self->playback == NULL)
    return;
  start = get_frame_start (self);
  if (is_same (self, self->mark_in, start))
    set_marks (self, RUSHES_NO_MARK, self->mark_out);
  else
    set_marks (self, start, self->mark_out > start ? self->mark_out : RUSHES_NO_MARK);
}

void
rushes_player_mark_out (RushesPlayer *self)
{
  double end;

  g_return_if_fail (RUSHES_IS_PLAYER (self));

  if (self->file == NULL || self->playback == NULL)
    return;
  end = get_frame_start (self) + rushes_player_get_frame_time (self);
  if (is_same (self, self->mark_out, end))
    set_marks (self, self->mark_in, RUSHES_NO_MARK);
  else
    set_marks (self, self->mark_in < end ? self->mark_in : RUSHES_NO_MARK, end);
}

void
rushes_player_clear_marks (RushesPlayer *self)
{
  g_return_if_fail (RUSHES_IS_PLAYER (self));

  set_marks (self, RUSHES_NO_MARK, RUSHES_NO_MARK);
}

gboolean
rushes_player_get_is_marked (RushesPlayer *self)
{
  g_return_val_if_fail (RUSHES_IS_PLAYER (self), FALSE);

  return self->mark_in >= 0 || self->mark_out >= 0;
}
