/* rushes-takes-group.h
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <adwaita.h>

#include "rushes-provider.h"

G_BEGIN_DECLS

/**
 * RushesTakesGroup:
 *
 * How the takes of one provider are made unless a take says otherwise: with which model, how many at once, how long is
 * waited for one, and how often and after how long what certainly was not accepted is sent again.
 */
#define RUSHES_TYPE_TAKES_GROUP (rushes_takes_group_get_type ())
G_DECLARE_FINAL_TYPE (RushesTakesGroup, rushes_takes_group, RUSHES, TAKES_GROUP, AdwPreferencesGroup)

/* Once. */
void rushes_takes_group_set_provider (RushesTakesGroup *self,
                                      RushesProvider   *provider);

G_END_DECLS
