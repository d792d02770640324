/* rushes-compare-page.h
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

#define RUSHES_COMPARE_LEAST 2
#define RUSHES_COMPARE_MOST  4

/**
 * RushesComparePage:
 *
 * Several takes beside each other, or two under a wipe, played as one. A take that is still made shows how far it is, and
 * joins the others when it is ready. While the page is not on the screen nothing plays.
 *
 * Properties, notified: room (int: how many panes there is room for in a row).
 *
 * Signals: ::open-take (RushesTake: its page is wanted).
 */
#define RUSHES_TYPE_COMPARE_PAGE (rushes_compare_page_get_type ())
G_DECLARE_FINAL_TYPE (RushesComparePage, rushes_compare_page, RUSHES, COMPARE_PAGE, AdwNavigationPage)

/* @takes are LEAST to MOST RushesTake, loaded. */
RushesComparePage *rushes_compare_page_new (RushesLibrary     *library,
                                            RushesQueue       *queue,
                                            RushesRegistry    *registry,
                                            RushesThumbnailer *thumbnailer,
                                            GPtrArray         *takes);

G_END_DECLS
