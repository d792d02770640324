/* rushes-pipeline-wait.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "rushes-pipeline-private.h"

#include <glib/gi18n.h>
#include <math.h>

#include "rushes-async.h"

/* Seconds. A failure that a poll tells may be a hiccup of the service: it is asked once more after this. */
#define SECOND_OPINION 30

/* Likewise "done" without a clip. */
#define OUTPUT_GRACE 30

/* For so long a service may not know a task that it has just accepted, and after that it must say so this often. */
#define NOT_FOUND_GRACE   120
#define NOT_FOUND_ANSWERS 3

/* So often a task is asked to be cancelled before it is left. */
#define CANCEL_TRIES 5

/* A question that failed is asked again, at last so seldom; where only a person can help, as seldom at once. */
#define SLOWEST_QUESTION 60

typedef struct
{
  RushesPipeline *pipeline;
  gint64 deadline;      /* monotonic; when waiting ends */
  guint n_failed;       /* questions in a row */
  guint n_not_found;    /* answers in a row */
  gint64 missing_since; /* monotonic; the first of them */
  gboolean doubted;     /* a failure was told before, and is to be confirmed */
  gint64 empty_since;   /* monotonic; when it was first told to be done without a clip; 0 */
  gboolean told_cancel; /* the provider agreed to cancel, or said it will not */
  guint n_cancels;      /* requests to cancel that failed */
  gint64 next_cancel;   /* monotonic; when the next one may be made; 0 */
  double heard;         /* how far the provider says by itself that it is; -1 */
} Watch;

static gint64
in_seconds (Watch *self, double seconds)
{
  return g_get_monotonic_time () + (gint64) (seconds * self->pipeline->patience.second * G_USEC_PER_SEC);
}

/* ---- what the person sees ---- */

static void
report_answer (Watch *self)
{
  RushesPipeline *pipeline = self->pipeline;
  const RushesAnswer *answer = pipeline->last;
  const char *name = rushes_provider_get_name (pipeline->provider);
  double progress = MAX (answer != NULL ? answer->progress : -1, self->heard);
  gboolean queued = answer != NULL && answer->phase == RUSHES_PHASE_WAITING && self->heard < 0 &&
                    !rushes_pipeline_is_local (pipeline);
  g_autofree char *message = NULL;

  if (rushes_pipeline_is_wished (pipeline))
    message = g_strdup (_ ("Cancelling"));
  else if (queued && answer->place >= 0)
    /* Translators: a provider, and how many takes are made before this one. */
    message = g_strdup_printf (ngettext ("Queued at %s, %d ahead", "Queued at %s, %d ahead", answer->place), name,
                               answer->place);
  else if (queued)
    message = g_strdup_printf (_ ("Queued at %s"), name);
  else if (progress >= 0)
    message = g_strdup_printf (_ ("Rendering %d %%"), (int) (progress * 100));
  else
    message = g_strdup (_ ("Rendering"));

  rushes_pipeline_report (pipeline, progress, message);
}

/* Between two questions, too. */
static void
on_progress (RushesJob *job, double progress, Watch *self)
{
  self->heard = progress;
  if (self->n_failed == 0)
    report_answer (self);
}

static void
report_silence (Watch *self, const GError *problem)
{
  g_autofree char *message = NULL;

  switch (problem->code)
    {
    /* What only a person can mend is said as it is, and so is an answer that makes no sense. */
    case RUSHES_ERROR_PROTOCOL:
    case RUSHES_ERROR_AUTH:
    case RUSHES_ERROR_FORBIDDEN:
    case RUSHES_ERROR_QUOTA:
    case RUSHES_ERROR_TLS:
    case RUSHES_ERROR_KEYRING:
      rushes_pipeline_report (self->pipeline, -1, problem->message);
      break;

    default:
      message =
          g_strdup_printf (_ ("%s does not answer, asking again"), rushes_provider_get_name (self->pipeline->provider));
      rushes_pipeline_report (self->pipeline, -1, message);
    }
}

/* ---- asking ---- */

/* Waits until it is worth asking again. FALSE when the time is over or the process leaves. */
static gboolean
wait_for_news (Watch *self, double pause)
{
  RushesPipeline *pipeline = self->pipeline;
  double rest = (self->deadline - g_get_monotonic_time ()) / (double) G_USEC_PER_SEC;
  g_autoptr (DexFuture) news = NULL;

  if (rest > 0)
    {
      news = dex_future_first (pause > 0 ? rushes_async_sleep (pause * pipeline->patience.second)
                                         : rushes_provider_wait (pipeline->provider, pipeline->job, pipeline->last),
                               rushes_async_sleep (rest), NULL);
      /* A wish is heard once; after that there is nothing to hurry for. */
      rushes_pipeline_await (pipeline, news, !rushes_pipeline_is_wished (pipeline), NULL);
    }
  return !rushes_pipeline_is_stopped (pipeline) && g_get_monotonic_time () < self->deadline;
}

/* A task that was accepted long enough ago and is still not known will not turn up any more. Where the clock was set
 * back since it was accepted, what counts is how long it has been asked for in vain. */
static gboolean
is_gone (Watch *self, const GError *problem)
{
  gint64 age = g_get_real_time () - self->pipeline->attempt->submitted;

  if (self->n_not_found == 0)
    self->missing_since = g_get_monotonic_time ();
  age = MAX (age, g_get_monotonic_time () - self->missing_since);
  if (problem->code != RUSHES_ERROR_NOT_FOUND)
    {
      self->n_not_found = 0;
      return FALSE;
    }
  return ++self->n_not_found >= NOT_FOUND_ANSWERS &&
         age >= NOT_FOUND_GRACE * self->pipeline->patience.second * G_USEC_PER_SEC;
}

static double
choose_pause (Watch *self, const GError *problem)
{
  double pause = MIN (pow (2, self->n_failed), SLOWEST_QUESTION);

  switch (problem->code)
    {
    case RUSHES_ERROR_AUTH:
    case RUSHES_ERROR_FORBIDDEN:
    case RUSHES_ERROR_QUOTA:
    case RUSHES_ERROR_TLS:
    case RUSHES_ERROR_KEYRING:
      pause = SLOWEST_QUESTION;
      break;
    default:
      break;
    }
  return MAX (pause, MIN (rushes_error_get_retry_after (problem), 10 * SLOWEST_QUESTION));
}

/* ---- what an answer leads to ---- */

typedef enum
{
  ASK_AGAIN,
  GO_ON, /* the attempt has another state */
  LEAVE, /* nothing more to do here */
} Outcome;

static Outcome
outcome_of (gboolean go_on)
{
  return go_on ? GO_ON : LEAVE;
}

static Outcome
hear_done (Watch *self, const RushesAnswer *answer, double *pause, GError **error)
{
  RushesPipeline *pipeline = self->pipeline;
  RushesStep step = { .to = RUSHES_TAKE_STATE_DOWNLOADING, .outputs = answer->outputs };
  GError *failure;

  if (answer->cost.kind == RUSHES_PRICE_REPORTED)
    step.cost = &answer->cost;
  if (answer->outputs != NULL && answer->outputs->len > 0)
    return outcome_of (rushes_pipeline_advance (pipeline, &step, error));

  if (self->empty_since == 0)
    self->empty_since = in_seconds (self, 0);
  if (in_seconds (self, -OUTPUT_GRACE) < self->empty_since)
    {
      *pause = OUTPUT_GRACE / 5.0;
      return ASK_AGAIN;
    }

  failure = rushes_error_new (RUSHES_ERROR_PROTOCOL, _ ("%s says that the clip is done, but gives none."),
                              rushes_provider_get_name (pipeline->provider));
  rushes_error_set_charged (failure, RUSHES_CHARGED_MAYBE);
  return outcome_of (rushes_pipeline_fail (pipeline, failure, error));
}

/* A question that failed says nothing about the task, but for a local one that nobody knows any more. */
static Outcome
hear_nothing (Watch *self, const GError *problem, double *pause, GError **error)
{
  RushesPipeline *pipeline = self->pipeline;
  g_autoptr (GError) reason = rushes_pipeline_translate_reply (pipeline, problem);

  if (rushes_pipeline_is_local (pipeline) && reason->code == RUSHES_ERROR_NOT_FOUND)
    return outcome_of (rushes_pipeline_begin_anew (pipeline, error));
  if (is_gone (self, reason))
    {
      rushes_error_set_charged (reason, RUSHES_CHARGED_MAYBE);
      rushes_error_set_retryable (reason, FALSE);
      return outcome_of (rushes_pipeline_fail (pipeline, g_steal_pointer (&reason), error));
    }

  *pause = choose_pause (self, reason);
  self->n_failed++;
  report_silence (self, reason);
  return ASK_AGAIN;
}

static gboolean
may_be_a_hiccup (const GError *failure)
{
  return failure->code == RUSHES_ERROR_PROVIDER || failure->code == RUSHES_ERROR_NETWORK ||
         failure->code == RUSHES_ERROR_INTERNAL;
}

static Outcome
hear_failed (Watch *self, const RushesAnswer *answer, double *pause, GError **error)
{
  RushesPipeline *pipeline = self->pipeline;
  g_autoptr (GError) failure = rushes_pipeline_translate (pipeline, answer->error);

  if (rushes_pipeline_doubts (pipeline, failure))
    return hear_nothing (self, answer->error, pause, error);
  if (!self->doubted && may_be_a_hiccup (failure) && !rushes_pipeline_is_local (pipeline))
    {
      self->doubted = TRUE;
      *pause = SECOND_OPINION;
      return ASK_AGAIN;
    }
  return outcome_of (rushes_pipeline_fail (pipeline, g_steal_pointer (&failure), error));
}

static Outcome
hear_cancelled (Watch *self, const RushesAnswer *answer, GError **error)
{
  RushesPipeline *pipeline = self->pipeline;
  RushesCharged charged = RUSHES_CHARGED_MAYBE;

  if (answer->error != NULL)
    charged = rushes_error_get_charged (answer->error);
  else if (rushes_provider_get_cancel_kind (pipeline->provider, rushes_job_get_request (pipeline->job)) ==
           RUSHES_CANCEL_STOPS_COST)
    charged = RUSHES_CHARGED_NO;
  return outcome_of (rushes_pipeline_end_wished (pipeline, charged, error));
}

static Outcome
hear (Watch *self, RushesAnswer *answer, double *pause, GError **error)
{
  self->n_failed = 0;
  self->n_not_found = 0;
  g_clear_pointer (&self->pipeline->last, rushes_answer_unref);
  self->pipeline->last = rushes_answer_ref (answer);

  switch (answer->phase)
    {
    case RUSHES_PHASE_DONE:
      return hear_done (self, answer, pause, error);
    case RUSHES_PHASE_FAILED:
      return hear_failed (self, answer, pause, error);
    case RUSHES_PHASE_CANCELLED:
      return hear_cancelled (self, answer, error);
    case RUSHES_PHASE_WAITING:
    case RUSHES_PHASE_RUNNING:
    default:
      self->doubted = FALSE;
      self->empty_since = 0;
      return ASK_AGAIN;
    }
}

static Outcome
ask (Watch *self, double *pause, GError **error)
{
  RushesPipeline *pipeline = self->pipeline;
  g_autoptr (DexFuture) question = rushes_provider_poll (pipeline->provider, pipeline->job);
  g_autoptr (GError) problem = NULL;
  const GValue *value = rushes_pipeline_await (pipeline, question, FALSE, &problem);

  *pause = 0;
  if (value != NULL)
    return hear (self, g_value_get_boxed (value), pause, error);
  if (problem != NULL)
    return hear_nothing (self, problem, pause, error);
  return ASK_AGAIN;
}

/* ---- ending the wait ---- */

static Outcome
leave_it (Watch *self, GError **error)
{
  rushes_pipeline_advance (self->pipeline, &(RushesStep) { .to = RUSHES_TAKE_STATE_LEFT }, error);
  return LEAVE;
}

/* Only called right after the provider said that the task is not done: cancelling a finished one might throw a paid
 * clip away. */
static Outcome
ask_to_cancel (Watch *self, GError **error)
{
  RushesPipeline *pipeline = self->pipeline;
  g_autoptr (DexFuture) request = NULL;
  g_autoptr (GError) problem = NULL;

  if (rushes_provider_get_cancel_kind (pipeline->provider, rushes_job_get_request (pipeline->job)) ==
      RUSHES_CANCEL_NONE)
    return leave_it (self, error);

  request = rushes_provider_cancel (pipeline->provider, pipeline->job);
  rushes_pipeline_await (pipeline, request, FALSE, &problem);
  if (g_error_matches (problem, RUSHES_ERROR, RUSHES_ERROR_UNSUPPORTED))
    return leave_it (self, error);

  /* Where the request itself failed it is made again after a later question, until it is plain that it does no good. */
  self->told_cancel = problem == NULL;
  if (problem != NULL && ++self->n_cancels >= CANCEL_TRIES)
    return leave_it (self, error);
  self->next_cancel = in_seconds (self, pow (2, self->n_cancels));
  return ASK_AGAIN;
}

/* A render of this process ends with it; its state stays, and the next process begins it anew. */
static Outcome
stop_here (Watch *self)
{
  if (rushes_pipeline_is_local (self->pipeline))
    dex_await (rushes_provider_cancel (self->pipeline->provider, self->pipeline->job), NULL);
  return LEAVE;
}

gboolean
rushes_pipeline_wait (RushesPipeline *self, GError **error)
{
  Watch watch = { .pipeline = self, .heard = -1 };
  double limit =
      self->patience.time_limit > 0 ? self->patience.time_limit : rushes_provider_get_time_limit (self->provider);
  double pause = 0;
  Outcome outcome = ASK_AGAIN;
  g_autoptr (RushesJob) job = NULL;
  gulong handler;

  /* What runs already needs no turn. */
  if (!self->aside)
    rushes_line_push_in (self->line, rushes_provider_get_id (self->provider), rushes_take_get_id (self->take));
  job = g_object_ref (rushes_pipeline_get_job (self));
  handler = g_signal_connect (job, "progress", G_CALLBACK (on_progress), &watch);
  watch.deadline = in_seconds (&watch, limit);

  /* Found running after a restart, it is asked about at once. */
  if (self->last == NULL)
    {
      report_answer (&watch);
      outcome = ask (&watch, &pause, error);
    }

  while (outcome == ASK_AGAIN)
    {
      gboolean answered = watch.n_failed == 0;

      if (rushes_pipeline_is_wished (self) && !watch.told_cancel && answered && self->last != NULL && !watch.doubted &&
          watch.empty_since == 0 && g_get_monotonic_time () >= watch.next_cancel)
        {
          outcome = ask_to_cancel (&watch, error);
          if (outcome != ASK_AGAIN)
            break;
        }
      if (answered)
        report_answer (&watch);

      if (wait_for_news (&watch, pause))
        outcome = ask (&watch, &pause, error);
      else if (rushes_pipeline_is_stopped (self))
        outcome = stop_here (&watch);
      else
        outcome = leave_it (&watch, error);
    }

  g_signal_handler_disconnect (job, handler);
  return outcome == GO_ON;
}
