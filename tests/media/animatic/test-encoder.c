/* test-encoder.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include <glib/gstdio.h>
#include <math.h>
#include <string.h>

#include "clip-decoder.h"
#include "rushes-codec.h"
#include "rushes-container.h"
#include "rushes-encoder.h"
#include "rushes-error.h"
#include "rushes-sound-track.h"
#include "rushes-test.h"

#define WIDTH    256
#define HEIGHT   144
#define N_FRAMES 24

/* Brightness tells the number of a frame. */
static int
brightness_of (guint n)
{
  return 30 + 8 * (int) n;
}

static void
encode (const char *path, const char *codec, gboolean sound)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (RushesEncoder) encoder = rushes_encoder_new (path, codec, WIDTH, HEIGHT, 24, sound, NULL, &error);

  g_assert_no_error (error);
  g_assert_cmpstr (rushes_encoder_get_codec (encoder), ==, codec);
  if (rushes_encoder_get_sound (encoder))
    rushes_encoder_add_sound (encoder, rushes_sound_track_new (48000, 1), 48000);
  for (guint n = 0; n < N_FRAMES; n++)
    {
      RushesFrame frame;

      g_assert_true (rushes_encoder_open_frame (encoder, &frame, &error));
      for (int p = 0; p < 3; p++)
        for (int y = 0; y < (p > 0 ? HEIGHT / 2 : HEIGHT); y++)
          memset (frame.data[p] + y * frame.stride[p], p > 0 ? 128 : brightness_of (n), p > 0 ? WIDTH / 2 : WIDTH);
      rushes_encoder_close_frame (encoder);
    }
  g_assert_true (rushes_encoder_finish (encoder, &error));
  g_assert_no_error (error);
}

static void
test_codec (gconstpointer data)
{
  const char *name = data;
  g_autofree char *folder = rushes_test_folder ();
  g_autofree char *path = g_build_filename (folder, "clip", NULL);
  g_autoptr (GFile) file = g_file_new_for_path (path);
  g_autoptr (GError) error = NULL;
  g_autoptr (DecodedClip) clip = NULL;
  RushesClipFacts facts = { 0 };

  if (rushes_codec_find_video (name, WIDTH, HEIGHT, 24, NULL) == NULL)
    {
      g_test_skip ("It is not here.");
      return;
    }

  encode (path, name, TRUE);
  rushes_container_read_facts (file, &facts, &error);
  g_assert_no_error (error);
  g_assert_cmpstr (facts.container, ==, g_str_equal (name, "vp8enc") ? "webm" : "mp4");
  g_assert_cmpint (facts.width, ==, WIDTH);
  g_assert_nonnull (facts.audio_codec);
  g_assert_cmpfloat_with_epsilon (facts.duration, 1, 0.06);

  clip = decode_clip (path);
  g_assert_cmpuint (clip->frames->len, ==, N_FRAMES);
  for (guint n = 0; n < N_FRAMES; n++)
    {
      const guint8 *light = g_bytes_get_data (clip->frames->pdata[n], NULL);

      g_assert_cmpfloat_with_epsilon (g_array_index (clip->times, double, n), n / 24.0, 0.002);
      g_assert_cmpint (ABS (light[HEIGHT / 2 * WIDTH + WIDTH / 2] - brightness_of (n)), <=, 3);
    }
}

/* The order of the boxes on the top level: "ftyp moov mdat". */
static char *
list_boxes (const char *path)
{
  g_autofree char *contents = NULL;
  g_autoptr (GString) boxes = g_string_new (NULL);
  gsize size;

  g_assert_true (g_file_get_contents (path, &contents, &size, NULL));
  for (gsize at = 0; at + 8 <= size;)
    {
      guint32 length;

      memcpy (&length, contents + at, 4);
      length = GUINT32_FROM_BE (length);
      g_assert_cmpuint (length, >=, 8);
      g_string_append_len (boxes, contents + at + 4, 4);
      g_string_append_c (boxes, ' ');
      at += length;
    }

  return g_string_free_and_steal (g_steal_pointer (&boxes));
}

static void
test_plays_while_it_arrives (void)
{
  g_autofree char *folder = rushes_test_folder ();
  g_autofree char *path = g_build_filename (folder, "clip", NULL);
  g_autofree char *boxes = NULL;
  g_autoptr (GDir) dir = NULL;

  if (rushes_codec_find_video ("x264enc", WIDTH, HEIGHT, 24, NULL) == NULL)
    {
      g_test_skip ("x264enc is not here.");
      return;
    }
  encode (path, "x264enc", FALSE);
  boxes = list_boxes (path);
  g_assert_true (g_str_has_prefix (boxes, "ftyp "));
  g_assert_cmpint (strstr (boxes, "moov") - boxes, <, strstr (boxes, "mdat") - boxes);

  dir = g_dir_open (folder, 0, NULL);
  g_assert_cmpstr (g_dir_read_name (dir), ==, "clip");
  g_assert_null (g_dir_read_name (dir));
}

/* The clip is the only name there is at any time, so that nothing else is left by a process that is killed; and a
 * folder that goes away does not hold the encoder up. */
static void
test_folder_gone (void)
{
  g_autofree char *folder = rushes_test_folder ();
  g_autofree char *path = g_build_filename (folder, "clip", NULL);
  g_autoptr (GError) error = NULL;
  g_autoptr (RushesEncoder) encoder = rushes_encoder_new (path, NULL, WIDTH, HEIGHT, 24, FALSE, NULL, &error);

  g_assert_no_error (error);
  g_assert_cmpint (g_unlink (path), ==, 0);
  g_assert_cmpint (g_rmdir (folder), ==, 0);
  for (guint n = 0; n < 5 * N_FRAMES; n++)
    {
      RushesFrame frame;

      g_assert_true (rushes_encoder_open_frame (encoder, &frame, &error));
      rushes_encoder_close_frame (encoder);
    }
  g_assert_true (rushes_encoder_finish (encoder, &error));
  g_assert_no_error (error);
}

static void
test_unknown (void)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (RushesEncoder) encoder =
      rushes_encoder_new ("/dev/null", "no-such-encoder", 64, 64, 24, FALSE, NULL, &error);

  g_assert_null (encoder);
  g_assert_error (error, RUSHES_ERROR, RUSHES_ERROR_UNSUPPORTED);
}

static void
test_abandoned (void)
{
  g_autofree char *folder = rushes_test_folder ();
  g_autofree char *path = g_build_filename (folder, "clip", NULL);

  /* Whatever was done to it until then. */
  for (int frames = 0; frames < 3; frames++)
    {
      g_autoptr (GError) error = NULL;
      g_autoptr (RushesEncoder) encoder = rushes_encoder_new (path, NULL, WIDTH, HEIGHT, 24, TRUE, NULL, &error);
      RushesFrame frame;

      g_assert_no_error (error);
      for (int n = 0; n < frames; n++)
        {
          g_assert_true (rushes_encoder_open_frame (encoder, &frame, &error));
          rushes_encoder_close_frame (encoder);
        }
      if (frames == 2)
        g_assert_true (rushes_encoder_open_frame (encoder, &frame, &error));
    }
}

int
main (int argc, char **argv)
{
  rushes_test_init (&argc, &argv);
  g_assert_true (rushes_codec_start_gstreamer (NULL));
  for (const RushesCodec *codec = rushes_video_codecs; codec->name != NULL; codec++)
    {
      g_autofree char *path = g_strconcat ("/encoder/codec/", codec->name, NULL);

      g_test_add_data_func (path, codec->name, test_codec);
    }
  g_test_add_func ("/encoder/plays-while-it-arrives", test_plays_while_it_arrives);
  g_test_add_func ("/encoder/folder-gone", test_folder_gone);
  g_test_add_func ("/encoder/unknown", test_unknown);
  g_test_add_func ("/encoder/abandoned", test_abandoned);
  return g_test_run ();
}
