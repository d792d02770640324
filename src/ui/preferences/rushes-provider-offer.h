/* rushes-provider-offer.h
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <adwaita.h>

#include "rushes-registry.h"

G_BEGIN_DECLS

/* The question whether a description from a stranger is to be added, with where keys and pictures would go. Its responses
 * are "cancel" and "add". */
AdwDialog *rushes_provider_offer_new   (RushesDescription  *description) G_GNUC_WARN_UNUSED_RESULT;
/* That it could not be used, and why; over @parent. */
void       rushes_provider_offer_complain (GtkWidget       *parent,
                                        const GError       *error);
/* Asks over @parent about each of @descriptions, GBytes as rushes_registry_pick_new() gives them, one after the other, and
 * adds those that the person agrees to. */
void       rushes_provider_offer_all   (GtkWidget          *parent,
                                        RushesRegistry     *registry,
                                        GPtrArray          *descriptions);

G_END_DECLS
