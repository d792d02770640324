/* rushes-reentry.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "rushes-reentry.h"

#include <glib/gi18n.h>

#include "rushes-attempt-record.h"
#include "rushes-attempt-row.h"
#include "rushes-ledger.h"
#include "rushes-runner.h"
#include "rushes-spending.h"
#include "rushes-spool.h"
#include "rushes-stored-error.h"
#include "rushes-take-entry.h"
#include "rushes-take-row.h"

/* ---- one of them ---- */

typedef struct
{
  RushesDatabase *database;
  RushesFolders *folders;
  char *path; /* of its file in the spool */
  RushesAttemptRecord *record;
} Foundling;

static void
foundling_clear (Foundling *self)
{
  g_free (self->path);
  g_clear_pointer (&self->record, rushes_attempt_record_free);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Foundling, foundling_clear)

static gboolean
read_record (Foundling *self, const char *id, GError **error)
{
  g_autofree char *path = g_strconcat (self->path, RUSHES_SPOOL_RECORD, NULL);

  self->record = rushes_attempt_record_read (path, rushes_folders_get_references (self->folders), error);
  if (self->record == NULL || g_str_equal (self->record->attempt_id, id))
    return self->record != NULL;

  g_clear_pointer (&self->record, rushes_attempt_record_free);
  rushes_set_error (error, RUSHES_ERROR_BAD_REQUEST, "%s", _ ("It is the record of another attempt."));

  return FALSE;
}

/* That of the record, else one of its name, as there is on every computer; one that was deleted is not brought back
 * while there are others. NULL with @error set, or when there is none. */
static char *
find_project (const Foundling *self, GError **error)
{
  g_autoptr (GPtrArray) ids =
      rushes_database_list_texts (self->database, error,
                                  "SELECT id FROM projects WHERE deleted IS NULL AND (id = ?1 OR name = ?2"
                                  "   OR EXISTS (SELECT 1 FROM projects WHERE id = ?1 AND deleted IS NOT NULL))"
                                  " ORDER BY id <> ?1, name <> ?2, id LIMIT 1",
                                  "tt", self->record->project_id, self->record->project_name);

  return ids != NULL && ids->len > 0 ? g_strdup (g_ptr_array_index (ids, 0)) : NULL;
}

static char *
ensure_project (const Foundling *self, GError **error)
{
  const RushesAttemptRecord *record = self->record;
  g_autoptr (GError) failure = NULL;
  char *id = find_project (self, &failure);

  if (id != NULL)
    return id;
  if (failure == NULL &&
      rushes_database_run (self->database, &failure, "INSERT INTO projects (id, name, created) VALUES (?, ?, ?)", "tti",
                           record->project_id, record->project_name, record->order_created))
    return g_strdup (record->project_id);
  g_propagate_error (error, g_steal_pointer (&failure));

  return NULL;
}

static char *
get_name (const Foundling *self, const char *project_id, GError **error)
{
  g_autoptr (GPtrArray) names =
      rushes_database_list_texts (self->database, error, "SELECT name FROM projects WHERE id = ?", "t", project_id);

  return names != NULL ? g_strdup (g_ptr_array_index (names, 0)) : NULL;
}

/* A take that the person has deleted stays out of sight; what it may have cost does not. */
static gboolean
hide_deleted (const Foundling *self, GError **error)
{
  g_autofree char *mark = g_strconcat (self->path, RUSHES_SPOOL_DELETED, NULL);
  gint64 deleted = g_file_test (mark, G_FILE_TEST_EXISTS) ? g_get_real_time () : 0;

  return rushes_database_run (self->database, error,
                              "UPDATE takes SET deleted = iif (?2 = 0, NULL, COALESCE (deleted, ?2)) WHERE id = ?1",
                              "ti", self->record->take_id, deleted);
}

static gboolean
enter_take (const Foundling *self, GError **error)
{
  const RushesAttemptRecord *record = self->record;
  g_autofree char *project = NULL;
  g_autofree char *name = NULL;
  g_autoptr (RushesTakeEntry) entry = NULL;
  gint64 known =
      rushes_database_get_int (self->database, error, "SELECT count (*) FROM takes WHERE id = ?", "t", record->take_id);

  if (known != 0)
    return known > 0 && hide_deleted (self, error);
  entry = rushes_take_entry_new (record->take_id, record->request);

  return (project = ensure_project (self, error)) != NULL && (name = get_name (self, project, error)) != NULL &&
         rushes_database_run (self->database, error,
                              "INSERT OR IGNORE INTO orders (id, project_id, created) VALUES (?, ?, ?)", "tti",
                              record->order_id, project, record->order_created) &&
         rushes_take_entry_write (entry, self->database, record->order_id, record->place, record->take_created, project,
                                  name, error) &&
         hide_deleted (self, error);
}

/* Should the take have been tried again meanwhile, that attempt stays the newest. */
static gboolean
enter_attempt (const Foundling *self, GError **error)
{
  const RushesAttemptRecord *record = self->record;

  return rushes_database_run (self->database, error,
                              "INSERT INTO attempts (id, own_id, take_id, number, runner, state, state_since, created,"
                              " tries, delay, time_limit, resent)"
                              " VALUES (?1, ?2, ?3, iif (EXISTS (SELECT 1 FROM attempts WHERE take_id = ?3"
                              "   AND number = ?4), (SELECT min (number) - 1 FROM attempts WHERE take_id = ?3), ?4),"
                              " ?5, 'queued', ?6, ?6, iif (?7 < 0, NULL, ?7), iif (?8 < 0, NULL, ?8),"
                              " iif (?9 < 0, NULL, ?9), ?10)",
                              "tttitiiddi", record->attempt_id, record->own_id, record->take_id,
                              (gint64) record->number, record->runner, record->created, (gint64) record->wishes.tries,
                              record->wishes.delay, record->wishes.time_limit, (gint64) record->n_resent) &&
         rushes_attempt_row_note (self->database, record->attempt_id, RUSHES_TAKE_STATE_QUEUED, record->created,
                                  error) &&
         rushes_ledger_hold (self->database, record->attempt_id, &record->hold, error);
}

/* What was written down when it was submitted, as far as that is known: the print of a key says something only in the
 * library that made it, and in copies of that. */
static gboolean
catch_up (const Foundling *self, const char *id, GError **error)
{
  const RushesAttemptRecord *record = self->record;
  RushesPrice held;

  if (!rushes_database_run (self->database, error,
                            "UPDATE attempts SET state = 'submitting', agreement = '" RUSHES_AGREEMENT_LOST "'"
                            " WHERE id = ?",
                            "t", id))
    return FALSE;
  if (record == NULL)
    return TRUE;
  if (record->description_json != NULL &&
      !rushes_database_run (self->database, error, "INSERT OR IGNORE INTO descriptions (hash, json) VALUES (?, ?)",
                            "tt", record->description, record->description_json))
    return FALSE;

  return rushes_database_run (self->database, error,
                              "UPDATE attempts SET runner = ?2, submitted = ?3, host = ?4, description = ?5,"
                              " (key_source, key_print) = (SELECT ?6, ?7 FROM meta WHERE key = 'salt' AND value = ?8)"
                              " WHERE id = ?1",
                              "ttitttti", id, record->runner, record->submitted, record->host, record->description,
                              record->key != NULL ? record->key->source : NULL,
                              record->key != NULL ? record->key->print : NULL, record->salt) &&
         rushes_attempt_row_note (self->database, id, RUSHES_TAKE_STATE_SUBMITTING, record->submitted, error) &&
         rushes_ledger_get_held (self->database, id, &held, error) &&
         (rushes_price_equal (&held, &record->hold) || rushes_ledger_hold (self->database, id, &record->hold, error));
}

/* As after a process that went while it submitted. */
static gboolean
doubt (const Foundling *self, const char *id, const char *runner, GError **error)
{
  g_autoptr (GError) reason = NULL;
  RushesAttemptStep step = { .from = RUSHES_TAKE_STATE_SUBMITTING, .to = RUSHES_TAKE_STATE_UNCONFIRMED };
  gboolean done, ok;

  reason = rushes_error_new (RUSHES_ERROR_STORAGE, "%s",
                             _ ("It was submitted, and then the library that knew of it was lost. Check again to see "
                                "what became of it."));
  rushes_error_set_charged (reason, RUSHES_CHARGED_MAYBE);
  step.attempt_id = g_strdup (id);
  step.runner = g_strdup (runner);
  step.error = rushes_stored_error_to_text (reason);
  step.charged = RUSHES_CHARGED_MAYBE;
  step.cost.kind = RUSHES_PRICE_UNKNOWN;
  step.outputs = g_ptr_array_new ();
  ok = rushes_attempt_step_take (&step, self->database, &done, error);
  rushes_attempt_step_clear (&step);

  return ok;
}

/* ---- all of them ---- */

/* What the library has of an attempt. */
typedef struct
{
  gboolean known;
  gboolean waits; /* as far as the library knows */
  char *take_id;
  char *runner;
} Trace;

static void
trace_clear (Trace *trace)
{
  g_free (trace->take_id);
  g_free (trace->runner);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Trace, trace_clear)

static gboolean
trace (RushesDatabase *database, const char *id, Trace *found, GError **error)
{
  g_autoptr (RushesQuery) query = rushes_database_query (
      database, error, "SELECT take_id, runner, state IN ('queued', 'preparing') FROM attempts WHERE id = ?", "t", id);
  g_autoptr (GError) failure = NULL;

  if (query == NULL)
    return FALSE;
  found->known = rushes_query_next (query, &failure);
  if (found->known)
    {
      found->take_id = g_strdup (rushes_query_get_text (query, 0));
      found->runner = g_strdup (rushes_query_get_text (query, 1));
      found->waits = rushes_query_get_int (query, 2) != 0;
    }
  if (failure == NULL)
    return TRUE;
  g_propagate_error (error, g_steal_pointer (&failure));

  return FALSE;
}

static gboolean
enter (const Foundling *self, const char *id, const Trace *before, const char *take_id, const char *runner)
{
  g_autoptr (GError) error = NULL;

  if (rushes_database_script (self->database, "SAVEPOINT foundling", &error) &&
      (before->known || (enter_take (self, &error) && enter_attempt (self, &error))) && catch_up (self, id, &error) &&
      doubt (self, id, runner, &error) && rushes_take_row_touch (self->database, take_id, &error) &&
      rushes_database_script (self->database, "RELEASE foundling", &error))
    return TRUE;

  g_warning ("Attempt %s, which is in the spool, could not be written down: %s", id, error->message);
  rushes_database_script (self->database, "ROLLBACK TO foundling; RELEASE foundling", NULL);

  return FALSE;
}

static gboolean
consider (RushesDatabase *database, RushesFolders *folders, const char *id, GHashTable *takes, GError **error)
{
  g_auto (Trace) before = { 0 };
  g_auto (Foundling) self = { database, folders };
  g_autoptr (GError) failure = NULL;
  const char *take_id, *runner;

  if (!trace (database, id, &before, error))
    return FALSE;
  if (before.known && !before.waits)
    return TRUE;

  self.path = g_build_filename (g_file_peek_path (rushes_folders_get_spool (folders)), id, NULL);
  if (!read_record (&self, id, &failure))
    g_info ("The record of attempt %s is of no use: %s", id, failure->message);
  if (self.record == NULL && !before.known)
    return TRUE;

  take_id = before.known ? before.take_id : self.record->take_id;
  runner = self.record != NULL ? self.record->runner : before.runner;
  if (rushes_runner_is_gone (folders, runner) && enter (&self, id, &before, take_id, runner))
    g_hash_table_add (takes, g_strdup (take_id));

  return TRUE;
}

gboolean
rushes_reentry_run (RushesDatabase *database, RushesFolders *folders, guint *n_found, GError **error)
{
  g_autoptr (GPtrArray) ids = rushes_spool_list_submitted (g_file_peek_path (rushes_folders_get_spool (folders)));
  g_autoptr (GHashTable) takes = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);

  for (guint i = 0; i < ids->len; i++)
    if (!consider (database, folders, g_ptr_array_index (ids, i), takes, error))
      return FALSE;
  *n_found = g_hash_table_size (takes);

  return TRUE;
}
