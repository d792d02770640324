/* rushes-schema-parameters.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "rushes-schema-parameters.h"

#include <glib/gi18n.h>
#include <math.h>
#include <string.h>

#include "rushes-json-path.h"
#include "rushes-model-sheet.h"

#define MAX_CHOICES  60
#define MAX_SUBTITLE 200
#define MAX_TEXT     500

/* ---- values ---- */

char *
rushes_schema_to_text (JsonNode *node)
{
  return node != NULL && JSON_NODE_HOLDS_VALUE (node) ? rushes_json_node_to_text (node, NULL) : NULL;
}

void
rushes_schema_set_number (JsonObject *object, const char *member, double number)
{
  if (number == floor (number))
    json_object_set_int_member (object, member, (gint64) number);
  else
    json_object_set_double_member (object, member, number);
}

void
rushes_schema_add_spelling (JsonObject *to, const char *value, JsonNode *sent)
{
  json_object_set_member (to, value, json_node_copy (sent));
}

guint
rushes_schema_count_choices (const RushesSchemaProperty *property)
{
  return property->choices != NULL ? MIN (json_array_get_length (property->choices), MAX_CHOICES) : 0;
}

/* ---- parameters ---- */

/* "cfg_scale" is "Cfg scale" for people. */
static char *
make_title (const RushesSchemaProperty *property)
{
  char *title = rushes_model_tidy_words (property->title, RUSHES_SCHEMA_TITLE);

  if (title != NULL)
    return title;
  title = g_strdelimit (g_strdup (property->name), "_-.", ' ');
  *title = g_ascii_toupper (*title);
  return title;
}

static JsonObject *
make_parameter (const RushesSchemaProperty *property, const char *kind)
{
  JsonObject *parameter = json_object_new ();
  g_autofree char *title = make_title (property);
  g_autofree char *subtitle = rushes_model_tidy_words (property->words, MAX_SUBTITLE);

  json_object_set_string_member (parameter, "name", property->name);
  json_object_set_string_member (parameter, "title", title);
  if (subtitle != NULL)
    json_object_set_string_member (parameter, "subtitle", subtitle);
  json_object_set_string_member (parameter, "kind", kind);
  return parameter;
}

static void
add_choice (JsonArray *choices, const char *value, const char *title)
{
  JsonObject *choice = json_object_new ();

  json_object_set_string_member (choice, "value", value);
  json_object_set_string_member (choice, "title", title);
  json_array_add_object_element (choices, choice);
}

/* What need not be chosen can be left to the model. */
static JsonObject *
make_choice (const RushesSchemaProperty *property, JsonObject *input_names)
{
  JsonObject *parameter = make_parameter (property, "choice");
  g_autoptr (JsonObject) to = json_object_new ();
  g_autoptr (GHashTable) seen = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  g_autofree char *fallback = rushes_schema_to_text (property->fallback);
  JsonArray *choices = json_array_new ();
  const char *first = NULL;

  if (fallback == NULL && !property->required)
    {
      /* The empty text is sent as nothing. */
      add_choice (choices, "", N_ ("Default"));
      g_hash_table_add (seen, g_strdup (""));
    }
  for (guint i = 0; i < rushes_schema_count_choices (property); i++)
    {
      JsonNode *node = json_array_get_element (property->choices, i);
      char *value = rushes_schema_to_text (node);
      g_autofree char *title = rushes_model_tidy_words (value, RUSHES_SCHEMA_TITLE);

      if (title == NULL || strlen (value) > MAX_TEXT || g_hash_table_contains (seen, value))
        {
          g_free (value);
          continue;
        }
      add_choice (choices, value, title);
      if (json_node_get_value_type (node) != G_TYPE_STRING)
        rushes_schema_add_spelling (to, value, node);
      g_hash_table_add (seen, value);
      first = first != NULL ? first : value;
    }
  json_object_set_array_member (parameter, "choices", choices);
  if (fallback != NULL && g_hash_table_contains (seen, fallback))
    json_object_set_string_member (parameter, "default", fallback);
  else
    json_object_set_string_member (parameter, "default",
                                   fallback == NULL && !property->required ? ""
                                   : first != NULL                         ? first
                                                                           : "");
  if (json_object_get_size (to) > 0)
    {
      g_autofree char *word = g_strconcat ("parameter.", property->name, NULL);
      JsonObject *entry = json_object_new ();

      json_object_set_string_member (entry, "name", property->name);
      json_object_set_object_member (entry, "to", g_steal_pointer (&to));
      json_object_set_object_member (input_names, word, entry);
    }
  return parameter;
}

static JsonObject *
make_number (const RushesSchemaProperty *property)
{
  gboolean is_whole = property->type == RUSHES_SCHEMA_INTEGER;
  g_autofree char *text = rushes_schema_to_text (property->fallback);
  double minimum = property->has_minimum ? MAX (property->minimum, -G_MAXINT32) : -G_MAXINT32;
  double maximum = property->has_maximum ? MIN (property->maximum, G_MAXINT32) : G_MAXINT32;
  char *end = NULL;
  double fallback = text != NULL ? g_ascii_strtod (text, &end) : minimum > -G_MAXINT32 ? minimum : 0;
  JsonObject *parameter;

  /* What need not be given is the model's to choose. */
  if ((text == NULL && !property->required) || (text != NULL && (end == text || *end != '\0')) ||
      !(fallback >= minimum && fallback <= maximum) || (is_whole && fallback != floor (fallback)))
    return NULL;
  parameter = make_parameter (property, is_whole ? "integer" : "number");
  rushes_schema_set_number (parameter, "default", fallback);
  json_object_set_double_member (parameter, "minimum", minimum);
  json_object_set_double_member (parameter, "maximum", maximum);
  return parameter;
}

static JsonObject *
make_switch (const RushesSchemaProperty *property)
{
  JsonNode *fallback = property->fallback;
  JsonObject *parameter;

  if (fallback == NULL && !property->required)
    return NULL;
  parameter = make_parameter (property, "switch");
  json_object_set_boolean_member (
      parameter, "default", fallback != NULL && JSON_NODE_HOLDS_VALUE (fallback) && json_node_get_boolean (fallback));
  return parameter;
}

static JsonObject *
make_text (const RushesSchemaProperty *property)
{
  g_autofree char *fallback = rushes_schema_to_text (property->fallback);
  JsonObject *parameter;

  if (property->is_address || (fallback != NULL && strlen (fallback) > MAX_TEXT))
    return NULL;
  parameter = make_parameter (property, "text");
  json_object_set_string_member (parameter, "default", fallback != NULL ? fallback : "");
  return parameter;
}

JsonObject *
rushes_schema_make_parameter (const RushesSchemaProperty *property, JsonObject *input_names)
{
  if (!g_regex_match_simple ("^[A-Za-z_][A-Za-z0-9_.-]{0,63}$", property->name, G_REGEX_DOLLAR_ENDONLY, 0))
    return NULL;
  if (property->type == RUSHES_SCHEMA_BOOLEAN)
    return make_switch (property);
  if (rushes_schema_count_choices (property) > 0 && property->type != RUSHES_SCHEMA_LIST &&
      property->type != RUSHES_SCHEMA_OTHER)
    return make_choice (property, input_names);
  if (property->type == RUSHES_SCHEMA_INTEGER || property->type == RUSHES_SCHEMA_NUMBER)
    return make_number (property);
  return property->type == RUSHES_SCHEMA_TEXT ? make_text (property) : NULL;
}
