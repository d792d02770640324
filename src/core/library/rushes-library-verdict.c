/* rushes-library-verdict.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "rushes-library-private.h"

#include <glib/gi18n.h>

#include "rushes-ledger.h"

/* What a person found out about an amount that was uncertain. */

typedef struct
{
  RushesChange change;
  char *take_id;
  gint64 attempt; /* 0: the newest that is uncertain */
  gboolean charged;
  RushesMoney amount; /* micros below zero: nobody knows better than the estimate */
} Verdict;

static void
verdict_free (Verdict *verdict)
{
  rushes_change_clear (&verdict->change);
  g_free (verdict->take_id);
  g_free (verdict);
}

static char *
find_uncertain (const Verdict *self, RushesDatabase *database, GError **error)
{
  g_autoptr (RushesQuery) query = NULL;
  g_autoptr (GError) failure = NULL;

  query = rushes_database_query (database, error,
                                 "SELECT a.id FROM attempts a WHERE a.take_id = ?1 AND (?2 = 0 OR a.number = ?2)"
                                 " AND (SELECT kind FROM ledger WHERE attempt_id = a.id ORDER BY id DESC LIMIT 1) ="
                                 " 'uncertain' ORDER BY a.number DESC LIMIT 1",
                                 "ti", self->take_id, self->attempt);
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
  g_autofree char *attempt_id = find_uncertain (self, database, error);

  return attempt_id != NULL &&
         rushes_ledger_end_uncertain (database, attempt_id, self->charged,
                                      self->amount.micros >= 0 ? &self->amount : NULL, error) &&
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
rushes_library_end_uncertain (RushesLibrary *self,
                              const char *take_id,
                              int attempt,
                              gboolean charged,
                              const RushesMoney *amount)
{
  Verdict *verdict;

  dex_return_error_if_fail (RUSHES_IS_LIBRARY (self));
  dex_return_error_if_fail (take_id != NULL);
  dex_return_error_if_fail (amount == NULL || (charged && amount->micros >= 0));

  verdict = g_new0 (Verdict, 1);
  rushes_change_init (&verdict->change, self);
  verdict->take_id = g_strdup (take_id);
  verdict->attempt = attempt;
  verdict->charged = charged;
  verdict->amount = amount != NULL ? *amount : (RushesMoney) { -1, NULL };

  return rushes_store_write (self->store, write_verdict, judged, verdict, (GDestroyNotify) verdict_free);
}
