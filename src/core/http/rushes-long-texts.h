/* rushes-long-texts.h
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

/* Bytes. Nothing that is read as words is longer; a clip is. */
#define RUSHES_LONG_TEXT (1024 * 1024)

/**
 * RushesLongTexts:
 *
 * The long texts of an answer in JSON, such as a clip in base64. They stay in the file where the answer lies, and the JSON
 * that is read has short names in their place. Blocks on reads: for work threads.
 */
typedef struct _RushesLongTexts RushesLongTexts;

typedef struct
{
  gint64 start; /* in the file */
  gint64 size;  /* bytes, as they stand in JSON, with its escapes */
} RushesLongText;

/* Goes through @length bytes of @fd from @start on. @rest is all of them but the long texts; at most @max_rest bytes.
 * NULL when there are more, or when the file cannot be read. @fd stays the caller's. */
RushesLongTexts      *rushes_long_texts_new   (int                    fd,
                                               gint64                 start,
                                               gint64                 length,
                                               gsize                  max_rest,
                                               GBytes               **rest) G_GNUC_WARN_UNUSED_RESULT;
void                  rushes_long_texts_free  (RushesLongTexts       *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (RushesLongTexts, rushes_long_texts_free)

/* What a name stands for; NULL when it is no name. Borrowed. */
const RushesLongText *rushes_long_texts_find  (RushesLongTexts       *self,
                                               const char            *name);
/* Gives fewer bytes than wanted only at the end of the text; -1 with errno when the disk fails. */
gssize                rushes_long_texts_read  (RushesLongTexts       *self,
                                               const RushesLongText  *text,
                                               gint64                 offset,
                                               gpointer               buffer,
                                               gsize                  size);

G_END_DECLS
