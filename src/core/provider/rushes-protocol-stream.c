/* rushes-protocol-stream.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "rushes-protocol-private.h"

#include <string.h>

#include "rushes-event-stream.h"
#include "rushes-stream-progress.h"

/* Of all that was said, so much of the end is looked at for how far it is. */
#define TAIL 512

/* What a whole streamed answer may say. */
#define MAX_SAID (4 * 1024 * 1024)

#define THINK     "<think>"
#define THINK_END "</think>"

/* ---- events ---- */

/* Read as a reply of its own, for the same bounds. */
static JsonNode *
parse_event (const RushesServerEvent *event)
{
  g_autoptr (GBytes) bytes = g_bytes_new (event->data, event->length);
  g_autoptr (RushesHttpReply) reply = rushes_http_reply_new (200, NULL, bytes, NULL);
  JsonNode *root = event->length > 0 ? rushes_http_reply_get_json (reply) : NULL;

  return root != NULL ? json_node_ref (root) : NULL;
}

static void
add_event (const RushesServerEvent *event, gpointer data)
{
  JsonNode *root = parse_event (event);

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

static void
append_pieces (GString *text, JsonNode *root, GPtrArray *paths)
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

static JsonNode *
make_root (const char *text, const char *thoughts, const char *all)
{
  JsonNode *root = json_node_new (JSON_NODE_OBJECT);
  JsonObject *outside = json_object_new ();
  JsonObject *inside = json_object_new ();

  json_object_set_string_member (inside, "text", text);
  json_object_set_string_member (inside, "thoughts", thoughts);
  json_object_set_string_member (inside, "all", all);
  json_object_set_object_member (outside, "stream", inside);
  json_node_take_object (root, outside);
  return root;
}

void
rushes_view_join_stream (RushesView *self, const RushesReading *rules)
{
  g_autoptr (GString) said = g_string_new (NULL);
  g_autoptr (GString) text = g_string_new (NULL);
  g_autoptr (GString) thoughts = g_string_new (NULL);
  g_autoptr (GString) all = g_string_new (NULL);

  if (!self->is_stream || rules->stream_text->len + rules->stream_thoughts->len == 0)
    return;

  for (guint i = 0; i < self->roots->len; i++)
    {
      JsonNode *root = g_ptr_array_index (self->roots, i);

      append_pieces (thoughts, root, rules->stream_thoughts);
      append_pieces (said, root, rules->stream_text);
      append_pieces (all, root, rules->stream_thoughts);
      append_pieces (all, root, rules->stream_text);
    }
  part_thoughts (said->str, text, thoughts);
  /* Before the others: what an event says by itself, such as an error, goes first. */
  g_ptr_array_insert (self->roots, 0, make_root (text->str, thoughts->str, all->str));
}

/* ---- while it comes ---- */

struct _RushesStreamProgress
{
  RushesProtocol *protocol;
  const RushesReading *rules;
  RushesEventStream *stream; /* NULL when it is none, or none that can be read */
  gboolean begun;
  gboolean has_news; /* the tail is another one */
  GString *tail;
  double progress;
};

static double
find_in_tail (RushesStreamProgress *self)
{
  g_autoptr (GPtrArray) roots = g_ptr_array_new_with_free_func ((GDestroyNotify) json_node_unref);
  RushesView view = { .roots = roots, .is_stream = TRUE };

  g_ptr_array_add (roots, make_root ("", "", self->tail->str));
  return rushes_protocol_find_progress (self->rules, &view);
}

static void
hear_event (const RushesServerEvent *event, gpointer data)
{
  RushesStreamProgress *self = data;
  g_autoptr (JsonNode) root = parse_event (event);

  if (root == NULL)
    return;
  append_pieces (self->tail, root, self->rules->stream_thoughts);
  append_pieces (self->tail, root, self->rules->stream_text);
  if (self->tail->len > TAIL)
    {
      const char *rest = g_utf8_find_next_char (self->tail->str + (self->tail->len - TAIL), NULL);

      g_string_erase (self->tail, 0, rest - self->tail->str);
    }
  self->has_news = TRUE;
}

RushesStreamProgress *
rushes_stream_progress_new (RushesProtocol *protocol, const RushesTask *task)
{
  RushesStreamProgress *self = g_new0 (RushesStreamProgress, 1);

  self->protocol = g_object_ref (protocol);
  self->rules = rushes_protocol_get_reading (protocol, task);
  self->stream = rushes_event_stream_new (hear_event, self);
  self->tail = g_string_new (NULL);
  self->progress = -1;
  return self;
}

void
rushes_stream_progress_free (RushesStreamProgress *self)
{
  g_clear_pointer (&self->stream, rushes_event_stream_free);
  g_string_free (self->tail, TRUE);
  g_object_unref (self->protocol);
  g_free (self);
}

double
rushes_stream_progress_hear (RushesStreamProgress *self, const char *bytes, gsize length)
{
  if (!self->begun && length > 0)
    {
      self->begun = TRUE;
      /* JSON, HTML, or a clip. */
      if (strchr ("{[<", *bytes) != NULL || self->rules->stream_text->len + self->rules->stream_thoughts->len == 0)
        g_clear_pointer (&self->stream, rushes_event_stream_free);
    }
  if (self->stream != NULL && !rushes_event_stream_feed (self->stream, bytes, length, NULL))
    g_clear_pointer (&self->stream, rushes_event_stream_free);
  if (self->has_news)
    {
      double progress = find_in_tail (self);

      self->has_news = FALSE;
      if (progress >= 0)
        self->progress = progress;
    }
  return self->progress;
}
