/* test-picture-reader.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include <stdio.h>
#include <string.h>

#include "picture-fixtures.h"
#include "rushes-error.h"
#include "rushes-picture-header.h"
#include "rushes-picture-reader.h"
#include "rushes-test.h"

static GdkPixbuf *
read_picture (const char *path, int edge, RushesPictureFacts *facts, GError **error)
{
  g_autoptr (GFile) file = g_file_new_for_path (path);
  g_autofree char *name = g_file_get_basename (file);

  return rushes_picture_read (file, name, edge, facts, error);
}

static void
assert_quarters (GdkPixbuf *pixbuf, const char *colors)
{
  g_autoptr (GString) found = g_string_new (NULL);

  for (int i = 0; i < 4; i++)
    g_string_append_c (found, fixture_color (pixbuf, i)[0]);
  g_assert_cmpstr (found->str, ==, colors);
}

static void
assert_read (const char *path, const char *media_type, int width, int height, gboolean has_alpha, gboolean animated)
{
  RushesPictureFacts facts;
  g_autoptr (GError) error = NULL;
  g_autoptr (GdkPixbuf) pixbuf = read_picture (path, 0, &facts, &error);

  g_assert_no_error (error);
  g_assert_cmpstr (facts.media_type, ==, media_type);
  g_assert_true (facts.media_type == g_intern_string (media_type));
  g_assert_cmpint (facts.width, ==, width);
  g_assert_cmpint (facts.height, ==, height);
  g_assert_cmpint (facts.has_alpha, ==, has_alpha);
  g_assert_cmpint (facts.animated, ==, animated);
  if (!has_alpha)
    assert_quarters (pixbuf, "rgbw");
}

static void
test_own_formats (void)
{
  static const char *const formats[][3] = {
    { "a.jpeg", "jpeg", "image/jpeg" },
    /* The name says nothing. */
    { "jpeg.png", "jpeg", "image/jpeg" },
    { "a.png", "png", "image/png" },
    { "a.bmp", "bmp", "image/bmp" },
    { "a.tiff", "tiff", "image/tiff" },
  };
  g_autofree char *folder = rushes_test_folder ();
  g_autoptr (GdkPixbuf) opaque = fixture_quarters (160, 120, 255);
  g_autoptr (GdkPixbuf) glass = fixture_quarters (160, 120, 100);

  for (guint i = 0; i < G_N_ELEMENTS (formats); i++)
    {
      g_autofree char *path = fixture_save (folder, formats[i][0], opaque, formats[i][1]);

      assert_read (path, formats[i][2], 160, 120, FALSE, FALSE);
    }
  {
    g_autofree char *path = fixture_save (folder, "glass.png", glass, "png");
    /* An alpha channel that hides nothing. */
    g_autoptr (GdkPixbuf) full = gdk_pixbuf_add_alpha (opaque, FALSE, 0, 0, 0);
    g_autofree char *full_path = fixture_save (folder, "full.png", full, "png");

    assert_read (path, "image/png", 160, 120, TRUE, FALSE);
    assert_read (full_path, "image/png", 160, 120, FALSE, FALSE);
  }
}

static void
convert_and_read (const char *program, const char *target, const char *media_type, const char *option)
{
  g_autofree char *folder = rushes_test_folder ();
  g_autoptr (GdkPixbuf) opaque = fixture_quarters (160, 120, 255);
  g_autofree char *source = fixture_save (folder, "source.png", opaque, "png");
  g_autofree char *path = g_build_filename (folder, target, NULL);

  if (option != NULL ? fixture_run (program, option, source, "-o", path, NULL)
                     : fixture_run (program, source, "-o", path, NULL))
    assert_read (path, media_type, 160, 120, FALSE, FALSE);
}

static void
test_webp (void)
{
  convert_and_read ("cwebp", "a.webp", "image/webp", NULL);
}

static void
test_heic (void)
{
  convert_and_read ("heif-enc", "a.heic", "image/heic", NULL);
}

static void
test_avif (void)
{
  convert_and_read ("heif-enc", "a.avif", "image/avif", "-A");
}

static void
test_gif (void)
{
  g_autofree char *folder = rushes_test_folder ();
  g_autoptr (GdkPixbuf) first = fixture_quarters (160, 120, 255);
  g_autofree char *source = fixture_save (folder, "source.png", first, "png");
  g_autofree char *still = g_build_filename (folder, "still.gif", NULL);
  g_autofree char *film = g_build_filename (folder, "film.gif", NULL);
  g_autofree char *webp = g_build_filename (folder, "film.webp", NULL);

  if (!fixture_run ("convert", source, still, NULL))
    return;
  fixture_run ("convert", source, "-delay", "10", "(", "+clone", "-negate", ")", film, NULL);
  fixture_run ("convert", source, "-delay", "10", "(", "+clone", "-negate", ")", webp, NULL);
  assert_read (still, "image/gif", 160, 120, FALSE, FALSE);
  assert_read (film, "image/gif", 160, 120, FALSE, TRUE);
  assert_read (webp, "image/webp", 160, 120, FALSE, TRUE);
}

static void
test_svg (void)
{
  static const char svg[] =
      "<?xml version=\"1.0\"?>\n<!-- a drawing -->\n"
      "<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"40\" height=\"20\">"
      "<rect width=\"20\" height=\"10\" fill=\"#f00\"/><rect x=\"20\" width=\"20\" height=\"10\" fill=\"#0f0\"/>"
      "<rect y=\"10\" width=\"20\" height=\"10\" fill=\"#00f\"/>"
      "<rect x=\"20\" y=\"10\" width=\"20\" height=\"10\" fill=\"#fff\"/></svg>";
  g_autofree char *folder = rushes_test_folder ();
  g_autofree char *path = fixture_write (folder, "drawing.svg", svg, strlen (svg));
  RushesPictureFacts facts;
  g_autoptr (GError) error = NULL;
  g_autoptr (GdkPixbuf) pixbuf = NULL;

  assert_read (path, "image/svg+xml", 40, 20, FALSE, FALSE);

  /* It is drawn for its purpose, not scaled from a stamp. */
  pixbuf = read_picture (path, 1000, &facts, &error);
  g_assert_no_error (error);
  g_assert_cmpint (facts.width, ==, 40);
  g_assert_cmpint (gdk_pixbuf_get_width (pixbuf), ==, 1000);
  g_assert_cmpint (gdk_pixbuf_get_height (pixbuf), ==, 500);
  g_clear_object (&pixbuf);

  /* But not without end. */
  pixbuf = read_picture (path, 1000000, &facts, &error);
  g_assert_no_error (error);
  g_assert_cmpint (gdk_pixbuf_get_width (pixbuf), ==, 8192);
}

static void
test_orientation (void)
{
  /* What a camera stores so that people see "rgbw" in quarters: EXIF 2.3, 4.6.4. */
  static const char *const stored[] = { "rgbw", "grwb", "wbgr", "bwrg", "rbgw", "gwrb", "wgbr", "brwg" };
  g_autofree char *folder = rushes_test_folder ();

  for (int orientation = 1; orientation <= 8; orientation++)
    {
      g_autoptr (GdkPixbuf) seen = fixture_quarters (160, 120, 255);
      g_autoptr (GdkPixbuf) turned = NULL;
      g_autofree char *path = NULL;
      const char digit[] = { (char) ('0' + orientation), '\0' };
      static const char inverse[] = "123456789";
      char undo[] = { inverse[orientation == 6 ? 7 : orientation == 8 ? 5 : orientation - 1], '\0' };

      gdk_pixbuf_set_option (seen, "orientation", undo);
      turned = gdk_pixbuf_apply_embedded_orientation (seen);
      assert_quarters (turned, stored[orientation - 1]);
      path = fixture_camera_jpeg (folder, digit, turned, orientation);
      assert_read (path, "image/jpeg", 160, 120, FALSE, FALSE);
    }
}

static void
test_orientation_of_others (void)
{
  g_autofree char *folder = rushes_test_folder ();
  g_autoptr (GdkPixbuf) seen = fixture_quarters (160, 120, 255);
  g_autoptr (GdkPixbuf) turned = gdk_pixbuf_rotate_simple (seen, GDK_PIXBUF_ROTATE_COUNTERCLOCKWISE);
  g_autofree char *camera = fixture_camera_jpeg (folder, "camera.jpg", turned, 6);
  g_autofree char *webp = g_build_filename (folder, "a.webp", NULL);
  g_autofree char *tiff = g_build_filename (folder, "a.tiff", NULL);

  if (!fixture_run ("cwebp", "-metadata", "exif", camera, "-o", webp, NULL))
    return;
  assert_read (webp, "image/webp", 160, 120, FALSE, FALSE);
  if (!fixture_run ("convert", camera, "-orient", "RightTop", tiff, NULL))
    return;
  assert_read (tiff, "image/tiff", 160, 120, FALSE, FALSE);
}

static void
assert_refused (const char *path, const char *words)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GdkPixbuf) pixbuf = read_picture (path, 0, NULL, &error);
  g_autofree char *name = g_path_get_basename (path);

  g_assert_null (pixbuf);
  g_assert_error (error, RUSHES_ERROR, RUSHES_ERROR_BAD_REQUEST);
  g_assert_cmpstr (rushes_error_get_field (error), ==, "image");
  g_assert_true (g_utf8_validate (error->message, -1, NULL));
  g_assert_nonnull (strstr (error->message, name));
  if (strstr (error->message, words) == NULL)
    g_error ("“%s” does not say “%s”", error->message, words);
}

/* Every number that a spoilt GIF can lie with: the canvas, the first frame's place and size, the second frame. */
static void
test_gif_frames (void)
{
  g_autofree char *folder = rushes_test_folder ();
  g_autoptr (GdkPixbuf) first = fixture_quarters (160, 120, 255);
  g_autofree char *source = fixture_save (folder, "source.png", first, "png");
  g_autofree char *film = g_build_filename (folder, "film.gif", NULL);
  g_autofree char *contents = NULL;
  g_autofree char *path = NULL;
  char *image;
  gsize size;

  if (!fixture_run ("convert", source, "-delay", "10", "(", "+clone", "-negate", ")", film, NULL))
    return;
  g_assert_true (g_file_get_contents (film, &contents, &size, NULL));
  image = memmem (contents, size, "\x2c\0\0\0\0\xa0\0\x78\0", 9);
  g_assert_nonnull (image);

  /* A canvas smaller than its picture. */
  memcpy (contents + 6, "\x01\0\0\0", 4);
  path = fixture_write (folder, "spoilt.gif", contents, size);
  assert_read (path, "image/gif", 160, 120, FALSE, TRUE);

  /* What comes after the first frame is not looked at. */
  memset (contents + size - 400, 0x2c, 400);
  g_free (fixture_write (folder, "spoilt.gif", contents, size));
  assert_read (path, "image/gif", 160, 120, FALSE, TRUE);

  memcpy (image + 5, "\0\0", 2);
  g_free (fixture_write (folder, "spoilt.gif", contents, size));
  assert_refused (path, "damaged");
  memcpy (image + 1, "\xff\xff\0\0\xa0", 5);
  g_free (fixture_write (folder, "spoilt.gif", contents, size));
  assert_refused (path, "damaged");
  memcpy (image + 1, "\0\0\0\0\xa0", 5);
  for (gsize n = 1; n < (gsize) (image - contents) + 200; n++)
    {
      g_free (fixture_write (folder, "spoilt.gif", contents, n));
      assert_refused (path, "spoilt");
    }
}

static void
test_refused (void)
{
  static const struct
  {
    const char *name;
    const char *bytes;
    gsize n;
    const char *words;
  } files[] = {
#define FILE(name, bytes, words) { name, bytes, sizeof (bytes) - 1, words }
    FILE ("empty.png", "", "is empty"),
    FILE ("notes.png", "Milk, eggs, a boat of paper\n", "it is text"),
    FILE ("page.jpg", "<!DOCTYPE html><html><body>404</body></html>", "it is text"),
    FILE ("chinese.jpg", "一只纸船漂在池塘上", "it is text"),
    FILE ("film.jpg",
          "\0\0\0\x18"
          "ftypisom\0\0\2\0isomiso2mp41",
          "is a video"),
    FILE ("film.webm", "\x1a\x45\xdf\xa3\x01\0\0\0\0\0\0\x1f", "is a video"),
    FILE ("new.jxl", "\xff\x0a\x7f\x03", "JPEG XL"),
    FILE ("layers.psd", "8BPS\0\1\0\0\0\0\0\0", "Photoshop"),
    FILE ("paper.pdf", "%PDF-1.7\n", "PDF"),
    FILE ("noise.png", "\1\2\3\4\5\6\7\10\xfe\xfe\0\0\1", "not a picture that Rushes knows"),
    FILE ("stub.png", "\x89PNG\r\n\x1a\n", "cut off"),
    FILE ("stub.jpg", "\xff\xd8\xff\xe0", "cut off"),
    FILE ("stub.gif", "GIF89a", "is damaged"),
    FILE ("stub.svg", "<svg xmlns='http://www.w3.org/2000/svg'><g>", "is damaged"),
    FILE ("stub.heic",
          "\0\0\0\x18"
          "ftypheic\0\0\0\0mif1heic",
          "is damaged"),
    FILE ("stub.webp", "RIFF\xff\0\0\0WEBPVP8 ", "cut off"),
    FILE ("bomb.png", "\x89PNG\r\n\x1a\n\0\0\0\rIHDR\0\0\xff\xff\0\0\xff\xff\x08\6\0\0\0", "too large: 65535 × 65535"),
    FILE ("bomb.gif", "GIF89a\xff\xff\xff\xff\x80\0\0\0\0\0\xff\xff\xff,", "too large"),
    FILE ("bomb.bmp", "BM\x36\0\0\0\0\0\0\0\x36\0\0\0\x28\0\0\0\xff\xff\xff\x7f\xff\xff\xff\x7f\1\0\x18\0\0\0\0\0",
          "too large"),
#undef FILE
  };
  g_autofree char *folder = rushes_test_folder ();
  g_autofree char *missing = g_build_filename (folder, "missing.jpg", NULL);

  for (guint i = 0; i < G_N_ELEMENTS (files); i++)
    {
      g_autofree char *path = fixture_write (folder, files[i].name, files[i].bytes, files[i].n);

      assert_refused (path, files[i].words);
    }
  assert_refused (missing, "is not there");
  assert_refused (folder, "is a folder");
  assert_refused ("/dev/zero", "is not a file");
}

static void
test_cut_off (void)
{
  g_autofree char *folder = rushes_test_folder ();
  g_autoptr (GdkPixbuf) pixbuf = fixture_quarters (200, 200, 255);
  static const char *const types[] = { "jpeg", "png", "bmp", "tiff" };

  /* Noise, so that there is much to cut. */
  for (int i = 0; i < 200 * 200 * 3; i++)
    gdk_pixbuf_get_pixels (pixbuf)[i] = (guint8) g_test_rand_int ();
  for (guint i = 0; i < G_N_ELEMENTS (types); i++)
    {
      g_autofree char *path = fixture_save (folder, types[i], pixbuf, types[i]);
      g_autofree char *contents = NULL;
      gsize size;

      g_assert_true (g_file_get_contents (path, &contents, &size, NULL));
      for (int tenth = 1; tenth < 10; tenth += 2)
        {
          g_autofree char *cut = fixture_write (folder, "cut", contents, size * tenth / 10);

          assert_refused (cut, "cut");
        }
    }
}

static void
test_motion_photo (void)
{
  static const char film[] = "\0\0\0\x18"
                             "ftypmp42........film";
  g_autofree char *folder = rushes_test_folder ();
  g_autoptr (GdkPixbuf) pixbuf = fixture_quarters (160, 120, 255);
  g_autofree char *path = fixture_camera_jpeg (folder, "motion.jpg", pixbuf, 1);
  g_autofree char *contents = NULL;
  g_autoptr (GByteArray) longer = g_byte_array_new ();
  g_autofree char *long_path = NULL;
  gsize size;

  g_assert_true (g_file_get_contents (path, &contents, &size, NULL));
  g_byte_array_append (longer, (guint8 *) contents, size);
  g_byte_array_append (longer, (const guint8 *) film, sizeof film);
  long_path = fixture_write (folder, "motion.jpg", longer->data, longer->len);
  assert_read (long_path, "image/jpeg", 160, 120, FALSE, FALSE);
}

static void
test_spoilt (void)
{
  static const char *const targets[] = {
    "a.png", "a.jpg", "a.bmp", "a.tiff", "a.gif", "a.webp", "film.gif", "film.webp"
  };
  g_autofree char *folder = rushes_test_folder ();
  g_autoptr (GdkPixbuf) pixbuf = fixture_quarters (64, 48, 255);
  g_autofree char *source = fixture_save (folder, "source.png", pixbuf, "png");
  guint n_refused = 0, n_read = 0;

  for (guint i = 0; i < G_N_ELEMENTS (targets); i++)
    {
      g_autofree char *path = g_build_filename (folder, targets[i], NULL);
      g_autofree char *contents = NULL;
      gsize size;

      if (g_str_has_prefix (targets[i], "film")
              ? !fixture_run ("convert", source, "-delay", "10", "(", "+clone", "-negate", ")", path, NULL)
              : !fixture_run ("convert", source, path, NULL))
        return;
      g_assert_true (g_file_get_contents (path, &contents, &size, NULL));
      for (int round = 0; round < 120; round++)
        {
          g_autofree char *copy = g_memdup2 (contents, size);
          g_autofree char *spoilt = NULL;
          g_autoptr (GError) error = NULL;
          g_autoptr (GdkPixbuf) read = NULL;

          for (int k = 0; k < 1 + round % 8; k++)
            copy[g_test_rand_int_range (12, (gint32) size)] = (char) g_test_rand_int ();
          spoilt = fixture_write (folder, "spoilt", copy, size);
          read = read_picture (spoilt, 0, NULL, &error);
          if (read == NULL)
            g_assert_error (error, RUSHES_ERROR, RUSHES_ERROR_BAD_REQUEST);
          n_refused += read == NULL;
          n_read += read != NULL;
        }
    }
  g_assert_cmpuint (n_refused, >, 50);
  g_assert_cmpuint (n_read, >, 50);
}

static gint64
read_status (const char *name)
{
  g_autofree char *status = NULL;
  char *line;

  g_assert_true (g_file_get_contents ("/proc/self/status", &status, NULL, NULL));
  line = strstr (status, name);
  g_assert_nonnull (line);
  return g_ascii_strtoll (line + strlen (name) + 1, NULL, 10) * 1024;
}

static void
test_large (void)
{
  g_autofree char *folder = rushes_test_folder ();
  g_autofree char *path = fixture_gray_jpeg (folder, "large.jpg", 8000, 6000);
  g_autofree char *huge = fixture_gray_jpeg (folder, "huge.jpg", 15000, 10000);
  g_autoptr (GError) error = NULL;
  g_autoptr (GdkPixbuf) pixbuf = NULL;
  RushesPictureFacts facts;
  gint64 before;
  FILE *marks;

  /* proc(5): 5 resets the highest mark of memory so far. */
  g_assert_nonnull (marks = fopen ("/proc/self/clear_refs", "w"));
  fputs ("5", marks);
  fclose (marks);
  before = read_status ("VmRSS:");
  pixbuf = read_picture (path, 1500, &facts, &error);
  g_assert_no_error (error);
  g_assert_cmpint (facts.width, ==, 8000);
  g_assert_cmpint (facts.height, ==, 6000);
  /* An eighth of the size would be too little. */
  g_assert_cmpint (gdk_pixbuf_get_width (pixbuf), ==, 2000);
  g_assert_cmpint (gdk_pixbuf_get_height (pixbuf), ==, 1500);
  g_assert_cmpint (read_status ("VmHWM:") - before, <, 64 * 1024 * 1024);
  g_clear_object (&pixbuf);

  pixbuf = read_picture (path, 0, &facts, &error);
  g_assert_no_error (error);
  g_assert_cmpint (gdk_pixbuf_get_width (pixbuf), ==, 8000);
  g_clear_object (&pixbuf);

  /* 150 megapixels are more than 256 MiB, so that they come at half the size. */
  pixbuf = read_picture (huge, 0, &facts, &error);
  g_assert_no_error (error);
  g_assert_cmpint (facts.width, ==, 15000);
  g_assert_cmpint (gdk_pixbuf_get_width (pixbuf), ==, 7500);
}

static void
test_header_never_reads_past_the_end (void)
{
  g_autofree char *folder = rushes_test_folder ();
  g_autoptr (GdkPixbuf) pixbuf = fixture_quarters (32, 32, 255);
  static const char *const types[] = { "jpeg", "png", "bmp", "tiff" };

  for (guint i = 0; i < G_N_ELEMENTS (types); i++)
    {
      g_autofree char *path =
          i == 0 ? fixture_camera_jpeg (folder, "a", pixbuf, 6) : fixture_save (folder, "a", pixbuf, types[i]);
      g_autofree char *contents = NULL;
      gsize size;

      g_assert_true (g_file_get_contents (path, &contents, &size, NULL));
      for (gsize n = 0; n <= MIN (size, 700); n++)
        for (int round = 0; round < 4; round++)
          {
            /* Of the exact size, so that a sanitizer sees one byte too far. */
            g_autofree guint8 *copy = g_memdup2 (contents, MAX (n, 1));
            RushesPictureHeader header;

            for (int spoilt = 0; spoilt < round && n > 12; spoilt++)
              copy[g_test_rand_int_range (12, (gint32) n)] = (guint8) g_test_rand_int ();
            rushes_picture_header_read (&header, copy, n);
            g_assert_cmpint (header.orientation, >=, 1);
            g_assert_cmpint (header.orientation, <=, 8);
          }
    }
}

int
main (int argc, char **argv)
{
  rushes_test_init (&argc, &argv);
  g_test_add_func ("/picture-reader/own-formats", test_own_formats);
  g_test_add_func ("/picture-reader/webp", test_webp);
  g_test_add_func ("/picture-reader/heic", test_heic);
  g_test_add_func ("/picture-reader/avif", test_avif);
  g_test_add_func ("/picture-reader/gif", test_gif);
  g_test_add_func ("/picture-reader/gif-frames", test_gif_frames);
  g_test_add_func ("/picture-reader/svg", test_svg);
  g_test_add_func ("/picture-reader/orientation", test_orientation);
  g_test_add_func ("/picture-reader/orientation-of-others", test_orientation_of_others);
  g_test_add_func ("/picture-reader/refused", test_refused);
  g_test_add_func ("/picture-reader/spoilt", test_spoilt);
  g_test_add_func ("/picture-reader/cut-off", test_cut_off);
  g_test_add_func ("/picture-reader/motion-photo", test_motion_photo);
  g_test_add_func ("/picture-reader/large", test_large);
  g_test_add_func ("/picture-reader/header-never-reads-past-the-end", test_header_never_reads_past_the_end);
  return g_test_run ();
}
