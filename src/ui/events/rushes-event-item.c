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

/* Neither JSON as it is written here nor a label has NULs. */
static void
copy_data (RushesEventItem *self, const RushesServerEvent *event)
{
  g_autoptr (GString) text = NULL;

  if (memchr (event->data, '\0', event->length) == NULL)
    {
      self->data = g_strndup (event->data, event->length);
      self->length = event->length;
      return;
    }
  text = g_string_sized_new (event->length + 16);
  for (gsize i = 0; i < event->length; i++)
    if (event->data[i] == '\0')
      g_string_append (text, "\xEF\xBF\xBD");
    else
      g_string_append_c (text, event->data[i]);
  self->length = text->len;
  self->data = g_string_free_and_steal (g_steal_pointer (&text));
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
  copy_data (self, event);
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

gboolean
rushes_event_item_matches (RushesEventItem *self, const char *words)
{
  g_return_val_if_fail (RUSHES_IS_EVENT_ITEM (self), FALSE);
  g_return_val_if_fail (words != NULL, FALSE);

  /* Folding every letter of the world would mean a copy of each event, for each letter that is typed. */
  return strcasestr (self->type, words) != NULL || strcasestr (self->data, words) != NULL;
}

char *
rushes_event_item_to_json (RushesEventItem *self)
{
  g_autoptr (JsonObject) object = json_object_new ();
  g_autoptr (JsonNode) node = json_node_init_object (json_node_alloc (), object);
  g_autoptr (GDateTime) time = NULL;
  g_autofree char *seconds = NULL;
  g_autofree char *timestamp = NULL;
  g_autofree char *json = NULL;

  g_return_val_if_fail (RUSHES_IS_EVENT_ITEM (self), NULL);

  time = g_date_time_new_from_unix_utc_usec (self->time);
  seconds = g_date_time_format (time, "%Y-%m-%dT%H:%M:%S");
  timestamp = g_strdup_printf ("%s.%03dZ", seconds, g_date_time_get_microsecond (time) / 1000);
  json_object_set_string_member (object, "type", "event");
  json_object_set_string_member (object, "event_type", self->type);
  json_object_set_string_member (object, "data", self->data);
  json_object_set_string_member (object, "timestamp", timestamp);
  if (self->id != NULL)
    json_object_set_string_member (object, "event_id", self->id);
  else
    json_object_set_null_member (object, "event_id");
  json = json_to_string (node, FALSE);
  return g_strconcat (json, "\n", NULL);
}
