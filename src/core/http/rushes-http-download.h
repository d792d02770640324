/* rushes-http-download.h
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "rushes-credentials.h"
#include "rushes-http.h"
#include "rushes-pieces.h"

G_BEGIN_DECLS

/* Called on the main thread, never after the future was settled or discarded; @total is -1 when nobody knows. */
typedef void (*RushesDownloadProgress) (gint64   bytes,
                                        gint64   total,
                                        gpointer user_data);

/* Called on the main thread with the first bytes of what begins at its beginning, and the media type that the server
 * said ("" for none); FALSE with an error ends the download. */
typedef gboolean (*RushesDownloadWelcome) (GBytes      *head,
                                           const char  *media_type,
                                           gpointer     user_data,
                                           GError     **error);

/**
 * RushesDownloadOptions:
 * @credentials: go only to origins that are theirs; NULL
 * @welcome: NULL: anything is
 * @pieces: what is wanted of it before its turn, by somebody who looks at it meanwhile, and is brought where the server
 *   gives parts and has a validator; NULL for nothing
 * @max_bytes: more is a MEDIA error; 0 means any size
 * @public_only: as for rushes_http_send()
 * @clocks: those that are 0 are the usual ones
 */
typedef struct
{
  RushesCredentials      *credentials;
  gboolean                public_only;
  RushesDownloadWelcome   welcome;
  gint64                  max_bytes;
  RushesDownloadProgress  progress;
  gpointer                user_data;
  RushesHttpClocks        clocks;
  RushesPieces           *pieces;
} RushesDownloadOptions;

/* Brings what is at @address into @part, from its size on where a strong ETag or a Last-Modified (kept in PART.etag)
 * allows it: Range with If-Range, a 206 must name the same total, a 200 begins again, 416 at the full length is done.
 * Never asks with HEAD; `Accept-Encoding: identity`; bounded memory, written from work threads; at most five
 * redirects, each checked, never from https to http, never from a public network into a private one.
 *
 * Resolves to the media type that the server said (a string, maybe empty) when @part holds as many bytes as were
 * announced, synced. What was fetched stays when it rejects: NETWORK, TLS, STORAGE, PROTOCOL, CANCELLED, and those of
 * rushes_http_error_from_status(). A @part that is whole is not asked for again. A future that is discarded cancels. */
DexFuture *rushes_http_download        (RushesHttp                  *self,
                                        const char                  *address,
                                        GFile                       *part,
                                        const RushesDownloadOptions *options,
                                        GCancellable                *cancellable) G_GNUC_WARN_UNUSED_RESULT;
/* Removes what is known of @part, when that was moved or removed. Blocks, but not for long. */
void       rushes_http_download_forget (GFile                       *part);

G_END_DECLS
