/* rushes-simulated-picture.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "rushes-simulated-picture.h"

#include <string.h>

static gboolean
read_png_size (const guint8 *data, gsize length, guint *width, guint *height)
{
  if (length < 24 || memcmp (data, "\211PNG\r\n\032\n", 8) != 0)
    return FALSE;
  *width = (guint) data[16] << 24 | data[17] << 16 | data[18] << 8 | data[19];
  *height = (guint) data[20] << 24 | data[21] << 16 | data[22] << 8 | data[23];
  return TRUE;
}

/* The size stands in the first frame header, ITU-T T.81 B.2.2. */
static gboolean
read_jpeg_size (const guint8 *data, gsize length, guint *width, guint *height)
{
  if (length < 4 || data[0] != 0xff || data[1] != 0xd8)
    return FALSE;
  for (gsize at = 2; at + 9 < length && data[at] == 0xff;)
    {
      guint8 marker = data[at + 1];

      if (marker >= 0xc0 && marker <= 0xcf && marker != 0xc4 && marker != 0xc8 && marker != 0xcc)
        {
          *height = data[at + 5] << 8 | data[at + 6];
          *width = data[at + 7] << 8 | data[at + 8];
          return TRUE;
        }
      at += 2 + (data[at + 2] << 8 | data[at + 3]);
    }
  return FALSE;
}

gboolean
rushes_simulated_picture_read_size (const guint8 *data, gsize length, guint *width, guint *height)
{
  return read_png_size (data, length, width, height) || read_jpeg_size (data, length, width, height);
}
