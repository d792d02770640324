/* rushes-http-steps.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "rushes-http-steps.h"

#include <glib/gi18n.h>

#include "rushes-credentials-private.h"
#include "rushes-error.h"
#include "rushes-http-address.h"
#include "rushes-http-error.h"

#define MAX_REDIRECTS 5
#define PIECE         (256 * 1024)

static gboolean
is_redirect (RushesHttpExchange *exchange)
{
  switch (rushes_http_exchange_get_status (exchange))
    {
    case SOUP_STATUS_MOVED_PERMANENTLY:
    case SOUP_STATUS_FOUND:
    case SOUP_STATUS_SEE_OTHER:
    case SOUP_STATUS_TEMPORARY_REDIRECT:
    case SOUP_STATUS_PERMANENT_REDIRECT:
      return TRUE;
    default:
      return FALSE;
    }
}

/* Where the redirect leads. A key in the query goes along on many a server's redirects, also to other hosts. */
static GUri *
follow (const RushesHttpWalk *self, GUri *here, RushesHttpExchange *exchange, GError **error)
{
  const char *location = soup_message_headers_get_one (rushes_http_exchange_get_headers (exchange), "Location");
  g_autoptr (GUri) next = rushes_http_follow (here, location, error);
  g_autofree char *address = NULL;
  g_autofree char *safe = NULL;

  if (next == NULL || self->credentials == NULL || rushes_credentials_fit (self->credentials, next))
    return g_steal_pointer (&next);
  address = g_uri_to_string (next);
  safe = rushes_credentials_redact_header (self->credentials, address);
  return g_str_equal (safe, address) ? g_steal_pointer (&next) : rushes_http_parse_address (safe, error);
}

/* An answer from a public network has no business in a private one. */
RushesHttpExchange *
rushes_http_walk (const RushesHttpWalk *self, GUri *uri, GError **error)
{
  g_autoptr (GUri) here = g_uri_ref (uri);
  gboolean public_only = self->public_only;

  for (guint n_redirects = 0; here != NULL; n_redirects++)
    {
      g_autoptr (SoupMessage) message = self->make (here, n_redirects, self->data);
      g_autoptr (RushesHttpExchange) exchange = dex_await_object (
          rushes_http_send (self->http, message, &self->clocks, public_only, self->cancellable), error);
      GUri *next;

      if (exchange == NULL || self->stay || !is_redirect (exchange))
        return g_steal_pointer (&exchange);
      if (n_redirects == MAX_REDIRECTS)
        {
          rushes_set_error (error, RUSHES_ERROR_PROTOCOL, _ ("%s redirects again and again."),
                            rushes_http_exchange_get_host (exchange));
          return NULL;
        }

      public_only = public_only || !rushes_http_exchange_is_private (exchange);
      next = follow (self, here, exchange, error);
      g_uri_unref (here);
      here = next;
    }

  return NULL;
}

SoupMessage *
rushes_http_message_for_bytes (GUri *uri)
{
  SoupMessage *message = soup_message_new_from_uri (SOUP_METHOD_GET, uri);
  SoupMessageHeaders *headers = soup_message_get_request_headers (message);

  soup_message_disable_feature (message, SOUP_TYPE_CONTENT_DECODER);
  soup_message_headers_replace (headers, "Accept-Encoding", "identity");
  soup_message_headers_replace (headers, "Accept", "*/*");
  return message;
}

/* Begins to write what was gathered, when what was begun before is done. */
static gboolean
write_on (RushesFileSink *sink, GByteArray **gathered, DexFuture **writing, GError **error)
{
  g_autoptr (GBytes) piece = g_byte_array_free_to_bytes (g_steal_pointer (gathered));

  *gathered = g_byte_array_sized_new (PIECE);
  if (*writing != NULL && !dex_await (g_steal_pointer (writing), error))
    return FALSE;
  if (g_bytes_get_size (piece) > 0)
    *writing = rushes_file_sink_write (sink, piece);
  return TRUE;
}

/* The next bytes. What was gathered goes on its way meanwhile, as soon as what was begun before is done: it may be long
 * until more comes, and somebody may look at the file. */
static GBytes *
read_on (RushesHttpExchange *exchange,
         RushesFileSink *sink,
         GByteArray **gathered,
         DexFuture **writing,
         GError **broken_off,
         GError **not_written)
{
  g_autoptr (DexFuture) reading = rushes_http_exchange_read (exchange, PIECE - (*gathered)->len);
  /* What nobody else waits for is given up when writing is done first. */
  g_autoptr (DexFuture) kept = dex_future_all (dex_ref (reading), NULL);

  if ((*gathered)->len > 0 && *writing != NULL)
    {
      dex_await (dex_future_first (dex_ref (reading), dex_ref (*writing), NULL), NULL);
      if (dex_future_is_pending (reading) && !write_on (sink, gathered, writing, not_written))
        return NULL;
    }
  return dex_await_boxed (g_steal_pointer (&reading), broken_off);
}

gboolean
rushes_http_pour (RushesHttpExchange *exchange,
                  RushesFileSink *sink,
                  RushesHttpHear hear,
                  gpointer data,
                  GError **error)
{
  g_autoptr (GByteArray) gathered = g_byte_array_sized_new (PIECE);
  g_autoptr (DexFuture) writing = NULL;
  g_autoptr (GError) broken_off = NULL;
  g_autoptr (GError) not_written = NULL;
  gint64 n_bytes = 0;
  gsize length;

  do
    {
      g_autoptr (GBytes) bytes = read_on (exchange, sink, &gathered, &writing, &broken_off, &not_written);

      if (bytes == NULL)
        break;
      length = g_bytes_get_size (bytes);
      n_bytes += (gint64) length;
      if (!hear (exchange, bytes, n_bytes, data, &broken_off))
        break;
      if (length > 0)
        g_byte_array_append (gathered, g_bytes_get_data (bytes, NULL), (guint) length);
      if ((gathered->len == PIECE || writing == NULL || !dex_future_is_pending (writing)) &&
          !write_on (sink, &gathered, &writing, &not_written))
        break;
    }
  while (length > 0);

  /* After a piece that is not there, nothing may follow. */
  if (not_written == NULL && write_on (sink, &gathered, &writing, &not_written) && writing != NULL)
    dex_await (g_steal_pointer (&writing), &not_written);

  if (broken_off == NULL && not_written == NULL)
    return TRUE;
  if (broken_off == NULL)
    broken_off = g_steal_pointer (&not_written);
  g_propagate_error (error, g_steal_pointer (&broken_off));
  return FALSE;
}

gboolean
rushes_http_check_size (RushesHttpExchange *exchange,
                        gint64 size,
                        gint64 max_bytes,
                        RushesErrorCode code,
                        GError **error)
{
  g_autofree char *limit = NULL;

  if (max_bytes == 0 || size <= max_bytes)
    return TRUE;

  limit = g_format_size_full ((guint64) max_bytes, G_FORMAT_SIZE_IEC_UNITS);
  /* Translators: the first %s is a host, the second a size such as “256.0 MiB”. */
  rushes_set_error (error, code, _ ("What %s sends is larger than %s."), rushes_http_exchange_get_host (exchange),
                    limit);
  return FALSE;
}

GError *
rushes_http_exchange_make_error (RushesHttpExchange *exchange)
{
  return rushes_http_error_from_status (rushes_http_exchange_get_status (exchange),
                                        rushes_http_exchange_get_headers (exchange),
                                        rushes_http_exchange_get_host (exchange));
}
