/* rushes-registry-private.h
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "rushes-registry.h"

G_BEGIN_DECLS

struct _RushesRegistry
{
  GObject        parent_instance;

  GPtrArray     *providers; /* RushesProvider */
  guint          n_local;   /* those in front that main() added */
  GHashTable    *own;       /* ids of the person's own */
  GPtrArray     *errors;    /* GError */
  RushesFolders *folders;   /* NULL until it was loaded */
  RushesKeyring *keyring;
};

gboolean           rushes_registry_is_own_id    (RushesRegistry     *self,
                                                 const char         *id);
/* Makes the provider of a description and puts it where it belongs in the order. */
void               rushes_registry_insert       (RushesRegistry     *self,
                                                 RushesDescription  *description);

G_END_DECLS
