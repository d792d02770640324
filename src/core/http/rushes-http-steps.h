/* rushes-http-steps.h
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "rushes-credentials.h"
#include "rushes-error.h"
#include "rushes-file-sink.h"
#include "rushes-http.h"

G_BEGIN_DECLS

/* What calls, fetches and downloads have in common. All that awaits is for fibers only. */

/* A new message to @uri; @n_redirects were followed to get there. */
typedef SoupMessage *(*RushesHttpMake) (GUri     *uri,
                                        guint     n_redirects,
                                        gpointer  data);

/**
 * RushesHttpWalk:
 * @public_only: as for rushes_http_send(); after the first answer out of a public network it holds in any case
 * @stay: a redirect is not followed, it is the answer
 * @credentials: whose key is taken out of the address that a redirect leads to, unless it may go there; NULL
 */
typedef struct
{
  RushesHttp        *http;
  RushesHttpMake     make;
  gpointer           data;
  RushesHttpClocks   clocks;
  gboolean           public_only;
  GCancellable      *cancellable;
  gboolean           stay;
  RushesCredentials *credentials;
} RushesHttpWalk;

/* Goes from address to address until one answers with something else than a redirect; five redirects at most. */
RushesHttpExchange *rushes_http_walk                (const RushesHttpWalk  *self,
                                                     GUri                  *uri,
                                                     GError               **error) G_GNUC_WARN_UNUSED_RESULT;

/* A GET that wants the bytes as they lie there: lengths and ranges count those. */
SoupMessage        *rushes_http_message_for_bytes   (GUri                  *uri) G_GNUC_WARN_UNUSED_RESULT;

/* Hears the bytes of a body, and how many have come with them; FALSE with an error ends it. */
typedef gboolean (*RushesHttpHear) (RushesHttpExchange  *exchange,
                                    GBytes              *bytes,
                                    gint64               n_bytes,
                                    gpointer             data,
                                    GError             **error);

/* Writes the rest of the body into @sink, reading on while that is at work. What came before an error is written, too. */
gboolean            rushes_http_pour                (RushesHttpExchange    *exchange,
                                                     RushesFileSink        *sink,
                                                     RushesHttpHear         hear,
                                                     gpointer               data,
                                                     GError               **error);

/* FALSE with an error of @code when @size is more than @max_bytes, of which 0 means any. */
gboolean            rushes_http_check_size          (RushesHttpExchange    *exchange,
                                                     gint64                 size,
                                                     gint64                 max_bytes,
                                                     RushesErrorCode        code,
                                                     GError               **error);

/* What an answer that is no success stands for. */
GError             *rushes_http_exchange_make_error (RushesHttpExchange    *exchange) G_GNUC_WARN_UNUSED_RESULT;

G_END_DECLS
