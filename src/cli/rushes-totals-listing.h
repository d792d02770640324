/* rushes-totals-listing.h
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "rushes-printer.h"

G_BEGIN_DECLS

/* Prints an array of RushesLedgerTotal, for people, in JSON lines or as a table for spreadsheets. */
void rushes_totals_print (GPtrArray     *totals,
                          gboolean       csv,
                          RushesPrinter *printer);

G_END_DECLS
