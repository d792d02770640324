/* rushes-move.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "rushes-move.h"

#include <math.h>

/* The share of the time in which the camera gets going, and in which it comes to rest. */
#define RAMP 0.3
#define LEAN 0.06

/* How wide a picture is compared with the frame, beyond which a crop would hide too much of it to stand still. */
#define ODD_SHAPE 1.5

GRand *
rushes_dice (gint64 seed, guint32 purpose)
{
  const guint32 words[] = { (guint32) seed, (guint32) ((guint64) seed >> 32), purpose };

  return g_rand_new_with_seed_array (words, G_N_ELEMENTS (words));
}

/* The way under a speed that rises as 3u² - 2u³. */
static double
ramp (double u)
{
  return u * u * u - u * u * u * u / 2;
}

double
rushes_ease (double progress)
{
  double t = CLAMP (progress, 0, 1), way;

  if (t < RAMP)
    way = RAMP * ramp (t / RAMP);
  else if (t <= 1 - RAMP)
    way = t - RAMP / 2;
  else
    way = 1 - RAMP - RAMP * ramp ((1 - t) / RAMP);

  return way / (1 - RAMP);
}

RushesMoveKind
rushes_move_kind_choose (int picture_width, int picture_height, int frame_width, int frame_height, gint64 seed)
{
  static const RushesMoveKind kinds[] = {
    RUSHES_MOVE_PUSH_IN,   RUSHES_MOVE_PUSH_IN,  RUSHES_MOVE_PUSH_IN,   RUSHES_MOVE_PULL_OUT,
    RUSHES_MOVE_PULL_OUT,  RUSHES_MOVE_PAN_LEFT, RUSHES_MOVE_PAN_RIGHT, RUSHES_MOVE_TILT_UP,
    RUSHES_MOVE_TILT_DOWN, RUSHES_MOVE_DRIFT,    RUSHES_MOVE_DRIFT,
  };
  g_autoptr (GRand) dice = rushes_dice (seed, 'k');
  double shape = ((double) picture_width / picture_height) / ((double) frame_width / frame_height);

  if (shape > ODD_SHAPE)
    return g_rand_boolean (dice) ? RUSHES_MOVE_PAN_LEFT : RUSHES_MOVE_PAN_RIGHT;
  if (shape < 1 / ODD_SHAPE)
    return g_rand_boolean (dice) ? RUSHES_MOVE_PAN_UP : RUSHES_MOVE_PAN_DOWN;

  return kinds[g_rand_int_range (dice, 0, G_N_ELEMENTS (kinds))];
}

typedef struct
{
  double picture[2]; /* width and height */
  double frame[2];
  double cover; /* the scale at which the picture just fills the frame */
} Stage;

/* How far the middle of the frame may lie from the middle of the picture along an axis. */
static double
room (const Stage *stage, int axis, double scale, double lean)
{
  return MAX (0, (stage->picture[axis] - stage->frame[axis] * scale / (1 - fabs (lean))) / 2);
}

/* The place that people look at: by the third for tall pictures, where faces are, else near the middle. */
static void
find_focus (const Stage *stage, GRand *dice, double focus[2])
{
  gboolean tall = stage->picture[1] / stage->picture[0] > ODD_SHAPE * stage->frame[1] / stage->frame[0];

  focus[0] = stage->picture[0] * (0.5 + g_rand_double_range (dice, -0.12, 0.12));
  focus[1] = stage->picture[1] * ((tall ? 0.38 : 0.48) + g_rand_double_range (dice, -0.08, 0.08));
}

static RushesView
look_at (const Stage *stage, const double point[2], double scale, double lean)
{
  double place[2];

  for (int axis = 0; axis < 2; axis++)
    {
      double middle = stage->picture[axis] / 2, reach = room (stage, axis, scale, lean);

      place[axis] = CLAMP (point[axis], middle - reach, middle + reach);
    }

  return (RushesView) { .x = place[0], .y = place[1], .scale = scale, .lean = lean };
}

static void
travel (RushesMove *self, const Stage *stage, int axis, int sign, double seconds, double lean, GRand *dice)
{
  double focus[2], from[2], to[2], scale = stage->cover, length, reach, middle;
  double wanted = stage->frame[axis] * CLAMP (0.045 * seconds, 0.16, 0.3);
  double furthest = stage->frame[axis] * (0.15 + 0.11 * seconds);

  find_focus (stage, dice, focus);
  /* What the picture does not have to spare, coming closer gives. */
  scale = MIN (scale, stage->picture[axis] / (stage->frame[axis] + wanted));
  if (lean > 0)
    scale = MIN (scale, stage->cover * (1 - lean) / 1.02);

  reach = room (stage, axis, scale, lean);
  length = MIN (2 * reach, furthest * scale);
  middle = stage->picture[axis] / 2;
  middle = CLAMP (focus[axis], middle - reach + length / 2, middle + reach - length / 2);

  from[axis] = middle - sign * length / 2;
  to[axis] = middle + sign * length / 2;
  from[1 - axis] = to[1 - axis] = focus[1 - axis];
  /* Whoever looks up has the upper part further away. */
  self->from = look_at (stage, from, scale, sign * lean);
  self->to = look_at (stage, to, scale, -sign * lean);
}

void
rushes_move_init (RushesMove *self,
                  RushesMoveKind kind,
                  int picture_width,
                  int picture_height,
                  int frame_width,
                  int frame_height,
                  double seconds,
                  gint64 seed)
{
  g_autoptr (GRand) dice = rushes_dice (seed, 'm');
  Stage stage = { { picture_width, picture_height }, { frame_width, frame_height }, 0 };
  double closer = 1 + CLAMP (0.03 * seconds, 0.1, 0.3) * g_rand_double_range (dice, 0.9, 1.1);
  double focus[2], corner[2];

  stage.cover = MIN (stage.picture[0] / stage.frame[0], stage.picture[1] / stage.frame[1]);

  switch (kind)
    {
    case RUSHES_MOVE_PUSH_IN:
    case RUSHES_MOVE_PULL_OUT:
      find_focus (&stage, dice, focus);
      self->from = look_at (&stage, focus, stage.cover, 0);
      self->to = look_at (&stage, focus, stage.cover / closer, 0);
      if (kind == RUSHES_MOVE_PULL_OUT)
        {
          RushesView far = self->from;

          self->from = self->to;
          self->to = far;
        }
      break;
    case RUSHES_MOVE_PAN_LEFT:
    case RUSHES_MOVE_PAN_RIGHT:
      travel (self, &stage, 0, kind == RUSHES_MOVE_PAN_LEFT ? -1 : 1, seconds, 0, dice);
      break;
    case RUSHES_MOVE_PAN_UP:
    case RUSHES_MOVE_PAN_DOWN:
      travel (self, &stage, 1, kind == RUSHES_MOVE_PAN_UP ? -1 : 1, seconds, 0, dice);
      break;
    case RUSHES_MOVE_TILT_UP:
    case RUSHES_MOVE_TILT_DOWN:
      travel (self, &stage, 1, kind == RUSHES_MOVE_TILT_UP ? -1 : 1, seconds, LEAN, dice);
      break;
    case RUSHES_MOVE_DRIFT:
      find_focus (&stage, dice, focus);
      for (int axis = 0; axis < 2; axis++)
        corner[axis] = stage.frame[axis] * stage.cover * (g_rand_boolean (dice) ? 1 : -1) *
                       CLAMP (0.012 * seconds, 0.03, 0.08) * (axis == 0 ? 1 : 0.6);
      {
        const double start[] = { focus[0] - corner[0], focus[1] - corner[1] };
        const double end[] = { focus[0] + corner[0], focus[1] + corner[1] };

        self->from = look_at (&stage, start, stage.cover / 1.12, 0);
        self->to = look_at (&stage, end, stage.cover / (1.12 + (closer - 1) / 3), 0);
      }
      break;
    }
}

RushesView
rushes_move_at (const RushesMove *self, double progress)
{
  double way = rushes_ease (progress);
  const RushesView *from = &self->from, *to = &self->to;
  RushesView view;

  /* Coming closer by the same factor in the same time looks steady; the same number of pixels does not. The middle has
   * to go along with the scale, else the point that is looked at would wander. */
  view.scale = from->scale * pow (to->scale / from->scale, way);
  view.lean = from->lean + (to->lean - from->lean) * way;
  if (fabs (to->scale - from->scale) > 1e-9 * from->scale)
    way = (from->scale - view.scale) / (from->scale - to->scale);
  view.x = from->x + (to->x - from->x) * way;
  view.y = from->y + (to->y - from->y) * way;

  return view;
}

RushesArea
rushes_move_get_area (const RushesMove *self, int frame_width, int frame_height)
{
  double left = G_MAXDOUBLE, right = -G_MAXDOUBLE, top = G_MAXDOUBLE, bottom = -G_MAXDOUBLE;

  for (int i = 0; i < 2; i++)
    {
      const RushesView *view = i == 0 ? &self->from : &self->to;
      double reach = view->scale / (1 - fabs (view->lean)) / 2;

      left = MIN (left, view->x - reach * frame_width);
      right = MAX (right, view->x + reach * frame_width);
      top = MIN (top, view->y - reach * frame_height);
      bottom = MAX (bottom, view->y + reach * frame_height);
    }

  return (RushesArea) { left, top, right - left, bottom - top };
}
