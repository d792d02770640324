/* rushes-ledger-totals.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "rushes-ledger-totals.h"

#include <glib/gi18n.h>

#include "rushes-csv.h"
#include "rushes-ledger-entry.h"
#include "rushes-table.h"

static const char *const groups[] = { "provider", "model", "project", "month", "all" };

/* What one thing cost in one currency. */
typedef struct
{
  char *name;
  const char *currency; /* interned; NULL for what has no known price */
  gint64 micros;
  RushesMoney worth; /* of credits; a currency of NULL when that of any of them is not known */
  guint n;
} Total;

static void
total_free (Total *total)
{
  g_free (total->name);
  g_free (total);
}

static char *
name_group (guint group, const RushesLedgerEntry *entry)
{
  switch (group)
    {
    case 0:
      return g_strdup (entry->provider);
    case 1:
      return g_strdup_printf ("%s/%s", entry->provider, entry->model);
    case 2:
      return g_strdup (entry->project);
    case 3:
      return g_strndup (entry->day, 7);
    default:
      return g_strdup ("");
    }
}

static int
compare (gconstpointer a, gconstpointer b)
{
  const Total *left = *(Total *const *) a;
  const Total *right = *(Total *const *) b;
  int order = g_strcmp0 (left->name, right->name);

  return order != 0 ? order : g_strcmp0 (left->currency, right->currency);
}

static void
add_worth (Total *total, RushesMoney worth)
{
  if (total->n == 0)
    total->worth = worth;
  else if (g_strcmp0 (total->worth.currency, worth.currency) != 0)
    total->worth = (RushesMoney) { 0, NULL };
  else if (__builtin_add_overflow (total->worth.micros, worth.micros, &total->worth.micros))
    total->worth.micros = G_MAXINT64;
}

static GPtrArray *
add_up (GPtrArray *entries, guint group)
{
  g_autoptr (GHashTable) known = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  GPtrArray *totals = g_ptr_array_new_with_free_func ((GDestroyNotify) total_free);

  for (guint i = 0; i < entries->len; i++)
    {
      const RushesLedgerEntry *entry = g_ptr_array_index (entries, i);
      const char *currency = entry->price.high.currency;
      g_autofree char *name = NULL;
      g_autofree char *key = NULL;
      Total *total;

      if (!entry->counts || entry->price.kind == RUSHES_PRICE_FREE)
        continue;
      name = name_group (group, entry);
      key = g_strdup_printf ("%s\n%s", currency != NULL ? currency : "", name);
      total = g_hash_table_lookup (known, key);
      if (total == NULL)
        {
          total = g_new0 (Total, 1);
          total->name = g_steal_pointer (&name);
          total->currency = currency;
          g_ptr_array_add (totals, total);
          g_hash_table_insert (known, g_steal_pointer (&key), total);
        }
      if (__builtin_add_overflow (total->micros, entry->price.high.micros, &total->micros))
        total->micros = G_MAXINT64;
      add_worth (total, entry->price.worth);
      total->n++;
    }
  g_ptr_array_sort (totals, compare);

  return totals;
}

static const char *
group_to_display (guint group)
{
  switch (group)
    {
    case 0:
      return _ ("provider");
    case 1:
      return _ ("model");
    case 2:
      return _ ("project");
    case 3:
      return _ ("month");
    default:
      /* Translators: of costs: everything together. */
      return C_ ("costs", "in all");
    }
}

static void
emit (RushesPrinter *printer, const char *group, const Total *total, const char *amount)
{
  JsonObject *object = json_object_new ();

  json_object_set_string_member (object, "by", group);
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
say_record (RushesPrinter *printer, const char *group, const Total *total, const char *amount)
{
  g_autoptr (GString) record = g_string_new (NULL);
  g_autofree char *n = g_strdup_printf ("%u", total->n);
  g_autofree char *worth = total->worth.currency != NULL ? rushes_money_to_amount (total->worth) : g_strdup ("");

  rushes_csv_add_plain (record, group);
  rushes_csv_add_words (record, total->name);
  rushes_csv_add_plain (record, n);
  rushes_csv_add_plain (record, amount);
  rushes_csv_add_words (record, total->currency);
  rushes_csv_add_plain (record, worth);
  rushes_csv_add_words (record, total->worth.currency);
  rushes_printer_say (printer, "%s\r", record->str);
}

void
rushes_ledger_totals_print (GPtrArray *entries, gboolean csv, RushesPrinter *printer)
{
  g_autoptr (RushesTable) table = rushes_table_new (_ ("By"), _ ("Attempts"), _ ("Cost"), _ ("Name"), NULL);

  if (csv)
    rushes_printer_say (printer, "by,name,attempts,amount,currency,worth,worth_currency\r");
  for (guint group = 0; group < G_N_ELEMENTS (groups); group++)
    {
      g_autoptr (GPtrArray) totals = add_up (entries, group);

      for (guint i = 0; i < totals->len; i++)
        {
          const Total *total = g_ptr_array_index (totals, i);
          RushesMoney money = { total->micros, total->currency };
          RushesPrice price = { RUSHES_PRICE_REPORTED, money, money, total->worth };
          g_autofree char *amount = total->currency != NULL ? rushes_money_to_amount (money) : g_strdup ("");
          g_autofree char *n = g_strdup_printf ("%u", total->n);
          g_autofree char *cost =
              total->currency != NULL ? rushes_price_to_display (&price) : g_strdup (_ ("price unknown"));

          emit (printer, groups[group], total, amount);
          if (csv)
            say_record (printer, groups[group], total, amount);
          else
            rushes_table_add (table, group_to_display (group), n, cost, total->name);
        }
    }
  if (!csv)
    rushes_table_print (table, printer);
}
