/* rushes-pipeline-submit.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "rushes-pipeline-private.h"

#include <glib/gi18n.h>

#include "rushes-spool.h"

/* Nobody knows whether it was accepted: perhaps the provider does, else a person is asked. @doubt is taken. Where
 * @words is not NULL the attempt was in doubt before, and what was heard anew is said there. */
static gboolean
find_out (RushesPipeline *self, GError *doubt, GError **words, GError **error)
{
  g_autoptr (GError) taken = doubt;
  g_autoptr (GError) heard = NULL;
  g_autoptr (GError) problem = NULL;
  RushesStep step = { .to = RUSHES_TAKE_STATE_UNCONFIRMED };
  gboolean go_on;

  self->doubt_status = rushes_error_get_http_status (doubt);
  if (rushes_pipeline_look_up (self, &go_on, &heard, &problem) || problem != NULL || self->lost)
    {
      if (problem != NULL)
        g_propagate_error (error, g_steal_pointer (&problem));
      return go_on;
    }

  if (words != NULL)
    {
      *words = g_steal_pointer (&heard);
      return FALSE;
    }
  step.error = rushes_pipeline_is_news (self, heard) ? heard : doubt;
  rushes_pipeline_advance (self, &step, error);
  return FALSE;
}

static gboolean
take_answer (RushesPipeline *self, RushesAnswer *answer, GError **error)
{
  RushesStep step = { .task_id = answer->task_id, .host = answer->host, .poll_target = answer->poll_target };
  GError *doubt;

  if (answer->cost.kind == RUSHES_PRICE_REPORTED)
    step.cost = &answer->cost;

  switch (answer->phase)
    {
    case RUSHES_PHASE_WAITING:
    case RUSHES_PHASE_RUNNING:
      if (answer->task_id != NULL)
        {
          step.to = RUSHES_TAKE_STATE_RUNNING;
          break;
        }
      doubt = rushes_error_new (RUSHES_ERROR_PROTOCOL, _ ("%s accepted the take, but gave no task to ask about."),
                                rushes_provider_get_name (self->provider));
      rushes_error_set_charged (doubt, RUSHES_CHARGED_MAYBE);
      return find_out (self, doubt, NULL, error);

    case RUSHES_PHASE_DONE:
      step.to = RUSHES_TAKE_STATE_DOWNLOADING;
      step.outputs = answer->outputs;
      break;

    case RUSHES_PHASE_FAILED:
      return rushes_pipeline_fail (self, rushes_pipeline_translate (self, answer->error), error);

    case RUSHES_PHASE_CANCELLED:
    default:
      return rushes_pipeline_end_wished (self, RUSHES_CHARGED_NO, error);
    }

  rushes_job_set_task (self->job, answer->task_id, answer->host, answer->poll_target);
  return rushes_pipeline_advance (self, &step, error);
}

/* Some services answer only when the clip is made, and say meanwhile how far it is. */
static void
on_progress (RushesJob *job, double progress, RushesPipeline *self)
{
  g_autofree char *message = g_strdup_printf (_ ("Rendering %d %%"), (int) (progress * 100));

  if (self->ahead == NULL)
    rushes_pipeline_report (self, progress, message);
}

/* Some say where the clip is long before they have said everything. */
static void
on_link (RushesJob *job, const char *uri, RushesPipeline *self)
{
  rushes_pipeline_fetch_ahead (self, uri);
}

/* A clip that is there outweighs an end without one, whatever was said; a task that goes on will have its own. Takes
 * and gives an answer, or NULL. */
static RushesAnswer *
heed_ahead (RushesPipeline *self, RushesAnswer *answer)
{
  RushesAnswer *landed;

  if (answer != NULL && answer->phase == RUSHES_PHASE_DONE)
    return answer;
  if (answer != NULL && answer->phase != RUSHES_PHASE_FAILED && answer->phase != RUSHES_PHASE_CANCELLED)
    {
      rushes_pipeline_drop_ahead (self);
      return answer;
    }
  landed = rushes_pipeline_land_ahead (self);
  if (landed == NULL)
    return answer;
  g_clear_pointer (&answer, rushes_answer_unref);
  return landed;
}

/* What is about to be sent stands in the spool as well: should the library be lost and an older copy take its place,
 * the attempt is written down anew from there. */
static gboolean
note (RushesPipeline *self, GError **error)
{
  g_autofree char *record = dex_await_string (rushes_library_describe_attempt (self->library, self->attempt), error);

  return record != NULL && dex_await (rushes_spool_note (rushes_job_get_spool (self->job), record), error);
}

gboolean
rushes_pipeline_submit (RushesPipeline *self, GError **error)
{
  RushesJob *job = rushes_pipeline_get_job (self);
  g_autoptr (RushesAnswer) answer = NULL;
  g_autoptr (GError) problem = NULL;
  gulong handlers[2];
  GError *failure;

  if (!note (self, &problem))
    return rushes_pipeline_fail (self, rushes_pipeline_take_back (g_steal_pointer (&problem)), error);

  /* Neither a wish nor the end of the process breaks a submit off: whether it was accepted would then be anybody's
   * guess. */
  handlers[0] = g_signal_connect (job, "progress", G_CALLBACK (on_progress), self);
  handlers[1] = g_signal_connect (job, "link", G_CALLBACK (on_link), self);
  answer = dex_await_boxed (rushes_provider_submit (self->provider, job), &problem);
  for (guint i = 0; i < G_N_ELEMENTS (handlers); i++)
    g_signal_handler_disconnect (job, handlers[i]);
  answer = heed_ahead (self, g_steal_pointer (&answer));
  if (answer != NULL)
    {
      self->last = rushes_answer_ref (answer);
      return take_answer (self, answer, error);
    }

  failure = rushes_pipeline_translate (self, problem);
  if (rushes_error_get_charged (failure) == RUSHES_CHARGED_NO)
    return rushes_pipeline_fail (self, failure, error);
  return find_out (self, failure, NULL, error);
}

/* The answer may have reached the disk before its process ended: then there is no doubt. */
gboolean
rushes_pipeline_recover (RushesPipeline *self, GError **words, GError **error)
{
  g_autoptr (RushesAnswer) answer = NULL;
  g_autoptr (GError) problem = NULL;

  answer = dex_await_boxed (rushes_provider_recover (self->provider, rushes_pipeline_get_job (self)), &problem);
  if (answer != NULL)
    {
      self->last = rushes_answer_ref (answer);
      return take_answer (self, answer, error);
    }
  if (problem->domain == RUSHES_ERROR && problem->code != RUSHES_ERROR_NOT_FOUND &&
      rushes_error_get_charged (problem) == RUSHES_CHARGED_NO)
    return rushes_pipeline_fail (self, g_steal_pointer (&problem), error);

  return find_out (self, g_steal_pointer (&problem), words, error);
}
