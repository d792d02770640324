/* rushes-pipeline.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "rushes-pipeline-private.h"

#include <glib/gi18n.h>
#include <libsoup/soup.h>
#include <math.h>

#include "rushes-async.h"
#include "rushes-spool.h"

/* A take that takes the whole process down with it is not begun anew for ever. */
#define MAX_LOST 5

/* The longest that a provider may ask to wait before another try. */
#define MAX_RETRY_AFTER 600

#define SLOWEST_WRITE 60

G_DEFINE_FINAL_TYPE (RushesPipeline, rushes_pipeline, G_TYPE_OBJECT)

static void
rushes_pipeline_finalize (GObject *object)
{
  RushesPipeline *self = RUSHES_PIPELINE (object);

  g_clear_object (&self->library);
  g_clear_object (&self->provider);
  g_clear_object (&self->fitter);
  g_clear_object (&self->line);
  g_clear_object (&self->crowd);
  g_clear_object (&self->take);
  dex_clear (&self->wish);
  dex_clear (&self->stop);
  g_clear_pointer (&self->attempt, rushes_attempt_free);
  g_clear_object (&self->job);
  g_clear_object (&self->arrival);
  g_clear_pointer (&self->last, rushes_answer_unref);
  g_free (self->ahead_uri);

  G_OBJECT_CLASS (rushes_pipeline_parent_class)->finalize (object);
}

static void
rushes_pipeline_class_init (RushesPipelineClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = rushes_pipeline_finalize;
}

static void
rushes_pipeline_init (RushesPipeline *self)
{
  self->wish = dex_promise_new ();
  self->stop = dex_promise_new ();
}

/* The wish is a mark in the library, set here or by another process. */
static void
on_cancelling (RushesPipeline *self)
{
  if (rushes_take_get_cancelling (self->take) && !rushes_pipeline_is_wished (self))
    dex_promise_resolve_boolean (self->wish, TRUE);
}

/* Likewise, when the person gives it another place in the line. */
static void
on_turn (RushesPipeline *self)
{
  rushes_line_set_turn (self->line, rushes_take_get_id (self->take), rushes_take_get_turn (self->take));
}

RushesPipeline *
rushes_pipeline_new (RushesLibrary *library,
                     RushesProvider *provider,
                     RushesPictureFitter *fitter,
                     RushesLine *line,
                     RushesCrowd *crowd,
                     RushesTake *take,
                     const RushesPatience *patience)
{
  RushesPipeline *self = g_object_new (RUSHES_TYPE_PIPELINE, NULL);

  self->library = g_object_ref (library);
  self->provider = g_object_ref (provider);
  g_set_object (&self->fitter, fitter);
  self->line = g_object_ref (line);
  self->crowd = g_object_ref (crowd);
  self->take = g_object_ref (take);
  self->patience = *patience;
  g_signal_connect_object (take, "notify::cancelling", G_CALLBACK (on_cancelling), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (take, "notify::turn", G_CALLBACK (on_turn), self, G_CONNECT_SWAPPED);
  on_cancelling (self);

  return self;
}

void
rushes_pipeline_take_on (RushesPipeline *self, RushesAttempt *attempt)
{
  const RushesWishes *wishes = &attempt->wishes;

  self->attempt = attempt;
  if (wishes->tries >= 0)
    self->patience.tries = wishes->tries;
  if (wishes->delay >= 0)
    self->patience.delay = wishes->delay;
  /* Once it was left because of that, nobody means the same few seconds by asking for it again. */
  if (wishes->time_limit >= 0 && attempt->state != RUSHES_TAKE_STATE_LEFT)
    self->patience.time_limit = wishes->time_limit;
}

void
rushes_pipeline_take_older (RushesPipeline *self, const RushesAttempt *attempt)
{
  g_return_if_fail (RUSHES_IS_PIPELINE (self));
  g_return_if_fail (self->attempt == NULL && attempt != NULL);

  rushes_pipeline_take_on (self, rushes_attempt_copy (attempt));
  self->older = TRUE;
}

void
rushes_pipeline_set_aside (RushesPipeline *self)
{
  g_return_if_fail (RUSHES_IS_PIPELINE (self));
  self->aside = TRUE;
}

void
rushes_pipeline_set_handling (RushesPipeline *self, RushesHandling handling)
{
  g_return_if_fail (RUSHES_IS_PIPELINE (self));

  self->handling = handling;
}

void
rushes_pipeline_stop (RushesPipeline *self)
{
  g_return_if_fail (RUSHES_IS_PIPELINE (self));

  if (!rushes_pipeline_is_stopped (self))
    dex_promise_resolve_boolean (self->stop, TRUE);
}

gboolean
rushes_pipeline_is_wished (RushesPipeline *self)
{
  return dex_future_is_resolved (DEX_FUTURE (self->wish));
}

gboolean
rushes_pipeline_is_stopped (RushesPipeline *self)
{
  return dex_future_is_resolved (DEX_FUTURE (self->stop));
}

gboolean
rushes_pipeline_is_local (RushesPipeline *self)
{
  return rushes_provider_get_is_local (self->provider);
}

GError *
rushes_pipeline_translate (RushesPipeline *self, const GError *problem)
{
  GError *error = rushes_error_translate (problem);

  if (problem->domain != RUSHES_ERROR && !rushes_pipeline_is_local (self))
    rushes_error_set_charged (error, RUSHES_CHARGED_MAYBE);
  return error;
}

gboolean
rushes_pipeline_doubts (RushesPipeline *self, const GError *problem)
{
  guint status = rushes_error_get_http_status (problem);

  return self->job != NULL && rushes_job_has_other_key (self->job) &&
         (problem->code == RUSHES_ERROR_AUTH || problem->code == RUSHES_ERROR_FORBIDDEN ||
          problem->code == RUSHES_ERROR_NOT_FOUND || status == SOUP_STATUS_UNAUTHORIZED ||
          status == SOUP_STATUS_FORBIDDEN || status == SOUP_STATUS_NOT_FOUND || status == SOUP_STATUS_GONE);
}

GError *
rushes_pipeline_blame_key (RushesPipeline *self)
{
  const char *source = rushes_job_get_key (self->job)->source;
  const char *name = rushes_provider_get_name (self->provider);
  GError *error;

  if (g_str_equal (source, "variable"))
    /* Translators: both %s are a provider. */
    error =
        rushes_error_new (RUSHES_ERROR_AUTH,
                          _ ("The key for %s has changed since. Put back the key that this take was submitted with, "
                             "which stood in an environment variable, or look at the list of takes at %s itself."),
                          name, name);
  else if (g_str_equal (source, "none"))
    /* Translators: both %s are a provider. */
    error = rushes_error_new (RUSHES_ERROR_AUTH,
                              _ ("There is a key for %s since, and this take was submitted without one. Take the key "
                                 "away again, or look at the list of takes at %s itself."),
                              name, name);
  else
    /* Translators: both %s are a provider. */
    error =
        rushes_error_new (RUSHES_ERROR_AUTH,
                          _ ("The key for %s has changed since. Put back the key that this take was submitted with, "
                             "or look at the list of takes at %s itself."),
                          name, name);
  rushes_error_set_charged (error, RUSHES_CHARGED_MAYBE);
  return error;
}

GError *
rushes_pipeline_translate_reply (RushesPipeline *self, const GError *problem)
{
  g_autoptr (GError) error = rushes_pipeline_translate (self, problem);

  return rushes_pipeline_doubts (self, error) ? rushes_pipeline_blame_key (self) : g_steal_pointer (&error);
}

const GValue *
rushes_pipeline_await (RushesPipeline *self, DexFuture *work, gboolean heed_wish, GError **error)
{
  DexFuture *race[] = { work, DEX_FUTURE (self->stop), DEX_FUTURE (self->wish) };

  dex_await (dex_future_firstv (race, heed_wish ? 3 : 2), NULL);
  return dex_future_is_pending (work) ? NULL : dex_future_get_value (work, error);
}

void
rushes_pipeline_pause (RushesPipeline *self, double seconds, gboolean heed_wish)
{
  g_autoptr (DexFuture) sleep = rushes_async_sleep (seconds * self->patience.second);

  rushes_pipeline_await (self, sleep, heed_wish, NULL);
}

void
rushes_pipeline_report (RushesPipeline *self, double progress, const char *message)
{
  if (!self->aside)
    rushes_library_report (self->library, self->take, progress, message);
}

RushesJob *
rushes_pipeline_get_job (RushesPipeline *self)
{
  g_autoptr (GFile) spool = NULL;

  if (self->job != NULL)
    return self->job;

  spool = g_file_get_child (rushes_folders_get_spool (rushes_library_get_folders (self->library)), self->attempt->id);
  self->job = rushes_job_new (rushes_take_get_request (self->take), self->attempt->id, spool, self->fitter);
  rushes_job_set_own_id (self->job, self->attempt->own_id);
  rushes_job_set_library (self->job, self->library);
  rushes_job_set_task (self->job, self->attempt->task_id, self->attempt->host, self->attempt->poll_target);
  rushes_job_set_key (self->job, self->attempt->key);
  return self->job;
}

/* ---- steps ---- */

/* Once something was sent, its trace is worth more than an end: a full disk is waited out, with the task's id for the
 * person to see. */
gboolean
rushes_pipeline_advance (RushesPipeline *self, const RushesStep *step, GError **error)
{
  gboolean sent = self->attempt->state >= RUSHES_TAKE_STATE_SUBMITTING && !rushes_pipeline_is_local (self);

  for (double pause = 1;; pause = MIN (pause * 2, SLOWEST_WRITE))
    {
      g_autoptr (GError) problem = NULL;
      g_autofree char *message = NULL;
      const char *task_id = step->task_id != NULL ? step->task_id : self->attempt->task_id;
      gboolean done =
          dex_await_boolean (rushes_library_advance (self->library, self->take, self->attempt, step), &problem);

      if (problem == NULL)
        {
          self->lost = !done;
          return done;
        }
      if (!sent || !g_error_matches (problem, RUSHES_ERROR, RUSHES_ERROR_STORAGE))
        {
          g_propagate_error (error, g_steal_pointer (&problem));
          return FALSE;
        }

      /* Translators: the id that the provider gave to the task, and a sentence about the disk. */
      message = g_strdup_printf (_ ("Task %s is not written down yet: %s"), task_id != NULL ? task_id : "–",
                                 problem->message);
      if (rushes_pipeline_is_stopped (self))
        {
          GError *failure = rushes_error_new (RUSHES_ERROR_STORAGE, "%s", message);

          rushes_error_set_charged (failure, RUSHES_CHARGED_MAYBE);
          g_propagate_error (error, failure);
          return FALSE;
        }
      rushes_pipeline_report (self, -1, message);
      rushes_pipeline_pause (self, pause, FALSE);
    }
}

void
rushes_pipeline_clear_spool (RushesPipeline *self)
{
  dex_await (rushes_spool_remove (rushes_job_get_spool (self->job)), NULL);
}

/* Ends the attempt with the step's error. */
static gboolean
end (RushesPipeline *self, const RushesStep *step, GError **error)
{
  /* Of this attempt, before there may be another. */
  rushes_pipeline_get_job (self);

  if (!rushes_pipeline_advance (self, step, error))
    return FALSE;
  if (rushes_error_get_charged (step->error) == RUSHES_CHARGED_NO)
    rushes_pipeline_clear_spool (self);

  if (!step->again)
    return FALSE;

  /* The attempt is the next one now. */
  g_clear_object (&self->job);
  g_clear_pointer (&self->last, rushes_answer_unref);
  self->doubt_status = 0;
  rushes_line_leave (self->line, rushes_take_get_id (self->take));
  return TRUE;
}

static double
choose_pause (RushesPipeline *self, const GError *failure)
{
  double pause = self->patience.delay * pow (2, self->attempt->n_resent) * g_random_double_range (0.8, 1.2);

  return MAX (pause, MIN (rushes_error_get_retry_after (failure), MAX_RETRY_AFTER));
}

/* Fails, and tries again in the same transaction, so that nobody sees an end that is none. */
static gboolean
fail_and_try_again (RushesPipeline *self, const GError *failure, gboolean resent, GError **error)
{
  RushesStep step = { .to = RUSHES_TAKE_STATE_FAILED, .error = failure, .again = TRUE, .resent = resent };
  g_autoptr (GError) problem = NULL;
  gboolean go_on;

  /* What no answer ever accepted is the same to the provider, should it come twice after all. */
  step.keep_id = self->last == NULL && self->attempt->task_id == NULL;
  go_on = end (self, &step, &problem);

  if (problem == NULL)
    return go_on;

  /* A spending limit may be passed by now. */
  step.again = FALSE;
  return end (self, &step, error);
}

gboolean
rushes_pipeline_fail (RushesPipeline *self, GError *failure, GError **error)
{
  g_autoptr (GError) taken = failure;
  RushesStep step = { .to = RUSHES_TAKE_STATE_FAILED, .error = failure };

  if (rushes_error_get_charged (failure) != RUSHES_CHARGED_NO || !rushes_error_get_retryable (failure) ||
      rushes_pipeline_is_wished (self) || self->older || self->attempt->n_resent >= self->patience.tries)
    return end (self, &step, error);

  self->pause = choose_pause (self, failure);
  return fail_and_try_again (self, failure, TRUE, error);
}

gboolean
rushes_pipeline_begin_anew (RushesPipeline *self, GError **error)
{
  g_autoptr (GError) failure =
      rushes_error_new (RUSHES_ERROR_INTERNAL, "%s", _ ("Rushes ended while it made this clip. Try again."));
  RushesStep step = { .to = RUSHES_TAKE_STATE_FAILED, .error = failure };

  if (rushes_pipeline_is_wished (self))
    return rushes_pipeline_end_wished (self, RUSHES_CHARGED_NO, error);
  if (self->older || self->attempt->number >= MAX_LOST)
    return end (self, &step, error);
  return fail_and_try_again (self, failure, FALSE, error);
}

gboolean
rushes_pipeline_end_wished (RushesPipeline *self, RushesCharged charged, GError **error)
{
  g_autoptr (GError) reason = rushes_error_new (RUSHES_ERROR_CANCELLED, "%s", _ ("It was cancelled."));
  RushesStep step = { .error = reason };

  /* The table knows no way from "unconfirmed" to "cancelled". */
  step.to = rushes_take_state_can_follow (self->attempt->state, RUSHES_TAKE_STATE_CANCELLED)
                ? RUSHES_TAKE_STATE_CANCELLED
                : RUSHES_TAKE_STATE_FAILED;
  rushes_error_set_charged (reason, charged);
  return end (self, &step, error);
}

GError *
rushes_pipeline_take_back (GError *problem)
{
  GError *failure = rushes_error_translate (problem);

  rushes_error_set_charged (failure, RUSHES_CHARGED_NO);
  g_error_free (problem);

  return failure;
}

/* ---- from the line to the provider ---- */

static void
report_place (RushesPipeline *self)
{
  int n_ahead = rushes_line_get_place (self->line, rushes_take_get_id (self->take));
  g_autofree char *message = NULL;

  if (rushes_line_get_paused (self->line))
    message = n_ahead > 0 ? g_strdup_printf (ngettext ("Paused in line, %d ahead", "Paused in line, %d ahead", n_ahead),
                                             n_ahead)
                          /* Translators: a take that waits until the queue goes on. */
                          : g_strdup (_ ("Paused in line"));
  else
    message = n_ahead > 0 ? g_strdup_printf (ngettext ("In line, %d ahead", "In line, %d ahead", n_ahead), n_ahead)
                          /* Translators: a take that waits until it may begin. */
                          : g_strdup (_ ("In line"));
  rushes_pipeline_report (self, -1, message);
}

static gboolean
line_up (RushesPipeline *self, GError **error)
{
  const char *id = rushes_take_get_id (self->take);
  g_autoptr (DexFuture) turn = NULL;
  gulong handler;

  if (self->pause > 0)
    {
      int seconds = (int) ceil (self->pause);
      g_autofree char *message =
          g_strdup_printf (ngettext ("Trying again in %d second", "Trying again in %d seconds", seconds), seconds);

      rushes_pipeline_report (self, -1, message);
      rushes_pipeline_pause (self, self->pause, TRUE);
      self->pause = 0;
    }

  handler = g_signal_connect_swapped (self->line, "shifted", G_CALLBACK (report_place), self);
  turn = rushes_line_join (self->line, rushes_provider_get_id (self->provider), id, rushes_take_get_turn (self->take));
  report_place (self);
  rushes_pipeline_await (self, turn, TRUE, NULL);
  g_signal_handler_disconnect (self->line, handler);

  if (rushes_pipeline_is_stopped (self))
    return FALSE;
  if (rushes_pipeline_is_wished (self))
    return rushes_pipeline_end_wished (self, RUSHES_CHARGED_NO, error);
  return rushes_pipeline_advance (self, &(RushesStep) { .to = RUSHES_TAKE_STATE_PREPARING }, error);
}

/* Its turn is to come again; the place in the line is the same. */
static gboolean
go_back (RushesPipeline *self, GError **error)
{
  rushes_line_leave (self->line, rushes_take_get_id (self->take));
  return rushes_pipeline_advance (self, &(RushesStep) { .to = RUSHES_TAKE_STATE_QUEUED }, error);
}

/* Other processes have its slots: it waits in the line until they leave one. */
static gboolean
make_way (RushesPipeline *self, GError **error)
{
  if (!dex_await (rushes_crowd_watch (self->crowd, rushes_provider_get_id (self->provider),
                                      rushes_job_get_host (self->job), rushes_job_get_key (self->job)),
                  error))
    return FALSE;
  return go_back (self, error);
}

/* Before anything is sent: what the prices are by now is set aside for it, if no limit stands against that. */
static gboolean
begin_submit (RushesPipeline *self, GError **error)
{
  RushesDescription *description = rushes_provider_get_description (self->provider);
  RushesRequest *request = rushes_take_get_request (self->take);
  RushesModel *model = rushes_provider_find_model_of (self->provider, request);
  RushesStep step = { .to = RUSHES_TAKE_STATE_SUBMITTING };
  g_autoptr (GError) problem = NULL;
  RushesPrice estimate;
  gboolean go_on;

  step.description = rushes_description_get_hash (description);
  step.host = rushes_job_get_host (self->job);
  step.key = rushes_job_get_key (self->job);
  step.bounded = !rushes_pipeline_is_local (self);
  step.room = rushes_line_get_room (self->line, rushes_provider_get_id (self->provider));
  if (model != NULL)
    {
      estimate = rushes_model_estimate_request (model, request);
      step.estimate = &estimate;
    }
  go_on = rushes_pipeline_advance (self, &step, &problem);
  if (g_error_matches (problem, RUSHES_ERROR, RUSHES_ERROR_RATE_LIMITED))
    return make_way (self, error);
  if (g_error_matches (problem, RUSHES_ERROR, RUSHES_ERROR_QUOTA))
    {
      RushesStep refusal = { .to = RUSHES_TAKE_STATE_FAILED, .error = problem, .estimate = step.estimate };

      rushes_error_set_charged (problem, RUSHES_CHARGED_NO);
      return end (self, &refusal, error);
    }
  if (problem != NULL)
    {
      g_propagate_error (error, g_steal_pointer (&problem));
      return FALSE;
    }

  /* The library refuses it while the queue is paused; the take is still this process's then. */
  return go_on || go_back (self, error);
}

static gboolean
prepare (RushesPipeline *self, GError **error)
{
  RushesJob *job = rushes_pipeline_get_job (self);
  RushesDescription *description = rushes_provider_get_description (self->provider);
  const GError *lost = rushes_request_get_problem (rushes_take_get_request (self->take));
  g_autoptr (DexFuture) preparation = NULL;
  g_autoptr (GError) problem = NULL;

  /* Found so after a restart. */
  if (!rushes_line_has_slot (self->line, rushes_take_get_id (self->take)))
    return go_back (self, error);

  rushes_pipeline_report (self, -1, _ ("Preparing"));
  if (lost != NULL)
    problem = g_error_copy (lost);
  else
    {
      preparation = rushes_provider_prepare (self->provider, job);
      rushes_pipeline_await (self, preparation, TRUE, &problem);
    }
  if (problem != NULL)
    problem = rushes_pipeline_take_back (problem);
  else if (!rushes_pipeline_is_stopped (self))
    dex_await (rushes_spool_make (rushes_job_get_spool (job)), &problem);

  if (rushes_pipeline_is_stopped (self))
    return FALSE;
  if (rushes_pipeline_is_wished (self) && (problem == NULL || rushes_error_get_charged (problem) == RUSHES_CHARGED_NO))
    return rushes_pipeline_end_wished (self, RUSHES_CHARGED_NO, error);
  if (problem != NULL)
    return rushes_pipeline_fail (self, g_steal_pointer (&problem), error);

  /* Whatever becomes of the file later: by this one the reply can be read. */
  if (!dex_await (rushes_library_keep_description (self->library, description), error))
    return FALSE;
  return begin_submit (self, error);
}

/* ---- the whole life ---- */

static gboolean
recover (RushesPipeline *self, GError **error)
{
  RushesStep step = { .to = RUSHES_TAKE_STATE_UNCONFIRMED };
  g_autoptr (GError) words = NULL;
  gboolean go_on = rushes_pipeline_recover (self, &words, error);

  /* A question that failed says nothing that the person needs to know. */
  if (rushes_pipeline_is_news (self, words))
    {
      step.error = words;
      rushes_pipeline_advance (self, &step, error);
    }
  return go_on;
}

/* What stands in a wait that is no end is picked up first. */
static gboolean
pick_up (RushesPipeline *self, GError **error)
{
  if (self->attempt->state == RUSHES_TAKE_STATE_LEFT)
    return rushes_pipeline_advance (self, &(RushesStep) { .to = RUSHES_TAKE_STATE_RUNNING }, error);
  if (self->attempt->state == RUSHES_TAKE_STATE_UNCONFIRMED)
    return rushes_pipeline_is_local (self) ? rushes_pipeline_begin_anew (self, error) : recover (self, error);
  return TRUE;
}

static DexFuture *
live (gpointer data)
{
  static gboolean (*const stages[]) (RushesPipeline *self, GError **error) = {
    [RUSHES_TAKE_STATE_QUEUED] = line_up,
    [RUSHES_TAKE_STATE_PREPARING] = prepare,
    [RUSHES_TAKE_STATE_SUBMITTING] = rushes_pipeline_submit,
    [RUSHES_TAKE_STATE_RUNNING] = rushes_pipeline_wait,
    [RUSHES_TAKE_STATE_DOWNLOADING] = rushes_pipeline_download,
  };
  RushesPipeline *self = data;
  RushesAttempt *attempt;
  g_autoptr (GError) error = NULL;
  gboolean go_on;

  if (self->attempt == NULL)
    {
      attempt = dex_await_boxed (rushes_library_load_attempt (self->library, self->take), &error);
      if (attempt == NULL)
        return dex_future_new_for_error (g_steal_pointer (&error));
      rushes_pipeline_take_on (self, attempt);
    }
  if (self->attempt->cancel_requested && !rushes_pipeline_is_wished (self))
    dex_promise_resolve_boolean (self->wish, TRUE);

  go_on = pick_up (self, &error);
  while (go_on && rushes_take_state_is_active (self->attempt->state))
    go_on = stages[self->attempt->state](self, &error);

  rushes_pipeline_await_ahead (self);
  rushes_pipeline_end_arrival (self, RUSHES_ARRIVAL_GONE);
  if (!self->aside)
    rushes_line_leave (self->line, rushes_take_get_id (self->take));
  if (error != NULL)
    return dex_future_new_for_error (g_steal_pointer (&error));
  return dex_future_new_for_boolean (!self->lost && !rushes_take_state_is_active (self->attempt->state));
}

DexFuture *
rushes_pipeline_run (RushesPipeline *self)
{
  dex_return_error_if_fail (RUSHES_IS_PIPELINE (self));

  return rushes_async_spawn (live, g_object_ref (self), g_object_unref);
}
