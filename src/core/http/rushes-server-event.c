/* rushes-server-event.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "rushes-server-event.h"

#include <string.h>

#define REPLACEMENT "\xEF\xBF\xBD"

char *
rushes_server_event_get_text (const RushesServerEvent *self)
{
  const char *end = self->data + self->length;
  const char *p = self->data;
  const char *nul;
  GString *text;

  if (memchr (p, '\0', self->length) == NULL)
    return g_strndup (p, self->length);

  text = g_string_sized_new (self->length + 16);
  for (; (nul = memchr (p, '\0', end - p)) != NULL; p = nul + 1)
    {
      g_string_append_len (text, p, nul - p);
      g_string_append (text, REPLACEMENT);
    }
  g_string_append_len (text, p, end - p);
  return g_string_free_and_steal (text);
}

JsonObject *
rushes_server_event_to_json (const RushesServerEvent *self, gint64 time)
{
  JsonObject *object = json_object_new ();
  g_autoptr (GDateTime) date = g_date_time_new_from_unix_utc_usec (time);
  g_autofree char *seconds = g_date_time_format (date, "%Y-%m-%dT%H:%M:%S");
  g_autofree char *timestamp = g_strdup_printf ("%s.%03dZ", seconds, g_date_time_get_microsecond (date) / 1000);
  g_autofree char *text = rushes_server_event_get_text (self);

  json_object_set_string_member (object, "type", "event");
  json_object_set_string_member (object, "event_type", self->type);
  json_object_set_string_member (object, "data", text);
  json_object_set_string_member (object, "timestamp", timestamp);
  if (*self->id != '\0')
    json_object_set_string_member (object, "event_id", self->id);
  else
    json_object_set_null_member (object, "event_id");
  return object;
}
