/* rushes-test-service.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "rushes-test-service.h"

#include <string.h>

#include "rushes-async.h"
#include "rushes-attempt-record.h"
#include "rushes-database.h"
#include "rushes-error.h"
#include "rushes-spool.h"

typedef struct
{
  RushesAnswer *answer;
  GError *error;
} Reply;

struct _RushesTestService
{
  RushesProvider parent_instance;

  GQueue replies[RUSHES_TEST_N_CALLS]; /* Reply */
  DexPromise *gates[RUSHES_TEST_N_CALLS];
  guint counts[RUSHES_TEST_N_CALLS];
  gboolean busy;
  char *clip;
  GHashTable *tasks;  /* char *: those of this process */
  GHashTable *inside; /* own ids of the takes that are with us */
  guint most;
  GString *log;
  GPtrArray *own_ids; /* char *, of all submits */
  gboolean can_look_up;
  RushesLookup lookup;
  RushesKeyMark *key; /* NULL */
};

G_DEFINE_FINAL_TYPE (RushesTestService, rushes_test_service, RUSHES_TYPE_PROVIDER)

static void
reply_free (gpointer data)
{
  Reply *reply = data;

  g_clear_pointer (&reply->answer, rushes_answer_unref);
  g_clear_error (&reply->error);
  g_free (reply);
}

/* ---- calls: each is a fiber that waits at its gate, takes the reply that is due, and else does what is usual ---- */

typedef struct
{
  RushesTestService *self;
  RushesTestCall call;
  RushesJob *job;
  RushesOutput output;
  GFile *part;
  RushesFetchProgress progress;
  gpointer user_data;
} Call;

static void
call_free (Call *call)
{
  g_object_unref (call->self);
  g_object_unref (call->job);
  g_free (call->output.uri);
  g_clear_object (&call->part);
  g_free (call);
}

static void
come_in (RushesTestService *self, RushesJob *job)
{
  g_hash_table_add (self->inside, g_strdup (rushes_job_get_own_id (job)));
  self->most = MAX (self->most, g_hash_table_size (self->inside));
}

static RushesAnswer *
make_done (Call *call)
{
  RushesAnswer *answer = rushes_answer_new (RUSHES_PHASE_DONE);
  g_autofree char *path = NULL;
  g_autofree char *uri = NULL;
  g_autoptr (GFile) from = g_file_new_for_path (call->self->clip);
  g_autoptr (GFile) to = NULL;
  g_autoptr (GError) error = NULL;

  if (!rushes_provider_get_is_local (RUSHES_PROVIDER (call->self)))
    {
      rushes_answer_add_output (answer, "https://kites.example/clip", 0, NULL);
      return answer;
    }

  path = g_strconcat (g_file_peek_path (rushes_job_get_spool (call->job)), ".part", NULL);
  to = g_file_new_for_path (path);
  g_file_copy (from, to, G_FILE_COPY_OVERWRITE, NULL, NULL, NULL, &error);
  g_assert_no_error (error);
  uri = g_filename_to_uri (path, NULL, NULL);
  rushes_answer_add_output (answer, uri, 0, NULL);
  return answer;
}

static DexFuture *
do_submit (Call *call)
{
  RushesAnswer *answer = rushes_answer_new (RUSHES_PHASE_RUNNING);

  answer->task_id = g_strdup_printf ("task-%u", call->self->counts[RUSHES_TEST_SUBMIT]);
  answer->host = g_strdup ("https://kites.example");
  g_hash_table_add (call->self->tasks, g_strdup (answer->task_id));
  return dex_future_new_take_boxed (RUSHES_TYPE_ANSWER, answer);
}

static DexFuture *
do_poll (Call *call)
{
  const char *task_id = rushes_job_get_task_id (call->job);

  if (rushes_provider_get_is_local (RUSHES_PROVIDER (call->self)) &&
      !g_hash_table_contains (call->self->tasks, task_id))
    return dex_future_new_for_error (rushes_error_new (RUSHES_ERROR_NOT_FOUND, "There is no %s.", task_id));
  return dex_future_new_take_boxed (RUSHES_TYPE_ANSWER,
                                    call->self->busy ? rushes_answer_new (RUSHES_PHASE_RUNNING) : make_done (call));
}

static DexFuture *
do_cancel (Call *call)
{
  rushes_test_service_answer (call->self, RUSHES_TEST_POLL, rushes_answer_new (RUSHES_PHASE_CANCELLED));
  return dex_future_new_true ();
}

static DexFuture *
do_fetch (Call *call)
{
  g_autoptr (GFile) from = g_file_new_for_path (call->self->clip);
  g_autoptr (GError) error = NULL;

  call->progress (12000000, 31000000, call->user_data);
  g_hash_table_remove (call->self->inside, rushes_job_get_own_id (call->job));
  if (g_str_has_prefix (call->output.uri, "file:"))
    return RUSHES_PROVIDER_CLASS (rushes_test_service_parent_class)
        ->fetch (RUSHES_PROVIDER (call->self), call->job, &call->output, call->part, call->progress, call->user_data);

  g_file_copy (from, call->part, G_FILE_COPY_OVERWRITE, NULL, NULL, NULL, &error);
  g_assert_no_error (error);
  return dex_future_new_true ();
}

static DexFuture *
do_recover (Call *call)
{
  return RUSHES_PROVIDER_CLASS (rushes_test_service_parent_class)->recover (RUSHES_PROVIDER (call->self), call->job);
}

static DexFuture *
do_look_up (Call *call)
{
  return dex_future_new_for_error (rushes_error_new (RUSHES_ERROR_NOT_FOUND, "Kites does not know of this take."));
}

static DexFuture *
answer_call (gpointer data)
{
  static DexFuture *(*const usual[]) (Call *call) = { NULL,     do_submit,  do_poll,   do_cancel,
                                                      do_fetch, do_recover, do_look_up };
  Call *call = data;
  RushesTestService *self = call->self;
  g_autoptr (GError) error = NULL;
  Reply *reply;

  /* Whoever gave the call up meanwhile hears nothing more of it. */
  if (self->gates[call->call] != NULL && !dex_await (dex_ref (DEX_FUTURE (self->gates[call->call])), &error))
    return dex_future_new_for_error (g_steal_pointer (&error));

  reply = g_queue_pop_head (&self->replies[call->call]);
  if (reply != NULL)
    {
      DexFuture *future = reply->error != NULL
                              ? dex_future_new_for_error (g_steal_pointer (&reply->error))
                              : dex_future_new_take_boxed (RUSHES_TYPE_ANSWER, g_steal_pointer (&reply->answer));

      reply_free (reply);
      return future;
    }
  return usual[call->call] != NULL ? usual[call->call](call) : dex_future_new_true ();
}

static Call *
call_new (RushesProvider *provider, RushesTestCall which, RushesJob *job)
{
  Call *call = g_new0 (Call, 1);

  rushes_job_tell_key (job, RUSHES_TEST_SERVICE (provider)->key);

  call->self = g_object_ref (RUSHES_TEST_SERVICE (provider));
  call->call = which;
  call->job = g_object_ref (job);
  call->self->counts[which]++;
  return call;
}

static DexFuture *
send (Call *call)
{
  return rushes_async_spawn (answer_call, call, (GDestroyNotify) call_free);
}

static DexFuture *
rushes_test_service_prepare (RushesProvider *provider, RushesJob *job)
{
  come_in (RUSHES_TEST_SERVICE (provider), job);
  if (!rushes_provider_get_is_local (provider))
    {
      rushes_job_set_task (job, NULL, "https://kites.example", NULL);
      rushes_job_set_key (job, RUSHES_TEST_SERVICE (provider)->key);
    }
  return send (call_new (provider, RUSHES_TEST_PREPARE, job));
}

/* Whatever happens from here on, the next start has to know that something may have been sent: all is on the disk
 * before, as another process would see it, and also apart from the database. */
static void
assert_written_down (RushesJob *job)
{
  GFile *spool = rushes_job_get_spool (job);
  g_autoptr (GFile) folder = g_file_get_parent (spool);
  g_autoptr (GFile) file = g_file_resolve_relative_path (folder, "../library.db");
  g_autofree char *path = g_strconcat (g_file_peek_path (spool), RUSHES_SPOOL_RECORD, NULL);
  g_autoptr (RushesAttemptRecord) record = NULL;
  g_autoptr (GError) error = NULL;
  g_autoptr (RushesDatabase) database = rushes_database_open (g_file_peek_path (file), TRUE, &error);

  g_assert_no_error (error);
  g_assert_cmpint (rushes_database_get_int (database, &error,
                                            "SELECT count (*) FROM attempts WHERE id = ? AND state = 'submitting'", "t",
                                            rushes_job_get_attempt_id (job)),
                   ==, 1);
  g_assert_true (g_file_query_exists (spool, NULL));
  record = rushes_attempt_record_read (path, folder, &error);
  g_assert_no_error (error);
  g_assert_cmpstr (record->attempt_id, ==, rushes_job_get_attempt_id (job));
  g_assert_cmpstr (record->own_id, ==, rushes_job_get_own_id (job));
}

static DexFuture *
rushes_test_service_submit (RushesProvider *provider, RushesJob *job)
{
  assert_written_down (job);
  g_ptr_array_add (RUSHES_TEST_SERVICE (provider)->own_ids, g_strdup (rushes_job_get_own_id (job)));
  g_string_append_printf (RUSHES_TEST_SERVICE (provider)->log, "%s ",
                          rushes_request_get_prompt (rushes_job_get_request (job)));
  return send (call_new (provider, RUSHES_TEST_SUBMIT, job));
}

static DexFuture *
rushes_test_service_poll (RushesProvider *provider, RushesJob *job)
{
  return send (call_new (provider, RUSHES_TEST_POLL, job));
}

static DexFuture *
rushes_test_service_recover (RushesProvider *provider, RushesJob *job)
{
  return send (call_new (provider, RUSHES_TEST_RECOVER, job));
}

static gboolean
rushes_test_service_can_look_up (RushesProvider *provider, RushesJob *job, RushesLookup *lookup)
{
  *lookup = RUSHES_TEST_SERVICE (provider)->lookup;
  return RUSHES_TEST_SERVICE (provider)->can_look_up;
}

static DexFuture *
rushes_test_service_look_up (RushesProvider *provider, RushesJob *job)
{
  return send (call_new (provider, RUSHES_TEST_LOOK_UP, job));
}

static DexFuture *
rushes_test_service_cancel (RushesProvider *provider, RushesJob *job)
{
  return send (call_new (provider, RUSHES_TEST_CANCEL, job));
}

static DexFuture *
rushes_test_service_fetch (RushesProvider *provider,
                           RushesJob *job,
                           const RushesOutput *output,
                           GFile *part,
                           RushesFetchProgress progress,
                           gpointer user_data)
{
  Call *call = call_new (provider, RUSHES_TEST_FETCH, job);

  call->output.uri = g_strdup (output->uri);
  call->part = g_object_ref (part);
  call->progress = progress;
  call->user_data = user_data;
  return send (call);
}

/* ---- the object ---- */

static void
rushes_test_service_finalize (GObject *object)
{
  RushesTestService *self = RUSHES_TEST_SERVICE (object);

  for (guint i = 0; i < RUSHES_TEST_N_CALLS; i++)
    {
      g_queue_clear_full (&self->replies[i], reply_free);
      dex_clear (&self->gates[i]);
    }
  g_free (self->clip);
  g_clear_pointer (&self->key, rushes_key_mark_free);
  g_hash_table_unref (self->tasks);
  g_hash_table_unref (self->inside);
  g_string_free (self->log, TRUE);
  g_ptr_array_unref (self->own_ids);

  G_OBJECT_CLASS (rushes_test_service_parent_class)->finalize (object);
}

static void
rushes_test_service_class_init (RushesTestServiceClass *klass)
{
  RushesProviderClass *provider_class = RUSHES_PROVIDER_CLASS (klass);

  G_OBJECT_CLASS (klass)->finalize = rushes_test_service_finalize;
  provider_class->prepare = rushes_test_service_prepare;
  provider_class->submit = rushes_test_service_submit;
  provider_class->poll = rushes_test_service_poll;
  provider_class->recover = rushes_test_service_recover;
  provider_class->can_look_up = rushes_test_service_can_look_up;
  provider_class->look_up = rushes_test_service_look_up;
  provider_class->cancel = rushes_test_service_cancel;
  provider_class->fetch = rushes_test_service_fetch;
}

static void
rushes_test_service_init (RushesTestService *self)
{
  for (guint i = 0; i < RUSHES_TEST_N_CALLS; i++)
    g_queue_init (&self->replies[i]);
  self->tasks = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  self->inside = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  self->log = g_string_new (NULL);
  self->own_ids = g_ptr_array_new_with_free_func (g_free);
}

RushesTestService *
rushes_test_service_new (const char *engine, guint slots)
{
  return rushes_test_service_new_priced (engine, slots, NULL);
}

RushesTestService *
rushes_test_service_new_priced (const char *engine, guint slots, const char *prices)
{
  /* How a service is spoken to, which nobody here ever does. */
  const char *service = g_str_equal (engine, "http")
                            ? "\"regions\":[],\"auth\":{\"scheme\":\"none\"},\"protocol\":{\"submit\":{\"path\":\"/\"},"
                              "\"status\":{\"path\":\"/{task_id}\"},\"answer\":{\"task\":[\"id\"]}},"
                            : "";
  g_autofree char *text = g_strdup_printf (
      "{\"version\":1,\"id\":\"kites\",\"name\":\"Kites\",\"engine\":\"%s\",%s\"slots\":%u,\"time_limit\":3600,"
      "\"poll\":{\"interval\":0.005,\"slowest\":0.005},\"default_model\":\"red\",\"models\":["
      "{\"id\":\"red\",\"name\":\"Red\",\"durations\":[5],\"inputs\":{\"first_frame\":\"optional\"},"
      "\"prompt\":{\"input\":\"required\"},\"seed\":true,\"max_count\":9%s%s}]}",
      engine, service, slots, prices != NULL ? ",\"prices\":" : "", prices != NULL ? prices : "");
  g_autoptr (GBytes) bytes = g_bytes_new (text, strlen (text));
  g_autoptr (GError) error = NULL;
  g_autoptr (RushesDescription) description = rushes_description_new_from_bytes (bytes, "kites.json", &error);
  RushesTestService *self;

  g_assert_no_error (error);
  self = g_object_new (RUSHES_TYPE_TEST_SERVICE, "description", description, NULL);
  rushes_test_service_set_key (self, "none", NULL);
  rushes_test_service_set_clip (self, "h264-aac.mp4");
  return self;
}

void
rushes_test_service_set_key (RushesTestService *self, const char *source, const char *print)
{
  g_clear_pointer (&self->key, rushes_key_mark_free);
  self->key = source != NULL ? rushes_key_mark_new (source, print) : NULL;
}

void
rushes_test_service_set_lookup (RushesTestService *self, gboolean unique)
{
  self->can_look_up = TRUE;
  self->lookup = (RushesLookup) { 120, unique };
}

static void
reply (RushesTestService *self, RushesTestCall call, RushesAnswer *answer, GError *error)
{
  Reply *one = g_new0 (Reply, 1);

  one->answer = answer;
  one->error = error;
  g_queue_push_tail (&self->replies[call], one);
}

void
rushes_test_service_answer (RushesTestService *self, RushesTestCall call, RushesAnswer *answer)
{
  reply (self, call, answer, NULL);
}

void
rushes_test_service_refuse (RushesTestService *self, RushesTestCall call, GError *error)
{
  reply (self, call, NULL, error);
}

void
rushes_test_service_shut (RushesTestService *self, RushesTestCall call)
{
  g_assert_null (self->gates[call]);
  self->gates[call] = dex_promise_new ();
}

void
rushes_test_service_open (RushesTestService *self, RushesTestCall call)
{
  g_autoptr (DexPromise) gate = g_steal_pointer (&self->gates[call]);

  g_assert_nonnull (gate);
  dex_promise_resolve_boolean (gate, TRUE);
}

void
rushes_test_service_set_busy (RushesTestService *self, gboolean busy)
{
  self->busy = busy;
}

void
rushes_test_service_set_clip (RushesTestService *self, const char *clip)
{
  g_free (self->clip);
  self->clip = g_path_is_absolute (clip)
                   ? g_strdup (clip)
                   : g_test_build_filename (G_TEST_DIST, "core", "container", "media", clip, NULL);
}

guint
rushes_test_service_count (RushesTestService *self, RushesTestCall call)
{
  return self->counts[call];
}

guint
rushes_test_service_get_most (RushesTestService *self)
{
  return self->most;
}

const char *
rushes_test_service_get_own_id (RushesTestService *self, guint n)
{
  g_assert_cmpuint (n, <, self->own_ids->len);
  return g_ptr_array_index (self->own_ids, n);
}

const char *
rushes_test_service_get_log (RushesTestService *self)
{
  return self->log->str;
}
