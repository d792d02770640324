/* rushes-text.h
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <pango/pangocairo.h>

#include "rushes-overlay.h"
#include "rushes-resampler.h"

G_BEGIN_DECLS

/* Text for frames. Sizes and widths are pixels of the frame; layouts are @oversampling times as large. */

typedef struct
{
  double         size;         /* of the type */
  double         width;        /* that lines may have */
  double         spacing;      /* from line to line, in sizes; Chinese gets a little more */
  int            lines;        /* at most; the rest becomes an ellipsis */
  PangoWeight    weight;
  PangoAlignment alignment;
  double         oversampling;
} RushesTextStyle;

/* Sets @text in the fonts of GNOME, in the language it is written in. Line breaks are kept, other space is gathered. */
PangoLayout *rushes_text_set         (const char            *text,
                                      const RushesTextStyle *style) G_GNUC_WARN_UNUSED_RESULT;
/* Makes lines of about the same length, as few as before: one word alone at the end looks forgotten. */
void         rushes_text_balance     (PangoLayout           *layout);
/* Whether all of it is there. */
gboolean     rushes_text_is_whole    (PangoLayout           *layout);
/* Whether a line ends within a word. */
gboolean     rushes_text_breaks_words (PangoLayout          *layout);
/* The shortest line, measured by the longest. */
double       rushes_text_get_evenness (PangoLayout          *layout);
/* The part that is inked, in pixels of the frame from the layout's upper left corner. */
RushesArea   rushes_text_measure     (PangoLayout           *layout,
                                      const RushesTextStyle *style);
/* One RushesOverlay for each line, as if the layout's upper left corner were at @x, @y of the frame (whole numbers
 * unless it moves). */
GPtrArray   *rushes_text_to_overlays (PangoLayout           *layout,
                                      const RushesTextStyle *style,
                                      gboolean               moves,
                                      double                 x,
                                      double                 y,
                                      const float            rgb[3]) G_GNUC_WARN_UNUSED_RESULT;

G_END_DECLS
