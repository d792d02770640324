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

typedef enum
{
  CENTERED,
  LEFT,
  LOWER_LEFT,
  N_ARRANGEMENTS,
} Arrangement;

typedef struct
{
  int width;
  int height;
  double length;
  GRand *dice;
  Arrangement arrangement;
  RushesFrameRenderer *renderer;
  gboolean light_from_left;
  float paper[3];  /* of the text */
  float accent[3]; /* of rule and ring */
} Card;

static void
begin (Card *card, int frame_rate, guint n_frames)
{
  guint which = (guint) g_rand_int_range (card->dice, 0, G_N_ELEMENTS (palettes));
  double hue = palettes[which].hue + g_rand_double_range (card->dice, -8, 8);
  double chroma = palettes[which].chroma, other = hue + palettes[which].step;
  double near = card->light_from_left ? 0.2 : 0.8;
  Ground ground = {
    .width = card->width,
    .height = card->height,
    .deep = color (0.18, chroma * 0.6, hue),
    .lights = {
      { color (0.5, chroma * 1.3, hue), near, g_rand_double_range (card->dice, 0.02, 0.25), 0.7, 0.85 },
      { color (0.38, chroma * 1.4, other), 1 - near, g_rand_double_range (card->dice, 0.8, 1.05), 0.55, 0.8 },
    },
  };
  /* It is so soft that few samples are enough. */
  RushesArea area = { 0, 0, card->width, card->height };
  RushesStill *still = rushes_still_new_painted (&area, MAX (2, card->width / 8 * 2), MAX (2, card->height / 8 * 2),
                                                 paint_ground, &ground);
  /* The light goes one way while the words come closer. */
  RushesMove move = {
    .from = { card->width * 0.5, card->height * 0.5, 0.98, 0 },
    .to = { card->width * (card->light_from_left ? 0.545 : 0.455), card->height * 0.52, 0.86, 0 },
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
  overlay->growth += 0.006 * card->length;
  rushes_frame_renderer_add_overlay (card->renderer, overlay);
}

#define DRAWN_LARGER 3
/* Room around a drawing, so that its edges are as soft as those of the letters. */
#define ROOM 6

static cairo_t *
begin_drawing (double width, double height)
{
  cairo_surface_t *surface = cairo_image_surface_create (
      CAIRO_FORMAT_A8, (int) ceil ((width + 2 * ROOM) * DRAWN_LARGER), (int) ceil ((height + 2 * ROOM) * DRAWN_LARGER));
  cairo_t *cr = cairo_create (surface);

  cairo_surface_destroy (surface);
  cairo_scale (cr, DRAWN_LARGER, DRAWN_LARGER);
  cairo_translate (cr, ROOM, ROOM);
  return cr;
}

/* Takes @cr. */
static RushesOverlay *
end_drawing (cairo_t *cr, double x, double y, double opacity, const float rgb[3])
{
  RushesOverlay *overlay = rushes_overlay_new (cairo_get_target (cr), DRAWN_LARGER, TRUE, rgb);

  cairo_destroy (cr);
  overlay->x = x - ROOM;
  overlay->y = y - ROOM;
  overlay->opacity = opacity;
  return overlay;
}

static void
add_rule (Card *card, double x, double y, double width, double height)
{
  cairo_t *cr = begin_drawing (width, height);

  cairo_rectangle (cr, 0, 0, width, height);
  cairo_fill (cr);
  add (card, end_drawing (cr, x, y, 1, card->accent), 0.15, 0.8);
}

/* A large circle where the words leave room, some of it out of the frame: a line, or a pale disc. */
static void
add_ring (Card *card)
{
  double shorter = MIN (card->width, card->height);
  double radius = shorter * g_rand_double_range (card->dice, 0.42, 0.62);
  double x = card->width * 0.87, y = card->height * g_rand_double_range (card->dice, 0.6, 0.86);
  double left, top, width, height;
  gboolean disc = g_rand_boolean (card->dice);
  RushesOverlay *overlay;
  cairo_t *cr;

  /* Only what can be seen, and what the growth brings to the edge. */
  left = MAX (-2, x - radius - 2);
  top = MAX (-2, y - radius - 2);
  width = MIN (card->width + 2, x + radius + 2) - left;
  height = MIN (card->height + 2, y + radius + 2) - top;
  cr = begin_drawing (width, height);
  cairo_arc (cr, x - left, y - top, radius, 0, 2 * G_PI);
  cairo_set_line_width (cr, MAX (1, shorter / 500));
  if (disc)
    cairo_fill (cr);
  else
    cairo_stroke (cr);
  overlay = end_drawing (cr, left, top, disc ? 0.07 : 0.28, card->accent);
  overlay->growth = 0.01 * card->length;
  add (card, overlay, 0, 1.2);
}

/* The largest type in which the words fit their place, without breaking any if that can be. NULL when they do not. */
static PangoLayout *
fit (const Card *card, const char *text, RushesTextStyle *style, double tallest, gboolean may_break)
{
  double shorter = MIN (card->width, card->height);

  for (double share = may_break ? 0.1 : 0.2; share > 0.042; share *= 0.94)
    {
      PangoLayout *layout;

      style->size = shorter * share;
      /* Large type for few lines, small type for many. */
      style->lines = (int) CLAMP (0.36 / share, 2, 8);
      style->weight = share > 0.08 ? PANGO_WEIGHT_BOLD : PANGO_WEIGHT_SEMIBOLD;
      layout = rushes_text_set (text, style);
      if (rushes_text_is_whole (layout) && (may_break || !rushes_text_breaks_words (layout)))
        {
          rushes_text_balance (layout);
          if (rushes_text_measure (layout, style).height <= tallest)
            return layout;
        }
      g_object_unref (layout);
    }

  return NULL;
}

/* Chinese and Japanese may break anywhere, but read best when a line ends where a phrase does. */
static char *
part_phrases (const char *text)
{
  GString *parted = g_string_new (NULL);
  gboolean parts = FALSE;

  for (const char *p = text; *p != '\0'; p = g_utf8_next_char (p))
    {
      gunichar c = g_utf8_get_char (p);

      g_string_append_unichar (parted, c);
      if (c > 0x7f && g_utf8_strchr ("，。；：！？、", -1, c) != NULL && *g_utf8_next_char (p) != '\0')
        {
          g_string_append_c (parted, '\n');
          parts = TRUE;
        }
    }
  if (!parts)
    g_string_truncate (parted, 0);

  return g_string_free_and_steal (parted);
}

static PangoLayout *
set_title (const Card *card, const char *text, RushesTextStyle *style, double tallest)
{
  g_autofree char *parted = part_phrases (text);
  RushesTextStyle other_style = *style;
  g_autoptr (PangoLayout) layout = fit (card, text, style, tallest, FALSE);
  g_autoptr (PangoLayout) other = *parted != '\0' ? fit (card, parted, &other_style, tallest, FALSE) : NULL;

  /* Not at any price: smaller, but not small, and with no line of one or two characters. */
  if (other != NULL && other_style.size > 0.55 * style->size && rushes_text_get_evenness (other) > 0.35)
    {
      *style = other_style;
      return g_steal_pointer (&other);
    }
  if (layout == NULL)
    layout = fit (card, text, style, tallest, TRUE);
  if (layout == NULL)
    {
      style->lines = (int) (tallest / (style->size * style->spacing * 1.08));
      layout = rushes_text_set (text, style);
    }

  return g_steal_pointer (&layout);
}

RushesFrameRenderer *
rushes_title_card_new (const char *text, int width, int height, int frame_rate, guint n_frames, gint64 seed)
{
  g_autoptr (GRand) dice = rushes_dice (seed, 't');
  Card card = {
    .width = width,
    .height = height,
    .length = (double) n_frames / frame_rate,
    .dice = dice,
    .arrangement = g_rand_int_range (dice, 0, N_ARRANGEMENTS),
    .light_from_left = g_rand_boolean (dice),
  };
  double shorter = MIN (width, height), margin = 0.1 * MAX (width, 0.8 * height);
  double rule_width = shorter * 0.11, rule_height = MAX (2, shorter / 220);
  RushesTextStyle style = { .spacing = 1.14, .oversampling = DRAWN_LARGER };
  g_autoptr (PangoLayout) layout = NULL;
  g_autoptr (GPtrArray) lines = NULL;
  gboolean centered;
  RushesArea ink;
  double x, y, gap, top;

  /* A column of words stands in the middle of a tall frame, or to its left. */
  if (card.arrangement == LOWER_LEFT && height > width)
    card.arrangement = LEFT;
  centered = card.arrangement == CENTERED;
  begin (&card, frame_rate, n_frames);
  if (!centered)
    add_ring (&card);
  if (*text == '\0')
    {
      /* No words, no picture: the ground, and a rule as for a title to come. */
      add_rule (&card, (width - rule_width) / 2, (height - rule_height) / 2, rule_width, rule_height);
      return card.renderer;
    }

  style.width = width - 2 * margin;
  style.alignment = centered ? PANGO_ALIGN_CENTER : PANGO_ALIGN_LEFT;
  layout = set_title (&card, text, &style, height * 0.62);
  ink = rushes_text_measure (layout, &style);
  gap = MAX (0.6 * style.size, shorter * 0.05);
  top = card.arrangement == LOWER_LEFT ? height - 0.12 * shorter - ink.height
                                       : (height - ink.height - gap - rule_height) / 2 + gap + rule_height;
  y = top - ink.y;
  x = (centered ? (width - ink.width) / 2 : margin) - ink.x;

  add_rule (&card, centered ? (width - rule_width) / 2 : margin, top - gap - rule_height, rule_width, rule_height);
  lines = rushes_text_to_overlays (layout, &style, TRUE, x, y, card.paper);
  for (guint i = 0; lines->len > 0; i++)
    {
      RushesOverlay *line = g_ptr_array_steal_index (lines, 0);

      line->rise = 0.3 * style.size;
      add (&card, line, 0.3 + 0.12 * i, 0.9);
    }

  return card.renderer;
}
