/* rushes-title-card.h
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "rushes-frame-renderer.h"

G_BEGIN_DECLS

/* A clip of nothing but words: @text, set large on a deep colored ground that the seed chooses. */
RushesFrameRenderer *rushes_title_card_new (const char *text,
                                            int         width,
                                            int         height,
                                            int         frame_rate,
                                            guint       n_frames,
                                            gint64      seed) G_GNUC_WARN_UNUSED_RESULT;

G_END_DECLS
