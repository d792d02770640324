/* rushes-model-size.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "rushes-model-private.h"

#include <math.h>

double
rushes_aspect_to_ratio (const char *aspect)
{
  char *end;
  double width, height;

  width = g_ascii_strtod (aspect, &end);
  if (end == aspect || *end != ':')
    return 0;
  aspect = end + 1;
  height = g_ascii_strtod (aspect, &end);
  if (end == aspect || *end != '\0')
    return 0;

  return width > 0 && height > 0 && isfinite (width) && isfinite (height) ? width / height : 0;
}

static int
even (double pixels)
{
  return 2 * (int) round (pixels / 2);
}

gboolean
rushes_resolution_to_size (const char *resolution, const char *aspect, int *width, int *height)
{
  char *end;
  guint64 first, second;
  double ratio;

  g_return_val_if_fail (width != NULL && height != NULL, FALSE);

  if (resolution == NULL || !g_ascii_isdigit (resolution[0]))
    return FALSE;

  first = g_ascii_strtoull (resolution, &end, 10);
  if ((*end == 'x' || *end == 'X') && g_ascii_isdigit (end[1]))
    {
      second = g_ascii_strtoull (end + 1, &end, 10);
      if (*end != '\0' || first < 2 || second < 2 || first > 16384 || second > 16384)
        return FALSE;
      *width = even (first);
      *height = even (second);
      return TRUE;
    }

  if (g_ascii_strcasecmp (resolution, "4k") == 0)
    first = 2160;
  else if (g_ascii_strcasecmp (resolution, "2k") == 0)
    first = 1440;
  else if (g_ascii_strcasecmp (end, "p") != 0)
    return FALSE;

  ratio = rushes_aspect_to_ratio (aspect != NULL ? aspect : "16:9");
  if (first < 2 || first > 16384 || ratio < 1 / 16.0 || ratio > 16)
    return FALSE;

  *width = even (ratio >= 1 ? first * ratio : first);
  *height = even (ratio >= 1 ? first : first / ratio);
  return TRUE;
}
