/* rushes-simulate-xai.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

/* xAI's Imagine video API (docs.x.ai), and the gateways of its shape. */

#include "rushes-simulator.h"

#include <string.h>

#define ASPECTS "1:1|16:9|9:16|4:3|3:4|3:2|2:3"

static const RushesSimulatedField picture[] = {
  { .name = "url", .type = RUSHES_FIELD_PICTURE, .choices = "data|https|http" },
  { .name = "file_id", .type = RUSHES_FIELD_TEXT },
  {},
};

static const RushesSimulatedField keyframe[] = {
  { .name = "image", .type = RUSHES_FIELD_OBJECT, .required = TRUE, .members = picture },
  { .name = "timestamp_s", .type = RUSHES_FIELD_NUMBER, .required = TRUE },
  {},
};

static const RushesSimulatedField fields[] = {
  { .name = "model", .type = RUSHES_FIELD_TEXT, .required = TRUE },
  { .name = "prompt", .type = RUSHES_FIELD_TEXT, .minimum = 1, .maximum = 100000 },
  { .name = "duration", .type = RUSHES_FIELD_INTEGER, .minimum = 1, .maximum = 15 },
  { .name = "aspect_ratio", .type = RUSHES_FIELD_TEXT, .choices = ASPECTS },
  { .name = "resolution", .type = RUSHES_FIELD_TEXT, .choices = "480p|720p|1080p" },
  { .name = "image", .type = RUSHES_FIELD_OBJECT, .members = picture },
  { .name = "last_frame", .type = RUSHES_FIELD_OBJECT, .members = picture },
  { .name = "keyframes", .type = RUSHES_FIELD_LIST, .minimum = 1, .maximum = 4, .members = keyframe },
  { .name = "reference_images", .type = RUSHES_FIELD_LIST, .members = picture },
  { .name = "reference_audios", .type = RUSHES_FIELD_ANY },
  { .name = "generate_audio", .type = RUSHES_FIELD_SWITCH },
  { .name = "storage_options", .type = RUSHES_FIELD_OBJECT },
  { .name = "user", .type = RUSHES_FIELD_TEXT },
  {},
};

static const RushesSimulatedField video[] = {
  { .name = "url", .type = RUSHES_FIELD_PICTURE, .choices = "data|http" },
  { .name = "file_id", .type = RUSHES_FIELD_TEXT },
  {},
};

/* Neither shape nor size of the clip can be chosen; a wrong length is found out late. */
static const RushesSimulatedField extension_fields[] = {
  { .name = "model", .type = RUSHES_FIELD_TEXT, .required = TRUE },
  { .name = "prompt", .type = RUSHES_FIELD_TEXT, .required = TRUE, .minimum = 1, .maximum = 100000 },
  { .name = "video", .type = RUSHES_FIELD_OBJECT, .required = TRUE, .members = video },
  { .name = "duration", .type = RUSHES_FIELD_INTEGER },
  { .name = "user", .type = RUSHES_FIELD_TEXT },
  {},
};

static void
refuse (RushesSimulatedCall *call, RushesRefusal why, const RushesSimulatedProblem *problem)
{
  static const struct
  {
    guint status;
    const char *message, *type, *code;
  } words[] = {
    [RUSHES_REFUSAL_KEY] = { 401, "Incorrect API key provided. You can obtain an API key from https://console.x.ai.",
                             "invalid_request_error", "invalid_api_key" },
    [RUSHES_REFUSAL_BALANCE] = { 403, "Your team has used all available credits or reached its monthly spending limit.",
                                 "insufficient_quota",
                                 "The caller does not have permission to execute the specified operation" },
    [RUSHES_REFUSAL_RATE] = { 429, "Too many requests", "rate_limit_error", "Some resource has been exhausted" },
    [RUSHES_REFUSAL_MODERATION] = { 400, "Generated video rejected by content moderation.", "invalid_request_error",
                                    "Client specified an invalid argument" },
    [RUSHES_REFUSAL_REQUEST] = { 400, "Invalid request content.", "invalid_request_error",
                                 "Client specified an invalid argument" },
    [RUSHES_REFUSAL_MODEL] = { 404,
                               "The model grok-imagine-video-9 does not exist or your team does not have access to it.",
                               "invalid_request_error", "Some requested entity was not found" },
    [RUSHES_REFUSAL_NOT_FOUND] = { 404, "Request not found", "invalid_request_error",
                                   "Some requested entity was not found" },
    [RUSHES_REFUSAL_METHOD] = { 405, "Method not allowed", "invalid_request_error", "method_not_allowed" },
    [RUSHES_REFUSAL_CANCEL] = { 404, "Not found", "invalid_request_error", "not_found" },
    [RUSHES_REFUSAL_BUSY] = { 503, "The service is currently unavailable", "server_error", "service_unavailable" },
    [RUSHES_REFUSAL_SERVER] = { 500, "Internal error", "server_error", "internal_error" },
  };
  const char *message = problem != NULL ? problem->message : words[why].message;

  if (rushes_simulated_call_has (call, "error-flat"))
    rushes_simulated_call_reply (call, words[why].status, "{'code':%s,'error':%s}", words[why].code, message);
  else if (rushes_simulated_call_has (call, "error-text"))
    rushes_simulated_call_reply (call, words[why].status, "{'error':%s}", message);
  else
    rushes_simulated_call_reply (call, words[why].status, "{'error':{'message':%s,'type':%s,'param':%s,'code':%s}}",
                                 message, words[why].type,
                                 problem != NULL && *problem->where != '\0' ? problem->where : NULL, words[why].code);
}

/* What does not go together. */
static char *
find_conflict (JsonObject *body, const char **where)
{
  const char *model = rushes_simulated_body_text (body, "model");
  const char *resolution = rushes_simulated_body_text (body, "resolution");
  gboolean is_newest = g_str_has_prefix (model, "grok-imagine-video-1.5") && !g_str_has_suffix (model, "-lite");
  gboolean has_references = json_object_has_member (body, "reference_images");
  gint64 duration = json_object_get_int_member_with_default (body, "duration", 8);
  guint n = has_references ? json_array_get_length (json_object_get_array_member (body, "reference_images")) : 0;

  *where = "reference_images";
  if (n > 7)
    return g_strdup_printf ("Too many reference images: %u. Maximum allowed is 7.", n);
  if (has_references && json_object_has_member (body, "image"))
    return g_strdup ("reference_images cannot be combined with image.");
  if (has_references && g_str_has_suffix (model, "-lite"))
    return g_strdup ("This model does not support reference images.");
  *where = "duration";
  if (has_references && !is_newest && duration > 10)
    return g_strdup_printf ("Duration %ds exceeds the maximum allowed for reference-to-video, which is 10s.",
                            (int) duration);
  *where = "resolution";
  if (g_strcmp0 (resolution, "1080p") == 0 && (!is_newest || has_references))
    return g_strdup ("1080p is not supported by this model.");
  *where = "last_frame";
  if (!is_newest && (json_object_has_member (body, "last_frame") || json_object_has_member (body, "keyframes")))
    return g_strdup ("last_frame is not supported by this model.");
  *where = "prompt";
  if (!json_object_has_member (body, "prompt") && !json_object_has_member (body, "image"))
    return g_strdup ("A prompt is required.");
  return NULL;
}

static void
submit (RushesSimulatedCall *call)
{
  RushesSimulator *simulator = rushes_simulated_call_get_simulator (call);
  RushesSimulatedTask *task;
  g_autofree char *id = NULL, *conflict = NULL, *url = NULL;
  const char *where;

  if (rushes_simulated_call_is_form (call))
    {
      rushes_simulated_call_refuse (call, RUSHES_REFUSAL_REQUEST, RUSHES_PROBLEM_SYNTAX, "",
                                    "Expected request with `Content-Type: application/json`");
      return;
    }
  if (!rushes_simulated_call_check (call, fields))
    return;
  if (!g_strv_contains ((const char *const[]) { "grok-imagine-video", "grok-imagine-video-1.5",
                                                "grok-imagine-video-1.5-preview", "grok-imagine-video-1.5-lite", NULL },
                        rushes_simulated_call_get_text (call, "model")))
    {
      refuse (call, RUSHES_REFUSAL_MODEL, NULL);
      return;
    }
  if ((conflict = find_conflict (rushes_simulated_call_get_body (call), &where)) != NULL)
    {
      rushes_simulated_call_refuse (call, RUSHES_REFUSAL_REQUEST, RUSHES_PROBLEM_VALUE, where, conflict);
      return;
    }
  id = g_strdup_printf ("d97415a1-5796-b7ec-379f-%012x", rushes_simulator_next (simulator));
  task = rushes_simulated_call_accept (call, id, NULL, rushes_simulated_call_get_text (call, "model"));
  if (rushes_simulated_call_has (call, "finished-at-once"))
    {
      rushes_simulated_task_finish (task);
      url = rushes_simulated_call_make_clip_url (call, task);
      rushes_simulated_call_reply (
          call, 200, "{'request_id':%s,'status':'done','video':{'url':%s,'duration':6,'respect_moderation':true}}", id,
          url);
    }
  else if (rushes_simulated_call_has (call, "task-id"))
    rushes_simulated_call_reply (call, 200, "{'task_id':%s}", id);
  else if (rushes_simulated_call_has (call, "plain-id"))
    rushes_simulated_call_reply (call, 200, "{'id':%s}", id);
  else
    rushes_simulated_call_reply (call, 200, "{'request_id':%s}", id);
}

/* ---- a clip that is made longer ---- */

static gint64
get_seconds (RushesSimulatedTask *task)
{
  const char *noted = rushes_simulated_task_get_note (task, "seconds");

  return noted != NULL
             ? g_ascii_strtoll (noted, NULL, 10)
             : json_object_get_int_member_with_default (rushes_simulated_task_get_request (task), "duration", 8);
}

/* The task whose clip lies at @address, on the other host; NULL. */
static RushesSimulatedTask *
find_source (RushesSimulatedCall *call, const char *address)
{
  g_auto (GStrv) parts = g_strsplit (address != NULL ? address : "", "/", -1);
  RushesSimulatedTask *task = NULL;

  if (g_strv_length (parts) > 4 && strcmp (parts[3], "clips") == 0)
    task = rushes_simulator_find_task (rushes_simulated_call_get_simulator (call), parts[4]);
  return task != NULL && rushes_simulated_task_get_state (task) == RUSHES_SIMULATED_DONE &&
                 !rushes_simulated_call_has (call, "extend-gone")
             ? task
             : NULL;
}

static void
extend (RushesSimulatedCall *call)
{
  JsonObject *body;
  RushesSimulatedTask *source, *task;
  g_autofree char *id = NULL, *seconds = NULL;
  gint64 added;

  if (!rushes_simulated_call_check (call, extension_fields))
    return;
  body = rushes_simulated_call_get_body (call);
  if (strcmp (rushes_simulated_call_get_text (call, "model"), "grok-imagine-video") != 0)
    {
      rushes_simulated_call_refuse (call, RUSHES_REFUSAL_REQUEST, RUSHES_PROBLEM_VALUE, "model",
                                    "Video extension is not supported for this model.");
      return;
    }
  source = find_source (call, rushes_simulated_body_text (json_object_get_object_member (body, "video"), "url"));
  if (source == NULL)
    {
      rushes_simulated_call_refuse (call, RUSHES_REFUSAL_REQUEST, RUSHES_PROBLEM_VALUE, "video",
                                    "Failed to download the video from the provided URL.");
      return;
    }
  if (get_seconds (source) < 2 || get_seconds (source) > 15)
    {
      rushes_simulated_call_refuse (call, RUSHES_REFUSAL_REQUEST, RUSHES_PROBLEM_VALUE, "video",
                                    "Duration of the input must be between 2 and 15 seconds.");
      return;
    }
  added = json_object_get_int_member_with_default (body, "duration", 6);
  id = g_strdup_printf ("d97415a1-5796-b7ec-379f-%012x",
                        rushes_simulator_next (rushes_simulated_call_get_simulator (call)));
  task = rushes_simulated_call_accept (call, id, NULL, rushes_simulated_call_get_text (call, "model"));
  seconds = g_strdup_printf ("%d", (int) (get_seconds (source) + added));
  rushes_simulated_task_set_note (task, "seconds", seconds);
  if (added < 2 || added > 10)
    rushes_simulated_task_set_note (task, "fault", "Duration must be between 2 and 10 seconds");
  rushes_simulated_call_reply (call, 200, "{'request_id':%s}", id);
}

/* Each second of 720p, and each picture, in ticks of 1e-10 USD. */
static gint64
count_ticks (RushesSimulatedTask *task)
{
  JsonObject *request = rushes_simulated_task_get_request (task);

  return json_object_get_int_member_with_default (request, "duration", 8) * 700000000 +
         (json_object_has_member (request, "image") ? 20000000 : 0);
}

static void
answer_done (RushesSimulatedCall *call, RushesSimulatedTask *task)
{
  gint64 duration = get_seconds (task);
  const char *model = rushes_simulated_task_get_kind (task);
  g_autofree char *url = rushes_simulated_call_make_clip_url (call, task);
  const char *word = rushes_simulated_call_has (call, "completed") ? "completed" : "done";

  if (rushes_simulated_call_has (call, "moderated"))
    rushes_simulated_call_reply (call, 200,
                                 "{'status':'done','video':{'url':null,'duration':0,'respect_moderation':false},"
                                 "'usage':{'cost_in_usd_ticks':%d}}",
                                 count_ticks (task));
  else if (rushes_simulated_call_has (call, "stored"))
    rushes_simulated_call_reply (
        call, 200,
        "{'status':'done','video':{'url':null,'duration':%d,'respect_moderation':true,'file_output':"
        "{'file_id':'file-1','filename':'a.mp4','expires_at':%d,'public_url':%s,'public_url_error':null,"
        "'public_url_expires_at':%d},'storage_error':null}}",
        duration, g_get_real_time () / G_USEC_PER_SEC + 3600, url, g_get_real_time () / G_USEC_PER_SEC + 3600);
  else if (rushes_simulated_call_has (call, "no-status"))
    rushes_simulated_call_reply (call, 200, "{'model':%s,'video':{'url':%s,'duration':%d,'respect_moderation':true}}",
                                 model, url, duration);
  else
    rushes_simulated_call_reply (
        call, 200,
        "{'status':%s,'progress':100,'model':%s,'video':{'url':%s,'duration':%d,'respect_moderation':true},"
        "'usage':{'cost_in_usd_ticks':%d}}",
        word, model, url, duration, count_ticks (task));
}

static void
poll (RushesSimulatedCall *call)
{
  RushesSimulatedTask *task = rushes_simulated_call_get_task (call);
  RushesSimulatedState state = rushes_simulated_task_get_state (task);

  if (rushes_simulated_task_get_note (task, "fault") != NULL)
    rushes_simulated_call_reply (call, 200, "{'status':'failed','error':{'code':'invalid_argument','message':%s}}",
                                 rushes_simulated_task_get_note (task, "fault"));
  else if (rushes_simulated_call_has (call, "late-refusal"))
    rushes_simulated_call_reply (
        call, 400, "{'code':'Client specified an invalid argument','error':'Prompt is required for this image.'}");
  else if (state == RUSHES_SIMULATED_FAILED && rushes_simulated_call_has (call, "expired"))
    rushes_simulated_call_reply (call, 200, "{'status':'expired'}");
  else if (state == RUSHES_SIMULATED_FAILED)
    rushes_simulated_call_reply (call, 200, "{'status':'failed','error':{'code':%s,'message':%s}}",
                                 rushes_simulated_call_is_rejected (call) ? "invalid_argument" : "internal_error",
                                 rushes_simulated_call_is_rejected (call)
                                     ? "Generated video rejected by content moderation."
                                     : "Video generation failed.");
  else if (state == RUSHES_SIMULATED_DONE)
    answer_done (call, task);
  else if (rushes_simulated_call_has (call, "empty-202"))
    rushes_simulated_call_reply_text (call, 202, NULL, NULL);
  else
    rushes_simulated_call_reply (
        call, 202, "{'status':%s,'progress':%d}", rushes_simulated_call_get_word (call, task),
        rushes_simulated_call_has (call, "progress-jumps") ? (gint64) 100 : rushes_simulated_task_get_progress (task));
}

static void
list_models (RushesSimulatedCall *call)
{
  rushes_simulated_call_reply (
      call, 200, "{'object':'list','data':[{'id':'grok-imagine-video','object':'model','owned_by':'xai'}]}");
}

static const RushesSimulatedRoute routes[] = {
  { "POST", "/v1/videos/generations", RUSHES_SIMULATED_SUBMIT, submit },
  { "POST", "/v1/videos/extensions", RUSHES_SIMULATED_SUBMIT, extend },
  { "GET", "/v1/videos/{id}", RUSHES_SIMULATED_POLL, poll },
  { "GET", "/v1/models", RUSHES_SIMULATED_OTHER, list_models },
  {},
};

static const RushesSimulatedQuirk quirks[] = {
  { "empty-202", "a pending task is answered with 202 and nothing at all" },
  { "moderated", "the task is done, and moderation has kept the clip" },
  { "stored", "the clip's address is video.file_output.public_url" },
  { "no-status", "done without saying so: there is only the clip" },
  { "completed", "done is called completed" },
  { "expired", "a task that fails (--fault fail) has expired" },
  { "late-refusal", "the question about a task is answered with 400: it failed validation late" },
  { "finished-at-once", "the answer to the submit has the clip" },
  { "task-id", "the id is task_id" },
  { "plain-id", "the id is id" },
  { "progress-jumps", "a running task says 100 %" },
  { "error-flat", "refusals are {\"code\", \"error\": \"text\"}" },
  { "extend-gone", "the clip that is to be extended cannot be had any more" },
  { "error-text", "refusals are {\"error\": \"text\"}" },
  {},
};

extern const RushesSimulatedService rushes_simulated_xai;
const RushesSimulatedService rushes_simulated_xai = {
  .id = "xai",
  .about = "xAI's Imagine video API",
  .base_path = "",
  .scheme = "Bearer",
  .key = "xai-simulated",
  .words = { "pending", "pending", "done", "failed", "failed" },
  .routes = routes,
  .quirks = quirks,
  .refuse = refuse,
};
