/* rushes-frame.h
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <adwaita.h>

G_BEGIN_DECLS

/**
 * RushesFrame:
 *
 * A box whose height follows from its width, whatever is in it: tiles of the library are all 16:9, a well is as its picture. Its child is cut to it.
 *
 * Properties, notified: ratio (double, width / height; 16/9), minimum-width and natural-width (int, pixels), maximum-height (int; -1 for none).
 */
#define RUSHES_TYPE_FRAME (rushes_frame_get_type ())
G_DECLARE_FINAL_TYPE (RushesFrame, rushes_frame, RUSHES, FRAME, AdwBin)

GtkWidget *rushes_frame_new       (void);
double     rushes_frame_get_ratio (RushesFrame *self);
void       rushes_frame_set_ratio (RushesFrame *self,
                                   double       ratio);

G_END_DECLS
