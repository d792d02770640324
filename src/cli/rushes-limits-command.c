/* rushes-limits-command.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "rushes-command.h"

#include <glib/gi18n.h>
#include <string.h>

#include "rushes-invocation.h"
#include "rushes-limits.h"
#include "rushes-provider.h"
#include "rushes-registry.h"
#include "rushes-table.h"

#define CREDITS "credits:"

static gboolean
read_period (RushesInvocation *self, RushesLimitPeriod *period, GError **error)
{
  g_autofree char *typed =
      rushes_invocation_read_text (rushes_invocation_get_argument (self, 0), _ ("The period"), error);

  if (typed == NULL)
    return FALSE;
  for (*period = RUSHES_LIMIT_DAY; *period <= RUSHES_LIMIT_MONTH; (*period)++)
    if (g_str_equal (typed, rushes_limits_get_word (*period)))
      return TRUE;
  rushes_set_error (error, RUSHES_ERROR_BAD_REQUEST, _ ("“%s” is no period of a limit: day or month."), typed);

  return FALSE;
}

/* What a limit in credits is worth, where its service is there and says so; else its currency is NULL. */
static RushesPrice
appraise (RushesInvocation *self, const RushesLimit *limit)
{
  RushesPrice price = { RUSHES_PRICE_REPORTED, limit->most, limit->most, { 0, NULL } };
  RushesProvider *provider = NULL;
  RushesMoney credit = { 0, NULL };

  if (g_str_has_prefix (limit->most.currency, CREDITS))
    provider = rushes_registry_find (rushes_invocation_get_registry (self), limit->most.currency + strlen (CREDITS));
  if (provider != NULL)
    credit = rushes_description_get_credit (rushes_provider_get_description (provider));
  if (credit.currency != NULL)
    price.worth = rushes_money_exchange (limit->most, credit);

  return price;
}

static JsonObject *
to_listing (RushesInvocation *self, const RushesLimit *limit)
{
  RushesPrice price = appraise (self, limit);
  g_autoptr (JsonNode) cost = rushes_price_to_json (&price);
  JsonObject *listing = json_object_new ();
  g_autofree char *amount = rushes_money_to_amount (limit->most);

  json_object_set_string_member (listing, "period", rushes_limits_get_word (limit->period));
  json_object_set_string_member (listing, "amount", amount);
  json_object_set_int_member (listing, "micros", limit->most.micros);
  json_object_set_string_member (listing, "currency", limit->most.currency);
  if (price.worth.currency != NULL)
    json_object_set_member (listing, "worth", json_object_dup_member (json_node_get_object (cost), "worth"));

  return listing;
}

static int
list (RushesInvocation *self)
{
  RushesPrinter *printer = rushes_invocation_get_printer (self);
  g_autoptr (RushesTable) table = rushes_table_new (_ ("Period"), _ ("At most"), _ ("Currency"), NULL);
  g_autoptr (GArray) limits = NULL;
  int status;

  if (!rushes_invocation_parse (self, &status))
    return status;

  limits = rushes_limits_read ();
  for (guint i = 0; i < limits->len; i++)
    {
      const RushesLimit *limit = &g_array_index (limits, RushesLimit, i);
      RushesPrice price = appraise (self, limit);
      g_autofree char *amount = rushes_money_to_amount (limit->most);

      if (price.worth.currency != NULL)
        {
          g_free (amount);
          amount = rushes_price_to_display (&price);
        }
      rushes_printer_emit (printer, to_listing (self, limit));
      rushes_table_add (table, limit->period == RUSHES_LIMIT_DAY ? _ ("day") : _ ("month"), amount,
                        limit->most.currency);
    }
  rushes_table_print (table, printer);

  return 0;
}

static int
set (RushesInvocation *self)
{
  RushesPrinter *printer = rushes_invocation_get_printer (self);
  g_autoptr (GError) error = NULL;
  g_autofree char *amount = NULL;
  g_autofree char *currency = NULL;
  g_autofree char *shown = NULL;
  RushesLimit limit;
  int status;

  if (!rushes_invocation_parse (self, &status))
    return status;
  if (!read_period (self, &limit.period, &error) ||
      !(amount = rushes_invocation_read_text (rushes_invocation_get_argument (self, 1), _ ("The amount"), &error)) ||
      !(currency = rushes_invocation_read_text (rushes_invocation_get_argument (self, 2), _ ("The currency"), &error)))
    return rushes_invocation_fail (self, error);
  if (!rushes_limits_parse_money (amount, currency, &limit.most))
    {
      if (rushes_invocation_is_negative (amount))
        rushes_invocation_refuse_negative (self, amount, &error);
      else
        rushes_set_error (&error, RUSHES_ERROR_BAD_REQUEST,
                          _ ("A limit needs an amount and a currency, such as “5 USD” or “100 credits:kling”."));
      return rushes_invocation_fail (self, error);
    }
  if (!rushes_limits_set (limit.period, limit.most, &error))
    return rushes_invocation_fail (self, error);

  shown = rushes_money_to_display (limit.most);
  rushes_printer_emit (printer, to_listing (self, &limit));
  if (limit.period == RUSHES_LIMIT_DAY)
    rushes_printer_say (printer, _ ("At most %s a day is spent from now on."), shown);
  else
    rushes_printer_say (printer, _ ("At most %s a month is spent from now on."), shown);

  return 0;
}

static int
clear (RushesInvocation *self)
{
  g_autoptr (GError) error = NULL;
  g_autofree char *currency = NULL;
  const char *typed;
  RushesLimitPeriod period;
  gboolean found;
  int status;

  if (!rushes_invocation_parse (self, &status))
    return status;
  typed = rushes_invocation_get_argument (self, 1);
  if (!read_period (self, &period, &error) ||
      (typed != NULL && !(currency = rushes_invocation_read_text (typed, _ ("The currency"), &error))) ||
      !rushes_limits_clear (period, currency, &found, &error))
    return rushes_invocation_fail (self, error);

  if (found)
    rushes_printer_say (rushes_invocation_get_printer (self), "%s", _ ("The limit is gone."));
  else
    rushes_printer_remark (rushes_invocation_get_printer (self), "%s", _ ("There was no such limit."));

  return 0;
}

static const RushesVerb verbs[] = {
  { "list", NULL, N_ ("Show the limits"), 0, 0, list },
  { "set", N_ ("day|month AMOUNT CURRENCY"), N_ ("Refuse what would pass this amount in a day or a month"), 3, 3, set },
  { "clear", N_ ("day|month [CURRENCY]"), N_ ("Take a limit away, or all for the period"), 1, 2, clear },
  { NULL },
};

const RushesCommand rushes_limits_command = { "limits", N_ ("Say how much may be spent in a day or a month"), verbs };
