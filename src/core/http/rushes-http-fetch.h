/* rushes-http-fetch.h
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "rushes-http.h"

G_BEGIN_DECLS

/**
 * RushesFetchOptions:
 * @accept: the kinds that are wanted, as HTTP has it; NULL for any
 * @max_bytes: what is larger is refused; 0 for no limit
 * @public_only: whether the address came from an answer, a text or a recipe, and thus must be public. Redirects out
 *   of a public network into a private one are refused in any case.
 * @clocks: as for rushes_http_send()
 */
typedef struct
{
  const char       *accept;
  gint64            max_bytes;
  gboolean          public_only;
  RushesHttpClocks  clocks;
} RushesFetchOptions;

/**
 * RushesFetched:
 * @size: bytes of the file
 * @sha256: of the file, lower-case hex
 * @address: where it came from in the end, after redirects
 */
typedef struct
{
  gint64  size;
  char   *sha256;
  char   *address;
} RushesFetched;

#define RUSHES_TYPE_FETCHED (rushes_fetched_get_type ())
GType          rushes_fetched_get_type (void);
RushesFetched *rushes_fetched_copy     (const RushesFetched *self);
void           rushes_fetched_free     (RushesFetched       *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (RushesFetched, rushes_fetched_free)

/* GETs @address into @target, a local file that must not exist, and resolves to a #RushesFetched when all of it is
 * there and synced. Follows up to five redirects. On an error nothing is left of the file. Beside the errors of
 * rushes_http_send(): BAD_REQUEST for what is no web address and for what is too large, those of
 * rushes_http_error_from_status(), and STORAGE when the file cannot be written. */
DexFuture *rushes_http_fetch (RushesHttp               *self,
                              const char               *address,
                              GFile                    *target,
                              const RushesFetchOptions *options,
                              GCancellable             *cancellable) G_GNUC_WARN_UNUSED_RESULT;

G_END_DECLS
