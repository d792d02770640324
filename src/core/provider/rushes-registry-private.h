/* rushes-registry-private.h
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "rushes-registry.h"

G_BEGIN_DECLS

/* One place in the list. What ships is read when somebody asks for it: a command that works with one service does not
 * read the others. */
typedef struct
{
  char           *id;
  RushesProvider *provider; /* NULL: it ships, and nobody has asked for it yet */
  gboolean        is_own;
} RushesRegistryEntry;

struct _RushesRegistry
{
  GObject        parent_instance;

  GPtrArray     *entries; /* RushesRegistryEntry */
  guint          n_local; /* those in front that main() added */
  GPtrArray     *errors;  /* GError */
  RushesFolders *folders; /* NULL until it was loaded */
  RushesKeyring *keyring;
};

gboolean rushes_registry_is_own_id      (RushesRegistry    *self,
                                         const char        *id);
/* Makes the provider of a description of the person's own and puts it where it belongs in the order. */
void     rushes_registry_insert         (RushesRegistry    *self,
                                         RushesDescription *description);
/* The place of one that ships, to be read later. */
void     rushes_registry_insert_shipped (RushesRegistry    *self,
                                         const char        *id);
/* Takes the entry out. */
void     rushes_registry_take_out       (RushesRegistry    *self,
                                         const char        *id);

G_END_DECLS
