/* rushes-ledger-csv.h
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* An array of RushesLedgerEntry as a table for spreadsheets: a heading and a record for each, with the line ends and quotes of
 * RFC 4180, in UTF-8. Times and amounts look alike in every language. */
char *rushes_ledger_to_csv (GPtrArray *entries) G_GNUC_WARN_UNUSED_RESULT;

G_END_DECLS
