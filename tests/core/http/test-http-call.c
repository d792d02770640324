/* test-http-call.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include <glib/gstdio.h>
#include <signal.h>
#include <string.h>
#include <sys/resource.h>

#include "rushes-async.h"
#include "rushes-error.h"
#include "rushes-http-call.h"
#include "rushes-spool.h"
#include "rushes-test.h"
#include "rushes-wire.h"

#define KEY   "sk-1234567890abcdef"
#define LARGE (RUSHES_HTTP_MAX_REPLY + 2 * 1024 * 1024 + 4321)

/* Two servers: that of the service, and another origin that has no business with its key. */
typedef struct
{
  RushesWire *own;
  RushesWire *other;
  RushesHttp *http;
  GFile *spool;
  GCancellable *cancellable;
  RushesCredentials *credentials;
  gboolean public_only;
  guint refusal; /* what it answers with when it is a proxy */
} Desk;

static void
answer_large (GSocketConnection *connection)
{
  g_autofree char *large = g_strnfill (LARGE, 'x');

  rushes_wire_say (connection, "HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nContent-Length: %d\r\n\r\n",
                   LARGE);
  rushes_wire_send (connection, large, LARGE);
}

static void
echo (RushesWireRequest *request, GSocketConnection *connection)
{
  const char *key = g_hash_table_lookup (request->headers, "x-api-key");
  g_autofree char *body = g_strdup_printf ("{\"error\":\"%s is no good\"}", key);

  rushes_wire_say (connection, "HTTP/1.1 401 Unauthorized\r\nX-Echo: got %s\r\nContent-Length: %zu\r\n\r\n%s", key,
                   strlen (body), body);
}

static gboolean
answer (RushesWire *wire, RushesWireRequest *request, GSocketConnection *connection, gpointer data)
{
  Desk *desk = data;
  g_auto (GStrv) words = g_strsplit (request->line, " ", 3);
  const char *path = words[1];
  guint status;

  if (g_str_equal (words[0], "CONNECT"))
    rushes_wire_say (connection, "HTTP/1.1 %u No\r\nContent-Length: 2\r\n\r\n{}", desk->refusal);
  else if (sscanf (path, "/to-other/%u", &status) == 1)
    rushes_wire_say (connection, "HTTP/1.1 %u Moved\r\nLocation: %s/ok\r\nContent-Length: 0\r\n\r\n", status,
                     rushes_wire_get_origin (desk->other));
  else if (sscanf (path, "/to-own/%u", &status) == 1)
    rushes_wire_say (connection, "HTTP/1.1 %u Moved\r\nLocation: /ok\r\nContent-Length: 0\r\n\r\n", status);
  else if (g_str_equal (path, "/to-itself"))
    rushes_wire_say (connection, "HTTP/1.1 302 Found\r\nLocation: /to-itself\r\nContent-Length: 0\r\n\r\n");
  else if (g_str_equal (path, "/to-file"))
    rushes_wire_say (connection, "HTTP/1.1 302 Found\r\nLocation: file:///etc/passwd\r\nContent-Length: 0\r\n\r\n");
  else if (sscanf (path, "/status/%u", &status) == 1)
    rushes_wire_say (connection, "HTTP/1.1 %u No\r\nRetry-After: 7\r\nContent-Length: 2\r\n\r\n{}", status);
  else if (g_str_equal (path, "/echo"))
    echo (request, connection);
  else if (g_str_equal (path, "/large"))
    answer_large (connection);
  else if (g_str_equal (path, "/hangs-up"))
    return FALSE;
  else if (g_str_equal (path, "/resets"))
    {
      rushes_wire_reset (connection);
      return FALSE;
    }
  else if (g_str_equal (path, "/answers-and-closes"))
    {
      rushes_wire_say (connection, "HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\n{}");
      return FALSE;
    }
  else if (g_str_equal (path, "/truncated"))
    {
      rushes_wire_say (connection, "HTTP/1.1 200 OK\r\nContent-Length: 100\r\n\r\n{\"id\":\"abc\",");
      return FALSE;
    }
  else if (g_str_equal (path, "/truncated-chunk"))
    {
      rushes_wire_say (connection, "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n2\r\n{}\r\n");
      return FALSE;
    }
  else if (g_str_equal (path, "/silent"))
    {
      rushes_wire_wait (connection);
      return FALSE;
    }
  else
    rushes_wire_say (connection, "HTTP/1.1 202 Accepted\r\nContent-Type: application/json\r\nX-Id: 7\r\n"
                                 "Content-Length: 12\r\n\r\n{\"id\":\"abc\"}");
  return TRUE;
}

static Desk *
desk_new (void)
{
  Desk *self = g_new0 (Desk, 1);
  g_autofree char *folder = rushes_test_folder ();
  const char *origins[] = { NULL, NULL };

  self->own = rushes_wire_new (answer, self);
  self->other = rushes_wire_new (answer, self);
  self->http = rushes_http_for_proxy ("direct://");
  self->spool = g_file_new_build_filename (folder, "spool", NULL);
  dex_await (rushes_spool_make (self->spool), NULL);
  origins[0] = rushes_wire_get_origin (self->own);
  self->credentials = rushes_credentials_new (RUSHES_AUTH_HEADER, "X-API-Key", FALSE, KEY, origins);
  return self;
}

static void
desk_free (Desk *self)
{
  g_object_unref (self->http);
  rushes_wire_free (self->own);
  rushes_wire_free (self->other);
  g_clear_object (&self->spool);
  g_clear_object (&self->cancellable);
  rushes_credentials_unref (self->credentials);
  g_free (self);
}

G_DEFINE_AUTOPTR_CLEANUP_FUNC (Desk, desk_free)

static RushesHttpRequest *
make_request (Desk *self, const char *method, const char *path)
{
  g_autofree char *address =
      *path == '/' ? g_strconcat (rushes_wire_get_origin (self->own), path, NULL) : g_strdup (path);
  RushesHttpRequest *request = rushes_http_request_new (method, address);

  request->with_key = TRUE;
  request->first_byte = 20;
  rushes_http_request_add_header (request, "X-Version", "2");
  return request;
}

static RushesHttpRequest *
make_submit (Desk *self, const char *path)
{
  RushesHttpRequest *request = make_request (self, "POST", path);

  request->json = json_from_string ("{\"prompt\":\"狐狸\"}", NULL);
  request->is_submit = TRUE;
  return request;
}

static DexFuture *
call (Desk *self, RushesHttpRequest *request)
{
  return rushes_http_call (self->http, request, self->credentials, self->public_only, self->spool, self->cancellable);
}

static RushesHttpReply *
succeed (Desk *self, RushesHttpRequest *request)
{
  g_autoptr (GError) error = NULL;
  RushesHttpReply *reply = dex_await_boxed (call (self, request), &error);

  g_assert_no_error (error);
  return reply;
}

static char *
text_of (RushesHttpReply *reply)
{
  return g_strndup (g_bytes_get_data (reply->body, NULL), g_bytes_get_size (reply->body));
}

static void
assert_fails (Desk *self, RushesHttpRequest *request, RushesErrorCode code, RushesCharged charged)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (RushesHttpReply) reply = dex_await_boxed (call (self, request), &error);

  g_assert_null (reply);
  g_assert_error (error, RUSHES_ERROR, (int) code);
  g_test_message ("%s", error->message);
  g_assert_cmpint (rushes_error_get_charged (error), ==, charged);
  if (charged != RUSHES_CHARGED_NO)
    g_assert_false (rushes_error_get_retryable (error));
}

/* What another process would find. */
static void
assert_kept (Desk *self, RushesHttpReply *reply)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (RushesHttpReply) kept = rushes_http_reply_load (self->spool, &error);

  g_assert_no_error (error);
  g_assert_cmpuint (kept->status, ==, reply->status);
  g_assert_cmpstr (kept->address, ==, reply->address);
  g_assert_true (g_bytes_equal (kept->body, reply->body));
}

static void
assert_nothing_kept (Desk *self)
{
  g_autoptr (GError) error = NULL;

  g_assert_null (rushes_http_reply_load (self->spool, &error));
  g_assert_error (error, RUSHES_ERROR, RUSHES_ERROR_NOT_FOUND);
}

/* ---- what goes out and comes in ---- */

static void
test_submit (void)
{
  g_autoptr (Desk) desk = desk_new ();
  g_autoptr (RushesHttpRequest) request = make_submit (desk, "/v1/clips?a=%2f&b=%C3%A9");
  g_autoptr (RushesHttpReply) reply = NULL;
  g_autofree char *text = NULL;

  rushes_http_request_add_header (request, "Accept", "application/json");
  rushes_http_request_add_header (request, "X-Text", "one\r\nX-Evil: two");
  reply = succeed (desk, request);
  text = text_of (reply);

  g_assert_cmpstr (rushes_wire_get_line (desk->own), ==, "POST /v1/clips?a=%2f&b=%C3%A9 HTTP/1.1");
  g_assert_cmpstr (rushes_wire_get_header (desk->own, "content-type"), ==, "application/json");
  g_assert_cmpstr (rushes_wire_get_header (desk->own, "content-length"), ==, "19");
  g_assert_cmpstr (rushes_wire_get_header (desk->own, "transfer-encoding"), ==, NULL);
  g_assert_cmpstr (rushes_wire_get_header (desk->own, "expect"), ==, NULL);
  g_assert_cmpstr (rushes_wire_get_header (desk->own, "x-version"), ==, "2");
  g_assert_cmpstr (rushes_wire_get_header (desk->own, "accept"), ==, "application/json");
  g_assert_cmpstr (rushes_wire_get_header (desk->own, "x-text"), ==, "one  X-Evil: two");
  g_assert_cmpstr (rushes_wire_get_header (desk->own, "x-evil"), ==, NULL);
  g_assert_cmpstr (rushes_wire_get_header (desk->own, "x-api-key"), ==, KEY);
  g_assert_cmpstr (rushes_wire_get_body (desk->own), ==, "{\"prompt\":\"狐狸\"}");

  g_assert_cmpuint (reply->status, ==, 202);
  g_assert_cmpstr (reply->address, ==, request->address);
  g_assert_cmpstr (soup_message_headers_get_one (reply->headers, "X-Id"), ==, "7");
  g_assert_cmpstr (text, ==, "{\"id\":\"abc\"}");
  g_assert_nonnull (rushes_http_reply_get_json (reply));
  assert_kept (desk, reply);
}

/* Whatever its status, an answer is a reply. */
static void
test_statuses (void)
{
  static const guint statuses[] = { 203, 400, 401, 404, 429, 500, 503 };
  g_autoptr (Desk) desk = desk_new ();

  for (gsize i = 0; i < G_N_ELEMENTS (statuses); i++)
    {
      g_autofree char *path = g_strdup_printf ("/status/%u", statuses[i]);
      g_autoptr (RushesHttpRequest) request = make_submit (desk, path);
      g_autoptr (RushesHttpReply) reply = succeed (desk, request);

      g_assert_cmpuint (reply->status, ==, statuses[i]);
      g_assert_cmpstr (soup_message_headers_get_one (reply->headers, "Retry-After"), ==, "7");
      assert_kept (desk, reply);
    }
}

static void
test_schemes (void)
{
  static const struct
  {
    RushesAuthScheme scheme;
    const char *name, *header, *value, *line;
  } cases[] = {
    { RUSHES_AUTH_NONE, NULL, "authorization", NULL, "GET /ok?x HTTP/1.1" },
    { RUSHES_AUTH_BEARER, NULL, "authorization", "Bearer " KEY, "GET /ok?x HTTP/1.1" },
    { RUSHES_AUTH_KEY, NULL, "authorization", "Key " KEY, "GET /ok?x HTTP/1.1" },
    { RUSHES_AUTH_TOKEN, NULL, "authorization", "Token " KEY, "GET /ok?x HTTP/1.1" },
    { RUSHES_AUTH_HEADER, "x-goog-api-key", "x-goog-api-key", KEY, "GET /ok?x HTTP/1.1" },
    { RUSHES_AUTH_QUERY, "key", "authorization", NULL, "GET /ok?x&key=" KEY " HTTP/1.1" },
  };
  g_autoptr (Desk) desk = desk_new ();
  const char *origins[] = { rushes_wire_get_origin (desk->own), NULL };

  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr (RushesHttpRequest) request = make_request (desk, "GET", "/ok?x");
      g_autofree char *elsewhere = g_strconcat (rushes_wire_get_origin (desk->other), "/ok?x", NULL);
      g_autoptr (RushesHttpRequest) foreign = make_request (desk, "GET", elsewhere);
      g_autoptr (RushesHttpReply) reply = NULL;
      g_autoptr (RushesHttpReply) keyless = NULL;
      g_autoptr (RushesHttpReply) other = NULL;

      rushes_credentials_unref (desk->credentials);
      desk->credentials = rushes_credentials_new (cases[i].scheme, cases[i].name, FALSE, KEY, origins);
      reply = succeed (desk, request);
      g_assert_cmpstr (rushes_wire_get_line (desk->own), ==, cases[i].line);
      g_assert_cmpstr (rushes_wire_get_header (desk->own, cases[i].header), ==, cases[i].value);
      g_assert_cmpstr (reply->address, ==, request->address);

      /* Not where it was not asked for, and not to another origin. */
      request->with_key = FALSE;
      keyless = succeed (desk, request);
      g_assert_cmpstr (rushes_wire_get_line (desk->own), ==, "GET /ok?x HTTP/1.1");
      g_assert_cmpstr (rushes_wire_get_header (desk->own, cases[i].header), ==, NULL);
      other = succeed (desk, foreign);
      g_assert_cmpstr (rushes_wire_get_line (desk->other), ==, "GET /ok?x HTTP/1.1");
      g_assert_cmpstr (rushes_wire_get_header (desk->other, cases[i].header), ==, NULL);
    }
}

/* ---- redirects ---- */

static const guint redirects[] = { 301, 302, 303, 307, 308 };

/* libsoup by itself hands such a header on. */
static void
test_redirected_key (void)
{
  static const struct
  {
    RushesAuthScheme scheme;
    const char *name, *header, *value;
  } cases[] = {
    { RUSHES_AUTH_BEARER, NULL, "authorization", "Bearer " KEY },
    { RUSHES_AUTH_HEADER, "x-api-key", "x-api-key", KEY },
    { RUSHES_AUTH_QUERY, "key", "x-none", NULL },
  };
  g_autoptr (Desk) desk = desk_new ();
  const char *origins[] = { rushes_wire_get_origin (desk->own), NULL };
  guint n_others = 0;

  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    for (gsize j = 0; j < G_N_ELEMENTS (redirects); j++)
      {
        g_autofree char *to_other = g_strdup_printf ("/to-other/%u", redirects[j]);
        g_autofree char *to_own = g_strdup_printf ("/to-own/%u", redirects[j]);
        g_autoptr (RushesHttpRequest) away = make_request (desk, "GET", to_other);
        g_autoptr (RushesHttpRequest) home = make_request (desk, "GET", to_own);
        g_autoptr (RushesHttpReply) reply = NULL;
        g_autoptr (RushesHttpReply) own_reply = NULL;

        rushes_credentials_unref (desk->credentials);
        desk->credentials = rushes_credentials_new (cases[i].scheme, cases[i].name, FALSE, KEY, origins);
        reply = succeed (desk, away);
        g_assert_cmpuint (reply->status, ==, 202);
        g_assert_true (g_str_has_prefix (reply->address, rushes_wire_get_origin (desk->other)));
        g_assert_cmpuint (rushes_wire_count (desk->other), ==, ++n_others);
        g_assert_cmpstr (rushes_wire_get_line (desk->other), ==, "GET /ok HTTP/1.1");
        g_assert_cmpstr (rushes_wire_get_header (desk->other, cases[i].header), ==, NULL);
        g_assert_cmpstr (rushes_wire_get_header (desk->other, "x-version"), ==, NULL);

        own_reply = succeed (desk, home);
        g_assert_cmpuint (own_reply->status, ==, 202);
        g_assert_cmpstr (rushes_wire_get_line (desk->own), ==, "GET /ok HTTP/1.1");
        g_assert_cmpstr (rushes_wire_get_header (desk->own, cases[i].header), ==, cases[i].value);
        g_assert_cmpstr (rushes_wire_get_header (desk->own, "x-version"), ==, "2");
      }
}

/* The answer to anything but a GET is what it is: a GET of the other address would look like acceptance. */
static void
test_redirected_post (void)
{
  g_autoptr (Desk) desk = desk_new ();
  guint n_requests = 0;

  for (gsize i = 0; i < G_N_ELEMENTS (redirects); i++)
    for (guint is_submit = 0; is_submit < 2; is_submit++)
      {
        g_autofree char *path = g_strdup_printf ("/to-other/%u", redirects[i]);
        g_autoptr (RushesHttpRequest) request = make_submit (desk, path);
        g_autoptr (RushesHttpReply) reply = NULL;

        request->is_submit = is_submit;
        reply = succeed (desk, request);
        g_assert_cmpuint (reply->status, ==, redirects[i]);
        g_assert_nonnull (soup_message_headers_get_one (reply->headers, "Location"));
        g_assert_cmpuint (rushes_wire_count (desk->own), ==, ++n_requests);
        g_assert_cmpuint (rushes_wire_count (desk->other), ==, 0);
      }
}

static void
test_bad_redirects (void)
{
  g_autoptr (Desk) desk = desk_new ();
  g_autoptr (RushesHttpRequest) in_circles = make_request (desk, "GET", "/to-itself");
  g_autoptr (RushesHttpRequest) to_file = make_request (desk, "GET", "/to-file");

  assert_fails (desk, in_circles, RUSHES_ERROR_PROTOCOL, RUSHES_CHARGED_NO);
  g_assert_cmpuint (rushes_wire_count (desk->own), ==, 6);
  assert_fails (desk, to_file, RUSHES_ERROR_PROTOCOL, RUSHES_CHARGED_NO);
  assert_nothing_kept (desk);
}

/* ---- what a failure may have cost ---- */

static gboolean
hang_up (GSocketService *service, GSocketConnection *connection, GObject *source, gpointer data)
{
  return g_io_stream_close (G_IO_STREAM (connection), NULL, NULL);
}

static void
test_no_connection (void)
{
  g_autoptr (Desk) desk = desk_new ();
  g_autoptr (GSocketListener) listener = g_socket_listener_new ();
  g_autoptr (GSocketService) no_tls = g_socket_service_new ();
  g_autofree char *nobody = NULL;
  g_autofree char *nothing = NULL;
  g_autoptr (RushesHttpRequest) refused = NULL;
  g_autoptr (RushesHttpRequest) unknown = make_submit (desk, "https://name.invalid/v1");
  g_autoptr (RushesHttpRequest) unsafe = NULL;
  g_autoptr (RushesHttpRequest) nonsense = make_submit (desk, "gopher://127.0.0.1/");
  g_autoptr (GError) error = NULL;

  nobody = g_strdup_printf ("http://127.0.0.1:%u/v1", g_socket_listener_add_any_inet_port (listener, NULL, NULL));
  g_socket_listener_close (listener);
  refused = make_submit (desk, nobody);
  assert_fails (desk, refused, RUSHES_ERROR_NETWORK, RUSHES_CHARGED_NO);
  g_assert_null (dex_await_boxed (call (desk, refused), &error));
  g_assert_true (rushes_error_get_retryable (error));

  g_signal_connect (no_tls, "incoming", G_CALLBACK (hang_up), NULL);
  nothing = g_strdup_printf ("https://127.0.0.1:%u/v1",
                             g_socket_listener_add_any_inet_port (G_SOCKET_LISTENER (no_tls), NULL, NULL));
  unsafe = make_submit (desk, nothing);
  assert_fails (desk, unsafe, RUSHES_ERROR_TLS, RUSHES_CHARGED_NO);

  assert_fails (desk, unknown, RUSHES_ERROR_NETWORK, RUSHES_CHARGED_NO);
  assert_fails (desk, nonsense, RUSHES_ERROR_BAD_REQUEST, RUSHES_CHARGED_NO);
  assert_nothing_kept (desk);
}

/* The answer of a proxy that leads nowhere is not the service's: nothing went out to that. */
static void
test_no_way_through_the_proxy (void)
{
  static const guint statuses[] = { 403, 407, 502 };

  for (gsize i = 0; i < G_N_ELEMENTS (statuses); i++)
    {
      g_autoptr (Desk) desk = desk_new ();
      g_autoptr (RushesHttpRequest) request = make_submit (desk, "https://api.example.com/v1");

      desk->refusal = statuses[i];
      g_object_unref (desk->http);
      desk->http = rushes_http_for_proxy (rushes_wire_get_origin (desk->own));
      assert_fails (desk, request, RUSHES_ERROR_NETWORK, RUSHES_CHARGED_NO);
      g_assert_cmpstr (rushes_wire_get_line (desk->own), ==, "CONNECT api.example.com:443 HTTP/1.1");
      g_assert_cmpstr (rushes_wire_get_header (desk->own, "x-api-key"), ==, NULL);
      assert_nothing_kept (desk);
    }
}

static void
test_broken_off (void)
{
  static const char *const paths[] = { "/hangs-up", "/resets", "/truncated", "/truncated-chunk" };
  g_autoptr (Desk) desk = desk_new ();

  for (gsize i = 0; i < G_N_ELEMENTS (paths); i++)
    {
      g_autoptr (RushesHttpRequest) submit = make_submit (desk, paths[i]);
      g_autoptr (RushesHttpRequest) bodyless = make_request (desk, "POST", paths[i]);
      g_autoptr (RushesHttpRequest) question = make_request (desk, "GET", paths[i]);
      guint before = rushes_wire_count (desk->own);

      assert_fails (desk, submit, RUSHES_ERROR_NETWORK, RUSHES_CHARGED_MAYBE);
      g_assert_cmpuint (rushes_wire_count (desk->own), ==, before + 1);
      bodyless->is_submit = TRUE;
      assert_fails (desk, bodyless, RUSHES_ERROR_NETWORK, RUSHES_CHARGED_MAYBE);
      g_assert_cmpuint (rushes_wire_count (desk->own), ==, before + 2);
      assert_fails (desk, question, RUSHES_ERROR_NETWORK, RUSHES_CHARGED_NO);
    }
  assert_nothing_kept (desk);
}

/* The connection goes while the pictures are on their way. */
static void
test_broken_off_within_the_body (void)
{
  g_autoptr (Desk) desk = desk_new ();
  g_autoptr (RushesHttpRequest) request = make_submit (desk, "/resets");

  json_node_unref (g_steal_pointer (&request->json));
  request->bytes = g_bytes_new_take (g_strnfill (16 * 1024 * 1024, 'x'), 16 * 1024 * 1024);
  rushes_wire_limit_body (desk->own, 1000);
  assert_fails (desk, request, RUSHES_ERROR_NETWORK, RUSHES_CHARGED_MAYBE);
  g_assert_cmpuint (rushes_wire_count (desk->own), ==, 1);
}

/* A connection that is open from before, and closed at the worst moment: a GET may be asked again, a submit goes out on
 * one of its own. */
static void
test_kept_alive (void)
{
  g_autoptr (Desk) desk = desk_new ();

  for (guint i = 0; i < 10; i++)
    {
      g_autoptr (RushesHttpRequest) question = make_request (desk, "GET", i % 2 == 0 ? "/ok" : "/answers-and-closes");
      g_autoptr (RushesHttpRequest) submit = make_submit (desk, "/ok");
      g_autoptr (RushesHttpRequest) lost = make_submit (desk, "/hangs-up");
      g_autoptr (RushesHttpReply) reply = succeed (desk, question);
      g_autoptr (RushesHttpReply) accepted = NULL;
      guint n_requests = rushes_wire_count (desk->own);
      guint n_connections = rushes_wire_count_connections (desk->own);

      accepted = succeed (desk, submit);
      g_assert_cmpuint (rushes_wire_count (desk->own), ==, n_requests + 1);
      g_assert_cmpuint (rushes_wire_count_connections (desk->own), ==, n_connections + 1);
      assert_fails (desk, lost, RUSHES_ERROR_NETWORK, RUSHES_CHARGED_MAYBE);
      g_assert_cmpuint (rushes_wire_count (desk->own), ==, n_requests + 2);
      g_assert_cmpuint (rushes_wire_count_connections (desk->own), ==, n_connections + 2);
    }
}

static DexFuture *
cancel_soon (gpointer data)
{
  Desk *desk = data;

  while (rushes_wire_count (desk->own) == 0)
    dex_await (rushes_async_sleep (0.01), NULL);
  g_cancellable_cancel (desk->cancellable);
  return dex_future_new_true ();
}

static void
test_cancel (void)
{
  g_autoptr (Desk) desk = desk_new ();
  g_autoptr (RushesHttpRequest) request = make_submit (desk, "/silent");
  g_autoptr (DexFuture) canceller = NULL;

  desk->cancellable = g_cancellable_new ();
  g_cancellable_cancel (desk->cancellable);
  assert_fails (desk, request, RUSHES_ERROR_CANCELLED, RUSHES_CHARGED_NO);
  g_assert_cmpuint (rushes_wire_count (desk->own), ==, 0);

  g_cancellable_reset (desk->cancellable);
  canceller = rushes_async_spawn (cancel_soon, desk, NULL);
  assert_fails (desk, request, RUSHES_ERROR_CANCELLED, RUSHES_CHARGED_MAYBE);
}

/* Nobody waits any more: the connection does not outlive that. */
static void
test_discard (void)
{
  g_autoptr (Desk) desk = desk_new ();
  g_autoptr (RushesHttpRequest) request = make_request (desk, "GET", "/silent");
  g_autoptr (GError) error = NULL;
  gint64 start = g_get_monotonic_time ();

  desk->cancellable = g_cancellable_new ();
  dex_await (dex_future_first (call (desk, request), rushes_async_spawn (cancel_soon, desk, NULL), NULL), &error);
  g_clear_object (&desk->cancellable);
  rushes_wire_free (g_steal_pointer (&desk->own));
  desk->own = rushes_wire_new (answer, desk);
  g_assert_cmpint (g_get_monotonic_time () - start, <, 15 * G_USEC_PER_SEC);
}

static void
test_clock (void)
{
  g_autoptr (Desk) desk = desk_new ();
  g_autoptr (RushesHttpRequest) submit = make_submit (desk, "/silent");
  g_autoptr (RushesHttpRequest) question = make_request (desk, "GET", "/silent");

  submit->first_byte = question->first_byte = 0.2;
  assert_fails (desk, submit, RUSHES_ERROR_NETWORK, RUSHES_CHARGED_MAYBE);
  assert_fails (desk, question, RUSHES_ERROR_NETWORK, RUSHES_CHARGED_NO);
}

static void
test_public_only (void)
{
  g_autoptr (Desk) desk = desk_new ();
  g_autoptr (RushesHttpRequest) request = make_submit (desk, "/ok");

  desk->public_only = TRUE;
  assert_fails (desk, request, RUSHES_ERROR_PROTOCOL, RUSHES_CHARGED_NO);
  g_assert_cmpuint (rushes_wire_count (desk->own), ==, 0);
}

/* ---- what is kept ---- */

static void
use_key (Desk *self, const char *key)
{
  const char *origins[] = { rushes_wire_get_origin (self->own), NULL };

  rushes_credentials_unref (self->credentials);
  self->credentials = rushes_credentials_new (RUSHES_AUTH_HEADER, "X-API-Key", FALSE, key, origins);
}

static void
test_echoed_key (void)
{
  g_autoptr (Desk) desk = desk_new ();
  g_autoptr (RushesHttpRequest) request = make_submit (desk, "/echo");
  g_autoptr (RushesHttpReply) reply = succeed (desk, request);
  g_autoptr (RushesHttpReply) other_reply = NULL;
  g_autofree char *text = text_of (reply);
  g_autofree char *other_text = NULL;
  g_autofree char *kept = NULL;

  g_assert_cmpstr (text, ==, "{\"error\":\"*** is no good\"}");
  g_assert_cmpstr (soup_message_headers_get_one (reply->headers, "X-Echo"), ==, "got ***");
  assert_kept (desk, reply);
  g_assert_true (g_file_get_contents (g_file_peek_path (desk->spool), &kept, NULL, NULL));
  g_assert_null (strstr (kept, KEY));

  /* What people type for a server of their own may be any word of its answers. */
  use_key (desk, "error");
  other_reply = succeed (desk, request);
  other_text = text_of (other_reply);
  g_assert_cmpstr (other_text, ==, "{\"error\":\"error is no good\"}");
}

static void
assert_large (RushesHttpReply *reply)
{
  const char *data = g_bytes_get_data (reply->body, NULL);

  g_assert_cmpuint (g_bytes_get_size (reply->body), ==, LARGE);
  for (gsize i = 0; i < LARGE; i++)
    if (data[i] != 'x')
      g_error ("There is a %02x at %zu", (guchar) data[i], i);
}

static void
test_large (void)
{
  g_autoptr (Desk) desk = desk_new ();
  g_autoptr (RushesHttpRequest) request = make_submit (desk, "/large");
  g_autoptr (RushesHttpRequest) small = make_submit (desk, "/ok");
  g_autoptr (RushesHttpReply) reply = succeed (desk, request);
  g_autoptr (RushesHttpReply) small_reply = NULL;

  assert_large (reply);
  assert_kept (desk, reply);

  /* What is mapped stays when the next answer is kept in its place. */
  small_reply = succeed (desk, small);
  assert_kept (desk, small_reply);
  assert_large (reply);

  g_clear_object (&desk->spool);
  assert_fails (desk, request, RUSHES_ERROR_PROTOCOL, RUSHES_CHARGED_MAYBE);
}

/* The reply is worth more than its copy. */
static void
test_no_spool (void)
{
  g_autoptr (Desk) desk = desk_new ();
  g_autoptr (RushesHttpRequest) request = make_submit (desk, "/ok");
  g_autoptr (RushesHttpRequest) large = make_submit (desk, "/large");
  g_autoptr (RushesHttpReply) reply = NULL;
  g_autoptr (RushesHttpReply) large_reply = NULL;

  g_object_unref (desk->spool);
  desk->spool = g_file_new_for_path ("/nonexistent/spool");
  reply = succeed (desk, request);
  g_assert_nonnull (rushes_http_reply_get_json (reply));
  large_reply = succeed (desk, large);
  assert_large (large_reply);
}

/* The disk is full in the middle: what is there is fetched back, and the rest stays in memory. */
static void
test_full_disk (void)
{
  const rlim_t limits[] = { 50, RUSHES_HTTP_MAX_REPLY / 2, RUSHES_HTTP_MAX_REPLY + 1024 * 1024, LARGE };
  struct rlimit before;
  g_autoptr (Desk) desk = desk_new ();

  g_assert_cmpint (getrlimit (RLIMIT_FSIZE, &before), ==, 0);
  signal (SIGXFSZ, SIG_IGN);
  for (gsize i = 0; i < G_N_ELEMENTS (limits); i++)
    {
      const struct rlimit small = { limits[i], before.rlim_max };
      g_autoptr (RushesHttpRequest) request = make_submit (desk, "/large");
      g_autoptr (RushesHttpReply) reply = NULL;

      g_assert_cmpint (setrlimit (RLIMIT_FSIZE, &small), ==, 0);
      reply = succeed (desk, request);
      g_assert_cmpint (setrlimit (RLIMIT_FSIZE, &before), ==, 0);
      assert_large (reply);
    }
  signal (SIGXFSZ, SIG_DFL);
}

int
main (int argc, char **argv)
{
  rushes_test_init (&argc, &argv);

  rushes_test_add_fiber ("/http/call/submit", test_submit);
  rushes_test_add_fiber ("/http/call/statuses", test_statuses);
  rushes_test_add_fiber ("/http/call/schemes", test_schemes);
  rushes_test_add_fiber ("/http/call/redirected-key", test_redirected_key);
  rushes_test_add_fiber ("/http/call/redirected-post", test_redirected_post);
  rushes_test_add_fiber ("/http/call/bad-redirects", test_bad_redirects);
  rushes_test_add_fiber ("/http/call/no-connection", test_no_connection);
  rushes_test_add_fiber ("/http/call/no-way-through-the-proxy", test_no_way_through_the_proxy);
  rushes_test_add_fiber ("/http/call/broken-off", test_broken_off);
  rushes_test_add_fiber ("/http/call/broken-off-within-the-body", test_broken_off_within_the_body);
  rushes_test_add_fiber ("/http/call/kept-alive", test_kept_alive);
  rushes_test_add_fiber ("/http/call/cancel", test_cancel);
  rushes_test_add_fiber ("/http/call/discard", test_discard);
  rushes_test_add_fiber ("/http/call/clock", test_clock);
  rushes_test_add_fiber ("/http/call/public-only", test_public_only);
  rushes_test_add_fiber ("/http/call/echoed-key", test_echoed_key);
  rushes_test_add_fiber ("/http/call/large", test_large);
  rushes_test_add_fiber ("/http/call/no-spool", test_no_spool);
  rushes_test_add_fiber ("/http/call/full-disk", test_full_disk);

  return g_test_run ();
}
