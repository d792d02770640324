/* rushes-crop-preview.h
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <adwaita.h>

G_BEGIN_DECLS

/**
 * RushesCropPreview:
 *
 * A picture at its own shape, with what another shape leaves out of it under two bars.
 *
 * Properties, notified: paintable (GdkPaintable, NULL until it is there), maximum-height (int, pixels), aspect (double: the shape that the picture is cut
 * to, width / height; 0 for none).
 */
#define RUSHES_TYPE_CROP_PREVIEW (rushes_crop_preview_get_type ())
G_DECLARE_FINAL_TYPE (RushesCropPreview, rushes_crop_preview, RUSHES, CROP_PREVIEW, AdwBin)

/* The size of the picture itself, which is known before it can be painted; @name is for screen readers. */
void          rushes_crop_preview_set_picture   (RushesCropPreview *self,
                                                 int                width,
                                                 int                height,
                                                 const char        *name);
GdkPaintable *rushes_crop_preview_get_paintable (RushesCropPreview *self);
void          rushes_crop_preview_set_paintable (RushesCropPreview *self,
                                                 GdkPaintable      *paintable);
double        rushes_crop_preview_get_aspect    (RushesCropPreview *self);
void          rushes_crop_preview_set_aspect    (RushesCropPreview *self,
                                                 double             aspect);

G_END_DECLS
