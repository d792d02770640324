/* test-event-source.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include <string.h>

#include "rushes-async.h"
#include "rushes-error.h"
#include "rushes-event-source.h"
#include "rushes-test.h"

typedef struct
{
  SoupServer *server;
  char *base;
  guint n_requests;
  GString *heard;  /* what came in: METHOD LAST-ID KEY BODY; */
  GString *events; /* what came out: type|data|id; */
  guint n_connected;
  guint n_broken;
  const char *other; /* another server's base */
} Stage;

static void
stream (SoupServerMessage *message, const char *text, gboolean complete)
{
  SoupMessageBody *body = soup_server_message_get_response_body (message);
  SoupMessageHeaders *headers = soup_server_message_get_response_headers (message);

  soup_server_message_set_status (message, 200, NULL);
  soup_message_headers_replace (headers, "Content-Type", "text/event-stream; charset=utf-8");
  soup_message_headers_set_encoding (headers, SOUP_ENCODING_CHUNKED);
  soup_message_body_append (body, SOUP_MEMORY_COPY, text, strlen (text));
  if (complete)
    soup_message_body_complete (body);
}

static void
answer (SoupServer *server, SoupServerMessage *message, const char *path, GHashTable *query, gpointer data)
{
  Stage *self = data;
  SoupMessageHeaders *in = soup_server_message_get_request_headers (message);
  SoupMessageHeaders *out = soup_server_message_get_response_headers (message);
  SoupMessageBody *body = soup_server_message_get_request_body (message);
  const char *last_id = soup_message_headers_get_one (in, "Last-Event-ID");
  const char *key = soup_message_headers_get_one (in, "Authorization");

  self->n_requests++;
  g_string_append_printf (self->heard, "%s %s %s %s;", soup_server_message_get_method (message),
                          last_id != NULL ? last_id : "-", key != NULL ? key : "-",
                          body->data != NULL && body->length > 0 ? body->data : "-");
  g_assert_cmpstr (soup_message_headers_get_one (in, "Accept"), ==, "text/event-stream");
  g_assert_cmpstr (soup_message_headers_get_one (in, "Cache-Control"), ==, "no-cache");

  if (g_str_equal (path, "/plain"))
    stream (message, ": hello\n\ndata: a\n\nevent: x\nid: 7\ndata: b\n\ndata: unfinished", TRUE);
  else if (g_str_equal (path, "/gone"))
    soup_server_message_set_status (message, 204, NULL);
  else if (g_str_equal (path, "/page"))
    {
      soup_server_message_set_status (message, 200, NULL);
      soup_server_message_set_response (message, "text/html", SOUP_MEMORY_STATIC, "<p>", 3);
    }
  else if (g_str_equal (path, "/locked"))
    soup_server_message_set_status (message, 401, NULL);
  else if (g_str_equal (path, "/forbidden"))
    soup_server_message_set_status (message, 403, NULL);
  else if (g_str_equal (path, "/ill"))
    soup_server_message_set_status (message, 503, NULL);
  else if (g_str_equal (path, "/moved"))
    {
      soup_server_message_set_status (message, 307, NULL);
      soup_message_headers_replace (out, "Location", "/plain");
    }
  else if (g_str_equal (path, "/elsewhere"))
    {
      g_autofree char *address = g_strconcat (self->other, "/plain", NULL);

      soup_server_message_set_status (message, 302, NULL);
      soup_message_headers_replace (out, "Location", address);
    }
  else if (g_str_equal (path, "/pieces"))
    {
      g_autofree char *text =
          g_strdup_printf ("retry: 1\n\nid: %u\ndata: piece %u\n\n", self->n_requests, self->n_requests);

      if (self->n_requests > 3)
        soup_server_message_set_status (message, 204, NULL);
      else
        stream (message, text, TRUE);
    }
  else if (g_str_equal (path, "/silent"))
    stream (message, "data: a\n\n", FALSE);
  else if (g_str_equal (path, "/large"))
    {
      g_autofree char *filler = g_strnfill (5000, 'x');
      g_autofree char *text = g_strconcat ("data: ", filler, "\n\n", NULL);

      stream (message, text, TRUE);
    }
  else
    soup_server_message_set_status (message, 404, NULL);
}

static Stage *
stage_new (void)
{
  Stage *self = g_new0 (Stage, 1);
  g_autoptr (GError) error = NULL;
  g_autoslist (GUri) uris = NULL;
  g_autofree char *uri = NULL;

  self->server = soup_server_new (NULL, NULL);
  soup_server_add_handler (self->server, NULL, answer, self, NULL);
  soup_server_listen_local (self->server, 0, SOUP_SERVER_LISTEN_IPV4_ONLY, &error);
  g_assert_no_error (error);
  uris = soup_server_get_uris (self->server);
  uri = g_uri_to_string (uris->data);
  self->base = g_strndup (uri, strlen (uri) - 1);
  self->heard = g_string_new (NULL);
  self->events = g_string_new (NULL);
  return self;
}

static void
stage_free (Stage *self)
{
  soup_server_disconnect (self->server);
  g_object_unref (self->server);
  g_free (self->base);
  g_string_free (self->heard, TRUE);
  g_string_free (self->events, TRUE);
  g_free (self);
}

G_DEFINE_AUTOPTR_CLEANUP_FUNC (Stage, stage_free)

static void
on_event (RushesEventSource *source, const RushesServerEvent *event, Stage *self)
{
  g_string_append_printf (self->events, "%s|%.*s|%s;", event->type, (int) event->length, event->data, event->id);
}

static void
on_connected (RushesEventSource *source, Stage *self)
{
  self->n_connected++;
}

static void
on_broken (RushesEventSource *source, const GError *reason, Stage *self)
{
  self->n_broken++;
}

/* Runs to the end; gives the error, or NULL. */
static GError *
listen_to (Stage *self, const char *path, RushesEventSourceOptions *options, GCancellable *cancellable)
{
  g_autoptr (RushesHttp) http = rushes_http_for_proxy ("direct://");
  g_autofree char *address = g_strconcat (self->base, path, NULL);
  g_autoptr (RushesEventSource) source = NULL;
  GError *error = NULL;

  options->connect = 10;
  options->pause = 0.001;
  source = rushes_event_source_new (http, address, options);
  g_signal_connect (source, "event", G_CALLBACK (on_event), self);
  g_signal_connect (source, "connected", G_CALLBACK (on_connected), self);
  g_signal_connect (source, "broken", G_CALLBACK (on_broken), self);
  dex_await (rushes_event_source_run (source, cancellable), &error);
  return error;
}

static void
test_plain (void)
{
  g_autoptr (Stage) stage = stage_new ();
  RushesEventSourceOptions options = { 0 };
  g_autoptr (GError) error = listen_to (stage, "/plain", &options, NULL);

  g_assert_no_error (error);
  g_assert_cmpstr (stage->events->str, ==, "message|a|;x|b|7;");
  g_assert_cmpuint (stage->n_connected, ==, 1);
  g_assert_cmpuint (stage->n_broken, ==, 0);
}

/* Each kind of refusal is told apart, and none of them is tried again. */
static void
test_refused (void)
{
  static const struct
  {
    const char *path;
    RushesErrorCode code;
  } rows[] = {
    { "/page", RUSHES_ERROR_PROTOCOL },
    { "/locked", RUSHES_ERROR_AUTH },
    { "/forbidden", RUSHES_ERROR_FORBIDDEN },
    { "/nothing", RUSHES_ERROR_NOT_FOUND },
  };

  for (guint i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      g_autoptr (Stage) stage = stage_new ();
      RushesEventSourceOptions options = { .reconnects = 3 };
      g_autoptr (GError) error = listen_to (stage, rows[i].path, &options, NULL);

      g_assert_error (error, RUSHES_ERROR, (int) rows[i].code);
      g_assert_cmpuint (stage->n_requests, ==, 1);
      g_assert_cmpuint (stage->n_connected, ==, 0);
    }
}

static void
test_nobody_there (void)
{
  g_autoptr (Stage) stage = stage_new ();
  RushesEventSourceOptions options = { .reconnects = 2 };
  g_autoptr (GError) error = NULL;

  soup_server_disconnect (stage->server);
  error = listen_to (stage, "/plain", &options, NULL);
  g_assert_error (error, RUSHES_ERROR, RUSHES_ERROR_NETWORK);
  g_assert_cmpuint (stage->n_broken, ==, 2);
}

/* 204 says that there is no more; the id of the last event is told each time. */
static void
test_comes_back (void)
{
  g_autoptr (Stage) stage = stage_new ();
  RushesEventSourceOptions options = { .reconnects = 10, .last_id = "0" };
  g_autoptr (GError) error = listen_to (stage, "/pieces", &options, NULL);

  g_assert_no_error (error);
  g_assert_cmpstr (stage->events->str, ==, "message|piece 1|1;message|piece 2|2;message|piece 3|3;");
  g_assert_cmpstr (stage->heard->str, ==, "GET 0 - -;GET 1 - -;GET 2 - -;GET 3 - -;");
  g_assert_cmpuint (stage->n_broken, ==, 3);
}

static void
test_used_up (void)
{
  g_autoptr (Stage) stage = stage_new ();
  RushesEventSourceOptions options = { .reconnects = 2 };
  g_autoptr (GError) ended = listen_to (stage, "/pieces", &options, NULL);
  g_autoptr (GError) ill = NULL;

  g_assert_error (ended, RUSHES_ERROR, RUSHES_ERROR_NETWORK);
  g_assert_nonnull (strstr (ended->message, "2 reconnects"));
  g_assert_cmpuint (stage->n_requests, ==, 3);

  ill = listen_to (stage, "/ill", &options, NULL);
  g_assert_error (ill, RUSHES_ERROR, RUSHES_ERROR_PROVIDER);
  g_assert_cmpuint (stage->n_requests, ==, 6);
}

static void
test_silent (void)
{
  g_autoptr (Stage) stage = stage_new ();
  RushesEventSourceOptions options = { .idle = 0.2 };
  g_autoptr (GError) error = listen_to (stage, "/silent", &options, NULL);

  g_assert_error (error, RUSHES_ERROR, RUSHES_ERROR_NETWORK);
  g_assert_cmpstr (stage->events->str, ==, "message|a|;");
}

static void
test_too_large (void)
{
  g_autoptr (Stage) stage = stage_new ();
  RushesEventSourceOptions options = { .limit = 1000, .reconnects = 3 };
  g_autoptr (GError) error = listen_to (stage, "/large", &options, NULL);

  g_assert_error (error, RUSHES_ERROR, RUSHES_ERROR_PROTOCOL);
  g_assert_cmpuint (stage->n_requests, ==, 1);
  g_assert_cmpstr (stage->events->str, ==, "");
}

static gboolean
cancel_soon (gpointer cancellable)
{
  g_cancellable_cancel (cancellable);
  return G_SOURCE_REMOVE;
}

static void
test_cancelled (void)
{
  g_autoptr (Stage) stage = stage_new ();
  g_autoptr (GCancellable) cancellable = g_cancellable_new ();
  RushesEventSourceOptions options = { .reconnects = 3 };
  g_autoptr (GError) error = NULL;

  g_timeout_add (50, cancel_soon, cancellable);
  error = listen_to (stage, "/silent", &options, cancellable);
  g_assert_error (error, RUSHES_ERROR, RUSHES_ERROR_CANCELLED);
  g_assert_cmpuint (stage->n_requests, ==, 1);
}

/* A redirect is followed; the key does not go along to another origin. */
static void
test_redirects (void)
{
  g_autoptr (Stage) stage = stage_new ();
  g_autoptr (Stage) other = stage_new ();
  const char *const origins[] = { stage->base, NULL };
  g_autoptr (RushesCredentials) credentials =
      rushes_credentials_new (RUSHES_AUTH_BEARER, NULL, FALSE, "sesame", origins);
  RushesEventSourceOptions options = { .credentials = credentials };
  g_autoptr (GError) here = listen_to (stage, "/moved", &options, NULL);
  g_autoptr (GError) there = NULL;

  g_assert_no_error (here);
  g_assert_cmpstr (stage->heard->str, ==, "GET - Bearer sesame -;GET - Bearer sesame -;");

  stage->other = other->base;
  there = listen_to (stage, "/elsewhere", &options, NULL);
  g_assert_no_error (there);
  g_assert_cmpstr (other->heard->str, ==, "GET - - -;");
}

/* What is asked with a POST is asked once. */
static void
test_post (void)
{
  g_autoptr (Stage) stage = stage_new ();
  g_autoptr (GBytes) body = g_bytes_new_static ("{\"a\":1}", 7);
  RushesEventSourceOptions options = {
    .method = "POST", .body = body, .body_type = "application/json", .reconnects = 5
  };
  g_autoptr (GError) error = listen_to (stage, "/plain", &options, NULL);
  g_autoptr (GError) moved = NULL;

  g_assert_no_error (error);
  g_assert_cmpstr (stage->heard->str, ==, "POST - - {\"a\":1};");

  moved = listen_to (stage, "/moved", &options, NULL);
  g_assert_error (moved, RUSHES_ERROR, RUSHES_ERROR_PROTOCOL);
  g_assert_cmpuint (stage->n_requests, ==, 2);
}

int
main (int argc, char **argv)
{
  rushes_test_init (&argc, &argv);
  rushes_test_add_fiber ("/event-source/plain", test_plain);
  rushes_test_add_fiber ("/event-source/refused", test_refused);
  rushes_test_add_fiber ("/event-source/nobody-there", test_nobody_there);
  rushes_test_add_fiber ("/event-source/comes-back", test_comes_back);
  rushes_test_add_fiber ("/event-source/used-up", test_used_up);
  rushes_test_add_fiber ("/event-source/silent", test_silent);
  rushes_test_add_fiber ("/event-source/too-large", test_too_large);
  rushes_test_add_fiber ("/event-source/cancelled", test_cancelled);
  rushes_test_add_fiber ("/event-source/redirects", test_redirects);
  rushes_test_add_fiber ("/event-source/post", test_post);

  return g_test_run ();
}
