/* rushes-limits.h
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "rushes-error.h"
#include "rushes-money.h"

G_BEGIN_DECLS

/* Spending limits of the person's own, kept in the settings: for a day and for a month, one for each currency. A day is
 * the local date when a ledger entry was written. */

typedef enum
{
  RUSHES_LIMIT_DAY,
  RUSHES_LIMIT_MONTH,
} RushesLimitPeriod;

typedef struct
{
  RushesLimitPeriod period;
  RushesMoney       most;
} RushesLimit;

/**
 * RushesSpent:
 *
 * What counts against the limits for one currency: since midnight, and since the first of the month. A limit of micros below
 * zero is none.
 */
typedef struct
{
  const char *currency;
  gint64      spent[2]; /* by RushesLimitPeriod */
  gint64      most[2];
} RushesSpent;

/**
 * RushesConsent:
 * @unknown_price: go on although a limit is set and nobody knows what it will cost
 * @past_limits: go on although a limit is passed
 * @again: make a take once more although an attempt of it that came before may have been paid for
 * @most: refuse what may cost more than this, limits or none; with a currency of NULL in whatever currency. Micros below
 *   zero say nothing.
 *
 * What a person agreed to before something is bought. It holds for the attempts that are written with it and for none
 * after them. NULL in its place agrees to nothing.
 */
typedef struct
{
  gboolean    unknown_price;
  gboolean    past_limits;
  gboolean    again;
  RushesMoney most;
} RushesConsent;

#define RUSHES_CONSENT_NONE ((RushesConsent) { .most = { .micros = -1 } })
#define RUSHES_CONSENT_AGAIN ((RushesConsent) { .again = TRUE, .most = { .micros = -1 } })

/* All limits as they are set now, days first: an array of RushesLimit. Entries that make no sense are left out. Main
 * thread. */
GArray     *rushes_limits_read        (void) G_GNUC_WARN_UNUSED_RESULT;
/* Sets, or replaces, the limit for the currency of @most. FALSE with STORAGE when the settings cannot be written. */
gboolean    rushes_limits_set         (RushesLimitPeriod   period,
                                       RushesMoney         most,
                                       GError            **error);
/* Takes the limit for a currency away, with NULL those for all. FALSE in @found when there was none. */
gboolean    rushes_limits_clear       (RushesLimitPeriod   period,
                                       const char         *currency,
                                       gboolean           *found,
                                       GError            **error);
/* Reads "5" and "USD": FALSE for a currency that is neither an ISO code nor credits:PROVIDER, or an amount that is none.
 * Lower case is fine. With NULL the amount has no currency. */
gboolean    rushes_limits_parse_money (const char         *amount,
                                       const char         *currency,
                                       RushesMoney        *money);
/* "day", "month" */
const char *rushes_limits_get_word    (RushesLimitPeriod   period);
/* Whether the person can be asked to buy all the same: a limit would be passed, a limit is set and the price is not
 * known, or the same may be paid for twice. */
gboolean    rushes_limits_can_ask     (const GError       *error);
/* Adds to @consent what @error asks for, and nothing else: of the errors that rushes_limits_can_ask() says TRUE of. */
void        rushes_limits_agree       (RushesConsent      *consent,
                                       const GError       *error);

G_END_DECLS
