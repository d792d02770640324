/* rushes-event-source.h
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "rushes-credentials.h"
#include "rushes-event-stream.h"
#include "rushes-http.h"

G_BEGIN_DECLS

/**
 * RushesEventSourceOptions:
 * @method: "GET", or "POST" with a @body; NULL for GET
 * @headers: char *, name and value by turns, sent with each request; NULL
 * @credentials: go only to origins that are theirs; NULL
 * @connect: seconds until there is a connection
 * @idle: seconds without a byte, comments included, until the stream counts as broken; 0 for none
 * @reconnects: how often another connection is made when one ends or breaks; only GETs are
 * @pause: seconds before another one, until the stream says otherwise
 * @last_id: where an earlier run ended; NULL
 * @limit: the most bytes of one event; 0 for the usual
 * @public_only: as for rushes_http_send()
 * @socket: it is a WebSocket, each message in text of which is an event; others are not heard
 * @priority: of reading in the main loop, G_PRIORITY_DEFAULT; more for a listener that also draws what it hears, which
 *   a server that never pauses would else leave no time for
 */
typedef struct
{
  const char         *method;
  GBytes             *body;
  const char         *body_type;
  GPtrArray          *headers;
  RushesCredentials  *credentials;
  double              connect;
  double              idle;
  guint               reconnects;
  double              pause;
  const char         *last_id;
  gsize               limit;
  gboolean            public_only;
  gboolean            socket;
  int                 priority;
} RushesEventSourceOptions;

/* Whether a header of this name can be among the @headers, or bear a key: what the protocol and the reader need
 * themselves is not for others to set. */
gboolean rushes_event_source_takes_header (const char *name);

/**
 * RushesEventSource:
 *
 * A client of an event stream, or of the messages of a WebSocket: `Accept: text/event-stream`, `Last-Event-ID` when it comes back, the pause that the
 * stream asks for, growing with each connection that brought nothing. Main thread.
 *
 * Signals: ::event (a RushesServerEvent, borrowed), ::connected (a reconnect or the first), ::broken (a GError: why a
 * connection ended that is tried again; NULL when it simply ended).
 */
#define RUSHES_TYPE_EVENT_SOURCE (rushes_event_source_get_type ())
G_DECLARE_FINAL_TYPE (RushesEventSource, rushes_event_source, RUSHES, EVENT_SOURCE, GObject)

/* @options is copied. */
RushesEventSource *rushes_event_source_new              (RushesHttp                     *http,
                                                         const char                     *address,
                                                         const RushesEventSourceOptions *options);
/* Once. Resolves to TRUE when the server ended the stream: with 204, or at an end after which no reconnect was asked
 * for. Rejects with NETWORK (no connection, broken, silent), TLS, AUTH and FORBIDDEN (refused), NOT_FOUND, PROTOCOL
 * (no event stream, an event that is too large), PROVIDER, BAD_REQUEST (the address), CANCELLED; those of the last
 * connection when all reconnects are used up. */
DexFuture         *rushes_event_source_run              (RushesEventSource              *self,
                                                         GCancellable                   *cancellable) G_GNUC_WARN_UNUSED_RESULT;

guint64            rushes_event_source_get_n_events     (RushesEventSource              *self);
guint              rushes_event_source_get_n_reconnects (RushesEventSource              *self);
guint64            rushes_event_source_get_n_repaired   (RushesEventSource              *self);
const char        *rushes_event_source_get_last_id      (RushesEventSource              *self);

G_END_DECLS
