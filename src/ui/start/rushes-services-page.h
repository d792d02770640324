/* rushes-services-page.h
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <adwaita.h>

#include "rushes-registry.h"

G_BEGIN_DECLS

/**
 * RushesServicesPage:
 *
 * All services that want a key, in the order of the registry, which begins with those that most people come for; and those
 * of which only the person knows where they are. Where a key is kept is looked up when the page is shown.
 *
 * Signals: ::picked (RushesHttpProvider).
 */
#define RUSHES_TYPE_SERVICES_PAGE (rushes_services_page_get_type ())
G_DECLARE_FINAL_TYPE (RushesServicesPage, rushes_services_page, RUSHES, SERVICES_PAGE, AdwNavigationPage)

/* Once. */
void rushes_services_page_set_registry (RushesServicesPage *self,
                                        RushesRegistry     *registry);

G_END_DECLS
