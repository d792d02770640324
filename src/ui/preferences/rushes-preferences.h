/* rushes-preferences.h
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
 * RushesPreferences:
 *
 * The dialog with everything a person can set. Each page is a widget of its own that stands in the template; changes
 * hold at once, and there is nothing to confirm.
 *
 * Actions: preferences.show-provider (string: an id), of everything within the dialog.
 */
#define RUSHES_TYPE_PREFERENCES (rushes_preferences_get_type ())
G_DECLARE_FINAL_TYPE (RushesPreferences, rushes_preferences, RUSHES, PREFERENCES, AdwPreferencesDialog)

/* @library and @presets are NULL while it is not open. */
RushesPreferences *rushes_preferences_new  (RushesRegistry    *registry,
                                            RushesLibrary     *library,
                                            RushesPresets     *presets);
/* Goes to a place within: "providers", "providers/ID" for the page of one, "spending", "storage"; anything else leaves it
 * where it is. */
void               rushes_preferences_show (RushesPreferences *self,
                                            const char        *place);

G_END_DECLS
