/* rushes-simulate-gemini.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

/* Google's Gemini API: interactions of Omni Flash, whose clips lie behind the Files API (npm @google/genai 3.1.0,
 * ai.google.dev/gemini-api/docs/video), and the long-running operations of Veo, as relays still serve them. */

#include "rushes-simulator.h"

#include <string.h>

#define DOWNLOAD ":download"

/* ---- refusals ---- */

static void
refuse (RushesSimulatedCall *call, RushesRefusal why, const RushesSimulatedProblem *problem)
{
  static const struct
  {
    guint status;
    const char *code, *message, *details;
  } words[] = {
    [RUSHES_REFUSAL_KEY] = { 400, "INVALID_ARGUMENT", "API key not valid. Please pass a valid API key.",
                             "[{\"@type\":\"type.googleapis.com/"
                             "google.rpc.ErrorInfo\",\"reason\":\"API_KEY_INVALID\"}]" },
    [RUSHES_REFUSAL_BALANCE] = { 429, "RESOURCE_EXHAUSTED",
                                 "You exceeded your current quota, please check your plan and billing details.", NULL },
    [RUSHES_REFUSAL_RATE] = { 429, "RESOURCE_EXHAUSTED", "Resource has been exhausted (e.g. check quota).",
                              "[{\"@type\":\"type.googleapis.com/google.rpc.RetryInfo\",\"retryDelay\":\"1s\"}]" },
    [RUSHES_REFUSAL_MODERATION] = { 400, "INVALID_ARGUMENT", "The request was blocked by our usage policies.", NULL },
    [RUSHES_REFUSAL_REQUEST] = { 400, "INVALID_ARGUMENT", "Request contains an invalid argument.", NULL },
    [RUSHES_REFUSAL_MODEL] = { 404, "NOT_FOUND", "The model is not found for API version v1beta, or is not supported.",
                               NULL },
    [RUSHES_REFUSAL_NOT_FOUND] = { 404, "NOT_FOUND", "Requested entity was not found.", NULL },
    [RUSHES_REFUSAL_METHOD] = { 405, "INVALID_ARGUMENT", "Method not allowed.", NULL },
    [RUSHES_REFUSAL_CANCEL] = { 400, "FAILED_PRECONDITION", "The interaction cannot be cancelled.", NULL },
    [RUSHES_REFUSAL_BUSY] = { 503, "UNAVAILABLE", "The model is overloaded.", NULL },
    [RUSHES_REFUSAL_SERVER] = { 500, "INTERNAL", "Internal error", NULL },
  };

  rushes_simulated_call_reply (call, words[why].status, "{'error':{'code':%d,'message':%s,'status':%s,'details':%j}}",
                               (gint64) words[why].status, problem != NULL ? problem->message : words[why].message,
                               words[why].code, words[why].details);
}

static gboolean
complain (RushesSimulatedCall *call, const char *where, const char *message)
{
  rushes_simulated_call_refuse (call, RUSHES_REFUSAL_REQUEST, RUSHES_PROBLEM_VALUE, where, message);
  return FALSE;
}

/* ---- interactions ---- */

static const RushesSimulatedField part_fields[] = {
  { .name = "type", .type = RUSHES_FIELD_TEXT, .required = TRUE, .choices = "text|image" },
  { .name = "text", .type = RUSHES_FIELD_TEXT, .minimum = 1, .maximum = 100000 },
  { .name = "data", .type = RUSHES_FIELD_PICTURE, .choices = "base64" },
  { .name = "uri", .type = RUSHES_FIELD_TEXT },
  { .name = "mime_type", .type = RUSHES_FIELD_TEXT, .choices = "image/png|image/jpeg|image/webp" },
  {},
};

static const RushesSimulatedField step_fields[] = {
  { .name = "type", .type = RUSHES_FIELD_TEXT, .required = TRUE, .choices = "user_input" },
  { .name = "content",
    .type = RUSHES_FIELD_LIST,
    .required = TRUE,
    .minimum = 1,
    .maximum = 8,
    .members = part_fields },
  {},
};

static const RushesSimulatedField format_fields[] = {
  { .name = "type", .type = RUSHES_FIELD_TEXT, .required = TRUE, .choices = "video" },
  { .name = "aspect_ratio", .type = RUSHES_FIELD_TEXT, .choices = "16:9|9:16" },
  { .name = "duration", .type = RUSHES_FIELD_TEXT },
  { .name = "resolution", .type = RUSHES_FIELD_TEXT, .choices = "360p|720p|1080p|4k" },
  { .name = "delivery", .type = RUSHES_FIELD_TEXT, .choices = "inline|uri" },
  {},
};

static const RushesSimulatedField video_fields[] = {
  { .name = "task",
    .type = RUSHES_FIELD_TEXT,
    .choices = "text_to_video|image_to_video|reference_to_video|edit|extend|upscale" },
  {},
};

static const RushesSimulatedField config_fields[] = {
  { .name = "video_config", .type = RUSHES_FIELD_OBJECT, .members = video_fields },
  {},
};

static const RushesSimulatedField fields[] = {
  { .name = "model", .type = RUSHES_FIELD_TEXT, .required = TRUE },
  { .name = "input", .type = RUSHES_FIELD_LIST, .required = TRUE, .minimum = 1, .maximum = 1, .members = step_fields },
  { .name = "response_modalities", .type = RUSHES_FIELD_ANY, .required = TRUE },
  { .name = "background", .type = RUSHES_FIELD_SWITCH, .required = TRUE },
  { .name = "response_format", .type = RUSHES_FIELD_OBJECT, .required = TRUE, .members = format_fields },
  { .name = "generation_config", .type = RUSHES_FIELD_OBJECT, .members = config_fields },
  {},
};

/* How many parts of the only step are of @type. */
static guint
count_parts (JsonObject *body, const char *type)
{
  JsonObject *step = json_array_get_object_element (json_object_get_array_member (body, "input"), 0);
  JsonArray *content = json_object_get_array_member (step, "content");
  guint n = 0;

  for (guint i = 0; i < json_array_get_length (content); i++)
    n += g_strcmp0 (rushes_simulated_body_text (json_array_get_object_element (content, i), "type"), type) == 0;
  return n;
}

static gboolean
check_interaction (RushesSimulatedCall *call)
{
  JsonObject *body, *format, *config;
  const char *model, *duration, *task = NULL;
  guint images;
  guint64 seconds = 5;

  if (!rushes_simulated_call_check (call, fields))
    return FALSE;
  body = rushes_simulated_call_get_body (call);
  model = rushes_simulated_body_text (body, "model");
  format = json_object_get_object_member (body, "response_format");
  duration = rushes_simulated_body_text (format, "duration");
  if (json_object_has_member (body, "generation_config"))
    {
      config = json_object_get_object_member (body, "generation_config");
      task = json_object_has_member (config, "video_config")
                 ? rushes_simulated_body_text (json_object_get_object_member (config, "video_config"), "task")
                 : NULL;
    }
  images = count_parts (body, "image");
  if (!g_strv_contains (
          (const char *const[]) { "gemini-omni-1.2-flash", "gemini-omni-1.1-flash", "gemini-omni-flash-preview", NULL },
          model))
    {
      refuse (call, RUSHES_REFUSAL_MODEL, NULL);
      return FALSE;
    }
  if (duration != NULL && (!g_str_has_suffix (duration, "s") || (seconds = g_ascii_strtoull (duration, NULL, 10)) < 3 ||
                           seconds > (g_str_equal (model, "gemini-omni-1.2-flash") ? 15 : 10)))
    return complain (call, "response_format.duration", "Invalid duration for this model.");
  if (count_parts (body, "text") != 1)
    return complain (call, "input", "Exactly one input text is expected.");
  if (images > 3 || (images > 2 && g_strcmp0 (task, "reference_to_video") != 0) ||
      (images == 0) != (task == NULL || g_str_equal (task, "text_to_video")))
    return complain (call, "input", "The number of images does not fit the task.");
  return TRUE;
}

static void
submit (RushesSimulatedCall *call)
{
  g_autofree char *id = NULL;

  if (!check_interaction (call))
    return;
  id = g_strdup_printf ("v1_Chd%06u", rushes_simulator_next (rushes_simulated_call_get_simulator (call)));
  rushes_simulated_call_accept (call, id, NULL, rushes_simulated_call_get_text (call, "model"));
  rushes_simulated_call_reply (call, 200, "{'id':%s,'object':'interaction','status':'in_progress','model':%s}", id,
                               rushes_simulated_call_get_text (call, "model"));
}

static char *
encode_clip (RushesSimulatedCall *call)
{
  gsize size;
  gconstpointer data = g_bytes_get_data (rushes_simulator_get_clip (rushes_simulated_call_get_simulator (call)), &size);

  return g_base64_encode (data, size);
}

static void
answer_completed (RushesSimulatedCall *call, RushesSimulatedTask *task)
{
  RushesSimulator *simulator = rushes_simulated_call_get_simulator (call);
  const char *id = rushes_simulated_task_get_id (task);
  g_autofree char *uri = NULL, *data = NULL;

  if (rushes_simulated_task_get_state (task) == RUSHES_SIMULATED_FAILED ||
      rushes_simulated_call_has (call, "done-without-clip") || rushes_simulated_call_has (call, "filtered"))
    {
      rushes_simulated_call_reply (call, 200,
                                   "{'id':%s,'status':'completed','steps':[{'type':'model_output','content':"
                                   "[{'type':'text','text':'I cannot make this.'}]}]}",
                                   id);
      return;
    }
  if (rushes_simulated_call_has (call, "inline"))
    {
      data = encode_clip (call);
      rushes_simulated_call_reply (call, 200,
                                   "{'id':%s,'status':'completed','steps':[{'type':'model_output','content':"
                                   "[{'type':'video','mime_type':'video/mp4','data':%s}]}]}",
                                   id, data);
      return;
    }
  uri = g_strdup_printf ("%s/v1beta/files/%s", rushes_simulator_get_origin (simulator), id);
  rushes_simulated_call_reply (
      call, 200,
      "{'id':%s,'object':'interaction','status':'completed','output_video':{'type':'video','mime_type':"
      "'video/mp4','uri':%s},'usage':{'output_tokens_by_modality':[{'modality':'video','tokens':29000}]}}",
      id, uri);
}

static void
poll (RushesSimulatedCall *call)
{
  RushesSimulatedTask *task = rushes_simulated_call_get_task (call);
  const char *id = rushes_simulated_task_get_id (task);
  RushesSimulatedState state = rushes_simulated_task_get_state (task);

  if (state == RUSHES_SIMULATED_DONE || (state == RUSHES_SIMULATED_FAILED && rushes_simulated_call_is_rejected (call)))
    answer_completed (call, task);
  else if (state == RUSHES_SIMULATED_FAILED)
    rushes_simulated_call_reply (call, 200,
                                 "{'id':%s,'status':'failed','error':{'code':13,'message':'Internal error'}}", id);
  else
    rushes_simulated_call_reply (call, 200, "{'id':%s,'object':'interaction','status':%s}", id,
                                 rushes_simulated_call_get_word (call, task));
}

static void
cancel (RushesSimulatedCall *call)
{
  RushesSimulatedTask *task = rushes_simulated_call_get_task (call);

  if (rushes_simulated_task_has_ended (task))
    {
      refuse (call, RUSHES_REFUSAL_CANCEL, NULL);
      return;
    }
  rushes_simulated_task_cancel (task);
  rushes_simulator_count (rushes_simulated_call_get_simulator (call), RUSHES_SIMULATED_COUNT_CANCELS);
  rushes_simulated_call_reply (call, 200, "{'id':%s,'object':'interaction','status':'cancelled'}",
                               rushes_simulated_task_get_id (task));
}

/* ---- files ---- */

/* The clip is at another host, which must not see the key. */
static void
file (RushesSimulatedCall *call)
{
  RushesSimulator *simulator = rushes_simulated_call_get_simulator (call);
  const char *name = rushes_simulated_call_get_segment (call, "file");
  gboolean wants_clip = g_str_has_suffix (name, DOWNLOAD);
  g_autofree char *id = g_strndup (name, strlen (name) - (wants_clip ? strlen (DOWNLOAD) : 0));
  RushesSimulatedTask *task = rushes_simulator_find_task (simulator, id);
  g_autofree char *url = NULL, *whole = g_strconcat ("files/", id, NULL);

  if (task == NULL || rushes_simulated_task_get_state (task) != RUSHES_SIMULATED_DONE)
    refuse (call, RUSHES_REFUSAL_NOT_FOUND, NULL);
  else if (!wants_clip)
    {
      rushes_simulator_count (simulator, RUSHES_SIMULATED_COUNT_RESULTS);
      rushes_simulated_call_reply (call, 200, "{'name':%s,'mimeType':'video/mp4','state':%s}", whole,
                                   rushes_simulated_call_has (call, "late-file") ? "PROCESSING" : "ACTIVE");
    }
  else if (g_strcmp0 (rushes_simulated_call_get_query (call, "alt"), "media") != 0)
    complain (call, "alt", "Only media can be downloaded.");
  else
    {
      url = rushes_simulated_call_make_clip_url (call, task);
      rushes_simulated_call_reply_redirect (call, 302, url);
    }
}

/* ---- operations of Veo ---- */

static const RushesSimulatedField bytes_fields[] = {
  { .name = "bytesBase64Encoded", .type = RUSHES_FIELD_PICTURE, .required = TRUE, .choices = "base64" },
  { .name = "mimeType", .type = RUSHES_FIELD_TEXT, .required = TRUE, .choices = "image/png|image/jpeg|image/webp" },
  {},
};

static const RushesSimulatedField reference_fields[] = {
  { .name = "image", .type = RUSHES_FIELD_OBJECT, .required = TRUE, .members = bytes_fields },
  { .name = "referenceType", .type = RUSHES_FIELD_TEXT, .required = TRUE, .choices = "asset" },
  {},
};

static const RushesSimulatedField instance_fields[] = {
  { .name = "prompt", .type = RUSHES_FIELD_TEXT, .required = TRUE, .minimum = 1, .maximum = 100000 },
  { .name = "image", .type = RUSHES_FIELD_OBJECT, .members = bytes_fields },
  { .name = "lastFrame", .type = RUSHES_FIELD_OBJECT, .members = bytes_fields },
  { .name = "referenceImages", .type = RUSHES_FIELD_LIST, .minimum = 1, .maximum = 3, .members = reference_fields },
  {},
};

static const RushesSimulatedField parameter_fields[] = {
  { .name = "aspectRatio", .type = RUSHES_FIELD_TEXT, .choices = "16:9|9:16" },
  { .name = "resolution", .type = RUSHES_FIELD_TEXT, .choices = "720p|1080p|4k" },
  { .name = "durationSeconds", .type = RUSHES_FIELD_INTEGER, .choices = "4|6|8" },
  { .name = "negativePrompt", .type = RUSHES_FIELD_TEXT },
  { .name = "personGeneration", .type = RUSHES_FIELD_TEXT, .choices = "allow_all|allow_adult|dont_allow" },
  { .name = "seed", .type = RUSHES_FIELD_INTEGER },
  { .name = "sampleCount", .type = RUSHES_FIELD_INTEGER, .choices = "1" },
  {},
};

static const RushesSimulatedField operation_fields[] = {
  { .name = "instances",
    .type = RUSHES_FIELD_LIST,
    .required = TRUE,
    .minimum = 1,
    .maximum = 1,
    .members = instance_fields },
  { .name = "parameters", .type = RUSHES_FIELD_OBJECT, .members = parameter_fields },
  {},
};

static gboolean
check_operation (RushesSimulatedCall *call)
{
  JsonObject *body, *instance, *parameters;
  gboolean image, references, large;

  if (!rushes_simulated_call_check (call, operation_fields))
    return FALSE;
  body = rushes_simulated_call_get_body (call);
  instance = json_array_get_object_element (json_object_get_array_member (body, "instances"), 0);
  parameters = json_object_has_member (body, "parameters") ? json_object_get_object_member (body, "parameters") : NULL;
  image = json_object_has_member (instance, "image");
  references = json_object_has_member (instance, "referenceImages");
  large = parameters != NULL && json_object_has_member (parameters, "resolution") &&
          !g_str_equal (rushes_simulated_body_text (parameters, "resolution"), "720p");
  if (json_object_has_member (instance, "lastFrame") && !image)
    return complain (call, "instances[0].lastFrame", "lastFrame needs an image.");
  if (references && image)
    return complain (call, "instances[0].referenceImages", "referenceImages cannot be combined with image.");
  if ((references || large) && parameters != NULL &&
      json_object_get_int_member_with_default (parameters, "durationSeconds", 8) != 8)
    return complain (call, "parameters.durationSeconds", "Invalid duration: only 8 seconds are possible here.");
  return TRUE;
}

static void
submit_operation (RushesSimulatedCall *call)
{
  const char *action = rushes_simulated_call_get_segment (call, "action");
  g_autofree char *id = NULL, *name = NULL;

  if (!g_str_has_prefix (action, "veo-") || !g_str_has_suffix (action, ":predictLongRunning"))
    {
      refuse (call, RUSHES_REFUSAL_MODEL, NULL);
      return;
    }
  if (!check_operation (call))
    return;
  id = g_strdup_printf ("abc%u", rushes_simulator_next (rushes_simulated_call_get_simulator (call)));
  name = g_strdup_printf ("models/%.*s/operations/%s", (int) strcspn (action, ":"), action, id);
  rushes_simulated_call_accept (call, id, NULL, name);
  rushes_simulated_call_reply (call, 200, "{'name':%s}", name);
}

static void
poll_operation (RushesSimulatedCall *call)
{
  RushesSimulatedTask *task = rushes_simulated_call_get_task (call);
  const char *id = rushes_simulated_task_get_kind (task);
  RushesSimulatedState state = rushes_simulated_task_get_state (task);
  gboolean filtered = rushes_simulated_call_is_rejected (call);
  g_autofree char *url = NULL;

  if (state == RUSHES_SIMULATED_DONE)
    url = rushes_simulated_call_make_clip_url (call, task);
  if (url != NULL)
    rushes_simulated_call_reply (
        call, 200,
        "{'name':%s,'done':true,'response':{'generateVideoResponse':{'generatedSamples':[{'video':{'uri':%s}}]}}}", id,
        url);
  else if (state == RUSHES_SIMULATED_DONE || (state == RUSHES_SIMULATED_FAILED && filtered))
    rushes_simulated_call_reply (call, 200,
                                 "{'name':%s,'done':true,'response':{'generateVideoResponse':{"
                                 "'raiMediaFilteredCount':1,'raiMediaFilteredReasons':['Sorry, it was blocked.']}}}",
                                 id);
  else if (state == RUSHES_SIMULATED_FAILED)
    rushes_simulated_call_reply (
        call, 200, "{'name':%s,'done':true,'error':{'code':13,'message':'Internal error','status':'INTERNAL'}}", id);
  else
    rushes_simulated_call_reply (call, 200, "{'name':%s}", id);
}

static void
list_models (RushesSimulatedCall *call)
{
  rushes_simulated_call_reply (call, 200, "{'models':[{'name':'models/gemini-omni-1.2-flash'}]}");
}

/* ---- the service ---- */

static const RushesSimulatedRoute routes[] = {
  { "POST", "/v1beta/interactions", RUSHES_SIMULATED_SUBMIT, submit },
  { "GET", "/v1beta/interactions/{id}", RUSHES_SIMULATED_POLL, poll },
  { "POST", "/v1beta/interactions/{id}/cancel", RUSHES_SIMULATED_CANCEL, cancel },
  { "GET", "/v1beta/files/{file}", RUSHES_SIMULATED_OTHER, file },
  { "GET", "/v1beta/models", RUSHES_SIMULATED_OTHER, list_models },
  { "POST", "/v1beta/models/{action}", RUSHES_SIMULATED_SUBMIT, submit_operation },
  { "GET", "/v1beta/models/{model}/operations/{id}", RUSHES_SIMULATED_POLL, poll_operation },
  {},
};

static const RushesSimulatedQuirk quirks[] = {
  { "late-file", "the file with the clip is not ready yet, at each question" },
  { "inline", "the clip is in the answer, in base64" },
  { "filtered", "an interaction is completed, and there is only a text" },
  {},
};

extern const RushesSimulatedService rushes_simulated_gemini;
const RushesSimulatedService rushes_simulated_gemini = {
  .id = "gemini",
  .about = "Gemini: interactions of Omni Flash, and operations of Veo",
  .base_path = "",
  .header = "x-goog-api-key",
  .key = "AIza-simulated",
  .words = { "queued", "in_progress", "completed", "failed", "cancelled" },
  .routes = routes,
  .quirks = quirks,
  .refuse = refuse,
};
