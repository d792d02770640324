/* rushes-wipe.h
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

/**
 * RushesWipe:
 *
 * Two pictures that lie on each other, with a divider between what is seen of the one and of the other. It is dragged, or
 * moved by the keys Left and Right (Page Up and Page Down: further), and a screen reader knows it as a slider.
 *
 * Properties, notified: start and end (GdkPaintable, read-write: what is seen before and behind the divider), divider
 * (double 0…1, read-write: where it is, from the left).
 */
#define RUSHES_TYPE_WIPE (rushes_wipe_get_type ())
G_DECLARE_FINAL_TYPE (RushesWipe, rushes_wipe, RUSHES, WIPE, GtkWidget)

G_END_DECLS
