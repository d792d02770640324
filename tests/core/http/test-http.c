/* test-http.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include <glib/gstdio.h>
#include <string.h>

#include "rushes-async.h"
#include "rushes-error.h"
#include "rushes-http-fetch.h"
#include "rushes-test.h"

#define CONTENT "the bytes of a picture"
#define LARGE   (1024 * 1024 + 7)

/* A server on loopback in this process, whose paths say what it does. */
typedef struct
{
  SoupServer *server;
  char *base;
  char *folder;
  RushesHttp *http;
  RushesFetchOptions options;
  GCancellable *cancellable;
  guint n_requests;
  GPtrArray *paused; /* of SoupServerMessage: those that get no more of their answer */
  char *accept;
  char *accept_encoding;
} Studio;

static void
redirect (SoupServerMessage *message, guint status, const char *location)
{
  soup_server_message_set_status (message, status, NULL);
  soup_message_headers_replace (soup_server_message_get_response_headers (message), "Location", location);
}

static void
answer (SoupServerMessage *message, const char *text)
{
  soup_server_message_set_status (message, SOUP_STATUS_OK, NULL);
  soup_server_message_set_response (message, "image/png", SOUP_MEMORY_COPY, text, strlen (text));
}

static void
answer_large (SoupServerMessage *message)
{
  g_autofree char *large = g_strnfill (LARGE, 'x');

  soup_server_message_set_status (message, SOUP_STATUS_OK, NULL);
  soup_server_message_set_response (message, "image/png", SOUP_MEMORY_COPY, large, LARGE);
}

static void
answer_in_part (Studio *self, SoupServerMessage *message)
{
  SoupMessageBody *body = soup_server_message_get_response_body (message);

  soup_server_message_set_status (message, SOUP_STATUS_OK, NULL);
  soup_message_headers_set_encoding (soup_server_message_get_response_headers (message), SOUP_ENCODING_CHUNKED);
  soup_message_body_append (body, SOUP_MEMORY_STATIC, CONTENT, strlen (CONTENT));
  g_ptr_array_add (self->paused, g_object_ref (message));
}

/* Bytes that SoupServer would not send by itself. */
static void
answer_raw (SoupServerMessage *message, const char *bytes)
{
  g_autoptr (GIOStream) stream = soup_server_message_steal_connection (message);

  g_output_stream_write_all (g_io_stream_get_output_stream (stream), bytes, strlen (bytes), NULL, NULL, NULL);
  g_io_stream_close (stream, NULL, NULL);
}

static void
handle (SoupServer *server, SoupServerMessage *message, const char *path, GHashTable *query, gpointer data)
{
  Studio *self = data;
  SoupMessageHeaders *headers = soup_server_message_get_request_headers (message);
  guint n;

  self->n_requests++;
  g_set_str (&self->accept, soup_message_headers_get_list (headers, "Accept"));
  g_set_str (&self->accept_encoding, soup_message_headers_get_list (headers, "Accept-Encoding"));

  if (g_str_equal (path, "/picture"))
    answer (message, CONTENT);
  else if (g_str_equal (path, "/empty"))
    answer (message, "");
  else if (g_str_equal (path, "/large"))
    answer_large (message);
  else if (g_str_equal (path, "/relative"))
    redirect (message, SOUP_STATUS_FOUND, "picture?from=relative");
  else if (g_str_equal (path, "/loop"))
    redirect (message, SOUP_STATUS_TEMPORARY_REDIRECT, "/loop");
  else if (sscanf (path, "/hops/%u", &n) == 1)
    {
      g_autofree char *next = g_strdup_printf ("/hops/%u", n - 1);

      redirect (message, n % 2 == 0 ? SOUP_STATUS_MOVED_PERMANENTLY : 308, n == 1 ? "/picture" : next);
    }
  else if (g_str_equal (path, "/to-file"))
    redirect (message, SOUP_STATUS_FOUND, "file:///etc/passwd");
  else if (g_str_equal (path, "/to-nowhere"))
    soup_server_message_set_status (message, SOUP_STATUS_FOUND, NULL);
  else if (sscanf (path, "/status/%u", &n) == 1)
    {
      soup_server_message_set_status (message, n, NULL);
      soup_message_headers_replace (soup_server_message_get_response_headers (message), "Retry-After", "7");
    }
  else if (g_str_equal (path, "/silent"))
    {
      soup_server_message_pause (message);
      g_ptr_array_add (self->paused, g_object_ref (message));
    }
  else if (g_str_equal (path, "/stops"))
    answer_in_part (self, message);
  else if (g_str_equal (path, "/truncated"))
    answer_raw (message, "HTTP/1.1 200 OK\r\nContent-Length: 100\r\n\r\nonly a part");
  else if (g_str_equal (path, "/nonsense"))
    answer_raw (message, "SSH-2.0-OpenSSH_9.9\r\n\r\n");
  else if (g_str_equal (path, "/boasts"))
    answer_raw (message, "HTTP/1.1 200 OK\r\nContent-Length: 99999999999\r\n\r\nx");
  else if (g_str_equal (path, "/hangs-up"))
    answer_raw (message, "");
  else
    soup_server_message_set_status (message, SOUP_STATUS_NOT_FOUND, NULL);
}

static Studio *
studio_new (void)
{
  Studio *self = g_new0 (Studio, 1);
  g_autoptr (GError) error = NULL;
  g_autoslist (GUri) uris = NULL;

  self->server = soup_server_new (NULL, NULL);
  soup_server_add_handler (self->server, NULL, handle, self, NULL);
  soup_server_listen_local (self->server, 0, SOUP_SERVER_LISTEN_IPV4_ONLY, &error);
  g_assert_no_error (error);
  uris = soup_server_get_uris (self->server);
  self->base = g_strdup_printf ("http://127.0.0.1:%d", g_uri_get_port (uris->data));

  self->folder = rushes_test_folder ();
  self->http = rushes_http_for_proxy ("direct://");
  self->options.clocks = (RushesHttpClocks) { 20, 20, 20 };
  self->paused = g_ptr_array_new_with_free_func (g_object_unref);
  return self;
}

static void
studio_free (Studio *self)
{
  soup_server_disconnect (self->server);
  g_ptr_array_unref (self->paused);
  g_object_unref (self->server);
  g_object_unref (self->http);
  g_clear_object (&self->cancellable);
  g_free (self->base);
  g_free (self->folder);
  g_free (self->accept);
  g_free (self->accept_encoding);
  g_free (self);
}

G_DEFINE_AUTOPTR_CLEANUP_FUNC (Studio, studio_free)

static DexFuture *
fetch (Studio *self, const char *path)
{
  g_autofree char *address = *path == '/' ? g_strconcat (self->base, path, NULL) : g_strdup (path);
  g_autoptr (GFile) target = g_file_new_build_filename (self->folder, "target", NULL);

  return rushes_http_fetch (self->http, address, target, &self->options, self->cancellable);
}

static gboolean
target_exists (Studio *self)
{
  g_autofree char *path = g_build_filename (self->folder, "target", NULL);

  return g_file_test (path, G_FILE_TEST_EXISTS);
}

static void
assert_fetched (Studio *self, const char *path, const char *end)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (RushesFetched) fetched = dex_await_boxed (fetch (self, path), &error);
  g_autofree char *target = g_build_filename (self->folder, "target", NULL);
  g_autofree char *sha256 = g_compute_checksum_for_string (G_CHECKSUM_SHA256, CONTENT, -1);
  g_autofree char *contents = NULL;

  g_assert_no_error (error);
  g_assert_true (g_file_get_contents (target, &contents, NULL, NULL));
  g_assert_cmpstr (contents, ==, CONTENT);
  g_assert_cmpint (fetched->size, ==, strlen (CONTENT));
  g_assert_cmpstr (fetched->sha256, ==, sha256);
  g_assert_true (g_str_has_suffix (fetched->address, end));
  g_assert_cmpint (g_unlink (target), ==, 0);
}

static void
assert_fails (Studio *self, const char *path, RushesErrorCode code, const char *words)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (RushesFetched) fetched = dex_await_boxed (fetch (self, path), &error);

  g_assert_null (fetched);
  g_assert_error (error, RUSHES_ERROR, code);
  if (strstr (error->message, words) == NULL)
    g_error ("“%s” does not say “%s”", error->message, words);
  g_assert_false (target_exists (self));
}

static void
test_fetch (void)
{
  g_autoptr (Studio) studio = studio_new ();

  studio->options.accept = "image/png";
  assert_fetched (studio, "/picture", "/picture");
  g_assert_cmpstr (studio->accept, ==, "image/png");
  g_assert_cmpstr (studio->accept_encoding, ==, "identity");
  g_assert_cmpuint (studio->n_requests, ==, 1);
}

static void
test_large (void)
{
  g_autoptr (Studio) studio = studio_new ();
  g_autofree char *large = g_strnfill (LARGE, 'x');
  g_autofree char *sha256 = g_compute_checksum_for_string (G_CHECKSUM_SHA256, large, LARGE);
  g_autoptr (RushesFetched) fetched = dex_await_boxed (fetch (studio, "/large"), NULL);

  g_assert_cmpint (fetched->size, ==, LARGE);
  g_assert_cmpstr (fetched->sha256, ==, sha256);
}

static void
test_empty (void)
{
  g_autoptr (Studio) studio = studio_new ();
  g_autoptr (RushesFetched) fetched = dex_await_boxed (fetch (studio, "/empty"), NULL);

  g_assert_cmpint (fetched->size, ==, 0);
  g_assert_true (target_exists (studio));
}

static void
test_redirects (void)
{
  g_autoptr (Studio) studio = studio_new ();

  assert_fetched (studio, "/relative", "/picture?from=relative");
  studio->n_requests = 0;
  assert_fetched (studio, "/hops/5", "/picture");
  g_assert_cmpuint (studio->n_requests, ==, 6);
  assert_fails (studio, "/hops/6", RUSHES_ERROR_PROTOCOL, "127.0.0.1 redirects again and again");
  studio->n_requests = 0;
  assert_fails (studio, "/loop", RUSHES_ERROR_PROTOCOL, "again and again");
  g_assert_cmpuint (studio->n_requests, ==, 6);
  assert_fails (studio, "/to-file", RUSHES_ERROR_PROTOCOL, "no web address");
  assert_fails (studio, "/to-nowhere", RUSHES_ERROR_PROTOCOL, "not to an address that can be read");
}

static void
test_statuses (void)
{
  static const struct
  {
    guint status;
    RushesErrorCode code;
    gboolean retryable;
  } cases[] = {
    { 401, RUSHES_ERROR_AUTH, FALSE },        { 403, RUSHES_ERROR_FORBIDDEN, FALSE },
    { 404, RUSHES_ERROR_NOT_FOUND, FALSE },   { 410, RUSHES_ERROR_NOT_FOUND, FALSE },
    { 429, RUSHES_ERROR_RATE_LIMITED, TRUE }, { 500, RUSHES_ERROR_PROVIDER, TRUE },
    { 503, RUSHES_ERROR_PROVIDER, TRUE },     { 204, RUSHES_ERROR_PROTOCOL, FALSE },
    { 418, RUSHES_ERROR_PROTOCOL, FALSE },    { 304, RUSHES_ERROR_PROTOCOL, FALSE },
  };
  g_autoptr (Studio) studio = studio_new ();

  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autofree char *path = g_strdup_printf ("/status/%u", cases[i].status);
      g_autoptr (GError) error = NULL;
      g_autoptr (RushesFetched) fetched = dex_await_boxed (fetch (studio, path), &error);

      g_assert_null (fetched);
      g_assert_error (error, RUSHES_ERROR, (int) cases[i].code);
      g_assert_nonnull (strstr (error->message, "127.0.0.1"));
      g_assert_cmpuint (rushes_error_get_http_status (error), ==, cases[i].status);
      g_assert_cmpint (rushes_error_get_retryable (error), ==, cases[i].retryable);
      g_assert_cmpfloat (rushes_error_get_retry_after (error), ==, 7);
    }
  g_assert_false (target_exists (studio));
  g_assert_cmpuint (studio->n_requests, ==, G_N_ELEMENTS (cases));
}

static void
test_broken (void)
{
  g_autoptr (Studio) studio = studio_new ();

  assert_fails (studio, "/truncated", RUSHES_ERROR_NETWORK, "127.0.0.1 broke off");
  assert_fails (studio, "/nonsense", RUSHES_ERROR_PROTOCOL, "does not understand");
  assert_fails (studio, "/hangs-up", RUSHES_ERROR_NETWORK, "broke off");
  studio->options.max_bytes = 1000;
  assert_fails (studio, "/boasts", RUSHES_ERROR_BAD_REQUEST, "larger than");
}

static void
test_too_large (void)
{
  g_autoptr (Studio) studio = studio_new ();

  studio->options.max_bytes = LARGE - 1;
  assert_fails (studio, "/large", RUSHES_ERROR_BAD_REQUEST, "127.0.0.1 sends is larger than 1.0");
  /* Where no length was announced, the bytes are counted. */
  studio->options.max_bytes = 5;
  assert_fails (studio, "/stops", RUSHES_ERROR_BAD_REQUEST, "larger than 5");
}

static void
test_clocks (void)
{
  g_autoptr (Studio) studio = studio_new ();

  studio->options.clocks.first_byte = 0.2;
  assert_fails (studio, "/silent", RUSHES_ERROR_NETWORK, "127.0.0.1 does not answer");
  studio->options.clocks.first_byte = 20;
  studio->options.clocks.silence = 0.2;
  assert_fails (studio, "/stops", RUSHES_ERROR_NETWORK, "127.0.0.1 stopped in the middle");
}

/* A socket that takes connections and says nothing: for TLS that is no connection yet. */
static void
test_connect_clock (void)
{
  g_autoptr (Studio) studio = studio_new ();
  g_autoptr (GSocketListener) listener = g_socket_listener_new ();
  guint16 port = g_socket_listener_add_any_inet_port (listener, NULL, NULL);
  g_autofree char *address = g_strdup_printf ("https://127.0.0.1:%u/", port);

  studio->options.clocks.connect = 0.3;
  assert_fails (studio, address, RUSHES_ERROR_NETWORK, "127.0.0.1 does not answer");
}

static void
test_no_server (void)
{
  g_autoptr (Studio) studio = studio_new ();
  g_autoptr (GSocketListener) listener = g_socket_listener_new ();
  guint16 port = g_socket_listener_add_any_inet_port (listener, NULL, NULL);
  g_autofree char *address = g_strdup_printf ("http://127.0.0.1:%u/", port);

  g_socket_listener_close (listener);
  assert_fails (studio, address, RUSHES_ERROR_NETWORK, "127.0.0.1 refuses the connection");
  assert_fails (studio, "http://name.invalid/", RUSHES_ERROR_NETWORK, "name.invalid");
  assert_fails (studio, "ftp://127.0.0.1/a.png", RUSHES_ERROR_BAD_REQUEST, "“ftp://127.0.0.1/a.png”");
}

typedef struct
{
  GTlsCertificate *certificate;
  gboolean done, trusted;
} Stranger;

static void
shook_hands (GObject *connection, GAsyncResult *result, gpointer data)
{
  Stranger *stranger = data;

  stranger->trusted = g_tls_connection_handshake_finish (G_TLS_CONNECTION (connection), result, NULL);
  stranger->done = TRUE;
  g_object_unref (connection);
}

static gboolean
shake_hands (GSocketService *service, GSocketConnection *connection, GObject *source, gpointer data)
{
  Stranger *stranger = data;
  GIOStream *server = g_tls_server_connection_new (G_IO_STREAM (connection), stranger->certificate, NULL);

  g_tls_connection_handshake_async (G_TLS_CONNECTION (server), G_PRIORITY_DEFAULT, NULL, shook_hands, stranger);
  return TRUE;
}

/* A certificate that nobody vouches for (openssl req -x509 -newkey ec -nodes -subj /CN=127.0.0.1 -addext
 * subjectAltName=IP:127.0.0.1). */
static void
test_untrusted (void)
{
  g_autoptr (Studio) studio = studio_new ();
  g_autoptr (GSocketService) service = g_socket_service_new ();
  guint16 port = g_socket_listener_add_any_inet_port (G_SOCKET_LISTENER (service), NULL, NULL);
  g_autofree char *address = g_strdup_printf ("https://127.0.0.1:%u/picture", port);
  g_autofree char *path = g_test_build_filename (G_TEST_DIST, "core", "http", "self-signed.pem", NULL);
  g_autoptr (GError) error = NULL;
  g_autoptr (GTlsCertificate) certificate = g_tls_certificate_new_from_file (path, &error);
  Stranger stranger = { certificate };

  g_assert_no_error (error);
  g_signal_connect (service, "incoming", G_CALLBACK (shake_hands), &stranger);
  assert_fails (studio, address, RUSHES_ERROR_TLS, "127.0.0.1 cannot prove that it is 127.0.0.1");
  while (!stranger.done)
    dex_await (rushes_async_sleep (0.01), NULL);
  g_assert_false (stranger.trusted);
}

static gboolean
speak_plainly (GSocketService *service, GSocketConnection *connection, GObject *source, gpointer data)
{
  GOutputStream *output = g_io_stream_get_output_stream (G_IO_STREAM (connection));

  return g_output_stream_write_all (output, "220 mail.example.com ESMTP\r\n", 28, NULL, NULL, NULL);
}

static void
test_no_tls (void)
{
  g_autoptr (Studio) studio = studio_new ();
  g_autoptr (GSocketService) service = g_socket_service_new ();
  guint16 port = g_socket_listener_add_any_inet_port (G_SOCKET_LISTENER (service), NULL, NULL);
  g_autofree char *address = g_strdup_printf ("https://127.0.0.1:%u/picture", port);

  g_signal_connect (service, "incoming", G_CALLBACK (speak_plainly), NULL);
  assert_fails (studio, address, RUSHES_ERROR_TLS, "No secure connection to 127.0.0.1 can be made");
}

static DexFuture *
cancel_soon (gpointer data)
{
  Studio *studio = data;

  while (studio->n_requests == 0)
    dex_await (rushes_async_sleep (0.01), NULL);
  g_cancellable_cancel (studio->cancellable);
  return dex_future_new_true ();
}

static void
test_cancel (void)
{
  g_autoptr (Studio) studio = studio_new ();
  g_autoptr (DexFuture) canceller = NULL;

  studio->cancellable = g_cancellable_new ();
  canceller = rushes_async_spawn (cancel_soon, studio, NULL);
  assert_fails (studio, "/stops", RUSHES_ERROR_CANCELLED, "cancelled");
  /* What was cancelled before it began sends nothing. */
  studio->n_requests = 0;
  assert_fails (studio, "/picture", RUSHES_ERROR_CANCELLED, "cancelled");
  g_assert_cmpuint (studio->n_requests, ==, 0);
}

/* An address out of an answer has no business on this computer: not by its number, its name, nor by what the name leads
 * to. */
static void
test_public_only (void)
{
  g_autoptr (Studio) studio = studio_new ();
  g_autofree char *by_name = g_strdup_printf ("http://localhost%s/picture", strrchr (studio->base, ':'));

  studio->options.public_only = TRUE;
  assert_fails (studio, "/picture", RUSHES_ERROR_PROTOCOL, "127.0.0.1 lies in a private network");
  assert_fails (studio, by_name, RUSHES_ERROR_PROTOCOL, "localhost lies in a private network");
  g_assert_cmpuint (studio->n_requests, ==, 0);
}

/* A resolver for which a public name leads to this computer, as an attacker's may. */
#define TEST_TYPE_RESOLVER (test_resolver_get_type ())
G_DECLARE_FINAL_TYPE (TestResolver, test_resolver, TEST, RESOLVER, GResolver)
struct _TestResolver
{
  GResolver parent_instance;
};
G_DEFINE_FINAL_TYPE (TestResolver, test_resolver, G_TYPE_RESOLVER)

static void
lookup_async (GResolver *resolver,
              const char *hostname,
              GResolverNameLookupFlags flags,
              GCancellable *cancellable,
              GAsyncReadyCallback callback,
              gpointer data)
{
  g_autoptr (GTask) task = g_task_new (resolver, cancellable, callback, data);

  if ((flags & G_RESOLVER_NAME_LOOKUP_FLAGS_IPV6_ONLY) != 0)
    g_task_return_new_error (task, G_RESOLVER_ERROR, G_RESOLVER_ERROR_NOT_FOUND, "There is no such name.");
  else
    g_task_return_pointer (task, g_list_append (NULL, g_inet_address_new_loopback (G_SOCKET_FAMILY_IPV4)), NULL);
}

static GList *
lookup_finish (GResolver *resolver, GAsyncResult *result, GError **error)
{
  return g_task_propagate_pointer (G_TASK (result), error);
}

static void
test_resolver_class_init (TestResolverClass *klass)
{
  G_RESOLVER_CLASS (klass)->lookup_by_name_with_flags_async = lookup_async;
  G_RESOLVER_CLASS (klass)->lookup_by_name_with_flags_finish = lookup_finish;
  G_RESOLVER_CLASS (klass)->lookup_by_name_finish = lookup_finish;
}

static void
test_resolver_init (TestResolver *self)
{
}

static void
test_rebinding (void)
{
  g_autoptr (Studio) studio = studio_new ();
  g_autoptr (GResolver) usual = g_resolver_get_default ();
  g_autoptr (GResolver) lying = g_object_new (TEST_TYPE_RESOLVER, NULL);
  g_autofree char *address = g_strdup_printf ("http://cdn.example.com%s/picture", strrchr (studio->base, ':'));

  g_resolver_set_default (lying);
  studio->options.public_only = TRUE;
  assert_fails (studio, address, RUSHES_ERROR_PROTOCOL, "cdn.example.com lies in a private network");
  g_assert_cmpuint (studio->n_requests, ==, 0);

  /* The same name is fine for who typed it. */
  studio->options.public_only = FALSE;
  assert_fetched (studio, address, "/picture");
  g_resolver_set_default (usual);
}

static void
test_storage (void)
{
  g_autoptr (Studio) studio = studio_new ();

  g_assert_cmpint (g_rmdir (studio->folder), ==, 0);
  assert_fails (studio, "/picture", RUSHES_ERROR_STORAGE, "cannot be written");
}

/* Nothing is written over, and nothing that was there before is removed. */
static void
test_existing_target (void)
{
  g_autoptr (Studio) studio = studio_new ();
  g_autofree char *target = g_build_filename (studio->folder, "target", NULL);
  g_autofree char *contents = NULL;
  g_autoptr (GError) error = NULL;

  g_assert_true (g_file_set_contents (target, "mine", -1, NULL));
  g_assert_null (dex_await_boxed (fetch (studio, "/picture"), &error));
  g_assert_error (error, RUSHES_ERROR, RUSHES_ERROR_STORAGE);
  g_assert_true (g_file_get_contents (target, &contents, NULL, NULL));
  g_assert_cmpstr (contents, ==, "mine");
}

static void
test_shared (void)
{
  g_autoptr (RushesHttp) one = rushes_http_for_proxy ("direct://");
  g_autoptr (RushesHttp) two = rushes_http_for_proxy ("direct://");
  g_autoptr (RushesHttp) other = rushes_http_for_proxy ("http://127.0.0.1:1");

  g_assert_true (one == two);
  g_assert_true (one != other);
}

/* Through a proxy the other side's address is unknown: what is said and asked goes by the name. */
static void
test_proxy (void)
{
  g_autoptr (Studio) studio = studio_new ();

  g_object_unref (studio->http);
  studio->http = rushes_http_for_proxy (studio->base);
  studio->options.public_only = TRUE;
  assert_fetched (studio, "http://cdn.example.com/picture", "/picture");
  g_assert_cmpuint (studio->n_requests, ==, 1);
  assert_fails (studio, "http://192.168.1.1/picture", RUSHES_ERROR_PROTOCOL, "192.168.1.1 lies in a private network");
  g_assert_cmpuint (studio->n_requests, ==, 1);
}

int
main (int argc, char **argv)
{
  rushes_test_init (&argc, &argv);

  rushes_test_add_fiber ("/http/fetch", test_fetch);
  rushes_test_add_fiber ("/http/large", test_large);
  rushes_test_add_fiber ("/http/empty", test_empty);
  rushes_test_add_fiber ("/http/redirects", test_redirects);
  rushes_test_add_fiber ("/http/statuses", test_statuses);
  rushes_test_add_fiber ("/http/broken", test_broken);
  rushes_test_add_fiber ("/http/too-large", test_too_large);
  rushes_test_add_fiber ("/http/clocks", test_clocks);
  rushes_test_add_fiber ("/http/connect-clock", test_connect_clock);
  rushes_test_add_fiber ("/http/no-server", test_no_server);
  rushes_test_add_fiber ("/http/untrusted", test_untrusted);
  rushes_test_add_fiber ("/http/no-tls", test_no_tls);
  rushes_test_add_fiber ("/http/cancel", test_cancel);
  rushes_test_add_fiber ("/http/public-only", test_public_only);
  rushes_test_add_fiber ("/http/rebinding", test_rebinding);
  rushes_test_add_fiber ("/http/proxy", test_proxy);
  rushes_test_add_fiber ("/http/storage", test_storage);
  rushes_test_add_fiber ("/http/existing-target", test_existing_target);
  g_test_add_func ("/http/shared", test_shared);

  return g_test_run ();
}
