/* rushes-http-call.h
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "rushes-credentials.h"
#include "rushes-http-reply.h"
#include "rushes-http-request.h"
#include "rushes-http.h"

G_BEGIN_DECLS

/* What a reply that is read into memory may hold. One that is larger, at most 512 MiB, needs a spool file, and its body
 * is mapped from there. */
#define RUSHES_HTTP_MAX_REPLY (16 * 1024 * 1024)

/* What there is already to an answer that still comes. */
typedef enum
{
  RUSHES_HTTP_GATHER, /* nothing: it can be read only when it is whole */
  RUSHES_HTTP_SPOOL,  /* its lines can be read each by itself: those that are whole are written into the spool */
  RUSHES_HTTP_SYNC,   /* and one of them says what must not be lost: the disk has it before more is read */
} RushesHttpWorth;

/* Hears the bytes of an answer as they come, before any key in them was replaced: what it keeps is nobody else's. */
typedef RushesHttpWorth (*RushesHttpListen) (const char *bytes,
                                             gsize       length,
                                             gpointer    user_data);

/* Sends @request and resolves to a #RushesHttpReply when all of the answer is there, whatever its status. Only GETs
 * follow redirects (at most five, each checked), with credentials only to origins that are theirs; the answer to
 * anything else that is a redirect is the reply. @credentials may be NULL. @public_only as for rushes_http_send().
 *
 * Rejects with NETWORK, TLS, PROTOCOL or CANCELLED. For a submit the error's charged says whether it may have been
 * accepted: NO when no byte of the body went out, MAYBE from then on.
 *
 * Every form of the key is replaced by "***" in the headers, and in a body that is read into memory; not one of less
 * than 16 characters, which may be a word that the answer means.
 *
 * With @spool the answer to a submit is written there and synced before the future resolves; any other only while it
 * comes, when it does not fit into memory. A disk that is full then is waited out by nobody: the reply is given all the same. When it rejects, @spool
 * holds what of an answer had come until then: whole lines, if the listener wanted them, and JSON that was whole. */
DexFuture *rushes_http_call (RushesHttp         *self,
                             RushesHttpRequest  *request,
                             RushesCredentials  *credentials,
                             gboolean            public_only,
                             GFile              *spool,
                             GCancellable       *cancellable) G_GNUC_WARN_UNUSED_RESULT;
/* The same, while @listen hears the answer on the main thread, never after the future was settled. */
DexFuture *rushes_http_call_listening (RushesHttp        *self,
                                       RushesHttpRequest *request,
                                       RushesCredentials *credentials,
                                       gboolean           public_only,
                                       GFile             *spool,
                                       GCancellable      *cancellable,
                                       RushesHttpListen   listen,
                                       gpointer           user_data) G_GNUC_WARN_UNUSED_RESULT;

G_END_DECLS
