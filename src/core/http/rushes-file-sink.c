/* rushes-file-sink.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "rushes-file-sink.h"

#include <errno.h>
#include <fcntl.h>
#include <glib/gstdio.h>
#include <unistd.h>

#include "rushes-async.h"
#include "rushes-disk.h"

struct _RushesFileSink
{
  GFile *file;
  int fd;
  gboolean made;
  gint64 size;
  GChecksum *checksum; /* NULL for a file that is gone on with */
};

RushesFileSink *
rushes_file_sink_new (GFile *file)
{
  RushesFileSink *self = g_atomic_rc_box_new0 (RushesFileSink);

  self->file = g_object_ref (file);
  self->fd = -1;
  self->checksum = g_checksum_new (G_CHECKSUM_SHA256);
  return self;
}

RushesFileSink *
rushes_file_sink_new_at (GFile *file, gint64 size)
{
  RushesFileSink *self = g_atomic_rc_box_new0 (RushesFileSink);

  self->file = g_object_ref (file);
  self->fd = -1;
  self->size = size;
  return self;
}

RushesFileSink *
rushes_file_sink_ref (RushesFileSink *self)
{
  return g_atomic_rc_box_acquire (self);
}

static void
clear (gpointer data)
{
  RushesFileSink *self = data;

  g_clear_fd (&self->fd, NULL);
  g_clear_object (&self->file);
  g_clear_pointer (&self->checksum, g_checksum_free);
}

void
rushes_file_sink_unref (RushesFileSink *self)
{
  g_atomic_rc_box_release_full (self, clear);
}

static gboolean
fail (RushesFileSink *self, int number, GError **error)
{
  g_autofree char *name = g_filename_display_name (g_file_peek_path (self->file));

  return rushes_disk_set_error (error, name, number);
}

static gboolean
open_file (RushesFileSink *self, GError **error)
{
  int flags = O_WRONLY | O_CREAT | O_CLOEXEC | (self->checksum != NULL ? O_EXCL : 0);

  self->fd = g_open (g_file_peek_path (self->file), flags, 0600);
  if (self->fd < 0)
    return fail (self, errno, error);
  self->made = TRUE;
  return ftruncate (self->fd, self->size) == 0 || fail (self, errno, error);
}

gboolean
rushes_file_sink_write_now (RushesFileSink *self, gconstpointer data, gsize length, GError **error)
{
  const guint8 *rest = data;
  gsize n_left = length;

  if (!self->made && !open_file (self, error))
    return FALSE;

  while (n_left > 0)
    {
      gssize n_written = pwrite (self->fd, rest, n_left, self->size);

      if (n_written < 0 && errno == EINTR)
        continue;
      if (n_written < 0)
        return fail (self, errno, error);
      rest += n_written;
      n_left -= (gsize) n_written;
      self->size += n_written;
    }

  if (self->checksum != NULL)
    g_checksum_update (self->checksum, data, (gssize) length);
  return TRUE;
}

gboolean
rushes_file_sink_finish_now (RushesFileSink *self, GError **error)
{
  if (!self->made && !rushes_file_sink_write_now (self, NULL, 0, error))
    return FALSE;
  if (fsync (self->fd) != 0)
    return fail (self, errno, error);
  if (close (g_steal_fd (&self->fd)) != 0)
    return fail (self, errno, error);
  return TRUE;
}

typedef struct
{
  RushesFileSink *sink;
  GBytes *bytes;
} Step;

static void
step_free (gpointer data)
{
  Step *step = data;

  rushes_file_sink_unref (step->sink);
  g_clear_pointer (&step->bytes, g_bytes_unref);
  g_free (step);
}

static DexFuture *
run_step (RushesFileSink *self, GBytes *bytes, RushesWorkFunc func)
{
  Step *step = g_new0 (Step, 1);

  step->sink = rushes_file_sink_ref (self);
  step->bytes = bytes != NULL ? g_bytes_ref (bytes) : NULL;
  return rushes_async_work (func, step, step_free);
}

static DexFuture *
write_step (gpointer data)
{
  Step *step = data;
  GError *error = NULL;
  gsize length;
  gconstpointer bytes = g_bytes_get_data (step->bytes, &length);

  if (!rushes_file_sink_write_now (step->sink, bytes, length, &error))
    return dex_future_new_for_error (error);
  return dex_future_new_true ();
}

static DexFuture *
finish_step (gpointer data)
{
  Step *step = data;
  GError *error = NULL;

  if (!rushes_file_sink_finish_now (step->sink, &error))
    return dex_future_new_for_error (error);
  return dex_future_new_true ();
}

static DexFuture *
discard_step (gpointer data)
{
  Step *step = data;

  g_clear_fd (&step->sink->fd, NULL);
  if (step->sink->made)
    g_unlink (g_file_peek_path (step->sink->file));
  return dex_future_new_true ();
}

DexFuture *
rushes_file_sink_write (RushesFileSink *self, GBytes *bytes)
{
  return run_step (self, bytes, write_step);
}

DexFuture *
rushes_file_sink_finish (RushesFileSink *self)
{
  return run_step (self, NULL, finish_step);
}

DexFuture *
rushes_file_sink_discard (RushesFileSink *self)
{
  return run_step (self, NULL, discard_step);
}

gint64
rushes_file_sink_get_size (RushesFileSink *self)
{
  return self->size;
}

const char *
rushes_file_sink_get_sha256 (RushesFileSink *self)
{
  return g_checksum_get_string (self->checksum);
}
