/* rushes-upload-places-page.h
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <adwaita.h>

#include "rushes-upload-place.h"

G_BEGIN_DECLS

/**
 * RushesUploadPlacesPage:
 *
 * A subpage of Preferences with the person's upload places: which one is used as usual, and the way to each of them and
 * to a new one.
 */
#define RUSHES_TYPE_UPLOAD_PLACES_PAGE (rushes_upload_places_page_get_type ())
G_DECLARE_FINAL_TYPE (RushesUploadPlacesPage, rushes_upload_places_page, RUSHES, UPLOAD_PLACES_PAGE, AdwNavigationPage)

GtkWidget *rushes_upload_places_page_new (RushesUploadPlaces *places);

G_END_DECLS
