/* rushes-simulate-openai-compatible.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

/* Servers and gateways with /v1/videos. Compatible are the routes; what they take and how they fail is each one's own:
 * OpenAI's own shape unless --fault vllm, sglang, newapi, litellm or gateway says otherwise. */

#include "rushes-simulator.h"

#include <string.h>

#include "rushes-simulated-json.h"

typedef enum
{
  DIALECT_OPENAI,
  DIALECT_VLLM,
  DIALECT_SGLANG,
  DIALECT_NEWAPI,
  DIALECT_LITELLM,
  DIALECT_GATEWAY,
} Dialect;

#define SERVED_MODEL "Wan-AI/Wan2.2-TI2V-5B-Diffusers"

/* ---- what each takes ---- */

static const RushesSimulatedField reference[] = {
  { .name = "image_url", .type = RUSHES_FIELD_PICTURE, .choices = "data|http" },
  { .name = "file_id", .type = RUSHES_FIELD_TEXT },
  {},
};

#define OPENAI_FIELDS                                                                                                  \
  { .name = "model", .type = RUSHES_FIELD_TEXT },                                                                      \
      { .name = "prompt", .type = RUSHES_FIELD_TEXT, .required = TRUE, .minimum = 1, .maximum = 32000 },               \
      { .name = "seconds", .type = RUSHES_FIELD_TEXT, .choices = "4|8|12" },                                           \
      { .name = "size", .type = RUSHES_FIELD_TEXT, .choices = "720x1280|1280x720|1024x1792|1792x1024" }

static const RushesSimulatedField video[] = {
  { .name = "id", .type = RUSHES_FIELD_TEXT, .required = TRUE, .minimum = 1, .maximum = 1000 },
  {},
};

static const RushesSimulatedField extension_fields[] = {
  { .name = "prompt", .type = RUSHES_FIELD_TEXT, .required = TRUE, .minimum = 1, .maximum = 32000 },
  { .name = "seconds", .type = RUSHES_FIELD_TEXT, .required = TRUE, .choices = "4|8|12|16|20" },
  { .name = "video", .type = RUSHES_FIELD_OBJECT, .required = TRUE, .members = video },
  {},
};

static const RushesSimulatedField openai_json[] = {
  OPENAI_FIELDS,
  { .name = "input_reference", .type = RUSHES_FIELD_OBJECT, .members = reference },
  {},
};

static const RushesSimulatedField openai_form[] = { OPENAI_FIELDS,
                                                    { .name = "input_reference", .type = RUSHES_FIELD_FILE },
                                                    {} };

static const RushesSimulatedField litellm_json[] = {
  { .name = "model", .type = RUSHES_FIELD_TEXT, .required = TRUE },
  { .name = "prompt", .type = RUSHES_FIELD_TEXT, .required = TRUE, .minimum = 1, .maximum = 32000 },
  { .name = "seconds", .type = RUSHES_FIELD_TEXT },
  { .name = "size", .type = RUSHES_FIELD_TEXT },
  {},
};

static const RushesSimulatedField litellm_form[] = {
  { .name = "model", .type = RUSHES_FIELD_TEXT, .required = TRUE },
  { .name = "prompt", .type = RUSHES_FIELD_TEXT, .required = TRUE, .minimum = 1, .maximum = 32000 },
  { .name = "seconds", .type = RUSHES_FIELD_TEXT },
  { .name = "size", .type = RUSHES_FIELD_TEXT },
  { .name = "input_reference", .type = RUSHES_FIELD_FILE },
  {},
};

static const RushesSimulatedField vllm_form[] = {
  { .name = "prompt", .type = RUSHES_FIELD_TEXT, .required = TRUE, .minimum = 1, .maximum = 32000 },
  { .name = "model", .type = RUSHES_FIELD_TEXT },
  { .name = "seconds", .type = RUSHES_FIELD_INTEGER, .minimum = 1, .maximum = 600 },
  { .name = "size", .type = RUSHES_FIELD_TEXT },
  { .name = "user", .type = RUSHES_FIELD_TEXT },
  { .name = "input_reference", .type = RUSHES_FIELD_FILE },
  { .name = "image_reference", .type = RUSHES_FIELD_TEXT },
  { .name = "width", .type = RUSHES_FIELD_INTEGER },
  { .name = "height", .type = RUSHES_FIELD_INTEGER },
  { .name = "num_frames", .type = RUSHES_FIELD_INTEGER },
  { .name = "fps", .type = RUSHES_FIELD_INTEGER },
  { .name = "num_inference_steps", .type = RUSHES_FIELD_INTEGER, .minimum = 1, .maximum = 200 },
  { .name = "guidance_scale", .type = RUSHES_FIELD_NUMBER, .minimum = 0, .maximum = 20 },
  { .name = "guidance_scale_2", .type = RUSHES_FIELD_NUMBER },
  { .name = "boundary_ratio", .type = RUSHES_FIELD_NUMBER },
  { .name = "flow_shift", .type = RUSHES_FIELD_NUMBER },
  { .name = "true_cfg_scale", .type = RUSHES_FIELD_NUMBER },
  { .name = "seed", .type = RUSHES_FIELD_INTEGER },
  { .name = "negative_prompt", .type = RUSHES_FIELD_TEXT },
  { .name = "generate_sound", .type = RUSHES_FIELD_SWITCH },
  { .name = "sound_duration", .type = RUSHES_FIELD_NUMBER },
  { .name = "lora", .type = RUSHES_FIELD_TEXT },
  { .name = "extra_params", .type = RUSHES_FIELD_TEXT },
  {},
};

#define SGLANG_FIELDS                                                                                                  \
  { .name = "prompt", .type = RUSHES_FIELD_TEXT, .required = TRUE, .minimum = 1, .maximum = 32000 },                   \
      { .name = "model", .type = RUSHES_FIELD_TEXT },                                                                  \
      { .name = "seconds", .type = RUSHES_FIELD_INTEGER, .minimum = 1, .maximum = 600 },                               \
      { .name = "size", .type = RUSHES_FIELD_TEXT }, { .name = "fps", .type = RUSHES_FIELD_INTEGER },                  \
      { .name = "num_frames", .type = RUSHES_FIELD_INTEGER }, { .name = "width", .type = RUSHES_FIELD_INTEGER },       \
      { .name = "height", .type = RUSHES_FIELD_INTEGER }, { .name = "seed", .type = RUSHES_FIELD_INTEGER },            \
      { .name = "negative_prompt", .type = RUSHES_FIELD_TEXT },                                                        \
      { .name = "guidance_scale", .type = RUSHES_FIELD_NUMBER },                                                       \
      { .name = "guidance_scale_2", .type = RUSHES_FIELD_NUMBER },                                                     \
      { .name = "num_inference_steps", .type = RUSHES_FIELD_INTEGER },                                                 \
      { .name = "flow_shift", .type = RUSHES_FIELD_NUMBER }, { .name = "n", .type = RUSHES_FIELD_INTEGER },            \
      { .name = "generate_sound", .type = RUSHES_FIELD_SWITCH },                                                       \
      { .name = "reference_url", .type = RUSHES_FIELD_PICTURE, .choices = "data|http" },                               \
      { .name = "video_url", .type = RUSHES_FIELD_PICTURE, .choices = "http" },                                        \
      { .name = "extra_body", .type = RUSHES_FIELD_ANY },                                                              \
  {                                                                                                                    \
    .name = "extra_params", .type = RUSHES_FIELD_ANY                                                                   \
  }

static const RushesSimulatedField sglang_json[] = { SGLANG_FIELDS, {} };
static const RushesSimulatedField sglang_form[] = { SGLANG_FIELDS,
                                                    { .name = "input_reference", .type = RUSHES_FIELD_FILE },
                                                    {} };

#define NEWAPI_FIELDS                                                                                                  \
  { .name = "model", .type = RUSHES_FIELD_TEXT, .required = TRUE },                                                    \
      { .name = "prompt", .type = RUSHES_FIELD_TEXT, .required = TRUE, .minimum = 1, .maximum = 32000 },               \
      { .name = "seconds", .type = RUSHES_FIELD_TEXT }, { .name = "size", .type = RUSHES_FIELD_TEXT },                 \
      { .name = "duration", .type = RUSHES_FIELD_INTEGER }, { .name = "width", .type = RUSHES_FIELD_INTEGER },         \
      { .name = "height", .type = RUSHES_FIELD_INTEGER }, { .name = "fps", .type = RUSHES_FIELD_INTEGER },             \
      { .name = "seed", .type = RUSHES_FIELD_INTEGER }, { .name = "n", .type = RUSHES_FIELD_INTEGER },                 \
      { .name = "image", .type = RUSHES_FIELD_PICTURE, .choices = "data|http" },                                       \
      { .name = "images", .type = RUSHES_FIELD_LIST, .choices = "data|http" },                                         \
      { .name = "response_format", .type = RUSHES_FIELD_TEXT },                                                        \
  {                                                                                                                    \
    .name = "metadata", .type = RUSHES_FIELD_ANY                                                                       \
  }

static const RushesSimulatedField newapi_json[] = {
  NEWAPI_FIELDS,
  { .name = "input_reference", .type = RUSHES_FIELD_OBJECT, .members = reference },
  {},
};
static const RushesSimulatedField newapi_form[] = { NEWAPI_FIELDS,
                                                    { .name = "input_reference", .type = RUSHES_FIELD_FILE },
                                                    {} };

/* Gateways that take a picture under a name of their own choosing, in either form. */
#define GATEWAY_FIELDS(PICTURE)                                                                                        \
  { .name = "model", .type = RUSHES_FIELD_TEXT }, { .name = "prompt", .type = RUSHES_FIELD_TEXT, .required = TRUE },   \
      { .name = "seconds", .type = RUSHES_FIELD_ANY }, { .name = "size", .type = RUSHES_FIELD_TEXT },                  \
      { .name = "seed", .type = RUSHES_FIELD_INTEGER }, { .name = "image", .type = PICTURE, .choices = "data|http" },  \
      { .name = "image_url", .type = PICTURE, .choices = "data|http" },                                                \
      { .name = "first_frame_image", .type = PICTURE, .choices = "data|http" }

static const RushesSimulatedField gateway_json[] = {
  GATEWAY_FIELDS (RUSHES_FIELD_PICTURE),
  { .name = "images", .type = RUSHES_FIELD_LIST, .choices = "data|http" },
  {},
};
static const RushesSimulatedField gateway_form[] = {
  GATEWAY_FIELDS (RUSHES_FIELD_PICTURE),
  { .name = "images", .type = RUSHES_FIELD_PICTURE, .choices = "data|http" },
  { .name = "input_reference", .type = RUSHES_FIELD_FILE },
  {},
};

static const struct
{
  const char *fault;
  const RushesSimulatedField *json, *form; /* NULL: not in this shape */
  gboolean has_detail;                     /* refusals are FastAPI's */
  const char *id, *id_end;
} dialects[] = {
  [DIALECT_OPENAI] = { NULL, openai_json, openai_form, FALSE, "video_68d7512d07848190b3e45da0", "" },
  [DIALECT_VLLM] = { "vllm", NULL, vllm_form, TRUE, "video_gen_9f3a", "" },
  [DIALECT_SGLANG] = { "sglang", sglang_json, sglang_form, TRUE, "5c0b6b0e-7a3d-4f0e-8e1c-0000", "" },
  [DIALECT_NEWAPI] = { "newapi", newapi_json, newapi_form, FALSE, "task_abcd", "" },
  /* Long, and made so that a careless client breaks them. */
  [DIALECT_LITELLM] = { "litellm", litellm_json, litellm_form, FALSE,
                        "video_"
                        "bGl0ZWxsbTpjdXN0b21fbGxtX3Byb3ZpZGVyOm9wZW5haTttb2RlbF9pZDpkZXBsb3ltZW50LTE7dmlkZW9faWQ6dmlkZW"
                        "9f",
                        "==" },
  [DIALECT_GATEWAY] = { "gateway", gateway_json, gateway_form, FALSE, "task_", "" },
};

static Dialect
get_dialect (RushesSimulatedCall *call)
{
  const char *id = rushes_simulator_get_service (rushes_simulated_call_get_simulator (call))->id;

  if (g_str_equal (id, "vllm-omni"))
    return DIALECT_VLLM;
  if (g_str_equal (id, "sglang"))
    return DIALECT_SGLANG;
  for (guint i = 1; i < G_N_ELEMENTS (dialects); i++)
    if (rushes_simulator_has_fault (rushes_simulated_call_get_simulator (call), dialects[i].fault, NULL))
      return i;
  return DIALECT_OPENAI;
}

/* ---- refusals ---- */

static void
refuse (RushesSimulatedCall *call, RushesRefusal why, const RushesSimulatedProblem *problem)
{
  static const struct
  {
    guint status, detail_status;
    const char *message, *type, *code;
  } words[] = {
    [RUSHES_REFUSAL_KEY] = { 401, 401, "Incorrect API key provided", "invalid_request_error", "invalid_api_key" },
    [RUSHES_REFUSAL_BALANCE] = { 403, 403, "Insufficient quota", "insufficient_quota", "insufficient_quota" },
    [RUSHES_REFUSAL_RATE] = { 429, 429, "Rate limit reached", "rate_limit_error", "rate_limit_exceeded" },
    [RUSHES_REFUSAL_MODERATION] = { 400, 400, "Your request was blocked by our moderation system.",
                                    "invalid_request_error", "moderation_blocked" },
    [RUSHES_REFUSAL_REQUEST] = { 400, 422, "Invalid value", "invalid_request_error", "invalid_value" },
    [RUSHES_REFUSAL_MODEL] = { 404, 400, "The model `sora-9` does not exist", "invalid_request_error",
                               "model_not_found" },
    [RUSHES_REFUSAL_NOT_FOUND] = { 404, 404, "Video not found", "invalid_request_error", "not_found" },
    [RUSHES_REFUSAL_METHOD] = { 405, 405, "Method Not Allowed", "invalid_request_error", "method_not_allowed" },
    [RUSHES_REFUSAL_CANCEL] = { 405, 409, "Cancellation in progress", "invalid_request_error", "not_supported" },
    [RUSHES_REFUSAL_BUSY] = { 503, 503, "The server is overloaded", "server_error", "overloaded" },
    [RUSHES_REFUSAL_SERVER] = { 500, 500, "Internal server error", "server_error", "internal_error" },
  };
  const char *message = problem != NULL ? problem->message : words[why].message;

  if (!dialects[get_dialect (call)].has_detail)
    rushes_simulated_call_reply (call, words[why].status, "{'error':{'message':%s,'type':%s,'param':%s,'code':%s}}",
                                 message, words[why].type,
                                 problem != NULL && *problem->where != '\0' ? problem->where : NULL, words[why].code);
  else if (problem != NULL && problem->kind != RUSHES_PROBLEM_SYNTAX && why == RUSHES_REFUSAL_REQUEST)
    rushes_simulated_call_reply (call, words[why].detail_status,
                                 "{'detail':[{'loc':['body',%s],'msg':%s,'type':'value_error'}]}", problem->where,
                                 message);
  else
    rushes_simulated_call_reply (call, words[why].detail_status, "{'detail':%s}", message);
}

static void
refuse_value (RushesSimulatedCall *call, const char *where, const char *message)
{
  rushes_simulated_call_refuse (call, RUSHES_REFUSAL_REQUEST, RUSHES_PROBLEM_VALUE, where, message);
}

/* ---- submit ---- */

/* vLLM-Omni takes a picture in one of two ways; FALSE when the call has been refused. */
static gboolean
check_vllm (RushesSimulatedCall *call)
{
  const char *text = rushes_simulated_call_get_text (call, "image_reference");
  const char *model = rushes_simulated_call_get_text (call, "model");
  g_autoptr (RushesSimulatedProblem) problem = NULL;
  g_autoptr (JsonParser) parser = json_parser_new ();

  if (model != NULL && strcmp (model, SERVED_MODEL) != 0)
    {
      rushes_simulated_call_reply (call, 400, "{'detail':%s}",
                                   "The model is not the one that is served: " SERVED_MODEL);
      return FALSE;
    }
  if (text == NULL)
    return TRUE;
  if (json_object_has_member (rushes_simulated_call_get_body (call), "input_reference"))
    {
      rushes_simulated_call_reply (call, 400, "{'detail':'input_reference and image_reference cannot both be given'}");
      return FALSE;
    }
  if (!json_parser_load_from_data (parser, text, -1, NULL) || !JSON_NODE_HOLDS_OBJECT (json_parser_get_root (parser)))
    {
      refuse_value (call, "image_reference", "image_reference must be a JSON object as text");
      return FALSE;
    }
  problem = rushes_simulated_body_check (json_node_get_object (json_parser_get_root (parser)), reference, FALSE);
  if (problem != NULL)
    refuse (call, RUSHES_REFUSAL_REQUEST, problem);
  return problem == NULL;
}

static gboolean
check_size (RushesSimulatedCall *call)
{
  const char *size = rushes_simulated_call_get_text (call, "size");

  if (size == NULL ||
      g_regex_match_simple ("^[1-9][0-9]{1,4}x[1-9][0-9]{1,4}$", size, G_REGEX_DEFAULT, G_REGEX_MATCH_DEFAULT))
    return TRUE;
  refuse_value (call, "size", "size must be WIDTHxHEIGHT");
  return FALSE;
}

/* Whether it is what the dialect takes; else the call has been refused. */
static gboolean
check (RushesSimulatedCall *call, Dialect dialect)
{
  gboolean is_form = rushes_simulated_call_is_form (call);
  const RushesSimulatedField *fields = is_form ? dialects[dialect].form : dialects[dialect].json;
  gboolean has_picture;

  if (fields == NULL)
    {
      refuse_value (call, "prompt", "Field required");
      return FALSE;
    }
  if (!rushes_simulated_call_check (call, fields) || !check_size (call))
    return FALSE;
  if (dialect == DIALECT_VLLM)
    return check_vllm (call);
  has_picture = json_object_has_member (rushes_simulated_call_get_body (call), "input_reference") ||
                json_object_has_member (rushes_simulated_call_get_body (call), "reference_url");
  if (dialect == DIALECT_SGLANG && is_form && !has_picture && rushes_simulated_call_has (call, "sglang-old"))
    {
      rushes_simulated_call_reply (call, 400, "{'detail':'input_reference file is required'}");
      return FALSE;
    }
  if (dialect == DIALECT_OPENAI && rushes_simulated_call_get_text (call, "model") != NULL &&
      !g_str_has_prefix (rushes_simulated_call_get_text (call, "model"), "sora-2"))
    {
      refuse (call, RUSHES_REFUSAL_MODEL, NULL);
      return FALSE;
    }
  return TRUE;
}

/* How the length was said, as text. */
static char *
get_seconds (RushesSimulatedTask *task)
{
  JsonNode *node = json_object_get_member (rushes_simulated_task_get_request (task), "seconds");

  /* Of a clip that was made longer it is that of all of it. */
  if (rushes_simulated_task_get_note (task, "seconds") != NULL)
    return g_strdup (rushes_simulated_task_get_note (task, "seconds"));
  if (node == NULL)
    return g_strdup ("4");
  return json_node_get_value_type (node) == G_TYPE_STRING ? json_node_dup_string (node)
                                                          : g_strdup_printf ("%d", (int) json_node_get_int (node));
}

static void
reply_job (RushesSimulatedCall *call,
           guint status,
           RushesSimulatedTask *task,
           const char *word,
           const char *error,
           const char *extra)
{
  gboolean is_sglang = get_dialect (call) == DIALECT_SGLANG;
  g_autofree char *seconds = get_seconds (task);
  const char *size = rushes_simulated_body_text (rushes_simulated_task_get_request (task), "size");

  rushes_simulated_call_reply (
      call, status,
      "{'id':%s,'object':'video','model':%s,'status':%s,'progress':%d,'created_at':%d,'completed_at':null,"
      "'expires_at':null,'size':%s,'seconds':%s,'error':%j%j}",
      rushes_simulated_task_get_id (task), is_sglang ? "sora-2" : rushes_simulated_task_get_kind (task), word,
      rushes_simulated_task_get_state (task) == RUSHES_SIMULATED_FAILED ? (gint64) 0
                                                                        : rushes_simulated_task_get_progress (task),
      rushes_simulated_task_get_created (task), size, seconds, error, extra != NULL ? extra : "");
}

static void
submit (RushesSimulatedCall *call)
{
  Dialect dialect = get_dialect (call);
  RushesSimulatedTask *task;
  g_autofree char *id = NULL;

  if (!check (call, dialect))
    return;
  id = g_strdup_printf ("%s%08x%s", dialects[dialect].id,
                        rushes_simulator_next (rushes_simulated_call_get_simulator (call)), dialects[dialect].id_end);
  task = rushes_simulated_call_accept (call, id, NULL, rushes_simulated_call_get_text (call, "model"));
  reply_job (call, 200, task, "queued", NULL, NULL);
}

/* Only OpenAI's own shape has it. */
static void
extend (RushesSimulatedCall *call)
{
  Dialect dialect = get_dialect (call);
  JsonObject *body;
  RushesSimulatedTask *source, *task;
  g_autofree char *id = NULL, *before = NULL, *seconds = NULL;
  int total;

  if (dialect != DIALECT_OPENAI && dialect != DIALECT_LITELLM)
    {
      refuse (call, RUSHES_REFUSAL_NOT_FOUND, NULL);
      return;
    }
  if (!rushes_simulated_call_check (call, extension_fields))
    return;
  body = rushes_simulated_call_get_body (call);
  source =
      rushes_simulator_find_task (rushes_simulated_call_get_simulator (call),
                                  rushes_simulated_body_text (json_object_get_object_member (body, "video"), "id"));
  if (source == NULL || rushes_simulated_task_get_state (source) != RUSHES_SIMULATED_DONE ||
      rushes_simulated_call_has (call, "extend-gone"))
    {
      refuse (call, RUSHES_REFUSAL_NOT_FOUND, NULL);
      return;
    }
  before = get_seconds (source);
  total = atoi (before) + atoi (rushes_simulated_call_get_text (call, "seconds"));
  if (total > 120)
    {
      refuse_value (call, "seconds", "The total length of a video cannot exceed 120 seconds.");
      return;
    }
  id = g_strdup_printf ("%s%08x%s", dialects[dialect].id,
                        rushes_simulator_next (rushes_simulated_call_get_simulator (call)), dialects[dialect].id_end);
  task = rushes_simulated_call_accept (call, id, NULL, rushes_simulated_task_get_kind (source));
  seconds = g_strdup_printf ("%d", total);
  rushes_simulated_task_set_note (task, "seconds", seconds);
  reply_job (call, 200, task, "queued", NULL, NULL);
}

/* New API's older route. */
static void
submit_older (RushesSimulatedCall *call)
{
  g_autofree char *id = NULL;

  if (get_dialect (call) != DIALECT_NEWAPI)
    {
      refuse (call, RUSHES_REFUSAL_NOT_FOUND, NULL);
      return;
    }
  if (rushes_simulated_call_is_form (call))
    {
      refuse_value (call, "", "the body must be JSON");
      return;
    }
  if (!rushes_simulated_call_check (call, newapi_json))
    return;
  id = g_strdup_printf ("task_abcd%08x", rushes_simulator_next (rushes_simulated_call_get_simulator (call)));
  rushes_simulated_call_accept (call, id, NULL, rushes_simulated_call_get_text (call, "model"));
  rushes_simulated_call_reply (call, 200, "{'task_id':%s,'status':'queued'}", id);
}

/* ---- questions ---- */

static const char *
get_word (RushesSimulatedCall *call, RushesSimulatedTask *task)
{
  RushesSimulatedState state = rushes_simulated_task_get_state (task);

  if (state == RUSHES_SIMULATED_QUEUED && rushes_simulated_call_has (call, "not-start"))
    return "NOT_START";
  if (state == RUSHES_SIMULATED_RUNNING && get_dialect (call) == DIALECT_LITELLM)
    return "processing";
  /* SGLang knows no in_progress. */
  if (state == RUSHES_SIMULATED_RUNNING && get_dialect (call) == DIALECT_SGLANG)
    return "queued";
  return rushes_simulated_call_get_word (call, task);
}

static void
poll (RushesSimulatedCall *call)
{
  RushesSimulatedTask *task = rushes_simulated_call_get_task (call);
  RushesSimulatedState state = rushes_simulated_task_get_state (task);
  Dialect dialect = get_dialect (call);
  g_autofree char *url = NULL, *extra = NULL;

  if (state == RUSHES_SIMULATED_FAILED && dialect == DIALECT_VLLM)
    reply_job (call, 500, task, "failed", "{\"code\":500,\"message\":\"CUDA out of memory\"}", NULL);
  else if (state == RUSHES_SIMULATED_FAILED && dialect == DIALECT_SGLANG)
    reply_job (call, 200, task, "failed", "{\"message\":\"CUDA out of memory\"}", NULL);
  else if (state == RUSHES_SIMULATED_FAILED && rushes_simulated_call_has (call, "error-text"))
    reply_job (call, 200, task, "failed", "\"upstream refused\"", NULL);
  else if (state == RUSHES_SIMULATED_FAILED)
    reply_job (call, 200, task, "failed",
               rushes_simulated_call_is_rejected (call)
                   ? "{\"code\":\"moderation_blocked\",\"message\":\"The prompt was rejected.\"}"
                   : "{\"code\":\"server_error\",\"message\":\"The server had an error.\"}",
               NULL);
  else if (state == RUSHES_SIMULATED_CANCELLED)
    reply_job (call, 200, task, dialect == DIALECT_SGLANG ? "deleted" : "cancelled", NULL, NULL);
  else if (state == RUSHES_SIMULATED_DONE &&
           (dialect == DIALECT_NEWAPI || rushes_simulated_call_has (call, "cloud-url")))
    {
      url = rushes_simulated_call_make_clip_url (call, task);
      extra = dialect == DIALECT_NEWAPI ? rushes_simulated_json (",'metadata':{'url':%s}", url)
                                        : rushes_simulated_json (",'url':%s", url);
      reply_job (call, 200, task, "completed", NULL, extra);
    }
  else
    reply_job (call, 200, task, get_word (call, task), NULL, NULL);
}

static void
poll_older (RushesSimulatedCall *call)
{
  RushesSimulatedTask *task = rushes_simulated_call_get_task (call);
  RushesSimulatedState state = rushes_simulated_task_get_state (task);
  const char *id = rushes_simulated_task_get_id (task);
  g_autofree char *url = state == RUSHES_SIMULATED_DONE ? rushes_simulated_call_make_clip_url (call, task) : NULL;
  g_autofree char *percent = g_strdup_printf ("%d%%", (int) rushes_simulated_task_get_progress (task));
  static const char *const flat[] = { "queued", "in_progress", "succeeded", "failed", "failed" };
  static const char *const wrapped[] = { "QUEUED", "IN_PROGRESS", "SUCCESS", "FAILURE", "FAILURE" };

  if (rushes_simulated_call_has (call, "wrapped"))
    rushes_simulated_call_reply (call, 200,
                                 "{'code':'success','message':'','data':{'task_id':%s,'status':%s,'fail_reason':%s,'"
                                 "progress':%s,'result_url':%s}}",
                                 id, wrapped[state], state == RUSHES_SIMULATED_FAILED ? "upstream refused" : "",
                                 percent, url);
  else
    rushes_simulated_call_reply (
        call, 200, "{'task_id':%s,'status':%s,'url':%s,'format':'mp4','error':%j}", id, flat[state], url,
        state == RUSHES_SIMULATED_FAILED ? "{\"code\":500,\"message\":\"upstream refused\"}" : NULL);
}

/* ---- clips, ends ---- */

static void
give_content (RushesSimulatedCall *call)
{
  RushesSimulatedTask *task = rushes_simulated_call_get_task (call);
  RushesSimulatedState state = rushes_simulated_task_get_state (task);
  gboolean failed = state == RUSHES_SIMULATED_FAILED;

  if (state == RUSHES_SIMULATED_DONE && rushes_simulated_call_has (call, "done-without-clip"))
    refuse (call, RUSHES_REFUSAL_NOT_FOUND, NULL);
  else if (state == RUSHES_SIMULATED_DONE)
    rushes_simulated_call_reply_clip (call, task);
  else if (get_dialect (call) == DIALECT_VLLM && failed)
    rushes_simulated_call_reply (call, 422, "{'detail':'Generation failed'}");
  else if (dialects[get_dialect (call)].has_detail)
    rushes_simulated_call_reply (call, 404, "{'detail':'Generation is still in-progress'}");
  else
    refuse (call, RUSHES_REFUSAL_NOT_FOUND, NULL);
}

static void
cancel (RushesSimulatedCall *call)
{
  RushesSimulatedTask *task = rushes_simulated_call_get_task (call);
  Dialect dialect = get_dialect (call);

  if (dialect == DIALECT_NEWAPI || dialect == DIALECT_LITELLM)
    {
      refuse (call, RUSHES_REFUSAL_METHOD, NULL);
      return;
    }
  if (rushes_simulated_task_cancel (task))
    rushes_simulator_count (rushes_simulated_call_get_simulator (call), RUSHES_SIMULATED_COUNT_CANCELS);
  if (dialect == DIALECT_SGLANG)
    reply_job (call, 200, task, "deleted", NULL, NULL);
  else
    rushes_simulated_call_reply (call, 200, "{'id':%s,'object':'video.deleted','deleted':true}",
                                 rushes_simulated_task_get_id (task));
}

static void
list_models (RushesSimulatedCall *call)
{
  switch (get_dialect (call))
    {
    case DIALECT_VLLM:
      rushes_simulated_call_reply (call, 200,
                                   "{'object':'list','data':[{'id':%s,'object':'model','created':1790000000,"
                                   "'owned_by':'vllm','root':%s,'parent':null,'max_model_len':null}]}",
                                   SERVED_MODEL, SERVED_MODEL);
      break;
    case DIALECT_SGLANG:
      rushes_simulated_call_reply (call, 200,
                                   "{'object':'list','data':[{'id':%s,'object':'model','created':1790000000,"
                                   "'owned_by':'sglang','num_gpus':1,'task_type':'TI2V','dit_precision':'bf16'}]}",
                                   SERVED_MODEL);
      break;
    default:
      rushes_simulated_call_reply (call, 200,
                                   "{'object':'list','data':[{'id':%s,'object':'model','owned_by':'local'}]}",
                                   get_dialect (call) == DIALECT_OPENAI ? "sora-2" : SERVED_MODEL);
      break;
    }
}

static const RushesSimulatedRoute routes[] = {
  { "POST", "/v1/videos", RUSHES_SIMULATED_SUBMIT, submit },
  { "POST", "/v1/videos/extensions", RUSHES_SIMULATED_SUBMIT, extend },
  { "GET", "/v1/videos/{id}", RUSHES_SIMULATED_POLL, poll },
  { "GET", "/v1/videos/{id}/content", RUSHES_SIMULATED_CONTENT, give_content },
  { "DELETE", "/v1/videos/{id}", RUSHES_SIMULATED_CANCEL, cancel },
  { "POST", "/v1/video/generations", RUSHES_SIMULATED_SUBMIT, submit_older },
  { "GET", "/v1/video/generations/{id}", RUSHES_SIMULATED_POLL, poll_older },
  { "GET", "/v1/models", RUSHES_SIMULATED_OTHER, list_models },
  {},
};

static const RushesSimulatedQuirk quirks[] = {
  { "vllm", "is vLLM-Omni: forms only, a task that failed is answered with 500" },
  { "sglang", "is SGLang: lengths are numbers, DELETE does not stop" },
  { "newapi", "is New API: the clip's address is metadata.url; /v1/video/generations too" },
  { "litellm", "is LiteLLM: long ids, processing" },
  { "gateway", "is a gateway that takes pictures as image, image_url, images or first_frame_image" },
  { "openai", "is OpenAI, as without any of these" },
  { "sglang-old", "with sglang: a form without a picture is refused" },
  { "wrapped", "with newapi: the older route answers {\"code\", \"data\"}" },
  { "cloud-url", "the clip's address is url" },
  { "not-start", "a queued task is NOT_START" },
  { "extend-gone", "the clip that is to be extended is gone" },
  { "error-text", "a failed task has its error as text" },
  {},
};

extern const RushesSimulatedService rushes_simulated_openai_compatible;
const RushesSimulatedService rushes_simulated_openai_compatible = {
  .id = "openai-compatible",
  .about = "/v1/videos of servers of one's own and of gateways",
  .base_path = "/v1",
  .scheme = "Bearer",
  .key = "sk-simulated",
  .key_optional = TRUE,
  .words = { "queued", "in_progress", "completed", "failed", "cancelled" },
  .routes = routes,
  .quirks = quirks,
  .refuse = refuse,
};

extern const RushesSimulatedService rushes_simulated_vllm_omni;
const RushesSimulatedService rushes_simulated_vllm_omni = {
  .id = "vllm-omni",
  .about = "vLLM-Omni on a computer of one's own",
  .base_path = "/v1",
  .scheme = "Bearer",
  .key = "sk-simulated",
  .key_optional = TRUE,
  .words = { "queued", "in_progress", "completed", "failed", "cancelled" },
  .routes = routes,
  .refuse = refuse,
};

extern const RushesSimulatedService rushes_simulated_sglang;
const RushesSimulatedService rushes_simulated_sglang = {
  .id = "sglang",
  .about = "SGLang on a computer of one's own",
  .base_path = "/v1",
  .scheme = "Bearer",
  .key = "sk-simulated",
  .key_optional = TRUE,
  .words = { "queued", "in_progress", "completed", "failed", "cancelled" },
  .routes = routes,
  .refuse = refuse,
};
