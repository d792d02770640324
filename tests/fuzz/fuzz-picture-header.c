/* fuzz-picture-header.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

/* A picture from anywhere, before a decoder gets to see it. */

#include "rushes-fuzz.h"
#include "rushes-picture-header.h"

int
LLVMFuzzerTestOneInput (const uint8_t *data, size_t size)
{
  RushesPictureHeader header;

  rushes_picture_header_read (&header, data, size);
  g_assert_true (header.content <= RUSHES_CONTENT_UNKNOWN);
  g_assert_true ((header.media_type != NULL) == (header.content <= RUSHES_CONTENT_TIFF));
  g_assert_true (header.width >= 0 && header.width <= 1 << 28 && header.height >= 0 && header.height <= 1 << 28);
  g_assert_true (header.orientation >= 1 && header.orientation <= 8);
  g_assert_true (header.working_bytes >= 0);
  if (header.icc != NULL)
    {
      g_assert_true (header.icc >= data && header.icc <= data + size);
      g_assert_cmpuint (header.icc_size, <=, (gsize) (data + size - header.icc));
    }
  else
    g_assert_cmpuint (header.icc_size, ==, 0);

  return 0;
}

void
rushes_fuzz_add_seeds (GPtrArray *seeds)
{
  /* As short as each may be. */
#define SEED(text) { text, sizeof (text) - 1 }
  static const struct
  {
    const char *bytes;
    gsize size;
  } pictures[] = {
    SEED ("\x89PNG\r\n\x1a\n\0\0\0\rIHDR\0\0\5\0\0\0\2\xd0\10\2\0\0\0\0\0\0\0\0\0\0\10acTL\0\0\0\2\0\0\0\0\0\0\0\0"
          "\0\0\0\0IEND\xae\x42\x60\x82"),
    SEED ("\xff\xd8\xff\xe1\0\x22"
          "Exif\0\0II*\0\10\0\0\0\1\0\x12\1\3\0\1\0\0\0\6\0\0\0\0\0\0\0"
          "\xff\xc2\0\x11\10\2\xd0\5\0\3\1\x22\0\2\x11\1\3\x11\1\xff\xda\0\10\1\1\0\0\x3f\0\0\xff\xd9"),
    SEED ("\xff\xd8\xff\xe2\0\x14ICC_PROFILE\0\1\1abcd\xff\xc0\0\13\10\0\x10\0\x10\1\1\x11\0\xff\xd9"),
    SEED ("RIFF\x3a\0\0\0WEBPVP8X\12\0\0\0\x2c\0\0\0\xff\4\0\xcf\2\0ICCP\4\0\0\0abcdEXIF\12\0\0\0MM\0*\0\0\0\10\0\0"),
    SEED ("RIFF\x16\0\0\0WEBPVP8L\12\0\0\0\x2f\xff\xc4\xb3\0\0\0\0\0\0"),
    SEED ("RIFF\x16\0\0\0WEBPVP8 \12\0\0\0\x30\1\0\x9d\1\x2a\0\5\xd0\2"),
    SEED ("\0\0\0\x18"
          "ftypavif\0\0\0\0avifmif1\0\0\0\x3cmeta\0\0\0\0\0\0\0\x30iprp\0\0\0\x28ipco\0\0\0\x14ispe\0\0\0\0\0\0\5\0\0\0"
          "\2\xd0"
          "\0\0\0\x0c"
          "colrprof\0\0\0\0mdat"),
    SEED ("\0\0\0\x18"
          "ftypheic\0\0\0\0heicmif1\0\0\0\0meta"),
    SEED ("GIF89a\0\5\xd0\2\x80\0\0\0\0\0\xff\xff\xff!\xf9\4\0\0\0\0\0,\0\0\0\0\1\0\1\0\0\2\2D\1\0;"),
    SEED ("BM\x46\0\0\0\0\0\0\0\x36\0\0\0\x28\0\0\0\0\5\0\0\x30\xfd\xff\xff\1\0\x18\0\0\0\0\0\x10\0\0\0\0\0\0\0\0\0\0\0"
          "\0\0\0\0\0\0\0\0"),
    SEED ("II*\0\10\0\0\0\3\0\0\1\3\0\1\0\0\0\0\5\0\0\1\1\3\0\1\0\0\0\xd0\2\0\0\x12\1\3\0\1\0\0\0\3\0\0\0\0\0\0\0"),
    SEED ("MM\0*\0\0\0\10\0\2\1\0\0\4\0\0\0\1\0\0\5\0\1\1\0\4\0\0\0\1\0\0\2\xd0\0\0\0\0"),
    SEED ("<?xml version=\"1.0\"?><svg xmlns=\"http://www.w3.org/2000/svg\" width=\"16\" height=\"9\"/>"),
    SEED ("%PDF-1.7"),
    SEED ("\xff\x0a\xfa\x7f"),
  };
#undef SEED

  for (gsize i = 0; i < G_N_ELEMENTS (pictures); i++)
    g_ptr_array_add (seeds, g_bytes_new_static (pictures[i].bytes, pictures[i].size));
}
