/* rushes-protocol-view.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "rushes-protocol-private.h"

#include <string.h>

/* ---- event streams ---- */

static const char *
get_body (const RushesView *self, gsize *size)
{
  const char *data = g_bytes_get_data (self->reply->body, size);

  return data != NULL ? data : "";
}

static gboolean
begins_with (const char *data, gsize size, const char *text)
{
  return size >= strlen (text) && memcmp (data, text, strlen (text)) == 0;
}

/* Some servers send events to those who asked for none, and do not say so. */
static gboolean
is_stream (const RushesView *self)
{
  const char *type = soup_message_headers_get_content_type (self->reply->headers, NULL);
  gsize size;
  const char *data = get_body (self, &size);

  return g_strcmp0 (type, "text/event-stream") == 0 || rushes_protocol_begins_stream (data, size);
}

/* ---- a reply ---- */

void
rushes_view_init (RushesView *self, RushesHttpReply *reply)
{
  JsonNode *root = rushes_http_reply_get_json (reply);

  self->reply = reply;
  self->roots = g_ptr_array_new_with_free_func ((GDestroyNotify) json_node_unref);
  self->is_stream = root == NULL && is_stream (self);
  self->unfinished = reply->cut;
  if (root != NULL)
    g_ptr_array_add (self->roots, json_node_ref (root));
  else if (self->is_stream)
    {
      gsize size;
      const char *data = get_body (self, &size);

      rushes_protocol_read_events (data, size, self->roots);
    }
}

void
rushes_view_clear (RushesView *self)
{
  g_clear_pointer (&self->roots, g_ptr_array_unref);
}

gboolean
rushes_view_has_json (const RushesView *self)
{
  return self->roots->len > 0;
}

gboolean
rushes_view_is_empty (const RushesView *self)
{
  gsize size;
  const char *data = get_body (self, &size);

  for (gsize i = 0; i < size; i++)
    if (!g_ascii_isspace (data[i]))
      return FALSE;
  return TRUE;
}

gboolean
rushes_view_is_clip (const RushesView *self)
{
  const char *type = soup_message_headers_get_content_type (self->reply->headers, NULL);
  gsize size;
  const char *data = get_body (self, &size);

  if (size == 0 || self->roots->len > 0)
    return FALSE;
  return (type != NULL && g_str_has_prefix (type, "video/")) || (size >= 8 && memcmp (data + 4, "ftyp", 4) == 0) ||
         begins_with (data, size, "\x1a\x45\xdf\xa3");
}

/* ---- what stands in it ---- */

/* What the first path gives that gives anything. */
static GPtrArray *
find_in (JsonNode *root, GPtrArray *paths, gboolean only_one, GError **error)
{
  GPtrArray *texts = g_ptr_array_new_with_free_func (g_free);

  for (guint i = 0; i < paths->len && texts->len == 0; i++)
    {
      g_autoptr (GPtrArray) found = rushes_json_path_find (g_ptr_array_index (paths, i), root);

      for (guint n = 0; n < found->len && (texts->len == 0 || !only_one); n++)
        {
          g_autoptr (GError) problem = NULL;
          g_autofree char *text = rushes_json_node_to_text (g_ptr_array_index (found, n), &problem);

          if (problem != NULL && error != NULL && *error == NULL)
            g_propagate_error (error, g_steal_pointer (&problem));
          if (text != NULL && *text != '\0')
            g_ptr_array_add (texts, g_steal_pointer (&text));
        }
    }
  return texts;
}

char *
rushes_view_find_text (const RushesView *self, GPtrArray *paths, GError **error)
{
  for (guint i = self->roots->len; i > 0; i--)
    {
      g_autoptr (GError) problem = NULL;
      g_autoptr (GPtrArray) texts = find_in (g_ptr_array_index (self->roots, i - 1), paths, TRUE, &problem);

      if (problem != NULL)
        {
          g_propagate_error (error, g_steal_pointer (&problem));
          return NULL;
        }
      if (texts->len > 0)
        return g_strdup (g_ptr_array_index (texts, 0));
    }
  return NULL;
}

GPtrArray *
rushes_view_find_texts (const RushesView *self, GPtrArray *paths)
{
  for (guint i = self->roots->len; i > 0; i--)
    {
      GPtrArray *texts = find_in (g_ptr_array_index (self->roots, i - 1), paths, FALSE, NULL);

      if (texts->len > 0)
        return texts;
      g_ptr_array_unref (texts);
    }
  return g_ptr_array_new_with_free_func (g_free);
}

char *
rushes_view_join_texts (const RushesView *self, GPtrArray *paths)
{
  g_autoptr (GString) whole = g_string_new (NULL);

  for (guint i = 0; i < self->roots->len; i++)
    {
      g_autoptr (GPtrArray) texts = find_in (g_ptr_array_index (self->roots, i), paths, FALSE, NULL);

      for (guint n = 0; n < texts->len; n++)
        {
          /* Pieces of a stream continue each other; parts of one answer stand beside each other. */
          if (n > 0)
            g_string_append_c (whole, '\n');
          g_string_append (whole, g_ptr_array_index (texts, n));
        }
    }
  return g_string_free_and_steal (g_steal_pointer (&whole));
}

gint64
rushes_view_reckon (const RushesView *self, gint64 moment)
{
  const char *text = soup_message_headers_get_one (self->reply->headers, "Date");
  g_autoptr (GDateTime) date = text != NULL ? soup_date_time_new_from_http_string (text) : NULL;

  return date != NULL ? moment + (g_get_real_time () - g_date_time_to_unix_usec (date)) : moment;
}
