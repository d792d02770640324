/* rushes-spending.h
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "rushes-database.h"
#include "rushes-limits.h"

G_BEGIN_DECLS

/* The agreement of attempts that are in work in a library which was lost and stands here as an older copy: what became of
 * them, and whether their take has been made since, is not known. Nothing that costs money takes their place unless a
 * person asks for it. */
#define RUSHES_AGREEMENT_LOST "lost"

/* Whether @prices together may be held on the local date @day, on the store's thread and in the transaction that holds
 * them: another process cannot come in between. What counts for a day or a month is the newest entry of each attempt
 * since its beginning, refunds apart; a range counts at its top, and credits count also as what they are worth. An entry of a later date counts too, so that a clock that
 * was set back frees no money. QUOTA with the field "limit" (one would be passed), "price" (it is not known while there is
 * a limit) or "max_cost" (more than was agreed to). */
gboolean rushes_spending_check      (RushesDatabase      *database,
                                     GArray              *limits,
                                     const RushesConsent *consent,
                                     const RushesPrice   *prices,
                                     guint                n,
                                     const char          *day,
                                     GError             **error);
/* Whether @price may be held today in the place of what is held for an attempt: beside all others of its agreement for no
 * more than that allows, and without a consent to pass a limit, which was given for another price. Never under
 * RUSHES_AGREEMENT_LOST: BAD_REQUEST with the field "again". */
gboolean rushes_spending_check_anew (RushesDatabase      *database,
                                     GArray              *limits,
                                     const char          *attempt_id,
                                     const RushesPrice   *price,
                                     GError             **error);

/* What has been spent for each currency that has a limit or was spent this month, by currency: an array of RushesSpent, with
 * what rushes_spending_check() counts. NULL for an error. */
GArray  *rushes_spending_read        (RushesDatabase      *database,
                                      GArray              *limits,
                                      const char          *day,
                                      GError             **error) G_GNUC_WARN_UNUSED_RESULT;
/* Whether a take may be made once more, for @price: on the store's thread and in the transaction that holds it.
 * BAD_REQUEST with the field "again" when that may pay for something twice, which is so when an attempt of it counts in the
 * ledger: nobody knows whether it was accepted, it was given up, or it was charged, or may have been, and brought nothing.
 * What the person said of an uncertain amount holds here too. */
gboolean rushes_spending_check_again (RushesDatabase      *database,
                                      const char          *take_id,
                                      const RushesConsent *consent,
                                      const RushesPrice   *price,
                                      GError             **error);

G_END_DECLS
