/* rushes-protocol-answer.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "rushes-protocol-private.h"

#include <glib/gi18n.h>
#include <math.h>
#include <string.h>

/* Statuses that say, in the service's own words, that nothing was accepted; 503 does when it says when to come back. */
static const guint usual_refusals[] = { 400, 401, 402, 403, 404, 405, 413, 415, 422, 429 };

/* Of a text in which a pattern looks for progress. */
#define MAX_LOG (64 * 1024)

/* What one reply is read with. */
typedef struct
{
  RushesProtocol *protocol;
  RushesOperation operation;
  const RushesTask *task;
  const RushesReading *rules;
  const RushesCall *call;
  RushesView view;
  char *word; /* the state; NULL */
  int phase;  /* RushesPhase; -1 when there is no word, or one that is not known */
} Reading;

static void
reading_init (Reading *self,
              RushesProtocol *protocol,
              RushesOperation operation,
              const RushesTask *task,
              RushesHttpReply *reply)
{
  gpointer phase;

  self->protocol = protocol;
  self->operation = operation;
  self->task = task;
  self->rules = rushes_protocol_get_reading (protocol, task);
  self->call = rushes_protocol_get_call (protocol, task, operation);
  self->phase = -1;
  rushes_view_init (&self->view, reply);
  rushes_view_join_stream (&self->view, self->rules);

  self->word = rushes_view_find_text (&self->view, self->rules->state, NULL);
  if (self->word != NULL)
    {
      g_autofree char *lower = g_utf8_strdown (self->word, -1);

      if (g_hash_table_lookup_extended (self->rules->words, g_strstrip (lower), NULL, &phase))
        self->phase = GPOINTER_TO_INT (phase);
    }
}

static void
reading_clear (Reading *self)
{
  rushes_view_clear (&self->view);
  g_free (self->word);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Reading, reading_clear)

/* ---- how far it is ---- */

/* The last one: what was printed before is over. No more than the end of a text is looked at. */
static char *
find_in_text (const GRegex *pattern, const char *text)
{
  g_autoptr (GMatchInfo) match = NULL;
  gsize length = strlen (text);
  char *last = NULL;

  if (length > MAX_LOG)
    text = g_utf8_find_next_char (text + length - MAX_LOG - 1, NULL);
  if (!g_utf8_validate (text, -1, NULL))
    return NULL;
  for (g_regex_match (pattern, text, 0, &match); g_match_info_matches (match); g_match_info_next (match, NULL))
    {
      g_free (last);
      last = g_match_info_fetch (match, 1);
    }
  return last;
}

/* "42%", 42, 0.42: without a sign or a scale a whole number is of a hundred, and a fraction is one. */
static double
read_progress (const RushesReading *rules, const char *text)
{
  char *end;
  double number = g_ascii_strtod (text, &end);
  gboolean is_whole = end != text && memchr (text, '.', end - text) == NULL;

  if (end == text || !isfinite (number))
    return -1;
  while (g_ascii_isspace (*end))
    end++;
  if (*end == '%' || rules->progress_of == 100)
    number /= 100;
  else if (rules->progress_of != 1 && (number > 1 || is_whole))
    number /= 100;
  return CLAMP (number, 0, 1);
}

double
rushes_protocol_find_progress (const RushesReading *rules, const RushesView *view)
{
  g_autoptr (GPtrArray) texts = rushes_view_find_texts (view, rules->progress);

  for (guint i = texts->len; i > 0; i--)
    {
      const char *text = g_ptr_array_index (texts, i - 1);
      g_autofree char *found =
          rules->progress_find != NULL ? find_in_text (rules->progress_find, text) : g_strdup (text);
      double progress = found != NULL ? read_progress (rules, found) : -1;

      if (progress >= 0)
        return progress;
    }
  return -1;
}

static int
find_place (const Reading *self)
{
  g_autofree char *text = rushes_view_find_text (&self->view, self->rules->place, NULL);
  guint64 place;

  return text != NULL && g_ascii_string_to_unsigned (text, 10, 0, G_MAXINT, &place, NULL) ? (int) place : -1;
}

/* ---- what becomes of it ---- */

static RushesAnswer *
new_answer (const Reading *self, RushesPhase phase)
{
  RushesAnswer *answer = rushes_answer_new (phase);

  answer->progress = rushes_protocol_find_progress (self->rules, &self->view);
  answer->place = find_place (self);
  answer->cost = rushes_protocol_read_cost (self->protocol, self->task, &self->view);
  answer->words = self->word != NULL ? rushes_clean_words (self->word) : NULL;
  return answer;
}

static RushesAnswer *
new_failed_answer (const Reading *self, const RushesFailure *failure)
{
  RushesAnswer *answer = new_answer (self, RUSHES_PHASE_FAILED);

  answer->error = rushes_protocol_make_task_error (self->protocol, self->task, self->operation, &self->view, failure,
                                                   self->word, &answer->cost);
  return answer;
}

static const RushesFailure *
match (const Reading *self, gboolean only_at)
{
  return rushes_protocol_match (self->protocol, self->task, self->operation, &self->view, only_at);
}

static GError *
make_error (const Reading *self, const RushesFailure *failure)
{
  return rushes_protocol_make_error (self->protocol, self->task, self->operation, &self->view, failure);
}

/* A word that nobody knows means that it goes on; none but a clip, that it is done. A submit that says nothing more was
 * accepted. */
static RushesPhase
find_phase (const Reading *self)
{
  if (self->phase >= 0)
    return self->phase;
  if (self->word != NULL)
    return RUSHES_PHASE_RUNNING;
  if (rushes_protocol_has_clips (self->protocol, self->task, &self->view))
    return RUSHES_PHASE_DONE;
  return self->operation == RUSHES_OPERATION_SUBMIT ? RUSHES_PHASE_WAITING : RUSHES_PHASE_RUNNING;
}

/* The answer of a good reply about a task that there is. */
static RushesAnswer *
read_task (const Reading *self, GFile *spool, const char *task_id, GError **error)
{
  const RushesFailure *disguised = match (self, TRUE);
  g_autoptr (RushesAnswer) answer = NULL;
  RushesPhase phase = find_phase (self);

  if (disguised != NULL)
    return new_failed_answer (self, disguised);
  if (phase == RUSHES_PHASE_FAILED ||
      (phase == RUSHES_PHASE_DONE && rushes_protocol_is_unfine (self->protocol, self->task, &self->view)))
    return new_failed_answer (self, match (self, FALSE));

  answer = new_answer (self, phase);
  answer->task_id = g_strdup (task_id);
  if (phase == RUSHES_PHASE_DONE &&
      !rushes_protocol_read_clips (self->protocol, self->task, &self->view, spool, answer, error))
    return NULL;
  return g_steal_pointer (&answer);
}

/* ---- a reply to the submit ---- */

static GError *
make_redirect_error (const Reading *self)
{
  const char *location = soup_message_headers_get_one (self->view.reply->headers, "Location");
  g_autofree char *cut = location != NULL ? g_strndup (location, strcspn (location, "?#")) : NULL;
  g_autofree char *clean = cut != NULL ? rushes_clean_words (cut) : NULL;
  GError *error =
      clean != NULL
          /* Translators: %s is an address. */
          ? rushes_error_new (RUSHES_ERROR_BAD_REQUEST,
                              _ ("The address answers with a redirect to %s; set the base URL."), clean)
          : rushes_error_new (RUSHES_ERROR_BAD_REQUEST, "%s",
                              _ ("The address answers with a redirect that leads nowhere; check the base URL."));

  rushes_error_set_http_status (error, self->view.reply->status);
  rushes_error_set_charged (error, RUSHES_CHARGED_MAYBE);
  return error;
}

static gboolean
is_refusal (const Reading *self)
{
  guint status = self->view.reply->status;
  SoupMessageHeaders *headers = self->view.reply->headers;

  if (self->call != NULL && self->call->statuses != NULL)
    return rushes_statuses_have (self->call->statuses, status);
  for (guint i = 0; i < G_N_ELEMENTS (usual_refusals); i++)
    if (usual_refusals[i] == status)
      return TRUE;
  return status == 503 && (soup_message_headers_get_one (headers, "Retry-After") != NULL ||
                           soup_message_headers_get_one (headers, "retry-after-ms") != NULL);
}

/* Whether sending it again may help: it was refused for the moment only. */
static gboolean
is_momentary (const Reading *self, const GError *error)
{
  guint status = self->view.reply->status;

  return (status == 429 || status == 503) &&
         (error->code == RUSHES_ERROR_RATE_LIMITED || error->code == RUSHES_ERROR_PROVIDER);
}

/* "Failures of the server cost nothing" is true of tasks. That a submit was not accepted is known from the service's
 * own words, or when the description says so of submits. */
static gboolean
speaks_of_submits (const RushesFailure *failure)
{
  return failure->codes != NULL || failure->words != NULL || failure->at != NULL ||
         (failure->in & (1u << RUSHES_OPERATION_SUBMIT)) != 0;
}

static void
warn_of_charge (const Reading *self, GError *error)
{
  g_autofree char *sentence =
      /* Translators: a provider, and an HTTP status such as 502. */
      g_strdup_printf (_ ("%s has a failure of its own (%u). It may have accepted and charged this all the same: look "
                          "into your account there before you submit it once more."),
                       self->protocol->name, self->view.reply->status);

  g_set_str (&error->message, sentence);
  rushes_error_set_warns (error, TRUE);
}

/* The error of a submit that was answered with a status that is no success. */
static GError *
make_refusal (const Reading *self)
{
  const RushesFailure *failure = match (self, FALSE);
  GError *error = make_error (self, failure);
  gboolean refused =
      is_refusal (self) && rushes_protocol_is_own_words (self->protocol, self->task, self->operation, &self->view);
  RushesCharged charged = refused ? RUSHES_CHARGED_NO : RUSHES_CHARGED_MAYBE;

  if (failure != NULL && failure->charged >= 0 && (refused || speaks_of_submits (failure)))
    charged = failure->charged;
  rushes_error_set_charged (error, charged);
  if (failure == NULL || failure->retry < 0)
    rushes_error_set_retryable (error, is_momentary (self, error));
  /* What may have been accepted is never sent again by itself, and nobody is told to do so. */
  if (charged != RUSHES_CHARGED_NO)
    {
      rushes_error_set_retryable (error, FALSE);
      if (error->code == RUSHES_ERROR_PROVIDER)
        warn_of_charge (self, error);
    }
  return error;
}

/* The error of a submit with a good status whose body says that it was not accepted. */
static GError *
make_disguised_refusal (const Reading *self, const RushesFailure *failure)
{
  GError *error = make_error (self, failure);
  gboolean is_clear = failure != NULL && error->code != RUSHES_ERROR_PROVIDER && error->code != RUSHES_ERROR_TIMEOUT;
  RushesCharged charged = is_clear ? RUSHES_CHARGED_NO : RUSHES_CHARGED_MAYBE;

  if (failure != NULL && failure->charged >= 0)
    charged = failure->charged;
  /* What gave an address first had made something before it failed. */
  if (rushes_protocol_has_clips (self->protocol, self->task, &self->view))
    charged = RUSHES_CHARGED_MAYBE;
  rushes_error_set_charged (error, charged);
  if (failure == NULL || failure->retry < 0)
    rushes_error_set_retryable (error, error->code == RUSHES_ERROR_RATE_LIMITED);
  if (charged != RUSHES_CHARGED_NO)
    rushes_error_set_retryable (error, FALSE);
  return error;
}

/* A good reply with neither a task nor a clip. What a language model wrote instead is shown. */
static GError *
make_empty_error (const Reading *self)
{
  g_autofree char *prose = rushes_view_join_texts (&self->view, self->rules->clip_texts);
  GError *error;

  if (self->rules->clip_texts->len > 0 && rushes_view_has_json (&self->view))
    /* Translators: %s is a provider. */
    error = rushes_error_new (RUSHES_ERROR_PROTOCOL, _ ("%s answered without a clip."), self->protocol->name);
  else
    return rushes_protocol_make_protocol_error (self->protocol, &self->view);

  if (*g_strstrip (prose) != '\0')
    {
      g_autofree char *clean = rushes_clean_words (prose);

      rushes_error_set_words (error, clean);
    }
  rushes_error_set_http_status (error, self->view.reply->status);
  return error;
}

/* Of an answer that was cut short, nothing is known but what it said until then. */
static GError *
make_cut_error (void)
{
  return rushes_error_new (RUSHES_ERROR_PROTOCOL, "%s", _ ("The answer that was kept is not whole."));
}

/* FALSE with an error when the id cannot be taken exactly. */
static gboolean
find_task_id (const Reading *self, char **task_id, GError **error)
{
  g_autoptr (GError) problem = NULL;

  *task_id = rushes_view_find_text (&self->view, self->rules->task, &problem);
  if (problem == NULL)
    return TRUE;
  rushes_error_set_charged (problem, RUSHES_CHARGED_MAYBE);
  g_propagate_error (error, g_steal_pointer (&problem));
  return FALSE;
}

static void
set_task (const Reading *self, RushesAnswer *answer, const char *task_id)
{
  const char *address = self->view.reply->address != NULL ? self->view.reply->address : self->task->base_url;

  g_set_str (&answer->task_id, task_id);
  answer->host = address != NULL ? rushes_origin_of (address) : NULL;
  answer->poll_target = rushes_view_find_text (&self->view, self->rules->status_address, NULL);
}

static RushesAnswer *
read_submit (const Reading *self, GFile *spool, GError **error)
{
  RushesHttpReply *reply = self->view.reply;
  gboolean is_good = rushes_http_reply_is_good (reply);
  gboolean is_live =
      self->phase == RUSHES_PHASE_WAITING || self->phase == RUSHES_PHASE_RUNNING || self->phase == RUSHES_PHASE_DONE;
  g_autofree char *task_id = NULL;
  g_autoptr (RushesAnswer) answer = NULL;
  const RushesFailure *disguised;

  if (reply->cut && !self->view.is_stream)
    {
      GError *cut = make_cut_error ();

      rushes_error_set_charged (cut, RUSHES_CHARGED_MAYBE);
      g_propagate_error (error, cut);
      return NULL;
    }
  if (SOUP_STATUS_IS_REDIRECTION (reply->status))
    {
      g_propagate_error (error, make_redirect_error (self));
      return NULL;
    }
  if (!find_task_id (self, &task_id, error))
    return NULL;

  /* A job may lie in a reply with a bad status. A refusal may bear an id, too, but no state of a job that goes on. */
  if (!is_good && (task_id == NULL || (!is_live && is_refusal (self))))
    {
      g_propagate_error (error, make_refusal (self));
      return NULL;
    }

  disguised = is_good ? match (self, TRUE) : NULL;
  if (task_id == NULL && (disguised != NULL || self->phase == RUSHES_PHASE_FAILED ||
                          rushes_protocol_is_unfine (self->protocol, self->task, &self->view)))
    {
      g_propagate_error (error, make_disguised_refusal (self, disguised != NULL ? disguised : match (self, FALSE)));
      return NULL;
    }
  if (task_id == NULL && !rushes_protocol_has_clips (self->protocol, self->task, &self->view))
    {
      GError *empty = reply->cut ? make_cut_error () : make_empty_error (self);

      rushes_error_set_charged (empty, RUSHES_CHARGED_MAYBE);
      g_propagate_error (error, empty);
      return NULL;
    }

  answer = read_task (self, spool, task_id, error);
  if (answer == NULL)
    {
      if (error != NULL && *error != NULL)
        rushes_error_set_charged (*error, RUSHES_CHARGED_MAYBE);
      return NULL;
    }
  set_task (self, answer, task_id);
  return g_steal_pointer (&answer);
}

/* ---- a reply about a task ---- */

/* The key and the balance never end a task, with whatever status a service speaks of them. */
static gboolean
is_about_key (const RushesFailure *failure)
{
  return failure != NULL && (failure->error == RUSHES_ERROR_AUTH || failure->error == RUSHES_ERROR_FORBIDDEN ||
                             failure->error == RUSHES_ERROR_QUOTA);
}

/* A bad status is the question's own failure, unless the body speaks of the task, or the description says so. */
static RushesAnswer *
read_bad_status (const Reading *self, GError **error)
{
  const RushesFailure *failure;

  if (self->phase == RUSHES_PHASE_FAILED)
    return new_failed_answer (self, match (self, FALSE));
  if (self->phase == RUSHES_PHASE_CANCELLED)
    return new_answer (self, RUSHES_PHASE_CANCELLED);

  failure = match (self, FALSE);
  if (self->call != NULL && rushes_statuses_have (self->call->statuses, self->view.reply->status) &&
      !is_about_key (failure) &&
      rushes_protocol_is_own_words (self->protocol, self->task, self->operation, &self->view))
    return new_failed_answer (self, failure);

  if (SOUP_STATUS_IS_REDIRECTION (self->view.reply->status))
    g_propagate_error (error, make_redirect_error (self));
  else
    {
      GError *problem = make_error (self, failure);

      if (failure == NULL || failure->retry < 0)
        rushes_error_set_retryable (problem, problem->code == RUSHES_ERROR_RATE_LIMITED ||
                                                 problem->code == RUSHES_ERROR_PROVIDER);
      g_propagate_error (error, problem);
    }
  return NULL;
}

static RushesAnswer *
read_question (const Reading *self, GFile *spool, GError **error)
{
  gboolean is_ended =
      self->phase == RUSHES_PHASE_DONE || self->phase == RUSHES_PHASE_FAILED || self->phase == RUSHES_PHASE_CANCELLED;

  if (!rushes_http_reply_is_good (self->view.reply))
    return read_bad_status (self, error);

  if (!is_ended && match (self, TRUE) == NULL && rushes_protocol_is_unfine (self->protocol, self->task, &self->view))
    {
      GError *problem = make_error (self, match (self, FALSE));

      rushes_error_set_retryable (problem, TRUE);
      g_propagate_error (error, problem);
      return NULL;
    }
  /* A clip, JSON, or with 202 and the like nothing at all: anything else is of somebody in between, or broke off. */
  if (!rushes_view_has_json (&self->view) && !rushes_view_is_clip (&self->view) &&
      (!rushes_view_is_empty (&self->view) || self->view.reply->status == SOUP_STATUS_OK))
    {
      g_propagate_error (error, rushes_protocol_make_protocol_error (self->protocol, &self->view));
      return NULL;
    }
  if (self->operation == RUSHES_OPERATION_RESULT && self->word == NULL && match (self, TRUE) == NULL)
    {
      g_autoptr (RushesAnswer) answer = new_answer (self, RUSHES_PHASE_DONE);

      return rushes_protocol_read_clips (self->protocol, self->task, &self->view, spool, answer, error)
                 ? g_steal_pointer (&answer)
                 : NULL;
    }
  return read_task (self, spool, NULL, error);
}

RushesAnswer *
rushes_protocol_read_answer (RushesProtocol *self,
                             RushesOperation operation,
                             const RushesTask *task,
                             RushesHttpReply *reply,
                             GFile *spool,
                             GError **error)
{
  g_auto (Reading) reading = { 0 };
  g_autoptr (GError) problem = NULL;
  RushesAnswer *answer;

  g_return_val_if_fail (RUSHES_IS_PROTOCOL (self) && task != NULL && reply != NULL && spool != NULL, NULL);
  g_return_val_if_fail (operation <= RUSHES_OPERATION_RESULT, NULL);

  reading_init (&reading, self, operation, task, reply);
  answer = operation == RUSHES_OPERATION_SUBMIT ? read_submit (&reading, spool, &problem)
                                                : read_question (&reading, spool, &problem);
  if (problem != NULL)
    g_propagate_error (error, g_steal_pointer (&problem));
  return answer;
}

/* ---- a reply about our own id ---- */

static GError *
make_unknown_error (const Reading *self)
{
  /* Translators: %s is a provider. */
  GError *error = rushes_error_new (RUSHES_ERROR_NOT_FOUND, _ ("%s does not know of this take."), self->protocol->name);

  rushes_error_set_http_status (error, self->view.reply->status);
  return error;
}

/* Only the service itself can say that there is no such task: a page of somebody in between cannot. */
static GError *
make_lookup_error (const Reading *self, const RushesFailure *failure)
{
  g_autoptr (GError) error = make_error (self, failure);

  if (error->code != RUSHES_ERROR_NOT_FOUND)
    return g_steal_pointer (&error);
  return rushes_protocol_is_own_words (self->protocol, self->task, self->operation, &self->view)
             ? make_unknown_error (self)
             : rushes_protocol_make_protocol_error (self->protocol, &self->view);
}

/* Where the service repeats our id, a task under another one is somebody else's. */
static gboolean
is_ours (const Reading *self)
{
  g_autofree char *echo = NULL;

  if (self->call == NULL || self->call->echo == NULL)
    return TRUE;
  echo = rushes_view_find_text (&self->view, self->call->echo, NULL);
  return g_strcmp0 (echo, self->task->own_id) == 0;
}

static RushesAnswer *
read_lookup (const Reading *self, GError **error)
{
  gboolean is_good = rushes_http_reply_is_good (self->view.reply);
  const RushesFailure *failure = match (self, is_good);
  g_autofree char *task_id = NULL;
  RushesAnswer *answer;

  if (!is_good || failure != NULL || rushes_protocol_is_unfine (self->protocol, self->task, &self->view))
    {
      g_propagate_error (error, make_lookup_error (self, failure != NULL ? failure : match (self, FALSE)));
      return NULL;
    }
  if (!find_task_id (self, &task_id, error))
    return NULL;
  if (!rushes_view_has_json (&self->view) || (task_id != NULL && !is_ours (self)))
    {
      g_propagate_error (error, rushes_protocol_make_protocol_error (self->protocol, &self->view));
      return NULL;
    }
  if (task_id == NULL)
    {
      g_propagate_error (error, make_unknown_error (self));
      return NULL;
    }

  answer = rushes_answer_new (RUSHES_PHASE_RUNNING);
  set_task (self, answer, task_id);
  return answer;
}

RushesAnswer *
rushes_protocol_read_lookup (RushesProtocol *self, const RushesTask *task, RushesHttpReply *reply, GError **error)
{
  g_auto (Reading) reading = { 0 };

  g_return_val_if_fail (RUSHES_IS_PROTOCOL (self) && task != NULL && reply != NULL, NULL);

  reading_init (&reading, self, RUSHES_OPERATION_LOOKUP, task, reply);
  return read_lookup (&reading, error);
}

/* ---- consent ---- */

/* A status that the description calls good is so as long as nothing is said against the key. */
static gboolean
is_good_test (const Reading *self, const RushesFailure *failure)
{
  guint status = self->view.reply->status;

  if (failure != NULL && (failure->error == RUSHES_ERROR_AUTH || failure->error == RUSHES_ERROR_FORBIDDEN))
    return FALSE;
  return self->call != NULL && self->call->statuses != NULL ? rushes_statuses_have (self->call->statuses, status)
                                                            : status == 200;
}

/* Whether the reply has the marks of the service: whatever runs at an address answers to somebody who knocks. */
static gboolean
bears_marks (const Reading *self)
{
  const RushesCall *call = self->call;
  g_autoptr (GPtrArray) found = NULL;
  g_autofree char *other = NULL;

  if (!rushes_view_has_json (&self->view))
    return FALSE;
  if (call == NULL || call->at == NULL)
    return TRUE;
  if (call->without != NULL && (other = rushes_view_find_text (&self->view, call->without, NULL)) != NULL)
    return FALSE;
  found = rushes_view_find_texts (&self->view, call->at);
  for (guint i = 0; i < found->len; i++)
    if (call->is == NULL || g_strv_contains ((const char *const *) call->is, g_ptr_array_index (found, i)))
      return TRUE;
  return FALSE;
}

static GError *
make_consent_error (const Reading *self, const RushesFailure *failure, gboolean is_elsewhere)
{
  const char *name = self->protocol->name;
  guint status = self->view.reply->status;
  GError *error;

  if (is_elsewhere)
    /* Translators: %s is a provider. */
    error = rushes_error_new (RUSHES_ERROR_PROTOCOL, _ ("The address answers, but not as %s does. Check the base URL."),
                              name);
  else if (self->operation == RUSHES_OPERATION_CANCEL && failure == NULL && (status == 405 || status == 501))
    error = rushes_error_new (RUSHES_ERROR_UNSUPPORTED, _ ("%s cannot cancel this task."), name);
  else
    return make_error (self, failure);
  rushes_error_set_http_status (error, status);
  return error;
}

gboolean
rushes_protocol_read_consent (RushesProtocol *self,
                              RushesOperation operation,
                              const RushesTask *task,
                              RushesHttpReply *reply,
                              GError **error)
{
  g_auto (Reading) reading = { 0 };
  const RushesFailure *failure;
  gboolean is_test = operation == RUSHES_OPERATION_TEST;
  gboolean is_fine, is_good;

  g_return_val_if_fail (RUSHES_IS_PROTOCOL (self) && reply != NULL, FALSE);
  g_return_val_if_fail (operation == RUSHES_OPERATION_CANCEL || operation == RUSHES_OPERATION_MODELS || is_test, FALSE);

  reading_init (&reading, self, operation, task, reply);
  is_fine = rushes_http_reply_is_good (reply) && !rushes_protocol_is_unfine (self, task, &reading.view);
  failure = match (&reading, is_fine);
  is_good = is_test ? is_good_test (&reading, failure) : is_fine && failure == NULL;
  if (is_good && (operation == RUSHES_OPERATION_CANCEL || bears_marks (&reading)))
    return TRUE;
  g_propagate_error (error, make_consent_error (&reading, failure, is_good));
  return FALSE;
}
