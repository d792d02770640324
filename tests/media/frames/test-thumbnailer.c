/* test-thumbnailer.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "coded-clip.h"
#include "picture-fixtures.h"
#include "rushes-clip-frame.h"
#include "rushes-description.h"
#include "rushes-take-private.h"
#include "rushes-test-clip.h"
#include "rushes-test.h"
#include "rushes-thumbnailer.h"

static RushesThumbnailer *
open_thumbnailer (char **cache)
{
  g_autofree char *folder = rushes_test_folder ();
  g_autoptr (GFile) file = g_file_new_for_path (folder);
  g_autoptr (RushesFolders) folders = rushes_folders_new (file, file);

  if (cache != NULL)
    *cache = g_file_get_path (rushes_folders_get_thumbnails (folders));
  return rushes_thumbnailer_new (folders);
}

static RushesReference *
make_reference (int width, int height, guint alpha, char digit)
{
  g_autofree char *folder = rushes_test_folder ();
  g_autoptr (GdkPixbuf) pixbuf = fixture_quarters (width, height, alpha);
  g_autofree char *path = fixture_save (folder, "picture.png", pixbuf, "png");
  g_autoptr (GFile) file = g_file_new_for_path (path);
  g_autofree char *sha256 = g_strnfill (64, digit);

  return rushes_reference_new (sha256, "image/png", width, height, 1000, "picture.png", file);
}

static RushesTake *
make_take (RushesReference *reference, RushesClip *clip)
{
  RushesTake *take = rushes_take_new ("00000000-0000-7000-8000-000000000000");
  g_autoptr (RushesDraft) draft = rushes_draft_new ();
  g_autoptr (RushesRequest) request = NULL;
  g_autoptr (GError) error = NULL;
  g_autoptr (RushesDescription) description = rushes_description_new_shipped ("animatic", &error);
  g_autoptr (RushesModel) model = g_list_model_get_item (rushes_description_get_models (description), 0);

  rushes_draft_set_prompt (draft, "The paper boat");
  if (reference != NULL)
    rushes_draft_set_reference (draft, RUSHES_ROLE_FIRST_FRAME, 0, reference);
  request = rushes_request_new (draft, model, 0);
  rushes_take_set_row (take, "project", request, 1, clip != NULL ? RUSHES_TAKE_STATE_READY : RUSHES_TAKE_STATE_QUEUED,
                       1, NULL, clip, &(RushesPrice) { 0 }, FALSE, NULL, NULL, FALSE, FALSE);

  return take;
}

static GdkPixbuf *
open_thumbnail (GFile *file)
{
  g_autoptr (GError) error = NULL;
  GdkPixbuf *pixbuf = gdk_pixbuf_new_from_file (g_file_peek_path (file), &error);

  g_assert_no_error (error);
  return pixbuf;
}

static void
test_sizes (void)
{
  static const struct
  {
    int width, height;
    guint alpha;
    int asked, thumb_width, thumb_height;
  } cases[] = {
    { 1600, 1200, 255, 200, 256, 192 }, { 1600, 1200, 255, 257, 512, 384 }, { 3000, 1000, 255, 5000, 1024, 341 },
    { 100, 80, 255, 256, 100, 80 },     { 400, 4000, 255, 256, 51, 512 },   { 1600, 1200, 100, 256, 256, 192 },
  };
  g_autoptr (RushesThumbnailer) thumbnailer = open_thumbnailer (NULL);

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr (RushesReference) reference =
          make_reference (cases[i].width, cases[i].height, cases[i].alpha, (char) ('0' + i));
      g_autoptr (GError) error = NULL;
      g_autoptr (GFile) file =
          dex_await_object (rushes_thumbnailer_load_reference (thumbnailer, reference, cases[i].asked), &error);
      g_autoptr (GdkPixbuf) thumbnail = NULL;

      g_assert_no_error (error);
      thumbnail = open_thumbnail (file);
      g_assert_cmpint (gdk_pixbuf_get_width (thumbnail), ==, cases[i].thumb_width);
      g_assert_cmpint (gdk_pixbuf_get_height (thumbnail), ==, cases[i].thumb_height);
      g_assert_cmpint (gdk_pixbuf_get_has_alpha (thumbnail), ==, cases[i].alpha < 255);
      g_assert_cmpstr (fixture_color (thumbnail, 0), ==, "red");
    }
}

static void
test_take (void)
{
  g_autofree char *folder = rushes_test_folder ();
  g_autofree char *path = coded_clip_write (folder, NULL, 24, 24);
  g_autoptr (GFile) clip_file = g_file_new_for_path (path);
  g_autofree char *sha256 = g_strnfill (64, 'c');
  g_autoptr (RushesClip) clip = rushes_clip_new (clip_file, &(RushesClipFacts) { .duration = 1 }, sha256);
  g_autoptr (RushesReference) reference = make_reference (400, 300, 255, '1');
  g_autoptr (RushesTake) ready = make_take (reference, clip);
  g_autoptr (RushesTake) waiting = make_take (reference, NULL);
  g_autoptr (RushesTake) words = make_take (NULL, NULL);
  g_autoptr (RushesThumbnailer) thumbnailer = open_thumbnailer (NULL);
  g_autoptr (GError) error = NULL;
  g_autoptr (GFile) poster = dex_await_object (rushes_thumbnailer_load_take (thumbnailer, ready, 256), &error);
  g_autoptr (GFile) picture = NULL, nothing = NULL;
  g_autoptr (GdkPixbuf) poster_pixbuf = NULL, picture_pixbuf = NULL;

  g_assert_no_error (error);
  poster_pixbuf = open_thumbnail (poster);
  g_assert_cmpint (gdk_pixbuf_get_width (poster_pixbuf), ==, CODED_WIDTH);
  g_assert_cmpint (coded_clip_number (gdk_pixbuf_get_pixels (poster_pixbuf)[0]), ==, 8);

  picture = dex_await_object (rushes_thumbnailer_load_take (thumbnailer, waiting, 256), &error);
  g_assert_no_error (error);
  picture_pixbuf = open_thumbnail (picture);
  g_assert_cmpstr (fixture_color (picture_pixbuf, 1), ==, "green");

  nothing = dex_await_object (rushes_thumbnailer_load_take (thumbnailer, words, 256), &error);
  g_assert_null (nothing);
  g_assert_error (error, RUSHES_ERROR, RUSHES_ERROR_NOT_FOUND);
}

static void
test_kept (void)
{
  g_autofree char *cache = NULL;
  g_autoptr (RushesThumbnailer) thumbnailer = open_thumbnailer (&cache);
  g_autoptr (RushesReference) reference = make_reference (400, 300, 255, '1');
  g_autoptr (GError) error = NULL;
  g_autoptr (GFile) first = dex_await_object (rushes_thumbnailer_load_reference (thumbnailer, reference, 256), &error);
  g_autoptr (GFile) second = NULL;

  g_assert_no_error (error);
  g_assert_true (g_str_has_prefix (g_file_peek_path (first), cache));

  /* Once it is made, what it was made of may be gone. */
  g_assert_true (g_file_delete (rushes_reference_get_file (reference), NULL, &error));
  second = dex_await_object (rushes_thumbnailer_load_reference (thumbnailer, reference, 256), &error);
  g_assert_no_error (error);
  g_assert_true (g_file_equal (first, second));
}

static void
test_spoilt (void)
{
  static const char *const spoilt[] = { "", "text", "\xff\xd8\xff\xe0 cut off" };
  g_autoptr (RushesThumbnailer) thumbnailer = open_thumbnailer (NULL);
  g_autoptr (RushesReference) reference = make_reference (400, 300, 255, '1');

  for (guint i = 0; i <= G_N_ELEMENTS (spoilt); i++)
    {
      g_autoptr (GError) error = NULL;
      g_autoptr (GFile) file =
          dex_await_object (rushes_thumbnailer_load_reference (thumbnailer, reference, 256), &error);
      g_autoptr (GdkPixbuf) thumbnail = NULL;

      g_assert_no_error (error);
      thumbnail = open_thumbnail (file);
      g_assert_cmpint (gdk_pixbuf_get_width (thumbnail), ==, 256);
      if (i < G_N_ELEMENTS (spoilt))
        g_assert_true (g_file_set_contents (g_file_peek_path (file), spoilt[i], -1, NULL));
    }
}

static void
test_unreadable (void)
{
  g_autofree char *folder = rushes_test_folder ();
  g_autofree char *path = fixture_write (folder, "clip.mp4", "no clip", 7);
  g_autoptr (GFile) file = g_file_new_for_path (path);
  g_autofree char *sha256 = g_strnfill (64, 'd');
  g_autoptr (RushesClip) clip = rushes_clip_new (file, &(RushesClipFacts) { .duration = 1 }, sha256);
  g_autoptr (RushesTake) take = make_take (NULL, clip);
  g_autofree char *cache = NULL;
  g_autoptr (RushesThumbnailer) thumbnailer = open_thumbnailer (&cache);
  g_autoptr (GError) error = NULL;

  g_assert_null (dex_await_object (rushes_thumbnailer_load_take (thumbnailer, take, 256), &error));
  g_assert_error (error, RUSHES_ERROR, RUSHES_ERROR_MEDIA);
}

static void
test_many_at_once (void)
{
  g_autoptr (RushesThumbnailer) thumbnailer = open_thumbnailer (NULL);
  g_autoptr (RushesReference) reference = make_reference (800, 600, 255, '1');
  DexFuture *futures[12];

  /* The same one too: whoever comes second finds it. */
  for (guint i = 0; i < G_N_ELEMENTS (futures); i++)
    futures[i] = rushes_thumbnailer_load_reference (thumbnailer, reference, i % 2 ? 256 : 512);
  for (guint i = 0; i < G_N_ELEMENTS (futures); i++)
    {
      g_autoptr (GError) error = NULL;
      g_autoptr (GFile) file = dex_await_object (futures[i], &error);

      g_assert_no_error (error);
    }
}

/* What was made is given, what was not waits, and nobody has to ask again. */
static void
test_held (void)
{
  g_autoptr (RushesThumbnailer) thumbnailer = open_thumbnailer (NULL);
  g_autoptr (RushesReference) made = make_reference (400, 300, 255, '1');
  g_autoptr (RushesReference) unmade = make_reference (400, 300, 255, '2');
  g_autoptr (GError) error = NULL;
  g_autoptr (GFile) before = dex_await_object (rushes_thumbnailer_load_reference (thumbnailer, made, 256), &error);
  g_autoptr (GFile) again = NULL, after = NULL;
  g_autoptr (DexFuture) waiting = NULL;

  g_assert_no_error (error);
  rushes_thumbnailer_set_held (thumbnailer, TRUE);
  waiting = rushes_thumbnailer_load_reference (thumbnailer, unmade, 256);
  for (guint i = 0; i < 3; i++)
    {
      g_clear_object (&again);
      again = dex_await_object (rushes_thumbnailer_load_reference (thumbnailer, made, 256), &error);
      g_assert_no_error (error);
      g_assert_true (g_file_equal (before, again));
    }
  g_assert_true (dex_future_is_pending (waiting));

  rushes_thumbnailer_set_held (thumbnailer, FALSE);
  after = dex_await_object (g_steal_pointer (&waiting), &error);
  g_assert_no_error (error);
}

/* ---- strips ---- */

static RushesClip *
make_clip (guint n_frames, int frame_rate)
{
  g_autofree char *folder = rushes_test_folder ();
  g_autofree char *path = coded_clip_write (folder, NULL, n_frames, frame_rate);
  g_autoptr (GFile) file = g_file_new_for_path (path);
  g_autofree char *sha256 = g_strnfill (64, 'e');

  return rushes_clip_new (file, &(RushesClipFacts) { .duration = (double) n_frames / frame_rate }, sha256);
}

static GdkPixbuf *
open_strip (RushesThumbnailer *thumbnailer, RushesClip *clip)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GFile) file = dex_await_object (rushes_thumbnailer_load_strip (thumbnailer, clip), &error);
  GdkPixbuf *strip;

  g_assert_no_error (error);
  strip = open_thumbnail (file);
  g_assert_cmpint (gdk_pixbuf_get_width (strip), ==, RUSHES_STRIP_COLUMNS * CODED_WIDTH);
  g_assert_cmpint (gdk_pixbuf_get_height (strip), ==, RUSHES_STRIP_ROWS * CODED_HEIGHT);

  return strip;
}

/* The number of the frame in the middle of the place @n. */
static int
number_in_strip (GdkPixbuf *strip, guint n)
{
  int x = (int) (n % RUSHES_STRIP_COLUMNS) * CODED_WIDTH + CODED_WIDTH / 2;
  int y = (int) (n / RUSHES_STRIP_COLUMNS) * CODED_HEIGHT + CODED_HEIGHT / 2;

  return coded_clip_number (
      gdk_pixbuf_get_pixels (strip)[y * gdk_pixbuf_get_rowstride (strip) + x * gdk_pixbuf_get_n_channels (strip)]);
}

static void
test_strip (void)
{
  g_autoptr (RushesThumbnailer) thumbnailer = open_thumbnailer (NULL);
  g_autoptr (RushesClip) clip = make_clip (24, 24);
  g_autoptr (GdkPixbuf) strip = open_strip (thumbnailer, clip);
  g_autoptr (GdkPixbuf) again = NULL;

  for (guint i = 0; i < RUSHES_STRIP_FRAMES; i++)
    g_assert_cmpint (number_in_strip (strip, i), ==, (int) ((i + 0.5) / RUSHES_STRIP_FRAMES * 24));

  /* Once it is made the clip may be gone. */
  g_assert_true (g_file_delete (rushes_clip_get_file (clip), NULL, NULL));
  again = open_strip (thumbnailer, clip);
  g_assert_cmpint (number_in_strip (again, 7), ==, number_in_strip (strip, 7));
}

static int
gray_which (guint8 gray)
{
  return (int) rushes_test_clip_which (gray * 219 / 255.0 + 16);
}

/* Made smaller, as most are: a frame that is all of one gray stays so, nearly. */
static void
test_strip_of_large (void)
{
  g_autofree char *folder = rushes_test_folder ();
  g_autoptr (GFile) file = rushes_test_clip_make (folder, "clip.mp4", 854, 480, 20, FALSE);
  g_autofree char *sha256 = g_strnfill (64, 'f');
  g_autoptr (RushesClip) clip = rushes_clip_new (file, &(RushesClipFacts) { .duration = 0.8 }, sha256);
  g_autoptr (RushesThumbnailer) thumbnailer = open_thumbnailer (NULL);
  g_autoptr (GError) error = NULL;
  g_autoptr (GFile) made = dex_await_object (rushes_thumbnailer_load_strip (thumbnailer, clip), &error);
  g_autoptr (GdkPixbuf) strip = NULL;
  int width, height;

  g_assert_no_error (error);
  strip = open_thumbnail (made);
  width = gdk_pixbuf_get_width (strip) / RUSHES_STRIP_COLUMNS;
  height = gdk_pixbuf_get_height (strip) / RUSHES_STRIP_ROWS;
  g_assert_cmpint (width, ==, RUSHES_STRIP_WIDTH);
  g_assert_cmpint (height, ==, RUSHES_STRIP_HEIGHT);
  for (int n = 0; n < RUSHES_STRIP_FRAMES; n++)
    for (int y = 8; y < height - 8; y++)
      for (int x = 8; x < width - 8; x++)
        {
          const guint8 *pixel = gdk_pixbuf_get_pixels (strip) +
                                (n / RUSHES_STRIP_COLUMNS * height + y) * gdk_pixbuf_get_rowstride (strip) +
                                (n % RUSHES_STRIP_COLUMNS * width + x) * gdk_pixbuf_get_n_channels (strip);

          if (ABS (gray_which (pixel[0]) - n) > 1 || ABS (gray_which (pixel[2]) - n) > 1)
            g_error ("Frame %d has %u, %u, %u at %d, %d", n, pixel[0], pixel[1], pixel[2], x, y);
        }
}

/* Of a long one key frames, which are somewhere near. */
static void
test_strip_of_long (void)
{
  g_autoptr (RushesThumbnailer) thumbnailer = open_thumbnailer (NULL);
  g_autoptr (RushesClip) clip = make_clip (24, 1);
  g_autoptr (GdkPixbuf) strip = open_strip (thumbnailer, clip);

  for (guint i = 1; i < RUSHES_STRIP_FRAMES; i++)
    g_assert_cmpint (number_in_strip (strip, i), >=, number_in_strip (strip, i - 1));
  g_assert_cmpint (number_in_strip (strip, 0), >=, 0);
  g_assert_cmpint (number_in_strip (strip, 0), <, 12);
  g_assert_cmpint (number_in_strip (strip, RUSHES_STRIP_FRAMES - 1), <, 24);
}

static void
test_strip_of_nothing (void)
{
  g_autofree char *folder = rushes_test_folder ();
  g_autofree char *path = fixture_write (folder, "clip.mp4", "no clip", 7);
  g_autoptr (GFile) file = g_file_new_for_path (path);
  g_autofree char *sha256 = g_strnfill (64, 'd');
  g_autoptr (RushesClip) clip = rushes_clip_new (file, &(RushesClipFacts) { .duration = 1 }, sha256);
  g_autoptr (RushesThumbnailer) thumbnailer = open_thumbnailer (NULL);
  g_autoptr (GError) error = NULL;

  g_assert_null (dex_await_object (rushes_thumbnailer_load_strip (thumbnailer, clip), &error));
  g_assert_error (error, RUSHES_ERROR, RUSHES_ERROR_MEDIA);
}

/* ---- pruning ---- */

static void
keep (const char *cache, const char *name, int days)
{
  g_autofree char *path = g_build_filename (cache, name, NULL);
  g_autofree char *content = g_strnfill (1000, 'x');
  g_autoptr (GFile) file = g_file_new_for_path (path);

  g_mkdir_with_parents (cache, 0700);
  g_assert_true (g_file_set_contents (path, content, 1000, NULL));
  g_assert_true (g_file_set_attribute_uint64 (file, G_FILE_ATTRIBUTE_TIME_MODIFIED,
                                              (guint64) (g_get_real_time () / G_USEC_PER_SEC - days * 24 * 3600),
                                              G_FILE_QUERY_INFO_NONE, NULL, NULL));
}

static gboolean
is_kept (const char *cache, const char *name)
{
  g_autofree char *path = g_build_filename (cache, name, NULL);

  return g_file_test (path, G_FILE_TEST_EXISTS);
}

/* What was not looked at for longest goes; a look at an old one keeps it. */
static void
test_prune (void)
{
  g_autofree char *cache = NULL;
  g_autoptr (RushesThumbnailer) thumbnailer = open_thumbnailer (&cache);
  g_autoptr (RushesReference) reference = make_reference (400, 300, 255, '1');
  g_autoptr (GFile) made = dex_await_object (rushes_thumbnailer_load_reference (thumbnailer, reference, 256), NULL);
  g_autofree char *name = g_file_get_basename (made);
  g_autoptr (GFileInfo) info = g_file_query_info (made, "standard::size", G_FILE_QUERY_INFO_NONE, NULL, NULL);
  guint64 size = (guint64) g_file_info_get_size (info);
  g_autoptr (GFile) again = NULL;

  keep (cache, "new", 2);
  keep (cache, "oldest", 30);
  keep (cache, "older", 20);
  g_assert_true (dex_await (rushes_thumbnailer_prune (thumbnailer, size + 3000), NULL));
  g_assert_true (is_kept (cache, "oldest"));

  g_assert_true (
      g_file_set_attribute_uint64 (made, G_FILE_ATTRIBUTE_TIME_MODIFIED, 1000, G_FILE_QUERY_INFO_NONE, NULL, NULL));
  again = dex_await_object (rushes_thumbnailer_load_reference (thumbnailer, reference, 256), NULL);
  g_assert_true (g_file_equal (made, again));
  g_assert_true (dex_await (rushes_thumbnailer_prune (thumbnailer, size + 1500), NULL));
  g_assert_false (is_kept (cache, "oldest"));
  g_assert_false (is_kept (cache, "older"));
  g_assert_true (is_kept (cache, "new"));
  g_assert_true (is_kept (cache, name));
}

int
main (int argc, char **argv)
{
  rushes_test_init (&argc, &argv);
  rushes_test_add_fiber ("/thumbnailer/sizes", test_sizes);
  rushes_test_add_fiber ("/thumbnailer/take", test_take);
  rushes_test_add_fiber ("/thumbnailer/kept", test_kept);
  rushes_test_add_fiber ("/thumbnailer/spoilt", test_spoilt);
  rushes_test_add_fiber ("/thumbnailer/unreadable", test_unreadable);
  rushes_test_add_fiber ("/thumbnailer/many-at-once", test_many_at_once);
  rushes_test_add_fiber ("/thumbnailer/held", test_held);
  rushes_test_add_fiber ("/thumbnailer/strip", test_strip);
  rushes_test_add_fiber ("/thumbnailer/strip-of-large", test_strip_of_large);
  rushes_test_add_fiber ("/thumbnailer/strip-of-long", test_strip_of_long);
  rushes_test_add_fiber ("/thumbnailer/strip-of-nothing", test_strip_of_nothing);
  rushes_test_add_fiber ("/thumbnailer/prune", test_prune);
  return g_test_run ();
}
