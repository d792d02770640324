/* rushes-upload-place-page.h
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <adwaita.h>

#include "rushes-upload-place.h"

G_BEGIN_DECLS

/**
 * RushesUploadPlacePage:
 *
 * A subpage of Preferences with all members of one upload place, or of a new one. They belong together and hold from
 * Save on; the secret goes into the keyring at the same time, and is never shown again.
 */
#define RUSHES_TYPE_UPLOAD_PLACE_PAGE (rushes_upload_place_page_get_type ())
G_DECLARE_FINAL_TYPE (RushesUploadPlacePage, rushes_upload_place_page, RUSHES, UPLOAD_PLACE_PAGE, AdwNavigationPage)

/* @place is NULL for a new one. */
GtkWidget *rushes_upload_place_page_new (RushesUploadPlaces *places,
                                         RushesUploadPlace  *place);

G_END_DECLS
