/* rushes-ledger-list.h
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "rushes-ledger-item.h"
#include "rushes-library.h"

G_BEGIN_DECLS

/**
 * RushesLedgerList:
 *
 * The ledger as a GListModel of RushesLedgerItem, newest first: as much of it as was asked for, a page at a time. It follows
 * what is written by this process and by others, and keeps the items that stay what they are.
 *
 * Read-only properties, notified: more (boolean: there are older entries), pending (boolean: TRUE until the first page came),
 * error (boxed GError: why the last reading failed; NULL).
 */
#define RUSHES_TYPE_LEDGER_LIST (rushes_ledger_list_get_type ())
G_DECLARE_FINAL_TYPE (RushesLedgerList, rushes_ledger_list, RUSHES, LEDGER_LIST, GObject)

/* With @uncertain only amounts that are uncertain still. The first page is on its way. */
RushesLedgerList *rushes_ledger_list_new      (RushesLibrary    *library,
                                               gboolean          uncertain);
/* Goes one page further back, once what is on its way has come; nothing while there is no more. */
void              rushes_ledger_list_extend   (RushesLedgerList *self);
gboolean          rushes_ledger_list_get_more (RushesLedgerList *self);

G_END_DECLS
