/* rushes-utf8.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "rushes-utf8.h"

#include <string.h>

#define REPLACEMENT "\xEF\xBF\xBD"

/* Skips plain ASCII, most of most streams, many bytes at a time. */
static const guchar *
skip_ascii (const guchar *p, const guchar *end)
{
  const gsize block = 64;

  while ((gsize) (end - p) >= block)
    {
      guchar any = 0;

      for (gsize i = 0; i < block; i++)
        any |= p[i];
      if (any >= 0x80)
        break;
      p += block;
    }
  while (p < end && *p < 0x80)
    p++;
  return p;
}

/* How many bytes a lead byte asks for beside itself, and between which the first of them must lie; 0 for what is no
 * lead byte. */
static guint
read_lead (guchar lead, guchar *lower, guchar *upper)
{
  *lower = 0x80;
  *upper = 0xBF;

  if (lead >= 0xC2 && lead <= 0xDF)
    return 1;
  if (lead >= 0xE0 && lead <= 0xEF)
    {
      if (lead == 0xE0)
        *lower = 0xA0;
      if (lead == 0xED)
        *upper = 0x9F;
      return 2;
    }
  if (lead >= 0xF0 && lead <= 0xF4)
    {
      if (lead == 0xF0)
        *lower = 0x90;
      if (lead == 0xF4)
        *upper = 0x8F;
      return 3;
    }
  return 0;
}

/* Goes over the sequence that begins at @p, which is not ASCII: to its end when it is whole, else over its maximal
 * part. */
static const guchar *
skip_sequence (const guchar *p, const guchar *end, gboolean *whole)
{
  guchar lower, upper;
  guint n = read_lead (*p++, &lower, &upper);

  *whole = n > 0;
  for (; n > 0; n--)
    {
      if (p == end || *p < lower || *p > upper)
        {
          *whole = FALSE;
          return p;
        }
      lower = 0x80;
      upper = 0xBF;
      p++;
    }
  return p;
}

gboolean
rushes_utf8_is_whole (const char *bytes, gsize length)
{
  const guchar *p = (const guchar *) bytes;
  const guchar *end = p + length;
  gboolean whole = TRUE;

  while (whole && (p = skip_ascii (p, end)) < end)
    p = skip_sequence (p, end, &whole);
  return whole;
}

GString *
rushes_utf8_repair (const char *bytes, gsize length, guint *n_repaired)
{
  const guchar *p = (const guchar *) bytes;
  const guchar *end = p + length;
  GString *repaired = g_string_sized_new (length + 16);

  *n_repaired = 0;
  while (p < end)
    {
      const guchar *start = p;
      gboolean whole = TRUE;

      while (whole && (p = skip_ascii (p, end)) < end)
        {
          const guchar *next = skip_sequence (p, end, &whole);

          if (whole)
            p = next;
          else
            {
              g_string_append_len (repaired, (const char *) start, p - start);
              g_string_append (repaired, REPLACEMENT);
              (*n_repaired)++;
              start = p = next;
            }
        }
      g_string_append_len (repaired, (const char *) start, p - start);
    }
  return repaired;
}
