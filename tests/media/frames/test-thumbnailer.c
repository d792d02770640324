/* test-thumbnailer.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "coded-clip.h"
#include "picture-fixtures.h"
#include "rushes-description.h"
#include "rushes-take-private.h"
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
  return g_test_run ();
}
