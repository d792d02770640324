/* rushes-take-page.h
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
 * RushesTakePage:
 *
 * One take: while it is made how far it is, then its clip, which plays by itself, with all that can be done with it;
 * what is the matter when there is no clip; and its details, beside or below. It goes back by itself when its take is
 * deleted.
 *
 * Properties, notified: starred (boolean, of the take), below (boolean: details are below, and always shown), narrow
 * (boolean).
 *
 * Signals: ::remix (RushesTake: its recipe is wanted in the composer), ::use-frame (GBytes of a PNG, the role as
 * rushes_reference_role_to_string() has it, a name for people): a frame is wanted as a reference.
 */
#define RUSHES_TYPE_TAKE_PAGE (rushes_take_page_get_type ())
G_DECLARE_FINAL_TYPE (RushesTakePage, rushes_take_page, RUSHES, TAKE_PAGE, AdwNavigationPage)

/* @take is loaded. */
RushesTakePage *rushes_take_page_new      (RushesLibrary     *library,
                                           RushesQueue       *queue,
                                           RushesRegistry    *registry,
                                           RushesThumbnailer *thumbnailer,
                                           RushesTake        *take);
/* Borrowed. */
RushesTake     *rushes_take_page_get_take (RushesTakePage    *self);

G_END_DECLS
