/* rushes-pipeline-look-up.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "rushes-pipeline-private.h"

#include <glib/gi18n.h>
#include <math.h>

#include "rushes-async.h"

/* That nothing is there is believed when it was said so often, and for as long as the provider may take to know. */
#define MIN_ANSWERS 3

/* Questions in a row that may fail. */
#define MAX_FAILED 7

/* Seconds. */
#define SLOWEST_QUESTION 60

static gboolean
is_for_a_person (const GError *problem)
{
  switch (problem->code)
    {
    case RUSHES_ERROR_AUTH:
    case RUSHES_ERROR_FORBIDDEN:
    case RUSHES_ERROR_QUOTA:
    case RUSHES_ERROR_TLS:
    case RUSHES_ERROR_KEYRING:
      return TRUE;
    default:
      return FALSE;
    }
}

/* What the provider knows under our id. NULL with NOT_FOUND when it certainly is not there, with CANCELLED when the
 * process leaves meanwhile, and else with why it could not be asked. */
static RushesAnswer *
ask_patiently (RushesPipeline *self, const RushesLookup *lookup, GError **error)
{
  guint n_failed = 0, n_absent = 0;
  gint64 absent_since = 0;

  for (guint n = 0;; n++)
    {
      g_autoptr (DexFuture) question = rushes_provider_look_up (self->provider, rushes_pipeline_get_job (self));
      g_autoptr (GError) failure = NULL;
      g_autoptr (GError) problem = NULL;
      const GValue *value = rushes_pipeline_await (self, question, FALSE, &failure);
      gint64 now = g_get_monotonic_time ();

      if (value != NULL)
        return rushes_answer_ref (g_value_get_boxed (value));

      problem = failure != NULL ? rushes_pipeline_translate_reply (self, failure) : NULL;
      if (g_error_matches (problem, RUSHES_ERROR, RUSHES_ERROR_NOT_FOUND))
        {
          n_failed = 0;
          absent_since = n_absent++ == 0 ? now : absent_since;
          if (n_absent >= MIN_ANSWERS && now - absent_since >= lookup->grace * self->patience.second * G_USEC_PER_SEC)
            {
              g_propagate_error (error, g_steal_pointer (&problem));
              return NULL;
            }
        }
      else if (problem != NULL && (++n_failed == MAX_FAILED || is_for_a_person (problem)))
        {
          g_propagate_error (error, g_steal_pointer (&problem));
          return NULL;
        }

      rushes_pipeline_pause (self, MIN (pow (2, n + 1), MIN (SLOWEST_QUESTION, lookup->grace / 2)), FALSE);
      if (rushes_pipeline_is_stopped (self))
        {
          rushes_set_error (error, RUSHES_ERROR_CANCELLED, "%s", _ ("Rushes goes on with it next time."));
          return NULL;
        }
    }
}

/* Nothing is to be found under an id that this description may never have sent, on a server that was not written down,
 * with a key that may be another one, or that the provider has answered to: then its answer and its silence contradict
 * each other. */
static gboolean
proves_something (RushesPipeline *self, const RushesLookup *lookup)
{
  const char *hash = rushes_description_get_hash (rushes_provider_get_description (self->provider));

  return lookup->unique && self->attempt->host != NULL && self->attempt->key != NULL &&
         !rushes_job_has_other_key (self->job) && g_strcmp0 (self->attempt->description, hash) == 0 &&
         (self->doubt_status == 0 || self->doubt_status >= 500);
}

static gboolean
take_up (RushesPipeline *self, const RushesAnswer *answer, GError **error)
{
  RushesStep step = { .to = RUSHES_TAKE_STATE_RUNNING, .wanted = self->asked };

  step.task_id = answer->task_id;
  step.host = answer->host;
  step.poll_target = answer->poll_target;
  rushes_job_set_task (self->job, answer->task_id, answer->host, answer->poll_target);
  /* What becomes of the task is asked like that of any other. */
  g_clear_pointer (&self->last, rushes_answer_unref);
  return rushes_pipeline_advance (self, &step, error);
}

/* It never arrived, and whoever sends it again does so under the same id. */
static gboolean
give_up (RushesPipeline *self, GError **error)
{
  GError *failure;

  if (rushes_pipeline_is_wished (self))
    return rushes_pipeline_end_wished (self, RUSHES_CHARGED_NO, error);

  failure = rushes_error_new (RUSHES_ERROR_NETWORK,
                              /* Translators: %s is a provider. */
                              _ ("The take did not reach %s, which knows nothing of it. Try again."),
                              rushes_provider_get_name (self->provider));
  rushes_error_set_charged (failure, RUSHES_CHARGED_NO);
  rushes_error_set_retryable (failure, TRUE);
  return rushes_pipeline_fail (self, failure, error);
}

gboolean
rushes_pipeline_is_news (RushesPipeline *self, const GError *words)
{
  return words != NULL && (words->code == RUSHES_ERROR_NOT_FOUND || rushes_job_has_other_key (self->job));
}

gboolean
rushes_pipeline_look_up (RushesPipeline *self, gboolean *go_on, GError **words, GError **error)
{
  const char *name = rushes_provider_get_name (self->provider);
  g_autofree char *message = NULL;
  g_autoptr (RushesAnswer) answer = NULL;
  g_autoptr (GError) problem = NULL;
  RushesLookup lookup;

  *go_on = FALSE;
  if (rushes_pipeline_is_stopped (self) ||
      !rushes_provider_can_look_up (self->provider, rushes_pipeline_get_job (self), &lookup))
    return FALSE;

  /* Translators: a take may have been accepted by a provider, %s. */
  message = g_strdup_printf (_ ("Looking for it at %s"), name);
  rushes_pipeline_report (self, -1, message);
  answer = ask_patiently (self, &lookup, &problem);
  if (answer != NULL)
    {
      *go_on = take_up (self, answer, error);
      return TRUE;
    }
  if (g_error_matches (problem, RUSHES_ERROR, RUSHES_ERROR_NOT_FOUND) && proves_something (self, &lookup))
    {
      *go_on = give_up (self, error);
      return TRUE;
    }

  if (g_error_matches (problem, RUSHES_ERROR, RUSHES_ERROR_NOT_FOUND))
    {
      g_clear_error (&problem);
      problem = rushes_error_new (RUSHES_ERROR_NOT_FOUND,
                                  /* Translators: %s is a provider. */
                                  _ ("%s knows nothing of this take, so it was probably not accepted. Look into your "
                                     "account there, then submit it again or forget it."),
                                  name);
      rushes_error_set_charged (problem, RUSHES_CHARGED_MAYBE);
    }
  if (!g_error_matches (problem, RUSHES_ERROR, RUSHES_ERROR_CANCELLED))
    g_propagate_error (words, g_steal_pointer (&problem));
  return FALSE;
}
