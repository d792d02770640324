/* rushes-caption.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "rushes-caption.h"

#include <math.h>

#include "rushes-text.h"

/* Times of a clip of 3 s and more. */
#define APPEARS   0.35
#define APPEARING 0.7
#define LEAVING   0.5

static RushesOverlay *
make_shade (int width, int top, int height)
{
  static const float black[3] = { 0, 0, 0 };
  cairo_surface_t *surface = cairo_image_surface_create (CAIRO_FORMAT_A8, width, height - top);
  cairo_pattern_t *gradient = cairo_pattern_create_linear (0, 0, 0, height - top);
  cairo_t *cr = cairo_create (surface);
  RushesOverlay *shade;

  /* Without an edge at its upper end, so that one sees a darker evening and not a box. */
  for (int i = 0; i <= 16; i++)
    {
      double u = i / 16.0, depth = MIN (1, u * 1.35);

      cairo_pattern_add_color_stop_rgba (gradient, u, 0, 0, 0, 0.62 * depth * depth * (3 - 2 * depth));
    }
  cairo_set_source (cr, gradient);
  cairo_paint (cr);
  cairo_pattern_destroy (gradient);
  cairo_destroy (cr);
  shade = rushes_overlay_new (surface, 1, FALSE, black);
  shade->y = top;
  cairo_surface_destroy (surface);

  return shade;
}

static void
add (RushesFrameRenderer *renderer, RushesOverlay *overlay, double length)
{
  overlay->appears = APPEARS;
  overlay->appearing = APPEARING;
  overlay->leaves = length - LEAVING - 0.1;
  overlay->leaving = LEAVING;
  rushes_frame_renderer_add_overlay (renderer, overlay);
}

void
rushes_caption_add (RushesFrameRenderer *renderer, const char *text, int width, int height, double length)
{
  static const float white[3] = { 255, 255, 255 };
  double shorter = MIN (width, height);
  RushesTextStyle style = {
    .size = round (shorter * 0.05),
    .width = round (MIN (width * 0.84, shorter * 1.35)),
    .spacing = 1.3,
    .lines = 3,
    .weight = PANGO_WEIGHT_SEMIBOLD,
    .alignment = PANGO_ALIGN_CENTER,
    .oversampling = 1,
  };
  g_autoptr (PangoLayout) layout = rushes_text_set (text, &style);
  double margin = shorter * 0.085, x, y;
  g_autoptr (GPtrArray) lines = NULL;
  RushesArea ink;
  int top;

  rushes_text_balance (layout);
  ink = rushes_text_measure (layout, &style);
  y = floor (height - margin - ink.y - ink.height);
  x = floor ((width - 2 * ink.x - ink.width) / 2);
  top = MAX (0, (int) (y + ink.y - 3.2 * style.size)) / 2 * 2;
  add (renderer, make_shade (width, top, height), length);
  lines = rushes_text_to_overlays (layout, &style, FALSE, x, y, white);
  while (lines->len > 0)
    add (renderer, g_ptr_array_steal_index (lines, 0), length);
}
