/* rushes-slow-host.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "rushes-slow-host.h"

#include <stdio.h>

struct _RushesSlowHost
{
  RushesWire *wire;
  char *address;
  char *contents;
  gsize size;

  GMutex lock;
  GCond changed;
  gsize front;
  guint n_waiting; /* connections that got as much as they may */
  guint n_hung_up;
  gboolean closing;
  RushesParts parts;
  char *etag;
  char *away;
  guint n_parts;
  GHashTable *headers; /* of the last request for a part; NULL */
};

static void
say_head (GSocketConnection *connection, const char *etag, gsize start, gsize end, gsize total, gsize length)
{
  g_autofree char *tag = etag != NULL ? g_strdup_printf ("ETag: %s\r\n", etag) : g_strdup ("");
  g_autofree char *range =
      end > start ? g_strdup_printf ("Content-Range: bytes %zu-%zu/%zu\r\n", start, end - 1, total) : g_strdup ("");

  rushes_wire_say (connection, "HTTP/1.1 %s\r\nContent-Type: video/mp4\r\n%s%sContent-Length: %zu\r\n\r\n",
                   end > start ? "206 Partial Content" : "200 OK", tag, range, length);
}

/* From @start to the end, as far as it may be sent. */
static void
send_slowly (RushesSlowHost *self, GSocketConnection *connection, gsize start, const char *etag)
{
  guint n_hung_up;

  g_mutex_lock (&self->lock);
  n_hung_up = self->n_hung_up;
  g_mutex_unlock (&self->lock);
  say_head (connection, etag, start, start > 0 ? self->size : 0, self->size, self->size - start);

  for (gsize at = start; at < self->size;)
    {
      gsize front;
      gboolean over;

      g_mutex_lock (&self->lock);
      self->n_waiting++;
      while (self->front <= at && self->n_hung_up == n_hung_up && !self->closing)
        g_cond_wait (&self->changed, &self->lock);
      self->n_waiting--;
      front = self->front;
      over = self->n_hung_up != n_hung_up || self->closing;
      g_mutex_unlock (&self->lock);
      if (over)
        return;
      rushes_wire_send (connection, self->contents + at, front - at);
      at = front;
    }
}

static void
send_part (RushesSlowHost *self, GSocketConnection *connection, gsize start, gsize end, const char *etag)
{
  RushesParts parts = self->parts;
  gsize length = end - start;

  switch (parts)
    {
    case RUSHES_PARTS_NOT:
      say_head (connection, etag, 0, 0, 0, self->size);
      rushes_wire_send (connection, self->contents, self->size);
      return;
    case RUSHES_PARTS_LONGER:
      say_head (connection, etag, start, end, self->size + 1, length);
      break;
    case RUSHES_PARTS_OTHER:
      say_head (connection, "\"other\"", start, end, self->size, length);
      break;
    case RUSHES_PARTS_NONSENSE:
      say_head (connection, etag, start + 1, end + 1, self->size, length);
      break;
    case RUSHES_PARTS_PACKED:
      rushes_wire_say (connection,
                       "HTTP/1.1 206 Partial Content\r\nContent-Encoding: gzip\r\nContent-Length: %zu\r\n"
                       "Content-Range: bytes %zu-%zu/%zu\r\n\r\n",
                       length, start, end - 1, self->size);
      break;
    case RUSHES_PARTS_TOO_MUCH:
      say_head (connection, etag, start, end, self->size, length + 1);
      rushes_wire_send (connection, self->contents, 1);
      break;
    case RUSHES_PARTS_EMPTY:
      say_head (connection, etag, start, end, self->size, 0);
      return;
    case RUSHES_PARTS_BROKEN:
      return;
    case RUSHES_PARTS_STALLED:
      say_head (connection, etag, start, end, self->size, length);
      rushes_wire_wait (connection);
      return;
    case RUSHES_PARTS_AWAY:
      rushes_wire_say (connection, "HTTP/1.1 302 Found\r\nLocation: %s/clip\r\nContent-Length: 0\r\n\r\n", self->away);
      return;
    case RUSHES_PARTS_GOOD:
    default:
      say_head (connection, etag, start, end, self->size, length);
      break;
    }
  rushes_wire_send (connection, self->contents + start, length);
}

static gboolean
answer (RushesWire *wire, RushesWireRequest *request, GSocketConnection *connection, gpointer data)
{
  RushesSlowHost *self = data;
  const char *range = g_hash_table_lookup (request->headers, "range");
  const char *validator = g_hash_table_lookup (request->headers, "if-range");
  g_autofree char *etag = NULL;
  gsize start = 0, last = 0;
  int n_numbers = range != NULL ? sscanf (range, "bytes=%zu-%zu", &start, &last) : 0;

  g_mutex_lock (&self->lock);
  etag = g_strdup (self->etag);
  if (n_numbers == 2)
    {
      g_clear_pointer (&self->headers, g_hash_table_unref);
      self->headers = g_hash_table_ref (request->headers);
      self->n_parts++;
    }
  g_mutex_unlock (&self->lock);

  if (n_numbers == 2)
    send_part (self, connection, start, MIN (last + 1, self->size), etag);
  else
    send_slowly (self, connection, n_numbers == 1 && g_strcmp0 (validator, etag) == 0 ? start : 0, etag);
  return FALSE;
}

RushesSlowHost *
rushes_slow_host_new (char *contents, gsize size, const char *etag)
{
  RushesSlowHost *self = g_new0 (RushesSlowHost, 1);

  g_mutex_init (&self->lock);
  g_cond_init (&self->changed);
  self->contents = contents;
  self->size = size;
  self->etag = g_strdup (etag);
  self->wire = rushes_wire_new (answer, self);
  self->address = g_strconcat (rushes_wire_get_origin (self->wire), "/clip", NULL);
  return self;
}

void
rushes_slow_host_free (RushesSlowHost *self)
{
  g_mutex_lock (&self->lock);
  self->closing = TRUE;
  g_cond_broadcast (&self->changed);
  g_mutex_unlock (&self->lock);
  rushes_wire_free (self->wire);
  g_clear_pointer (&self->headers, g_hash_table_unref);
  g_free (self->address);
  g_free (self->contents);
  g_free (self->etag);
  g_free (self->away);
  g_cond_clear (&self->changed);
  g_mutex_clear (&self->lock);
  g_free (self);
}

const char *
rushes_slow_host_get_address (RushesSlowHost *self)
{
  return self->address;
}

const char *
rushes_slow_host_get_origin (RushesSlowHost *self)
{
  return rushes_wire_get_origin (self->wire);
}

void
rushes_slow_host_set_front (RushesSlowHost *self, gsize front)
{
  g_mutex_lock (&self->lock);
  self->front = MIN (front, self->size);
  g_cond_broadcast (&self->changed);
  g_mutex_unlock (&self->lock);
}

gboolean
rushes_slow_host_is_waiting (RushesSlowHost *self)
{
  gboolean is_waiting;

  g_mutex_lock (&self->lock);
  is_waiting = self->n_waiting > 0;
  g_mutex_unlock (&self->lock);
  return is_waiting;
}

void
rushes_slow_host_hang_up (RushesSlowHost *self)
{
  g_mutex_lock (&self->lock);
  self->n_hung_up++;
  g_cond_broadcast (&self->changed);
  g_mutex_unlock (&self->lock);
}

void
rushes_slow_host_set_parts (RushesSlowHost *self, RushesParts parts, const char *away)
{
  g_mutex_lock (&self->lock);
  self->parts = parts;
  g_set_str (&self->away, away);
  g_mutex_unlock (&self->lock);
}

void
rushes_slow_host_set_etag (RushesSlowHost *self, const char *etag)
{
  g_mutex_lock (&self->lock);
  g_set_str (&self->etag, etag);
  g_mutex_unlock (&self->lock);
}

guint
rushes_slow_host_count_parts (RushesSlowHost *self)
{
  guint n_parts;

  g_mutex_lock (&self->lock);
  n_parts = self->n_parts;
  g_mutex_unlock (&self->lock);
  return n_parts;
}

char *
rushes_slow_host_get_header (RushesSlowHost *self, const char *name)
{
  char *value;

  g_mutex_lock (&self->lock);
  value = self->headers != NULL ? g_strdup (g_hash_table_lookup (self->headers, name)) : NULL;
  g_mutex_unlock (&self->lock);
  return value;
}
