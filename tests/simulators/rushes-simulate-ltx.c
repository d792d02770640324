/* rushes-simulate-ltx.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

/* The LTX API (docs.ltx.video): version 1, whose answer is the clip, and version 2 with jobs. */

#include "rushes-simulator.h"

#include <string.h>

/* ---- refusals ---- */

static void
refuse (RushesSimulatedCall *call, RushesRefusal why, const RushesSimulatedProblem *problem)
{
  static const struct
  {
    guint status;
    const char *type, *message;
  } words[] = {
    [RUSHES_REFUSAL_KEY] = { 401, "authentication_error", "Invalid API key." },
    [RUSHES_REFUSAL_BALANCE] = { 402, "insufficient_funds_error", "Insufficient funds." },
    [RUSHES_REFUSAL_RATE] = { 429, "rate_limit_error", "Too many requests. Please try again later." },
    [RUSHES_REFUSAL_MODERATION] = { 422, "content_filtered_error", "The request was rejected by the content filter." },
    [RUSHES_REFUSAL_REQUEST] = { 400, "invalid_request_error", "Invalid request." },
    [RUSHES_REFUSAL_MODEL] = { 400, "invalid_request_error", "Unknown model." },
    [RUSHES_REFUSAL_NOT_FOUND] = { 404, "invalid_request_error", "Job not found." },
    [RUSHES_REFUSAL_METHOD] = { 405, "invalid_request_error", "Method not allowed." },
    [RUSHES_REFUSAL_CANCEL] = { 405, "invalid_request_error", "Method not allowed." },
    [RUSHES_REFUSAL_BUSY] = { 503, "service_unavailable", "Try again later." },
    [RUSHES_REFUSAL_SERVER] = { 500, "api_error", "Internal error." },
  };

  if (why == RUSHES_REFUSAL_RATE)
    rushes_simulated_call_add_header (call, "Retry-After", "1");
  if (why == RUSHES_REFUSAL_REQUEST && rushes_simulated_call_has (call, "too-large"))
    rushes_simulated_call_reply_text (call, 413, "text/html",
                                      "<html><title>413 Request Entity Too Large</title></html>");
  else
    rushes_simulated_call_reply (call, words[why].status, "{'type':'error','error':{'type':%s,'message':%s}}",
                                 words[why].type, problem != NULL ? problem->message : words[why].message);
}

/* ---- what may be asked ---- */

#define COMMON                                                                                                         \
  { .name = "prompt", .type = RUSHES_FIELD_TEXT, .required = TRUE, .minimum = 1, .maximum = 5000 },                    \
      { .name = "model",                                                                                               \
        .type = RUSHES_FIELD_TEXT,                                                                                     \
        .required = TRUE,                                                                                              \
        .choices = "ltx-2-fast|ltx-2-pro|ltx-2-3-fast|ltx-2-3-pro|ltx-2-5-fast|ltx-2-5-pro" },                         \
      { .name = "duration", .type = RUSHES_FIELD_INTEGER, .required = TRUE, .minimum = 2, .maximum = 20 },             \
      { .name = "resolution",                                                                                          \
        .type = RUSHES_FIELD_TEXT,                                                                                     \
        .required = TRUE,                                                                                              \
        .choices = "1280x720|1920x1080|2560x1440|3840x2160|720x1280|1080x1920|1440x2560|2160x3840" },                  \
      { .name = "fps", .type = RUSHES_FIELD_INTEGER, .choices = "24|25|48|50" },                                       \
      { .name = "generate_audio", .type = RUSHES_FIELD_SWITCH },                                                       \
      { .name = "camera_motion",                                                                                       \
        .type = RUSHES_FIELD_TEXT,                                                                                     \
        .choices = "dolly_in|dolly_out|dolly_left|dolly_right|jib_up|jib_down|static|focus_shift" }

static const RushesSimulatedField text_fields[] = { COMMON, {} };
static const RushesSimulatedField image_fields[] = {
  COMMON,
  { .name = "image_uri", .type = RUSHES_FIELD_PICTURE, .required = TRUE, .choices = "data|https|http|ltx" },
  { .name = "last_frame_uri", .type = RUSHES_FIELD_PICTURE, .choices = "data|https|http|ltx" },
  {},
};

/* What does not go together; NULL when all does. */
static const char *
find_conflict (JsonObject *body)
{
  const char *model = rushes_simulated_body_text (body, "model");
  const char *resolution = rushes_simulated_body_text (body, "resolution");
  gint64 duration = json_object_get_int_member (body, "duration");
  gint64 fps = json_object_get_int_member_with_default (body, "fps", 25);
  gboolean fast = g_str_has_suffix (model, "-fast"), oldest = strlen (model) <= strlen ("ltx-2-fast");
  gboolean newest = g_str_has_prefix (model, "ltx-2-5-");
  gboolean full = g_str_equal (resolution, "1920x1080") || g_str_equal (resolution, "1080x1920");
  gboolean upright =
      g_ascii_strtoull (resolution, NULL, 10) < g_ascii_strtoull (strchr (resolution, 'x') + 1, NULL, 10);

  if (!newest && (duration < 6 || duration % 2 != 0))
    return "Invalid duration.";
  if (duration > 10 && !(newest && !fast) && (!fast || !full || fps != 25))
    return "Invalid duration.";
  if (fps > 25 && (!fast || !full))
    return "Invalid fps.";
  if (oldest && (upright || json_object_has_member (body, "last_frame_uri")))
    return upright ? "Invalid resolution." : "Invalid last_frame_uri.";
  if (strstr (resolution, "720") != NULL && !(newest && !fast))
    return "Invalid resolution.";
  if (newest && !fast && !full && strstr (resolution, "720") == NULL)
    return "Invalid resolution.";
  return NULL;
}

/* An address of the service's own storage must be one of a picture that was put there. */
static gboolean
is_there (RushesSimulatedCall *call, const char *name)
{
  GHashTable *notes = rushes_simulator_get_notes (rushes_simulated_call_get_simulator (call));
  const char *address = rushes_simulated_call_get_text (call, name);

  return address == NULL || !g_str_has_prefix (address, "ltx://") ||
         g_strcmp0 (g_hash_table_lookup (notes, address), "stored") == 0;
}

/* The task, or NULL when it was refused. */
static RushesSimulatedTask *
accept_job (RushesSimulatedCall *call, const RushesSimulatedField *fields)
{
  const char *conflict;
  g_autofree char *id = NULL;

  if (!rushes_simulated_call_check (call, fields))
    return NULL;
  conflict = find_conflict (rushes_simulated_call_get_body (call));
  if (conflict == NULL && (!is_there (call, "image_uri") || !is_there (call, "last_frame_uri")))
    conflict = "Invalid image_uri.";
  if (conflict != NULL)
    {
      rushes_simulated_call_refuse (call, RUSHES_REFUSAL_REQUEST, RUSHES_PROBLEM_VALUE, "", conflict);
      return NULL;
    }
  id = g_strdup_printf ("job_%06u", rushes_simulator_next (rushes_simulated_call_get_simulator (call)));
  return rushes_simulated_call_accept (call, id, NULL, fields == text_fields ? "text" : "image");
}

/* ---- version 1 ---- */

static void
answer_at_once (RushesSimulatedCall *call, const RushesSimulatedField *fields)
{
  RushesSimulatedTask *task = accept_job (call, fields);
  g_autofree char *url = NULL;

  if (task == NULL)
    return;
  rushes_simulated_call_set_delay (call, rushes_simulated_task_finish (task));
  if (rushes_simulated_call_has (call, "address"))
    {
      url = rushes_simulated_call_make_clip_url (call, task);
      rushes_simulated_call_reply (call, 200, "{'video_url':%s}", url);
    }
  else
    rushes_simulated_call_reply_clip (call, task);
}

static void
text_at_once (RushesSimulatedCall *call)
{
  answer_at_once (call, text_fields);
}

static void
image_at_once (RushesSimulatedCall *call)
{
  answer_at_once (call, image_fields);
}

/* ---- version 2 ---- */

static void
submit (RushesSimulatedCall *call, const RushesSimulatedField *fields)
{
  RushesSimulatedTask *task = accept_job (call, fields);

  if (task != NULL)
    rushes_simulated_call_reply (call, rushes_simulated_call_has (call, "plain-200") ? 200 : 202,
                                 "{'id':%s,'status':'pending','created_at':'2026-11-01T10:00:00Z'}",
                                 rushes_simulated_task_get_id (task));
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

/* A job is known only under the path that it was submitted to. */
static void
poll (RushesSimulatedCall *call, const char *kind)
{
  RushesSimulatedTask *task = rushes_simulated_call_get_task (call);
  RushesSimulatedState state = rushes_simulated_task_get_state (task);
  const char *id = rushes_simulated_task_get_id (task);
  gboolean rejected = rushes_simulated_call_is_rejected (call);
  g_autofree char *url = NULL, *result = NULL;

  if (g_strcmp0 (rushes_simulated_task_get_kind (task), kind) != 0)
    refuse (call, RUSHES_REFUSAL_NOT_FOUND, NULL);
  else if (state == RUSHES_SIMULATED_FAILED)
    rushes_simulated_call_reply (call, 200, "{'id':%s,'status':'failed','error':{'type':%s,'message':%s}}", id,
                                 rejected ? "content_filtered_error" : "api_error",
                                 rejected ? "The request was rejected by the content filter." : "Internal error.");
  else if (state == RUSHES_SIMULATED_DONE)
    {
      url = rushes_simulated_call_make_clip_url (call, task);
      result = url != NULL ? g_strdup_printf ("{\"video_url\":\"%s\"}", url) : NULL;
      rushes_simulated_call_reply (call, 200, "{'id':%s,'status':'completed','result':%j}", id, result);
    }
  else
    rushes_simulated_call_reply (call, 200, "{'id':%s,'status':%s,'created_at':'2026-11-01T10:00:00Z'}", id,
                                 rushes_simulated_call_get_word (call, task));
}

static void
poll_text (RushesSimulatedCall *call)
{
  poll (call, "text");
}

static void
poll_image (RushesSimulatedCall *call)
{
  poll (call, "image");
}

/* ---- storage ---- */

static void
initiate (RushesSimulatedCall *call)
{
  RushesSimulator *simulator = rushes_simulated_call_get_simulator (call);
  guint number = rushes_simulator_next (simulator);
  g_autofree char *url =
      g_strdup_printf ("%s/uploads/%u?sig=a%%2Fb", rushes_simulator_get_elsewhere (simulator), number);
  g_autofree char *address = g_strdup_printf ("ltx://uploads/%u", number);

  rushes_simulated_call_reply (
      call, 200,
      "{'upload_url':%s,'storage_uri':%s,'expires_at':'2030-01-01T00:00:00Z','required_headers':"
      "{'x-goog-content-length-range':'0,104857600'}}",
      url, address);
}

static void
receive (RushesSimulatedCall *call)
{
  RushesSimulator *simulator = rushes_simulated_call_get_simulator (call);
  gsize length;
  const guint8 *data = g_bytes_get_data (rushes_simulated_call_get_bytes (call), &length);
  const char *picture = rushes_simulated_picture_type (data, length);

  if (g_strcmp0 (rushes_simulated_call_get_query (call, "sig"), "a/b") != 0 ||
      g_strcmp0 (rushes_simulated_call_get_header (call, "x-goog-content-length-range"), "0,104857600") != 0)
    rushes_simulated_call_reply_text (call, 403, "application/xml",
                                      "<Error><Code>SignatureDoesNotMatch</Code></Error>");
  else if (picture == NULL || g_strcmp0 (rushes_simulated_call_get_header (call, "Content-Type"), picture) != 0)
    rushes_simulated_call_reply_text (call, 400, "application/xml", "<Error><Code>InvalidArgument</Code></Error>");
  else
    {
      g_hash_table_insert (rushes_simulator_get_notes (simulator),
                           g_strdup_printf ("ltx://uploads/%s", rushes_simulated_call_get_segment (call, "id")),
                           g_strdup ("stored"));
      rushes_simulator_count (simulator, RUSHES_SIMULATED_COUNT_UPLOADS);
      rushes_simulated_call_reply_text (call, 200, "text/plain", "");
    }
}

/* ---- the service ---- */

static const RushesSimulatedRoute routes[] = {
  { "POST", "/v1/text-to-video", RUSHES_SIMULATED_SUBMIT, text_at_once },
  { "POST", "/v1/image-to-video", RUSHES_SIMULATED_SUBMIT, image_at_once },
  { "POST", "/v2/text-to-video", RUSHES_SIMULATED_SUBMIT, submit_text },
  { "POST", "/v2/image-to-video", RUSHES_SIMULATED_SUBMIT, submit_image },
  { "GET", "/v2/text-to-video/{id}", RUSHES_SIMULATED_POLL, poll_text },
  { "GET", "/v2/image-to-video/{id}", RUSHES_SIMULATED_POLL, poll_image },
  { "POST", "/v1/upload", RUSHES_SIMULATED_OTHER, initiate },
  { "PUT", "/uploads/{id}", RUSHES_SIMULATED_UPLOAD, receive, .elsewhere = TRUE },
  {},
};

static const RushesSimulatedQuirk quirks[] = {
  { "address", "version 1: the answer is an address, not the clip" },
  { "plain-200", "version 2: a submit is answered with 200" },
  { "too-large", "with bad-request: a page of the edge that says 413" },
  {},
};

extern const RushesSimulatedService rushes_simulated_ltx;
const RushesSimulatedService rushes_simulated_ltx = {
  .id = "ltx",
  .about = "Lightricks' LTX API",
  .base_path = "",
  .scheme = "Bearer",
  .key = "ltx-simulated",
  .words = { "pending", "processing", "completed", "failed", "failed" },
  .routes = routes,
  .quirks = quirks,
  .refuse = refuse,
};
