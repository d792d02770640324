/* rushes-ledger-totals.h
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "rushes-printer.h"

G_BEGIN_DECLS

/* Prints what the entries (of RushesLedgerEntry) that count come to, by provider, model, project and month and in all, each
 * currency for itself. */
void rushes_ledger_totals_print (GPtrArray     *entries,
                                 gboolean       csv,
                                 RushesPrinter *printer);

G_END_DECLS
