/* rushes-simulate-sora2.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

/* The “unified format” of the aggregators (gpt-best.apifox.cn and those who share its code): POST
 * /v2/videos/generations. */

#include "rushes-simulator.h"

#include <string.h>

#define REJECTED "内容审核未通过：提示词违反内容政策 (content policy)"
#define BROKEN   "上游服务异常，请稍后再试 (upstream error)"

static const RushesSimulatedField fields[] = {
  { .name = "model", .type = RUSHES_FIELD_TEXT, .required = TRUE, .minimum = 1, .maximum = 100 },
  { .name = "prompt", .type = RUSHES_FIELD_TEXT, .required = TRUE, .minimum = 1, .maximum = 100000 },
  { .name = "images", .type = RUSHES_FIELD_LIST, .minimum = 1, .maximum = 9, .choices = "data|http|base64" },
  { .name = "videos", .type = RUSHES_FIELD_LIST, .minimum = 1, .maximum = 9, .choices = "http" },
  { .name = "image_url", .type = RUSHES_FIELD_PICTURE, .choices = "data|http" },
  { .name = "aspect_ratio", .type = RUSHES_FIELD_TEXT, .choices = "16:9|9:16|1:1|4:3|3:4|3:2|2:3|21:9" },
  /* A text or a number, by the model: looked at below. */
  { .name = "duration", .type = RUSHES_FIELD_ANY },
  { .name = "hd", .type = RUSHES_FIELD_SWITCH },
  { .name = "size", .type = RUSHES_FIELD_TEXT },
  { .name = "resolution", .type = RUSHES_FIELD_TEXT },
  { .name = "watermark", .type = RUSHES_FIELD_SWITCH },
  { .name = "private", .type = RUSHES_FIELD_SWITCH },
  { .name = "notify_hook", .type = RUSHES_FIELD_PICTURE, .choices = "http" },
  { .name = "seed", .type = RUSHES_FIELD_INTEGER },
  { .name = "enhance_prompt", .type = RUSHES_FIELD_SWITCH },
  { .name = "enable_upsample", .type = RUSHES_FIELD_SWITCH },
  { .name = "character_url", .type = RUSHES_FIELD_PICTURE, .choices = "http" },
  { .name = "character_timestamps", .type = RUSHES_FIELD_TEXT },
  {},
};

static void
refuse (RushesSimulatedCall *call, RushesRefusal why, const RushesSimulatedProblem *problem)
{
  static const struct
  {
    guint status;
    const char *message;
    const char *code;
  } words[] = {
    [RUSHES_REFUSAL_KEY] = { 401, "无效的令牌 (Invalid token)", "invalid_api_key" },
    [RUSHES_REFUSAL_BALANCE] = { 403, "用户额度不足, 剩余额度: $0.000000 (insufficient user quota)",
                                 "insufficient_user_quota" },
    [RUSHES_REFUSAL_RATE] = { 429, "当前分组上游负载已饱和，请稍后再试", "rate_limit_exceeded" },
    [RUSHES_REFUSAL_MODERATION] = { 400, "This content violates our content policy (content_policy_violation)",
                                    "content_policy_violation" },
    [RUSHES_REFUSAL_REQUEST] = { 400, "invalid request", "invalid_request" },
    [RUSHES_REFUSAL_MODEL] = { 503, "no available channel for model sora-9", "model_not_found" },
    [RUSHES_REFUSAL_NOT_FOUND] = { 404, "task_not_exist", "task_not_exist" },
    [RUSHES_REFUSAL_METHOD] = { 405, "method not allowed", "method_not_allowed" },
    [RUSHES_REFUSAL_CANCEL] = { 404, "Invalid URL", "not_found" },
    [RUSHES_REFUSAL_BUSY] = { 503, "upstream pool is empty", "no_available_account" },
    [RUSHES_REFUSAL_SERVER] = { 500, "upstream error", "upstream_error" },
  };
  const char *message = problem != NULL ? problem->message : words[why].message;

  if (rushes_simulated_call_has (call, "error-text"))
    rushes_simulated_call_reply (call, words[why].status, "{'error':%s}", message);
  else if (rushes_simulated_call_has (call, "error-message"))
    rushes_simulated_call_reply (call, words[why].status, "{'message':%s}", message);
  else if (rushes_simulated_call_has (call, "error-flat"))
    rushes_simulated_call_reply (call, words[why].status, "{'code':%s,'message':%s,'data':null}", words[why].code,
                                 message);
  else
    rushes_simulated_call_reply (call, words[why].status, "{'error':{'message':%s,'type':'new_api_error','code':%s}}",
                                 message, words[why].code);
}

static gboolean
is_sora (const char *model)
{
  return g_str_has_prefix (model, "sora-2");
}

/* The lengths of sora are texts, those of other models numbers; hd goes with the larger model and not with 25 seconds.
 */
static const char *
find_conflict (JsonObject *body, const char **where)
{
  const char *model = rushes_simulated_body_text (body, "model");
  JsonNode *duration = json_object_get_member (body, "duration");
  gboolean pro = strcmp (model, "sora-2-pro") == 0;
  gboolean hd = json_object_get_boolean_member_with_default (body, "hd", FALSE);

  *where = "duration";
  if (is_sora (model) && duration != NULL)
    {
      const char *text = rushes_simulated_body_text (body, "duration");

      if (text == NULL)
        return "duration must be a string";
      if (strcmp (text, "10") != 0 && strcmp (text, "15") != 0 && !(pro && strcmp (text, "25") == 0))
        return "duration is not supported by this model";
      if (hd && strcmp (text, "25") == 0)
        return "hd is not available at 25 seconds";
    }
  else if (duration != NULL && json_node_get_value_type (duration) != G_TYPE_INT64)
    return "duration must be an integer";
  *where = "hd";
  if (hd && !pro)
    return "hd is not supported by this model";
  *where = "aspect_ratio";
  if (is_sora (model) && json_object_has_member (body, "aspect_ratio") &&
      !g_strv_contains ((const char *const[]) { "16:9", "9:16", NULL },
                        rushes_simulated_body_text (body, "aspect_ratio")))
    return "aspect_ratio must be 16:9 or 9:16";
  return NULL;
}

static void
submit (RushesSimulatedCall *call)
{
  RushesSimulator *simulator = rushes_simulated_call_get_simulator (call);
  g_autofree char *id = NULL;
  const char *conflict, *where;

  if (rushes_simulated_call_is_form (call))
    {
      rushes_simulated_call_refuse (call, RUSHES_REFUSAL_REQUEST, RUSHES_PROBLEM_SYNTAX, "", "the body must be JSON");
      return;
    }
  if (!rushes_simulated_call_check (call, fields))
    return;
  if ((conflict = find_conflict (rushes_simulated_call_get_body (call), &where)) != NULL)
    {
      rushes_simulated_call_refuse (call, RUSHES_REFUSAL_REQUEST, RUSHES_PROBLEM_VALUE, where, conflict);
      return;
    }
  /* Ids have a colon. */
  id = g_strdup_printf ("veo3:%u-YQVHH4A3Lg", 1756693796 + rushes_simulator_next (simulator));
  rushes_simulated_call_accept (call, id, NULL, rushes_simulated_call_get_text (call, "model"));
  if (rushes_simulated_call_has (call, "openai-style"))
    rushes_simulated_call_reply (call, 200, "{'id':%s,'object':'video','status':'queued','progress':0}", id);
  else
    rushes_simulated_call_reply (call, 200, "{'task_id':%s}", id);
}

static void
answer_openai_style (RushesSimulatedCall *call, RushesSimulatedTask *task, const char *url)
{
  static const char *const words[] = { "queued", "in_progress", "completed", "failed", "failed" };
  RushesSimulatedState state = rushes_simulated_task_get_state (task);
  const char *id = rushes_simulated_task_get_id (task);

  if (state == RUSHES_SIMULATED_FAILED)
    rushes_simulated_call_reply (call, 200, "{'id':%s,'status':'failed','error':{'code':%s,'message':%s}}", id,
                                 rushes_simulated_call_is_rejected (call) ? "content_policy" : "upstream_error",
                                 rushes_simulated_call_is_rejected (call) ? "The video was refused."
                                                                          : "The upstream failed.");
  else if (state == RUSHES_SIMULATED_DONE)
    rushes_simulated_call_reply (call, 200, "{'id':%s,'status':'completed','progress':100,'video_url':%s}", id, url);
  else
    rushes_simulated_call_reply (call, 200, "{'id':%s,'status':%s,'progress':%d}", id, words[state],
                                 rushes_simulated_task_get_progress (task));
}

/* The places in which the relays put the address. */
static char *
describe_clip (RushesSimulatedCall *call, const char *url)
{
  if (url == NULL)
    return g_strdup ("null");
  if (rushes_simulated_call_has (call, "outputs"))
    return g_strdup_printf ("{\"outputs\":[\"%s\"]}", url);
  if (rushes_simulated_call_has (call, "data-video-url"))
    return g_strdup_printf ("{\"video_url\":\"%s\"}", url);
  return g_strdup_printf ("{\"output\":\"%s\"}", url);
}

static void
poll (RushesSimulatedCall *call)
{
  RushesSimulatedTask *task = rushes_simulated_call_get_task (call);
  RushesSimulatedState state = rushes_simulated_task_get_state (task);
  gboolean failed = state == RUSHES_SIMULATED_FAILED;
  gint64 created = rushes_simulated_task_get_created (task);
  g_autofree char *progress = NULL, *url = NULL, *data = NULL, *word = NULL;

  if (state == RUSHES_SIMULATED_DONE)
    url = rushes_simulated_call_make_clip_url (call, task);
  if (rushes_simulated_call_has (call, "openai-style"))
    {
      answer_openai_style (call, task, url);
      return;
    }
  data = describe_clip (call, url);
  word = rushes_simulated_call_has (call, "lower-case")
             ? g_ascii_strdown (rushes_simulated_call_get_word (call, task), -1)
             : g_strdup (rushes_simulated_call_get_word (call, task));
  progress = g_strdup_printf ("%d%%", (int) rushes_simulated_task_get_progress (task));
  rushes_simulated_call_reply (call, 200,
                               "{'task_id':%s,'platform':'google','action':'google-videos','status':%s,"
                               "'fail_reason':%s,'submit_time':%d,'start_time':%d,'finish_time':%d,"
                               "'progress':%s,'data':%j,'search_item':''}",
                               rushes_simulated_task_get_id (task), word,
                               failed ? (rushes_simulated_call_is_rejected (call) ? REJECTED : BROKEN) : "", created,
                               created, rushes_simulated_task_has_ended (task) ? created + 100 : (gint64) 0, progress,
                               data);
}

/* The sibling on the same hosts, for those whom the newer one does not work for. */
static const RushesSimulatedField older_fields[] = {
  { .name = "model", .type = RUSHES_FIELD_TEXT, .required = TRUE, .minimum = 1, .maximum = 100 },
  { .name = "prompt", .type = RUSHES_FIELD_TEXT, .required = TRUE, .minimum = 1, .maximum = 100000 },
  { .name = "images", .type = RUSHES_FIELD_LIST, .minimum = 1, .maximum = 9, .choices = "data|http" },
  { .name = "orientation", .type = RUSHES_FIELD_TEXT, .choices = "portrait|landscape" },
  { .name = "aspect_ratio", .type = RUSHES_FIELD_TEXT },
  { .name = "size", .type = RUSHES_FIELD_TEXT },
  { .name = "duration", .type = RUSHES_FIELD_INTEGER },
  { .name = "watermark", .type = RUSHES_FIELD_SWITCH },
  { .name = "private", .type = RUSHES_FIELD_SWITCH },
  { .name = "enhance_prompt", .type = RUSHES_FIELD_SWITCH },
  { .name = "enable_upsample", .type = RUSHES_FIELD_SWITCH },
  {},
};

static void
submit_older (RushesSimulatedCall *call)
{
  g_autofree char *id = NULL;

  if (!rushes_simulated_call_check (call, older_fields))
    return;
  id = g_strdup_printf ("sora-2:task_01k%04x", rushes_simulator_next (rushes_simulated_call_get_simulator (call)));
  rushes_simulated_call_accept (call, id, NULL, rushes_simulated_call_get_text (call, "model"));
  rushes_simulated_call_reply (call, 200, "{'id':%s,'status':'pending','status_update_time':1762000000000}", id);
}

static void
poll_older (RushesSimulatedCall *call)
{
  RushesSimulatedTask *task = rushes_simulated_call_get_task (call);
  g_autofree char *url = NULL;

  if (rushes_simulated_task_get_state (task) == RUSHES_SIMULATED_DONE)
    url = rushes_simulated_call_make_clip_url (call, task);
  answer_openai_style (call, task, url);
}

static const RushesSimulatedRoute routes[] = {
  { "POST", "/v2/videos/generations", RUSHES_SIMULATED_SUBMIT, submit },
  { "GET", "/v2/videos/generations/{id}", RUSHES_SIMULATED_POLL, poll },
  { "POST", "/v1/video/create", RUSHES_SIMULATED_SUBMIT, submit_older },
  { "GET", "/v1/video/query", RUSHES_SIMULATED_POLL, poll_older, .task_query = "id" },
  {},
};

static const RushesSimulatedQuirk quirks[] = {
  { "openai-style", "answers as OpenAI does: id, completed, video_url, error" },
  { "outputs", "the clip's address is data.outputs[0]" },
  { "data-video-url", "the clip's address is data.video_url" },
  { "lower-case", "states in small letters" },
  { "error-text", "refusals are {\"error\": \"text\"}" },
  { "error-message", "refusals are {\"message\": \"text\"}" },
  { "error-flat", "refusals are {\"code\", \"message\", \"data\": null}" },
  {},
};

extern const RushesSimulatedService rushes_simulated_sora2;
const RushesSimulatedService rushes_simulated_sora2 = {
  .id = "sora2",
  .about = "aggregators with POST /v2/videos/generations",
  .base_path = "",
  .scheme = "Bearer",
  .key = "sk-simulated",
  .words = { "NOT_START", "IN_PROGRESS", "SUCCESS", "FAILURE", "FAILURE" },
  .routes = routes,
  .quirks = quirks,
  .refuse = refuse,
};
