/* rushes-http-reply.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "rushes-http-reply.h"

#include <string.h>

#include "rushes-reply-file.h"

#define MAX_DEPTH 64

G_DEFINE_BOXED_TYPE (RushesHttpReply, rushes_http_reply, rushes_http_reply_ref, rushes_http_reply_unref)

RushesHttpReply *
rushes_http_reply_new (guint status, SoupMessageHeaders *headers, GBytes *body, const char *address)
{
  RushesHttpReply *self = g_new0 (RushesHttpReply, 1);

  g_atomic_ref_count_init (&self->ref_count);
  self->status = status;
  self->headers =
      headers != NULL ? soup_message_headers_ref (headers) : soup_message_headers_new (SOUP_MESSAGE_HEADERS_RESPONSE);
  self->body = body != NULL ? g_bytes_ref (body) : g_bytes_new_static ("", 0);
  self->address = g_strdup (address);
  return self;
}

RushesHttpReply *
rushes_http_reply_ref (RushesHttpReply *self)
{
  g_atomic_ref_count_inc (&self->ref_count);
  return self;
}

void
rushes_http_reply_unref (RushesHttpReply *self)
{
  if (!g_atomic_ref_count_dec (&self->ref_count))
    return;

  g_clear_pointer (&self->json, json_node_unref);
  soup_message_headers_unref (self->headers);
  g_bytes_unref (self->body);
  g_clear_pointer (&self->texts, rushes_long_texts_free);
  g_free (self->address);
  g_free (self);
}

gboolean
rushes_http_reply_is_good (RushesHttpReply *self)
{
  return SOUP_STATUS_IS_SUCCESSFUL (self->status);
}

/* ---- JSON ---- */

/* Looked at before anything is built: json-glib goes a thousand levels down. */
static gboolean
is_shallow (const char *text, gsize length)
{
  guint depth = 0;
  gboolean in_string = FALSE;

  for (gsize i = 0; i < length; i++)
    switch (text[i])
      {
      case '\\':
        if (in_string)
          i++;
        break;
      case '"':
        in_string = !in_string;
        break;
      case '{':
      case '[':
        if (!in_string && ++depth > MAX_DEPTH)
          return FALSE;
        break;
      case '}':
      case ']':
        if (!in_string && depth > 0)
          depth--;
        break;
      default:
        break;
      }

  return TRUE;
}

static JsonNode *
parse (GBytes *body)
{
  /* Not an immutable one: it ends the program over two objects in a row. */
  g_autoptr (JsonParser) parser = json_parser_new ();
  g_autofree char *repaired = NULL;
  gsize length;
  const char *text = g_bytes_get_data (body, &length);

  if (length >= 3 && memcmp (text, "\xef\xbb\xbf", 3) == 0)
    {
      text += 3;
      length -= 3;
    }
  while (length > 0 && g_ascii_isspace (*text))
    {
      text++;
      length--;
    }
  if (length == 0 || (*text != '{' && *text != '[') || !is_shallow (text, length))
    return NULL;

  if (!g_utf8_validate_len (text, length, NULL))
    {
      text = repaired = g_utf8_make_valid (text, (gssize) length);
      length = strlen (text);
    }
  if (!json_parser_load_from_data (parser, text, (gssize) length, NULL))
    return NULL;
  return json_parser_steal_root (parser);
}

JsonNode *
rushes_http_reply_get_json (RushesHttpReply *self)
{
  if (!self->parsed)
    {
      self->json = parse (self->body);
      self->parsed = TRUE;
    }
  return self->json;
}

/* ---- in a spool file ---- */

gboolean
rushes_http_reply_save (RushesHttpReply *self, GFile *spool, GError **error)
{
  g_autoptr (RushesReplyFile) file = rushes_reply_file_open (spool, self->status, self->headers, self->address, error);
  gsize length;
  gconstpointer data = g_bytes_get_data (self->body, &length);

  return file != NULL && rushes_reply_file_append (file, data, length, error) && rushes_reply_file_finish (file, error);
}

RushesHttpReply *
rushes_http_reply_load (GFile *spool, GError **error)
{
  return rushes_reply_file_load (spool, error);
}
