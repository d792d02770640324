/* rushes-http-provider-task.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "rushes-http-provider-private.h"

#include <glib/gi18n.h>

#include "rushes-async.h"
#include "rushes-credentials-private.h"
#include "rushes-stream-listener.h"

/* ---- what hangs on a job ---- */

static void
work_free (gpointer data)
{
  RushesHttpWork *work = data;

  g_clear_pointer (&work->pictures, g_ptr_array_unref);
  g_clear_pointer (&work->credentials, rushes_credentials_unref);
  g_clear_pointer (&work->submitted, rushes_http_reply_unref);
  g_clear_pointer (&work->last, rushes_http_reply_unref);
  g_clear_pointer (&work->stream, rushes_status_stream_end);
  g_free (work);
}

RushesHttpWork *
rushes_http_provider_get_work (RushesJob *job)
{
  static GQuark quark;
  RushesHttpWork *work;

  if (quark == 0)
    quark = g_quark_from_static_string ("rushes-http-work");

  work = g_object_get_qdata (G_OBJECT (job), quark);
  if (work == NULL)
    {
      work = g_new0 (RushesHttpWork, 1);
      g_object_set_qdata_full (G_OBJECT (job), quark, work, work_free);
    }
  return work;
}

static void
set_reply (RushesHttpReply **place, RushesHttpReply *reply)
{
  RushesHttpReply *old = *place;

  *place = rushes_http_reply_ref (reply);
  g_clear_pointer (&old, rushes_http_reply_unref);
}

RushesTask
rushes_http_provider_make_task (RushesHttpProvider *self, RushesJob *job, const char *base_url)
{
  RushesRequest *request = rushes_job_get_request (job);
  RushesHttpWork *work = rushes_http_provider_get_work (job);

  return (RushesTask) {
    .request = request,
    .model = rushes_provider_find_model_of (RUSHES_PROVIDER (self), request),
    .base_url = base_url,
    .own_id = rushes_job_get_own_id (job),
    .pictures = work->pictures,
    .task_id = rushes_job_get_task_id (job),
    .poll_target = rushes_job_get_poll_target (job),
    .submitted = work->submitted,
    .last = work->last,
  };
}

/* ---- asking and reading ---- */

/* What is heard of the answer to a submit while it comes. */
typedef struct
{
  RushesJob *job;
  RushesStreamListener *stream;
  RushesCredentials *credentials; /* borrowed; NULL */
  double progress;
  gboolean told_link;
} Listener;

/* An address that our key is in is written down, and asked for, with stars in its place. */
static gboolean
bears_key (Listener *self, const char *uri)
{
  g_autofree char *safe =
      self->credentials != NULL ? rushes_credentials_redact_header (self->credentials, uri) : g_strdup (uri);

  return !g_str_equal (safe, uri);
}

static RushesHttpWorth
listen_to_submit (const char *bytes, gsize length, gpointer data)
{
  Listener *self = data;
  RushesStreamNews news = rushes_stream_listener_hear (self->stream, bytes, length);
  double progress = rushes_stream_listener_get_progress (self->stream);
  const char *link = rushes_stream_listener_get_link (self->stream);

  if (progress >= 0 && progress != self->progress)
    rushes_job_tell_progress (self->job, progress);
  self->progress = progress;
  if (link != NULL && !self->told_link && !bears_key (self, link))
    rushes_job_tell_link (self->job, link);
  self->told_link = link != NULL;

  switch (news)
    {
    case RUSHES_STREAM_TREASURE:
      return RUSHES_HTTP_SYNC;
    case RUSHES_STREAM_WORDS:
      return RUSHES_HTTP_SPOOL;
    case RUSHES_STREAM_NONE:
    default:
      return RUSHES_HTTP_GATHER;
    }
}

/* The submit goes out with the key that was written down before it, whatever is set meanwhile. */
static RushesHttpReply *
send_submit (RushesHttpProvider *self, const RushesTask *task, RushesJob *job, Listener *listener, GError **error)
{
  g_autoptr (RushesHttp) http = rushes_http_provider_get_http (self);
  g_autoptr (RushesHttpRequest) request = rushes_protocol_build (self->protocol, RUSHES_OPERATION_SUBMIT, task, error);
  g_autoptr (RushesCredentials) credentials = g_steal_pointer (&rushes_http_provider_get_work (job)->credentials);
  g_autoptr (GError) problem = NULL;
  RushesHttpReply *reply;

  if (request == NULL)
    return NULL;
  listener->credentials = credentials;
  reply = dex_await_boxed (rushes_http_call_listening (http, request, credentials,
                                                       rushes_http_provider_is_public_only (task->base_url),
                                                       rushes_job_get_spool (job), NULL, listen_to_submit, listener),
                           &problem);
  if (reply == NULL)
    g_propagate_error (error, rushes_http_provider_explain (self, task->base_url, g_steal_pointer (&problem)));
  return reply;
}

/* An answer may be a clip, or bear one, and be too large for memory. It can be asked for again. */
static GFile *
get_answer_place (RushesJob *job)
{
  g_autofree char *path = g_strconcat (g_file_peek_path (rushes_job_get_spool (job)), ".answer", NULL);

  return g_file_new_for_path (path);
}

/* With @step not below 0 the one of those that are sent before a cancel. */
static RushesHttpReply *
ask_step (RushesHttpProvider *self,
          RushesOperation operation,
          int step,
          const RushesTask *task,
          RushesJob *job,
          GCancellable *cancellable,
          GError **error)
{
  g_autoptr (RushesHttp) http = rushes_http_provider_get_http (self);
  g_autoptr (RushesHttpRequest) request = NULL;
  g_autoptr (RushesCredentials) credentials = NULL;
  g_autoptr (GFile) place = job != NULL ? get_answer_place (job) : NULL;
  g_autoptr (GError) problem = NULL;
  RushesHttpReply *reply = NULL;

  credentials = job != NULL ? rushes_http_provider_find_marked (self, job, task->base_url, NULL, &problem)
                            : rushes_http_provider_find_credentials (self, task->base_url, &problem);
  if (problem == NULL)
    request = step < 0 ? rushes_protocol_build (self->protocol, operation, task, &problem)
                       : rushes_protocol_build_cancel_step (self->protocol, step, task, &problem);
  if (request != NULL)
    reply =
        dex_await_boxed (rushes_http_call (http, request, credentials,
                                           rushes_http_provider_is_public_only (task->base_url), place, cancellable),
                         &problem);
  if (reply == NULL)
    g_propagate_error (error, rushes_http_provider_explain (self, task->base_url, g_steal_pointer (&problem)));
  return reply;
}

RushesHttpReply *
rushes_http_provider_ask (RushesHttpProvider *self,
                          RushesOperation operation,
                          const RushesTask *task,
                          RushesJob *job,
                          GCancellable *cancellable,
                          GError **error)
{
  return ask_step (self, operation, -1, task, job, cancellable, error);
}

/* Everything that a reading on another thread borrows from. */
typedef struct
{
  RushesHttpProvider *self;
  RushesOperation operation;
  const RushesTask *task;
  RushesHttpReply *reply;
  GFile *spool;
} Reading;

static DexFuture *
read_work (gpointer data)
{
  Reading *reading = data;
  GError *error = NULL;
  RushesAnswer *answer = rushes_protocol_read_answer (reading->self->protocol, reading->operation, reading->task,
                                                      reading->reply, reading->spool, &error);

  return answer != NULL ? dex_future_new_take_boxed (RUSHES_TYPE_ANSWER, answer) : dex_future_new_for_error (error);
}

/* The fiber waits for the thread, whatever else happens: what the thread borrows stays where it is. */
RushesAnswer *
rushes_http_provider_read (RushesHttpProvider *self,
                           RushesOperation operation,
                           const RushesTask *task,
                           RushesHttpReply *reply,
                           GFile *spool,
                           GError **error)
{
  Reading reading = { self, operation, task, reply, spool };

  return dex_await_boxed (rushes_async_work (read_work, &reading, NULL), error);
}

/* ---- submit ---- */

/* Says where the task lives, for all that is asked about it later. */
static DexFuture *
accept_answer (RushesAnswer *answer, const char *base_url)
{
  g_set_str (&answer->host, base_url);
  return dex_future_new_take_boxed (RUSHES_TYPE_ANSWER, answer);
}

static DexFuture *
load_work (gpointer data)
{
  GError *error = NULL;
  RushesHttpReply *reply = rushes_http_reply_load (data, &error);

  return reply != NULL ? dex_future_new_take_boxed (RUSHES_TYPE_HTTP_REPLY, reply) : dex_future_new_for_error (error);
}

static RushesHttpReply *
load_reply (RushesJob *job, GError **error)
{
  return dex_await_boxed (rushes_async_work (load_work, g_object_ref (rushes_job_get_spool (job)), g_object_unref),
                          error);
}

/* The connection broke while the answer came: what it had said until then may be all that is needed. */
static RushesAnswer *
read_what_came (RushesHttpProvider *self, RushesJob *job, const RushesTask *task)
{
  g_autoptr (RushesHttpReply) reply = load_reply (job, NULL);
  RushesAnswer *answer = reply != NULL ? rushes_http_provider_read (self, RUSHES_OPERATION_SUBMIT, task, reply,
                                                                    rushes_job_get_spool (job), NULL)
                                       : NULL;

  if (answer != NULL)
    set_reply (&rushes_http_provider_get_work (job)->submitted, reply);
  return answer;
}

static DexFuture *
submit_fiber (gpointer data)
{
  RushesHttpErrand *errand = data;
  RushesHttpProvider *self = errand->self;
  RushesJob *job = errand->job;
  GFile *spool = rushes_job_get_spool (job);
  g_autoptr (RushesHttpReply) reply = NULL;
  g_autoptr (GError) error = NULL;
  g_autofree char *base_url = g_strdup (rushes_http_provider_require_url (self, job, &error));
  g_autoptr (RushesStreamListener) stream = NULL;
  RushesAnswer *answer = NULL;
  RushesTask task;
  Listener listener;

  if (base_url == NULL)
    return dex_future_new_for_error (g_steal_pointer (&error));

  task = rushes_http_provider_make_task (self, job, base_url);
  stream = rushes_stream_listener_new (self->protocol, &task);
  listener = (Listener) { .job = job, .stream = stream, .progress = -1 };
  reply = send_submit (self, &task, job, &listener, &error);
  if (reply == NULL)
    answer = read_what_came (self, job, &task);
  else
    {
      set_reply (&rushes_http_provider_get_work (job)->submitted, reply);
      answer = rushes_http_provider_read (self, RUSHES_OPERATION_SUBMIT, &task, reply, spool, &error);
    }
  return answer != NULL ? accept_answer (answer, base_url) : dex_future_new_for_error (g_steal_pointer (&error));
}

DexFuture *
rushes_http_provider_submit (RushesProvider *provider, RushesJob *job)
{
  RushesHttpErrand *errand = rushes_http_errand_new (RUSHES_HTTP_PROVIDER (provider), job);

  return rushes_http_errand_run (errand, submit_fiber);
}

/* ---- what an earlier process had received ---- */

static RushesHttpReply *
load_submitted (RushesJob *job, GError **error)
{
  RushesHttpWork *work = rushes_http_provider_get_work (job);

  if (work->submitted == NULL)
    work->submitted = load_reply (job, error);
  return work->submitted;
}

/* The host was not written down yet, but the reply knows where it came from. */
static char *
find_answerer (RushesHttpProvider *self, RushesHttpReply *reply)
{
  if (self->base_url != NULL && g_str_has_prefix (reply->address, self->base_url))
    return g_strdup (self->base_url);
  return rushes_origin_of (reply->address);
}

static DexFuture *
recover_fiber (gpointer data)
{
  RushesHttpErrand *errand = data;
  RushesHttpProvider *self = errand->self;
  RushesJob *job = errand->job;
  g_autoptr (GError) error = NULL;
  RushesHttpReply *reply = load_submitted (job, &error);
  g_autofree char *base_url = NULL;
  RushesAnswer *answer;
  RushesTask task;

  if (reply == NULL)
    return dex_future_new_for_error (g_steal_pointer (&error));

  base_url = find_answerer (self, reply);
  task = rushes_http_provider_make_task (self, job, base_url);
  answer = rushes_http_provider_read (self, RUSHES_OPERATION_SUBMIT, &task, reply, rushes_job_get_spool (job), &error);
  return answer != NULL ? accept_answer (answer, base_url) : dex_future_new_for_error (g_steal_pointer (&error));
}

DexFuture *
rushes_http_provider_recover (RushesProvider *provider, RushesJob *job)
{
  RushesHttpErrand *errand = rushes_http_errand_new (RUSHES_HTTP_PROVIDER (provider), job);

  return rushes_http_errand_run (errand, recover_fiber);
}

/* ---- what is known under our own id ---- */

gboolean
rushes_http_provider_can_look_up (RushesProvider *provider, RushesJob *job, RushesLookup *lookup)
{
  RushesHttpProvider *self = RUSHES_HTTP_PROVIDER (provider);
  const char *base_url = rushes_http_provider_require_url (self, job, NULL);
  RushesTask task = rushes_http_provider_make_task (self, job, base_url);

  return base_url != NULL && rushes_protocol_get_lookup (self->protocol, &task, &lookup->grace, &lookup->unique);
}

static DexFuture *
look_up_fiber (gpointer data)
{
  RushesHttpErrand *errand = data;
  RushesHttpProvider *self = errand->self;
  g_autoptr (RushesHttpReply) reply = NULL;
  g_autoptr (GError) error = NULL;
  g_autofree char *base_url = g_strdup (rushes_http_provider_require_url (self, errand->job, &error));
  RushesAnswer *answer = NULL;
  RushesTask task;

  if (base_url == NULL)
    return dex_future_new_for_error (g_steal_pointer (&error));

  task = rushes_http_provider_make_task (self, errand->job, base_url);
  reply = rushes_http_provider_ask (self, RUSHES_OPERATION_LOOKUP, &task, errand->job, errand->cancellable, &error);
  if (reply != NULL)
    answer = rushes_protocol_read_lookup (self->protocol, &task, reply, &error);
  return answer != NULL ? accept_answer (answer, base_url) : dex_future_new_for_error (g_steal_pointer (&error));
}

DexFuture *
rushes_http_provider_look_up (RushesProvider *provider, RushesJob *job)
{
  RushesHttpErrand *errand = rushes_http_errand_new (RUSHES_HTTP_PROVIDER (provider), job);

  return rushes_http_errand_run (errand, look_up_fiber);
}

/* ---- poll ---- */

/* A task that is done may have to be asked for its clips by itself. Some are said to be done before it is known where.
 */
static RushesAnswer *
ask_for_result (RushesHttpErrand *errand, const RushesTask *task, RushesAnswer *done, GError **error)
{
  g_autoptr (RushesAnswer) taken = done;
  g_autoptr (RushesHttpReply) reply = NULL;

  if (done->phase != RUSHES_PHASE_DONE || (done->outputs != NULL && done->outputs->len > 0) ||
      !rushes_protocol_can_ask (errand->self->protocol, RUSHES_OPERATION_RESULT, task))
    return g_steal_pointer (&taken);

  reply =
      rushes_http_provider_ask (errand->self, RUSHES_OPERATION_RESULT, task, errand->job, errand->cancellable, error);
  return reply != NULL ? rushes_http_provider_read (errand->self, RUSHES_OPERATION_RESULT, task, reply,
                                                    rushes_job_get_spool (errand->job), error)
                       : NULL;
}

static DexFuture *
poll_fiber (gpointer data)
{
  RushesHttpErrand *errand = data;
  RushesHttpProvider *self = errand->self;
  RushesJob *job = errand->job;
  RushesHttpWork *work = rushes_http_provider_get_work (job);
  g_autoptr (RushesHttpReply) reply = NULL;
  g_autoptr (GError) error = NULL;
  g_autofree char *base_url = g_strdup (rushes_http_provider_require_url (self, job, &error));
  RushesAnswer *answer = NULL;
  RushesTask task;

  if (base_url == NULL)
    return dex_future_new_for_error (g_steal_pointer (&error));

  /* Found running after a restart: addresses may stand in what was answered then. */
  load_submitted (job, NULL);
  task = rushes_http_provider_make_task (self, job, base_url);
  reply = rushes_http_provider_take_event (job);
  if (reply == NULL)
    reply = rushes_http_provider_ask (self, RUSHES_OPERATION_STATUS, &task, job, errand->cancellable, &error);
  if (reply != NULL)
    {
      set_reply (&work->last, reply);
      task.last = reply;
      answer =
          rushes_http_provider_read (self, RUSHES_OPERATION_STATUS, &task, reply, rushes_job_get_spool (job), &error);
    }
  /* What was taken out of the line before its turn is told of by nobody. */
  if (answer != NULL && work->gone && (answer->phase == RUSHES_PHASE_WAITING || answer->phase == RUSHES_PHASE_RUNNING))
    answer->phase = RUSHES_PHASE_CANCELLED;
  if (answer != NULL)
    answer = ask_for_result (errand, &task, answer, &error);
  if (answer != NULL && work->stream != NULL && answer->phase != RUSHES_PHASE_WAITING &&
      answer->phase != RUSHES_PHASE_RUNNING)
    rushes_status_stream_stop (work->stream);
  return answer != NULL ? dex_future_new_take_boxed (RUSHES_TYPE_ANSWER, answer)
                        : dex_future_new_for_error (g_steal_pointer (&error));
}

DexFuture *
rushes_http_provider_poll (RushesProvider *provider, RushesJob *job)
{
  RushesHttpErrand *errand = rushes_http_errand_new (RUSHES_HTTP_PROVIDER (provider), job);

  return rushes_http_errand_run (errand, poll_fiber);
}

/* ---- cancel ---- */

/* All that is sent before the cancel itself; FALSE with the error of what failed, and without one when nothing is left
 * to cancel. */
static gboolean
take_cancel_steps (RushesHttpErrand *errand, const RushesTask *task, GError **error)
{
  RushesHttpProvider *self = errand->self;
  guint n_steps = rushes_protocol_get_n_cancel_steps (self->protocol, task);

  for (guint i = 0; i < n_steps; i++)
    {
      g_autoptr (RushesHttpReply) reply =
          ask_step (self, RUSHES_OPERATION_CANCEL, (int) i, task, errand->job, errand->cancellable, error);

      if (reply == NULL || !rushes_protocol_read_consent (self->protocol, RUSHES_OPERATION_CANCEL, task, reply, error))
        return FALSE;
      if (!rushes_protocol_is_still_there (self->protocol, i, task, reply))
        return FALSE;
    }
  return TRUE;
}

static DexFuture *
cancel_fiber (gpointer data)
{
  RushesHttpErrand *errand = data;
  RushesHttpProvider *self = errand->self;
  g_autoptr (RushesHttpReply) reply = NULL;
  g_autoptr (GError) error = NULL;
  g_autofree char *base_url = g_strdup (rushes_http_provider_require_url (self, errand->job, &error));
  RushesTask task;

  if (base_url == NULL)
    return dex_future_new_for_error (g_steal_pointer (&error));

  task = rushes_http_provider_make_task (self, errand->job, base_url);
  if (!rushes_protocol_has (self->protocol, &task, RUSHES_OPERATION_CANCEL))
    return dex_future_new_for_error (rushes_error_new (RUSHES_ERROR_UNSUPPORTED,
                                                       _ ("%s cannot cancel a take that was accepted."),
                                                       rushes_provider_get_name (RUSHES_PROVIDER (self))));
  if (!take_cancel_steps (errand, &task, &error))
    {
      if (error != NULL)
        return dex_future_new_for_error (g_steal_pointer (&error));
      rushes_http_provider_get_work (errand->job)->gone = TRUE;
      return dex_future_new_true ();
    }
  reply = rushes_http_provider_ask (self, RUSHES_OPERATION_CANCEL, &task, errand->job, errand->cancellable, &error);
  if (reply == NULL || !rushes_protocol_read_consent (self->protocol, RUSHES_OPERATION_CANCEL, &task, reply, &error))
    return dex_future_new_for_error (g_steal_pointer (&error));
  return dex_future_new_true ();
}

DexFuture *
rushes_http_provider_cancel (RushesProvider *provider, RushesJob *job)
{
  RushesHttpErrand *errand = rushes_http_errand_new (RUSHES_HTTP_PROVIDER (provider), job);

  return rushes_http_errand_run (errand, cancel_fiber);
}
