/* rushes-http-call.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "rushes-http-call.h"

#include <glib/gi18n.h>

#include "rushes-async.h"
#include "rushes-credentials-private.h"
#include "rushes-error.h"
#include "rushes-http-address.h"
#include "rushes-http-intake.h"
#include "rushes-http-steps.h"

/* Made on a work thread, which may outlive the fiber. */
typedef struct
{
  RushesHttpRequest *request;
  GBytes *bytes;
  char *media_type;
} Body;

static void
body_clear (gpointer data)
{
  Body *self = data;

  rushes_http_request_unref (self->request);
  g_clear_pointer (&self->bytes, g_bytes_unref);
  g_free (self->media_type);
}

static void
body_unref (gpointer data)
{
  g_atomic_rc_box_release_full (data, body_clear);
}

static DexFuture *
make_body (gpointer data)
{
  Body *self = data;

  self->bytes = rushes_http_request_make_body (self->request, &self->media_type);
  return dex_future_new_true ();
}

typedef struct
{
  RushesHttp *http;
  RushesHttpRequest *request;
  RushesCredentials *credentials;
  gboolean public_only;
  GFile *spool;
  GCancellable *cancellable;
  RushesHttpListen listen;
  gpointer user_data;

  Body *body;
  gboolean *sent; /* whether anything went out that the other side may act on */
  char *origin;   /* of the first address */
  char *address;  /* the last one, without a key */
} Call;

static void
call_free (gpointer data)
{
  Call *self = data;

  g_object_unref (self->http);
  rushes_http_request_unref (self->request);
  g_clear_pointer (&self->credentials, rushes_credentials_unref);
  g_clear_object (&self->spool);
  g_clear_object (&self->cancellable);
  body_unref (self->body);
  g_rc_box_release (self->sent);
  g_free (self->origin);
  g_free (self->address);
  g_free (self);
}

static void
mark_sent (gboolean *sent)
{
  *sent = TRUE;
}

static void
release_mark (gpointer data, GClosure *closure)
{
  g_rc_box_release (data);
}

/* Without a body the head is the whole of the request. */
static void
watch (Call *self, SoupMessage *message)
{
  gboolean has_body = self->body->bytes != NULL && g_bytes_get_size (self->body->bytes) > 0;

  g_signal_connect_data (message, has_body ? "wrote-body-data" : "wrote-headers", G_CALLBACK (mark_sent),
                         g_rc_box_acquire (self->sent), release_mark, G_CONNECT_SWAPPED);
}

static void
add_headers (Call *self, SoupMessageHeaders *headers)
{
  GPtrArray *list = self->request->headers;

  for (guint i = 0; i + 1 < list->len; i += 2)
    {
      g_autofree char *value = g_strdelimit (g_strdup (g_ptr_array_index (list, i + 1)), "\r\n", ' ');

      soup_message_headers_append (headers, g_ptr_array_index (list, i), value);
    }
}

/* Another origin gets nothing that was meant for the first one. */
static SoupMessage *
make_message (GUri *uri, guint n_redirects, gpointer data)
{
  Call *self = data;
  RushesHttpRequest *request = self->request;
  SoupMessage *message = soup_message_new_from_uri (request->method, uri);
  SoupMessageHeaders *headers = soup_message_get_request_headers (message);
  g_autofree char *origin = NULL;

  g_free (self->address);
  self->address = g_uri_to_string (uri);
  origin = rushes_origin_of (self->address);
  if (n_redirects == 0)
    g_set_str (&self->origin, origin);

  if (g_strcmp0 (origin, self->origin) == 0)
    add_headers (self, headers);
  if (soup_message_headers_get_one (headers, "Accept") == NULL)
    soup_message_headers_append (headers, "Accept", "*/*");
  if (self->body->bytes != NULL)
    soup_message_set_request_body_from_bytes (message, self->body->media_type, self->body->bytes);
  if (request->with_key && self->credentials != NULL &&
      (n_redirects == 0 || rushes_credentials_may_follow (self->credentials)))
    rushes_credentials_apply (self->credentials, message);
  soup_message_set_force_http1 (message, request->is_submit);
  watch (self, message);
  return message;
}

static RushesHttpExchange *
send_request (Call *self, GError **error)
{
  RushesHttpRequest *request = self->request;
  g_autoptr (GUri) uri = rushes_http_parse_address (request->address, error);
  RushesHttpWalk walk = {
    self->http, make_message, self, RUSHES_HTTP_USUAL_CLOCKS, self->public_only, self->cancellable
  };

  if (uri == NULL ||
      !dex_await (rushes_async_work (make_body, g_atomic_rc_box_acquire (self->body), body_unref), error))
    return NULL;

  walk.credentials = self->credentials;
  walk.stay = request->is_submit || request->stays || !g_str_equal (request->method, SOUP_METHOD_GET);
  walk.clocks.first_byte = request->first_byte;
  /* Where the answer is the clip, its head may come long before the rest. */
  if (request->is_submit)
    walk.clocks.silence = MAX (walk.clocks.silence, request->first_byte);
  return rushes_http_walk (&walk, uri, error);
}

static RushesHttpReply *
call (Call *self, GError **error)
{
  g_autoptr (RushesHttpExchange) exchange = send_request (self, error);

  return exchange != NULL ? rushes_http_take_in (exchange, self->address, self->credentials, self->spool,
                                                 self->request->is_submit, self->listen, self->user_data, error)
                          : NULL;
}

/* Whoever sends it again may pay twice: that is not what a sentence about the network may suggest. */
static void
warn_of_charge (Call *self, GError *error)
{
  g_autoptr (GUri) uri = g_uri_parse (self->request->address, SOUP_HTTP_URI_FLAGS, NULL);
  g_autofree char *host = rushes_clean_words (uri != NULL ? g_uri_get_host (uri) : "");
  g_autofree char *sentence =
      /* Translators: %s is a host. */
      g_strdup_printf (
          _ ("%s was reached, but gave no whole answer. It may have accepted and charged this all the same: "
             "look into your account there before you submit it once more."),
          host);

  g_set_str (&error->message, sentence);
  rushes_error_set_warns (error, TRUE);
}

static DexFuture *
call_fiber (gpointer data)
{
  Call *self = data;
  g_autoptr (GError) error = NULL;
  GError *translated;
  RushesHttpReply *reply = call (self, &error);

  if (reply != NULL)
    return dex_future_new_take_boxed (RUSHES_TYPE_HTTP_REPLY, reply);

  translated = rushes_error_translate (error);
  if (self->request->is_submit && *self->sent)
    {
      if (translated->code == RUSHES_ERROR_NETWORK)
        warn_of_charge (self, translated);
      rushes_error_set_charged (translated, RUSHES_CHARGED_MAYBE);
      rushes_error_set_retryable (translated, FALSE);
    }
  return dex_future_new_for_error (translated);
}

DexFuture *
rushes_http_call (RushesHttp *self,
                  RushesHttpRequest *request,
                  RushesCredentials *credentials,
                  gboolean public_only,
                  GFile *spool,
                  GCancellable *cancellable)
{
  return rushes_http_call_listening (self, request, credentials, public_only, spool, cancellable, NULL, NULL);
}

DexFuture *
rushes_http_call_listening (RushesHttp *self,
                            RushesHttpRequest *request,
                            RushesCredentials *credentials,
                            gboolean public_only,
                            GFile *spool,
                            GCancellable *cancellable,
                            RushesHttpListen listen,
                            gpointer user_data)
{
  Call *call;

  g_return_val_if_fail (RUSHES_IS_HTTP (self), NULL);
  g_return_val_if_fail (request != NULL, NULL);

  call = g_new0 (Call, 1);
  call->http = g_object_ref (self);
  call->request = rushes_http_request_ref (request);
  call->credentials = credentials != NULL ? rushes_credentials_ref (credentials) : NULL;
  call->public_only = public_only;
  g_set_object (&call->spool, spool);
  g_set_object (&call->cancellable, cancellable);
  call->listen = listen;
  call->user_data = user_data;
  call->sent = g_rc_box_new0 (gboolean);
  call->body = g_atomic_rc_box_new0 (Body);
  call->body->request = rushes_http_request_ref (request);
  return rushes_async_spawn (call_fiber, call, call_free);
}
