/* rushes-picture-reader.h
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <gdk-pixbuf/gdk-pixbuf.h>

#include "rushes-picture-fitter.h"

G_BEGIN_DECLS

/* Longer than this no picture is worked on. */
#define RUSHES_PICTURE_SECONDS 20.0

/**
 * rushes_picture_read:
 * @name: what the person knows it by, for sentences
 * @edge: pixels that the longer side should have at least, where the format can be decoded smaller (JPEG) or has no size
 *   of its own (SVG); 0 for all
 * @facts: (out) (optional): what it is, at its own size
 *
 * Decodes a picture: by its content, upright, in sRGB, the first frame. It blocks; call it off the main thread.
 *
 * Errors are BAD_REQUEST with the field "image" and a sentence that names @name: missing, empty, a folder, text, a
 * video, cut off, too large, no loader.
 */
GdkPixbuf *rushes_picture_read (GFile               *file,
                                const char          *name,
                                int                  edge,
                                RushesPictureFacts  *facts,
                                GError             **error) G_GNUC_WARN_UNUSED_RESULT;

G_END_DECLS
