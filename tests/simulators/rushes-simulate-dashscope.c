/* rushes-simulate-dashscope.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

/* Video synthesis of Alibaba Model Studio (alibabacloud.com/help/en/model-studio): Wan and HappyHorse, and the
 * temporary storage of its files. */

#include "rushes-simulator.h"

#include <string.h>

#define BASE   "/api/v1"
#define FOLDER "dashscope-instant/simulated/2026-11-21"

/* ---- refusals ---- */

static void
refuse (RushesSimulatedCall *call, RushesRefusal why, const RushesSimulatedProblem *problem)
{
  static const struct
  {
    guint status;
    const char *code, *message;
  } words[] = {
    [RUSHES_REFUSAL_KEY] = { 401, "InvalidApiKey", "Invalid API-key provided." },
    [RUSHES_REFUSAL_BALANCE] = { 400, "Arrearage",
                                 "Access denied, please make sure your account is in good standing." },
    [RUSHES_REFUSAL_RATE] = { 429, "Throttling.RateQuota", "Requests rate limit exceeded, please try again later." },
    [RUSHES_REFUSAL_MODERATION] = { 400, "DataInspectionFailed", "Input data may contain inappropriate content." },
    [RUSHES_REFUSAL_REQUEST] = { 400, "InvalidParameter", "The request is not valid." },
    [RUSHES_REFUSAL_MODEL] = { 404, "ModelNotFound", "Model can not be found." },
    [RUSHES_REFUSAL_NOT_FOUND] = { 404, "NotFound", "Not found." },
    [RUSHES_REFUSAL_METHOD] = { 405, "MethodNotAllowed", "The method is not allowed." },
    [RUSHES_REFUSAL_CANCEL] = { 400, "UnsupportedOperation", "Only a task that is PENDING can be cancelled." },
    [RUSHES_REFUSAL_BUSY] = { 503, "ServiceUnavailable", "Not now." },
    [RUSHES_REFUSAL_SERVER] = { 500, "InternalError", "An internal error has occurred." },
  };

  rushes_simulated_call_reply (call, words[why].status, "{'code':%s,'message':%s,'request_id':'fb53c4ec'}",
                               words[why].code, problem != NULL ? problem->message : words[why].message);
}

/* ---- what may be asked of which model ---- */

typedef enum
{
  OLDER, /* img_url, reference_urls and size */
  MEDIA, /* media and ratio */
} Shape;

typedef enum
{
  TEXT = 1 << 0,
  FIRST = 1 << 1,
  LAST = 1 << 2,
  REFERENCES = 1 << 3,
} Input;

static const struct
{
  const char *name;
  Shape shape;
  Input inputs;
  guint minimum, maximum;
  gboolean audio, small, negative;
} models[] = {
  { "wan3.0-video", MEDIA, TEXT | FIRST | LAST | REFERENCES, 2, 30, TRUE, TRUE, TRUE },
  { "wan3.0-video-prime", MEDIA, TEXT | FIRST | LAST | REFERENCES, 2, 30, TRUE, TRUE, TRUE },
  { "wan2.7-t2v", MEDIA, TEXT, 2, 15, FALSE, FALSE, TRUE },
  { "wan2.7-i2v", MEDIA, FIRST | LAST, 2, 15, FALSE, FALSE, TRUE },
  { "wan2.7-r2v", MEDIA, REFERENCES, 2, 15, FALSE, FALSE, TRUE },
  { "happyhorse-1.1-t2v", MEDIA, TEXT, 3, 15, FALSE, FALSE, FALSE },
  { "happyhorse-1.1-i2v", MEDIA, FIRST, 3, 15, FALSE, FALSE, FALSE },
  { "happyhorse-1.1-r2v", MEDIA, REFERENCES, 3, 15, FALSE, FALSE, FALSE },
  { "happyhorse-1.0-t2v", MEDIA, TEXT, 3, 15, FALSE, FALSE, FALSE },
  { "happyhorse-1.0-i2v", MEDIA, FIRST, 3, 15, FALSE, FALSE, FALSE },
  { "happyhorse-1.0-r2v", MEDIA, REFERENCES, 3, 15, FALSE, FALSE, FALSE },
  { "wan2.6-t2v", OLDER, TEXT, 5, 15, FALSE, FALSE, TRUE },
  { "wan2.6-i2v", OLDER, FIRST, 2, 15, FALSE, FALSE, TRUE },
  { "wan2.6-i2v-flash", OLDER, FIRST, 2, 15, TRUE, FALSE, TRUE },
  { "wan2.6-r2v", OLDER, REFERENCES, 5, 15, FALSE, FALSE, TRUE },
};

static int
find_model (const char *name)
{
  for (guint i = 0; i < G_N_ELEMENTS (models); i++)
    if (g_strcmp0 (models[i].name, name) == 0)
      return i;
  return -1;
}

static const RushesSimulatedField media_fields[] = {
  { .name = "type", .type = RUSHES_FIELD_TEXT, .required = TRUE, .choices = "first_frame|last_frame|reference_image" },
  { .name = "url", .type = RUSHES_FIELD_PICTURE, .required = TRUE, .choices = "data|https|http|oss" },
  {},
};

static const RushesSimulatedField input_fields[] = {
  { .name = "prompt", .type = RUSHES_FIELD_TEXT, .minimum = 1, .maximum = 20000 },
  { .name = "negative_prompt", .type = RUSHES_FIELD_TEXT, .maximum = 500 },
  { .name = "img_url", .type = RUSHES_FIELD_PICTURE, .choices = "data|base64|https|http|oss" },
  { .name = "reference_urls", .type = RUSHES_FIELD_LIST, .minimum = 1, .maximum = 9, .choices = "data|https|http|oss" },
  { .name = "media", .type = RUSHES_FIELD_LIST, .minimum = 1, .maximum = 9, .members = media_fields },
  {},
};

static const RushesSimulatedField parameter_fields[] = {
  { .name = "size",
    .type = RUSHES_FIELD_TEXT,
    .choices = "1280*720|720*1280|960*960|1088*832|832*1088|1920*1080|1080*1920|1440*1440|1632*1248|1248*1632" },
  { .name = "resolution", .type = RUSHES_FIELD_TEXT, .choices = "480P|720P|1080P" },
  { .name = "ratio", .type = RUSHES_FIELD_TEXT, .choices = "16:9|9:16|1:1|4:3|3:4" },
  { .name = "duration", .type = RUSHES_FIELD_INTEGER, .minimum = 2, .maximum = 30 },
  { .name = "seed", .type = RUSHES_FIELD_INTEGER, .minimum = 0, .maximum = 2147483647 },
  { .name = "prompt_extend", .type = RUSHES_FIELD_SWITCH },
  { .name = "shot_type", .type = RUSHES_FIELD_TEXT, .choices = "single|multi" },
  { .name = "watermark", .type = RUSHES_FIELD_SWITCH },
  { .name = "audio", .type = RUSHES_FIELD_SWITCH },
  {},
};

static const RushesSimulatedField fields[] = {
  { .name = "model", .type = RUSHES_FIELD_TEXT, .required = TRUE },
  { .name = "input", .type = RUSHES_FIELD_OBJECT, .required = TRUE, .members = input_fields },
  { .name = "parameters", .type = RUSHES_FIELD_OBJECT, .members = parameter_fields },
  {},
};

/* Which pictures there are. */
static Input
look_at_input (JsonObject *input)
{
  Input found = 0;
  JsonArray *media;

  if (json_object_has_member (input, "img_url"))
    found |= FIRST;
  if (json_object_has_member (input, "reference_urls"))
    found |= REFERENCES;
  if (json_object_has_member (input, "media"))
    {
      media = json_object_get_array_member (input, "media");
      for (guint i = 0; i < json_array_get_length (media); i++)
        {
          const char *type = rushes_simulated_body_text (json_array_get_object_element (media, i), "type");

          found |= g_str_equal (type, "first_frame") ? FIRST : g_str_equal (type, "last_frame") ? LAST : REFERENCES;
        }
    }
  return found == 0 ? TEXT : found;
}

/* What does not go together; NULL when all does. */
static const char *
find_conflict (JsonObject *input, JsonObject *parameters, guint model)
{
  Input found = look_at_input (input);
  gint64 duration = json_object_get_int_member_with_default (parameters, "duration", 5);
  gboolean framed = (found & (FIRST | LAST)) != 0;
  const char *resolution = rushes_simulated_body_text (parameters, "resolution");

  if ((found & ~models[model].inputs) != 0 || (found & (FIRST | LAST)) == LAST ||
      (framed && (found & REFERENCES) != 0) || (models[model].inputs & found) == 0)
    return "media must be valid for the model";
  if (json_object_has_member (input, "media") != (models[model].shape == MEDIA && found != TEXT))
    return "media must be valid for the model";
  if (found == TEXT && !json_object_has_member (input, "prompt"))
    return "prompt must be given";
  if (!models[model].negative && json_object_has_member (input, "negative_prompt"))
    return "negative_prompt is not supported";
  if (duration < models[model].minimum || duration > models[model].maximum ||
      (models[model].shape == OLDER && !framed && duration % 5 != 0))
    return "duration must be valid for the model";
  if (json_object_has_member (parameters, "size") != (models[model].shape == OLDER && !framed))
    return "size must be valid for the model";
  if (json_object_has_member (parameters, "ratio") && (framed || models[model].shape == OLDER))
    return "ratio must not be given with a first frame";
  if (g_strcmp0 (resolution, "480P") == 0 && !models[model].small)
    return "resolution must be valid for the model";
  if (json_object_has_member (parameters, "audio") && !models[model].audio)
    return "audio is not supported by the model";
  if (json_object_has_member (parameters, "shot_type") && models[model].shape != OLDER)
    return "shot_type is not supported by the model";
  return NULL;
}

/* ---- pictures at the service's own place ---- */

/* Whether all of them were put there, and the header that they need is there, too. */
static gboolean
are_there (RushesSimulatedCall *call, JsonNode *node)
{
  GHashTable *notes = rushes_simulator_get_notes (rushes_simulated_call_get_simulator (call));
  gboolean all = TRUE;

  if (JSON_NODE_HOLDS_OBJECT (node))
    {
      g_autoptr (GList) values = json_object_get_values (json_node_get_object (node));

      for (GList *value = values; value != NULL; value = value->next)
        all = are_there (call, value->data) && all;
    }
  else if (JSON_NODE_HOLDS_ARRAY (node))
    {
      JsonArray *list = json_node_get_array (node);

      for (guint i = 0; i < json_array_get_length (list); i++)
        all = are_there (call, json_array_get_element (list, i)) && all;
    }
  else if (json_node_get_value_type (node) == G_TYPE_STRING && g_str_has_prefix (json_node_get_string (node), "oss://"))
    all = g_hash_table_contains (notes, json_node_get_string (node)) &&
          g_strcmp0 (rushes_simulated_call_get_header (call, "X-DashScope-OssResourceResolve"), "enable") == 0;
  return all;
}

static void
get_policy (RushesSimulatedCall *call)
{
  RushesSimulator *simulator = rushes_simulated_call_get_simulator (call);

  if (g_strcmp0 (rushes_simulated_call_get_query (call, "action"), "getPolicy") != 0)
    rushes_simulated_call_refuse (call, RUSHES_REFUSAL_REQUEST, RUSHES_PROBLEM_VALUE, "action", "action must be valid");
  else if (find_model (rushes_simulated_call_get_query (call, "model")) < 0)
    refuse (call, RUSHES_REFUSAL_MODEL, NULL);
  else
    rushes_simulated_call_reply (
        call, 200,
        "{'request_id':'r','data':{'policy':'eyJ','signature':'g5K=','upload_dir':'" FOLDER "/%d','upload_host':%s,"
        "'expire_in_seconds':300,'max_file_size_mb':100,'oss_access_key_id':'LTAI5t','x_oss_object_acl':'private',"
        "'x_oss_forbid_overwrite':'true'}}",
        (gint64) rushes_simulator_next (simulator), rushes_simulator_get_elsewhere (simulator));
}

static const RushesSimulatedField form_fields[] = {
  { .name = "OSSAccessKeyId", .type = RUSHES_FIELD_TEXT, .required = TRUE, .choices = "LTAI5t" },
  { .name = "policy", .type = RUSHES_FIELD_TEXT, .required = TRUE, .choices = "eyJ" },
  { .name = "Signature", .type = RUSHES_FIELD_TEXT, .required = TRUE, .choices = "g5K=" },
  { .name = "key", .type = RUSHES_FIELD_TEXT, .required = TRUE },
  { .name = "x-oss-object-acl", .type = RUSHES_FIELD_TEXT, .required = TRUE, .choices = "private" },
  { .name = "x-oss-forbid-overwrite", .type = RUSHES_FIELD_TEXT, .required = TRUE, .choices = "true" },
  { .name = "success_action_status", .type = RUSHES_FIELD_TEXT, .choices = "200" },
  { .name = "file", .type = RUSHES_FIELD_FILE, .required = TRUE },
  {},
};

static void
receive (RushesSimulatedCall *call)
{
  RushesSimulator *simulator = rushes_simulated_call_get_simulator (call);
  JsonObject *form = rushes_simulated_call_get_body (call);
  g_autoptr (RushesSimulatedProblem) problem = NULL;
  const char *key;

  if (form == NULL || !rushes_simulated_call_is_form (call) ||
      (problem = rushes_simulated_body_check (form, form_fields, TRUE)) != NULL ||
      !g_str_has_prefix (key = rushes_simulated_body_text (form, "key"), FOLDER "/"))
    {
      rushes_simulated_call_reply_text (call, 403, "application/xml", "<Error><Code>AccessDenied</Code></Error>");
      return;
    }
  g_hash_table_insert (rushes_simulator_get_notes (simulator), g_strconcat ("oss://", key, NULL), g_strdup ("stored"));
  rushes_simulator_count (simulator, RUSHES_SIMULATED_COUNT_UPLOADS);
  rushes_simulated_call_reply_text (call, 200, "text/plain", "");
}

/* ---- tasks ---- */

static void
submit (RushesSimulatedCall *call)
{
  JsonObject *body;
  g_autoptr (JsonObject) nothing = json_object_new ();
  g_autoptr (JsonNode) node = NULL;
  g_autofree char *id = NULL;
  const char *conflict;
  int model;

  if (g_strcmp0 (rushes_simulated_call_get_header (call, "X-DashScope-Async"), "enable") != 0)
    {
      rushes_simulated_call_reply (call, 403,
                                   "{'code':'AccessDenied','message':'current user api does not support synchronous "
                                   "calls.','request_id':'fb53c4ec'}");
      return;
    }
  if (!rushes_simulated_call_check (call, fields))
    return;
  body = rushes_simulated_call_get_body (call);
  if ((model = find_model (rushes_simulated_body_text (body, "model"))) < 0)
    {
      refuse (call, RUSHES_REFUSAL_MODEL, NULL);
      return;
    }
  conflict = find_conflict (
      json_object_get_object_member (body, "input"),
      json_object_has_member (body, "parameters") ? json_object_get_object_member (body, "parameters") : nothing,
      model);
  node = json_node_init_object (json_node_alloc (), body);
  if (conflict == NULL && !are_there (call, node))
    conflict = "url must be one that can be read";
  if (conflict != NULL)
    {
      rushes_simulated_call_refuse (call, RUSHES_REFUSAL_REQUEST, RUSHES_PROBLEM_VALUE, "", conflict);
      return;
    }
  id = g_strdup_printf ("0385dc79-5ff8-4d82-bcb6-%012u",
                        rushes_simulator_next (rushes_simulated_call_get_simulator (call)));
  rushes_simulated_call_accept (call, id, NULL, models[model].name);
  rushes_simulated_call_reply (call, 200, "{'output':{'task_status':'PENDING','task_id':%s},'request_id':'4909100c'}",
                               id);
}

static void
poll (RushesSimulatedCall *call)
{
  RushesSimulatedTask *task = rushes_simulated_call_get_task (call);
  RushesSimulatedState state = rushes_simulated_task_get_state (task);
  const char *id = rushes_simulated_task_get_id (task), *word = rushes_simulated_call_get_word (call, task);
  gboolean rejected = rushes_simulated_call_is_rejected (call);
  g_autofree char *url = NULL;

  if (state == RUSHES_SIMULATED_DONE)
    {
      url = rushes_simulated_call_make_clip_url (call, task);
      rushes_simulated_call_reply (call, 200,
                                   "{'request_id':'c1209113','output':{'task_id':%s,'task_status':%s,'video_url':%s},"
                                   "'usage':{'duration':5,'video_count':1}}",
                                   id, word, url);
    }
  else if (state == RUSHES_SIMULATED_FAILED && rushes_simulated_call_has (call, "unknown"))
    rushes_simulated_call_reply (call, 200, "{'request_id':'c1209113','output':{'task_id':%s,'task_status':'UNKNOWN'}}",
                                 id);
  else if (state == RUSHES_SIMULATED_FAILED && !rushes_simulated_call_has (call, "wordless"))
    rushes_simulated_call_reply (
        call, 200, "{'request_id':'c1209113','output':{'task_id':%s,'task_status':%s,'code':%s,'message':%s}}", id,
        word, rejected ? "DataInspectionFailed" : "InternalError.Algo",
        rejected ? "Output data may contain inappropriate content." : "inference internal error");
  else
    rushes_simulated_call_reply (call, 200, "{'request_id':'c1209113','output':{'task_id':%s,'task_status':%s}}", id,
                                 word);
}

static void
cancel (RushesSimulatedCall *call)
{
  RushesSimulatedTask *task = rushes_simulated_call_get_task (call);

  if (rushes_simulated_task_get_state (task) != RUSHES_SIMULATED_QUEUED &&
      !rushes_simulated_call_has (call, "cancel-running"))
    {
      refuse (call, RUSHES_REFUSAL_CANCEL, NULL);
      return;
    }
  rushes_simulated_task_cancel (task);
  rushes_simulator_count (rushes_simulated_call_get_simulator (call), RUSHES_SIMULATED_COUNT_CANCELS);
  rushes_simulated_call_reply (call, 200, "{'request_id':'45ac7f13'}");
}

/* ---- the service ---- */

static const RushesSimulatedRoute routes[] = {
  { "POST", BASE "/services/aigc/video-generation/video-synthesis", RUSHES_SIMULATED_SUBMIT, submit },
  { "GET", BASE "/tasks/{id}", RUSHES_SIMULATED_POLL, poll },
  { "POST", BASE "/tasks/{id}/cancel", RUSHES_SIMULATED_CANCEL, cancel },
  { "GET", BASE "/uploads", RUSHES_SIMULATED_OTHER, get_policy },
  { "POST", "/", RUSHES_SIMULATED_UPLOAD, receive, .elsewhere = TRUE },
  {},
};

static const RushesSimulatedQuirk quirks[] = {
  { "unknown", "a task that fails (--fault fail) is not known any more" },
  { "wordless", "a task fails without a code and a message" },
  { "cancel-running", "a task that runs can be cancelled, too" },
  {},
};

extern const RushesSimulatedService rushes_simulated_dashscope;
const RushesSimulatedService rushes_simulated_dashscope = {
  .id = "dashscope",
  .about = "Alibaba Model Studio: Wan and HappyHorse",
  .base_path = BASE,
  .scheme = "Bearer",
  .key = "sk-simulated",
  .words = { "PENDING", "RUNNING", "SUCCEEDED", "FAILED", "CANCELED" },
  .routes = routes,
  .quirks = quirks,
  .refuse = refuse,
};
