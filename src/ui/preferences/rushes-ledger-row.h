/* rushes-ledger-row.h
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <adwaita.h>

#include "rushes-ledger-item.h"
#include "rushes-registry.h"

G_BEGIN_DECLS

/**
 * RushesLedgerRow:
 *
 * An entry of the ledger; where it is uncertain, with the two answers to that. They are the actions ledger.charged and
 * ledger.not-charged of what it stands in, with the entry's id (x).
 */
#define RUSHES_TYPE_LEDGER_ROW (rushes_ledger_row_get_type ())
G_DECLARE_FINAL_TYPE (RushesLedgerRow, rushes_ledger_row, RUSHES, LEDGER_ROW, AdwBin)

GtkWidget *rushes_ledger_row_new  (void);
/* NULL shows nothing. */
void       rushes_ledger_row_show (RushesLedgerRow  *self,
                                   RushesLedgerItem *item,
                                   RushesRegistry   *registry);

G_END_DECLS
