/* test-color-profile.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include <math.h>
#include <string.h>

#include "picture-fixtures.h"
#include "rushes-color-profile.h"
#include "rushes-picture-reader.h"
#include "rushes-test.h"

/* Primaries under D50, as the profiles that Apple and the ICC give away have them. */
static const double srgb[3][3] = { { 0.43607, 0.22249, 0.01392 },
                                   { 0.38515, 0.71687, 0.09708 },
                                   { 0.14307, 0.06061, 0.71410 } };
static const double display_p3[3][3] = { { 0.51512, 0.24120, -0.00105 },
                                         { 0.29198, 0.69225, 0.04189 },
                                         { 0.15710, 0.06657, 0.78407 } };

static void
append (GByteArray *array, guint32 value)
{
  value = GUINT32_TO_BE (value);
  g_byte_array_append (array, (const guint8 *) &value, 4);
}

static void
append_name (GByteArray *array, const char *name)
{
  g_byte_array_append (array, (const guint8 *) name, 4);
}

/* A profile by matrix; the curve is sRGB's own (parametric), a gamma of 2.2, or a table. */
static GByteArray *
make_profile (const double primaries[3][3], const char *curve)
{
  static const char *const tags[] = { "rXYZ", "gXYZ", "bXYZ", "rTRC", "gTRC", "bTRC" };
  static const double parameters[] = { 2.4, 1 / 1.055, 0.055 / 1.055, 1 / 12.92, 0.04045 };
  GByteArray *profile = g_byte_array_new ();
  guint curve_at = 132 + 6 * 12 + 3 * 20;

  g_byte_array_set_size (profile, 128);
  memset (profile->data, 0, 128);
  memcpy (profile->data, "\0\0\3\x1c", 4);
  memcpy (profile->data + 8, "\4\0\0\0mntrRGB XYZ ", 16);
  memcpy (profile->data + 36, "acsp", 4);
  memcpy (profile->data + 68, "\0\0\xf6\xd6\0\1\0\0\0\0\xd3\x2d", 12);
  append (profile, 6);
  for (guint i = 0; i < 6; i++)
    {
      append_name (profile, tags[i]);
      append (profile, i < 3 ? 132 + 72 + 20 * i : curve_at);
      append (profile, i < 3 ? 20 : 532);
    }
  for (guint i = 0; i < 3; i++)
    {
      append_name (profile, "XYZ ");
      append (profile, 0);
      for (guint k = 0; k < 3; k++)
        append (profile, (guint32) (gint32) lround (primaries[i][k] * 65536));
    }
  if (g_str_equal (curve, "para"))
    {
      append_name (profile, "para");
      append (profile, 0);
      append (profile, 3 << 16);
      for (guint i = 0; i < 5; i++)
        append (profile, (guint32) lround (parameters[i] * 65536));
    }
  else
    {
      gboolean table = g_str_equal (curve, "table");

      append_name (profile, "curv");
      append (profile, 0);
      append (profile, table ? 256 : 1);
      for (guint i = 0; i < (table ? 256 : 1); i += 2)
        {
          guint32 first = table ? (guint32) lround (65535 * pow (i / 255.0, 2.2)) : (guint32) lround (2.2 * 256);
          guint32 second = table ? (guint32) lround (65535 * pow ((i + 1) / 255.0, 2.2)) : 0;

          append (profile, first << 16 | second);
        }
    }
  g_byte_array_set_size (profile, curve_at + 532);
  g_assert_cmpuint (profile->len, ==, 0x31c);

  return profile;
}

static void
assert_pixel (GdkPixbuf *pixbuf, int r, int g, int b)
{
  const guint8 *p = gdk_pixbuf_read_pixels (pixbuf);

  if (ABS (p[0] - r) > 2 || ABS (p[1] - g) > 2 || ABS (p[2] - b) > 2)
    g_error ("%d %d %d is not %d %d %d", p[0], p[1], p[2], r, g, b);
}

static GdkPixbuf *
make_pixel (guint32 color)
{
  GdkPixbuf *pixbuf = gdk_pixbuf_new (GDK_COLORSPACE_RGB, FALSE, 8, 4, 4);

  gdk_pixbuf_fill (pixbuf, color << 8 | 0xff);
  return pixbuf;
}

static void
test_wide (void)
{
  g_autoptr (GByteArray) profile = make_profile (display_p3, "para");
  g_autoptr (GdkPixbuf) gray = make_pixel (0x808080), orange = make_pixel (0xc08040);

  /* Gray stays gray; the rest by the formulas of CSS Color 4. */
  g_assert_true (rushes_color_profile_to_srgb (gray, profile->data, profile->len));
  assert_pixel (gray, 128, 128, 128);
  rushes_color_profile_to_srgb (orange, profile->data, profile->len);
  assert_pixel (orange, 203, 126, 49);
}

static void
test_curves (void)
{
  for (guint i = 0; i < 2; i++)
    {
      g_autoptr (GByteArray) profile = make_profile (srgb, i == 0 ? "gamma" : "table");
      g_autoptr (GdkPixbuf) dark = make_pixel (0x202020), light = make_pixel (0xe0e0e0);

      g_assert_true (rushes_color_profile_to_srgb (dark, profile->data, profile->len));
      assert_pixel (dark, 28, 28, 28);
      g_assert_true (rushes_color_profile_to_srgb (light, profile->data, profile->len));
      assert_pixel (light, 224, 224, 224);
    }
}

static void
test_srgb_is_left_alone (void)
{
  g_autoptr (GByteArray) profile = make_profile (srgb, "para");
  g_autoptr (GdkPixbuf) pixel = make_pixel (0x336699);

  g_assert_false (rushes_color_profile_to_srgb (pixel, profile->data, profile->len));
  assert_pixel (pixel, 0x33, 0x66, 0x99);
}

static void
test_broken (void)
{
  g_autoptr (GByteArray) profile = make_profile (display_p3, "para");

  for (guint n = 0; n < profile->len; n++)
    {
      g_autoptr (GdkPixbuf) pixel = make_pixel (0x336699);
      g_autofree guint8 *copy = g_memdup2 (profile->data, MAX (n, 1));

      if (n > 128)
        copy[g_test_rand_int_range (128, (gint32) n)] = (guint8) g_test_rand_int ();
      rushes_color_profile_to_srgb (pixel, copy, n);
    }
}

static void
test_in_pictures (void)
{
  static const char *const types[] = { "png", "jpeg", "tiff" };
  g_autoptr (GByteArray) profile = make_profile (display_p3, "para");
  g_autofree char *encoded = g_base64_encode (profile->data, profile->len);
  g_autofree char *folder = rushes_test_folder ();

  for (guint i = 0; i < G_N_ELEMENTS (types); i++)
    {
      g_autoptr (GdkPixbuf) pixel = make_pixel (0xc08040), read = NULL;
      g_autofree char *path = g_build_filename (folder, types[i], NULL);
      g_autoptr (GFile) file = g_file_new_for_path (path);
      g_autoptr (GError) error = NULL;

      gdk_pixbuf_save (pixel, path, types[i], &error, "icc-profile", encoded, NULL);
      g_assert_no_error (error);
      read = rushes_picture_read (file, types[i], 0, NULL, &error);
      g_assert_no_error (error);
      assert_pixel (read, 203, 126, 49);
    }
}

static void
test_in_webp (void)
{
  g_autoptr (GByteArray) profile = make_profile (display_p3, "para");
  g_autofree char *encoded = g_base64_encode (profile->data, profile->len);
  g_autofree char *folder = rushes_test_folder ();
  g_autofree char *png = g_build_filename (folder, "a.png", NULL);
  g_autofree char *webp = g_build_filename (folder, "a.webp", NULL);
  g_autoptr (GFile) file = g_file_new_for_path (webp);
  g_autoptr (GdkPixbuf) pixel = make_pixel (0xc08040), read = NULL;
  g_autoptr (GError) error = NULL;

  gdk_pixbuf_save (pixel, png, "png", &error, "icc-profile", encoded, NULL);
  g_assert_no_error (error);
  if (!fixture_run ("cwebp", "-lossless", "-metadata", "icc", png, "-o", webp, NULL))
    return;
  read = rushes_picture_read (file, "a.webp", 0, NULL, &error);
  g_assert_no_error (error);
  assert_pixel (read, 203, 126, 49);
}

int
main (int argc, char **argv)
{
  rushes_test_init (&argc, &argv);
  g_test_add_func ("/color-profile/wide", test_wide);
  g_test_add_func ("/color-profile/curves", test_curves);
  g_test_add_func ("/color-profile/srgb-is-left-alone", test_srgb_is_left_alone);
  g_test_add_func ("/color-profile/broken", test_broken);
  g_test_add_func ("/color-profile/in-pictures", test_in_pictures);
  g_test_add_func ("/color-profile/in-webp", test_in_webp);
  return g_test_run ();
}
