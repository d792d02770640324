/* rushes-provider-facts.h
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <json-glib/json-glib.h>
#include <libdex.h>

#include "rushes-key-listing.h"
#include "rushes-registry.h"
#include "rushes-table.h"

G_BEGIN_DECLS

/* What listings say of a provider beside what it can do: whether it can be used now, where it is, how pictures reach it,
 * what cancelling does and how old its prices are. */

/* "ready", "needs-key", "needs-address", "locked" (the keyring) or "local", by what is known without asking anybody. */
const char *rushes_provider_get_state_word   (RushesProvider *provider);
/* The same for people, translated. */
const char *rushes_provider_get_state_phrase (RushesProvider *provider);
/* Looks for the keys of all services at once, without unlocking anything; in a fiber. */
void        rushes_registry_refresh_keys     (RushesRegistry *registry);

/* The first and the last day on which prices of its models were looked up; FALSE when it names none. Free both. */
gboolean    rushes_provider_get_price_dates  (RushesProvider *provider,
                                              char          **first,
                                              char          **last);

/* Everything as members of @object, and as rows of @table; @key is NULL for what needs none. */
void        rushes_provider_facts_to_listing (RushesProvider       *provider,
                                              const RushesKeyFacts *key,
                                              JsonObject           *object);
void        rushes_provider_facts_to_table   (RushesProvider       *provider,
                                              const RushesKeyFacts *key,
                                              RushesTable          *table);

G_END_DECLS
