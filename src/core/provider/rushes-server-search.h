/* rushes-server-search.h
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "rushes-http-provider.h"

G_BEGIN_DECLS

/* A server that answered, and the provider it answered as. */
typedef struct
{
  RushesHttpProvider *provider;
  char               *base_url; /* without a slash at its end */
} RushesServer;

/* Whether @provider is a program that people run themselves. */
gboolean   rushes_server_is_kind (RushesProvider     *provider);

/* Looks on this computer, and nowhere else, for the programs that @providers (of RushesProvider) name: at the addresses
 * of their regions, and at the one that is set, as far as these are loopback. All are asked at once, with their test,
 * without a key, past every proxy, and nobody follows a redirect or waits longer than a few seconds. What answers
 * otherwise than its description says is none. Resolves to a GPtrArray of #RushesServer in the order of @providers; one
 * address may stand in it twice, when two could be what answers there. */
DexFuture *rushes_server_search  (GListModel         *providers) G_GNUC_WARN_UNUSED_RESULT;

/* Asks at @base_url, which may be anywhere, in the same way. Resolves to TRUE; rejects with what is wrong, as
 * rushes_http_provider_test() does, and with AUTH when the server wants a key. */
DexFuture *rushes_server_ask     (RushesHttpProvider *provider,
                                  const char         *base_url) G_GNUC_WARN_UNUSED_RESULT;

G_END_DECLS
