/* rushes-simulate-minimax.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

/* MiniMax's video API (platform.minimax.io/docs/api-reference): version 1 for Hailuo, in which failures come with a
 * good status and the clip is behind a file, and version 2 for H3. */

#include "rushes-simulator.h"

#include <string.h>

/* ---- refusals ---- */

static gboolean
is_newer (RushesSimulatedCall *call)
{
  return g_str_has_prefix (g_uri_get_path (rushes_simulated_call_get_uri (call)), "/v2/");
}

static void
refuse (RushesSimulatedCall *call, RushesRefusal why, const RushesSimulatedProblem *problem)
{
  static const struct
  {
    guint status;
    int code;
    const char *type, *message;
  } words[] = {
    [RUSHES_REFUSAL_KEY] = { 401, 1004, "authentication_error", "login fail: Please carry the API secret key" },
    [RUSHES_REFUSAL_BALANCE] = { 402, 1008, "insufficient_balance_error", "insufficient balance" },
    [RUSHES_REFUSAL_RATE] = { 429, 1002, "rate_limit_error", "rate limit" },
    [RUSHES_REFUSAL_MODERATION] = { 400, 1026, "invalid_request_error", "description involves sensitive content" },
    [RUSHES_REFUSAL_REQUEST] = { 400, 2013, "invalid_request_error", "invalid params" },
    [RUSHES_REFUSAL_MODEL] = { 400, 2013, "invalid_request_error", "invalid params, unknown model" },
    [RUSHES_REFUSAL_NOT_FOUND] = { 404, 2013, "not_found_error", "invalid params, task_id" },
    [RUSHES_REFUSAL_METHOD] = { 405, 2013, "invalid_request_error", "method not allowed" },
    [RUSHES_REFUSAL_CANCEL] = { 400, 2013, "invalid_request_error", "the task is running" },
    [RUSHES_REFUSAL_BUSY] = { 503, 1013, "api_error", "not now" },
    [RUSHES_REFUSAL_SERVER] = { 500, 1000, "api_error", "unknown error" },
  };
  const char *message = problem != NULL ? problem->message : words[why].message;
  g_autofree char *number = g_strdup_printf ("%u", words[why].status);

  if (is_newer (call))
    rushes_simulated_call_reply (call, words[why].status,
                                 "{'type':'error','error':{'type':%s,'message':%s,'http_code':%s},'request_id':'0507'}",
                                 words[why].type, message, number);
  else
    rushes_simulated_call_reply (call, 200, "{'task_id':'','base_resp':{'status_code':%d,'status_msg':%s}}",
                                 (gint64) words[why].code, message);
}

static gboolean
complain (RushesSimulatedCall *call, const char *where, const char *message)
{
  rushes_simulated_call_refuse (call, RUSHES_REFUSAL_REQUEST, RUSHES_PROBLEM_VALUE, where, message);
  return FALSE;
}

/* ---- version 1 ---- */

static const RushesSimulatedField subject_fields[] = {
  { .name = "type", .type = RUSHES_FIELD_TEXT, .required = TRUE, .choices = "character" },
  { .name = "image",
    .type = RUSHES_FIELD_LIST,
    .required = TRUE,
    .minimum = 1,
    .maximum = 1,
    .choices = "data|https|http" },
  {},
};

static const RushesSimulatedField older_fields[] = {
  { .name = "model", .type = RUSHES_FIELD_TEXT, .required = TRUE },
  { .name = "prompt", .type = RUSHES_FIELD_TEXT, .minimum = 1, .maximum = 2000 },
  { .name = "first_frame_image", .type = RUSHES_FIELD_PICTURE, .choices = "data|https|http" },
  { .name = "last_frame_image", .type = RUSHES_FIELD_PICTURE, .choices = "data|https|http" },
  { .name = "subject_reference", .type = RUSHES_FIELD_LIST, .minimum = 1, .maximum = 1, .members = subject_fields },
  { .name = "duration", .type = RUSHES_FIELD_INTEGER, .choices = "6|10" },
  { .name = "resolution", .type = RUSHES_FIELD_TEXT, .choices = "512P|768P|1080P" },
  { .name = "prompt_optimizer", .type = RUSHES_FIELD_SWITCH },
  { .name = "fast_pretreatment", .type = RUSHES_FIELD_SWITCH },
  { .name = "aigc_watermark", .type = RUSHES_FIELD_SWITCH },
  {},
};

static gboolean
check_older (RushesSimulatedCall *call)
{
  static const char *const models[] = { "MiniMax-Hailuo-2.3", "MiniMax-Hailuo-2.3-Fast",
                                        "MiniMax-Hailuo-02",  "S2V-01",
                                        "T2V-01-Director",    NULL };
  JsonObject *body;
  const char *model, *resolution;
  gboolean first, last, subject;
  gint64 duration;

  if (!rushes_simulated_call_check (call, older_fields))
    return FALSE;
  body = rushes_simulated_call_get_body (call);
  model = rushes_simulated_body_text (body, "model");
  resolution = rushes_simulated_body_text (body, "resolution");
  duration = json_object_get_int_member_with_default (body, "duration", 6);
  first = json_object_has_member (body, "first_frame_image");
  last = json_object_has_member (body, "last_frame_image");
  subject = json_object_has_member (body, "subject_reference");
  if (!g_strv_contains (models, model))
    {
      refuse (call, RUSHES_REFUSAL_MODEL, NULL);
      return FALSE;
    }
  if (subject != g_str_equal (model, "S2V-01"))
    return complain (call, "subject_reference", "invalid params, subject_reference");
  if (subject && (json_object_has_member (body, "duration") || resolution != NULL))
    return complain (call, "duration", "invalid params, duration");
  if (!first && g_str_has_suffix (model, "-Fast"))
    return complain (call, "first_frame_image", "invalid params, first_frame_image");
  if (last && (!g_str_equal (model, "MiniMax-Hailuo-02") || g_strcmp0 (resolution, "512P") == 0))
    return complain (call, "last_frame_image", "invalid params, last_frame_image");
  if (g_strcmp0 (resolution, "512P") == 0 && !g_str_equal (model, "MiniMax-Hailuo-02"))
    return complain (call, "resolution", "invalid params, resolution");
  if (g_strcmp0 (resolution, "1080P") == 0 && duration != 6)
    return complain (call, "duration", "invalid params, duration and resolution");
  if (!first && !subject && !json_object_has_member (body, "prompt"))
    return complain (call, "prompt", "invalid params, prompt");
  return TRUE;
}

static void
submit_older (RushesSimulatedCall *call)
{
  g_autofree char *id = NULL, *quoted = NULL;

  if (!check_older (call))
    return;
  id = g_strdup_printf ("9007199254741%03u", rushes_simulator_next (rushes_simulated_call_get_simulator (call)));
  rushes_simulated_call_accept (call, id, NULL, "v1");
  /* As a number it has more digits than a double holds. */
  quoted = g_strdup_printf (rushes_simulated_call_has (call, "number-ids") ? "%s" : "\"%s\"", id);
  rushes_simulated_call_reply (call, 200, "{'task_id':%j,'base_resp':{'status_code':0,'status_msg':'success'}}",
                               quoted);
}

static void
poll_older (RushesSimulatedCall *call)
{
  RushesSimulatedTask *task = rushes_simulated_call_get_task (call);
  RushesSimulatedState state = rushes_simulated_task_get_state (task);
  gboolean rejected = rushes_simulated_call_is_rejected (call);

  if (state == RUSHES_SIMULATED_FAILED)
    rushes_simulated_call_reply (
        call, 200, "{'task_id':%s,'status':'Fail','file_id':'','base_resp':{'status_code':%d,'status_msg':%s}}",
        rushes_simulated_task_get_id (task), (gint64) (rejected ? 1027 : 1000),
        rejected ? "video content involves sensitive content" : "unknown error");
  else if (state == RUSHES_SIMULATED_DONE)
    rushes_simulated_call_reply (call, 200,
                                 "{'task_id':%s,'status':'Success','file_id':%s,'video_width':1366,'video_height':768,"
                                 "'base_resp':{'status_code':0,'status_msg':'success'}}",
                                 rushes_simulated_task_get_id (task),
                                 rushes_simulated_call_has (call, "late-file") ? ""
                                                                               : rushes_simulated_task_get_id (task));
  else
    rushes_simulated_call_reply (call, 200,
                                 "{'task_id':%s,'status':%s,'base_resp':{'status_code':0,'status_msg':'success'}}",
                                 rushes_simulated_task_get_id (task), rushes_simulated_call_get_word (call, task));
}

static void
retrieve (RushesSimulatedCall *call)
{
  RushesSimulatedTask *task = rushes_simulated_call_get_task (call);
  g_autofree char *url = NULL;

  if (rushes_simulated_task_get_state (task) != RUSHES_SIMULATED_DONE)
    {
      rushes_simulated_call_refuse (call, RUSHES_REFUSAL_REQUEST, RUSHES_PROBLEM_VALUE, "file_id",
                                    "invalid params, file_id");
      return;
    }
  url = rushes_simulated_call_make_clip_url (call, task);
  rushes_simulated_call_reply (
      call, 200,
      "{'file':{'file_id':%j,'bytes':5896337,'filename':'output.mp4','purpose':"
      "'video_generation','download_url':%s},'base_resp':{'status_code':0,'status_msg':'success'}}",
      rushes_simulated_task_get_id (task), url);
}

/* ---- version 2 ---- */

static const RushesSimulatedField image_fields[] = {
  { .name = "url", .type = RUSHES_FIELD_PICTURE, .required = TRUE, .choices = "data|https|http|mm_file" },
  {},
};

static const RushesSimulatedField content_fields[] = {
  { .name = "type", .type = RUSHES_FIELD_TEXT, .required = TRUE, .choices = "text|image_url" },
  { .name = "text", .type = RUSHES_FIELD_TEXT, .minimum = 1, .maximum = 7000 },
  { .name = "image_url", .type = RUSHES_FIELD_OBJECT, .members = image_fields },
  { .name = "role", .type = RUSHES_FIELD_TEXT, .choices = "first_frame|last_frame|reference_image" },
  {},
};

static const RushesSimulatedField fields[] = {
  { .name = "model", .type = RUSHES_FIELD_TEXT, .required = TRUE },
  { .name = "content",
    .type = RUSHES_FIELD_LIST,
    .required = TRUE,
    .minimum = 1,
    .maximum = 16,
    .members = content_fields },
  { .name = "resolution", .type = RUSHES_FIELD_TEXT, .required = TRUE, .choices = "768P|2K" },
  { .name = "duration", .type = RUSHES_FIELD_INTEGER, .required = TRUE, .minimum = 4, .maximum = 15 },
  { .name = "ratio", .type = RUSHES_FIELD_TEXT, .choices = "16:9|9:16|1:1|4:3|3:4|21:9|adaptive" },
  { .name = "aigc_watermark", .type = RUSHES_FIELD_SWITCH },
  {},
};

/* How many items of the content have @role; NULL: texts. */
static guint
count (JsonObject *body, const char *role)
{
  JsonArray *content = json_object_get_array_member (body, "content");
  guint n = 0;

  for (guint i = 0; i < json_array_get_length (content); i++)
    {
      JsonObject *item = json_array_get_object_element (content, i);

      n += role != NULL ? g_strcmp0 (rushes_simulated_body_text (item, "role"), role) == 0
                        : g_strcmp0 (rushes_simulated_body_text (item, "type"), "text") == 0;
    }
  return n;
}

static gboolean
check_newer (RushesSimulatedCall *call)
{
  JsonObject *body;
  const char *ratio;
  guint first, last, references;

  if (!rushes_simulated_call_check (call, fields))
    return FALSE;
  body = rushes_simulated_call_get_body (call);
  ratio = rushes_simulated_body_text (body, "ratio");
  first = count (body, "first_frame");
  last = count (body, "last_frame");
  references = count (body, "reference_image");
  if (!g_str_equal (rushes_simulated_body_text (body, "model"), "MiniMax-H3"))
    {
      refuse (call, RUSHES_REFUSAL_MODEL, NULL);
      return FALSE;
    }
  if (count (body, NULL) != 1)
    return complain (call, "content", "one text is required");
  if (first > 1 || last > first || references > 9 || (first > 0 && references > 0))
    return complain (call, "content", "frames and reference images cannot be combined");
  if (first + references == 0 && (ratio == NULL || g_str_equal (ratio, "adaptive")))
    return complain (call, "ratio", "ratio is required");
  if (first > 0 && ratio != NULL && !g_str_equal (ratio, "adaptive"))
    return complain (call, "ratio", "ratio must be adaptive with a first frame");
  return TRUE;
}

static void
submit_newer (RushesSimulatedCall *call)
{
  g_autofree char *id = NULL;

  if (!check_newer (call))
    return;
  id = g_strdup_printf ("vt_%06u", rushes_simulator_next (rushes_simulated_call_get_simulator (call)));
  rushes_simulated_call_accept (call, id, NULL, "v2");
  rushes_simulated_call_reply (call, 200, "{'task_id':%s}", id);
}

static void
poll_newer (RushesSimulatedCall *call)
{
  static const char *const words[] = { "queued", "running", "succeeded", "failed", "cancelled" };
  RushesSimulatedTask *task = rushes_simulated_call_get_task (call);
  RushesSimulatedState state = rushes_simulated_task_get_state (task);
  const char *id = rushes_simulated_task_get_id (task);
  gboolean rejected = rushes_simulated_call_is_rejected (call);
  gboolean odd = state == RUSHES_SIMULATED_RUNNING && rushes_simulated_call_has (call, "unknown-state");
  g_autofree char *url = NULL;

  if (state == RUSHES_SIMULATED_FAILED && rushes_simulated_call_has (call, "expired"))
    rushes_simulated_call_reply (call, 200, "{'task':{'id':%s,'status':'expired'}}", id);
  else if (state == RUSHES_SIMULATED_FAILED)
    rushes_simulated_call_reply (call, 200, "{'task':{'id':%s,'status':'failed','error':{'code':%s,'message':%s}}}", id,
                                 rejected ? "1027" : "1000", rejected ? "output sensitive" : "unknown error");
  else if (state == RUSHES_SIMULATED_DONE)
    {
      url = rushes_simulated_call_make_clip_url (call, task);
      rushes_simulated_call_reply (call, 200,
                                   "{'task':{'id':%s,'status':'succeeded','content':{'url':%s},'duration':5,'usage':"
                                   "{'total_seconds':5,'input_seconds':0,'output_seconds':5}}}",
                                   id, url);
    }
  else
    rushes_simulated_call_reply (call, 200, "{'task':{'id':%s,'status':%s,'resolution':'768P','duration':5}}", id,
                                 odd ? "SIMMERING" : words[state]);
}

static void
cancel (RushesSimulatedCall *call)
{
  RushesSimulatedTask *task = rushes_simulated_call_get_task (call);

  if (rushes_simulated_task_get_state (task) == RUSHES_SIMULATED_RUNNING &&
      !rushes_simulated_call_has (call, "cancel-running"))
    {
      refuse (call, RUSHES_REFUSAL_CANCEL, NULL);
      return;
    }
  rushes_simulated_task_cancel (task);
  rushes_simulator_count (rushes_simulated_call_get_simulator (call), RUSHES_SIMULATED_COUNT_CANCELS);
  rushes_simulated_call_reply (call, 200, "{}");
}

static void
list (RushesSimulatedCall *call)
{
  rushes_simulated_call_reply (call, 200, "{'tasks':[],'total':0}");
}

/* ---- the service ---- */

static const RushesSimulatedRoute routes[] = {
  { "POST", "/v1/video_generation", RUSHES_SIMULATED_SUBMIT, submit_older },
  { "GET", "/v1/query/video_generation", RUSHES_SIMULATED_POLL, poll_older, .task_query = "task_id" },
  { "GET", "/v1/files/retrieve", RUSHES_SIMULATED_RESULT, retrieve, .task_query = "file_id" },
  { "POST", "/v2/video_generation", RUSHES_SIMULATED_SUBMIT, submit_newer },
  { "GET", "/v2/query/video_generation", RUSHES_SIMULATED_OTHER, list },
  { "GET", "/v2/query/video_generation/{id}", RUSHES_SIMULATED_POLL, poll_newer },
  { "DELETE", "/v2/video_generation/{id}", RUSHES_SIMULATED_CANCEL, cancel },
  {},
};

static const RushesSimulatedQuirk quirks[] = {
  { "number-ids", "version 1: the task's id is a number" },
  { "late-file", "version 1: a task is done before its file is there, at each question" },
  { "expired", "version 2: a task that fails (--fault fail) has expired in the queue" },
  { "cancel-running", "version 2: a task that runs can be cancelled, too" },
  {},
};

extern const RushesSimulatedService rushes_simulated_minimax;
const RushesSimulatedService rushes_simulated_minimax = {
  .id = "minimax",
  .about = "MiniMax: Hailuo (version 1) and H3 (version 2)",
  .base_path = "",
  .scheme = "Bearer",
  .key = "minimax-simulated",
  .words = { "Queueing", "Processing", "Success", "Fail", "Fail" },
  .routes = routes,
  .quirks = quirks,
  .refuse = refuse,
};
