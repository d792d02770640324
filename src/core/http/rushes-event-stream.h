/* rushes-event-stream.h
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "rushes-server-event.h"

G_BEGIN_DECLS

/* What one event may hold unless told otherwise. */
#define RUSHES_EVENT_MAX_BYTES (8 * 1024 * 1024)

typedef void (*RushesServerEventFunc) (const RushesServerEvent *event,
                                       gpointer                 user_data);

/**
 * RushesEventStream:
 *
 * Reads an event stream by the letter of the HTML Standard, "Interpreting an event stream"
 * (https://html.spec.whatwg.org/multipage/server-sent-events.html#event-stream-interpretation): pieces of any size
 * go in, events come out. It keeps no more than the event that is not yet whole.
 */
typedef struct _RushesEventStream RushesEventStream;

RushesEventStream *rushes_event_stream_new           (RushesServerEventFunc  func,
                                                      gpointer               user_data) G_GNUC_WARN_UNUSED_RESULT;
void               rushes_event_stream_free          (RushesEventStream     *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (RushesEventStream, rushes_event_stream_free)

/* The most bytes that one event may hold. */
void               rushes_event_stream_set_limit     (RushesEventStream     *self,
                                                      gsize                  limit);
/* Calls the function for each event that becomes whole. FALSE with PROTOCOL when an event is larger than the limit;
 * the stream reads nothing more then. */
gboolean           rushes_event_stream_feed          (RushesEventStream     *self,
                                                      const char            *bytes,
                                                      gsize                  length,
                                                      GError               **error);
/* The connection ended: what is not whole is dropped, and another connection may begin. The last id stays. */
void               rushes_event_stream_end           (RushesEventStream     *self);

/* To be sent as Last-Event-ID by the next connection; "" for none. It changes when an event is dispatched. */
const char        *rushes_event_stream_get_last_id   (RushesEventStream     *self);
void               rushes_event_stream_set_last_id   (RushesEventStream     *self,
                                                      const char            *id);
/* Milliseconds before the next connection, as the stream wants it; -1 when it did not say. */
gint64             rushes_event_stream_get_retry     (RushesEventStream     *self);
guint64            rushes_event_stream_get_n_events  (RushesEventStream     *self);
/* How many U+FFFD stand for bytes that were no UTF-8. */
guint64            rushes_event_stream_get_n_repaired (RushesEventStream    *self);

G_END_DECLS
