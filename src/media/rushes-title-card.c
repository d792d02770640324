/* rushes-title-card.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "rushes-title-card.h"

#include <math.h>

#include "rushes-text.h"

/* Colors are made in Oklab (Björn Ottosson, 2020), in which steps look as large as they are. */
typedef struct
{
  double light;
  double a;
  double b;
} Color;

static Color
color (double light, double chroma, double hue)
{
  return (Color) { light, chroma * cos (hue * G_PI / 180), chroma * sin (hue * G_PI / 180) };
}

static Color
mix (Color from, Color to, double share)
{
  return (Color) { from.light + (to.light - from.light) * share, from.a + (to.a - from.a) * share,
                   from.b + (to.b - from.b) * share };
}

static double
encode (double linear)
{
  linear = CLAMP (linear, 0, 1);
  return 255 * (linear <= 0.0031308 ? 12.92 * linear : 1.055 * pow (linear, 1 / 2.4) - 0.055);
}

static void
to_rgb (Color c, float rgb[3])
{
  double l = c.light + 0.3963377774 * c.a + 0.2158037573 * c.b;
  double m = c.light - 0.1055613458 * c.a - 0.0638541728 * c.b;
  double s = c.light - 0.0894841775 * c.a - 1.2914855480 * c.b;

  l = l * l * l;
  m = m * m * m;
  s = s * s * s;
  rgb[0] = (float) encode (4.0767416621 * l - 3.3077115913 * m + 0.2309699292 * s);
  rgb[1] = (float) encode (-1.2684380046 * l + 2.6097574011 * m - 0.3413193965 * s);
  rgb[2] = (float) encode (-0.0041960863 * l - 0.7034186147 * m + 1.7076147010 * s);
}

/* The ground: a deep color, and two lights of related colors that fall into it. */
typedef struct
{
  double width;
  double height;
  Color deep;
  struct
  {
    Color color;
    double x, y, reach, strength;
  } lights[2];
} Ground;

static void
paint_ground (double x, double y, float rgb[3], gpointer data)
{
  const Ground *ground = data;
  double size = sqrt (ground->width * ground->height);
  Color c = ground->deep;
  double dx, dy;

  for (int i = 0; i < 2; i++)
    {
      dx = (x - ground->lights[i].x * ground->width) / size / ground->lights[i].reach;
      dy = (y - ground->lights[i].y * ground->height) / size / ground->lights[i].reach;
      c = mix (c, ground->lights[i].color, ground->lights[i].strength * exp (-(dx * dx + dy * dy)));
    }
  /* Darker towards the corners, as through a lens. */
  dx = x / ground->width - 0.5;
  dy = y / ground->height - 0.5;
  c.light *= 1 - 0.5 * (dx * dx + dy * dy);

  to_rgb (c, rgb);
}

/* Hues that make good grounds: ink, teal, pine, plum, wine, umber, slate; and the step to the second light. */
static const struct
{
  double hue, chroma, step;
} palettes[] = {
  { 265, 0.085, 50 }, { 225, 0.065, -40 }, { 195, 0.055, 45 }, { 165, 0.055, 50 },  { 305, 0.085, 55 },
  { 350, 0.085, 45 }, { 25, 0.075, 40 },   { 50, 0.055, -35 }, { 250, 0.035, 110 }, { 285, 0.095, -55 },
};

typedef struct
{
  int width;
  int height;
  double length;
  GRand *dice;
  RushesFrameRenderer *renderer;
  float paper[3];  /* of the text */
  float accent[3]; /* of the rules */
} Card;

static void
begin (Card *card, int frame_rate, guint n_frames)
{
  guint which = (guint) g_rand_int_range (card->dice, 0, G_N_ELEMENTS (palettes));
  double hue = palettes[which].hue + g_rand_double_range (card->dice, -8, 8);
  double chroma = palettes[which].chroma, other = hue + palettes[which].step;
  gboolean from_left = g_rand_boolean (card->dice);
  double near = from_left ? 0.22 : 0.78;
  Ground ground = {
    .width = card->width,
    .height = card->height,
    .deep = color (0.19, chroma * 0.6, hue),
    .lights = {
      { color (0.44, chroma * 1.15, hue), near, g_rand_double_range (card->dice, 0.1, 0.3), 0.75, 0.85 },
      { color (0.36, chroma * 1.2, other), 1 - near, g_rand_double_range (card->dice, 0.75, 1.0), 0.6, 0.7 },
    },
  };
  /* It is so soft that few samples are enough. */
  RushesArea area = { 0, 0, card->width, card->height };
  RushesStill *still = rushes_still_new_painted (&area, MAX (2, card->width / 8 * 2), MAX (2, card->height / 8 * 2),
                                                 paint_ground, &ground);
  RushesMove move = {
    .from = { card->width * 0.5, card->height * 0.5, 0.98, 0 },
    .to = { card->width * (from_left ? 0.545 : 0.455), card->height * 0.52, 0.86, 0 },
  };

  to_rgb (color (0.965, 0.012, other), card->paper);
  to_rgb (color (0.8, 0.11, other), card->accent);
  card->renderer = rushes_frame_renderer_new (card->width, card->height, frame_rate, n_frames, still, &move);
}

static void
add (Card *card, RushesOverlay *overlay, double appears, double appearing)
{
  overlay->appears = appears;
  overlay->appearing = appearing;
  overlay->leaves = card->length - 0.65;
  overlay->leaving = 0.55;
  overlay->growth = 0.006 * card->length;
  rushes_frame_renderer_add_overlay (card->renderer, overlay);
}

static void
add_rule (Card *card, double x, double y, double width, double height, double opacity, double appears)
{
  const double oversampling = 4;
  /* Room around it, so that its edges are as soft as those of the letters. */
  int pad = 8;
  cairo_surface_t *surface = cairo_image_surface_create (CAIRO_FORMAT_A8, (int) ceil ((width + 2 * pad) * oversampling),
                                                         (int) ceil ((height + 2 * pad) * oversampling));
  cairo_t *cr = cairo_create (surface);
  RushesOverlay *overlay;

  cairo_rectangle (cr, pad * oversampling, pad * oversampling, width * oversampling, height * oversampling);
  cairo_fill (cr);
  cairo_destroy (cr);
  overlay = rushes_overlay_new (surface, oversampling, TRUE, card->accent);
  cairo_surface_destroy (surface);
  overlay->x = x - pad;
  overlay->y = y - pad;
  overlay->opacity = opacity;
  add (card, overlay, appears, 0.8);
}

/* The largest type in which the words fit their place without breaking. */
static PangoLayout *
set_title (const Card *card, const char *text, RushesTextStyle *style, double tallest)
{
  double shorter = MIN (card->width, card->height);

  for (double share = 0.17;; share *= 0.94)
    {
      PangoLayout *layout;
      gboolean last = share < 0.042;

      style->size = shorter * share;
      /* Large type for few lines, small type for many. */
      style->lines = (int) CLAMP (0.36 / share, 2, 8);
      style->weight = share > 0.08 ? PANGO_WEIGHT_BOLD : PANGO_WEIGHT_SEMIBOLD;
      if (last)
        style->lines = MAX (1, (int) (tallest / (style->size * style->spacing * 1.08)));
      layout = rushes_text_set (text, style);
      if (last || (rushes_text_fits (layout) && rushes_text_measure (layout, style).height <= tallest))
        return layout;
      g_object_unref (layout);
    }
}

RushesFrameRenderer *
rushes_title_card_new (const char *text, int width, int height, int frame_rate, guint n_frames, gint64 seed)
{
  g_autoptr (GRand) dice = rushes_dice (seed, 't');
  Card card = { .width = width, .height = height, .length = (double) n_frames / frame_rate, .dice = dice };
  double shorter = MIN (width, height), margin = 0.1 * MAX (width, 0.8 * height), thin = MAX (1.5, shorter / 400);
  gboolean centered;
  RushesTextStyle style = { .spacing = 1.16, .oversampling = 4 };
  g_autoptr (PangoLayout) layout = NULL;
  g_autoptr (GPtrArray) lines = NULL;
  RushesArea ink;
  double x, y, gap, block;

  begin (&card, frame_rate, n_frames);
  centered = g_rand_boolean (dice);
  style.width = width - 2 * margin;
  style.alignment = centered ? PANGO_ALIGN_CENTER : PANGO_ALIGN_LEFT;
  if (*text == '\0')
    {
      /* No words, no picture: the ground, and a rule as for a title to come. */
      add_rule (&card, width / 2.0 - shorter * 0.06, height / 2.0, shorter * 0.12, 2 * thin, 1, 0.3);
      return card.renderer;
    }

  layout = set_title (&card, text, &style, height * 0.62);
  ink = rushes_text_measure (layout, &style);
  gap = MAX (0.75 * style.size, shorter * 0.05);
  block = ink.height + gap + 2 * thin;
  y = (height - block) / 2 + 2 * thin + gap - ink.y;
  x = centered ? (width - ink.width) / 2 - ink.x : margin - ink.x;

  add_rule (&card, centered ? width / 2.0 - shorter * 0.06 : margin, y + ink.y - gap - 2 * thin, shorter * 0.12,
            2 * thin, 1, 0.15);
  lines = rushes_text_to_overlays (layout, &style, TRUE, x, y, card.paper);
  for (guint i = 0; lines->len > 0; i++)
    {
      RushesOverlay *line = g_ptr_array_steal_index (lines, 0);

      line->rise = 0.3 * style.size;
      add (&card, line, 0.3 + 0.12 * i, 0.9);
    }

  return card.renderer;
}
