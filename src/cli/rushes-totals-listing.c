/* rushes-totals-listing.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "rushes-totals-listing.h"

#include <glib/gi18n.h>

#include "rushes-csv.h"
#include "rushes-ledger-totals.h"
#include "rushes-money.h"
#include "rushes-table.h"

static const char *
group_to_display (RushesTotalsGroup group)
{
  switch (group)
    {
    case RUSHES_TOTALS_PROVIDER:
      return _ ("provider");
    case RUSHES_TOTALS_MODEL:
      return _ ("model");
    case RUSHES_TOTALS_PROJECT:
      return _ ("project");
    case RUSHES_TOTALS_MONTH:
      return _ ("month");
    case RUSHES_TOTALS_ALL:
    default:
      /* Translators: of costs: everything together. */
      return C_ ("costs", "in all");
    }
}

static void
emit (RushesPrinter *printer, const RushesLedgerTotal *total, const char *amount)
{
  JsonObject *object = json_object_new ();

  json_object_set_string_member (object, "by", rushes_ledger_totals_get_word (total->group));
  json_object_set_string_member (object, "name", total->name);
  json_object_set_int_member (object, "attempts", total->n);
  if (total->currency != NULL)
    {
      json_object_set_string_member (object, "amount", amount);
      json_object_set_int_member (object, "micros", total->micros);
      json_object_set_string_member (object, "currency", total->currency);
    }
  if (total->worth.currency != NULL)
    {
      JsonObject *worth = json_object_new ();
      g_autofree char *of = rushes_money_to_amount (total->worth);

      json_object_set_string_member (worth, "amount", of);
      json_object_set_int_member (worth, "micros", total->worth.micros);
      json_object_set_string_member (worth, "currency", total->worth.currency);
      json_object_set_object_member (object, "worth", worth);
    }
  rushes_printer_emit (printer, object);
}

static void
say_record (RushesPrinter *printer, const RushesLedgerTotal *total, const char *amount)
{
  g_autoptr (GString) record = g_string_new (NULL);
  g_autofree char *n = g_strdup_printf ("%u", total->n);
  g_autofree char *worth = total->worth.currency != NULL ? rushes_money_to_amount (total->worth) : g_strdup ("");

  rushes_csv_add_plain (record, rushes_ledger_totals_get_word (total->group));
  rushes_csv_add_words (record, total->name);
  rushes_csv_add_plain (record, n);
  rushes_csv_add_plain (record, amount);
  rushes_csv_add_words (record, total->currency);
  rushes_csv_add_plain (record, worth);
  rushes_csv_add_words (record, total->worth.currency);
  rushes_printer_say (printer, "%s\r", record->str);
}

void
rushes_totals_print (GPtrArray *totals, gboolean csv, RushesPrinter *printer)
{
  g_autoptr (RushesTable) table = rushes_table_new (_ ("By"), _ ("Attempts"), _ ("Cost"), _ ("Name"), NULL);

  if (csv)
    rushes_printer_say (printer, "by,name,attempts,amount,currency,worth,worth_currency\r");
  for (guint i = 0; i < totals->len; i++)
    {
      const RushesLedgerTotal *total = g_ptr_array_index (totals, i);
      RushesMoney money = { total->micros, total->currency };
      RushesPrice price = { RUSHES_PRICE_REPORTED, money, money, total->worth };
      g_autofree char *amount = total->currency != NULL ? rushes_money_to_amount (money) : g_strdup ("");
      g_autofree char *n = g_strdup_printf ("%u", total->n);
      g_autofree char *cost =
          total->currency != NULL ? rushes_price_to_display (&price) : g_strdup (_ ("price unknown"));

      emit (printer, total, amount);
      if (csv)
        say_record (printer, total, amount);
      else
        rushes_table_add (table, group_to_display (total->group), n, cost, total->name);
    }
  if (!csv)
    rushes_table_print (table, printer);
}
