/* rushes-simulate-dyuapi.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

/* DyuAPI's eight interfaces: /v1/videos with the length and the orientation in the model's name, and chats for links.
 */

#include "rushes-simulator.h"

#include <string.h>

static const RushesSimulatedField form_fields[] = {
  { .name = "model", .type = RUSHES_FIELD_TEXT, .required = TRUE },
  { .name = "prompt", .type = RUSHES_FIELD_TEXT, .required = TRUE, .minimum = 1, .maximum = 100000 },
  { .name = "input_reference", .type = RUSHES_FIELD_FILE },
  { .name = "seconds", .type = RUSHES_FIELD_TEXT },
  { .name = "size", .type = RUSHES_FIELD_TEXT },
  { .name = "style",
    .type = RUSHES_FIELD_TEXT,
    .choices = "anime|selfie|golden|handheld|festive|retro|news|chaos|vintage|comic" },
  { .name = "storyboard", .type = RUSHES_FIELD_SWITCH },
  { .name = "trim", .type = RUSHES_FIELD_SWITCH },
  {},
};

static const RushesSimulatedField json_fields[] = {
  { .name = "model", .type = RUSHES_FIELD_TEXT, .required = TRUE },
  { .name = "prompt", .type = RUSHES_FIELD_TEXT, .required = TRUE, .minimum = 1, .maximum = 100000 },
  { .name = "image_url", .type = RUSHES_FIELD_PICTURE, .choices = "http" },
  { .name = "seconds", .type = RUSHES_FIELD_TEXT },
  { .name = "size", .type = RUSHES_FIELD_TEXT },
  { .name = "style",
    .type = RUSHES_FIELD_TEXT,
    .choices = "anime|selfie|golden|handheld|festive|retro|news|chaos|vintage|comic" },
  { .name = "storyboard", .type = RUSHES_FIELD_SWITCH },
  { .name = "trim", .type = RUSHES_FIELD_SWITCH },
  {},
};

static const RushesSimulatedField character_fields[] = {
  { .name = "model", .type = RUSHES_FIELD_TEXT, .required = TRUE },
  { .name = "prompt", .type = RUSHES_FIELD_TEXT },
  { .name = "timestamps", .type = RUSHES_FIELD_TEXT, .required = TRUE },
  { .name = "url", .type = RUSHES_FIELD_PICTURE, .required = TRUE, .choices = "http" },
  {},
};

static const RushesSimulatedField chat_message[] = {
  { .name = "role", .type = RUSHES_FIELD_TEXT, .required = TRUE, .choices = "user" },
  { .name = "content", .type = RUSHES_FIELD_TEXT, .required = TRUE },
  {},
};

static const RushesSimulatedField chat_fields[] = {
  { .name = "model", .type = RUSHES_FIELD_TEXT, .required = TRUE },
  { .name = "messages",
    .type = RUSHES_FIELD_LIST,
    .required = TRUE,
    .minimum = 1,
    .maximum = 1,
    .members = chat_message },
  { .name = "stream", .type = RUSHES_FIELD_SWITCH },
  {},
};

static const struct
{
  const char *name, *seconds, *size;
} models[] = {
  { "sora2-portrait", "10", "720x1280" },      { "sora2-portrait-10s", "10", "720x1280" },
  { "sora2-portrait-15s", "15", "720x1280" },  { "sora2-landscape", "10", "1280x720" },
  { "sora2-landscape-10s", "10", "1280x720" }, { "sora2-landscape-15s", "15", "1280x720" },
  { "sora2-pro-portrait-25s", "25", NULL },    { "sora2-pro-landscape-25s", "25", NULL },
  { "sora2-pro-portrait-hd-15s", "15", NULL }, { "sora2-pro-landscape-hd-15s", "15", NULL },
};

static void
refuse (RushesSimulatedCall *call, RushesRefusal why, const RushesSimulatedProblem *problem)
{
  static const struct
  {
    guint status;
    const char *message, *type, *code;
  } words[] = {
    [RUSHES_REFUSAL_KEY] = { 401, "Invalid API key", "invalid_request_error", "invalid_api_key" },
    [RUSHES_REFUSAL_BALANCE] = { 402, "Insufficient credits", "invalid_request_error", "insufficient_credits" },
    [RUSHES_REFUSAL_RATE] = { 429, "Rate limit exceeded", "rate_limit_error", "rate_limit_exceeded" },
    [RUSHES_REFUSAL_MODERATION] = { 400, "Your request was blocked by our moderation system (content policy)",
                                    "invalid_request_error", "moderation_blocked" },
    [RUSHES_REFUSAL_REQUEST] = { 400, "invalid request", "invalid_request_error", "invalid_request" },
    [RUSHES_REFUSAL_MODEL] = { 503, "no available channel for model sora9", "new_api_error", "model_not_found" },
    [RUSHES_REFUSAL_NOT_FOUND] = { 404, "video not found", "invalid_request_error", "not_found" },
    [RUSHES_REFUSAL_METHOD] = { 405, "method not allowed", "invalid_request_error", "method_not_allowed" },
    [RUSHES_REFUSAL_CANCEL] = { 404, "Invalid URL", "invalid_request_error", "not_found" },
    [RUSHES_REFUSAL_BUSY] = { 503, "no active tokens available in the pool", "server_error", "no_active_tokens" },
    [RUSHES_REFUSAL_SERVER] = { 500, "upstream error", "server_error", "upstream_error" },
  };
  const char *message = problem != NULL ? problem->message : words[why].message;

  if (rushes_simulated_call_has (call, "error-flat"))
    rushes_simulated_call_reply (call, words[why].status, "{'code':%s,'message':%s,'data':null}", words[why].code,
                                 message);
  else
    rushes_simulated_call_reply (call, words[why].status, "{'error':{'message':%s,'type':%s,'code':%s}}", message,
                                 words[why].type, words[why].code);
}

static char *
make_id (RushesSimulatedCall *call)
{
  return g_strdup_printf (rushes_simulated_call_has (call, "colon") ? "sora-2:task_01k%04x" : "video_8b1c%04x",
                          rushes_simulator_next (rushes_simulated_call_get_simulator (call)));
}

/* What the model's name says of length and size must not be said otherwise. */
static const char *
find_conflict (RushesSimulatedCall *call, guint model, const char **where)
{
  const char *seconds = rushes_simulated_call_get_text (call, "seconds");
  const char *size = rushes_simulated_call_get_text (call, "size");

  *where = "seconds";
  if (seconds != NULL && strcmp (seconds, models[model].seconds) != 0)
    return "seconds does not agree with the model";
  *where = "size";
  if (size != NULL && models[model].size != NULL && strcmp (size, models[model].size) != 0)
    return "size does not agree with the model";
  return NULL;
}

static void
submit (RushesSimulatedCall *call)
{
  const char *model = rushes_simulated_call_get_text (call, "model");
  gboolean is_form = rushes_simulated_call_is_form (call);
  g_autofree char *id = NULL;
  const char *conflict, *where;
  guint i = 0;

  if (g_strcmp0 (model, "character-training") == 0)
    {
      if (!rushes_simulated_call_check (call, character_fields))
        return;
      id = make_id (call);
      rushes_simulated_call_accept (call, id, NULL, model);
      rushes_simulated_call_reply (
          call, 200,
          "{'id':%s,'object':'video','model':'character-training','status':'pending','progress':0,'size':'1080p',"
          "'created_at':1766000000}",
          id);
      return;
    }
  if (!rushes_simulated_call_check (call, is_form ? form_fields : json_fields))
    return;
  while (i < G_N_ELEMENTS (models) && strcmp (models[i].name, model) != 0)
    i++;
  if (i == G_N_ELEMENTS (models) && !rushes_simulated_call_has (call, "other-models"))
    {
      refuse (call, RUSHES_REFUSAL_MODEL, NULL);
      return;
    }
  if (i < G_N_ELEMENTS (models) && (conflict = find_conflict (call, i, &where)) != NULL)
    {
      rushes_simulated_call_refuse (call, RUSHES_REFUSAL_REQUEST, RUSHES_PROBLEM_VALUE, where, conflict);
      return;
    }
  id = make_id (call);
  rushes_simulated_call_accept (call, id, NULL, model);
  if (rushes_simulated_call_has (call, "generation-object"))
    rushes_simulated_call_reply (call, 200,
                                 "{'id':%s,'object':'video.generation','model':%s,'status':'pending','progress':0,"
                                 "'created_at':'2025-12-17T19:33:20Z'}",
                                 id, model);
  else
    rushes_simulated_call_reply (
        call, 200, "{'id':%s,'object':'video','model':%s,'status':'queued','progress':0,'created_at':1766000000}", id,
        model);
}

static void
poll (RushesSimulatedCall *call)
{
  RushesSimulatedTask *task = rushes_simulated_call_get_task (call);
  RushesSimulatedState state = rushes_simulated_task_get_state (task);
  const char *id = rushes_simulated_task_get_id (task);
  g_autofree char *url = NULL, *percent = NULL;

  if (state == RUSHES_SIMULATED_FAILED)
    rushes_simulated_call_reply (call, 200,
                                 "{'id':%s,'object':'video','status':'failed','error':{'message':%s,'type':%s}}", id,
                                 rushes_simulated_call_is_rejected (call) ? "content policy" : "upstream error",
                                 rushes_simulated_call_is_rejected (call) ? "moderation" : "server_error");
  else if (state == RUSHES_SIMULATED_DONE && rushes_simulated_call_has (call, "no-video-url"))
    rushes_simulated_call_reply (
        call, 200, "{'id':%s,'object':'video','status':'completed','progress':100,'completed_at':1766000200}", id);
  else if (state == RUSHES_SIMULATED_DONE)
    {
      url = rushes_simulated_call_make_clip_url (call, task);
      rushes_simulated_call_reply (
          call, 200,
          "{'id':%s,'object':'video','status':'completed','progress':100,'video_url':%s,'size':'1280x720',"
          "'completed_at':1766000200}",
          id, url);
    }
  else if (rushes_simulated_call_has (call, "percent"))
    {
      percent = g_strdup_printf ("%d%%", (int) rushes_simulated_task_get_progress (task));
      rushes_simulated_call_reply (call, 200, "{'id':%s,'object':'video','status':%s,'progress':%s}", id,
                                   rushes_simulated_call_get_word (call, task), percent);
    }
  else
    rushes_simulated_call_reply (
        call, 200, "{'id':%s,'object':'video','status':%s,'progress':%d,'started_at':1766000010}", id,
        rushes_simulated_call_get_word (call, task), rushes_simulated_task_get_progress (task));
}

static void
give_content (RushesSimulatedCall *call)
{
  RushesSimulatedTask *task = rushes_simulated_call_get_task (call);
  g_autofree char *url = NULL;

  if (rushes_simulated_task_get_state (task) != RUSHES_SIMULATED_DONE)
    rushes_simulated_call_refuse (call, RUSHES_REFUSAL_NOT_FOUND, RUSHES_PROBLEM_VALUE, "", "video is not ready");
  else if (rushes_simulated_call_has (call, "content-bytes"))
    rushes_simulated_call_reply_clip (call, task);
  else
    {
      url = rushes_simulated_call_make_clip_url (call, task);
      rushes_simulated_call_reply (
          call, 200,
          "{'id':%s,'video_url':%s,'thumbnail_url':'https://cdn.example/t.jpg','duration':10,'width':1280,"
          "'height':720,'size':3456789}",
          rushes_simulated_task_get_id (task), url);
    }
}

/* Interfaces 6 to 8: answered at once. Links are given for the address of a published clip. */
static void
chat (RushesSimulatedCall *call)
{
  const char *model = rushes_simulated_call_get_text (call, "model");
  g_autofree char *id = NULL, *url = NULL, *marked = NULL;
  RushesSimulatedTask *task;
  JsonObject *message;

  if (!rushes_simulated_call_check (call, chat_fields))
    return;
  message = json_array_get_object_element (
      json_object_get_array_member (rushes_simulated_call_get_body (call), "messages"), 0);
  if (strcmp (model, "sora_url") != 0 && strcmp (model, "sora-drafts-url") != 0)
    {
      id = make_id (call);
      rushes_simulated_call_accept (call, id, NULL, model);
      rushes_simulated_call_reply (call, 200,
                                   "{'id':%s,'object':'chat.completion','model':%s,'choices':[{'index':0,'message':"
                                   "{'role':'assistant','content':'Hello'},'finish_reason':'stop'}]}",
                                   id, model);
      return;
    }
  if (!g_str_has_prefix (json_object_get_string_member (message, "content"), "https://sora.chatgpt.com/"))
    {
      rushes_simulated_call_refuse (call, RUSHES_REFUSAL_REQUEST, RUSHES_PROBLEM_VALUE, "messages[0].content",
                                    "a link of sora.chatgpt.com is expected");
      return;
    }
  id = make_id (call);
  task = rushes_simulated_call_accept (call, id, NULL, model);
  rushes_simulated_task_finish (task);
  url = rushes_simulated_call_make_clip_url (call, task);
  marked = rushes_simulated_call_make_clip_url (call, task);
  rushes_simulated_call_reply (
      call, 200,
      "{'id':%s,'object':'chat.completion','model':%s,'links':{'mp4':%s,'mp4_wm':%s,'thumbnail':"
      "'https://cdn.example/t.jpg','md':%s,'gif':'https://cdn.example/t.gif'}}",
      id, model, url, marked, marked);
}

static void
list_models (RushesSimulatedCall *call)
{
  rushes_simulated_call_reply (call, 200, "{'object':'list','data':[{'id':'sora2-landscape-10s','object':'model'}]}");
}

static const RushesSimulatedRoute routes[] = {
  { "POST", "/v1/videos", RUSHES_SIMULATED_SUBMIT, submit },
  { "GET", "/v1/videos/{id}", RUSHES_SIMULATED_POLL, poll },
  { "GET", "/v1/videos/{id}/content", RUSHES_SIMULATED_CONTENT, give_content },
  { "POST", "/v1/chat/completions", RUSHES_SIMULATED_SUBMIT, chat },
  { "GET", "/v1/models", RUSHES_SIMULATED_OTHER, list_models },
  {},
};

static const RushesSimulatedQuirk quirks[] = {
  { "generation-object", "the submit answers video.generation, pending and a date in words" },
  { "other-models", "takes names of models that DyuAPI never had, as the gateways of its shape do" },
  { "colon", "ids have a colon" },
  { "percent", "progress is text with a sign" },
  { "no-video-url", "a task that is done names no address: there is only /content" },
  { "content-bytes", "/content is the clip, not JSON" },
  { "error-flat", "refusals are {\"code\", \"message\", \"data\": null}" },
  {},
};

extern const RushesSimulatedService rushes_simulated_dyuapi;
const RushesSimulatedService rushes_simulated_dyuapi = {
  .id = "dyuapi",
  .about = "DyuAPI: /v1/videos with lengths in the models' names",
  .base_path = "",
  .scheme = "Bearer",
  .key = "sk-simulated",
  .words = { "queued", "processing", "completed", "failed", "failed" },
  .routes = routes,
  .quirks = quirks,
  .refuse = refuse,
};
