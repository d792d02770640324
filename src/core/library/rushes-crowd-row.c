/* rushes-crowd-row.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "rushes-crowd-row.h"

#include "rushes-attempt-row.h"
#include "rushes-library-private.h"

int
rushes_crowd_row_count (RushesDatabase *database,
                        RushesFolders *folders,
                        const char *runner,
                        const char *host,
                        const RushesKeyMark *key,
                        GError **error)
{
  g_autoptr (RushesQuery) query = NULL;
  g_autoptr (GError) failure = NULL;
  int n = 0;

  query =
      rushes_database_query (database, error,
                             "SELECT runner, count (*) FROM attempts WHERE state IN ('submitting', 'running')"
                             " AND runner <> ?1 AND runner <> '" RUSHES_RUNNER_ELSEWHERE "' AND host IS ?2"
                             " AND (key_source IS NULL OR ?3 IS NULL OR key_print IS ?4) GROUP BY runner",
                             "tttt", runner, host, key != NULL ? key->source : NULL, key != NULL ? key->print : NULL);
  if (query == NULL)
    return -1;
  while (rushes_query_next (query, &failure))
    if (!rushes_runner_is_gone (folders, rushes_query_get_text (query, 0)))
      n += rushes_query_get_int (query, 1);
  if (failure != NULL)
    {
      g_propagate_error (error, g_steal_pointer (&failure));
      return -1;
    }

  return n;
}

/* ---- asked for by itself ---- */

typedef struct
{
  RushesFolders *folders;
  char *runner;
  char *host;
  RushesKeyMark *key;
  int n;
} Count;

static void
count_free (Count *count)
{
  g_object_unref (count->folders);
  g_free (count->runner);
  g_free (count->host);
  g_clear_pointer (&count->key, rushes_key_mark_free);
  g_free (count);
}

static gboolean
read_count (RushesDatabase *database, gpointer data, GError **error)
{
  Count *self = data;

  self->n = rushes_crowd_row_count (database, self->folders, self->runner, self->host, self->key, error);

  return self->n >= 0;
}

static DexFuture *
give_count (gpointer data)
{
  return dex_future_new_for_int (((Count *) data)->n);
}

DexFuture *
rushes_library_count_elsewhere (RushesLibrary *self, const char *host, const RushesKeyMark *key)
{
  Count *count;

  dex_return_error_if_fail (RUSHES_IS_LIBRARY (self));

  count = g_new0 (Count, 1);
  count->folders = g_object_ref (self->folders);
  count->runner = g_strdup (rushes_library_get_runner_id (self));
  count->host = g_strdup (host);
  count->key = key != NULL ? rushes_key_mark_copy (key) : NULL;

  return rushes_store_read (self->store, read_count, give_count, count, (GDestroyNotify) count_free);
}
