/* rushes-simulate-seedance.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

/* Content generation tasks of BytePlus ModelArk and Volcengine Ark (docs.byteplus.com/en/docs/ModelArk/1520757). */

#include "rushes-simulator.h"

#include <string.h>

#define BASE "/api/v3/contents/generations/tasks"
/* Where accounts with a plan for agents are. */
#define PLAN "/api/plan/v3/contents/generations/tasks"

/* ---- refusals ---- */

static void
refuse (RushesSimulatedCall *call, RushesRefusal why, const RushesSimulatedProblem *problem)
{
  static const struct
  {
    guint status;
    const char *code, *message;
  } words[] = {
    [RUSHES_REFUSAL_KEY] = { 401, "AuthenticationError", "The API key in the request is missing or invalid." },
    [RUSHES_REFUSAL_BALANCE] = { 403, "AccountOverdueError", "Your account has an overdue balance." },
    [RUSHES_REFUSAL_RATE] = { 429, "RateLimitExceeded.EndpointRPMExceeded", "Requests per minute were exceeded." },
    [RUSHES_REFUSAL_MODERATION] = { 400, "InputTextSensitiveContentDetected",
                                    "The request failed because the input text may contain sensitive information." },
    [RUSHES_REFUSAL_REQUEST] = { 400, "InvalidParameter", "The request is not valid." },
    [RUSHES_REFUSAL_MODEL] = { 404, "InvalidEndpointOrModel.NotFound",
                               "The model or endpoint does not exist or you do not have access to it." },
    [RUSHES_REFUSAL_NOT_FOUND] = { 404, "NotFound", "The specified task does not exist." },
    [RUSHES_REFUSAL_METHOD] = { 405, "MethodNotAllowed", "The method is not allowed." },
    [RUSHES_REFUSAL_CANCEL] = { 409, "InvalidAction.RunningTaskDeletion", "A running task cannot be deleted." },
    [RUSHES_REFUSAL_BUSY] = { 503, "ServiceUnavailable", "The service is not available for the moment." },
    [RUSHES_REFUSAL_SERVER] = { 500, "InternalServiceError", "The service encountered an internal error." },
  };
  const char *code = words[why].code;

  if (why == RUSHES_REFUSAL_MODERATION && rushes_simulated_call_has (call, "real-face"))
    code = "InputImageSensitiveContentDetected.PrivacyInformation";
  if (problem != NULL && problem->kind == RUSHES_PROBLEM_MISSING)
    code = "MissingParameter";
  rushes_simulated_call_reply (call, words[why].status, "{'error':{'code':%s,'message':%s,'param':%s,'type':%s}}", code,
                               problem != NULL ? problem->message : words[why].message,
                               problem != NULL && *problem->where != '\0' ? problem->where : NULL,
                               words[why].status == 400 ? "BadRequest" : NULL);
}

/* ---- what may be asked of which model ---- */

static const struct
{
  const char *name; /* how its id goes on behind "doubao-", "dreamina-" or nothing */
  const char *resolutions;
  guint minimum, maximum, references;
  gboolean sound, older;
} models[] = {
  { "seedance-2-5-", "480p|720p|1080p", 4, 30, 30, TRUE, FALSE },
  { "seedance-2-0-fast-", "480p|720p", 4, 15, 9, TRUE, FALSE },
  { "seedance-2-0-mini-", "480p|720p", 4, 15, 9, TRUE, FALSE },
  { "seedance-2-0-", "480p|720p|1080p|4k", 4, 15, 9, TRUE, FALSE },
  { "seedance-1-5-pro-", "480p|720p|1080p", 4, 12, 0, TRUE, TRUE },
  { "seedance-1-0-pro-", "480p|720p|1080p", 2, 12, 0, FALSE, TRUE },
};

static int
find_model (const char *id)
{
  const char *name = id;

  if (g_str_has_prefix (id, "doubao-") || g_str_has_prefix (id, "dreamina-"))
    name = strchr (id, '-') + 1;
  for (guint i = 0; i < G_N_ELEMENTS (models); i++)
    if (g_str_has_prefix (name, models[i].name))
      return i;
  return -1;
}

static const RushesSimulatedField image_fields[] = {
  { .name = "url", .type = RUSHES_FIELD_PICTURE, .required = TRUE, .choices = "data|https|http|asset" },
  {},
};

static const RushesSimulatedField content_fields[] = {
  { .name = "type", .type = RUSHES_FIELD_TEXT, .required = TRUE, .choices = "text|image_url" },
  { .name = "text", .type = RUSHES_FIELD_TEXT, .minimum = 1, .maximum = 20000 },
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
    .maximum = 64,
    .members = content_fields },
  { .name = "resolution", .type = RUSHES_FIELD_TEXT, .choices = "480p|720p|1080p|4k" },
  { .name = "ratio", .type = RUSHES_FIELD_TEXT, .choices = "16:9|9:16|1:1|4:3|3:4|21:9|adaptive" },
  { .name = "duration", .type = RUSHES_FIELD_INTEGER },
  { .name = "seed", .type = RUSHES_FIELD_INTEGER, .minimum = -1, .maximum = 4294967295.0 },
  { .name = "camera_fixed", .type = RUSHES_FIELD_SWITCH },
  { .name = "watermark", .type = RUSHES_FIELD_SWITCH },
  { .name = "generate_audio", .type = RUSHES_FIELD_SWITCH },
  { .name = "return_last_frame", .type = RUSHES_FIELD_SWITCH },
  { .name = "service_tier", .type = RUSHES_FIELD_TEXT, .choices = "default|flex" },
  { .name = "execution_expires_after", .type = RUSHES_FIELD_INTEGER, .minimum = 3600, .maximum = 259200 },
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

/* What does not go together; NULL when all does. */
static const char *
find_conflict (JsonObject *body, guint model, const char **where)
{
  const char *resolution = rushes_simulated_body_text (body, "resolution");
  g_auto (GStrv) resolutions = g_strsplit (models[model].resolutions, "|", -1);
  gint64 duration = json_object_get_int_member_with_default (body, "duration", 5);
  guint first = count (body, "first_frame"), last = count (body, "last_frame");
  guint references = count (body, "reference_image"), texts = count (body, NULL);

  *where = "content";
  if (first + last + references + texts < json_array_get_length (json_object_get_array_member (body, "content")))
    return "The role of an image is required.";
  if (first > 1 || last > first || texts > 1)
    return "The content is not valid: one text, one first frame, and a last frame only with it.";
  if (references > 0 && first > 0)
    return "Reference images cannot be combined with frames.";
  if (references > models[model].references)
    return "There are more reference images than the model takes.";
  if (first + references + texts == 0)
    return "A text or an image is required.";
  *where = "duration";
  if (duration < models[model].minimum || duration > models[model].maximum)
    return "The parameter `duration` specified in the request is not valid";
  *where = "resolution";
  if (resolution != NULL && !g_strv_contains ((const char *const *) resolutions, resolution))
    return "The parameter `resolution` specified in the request is not valid";
  *where = "ratio";
  if (model == 0 && first > 0 && json_object_has_member (body, "ratio") &&
      strcmp (rushes_simulated_body_text (body, "ratio"), "adaptive") != 0)
    return "The parameter `ratio` must be adaptive when a first frame is given";
  *where = "generate_audio";
  if (!models[model].sound && json_object_has_member (body, "generate_audio"))
    return "The parameter `generate_audio` is not supported by this model";
  *where = "camera_fixed";
  if (!models[model].older && json_object_has_member (body, "camera_fixed"))
    return "The parameter `camera_fixed` is not supported by this model";
  *where = "service_tier";
  if (!models[model].older && g_strcmp0 (rushes_simulated_body_text (body, "service_tier"), "flex") == 0)
    return "The parameter `service_tier` is not supported by this model";
  return NULL;
}

/* ---- tasks ---- */

static void
submit (RushesSimulatedCall *call)
{
  const char *conflict, *where;
  g_autofree char *id = NULL;
  int model;

  if (rushes_simulated_call_is_form (call))
    {
      rushes_simulated_call_refuse (call, RUSHES_REFUSAL_REQUEST, RUSHES_PROBLEM_SYNTAX, "", "The body must be JSON.");
      return;
    }
  if (!rushes_simulated_call_check (call, fields))
    return;
  if ((model = find_model (rushes_simulated_call_get_text (call, "model"))) < 0)
    {
      refuse (call, RUSHES_REFUSAL_MODEL, NULL);
      return;
    }
  if ((conflict = find_conflict (rushes_simulated_call_get_body (call), model, &where)) != NULL)
    {
      rushes_simulated_call_refuse (call, RUSHES_REFUSAL_REQUEST, RUSHES_PROBLEM_VALUE, where, conflict);
      return;
    }
  id = g_strdup_printf ("cgt-20261101100000-%05x", rushes_simulator_next (rushes_simulated_call_get_simulator (call)));
  rushes_simulated_call_accept (call, id, NULL, rushes_simulated_call_get_text (call, "model"));
  rushes_simulated_call_reply (call, 200, "{'id':%s}", id);
}

static void
poll (RushesSimulatedCall *call)
{
  RushesSimulatedTask *task = rushes_simulated_call_get_task (call);
  const char *id = rushes_simulated_task_get_id (task);
  gint64 created = rushes_simulated_task_get_created (task);
  gboolean rejected = rushes_simulated_call_is_rejected (call);
  g_autofree char *url = NULL, *content = NULL;

  switch (rushes_simulated_task_get_state (task))
    {
    case RUSHES_SIMULATED_DONE:
      url = rushes_simulated_call_make_clip_url (call, task);
      content = url != NULL ? g_strdup_printf ("{\"video_url\":\"%s\"}", url) : NULL;
      rushes_simulated_call_reply (
          call, 200,
          "{'id':%s,'model':%s,'status':'succeeded','content':%j,'usage':{'completion_tokens':108900,"
          "'total_tokens':108900},'created_at':%d,'updated_at':%d,'duration':5,'framespersecond':24}",
          id, rushes_simulated_task_get_kind (task), content, created, created + 90);
      break;
    case RUSHES_SIMULATED_FAILED:
      if (rushes_simulated_call_has (call, "expired"))
        rushes_simulated_call_reply (call, 200, "{'id':%s,'status':'expired','error':null}", id);
      else
        rushes_simulated_call_reply (
            call, 200, "{'id':%s,'status':'failed','error':{'code':%s,'message':%s},'created_at':%d}", id,
            rejected ? "OutputVideoSensitiveContentDetected" : "InternalServiceError",
            rejected ? "The request failed because the output video may contain sensitive information."
                     : "The service encountered an internal error.",
            created);
      break;
    default:
      rushes_simulated_call_reply (
          call, 200, "{'id':%s,'model':%s,'status':%s,'created_at':%d,'service_tier':'default'}", id,
          rushes_simulated_task_get_kind (task), rushes_simulated_call_get_word (call, task), created);
      break;
    }
}

/* Only one that waits can be cancelled; the record of one that has ended goes. */
static void
cancel (RushesSimulatedCall *call)
{
  RushesSimulatedTask *task = rushes_simulated_call_get_task (call);
  RushesSimulatedState state = rushes_simulated_task_get_state (task);

  if (state == RUSHES_SIMULATED_RUNNING && !rushes_simulated_call_has (call, "cancel-running"))
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
  rushes_simulated_call_reply (call, 200, "{'total':0,'items':[]}");
}

/* ---- the service ---- */

static const RushesSimulatedRoute routes[] = {
  { "POST", BASE, RUSHES_SIMULATED_SUBMIT, submit },
  { "POST", PLAN, RUSHES_SIMULATED_SUBMIT, submit },
  { "GET", PLAN "/{id}", RUSHES_SIMULATED_POLL, poll },
  { "DELETE", PLAN "/{id}", RUSHES_SIMULATED_CANCEL, cancel },
  { "GET", BASE, RUSHES_SIMULATED_OTHER, list },
  { "GET", BASE "/{id}", RUSHES_SIMULATED_POLL, poll },
  { "DELETE", BASE "/{id}", RUSHES_SIMULATED_CANCEL, cancel },
  {},
};

static const RushesSimulatedQuirk quirks[] = {
  { "real-face", "with reject: it is the face in a picture that is not wanted" },
  { "expired", "a task that fails (--fault fail) has expired in the queue" },
  { "cancel-running", "a task that runs can be cancelled, too" },
  {},
};

extern const RushesSimulatedService rushes_simulated_seedance;
const RushesSimulatedService rushes_simulated_seedance = {
  .id = "seedance",
  .about = "Seedance at BytePlus and Volcengine",
  .base_path = "/api/v3",
  .scheme = "Bearer",
  .key = "00000000-0000-0000-0000-000000000000",
  .words = { "queued", "running", "succeeded", "failed", "cancelled" },
  .routes = routes,
  .quirks = quirks,
  .refuse = refuse,
};
