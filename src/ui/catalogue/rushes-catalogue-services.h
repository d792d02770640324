/* rushes-catalogue-services.h
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <adwaita.h>

#include "rushes-registry.h"

G_BEGIN_DECLS

/**
 * RushesCatalogueServices:
 *
 * The services that list their models themselves, each of which can be asked now, and all of them together. Nothing else asks them.
 */
#define RUSHES_TYPE_CATALOGUE_SERVICES (rushes_catalogue_services_get_type ())
G_DECLARE_FINAL_TYPE (RushesCatalogueServices, rushes_catalogue_services, RUSHES, CATALOGUE_SERVICES, GtkPopover)

/* FALSE when there are none. */
gboolean rushes_catalogue_services_fill (RushesCatalogueServices *self,
                                         RushesRegistry          *registry);

G_END_DECLS
