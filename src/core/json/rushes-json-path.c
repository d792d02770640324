/* rushes-json-path.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "rushes-json-path.h"

#include <glib/gi18n.h>
#include <math.h>
#include <string.h>

#include "rushes-error.h"

/* Nobody writes longer ones; the bound keeps finding cheap. */
#define MAX_STEPS 32

typedef enum
{
  STEP_MEMBER,
  STEP_INDEX,
  STEP_ALL,
  STEP_FILTER,
} StepKind;

typedef struct
{
  StepKind kind;
  char *name;  /* of MEMBER and FILTER */
  char *value; /* of FILTER */
  guint index; /* of INDEX */
} Step;

struct _RushesJsonPath
{
  GArray *steps;
};

static void
step_clear (Step *step)
{
  g_free (step->name);
  g_free (step->value);
}

/* What stands in brackets: "0", "*" or "member=value". */
static gboolean
read_brackets (const char *text, gsize length, Step *step)
{
  g_autofree char *inside = g_strndup (text, length);
  const char *equals = strchr (inside, '=');
  guint64 index;

  if (g_str_equal (inside, "*"))
    {
      step->kind = STEP_ALL;
      return TRUE;
    }
  if (equals != NULL && equals > inside)
    {
      step->kind = STEP_FILTER;
      step->name = g_strndup (inside, equals - inside);
      step->value = g_strdup (equals + 1);
      return TRUE;
    }
  if (!g_ascii_string_to_unsigned (inside, 10, 0, G_MAXUINT, &index, NULL))
    return FALSE;
  step->kind = STEP_INDEX;
  step->index = index;
  return TRUE;
}

/* One step from @text on: gives where the next one begins, or NULL for what is none. */
static const char *
read_step (const char *text, gboolean first, Step *step)
{
  gsize length;

  if (*text == '[')
    {
      length = strcspn (text, "]");
      return text[length] == ']' && read_brackets (text + 1, length - 1, step) ? text + length + 1 : NULL;
    }

  if (!first)
    {
      if (*text != '.')
        return NULL;
      text++;
    }
  length = strcspn (text, ".[]");
  if (length == 0 || text[length] == ']')
    return NULL;
  step->kind = STEP_MEMBER;
  step->name = g_strndup (text, length);
  return text + length;
}

RushesJsonPath *
rushes_json_path_new (const char *text, GError **error)
{
  g_autoptr (RushesJsonPath) self = NULL;
  const char *rest = text;

  g_return_val_if_fail (text != NULL, NULL);

  self = g_new0 (RushesJsonPath, 1);
  self->steps = g_array_new (FALSE, FALSE, sizeof (Step));
  g_array_set_clear_func (self->steps, (GDestroyNotify) step_clear);

  do
    {
      Step step = { 0 };

      rest = self->steps->len < MAX_STEPS ? read_step (rest, self->steps->len == 0, &step) : NULL;
      if (rest == NULL)
        {
          step_clear (&step);
          rushes_set_error (error, RUSHES_ERROR_BAD_REQUEST, _ ("“%s” is no path such as data.videos[0].url."), text);
          return NULL;
        }
      g_array_append_val (self->steps, step);
    }
  while (*rest != '\0');

  return g_steal_pointer (&self);
}

void
rushes_json_path_free (RushesJsonPath *self)
{
  g_array_unref (self->steps);
  g_free (self);
}

/* The element of a list by its number; NULL for what is none. */
static JsonNode *
get_numbered (JsonArray *list, const char *name)
{
  guint64 index;

  if (!g_ascii_string_to_unsigned (name, 10, 0, G_MAXUINT, &index, NULL) || index >= json_array_get_length (list))
    return NULL;
  return json_array_get_element (list, index);
}

static gboolean
fits_filter (const Step *step, JsonNode *element)
{
  g_autofree char *text = NULL;
  JsonNode *member;

  if (JSON_NODE_HOLDS_OBJECT (element))
    member = json_object_get_member (json_node_get_object (element), step->name);
  else
    member = JSON_NODE_HOLDS_ARRAY (element) ? get_numbered (json_node_get_array (element), step->name) : NULL;
  text = member != NULL ? rushes_json_node_to_text (member, NULL) : NULL;
  return g_strcmp0 (text, step->value) == 0;
}

static void find (RushesJsonPath *self, guint n, JsonNode *node, GPtrArray *found);

static void
find_in_members (RushesJsonPath *self, guint n, JsonObject *object, GPtrArray *found)
{
  g_autoptr (GList) members = json_object_get_members (object);

  for (const GList *member = members; member != NULL; member = member->next)
    find (self, n, json_object_get_member (object, member->data), found);
}

static void
find (RushesJsonPath *self, guint n, JsonNode *node, GPtrArray *found)
{
  const Step *step;
  JsonArray *list;

  if (node == NULL || JSON_NODE_HOLDS_NULL (node))
    return;
  if (n == self->steps->len)
    {
      g_ptr_array_add (found, node);
      return;
    }

  step = &g_array_index (self->steps, Step, n);
  if (step->kind == STEP_MEMBER)
    {
      if (JSON_NODE_HOLDS_OBJECT (node) && g_str_equal (step->name, "*"))
        find_in_members (self, n + 1, json_node_get_object (node), found);
      else if (JSON_NODE_HOLDS_OBJECT (node))
        find (self, n + 1, json_object_get_member (json_node_get_object (node), step->name), found);
      return;
    }

  if (!JSON_NODE_HOLDS_ARRAY (node))
    return;
  list = json_node_get_array (node);
  if (step->kind == STEP_INDEX)
    {
      if (step->index < json_array_get_length (list))
        find (self, n + 1, json_array_get_element (list, step->index), found);
      return;
    }
  for (guint i = 0; i < json_array_get_length (list); i++)
    {
      JsonNode *element = json_array_get_element (list, i);

      if (step->kind == STEP_ALL || fits_filter (step, element))
        find (self, n + 1, element, found);
    }
}

GPtrArray *
rushes_json_path_find (RushesJsonPath *self, JsonNode *root)
{
  GPtrArray *found;

  g_return_val_if_fail (self != NULL && root != NULL, NULL);

  found = g_ptr_array_new ();
  find (self, 0, root, found);
  return found;
}

/* The shortest text that reads back as the same number, never with more digits than the server wrote. */
static char *
double_to_text (double number)
{
  char text[G_ASCII_DTOSTR_BUF_SIZE];

  for (int digits = 15; digits <= 17; digits++)
    {
      g_autofree char *format = g_strdup_printf ("%%.%dg", digits);

      g_ascii_formatd (text, sizeof text, format, number);
      if (g_ascii_strtod (text, NULL) == number)
        break;
    }
  /* 1.0 is not the same as 1 to those who count from 0 to 1. */
  return strpbrk (text, ".en") != NULL ? g_strdup (text) : g_strconcat (text, ".0", NULL);
}

char *
rushes_json_node_to_text (JsonNode *node, GError **error)
{
  g_return_val_if_fail (node != NULL, NULL);

  if (!JSON_NODE_HOLDS_VALUE (node))
    return NULL;

  switch (json_node_get_value_type (node))
    {
    case G_TYPE_STRING:
      return json_node_dup_string (node);

    case G_TYPE_BOOLEAN:
      return g_strdup (json_node_get_boolean (node) ? "true" : "false");

    case G_TYPE_DOUBLE:
      return double_to_text (json_node_get_double (node));

    case G_TYPE_INT64:
      /* The parser gives the outermost integer for all that lie beyond it: two ids would become one. */
      if (json_node_get_int (node) == G_MAXINT64 || json_node_get_int (node) == G_MININT64)
        {
          rushes_set_error (error, RUSHES_ERROR_PROTOCOL, "%s",
                            _ ("The answer holds a number that is too large to be read exactly."));
          return NULL;
        }
      return g_strdup_printf ("%" G_GINT64_FORMAT, json_node_get_int (node));

    default:
      return NULL;
    }
}
