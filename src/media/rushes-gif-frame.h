/* rushes-gif-frame.h
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* The first frame of a GIF as a file of its own, its pixels untouched, on a canvas that holds it; NULL when there is none
 * that is whole. @animated tells whether another follows. The loader of gdk-pixbuf would decode all of them, and warns on
 * standard error about those that lie beside the canvas or have no size. */
GBytes *rushes_gif_get_first_frame (GBytes   *film,
                                    gboolean *animated) G_GNUC_WARN_UNUSED_RESULT;

G_END_DECLS
