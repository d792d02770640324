/* rushes-wire.h
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

/* A request as it came over the wire. */
typedef struct
{
  char       *line;    /* "POST /v1 HTTP/1.1" */
  GHashTable *headers; /* in small letters */
  GByteArray *body;    /* as much of it as came */
  guint       connection;
} RushesWireRequest;

typedef struct _RushesWire RushesWire;

/* Answers on a thread of its own, byte for byte; FALSE closes the connection. */
typedef gboolean (*RushesWireAnswer) (RushesWire        *wire,
                                      RushesWireRequest *request,
                                      GSocketConnection *connection,
                                      gpointer           data);

/* A server on loopback that does what no proper server would. */
RushesWire        *rushes_wire_new           (RushesWireAnswer    answer,
                                              gpointer            data) G_GNUC_WARN_UNUSED_RESULT;
void               rushes_wire_free          (RushesWire         *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (RushesWire, rushes_wire_free)

/* "http://127.0.0.1:PORT" */
const char        *rushes_wire_get_origin    (RushesWire         *self);
/* Requests whose head came; and the last of them, borrowed, when nothing is under way. */
guint              rushes_wire_count         (RushesWire         *self);
guint              rushes_wire_count_connections (RushesWire     *self);
/* Connections that neither side has closed. */
guint              rushes_wire_count_open    (RushesWire         *self);
const char        *rushes_wire_get_line      (RushesWire         *self);
const char        *rushes_wire_get_header    (RushesWire         *self,
                                              const char         *name);
const char        *rushes_wire_get_body      (RushesWire         *self);
/* Reads no more than this of a body before it answers. */
void               rushes_wire_limit_body    (RushesWire         *self,
                                              gsize               n_bytes);

/* For answers. */
void               rushes_wire_say           (GSocketConnection  *connection,
                                              const char         *format,
                                              ...) G_GNUC_PRINTF (2, 3);
void               rushes_wire_send          (GSocketConnection  *connection,
                                              gconstpointer       data,
                                              gsize               length);
/* Ends the connection with an RST. */
void               rushes_wire_reset         (GSocketConnection  *connection);
/* Waits until the other side hangs up, for at most 20 s. */
void               rushes_wire_wait          (GSocketConnection  *connection);

G_END_DECLS
