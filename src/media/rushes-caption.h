/* rushes-caption.h
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "rushes-frame-renderer.h"

G_BEGIN_DECLS

/* Lays @text over the lower third of a picture: at most three lines, on a shade that lets it be read on anything.
 * @length is the clip's, in seconds. */
void rushes_caption_add (RushesFrameRenderer *renderer,
                         const char          *text,
                         int                  width,
                         int                  height,
                         double               length);

G_END_DECLS
