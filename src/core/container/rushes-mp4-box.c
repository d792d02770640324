/* rushes-mp4-box.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "rushes-mp4-box.h"

#include <string.h>

#include "rushes-container-private.h"

/* ISO/IEC 14496-12, 4.2: 32 bits of size and four characters; a size of 1 says that 64 bits of size follow, a size of 0
 * that the box goes on to the end of the file. */
gboolean
rushes_mp4_box_read (RushesByteSource *source, guint64 offset, RushesMp4Box *box, GError **error)
{
  guint64 available = rushes_byte_source_get_size (source) - offset;
  guint8 header[32];
  RushesSpan span = { header, 0 };
  gssize n_read = rushes_byte_source_read (source, offset, header, sizeof header, error);
  gsize header_size = 8;
  guint64 size;

  if (n_read < 0)
    return FALSE;
  span.size = (gsize) n_read;

  size = rushes_span_u32 (span, 0);
  *box = (RushesMp4Box) { .type = rushes_span_u32 (span, 4), .start = offset };
  if (size == 1)
    {
      size = rushes_span_u64 (span, 8);
      header_size += 8;
    }
  else if (size == 0)
    size = available;

  if (box->type == RUSHES_FOURCC ('u', 'u', 'i', 'd'))
    {
      if (span.size >= header_size + 16)
        memcpy (box->user_type, header + header_size, 16);
      header_size += 16;
    }

  if (span.size < header_size)
    return rushes_container_fail_truncated (error);
  if (size < header_size)
    return rushes_container_fail_damaged (error);
  if (size > available)
    return rushes_container_fail_truncated (error);

  box->body = offset + header_size;
  box->end = offset + size;
  return TRUE;
}

gboolean
rushes_mp4_box_is_manifest (const RushesMp4Box *box)
{
  /* C2PA specification, "Embedding manifests into BMFF". */
  static const guint8 c2pa_type[16] = { 0xd8, 0xfe, 0xc3, 0xd6, 0x1b, 0x0e, 0x48, 0x3c,
                                        0x92, 0x97, 0x58, 0x28, 0x87, 0x7e, 0xc4, 0x81 };

  return box->type == RUSHES_FOURCC ('j', 'u', 'm', 'b') ||
         (box->type == RUSHES_FOURCC ('u', 'u', 'i', 'd') && memcmp (box->user_type, c2pa_type, sizeof c2pa_type) == 0);
}

gboolean
rushes_span_next_box (RushesSpan *rest, guint32 *type, RushesSpan *body)
{
  guint64 size = rushes_span_u32 (*rest, 0);
  gsize header_size = 8;

  if (rest->size < 8)
    return FALSE;
  if (size == 1)
    {
      size = rushes_span_u64 (*rest, 8);
      header_size = 16;
    }
  else if (size == 0)
    size = rest->size;
  if (size < header_size || size > rest->size)
    return FALSE;

  *type = rushes_span_u32 (*rest, 4);
  *body = (RushesSpan) { rest->data + header_size, (gsize) size - header_size };
  *rest = rushes_span_from (*rest, (gsize) size);
  return TRUE;
}

RushesSpan
rushes_span_find_box (RushesSpan parent, guint32 type)
{
  RushesSpan body;
  guint32 found;

  while (rushes_span_next_box (&parent, &found, &body))
    if (found == type)
      return body;
  return (RushesSpan) { 0 };
}
