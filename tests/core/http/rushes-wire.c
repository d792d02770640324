/* rushes-wire.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "rushes-wire.h"

#include <string.h>
#include <sys/socket.h>

#define MAX_THREADS 16

struct _RushesWire
{
  GSocketService *service;
  char *origin;
  RushesWireAnswer answer;
  gpointer data;

  GMutex mutex;
  GCond ended;
  GPtrArray *connections; /* that are served now */
  RushesWireRequest *last;
  guint n_requests;
  guint n_connections;
  gsize max_body;
};

static void
request_free (RushesWireRequest *request)
{
  g_free (request->line);
  g_hash_table_unref (request->headers);
  g_byte_array_unref (request->body);
  g_free (request);
}

G_DEFINE_AUTOPTR_CLEANUP_FUNC (RushesWireRequest, request_free)

static RushesWireRequest *
read_head (GDataInputStream *input)
{
  g_autoptr (RushesWireRequest) request = g_new0 (RushesWireRequest, 1);

  request->headers = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_free);
  request->body = g_byte_array_new ();
  if (!(request->line = g_data_input_stream_read_line (input, NULL, NULL, NULL)))
    return NULL;

  while (TRUE)
    {
      g_autofree char *line = g_data_input_stream_read_line (input, NULL, NULL, NULL);
      char *value;

      if (line == NULL)
        return NULL;
      if (*line == '\0')
        return g_steal_pointer (&request);
      value = strchr (line, ':');
      g_assert_nonnull (value);
      g_hash_table_insert (request->headers, g_ascii_strdown (line, value - line), g_strdup (g_strchug (value + 1)));
    }
}

static void
read_body (GDataInputStream *input, RushesWireRequest *request, gsize max_body)
{
  const char *length = g_hash_table_lookup (request->headers, "content-length");
  gsize n_body = length != NULL ? (gsize) g_ascii_strtoull (length, NULL, 10) : 0;
  gsize n_read = 0;

  if (n_body == 0 || max_body == 0)
    return;
  g_byte_array_set_size (request->body, (guint) MIN (n_body, max_body));
  g_input_stream_read_all (G_INPUT_STREAM (input), request->body->data, request->body->len, &n_read, NULL, NULL);
  g_byte_array_set_size (request->body, (guint) n_read);
}

static void
serve (RushesWire *self, GSocketConnection *connection, guint number)
{
  g_autoptr (GDataInputStream) input =
      g_data_input_stream_new (g_io_stream_get_input_stream (G_IO_STREAM (connection)));
  gboolean goes_on = TRUE;

  g_data_input_stream_set_newline_type (input, G_DATA_STREAM_NEWLINE_TYPE_CR_LF);
  while (goes_on)
    {
      RushesWireRequest *request = read_head (input);

      if (request == NULL)
        break;
      read_body (input, request, self->max_body);
      request->connection = number;

      g_mutex_lock (&self->mutex);
      g_clear_pointer (&self->last, request_free);
      self->last = request;
      self->n_requests++;
      g_mutex_unlock (&self->mutex);
      goes_on = self->answer (self, request, connection, self->data);
    }
}

static gboolean
run (GThreadedSocketService *service, GSocketConnection *connection, GObject *source, gpointer data)
{
  RushesWire *self = data;
  guint number;

  g_mutex_lock (&self->mutex);
  g_ptr_array_add (self->connections, connection);
  number = ++self->n_connections;
  g_mutex_unlock (&self->mutex);

  serve (self, connection, number);
  g_io_stream_close (G_IO_STREAM (connection), NULL, NULL);

  g_mutex_lock (&self->mutex);
  g_ptr_array_remove (self->connections, connection);
  g_cond_signal (&self->ended);
  g_mutex_unlock (&self->mutex);
  return TRUE;
}

RushesWire *
rushes_wire_new (RushesWireAnswer answer, gpointer data)
{
  RushesWire *self = g_new0 (RushesWire, 1);
  g_autoptr (GInetAddress) loopback = g_inet_address_new_loopback (G_SOCKET_FAMILY_IPV4);
  g_autoptr (GSocketAddress) any = g_inet_socket_address_new (loopback, 0);
  g_autoptr (GSocketAddress) address = NULL;
  g_autoptr (GError) error = NULL;

  self->answer = answer;
  self->data = data;
  self->max_body = G_MAXUINT;
  self->connections = g_ptr_array_new ();
  g_mutex_init (&self->mutex);
  g_cond_init (&self->ended);
  self->service = g_threaded_socket_service_new (MAX_THREADS);
  g_signal_connect (self->service, "run", G_CALLBACK (run), self);
  g_socket_listener_add_address (G_SOCKET_LISTENER (self->service), any, G_SOCKET_TYPE_STREAM, G_SOCKET_PROTOCOL_TCP,
                                 NULL, &address, &error);
  g_assert_no_error (error);
  self->origin =
      g_strdup_printf ("http://127.0.0.1:%u", g_inet_socket_address_get_port (G_INET_SOCKET_ADDRESS (address)));
  g_socket_service_start (self->service);
  return self;
}

void
rushes_wire_free (RushesWire *self)
{
  g_socket_service_stop (self->service);
  g_socket_listener_close (G_SOCKET_LISTENER (self->service));

  g_mutex_lock (&self->mutex);
  for (guint i = 0; i < self->connections->len; i++)
    g_socket_shutdown (g_socket_connection_get_socket (g_ptr_array_index (self->connections, i)), TRUE, TRUE, NULL);
  while (self->connections->len > 0)
    g_cond_wait (&self->ended, &self->mutex);
  g_mutex_unlock (&self->mutex);

  g_object_unref (self->service);
  g_clear_pointer (&self->last, request_free);
  g_ptr_array_unref (self->connections);
  g_mutex_clear (&self->mutex);
  g_cond_clear (&self->ended);
  g_free (self->origin);
  g_free (self);
}

const char *
rushes_wire_get_origin (RushesWire *self)
{
  return self->origin;
}

guint
rushes_wire_count (RushesWire *self)
{
  g_autoptr (GMutexLocker) locker = g_mutex_locker_new (&self->mutex);

  return self->n_requests;
}

guint
rushes_wire_count_connections (RushesWire *self)
{
  g_autoptr (GMutexLocker) locker = g_mutex_locker_new (&self->mutex);

  return self->n_connections;
}

guint
rushes_wire_count_open (RushesWire *self)
{
  g_autoptr (GMutexLocker) locker = g_mutex_locker_new (&self->mutex);

  return self->connections->len;
}

const char *
rushes_wire_get_line (RushesWire *self)
{
  return self->last != NULL ? self->last->line : NULL;
}

const char *
rushes_wire_get_header (RushesWire *self, const char *name)
{
  return self->last != NULL ? g_hash_table_lookup (self->last->headers, name) : NULL;
}

const char *
rushes_wire_get_body (RushesWire *self)
{
  g_byte_array_append (self->last->body, (const guint8 *) "", 1);
  return (const char *) self->last->body->data;
}

void
rushes_wire_limit_body (RushesWire *self, gsize n_bytes)
{
  self->max_body = n_bytes;
}

void
rushes_wire_send (GSocketConnection *connection, gconstpointer data, gsize length)
{
  g_output_stream_write_all (g_io_stream_get_output_stream (G_IO_STREAM (connection)), data, length, NULL, NULL, NULL);
}

void
rushes_wire_say (GSocketConnection *connection, const char *format, ...)
{
  g_autofree char *text = NULL;
  va_list arguments;

  va_start (arguments, format);
  text = g_strdup_vprintf (format, arguments);
  va_end (arguments);
  rushes_wire_send (connection, text, strlen (text));
}

void
rushes_wire_reset (GSocketConnection *connection)
{
  const struct linger at_once = { 1, 0 };

  setsockopt (g_socket_get_fd (g_socket_connection_get_socket (connection)), SOL_SOCKET, SO_LINGER, &at_once,
              sizeof at_once);
}

void
rushes_wire_wait (GSocketConnection *connection)
{
  GSocket *socket = g_socket_connection_get_socket (connection);

  g_socket_condition_timed_wait (socket, G_IO_IN | G_IO_HUP | G_IO_ERR, 20 * G_USEC_PER_SEC, NULL, NULL);
}
