/* rushes-queue-errands.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "rushes-queue-private.h"

#include "rushes-async.h"
#include "rushes-attempt.h"
#include "rushes-error.h"
#include "rushes-spool.h"
#include "rushes-upload-sweep.h"

/* How long leaving waits for a submit under way: its reply is worth it. */
#define STOP_SECONDS 15

/* Likewise for removing copies that nobody needs; the next start goes on with it. */
#define TIDY_SECONDS 5

/* What is asked of the queue: each is a fiber of its own. */

typedef struct
{
  RushesQueue *self;
  RushesTake *take;
  RushesProject *project;
  RushesOrder order;
  char *order_id;
  RushesConsent consent;
} Errand;

static void
errand_free (Errand *errand)
{
  g_object_unref (errand->self);
  g_clear_object (&errand->take);
  g_clear_object (&errand->project);
  rushes_order_clear (&errand->order);
  g_free (errand->order_id);
  g_free (errand);
}

static Errand *
errand_new (RushesQueue *self, RushesTake *take)
{
  Errand *errand = g_new0 (Errand, 1);

  errand->self = g_object_ref (self);
  g_set_object (&errand->take, take);
  errand->consent = RUSHES_CONSENT_NONE;
  return errand;
}

static DexFuture *
send (DexFiberFunc func, Errand *errand)
{
  return rushes_async_spawn (func, errand, (GDestroyNotify) errand_free);
}

static DexFuture *
generate (gpointer data)
{
  Errand *errand = data;
  RushesQueue *self = errand->self;
  RushesWishes wishes = rushes_queue_get_wishes (self);
  g_autoptr (GPtrArray) takes = NULL;
  g_autoptr (GError) error = NULL;
  GFile *folder = rushes_folders_get_data (rushes_library_get_folders (self->library));

  if (!dex_await (rushes_spool_check_room (folder, RUSHES_SPOOL_ROOM), &error) ||
      !(takes = dex_await_boxed (rushes_library_order_with_consent (self->library, errand->project,
                                                                    errand->order.requests, errand->order.prices,
                                                                    errand->order_id, &errand->consent, &wishes),
                                 &error)))
    return dex_future_new_for_error (g_steal_pointer (&error));

  /* The same order once more gives takes that may be in work, or done. */
  for (guint i = 0; i < takes->len; i++)
    {
      RushesTake *take = g_ptr_array_index (takes, i);

      if (rushes_take_get_state (take) == RUSHES_TAKE_STATE_QUEUED)
        rushes_queue_start (self, take);
    }
  return dex_future_new_take_boxed (G_TYPE_PTR_ARRAY, g_steal_pointer (&takes));
}

DexFuture *
rushes_queue_generate (RushesQueue *self,
                       RushesProject *project,
                       RushesDraft *draft,
                       GPtrArray *batch,
                       const char *order_id)
{
  return rushes_queue_generate_with_consent (self, project, draft, batch, order_id, NULL);
}

/* One draft for each picture of @batch, or the draft itself. */
static GPtrArray *
list_drafts (RushesDraft *draft, GPtrArray *batch)
{
  GPtrArray *drafts = g_ptr_array_new_with_free_func (g_object_unref);

  if (batch == NULL)
    g_ptr_array_add (drafts, g_object_ref (draft));
  for (guint i = 0; batch != NULL && i < batch->len; i++)
    {
      RushesDraft *copy = rushes_draft_copy (draft);

      rushes_draft_set_reference (copy, RUSHES_ROLE_FIRST_FRAME, 0, g_ptr_array_index (batch, i));
      g_ptr_array_add (drafts, copy);
    }
  return drafts;
}

DexFuture *
rushes_queue_generate_with_consent (RushesQueue *self,
                                    RushesProject *project,
                                    RushesDraft *draft,
                                    GPtrArray *batch,
                                    const char *order_id,
                                    const RushesConsent *consent)
{
  g_autoptr (GPtrArray) drafts = NULL;

  dex_return_error_if_fail (RUSHES_IS_DRAFT (draft));

  drafts = list_drafts (draft, batch);
  return rushes_queue_generate_all (self, project, drafts, order_id, consent);
}

DexFuture *
rushes_queue_generate_all (RushesQueue *self,
                           RushesProject *project,
                           GPtrArray *drafts,
                           const char *order_id,
                           const RushesConsent *consent)
{
  g_auto (RushesOrder) order = { 0 };
  g_autoptr (GError) error = NULL;
  Errand *errand;

  dex_return_error_if_fail (RUSHES_IS_QUEUE (self));
  dex_return_error_if_fail (RUSHES_IS_PROJECT (project));
  dex_return_error_if_fail (drafts != NULL && drafts->len > 0);
  dex_return_error_if_fail (order_id != NULL);

  if (!rushes_order_freeze (&order, self->registry, drafts, &error))
    return dex_future_new_for_error (g_steal_pointer (&error));

  errand = errand_new (self, NULL);
  errand->project = g_object_ref (project);
  errand->order = order;
  order = (RushesOrder) { 0 };
  errand->order_id = g_strdup (order_id);
  if (consent != NULL)
    errand->consent = *consent;
  return send (generate, errand);
}

/* Whose provider was removed meanwhile goes on with the description that submitted it. */
RushesProvider *
rushes_queue_find_provider (RushesQueue *self, RushesTake *take)
{
  RushesRequest *request = rushes_take_get_request (take);
  RushesProvider *provider =
      request != NULL ? rushes_registry_find (self->registry, rushes_request_get_provider_id (request)) : NULL;
  g_autoptr (RushesAttempt) attempt = NULL;
  g_autoptr (GBytes) description = NULL;
  g_autoptr (GError) error = NULL;

  if (provider != NULL || request == NULL)
    return provider != NULL ? g_object_ref (provider) : NULL;
  attempt = dex_await_boxed (rushes_library_load_attempt (self->library, take), NULL);
  if (attempt == NULL || attempt->description == NULL ||
      !(description =
            dex_await_boxed (rushes_library_load_description (self->library, attempt->description), &error)) ||
      !(provider = rushes_registry_find_or_make (self->registry, rushes_request_get_provider_id (request), description,
                                                 &error)))
    {
      if (error != NULL)
        g_info ("Take %s waits for its provider: %s", rushes_take_get_id (take), error->message);
      return NULL;
    }
  return provider;
}

static gboolean
start (RushesQueue *self, RushesTake *take)
{
  g_autoptr (RushesProvider) provider = NULL;

  if (self->stopping || (provider = rushes_queue_find_provider (self, take)) == NULL || self->stopping)
    return FALSE;
  rushes_queue_resume_with (self, take, provider);
  return TRUE;
}

/* What a process left that is gone, and what this one left itself. */
static int
pick_up (RushesQueue *self, RushesTake *take, GError **error)
{
  g_autoptr (GPtrArray) takes = dex_await_boxed (rushes_library_adopt (self->library, take), error);
  int n = 0;

  if (takes == NULL)
    return -1;
  if (take != NULL && takes->len == 0 && rushes_take_get_state (take) == RUSHES_TAKE_STATE_LEFT)
    g_ptr_array_add (takes, g_object_ref (take));

  for (guint i = 0; i < takes->len; i++)
    n += start (self, g_ptr_array_index (takes, i));
  return n;
}

static DexFuture *
on_tidied (DexFuture *future, gpointer data)
{
  RushesQueue *self = data;

  dex_clear (&self->tidying);
  if (self->tidy_again && !self->stopping)
    rushes_queue_tidy (self);
  return NULL;
}

void
rushes_queue_tidy (RushesQueue *self)
{
  self->tidy_again = self->tidying != NULL;
  if (self->tidying != NULL)
    return;
  self->tidying = rushes_upload_sweep (self->library, NULL, NULL, NULL);
  dex_future_disown (dex_future_finally (dex_ref (self->tidying), on_tidied, g_object_ref (self), g_object_unref));
}

static DexFuture *
resume (gpointer data)
{
  Errand *errand = data;
  g_autoptr (GError) error = NULL;
  int n = pick_up (errand->self, errand->take, &error);

  if (errand->take == NULL)
    rushes_queue_tidy (errand->self);
  return n < 0 ? dex_future_new_for_error (g_steal_pointer (&error)) : dex_future_new_for_int (n);
}

DexFuture *
rushes_queue_resume (RushesQueue *self, RushesTake *take)
{
  dex_return_error_if_fail (RUSHES_IS_QUEUE (self));
  dex_return_error_if_fail (take == NULL || RUSHES_IS_TAKE (take));

  return send (resume, errand_new (self, take));
}

static DexFuture *
cancel (gpointer data)
{
  Errand *errand = data;
  RushesQueue *self = errand->self;
  g_autoptr (GError) error = NULL;

  if (rushes_take_state_is_end (rushes_take_get_state (errand->take)))
    return dex_future_new_true ();
  if (!dex_await (rushes_library_request_cancel (self->library, errand->take), &error))
    return dex_future_new_for_error (g_steal_pointer (&error));

  /* Whoever runs it obeys; where nobody does, that is for this process to do. */
  if (!g_hash_table_contains (self->runs, errand->take) && pick_up (self, errand->take, &error) < 0)
    return dex_future_new_for_error (g_steal_pointer (&error));
  return dex_future_new_true ();
}

DexFuture *
rushes_queue_cancel (RushesQueue *self, RushesTake *take)
{
  dex_return_error_if_fail (RUSHES_IS_QUEUE (self));
  dex_return_error_if_fail (RUSHES_IS_TAKE (take));

  return send (cancel, errand_new (self, take));
}

/* The clip was made and paid for, and only did not arrive. */
static gboolean
is_owed (const RushesAttempt *attempt)
{
  return attempt->state == RUSHES_TAKE_STATE_FAILED && attempt->charged != RUSHES_CHARGED_NO &&
         attempt->outputs->len > 0;
}

static DexFuture *
retry (gpointer data)
{
  Errand *errand = data;
  RushesQueue *self = errand->self;
  RushesStep step = { .to = RUSHES_TAKE_STATE_DOWNLOADING };
  RushesWishes wishes = rushes_queue_get_wishes (self);
  const GError *lost = rushes_request_get_problem (rushes_take_get_request (errand->take));
  g_autoptr (RushesAttempt) attempt = NULL;
  g_autoptr (RushesAttempt) next = NULL;
  g_autoptr (GError) error = NULL;

  attempt = dex_await_boxed (rushes_library_load_attempt (self->library, errand->take), &error);
  if (attempt != NULL && is_owed (attempt))
    dex_await (rushes_library_advance (self->library, errand->take, attempt, &step), &error);
  else if (attempt != NULL && lost != NULL)
    error = g_error_copy (lost);
  else if (attempt != NULL)
    next = dex_await_boxed (
        rushes_library_add_attempt_with_consent (self->library, errand->take, &errand->consent, &wishes), &error);

  if (error != NULL)
    return dex_future_new_for_error (g_steal_pointer (&error));
  /* What came before may still be looked for. */
  rushes_queue_break_off (self, errand->take);
  rushes_queue_start (self, errand->take);
  return dex_future_new_take_object (g_object_ref (errand->take));
}

DexFuture *
rushes_queue_retry (RushesQueue *self, RushesTake *take)
{
  return rushes_queue_retry_with_consent (self, take, NULL);
}

DexFuture *
rushes_queue_retry_with_consent (RushesQueue *self, RushesTake *take, const RushesConsent *consent)
{
  Errand *errand;

  dex_return_error_if_fail (RUSHES_IS_QUEUE (self));
  dex_return_error_if_fail (RUSHES_IS_TAKE (take));

  errand = errand_new (self, take);
  if (consent != NULL)
    errand->consent = *consent;
  return send (retry, errand);
}

static DexFuture *
stop (gpointer data)
{
  Errand *errand = data;
  g_autoptr (GPtrArray) ends = g_ptr_array_new_with_free_func (dex_unref);
  gint64 deadline = g_get_monotonic_time () + STOP_SECONDS * G_USEC_PER_SEC;
  GHashTableIter iter;
  gpointer value;

  errand->self->stopping = TRUE;
  g_hash_table_iter_init (&iter, errand->self->runs);
  while (g_hash_table_iter_next (&iter, NULL, &value))
    {
      RushesRun *run = value;

      g_ptr_array_add (ends, dex_ref (run->end));
      for (guint i = 0; i < run->pipelines->len; i++)
        rushes_pipeline_stop (g_ptr_array_index (run->pipelines, i));
    }

  /* Stopping is only noted above: the runs end in fibers of their own. */
  for (guint i = 0; i < ends->len; i++)
    {
      double rest = (deadline - g_get_monotonic_time ()) / (double) G_USEC_PER_SEC;

      if (rest > 0)
        dex_await (dex_future_first (dex_ref (g_ptr_array_index (ends, i)), rushes_async_sleep (rest), NULL), NULL);
    }
  if (errand->self->tidying != NULL)
    dex_await (dex_future_first (dex_ref (errand->self->tidying), rushes_async_sleep (TIDY_SECONDS), NULL), NULL);
  return dex_future_new_true ();
}

DexFuture *
rushes_queue_stop (RushesQueue *self)
{
  dex_return_error_if_fail (RUSHES_IS_QUEUE (self));

  return send (stop, errand_new (self, NULL));
}
