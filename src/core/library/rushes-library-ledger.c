/* rushes-library-ledger.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "rushes-library-private.h"

#include <glib/gi18n.h>

#include "rushes-ledger.h"

/* ---- reading ---- */

typedef struct
{
  char *from;
  char *to;
  char *project;
  gboolean uncertain;
  GPtrArray *entries; /* RushesLedgerEntry */
} List;

static void
list_free (List *list)
{
  g_free (list->from);
  g_free (list->to);
  g_free (list->project);
  g_ptr_array_unref (list->entries);
  g_free (list);
}

static RushesLedgerEntry *
read_entry (RushesQuery *query)
{
  RushesLedgerEntry *entry = g_new0 (RushesLedgerEntry, 1);

  entry->take_id = g_strdup (rushes_query_get_text (query, 0));
  entry->attempt = rushes_query_get_int (query, 1);
  entry->provider = g_strdup (rushes_query_get_text (query, 2));
  entry->model = g_strdup (rushes_query_get_text (query, 3));
  entry->project = g_strdup (rushes_query_get_text (query, 4));
  entry->prompt = g_strdup (rushes_query_get_text (query, 5));
  entry->kind = g_intern_string (rushes_query_get_text (query, 6));
  entry->price = rushes_ledger_read_entry (query, 6);
  entry->at = rushes_query_get_int (query, 6 + RUSHES_LEDGER_N_COLUMNS);
  entry->day = g_strdup (rushes_query_get_text (query, 7 + RUSHES_LEDGER_N_COLUMNS));
  entry->counts = rushes_query_get_int (query, 8 + RUSHES_LEDGER_N_COLUMNS) != 0;

  return entry;
}

static gboolean
read_ledger (RushesDatabase *database, gpointer data, GError **error)
{
  List *self = data;
  g_autoptr (RushesQuery) query = NULL;
  g_autoptr (GError) failure = NULL;

  query = rushes_database_query (
      database, error,
      "SELECT a.take_id, a.number, t.provider, t.model, p.name, t.prompt,"
      " l.kind, l.price, l.low_micros, l.micros, l.currency, l.worth_micros, l.worth_currency, l.at, l.day,"
      " l.kind <> 'refund' AND n.newest"
      " FROM (SELECT *, id = max (id) OVER (PARTITION BY attempt_id) AS newest FROM ledger) n"
      " JOIN ledger l ON l.id = n.id JOIN attempts a ON a.id = l.attempt_id JOIN takes t ON t.id = a.take_id"
      " JOIN projects p ON p.id = t.project_id"
      " WHERE (?1 IS NULL OR l.day >= ?1) AND (?2 IS NULL OR l.day <= ?2) AND (?3 IS NULL OR p.id = ?3)"
      " AND (?4 = 0 OR (l.kind = 'uncertain' AND n.newest)) ORDER BY l.id",
      "ttti", self->from, self->to, self->project, (gint64) self->uncertain);
  if (query == NULL)
    return FALSE;
  while (rushes_query_next (query, &failure))
    g_ptr_array_add (self->entries, read_entry (query));
  if (failure != NULL)
    {
      g_propagate_error (error, g_steal_pointer (&failure));
      return FALSE;
    }

  return TRUE;
}

static DexFuture *
give_entries (gpointer data)
{
  List *self = data;

  return dex_future_new_take_boxed (G_TYPE_PTR_ARRAY, g_ptr_array_ref (self->entries));
}

DexFuture *
rushes_library_list_ledger (RushesLibrary *self, const RushesLedgerFilter *filter)
{
  List *list;

  dex_return_error_if_fail (RUSHES_IS_LIBRARY (self));
  dex_return_error_if_fail (filter != NULL);

  list = g_new0 (List, 1);
  list->from = g_strdup (filter->from);
  list->to = g_strdup (filter->to);
  list->project = g_strdup (filter->project);
  list->uncertain = filter->uncertain;
  list->entries = g_ptr_array_new_with_free_func ((GDestroyNotify) rushes_ledger_entry_free);

  return rushes_store_read (self->store, read_ledger, give_entries, list, (GDestroyNotify) list_free);
}

/* ---- what a person knows ---- */

typedef struct
{
  RushesChange change;
  char *take_id;
  gboolean charged;
} Verdict;

static void
verdict_free (Verdict *verdict)
{
  rushes_change_clear (&verdict->change);
  g_free (verdict->take_id);
  g_free (verdict);
}

static char *
find_uncertain (RushesDatabase *database, const char *take_id, GError **error)
{
  g_autoptr (RushesQuery) query = NULL;
  g_autoptr (GError) failure = NULL;

  query = rushes_database_query (database, error,
                                 "SELECT a.id FROM attempts a WHERE a.take_id = ? AND (SELECT kind FROM ledger"
                                 " WHERE attempt_id = a.id ORDER BY id DESC LIMIT 1) = 'uncertain'"
                                 " ORDER BY a.number DESC LIMIT 1",
                                 "t", take_id);
  if (query == NULL)
    return NULL;
  if (rushes_query_next (query, &failure))
    return g_strdup (rushes_query_get_text (query, 0));
  if (failure == NULL)
    failure =
        rushes_error_new (RUSHES_ERROR_BAD_REQUEST, "%s",
                          _ ("Nothing about the cost of this take is uncertain. “rushes ledger --uncertain” lists "
                             "what is."));
  g_propagate_error (error, g_steal_pointer (&failure));

  return NULL;
}

static gboolean
write_verdict (RushesDatabase *database, gpointer data, GError **error)
{
  Verdict *self = data;
  g_autofree char *attempt_id = find_uncertain (database, self->take_id, error);

  return attempt_id != NULL && rushes_ledger_end_uncertain (database, attempt_id, self->charged, error) &&
         rushes_change_touch (&self->change, database, self->take_id, error);
}

static DexFuture *
judged (gpointer data)
{
  Verdict *self = data;

  rushes_change_apply (&self->change);

  return dex_future_new_true ();
}

DexFuture *
rushes_library_end_uncertain (RushesLibrary *self, RushesTake *take, gboolean charged)
{
  Verdict *verdict;

  dex_return_error_if_fail (RUSHES_IS_LIBRARY (self));
  dex_return_error_if_fail (RUSHES_IS_TAKE (take));

  verdict = g_new0 (Verdict, 1);
  rushes_change_init (&verdict->change, self);
  verdict->take_id = g_strdup (rushes_take_get_id (take));
  verdict->charged = charged;

  return rushes_store_write (self->store, write_verdict, judged, verdict, (GDestroyNotify) verdict_free);
}
