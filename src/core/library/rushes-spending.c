/* rushes-spending.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "rushes-spending.h"

#include <glib/gi18n.h>

static gboolean
refuse (GError **error, const char *field, char *message)
{
  g_autofree char *sentence = message;
  GError *refusal = rushes_error_new (RUSHES_ERROR_QUOTA, "%s", sentence);

  rushes_error_set_field (refusal, field);
  g_propagate_error (error, refusal);

  return FALSE;
}

static gboolean
has_amount (const RushesPrice *price)
{
  return price->kind == RUSHES_PRICE_ESTIMATE || price->kind == RUSHES_PRICE_REPORTED;
}

static gint64
add_up (gint64 a, gint64 b)
{
  gint64 sum;

  return __builtin_add_overflow (a, b, &sum) ? G_MAXINT64 : sum;
}

/* What has the currency of the @first price, unless one before it had it too. */
static gboolean
sum_currency (const RushesPrice *prices, guint n, guint first, RushesMoney *cost)
{
  *cost = (RushesMoney) { 0, prices[first].high.currency };
  for (guint i = 0; i < n; i++)
    {
      if (!has_amount (&prices[i]) || !g_str_equal (prices[i].high.currency, cost->currency))
        continue;
      if (i < first)
        return FALSE;
      cost->micros = add_up (cost->micros, prices[i].high.micros);
    }

  return cost->micros > 0;
}

/* Negative with @error set. */
static gint64
sum_spent (RushesDatabase *database, const char *since, const char *currency, GError **error)
{
  return rushes_database_get_int (database, error,
                                  "SELECT COALESCE (sum (l.micros), 0) FROM ledger l"
                                  " WHERE l.day >= ? AND l.currency = ? AND l.kind <> 'refund' AND NOT EXISTS"
                                  " (SELECT 1 FROM ledger n WHERE n.attempt_id = l.attempt_id AND n.id > l.id)",
                                  "tt", since, currency);
}

static gboolean
check_limit (RushesDatabase *database, const RushesLimit *limit, RushesMoney cost, const char *day, GError **error)
{
  g_autofree char *since = limit->period == RUSHES_LIMIT_DAY ? g_strdup (day) : g_strdup_printf ("%.7s-01", day);
  gint64 spent = sum_spent (database, since, cost.currency, error);
  g_autofree char *most = NULL;
  g_autofree char *so_far = NULL;
  g_autofree char *more = NULL;

  if (spent < 0)
    return FALSE;
  if (add_up (spent, cost.micros) <= limit->most.micros)
    return TRUE;

  most = rushes_money_to_display (limit->most);
  so_far = rushes_money_to_display ((RushesMoney) { spent, cost.currency });
  more = rushes_money_to_display (cost);
  return refuse (
      error, "limit",
      limit->period == RUSHES_LIMIT_DAY
          /* Translators: three amounts of money, such as “$5.00”. */
          ? g_strdup_printf (_ ("Your limit of %s for a day would be passed: %s is spent or set aside today, "
                                "and this may cost %s. Raise the limit, or wait until tomorrow."),
                             most, so_far, more)
          /* Translators: three amounts of money, such as “$5.00”. */
          : g_strdup_printf (_ ("Your limit of %s for a month would be passed: %s is spent or set aside "
                                "this month, and this may cost %s. Raise the limit, or wait until next "
                                "month."),
                             most, so_far, more));
}

static gboolean
check_most (RushesMoney most, RushesMoney cost, GError **error)
{
  g_autofree char *wanted = NULL;
  g_autofree char *agreed = NULL;

  if (most.micros < 0 ||
      ((most.currency == NULL || g_str_equal (most.currency, cost.currency)) && cost.micros <= most.micros))
    return TRUE;

  wanted = rushes_money_to_display (cost);
  most.currency = most.currency != NULL ? most.currency : cost.currency;
  agreed = rushes_money_to_display (most);
  /* Translators: two amounts of money, maybe of different currencies. */
  return refuse (error, "max_cost",
                 g_strdup_printf (_ ("This may cost %s, and %s at most was agreed to. Agree to more, or ask for less."),
                                  wanted, agreed));
}

gboolean
rushes_spending_check (RushesDatabase *database,
                       GArray *limits,
                       const RushesConsent *consent,
                       const RushesPrice *prices,
                       guint n,
                       const char *day,
                       GError **error)
{
  for (guint i = 0; i < n; i++)
    {
      RushesMoney cost;

      if (prices[i].kind == RUSHES_PRICE_UNKNOWN && limits->len > 0 && !consent->unknown_price)
        return refuse (
            error, "price",
            g_strdup (_ ("Nobody knows what this will cost, and you have set a spending limit. Say that it is "
                         "fine all the same, or choose a model with a known price.")));
      if (!has_amount (&prices[i]) || !sum_currency (prices, n, i, &cost))
        continue;
      if (!check_most (consent->most, cost, error))
        return FALSE;
      for (guint l = 0; l < limits->len && !consent->past_limits; l++)
        {
          const RushesLimit *limit = &g_array_index (limits, RushesLimit, l);

          if (g_str_equal (limit->most.currency, cost.currency) && !check_limit (database, limit, cost, day, error))
            return FALSE;
        }
    }

  return TRUE;
}
