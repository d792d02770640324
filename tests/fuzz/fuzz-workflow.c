/* fuzz-workflow.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

/* A workflow of ComfyUI that a stranger made. One that is taken becomes a description that can be read, and a request
 * that says what the workflow says, but for the places that were bound. */

#include <string.h>

#include "rushes-draft.h"
#include "rushes-error.h"
#include "rushes-fuzz.h"
#include "rushes-protocol.h"
#include "rushes-request.h"
#include "rushes-workflow.h"

static void
settle (RushesWorkflow *workflow)
{
  for (guint slot = 0; slot < RUSHES_N_SLOTS; slot++)
    {
      GPtrArray *candidates = rushes_workflow_get_candidates (workflow, slot);
      const RushesWorkflowPlace *first = candidates->len > 0 ? g_ptr_array_index (candidates, 0) : NULL;

      for (guint i = 0; i < candidates->len; i++)
        {
          const RushesWorkflowPlace *place = g_ptr_array_index (candidates, i);

          rushes_fuzz_check_words (place->title);
          rushes_fuzz_check_words (place->value);
        }
      if (rushes_workflow_is_open (workflow, slot))
        g_assert_true (rushes_workflow_bind (workflow, slot, first->id, NULL));
    }
}

static gboolean
is_bound (RushesWorkflow *workflow, const char *node, const char *input)
{
  for (guint slot = 0; slot < RUSHES_N_SLOTS; slot++)
    {
      const RushesWorkflowPlace *place = rushes_workflow_get_place (workflow, slot);

      if (place != NULL && g_str_equal (place->node, node) &&
          (slot == RUSHES_SLOT_OUTPUT || g_str_equal (place->input, input)))
        return TRUE;
    }
  return FALSE;
}

static void
check_inputs (RushesWorkflow *workflow, const char *id, JsonObject *before, JsonObject *after)
{
  JsonObjectIter iter;
  const char *input;
  JsonNode *value;

  json_object_iter_init (&iter, before);
  while (json_object_iter_next (&iter, &input, &value))
    if (!is_bound (workflow, id, input) && strcmp (input, "save_output") != 0)
      {
        g_assert_true (json_object_has_member (after, input));
        g_assert_true (json_node_equal (value, json_object_get_member (after, input)));
      }
}

static void
check_graph (RushesWorkflow *workflow, GBytes *bytes, JsonNode *body)
{
  gsize size;
  const char *text = g_bytes_get_data (bytes, &size);
  g_autofree char *whole = g_strndup (text, size);
  g_autoptr (JsonNode) root = json_from_string (whole, NULL);
  JsonObject *graph = json_object_get_object_member (json_node_get_object (body), "prompt");
  JsonObjectIter iter;
  const char *id;
  JsonNode *node;

  json_object_iter_init (&iter, graph);
  while (json_object_iter_next (&iter, &id, &node))
    check_inputs (
        workflow, id,
        json_object_get_object_member (json_object_get_object_member (json_node_get_object (root), id), "inputs"),
        json_object_get_object_member (json_node_get_object (node), "inputs"));
}

static void
add_picture (GPtrArray *pictures, RushesReferenceRole role)
{
  g_autoptr (GBytes) bytes = g_bytes_new_static ("x", 1);
  RushesSentPicture *picture = rushes_sent_picture_new (role, RUSHES_FORM_UPLOAD, bytes, "image/png", "a.png");

  picture->address = g_strdup ("rushes/a.png");
  g_ptr_array_add (pictures, picture);
}

static void
use (RushesWorkflow *workflow, GBytes *bytes, GBytes *described)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (RushesDescription) description = rushes_description_new_strange (described, "mine.json", &error);
  g_autoptr (RushesModel) model = NULL;
  g_autoptr (RushesDraft) draft = rushes_draft_new ();
  g_autoptr (RushesRequest) request = NULL;
  g_autoptr (RushesHttpRequest) built = NULL;
  g_autoptr (GPtrArray) pictures = g_ptr_array_new_with_free_func ((GDestroyNotify) rushes_sent_picture_free);
  g_autoptr (GPtrArray) bound = NULL;
  RushesTask task;

  g_assert_no_error (error);
  add_picture (pictures, RUSHES_ROLE_FIRST_FRAME);
  add_picture (pictures, RUSHES_ROLE_LAST_FRAME);
  bound = rushes_workflow_list_bound (description);
  g_assert_nonnull (bound);
  model = g_list_model_get_item (rushes_description_get_models (description), 0);
  rushes_draft_set_prompt (draft, "A kite");
  rushes_draft_set_model (draft, "mine", rushes_model_get_id (model));
  request = rushes_request_new (draft, model, 0);
  task = (RushesTask) { .request = request, .model = model, .own_id = "own", .pictures = pictures };
  task.base_url = "http://127.0.0.1:8188";
  built = rushes_protocol_build (rushes_description_get_protocol (description), RUSHES_OPERATION_SUBMIT, &task, &error);
  g_assert_no_error (error);
  g_assert_cmpstr (built->address, ==, "http://127.0.0.1:8188/prompt");
  g_assert_cmpuint (built->headers->len, ==, 0);
  check_graph (workflow, bytes, built->json);
}

int
LLVMFuzzerTestOneInput (const uint8_t *data, size_t size)
{
  g_autoptr (GBytes) bytes = g_bytes_new (data, size);
  g_autoptr (GError) error = NULL;
  g_autoptr (RushesWorkflow) workflow = rushes_workflow_new (bytes, "mine.json", &error);
  g_autoptr (GBytes) described = NULL;

  if (workflow != NULL)
    {
      g_assert_true (rushes_workflow_recognize (bytes));
      settle (workflow);
      described = rushes_workflow_describe (workflow, "mine", "Mine", NULL, &error);
    }
  if (described != NULL)
    use (workflow, bytes, described);
  else
    rushes_fuzz_check_error (error);

  return 0;
}

void
rushes_fuzz_add_seeds (GPtrArray *seeds)
{
  rushes_fuzz_add_files (seeds, "tests/fixtures/workflows", ".json", 64 * 1024);
}
