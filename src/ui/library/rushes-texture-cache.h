/* rushes-texture-cache.h
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <gdk/gdk.h>

G_BEGIN_DECLS

/**
 * RushesTextureCache:
 *
 * The small pictures that were on the screen last, so that scrolling back to them shows them at once. What was not asked
 * for the longest time goes first.
 */
#define RUSHES_TYPE_TEXTURE_CACHE (rushes_texture_cache_get_type ())
G_DECLARE_FINAL_TYPE (RushesTextureCache, rushes_texture_cache, RUSHES, TEXTURE_CACHE, GObject)

/* Holds so many bytes of pixels at most. */
RushesTextureCache *rushes_texture_cache_new    (gsize               most);
/* Borrowed; NULL when it is not there, or not any more. */
GdkTexture         *rushes_texture_cache_lookup (RushesTextureCache *self,
                                                 const char         *key);
void                rushes_texture_cache_insert (RushesTextureCache *self,
                                                 const char         *key,
                                                 GdkTexture         *texture);
/* Bytes of pixels that it holds. */
gsize               rushes_texture_cache_get_size (RushesTextureCache *self);

G_END_DECLS
