/* rushes-http-fetch.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "rushes-http-fetch.h"

#include <glib/gi18n.h>

#include "rushes-async.h"
#include "rushes-error.h"
#include "rushes-file-sink.h"
#include "rushes-http-address.h"
#include "rushes-http-error.h"

#define MAX_REDIRECTS 5
#define READ_SIZE     (64 * 1024)
#define WRITE_SIZE    (256 * 1024)

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

static DexFuture *
send_get (Fetch *self, GUri *uri, gboolean public_only)
{
  g_autoptr (SoupMessage) message = soup_message_new_from_uri (SOUP_METHOD_GET, uri);
  SoupMessageHeaders *headers = soup_message_get_request_headers (message);

  /* The bytes are wanted as they lie there: lengths and ranges count those. */
  soup_message_disable_feature (message, SOUP_TYPE_CONTENT_DECODER);
  soup_message_headers_replace (headers, "Accept-Encoding", "identity");
  soup_message_headers_replace (headers, "Accept", self->options.accept != NULL ? self->options.accept : "*/*");
  return rushes_http_send (self->http, message, &self->options.clocks, public_only, self->cancellable);
}

/* Goes from address to address until one answers with the thing itself. An answer from a public network has no business
 * in a private one. */
static RushesHttpExchange *
find_source (Fetch *self, GError **error)
{
  g_autoptr (GUri) uri = rushes_http_parse_address (self->address, error);
  gboolean public_only = self->options.public_only;

  for (int n_redirects = 0; uri != NULL; n_redirects++)
    {
      g_autoptr (RushesHttpExchange) exchange = dex_await_object (send_get (self, uri, public_only), error);
      SoupMessageHeaders *headers;
      guint status;

      if (exchange == NULL)
        return NULL;

      headers = rushes_http_exchange_get_headers (exchange);
      status = rushes_http_exchange_get_status (exchange);
      if (status == SOUP_STATUS_OK)
        return g_steal_pointer (&exchange);
      if (!SOUP_STATUS_IS_REDIRECTION (status) || status == SOUP_STATUS_NOT_MODIFIED)
        {
          g_propagate_error (error,
                             rushes_http_error_from_status (status, headers, rushes_http_exchange_get_host (exchange)));
          return NULL;
        }
      if (n_redirects == MAX_REDIRECTS)
        {
          rushes_set_error (error, RUSHES_ERROR_PROTOCOL, _ ("%s redirects again and again."),
                            rushes_http_exchange_get_host (exchange));
          return NULL;
        }

      public_only = public_only || !rushes_http_exchange_is_private (exchange);
      g_uri_unref (uri);
      uri = rushes_http_follow (rushes_http_exchange_get_uri (exchange),
                                soup_message_headers_get_one (headers, "Location"), error);
    }

  return NULL;
}

static gboolean
check_size (Fetch *self, RushesHttpExchange *exchange, gint64 size, GError **error)
{
  g_autofree char *limit = NULL;

  if (self->options.max_bytes == 0 || size <= self->options.max_bytes)
    return TRUE;

  limit = g_format_size_full ((guint64) self->options.max_bytes, G_FORMAT_SIZE_IEC_UNITS);
  /* Translators: the first %s is a host, the second a size such as “256.0 MiB”. */
  rushes_set_error (error, RUSHES_ERROR_BAD_REQUEST, _ ("What %s sends is larger than %s."),
                    rushes_http_exchange_get_host (exchange), limit);
  return FALSE;
}

static gboolean
copy_body (Fetch *self, RushesHttpExchange *exchange, RushesFileSink *sink, GError **error)
{
  g_autoptr (GByteArray) gathered = g_byte_array_new ();
  goffset announced = soup_message_headers_get_content_length (rushes_http_exchange_get_headers (exchange));
  gint64 size = 0;
  gsize length;

  if (!check_size (self, exchange, announced, error))
    return FALSE;

  do
    {
      g_autoptr (GBytes) bytes = dex_await_boxed (rushes_http_exchange_read (exchange, READ_SIZE), error);
      gconstpointer data;

      if (bytes == NULL)
        return FALSE;
      data = g_bytes_get_data (bytes, &length);
      size += (gint64) length;
      if (!check_size (self, exchange, size, error))
        return FALSE;
      g_byte_array_append (gathered, data, (guint) length);

      if (gathered->len >= WRITE_SIZE || (length == 0 && gathered->len > 0))
        {
          g_autoptr (GBytes) piece = g_byte_array_free_to_bytes (g_steal_pointer (&gathered));

          gathered = g_byte_array_new ();
          if (!dex_await (rushes_file_sink_write (sink, piece), error))
            return FALSE;
        }
    }
  while (length > 0);

  return dex_await (rushes_file_sink_finish (sink), error);
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
