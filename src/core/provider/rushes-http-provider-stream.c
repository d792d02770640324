/* rushes-http-provider-stream.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "rushes-http-provider-private.h"

#include "rushes-async.h"
#include "rushes-credentials-private.h"
#include "rushes-event-source.h"
#include "rushes-socket-listener.h"

/* Seconds. Services say something, if only a comment, every quarter of a minute. */
#define CONNECT 15
#define SILENCE 60

/* So long nobody asks while the stream is not open yet. */
#define OPENING 10

typedef enum
{
  CLOSED, /* ended, broken, or not to be had: it is not tried again for this job */
  BEGUN,
  OPEN,
} State;

/* What a service says of a task by itself, as replies to STATUS or over a socket. Held by the job's work and by the
 * fiber that listens. */
struct _RushesStatusStream
{
  RushesHttpErrand *errand; /* of the fiber only */
  RushesOperation operation;
  RushesSocketListener *socket; /* NULL for a stream of replies */
  GWeakRef job;                 /* of a socket */
  gboolean due;                 /* of a socket: it is worth asking */
  State state;
  GCancellable *cancellable;
  RushesCredentials *credentials;
  char *address;
  GBytes *last;     /* the newest event that nobody has read; NULL */
  DexPromise *news; /* what the pipeline waits for; NULL while it does not */
};

static void
stream_clear (gpointer data)
{
  RushesStatusStream *self = data;

  g_clear_pointer (&self->socket, rushes_socket_listener_free);
  g_weak_ref_clear (&self->job);
  g_clear_object (&self->cancellable);
  g_clear_pointer (&self->credentials, rushes_credentials_unref);
  g_free (self->address);
  g_clear_pointer (&self->last, g_bytes_unref);
  dex_clear (&self->news);
}

static void
stream_release (gpointer data)
{
  g_rc_box_release_full (data, stream_clear);
}

void
rushes_status_stream_end (RushesStatusStream *self)
{
  g_cancellable_cancel (self->cancellable);
  stream_release (self);
}

void
rushes_status_stream_stop (RushesStatusStream *self)
{
  g_cancellable_cancel (self->cancellable);
}

/* ---- listening ---- */

static void
tell (RushesStatusStream *self)
{
  DexPromise *news = g_steal_pointer (&self->news);

  if (news == NULL)
    return;
  if (dex_future_is_pending (DEX_FUTURE (news)))
    dex_promise_resolve_boolean (news, TRUE);
  dex_unref (news);
}

/* Only the newest counts: each says all there is to know. */
static void
on_event (RushesEventSource *source, const RushesServerEvent *event, RushesStatusStream *self)
{
  g_autoptr (GBytes) bytes = g_bytes_new (event->data, event->length);

  if (event->length == 0 || *event->data != '{')
    return;
  g_clear_pointer (&self->last, g_bytes_unref);
  self->last =
      self->credentials != NULL ? rushes_credentials_redact_body (self->credentials, bytes) : g_bytes_ref (bytes);
  self->state = OPEN;
  tell (self);
}

static void
on_message (RushesEventSource *source, const RushesServerEvent *event, RushesStatusStream *self)
{
  double before = rushes_socket_listener_get_progress (self->socket);
  g_autoptr (RushesJob) job = NULL;

  self->due = rushes_socket_listener_hear (self->socket, event) || self->due;
  job = g_weak_ref_get (&self->job);
  if (job != NULL && rushes_socket_listener_get_progress (self->socket) > before)
    rushes_job_tell_progress (job, rushes_socket_listener_get_progress (self->socket));
  if (self->due)
    tell (self);
}

static GPtrArray *
copy_headers (RushesHttpRequest *request)
{
  GPtrArray *headers = g_ptr_array_new_with_free_func (g_free);

  for (guint i = 0; i < request->headers->len; i++)
    g_ptr_array_add (headers, g_strdup (g_ptr_array_index (request->headers, i)));
  return headers;
}

/* What the job lives in may be gone before the fiber is: it borrows nothing from it but for building the request. */
static RushesEventSource *
make_source (RushesStatusStream *self, RushesHttpErrand *errand, GError **error)
{
  RushesHttpProvider *provider = errand->self;
  g_autofree char *base_url = g_strdup (rushes_http_provider_require_url (provider, errand->job, error));
  g_autoptr (RushesHttpRequest) request = NULL;
  g_autoptr (RushesHttp) http = NULL;
  g_autoptr (GPtrArray) headers = NULL;
  g_autoptr (GError) problem = NULL;
  RushesTask task;

  if (base_url == NULL)
    return NULL;
  self->credentials = rushes_http_provider_find_credentials (provider, base_url, &problem);
  task = rushes_http_provider_make_task (provider, errand->job, base_url);
  if (problem == NULL)
    request = rushes_protocol_build (provider->protocol, self->operation, &task, &problem);
  if (request == NULL)
    {
      g_propagate_error (error, g_steal_pointer (&problem));
      return NULL;
    }

  http = rushes_http_provider_get_http (provider);
  headers = copy_headers (request);
  self->address = g_strdup (request->address);
  return rushes_event_source_new (http, request->address,
                                  &(RushesEventSourceOptions) {
                                      .headers = headers,
                                      .credentials = request->with_key ? self->credentials : NULL,
                                      .connect = CONNECT,
                                      /* A socket asks by itself whether the other side is there. */
                                      .idle = self->socket != NULL ? 0 : SILENCE,
                                      .socket = self->socket != NULL,
                                      .public_only = rushes_http_provider_is_public_only (base_url),
                                  });
}

static DexFuture *
listen_fiber (gpointer data)
{
  RushesStatusStream *self = data;
  RushesHttpErrand *errand = self->errand;
  g_autoptr (GError) error = NULL;
  g_autoptr (RushesEventSource) source = make_source (self, errand, &error);

  self->errand = NULL;
  rushes_http_errand_free (errand);
  if (source != NULL)
    {
      g_signal_connect (source, "event", self->socket != NULL ? G_CALLBACK (on_message) : G_CALLBACK (on_event), self);
      dex_await (rushes_event_source_run (source, self->cancellable), &error);
      g_signal_handlers_disconnect_by_data (source, self);
    }
  if (error != NULL)
    g_debug ("A status stream ended: %s", error->message);
  self->state = CLOSED;
  tell (self);
  return dex_future_new_true ();
}

static RushesStatusStream *
begin (RushesHttpProvider *provider, RushesJob *job, const RushesTask *task)
{
  RushesStatusStream *self = g_rc_box_new0 (RushesStatusStream);

  self->operation = rushes_protocol_has (provider->protocol, task, RUSHES_OPERATION_STREAM) ? RUSHES_OPERATION_STREAM
                                                                                            : RUSHES_OPERATION_SOCKET;
  if (self->operation == RUSHES_OPERATION_SOCKET)
    self->socket = rushes_socket_listener_new (provider->protocol, task);
  g_weak_ref_init (&self->job, job);
  self->errand = rushes_http_errand_new (provider, job);
  self->state = BEGUN;
  self->cancellable = g_cancellable_new ();
  dex_future_disown (rushes_async_spawn (listen_fiber, g_rc_box_acquire (self), stream_release));
  return self;
}

/* ---- waiting ---- */

static DexFuture *
wait_as_ever (RushesProvider *provider, RushesJob *job, RushesAnswer *last)
{
  RushesProviderClass *parent = g_type_class_peek (RUSHES_TYPE_PROVIDER);

  return parent->wait (provider, job, last);
}

/* A socket says only when it is worth asking; it is asked as ever, whatever that says, and whether there is one or not.
 */
static DexFuture *
wait_at_socket (RushesProvider *provider, RushesJob *job, RushesAnswer *last, RushesStatusStream *stream)
{
  if (stream->due)
    {
      stream->due = FALSE;
      return dex_future_new_true ();
    }
  if (stream->state == CLOSED)
    return wait_as_ever (provider, job, last);
  dex_clear (&stream->news);
  stream->news = dex_promise_new ();
  return dex_future_first (dex_ref (stream->news), wait_as_ever (provider, job, last), NULL);
}

DexFuture *
rushes_http_provider_wait (RushesProvider *provider, RushesJob *job, RushesAnswer *last)
{
  RushesHttpProvider *self = RUSHES_HTTP_PROVIDER (provider);
  RushesHttpWork *work = rushes_http_provider_get_work (job);
  RushesTask task = rushes_http_provider_make_task (self, job, self->base_url);
  RushesStatusStream *stream;

  if (work->stream == NULL && (rushes_protocol_has (self->protocol, &task, RUSHES_OPERATION_STREAM) ||
                               rushes_protocol_has (self->protocol, &task, RUSHES_OPERATION_SOCKET)))
    work->stream = begin (self, job, &task);
  stream = work->stream;
  if (stream != NULL && stream->socket != NULL)
    return wait_at_socket (provider, job, last, stream);
  if (stream == NULL || (stream->state == CLOSED && stream->last == NULL))
    return wait_as_ever (provider, job, last);
  if (stream->last != NULL)
    return dex_future_new_true ();

  dex_clear (&stream->news);
  stream->news = dex_promise_new ();
  return stream->state == OPEN ? DEX_FUTURE (dex_ref (stream->news))
                               : dex_future_first (dex_ref (stream->news), rushes_async_sleep (OPENING), NULL);
}

RushesHttpReply *
rushes_http_provider_take_event (RushesJob *job)
{
  RushesStatusStream *stream = rushes_http_provider_get_work (job)->stream;
  g_autoptr (GBytes) event = stream != NULL ? g_steal_pointer (&stream->last) : NULL;

  return event != NULL ? rushes_http_reply_new (SOUP_STATUS_OK, NULL, event, stream->address) : NULL;
}
