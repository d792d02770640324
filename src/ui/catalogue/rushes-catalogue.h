/* rushes-catalogue.h
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "rushes-catalogue-entry.h"
#include "rushes-library.h"
#include "rushes-registry.h"

G_BEGIN_DECLS

/**
 * RushesCatalogue:
 *
 * All models of all providers that are switched on, as a GListModel of RushesCatalogueEntry, for as long as somebody looks at them:
 * with how often each was used, and what a clip costs by the settings of a draft. It follows providers, favourites and draft. What
 * services listed earlier is brought out of the cache; no service is asked.
 *
 * Signals: ::ranked when entries are to be sorted anew; ::repriced when the prices are others. Both come once for several changes.
 */
#define RUSHES_TYPE_CATALOGUE (rushes_catalogue_get_type ())
G_DECLARE_FINAL_TYPE (RushesCatalogue, rushes_catalogue, RUSHES, CATALOGUE, GObject)

RushesCatalogue *rushes_catalogue_new (RushesRegistry *registry,
                                       RushesLibrary  *library,
                                       RushesDraft    *draft);

G_END_DECLS
