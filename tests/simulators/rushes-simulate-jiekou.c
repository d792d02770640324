/* rushes-simulate-jiekou.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

/* jiekou.ai and its twins novita.ai and PPIO: a path for each model, or one for all, and one question for both. */

#include "rushes-simulator.h"

#include <string.h>

/* ---- a path for each model ---- */

static const RushesSimulatedField sora[] = {
  { .name = "prompt", .type = RUSHES_FIELD_TEXT, .required = TRUE, .minimum = 1, .maximum = 100000 },
  { .name = "image", .type = RUSHES_FIELD_PICTURE, .choices = "http" },
  { .name = "duration", .type = RUSHES_FIELD_INTEGER, .choices = "10|15" },
  { .name = "size", .type = RUSHES_FIELD_TEXT, .choices = "1280x720|720x1280" },
  { .name = "watermark", .type = RUSHES_FIELD_SWITCH },
  { .name = "character_url", .type = RUSHES_FIELD_PICTURE, .choices = "http" },
  { .name = "character_timestamps", .type = RUSHES_FIELD_TEXT },
  {},
};

static const RushesSimulatedField remix[] = {
  { .name = "prompt", .type = RUSHES_FIELD_TEXT, .required = TRUE, .minimum = 1, .maximum = 100000 },
  { .name = "task_id", .type = RUSHES_FIELD_TEXT, .required = TRUE },
  {},
};

static const RushesSimulatedField wan_input[] = {
  { .name = "prompt", .type = RUSHES_FIELD_TEXT },
  { .name = "negative_prompt", .type = RUSHES_FIELD_TEXT },
  { .name = "img_url", .type = RUSHES_FIELD_PICTURE, .choices = "http|data|base64" },
  { .name = "audio_url", .type = RUSHES_FIELD_PICTURE, .choices = "http" },
  { .name = "template", .type = RUSHES_FIELD_TEXT },
  { .name = "reference_video_urls", .type = RUSHES_FIELD_LIST, .choices = "http" },
  {},
};

static const RushesSimulatedField wan_parameters[] = {
  { .name = "size", .type = RUSHES_FIELD_TEXT },
  { .name = "resolution", .type = RUSHES_FIELD_TEXT, .choices = "480P|720P|1080P" },
  { .name = "duration", .type = RUSHES_FIELD_INTEGER, .choices = "5|10|15" },
  { .name = "audio", .type = RUSHES_FIELD_SWITCH },
  { .name = "shot_type", .type = RUSHES_FIELD_TEXT, .choices = "single|multi" },
  { .name = "prompt_extend", .type = RUSHES_FIELD_SWITCH },
  { .name = "watermark", .type = RUSHES_FIELD_SWITCH },
  { .name = "seed", .type = RUSHES_FIELD_INTEGER },
  {},
};

static const RushesSimulatedField wan[] = {
  { .name = "input", .type = RUSHES_FIELD_OBJECT, .required = TRUE, .members = wan_input },
  { .name = "parameters", .type = RUSHES_FIELD_OBJECT, .members = wan_parameters },
  {},
};

/* ---- one path for all ---- */

static const RushesSimulatedField unified[] = {
  { .name = "model", .type = RUSHES_FIELD_TEXT },
  { .name = "prompt", .type = RUSHES_FIELD_TEXT, .minimum = 1, .maximum = 100000 },
  { .name = "negative_prompt", .type = RUSHES_FIELD_TEXT },
  { .name = "image", .type = RUSHES_FIELD_PICTURE, .choices = "http|data|base64" },
  { .name = "end_image", .type = RUSHES_FIELD_PICTURE, .choices = "http|data|base64" },
  { .name = "duration", .type = RUSHES_FIELD_INTEGER, .minimum = 1, .maximum = 30 },
  { .name = "aspect_ratio", .type = RUSHES_FIELD_TEXT },
  { .name = "resolution", .type = RUSHES_FIELD_TEXT },
  { .name = "size", .type = RUSHES_FIELD_TEXT },
  { .name = "prompt_extend", .type = RUSHES_FIELD_SWITCH },
  { .name = "add_audio", .type = RUSHES_FIELD_SWITCH },
  { .name = "audio", .type = RUSHES_FIELD_ANY },
  { .name = "seed", .type = RUSHES_FIELD_INTEGER },
  { .name = "n", .type = RUSHES_FIELD_INTEGER, .minimum = 1, .maximum = 4 },
  { .name = "guidance_scale", .type = RUSHES_FIELD_NUMBER },
  { .name = "camera_fixed", .type = RUSHES_FIELD_SWITCH },
  { .name = "person_generation", .type = RUSHES_FIELD_TEXT },
  { .name = "watermark", .type = RUSHES_FIELD_SWITCH },
  { .name = "loras", .type = RUSHES_FIELD_ANY },
  {},
};

static const struct
{
  const char *name;
  const RushesSimulatedField *fields;
  gboolean takes_picture;
} slugs[] = {
  { "sora-2-video-reverse", sora, TRUE }, { "sora-2-remix-reverse", remix, FALSE },
  { "wan2.6-t2v", wan, FALSE },           { "wan2.6-i2v", wan, TRUE },
  { "wan2.6-v2v", wan, FALSE },           { "vidu-q3-turbo-i2v", unified, TRUE },
  { "vidu-q3-pro-t2v", unified, FALSE },  { "veo-3.1-reverse", unified, TRUE },
  { "kling-v2.1-i2v", unified, TRUE },
};

static const char *const unified_models[] = {
  "wan2.2_t2v",
  "wan2.2_i2v",
  "wan2.5_preview_t2v",
  "wan2.5_preview_i2v",
  "kling2.1_",
  "kling2.5_turbo_pro_t2v",
  "kling2.5_turbo_pro_i2v",
  "minimax_hailuo_02",
  "minimax_hailuo_2.3",
  "seedance_v1_",
  "veo3",
  "sora2_",
  NULL,
};

static void
refuse (RushesSimulatedCall *call, RushesRefusal why, const RushesSimulatedProblem *problem)
{
  static const struct
  {
    guint status;
    const char *reason, *message;
  } words[] = {
    [RUSHES_REFUSAL_KEY] = { 401, "INVALID_API_KEY", "invalid api key" },
    [RUSHES_REFUSAL_BALANCE] = { 403, "NOT_ENOUGH_BALANCE", "not enough balance" },
    [RUSHES_REFUSAL_RATE] = { 429, "RATE_LIMIT_EXCEEDED", "rate limit exceeded" },
    [RUSHES_REFUSAL_MODERATION] = { 400, "CONTENT_POLICY_VIOLATION", "the prompt was refused by content moderation" },
    [RUSHES_REFUSAL_REQUEST] = { 400, "INVALID_REQUEST_BODY", "invalid request body" },
    [RUSHES_REFUSAL_MODEL] = { 404, "MODEL_NOT_FOUND", "model not found" },
    [RUSHES_REFUSAL_NOT_FOUND] = { 404, "TASK_NOT_FOUND", "task not found" },
    [RUSHES_REFUSAL_METHOD] = { 405, "METHOD_NOT_ALLOWED", "method not allowed" },
    [RUSHES_REFUSAL_CANCEL] = { 404, "NOT_FOUND", "not found" },
    [RUSHES_REFUSAL_BUSY] = { 503, "SERVICE_NOT_AVAILABLE", "service is busy" },
    [RUSHES_REFUSAL_SERVER] = { 500, "INTERNAL_SERVER_ERROR", "internal server error" },
  };
  const char *message = problem != NULL ? problem->message : words[why].message;

  if (rushes_simulated_call_has (call, "error-object"))
    rushes_simulated_call_reply (call, words[why].status, "{'error':{'code':%s,'message':%s}}", words[why].reason,
                                 message);
  else if (rushes_simulated_call_has (call, "error-reason"))
    rushes_simulated_call_reply (call, words[why].status, "{'code':%d,'reason':%s,'message':'','metadata':{}}",
                                 (gint64) words[why].status, words[why].reason);
  else
    rushes_simulated_call_reply (call, words[why].status, "{'code':%d,'reason':%s,'message':%s,'metadata':{}}",
                                 (gint64) words[why].status, words[why].reason, message);
}

static void
accept (RushesSimulatedCall *call, const char *kind)
{
  g_autofree char *id = NULL;

  if (rushes_simulated_call_has (call, "model-access-denied"))
    {
      rushes_simulated_call_reply (
          call, 403, "{'code':403,'reason':'MODEL_ACCESS_DENIED','message':'model_access_denied','metadata':{}}");
      return;
    }
  id = g_strdup_printf ("b1cc1ee1-4b13-4f4c-9e7e-%012x",
                        rushes_simulator_next (rushes_simulated_call_get_simulator (call)));
  rushes_simulated_call_accept (call, id, NULL, kind);
  rushes_simulated_call_reply (call, 200, "{'task_id':%s}", id);
}

static gboolean
is_json (RushesSimulatedCall *call)
{
  if (!rushes_simulated_call_is_form (call))
    return TRUE;
  rushes_simulated_call_refuse (call, RUSHES_REFUSAL_REQUEST, RUSHES_PROBLEM_SYNTAX, "", "the body must be JSON");
  return FALSE;
}

static void
submit_by_path (RushesSimulatedCall *call)
{
  const char *slug = rushes_simulated_call_get_segment (call, "slug");
  const char *image;
  g_autofree char *path = NULL;
  guint i = 0;

  while (i < G_N_ELEMENTS (slugs) && strcmp (slugs[i].name, slug) != 0)
    i++;
  if (i == G_N_ELEMENTS (slugs))
    {
      refuse (call, RUSHES_REFUSAL_MODEL, NULL);
      return;
    }
  if (!is_json (call) || !rushes_simulated_call_check (call, slugs[i].fields))
    return;
  /* The one with pictures by address alone looks at the end of their names. */
  image = slugs[i].fields == sora ? rushes_simulated_call_get_text (call, "image") : NULL;
  if (image != NULL && g_uri_split (image, G_URI_FLAGS_NONE, NULL, NULL, NULL, NULL, &path, NULL, NULL, NULL) &&
      !g_str_has_suffix (path, ".jpg") && !g_str_has_suffix (path, ".jpeg") && !g_str_has_suffix (path, ".png"))
    rushes_simulated_call_refuse (call, RUSHES_REFUSAL_REQUEST, RUSHES_PROBLEM_VALUE, "image",
                                  "image must be a jpg or png URL");
  else if (!slugs[i].takes_picture && json_object_has_member (rushes_simulated_call_get_body (call), "image"))
    rushes_simulated_call_refuse (call, RUSHES_REFUSAL_REQUEST, RUSHES_PROBLEM_UNKNOWN, "image",
                                  "this model takes no image");
  else
    accept (call, slug);
}

static void
submit_unified (RushesSimulatedCall *call)
{
  const char *model = rushes_simulated_call_get_text (call, "model");
  gboolean known = FALSE;

  for (guint i = 0; model != NULL && unified_models[i] != NULL; i++)
    known = known || g_str_has_prefix (model, unified_models[i]);
  if (!is_json (call) || !rushes_simulated_call_check (call, unified))
    return;
  if (!known)
    refuse (call, RUSHES_REFUSAL_MODEL, NULL);
  else if (g_str_has_suffix (model, "_i2v") && rushes_simulated_call_get_text (call, "image") == NULL)
    rushes_simulated_call_refuse (call, RUSHES_REFUSAL_REQUEST, RUSHES_PROBLEM_MISSING, "image", "image is required");
  else if (g_str_has_suffix (model, "_t2v") && rushes_simulated_call_get_text (call, "image") != NULL)
    rushes_simulated_call_refuse (call, RUSHES_REFUSAL_REQUEST, RUSHES_PROBLEM_UNKNOWN, "image",
                                  "this model takes no image");
  else
    accept (call, model);
}

static void
poll (RushesSimulatedCall *call)
{
  RushesSimulatedTask *task = rushes_simulated_call_get_task (call);
  RushesSimulatedState state = rushes_simulated_task_get_state (task);
  const char *id = rushes_simulated_task_get_id (task);
  const char *word = rushes_simulated_call_get_word (call, task);
  gint64 progress = rushes_simulated_call_has (call, "no-progress") && state != RUSHES_SIMULATED_DONE
                        ? 0
                        : rushes_simulated_task_get_progress (task);
  g_autofree char *url = NULL;

  if (state == RUSHES_SIMULATED_RUNNING && rushes_simulated_call_has (call, "older-words"))
    word = "TASK_STATUS_RUNNING";
  if (state == RUSHES_SIMULATED_QUEUED && rushes_simulated_call_has (call, "unknown-status"))
    word = "TASK_STATUS_UNKNOWN";
  if (state == RUSHES_SIMULATED_FAILED)
    rushes_simulated_call_reply (
        call, 200, "{'task':{'task_id':%s,'status':%s,'reason':%s,'progress_percent':0},'images':[],'videos':[]}", id,
        word,
        rushes_simulated_call_is_rejected (call) ? "The prompt was refused by content moderation" : "inference failed");
  else if (state != RUSHES_SIMULATED_DONE)
    rushes_simulated_call_reply (
        call, 200,
        "{'task':{'task_id':%s,'status':%s,'reason':'','eta':30,'progress_percent':%d},'images':[],'videos':[]}", id,
        word, progress);
  else if ((url = rushes_simulated_call_make_clip_url (call, task)) == NULL)
    rushes_simulated_call_reply (
        call, 200,
        "{'task':{'task_id':%s,'status':%s,'reason':'','eta':0,'progress_percent':100},'images':[],'videos':[]}", id,
        word);
  else
    rushes_simulated_call_reply (call, 200,
                                 "{'extra':{'seed':'42','debug_info':{'request_info':'','submit_time_ms':'"
                                 "1760000000000','execute_time_ms':'1760000001000',"
                                 "'complete_time_ms':'1760000060000'}},'task':{'task_id':%s,'status':%s,'reason':'','"
                                 "task_type':'WAN_TXT_TO_VIDEO','eta':0,"
                                 "'progress_percent':100},'images':[],'videos':[{'video_url':%s,'video_url_ttl':'3600',"
                                 "'video_type':'mp4'}],'audios':[]}",
                                 id, word, url);
}

static void
describe_models (RushesSimulatedCall *call)
{
  rushes_simulated_call_reply (call, 200,
                               "{'configs':[{'model':'wan2.5_preview_t2v','description':'Wan 2.5','json_schema':%s}]}",
                               "{\"type\":\"object\",\"properties\":{}}");
}

static void
tell_balance (RushesSimulatedCall *call)
{
  rushes_simulated_call_reply (call, 200, "{'availableBalance':'120000','cashBalance':'120000'}");
}

static const RushesSimulatedRoute routes[] = {
  { "POST", "/v3/async/{slug}", RUSHES_SIMULATED_SUBMIT, submit_by_path },
  { "POST", "/v3/video/create", RUSHES_SIMULATED_SUBMIT, submit_unified },
  { "GET", "/v3/async/task-result", RUSHES_SIMULATED_POLL, poll, .task_query = "task_id" },
  { "GET", "/v3/admin/video-unify-api/config", RUSHES_SIMULATED_OTHER, describe_models },
  { "GET", "/v1/user/balance", RUSHES_SIMULATED_OTHER, tell_balance },
  {},
};

static const RushesSimulatedQuirk quirks[] = {
  { "older-words", "running is TASK_STATUS_RUNNING" },
  { "unknown-status", "a queued task is TASK_STATUS_UNKNOWN" },
  { "no-progress", "progress is 0 up to the end" },
  { "model-access-denied", "submit: no permission for the model, 403" },
  { "error-reason", "refusals have a reason and no message" },
  { "error-object", "refusals are {\"error\": {…}}" },
  {},
};

extern const RushesSimulatedService rushes_simulated_jiekou;
const RushesSimulatedService rushes_simulated_jiekou = {
  .id = "jiekou",
  .about = "jiekou.ai, novita.ai and PPIO",
  .base_path = "",
  .scheme = "Bearer",
  .key = "sk_simulated",
  .words = { "TASK_STATUS_QUEUED", "TASK_STATUS_PROCESSING", "TASK_STATUS_SUCCEED", "TASK_STATUS_FAILED",
             "TASK_STATUS_FAILED" },
  .routes = routes,
  .quirks = quirks,
  .refuse = refuse,
};
