/* rushes-backdrop.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "rushes-backdrop.h"

#include <math.h>

/* How light what can be seen is on average, 0…1; what is seen faintly counts little. */
static double
measure_light (GdkPixbuf *pixbuf)
{
  int width = gdk_pixbuf_get_width (pixbuf), height = gdk_pixbuf_get_height (pixbuf);
  gsize stride = gdk_pixbuf_get_rowstride (pixbuf);
  const guint8 *pixels = gdk_pixbuf_read_pixels (pixbuf);
  double light = 0, weight = 0;

  for (int y = 0; y < height; y++)
    for (int x = 0; x < width; x++)
      {
        const guint8 *p = pixels + y * stride + 4 * (gsize) x;

        light += (0.2126 * p[0] + 0.7152 * p[1] + 0.0722 * p[2]) * p[3];
        weight += 255.0 * p[3];
      }

  return weight > 0 ? light / weight : 0;
}

GdkPixbuf *
rushes_backdrop_put_behind (GdkPixbuf *pixbuf)
{
  int width = gdk_pixbuf_get_width (pixbuf), height = gdk_pixbuf_get_height (pixbuf);
  GdkPixbuf *flat;
  gboolean dark;
  gsize stride, flat_stride;
  const guint8 *pixels;
  guint8 *flat_pixels;

  if (!gdk_pixbuf_get_has_alpha (pixbuf))
    return g_object_ref (pixbuf);

  dark = measure_light (pixbuf) > 0.55;
  flat = gdk_pixbuf_new (GDK_COLORSPACE_RGB, FALSE, 8, width, height);
  stride = gdk_pixbuf_get_rowstride (pixbuf);
  flat_stride = gdk_pixbuf_get_rowstride (flat);
  pixels = gdk_pixbuf_read_pixels (pixbuf);
  flat_pixels = gdk_pixbuf_get_pixels (flat);

  for (int y = 0; y < height; y++)
    for (int x = 0; x < width; x++)
      {
        const guint8 *p = pixels + y * stride + 4 * (gsize) x;
        guint8 *q = flat_pixels + y * flat_stride + 3 * (gsize) x;
        /* A little lighter above the middle, as under a lamp. */
        double dx = (x + 0.5) / width - 0.5, dy = (y + 0.5) / height - 0.42;
        double near = exp (-2.2 * (dx * dx + dy * dy));
        double behind[3] = { dark ? 22 + 30 * near : 190 + 52 * near, dark ? 23 + 31 * near : 190 + 51 * near,
                             dark ? 27 + 33 * near : 189 + 49 * near };

        for (int i = 0; i < 3; i++)
          q[i] = (guint8) lround ((p[i] * p[3] + behind[i] * (255 - p[3])) / 255);
      }

  return flat;
}
