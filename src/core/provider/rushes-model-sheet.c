/* rushes-model-sheet.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "rushes-model-sheet.h"

#include <glib/gi18n.h>
#include <string.h>

#include "rushes-error.h"
#include "rushes-model-private.h"

#define MAX_ID     200
#define MAX_WORDS  500 /* of a text for people */
#define MAX_VALUES 64  /* of a list */
#define MAX_DEPTH  8

struct _RushesModelBase
{
  char *provider_id;
  char *members; /* the JSON of `any_model`, as text: its nodes belong to the main thread */
  RushesPictures *pictures;
  RushesMoney credit;
};

static JsonObject *
find_any_model (RushesDescription *description)
{
  JsonObject *root = json_node_get_object (rushes_description_get_json (description));
  JsonArray *models = json_object_get_array_member (root, "models");
  const char *any = rushes_description_get_any_model (description);

  for (guint i = 0; any != NULL && i < json_array_get_length (models); i++)
    {
      JsonObject *model = json_array_get_object_element (models, i);

      if (g_str_equal (json_object_get_string_member (model, "id"), any))
        return model;
    }
  return NULL;
}

static RushesPictures *
find_pictures (RushesDescription *description)
{
  GListModel *models = rushes_description_get_models (description);

  for (guint i = 0; i < g_list_model_get_n_items (models); i++)
    {
      g_autoptr (RushesModel) model = g_list_model_get_item (models, i);

      if (g_str_equal (model->id, rushes_description_get_any_model (description)) && model->pictures != NULL)
        return rushes_pictures_ref (model->pictures);
    }
  return NULL;
}

RushesModelBase *
rushes_model_base_new (RushesDescription *description)
{
  JsonObject *any = find_any_model (description);
  g_autoptr (JsonNode) node = NULL;
  RushesModelBase *self;

  if (any == NULL)
    return NULL;

  node = json_node_init_object (json_node_alloc (), any);
  self = g_atomic_rc_box_new0 (RushesModelBase);
  self->provider_id = g_strdup (rushes_description_get_id (description));
  self->members = json_to_string (node, FALSE);
  self->pictures = find_pictures (description);
  self->credit = rushes_description_get_credit (description);
  return self;
}

RushesModelBase *
rushes_model_base_ref (RushesModelBase *self)
{
  return g_atomic_rc_box_acquire (self);
}

static void
base_clear (gpointer data)
{
  RushesModelBase *self = data;

  g_free (self->provider_id);
  g_free (self->members);
  g_clear_pointer (&self->pictures, rushes_pictures_unref);
}

void
rushes_model_base_unref (RushesModelBase *self)
{
  g_atomic_rc_box_release_full (self, base_clear);
}

/* ---- bounds ---- */

gboolean
rushes_model_id_is_good (const char *id)
{
  glong length;

  if (!g_utf8_validate (id, -1, NULL))
    return FALSE;
  length = g_utf8_strlen (id, -1);
  for (const char *p = id; *p != '\0'; p = g_utf8_next_char (p))
    if (!g_unichar_isgraph (g_utf8_get_char (p)) || g_unichar_iszerowidth (g_utf8_get_char (p)))
      return FALSE;
  return length >= 1 && length <= MAX_ID;
}

char *
rushes_model_tidy_words (const char *words, glong most)
{
  g_autofree char *start = NULL;
  g_autofree char *line = NULL;

  if (words == NULL)
    return NULL;
  while (g_ascii_isspace (*words))
    words++;
  start = g_strndup (words, strcspn (words, "\r\n"));
  line = g_strstrip (rushes_clean_words (start));
  if (*line == '\0')
    return NULL;
  if (g_utf8_strlen (line, -1) > most)
    {
      g_autofree char *part = g_utf8_substring (line, 0, most - 1);

      return g_strconcat (part, "…", NULL);
    }
  return g_steal_pointer (&line);
}

/* What the reader of descriptions does not ask, because nobody writes such descriptions. */
static gboolean
is_bounded (JsonNode *node, guint depth)
{
  const char *text;

  if (depth > MAX_DEPTH)
    return FALSE;
  if (JSON_NODE_HOLDS_OBJECT (node))
    {
      JsonObject *object = json_node_get_object (node);
      g_autoptr (GList) values = json_object_get_values (object);

      if (json_object_get_size (object) > MAX_VALUES)
        return FALSE;
      for (const GList *value = values; value != NULL; value = value->next)
        if (!is_bounded (value->data, depth + 1))
          return FALSE;
      return TRUE;
    }
  if (JSON_NODE_HOLDS_ARRAY (node))
    {
      JsonArray *list = json_node_get_array (node);

      if (json_array_get_length (list) > MAX_VALUES)
        return FALSE;
      for (guint i = 0; i < json_array_get_length (list); i++)
        if (!is_bounded (json_array_get_element (list, i), depth + 1))
          return FALSE;
      return TRUE;
    }
  text = JSON_NODE_HOLDS_VALUE (node) ? json_node_get_string (node) : NULL;
  return text == NULL || g_utf8_strlen (text, -1) <= MAX_WORDS;
}

/* ---- one over the other ---- */

static void
drop (JsonObject *object, const char *const *members)
{
  for (guint i = 0; members[i] != NULL; i++)
    json_object_remove_member (object, members[i]);
}

static gboolean
says (JsonObject *object, const char *member, const char *word)
{
  JsonNode *node = json_object_get_member (object, member);

  return node != NULL && JSON_NODE_HOLDS_VALUE (node) && g_strcmp0 (json_node_get_string (node), word) == 0;
}

/* What the sheet says holds always; what it says of inputs, where it says "none". */
static void
narrow_rule (JsonObject *rule, JsonObject *said)
{
  static const char *const members[] = { "durations", "resolutions", "aspects",         "frame_rates",
                                         "audio",     "seed",        "negative_prompt", NULL };
  JsonObject *inputs = json_object_has_member (said, "inputs") ? json_object_get_object_member (said, "inputs") : NULL;
  JsonObject *narrowed;

  for (guint i = 0; members[i] != NULL; i++)
    if (json_object_has_member (said, members[i]))
      {
        g_autofree char *fallback = g_strndup (members[i], strlen (members[i]) - 1);
        g_autofree char *default_member = g_strconcat ("default_", fallback, NULL);

        json_object_remove_member (rule, members[i]);
        json_object_remove_member (rule, default_member);
      }
  if (inputs == NULL || !json_object_has_member (rule, "inputs"))
    return;
  narrowed = json_object_get_object_member (rule, "inputs");
  for (guint i = 0; i < 2; i++)
    {
      const char *role = i == 0 ? "first_frame" : "last_frame";

      if (says (inputs, role, "none"))
        json_object_remove_member (narrowed, role);
    }
  if (json_object_has_member (inputs, "references") && json_object_has_member (narrowed, "references"))
    json_object_set_member (narrowed, "references", json_node_copy (json_object_get_member (inputs, "references")));
}

static void
lay_inputs (JsonObject *base, JsonObject *said)
{
  g_autoptr (GList) roles = json_object_get_members (said);

  if (!json_object_has_member (base, "inputs"))
    json_object_set_object_member (base, "inputs", json_object_new ());
  for (const GList *role = roles; role != NULL; role = role->next)
    json_object_set_member (json_object_get_object_member (base, "inputs"), role->data,
                            json_node_copy (json_object_get_member (said, role->data)));
}

/* Changes @base. The sheet was made by this program, but may come from a cache that somebody else wrote. */
static void
lay (JsonObject *base, JsonObject *said)
{
  static const char *const own[] = { "id",      "sent_as", "values", "name",   "summary",
                                     "retired", "not_in",  "prices", "extend", NULL };
  static const char *const choices[][2] = {
    { "durations", "default_duration" },
    { "resolutions", "default_resolution" },
    { "aspects", "default_aspect" },
    { "frame_rates", "default_frame_rate" },
  };
  g_autoptr (GList) members = json_object_get_members (said);
  JsonArray *rules = json_object_has_member (base, "rules") ? json_object_get_array_member (base, "rules") : NULL;

  drop (base, own);
  for (guint i = 0; i < G_N_ELEMENTS (choices); i++)
    if (json_object_has_member (said, choices[i][0]))
      json_object_remove_member (base, choices[i][1]);
  for (guint i = 0; rules != NULL && i < json_array_get_length (rules); i++)
    narrow_rule (json_array_get_object_element (rules, i), said);

  for (const GList *member = members; member != NULL; member = member->next)
    {
      JsonNode *node = json_object_get_member (said, member->data);

      if (g_str_equal (member->data, "inputs") && JSON_NODE_HOLDS_OBJECT (node))
        lay_inputs (base, json_node_get_object (node));
      else
        json_object_set_member (base, member->data, json_node_copy (node));
    }
}

/* Of a model that is described whole only this is the other's. */
static void
keep_frame (JsonObject *base)
{
  g_autoptr (GList) members = json_object_get_members (base);

  for (const GList *member = members; member != NULL; member = member->next)
    if (!g_str_equal (member->data, "max_count"))
      json_object_remove_member (base, member->data);
}

static gboolean
has_types (JsonObject *said)
{
  return (!json_object_has_member (said, "inputs") ||
          JSON_NODE_HOLDS_OBJECT (json_object_get_member (said, "inputs"))) &&
         json_object_has_member (said, "id") && JSON_NODE_HOLDS_VALUE (json_object_get_member (said, "id")) &&
         json_object_get_string_member (said, "id") != NULL;
}

RushesModel *
rushes_model_base_make (RushesModelBase *self, JsonNode *sheet, GError **error)
{
  g_autoptr (JsonNode) whole = NULL;
  g_autoptr (RushesJsonReader) reader = NULL;
  g_autoptr (RushesModel) model = NULL;
  JsonObject *said, *object;

  g_return_val_if_fail (self != NULL && sheet != NULL, NULL);

  said = JSON_NODE_HOLDS_OBJECT (sheet) ? json_node_get_object (sheet) : NULL;
  if (said == NULL || !is_bounded (sheet, 0) || !has_types (said) ||
      !rushes_model_id_is_good (json_object_get_string_member (said, "id")))
    {
      /* Translators: %s is the id of a provider. */
      rushes_set_error (error, RUSHES_ERROR_BAD_REQUEST, _ ("What is known of a model of “%s” cannot be used."),
                        self->provider_id);
      return NULL;
    }

  whole = json_from_string (self->members, NULL);
  object = json_node_get_object (whole);
  json_object_remove_member (object, "pictures");
  if (json_object_has_member (said, "input_names"))
    keep_frame (object);
  lay (object, said);
  if (!json_object_has_member (object, "name"))
    json_object_set_string_member (object, "name", json_object_get_string_member (object, "id"));

  reader = rushes_json_reader_new (whole, self->provider_id);
  model = rushes_model_read (reader, self->provider_id, self->pictures, self->credit);
  if (!rushes_json_reader_finish (reader, error))
    return NULL;
  model->sheet = json_node_copy (sheet);
  return g_steal_pointer (&model);
}
