/* rushes-spending.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "rushes-spending.h"

#include <glib/gi18n.h>
#include <string.h>

#include "rushes-ledger.h"

static gboolean
refuse_for (RushesErrorCode code, GError **error, const char *field, char *message)
{
  g_autofree char *sentence = message;
  GError *refusal = rushes_error_new (code, "%s", sentence);

  rushes_error_set_field (refusal, field);
  g_propagate_error (error, refusal);

  return FALSE;
}

static gboolean
refuse (GError **error, const char *field, char *message)
{
  return refuse_for (RUSHES_ERROR_QUOTA, error, field, message);
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

/* What is about to be held. */
typedef struct
{
  RushesDatabase *database;
  GArray *limits; /* RushesLimit */
  const RushesPrice *prices;
  guint n;
  const char *day;
  const char *instead; /* id of the attempt whose entries make way; "" */
  const char *agreement;
} Purchase;

static gint64
sum_prices (const Purchase *self, const char *currency)
{
  gint64 sum = 0;

  for (guint i = 0; i < self->n; i++)
    if (has_amount (&self->prices[i]))
      sum = add_up (sum, rushes_price_count (&self->prices[i], currency));

  return sum;
}

/* The newest entries of each attempt, as far as they count in a currency. */
#define SUM_ENTRIES                                                                                                    \
  "SELECT COALESCE (sum (iif (l.currency = ?1, l.micros, l.worth_micros)), 0) FROM ledger l"                           \
  " WHERE ?1 IN (l.currency, l.worth_currency) AND l.kind <> 'refund' AND l.attempt_id <> ?2 AND NOT EXISTS"           \
  " (SELECT 1 FROM ledger n WHERE n.attempt_id = l.attempt_id AND n.id > l.id)"

/* Negative with @error set. */
static gint64
sum_since (const Purchase *self, const char *currency, const char *since, GError **error)
{
  return rushes_database_get_int (self->database, error, SUM_ENTRIES " AND l.day >= ?3", "ttt", currency, self->instead,
                                  since);
}

/* Likewise. */
static gint64
sum_agreement (const Purchase *self, const char *currency, GError **error)
{
  return rushes_database_get_int (self->database, error,
                                  SUM_ENTRIES " AND l.attempt_id IN (SELECT id FROM attempts WHERE agreement = ?3)",
                                  "ttt", currency, self->instead, self->agreement);
}

static char *
get_begin (RushesLimitPeriod period, const char *day)
{
  return period == RUSHES_LIMIT_DAY ? g_strdup (day) : g_strdup_printf ("%.7s-01", day);
}

static gboolean
check_limit (const Purchase *self, const RushesLimit *limit, GError **error)
{
  const char *currency = limit->most.currency;
  g_autofree char *since = get_begin (limit->period, self->day);
  RushesMoney cost = { sum_prices (self, currency), currency };
  g_autofree char *most = NULL;
  g_autofree char *so_far = NULL;
  g_autofree char *more = NULL;
  gint64 spent;

  if (cost.micros == 0)
    return TRUE;
  if ((spent = sum_since (self, currency, since, error)) < 0)
    return FALSE;
  if (add_up (spent, cost.micros) <= limit->most.micros)
    return TRUE;

  most = rushes_money_to_display (limit->most);
  so_far = rushes_money_to_display ((RushesMoney) { spent, currency });
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

/* What the price @i counts for in the currency that was agreed on; with none of that, in its own. */
static gboolean
check_most (const Purchase *self, guint i, RushesMoney most, GError **error)
{
  const RushesPrice *price = &self->prices[i];
  const char *currency = most.currency != NULL ? most.currency : price->high.currency;
  gboolean fits = g_str_equal (currency, price->high.currency) || g_strcmp0 (currency, price->worth.currency) == 0;
  RushesMoney cost = fits ? (RushesMoney) { sum_prices (self, currency), currency } : price->high;
  g_autofree char *wanted = NULL;
  g_autofree char *agreed = NULL;

  if (fits && self->agreement != NULL)
    {
      gint64 others = sum_agreement (self, currency, error);

      if (others < 0)
        return FALSE;
      cost.micros = add_up (cost.micros, others);
    }
  if (cost.micros == 0 || (fits && cost.micros <= most.micros))
    return TRUE;

  wanted = rushes_money_to_display (cost);
  agreed = rushes_money_to_display ((RushesMoney) { most.micros, currency });
  /* Translators: two amounts of money, maybe of different currencies. */
  return refuse (error, "max_cost",
                 g_strdup_printf (_ ("This may cost %s, and %s at most was agreed to. Agree to more, or ask for less."),
                                  wanted, agreed));
}

static gboolean
check (const Purchase *self, const RushesConsent *consent, GError **error)
{
  for (guint i = 0; i < self->n; i++)
    {
      if (self->prices[i].kind == RUSHES_PRICE_UNKNOWN && self->limits->len > 0 && !consent->unknown_price)
        return refuse (
            error, "price",
            g_strdup (_ ("Nobody knows what this will cost, and you have set a spending limit. Say that it is "
                         "fine all the same, or choose a model with a known price.")));
      if (consent->most.micros >= 0 && has_amount (&self->prices[i]) && !check_most (self, i, consent->most, error))
        return FALSE;
    }
  for (guint l = 0; l < self->limits->len && !consent->past_limits; l++)
    if (!check_limit (self, &g_array_index (self->limits, RushesLimit, l), error))
      return FALSE;

  return TRUE;
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
  return check (&(Purchase) { database, limits, prices, n, day, "", NULL }, consent, error);
}

gboolean
rushes_spending_check_anew (RushesDatabase *database,
                            GArray *limits,
                            const char *attempt_id,
                            const RushesPrice *price,
                            GError **error)
{
  g_autofree char *today = rushes_ledger_get_day (g_get_real_time ());
  g_autofree char *agreement = NULL;
  RushesConsent consent = RUSHES_CONSENT_NONE;
  g_autoptr (RushesQuery) query = NULL;

  query = rushes_database_query (
      database, error, "SELECT agreement, most_micros, most_currency FROM attempts WHERE id = ?", "t", attempt_id);
  if (query == NULL || !rushes_query_next (query, error))
    return FALSE;
  agreement = g_strdup (rushes_query_get_text (query, 0));
  if (g_strcmp0 (agreement, RUSHES_AGREEMENT_LOST) == 0 && price->kind != RUSHES_PRICE_FREE)
    return refuse_for (
        RUSHES_ERROR_BAD_REQUEST, error, "again",
        g_strdup (_ ("The library was lost while this take was in work, and it may have been made since. "
                     "Submitted again, it may cost twice.")));
  if (!rushes_query_is_null (query, 1))
    consent.most =
        (RushesMoney) { rushes_query_get_int (query, 1), g_intern_string (rushes_query_get_text (query, 2)) };

  return check (&(Purchase) { database, limits, price, 1, today, attempt_id, agreement }, &consent, error);
}

static RushesSpent *
find_currency (GArray *spent, const char *currency)
{
  RushesSpent fresh = { currency, { 0, 0 }, { -1, -1 } };

  for (guint i = 0; i < spent->len; i++)
    if (g_str_equal (g_array_index (spent, RushesSpent, i).currency, currency))
      return &g_array_index (spent, RushesSpent, i);
  g_array_append_val (spent, fresh);

  return &g_array_index (spent, RushesSpent, spent->len - 1);
}

static gboolean
find_spent (RushesDatabase *database, GArray *spent, const char *since, GError **error)
{
  g_autoptr (RushesQuery) query = NULL;
  g_autoptr (GError) failure = NULL;

  query = rushes_database_query (database, error,
                                 "WITH counted AS (SELECT * FROM ledger l WHERE l.day >= ? AND l.micros > 0"
                                 " AND l.kind <> 'refund' AND NOT EXISTS"
                                 " (SELECT 1 FROM ledger n WHERE n.attempt_id = l.attempt_id AND n.id > l.id))"
                                 " SELECT currency FROM counted UNION"
                                 " SELECT worth_currency FROM counted WHERE worth_currency IS NOT NULL",
                                 "t", since);
  if (query == NULL)
    return FALSE;
  while (rushes_query_next (query, &failure))
    find_currency (spent, g_intern_string (rushes_query_get_text (query, 0)));
  if (failure == NULL)
    return TRUE;
  g_propagate_error (error, g_steal_pointer (&failure));

  return FALSE;
}

static int
compare_currencies (gconstpointer a, gconstpointer b)
{
  return strcmp (((const RushesSpent *) a)->currency, ((const RushesSpent *) b)->currency);
}

GArray *
rushes_spending_read (RushesDatabase *database, GArray *limits, const char *day, GError **error)
{
  const Purchase all = { .database = database, .day = day, .instead = "" };
  g_autoptr (GArray) spent = g_array_new (FALSE, FALSE, sizeof (RushesSpent));
  g_autofree char *month = get_begin (RUSHES_LIMIT_MONTH, day);

  for (guint i = 0; i < limits->len; i++)
    {
      const RushesLimit *limit = &g_array_index (limits, RushesLimit, i);

      find_currency (spent, limit->most.currency)->most[limit->period] = limit->most.micros;
    }
  if (!find_spent (database, spent, month, error))
    return NULL;

  for (guint i = 0; i < spent->len; i++)
    for (RushesLimitPeriod period = RUSHES_LIMIT_DAY; period <= RUSHES_LIMIT_MONTH; period++)
      {
        RushesSpent *one = &g_array_index (spent, RushesSpent, i);
        g_autofree char *since = get_begin (period, day);

        one->spent[period] = sum_since (&all, one->currency, since, error);
        if (one->spent[period] < 0)
          return NULL;
      }
  g_array_sort (spent, compare_currencies);

  return g_steal_pointer (&spent);
}

/* The dearest that is known of a take's attempts: 0 none of them counts, 1 one may have been charged, 2 one was. */
static gint64
weigh_attempts (RushesDatabase *database, const char *take_id, GError **error)
{
  return rushes_database_get_int (database, error,
                                  "SELECT COALESCE (max (CASE l.kind WHEN 'settle' THEN 2 ELSE 1 END), 0)"
                                  " FROM attempts a JOIN ledger l ON l.attempt_id = a.id"
                                  " WHERE a.take_id = ? AND l.kind <> 'refund' AND l.price <> 'free'"
                                  " AND COALESCE (l.micros, 1) > 0 AND NOT EXISTS"
                                  " (SELECT 1 FROM ledger n WHERE n.attempt_id = l.attempt_id AND n.id > l.id)",
                                  "t", take_id);
}

gboolean
rushes_spending_check_again (RushesDatabase *database,
                             const char *take_id,
                             const RushesConsent *consent,
                             const RushesPrice *price,
                             GError **error)
{
  gint64 weight = consent->again ? 0 : weigh_attempts (database, take_id, error);
  g_autofree char *cost = NULL;
  GError *refusal;

  if (weight <= 0)
    return weight == 0;

  cost = rushes_price_to_display (price);
  if (weight == 1)
    /* Translators: %s is a price: “about $0.50”, “price unknown”. */
    refusal = rushes_error_new (RUSHES_ERROR_BAD_REQUEST,
                                _ ("This take may have been accepted and charged already. Submitted again, it may "
                                   "cost twice (%s)."),
                                cost);
  else
    /* Translators: %s is a price: “about $0.50”, “price unknown”. */
    refusal = rushes_error_new (RUSHES_ERROR_BAD_REQUEST,
                                _ ("This take was charged already. Submitted again, it costs once more (%s)."), cost);
  rushes_error_set_field (refusal, "again");
  g_propagate_error (error, refusal);

  return FALSE;
}
