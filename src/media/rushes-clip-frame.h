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

/* A strip: so many frames in rows of so many, from left to right; the n-th is the one at (n + ½) / 20 of the length. All are
 * of one size that fits into the width and the height. */
#define RUSHES_STRIP_FRAMES 20
#define RUSHES_STRIP_COLUMNS 5
#define RUSHES_STRIP_ROWS (RUSHES_STRIP_FRAMES / RUSHES_STRIP_COLUMNS)
#define RUSHES_STRIP_WIDTH 320
#define RUSHES_STRIP_HEIGHT 180

/* The strip of a local clip. Blocks, about as long as all frames take to decode; errors as above. */
GdkPixbuf *rushes_clip_strip_read (GFile   *clip,
                                   GError **error) G_GNUC_WARN_UNUSED_RESULT;

G_END_DECLS
