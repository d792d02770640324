/* rushes-ebml.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "rushes-ebml.h"

#include <string.h>

#include "rushes-container-private.h"

/* The number of leading zero bits says how many bytes follow the first; the first one bit is the marker. */
gboolean
rushes_ebml_take_number (RushesSpan *rest, gboolean keep_marker, guint64 *number, gboolean *all_ones)
{
  guint8 first = rushes_span_u8 (*rest, 0);
  gsize length = 1;
  guint64 mask;

  while (length <= 8 && (first & (0x80 >> (length - 1))) == 0)
    length++;
  if (length > 8 || rest->size < length)
    return FALSE;

  mask = (G_GUINT64_CONSTANT (1) << (7 * length)) - 1;
  *number = rushes_span_number (*rest, 0, length);
  if (all_ones != NULL)
    *all_ones = (*number & mask) == mask;
  if (!keep_marker)
    *number &= mask;
  *rest = rushes_span_from (*rest, length);
  return TRUE;
}

static gboolean
take_header (RushesSpan *rest, guint32 *id, guint64 *size, gboolean *is_open)
{
  guint64 number;

  if (!rushes_ebml_take_number (rest, TRUE, &number, NULL) || number > G_MAXUINT32)
    return FALSE;
  *id = (guint32) number;
  return rushes_ebml_take_number (rest, FALSE, size, is_open);
}

gboolean
rushes_ebml_read_element (RushesByteSource *source,
                          guint64 offset,
                          guint64 limit,
                          RushesEbmlElement *element,
                          GError **error)
{
  guint64 file_size = rushes_byte_source_get_size (source);
  guint8 header[12];
  RushesSpan rest = { header, 0 };
  gssize n_read = rushes_byte_source_read (source, offset, header, sizeof header, error);
  guint64 size;

  if (n_read < 0)
    return FALSE;
  rest.size = MIN ((gsize) n_read, limit - offset);

  *element = (RushesEbmlElement) { 0 };
  if (!take_header (&rest, &element->id, &size, &element->is_open))
    {
      /* Twelve bytes hold every header: with fewer the end of the file may have come too early. */
      if (limit == file_size && limit - offset < sizeof header)
        return rushes_container_fail_truncated (error);
      return rushes_container_fail_damaged (error);
    }

  element->body = offset + (gsize) (rest.data - header);
  if (element->is_open)
    size = limit - element->body;
  if (size > file_size - element->body)
    return rushes_container_fail_truncated (error);
  if (size > limit - element->body)
    return rushes_container_fail_damaged (error);
  element->end = element->body + size;
  return TRUE;
}

gboolean
rushes_ebml_take_element (RushesSpan *rest, guint32 *id, RushesSpan *body)
{
  RushesSpan after = *rest;
  gboolean is_open;
  guint64 size;

  if (!take_header (&after, id, &size, &is_open) || size > after.size)
    return FALSE;

  *body = (RushesSpan) { after.data, (gsize) size };
  *rest = rushes_span_from (after, (gsize) size);
  return TRUE;
}

guint64
rushes_ebml_get_uint (RushesSpan body)
{
  return rushes_span_number (body, 0, MIN (body.size, 8));
}

double
rushes_ebml_get_float (RushesSpan body)
{
  guint32 bits = rushes_span_u32 (body, 0);
  guint64 long_bits = rushes_span_u64 (body, 0);
  double long_value;
  float value;

  if (body.size == 8)
    {
      memcpy (&long_value, &long_bits, sizeof long_value);
      return long_value;
    }
  memcpy (&value, &bits, sizeof value);
  return body.size == 4 ? value : 0;
}

char *
rushes_ebml_get_string (RushesSpan body)
{
  return g_strndup ((const char *) body.data, body.size);
}
