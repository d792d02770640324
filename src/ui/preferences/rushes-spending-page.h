/* rushes-spending-page.h
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <adwaita.h>

#include "rushes-library.h"
#include "rushes-registry.h"

G_BEGIN_DECLS

/**
 * RushesSpendingPage:
 *
 * A page of Preferences: what was spent of each limit, and the way into the ledger. It follows what this process and others
 * write.
 */
#define RUSHES_TYPE_SPENDING_PAGE (rushes_spending_page_get_type ())
G_DECLARE_FINAL_TYPE (RushesSpendingPage, rushes_spending_page, RUSHES, SPENDING_PAGE, AdwPreferencesPage)

/* Once, before it is shown. Without a library (NULL) there is nothing to show, and it is not there. */
void rushes_spending_page_set_library (RushesSpendingPage *self,
                                       RushesLibrary      *library,
                                       RushesRegistry     *registry);

G_END_DECLS
