/* rushes-totals-page.h
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <adwaita.h>

#include "rushes-library.h"
#include "rushes-registry.h"

G_BEGIN_DECLS

/**
 * RushesTotalsPage:
 *
 * A subpage of Preferences with what everything came to, by provider, model, project or month.
 */
#define RUSHES_TYPE_TOTALS_PAGE (rushes_totals_page_get_type ())
G_DECLARE_FINAL_TYPE (RushesTotalsPage, rushes_totals_page, RUSHES, TOTALS_PAGE, AdwNavigationPage)

AdwNavigationPage *rushes_totals_page_new (RushesLibrary  *library,
                                           RushesRegistry *registry);

G_END_DECLS
