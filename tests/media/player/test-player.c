/* test-player.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "rushes-player.h"

#include <gst/video/video.h>
#include <math.h>

#include "rushes-error.h"
#include "rushes-test-clip.h"
#include "rushes-test.h"

#define FRAMES 50
#define FRAME  (1.0 / RUSHES_TEST_CLIP_RATE)

/* Pictures go nowhere but into the sink's last sample, so that no display is needed. */
#define SINK "appsink sync=true max-buffers=1 drop=true wait-on-eos=false"

typedef struct
{
  char *folder;
  GFile *clip;
  RushesPlayer *player;
  guint n_positions;
  guint n_wraps;
  double last_position;
  int wanted;
  double wanted_rate;
} Fixture;

static void
on_position (Fixture *fixture)
{
  double position = rushes_player_get_position (fixture->player);

  fixture->n_positions++;
  if (position < fixture->last_position - 1.0)
    fixture->n_wraps++;
  fixture->last_position = position;
}

static void
make_player (Fixture *fixture)
{
  fixture->player = g_object_new (RUSHES_TYPE_PLAYER, "video-sink", SINK, NULL);
  g_signal_connect_swapped (fixture->player, "notify::position", G_CALLBACK (on_position), fixture);
}

static void
set_up (Fixture *fixture, gconstpointer name)
{
  fixture->folder = rushes_test_folder ();
  fixture->clip = rushes_test_clip_make (fixture->folder, name, 64, 48, FRAMES, TRUE);
  make_player (fixture);
}

static void
tear_down (Fixture *fixture, gconstpointer name)
{
  g_assert_finalize_object (fixture->player);
  g_object_unref (fixture->clip);
  g_free (fixture->folder);
}

static GstSample *
get_sample (Fixture *fixture)
{
  g_autoptr (GObject) sink = NULL;
  GstSample *sample = NULL;

  g_object_get (fixture->player, "paintable", &sink, NULL);
  if (sink != NULL)
    g_object_get (sink, "last-sample", &sample, NULL);

  return sample;
}

/* The number of the frame that is shown, -1 for none. */
static int
get_shown (Fixture *fixture)
{
  g_autoptr (GstSample) sample = get_sample (fixture);
  GstMapInfo map;
  int which;

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
  double at = rushes_player_get_position (fixture->player);

  return get_shown (fixture) == fixture->wanted && (int) floor (at / FRAME) == fixture->wanted;
}

static void
await_frame (Fixture *fixture, int number)
{
  fixture->wanted = number;
  if (!rushes_test_until (shows_wanted, fixture, 10))
    g_test_message ("frame %d at %f instead of %d", get_shown (fixture), rushes_player_get_position (fixture->player),
                    number);
  g_assert_cmpint (get_shown (fixture), ==, number);
  g_assert_true (shows_wanted (fixture));
}

static void
load (Fixture *fixture)
{
  rushes_player_set_file (fixture->player, fixture->clip);
  await_frame (fixture, 0);
}

static gboolean
shows_something (gpointer data)
{
  return get_shown (data) >= 0;
}

/* While it plays the first frame may be gone before anybody looks. */
static void
load_playing (Fixture *fixture)
{
  rushes_player_set_playing (fixture->player, TRUE);
  rushes_player_set_file (fixture->player, fixture->clip);
  g_assert_true (rushes_test_until (shows_something, fixture, 10));
}

static gboolean
is_over (gpointer data)
{
  Fixture *fixture = data;

  return !rushes_player_get_playing (fixture->player);
}

static gboolean
has_wrapped_twice (gpointer data)
{
  return ((Fixture *) data)->n_wraps >= 2;
}

static gboolean
has_error (gpointer data)
{
  g_autoptr (GError) error = NULL;

  g_object_get (data, "error", &error, NULL);
  return error != NULL;
}

static gboolean
lacks_codec (gpointer data)
{
  g_autoptr (RushesMissingCodec) codec = NULL;

  g_object_get (data, "missing-codec", &codec, NULL);
  return codec != NULL;
}

static gboolean
is_past_half (gpointer data)
{
  Fixture *fixture = data;

  return rushes_player_get_position (fixture->player) > FRAMES * FRAME / 2;
}

static void
test_facts (Fixture *fixture, gconstpointer name)
{
  g_autoptr (GError) error = NULL;
  int width, height;
  double frame_rate;
  gboolean has_audio;

  load (fixture);
  g_object_get (fixture->player, "width", &width, "height", &height, "frame-rate", &frame_rate, "has-audio", &has_audio,
                "error", &error, NULL);
  g_assert_no_error (error);
  g_assert_cmpint (width, ==, 64);
  g_assert_cmpint (height, ==, 48);
  g_assert_cmpfloat_with_epsilon (frame_rate, RUSHES_TEST_CLIP_RATE, 0.05);
  g_assert_true (has_audio);
  g_assert_cmpfloat_with_epsilon (rushes_player_get_duration (fixture->player), FRAMES * FRAME, 0.1);
}

static void
test_plays_to_the_end (Fixture *fixture, gconstpointer name)
{
  gint64 start;

  load (fixture);
  rushes_player_set_playing (fixture->player, TRUE);
  start = g_get_monotonic_time ();
  g_assert_true (rushes_test_until (is_over, fixture, 20));
  g_assert_cmpfloat ((g_get_monotonic_time () - start) / 1e6, >, FRAMES * FRAME * 0.8);
  /* Told about once a frame, and not more often. */
  g_assert_cmpuint (fixture->n_positions, >, 5);
  g_assert_cmpuint (fixture->n_positions, <, FRAMES * 2);
  g_assert_cmpfloat (rushes_player_get_position (fixture->player), ==, rushes_player_get_duration (fixture->player));
  g_assert_cmpint (get_shown (fixture), ==, FRAMES - 1);

  /* Back from the end, and from the start again. */
  rushes_player_step (fixture->player, -1);
  await_frame (fixture, FRAMES - 2);
  rushes_player_seek (fixture->player, 100);
  await_frame (fixture, FRAMES - 1);
  rushes_player_set_playing (fixture->player, TRUE);
  g_assert_true (rushes_test_until (is_over, fixture, 20));
  rushes_player_set_playing (fixture->player, TRUE);
  g_assert_cmpfloat (rushes_player_get_position (fixture->player), ==, 0);
  g_assert_true (rushes_test_until (is_past_half, fixture, 20));
}

static void
test_pause (Fixture *fixture, gconstpointer name)
{
  int shown;

  load (fixture);
  rushes_player_set_playing (fixture->player, TRUE);
  g_assert_true (rushes_test_until (is_past_half, fixture, 20));
  rushes_player_set_playing (fixture->player, FALSE);
  rushes_player_step (fixture->player, 0);
  shown = (int) floor (rushes_player_get_position (fixture->player) / FRAME);
  await_frame (fixture, shown);
  g_assert_cmpint (shown, <, FRAMES - 1);
}

static void
test_step (Fixture *fixture, gconstpointer name)
{
  load (fixture);
  for (int n = 1; n < FRAMES; n++)
    {
      rushes_player_step (fixture->player, 1);
      await_frame (fixture, n);
    }
  rushes_player_step (fixture->player, 1);
  await_frame (fixture, FRAMES - 1);
  for (int n = FRAMES - 2; n >= 0; n--)
    {
      rushes_player_step (fixture->player, -1);
      await_frame (fixture, n);
    }
  rushes_player_step (fixture->player, -1);
  await_frame (fixture, 0);

  /* Steps that come faster than they are done add up. */
  for (int i = 0; i < 7; i++)
    rushes_player_step (fixture->player, 3);
  rushes_player_step (fixture->player, -1);
  await_frame (fixture, 20);
}

static void
test_seek (Fixture *fixture, gconstpointer name)
{
  load (fixture);
  for (int i = 0; i < 12; i++)
    {
      int n = (i * 17) % FRAMES;

      rushes_player_seek (fixture->player, n * FRAME);
      await_frame (fixture, n);
    }

  /* A hundred wishes at once are one or two seeks: it does not take a hundred times as long. */
  for (int i = 0; i < 100; i++)
    rushes_player_seek (fixture->player, (i % FRAMES) * FRAME);
  rushes_player_seek (fixture->player, 31 * FRAME + 0.01);
  await_frame (fixture, 31);
}

static void
test_loop (Fixture *fixture, gconstpointer name)
{
  load (fixture);
  g_object_set (fixture->player, "loop", TRUE, "playing", TRUE, NULL);
  g_assert_true (rushes_test_until (has_wrapped_twice, fixture, 30));
  g_assert_true (rushes_player_get_playing (fixture->player));
}

/* What the clip is shown at, by its own word. */
static double
get_shown_rate (Fixture *fixture)
{
  g_autoptr (GstSample) sample = get_sample (fixture);

  return sample != NULL ? gst_sample_get_segment (sample)->rate : 0;
}

static gboolean
has_wanted_rate (gpointer data)
{
  Fixture *fixture = data;

  return get_shown_rate (fixture) == fixture->wanted_rate;
}

static void
await_rate (Fixture *fixture, double rate)
{
  fixture->wanted_rate = rate;
  g_assert_true (rushes_test_until (has_wanted_rate, fixture, 10));
}

static void
test_rate (Fixture *fixture, gconstpointer name)
{
  g_object_set (fixture->player, "rate", 2.0, "playing", TRUE, NULL);
  rushes_player_set_file (fixture->player, fixture->clip);
  await_rate (fixture, 2.0);
  g_assert_true (rushes_test_until (is_over, fixture, 20));

  /* Slow motion leaves out no frame, and a change while paused leaves the frame where it is. */
  rushes_player_seek (fixture->player, 10 * FRAME);
  await_frame (fixture, 10);
  g_object_set (fixture->player, "rate", 0.5, NULL);
  for (int n = 11; n < 20; n++)
    {
      rushes_player_step (fixture->player, 1);
      await_frame (fixture, n);
    }
  rushes_player_set_playing (fixture->player, TRUE);
  await_rate (fixture, 0.5);
  g_assert_true (rushes_test_until (is_past_half, fixture, 20));
}

/* What is between the marks, and nothing else, over and over. */
static gboolean
never_beyond (gpointer data)
{
  Fixture *fixture = data;
  int shown = get_shown (fixture);

  if (shown > 30)
    g_error ("frame %d is shown behind the mark", shown);
  if (shown < fixture->wanted)
    fixture->n_wraps++;
  fixture->wanted = shown;

  return fixture->n_wraps >= 3;
}

static void
test_marks (Fixture *fixture, gconstpointer name)
{
  double mark_in, mark_out;

  load (fixture);
  rushes_player_seek (fixture->player, 10 * FRAME);
  await_frame (fixture, 10);
  rushes_player_mark_in (fixture->player);
  rushes_player_seek (fixture->player, 30 * FRAME);
  await_frame (fixture, 30);
  rushes_player_mark_out (fixture->player);
  g_object_get (fixture->player, "mark-in", &mark_in, "mark-out", &mark_out, NULL);
  g_assert_cmpfloat_with_epsilon (mark_in, 10 * FRAME, 0.001);
  g_assert_cmpfloat_with_epsilon (mark_out, 31 * FRAME, 0.001);

  /* To the second mark, and from the first. */
  rushes_player_seek (fixture->player, 22 * FRAME);
  await_frame (fixture, 22);
  rushes_player_set_playing (fixture->player, TRUE);
  g_assert_true (rushes_test_until (is_over, fixture, 20));
  await_frame (fixture, 30);
  g_object_set (fixture->player, "loop", TRUE, NULL);
  rushes_player_set_playing (fixture->player, TRUE);
  fixture->n_wraps = 0;
  fixture->wanted = 0;
  g_assert_true (rushes_test_until (never_beyond, fixture, 30));
  rushes_player_set_playing (fixture->player, FALSE);

  /* Who looks beyond it sees what is there. */
  rushes_player_seek (fixture->player, 40 * FRAME);
  await_frame (fixture, 40);
  rushes_player_mark_in (fixture->player);
  g_object_get (fixture->player, "mark-in", &mark_in, "mark-out", &mark_out, NULL);
  g_assert_cmpfloat_with_epsilon (mark_in, 40 * FRAME, 0.001);
  g_assert_cmpfloat (mark_out, ==, -1);
  rushes_player_mark_in (fixture->player);
  g_object_get (fixture->player, "mark-in", &mark_in, NULL);
  g_assert_cmpfloat (mark_in, ==, -1);
  g_object_set (fixture->player, "loop", FALSE, NULL);
  rushes_player_set_playing (fixture->player, TRUE);
  g_assert_true (rushes_test_until (is_over, fixture, 20));
  g_assert_cmpint (get_shown (fixture), ==, FRAMES - 1);
}

/* What other threads do wakes nobody up. */
static gboolean
on_tick (gpointer data)
{
  return G_SOURCE_CONTINUE;
}

static gboolean
has_no_descriptor (gpointer data)
{
  Fixture *fixture = data;
  g_autoptr (GDir) folder = g_dir_open ("/proc/self/fd", 0, NULL);
  const char *name;

  while ((name = g_dir_read_name (folder)) != NULL)
    {
      g_autofree char *link = g_build_filename ("/proc/self/fd", name, NULL);
      g_autofree char *target = g_file_read_link (link, NULL);

      if (g_strcmp0 (target, g_file_peek_path (fixture->clip)) == 0)
        return FALSE;
    }

  return TRUE;
}

static void
on_gone (gpointer data, GObject *where)
{
  *(gboolean *) data = TRUE;
}

static gboolean
is_gone (gpointer data)
{
  return *(gboolean *) data;
}

static void
test_release (Fixture *fixture, gconstpointer name)
{
  guint tick = g_timeout_add (10, on_tick, NULL);
  gboolean gone = FALSE;
  GObject *sink;

  load_playing (fixture);
  g_assert_false (has_no_descriptor (fixture));
  g_object_get (fixture->player, "paintable", &sink, NULL);
  g_object_weak_ref (sink, on_gone, &gone);
  g_object_unref (sink);

  rushes_player_set_file (fixture->player, NULL);
  g_object_get (fixture->player, "paintable", &sink, NULL);
  g_assert_null (sink);
  g_assert_cmpfloat (rushes_player_get_duration (fixture->player), ==, 0);
  g_assert_cmpfloat (rushes_player_get_position (fixture->player), ==, 0);
  g_assert_true (rushes_test_until (has_no_descriptor, fixture, 10));
  g_assert_true (rushes_test_until (is_gone, &gone, 10));

  load_playing (fixture);
  rushes_player_set_file (fixture->player, NULL);
  g_assert_true (rushes_test_until (has_no_descriptor, fixture, 10));

  /* Let go before it was open. */
  rushes_player_set_file (fixture->player, fixture->clip);
  rushes_player_set_file (fixture->player, NULL);
  g_assert_null (rushes_player_get_file (fixture->player));
  g_source_remove (tick);
}

/* Let go when it has just come to the end and nobody has heard of it. */
static void
test_release_at_end (void)
{
  g_autofree char *folder = rushes_test_folder ();
  g_autoptr (GFile) clip = rushes_test_clip_make (folder, "clip.mp4", 64, 48, 10, FALSE);
  Fixture fixture = { .clip = clip };
  g_autoptr (GstElement) sink = NULL;
  g_autoptr (GstPad) pad = NULL;
  gint64 start;

  fixture.player = g_object_new (RUSHES_TYPE_PLAYER, "video-sink",
                                 "appsink sync=false max-buffers=1 drop=true wait-on-eos=false", NULL);
  load (&fixture);
  g_object_get (fixture.player, "paintable", &sink, NULL);
  pad = gst_element_get_static_pad (sink, "sink");
  rushes_player_set_playing (fixture.player, TRUE);
  start = g_get_monotonic_time ();
  while (!GST_PAD_IS_EOS (pad) && g_get_monotonic_time () - start < 20 * G_USEC_PER_SEC)
    g_thread_yield ();
  g_assert_true (GST_PAD_IS_EOS (pad));

  rushes_player_set_file (fixture.player, NULL);
  g_assert_true (rushes_test_until (has_no_descriptor, &fixture, 10));
  g_assert_finalize_object (fixture.player);
}

static void
test_volume (Fixture *fixture, gconstpointer name)
{
  double volume;
  gboolean muted;

  g_object_set (fixture->player, "volume", 0.5, "muted", TRUE, NULL);
  load (fixture);
  g_object_set (fixture->player, "volume", 0.25, NULL);
  g_object_get (fixture->player, "volume", &volume, "muted", &muted, NULL);
  g_assert_cmpfloat (volume, ==, 0.25);
  g_assert_true (muted);
}

static void
check_refused (GFile *file)
{
  g_autoptr (RushesPlayer) player = g_object_new (RUSHES_TYPE_PLAYER, "video-sink", SINK, "playing", TRUE, NULL);
  g_autoptr (GError) error = NULL;

  rushes_player_set_file (player, file);
  g_assert_true (rushes_test_until (has_error, player, 10));
  g_object_get (player, "error", &error, NULL);
  g_assert_true (error->domain == RUSHES_ERROR);
  g_assert_true (g_str_has_suffix (error->message, "."));
  g_assert_false (rushes_player_get_playing (player));

  rushes_player_set_file (player, NULL);
  g_assert_false (has_error (player));
}

static void
test_refused (void)
{
  g_autofree char *folder = rushes_test_folder ();
  g_autofree char *missing = g_build_filename (folder, "missing.mp4", NULL);
  g_autofree char *playlist = g_build_filename (folder, "playlist.mp4", NULL);
  g_autoptr (GFile) missing_file = g_file_new_for_path (missing);
  g_autoptr (GFile) playlist_file = g_file_new_for_path (playlist);

  check_refused (missing_file);

  /* GStreamer would play this, and fetch what it names. */
  g_file_set_contents (playlist, "#EXTM3U\n#EXTINF:5,\nhttp://127.0.0.1:9/clip.ts\n", -1, NULL);
  check_refused (playlist_file);
}

/* What decodes H.264 gets out of the way for the rest of this process, which is why it runs in one of its own. */
static void
test_missing_codec (void)
{
  g_autofree char *folder = rushes_test_folder ();
  g_autoptr (GFile) clip = NULL;
  g_autoptr (RushesPlayer) player = NULL;
  g_autoptr (GstCaps) caps = NULL;
  g_autoptr (RushesMissingCodec) codec = NULL;
  GList *decoders, *fitting;

  if (!g_test_subprocess ())
    {
      g_test_trap_subprocess (NULL, 0, G_TEST_SUBPROCESS_DEFAULT);
      g_test_trap_assert_passed ();
      return;
    }

  /* decodebin3 now and then warns of itself when it gives a stream up. */
  g_log_set_always_fatal (G_LOG_FATAL_MASK | G_LOG_LEVEL_CRITICAL);

  clip = rushes_test_clip_make (folder, "clip.mp4", 64, 48, 5, TRUE);
  caps = gst_caps_new_empty_simple ("video/x-h264");
  decoders = gst_element_factory_list_get_elements (GST_ELEMENT_FACTORY_TYPE_DECODER, GST_RANK_NONE);
  fitting = gst_element_factory_list_filter (decoders, caps, GST_PAD_SINK, FALSE);
  g_assert_nonnull (fitting);
  for (GList *l = fitting; l != NULL; l = l->next)
    gst_registry_remove_feature (gst_registry_get (), l->data);
  gst_plugin_feature_list_free (fitting);
  gst_plugin_feature_list_free (decoders);

  player = g_object_new (RUSHES_TYPE_PLAYER, "video-sink", SINK, "playing", TRUE, NULL);
  rushes_player_set_file (player, clip);
  g_assert_true (rushes_test_until (lacks_codec, player, 10));
  g_object_get (player, "missing-codec", &codec, NULL);
  g_assert_nonnull (strstr (rushes_missing_codec_get_name (codec), "H.264"));
  g_assert_false (rushes_player_get_playing (player));
  g_assert_false (has_error (player));
}

/* With no device that makes sound, and with no way to make any, the pictures go on. */
static void
test_without_sound (gconstpointer data)
{
  const char *missing = data;
  g_autoptr (GstPluginFeature) fake = NULL;
  g_autofree char *folder = rushes_test_folder ();
  Fixture fixture = { 0 };

  if (!g_test_subprocess ())
    {
      g_test_trap_subprocess (NULL, 0, G_TEST_SUBPROCESS_DEFAULT);
      g_test_trap_assert_passed ();
      return;
    }

  fixture.clip = rushes_test_clip_make (folder, "clip.mp4", 64, 48, FRAMES, TRUE);
  fake = gst_registry_lookup_feature (gst_registry_get (), "fakeaudiosink");
  gst_plugin_feature_set_rank (fake, GST_RANK_NONE);
  if (missing != NULL)
    {
      g_autoptr (GstPluginFeature) feature = gst_registry_lookup_feature (gst_registry_get (), missing);

      gst_registry_remove_feature (gst_registry_get (), feature);
    }

  make_player (&fixture);
  g_object_set (fixture.player, "loop", TRUE, "playing", TRUE, NULL);
  rushes_player_set_file (fixture.player, fixture.clip);
  g_assert_true (rushes_test_until (is_past_half, &fixture, 20));
  g_assert_false (has_error (fixture.player));
  g_assert_finalize_object (fixture.player);
  g_object_unref (fixture.clip);
}

int
main (int argc, char **argv)
{
  const char *const names[] = { "clip.mp4", "clip.webm" };

  rushes_test_init (&argc, &argv);

  for (guint i = 0; i < G_N_ELEMENTS (names); i++)
    {
      const char *name = names[i];
      g_autofree char *facts = g_strdup_printf ("/player/%s/facts", name);
      g_autofree char *end = g_strdup_printf ("/player/%s/plays-to-the-end", name);
      g_autofree char *step = g_strdup_printf ("/player/%s/step", name);
      g_autofree char *seek = g_strdup_printf ("/player/%s/seek", name);

      g_test_add (facts, Fixture, name, set_up, test_facts, tear_down);
      g_test_add (end, Fixture, name, set_up, test_plays_to_the_end, tear_down);
      g_test_add (step, Fixture, name, set_up, test_step, tear_down);
      g_test_add (seek, Fixture, name, set_up, test_seek, tear_down);
    }
  g_test_add ("/player/pause", Fixture, "clip.mp4", set_up, test_pause, tear_down);
  g_test_add ("/player/loop", Fixture, "clip.mp4", set_up, test_loop, tear_down);
  g_test_add ("/player/marks", Fixture, "clip.mp4", set_up, test_marks, tear_down);
  g_test_add ("/player/rate", Fixture, "clip.mp4", set_up, test_rate, tear_down);
  g_test_add ("/player/release", Fixture, "clip.mp4", set_up, test_release, tear_down);
  g_test_add_func ("/player/release-at-end", test_release_at_end);
  g_test_add ("/player/volume", Fixture, "clip.mp4", set_up, test_volume, tear_down);
  g_test_add_func ("/player/refused", test_refused);
  g_test_add_func ("/player/missing-codec", test_missing_codec);
  g_test_add_data_func ("/player/no-sound-device", NULL, test_without_sound);
  g_test_add_data_func ("/player/no-sound-sink", "autoaudiosink", test_without_sound);

  return g_test_run ();
}
