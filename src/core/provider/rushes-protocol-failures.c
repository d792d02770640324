/* rushes-protocol-failures.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "rushes-protocol-private.h"

#include <glib/gi18n.h>
#include <string.h>

#include "rushes-http-error.h"

/* A pattern is looked for in so much of a text. */
#define MAX_WORDS (64 * 1024)

/* Seconds: who asks to wait for longer means something else. */
#define MAX_WAIT 86400

/* ---- the service's own words ---- */

/* A body that is neither JSON nor a page of a server in between. */
static char *
get_plain_words (const RushesView *view)
{
  gsize size;
  const char *data = g_bytes_get_data (view->reply->body, &size);
  g_autofree char *text = NULL;

  if (rushes_view_has_json (view) || view->is_stream || rushes_view_is_clip (view) || rushes_view_is_empty (view))
    return NULL;
  text = g_utf8_make_valid (data, MIN (size, MAX_WORDS));
  g_strstrip (text);
  return *text != '<' && *text != '\0' ? g_steal_pointer (&text) : NULL;
}

static char *
find_words (const RushesReading *reading, const RushesView *view)
{
  char *words = rushes_view_find_text (view, reading->message, NULL);

  return words != NULL ? words : get_plain_words (view);
}

/* ---- which failure it is ---- */

static gboolean
fits_code (char **codes, const char *code)
{
  for (guint i = 0; code != NULL && codes[i] != NULL; i++)
    {
      gsize length = strlen (codes[i]);

      if (g_str_equal (codes[i], code) ||
          (length > 0 && codes[i][length - 1] == '*' && strncmp (codes[i], code, length - 1) == 0))
        return TRUE;
    }
  return FALSE;
}

/* A pattern that runs into its limits does not match. */
static gboolean
fits_words (const GRegex *pattern, const char *words)
{
  g_autofree char *start = NULL;

  if (words == NULL)
    return FALSE;
  start = g_strndup (words, MAX_WORDS);
  if (!g_utf8_validate (start, -1, NULL))
    {
      char *valid = g_utf8_make_valid (start, -1);

      g_free (start);
      start = valid;
    }
  return g_regex_match (pattern, start, 0, NULL);
}

static gboolean
fits_place (const RushesFailure *failure, const RushesView *view)
{
  g_autofree char *text = rushes_view_find_text (view, failure->at, NULL);

  g_autofree char *other = failure->without != NULL ? rushes_view_find_text (view, failure->without, NULL) : NULL;

  return text != NULL && other == NULL &&
         (failure->is == NULL || g_strv_contains ((const char *const *) failure->is, text));
}

const RushesFailure *
rushes_protocol_match (RushesProtocol *self,
                       const RushesTask *task,
                       RushesOperation operation,
                       const RushesView *view,
                       gboolean only_at)
{
  const RushesReading *reading = rushes_protocol_get_reading (self, task);
  g_autofree char *code = rushes_view_find_text (view, reading->code, NULL);
  g_autofree char *words = find_words (reading, view);

  for (guint i = 0; i < reading->failures->len; i++)
    {
      const RushesFailure *failure = g_ptr_array_index (reading->failures, i);

      if ((!only_at || failure->at != NULL) &&
          (failure->statuses == NULL || rushes_statuses_have (failure->statuses, view->reply->status)) &&
          (failure->codes == NULL || fits_code (failure->codes, code)) &&
          (failure->words == NULL || fits_words (failure->words, words)) &&
          (failure->at == NULL || fits_place (failure, view)) &&
          (failure->in == 0 || (failure->in & (1u << operation)) != 0))
        return failure;
    }
  return NULL;
}

gboolean
rushes_protocol_is_unfine (RushesProtocol *self, const RushesTask *task, const RushesView *view)
{
  const RushesReading *reading = rushes_protocol_get_reading (self, task);
  g_autofree char *text = NULL;

  if (reading->fine_is == NULL)
    return FALSE;
  text = rushes_view_find_text (view, reading->fine, NULL);
  return text != NULL && !g_strv_contains ((const char *const *) reading->fine_is, text);
}

gboolean
rushes_protocol_is_own_words (RushesProtocol *self,
                              const RushesTask *task,
                              RushesOperation operation,
                              const RushesView *view)
{
  const RushesReading *reading = rushes_protocol_get_reading (self, task);
  g_autofree char *message = rushes_view_find_text (view, reading->message, NULL);
  g_autofree char *code = rushes_view_find_text (view, reading->code, NULL);

  return message != NULL || code != NULL || rushes_protocol_match (self, task, operation, view, FALSE) != NULL;
}

/* ---- sentences ---- */

static RushesErrorCode
code_of_status (guint status)
{
  g_autoptr (SoupMessageHeaders) headers = NULL;
  g_autoptr (GError) error = NULL;

  switch (status)
    {
    case SOUP_STATUS_BAD_REQUEST:
    case SOUP_STATUS_REQUEST_ENTITY_TOO_LARGE:
    case SOUP_STATUS_UNSUPPORTED_MEDIA_TYPE:
    case SOUP_STATUS_UNPROCESSABLE_ENTITY:
      return RUSHES_ERROR_BAD_REQUEST;
    case SOUP_STATUS_PAYMENT_REQUIRED:
      return RUSHES_ERROR_QUOTA;
    case SOUP_STATUS_REQUEST_TIMEOUT:
      return RUSHES_ERROR_PROVIDER;
    default:
      /* A good status whose body says that nothing is good. */
      if (SOUP_STATUS_IS_SUCCESSFUL (status))
        return RUSHES_ERROR_PROVIDER;
      headers = soup_message_headers_new (SOUP_MESSAGE_HEADERS_RESPONSE);
      error = rushes_http_error_from_status (status, headers, "");
      return error->code;
    }
}

/* Each %s is the provider, and for AUTH also its id. */
static GError *
new_error (RushesProtocol *self, RushesErrorCode code, RushesOperation operation, guint status)
{
  const char *name = self->name;

  switch (code)
    {
    case RUSHES_ERROR_AUTH:
      /* Translators: the first %s is a provider, the second its id as the command line takes it. */
      return rushes_error_new (code, _ ("%s refuses the key. Set it in Preferences, or with “rushes key set %s”."),
                               name, self->id);
    case RUSHES_ERROR_FORBIDDEN:
      return rushes_error_new (code, _ ("%s does not allow this with your key."), name);
    case RUSHES_ERROR_QUOTA:
      return rushes_error_new (code, _ ("%s says that the balance is used up. Top it up there, then try again."), name);
    case RUSHES_ERROR_RATE_LIMITED:
      return rushes_error_new (code, _ ("%s asks to wait before the next request."), name);
    case RUSHES_ERROR_REJECTED:
      return rushes_error_new (code, _ ("%s declined the content. Change the words or the picture."), name);
    case RUSHES_ERROR_BAD_REQUEST:
      return rushes_error_new (code, _ ("%s cannot use what was asked for. Change the settings or the picture."), name);
    case RUSHES_ERROR_UNSUPPORTED:
      return operation == RUSHES_OPERATION_CANCEL
                 ? rushes_error_new (code, _ ("%s cannot cancel this task."), name)
                 : rushes_error_new (code, _ ("%s cannot do this with this model."), name);
    case RUSHES_ERROR_MODEL_RETIRED:
      return rushes_error_new (code, _ ("%s does not offer this model any more. Choose another one."), name);
    case RUSHES_ERROR_NOT_FOUND:
      if (operation == RUSHES_OPERATION_SUBMIT)
        return rushes_error_new (code, _ ("%s knows neither this model nor this address. Check both."), name);
      if (operation == RUSHES_OPERATION_TEST || operation == RUSHES_OPERATION_UPLOAD)
        return rushes_error_new (code, _ ("There is nothing at the address of %s. Check the base URL."), name);
      return rushes_error_new (code, _ ("%s does not know this task, or not any more."), name);
    case RUSHES_ERROR_TIMEOUT:
      return rushes_error_new (code, _ ("%s gave up before it was done."), name);
    case RUSHES_ERROR_NETWORK:
      return rushes_error_new (code, _ ("The proxy asks for a password before it leads to %s."), name);
    case RUSHES_ERROR_PROVIDER:
      if (SOUP_STATUS_IS_SERVER_ERROR (status))
        /* Translators: a provider, and an HTTP status such as 502. */
        return rushes_error_new (code, _ ("%s has a failure of its own (%u). Try again later."), name, status);
      return rushes_error_new (code, _ ("%s reports a failure."), name);
    case RUSHES_ERROR_PROTOCOL:
    default:
      /* Translators: a provider, and an HTTP status such as 200. */
      return rushes_error_new (code, _ ("%s gave an answer that Rushes does not understand (%u)."), name, status);
    }
}

/* Of what the service says about a clip that it is to make longer: it may not know the clip, or the call. */
static GError *
new_extending_error (RushesProtocol *self, RushesErrorCode code, guint status)
{
  if (code == RUSHES_ERROR_NOT_FOUND)
    /* Translators: %s is a provider. */
    return rushes_error_new (code,
                             _ ("%s does not have this clip any more, or cannot extend it. Continue from its last "
                                "frame instead."),
                             self->name);
  if (code == RUSHES_ERROR_UNSUPPORTED || status == SOUP_STATUS_METHOD_NOT_ALLOWED)
    /* Translators: %s is a provider. */
    return rushes_error_new (RUSHES_ERROR_UNSUPPORTED,
                             _ ("%s cannot extend this clip. Continue from its last frame instead."), self->name);
  return NULL;
}

static gboolean
is_extending (const RushesTask *task)
{
  return task->request != NULL && rushes_request_get_extension (task->request) != NULL;
}

/* What a server of one's own says of itself is for whoever looks after it: a file or a node that is not there. */
static GError *
new_server_error (RushesProtocol *self, const RushesTask *task, RushesErrorCode code, const RushesView *view)
{
  g_autofree char *words = self->server != NULL ? find_words (rushes_protocol_get_reading (self, task), view) : NULL;

  if (words == NULL)
    return NULL;
  g_strstrip (words);
  while (g_str_has_suffix (words, "."))
    words[strlen (words) - 1] = '\0';
  if (*words == '\0')
    return NULL;

  switch (code)
    {
    case RUSHES_ERROR_MODEL_RETIRED:
      /* Translators: a server, and its own words. */
      return rushes_error_new (code, _ ("Something of this model is missing at %s: %s."), self->name, words);
    case RUSHES_ERROR_BAD_REQUEST:
      /* Translators: a server, and its own words. */
      return rushes_error_new (code, _ ("%s cannot use what was asked for: %s."), self->name, words);
    case RUSHES_ERROR_PROVIDER:
      /* Translators: a server, and its own words. */
      return SOUP_STATUS_IS_SUCCESSFUL (view->reply->status)
                 ? rushes_error_new (code, _ ("%s could not make the clip: %s."), self->name, words)
                 : NULL;
    default:
      return NULL;
    }
}

static GError *
new_error_about (RushesProtocol *self,
                 const RushesTask *task,
                 RushesErrorCode code,
                 RushesOperation operation,
                 const RushesView *view)
{
  GError *error = NULL;

  if (operation == RUSHES_OPERATION_SUBMIT && is_extending (task))
    error = new_extending_error (self, code, view->reply->status);
  if (error == NULL && (operation == RUSHES_OPERATION_SUBMIT || operation == RUSHES_OPERATION_STATUS ||
                        operation == RUSHES_OPERATION_RESULT))
    error = new_server_error (self, task, code, view);
  return error != NULL ? error : new_error (self, code, operation, view->reply->status);
}

/* ---- errors ---- */

/* "30s", 30: seconds that the body asks to wait; 0. */
static double
find_wait_in_body (const RushesReading *reading, const RushesView *view)
{
  g_autofree char *text = rushes_view_find_text (view, reading->retry_after, NULL);
  char *end;
  double seconds = text != NULL ? g_ascii_strtod (text, &end) : 0;

  return text != NULL && end != text && (*end == '\0' || g_str_equal (end, "s")) && seconds > 0 && seconds < MAX_WAIT
             ? seconds
             : 0;
}

/* Seconds that the reply asks to wait; 0. */
static double
find_retry_after (const RushesReading *reading, const RushesView *view)
{
  const char *text = soup_message_headers_get_one (view->reply->headers, "retry-after-ms");
  char *end;
  double milliseconds = text != NULL ? g_ascii_strtod (text, &end) : 0;
  double seconds;

  if (text != NULL && end != text && milliseconds > 0 && milliseconds < G_MAXINT)
    return milliseconds / 1000;
  seconds = rushes_http_get_retry_after (view->reply->headers);
  return seconds > 0 ? seconds : find_wait_in_body (reading, view);
}

static void
set_words (GError *error, const RushesReading *reading, const RushesView *view)
{
  g_autofree char *words = find_words (reading, view);
  g_autofree char *code = words == NULL ? rushes_view_find_text (view, reading->code, NULL) : NULL;
  g_autofree char *clean = NULL;

  if (words == NULL && code == NULL)
    return;
  clean = rushes_clean_words (words != NULL ? words : code);
  rushes_error_set_words (error, clean);
}

GError *
rushes_protocol_make_error (RushesProtocol *self,
                            const RushesTask *task,
                            RushesOperation operation,
                            const RushesView *view,
                            const RushesFailure *failure)
{
  guint status = view->reply->status;
  RushesErrorCode code = failure != NULL ? failure->error : code_of_status (status);
  GError *error = new_error_about (self, task, code, operation, view);

  set_words (error, rushes_protocol_get_reading (self, task), view);
  rushes_error_set_http_status (error, status);
  rushes_error_set_retry_after (error, find_retry_after (rushes_protocol_get_reading (self, task), view));
  rushes_error_set_retryable (error, failure != NULL && failure->retry == TRUE);
  if (failure != NULL && failure->field != NULL)
    rushes_error_set_field (error, failure->field);
  return error;
}

GError *
rushes_protocol_make_protocol_error (RushesProtocol *self, const RushesView *view)
{
  GError *error = new_error (self, RUSHES_ERROR_PROTOCOL, RUSHES_OPERATION_STATUS, view->reply->status);

  rushes_error_set_http_status (error, view->reply->status);
  return error;
}

/* What the reply says of money goes before what the description says of such failures. */
static RushesCharged
find_charged (const RushesReading *reading, const RushesFailure *failure, RushesErrorCode code, const RushesPrice *cost)
{
  if (cost->kind == RUSHES_PRICE_REPORTED)
    return cost->high.micros == 0 ? RUSHES_CHARGED_NO : RUSHES_CHARGED_YES;
  if (failure != NULL && failure->charged >= 0)
    return failure->charged;
  return reading->charged[code] >= 0 ? (RushesCharged) reading->charged[code] : RUSHES_CHARGED_MAYBE;
}

GError *
rushes_protocol_make_task_error (RushesProtocol *self,
                                 const RushesTask *task,
                                 RushesOperation operation,
                                 const RushesView *view,
                                 const RushesFailure *failure,
                                 const char *word,
                                 const RushesPrice *cost)
{
  const RushesReading *reading = rushes_protocol_get_reading (self, task);
  /* It lay in line until its time was over, and never ran. */
  gboolean has_expired = failure == NULL && word != NULL && g_ascii_strcasecmp (word, "expired") == 0;
  RushesErrorCode code = failure != NULL ? failure->error
                         : has_expired   ? RUSHES_ERROR_TIMEOUT
                                         : code_of_status (view->reply->status);
  GError *error = code == RUSHES_ERROR_PROVIDER ? new_server_error (self, task, code, view) : NULL;
  RushesCharged charged = find_charged (reading, failure, code, cost);

  if (error == NULL)
    error = code == RUSHES_ERROR_PROVIDER
                /* Translators: %s is a provider. */
                ? rushes_error_new (code, _ ("%s could not make the clip."), self->name)
                /* Some look only when its turn has come. */
                : new_error_about (self, task, code, is_extending (task) ? RUSHES_OPERATION_SUBMIT : operation, view);
  if (has_expired && charged == RUSHES_CHARGED_MAYBE && reading->charged[code] < 0)
    charged = RUSHES_CHARGED_NO;
  set_words (error, reading, view);
  rushes_error_set_http_status (error, view->reply->status);
  rushes_error_set_retry_after (error, find_retry_after (reading, view));
  rushes_error_set_retryable (error, failure != NULL && failure->retry == TRUE);
  rushes_error_set_charged (error, charged);
  if (failure != NULL && failure->field != NULL)
    rushes_error_set_field (error, failure->field);
  return error;
}
