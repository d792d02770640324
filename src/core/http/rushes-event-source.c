/* rushes-event-source.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "rushes-event-source.h"

#include <glib/gi18n.h>
#include <math.h>
#include <string.h>

#include "rushes-async.h"
#include "rushes-credentials-private.h"
#include "rushes-error.h"
#include "rushes-http-address.h"
#include "rushes-http-steps.h"

/* Read at once; small events come as they are written. */
#define PIECE (64 * 1024)

/* Seconds. Pauses grow no longer than this. */
#define LONGEST_PAUSE 60

/* A server that takes the connection but says nothing at all has this long for its headers. */
#define HEADERS_SECONDS 60

struct _RushesEventSource
{
  GObject parent_instance;

  RushesHttp *http;
  char *address;
  RushesEventSourceOptions options;
  RushesEventStream *stream;
  GCancellable *cancellable;
  guint n_reconnects;
  guint n_vain;    /* connections in a row that brought no event */
  guint64 n_heard; /* messages of sockets */
};

G_DEFINE_FINAL_TYPE (RushesEventSource, rushes_event_source, G_TYPE_OBJECT)

enum
{
  EVENT,
  CONNECTED,
  BROKEN,
  N_SIGNALS
};

static guint signals[N_SIGNALS];

static void
rushes_event_source_finalize (GObject *object)
{
  RushesEventSource *self = RUSHES_EVENT_SOURCE (object);

  g_clear_object (&self->http);
  g_free (self->address);
  g_free ((char *) self->options.method);
  g_free ((char *) self->options.body_type);
  g_free ((char *) self->options.last_id);
  g_clear_pointer (&self->options.body, g_bytes_unref);
  g_clear_pointer (&self->options.headers, g_ptr_array_unref);
  g_clear_pointer (&self->options.credentials, rushes_credentials_unref);
  g_clear_pointer (&self->stream, rushes_event_stream_free);
  g_clear_object (&self->cancellable);

  G_OBJECT_CLASS (rushes_event_source_parent_class)->finalize (object);
}

static void
rushes_event_source_class_init (RushesEventSourceClass *klass)
{
  GType type = G_TYPE_FROM_CLASS (klass);

  G_OBJECT_CLASS (klass)->finalize = rushes_event_source_finalize;

  signals[EVENT] = g_signal_new ("event", type, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 1, G_TYPE_POINTER);
  signals[CONNECTED] = g_signal_new ("connected", type, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 0);
  signals[BROKEN] = g_signal_new ("broken", type, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 1, G_TYPE_ERROR);
}

/* The key is taken out of what a server repeats of it. */
static void
tell_safely (RushesEventSource *self, const RushesServerEvent *event)
{
  g_autoptr (GBytes) data = g_bytes_new_static (event->data, event->length);
  g_autoptr (GBytes) safe_data = rushes_credentials_redact_body (self->options.credentials, data);
  g_autofree char *type = rushes_credentials_redact_header (self->options.credentials, event->type);
  g_autofree char *id = rushes_credentials_redact_header (self->options.credentials, event->id);
  RushesServerEvent safe = { .type = type, .id = id };

  safe.data = g_bytes_get_data (safe_data, &safe.length);
  g_signal_emit (self, signals[EVENT], 0, &safe);
}

static void
tell (const RushesServerEvent *event, gpointer data)
{
  RushesEventSource *self = data;

  self->n_vain = 0;
  if (g_cancellable_is_cancelled (self->cancellable))
    return;
  if (self->options.credentials != NULL)
    tell_safely (self, event);
  else
    g_signal_emit (self, signals[EVENT], 0, event);
}

static void
rushes_event_source_init (RushesEventSource *self)
{
  self->stream = rushes_event_stream_new (tell, self);
}

gboolean
rushes_event_source_takes_header (const char *name)
{
  static const char *const own[] = { "Host",  "Connection", "Content-Length", "Transfer-Encoding",
                                     "TE",    "Upgrade",    "Last-Event-ID",  "Trailer",
                                     "Accept" };

  g_return_val_if_fail (name != NULL, FALSE);

  for (guint i = 0; i < G_N_ELEMENTS (own); i++)
    if (g_ascii_strcasecmp (name, own[i]) == 0)
      return FALSE;
  for (const char *p = name; *p != '\0'; p++)
    if (!g_ascii_isalnum (*p) && strchr ("!#$%&'*+-.^_`|~", *p) == NULL)
      return FALSE;
  return *name != '\0';
}

RushesEventSource *
rushes_event_source_new (RushesHttp *http, const char *address, const RushesEventSourceOptions *options)
{
  RushesEventSource *self;

  g_return_val_if_fail (RUSHES_IS_HTTP (http), NULL);
  g_return_val_if_fail (address != NULL && options != NULL, NULL);

  self = g_object_new (RUSHES_TYPE_EVENT_SOURCE, NULL);
  self->http = g_object_ref (http);
  self->address = g_strdup (address);
  self->options = *options;
  self->options.method = g_strdup (options->method != NULL ? options->method : SOUP_METHOD_GET);
  self->options.body_type = g_strdup (options->body_type);
  self->options.last_id = NULL;
  if (options->body != NULL)
    g_bytes_ref (options->body);
  if (options->headers != NULL)
    g_ptr_array_ref (options->headers);
  if (options->credentials != NULL)
    rushes_credentials_ref (options->credentials);
  if (options->limit > 0)
    rushes_event_stream_set_limit (self->stream, options->limit);
  if (options->last_id != NULL)
    rushes_event_stream_set_last_id (self->stream, options->last_id);
  return self;
}

guint64
rushes_event_source_get_n_events (RushesEventSource *self)
{
  g_return_val_if_fail (RUSHES_IS_EVENT_SOURCE (self), 0);
  return rushes_event_stream_get_n_events (self->stream) + self->n_heard;
}

guint
rushes_event_source_get_n_reconnects (RushesEventSource *self)
{
  g_return_val_if_fail (RUSHES_IS_EVENT_SOURCE (self), 0);
  return self->n_reconnects;
}

guint64
rushes_event_source_get_n_repaired (RushesEventSource *self)
{
  g_return_val_if_fail (RUSHES_IS_EVENT_SOURCE (self), 0);
  return rushes_event_stream_get_n_repaired (self->stream);
}

const char *
rushes_event_source_get_last_id (RushesEventSource *self)
{
  g_return_val_if_fail (RUSHES_IS_EVENT_SOURCE (self), NULL);
  return rushes_event_stream_get_last_id (self->stream);
}

/* ---- one connection ---- */

static gboolean
is_get (RushesEventSource *self)
{
  return g_str_equal (self->options.method, SOUP_METHOD_GET);
}

/* Another origin gets nothing that was meant for the first one. */
static gboolean
is_at_home (RushesEventSource *self, GUri *uri)
{
  g_autofree char *address = g_uri_to_string (uri);
  g_autofree char *origin = rushes_origin_of (address);
  g_autofree char *home = rushes_origin_of (self->address);

  return g_strcmp0 (origin, home) == 0;
}

static SoupMessage *
make_message (GUri *uri, guint n_redirects, gpointer data)
{
  RushesEventSource *self = data;
  SoupMessage *message = soup_message_new_from_uri (self->options.method, uri);
  SoupMessageHeaders *headers = soup_message_get_request_headers (message);
  const char *last_id = rushes_event_stream_get_last_id (self->stream);

  if (self->options.body != NULL)
    soup_message_set_request_body_from_bytes (message, self->options.body_type, self->options.body);
  if (!self->options.socket)
    {
      soup_message_headers_replace (headers, "Accept", "text/event-stream");
      soup_message_headers_replace (headers, "Cache-Control", "no-cache");
    }
  if (*last_id != '\0')
    soup_message_headers_replace (headers, "Last-Event-ID", last_id);
  for (guint i = 0; self->options.headers != NULL && i + 1 < self->options.headers->len && is_at_home (self, uri);
       i += 2)
    soup_message_headers_replace (headers, g_ptr_array_index (self->options.headers, i),
                                  g_ptr_array_index (self->options.headers, i + 1));
  if (self->options.credentials != NULL)
    rushes_credentials_apply (self->options.credentials, message);
  return message;
}

static gboolean
check_type (RushesHttpExchange *exchange, GError **error)
{
  const char *type = soup_message_headers_get_content_type (rushes_http_exchange_get_headers (exchange), NULL);
  g_autofree char *clean = NULL;

  if (type != NULL && g_ascii_strcasecmp (type, "text/event-stream") == 0)
    return TRUE;
  clean = rushes_clean_words (type != NULL ? type : "–");
  rushes_set_error (error, RUSHES_ERROR_PROTOCOL,
                    /* Translators: a host, and the media type it named. */
                    _ ("%s answers with %s, and not with an event stream."), rushes_http_exchange_get_host (exchange),
                    clean);
  return FALSE;
}

static RushesHttpExchange *
open_stream (RushesEventSource *self, GError **error)
{
  RushesHttpWalk walk = {
    .http = self->http,
    .make = make_message,
    .data = self,
    .clocks = { self->options.connect, MAX (self->options.idle, HEADERS_SECONDS), self->options.idle },
    .public_only = self->options.public_only,
    .cancellable = self->cancellable,
    .stay = !is_get (self),
    .credentials = self->options.credentials,
  };
  g_autoptr (GUri) uri = rushes_http_parse_address (self->address, error);
  g_autoptr (RushesHttpExchange) exchange = NULL;
  guint status;

  if (uri == NULL || !(exchange = rushes_http_walk (&walk, uri, error)))
    return NULL;
  status = rushes_http_exchange_get_status (exchange);
  if (status == SOUP_STATUS_NO_CONTENT || (status == SOUP_STATUS_OK && check_type (exchange, error)))
    return g_steal_pointer (&exchange);
  if (status != SOUP_STATUS_OK)
    g_propagate_error (error, rushes_http_exchange_make_error (exchange));
  return NULL;
}

/* Reads one connection to its end. TRUE when it ended as it should. */
static gboolean
read_stream (RushesEventSource *self, RushesHttpExchange *exchange, GError **error)
{
  rushes_http_exchange_set_priority (exchange, self->options.priority);
  for (;;)
    {
      g_autoptr (GBytes) bytes = dex_await_boxed (rushes_http_exchange_read (exchange, PIECE), error);
      const char *data;
      gsize size;

      if (bytes == NULL)
        return FALSE;
      data = g_bytes_get_data (bytes, &size);
      if (size == 0)
        return TRUE;
      if (!rushes_event_stream_feed (self->stream, data, size, error))
        return FALSE;
    }
}

/* ---- a socket ---- */

/* Seconds. So often the other side is asked whether it is there, and has so long to answer. */
#define PING 30
#define PONG 30

/* A connection while it is heard. */
typedef struct
{
  RushesEventSource *source;
  SoupWebsocketConnection *socket;
  DexPromise *closed;
  guint64 n_messages;
  GError *reason;
} Hearing;

/* Text is valid UTF-8, which libsoup has seen to. */
static void
heard_message (SoupWebsocketConnection *socket, SoupWebsocketDataType type, GBytes *message, Hearing *hearing)
{
  RushesServerEvent event = { .type = "message", .id = "" };

  hearing->n_messages++;
  if (type != SOUP_WEBSOCKET_DATA_TEXT)
    return;
  event.data = g_bytes_get_data (message, &event.length);
  if (event.data == NULL)
    event.data = "";
  hearing->source->n_heard++;
  tell (&event, hearing->source);
}

static void
socket_failed (SoupWebsocketConnection *socket, GError *error, Hearing *hearing)
{
  if (hearing->reason == NULL)
    hearing->reason = g_error_copy (error);
}

static void
socket_closed (SoupWebsocketConnection *socket, Hearing *hearing)
{
  dex_promise_resolve_boolean (hearing->closed, TRUE);
}

static void
socket_opened (SoupWebsocketConnection *socket, gpointer data)
{
  Hearing *hearing = data;
  RushesEventSource *self = hearing->source;

  hearing->socket = g_object_ref (socket);
  soup_websocket_connection_set_max_incoming_payload_size (socket, self->options.limit > 0 ? self->options.limit
                                                                                           : RUSHES_EVENT_MAX_BYTES);
  soup_websocket_connection_set_keepalive_interval (socket, PING);
  soup_websocket_connection_set_keepalive_pong_timeout (socket, PONG);
  g_signal_connect (socket, "message", G_CALLBACK (heard_message), hearing);
  g_signal_connect (socket, "error", G_CALLBACK (socket_failed), hearing);
  g_signal_connect (socket, "closed", G_CALLBACK (socket_closed), hearing);
  g_signal_emit (self, signals[CONNECTED], 0);
}

static gboolean
is_open (const Hearing *hearing)
{
  return soup_websocket_connection_get_state (hearing->socket) == SOUP_WEBSOCKET_STATE_OPEN &&
         !g_cancellable_is_cancelled (hearing->source->cancellable);
}

/* Until it is closed, nobody wants to hear it any more, or it was silent too long; that is looked at so often, too. */
static gboolean
hear_messages (Hearing *hearing)
{
  RushesEventSource *self = hearing->source;
  gboolean is_silent = FALSE;

  while (is_open (hearing) && !is_silent)
    {
      guint64 before = hearing->n_messages;
      g_autoptr (GPtrArray) ends = g_ptr_array_new_with_free_func (dex_unref);

      g_ptr_array_add (ends, dex_ref (hearing->closed));
      g_ptr_array_add (ends, dex_cancellable_new_from_cancellable (self->cancellable));
      if (self->options.idle > 0)
        g_ptr_array_add (ends, rushes_async_sleep (self->options.idle));
      dex_await (dex_future_firstv ((DexFuture *const *) ends->pdata, ends->len), NULL);
      is_silent = self->options.idle > 0 && hearing->n_messages == before;
    }
  return is_silent && is_open (hearing);
}

/* What libsoup says of a connection that broke is for nobody to read. NULL for one that ended as it should. */
static GError *
explain_end (const Hearing *hearing, gboolean is_silent, const char *host)
{
  GError *error;

  if (g_error_matches (hearing->reason, SOUP_WEBSOCKET_ERROR, SOUP_WEBSOCKET_CLOSE_TOO_BIG))
    return rushes_error_new (RUSHES_ERROR_PROTOCOL, _ ("%s sends a message that is too large."), host);
  if (!is_silent && hearing->reason == NULL &&
      soup_websocket_connection_get_close_code (hearing->socket) == SOUP_WEBSOCKET_CLOSE_NORMAL)
    return NULL;
  error = is_silent ? rushes_error_new (RUSHES_ERROR_NETWORK, _ ("%s says nothing any more."), host)
                    : rushes_error_new (RUSHES_ERROR_NETWORK, _ ("The connection to %s broke off."), host);
  rushes_error_set_retryable (error, TRUE);
  return error;
}

/* One connection, to its end. */
static void
hear_socket (RushesEventSource *self, GError **error)
{
  const RushesHttpClocks clocks = { self->options.connect, HEADERS_SECONDS, 0 };
  g_autoptr (GUri) uri = rushes_http_parse_address (self->address, error);
  g_autoptr (SoupMessage) message = uri != NULL ? make_message (uri, 0, self) : NULL;
  g_autoptr (RushesHttpExchange) exchange = NULL;
  Hearing hearing = { .source = self };

  if (message == NULL)
    return;
  if (!is_get (self))
    {
      rushes_set_error (error, RUSHES_ERROR_BAD_REQUEST, "%s", _ ("A socket is opened with GET, and without a body."));
      return;
    }
  hearing.closed = dex_promise_new ();
  exchange = dex_await_object (rushes_http_open_socket (self->http, message, &clocks, self->options.public_only,
                                                        socket_opened, &hearing, self->cancellable),
                               error);
  if (exchange != NULL)
    {
      gboolean is_silent = hear_messages (&hearing);
      GError *reason = explain_end (&hearing, is_silent, rushes_http_exchange_get_host (exchange));

      if (reason != NULL)
        g_propagate_error (error, reason);
    }
  if (hearing.socket != NULL)
    {
      g_signal_handlers_disconnect_by_data (hearing.socket, &hearing);
      if (soup_websocket_connection_get_state (hearing.socket) == SOUP_WEBSOCKET_STATE_OPEN)
        soup_websocket_connection_close (hearing.socket, SOUP_WEBSOCKET_CLOSE_GOING_AWAY, NULL);
      g_object_unref (hearing.socket);
    }
  g_clear_error (&hearing.reason);
  dex_unref (hearing.closed);
}

/* ---- coming back ---- */

/* What another connection may mend: broken ones, and what a server says of itself for a while. */
static gboolean
may_come_back (RushesEventSource *self, const GError *reason)
{
  return is_get (self) && self->n_reconnects < self->options.reconnects &&
         (reason == NULL || g_error_matches (reason, RUSHES_ERROR, RUSHES_ERROR_NETWORK) ||
          g_error_matches (reason, RUSHES_ERROR, RUSHES_ERROR_PROVIDER) ||
          g_error_matches (reason, RUSHES_ERROR, RUSHES_ERROR_RATE_LIMITED));
}

/* What the stream asks for, twice as long after each connection that brought nothing, and never at the same moment as
 * everybody else. */
static double
choose_pause (RushesEventSource *self, const GError *reason)
{
  gint64 retry = rushes_event_stream_get_retry (self->stream);
  double pause = retry >= 0 ? retry / 1000.0 : self->options.pause;

  pause = MIN (pause * pow (2, MIN (self->n_vain, 10)), MAX (pause, LONGEST_PAUSE)) * g_random_double_range (1, 1.2);
  return reason != NULL ? MAX (pause, rushes_error_get_retry_after (reason)) : pause;
}

static gboolean
come_back (RushesEventSource *self, const GError *reason)
{
  g_autoptr (DexFuture) pause = NULL;

  if (!may_come_back (self, reason))
    return FALSE;
  g_signal_emit (self, signals[BROKEN], 0, reason);
  pause = dex_future_first (rushes_async_sleep (choose_pause (self, reason)),
                            dex_cancellable_new_from_cancellable (self->cancellable), NULL);
  self->n_vain++;
  self->n_reconnects++;
  return dex_await (g_steal_pointer (&pause), NULL) && !g_cancellable_is_cancelled (self->cancellable);
}

static GError *
refuse_more (RushesEventSource *self)
{
  return rushes_error_new (RUSHES_ERROR_NETWORK,
                           ngettext ("The stream ended, and the one reconnect is used up.",
                                     "The stream ended, and all %u reconnects are used up.", self->options.reconnects),
                           self->options.reconnects);
}

static DexFuture *
run (gpointer data)
{
  RushesEventSource *self = data;

  for (;;)
    {
      g_autoptr (GError) reason = NULL;
      g_autoptr (RushesHttpExchange) exchange = self->options.socket ? NULL : open_stream (self, &reason);

      if (exchange != NULL && rushes_http_exchange_get_status (exchange) == SOUP_STATUS_NO_CONTENT)
        return dex_future_new_true ();
      if (exchange != NULL)
        {
          g_signal_emit (self, signals[CONNECTED], 0);
          read_stream (self, exchange, &reason);
        }
      if (self->options.socket)
        hear_socket (self, &reason);
      rushes_event_stream_end (self->stream);

      if (g_cancellable_is_cancelled (self->cancellable))
        return dex_future_new_for_error (rushes_error_new (RUSHES_ERROR_CANCELLED, "%s", _ ("Listening was ended.")));
      if (come_back (self, reason))
        continue;
      if (g_cancellable_is_cancelled (self->cancellable))
        return dex_future_new_for_error (rushes_error_new (RUSHES_ERROR_CANCELLED, "%s", _ ("Listening was ended.")));
      if (reason != NULL)
        return dex_future_new_for_error (g_steal_pointer (&reason));
      return self->options.reconnects > 0 && is_get (self) ? dex_future_new_for_error (refuse_more (self))
                                                           : dex_future_new_true ();
    }
}

DexFuture *
rushes_event_source_run (RushesEventSource *self, GCancellable *cancellable)
{
  dex_return_error_if_fail (RUSHES_IS_EVENT_SOURCE (self));
  dex_return_error_if_fail (self->cancellable == NULL);

  self->cancellable = cancellable != NULL ? g_object_ref (cancellable) : g_cancellable_new ();
  return rushes_async_spawn (run, g_object_ref (self), g_object_unref);
}
