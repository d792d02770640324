/* rushes-gif-frame.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "rushes-gif-frame.h"

#include <string.h>

/* GIF89a. The signature (6 bytes) and the canvas (7 bytes: width and height in 2 bytes each, flags, two more) come
 * first, then a table of colours if the flags say so, then blocks: an extension (0x21, its kind, sub-blocks), an image
 * (0x2c, its place and size in 2 bytes each, flags, its own colours, a code size, sub-blocks), or the end (0x3b). A
 * sub-block is its length in a byte and its bytes; one of length 0 ends the list. */

#define CANVAS_SIZE  13
#define IMAGE_SIZE   10
#define CONTROL_SIZE 8
#define EXTENSION    0x21
#define CONTROL      0xf9
#define IMAGE        0x2c
#define END          0x3b

static guint
number (const guint8 *at)
{
  return at[0] | (guint) at[1] << 8;
}

static gsize
get_colors_size (guint8 flags)
{
  return flags & 0x80 ? (gsize) 3 << ((flags & 7) + 1) : 0;
}

/* Where a list of sub-blocks ends; 0 when its end is missing. */
static gsize
skip_sub_blocks (const guint8 *data, gsize size, gsize at)
{
  while (at < size && data[at] != 0)
    at += 1 + (gsize) data[at];

  return at < size ? at + 1 : 0;
}

/* The next image from @at on; 0 when there is none. @control is set to the last graphic control extension before it. */
static gsize
find_image (const guint8 *data, gsize size, gsize at, gsize *control)
{
  *control = 0;
  while (at != 0 && at + 2 <= size && data[at] == EXTENSION)
    {
      gsize end = skip_sub_blocks (data, size, at + 2);

      if (data[at + 1] == CONTROL && end == at + CONTROL_SIZE)
        *control = at;
      at = end;
    }

  return at != 0 && at + IMAGE_SIZE <= size && data[at] == IMAGE ? at : 0;
}

GBytes *
rushes_gif_get_first_frame (GBytes *film, gboolean *animated)
{
  gsize size, control, other_control, image, pixels, end;
  const guint8 *data = g_bytes_get_data (film, &size);
  guint8 canvas[CANVAS_SIZE], end_byte = END;
  guint right, bottom;
  GByteArray *still;

  if (size < CANVAS_SIZE)
    return NULL;
  image = find_image (data, size, CANVAS_SIZE + get_colors_size (data[10]), &control);
  if (image == 0)
    return NULL;
  pixels = image + IMAGE_SIZE + get_colors_size (data[image + 9]) + 1;
  end = skip_sub_blocks (data, size, pixels);
  right = number (data + image + 1) + number (data + image + 5);
  bottom = number (data + image + 3) + number (data + image + 7);
  if (end == 0 || number (data + image + 5) == 0 || number (data + image + 7) == 0 || right > G_MAXUINT16 ||
      bottom > G_MAXUINT16)
    return NULL;
  *animated = find_image (data, size, end, &other_control) != 0;

  memcpy (canvas, data, CANVAS_SIZE);
  right = MAX (right, number (data + 6));
  bottom = MAX (bottom, number (data + 8));
  for (guint i = 0; i < 2; i++)
    {
      canvas[6 + i] = (guint8) (right >> (8 * i));
      canvas[8 + i] = (guint8) (bottom >> (8 * i));
    }

  still = g_byte_array_new ();
  g_byte_array_append (still, canvas, CANVAS_SIZE);
  g_byte_array_append (still, data + CANVAS_SIZE, (guint) get_colors_size (data[10]));
  if (control != 0)
    g_byte_array_append (still, data + control, CONTROL_SIZE);
  g_byte_array_append (still, data + image, (guint) (end - image));
  g_byte_array_append (still, &end_byte, 1);

  return g_byte_array_free_to_bytes (still);
}
