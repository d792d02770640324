/* rushes-template-make.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "rushes-template-private.h"

#include <glib/gi18n.h>
#include <string.h>

#include "rushes-error.h"
#include "rushes-request-private.h"

/* How many values stood somewhere, and how many of them there were. */
typedef struct
{
  guint asked;
  guint given;
} Tally;

static JsonNode *make (const RushesTemplate *self, const RushesTemplateInput *input, Tally *tally);

static JsonNode *
text_node (const char *text)
{
  return json_node_init_string (json_node_alloc (), text);
}

static void
count (Tally *tally, const JsonNode *node)
{
  tally->asked++;
  tally->given += node != NULL ? 1 : 0;
}

static char *
node_to_text (JsonNode *node)
{
  return JSON_NODE_HOLDS_VALUE (node) ? rushes_json_node_to_text (node, NULL) : json_to_string (node, FALSE);
}

/* ---- text ---- */

static JsonNode *
make_from_pieces (const RushesTemplate *self, const RushesTemplateInput *input, Tally *tally)
{
  g_autoptr (GString) text = NULL;
  gboolean whole = TRUE;

  if (self->pieces->len == 1)
    {
      JsonNode *value = rushes_piece_get_value (&g_array_index (self->pieces, RushesPiece, 0), input);

      count (tally, value);
      return value;
    }

  text = g_string_new (NULL);
  for (guint i = 0; i < self->pieces->len; i++)
    {
      const RushesPiece *piece = &g_array_index (self->pieces, RushesPiece, i);
      g_autoptr (JsonNode) value = NULL;
      g_autofree char *written = NULL;

      if (piece->literal != NULL)
        {
          g_string_append (text, piece->literal);
          continue;
        }
      value = rushes_piece_get_value (piece, input);
      count (tally, value);
      written = value != NULL ? node_to_text (value) : NULL;
      if (written != NULL)
        g_string_append (text, written);
      else
        whole = FALSE;
    }
  return whole ? text_node (text->str) : NULL;
}

/* ---- JSON ---- */

static JsonNode *
make_object (const RushesTemplate *self, const RushesTemplateInput *input, Tally *tally)
{
  g_autoptr (JsonObject) object = json_object_new ();

  for (guint i = 0; i < self->children->len; i++)
    {
      JsonNode *node = make (g_ptr_array_index (self->children, i), input, tally);

      if (node != NULL)
        json_object_set_member (object, g_ptr_array_index (self->names, i), node);
    }
  if (json_object_get_size (object) == 0 && self->children->len > 0)
    return NULL;
  return json_node_init_object (json_node_alloc (), object);
}

GPtrArray *
rushes_template_list_references (const RushesTemplateInput *input)
{
  GPtrArray *references = g_ptr_array_new ();
  GPtrArray *pictures = input->task != NULL ? input->task->pictures : NULL;

  for (guint i = 0; pictures != NULL && i < pictures->len; i++)
    {
      RushesSentPicture *picture = g_ptr_array_index (pictures, i);

      if (picture->role == RUSHES_ROLE_REFERENCE)
        g_ptr_array_add (references, picture);
    }
  return references;
}

static void
make_each (const RushesTemplate *self, const RushesTemplateInput *input, JsonArray *list, Tally *tally)
{
  g_autoptr (GPtrArray) references = rushes_template_list_references (input);
  guint length = json_array_get_length (list);

  for (guint i = 0; i < references->len; i++)
    {
      RushesTemplateInput inside = *input;
      Tally inner = { 0 };
      JsonNode *node;

      inside.reference = g_ptr_array_index (references, i);
      inside.number = i + 1;
      node = make (g_ptr_array_index (self->children, 0), &inside, &inner);
      if (node != NULL)
        json_array_add_element (list, node);
    }
  tally->asked++;
  tally->given += json_array_get_length (list) > length ? 1 : 0;
}

static JsonNode *
make_list (const RushesTemplate *self, const RushesTemplateInput *input, Tally *tally)
{
  g_autoptr (JsonArray) list = json_array_new ();

  for (guint i = 0; i < self->children->len; i++)
    {
      const RushesTemplate *child = g_ptr_array_index (self->children, i);
      Tally inner = { 0 };
      g_autoptr (JsonNode) node = NULL;

      if (child->kind == RUSHES_TEMPLATE_EACH)
        {
          make_each (child, input, list, tally);
          continue;
        }
      node = make (child, input, &inner);
      tally->asked += inner.asked;
      tally->given += inner.given;
      /* {"type": "image", "url": "{last_frame}"} says nothing without its picture. */
      if (node != NULL && (child->kind != RUSHES_TEMPLATE_OBJECT || inner.asked == 0 || inner.given > 0))
        json_array_add_element (list, g_steal_pointer (&node));
    }
  if (json_array_get_length (list) == 0 && self->children->len > 0)
    return NULL;
  return json_node_init_array (json_node_alloc (), list);
}

static JsonNode *
make_switch (const RushesTemplate *self, const RushesTemplateInput *input, Tally *tally)
{
  RushesRequest *request = input->task != NULL ? input->task->request : NULL;
  JsonNode *node = NULL;

  for (guint i = 0; i < self->children->len; i++)
    {
      const RushesCondition *when = g_ptr_array_index (self->whens, i);
      Tally inner = { 0 };

      if (when != NULL &&
          (request == NULL || !rushes_condition_holds (when, rushes_request_peek (request), input->region)))
        continue;
      node = make (g_ptr_array_index (self->children, i), input, &inner);
      break;
    }
  count (tally, node);
  return node;
}

static JsonNode *
make_map (const RushesTemplate *self, const RushesTemplateInput *input, Tally *tally)
{
  g_autofree char *text = rushes_template_make_text (self->source, input);
  const RushesTemplate *chosen = self->fallback;
  JsonNode *node = NULL;
  Tally inner = { 0 };

  for (guint i = 0; text != NULL && i < self->children->len; i++)
    if (g_str_equal (g_ptr_array_index (self->names, i), text))
      {
        chosen = g_ptr_array_index (self->children, i);
        break;
      }
  if (text != NULL && chosen != NULL)
    node = make (chosen, input, &inner);
  count (tally, node);
  return node;
}

static JsonNode *
make_or (const RushesTemplate *self, const RushesTemplateInput *input, Tally *tally)
{
  JsonNode *node = NULL;
  Tally inner = { 0 };

  for (guint i = 0; i < self->children->len && node == NULL; i++)
    node = make (g_ptr_array_index (self->children, i), input, &inner);
  count (tally, node);
  return node;
}

static JsonNode *
make (const RushesTemplate *self, const RushesTemplateInput *input, Tally *tally)
{
  switch (self->kind)
    {
    case RUSHES_TEMPLATE_LITERAL:
      return json_node_copy (self->literal);
    case RUSHES_TEMPLATE_TEXT:
      return make_from_pieces (self, input, tally);
    case RUSHES_TEMPLATE_OBJECT:
      return make_object (self, input, tally);
    case RUSHES_TEMPLATE_LIST:
      return make_list (self, input, tally);
    case RUSHES_TEMPLATE_SWITCH:
      return make_switch (self, input, tally);
    case RUSHES_TEMPLATE_MAP:
      return make_map (self, input, tally);
    case RUSHES_TEMPLATE_OR:
      return make_or (self, input, tally);
    case RUSHES_TEMPLATE_AS_TEXT:
      {
        g_autoptr (JsonNode) node = make (g_ptr_array_index (self->children, 0), input, tally);
        g_autofree char *text = node != NULL ? json_to_string (node, FALSE) : NULL;

        return text != NULL ? text_node (text) : NULL;
      }
    case RUSHES_TEMPLATE_EACH:
      {
        /* Elements outside of a list are a list of their own. */
        g_autoptr (JsonArray) list = json_array_new ();

        make_each (self, input, list, tally);
        return json_array_get_length (list) > 0 ? json_node_init_array (json_node_alloc (), list) : NULL;
      }
    default:
      g_return_val_if_reached (NULL);
    }
}

JsonNode *
rushes_template_make (const RushesTemplate *self, const RushesTemplateInput *input)
{
  Tally tally = { 0 };

  g_return_val_if_fail (self != NULL && input != NULL, NULL);

  return make (self, input, &tally);
}

char *
rushes_template_make_text (const RushesTemplate *self, const RushesTemplateInput *input)
{
  g_autoptr (JsonNode) node = rushes_template_make (self, input);

  return node != NULL && !JSON_NODE_HOLDS_NULL (node) ? node_to_text (node) : NULL;
}

/* ---- paths ---- */

/* A value that a server or a proxy would take for a way up, or for nothing. */
static gboolean
leads_elsewhere (const char *value, gboolean is_raw)
{
  g_auto (GStrv) segments = is_raw ? g_strsplit (value, "/", -1) : NULL;

  if (!is_raw)
    return g_str_equal (value, ".") || g_str_equal (value, "..");
  for (guint i = 0; segments[i] != NULL; i++)
    if (*segments[i] == '\0' || leads_elsewhere (segments[i], FALSE))
      return TRUE;
  return FALSE;
}

char *
rushes_template_make_path (const RushesTemplate *self, const RushesTemplateInput *input, GError **error)
{
  g_autoptr (GString) path = g_string_new (NULL);

  g_return_val_if_fail (self != NULL && self->kind == RUSHES_TEMPLATE_TEXT && input != NULL, NULL);

  for (guint i = 0; i < self->pieces->len; i++)
    {
      const RushesPiece *piece = &g_array_index (self->pieces, RushesPiece, i);
      g_autoptr (JsonNode) value = piece->literal == NULL ? rushes_piece_get_value (piece, input) : NULL;
      g_autofree char *text = value != NULL ? node_to_text (value) : NULL;
      gboolean is_raw = piece->literal == NULL && rushes_piece_has_filter (piece, RUSHES_FILTER_RAW);

      if (piece->literal != NULL)
        {
          g_string_append (path, piece->literal);
          continue;
        }
      if (text == NULL || leads_elsewhere (text, is_raw))
        {
          rushes_set_error (error, RUSHES_ERROR_BAD_REQUEST, "%s",
                            _ ("The address cannot be made: a value that stands in it is missing or cannot be used."));
          return NULL;
        }
      g_string_append_uri_escaped (path, text, is_raw ? "/" : NULL, FALSE);
    }
  return g_string_free_and_steal (g_steal_pointer (&path));
}

/* ---- pictures ---- */

const RushesSentPicture *
rushes_template_find_file (const RushesTemplate *self, const RushesTemplateInput *input)
{
  const RushesPiece *piece;
  const RushesSentPicture *picture;

  g_return_val_if_fail (self != NULL && self->pieces != NULL && self->pieces->len == 1, NULL);

  piece = &g_array_index (self->pieces, RushesPiece, 0);
  picture = rushes_name_get_picture (piece->name, input);
  return picture != NULL && (picture->form == RUSHES_FORM_PART || picture == input->picture) ? picture : NULL;
}
