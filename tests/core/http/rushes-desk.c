/* rushes-desk.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "rushes-desk.h"

#include <stdio.h>
#include <string.h>

#include "rushes-error.h"
#include "rushes-spool.h"
#include "rushes-test.h"

static void
answer_large (GSocketConnection *connection)
{
  g_autofree char *large = g_strnfill (RUSHES_DESK_LARGE, 'x');

  rushes_wire_say (connection, "HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nContent-Length: %d\r\n\r\n",
                   RUSHES_DESK_LARGE);
  rushes_wire_send (connection, large, RUSHES_DESK_LARGE);
}

static void
echo (RushesWireRequest *request, GSocketConnection *connection)
{
  const char *key = g_hash_table_lookup (request->headers, "x-api-key");
  g_autofree char *body = g_strdup_printf ("{\"error\":\"%s is no good\"}", key);

  rushes_wire_say (connection, "HTTP/1.1 401 Unauthorized\r\nX-Echo: got %s\r\nContent-Length: %zu\r\n\r\n%s", key,
                   strlen (body), body);
}

/* The key in every second word, so that it lies wherever pieces are cut. */
static void
echo_large (RushesWireRequest *request, GSocketConnection *connection)
{
  const char *key = g_hash_table_lookup (request->headers, "x-api-key");
  g_autoptr (GString) body = g_string_new ("{");

  while (body->len < RUSHES_DESK_LARGE)
    g_string_append_printf (body, "\"%zu\":\"%s\",", body->len, key);
  rushes_wire_say (connection, "HTTP/1.1 200 OK\r\nContent-Length: %zu\r\n\r\n", body->len);
  rushes_wire_send (connection, body->str, body->len);
}

static gboolean
answer (RushesWire *wire, RushesWireRequest *request, GSocketConnection *connection, gpointer data)
{
  RushesDesk *desk = data;
  g_auto (GStrv) words = g_strsplit (request->line, " ", 3);
  const char *path = words[1];
  guint status;

  if (g_str_equal (words[0], "CONNECT"))
    rushes_wire_say (connection, "HTTP/1.1 %u No\r\nContent-Length: 2\r\n\r\n{}", desk->refusal);
  else if (sscanf (path, "/to-other/%u", &status) == 1)
    rushes_wire_say (connection, "HTTP/1.1 %u Moved\r\nLocation: %s/ok\r\nContent-Length: 0\r\n\r\n", status,
                     rushes_wire_get_origin (desk->other));
  else if (sscanf (path, "/to-own/%u", &status) == 1)
    rushes_wire_say (connection, "HTTP/1.1 %u Moved\r\nLocation: /ok\r\nContent-Length: 0\r\n\r\n", status);
  else if (g_str_equal (path, "/to-itself"))
    rushes_wire_say (connection, "HTTP/1.1 302 Found\r\nLocation: /to-itself\r\nContent-Length: 0\r\n\r\n");
  else if (g_str_equal (path, "/to-file"))
    rushes_wire_say (connection, "HTTP/1.1 302 Found\r\nLocation: file:///etc/passwd\r\nContent-Length: 0\r\n\r\n");
  else if (sscanf (path, "/status/%u", &status) == 1)
    rushes_wire_say (connection, "HTTP/1.1 %u No\r\nRetry-After: 7\r\nContent-Length: 2\r\n\r\n{}", status);
  else if (g_str_equal (path, "/echo"))
    echo (request, connection);
  else if (g_str_equal (path, "/large"))
    answer_large (connection);
  else if (g_str_equal (path, "/large-echo"))
    echo_large (request, connection);
  else if (g_str_equal (path, "/hangs-up"))
    return FALSE;
  else if (g_str_equal (path, "/resets"))
    {
      rushes_wire_reset (connection);
      return FALSE;
    }
  else if (g_str_equal (path, "/answers-and-closes"))
    {
      rushes_wire_say (connection, "HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\n{}");
      return FALSE;
    }
  else if (g_str_equal (path, "/truncated"))
    {
      rushes_wire_say (connection, "HTTP/1.1 200 OK\r\nContent-Length: 100\r\n\r\n{\"id\":\"abc\",");
      return FALSE;
    }
  else if (g_str_equal (path, "/truncated-chunk"))
    {
      rushes_wire_say (connection, "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n2\r\n{}\r\n");
      return FALSE;
    }
  else if (g_str_equal (path, "/silent"))
    {
      rushes_wire_wait (connection);
      return FALSE;
    }
  else
    rushes_wire_say (connection, "HTTP/1.1 202 Accepted\r\nContent-Type: application/json\r\nX-Id: 7\r\n"
                                 "Content-Length: 12\r\n\r\n{\"id\":\"abc\"}");
  return TRUE;
}

void
rushes_desk_use_key (RushesDesk *self, const char *key)
{
  const char *origins[] = { rushes_wire_get_origin (self->own), NULL };

  g_clear_pointer (&self->credentials, rushes_credentials_unref);
  self->credentials = rushes_credentials_new (RUSHES_AUTH_HEADER, "X-API-Key", FALSE, key, origins);
}

RushesDesk *
rushes_desk_new (void)
{
  RushesDesk *self = g_new0 (RushesDesk, 1);
  g_autofree char *folder = rushes_test_folder ();

  self->own = rushes_wire_new (answer, self);
  self->other = rushes_wire_new (answer, self);
  self->http = rushes_http_for_proxy ("direct://");
  self->spool = g_file_new_build_filename (folder, "spool", NULL);
  dex_await (rushes_spool_make (self->spool), NULL);
  rushes_desk_use_key (self, RUSHES_DESK_KEY);
  return self;
}

void
rushes_desk_free (RushesDesk *self)
{
  g_object_unref (self->http);
  g_clear_pointer (&self->own, rushes_wire_free);
  rushes_wire_free (self->other);
  g_clear_object (&self->spool);
  g_clear_object (&self->cancellable);
  rushes_credentials_unref (self->credentials);
  g_free (self);
}

RushesHttpRequest *
rushes_desk_request (RushesDesk *self, const char *method, const char *path)
{
  g_autofree char *address =
      *path == '/' ? g_strconcat (rushes_wire_get_origin (self->own), path, NULL) : g_strdup (path);
  RushesHttpRequest *request = rushes_http_request_new (method, address);

  request->with_key = TRUE;
  request->first_byte = 20;
  rushes_http_request_add_header (request, "X-Version", "2");
  return request;
}

RushesHttpRequest *
rushes_desk_submit (RushesDesk *self, const char *path)
{
  RushesHttpRequest *request = rushes_desk_request (self, "POST", path);

  request->json = json_from_string ("{\"prompt\":\"狐狸\"}", NULL);
  request->is_submit = TRUE;
  return request;
}

DexFuture *
rushes_desk_call (RushesDesk *self, RushesHttpRequest *request)
{
  return rushes_http_call (self->http, request, self->credentials, self->public_only, self->spool, self->cancellable);
}

RushesHttpReply *
rushes_desk_succeed (RushesDesk *self, RushesHttpRequest *request)
{
  g_autoptr (GError) error = NULL;
  RushesHttpReply *reply = dex_await_boxed (rushes_desk_call (self, request), &error);

  g_assert_no_error (error);
  return reply;
}

char *
rushes_desk_text (RushesHttpReply *reply)
{
  return g_strndup (g_bytes_get_data (reply->body, NULL), g_bytes_get_size (reply->body));
}

void
rushes_desk_fails (RushesDesk *self, RushesHttpRequest *request, RushesErrorCode code, RushesCharged charged)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (RushesHttpReply) reply = dex_await_boxed (rushes_desk_call (self, request), &error);

  g_assert_null (reply);
  g_assert_error (error, RUSHES_ERROR, (int) code);
  g_test_message ("%s", error->message);
  g_assert_cmpint (rushes_error_get_charged (error), ==, charged);
  if (charged != RUSHES_CHARGED_NO)
    g_assert_false (rushes_error_get_retryable (error));
}

/* What another process would find. */
void
rushes_desk_kept (RushesDesk *self, RushesHttpReply *reply)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (RushesHttpReply) kept = rushes_http_reply_load (self->spool, &error);

  g_assert_no_error (error);
  g_assert_cmpuint (kept->status, ==, reply->status);
  g_assert_cmpstr (kept->address, ==, reply->address);
  g_assert_true (g_bytes_equal (kept->body, reply->body));
}

void
rushes_desk_nothing_kept (RushesDesk *self)
{
  g_autoptr (GError) error = NULL;

  g_assert_null (rushes_http_reply_load (self->spool, &error));
  g_assert_error (error, RUSHES_ERROR, RUSHES_ERROR_NOT_FOUND);
}
