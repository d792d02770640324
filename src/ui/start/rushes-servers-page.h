/* rushes-servers-page.h
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <adwaita.h>

#include "rushes-registry.h"

G_BEGIN_DECLS

/**
 * RushesServersPage:
 *
 * Programs that make clips on a graphics card of one's own: looks for those that run on this computer, when it is told to,
 * says what could be started, and takes an address elsewhere. One that is used is where its provider is spoken to from
 * then on.
 *
 * Signals: ::picked (RushesHttpProvider) when one is to be used; ::key-wanted (RushesHttpProvider) when it answers, but not
 * without a key.
 */
#define RUSHES_TYPE_SERVERS_PAGE (rushes_servers_page_get_type ())
G_DECLARE_FINAL_TYPE (RushesServersPage, rushes_servers_page, RUSHES, SERVERS_PAGE, AdwNavigationPage)

/* Once. */
void rushes_servers_page_set_registry (RushesServersPage *self,
                                       RushesRegistry    *registry);

G_END_DECLS
