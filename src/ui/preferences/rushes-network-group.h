/* rushes-network-group.h
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <adwaita.h>

#include "rushes-registry.h"

G_BEGIN_DECLS

/**
 * RushesNetworkGroup:
 *
 * A test of the way to the network, which costs nothing, and the providers that have a proxy of their own.
 */
#define RUSHES_TYPE_NETWORK_GROUP (rushes_network_group_get_type ())
G_DECLARE_FINAL_TYPE (RushesNetworkGroup, rushes_network_group, RUSHES, NETWORK_GROUP, AdwPreferencesGroup)

void rushes_network_group_set_registry (RushesNetworkGroup *self,
                                        RushesRegistry     *registry);
/* The way is another one: what the last test said is no longer so. */
void rushes_network_group_forget       (RushesNetworkGroup *self);

G_END_DECLS
