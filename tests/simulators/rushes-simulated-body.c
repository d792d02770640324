/* rushes-simulated-body.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "rushes-simulated-body.h"

#include <math.h>
#include <string.h>

RushesSimulatedProblem *
rushes_simulated_problem_new (RushesSimulatedProblemKind kind, const char *where, const char *message)
{
  RushesSimulatedProblem *problem = g_new0 (RushesSimulatedProblem, 1);

  problem->kind = kind;
  problem->where = g_strdup (where);
  problem->message = g_strdup (message);
  return problem;
}

void
rushes_simulated_problem_free (RushesSimulatedProblem *problem)
{
  g_free (problem->where);
  g_free (problem->message);
  g_free (problem);
}

const char *
rushes_simulated_picture_type (const guint8 *data, gsize length)
{
  if (length >= 8 && memcmp (data, "\211PNG\r\n\032\n", 8) == 0)
    return "image/png";
  if (length >= 3 && memcmp (data, "\377\330\377", 3) == 0)
    return "image/jpeg";
  if (length >= 12 && memcmp (data, "RIFF", 4) == 0 && memcmp (data + 8, "WEBP", 4) == 0)
    return "image/webp";
  if (length >= 4 && memcmp (data, "GIF8", 4) == 0)
    return "image/gif";
  return NULL;
}

/* ---- reading ---- */

static void
add_value (JsonObject *object, const char *name, JsonNode *value)
{
  JsonNode *there = json_object_get_member (object, name);
  JsonArray *list;

  if (there == NULL)
    {
      json_object_set_member (object, name, value);
      return;
    }
  if (JSON_NODE_HOLDS_ARRAY (there))
    list = json_array_ref (json_node_get_array (there));
  else
    {
      list = json_array_new ();
      json_array_add_element (list, json_node_copy (there));
    }
  json_array_add_element (list, value);
  json_object_set_array_member (object, name, list);
}

static JsonNode *
describe_file (SoupMessageHeaders *headers, const char *file, GBytes *content)
{
  JsonObject *object = json_object_new ();
  JsonNode *node = json_node_new (JSON_NODE_OBJECT);
  gsize length;
  const guint8 *data = g_bytes_get_data (content, &length);
  const char *picture = rushes_simulated_picture_type (data, length);
  const char *type = soup_message_headers_get_content_type (headers, NULL);

  json_object_set_string_member (object, "file", file);
  json_object_set_string_member (object, "type", type != NULL ? type : "");
  json_object_set_int_member (object, "bytes", length);
  if (picture != NULL)
    json_object_set_string_member (object, "picture", picture);
  json_node_take_object (node, object);
  return node;
}

static JsonObject *
read_form (SoupMessageHeaders *headers, GBytes *body)
{
  g_autoptr (SoupMultipart) multipart = soup_multipart_new_from_message (headers, body);
  g_autoptr (JsonObject) object = NULL;

  if (multipart == NULL)
    return NULL;
  object = json_object_new ();
  for (int i = 0; i < soup_multipart_get_length (multipart); i++)
    {
      SoupMessageHeaders *part;
      GBytes *content;
      g_autofree char *disposition = NULL;
      g_autoptr (GHashTable) parameters = NULL;
      const char *name, *file;

      if (!soup_multipart_get_part (multipart, i, &part, &content) ||
          !soup_message_headers_get_content_disposition (part, &disposition, &parameters) ||
          (name = g_hash_table_lookup (parameters, "name")) == NULL)
        return NULL;
      file = g_hash_table_lookup (parameters, "filename");
      if (file != NULL)
        add_value (object, name, describe_file (part, file, content));
      else
        {
          g_autofree char *text = g_strndup (g_bytes_get_data (content, NULL), g_bytes_get_size (content));
          g_autofree char *valid = g_utf8_make_valid (text, -1);

          add_value (object, name, json_node_init_string (json_node_alloc (), valid));
        }
    }
  return g_steal_pointer (&object);
}

static JsonObject *
read_json (GBytes *body)
{
  g_autoptr (JsonParser) parser = json_parser_new ();
  JsonNode *root;

  if (!json_parser_load_from_data (parser, g_bytes_get_data (body, NULL), g_bytes_get_size (body), NULL) ||
      (root = json_parser_get_root (parser)) == NULL || !JSON_NODE_HOLDS_OBJECT (root))
    return NULL;
  return json_object_ref (json_node_get_object (root));
}

JsonObject *
rushes_simulated_body_read (SoupMessageHeaders *headers, GBytes *body, gboolean *is_form)
{
  const char *type = soup_message_headers_get_content_type (headers, NULL);

  *is_form = g_strcmp0 (type, "multipart/form-data") == 0;
  if (*is_form)
    return read_form (headers, body);
  if (g_strcmp0 (type, "application/json") == 0)
    return read_json (body);
  return NULL;
}

const char *
rushes_simulated_body_text (JsonObject *body, const char *name)
{
  JsonNode *node = json_object_get_member (body, name);

  return node != NULL && json_node_get_value_type (node) == G_TYPE_STRING ? json_node_get_string (node) : NULL;
}

/* ---- checking: each function answers what is wrong, or NULL ---- */

static RushesSimulatedProblem *
check_value (JsonNode *node, const RushesSimulatedField *field, const char *where, gboolean is_form);

G_GNUC_PRINTF (3, 4)
static RushesSimulatedProblem *
problem (RushesSimulatedProblemKind kind, const char *where, const char *form, ...)
{
  g_autofree char *message = NULL;
  va_list args;

  va_start (args, form);
  message = g_strdup_vprintf (form, args);
  va_end (args);
  return rushes_simulated_problem_new (kind, where, message);
}

static gboolean
is_choice (const char *choices, const char *text)
{
  g_auto (GStrv) list = g_strsplit (choices, "|", -1);

  return g_strv_contains ((const char *const *) list, text);
}

static RushesSimulatedProblem *
check_range (double number, const RushesSimulatedField *field, const char *where, const char *what)
{
  if ((field->minimum != 0 || field->maximum != 0) && (number < field->minimum || number > field->maximum))
    return problem (RUSHES_PROBLEM_VALUE, where, "%s of %s must be between %g and %g", what, where, field->minimum,
                    field->maximum);
  return NULL;
}

static RushesSimulatedProblem *
check_number (JsonNode *node, const RushesSimulatedField *field, const char *where, gboolean is_form)
{
  GType type = json_node_get_value_type (node);
  g_autofree char *written = NULL;
  double number;

  if (is_form && type == G_TYPE_STRING)
    {
      const char *text = json_node_get_string (node);
      char *end;

      number = g_ascii_strtod (text, &end);
      if (end == text || *end != '\0')
        return problem (RUSHES_PROBLEM_TYPE, where, "%s must be a number", where);
    }
  else if (type == G_TYPE_INT64 || (type == G_TYPE_DOUBLE && field->type == RUSHES_FIELD_NUMBER))
    number = json_node_get_double (node);
  else
    return problem (RUSHES_PROBLEM_TYPE, where, "%s must be %s", where,
                    field->type == RUSHES_FIELD_INTEGER ? "an integer" : "a number");
  if (field->type == RUSHES_FIELD_INTEGER && number != floor (number))
    return problem (RUSHES_PROBLEM_TYPE, where, "%s must be an integer", where);
  written = g_strdup_printf ("%g", number);
  if (field->choices != NULL && !is_choice (field->choices, written))
    return problem (RUSHES_PROBLEM_VALUE, where, "%s must be one of %s", where, field->choices);
  return check_range (number, field, where, "the value");
}

static RushesSimulatedProblem *
check_base64 (const char *text, const char *type, const char *where)
{
  g_autofree guchar *data = NULL;
  gsize length;
  const char *found;

  if (*text == '\0' ||
      strspn (text, "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/=") != strlen (text))
    return problem (RUSHES_PROBLEM_VALUE, where, "%s is not base64", where);
  data = g_base64_decode (text, &length);
  found = rushes_simulated_picture_type (data, length);
  if (found == NULL)
    return problem (RUSHES_PROBLEM_VALUE, where, "%s is not a picture", where);
  if (type != NULL && strcmp (found, type) != 0)
    return problem (RUSHES_PROBLEM_VALUE, where, "%s says %s and is %s", where, type, found);
  return NULL;
}

static RushesSimulatedProblem *
check_picture (JsonNode *node, const RushesSimulatedField *field, const char *where)
{
  const char *text;
  g_autofree char *scheme = NULL;

  if (json_node_get_value_type (node) != G_TYPE_STRING)
    return problem (RUSHES_PROBLEM_TYPE, where, "%s must be a string", where);
  text = json_node_get_string (node);
  scheme = g_uri_parse_scheme (text);
  if (scheme == NULL)
    return is_choice (field->choices, "base64") ? check_base64 (text, NULL, where)
                                                : problem (RUSHES_PROBLEM_VALUE, where, "%s must be a URL", where);
  if (strcmp (scheme, "data") == 0 && is_choice (field->choices, "data"))
    {
      const char *comma = strstr (text, ";base64,");
      g_autofree char *type = comma != NULL ? g_strndup (text + 5, comma - text - 5) : NULL;

      if (comma == NULL)
        return problem (RUSHES_PROBLEM_VALUE, where, "%s is not a data URI of base64", where);
      return check_base64 (comma + 8, type, where);
    }
  if (is_choice (field->choices, scheme) || (strcmp (scheme, "https") == 0 && is_choice (field->choices, "http")))
    return NULL;
  return problem (RUSHES_PROBLEM_VALUE, where, "%s does not take %s: addresses", where, scheme);
}

static RushesSimulatedProblem *
check_file (JsonNode *node, const char *where)
{
  JsonObject *object;
  const char *picture, *type;

  if (!JSON_NODE_HOLDS_OBJECT (node) || !json_object_has_member (json_node_get_object (node), "file"))
    return problem (RUSHES_PROBLEM_TYPE, where, "%s must be a file", where);
  object = json_node_get_object (node);
  picture = rushes_simulated_body_text (object, "picture");
  type = rushes_simulated_body_text (object, "type");
  if (picture == NULL || g_strcmp0 (picture, type) != 0)
    return problem (RUSHES_PROBLEM_VALUE, where, "%s says %s and is %s", where, type,
                    picture != NULL ? picture : "no picture");
  return NULL;
}

static RushesSimulatedProblem *
check_text (JsonNode *node, const RushesSimulatedField *field, const char *where)
{
  const char *text;

  if (json_node_get_value_type (node) != G_TYPE_STRING)
    return problem (RUSHES_PROBLEM_TYPE, where, "%s must be a string", where);
  text = json_node_get_string (node);
  if (field->choices != NULL && !is_choice (field->choices, text))
    return problem (RUSHES_PROBLEM_VALUE, where, "%s must be one of %s", where, field->choices);
  return check_range (g_utf8_strlen (text, -1), field, where, "the length");
}

static RushesSimulatedProblem *
check_switch (JsonNode *node, const char *where, gboolean is_form)
{
  if (is_form ? json_node_get_value_type (node) == G_TYPE_STRING &&
                    is_choice ("true|false|True|False", json_node_get_string (node))
              : json_node_get_value_type (node) == G_TYPE_BOOLEAN)
    return NULL;
  return problem (RUSHES_PROBLEM_TYPE, where, "%s must be a boolean", where);
}

static RushesSimulatedProblem *
check_object (JsonObject *object, const RushesSimulatedField *fields, const char *where, gboolean is_form)
{
  g_autoptr (GList) names = json_object_get_members (object);

  for (const RushesSimulatedField *field = fields; field->name != NULL; field++)
    {
      g_autofree char *inside = *where != '\0' ? g_strdup_printf ("%s.%s", where, field->name) : g_strdup (field->name);
      JsonNode *node = json_object_get_member (object, field->name);
      RushesSimulatedProblem *found;

      if (node == NULL && field->required)
        return problem (RUSHES_PROBLEM_MISSING, inside, "%s is required", inside);
      if (node != NULL && (found = check_value (node, field, inside, is_form)) != NULL)
        return found;
    }
  for (GList *l = names; l != NULL; l = l->next)
    {
      const RushesSimulatedField *field = fields;

      while (field->name != NULL && strcmp (field->name, l->data) != 0)
        field++;
      if (field->name == NULL)
        {
          g_autofree char *inside =
              *where != '\0' ? g_strdup_printf ("%s.%s", where, (char *) l->data) : g_strdup (l->data);

          return problem (RUSHES_PROBLEM_UNKNOWN, inside, "%s is not allowed here", inside);
        }
    }
  return NULL;
}

static RushesSimulatedProblem *
check_list (JsonNode *node, const RushesSimulatedField *field, const char *where, gboolean is_form)
{
  const RushesSimulatedField text = { .type = RUSHES_FIELD_PICTURE, .choices = field->choices };
  const RushesSimulatedField object = { .type = RUSHES_FIELD_OBJECT, .members = field->members };
  RushesSimulatedProblem *found;
  JsonArray *list;

  if (!JSON_NODE_HOLDS_ARRAY (node))
    return problem (RUSHES_PROBLEM_TYPE, where, "%s must be an array", where);
  list = json_node_get_array (node);
  if ((found = check_range (json_array_get_length (list), field, where, "the length")) != NULL)
    return found;
  for (guint i = 0; i < json_array_get_length (list); i++)
    {
      g_autofree char *inside = g_strdup_printf ("%s[%u]", where, i);

      found = check_value (json_array_get_element (list, i), field->members != NULL ? &object : &text, inside, is_form);
      if (found != NULL)
        return found;
    }
  return NULL;
}

static RushesSimulatedProblem *
check_value (JsonNode *node, const RushesSimulatedField *field, const char *where, gboolean is_form)
{
  switch (field->type)
    {
    case RUSHES_FIELD_TEXT:
      return check_text (node, field, where);
    case RUSHES_FIELD_INTEGER:
    case RUSHES_FIELD_NUMBER:
      return check_number (node, field, where, is_form);
    case RUSHES_FIELD_SWITCH:
      return check_switch (node, where, is_form);
    case RUSHES_FIELD_OBJECT:
      if (!JSON_NODE_HOLDS_OBJECT (node))
        return problem (RUSHES_PROBLEM_TYPE, where, "%s must be an object", where);
      return field->members != NULL ? check_object (json_node_get_object (node), field->members, where, is_form) : NULL;
    case RUSHES_FIELD_LIST:
      return check_list (node, field, where, is_form);
    case RUSHES_FIELD_PICTURE:
      return check_picture (node, field, where);
    case RUSHES_FIELD_FILE:
      return check_file (node, where);
    case RUSHES_FIELD_ANY:
    default:
      return NULL;
    }
}

RushesSimulatedProblem *
rushes_simulated_body_check (JsonObject *body, const RushesSimulatedField *fields, gboolean is_form)
{
  return check_object (body, fields, "", is_form);
}
