/* rushes-workflow-describe.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "rushes-workflow-private.h"

#include <glib/gi18n.h>
#include <math.h>
#include <string.h>

#include "rushes-error.h"
#include "rushes-http-address.h"
#include "rushes-json-path.h"
#include "rushes-protocol.h"

#define BASE "comfyui"

/* Seconds that are offered beside the workflow's own length, which may be longer. */
#define USUAL_LONGEST 10

/* What nobody shows or saves. */
#define MAX_RATE  240
#define MAX_PARTS 100
#define MAX_EDGE  16384

/* Sizes that all models take are multiples of this. */
#define GRID 32

/* What stands for each slot in a request. */
static const char *const values[RUSHES_N_SLOTS] = {
  [RUSHES_SLOT_PROMPT] = "{prompt}",
  [RUSHES_SLOT_NEGATIVE] = "{negative_prompt}",
  [RUSHES_SLOT_FIRST_FRAME] = "{first_frame}",
  [RUSHES_SLOT_LAST_FRAME] = "{last_frame}",
  [RUSHES_SLOT_WIDTH] = "{width}",
  [RUSHES_SLOT_HEIGHT] = "{height}",
  [RUSHES_SLOT_FRAMES] = "{frames}",
  [RUSHES_SLOT_FRAME_RATE] = "{frame_rate}",
  [RUSHES_SLOT_SEED] = "{seed}",
};

/* Put behind the name of the saved file: a workflow that was run before with the same values is not run again, and
 * would then save nothing. */
#define OWN_ID "{own_id}"

/* ---- the workflow as a template ---- */

/* Braces of a stranger's text stay what they are. */
static char *
escape (const char *text)
{
  GString *escaped = g_string_sized_new (strlen (text));

  for (const char *p = text; *p != '\0'; p++)
    {
      if (*p == '{' || *p == '}')
        g_string_append_c (escaped, *p);
      g_string_append_c (escaped, *p);
    }
  return g_string_free_and_steal (escaped);
}

static JsonNode *
text_node (const char *text)
{
  return json_node_init_string (json_node_alloc (), text);
}

static JsonNode *
copy_escaped (JsonNode *node)
{
  if (JSON_NODE_HOLDS_OBJECT (node))
    {
      g_autoptr (JsonObject) copy = json_object_new ();
      g_autoptr (GList) members = json_object_get_members (json_node_get_object (node));

      for (const GList *name = members; name != NULL; name = name->next)
        json_object_set_member (copy, name->data,
                                copy_escaped (json_object_get_member (json_node_get_object (node), name->data)));
      return json_node_init_object (json_node_alloc (), copy);
    }
  if (JSON_NODE_HOLDS_ARRAY (node))
    {
      g_autoptr (JsonArray) copy = json_array_new ();

      for (guint i = 0; i < json_array_get_length (json_node_get_array (node)); i++)
        json_array_add_element (copy, copy_escaped (json_array_get_element (json_node_get_array (node), i)));
      return json_node_init_array (json_node_alloc (), copy);
    }
  if (JSON_NODE_HOLDS_VALUE (node) && json_node_get_value_type (node) == G_TYPE_STRING)
    {
      g_autofree char *text = escape (json_node_get_string (node));

      return text_node (text);
    }
  return json_node_copy (node);
}

static JsonObject *
get_inputs (JsonObject *workflow, const char *node)
{
  return json_object_get_object_member (json_object_get_object_member (workflow, node), "inputs");
}

/* What the workflow says there is said on as long as nobody says anything else. */
static JsonNode *
make_or (const char *value, JsonNode *own)
{
  g_autoptr (JsonObject) object = json_object_new ();
  JsonArray *list = json_array_new ();

  json_array_add_string_element (list, value);
  json_array_add_element (list, json_node_copy (own));
  json_object_set_array_member (object, "$or", list);
  return json_node_init_object (json_node_alloc (), object);
}

static double
get_number (RushesWorkflow *self, RushesSlot slot)
{
  const RushesWorkflowPlace *place = self->slots[slot].place;
  JsonNode *value;

  if (place == NULL)
    return 0;
  value = json_object_get_member (rushes_workflow_find_node (self, place->node)->inputs, place->input);
  return json_node_get_double (value);
}

static gboolean
is_whole_rate (double rate)
{
  return rate == floor (rate);
}

static void
put_value (RushesWorkflow *self, JsonObject *workflow, RushesSlot slot)
{
  const RushesWorkflowPlace *place = self->slots[slot].place;
  JsonObject *inputs;

  /* Rates are whole numbers in Rushes; 23.976 stays where it is. */
  if (place == NULL || (slot == RUSHES_SLOT_FRAME_RATE && !is_whole_rate (get_number (self, slot))))
    return;
  inputs = get_inputs (workflow, place->node);
  json_object_set_member (inputs, place->input,
                          slot == RUSHES_SLOT_NEGATIVE
                              ? make_or (values[slot], json_object_get_member (inputs, place->input))
                              : text_node (values[slot]));
}

static gboolean
is_linked_to (RushesWorkflow *self, const char *id)
{
  for (guint i = 0; i < self->nodes->len; i++)
    {
      const RushesWorkflowNode *node = &g_array_index (self->nodes, RushesWorkflowNode, i);
      g_autoptr (GList) inputs = json_object_get_members (node->inputs);

      for (const GList *input = inputs; input != NULL; input = input->next)
        {
          const RushesWorkflowNode *target = rushes_workflow_follow (self, node, input->data);

          if (target != NULL && g_str_equal (target->id, id))
            return TRUE;
        }
    }
  return FALSE;
}

/* Only the clip is kept by the server, so that nobody takes something else that is saved for it. */
static void
put_output (RushesWorkflow *self, JsonObject *workflow)
{
  const char *chosen = self->slots[RUSHES_SLOT_OUTPUT].place->node;
  JsonObject *inputs = get_inputs (workflow, chosen);
  JsonNode *prefix = json_object_get_member (inputs, "filename_prefix");

  if (prefix == NULL || JSON_NODE_HOLDS_VALUE (prefix))
    {
      const char *own = prefix != NULL ? json_node_get_string (prefix) : NULL;
      g_autofree char *name = g_strconcat (own != NULL && *own != '\0' ? own : "Rushes", "-" OWN_ID, NULL);

      json_object_set_string_member (inputs, "filename_prefix", name);
    }
  for (guint i = 0; i < self->nodes->len; i++)
    {
      const RushesWorkflowNode *node = &g_array_index (self->nodes, RushesWorkflowNode, i);
      gboolean is_chosen = g_str_equal (node->id, chosen);

      if (rushes_workflow_saves (node) && json_object_has_member (node->inputs, "save_output"))
        json_object_set_boolean_member (get_inputs (workflow, node->id), "save_output", is_chosen);
      if (!is_chosen && rushes_workflow_saves (node) && !is_linked_to (self, node->id))
        json_object_remove_member (workflow, node->id);
    }
}

static JsonNode *
make_template (RushesWorkflow *self)
{
  g_autoptr (JsonNode) copy = copy_escaped (self->root);

  for (guint slot = 0; slot < RUSHES_SLOT_OUTPUT; slot++)
    put_value (self, json_node_get_object (copy), slot);
  put_output (self, json_node_get_object (copy));
  return g_steal_pointer (&copy);
}

/* ---- the model ---- */

static void
add_text (JsonBuilder *builder, const char *name, const char *text)
{
  json_builder_set_member_name (builder, name);
  json_builder_add_string_value (builder, text);
}

static void
add_flag (JsonBuilder *builder, const char *name, gboolean value)
{
  json_builder_set_member_name (builder, name);
  json_builder_add_boolean_value (builder, value);
}

/* Whole seconds, and the length that the workflow has, to a hundredth. What it does not say counts as five seconds, and
 * is not sent. */
static void
add_durations (RushesWorkflow *self, JsonBuilder *builder)
{
  double rate = get_number (self, RUSHES_SLOT_FRAME_RATE);
  double frames = get_number (self, RUSHES_SLOT_FRAMES);
  double own = rate > 0 && frames > 1 ? round (100 * (frames - 1) / rate) / 100 : 0;

  own = own > 0 && own <= 3600 ? own : 5;
  json_builder_set_member_name (builder, "durations");
  json_builder_begin_array (builder);
  for (int second = 1; frames > 0 && second <= USUAL_LONGEST; second++)
    {
      if (own > second - 1 && own < second)
        json_builder_add_double_value (builder, own);
      json_builder_add_int_value (builder, second);
    }
  if (frames == 0 || own > USUAL_LONGEST)
    json_builder_add_double_value (builder, own);
  json_builder_end_array (builder);
  json_builder_set_member_name (builder, "default_duration");
  json_builder_add_double_value (builder, own);
}

static void
add_size (JsonBuilder *builder, int width, int height)
{
  g_autofree char *size = g_strdup_printf ("%dx%d", width, height);

  json_builder_add_string_value (builder, size);
}

/* The workflow's own size, the same turned, and a square one of as many pixels. */
static void
add_sizes (RushesWorkflow *self, JsonBuilder *builder)
{
  double width = get_number (self, RUSHES_SLOT_WIDTH);
  double height = get_number (self, RUSHES_SLOT_HEIGHT);
  int edge = GRID * (int) round (sqrt (width * height) / GRID);

  if (self->slots[RUSHES_SLOT_WIDTH].place == NULL)
    return;
  json_builder_set_member_name (builder, "resolutions");
  json_builder_begin_array (builder);
  add_size (builder, (int) width, (int) height);
  if (width != height)
    {
      add_size (builder, (int) height, (int) width);
      add_size (builder, edge, edge);
    }
  json_builder_end_array (builder);
}

static void
add_inputs (RushesWorkflow *self, JsonBuilder *builder)
{
  json_builder_set_member_name (builder, "inputs");
  json_builder_begin_object (builder);
  add_text (builder, "first_frame", self->slots[RUSHES_SLOT_FIRST_FRAME].place != NULL ? "required" : "none");
  add_text (builder, "last_frame", self->slots[RUSHES_SLOT_LAST_FRAME].place != NULL ? "required" : "none");
  json_builder_end_object (builder);
  if (self->slots[RUSHES_SLOT_PROMPT].place == NULL)
    return;
  json_builder_set_member_name (builder, "prompt");
  json_builder_begin_object (builder);
  add_text (builder, "input", "required");
  json_builder_end_object (builder);
}

/* A computer of one's own costs nothing; what another one costs nobody knows. */
static void
add_prices (JsonBuilder *builder, const char *base_url)
{
  g_autoptr (GUri) uri = base_url != NULL ? g_uri_parse (base_url, G_URI_FLAGS_NONE, NULL) : NULL;

  if (uri != NULL && !rushes_http_is_near_name (g_uri_get_host (uri)))
    return;
  json_builder_set_member_name (builder, "prices");
  json_builder_begin_array (builder);
  json_builder_end_array (builder);
}

static void
add_model (RushesWorkflow *self, JsonBuilder *builder, const char *name, const char *base_url)
{
  gboolean has_seed = self->slots[RUSHES_SLOT_SEED].place != NULL;

  json_builder_begin_object (builder);
  add_text (builder, "id", RUSHES_WORKFLOW_MODEL);
  add_text (builder, "name", name);
  add_durations (self, builder);
  add_sizes (self, builder);
  if (self->slots[RUSHES_SLOT_FRAME_RATE].place != NULL)
    {
      json_builder_set_member_name (builder, "frame_rates");
      json_builder_begin_array (builder);
      json_builder_add_int_value (builder, (int) round (get_number (self, RUSHES_SLOT_FRAME_RATE)));
      json_builder_end_array (builder);
    }
  add_inputs (self, builder);
  add_flag (builder, "negative_prompt", self->slots[RUSHES_SLOT_NEGATIVE].place != NULL);
  add_flag (builder, "seed", has_seed);
  if (has_seed)
    {
      json_builder_set_member_name (builder, "max_count");
      json_builder_add_int_value (builder, 8);
    }
  add_prices (builder, base_url);
  json_builder_end_object (builder);
}

static JsonNode *
find_at (JsonNode *root, const char *path)
{
  g_autoptr (RushesJsonPath) it = rushes_json_path_new (path, NULL);
  g_autoptr (GPtrArray) found = rushes_json_path_find (it, root);

  return found->len > 0 ? g_ptr_array_index (found, 0) : NULL;
}

/* ---- the description ---- */

static void
add_submit (RushesWorkflow *self, JsonBuilder *builder)
{
  json_builder_set_member_name (builder, "submit");
  json_builder_begin_object (builder);
  add_text (builder, "method", "POST");
  add_text (builder, "path", "/prompt");
  json_builder_set_member_name (builder, "json");
  json_builder_begin_object (builder);
  json_builder_set_member_name (builder, "prompt");
  json_builder_add_value (builder, make_template (self));
  add_text (builder, "client_id", OWN_ID);
  add_text (builder, "prompt_id", OWN_ID);
  json_builder_end_object (builder);
  json_builder_end_object (builder);
}

/* Nodes that say step by step how far they are, one after the other. */
static guint
count_samplers (RushesWorkflow *self)
{
  guint n = 0;

  for (guint i = 0; i < self->nodes->len; i++)
    {
      const RushesWorkflowNode *node = &g_array_index (self->nodes, RushesWorkflowNode, i);

      n += strstr (node->kind, "Sampler") != NULL &&
           (json_object_has_member (node->inputs, "latent_image") || json_object_has_member (node->inputs, "steps"));
    }
  return n;
}

/* The base's socket, with as many parts as there are samplers. */
static void
add_socket (JsonBuilder *builder, RushesDescription *base, guint parts)
{
  /* A copy of a node shares its objects. */
  g_autofree char *text = json_to_string (find_at (rushes_description_get_json (base), "protocol.socket"), FALSE);
  g_autoptr (JsonNode) socket = json_from_string (text, NULL);
  JsonObject *progress = json_object_get_object_member (json_node_get_object (socket), "progress");

  json_object_set_int_member (progress, "parts", parts);
  json_builder_set_member_name (builder, "socket");
  json_builder_add_value (builder, g_steal_pointer (&socket));
}

static void
add_routes (RushesWorkflow *self, JsonBuilder *builder, RushesDescription *base)
{
  guint parts = count_samplers (self);

  json_builder_set_member_name (builder, "routes");
  json_builder_begin_array (builder);
  if (parts > 1)
    {
      json_builder_begin_object (builder);
      json_builder_set_member_name (builder, "when");
      json_builder_begin_object (builder);
      json_builder_set_member_name (builder, "models");
      json_builder_begin_array (builder);
      json_builder_add_string_value (builder, RUSHES_WORKFLOW_MODEL);
      json_builder_end_array (builder);
      json_builder_end_object (builder);
      add_socket (builder, base, MIN (parts, MAX_PARTS));
      json_builder_end_object (builder);
    }
  json_builder_end_array (builder);
}

/* Numbers that no video has. */
static gboolean
check_numbers (RushesWorkflow *self, GError **error)
{
  double rate = get_number (self, RUSHES_SLOT_FRAME_RATE);
  double width = get_number (self, RUSHES_SLOT_WIDTH);
  double height = get_number (self, RUSHES_SLOT_HEIGHT);

  if (self->slots[RUSHES_SLOT_FRAME_RATE].place != NULL && !(rate >= 1 && rate <= MAX_RATE))
    rushes_set_error (error, RUSHES_ERROR_BAD_REQUEST, _ ("The frame rate in %s is none: %g."), self->path, rate);
  else if (self->slots[RUSHES_SLOT_WIDTH].place != NULL &&
           !(width >= GRID && width <= MAX_EDGE && height >= GRID && height <= MAX_EDGE))
    /* Translators: a file, and a width and a height. */
    rushes_set_error (error, RUSHES_ERROR_BAD_REQUEST, _ ("The size in %s is none: %g×%g."), self->path, width, height);
  else
    return TRUE;
  return FALSE;
}

GBytes *
rushes_workflow_describe (RushesWorkflow *self, const char *id, const char *name, const char *base_url, GError **error)
{
  g_autoptr (RushesDescription) base = NULL;
  g_autoptr (JsonBuilder) builder = json_builder_new ();
  g_autoptr (JsonNode) root = NULL;
  g_autofree char *url = NULL;
  char *text;

  g_return_val_if_fail (RUSHES_IS_WORKFLOW (self), NULL);
  g_return_val_if_fail (id != NULL && name != NULL, NULL);

  if (!rushes_workflow_check (self, error) || !check_numbers (self, error) ||
      !(base = rushes_description_new_shipped (BASE, error)))
    return NULL;
  if (base_url != NULL &&
      !(url = rushes_protocol_normalize_url (rushes_description_get_protocol (base), base_url, error)))
    return NULL;

  json_builder_begin_object (builder);
  json_builder_set_member_name (builder, "version");
  json_builder_add_int_value (builder, 1);
  add_text (builder, "id", id);
  add_text (builder, "base", BASE);
  add_text (builder, "name", name);
  if (url != NULL)
    add_text (builder, "base_url", url);
  add_submit (self, builder);
  add_routes (self, builder, base);
  add_text (builder, "default_model", RUSHES_WORKFLOW_MODEL);
  json_builder_set_member_name (builder, "models");
  json_builder_begin_array (builder);
  add_model (self, builder, name, url);
  json_builder_end_array (builder);
  json_builder_end_object (builder);

  root = json_builder_get_root (builder);
  text = json_to_string (root, TRUE);
  return g_bytes_new_take (text, strlen (text));
}

/* ---- and back ---- */

/* The slot that a value of a template stands for; RUSHES_N_SLOTS for none. */
static RushesSlot
find_slot (JsonNode *value)
{
  JsonNode *chosen = JSON_NODE_HOLDS_OBJECT (value) ? find_at (value, "$or[0]") : value;
  const char *text = chosen != NULL && JSON_NODE_HOLDS_VALUE (chosen) ? json_node_get_string (chosen) : NULL;

  for (guint slot = 0; text != NULL && slot < RUSHES_SLOT_OUTPUT; slot++)
    if (g_str_equal (text, values[slot]))
      return slot;
  return text != NULL && g_str_has_suffix (text, "-" OWN_ID) ? RUSHES_SLOT_OUTPUT : RUSHES_N_SLOTS;
}

static void
find_bound (GPtrArray *bound, const char *id, JsonNode *json)
{
  JsonObject *object = JSON_NODE_HOLDS_OBJECT (json) ? json_node_get_object (json) : NULL;
  JsonNode *given = object != NULL ? json_object_get_member (object, "inputs") : NULL;
  JsonNode *title = object != NULL ? find_at (json, "_meta.title") : NULL;
  JsonNode *kind = object != NULL ? json_object_get_member (object, "class_type") : NULL;
  RushesWorkflowNode node = { .id = id };
  g_autoptr (GList) inputs = NULL;

  if (given == NULL || !JSON_NODE_HOLDS_OBJECT (given) || kind == NULL || !JSON_NODE_HOLDS_VALUE (kind))
    return;
  node.inputs = json_node_get_object (given);
  node.kind = json_node_get_string (kind);
  node.title = title != NULL && JSON_NODE_HOLDS_VALUE (title) ? json_node_get_string (title) : node.kind;
  if (node.kind == NULL || node.title == NULL)
    return;
  inputs = json_object_get_members (node.inputs);
  for (const GList *input = inputs; input != NULL; input = input->next)
    {
      RushesSlot slot = find_slot (json_object_get_member (node.inputs, input->data));
      RushesWorkflowPlace **place = slot < RUSHES_N_SLOTS ? (RushesWorkflowPlace **) &bound->pdata[slot] : NULL;

      if (place != NULL && *place == NULL)
        *place = rushes_workflow_place_new (&node, slot == RUSHES_SLOT_OUTPUT ? NULL : input->data);
    }
}

static void
free_place (gpointer place)
{
  if (place != NULL)
    rushes_workflow_place_free (place);
}

GPtrArray *
rushes_workflow_list_bound (RushesDescription *description)
{
  g_autoptr (GPtrArray) bound = NULL;
  JsonNode *workflow;
  JsonObjectIter iter;
  const char *id;
  JsonNode *node;

  g_return_val_if_fail (RUSHES_IS_DESCRIPTION (description), NULL);

  workflow = find_at (rushes_description_get_json (description), "protocol.submit.json.prompt");
  if (workflow == NULL || !JSON_NODE_HOLDS_OBJECT (workflow))
    return NULL;
  bound = g_ptr_array_new_with_free_func (free_place);
  g_ptr_array_set_size (bound, RUSHES_N_SLOTS);
  json_object_iter_init_ordered (&iter, json_node_get_object (workflow));
  while (json_object_iter_next_ordered (&iter, &id, &node))
    find_bound (bound, id, node);
  return bound->pdata[RUSHES_SLOT_OUTPUT] != NULL ? g_steal_pointer (&bound) : NULL;
}
