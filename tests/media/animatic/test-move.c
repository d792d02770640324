/* test-move.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include <math.h>

#include "rushes-move.h"
#include "rushes-test.h"

static const int pictures[][2] = { { 4000, 3000 }, { 3000, 4000 }, { 1920, 1080 }, { 640, 640 },
                                   { 8000, 1500 }, { 600, 3000 },  { 64, 40 } };
static const int frames[][2] = { { 1280, 720 }, { 720, 1280 }, { 720, 720 }, { 960, 720 } };
static const double lengths[] = { 3, 5, 20 };

#define STEPS 120

/* The corners of what is seen, in pixels of the picture. */
static void
assert_fills (const RushesView *view, const int picture[2], const int frame[2])
{
  for (int v = -1; v <= 1; v += 2)
    {
      double scale = view->scale / (1 + view->lean * v);
      double y = view->y + v * frame[1] / 2.0 * scale;

      g_assert_cmpfloat (view->x - frame[0] / 2.0 * scale, >=, -1e-6 * picture[0]);
      g_assert_cmpfloat (view->x + frame[0] / 2.0 * scale, <=, picture[0] * (1 + 1e-6));
      g_assert_cmpfloat (y, >=, -1e-6 * picture[1]);
      g_assert_cmpfloat (y, <=, picture[1] * (1 + 1e-6));
    }
}

static void
test_fills_the_frame (void)
{
  for (guint p = 0; p < G_N_ELEMENTS (pictures); p++)
    for (guint f = 0; f < G_N_ELEMENTS (frames); f++)
      for (guint l = 0; l < G_N_ELEMENTS (lengths); l++)
        for (RushesMoveKind kind = 0; kind <= RUSHES_MOVE_DRIFT; kind++)
          for (gint64 seed = 0; seed < 8; seed++)
            {
              RushesMove move;
              double cover = MIN ((double) pictures[p][0] / frames[f][0], (double) pictures[p][1] / frames[f][1]);

              rushes_move_init (&move, kind, pictures[p][0], pictures[p][1], frames[f][0], frames[f][1], lengths[l],
                                seed);
              for (int i = 0; i <= STEPS; i++)
                {
                  RushesView view = rushes_move_at (&move, (double) i / STEPS);

                  assert_fills (&view, pictures[p], frames[f]);
                  /* Never so close that much more of the picture is lost than the move needs. */
                  g_assert_cmpfloat (view.scale, >=, cover / 1.45);
                }
            }
}

/* How fast things move across the frame, in its widths a second. */
static double
measure_speed (const RushesMove *move, double from, double to, double seconds, const int frame[2])
{
  RushesView a = rushes_move_at (move, from), b = rushes_move_at (move, to);
  double fastest = 0;

  for (int corner = 0; corner < 4; corner++)
    {
      double dx = (corner % 2 - 0.5) * frame[0], dy = (corner / 2 - 0.5) * frame[1];
      /* Where the point of the picture that is in this corner goes. */
      double x = (a.x + dx * a.scale - b.x) / b.scale - dx, y = (a.y + dy * a.scale - b.y) / b.scale - dy;

      fastest = MAX (fastest, hypot (x, y));
    }

  return fastest / ((to - from) * seconds) / frame[0];
}

static void
test_smooth (void)
{
  for (guint p = 0; p < G_N_ELEMENTS (pictures); p++)
    for (guint l = 0; l < G_N_ELEMENTS (lengths); l++)
      for (RushesMoveKind kind = 0; kind <= RUSHES_MOVE_DRIFT; kind++)
        {
          RushesMove move;
          double last = 0, fastest = 0;

          rushes_move_init (&move, kind, pictures[p][0], pictures[p][1], frames[0][0], frames[0][1], lengths[l], 1);
          for (int i = 0; i < STEPS; i++)
            {
              double speed = measure_speed (&move, (double) i / STEPS, (i + 1.0) / STEPS, lengths[l], frames[0]);

              /* Neither a jerk nor a rush. */
              g_assert_cmpfloat (fabs (speed - last), <, 0.022);
              g_assert_cmpfloat (speed, <, 0.5);
              if (i == 0 || i == STEPS - 1)
                g_assert_cmpfloat (speed, <, 0.002);
              fastest = MAX (fastest, speed);
              last = speed;
            }
          /* But it does move. */
          g_assert_cmpfloat (fastest * lengths[l], >, 0.04);
        }
}

static void
test_ease (void)
{
  double last = 0;

  g_assert_cmpfloat (rushes_ease (0), ==, 0);
  g_assert_cmpfloat_with_epsilon (rushes_ease (1), 1, 1e-12);
  g_assert_cmpfloat_with_epsilon (rushes_ease (0.5), 0.5, 1e-12);
  g_assert_cmpfloat (rushes_ease (-1), ==, 0);
  g_assert_cmpfloat_with_epsilon (rushes_ease (2), 1, 1e-12);
  for (int i = 1; i <= 1000; i++)
    {
      double way = rushes_ease (i / 1000.0);

      g_assert_cmpfloat (way, >, last);
      g_assert_cmpfloat_with_epsilon (way + rushes_ease (1 - i / 1000.0), 1, 1e-9);
      last = way;
    }
}

static void
assert_direction (RushesMoveKind kind, int x, int y, int scale)
{
  RushesMove move;
  double moved[3];

  rushes_move_init (&move, kind, 4000, 3000, 1280, 720, 5, 7);
  moved[0] = move.to.x - move.from.x;
  moved[1] = move.to.y - move.from.y;
  moved[2] = move.to.scale - move.from.scale;
  if (x != 0)
    g_assert_cmpfloat (moved[0] * x, >, 400);
  if (y != 0)
    g_assert_cmpfloat (moved[1] * y, >, 300);
  if (scale != 0)
    g_assert_cmpfloat (moved[2] * scale, >, 0.2);
  else
    g_assert_cmpfloat_with_epsilon (moved[2], 0, 1e-9);
}

static void
test_directions (void)
{
  /* Coming closer, fewer pixels of the picture share a pixel of the frame. */
  assert_direction (RUSHES_MOVE_PUSH_IN, 0, 0, -1);
  assert_direction (RUSHES_MOVE_PULL_OUT, 0, 0, 1);
  assert_direction (RUSHES_MOVE_PAN_LEFT, -1, 0, 0);
  assert_direction (RUSHES_MOVE_PAN_RIGHT, 1, 0, 0);
  assert_direction (RUSHES_MOVE_PAN_UP, 0, -1, 0);
  assert_direction (RUSHES_MOVE_PAN_DOWN, 0, 1, 0);
  assert_direction (RUSHES_MOVE_TILT_UP, 0, -1, 0);
  assert_direction (RUSHES_MOVE_TILT_DOWN, 0, 1, 0);
}

static void
test_seed (void)
{
  RushesMove one, same, other;

  rushes_move_init (&one, RUSHES_MOVE_PUSH_IN, 4000, 3000, 1280, 720, 5, 7);
  rushes_move_init (&same, RUSHES_MOVE_PUSH_IN, 4000, 3000, 1280, 720, 5, 7);
  rushes_move_init (&other, RUSHES_MOVE_PUSH_IN, 4000, 3000, 1280, 720, 5, 8);
  g_assert_cmpmem (&one, sizeof one, &same, sizeof same);
  g_assert_cmpfloat (one.to.x, !=, other.to.x);
}

static void
test_choice (void)
{
  gboolean seen[RUSHES_MOVE_DRIFT + 1] = { FALSE };

  for (gint64 seed = 0; seed < 200; seed++)
    {
      RushesMoveKind wide = rushes_move_kind_choose (8000, 1500, 1280, 720, seed);
      RushesMoveKind tall = rushes_move_kind_choose (3000, 4000, 1280, 720, seed);

      /* What a crop would hide is shown by and by. */
      g_assert_true (wide == RUSHES_MOVE_PAN_LEFT || wide == RUSHES_MOVE_PAN_RIGHT);
      g_assert_true (tall == RUSHES_MOVE_PAN_UP || tall == RUSHES_MOVE_PAN_DOWN);
      seen[rushes_move_kind_choose (1920, 1080, 1280, 720, seed)] = TRUE;
    }
  g_assert_true (seen[RUSHES_MOVE_PUSH_IN] && seen[RUSHES_MOVE_PULL_OUT] && seen[RUSHES_MOVE_PAN_LEFT] &&
                 seen[RUSHES_MOVE_DRIFT]);
  g_assert_false (seen[RUSHES_MOVE_PAN_UP]);
}

static void
test_panorama_is_crossed (void)
{
  RushesMove move;
  RushesArea area;

  /* Over 12 seconds there is time for all of it. */
  rushes_move_init (&move, RUSHES_MOVE_PAN_RIGHT, 4800, 1200, 1280, 720, 12, 1);
  area = rushes_move_get_area (&move, 1280, 720);
  g_assert_cmpfloat (area.width, >, 0.85 * 4800);
  g_assert_cmpfloat_with_epsilon (area.height, 1200, 1);
}

int
main (int argc, char **argv)
{
  rushes_test_init (&argc, &argv);
  g_test_add_func ("/move/fills-the-frame", test_fills_the_frame);
  g_test_add_func ("/move/smooth", test_smooth);
  g_test_add_func ("/move/ease", test_ease);
  g_test_add_func ("/move/directions", test_directions);
  g_test_add_func ("/move/seed", test_seed);
  g_test_add_func ("/move/choice", test_choice);
  g_test_add_func ("/move/panorama-is-crossed", test_panorama_is_crossed);
  return g_test_run ();
}
