/* rushes-extension.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "rushes-extension.h"

#include <glib/gi18n.h>

#include "rushes-error.h"

/* The year 9999: what is later is no moment. */
#define LAST_MOMENT G_GINT64_CONSTANT (253402300799000000)

RushesExtension *
rushes_extension_copy (const RushesExtension *self)
{
  RushesExtension *copy = g_memdup2 (self, sizeof *self);

  copy->take_id = g_strdup (self->take_id);
  copy->task_id = g_strdup (self->task_id);
  copy->clip_id = g_strdup (self->clip_id);
  copy->address = g_strdup (self->address);
  copy->host = g_strdup (self->host);
  copy->key = self->key != NULL ? rushes_key_mark_copy (self->key) : NULL;
  return copy;
}

void
rushes_extension_free (RushesExtension *self)
{
  g_free (self->take_id);
  g_free (self->task_id);
  g_free (self->clip_id);
  g_free (self->address);
  g_free (self->host);
  g_clear_pointer (&self->key, rushes_key_mark_free);
  g_free (self);
}

/* ---- JSON ---- */

static void
write_text (JsonObject *object, const char *member, const char *text)
{
  if (text != NULL)
    json_object_set_string_member (object, member, text);
}

JsonNode *
rushes_extension_to_json (const RushesExtension *self)
{
  JsonNode *node = json_node_new (JSON_NODE_OBJECT);
  JsonObject *object = json_object_new ();

  write_text (object, "take", self->take_id);
  write_text (object, "task", self->task_id);
  write_text (object, "clip", self->clip_id);
  write_text (object, "address", self->address);
  write_text (object, "host", self->host);
  if (self->key != NULL)
    {
      JsonObject *key = json_object_new ();

      write_text (key, "source", self->key->source);
      write_text (key, "print", self->key->print);
      json_object_set_object_member (object, "key", key);
    }
  json_object_set_double_member (object, "seconds", self->seconds);
  if (self->expires > 0)
    json_object_set_int_member (object, "expires", self->expires);
  json_node_take_object (node, object);
  return node;
}

static char *
read_text (RushesJsonReader *reader, const char *member)
{
  return g_strdup (rushes_json_reader_get_string (reader, member, NULL));
}

RushesExtension *
rushes_extension_read (RushesJsonReader *reader)
{
  RushesExtension *self = g_new0 (RushesExtension, 1);

  rushes_json_reader_need (reader, "take", "host", "key", "seconds", NULL);
  self->take_id = read_text (reader, "take");
  self->task_id = read_text (reader, "task");
  self->clip_id = read_text (reader, "clip");
  self->address = read_text (reader, "address");
  self->host = read_text (reader, "host");
  if (rushes_json_reader_enter_object (reader, "key"))
    {
      self->key = rushes_key_mark_new (rushes_json_reader_get_string (reader, "source", "none"),
                                       rushes_json_reader_get_string (reader, "print", NULL));
      rushes_json_reader_leave (reader);
    }
  self->seconds = rushes_json_reader_get_number (reader, "seconds", 0, G_MAXINT, 0);
  self->expires = rushes_json_reader_get_integer (reader, "expires", 0, LAST_MOMENT, 0);
  return self;
}

/* ---- whose it is ---- */

gboolean
rushes_extension_check_place (const RushesExtension *self,
                              const char *base_url,
                              const RushesKeyMark *key,
                              const char *provider,
                              GError **error)
{
  if (g_strcmp0 (self->host, base_url) != 0)
    {
      rushes_set_error (error, RUSHES_ERROR_FORBIDDEN,
                        /* Translators: a provider, and the address of a server. */
                        _ ("%s can extend this clip only at %s, where it was made. Set that base URL, or continue from "
                           "the clip’s last frame instead."),
                        provider, self->host);
      return FALSE;
    }
  if (self->key == NULL || key == NULL || !rushes_key_mark_equal (self->key, key))
    {
      rushes_set_error (error, RUSHES_ERROR_FORBIDDEN,
                        /* Translators: %s is a provider. */
                        _ ("%s extends a clip only with the key that it was made with, and there is another one now. "
                           "Put that key back, or continue from the clip’s last frame instead."),
                        provider);
      return FALSE;
    }
  return TRUE;
}
