/* rushes-service-page.h
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <adwaita.h>

#include "rushes-http-provider.h"

G_BEGIN_DECLS

/**
 * RushesServicePage:
 *
 * Where the key of a service is entered by who begins. A key that was taken is tried out at once, which costs nothing; one
 * that the service refuses goes no further, while a service that does not answer holds up nobody.
 *
 * Signals: ::ready when the service can be used, and the person wants to go on.
 */
#define RUSHES_TYPE_SERVICE_PAGE (rushes_service_page_get_type ())
G_DECLARE_FINAL_TYPE (RushesServicePage, rushes_service_page, RUSHES, SERVICE_PAGE, AdwNavigationPage)

AdwNavigationPage  *rushes_service_page_new          (RushesHttpProvider *provider);
/* Borrowed. */
RushesHttpProvider *rushes_service_page_get_provider (RushesServicePage  *self);

G_END_DECLS
