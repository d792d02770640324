/* rushes-presets-page.h
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <adwaita.h>

#include "rushes-presets.h"

G_BEGIN_DECLS

/**
 * RushesPresetsPage:
 *
 * The page of Preferences with the presets: one's own, which are added, changed and removed, and those that ship, which
 * are duplicated and hidden; all of them in and out as files.
 */
#define RUSHES_TYPE_PRESETS_PAGE (rushes_presets_page_get_type ())
G_DECLARE_FINAL_TYPE (RushesPresetsPage, rushes_presets_page, RUSHES, PRESETS_PAGE, AdwPreferencesPage)

/* NULL while there is no library; then there is no such page. */
void rushes_presets_page_set_presets (RushesPresetsPage *self,
                                      RushesPresets     *presets);

G_END_DECLS
