/* rushes-stream-listener.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "rushes-stream-listener.h"

#include <string.h>

#include "rushes-protocol-private.h"

/* Of all that was said, so much of the end is looked at for how far it is. */
#define TAIL 512

/* Who says more before there is an address, or in smaller pieces, is listened to until the end. */
#define MAX_SAID  (64 * 1024)
#define MAX_LOOKS 1000

struct _RushesStreamListener
{
  RushesProtocol *protocol;
  const RushesReading *rules;
  char *base_url;
  RushesEventStream *stream; /* NULL when it is none, or none that can be read */
  gboolean begun;
  GString *tail;
  gboolean has_tail; /* it is another one */
  GString *said;
  guint n_looks;  /* for an address in it */
  gboolean ended; /* all was said that belongs together */
  gboolean has_task;
  char *link;
  RushesStreamNews news;
  double progress;
};

/* ---- what the events say ---- */

static double
find_progress (RushesStreamListener *self)
{
  g_autoptr (GPtrArray) roots = g_ptr_array_new_with_free_func ((GDestroyNotify) json_node_unref);
  RushesView view = { .roots = roots, .is_stream = TRUE };

  g_ptr_array_add (roots, rushes_protocol_join_pieces ("", "", self->tail->str));
  return rushes_protocol_find_progress (self->rules, &view);
}

static void
look_for_task (RushesStreamListener *self, const RushesView *view)
{
  g_autofree char *task = self->has_task ? NULL : rushes_view_find_text (view, self->rules->task, NULL);

  if (task == NULL)
    return;
  self->has_task = TRUE;
  self->news = RUSHES_STREAM_TREASURE;
}

static void
look_for_end (RushesStreamListener *self, RushesView *view)
{
  g_autofree char *end = rushes_view_find_text (view, self->rules->stream_end, NULL);

  self->ended = self->ended || end != NULL;
  view->unfinished = !self->ended;
}

static void
look_for_link (RushesStreamListener *self, RushesView *view)
{
  RushesTask task = { .base_url = self->base_url };

  if (self->link != NULL)
    return;
  if (self->said->len <= MAX_SAID && self->n_looks < MAX_LOOKS && strchr (self->said->str, '/') != NULL)
    {
      self->n_looks++;
      g_ptr_array_insert (view->roots, 0, rushes_protocol_join_pieces (self->said->str, "", ""));
    }
  self->link = rushes_protocol_find_early_clip (self->rules, &task, view);
  if (self->link != NULL)
    self->news = RUSHES_STREAM_TREASURE;
}

static void
keep_tail (RushesStreamListener *self, JsonNode *root)
{
  const char *rest;

  rushes_protocol_append_pieces (self->tail, root, self->rules->stream_thoughts);
  rushes_protocol_append_pieces (self->tail, root, self->rules->stream_text);
  self->has_tail = TRUE;
  if (self->tail->len <= TAIL)
    return;
  rest = g_utf8_find_next_char (self->tail->str + (self->tail->len - TAIL), NULL);
  g_string_erase (self->tail, 0, rest - self->tail->str);
}

static void
hear_event (const RushesServerEvent *event, gpointer data)
{
  RushesStreamListener *self = data;
  g_autoptr (GPtrArray) roots = g_ptr_array_new_with_free_func ((GDestroyNotify) json_node_unref);
  RushesView view = { .roots = roots, .is_stream = TRUE };
  JsonNode *root = rushes_protocol_parse_event (event);

  if (root == NULL)
    return;
  g_ptr_array_add (roots, root);
  keep_tail (self, root);
  if (self->said->len <= MAX_SAID)
    rushes_protocol_append_pieces (self->said, root, self->rules->stream_text);
  look_for_task (self, &view);
  look_for_end (self, &view);
  look_for_link (self, &view);
}

/* ---- the stream ---- */

RushesStreamListener *
rushes_stream_listener_new (RushesProtocol *protocol, const RushesTask *task)
{
  RushesStreamListener *self = g_new0 (RushesStreamListener, 1);

  self->protocol = g_object_ref (protocol);
  self->rules = rushes_protocol_get_reading (protocol, task);
  self->base_url = g_strdup (task->base_url);
  self->stream = rushes_event_stream_new (hear_event, self);
  self->tail = g_string_new (NULL);
  self->said = g_string_new (NULL);
  self->progress = -1;
  return self;
}

void
rushes_stream_listener_free (RushesStreamListener *self)
{
  g_clear_pointer (&self->stream, rushes_event_stream_free);
  g_string_free (self->tail, TRUE);
  g_string_free (self->said, TRUE);
  g_free (self->base_url);
  g_free (self->link);
  g_object_unref (self->protocol);
  g_free (self);
}

RushesStreamNews
rushes_stream_listener_hear (RushesStreamListener *self, const char *bytes, gsize length)
{
  if (!self->begun && length > 0)
    {
      self->begun = TRUE;
      /* JSON, HTML, or a clip. */
      if (strchr ("{[<", *bytes) != NULL || self->rules->stream_text->len + self->rules->stream_thoughts->len == 0)
        g_clear_pointer (&self->stream, rushes_event_stream_free);
    }
  if (self->stream == NULL)
    return RUSHES_STREAM_NONE;

  self->news = RUSHES_STREAM_WORDS;
  self->has_tail = FALSE;
  if (!rushes_event_stream_feed (self->stream, bytes, length, NULL))
    g_clear_pointer (&self->stream, rushes_event_stream_free);
  /* A service that says less than before talks of something else, or of how far the next part of it is. */
  if (self->has_tail)
    self->progress = MAX (self->progress, find_progress (self));
  return self->news;
}

double
rushes_stream_listener_get_progress (RushesStreamListener *self)
{
  return self->progress;
}

const char *
rushes_stream_listener_get_link (RushesStreamListener *self)
{
  return self->link;
}
