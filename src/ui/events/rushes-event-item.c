/* rushes-event-item.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "rushes-event-item.h"

#include <json-glib/json-glib.h>
#include <string.h>

struct _RushesEventItem
{
  GObject parent_instance;

  const char *type; /* own_type, or the usual one */
  char *own_type;
  char *id; /* NULL for none */
  char *data;
  gsize length;
  gint64 time;
};

G_DEFINE_FINAL_TYPE (RushesEventItem, rushes_event_item, G_TYPE_OBJECT)

static void
rushes_event_item_finalize (GObject *object)
{
  RushesEventItem *self = RUSHES_EVENT_ITEM (object);

  g_free (self->own_type);
  g_free (self->id);
  g_free (self->data);

  G_OBJECT_CLASS (rushes_event_item_parent_class)->finalize (object);
}

static void
rushes_event_item_class_init (RushesEventItemClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = rushes_event_item_finalize;
}

static void
rushes_event_item_init (RushesEventItem *self)
{
}

RushesEventItem *
rushes_event_item_new (const RushesServerEvent *event)
{
  RushesEventItem *self;

  g_return_val_if_fail (event != NULL, NULL);

  self = g_object_new (RUSHES_TYPE_EVENT_ITEM, NULL);
  self->type = "message";
  if (!g_str_equal (event->type, self->type))
    self->type = self->own_type = g_strdup (event->type);
  if (*event->id != '\0')
    self->id = g_strdup (event->id);
  self->time = g_get_real_time ();
  self->data = rushes_server_event_get_text (event);
  self->length = strlen (self->data);
  return self;
}

const char *
rushes_event_item_get_event_type (RushesEventItem *self)
{
  g_return_val_if_fail (RUSHES_IS_EVENT_ITEM (self), NULL);
  return self->type;
}

const char *
rushes_event_item_get_event_id (RushesEventItem *self)
{
  g_return_val_if_fail (RUSHES_IS_EVENT_ITEM (self), NULL);
  return self->id != NULL ? self->id : "";
}

const char *
rushes_event_item_get_data (RushesEventItem *self)
{
  g_return_val_if_fail (RUSHES_IS_EVENT_ITEM (self), NULL);
  return self->data;
}

gsize
rushes_event_item_get_length (RushesEventItem *self)
{
  g_return_val_if_fail (RUSHES_IS_EVENT_ITEM (self), 0);
  return self->length;
}

gsize
rushes_event_item_get_size (RushesEventItem *self)
{
  g_return_val_if_fail (RUSHES_IS_EVENT_ITEM (self), 0);
  return self->length + strlen (self->type) + (self->id != NULL ? strlen (self->id) : 0);
}

gint64
rushes_event_item_get_time (RushesEventItem *self)
{
  g_return_val_if_fail (RUSHES_IS_EVENT_ITEM (self), 0);
  return self->time;
}

/* Folding means a copy of the text, which most can do without. */
static gboolean
contains (const char *text, const char *folded)
{
  g_autofree char *copy = NULL;

  if (strcasestr (text, folded) != NULL)
    return TRUE;
  if (g_str_is_ascii (text))
    return FALSE;
  copy = g_utf8_casefold (text, -1);
  return strstr (copy, folded) != NULL;
}

gboolean
rushes_event_item_matches (RushesEventItem *self, const char *folded)
{
  g_return_val_if_fail (RUSHES_IS_EVENT_ITEM (self), FALSE);
  g_return_val_if_fail (folded != NULL, FALSE);

  return contains (self->type, folded) || contains (self->data, folded);
}

char *
rushes_event_item_to_json (RushesEventItem *self)
{
  g_autoptr (JsonNode) node = json_node_new (JSON_NODE_OBJECT);
  g_autofree char *json = NULL;

  g_return_val_if_fail (RUSHES_IS_EVENT_ITEM (self), NULL);

  json_node_take_object (node,
                         rushes_server_event_to_json (&(RushesServerEvent) { self->type, self->data, self->length,
                                                                             rushes_event_item_get_event_id (self) },
                                                      self->time));
  json = json_to_string (node, FALSE);
  return g_strconcat (json, "\n", NULL);
}
