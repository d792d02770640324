/* rushes-template.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "rushes-template-private.h"

#include <glib/gi18n.h>
#include <string.h>

static const struct
{
  const char *word;
  RushesName name;
  RushesNames group;
} known_names[] = {
  { "prompt", RUSHES_NAME_PROMPT, RUSHES_NAMES_TAKE },
  { "negative_prompt", RUSHES_NAME_NEGATIVE_PROMPT, RUSHES_NAMES_TAKE },
  { "model", RUSHES_NAME_MODEL, RUSHES_NAMES_TAKE },
  { "duration", RUSHES_NAME_DURATION, RUSHES_NAMES_TAKE },
  { "frame_rate", RUSHES_NAME_FRAME_RATE, RUSHES_NAMES_TAKE },
  { "frames", RUSHES_NAME_FRAMES, RUSHES_NAMES_TAKE },
  { "seed", RUSHES_NAME_SEED, RUSHES_NAMES_TAKE },
  { "resolution", RUSHES_NAME_RESOLUTION, RUSHES_NAMES_TAKE },
  { "aspect", RUSHES_NAME_ASPECT, RUSHES_NAMES_TAKE },
  { "width", RUSHES_NAME_WIDTH, RUSHES_NAMES_TAKE },
  { "height", RUSHES_NAME_HEIGHT, RUSHES_NAMES_TAKE },
  { "audio", RUSHES_NAME_AUDIO, RUSHES_NAMES_TAKE },
  { "watermark", RUSHES_NAME_WATERMARK, RUSHES_NAMES_TAKE },
  { "first_frame", RUSHES_NAME_FIRST_FRAME, RUSHES_NAMES_TAKE },
  { "first_frame.type", RUSHES_NAME_FIRST_FRAME_TYPE, RUSHES_NAMES_TAKE },
  { "last_frame", RUSHES_NAME_LAST_FRAME, RUSHES_NAMES_TAKE },
  { "last_frame.type", RUSHES_NAME_LAST_FRAME_TYPE, RUSHES_NAMES_TAKE },
  { "mode", RUSHES_NAME_MODE, RUSHES_NAMES_TAKE },
  { "inputs", RUSHES_NAME_INPUTS, RUSHES_NAMES_TAKE },
  { "uploaded", RUSHES_NAME_UPLOADED, RUSHES_NAMES_TAKE },
  { "extended.task_id", RUSHES_NAME_EXTENDED_TASK_ID, RUSHES_NAMES_TAKE },
  { "extended.clip_id", RUSHES_NAME_EXTENDED_CLIP_ID, RUSHES_NAMES_TAKE },
  { "extended.address", RUSHES_NAME_EXTENDED_ADDRESS, RUSHES_NAMES_TAKE },
  { "own_id", RUSHES_NAME_OWN_ID, RUSHES_NAMES_TAKE },
  { "task_id", RUSHES_NAME_TASK_ID, RUSHES_NAMES_TASK },
  { "picture", RUSHES_NAME_PICTURE, RUSHES_NAMES_PICTURE },
  { "picture.type", RUSHES_NAME_PICTURE_TYPE, RUSHES_NAMES_PICTURE },
  { "picture.name", RUSHES_NAME_PICTURE_NAME, RUSHES_NAMES_PICTURE },
  { "picture.size", RUSHES_NAME_PICTURE_SIZE, RUSHES_NAMES_PICTURE },
  { "reference", RUSHES_NAME_REFERENCE, RUSHES_NAMES_REFERENCE },
  { "reference.type", RUSHES_NAME_REFERENCE_TYPE, RUSHES_NAMES_REFERENCE },
  { "number", RUSHES_NAME_NUMBER, RUSHES_NAMES_REFERENCE },
};

static const char *const known_filters[] = { "text", "integer", "upper", "lower", "raw", "data" };

static void
piece_clear (RushesPiece *piece)
{
  g_free (piece->literal);
  g_free (piece->argument);
  g_clear_pointer (&piece->path, rushes_json_path_free);
  g_clear_pointer (&piece->filters, g_array_unref);
}

static void
free_condition (gpointer condition)
{
  if (condition != NULL)
    rushes_condition_free (condition);
}

static RushesTemplate *
template_new (RushesTemplateKind kind)
{
  RushesTemplate *self = g_new0 (RushesTemplate, 1);

  self->kind = kind;
  self->children = g_ptr_array_new_with_free_func ((GDestroyNotify) rushes_template_free);
  return self;
}

void
rushes_template_free (RushesTemplate *self)
{
  g_clear_pointer (&self->literal, json_node_unref);
  g_clear_pointer (&self->pieces, g_array_unref);
  g_clear_pointer (&self->names, g_ptr_array_unref);
  g_clear_pointer (&self->whens, g_ptr_array_unref);
  g_clear_pointer (&self->children, g_ptr_array_unref);
  g_clear_pointer (&self->source, rushes_template_free);
  g_clear_pointer (&self->fallback, rushes_template_free);
  g_free (self);
}

/* ---- text ---- */

/* What a template of one kind is read with. */
typedef struct
{
  RushesJsonReader *reader;
  const char *member;
  const RushesTemplateNames *names;
  gboolean is_path;
} TextPlace;

static void
complain_of_name (const TextPlace *place, const char *name)
{
  /* Translators: %s is a name between braces in a file. */
  rushes_json_reader_complain (place->reader, place->member, _ ("there is no value “%s” here."), name);
}

static gboolean
is_in (GHashTable *set, const char *name)
{
  return set != NULL && g_hash_table_contains (set, name);
}

/* Names that consist of a word, a dot and something that only the description knows. */
static gboolean
read_dotted_name (const TextPlace *place, const char *name, RushesPiece *piece)
{
  const RushesTemplateNames *names = place->names;

  if (g_str_has_prefix (name, "model.") && (names->names & RUSHES_NAMES_TAKE) != 0)
    {
      piece->name = RUSHES_NAME_MODEL_VALUE;
      piece->argument = g_strdup (name + strlen ("model."));
      return is_in (names->model_values, piece->argument);
    }
  if (g_str_has_prefix (name, "parameter.") && (names->names & RUSHES_NAMES_TAKE) != 0)
    {
      piece->name = RUSHES_NAME_PARAMETER;
      piece->argument = g_strdup (name + strlen ("parameter."));
      return is_in (names->parameters, piece->argument);
    }
  if (g_str_has_prefix (name, "reply.") && (names->names & RUSHES_NAMES_TASK) != 0)
    {
      piece->name = RUSHES_NAME_REPLY;
      piece->path = rushes_json_path_new (name + strlen ("reply."), NULL);
      return piece->path != NULL;
    }
  if (g_str_has_prefix (name, "item.") && (names->names & RUSHES_NAMES_ITEM) != 0)
    {
      piece->name = RUSHES_NAME_ITEM;
      piece->path = rushes_json_path_new (name + strlen ("item."), NULL);
      return piece->path != NULL;
    }
  return FALSE;
}

static void
read_name (const TextPlace *place, const char *name, RushesPiece *piece)
{
  for (guint i = 0; i < G_N_ELEMENTS (known_names); i++)
    if (g_str_equal (known_names[i].word, name) && (known_names[i].group & place->names->names) != 0)
      {
        piece->name = known_names[i].name;
        return;
      }

  if (is_in (place->names->read, name))
    {
      piece->name = RUSHES_NAME_READ;
      piece->argument = g_strdup (name);
    }
  else if (!read_dotted_name (place, name, piece))
    complain_of_name (place, name);
}

static gboolean
is_filter_for (RushesFilter filter, const TextPlace *place, const RushesPiece *piece)
{
  if (filter == RUSHES_FILTER_RAW)
    return place->is_path;
  if (filter == RUSHES_FILTER_DATA)
    return piece->name == RUSHES_NAME_FIRST_FRAME || piece->name == RUSHES_NAME_LAST_FRAME ||
           piece->name == RUSHES_NAME_REFERENCE;
  return TRUE;
}

static void
read_filter (const TextPlace *place, const char *word, RushesPiece *piece)
{
  for (guint i = 0; i < G_N_ELEMENTS (known_filters); i++)
    if (g_str_equal (known_filters[i], word) && is_filter_for (i, place, piece))
      {
        RushesFilter filter = i;

        g_array_append_val (piece->filters, filter);
        return;
      }
  /* Translators: %s is a word in a file, after a bar between braces. */
  rushes_json_reader_complain (place->reader, place->member, _ ("there is no filter “%s” here."), word);
}

static void
read_value (const TextPlace *place, const char *text, gsize length, GArray *pieces)
{
  g_autofree char *inside = g_strndup (text, length);
  g_auto (GStrv) words = g_strsplit (inside, "|", -1);
  RushesPiece piece = { .filters = g_array_new (FALSE, FALSE, sizeof (RushesFilter)) };

  read_name (place, words[0] != NULL ? words[0] : "", &piece);
  for (guint i = 1; words[0] != NULL && words[i] != NULL; i++)
    read_filter (place, words[i], &piece);
  g_array_append_val (pieces, piece);
}

static void
flush_literal (GString *literal, GArray *pieces)
{
  RushesPiece piece = { 0 };

  if (literal->len == 0)
    return;
  piece.literal = g_strdup (literal->str);
  g_array_append_val (pieces, piece);
  g_string_truncate (literal, 0);
}

static GArray *
read_pieces (const TextPlace *place, const char *text)
{
  GArray *pieces = g_array_new (FALSE, FALSE, sizeof (RushesPiece));
  g_autoptr (GString) literal = g_string_new (NULL);

  g_array_set_clear_func (pieces, (GDestroyNotify) piece_clear);
  for (const char *p = text; *p != '\0'; p++)
    {
      if ((*p == '{' || *p == '}') && p[1] == *p)
        {
          g_string_append_c (literal, *p);
          p++;
        }
      else if (*p == '{' && strcspn (p, "}") < strlen (p))
        {
          gsize length = strcspn (p, "}");

          flush_literal (literal, pieces);
          read_value (place, p + 1, length - 1, pieces);
          p += length;
        }
      else if (*p == '{' || *p == '}')
        {
          rushes_json_reader_complain (place->reader, place->member, _ ("a brace has no partner in “%s”."), text);
          break;
        }
      else
        g_string_append_c (literal, *p);
    }
  flush_literal (literal, pieces);
  return pieces;
}

static RushesTemplate *
read_text (const TextPlace *place)
{
  const char *text = rushes_json_reader_get_string (place->reader, place->member, "");
  g_autoptr (GArray) pieces = read_pieces (place, text);
  gboolean has_values = FALSE;
  RushesTemplate *self;

  for (guint i = 0; i < pieces->len; i++)
    has_values |= g_array_index (pieces, RushesPiece, i).literal == NULL;

  self = template_new (has_values || place->is_path ? RUSHES_TEMPLATE_TEXT : RUSHES_TEMPLATE_LITERAL);
  if (self->kind == RUSHES_TEMPLATE_LITERAL)
    {
      self->literal = json_node_new (JSON_NODE_VALUE);
      json_node_set_string (self->literal, pieces->len > 0 ? g_array_index (pieces, RushesPiece, 0).literal : "");
    }
  else
    self->pieces = g_steal_pointer (&pieces);
  return self;
}

/* ---- objects that stand for what they make ---- */

static RushesTemplate *
read_switch (RushesJsonReader *reader, const RushesTemplateNames *names)
{
  RushesTemplate *self = template_new (RUSHES_TEMPLATE_SWITCH);

  self->whens = g_ptr_array_new_with_free_func (free_condition);
  if (!rushes_json_reader_enter_list (reader, "$switch"))
    return self;
  while (rushes_json_reader_next (reader))
    if (rushes_json_reader_enter_object (reader, NULL))
      {
        RushesCondition *when = NULL;

        rushes_json_reader_need (reader, "value", NULL);
        if (rushes_json_reader_enter_object (reader, "when"))
          {
            when = rushes_condition_read (reader);
            rushes_json_reader_leave (reader);
          }
        g_ptr_array_add (self->whens, when);
        g_ptr_array_add (self->children, rushes_template_read (reader, "value", names));
        rushes_json_reader_leave (reader);
      }
  rushes_json_reader_leave (reader);
  return self;
}

static RushesTemplate *
read_map (RushesJsonReader *reader, const RushesTemplateNames *names)
{
  RushesTemplate *self = template_new (RUSHES_TEMPLATE_MAP);

  rushes_json_reader_need (reader, "to", NULL);
  self->names = g_ptr_array_new_with_free_func (g_free);
  self->source = rushes_template_read (reader, "$map", names);
  if (rushes_json_reader_has (reader, "else"))
    self->fallback = rushes_template_read (reader, "else", names);
  if (rushes_json_reader_enter_object (reader, "to"))
    {
      g_autoptr (GList) members = rushes_json_reader_list_members (reader);

      for (const GList *member = members; member != NULL; member = member->next)
        {
          g_ptr_array_add (self->names, g_strdup (member->data));
          g_ptr_array_add (self->children, rushes_template_read (reader, member->data, names));
        }
      rushes_json_reader_leave (reader);
    }
  return self;
}

static RushesTemplate *
read_each (RushesJsonReader *reader, const RushesTemplateNames *names)
{
  static const char *const lists[] = { "references", NULL };
  RushesTemplate *self = template_new (RUSHES_TEMPLATE_EACH);
  RushesTemplateNames inside = *names;

  inside.names |= RUSHES_NAMES_REFERENCE;
  rushes_json_reader_need (reader, "value", NULL);
  rushes_json_reader_get_word (reader, "$each", lists, 0);
  g_ptr_array_add (self->children, rushes_template_read (reader, "value", &inside));
  return self;
}

static RushesTemplate *
read_or (RushesJsonReader *reader, const RushesTemplateNames *names)
{
  RushesTemplate *self = template_new (RUSHES_TEMPLATE_OR);

  if (rushes_json_reader_enter_list (reader, "$or"))
    {
      while (rushes_json_reader_next (reader))
        g_ptr_array_add (self->children, rushes_template_read (reader, NULL, names));
      rushes_json_reader_leave (reader);
    }
  return self;
}

static RushesTemplate *
read_as_text (RushesJsonReader *reader, const RushesTemplateNames *names)
{
  RushesTemplate *self = template_new (RUSHES_TEMPLATE_AS_TEXT);

  g_ptr_array_add (self->children, rushes_template_read (reader, "$text", names));
  return self;
}

/* ---- JSON ---- */

static RushesTemplate *
read_members (RushesJsonReader *reader, const RushesTemplateNames *names)
{
  RushesTemplate *self = template_new (RUSHES_TEMPLATE_OBJECT);
  g_autoptr (GList) members = rushes_json_reader_list_members (reader);

  self->names = g_ptr_array_new_with_free_func (g_free);
  for (const GList *member = members; member != NULL; member = member->next)
    {
      const char *name = member->data;

      /* Left for the reader to find unknown. */
      if (*name == '$')
        continue;
      g_ptr_array_add (self->names, g_strdup (name));
      g_ptr_array_add (self->children, rushes_template_read (reader, name, names));
    }
  return self;
}

static RushesTemplate *
read_object (RushesJsonReader *reader, const char *member, const RushesTemplateNames *names)
{
  RushesTemplate *self;

  if (!rushes_json_reader_enter_object (reader, member))
    return template_new (RUSHES_TEMPLATE_SWITCH);

  if (rushes_json_reader_has (reader, "$switch"))
    self = read_switch (reader, names);
  else if (rushes_json_reader_has (reader, "$map"))
    self = read_map (reader, names);
  else if (rushes_json_reader_has (reader, "$each"))
    self = read_each (reader, names);
  else if (rushes_json_reader_has (reader, "$or"))
    self = read_or (reader, names);
  else if (rushes_json_reader_has (reader, "$text"))
    self = read_as_text (reader, names);
  else
    self = read_members (reader, names);
  rushes_json_reader_leave (reader);
  return self;
}

static RushesTemplate *
read_list (RushesJsonReader *reader, const char *member, const RushesTemplateNames *names)
{
  RushesTemplate *self = template_new (RUSHES_TEMPLATE_LIST);

  if (rushes_json_reader_enter_list (reader, member))
    {
      while (rushes_json_reader_next (reader))
        g_ptr_array_add (self->children, rushes_template_read (reader, NULL, names));
      rushes_json_reader_leave (reader);
    }
  return self;
}

RushesTemplate *
rushes_template_read (RushesJsonReader *reader, const char *member, const RushesTemplateNames *names)
{
  TextPlace place = { reader, member, names, FALSE };
  JsonNode *node = rushes_json_reader_get_node (reader, member);
  RushesTemplate *self;

  if (node != NULL && JSON_NODE_HOLDS_OBJECT (node))
    return read_object (reader, member, names);
  if (node != NULL && JSON_NODE_HOLDS_ARRAY (node))
    return read_list (reader, member, names);
  if (node != NULL && JSON_NODE_HOLDS_VALUE (node) && json_node_get_value_type (node) == G_TYPE_STRING)
    return read_text (&place);

  self = template_new (RUSHES_TEMPLATE_LITERAL);
  self->literal = node != NULL ? json_node_copy (node) : json_node_new (JSON_NODE_NULL);
  return self;
}

RushesTemplate *
rushes_template_read_path (RushesJsonReader *reader, const char *member, const RushesTemplateNames *names)
{
  TextPlace place = { reader, member, names, TRUE };
  RushesTemplate *self = read_text (&place);
  const RushesPiece *first = self->pieces->len > 0 ? &g_array_index (self->pieces, RushesPiece, 0) : NULL;

  if (first == NULL || first->literal == NULL || first->literal[0] != '/' || first->literal[1] == '/')
    rushes_json_reader_complain (reader, member, "%s", _ ("a path that begins with / is expected."));
  return self;
}

RushesTemplate *
rushes_template_read_picture (RushesJsonReader *reader, const char *member, const RushesTemplateNames *names)
{
  TextPlace place = { reader, member, names, FALSE };
  RushesTemplate *self = read_text (&place);
  const RushesPiece *only =
      self->pieces != NULL && self->pieces->len == 1 ? &g_array_index (self->pieces, RushesPiece, 0) : NULL;

  if (only == NULL || (only->name != RUSHES_NAME_FIRST_FRAME && only->name != RUSHES_NAME_LAST_FRAME &&
                       only->name != RUSHES_NAME_REFERENCE && only->name != RUSHES_NAME_PICTURE))
    rushes_json_reader_complain (reader, member, "%s", _ ("the name of a picture is expected, “{first_frame}”."));
  return self;
}
