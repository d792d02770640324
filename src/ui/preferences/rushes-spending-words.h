/* rushes-spending-words.h
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "rushes-ledger-entry.h"
#include "rushes-ledger-totals.h"
#include "rushes-registry.h"

G_BEGIN_DECLS

/* What the ledger says, for people. All words are new ones. */

/* A currency: “USD”, “Credits of Kling”. */
char *rushes_spending_words_currency (const char              *currency,
                                      RushesRegistry          *registry) G_GNUC_WARN_UNUSED_RESULT;
/* Who made what and when, and what became of the money: “Runway · Gen-4.5 · 21 November, 14:05 · paid”. */
char *rushes_spending_words_entry    (const RushesLedgerEntry *entry,
                                      RushesRegistry          *registry) G_GNUC_WARN_UNUSED_RESULT;
/* What a total is of: “Runway”, “Runway · Gen-4.5”, “My Project”, “November 2026”. */
char *rushes_spending_words_total    (const RushesLedgerTotal *total,
                                      RushesRegistry          *registry) G_GNUC_WARN_UNUSED_RESULT;

G_END_DECLS
