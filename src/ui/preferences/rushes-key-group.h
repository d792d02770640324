/* rushes-key-group.h
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <adwaita.h>

#include "rushes-http-provider.h"

G_BEGIN_DECLS

/**
 * RushesKeyGroup:
 *
 * The account at a service: where its key is, a field to enter one, which is stored at once and never shown again, and
 * whether the connection works.
 *
 * Signals: ::typed when what stands in the field has changed; then, when it was to be taken, ::taken, or ::refused with
 * the reason said below the field.
 */
#define RUSHES_TYPE_KEY_GROUP (rushes_key_group_get_type ())
G_DECLARE_FINAL_TYPE (RushesKeyGroup, rushes_key_group, RUSHES, KEY_GROUP, AdwPreferencesGroup)

/* Once. */
void rushes_key_group_set_provider (RushesKeyGroup     *self,
                                    RushesHttpProvider *provider);

/* Whether something stands in the field that was not taken yet. */
gboolean rushes_key_group_has_typed (RushesKeyGroup  *self);
/* Takes it, as Enter does. */
void rushes_key_group_take_typed    (RushesKeyGroup  *self);

G_END_DECLS
