/* rushes-color-profile.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "rushes-color-profile.h"

#include <math.h>
#include <string.h>

/* ICC.1:2022. All numbers are big-endian; s15Fixed16 means 1/65536. */

typedef struct
{
  const guint8 *data;
  gsize size;
} Span;

typedef struct
{
  float curves[3][256];
  double matrix[3][3]; /* device RGB to the connection space, XYZ under D50 */
} Profile;

/* From XYZ under D50 to linear sRGB (IEC 61966-2-1, adapted by Bradford). */
static const double to_srgb[3][3] = {
  { 3.1341359, -1.6173863, -0.4906619 },
  { -0.9787955, 1.9162543, 0.0334427 },
  { 0.0719556, -0.2289769, 1.4053860 },
};

static guint32
number (Span span, gsize offset, guint n)
{
  guint32 value = 0;

  if (offset + n > span.size)
    return 0;
  for (guint i = 0; i < n; i++)
    value = value << 8 | span.data[offset + i];

  return value;
}

static double
fixed (Span span, gsize offset)
{
  return (gint32) number (span, offset, 4) / 65536.0;
}

static gboolean
is (Span span, gsize offset, const char *name)
{
  return offset + 4 <= span.size && memcmp (span.data + offset, name, 4) == 0;
}

static Span
find_tag (Span profile, const char *name)
{
  guint n = number (profile, 128, 4);

  for (guint i = 0; i < MIN (n, 100); i++)
    {
      gsize entry = 132 + 12 * (gsize) i;
      gsize offset = number (profile, entry + 4, 4), size = number (profile, entry + 8, 4);

      if (is (profile, entry, name) && offset <= profile.size && size <= profile.size - offset)
        return (Span) { profile.data + offset, size };
    }

  return (Span) { NULL, 0 };
}

/* parametricCurveType, 10.18: which of g a b c d e f a function has, and how it joins its two pieces. */
static double
parametric (guint kind, const double p[7], double x)
{
  double g = p[0], a = p[1], b = p[2], c = p[3], d = p[4], e = p[5], f = p[6];

  switch (kind)
    {
    case 0:
      return pow (x, g);
    case 1:
      return a != 0 && x >= -b / a ? pow (MAX (a * x + b, 0), g) : 0;
    case 2:
      return a != 0 && x >= -b / a ? pow (MAX (a * x + b, 0), g) + c : c;
    case 3:
      return x >= d ? pow (MAX (a * x + b, 0), g) : c * x;
    default:
      return x >= d ? pow (MAX (a * x + b, 0), g) + e : c * x + f;
    }
}

static gboolean
read_curve (Span tag, float curve[256])
{
  if (is (tag, 0, "curv"))
    {
      guint n = number (tag, 8, 4);

      if (n > 4096 || 12 + 2 * (gsize) n > tag.size)
        return FALSE;
      for (guint i = 0; i < 256; i++)
        {
          double x = i / 255.0, at = x * ((double) n - 1);
          guint left = n > 1 ? MIN ((guint) at, n - 2) : 0;
          double from = number (tag, 12 + 2 * (gsize) left, 2) / 65535.0;
          double to = number (tag, 14 + 2 * (gsize) left, 2) / 65535.0;

          curve[i] = n == 0 ? x : n == 1 ? pow (x, number (tag, 12, 2) / 256.0) : from + (to - from) * (at - left);
        }
      return TRUE;
    }
  if (is (tag, 0, "para"))
    {
      static const guint counts[] = { 1, 3, 4, 5, 7 };
      guint kind = number (tag, 8, 2);
      double p[7] = { 0 };

      if (kind >= G_N_ELEMENTS (counts) || 12 + 4 * (gsize) counts[kind] > tag.size)
        return FALSE;
      for (guint i = 0; i < counts[kind]; i++)
        p[i] = fixed (tag, 12 + 4 * (gsize) i);
      for (guint i = 0; i < 256; i++)
        curve[i] = CLAMP (parametric (kind, p, i / 255.0), 0, 1);
      return TRUE;
    }

  return FALSE;
}

static gboolean
read_profile (Profile *self, Span span)
{
  static const char *const columns[] = { "rXYZ", "gXYZ", "bXYZ" };
  static const char *const curves[] = { "rTRC", "gTRC", "bTRC" };

  /* A profile that has tables beside the matrix means the tables. */
  if (!is (span, 16, "RGB ") || !is (span, 20, "XYZ ") || find_tag (span, "A2B0").data != NULL)
    return FALSE;
  for (guint i = 0; i < 3; i++)
    {
      Span column = find_tag (span, columns[i]);

      if (!is (column, 0, "XYZ ") || column.size < 20 || !read_curve (find_tag (span, curves[i]), self->curves[i]))
        return FALSE;
      for (guint row = 0; row < 3; row++)
        self->matrix[row][i] = fixed (column, 8 + 4 * (gsize) row);
    }

  return TRUE;
}

static double
encode_srgb (double linear)
{
  return linear <= 0.0031308 ? 12.92 * linear : 1.055 * pow (linear, 1 / 2.4) - 0.055;
}

#define STEPS 4096

static void
convert (const Profile *self, GdkPixbuf *pixbuf, const float matrix[3][3])
{
  int width = gdk_pixbuf_get_width (pixbuf), height = gdk_pixbuf_get_height (pixbuf);
  int channels = gdk_pixbuf_get_n_channels (pixbuf), stride = gdk_pixbuf_get_rowstride (pixbuf);
  guint8 *pixels = gdk_pixbuf_get_pixels (pixbuf);
  guint8 encoded[STEPS + 1];

  for (guint i = 0; i <= STEPS; i++)
    encoded[i] = (guint8) lround (255 * encode_srgb ((double) i / STEPS));

  for (int y = 0; y < height; y++)
    {
      guint8 *p = pixels + (gsize) y * stride;

      for (int x = 0; x < width; x++, p += channels)
        {
          float r = self->curves[0][p[0]], g = self->curves[1][p[1]], b = self->curves[2][p[2]];

          for (guint i = 0; i < 3; i++)
            {
              float value = matrix[i][0] * r + matrix[i][1] * g + matrix[i][2] * b;

              p[i] = encoded[(int) (CLAMP (value, 0.0f, 1.0f) * STEPS + 0.5f)];
            }
        }
    }
}

gboolean
rushes_color_profile_to_srgb (GdkPixbuf *pixbuf, const guint8 *icc, gsize size)
{
  Span span = { icc, size };
  Profile profile;
  float matrix[3][3];
  double furthest = 0;

  if (!read_profile (&profile, span))
    return FALSE;

  for (guint row = 0; row < 3; row++)
    for (guint column = 0; column < 3; column++)
      {
        double sum = 0;

        for (guint i = 0; i < 3; i++)
          sum += to_srgb[row][i] * profile.matrix[i][column];
        matrix[row][column] = (float) sum;
      }

  /* Cameras write sRGB as a profile as well: its pixels are not worth a walk, nor the rounding. */
  for (guint i = 0; i < 256; i += 5)
    for (guint row = 0; row < 3; row++)
      for (guint column = 0; column < 3; column++)
        {
          double linear = CLAMP (matrix[row][column] * profile.curves[column][i], 0, 1);

          furthest =
              MAX (furthest, fabs (255 * encode_srgb (linear) - (row == column ? i : 0)) / (row == column ? 1 : 12));
        }
  if (furthest < 1.5)
    return FALSE;

  convert (&profile, pixbuf, matrix);
  return TRUE;
}
