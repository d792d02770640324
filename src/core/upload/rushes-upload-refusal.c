/* rushes-upload-refusal.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "rushes-upload-place-private.h"

#include <glib/gi18n.h>

#include "rushes-error.h"
#include "rushes-http-error.h"

/* What the other side says of it, where that is text for people. */
static void
add_words (RushesUploadErrand *self, RushesHttpReply *reply, GError *error)
{
  const char *type = soup_message_headers_get_content_type (reply->headers, NULL);
  gsize length;
  const char *data = g_bytes_get_data (reply->body, &length);
  g_autofree char *text = NULL;
  g_autofree char *redacted = NULL;
  g_autoptr (GString) words = NULL;

  if (length == 0 || (g_strcmp0 (type, "text/plain") != 0 && g_strcmp0 (type, "application/json") != 0))
    return;

  text = g_strstrip (g_utf8_make_valid (data, (gssize) length));
  redacted = self->credentials != NULL ? rushes_credentials_redact (self->credentials, text) : g_strdup (text);
  words = g_string_new (redacted);
  if (self->secret != NULL)
    g_string_replace (words, self->secret, "***", 0);
  rushes_error_set_words (error, words->str);
}

static GError *
explain_status (RushesUploadErrand *self, RushesHttpReply *reply)
{
  const char *name = self->place->name;
  const char *location = soup_message_headers_get_one (reply->headers, "Location");
  g_autofree char *target = location != NULL ? rushes_upload_show_address (location) : NULL;

  switch (reply->status)
    {
    case SOUP_STATUS_UNAUTHORIZED:
      return self->secret != NULL
                 ? rushes_error_new (RUSHES_ERROR_AUTH, _ ("The upload place “%s” refuses its secret (401)."), name)
                 : rushes_error_new (RUSHES_ERROR_AUTH, _ ("The upload place “%s” asks for a secret (401)."), name);
    case SOUP_STATUS_FORBIDDEN:
      return rushes_error_new (RUSHES_ERROR_FORBIDDEN,
                               _ ("The upload place “%s” does not let Rushes write there (403)."), name);
    case SOUP_STATUS_NOT_FOUND:
    case SOUP_STATUS_CONFLICT:
    case SOUP_STATUS_GONE:
      return rushes_error_new (RUSHES_ERROR_NOT_FOUND,
                               _ ("The folder of the upload place “%s” is not there (%u). Make it, or correct the "
                                  "address."),
                               name, reply->status);
    case SOUP_STATUS_METHOD_NOT_ALLOWED:
    case SOUP_STATUS_NOT_IMPLEMENTED:
      return rushes_error_new (
          RUSHES_ERROR_UNSUPPORTED,
          _ ("The upload place “%s” is of another kind: it does not take what is sent to it (%u)."), name,
          reply->status);
    case SOUP_STATUS_REQUEST_ENTITY_TOO_LARGE:
      return rushes_error_new (RUSHES_ERROR_STORAGE, _ ("The picture is too large for the upload place “%s” (413)."),
                               name);
    case SOUP_STATUS_INSUFFICIENT_STORAGE:
      return rushes_error_new (RUSHES_ERROR_STORAGE, _ ("The upload place “%s” is full (507)."), name);
    case 429:
      return rushes_error_new (RUSHES_ERROR_RATE_LIMITED, _ ("The upload place “%s” asks to wait (429)."), name);
    default:
      break;
    }

  if (SOUP_STATUS_IS_REDIRECTION (reply->status) && target != NULL)
    return rushes_error_new (RUSHES_ERROR_PROTOCOL,
                             _ ("The upload place “%s” answers with a redirect to %s; set its address to that."), name,
                             target);
  if (SOUP_STATUS_IS_SERVER_ERROR (reply->status))
    return rushes_error_new (RUSHES_ERROR_PROVIDER,
                             _ ("The upload place “%s” has a failure of its own (%u). Try again later."), name,
                             reply->status);
  return rushes_error_new (RUSHES_ERROR_PROTOCOL,
                           _ ("The upload place “%s” gave an answer that Rushes does not understand (%u)."), name,
                           reply->status);
}

GError *
rushes_upload_errand_refuse (RushesUploadErrand *self, RushesHttpReply *reply)
{
  GError *error = explain_status (self, reply);

  add_words (self, reply, error);
  rushes_error_set_http_status (error, reply->status);
  rushes_error_set_retryable (error, reply->status == 429 || SOUP_STATUS_IS_SERVER_ERROR (reply->status));
  rushes_error_set_retry_after (error, rushes_http_get_retry_after (reply->headers));

  return error;
}
