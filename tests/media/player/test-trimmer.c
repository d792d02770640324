/* test-trimmer.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "rushes-trimmer.h"

#include <gdk-pixbuf/gdk-pixbuf.h>
#include <string.h>

#include "rushes-clip-frame.h"
#include "rushes-container.h"
#include "rushes-error.h"
#include "rushes-test-clip.h"
#include "rushes-test.h"

#define FRAMES 50
#define FRAME  (1.0 / RUSHES_TEST_CLIP_RATE)

/* Which of the frames of the whole clip is shown at a moment of a part of it. */
static int
get_number (GFile *file, double seconds)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GdkPixbuf) picture = rushes_clip_frame_read (file, seconds, &error);
  const guint8 *pixel;

  g_assert_no_error (error);
  pixel = gdk_pixbuf_read_pixels (picture);

  /* From the whole range of a picture back to the range of video. */
  return (int) rushes_test_clip_which (16 + (pixel[1] + 2) * 219 / 255.0);
}

static void
check_part (GFile *clip, const char *name, double from, double to)
{
  g_autoptr (GFile) folder = g_file_get_parent (clip);
  g_autoptr (GFile) part = g_file_get_child (folder, name);
  g_autoptr (DexFuture) saving = rushes_test_run (rushes_trimmer_save (clip, from, to, part));
  g_autoptr (GError) error = NULL;
  const GValue *value = dex_future_get_value (saving, &error);
  RushesClipFacts facts = { 0 };
  RushesClipFacts whole = { 0 };
  double start, end;
  int first, n_frames;

  g_assert_no_error (error);
  g_variant_get (g_value_get_variant (value), "(dd)", &start, &end);
  g_assert_true (rushes_container_read_facts (part, &facts, &error));
  g_assert_true (rushes_container_read_facts (clip, &whole, &error));
  g_assert_cmpstr (facts.video_codec, ==, whole.video_codec);
  g_assert_cmpstr (facts.audio_codec, ==, whole.audio_codec);
  g_assert_cmpstr (facts.container, ==, whole.container);
  g_assert_cmpint (facts.width, ==, whole.width);

  /* From the key frame that was told to the last frame before the end, none missing. */
  g_assert_cmpfloat (start, <=, from + 0.001);
  first = (int) (start / FRAME + 0.5);
  n_frames = (int) rushes_test_clip_count (part, NULL, NULL);
  g_assert_cmpint (get_number (part, FRAME / 2), ==, first);
  g_assert_cmpint (get_number (part, (n_frames - 0.5) * FRAME), ==, first + n_frames - 1);
  g_assert_cmpint (ABS (first + n_frames - (int) (to / FRAME + 0.5)), <=, 1);
  g_assert_cmpfloat_with_epsilon (end, (first + n_frames) * FRAME, 0.002);
  g_assert_cmpfloat_with_epsilon (end - start, facts.duration, 2 * FRAME);
}

static void
test_part (gconstpointer name)
{
  g_autofree char *folder = rushes_test_folder ();
  g_autoptr (GFile) clip = rushes_test_clip_make (folder, name, 64, 48, FRAMES, TRUE);
  g_autofree char *part = g_strconcat ("part-", name, NULL);
  g_autofree char *before = NULL;
  g_autofree char *after = NULL;
  gsize before_size, after_size;

  g_assert_true (g_file_get_contents (g_file_peek_path (clip), &before, &before_size, NULL));
  check_part (clip, part, 0, 20 * FRAME);
  check_part (clip, part, 33 * FRAME, 45 * FRAME);
  check_part (clip, part, 12 * FRAME, FRAMES * FRAME);

  g_assert_true (g_file_get_contents (g_file_peek_path (clip), &after, &after_size, NULL));
  g_assert_cmpmem (before, before_size, after, after_size);
}

static void
assert_refused (DexFuture *future, RushesErrorCode code)
{
  g_autoptr (DexFuture) refused = rushes_test_run (future);
  g_autoptr (GError) error = NULL;

  g_assert_null (dex_future_get_value (refused, &error));
  g_assert_error (error, RUSHES_ERROR, (int) code);
}

/* What says where a clip came from is not lost, and the clip is not written over. */
static void
test_refused (void)
{
  static const char label[] = "\0\0\0\x0c"
                              "udtaAIGC";
  g_autofree char *folder = rushes_test_folder ();
  g_autoptr (GFile) clip = rushes_test_clip_make (folder, "clip.mp4", 64, 48, 10, FALSE);
  g_autoptr (GFile) part = g_file_new_build_filename (folder, "part.mp4", NULL);
  g_autoptr (GFileOutputStream) stream = NULL;
  g_autoptr (DexFuture) checked = rushes_test_run (rushes_trimmer_check (clip));

  g_assert_true (dex_future_is_resolved (checked));
  assert_refused (rushes_trimmer_save (clip, 0, 0.2, clip), RUSHES_ERROR_BAD_REQUEST);

  stream = g_file_append_to (clip, G_FILE_CREATE_NONE, NULL, NULL);
  g_assert_true (g_output_stream_write_all (G_OUTPUT_STREAM (stream), label, sizeof label - 1, NULL, NULL, NULL));
  g_assert_true (g_output_stream_close (G_OUTPUT_STREAM (stream), NULL, NULL));
  assert_refused (rushes_trimmer_check (clip), RUSHES_ERROR_BAD_REQUEST);
  assert_refused (rushes_trimmer_save (clip, 0, 0.2, part), RUSHES_ERROR_BAD_REQUEST);
  g_assert_false (g_file_query_exists (part, NULL));
}

int
main (int argc, char **argv)
{
  rushes_test_init (&argc, &argv);

  g_test_add_data_func ("/trimmer/mp4", "clip.mp4", test_part);
  g_test_add_data_func ("/trimmer/webm", "clip.webm", test_part);
  g_test_add_func ("/trimmer/refused", test_refused);

  return g_test_run ();
}
