/* rushes-ledger-totals.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "rushes-ledger-totals.h"

#include "rushes-ledger-entry.h"

static const char *const words[RUSHES_N_TOTALS] = { "provider", "model", "project", "month", "all" };

const char *
rushes_ledger_totals_get_word (RushesTotalsGroup group)
{
  return words[group];
}

void
rushes_ledger_total_free (RushesLedgerTotal *self)
{
  g_free (self->name);
  g_free (self);
}

static char *
name_group (RushesTotalsGroup group, const RushesLedgerEntry *entry)
{
  switch (group)
    {
    case RUSHES_TOTALS_PROVIDER:
      return g_strdup (entry->provider);
    case RUSHES_TOTALS_MODEL:
      return g_strdup_printf ("%s/%s", entry->provider, entry->model);
    case RUSHES_TOTALS_PROJECT:
      return g_strdup (entry->project);
    case RUSHES_TOTALS_MONTH:
      return g_strndup (entry->day, 7);
    case RUSHES_TOTALS_ALL:
    default:
      return g_strdup ("");
    }
}

static int
compare (gconstpointer a, gconstpointer b)
{
  const RushesLedgerTotal *left = *(RushesLedgerTotal *const *) a;
  const RushesLedgerTotal *right = *(RushesLedgerTotal *const *) b;
  int order = (int) left->group - (int) right->group;

  if (order == 0)
    order = g_strcmp0 (left->name, right->name);

  return order != 0 ? order : g_strcmp0 (left->currency, right->currency);
}

static void
add_worth (RushesLedgerTotal *total, RushesMoney worth)
{
  if (total->n == 0)
    total->worth = worth;
  else if (g_strcmp0 (total->worth.currency, worth.currency) != 0)
    total->worth = (RushesMoney) { 0, NULL };
  else if (__builtin_add_overflow (total->worth.micros, worth.micros, &total->worth.micros))
    total->worth.micros = G_MAXINT64;
}

static void
add (GPtrArray *totals, GHashTable *known, RushesTotalsGroup group, const RushesLedgerEntry *entry)
{
  const char *currency = entry->price.high.currency;
  g_autofree char *name = name_group (group, entry);
  g_autofree char *key = g_strdup_printf ("%u\n%s\n%s", group, currency != NULL ? currency : "", name);
  RushesLedgerTotal *total = g_hash_table_lookup (known, key);

  if (total == NULL)
    {
      total = g_new0 (RushesLedgerTotal, 1);
      total->group = group;
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

GPtrArray *
rushes_ledger_totals_add_up (GPtrArray *entries)
{
  g_autoptr (GHashTable) known = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  GPtrArray *totals = g_ptr_array_new_with_free_func ((GDestroyNotify) rushes_ledger_total_free);

  g_return_val_if_fail (entries != NULL, totals);

  for (guint i = 0; i < entries->len; i++)
    {
      const RushesLedgerEntry *entry = g_ptr_array_index (entries, i);

      if (!entry->counts || entry->price.kind == RUSHES_PRICE_FREE)
        continue;
      for (RushesTotalsGroup group = RUSHES_TOTALS_PROVIDER; group < RUSHES_N_TOTALS; group++)
        add (totals, known, group, entry);
    }
  g_ptr_array_sort (totals, compare);

  return totals;
}
