/* rushes-address-group.h
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <adwaita.h>

#include "rushes-http-provider.h"

G_BEGIN_DECLS

/**
 * RushesAddressGroup:
 *
 * Where a service is reached: one of its regions, or an address of the person's own.
 * What cannot be an address is refused with a sentence below it, and nothing is changed by it.
 */
#define RUSHES_TYPE_ADDRESS_GROUP (rushes_address_group_get_type ())
G_DECLARE_FINAL_TYPE (RushesAddressGroup, rushes_address_group, RUSHES, ADDRESS_GROUP, AdwPreferencesGroup)

/* Once. */
void rushes_address_group_set_provider (RushesAddressGroup *self,
                                        RushesHttpProvider *provider);

G_END_DECLS
