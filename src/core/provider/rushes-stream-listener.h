/* rushes-stream-listener.h
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "rushes-protocol.h"

G_BEGIN_DECLS

/**
 * RushesStreamListener:
 *
 * Listens to an answer that comes as an event stream while it comes: how far the service says it is, and where the clip
 * is as soon as that is said. Anything else may be given to it as well, and tells nothing.
 */
typedef struct _RushesStreamListener RushesStreamListener;

typedef enum
{
  RUSHES_STREAM_NONE,   /* what comes is no stream of events with words in them */
  RUSHES_STREAM_WORDS,  /* it is one */
  RUSHES_STREAM_TREASURE, /* and what came now says for the first time where the clip, or which the task is */
} RushesStreamNews;

/* For the answer to a submit of @task. */
RushesStreamListener *rushes_stream_listener_new          (RushesProtocol       *protocol,
                                                           const RushesTask     *task) G_GNUC_WARN_UNUSED_RESULT;
void                  rushes_stream_listener_free         (RushesStreamListener *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (RushesStreamListener, rushes_stream_listener_free)

/* The next bytes of the answer, cut anywhere. */
RushesStreamNews      rushes_stream_listener_hear         (RushesStreamListener *self,
                                                           const char           *bytes,
                                                           gsize                 length);
/* How far it is by all that was heard, 0…1, never less than before; -1 while nobody knows. */
double                rushes_stream_listener_get_progress (RushesStreamListener *self);
/* The first address of a clip, once all of it was heard; NULL. What comes later may name a better one. */
const char           *rushes_stream_listener_get_link     (RushesStreamListener *self);

G_END_DECLS
