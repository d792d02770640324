/* rushes-attempt-row.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "rushes-attempt-row.h"

#include <glib/gi18n.h>

#include "rushes-async.h"
#include "rushes-attempt-private.h"
#include "rushes-ledger.h"
#include "rushes-stored-error.h"

static gboolean
load_outputs (RushesDatabase *database, RushesAttempt *attempt, GError **error)
{
  g_autoptr (RushesQuery) query = NULL;
  g_autoptr (GError) failure = NULL;

  attempt->outputs = rushes_attempt_copy_outputs (NULL);
  query = rushes_database_query (
      database, error,
      "SELECT uri, expires, clip_id FROM results WHERE attempt_id = ? AND uri IS NOT NULL ORDER BY number", "t",
      attempt->id);
  if (query == NULL)
    return FALSE;
  while (rushes_query_next (query, &failure))
    rushes_attempt_add_output (attempt->outputs, rushes_query_get_text (query, 0), rushes_query_get_int (query, 1),
                               rushes_query_get_text (query, 2));
  if (failure != NULL)
    {
      g_propagate_error (error, g_steal_pointer (&failure));
      return FALSE;
    }

  return TRUE;
}

static RushesAttempt *
read_row (RushesQuery *query)
{
  RushesAttempt *self = g_new0 (RushesAttempt, 1);

  self->id = g_strdup (rushes_query_get_text (query, 0));
  self->take_id = g_strdup (rushes_query_get_text (query, 1));
  self->number = rushes_query_get_int (query, 2);
  self->runner = g_strdup (rushes_query_get_text (query, 3));
  rushes_take_state_from_string (rushes_query_get_text (query, 4), &self->state);
  self->task_id = g_strdup (rushes_query_get_text (query, 5));
  self->host = g_strdup (rushes_query_get_text (query, 6));
  self->poll_target = g_strdup (rushes_query_get_text (query, 7));
  self->description = g_strdup (rushes_query_get_text (query, 8));
  self->created = rushes_query_get_int (query, 9);
  self->submitted = rushes_query_get_int (query, 10);
  self->cancel_requested = rushes_query_get_int (query, 11) != 0;
  self->error = rushes_stored_error_from_text (rushes_query_get_text (query, 12));
  if (!rushes_query_is_null (query, 13))
    self->charged = rushes_charged_from_string (rushes_query_get_text (query, 13));
  self->own_id = g_strdup (rushes_query_get_text (query, 14));
  if (!rushes_query_is_null (query, 15))
    self->key = rushes_key_mark_new (rushes_query_get_text (query, 15), rushes_query_get_text (query, 16));
  self->wishes.tries = rushes_query_get_int (query, 17);
  self->wishes.delay = rushes_query_get_double (query, 18);
  self->wishes.time_limit = rushes_query_get_double (query, 19);
  self->n_resent = rushes_query_get_int (query, 20);

  return self;
}

RushesAttempt *
rushes_attempt_row_load (RushesDatabase *database, const char *take_id, const char *attempt_id, GError **error)
{
  g_autoptr (RushesAttempt) self = NULL;
  g_autoptr (RushesQuery) query = NULL;
  g_autoptr (GError) failure = NULL;

  query = rushes_database_query (
      database, error,
      "SELECT id, take_id, number, runner, state, task_id, host, poll_target, description,"
      " created, submitted, cancel_requested, error, charged, own_id, key_source, key_print, COALESCE (tries, -1),"
      " COALESCE (delay, -1), COALESCE (time_limit, -1), resent"
      " FROM attempts WHERE take_id = ?1 AND (?2 IS NULL OR id = ?2) ORDER BY number DESC LIMIT 1",
      "tt", take_id, attempt_id);
  if (query == NULL)
    return NULL;
  if (!rushes_query_next (query, &failure))
    {
      if (failure == NULL)
        failure = rushes_error_new (RUSHES_ERROR_NOT_FOUND,
                                    /* Translators: %s is the id of a take */
                                    _ ("There is no take “%s” in the library."), take_id);
      g_propagate_error (error, g_steal_pointer (&failure));
      return NULL;
    }
  self = read_row (query);

  return load_outputs (database, self, error) ? g_steal_pointer (&self) : NULL;
}

GPtrArray *
rushes_attempt_row_load_all (RushesDatabase *database, const char *take_id, GError **error)
{
  g_autoptr (GPtrArray) attempts = g_ptr_array_new_with_free_func ((GDestroyNotify) rushes_attempt_free);
  g_autoptr (GPtrArray) ids = rushes_database_list_texts (
      database, error, "SELECT id FROM attempts WHERE take_id = ? ORDER BY number DESC", "t", take_id);

  for (guint i = 0; ids != NULL && i < ids->len; i++)
    {
      RushesAttempt *attempt = rushes_attempt_row_load (database, take_id, g_ptr_array_index (ids, i), error);

      if (attempt == NULL)
        return NULL;
      g_ptr_array_add (attempts, attempt);
    }

  return ids != NULL ? g_steal_pointer (&attempts) : NULL;
}

gboolean
rushes_attempt_row_note (RushesDatabase *database,
                         const char *attempt_id,
                         RushesTakeState state,
                         gint64 at,
                         GError **error)
{
  return rushes_database_run (database, error,
                              "INSERT INTO steps (attempt_id, number, state, at) VALUES (?1,"
                              " (SELECT 1 + COALESCE (max (number), 0) FROM steps WHERE attempt_id = ?1), ?2, ?3)",
                              "tti", attempt_id, rushes_take_state_to_string (state), at);
}

static gboolean
begin (RushesDatabase *database, const char *id, gint64 now, const RushesPrice *price, GError **error)
{
  return rushes_attempt_row_note (database, id, RUSHES_TAKE_STATE_QUEUED, now, error) &&
         rushes_ledger_hold (database, id, price, error);
}

gboolean
rushes_attempt_row_insert (RushesDatabase *database,
                           const char *take_id,
                           const char *runner,
                           const RushesPrice *price,
                           const char *agreement,
                           RushesMoney most,
                           const RushesWishes *wishes,
                           GError **error)
{
  g_autofree char *id = rushes_new_id ();
  gint64 now = g_get_real_time ();

  return rushes_database_run (
             database, error,
             "INSERT INTO attempts (id, own_id, take_id, number, runner, state, state_since, created, agreement,"
             " most_micros, most_currency, tries, delay, time_limit)"
             " VALUES (?1, ?1, ?2, (SELECT 1 + COALESCE (max (number), 0) FROM attempts WHERE take_id = ?2),"
             " ?3, 'queued', ?4, ?4, COALESCE (?5, ?1), iif (?6 < 0, NULL, ?6), ?7,"
             " iif (?8 < 0, NULL, ?8), iif (?9 < 0, NULL, ?9), iif (?10 < 0, NULL, ?10))",
             "tttititidd", id, take_id, runner, now, agreement, most.micros, most.currency, (gint64) wishes->tries,
             wishes->delay, wishes->time_limit) &&
         begin (database, id, now, price, error);
}

gboolean
rushes_attempt_row_insert_next (RushesDatabase *database,
                                const char *attempt_id,
                                const char *runner,
                                const RushesPrice *price,
                                gboolean keep_id,
                                gboolean resent,
                                GError **error)
{
  g_autofree char *id = rushes_new_id ();
  gint64 now = g_get_real_time ();

  return rushes_database_run (
             database, error,
             "INSERT INTO attempts (id, own_id, take_id, number, runner, state, state_since, created, agreement,"
             " most_micros, most_currency, tries, delay, time_limit, resent)"
             " SELECT ?1, iif (?5, own_id, ?1), take_id,"
             " (SELECT 1 + max (number) FROM attempts WHERE take_id = a.take_id), ?3, 'queued', ?4, ?4, agreement,"
             " most_micros, most_currency, tries, delay, time_limit, resent + ?6 FROM attempts a WHERE id = ?2",
             "tttiii", id, attempt_id, runner, now, (gint64) keep_id, (gint64) resent) &&
         begin (database, id, now, price, error);
}

void
rushes_attempt_step_clear (RushesAttemptStep *self)
{
  g_free (self->attempt_id);
  g_free (self->runner);
  g_free (self->task_id);
  g_free (self->host);
  g_free (self->poll_target);
  g_free (self->description);
  g_clear_pointer (&self->key, rushes_key_mark_free);
  g_free (self->error);
  g_clear_pointer (&self->outputs, g_ptr_array_unref);
  g_free (self->file);
  g_free (self->sha256);
}

/* What is not known by the step stays as it was, but for the error, which belongs to the state it explains. While the
 * queue is paused nobody comes to submit, in whatever process. */
static gboolean
update (const RushesAttemptStep *self, RushesDatabase *database, gint64 now, GError **error)
{
  return rushes_database_run (
      database, error,
      "UPDATE attempts SET state = ?4, runner = ?3,"
      " state_since = CASE WHEN state = ?4 THEN state_since ELSE ?5 END,"
      " submitted = CASE WHEN ?4 = 'submitting' THEN ?5 ELSE submitted END,"
      " task_id = COALESCE (?6, task_id), host = COALESCE (?7, host), poll_target = COALESCE (?8, poll_target),"
      " description = COALESCE (?9, description), key_source = COALESCE (?13, key_source),"
      " key_print = CASE WHEN ?13 IS NULL THEN key_print ELSE ?14 END,"
      " error = CASE WHEN ?10 IS NOT NULL OR ?4 NOT IN ('failed', 'cancelled', 'expired', 'unconfirmed')"
      "   THEN ?10 ELSE error END,"
      " charged = ?11,"
      " cancel_requested = cancel_requested AND NOT ?12 AND state NOT IN ('failed', 'cancelled', 'expired'),"
      " cost_micros = COALESCE (?15, cost_micros), cost_currency = COALESCE (?16, cost_currency),"
      " cost_worth_micros = CASE WHEN ?16 IS NULL THEN cost_worth_micros ELSE ?17 END,"
      " cost_worth_currency = CASE WHEN ?16 IS NULL THEN cost_worth_currency ELSE ?18 END"
      " WHERE id = ?1 AND state = ?2 AND (runner = ?3 OR state IN ('ready', 'failed', 'cancelled', 'expired'))"
      " AND NOT (?4 = 'submitting' AND EXISTS (SELECT 1 FROM meta WHERE key = 'paused' AND value <> 0))",
      self->cost.kind == RUSHES_PRICE_REPORTED ? "ttttittttttittitit" : "ttttittttttitt", self->attempt_id,
      rushes_take_state_to_string (self->from), self->runner, rushes_take_state_to_string (self->to), now,
      self->task_id, self->host, self->poll_target, self->description, self->error,
      rushes_take_state_is_end (self->to) ? rushes_charged_to_string (self->charged) : NULL, (gint64) self->wanted,
      self->key != NULL ? self->key->source : NULL, self->key != NULL ? self->key->print : NULL, self->cost.high.micros,
      self->cost.high.currency, self->cost.worth.micros, self->cost.worth.currency);
}

static gboolean
write_outputs (const RushesAttemptStep *self, RushesDatabase *database, GError **error)
{
  for (guint i = 0; i < self->outputs->len; i++)
    {
      const RushesOutput *output = g_ptr_array_index (self->outputs, i);

      if (!rushes_database_run (database, error,
                                "INSERT INTO results (attempt_id, number, uri, expires, clip_id)"
                                " VALUES (?, ?, ?, NULLIF (?, 0), ?)"
                                " ON CONFLICT (attempt_id, number) DO UPDATE SET uri = excluded.uri,"
                                " expires = excluded.expires, clip_id = COALESCE (excluded.clip_id, clip_id)",
                                "titit", self->attempt_id, (gint64) i, output->uri, output->expires, output->clip_id))
        return FALSE;
    }

  return TRUE;
}

/* The clip is that of the first output which has none yet. */
static gboolean
write_clip (const RushesAttemptStep *self, RushesDatabase *database, gint64 now, GError **error)
{
  const RushesClipFacts *facts = &self->facts;

  return rushes_database_run (
      database, error,
      "INSERT INTO results (attempt_id, number, file, received, sha256, size, duration, width, height, frame_rate,"
      " n_frames, container, video_codec, audio_codec) VALUES (?1,"
      " COALESCE ((SELECT min (number) FROM results WHERE attempt_id = ?1 AND file IS NULL),"
      "   (SELECT 1 + max (number) FROM results WHERE attempt_id = ?1), 0),"
      " ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12, ?13)"
      " ON CONFLICT (attempt_id, number) DO UPDATE SET file = excluded.file, received = excluded.received,"
      " sha256 = excluded.sha256, size = excluded.size, duration = excluded.duration, width = excluded.width,"
      " height = excluded.height, frame_rate = excluded.frame_rate, n_frames = excluded.n_frames,"
      " container = excluded.container, video_codec = excluded.video_codec, audio_codec = excluded.audio_codec",
      "ttitidiidittt", self->attempt_id, self->file, now, self->sha256, facts->size, facts->duration,
      (gint64) facts->width, (gint64) facts->height, facts->frame_rate, (gint64) facts->n_frames, facts->container,
      facts->video_codec, facts->audio_codec);
}

/* As reported with this step or an earlier one. */
static gboolean
load_cost (const RushesAttemptStep *self, RushesDatabase *database, RushesPrice *cost, GError **error)
{
  g_autoptr (RushesQuery) query = NULL;

  query = rushes_database_query (database, error,
                                 "SELECT cost_micros, cost_currency, cost_worth_micros, cost_worth_currency"
                                 " FROM attempts WHERE id = ?",
                                 "t", self->attempt_id);
  if (query == NULL || !rushes_query_next (query, error))
    return FALSE;
  *cost = (RushesPrice) { RUSHES_PRICE_UNKNOWN };
  if (!rushes_query_is_null (query, 1))
    {
      cost->kind = RUSHES_PRICE_REPORTED;
      cost->high.micros = rushes_query_get_int (query, 0);
      cost->high.currency = g_intern_string (rushes_query_get_text (query, 1));
      cost->low = cost->high;
    }
  if (!rushes_query_is_null (query, 3))
    cost->worth = (RushesMoney) { rushes_query_get_int (query, 2), g_intern_string (rushes_query_get_text (query, 3)) };

  return TRUE;
}

gboolean
rushes_attempt_step_take (const RushesAttemptStep *self, RushesDatabase *database, gboolean *done, GError **error)
{
  gint64 now = g_get_real_time ();
  RushesPrice cost;

  if (!update (self, database, now, error))
    return FALSE;
  *done = rushes_database_get_changes (database) == 1;
  if (!*done)
    return TRUE;

  if (!write_outputs (self, database, error) || (self->file != NULL && !write_clip (self, database, now, error)))
    return FALSE;
  if (self->from == self->to && !rushes_take_state_is_end (self->to))
    return TRUE;

  /* An end that is told anew stays one, but what is known of its cost may have changed. */
  return (self->from == self->to || rushes_attempt_row_note (database, self->attempt_id, self->to, now, error)) &&
         load_cost (self, database, &cost, error) &&
         rushes_ledger_follow (database, self->attempt_id, self->from, self->to, self->charged,
                               cost.kind == RUSHES_PRICE_REPORTED ? &cost : NULL, error);
}
