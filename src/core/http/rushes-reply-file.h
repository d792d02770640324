/* rushes-reply-file.h
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "rushes-http-reply.h"

G_BEGIN_DECLS

/* A body that is larger stays in the file. */
#define RUSHES_REPLY_FILE_LARGE (1024 * 1024)

/**
 * RushesReplyFile:
 *
 * An answer that is being written into a spool file: a line of JSON, `{"status":200,"address":…,"headers":{…},
 * "length":1234}`, and the body. As long as the length is -1 the answer is not whole, and of what follows the lines that
 * are whole count; it is filled in when everything before it lies on the disk. Blocks: for work threads, one at a time. Errors are STORAGE.
 */
typedef struct _RushesReplyFile RushesReplyFile;

/* Writes the head over what @spool held; the blocks that were made for it stay its own. @headers and @address may be
 * NULL. */
RushesReplyFile *rushes_reply_file_open      (GFile               *spool,
                                              guint                status,
                                              SoupMessageHeaders  *headers,
                                              const char          *address,
                                              GError             **error) G_GNUC_WARN_UNUSED_RESULT;
gboolean         rushes_reply_file_append    (RushesReplyFile     *self,
                                              gconstpointer        data,
                                              gsize                length,
                                              GError             **error);
/* Makes sure that the disk has what was written so far. */
gboolean         rushes_reply_file_sync      (RushesReplyFile     *self,
                                              GError             **error);
/* What of the body was written so far, also when the disk is full; NULL when it cannot be read. */
GBytes          *rushes_reply_file_read_back (RushesReplyFile     *self) G_GNUC_WARN_UNUSED_RESULT;
/* Cuts off what follows the body, and syncs. */
gboolean         rushes_reply_file_finish    (RushesReplyFile     *self,
                                              GError             **error);
void             rushes_reply_file_free      (RushesReplyFile     *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (RushesReplyFile, rushes_reply_file_free)

/* As rushes_http_reply_load(). A body larger than RUSHES_REPLY_FILE_LARGE is mapped; if it is JSON, it is read without its
 * long texts, and is none if what is left is larger than RUSHES_HTTP_MAX_REPLY. */
RushesHttpReply *rushes_reply_file_load      (GFile               *spool,
                                              GError             **error) G_GNUC_WARN_UNUSED_RESULT;

G_END_DECLS
