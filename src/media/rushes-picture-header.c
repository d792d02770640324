/* rushes-picture-header.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "rushes-picture-header.h"

#include <string.h>

/* What loaders leave unsaid, or say only after they have decoded everything: gdk-pixbuf's JPEG, PNG and BMP loaders
 * give a grey rest for a file that was cut off, and the HEIF loader tells the size when the pixels are already there.
 */

/* Sizes beyond this are lies; cut to it, they can be multiplied without a thought. */
#define LARGEST (1 << 28)

typedef struct
{
  const guint8 *data;
  gsize size;
} Span;

static gboolean
has (Span span, gsize offset, const char *bytes, gsize n)
{
  return offset + n <= span.size && memcmp (span.data + offset, bytes, n) == 0;
}

#define HAS(span, offset, literal) has (span, offset, literal, sizeof (literal) - 1)

static guint32
number (Span span, gsize offset, guint n, gboolean little)
{
  guint32 value = 0;

  if (offset + n > span.size)
    return 0;
  for (guint i = 0; i < n; i++)
    value = value << 8 | span.data[offset + (little ? n - 1 - i : i)];

  return value;
}

static guint32
big (Span span, gsize offset, guint n)
{
  return number (span, offset, n, FALSE);
}

static guint32
little (Span span, gsize offset, guint n)
{
  return number (span, offset, n, TRUE);
}

/* An entry of the first directory of a TIFF block, which is what EXIF is too; 0 when it is not there. */
static guint32
read_tiff_entry (Span span, guint tag)
{
  gboolean is_little = HAS (span, 0, "II");
  gsize directory = number (span, 4, 4, is_little);
  guint n = number (span, directory, 2, is_little);

  for (guint i = 0; i < n; i++)
    {
      gsize entry = directory + 2 + 12 * (gsize) i;

      if (number (span, entry, 2, is_little) == tag)
        return number (span, entry + 8, number (span, entry + 2, 2, is_little) == 3 ? 2 : 4, is_little);
    }

  return 0;
}

static int
read_orientation (Span exif)
{
  guint32 value;

  if (HAS (exif, 0, "Exif\0\0"))
    exif = (Span) { exif.data + 6, exif.size - 6 };
  value = read_tiff_entry (exif, 0x0112);

  return value >= 1 && value <= 8 ? (int) value : 1;
}

static void
read_jpeg (RushesPictureHeader *self, Span span)
{
  gsize at = 2;

  self->truncated = TRUE;
  while (at + 4 <= span.size && span.data[at] == 0xff)
    {
      guint marker = span.data[at + 1];
      gsize length = big (span, at + 2, 2);

      if (marker == 0xff)
        {
          at++;
          continue;
        }
      if (marker >= 0xc0 && marker <= 0xcf && marker != 0xc4 && marker != 0xc8 && marker != 0xcc)
        {
          guint n = big (span, at + 9, 1);
          gint64 samples = 0, largest = 1;

          self->height = big (span, at + 5, 2);
          self->width = big (span, at + 7, 2);
          for (guint i = 0; i < n && i < 4; i++)
            {
              guint factors = big (span, at + 11 + 3 * i, 1);
              gint64 area = (gint64) (factors >> 4) * (factors & 15);

              samples += area;
              largest = MAX (largest, area);
            }
          if (marker == 0xc2 || marker == 0xc6 || marker == 0xca || marker == 0xce)
            self->working_bytes = 2 * self->width * self->height * samples / largest;
        }
      if (marker == 0xda)
        {
          /* In coded data ff is followed by 00, so that this pair can only be the end. What comes after it (the film
           * of a "motion photo") is nobody's business. */
          self->truncated = memmem (span.data + at, span.size - at, "\xff\xd9", 2) == NULL;
          return;
        }
      at += 2 + length;
    }
}

static void
read_png (RushesPictureHeader *self, Span span)
{
  self->width = MIN (big (span, 16, 4), LARGEST);
  self->height = MIN (big (span, 20, 4), LARGEST);
  self->truncated = TRUE;
  for (gsize at = 8; at + 12 <= span.size; at += 12 + (gsize) big (span, at, 4))
    {
      gsize length = big (span, at, 4);

      if (HAS (span, at + 4, "eXIf") && length <= span.size - at - 12)
        self->orientation = read_orientation ((Span) { span.data + at + 8, length });
      if (HAS (span, at + 4, "IEND"))
        {
          self->truncated = FALSE;
          return;
        }
    }
}

static void
read_webp (RushesPictureHeader *self, Span span)
{
  gsize at = 12, end = 8 + (gsize) little (span, 4, 4);

  self->truncated = end > span.size;
  while (at + 8 <= span.size)
    {
      gsize length = little (span, at + 4, 4);
      Span chunk = { span.data + at + 8, MIN (length, span.size - at - 8) };

      if (HAS (span, at, "VP8X"))
        {
          self->animated = (little (chunk, 0, 1) & 2) != 0;
          self->width = 1 + (gint64) little (chunk, 4, 3);
          self->height = 1 + (gint64) little (chunk, 7, 3);
        }
      else if (HAS (span, at, "VP8 ") && self->width == 0)
        {
          self->width = little (chunk, 6, 2) & 0x3fff;
          self->height = little (chunk, 8, 2) & 0x3fff;
        }
      else if (HAS (span, at, "VP8L") && self->width == 0)
        {
          guint32 bits = little (chunk, 1, 4);

          self->width = 1 + (gint64) (bits & 0x3fff);
          self->height = 1 + (gint64) (bits >> 14 & 0x3fff);
        }
      else if (HAS (span, at, "EXIF"))
        self->orientation = read_orientation (chunk);
      else if (HAS (span, at, "ICCP"))
        {
          self->icc = chunk.data;
          self->icc_size = chunk.size;
        }
      at += 8 + length + (length & 1);
    }
}

/* The largest of the sizes it announces: tiles and thumbnails have one of their own, and so has the whole. */
static void
read_heif (RushesPictureHeader *self, Span span)
{
  const guint8 *found, *at = span.data, *end = span.data + span.size;

  self->animated = HAS (span, 8, "avis") || HAS (span, 8, "msf1") || HAS (span, 8, "hevc");
  while ((found = memmem (at, end - at, "ispe", 4)) != NULL)
    {
      gint64 width = MIN (big (span, found - span.data + 8, 4), LARGEST);
      gint64 height = MIN (big (span, found - span.data + 12, 4), LARGEST);

      /* Pixels may hold these four letters by chance; a size that no property box gives is one of those. */
      if (big (span, found - span.data + 4, 4) == 0 && found - span.data >= 4 &&
          big (span, found - span.data - 4, 4) == 20 && width * height > self->width * self->height)
        {
          self->width = width;
          self->height = height;
        }
      at = found + 4;
    }
}

static void
read_bmp (RushesPictureHeader *self, Span span)
{
  guint32 header = little (span, 14, 4), bits;
  gint64 stride;

  if (header == 12)
    {
      self->width = little (span, 18, 2);
      self->height = little (span, 20, 2);
      return;
    }
  self->width = MIN (little (span, 18, 4), LARGEST);
  self->height = MIN (ABS ((gint64) (gint32) little (span, 22, 4)), LARGEST);
  bits = little (span, 28, 2);
  stride = (self->width * MIN (bits, 32) + 31) / 32 * 4;
  if (little (span, 30, 4) == 0)
    self->truncated = little (span, 10, 4) + stride * self->height > (gint64) span.size;
}

static gboolean
looks_like_text (Span span)
{
  gsize n = MIN (span.size, 4096);
  const char *end;

  for (gsize i = 0; i < n; i++)
    if (span.data[i] < 32 && strchr ("\t\n\r\f\033", span.data[i]) == NULL)
      return FALSE;

  /* The last character may be cut through. */
  return g_utf8_validate_len ((const char *) span.data, n, &end) || (const char *) span.data + n - end < 4;
}

static gboolean
looks_like_svg (Span span)
{
  gsize n = MIN (span.size, 16 * 1024);
  gsize at = HAS (span, 0, "\xef\xbb\xbf") ? 3 : 0;

  while (at < n && g_ascii_isspace (span.data[at]))
    at++;

  return at < n && span.data[at] == '<' && g_strstr_len ((const char *) span.data, n, "<svg") != NULL;
}

static const struct
{
  gsize offset;
  const char *bytes;
  gsize n;
  RushesContent content;
  const char *title;
  const char *media_type;
} signatures[] = {
#define SIGNATURE(offset, bytes, content, title, media_type)                                                           \
  { offset, bytes, sizeof (bytes) - 1, RUSHES_CONTENT_##content, title, media_type }
  SIGNATURE (0, "\xff\xd8\xff", JPEG, "JPEG", "image/jpeg"),
  SIGNATURE (0, "\x89PNG\r\n\x1a\n", PNG, "PNG", "image/png"),
  SIGNATURE (0, "GIF8", GIF, "GIF", "image/gif"),
  SIGNATURE (8, "WEBP", WEBP, "WebP", "image/webp"),
  SIGNATURE (0, "II*\0", TIFF, "TIFF", "image/tiff"),
  SIGNATURE (0, "MM\0*", TIFF, "TIFF", "image/tiff"),
  SIGNATURE (4, "ftypavif", AVIF, "AVIF", "image/avif"),
  SIGNATURE (4, "ftypavis", AVIF, "AVIF", "image/avif"),
  SIGNATURE (4, "ftyphe", HEIC, "HEIC", "image/heic"),
  SIGNATURE (4, "ftypmif1", HEIC, "HEIC", "image/heic"),
  SIGNATURE (4, "ftypmsf1", HEIC, "HEIC", "image/heic"),
  SIGNATURE (0, "\xff\x0a", OTHER_PICTURE, "JPEG XL", NULL),
  SIGNATURE (4, "JXL \r\n\x87\n", OTHER_PICTURE, "JPEG XL", NULL),
  SIGNATURE (4, "jP  \r\n\x87\n", OTHER_PICTURE, "JPEG 2000", NULL),
  SIGNATURE (0, "8BPS", OTHER_PICTURE, "Photoshop", NULL),
  SIGNATURE (0, "gimp xcf", OTHER_PICTURE, "GIMP", NULL),
  SIGNATURE (0, "\x76\x2f\x31\x01", OTHER_PICTURE, "OpenEXR", NULL),
  SIGNATURE (0, "\0\0\1\0", OTHER_PICTURE, "ICO", NULL),
  SIGNATURE (0, "II+\0", OTHER_PICTURE, "BigTIFF", NULL),
  SIGNATURE (0, "MM\0+", OTHER_PICTURE, "BigTIFF", NULL),
  SIGNATURE (4, "ftypcrx", OTHER_PICTURE, "Canon raw", NULL),
  SIGNATURE (0, "FUJIFILMCCD-RAW", OTHER_PICTURE, "Fujifilm raw", NULL),
  SIGNATURE (4, "ftyp", VIDEO, NULL, NULL),
  SIGNATURE (4, "moov", VIDEO, NULL, NULL),
  SIGNATURE (0, "\x1a\x45\xdf\xa3", VIDEO, NULL, NULL),
  SIGNATURE (8, "AVI ", VIDEO, NULL, NULL),
  SIGNATURE (0, "OggS", VIDEO, NULL, NULL),
  SIGNATURE (0, "\0\0\1\xba", VIDEO, NULL, NULL),
  SIGNATURE (0, "\0\0\1\xb3", VIDEO, NULL, NULL),
  SIGNATURE (0, "FLV\1", VIDEO, NULL, NULL),
  SIGNATURE (0, "\x30\x26\xb2\x75\x8e\x66\xcf\x11", VIDEO, NULL, NULL),
  SIGNATURE (0, "%PDF", DOCUMENT, "PDF", NULL),
  SIGNATURE (0, "PK\3\4", DOCUMENT, "ZIP", NULL),
  SIGNATURE (0, "\x1f\x8b", DOCUMENT, "gzip", NULL),
  /* Two letters prove little, so it stands last. */
  SIGNATURE (0, "BM", BMP, "BMP", "image/bmp"),
#undef SIGNATURE
};

static void
tell_content (RushesPictureHeader *self, Span span)
{
  for (gsize i = 0; i < G_N_ELEMENTS (signatures); i++)
    if (has (span, signatures[i].offset, signatures[i].bytes, signatures[i].n))
      {
        self->content = signatures[i].content;
        self->title = signatures[i].title;
        self->media_type = signatures[i].media_type;
        break;
      }

  /* "mif1" says only that there are pictures inside; the brands after it say which. */
  if (self->content == RUSHES_CONTENT_HEIC && (HAS (span, 4, "ftypmif1") || HAS (span, 4, "ftypmsf1")) &&
      memmem (span.data, MIN (span.size, MIN (big (span, 0, 4), 256)), "avif", 4) != NULL)
    {
      self->content = RUSHES_CONTENT_AVIF;
      self->title = "AVIF";
      self->media_type = "image/avif";
    }
  if (self->content == RUSHES_CONTENT_BMP && (big (span, 6, 4) != 0 || little (span, 14, 4) > 256))
    self->content = RUSHES_CONTENT_UNKNOWN;

  if (self->content != RUSHES_CONTENT_UNKNOWN)
    return;
  self->title = self->media_type = NULL;
  if (looks_like_svg (span))
    {
      self->content = RUSHES_CONTENT_SVG;
      self->title = "SVG";
      self->media_type = "image/svg+xml";
    }
  else if (looks_like_text (span))
    self->content = RUSHES_CONTENT_TEXT;
}

void
rushes_picture_header_read (RushesPictureHeader *self, const guint8 *data, gsize size)
{
  Span span = { data, size };

  *self = (RushesPictureHeader) { .content = RUSHES_CONTENT_UNKNOWN, .orientation = 1 };
  tell_content (self, span);

  switch (self->content)
    {
    case RUSHES_CONTENT_JPEG:
      read_jpeg (self, span);
      break;
    case RUSHES_CONTENT_PNG:
      read_png (self, span);
      break;
    case RUSHES_CONTENT_WEBP:
      read_webp (self, span);
      break;
    case RUSHES_CONTENT_AVIF:
    case RUSHES_CONTENT_HEIC:
      read_heif (self, span);
      break;
    case RUSHES_CONTENT_GIF:
      self->width = little (span, 6, 2);
      self->height = little (span, 8, 2);
      break;
    case RUSHES_CONTENT_BMP:
      read_bmp (self, span);
      break;
    case RUSHES_CONTENT_TIFF:
      self->width = MIN (read_tiff_entry (span, 0x0100), LARGEST);
      self->height = MIN (read_tiff_entry (span, 0x0101), LARGEST);
      self->orientation = read_orientation (span);
      break;
    case RUSHES_CONTENT_SVG:
    case RUSHES_CONTENT_OTHER_PICTURE:
    case RUSHES_CONTENT_VIDEO:
    case RUSHES_CONTENT_DOCUMENT:
    case RUSHES_CONTENT_TEXT:
    case RUSHES_CONTENT_UNKNOWN:
      break;
    }
}
