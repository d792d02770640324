/* rushes-http-exchange-private.h
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "rushes-http-exchange.h"

G_BEGIN_DECLS

/* @owner is kept as long as the exchange lives. */
RushesHttpExchange *rushes_http_exchange_new   (gpointer                owner,
                                                SoupMessage            *message,
                                                const RushesHttpClocks *clocks,
                                                gboolean                public_only,
                                                GCancellable           *cancellable) G_GNUC_WARN_UNUSED_RESULT;
/* Resolves to the exchange itself when the headers of the answer are there; with @opened when it is a WebSocket. */
DexFuture          *rushes_http_exchange_start (RushesHttpExchange     *self,
                                                SoupSession            *session,
                                                RushesHttpOpened        opened,
                                                gpointer                data) G_GNUC_WARN_UNUSED_RESULT;

G_END_DECLS
