/* rushes-proxy-group.h
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <adwaita.h>

#include "rushes-registry.h"

G_BEGIN_DECLS

/**
 * RushesProxyGroup:
 *
 * The proxy of the program, or of one provider, with the password of its user, which goes to the keyring.
 *
 * Signal ::changed: the way to the network is another one.
 */
#define RUSHES_TYPE_PROXY_GROUP (rushes_proxy_group_get_type ())
G_DECLARE_FINAL_TYPE (RushesProxyGroup, rushes_proxy_group, RUSHES, PROXY_GROUP, AdwPreferencesGroup)

/* @settings are those of the program or of a provider; @registry knows who else may use a proxy. Once. */
void rushes_proxy_group_set_place (RushesProxyGroup *self,
                                   GSettings        *settings,
                                   RushesRegistry   *registry);

G_END_DECLS
