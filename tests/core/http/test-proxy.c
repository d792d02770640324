/* test-proxy.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include <gio/gio.h>
#include <string.h>

#include "rushes-error.h"
#include "rushes-http.h"
#include "rushes-proxy.h"
#include "rushes-settings.h"
#include "rushes-test.h"
#include "rushes-wire.h"

/* Basic of "me" and a password with all that an address has other uses for. */
#define PASSWORD "p@ss:w/rd"
#define HEADER   "Basic bWU6cEBzczp3L3Jk"

/* ---- proxies ---- */

static void
say_hello (GSocketConnection *connection)
{
  rushes_wire_say (connection, "HTTP/1.1 200 OK\r\nContent-Length: 5\r\n\r\nhello");
}

/* Lets in who knows the password, and is itself what it leads to; it leads to no TLS. */
static gboolean
answer (RushesWire *wire, RushesWireRequest *request, GSocketConnection *connection, gpointer data)
{
  if (g_strcmp0 (g_hash_table_lookup (request->headers, "proxy-authorization"), HEADER) != 0)
    rushes_wire_say (connection, "HTTP/1.1 407 Proxy Authentication Required\r\n"
                                 "Proxy-Authenticate: Basic realm=\"proxy\"\r\nContent-Length: 0\r\n\r\n");
  else if (g_str_has_prefix (request->line, "CONNECT "))
    rushes_wire_say (connection, "HTTP/1.1 502 Bad Gateway\r\nContent-Length: 0\r\n\r\n");
  else
    say_hello (connection);

  return TRUE;
}

/* SOCKS 5 (RFC 1928 and 1929), as far as one request goes. */
typedef struct
{
  GSocketService *service;
  char *origin; /* "socks5://me@127.0.0.1:PORT" */
  GMutex mutex;
  char *asked_for; /* "studio:8080" */
} Socks;

static gboolean
take (GInputStream *input, guint8 *bytes, gsize n)
{
  gsize n_read;

  return g_input_stream_read_all (input, bytes, n, &n_read, NULL, NULL) && n_read == n;
}

/* A length, and as many letters. */
static char *
take_text (GInputStream *input)
{
  guint8 length = 0, text[256] = { 0 };

  return take (input, &length, 1) && take (input, text, length) ? g_strdup ((char *) text) : g_strdup ("");
}

static gboolean
serve_socks (GThreadedSocketService *service, GSocketConnection *connection, GObject *source, Socks *self)
{
  GInputStream *input = g_io_stream_get_input_stream (G_IO_STREAM (connection));
  g_autoptr (GDataInputStream) lines = NULL;
  g_autofree char *user = NULL;
  g_autofree char *password = NULL;
  g_autofree char *host = NULL;
  guint8 bytes[256];

  /* The ways to sign in that it offers, of which we take name and password. */
  if (!take (input, bytes, 2) || !take (input, bytes + 2, bytes[1]))
    return TRUE;
  rushes_wire_send (connection, "\x05\x02", 2);
  if (!take (input, bytes, 1))
    return TRUE;
  user = take_text (input);
  password = take_text (input);
  if (!g_str_equal (user, "me") || !g_str_equal (password, PASSWORD))
    {
      rushes_wire_send (connection, "\x01\x01", 2);
      return TRUE;
    }
  rushes_wire_send (connection, "\x01\x00", 2);

  /* A connection to a name. */
  if (!take (input, bytes, 4) || bytes[1] != 1 || bytes[3] != 3)
    return TRUE;
  host = take_text (input);
  if (!take (input, bytes, 2))
    return TRUE;
  g_mutex_lock (&self->mutex);
  g_free (self->asked_for);
  self->asked_for = g_strdup_printf ("%s:%d", host, bytes[0] << 8 | bytes[1]);
  g_mutex_unlock (&self->mutex);
  rushes_wire_send (connection, "\x05\x00\x00\x01\x7f\x00\x00\x01\x00\x01", 10);

  lines = g_data_input_stream_new (input);
  while (TRUE)
    {
      g_autofree char *line = g_data_input_stream_read_line (lines, NULL, NULL, NULL);

      if (line == NULL || *line == '\r' || *line == '\0')
        break;
    }
  say_hello (connection);

  return TRUE;
}

static Socks *
socks_new (void)
{
  Socks *self = g_new0 (Socks, 1);
  g_autoptr (GSocketAddress) loopback = g_inet_socket_address_new_from_string ("127.0.0.1", 0);
  g_autoptr (GSocketAddress) bound = NULL;
  g_autoptr (GError) error = NULL;

  g_mutex_init (&self->mutex);
  self->service = g_threaded_socket_service_new (4);
  g_socket_listener_add_address (G_SOCKET_LISTENER (self->service), loopback, G_SOCKET_TYPE_STREAM,
                                 G_SOCKET_PROTOCOL_TCP, NULL, &bound, &error);
  g_assert_no_error (error);
  g_signal_connect (self->service, "run", G_CALLBACK (serve_socks), self);
  self->origin =
      g_strdup_printf ("socks5://me@127.0.0.1:%u", g_inet_socket_address_get_port (G_INET_SOCKET_ADDRESS (bound)));

  return self;
}

static void
socks_free (Socks *self)
{
  g_socket_service_stop (self->service);
  g_socket_listener_close (G_SOCKET_LISTENER (self->service));
  g_object_unref (self->service);
  g_mutex_clear (&self->mutex);
  g_free (self->asked_for);
  g_free (self->origin);
  g_free (self);
}

/* ---- asking ---- */

static char *
ask (RushesHttp *http, const char *address, GError **error)
{
  g_autoptr (SoupMessage) message = soup_message_new ("GET", address);
  g_autoptr (RushesHttpExchange) exchange = NULL;
  g_autoptr (GBytes) bytes = NULL;

  if (!(exchange = dex_await_object (rushes_http_send (http, message, NULL, FALSE, NULL), error)) ||
      !(bytes = dex_await_boxed (rushes_http_exchange_read (exchange, 100), error)))
    return NULL;

  return g_strdup_printf ("%u %.*s", rushes_http_exchange_get_status (exchange), (int) g_bytes_get_size (bytes),
                          (const char *) g_bytes_get_data (bytes, NULL));
}

/* In the session, as where there is no keyring. */
static void
keep (const char *address, const char *password)
{
  const char *const origins[] = { address, NULL };
  const RushesKeyOwner owner = { .provider_id = address, .origins = origins };
  g_autofree char *escaped = g_uri_escape_string (password, NULL, FALSE);

  rushes_keyring_keep (rushes_keyring_get_default (), &owner, escaped);
}

static char *
with_user (RushesWire *wire)
{
  return g_strdup_printf ("http://me@%s", rushes_wire_get_origin (wire) + strlen ("http://"));
}

static void
set_usual (const char *proxy)
{
  g_autoptr (GSettings) settings = rushes_settings_get ();

  g_settings_set_string (settings, "proxy", proxy);
}

/* ---- tests ---- */

static void
test_addresses (void)
{
  static const struct
  {
    const char *typed;
    const char *address; /* NULL for what is none */
    const char *password;
  } cases[] = {
    { "proxy.lan:3128", "http://proxy.lan:3128", NULL },
    { " socks5://127.0.0.1:1080/ ", "socks5://127.0.0.1:1080", NULL },
    { "https://proxy.lan", "https://proxy.lan", NULL },
    { "https://[::1]:3128", "https://[::1]:3128", NULL },
    { "http://me@proxy.lan", "http://me@proxy.lan", NULL },
    { "http://me:@proxy.lan", "http://me@proxy.lan", NULL },
    { "me:p%40ss%3Aw%2Frd@proxy.lan:1", "http://me@proxy.lan:1", PASSWORD },
    { "http://DOMAIN%5Cme:x@proxy.lan", "http://DOMAIN%5Cme@proxy.lan", "x" },
    { "http://:x@proxy.lan", NULL, NULL },
    { "ftp://proxy.lan", NULL, NULL },
    { "http://", NULL, NULL },
    { "http://proxy.lan:port", NULL, NULL },
    { "a proxy", NULL, NULL },
    { "", NULL, NULL },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr (GError) error = NULL;
      g_autofree char *password = NULL;
      g_autofree char *address = rushes_proxy_normalize (cases[i].typed, &password, &error);

      g_assert_cmpstr (address, ==, cases[i].address);
      g_assert_cmpstr (password, ==, cases[i].password);
      g_assert_true (address != NULL || g_error_matches (error, RUSHES_ERROR, RUSHES_ERROR_BAD_REQUEST));
    }
}

/* The password is looked up when it is needed, and goes to its own proxy. */
static void
test_password (void)
{
  g_autoptr (RushesWire) wire = rushes_wire_new (answer, NULL);
  g_autoptr (RushesWire) other = rushes_wire_new (answer, NULL);
  g_autofree char *address = with_user (wire);
  g_autofree char *elsewhere = with_user (other);
  g_autoptr (RushesHttp) http = rushes_http_for_proxy (address);
  g_autoptr (RushesHttp) stranger = rushes_http_for_proxy (elsewhere);
  g_autoptr (GError) error = NULL;
  g_autoptr (GError) refused = NULL;
  g_autofree char *before = ask (http, "http://studio:8080/clips", NULL);
  g_autofree char *after = NULL;

  g_assert_cmpstr (before, ==, "407 ");
  g_assert_cmpstr (rushes_wire_get_header (wire, "proxy-authorization"), ==, NULL);

  keep (address, PASSWORD);
  after = ask (http, "http://studio:8080/clips", &error);
  g_assert_no_error (error);
  g_assert_cmpstr (after, ==, "200 hello");
  g_assert_cmpstr (rushes_wire_get_line (wire), ==, "GET http://studio:8080/clips HTTP/1.1");
  g_assert_null (ask (http, "https://studio.example.com/clips", &refused));
  g_assert_error (refused, RUSHES_ERROR, RUSHES_ERROR_NETWORK);
  g_assert_cmpstr (refused->message, ==, "The proxy does not lead to studio.example.com: Bad Gateway.");
  g_assert_cmpstr (rushes_wire_get_line (wire), ==, "CONNECT studio.example.com:443 HTTP/1.1");
  g_assert_cmpstr (rushes_wire_get_header (wire, "proxy-authorization"), ==, HEADER);

  g_free (ask (stranger, "http://studio:8080/clips", NULL));
  g_assert_cmpuint (rushes_wire_count (other), ==, 1);
  g_assert_cmpstr (rushes_wire_get_header (other, "proxy-authorization"), ==, NULL);

  /* Another one holds from the next request on. */
  keep (address, "guess");
  g_clear_error (&refused);
  g_assert_null (ask (http, "https://studio.example.com/clips", &refused));
  g_assert_error (refused, RUSHES_ERROR, RUSHES_ERROR_NETWORK);
  g_assert_cmpstr (refused->message, ==, "The proxy asks for a password before it leads to studio.example.com.");
  g_assert_null (strstr (refused->message, "guess"));
}

/* Where there is no keyring. */
static void
test_variable_set (void)
{
  g_autoptr (RushesWire) wire = rushes_wire_new (answer, NULL);
  g_autofree char *address = with_user (wire);
  g_autoptr (RushesHttp) http = rushes_http_for_proxy (address);
  g_autoptr (GError) error = NULL;
  g_autofree char *said = ask (http, "http://studio:8080/clips", &error);

  g_assert_no_error (error);
  g_assert_cmpstr (said, ==, "200 hello");
}

static void
test_variable (void)
{
  g_auto (GStrv) environment = g_environ_setenv (g_get_environ (), RUSHES_PROXY_VARIABLE, "p%40ss%3Aw%2Frd", TRUE);

  g_test_trap_subprocess_with_envp ("/proxy/variable/subprocess/set", (const char *const *) environment, 0,
                                    G_TEST_SUBPROCESS_DEFAULT);
  g_test_trap_assert_passed ();
}

static void
test_socks (void)
{
  Socks *socks = socks_new ();
  g_autoptr (RushesHttp) http = rushes_http_for_proxy (socks->origin);
  g_autoptr (GError) error = NULL;
  g_autofree char *refused = NULL;
  g_autofree char *said = NULL;

  keep (socks->origin, "guess");
  refused = ask (http, "http://studio:8080/clips", &error);
  g_assert_cmpstr (refused, ==, NULL);
  g_assert_error (error, RUSHES_ERROR, RUSHES_ERROR_NETWORK);
  g_assert_true (g_str_has_prefix (error->message, "The proxy does not lead to studio: "));
  g_assert_null (strstr (error->message, "guess"));
  g_clear_error (&error);

  keep (socks->origin, PASSWORD);
  said = ask (http, "http://studio:8080/clips", &error);
  g_assert_no_error (error);
  g_assert_cmpstr (said, ==, "200 hello");
  g_mutex_lock (&socks->mutex);
  g_assert_cmpstr (socks->asked_for, ==, "studio:8080");
  g_mutex_unlock (&socks->mutex);

  g_clear_object (&http);
  socks_free (socks);
}

/* Nobody is there at the proxy: the host is not to blame. */
static void
test_gone (void)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GSocketListener) listener = g_socket_listener_new ();
  guint16 port = g_socket_listener_add_any_inet_port (listener, NULL, NULL);
  g_autofree char *origin = g_strdup_printf ("http://127.0.0.1:%u", port);
  g_autoptr (RushesHttp) http = rushes_http_for_proxy (origin);
  g_autofree char *said = NULL;

  g_socket_listener_close (listener);
  said = ask (http, "https://studio.example.com/clips", &error);
  g_assert_cmpstr (said, ==, NULL);
  g_assert_error (error, RUSHES_ERROR, RUSHES_ERROR_NETWORK);
  g_assert_true (g_str_has_prefix (error->message, "The proxy does not lead to studio.example.com: "));
  g_assert_true (rushes_error_get_retryable (error));
}

/* What has no proxy of its own goes as Preferences say, but for this computer itself. */
static void
test_usual (void)
{
  g_autoptr (RushesWire) proxy = rushes_wire_new (answer, NULL);
  g_autoptr (RushesWire) here = rushes_wire_new (answer, NULL);
  g_autofree char *address = with_user (proxy);
  g_autoptr (RushesHttp) http = NULL;
  g_autoptr (RushesHttp) without = NULL;
  g_autoptr (GError) error = NULL;
  g_autofree char *said = NULL;
  guint n;

  keep (address, PASSWORD);
  set_usual (address);
  http = rushes_http_usual ();
  said = ask (http, "http://studio:8080/clips", &error);
  g_assert_no_error (error);
  g_assert_cmpstr (said, ==, "200 hello");
  n = rushes_wire_count (proxy);

  g_free (ask (http, rushes_wire_get_origin (here), &error));
  g_assert_no_error (error);
  g_assert_cmpuint (rushes_wire_count (here), ==, 1);
  g_assert_cmpuint (rushes_wire_count (proxy), ==, n);

  set_usual (RUSHES_PROXY_NONE);
  without = rushes_http_usual ();
  g_assert_true (without != http);
  g_free (ask (without, rushes_wire_get_origin (here), &error));
  g_assert_no_error (error);
  g_assert_cmpuint (rushes_wire_count (here), ==, 2);
  set_usual ("");
}

/* The file of the settings is no place for what was typed behind a colon. */
static void
test_nowhere_else (void)
{
  g_autofree char *path = g_build_filename (g_get_user_config_dir (), "rushes", "settings.ini", NULL);
  g_autofree char *password = NULL;
  g_autofree char *address = rushes_proxy_normalize ("http://me:hunter2@proxy.lan:3128", &password, NULL);
  g_autofree char *text = NULL;
  g_autoptr (GError) error = NULL;

  set_usual (address);
  g_settings_sync ();
  g_file_get_contents (path, &text, NULL, &error);
  g_assert_no_error (error);
  g_assert_nonnull (strstr (text, "http://me@proxy.lan:3128"));
  g_assert_null (strstr (text, "hunter2"));
  set_usual ("");
}

int
main (int argc, char **argv)
{
  rushes_test_init (&argc, &argv);

  g_test_add_func ("/proxy/addresses", test_addresses);
  rushes_test_add_fiber ("/proxy/password", test_password);
  g_test_add_func ("/proxy/variable", test_variable);
  rushes_test_add_fiber ("/proxy/variable/subprocess/set", test_variable_set);
  rushes_test_add_fiber ("/proxy/socks", test_socks);
  rushes_test_add_fiber ("/proxy/usual", test_usual);
  g_test_add_func ("/proxy/nowhere-else", test_nowhere_else);
  rushes_test_add_fiber ("/proxy/gone", test_gone);

  return g_test_run ();
}
