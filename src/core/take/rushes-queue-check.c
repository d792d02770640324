/* rushes-queue-check.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "rushes-queue-private.h"

#include <glib/gi18n.h>

#include "rushes-async.h"
#include "rushes-attempt.h"
#include "rushes-error.h"
#include "rushes-spool.h"

/* What a person does about a take whose end is not known, or not believed. */

typedef struct
{
  RushesQueue *self;
  RushesTake *take;
} Errand;

static void
errand_free (Errand *errand)
{
  g_object_unref (errand->self);
  g_object_unref (errand->take);
  g_free (errand);
}

static DexFuture *
send (DexFiberFunc func, RushesQueue *self, RushesTake *take)
{
  Errand *errand = g_new0 (Errand, 1);

  errand->self = g_object_ref (self);
  errand->take = g_object_ref (take);
  return rushes_async_spawn (func, errand, (GDestroyNotify) errand_free);
}

/* ---- check again ---- */

/* Asks about each attempt, and keeps the pipelines of those that are alive: each has a place of its own for its clip.
 * FALSE when none could be asked. */
static gboolean
ask_all (RushesRun *run, RushesProvider *provider, GPtrArray *attempts, GError **error)
{
  g_autoptr (GError) first = NULL;

  for (guint i = 0; i < attempts->len && !run->queue->stopping && !run->broken_off; i++)
    {
      RushesPipeline *pipeline = rushes_run_add (run, provider);
      g_autoptr (GError) problem = NULL;

      if (!dex_await_boolean (rushes_pipeline_ask (pipeline, g_ptr_array_index (attempts, i)), &problem))
        g_ptr_array_remove (run->pipelines, pipeline);
      if (problem != NULL && first == NULL)
        first = g_steal_pointer (&problem);
    }

  if (first == NULL || run->pipelines->len > 0)
    return TRUE;
  g_propagate_error (error, g_steal_pointer (&first));
  return FALSE;
}

static int
check_attempts (RushesQueue *self, RushesTake *take, RushesProvider *provider, GPtrArray *attempts, GError **error)
{
  RushesRun *run = rushes_queue_begin_run (self, take);
  int n = ask_all (run, provider, attempts, error) ? (int) run->pipelines->len : -1;
  gboolean go_on = n > 0 && !self->stopping && !run->broken_off;

  if (run->broken_off && n >= 0)
    {
      n = -1;
      rushes_set_error (error, RUSHES_ERROR_CANCELLED, "%s",
                        _ ("You decided about this take while it was being looked for."));
    }
  /* Nothing has come to an end by a question. */
  rushes_queue_end_run (run, go_on ? rushes_run_go (run) : dex_future_new_false ());
  return n;
}

static DexFuture *
check (gpointer data)
{
  Errand *errand = data;
  RushesQueue *self = errand->self;
  g_autoptr (GPtrArray) adopted = NULL;
  g_autoptr (GPtrArray) attempts = NULL;
  g_autoptr (RushesProvider) provider = NULL;
  g_autoptr (GError) error = NULL;
  int n;

  if (!(adopted = dex_await_boxed (rushes_library_adopt (self->library, errand->take), &error)) ||
      !(attempts = dex_await_boxed (rushes_library_load_attempts (self->library, errand->take), &error)))
    return dex_future_new_for_error (g_steal_pointer (&error));

  provider = rushes_queue_find_provider (self, errand->take);
  if (provider == NULL)
    return dex_future_new_for_error (
        rushes_error_new (RUSHES_ERROR_NOT_FOUND, "%s",
                          _ ("The provider of this take is not there any more. Add it again, then check again.")));

  /* What is in work is asked about all the time. */
  if (self->stopping || g_hash_table_contains (self->runs, errand->take))
    return dex_future_new_for_int (0);
  if (rushes_take_state_is_active (rushes_take_get_state (errand->take)))
    {
      if (adopted->len > 0)
        rushes_queue_resume_with (self, errand->take, provider);
      return dex_future_new_for_int (adopted->len > 0);
    }

  n = check_attempts (self, errand->take, provider, attempts, &error);
  return n < 0 ? dex_future_new_for_error (g_steal_pointer (&error)) : dex_future_new_for_int (n);
}

DexFuture *
rushes_queue_check (RushesQueue *self, RushesTake *take)
{
  dex_return_error_if_fail (RUSHES_IS_QUEUE (self));
  dex_return_error_if_fail (RUSHES_IS_TAKE (take));

  return send (check, self, take);
}

/* ---- forget ---- */

static DexFuture *
forget (gpointer data)
{
  Errand *errand = data;
  RushesLibrary *library = errand->self->library;
  RushesStep step = { .to = RUSHES_TAKE_STATE_FAILED, .decided = TRUE };
  g_autoptr (GPtrArray) adopted = NULL;
  g_autoptr (RushesAttempt) attempt = NULL;
  g_autoptr (GFile) spool = NULL;
  g_autoptr (GError) reason = NULL;
  g_autoptr (GError) error = NULL;
  gboolean done = FALSE;

  if (!(adopted = dex_await_boxed (rushes_library_adopt (library, errand->take), &error)) ||
      !(attempt = dex_await_boxed (rushes_library_load_attempt (library, errand->take), &error)))
    return dex_future_new_for_error (g_steal_pointer (&error));
  if (attempt->state != RUSHES_TAKE_STATE_UNCONFIRMED)
    return dex_future_new_for_error (
        rushes_error_new (RUSHES_ERROR_BAD_REQUEST, "%s",
                          _ ("Only a take of which nobody knows whether it was accepted can be forgotten.")));

  step.error = reason = rushes_error_new (RUSHES_ERROR_CANCELLED, "%s", _ ("You let it be."));
  rushes_error_set_charged (reason, RUSHES_CHARGED_MAYBE);
  done = dex_await_boolean (rushes_library_advance (library, errand->take, attempt, &step), &error);
  if (error == NULL && !done)
    error = rushes_error_new (RUSHES_ERROR_BAD_REQUEST, "%s",
                              _ ("Something has become of this take just now. Look at it once more."));
  if (error != NULL)
    return dex_future_new_for_error (g_steal_pointer (&error));

  /* Whoever looks for it does so for nobody now. */
  rushes_queue_break_off (errand->self, errand->take);
  spool = g_file_get_child (rushes_folders_get_spool (rushes_library_get_folders (library)), attempt->id);
  dex_await (rushes_spool_remove (spool), NULL);
  return dex_future_new_true ();
}

DexFuture *
rushes_queue_forget (RushesQueue *self, RushesTake *take)
{
  dex_return_error_if_fail (RUSHES_IS_QUEUE (self));
  dex_return_error_if_fail (RUSHES_IS_TAKE (take));

  return send (forget, self, take);
}
