/* rushes-simulate-grok-chat.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

/* Gateways that answer POST /v1/chat/completions with a link to a clip (grok2api up to v2 and its forks). */

#include "rushes-simulator.h"

#include <string.h>

#include "rushes-simulated-json.h"

static const RushesSimulatedField link_field[] = {
  { .name = "url", .type = RUSHES_FIELD_PICTURE, .required = TRUE, .choices = "data|http" },
  { .name = "detail", .type = RUSHES_FIELD_TEXT },
  {},
};

static const RushesSimulatedField part[] = {
  { .name = "type", .type = RUSHES_FIELD_TEXT, .required = TRUE, .choices = "text|image_url" },
  { .name = "text", .type = RUSHES_FIELD_TEXT },
  { .name = "image_url", .type = RUSHES_FIELD_OBJECT, .members = link_field },
  {},
};

static const RushesSimulatedField message[] = {
  { .name = "role", .type = RUSHES_FIELD_TEXT, .required = TRUE, .choices = "user|system" },
  { .name = "content", .type = RUSHES_FIELD_ANY, .required = TRUE },
  {},
};

static const RushesSimulatedField parts[] = {
  { .name = "content", .type = RUSHES_FIELD_LIST, .required = TRUE, .minimum = 1, .maximum = 9, .members = part },
  { .name = "role", .type = RUSHES_FIELD_ANY },
  {},
};

/* Of 1.0-video; of the video models after it; 0.9 has none. */
static const RushesSimulatedField config_1_0[] = {
  { .name = "aspect_ratio", .type = RUSHES_FIELD_TEXT, .choices = "16:9|9:16|1:1|2:3|3:2|1280x720|720x1280|1024x1024" },
  { .name = "video_length", .type = RUSHES_FIELD_INTEGER, .choices = "6|10|15" },
  { .name = "resolution_name", .type = RUSHES_FIELD_TEXT, .choices = "480p|720p" },
  { .name = "preset", .type = RUSHES_FIELD_TEXT, .choices = "fun|normal|spicy|custom" },
  {},
};

static const RushesSimulatedField config_2[] = {
  { .name = "seconds", .type = RUSHES_FIELD_INTEGER, .choices = "6|10|12|16|20" },
  { .name = "size", .type = RUSHES_FIELD_TEXT, .choices = "720x1280|1280x720|1024x1024|1024x1792|1792x1024" },
  { .name = "resolution_name", .type = RUSHES_FIELD_TEXT, .choices = "480p|720p" },
  { .name = "preset", .type = RUSHES_FIELD_TEXT, .choices = "fun|normal|spicy|custom" },
  {},
};

#define COMMON_FIELDS                                                                                                  \
  { .name = "model", .type = RUSHES_FIELD_TEXT, .required = TRUE },                                                    \
      { .name = "messages",                                                                                            \
        .type = RUSHES_FIELD_LIST,                                                                                     \
        .required = TRUE,                                                                                              \
        .minimum = 1,                                                                                                  \
        .maximum = 2,                                                                                                  \
        .members = message },                                                                                          \
  {                                                                                                                    \
    .name = "stream", .type = RUSHES_FIELD_SWITCH                                                                      \
  }

static const RushesSimulatedField fields_0_9[] = { COMMON_FIELDS, {} };
static const RushesSimulatedField fields_1_0[] = {
  COMMON_FIELDS,
  { .name = "video_config", .type = RUSHES_FIELD_OBJECT, .members = config_1_0 },
  {},
};
static const RushesSimulatedField fields_2[] = {
  COMMON_FIELDS,
  { .name = "video_config", .type = RUSHES_FIELD_OBJECT, .members = config_2 },
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
    [RUSHES_REFUSAL_KEY] = { 401, "Invalid authentication token", "authentication_error", "invalid_api_key" },
    [RUSHES_REFUSAL_BALANCE] = { 403, "Insufficient quota", "insufficient_quota", "insufficient_quota" },
    [RUSHES_REFUSAL_RATE] = { 429, "No available tokens. Please try again later.", "rate_limit_error",
                              "rate_limit_exceeded" },
    [RUSHES_REFUSAL_MODERATION] = { 403, "Content rejected by moderation", "permission_error",
                                    "content_policy_violation" },
    [RUSHES_REFUSAL_REQUEST] = { 400, "Invalid request", "invalid_request_error", "invalid_value" },
    [RUSHES_REFUSAL_MODEL] = { 404, "The model does not exist or you do not have access to it.",
                               "invalid_request_error", "model_not_found" },
    [RUSHES_REFUSAL_NOT_FOUND] = { 404, "Not Found", "invalid_request_error", "not_found" },
    [RUSHES_REFUSAL_METHOD] = { 405, "Method Not Allowed", "invalid_request_error", "method_not_allowed" },
    [RUSHES_REFUSAL_CANCEL] = { 404, "Not Found", "invalid_request_error", "not_found" },
    [RUSHES_REFUSAL_BUSY] = { 503, "Service unavailable", "server_error", "service_unavailable" },
    [RUSHES_REFUSAL_SERVER] = { 502, "Upstream error: 500", "server_error", "upstream_error" },
  };
  g_autofree char *code = NULL;
  const char *last;

  if (problem == NULL || *problem->where == '\0')
    {
      rushes_simulated_call_reply (call, words[why].status, "{'error':{'message':%s,'type':%s,'param':null,'code':%s}}",
                                   problem != NULL ? problem->message : words[why].message, words[why].type,
                                   words[why].code);
      return;
    }
  last = strrchr (problem->where, '.');
  code = g_strdup_printf ("invalid_%s", last != NULL ? last + 1 : problem->where);
  rushes_simulated_call_reply (call, words[why].status,
                               "{'error':{'message':%s,'type':'invalid_request_error','param':%s,'code':%s}}",
                               problem->message, problem->where, code);
}

/* ---- what is asked ---- */

static JsonObject *
get_message (RushesSimulatedCall *call)
{
  JsonArray *messages = json_object_get_array_member (rushes_simulated_call_get_body (call), "messages");

  return json_array_get_object_element (messages, json_array_get_length (messages) - 1);
}

/* How many pictures there are; -1 when the call has been refused. */
static int
count_pictures (RushesSimulatedCall *call)
{
  JsonObject *asked = get_message (call);
  JsonNode *content = json_object_get_member (asked, "content");
  g_autoptr (RushesSimulatedProblem) problem = NULL;
  JsonArray *list;
  int n = 0;

  if (json_node_get_value_type (content) == G_TYPE_STRING)
    return 0;
  if ((problem = rushes_simulated_body_check (asked, parts, FALSE)) != NULL)
    {
      refuse (call, RUSHES_REFUSAL_REQUEST, problem);
      return -1;
    }
  list = json_node_get_array (content);
  for (guint i = 0; i < json_array_get_length (list); i++)
    n += json_object_has_member (json_array_get_object_element (list, i), "image_url");
  return n;
}

/* ---- what is answered ---- */

static char *
make_content (RushesSimulatedCall *call, const char *url)
{
  g_autoptr (GString) escaped = g_string_new (url);

  if (rushes_simulated_call_has (call, "html-source"))
    {
      g_string_replace (escaped, "&", "&amp;", 0);
      return g_strdup_printf (
          "<video id=\"video\" controls=\"\" preload=\"none\" poster=\"https://gw.example/v1/files/image/a.jpg\">\n"
          "  <source id=\"mp4\" src=\"%s\" type=\"video/mp4\">\n</video>",
          escaped->str);
    }
  if (rushes_simulated_call_has (call, "markdown"))
    return g_strdup_printf ("[video](%s)", url);
  if (rushes_simulated_call_has (call, "plain-url"))
    return g_strdup_printf ("%s\n", url);
  if (rushes_simulated_call_has (call, "json-text"))
    return rushes_simulated_json ("{'video_url':%s}", url);
  if (rushes_simulated_call_has (call, "think"))
    return g_strdup_printf ("<think>视频已生成45%%\nhttps://gw.example/not-this.mp4</think>\n<video src=\"%s\" "
                            "controls=\"controls\"></video>\n",
                            url);
  return g_strdup_printf ("<video src=\"%s\" controls=\"controls\" width=\"500\" height=\"300\"></video>\n", url);
}

static void
append_chunk (GString *stream, const char *delta, const char *content, const char *finish)
{
  g_autofree char *inside = content != NULL ? rushes_simulated_json ("{%j:%s}", delta, content) : g_strdup ("{}");
  g_autofree char *chunk = rushes_simulated_json (
      "{'id':'chatcmpl-1','object':'chat.completion.chunk','choices':[{'index':0,'delta':%j,'finish_reason':%s}]}",
      inside, finish);

  g_string_append_printf (stream, "data: %s\n\n", chunk);
}

/* What follows the address while the stream goes on. */
static char *
make_rest (const char *how, const char *content)
{
  g_autoptr (GString) rest = g_string_new (": still here\n\n");

  if (strcmp (how, "breaks") == 0)
    return NULL;
  if (strcmp (how, "fails") == 0)
    g_string_append (rest, "data: {\"error\":{\"message\":\"Too many at once\",\"code\":\"rate_limit_exceeded\"}}\n\n");
  if (strcmp (how, "better") == 0)
    append_chunk (rest, "\"content\"", content, NULL);
  append_chunk (rest, NULL, NULL, "stop");
  g_string_append (rest, "data: [DONE]\n\n");
  return g_string_free_and_steal (g_steal_pointer (&rest));
}

/* The address comes in two events, and the stream ends when it was made use of. */
static void
reply_early (RushesSimulatedCall *call, const char *how, const char *content, const char *url)
{
  g_autoptr (GString) stream = g_string_new (NULL);
  g_autofree char *rest = make_rest (how, content);
  g_autofree char *other = g_strdup_printf ("%s&preview=1\n", url);
  const char *said = strcmp (how, "better") == 0 ? other : content;
  g_autofree char *half = g_strndup (said, strlen (said) / 2);

  append_chunk (stream, "\"content\"", "<think>视频已生成5%\nhttps://gw.example/not-this.mp4 </think>", NULL);
  append_chunk (stream, "\"content\"", half, NULL);
  if (strcmp (how, "half") != 0)
    append_chunk (stream, "\"content\"", said + strlen (half), NULL);
  rushes_simulated_call_reply_text (call, 200, "text/event-stream", stream->str);
  rushes_simulated_call_hold_back (call, rest, strcmp (how, "never") == 0 || strcmp (how, "half") == 0);
}

static void
reply_stream (RushesSimulatedCall *call, const char *content, const char *url)
{
  g_autoptr (GString) stream = g_string_new (NULL);
  const char *how;

  if (url != NULL && rushes_simulator_use_fault (rushes_simulated_call_get_simulator (call), "sse-early", &how))
    {
      reply_early (call, how, content, url);
      return;
    }
  if (rushes_simulated_call_has (call, "sse-error"))
    append_chunk (stream, "\"content\"", "Error: Video generation failed upstream", "stop");
  else
    {
      gboolean reasons = rushes_simulated_call_has (call, "sse-reasoning");

      append_chunk (stream, reasons ? "\"reasoning_content\"" : "\"content\"",
                    reasons ? "视频正在生成 5%\n" : "<think>视频已生成5%\n", NULL);
      append_chunk (stream, reasons ? "\"reasoning_content\"" : "\"content\"",
                    reasons ? "视频正在生成 100%\n" : "视频已生成100%</think>\n", NULL);
      append_chunk (stream, "\"content\"", content, NULL);
      append_chunk (stream, NULL, NULL, "stop");
    }
  g_string_append (stream, "data: [DONE]\n\n");
  rushes_simulated_call_reply_text (
      call, 200, rushes_simulated_call_has (call, "sse-as-json") ? "application/json" : "text/event-stream",
      stream->str);
}

static void
reply_message (RushesSimulatedCall *call, const char *url, const char *content)
{
  g_autofree char *text = rushes_simulated_json ("%s", content);
  g_autofree char *body = NULL;

  if (url != NULL && rushes_simulated_call_has (call, "parts"))
    body = rushes_simulated_json ("{'role':'assistant','content':[{'type':'text','text':'Here it "
                                  "is'},{'type':'video_url','video_url':{'url':%s}}]}",
                                  url);
  else if (url != NULL && rushes_simulated_call_has (call, "attachments"))
    body = rushes_simulated_json ("{'role':'assistant','content':'','attachments':[{'type':'video','url':%s}]}", url);
  else if (url != NULL && rushes_simulated_call_has (call, "media"))
    body = rushes_simulated_json ("{'role':'assistant','content':'','media':[{'type':'video','url':%s}]}", url);
  else if (url != NULL && rushes_simulated_call_has (call, "files"))
    body = rushes_simulated_json ("{'role':'assistant','content':'','files':[{'type':'video','url':%s}]}", url);
  else
    body = rushes_simulated_json ("{'role':'assistant','content':%j}", text);
  if (url != NULL && rushes_simulated_call_has (call, "top-url"))
    rushes_simulated_call_reply (
        call, 200,
        "{'id':'chatcmpl-1','object':'chat.completion','video_url':%s,'choices':[{'index':0,'message':"
        "{'role':'assistant','content':''},'finish_reason':'stop'}]}",
        url);
  else
    rushes_simulated_call_reply (
        call, 200,
        "{'id':'chatcmpl-1','object':'chat.completion','created':1760000000,'model':%s,'choices':"
        "[{'index':0,'message':%j,'finish_reason':'stop'}]}",
        rushes_simulated_call_get_text (call, "model"), body);
}

/* The address of the clip: the gateway's own, as all versions of it have it when they keep what they made; or
 * another's. */
static char *
make_url (RushesSimulatedCall *call, RushesSimulatedTask *task)
{
  RushesSimulator *simulator = rushes_simulated_call_get_simulator (call);
  g_autofree char *own = NULL;

  if (rushes_simulated_call_has (call, "relative"))
    return g_strdup_printf ("/v1/files/video/%s.mp4?x=1&y=2", rushes_simulated_task_get_id (task));
  if (rushes_simulated_call_has (call, "done-without-clip"))
    return NULL;
  if (!rushes_simulated_call_has (call, "foreign-address"))
    return g_strdup_printf ("%s/v1/files/video/%s.mp4?x=1&y=2", rushes_simulator_get_origin (simulator),
                            rushes_simulated_task_get_id (task));
  return rushes_simulated_call_make_clip_url (call, task);
}

static void
submit (RushesSimulatedCall *call)
{
  RushesSimulator *simulator = rushes_simulated_call_get_simulator (call);
  const char *model = rushes_simulated_call_get_text (call, "model");
  gboolean old = g_strcmp0 (model, "grok-imagine-0.9") == 0;
  g_autofree char *id = NULL, *url = NULL, *content = NULL;
  RushesSimulatedTask *task;
  const char *value;
  JsonObject *body;
  int pictures;

  if (!rushes_simulated_call_check (
          call, old ? fields_0_9 : (g_strcmp0 (model, "grok-imagine-1.0-video") == 0 ? fields_1_0 : fields_2)))
    return;
  if (!g_strv_contains (
          (const char *const[]) { "grok-imagine-0.9", "grok-imagine-1.0-video", "grok-imagine-video", NULL }, model))
    {
      refuse (call, RUSHES_REFUSAL_MODEL, NULL);
      return;
    }
  if ((pictures = count_pictures (call)) < 0)
    return;
  /* What it gets from above is all that can fail in it. */
  if (rushes_simulator_has_fault (simulator, "fail", &value) && *value == '\0')
    {
      refuse (call, RUSHES_REFUSAL_SERVER, NULL);
      return;
    }
  id = g_strdup_printf ("clip%u", rushes_simulator_next (simulator));
  task = rushes_simulated_call_accept (call, id, NULL, model);
  rushes_simulated_call_set_delay (call, rushes_simulated_task_finish (task));

  if (rushes_simulated_call_is_rejected (call) || rushes_simulated_call_has (call, "prose"))
    content = g_strdup ("I'm sorry, but I can't make a video of that.");
  else if ((old && pictures == 0) || rushes_simulated_call_has (call, "picture"))
    content = g_strdup ("Here you are.\n![Generated Image](https://gw.example/images/xxx.jpg)\n");
  else if ((url = make_url (call, task)) == NULL || rushes_simulated_call_has (call, "empty"))
    {
      g_clear_pointer (&url, g_free);
      content = g_strdup ("");
    }
  else
    content = make_content (call, url);
  /* Those that are not told stream. */
  body = rushes_simulated_call_get_body (call);
  if ((json_object_get_boolean_member_with_default (body, "stream", TRUE) &&
       !rushes_simulated_call_has (call, "no-sse")) ||
      rushes_simulated_call_has (call, "sse"))
    reply_stream (call, content, url);
  else
    reply_message (call, url, content);
}

static void
give_clip (RushesSimulatedCall *call)
{
  g_autofree char *id = g_strdup (rushes_simulated_call_get_segment (call, "file"));
  RushesSimulator *simulator = rushes_simulated_call_get_simulator (call);
  RushesSimulatedTask *task;

  if (g_str_has_suffix (id, ".mp4"))
    id[strlen (id) - strlen (".mp4")] = '\0';
  task = rushes_simulator_find_task (simulator, id);
  if (rushes_simulator_has_fault (simulator, "own-address-key", NULL) && !rushes_simulated_call_has_key (call))
    refuse (call, RUSHES_REFUSAL_KEY, NULL);
  else if (task == NULL)
    refuse (call, RUSHES_REFUSAL_NOT_FOUND, NULL);
  else
    rushes_simulated_call_reply_clip (call, task);
}

static void
list_models (RushesSimulatedCall *call)
{
  rushes_simulated_call_reply (
      call, 200,
      "{'object':'list','data':[{'id':'grok-imagine-0.9','object':'model'},{'id':'grok-imagine-1.0-video',"
      "'object':'model'},{'id':'grok-imagine-video','object':'model'}]}");
}

static const RushesSimulatedRoute routes[] = {
  { "POST", "/v1/chat/completions", RUSHES_SIMULATED_SUBMIT, submit },
  { "GET", "/v1/files/video/{file}", RUSHES_SIMULATED_OTHER, give_clip, .open = TRUE },
  { "GET", "/v1/models", RUSHES_SIMULATED_OTHER, list_models },
  {},
};

static const RushesSimulatedQuirk quirks[] = {
  { "html-source", "the link is in <source>, escaped, beside a poster" },
  { "markdown", "the link is Markdown" },
  { "plain-url", "the link is plain text" },
  { "json-text", "the link is in JSON within the text" },
  { "think", "thoughts with an address that is none stand before the link" },
  { "parts", "the content is a list of parts" },
  { "attachments", "the link is in message.attachments" },
  { "media", "the link is in message.media" },
  { "files", "the link is in message.files" },
  { "top-url", "the link is video_url at the top" },
  { "relative", "the address begins with a slash" },
  { "foreign-address", "the clip lies on another host, with plain http" },
  { "own-address-key", "the clip lies on the gateway, which wants the key" },
  { "prose", "a refusal in prose, as if all were well" },
  { "picture", "a picture instead of a clip" },
  { "empty", "no content at all, as if all were well" },
  { "sse", "an event stream although none was wanted" },
  { "no-sse", "one answer although an event stream was wanted" },
  { "sse-reasoning", "with sse: progress is in reasoning_content" },
  { "sse-error", "with sse: an error as content" },
  { "sse-as-json", "with sse: announced as JSON" },
  { "sse-early",
    "with sse: what follows the address comes when the clip was asked for (=breaks: nothing, the connection "
    "breaks; =fails: an error; =better: another address; =never: nothing, and =half: not even all of the "
    "address, and the connection stays)" },
  {},
};

extern const RushesSimulatedService rushes_simulated_grok_chat;
const RushesSimulatedService rushes_simulated_grok_chat = {
  .id = "grok-chat",
  .about = "gateways that answer a chat with a link to a clip",
  .base_path = "",
  .scheme = "Bearer",
  .key = "sk-simulated",
  .key_optional = TRUE,
  .words = { "queued", "running", "done", "failed", "cancelled" },
  .routes = routes,
  .quirks = quirks,
  .refuse = refuse,
};
