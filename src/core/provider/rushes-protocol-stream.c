/* rushes-protocol-stream.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "rushes-protocol-private.h"

#include <string.h>

#include "rushes-event-stream.h"

/* What a whole streamed answer may say. */
#define MAX_SAID (4 * 1024 * 1024)

#define THINK     "<think>"
#define THINK_END "</think>"

/* ---- events ---- */

/* Read as a reply of its own, for the same bounds. */
JsonNode *
rushes_protocol_parse_event (const RushesServerEvent *event)
{
  g_autoptr (GBytes) bytes = g_bytes_new (event->data, event->length);
  g_autoptr (RushesHttpReply) reply = rushes_http_reply_new (200, NULL, bytes, NULL);
  JsonNode *root = event->length > 0 ? rushes_http_reply_get_json (reply) : NULL;

  return root != NULL ? json_node_ref (root) : NULL;
}

static void
add_event (const RushesServerEvent *event, gpointer data)
{
  JsonNode *root = rushes_protocol_parse_event (event);

  if (root != NULL)
    g_ptr_array_add (data, root);
}

void
rushes_protocol_read_events (const char *data, gsize size, GPtrArray *roots)
{
  g_autoptr (RushesEventStream) stream = rushes_event_stream_new (add_event, roots);

  /* The whole may be one event. That its last line has no end takes nothing from it: the answer is over. */
  rushes_event_stream_set_limit (stream, size + 2);
  if (rushes_event_stream_feed (stream, data, size, NULL))
    rushes_event_stream_feed (stream, "\n\n", 2, NULL);
}

gboolean
rushes_protocol_begins_stream (const char *data, gsize size)
{
  static const char *const starts[] = { "data:", "event:", "id:", "retry:", ":" };

  if (size >= 3 && memcmp (data, "\xEF\xBB\xBF", 3) == 0)
    {
      data += 3;
      size -= 3;
    }
  while (size > 0 && (*data == '\n' || *data == '\r'))
    {
      data++;
      size--;
    }
  for (guint i = 0; i < G_N_ELEMENTS (starts); i++)
    if (size >= strlen (starts[i]) && memcmp (data, starts[i], strlen (starts[i])) == 0)
      return TRUE;
  return FALSE;
}

/* ---- what they say together ---- */

void
rushes_protocol_append_pieces (GString *text, JsonNode *root, GPtrArray *paths)
{
  for (guint i = 0; i < paths->len; i++)
    {
      g_autoptr (GPtrArray) found = rushes_json_path_find (g_ptr_array_index (paths, i), root);

      for (guint n = 0; n < found->len && text->len < MAX_SAID; n++)
        {
          JsonNode *node = g_ptr_array_index (found, n);

          if (JSON_NODE_HOLDS_VALUE (node) && json_node_get_string (node) != NULL)
            g_string_append (text, json_node_get_string (node));
        }
    }
}

/* What models think between <think> and </think> belongs to the thoughts; one that is not closed goes on to the end. */
static void
part_thoughts (const char *said, GString *text, GString *thoughts)
{
  const char *start, *end;

  while ((start = strstr (said, THINK)) != NULL)
    {
      g_string_append_len (text, said, start - said);
      said = start + strlen (THINK);
      end = strstr (said, THINK_END);
      if (end == NULL)
        {
          g_string_append (thoughts, said);
          return;
        }
      g_string_append_len (thoughts, said, end - said);
      said = end + strlen (THINK_END);
    }
  g_string_append (text, said);
}

JsonNode *
rushes_protocol_join_pieces (const char *said, const char *thoughts, const char *all)
{
  JsonNode *root = json_node_new (JSON_NODE_OBJECT);
  JsonObject *outside = json_object_new ();
  JsonObject *inside = json_object_new ();
  g_autoptr (GString) text = g_string_new (NULL);
  g_autoptr (GString) all_thoughts = g_string_new (thoughts);

  part_thoughts (said, text, all_thoughts);
  json_object_set_string_member (inside, "text", text->str);
  json_object_set_string_member (inside, "thoughts", all_thoughts->str);
  json_object_set_string_member (inside, "all", all);
  json_object_set_object_member (outside, "stream", inside);
  json_node_take_object (root, outside);
  return root;
}

void
rushes_view_join_stream (RushesView *self, const RushesReading *rules)
{
  g_autoptr (GString) said = g_string_new (NULL);
  g_autoptr (GString) thoughts = g_string_new (NULL);
  g_autoptr (GString) all = g_string_new (NULL);

  if (!self->is_stream || rules->stream_text->len + rules->stream_thoughts->len == 0)
    return;

  for (guint i = 0; i < self->roots->len; i++)
    {
      JsonNode *root = g_ptr_array_index (self->roots, i);

      rushes_protocol_append_pieces (thoughts, root, rules->stream_thoughts);
      rushes_protocol_append_pieces (said, root, rules->stream_text);
      rushes_protocol_append_pieces (all, root, rules->stream_thoughts);
      rushes_protocol_append_pieces (all, root, rules->stream_text);
    }
  if (self->unfinished)
    {
      g_autofree char *end = rushes_view_find_text (self, rules->stream_end, NULL);

      self->unfinished = end == NULL;
    }
  /* Before the others: what an event says by itself, such as an error, goes first. */
  g_ptr_array_insert (self->roots, 0, rushes_protocol_join_pieces (said->str, thoughts->str, all->str));
}
