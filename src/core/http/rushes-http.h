/* rushes-http.h
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <libdex.h>
#include <libsoup/soup.h>

#include "rushes-http-exchange.h"

G_BEGIN_DECLS

/**
 * RushesHttp:
 *
 * The network as it is seen through one proxy setting: one SoupSession with many connections and no clock of its own.
 * Everything that is sent goes through rushes_http_send(). Main thread.
 */
#define RUSHES_TYPE_HTTP (rushes_http_get_type ())
G_DECLARE_FINAL_TYPE (RushesHttp, rushes_http, RUSHES, HTTP, GObject)

/* @proxy is an address ("http://…", "socks5://me@…"), "direct://" for none, or NULL for the system's setting. Whoever
 * asks for the same one at the same time gets the same object. The password of a user is looked up for each request. */
RushesHttp *rushes_http_for_proxy (const char             *proxy);
/* As Preferences have it for everything that has no proxy of its own. This computer itself is reached without. */
RushesHttp *rushes_http_usual     (void);

/* Sends @message, which must be new, and never follows a redirect. Resolves to a #RushesHttpExchange when the headers
 * of the answer are there, whatever its status. Rejects with NETWORK, TLS, PROTOCOL or CANCELLED and a sentence that
 * names the host, and with KEYRING when the password for the proxy cannot be read.
 *
 * @clocks is copied, NULL means the usual ones. With @public_only an address that is not public is refused before a
 * byte of the request is sent, also when a name turns out to lead to one. */
DexFuture  *rushes_http_send      (RushesHttp             *self,
                                   SoupMessage            *message,
                                   const RushesHttpClocks *clocks,
                                   gboolean                public_only,
                                   GCancellable           *cancellable) G_GNUC_WARN_UNUSED_RESULT;

/* The same for a WebSocket, at an http or https address: resolves to a #RushesHttpExchange that has one, and rejects, too,
 * when the answer is anything else. Nothing on it is compressed. @opened_data has to last until it is settled. */
DexFuture  *rushes_http_open_socket (RushesHttp             *self,
                                     SoupMessage            *message,
                                     const RushesHttpClocks *clocks,
                                     gboolean                public_only,
                                     RushesHttpOpened        opened,
                                     gpointer                opened_data,
                                     GCancellable           *cancellable) G_GNUC_WARN_UNUSED_RESULT;

G_END_DECLS
