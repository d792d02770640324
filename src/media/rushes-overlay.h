/* rushes-overlay.h
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <cairo.h>

#include "rushes-plane.h"

G_BEGIN_DECLS

/**
 * RushesOverlay:
 *
 * A shape of one colour that lies over the picture: text, a rule, a shade. It comes and goes softly, may rise a little
 * as it comes, and may grow slowly about the middle of the frame. Times are seconds of the clip.
 */
typedef struct
{
  RushesPlane coverage[2]; /* for light, and at half the size for colour: 0…255 × RUSHES_PLANE_ONE */
  double      density;     /* samples of the first in a pixel of the frame, along a line */
  double      x;           /* of its upper left corner in the frame */
  double      y;
  gint16      color[3];    /* samples as in a still */

  double      opacity;
  double      appears;     /* when it begins to come, and how long that takes */
  double      appearing;
  double      leaves;      /* when it begins to go, and how long that takes */
  double      leaving;
  double      rise;        /* pixels of the frame that it rises while it comes */
  double      growth;      /* how much larger it is at the end: 0.03 for three percent */
} RushesOverlay;

/* Where and how much of it is seen in one frame. */
typedef struct
{
  double opacity;
  double magnification;
  double x;             /* of its upper left corner */
  double y;
} RushesPlacement;

/* Takes the alpha of an A8 surface that was drawn @oversampling times as large as it is to be seen. With @moves finer
 * samples are kept, so that no edge shimmers. It is there from the first frame to the last until told otherwise. @rgb is
 * 0…255. */
RushesOverlay *rushes_overlay_new      (cairo_surface_t       *surface,
                                        double                 oversampling,
                                        gboolean               moves,
                                        const float            rgb[3]) G_GNUC_WARN_UNUSED_RESULT;
void           rushes_overlay_free     (RushesOverlay         *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (RushesOverlay, rushes_overlay_free)

/* FALSE when nothing of it is seen then. */
gboolean       rushes_overlay_place    (const RushesOverlay   *self,
                                        double                 seconds,
                                        double                 length,
                                        int                    frame_width,
                                        int                    frame_height,
                                        RushesPlacement       *placement);
/* Lays a row of it over @line, which has @n samples of plane 0, 1 or 2 of a frame and is padded to a multiple of 16.
 * @cover and @scratch have room for as many, and for rushes_plane_sample(). */
void           rushes_overlay_draw_row (const RushesOverlay   *self,
                                        const RushesPlacement *placement,
                                        int                    plane,
                                        int                    row,
                                        gint16                *line,
                                        int                    n,
                                        gint16                *cover,
                                        gint16                *scratch);

G_END_DECLS
