/* rushes-http-error.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "rushes-http-error.h"

#include <glib/gi18n.h>

#include "rushes-error.h"

static GError *
translate_io_error (const GError *error, const char *host)
{
  GError *refused;

  switch (error->code)
    {
    case G_IO_ERROR_CANCELLED:
      return rushes_error_translate (error);
    case G_IO_ERROR_CONNECTION_REFUSED:
      refused = rushes_error_new (RUSHES_ERROR_NETWORK,
                                  _ ("%s refuses the connection. Check the address, or try again later."), host);
      rushes_error_set_field (refused, "base_url");
      return refused;
    case G_IO_ERROR_NETWORK_UNREACHABLE:
    case G_IO_ERROR_HOST_UNREACHABLE:
      return rushes_error_new (RUSHES_ERROR_NETWORK, _ ("%s cannot be reached. Check the network connection."), host);
    case G_IO_ERROR_TIMED_OUT:
      return rushes_error_new (RUSHES_ERROR_NETWORK, _ ("%s does not answer. Try again later."), host);
    case G_IO_ERROR_PROXY_FAILED:
    case G_IO_ERROR_PROXY_AUTH_FAILED:
    case G_IO_ERROR_PROXY_NEED_AUTH:
    case G_IO_ERROR_PROXY_NOT_ALLOWED:
      /* Translators: the first %s is a host, the second the system's own words. */
      return rushes_error_new (RUSHES_ERROR_NETWORK, _ ("The proxy does not lead to %s: %s."), host, error->message);
    default:
      return rushes_error_new (RUSHES_ERROR_NETWORK, _ ("The connection to %s broke off. Try again."), host);
    }
}

GError *
rushes_http_error_translate (const GError *error, const char *host)
{
  GError *translated;

  if (error->domain == RUSHES_ERROR)
    return g_error_copy (error);

  if (error->domain == G_TLS_ERROR && error->code == G_TLS_ERROR_BAD_CERTIFICATE)
    translated = rushes_error_new (RUSHES_ERROR_TLS,
                                   _ ("%s cannot prove that it is %s: its certificate is not trusted."), host, host);
  else if (error->domain == G_TLS_ERROR)
    translated = rushes_error_new (RUSHES_ERROR_TLS, _ ("No secure connection to %s can be made."), host);
  else if (error->domain == G_RESOLVER_ERROR)
    translated = rushes_error_new (RUSHES_ERROR_NETWORK,
                                   _ ("%s cannot be found. Check the address and the network connection."), host);
  else if (error->domain == SOUP_SESSION_ERROR)
    translated =
        rushes_error_new (RUSHES_ERROR_PROTOCOL, _ ("%s gave an answer that Rushes does not understand."), host);
  else if (error->domain == G_IO_ERROR)
    translated = translate_io_error (error, host);
  else
    translated = rushes_error_new (RUSHES_ERROR_NETWORK, _ ("The connection to %s broke off. Try again."), host);

  rushes_error_set_retryable (translated, translated->code == RUSHES_ERROR_NETWORK);
  return translated;
}

double
rushes_http_get_retry_after (SoupMessageHeaders *headers)
{
  const char *text = soup_message_headers_get_one (headers, "Retry-After");
  const char *now_text = soup_message_headers_get_one (headers, "Date");
  g_autoptr (GDateTime) then = NULL;
  g_autoptr (GDateTime) now = NULL;
  guint64 seconds;

  if (text == NULL)
    return 0;
  if (g_ascii_string_to_unsigned (text, 10, 0, G_MAXINT, &seconds, NULL))
    return (double) seconds;

  then = soup_date_time_new_from_http_string (text);
  now = now_text != NULL ? soup_date_time_new_from_http_string (now_text) : NULL;
  if (now == NULL)
    now = g_date_time_new_now_utc ();
  return then != NULL ? MAX (0, (double) g_date_time_difference (then, now) / G_TIME_SPAN_SECOND) : 0;
}

GError *
rushes_http_error_from_status (guint status, SoupMessageHeaders *headers, const char *host)
{
  GError *error;

  switch (status)
    {
    case SOUP_STATUS_UNAUTHORIZED:
      error = rushes_error_new (RUSHES_ERROR_AUTH, _ ("%s asks for a sign-in."), host);
      break;
    case SOUP_STATUS_FORBIDDEN:
      error = rushes_error_new (RUSHES_ERROR_FORBIDDEN, _ ("%s does not give this to Rushes."), host);
      break;
    case SOUP_STATUS_NOT_FOUND:
    case SOUP_STATUS_GONE:
      error =
          rushes_error_new (RUSHES_ERROR_NOT_FOUND, _ ("%s has nothing at this address. It may have expired."), host);
      break;
    case SOUP_STATUS_PROXY_AUTHENTICATION_REQUIRED:
      error = rushes_error_new (RUSHES_ERROR_NETWORK, _ ("The proxy asks for a password before it leads to %s."), host);
      break;
    case 429:
      error = rushes_error_new (RUSHES_ERROR_RATE_LIMITED, _ ("%s asks to wait before the next request."), host);
      break;
    default:
      if (SOUP_STATUS_IS_SERVER_ERROR (status))
        error = rushes_error_new (RUSHES_ERROR_PROVIDER, _ ("%s has a failure of its own (%u). Try again later."), host,
                                  status);
      else
        error = rushes_error_new (RUSHES_ERROR_PROTOCOL, _ ("%s gave an answer that Rushes does not understand (%u)."),
                                  host, status);
      break;
    }

  rushes_error_set_http_status (error, status);
  rushes_error_set_retryable (error, status == 429 || SOUP_STATUS_IS_SERVER_ERROR (status));
  rushes_error_set_retry_after (error, rushes_http_get_retry_after (headers));
  return error;
}
