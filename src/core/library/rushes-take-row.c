/* rushes-take-row.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "rushes-take-row.h"

#include <glib/gi18n.h>

#include "rushes-attempt-row.h"
#include "rushes-error.h"
#include "rushes-ledger.h"
#include "rushes-stored-error.h"

/* The clip is that of the newest attempt that brought one: an attempt that is under way does not hide an older clip. */
#define SELECT_ROWS                                                                                                    \
  "SELECT t.id, t.project_id, t.request, t.created, t.state, t.state_since, t.starred, t.note, t.saved_to,"            \
  "  t.deleted IS NOT NULL,"                                                                                           \
  "  a.error, a.cancel_requested AND t.state NOT IN ('ready', 'failed', 'cancelled', 'expired'),"                      \
  "  l.kind, l.price, l.low_micros, l.micros, l.currency, l.worth_micros, l.worth_currency,"                           \
  "  r.file, r.sha256, r.size, r.duration, r.width, r.height, r.frame_rate, r.n_frames, r.container, r.video_codec,"   \
  "  r.audio_codec, EXISTS (SELECT 1 FROM attempts WHERE take_id = t.id AND (state = 'unconfirmed' OR"                 \
  "    (task_id IS NOT NULL AND state IN ('left', 'failed', 'cancelled', 'expired')) OR"                               \
  "    (state IN ('failed', 'expired') AND charged IS NOT 'no' AND"                                                    \
  "      EXISTS (SELECT 1 FROM results WHERE attempt_id = attempts.id AND uri IS NOT NULL AND file IS NULL)) OR"       \
  "    (id <> t.attempt_id AND state IN ('running', 'downloading')))), COALESCE (t.turn, t.serial),"                   \
  "  a.runner = '" RUSHES_RUNNER_ELSEWHERE "' AND t.state IN ('left', 'unconfirmed'),"                                 \
  "  t.cached AND t.saved_to IS NULL, t.provider, t.model, t.prompt"                                                   \
  " FROM takes t LEFT JOIN attempts a ON a.id = t.attempt_id"                                                          \
  " LEFT JOIN ledger l ON l.id = (SELECT max (id) FROM ledger WHERE attempt_id = t.attempt_id)"                        \
  " LEFT JOIN results r ON r.id = (SELECT r2.id FROM attempts a2 JOIN results r2 ON r2.attempt_id = a2.id"             \
  "   WHERE a2.take_id = t.id AND r2.file IS NOT NULL ORDER BY a2.number DESC, r2.number LIMIT 1)"

enum
{
  ID,
  PROJECT_ID,
  REQUEST,
  CREATED,
  STATE,
  STATE_SINCE,
  STARRED,
  NOTE,
  SAVED_TO,
  DELETED,
  ERROR_TEXT,
  CANCELLING,
  LEDGER_KIND,
  CLIP_FILE = LEDGER_KIND + RUSHES_LEDGER_N_COLUMNS,
  CLIP_SHA256,
  CLIP_SIZE,
  CLIP_DURATION,
  CLIP_WIDTH,
  CLIP_HEIGHT,
  CLIP_FRAME_RATE,
  CLIP_N_FRAMES,
  CLIP_CONTAINER,
  CLIP_VIDEO_CODEC,
  CLIP_AUDIO_CODEC,
  ASKABLE,
  TURN,
  ELSEWHERE,
  CACHED,
  PROVIDER,
  MODEL,
  PROMPT,
};

static RushesTakeRow *
read_row (RushesQuery *query)
{
  RushesTakeRow *self = g_new0 (RushesTakeRow, 1);

  self->id = g_strdup (rushes_query_get_text (query, ID));
  self->project_id = g_strdup (rushes_query_get_text (query, PROJECT_ID));
  self->request = g_strdup (rushes_query_get_text (query, REQUEST));
  self->provider = g_strdup (rushes_query_get_text (query, PROVIDER));
  self->model = g_strdup (rushes_query_get_text (query, MODEL));
  self->prompt = g_strdup (rushes_query_get_text (query, PROMPT));
  self->created = rushes_query_get_int (query, CREATED);
  rushes_take_state_from_string (rushes_query_get_text (query, STATE), &self->state);
  self->state_since = rushes_query_get_int (query, STATE_SINCE);
  self->starred = rushes_query_get_int (query, STARRED) != 0;
  self->note = g_strdup (rushes_query_get_text (query, NOTE));
  self->saved_to = g_strdup (rushes_query_get_text (query, SAVED_TO));
  self->deleted = rushes_query_get_int (query, DELETED) != 0;
  self->error = rushes_stored_error_from_text (rushes_query_get_text (query, ERROR_TEXT));
  self->cancelling = rushes_query_get_int (query, CANCELLING) != 0;
  self->cached = rushes_query_get_int (query, CACHED) != 0;
  self->askable = rushes_query_get_int (query, ASKABLE) != 0;
  self->elsewhere = rushes_query_get_int (query, ELSEWHERE) != 0;
  self->turn = rushes_query_get_int (query, TURN);
  self->price = rushes_ledger_read_price (query, LEDGER_KIND);
  if (!rushes_query_is_null (query, CLIP_FILE))
    {
      self->file = g_strdup (rushes_query_get_text (query, CLIP_FILE));
      self->sha256 = g_strdup (rushes_query_get_text (query, CLIP_SHA256));
      self->facts.size = rushes_query_get_int (query, CLIP_SIZE);
      self->facts.duration = rushes_query_get_double (query, CLIP_DURATION);
      self->facts.width = rushes_query_get_int (query, CLIP_WIDTH);
      self->facts.height = rushes_query_get_int (query, CLIP_HEIGHT);
      self->facts.frame_rate = rushes_query_get_double (query, CLIP_FRAME_RATE);
      self->facts.n_frames = rushes_query_get_int (query, CLIP_N_FRAMES);
      self->facts.container = g_intern_string (rushes_query_get_text (query, CLIP_CONTAINER));
      self->facts.video_codec = g_intern_string (rushes_query_get_text (query, CLIP_VIDEO_CODEC));
      self->facts.audio_codec = g_intern_string (rushes_query_get_text (query, CLIP_AUDIO_CODEC));
    }

  return self;
}

RushesTakeRow *
rushes_take_row_load (RushesDatabase *database, const char *id, GError **error)
{
  g_autoptr (RushesQuery) query = NULL;
  g_autoptr (GError) failure = NULL;

  query = rushes_database_query (database, error, SELECT_ROWS " WHERE t.id = ?", "t", id);
  if (query == NULL)
    return NULL;
  if (rushes_query_next (query, &failure))
    return read_row (query);

  if (failure == NULL)
    failure = rushes_error_new (RUSHES_ERROR_NOT_FOUND,
                                /* Translators: %s is the id of a take */
                                _ ("There is no take “%s” in the library."), id);
  g_propagate_error (error, g_steal_pointer (&failure));

  return NULL;
}

GPtrArray *
rushes_take_row_load_since (RushesDatabase *database, gint64 revision, GError **error)
{
  g_autoptr (GPtrArray) rows = g_ptr_array_new_with_free_func ((GDestroyNotify) rushes_take_row_free);
  g_autoptr (RushesQuery) query = NULL;
  g_autoptr (GError) failure = NULL;

  query = rushes_database_query (database, error, SELECT_ROWS " WHERE t.revision > ?", "i", revision);
  if (query == NULL)
    return NULL;
  while (rushes_query_next (query, &failure))
    g_ptr_array_add (rows, read_row (query));
  if (failure != NULL)
    {
      g_propagate_error (error, g_steal_pointer (&failure));
      return NULL;
    }

  return g_steal_pointer (&rows);
}

gboolean
rushes_take_row_touch (RushesDatabase *database, const char *id, GError **error)
{
  return rushes_database_run (database, error,
                              "UPDATE takes SET (attempt_id, state, state_since) = (SELECT id, state, state_since FROM"
                              "   attempts WHERE take_id = takes.id ORDER BY number DESC LIMIT 1),"
                              " revision = (SELECT value + 1 FROM meta WHERE key = 'revision') WHERE id = ?",
                              "t", id);
}

void
rushes_take_row_free (RushesTakeRow *self)
{
  g_free (self->id);
  g_free (self->project_id);
  g_free (self->request);
  g_free (self->provider);
  g_free (self->model);
  g_free (self->prompt);
  g_clear_error (&self->error);
  g_free (self->note);
  g_free (self->saved_to);
  g_free (self->file);
  g_free (self->sha256);
  g_free (self);
}
