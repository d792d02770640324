/* rushes-ledger-item.h
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "rushes-ledger-entry.h"

G_BEGIN_DECLS

/**
 * RushesLedgerItem:
 *
 * An entry of the ledger in a list; it never changes.
 */
#define RUSHES_TYPE_LEDGER_ITEM (rushes_ledger_item_get_type ())
G_DECLARE_FINAL_TYPE (RushesLedgerItem, rushes_ledger_item, RUSHES, LEDGER_ITEM, GObject)

RushesLedgerItem        *rushes_ledger_item_new       (RushesLedgerEntry *entry);
const RushesLedgerEntry *rushes_ledger_item_get_entry (RushesLedgerItem  *self);

G_END_DECLS
