/* rushes-simulated-schema.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "rushes-simulated-schema.h"

#include <string.h>

static const char *
type_of (const RushesSimulatedField *field)
{
  switch (field->type)
    {
    case RUSHES_FIELD_INTEGER:
      return "integer";
    case RUSHES_FIELD_NUMBER:
      return "number";
    case RUSHES_FIELD_SWITCH:
      return "boolean";
    case RUSHES_FIELD_LIST:
      return "array";
    case RUSHES_FIELD_OBJECT:
      return "object";
    default:
      return "string";
    }
}

static gboolean
has_choices (const RushesSimulatedField *field)
{
  return field->choices != NULL && (field->type == RUSHES_FIELD_TEXT || field->type == RUSHES_FIELD_INTEGER);
}

static JsonObject *
make_choices (const RushesSimulatedField *field)
{
  g_auto (GStrv) words = g_strsplit (field->choices, "|", -1);
  JsonObject *object = json_object_new ();
  JsonArray *list = json_array_new ();

  for (guint i = 0; words[i] != NULL; i++)
    if (field->type == RUSHES_FIELD_INTEGER)
      json_array_add_int_element (list, g_ascii_strtoll (words[i], NULL, 10));
    else
      json_array_add_string_element (list, words[i]);
  json_object_set_array_member (object, "enum", list);
  json_object_set_string_member (object, "type", type_of (field));
  return object;
}

static JsonObject *
make_property (const RushesSimulatedField *field, guint order)
{
  JsonObject *object = has_choices (field) ? make_choices (field) : json_object_new ();

  json_object_set_string_member (object, "type", type_of (field));
  json_object_set_string_member (object, "title", field->name);
  json_object_set_string_member (object, "description", "What it is.\nAnd a second line.");
  json_object_set_int_member (object, "x-order", order);
  if (field->type == RUSHES_FIELD_PICTURE)
    json_object_set_string_member (object, "format", "uri");
  if (field->type == RUSHES_FIELD_LIST)
    {
      JsonObject *items = json_object_new ();

      json_object_set_string_member (items, "type", "string");
      json_object_set_object_member (object, "items", items);
      json_object_set_int_member (object, "maxItems", (gint64) field->maximum);
    }
  if (field->type == RUSHES_FIELD_TEXT && field->maximum > 0)
    json_object_set_int_member (object, "maxLength", (gint64) field->maximum);
  if (field->type == RUSHES_FIELD_SWITCH)
    json_object_set_boolean_member (object, "default", FALSE);
  if (!field->required)
    json_object_set_boolean_member (object, "nullable", TRUE);
  return object;
}

/* The choices lie elsewhere in the document. */
static JsonObject *
make_reference (const RushesSimulatedField *field, guint order, JsonObject *schemas)
{
  g_autofree char *pointer = g_strconcat ("#/components/schemas/", field->name, NULL);
  JsonObject *object = json_object_new ();
  JsonObject *reference = json_object_new ();
  JsonArray *all = json_array_new ();

  json_object_set_object_member (schemas, field->name, make_choices (field));
  json_object_set_string_member (reference, "$ref", pointer);
  json_array_add_object_element (all, reference);
  json_object_set_array_member (object, "allOf", all);
  json_object_set_int_member (object, "x-order", order);
  return object;
}

char *
rushes_simulated_schema_write (const char *name, const RushesSimulatedField *fields, gboolean apart)
{
  g_autoptr (JsonObject) schemas = json_object_new ();
  g_autoptr (JsonNode) node = NULL;
  JsonObject *schema = json_object_new ();
  JsonObject *properties = json_object_new ();
  JsonArray *required = json_array_new ();

  for (guint i = 0; fields[i].name != NULL; i++)
    {
      json_object_set_object_member (properties, fields[i].name,
                                     apart && has_choices (&fields[i]) ? make_reference (&fields[i], i, schemas)
                                                                       : make_property (&fields[i], i));
      if (fields[i].required)
        json_array_add_string_element (required, fields[i].name);
    }
  json_object_set_string_member (schema, "type", "object");
  json_object_set_object_member (schema, "properties", properties);
  json_object_set_array_member (schema, "required", required);
  json_object_set_object_member (schemas, name, schema);
  node = json_node_init_object (json_node_alloc (), schemas);
  return json_to_string (node, FALSE);
}
