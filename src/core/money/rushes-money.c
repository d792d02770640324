/* rushes-money.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "rushes-money.h"

#include <glib/gi18n.h>
#include <langinfo.h>
#include <string.h>

#define MICROS  1000000
#define CREDITS "credits:"

gboolean
rushes_money_parse (const char *amount, const char *currency, RushesMoney *money)
{
  gint64 micros = 0;
  int decimals = -1; /* digits seen after the point; -1 before it */
  gboolean any = FALSE, rest = FALSE;

  g_return_val_if_fail (amount != NULL && money != NULL, FALSE);

  for (const char *p = amount; *p != '\0'; p++)
    {
      if (*p == '.' && decimals < 0)
        {
          decimals = 0;
          continue;
        }
      if (!g_ascii_isdigit (*p))
        return FALSE;
      any = TRUE;
      if (decimals >= 6)
        {
          rest |= *p != '0';
          continue;
        }
      if (micros > (G_MAXINT64 - 9) / 10)
        return FALSE;
      micros = micros * 10 + (*p - '0');
      if (decimals >= 0)
        decimals++;
    }

  for (int i = MAX (decimals, 0); i < 6; i++)
    {
      if (micros > G_MAXINT64 / 10)
        return FALSE;
      micros *= 10;
    }

  if (!any || (rest && micros == G_MAXINT64))
    return FALSE;

  money->micros = micros + (rest ? 1 : 0);
  money->currency = g_intern_string (currency);
  return TRUE;
}

RushesMoney
rushes_money_exchange (RushesMoney credits, RushesMoney unit)
{
  gint64 whole, rest = credits.micros % MICROS * unit.micros;
  RushesMoney worth = { G_MAXINT64, unit.currency };

  g_return_val_if_fail (credits.micros >= 0 && unit.micros >= 0 && unit.micros <= RUSHES_MONEY_MAX_UNIT, worth);

  if (!__builtin_mul_overflow (credits.micros / MICROS, unit.micros, &whole) &&
      !__builtin_add_overflow (whole, rest / MICROS + (rest % MICROS != 0), &whole))
    worth.micros = whole;
  return worth;
}

/* At least @least digits after the point, more only where they are not zero. */
static char *
format_amount (gint64 micros, int least, const char *point)
{
  guint64 absolute = micros < 0 ? -(guint64) micros : (guint64) micros;
  g_autofree char *fraction = g_strdup_printf ("%06" G_GUINT64_FORMAT, absolute % MICROS);
  int length = 6;

  while (length > least && fraction[length - 1] == '0')
    length--;
  fraction[length] = '\0';

  return g_strdup_printf ("%s%" G_GUINT64_FORMAT "%s%s", micros < 0 ? "-" : "", absolute / MICROS,
                          length > 0 ? point : "", fraction);
}

char *
rushes_money_to_amount (RushesMoney money)
{
  return format_amount (money.micros, 0, ".");
}

static const char *
symbol_of (const char *currency)
{
  static const struct
  {
    const char *currency;
    const char *symbol;
  } symbols[] = { { "USD", "$" }, { "CNY", "¥" }, { "EUR", "€" }, { "GBP", "£" }, { "JPY", "JP¥" } };

  for (guint i = 0; i < G_N_ELEMENTS (symbols); i++)
    if (g_str_equal (currency, symbols[i].currency))
      return symbols[i].symbol;
  return NULL;
}

char *
rushes_money_to_display (RushesMoney money)
{
  g_autofree char *amount = NULL;
  const char *symbol;

  g_return_val_if_fail (money.currency != NULL, NULL);

  if (g_str_has_prefix (money.currency, CREDITS))
    {
      amount = format_amount (money.micros, 0, nl_langinfo (RADIXCHAR));
      /* Translators: an amount of a service's own credits; %s is a number, maybe with decimals. */
      return g_strdup_printf (ngettext ("%s credit", "%s credits", money.micros == MICROS ? 1 : 2), amount);
    }

  amount = format_amount (money.micros, 2, nl_langinfo (RADIXCHAR));
  symbol = symbol_of (money.currency);
  if (symbol != NULL)
    return money.micros < 0 ? g_strdup_printf ("-%s%s", symbol, amount + 1) : g_strdup_printf ("%s%s", symbol, amount);
  return g_strdup_printf ("%s %s", amount, money.currency);
}

static gboolean
money_equal (RushesMoney a, RushesMoney b)
{
  return a.micros == b.micros && g_strcmp0 (a.currency, b.currency) == 0;
}

gboolean
rushes_price_equal (const RushesPrice *a, const RushesPrice *b)
{
  g_return_val_if_fail (a != NULL && b != NULL, FALSE);

  return a->kind == b->kind && money_equal (a->low, b->low) && money_equal (a->high, b->high) &&
         money_equal (a->worth, b->worth);
}

static gboolean
money_within (RushesMoney money, RushesMoney other)
{
  return money.currency == NULL || (money.micros <= other.micros && g_strcmp0 (money.currency, other.currency) == 0);
}

gboolean
rushes_price_is_within (const RushesPrice *price, const RushesPrice *other)
{
  g_return_val_if_fail (price != NULL && other != NULL, FALSE);

  if (price->kind == RUSHES_PRICE_FREE)
    return TRUE;
  if (price->kind == RUSHES_PRICE_UNKNOWN)
    return other->kind == RUSHES_PRICE_UNKNOWN;
  return money_within (price->high, other->high) && money_within (price->worth, other->worth);
}

gint64
rushes_price_count (const RushesPrice *price, const char *currency)
{
  g_return_val_if_fail (price != NULL && currency != NULL, 0);

  if (g_strcmp0 (price->high.currency, currency) == 0)
    return price->high.micros;
  return g_strcmp0 (price->worth.currency, currency) == 0 ? price->worth.micros : 0;
}

static char *
display_amount (const RushesPrice *price)
{
  g_autofree char *low = NULL;
  g_autofree char *high = NULL;

  high = rushes_money_to_display (price->high);
  if (price->kind == RUSHES_PRICE_REPORTED)
    return g_steal_pointer (&high);
  if (price->low.micros == price->high.micros)
    /* Translators: an estimated price, "about $0.50". */
    return g_strdup_printf (_ ("about %s"), high);
  low = rushes_money_to_display (price->low);
  /* Translators: a range of prices, "$0.40 to $0.60". */
  return g_strdup_printf (_ ("%s to %s"), low, high);
}

char *
rushes_price_to_display (const RushesPrice *price)
{
  g_autofree char *amount = NULL;
  g_autofree char *worth = NULL;

  g_return_val_if_fail (price != NULL, NULL);

  switch (price->kind)
    {
    case RUSHES_PRICE_FREE:
      /* Translators: of a price: costs nothing. */
      return g_strdup (C_ ("price", "free"));

    case RUSHES_PRICE_UNKNOWN:
      return g_strdup (_ ("price unknown"));

    case RUSHES_PRICE_REPORTED:
    case RUSHES_PRICE_ESTIMATE:
    default:
      amount = display_amount (price);
      if (price->worth.currency == NULL)
        return g_steal_pointer (&amount);
      worth = rushes_money_to_display (price->worth);
      /* Translators: an amount of a service's credits, and what it is worth: "60 credits ($0.60)". */
      return g_strdup_printf (_ ("%s (%s)"), amount, worth);
    }
}

char *
rushes_price_to_badge (const RushesPrice *price)
{
  g_autofree char *high = NULL;

  g_return_val_if_fail (price != NULL, NULL);

  switch (price->kind)
    {
    case RUSHES_PRICE_FREE:
      return g_strdup (C_ ("price", "free"));

    case RUSHES_PRICE_REPORTED:
    case RUSHES_PRICE_ESTIMATE:
      high = rushes_money_to_display (price->worth.currency != NULL ? price->worth : price->high);
      return price->kind == RUSHES_PRICE_REPORTED ? g_steal_pointer (&high) : g_strconcat ("~", high, NULL);

    case RUSHES_PRICE_UNKNOWN:
    default:
      return g_strdup ("");
    }
}

static void
add_money (JsonBuilder *builder, RushesMoney money)
{
  g_autofree char *amount = format_amount (money.micros, 2, ".");

  json_builder_set_member_name (builder, "amount");
  json_builder_add_string_value (builder, amount);
  json_builder_set_member_name (builder, "micros");
  json_builder_add_int_value (builder, money.micros);
  json_builder_set_member_name (builder, "currency");
  json_builder_add_string_value (builder, money.currency);
}

JsonNode *
rushes_price_to_json (const RushesPrice *price)
{
  g_autoptr (JsonBuilder) builder = NULL;

  g_return_val_if_fail (price != NULL, NULL);

  if (price->kind != RUSHES_PRICE_ESTIMATE && price->kind != RUSHES_PRICE_REPORTED)
    return NULL;

  builder = json_builder_new ();
  json_builder_begin_object (builder);
  add_money (builder, price->high);
  json_builder_set_member_name (builder, "kind");
  json_builder_add_string_value (builder, price->kind == RUSHES_PRICE_REPORTED ? "reported" : "estimate");
  if (price->worth.currency != NULL)
    {
      json_builder_set_member_name (builder, "worth");
      json_builder_begin_object (builder);
      add_money (builder, price->worth);
      json_builder_end_object (builder);
    }
  json_builder_end_object (builder);

  return json_builder_get_root (builder);
}
