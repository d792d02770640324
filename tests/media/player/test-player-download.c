/* test-player-download.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include <glib/gstdio.h>
#include <gst/video/video.h>

#include "rushes-error.h"
#include "rushes-http-download.h"
#include "rushes-player.h"
#include "rushes-slow-host.h"
#include "rushes-test-clip.h"
#include "rushes-test.h"

/* A clip that is played while it is downloaded, and gone about in. */

#define FRAMES 50
#define FRAME  (1.0 / RUSHES_TEST_CLIP_RATE)
#define SINK   "appsink sync=true max-buffers=1 drop=true wait-on-eos=false"

/* So much lies between its first and its second half. */
#define GAP (5 * 1024 * 1024)

typedef struct
{
  RushesSlowHost *host;
  RushesHttp *http;
  GFile *part;
  RushesPieces *pieces;
  RushesArrival *arrival;
  RushesPlayer *player;
  DexFuture *work;
  char *clip; /* borrowed */
  gsize size;
  gsize half;
  int wanted;
} Fixture;

/* ---- a clip with a gap ---- */

static guint32
get_number (const GByteArray *bytes, gsize at)
{
  guint32 number;

  memcpy (&number, bytes->data + at, sizeof number);
  return GUINT32_FROM_BE (number);
}

static void
set_number (GByteArray *bytes, gsize at, guint32 number)
{
  number = GUINT32_TO_BE (number);
  memcpy (bytes->data + at, &number, sizeof number);
}

/* Where the body of the next box of this name begins, from @from on; 0 when there is none. */
static gsize
find_box (const GByteArray *bytes, const char *name, gsize from)
{
  for (gsize at = from; at + 4 <= bytes->len; at++)
    if (memcmp (bytes->data + at, name, 4) == 0)
      return at + 4;
  return 0;
}

/* Puts @GAP bytes between two chunks in the middle (ISO/IEC 14496-12, 8.7.5), and says where. */
static gsize
put_gap (GByteArray *bytes)
{
  gsize mdat = find_box (bytes, "mdat", 0);
  gsize middle = mdat + get_number (bytes, mdat - 8) / 2;
  gsize where = bytes->len;
  gsize stco = 0;

  while ((stco = find_box (bytes, "stco", stco)) != 0)
    for (guint i = 0; i < get_number (bytes, stco + 4); i++)
      if (get_number (bytes, stco + 8 + 4 * i) >= middle)
        where = MIN (where, get_number (bytes, stco + 8 + 4 * i));
  while ((stco = find_box (bytes, "stco", stco)) != 0)
    for (guint i = 0; i < get_number (bytes, stco + 4); i++)
      if (get_number (bytes, stco + 8 + 4 * i) >= where)
        set_number (bytes, stco + 8 + 4 * i, get_number (bytes, stco + 8 + 4 * i) + GAP);

  set_number (bytes, mdat - 8, get_number (bytes, mdat - 8) + GAP);
  g_byte_array_set_size (bytes, bytes->len + GAP);
  memmove (bytes->data + where + GAP, bytes->data + where, bytes->len - GAP - where);
  memset (bytes->data + where, 0, GAP);
  return where;
}

/* ---- */

static void begin (Fixture *fixture);

static void
set_up (Fixture *fixture, gboolean to_stream)
{
  g_autofree char *folder = rushes_test_folder ();
  g_autoptr (GFile) clip = (to_stream ? rushes_test_clip_make_to_stream
                                      : rushes_test_clip_make) (folder, "clip.mp4", 320, 240, FRAMES, TRUE);
  GByteArray *bytes;
  char *contents;

  g_assert_true (g_file_get_contents (g_file_peek_path (clip), &contents, &fixture->size, NULL));
  bytes = g_byte_array_new_take ((guint8 *) contents, fixture->size);
  fixture->half = put_gap (bytes);
  fixture->clip = (char *) g_byte_array_free (bytes, FALSE);
  fixture->size += GAP;
  fixture->host = rushes_slow_host_new (fixture->clip, fixture->size, "\"v1\"");
  fixture->http = rushes_http_for_proxy ("direct://");
  fixture->part = g_file_new_build_filename (folder, "clip.part", NULL);
  fixture->pieces = rushes_pieces_new ();
  fixture->arrival = rushes_arrival_new (fixture->part, fixture->pieces);
  fixture->player = g_object_new (RUSHES_TYPE_PLAYER, "video-sink", SINK, NULL);
  rushes_slow_host_set_front (fixture->host, fixture->half);
  begin (fixture);
  rushes_player_set_arrival (fixture->player, fixture->arrival);
}

static void
tear_down (Fixture *fixture)
{
  dex_clear (&fixture->work);
  g_assert_finalize_object (fixture->player);
  g_object_unref (fixture->arrival);
  g_object_unref (fixture->pieces);
  g_object_unref (fixture->part);
  g_object_unref (fixture->http);
  rushes_slow_host_free (fixture->host);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Fixture, tear_down)

static void
on_progress (gint64 bytes, gint64 total, gpointer data)
{
  rushes_arrival_grow (((Fixture *) data)->arrival, bytes, total);
}

static gboolean
is_waiting (gpointer data)
{
  return rushes_slow_host_is_waiting (((Fixture *) data)->host);
}

static void
begin (Fixture *fixture)
{
  const RushesDownloadOptions options = {
    .pieces = fixture->pieces, .progress = on_progress, .user_data = fixture, .clocks = { 20, 20, 60 }
  };

  fixture->work =
      rushes_http_download (fixture->http, rushes_slow_host_get_address (fixture->host), fixture->part, &options, NULL);
  g_assert_true (rushes_test_until (is_waiting, fixture, 20));
}

static gboolean
is_done (gpointer data)
{
  return !dex_future_is_pending (((Fixture *) data)->work);
}

static void
assert_ends_well (Fixture *fixture)
{
  g_autofree char *contents = NULL;
  gsize size;

  rushes_slow_host_set_front (fixture->host, fixture->size);
  g_assert_true (rushes_test_until (is_done, fixture, 20));
  g_assert_true (dex_future_is_resolved (fixture->work));
  g_assert_true (g_file_get_contents (g_file_peek_path (fixture->part), &contents, &size, NULL));
  g_assert_cmpmem (contents, size, fixture->clip, fixture->size);
}

/* The file never has more than came in its turn. */
static void
assert_no_hole (Fixture *fixture)
{
  GStatBuf info;

  g_assert_cmpint (g_stat (g_file_peek_path (fixture->part), &info), ==, 0);
  g_assert_cmpint (info.st_size, <=, fixture->half);
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

  return get_shown (fixture) == fixture->wanted;
}

static void
await_frame (Fixture *fixture, int number)
{
  fixture->wanted = number;
  if (!rushes_test_until (shows_wanted, fixture, 20))
    g_error ("frame %d at %f, not %d", get_shown (fixture), rushes_player_get_position (fixture->player), number);
}

static void
seek (Fixture *fixture, int number)
{
  rushes_player_seek (fixture->player, number * FRAME);
  await_frame (fixture, number);
}

static gboolean
is_buffering (gpointer data)
{
  return rushes_player_get_buffering (((Fixture *) data)->player);
}

static gboolean
has_asked (gpointer data)
{
  return rushes_slow_host_count_parts (((Fixture *) data)->host) > 0;
}

static gboolean
is_over (gpointer data)
{
  return !rushes_player_get_playing (((Fixture *) data)->player);
}

/* ---- */

static void
test_seeks (void)
{
  g_auto (Fixture) fixture = { 0 };

  set_up (&fixture, TRUE);
  await_frame (&fixture, 0);
  seek (&fixture, 44);
  assert_no_hole (&fixture);
  seek (&fixture, 3);
  seek (&fixture, 40);
  assert_no_hole (&fixture);
  assert_ends_well (&fixture);
}

/* It plays on from there to its end, with most of it still to come. */
static void
test_plays_on (void)
{
  g_auto (Fixture) fixture = { 0 };

  set_up (&fixture, TRUE);
  await_frame (&fixture, 0);
  seek (&fixture, 40);
  rushes_player_set_playing (fixture.player, TRUE);
  g_assert_true (rushes_test_until (is_over, &fixture, 20));
  g_assert_cmpint (get_shown (&fixture), ==, FRAMES - 1);
  assert_no_hole (&fixture);
  assert_ends_well (&fixture);
}

/* What stands at the end is brought, and it plays from the beginning on, to where the bytes end and then to its own
 * end. */
static void
test_index_at_end (void)
{
  g_auto (Fixture) fixture = { 0 };

  set_up (&fixture, FALSE);
  await_frame (&fixture, 0);
  g_assert_cmpint (rushes_player_get_head (fixture.player), ==, RUSHES_HEAD_PLAYS);
  seek (&fixture, 5);
  assert_no_hole (&fixture);
  rushes_player_set_playing (fixture.player, TRUE);
  g_assert_true (rushes_test_until (is_buffering, &fixture, 20));
  assert_ends_well (&fixture);
  g_assert_true (rushes_test_until (is_over, &fixture, 20));
  g_assert_cmpint (get_shown (&fixture), ==, FRAMES - 1);
}

/* A host that gives no parts, or not of this clip: what is sought is waited for. */
static void
test_no_parts (gconstpointer parts)
{
  g_auto (Fixture) fixture = { 0 };

  set_up (&fixture, TRUE);
  rushes_slow_host_set_parts (fixture.host, GPOINTER_TO_UINT (parts), NULL);
  await_frame (&fixture, 0);
  rushes_player_seek (fixture.player, 44 * FRAME);
  g_assert_true (rushes_test_until (has_asked, &fixture, 20));
  g_assert_true (rushes_test_until (is_buffering, &fixture, 20));
  assert_ends_well (&fixture);
  await_frame (&fixture, 44);
  g_assert_cmpuint (rushes_slow_host_count_parts (fixture.host), ==, 1);
}

/* The connection breaks; what is sought meanwhile is brought when the download goes on. */
static void
test_resumed (void)
{
  g_auto (Fixture) fixture = { 0 };

  set_up (&fixture, TRUE);
  await_frame (&fixture, 0);
  rushes_slow_host_hang_up (fixture.host);
  g_assert_true (rushes_test_until (is_done, &fixture, 20));
  g_assert_true (dex_future_is_rejected (fixture.work));
  dex_clear (&fixture.work);
  rushes_player_seek (fixture.player, 44 * FRAME);
  g_assert_true (rushes_test_until (is_buffering, &fixture, 20));

  begin (&fixture);
  await_frame (&fixture, 44);
  assert_no_hole (&fixture);
  assert_ends_well (&fixture);
}

int
main (int argc, char **argv)
{
  rushes_test_init (&argc, &argv);
  g_test_add_func ("/player/download/seeks", test_seeks);
  g_test_add_func ("/player/download/plays-on", test_plays_on);
  g_test_add_func ("/player/download/index-at-end", test_index_at_end);
  g_test_add_data_func ("/player/download/no-parts", GUINT_TO_POINTER (RUSHES_PARTS_NOT), test_no_parts);
  g_test_add_data_func ("/player/download/changed", GUINT_TO_POINTER (RUSHES_PARTS_OTHER), test_no_parts);
  g_test_add_func ("/player/download/resumed", test_resumed);

  return g_test_run ();
}
