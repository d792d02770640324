/* rushes-simulate-kling.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

/* Kling's own service, both generations: /v1/videos/… with the model in the body, and the routes of 3.x with the model
 * in the path (kling.ai/document-api). */

#include "rushes-simulate-kling-private.h"

#include <string.h>

#include "rushes-simulated-picture.h"
#include "rushes-simulated-token.h"

/* The older pair of keys, of which tokens are signed. */
#define PAIR "ak-simulated:sk-simulated"

/* The service's own clock, which a fault may set wrong. */
static gint64
get_now (RushesSimulatedCall *call)
{
  const char *value;
  gint64 now = g_get_real_time () / G_USEC_PER_SEC;

  if (rushes_simulator_has_fault (rushes_simulated_call_get_simulator (call), "clock", &value))
    now += g_ascii_strtoll (value, NULL, 10);
  return now;
}

static char **
get_pair (RushesSimulatedCall *call)
{
  const char *key = rushes_simulator_get_key (rushes_simulated_call_get_simulator (call));

  return g_strsplit_set (strpbrk (key, ":|") != NULL ? key : PAIR, ":|", 2);
}

/* 0 when a token is right, else the code of what is wrong with it. */
static gint64
judge_token (RushesSimulatedCall *call, const char *token)
{
  static const gint64 codes[] = { 0, 1002, 1003, 1004 };
  g_auto (GStrv) pair = get_pair (call);

  return codes[rushes_simulated_token_judge (token, pair[0], pair[1], get_now (call))];
}

static gboolean
accepts (RushesSimulatedCall *call, const char *credentials)
{
  return judge_token (call, credentials) == 0;
}

static gint64
judge_key (RushesSimulatedCall *call)
{
  const char *value = rushes_simulated_call_get_header (call, "Authorization");
  gint64 code;

  if (value == NULL)
    return 1001;
  if (!g_str_has_prefix (value, "Bearer "))
    return 1000;
  code = strchr (value, '.') != NULL ? judge_token (call, value + strlen ("Bearer ")) : 1002;
  return code != 0 ? code : 1002;
}

/* ---- refusals ---- */

static void
refuse_with (RushesSimulatedCall *call, guint status, gint64 code, const char *message)
{
  if (rushes_simulated_call_has (call, "error-200"))
    status = 200;
  rushes_simulated_call_reply (call, status, "{'code':%d,'message':%s,'request_id':'CjhPsimulated'}", code, message);
}

static void
refuse (RushesSimulatedCall *call, RushesRefusal why, const RushesSimulatedProblem *problem)
{
  static const struct
  {
    guint status;
    gint64 code;
    const char *message;
  } words[] = {
    [RUSHES_REFUSAL_KEY] = { 401, 1002, "Authorization is invalid" },
    [RUSHES_REFUSAL_BALANCE] = { 429, 1102, "Account balance not enough" },
    [RUSHES_REFUSAL_RATE] = { 429, 1302, "API request too fast" },
    [RUSHES_REFUSAL_MODERATION] = { 400, 1301, "The request triggers the content security policy" },
    [RUSHES_REFUSAL_REQUEST] = { 400, 1201, "Invalid request parameters" },
    [RUSHES_REFUSAL_MODEL] = { 400, 1201, "model_name value is invalid" },
    [RUSHES_REFUSAL_NOT_FOUND] = { 400, 1203, "Task not found by id" },
    [RUSHES_REFUSAL_METHOD] = { 405, 1200, "Method not allowed" },
    [RUSHES_REFUSAL_CANCEL] = { 404, 1203, "Not found" },
    [RUSHES_REFUSAL_BUSY] = { 503, 5001, "The service is under maintenance" },
    [RUSHES_REFUSAL_SERVER] = { 500, 5000, "Internal error" },
  };
  gint64 code = why == RUSHES_REFUSAL_KEY ? judge_key (call) : words[why].code;

  refuse_with (call, words[why].status, code, problem != NULL ? problem->message : words[why].message);
}

/* Refusals that only this service has; TRUE when there is one. */
gboolean
rushes_simulated_kling_refuse (RushesSimulatedCall *call)
{
  static const struct
  {
    const char *name;
    guint status;
    gint64 code;
    const char *message;
  } reasons[] = {
    { "account", 429, 1100, "Account exception" },
    { "arrears", 429, 1101, "Account in arrears" },
    { "no-permission", 429, 1103, "No permission for this resource" },
    { "parallel-limit", 429, 1303, "parallel task over resource pack limit" },
    { "ip-not-listed", 429, 1304, "The IP address is not on the whitelist" },
    { "upstream-timeout", 504, 5002, "Internal timeout" },
  };
  const char *value = rushes_simulated_call_get_header (call, "Authorization");

  /* A pair is never sent as it is. */
  if (value != NULL && strpbrk (value, ":|") != NULL)
    {
      refuse_with (call, 401, 1002, "Authorization is invalid");
      return TRUE;
    }
  for (guint i = 0; i < G_N_ELEMENTS (reasons); i++)
    if (rushes_simulated_call_has (call, reasons[i].name))
      {
        refuse_with (call, reasons[i].status, reasons[i].code, reasons[i].message);
        return TRUE;
      }
  return FALSE;
}

void
rushes_simulated_kling_refuse_value (RushesSimulatedCall *call, const char *where, const char *message)
{
  rushes_simulated_call_refuse (call, RUSHES_REFUSAL_REQUEST, RUSHES_PROBLEM_VALUE, where, message);
}

#define SMALLEST_EDGE   300
#define LARGEST_PICTURE (10 * 1024 * 1024)
#define WIDEST          2.5

/* ---- pictures ---- */

/* What is wrong with a picture that is sent as it is, in either form of base64; NULL for addresses too. */
const char *
rushes_simulated_kling_find_picture_fault (const char *text)
{
  const char *comma = g_str_has_prefix (text, "data:") ? strchr (text, ',') : NULL;
  g_autofree guchar *data = NULL;
  guint width = 0, height = 0;
  gsize length;

  if (g_str_has_prefix (text, "http"))
    return NULL;
  data = g_base64_decode (comma != NULL ? comma + 1 : text, &length);
  if (length > LARGEST_PICTURE)
    return "Image size exceeds 10MB";
  if (!rushes_simulated_picture_read_size (data, length, &width, &height))
    return "Image format is invalid";
  if (MIN (width, height) < SMALLEST_EDGE || MAX (width, height) > WIDEST * MIN (width, height))
    return "Image pixel is invalid";
  return NULL;
}

/* ---- tasks ---- */

const RushesSimulatedField rushes_simulated_kling_watermark_fields[] = {
  { .name = "enabled", .type = RUSHES_FIELD_SWITCH, .required = TRUE },
  {},
};

static char *
make_id (RushesSimulatedCall *call)
{
  /* Too large for a double, so that who reads it as one is found out. */
  return g_strdup_printf ("%" G_GUINT64_FORMAT, G_GUINT64_CONSTANT (831922345719271433) +
                                                    rushes_simulator_next (rushes_simulated_call_get_simulator (call)));
}

/* A picture that is looked at too late lets the task fail, not the request. */
RushesSimulatedTask *
rushes_simulated_kling_accept (RushesSimulatedCall *call,
                               const char *own_id,
                               const char *kind,
                               const char *fault,
                               gboolean watermark)
{
  g_autofree char *id = make_id (call);
  RushesSimulatedTask *task = rushes_simulated_call_accept (call, id, own_id, kind);

  rushes_simulated_task_set_note (task, "fault", fault);
  rushes_simulated_task_set_note (task, "watermark", watermark ? "yes" : NULL);
  return task;
}

gboolean
rushes_simulated_kling_is_taken (RushesSimulatedCall *call, const char *own_id)
{
  if (own_id == NULL || rushes_simulator_find_task (rushes_simulated_call_get_simulator (call), own_id) == NULL)
    return FALSE;
  rushes_simulated_kling_refuse_value (call, "external_task_id", "external_task_id is not unique");
  return TRUE;
}

gboolean
rushes_simulated_kling_wants_watermark (JsonObject *body)
{
  JsonNode *node = body != NULL ? json_object_get_member (body, "watermark_info") : NULL;

  return node != NULL && json_object_get_boolean_member_with_default (json_node_get_object (node), "enabled", FALSE);
}

RushesSimulatedState
rushes_simulated_kling_get_state (RushesSimulatedTask *task)
{
  return rushes_simulated_task_get_note (task, "fault") != NULL ? RUSHES_SIMULATED_FAILED
                                                                : rushes_simulated_task_get_state (task);
}

const char *
rushes_simulated_kling_get_reason (RushesSimulatedCall *call, RushesSimulatedTask *task)
{
  const char *fault = rushes_simulated_task_get_note (task, "fault");

  if (fault != NULL)
    return fault;
  return rushes_simulated_call_is_rejected (call) ? "Failure to pass the risk control system"
                                                  : "Service internal error";
}

gint64
rushes_simulated_kling_get_created (RushesSimulatedTask *task)
{
  return rushes_simulated_task_get_created (task) * 1000;
}

int
rushes_simulated_kling_get_seconds (RushesSimulatedTask *task)
{
  const char *noted = rushes_simulated_task_get_note (task, "seconds");

  return noted != NULL ? (int) g_ascii_strtoll (noted, NULL, 10) : 5;
}

char *
rushes_simulated_kling_describe_clip (RushesSimulatedCall *call, RushesSimulatedTask *task, const char *prefix)
{
  g_autofree char *url = rushes_simulated_call_make_clip_url (call, task);
  g_autofree char *marked = NULL;

  if (url == NULL)
    return g_strdup ("");
  if (rushes_simulated_task_get_note (task, "watermark") != NULL)
    marked = g_strdup_printf (",\"watermark_url\":\"%s&watermark=1\"", url);
  return g_strdup_printf ("{%s\"id\":\"clip-%s\",\"url\":\"%s\"%s,\"duration\":\"%d\"}", prefix,
                          rushes_simulated_task_get_id (task), url, marked != NULL ? marked : "",
                          rushes_simulated_kling_get_seconds (task));
}

/* ---- the service ---- */

static const RushesSimulatedRoute routes[] = {
  { "POST", "/v1/videos/text2video", RUSHES_SIMULATED_SUBMIT, rushes_simulated_kling_submit_text },
  { "POST", "/v1/videos/image2video", RUSHES_SIMULATED_SUBMIT, rushes_simulated_kling_submit_image },
  { "GET", "/v1/videos/text2video/{id}", RUSHES_SIMULATED_POLL, rushes_simulated_kling_poll_text },
  { "GET", "/v1/videos/image2video/{id}", RUSHES_SIMULATED_POLL, rushes_simulated_kling_poll_image },
  { "POST", "/v1/videos/video-extend", RUSHES_SIMULATED_SUBMIT, rushes_simulated_kling_submit_extension },
  { "GET", "/v1/videos/video-extend/{id}", RUSHES_SIMULATED_POLL, rushes_simulated_kling_poll_extension },
  { "POST", "/text-to-video/{model}", RUSHES_SIMULATED_SUBMIT, rushes_simulated_kling_submit_new_text },
  { "POST", "/image-to-video/{model}", RUSHES_SIMULATED_SUBMIT, rushes_simulated_kling_submit_new_image },
  { "POST", "/omni-video/{model}", RUSHES_SIMULATED_SUBMIT, rushes_simulated_kling_submit_new_omni },
  { "GET", "/tasks", RUSHES_SIMULATED_POLL, rushes_simulated_kling_poll_new,
    .task_query = "task_ids|external_task_ids" },
  {},
};

static const RushesSimulatedQuirk quirks[] = {
  { "clock", "the service's clock is wrong by =SECONDS: tokens are not yet valid, or no longer" },
  { "error-200", "refusals come with 200, and their code" },
  { "account", "submit: something is wrong with the account, 429 and 1100" },
  { "arrears", "submit: the account is in arrears, 429 and 1101" },
  { "no-permission", "submit: the resource is not allowed, 429 and 1103" },
  { "parallel-limit", "submit: too many tasks at once, 429 and 1303" },
  { "ip-not-listed", "submit: the address is not on the whitelist, 429 and 1304" },
  { "upstream-timeout", "submit: 504 and 5002" },
  { "extend-gone", "the clip that is to be extended is gone" },
  { "result-list", "3.x: clips stand in result instead of outputs" },
  {},
};

extern const RushesSimulatedService rushes_simulated_kling;
const RushesSimulatedService rushes_simulated_kling = {
  .id = "kling",
  .about = "Kling, /v1/videos and the routes of 3.x; also with tokens of the pair " PAIR ", or of --key ACCESS:SECRET",
  .base_path = "",
  .scheme = "Bearer",
  .key = "api-key-kling-simulated",
  .accepts = accepts,
  .words = { "submitted", "processing", "succeed", "failed", "failed" },
  .routes = routes,
  .quirks = quirks,
  .refuse = refuse,
};
