/* rushes-http-range.h
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "rushes-http-download.h"
#include "rushes-http-steps.h"

G_BEGIN_DECLS

/**
 * RushesHttpRange:
 * @start: the first byte that is wanted
 * @end: the last one; -1 all that follow. From 0 to -1 is all of it, and is asked for without a range.
 * @validator: of the thing of which a part is wanted (RFC 9110, 13.1.5); NULL only for all of it
 */
typedef struct
{
  gint64      start;
  gint64      end;
  const char *validator;
} RushesHttpRange;

/* In a fiber: GETs the bytes as they lie there, with the rules and the key of @options, and gives what was answered. */
RushesHttpExchange *rushes_http_range_ask      (const RushesHttpRange       *self,
                                                RushesHttp                  *http,
                                                const char                  *address,
                                                const RushesDownloadOptions *options,
                                                GCancellable                *cancellable,
                                                GError                     **error) G_GNUC_WARN_UNUSED_RESULT;

/* FALSE with a PROTOCOL for an answer that is packed: it has other lengths and ranges than the thing itself. */
gboolean            rushes_http_range_is_plain (RushesHttpExchange          *exchange,
                                                GError                     **error);

G_END_DECLS
