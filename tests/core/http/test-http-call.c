/* test-http-call.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include <string.h>

#include "rushes-async.h"
#include "rushes-desk.h"
#include "rushes-test.h"

/* ---- what goes out and comes in ---- */

static void
test_submit (void)
{
  g_autoptr (RushesDesk) desk = rushes_desk_new ();
  g_autoptr (RushesHttpRequest) request = rushes_desk_submit (desk, "/v1/clips?a=%2f&b=%C3%A9");
  g_autoptr (RushesHttpReply) reply = NULL;
  g_autofree char *text = NULL;

  rushes_http_request_add_header (request, "Accept", "application/json");
  rushes_http_request_add_header (request, "X-Text", "one\r\nX-Evil: two");
  reply = rushes_desk_succeed (desk, request);
  text = rushes_desk_text (reply);

  g_assert_cmpstr (rushes_wire_get_line (desk->own), ==, "POST /v1/clips?a=%2f&b=%C3%A9 HTTP/1.1");
  g_assert_cmpstr (rushes_wire_get_header (desk->own, "content-type"), ==, "application/json");
  g_assert_cmpstr (rushes_wire_get_header (desk->own, "content-length"), ==, "19");
  g_assert_cmpstr (rushes_wire_get_header (desk->own, "transfer-encoding"), ==, NULL);
  g_assert_cmpstr (rushes_wire_get_header (desk->own, "expect"), ==, NULL);
  g_assert_cmpstr (rushes_wire_get_header (desk->own, "x-version"), ==, "2");
  g_assert_cmpstr (rushes_wire_get_header (desk->own, "accept"), ==, "application/json");
  g_assert_cmpstr (rushes_wire_get_header (desk->own, "x-text"), ==, "one  X-Evil: two");
  g_assert_cmpstr (rushes_wire_get_header (desk->own, "x-evil"), ==, NULL);
  g_assert_cmpstr (rushes_wire_get_header (desk->own, "x-api-key"), ==, RUSHES_DESK_KEY);
  g_assert_cmpstr (rushes_wire_get_body (desk->own), ==, "{\"prompt\":\"狐狸\"}");

  g_assert_cmpuint (reply->status, ==, 202);
  g_assert_cmpstr (reply->address, ==, request->address);
  g_assert_cmpstr (soup_message_headers_get_one (reply->headers, "X-Id"), ==, "7");
  g_assert_cmpstr (text, ==, "{\"id\":\"abc\"}");
  g_assert_nonnull (rushes_http_reply_get_json (reply));
  rushes_desk_kept (desk, reply);
}

/* Whatever its status, an answer is a reply. */
static void
test_statuses (void)
{
  static const guint statuses[] = { 203, 400, 401, 404, 429, 500, 503 };
  g_autoptr (RushesDesk) desk = rushes_desk_new ();

  for (gsize i = 0; i < G_N_ELEMENTS (statuses); i++)
    {
      g_autofree char *path = g_strdup_printf ("/status/%u", statuses[i]);
      g_autoptr (RushesHttpRequest) request = rushes_desk_submit (desk, path);
      g_autoptr (RushesHttpReply) reply = rushes_desk_succeed (desk, request);

      g_assert_cmpuint (reply->status, ==, statuses[i]);
      g_assert_cmpstr (soup_message_headers_get_one (reply->headers, "Retry-After"), ==, "7");
      rushes_desk_kept (desk, reply);
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
    { RUSHES_AUTH_BEARER, NULL, "authorization", "Bearer " RUSHES_DESK_KEY, "GET /ok?x HTTP/1.1" },
    { RUSHES_AUTH_KEY, NULL, "authorization", "Key " RUSHES_DESK_KEY, "GET /ok?x HTTP/1.1" },
    { RUSHES_AUTH_TOKEN, NULL, "authorization", "Token " RUSHES_DESK_KEY, "GET /ok?x HTTP/1.1" },
    { RUSHES_AUTH_HEADER, "x-goog-api-key", "x-goog-api-key", RUSHES_DESK_KEY, "GET /ok?x HTTP/1.1" },
    { RUSHES_AUTH_QUERY, "key", "authorization", NULL, "GET /ok?x&key=" RUSHES_DESK_KEY " HTTP/1.1" },
  };
  g_autoptr (RushesDesk) desk = rushes_desk_new ();
  const char *origins[] = { rushes_wire_get_origin (desk->own), NULL };

  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr (RushesHttpRequest) request = rushes_desk_request (desk, "GET", "/ok?x");
      g_autofree char *elsewhere = g_strconcat (rushes_wire_get_origin (desk->other), "/ok?x", NULL);
      g_autoptr (RushesHttpRequest) foreign = rushes_desk_request (desk, "GET", elsewhere);
      g_autoptr (RushesHttpReply) reply = NULL;
      g_autoptr (RushesHttpReply) keyless = NULL;
      g_autoptr (RushesHttpReply) other = NULL;

      rushes_credentials_unref (desk->credentials);
      desk->credentials = rushes_credentials_new (cases[i].scheme, cases[i].name, FALSE, RUSHES_DESK_KEY, origins);
      reply = rushes_desk_succeed (desk, request);
      g_assert_cmpstr (rushes_wire_get_line (desk->own), ==, cases[i].line);
      g_assert_cmpstr (rushes_wire_get_header (desk->own, cases[i].header), ==, cases[i].value);
      g_assert_cmpstr (reply->address, ==, request->address);

      /* Not where it was not asked for, and not to another origin. */
      request->with_key = FALSE;
      keyless = rushes_desk_succeed (desk, request);
      g_assert_cmpstr (rushes_wire_get_line (desk->own), ==, "GET /ok?x HTTP/1.1");
      g_assert_cmpstr (rushes_wire_get_header (desk->own, cases[i].header), ==, NULL);
      other = rushes_desk_succeed (desk, foreign);
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
    { RUSHES_AUTH_BEARER, NULL, "authorization", "Bearer " RUSHES_DESK_KEY },
    { RUSHES_AUTH_HEADER, "x-api-key", "x-api-key", RUSHES_DESK_KEY },
    { RUSHES_AUTH_QUERY, "key", "x-none", NULL },
  };
  g_autoptr (RushesDesk) desk = rushes_desk_new ();
  const char *origins[] = { rushes_wire_get_origin (desk->own), NULL };
  guint n_others = 0;

  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    for (gsize j = 0; j < G_N_ELEMENTS (redirects); j++)
      {
        g_autofree char *to_other = g_strdup_printf ("/to-other/%u", redirects[j]);
        g_autofree char *to_own = g_strdup_printf ("/to-own/%u", redirects[j]);
        g_autoptr (RushesHttpRequest) away = rushes_desk_request (desk, "GET", to_other);
        g_autoptr (RushesHttpRequest) home = rushes_desk_request (desk, "GET", to_own);
        g_autoptr (RushesHttpReply) reply = NULL;
        g_autoptr (RushesHttpReply) own_reply = NULL;

        rushes_credentials_unref (desk->credentials);
        desk->credentials = rushes_credentials_new (cases[i].scheme, cases[i].name, FALSE, RUSHES_DESK_KEY, origins);
        reply = rushes_desk_succeed (desk, away);
        g_assert_cmpuint (reply->status, ==, 202);
        g_assert_true (g_str_has_prefix (reply->address, rushes_wire_get_origin (desk->other)));
        g_assert_cmpuint (rushes_wire_count (desk->other), ==, ++n_others);
        g_assert_cmpstr (rushes_wire_get_line (desk->other), ==, "GET /ok HTTP/1.1");
        g_assert_cmpstr (rushes_wire_get_header (desk->other, cases[i].header), ==, NULL);
        g_assert_cmpstr (rushes_wire_get_header (desk->other, "x-version"), ==, NULL);

        own_reply = rushes_desk_succeed (desk, home);
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
  g_autoptr (RushesDesk) desk = rushes_desk_new ();
  guint n_requests = 0;

  for (gsize i = 0; i < G_N_ELEMENTS (redirects); i++)
    for (guint is_submit = 0; is_submit < 2; is_submit++)
      {
        g_autofree char *path = g_strdup_printf ("/to-other/%u", redirects[i]);
        g_autoptr (RushesHttpRequest) request = rushes_desk_submit (desk, path);
        g_autoptr (RushesHttpReply) reply = NULL;

        request->is_submit = is_submit;
        reply = rushes_desk_succeed (desk, request);
        g_assert_cmpuint (reply->status, ==, redirects[i]);
        g_assert_nonnull (soup_message_headers_get_one (reply->headers, "Location"));
        g_assert_cmpuint (rushes_wire_count (desk->own), ==, ++n_requests);
        g_assert_cmpuint (rushes_wire_count (desk->other), ==, 0);
      }
}

static void
test_bad_redirects (void)
{
  g_autoptr (RushesDesk) desk = rushes_desk_new ();
  g_autoptr (RushesHttpRequest) in_circles = rushes_desk_request (desk, "GET", "/to-itself");
  g_autoptr (RushesHttpRequest) to_file = rushes_desk_request (desk, "GET", "/to-file");

  rushes_desk_fails (desk, in_circles, RUSHES_ERROR_PROTOCOL, RUSHES_CHARGED_NO);
  g_assert_cmpuint (rushes_wire_count (desk->own), ==, 6);
  rushes_desk_fails (desk, to_file, RUSHES_ERROR_PROTOCOL, RUSHES_CHARGED_NO);
  rushes_desk_nothing_kept (desk);
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
  g_autoptr (RushesDesk) desk = rushes_desk_new ();
  g_autoptr (GSocketListener) listener = g_socket_listener_new ();
  g_autoptr (GSocketService) no_tls = g_socket_service_new ();
  g_autofree char *nobody = NULL;
  g_autofree char *nothing = NULL;
  g_autoptr (RushesHttpRequest) refused = NULL;
  g_autoptr (RushesHttpRequest) unknown = rushes_desk_submit (desk, "https://name.invalid/v1");
  g_autoptr (RushesHttpRequest) unsafe = NULL;
  g_autoptr (RushesHttpRequest) nonsense = rushes_desk_submit (desk, "gopher://127.0.0.1/");
  g_autoptr (GError) error = NULL;

  nobody = g_strdup_printf ("http://127.0.0.1:%u/v1", g_socket_listener_add_any_inet_port (listener, NULL, NULL));
  g_socket_listener_close (listener);
  refused = rushes_desk_submit (desk, nobody);
  rushes_desk_fails (desk, refused, RUSHES_ERROR_NETWORK, RUSHES_CHARGED_NO);
  g_assert_null (dex_await_boxed (rushes_desk_call (desk, refused), &error));
  g_assert_true (rushes_error_get_retryable (error));

  g_signal_connect (no_tls, "incoming", G_CALLBACK (hang_up), NULL);
  nothing = g_strdup_printf ("https://127.0.0.1:%u/v1",
                             g_socket_listener_add_any_inet_port (G_SOCKET_LISTENER (no_tls), NULL, NULL));
  unsafe = rushes_desk_submit (desk, nothing);
  rushes_desk_fails (desk, unsafe, RUSHES_ERROR_TLS, RUSHES_CHARGED_NO);

  rushes_desk_fails (desk, unknown, RUSHES_ERROR_NETWORK, RUSHES_CHARGED_NO);
  rushes_desk_fails (desk, nonsense, RUSHES_ERROR_BAD_REQUEST, RUSHES_CHARGED_NO);
  rushes_desk_nothing_kept (desk);
}

/* The answer of a proxy that leads nowhere is not the service's: nothing went out to that. */
static void
test_no_way_through_the_proxy (void)
{
  static const guint statuses[] = { 403, 407, 502 };

  for (gsize i = 0; i < G_N_ELEMENTS (statuses); i++)
    {
      g_autoptr (RushesDesk) desk = rushes_desk_new ();
      g_autoptr (RushesHttpRequest) request = rushes_desk_submit (desk, "https://api.example.com/v1");

      desk->refusal = statuses[i];
      g_object_unref (desk->http);
      desk->http = rushes_http_for_proxy (rushes_wire_get_origin (desk->own));
      rushes_desk_fails (desk, request, RUSHES_ERROR_NETWORK, RUSHES_CHARGED_NO);
      g_assert_cmpstr (rushes_wire_get_line (desk->own), ==, "CONNECT api.example.com:443 HTTP/1.1");
      g_assert_cmpstr (rushes_wire_get_header (desk->own, "x-api-key"), ==, NULL);
      rushes_desk_nothing_kept (desk);
    }
}

static void
test_broken_off (void)
{
  static const char *const paths[] = { "/hangs-up", "/resets", "/truncated", "/truncated-chunk" };
  g_autoptr (RushesHttpReply) kept = NULL;
  g_autoptr (GError) error = NULL;
  g_autoptr (RushesDesk) desk = rushes_desk_new ();

  for (gsize i = 0; i < G_N_ELEMENTS (paths); i++)
    {
      g_autoptr (RushesHttpRequest) submit = rushes_desk_submit (desk, paths[i]);
      g_autoptr (RushesHttpRequest) bodyless = rushes_desk_request (desk, "POST", paths[i]);
      g_autoptr (RushesHttpRequest) question = rushes_desk_request (desk, "GET", paths[i]);
      guint before = rushes_wire_count (desk->own);

      rushes_desk_fails (desk, submit, RUSHES_ERROR_NETWORK, RUSHES_CHARGED_MAYBE);
      g_assert_cmpuint (rushes_wire_count (desk->own), ==, before + 1);
      bodyless->is_submit = TRUE;
      rushes_desk_fails (desk, bodyless, RUSHES_ERROR_NETWORK, RUSHES_CHARGED_MAYBE);
      g_assert_cmpuint (rushes_wire_count (desk->own), ==, before + 2);
      rushes_desk_fails (desk, question, RUSHES_ERROR_NETWORK, RUSHES_CHARGED_NO);
      if (i == 1)
        rushes_desk_nothing_kept (desk);
    }

  /* What had all of its meaning before the connection broke off. */
  kept = rushes_http_reply_load (desk->spool, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (kept->status, ==, 200);
  g_assert_nonnull (rushes_http_reply_get_json (kept));
}

/* The connection goes while the pictures are on their way. */
static void
test_broken_off_within_the_body (void)
{
  g_autoptr (RushesDesk) desk = rushes_desk_new ();
  g_autoptr (RushesHttpRequest) request = rushes_desk_submit (desk, "/resets");

  json_node_unref (g_steal_pointer (&request->json));
  request->bytes = g_bytes_new_take (g_strnfill (16 * 1024 * 1024, 'x'), 16 * 1024 * 1024);
  rushes_wire_limit_body (desk->own, 1000);
  rushes_desk_fails (desk, request, RUSHES_ERROR_NETWORK, RUSHES_CHARGED_MAYBE);
  g_assert_cmpuint (rushes_wire_count (desk->own), ==, 1);
}

/* A connection that is open from before, and closed at the worst moment: a GET may be asked again, a submit goes out on
 * one of its own. */
static void
test_kept_alive (void)
{
  g_autoptr (RushesDesk) desk = rushes_desk_new ();

  for (guint i = 0; i < 10; i++)
    {
      g_autoptr (RushesHttpRequest) question =
          rushes_desk_request (desk, "GET", i % 2 == 0 ? "/ok" : "/answers-and-closes");
      g_autoptr (RushesHttpRequest) submit = rushes_desk_submit (desk, "/ok");
      g_autoptr (RushesHttpRequest) lost = rushes_desk_submit (desk, "/hangs-up");
      g_autoptr (RushesHttpReply) reply = rushes_desk_succeed (desk, question);
      g_autoptr (RushesHttpReply) accepted = NULL;
      guint n_requests = rushes_wire_count (desk->own);
      guint n_connections = rushes_wire_count_connections (desk->own);

      accepted = rushes_desk_succeed (desk, submit);
      g_assert_cmpuint (rushes_wire_count (desk->own), ==, n_requests + 1);
      g_assert_cmpuint (rushes_wire_count_connections (desk->own), ==, n_connections + 1);
      rushes_desk_fails (desk, lost, RUSHES_ERROR_NETWORK, RUSHES_CHARGED_MAYBE);
      g_assert_cmpuint (rushes_wire_count (desk->own), ==, n_requests + 2);
      g_assert_cmpuint (rushes_wire_count_connections (desk->own), ==, n_connections + 2);
    }
}

static DexFuture *
cancel_soon (gpointer data)
{
  RushesDesk *desk = data;

  while (rushes_wire_count (desk->own) == 0)
    dex_await (rushes_async_sleep (0.01), NULL);
  g_cancellable_cancel (desk->cancellable);
  return dex_future_new_true ();
}

static void
test_cancel (void)
{
  g_autoptr (RushesDesk) desk = rushes_desk_new ();
  g_autoptr (RushesHttpRequest) request = rushes_desk_submit (desk, "/silent");
  g_autoptr (DexFuture) canceller = NULL;

  desk->cancellable = g_cancellable_new ();
  g_cancellable_cancel (desk->cancellable);
  rushes_desk_fails (desk, request, RUSHES_ERROR_CANCELLED, RUSHES_CHARGED_NO);
  g_assert_cmpuint (rushes_wire_count (desk->own), ==, 0);

  g_cancellable_reset (desk->cancellable);
  canceller = rushes_async_spawn (cancel_soon, desk, NULL);
  rushes_desk_fails (desk, request, RUSHES_ERROR_CANCELLED, RUSHES_CHARGED_MAYBE);
}

static DexFuture *
wait_for_request (gpointer data)
{
  RushesDesk *desk = data;

  while (rushes_wire_count (desk->own) == 0)
    dex_await (rushes_async_sleep (0.01), NULL);
  return dex_future_new_true ();
}

/* Nobody waits any more: the connection does not outlive that. The server would hold it for 20 s. */
static void
test_discard (void)
{
  g_autoptr (RushesDesk) desk = rushes_desk_new ();
  g_autoptr (RushesHttpRequest) request = rushes_desk_request (desk, "GET", "/silent");
  gint64 start = g_get_monotonic_time ();

  request->first_byte = 60;
  dex_await (
      dex_future_first (rushes_desk_call (desk, request), rushes_async_spawn (wait_for_request, desk, NULL), NULL),
      NULL);
  while (rushes_wire_count_open (desk->own) > 0)
    dex_await (rushes_async_sleep (0.01), NULL);
  g_assert_cmpint (g_get_monotonic_time () - start, <, 15 * G_USEC_PER_SEC);
}

static void
test_clock (void)
{
  g_autoptr (RushesDesk) desk = rushes_desk_new ();
  g_autoptr (RushesHttpRequest) submit = rushes_desk_submit (desk, "/silent");
  g_autoptr (RushesHttpRequest) question = rushes_desk_request (desk, "GET", "/silent");

  submit->first_byte = question->first_byte = 0.2;
  rushes_desk_fails (desk, submit, RUSHES_ERROR_NETWORK, RUSHES_CHARGED_MAYBE);
  rushes_desk_fails (desk, question, RUSHES_ERROR_NETWORK, RUSHES_CHARGED_NO);
}

static void
test_public_only (void)
{
  g_autoptr (RushesDesk) desk = rushes_desk_new ();
  g_autoptr (RushesHttpRequest) request = rushes_desk_submit (desk, "/ok");

  desk->public_only = TRUE;
  rushes_desk_fails (desk, request, RUSHES_ERROR_PROTOCOL, RUSHES_CHARGED_NO);
  g_assert_cmpuint (rushes_wire_count (desk->own), ==, 0);
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

  return g_test_run ();
}
