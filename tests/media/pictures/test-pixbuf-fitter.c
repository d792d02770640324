/* test-pixbuf-fitter.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include <string.h>

#include "picture-fixtures.h"
#include "rushes-error.h"
#include "rushes-pixbuf-fitter.h"
#include "rushes-test.h"

static RushesFittedPicture *
fit (const char *path, const RushesPictureLimits *limits, GError **error)
{
  g_autoptr (RushesPictureFitter) fitter = rushes_pixbuf_fitter_new ();
  g_autoptr (GFile) file = g_file_new_for_path (path);

  return dex_await_boxed (rushes_picture_fitter_fit (fitter, file, "A picture", limits), error);
}

static GdkPixbuf *
decode (const RushesFittedPicture *fitted)
{
  g_autoptr (GInputStream) stream = g_memory_input_stream_new_from_bytes (fitted->bytes);
  g_autoptr (GError) error = NULL;
  GdkPixbuf *pixbuf = gdk_pixbuf_new_from_stream (stream, NULL, &error);

  g_assert_no_error (error);
  g_assert_cmpint (gdk_pixbuf_get_width (pixbuf), ==, fitted->width);
  g_assert_cmpint (gdk_pixbuf_get_height (pixbuf), ==, fitted->height);
  return pixbuf;
}

static gboolean
contains (const RushesFittedPicture *fitted, const char *words)
{
  gsize size;
  const void *data = g_bytes_get_data (fitted->bytes, &size);

  return memmem (data, size, words, strlen (words)) != NULL;
}

static void
test_probe (void)
{
  g_autofree char *folder = rushes_test_folder ();
  g_autoptr (GdkPixbuf) pixbuf = fixture_quarters (160, 120, 255);
  g_autofree char *path = fixture_camera_jpeg (folder, "a.jpg", pixbuf, 6);
  g_autofree char *text = fixture_write (folder, "b.jpg", "text", 4);
  g_autoptr (RushesPictureFitter) fitter = rushes_pixbuf_fitter_new ();
  g_autoptr (GFile) file = g_file_new_for_path (path);
  g_autoptr (GFile) text_file = g_file_new_for_path (text);
  g_autoptr (GError) error = NULL;
  DexFuture *second = rushes_picture_fitter_probe (fitter, text_file, "b.jpg");
  RushesPictureFacts *facts = dex_await_boxed (rushes_picture_fitter_probe (fitter, file, "a.jpg"), &error);

  g_assert_no_error (error);
  g_assert_cmpint (facts->width, ==, 120);
  g_assert_cmpint (facts->height, ==, 160);
  g_assert_cmpstr (facts->media_type, ==, "image/jpeg");
  g_boxed_free (RUSHES_TYPE_PICTURE_FACTS, facts);

  g_assert_false (dex_await (second, &error));
  g_assert_error (error, RUSHES_ERROR, RUSHES_ERROR_BAD_REQUEST);
  g_assert_cmpstr (error->message, ==, "“b.jpg” is not a picture: it is text.");
}

static void
test_nothing_personal_goes_out (void)
{
  g_autofree char *folder = rushes_test_folder ();
  g_autoptr (GdkPixbuf) pixbuf = fixture_quarters (160, 120, 255);
  g_autofree char *path = fixture_camera_jpeg (folder, "a.jpg", pixbuf, 6);
  g_autofree char *contents = NULL;
  gsize size;

  g_assert_true (g_file_get_contents (path, &contents, &size, NULL));
  g_assert_nonnull (memmem (contents, size, "Exif", 4));
  g_assert_nonnull (memmem (contents, size, "SERIAL-4711", 11));

  for (guint i = 0; i < 2; i++)
    {
      static const char *const only[][2] = { { "image/jpeg", NULL }, { "image/png", NULL } };
      g_autoptr (GError) error = NULL;
      g_autoptr (RushesFittedPicture) fitted = fit (path, &(RushesPictureLimits) { .media_types = only[i] }, &error);
      g_autoptr (GdkPixbuf) sent = NULL;

      g_assert_no_error (error);
      g_assert_cmpstr (fitted->media_type, ==, only[i][0]);
      g_assert_false (contains (fitted, "Exif"));
      g_assert_false (contains (fitted, "eXIf"));
      g_assert_false (contains (fitted, "SERIAL"));
      g_assert_false (contains (fitted, "xmpmeta"));
      /* Upright in its pixels, since nothing else tells any more. */
      sent = decode (fitted);
      g_assert_cmpint (fitted->width, ==, 120);
      g_assert_cmpstr (fixture_color (sent, 0), ==, "blue");
      g_assert_cmpstr (fixture_color (sent, 1), ==, "red");
    }
}

static void
test_sizes (void)
{
  static const struct
  {
    RushesPictureLimits limits;
    int width, height;
  } cases[] = {
    { { 0 }, 400, 300 },
    { { .max_edge = 200 }, 200, 150 },
    { { .max_edge = 4000 }, 400, 300 },
    { { .min_edge = 600 }, 800, 600 },
    { { .min_edge = 600, .max_edge = 700 }, 700, 525 },
    { { .aspect = 1 }, 300, 300 },
    { { .aspect = 16.0 / 9 }, 400, 225 },
    { { .aspect = 9.0 / 16, .max_edge = 160 }, 90, 160 },
  };
  g_autofree char *folder = rushes_test_folder ();
  g_autoptr (GdkPixbuf) pixbuf = fixture_quarters (400, 300, 255);
  g_autofree char *path = fixture_save (folder, "a.png", pixbuf, "png");

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr (GError) error = NULL;
      g_autoptr (RushesFittedPicture) fitted = fit (path, &cases[i].limits, &error);
      g_autoptr (GdkPixbuf) sent = NULL;

      g_assert_no_error (error);
      g_assert_cmpint (fitted->width, ==, cases[i].width);
      g_assert_cmpint (fitted->height, ==, cases[i].height);
      g_assert_cmpstr (fitted->media_type, ==, "image/png");
      /* Cropped in the middle. */
      sent = decode (fitted);
      for (int quarter = 0; quarter < 4; quarter++)
        g_assert_cmpstr (fixture_color (sent, quarter), ==, fixture_color (pixbuf, quarter));
    }
}

static void
test_bytes (void)
{
  g_autofree char *folder = rushes_test_folder ();
  g_autoptr (GdkPixbuf) noise = gdk_pixbuf_new (GDK_COLORSPACE_RGB, FALSE, 8, 400, 300);
  g_autofree char *path = NULL;
  static const gint64 limits[] = { 1000 * 1000, 100 * 1000, 30 * 1000, 3000 };
  static const char *const only_png[] = { "image/png", NULL };
  int last = G_MAXINT;

  for (int i = 0; i < 400 * 300 * 3; i++)
    gdk_pixbuf_get_pixels (noise)[i] = (guint8) g_test_rand_int ();
  path = fixture_save (folder, "noise.png", noise, "png");

  for (guint i = 0; i < G_N_ELEMENTS (limits); i++)
    {
      g_autoptr (GError) error = NULL;
      g_autoptr (RushesFittedPicture) fitted = fit (path, &(RushesPictureLimits) { .max_bytes = limits[i] }, &error);
      g_autoptr (GdkPixbuf) sent = NULL;

      g_assert_no_error (error);
      g_assert_cmpint (g_bytes_get_size (fitted->bytes), <=, limits[i]);
      g_assert_cmpint (fitted->width, <=, last);
      /* The pixels are kept as long as less quality is enough. */
      g_assert_cmpint (fitted->width, ==, limits[i] >= 100 * 1000 ? 400 : fitted->width);
      g_assert_cmpfloat_with_epsilon ((double) fitted->width / fitted->height, 4.0 / 3, 0.05);
      last = fitted->width;
      sent = decode (fitted);
    }
  {
    g_autoptr (GError) error = NULL;
    g_autoptr (RushesFittedPicture) fitted =
        fit (path, &(RushesPictureLimits) { .max_bytes = 30 * 1000, .media_types = only_png }, &error);

    g_assert_no_error (error);
    g_assert_cmpstr (fitted->media_type, ==, "image/png");
    g_assert_cmpint (g_bytes_get_size (fitted->bytes), <=, 30 * 1000);
  }
  {
    g_autoptr (GError) error = NULL;
    g_autoptr (RushesFittedPicture) fitted = fit (path, &(RushesPictureLimits) { .max_bytes = 20 }, &error);

    g_assert_null (fitted);
    g_assert_error (error, RUSHES_ERROR, RUSHES_ERROR_BAD_REQUEST);
    g_assert_cmpstr (rushes_error_get_field (error), ==, "image");
  }
}

static void
test_media_types (void)
{
  static const char *const jpeg[] = { "image/webp", "image/jpeg", NULL };
  static const char *const none[] = { "image/webp", NULL };
  g_autofree char *folder = rushes_test_folder ();
  g_autoptr (GdkPixbuf) glass = fixture_quarters (160, 120, 0);
  g_autofree char *path = fixture_save (folder, "glass.png", glass, "png");
  g_autoptr (GError) error = NULL;
  g_autoptr (RushesFittedPicture) any = fit (path, &(RushesPictureLimits) { 0 }, &error);
  g_autoptr (RushesFittedPicture) flat = fit (path, &(RushesPictureLimits) { .media_types = jpeg }, &error);
  g_autoptr (RushesFittedPicture) nothing = NULL;
  g_autoptr (GdkPixbuf) any_sent = NULL, flat_sent = NULL;

  g_assert_no_error (error);
  g_assert_cmpstr (any->media_type, ==, "image/png");
  any_sent = decode (any);
  g_assert_true (gdk_pixbuf_get_has_alpha (any_sent));
  g_assert_cmpstr (flat->media_type, ==, "image/jpeg");
  flat_sent = decode (flat);
  g_assert_cmpstr (fixture_color (flat_sent, 3), ==, "white");

  nothing = fit (path, &(RushesPictureLimits) { .media_types = none }, &error);
  g_assert_null (nothing);
  g_assert_error (error, RUSHES_ERROR, RUSHES_ERROR_BAD_REQUEST);
}

int
main (int argc, char **argv)
{
  rushes_test_init (&argc, &argv);
  rushes_test_add_fiber ("/pixbuf-fitter/probe", test_probe);
  rushes_test_add_fiber ("/pixbuf-fitter/nothing-personal-goes-out", test_nothing_personal_goes_out);
  rushes_test_add_fiber ("/pixbuf-fitter/sizes", test_sizes);
  rushes_test_add_fiber ("/pixbuf-fitter/bytes", test_bytes);
  rushes_test_add_fiber ("/pixbuf-fitter/media-types", test_media_types);
  return g_test_run ();
}
