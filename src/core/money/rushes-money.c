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

  g_return_val_if_fail (amount != NULL && currency != NULL && money != NULL, FALSE);

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

char *
rushes_price_to_display (const RushesPrice *price)
{
  g_autofree char *low = NULL;
  g_autofree char *high = NULL;

  g_return_val_if_fail (price != NULL, NULL);

  switch (price->kind)
    {
    case RUSHES_PRICE_FREE:
      /* Translators: of a price: costs nothing. */
      return g_strdup (C_ ("price", "free"));

    case RUSHES_PRICE_UNKNOWN:
      return g_strdup (_ ("price unknown"));

    case RUSHES_PRICE_REPORTED:
      return rushes_money_to_display (price->high);

    case RUSHES_PRICE_ESTIMATE:
    default:
      high = rushes_money_to_display (price->high);
      if (price->low.micros == price->high.micros)
        /* Translators: an estimated price, "about $0.50". */
        return g_strdup_printf (_ ("about %s"), high);
      low = rushes_money_to_display (price->low);
      /* Translators: a range of prices, "$0.40 to $0.60". */
      return g_strdup_printf (_ ("%s to %s"), low, high);
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
      return rushes_money_to_display (price->high);

    case RUSHES_PRICE_ESTIMATE:
      high = rushes_money_to_display (price->high);
      return g_strconcat ("~", high, NULL);

    case RUSHES_PRICE_UNKNOWN:
    default:
      return g_strdup ("");
    }
}

JsonNode *
rushes_price_to_json (const RushesPrice *price)
{
  g_autoptr (JsonBuilder) builder = NULL;
  g_autofree char *amount = NULL;

  g_return_val_if_fail (price != NULL, NULL);

  if (price->kind != RUSHES_PRICE_ESTIMATE && price->kind != RUSHES_PRICE_REPORTED)
    return NULL;

  amount = format_amount (price->high.micros, 2, ".");
  builder = json_builder_new ();
  json_builder_begin_object (builder);
  json_builder_set_member_name (builder, "amount");
  json_builder_add_string_value (builder, amount);
  json_builder_set_member_name (builder, "micros");
  json_builder_add_int_value (builder, price->high.micros);
  json_builder_set_member_name (builder, "currency");
  json_builder_add_string_value (builder, price->high.currency);
  json_builder_set_member_name (builder, "kind");
  json_builder_add_string_value (builder, price->kind == RUSHES_PRICE_REPORTED ? "reported" : "estimate");
  json_builder_end_object (builder);

  return json_builder_get_root (builder);
}
