/* harbour.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

/* Paints harbour.jpg, the picture that ships with Rushes: an evening harbour, all of it computed.
 *
 *   cc -O2 harbour.c $(pkg-config --cflags --libs gdk-pixbuf-2.0 cairo) -lm -o harbour && ./harbour harbour.jpg
 *
 * Lengths are in heights of the picture, y grows downwards. What stands above the water is painted into a buffer of
 * floats; the water then looks that buffer up through its waves, so that every reflection is the thing it reflects. */

#include <cairo.h>
#include <gdk-pixbuf/gdk-pixbuf.h>
#include <math.h>

#define WIDTH   1920
#define HEIGHT  1280
#define ASPECT  ((float) WIDTH / HEIGHT)
#define HORIZON 0.575f
#define SUN_X   1.0f
#define SUN_Y   0.487f

typedef struct
{
  float r, g, b;
} Color;

static Color picture[HEIGHT][WIDTH];

static Color
mix (Color a, Color b, float t)
{
  return (Color) { a.r + (b.r - a.r) * t, a.g + (b.g - a.g) * t, a.b + (b.b - a.b) * t };
}

static Color
add (Color a, Color b, float t)
{
  return (Color) { a.r + b.r * t, a.g + b.g * t, a.b + b.b * t };
}

static float
smooth (float from, float to, float x)
{
  float t = CLAMP ((x - from) / (to - from), 0, 1);

  return t * t * (3 - 2 * t);
}

static float
lattice (int x, int y)
{
  guint32 h = (guint32) x * 0x9E3779B1u ^ (guint32) y * 0x85EBCA77u;

  h = (h ^ (h >> 15)) * 0x2C1B3C6Du;
  h = (h ^ (h >> 12)) * 0x297A2D39u;
  return (h ^ (h >> 15)) / 4294967296.0f;
}

static float
noise (float x, float y)
{
  int xi = floorf (x), yi = floorf (y);
  float u = smooth (0, 1, x - xi), v = smooth (0, 1, y - yi);
  float top = lattice (xi, yi) + (lattice (xi + 1, yi) - lattice (xi, yi)) * u;
  float bottom = lattice (xi, yi + 1) + (lattice (xi + 1, yi + 1) - lattice (xi, yi + 1)) * u;

  return top + (bottom - top) * v;
}

/* Noise of several scales, -1 to 1. */
static float
fractal (float x, float y, int octaves)
{
  float sum = 0, weight = 1, total = 0;

  for (int i = 0; i < octaves; i++, weight *= 0.5f)
    {
      sum += weight * (noise (x, y) * 2 - 1);
      total += weight;
      x = x * 2.03f + 17.1f;
      y = y * 2.01f + 31.7f;
    }
  return sum / total;
}

static Color
sky (float x, float y)
{
  static const struct
  {
    float at;
    Color color;
  } stops[] = {
    { -0.60f, { 0.040f, 0.060f, 0.150f } }, { 0.00f, { 0.085f, 0.130f, 0.290f } },
    { 0.20f, { 0.200f, 0.215f, 0.400f } },  { 0.34f, { 0.500f, 0.320f, 0.430f } },
    { 0.45f, { 0.900f, 0.470f, 0.330f } },  { 0.56f, { 1.200f, 0.760f, 0.400f } },
  };
  float dx = x - SUN_X, dy = y - SUN_Y, far = sqrtf (dx * dx + dy * dy);
  Color color = stops[G_N_ELEMENTS (stops) - 1].color;
  float high, low, lit;

  for (guint i = 1; i < G_N_ELEMENTS (stops); i++)
    if (y < stops[i].at)
      {
        color = mix (stops[i - 1].color, stops[i].color,
                     CLAMP ((y - stops[i - 1].at) / (stops[i].at - stops[i - 1].at), 0, 1));
        break;
      }

  color =
      mix (color, (Color) { 0.42f, 0.30f, 0.44f }, 0.35f * smooth (0.2f, 1.1f, fabsf (dx)) * smooth (0.1f, 0.5f, y));
  color = add (color, (Color) { 1.05f, 0.46f, 0.12f }, 0.95f * expf (-far * 3.4f));
  color = add (color, (Color) { 1.00f, 0.75f, 0.40f }, 1.30f * expf (-far * 13));

  /* High thin cloud, drawn out by the wind, and banks near the horizon whose lower edge the sun reaches. */
  high = smooth (0.00f, 0.75f, fractal (x * 1.6f + y * 1.2f + 3, (y - x * 0.10f) * 9, 6) + 0.16f) *
         smooth (0.52f, 0.30f, y);
  color = mix (color, mix ((Color) { 0.62f, 0.38f, 0.47f }, (Color) { 1.35f, 0.72f, 0.42f }, expf (-far * 1.9f)),
               high * 0.80f);
  low = fractal (x * 2.4f + 9, y * 17 + 4, 6) + 0.34f - 9 * fabsf (y - 0.33f - 0.02f * sinf (x * 3));
  lit =
      fractal (x * 2.4f + 9, (y + 0.012f) * 17 + 4, 6) + 0.34f - 9 * fabsf (y + 0.012f - 0.33f - 0.02f * sinf (x * 3));
  color = mix (color, (Color) { 0.36f, 0.26f, 0.42f }, 0.7f * smooth (0, 0.45f, low));
  color = add (color, (Color) { 1.2f, 0.46f, 0.20f },
               1.0f * smooth (0, 0.4f, low) * smooth (0.25f, -0.15f, lit) * expf (-fabsf (dx) * 1.1f));

  return mix (color, (Color) { 12.0f, 7.6f, 3.4f }, smooth (0.0335f, 0.0315f, far));
}

/* Hills, the farther the paler; mist lies at their feet. */
static Color
land (Color behind, float x, float y)
{
  static const struct
  {
    float base, height, scale, rough, seed;
    Color color;
  } ridges[] = {
    { 0.500f, 0.060f, 1.9f, 0.006f, 11.3f, { 0.640f, 0.400f, 0.420f } },
    { 0.520f, 0.070f, 2.3f, 0.007f, 47.7f, { 0.440f, 0.300f, 0.380f } },
    { 0.545f, 0.060f, 2.9f, 0.006f, 73.1f, { 0.270f, 0.215f, 0.320f } },
    { 0.575f, 0.100f, 1.5f, 0.009f, 91.9f, { 0.120f, 0.115f, 0.175f } },
  };
  float glow = expf (-2.6f * fabsf (x - SUN_X));

  for (guint i = 0; i < G_N_ELEMENTS (ridges); i++)
    {
      float top =
          ridges[i].base - ridges[i].height * (0.35f + 0.65f * fractal (x * ridges[i].scale + ridges[i].seed, i, 3));
      Color color = mix (ridges[i].color, (Color) { 1.1f, 0.62f, 0.38f }, 0.42f * glow * (1 - i * 0.2f));

      if (i == 3) /* the headland: steep at the start side, gone where the sun stands */
        top = HORIZON + 0.01f - 0.30f * smooth (0.66f, -0.10f, x) * (0.86f + 0.25f * fractal (x * 3.1f, 5, 3));
      top -= ridges[i].rough * (fractal (x * 60, i * 9, 3) + (i == 3) * 0.55f * fractal (x * 210, 3, 2));
      color = mix (color, (Color) { 1.05f, 0.66f, 0.45f },
                   (i < 3 ? 0.62f - 0.13f * i : 0.07f) * smooth (top + 0.01f, HORIZON + 0.01f, y) *
                       (0.75f + 0.25f * fractal (x * 3, y * 30 + i, 4)));
      if (i == 3)
        color = add (color, (Color) { 0.030f, 0.026f, 0.026f }, fractal (x * 90, y * 120, 4));
      behind = mix (behind, color, smooth (top - 0.0006f, top + 0.0006f, y));
    }
  return behind;
}

typedef void (*Shape) (cairo_t *cr);

static void
house (cairo_t *cr, double x, double y, double w, double h)
{
  cairo_move_to (cr, x, y);
  cairo_line_to (cr, x, y - h);
  cairo_line_to (cr, x - w * 0.07, y - h);
  cairo_line_to (cr, x + w / 2, y - h - w * 0.55);
  cairo_line_to (cr, x + w * 1.07, y - h);
  cairo_line_to (cr, x + w, y - h);
  cairo_line_to (cr, x + w, y);
  cairo_close_path (cr);
  cairo_rectangle (cr, x + w * 0.68, y - h - w * 0.5, w * 0.12, w * 0.4);
  cairo_fill (cr);
}

/* Where the houses of the town stand: row 0 at the quay, the others up the slope. */
static gboolean
lot (int i, double *x, double *y, double *w, double *h)
{
  int row = i / 24;

  *x = -0.02 + (i % 24) * 0.027 + 0.010 * lattice (i, 1) + row * 0.011;
  *w = 0.020 + 0.012 * lattice (i, 2);
  *h = 0.013 + 0.016 * lattice (i, 3);
  *y = HORIZON + 0.002 - row * (0.026 + 0.012 * lattice (i, 4));
  return *x < 0.56 - row * 0.13 && lattice (i, 5) > 0.12 + row * 0.18;
}

static void
slope (cairo_t *cr)
{
  double x, y, w, h;

  for (int i = 71; i >= 24; i--)
    if (lot (i, &x, &y, &w, &h))
      house (cr, x, y, w, h);

  /* the church */
  house (cr, 0.226, HORIZON - 0.05, 0.045, 0.028);
  house (cr, 0.208, HORIZON - 0.045, 0.018, 0.070);
  cairo_move_to (cr, 0.206, HORIZON - 0.113);
  cairo_line_to (cr, 0.217, HORIZON - 0.180);
  cairo_line_to (cr, 0.228, HORIZON - 0.113);
  cairo_fill (cr);
}

static void
quay (cairo_t *cr)
{
  double x, y, w, h;

  for (int i = 0; i < 24; i++)
    if (lot (i, &x, &y, &w, &h))
      house (cr, x, y, w, h);

  /* the mole, and the lighthouse at its end */
  cairo_move_to (cr, -0.1, HORIZON + 0.004);
  cairo_line_to (cr, -0.1, HORIZON - 0.006);
  cairo_line_to (cr, 0.725, HORIZON - 0.006);
  cairo_line_to (cr, 0.738, HORIZON + 0.004);
  cairo_fill (cr);
  cairo_move_to (cr, 0.6995, HORIZON - 0.004);
  cairo_line_to (cr, 0.7035, HORIZON - 0.078);
  cairo_line_to (cr, 0.7165, HORIZON - 0.078);
  cairo_line_to (cr, 0.7205, HORIZON - 0.004);
  cairo_fill (cr);
  cairo_rectangle (cr, 0.7005, HORIZON - 0.081, 0.019, 0.003);
  cairo_rectangle (cr, 0.7055, HORIZON - 0.095, 0.009, 0.015);
  cairo_fill (cr);
  cairo_move_to (cr, 0.7035, HORIZON - 0.094);
  cairo_line_to (cr, 0.7100, HORIZON - 0.104);
  cairo_line_to (cr, 0.7165, HORIZON - 0.094);
  cairo_fill (cr);
}

static void
windows (cairo_t *cr)
{
  double x, y, w, h;

  for (int i = 0; i < 72; i++)
    if (lot (i, &x, &y, &w, &h))
      for (int n = 0; n < 6; n++)
        if (lattice (i * 7 + n, 6) > 0.66 + 0.08 * (i / 24) && (n < 4 || h > 0.022))
          cairo_rectangle (cr, x + w * (0.2 + 0.42 * (n % 2)), y - h + 0.002 + 0.0085 * (n / 2), 0.0038, 0.0046);
  cairo_fill (cr);
}

/* A yacht at her mooring, her sails furled. Waterline at 0, the hull one unit long. */
static void
yacht (cairo_t *cr)
{
  static const double stays[][3] = { { 0.49, 0.1 }, { -0.46, 0.1 }, { 0.16, 0.1 }, { -0.05, 0.1 } };

  cairo_move_to (cr, -0.46, -0.125);
  cairo_curve_to (cr, -0.2, -0.085, 0.2, -0.1, 0.53, -0.165);
  cairo_curve_to (cr, 0.47, -0.07, 0.42, -0.02, 0.37, 0.005);
  cairo_line_to (cr, -0.38, 0.005);
  cairo_curve_to (cr, -0.43, -0.02, -0.455, -0.07, -0.46, -0.125);
  cairo_fill (cr);
  cairo_move_to (cr, -0.27, -0.07);
  cairo_curve_to (cr, -0.25, -0.17, -0.24, -0.175, -0.2, -0.178);
  cairo_line_to (cr, 0.02, -0.185);
  cairo_curve_to (cr, 0.1, -0.18, 0.15, -0.14, 0.2, -0.07);
  cairo_fill (cr);
  cairo_move_to (cr, 0.052, -0.12);
  cairo_line_to (cr, 0.046, -1.24);
  cairo_line_to (cr, 0.058, -1.24);
  cairo_line_to (cr, 0.070, -0.12);
  cairo_fill (cr);
  cairo_move_to (cr, 0.06, -0.275);
  cairo_curve_to (cr, -0.1, -0.305, -0.3, -0.275, -0.40, -0.255);
  cairo_line_to (cr, -0.41, -0.243);
  cairo_line_to (cr, 0.06, -0.245);
  cairo_fill (cr);
  cairo_set_line_width (cr, 0.006);
  for (guint i = 0; i < G_N_ELEMENTS (stays); i++)
    {
      cairo_move_to (cr, 0.052, -1.23);
      cairo_line_to (cr, stays[i][0], -stays[i][1] - 0.03);
    }
  cairo_move_to (cr, -0.03, -0.80);
  cairo_line_to (cr, 0.14, -0.80);
  for (int i = 0; i < 5; i++)
    {
      cairo_move_to (cr, -0.43 + i * 0.2, -0.1);
      cairo_line_to (cr, -0.43 + i * 0.2, -0.18 - (i == 4) * 0.03);
    }
  cairo_move_to (cr, -0.43, -0.178);
  cairo_line_to (cr, 0.37, -0.205);
  cairo_stroke (cr);
  /* jib, rolled around its stay */
  cairo_set_line_width (cr, 0.017);
  cairo_move_to (cr, 0.455, -0.24);
  cairo_line_to (cr, 0.10, -1.12);
  cairo_stroke (cr);
}

/* A fishing boat: wheelhouse aft, gallows, net drum. */
static void
trawler (cairo_t *cr)
{
  cairo_move_to (cr, -0.48, -0.16);
  cairo_curve_to (cr, -0.2, -0.12, 0.2, -0.13, 0.54, -0.27);
  cairo_curve_to (cr, 0.48, -0.12, 0.44, -0.04, 0.40, 0.005);
  cairo_line_to (cr, -0.42, 0.005);
  cairo_curve_to (cr, -0.46, -0.03, -0.48, -0.1, -0.48, -0.16);
  cairo_fill (cr);
  cairo_rectangle (cr, -0.02, -0.42, 0.24, 0.3);
  cairo_rectangle (cr, -0.05, -0.445, 0.31, 0.03);
  cairo_rectangle (cr, -0.36, -0.21, 0.14, 0.07);
  cairo_rectangle (cr, 0.085, -0.86, 0.018, 0.45);
  cairo_rectangle (cr, -0.40, -0.56, 0.018, 0.43);
  cairo_rectangle (cr, -0.31, -0.56, 0.018, 0.43);
  cairo_rectangle (cr, -0.41, -0.57, 0.13, 0.018);
  cairo_fill (cr);
  cairo_set_line_width (cr, 0.008);
  cairo_move_to (cr, 0.52, -0.26);
  cairo_line_to (cr, 0.094, -0.85);
  cairo_line_to (cr, -0.35, -0.57);
  cairo_move_to (cr, 0.094, -0.84);
  cairo_line_to (cr, -0.46, -0.17);
  cairo_stroke (cr);
}

static void
dinghy (cairo_t *cr)
{
  cairo_move_to (cr, -0.5, -0.19);
  cairo_curve_to (cr, -0.2, -0.12, 0.2, -0.13, 0.54, -0.23);
  cairo_curve_to (cr, 0.46, -0.07, 0.38, 0, 0.3, 0.01);
  cairo_line_to (cr, -0.36, 0.01);
  cairo_curve_to (cr, -0.44, -0.03, -0.48, -0.1, -0.5, -0.19);
  cairo_fill (cr);
}

/* A boat under sail, far out. */
static void
sailer (cairo_t *cr)
{
  cairo_move_to (cr, -0.4, -0.1);
  cairo_line_to (cr, 0.5, -0.14);
  cairo_line_to (cr, 0.36, 0.01);
  cairo_line_to (cr, -0.34, 0.01);
  cairo_fill (cr);
  cairo_move_to (cr, 0.02, -1.35);
  cairo_curve_to (cr, -0.15, -0.8, -0.3, -0.4, -0.38, -0.18);
  cairo_line_to (cr, 0.02, -0.18);
  cairo_fill (cr);
  cairo_move_to (cr, 0.06, -1.2);
  cairo_curve_to (cr, 0.22, -0.8, 0.36, -0.4, 0.48, -0.2);
  cairo_line_to (cr, 0.07, -0.2);
  cairo_fill (cr);
}

/* The coverage of a shape, one byte a pixel, set down at x, y. */
static cairo_surface_t *
stencil (Shape shape, float x, float y, float length, gboolean mirrored)
{
  cairo_surface_t *surface = cairo_image_surface_create (CAIRO_FORMAT_A8, WIDTH, HEIGHT);
  cairo_t *cr = cairo_create (surface);

  cairo_scale (cr, HEIGHT, HEIGHT);
  cairo_translate (cr, x, y);
  cairo_scale (cr, mirrored ? -length : length, length);
  shape (cr);
  cairo_destroy (cr);
  cairo_surface_flush (surface);
  return surface;
}

static float
covered (cairo_surface_t *surface, float x, float y)
{
  int px = x * HEIGHT, py = y * HEIGHT;

  if (px < 0 || py < 0 || px >= WIDTH || py >= HEIGHT)
    return 0;
  return cairo_image_surface_get_data (surface)[py * cairo_image_surface_get_stride (surface) + px] / 255.0f;
}

static void
fill (cairo_surface_t *surface, Color color, float strength)
{
  for (int y = 0; y < HEIGHT; y++)
    for (int x = 0; x < WIDTH; x++)
      picture[y][x] =
          mix (picture[y][x], color, strength * covered (surface, (x + 0.5f) / HEIGHT, (y + 0.5f) / HEIGHT));
}

static void
light (float x, float y, float size, Color color)
{
  for (int py = 0; py < HEIGHT; py++)
    for (int px = 0; px < WIDTH; px++)
      {
        float dx = (px + 0.5f) / HEIGHT - x, dy = (py + 0.5f) / HEIGHT - y;

        picture[py][px] = add (picture[py][px], color, expf (-sqrtf (dx * dx + dy * dy) / size));
      }
}

/* How the water leans at a place, and so how far above or below its mirror image a look is thrown. */
static void
waves (float x, float y, float *lean_x, float *lean_y)
{
  float depth = MAX (y - HORIZON, 0.0004f), far = 0.09f / (depth + 0.006f);
  float u = (x - 0.75f) * far * 9, v = far * 26;
  float near = smooth (0, 0.35f, depth);
  float swell = fractal (u * 0.35f + 5, v * 0.55f, 3);
  float ripple = fractal (u * 1.1f + 40, v * 1.9f + 13, 4);
  float fine = fractal (u * 4 + 80, v * 6 + 29, 3) * smooth (0.01f, 0.14f, depth);

  *lean_y = (0.052f + 0.20f * near) * (0.30f * swell + 0.55f * ripple + 0.42f * fine) * smooth (-0.004f, 0.03f, depth);
  *lean_x = (0.006f + 0.022f * near) * ripple;
}

static Color
above (float x, float y)
{
  int px = CLAMP ((int) (x * HEIGHT), 0, WIDTH - 1), py = y * HEIGHT;

  if (y < 0)
    return sky (x, y);
  return picture[MIN (py, (int) (HORIZON * HEIGHT) - 1)][px];
}

typedef struct
{
  Shape shape;
  float x, y, length;
  gboolean mirrored;
  float haze;
  cairo_surface_t *stencil;
} Boat;

static Boat boats[] = {
  { sailer, 1.255f, 0.584f, 0.034f, FALSE, 0.50f }, { sailer, 0.845f, 0.580f, 0.020f, TRUE, 0.60f },
  { sailer, 1.390f, 0.580f, 0.018f, FALSE, 0.60f }, { trawler, 0.475f, 0.634f, 0.150f, FALSE, 0.08f },
  { yacht, 0.165f, 0.690f, 0.215f, TRUE, 0.04f },   { yacht, 0.765f, 0.640f, 0.110f, TRUE, 0.14f },
  { dinghy, 0.880f, 0.735f, 0.090f, FALSE, 0.06f }, { yacht, 1.215f, 0.775f, 0.400f, FALSE, 0.02f },
};

static Color
water (float x, float y)
{
  float depth = y - HORIZON, lean_x, lean_y, shine;
  Color deep = { 0.030f, 0.060f, 0.110f };
  Color color;

  waves (x, y, &lean_x, &lean_y);
  color = above (x + lean_x, HORIZON - MAX (depth * 0.92f + lean_y, 0.001f));
  for (guint i = 0; i < G_N_ELEMENTS (boats); i++)
    if (y > boats[i].y - 0.002f)
      {
        float hidden = covered (boats[i].stencil, x + lean_x * 1.5f,
                                boats[i].y - (y - boats[i].y) - lean_y * 0.30f * smooth (0, 0.05f, y - boats[i].y));

        color = mix (color, (Color) { 0.055f, 0.060f, 0.100f }, hidden * (0.94f - boats[i].haze));
      }
  /* The nearer, the steeper one looks in, and the more of the water's own colour is seen. */
  shine = 0.90f - 0.42f * smooth (0, 0.42f, depth) + lean_y * 0.9f;
  return mix (deep, color, CLAMP (shine, 0.1f, 1));
}

static float
develop (float light)
{
  float x = MAX (light, 0) * 0.92f;

  return powf (CLAMP (x * (2.51f * x + 0.03f) / (x * (2.43f * x + 0.59f) + 0.14f), 0, 1), 1 / 1.28f);
}

int
main (int argc, char *argv[])
{
  g_autoptr (GdkPixbuf) pixbuf = gdk_pixbuf_new (GDK_COLORSPACE_RGB, FALSE, 8, WIDTH, HEIGHT);
  g_autoptr (GError) error = NULL;
  guchar *pixels = gdk_pixbuf_get_pixels (pixbuf);
  cairo_surface_t *surface;

  for (int y = 0; y < HEIGHT; y++)
    for (int x = 0; x < WIDTH; x++)
      picture[y][x] = land (sky ((x + 0.5f) / HEIGHT, (y + 0.5f) / HEIGHT), (x + 0.5f) / HEIGHT, (y + 0.5f) / HEIGHT);

  surface = stencil (slope, 0, 0, 1, FALSE);
  fill (surface, (Color) { 0.095f, 0.085f, 0.140f }, 0.85f);
  cairo_surface_destroy (surface);
  surface = stencil (quay, 0, 0, 1, FALSE);
  fill (surface, (Color) { 0.060f, 0.058f, 0.105f }, 0.96f);
  cairo_surface_destroy (surface);
  surface = stencil (windows, 0, 0, 1, FALSE);
  fill (surface, (Color) { 2.6f, 1.45f, 0.50f }, 1);
  cairo_surface_destroy (surface);
  light (0.710f, HORIZON - 0.0875f, 0.0045f, (Color) { 5.0f, 4.2f, 2.6f });
  light (0.710f, HORIZON - 0.0875f, 0.0300f, (Color) { 0.5f, 0.36f, 0.18f });

  for (guint i = 0; i < G_N_ELEMENTS (boats); i++)
    boats[i].stencil = stencil (boats[i].shape, boats[i].x, boats[i].y, boats[i].length, boats[i].mirrored);

  for (int y = HORIZON * HEIGHT; y < HEIGHT; y++)
    for (int x = 0; x < WIDTH; x++)
      {
        Color sum = { 0, 0, 0 };

        for (int i = 0; i < 16; i++)
          {
            Color sample = water ((x + 0.125f + 0.25f * (i % 4)) / HEIGHT, (y + 0.125f + 0.25f * (i / 4)) / HEIGHT);

            /* A sparkle of the sun must not outshine its whole pixel. */
            sum = add (sum, (Color) { MIN (sample.r, 9), MIN (sample.g, 6.2f), MIN (sample.b, 3.2f) }, 1 / 16.0f);
          }
        picture[y][x] = sum;
      }

  for (guint i = 0; i < G_N_ELEMENTS (boats); i++)
    {
      fill (boats[i].stencil, mix ((Color) { 0.045f, 0.045f, 0.080f }, (Color) { 0.62f, 0.40f, 0.38f }, boats[i].haze),
            0.97f);
      cairo_surface_destroy (boats[i].stencil);
    }
  light (0.475f + 0.094f * 0.15f, 0.634f - 0.86f * 0.15f, 0.003f, (Color) { 2.4f, 2.0f, 1.4f });
  light (SUN_X, SUN_Y, 0.100f, (Color) { 0.40f, 0.21f, 0.07f });

  for (int y = 0; y < HEIGHT; y++)
    for (int x = 0; x < WIDTH; x++)
      {
        guchar *pixel = pixels + y * gdk_pixbuf_get_rowstride (pixbuf) + x * 3;
        float dx = (x + 0.5f) / HEIGHT - ASPECT / 2, dy = (y + 0.5f) / HEIGHT - 0.5f;
        float shade = 1 - 0.30f * smooth (0.45f, 1.05f, sqrtf (dx * dx * 0.8f + dy * dy));
        float grain = 1 + 0.035f * (lattice (x, y) + lattice (x + 977, y) - 1);

        float grey = 0.3f * picture[y][x].r + 0.6f * picture[y][x].g + 0.1f * picture[y][x].b;
        Color color = mix ((Color) { grey, grey, grey }, picture[y][x], 1.14f);

        pixel[0] = 255 * develop (color.r * shade * grain);
        pixel[1] = 255 * develop (color.g * shade * grain);
        pixel[2] = 255 * develop (color.b * shade * grain);
      }

  if (argc != 2 || !gdk_pixbuf_save (pixbuf, argv[1], "jpeg", &error, "quality", "85", NULL))
    {
      g_printerr ("%s\n", error ? error->message : "usage: harbour FILE.jpg");
      return 1;
    }
  return 0;
}
