/* rushes-socket-listener.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "rushes-socket-listener.h"

#include <glib/gi18n.h>

#include "rushes-protocol-private.h"

#define MAX_PARTS 100

struct _RushesSocketListener
{
  RushesProtocol *protocol; /* which the rules are borrowed from */
  const RushesSocketReading *rules;
  char *task_id;
  char *part; /* of which was heard last; NULL */
  guint n_parts;
  double progress;
};

/* ---- the rules ---- */

static void
cue_free (RushesSocketCue *cue)
{
  g_clear_pointer (&cue->at, g_ptr_array_unref);
  g_strfreev (cue->is);
  g_clear_pointer (&cue->without, g_ptr_array_unref);
  g_free (cue);
}

void
rushes_socket_reading_free (RushesSocketReading *self)
{
  g_ptr_array_unref (self->task);
  g_clear_pointer (&self->at, g_ptr_array_unref);
  g_clear_pointer (&self->of, g_ptr_array_unref);
  g_clear_pointer (&self->part, g_ptr_array_unref);
  g_ptr_array_unref (self->cues);
  g_free (self);
}

static RushesSocketCue *
read_cue (RushesJsonReader *reader)
{
  RushesSocketCue *cue = g_new0 (RushesSocketCue, 1);

  rushes_json_reader_need (reader, "at", NULL);
  cue->at = rushes_paths_read (reader, "at");
  cue->is = rushes_scalars_read (reader, "is");
  if (rushes_json_reader_has (reader, "without"))
    cue->without = rushes_paths_read (reader, "without");
  return cue;
}

RushesSocketReading *
rushes_socket_reading_read (RushesJsonReader *reader)
{
  RushesSocketReading *self = g_new0 (RushesSocketReading, 1);

  rushes_json_reader_need (reader, "task", NULL);
  self->task = rushes_paths_read (reader, "task");
  self->parts = 1;
  if (rushes_json_reader_enter_object (reader, "progress"))
    {
      rushes_json_reader_need (reader, "at", "of", NULL);
      self->at = rushes_paths_read (reader, "at");
      self->of = rushes_paths_read (reader, "of");
      if (rushes_json_reader_has (reader, "part"))
        self->part = rushes_paths_read (reader, "part");
      self->parts = rushes_json_reader_get_integer (reader, "parts", 1, MAX_PARTS, 1);
      rushes_json_reader_leave (reader);
    }
  self->cues = g_ptr_array_new_with_free_func ((GDestroyNotify) cue_free);
  if (rushes_json_reader_enter_list (reader, "ask"))
    {
      while (rushes_json_reader_next (reader))
        if (rushes_json_reader_enter_object (reader, NULL))
          {
            g_ptr_array_add (self->cues, read_cue (reader));
            rushes_json_reader_leave (reader);
          }
      rushes_json_reader_leave (reader);
    }
  return self;
}

/* ---- what is heard ---- */

static double
find_number (const RushesView *view, GPtrArray *paths)
{
  g_autofree char *text = rushes_view_find_text (view, paths, NULL);
  char *end = NULL;
  double number = text != NULL ? g_ascii_strtod (text, &end) : -1;

  return text != NULL && end != text && *end == '\0' && number >= 0 ? number : -1;
}

/* A part that is heard of for the first time comes behind those that were heard of before. */
static void
hear_progress (RushesSocketListener *self, const RushesView *view)
{
  double at = self->rules->at != NULL ? find_number (view, self->rules->at) : -1;
  double of = self->rules->at != NULL ? find_number (view, self->rules->of) : -1;
  g_autofree char *part = self->rules->part != NULL ? rushes_view_find_text (view, self->rules->part, NULL) : NULL;

  if (at < 0 || !(of > 0))
    return;
  if (self->n_parts == 0 || g_strcmp0 (part, self->part) != 0)
    {
      self->n_parts++;
      g_set_str (&self->part, part);
    }
  if (self->n_parts <= self->rules->parts)
    self->progress = MAX (self->progress, (self->n_parts - 1 + MIN (at / of, 1)) / self->rules->parts);
}

static gboolean
is_cue (const RushesSocketCue *cue, const RushesView *view)
{
  g_autofree char *text = rushes_view_find_text (view, cue->at, NULL);
  g_autofree char *other = cue->without != NULL ? rushes_view_find_text (view, cue->without, NULL) : NULL;

  return text != NULL && other == NULL && (cue->is == NULL || g_strv_contains ((const char *const *) cue->is, text));
}

gboolean
rushes_socket_listener_hear (RushesSocketListener *self, const RushesServerEvent *event)
{
  g_autoptr (GPtrArray) roots = g_ptr_array_new_with_free_func ((GDestroyNotify) json_node_unref);
  RushesView view = { .roots = roots, .is_stream = TRUE };
  JsonNode *root = rushes_protocol_parse_event (event);
  g_autofree char *task = NULL;

  if (root == NULL)
    return FALSE;
  g_ptr_array_add (roots, root);
  task = rushes_view_find_text (&view, self->rules->task, NULL);
  if (task == NULL || g_strcmp0 (task, self->task_id) != 0)
    return FALSE;
  hear_progress (self, &view);
  for (guint i = 0; i < self->rules->cues->len; i++)
    if (is_cue (g_ptr_array_index (self->rules->cues, i), &view))
      return TRUE;
  return FALSE;
}

double
rushes_socket_listener_get_progress (RushesSocketListener *self)
{
  return self->progress;
}

RushesSocketListener *
rushes_socket_listener_new (RushesProtocol *protocol, const RushesTask *task)
{
  const RushesCall *call = rushes_protocol_get_call (protocol, task, RUSHES_OPERATION_SOCKET);
  RushesSocketListener *self;

  if (call == NULL)
    return NULL;
  self = g_new0 (RushesSocketListener, 1);
  self->protocol = g_object_ref (protocol);
  self->rules = call->messages;
  self->task_id = g_strdup (task->task_id);
  self->progress = -1;
  return self;
}

void
rushes_socket_listener_free (RushesSocketListener *self)
{
  g_object_unref (self->protocol);
  g_free (self->task_id);
  g_free (self->part);
  g_free (self);
}
