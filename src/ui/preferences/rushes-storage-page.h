/* rushes-storage-page.h
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <adwaita.h>

G_BEGIN_DECLS

/**
 * RushesStoragePage:
 *
 * The page of Preferences on what is kept, and what goes out of the library.
 */
#define RUSHES_TYPE_STORAGE_PAGE (rushes_storage_page_get_type ())
G_DECLARE_FINAL_TYPE (RushesStoragePage, rushes_storage_page, RUSHES, STORAGE_PAGE, AdwPreferencesPage)

G_END_DECLS
