/* rushes-pixbuf-fitter.h
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "rushes-picture-fitter.h"

G_BEGIN_DECLS

/**
 * RushesPixbufFitter:
 *
 * Pictures through gdk-pixbuf: a #RushesPictureFitter. Also decodes for the renderer and for the window.
 */
#define RUSHES_TYPE_PIXBUF_FITTER (rushes_pixbuf_fitter_get_type ())
G_DECLARE_FINAL_TYPE (RushesPixbufFitter, rushes_pixbuf_fitter, RUSHES, PIXBUF_FITTER, GObject)

RushesPictureFitter *rushes_pixbuf_fitter_new (void);

G_END_DECLS
