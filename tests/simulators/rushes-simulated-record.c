/* rushes-simulated-record.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "rushes-simulated-record.h"

#include <string.h>

#include "rushes-simulator.h"

#define LONG_TEXT  4000
#define SHOWN_TEXT 64

struct _RushesSimulatedRecord
{
  JsonArray *requests;
};

RushesSimulatedRecord *
rushes_simulated_record_new (void)
{
  RushesSimulatedRecord *self = g_new0 (RushesSimulatedRecord, 1);

  self->requests = json_array_new ();
  return self;
}

void
rushes_simulated_record_free (RushesSimulatedRecord *self)
{
  json_array_unref (self->requests);
  g_free (self);
}

static JsonNode *shorten (JsonNode *node);

static void
shorten_member (JsonObject *object, const char *name, JsonNode *node, gpointer user_data)
{
  json_object_set_member (user_data, name, shorten (node));
}

static void
shorten_element (JsonArray *array, guint index, JsonNode *node, gpointer user_data)
{
  json_array_add_element (user_data, shorten (node));
}

/* A copy in which long texts, which are pictures, are only named. */
static JsonNode *
shorten (JsonNode *node)
{
  JsonNode *copy;

  if (JSON_NODE_HOLDS_OBJECT (node))
    {
      JsonObject *object = json_object_new ();

      json_object_foreach_member (json_node_get_object (node), shorten_member, object);
      copy = json_node_new (JSON_NODE_OBJECT);
      json_node_take_object (copy, object);
      return copy;
    }
  if (JSON_NODE_HOLDS_ARRAY (node))
    {
      JsonArray *array = json_array_new ();

      json_array_foreach_element (json_node_get_array (node), shorten_element, array);
      copy = json_node_new (JSON_NODE_ARRAY);
      json_node_take_array (copy, array);
      return copy;
    }
  if (json_node_get_value_type (node) == G_TYPE_STRING && strlen (json_node_get_string (node)) > LONG_TEXT)
    {
      g_autofree char *text = g_strdup_printf ("%.*s… (%zu bytes)", SHOWN_TEXT, json_node_get_string (node),
                                               strlen (json_node_get_string (node)));

      return json_node_init_string (json_node_alloc (), text);
    }
  return json_node_copy (node);
}

static JsonObject *
describe_headers (RushesSimulatedCall *call)
{
  RushesSimulator *simulator = rushes_simulated_call_get_simulator (call);
  const RushesSimulatedService *service = rushes_simulator_get_service (simulator);
  JsonObject *object = json_object_new ();
  SoupMessageHeadersIter iter;
  const char *name, *value;

  soup_message_headers_iter_init (&iter, rushes_simulated_call_get_headers (call));
  while (soup_message_headers_iter_next (&iter, &name, &value))
    if (g_ascii_strcasecmp (name, "Authorization") != 0 && g_ascii_strcasecmp (name, "Cookie") != 0 &&
        (service->header == NULL || g_ascii_strcasecmp (name, service->header) != 0) &&
        strstr (value, rushes_simulator_get_key (simulator)) == NULL)
      json_object_set_string_member (object, name, value);
  return object;
}

void
rushes_simulated_record_add (RushesSimulatedRecord *self,
                             RushesSimulatedCall *call,
                             gboolean elsewhere,
                             gboolean key_is_right)
{
  JsonObject *request = json_object_new ();
  JsonObject *body = rushes_simulated_call_get_body (call);
  GUri *uri = rushes_simulated_call_get_uri (call);

  json_object_set_string_member (request, "host", elsewhere ? "elsewhere" : "service");
  json_object_set_string_member (request, "method", rushes_simulated_call_get_method (call));
  json_object_set_string_member (request, "path", g_uri_get_path (uri));
  if (g_uri_get_query (uri) != NULL)
    json_object_set_string_member (request, "query", g_uri_get_query (uri));
  json_object_set_string_member (request, "key",
                                 !rushes_simulated_call_has_key (call) ? "none" : (key_is_right ? "right" : "wrong"));
  json_object_set_object_member (request, "headers", describe_headers (call));
  if (body != NULL)
    {
      g_autoptr (JsonNode) node = json_node_new (JSON_NODE_OBJECT);

      json_node_set_object (node, body);
      json_object_set_member (request, rushes_simulated_call_is_form (call) ? "form" : "json", shorten (node));
    }
  else if (g_bytes_get_size (rushes_simulated_call_get_bytes (call)) > 0)
    json_object_set_int_member (request, "bytes", g_bytes_get_size (rushes_simulated_call_get_bytes (call)));
  json_object_set_int_member (request, "status", rushes_simulated_call_get_status (call));
  if (rushes_simulated_call_get_made (call) != NULL)
    json_object_set_string_member (request, "task",
                                   rushes_simulated_task_get_id (rushes_simulated_call_get_made (call)));
  json_array_add_object_element (self->requests, request);
}

char *
rushes_simulated_record_write (RushesSimulatedRecord *self)
{
  g_autoptr (JsonNode) node = json_node_new (JSON_NODE_ARRAY);

  json_node_set_array (node, self->requests);
  return json_to_string (node, TRUE);
}
