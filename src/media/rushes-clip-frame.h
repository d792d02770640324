/* rushes-clip-frame.h
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <gdk-pixbuf/gdk-pixbuf.h>
#include <gio/gio.h>

G_BEGIN_DECLS

/* The last frame of a clip, whenever that is shown. */
#define RUSHES_LAST_FRAME (-1.0)
/* The frame that shows best what a clip is about, as long as nobody has seen it: a third of the way in. */
#define RUSHES_POSTER_FRAME (-2.0)

/* Decodes the frame of a local clip that is shown at @seconds: upright, with square pixels, in full size. Blocks; call
 * it off the main thread. Errors are MEDIA and those of rushes_container_read_facts(), which has to know the file before
 * GStreamer may see it. */
GdkPixbuf *rushes_clip_frame_read (GFile   *clip,
                                   double   seconds,
                                   GError **error) G_GNUC_WARN_UNUSED_RESULT;

G_END_DECLS
