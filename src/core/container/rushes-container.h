/* rushes-container.h
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <gio/gio.h>

#include "rushes-clip.h"
#include "rushes-pieces.h"

G_BEGIN_DECLS

/* A small reader of MP4 (ISO/IEC 14496-12 boxes) and WebM/Matroska (EBML, RFC 8794 and 9559): enough to tell whether
 * a file is a video, whether it is whole, and its facts, without starting GStreamer. Nothing is ever remuxed. All of
 * it blocks on reads: call it off the main thread. */

/* Walks @file to its end. MEDIA error with a sentence for what is neither (naming HTML, JSON or text when it looks
 * like that), or is truncated (MP4: a moov box is there and the last box ends at the end of the file; WebM: every
 * element whose size is known ends in the file). */
gboolean rushes_container_read_facts (GFile            *file,
                                      RushesClipFacts  *facts,
                                      GError          **error);
/* Whether what begins with @head may be a video; MEDIA with the same sentences when not. Does not block. */
gboolean rushes_container_check_head (const guint8     *head,
                                      gsize             length,
                                      GError          **error);

/* Whether @file begins as a video does, and not as a picture or anything else. */
gboolean rushes_container_is_clip    (GFile            *file);

/* What the beginning of a file that is still being written tells of the rest. */
typedef enum
{
  RUSHES_HEAD_COMING, /* too little is there to tell */
  RUSHES_HEAD_PLAYS,  /* a video, whose pictures can be shown as they come */
  RUSHES_HEAD_LATE,   /* a video whose index stands behind its pictures: it can be shown when it is whole */
  RUSHES_HEAD_OTHER,  /* no video */
} RushesHead;

/* Looks at as much of @file as is there; @total is how long it will be, -1 unknown. @pieces, or NULL, is asked for an index
 * that stands further on, and what it has is looked at, too. With PLAYS @facts are those of the
 * whole file, as far as its beginning says them (of WebM and fragmented MP4 the number of frames is 0). */
RushesHead rushes_container_read_head (GFile            *file,
                                       gint64            total,
                                       RushesPieces     *pieces,
                                       RushesClipFacts  *facts);

G_END_DECLS
