/* test-growing-source.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include <fcntl.h>
#include <glib/gstdio.h>
#include <gst/app/gstappsrc.h>
#include <unistd.h>

#include "rushes-growing-source.h"
#include "rushes-test.h"

#define LARGE   (200 * 1024 * 1024)
#define AT_ONCE (1024 * 1024)

typedef struct
{
  GFile *file;
  RushesArrival *arrival;
  RushesGrowingSource *source;
  GstElement *pipeline;
  GstElement *appsrc;
  gint n_bytes;
  gint most_waiting;
  gint in_order; /* each byte says in which MiB it is */
} Fixture;

static void
on_buffer (GstElement *sink, GstBuffer *buffer, GstPad *pad, Fixture *fixture)
{
  int waiting = (int) gst_app_src_get_current_level_bytes (GST_APP_SRC (fixture->appsrc));
  int at = (int) GST_BUFFER_OFFSET (buffer);
  guint8 first;

  gst_buffer_extract (buffer, 0, &first, 1);
  if (first != (guint8) (at / AT_ONCE))
    g_atomic_int_set (&fixture->in_order, FALSE);
  g_atomic_int_set (&fixture->most_waiting, MAX (waiting, fixture->most_waiting));
  g_atomic_int_add (&fixture->n_bytes, (int) gst_buffer_get_size (buffer));
}

static void
set_up (Fixture *fixture, gconstpointer data)
{
  g_autofree char *folder = rushes_test_folder ();
  g_autoptr (GstElement) sink = NULL;
  g_autoptr (GError) error = NULL;

  fixture->file = g_file_new_build_filename (folder, "part", NULL);
  g_assert_true (g_file_set_contents (g_file_peek_path (fixture->file), "", 0, NULL));
  fixture->arrival = rushes_arrival_new (fixture->file, NULL);
  fixture->in_order = TRUE;
  fixture->pipeline =
      gst_parse_launch ("appsrc name=source ! fakesink name=sink sync=false signal-handoffs=true", NULL);
  fixture->appsrc = gst_bin_get_by_name (GST_BIN (fixture->pipeline), "source");
  sink = gst_bin_get_by_name (GST_BIN (fixture->pipeline), "sink");
  g_signal_connect (sink, "handoff", G_CALLBACK (on_buffer), fixture);
  fixture->source = rushes_growing_source_new (fixture->arrival, &error);
  g_assert_no_error (error);
  rushes_arrival_grow (fixture->arrival, 0, LARGE);
  rushes_growing_source_attach (fixture->source, fixture->appsrc);
}

static void
tear_down (Fixture *fixture, gconstpointer data)
{
  rushes_growing_source_close (fixture->source);
  gst_element_set_state (fixture->pipeline, GST_STATE_NULL);
  gst_object_unref (fixture->appsrc);
  gst_object_unref (fixture->pipeline);
  rushes_growing_source_free (fixture->source);
  g_object_unref (fixture->arrival);
  g_object_unref (fixture->file);
}

/* Makes it @n_more MiB longer. */
static void
grow (Fixture *fixture, guint n_more)
{
  gint64 size = rushes_arrival_get_size (fixture->arrival);
  g_autofree guint8 *bytes = g_malloc (AT_ONCE);
  g_autofd int fd = g_open (g_file_peek_path (fixture->file), O_WRONLY | O_CLOEXEC, 0);

  for (; n_more > 0; n_more--, size += AT_ONCE)
    {
      memset (bytes, (int) (size / AT_ONCE), AT_ONCE);
      g_assert_cmpint (pwrite (fd, bytes, AT_ONCE, size), ==, AT_ONCE);
    }
  rushes_arrival_grow (fixture->arrival, size, LARGE);
}

static gboolean
is_starving (gpointer data)
{
  return rushes_growing_source_is_starving (((Fixture *) data)->source);
}

static gboolean
has_twenty (gpointer data)
{
  return g_atomic_int_get (&((Fixture *) data)->n_bytes) == 20 * AT_ONCE;
}

static gboolean
tick (gpointer data)
{
  return G_SOURCE_CONTINUE;
}

static void
await_end (Fixture *fixture)
{
  g_autoptr (GstBus) bus = gst_element_get_bus (fixture->pipeline);
  g_autoptr (GstMessage) message =
      gst_bus_timed_pop_filtered (bus, 60 * GST_SECOND, GST_MESSAGE_EOS | GST_MESSAGE_ERROR);

  g_assert_nonnull (message);
  g_assert_cmpint (GST_MESSAGE_TYPE (message), ==, GST_MESSAGE_EOS);
}

/* However much lies in the file: only what is handed over just now is in memory. */
static void
test_bounded (Fixture *fixture, gconstpointer data)
{
  guint source = g_timeout_add (10, tick, NULL);

  gst_element_set_state (fixture->pipeline, GST_STATE_PLAYING);
  g_assert_true (rushes_test_until (is_starving, fixture, 20));
  grow (fixture, 20);
  g_assert_true (rushes_test_until (has_twenty, fixture, 20));
  grow (fixture, 180);
  await_end (fixture);
  g_source_remove (source);

  g_assert_cmpint (g_atomic_int_get (&fixture->n_bytes), ==, LARGE);
  g_assert_true (g_atomic_int_get (&fixture->in_order));
  g_assert_cmpint (fixture->most_waiting, <=, 256 * 1024);
}

/* A seek throws away what came before it, wherever that was. */
static void
test_seeks (Fixture *fixture, gconstpointer data)
{
  guint source = g_timeout_add (10, tick, NULL);

  grow (fixture, 40);
  gst_element_set_state (fixture->pipeline, GST_STATE_PLAYING);
  for (guint i = 0; i < 40; i++)
    {
      gint64 at = (gint64) ((i * 17) % 40) * AT_ONCE;

      gst_element_send_event (fixture->pipeline, gst_event_new_seek (1, GST_FORMAT_BYTES, GST_SEEK_FLAG_FLUSH,
                                                                     GST_SEEK_TYPE_SET, at, GST_SEEK_TYPE_NONE, -1));
    }
  g_assert_true (rushes_test_until (is_starving, fixture, 20));
  g_source_remove (source);
  g_assert_true (g_atomic_int_get (&fixture->in_order));
}

/* What does not count any more is not handed over, even if it is there; and it can be let go all the same. */
static void
test_gone (Fixture *fixture, gconstpointer data)
{
  guint source = g_timeout_add (10, tick, NULL);

  gst_element_set_state (fixture->pipeline, GST_STATE_PLAYING);
  g_assert_true (rushes_test_until (is_starving, fixture, 20));
  rushes_arrival_end (fixture->arrival, RUSHES_ARRIVAL_GONE);
  g_assert_true (g_file_set_contents_full (g_file_peek_path (fixture->file), "something else", -1,
                                           G_FILE_SET_CONTENTS_NONE, 0600, NULL));
  /* Asked once more, it has still nothing to give. */
  gst_element_send_event (fixture->pipeline, gst_event_new_seek (1, GST_FORMAT_BYTES, GST_SEEK_FLAG_FLUSH,
                                                                 GST_SEEK_TYPE_SET, 0, GST_SEEK_TYPE_NONE, -1));
  g_assert_true (rushes_test_until (is_starving, fixture, 20));
  g_source_remove (source);
  g_assert_cmpint (g_atomic_int_get (&fixture->n_bytes), ==, 0);
}

int
main (int argc, char **argv)
{
  rushes_test_init (&argc, &argv);
  gst_init (NULL, NULL);
  g_test_add ("/growing-source/bounded", Fixture, NULL, set_up, test_bounded, tear_down);
  g_test_add ("/growing-source/seeks", Fixture, NULL, set_up, test_seeks, tear_down);
  g_test_add ("/growing-source/gone", Fixture, NULL, set_up, test_gone, tear_down);

  return g_test_run ();
}
