/* rushes-frame-renderer.h
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "rushes-move.h"
#include "rushes-overlay.h"
#include "rushes-still.h"

G_BEGIN_DECLS

/* Where a frame is to be written: three planes of 8 bits (I420), bytes from one row to the next for each. */
typedef struct
{
  guint8 *data[3];
  int     stride[3];
} RushesFrame;

/**
 * RushesFrameRenderer:
 *
 * Draws the frames of a clip: a still under a moving camera, and what lies over it. The same frame is the same bytes on
 * every computer of a kind, in whatever order frames are drawn. Used by one thread at a time; it has one more thread of
 * its own for the lower half of a frame.
 */
typedef struct _RushesFrameRenderer RushesFrameRenderer;

/* Takes @still; the overlays are drawn in the order they were added. */
RushesFrameRenderer *rushes_frame_renderer_new         (int                  width,
                                                        int                  height,
                                                        int                  frame_rate,
                                                        guint                n_frames,
                                                        RushesStill         *still,
                                                        const RushesMove    *move) G_GNUC_WARN_UNUSED_RESULT;
/* Takes @overlay. */
void                 rushes_frame_renderer_add_overlay (RushesFrameRenderer *self,
                                                        RushesOverlay       *overlay);
void                 rushes_frame_renderer_draw        (RushesFrameRenderer *self,
                                                        guint                n,
                                                        const RushesFrame   *frame);
void                 rushes_frame_renderer_free        (RushesFrameRenderer *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (RushesFrameRenderer, rushes_frame_renderer_free)

G_END_DECLS
