/* rushes-http-download.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "rushes-http-download.h"

#include <glib/gi18n.h>

#include "rushes-async.h"
#include "rushes-download-state.h"
#include "rushes-error.h"
#include "rushes-http-aside.h"
#include "rushes-http-range.h"

/* Microseconds between two reports. */
#define REPORT_EVERY (50 * 1000)

typedef struct
{
  RushesHttp *http;
  char *address;
  RushesDownloadOptions options;
  GCancellable *cancellable; /* ours: the caller's, or that nobody waits any more */
  GCancellable *callers;
  gulong callers_handler;
  DexPromise *promise;
  gulong discarded_handler;

  RushesDownloadState *state;
  gint64 reported;
} Download;

static void
download_free (gpointer data)
{
  Download *self = data;

  g_cancellable_disconnect (self->callers, self->callers_handler);
  g_cancellable_disconnect (dex_promise_get_cancellable (self->promise), self->discarded_handler);
  g_object_unref (self->http);
  g_free (self->address);
  g_clear_pointer (&self->options.credentials, rushes_credentials_unref);
  g_clear_object (&self->options.pieces);
  g_object_unref (self->cancellable);
  g_clear_object (&self->callers);
  dex_unref (self->promise);
  rushes_download_state_unref (self->state);
  g_free (self);
}

static RushesHttpExchange *
ask (Download *self, GError **error)
{
  RushesHttpRange range = { self->state->size, -1, self->state->validator };

  return rushes_http_range_ask (&range, self->http, self->address, &self->options, self->cancellable, error);
}

static void
report (Download *self, gint64 bytes)
{
  if (self->options.progress == NULL || g_cancellable_is_cancelled (self->cancellable))
    return;
  self->reported = g_get_monotonic_time ();
  self->options.progress (bytes, self->state->total, self->options.user_data);
}

static gboolean
hear (RushesHttpExchange *exchange, GBytes *bytes, gint64 n_bytes, gpointer data, GError **error)
{
  Download *self = data;
  gboolean is_head = self->state->size == 0 && n_bytes == (gint64) g_bytes_get_size (bytes) && n_bytes > 0;

  if (is_head && self->options.welcome != NULL &&
      !self->options.welcome (bytes, self->state->media_type, self->options.user_data, error))
    return FALSE;
  if (!rushes_http_check_size (exchange, self->state->size + n_bytes, self->options.max_bytes, RUSHES_ERROR_MEDIA,
                               error))
    return FALSE;
  if (self->options.pieces != NULL)
    rushes_pieces_set_front (self->options.pieces, self->state->size + n_bytes);
  if (g_get_monotonic_time () - self->reported >= REPORT_EVERY)
    report (self, self->state->size + n_bytes);
  return TRUE;
}

static gboolean
finish (Download *self, RushesFileSink *sink, const char *host, GError **error)
{
  gint64 size = rushes_file_sink_get_size (sink);

  if (self->state->total >= 0 && size != self->state->total)
    {
      rushes_set_error (error, RUSHES_ERROR_NETWORK, _ ("The connection to %s broke off. Try again."), host);
      rushes_error_set_retryable (*error, TRUE);
      return FALSE;
    }
  if (!dex_await (rushes_file_sink_finish (sink), error))
    return FALSE;

  self->state->total = size;
  self->state->whole = TRUE;
  report (self, size);
  return dex_await (rushes_download_state_save (self->state), error);
}

/* What somebody who looks at the file wants before its turn. Only a validator tells that it is of the same thing. */
static void
begin_aside (Download *self, GCancellable *over)
{
  RushesPieces *pieces = self->options.pieces;
  g_autofree char *identity = NULL;

  if (pieces == NULL)
    return;
  identity = rushes_download_state_identify (self->state);
  rushes_pieces_set_file (pieces, identity, self->state->total);
  rushes_pieces_set_front (pieces, self->state->size);
  if (identity != NULL)
    rushes_http_aside_begin (self->http, self->address, &self->options, self->state, over);
}

static gboolean
pour (Download *self, RushesHttpExchange *exchange, RushesFileSink *sink, GError **error)
{
  g_autoptr (GCancellable) over = g_cancellable_new ();
  gboolean poured;

  begin_aside (self, over);
  poured = rushes_http_pour (exchange, sink, hear, self, error);
  g_cancellable_cancel (over);
  return poured;
}

/* Of the file what is there stays, and what is known of it is written down before the rest comes. */
static gboolean
bring (Download *self, RushesHttpExchange *exchange, GError **error)
{
  g_autoptr (RushesFileSink) sink = rushes_file_sink_new_at (self->state->part, self->state->size);
  g_autoptr (GBytes) nothing = g_bytes_new_static ("", 0);

  report (self, self->state->size);
  return rushes_http_range_is_plain (exchange, error) && dex_await (rushes_file_sink_write (sink, nothing), error) &&
         dex_await (rushes_download_state_save (self->state), error) && pour (self, exchange, sink, error) &&
         finish (self, sink, rushes_http_exchange_get_host (exchange), error);
}

/* As often as it takes: once, or, when what is there is not a part of what is offered now, twice. */
static gboolean
download (Download *self, GError **error)
{
  if (!dex_await (rushes_download_state_load (self->state), error))
    return FALSE;

  while (!self->state->whole)
    {
      g_autoptr (RushesHttpExchange) exchange = ask (self, error);
      SoupMessageHeaders *headers;
      guint status;
      gboolean asked_for_rest = self->state->size > 0;

      if (exchange == NULL)
        return FALSE;

      headers = rushes_http_exchange_get_headers (exchange);
      status = rushes_http_exchange_get_status (exchange);
      if (status == SOUP_STATUS_OK)
        {
          rushes_download_state_take (self->state, headers);
          return bring (self, exchange, error);
        }
      if (status == SOUP_STATUS_PARTIAL_CONTENT && asked_for_rest &&
          rushes_download_state_goes_on (self->state, headers))
        return bring (self, exchange, error);
      if (status == SOUP_STATUS_REQUESTED_RANGE_NOT_SATISFIABLE && asked_for_rest &&
          rushes_download_state_is_full (self->state, headers))
        {
          g_autoptr (RushesFileSink) sink = rushes_file_sink_new_at (self->state->part, self->state->size);

          return finish (self, sink, rushes_http_exchange_get_host (exchange), error);
        }
      if (!asked_for_rest ||
          (status != SOUP_STATUS_PARTIAL_CONTENT && status != SOUP_STATUS_REQUESTED_RANGE_NOT_SATISFIABLE))
        {
          g_propagate_error (error, rushes_http_exchange_make_error (exchange));
          return FALSE;
        }
      self->state->size = 0;
    }

  return TRUE;
}

static DexFuture *
download_fiber (gpointer data)
{
  Download *self = data;
  GError *error = NULL;

  if (download (self, &error))
    dex_promise_resolve_string (self->promise, g_strdup (self->state->media_type));
  else
    dex_promise_reject (self->promise, error);
  return dex_future_new_true ();
}

static void
cancel (GCancellable *cancelled, gpointer data)
{
  g_cancellable_cancel (data);
}

DexFuture *
rushes_http_download (RushesHttp *self,
                      const char *address,
                      GFile *part,
                      const RushesDownloadOptions *options,
                      GCancellable *cancellable)
{
  Download *download;
  DexPromise *promise;

  g_return_val_if_fail (RUSHES_IS_HTTP (self), NULL);
  g_return_val_if_fail (address != NULL, NULL);
  g_return_val_if_fail (G_IS_FILE (part), NULL);
  g_return_val_if_fail (options != NULL, NULL);

  promise = dex_promise_new_cancellable ();
  download = g_new0 (Download, 1);
  download->http = g_object_ref (self);
  download->address = g_strdup (address);
  download->options = *options;
  if (options->credentials != NULL)
    rushes_credentials_ref (options->credentials);
  if (options->pieces != NULL)
    g_object_ref (options->pieces);
  download->state = rushes_download_state_new (part, address);
  download->promise = dex_ref (promise);
  download->cancellable = g_cancellable_new ();
  download->discarded_handler = g_cancellable_connect (dex_promise_get_cancellable (promise), G_CALLBACK (cancel),
                                                       g_object_ref (download->cancellable), g_object_unref);
  if (cancellable != NULL)
    {
      download->callers = g_object_ref (cancellable);
      download->callers_handler = g_cancellable_connect (cancellable, G_CALLBACK (cancel),
                                                         g_object_ref (download->cancellable), g_object_unref);
    }
  /* Not the fiber's own future: that would tear it away from a file that is being written. */
  dex_future_disown (rushes_async_spawn (download_fiber, download, download_free));
  return DEX_FUTURE (promise);
}
