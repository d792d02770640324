/* rushes-byte-source.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "rushes-byte-source.h"

#include <string.h>

#include "rushes-error.h"

#define WINDOW_SIZE (64 * 1024)

struct _RushesByteSource
{
  GInputStream *stream; /* also a GSeekable */
  guint64 size;
  guint64 there;        /* of it, in the stream */
  RushesPieces *pieces; /* NULL */
  guint64 window_start;
  gsize window_length;
  guint8 window[WINDOW_SIZE];
};

static RushesByteSource *
new_for_stream (GInputStream *stream, guint64 size)
{
  RushesByteSource *self = g_new0 (RushesByteSource, 1);

  self->stream = stream;
  self->size = size;
  self->there = size;
  return self;
}

RushesByteSource *
rushes_byte_source_open (GFile *file, GError **error)
{
  g_autoptr (GFileInputStream) stream = NULL;
  g_autoptr (GFileInfo) info = NULL;
  g_autoptr (GError) reason = NULL;

  if (!(stream = g_file_read (file, NULL, &reason)) ||
      !(info = g_file_input_stream_query_info (stream, G_FILE_ATTRIBUTE_STANDARD_SIZE, NULL, &reason)))
    {
      g_propagate_error (error, rushes_error_translate (reason));
      return NULL;
    }

  return new_for_stream (G_INPUT_STREAM (g_steal_pointer (&stream)), MAX (0, g_file_info_get_size (info)));
}

RushesByteSource *
rushes_byte_source_new (GBytes *bytes)
{
  return new_for_stream (g_memory_input_stream_new_from_bytes (bytes), g_bytes_get_size (bytes));
}

void
rushes_byte_source_free (RushesByteSource *self)
{
  g_object_unref (self->stream);
  g_clear_object (&self->pieces);
  g_free (self);
}

guint64
rushes_byte_source_get_size (RushesByteSource *self)
{
  return self->size;
}

void
rushes_byte_source_expect (RushesByteSource *self, guint64 size, RushesPieces *pieces)
{
  self->size = size;
  g_set_object (&self->pieces, pieces);
}

gboolean
rushes_byte_source_has (RushesByteSource *self, guint64 offset, guint64 length)
{
  guint64 from = MAX (offset, self->there);
  guint64 end;

  if (offset >= self->size)
    return FALSE;
  end = offset + MIN (length, self->size - offset);
  if (end <= self->there)
    return TRUE;
  if (self->pieces == NULL)
    return FALSE;

  from += (guint64) rushes_pieces_measure (self->pieces, (gint64) from);
  if (from >= end)
    return TRUE;
  rushes_pieces_want (self->pieces, (gint64) from);
  return FALSE;
}

static gssize
read_past_window (RushesByteSource *self, guint64 offset, gpointer buffer, gsize length, GError **error)
{
  g_autoptr (GError) reason = NULL;
  gsize n_read;

  if (!g_seekable_seek (G_SEEKABLE (self->stream), (goffset) offset, G_SEEK_SET, NULL, &reason) ||
      !g_input_stream_read_all (self->stream, buffer, length, &n_read, NULL, &reason))
    {
      g_propagate_error (error, rushes_error_translate (reason));
      return -1;
    }

  if (n_read < length && self->pieces != NULL)
    n_read +=
        rushes_pieces_read (self->pieces, (gint64) (offset + n_read), (guint8 *) buffer + n_read, length - n_read);
  return (gssize) n_read;
}

gssize
rushes_byte_source_read (RushesByteSource *self, guint64 offset, gpointer buffer, gsize length, GError **error)
{
  gssize n_read;

  if (offset >= self->size)
    return 0;
  length = MIN (length, self->size - offset);

  if (length > WINDOW_SIZE)
    return read_past_window (self, offset, buffer, length, error);

  if (offset < self->window_start || offset + length > self->window_start + self->window_length)
    {
      n_read = read_past_window (self, offset, self->window, WINDOW_SIZE, error);
      self->window_start = offset;
      self->window_length = MAX (0, n_read);
      if (n_read < 0)
        return -1;
      length = MIN (length, self->window_length);
    }

  memcpy (buffer, self->window + (offset - self->window_start), length);
  return (gssize) length;
}
