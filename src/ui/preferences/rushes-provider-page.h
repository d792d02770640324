/* rushes-provider-page.h
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <adwaita.h>

#include "rushes-library.h"
#include "rushes-registry.h"

G_BEGIN_DECLS

/**
 * RushesProviderPage:
 *
 * All that can be set for one provider, as a subpage of Preferences: made of groups, of which only those are shown
 * that mean something for it. It goes when its provider is removed.
 */
#define RUSHES_TYPE_PROVIDER_PAGE (rushes_provider_page_get_type ())
G_DECLARE_FINAL_TYPE (RushesProviderPage, rushes_provider_page, RUSHES, PROVIDER_PAGE, AdwNavigationPage)

/* @library is NULL while it is not open. */
GtkWidget *rushes_provider_page_new (RushesProvider *provider,
                                     RushesRegistry *registry,
                                     RushesLibrary  *library);

G_END_DECLS
