/* rushes-storage-page.h
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <adwaita.h>

#include "rushes-library.h"
#include "rushes-presets.h"
#include "rushes-registry.h"

G_BEGIN_DECLS

/**
 * RushesStoragePage:
 *
 * The page of Preferences on where the library is, how much room its clips take, its backups, what is kept, and what
 * goes out of it.
 */
#define RUSHES_TYPE_STORAGE_PAGE (rushes_storage_page_get_type ())
G_DECLARE_FINAL_TYPE (RushesStoragePage, rushes_storage_page, RUSHES, STORAGE_PAGE, AdwPreferencesPage)

/* NULL while there is no library: it could not be opened. */
void rushes_storage_page_set_library (RushesStoragePage *self,
                                      RushesLibrary     *library,
                                      RushesPresets     *presets,
                                      RushesRegistry    *registry);

G_END_DECLS
