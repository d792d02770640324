/* rushes-http-reply.h
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <gio/gio.h>
#include <json-glib/json-glib.h>
#include <libsoup/soup.h>

#include "rushes-long-texts.h"

G_BEGIN_DECLS

/**
 * RushesHttpReply:
 *
 * An answer as a value, whole but for one that was cut short by the end of a process. Boxed, with a reference count; not changed once it was handed on. Reading it needs no
 * network, so that fixtures, the spool and the fuzzers use the same code.
 */
typedef struct
{
  /*< private >*/
  gatomicrefcount ref_count;
  JsonNode       *json;
  gboolean        parsed;

  /*< public >*/
  guint               status;
  SoupMessageHeaders *headers;
  GBytes             *body;
  char               *address; /* where it came from */
  RushesLongTexts    *texts;   /* of a spool file: what stands there and not in the body; NULL */
  gboolean            cut;     /* of a spool file: of the body only the first lines had come */
} RushesHttpReply;

#define RUSHES_TYPE_HTTP_REPLY (rushes_http_reply_get_type ())
GType            rushes_http_reply_get_type (void);
/* @headers may be NULL; both are kept. */
RushesHttpReply *rushes_http_reply_new      (guint               status,
                                             SoupMessageHeaders *headers,
                                             GBytes             *body,
                                             const char         *address) G_GNUC_WARN_UNUSED_RESULT;
RushesHttpReply *rushes_http_reply_ref      (RushesHttpReply    *self);
void             rushes_http_reply_unref    (RushesHttpReply    *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (RushesHttpReply, rushes_http_reply_unref)

/* The body as JSON, parsed once; NULL when it is none (an empty one, HTML, a clip). At most 64 deep. Borrowed. */
JsonNode        *rushes_http_reply_get_json (RushesHttpReply    *self);
/* 200…299 */
gboolean         rushes_http_reply_is_good  (RushesHttpReply    *self);

/* How an answer lies in a spool file: its head (status and headers) as one line of JSON, then the body. The file was
 * made with room for it; what follows the body is cut off. Both block: for work threads. Saving syncs. */
gboolean         rushes_http_reply_save     (RushesHttpReply    *self,
                                             GFile              *spool,
                                             GError            **error);
/* NOT_FOUND when no answer lies there, PROTOCOL when nothing of it can be read: then the task may have been accepted. */
RushesHttpReply *rushes_http_reply_load     (GFile              *spool,
                                             GError            **error) G_GNUC_WARN_UNUSED_RESULT;

G_END_DECLS
