/* rushes-ledger.h
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "rushes-database.h"
#include "rushes-error.h"
#include "rushes-money.h"
#include "rushes-take-state.h"

G_BEGIN_DECLS

/* Entries are only ever added, in the transaction of the step that causes them. */

/* What an attempt is expected to cost, when it comes into being. */
gboolean    rushes_ledger_hold       (RushesDatabase    *database,
                                      const char        *attempt_id,
                                      const RushesPrice *price,
                                      GError           **error);
/* What follows from an attempt's entering @to after @from: an end refunds, settles (with @cost when it is not NULL, else with
 * what was held) or marks as uncertain, by @charged; an attempt that turns out to be alive after a refund is held
 * again. @charged counts only at an end, and a doubt does not outweigh what a person said of an attempt that was never
 * confirmed. */
gboolean    rushes_ledger_follow     (RushesDatabase    *database,
                                      const char        *attempt_id,
                                      RushesTakeState    from,
                                      RushesTakeState    to,
                                      RushesCharged      charged,
                                      const RushesPrice *cost,
                                      GError           **error);
/* Settles what is uncertain of an attempt, or refunds it: a person found out. @amount is what it really cost, as it will
 * stand in the ledger; with NULL that is what was held, and without a currency it is in that of what was held: BAD_REQUEST
 * where that has none. */
gboolean    rushes_ledger_end_uncertain (RushesDatabase    *database,
                                         const char        *attempt_id,
                                         gboolean           charged,
                                         const RushesMoney *amount,
                                         GError           **error);
/* What the newest hold of an attempt says it would cost. */
gboolean    rushes_ledger_get_held   (RushesDatabase    *database,
                                      const char        *attempt_id,
                                      RushesPrice       *price,
                                      GError           **error);
/* What rushes_ledger_read_price() and rushes_ledger_read_entry() read, in this order. */
#define RUSHES_LEDGER_COLUMNS   "kind, price, low_micros, micros, currency, worth_micros, worth_currency"
#define RUSHES_LEDGER_N_COLUMNS 7

/* The price that an entry stands for, from its columns at @column and after. A refund is nothing, as reported. */
RushesPrice rushes_ledger_read_price (RushesQuery       *query,
                                      int                column);
/* The same in the entry's own words: a refund says what it gives back. */
RushesPrice rushes_ledger_read_entry (RushesQuery       *query,
                                      int                column);
/* The local date of a time in µs UTC, as entries bear it. */
char       *rushes_ledger_get_day    (gint64             at) G_GNUC_WARN_UNUSED_RESULT;
const char *rushes_ledger_price_word (RushesPriceKind    kind);

G_END_DECLS
