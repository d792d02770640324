/* rushes-ledger.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "rushes-ledger.h"

#include <glib/gi18n.h>

static const char *const price_words[] = {
  [RUSHES_PRICE_FREE] = "free",
  [RUSHES_PRICE_ESTIMATE] = "estimate",
  [RUSHES_PRICE_REPORTED] = "reported",
  [RUSHES_PRICE_UNKNOWN] = "unknown",
};

const char *
rushes_ledger_price_word (RushesPriceKind kind)
{
  return price_words[kind];
}

static gboolean
has_amount (const RushesPrice *price)
{
  return price->kind == RUSHES_PRICE_ESTIMATE || price->kind == RUSHES_PRICE_REPORTED;
}

char *
rushes_ledger_get_day (gint64 at)
{
  g_autoptr (GDateTime) time = g_date_time_new_from_unix_local_usec (at);

  return g_date_time_format (time, "%Y-%m-%d");
}

static gboolean
add (RushesDatabase *database, const char *attempt_id, const char *kind, const RushesPrice *price, GError **error)
{
  gint64 at = g_get_real_time ();
  g_autofree char *day = rushes_ledger_get_day (at);

  if (!has_amount (price))
    return rushes_database_run (database, error,
                                "INSERT INTO ledger (attempt_id, kind, price, at, day) VALUES (?, ?, ?, ?, ?)", "tttit",
                                attempt_id, kind, price_words[price->kind], at, day);

  return rushes_database_run (database, error,
                              "INSERT INTO ledger (attempt_id, kind, price, at, day, low_micros, micros, currency,"
                              " worth_micros, worth_currency)"
                              " VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, iif (?10 IS NULL, NULL, ?9), ?10)",
                              "tttitiitit", attempt_id, kind, price_words[price->kind], at, day, price->low.micros,
                              price->high.micros, price->high.currency, price->worth.micros, price->worth.currency);
}

RushesPrice
rushes_ledger_read_entry (RushesQuery *query, int column)
{
  const char *word = rushes_query_get_text (query, column + 1);
  const char *currency = rushes_query_get_text (query, column + 4);
  const char *worth = rushes_query_get_text (query, column + 6);
  RushesPrice price = { RUSHES_PRICE_UNKNOWN };

  for (guint i = 0; i < G_N_ELEMENTS (price_words); i++)
    if (g_strcmp0 (word, price_words[i]) == 0)
      price.kind = i;
  if (currency != NULL)
    {
      price.low.micros = rushes_query_get_int (query, column + 2);
      price.high.micros = rushes_query_get_int (query, column + 3);
      price.low.currency = price.high.currency = g_intern_string (currency);
    }
  else if (price.kind != RUSHES_PRICE_FREE)
    price.kind = RUSHES_PRICE_UNKNOWN;
  if (worth != NULL)
    price.worth = (RushesMoney) { rushes_query_get_int (query, column + 5), g_intern_string (worth) };

  return price;
}

RushesPrice
rushes_ledger_read_price (RushesQuery *query, int column)
{
  RushesPrice price = rushes_ledger_read_entry (query, column);

  if (g_strcmp0 (rushes_query_get_text (query, column), "refund") == 0)
    {
      price.kind = price.high.currency != NULL ? RUSHES_PRICE_REPORTED : RUSHES_PRICE_FREE;
      price.low.micros = price.high.micros = price.worth.micros = 0;
    }

  return price;
}

gboolean
rushes_ledger_hold (RushesDatabase *database, const char *attempt_id, const RushesPrice *price, GError **error)
{
  return add (database, attempt_id, "hold", price, error);
}

gboolean
rushes_ledger_get_held (RushesDatabase *database, const char *attempt_id, RushesPrice *price, GError **error)
{
  g_autoptr (RushesQuery) query = NULL;

  query = rushes_database_query (database, error,
                                 "SELECT " RUSHES_LEDGER_COLUMNS " FROM ledger"
                                 " WHERE attempt_id = ? AND kind = 'hold' ORDER BY id DESC LIMIT 1",
                                 "t", attempt_id);
  if (query == NULL || !rushes_query_next (query, error))
    return FALSE;
  *price = rushes_ledger_read_entry (query, 0);

  return TRUE;
}

typedef struct
{
  char kind; /* first letter of the entry's kind */
  RushesPrice price;
} Entry;

static gboolean
get_last (RushesDatabase *database, const char *attempt_id, Entry *last, GError **error)
{
  g_autoptr (RushesQuery) query = NULL;

  query = rushes_database_query (database, error,
                                 "SELECT " RUSHES_LEDGER_COLUMNS " FROM ledger"
                                 " WHERE attempt_id = ? ORDER BY id DESC LIMIT 1",
                                 "t", attempt_id);
  if (query == NULL || !rushes_query_next (query, error))
    return FALSE;
  last->kind = rushes_query_get_text (query, 0)[0];
  last->price = rushes_ledger_read_entry (query, 0);

  return TRUE;
}

/* Of another number of the same credits, in proportion and rounded up; none where nobody knows what one is worth. */
static RushesMoney
get_worth (const RushesPrice *price, RushesMoney cost)
{
  __int128 micros;

  if (price->worth.currency == NULL || cost.currency != price->high.currency || price->high.micros <= 0)
    return (RushesMoney) { 0, NULL };
  micros = ((__int128) price->worth.micros * cost.micros + price->high.micros - 1) / price->high.micros;

  return (RushesMoney) { micros > G_MAXINT64 ? G_MAXINT64 : (gint64) micros, price->worth.currency };
}

gboolean
rushes_ledger_end_uncertain (RushesDatabase *database,
                             const char *attempt_id,
                             gboolean charged,
                             const RushesMoney *amount,
                             GError **error)
{
  Entry last;

  if (!get_last (database, attempt_id, &last, error))
    return FALSE;
  if (charged && amount != NULL)
    {
      const char *currency = amount->currency != NULL ? amount->currency : last.price.high.currency;
      const RushesMoney cost = { amount->micros, currency };

      if (currency == NULL)
        {
          rushes_set_error (error, RUSHES_ERROR_BAD_REQUEST,
                            _ ("Nobody knew what this would cost, so the amount needs its currency, such as “0.50 "
                               "USD”."));
          return FALSE;
        }
      last.price = (RushesPrice) { RUSHES_PRICE_REPORTED, cost, cost, get_worth (&last.price, cost) };
    }

  return add (database, attempt_id, charged ? "settle" : "refund", &last.price, error);
}

gboolean
rushes_ledger_follow (RushesDatabase *database,
                      const char *attempt_id,
                      RushesTakeState from,
                      RushesTakeState to,
                      RushesCharged charged,
                      const RushesPrice *cost,
                      GError **error)
{
  RushesPrice held;
  Entry last;

  if (!rushes_ledger_get_held (database, attempt_id, &held, error) || !get_last (database, attempt_id, &last, error))
    return FALSE;

  /* Nothing that is free is uncertain. */
  if (charged == RUSHES_CHARGED_MAYBE && held.kind == RUSHES_PRICE_FREE)
    charged = RUSHES_CHARGED_NO;

  if (!rushes_take_state_is_end (to))
    {
      if (to == RUSHES_TAKE_STATE_UNCONFIRMED && last.kind == 'h' && held.kind != RUSHES_PRICE_FREE)
        return add (database, attempt_id, "uncertain", &held, error);
      return last.kind != 'r' || add (database, attempt_id, "hold", &held, error);
    }

  switch (charged)
    {
    case RUSHES_CHARGED_NO:
      return last.kind == 'r' || add (database, attempt_id, "refund", &last.price, error);
    case RUSHES_CHARGED_MAYBE:
      return last.kind == 'u' || last.kind == 's' || (last.kind == 'r' && from == RUSHES_TAKE_STATE_UNCONFIRMED) ||
             add (database, attempt_id, "uncertain", &held, error);
    case RUSHES_CHARGED_YES:
      if (cost == NULL)
        cost = last.kind == 's' ? &last.price : &held;
      return (last.kind == 's' && rushes_price_equal (&last.price, cost)) ||
             add (database, attempt_id, "settle", cost, error);
    default:
      g_assert_not_reached ();
    }
}
