/* rushes-spending.h
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "rushes-database.h"
#include "rushes-limits.h"

G_BEGIN_DECLS

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
 * more than that allows, and without a consent to pass a limit, which was given for another price. */
gboolean rushes_spending_check_anew (RushesDatabase      *database,
                                     GArray              *limits,
                                     const char          *attempt_id,
                                     const RushesPrice   *price,
                                     GError             **error);

G_END_DECLS
