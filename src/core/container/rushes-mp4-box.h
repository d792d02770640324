/* rushes-mp4-box.h
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "rushes-byte-source.h"

G_BEGIN_DECLS

/* The four characters that name a box, as the number they are in the file. */
#define RUSHES_FOURCC(a, b, c, d) ((guint32) (a) << 24 | (guint32) (b) << 16 | (guint32) (c) << 8 | (guint32) (d))

/* A box at the top level of a file: where it starts, where what it holds starts, and where it ends, in bytes from the
 * file's start.
 * @user_type is what names a `uuid` box. */
typedef struct
{
  guint32 type;
  guint64 start;
  guint64 body;
  guint64 end;
  guint8  user_type[16];
} RushesMp4Box;

/* The box that starts at @offset, which lies before the end of the file. MEDIA when it is damaged or ends behind the
 * end of the file. */
gboolean rushes_mp4_box_read (RushesByteSource  *source,
                              guint64            offset,
                              RushesMp4Box      *box,
                              GError           **error);

/* Whether it holds a C2PA manifest, which says where the file came from and is bound to every byte of it. */
gboolean rushes_mp4_box_is_manifest (const RushesMp4Box *box);

/* Bytes in memory that are taken apart. What would lie outside reads as 0, so a short box needs no care of its own. */
typedef struct
{
  const guint8 *data;
  gsize         size;
} RushesSpan;

static inline RushesSpan
rushes_span_from (RushesSpan span, gsize offset)
{
  offset = MIN (offset, span.size);
  return (RushesSpan){ offset > 0 ? span.data + offset : span.data, span.size - offset };
}

static inline guint64
rushes_span_number (RushesSpan span, gsize offset, gsize n_bytes)
{
  guint64 number = 0;

  if (offset > span.size || span.size - offset < n_bytes)
    return 0;
  for (gsize i = 0; i < n_bytes; i++)
    number = number << 8 | span.data[offset + i];
  return number;
}

#define rushes_span_u8(span, offset)  ((guint8) rushes_span_number (span, offset, 1))
#define rushes_span_u16(span, offset) ((guint16) rushes_span_number (span, offset, 2))
#define rushes_span_u32(span, offset) ((guint32) rushes_span_number (span, offset, 4))
#define rushes_span_u64(span, offset) rushes_span_number (span, offset, 8)

/* Takes the next box off @rest and gives what it holds; FALSE at the end, and where what follows is no box. */
gboolean   rushes_span_next_box (RushesSpan *rest,
                                 guint32    *type,
                                 RushesSpan *body);
/* What the first box of @type in @parent holds; empty when there is none. */
RushesSpan rushes_span_find_box (RushesSpan  parent,
                                 guint32     type);

G_END_DECLS
