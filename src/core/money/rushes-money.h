/* rushes-money.h
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <glib-object.h>
#include <json-glib/json-glib.h>

G_BEGIN_DECLS

/**
 * RushesMoney:
 * @micros: millionths of the currency's unit
 * @currency: an ISO code ("USD"), or "credits:PROVIDER"; an interned string, never freed; NULL with no amount
 *
 * Amounts are integers; two currencies are never added up.
 */
typedef struct
{
  gint64      micros;
  const char *currency;
} RushesMoney;

/* The most that one credit can be worth, in micro-units. */
#define RUSHES_MONEY_MAX_UNIT G_GINT64_CONSTANT (1000000000000)

typedef enum
{
  RUSHES_PRICE_FREE,
  RUSHES_PRICE_ESTIMATE, /* low and high are equal unless the price is a range */
  RUSHES_PRICE_REPORTED, /* what the provider said it cost */
  RUSHES_PRICE_UNKNOWN,
} RushesPriceKind;

/**
 * RushesPrice:
 *
 * What a take is expected to cost, or did cost. A value: copied by assignment, nothing to free.
 * Limits count @high. @worth is what @high is worth in money, when that is an amount of credits and somebody says so;
 * its currency is NULL otherwise.
 */
typedef struct
{
  RushesPriceKind kind;
  RushesMoney     low;
  RushesMoney     high;
  RushesMoney     worth;
} RushesPrice;

/* Reads a decimal string ("0.084") exactly; what is below a micro-unit is rounded up. @currency may be NULL.
 * FALSE for anything but digits with at most one point, or when it does not fit. */
gboolean  rushes_money_parse      (const char        *amount,
                                   const char        *currency,
                                   RushesMoney       *money);
/* The decimal string of an amount, without a currency: "0.5", "12". */
char     *rushes_money_to_amount  (RushesMoney        money) G_GNUC_WARN_UNUSED_RESULT;
/* What an amount of credits is worth, when one is worth @unit; rounded up to a micro-unit. */
RushesMoney rushes_money_exchange (RushesMoney       credits,
                                   RushesMoney       unit);
/* For people, in their locale: "$0.50", "¥3.20", "10 credits". */
char     *rushes_money_to_display (RushesMoney        money) G_GNUC_WARN_UNUSED_RESULT;

gboolean  rushes_price_equal      (const RushesPrice *a,
                                   const RushesPrice *b);
/* Whether @price is nothing more than @other, in its currency and in the one that credits are worth. */
gboolean  rushes_price_is_within  (const RushesPrice *price,
                                   const RushesPrice *other);
/* What @price counts for in @currency: its top, or what that is worth there; 0 when it is nothing in this currency. */
gint64    rushes_price_count      (const RushesPrice *price,
                                   const char        *currency);
/* For people: "free", "about $0.50", "$0.40–0.60", "60 credits ($0.60)", "price unknown". Translated. */
char     *rushes_price_to_display (const RushesPrice *price) G_GNUC_WARN_UNUSED_RESULT;
/* For a narrow place: "free", "~$0.50", "$0.50" (reported), "" (unknown); of credits what they are worth, where that is
 * known. */
char     *rushes_price_to_badge   (const RushesPrice *price) G_GNUC_WARN_UNUSED_RESULT;
/* {"amount":"0.50","micros":500000,"currency":"USD","kind":"estimate|reported"}, and for credits whose worth is known
 * "worth":{"amount":…,"micros":…,"currency":…}; NULL for free and unknown ones. */
JsonNode *rushes_price_to_json    (const RushesPrice *price) G_GNUC_WARN_UNUSED_RESULT;

G_END_DECLS
