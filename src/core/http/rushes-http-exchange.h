/* rushes-http-exchange.h
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <libdex.h>
#include <libsoup/soup.h>

G_BEGIN_DECLS

/* How long to wait, in seconds: for a connection with all that belongs to it (name, proxy, TLS), for the first byte
 * of the answer after the last one of the request went out, and between two pieces of the answer. Waiting for a free
 * connection is on no clock. */
typedef struct
{
  double connect;
  double first_byte;
  double silence;
} RushesHttpClocks;

#define RUSHES_HTTP_USUAL_CLOCKS ((RushesHttpClocks){ 15, 60, 60 })

/* Hears of a socket at once when it is open, before anything comes over it. */
typedef void (*RushesHttpOpened) (SoupWebsocketConnection *socket,
                                  gpointer                 data);

/**
 * RushesHttpExchange:
 *
 * One request and its answer. While it lives the connection is held; dropping it before the end of the body closes it.
 */
#define RUSHES_TYPE_HTTP_EXCHANGE (rushes_http_exchange_get_type ())
G_DECLARE_FINAL_TYPE (RushesHttpExchange, rushes_http_exchange, RUSHES, HTTP_EXCHANGE, GObject)

guint               rushes_http_exchange_get_status  (RushesHttpExchange  *self);
/* Those of the answer. */
SoupMessageHeaders *rushes_http_exchange_get_headers (RushesHttpExchange  *self);
GUri               *rushes_http_exchange_get_uri     (RushesHttpExchange  *self);
/* As sentences name it. */
const char         *rushes_http_exchange_get_host    (RushesHttpExchange  *self);
/* Whether the other side is this computer or in a network that is not public; through a proxy, by its name alone. */
gboolean            rushes_http_exchange_is_private  (RushesHttpExchange  *self);
/* Of rushes_http_open_socket(): the connection; borrowed, and NULL for anything else. */
SoupWebsocketConnection *rushes_http_exchange_get_socket (RushesHttpExchange *self);
/* With which the main loop reads the body; G_PRIORITY_DEFAULT until it is set. */
void                rushes_http_exchange_set_priority (RushesHttpExchange *self,
                                                       int                 priority);
/* Resolves to the next GBytes of the body, at most @max_bytes, empty at its end. Rejects as rushes_http_send() does,
 * also when the end came too early. One read at a time. */
DexFuture          *rushes_http_exchange_read        (RushesHttpExchange  *self,
                                                      gsize                max_bytes) G_GNUC_WARN_UNUSED_RESULT;

G_END_DECLS
