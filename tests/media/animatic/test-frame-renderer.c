/* test-frame-renderer.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include <math.h>
#include <string.h>

#include "rushes-caption.h"
#include "rushes-frame-renderer.h"
#include "rushes-test.h"
#include "rushes-title-card.h"

#define WIDTH    320
#define HEIGHT   180
#define N_FRAMES 90

typedef struct
{
  guint8 *memory;
  RushesFrame frame;
} Canvas;

static void
canvas_init (Canvas *self, int width, int height)
{
  self->memory = g_malloc0 ((gsize) width * height * 3 / 2);
  self->frame.data[0] = self->memory;
  self->frame.data[1] = self->memory + (gsize) width * height;
  self->frame.data[2] = self->frame.data[1] + (gsize) width * height / 4;
  self->frame.stride[0] = width;
  self->frame.stride[1] = self->frame.stride[2] = width / 2;
}

static void
canvas_clear (Canvas *self)
{
  g_free (self->memory);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Canvas, canvas_clear)

/* A gray picture whose brightness is a function of the place. */
typedef double (*Shade) (double x, double y);

static RushesStill *
make_still (Shade shade, int width, int height, const RushesMove *move, int frame_width, int frame_height)
{
  g_autofree guint8 *pixels = g_malloc ((gsize) width * height * 3);
  RushesArea area = rushes_move_get_area (move, frame_width, frame_height);
  double closest = MIN (move->from.scale, move->to.scale), furthest = MAX (move->from.scale, move->to.scale);

  for (int y = 0; y < height; y++)
    for (int x = 0; x < width; x++)
      memset (pixels + 3 * ((gsize) y * width + x), (int) lround (shade (x + 0.5, y + 0.5)), 3);

  return rushes_still_new (&(RushesRaster) { pixels, (gsize) width * 3, width, height, 3 }, &area,
                           2 * (int) ceil (area.width / closest * RUSHES_STILL_DENSITY / 2),
                           2 * (int) ceil (area.height / closest * RUSHES_STILL_DENSITY / 2),
                           sqrt (closest * furthest));
}

static double
wave (double x, double y)
{
  return 128 + 50 * sin (x / 9) + 50 * sin (y / 11 + 1);
}

static double
noise (double x, double y)
{
  guint32 h = (guint32) x * 73856093u ^ (guint32) y * 19349663u;

  h = (h ^ (h >> 13)) * 0x5bd1e995u;
  return h >> 24;
}

static void
test_every_place_is_right (void)
{
  for (RushesMoveKind kind = 0; kind <= RUSHES_MOVE_DRIFT; kind++)
    {
      RushesMove move;
      RushesFrameRenderer *renderer;
      g_auto (Canvas) canvas = { 0 };
      double worst = 0;

      canvas_init (&canvas, WIDTH, HEIGHT);
      rushes_move_init (&move, kind, 480, 300, WIDTH, HEIGHT, 3, 3);
      renderer = rushes_frame_renderer_new (WIDTH, HEIGHT, 30, N_FRAMES,
                                            make_still (wave, 480, 300, &move, WIDTH, HEIGHT), &move);
      for (guint n = 0; n < N_FRAMES; n += 11)
        {
          RushesView view = rushes_move_at (&move, (double) n / (N_FRAMES - 1));

          rushes_frame_renderer_draw (renderer, n, &canvas.frame);
          for (int j = 4; j < HEIGHT - 4; j++)
            for (int i = 4; i < WIDTH - 4; i++)
              {
                double down = j + 0.5 - HEIGHT / 2.0, scale = view.scale / (1 + view.lean * down / (HEIGHT / 2.0));
                double expected = wave (view.x + (i + 0.5 - WIDTH / 2.0) * scale, view.y + down * scale);

                worst = MAX (worst, fabs (canvas.frame.data[0][j * WIDTH + i] - (16 + expected * 219 / 255)));
              }
          /* No color where there is none. */
          for (int i = 0; i < WIDTH * HEIGHT / 4; i++)
            {
              g_assert_cmpint (ABS (canvas.frame.data[1][i] - 128), <=, 1);
              g_assert_cmpint (ABS (canvas.frame.data[2][i] - 128), <=, 1);
            }
        }
      /* A tenth of a pixel would be two steps of brightness. */
      g_assert_cmpfloat (worst, <, 2.2);
      rushes_frame_renderer_free (renderer);
    }
}

static double
measure_contrast (const guint8 *light)
{
  double sum = 0;

  for (int j = 8; j < HEIGHT - 8; j++)
    for (int i = 8; i < WIDTH - 8; i++)
      sum += ABS (light[j * WIDTH + i] - light[j * WIDTH + i + 1]);
  return sum / (WIDTH - 16) / (HEIGHT - 16);
}

static void
test_detail_does_not_shimmer (void)
{
  /* A tenth of a pixel a frame: all the places between two pixels are passed. */
  RushesMove move = { { 300, 200, 1, 0 }, { 300 + 0.1 * N_FRAMES, 200 + 0.07 * N_FRAMES, 1, 0 } };
  RushesFrameRenderer *renderer = rushes_frame_renderer_new (WIDTH, HEIGHT, 30, N_FRAMES,
                                                             make_still (noise, 640, 400, &move, WIDTH, HEIGHT), &move);
  g_auto (Canvas) canvas = { 0 };
  double least = G_MAXDOUBLE, most = 0;

  canvas_init (&canvas, WIDTH, HEIGHT);
  for (guint n = 0; n < N_FRAMES; n++)
    {
      double contrast;

      rushes_frame_renderer_draw (renderer, n, &canvas.frame);
      contrast = measure_contrast (canvas.frame.data[0]);
      least = MIN (least, contrast);
      most = MAX (most, contrast);
    }
  g_assert_cmpfloat (most / least, <, 1.06);
  /* And it is still there: the noise itself has a contrast of about 70. */
  g_assert_cmpfloat (least, >, 30);
  rushes_frame_renderer_free (renderer);
}

static void
test_soft_gradient_has_no_steps (void)
{
  RushesMove move = { { 200, 120, 1, 0 }, { 200, 120, 1, 0 } };
  g_auto (Canvas) canvas = { 0 };
  RushesArea area = { 0, 0, 400, 240 };
  RushesStill *still = g_new0 (RushesStill, 1);
  RushesFrameRenderer *renderer;
  double worst = 0;

  /* Two steps of brightness over the width of the frame. */
  still->area = area;
  for (int p = 0; p < 3; p++)
    {
      rushes_plane_init (&still->planes[p], p == 0 ? 400 : 200, p == 0 ? 240 : 120);
      for (int y = 0; y < still->planes[p].height; y++)
        for (int x = 0; x < still->planes[p].width; x++)
          rushes_plane_row (&still->planes[p], y)[x] =
              (gint16) (p == 0 ? 60 * RUSHES_PLANE_ONE + x * 2 * RUSHES_PLANE_ONE / 400 : 128 * RUSHES_PLANE_ONE);
      rushes_plane_extend (&still->planes[p]);
    }
  canvas_init (&canvas, WIDTH, HEIGHT);
  renderer = rushes_frame_renderer_new (WIDTH, HEIGHT, 30, 30, still, &move);
  rushes_frame_renderer_draw (renderer, 0, &canvas.frame);
  for (int x = 8; x + 8 <= WIDTH - 8; x += 8)
    {
      double mean = 0;

      for (int j = 0; j < 176; j++)
        for (int i = x; i < x + 8; i++)
          mean += canvas.frame.data[0][j * WIDTH + i] / (8.0 * 176);
      worst = MAX (worst, fabs (mean - (60 + (x + 4 + 40 - 0.5) * 2 / 400.0)));
    }
  g_assert_cmpfloat (worst, <, 0.06);
  rushes_frame_renderer_free (renderer);
}

static void
test_same_frames_in_any_order (void)
{
  RushesMove move;
  g_auto (Canvas) one = { 0 }, other = { 0 };
  RushesFrameRenderer *forwards, *backwards;
  g_autofree guint8 *frames = g_malloc (10 * WIDTH * HEIGHT * 3 / 2);

  canvas_init (&one, WIDTH, HEIGHT);
  canvas_init (&other, WIDTH, HEIGHT);
  rushes_move_init (&move, RUSHES_MOVE_TILT_UP, 480, 300, WIDTH, HEIGHT, 3, 3);
  forwards =
      rushes_frame_renderer_new (WIDTH, HEIGHT, 30, 10, make_still (noise, 480, 300, &move, WIDTH, HEIGHT), &move);
  backwards =
      rushes_frame_renderer_new (WIDTH, HEIGHT, 30, 10, make_still (noise, 480, 300, &move, WIDTH, HEIGHT), &move);
  rushes_caption_add (forwards, "The paper boat 纸船", WIDTH, HEIGHT, 0.33);
  rushes_caption_add (backwards, "The paper boat 纸船", WIDTH, HEIGHT, 0.33);
  for (guint n = 0; n < 10; n++)
    {
      rushes_frame_renderer_draw (forwards, n, &one.frame);
      memcpy (frames + n * WIDTH * HEIGHT * 3 / 2, one.memory, WIDTH * HEIGHT * 3 / 2);
    }
  for (guint n = 10; n-- > 0;)
    {
      rushes_frame_renderer_draw (backwards, n, &other.frame);
      g_assert_cmpmem (frames + n * WIDTH * HEIGHT * 3 / 2, WIDTH * HEIGHT * 3 / 2, other.memory,
                       WIDTH * HEIGHT * 3 / 2);
    }
  rushes_frame_renderer_free (forwards);
  rushes_frame_renderer_free (backwards);
}

/* The brightest and darkest that a frame has in its lower third. */
static void
find_extremes (const Canvas *canvas, int width, int height, int *darkest, int *brightest)
{
  *darkest = 255;
  *brightest = 0;
  for (int i = width * height * 2 / 3; i < width * height; i++)
    {
      *darkest = MIN (*darkest, canvas->memory[i]);
      *brightest = MAX (*brightest, canvas->memory[i]);
    }
}

static double
light_gray (double x, double y)
{
  return 200;
}

static void
test_caption (void)
{
  RushesMove move = { { 240, 150, 1, 0 }, { 240, 150, 1, 0 } };
  RushesFrameRenderer *renderer = rushes_frame_renderer_new (
      WIDTH, HEIGHT, 30, N_FRAMES, make_still (light_gray, 480, 300, &move, WIDTH, HEIGHT), &move);
  g_auto (Canvas) canvas = { 0 };
  int darkest, brightest, plain = 16 + 200 * 219 / 255;

  canvas_init (&canvas, WIDTH, HEIGHT);
  rushes_caption_add (renderer, "evening light", WIDTH, HEIGHT, 3);

  rushes_frame_renderer_draw (renderer, 0, &canvas.frame);
  find_extremes (&canvas, WIDTH, HEIGHT, &darkest, &brightest);
  g_assert_cmpint (darkest, >=, plain - 1);
  g_assert_cmpint (brightest, <=, plain + 1);

  /* White on dark, in the middle of the clip; above it nothing. */
  rushes_frame_renderer_draw (renderer, N_FRAMES / 2, &canvas.frame);
  find_extremes (&canvas, WIDTH, HEIGHT, &darkest, &brightest);
  g_assert_cmpint (darkest, <, plain * 3 / 5);
  g_assert_cmpint (brightest, >, 225);
  for (int i = 0; i < WIDTH * HEIGHT / 2; i++)
    g_assert_cmpint (ABS (canvas.memory[i] - plain), <=, 1);

  rushes_frame_renderer_draw (renderer, N_FRAMES - 1, &canvas.frame);
  find_extremes (&canvas, WIDTH, HEIGHT, &darkest, &brightest);
  g_assert_cmpint (darkest, >=, plain - 3);
  rushes_frame_renderer_free (renderer);
}

static void
test_title_card (void)
{
  static const char *const texts[] = {
    "",
    "A",
    "Rushes",
    "雨夜的纸船",
    "Donaudampfschifffahrtsgesellschaftskapitän",
    "A very long prompt about an old harbour town in the evening, where the lanterns are lit one after another while a "
    "small paper "
    "boat drifts past the pier and nobody notices it but a cat, who has been waiting there since the morning for "
    "somebody else.",
    "一只白色的纸船沿着老街的雨水缓缓漂向远方，路灯一盏接一盏亮起来，只有一只猫看见了它",
    "One\nTwo\n\nThree",
    "🙂 – \u202e abc",
  };
  static const int sizes[][2] = { { 320, 180 }, { 180, 320 }, { 180, 180 }, { 240, 180 } };

  for (guint t = 0; t < G_N_ELEMENTS (texts); t++)
    for (guint s = 0; s < G_N_ELEMENTS (sizes); s++)
      {
        int width = sizes[s][0], height = sizes[s][1];
        g_auto (Canvas) canvas = { 0 };
        RushesFrameRenderer *renderer = rushes_title_card_new (texts[t], width, height, 30, 90, t);
        int bright = 0, edge = 0;

        canvas_init (&canvas, width, height);
        rushes_frame_renderer_draw (renderer, 0, &canvas.frame);
        for (int i = 0; i < width * height; i++)
          g_assert_cmpint (canvas.memory[i], <, 150);
        rushes_frame_renderer_draw (renderer, 60, &canvas.frame);
        for (int y = 0; y < height; y++)
          for (int x = 0; x < width; x++)
            if (canvas.memory[y * width + x] > 160)
              {
                bright++;
                edge += x < width / 25 || x >= width - width / 25 || y < height / 25 || y >= height - height / 25;
              }
        /* There are words, and none runs out of the frame. */
        if (t > 1)
          g_assert_cmpint (bright, >, width * height / 1000);
        g_assert_cmpint (edge, ==, 0);
        rushes_frame_renderer_free (renderer);
      }
}

int
main (int argc, char **argv)
{
  rushes_test_init (&argc, &argv);
  g_test_add_func ("/frame-renderer/every-place-is-right", test_every_place_is_right);
  g_test_add_func ("/frame-renderer/detail-does-not-shimmer", test_detail_does_not_shimmer);
  g_test_add_func ("/frame-renderer/soft-gradient-has-no-steps", test_soft_gradient_has_no_steps);
  g_test_add_func ("/frame-renderer/same-frames-in-any-order", test_same_frames_in_any_order);
  g_test_add_func ("/frame-renderer/caption", test_caption);
  g_test_add_func ("/frame-renderer/title-card", test_title_card);
  return g_test_run ();
}
