/* rushes-webp-frame.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "rushes-webp-frame.h"

#include <string.h>

/* RFC 9649. A file is a list of chunks: four letters, a length, and the contents, padded to an even length. The chunk
 * ANMF, a frame, is 16 bytes (its place, its size less one in 3 bytes each, a duration, flags) and a list of chunks. */

typedef struct
{
  const guint8 *data;
  gsize size;
} Span;

static guint32
number (Span span, gsize offset, guint n)
{
  guint32 value = 0;

  for (guint i = 0; i < n && offset + i < span.size; i++)
    value |= (guint32) span.data[offset + i] << (8 * i);

  return value;
}

/* The contents of the first chunk of a name; without data when there is none, or its end is missing. */
static Span
find (Span list, const char *name)
{
  for (gsize at = 0; at + 8 <= list.size;)
    {
      gsize length = number (list, at + 4, 4);

      if (length > list.size - at - 8)
        break;
      if (memcmp (list.data + at, name, 4) == 0)
        return (Span) { list.data + at + 8, length };
      at += 8 + length + (length & 1);
    }

  return (Span) { NULL, 0 };
}

static void
append_number (GByteArray *array, guint32 value)
{
  value = GUINT32_TO_LE (value);
  g_byte_array_append (array, (const guint8 *) &value, 4);
}

static void
append_chunk (GByteArray *array, const char *name, const guint8 *data, gsize size)
{
  g_byte_array_append (array, (const guint8 *) name, 4);
  append_number (array, (guint32) size);
  g_byte_array_append (array, data, (guint) size);
  if (size & 1)
    g_byte_array_append (array, (const guint8 *) "", 1);
}

GBytes *
rushes_webp_get_first_frame (GBytes *film)
{
  gsize size;
  const guint8 *data = g_bytes_get_data (film, &size);
  Span frame, list, lossy, lossless, alpha;
  GByteArray *still;
  guint32 length;

  if (size < 12)
    return NULL;
  frame = find ((Span) { data + 12, size - 12 }, "ANMF");
  if (frame.size < 16)
    return NULL;
  list = (Span) { frame.data + 16, frame.size - 16 };
  lossy = find (list, "VP8 ");
  lossless = find (list, "VP8L");
  alpha = find (list, "ALPH");
  if (lossy.data == NULL && lossless.data == NULL)
    return NULL;

  still = g_byte_array_new ();
  g_byte_array_append (still, (const guint8 *) "RIFF\0\0\0\0WEBP", 12);
  if (lossy.data != NULL && alpha.data != NULL)
    {
      guint8 extended[10] = { 0x10 }; /* there is transparency */

      memcpy (extended + 4, frame.data + 6, 6);
      append_chunk (still, "VP8X", extended, sizeof extended);
      append_chunk (still, "ALPH", alpha.data, alpha.size);
    }
  if (lossy.data != NULL)
    append_chunk (still, "VP8 ", lossy.data, lossy.size);
  else
    append_chunk (still, "VP8L", lossless.data, lossless.size);
  length = GUINT32_TO_LE (still->len - 8);
  memcpy (still->data + 4, &length, 4);

  return g_byte_array_free_to_bytes (still);
}
