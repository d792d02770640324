/* test-player-arrival.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include <glib/gstdio.h>
#include <gst/video/video.h>
#include <math.h>

#include "rushes-error.h"
#include "rushes-player.h"
#include "rushes-test-clip.h"
#include "rushes-test.h"

/* A clip that is played while it comes. */

#define FRAMES 50
#define FRAME  (1.0 / RUSHES_TEST_CLIP_RATE)
#define SINK   "appsink sync=true max-buffers=1 drop=true wait-on-eos=false"

typedef struct
{
  char *contents;
  gsize size;
  GFile *part;
  gsize there; /* bytes of it in the part file */
  RushesArrival *arrival;
  RushesPlayer *player;
  int wanted;
} Fixture;

static void
set_up (Fixture *fixture, GFile *clip)
{
  g_autofree char *folder = rushes_test_folder ();

  g_assert_true (g_file_get_contents (g_file_peek_path (clip), &fixture->contents, &fixture->size, NULL));
  fixture->part = g_file_new_build_filename (folder, "clip.part", NULL);
  fixture->arrival = rushes_arrival_new (fixture->part, NULL);
  fixture->player = g_object_new (RUSHES_TYPE_PLAYER, "video-sink", SINK, NULL);
}

static void
tear_down (Fixture *fixture)
{
  g_assert_finalize_object (fixture->player);
  g_object_unref (fixture->arrival);
  g_object_unref (fixture->part);
  g_free (fixture->contents);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Fixture, tear_down)

static GFile *
make (const char *name, gboolean to_stream)
{
  g_autofree char *folder = rushes_test_folder ();

  return (to_stream ? rushes_test_clip_make_to_stream : rushes_test_clip_make) (folder, name, 320, 240, FRAMES, TRUE);
}

/* Brings it to so much of the whole, and says so. */
static void
bring (Fixture *fixture, double share)
{
  gsize until = (gsize) (share * fixture->size);
  g_autoptr (GFileOutputStream) stream = g_file_append_to (fixture->part, G_FILE_CREATE_NONE, NULL, NULL);

  g_assert_true (g_output_stream_write_all (G_OUTPUT_STREAM (stream), fixture->contents + fixture->there,
                                            until - fixture->there, NULL, NULL, NULL));
  fixture->there = until;
  rushes_arrival_grow (fixture->arrival, (gint64) until, (gint64) fixture->size);
}

static int
get_shown (Fixture *fixture)
{
  g_autoptr (GObject) sink = NULL;
  g_autoptr (GstSample) sample = NULL;
  GstMapInfo map;
  int which;

  g_object_get (fixture->player, "paintable", &sink, NULL);
  if (sink != NULL)
    g_object_get (sink, "last-sample", &sample, NULL);
  if (sample == NULL)
    return -1;
  g_assert_true (gst_buffer_map (gst_sample_get_buffer (sample), &map, GST_MAP_READ));
  which = rushes_test_clip_which (map.data[map.size / 3]);
  gst_buffer_unmap (gst_sample_get_buffer (sample), &map);

  return which;
}

static gboolean
shows_wanted (gpointer data)
{
  Fixture *fixture = data;

  return get_shown (fixture) >= fixture->wanted;
}

static gboolean
shows_exactly (gpointer data)
{
  Fixture *fixture = data;

  return get_shown (fixture) == fixture->wanted;
}

static void
await_frame (Fixture *fixture, int number)
{
  fixture->wanted = number;
  if (!rushes_test_until (shows_wanted, fixture, 20))
    g_error ("frame %d at %f, not %d", get_shown (fixture), rushes_player_get_position (fixture->player), number);
}

static gboolean
is_buffering (gpointer data)
{
  return rushes_player_get_buffering (((Fixture *) data)->player);
}

static gboolean
has_head (gpointer data)
{
  return rushes_player_get_head (((Fixture *) data)->player) != RUSHES_HEAD_COMING;
}

static gboolean
is_over (gpointer data)
{
  return !rushes_player_get_playing (((Fixture *) data)->player);
}

static void
assert_no_error (Fixture *fixture)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (RushesMissingCodec) codec = NULL;

  g_object_get (fixture->player, "error", &error, "missing-codec", &codec, NULL);
  g_assert_no_error (error);
  g_assert_null (codec);
}

/* ---- */

static void
test_plays (gconstpointer name)
{
  g_auto (Fixture) fixture = { 0 };
  g_autoptr (GFile) clip = make (name, TRUE);
  int stood;

  set_up (&fixture, clip);
  rushes_player_set_arrival (fixture.player, fixture.arrival);
  rushes_player_set_playing (fixture.player, TRUE);
  bring (&fixture, 0.5);
  await_frame (&fixture, 2);
  g_assert_cmpfloat (fabs (rushes_player_get_duration (fixture.player) - FRAMES * FRAME), <, 0.1);

  /* Where the bytes end it stands, still at work. */
  g_assert_true (rushes_test_until (is_buffering, &fixture, 20));
  stood = get_shown (&fixture);
  g_test_message ("it stands at frame %d", stood);
  g_assert_cmpint (stood, <, FRAMES - 5);
  g_assert_true (rushes_player_get_playing (fixture.player));

  bring (&fixture, 1);
  await_frame (&fixture, FRAMES - 1);
  g_assert_true (rushes_test_until (is_over, &fixture, 20));
  g_assert_false (rushes_player_get_buffering (fixture.player));
  assert_no_error (&fixture);
}

/* What is sought beyond what is there is waited for; what is there is there at once. */
static void
test_seeks (void)
{
  g_auto (Fixture) fixture = { 0 };
  g_autoptr (GFile) clip = make ("clip.mp4", TRUE);

  set_up (&fixture, clip);
  rushes_player_set_arrival (fixture.player, fixture.arrival);
  bring (&fixture, 0.5);
  await_frame (&fixture, 0);
  rushes_player_seek (fixture.player, 8 * FRAME);
  await_frame (&fixture, 8);
  g_assert_cmpint (get_shown (&fixture), ==, 8);

  rushes_player_seek (fixture.player, 44 * FRAME);
  g_assert_true (rushes_test_until (is_buffering, &fixture, 20));
  g_assert_cmpint ((int) (rushes_player_get_position (fixture.player) / FRAME), ==, 44);
  bring (&fixture, 1);
  await_frame (&fixture, 44);
  g_assert_cmpint (get_shown (&fixture), ==, 44);
  rushes_player_seek (fixture.player, 3 * FRAME);
  fixture.wanted = 3;
  g_assert_true (rushes_test_until (shows_exactly, &fixture, 20));
  g_assert_false (rushes_player_get_buffering (fixture.player));
  assert_no_error (&fixture);
}

/* An index at the end says that there is nothing to show before it, and no pipeline is made for it. */
static void
test_late (void)
{
  g_auto (Fixture) fixture = { 0 };
  g_autoptr (GFile) clip = make ("clip.mp4", FALSE);
  g_autoptr (GObject) paintable = NULL;

  set_up (&fixture, clip);
  rushes_player_set_arrival (fixture.player, fixture.arrival);
  rushes_player_set_playing (fixture.player, TRUE);
  bring (&fixture, 0.9);
  g_assert_true (rushes_test_until (has_head, &fixture, 20));
  g_assert_cmpint (rushes_player_get_head (fixture.player), ==, RUSHES_HEAD_LATE);
  g_object_get (fixture.player, "paintable", &paintable, NULL);
  g_assert_null (paintable);

  bring (&fixture, 1);
  rushes_arrival_end (fixture.arrival, RUSHES_ARRIVAL_WHOLE);
  rushes_player_set_file (fixture.player, clip);
  await_frame (&fixture, 0);
  assert_no_error (&fixture);
}

/* A web page, a picture, a playlist: nothing of it gets to GStreamer. */
static void
test_wrong_bytes (void)
{
  g_auto (Fixture) fixture = { 0 };
  g_autoptr (GFile) clip = make ("clip.mp4", TRUE);
  static const char playlist[] = "#EXTM3U\nhttp://127.0.0.1:9/clip.ts\n";

  set_up (&fixture, clip);
  memset (fixture.contents, ' ', fixture.size);
  memcpy (fixture.contents, playlist, sizeof playlist - 1);
  rushes_player_set_arrival (fixture.player, fixture.arrival);
  bring (&fixture, 1);
  g_assert_true (rushes_test_until (has_head, &fixture, 20));
  g_assert_cmpint (rushes_player_get_head (fixture.player), ==, RUSHES_HEAD_OTHER);
  g_assert_cmpint (get_shown (&fixture), ==, -1);
}

static gboolean
has_error (gpointer data)
{
  g_autoptr (GError) error = NULL;

  g_object_get (((Fixture *) data)->player, "error", &error, NULL);

  return error != NULL;
}

/* It begins like a clip, and goes on as something else. */
static void
test_broken (void)
{
  g_auto (Fixture) fixture = { 0 };
  g_autoptr (GFile) clip = make ("clip.webm", TRUE);
  g_autoptr (GError) error = NULL;

  set_up (&fixture, clip);
  memset (fixture.contents + fixture.size / 4, 0xff, fixture.size - fixture.size / 4);
  rushes_player_set_arrival (fixture.player, fixture.arrival);
  rushes_player_set_playing (fixture.player, TRUE);
  bring (&fixture, 1);
  g_assert_true (rushes_test_until (has_error, &fixture, 20));
  g_object_get (fixture.player, "error", &error, NULL);
  g_assert_error (error, RUSHES_ERROR, RUSHES_ERROR_MEDIA);
  g_assert_false (rushes_player_get_playing (fixture.player));
}

/* What plays is not begun anew when the clip gets its name. */
static void
test_lands (void)
{
  g_auto (Fixture) fixture = { 0 };
  g_autoptr (GFile) clip = make ("clip.mp4", TRUE);
  g_autoptr (GFile) folder = NULL;
  g_autoptr (GFile) landed = NULL;
  g_autoptr (GObject) before = NULL;
  g_autoptr (GObject) after = NULL;
  int shown;

  set_up (&fixture, clip);
  folder = g_file_get_parent (fixture.part);
  landed = g_file_get_child (folder, "clip.mp4");
  rushes_player_set_arrival (fixture.player, fixture.arrival);
  rushes_player_set_playing (fixture.player, TRUE);
  bring (&fixture, 0.6);
  await_frame (&fixture, 5);
  g_object_get (fixture.player, "paintable", &before, NULL);

  bring (&fixture, 1);
  g_assert_cmpint (g_rename (g_file_peek_path (fixture.part), g_file_peek_path (landed)), ==, 0);
  rushes_arrival_end (fixture.arrival, RUSHES_ARRIVAL_WHOLE);
  shown = get_shown (&fixture);
  rushes_player_set_file (fixture.player, landed);
  g_assert_null (rushes_player_get_arrival (fixture.player));
  g_object_get (fixture.player, "paintable", &after, NULL);
  g_assert_true (before == after);
  g_assert_cmpint (get_shown (&fixture), >=, shown);
  await_frame (&fixture, FRAMES - 1);
  g_assert_true (rushes_test_until (is_over, &fixture, 20));

  /* And all of it can be gone through. */
  rushes_player_seek (fixture.player, 2 * FRAME);
  fixture.wanted = 2;
  g_assert_true (rushes_test_until (shows_exactly, &fixture, 20));
  assert_no_error (&fixture);
}

/* Another one begins, and this one is let go in the middle of it. */
static void
test_begins_anew (void)
{
  g_auto (Fixture) fixture = { 0 };
  g_autoptr (GFile) clip = make ("clip.mp4", TRUE);
  g_autoptr (RushesArrival) first = NULL;

  set_up (&fixture, clip);
  rushes_player_set_arrival (fixture.player, fixture.arrival);
  rushes_player_set_playing (fixture.player, TRUE);
  bring (&fixture, 0.5);
  await_frame (&fixture, 2);

  first = g_steal_pointer (&fixture.arrival);
  rushes_arrival_end (first, RUSHES_ARRIVAL_GONE);
  g_assert_true (g_file_delete (fixture.part, NULL, NULL));
  fixture.there = 0;
  fixture.arrival = rushes_arrival_new (fixture.part, NULL);
  rushes_player_set_arrival (fixture.player, fixture.arrival);
  g_assert_cmpint (get_shown (&fixture), ==, -1);
  bring (&fixture, 1);
  await_frame (&fixture, FRAMES - 1);
  assert_no_error (&fixture);
}

int
main (int argc, char **argv)
{
  rushes_test_init (&argc, &argv);
  g_test_add_data_func ("/player/arrival/mp4", "clip.mp4", test_plays);
  g_test_add_data_func ("/player/arrival/webm", "clip.webm", test_plays);
  g_test_add_func ("/player/arrival/seeks", test_seeks);
  g_test_add_func ("/player/arrival/late", test_late);
  g_test_add_func ("/player/arrival/wrong-bytes", test_wrong_bytes);
  g_test_add_func ("/player/arrival/broken", test_broken);
  g_test_add_func ("/player/arrival/lands", test_lands);
  g_test_add_func ("/player/arrival/begins-anew", test_begins_anew);

  return g_test_run ();
}
