/* rushes-http-request.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "rushes-http-request.h"

#include <string.h>

#define FIRST_BYTE 60

G_DEFINE_BOXED_TYPE (RushesHttpRequest, rushes_http_request, rushes_http_request_ref, rushes_http_request_unref)

static void
part_free (gpointer data)
{
  RushesHttpPart *part = data;

  g_free (part->name);
  g_free (part->filename);
  g_free (part->media_type);
  g_bytes_unref (part->bytes);
  g_free (part);
}

RushesHttpRequest *
rushes_http_request_new (const char *method, const char *address)
{
  RushesHttpRequest *self;

  g_return_val_if_fail (method != NULL, NULL);
  g_return_val_if_fail (address != NULL, NULL);

  self = g_new0 (RushesHttpRequest, 1);
  g_atomic_ref_count_init (&self->ref_count);
  self->method = g_strdup (method);
  self->address = g_strdup (address);
  self->headers = g_ptr_array_new_with_free_func (g_free);
  self->first_byte = FIRST_BYTE;
  return self;
}

RushesHttpRequest *
rushes_http_request_ref (RushesHttpRequest *self)
{
  g_atomic_ref_count_inc (&self->ref_count);
  return self;
}

void
rushes_http_request_unref (RushesHttpRequest *self)
{
  if (!g_atomic_ref_count_dec (&self->ref_count))
    return;

  g_free (self->method);
  g_free (self->address);
  g_ptr_array_unref (self->headers);
  g_clear_pointer (&self->json, json_node_unref);
  g_clear_pointer (&self->parts, g_ptr_array_unref);
  g_clear_pointer (&self->bytes, g_bytes_unref);
  g_free (self->media_type);
  g_free (self);
}

void
rushes_http_request_add_header (RushesHttpRequest *self, const char *name, const char *value)
{
  g_return_if_fail (name != NULL && value != NULL);

  g_ptr_array_add (self->headers, g_strdup (name));
  g_ptr_array_add (self->headers, g_strdup (value));
}

void
rushes_http_request_add_part (RushesHttpRequest *self,
                              const char *name,
                              const char *filename,
                              const char *media_type,
                              GBytes *bytes)
{
  RushesHttpPart *part;

  g_return_if_fail (name != NULL && bytes != NULL);

  if (self->parts == NULL)
    self->parts = g_ptr_array_new_with_free_func (part_free);

  part = g_new0 (RushesHttpPart, 1);
  part->name = g_strdup (name);
  part->filename = g_strdup (filename);
  part->media_type = g_strdup (media_type);
  part->bytes = bytes;
  g_ptr_array_add (self->parts, part);
}

/* ---- as bytes ---- */

/* RFC 7578 leaves the quoting to what browsers do (WHATWG, "multipart/form-data encoding algorithm"). */
static void
append_quoted (GString *head, const char *parameter, const char *value)
{
  g_string_append_printf (head, "; %s=\"", parameter);
  for (const char *p = value; *p != '\0'; p++)
    switch (*p)
      {
      case '"':
        g_string_append (head, "%22");
        break;
      case '\r':
        g_string_append (head, "%0D");
        break;
      case '\n':
        g_string_append (head, "%0A");
        break;
      default:
        g_string_append_c (head, *p);
        break;
      }
  g_string_append_c (head, '"');
}

static void
append_part (GByteArray *body, const RushesHttpPart *part, const char *boundary)
{
  g_autoptr (GString) head = g_string_new (NULL);
  gsize length;
  gconstpointer data = g_bytes_get_data (part->bytes, &length);

  g_string_append_printf (head, "--%s\r\nContent-Disposition: form-data", boundary);
  append_quoted (head, "name", part->name);
  if (part->filename != NULL)
    append_quoted (head, "filename", part->filename);
  g_string_append (head, "\r\n");
  if (part->media_type != NULL)
    g_string_append_printf (head, "Content-Type: %s\r\n", part->media_type);
  g_string_append (head, "\r\n");

  g_byte_array_append (body, (const guint8 *) head->str, (guint) head->len);
  if (length > 0)
    g_byte_array_append (body, data, (guint) length);
  g_byte_array_append (body, (const guint8 *) "\r\n", 2);
}

static GBytes *
make_form (RushesHttpRequest *self, char **media_type)
{
  g_autoptr (GByteArray) body = g_byte_array_new ();
  g_autofree char *boundary =
      g_strdup_printf ("rushes-%08x%08x%08x%08x", g_random_int (), g_random_int (), g_random_int (), g_random_int ());
  g_autofree char *end = g_strdup_printf ("--%s--\r\n", boundary);

  for (guint i = 0; i < self->parts->len; i++)
    append_part (body, g_ptr_array_index (self->parts, i), boundary);
  g_byte_array_append (body, (const guint8 *) end, (guint) strlen (end));

  *media_type = g_strdup_printf ("multipart/form-data; boundary=%s", boundary);
  return g_byte_array_free_to_bytes (g_steal_pointer (&body));
}

GBytes *
rushes_http_request_make_body (RushesHttpRequest *self, char **media_type)
{
  *media_type = NULL;

  if (self->json != NULL)
    {
      char *text = json_to_string (self->json, FALSE);

      *media_type = g_strdup ("application/json");
      return g_bytes_new_take (text, strlen (text));
    }
  if (self->parts != NULL)
    return make_form (self, media_type);
  if (self->bytes != NULL)
    {
      *media_type = g_strdup (self->media_type != NULL ? self->media_type : "application/octet-stream");
      return g_bytes_ref (self->bytes);
    }
  return NULL;
}

/* ---- for people ---- */

static JsonNode *
node_of (JsonObject *object)
{
  JsonNode *node = json_node_new (JSON_NODE_OBJECT);

  json_node_take_object (node, object);
  return node;
}

static JsonNode *
describe_part (const RushesHttpPart *part)
{
  JsonObject *object = json_object_new ();
  gsize length;
  const char *data = g_bytes_get_data (part->bytes, &length);

  json_object_set_string_member (object, "name", part->name);
  if (part->filename != NULL)
    {
      json_object_set_string_member (object, "filename", part->filename);
      json_object_set_string_member (object, "content_type", part->media_type != NULL ? part->media_type : "");
      json_object_set_int_member (object, "length", (gint64) length);
    }
  else
    {
      g_autofree char *text = g_utf8_make_valid (data != NULL ? data : "", (gssize) length);

      if (part->media_type != NULL)
        json_object_set_string_member (object, "content_type", part->media_type);
      json_object_set_string_member (object, "value", text);
    }
  return node_of (object);
}

static JsonNode *
describe_body (RushesHttpRequest *self)
{
  if (self->json != NULL)
    return json_node_copy (self->json);

  if (self->parts != NULL)
    {
      JsonArray *list = json_array_new ();
      JsonNode *node = json_node_new (JSON_NODE_ARRAY);

      for (guint i = 0; i < self->parts->len; i++)
        json_array_add_element (list, describe_part (g_ptr_array_index (self->parts, i)));
      json_node_take_array (node, list);
      return node;
    }

  if (self->bytes != NULL)
    {
      JsonObject *object = json_object_new ();

      json_object_set_string_member (object, "content_type", self->media_type != NULL ? self->media_type : "");
      json_object_set_int_member (object, "length", (gint64) g_bytes_get_size (self->bytes));
      return node_of (object);
    }

  return NULL;
}

JsonNode *
rushes_http_request_to_json (RushesHttpRequest *self)
{
  JsonObject *object = json_object_new ();
  JsonObject *headers = json_object_new ();
  JsonNode *body = describe_body (self);

  for (guint i = 0; i + 1 < self->headers->len; i += 2)
    json_object_set_string_member (headers, g_ptr_array_index (self->headers, i),
                                   g_ptr_array_index (self->headers, i + 1));

  json_object_set_string_member (object, "method", self->method);
  json_object_set_string_member (object, "url", self->address);
  json_object_set_object_member (object, "headers", headers);
  if (body != NULL)
    json_object_set_member (object, "body", body);
  return node_of (object);
}
