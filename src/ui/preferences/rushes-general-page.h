/* rushes-general-page.h
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <adwaita.h>

#include "rushes-registry.h"

G_BEGIN_DECLS

/**
 * RushesGeneralPage:
 *
 * The page of Preferences that says how clips are shown, what the desktop is told, and by which way the network is
 * reached.
 */
#define RUSHES_TYPE_GENERAL_PAGE (rushes_general_page_get_type ())
G_DECLARE_FINAL_TYPE (RushesGeneralPage, rushes_general_page, RUSHES, GENERAL_PAGE, AdwPreferencesPage)

void rushes_general_page_set_registry (RushesGeneralPage *self,
                                       RushesRegistry    *registry);

G_END_DECLS
