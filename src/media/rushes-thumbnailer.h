/* rushes-thumbnailer.h
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <gio/gio.h>
#include <libdex.h>

#include "rushes-folders.h"
#include "rushes-take.h"

G_BEGIN_DECLS

/**
 * RushesThumbnailer:
 *
 * Small pictures of takes and references, and strips of clips, made once off the main thread and kept in the cache folder
 * (JPEG, or PNG with alpha; the key is what they show and their size). At most two pictures and one strip are made at a
 * time; the newest wish is served first, since that is what is on the screen. Of what is kept, what was not looked at for
 * longest goes when it becomes too much.
 */
#define RUSHES_TYPE_THUMBNAILER (rushes_thumbnailer_get_type ())
G_DECLARE_FINAL_TYPE (RushesThumbnailer, rushes_thumbnailer, RUSHES, THUMBNAILER, GObject)

RushesThumbnailer *rushes_thumbnailer_new            (RushesFolders     *folders);
/* Resolve to a GFile. @width is in device pixels (rounded up to 256, 512 or 1024); the picture keeps its own aspect.
 * A ready take is shown by a frame of its clip, one that is not by its first reference; NOT_FOUND when it has neither. */
DexFuture         *rushes_thumbnailer_load_take      (RushesThumbnailer *self,
                                                      RushesTake        *take,
                                                      int                width) G_GNUC_WARN_UNUSED_RESULT;
DexFuture         *rushes_thumbnailer_load_reference (RushesThumbnailer *self,
                                                      RushesReference   *reference,
                                                      int                width) G_GNUC_WARN_UNUSED_RESULT;
/* What was made of a take before, of the smallest width there is: nothing is made. NOT_FOUND. */
DexFuture         *rushes_thumbnailer_find_take      (RushesThumbnailer *self,
                                                      RushesTake        *take) G_GNUC_WARN_UNUSED_RESULT;
/* A name for the picture that rushes_thumbnailer_load_take() gives; NULL when there is none. */
char              *rushes_thumbnailer_get_key        (RushesThumbnailer *self,
                                                      RushesTake        *take,
                                                      int                width) G_GNUC_WARN_UNUSED_RESULT;
/* Resolves to the GFile of a strip, as rushes-clip-frame.h describes it. */
DexFuture         *rushes_thumbnailer_load_strip     (RushesThumbnailer *self,
                                                      RushesClip        *clip) G_GNUC_WARN_UNUSED_RESULT;
/* While it is held no pictures are made, only those given that were made before: what is needed to draw a view in quick
 * motion is not taken by pictures that nobody will have seen. Strips are made all the same. */
void               rushes_thumbnailer_set_held       (RushesThumbnailer *self,
                                                      gboolean           held);
/* Removes what was not looked at for longest until the rest is no more than @size bytes. It happens by itself now and
 * then. Resolves to TRUE. */
DexFuture         *rushes_thumbnailer_prune          (RushesThumbnailer *self,
                                                      guint64            size) G_GNUC_WARN_UNUSED_RESULT;

G_END_DECLS
