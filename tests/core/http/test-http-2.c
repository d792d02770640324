/* test-http-2.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include <string.h>

#include "rushes-async.h"
#include "rushes-error.h"
#include "rushes-http-call.h"
#include "rushes-test.h"

/* RFC 9113, 4.1, 6 and 7. */
#define PREFACE           "PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n"
#define FRAME_DATA        0x0
#define FRAME_HEADERS     0x1
#define FRAME_RST_STREAM  0x3
#define FRAME_SETTINGS    0x4
#define FRAME_GOAWAY      0x7
#define FLAG_ACK          0x1
#define FLAG_END_STREAM   0x1
#define INTERNAL_ERROR    0x2
#define REFUSED_STREAM    0x7
#define HTTP_1_1_REQUIRED 0xd

typedef enum
{
  REFUSES,
  GOES_AWAY,
  WANTS_HTTP_1,
} Manner;

/* A server that speaks HTTP/2 and HTTP/1.1 over TLS. Over HTTP/2 it reads a whole request, and then gives the first of
 * the answers after which clients may send it again; over HTTP/1.1 it hangs up there. */
typedef struct
{
  GSocketService *service;
  GTlsCertificate *certificate;
  char *address;
  RushesHttp *http;
  Manner manner;
  int n_first;  /* requests that came whole over HTTP/1.1 */
  int n_second; /* and over HTTP/2 */
  int n_running;
} Studio;

/* ---- HTTP/2 ---- */

static void
send_frame (GOutputStream *output, guint8 type, guint8 flags, guint32 stream, gconstpointer payload, guint8 length)
{
  const guint32 stream_be = GUINT32_TO_BE (stream);
  guint8 head[9] = { 0, 0, length, type, flags };

  memcpy (head + 5, &stream_be, 4);
  g_output_stream_write_all (output, head, sizeof head, NULL, NULL, NULL);
  if (length > 0)
    g_output_stream_write_all (output, payload, length, NULL, NULL, NULL);
  g_output_stream_flush (output, NULL, NULL);
}

static void
reset_stream (GOutputStream *output, guint32 stream, guint32 code)
{
  const guint32 code_be = GUINT32_TO_BE (code);

  send_frame (output, FRAME_RST_STREAM, 0, stream, &code_be, 4);
}

static void
answer_second (Studio *self, GOutputStream *output, guint32 stream)
{
  const guint32 nothing_done[2] = { 0, 0 };

  if (g_atomic_int_add (&self->n_second, 1) > 0)
    reset_stream (output, stream, INTERNAL_ERROR);
  else if (self->manner == REFUSES)
    reset_stream (output, stream, REFUSED_STREAM);
  else if (self->manner == WANTS_HTTP_1)
    reset_stream (output, stream, HTTP_1_1_REQUIRED);
  else
    send_frame (output, FRAME_GOAWAY, 0, 0, nothing_done, sizeof nothing_done);
}

static gboolean
read_all (GInputStream *input, gpointer buffer, gsize length)
{
  gsize n_read;

  return length == 0 || (g_input_stream_read_all (input, buffer, length, &n_read, NULL, NULL) && n_read == length);
}

static void
serve_second (Studio *self, GInputStream *input, GOutputStream *output)
{
  char preface[sizeof PREFACE - 1];
  guint8 head[9];

  if (!read_all (input, preface, sizeof preface))
    return;
  g_assert_cmpmem (preface, sizeof preface, PREFACE, sizeof preface);
  send_frame (output, FRAME_SETTINGS, 0, 0, NULL, 0);

  while (read_all (input, head, sizeof head))
    {
      gsize length = (gsize) head[0] << 16 | (gsize) head[1] << 8 | head[2];
      guint32 stream = (guint32) head[5] << 24 | (guint32) head[6] << 16 | (guint32) head[7] << 8 | head[8];
      g_autofree guint8 *payload = g_malloc (length + 1);

      if (!read_all (input, payload, length))
        return;
      if (head[3] == FRAME_SETTINGS && (head[4] & FLAG_ACK) == 0)
        send_frame (output, FRAME_SETTINGS, FLAG_ACK, 0, NULL, 0);
      else if ((head[3] == FRAME_HEADERS || head[3] == FRAME_DATA) && (head[4] & FLAG_END_STREAM) != 0)
        answer_second (self, output, stream);
    }
}

/* ---- HTTP/1.1 ---- */

static void
serve_first (Studio *self, GInputStream *stream)
{
  g_autoptr (GDataInputStream) input = g_data_input_stream_new (stream);
  gsize length = 0;

  g_data_input_stream_set_newline_type (input, G_DATA_STREAM_NEWLINE_TYPE_CR_LF);
  while (TRUE)
    {
      g_autofree char *line = g_data_input_stream_read_line (input, NULL, NULL, NULL);
      g_autofree char *body = NULL;

      if (line == NULL)
        return;
      if (g_ascii_strncasecmp (line, "Content-Length:", 15) == 0)
        length = (gsize) g_ascii_strtoull (line + 15, NULL, 10);
      if (*line != '\0')
        continue;

      body = g_malloc (length + 1);
      if (read_all (G_INPUT_STREAM (input), body, length))
        g_atomic_int_inc (&self->n_first);
      return;
    }
}

/* ---- both ---- */

static gboolean
run (GThreadedSocketService *service, GSocketConnection *connection, GObject *source, gpointer data)
{
  Studio *self = data;
  const char *protocols[] = { "h2", "http/1.1", NULL };
  g_autoptr (GIOStream) tls = g_tls_server_connection_new (G_IO_STREAM (connection), self->certificate, NULL);

  g_atomic_int_inc (&self->n_running);
  g_tls_connection_set_advertised_protocols (G_TLS_CONNECTION (tls), protocols);
  if (g_tls_connection_handshake (G_TLS_CONNECTION (tls), NULL, NULL))
    {
      if (g_strcmp0 (g_tls_connection_get_negotiated_protocol (G_TLS_CONNECTION (tls)), "h2") == 0)
        serve_second (self, g_io_stream_get_input_stream (tls), g_io_stream_get_output_stream (tls));
      else
        serve_first (self, g_io_stream_get_input_stream (tls));
    }
  g_io_stream_close (tls, NULL, NULL);
  g_atomic_int_add (&self->n_running, -1);
  return TRUE;
}

static Studio *
studio_new (Manner manner)
{
  Studio *self = g_new0 (Studio, 1);
  g_autofree char *path = g_test_build_filename (G_TEST_DIST, "core", "http", "self-signed.pem", NULL);
  g_autoptr (GTlsDatabase) anchors = g_tls_file_database_new (path, NULL);

  g_tls_backend_set_default_database (g_tls_backend_get_default (), anchors);
  self->manner = manner;
  self->certificate = g_tls_certificate_new_from_file (path, NULL);
  self->service = g_threaded_socket_service_new (8);
  g_signal_connect (self->service, "run", G_CALLBACK (run), self);
  self->address = g_strdup_printf ("https://127.0.0.1:%u/v1",
                                   g_socket_listener_add_any_inet_port (G_SOCKET_LISTENER (self->service), NULL, NULL));
  self->http = rushes_http_for_proxy ("direct://");
  return self;
}

static void
studio_free (Studio *self)
{
  g_socket_service_stop (self->service);
  g_socket_listener_close (G_SOCKET_LISTENER (self->service));
  g_object_unref (self->http);
  while (g_atomic_int_get (&self->n_running) > 0)
    dex_await (rushes_async_sleep (0.01), NULL);
  g_object_unref (self->service);
  g_object_unref (self->certificate);
  g_free (self->address);
  g_free (self);
}

G_DEFINE_AUTOPTR_CLEANUP_FUNC (Studio, studio_free)

static void
assert_fails (Studio *self, RushesHttpRequest *request, RushesCharged charged)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (RushesHttpReply) reply =
      dex_await_boxed (rushes_http_call (self->http, request, NULL, FALSE, NULL, NULL), &error);

  g_assert_null (reply);
  g_test_message ("%s", error->message);
  g_assert_cmpint (rushes_error_get_charged (error), ==, charged);
}

/* What was read by the other side is never sent again, and HTTP/2 would do that on its own. */
static void
test_manner (Manner manner)
{
  g_autoptr (Studio) studio = studio_new (manner);
  g_autoptr (RushesHttpRequest) question = rushes_http_request_new ("GET", studio->address);
  g_autoptr (RushesHttpRequest) submit = rushes_http_request_new ("POST", studio->address);
  int n_second;

  /* Such a server it is, and a connection to it is open. */
  assert_fails (studio, question, RUSHES_CHARGED_NO);
  n_second = g_atomic_int_get (&studio->n_second);
  g_assert_cmpint (n_second, >=, 1);

  g_atomic_int_set (&studio->n_first, 0);
  g_atomic_int_set (&studio->n_second, 0);
  submit->json = json_from_string ("{\"prompt\":\"a fox\"}", NULL);
  submit->is_submit = TRUE;
  assert_fails (studio, submit, RUSHES_CHARGED_MAYBE);
  g_assert_cmpint (g_atomic_int_get (&studio->n_first), ==, 1);
  g_assert_cmpint (g_atomic_int_get (&studio->n_second), ==, 0);
}

static void
test_refused_stream (void)
{
  test_manner (REFUSES);
}

static void
test_go_away (void)
{
  test_manner (GOES_AWAY);
}

static void
test_http_1_required (void)
{
  test_manner (WANTS_HTTP_1);
}

int
main (int argc, char **argv)
{
  rushes_test_init (&argc, &argv);

  rushes_test_add_fiber ("/http/2/refused-stream", test_refused_stream);
  rushes_test_add_fiber ("/http/2/go-away", test_go_away);
  rushes_test_add_fiber ("/http/2/http-1-required", test_http_1_required);

  return g_test_run ();
}
