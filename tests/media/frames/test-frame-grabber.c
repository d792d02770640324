/* test-frame-grabber.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "coded-clip.h"
#include "picture-fixtures.h"
#include "rushes-error.h"
#include "rushes-frame-grabber.h"
#include "rushes-test.h"

static GdkPixbuf *
grab (const char *path, double seconds, GError **error)
{
  g_autoptr (GFile) file = g_file_new_for_path (path);
  g_autoptr (GBytes) png = dex_await_boxed (rushes_grab_frame (file, seconds), error);
  g_autoptr (GInputStream) stream = NULL;

  if (png == NULL)
    return NULL;
  g_assert_cmpmem (g_bytes_get_data (png, NULL), 4, "\x89PNG", 4);
  stream = g_memory_input_stream_new_from_bytes (png);
  return gdk_pixbuf_new_from_stream (stream, NULL, error);
}

static int
grab_number (const char *path, double seconds)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GdkPixbuf) pixbuf = grab (path, seconds, &error);

  g_assert_no_error (error);
  g_assert_cmpint (gdk_pixbuf_get_width (pixbuf), ==, CODED_WIDTH);
  g_assert_cmpint (gdk_pixbuf_get_height (pixbuf), ==, CODED_HEIGHT);
  return coded_clip_number (gdk_pixbuf_get_pixels (pixbuf)[0]);
}

static void
test_exact (void)
{
  g_autofree char *folder = rushes_test_folder ();
  g_autofree char *path = coded_clip_write (folder, NULL, 24, 30);

  for (guint n = 0; n < 24; n += 7)
    {
      /* As a player tells where it is, at the beginning of a frame; and in the middle of one. */
      double position = (double) (n * G_GINT64_CONSTANT (1000000000) / 30) / 1e9;

      g_assert_cmpint (grab_number (path, position), ==, n);
      g_assert_cmpint (grab_number (path, (n + 0.5) / 30), ==, n);
    }
}

static void
test_end (void)
{
  g_autofree char *folder = rushes_test_folder ();
  g_autofree char *path = coded_clip_write (folder, NULL, 20, 24);

  g_assert_cmpint (grab_number (path, -1), ==, 19);
  g_assert_cmpint (grab_number (path, 100), ==, 19);
  g_assert_cmpint (grab_number (path, 20 / 24.0), ==, 19);
}

static void
test_webm (void)
{
  g_autofree char *folder = rushes_test_folder ();
  g_autofree char *path = coded_clip_write (folder, "vp8enc", 20, 24);

  g_assert_cmpint (grab_number (path, 0), ==, 0);
  g_assert_cmpint (grab_number (path, 10 / 24.0), ==, 10);
  g_assert_cmpint (grab_number (path, -1), ==, 19);
}

static void
test_no_clip (void)
{
  g_autofree char *folder = rushes_test_folder ();
  /* GStreamer would follow the address. */
  static const char playlist[] = "#EXTM3U\n#EXTINF:10,\nhttp://127.0.0.1:1/film.ts\n";
  g_autofree char *path = fixture_write (folder, "clip.mp4", playlist, sizeof playlist - 1);
  g_autoptr (GError) error = NULL;
  g_autoptr (GdkPixbuf) pixbuf = grab (path, 0, &error);

  g_assert_null (pixbuf);
  g_assert_error (error, RUSHES_ERROR, RUSHES_ERROR_MEDIA);
}

static void
test_sound_alone (void)
{
  g_autofree char *path = g_test_build_filename (G_TEST_DIST, "core", "container", "media", "sound-only.mp4", NULL);
  g_autoptr (GError) error = NULL;
  g_autoptr (GdkPixbuf) pixbuf = NULL;
  gint64 start = g_get_monotonic_time ();

  g_assert_true (g_file_test (path, G_FILE_TEST_EXISTS));
  pixbuf = grab (path, 0, &error);
  g_assert_null (pixbuf);
  g_assert_error (error, RUSHES_ERROR, RUSHES_ERROR_MEDIA);
  /* It is known at once; a pipeline would have waited for a picture. */
  g_assert_cmpint (g_get_monotonic_time () - start, <, 8 * G_USEC_PER_SEC);
}

int
main (int argc, char **argv)
{
  rushes_test_init (&argc, &argv);
  rushes_test_add_fiber ("/frame-grabber/exact", test_exact);
  rushes_test_add_fiber ("/frame-grabber/end", test_end);
  rushes_test_add_fiber ("/frame-grabber/webm", test_webm);
  rushes_test_add_fiber ("/frame-grabber/no-clip", test_no_clip);
  rushes_test_add_fiber ("/frame-grabber/sound-alone", test_sound_alone);
  return g_test_run ();
}
