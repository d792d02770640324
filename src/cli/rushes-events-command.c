/* rushes-events-command.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "rushes-command.h"

#include <glib/gi18n.h>
#include <libdex.h>
#include <string.h>

#include "rushes-event-listener.h"
#include "rushes-http-address.h"
#include "rushes-http-provider.h"
#include "rushes-invocation.h"
#include "rushes-keyring.h"
#include "rushes-standard-streams.h"
#include "rushes-terminal.h"

#define TOKEN_VARIABLE "RUSHES_EVENTS_TOKEN"

#define MAX_RECONNECTS 1000
#define MAX_EVENTS     G_GINT64_CONSTANT (1000000000)
#define LONGEST        G_GINT64_CONSTANT (864000)

/* What was typed; NULL where nothing was. */
typedef struct
{
  char **headers;
  char **query;
  char *auth;
  char *auth_header;
  char *key_from;
  char *method;
  char *body;
  char *connect;
  char *idle;
  char *max_events;
  char *max_time;
  char *reconnects;
  char *last_id;
  gboolean summary_only;
} Typed;

static void
typed_clear (Typed *self)
{
  g_strfreev (self->headers);
  g_strfreev (self->query);
  g_free (self->auth);
  g_free (self->auth_header);
  g_free (self->key_from);
  g_free (self->method);
  g_free (self->body);
  g_free (self->connect);
  g_free (self->idle);
  g_free (self->max_events);
  g_free (self->max_time);
  g_free (self->reconnects);
  g_free (self->last_id);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Typed, typed_clear)

static void
declare (Typed *self, RushesInvocation *invocation)
{
  const GOptionEntry request[] = {
    { "header", 0, 0, G_OPTION_ARG_FILENAME_ARRAY, &self->headers, N_ ("A header of the request"), "'NAME: VALUE'" },
    { "query", 0, 0, G_OPTION_ARG_FILENAME_ARRAY, &self->query, N_ ("Added to the address"), N_ ("NAME=VALUE") },
    { "method", 0, 0, G_OPTION_ARG_FILENAME, &self->method, N_ ("GET or POST"), N_ ("METHOD") },
    { "body", 0, 0, G_OPTION_ARG_FILENAME, &self->body, N_ ("What is sent; - is standard input"), N_ ("FILE") },
    { "last-event-id", 0, 0, G_OPTION_ARG_FILENAME, &self->last_id, N_ ("Go on behind this event"), N_ ("ID") },
    G_OPTION_ENTRY_NULL,
  };
  const GOptionEntry keys[] = {
    { "auth", 0, 0, G_OPTION_ARG_FILENAME, &self->auth, N_ ("none, bearer or api-key"), N_ ("KIND") },
    { "auth-header", 0, 0, G_OPTION_ARG_FILENAME, &self->auth_header, N_ ("The header of an api-key: X-API-Key"),
      N_ ("NAME") },
    { "key-from", 0, 0, G_OPTION_ARG_FILENAME, &self->key_from,
      N_ ("Use the key of a provider; it goes only to its own addresses"), N_ ("PROVIDER") },
    G_OPTION_ENTRY_NULL,
  };
  const GOptionEntry limits[] = {
    { "connect-timeout", 0, 0, G_OPTION_ARG_FILENAME, &self->connect, N_ ("Wait so long for a connection (30)"),
      N_ ("SECONDS") },
    { "idle-timeout", 0, 0, G_OPTION_ARG_FILENAME, &self->idle, N_ ("Give a connection up that is silent so long"),
      N_ ("SECONDS") },
    { "max-events", 0, 0, G_OPTION_ARG_FILENAME, &self->max_events, N_ ("End after so many (100); 0 for no limit"),
      N_ ("N") },
    { "max-time", 0, 0, G_OPTION_ARG_FILENAME, &self->max_time, N_ ("End after so long"), N_ ("SECONDS") },
    { "reconnect", 0, 0, G_OPTION_ARG_FILENAME, &self->reconnects, N_ ("Connect again so often (0)"), N_ ("N") },
    { "summary-only", 0, 0, G_OPTION_ARG_NONE, &self->summary_only, N_ ("Print no events, only the summary"), NULL },
    G_OPTION_ENTRY_NULL,
  };

  rushes_invocation_add_options (invocation, N_ ("The request:"), request);
  rushes_invocation_add_options (invocation, N_ ("Keys:"), keys);
  rushes_invocation_add_options (invocation, N_ ("Limits:"), limits);
  rushes_invocation_set_notes (invocation,
                               _ ("The token for --auth is read from the variable RUSHES_EVENTS_TOKEN, else from "
                                  "standard input; on a terminal it is asked for. It is never an argument, which other "
                                  "programs could see."));
}

/* ---- the request ---- */

static gboolean G_GNUC_PRINTF (2, 3) refuse (GError **error, const char *format, ...)
{
  g_autofree char *sentence = NULL;
  g_autofree char *clean = NULL;
  va_list arguments;

  va_start (arguments, format);
  sentence = g_strdup_vprintf (format, arguments);
  va_end (arguments);
  clean = rushes_clean_words (sentence);
  g_propagate_error (error, rushes_error_new (RUSHES_ERROR_BAD_REQUEST, "%s", clean));
  return FALSE;
}

/* A key is nothing for an argument. */
static gboolean
read_header (char *text, GPtrArray *headers, GError **error)
{
  char *colon = strchr (text, ':');
  char *value;

  if (colon == NULL || strpbrk (text, "\r\n") != NULL)
    return refuse (error, _ ("--header needs 'NAME: VALUE', not “%s”."), text);
  *colon = '\0';
  value = g_strstrip (colon + 1);
  if (g_ascii_strcasecmp (text, "Authorization") == 0 || g_ascii_strcasecmp (text, "Proxy-Authorization") == 0)
    return refuse (
        error, _ ("“%s” is not taken from an argument, which other programs can see: use --auth or --key-from."), text);
  if (!rushes_event_source_takes_header (text))
    return refuse (error, _ ("“%s” is no header that can be set."), text);
  g_ptr_array_add (headers, g_strdup (text));
  g_ptr_array_add (headers, g_strdup (value));
  return TRUE;
}

static gboolean
read_headers (char **typed, GPtrArray *headers, GError **error)
{
  for (guint i = 0; typed != NULL && typed[i] != NULL; i++)
    {
      g_autofree char *text = rushes_invocation_read_text (typed[i], "--header", error);

      if (text == NULL || !read_header (text, headers, error))
        return FALSE;
    }
  return TRUE;
}

static char *
read_address (RushesInvocation *invocation, char **query, gboolean *is_socket, GError **error)
{
  g_autofree char *given =
      rushes_invocation_read_text (rushes_invocation_get_argument (invocation, 0), _ ("The address"), error);
  char *unwrapped = given != NULL ? rushes_http_unwrap_socket (given) : NULL;
  g_autofree char *typed = unwrapped != NULL ? unwrapped : g_strdup (given);
  g_autoptr (GUri) uri = typed != NULL ? rushes_http_parse_address (typed, error) : NULL;
  g_autoptr (GString) address = NULL;
  char *fragment;

  if (uri == NULL)
    return NULL;
  *is_socket = unwrapped != NULL;
  address = g_string_new (typed);
  if ((fragment = strchr (address->str, '#')) != NULL)
    g_string_truncate (address, fragment - address->str);
  for (guint i = 0; query != NULL && query[i] != NULL; i++)
    {
      g_autofree char *text = rushes_invocation_read_text (query[i], "--query", error);
      char *sign = text != NULL ? strchr (text, '=') : NULL;

      if (text == NULL)
        return NULL;
      if (sign == NULL || sign == text)
        {
          refuse (error, _ ("--query needs NAME=VALUE, not “%s”."), text);
          return NULL;
        }
      *sign = '\0';
      g_string_append_c (address, strchr (address->str, '?') != NULL ? '&' : '?');
      g_string_append_uri_escaped (address, text, NULL, TRUE);
      g_string_append_c (address, '=');
      g_string_append_uri_escaped (address, sign + 1, NULL, TRUE);
    }
  return g_string_free_and_steal (g_steal_pointer (&address));
}

static gboolean
read_body (const Typed *typed, RushesEventSourceOptions *options, GError **error)
{
  const char *method = typed->method != NULL ? typed->method : typed->body != NULL ? "POST" : "GET";

  if (g_ascii_strcasecmp (method, "GET") == 0)
    options->method = "GET";
  else if (g_ascii_strcasecmp (method, "POST") == 0)
    options->method = "POST";
  else
    return refuse (error, _ ("--method is GET or POST, not “%s”."), method);

  if (typed->body == NULL)
    return TRUE;
  if (g_str_equal (options->method, "GET"))
    return refuse (error, _ ("A request that is sent with %s has no body."), options->method);
  options->body = dex_await_boxed (rushes_load_typed_file (typed->body), error);
  options->body_type = "application/json";
  return options->body != NULL;
}

/* ---- keys ---- */

/* For rushes_key_forget(). */
static char *
read_token (const Typed *typed, GError **error)
{
  const char *variable = g_getenv (TOKEN_VARIABLE);

  if (variable != NULL && *variable != '\0')
    return g_strdup (variable);
  if (g_strcmp0 (typed->body, "-") != 0)
    return rushes_terminal_read_key (_ ("Token (it is not shown): "), error);
  *error = rushes_error_new (RUSHES_ERROR_AUTH, "%s",
                             _ ("Standard input gives the body: set RUSHES_EVENTS_TOKEN for the token."));
  return NULL;
}

static RushesCredentials *
make_credentials (const Typed *typed, RushesAuthScheme scheme, const char *address, GError **error)
{
  g_autofree char *origin = rushes_origin_of (address);
  const char *const origins[] = { origin, NULL };
  const char *header = typed->auth_header != NULL ? typed->auth_header : "X-API-Key";
  RushesCredentials *credentials;
  char *token;

  if (!rushes_event_source_takes_header (header))
    {
      refuse (error, _ ("“%s” is no header that can be set."), header);
      return NULL;
    }
  if (!(token = read_token (typed, error)))
    return NULL;
  credentials = rushes_credentials_new (scheme, header, FALSE, token, origins);
  rushes_key_forget (token);
  return credentials;
}

static RushesCredentials *
find_credentials (RushesInvocation *invocation, const char *typed, GError **error)
{
  g_autofree char *name = rushes_invocation_read_text (typed, "--key-from", error);
  RushesProvider *provider;

  if (name == NULL || !(provider = rushes_registry_require (rushes_invocation_get_registry (invocation), name, error)))
    return NULL;
  if (RUSHES_IS_HTTP_PROVIDER (provider))
    return dex_await_boxed (rushes_http_provider_get_credentials (RUSHES_HTTP_PROVIDER (provider)), error);
  rushes_set_error (error, RUSHES_ERROR_UNSUPPORTED, _ ("%s works on this computer and needs no key."),
                    rushes_provider_get_name (provider));
  return NULL;
}

static gboolean
read_auth (RushesInvocation *invocation,
           const Typed *typed,
           const char *address,
           RushesEventSourceOptions *options,
           GError **error)
{
  const char *kind = typed->auth != NULL ? typed->auth : "none";
  gboolean is_key = g_str_equal (kind, "api-key");
  g_autoptr (GUri) uri = rushes_http_parse_address (address, NULL);

  if (typed->auth_header != NULL && !is_key)
    return refuse (error, _ ("--auth-header goes with --auth api-key, not with %s."), kind);
  if (typed->key_from != NULL && typed->auth != NULL)
    return refuse (error, _ ("--key-from gives the key already: leave out --auth %s."), kind);

  if (typed->key_from != NULL)
    options->credentials = find_credentials (invocation, typed->key_from, error);
  else if (is_key || g_str_equal (kind, "bearer"))
    options->credentials = make_credentials (typed, is_key ? RUSHES_AUTH_HEADER : RUSHES_AUTH_BEARER, address, error);
  else if (g_str_equal (kind, "none"))
    return TRUE;
  else
    return refuse (error, _ ("--auth is none, bearer or api-key, not “%s”."), kind);

  return options->credentials != NULL && (*error = rushes_credentials_refuse (options->credentials, uri)) == NULL;
}

/* ---- all of it ---- */

static gboolean
read_seconds (const char *typed, const char *option, double fallback, double *seconds, GError **error)
{
  *seconds = fallback;
  if (typed == NULL)
    return TRUE;
  if (!rushes_invocation_read_number (typed, option, "s", seconds, error))
    return FALSE;
  if (*seconds >= 0 && *seconds <= LONGEST)
    return TRUE;
  *error = rushes_error_new (RUSHES_ERROR_BAD_REQUEST, _ ("%s must be from 0 to %d, not “%s”."), option, (int) LONGEST,
                             typed);
  return FALSE;
}

static gboolean
read_limits (const Typed *typed, RushesEventSourceOptions *options, RushesListening *listening, GError **error)
{
  gint64 max_events = 100, reconnects = 0;

  if (!read_seconds (typed->connect, "--connect-timeout", 30, &options->connect, error) ||
      !read_seconds (typed->idle, "--idle-timeout", 0, &options->idle, error) ||
      !read_seconds (typed->max_time, "--max-time", 0, &listening->max_time, error) ||
      (typed->max_events != NULL &&
       !rushes_invocation_read_integer (typed->max_events, "--max-events", 0, MAX_EVENTS, &max_events, error)) ||
      (typed->reconnects != NULL &&
       !rushes_invocation_read_integer (typed->reconnects, "--reconnect", 0, MAX_RECONNECTS, &reconnects, error)))
    return FALSE;
  listening->max_events = max_events;
  listening->summary_only = typed->summary_only;
  options->reconnects = reconnects;
  options->pause = 3;
  return TRUE;
}

static int
listen (RushesInvocation *self)
{
  g_auto (Typed) typed = { 0 };
  g_autoptr (GPtrArray) headers = g_ptr_array_new_with_free_func (g_free);
  g_autoptr (RushesHttp) http = NULL;
  g_autoptr (RushesEventSource) source = NULL;
  g_autoptr (GError) error = NULL;
  g_autofree char *address = NULL;
  g_autofree char *last_id = NULL;
  RushesEventSourceOptions options = { .headers = headers };
  RushesListening listening = { 0 };
  int status;

  declare (&typed, self);
  if (!rushes_invocation_parse (self, &status))
    return status;

  if (!(address = read_address (self, typed.query, &options.socket, &error)) ||
      !read_headers (typed.headers, headers, &error) || !read_limits (&typed, &options, &listening, &error) ||
      !read_body (&typed, &options, &error) ||
      (typed.last_id != NULL && !(last_id = rushes_invocation_read_text (typed.last_id, "--last-event-id", &error))) ||
      !read_auth (self, &typed, address, &options, &error))
    status = rushes_invocation_fail (self, error);
  else
    {
      options.last_id = last_id;
      http = rushes_http_usual ();
      source = rushes_event_source_new (http, address, &options);
      status = rushes_listen (source, rushes_invocation_get_printer (self), &listening);
    }
  g_clear_pointer (&options.body, g_bytes_unref);
  g_clear_pointer (&options.credentials, rushes_credentials_unref);
  return status;
}

static const RushesVerb verbs[] = {
  { NULL, N_ ("URL"),
    N_ ("Listen to a server-sent event stream, or to a socket (ws://), and print its events as they come."), 1, 1,
    listen },
  { NULL },
};

const RushesCommand rushes_events_command = {
  "events",
  N_ ("Listen to an event stream"),
  verbs,
};
