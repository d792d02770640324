/* rushes-json-schema.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "rushes-json-schema.h"

#include <string.h>

#define MAX_PROPERTIES 200
/* How often one place may refer to another, so that a circle ends. */
#define MAX_STEPS 8
#define MAX_LINKS 8

void
rushes_schema_property_free (RushesSchemaProperty *self)
{
  g_free (self->name);
  g_free (self);
}

/* ---- references ---- */

static char *
unescape (const char *segment)
{
  g_autoptr (GString) text = g_string_new (segment);

  g_string_replace (text, "~1", "/", 0);
  g_string_replace (text, "~0", "~", 0);
  return g_string_free_and_steal (g_steal_pointer (&text));
}

/* Only places within the document are looked at. */
static JsonNode *
follow (JsonNode *document, const char *pointer)
{
  g_auto (GStrv) segments = NULL;
  JsonNode *node = document;

  if (!g_str_has_prefix (pointer, "#/"))
    return NULL;
  segments = g_strsplit (pointer + 2, "/", -1);
  for (guint i = 0; node != NULL && segments[i] != NULL; i++)
    {
      g_autofree char *name = unescape (segments[i]);

      node = JSON_NODE_HOLDS_OBJECT (node) ? json_object_get_member (json_node_get_object (node), name) : NULL;
    }
  return node;
}

static const char *
get_text (JsonObject *object, const char *member)
{
  JsonNode *node = json_object_get_member (object, member);

  return node != NULL && JSON_NODE_HOLDS_VALUE (node) ? json_node_get_string (node) : NULL;
}

static JsonObject *
get_object (JsonNode *node)
{
  return node != NULL && JSON_NODE_HOLDS_OBJECT (node) ? json_node_get_object (node) : NULL;
}

static JsonArray *
get_list (JsonObject *object, const char *member)
{
  JsonNode *node = json_object_get_member (object, member);

  return node != NULL && JSON_NODE_HOLDS_ARRAY (node) ? json_node_get_array (node) : NULL;
}

/* The objects that say something of one place, what stands there itself first. */
static void
collect (JsonNode *document, JsonNode *place, guint steps, GPtrArray *layers)
{
  static const char *const all[] = { "allOf", "anyOf", "oneOf" };
  JsonObject *object = get_object (place);
  const char *pointer;

  if (object == NULL || steps > MAX_STEPS || layers->len >= MAX_LINKS)
    return;
  g_ptr_array_add (layers, object);
  if ((pointer = get_text (object, "$ref")) != NULL)
    collect (document, follow (document, pointer), steps + 1, layers);
  for (guint i = 0; i < G_N_ELEMENTS (all); i++)
    {
      JsonArray *list = get_list (object, all[i]);

      for (guint j = 0; list != NULL && j < MIN (json_array_get_length (list), MAX_LINKS); j++)
        {
          JsonNode *element = json_array_get_element (list, j);
          JsonObject *inner = get_object (element);

          /* Of those that may stand for each other the first counts; that it may be null says nothing here. */
          if (inner == NULL || g_strcmp0 (get_text (inner, "type"), "null") == 0)
            continue;
          collect (document, element, steps + 1, layers);
          if (i > 0)
            break;
        }
    }
}

static JsonNode *
find_member (GPtrArray *layers, const char *member)
{
  for (guint i = 0; i < layers->len; i++)
    {
      JsonNode *node = json_object_get_member (g_ptr_array_index (layers, i), member);

      if (node != NULL && !JSON_NODE_HOLDS_NULL (node))
        return node;
    }
  return NULL;
}

static const char *
find_text (GPtrArray *layers, const char *member)
{
  JsonNode *node = find_member (layers, member);

  return node != NULL && JSON_NODE_HOLDS_VALUE (node) ? json_node_get_string (node) : NULL;
}

static gboolean
find_number (GPtrArray *layers, const char *member, double *number)
{
  JsonNode *node = find_member (layers, member);
  GType type = node != NULL && JSON_NODE_HOLDS_VALUE (node) ? json_node_get_value_type (node) : G_TYPE_INVALID;

  if (type != G_TYPE_INT64 && type != G_TYPE_DOUBLE)
    return FALSE;
  *number = json_node_get_double (node);
  return TRUE;
}

static gint64
find_count (GPtrArray *layers, const char *member)
{
  double number;

  return find_number (layers, member, &number) && number >= 1 && number <= G_MAXINT32 ? (gint64) number : 0;
}

/* ---- properties ---- */

/* "type" is a word, or a list of one and "null". */
static const char *
find_type (GPtrArray *layers)
{
  JsonNode *node = find_member (layers, "type");
  JsonArray *list = node != NULL && JSON_NODE_HOLDS_ARRAY (node) ? json_node_get_array (node) : NULL;

  for (guint i = 0; list != NULL && i < MIN (json_array_get_length (list), MAX_LINKS); i++)
    {
      JsonNode *element = json_array_get_element (list, i);
      const char *word = JSON_NODE_HOLDS_VALUE (element) ? json_node_get_string (element) : NULL;

      if (word != NULL && !g_str_equal (word, "null"))
        return word;
    }
  return node != NULL && JSON_NODE_HOLDS_VALUE (node) ? json_node_get_string (node) : NULL;
}

static RushesSchemaType
type_of (const char *word, JsonArray *choices)
{
  static const struct
  {
    const char *word;
    RushesSchemaType type;
  } types[] = {
    { "boolean", RUSHES_SCHEMA_BOOLEAN }, { "integer", RUSHES_SCHEMA_INTEGER }, { "number", RUSHES_SCHEMA_NUMBER },
    { "string", RUSHES_SCHEMA_TEXT },     { "array", RUSHES_SCHEMA_LIST },
  };

  for (guint i = 0; word != NULL && i < G_N_ELEMENTS (types); i++)
    if (g_str_equal (types[i].word, word))
      return types[i].type;
  /* Choices say what they are themselves. */
  if (word == NULL && choices != NULL && json_array_get_length (choices) > 0)
    {
      JsonNode *first = json_array_get_element (choices, 0);

      if (JSON_NODE_HOLDS_VALUE (first))
        return json_node_get_value_type (first) == G_TYPE_STRING ? RUSHES_SCHEMA_TEXT : RUSHES_SCHEMA_NUMBER;
    }
  return RUSHES_SCHEMA_OTHER;
}

static gboolean
is_list_of_texts (JsonNode *document, GPtrArray *layers)
{
  g_autoptr (GPtrArray) items = g_ptr_array_new ();

  collect (document, find_member (layers, "items"), 0, items);
  return g_strcmp0 (find_type (items), "string") == 0;
}

static RushesSchemaProperty *
read_property (JsonNode *document, const char *name, JsonNode *place, gint64 order)
{
  g_autoptr (GPtrArray) layers = g_ptr_array_new ();
  RushesSchemaProperty *self = g_new0 (RushesSchemaProperty, 1);
  const char *format;
  JsonNode *node;
  double number;

  collect (document, place, 0, layers);
  self->name = g_strdup (name);
  node = find_member (layers, "enum");
  self->choices = node != NULL && JSON_NODE_HOLDS_ARRAY (node) ? json_node_get_array (node) : NULL;
  self->type = type_of (find_type (layers), self->choices);
  format = find_text (layers, "format");
  self->is_address = g_strcmp0 (format, "uri") == 0 || g_strcmp0 (format, "url") == 0;
  self->of_texts = self->type == RUSHES_SCHEMA_LIST && is_list_of_texts (document, layers);
  self->fallback = find_member (layers, "default");
  self->has_minimum = find_number (layers, "minimum", &self->minimum);
  self->has_maximum = find_number (layers, "maximum", &self->maximum);
  self->most = find_count (layers, "maxItems");
  self->longest = find_count (layers, "maxLength");
  self->title = find_text (layers, "title");
  self->words = find_text (layers, "description");
  self->order =
      find_number (layers, "x-order", &number) && number >= 0 && number < MAX_PROPERTIES ? (gint64) number : order;
  return self;
}

static gboolean
is_listed (JsonArray *list, const char *name)
{
  for (guint i = 0; list != NULL && i < json_array_get_length (list); i++)
    {
      JsonNode *element = json_array_get_element (list, i);

      if (JSON_NODE_HOLDS_VALUE (element) && g_strcmp0 (json_node_get_string (element), name) == 0)
        return TRUE;
    }
  return FALSE;
}

static int
compare_orders (gconstpointer a, gconstpointer b, gpointer data)
{
  const RushesSchemaProperty *one = *(RushesSchemaProperty *const *) a;
  const RushesSchemaProperty *other = *(RushesSchemaProperty *const *) b;

  return one->order < other->order ? -1 : one->order > other->order;
}

GPtrArray *
rushes_json_schema_read (JsonNode *document, JsonNode *schema)
{
  g_autoptr (GPtrArray) layers = g_ptr_array_new ();
  g_autoptr (GList) names = NULL;
  GPtrArray *properties;
  JsonNode *node;
  JsonObject *object;
  JsonArray *required;
  gint64 place = 0;

  g_return_val_if_fail (document != NULL && schema != NULL, NULL);

  collect (document, schema, 0, layers);
  object = get_object (find_member (layers, "properties"));
  if (object == NULL || json_object_get_size (object) > MAX_PROPERTIES)
    return NULL;
  node = find_member (layers, "required");
  required = node != NULL && JSON_NODE_HOLDS_ARRAY (node) ? json_node_get_array (node) : NULL;
  if (required != NULL && json_array_get_length (required) > MAX_PROPERTIES)
    return NULL;

  properties = g_ptr_array_new_with_free_func ((GDestroyNotify) rushes_schema_property_free);
  names = json_object_get_members (object);
  for (const GList *name = names; name != NULL; name = name->next)
    {
      RushesSchemaProperty *property =
          read_property (document, name->data, json_object_get_member (object, name->data), place++);

      property->required = is_listed (required, name->data);
      g_ptr_array_add (properties, property);
    }
  /* Sorting keeps those of one order as they stand. */
  g_sort_array (properties->pdata, properties->len, sizeof (gpointer), compare_orders, NULL);
  return properties;
}
