/* rushes-input-names.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "rushes-input-names.h"

#include <glib/gi18n.h>

#include "rushes-template-private.h"

#define PARAMETER "parameter."

const char *const rushes_input_words[] = {
  "prompt",     "negative_prompt", "first_frame", "last_frame", "references", "duration", "frames",    "frame_rate",
  "resolution", "aspect",          "width",       "height",     "seed",       "audio",    "watermark", NULL,
};

/* The names of the values that they stand for; references are several. */
static const RushesName values[] = {
  RUSHES_NAME_PROMPT,     RUSHES_NAME_NEGATIVE_PROMPT, RUSHES_NAME_FIRST_FRAME, RUSHES_NAME_LAST_FRAME,
  RUSHES_NAME_REFERENCE,  RUSHES_NAME_DURATION,        RUSHES_NAME_FRAMES,      RUSHES_NAME_FRAME_RATE,
  RUSHES_NAME_RESOLUTION, RUSHES_NAME_ASPECT,          RUSHES_NAME_WIDTH,       RUSHES_NAME_HEIGHT,
  RUSHES_NAME_SEED,       RUSHES_NAME_AUDIO,           RUSHES_NAME_WATERMARK,
};

G_STATIC_ASSERT (G_N_ELEMENTS (rushes_input_words) == G_N_ELEMENTS (values) + 1);

typedef struct
{
  RushesName value;
  char *parameter; /* the name of one; NULL for a value */
  char *name;      /* what the model calls it */
  gboolean is_list;
  GHashTable *to; /* char *, a value as text → JsonNode, what is sent for it; NULL: as it is */
} Entry;

struct _RushesInputNames
{
  GArray *entries; /* Entry */
};

static void
entry_clear (Entry *entry)
{
  g_free (entry->parameter);
  g_free (entry->name);
  g_clear_pointer (&entry->to, g_hash_table_unref);
}

static void
input_names_clear (gpointer data)
{
  RushesInputNames *self = data;

  g_array_unref (self->entries);
}

RushesInputNames *
rushes_input_names_ref (RushesInputNames *self)
{
  return g_atomic_rc_box_acquire (self);
}

void
rushes_input_names_unref (RushesInputNames *self)
{
  g_atomic_rc_box_release_full (self, input_names_clear);
}

/* ---- reading ---- */

static GHashTable *
read_to (RushesJsonReader *reader)
{
  g_autoptr (GList) members = NULL;
  GHashTable *to;

  if (!rushes_json_reader_enter_object (reader, "to"))
    return NULL;

  to = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, (GDestroyNotify) json_node_unref);
  members = rushes_json_reader_list_members (reader);
  for (const GList *member = members; member != NULL; member = member->next)
    {
      JsonNode *node = rushes_json_reader_get_node (reader, member->data);

      if (JSON_NODE_HOLDS_VALUE (node))
        g_hash_table_insert (to, g_strdup (member->data), json_node_copy (node));
      else
        rushes_json_reader_complain (reader, member->data, "%s", _ ("a text, a number, true or false is expected."));
    }
  rushes_json_reader_leave (reader);
  return to;
}

static gboolean
find_value (const char *word, Entry *entry)
{
  if (g_str_has_prefix (word, PARAMETER))
    {
      entry->parameter = g_strdup (word + strlen (PARAMETER));
      return TRUE;
    }
  for (guint i = 0; rushes_input_words[i] != NULL; i++)
    if (g_str_equal (rushes_input_words[i], word))
      {
        entry->value = values[i];
        return TRUE;
      }
  return FALSE;
}

RushesInputNames *
rushes_input_names_read (RushesJsonReader *reader)
{
  RushesInputNames *self;
  g_autoptr (GList) members = NULL;

  if (!rushes_json_reader_enter_object (reader, "input_names"))
    return NULL;

  self = g_atomic_rc_box_new0 (RushesInputNames);
  self->entries = g_array_new (FALSE, TRUE, sizeof (Entry));
  g_array_set_clear_func (self->entries, (GDestroyNotify) entry_clear);
  members = rushes_json_reader_list_members (reader);
  for (const GList *member = members; member != NULL; member = member->next)
    {
      Entry entry = { 0 };

      /* What is none is left for the reader to find unknown. */
      if (!find_value (member->data, &entry) || !rushes_json_reader_enter_object (reader, member->data))
        {
          entry_clear (&entry);
          continue;
        }
      rushes_json_reader_need (reader, "name", NULL);
      entry.name = g_strdup (rushes_json_reader_get_string (reader, "name", ""));
      entry.is_list = rushes_json_reader_get_boolean (reader, "list", FALSE);
      entry.to = read_to (reader);
      rushes_json_reader_leave (reader);
      g_array_append_val (self->entries, entry);
    }
  rushes_json_reader_leave (reader);
  return self;
}

/* ---- what is sent ---- */

/* Takes @value. */
static JsonNode *
translate (const Entry *entry, JsonNode *value)
{
  g_autoptr (JsonNode) plain = value;
  g_autofree char *text = value != NULL && entry->to != NULL ? rushes_json_node_to_text (value, NULL) : NULL;
  JsonNode *sent = text != NULL ? g_hash_table_lookup (entry->to, text) : NULL;

  return sent != NULL ? json_node_copy (sent) : g_steal_pointer (&plain);
}

/* All references where the model takes a list, else the first. */
static JsonNode *
make_references (const Entry *entry, const RushesTemplateInput *input)
{
  g_autoptr (GPtrArray) references = rushes_template_list_references (input);
  g_autoptr (JsonArray) list = json_array_new ();

  for (guint i = 0; i < references->len; i++)
    {
      RushesTemplateInput inside = *input;
      JsonNode *node;

      inside.reference = g_ptr_array_index (references, i);
      node = rushes_name_get_value (RUSHES_NAME_REFERENCE, &inside);
      if (node != NULL && !entry->is_list)
        return node;
      if (node != NULL)
        json_array_add_element (list, node);
    }
  return json_array_get_length (list) > 0 ? json_node_init_array (json_node_alloc (), list) : NULL;
}

static JsonNode *
make_entry (const Entry *entry, RushesModel *model, const RushesBrief *brief, const RushesTemplateInput *input)
{
  JsonNode *value;

  if (entry->parameter != NULL)
    return translate (entry, rushes_parameter_get_value (model, brief, entry->parameter));
  if (entry->value == RUSHES_NAME_REFERENCE)
    return make_references (entry, input);

  value = translate (entry, rushes_name_get_value (entry->value, input));
  if (value != NULL && entry->is_list)
    {
      g_autoptr (JsonArray) list = json_array_new ();

      json_array_add_element (list, value);
      value = json_node_init_array (json_node_alloc (), list);
    }
  return value;
}

static gboolean
names_parameter (RushesInputNames *self, const char *name)
{
  for (guint i = 0; i < self->entries->len; i++)
    if (g_strcmp0 (g_array_index (self->entries, Entry, i).parameter, name) == 0)
      return TRUE;
  return FALSE;
}

JsonNode *
rushes_input_names_make (RushesInputNames *self,
                         RushesModel *model,
                         const RushesBrief *brief,
                         const RushesTemplateInput *input)
{
  g_autoptr (JsonObject) object = json_object_new ();

  if (self == NULL)
    return NULL;

  for (guint i = 0; i < self->entries->len; i++)
    {
      const Entry *entry = &g_array_index (self->entries, Entry, i);
      JsonNode *node = make_entry (entry, model, brief, input);

      if (node != NULL)
        json_object_set_member (object, entry->name, node);
    }
  for (guint i = 0; i < model->parameters->len; i++)
    {
      const RushesParameter *parameter = g_ptr_array_index (model->parameters, i);
      JsonNode *node =
          names_parameter (self, parameter->name) ? NULL : rushes_parameter_get_value (model, brief, parameter->name);

      if (node != NULL)
        json_object_set_member (object, parameter->name, node);
    }
  return json_object_get_size (object) > 0 ? json_node_init_object (json_node_alloc (), object) : NULL;
}
