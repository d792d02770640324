/* rushes-ledger-csv.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "rushes-ledger-csv.h"

#include "rushes-csv.h"
#include "rushes-ledger-entry.h"

#define HEADING                                                                                                        \
  "time,day,entry,counts,amount,currency,worth,worth_currency,provider,model,project,take,attempt,prompt\r\n"

static void
add_record (GString *text, const RushesLedgerEntry *entry)
{
  g_autoptr (GString) record = g_string_new (NULL);
  g_autoptr (GDateTime) time = g_date_time_new_from_unix_utc_usec (entry->at);
  g_autofree char *at = g_date_time_format_iso8601 (time);
  g_autofree char *amount = NULL;
  g_autofree char *worth = NULL;
  g_autofree char *attempt = g_strdup_printf ("%d", entry->attempt);

  if (entry->price.high.currency != NULL)
    amount = rushes_money_to_amount (entry->price.high);
  if (entry->price.worth.currency != NULL)
    worth = rushes_money_to_amount (entry->price.worth);
  rushes_csv_add_plain (record, at);
  rushes_csv_add_plain (record, entry->day);
  rushes_csv_add_plain (record, entry->kind);
  rushes_csv_add_plain (record, entry->counts ? "yes" : "no");
  rushes_csv_add_plain (record, amount != NULL ? amount : "");
  rushes_csv_add_words (record, entry->price.high.currency);
  rushes_csv_add_plain (record, worth != NULL ? worth : "");
  rushes_csv_add_words (record, entry->price.worth.currency);
  rushes_csv_add_words (record, entry->provider);
  rushes_csv_add_words (record, entry->model);
  rushes_csv_add_words (record, entry->project);
  rushes_csv_add_plain (record, entry->take_id);
  rushes_csv_add_plain (record, attempt);
  rushes_csv_add_words (record, entry->prompt);
  g_string_append_len (text, record->str, record->len);
  g_string_append (text, "\r\n");
}

char *
rushes_ledger_to_csv (GPtrArray *entries)
{
  g_autoptr (GString) text = g_string_new (HEADING);

  g_return_val_if_fail (entries != NULL, NULL);

  for (guint i = 0; i < entries->len; i++)
    add_record (text, g_ptr_array_index (entries, i));

  return g_string_free_and_steal (g_steal_pointer (&text));
}
