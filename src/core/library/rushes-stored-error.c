/* rushes-stored-error.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "rushes-stored-error.h"

#include "rushes-error.h"
#include "rushes-json-reader.h"

JsonNode *
rushes_stored_error_to_json (const GError *error)
{
  JsonObject *object = json_object_new ();
  JsonNode *node = json_node_new (JSON_NODE_OBJECT);

  json_object_set_string_member (object, "code", rushes_error_code_to_string (error->code));
  json_object_set_string_member (object, "message", error->message);
  json_object_set_string_member (object, "charged", rushes_charged_to_string (rushes_error_get_charged (error)));
  if (rushes_error_get_http_status (error) != 0)
    json_object_set_int_member (object, "http_status", rushes_error_get_http_status (error));
  if (rushes_error_get_words (error) != NULL)
    json_object_set_string_member (object, "words", rushes_error_get_words (error));
  if (rushes_error_get_field (error) != NULL)
    json_object_set_string_member (object, "field", rushes_error_get_field (error));
  json_object_set_boolean_member (object, "retryable", rushes_error_get_retryable (error));
  if (rushes_error_get_warns (error))
    json_object_set_boolean_member (object, "warns", TRUE);
  if (rushes_error_get_retry_after (error) > 0)
    json_object_set_double_member (object, "retry_after", rushes_error_get_retry_after (error));
  json_node_take_object (node, object);

  return node;
}

char *
rushes_stored_error_to_text (const GError *error)
{
  g_autoptr (GError) own = NULL;
  g_autoptr (JsonNode) node = NULL;

  if (error == NULL)
    return NULL;

  own = rushes_error_translate (error);
  node = rushes_stored_error_to_json (own);

  return json_to_string (node, FALSE);
}

GError *
rushes_stored_error_from_text (const char *text)
{
  g_autoptr (JsonNode) node = text != NULL ? json_from_string (text, NULL) : NULL;
  g_autoptr (RushesJsonReader) reader = NULL;
  GError *error;

  if (node == NULL)
    return NULL;

  reader = rushes_json_reader_new (node, "error");
  error = rushes_error_new (rushes_error_code_from_string (rushes_json_reader_get_string (reader, "code", "INTERNAL")),
                            "%s", rushes_json_reader_get_string (reader, "message", ""));
  rushes_error_set_charged (error,
                            rushes_charged_from_string (rushes_json_reader_get_string (reader, "charged", "maybe")));
  rushes_error_set_http_status (error, rushes_json_reader_get_integer (reader, "http_status", 0, 999, 0));
  rushes_error_set_words (error, rushes_json_reader_get_string (reader, "words", NULL));
  rushes_error_set_field (error, rushes_json_reader_get_string (reader, "field", NULL));
  rushes_error_set_retryable (error, rushes_json_reader_get_boolean (reader, "retryable", FALSE));
  rushes_error_set_warns (error, rushes_json_reader_get_boolean (reader, "warns", FALSE));
  rushes_error_set_retry_after (error, rushes_json_reader_get_number (reader, "retry_after", 0.0, G_MAXINT, 0.0));

  return error;
}
