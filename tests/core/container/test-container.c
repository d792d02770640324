/* test-container.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include <glib/gstdio.h>
#include <string.h>

#include "rushes-container-private.h"
#include "rushes-container.h"
#include "rushes-error.h"
#include "rushes-test.h"

typedef struct
{
  const char *name;
  RushesClipFacts facts;
  double tolerance; /* of the duration, in seconds */
  gboolean is_open; /* a cut at some places leaves a shorter clip that is whole */
} Clip;

/* What gst-discoverer-1.0 says of them, and the number of frames they were made with. */
static const Clip clips[] = {
  { "h264-aac.mp4", { 4513, 0.5, 96, 64, 24, 12, "mp4", "h264", "aac" }, 0.001 },
  { "h264-faststart.mp4", { 2063, 0.5, 96, 64, 24, 12, "mp4", "h264", NULL }, 0.001 },
  { "h264-fragmented.mp4", { 4594, 0.5, 96, 64, 24, 12, "mp4", "h264", "opus" }, 0.001, TRUE },
  { "h265.mov", { 1650, 0.5, 96, 64, 24, 12, "mp4", "hevc", NULL }, 0.001 },
  { "rotated.mp4", { 2071, 0.5, 64, 96, 24, 12, "mp4", "h264", NULL }, 0.001 },
  { "vp9-opus.mp4", { 3767, 0.5, 96, 64, 24, 12, "mp4", "vp9", "opus" }, 0.001 },
  { "av1.mp4", { 0, 0.5, 96, 64, 24, 12, "mp4", "av1", NULL }, 0.001 },
  { "vp8-vorbis.webm", { 6678, 0.5, 96, 64, 24, 12, "webm", "vp8", "vorbis" }, 0.001 },
  { "vp9-live.webm", { 2856, 0.5, 96, 64, 24, 12, "webm", "vp9", "opus" }, 0.002, TRUE },
  { "h264-mp3.mkv", { 3457, 0.576, 96, 64, 24, 12, "mkv", "h264", "mp3" }, 0.001 },
};

static GFile *
get_media (const char *name)
{
  return g_file_new_build_filename (g_test_get_dir (G_TEST_DIST), "core", "container", "media", name, NULL);
}

static GByteArray *
load_media (const char *name)
{
  g_autoptr (GFile) file = get_media (name);
  g_autoptr (GError) error = NULL;
  char *data;
  gsize length;

  g_file_load_contents (file, NULL, &data, &length, NULL, &error);
  g_assert_no_error (error);
  return g_byte_array_new_take ((guint8 *) data, length);
}

static gboolean
read_bytes (gconstpointer data, gsize length, RushesClipFacts *facts, GError **error)
{
  /* A block of exactly this size, so that the sanitizer sees every byte read too far. */
  g_autoptr (GBytes) bytes = g_bytes_new (data, length);
  g_autoptr (RushesByteSource) source = rushes_byte_source_new (bytes);
  g_autoptr (GError) reason = NULL;
  gboolean success = rushes_container_read_facts_from (source, facts, &reason);

  g_assert_true (success == (reason == NULL));
  if (success)
    {
      g_assert_cmpint (facts->size, ==, length);
      g_assert_cmpint (facts->width, >, 0);
      g_assert_cmpint (facts->height, >, 0);
      g_assert_true (facts->duration >= 0 && facts->duration < 1e9);
      g_assert_true (facts->frame_rate >= 0 && facts->frame_rate <= 1000);
      g_assert_nonnull (facts->container);
    }
  else
    {
      const RushesClipFacts nothing = { 0 };

      g_assert_true (g_error_matches (reason, RUSHES_ERROR, RUSHES_ERROR_MEDIA));
      g_assert_true (g_str_has_suffix (reason->message, "."));
      g_assert_cmpmem (facts, sizeof *facts, &nothing, sizeof nothing);
      g_propagate_error (error, g_steal_pointer (&reason));
    }
  return success;
}

static void
assert_fails (gconstpointer data, gsize length, const char *words)
{
  g_autoptr (GError) error = NULL;
  RushesClipFacts facts;

  g_assert_false (read_bytes (data, length, &facts, &error));
  if (strstr (error->message, words) == NULL)
    g_error ("“%s” does not say “%s”", error->message, words);
}

static void
test_facts (gconstpointer data)
{
  const Clip *clip = data;
  g_autoptr (GFile) file = get_media (clip->name);
  g_autoptr (GError) error = NULL;
  RushesClipFacts facts;

  g_assert_true (rushes_container_read_facts (file, &facts, &error));
  g_assert_no_error (error);
  if (clip->facts.size > 0)
    g_assert_cmpint (facts.size, ==, clip->facts.size);
  g_assert_cmpfloat_with_epsilon (facts.duration, clip->facts.duration, clip->tolerance);
  g_assert_cmpint (facts.width, ==, clip->facts.width);
  g_assert_cmpint (facts.height, ==, clip->facts.height);
  g_assert_cmpfloat_with_epsilon (facts.frame_rate, clip->facts.frame_rate, 0.01);
  g_assert_cmpuint (facts.n_frames, ==, clip->facts.n_frames);
  g_assert_cmpstr (facts.container, ==, clip->facts.container);
  g_assert_cmpstr (facts.video_codec, ==, clip->facts.video_codec);
  g_assert_cmpstr (facts.audio_codec, ==, clip->facts.audio_codec);
}

static void
test_truncated (gconstpointer data)
{
  const Clip *clip = data;
  g_autoptr (GByteArray) bytes = load_media (clip->name);
  guint n_whole = 0;

  for (gsize length = 0; length < bytes->len; length++)
    {
      RushesClipFacts facts;

      n_whole += read_bytes (bytes->data, length, &facts, NULL);
    }

  if (clip->is_open)
    g_assert_cmpuint (n_whole, <, bytes->len / 20);
  else
    g_assert_cmpuint (n_whole, ==, 0);
}

static void
test_mutated (gconstpointer data)
{
  static const guint8 nasty[] = { 0x00, 0x01, 0x7f, 0x80, 0xff };
  const Clip *clip = data;
  g_autoptr (GByteArray) original = load_media (clip->name);

  for (int round = 0; round < 2000; round++)
    {
      g_autofree guint8 *bytes = g_memdup2 (original->data, original->len);
      gsize length = original->len;
      int n_changes = g_test_rand_int_range (1, 12);
      RushesClipFacts facts;

      for (int i = 0; i < n_changes; i++)
        {
          guint32 at = (guint32) g_test_rand_int_range (0, (gint32) length);

          switch (g_test_rand_int_range (0, 4))
            {
            case 0:
              bytes[at] = (guint8) g_test_rand_int_range (0, 256);
              break;
            case 1:
              bytes[at] ^= (guint8) (1 << g_test_rand_int_range (0, 8));
              break;
            case 2:
              memset (bytes + at, nasty[g_test_rand_int_range (0, G_N_ELEMENTS (nasty))], MIN (8, length - at));
              break;
            default:
              length = at + 1;
              break;
            }
        }
      read_bytes (bytes, length, &facts, NULL);
    }
}

static void
test_others (void)
{
  static const struct
  {
    const char *bytes;
    gsize length;
    const char *words;
  } cases[] = {
#define CASE(text, words) { text, sizeof (text) - 1, words }
    CASE ("", "empty"),
    CASE ("\xef\xbb\xbf\r\n <!DOCTYPE HTML><title>404</title>", "web page"),
    CASE ("<html lang=\"en\">", "web page"),
    CASE ("  {\"error\":{\"message\":\"expired\"}}", "JSON"),
    CASE ("[1]", "JSON"),
    CASE ("#EXTM3U\n#EXT-X-VERSION:3\n", "playlist"),
    CASE ("<?xml version=\"1.0\"?><MPD xmlns=\"urn:mpeg:dash:schema:mpd:2011\">", "playlist"),
    CASE ("AccessDenied", "text"),
    CASE ("影片还没有准备好", "text"),
    CASE ("\x89PNG\r\n\x1a\n\0\0\0\rIHDR", "picture"),
    CASE ("\xff\xd8\xff\xe0\0\x10JFIF", "picture"),
    CASE ("RIFF\x24\0\0\0WEBPVP8 ", "picture"),
    CASE ("\0\0\0\x1c"
          "ftypavif\0\0\0\0avifmif1",
          "picture"),
    CASE ("RIFF\x24\0\0\0AVI LIST", "not a video that Rushes can read"),
    CASE ("\0\0\0\x14"
          "ftypisom\0\0\0\0isom",
          "cut short"),
    CASE ("\x1a\x45\xdf\xa3\x88\x42\x82\x85othe", "cut short"),
    CASE ("\x1a\x45\xdf\xa3\x88\x42\x82\x85other", "not a video that Rushes can read"),
#undef CASE
  };

  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    assert_fails (cases[i].bytes, cases[i].length, cases[i].words);
}

static void
test_sound_only (void)
{
  g_autoptr (GByteArray) bytes = load_media ("sound-only.mp4");

  assert_fails (bytes->data, bytes->len, "no moving picture");
}

static void
test_missing (void)
{
  g_autoptr (GFile) file = g_file_new_for_path ("/nonexistent/clip.mp4");
  g_autoptr (GError) error = NULL;
  RushesClipFacts facts;

  g_assert_false (rushes_container_read_facts (file, &facts, &error));
  g_assert_error (error, RUSHES_ERROR, RUSHES_ERROR_NOT_FOUND);
}

static gsize
find_box (GByteArray *bytes, const char *type)
{
  guint8 *found = memmem (bytes->data, bytes->len, type, 4);

  g_assert_nonnull (found);
  return (gsize) (found - bytes->data) - 4;
}

static void
put (GByteArray *bytes, gsize offset, guint32 number)
{
  guint32 big = GUINT32_TO_BE (number);

  memcpy (bytes->data + offset, &big, sizeof big);
}

/* A last box of size 0 goes on to the end: whether that end is there shows only in the table of samples. */
static void
test_open_end (void)
{
  g_autoptr (GByteArray) bytes = load_media ("h264-faststart.mp4");
  RushesClipFacts facts;

  put (bytes, find_box (bytes, "mdat"), 0);
  g_assert_true (read_bytes (bytes->data, bytes->len, &facts, NULL));
  assert_fails (bytes->data, bytes->len - 1, "cut short");
}

static void
test_long_sizes (void)
{
  static const guint8 free_box[] = { 0, 0, 0, 1, 'f', 'r', 'e', 'e', 0, 0, 0, 0, 0, 0, 0, 16 };
  static const guint8 endless[] = { 0, 0, 0, 1, 'f', 'r', 'e', 'e', 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff };
  static const guint8 too_small[] = { 0, 0, 0, 1, 'f', 'r', 'e', 'e', 0, 0, 0, 0, 0, 0, 0, 15 };
  static const guint8 no_progress[] = { 0, 0, 0, 7, 'f', 'r', 'e', 'e' };
  g_autoptr (GByteArray) bytes = load_media ("h264-aac.mp4");
  gsize length = bytes->len;
  RushesClipFacts facts;

  g_byte_array_append (bytes, free_box, sizeof free_box);
  g_assert_true (read_bytes (bytes->data, bytes->len, &facts, NULL));

  g_byte_array_set_size (bytes, length);
  g_byte_array_append (bytes, endless, sizeof endless);
  assert_fails (bytes->data, bytes->len, "cut short");

  g_byte_array_set_size (bytes, length);
  g_byte_array_append (bytes, too_small, sizeof too_small);
  assert_fails (bytes->data, bytes->len, "damaged");

  g_byte_array_set_size (bytes, length);
  g_byte_array_append (bytes, no_progress, sizeof no_progress);
  assert_fails (bytes->data, bytes->len, "damaged");
}

/* A header far beyond what a clip needs is refused before memory is taken for it. */
static void
test_huge_header (void)
{
  static const guint8 head[] = { 0, 0, 0, 16, 'f', 't', 'y', 'p', 'i', 's', 'o', 'm',
                                 0, 0, 0, 0,  0,   0,   0,   0,   'm', 'o', 'o', 'v' };
  g_autofree char *folder = rushes_test_folder ();
  g_autofree char *path = g_build_filename (folder, "huge.mp4", NULL);
  g_autoptr (GFile) file = g_file_new_for_path (path);
  g_autoptr (GError) error = NULL;
  RushesClipFacts facts;

  g_file_set_contents (path, (const char *) head, sizeof head, &error);
  g_assert_no_error (error);
  g_assert_cmpint (truncate (path, G_GINT64_CONSTANT (8) << 30), ==, 0);

  g_assert_false (rushes_container_read_facts (file, &facts, &error));
  g_assert_error (error, RUSHES_ERROR, RUSHES_ERROR_MEDIA);
}

/* Sparse files of small boxes would otherwise be walked for hours. */
static void
test_endless_boxes (void)
{
  static const guint8 head[] = { 0, 0, 0, 16, 'f', 't', 'y', 'p', 'i', 's', 'o', 'm', 0, 0, 0, 0 };
  static const guint8 box[] = { 0, 0, 0, 8, 'f', 'r', 'e', 'e' };
  g_autoptr (GByteArray) bytes = g_byte_array_new ();

  g_byte_array_append (bytes, head, sizeof head);
  for (int i = 0; i < 300000; i++)
    g_byte_array_append (bytes, box, sizeof box);
  assert_fails (bytes->data, bytes->len, "damaged");
}

/* A clip that comes byte by byte: too little is never something else, and what was said once holds. */
static void
test_head (gconstpointer data)
{
  const Clip *clip = data;
  g_autoptr (GByteArray) media = load_media (clip->name);
  g_autofree char *folder = rushes_test_folder ();
  g_autoptr (GFile) part = g_file_new_build_filename (folder, "part", NULL);
  gboolean is_late = g_str_equal (clip->facts.container, "mp4") && !g_str_has_prefix (clip->name, "h264-fa") &&
                     !g_str_has_prefix (clip->name, "h264-fr");
  RushesHead expected = is_late ? RUSHES_HEAD_LATE : RUSHES_HEAD_PLAYS;
  RushesHead head = RUSHES_HEAD_COMING;

  g_assert_cmpint (rushes_container_read_head (part, -1, NULL, &(RushesClipFacts) { 0 }), ==, RUSHES_HEAD_COMING);
  for (gsize length = 0; length < media->len; length += 101)
    {
      gint64 total = length % 2 == 0 ? (gint64) media->len : -1;
      RushesClipFacts facts;

      g_assert_true (g_file_set_contents_full (g_file_peek_path (part), (const char *) media->data, (gssize) length,
                                               G_FILE_SET_CONTENTS_NONE, 0600, NULL));
      if (head != RUSHES_HEAD_COMING)
        g_assert_cmpint (rushes_container_read_head (part, total, NULL, &facts), ==, head);
      else
        head = rushes_container_read_head (part, total, NULL, &facts);
      if (head != RUSHES_HEAD_COMING)
        g_assert_cmpint (head, ==, expected);
      if (head != RUSHES_HEAD_PLAYS)
        continue;
      g_assert_cmpint (facts.width, ==, clip->facts.width);
      g_assert_cmpint (facts.height, ==, clip->facts.height);
      g_assert_cmpstr (facts.video_codec, ==, clip->facts.video_codec);
      g_assert_cmpstr (facts.audio_codec, ==, clip->facts.audio_codec);
      g_assert_true (facts.n_frames == 0 || facts.n_frames == clip->facts.n_frames);
      g_assert_true (facts.duration == 0 || ABS (facts.duration - clip->facts.duration) <= clip->tolerance);
    }
  g_assert_cmpint (head, ==, expected);
}

static void
add_piece (RushesPieces *pieces, const GByteArray *media, gint64 from, gint64 until)
{
  g_autoptr (GBytes) bytes = g_bytes_new_static (media->data + from, (gsize) (until - from));

  rushes_pieces_add (pieces, from, bytes);
}

/* An index at the end is asked for, and as soon as all of it is there the clip can be played, whatever else is missing.
 */
static void
test_index_aside (void)
{
  const gsize mdat = 40, moov = 2882, further = 2 * 1024 * 1024;
  g_autoptr (GByteArray) media = load_media ("h264-aac.mp4");
  g_autofree char *folder = rushes_test_folder ();
  g_autoptr (GFile) part = g_file_new_build_filename (folder, "part", NULL);
  g_autoptr (RushesPieces) pieces = rushes_pieces_new ();
  gint64 index = (gint64) (moov + further);
  guint32 mdat_size = GUINT32_TO_BE ((guint32) (moov - mdat + further));
  RushesClipFacts facts;

  g_byte_array_set_size (media, media->len + (guint) further);
  memmove (media->data + index, media->data + moov, media->len - (gsize) index);
  memcpy (media->data + mdat, &mdat_size, sizeof mdat_size);
  g_assert_true (g_file_set_contents (g_file_peek_path (part), (const char *) media->data, 5000, NULL));
  rushes_pieces_set_file (pieces, "a clip", media->len);

  g_assert_cmpint (rushes_container_read_head (part, media->len, pieces, &facts), ==, RUSHES_HEAD_LATE);
  g_assert_cmpint (dex_await_int64 (rushes_pieces_await_wish (pieces, -1), NULL), ==, index);
  add_piece (pieces, media, index, index + 1000);
  g_assert_cmpint (rushes_container_read_head (part, media->len, pieces, &facts), ==, RUSHES_HEAD_LATE);
  g_assert_cmpint (dex_await_int64 (rushes_pieces_await_wish (pieces, -1), NULL), ==, index + 1000);
  add_piece (pieces, media, index + 1000, media->len);
  g_assert_cmpint (rushes_container_read_head (part, media->len, pieces, &facts), ==, RUSHES_HEAD_PLAYS);
  g_assert_cmpint (facts.width, ==, 96);
  g_assert_cmpuint (facts.n_frames, ==, 12);
}

static void
test_no_head (void)
{
  static const char *const others[] = { "<!doctype html><p>", "#EXTM3U\nhttps://example.org/", "{\"url\":\"", "RIFF" };
  g_autofree char *folder = rushes_test_folder ();
  g_autoptr (GFile) part = g_file_new_build_filename (folder, "part", NULL);
  RushesClipFacts facts;

  for (gsize i = 0; i < G_N_ELEMENTS (others); i++)
    {
      g_autofree char *text = g_strdup_printf ("%s%600s", others[i], "");

      g_assert_true (g_file_set_contents (g_file_peek_path (part), text, -1, NULL));
      g_assert_cmpint (rushes_container_read_head (part, 100000, NULL, &facts), ==, RUSHES_HEAD_OTHER);
      g_assert_cmpint (facts.width, ==, 0);
    }
}

int
main (int argc, char **argv)
{
  rushes_test_init (&argc, &argv);

  for (gsize i = 0; i < G_N_ELEMENTS (clips); i++)
    {
      g_autofree char *facts = g_strdup_printf ("/container/facts/%s", clips[i].name);
      g_autofree char *truncated = g_strdup_printf ("/container/truncated/%s", clips[i].name);
      g_autofree char *head = g_strdup_printf ("/container/head/%s", clips[i].name);
      g_autofree char *mutated = g_strdup_printf ("/container/mutated/%s", clips[i].name);

      g_test_add_data_func (facts, &clips[i], test_facts);
      g_test_add_data_func (truncated, &clips[i], test_truncated);
      g_test_add_data_func (head, &clips[i], test_head);
      g_test_add_data_func (mutated, &clips[i], test_mutated);
    }
  rushes_test_add_fiber ("/container/index-aside", test_index_aside);
  g_test_add_func ("/container/no-head", test_no_head);
  g_test_add_func ("/container/others", test_others);
  g_test_add_func ("/container/sound-only", test_sound_only);
  g_test_add_func ("/container/missing", test_missing);
  g_test_add_func ("/container/open-end", test_open_end);
  g_test_add_func ("/container/long-sizes", test_long_sizes);
  g_test_add_func ("/container/huge-header", test_huge_header);
  g_test_add_func ("/container/endless-boxes", test_endless_boxes);

  return g_test_run ();
}
