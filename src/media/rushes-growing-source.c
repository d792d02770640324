/* rushes-growing-source.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "rushes-growing-source.h"

#include <errno.h>
#include <fcntl.h>
#include <glib/gstdio.h>
#include <gst/app/gstappsrc.h>
#include <stdatomic.h>
#include <unistd.h>

#include "rushes-disk.h"

/* What is handed over at once. */
#define PIECE (128 * 1024)

/* Microseconds between two looks at a file that has nothing new. Nobody says when bytes have reached it. */
#define LOOK_EVERY (50 * 1000)

struct _RushesGrowingSource
{
  RushesArrival *arrival;
  gulong handler;
  RushesPieces *pieces; /* NULL */
  int fd;
  GThread *thread;
  GstAppSrc *appsrc;

  /* What the main thread says and hears, without ever waiting for the disk. */
  _Atomic gint64 total;
  atomic_int state;     /* RushesArrivalState */
  atomic_bool starving; /* something is wanted, and it has not come */

  /* Under the lock, which is also held while bytes are handed over: then a seek cannot come between reading them and
   * that, and it throws away all that came before it. */
  GMutex lock;
  GCond changed;
  _Atomic gint64 offset;
  gboolean wanted; /* the appsrc has nothing more */
  gboolean closing;
};

/* ---- the thread ---- */

static gssize
read_at (int fd, guint64 offset, gpointer buffer, gsize length)
{
  gssize n_read;

  do
    n_read = pread (fd, buffer, length, (off_t) offset);
  while (n_read < 0 && errno == EINTR);

  return n_read;
}

/* What has not come into the file may have come beside it. */
static gssize
read_or_want (RushesGrowingSource *self, gpointer buffer, gsize length)
{
  gssize n_read = read_at (self->fd, (guint64) self->offset, buffer, length);

  if (n_read != 0 || self->pieces == NULL || self->state == RUSHES_ARRIVAL_WHOLE)
    return n_read;
  rushes_pieces_want (self->pieces, self->offset);
  return (gssize) rushes_pieces_read (self->pieces, self->offset, buffer, length);
}

/* With the lock held. */
static void
feed (RushesGrowingSource *self)
{
  g_autofree guint8 *piece = g_malloc (PIECE);
  gboolean was_whole = self->state == RUSHES_ARRIVAL_WHOLE;
  gssize length = self->state != RUSHES_ARRIVAL_GONE ? read_or_want (self, piece, PIECE) : 0;

  if (self->state == RUSHES_ARRIVAL_GONE)
    /* The file may be something else by now. */
    self->starving = TRUE;
  else if (length > 0)
    {
      GstBuffer *buffer = gst_buffer_new_wrapped (g_steal_pointer (&piece), (gsize) length);

      GST_BUFFER_OFFSET (buffer) = (guint64) self->offset;
      self->offset += length;
      self->wanted = FALSE;
      self->starving = FALSE;
      gst_app_src_push_buffer (self->appsrc, buffer);
    }
  else if (length < 0 || was_whole || (self->total >= 0 && self->offset >= self->total))
    {
      self->wanted = FALSE;
      self->starving = FALSE;
      gst_app_src_end_of_stream (self->appsrc);
    }
  else
    self->starving = TRUE;
}

static gpointer
run (gpointer data)
{
  RushesGrowingSource *self = data;

  g_mutex_lock (&self->lock);
  while (!self->closing)
    {
      if (!self->wanted || self->state == RUSHES_ARRIVAL_GONE)
        g_cond_wait (&self->changed, &self->lock);
      else if (self->starving)
        g_cond_wait_until (&self->changed, &self->lock, g_get_monotonic_time () + LOOK_EVERY);
      if (self->wanted && !self->closing)
        feed (self);
    }
  g_mutex_unlock (&self->lock);

  return NULL;
}

/* ---- what the appsrc asks, in its own thread ---- */

static void
on_need_data (GstAppSrc *appsrc, guint length, gpointer data)
{
  RushesGrowingSource *self = data;

  g_mutex_lock (&self->lock);
  self->wanted = TRUE;
  g_cond_signal (&self->changed);
  g_mutex_unlock (&self->lock);
}

static gboolean
on_seek_data (GstAppSrc *appsrc, guint64 offset, gpointer data)
{
  RushesGrowingSource *self = data;

  g_mutex_lock (&self->lock);
  self->offset = (gint64) offset;
  self->wanted = FALSE;
  self->starving = FALSE;
  g_mutex_unlock (&self->lock);

  return TRUE;
}

/* ---- the main thread ---- */

static void
on_changed (RushesArrival *arrival, RushesGrowingSource *self)
{
  self->total = rushes_arrival_get_total (arrival);
  self->state = (int) rushes_arrival_get_state (arrival);
}

RushesGrowingSource *
rushes_growing_source_new (RushesArrival *arrival, GError **error)
{
  RushesGrowingSource *self;
  const char *path;
  int fd;

  g_return_val_if_fail (RUSHES_IS_ARRIVAL (arrival), NULL);

  path = g_file_peek_path (rushes_arrival_get_file (arrival));
  fd = g_open (path, O_RDONLY | O_CLOEXEC, 0);
  if (fd < 0)
    {
      rushes_disk_set_error (error, path, errno);
      return NULL;
    }

  self = g_new0 (RushesGrowingSource, 1);
  self->arrival = g_object_ref (arrival);
  g_set_object (&self->pieces, rushes_arrival_get_pieces (arrival));
  self->fd = fd;
  g_mutex_init (&self->lock);
  g_cond_init (&self->changed);
  self->handler = g_signal_connect (arrival, "changed", G_CALLBACK (on_changed), self);
  on_changed (arrival, self);

  return self;
}

void
rushes_growing_source_attach (RushesGrowingSource *self, GstElement *appsrc)
{
  static GstAppSrcCallbacks callbacks = { .need_data = on_need_data, .seek_data = on_seek_data };

  g_return_if_fail (GST_IS_APP_SRC (appsrc));
  g_return_if_fail (self->appsrc == NULL);

  self->appsrc = gst_object_ref (GST_APP_SRC (appsrc));
  g_object_set (appsrc, "format", GST_FORMAT_BYTES, "stream-type", GST_APP_STREAM_TYPE_SEEKABLE, NULL);
  if (self->total >= 0)
    gst_app_src_set_size (self->appsrc, self->total);
  gst_app_src_set_callbacks (self->appsrc, &callbacks, self, NULL);
  self->thread = g_thread_new ("growing", run, self);
}

gboolean
rushes_growing_source_is_starving (RushesGrowingSource *self)
{
  return self->starving;
}

gint64
rushes_growing_source_get_place (RushesGrowingSource *self)
{
  return self->offset;
}

gboolean
rushes_growing_source_has (RushesGrowingSource *self, gint64 offset, gint64 length)
{
  gint64 size = self->arrival != NULL ? rushes_arrival_get_size (self->arrival) : 0;

  if (self->total >= 0)
    length = MIN (length, self->total - offset);
  return size - offset >= length || (self->pieces != NULL && rushes_pieces_measure (self->pieces, offset) >= length);
}

void
rushes_growing_source_close (RushesGrowingSource *self)
{
  g_clear_signal_handler (&self->handler, self->arrival);
  g_clear_object (&self->arrival);
  self->state = RUSHES_ARRIVAL_GONE;
}

void
rushes_growing_source_free (RushesGrowingSource *self)
{
  g_assert (self->arrival == NULL);

  g_mutex_lock (&self->lock);
  self->closing = TRUE;
  g_cond_signal (&self->changed);
  g_mutex_unlock (&self->lock);
  g_clear_pointer (&self->thread, g_thread_join);
  gst_clear_object (&self->appsrc);
  g_clear_fd (&self->fd, NULL);
  g_clear_object (&self->pieces);
  g_mutex_clear (&self->lock);
  g_cond_clear (&self->changed);
  g_free (self);
}
