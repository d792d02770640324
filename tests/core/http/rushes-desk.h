/* rushes-desk.h
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "rushes-error.h"
#include "rushes-http-call.h"
#include "rushes-wire.h"

G_BEGIN_DECLS

#define RUSHES_DESK_KEY   "sk-1234567890abcdef"
/* Of the answer of "/large", all of it 'x'. */
#define RUSHES_DESK_LARGE (RUSHES_HTTP_MAX_REPLY + 2 * 1024 * 1024 + 4321)

/* Two servers: that of the service, and another origin that has no business with its key. */
typedef struct
{
  RushesWire *own;
  RushesWire *other;
  RushesHttp *http;
  GFile *spool;
  GCancellable *cancellable;
  RushesCredentials *credentials;
  gboolean public_only;
  guint refusal; /* what it answers with when it is a proxy */
} RushesDesk;

RushesDesk        *rushes_desk_new          (void) G_GNUC_WARN_UNUSED_RESULT;
void               rushes_desk_free         (RushesDesk         *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (RushesDesk, rushes_desk_free)

/* From now on it is sent as X-API-Key to the service's own server. */
void               rushes_desk_use_key      (RushesDesk         *self,
                                             const char         *key);
/* @path is one of the service's own server, or a whole address. */
RushesHttpRequest *rushes_desk_request      (RushesDesk         *self,
                                             const char         *method,
                                             const char         *path) G_GNUC_WARN_UNUSED_RESULT;
RushesHttpRequest *rushes_desk_submit       (RushesDesk         *self,
                                             const char         *path) G_GNUC_WARN_UNUSED_RESULT;
DexFuture         *rushes_desk_call         (RushesDesk         *self,
                                             RushesHttpRequest  *request) G_GNUC_WARN_UNUSED_RESULT;

/* In fibers. */
RushesHttpReply   *rushes_desk_succeed      (RushesDesk         *self,
                                             RushesHttpRequest  *request) G_GNUC_WARN_UNUSED_RESULT;
void               rushes_desk_fails        (RushesDesk         *self,
                                             RushesHttpRequest  *request,
                                             RushesErrorCode     code,
                                             RushesCharged       charged);

/* What another process would find in the spool. */
void               rushes_desk_kept         (RushesDesk         *self,
                                             RushesHttpReply    *reply);
void               rushes_desk_nothing_kept (RushesDesk         *self);
char              *rushes_desk_text         (RushesHttpReply    *reply) G_GNUC_WARN_UNUSED_RESULT;

G_END_DECLS
