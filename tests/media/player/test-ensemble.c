/* test-ensemble.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "rushes-ensemble.h"

#include <gst/gst.h>
#include <math.h>

#include "rushes-error.h"
#include "rushes-test-clip.h"
#include "rushes-test.h"

#define LONG  50
#define SHORT 20
#define FRAME (1.0 / RUSHES_TEST_CLIP_RATE)

/* Pictures go nowhere but into the sink's last sample, so that no display is needed. */
#define SINK "appsink sync=true max-buffers=1 drop=true wait-on-eos=false"

/* Made once for all tests: long, short. */
static char *folder;
static GFile *clips[2];

typedef struct
{
  RushesEnsemble *ensemble;
  RushesTransport *transport;
  int wanted[2];
  guint n_wraps;
  double last_position;
} Fixture;

static void
on_position (Fixture *fixture)
{
  double position = rushes_transport_get_position (fixture->transport);

  if (position < fixture->last_position - 1.0)
    fixture->n_wraps++;
  fixture->last_position = position;
}

static void
set_up (Fixture *fixture, gconstpointer data)
{
  fixture->ensemble = g_object_new (RUSHES_TYPE_ENSEMBLE, "n-clips", 2, "video-sink", SINK, NULL);
  fixture->transport = RUSHES_TRANSPORT (fixture->ensemble);
  g_signal_connect_swapped (fixture->ensemble, "notify::position", G_CALLBACK (on_position), fixture);
}

static void
tear_down (Fixture *fixture, gconstpointer data)
{
  g_assert_finalize_object (fixture->ensemble);
}

/* The number of the frame of a clip that is shown, -1 for none. */
static int
get_shown (Fixture *fixture, guint which)
{
  GObject *sink = rushes_ensemble_get_paintable (fixture->ensemble, which);
  g_autoptr (GstSample) sample = NULL;
  GstMapInfo map;
  int number;

  if (sink != NULL)
    g_object_get (sink, "last-sample", &sample, NULL);
  if (sample == NULL)
    return -1;
  g_assert_true (gst_buffer_map (gst_sample_get_buffer (sample), &map, GST_MAP_READ));
  number = rushes_test_clip_which (map.data[map.size / 3]);
  gst_buffer_unmap (gst_sample_get_buffer (sample), &map);

  return number;
}

static gboolean
show_wanted (gpointer data)
{
  Fixture *fixture = data;

  return get_shown (fixture, 0) == fixture->wanted[0] && get_shown (fixture, 1) == fixture->wanted[1];
}

static void
await_frames (Fixture *fixture, int first, int second)
{
  fixture->wanted[0] = first;
  fixture->wanted[1] = second;
  if (!rushes_test_until (show_wanted, fixture, 20))
    g_test_message ("at %f", rushes_transport_get_position (fixture->transport));
  g_assert_cmpint (get_shown (fixture, 0), ==, first);
  g_assert_cmpint (get_shown (fixture, 1), ==, second);
}

static void
load (Fixture *fixture)
{
  rushes_ensemble_set_file (fixture->ensemble, 0, clips[0]);
  rushes_ensemble_set_file (fixture->ensemble, 1, clips[1]);
  await_frames (fixture, 0, 0);
}

static void
seek (Fixture *fixture, int frame)
{
  rushes_transport_seek (fixture->transport, frame * FRAME);
}

static gboolean
is_over (gpointer data)
{
  return !rushes_transport_get_playing (((Fixture *) data)->transport);
}

static gboolean
is_past_a_few (gpointer data)
{
  return rushes_transport_get_position (((Fixture *) data)->transport) > 5 * FRAME;
}

static gboolean
has_wrapped_twice (gpointer data)
{
  return ((Fixture *) data)->n_wraps >= 2;
}

/* As a pair of clips stands still: both at the frame of the position. */
static gboolean
stands_together (gpointer data)
{
  Fixture *fixture = data;
  int frame = (int) floor (rushes_transport_get_position (fixture->transport) / FRAME);

  return get_shown (fixture, 0) == frame && get_shown (fixture, 1) == MIN (frame, SHORT - 1);
}

static void
test_one_moment (Fixture *fixture, gconstpointer data)
{
  double frame_rate;
  gboolean has_audio;

  load (fixture);
  g_object_get (fixture->ensemble, "frame-rate", &frame_rate, "has-audio", &has_audio, NULL);
  g_assert_cmpfloat_with_epsilon (frame_rate, RUSHES_TEST_CLIP_RATE, 0.1);
  g_assert_true (has_audio);
  g_assert_cmpfloat_with_epsilon (rushes_transport_get_duration (fixture->transport), LONG * FRAME, 0.1);

  for (int i = 0; i < 8; i++)
    {
      int frame = (i * 17) % LONG;

      seek (fixture, frame);
      await_frames (fixture, frame, MIN (frame, SHORT - 1));
      g_assert_cmpint ((int) floor (rushes_transport_get_position (fixture->transport) / FRAME), ==, frame);
    }

  /* The shorter one stands still at its last frame, and goes on with the other when they are back. */
  seek (fixture, SHORT - 2);
  await_frames (fixture, SHORT - 2, SHORT - 2);
  for (int frame = SHORT - 1; frame < SHORT + 2; frame++)
    {
      rushes_transport_step (fixture->transport, 1);
      await_frames (fixture, frame, SHORT - 1);
    }
  for (int i = 0; i < 5; i++)
    rushes_transport_step (fixture->transport, -1);
  await_frames (fixture, SHORT - 4, SHORT - 4);
  seek (fixture, 1000);
  await_frames (fixture, LONG - 1, SHORT - 1);
  seek (fixture, 0);
  rushes_transport_step (fixture->transport, -3);
  await_frames (fixture, 0, 0);
}

static void
test_runs (Fixture *fixture, gconstpointer data)
{
  load (fixture);
  for (int i = 0; i < 3; i++)
    {
      seek (fixture, 0);
      rushes_transport_set_playing (fixture->transport, TRUE);
      g_assert_true (rushes_test_until (is_past_a_few, fixture, 20));
      rushes_transport_set_playing (fixture->transport, FALSE);
      g_assert_true (rushes_test_until (stands_together, fixture, 20));
    }

  /* To the end of the longer one. */
  rushes_transport_set_playing (fixture->transport, TRUE);
  g_assert_true (rushes_test_until (is_over, fixture, 20));
  await_frames (fixture, LONG - 1, SHORT - 1);
  g_assert_cmpfloat (rushes_transport_get_position (fixture->transport), ==,
                     rushes_transport_get_duration (fixture->transport));

  /* And from the start again, over and over. */
  g_object_set (fixture->ensemble, "loop", TRUE, "rate", 2.0, "playing", TRUE, NULL);
  g_assert_true (rushes_test_until (has_wrapped_twice, fixture, 30));
  g_assert_true (rushes_transport_get_playing (fixture->transport));
}

/* What is shown at another speed is the same frame, and none is left out. */
static void
test_rate (Fixture *fixture, gconstpointer data)
{
  load (fixture);
  seek (fixture, 10);
  await_frames (fixture, 10, 10);
  g_object_set (fixture->ensemble, "rate", 0.5, NULL);
  for (int frame = 11; frame < 16; frame++)
    {
      rushes_transport_step (fixture->transport, 1);
      await_frames (fixture, frame, frame);
    }
}

static void
test_joins (Fixture *fixture, gconstpointer data)
{
  rushes_ensemble_set_file (fixture->ensemble, 1, clips[1]);
  await_frames (fixture, -1, 0);
  g_assert_cmpfloat_with_epsilon (rushes_transport_get_duration (fixture->transport), SHORT * FRAME, 0.1);
  seek (fixture, 7);
  await_frames (fixture, -1, 7);

  rushes_ensemble_set_file (fixture->ensemble, 0, clips[0]);
  await_frames (fixture, 7, 7);
  g_assert_cmpfloat_with_epsilon (rushes_transport_get_duration (fixture->transport), LONG * FRAME, 0.1);

  /* While it rests nothing is shown and no file is held, and it wakes up where it was. */
  rushes_transport_set_playing (fixture->transport, TRUE);
  rushes_ensemble_set_resting (fixture->ensemble, TRUE);
  g_assert_false (rushes_transport_get_playing (fixture->transport));
  g_assert_null (rushes_ensemble_get_paintable (fixture->ensemble, 0));
  seek (fixture, 12);
  rushes_ensemble_set_resting (fixture->ensemble, FALSE);
  await_frames (fixture, 12, 12);
}

static gboolean
has_error (gpointer data)
{
  return rushes_ensemble_get_error (((Fixture *) data)->ensemble, 1) != NULL;
}

/* What is wrong with one does not concern the other. */
static void
test_broken (Fixture *fixture, gconstpointer data)
{
  g_autofree char *text = NULL;
  g_autofree char *path = NULL;
  g_autoptr (GFile) cut = NULL;
  gsize size;

  g_assert_true (g_file_get_contents (g_file_peek_path (clips[0]), &text, &size, NULL));
  path = g_build_filename (folder, "cut.mp4", NULL);
  g_assert_true (g_file_set_contents (path, text, (gssize) size / 2, NULL));
  cut = g_file_new_for_path (path);

  rushes_ensemble_set_file (fixture->ensemble, 0, clips[0]);
  rushes_ensemble_set_file (fixture->ensemble, 1, cut);
  g_assert_true (rushes_test_until (has_error, fixture, 20));
  g_assert_true (g_error_matches (rushes_ensemble_get_error (fixture->ensemble, 1), RUSHES_ERROR, RUSHES_ERROR_MEDIA));
  await_frames (fixture, 0, -1);
  seek (fixture, 9);
  await_frames (fixture, 9, -1);
  g_assert_null (rushes_ensemble_get_error (fixture->ensemble, 0));
}

/* The volume of a clip's sound, 0 when it is muted. */
static double
get_volume (Fixture *fixture, guint which)
{
  GstObject *sink = GST_OBJECT (rushes_ensemble_get_paintable (fixture->ensemble, which));
  g_autoptr (GstObject) bin = gst_object_get_parent (sink);
  g_autoptr (GstElement) volume = gst_bin_get_by_name (GST_BIN (bin), "volume");
  double linear;
  gboolean mute;

  g_object_get (volume, "volume", &linear, "mute", &mute, NULL);

  return mute ? 0 : linear;
}

static void
test_heard (Fixture *fixture, gconstpointer data)
{
  guint heard;

  load (fixture);
  g_object_get (fixture->ensemble, "heard", &heard, NULL);
  g_assert_cmpuint (heard, ==, 0);
  g_assert_cmpfloat (get_volume (fixture, 0), ==, 1);
  g_assert_cmpfloat (get_volume (fixture, 1), ==, 0);

  g_object_set (fixture->ensemble, "heard", 1, "volume", 0.5, NULL);
  g_assert_cmpfloat (get_volume (fixture, 0), ==, 0);
  g_assert_cmpfloat (get_volume (fixture, 1), ==, 0.125);
  g_object_set (fixture->ensemble, "muted", TRUE, NULL);
  g_assert_cmpfloat (get_volume (fixture, 1), ==, 0);
}

static gboolean
holds_nothing (void)
{
  g_autoptr (GDir) descriptors = g_dir_open ("/proc/self/fd", 0, NULL);
  const char *name;

  while ((name = g_dir_read_name (descriptors)) != NULL)
    {
      g_autofree char *link = g_build_filename ("/proc/self/fd", name, NULL);
      g_autofree char *target = g_file_read_link (link, NULL);

      if (target != NULL && g_str_has_prefix (target, folder))
        return FALSE;
    }

  return TRUE;
}

static void
test_let_go (Fixture *fixture, gconstpointer data)
{
  load (fixture);
  g_assert_false (holds_nothing ());
  rushes_transport_set_playing (fixture->transport, TRUE);
  rushes_ensemble_set_resting (fixture->ensemble, TRUE);
  while (!holds_nothing ())
    g_main_context_iteration (NULL, FALSE);

  /* In the middle of a move. */
  rushes_ensemble_set_resting (fixture->ensemble, FALSE);
  rushes_transport_set_playing (fixture->transport, TRUE);
}

int
main (int argc, char **argv)
{
  int status;

  rushes_test_init (&argc, &argv);
  folder = rushes_test_folder ();
  clips[0] = rushes_test_clip_make (folder, "long.mp4", 64, 48, LONG, TRUE);
  clips[1] = rushes_test_clip_make (folder, "short.webm", 48, 64, SHORT, TRUE);

#define ADD(name, func) g_test_add ("/ensemble/" name, Fixture, NULL, set_up, func, tear_down)
  ADD ("one-moment", test_one_moment);
  ADD ("runs", test_runs);
  ADD ("rate", test_rate);
  ADD ("joins", test_joins);
  ADD ("broken", test_broken);
  ADD ("heard", test_heard);
  ADD ("let-go", test_let_go);
#undef ADD

  status = g_test_run ();
  g_object_unref (clips[0]);
  g_object_unref (clips[1]);
  g_free (folder);

  return status;
}
