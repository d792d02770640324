/* rushes-pipeline-ask.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "rushes-pipeline-private.h"

#include <glib/gi18n.h>

#include "rushes-async.h"

/* "Check Again": one question about an attempt that nobody waits for, and what follows from the answer. */

static gboolean
has_ended (RushesPipeline *self)
{
  return rushes_take_state_is_end (self->attempt->state);
}

/* The attempt stays what it is, with these words. */
static gboolean
note_words (RushesPipeline *self, const GError *words, GError **error)
{
  RushesStep step = { .to = self->attempt->state, .error = words };

  rushes_pipeline_advance (self, &step, error);
  return FALSE;
}

static gboolean
hear (RushesPipeline *self, const RushesAnswer *answer, GError **error)
{
  RushesStep step = { .to = RUSHES_TAKE_STATE_RUNNING, .wanted = TRUE };
  g_autoptr (GError) failure = NULL;

  if (answer->cost.kind == RUSHES_PRICE_REPORTED)
    step.cost = &answer->cost;

  switch (answer->phase)
    {
    case RUSHES_PHASE_FAILED:
      failure = rushes_pipeline_translate (self, answer->error);
      if (rushes_pipeline_doubts (self, failure))
        {
          g_propagate_error (error, rushes_pipeline_blame_key (self));
          return FALSE;
        }
      return has_ended (self) ? note_words (self, failure, error)
                              : rushes_pipeline_fail (self, g_steal_pointer (&failure), error);

    case RUSHES_PHASE_CANCELLED:
      return !has_ended (self) && rushes_pipeline_end_wished (self, RUSHES_CHARGED_MAYBE, error);

    case RUSHES_PHASE_DONE:
      /* Without a clip it is waited for like any other that says so. */
      if (answer->outputs != NULL && answer->outputs->len > 0)
        {
          step.to = RUSHES_TAKE_STATE_DOWNLOADING;
          step.outputs = answer->outputs;
        }
      return rushes_pipeline_advance (self, &step, error);

    case RUSHES_PHASE_WAITING:
    case RUSHES_PHASE_RUNNING:
    default:
      return rushes_pipeline_advance (self, &step, error);
    }
}

static gboolean
ask_about_task (RushesPipeline *self, GError **error)
{
  g_autoptr (DexFuture) question = rushes_provider_poll (self->provider, rushes_pipeline_get_job (self));
  g_autoptr (GError) problem = NULL;
  const GValue *value = rushes_pipeline_await (self, question, FALSE, &problem);

  if (value != NULL)
    return hear (self, g_value_get_boxed (value), error);
  if (problem != NULL)
    g_propagate_error (error, rushes_pipeline_translate_reply (self, problem));
  return FALSE;
}

/* Without a task only what arrived in answer to the submit can tell, and what the provider knows under our own id. */
static gboolean
ask_without_task (RushesPipeline *self, GError **error)
{
  g_autoptr (GError) problem = NULL;
  g_autoptr (GError) words = NULL;
  gboolean go_on = rushes_pipeline_recover (self, &words, &problem);

  if (problem != NULL)
    g_propagate_error (error, g_steal_pointer (&problem));
  if (go_on || self->lost || rushes_pipeline_is_stopped (self) || *error != NULL ||
      self->attempt->state != RUSHES_TAKE_STATE_UNCONFIRMED)
    return go_on;
  if (rushes_pipeline_is_news (self, words))
    return note_words (self, words, error);
  if (words != NULL)
    {
      g_propagate_error (error, g_steal_pointer (&words));
      return FALSE;
    }

  words = rushes_error_new (
      RUSHES_ERROR_NOT_FOUND,
      /* Translators: %s is a provider. */
      _ ("%s gave no answer that can be asked about. Look into your account there, then submit it again "
         "or forget it."),
      rushes_provider_get_name (self->provider));
  rushes_error_set_charged (words, RUSHES_CHARGED_MAYBE);
  return note_words (self, words, error);
}

/* Without a task to ask about, but with the address of a clip that was paid for and did not arrive. */
static gboolean
fetch_again (RushesPipeline *self, GError **error)
{
  RushesStep step = { .to = RUSHES_TAKE_STATE_DOWNLOADING, .wanted = TRUE };

  return self->attempt->charged != RUSHES_CHARGED_NO && self->attempt->outputs->len > 0 &&
         rushes_pipeline_advance (self, &step, error);
}

static gboolean
ask (RushesPipeline *self, GError **error)
{
  switch (self->attempt->state)
    {
    /* An older one, whose process went. */
    case RUSHES_TAKE_STATE_RUNNING:
    case RUSHES_TAKE_STATE_DOWNLOADING:
      return TRUE;

    case RUSHES_TAKE_STATE_FAILED:
    case RUSHES_TAKE_STATE_CANCELLED:
    case RUSHES_TAKE_STATE_EXPIRED:
    case RUSHES_TAKE_STATE_UNCONFIRMED:
    case RUSHES_TAKE_STATE_LEFT:
      if (self->attempt->task_id != NULL)
        return ask_about_task (self, error);
      if (self->attempt->state == RUSHES_TAKE_STATE_UNCONFIRMED)
        return ask_without_task (self, error);
      return fetch_again (self, error);

    case RUSHES_TAKE_STATE_QUEUED:
    case RUSHES_TAKE_STATE_PREPARING:
    case RUSHES_TAKE_STATE_SUBMITTING:
    case RUSHES_TAKE_STATE_READY:
    default:
      return FALSE;
    }
}

static DexFuture *
ask_fiber (gpointer data)
{
  RushesPipeline *self = data;
  g_autoptr (GError) error = NULL;
  gboolean go_on = ask (self, &error);

  if (error != NULL)
    return dex_future_new_for_error (g_steal_pointer (&error));
  if (self->lost)
    return dex_future_new_for_error (
        rushes_error_new (RUSHES_ERROR_BAD_REQUEST, "%s",
                          _ ("Rushes works on this take elsewhere, in its window or on a command line.")));
  return dex_future_new_for_boolean (go_on);
}

DexFuture *
rushes_pipeline_ask (RushesPipeline *self, const RushesAttempt *attempt)
{
  double time_limit;

  dex_return_error_if_fail (RUSHES_IS_PIPELINE (self));
  dex_return_error_if_fail (self->attempt == NULL && attempt != NULL);

  time_limit = self->patience.time_limit;
  rushes_pipeline_take_on (self, rushes_attempt_copy (attempt));
  /* Who asks wants it after all, even if they had stopped waiting for it, and whatever was said of that. */
  self->patience.time_limit = time_limit;
  dex_unref (self->wish);
  self->wish = dex_promise_new ();
  self->asked = TRUE;
  /* A question never begins another attempt, whatever the answer is. */
  self->patience.tries = 0;
  return rushes_async_spawn (ask_fiber, g_object_ref (self), g_object_unref);
}
