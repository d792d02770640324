/* rushes-protocol-read-answer.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "rushes-protocol-private.h"

#include <glib/gi18n.h>
#include <string.h>

#define MAX_LIFETIME (10 * 365 * 86400.0)

/* Stand before every pattern, so that none of them goes on for ever. */
#define LIMITS "(*LIMIT_MATCH=100000)(*LIMIT_DEPTH=1000)"

static const char *const charges[] = { "no", "maybe", "yes", NULL };
static const char *const operations[] = { "submit", "status", "result", "lookup", "cancel",
                                          "test",   "upload", "models", NULL };

/* Nothing is a reply to a stream: its events are replies to the status. */
G_STATIC_ASSERT (G_N_ELEMENTS (operations) == RUSHES_OPERATION_STREAM + 1);

/* ---- the words of states ---- */

/* Those in common use, in small letters. "unknown" and "deleted" tell nothing of how it went. */
static const struct
{
  RushesPhase phase;
  const char *words[20];
} common_words[] = {
  { RUSHES_PHASE_WAITING,
    { "queued", "queue", "queueing", "queuing", "in_queue", "pending", "submitted", "not_start", "not_started",
      "notstarted", "preparing", "created", "starting", "waiting", "accepted", "throttled", "task_status_queued",
      "task_status_pending", NULL } },
  { RUSHES_PHASE_RUNNING,
    { "in_progress", "processing", "running", "generating", "dreaming", "task_status_processing", "task_status_running",
      "unknown", "task_status_unknown", NULL } },
  { RUSHES_PHASE_DONE,
    { "completed", "complete", "success", "succeed", "succeeded", "successful", "finished", "done", "ready",
      "task_status_succeed", "task_status_succeeded", NULL } },
  { RUSHES_PHASE_FAILED,
    { "failed", "failure", "fail", "error", "expired", "rejected", "aborted", "task_status_failed", NULL } },
  { RUSHES_PHASE_CANCELLED, { "cancelled", "canceled", "task_status_canceled", "task_status_cancelled", NULL } },
};

static GHashTable *
new_words (void)
{
  GHashTable *words = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);

  for (guint i = 0; i < G_N_ELEMENTS (common_words); i++)
    for (guint n = 0; common_words[i].words[n] != NULL; n++)
      g_hash_table_insert (words, g_strdup (common_words[i].words[n]), GINT_TO_POINTER (common_words[i].phase));
  return words;
}

static void
read_state (RushesReading *self, RushesJsonReader *reader)
{
  static const char *const members[] = {
    [RUSHES_PHASE_WAITING] = "waiting", [RUSHES_PHASE_RUNNING] = "running",     [RUSHES_PHASE_DONE] = "done",
    [RUSHES_PHASE_FAILED] = "failed",   [RUSHES_PHASE_CANCELLED] = "cancelled",
  };
  gboolean has_state = rushes_json_reader_enter_object (reader, "state");

  self->words = new_words ();
  self->state = has_state ? rushes_paths_read (reader, "at") : g_ptr_array_new ();
  if (!has_state)
    return;
  rushes_json_reader_need (reader, "at", NULL);
  for (guint i = 0; i < G_N_ELEMENTS (members); i++)
    {
      g_auto (GStrv) words = rushes_json_reader_get_strings (reader, members[i]);

      for (guint n = 0; words[n] != NULL; n++)
        g_hash_table_insert (self->words, g_utf8_strdown (words[n], -1), GUINT_TO_POINTER (i));
    }
  rushes_json_reader_leave (reader);
}

/* ---- patterns ---- */

static GRegex *
read_pattern (RushesJsonReader *reader, const char *member, int n_groups)
{
  const char *text = rushes_json_reader_get_string (reader, member, NULL);
  g_autofree char *limited = text != NULL ? g_strconcat (LIMITS, text, NULL) : NULL;
  g_autoptr (GError) error = NULL;
  g_autoptr (GRegex) regex = NULL;

  if (limited == NULL)
    return NULL;
  regex = g_regex_new (limited, G_REGEX_CASELESS, 0, &error);
  if (regex == NULL)
    {
      rushes_json_reader_complain (reader, member, _ ("“%s” is no regular expression."), text);
      return NULL;
    }
  if (g_regex_get_capture_count (regex) < n_groups)
    {
      rushes_json_reader_complain (reader, member, "%s", _ ("a group in parentheses is expected."));
      return NULL;
    }
  return g_steal_pointer (&regex);
}

/* ---- what is there of a task ---- */

static void
read_progress (RushesReading *self, RushesJsonReader *reader)
{
  gboolean has_progress = rushes_json_reader_enter_object (reader, "progress");

  self->progress = has_progress ? rushes_paths_read (reader, "at") : g_ptr_array_new ();
  if (!has_progress)
    return;
  rushes_json_reader_need (reader, "at", NULL);
  self->progress_of = rushes_json_reader_get_integer (reader, "of", 1, 100, 0);
  if (self->progress_of != 0 && self->progress_of != 1 && self->progress_of != 100)
    rushes_json_reader_complain (reader, "of", "%s", _ ("1 or 100 is expected."));
  self->progress_find = read_pattern (reader, "find", 1);
  rushes_json_reader_leave (reader);
}

static void
read_stream (RushesReading *self, RushesJsonReader *reader)
{
  gboolean has_stream = rushes_json_reader_enter_object (reader, "stream");

  self->stream_text = has_stream ? rushes_paths_read (reader, "text") : g_ptr_array_new ();
  self->stream_thoughts = has_stream ? rushes_paths_read (reader, "thoughts") : g_ptr_array_new ();
  self->stream_end = has_stream ? rushes_paths_read (reader, "end") : g_ptr_array_new ();
  if (has_stream)
    rushes_json_reader_leave (reader);
}

static void
read_clips (RushesReading *self, RushesServiceReader *service)
{
  RushesJsonReader *reader = service->reader;
  RushesTemplateNames names = service->names;
  gboolean has_clips = rushes_json_reader_enter_object (reader, "clips");

  self->clip_addresses = has_clips ? rushes_paths_read (reader, "at") : g_ptr_array_new ();
  self->clip_ids = has_clips ? rushes_paths_read (reader, "ids") : g_ptr_array_new ();
  self->clip_texts = has_clips ? rushes_paths_read (reader, "text") : g_ptr_array_new ();
  self->clip_bytes = has_clips ? rushes_paths_read (reader, "inline") : g_ptr_array_new ();
  self->lifetime_at = has_clips ? rushes_paths_read (reader, "lifetime_at") : g_ptr_array_new ();
  self->expires_at = has_clips ? rushes_paths_read (reader, "expires_at") : g_ptr_array_new ();
  if (!has_clips)
    return;

  /* Replies are read on other threads, where nobody asks a model what it can do. */
  names.names = RUSHES_NAMES_TASK;
  if (rushes_json_reader_has (reader, "content"))
    {
      self->clip_content = rushes_template_read_path (reader, "content", &names);
      self->clip_query = rushes_fields_read (service, "query", RUSHES_NAMES_TASK, FALSE);
    }
  self->lifetime = rushes_json_reader_get_number (reader, "lifetime", 1, MAX_LIFETIME, 0);
  rushes_json_reader_leave (reader);
}

static void
read_cost (RushesReading *self, RushesJsonReader *reader)
{
  gboolean has_cost = rushes_json_reader_enter_object (reader, "cost");
  RushesMoney unit;

  self->cost = has_cost ? rushes_paths_read (reader, "at") : g_ptr_array_new ();
  if (!has_cost)
    return;
  rushes_json_reader_need (reader, "at", "currency", NULL);
  self->cost_currency = g_strdup (rushes_json_reader_get_string (reader, "currency", ""));
  if (!g_regex_match_simple ("^([A-Z]{3}|credits:[a-z0-9-]+)$", self->cost_currency, G_REGEX_DOLLAR_ENDONLY, 0))
    rushes_json_reader_complain (reader, "currency", "%s",
                                 _ ("a code of three capital letters or “credits:PROVIDER” is expected."));
  self->cost_unit = g_strdup (rushes_json_reader_get_string (reader, "unit", "1"));
  if (!rushes_money_parse (self->cost_unit, self->cost_currency, &unit) || strlen (self->cost_unit) > 32)
    rushes_json_reader_complain (reader, "unit", "%s", _ ("a decimal number in quotes is expected."));
  rushes_json_reader_leave (reader);
}

/* ---- failures ---- */

static RushesErrorCode
read_error (RushesJsonReader *reader)
{
  static const RushesErrorCode codes[] = {
    RUSHES_ERROR_AUTH,      RUSHES_ERROR_FORBIDDEN,   RUSHES_ERROR_QUOTA,       RUSHES_ERROR_RATE_LIMITED,
    RUSHES_ERROR_REJECTED,  RUSHES_ERROR_BAD_REQUEST, RUSHES_ERROR_UNSUPPORTED, RUSHES_ERROR_MODEL_RETIRED,
    RUSHES_ERROR_NOT_FOUND, RUSHES_ERROR_TIMEOUT,     RUSHES_ERROR_PROVIDER,
  };
  const char *words[G_N_ELEMENTS (codes) + 1] = { NULL };

  for (guint i = 0; i < G_N_ELEMENTS (codes); i++)
    words[i] = rushes_error_code_to_string (codes[i]);
  return codes[rushes_json_reader_get_word (reader, "error", words, G_N_ELEMENTS (codes) - 1)];
}

static void
failure_free (RushesFailure *failure)
{
  g_clear_pointer (&failure->statuses, g_array_unref);
  g_strfreev (failure->codes);
  g_clear_pointer (&failure->words, g_regex_unref);
  g_clear_pointer (&failure->at, g_ptr_array_unref);
  g_strfreev (failure->is);
  g_clear_pointer (&failure->without, g_ptr_array_unref);
  g_free (failure->field);
  g_free (failure);
}

static RushesFailure *
read_failure (RushesJsonReader *reader)
{
  RushesFailure *failure = g_new0 (RushesFailure, 1);

  rushes_json_reader_need (reader, "error", NULL);
  failure->statuses = rushes_statuses_read (reader, "status");
  failure->codes = rushes_scalars_read (reader, "code");
  failure->words = read_pattern (reader, "words", 0);
  if (rushes_json_reader_has (reader, "at"))
    failure->at = rushes_paths_read (reader, "at");
  failure->is = rushes_scalars_read (reader, "is");
  if (rushes_json_reader_has (reader, "without"))
    failure->without = rushes_paths_read (reader, "without");
  if ((failure->is != NULL || failure->without != NULL) && failure->at == NULL)
    rushes_json_reader_complain (reader, NULL, _ ("“%s” is missing."), "at");
  if (rushes_json_reader_enter_list (reader, "in"))
    {
      while (rushes_json_reader_next (reader))
        failure->in |= 1u << rushes_json_reader_get_word (reader, NULL, operations, 0);
      rushes_json_reader_leave (reader);
    }
  if (failure->statuses == NULL && failure->codes == NULL && failure->words == NULL && failure->at == NULL &&
      failure->in == 0)
    rushes_json_reader_complain (reader, NULL, "%s", _ ("nothing says which failure this is."));

  failure->error = read_error (reader);
  failure->charged = rushes_json_reader_get_word (reader, "charged", charges, -1);
  failure->retry =
      rushes_json_reader_has (reader, "retry") ? rushes_json_reader_get_boolean (reader, "retry", FALSE) : -1;
  failure->field = g_strdup (rushes_json_reader_get_string (reader, "field", NULL));
  return failure;
}

static void
read_fine (RushesReading *self, RushesJsonReader *reader)
{
  gboolean has_fine = rushes_json_reader_enter_object (reader, "fine");

  self->fine = has_fine ? rushes_paths_read (reader, "at") : g_ptr_array_new ();
  if (!has_fine)
    return;
  rushes_json_reader_need (reader, "at", "is", NULL);
  self->fine_is = rushes_scalars_read (reader, "is");
  rushes_json_reader_leave (reader);
}

static void
read_failures (RushesReading *self, RushesJsonReader *reader)
{
  self->failures = g_ptr_array_new_with_free_func ((GDestroyNotify) failure_free);
  if (rushes_json_reader_enter_list (reader, "failures"))
    {
      while (rushes_json_reader_next (reader))
        if (rushes_json_reader_enter_object (reader, NULL))
          {
            g_ptr_array_add (self->failures, read_failure (reader));
            rushes_json_reader_leave (reader);
          }
      rushes_json_reader_leave (reader);
    }

  for (guint i = 0; i < G_N_ELEMENTS (self->charged); i++)
    self->charged[i] = -1;
  if (rushes_json_reader_enter_object (reader, "charged"))
    {
      for (guint i = 0; i < G_N_ELEMENTS (self->charged); i++)
        self->charged[i] = rushes_json_reader_get_word (reader, rushes_error_code_to_string (i), charges, -1);
      rushes_json_reader_leave (reader);
    }
}

/* ---- all of it ---- */

void
rushes_reading_free (RushesReading *self)
{
  GPtrArray **const lists[] = { &self->task,        &self->status_address,  &self->state,      &self->progress,
                                &self->place,       &self->clip_addresses,  &self->clip_texts, &self->clip_bytes,
                                &self->lifetime_at, &self->expires_at,      &self->cost,       &self->message,
                                &self->stream_text, &self->stream_thoughts, &self->code,       &self->fine,
                                &self->stream_end,  &self->retry_after,     &self->failures,   &self->clip_ids };

  for (guint i = 0; i < G_N_ELEMENTS (lists); i++)
    g_clear_pointer (lists[i], g_ptr_array_unref);
  g_clear_pointer (&self->words, g_hash_table_unref);
  g_clear_pointer (&self->progress_find, g_regex_unref);
  g_clear_pointer (&self->clip_content, rushes_template_free);
  g_clear_pointer (&self->clip_query, g_ptr_array_unref);
  g_free (self->cost_currency);
  g_free (self->cost_unit);
  g_strfreev (self->fine_is);
  g_free (self);
}

RushesReading *
rushes_reading_read (RushesServiceReader *service)
{
  RushesJsonReader *reader = service->reader;
  RushesReading *self = g_new0 (RushesReading, 1);

  self->task = rushes_paths_read (reader, "task");
  self->status_address = rushes_paths_read (reader, "status_address");
  read_state (self, reader);
  read_progress (self, reader);
  read_stream (self, reader);
  self->place = rushes_paths_read (reader, "place");
  read_clips (self, service);
  read_cost (self, reader);
  self->message = rushes_paths_read (reader, "message");
  self->code = rushes_paths_read (reader, "code");
  self->retry_after = rushes_paths_read (reader, "retry_after");
  read_fine (self, reader);
  read_failures (self, reader);
  return self;
}
