/* rushes-socket-listener.h
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "rushes-protocol.h"
#include "rushes-server-event.h"

G_BEGIN_DECLS

/**
 * RushesSocketListener:
 *
 * Reads the messages of a service's socket as its description says (“socket” in data/providers/SCHEMA.md): how far a task
 * is, and when it is worth asking about it. Messages about other tasks, and what is no JSON, tell nothing.
 */
typedef struct _RushesSocketListener RushesSocketListener;

/* NULL when there is no socket for @task. */
RushesSocketListener *rushes_socket_listener_new          (RushesProtocol          *protocol,
                                                           const RushesTask        *task) G_GNUC_WARN_UNUSED_RESULT;
void                  rushes_socket_listener_free         (RushesSocketListener    *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (RushesSocketListener, rushes_socket_listener_free)

/* TRUE when the service has something to say that only STATUS tells. */
gboolean              rushes_socket_listener_hear         (RushesSocketListener    *self,
                                                           const RushesServerEvent *event);
/* How far it is by all that was heard, 0…1, never less than before; -1 while nobody knows. */
double                rushes_socket_listener_get_progress (RushesSocketListener    *self);

G_END_DECLS
