/* rushes-texture.h
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <gdk/gdk.h>
#include <libdex.h>

G_BEGIN_DECLS

/* Resolves to the GdkTexture of a small picture (a thumbnail), decoded off the main thread. */
DexFuture *rushes_texture_load (GFile *file) G_GNUC_WARN_UNUSED_RESULT;

G_END_DECLS
