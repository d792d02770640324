/* rushes-queue.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "rushes-queue-private.h"

#include <glib/gi18n.h>

#include "rushes-async.h"
#include "rushes-attempt.h"
#include "rushes-error.h"
#include "rushes-provider-settings.h"
#include "rushes-settings.h"

#define DEFAULT_TRIES 2
#define MAX_TRIES     5
#define DEFAULT_DELAY 2
#define MAX_DELAY     3600
#define MIN_LIMIT     1
#define MAX_LIMIT     3600

G_DEFINE_FINAL_TYPE (RushesQueue, rushes_queue, G_TYPE_OBJECT)

enum
{
  PROP_0,
  PROP_N_ACTIVE,
  PROP_N_RUNNING,
  PROP_N_SUBMITTING,
  PROP_TRIES,
  PROP_DELAY,
  PROP_TIME_LIMIT,
  N_PROPS
};

enum
{
  TAKE_ENDED,
  N_SIGNALS
};

static GParamSpec *properties[N_PROPS];
static guint signals[N_SIGNALS];

/* ---- the object ---- */

static void
rushes_queue_finalize (GObject *object)
{
  RushesQueue *self = RUSHES_QUEUE (object);

  g_clear_object (&self->library);
  g_clear_object (&self->registry);
  g_clear_object (&self->fitter);
  g_hash_table_unref (self->lanes);
  g_clear_object (&self->crowd);
  g_object_unref (self->line);
  g_object_unref (self->settings);
  g_hash_table_unref (self->runs);
  dex_clear (&self->tidying);

  G_OBJECT_CLASS (rushes_queue_parent_class)->finalize (object);
}

static void
rushes_queue_get_property (GObject *object, guint prop_id, GValue *value, GParamSpec *pspec)
{
  RushesQueue *self = RUSHES_QUEUE (object);

  switch (prop_id)
    {
    case PROP_N_ACTIVE:
      g_value_set_uint (value, rushes_queue_get_n_active (self));
      break;
    case PROP_N_RUNNING:
      g_value_set_uint (value, self->n_running);
      break;
    case PROP_N_SUBMITTING:
      g_value_set_uint (value, self->n_submitting);
      break;
    case PROP_TRIES:
      g_value_set_uint (value, self->patience.tries);
      break;
    case PROP_DELAY:
      g_value_set_double (value, self->patience.delay);
      break;
    case PROP_TIME_LIMIT:
      g_value_set_double (value, self->patience.time_limit);
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, prop_id, pspec);
    }
}

static void
rushes_queue_set_property (GObject *object, guint prop_id, const GValue *value, GParamSpec *pspec)
{
  RushesQueue *self = RUSHES_QUEUE (object);
  RushesPatience old = self->patience;

  switch (prop_id)
    {
    case PROP_TRIES:
      self->patience.tries = g_value_get_uint (value);
      self->told_tries = TRUE;
      break;
    case PROP_DELAY:
      self->patience.delay = g_value_get_double (value);
      self->told_delay = TRUE;
      break;
    case PROP_TIME_LIMIT:
      self->patience.time_limit = g_value_get_double (value);
      self->told_limit = TRUE;
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, prop_id, pspec);
      return;
    }

  if (old.tries != self->patience.tries || old.delay != self->patience.delay ||
      old.time_limit != self->patience.time_limit)
    g_object_notify_by_pspec (object, pspec);
}

static void
rushes_queue_class_init (RushesQueueClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  const GParamFlags readable = G_PARAM_READABLE | G_PARAM_EXPLICIT_NOTIFY | G_PARAM_STATIC_STRINGS;
  const GParamFlags changeable = readable | G_PARAM_WRITABLE;

  object_class->finalize = rushes_queue_finalize;
  object_class->get_property = rushes_queue_get_property;
  object_class->set_property = rushes_queue_set_property;

  properties[PROP_N_ACTIVE] = g_param_spec_uint ("n-active", NULL, NULL, 0, G_MAXUINT, 0, readable);
  properties[PROP_N_RUNNING] = g_param_spec_uint ("n-running", NULL, NULL, 0, G_MAXUINT, 0, readable);
  properties[PROP_N_SUBMITTING] = g_param_spec_uint ("n-submitting", NULL, NULL, 0, G_MAXUINT, 0, readable);
  properties[PROP_TRIES] = g_param_spec_uint ("tries", NULL, NULL, 0, MAX_TRIES, DEFAULT_TRIES, changeable);
  properties[PROP_DELAY] = g_param_spec_double ("delay", NULL, NULL, 0, MAX_DELAY, DEFAULT_DELAY, changeable);
  properties[PROP_TIME_LIMIT] = g_param_spec_double ("time-limit", NULL, NULL, 0, MAX_LIMIT, 0, changeable);
  g_object_class_install_properties (object_class, N_PROPS, properties);

  signals[TAKE_ENDED] = g_signal_new ("take-ended", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                                      G_TYPE_NONE, 1, RUSHES_TYPE_TAKE);
}

static void
run_free (RushesRun *run)
{
  g_object_unref (run->queue);
  g_object_unref (run->take);
  g_ptr_array_unref (run->pipelines);
  dex_unref (run->end);
  g_free (run);
}

static void
rushes_queue_init (RushesQueue *self)
{
  self->patience = (RushesPatience) { .tries = DEFAULT_TRIES, .delay = DEFAULT_DELAY, .second = 1 };
  self->settings = rushes_settings_get ();
  self->line = rushes_line_new ();
  self->lanes = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  self->runs = g_hash_table_new_full (NULL, NULL, NULL, (GDestroyNotify) run_free);
}

void
rushes_queue_set_second (RushesQueue *self, double second)
{
  self->patience.second = second;
}

guint
rushes_queue_get_n_active (RushesQueue *self)
{
  g_return_val_if_fail (RUSHES_IS_QUEUE (self), 0);
  return g_hash_table_size (self->runs);
}

guint
rushes_queue_get_n_submitting (RushesQueue *self)
{
  g_return_val_if_fail (RUSHES_IS_QUEUE (self), 0);
  return self->n_submitting;
}

/* ---- the line ---- */

static void
on_n_taken (RushesQueue *self)
{
  guint n = rushes_line_get_n_taken (self->line);

  if (self->n_running == n)
    return;
  self->n_running = n;
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_N_RUNNING]);
}

static void
on_provider_changed (RushesProvider *provider, RushesQueue *self)
{
  const char *id = rushes_provider_get_id (provider);

  rushes_crowd_forget (self->crowd, id);
  rushes_line_set_slots (self->line, id, rushes_provider_get_slots (provider));
}

static void
on_total_changed (RushesQueue *self)
{
  rushes_line_set_total (self->line, g_settings_get_uint (self->settings, "slots"));
}

static void
on_paused (RushesQueue *self)
{
  rushes_line_set_paused (self->line, rushes_library_get_paused (self->library));
}

/* What cannot be written down is not to be done. */
static void
on_problem (RushesQueue *self)
{
  dex_future_disown (rushes_queue_stop (self));
}

static void
open_lane (RushesQueue *self, RushesProvider *provider)
{
  if (!g_hash_table_add (self->lanes, g_strdup (rushes_provider_get_id (provider))))
    return;
  g_signal_connect_object (provider, "changed", G_CALLBACK (on_provider_changed), self, 0);
  on_provider_changed (provider, self);
}

RushesQueue *
rushes_queue_new (RushesLibrary *library, RushesRegistry *registry, RushesPictureFitter *fitter)
{
  RushesQueue *self;

  g_return_val_if_fail (RUSHES_IS_LIBRARY (library), NULL);
  g_return_val_if_fail (RUSHES_IS_REGISTRY (registry), NULL);
  g_return_val_if_fail (fitter == NULL || RUSHES_IS_PICTURE_FITTER (fitter), NULL);

  self = g_object_new (RUSHES_TYPE_QUEUE, NULL);
  self->library = g_object_ref (library);
  self->registry = g_object_ref (registry);
  g_set_object (&self->fitter, fitter);
  self->crowd = rushes_crowd_new (library, self->line);
  g_signal_connect_object (self->line, "notify::n-taken", G_CALLBACK (on_n_taken), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (self->settings, "changed::slots", G_CALLBACK (on_total_changed), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (library, "notify::paused", G_CALLBACK (on_paused), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (library, "notify::problem", G_CALLBACK (on_problem), self, G_CONNECT_SWAPPED);
  on_total_changed (self);
  on_paused (self);

  return self;
}

/* ---- runs ---- */

/* What is made on this computer begins anew, and nobody is asked about it. */
static gboolean
is_submitting (RushesQueue *self, RushesTake *take)
{
  RushesRequest *request = rushes_take_get_request (take);
  RushesProvider *provider =
      request != NULL ? rushes_registry_find (self->registry, rushes_request_get_provider_id (request)) : NULL;

  return rushes_take_get_state (take) == RUSHES_TAKE_STATE_SUBMITTING &&
         (provider == NULL || !rushes_provider_get_is_local (provider));
}

static void
count_submitting (RushesQueue *self)
{
  GHashTableIter iter;
  gpointer take;
  guint n = 0;

  g_hash_table_iter_init (&iter, self->runs);
  while (g_hash_table_iter_next (&iter, &take, NULL))
    n += is_submitting (self, take);
  if (self->n_submitting == n)
    return;
  self->n_submitting = n;
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_N_SUBMITTING]);
}

/* Who awaits the take, and who listens, finds the queue as it is without it. */
static DexFuture *
on_run_over (DexFuture *future, gpointer data)
{
  RushesRun *run = data;
  g_autoptr (RushesQueue) self = g_object_ref (run->queue);
  g_autoptr (RushesTake) take = g_object_ref (run->take);
  g_autoptr (DexPromise) end = dex_ref (run->end);
  const GError *gone = rushes_library_get_problem (self->library);
  g_autoptr (GError) error = NULL;
  const GValue *value = dex_future_get_value (future, &error);
  gboolean ended = value != NULL && g_value_get_boolean (value) && !run->broken_off;

  g_signal_handlers_disconnect_by_func (take, count_submitting, self);
  g_hash_table_remove (self->runs, take);
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_N_ACTIVE]);
  count_submitting (self);

  if (ended && !self->stopping)
    rushes_queue_tidy (self);
  if (ended)
    g_signal_emit (self, signals[TAKE_ENDED], 0, take);
  if (error != NULL)
    dex_promise_reject (end, g_steal_pointer (&error));
  else if (ended || !rushes_take_state_is_active (rushes_take_get_state (take)))
    dex_promise_resolve_object (end, g_object_ref (take));
  else if (gone != NULL)
    dex_promise_reject (end, g_error_copy (gone));
  else
    dex_promise_reject (end, rushes_error_new (RUSHES_ERROR_CANCELLED, "%s", _ ("Rushes goes on with it next time.")));
  return dex_future_new_true ();
}

/* The queue's own, and where nothing was said for all, what the person set for this provider. */
static RushesPatience
patience_for (RushesQueue *self, RushesProvider *provider)
{
  g_autoptr (GSettings) settings = rushes_provider_settings_get (rushes_provider_get_id (provider));
  RushesPatience patience = self->patience;
  int tries = g_settings_get_int (settings, "tries");
  double delay = g_settings_get_double (settings, "delay");
  double limit = g_settings_get_double (settings, "time-limit");

  if (!self->told_tries && tries >= 0)
    patience.tries = MIN (tries, MAX_TRIES);
  if (!self->told_delay && delay >= 0)
    patience.delay = MIN (delay, MAX_DELAY);
  if (!self->told_limit)
    patience.time_limit = limit > 0 ? CLAMP (limit, MIN_LIMIT, MAX_LIMIT) : 0;
  return patience;
}

RushesWishes
rushes_queue_get_wishes (RushesQueue *self)
{
  RushesWishes wishes = RUSHES_WISHES_NONE;

  if (self->told_tries)
    wishes.tries = self->patience.tries;
  if (self->told_delay)
    wishes.delay = self->patience.delay;
  if (self->told_limit)
    wishes.time_limit = self->patience.time_limit;
  return wishes;
}

void
rushes_queue_set_handling (RushesQueue *self, RushesHandling handling)
{
  g_return_if_fail (RUSHES_IS_QUEUE (self));

  self->handling = handling;
  self->told_handling = TRUE;
}

RushesRun *
rushes_queue_begin_run (RushesQueue *self, RushesTake *take)
{
  RushesRun *run = g_new0 (RushesRun, 1);

  run->queue = g_object_ref (self);
  run->take = g_object_ref (take);
  run->pipelines = g_ptr_array_new_with_free_func (g_object_unref);
  run->end = dex_promise_new ();
  g_hash_table_insert (self->runs, take, run);
  g_signal_connect_object (take, "notify::state", G_CALLBACK (count_submitting), self, G_CONNECT_SWAPPED);
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_N_ACTIVE]);

  return run;
}

RushesPipeline *
rushes_run_add (RushesRun *self, RushesProvider *provider)
{
  RushesQueue *queue = self->queue;
  RushesPatience patience = patience_for (queue, provider);
  RushesPipeline *pipeline;

  open_lane (queue, provider);
  pipeline =
      rushes_pipeline_new (queue->library, provider, queue->fitter, queue->line, queue->crowd, self->take, &patience);
  rushes_pipeline_set_handling (pipeline, queue->told_handling
                                              ? queue->handling
                                              : (RushesHandling) g_settings_get_enum (queue->settings, "handling"));
  g_ptr_array_add (self->pipelines, pipeline);
  return pipeline;
}

static DexFuture *
await_all (gpointer data)
{
  GPtrArray *works = data;
  g_autoptr (GError) error = NULL;
  gboolean ended = TRUE;

  for (guint i = 0; i < works->len; i++)
    {
      g_autoptr (GError) problem = NULL;

      ended = dex_await_boolean (dex_ref (g_ptr_array_index (works, i)), &problem) && ended;
      if (problem != NULL && error == NULL)
        error = g_steal_pointer (&problem);
    }
  return error != NULL ? dex_future_new_for_error (g_steal_pointer (&error)) : dex_future_new_for_boolean (ended);
}

DexFuture *
rushes_run_go (RushesRun *self)
{
  GPtrArray *works = g_ptr_array_new_with_free_func (dex_unref);

  for (guint i = 0; i < self->pipelines->len; i++)
    {
      RushesPipeline *pipeline = g_ptr_array_index (self->pipelines, i);

      if (i > 0)
        rushes_pipeline_set_aside (pipeline);
      g_ptr_array_add (works, rushes_pipeline_run (pipeline));
    }
  return rushes_async_spawn (await_all, works, (GDestroyNotify) g_ptr_array_unref);
}

void
rushes_queue_end_run (RushesRun *run, DexFuture *work)
{
  dex_future_disown (dex_future_finally (work, on_run_over, run, NULL));
}

typedef struct
{
  RushesRun *run;
  RushesProvider *provider;
} Resumption;

static void
resumption_free (Resumption *resumption)
{
  g_object_unref (resumption->provider);
  g_free (resumption);
}

/* What others work on, or nobody any more, is not ours to go on with. */
static gboolean
is_open (RushesQueue *self, const RushesAttempt *attempt)
{
  return !rushes_take_state_is_end (attempt->state) && rushes_library_is_runner (self->library, attempt->runner);
}

static DexFuture *
resume_all (gpointer data)
{
  Resumption *self = data;
  RushesRun *run = self->run;
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) attempts =
      dex_await_boxed (rushes_library_load_attempts (run->queue->library, run->take), &error);

  if (attempts == NULL)
    return dex_future_new_for_error (g_steal_pointer (&error));
  if (run->queue->stopping)
    return dex_future_new_false ();
  for (guint i = 0; i < attempts->len; i++)
    {
      const RushesAttempt *attempt = g_ptr_array_index (attempts, i);

      if (!is_open (run->queue, attempt))
        continue;
      if (i == 0)
        rushes_run_add (run, self->provider);
      else
        rushes_pipeline_take_older (rushes_run_add (run, self->provider), attempt);
    }
  return rushes_run_go (run);
}

void
rushes_queue_resume_with (RushesQueue *self, RushesTake *take, RushesProvider *provider)
{
  Resumption *resumption;

  if (g_hash_table_contains (self->runs, take))
    return;

  resumption = g_new0 (Resumption, 1);
  resumption->run = rushes_queue_begin_run (self, take);
  resumption->provider = g_object_ref (provider);
  rushes_queue_end_run (resumption->run, rushes_async_spawn (resume_all, resumption, (GDestroyNotify) resumption_free));
}

static gboolean
has_open (RushesQueue *self, RushesTake *take)
{
  g_autoptr (GPtrArray) attempts = dex_await_boxed (rushes_library_load_attempts (self->library, take), NULL);

  for (guint i = 0; attempts != NULL && i < attempts->len; i++)
    if (is_open (self, g_ptr_array_index (attempts, i)))
      return TRUE;
  return FALSE;
}

void
rushes_queue_break_off (RushesQueue *self, RushesTake *take)
{
  RushesRun *run = g_hash_table_lookup (self->runs, take);
  g_autoptr (RushesProvider) provider = NULL;

  if (run == NULL)
    return;
  run->broken_off = TRUE;
  for (guint i = 0; i < run->pipelines->len; i++)
    rushes_pipeline_stop (g_ptr_array_index (run->pipelines, i));
  dex_await (dex_ref (run->end), NULL);

  if (has_open (self, take) && (provider = rushes_queue_find_provider (self, take)) != NULL && !self->stopping)
    rushes_queue_resume_with (self, take, provider);
}

gboolean
rushes_queue_start (RushesQueue *self, RushesTake *take)
{
  RushesRequest *request = rushes_take_get_request (take);
  RushesProvider *provider;
  RushesRun *run;

  if (self->stopping)
    return FALSE;
  if (g_hash_table_contains (self->runs, take))
    return TRUE;
  provider = request != NULL ? rushes_registry_find (self->registry, rushes_request_get_provider_id (request)) : NULL;
  if (provider == NULL)
    return FALSE;

  run = rushes_queue_begin_run (self, take);
  rushes_run_add (run, provider);
  rushes_queue_end_run (run, rushes_run_go (run));
  return TRUE;
}

/* ---- waiting ---- */

static void
on_state (RushesTake *take, GParamSpec *pspec, gpointer data)
{
  DexPromise *promise = data;

  if (rushes_take_state_is_active (rushes_take_get_state (take)))
    return;
  if (dex_future_is_pending (DEX_FUTURE (promise)))
    dex_promise_resolve_object (promise, g_object_ref (take));
  g_signal_handlers_disconnect_by_func (take, on_state, data);
}

static void
unref_promise (gpointer promise, GClosure *closure)
{
  dex_unref (promise);
}

DexFuture *
rushes_queue_await (RushesQueue *self, RushesTake *take)
{
  const GError *gone;
  RushesRun *run;
  DexPromise *promise;

  dex_return_error_if_fail (RUSHES_IS_QUEUE (self));
  dex_return_error_if_fail (RUSHES_IS_TAKE (take));

  run = g_hash_table_lookup (self->runs, take);
  if (run != NULL)
    return dex_ref (DEX_FUTURE (run->end));
  if (!rushes_take_state_is_active (rushes_take_get_state (take)))
    return dex_future_new_take_object (g_object_ref (take));

  gone = rushes_library_get_problem (self->library);
  if (gone != NULL)
    return dex_future_new_for_error (g_error_copy (gone));

  /* Another process has it: the library tells what becomes of it. */
  promise = dex_promise_new ();
  g_signal_connect_data (take, "notify::state", G_CALLBACK (on_state), dex_ref (promise), unref_promise, 0);
  return DEX_FUTURE (promise);
}
