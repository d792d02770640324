/* rushes-simulate-comfyui.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

/* ComfyUI's own interface (docs.comfy.org, server.py, execution.py): workflows in the API format, a queue, a history.
 */

#include "rushes-simulator.h"

#include <string.h>

/* ---- refusals ---- */

static void
refuse (RushesSimulatedCall *call, RushesRefusal why, const RushesSimulatedProblem *problem)
{
  const char *path = g_uri_get_path (rushes_simulated_call_get_uri (call));
  const char *words = problem != NULL ? problem->message : "Value 0 smaller than min of 1";

  switch (why)
    {
    case RUSHES_REFUSAL_KEY:
      rushes_simulated_call_reply_text (call, 401, "text/plain", "401: Unauthorized");
      break;
    case RUSHES_REFUSAL_NOT_FOUND:
      /* Nobody is told whether there was ever one. */
      if (g_str_has_prefix (path, "/history/"))
        rushes_simulated_call_reply (call, 200, "{}");
      else
        rushes_simulated_call_reply_text (call, 404, "text/plain", "404: Not Found");
      break;
    case RUSHES_REFUSAL_METHOD:
      rushes_simulated_call_reply_text (call, 405, "text/plain", "405: Method Not Allowed");
      break;
    case RUSHES_REFUSAL_MODEL:
      rushes_simulated_call_reply (
          call, 400,
          "{'error':{'type':'prompt_outputs_failed_validation','message':'Prompt outputs failed "
          "validation','details':'',"
          "'extra_info':{}},'node_errors':{'37':{'class_type':'UNETLoader','dependent_outputs':['58'],'errors':[{'type'"
          ":"
          "'value_not_in_list','message':'Value not in list','details':%s,'extra_info':{}}]}}}",
          problem != NULL ? problem->message : "unet_name: 'wan2.2_ti2v_5B_fp16.safetensors' not in []");
      break;
    case RUSHES_REFUSAL_REQUEST:
      rushes_simulated_call_reply (
          call, 400,
          "{'error':{'type':'prompt_outputs_failed_validation','message':'Prompt outputs failed "
          "validation','details':'',"
          "'extra_info':{}},'node_errors':{'55':{'class_type':'Wan22ImageToVideoLatent','dependent_outputs':['58'],"
          "'errors':[{'type':'value_smaller_than_min','message':%s,'details':%s,'extra_info':{}}]}}}",
          words, words);
      break;
    default:
      rushes_simulated_call_reply_text (call, 500, "text/plain", "500 Internal Server Error");
      break;
    }
}

/* ---- workflows ---- */

typedef struct
{
  const char *name;
  const char *inputs; /* what it cannot do without */
  const char *files;  /* of its first input, those that are there; NULL */
} Node;

static const Node nodes[] = {
  { "UNETLoader", "unet_name weight_dtype",
    "wan2.2_ti2v_5B_fp16.safetensors|wan2.2_i2v_high_noise_14B_fp8_scaled.safetensors|"
    "wan2.2_i2v_low_noise_14B_fp8_scaled.safetensors|wan2.2_t2v_high_noise_14B_fp8_scaled.safetensors|"
    "wan2.2_t2v_low_noise_14B_fp8_scaled.safetensors" },
  { "CLIPLoader", "clip_name type", "umt5_xxl_fp8_e4m3fn_scaled.safetensors|t5xxl_fp16.safetensors" },
  { "VAELoader", "vae_name", "wan2.2_vae.safetensors|wan_2.1_vae.safetensors" },
  { "CheckpointLoaderSimple", "ckpt_name", "ltx-video-2b-v0.9.5.safetensors" },
  { "ModelSamplingSD3", "model shift", NULL },
  { "CLIPTextEncode", "text clip", NULL },
  { "LoadImage", "image", NULL },
  { "Wan22ImageToVideoLatent", "vae width height length batch_size", NULL },
  { "WanImageToVideo", "positive negative vae width height length batch_size", NULL },
  { "WanFirstLastFrameToVideo", "positive negative vae width height length batch_size", NULL },
  { "EmptyHunyuanLatentVideo", "width height length batch_size", NULL },
  { "LTXVImgToVideo", "positive negative vae image width height length batch_size strength", NULL },
  { "EmptyLTXVLatentVideo", "width height length batch_size", NULL },
  { "LTXVConditioning", "positive negative frame_rate", NULL },
  { "LTXVScheduler", "steps max_shift base_shift stretch terminal", NULL },
  { "KSamplerSelect", "sampler_name", NULL },
  { "SamplerCustom", "model add_noise noise_seed cfg positive negative sampler sigmas latent_image", NULL },
  { "KSampler", "model seed steps cfg sampler_name scheduler positive negative latent_image denoise", NULL },
  { "KSamplerAdvanced",
    "model add_noise noise_seed steps cfg sampler_name scheduler positive negative latent_image start_at_step "
    "end_at_step return_with_leftover_noise",
    NULL },
  { "ConditioningCombine", "conditioning_1 conditioning_2", NULL },
  { "PrimitiveStringMultiline", "value", NULL },
  { "PrimitiveInt", "value", NULL },
  { "VAEDecode", "samples vae", NULL },
  { "CreateVideo", "images fps", NULL },
  { "SaveVideo", "video filename_prefix format codec", NULL },
  { "VHS_VideoCombine", "images frame_rate loop_count filename_prefix format pingpong save_output", NULL },
  { "SaveImage", "images filename_prefix", NULL },
  { "SaveAnimatedWEBP", "images filename_prefix fps lossless quality method", NULL },
};

static const Node *
find_node (const char *name)
{
  for (guint i = 0; i < G_N_ELEMENTS (nodes); i++)
    if (g_strcmp0 (nodes[i].name, name) == 0)
      return &nodes[i];
  return NULL;
}

/* Links lead to nodes of the same workflow. */
static gboolean
is_linked (JsonObject *graph, JsonNode *value)
{
  JsonArray *link = JSON_NODE_HOLDS_ARRAY (value) ? json_node_get_array (value) : NULL;

  return link == NULL || (json_array_get_length (link) == 2 &&
                          json_node_get_value_type (json_array_get_element (link, 0)) == G_TYPE_STRING &&
                          json_object_has_member (graph, json_array_get_string_element (link, 0)));
}

/* What comes over a link cannot be seen here. */
static gboolean
fits (JsonObject *inputs, const char *name, gint64 step, gint64 rest)
{
  JsonNode *node = json_object_get_member (inputs, name);

  return JSON_NODE_HOLDS_ARRAY (node) || (json_node_get_int (node) > 0 && json_node_get_int (node) % step == rest);
}

/* What is wrong with the values of a node; NULL when nothing is. */
static const char *
find_mistake (RushesSimulatedCall *call, const Node *node, JsonObject *inputs)
{
  GHashTable *notes = rushes_simulator_get_notes (rushes_simulated_call_get_simulator (call));
  gboolean is_wan = strstr (node->name, "ToVideo") != NULL && g_str_has_prefix (node->name, "Wan");
  gboolean is_ltx = g_str_equal (node->name, "LTXVImgToVideo") || g_str_equal (node->name, "EmptyLTXVLatentVideo");

  if (g_str_equal (node->name, "LoadImage") &&
      g_hash_table_lookup (notes, json_object_get_string_member (inputs, "image")) == NULL)
    return "image - Invalid image file";
  if ((is_wan || is_ltx) &&
      (!fits (inputs, "width", is_wan ? 16 : 32, 0) || !fits (inputs, "height", is_wan ? 16 : 32, 0)))
    return "width and height must be multiples";
  if ((is_wan && !fits (inputs, "length", 4, 1)) || (is_ltx && !fits (inputs, "length", 8, 1)))
    return "length is off the grid";
  if (g_str_equal (node->name, "CreateVideo") && json_object_get_double_member (inputs, "fps") <= 0)
    return "fps must be positive";
  return NULL;
}

/* What a workflow leaves on the disk. */
typedef struct
{
  const char *video;   /* the node that saves one; NULL */
  const char *key;     /* under which its history has it */
  const char *picture; /* the node that saves a picture; NULL */
  char *folder;
} Output;

static void
note_output (Output *output, const char *id, const Node *node, JsonObject *inputs)
{
  gboolean is_combine = g_str_equal (node->name, "VHS_VideoCombine");
  const char *prefix = json_object_get_string_member_with_default (inputs, "filename_prefix", "");

  if (g_str_equal (node->name, "SaveImage") || g_str_equal (node->name, "SaveAnimatedWEBP"))
    output->picture = id;
  if (!g_str_equal (node->name, "SaveVideo") && !(is_combine && json_object_get_boolean_member (inputs, "save_output")))
    return;
  output->video = id;
  output->key = is_combine ? "gifs" : "images";
  g_free (output->folder);
  output->folder = strchr (prefix, '/') != NULL ? g_path_get_dirname (prefix) : g_strdup ("");
}

/* FALSE when the call has been refused. */
static gboolean
check_node (RushesSimulatedCall *call, JsonObject *graph, const char *id, Output *output)
{
  JsonNode *described = json_object_get_member (graph, id);
  JsonObject *object = JSON_NODE_HOLDS_OBJECT (described) ? json_node_get_object (described) : NULL;
  const char *name = object != NULL ? json_object_get_string_member_with_default (object, "class_type", NULL) : NULL;
  const Node *node = find_node (name);
  JsonNode *given = object != NULL ? json_object_get_member (object, "inputs") : NULL;
  JsonObject *inputs = given != NULL && JSON_NODE_HOLDS_OBJECT (given) ? json_node_get_object (given) : NULL;
  g_auto (GStrv) needed = g_strsplit (node != NULL ? node->inputs : "", " ", -1);
  const char *mistake = node == NULL || inputs == NULL ? "Cannot execute because a node is missing" : NULL;
  g_autoptr (GList) members = inputs != NULL ? json_object_get_values (inputs) : NULL;

  for (guint i = 0; mistake == NULL && needed[i] != NULL; i++)
    if (!json_object_has_member (inputs, needed[i]))
      mistake = "Required input is missing";
  for (const GList *value = members; mistake == NULL && value != NULL; value = value->next)
    if (!is_linked (graph, value->data))
      mistake = "Bad linked input";
  if (mistake == NULL)
    mistake = find_mistake (call, node, inputs);
  if (mistake != NULL)
    {
      rushes_simulated_call_refuse (call, RUSHES_REFUSAL_REQUEST, RUSHES_PROBLEM_VALUE, "", mistake);
      return FALSE;
    }
  if (node->files != NULL)
    {
      g_auto (GStrv) files = g_strsplit (node->files, "|", -1);

      if (!g_strv_contains ((const char *const *) files, json_object_get_string_member (inputs, needed[0])))
        {
          g_autofree char *words = g_strdup_printf ("%s: '%s' not in [%s]", needed[0],
                                                    json_object_get_string_member (inputs, needed[0]), node->files);

          rushes_simulated_call_refuse (call, RUSHES_REFUSAL_MODEL, RUSHES_PROBLEM_VALUE, "", words);
          return FALSE;
        }
    }
  note_output (output, id, node, inputs);
  return TRUE;
}

static gboolean
check_graph (RushesSimulatedCall *call, Output *output)
{
  JsonObject *graph = json_object_get_object_member (rushes_simulated_call_get_body (call), "prompt");
  g_autoptr (GList) ids = json_object_get_members (graph);

  for (const GList *id = ids; id != NULL; id = id->next)
    if (!check_node (call, graph, id->data, output))
      return FALSE;
  if (output->video == NULL)
    rushes_simulated_call_reply (call, 400,
                                 "{'error':{'type':'prompt_no_outputs','message':'Prompt has no outputs','details':'',"
                                 "'extra_info':{}},'node_errors':{}}");
  return output->video != NULL;
}

static const RushesSimulatedField prompt_fields[] = {
  { .name = "prompt", .type = RUSHES_FIELD_OBJECT, .required = TRUE },
  { .name = "client_id", .type = RUSHES_FIELD_TEXT },
  { .name = "prompt_id", .type = RUSHES_FIELD_TEXT },
  { .name = "front", .type = RUSHES_FIELD_SWITCH },
  { .name = "number", .type = RUSHES_FIELD_NUMBER },
  { .name = "extra_data", .type = RUSHES_FIELD_ANY },
  {},
};

static void
submit (RushesSimulatedCall *call)
{
  guint number = rushes_simulator_next (rushes_simulated_call_get_simulator (call));
  const char *given = rushes_simulated_call_get_text (call, "prompt_id");
  g_autofree char *id = NULL, *file = NULL, *folder = NULL;
  RushesSimulatedTask *task;
  Output output = { 0 };
  gboolean fine = rushes_simulated_call_check (call, prompt_fields) && check_graph (call, &output);

  folder = output.folder;
  if (!fine)
    return;
  /* Older servers choose the id themselves. */
  id = given != NULL && !rushes_simulated_call_has (call, "own-ids")
           ? g_strdup (given)
           : g_strdup_printf ("f3f0b6de-2f0a-4b8e-9a57-%012u", number);
  file = g_strdup_printf ("Rushes & %05u_.mp4", number);
  task = rushes_simulated_call_accept (call, id, file, NULL);
  if (rushes_simulated_call_get_text (call, "client_id") != NULL)
    g_hash_table_insert (rushes_simulator_get_notes (rushes_simulated_call_get_simulator (call)),
                         g_strconcat ("client ", rushes_simulated_call_get_text (call, "client_id"), NULL),
                         g_strdup (id));
  rushes_simulated_task_set_note (task, "node", output.video);
  rushes_simulated_task_set_note (task, "key", output.key);
  rushes_simulated_task_set_note (task, "folder", folder);
  rushes_simulated_task_set_note (task, "picture", output.picture);
  rushes_simulated_call_reply (call, 200, "{'prompt_id':%s,'number':%d,'node_errors':{}}", id, (gint64) number);
}

/* ---- questions ---- */

static gboolean
is_waiting (RushesSimulatedCall *call, RushesSimulatedTask *task)
{
  return rushes_simulated_task_get_state (task) == RUSHES_SIMULATED_QUEUED ||
         rushes_simulator_has_fault (rushes_simulated_call_get_simulator (call), "crowded", NULL);
}

static void
reply_history (RushesSimulatedCall *call,
               RushesSimulatedTask *task,
               const char *outputs,
               const char *word,
               const char *end)
{
  const char *id = rushes_simulated_task_get_id (task);
  g_autofree char *entry = g_strdup_printf (
      "{\"%s\":{\"prompt\":[12,\"%s\",{},{},[\"58\"]],\"outputs\":%s,\"status\":{\"status_str\":\"%s\","
      "\"completed\":%s,\"messages\":[[\"execution_start\",{\"prompt_id\":\"%s\"}],%s]},\"meta\":{}}}",
      id, id, outputs, word, g_str_equal (word, "success") ? "true" : "false", id, end);

  rushes_simulated_call_reply (call, 200, "%j", entry);
}

/* A preview comes first, then pictures that are saved beside the video. */
static char *
describe_outputs (RushesSimulatedTask *task)
{
  const char *picture = rushes_simulated_task_get_note (task, "picture");
  g_autofree char *saved =
      picture != NULL
          ? g_strdup_printf ("\"%s\":{\"images\":[{\"filename\":\"s.png\",\"subfolder\":\"\",\"type\":\"output\"}]},",
                             picture)
          : g_strdup ("");

  return g_strdup_printf ("{\"preview\":{\"images\":[{\"filename\":\"p.png\",\"subfolder\":\"\",\"type\":\"temp\"}]},%s"
                          "\"%s\":{\"%s\":[{\"filename\":\"%s\",\"subfolder\":\"%s\",\"type\":\"output\"}],"
                          "\"animated\":[true]}}",
                          saved, rushes_simulated_task_get_note (task, "node"),
                          rushes_simulated_task_get_note (task, "key"), rushes_simulated_task_get_own_id (task),
                          rushes_simulated_task_get_note (task, "folder"));
}

static void
tell_history (RushesSimulatedCall *call)
{
  RushesSimulatedTask *task = rushes_simulated_call_get_task (call);
  RushesSimulatedState state = rushes_simulated_task_get_state (task);
  g_autofree char *outputs = NULL;

  if (state == RUSHES_SIMULATED_DONE)
    {
      outputs = rushes_simulated_call_has (call, "done-without-clip") ? g_strdup ("{}") : describe_outputs (task);
      reply_history (call, task, outputs, "success", "[\"execution_success\",{}]");
    }
  else if (state == RUSHES_SIMULATED_FAILED)
    reply_history (call, task, "{}", "error",
                   "[\"execution_error\",{\"node_id\":\"3\",\"node_type\":\"KSampler\",\"exception_type\":"
                   "\"torch.OutOfMemoryError\",\"exception_message\":\"Allocation on device\",\"traceback\":[]}]");
  else if (state == RUSHES_SIMULATED_CANCELLED && rushes_simulated_task_get_note (task, "deleted") == NULL)
    reply_history (call, task, "{}", "error", "[\"execution_interrupted\",{\"node_id\":\"3\"}]");
  else
    rushes_simulated_call_reply (call, 200, "{}");
}

/* Who is where in the line: the task that was spoken of last, which is all that there is. */
static void
tell_queue (RushesSimulatedCall *call)
{
  RushesSimulator *simulator = rushes_simulated_call_get_simulator (call);
  const char *id = g_hash_table_lookup (rushes_simulator_get_notes (simulator), "asked-to-delete");
  RushesSimulatedTask *task = id != NULL ? rushes_simulator_find_task (simulator, id) : NULL;
  gboolean is_there = task != NULL && !rushes_simulated_task_has_ended (task);
  g_autofree char *mine = is_there ? g_strdup_printf ("[12,\"%s\",{},{},[\"58\"]]", id) : g_strdup ("");
  const char *others = "[11,\"somebody-elses\",{},{},[\"9\"]]";
  g_autofree char *running = NULL, *waiting = NULL;

  if (is_there && !is_waiting (call, task))
    running = g_strdup_printf ("[%s]", mine);
  else
    running = g_strdup_printf ("[%s]", rushes_simulator_has_fault (simulator, "crowded", NULL) ? others : "");
  waiting = g_strdup_printf ("[%s]", is_there && is_waiting (call, task) ? mine : "");
  rushes_simulated_call_reply (call, 200, "{'queue_running':%j,'queue_pending':%j}", running, waiting);
}

static void
change_queue (RushesSimulatedCall *call)
{
  RushesSimulator *simulator = rushes_simulated_call_get_simulator (call);
  JsonArray *ids = json_object_get_array_member (rushes_simulated_call_get_body (call), "delete");
  const char *id = json_array_get_string_element (ids, 0);
  RushesSimulatedTask *task = rushes_simulator_find_task (simulator, id);

  g_hash_table_insert (rushes_simulator_get_notes (simulator), g_strdup ("asked-to-delete"), g_strdup (id));
  if (task != NULL && is_waiting (call, task) && rushes_simulated_task_cancel (task))
    {
      rushes_simulated_task_set_note (task, "deleted", "yes");
      rushes_simulator_count (simulator, RUSHES_SIMULATED_COUNT_CANCELS);
    }
  rushes_simulated_call_reply_text (call, 200, NULL, NULL);
}

/* As older servers do it: whatever runs, whoever asked for it. */
static void
interrupt (RushesSimulatedCall *call)
{
  RushesSimulator *simulator = rushes_simulated_call_get_simulator (call);
  const char *id = rushes_simulated_call_get_text (call, "prompt_id");
  RushesSimulatedTask *task = id != NULL ? rushes_simulator_find_task (simulator, id) : NULL;

  if (task != NULL)
    rushes_simulated_task_cancel (task);
  rushes_simulator_count (simulator, RUSHES_SIMULATED_COUNT_CANCELS);
  rushes_simulated_call_reply_text (call, 200, NULL, NULL);
}

/* ---- files ---- */

static const RushesSimulatedField image_fields[] = {
  { .name = "image", .type = RUSHES_FIELD_FILE, .required = TRUE },
  { .name = "type", .type = RUSHES_FIELD_TEXT, .choices = "input|temp|output" },
  { .name = "subfolder", .type = RUSHES_FIELD_TEXT },
  { .name = "overwrite", .type = RUSHES_FIELD_TEXT, .choices = "true|1" },
  {},
};

static void
receive (RushesSimulatedCall *call)
{
  RushesSimulator *simulator = rushes_simulated_call_get_simulator (call);
  g_autofree char *name = NULL;
  const char *subfolder;

  if (!rushes_simulated_call_is_form (call))
    {
      rushes_simulated_call_reply_text (call, 400, NULL, NULL);
      return;
    }
  if (!rushes_simulated_call_check (call, image_fields))
    return;
  /* The name may be another one than it was sent with. */
  subfolder = rushes_simulated_call_get_text (call, "subfolder");
  name = g_strdup_printf ("picture (%u).png", rushes_simulator_next (simulator));
  g_hash_table_insert (rushes_simulator_get_notes (simulator),
                       subfolder != NULL ? g_strconcat (subfolder, "/", name, NULL) : g_strdup (name),
                       g_strdup ("there"));
  rushes_simulator_count (simulator, RUSHES_SIMULATED_COUNT_UPLOADS);
  rushes_simulated_call_reply (call, 200, "{'name':%s,'subfolder':%s,'type':'input'}", name,
                               subfolder != NULL ? subfolder : "");
}

static void
give (RushesSimulatedCall *call)
{
  RushesSimulatedTask *task = rushes_simulated_call_get_task (call);
  const char *folder = rushes_simulated_call_get_query (call, "subfolder");

  if (rushes_simulated_task_get_state (task) != RUSHES_SIMULATED_DONE ||
      g_strcmp0 (folder != NULL ? folder : "", rushes_simulated_task_get_note (task, "folder")) != 0 ||
      g_strcmp0 (rushes_simulated_call_get_query (call, "type"), "output") != 0)
    refuse (call, RUSHES_REFUSAL_NOT_FOUND, NULL);
  else
    rushes_simulated_call_reply_clip (call, task);
}

static void
tell_system (RushesSimulatedCall *call)
{
  rushes_simulated_call_reply (call, 200, "{'system':{'os':'posix','comfyui_version':'0.36.0'},'devices':[]}");
}

/* ---- the socket ---- */

/* Milliseconds. */
#define TICK 10

/* Who is told how the tasks go that came with its id. */
typedef struct
{
  RushesSimulator *simulator;
  SoupWebsocketConnection *connection;
  char *client; /* "client UUID" */
  gint64 told;
} Ear;

static void
ear_free (gpointer data)
{
  Ear *ear = data;

  g_object_unref (ear->connection);
  g_free (ear->client);
  g_free (ear);
}

G_GNUC_PRINTF (2, 3)
static void
say (Ear *ear, const char *format, ...)
{
  g_autofree char *text = NULL;
  va_list args;

  va_start (args, format);
  text = g_strdup_vprintf (format, args);
  va_end (args);
  soup_websocket_connection_send_text (ear->connection, text);
}

static void
say_end (Ear *ear, RushesSimulatedTask *task)
{
  static const char *const words[RUSHES_SIMULATED_N_STATES] = {
    [RUSHES_SIMULATED_DONE] = "success",
    [RUSHES_SIMULATED_FAILED] = "error",
    [RUSHES_SIMULATED_CANCELLED] = "interrupted",
  };
  const char *id = rushes_simulated_task_get_id (task);

  say (ear, "{\"type\":\"execution_%s\",\"data\":{\"prompt_id\":\"%s\",\"timestamp\":1790000090000}}",
       words[rushes_simulated_task_get_state (task)], id);
  say (ear, "{\"type\":\"executing\",\"data\":{\"node\":null,\"prompt_id\":\"%s\"}}", id);
}

static gboolean
go_on_telling (gpointer data)
{
  Ear *ear = data;
  const char *id = g_hash_table_lookup (rushes_simulator_get_notes (ear->simulator), ear->client);
  RushesSimulatedTask *task = id != NULL ? rushes_simulator_find_task (ear->simulator, id) : NULL;
  gint64 progress = task != NULL ? rushes_simulated_task_get_progress (task) : 0;

  if (soup_websocket_connection_get_state (ear->connection) != SOUP_WEBSOCKET_STATE_OPEN)
    return G_SOURCE_REMOVE;
  if (task == NULL || progress == ear->told)
    return G_SOURCE_CONTINUE;
  if (ear->told < 0)
    {
      say (ear,
           "{\"type\":\"progress\",\"data\":{\"value\":9,\"max\":10,\"prompt_id\":\"somebody-elses\",\"node\":\"3\"}}");
      soup_websocket_connection_send_binary (ear->connection, "\0\0\0\1\0\0\0\1\xff\xd8", 10);
    }
  ear->told = progress;
  say (ear,
       "{\"type\":\"progress\",\"data\":{\"value\":%" G_GINT64_FORMAT
       ",\"max\":100,\"prompt_id\":\"%s\",\"node\":\"3\"}}",
       progress, id);
  if (progress > 0 && rushes_simulator_use_fault (ear->simulator, "socket-breaks", NULL))
    {
      g_io_stream_close (soup_websocket_connection_get_io_stream (ear->connection), NULL, NULL);
      return G_SOURCE_REMOVE;
    }
  if (!rushes_simulated_task_has_ended (task))
    return G_SOURCE_CONTINUE;
  say_end (ear, task);
  return G_SOURCE_REMOVE;
}

static void
speak (RushesSimulator *simulator, SoupWebsocketConnection *connection)
{
  const char *query = g_uri_get_query (soup_websocket_connection_get_uri (connection));
  g_autoptr (GHashTable) fields = query != NULL ? soup_form_decode (query) : NULL;
  const char *client = fields != NULL ? g_hash_table_lookup (fields, "clientId") : NULL;
  Ear *ear = g_new0 (Ear, 1);

  ear->simulator = simulator;
  ear->connection = g_object_ref (connection);
  ear->client = g_strconcat ("client ", client != NULL ? client : "", NULL);
  ear->told = -1;
  say (ear, "{\"type\":\"status\",\"data\":{\"status\":{\"exec_info\":{\"queue_remaining\":1}},\"sid\":\"%s\"}}",
       client != NULL ? client : "");
  g_timeout_add_full (G_PRIORITY_DEFAULT, TICK, go_on_telling, ear, ear_free);
}

/* ---- the service ---- */

static const RushesSimulatedRoute routes[] = {
  { "POST", "/upload/image", RUSHES_SIMULATED_UPLOAD, receive },
  { "POST", "/prompt", RUSHES_SIMULATED_SUBMIT, submit },
  { "GET", "/history/{id}", RUSHES_SIMULATED_POLL, tell_history },
  { "GET", "/queue", RUSHES_SIMULATED_OTHER, tell_queue },
  { "POST", "/queue", RUSHES_SIMULATED_OTHER, change_queue },
  { "POST", "/interrupt", RUSHES_SIMULATED_OTHER, interrupt },
  { "GET", "/view", RUSHES_SIMULATED_CONTENT, give, .task_query = "filename" },
  { "GET", "/system_stats", RUSHES_SIMULATED_OTHER, tell_system },
  {},
};

static const RushesSimulatedQuirk quirks[] = {
  { "own-ids", "an id that is sent along is ignored, as older servers do" },
  { "no-socket", "there is no WebSocket" },
  { "socket-breaks", "the WebSocket breaks off after it said something" },
  { "crowded", "somebody else's job runs, and ours waits behind it" },
  {},
};

extern const RushesSimulatedService rushes_simulated_comfyui;
const RushesSimulatedService rushes_simulated_comfyui = {
  .id = "comfyui",
  .about = "ComfyUI on a computer of one's own",
  .base_path = "",
  .scheme = "Bearer",
  .key = "comfyui-simulated",
  .key_optional = TRUE,
  .words = { "", "", "success", "error", "error" },
  .routes = routes,
  .quirks = quirks,
  .socket_path = "/ws",
  .speak = speak,
  .refuse = refuse,
};
