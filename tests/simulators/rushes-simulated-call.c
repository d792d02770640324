/* rushes-simulated-call.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "rushes-simulated-call.h"

#include <string.h>
#include <sys/socket.h>

#include "rushes-simulated-json.h"
#include "rushes-simulator.h"

struct _RushesSimulatedCall
{
  GObject parent_instance;

  RushesSimulator *simulator;
  SoupServerMessage *message;
  GHashTable *segments;
  GHashTable *query;
  GBytes *bytes;
  JsonObject *body;
  gboolean is_form;
  RushesSimulatedTask *task;
  RushesSimulatedTask *made;

  guint status;
  char *type;
  GBytes *reply;
  gboolean holds_back;
  gboolean for_ever;
  char *rest;
  guint n_asked; /* when it began to hold back */
  guint n_looks;
  guint delay;
  gboolean left; /* whoever asked has gone */
};

G_DEFINE_FINAL_TYPE (RushesSimulatedCall, rushes_simulated_call, G_TYPE_OBJECT)

static void
rushes_simulated_call_finalize (GObject *object)
{
  RushesSimulatedCall *self = RUSHES_SIMULATED_CALL (object);

  g_object_unref (self->message);
  g_hash_table_unref (self->segments);
  g_clear_pointer (&self->query, g_hash_table_unref);
  g_clear_pointer (&self->bytes, g_bytes_unref);
  g_clear_pointer (&self->body, json_object_unref);
  g_clear_object (&self->task);
  g_clear_object (&self->made);
  g_free (self->type);
  g_clear_pointer (&self->reply, g_bytes_unref);
  g_free (self->rest);
  G_OBJECT_CLASS (rushes_simulated_call_parent_class)->finalize (object);
}

static void
rushes_simulated_call_class_init (RushesSimulatedCallClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = rushes_simulated_call_finalize;
}

static void
rushes_simulated_call_init (RushesSimulatedCall *self)
{
  self->segments = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_free);
}

static void
on_disconnected (SoupServerMessage *message, gpointer user_data)
{
  RUSHES_SIMULATED_CALL (user_data)->left = TRUE;
}

RushesSimulatedCall *
rushes_simulated_call_new (RushesSimulator *simulator, SoupServerMessage *message)
{
  RushesSimulatedCall *self = g_object_new (RUSHES_TYPE_SIMULATED_CALL, NULL);

  self->simulator = simulator;
  self->message = g_object_ref (message);
  g_signal_connect_object (message, "disconnected", G_CALLBACK (on_disconnected), self, 0);
  self->bytes = soup_message_body_flatten (soup_server_message_get_request_body (message));
  self->body =
      rushes_simulated_body_read (soup_server_message_get_request_headers (message), self->bytes, &self->is_form);
  return self;
}

/* ---- what is asked ---- */

RushesSimulator *
rushes_simulated_call_get_simulator (RushesSimulatedCall *self)
{
  return self->simulator;
}

SoupMessageHeaders *
rushes_simulated_call_get_headers (RushesSimulatedCall *self)
{
  return soup_server_message_get_request_headers (self->message);
}

GUri *
rushes_simulated_call_get_uri (RushesSimulatedCall *self)
{
  return soup_server_message_get_uri (self->message);
}

const char *
rushes_simulated_call_get_method (RushesSimulatedCall *self)
{
  return soup_server_message_get_method (self->message);
}

const char *
rushes_simulated_call_get_segment (RushesSimulatedCall *self, const char *name)
{
  return g_hash_table_lookup (self->segments, name);
}

const char *
rushes_simulated_call_get_query (RushesSimulatedCall *self, const char *name)
{
  return self->query != NULL ? g_hash_table_lookup (self->query, name) : NULL;
}

void
rushes_simulated_call_set_query (RushesSimulatedCall *self, GHashTable *query)
{
  self->query = query != NULL ? g_hash_table_ref (query) : NULL;
}

const char *
rushes_simulated_call_get_header (RushesSimulatedCall *self, const char *name)
{
  return soup_message_headers_get_one (soup_server_message_get_request_headers (self->message), name);
}

JsonObject *
rushes_simulated_call_get_body (RushesSimulatedCall *self)
{
  return self->body;
}

gboolean
rushes_simulated_call_is_form (RushesSimulatedCall *self)
{
  return self->is_form;
}

GBytes *
rushes_simulated_call_get_bytes (RushesSimulatedCall *self)
{
  return self->bytes;
}

const char *
rushes_simulated_call_get_text (RushesSimulatedCall *self, const char *name)
{
  return self->body != NULL ? rushes_simulated_body_text (self->body, name) : NULL;
}

RushesSimulatedTask *
rushes_simulated_call_get_task (RushesSimulatedCall *self)
{
  return self->task;
}

void
rushes_simulated_call_set_task (RushesSimulatedCall *self, RushesSimulatedTask *task)
{
  g_set_object (&self->task, task);
}

RushesSimulatedTask *
rushes_simulated_call_get_made (RushesSimulatedCall *self)
{
  return self->made;
}

guint
rushes_simulated_call_get_status (RushesSimulatedCall *self)
{
  return self->status;
}

gboolean
rushes_simulated_call_gives_clip (RushesSimulatedCall *self)
{
  return self->status == 200 && g_strcmp0 (self->type, "video/mp4") == 0;
}

gboolean
rushes_simulated_call_has_key (RushesSimulatedCall *self)
{
  const RushesSimulatedService *service = rushes_simulator_get_service (self->simulator);

  return rushes_simulated_call_get_header (self, service->scheme != NULL ? "Authorization" : service->header) != NULL;
}

gboolean
rushes_simulated_call_check (RushesSimulatedCall *self, const RushesSimulatedField *fields)
{
  g_autoptr (RushesSimulatedProblem) problem = NULL;

  problem = self->body != NULL ? rushes_simulated_body_check (self->body, fields, self->is_form)
                               : rushes_simulated_problem_new (RUSHES_PROBLEM_SYNTAX, "",
                                                               "The body is neither a JSON object nor a form");
  if (problem == NULL)
    return TRUE;
  rushes_simulator_get_service (self->simulator)->refuse (self, RUSHES_REFUSAL_REQUEST, problem);
  return FALSE;
}

gboolean
rushes_simulated_call_match (RushesSimulatedCall *self, const char *path)
{
  g_auto (GStrv) wanted = g_strsplit (path, "/", -1);
  g_auto (GStrv) there = g_strsplit (g_uri_get_path (soup_server_message_get_uri (self->message)), "/", -1);
  guint i;

  g_hash_table_remove_all (self->segments);
  for (i = 0; wanted[i] != NULL && there[i] != NULL; i++)
    {
      gsize length = strlen (wanted[i]);
      g_autofree char *segment = g_uri_unescape_string (there[i], NULL);

      if (wanted[i][0] != '{')
        {
          if (g_strcmp0 (wanted[i], segment) != 0)
            return FALSE;
        }
      else if (g_str_has_suffix (wanted[i], "*}"))
        {
          g_hash_table_insert (self->segments, g_strndup (wanted[i] + 1, length - 3), g_strjoinv ("/", there + i));
          return TRUE;
        }
      else if (segment == NULL || *segment == '\0')
        return FALSE;
      else
        g_hash_table_insert (self->segments, g_strndup (wanted[i] + 1, length - 2), g_steal_pointer (&segment));
    }
  return wanted[i] == NULL && there[i] == NULL;
}

gboolean
rushes_simulated_call_has (RushesSimulatedCall *self, const char *name)
{
  return rushes_simulator_use_fault (self->simulator, name, NULL);
}

/* ---- tasks and clips ---- */

RushesSimulatedTask *
rushes_simulated_call_accept (RushesSimulatedCall *self, const char *id, const char *own_id, const char *kind)
{
  self->made = g_object_ref (rushes_simulator_add_task (self->simulator, id, own_id, kind, self->body));
  return self->made;
}

const char *
rushes_simulated_call_get_word (RushesSimulatedCall *self, RushesSimulatedTask *task)
{
  RushesSimulatedState state = rushes_simulated_task_get_state (task);

  if (state == RUSHES_SIMULATED_RUNNING && rushes_simulated_call_has (self, "unknown-state"))
    return "SIMMERING";
  return rushes_simulator_get_service (self->simulator)->words[state];
}

gboolean
rushes_simulated_call_is_rejected (RushesSimulatedCall *self)
{
  const char *value;

  return rushes_simulator_has_fault (self->simulator, "fail", &value) && strcmp (value, "rejected") == 0;
}

char *
rushes_simulated_call_make_clip_url (RushesSimulatedCall *self, RushesSimulatedTask *task)
{
  guint serial;
  g_autofree char *id = NULL, *number = NULL;

  if (rushes_simulated_call_has (self, "done-without-clip"))
    return NULL;
  serial = rushes_simulator_next (self->simulator);
  number = g_strdup_printf ("%u", serial);
  if (rushes_simulated_task_get_note (task, "first-address") == NULL)
    rushes_simulated_task_set_note (task, "first-address", number);
  id = g_uri_escape_string (rushes_simulated_task_get_id (task), NULL, FALSE);
  /* What follows the question mark counts byte for byte, as in a signed address. */
  return g_strdup_printf ("%s/clips/%s/video.mp4?X-Expires=3600&X-Signature=%u%%2F%08x%%3D%%3D",
                          rushes_simulator_get_elsewhere (self->simulator), id, serial, g_str_hash (number));
}

/* ---- replies ---- */

static void
set_reply (RushesSimulatedCall *self, guint status, const char *type, GBytes *reply)
{
  /* Two replies to one request are a mistake in the simulator. */
  g_assert (self->status == 0);
  self->status = status;
  self->type = g_strdup (type);
  self->reply = reply;
}

void
rushes_simulated_call_reply (RushesSimulatedCall *self, guint status, const char *form, ...)
{
  va_list args;
  char *json;

  va_start (args, form);
  json = rushes_simulated_json_va (form, args);
  va_end (args);
  set_reply (self, status, "application/json", g_bytes_new_take (json, strlen (json)));
}

void
rushes_simulated_call_reply_text (RushesSimulatedCall *self, guint status, const char *type, const char *text)
{
  set_reply (self, status, type, text != NULL ? g_bytes_new (text, strlen (text)) : g_bytes_new (NULL, 0));
}

void
rushes_simulated_call_reply_redirect (RushesSimulatedCall *self, guint status, const char *address)
{
  rushes_simulated_call_add_header (self, "Location", address);
  rushes_simulated_call_reply_text (self, status, "text/plain", "It is somewhere else.");
}

void
rushes_simulated_call_refuse (RushesSimulatedCall *self,
                              int why,
                              RushesSimulatedProblemKind kind,
                              const char *where,
                              const char *message)
{
  g_autoptr (RushesSimulatedProblem) problem = NULL;

  if (message != NULL)
    problem = rushes_simulated_problem_new (kind, where, message);
  rushes_simulator_get_service (self->simulator)->refuse (self, why, problem);
}

void
rushes_simulated_call_add_header (RushesSimulatedCall *self, const char *name, const char *value)
{
  soup_message_headers_append (soup_server_message_get_response_headers (self->message), name, value);
}

void
rushes_simulated_call_set_delay (RushesSimulatedCall *self, guint milliseconds)
{
  self->delay = milliseconds;
}

/* ---- clips ---- */

/* Whether the address with this query is dead. */
static gboolean
is_expired (RushesSimulatedCall *self, RushesSimulatedTask *task, guint *status)
{
  const char *value;
  const char *first = rushes_simulated_task_get_note (task, "first-address");
  const char *signature = rushes_simulated_call_get_query (self, "X-Signature");

  if (!rushes_simulator_has_fault (self->simulator, "expired-result", &value))
    return FALSE;
  if (strcmp (value, "renewed") == 0 && signature != NULL && first != NULL &&
      strtoul (signature, NULL, 10) != strtoul (first, NULL, 10))
    return FALSE;
  *status = strcmp (value, "404") == 0 ? 404 : 403;
  return rushes_simulator_use_fault (self->simulator, "expired-result", NULL);
}

/* Where a request for the rest of the clip begins; 0 for all of it. */
static guint64
get_start (RushesSimulatedCall *self, gsize length)
{
  const char *range = rushes_simulated_call_get_header (self, "Range");
  guint64 start;

  if (range == NULL || !g_str_has_prefix (range, "bytes="))
    return 0;
  start = g_ascii_strtoull (range + strlen ("bytes="), NULL, 10);
  return start < length ? start : 0;
}

void
rushes_simulated_call_reply_clip (RushesSimulatedCall *self, RushesSimulatedTask *task)
{
  SoupMessageHeaders *headers = soup_server_message_get_request_headers (self->message);
  GBytes *clip = rushes_simulator_get_clip (self->simulator);
  const char *etag = rushes_simulator_get_etag (self->simulator);
  const char *condition = soup_message_headers_get_one (headers, "If-Range");
  const char *value;
  guint status;

  rushes_simulator_note_asked (self->simulator);
  if (is_expired (self, task, &status))
    {
      rushes_simulated_call_reply_text (
          self, status, "application/xml",
          "<?xml version=\"1.0\"?><Error><Code>AccessDenied</Code><Message>Request has expired"
          "</Message></Error>");
      return;
    }
  if (rushes_simulator_has_fault (self->simulator, "result-404-first", &value))
    {
      guint asked = GPOINTER_TO_UINT (g_object_get_data (G_OBJECT (task), "asked")) + 1;

      g_object_set_data (G_OBJECT (task), "asked", GUINT_TO_POINTER (asked));
      if (asked <= MAX (1, strtoul (value, NULL, 10)))
        {
          rushes_simulated_call_reply_text (self, 404, "text/plain", "Not found");
          return;
        }
    }
  if (rushes_simulated_call_has (self, "html-clip"))
    {
      rushes_simulated_call_reply_text (self, 200, "text/html",
                                        "<!doctype html><title>Sign in</title><p>Please sign in.");
      return;
    }
  if (rushes_simulated_call_get_query (self, "moved") == NULL &&
      rushes_simulator_use_fault (self->simulator, "redirect-result", &value))
    {
      g_autofree char *url = rushes_simulated_call_make_clip_url (self, task);
      g_autofree char *moved = g_strconcat (url, "&moved=1", NULL);

      rushes_simulated_call_reply_redirect (self, *value != '\0' ? strtoul (value, NULL, 10) : 302, moved);
      return;
    }
  rushes_simulated_call_add_header (self, "ETag", etag);
  rushes_simulated_call_add_header (self, "Accept-Ranges", "bytes");
  if (condition != NULL && strcmp (condition, etag) != 0)
    soup_message_headers_remove (headers, "Range");
  set_reply (self, 200, "video/mp4", g_bytes_ref (clip));
}

/* ---- sending ---- */

/* Milliseconds between two looks whether the clip was asked for, and how many there are. */
#define LOOK_EVERY 5
#define LOOKS      4000

void
rushes_simulated_call_hold_back (RushesSimulatedCall *self, const char *rest, gboolean for_ever)
{
  self->holds_back = TRUE;
  self->for_ever = for_ever;
  self->rest = g_strdup (rest);
}

static gboolean
on_look (gpointer data)
{
  RushesSimulatedCall *self = data;
  SoupMessageBody *body = soup_server_message_get_response_body (self->message);
  g_autoptr (GIOStream) connection = NULL;

  if (self->left)
    return G_SOURCE_REMOVE;
  if (rushes_simulator_get_n_asked (self->simulator) == self->n_asked && ++self->n_looks < LOOKS)
    return G_SOURCE_CONTINUE;

  if (self->rest == NULL)
    {
      connection = soup_server_message_steal_connection (self->message);
      g_io_stream_close (connection, NULL, NULL);
      return G_SOURCE_REMOVE;
    }
  soup_message_body_append (body, SOUP_MEMORY_COPY, self->rest, strlen (self->rest));
  soup_message_body_complete (body);
  soup_server_message_unpause (self->message);
  return G_SOURCE_REMOVE;
}

static void
begin_holding (RushesSimulatedCall *self)
{
  SoupMessageHeaders *headers = soup_server_message_get_response_headers (self->message);

  soup_message_headers_set_encoding (headers, SOUP_ENCODING_CHUNKED);
  self->n_asked = rushes_simulator_get_n_asked (self->simulator);
  if (!self->for_ever)
    g_timeout_add_full (G_PRIORITY_DEFAULT, LOOK_EVERY, on_look, g_object_ref (self), g_object_unref);
}

void
rushes_simulated_call_drop_id (RushesSimulatedCall *self)
{
  g_autoptr (GString) text = g_string_new_len (g_bytes_get_data (self->reply, NULL), g_bytes_get_size (self->reply));
  g_autofree char *quoted = rushes_simulated_json ("%s", rushes_simulated_task_get_id (self->made));

  g_string_replace (text, quoted, "null", 0);
  g_bytes_unref (self->reply);
  self->reply = g_bytes_new (text->str, text->len);
}

static void
on_written (GObject *stream, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GIOStream) connection = user_data;

  /* Whoever has gone meanwhile has seen less than half; that is as good. */
  g_output_stream_write_all_finish (G_OUTPUT_STREAM (stream), result, NULL, NULL);
  g_io_stream_close (connection, NULL, NULL);
}

/* Announces all of the reply, sends half of it and closes. */
static void
send_half (RushesSimulatedCall *self)
{
  SoupMessageHeaders *headers = soup_server_message_get_response_headers (self->message);
  g_autoptr (GString) text = g_string_new (NULL);
  gsize length = g_bytes_get_size (self->reply);
  guint64 start = get_start (self, length);
  const char *etag = soup_message_headers_get_one (headers, "ETag");
  GIOStream *connection;
  char *bytes;
  gsize size;

  g_string_append_printf (text, "HTTP/1.1 %u Half\r\nContent-Type: %s\r\nContent-Length: %" G_GUINT64_FORMAT "\r\n",
                          start > 0 ? 206 : self->status, self->type, length - start);
  if (start > 0)
    g_string_append_printf (text,
                            "Content-Range: bytes %" G_GUINT64_FORMAT "-%" G_GSIZE_FORMAT "/%" G_GSIZE_FORMAT "\r\n",
                            start, length - 1, length);
  if (etag != NULL)
    g_string_append_printf (text, "ETag: %s\r\nAccept-Ranges: bytes\r\n", etag);
  g_string_append (text, "\r\n");
  g_string_append_len (text, (const char *) g_bytes_get_data (self->reply, NULL) + start, (length - start) / 2);
  connection = soup_server_message_steal_connection (self->message);
  size = text->len;
  bytes = g_string_free (g_steal_pointer (&text), FALSE);
  g_object_set_data_full (G_OBJECT (connection), "rushes-bytes", bytes, g_free);
  g_output_stream_write_all_async (g_io_stream_get_output_stream (connection), bytes, size, G_PRIORITY_DEFAULT, NULL,
                                   on_written, connection);
}

static void
send_reset (RushesSimulatedCall *self)
{
  const struct linger none = { .l_onoff = 1, .l_linger = 0 };
  int socket = g_socket_get_fd (soup_server_message_get_socket (self->message));
  g_autoptr (GIOStream) connection = NULL;

  if (setsockopt (socket, SOL_SOCKET, SO_LINGER, &none, sizeof none) != 0)
    g_warning ("The connection will be closed and not reset");
  connection = soup_server_message_steal_connection (self->message);
  g_io_stream_close (connection, NULL, NULL);
}

static void
send_now (RushesSimulatedCall *self, RushesSimulatedSending how)
{
  switch (how)
    {
    case RUSHES_SIMULATED_SEND_RESET:
      send_reset (self);
      return;
    case RUSHES_SIMULATED_SEND_HALF:
      send_half (self);
      return;
    case RUSHES_SIMULATED_SEND_WHOLE:
    default:
      soup_server_message_set_status (self->message, self->status, NULL);
      if (g_bytes_get_size (self->reply) > 0)
        {
          soup_message_headers_set_content_type (soup_server_message_get_response_headers (self->message), self->type,
                                                 NULL);
          soup_message_body_append_bytes (soup_server_message_get_response_body (self->message), self->reply);
        }
      if (self->holds_back)
        begin_holding (self);
      if (rushes_simulated_call_gives_clip (self))
        rushes_simulator_count (self->simulator, RUSHES_SIMULATED_COUNT_DOWNLOADS);
      return;
    }
}

typedef struct
{
  RushesSimulatedCall *call;
  RushesSimulatedSending how;
} Later;

static gboolean
on_due (gpointer data)
{
  Later *later = data;

  if (!later->call->left)
    {
      send_now (later->call, later->how);
      if (later->how == RUSHES_SIMULATED_SEND_WHOLE)
        soup_server_message_unpause (later->call->message);
    }
  g_object_unref (later->call);
  g_free (later);
  return G_SOURCE_REMOVE;
}

void
rushes_simulated_call_send (RushesSimulatedCall *self, RushesSimulatedSending how)
{
  Later *later;

  if (self->delay == 0)
    {
      send_now (self, how);
      return;
    }
  later = g_new (Later, 1);
  later->call = g_object_ref (self);
  later->how = how;
  soup_server_message_pause (self->message);
  g_timeout_add (self->delay, on_due, later);
}
