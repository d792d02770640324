/* rushes-pipeline-download.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "rushes-pipeline-private.h"

#include <glib/gi18n.h>

#include "rushes-http-download.h"
#include "rushes-landing.h"

/* Seconds. An address that gives no clip is tried again with growing pauses, for so long. */
#define SLOWEST_TRY 60
#define TRY_FOR     (15 * 60)

#define MEGABYTE 1000000

void
rushes_pipeline_report_bytes (gint64 bytes, gint64 total, gpointer user_data)
{
  RushesPipeline *self = user_data;
  int so_far = bytes / MEGABYTE;
  g_autofree char *message = NULL;

  if (total > 0)
    /* Translators: megabytes. */
    message = g_strdup_printf (_ ("Saving %d of %d MB"), so_far, (int) ((total + MEGABYTE - 1) / MEGABYTE));
  else
    /* Translators: megabytes. */
    message = g_strdup_printf (_ ("Saving %d MB"), so_far);
  rushes_pipeline_report (self, total > 0 ? bytes / (double) total : -1, message);
}

/* ---- one address ---- */

/* Servers that spread clips answer so for a while after a clip is done. */
static gboolean
may_work_later (const GError *problem)
{
  switch (problem->code)
    {
    case RUSHES_ERROR_NETWORK:
    case RUSHES_ERROR_PROVIDER:
    case RUSHES_ERROR_FORBIDDEN:
    case RUSHES_ERROR_NOT_FOUND:
    case RUSHES_ERROR_RATE_LIMITED:
    case RUSHES_ERROR_TIMEOUT:
      return TRUE;
    default:
      return FALSE;
    }
}

static gboolean
has_expired (const RushesOutput *output)
{
  return output->expires > 0 && g_get_real_time () >= output->expires;
}

/* Brings the bytes of one address into the part file. FALSE without an error when the process leaves. */
static gboolean
fetch (RushesPipeline *self, const RushesOutput *output, GFile *part, GError **error)
{
  gint64 end = g_get_monotonic_time () + (gint64) (TRY_FOR * self->patience.second * G_USEC_PER_SEC);

  for (double pause = 1;; pause = MIN (pause * 2, SLOWEST_TRY))
    {
      g_autoptr (DexFuture) work =
          rushes_provider_fetch (self->provider, self->job, output, part, rushes_pipeline_report_bytes, self);
      g_autoptr (GError) problem = NULL;
      g_autoptr (GError) reason = NULL;

      if (rushes_pipeline_await (self, work, FALSE, &problem) != NULL)
        return TRUE;
      if (problem == NULL)
        return FALSE;

      reason = rushes_pipeline_translate (self, problem);
      if (rushes_pipeline_is_local (self) || !may_work_later (reason) || has_expired (output) ||
          g_get_monotonic_time () >= end)
        {
          g_propagate_error (error, g_steal_pointer (&reason));
          return FALSE;
        }
      rushes_pipeline_report (self, -1, _ ("The clip cannot be fetched yet, trying again"));
      rushes_pipeline_pause (self, MAX (pause, MIN (rushes_error_get_retry_after (reason), SLOWEST_TRY)), FALSE);
      if (rushes_pipeline_is_stopped (self))
        return FALSE;
    }
}

/* The first of the addresses whose bytes are a video wins. */
static gboolean
bring (RushesPipeline *self, RushesLanding *landing, GError **error)
{
  GPtrArray *outputs = self->attempt->outputs;
  g_autoptr (GError) problem = NULL;

  for (guint i = 0; i < outputs->len && !rushes_pipeline_is_stopped (self); i++)
    {
      g_clear_error (&problem);
      if (!fetch (self, g_ptr_array_index (outputs, i), landing->part, &problem))
        continue;
      if (dex_await (rushes_landing_finish (landing), &problem))
        return TRUE;
      rushes_http_download_forget (landing->part);
    }

  if (problem != NULL)
    g_propagate_error (error, g_steal_pointer (&problem));
  else if (!rushes_pipeline_is_stopped (self))
    rushes_set_error (error, RUSHES_ERROR_PROTOCOL, _ ("%s gives no address of the clip."),
                      rushes_provider_get_name (self->provider));
  return FALSE;
}

/* ---- all of it ---- */

/* Asks the provider for fresh addresses. FALSE when it has none. */
static gboolean
renew (RushesPipeline *self, GError **error)
{
  RushesStep step = { .to = RUSHES_TAKE_STATE_DOWNLOADING };
  g_autoptr (DexFuture) question = NULL;
  const GValue *value;
  RushesAnswer *answer;

  if (rushes_job_get_task_id (self->job) == NULL)
    return FALSE;

  question = rushes_provider_poll (self->provider, self->job);
  value = rushes_pipeline_await (self, question, FALSE, NULL);
  answer = value != NULL ? g_value_get_boxed (value) : NULL;
  if (answer == NULL || answer->phase != RUSHES_PHASE_DONE || answer->outputs == NULL || answer->outputs->len == 0)
    return FALSE;

  step.outputs = answer->outputs;
  return rushes_pipeline_advance (self, &step, error);
}

/* Every address is dead, by its own time or by what its host says after all the trying. */
static gboolean
is_lost (RushesPipeline *self, const GError *problem)
{
  if (problem->code == RUSHES_ERROR_NOT_FOUND || problem->code == RUSHES_ERROR_FORBIDDEN)
    return TRUE;

  for (guint i = 0; i < self->attempt->outputs->len; i++)
    if (!has_expired (g_ptr_array_index (self->attempt->outputs, i)))
      return FALSE;
  return self->attempt->outputs->len > 0;
}

/* What was made elsewhere was paid for; what was made here was not. */
static gboolean
give_up (RushesPipeline *self, GError *problem, GError **error)
{
  g_autoptr (GError) reason = NULL;
  RushesStep step = { .to = RUSHES_TAKE_STATE_EXPIRED };

  if (rushes_pipeline_is_local (self))
    {
      rushes_error_set_charged (problem, RUSHES_CHARGED_NO);
      return rushes_pipeline_fail (self, problem, error);
    }
  if (!is_lost (self, problem))
    {
      rushes_error_set_charged (problem,
                                problem->code == RUSHES_ERROR_MEDIA ? RUSHES_CHARGED_MAYBE : RUSHES_CHARGED_YES);
      return rushes_pipeline_fail (self, problem, error);
    }

  g_error_free (problem);
  step.error = reason =
      rushes_error_new (RUSHES_ERROR_NOT_FOUND, _ ("The clip was made, but %s does not keep it any more."),
                        rushes_provider_get_name (self->provider));
  rushes_error_set_charged (reason, RUSHES_CHARGED_YES);
  rushes_pipeline_advance (self, &step, error);
  return FALSE;
}

static gboolean
keep (RushesPipeline *self, const RushesLanding *landing, GError **error)
{
  RushesStep step = {
    .to = RUSHES_TAKE_STATE_READY, .clip = landing->clip, .facts = &landing->facts, .sha256 = landing->sha256
  };

  rushes_http_download_forget (landing->part);
  if (rushes_pipeline_advance (self, &step, error))
    rushes_pipeline_clear_spool (self);
  return FALSE;
}

gboolean
rushes_pipeline_download (RushesPipeline *self, GError **error)
{
  /* Each attempt has a place of its own, so that none writes over another's clip. */
  g_auto (RushesLanding) landing = {
    .part = rushes_library_get_clip_place (self->library, self->take, self->attempt->number - 1, "part"),
  };
  g_autoptr (GError) problem = NULL;

  if (!self->aside)
    rushes_line_push_in (self->line, rushes_provider_get_id (self->provider), rushes_take_get_id (self->take));
  rushes_pipeline_get_job (self);
  if (self->ahead == NULL)
    rushes_pipeline_report (self, -1, _ ("Saving"));
  rushes_pipeline_settle_ahead (self);

  if (dex_await_boolean (rushes_landing_prepare (&landing), &problem))
    return keep (self, &landing, error);
  if (problem != NULL)
    return give_up (self, g_steal_pointer (&problem), error);

  for (gboolean renewed = FALSE;; renewed = TRUE)
    {
      g_clear_error (&problem);
      if (bring (self, &landing, &problem))
        return keep (self, &landing, error);
      if (rushes_pipeline_is_stopped (self) && problem == NULL)
        return FALSE;

      /* A render that is gone was moved away or lost with the process that made it. */
      if (rushes_pipeline_is_local (self) && problem->code == RUSHES_ERROR_NOT_FOUND)
        return rushes_pipeline_begin_anew (self, error);
      if (renewed || !may_work_later (problem) || !renew (self, error))
        break;
    }

  if (*error != NULL || self->lost || rushes_pipeline_is_stopped (self))
    return FALSE;
  return give_up (self, g_steal_pointer (&problem), error);
}
