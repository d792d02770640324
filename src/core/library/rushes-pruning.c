/* rushes-pruning.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "rushes-pruning.h"

#include <errno.h>
#include <glib/gstdio.h>
#include <string.h>

#include "rushes-clip-outlet.h"
#include "rushes-take-row.h"

#define DAYS_KEPT 30
/* So that no start waits long for it. */
#define FILES_AT_ONCE 200

typedef struct
{
  gint64 id;
  char *take_id;
  char *file;
} Result;

static void
result_free (Result *result)
{
  g_free (result->take_id);
  g_free (result->file);
  g_free (result);
}

static GPtrArray *
list_results (RushesDatabase *database, GError **error)
{
  gint64 before = g_get_real_time () - DAYS_KEPT * G_TIME_SPAN_DAY;
  g_autoptr (GPtrArray) results = g_ptr_array_new_with_free_func ((GDestroyNotify) result_free);
  g_autoptr (RushesQuery) query = NULL;
  g_autoptr (GError) failure = NULL;

  query =
      rushes_database_query (database, error,
                             /* In this order, not that of the planner, which knows nothing of how few were deleted. */
                             "SELECT r.id, t.id, r.file FROM takes t CROSS JOIN attempts a ON a.take_id = t.id"
                             " CROSS JOIN results r ON r.attempt_id = a.id"
                             " WHERE t.deleted < ? AND r.file IS NOT NULL LIMIT ?",
                             "ii", before, (gint64) FILES_AT_ONCE);
  if (query == NULL)
    return NULL;
  while (rushes_query_next (query, &failure))
    {
      Result *result = g_new (Result, 1);

      result->id = rushes_query_get_int (query, 0);
      result->take_id = g_strdup (rushes_query_get_text (query, 1));
      result->file = g_strdup (rushes_query_get_text (query, 2));
      g_ptr_array_add (results, result);
    }
  if (failure != NULL)
    {
      g_propagate_error (error, g_steal_pointer (&failure));
      return NULL;
    }

  return g_steal_pointer (&results);
}

gboolean
rushes_pruning_run (RushesDatabase *database, GFile *clips, GError **error)
{
  g_autoptr (GPtrArray) results = list_results (database, error);

  if (results == NULL)
    return FALSE;
  for (guint i = 0; i < results->len; i++)
    {
      const Result *result = g_ptr_array_index (results, i);
      g_autoptr (GFile) clip = g_file_resolve_relative_path (clips, result->file);

      /* Should the transaction fail, the file is found missing the next time. */
      if (g_unlink (g_file_peek_path (clip)) != 0 && errno != ENOENT)
        continue;
      rushes_clip_outlet_close (clip);
      if (!rushes_database_run (database, error, "UPDATE results SET file = NULL WHERE id = ?", "i", result->id) ||
          !rushes_take_row_touch (database, result->take_id, error))
        return FALSE;
    }

  return TRUE;
}

/* Or forgotten by the person: then there is no task to ask about. */
static gboolean
is_settled (RushesDatabase *database, const char *attempt_id)
{
  return rushes_database_get_int (database, NULL,
                                  "SELECT count (*) FROM attempts WHERE id = ? AND (state = 'ready'"
                                  " OR (state IN ('failed', 'cancelled') AND charged = 'no')"
                                  " OR (state = 'failed' AND task_id IS NULL AND error ->> '$.code' = 'CANCELLED'))",
                                  "t", attempt_id) == 1;
}

void
rushes_pruning_sweep_spool (RushesDatabase *database, GFile *spool)
{
  g_autoptr (GDir) dir = g_dir_open (g_file_peek_path (spool), 0, NULL);
  const char *name;

  while (dir != NULL && (name = g_dir_read_name (dir)) != NULL)
    {
      g_autofree char *attempt_id = g_strndup (name, strcspn (name, "."));
      g_autofree char *path = g_build_filename (g_file_peek_path (spool), name, NULL);

      if (is_settled (database, attempt_id))
        g_unlink (path);
    }
}
