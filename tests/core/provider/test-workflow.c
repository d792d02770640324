/* test-workflow.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

/* Workflows of ComfyUI: what is found in them, and the descriptions that they become. */

#include <string.h>

#include "rushes-draft.h"
#include "rushes-error.h"
#include "rushes-protocol.h"
#include "rushes-request.h"
#include "rushes-socket-listener.h"
#include "rushes-test.h"
#include "rushes-workflow.h"

static GBytes *
load (const char *name)
{
  g_autofree char *path = g_test_build_filename (G_TEST_DIST, "fixtures", "workflows", name, NULL);
  g_autoptr (GError) error = NULL;
  char *text;
  gsize length;

  g_file_get_contents (path, &text, &length, &error);
  g_assert_no_error (error);
  return g_bytes_new_take (text, length);
}

static RushesWorkflow *
open_workflow (const char *name)
{
  g_autoptr (GBytes) bytes = load (name);
  g_autoptr (GError) error = NULL;
  RushesWorkflow *workflow = rushes_workflow_new (bytes, name, &error);

  g_assert_no_error (error);
  g_assert_true (rushes_workflow_recognize (bytes));
  return workflow;
}

/* "prompt=6.text … last_frame= …": what each slot means, "?" where that is open. */
static char *
tell (RushesWorkflow *workflow)
{
  GString *told = g_string_new (NULL);

  for (guint slot = 0; slot < RUSHES_N_SLOTS; slot++)
    {
      const RushesWorkflowPlace *place = rushes_workflow_get_place (workflow, slot);

      g_string_append_printf (told, "%s%s=%s", slot > 0 ? " " : "", rushes_slot_get_word (slot),
                              rushes_workflow_is_open (workflow, slot) ? "?"
                              : place != NULL                          ? place->id
                                                                       : "");
    }
  return g_string_free_and_steal (told);
}

static void
test_found (void)
{
  static const struct
  {
    const char *file;
    const char *told;
  } cases[] = {
    { "wan-5b.json", "prompt=6.text negative=7.text first_frame=56.image last_frame= width=55.width height=55.height "
                     "frames=55.length frame_rate=57.fps seed=3.seed output=58" },
    { "wan-14b-first-last.json",
      "prompt=93.text negative=89.text first_frame=97.image last_frame=62.image width=98.width "
      "height=98.height frames=98.length frame_rate=94.fps seed=86.noise_seed output=108" },
    { "ltx.json", "prompt=6.text negative=7.text first_frame=78.image last_frame= width=77.width height=77.height "
                  "frames=77.length frame_rate=80.fps seed=72.noise_seed output=81" },
    { "unsure.json", "prompt=? negative=22.text first_frame= last_frame= width=11.value height=12.value "
                     "frames=30.length frame_rate=60.frame_rate seed=? output=60" },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr (RushesWorkflow) workflow = open_workflow (cases[i].file);
      g_autofree char *told = tell (workflow);

      g_assert_cmpstr (told, ==, cases[i].told);
    }
}

#define SAVE                   "\"9\":{\"class_type\":\"SaveWEBM\",\"inputs\":{\"images\":[\"8\",0],\"fps\":24}}"
#define NODE(id, kind, inputs) "\"" id "\":{\"class_type\":\"" kind "\",\"inputs\":{" inputs "}},"

/* What a few nodes leave open, and what they do not. */
static void
test_unsure (void)
{
  static const struct
  {
    const char *nodes;
    RushesSlot slot;
    const char *means; /* NULL: open */
  } cases[] = {
    /* One is the prompt, with no sampler in sight. */
    { NODE ("6", "CLIPTextEncode", "\"text\":\"a\""), RUSHES_SLOT_PROMPT, "6.text" },
    { NODE ("6", "CLIPTextEncode", "\"text\":\"a\""), RUSHES_SLOT_NEGATIVE, "" },
    { NODE ("6", "CLIPTextEncode", "\"text\":\"a\"") NODE ("7", "CLIPTextEncode", "\"text\":\"b\""), RUSHES_SLOT_PROMPT,
      NULL },
    { NODE ("6", "CLIPTextEncode", "\"text\":\"a\"") NODE ("7", "CLIPTextEncode", "\"text\":\"b\"")
          NODE ("3", "KSampler", "\"positive\":[\"7\",0],\"negative\":[\"6\",0]"),
      RUSHES_SLOT_PROMPT, "7.text" },
    /* Two steps are one too many. */
    { NODE ("6", "CLIPTextEncode", "\"text\":\"a\"") NODE ("7", "CLIPTextEncode", "\"text\":\"b\"")
          NODE ("5", "FluxGuidance", "\"conditioning\":[\"7\",0]")
              NODE ("3", "KSampler", "\"positive\":[\"5\",0],\"negative\":[\"6\",0]"),
      RUSHES_SLOT_NEGATIVE, "6.text" },
    /* The same words both ways. */
    { NODE ("6", "CLIPTextEncode", "\"text\":\"a\"")
          NODE ("3", "KSampler", "\"positive\":[\"6\",0],\"negative\":[\"6\",0]"),
      RUSHES_SLOT_PROMPT, NULL },
    { NODE ("6", "CLIPTextEncode", "\"text\":\"a\"")
          NODE ("3", "KSampler", "\"positive\":[\"6\",0],\"negative\":[\"6\",0]"),
      RUSHES_SLOT_NEGATIVE, NULL },
    /* Words in a node of somebody else's. */
    { NODE ("6", "WanVideoTextEncode", "\"positive_prompt\":\"a\",\"negative_prompt\":\"b\""), RUSHES_SLOT_PROMPT,
      "6.positive_prompt" },
    { NODE ("6", "WanVideoTextEncode", "\"positive_prompt\":\"a\",\"negative_prompt\":\"b\""), RUSHES_SLOT_NEGATIVE,
      "6.negative_prompt" },
    { NODE ("6", "ShowText", "\"text\":\"a\""), RUSHES_SLOT_PROMPT, NULL },
    /* Pictures. */
    { NODE ("5", "LoadImage", "\"image\":\"a.png\""), RUSHES_SLOT_FIRST_FRAME, "5.image" },
    { NODE ("5", "LoadImage", "\"image\":\"a.png\"") NODE ("6", "LoadImage", "\"image\":\"b.png\""),
      RUSHES_SLOT_FIRST_FRAME, NULL },
    { NODE ("5", "LoadImage", "\"image\":\"a.png\"") NODE ("4", "Clip", "\"end_image\":[\"5\",0]"),
      RUSHES_SLOT_LAST_FRAME, "5.image" },
    { NODE ("5", "LoadImage", "\"image\":\"a.png\"") NODE ("4", "Clip", "\"end_image\":[\"5\",0]"),
      RUSHES_SLOT_FIRST_FRAME, "" },
    { NODE ("5", "LoadLatent", "\"image\":\"a.png\""), RUSHES_SLOT_FIRST_FRAME, "" },
    /* Numbers: those of pictures on the way settle nothing, and are not asked about where the others are. */
    { NODE ("5", "ImageScale", "\"width\":64,\"height\":64"), RUSHES_SLOT_WIDTH, NULL },
    { NODE ("5", "ImageScale", "\"width\":64") NODE ("4", "Latent", "\"width\":640,\"length\":49"), RUSHES_SLOT_WIDTH,
      "4.width" },
    { NODE ("4", "Latent", "\"width\":\"640\",\"length\":49"), RUSHES_SLOT_WIDTH, "" },
    { NODE ("4", "Latent", "\"width\":[\"5\",0],\"length\":49") NODE ("5", "GetImageSize", "\"image\":[\"6\",0]"),
      RUSHES_SLOT_WIDTH, "" },
    { NODE ("4", "KSampler", "\"seed\":[\"5\",0]") NODE ("5", "Seed (rgthree)", "\"seed\":4"), RUSHES_SLOT_SEED,
      "5.seed" },
    { NODE ("4", "KSamplerAdvanced", "\"noise_seed\":4,\"add_noise\":\"disable\""), RUSHES_SLOT_SEED, "" },
    { NODE ("4", "CreateVideo", "\"fps\":12"), RUSHES_SLOT_FRAME_RATE, "9.fps" },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autofree char *text = g_strdup_printf ("{%s%s}", cases[i].nodes, SAVE);
      g_autoptr (GBytes) bytes = g_bytes_new_static (text, strlen (text));
      g_autoptr (GError) error = NULL;
      g_autoptr (RushesWorkflow) workflow = rushes_workflow_new (bytes, "w.json", &error);
      const RushesWorkflowPlace *place;

      g_assert_no_error (error);
      place = rushes_workflow_get_place (workflow, cases[i].slot);
      g_test_message ("%s of %s", rushes_slot_get_word (cases[i].slot), cases[i].nodes);
      g_assert_cmpint (rushes_workflow_is_open (workflow, cases[i].slot), ==, cases[i].means == NULL);
      g_assert_cmpstr (place != NULL ? place->id : "", ==, cases[i].means != NULL ? cases[i].means : "");
      if (cases[i].means == NULL)
        g_assert_cmpuint (rushes_workflow_get_candidates (workflow, cases[i].slot)->len, >, 0);
    }
}

/* ---- what it becomes ---- */

static RushesDescription *
describe (RushesWorkflow *workflow, const char *base_url)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GBytes) bytes = rushes_workflow_describe (workflow, "my-wan", "My Wan", base_url, &error);
  RushesDescription *description;

  g_assert_no_error (error);
  description = rushes_description_new_strange (bytes, "my-wan.json", &error);
  g_assert_no_error (error);
  return description;
}

/* The body of the request for a take. */
static JsonObject *
build (RushesDescription *description, JsonNode **body)
{
  g_autoptr (RushesModel) model = g_list_model_get_item (rushes_description_get_models (description), 0);
  g_autoptr (RushesDraft) draft = rushes_draft_new ();
  g_autoptr (GPtrArray) pictures = g_ptr_array_new_with_free_func ((GDestroyNotify) rushes_sent_picture_free);
  g_autoptr (GBytes) bytes = g_bytes_new_static ("x", 1);
  g_autoptr (RushesRequest) request = NULL;
  g_autoptr (RushesHttpRequest) built = NULL;
  g_autoptr (GError) error = NULL;
  RushesSentPicture *picture =
      rushes_sent_picture_new (RUSHES_ROLE_FIRST_FRAME, RUSHES_FORM_UPLOAD, bytes, "image/png", "first-frame.png");
  RushesTask task = { .model = model, .own_id = "own", .pictures = pictures, .base_url = "http://10.0.0.2:8188" };

  picture->address = g_strdup ("rushes/a.png");
  g_ptr_array_add (pictures, picture);
  rushes_draft_set_prompt (draft, "A {seed} kite");
  rushes_draft_set_model (draft, "my-wan", "workflow");
  rushes_draft_set_seed (draft, 12);
  rushes_draft_set_duration (draft, 2);
  request = rushes_request_new (draft, model, 0);
  task.request = request;
  built = rushes_protocol_build (rushes_description_get_protocol (description), RUSHES_OPERATION_SUBMIT, &task, &error);
  g_assert_no_error (error);
  g_assert_cmpstr (built->method, ==, "POST");
  g_assert_cmpstr (built->address, ==, "http://10.0.0.2:8188/prompt");
  g_assert_cmpuint (built->headers->len, ==, 0);
  *body = json_node_ref (built->json);
  return json_object_get_object_member (json_node_get_object (*body), "prompt");
}

static JsonNode *
at (JsonObject *graph, const char *node, const char *input)
{
  return json_object_get_member (json_object_get_object_member (json_object_get_object_member (graph, node), "inputs"),
                                 input);
}

/* What the take asks for stands in its places, and what the workflow says stays to the letter. */
static void
test_request (void)
{
  g_autoptr (RushesWorkflow) workflow = open_workflow ("wan-5b.json");
  g_autoptr (RushesDescription) description = describe (workflow, "http://10.0.0.2:8188/");
  g_autoptr (JsonNode) body = NULL;
  JsonObject *graph = build (description, &body);

  g_assert_cmpstr (json_node_get_string (at (graph, "6", "text")), ==, "A {seed} kite");
  g_assert_cmpstr (json_node_get_string (at (graph, "7", "text")), ==, "blurred, {seed}");
  g_assert_cmpstr (json_node_get_string (at (graph, "56", "image")), ==, "rushes/a.png");
  g_assert_cmpint (json_node_get_int (at (graph, "55", "width")), ==, 1280);
  g_assert_cmpint (json_node_get_int (at (graph, "55", "height")), ==, 704);
  g_assert_cmpint (json_node_get_int (at (graph, "55", "length")), ==, 49);
  g_assert_cmpint (json_node_get_int (at (graph, "57", "fps")), ==, 24);
  g_assert_cmpint (json_node_get_int (at (graph, "3", "seed")), ==, 12);
  g_assert_cmpstr (json_node_get_string (at (graph, "58", "filename_prefix")), ==, "video/{ComfyUI}-own");
  g_assert_cmpstr (json_node_get_string (at (graph, "37", "unet_name")), ==, "wan2.2_ti2v_5B_fp16.safetensors");
  g_assert_cmpstr (json_object_get_string_member (json_node_get_object (body), "prompt_id"), ==, "own");
}

/* Nothing but the clip is saved, whatever else the workflow would. */
static void
test_only_clip (void)
{
  g_autoptr (RushesWorkflow) workflow = open_workflow ("unsure.json");
  g_autoptr (RushesDescription) description = NULL;
  g_autoptr (JsonNode) body = NULL;
  g_autoptr (GError) error = NULL;
  JsonObject *graph;

  g_assert_false (rushes_workflow_check (workflow, NULL));
  g_assert_null (rushes_workflow_describe (workflow, "my-wan", "My Wan", NULL, &error));
  g_assert_error (error, RUSHES_ERROR, RUSHES_ERROR_BAD_REQUEST);
  g_assert_true (rushes_workflow_bind (workflow, RUSHES_SLOT_PROMPT, "10.value", NULL));
  g_assert_true (rushes_workflow_bind (workflow, RUSHES_SLOT_SEED, NULL, NULL));
  description = describe (workflow, NULL);
  graph = build (description, &body);
  g_assert_false (json_object_has_member (graph, "61"));
  g_assert_true (json_node_get_boolean (at (graph, "60", "save_output")));
  g_assert_cmpstr (json_node_get_string (at (graph, "60", "filename_prefix")), ==, "AnimateDiff-own");
  g_assert_cmpint (json_node_get_int (at (graph, "40", "seed")), ==, 11);
  g_assert_true (JSON_NODE_HOLDS_ARRAY (at (graph, "20", "text")));
  g_assert_cmpstr (json_node_get_string (at (graph, "10", "value")), ==, "A {seed} kite");
}

static void
test_model (void)
{
  g_autoptr (RushesWorkflow) workflow = open_workflow ("wan-14b-first-last.json");
  g_autoptr (RushesDescription) near = describe (workflow, "http://gpu-box:8188");
  g_autoptr (RushesDescription) far = describe (workflow, "https://gpu.example");
  g_autoptr (RushesModel) model = g_list_model_get_item (rushes_description_get_models (near), 0);
  g_autoptr (RushesModel) paid = g_list_model_get_item (rushes_description_get_models (far), 0);
  g_autoptr (RushesDraft) draft = rushes_draft_new ();
  g_autoptr (GPtrArray) bound = rushes_workflow_list_bound (near);
  RushesPrice price;

  g_assert_cmpstr (rushes_description_get_name (near), ==, "My Wan");
  g_assert_cmpint (rushes_model_get_input (model, RUSHES_ROLE_FIRST_FRAME), ==, RUSHES_INPUT_REQUIRED);
  g_assert_cmpint (rushes_model_get_input (model, RUSHES_ROLE_LAST_FRAME), ==, RUSHES_INPUT_REQUIRED);
  g_assert_cmpint (rushes_model_get_prompt_input (model), ==, RUSHES_INPUT_REQUIRED);
  g_assert_cmpfloat (rushes_model_get_default_duration (model), ==, 5);
  g_assert_cmpstr (rushes_model_get_resolutions (model)[0], ==, "640x640");
  g_assert_null (rushes_model_get_resolutions (model)[1]);
  price = rushes_model_estimate (model, draft);
  g_assert_cmpint (price.kind, ==, RUSHES_PRICE_FREE);
  price = rushes_model_estimate (paid, draft);
  g_assert_cmpint (price.kind, ==, RUSHES_PRICE_UNKNOWN);
  for (guint slot = 0; slot < RUSHES_N_SLOTS; slot++)
    g_assert_cmpstr (((RushesWorkflowPlace *) bound->pdata[slot])->id, ==,
                     rushes_workflow_get_place (workflow, slot)->id);
}

/* Two samplers make a whole. */
static void
test_parts (void)
{
  static const struct
  {
    const char *file;
    double progress;
  } cases[] = { { "wan-14b-first-last.json", 0.25 }, { "wan-5b.json", 0.5 } };
  static const char message[] =
      "{\"type\":\"progress\",\"data\":{\"prompt_id\":\"7\",\"node\":\"86\",\"value\":5,\"max\":10}}";
  const RushesServerEvent event = { "message", message, strlen (message), "" };

  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr (RushesWorkflow) workflow = open_workflow (cases[i].file);
      g_autoptr (RushesDescription) description = describe (workflow, NULL);
      g_autoptr (RushesModel) model = g_list_model_get_item (rushes_description_get_models (description), 0);
      g_autoptr (RushesDraft) draft = rushes_draft_new ();
      g_autoptr (RushesRequest) request = NULL;
      g_autoptr (RushesSocketListener) listener = NULL;
      RushesTask task = { .model = model, .task_id = "7", .base_url = "http://127.0.0.1:8188" };

      rushes_draft_set_model (draft, "my-wan", "workflow");
      request = rushes_request_new (draft, model, 0);
      task.request = request;
      listener = rushes_socket_listener_new (rushes_description_get_protocol (description), &task);
      rushes_socket_listener_hear (listener, &event);
      g_assert_cmpfloat (rushes_socket_listener_get_progress (listener), ==, cases[i].progress);
    }
}

/* What an attempt keeps of it can be read without the base, whatever becomes of that. */
static void
test_frozen (void)
{
  g_autoptr (RushesWorkflow) workflow = open_workflow ("wan-5b.json");
  g_autoptr (RushesDescription) description = describe (workflow, NULL);
  char *text = json_to_string (rushes_description_get_json (description), FALSE);
  g_autoptr (GBytes) bytes = g_bytes_new_take (text, strlen (text));
  g_autoptr (GError) error = NULL;
  g_autoptr (RushesDescription) frozen = rushes_description_new_from_bytes (bytes, "frozen", &error);

  g_assert_no_error (error);
  g_assert_nonnull (frozen);
}

/* ---- what is none ---- */

static void
assert_refused (const char *text, const char *words)
{
  g_autoptr (GBytes) bytes = g_bytes_new (text, strlen (text));
  g_autoptr (GError) error = NULL;
  g_autoptr (RushesWorkflow) workflow = rushes_workflow_new (bytes, "w.json", &error);

  g_assert_null (workflow);
  g_test_message ("%s", error->message);
  g_assert_nonnull (strstr (error->message, words));
  g_assert_true (g_str_has_prefix (error->message, "w.json "));
}

static void
test_refused (void)
{
  g_autoptr (GBytes) saved = load ("saved-format.json");
  g_autofree char *saved_text = g_strndup (g_bytes_get_data (saved, NULL), g_bytes_get_size (saved));
  g_autoptr (GString) many = g_string_new ("{");
  g_autoptr (GString) deep = g_string_new ("{" NODE ("6", "X", "\"a\":"));
  g_autofree char *large = g_strnfill (1024 * 1024, ' ');
  g_autofree char *padded = g_strconcat (large, "{" SAVE "}", NULL);

  for (guint i = 0; i < 500; i++)
    g_string_append_printf (many, "\"n%u\":{\"class_type\":\"X\",\"inputs\":{}},", i);
  g_string_append (many, SAVE "}");
  g_string_truncate (deep, deep->len - 3);
  for (guint i = 0; i < 40; i++)
    g_string_append_c (deep, '[');
  for (guint i = 0; i < 40; i++)
    g_string_append_c (deep, ']');
  g_string_append (deep, "}}," SAVE "}");

  g_assert_true (rushes_workflow_recognize (saved));
  assert_refused (saved_text, "Export (API)");
  assert_refused (many->str, "more than 500 nodes");
  assert_refused (deep->str, "too deep");
  assert_refused (padded, "larger than");
  assert_refused ("[1]", "no workflow of ComfyUI");
  assert_refused ("{}", "no workflow of ComfyUI");
  assert_refused ("{\"version\":1,\"id\":\"kites\"}", "no workflow of ComfyUI");
  assert_refused ("{" NODE ("6", "X", "\"a\":1") "\"7\":{\"class_type\":3,\"inputs\":{}}}", "no workflow of ComfyUI");
  assert_refused ("{\"7\":{\"class_type\":\"X\",\"inputs\":[]}}", "no workflow of ComfyUI");
  assert_refused ("{" NODE ("6", "X", "\"a\":{\"$or\":[\"{prompt}\"]}") SAVE "}", "no workflow of ComfyUI");
  assert_refused ("{" NODE ("$switch", "X", "\"a\":1") SAVE "}", "no workflow of ComfyUI");
  assert_refused ("not JSON", "is not valid JSON: the mistake is in line 1");
  assert_refused ("{\"6\":{\"class_type\":\"SaveAnimatedWEBP\",\"inputs\":{}}}", "saves no video");
  assert_refused ("{\"6\":{\"class_type\":\"VHS_VideoCombine\",\"inputs\":{\"format\":\"image/gif\"}}}",
                  "saves no video");
}

/* What a person may say and what not. */
static void
test_bind (void)
{
  static const struct
  {
    RushesSlot slot;
    const char *id;
    gboolean fine;
  } cases[] = {
    { RUSHES_SLOT_PROMPT, "37.unet_name", TRUE }, { RUSHES_SLOT_PROMPT, "55.width", FALSE },
    { RUSHES_SLOT_PROMPT, "6.clip", FALSE },      { RUSHES_SLOT_PROMPT, "6", FALSE },
    { RUSHES_SLOT_PROMPT, "99.text", FALSE },     { RUSHES_SLOT_FIRST_FRAME, "6.text", FALSE },
    { RUSHES_SLOT_SEED, "3.cfg", FALSE },         { RUSHES_SLOT_FRAME_RATE, "3.cfg", TRUE },
    { RUSHES_SLOT_OUTPUT, "3", FALSE },           { RUSHES_SLOT_OUTPUT, NULL, FALSE },
  };
  g_autoptr (RushesWorkflow) workflow = open_workflow ("wan-5b.json");
  g_autoptr (GError) error = NULL;

  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    g_assert_cmpint (rushes_workflow_bind (workflow, cases[i].slot, cases[i].id, NULL), ==, cases[i].fine);
  g_assert_true (rushes_workflow_bind (workflow, RUSHES_SLOT_PROMPT, "6.text", NULL));
  g_assert_true (rushes_workflow_check (workflow, NULL));
  g_assert_true (rushes_workflow_bind (workflow, RUSHES_SLOT_FRAME_RATE, NULL, NULL));
  g_assert_false (rushes_workflow_check (workflow, NULL));
  g_assert_true (rushes_workflow_bind (workflow, RUSHES_SLOT_FRAMES, NULL, NULL));
  g_assert_true (rushes_workflow_check (workflow, NULL));
  g_assert_true (rushes_workflow_bind (workflow, RUSHES_SLOT_WIDTH, NULL, NULL));
  g_assert_false (rushes_workflow_check (workflow, NULL));
  g_assert_true (rushes_workflow_bind (workflow, RUSHES_SLOT_WIDTH, "55.height", NULL));
  g_assert_false (rushes_workflow_check (workflow, &error));
  g_assert_nonnull (strstr (error->message, "same place"));
}

/* What a stranger wrote is shown without what a terminal would do something with. */
static void
test_shown (void)
{
  static const char text[] =
      "{\"6\":{\"class_type\":\"CLIPTextEncode\",\"inputs\":{\"text\":\"a\\u001b[31m\\u202e\\nb\"},"
      "\"_meta\":{\"title\":\"\\u001b]0;x\\u0007\"}}," SAVE "}";
  g_autoptr (GBytes) bytes = g_bytes_new_static (text, strlen (text));
  g_autoptr (RushesWorkflow) workflow = rushes_workflow_new (bytes, "w.json", NULL);
  const RushesWorkflowPlace *place = rushes_workflow_get_place (workflow, RUSHES_SLOT_PROMPT);

  g_assert_null (strpbrk (place->title, "\033\007\n"));
  g_assert_null (strpbrk (place->value, "\033\007\n"));
  g_assert_null (strstr (place->value, "\xe2\x80\xae"));
}

int
main (int argc, char **argv)
{
  rushes_test_init (&argc, &argv);

  g_test_add_func ("/workflow/found", test_found);
  g_test_add_func ("/workflow/unsure", test_unsure);
  g_test_add_func ("/workflow/request", test_request);
  g_test_add_func ("/workflow/only-clip", test_only_clip);
  g_test_add_func ("/workflow/model", test_model);
  g_test_add_func ("/workflow/parts", test_parts);
  g_test_add_func ("/workflow/frozen", test_frozen);
  g_test_add_func ("/workflow/refused", test_refused);
  g_test_add_func ("/workflow/bind", test_bind);
  g_test_add_func ("/workflow/shown", test_shown);

  return g_test_run ();
}
