/* rushes-http-aside.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "rushes-http-aside.h"

#include "rushes-async.h"
#include "rushes-http-range.h"

#define READ_SIZE (64 * 1024)

/* So often in a row the connection may fail. */
#define MAX_FAILURES 3

typedef struct
{
  RushesHttp *http;
  char *address;
  RushesDownloadOptions options;
  RushesDownloadState *state;
  GCancellable *cancellable;
} Aside;

static void
aside_free (gpointer data)
{
  Aside *self = data;

  g_object_unref (self->http);
  g_free (self->address);
  g_clear_pointer (&self->options.credentials, rushes_credentials_unref);
  g_object_unref (self->options.pieces);
  rushes_download_state_unref (self->state);
  g_object_unref (self->cancellable);
  g_free (self);
}

typedef enum
{
  BROUGHT, /* all of it, or as much as is still wanted */
  FAILED,
  REFUSED,
} Outcome;

/* -1 when it is over. */
static gint64
await_wish (Aside *self)
{
  DexFuture *over = dex_cancellable_new_from_cancellable (self->cancellable);

  return dex_await_int64 (dex_future_first (rushes_pieces_await_wish (self->options.pieces, -1), over, NULL), NULL);
}

/* The next bytes of the answer; NULL without an error when others than those from @at on are wanted by now. */
static GBytes *
read_on (Aside *self, RushesHttpExchange *exchange, gint64 at, GError **error)
{
  g_autoptr (DexFuture) reading = rushes_http_exchange_read (exchange, READ_SIZE);
  DexFuture *moved = rushes_pieces_await_wish (self->options.pieces, at);

  dex_await (dex_future_first (dex_ref (reading), moved, NULL), NULL);
  return dex_future_is_pending (reading) ? NULL : dex_await_boxed (g_steal_pointer (&reading), error);
}

static Outcome
bring (Aside *self, gint64 start)
{
  gint64 end = MIN (start + RUSHES_PIECE_SIZE, self->state->total);
  RushesHttpRange range = { start, end - 1, self->state->validator };
  g_autoptr (GError) error = NULL;
  g_autoptr (RushesHttpExchange) exchange =
      rushes_http_range_ask (&range, self->http, self->address, &self->options, self->cancellable, &error);
  gint64 at = start;

  if (exchange == NULL)
    return FAILED;
  if (rushes_http_exchange_get_status (exchange) != SOUP_STATUS_PARTIAL_CONTENT ||
      !rushes_http_range_is_plain (exchange, NULL) ||
      !rushes_download_state_has_part (self->state, rushes_http_exchange_get_headers (exchange), start))
    return REFUSED;

  while (at < end)
    {
      g_autoptr (GBytes) bytes = read_on (self, exchange, at, &error);

      if (error != NULL)
        return FAILED;
      if (bytes == NULL || g_cancellable_is_cancelled (self->cancellable))
        return BROUGHT;
      /* More than was asked for, or nothing at all. */
      if ((gint64) g_bytes_get_size (bytes) > end - at || (g_bytes_get_size (bytes) == 0 && at == start))
        return REFUSED;
      if (g_bytes_get_size (bytes) == 0)
        return BROUGHT;
      rushes_pieces_add (self->options.pieces, at, bytes);
      at += (gint64) g_bytes_get_size (bytes);
    }
  return BROUGHT;
}

static DexFuture *
aside_fiber (gpointer data)
{
  Aside *self = data;
  gint64 missing;
  guint n_failures = 0;

  while (n_failures < MAX_FAILURES && (missing = await_wish (self)) > 0 &&
         !g_cancellable_is_cancelled (self->cancellable))
    switch (bring (self, missing))
      {
      case BROUGHT:
        n_failures = 0;
        break;
      case FAILED:
        n_failures++;
        break;
      case REFUSED:
      default:
        return dex_future_new_false ();
      }
  return dex_future_new_true ();
}

void
rushes_http_aside_begin (RushesHttp *http,
                         const char *address,
                         const RushesDownloadOptions *options,
                         RushesDownloadState *state,
                         GCancellable *cancellable)
{
  Aside *self = g_new0 (Aside, 1);

  g_assert (state->validator != NULL && state->total > 0);

  self->http = g_object_ref (http);
  self->address = g_strdup (address);
  self->options = *options;
  if (options->credentials != NULL)
    rushes_credentials_ref (options->credentials);
  g_object_ref (options->pieces);
  self->state = rushes_download_state_ref (state);
  self->cancellable = g_object_ref (cancellable);
  dex_future_disown (rushes_async_spawn (aside_fiber, self, aside_free));
}
