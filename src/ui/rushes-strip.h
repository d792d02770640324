/* rushes-strip.h
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <gtk/gtk.h>
#include <libdex.h>

#include "rushes-thumbnailer.h"

G_BEGIN_DECLS

/**
 * RushesStrip:
 *
 * What a clip shows in its course: a paintable that is one of the few frames of the clip's strip, at first the first.
 */
#define RUSHES_TYPE_STRIP (rushes_strip_get_type ())
G_DECLARE_FINAL_TYPE (RushesStrip, rushes_strip, RUSHES, STRIP, GObject)

/* Resolves to a RushesStrip of @clip, which is made when there is none yet. */
DexFuture   *rushes_strip_load      (RushesThumbnailer *thumbnailer,
                                     RushesClip        *clip) G_GNUC_WARN_UNUSED_RESULT;
/* Of a texture as rushes-clip-frame.h describes it. */
RushesStrip *rushes_strip_new       (GdkTexture        *texture);
/* Shows the frame that is nearest to @place of the clip's length, from 0 to 1. */
void         rushes_strip_set_place (RushesStrip       *self,
                                     double             place);
/* The number of the frame that is shown, from 0. */
guint        rushes_strip_get_frame (RushesStrip       *self);

G_END_DECLS
