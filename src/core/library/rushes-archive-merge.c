/* rushes-archive-merge.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "rushes-archive-private.h"

#include <glib/gi18n.h>

#include "rushes-attempt-row.h"
#include "rushes-error.h"
#include "rushes-ledger.h"
#include "rushes-stored-error.h"
#include "rushes-take-row.h"

/* An older backup has fewer columns. What is missing in either table is left out, and @except, which is told otherwise.
 */
static char *
list_columns (RushesDatabase *database, const char *table, const char *except, GError **error)
{
  g_autoptr (RushesQuery) query = NULL;
  g_autoptr (GError) failure = NULL;

  query = rushes_database_query (
      database, error,
      "SELECT group_concat (name, ', ') FROM (SELECT here.name FROM pragma_table_info (?1, 'main') here"
      " JOIN pragma_table_info (?1, 'incoming') there ON there.name = here.name"
      " WHERE instr (?2, ' ' || here.name || ' ') = 0)",
      "tt", table, except);
  if (query == NULL || !rushes_query_next (query, error))
    return NULL;

  return g_strdup (rushes_query_get_text (query, 0));
}

/* Copies the rows of a table whose @condition holds, with @more columns that are not as they were. */
static gboolean
copy_rows (RushesDatabase *database,
           const char *table,
           const char *except,
           const char *more,
           const char *values,
           const char *condition,
           GError **error)
{
  g_autofree char *columns = list_columns (database, table, except, error);
  g_autofree char *sql = NULL;

  if (columns == NULL)
    return FALSE;
  sql = g_strdup_printf ("INSERT INTO main.%s (%s%s) SELECT %s%s FROM incoming.%s AS i WHERE %s", table, columns, more,
                         columns, values, table, condition);

  return rushes_database_script (database, sql, error);
}

static gboolean
note_clips (RushesDatabase *database, GHashTable *clips, GError **error)
{
  GHashTableIter iter;
  gpointer name;

  g_hash_table_iter_init (&iter, clips);
  while (g_hash_table_iter_next (&iter, &name, NULL))
    if (!rushes_database_run (database, error, "INSERT INTO temp.whole (file) VALUES (?)", "t", (const char *) name))
      return FALSE;

  return TRUE;
}

/* A project of the same name is the same project: there is one of that name at the first start of every computer. */
static const char prepare[] =
    "CREATE TEMP TABLE whole (file TEXT PRIMARY KEY);"
    "CREATE TEMP TABLE homes AS SELECT i.id AS there, COALESCE ((SELECT id FROM main.projects WHERE id = i.id),"
    "   (SELECT id FROM main.projects WHERE name = i.name AND deleted IS NULL AND i.deleted IS NULL), i.id) AS here"
    " FROM incoming.projects i;"
    "CREATE TEMP TABLE new_takes AS SELECT id FROM incoming.takes WHERE id NOT IN (SELECT id FROM main.takes);"
    "CREATE TEMP TABLE new_attempts AS SELECT id, take_id, number, state FROM incoming.attempts"
    " WHERE id NOT IN (SELECT id FROM main.attempts);"
    /* Another attempt of the same take was begun on both computers: the one of here stays the newest. */
    "CREATE TEMP TABLE numbers AS SELECT n.id, CASE WHEN EXISTS (SELECT 1 FROM main.attempts h WHERE h.take_id = "
    "n.take_id)"
    "   THEN (SELECT min (number) FROM main.attempts h WHERE h.take_id = n.take_id) - 1 - (SELECT count (*) FROM"
    "     new_attempts o WHERE o.take_id = n.take_id AND o.number > n.number)"
    "   ELSE n.number END AS number FROM new_attempts n;";

static const char finish[] = "DROP TABLE temp.whole; DROP TABLE temp.homes; DROP TABLE temp.new_takes;"
                             "DROP TABLE temp.new_attempts; DROP TABLE temp.numbers;";

static gboolean
copy_takes (RushesDatabase *database, GError **error)
{
  return copy_rows (database, "projects", " ", "", "",
                    "id IN (SELECT here FROM homes) AND id NOT IN (SELECT id FROM"
                    " main.projects)",
                    error) &&
         copy_rows (database, "orders", " project_id ", ", project_id",
                    ", (SELECT here FROM homes WHERE there = i.project_id)", "id NOT IN (SELECT id FROM main.orders)",
                    error) &&
         copy_rows (database, "takes", " serial project_id attempt_id state state_since revision turn saved_to ",
                    ", project_id", ", (SELECT here FROM homes WHERE there = i.project_id)",
                    "id IN (SELECT id FROM new_takes) ORDER BY i.serial", error) &&
         copy_rows (database, "take_references", " ", "", "", "take_id IN (SELECT id FROM new_takes)", error) &&
         rushes_database_script (database,
                                 "INSERT INTO main.takes_text (rowid, prompt, model, provider, project)"
                                 " SELECT h.serial, x.prompt, x.model, x.provider, x.project FROM incoming.takes_text x"
                                 " JOIN incoming.takes t ON t.serial = x.rowid JOIN main.takes h ON h.id = t.id"
                                 " WHERE t.id IN (SELECT id FROM new_takes)",
                                 error);
}

/* Where the copies of pictures lie elsewhere is for the other computer to know: it removes them. Prints of keys were
 * made with the salt of the other library, and say nothing here. */
static gboolean
copy_attempts (RushesDatabase *database, GError **error)
{
  return copy_rows (database, "descriptions", " ", "", "", "hash NOT IN (SELECT hash FROM main.descriptions)", error) &&
         copy_rows (database, "attempts", " number runner cancel_requested key_source key_print ", ", number, runner",
                    ", (SELECT number FROM numbers WHERE numbers.id = i.id), '" RUSHES_RUNNER_ELSEWHERE "'",
                    "id IN (SELECT id FROM new_attempts)", error) &&
         copy_rows (database, "steps", " ", "", "", "attempt_id IN (SELECT id FROM new_attempts)", error) &&
         copy_rows (database, "results", " id file ", ", file",
                    ", CASE WHEN i.file IN (SELECT file FROM whole) THEN i.file END",
                    "attempt_id IN (SELECT id FROM new_attempts) ORDER BY i.id", error) &&
         copy_rows (database, "ledger", " id ", "", "", "attempt_id IN (SELECT id FROM new_attempts) ORDER BY i.id",
                    error) &&
         /* A backup from before they were told apart. */
         rushes_database_script (database, "UPDATE main.attempts SET own_id = id WHERE own_id IS NULL", error) &&
         /* What was lost, or pruned, since. */
         rushes_database_script (database,
                                 "UPDATE main.results SET file = (SELECT i.file FROM incoming.results i WHERE"
                                 "   i.attempt_id = results.attempt_id AND i.number = results.number)"
                                 " WHERE file IS NULL AND EXISTS (SELECT 1 FROM incoming.results i JOIN whole w"
                                 "   ON w.file = i.file WHERE i.attempt_id = results.attempt_id"
                                 "   AND i.number = results.number AND i.sha256 = results.sha256)",
                                 error);
}

/* ---- what was in work ---- */

typedef struct
{
  char *id;
  RushesTakeState state;
} Waiting;

static void
waiting_free (Waiting *waiting)
{
  g_free (waiting->id);
  g_free (waiting);
}

static GPtrArray *
list_waiting (RushesDatabase *database, GError **error)
{
  g_autoptr (GPtrArray) list = g_ptr_array_new_with_free_func ((GDestroyNotify) waiting_free);
  g_autoptr (RushesQuery) query = NULL;
  g_autoptr (GError) failure = NULL;

  query =
      rushes_database_query (database, error,
                             "SELECT id, state FROM new_attempts WHERE state IN ('queued', 'preparing', 'submitting',"
                             " 'running', 'downloading', 'left', 'unconfirmed')",
                             "");
  if (query == NULL)
    return NULL;
  while (rushes_query_next (query, &failure))
    {
      Waiting *waiting = g_new0 (Waiting, 1);

      waiting->id = g_strdup (rushes_query_get_text (query, 0));
      rushes_take_state_from_string (rushes_query_get_text (query, 1), &waiting->state);
      g_ptr_array_add (list, waiting);
    }
  if (failure != NULL)
    {
      g_propagate_error (error, g_steal_pointer (&failure));
      return NULL;
    }

  return g_steal_pointer (&list);
}

static gboolean
set_state (RushesDatabase *database,
           const char *id,
           RushesTakeState to,
           const GError *reason,
           const char *charged,
           GError **error)
{
  g_autofree char *text = rushes_stored_error_to_text (reason);
  gint64 now = g_get_real_time ();

  return rushes_database_run (
             database, error,
             "UPDATE main.attempts SET state = ?2, state_since = ?3, error = ?4, charged = ?5 WHERE id = ?1", "ttitt",
             id, rushes_take_state_to_string (to), now, text, charged) &&
         rushes_database_run (database, error,
                              "INSERT INTO main.steps (attempt_id, number, state, at) VALUES (?1, (SELECT 1 + COALESCE"
                              " (max (number), 0) FROM main.steps WHERE attempt_id = ?1), ?2, ?3)",
                              "tti", id, rushes_take_state_to_string (to), now);
}

/* The other computer may go on with them. Here nobody does by himself, and nothing is sent a second time. */
static gboolean
settle (RushesDatabase *database, const Waiting *waiting, GError **error)
{
  g_autoptr (GError) reason = NULL;

  switch (waiting->state)
    {
    case RUSHES_TAKE_STATE_QUEUED:
    case RUSHES_TAKE_STATE_PREPARING:
      reason = rushes_error_new (RUSHES_ERROR_CANCELLED, "%s", _ ("It was in line when the backup was made."));
      rushes_error_set_charged (reason, RUSHES_CHARGED_NO);
      return set_state (database, waiting->id, RUSHES_TAKE_STATE_CANCELLED, reason, "no", error) &&
             rushes_ledger_follow (database, waiting->id, waiting->state, RUSHES_TAKE_STATE_CANCELLED,
                                   RUSHES_CHARGED_NO, NULL, error);
    case RUSHES_TAKE_STATE_SUBMITTING:
      reason = rushes_error_new (RUSHES_ERROR_NETWORK, "%s", _ ("It was being submitted when the backup was made."));
      rushes_error_set_charged (reason, RUSHES_CHARGED_MAYBE);
      return set_state (database, waiting->id, RUSHES_TAKE_STATE_UNCONFIRMED, reason, NULL, error) &&
             rushes_ledger_follow (database, waiting->id, waiting->state, RUSHES_TAKE_STATE_UNCONFIRMED,
                                   RUSHES_CHARGED_MAYBE, NULL, error);
    case RUSHES_TAKE_STATE_RUNNING:
    case RUSHES_TAKE_STATE_DOWNLOADING:
      return set_state (database, waiting->id, RUSHES_TAKE_STATE_LEFT, NULL, NULL, error);
    case RUSHES_TAKE_STATE_LEFT:
    case RUSHES_TAKE_STATE_UNCONFIRMED:
    case RUSHES_TAKE_STATE_READY:
    case RUSHES_TAKE_STATE_FAILED:
    case RUSHES_TAKE_STATE_CANCELLED:
    case RUSHES_TAKE_STATE_EXPIRED:
    default:
      return TRUE;
    }
}

static gboolean
settle_all (RushesArchive *self, RushesDatabase *database, GError **error)
{
  g_autoptr (GPtrArray) waiting = list_waiting (database, error);

  if (waiting == NULL)
    return FALSE;
  for (guint i = 0; i < waiting->len; i++)
    if (!settle (database, g_ptr_array_index (waiting, i), error))
      return FALSE;
  self->report.n_waiting = waiting->len;

  return TRUE;
}

/* ---- the end ---- */

static gboolean
touch_all (RushesDatabase *database, GError **error)
{
  return rushes_database_script (
      database,
      "UPDATE main.takes SET (attempt_id, state, state_since) = (SELECT id, state, state_since FROM main.attempts"
      "   WHERE take_id = takes.id ORDER BY number DESC LIMIT 1),"
      " revision = (SELECT value + 1 FROM meta WHERE key = 'revision')"
      " WHERE id IN (SELECT id FROM incoming.takes)"
      " AND EXISTS (SELECT 1 FROM main.attempts WHERE take_id = takes.id);"
      "UPDATE main.meta SET value = value + 1 WHERE key = 'revision'",
      error);
}

static gboolean
check_references (RushesDatabase *database, GError **error)
{
  g_autoptr (RushesQuery) query = rushes_database_query (database, error, "PRAGMA main.foreign_key_check", "");

  if (query == NULL)
    return FALSE;
  if (!rushes_query_next (query, error))
    return error == NULL || *error == NULL;
  rushes_set_error (error, RUSHES_ERROR_BAD_REQUEST, "%s",
                    _ ("The backup does not fit together. It is damaged, and nothing was changed."));

  return FALSE;
}

gboolean
rushes_archive_merge_rows (RushesArchive *self, RushesDatabase *database, GHashTable *clips, GError **error)
{
  gint64 n_new, n_all;

  /* What does not fit together is found in the end, and said in words of its own. */
  if (!rushes_database_script (database, "PRAGMA defer_foreign_keys = ON", error) ||
      !rushes_database_script (database, prepare, error) || !note_clips (database, clips, error) ||
      (n_new = rushes_database_get_int (database, error, "SELECT count (*) FROM new_takes", "")) < 0 ||
      (n_all = rushes_database_get_int (database, error, "SELECT count (*) FROM incoming.takes", "")) < 0 ||
      !copy_takes (database, error) || !copy_attempts (database, error) || !settle_all (self, database, error) ||
      !touch_all (database, error) || !check_references (database, error) ||
      !rushes_database_script (database, finish, error))
    return FALSE;
  self->report.n_takes = n_new;
  self->report.n_known = n_all - n_new;

  return TRUE;
}
