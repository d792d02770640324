/* rushes-animatic.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "rushes-animatic.h"

#include <glib/gi18n.h>

#include "rushes-async.h"
#include "rushes-render.h"

/* News of a render are told this often at most. */
#define NEWS_INTERVAL (G_USEC_PER_SEC / 15)

struct _RushesAnimatic
{
  RushesProvider parent_instance;

  GThreadPool *pool; /* of threads that render, made with the first submit */
  GHashTable *tasks; /* id → Task; of this process only */
};

G_DEFINE_FINAL_TYPE (RushesAnimatic, rushes_animatic, RUSHES_TYPE_PROVIDER)

/* One render. The main thread and the thread that renders hold a reference each. */
typedef struct
{
  RushesShot *shot;
  GFile *file;
  GCancellable *cancellable;

  /* Only the thread that renders. */
  gint64 told;

  /* Written by the thread that renders. */
  GMutex mutex;
  RushesPhase phase;
  double progress;
  GError *error;
  char *words;

  /* Only the main thread: what wait and cancel gave out. */
  DexPromise *news;
  DexPromise *end;
} Task;

static void
task_clear (gpointer data)
{
  Task *task = data;

  rushes_shot_free (task->shot);
  g_clear_object (&task->file);
  g_clear_object (&task->cancellable);
  g_clear_error (&task->error);
  g_free (task->words);
  g_mutex_clear (&task->mutex);
  dex_clear (&task->news);
  dex_clear (&task->end);
}

static void
task_unref (gpointer data)
{
  g_atomic_rc_box_release_full (data, task_clear);
}

static gboolean
is_over (RushesPhase phase)
{
  return phase != RUSHES_PHASE_WAITING && phase != RUSHES_PHASE_RUNNING;
}

/* ---- on the thread that renders ---- */

static gboolean
tell_news (gpointer data)
{
  Task *task = data;
  g_autoptr (DexPromise) news = g_steal_pointer (&task->news);
  gboolean over;

  g_mutex_lock (&task->mutex);
  over = is_over (task->phase);
  g_mutex_unlock (&task->mutex);

  if (news != NULL)
    dex_promise_resolve_boolean (news, TRUE);
  if (over && task->end != NULL)
    {
      dex_promise_resolve_boolean (task->end, TRUE);
      dex_clear (&task->end);
    }

  return G_SOURCE_REMOVE;
}

static void
set_state (Task *task, RushesPhase phase, double progress)
{
  gint64 now = g_get_monotonic_time ();
  gboolean pressing;

  g_mutex_lock (&task->mutex);
  pressing = phase != task->phase;
  task->phase = phase;
  task->progress = progress;
  g_mutex_unlock (&task->mutex);

  if (!pressing && now - task->told < NEWS_INTERVAL)
    return;
  task->told = now;
  g_idle_add_full (G_PRIORITY_DEFAULT, tell_news, g_atomic_rc_box_acquire (task), task_unref);
}

static void
on_progress (guint done, guint total, gpointer data)
{
  set_state (data, RUSHES_PHASE_RUNNING, (double) done / (total + 1));
}

static void
run (gpointer data, gpointer user_data)
{
  Task *task = data;
  g_auto (RushesRenderReport) report = { 0 };
  g_autoptr (GError) error = NULL;

  if (g_cancellable_is_cancelled (task->cancellable))
    set_state (task, RUSHES_PHASE_CANCELLED, 0);
  else
    {
      set_state (task, RUSHES_PHASE_RUNNING, 0);
      if (rushes_render (task->shot, g_file_peek_path (task->file), NULL, task->cancellable, on_progress, task, &report,
                         &error))
        {
          task->words = g_strdup_printf ("%u frames by %s, sha256 %s", report.n_frames, report.codec, report.digest);
          set_state (task, RUSHES_PHASE_DONE, 1);
        }
      else if (g_error_matches (error, RUSHES_ERROR, RUSHES_ERROR_CANCELLED))
        set_state (task, RUSHES_PHASE_CANCELLED, 0);
      else
        {
          task->error = rushes_error_translate (error);
          set_state (task, RUSHES_PHASE_FAILED, 0);
        }
    }
  task_unref (task);
}

/* ---- the provider ---- */

static RushesAnswer *
answer_for (Task *task)
{
  RushesAnswer *answer;

  g_mutex_lock (&task->mutex);
  answer = rushes_answer_new (task->phase);
  answer->progress = task->phase == RUSHES_PHASE_RUNNING ? task->progress : -1;
  if (task->error != NULL)
    answer->error = g_error_copy (task->error);
  answer->words = g_strdup (task->words);
  g_mutex_unlock (&task->mutex);
  if (answer->phase == RUSHES_PHASE_DONE)
    {
      g_autofree char *uri = g_file_get_uri (task->file);

      rushes_answer_add_output (answer, uri, 0, NULL);
    }

  return answer;
}

static Task *
find_task (RushesProvider *provider, RushesJob *job)
{
  return g_hash_table_lookup (RUSHES_ANIMATIC (provider)->tasks, rushes_job_get_task_id (job));
}

static DexFuture *
rushes_animatic_submit (RushesProvider *provider, RushesJob *job)
{
  RushesAnimatic *self = RUSHES_ANIMATIC (provider);
  RushesShot *shot;
  GError *error = NULL;
  g_autofree char *path = NULL;
  Task *task;
  RushesAnswer *answer;

  if ((shot = rushes_shot_new (rushes_job_get_request (job), &error)) == NULL)
    return dex_future_new_for_error (error);

  if (self->pool == NULL)
    self->pool = g_thread_pool_new (run, NULL, rushes_provider_get_slots (provider), FALSE, NULL);

  task = g_atomic_rc_box_new0 (Task);
  g_mutex_init (&task->mutex);
  path = g_strconcat (g_file_peek_path (rushes_job_get_spool (job)), ".part", NULL);
  task->shot = shot;
  task->file = g_file_new_for_path (path);
  task->cancellable = g_cancellable_new ();
  task->phase = RUSHES_PHASE_WAITING;

  answer = rushes_answer_new (RUSHES_PHASE_WAITING);
  answer->task_id = rushes_new_id ();
  g_hash_table_insert (self->tasks, g_strdup (answer->task_id), task);
  g_thread_pool_push (self->pool, g_atomic_rc_box_acquire (task), NULL);

  return dex_future_new_take_boxed (RUSHES_TYPE_ANSWER, answer);
}

static DexFuture *
rushes_animatic_poll (RushesProvider *provider, RushesJob *job)
{
  Task *task = find_task (provider, job);

  /* A task that this process does not know ran in one that has ended, and its frames went with it. */
  if (task == NULL)
    return dex_future_new_for_error (
        rushes_error_new (RUSHES_ERROR_NOT_FOUND, "%s", _ ("Rendering was interrupted, and begins anew.")));

  return dex_future_new_take_boxed (RUSHES_TYPE_ANSWER, answer_for (task));
}

static DexFuture *
promise_for (DexPromise **promise)
{
  if (*promise == NULL)
    *promise = dex_promise_new ();

  return DEX_FUTURE (dex_ref (*promise));
}

static DexFuture *
rushes_animatic_wait (RushesProvider *provider, RushesJob *job, RushesAnswer *last)
{
  Task *task = find_task (provider, job);
  gboolean same;

  if (task == NULL)
    return dex_future_new_true ();
  g_mutex_lock (&task->mutex);
  same = last != NULL && last->phase == task->phase && !is_over (task->phase) &&
         (task->phase == RUSHES_PHASE_WAITING || last->progress == task->progress);
  g_mutex_unlock (&task->mutex);

  return same ? promise_for (&task->news) : dex_future_new_true ();
}

static DexFuture *
rushes_animatic_cancel (RushesProvider *provider, RushesJob *job)
{
  Task *task = find_task (provider, job);
  RushesPhase phase;

  if (task == NULL)
    return dex_future_new_true ();
  g_cancellable_cancel (task->cancellable);
  g_mutex_lock (&task->mutex);
  phase = task->phase;
  g_mutex_unlock (&task->mutex);
  if (is_over (phase))
    return dex_future_new_for_boolean (phase == RUSHES_PHASE_CANCELLED);

  return promise_for (&task->end);
}

static void
rushes_animatic_dispose (GObject *object)
{
  RushesAnimatic *self = RUSHES_ANIMATIC (object);
  GHashTableIter iter;
  gpointer task;

  if (self->tasks != NULL)
    {
      g_hash_table_iter_init (&iter, self->tasks);
      while (g_hash_table_iter_next (&iter, NULL, &task))
        g_cancellable_cancel (((Task *) task)->cancellable);
    }
  /* A frame or so, and no unfinished file is left behind. */
  if (self->pool != NULL)
    g_thread_pool_free (g_steal_pointer (&self->pool), FALSE, TRUE);
  g_clear_pointer (&self->tasks, g_hash_table_unref);

  G_OBJECT_CLASS (rushes_animatic_parent_class)->dispose (object);
}

static void
rushes_animatic_class_init (RushesAnimaticClass *klass)
{
  RushesProviderClass *provider_class = RUSHES_PROVIDER_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = rushes_animatic_dispose;
  provider_class->submit = rushes_animatic_submit;
  provider_class->poll = rushes_animatic_poll;
  provider_class->wait = rushes_animatic_wait;
  provider_class->cancel = rushes_animatic_cancel;
}

static void
rushes_animatic_init (RushesAnimatic *self)
{
  self->tasks = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, task_unref);
}

RushesProvider *
rushes_animatic_new (GError **error)
{
  g_autoptr (RushesDescription) description = rushes_description_new_shipped ("animatic", error);

  if (description == NULL)
    return NULL;

  /* One of the AV1 encoders tells its settings on standard error unless it is told not to; later there are threads. */
  g_setenv ("SVT_LOG", "1", FALSE);

  return g_object_new (RUSHES_TYPE_ANIMATIC, "description", description, NULL);
}
