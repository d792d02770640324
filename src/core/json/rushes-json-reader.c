/* rushes-json-reader.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "rushes-json-reader.h"

#include <glib/gi18n.h>

#include "rushes-error.h"

/* One object or list that the reader stands in. */
typedef struct
{
  JsonNode *node;     /* NULL for a root that is no object: everything is absent then */
  JsonNode *element;  /* of a list: where next() went */
  gsize path_length;  /* of what lies outside */
  guint index;        /* of a list: of the element after this one */
  GPtrArray *members; /* of an object: those that were asked for; interned */
} Place;

struct _RushesJsonReader
{
  char *file;
  GString *path;
  GArray *places;
  GError *error;
};

static void
place_clear (Place *place)
{
  g_clear_pointer (&place->members, g_ptr_array_unref);
}

static Place *
here (RushesJsonReader *self)
{
  g_assert (self->places->len > 0);
  return &g_array_index (self->places, Place, self->places->len - 1);
}

static void
step_in (RushesJsonReader *self, JsonNode *node, gsize path_length)
{
  Place place = { .node = node, .path_length = path_length };

  if (node == NULL || JSON_NODE_HOLDS_OBJECT (node))
    place.members = g_ptr_array_new ();
  g_array_append_val (self->places, place);
}

static void
append_member (GString *path, const char *member)
{
  if (member == NULL)
    return;
  if (path->len > 0)
    g_string_append_c (path, '.');
  g_string_append (path, member);
}

RushesJsonReader *
rushes_json_reader_new (JsonNode *root, const char *file)
{
  RushesJsonReader *self;

  g_return_val_if_fail (root != NULL && file != NULL, NULL);

  self = g_new0 (RushesJsonReader, 1);
  self->file = g_strdup (file);
  self->path = g_string_new (NULL);
  self->places = g_array_new (FALSE, FALSE, sizeof (Place));
  g_array_set_clear_func (self->places, (GDestroyNotify) place_clear);

  step_in (self, JSON_NODE_HOLDS_OBJECT (root) ? root : NULL, 0);
  if (!JSON_NODE_HOLDS_OBJECT (root))
    rushes_json_reader_complain (self, NULL, "%s", _ ("an object { … } is expected."));

  return self;
}

void
rushes_json_reader_free (RushesJsonReader *self)
{
  g_free (self->file);
  g_string_free (self->path, TRUE);
  g_array_unref (self->places);
  g_clear_error (&self->error);
  g_free (self);
}

void
rushes_json_reader_complain (RushesJsonReader *self, const char *member, const char *format, ...)
{
  g_autofree char *reason = NULL;
  g_autoptr (GString) path = NULL;
  va_list arguments;

  if (self->error != NULL)
    return;

  va_start (arguments, format);
  reason = g_strdup_vprintf (format, arguments);
  va_end (arguments);

  path = g_string_new (self->path->str);
  append_member (path, member);
  if (path->len > 0)
    self->error = rushes_error_new (RUSHES_ERROR_BAD_REQUEST, "%s: %s: %s", self->file, path->str, reason);
  else
    self->error = rushes_error_new (RUSHES_ERROR_BAD_REQUEST, "%s: %s", self->file, reason);
}

static JsonNode *
look_up (RushesJsonReader *self, const char *member)
{
  Place *place = here (self);

  if (member == NULL)
    return place->element;
  return place->node != NULL && JSON_NODE_HOLDS_OBJECT (place->node)
             ? json_object_get_member (json_node_get_object (place->node), member)
             : NULL;
}

/* Looking a member up in order to read it. */
static JsonNode *
ask_for (RushesJsonReader *self, const char *member)
{
  Place *place = here (self);

  if (member != NULL && place->members != NULL)
    g_ptr_array_add (place->members, (gpointer) g_intern_string (member));
  return look_up (self, member);
}

gboolean
rushes_json_reader_has (RushesJsonReader *self, const char *member)
{
  return look_up (self, member) != NULL;
}

void
rushes_json_reader_need (RushesJsonReader *self, ...)
{
  const char *member;
  va_list members;

  va_start (members, self);
  while ((member = va_arg (members, const char *)) != NULL)
    if (look_up (self, member) == NULL)
      rushes_json_reader_complain (self, NULL, _ ("“%s” is missing."), member);
  va_end (members);
}

static gboolean
enter (RushesJsonReader *self, const char *member, JsonNodeType type, const char *expected)
{
  JsonNode *node = ask_for (self, member);
  gsize length = self->path->len;

  if (node == NULL)
    return FALSE;
  if (JSON_NODE_TYPE (node) != type)
    {
      rushes_json_reader_complain (self, member, "%s", expected);
      return FALSE;
    }

  append_member (self->path, member);
  step_in (self, node, length);
  return TRUE;
}

gboolean
rushes_json_reader_enter_object (RushesJsonReader *self, const char *member)
{
  return enter (self, member, JSON_NODE_OBJECT, _ ("an object { … } is expected."));
}

gboolean
rushes_json_reader_enter_list (RushesJsonReader *self, const char *member)
{
  return enter (self, member, JSON_NODE_ARRAY, _ ("a list [ … ] is expected."));
}

gboolean
rushes_json_reader_next (RushesJsonReader *self)
{
  Place *place = here (self);
  JsonArray *list;

  g_return_val_if_fail (place->node != NULL && JSON_NODE_HOLDS_ARRAY (place->node), FALSE);

  list = json_node_get_array (place->node);
  if (place->element != NULL)
    g_string_truncate (self->path, strrchr (self->path->str, '[') - self->path->str);
  if (place->index == json_array_get_length (list))
    {
      place->element = NULL;
      return FALSE;
    }

  g_string_append_printf (self->path, "[%u]", place->index);
  place->element = json_array_get_element (list, place->index);
  place->index++;
  return TRUE;
}

void
rushes_json_reader_leave (RushesJsonReader *self)
{
  Place *place = here (self);

  if (place->node != NULL && JSON_NODE_HOLDS_OBJECT (place->node))
    {
      g_autoptr (GList) members = rushes_json_reader_list_members (self);

      for (const GList *member = members; member != NULL; member = member->next)
        if (!g_ptr_array_find (place->members, g_intern_string (member->data), NULL))
          rushes_json_reader_complain (self, NULL, _ ("“%s” is not known here."), (const char *) member->data);
    }

  g_string_truncate (self->path, place->path_length);
  g_array_set_size (self->places, self->places->len - 1);
}

GList *
rushes_json_reader_list_members (RushesJsonReader *self)
{
  Place *place = here (self);

  return place->node != NULL && JSON_NODE_HOLDS_OBJECT (place->node)
             ? json_object_get_members (json_node_get_object (place->node))
             : NULL;
}

/* The node when it is there and of @type, else NULL and, when it is there, a mistake. */
static JsonNode *
ask_for_value (RushesJsonReader *self, const char *member, GType type, const char *expected)
{
  JsonNode *node = ask_for (self, member);
  GType found;

  if (node == NULL)
    return NULL;

  found = JSON_NODE_HOLDS_VALUE (node) ? json_node_get_value_type (node) : G_TYPE_INVALID;
  if (found != type && !(type == G_TYPE_DOUBLE && found == G_TYPE_INT64))
    {
      rushes_json_reader_complain (self, member, "%s", expected);
      return NULL;
    }
  return node;
}

const char *
rushes_json_reader_get_string (RushesJsonReader *self, const char *member, const char *fallback)
{
  JsonNode *node = ask_for_value (self, member, G_TYPE_STRING, _ ("text in quotes is expected."));

  return node != NULL ? json_node_get_string (node) : fallback;
}

gboolean
rushes_json_reader_get_boolean (RushesJsonReader *self, const char *member, gboolean fallback)
{
  JsonNode *node = ask_for_value (self, member, G_TYPE_BOOLEAN, _ ("true or false is expected."));

  return node != NULL ? json_node_get_boolean (node) : fallback;
}

gint64
rushes_json_reader_get_integer (RushesJsonReader *self,
                                const char *member,
                                gint64 minimum,
                                gint64 maximum,
                                gint64 fallback)
{
  JsonNode *node = ask_for_value (self, member, G_TYPE_INT64, _ ("a whole number is expected."));

  if (node == NULL)
    return fallback;
  if (json_node_get_int (node) < minimum || json_node_get_int (node) > maximum)
    {
      g_autofree char *from = g_strdup_printf ("%" G_GINT64_FORMAT, minimum);
      g_autofree char *to = g_strdup_printf ("%" G_GINT64_FORMAT, maximum);

      /* Translators: both are whole numbers. */
      rushes_json_reader_complain (self, member, _ ("a whole number from %s to %s is expected."), from, to);
      return fallback;
    }
  return json_node_get_int (node);
}

double
rushes_json_reader_get_number (RushesJsonReader *self,
                               const char *member,
                               double minimum,
                               double maximum,
                               double fallback)
{
  JsonNode *node = ask_for_value (self, member, G_TYPE_DOUBLE, _ ("a number is expected."));

  if (node == NULL)
    return fallback;
  /* So written that what is not a number fails too. */
  if (!(json_node_get_double (node) >= minimum && json_node_get_double (node) <= maximum))
    {
      rushes_json_reader_complain (self, member, _ ("a number from %g to %g is expected."), minimum, maximum);
      return fallback;
    }
  return json_node_get_double (node);
}

int
rushes_json_reader_get_word (RushesJsonReader *self, const char *member, const char *const *words, int fallback)
{
  const char *word = rushes_json_reader_get_string (self, member, NULL);
  g_autofree char *all = NULL;

  if (word == NULL)
    return fallback;
  for (int i = 0; words[i] != NULL; i++)
    if (g_str_equal (words[i], word))
      return i;

  all = g_strjoinv (", ", (char **) words);
  /* Translators: %s is a list of words as they stand in a file, "none, optional, required". */
  rushes_json_reader_complain (self, member, _ ("one of these words is expected: %s."), all);
  return fallback;
}

char **
rushes_json_reader_get_strings (RushesJsonReader *self, const char *member)
{
  g_autoptr (GStrvBuilder) strings = g_strv_builder_new ();

  if (rushes_json_reader_enter_list (self, member))
    {
      while (rushes_json_reader_next (self))
        {
          const char *string = rushes_json_reader_get_string (self, NULL, NULL);

          if (string != NULL)
            g_strv_builder_add (strings, string);
        }
      rushes_json_reader_leave (self);
    }

  return g_strv_builder_end (strings);
}

JsonNode *
rushes_json_reader_get_node (RushesJsonReader *self, const char *member)
{
  return ask_for (self, member);
}

gboolean
rushes_json_reader_finish (RushesJsonReader *self, GError **error)
{
  g_return_val_if_fail (self->places->len == 1, FALSE);

  rushes_json_reader_leave (self);
  if (self->error == NULL)
    return TRUE;

  g_propagate_error (error, g_steal_pointer (&self->error));
  return FALSE;
}
