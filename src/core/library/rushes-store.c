/* rushes-store.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "rushes-store.h"

#include <glib/gi18n.h>

#include "rushes-error.h"
#include "rushes-store-file.h"

struct _RushesStore
{
  GThread *thread;
  GAsyncQueue *jobs;

  /* The main thread's. */
  gboolean closed; /* nothing more is posted */
  RushesStoreWrote wrote;
  RushesStoreGone gone;
  gpointer listener;

  /* The thread's own. */
  RushesFolders *folders;
  const RushesSchema *schema;
  gboolean read_only;
  RushesStoreFile file;
};

typedef enum
{
  JOB_OPEN,
  JOB_READ,
  JOB_WRITE,
  JOB_CLOSE,
} JobKind;

typedef struct
{
  JobKind kind;
  RushesStore *store;
  DexPromise *promise;
  RushesStoreWork work;
  RushesStoreAnswer answer;
  gpointer data;
  GDestroyNotify destroy;
  gint64 revision; /* of a write that went well */
  GError *error;
  GError *gone; /* what the file of the library was found to be */
} Job;

static void
job_free (Job *job)
{
  if (job->destroy != NULL)
    job->destroy (job->data);
  rushes_store_unref (job->store);
  dex_unref (job->promise);
  g_clear_error (&job->error);
  g_clear_error (&job->gone);
  g_free (job);
}

static gboolean
answer_job (gpointer data)
{
  Job *job = data;
  g_autoptr (DexFuture) answer = NULL;
  const GValue *value = NULL;

  if (job->kind == JOB_CLOSE)
    g_thread_join (g_steal_pointer (&job->store->thread));
  if (job->revision != 0 && job->store->wrote != NULL)
    job->store->wrote (job->revision, job->store->listener);
  if (job->gone != NULL && job->store->gone != NULL)
    {
      RushesStoreGone gone = g_steal_pointer (&job->store->gone);

      gone (job->gone, job->store->listener);
    }
  if (job->error == NULL)
    {
      answer = job->answer != NULL ? job->answer (job->data) : dex_future_new_true ();
      value = dex_future_get_value (answer, &job->error);
    }
  if (job->error == NULL)
    dex_promise_resolve (job->promise, value);
  else
    dex_promise_reject (job->promise, g_steal_pointer (&job->error));

  return G_SOURCE_REMOVE;
}

/* A write that changed anything gets the next number; one that found nothing to do is no news for anybody. */
static gboolean
count_write (Job *job, RushesDatabase *database, int changes_before)
{
  if (job->kind != JOB_WRITE || sqlite3_total_changes (rushes_database_get_handle (database)) == changes_before)
    return TRUE;
  job->revision = rushes_database_get_int (
      database, &job->error, "UPDATE meta SET value = value + 1 WHERE key = 'revision' RETURNING value", "");

  return job->revision > 0;
}

static gboolean
transact (RushesStore *self, Job *job)
{
  RushesDatabase *database = self->file.database;
  int changes = sqlite3_total_changes (rushes_database_get_handle (database));

  if (!rushes_store_file_is_there (&self->file, &job->gone) && job->kind == JOB_WRITE)
    {
      job->error = g_error_copy (job->gone);
      return FALSE;
    }
  if (!rushes_database_script (database, job->kind == JOB_WRITE ? "BEGIN IMMEDIATE" : "BEGIN", &job->error))
    return FALSE;
  if (!job->work (database, job->data, &job->error) || !count_write (job, database, changes) ||
      !rushes_database_script (database, "COMMIT", &job->error))
    {
      /* SQLite may have rolled back by itself, and then says so. */
      rushes_database_script (database, "ROLLBACK", NULL);
      job->revision = 0;
      return FALSE;
    }
  if (job->revision != 0)
    rushes_store_file_notify (&self->file);

  return TRUE;
}

static gboolean
run_job (RushesStore *self, Job *job)
{
  switch (job->kind)
    {
    case JOB_OPEN:
      return rushes_store_file_open (&self->file, self->folders, self->read_only, self->schema, &job->error);
    case JOB_READ:
    case JOB_WRITE:
      if (self->file.database != NULL)
        {
          if (transact (self, job))
            return TRUE;
          /* At once: a process that ends because of it may not come to closing. */
          rushes_store_file_mark_damage (&self->file);
          return FALSE;
        }
      job->error = rushes_error_new (RUSHES_ERROR_STORAGE, _ ("The library is not open."));
      return FALSE;
    case JOB_CLOSE:
      rushes_store_file_close (&self->file);
      return TRUE;
    default:
      g_assert_not_reached ();
    }
}

static gpointer
run (gpointer data)
{
  GAsyncQueue *jobs = data;
  gboolean over = FALSE;

  while (!over)
    {
      Job *job = g_async_queue_pop (jobs);
      g_autoptr (GSource) answer = g_idle_source_new ();

      over = job->kind == JOB_CLOSE;
      run_job (job->store, job);
      /* Sources of one priority are dispatched in the order in which they were attached. */
      g_source_set_priority (answer, G_PRIORITY_DEFAULT);
      g_source_set_callback (answer, answer_job, job, (GDestroyNotify) job_free);
      g_source_attach (answer, NULL);
    }
  g_async_queue_unref (jobs);

  return NULL;
}

static DexFuture *
post (RushesStore *self,
      JobKind kind,
      RushesStoreWork work,
      RushesStoreAnswer answer,
      gpointer data,
      GDestroyNotify destroy)
{
  DexFuture *future;
  Job *job;

  if (self->closed)
    {
      if (destroy != NULL)
        destroy (data);
      return dex_future_new_for_error (rushes_error_new (RUSHES_ERROR_STORAGE, _ ("The library is closed.")));
    }

  job = g_new0 (Job, 1);
  job->kind = kind;
  job->store = rushes_store_ref (self);
  job->promise = dex_promise_new ();
  job->work = work;
  job->answer = answer;
  job->data = data;
  job->destroy = destroy;

  future = dex_ref (DEX_FUTURE (job->promise));
  g_async_queue_push (self->jobs, job);

  return future;
}

RushesStore *
rushes_store_new (RushesFolders *folders, gboolean read_only, const RushesSchema *schema, DexFuture **opened)
{
  RushesStore *self = g_atomic_rc_box_new0 (RushesStore);

  self->folders = g_object_ref (folders);
  self->read_only = read_only;
  self->schema = schema;
  self->file.lock = -1;
  self->file.changed = -1;
  self->jobs = g_async_queue_new ();
  self->thread = g_thread_new ("library", run, g_async_queue_ref (self->jobs));
  *opened = post (self, JOB_OPEN, NULL, NULL, NULL, NULL);

  return self;
}

RushesStore *
rushes_store_ref (RushesStore *self)
{
  return g_atomic_rc_box_acquire (self);
}

static void
store_clear (gpointer data)
{
  RushesStore *self = data;

  g_clear_pointer (&self->thread, g_thread_unref);
  g_async_queue_unref (self->jobs);
  g_object_unref (self->folders);
  g_free (self->file.warning);
}

void
rushes_store_unref (RushesStore *self)
{
  g_atomic_rc_box_release_full (self, store_clear);
}

void
rushes_store_set_listener (RushesStore *self, RushesStoreWrote wrote, RushesStoreGone gone, gpointer data)
{
  self->wrote = wrote;
  self->gone = gone;
  self->listener = data;
}

const char *
rushes_store_get_warning (RushesStore *self)
{
  return self->file.warning;
}

DexFuture *
rushes_store_read (RushesStore *self,
                   RushesStoreWork work,
                   RushesStoreAnswer answer,
                   gpointer data,
                   GDestroyNotify destroy)
{
  return post (self, JOB_READ, work, answer, data, destroy);
}

DexFuture *
rushes_store_write (RushesStore *self,
                    RushesStoreWork work,
                    RushesStoreAnswer answer,
                    gpointer data,
                    GDestroyNotify destroy)
{
  return post (self, JOB_WRITE, work, answer, data, destroy);
}

DexFuture *
rushes_store_close (RushesStore *self)
{
  DexFuture *future = post (self, JOB_CLOSE, NULL, NULL, NULL, NULL);

  self->closed = TRUE;

  return future;
}
