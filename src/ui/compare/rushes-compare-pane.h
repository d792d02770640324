/* rushes-compare-pane.h
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <adwaita.h>

#include "rushes-library.h"
#include "rushes-queue.h"
#include "rushes-registry.h"
#include "rushes-thumbnailer.h"

G_BEGIN_DECLS

/**
 * RushesComparePane:
 *
 * One of the takes that are compared: its clip, or how far it is, or what is the matter, and below what it is and what
 * can be done with it. What it is heard by is the action compare.hear of whatever it is in,
 * what shows all of them on the whole screen compare.fullscreen.
 *
 * Properties, notified: paintable (GdkPaintable: the clip as it moves; with NULL what was seen last stands still), problem
 * (string: why its clip cannot be shown, NULL), has-sound (boolean), caption-only (boolean: the clip is seen elsewhere).
 * All read-write.
 *
 * Signals: ::open-take.
 */
#define RUSHES_TYPE_COMPARE_PANE (rushes_compare_pane_get_type ())
G_DECLARE_FINAL_TYPE (RushesComparePane, rushes_compare_pane, RUSHES, COMPARE_PANE, GtkBox)

/* @which is what compare.hear calls it; @heading says what tells @take, which is loaded, from the others, and @facts what
 * is known of it besides; both may hold words from outside. */
RushesComparePane *rushes_compare_pane_new      (guint              which,
                                                 RushesLibrary     *library,
                                                 RushesQueue       *queue,
                                                 RushesRegistry    *registry,
                                                 RushesThumbnailer *thumbnailer,
                                                 RushesTake        *take,
                                                 const char        *heading,
                                                 const char        *facts);
/* Borrowed. */
RushesTake        *rushes_compare_pane_get_take (RushesComparePane *self);
/* What is seen of it on the whole screen: the same picture, and what tells the take from the others. Floating. */
GtkWidget         *rushes_compare_pane_make_screen (RushesComparePane *self);

G_END_DECLS
