/* rushes-http-range.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "rushes-http-range.h"

#include <glib/gi18n.h>

#include "rushes-credentials-private.h"
#include "rushes-error.h"
#include "rushes-http-address.h"

typedef struct
{
  const RushesHttpRange *range;
  const RushesDownloadOptions *options;
} Ask;

static SoupMessage *
make_message (GUri *uri, guint n_redirects, gpointer data)
{
  const Ask *ask = data;
  const RushesHttpRange *range = ask->range;
  RushesCredentials *credentials = ask->options->credentials;
  SoupMessage *message = rushes_http_message_for_bytes (uri);
  SoupMessageHeaders *headers = soup_message_get_request_headers (message);

  if (range->start > 0 || range->end >= 0)
    {
      soup_message_headers_set_range (headers, range->start, range->end);
      soup_message_headers_replace (headers, "If-Range", range->validator);
    }
  if (credentials != NULL && (n_redirects == 0 || rushes_credentials_may_follow (credentials)))
    rushes_credentials_apply (credentials, message);
  return message;
}

RushesHttpExchange *
rushes_http_range_ask (const RushesHttpRange *self,
                       RushesHttp *http,
                       const char *address,
                       const RushesDownloadOptions *options,
                       GCancellable *cancellable,
                       GError **error)
{
  g_autoptr (GUri) uri = rushes_http_parse_address (address, error);
  const RushesHttpClocks *wanted = &options->clocks;
  Ask ask = { self, options };
  RushesHttpWalk walk = { http, make_message, &ask, RUSHES_HTTP_USUAL_CLOCKS, options->public_only, cancellable };

  walk.credentials = options->credentials;
  if (wanted->connect > 0)
    walk.clocks.connect = wanted->connect;
  if (wanted->first_byte > 0)
    walk.clocks.first_byte = wanted->first_byte;
  if (wanted->silence > 0)
    walk.clocks.silence = wanted->silence;
  return uri != NULL ? rushes_http_walk (&walk, uri, error) : NULL;
}

gboolean
rushes_http_range_is_plain (RushesHttpExchange *exchange, GError **error)
{
  const char *encoding =
      soup_message_headers_get_list (rushes_http_exchange_get_headers (exchange), "Content-Encoding");

  if (encoding == NULL || g_ascii_strcasecmp (encoding, "identity") == 0)
    return TRUE;
  rushes_set_error (error, RUSHES_ERROR_PROTOCOL, _ ("%s sends the clip packed, although it was asked for as it is."),
                    rushes_http_exchange_get_host (exchange));
  return FALSE;
}
