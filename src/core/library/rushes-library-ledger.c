/* rushes-library-ledger.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "rushes-library-private.h"

#include <string.h>

#include "rushes-ledger-csv.h"
#include "rushes-ledger-totals.h"
#include "rushes-ledger.h"
#include "rushes-spending.h"

/* What is read, and what is made of it on the store's thread. */
typedef struct
{
  char *from;
  char *to;
  char *project;
  gboolean uncertain;
  gint64 before;
  gint64 n;
  GPtrArray *entries; /* RushesLedgerEntry */
  GPtrArray *totals;  /* RushesLedgerTotal; NULL */
  GBytes *csv;        /* NULL */
} Reading;

static void
reading_free (Reading *reading)
{
  g_free (reading->from);
  g_free (reading->to);
  g_free (reading->project);
  g_ptr_array_unref (reading->entries);
  g_clear_pointer (&reading->totals, g_ptr_array_unref);
  g_clear_pointer (&reading->csv, g_bytes_unref);
  g_free (reading);
}

static Reading *
reading_new (const RushesLedgerFilter *filter)
{
  Reading *reading = g_new0 (Reading, 1);

  reading->from = g_strdup (filter->from);
  reading->to = g_strdup (filter->to);
  reading->project = g_strdup (filter->project);
  reading->uncertain = filter->uncertain;
  reading->entries = g_ptr_array_new_with_free_func ((GDestroyNotify) rushes_ledger_entry_unref);

  return reading;
}

/* @prompt is what stands for it. */
#define SELECT_ENTRIES(prompt)                                                                                         \
  "SELECT l.id, a.take_id, a.number, t.provider, t.model, p.name, " prompt ","                                         \
  " l.kind, l.price, l.low_micros, l.micros, l.currency, l.worth_micros, l.worth_currency, l.at, l.day,"               \
  " l.kind <> 'refund' AND NOT EXISTS (SELECT 1 FROM ledger n WHERE n.attempt_id = l.attempt_id AND n.id > l.id)"      \
  "   AS counts"                                                                                                       \
  " FROM ledger l JOIN attempts a ON a.id = l.attempt_id JOIN takes t ON t.id = a.take_id"                             \
  " JOIN projects p ON p.id = t.project_id"                                                                            \
  " WHERE (?1 IS NULL OR l.day >= ?1) AND (?2 IS NULL OR l.day <= ?2) AND (?3 IS NULL OR p.id = ?3)"                   \
  " AND (?4 = 0 OR (l.kind = 'uncertain' AND counts))"

static RushesLedgerEntry *
read_entry (RushesQuery *query)
{
  RushesLedgerEntry *entry = rushes_ledger_entry_new ();

  entry->id = rushes_query_get_int (query, 0);
  entry->take_id = g_strdup (rushes_query_get_text (query, 1));
  entry->attempt = rushes_query_get_int (query, 2);
  entry->provider = g_strdup (rushes_query_get_text (query, 3));
  entry->model = g_strdup (rushes_query_get_text (query, 4));
  entry->project = g_strdup (rushes_query_get_text (query, 5));
  entry->prompt = g_strdup (rushes_query_get_text (query, 6));
  entry->kind = g_intern_string (rushes_query_get_text (query, 7));
  entry->price = rushes_ledger_read_entry (query, 7);
  entry->at = rushes_query_get_int (query, 7 + RUSHES_LEDGER_N_COLUMNS);
  entry->day = g_strdup (rushes_query_get_text (query, 8 + RUSHES_LEDGER_N_COLUMNS));
  entry->counts = rushes_query_get_int (query, 9 + RUSHES_LEDGER_N_COLUMNS) != 0;

  return entry;
}

static gboolean
read_entries (Reading *self, RushesQuery *query, GError **error)
{
  g_autoptr (GError) failure = NULL;

  if (query == NULL)
    return FALSE;
  while (rushes_query_next (query, &failure))
    g_ptr_array_add (self->entries, read_entry (query));
  if (failure == NULL)
    return TRUE;
  g_propagate_error (error, g_steal_pointer (&failure));

  return FALSE;
}

static gboolean
read_ledger (RushesDatabase *database, gpointer data, GError **error)
{
  Reading *self = data;
  g_autoptr (RushesQuery) query =
      rushes_database_query (database, error, SELECT_ENTRIES ("t.prompt") " ORDER BY l.id", "ttti", self->from,
                             self->to, self->project, (gint64) self->uncertain);

  return read_entries (self, query, error);
}

static gboolean
read_page (RushesDatabase *database, gpointer data, GError **error)
{
  Reading *self = data;
  g_autoptr (RushesQuery) query = rushes_database_query (
      database, error, SELECT_ENTRIES ("t.prompt") " AND (?5 = 0 OR l.id < ?5) ORDER BY l.id DESC LIMIT ?6", "tttiii",
      self->from, self->to, self->project, (gint64) self->uncertain, self->before, self->n);

  return read_entries (self, query, error);
}

static DexFuture *
give_entries (gpointer data)
{
  Reading *self = data;

  return dex_future_new_take_boxed (G_TYPE_PTR_ARRAY, g_ptr_array_ref (self->entries));
}

DexFuture *
rushes_library_list_ledger (RushesLibrary *self, const RushesLedgerFilter *filter)
{
  dex_return_error_if_fail (RUSHES_IS_LIBRARY (self));
  dex_return_error_if_fail (filter != NULL);

  return rushes_store_read (self->store, read_ledger, give_entries, reading_new (filter),
                            (GDestroyNotify) reading_free);
}

DexFuture *
rushes_library_page_ledger (RushesLibrary *self, const RushesLedgerFilter *filter, gint64 before, guint n)
{
  Reading *reading;

  dex_return_error_if_fail (RUSHES_IS_LIBRARY (self));
  dex_return_error_if_fail (filter != NULL);

  reading = reading_new (filter);
  reading->before = before;
  reading->n = n;

  return rushes_store_read (self->store, read_page, give_entries, reading, (GDestroyNotify) reading_free);
}

/* ---- what it comes to ---- */

static gboolean
add_up (RushesDatabase *database, gpointer data, GError **error)
{
  Reading *self = data;
  g_autoptr (RushesQuery) query = rushes_database_query (database, error, SELECT_ENTRIES ("NULL"), "ttti", self->from,
                                                         self->to, self->project, (gint64) self->uncertain);

  if (!read_entries (self, query, error))
    return FALSE;
  self->totals = rushes_ledger_totals_add_up (self->entries);

  return TRUE;
}

static DexFuture *
give_totals (gpointer data)
{
  Reading *self = data;

  return dex_future_new_take_boxed (G_TYPE_PTR_ARRAY, g_ptr_array_ref (self->totals));
}

DexFuture *
rushes_library_sum_ledger (RushesLibrary *self, const RushesLedgerFilter *filter)
{
  dex_return_error_if_fail (RUSHES_IS_LIBRARY (self));
  dex_return_error_if_fail (filter != NULL);

  return rushes_store_read (self->store, add_up, give_totals, reading_new (filter), (GDestroyNotify) reading_free);
}

/* ---- as a table ---- */

static gboolean
write_csv (RushesDatabase *database, gpointer data, GError **error)
{
  Reading *self = data;
  char *text;

  if (!read_ledger (database, data, error))
    return FALSE;
  text = rushes_ledger_to_csv (self->entries);
  self->csv = g_bytes_new_take (text, strlen (text));

  return TRUE;
}

static DexFuture *
give_csv (gpointer data)
{
  Reading *self = data;

  return dex_future_new_take_boxed (G_TYPE_BYTES, g_bytes_ref (self->csv));
}

DexFuture *
rushes_library_export_ledger (RushesLibrary *self, const RushesLedgerFilter *filter)
{
  dex_return_error_if_fail (RUSHES_IS_LIBRARY (self));
  dex_return_error_if_fail (filter != NULL);

  return rushes_store_read (self->store, write_csv, give_csv, reading_new (filter), (GDestroyNotify) reading_free);
}

/* ---- beside the limits ---- */

typedef struct
{
  GArray *limits;
  GArray *spent;
} Spent;

static void
spent_free (Spent *spent)
{
  g_array_unref (spent->limits);
  g_clear_pointer (&spent->spent, g_array_unref);
  g_free (spent);
}

static gboolean
read_spent (RushesDatabase *database, gpointer data, GError **error)
{
  Spent *self = data;
  g_autofree char *today = rushes_ledger_get_day (g_get_real_time ());

  self->spent = rushes_spending_read (database, self->limits, today, error);

  return self->spent != NULL;
}

static DexFuture *
give_spent (gpointer data)
{
  Spent *self = data;

  return dex_future_new_take_boxed (G_TYPE_ARRAY, g_array_ref (self->spent));
}

DexFuture *
rushes_library_get_spent (RushesLibrary *self)
{
  Spent *spent;

  dex_return_error_if_fail (RUSHES_IS_LIBRARY (self));

  spent = g_new0 (Spent, 1);
  spent->limits = rushes_limits_read ();

  return rushes_store_read (self->store, read_spent, give_spent, spent, (GDestroyNotify) spent_free);
}
