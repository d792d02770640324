/* rushes-registry.h
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "rushes-provider.h"

G_BEGIN_DECLS

/**
 * RushesRegistry:
 *
 * The providers that are known, in the order they are shown: a GListModel of RushesProvider. main() adds what needs
 * the media library.
 */
#define RUSHES_TYPE_REGISTRY (rushes_registry_get_type ())
G_DECLARE_FINAL_TYPE (RushesRegistry, rushes_registry, RUSHES, REGISTRY, GObject)

RushesRegistry *rushes_registry_new         (void);
/* Two of the same id are a mistake of the program. */
void            rushes_registry_add         (RushesRegistry *self,
                                             RushesProvider *provider);
/* Borrowed; NULL. */
RushesProvider *rushes_registry_find        (RushesRegistry *self,
                                             const char     *id);
/* The provider of @id, or a BAD_REQUEST that lists the ones there are. */
RushesProvider *rushes_registry_require     (RushesRegistry *self,
                                             const char     *id,
                                             GError        **error);

G_END_DECLS
