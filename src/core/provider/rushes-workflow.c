/* rushes-workflow.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "rushes-workflow-private.h"

#include <glib/gi18n.h>
#include <string.h>

#include "rushes-description-private.h"
#include "rushes-error.h"
#include "rushes-json-path.h"

#define MAX_NODES 500
#define MAX_DEPTH 32
#define MAX_ID    64

/* Of a value, so many characters are shown. */
#define MAX_SHOWN 48

G_DEFINE_FINAL_TYPE (RushesWorkflow, rushes_workflow, G_TYPE_OBJECT)

/* ---- slots ---- */

static const struct
{
  const char *word;
  const char *title;
} slots[RUSHES_N_SLOTS] = {
  [RUSHES_SLOT_PROMPT] = { "prompt", N_ ("Prompt") },
  [RUSHES_SLOT_NEGATIVE] = { "negative", N_ ("Negative Prompt") },
  [RUSHES_SLOT_FIRST_FRAME] = { "first_frame", N_ ("First Frame") },
  [RUSHES_SLOT_LAST_FRAME] = { "last_frame", N_ ("Last Frame") },
  [RUSHES_SLOT_WIDTH] = { "width", N_ ("Width") },
  [RUSHES_SLOT_HEIGHT] = { "height", N_ ("Height") },
  /* Translators: how many pictures a video is made of. */
  [RUSHES_SLOT_FRAMES] = { "frames", N_ ("Number of Frames") },
  [RUSHES_SLOT_FRAME_RATE] = { "frame_rate", N_ ("Frame Rate") },
  [RUSHES_SLOT_SEED] = { "seed", N_ ("Seed") },
  /* Translators: what saves the video at the end of a workflow. */
  [RUSHES_SLOT_OUTPUT] = { "output", N_ ("Saved Video") },
};

const char *
rushes_slot_get_word (RushesSlot slot)
{
  g_return_val_if_fail (slot < RUSHES_N_SLOTS, NULL);
  return slots[slot].word;
}

const char *
rushes_slot_get_title (RushesSlot slot)
{
  g_return_val_if_fail (slot < RUSHES_N_SLOTS, NULL);
  return _ (slots[slot].title);
}

gboolean
rushes_slot_from_word (const char *word, RushesSlot *slot)
{
  g_return_val_if_fail (word != NULL && slot != NULL, FALSE);

  for (guint i = 0; i < RUSHES_N_SLOTS; i++)
    if (g_str_equal (slots[i].word, word))
      {
        *slot = i;
        return TRUE;
      }
  return FALSE;
}

/* ---- places ---- */

void
rushes_workflow_place_free (RushesWorkflowPlace *place)
{
  g_free (place->id);
  g_free (place->node);
  g_free (place->input);
  g_free (place->title);
  g_free (place->value);
  g_free (place);
}

static char *
show (const char *text)
{
  g_autofree char *clean = rushes_clean_words (text);
  g_autofree char *start = NULL;

  g_strstrip (g_strdelimit (clean, "\n\t", ' '));
  if (g_utf8_strlen (clean, -1) <= MAX_SHOWN)
    return g_steal_pointer (&clean);
  start = g_utf8_substring (clean, 0, MAX_SHOWN - 1);
  return g_strconcat (g_strchomp (start), "…", NULL);
}

static char *
show_value (JsonNode *value)
{
  g_autofree char *text =
      value != NULL && JSON_NODE_HOLDS_VALUE (value) ? rushes_json_node_to_text (value, NULL) : NULL;

  return show (text != NULL ? text : "");
}

RushesWorkflowPlace *
rushes_workflow_place_new (const RushesWorkflowNode *node, const char *input)
{
  RushesWorkflowPlace *place = g_new0 (RushesWorkflowPlace, 1);

  place->node = g_strdup (node->id);
  place->input = g_strdup (input);
  place->id = input != NULL ? g_strconcat (node->id, ".", input, NULL) : g_strdup (node->id);
  place->title = show (node->title);
  place->value = input != NULL ? show_value (json_object_get_member (node->inputs, input)) : show (node->kind);
  return place;
}

gboolean
rushes_workflow_fits (const RushesWorkflowNode *node, const char *input, RushesSlot slot)
{
  JsonNode *value = json_object_get_member (node->inputs, input);
  GType type = value != NULL && JSON_NODE_HOLDS_VALUE (value) ? json_node_get_value_type (value) : G_TYPE_INVALID;

  switch (slot)
    {
    case RUSHES_SLOT_PROMPT:
    case RUSHES_SLOT_NEGATIVE:
      return type == G_TYPE_STRING;
    case RUSHES_SLOT_FIRST_FRAME:
    case RUSHES_SLOT_LAST_FRAME:
      return type == G_TYPE_STRING && g_str_has_prefix (node->kind, "LoadImage");
    case RUSHES_SLOT_WIDTH:
    case RUSHES_SLOT_HEIGHT:
    case RUSHES_SLOT_FRAMES:
    case RUSHES_SLOT_SEED:
      return type == G_TYPE_INT64;
    case RUSHES_SLOT_FRAME_RATE:
      return type == G_TYPE_INT64 || type == G_TYPE_DOUBLE;
    case RUSHES_SLOT_OUTPUT:
    default:
      return FALSE;
    }
}

/* ---- the object ---- */

static void
rushes_workflow_finalize (GObject *object)
{
  RushesWorkflow *self = RUSHES_WORKFLOW (object);

  for (guint i = 0; i < RUSHES_N_SLOTS; i++)
    {
      g_ptr_array_unref (self->slots[i].candidates);
      g_clear_pointer (&self->slots[i].place, rushes_workflow_place_free);
    }
  g_array_unref (self->nodes);
  g_clear_pointer (&self->root, json_node_unref);
  g_free (self->path);

  G_OBJECT_CLASS (rushes_workflow_parent_class)->finalize (object);
}

static void
rushes_workflow_class_init (RushesWorkflowClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = rushes_workflow_finalize;
}

static void
rushes_workflow_init (RushesWorkflow *self)
{
  self->nodes = g_array_new (FALSE, FALSE, sizeof (RushesWorkflowNode));
  for (guint i = 0; i < RUSHES_N_SLOTS; i++)
    self->slots[i].candidates = g_ptr_array_new_with_free_func ((GDestroyNotify) rushes_workflow_place_free);
}

/* ---- reading ---- */

static JsonObject *
get_object (JsonObject *object, const char *name)
{
  JsonNode *node = json_object_get_member (object, name);

  return node != NULL && JSON_NODE_HOLDS_OBJECT (node) ? json_node_get_object (node) : NULL;
}

static const char *
get_text (JsonObject *object, const char *name)
{
  JsonNode *node = json_object_get_member (object, name);

  return node != NULL && JSON_NODE_HOLDS_VALUE (node) && json_node_get_value_type (node) == G_TYPE_STRING
             ? json_node_get_string (node)
             : NULL;
}

/* The format in which ComfyUI keeps its own: with the places of its boxes on the screen, and without names of inputs.
 */
static gboolean
is_saved_format (JsonObject *root)
{
  JsonNode *nodes = json_object_get_member (root, "nodes");

  return nodes != NULL && JSON_NODE_HOLDS_ARRAY (nodes) && json_object_has_member (root, "links");
}

/* Members that begin with a dollar sign would be taken for what a template makes of them. */
static gboolean
has_directive (JsonNode *node)
{
  if (JSON_NODE_HOLDS_OBJECT (node))
    {
      JsonObjectIter iter;
      const char *name;
      JsonNode *member;

      json_object_iter_init (&iter, json_node_get_object (node));
      while (json_object_iter_next (&iter, &name, &member))
        if (*name == '$' || has_directive (member))
          return TRUE;
    }
  if (JSON_NODE_HOLDS_ARRAY (node))
    for (guint i = 0; i < json_array_get_length (json_node_get_array (node)); i++)
      if (has_directive (json_array_get_element (json_node_get_array (node), i)))
        return TRUE;
  return FALSE;
}

static gboolean
read_node (RushesWorkflowNode *node, const char *id, JsonNode *json)
{
  JsonObject *object = JSON_NODE_HOLDS_OBJECT (json) ? json_node_get_object (json) : NULL;
  JsonObject *meta = object != NULL ? get_object (object, "_meta") : NULL;

  if (object == NULL || *id == '\0' || strlen (id) > MAX_ID)
    return FALSE;
  node->id = id;
  node->kind = get_text (object, "class_type");
  node->inputs = get_object (object, "inputs");
  node->title = meta != NULL ? get_text (meta, "title") : NULL;
  if (node->title == NULL || *node->title == '\0')
    node->title = node->kind;
  return node->kind != NULL && node->inputs != NULL;
}

static gboolean
read_nodes (RushesWorkflow *self, GError **error)
{
  JsonObject *root = JSON_NODE_HOLDS_OBJECT (self->root) ? json_node_get_object (self->root) : NULL;
  g_autoptr (GList) ids = root != NULL ? json_object_get_members (root) : NULL;

  if (root != NULL && is_saved_format (root))
    {
      /* Translators: %s is a file. “File”, “Export (API)” are what ComfyUI’s menu says. */
      rushes_set_error (error, RUSHES_ERROR_BAD_REQUEST,
                        _ ("%s is a workflow as ComfyUI saves it, which its server does not take. In ComfyUI, choose "
                           "Export (API) in the File or Workflow menu, and use the file that this gives."),
                        self->path);
      return FALSE;
    }
  if (g_list_length (ids) > MAX_NODES)
    {
      /* Translators: a file, and how many nodes there may be. */
      rushes_set_error (error, RUSHES_ERROR_BAD_REQUEST, _ ("%s has more than %d nodes."), self->path, MAX_NODES);
      return FALSE;
    }
  for (const GList *id = ids; id != NULL; id = id->next)
    {
      RushesWorkflowNode node = { 0 };

      if (!read_node (&node, id->data, json_object_get_member (root, id->data)))
        break;
      g_array_append_val (self->nodes, node);
    }
  if (ids == NULL || self->nodes->len < g_list_length (ids) || has_directive (self->root))
    {
      /* Translators: %s is a file. */
      rushes_set_error (error, RUSHES_ERROR_BAD_REQUEST,
                        _ ("%s is no workflow of ComfyUI in the API format: an object of nodes is expected, each with "
                           "“class_type” and “inputs”."),
                        self->path);
      return FALSE;
    }
  return TRUE;
}

RushesWorkflow *
rushes_workflow_new (GBytes *bytes, const char *path, GError **error)
{
  g_autoptr (RushesWorkflow) self = NULL;
  JsonNode *root;

  g_return_val_if_fail (bytes != NULL && path != NULL, NULL);

  if (!(root = rushes_description_parse (bytes, path, MAX_DEPTH, error)))
    return NULL;
  self = g_object_new (RUSHES_TYPE_WORKFLOW, NULL);
  self->path = g_strdup (path);
  self->root = root;
  if (!read_nodes (self, error))
    return NULL;

  rushes_workflow_find (self);
  if (self->slots[RUSHES_SLOT_OUTPUT].candidates->len == 0)
    {
      /* Translators: %s is a file; the three are what nodes of ComfyUI are called. */
      rushes_set_error (error, RUSHES_ERROR_BAD_REQUEST,
                        _ ("%s saves no video: it has to end in Save Video, Save WEBM or, for a video format, in Video "
                           "Combine. Animated pictures and single ones cannot be clips."),
                        path);
      return NULL;
    }
  return g_steal_pointer (&self);
}

gboolean
rushes_workflow_recognize (GBytes *bytes)
{
  g_autoptr (JsonNode) root = NULL;
  JsonObjectIter iter;
  JsonNode *member;

  g_return_val_if_fail (bytes != NULL, FALSE);

  root = rushes_description_parse (bytes, "-", MAX_DEPTH, NULL);
  if (root == NULL || !JSON_NODE_HOLDS_OBJECT (root))
    return FALSE;
  if (is_saved_format (json_node_get_object (root)))
    return TRUE;
  json_object_iter_init (&iter, json_node_get_object (root));
  while (json_object_iter_next (&iter, NULL, &member))
    if (JSON_NODE_HOLDS_OBJECT (member) && json_object_has_member (json_node_get_object (member), "class_type"))
      return TRUE;
  return FALSE;
}

/* ---- nodes ---- */

const RushesWorkflowNode *
rushes_workflow_find_node (RushesWorkflow *self, const char *id)
{
  for (guint i = 0; i < self->nodes->len; i++)
    {
      const RushesWorkflowNode *node = &g_array_index (self->nodes, RushesWorkflowNode, i);

      if (g_str_equal (node->id, id))
        return node;
    }
  return NULL;
}

const RushesWorkflowNode *
rushes_workflow_follow (RushesWorkflow *self, const RushesWorkflowNode *node, const char *input)
{
  JsonNode *value = json_object_get_member (node->inputs, input);
  JsonArray *link = value != NULL && JSON_NODE_HOLDS_ARRAY (value) ? json_node_get_array (value) : NULL;
  JsonNode *id = link != NULL && json_array_get_length (link) == 2 ? json_array_get_element (link, 0) : NULL;

  if (id == NULL || !JSON_NODE_HOLDS_VALUE (id) || json_node_get_value_type (id) != G_TYPE_STRING)
    return NULL;
  return rushes_workflow_find_node (self, json_node_get_string (id));
}

/* ---- what is settled ---- */

GPtrArray *
rushes_workflow_get_candidates (RushesWorkflow *self, RushesSlot slot)
{
  g_return_val_if_fail (RUSHES_IS_WORKFLOW (self) && slot < RUSHES_N_SLOTS, NULL);
  return self->slots[slot].candidates;
}

const RushesWorkflowPlace *
rushes_workflow_get_place (RushesWorkflow *self, RushesSlot slot)
{
  g_return_val_if_fail (RUSHES_IS_WORKFLOW (self) && slot < RUSHES_N_SLOTS, NULL);
  return self->slots[slot].place;
}

gboolean
rushes_workflow_is_open (RushesWorkflow *self, RushesSlot slot)
{
  g_return_val_if_fail (RUSHES_IS_WORKFLOW (self) && slot < RUSHES_N_SLOTS, FALSE);
  return self->slots[slot].is_open;
}

static RushesWorkflowPlace *
find_place (RushesWorkflow *self, RushesSlot slot, const char *id)
{
  const char *dot = strchr (id, '.');
  g_autofree char *name = slot != RUSHES_SLOT_OUTPUT && dot != NULL ? g_strndup (id, dot - id) : g_strdup (id);
  const RushesWorkflowNode *node = rushes_workflow_find_node (self, name);

  if (slot == RUSHES_SLOT_OUTPUT)
    return node != NULL && rushes_workflow_is_clip (node) ? rushes_workflow_place_new (node, NULL) : NULL;
  return node != NULL && dot != NULL && rushes_workflow_fits (node, dot + 1, slot)
             ? rushes_workflow_place_new (node, dot + 1)
             : NULL;
}

gboolean
rushes_workflow_bind (RushesWorkflow *self, RushesSlot slot, const char *id, GError **error)
{
  RushesWorkflowPlace *place = NULL;

  g_return_val_if_fail (RUSHES_IS_WORKFLOW (self) && slot < RUSHES_N_SLOTS, FALSE);

  if (id == NULL && slot == RUSHES_SLOT_OUTPUT)
    {
      rushes_set_error (error, RUSHES_ERROR_BAD_REQUEST, "%s", _ ("Without a video that it saves there is no clip."));
      return FALSE;
    }
  if (id != NULL && !(place = find_place (self, slot, id)))
    {
      /* Translators: a file, a place in it such as “6.text”, and what it was said to be, such as “Prompt”. */
      rushes_set_error (error, RUSHES_ERROR_BAD_REQUEST, _ ("In %s nothing stands at “%s” that can be this: %s."),
                        self->path, id, rushes_slot_get_title (slot));
      return FALSE;
    }
  g_clear_pointer (&self->slots[slot].place, rushes_workflow_place_free);
  self->slots[slot].place = place;
  self->slots[slot].is_open = FALSE;
  return TRUE;
}

/* Two slots that mean the same place. */
static gboolean
find_twice (RushesWorkflow *self, RushesSlot *one, RushesSlot *other)
{
  for (*one = 0; *one < RUSHES_N_SLOTS; (*one)++)
    for (*other = *one + 1; *other < RUSHES_N_SLOTS; (*other)++)
      if (self->slots[*one].place != NULL && self->slots[*other].place != NULL &&
          g_str_equal (self->slots[*one].place->id, self->slots[*other].place->id))
        return TRUE;
  return FALSE;
}

gboolean
rushes_workflow_check (RushesWorkflow *self, GError **error)
{
  RushesSlot one, other;

  g_return_val_if_fail (RUSHES_IS_WORKFLOW (self), FALSE);

  for (guint i = 0; i < RUSHES_N_SLOTS; i++)
    if (self->slots[i].is_open)
      {
        /* Translators: what of a workflow has to be chosen, such as “Prompt”. */
        rushes_set_error (error, RUSHES_ERROR_BAD_REQUEST, _ ("Choose what this is in the workflow: %s."),
                          rushes_slot_get_title (i));
        return FALSE;
      }
  if (find_twice (self, &one, &other))
    {
      /* Translators: what two inputs of a workflow are, such as “Prompt” and “Negative prompt”. */
      rushes_set_error (error, RUSHES_ERROR_BAD_REQUEST, _ ("These cannot be the same place in the workflow: %s, %s."),
                        rushes_slot_get_title (one), rushes_slot_get_title (other));
      return FALSE;
    }
  if (self->slots[RUSHES_SLOT_PROMPT].place == NULL && self->slots[RUSHES_SLOT_FIRST_FRAME].place == NULL)
    {
      rushes_set_error (error, RUSHES_ERROR_BAD_REQUEST, "%s",
                        _ ("Nothing could be said to this workflow: it needs a prompt or a first frame."));
      return FALSE;
    }
  if ((self->slots[RUSHES_SLOT_WIDTH].place == NULL) != (self->slots[RUSHES_SLOT_HEIGHT].place == NULL))
    {
      rushes_set_error (error, RUSHES_ERROR_BAD_REQUEST, "%s", _ ("Width and height belong together."));
      return FALSE;
    }
  if (self->slots[RUSHES_SLOT_FRAMES].place != NULL && self->slots[RUSHES_SLOT_FRAME_RATE].place == NULL)
    {
      rushes_set_error (error, RUSHES_ERROR_BAD_REQUEST, "%s",
                        _ ("Without a frame rate nobody knows how many frames a length is."));
      return FALSE;
    }
  return TRUE;
}
