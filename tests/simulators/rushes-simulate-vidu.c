/* rushes-simulate-vidu.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

/* Vidu's open platform (platform.vidu.com): the path of a submit hangs on which pictures there are. */

#include "rushes-simulator.h"

#include <string.h>

#define BASE "/ent/v2"

/* ---- refusals ---- */

static void
refuse (RushesSimulatedCall *call, RushesRefusal why, const RushesSimulatedProblem *problem)
{
  static const struct
  {
    guint status;
    const char *reason, *message;
  } words[] = {
    [RUSHES_REFUSAL_KEY] = { 401, "Unauthorized", "invalid token" },
    [RUSHES_REFUSAL_BALANCE] = { 403, "CreditInsufficient", "credit insufficient" },
    [RUSHES_REFUSAL_RATE] = { 429, "TooManyRequests", "too many requests" },
    [RUSHES_REFUSAL_MODERATION] = { 400, "AuditSubmitIllegal", "the content is not allowed" },
    [RUSHES_REFUSAL_REQUEST] = { 400, "FieldInvalid", "field invalid" },
    [RUSHES_REFUSAL_MODEL] = { 400, "FieldInvalid", "model invalid" },
    [RUSHES_REFUSAL_NOT_FOUND] = { 404, "TaskNotFound", "task not found" },
    [RUSHES_REFUSAL_METHOD] = { 405, "MethodNotAllowed", "method not allowed" },
    [RUSHES_REFUSAL_CANCEL] = { 400, "TaskStateInvalid", "the task cannot be cancelled" },
    [RUSHES_REFUSAL_BUSY] = { 503, "Unavailable", "not now" },
    [RUSHES_REFUSAL_SERVER] = { 500, "Internal", "internal error" },
  };

  rushes_simulated_call_reply (
      call, words[why].status, "{'code':%d,'reason':%s,'message':%s,'metadata':{'trace_id':'ab12'}}",
      (gint64) words[why].status, words[why].reason, problem != NULL ? problem->message : words[why].message);
}

/* ---- what may be asked ---- */

#define WITH_TEXT      "viduq3-pro|viduq3-turbo|viduq1|viduq4"
#define WITH_FRAMES    "viduq3-pro|viduq3-turbo|viduq3-pro-fast|viduq2-pro|viduq2-turbo|viduq1|vidu2.0"
#define WITH_REFERENCE "viduq3|viduq3-mix|viduq2|viduq1|vidu2.0"

#define COMMON(models, longest)                                                                                        \
  { .name = "model", .type = RUSHES_FIELD_TEXT, .required = TRUE, .choices = models },                                 \
      { .name = "prompt", .type = RUSHES_FIELD_TEXT, .minimum = 1, .maximum = longest },                               \
      { .name = "duration", .type = RUSHES_FIELD_INTEGER, .minimum = 1, .maximum = 16 },                               \
      { .name = "seed", .type = RUSHES_FIELD_INTEGER, .minimum = 0, .maximum = G_MAXINT },                             \
      { .name = "resolution", .type = RUSHES_FIELD_TEXT, .choices = "360p|540p|720p|1080p" },                          \
      { .name = "movement_amplitude", .type = RUSHES_FIELD_TEXT, .choices = "auto|small|medium|large" },               \
      { .name = "audio", .type = RUSHES_FIELD_SWITCH }, { .name = "bgm", .type = RUSHES_FIELD_SWITCH },                \
      { .name = "off_peak", .type = RUSHES_FIELD_SWITCH },                                                             \
  {                                                                                                                    \
    .name = "watermark", .type = RUSHES_FIELD_SWITCH                                                                   \
  }
#define IMAGES(least, most)                                                                                            \
  { .name = "images",                                                                                                  \
    .type = RUSHES_FIELD_LIST,                                                                                         \
    .required = TRUE,                                                                                                  \
    .minimum = least,                                                                                                  \
    .maximum = most,                                                                                                   \
    .choices = "data|https|http" }
#define ASPECT { .name = "aspect_ratio", .type = RUSHES_FIELD_TEXT, .choices = "16:9|9:16|1:1|4:3|3:4" }

static const RushesSimulatedField text_fields[] = { COMMON (WITH_TEXT, 5000), ASPECT, {} };
static const RushesSimulatedField image_fields[] = { COMMON (WITH_FRAMES, 5000), IMAGES (1, 1), {} };
static const RushesSimulatedField frames_fields[] = { COMMON (WITH_FRAMES, 5000), IMAGES (2, 2), {} };
static const RushesSimulatedField reference_fields[] = { COMMON (WITH_REFERENCE, 2000), IMAGES (1, 7), ASPECT, {} };

/* What does not go together; NULL when all does. */
static const char *
find_conflict (JsonObject *body, const RushesSimulatedField *fields)
{
  const char *model = rushes_simulated_body_text (body, "model");
  const char *resolution = rushes_simulated_body_text (body, "resolution");
  gint64 duration = json_object_get_int_member_with_default (body, "duration", 5);
  gboolean is_q3 = g_str_has_prefix (model, "viduq3") || g_str_has_prefix (model, "viduq4");
  gboolean is_q2 = g_str_has_prefix (model, "viduq2"), is_q1 = g_str_equal (model, "viduq1");

  if (is_q3 && fields == reference_fields && duration < 3)
    return "duration invalid";
  if (is_q2 && duration > (fields == frames_fields ? 8 : 10))
    return "duration invalid";
  if (is_q1 && duration != 5)
    return "duration invalid";
  if (g_str_equal (model, "vidu2.0") && duration != 4 && duration != 8)
    return "duration invalid";
  if (is_q1 && g_strcmp0 (resolution, "1080p") != 0)
    return "resolution invalid";
  if (g_strcmp0 (resolution, "360p") == 0 && !g_str_equal (model, "vidu2.0"))
    return "resolution invalid";
  if (!is_q3 && json_object_has_member (body, "audio"))
    return "audio invalid";
  if (is_q3 && (json_object_has_member (body, "bgm") || json_object_has_member (body, "movement_amplitude")))
    return "bgm invalid";
  return NULL;
}

/* ---- tasks ---- */

static void
submit (RushesSimulatedCall *call, const RushesSimulatedField *fields)
{
  JsonObject *body;
  const char *conflict;
  g_autofree char *id = NULL;

  if (!rushes_simulated_call_check (call, fields))
    return;
  body = rushes_simulated_call_get_body (call);
  if ((conflict = find_conflict (body, fields)) != NULL)
    {
      rushes_simulated_call_refuse (call, RUSHES_REFUSAL_REQUEST, RUSHES_PROBLEM_VALUE, "", conflict);
      return;
    }
  id = g_strdup_printf ("870287901238%06u", rushes_simulator_next (rushes_simulated_call_get_simulator (call)));
  rushes_simulated_call_accept (call, id, NULL, rushes_simulated_body_text (body, "model"));
  rushes_simulated_call_reply (call, 200,
                               "{'task_id':%s,'state':'created','model':%s,'payload':'','credits':60,"
                               "'created_at':'2026-11-01T10:00:00Z'}",
                               id, rushes_simulated_body_text (body, "model"));
}

static void
submit_text (RushesSimulatedCall *call)
{
  submit (call, text_fields);
}

static void
submit_image (RushesSimulatedCall *call)
{
  submit (call, image_fields);
}

static void
submit_frames (RushesSimulatedCall *call)
{
  submit (call, frames_fields);
}

static void
submit_reference (RushesSimulatedCall *call)
{
  submit (call, reference_fields);
}

static void
poll (RushesSimulatedCall *call)
{
  RushesSimulatedTask *task = rushes_simulated_call_get_task (call);
  RushesSimulatedState state = rushes_simulated_task_get_state (task);
  const char *id = rushes_simulated_task_get_id (task), *word = rushes_simulated_call_get_word (call, task);
  g_autofree char *url = state == RUSHES_SIMULATED_DONE ? rushes_simulated_call_make_clip_url (call, task) : NULL;

  if (url != NULL)
    rushes_simulated_call_reply (call, 200,
                                 "{'id':%s,'state':%s,'err_code':'','credits':60,'creations':[{'id':'1','url':%s,"
                                 "'cover_url':'','watermarked_url':''}]}",
                                 id, word, url);
  else if (state == RUSHES_SIMULATED_FAILED)
    rushes_simulated_call_reply (call, 200, "{'id':%s,'state':%s,'err_code':%s,'credits':%d,'creations':[]}", id, word,
                                 rushes_simulated_call_is_rejected (call) ? "CreationPolicyViolation" : "Internal",
                                 (gint64) (rushes_simulated_call_has (call, "charged") ? 60 : 0));
  else if (rushes_simulated_call_has (call, "progress"))
    rushes_simulated_call_reply (call, 200,
                                 "{'id':%s,'state':%s,'progress':%d,'err_code':'','credits':60,'creations':[]}", id,
                                 word, rushes_simulated_task_get_progress (task));
  else
    rushes_simulated_call_reply (call, 200, "{'id':%s,'state':%s,'err_code':'','credits':60,'creations':[]}", id, word);
}

static void
cancel (RushesSimulatedCall *call)
{
  RushesSimulatedTask *task = rushes_simulated_call_get_task (call);

  if (g_strcmp0 (rushes_simulated_call_get_text (call, "id"), rushes_simulated_task_get_id (task)) != 0)
    {
      rushes_simulated_call_refuse (call, RUSHES_REFUSAL_REQUEST, RUSHES_PROBLEM_MISSING, "id", "id invalid");
      return;
    }
  if (rushes_simulated_task_get_state (task) != RUSHES_SIMULATED_QUEUED &&
      !rushes_simulated_call_has (call, "cancel-running"))
    {
      refuse (call, RUSHES_REFUSAL_CANCEL, NULL);
      return;
    }
  rushes_simulated_task_cancel (task);
  rushes_simulator_count (rushes_simulated_call_get_simulator (call), RUSHES_SIMULATED_COUNT_CANCELS);
  rushes_simulated_call_reply (call, 200, "{}");
}

/* ---- the service ---- */

static const RushesSimulatedRoute routes[] = {
  { "POST", BASE "/text2video", RUSHES_SIMULATED_SUBMIT, submit_text },
  { "POST", BASE "/img2video", RUSHES_SIMULATED_SUBMIT, submit_image },
  { "POST", BASE "/start-end2video", RUSHES_SIMULATED_SUBMIT, submit_frames },
  { "POST", BASE "/reference2video", RUSHES_SIMULATED_SUBMIT, submit_reference },
  { "GET", BASE "/tasks/{id}/creations", RUSHES_SIMULATED_POLL, poll },
  { "POST", BASE "/tasks/{id}/cancel", RUSHES_SIMULATED_CANCEL, cancel },
  {},
};

static const RushesSimulatedQuirk quirks[] = {
  { "progress", "a running task says how far it is" },
  { "charged", "with fail: it was charged all the same" },
  { "cancel-running", "a task that runs can be cancelled, too" },
  {},
};

extern const RushesSimulatedService rushes_simulated_vidu;
const RushesSimulatedService rushes_simulated_vidu = {
  .id = "vidu",
  .about = "Vidu's open platform",
  .base_path = BASE,
  .scheme = "Token",
  .key = "vda_simulated",
  .words = { "queueing", "processing", "success", "failed", "cancelled" },
  .routes = routes,
  .quirks = quirks,
  .refuse = refuse,
};
