/* rushes-workflow-find.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "rushes-workflow-private.h"

#include <string.h>

/* Inputs by what they are called, whatever the node. */
static const char *const prompts[] = { "prompt", "positive_prompt", "positive", NULL };
static const char *const negatives[] = { "negative_prompt", "negative", NULL };
static const char *const texts[] = { "text", "value", "string", "prompt", NULL };
static const char *const counts[] = { "length", "num_frames", "video_frames", "frames_number", NULL };
static const char *const rates[] = { "frame_rate", "fps", NULL };
static const char *const seeds[] = { "seed", "noise_seed", NULL };
static const char *const first_frames[] = { "start_image", "first_frame", "first_image", "init_image", NULL };
static const char *const last_frames[] = { "end_image", "last_frame", "last_image", NULL };

#define N_NODES(self)  ((self)->nodes->len)
#define NODE(self, i)  (&g_array_index ((self)->nodes, RushesWorkflowNode, (i)))
#define PLACE(list, i) ((RushesWorkflowPlace *) g_ptr_array_index ((list), (i)))

/* ---- lists of places ---- */

static GPtrArray *
places_new (void)
{
  return g_ptr_array_new_with_free_func ((GDestroyNotify) rushes_workflow_place_free);
}

static gboolean
has (GPtrArray *places, const char *id)
{
  for (guint i = 0; i < places->len; i++)
    if (g_str_equal (PLACE (places, i)->id, id))
      return TRUE;
  return FALSE;
}

static void
add (GPtrArray *places, const RushesWorkflowNode *node, const char *input)
{
  g_autoptr (RushesWorkflowPlace) place = rushes_workflow_place_new (node, input);

  if (!has (places, place->id))
    g_ptr_array_add (places, g_steal_pointer (&place));
}

/* What stands in the input itself, or one link away in a node that does nothing but hold it. */
static void
add_value (RushesWorkflow *self, GPtrArray *places, const RushesWorkflowNode *node, const char *input, RushesSlot slot)
{
  const RushesWorkflowNode *holder = rushes_workflow_follow (self, node, input);

  if (rushes_workflow_fits (node, input, slot))
    add (places, node, input);
  else if (holder != NULL && rushes_workflow_fits (holder, "value", slot))
    add (places, holder, "value");
  else if (holder != NULL && rushes_workflow_fits (holder, input, slot))
    add (places, holder, input);
}

/* Takes @likely: if there is one, that is meant, and if there is none and @others has none either, nothing is. */
static void
settle (RushesWorkflow *self, RushesSlot slot, GPtrArray *likely, GPtrArray *others)
{
  RushesWorkflowSlot *it = &self->slots[slot];

  g_ptr_array_unref (it->candidates);
  it->candidates = likely;
  it->is_open = likely->len != 1 && likely->len + (others != NULL ? others->len : 0) > 0;
  if (likely->len == 1)
    {
      const RushesWorkflowPlace *only = PLACE (likely, 0);

      it->place = rushes_workflow_place_new (rushes_workflow_find_node (self, only->node), only->input);
    }
}

/* More to choose from, which settles nothing. */
static void
offer (RushesWorkflow *self, RushesSlot slot, GPtrArray *others)
{
  for (guint i = 0; i < others->len; i++)
    {
      const RushesWorkflowPlace *other = PLACE (others, i);

      add (self->slots[slot].candidates, rushes_workflow_find_node (self, other->node), other->input);
    }
}

/* ---- what it saves ---- */

static gboolean
is_combine (const RushesWorkflowNode *node)
{
  return g_str_equal (node->kind, "VHS_VideoCombine");
}

gboolean
rushes_workflow_saves (const RushesWorkflowNode *node)
{
  static const char *const kinds[] = {
    "SaveVideo", "SaveWEBM", "SaveImage", "SaveAnimatedWEBP", "SaveAnimatedPNG", NULL
  };

  return g_strv_contains (kinds, node->kind) || is_combine (node);
}

gboolean
rushes_workflow_is_clip (const RushesWorkflowNode *node)
{
  JsonNode *format = json_object_get_member (node->inputs, "format");

  if (!is_combine (node))
    return g_str_equal (node->kind, "SaveVideo") || g_str_equal (node->kind, "SaveWEBM");
  return format == NULL || !JSON_NODE_HOLDS_VALUE (format) || json_node_get_value_type (format) != G_TYPE_STRING ||
         g_str_has_prefix (json_node_get_string (format), "video/");
}

static void
find_output (RushesWorkflow *self)
{
  GPtrArray *outputs = places_new ();

  for (guint i = 0; i < N_NODES (self); i++)
    if (rushes_workflow_is_clip (NODE (self, i)))
      add (outputs, NODE (self, i), NULL);
  settle (self, RUSHES_SLOT_OUTPUT, outputs, NULL);
}

/* The rate at which the video is saved, by the node that saves it or by the one before; else there is a choice. */
static void
find_frame_rate (RushesWorkflow *self)
{
  const RushesWorkflowPlace *output = self->slots[RUSHES_SLOT_OUTPUT].place;
  const RushesWorkflowNode *saver = output != NULL ? rushes_workflow_find_node (self, output->node) : NULL;
  const RushesWorkflowNode *maker = saver != NULL ? rushes_workflow_follow (self, saver, "video") : NULL;
  GPtrArray *likely = places_new ();
  g_autoptr (GPtrArray) others = places_new ();

  for (guint n = 0; rates[n] != NULL; n++)
    {
      if (saver != NULL)
        add_value (self, likely, saver, rates[n], RUSHES_SLOT_FRAME_RATE);
      if (maker != NULL)
        add_value (self, likely, maker, rates[n], RUSHES_SLOT_FRAME_RATE);
      for (guint i = 0; i < N_NODES (self); i++)
        add_value (self, others, NODE (self, i), rates[n], RUSHES_SLOT_FRAME_RATE);
    }
  settle (self, RUSHES_SLOT_FRAME_RATE, likely, others);
  offer (self, RUSHES_SLOT_FRAME_RATE, others);
}

/* ---- words ---- */

/* A node that makes of words what a sampler is given. */
static gboolean
is_encoder (const RushesWorkflowNode *node)
{
  return strstr (node->kind, "TextEncode") != NULL;
}

/* What is called so, or leads, with this one link, to the words of an encoder. */
static GPtrArray *
find_words (RushesWorkflow *self, const char *const *names, const char *link)
{
  GPtrArray *words = places_new ();

  for (guint i = 0; i < N_NODES (self); i++)
    {
      const RushesWorkflowNode *encoder = rushes_workflow_follow (self, NODE (self, i), link);

      for (guint n = 0; names[n] != NULL; n++)
        if (rushes_workflow_fits (NODE (self, i), names[n], RUSHES_SLOT_PROMPT))
          add (words, NODE (self, i), names[n]);
      if (encoder != NULL && is_encoder (encoder) && rushes_workflow_fits (encoder, "text", RUSHES_SLOT_PROMPT))
        add (words, encoder, "text");
    }
  return words;
}

/* Those of @words that are not in @others. */
static GPtrArray *
without (RushesWorkflow *self, GPtrArray *words, GPtrArray *others)
{
  GPtrArray *rest = places_new ();

  for (guint i = 0; i < words->len; i++)
    if (!has (others, PLACE (words, i)->id))
      add (rest, rushes_workflow_find_node (self, PLACE (words, i)->node), PLACE (words, i)->input);
  return rest;
}

/* Everything that might be words, those of encoders first; these go to @encoded, too. */
static GPtrArray *
find_texts (RushesWorkflow *self, GPtrArray *encoded)
{
  GPtrArray *all = places_new ();

  for (guint i = 0; i < N_NODES (self); i++)
    if (is_encoder (NODE (self, i)))
      {
        add_value (self, encoded, NODE (self, i), "text", RUSHES_SLOT_PROMPT);
        add_value (self, all, NODE (self, i), "text", RUSHES_SLOT_PROMPT);
      }
  for (guint i = 0; i < N_NODES (self); i++)
    {
      const RushesWorkflowNode *node = NODE (self, i);
      g_autoptr (GList) inputs = json_object_get_members (node->inputs);

      for (const GList *input = inputs; input != NULL; input = input->next)
        if ((is_encoder (node) || g_strv_contains (texts, input->data)) &&
            rushes_workflow_fits (node, input->data, RUSHES_SLOT_PROMPT))
          add (all, node, input->data);
    }
  return all;
}

/* Words that go both ways are neither for sure. Where no link tells, the only words that there are are the prompt. */
static void
find_prompts (RushesWorkflow *self)
{
  g_autoptr (GPtrArray) positive = find_words (self, prompts, "positive");
  g_autoptr (GPtrArray) negative = find_words (self, negatives, "negative");
  g_autoptr (GPtrArray) encoded = places_new ();
  g_autoptr (GPtrArray) all = find_texts (self, encoded);
  g_autoptr (GPtrArray) rest = NULL;
  GPtrArray *prompt = without (self, positive, negative);

  if (positive->len == 0)
    {
      g_autoptr (GPtrArray) spare = without (self, encoded, negative);

      if (spare->len == 1)
        add (prompt, rushes_workflow_find_node (self, PLACE (spare, 0)->node), PLACE (spare, 0)->input);
    }
  rest = without (self, encoded, prompt);
  settle (self, RUSHES_SLOT_NEGATIVE, without (self, negative, positive), rest);
  settle (self, RUSHES_SLOT_PROMPT, prompt, all);
  offer (self, RUSHES_SLOT_PROMPT, all);
  offer (self, RUSHES_SLOT_NEGATIVE, all);
}

/* ---- pictures ---- */

static gboolean
counts_frames (const RushesWorkflowNode *node)
{
  for (guint i = 0; counts[i] != NULL; i++)
    if (json_object_has_member (node->inputs, counts[i]))
      return TRUE;
  return FALSE;
}

static void
add_picture (RushesWorkflow *self, GPtrArray *pictures, const RushesWorkflowNode *node, const char *input)
{
  const RushesWorkflowNode *loader = rushes_workflow_follow (self, node, input);

  if (loader != NULL && rushes_workflow_fits (loader, "image", RUSHES_SLOT_FIRST_FRAME))
    add (pictures, loader, "image");
}

/* The pictures that are linked, with this one link, to an input of one of these names. */
static GPtrArray *
find_linked (RushesWorkflow *self, const char *const *names)
{
  GPtrArray *pictures = places_new ();

  for (guint i = 0; i < N_NODES (self); i++)
    for (guint n = 0; names[n] != NULL; n++)
      add_picture (self, pictures, NODE (self, i), names[n]);
  return pictures;
}

/* Where no link tells, the only picture that there is is the first frame. */
static void
find_pictures (RushesWorkflow *self)
{
  g_autoptr (GPtrArray) first = find_linked (self, first_frames);
  g_autoptr (GPtrArray) last = find_linked (self, last_frames);
  g_autoptr (GPtrArray) all = places_new ();
  g_autoptr (GPtrArray) spare = NULL;
  g_autoptr (GPtrArray) rest = NULL;
  GPtrArray *likely;

  for (guint i = 0; i < N_NODES (self); i++)
    {
      if (counts_frames (NODE (self, i)))
        add_picture (self, first, NODE (self, i), "image");
      if (rushes_workflow_fits (NODE (self, i), "image", RUSHES_SLOT_FIRST_FRAME))
        add (all, NODE (self, i), "image");
    }
  likely = without (self, first, last);
  spare = without (self, all, last);
  if (first->len == 0 && spare->len == 1)
    add (likely, rushes_workflow_find_node (self, PLACE (spare, 0)->node), PLACE (spare, 0)->input);
  rest = without (self, all, likely);
  settle (self, RUSHES_SLOT_LAST_FRAME, without (self, last, first), rest);
  settle (self, RUSHES_SLOT_FIRST_FRAME, likely, spare);
  offer (self, RUSHES_SLOT_FIRST_FRAME, all);
  offer (self, RUSHES_SLOT_LAST_FRAME, all);
}

/* ---- numbers ---- */

/* The size of a video stands where its frames are counted; others are those of pictures on the way. */
static void
find_size (RushesWorkflow *self, RushesSlot slot, const char *name)
{
  GPtrArray *likely = places_new ();
  g_autoptr (GPtrArray) others = places_new ();

  for (guint i = 0; i < N_NODES (self); i++)
    add_value (self, counts_frames (NODE (self, i)) ? likely : others, NODE (self, i), name, slot);
  settle (self, slot, likely, others);
  offer (self, slot, others);
}

static void
find_frames (RushesWorkflow *self)
{
  GPtrArray *likely = places_new ();
  g_autoptr (GPtrArray) others = places_new ();

  for (guint i = 0; i < N_NODES (self); i++)
    for (guint n = 0; counts[n] != NULL; n++)
      add_value (self, json_object_has_member (NODE (self, i)->inputs, "width") ? likely : others, NODE (self, i),
                 counts[n], RUSHES_SLOT_FRAMES);
  settle (self, RUSHES_SLOT_FRAMES, likely, others);
  offer (self, RUSHES_SLOT_FRAMES, others);
}

/* Of two samplers that share the steps the second adds no noise, and its seed does nothing. */
static gboolean
adds_noise (const RushesWorkflowNode *node)
{
  JsonNode *add_noise = json_object_get_member (node->inputs, "add_noise");

  if (add_noise == NULL || !JSON_NODE_HOLDS_VALUE (add_noise))
    return TRUE;
  return json_node_get_value_type (add_noise) == G_TYPE_STRING
             ? !g_str_equal (json_node_get_string (add_noise), "disable")
             : json_node_get_boolean (add_noise);
}

static void
find_seed (RushesWorkflow *self)
{
  GPtrArray *likely = places_new ();
  g_autoptr (GPtrArray) others = places_new ();

  for (guint i = 0; i < N_NODES (self); i++)
    for (guint n = 0; seeds[n] != NULL; n++)
      add_value (self, adds_noise (NODE (self, i)) ? likely : others, NODE (self, i), seeds[n], RUSHES_SLOT_SEED);
  settle (self, RUSHES_SLOT_SEED, likely, NULL);
  offer (self, RUSHES_SLOT_SEED, others);
}

void
rushes_workflow_find (RushesWorkflow *self)
{
  find_output (self);
  find_prompts (self);
  find_pictures (self);
  find_size (self, RUSHES_SLOT_WIDTH, "width");
  find_size (self, RUSHES_SLOT_HEIGHT, "height");
  find_frames (self);
  find_frame_rate (self);
  find_seed (self);
}
