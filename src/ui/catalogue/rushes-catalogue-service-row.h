/* rushes-catalogue-service-row.h
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <adwaita.h>

#include "rushes-provider.h"

G_BEGIN_DECLS

/**
 * RushesCatalogueServiceRow:
 *
 * A service that lists its models itself: when it was asked last, what went wrong, and a button that asks it now.
 *
 * Signal ::done when it has answered, or failed.
 */
#define RUSHES_TYPE_CATALOGUE_SERVICE_ROW (rushes_catalogue_service_row_get_type ())
G_DECLARE_FINAL_TYPE (RushesCatalogueServiceRow,
                      rushes_catalogue_service_row,
                      RUSHES,
                      CATALOGUE_SERVICE_ROW,
                      AdwActionRow)

GtkWidget *rushes_catalogue_service_row_new     (RushesProvider            *provider);
/* FALSE when it cannot be asked now: it is being asked, or something is missing, such as a key. */
gboolean   rushes_catalogue_service_row_refresh (RushesCatalogueServiceRow *self);

G_END_DECLS
