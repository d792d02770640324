/* rushes-text.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "rushes-text.h"

#include <math.h>

#define FAMILIES "Cantarell, Adwaita Sans, Noto Sans CJK SC, Noto Sans SC, Sans"

/* One font has the Han characters of several countries in different shapes, and the language chooses: without kana and
 * Hangul it is Chinese. */
static const char *
tell_language (const char *text)
{
  gboolean han = FALSE;

  for (const char *p = text; *p != '\0'; p = g_utf8_next_char (p))
    switch (g_unichar_get_script (g_utf8_get_char (p)))
      {
      case G_UNICODE_SCRIPT_HIRAGANA:
      case G_UNICODE_SCRIPT_KATAKANA:
        return "ja";
      case G_UNICODE_SCRIPT_HANGUL:
        return "ko";
      case G_UNICODE_SCRIPT_HAN:
        han = TRUE;
        break;
      default:
        break;
      }

  return han ? "zh-cn" : "en";
}

static PangoLayout *
make_layout (const char *language)
{
  PangoContext *context = pango_font_map_create_context (pango_cairo_font_map_get_default ());
  cairo_font_options_t *options = cairo_font_options_create ();
  PangoLayout *layout;

  /* The shapes as they were drawn, wherever they come to lie. */
  cairo_font_options_set_hint_style (options, CAIRO_HINT_STYLE_NONE);
  cairo_font_options_set_hint_metrics (options, CAIRO_HINT_METRICS_OFF);
  cairo_font_options_set_antialias (options, CAIRO_ANTIALIAS_GRAY);
  pango_cairo_context_set_font_options (context, options);
  pango_cairo_context_set_resolution (context, 72);
  pango_context_set_round_glyph_positions (context, FALSE);
  pango_context_set_language (context, pango_language_from_string (language));
  cairo_font_options_destroy (options);
  layout = pango_layout_new (context);
  g_object_unref (context);

  return layout;
}

/* Space is gathered; a line break becomes one that keeps the paragraph whole, since the limit of lines counts in each.
 */
static char *
tidy (const char *text)
{
  GString *tidied = g_string_new (NULL);
  gboolean space = FALSE, end = FALSE;

  for (const char *p = text; *p != '\0'; p = g_utf8_next_char (p))
    {
      gunichar c = g_utf8_get_char (p);

      if (g_unichar_isspace (c))
        {
          space = TRUE;
          end = end || c == '\n';
          continue;
        }
      if (g_unichar_iscntrl (c))
        continue;
      if (space && tidied->len > 0)
        g_string_append (tidied, end ? "\u2028" : " ");
      space = end = FALSE;
      g_string_append_unichar (tidied, c);
    }

  return g_string_free_and_steal (tidied);
}

PangoLayout *
rushes_text_set (const char *text, const RushesTextStyle *style)
{
  g_autofree char *tidied = tidy (text);
  const char *language = tell_language (tidied);
  PangoLayout *layout = make_layout (language);
  PangoFontDescription *font = pango_font_description_from_string (FAMILIES);
  PangoAttrList *attributes = pango_attr_list_new ();
  double unit = style->oversampling * PANGO_SCALE;
  double leading = style->size * style->spacing * (g_str_equal (language, "en") ? 1 : 1.08);

  pango_font_description_set_weight (font, style->weight);
  pango_font_description_set_absolute_size (font, style->size * unit);
  pango_layout_set_font_description (layout, font);
  pango_font_description_free (font);
  pango_attr_list_insert (attributes, pango_attr_line_height_new_absolute ((int) (leading * unit)));
  pango_layout_set_attributes (layout, attributes);
  pango_attr_list_unref (attributes);
  pango_layout_set_alignment (layout, style->alignment);
  pango_layout_set_wrap (layout, PANGO_WRAP_WORD_CHAR);
  pango_layout_set_width (layout, (int) (style->width * unit));
  pango_layout_set_height (layout, -style->lines);
  pango_layout_set_ellipsize (layout, PANGO_ELLIPSIZE_END);
  pango_layout_set_text (layout, tidied, -1);

  return layout;
}

void
rushes_text_balance (PangoLayout *layout)
{
  int lines = pango_layout_get_line_count (layout), most = pango_layout_get_width (layout), least = most / lines;

  if (lines == 1 || pango_layout_is_ellipsized (layout))
    return;
  while (most - least > PANGO_SCALE)
    {
      int middle = least + (most - least) / 2;
      PangoRectangle extents;

      pango_layout_set_width (layout, middle);
      pango_layout_get_extents (layout, NULL, &extents);
      if (pango_layout_get_line_count (layout) > lines || pango_layout_is_ellipsized (layout) || extents.width > middle)
        least = middle;
      else
        most = middle;
    }
  pango_layout_set_width (layout, most);
}

gboolean
rushes_text_is_whole (PangoLayout *layout)
{
  return !pango_layout_is_ellipsized (layout);
}

gboolean
rushes_text_breaks_words (PangoLayout *layout)
{
  const char *text = pango_layout_get_text (layout);
  int n, lines = pango_layout_get_line_count (layout);
  const PangoLogAttr *attributes = pango_layout_get_log_attrs_readonly (layout, &n);

  for (int i = 1; i < lines; i++)
    {
      int start = pango_layout_line_get_start_index (pango_layout_get_line_readonly (layout, i));

      if (!attributes[g_utf8_pointer_to_offset (text, text + start)].is_line_break)
        return TRUE;
    }

  return FALSE;
}

double
rushes_text_get_evenness (PangoLayout *layout)
{
  int shortest = G_MAXINT, longest = 1;

  for (int i = 0; i < pango_layout_get_line_count (layout); i++)
    {
      PangoRectangle extents;

      pango_layout_line_get_extents (pango_layout_get_line_readonly (layout, i), NULL, &extents);
      shortest = MIN (shortest, extents.width);
      longest = MAX (longest, extents.width);
    }

  return (double) shortest / longest;
}

RushesArea
rushes_text_measure (PangoLayout *layout, const RushesTextStyle *style)
{
  double unit = style->oversampling * PANGO_SCALE;
  PangoRectangle ink;

  pango_layout_get_extents (layout, &ink, NULL);
  return (RushesArea) { ink.x / unit, ink.y / unit, ink.width / unit, ink.height / unit };
}

GPtrArray *
rushes_text_to_overlays (PangoLayout *layout,
                         const RushesTextStyle *style,
                         gboolean moves,
                         double x,
                         double y,
                         const float rgb[3])
{
  GPtrArray *overlays = g_ptr_array_new_with_free_func ((GDestroyNotify) rushes_overlay_free);
  PangoLayoutIter *iter = pango_layout_get_iter (layout);

  do
    {
      PangoRectangle ink, logical;
      int pad = (int) ceil (4 * style->oversampling);
      int left, top, right, bottom;
      double baseline = pango_layout_iter_get_baseline (iter);
      cairo_surface_t *surface;
      cairo_t *cr;
      RushesOverlay *overlay;

      pango_layout_iter_get_line_extents (iter, &ink, &logical);
      if (ink.width == 0 || ink.height == 0)
        continue;
      left = PANGO_PIXELS_FLOOR (ink.x) - pad;
      top = PANGO_PIXELS_FLOOR (ink.y) - pad;
      right = PANGO_PIXELS_CEIL (ink.x + ink.width) + pad;
      bottom = PANGO_PIXELS_CEIL (ink.y + ink.height) + pad;

      surface = cairo_image_surface_create (CAIRO_FORMAT_A8, right - left, bottom - top);
      cr = cairo_create (surface);
      cairo_move_to (cr, (double) logical.x / PANGO_SCALE - left, baseline / PANGO_SCALE - top);
      pango_cairo_show_layout_line (cr, pango_layout_iter_get_line_readonly (iter));
      cairo_destroy (cr);

      overlay = rushes_overlay_new (surface, style->oversampling, moves, rgb);
      overlay->x = x + left / style->oversampling;
      overlay->y = y + top / style->oversampling;
      g_ptr_array_add (overlays, overlay);
      cairo_surface_destroy (surface);
    }
  while (pango_layout_iter_next_line (iter));
  pango_layout_iter_free (iter);

  return overlays;
}
