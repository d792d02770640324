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
 * Limits count @high.
 */
typedef struct
{
  RushesPriceKind kind;
  RushesMoney     low;
  RushesMoney     high;
} RushesPrice;

/* Reads a decimal string ("0.084") exactly; what is below a micro-unit is rounded up.
 * FALSE for anything but digits with at most one point, or when it does not fit. */
gboolean  rushes_money_parse      (const char        *amount,
                                   const char        *currency,
                                   RushesMoney       *money);
/* The decimal string of an amount, without a currency: "0.5", "12". */
char     *rushes_money_to_amount  (RushesMoney        money) G_GNUC_WARN_UNUSED_RESULT;
/* For people, in their locale: "$0.50", "¥3.20", "10 credits". */
char     *rushes_money_to_display (RushesMoney        money) G_GNUC_WARN_UNUSED_RESULT;

/* For people: "free", "about $0.50", "$0.40–0.60", "price unknown". Translated. */
char     *rushes_price_to_display (const RushesPrice *price) G_GNUC_WARN_UNUSED_RESULT;
/* For a narrow place: "free", "~$0.50", "$0.50" (reported), "" (unknown). */
char     *rushes_price_to_badge   (const RushesPrice *price) G_GNUC_WARN_UNUSED_RESULT;
/* {"amount":"0.50","micros":500000,"currency":"USD","kind":"estimate|reported"}; NULL for free and unknown ones. */
JsonNode *rushes_price_to_json    (const RushesPrice *price) G_GNUC_WARN_UNUSED_RESULT;

G_END_DECLS
