/* rushes-providers-page.h
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <adwaita.h>

#include "rushes-library.h"
#include "rushes-registry.h"

G_BEGIN_DECLS

/**
 * RushesProvidersPage:
 *
 * The page of Preferences with all providers: which one is used when none is named, their states, and own descriptions
 * that could not be read.
 */
#define RUSHES_TYPE_PROVIDERS_PAGE (rushes_providers_page_get_type ())
G_DECLARE_FINAL_TYPE (RushesProvidersPage, rushes_providers_page, RUSHES, PROVIDERS_PAGE, AdwPreferencesPage)

/* Once. @library, which may be NULL, knows of takes that are in work at a provider. */
void     rushes_providers_page_set_registry  (RushesProvidersPage *self,
                                              RushesRegistry      *registry,
                                              RushesLibrary       *library);
/* Opens the page of a provider; FALSE when there is none of that id. */
gboolean rushes_providers_page_show_provider (RushesProvidersPage *self,
                                              const char          *id);

G_END_DECLS
