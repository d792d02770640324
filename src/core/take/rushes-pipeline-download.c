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

/* What came and is no whole video may be a page of somebody in between: it is fetched anew, after these. */
static const double broken_pauses[] = { 10, 60 };

/* So often in a row a provider must say that it does not know the task. */
#define NOT_FOUND_ANSWERS 3

#define MEGABYTE 1000000

#define TOO_EARLY 425

/* Each attempt has a place of its own, so that none writes over another's clip. */
static GFile *
get_part (RushesPipeline *self)
{
  return rushes_library_get_clip_place (self->library, self->take, self->attempt->number - 1, "part");
}

/* ---- what can be looked at meanwhile ---- */

void
rushes_pipeline_end_arrival (RushesPipeline *self, RushesArrivalState state)
{
  if (self->arrival == NULL)
    return;
  rushes_arrival_end (self->arrival, state);
  rushes_library_show_arrival (self->library, self->take, NULL);
  g_clear_object (&self->arrival);
}

/* Fewer bytes than before are the beginning of something else, which is said before the file is touched. */
static void
show_arrival (RushesPipeline *self, gint64 bytes, gint64 total)
{
  if (self->arrival != NULL && bytes < rushes_arrival_get_size (self->arrival))
    rushes_pipeline_end_arrival (self, RUSHES_ARRIVAL_GONE);
  if (self->arrival == NULL)
    {
      g_autoptr (GFile) part = get_part (self);

      self->arrival = rushes_arrival_new (part, rushes_job_get_pieces (self->job));
      rushes_library_show_arrival (self->library, self->take, self->arrival);
    }
  rushes_arrival_grow (self->arrival, bytes, total);
}

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
  /* Of two attempts that come at once the newer one is looked at. */
  if (!rushes_pipeline_is_local (self) && !self->aside)
    show_arrival (self, bytes, total);
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
      return rushes_error_get_http_status (problem) == SOUP_STATUS_REQUEST_TIMEOUT ||
             rushes_error_get_http_status (problem) == TOO_EARLY;
    }
}

static gboolean
has_expired (const RushesOutput *output)
{
  return output->expires > 0 && g_get_real_time () >= output->expires;
}

static gint64
get_end (RushesPipeline *self)
{
  return g_get_monotonic_time () + (gint64) (TRY_FOR * self->patience.second * G_USEC_PER_SEC);
}

/* With another key nobody gets at what was made with the first one: that is waited for, however long it takes. FALSE
 * when the process leaves. */
static gboolean
wait_for_key (RushesPipeline *self)
{
  g_autoptr (GError) blame = rushes_pipeline_blame_key (self);

  rushes_pipeline_report (self, -1, blame->message);
  rushes_pipeline_pause (self, SLOWEST_TRY, FALSE);
  return !rushes_pipeline_is_stopped (self);
}

static void
report_trouble (RushesPipeline *self)
{
  rushes_pipeline_report (self, -1, _ ("The clip cannot be fetched yet, trying again"));
}

/* Brings the bytes of one address into the part file. FALSE without an error when the process leaves. */
static gboolean
fetch (RushesPipeline *self, const RushesOutput *output, GFile *part, GError **error)
{
  gint64 end = get_end (self);

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
      if (rushes_pipeline_doubts (self, reason) && !has_expired (output))
        {
          if (!wait_for_key (self))
            return FALSE;
          end = get_end (self);
          continue;
        }
      if (rushes_pipeline_is_local (self) || !may_work_later (reason) || has_expired (output) ||
          g_get_monotonic_time () >= end)
        {
          g_propagate_error (error, g_steal_pointer (&reason));
          return FALSE;
        }
      report_trouble (self);
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
      gboolean fetched;

      g_clear_error (&problem);
      fetched = fetch (self, g_ptr_array_index (outputs, i), landing->part, &problem);
      if (fetched && dex_await (rushes_landing_finish (landing), &problem))
        return TRUE;
      if (fetched || g_error_matches (problem, RUSHES_ERROR, RUSHES_ERROR_MEDIA))
        rushes_pipeline_end_arrival (self, RUSHES_ARRIVAL_GONE);
      /* Of what is no video no rest is worth fetching. */
      if (!fetched && g_error_matches (problem, RUSHES_ERROR, RUSHES_ERROR_MEDIA))
        dex_await (dex_file_delete (landing->part, G_PRIORITY_DEFAULT), NULL);
      if (fetched || g_error_matches (problem, RUSHES_ERROR, RUSHES_ERROR_MEDIA))
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

typedef enum
{
  RENEWED,
  UNANSWERED, /* nobody knows whether there are any, or this process leaves */
  NOT_RENEWED,
} Renewal;

static gboolean
has_outputs (const RushesAnswer *answer)
{
  return answer->phase == RUSHES_PHASE_DONE && answer->outputs != NULL && answer->outputs->len > 0;
}

/* Asks the provider for fresh addresses, for as long as an address is tried: that a question fails does not mean that
 * the clip is lost. With UNANSWERED what it failed of last is in @problem, if it did. */
static Renewal
renew (RushesPipeline *self, GError **problem, GError **error)
{
  gint64 end = get_end (self);
  guint n_not_found = 0;

  if (rushes_job_get_task_id (self->job) == NULL)
    return NOT_RENEWED;

  for (double pause = 1;; pause = MIN (pause * 2, SLOWEST_TRY))
    {
      RushesStep step = { .to = RUSHES_TAKE_STATE_DOWNLOADING };
      g_autoptr (DexFuture) question = rushes_provider_poll (self->provider, self->job);
      g_autoptr (GError) failure = NULL;
      const GValue *value = rushes_pipeline_await (self, question, FALSE, &failure);
      const RushesAnswer *answer = value != NULL ? g_value_get_boxed (value) : NULL;
      g_autoptr (GError) reason = NULL;

      if (failure != NULL)
        reason = rushes_pipeline_translate (self, failure);
      else if (answer != NULL && answer->error != NULL)
        reason = rushes_pipeline_translate (self, answer->error);
      if (reason != NULL && rushes_pipeline_doubts (self, reason))
        {
          if (!wait_for_key (self))
            return UNANSWERED;
          end = get_end (self);
          continue;
        }
      if (answer != NULL && has_outputs (answer))
        {
          step.outputs = answer->outputs;
          return rushes_pipeline_advance (self, &step, error) ? RENEWED : UNANSWERED;
        }
      if (answer != NULL && (answer->phase == RUSHES_PHASE_FAILED || answer->phase == RUSHES_PHASE_CANCELLED))
        return NOT_RENEWED;
      n_not_found = g_error_matches (failure, RUSHES_ERROR, RUSHES_ERROR_NOT_FOUND) ? n_not_found + 1 : 0;
      if (n_not_found >= NOT_FOUND_ANSWERS)
        return NOT_RENEWED;

      g_clear_error (problem);
      if (failure != NULL)
        *problem = rushes_pipeline_translate (self, failure);
      if (g_get_monotonic_time () >= end || rushes_pipeline_is_stopped (self))
        return UNANSWERED;
      report_trouble (self);
      if (*problem != NULL)
        pause = MAX (pause, MIN (rushes_error_get_retry_after (*problem), SLOWEST_TRY));
      rushes_pipeline_pause (self, pause, FALSE);
    }
}

/* Every address is dead, by its own time or by what its host says after all the trying. */
static gboolean
is_dead (RushesPipeline *self, const GError *problem)
{
  if (problem->code == RUSHES_ERROR_NOT_FOUND || problem->code == RUSHES_ERROR_FORBIDDEN)
    return TRUE;

  for (guint i = 0; i < self->attempt->outputs->len; i++)
    if (!has_expired (g_ptr_array_index (self->attempt->outputs, i)))
      return FALSE;
  return self->attempt->outputs->len > 0;
}

/* What is paid for is fetched again, not ordered again. */
static void
say_what_to_do (RushesPipeline *self, GError *problem)
{
  const char *name = rushes_provider_get_name (self->provider);
  g_autofree char *sentence = NULL;

  switch (problem->code)
    {
    case RUSHES_ERROR_NETWORK:
    case RUSHES_ERROR_TIMEOUT:
      /* Translators: %s is a provider. */
      sentence = g_strdup_printf (_ ("The clip was made, but the connection to %s fails. Check again later; that costs "
                                     "nothing more."),
                                  name);
      break;
    case RUSHES_ERROR_PROVIDER:
    case RUSHES_ERROR_RATE_LIMITED:
    case RUSHES_ERROR_FORBIDDEN:
    case RUSHES_ERROR_NOT_FOUND:
      /* Translators: %s is a provider. */
      sentence =
          g_strdup_printf (_ ("The clip was made, but %s does not hand it out now. Check again later; that costs "
                              "nothing more."),
                           name);
      break;
    default:
      return;
    }
  g_set_str (&problem->message, sentence);
}

/* What was made elsewhere was paid for; what was made here was not. */
static gboolean
give_up (RushesPipeline *self, GError *problem, gboolean lost, GError **error)
{
  g_autoptr (GError) reason = NULL;
  RushesStep step = { .to = RUSHES_TAKE_STATE_EXPIRED };

  if (rushes_pipeline_is_local (self))
    {
      rushes_error_set_charged (problem, RUSHES_CHARGED_NO);
      return rushes_pipeline_fail (self, problem, error);
    }
  if (!lost)
    {
      say_what_to_do (self, problem);
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
    .to = RUSHES_TAKE_STATE_READY,
    .clip = landing->clip,
    .facts = &landing->facts,
    .sha256 = landing->sha256,
    .cached = self->handling == RUSHES_HANDLING_STREAM,
  };

  rushes_http_download_forget (landing->part);
  if (self->arrival != NULL)
    rushes_arrival_end (self->arrival, RUSHES_ARRIVAL_WHOLE);
  if (rushes_pipeline_advance (self, &step, error))
    rushes_pipeline_clear_spool (self);
  return FALSE;
}

static gboolean
download (RushesPipeline *self, RushesLanding *landing, GError **error)
{
  g_autoptr (GError) problem = NULL;
  g_autoptr (GError) unanswered = NULL;
  Renewal renewal = RENEWED;
  gboolean renewed = FALSE;
  gboolean dead;
  guint n_broken = 0;

  if (dex_await_boolean (rushes_landing_prepare (landing), &problem))
    return keep (self, landing, error);
  if (problem != NULL)
    return give_up (self, g_steal_pointer (&problem), FALSE, error);

  while (renewal == RENEWED)
    {
      g_clear_error (&problem);
      if (bring (self, landing, &problem))
        return keep (self, landing, error);
      if (rushes_pipeline_is_stopped (self) && problem == NULL)
        return FALSE;

      /* A render that is gone was moved away or lost with the process that made it. */
      if (rushes_pipeline_is_local (self) && problem->code == RUSHES_ERROR_NOT_FOUND)
        return rushes_pipeline_begin_anew (self, error);
      if (rushes_pipeline_is_local (self) || problem->code == RUSHES_ERROR_STORAGE)
        break;
      if (problem->code == RUSHES_ERROR_MEDIA && n_broken < G_N_ELEMENTS (broken_pauses))
        {
          report_trouble (self);
          rushes_pipeline_pause (self, broken_pauses[n_broken++], FALSE);
          continue;
        }
      /* Once: what is as dead under a fresh address is lost. */
      if (renewed)
        break;
      renewed = TRUE;
      renewal = renew (self, &unanswered, error);
    }

  if (*error != NULL || self->lost || rushes_pipeline_is_stopped (self))
    return FALSE;
  dead = renewal != UNANSWERED && is_dead (self, problem);
  if (unanswered != NULL && renewal == UNANSWERED)
    return give_up (self, g_steal_pointer (&unanswered), FALSE, error);
  return give_up (self, g_steal_pointer (&problem), dead, error);
}

gboolean
rushes_pipeline_download (RushesPipeline *self, GError **error)
{
  g_auto (RushesLanding) landing = { .part = get_part (self) };
  gboolean go_on;

  if (!self->aside)
    rushes_line_push_in (self->line, rushes_provider_get_id (self->provider), rushes_take_get_id (self->take));
  rushes_pipeline_get_job (self);
  if (self->ahead == NULL)
    rushes_pipeline_report (self, -1, _ ("Saving"));
  rushes_pipeline_settle_ahead (self);

  go_on = download (self, &landing, error);
  rushes_pipeline_end_arrival (self, RUSHES_ARRIVAL_GONE);
  return go_on;
}
