/* test-render.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include <math.h>
#include <signal.h>
#include <sys/resource.h>

#include "clip-decoder.h"
#include "picture-fixtures.h"
#include "rushes-clip-frame.h"
#include "rushes-codec.h"
#include "rushes-container.h"
#include "rushes-error.h"
#include "rushes-render.h"
#include "rushes-test.h"

/* Soft blots, so that every part of the picture can be told from its neighbours. */
static char *
make_picture (const char *folder, int width, int height)
{
  g_autoptr (GdkPixbuf) grain = gdk_pixbuf_new (GDK_COLORSPACE_RGB, FALSE, 8, width / 16, height / 16);
  g_autoptr (GRand) dice = g_rand_new_with_seed (4711);
  g_autoptr (GdkPixbuf) pixbuf = NULL;
  guint8 *pixels = gdk_pixbuf_get_pixels (grain);

  for (gsize i = 0; i < gdk_pixbuf_get_byte_length (grain); i++)
    pixels[i] = (guint8) g_rand_int_range (dice, 30, 226);
  pixbuf = gdk_pixbuf_scale_simple (grain, width, height, GDK_INTERP_BILINEAR);

  return fixture_save (folder, "picture.png", pixbuf, "png");
}

static RushesShot *
make_shot (const char *picture, int width, int height, int frame_rate, double seconds)
{
  RushesShot *shot = g_new0 (RushesShot, 1);

  shot->width = width;
  shot->height = height;
  shot->frame_rate = frame_rate;
  shot->n_frames = (guint) lround (seconds * frame_rate);
  shot->seed = 1;
  shot->text = g_strdup ("");
  if (picture != NULL)
    {
      shot->picture = g_file_new_for_path (picture);
      shot->picture_name = g_strdup ("picture.png");
      gdk_pixbuf_get_file_info (picture, &shot->picture_width, &shot->picture_height);
    }

  return shot;
}

static char *
render (const RushesShot *shot, const char *folder, RushesRenderReport *report)
{
  char *path = g_build_filename (folder, "clip.part", NULL);
  g_autoptr (GError) error = NULL;

  rushes_render (shot, path, NULL, NULL, NULL, NULL, report, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (report->n_frames, ==, shot->n_frames);
  return path;
}

static void
assert_only (const char *folder, const char *name)
{
  g_autoptr (GDir) dir = g_dir_open (folder, 0, NULL);
  const char *found;

  while ((found = g_dir_read_name (dir)) != NULL)
    g_assert_cmpstr (found, ==, name);
}

static void
test_facts (void)
{
  static const struct
  {
    int width, height, rate;
    gboolean audio;
  } cases[] = {
    { 426, 240, 24, TRUE },  { 240, 426, 30, FALSE }, { 240, 240, 60, TRUE },
    { 320, 240, 24, FALSE }, { 240, 320, 30, TRUE },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autofree char *folder = rushes_test_folder ();
      g_autoptr (RushesShot) shot = make_shot (NULL, cases[i].width, cases[i].height, cases[i].rate, 2);
      g_auto (RushesRenderReport) report = { 0 };
      g_autofree char *path = NULL;
      g_autoptr (DecodedClip) clip = NULL;
      g_autoptr (GFile) file = NULL;
      g_autoptr (GError) error = NULL;
      RushesClipFacts facts = { 0 };

      shot->audio = cases[i].audio;
      path = render (shot, folder, &report);
      assert_only (folder, "clip.part");

      clip = decode_clip (path);
      g_assert_cmpint (clip->width, ==, cases[i].width);
      g_assert_cmpint (clip->height, ==, cases[i].height);
      g_assert_cmpuint (clip->frames->len, ==, 2 * cases[i].rate);
      g_assert_cmpfloat_with_epsilon (clip->duration, 2, 0.001);
      for (guint n = 0; n < clip->times->len; n++)
        g_assert_cmpfloat_with_epsilon (g_array_index (clip->times, double, n), (double) n / cases[i].rate, 0.001);
      if (cases[i].audio)
        {
          g_assert_cmpint (clip->channels, ==, 2);
          g_assert_cmpint (clip->rate, ==, 48000);
          g_assert_cmpfloat_with_epsilon ((double) clip->n_sound / clip->rate, 2, 0.08);
          g_assert_cmpfloat (20 * log10 (clip->rms), >, -40);
          g_assert_cmpfloat (20 * log10 (clip->rms), <, -24);
          g_assert_cmpfloat (clip->step, <, 0.03);
        }
      else
        g_assert_cmpuint (clip->n_sound, ==, 0);

      file = g_file_new_for_path (path);
      rushes_container_read_facts (file, &facts, &error);
      g_assert_no_error (error);
      g_assert_cmpfloat_with_epsilon (facts.duration, 2, 0.02);
      g_assert_cmpint (facts.width, ==, cases[i].width);
      g_assert_cmpint (facts.height, ==, cases[i].height);
      g_assert_cmpfloat_with_epsilon (facts.frame_rate, cases[i].rate, 0.01);
      g_assert_cmpuint (facts.n_frames, ==, 2 * cases[i].rate);
      g_assert_cmpint (facts.audio_codec != NULL, ==, cases[i].audio);
    }
}

static void
test_large (void)
{
  static const int sizes[][2] = { { 1280, 720 }, { 1080, 1920 } };

  for (guint i = 0; i < G_N_ELEMENTS (sizes); i++)
    {
      g_autofree char *folder = rushes_test_folder ();
      g_autofree char *picture = make_picture (folder, 1600, 1200);
      g_autoptr (RushesShot) shot = make_shot (picture, sizes[i][0], sizes[i][1], 30, 0.2);
      g_auto (RushesRenderReport) report = { 0 };
      g_autofree char *path = render (shot, folder, &report);
      g_autoptr (DecodedClip) clip = decode_clip (path);

      g_assert_cmpint (clip->width, ==, sizes[i][0]);
      g_assert_cmpint (clip->height, ==, sizes[i][1]);
      g_assert_cmpuint (clip->frames->len, ==, 6);
    }
}

/* From rest to rest, each step about as long as the one before. */
static void
assert_no_jump (const DecodedClip *clip)
{
  double dx, dy, last = 0;

  for (guint n = 0; n + 2 < clip->frames->len; n += 2)
    {
      measure_motion (clip, n, n + 2, 0.5, 0.5, &dx, &dy);
      if (n == 0 || n + 4 >= clip->frames->len)
        g_assert_cmpfloat (fabs (dx), <, 0.5);
      g_assert_cmpfloat (fabs (dx - last), <, 1);
      last = dx;
    }
}

static void
test_moves (void)
{
  /* Which way what is seen goes, when the camera goes the other way: of the whole, or outwards (1) and inwards (-1). */
  static const struct
  {
    const char *move;
    int x, y, outwards;
  } moves[] = {
    { "push-in", 0, 0, 1 },    { "pull-out", 0, 0, -1 },  { "pan-left", 1, 0, 0 },
    { "pan-right", -1, 0, 0 }, { "pan-up", 0, 1, 0 },     { "pan-down", 0, -1, 0 },
    { "tilt-up", 0, 1, 0 },    { "tilt-down", 0, -1, 0 }, { "drift", 2, 2, 0 },
  };
  g_autofree char *folder = rushes_test_folder ();
  g_autofree char *picture = make_picture (folder, 800, 600);

  for (guint i = 0; i < G_N_ELEMENTS (moves); i++)
    {
      g_autoptr (RushesShot) shot = make_shot (picture, 320, 240, 24, 2);
      g_auto (RushesRenderReport) report = { 0 };
      g_autofree char *path = NULL;
      g_autoptr (DecodedClip) clip = NULL;
      guint middle = shot->n_frames / 2;
      double dx, dy, left, right, ignored;

      shot->move = g_strdup (moves[i].move);
      path = render (shot, folder, &report);
      clip = decode_clip (path);

      measure_motion (clip, middle, middle + 2, 0.5, 0.5, &dx, &dy);
      measure_motion (clip, middle, middle + 2, 0.1, 0.5, &left, &ignored);
      measure_motion (clip, middle, middle + 2, 0.9, 0.5, &right, &ignored);
      g_test_message ("%s: %.2f, %.2f; left %.2f right %.2f", moves[i].move, dx, dy, left, right);
      if (moves[i].x == 2)
        g_assert_cmpfloat (hypot (dx, dy), >, 0.25);
      else if (moves[i].outwards == 0)
        {
          g_assert_cmpfloat (dx * (moves[i].x != 0 ? moves[i].x : 1), >, moves[i].x != 0 ? 1 : -0.6);
          g_assert_cmpfloat (dy * (moves[i].y != 0 ? moves[i].y : 1), >, moves[i].y != 0 ? 1 : -0.6);
        }
      else
        g_assert_cmpfloat ((right - left) * moves[i].outwards, >, 0.8);

      if (ABS (moves[i].x) == 1)
        assert_no_jump (clip);
    }
}

static char *
digest_of (RushesShot *shot, const char *folder)
{
  g_auto (RushesRenderReport) report = { 0 };
  g_autofree char *path = render (shot, folder, &report);

  return g_steal_pointer (&report.digest);
}

static void
test_same_request_same_frames (void)
{
  g_autofree char *folder = rushes_test_folder ();
  g_autofree char *picture = make_picture (folder, 800, 600);
  g_autoptr (RushesShot) shot = make_shot (picture, 320, 240, 24, 1);
  g_autoptr (RushesShot) card = make_shot (NULL, 320, 240, 24, 1);
  g_autofree char *one = NULL, *same = NULL, *other = NULL, *captioned = NULL, *a = NULL, *b = NULL, *c = NULL;

  g_set_str (&shot->text, "The paper boat");
  g_set_str (&card->text, "The paper boat 纸船");
  one = digest_of (shot, folder);
  same = digest_of (shot, folder);
  shot->caption = TRUE;
  captioned = digest_of (shot, folder);
  shot->caption = FALSE;
  shot->seed = 2;
  other = digest_of (shot, folder);
  g_assert_cmpuint (strlen (one), ==, 64);
  g_assert_cmpstr (one, ==, same);
  g_assert_cmpstr (one, !=, other);
  g_assert_cmpstr (one, !=, captioned);

  a = digest_of (card, folder);
  b = digest_of (card, folder);
  card->seed = 2;
  c = digest_of (card, folder);
  g_assert_cmpstr (a, ==, b);
  g_assert_cmpstr (a, !=, c);
}

static void
test_any_picture (void)
{
  g_autofree char *folder = rushes_test_folder ();
  static const struct
  {
    int width, height;
    guint alpha;
  } pictures[] = { { 1, 1, 255 }, { 3, 400, 255 },    { 400, 3, 255 },
                   { 64, 40, 0 }, { 3000, 500, 255 }, { 200, 1400, 120 } };

  for (guint i = 0; i < G_N_ELEMENTS (pictures); i++)
    for (RushesMoveKind kind = 0; kind <= RUSHES_MOVE_DRIFT; kind += 2)
      {
        g_autoptr (GdkPixbuf) pixbuf =
            fixture_quarters (pictures[i].width + 1, pictures[i].height + 1, pictures[i].alpha);
        g_autofree char *picture = fixture_save (folder, "picture.png", pixbuf, "png");
        g_autoptr (RushesShot) shot = make_shot (picture, 160, 120, 24, 0.2);
        g_auto (RushesRenderReport) report = { 0 };
        g_autofree char *path = NULL;

        shot->seed = i * 10 + kind;
        path = render (shot, folder, &report);
      }
}

static void
test_upright_in_its_colors (void)
{
  g_autofree char *folder = rushes_test_folder ();
  g_autoptr (GdkPixbuf) seen = fixture_quarters (640, 480, 255);
  g_autoptr (GdkPixbuf) turned = gdk_pixbuf_rotate_simple (seen, GDK_PIXBUF_ROTATE_COUNTERCLOCKWISE);
  g_autofree char *picture = fixture_camera_jpeg (folder, "camera.jpg", turned, 6);
  g_autoptr (RushesShot) shot = make_shot (picture, 320, 240, 24, 0.2);
  g_auto (RushesRenderReport) report = { 0 };
  g_autofree char *path = NULL;
  g_autoptr (GFile) file = NULL;
  g_autoptr (GdkPixbuf) frame = NULL;
  g_autoptr (GError) error = NULL;

  /* As the library knows it. */
  shot->picture_width = 640;
  shot->picture_height = 480;
  shot->move = g_strdup ("push-in");
  path = render (shot, folder, &report);
  file = g_file_new_for_path (path);
  frame = rushes_clip_frame_read (file, 0, &error);
  g_assert_no_error (error);
  for (int quarter = 0; quarter < 4; quarter++)
    g_assert_cmpstr (fixture_color (frame, quarter), ==, fixture_color (seen, quarter));
}

static void
count (guint done, guint total, gpointer data)
{
  guint *last = data;

  g_assert_cmpuint (done, ==, *last + 1);
  *last = done;
}

static void
test_progress (void)
{
  g_autofree char *folder = rushes_test_folder ();
  g_autoptr (RushesShot) shot = make_shot (NULL, 160, 120, 24, 1);
  g_auto (RushesRenderReport) report = { 0 };
  g_autofree char *path = g_build_filename (folder, "clip.part", NULL);
  g_autoptr (GError) error = NULL;
  guint last = 0;

  rushes_render (shot, path, NULL, NULL, count, &last, &report, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (last, ==, 24);
}

typedef struct
{
  GCancellable *cancellable;
  guint at;
} Cancel;

static void
cancel_at (guint done, guint total, gpointer data)
{
  Cancel *cancel = data;

  g_assert_cmpuint (done, <=, cancel->at);
  if (done == cancel->at)
    g_cancellable_cancel (cancel->cancellable);
}

static void
test_cancel_leaves_nothing (void)
{
  g_autofree char *folder = rushes_test_folder ();
  static const guint moments[] = { 1, 2, 7, 30, 71, 72 };

  for (guint i = 0; i < G_N_ELEMENTS (moments); i++)
    {
      g_autoptr (RushesShot) shot = make_shot (NULL, 160, 120, 24, 3);
      g_autoptr (GCancellable) cancellable = g_cancellable_new ();
      g_auto (RushesRenderReport) report = { 0 };
      g_autofree char *path = g_build_filename (folder, "clip.part", NULL);
      g_autoptr (GError) error = NULL;
      Cancel cancel = { cancellable, moments[i] };

      shot->audio = i % 2;
      g_assert_false (rushes_render (shot, path, NULL, cancellable, cancel_at, &cancel, &report, &error));
      g_assert_error (error, RUSHES_ERROR, RUSHES_ERROR_CANCELLED);
      assert_only (folder, "nothing");
    }
}

static void
test_no_folder (void)
{
  g_autoptr (RushesShot) shot = make_shot (NULL, 160, 120, 24, 1);
  g_auto (RushesRenderReport) report = { 0 };
  g_autoptr (GError) error = NULL;

  g_assert_false (rushes_render (shot, "/nowhere/at/all/clip.part", NULL, NULL, NULL, NULL, &report, &error));
  g_assert_error (error, RUSHES_ERROR, RUSHES_ERROR_STORAGE);
}

static void
test_full_disk (void)
{
  g_autofree char *folder = rushes_test_folder ();
  g_autoptr (RushesShot) shot = make_shot (NULL, 160, 120, 24, 1);
  g_auto (RushesRenderReport) report = { 0 };
  g_autoptr (GError) error = NULL;
  g_autofree char *path = g_build_filename (folder, "clip.part", NULL);
  g_autoptr (GFile) link = g_file_new_for_path (path);

  /* The device on which nothing has room. */
  g_assert_true (g_file_make_symbolic_link (link, "/dev/full", NULL, NULL));
  g_assert_false (rushes_render (shot, path, NULL, NULL, NULL, NULL, &report, &error));
  g_assert_error (error, RUSHES_ERROR, RUSHES_ERROR_STORAGE);
  assert_only (folder, "nothing");
}

static void
test_disk_fills_up (void)
{
  g_autofree char *folder = rushes_test_folder ();
  g_autofree char *picture_folder = rushes_test_folder ();
  g_autofree char *picture = make_picture (picture_folder, 800, 600);
  g_autofree char *path = g_build_filename (folder, "clip.part", NULL);
  g_autoptr (RushesShot) shot = make_shot (picture, 640, 480, 24, 2);
  g_auto (RushesRenderReport) report = { 0 };
  g_autoptr (GError) error = NULL;
  struct rlimit before, limit;

  /* In the middle of it, as a limit on the size of files does it; before that the plug-ins write down what there is. */
  g_assert_true (rushes_codec_start_gstreamer (NULL));
  signal (SIGXFSZ, SIG_IGN);
  getrlimit (RLIMIT_FSIZE, &before);
  limit = before;
  limit.rlim_cur = 40 * 1000;
  setrlimit (RLIMIT_FSIZE, &limit);
  g_assert_false (rushes_render (shot, path, NULL, NULL, NULL, NULL, &report, &error));
  setrlimit (RLIMIT_FSIZE, &before);
  g_assert_error (error, RUSHES_ERROR, RUSHES_ERROR_STORAGE);
  assert_only (folder, "nothing");
}

static void
test_unreadable_picture (void)
{
  g_autofree char *folder = rushes_test_folder ();
  g_autofree char *text = fixture_write (folder, "text.png", "text", 4);
  g_autofree char *path = g_build_filename (folder, "clip.part", NULL);
  g_autoptr (RushesShot) shot = make_shot (NULL, 160, 120, 24, 1);
  g_auto (RushesRenderReport) report = { 0 };
  g_autoptr (GError) error = NULL;

  shot->picture = g_file_new_for_path (text);
  shot->picture_name = g_strdup ("text.png");
  shot->picture_width = shot->picture_height = 100;
  g_assert_false (rushes_render (shot, path, NULL, NULL, NULL, NULL, &report, &error));
  g_assert_error (error, RUSHES_ERROR, RUSHES_ERROR_BAD_REQUEST);
  assert_only (folder, "text.png");
}

int
main (int argc, char **argv)
{
  rushes_test_init (&argc, &argv);
  g_test_add_func ("/render/facts", test_facts);
  g_test_add_func ("/render/large", test_large);
  g_test_add_func ("/render/moves", test_moves);
  g_test_add_func ("/render/same-request-same-frames", test_same_request_same_frames);
  g_test_add_func ("/render/any-picture", test_any_picture);
  g_test_add_func ("/render/upright-in-its-colors", test_upright_in_its_colors);
  g_test_add_func ("/render/progress", test_progress);
  g_test_add_func ("/render/cancel-leaves-nothing", test_cancel_leaves_nothing);
  g_test_add_func ("/render/no-folder", test_no_folder);
  g_test_add_func ("/render/full-disk", test_full_disk);
  g_test_add_func ("/render/disk-fills-up", test_disk_fills_up);
  g_test_add_func ("/render/unreadable-picture", test_unreadable_picture);
  return g_test_run ();
}
