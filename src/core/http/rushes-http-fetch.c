/* rushes-http-fetch.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "rushes-http-fetch.h"

#include "rushes-async.h"
#include "rushes-error.h"
#include "rushes-file-sink.h"
#include "rushes-http-address.h"
#include "rushes-http-steps.h"

RushesFetched *
rushes_fetched_copy (const RushesFetched *self)
{
  RushesFetched *copy = g_memdup2 (self, sizeof *self);

  copy->sha256 = g_strdup (self->sha256);
  copy->address = g_strdup (self->address);
  return copy;
}

void
rushes_fetched_free (RushesFetched *self)
{
  g_free (self->sha256);
  g_free (self->address);
  g_free (self);
}

G_DEFINE_BOXED_TYPE (RushesFetched, rushes_fetched, rushes_fetched_copy, rushes_fetched_free)

typedef struct
{
  RushesHttp *http;
  char *address;
  GFile *target;
  RushesFetchOptions options;
  GCancellable *cancellable;
} Fetch;

static void
fetch_free (gpointer data)
{
  Fetch *self = data;

  g_object_unref (self->http);
  g_object_unref (self->target);
  g_clear_object (&self->cancellable);
  g_free ((char *) self->options.accept);
  g_free (self->address);
  g_free (self);
}

static SoupMessage *
make_message (GUri *uri, guint n_redirects, gpointer data)
{
  Fetch *self = data;
  SoupMessage *message = rushes_http_message_for_bytes (uri);

  if (self->options.accept != NULL)
    soup_message_headers_replace (soup_message_get_request_headers (message), "Accept", self->options.accept);
  return message;
}

static RushesHttpExchange *
find_source (Fetch *self, GError **error)
{
  g_autoptr (GUri) uri = rushes_http_parse_address (self->address, error);
  const RushesHttpWalk walk = { self->http,       make_message, self, self->options.clocks, self->options.public_only,
                                self->cancellable };
  g_autoptr (RushesHttpExchange) exchange = uri != NULL ? rushes_http_walk (&walk, uri, error) : NULL;

  if (exchange == NULL || rushes_http_exchange_get_status (exchange) == SOUP_STATUS_OK)
    return g_steal_pointer (&exchange);

  g_propagate_error (error, rushes_http_exchange_make_error (exchange));
  return NULL;
}

static gboolean
hear (RushesHttpExchange *exchange, GBytes *bytes, gint64 size, gpointer data, GError **error)
{
  Fetch *self = data;

  return rushes_http_check_size (exchange, size, self->options.max_bytes, RUSHES_ERROR_BAD_REQUEST, error);
}

static gboolean
copy_body (Fetch *self, RushesHttpExchange *exchange, RushesFileSink *sink, GError **error)
{
  goffset announced = soup_message_headers_get_content_length (rushes_http_exchange_get_headers (exchange));

  return hear (exchange, NULL, announced, self, error) && rushes_http_pour (exchange, sink, hear, self, error) &&
         dex_await (rushes_file_sink_finish (sink), error);
}

static DexFuture *
fetch_fiber (gpointer data)
{
  Fetch *self = data;
  g_autoptr (RushesHttpExchange) exchange = NULL;
  g_autoptr (RushesFileSink) sink = NULL;
  g_autoptr (RushesFetched) fetched = NULL;
  g_autoptr (GError) error = NULL;

  if (!(exchange = find_source (self, &error)))
    return dex_future_new_for_error (g_steal_pointer (&error));

  sink = rushes_file_sink_new (self->target);
  if (!copy_body (self, exchange, sink, &error))
    {
      dex_await (rushes_file_sink_discard (sink), NULL);
      return dex_future_new_for_error (g_steal_pointer (&error));
    }

  fetched = g_new0 (RushesFetched, 1);
  fetched->size = rushes_file_sink_get_size (sink);
  fetched->sha256 = g_strdup (rushes_file_sink_get_sha256 (sink));
  fetched->address = g_uri_to_string (rushes_http_exchange_get_uri (exchange));
  return dex_future_new_take_boxed (RUSHES_TYPE_FETCHED, g_steal_pointer (&fetched));
}

DexFuture *
rushes_http_fetch (RushesHttp *self,
                   const char *address,
                   GFile *target,
                   const RushesFetchOptions *options,
                   GCancellable *cancellable)
{
  Fetch *fetch;

  g_return_val_if_fail (RUSHES_IS_HTTP (self), NULL);
  g_return_val_if_fail (address != NULL, NULL);
  g_return_val_if_fail (G_IS_FILE (target), NULL);
  g_return_val_if_fail (options != NULL, NULL);

  fetch = g_new0 (Fetch, 1);
  fetch->http = g_object_ref (self);
  fetch->address = g_strdup (address);
  fetch->target = g_object_ref (target);
  fetch->options = *options;
  fetch->options.accept = g_strdup (options->accept);
  g_set_object (&fetch->cancellable, cancellable);
  return rushes_async_spawn (fetch_fiber, fetch, fetch_free);
}
