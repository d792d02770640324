/* rushes-http-exchange.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include <glib/gi18n.h>
#include <netinet/in.h>
#include <netinet/tcp.h>

#include "rushes-error.h"
#include "rushes-http-address.h"
#include "rushes-http-error.h"
#include "rushes-http-exchange-private.h"

#define KEEP_ALIVE_SECONDS 45

struct _RushesHttpExchange
{
  GObject parent_instance;

  GObject *owner;
  SoupMessage *message;
  char *host;
  RushesHttpClocks clocks;
  gboolean public_only;
  gboolean is_private;
  int priority;
  gboolean at_proxy; /* a connection to a proxy is tried, and is not there yet */
  gboolean started;  /* the message itself is on its way, and not only a proxy's CONNECT before it */

  GInputStream *body;              /* NULL before the answer, and of a WebSocket */
  SoupWebsocketConnection *socket; /* NULL */
  RushesHttpOpened opened;
  gpointer opened_data;
  GCancellable *cancellable; /* ours: a clock that ran out, the caller's, or the end of this object */
  GCancellable *callers;
  gulong callers_handler;
  guint clock;
  GError *verdict; /* why we ended it ourselves */
};

G_DEFINE_FINAL_TYPE (RushesHttpExchange, rushes_http_exchange, G_TYPE_OBJECT)

static void
rushes_http_exchange_finalize (GObject *object)
{
  RushesHttpExchange *self = RUSHES_HTTP_EXCHANGE (object);

  g_clear_handle_id (&self->clock, g_source_remove);
  if (self->callers != NULL)
    g_cancellable_disconnect (self->callers, self->callers_handler);
  g_clear_object (&self->callers);
  g_cancellable_cancel (self->cancellable);
  g_clear_object (&self->cancellable);
  g_clear_object (&self->body);
  g_clear_object (&self->socket);
  g_clear_object (&self->message);
  g_clear_object (&self->owner);
  g_clear_error (&self->verdict);
  g_clear_pointer (&self->host, g_free);

  G_OBJECT_CLASS (rushes_http_exchange_parent_class)->finalize (object);
}

static void
rushes_http_exchange_class_init (RushesHttpExchangeClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = rushes_http_exchange_finalize;
}

static void
rushes_http_exchange_init (RushesHttpExchange *self)
{
  self->cancellable = g_cancellable_new ();
}

/* Takes @verdict; the first one counts. */
static void
end (RushesHttpExchange *self, GError *verdict)
{
  if (self->verdict == NULL)
    self->verdict = verdict;
  else
    g_error_free (verdict);
  g_cancellable_cancel (self->cancellable);
}

static gboolean
clock_ran_out (gpointer data)
{
  RushesHttpExchange *self = data;
  GError *verdict;

  self->clock = 0;
  verdict = self->body != NULL
                ? rushes_error_new (RUSHES_ERROR_NETWORK, _ ("%s stopped in the middle of its answer. Try again."),
                                    self->host)
                : rushes_error_new (RUSHES_ERROR_NETWORK, _ ("%s does not answer. Try again later."), self->host);
  rushes_error_set_retryable (verdict, TRUE);
  end (self, verdict);
  return G_SOURCE_REMOVE;
}

static void
set_clock (RushesHttpExchange *self, double seconds)
{
  g_clear_handle_id (&self->clock, g_source_remove);
  if (seconds > 0)
    self->clock = g_timeout_add ((guint) (seconds * 1000), clock_ran_out, self);
}

/* Some services say nothing for many minutes before they answer with a clip, and routers between forget a connection
 * that is silent. */
static void
keep_alive (GSocket *socket)
{
  g_socket_set_keepalive (socket, TRUE);
  g_socket_set_option (socket, IPPROTO_TCP, TCP_KEEPIDLE, KEEP_ALIVE_SECONDS, NULL);
  g_socket_set_option (socket, IPPROTO_TCP, TCP_KEEPINTVL, KEEP_ALIVE_SECONDS, NULL);
}

/* A message that waits for a free connection has none of these yet. */
static void
network_event (RushesHttpExchange *self, GSocketClientEvent event, GIOStream *connection)
{
  if (event == G_SOCKET_CLIENT_RESOLVING)
    set_clock (self, self->clocks.connect);
  else if (event == G_SOCKET_CLIENT_CONNECTING && G_IS_SOCKET_CONNECTION (connection))
    {
      g_autoptr (GSocketAddress) remote =
          g_socket_connection_get_remote_address (G_SOCKET_CONNECTION (connection), NULL);

      self->at_proxy = remote != NULL && G_IS_PROXY_ADDRESS (remote);
    }
  else if (event == G_SOCKET_CLIENT_CONNECTED && G_IS_SOCKET_CONNECTION (connection))
    {
      self->at_proxy = FALSE;
      keep_alive (g_socket_connection_get_socket (G_SOCKET_CONNECTION (connection)));
    }
}

static void
refuse_private (RushesHttpExchange *self)
{
  end (self, rushes_error_new (RUSHES_ERROR_PROTOCOL,
                               _ ("%s lies in a private network, where an answer from elsewhere has no business."),
                               self->host));
}

/* The connection stands and nothing of the request is sent. What counts is where it leads now, not what the name gave
 * before; through a proxy only the name can be seen. */
static void
starting (RushesHttpExchange *self)
{
  GSocketAddress *remote = soup_message_get_remote_address (self->message);

  self->started = TRUE;

  if (G_IS_INET_SOCKET_ADDRESS (remote) && !G_IS_PROXY_ADDRESS (remote))
    self->is_private =
        rushes_http_is_private_address (g_inet_socket_address_get_address (G_INET_SOCKET_ADDRESS (remote)));
  else
    self->is_private = rushes_http_is_private_name (self->host);

  if (self->is_private && self->public_only)
    refuse_private (self);
  else
    set_clock (self, self->clocks.first_byte);
}

static void
wrote_body_data (RushesHttpExchange *self)
{
  set_clock (self, self->clocks.first_byte);
}

static void
callers_cancelled (GCancellable *callers, gpointer data)
{
  g_cancellable_cancel (data);
}

RushesHttpExchange *
rushes_http_exchange_new (gpointer owner,
                          SoupMessage *message,
                          const RushesHttpClocks *clocks,
                          gboolean public_only,
                          GCancellable *cancellable)
{
  RushesHttpExchange *self = g_object_new (RUSHES_TYPE_HTTP_EXCHANGE, NULL);

  self->owner = g_object_ref (owner);
  self->message = g_object_ref (message);
  self->host = rushes_clean_words (g_uri_get_host (soup_message_get_uri (message)));
  self->clocks = clocks != NULL ? *clocks : RUSHES_HTTP_USUAL_CLOCKS;
  self->public_only = public_only;
  if (cancellable != NULL)
    {
      self->callers = g_object_ref (cancellable);
      self->callers_handler = g_cancellable_connect (cancellable, G_CALLBACK (callers_cancelled),
                                                     g_object_ref (self->cancellable), g_object_unref);
    }

  g_signal_connect_object (message, "network-event", G_CALLBACK (network_event), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (message, "starting", G_CALLBACK (starting), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (message, "wrote-body-data", G_CALLBACK (wrote_body_data), self, G_CONNECT_SWAPPED);
  return self;
}

/* One step of the exchange on its way: the promise, whose discarding ends the exchange, and what keeps that. */
typedef struct
{
  RushesHttpExchange *exchange;
  DexPromise *promise;
  gulong discarded;
} Step;

static Step *
step_new (RushesHttpExchange *self)
{
  Step *step = g_new0 (Step, 1);

  step->exchange = g_object_ref (self);
  step->promise = dex_promise_new_cancellable ();
  step->discarded = g_cancellable_connect (dex_promise_get_cancellable (step->promise), G_CALLBACK (callers_cancelled),
                                           g_object_ref (self->cancellable), g_object_unref);
  return step;
}

static GError *
new_proxy_error (RushesHttpExchange *self, const char *words)
{
  /* Translators: the first %s is a host, the second the system's own words. */
  GError *error = rushes_error_new (RUSHES_ERROR_NETWORK, _ ("The proxy does not lead to %s: %s."), self->host, words);

  rushes_error_set_retryable (error, TRUE);
  return error;
}

/* A proxy that refuses is not to be taken for the host, whose address is all right. */
static GError *
translate (RushesHttpExchange *self, const GError *reason)
{
  if (self->at_proxy && reason->domain == G_IO_ERROR && reason->code != G_IO_ERROR_CANCELLED)
    return new_proxy_error (self, reason->message);
  return rushes_http_error_translate (reason, self->host);
}

static void
step_fail (Step *step, const GError *reason)
{
  RushesHttpExchange *self = step->exchange;

  dex_promise_reject (step->promise, self->verdict != NULL ? g_error_copy (self->verdict) : translate (self, reason));
}

static void
step_free (Step *step)
{
  g_cancellable_disconnect (dex_promise_get_cancellable (step->promise), step->discarded);
  dex_unref (step->promise);
  g_object_unref (step->exchange);
  g_free (step);
}

/* libsoup gives a proxy's answer to CONNECT for the answer of the host. */
static GError *
make_proxy_error (RushesHttpExchange *self)
{
  guint status = soup_message_get_status (self->message);

  if (status == SOUP_STATUS_PROXY_AUTHENTICATION_REQUIRED)
    return rushes_http_error_from_status (status, soup_message_get_response_headers (self->message), self->host);
  return new_proxy_error (self, soup_status_get_phrase (status));
}

static void
headers_are_there (GObject *session, GAsyncResult *result, gpointer data)
{
  Step *step = data;
  RushesHttpExchange *self = step->exchange;
  g_autoptr (GError) error = NULL;

  set_clock (self, 0);
  if ((self->body = soup_session_send_finish (SOUP_SESSION (session), result, &error)) && !self->started)
    end (self, make_proxy_error (self));
  if (self->body != NULL && self->started)
    dex_promise_resolve_object (step->promise, g_object_ref (self));
  else
    step_fail (step, error);
  step_free (step);
}

/* Another answer than the switch to a socket has a status. */
static GError *
make_socket_error (RushesHttpExchange *self, const GError *error)
{
  guint status = soup_message_get_status (self->message);

  if (!self->started && status != SOUP_STATUS_NONE)
    return make_proxy_error (self);
  if (error->domain != SOUP_WEBSOCKET_ERROR)
    return translate (self, error);
  if (status >= SOUP_STATUS_BAD_REQUEST)
    return rushes_http_error_from_status (status, soup_message_get_response_headers (self->message), self->host);
  return rushes_error_new (RUSHES_ERROR_PROTOCOL, _ ("%s does not open a socket at this address."), self->host);
}

static void
socket_is_there (GObject *session, GAsyncResult *result, gpointer data)
{
  Step *step = data;
  RushesHttpExchange *self = step->exchange;
  g_autoptr (GError) error = NULL;

  set_clock (self, 0);
  self->socket = soup_session_websocket_connect_finish (SOUP_SESSION (session), result, &error);
  if (self->socket != NULL)
    {
      self->opened (self->socket, self->opened_data);
      dex_promise_resolve_object (step->promise, g_object_ref (self));
    }
  else
    {
      if (self->verdict == NULL && !g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
        self->verdict = make_socket_error (self, error);
      step_fail (step, error);
    }
  step_free (step);
}

DexFuture *
rushes_http_exchange_start (RushesHttpExchange *self, SoupSession *session, RushesHttpOpened opened, gpointer data)
{
  Step *step = step_new (self);
  DexFuture *future = dex_ref (DEX_FUTURE (step->promise));

  if (self->public_only && rushes_http_is_private_name (self->host))
    {
      refuse_private (self);
      step_fail (step, NULL);
      step_free (step);
    }
  else if (opened != NULL)
    {
      self->opened = opened;
      self->opened_data = data;
      /* What is packed may unpack to any size, and an Origin is for browsers. */
      soup_message_disable_feature (self->message, SOUP_TYPE_WEBSOCKET_EXTENSION_MANAGER);
      soup_message_set_force_http1 (self->message, TRUE);
      soup_session_websocket_connect_async (session, self->message, NULL, NULL, G_PRIORITY_DEFAULT, self->cancellable,
                                            socket_is_there, step);
    }
  else
    soup_session_send_async (session, self->message, G_PRIORITY_DEFAULT, self->cancellable, headers_are_there, step);
  return future;
}

static void
bytes_are_there (GObject *body, GAsyncResult *result, gpointer data)
{
  Step *step = data;
  g_autoptr (GError) error = NULL;
  GBytes *bytes = g_input_stream_read_bytes_finish (G_INPUT_STREAM (body), result, &error);

  set_clock (step->exchange, 0);
  if (bytes != NULL)
    dex_promise_resolve_boxed (step->promise, G_TYPE_BYTES, bytes);
  else
    step_fail (step, error);
  step_free (step);
}

void
rushes_http_exchange_set_priority (RushesHttpExchange *self, int priority)
{
  g_return_if_fail (RUSHES_IS_HTTP_EXCHANGE (self));
  self->priority = priority;
}

DexFuture *
rushes_http_exchange_read (RushesHttpExchange *self, gsize max_bytes)
{
  Step *step;
  DexFuture *future;

  g_return_val_if_fail (RUSHES_IS_HTTP_EXCHANGE (self), NULL);
  g_return_val_if_fail (self->body != NULL, NULL);

  step = step_new (self);
  future = dex_ref (DEX_FUTURE (step->promise));
  set_clock (self, self->clocks.silence);
  g_input_stream_read_bytes_async (self->body, max_bytes, self->priority, self->cancellable, bytes_are_there, step);
  return future;
}

SoupWebsocketConnection *
rushes_http_exchange_get_socket (RushesHttpExchange *self)
{
  g_return_val_if_fail (RUSHES_IS_HTTP_EXCHANGE (self), NULL);
  return self->socket;
}

guint
rushes_http_exchange_get_status (RushesHttpExchange *self)
{
  g_return_val_if_fail (RUSHES_IS_HTTP_EXCHANGE (self), 0);
  return soup_message_get_status (self->message);
}

SoupMessageHeaders *
rushes_http_exchange_get_headers (RushesHttpExchange *self)
{
  g_return_val_if_fail (RUSHES_IS_HTTP_EXCHANGE (self), NULL);
  return soup_message_get_response_headers (self->message);
}

GUri *
rushes_http_exchange_get_uri (RushesHttpExchange *self)
{
  g_return_val_if_fail (RUSHES_IS_HTTP_EXCHANGE (self), NULL);
  return soup_message_get_uri (self->message);
}

const char *
rushes_http_exchange_get_host (RushesHttpExchange *self)
{
  g_return_val_if_fail (RUSHES_IS_HTTP_EXCHANGE (self), NULL);
  return self->host;
}

gboolean
rushes_http_exchange_is_private (RushesHttpExchange *self)
{
  g_return_val_if_fail (RUSHES_IS_HTTP_EXCHANGE (self), FALSE);
  return self->is_private;
}
