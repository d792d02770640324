/* rushes-simulate-runway.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

/* Runway's developer API of 2024-11-06 (docs.dev.runwayml.com, @runwayml/sdk 4.20): strict bodies by model, uploads by
 * a form that storage takes, DELETE as cancel. */

#include "rushes-simulate-runway-private.h"

#include <string.h>

#define VERSION      "2024-11-06"
#define LEAST_UPLOAD 512

/* ---- refusals ---- */

static void
refuse (RushesSimulatedCall *call, RushesRefusal why, const RushesSimulatedProblem *problem)
{
  static const struct
  {
    guint status;
    const char *error;
  } words[] = {
    [RUSHES_REFUSAL_KEY] = { 401, "Invalid API key." },
    [RUSHES_REFUSAL_BALANCE] = { 400, "You do not have enough credits to run this task." },
    [RUSHES_REFUSAL_RATE] = { 429, "You have reached your daily task limit for this model." },
    [RUSHES_REFUSAL_MODERATION] = { 400, "The request was rejected by content moderation." },
    [RUSHES_REFUSAL_REQUEST] = { 400, "Validation of body failed" },
    [RUSHES_REFUSAL_MODEL] = { 400, "Validation of body failed" },
    [RUSHES_REFUSAL_NOT_FOUND] = { 404, "Task not found" },
    [RUSHES_REFUSAL_METHOD] = { 405, "Method not allowed" },
    [RUSHES_REFUSAL_CANCEL] = { 405, "Method not allowed" },
    [RUSHES_REFUSAL_BUSY] = { 503, "Service unavailable" },
    [RUSHES_REFUSAL_SERVER] = { 502, "Bad gateway" },
  };
  static const char *const codes[] = {
    [RUSHES_PROBLEM_UNKNOWN] = "unrecognized_keys", [RUSHES_PROBLEM_MISSING] = "invalid_type",
    [RUSHES_PROBLEM_TYPE] = "invalid_type",         [RUSHES_PROBLEM_VALUE] = "invalid_enum_value",
    [RUSHES_PROBLEM_SYNTAX] = "invalid_type",
  };

  if (problem == NULL && (why == RUSHES_REFUSAL_MODEL || why == RUSHES_REFUSAL_REQUEST))
    rushes_simulated_call_reply (call, 400,
                                 "{'error':%s,'issues':[{'code':'invalid_enum_value','path':[%s],'message':"
                                 "'Invalid enum value.'}],'docUrl':'https://docs.dev.runwayml.com/api'}",
                                 words[why].error, why == RUSHES_REFUSAL_MODEL ? "model" : "ratio");
  else if (why == RUSHES_REFUSAL_REQUEST)
    rushes_simulated_call_reply (call, 400,
                                 "{'error':%s,'issues':[{'code':%s,'path':[%s],'message':%s}],'docUrl':"
                                 "'https://docs.dev.runwayml.com/api'}",
                                 words[why].error, codes[problem->kind], problem->where, problem->message);
  else
    {
      if (why == RUSHES_REFUSAL_BUSY || why == RUSHES_REFUSAL_SERVER)
        rushes_simulated_call_add_header (call, "x-should-retry", "true");
      rushes_simulated_call_reply (call, words[why].status, "{'error':%s}",
                                   problem != NULL ? problem->message : words[why].error);
    }
}

/* Every request names the version that it was written for; FALSE when the call was refused. */
static gboolean
check_version (RushesSimulatedCall *call)
{
  if (g_strcmp0 (rushes_simulated_call_get_header (call, "X-Runway-Version"), VERSION) == 0)
    return TRUE;
  rushes_simulated_call_reply (call, 400, "{'error':'The X-Runway-Version header is missing or not known.'}");
  return FALSE;
}

/* ---- tasks ---- */

static void
submit (RushesSimulatedCall *call, gboolean from_image)
{
  RushesSimulator *simulator = rushes_simulated_call_get_simulator (call);
  g_autoptr (RushesSimulatedProblem) problem = NULL;
  g_autofree char *id = NULL, *credits = NULL;
  RushesSimulatedTask *task;
  gint64 price;

  if (!check_version (call))
    return;
  problem = rushes_simulated_runway_check (call, from_image);
  if (problem != NULL)
    {
      refuse (call, RUSHES_REFUSAL_REQUEST, problem);
      return;
    }
  price = rushes_simulated_runway_count_credits (rushes_simulated_call_get_body (call));
  id = g_strdup_printf ("17f20503-6c24-4c16-946b-%012u", rushes_simulator_next (simulator));
  credits = g_strdup_printf ("%" G_GINT64_FORMAT, price);
  task = rushes_simulated_call_accept (call, id, NULL, "task");
  rushes_simulated_task_set_note (task, "credits", credits);
  rushes_simulated_call_reply (call, 200, "{'id':%s,'estimatedCost':{'credits':%d}}", id, price);
}

static void
submit_text (RushesSimulatedCall *call)
{
  submit (call, FALSE);
}

static void
submit_image (RushesSimulatedCall *call)
{
  submit (call, TRUE);
}

static gboolean
is_deleted (RushesSimulatedCall *call)
{
  if (rushes_simulated_task_get_note (rushes_simulated_call_get_task (call), "deleted") == NULL)
    return FALSE;
  refuse (call, RUSHES_REFUSAL_NOT_FOUND, NULL);
  return TRUE;
}

/* What made it fail, by the service's names; some of those cost all the same. */
static void
answer_failed (RushesSimulatedCall *call, RushesSimulatedTask *task, gint64 credits)
{
  static const struct
  {
    const char *fault;
    const char *code;
    const char *words;
    gboolean costs;
  } failures[] = {
    { "unsafe-input", "SAFETY.INPUT.TEXT", "Your input was flagged by our content moderation system.", TRUE },
    { "unsafe-output", "SAFETY.OUTPUT.VIDEO", "The output was flagged by our content moderation system.", FALSE },
    { "bad-asset", "ASSET.INVALID", "The asset could not be processed.", FALSE },
    { "preprocessing", "INPUT_PREPROCESSING.INTERNAL", "The input could not be prepared.", FALSE },
    { "third-party", "THIRD_PARTY.UNAVAILABLE", "The model's provider is not available.", FALSE },
    { NULL, "INTERNAL.BAD_OUTPUT.CODE01", "An unexpected error occurred.", FALSE },
  };
  guint i = 0;

  /* The first is what moderation says when nothing else was asked for. */
  while (failures[i].fault != NULL && !(i == 0 && rushes_simulated_call_is_rejected (call)) &&
         !rushes_simulated_call_has (call, failures[i].fault))
    i++;
  rushes_simulated_call_reply (call, 200,
                               "{'id':%s,'createdAt':'2026-11-21T10:00:00.000Z','status':'FAILED','failure':%s,"
                               "'failureCode':%s,'cost':{'credits':%d}}",
                               rushes_simulated_task_get_id (task), failures[i].words, failures[i].code,
                               failures[i].costs ? credits : (gint64) 0);
}

static void
poll (RushesSimulatedCall *call)
{
  RushesSimulatedTask *task = rushes_simulated_call_get_task (call);
  const char *id = rushes_simulated_task_get_id (task);
  const char *credits_text = rushes_simulated_task_get_note (task, "credits");
  gint64 credits = g_ascii_strtoll (credits_text, NULL, 10);
  g_autofree char *url = NULL;

  if (!check_version (call) || is_deleted (call))
    return;
  switch (rushes_simulated_task_get_state (task))
    {
    case RUSHES_SIMULATED_QUEUED:
      rushes_simulated_call_reply (
          call, 200, "{'id':%s,'createdAt':'2026-11-21T10:00:00.000Z','status':%s,'estimatedCost':{'credits':%d}}", id,
          rushes_simulated_call_has (call, "throttled") ? "THROTTLED" : "PENDING", credits);
      return;
    case RUSHES_SIMULATED_RUNNING:
      rushes_simulated_call_reply (call, 200,
                                   "{'id':%s,'createdAt':'2026-11-21T10:00:00.000Z','status':%s,'progress':%f,"
                                   "'estimatedCost':{'credits':%d}}",
                                   id, rushes_simulated_call_get_word (call, task),
                                   rushes_simulated_task_get_progress (task) / 100.0, credits);
      return;
    case RUSHES_SIMULATED_FAILED:
      answer_failed (call, task, credits);
      return;
    case RUSHES_SIMULATED_CANCELLED:
      rushes_simulated_call_reply (
          call, 200, "{'id':%s,'createdAt':'2026-11-21T10:00:00.000Z','status':'CANCELLED','cost':{'credits':0}}", id);
      return;
    case RUSHES_SIMULATED_DONE:
    case RUSHES_SIMULATED_N_STATES:
    default:
      url = rushes_simulated_call_make_clip_url (call, task);
      if (url != NULL)
        rushes_simulated_call_reply (
            call, 200,
            "{'id':%s,'createdAt':'2026-11-21T10:00:00.000Z','status':'SUCCEEDED','output':[%s]"
            ",'cost':{'credits':%d}}",
            id, url, credits);
      else
        rushes_simulated_call_reply (call, 200,
                                     "{'id':%s,'createdAt':'2026-11-21T10:00:00.000Z','status':'SUCCEEDED','output':[],"
                                     "'cost':{'credits':%d}}",
                                     id, credits);
      return;
    }
}

/* Cancels what runs; what has ended is deleted with its clip, and nobody finds it any more. */
static void
cancel (RushesSimulatedCall *call)
{
  RushesSimulatedTask *task = rushes_simulated_call_get_task (call);

  if (!check_version (call) || is_deleted (call))
    return;
  if (!rushes_simulated_task_cancel (task))
    rushes_simulated_task_set_note (task, "deleted", "yes");
  rushes_simulator_count (rushes_simulated_call_get_simulator (call), RUSHES_SIMULATED_COUNT_CANCELS);
  rushes_simulated_call_reply_text (call, 204, NULL, NULL);
}

/* ---- uploads ---- */

static const RushesSimulatedField upload_fields[] = {
  { .name = "filename", .type = RUSHES_FIELD_TEXT, .required = TRUE, .minimum = 1, .maximum = 255 },
  { .name = "type", .type = RUSHES_FIELD_TEXT, .required = TRUE, .choices = "ephemeral" },
  {},
};

/* What storage wants to see again before the file. */
static const char *const signed_fields[][2] = {
  { "key", NULL },
  { "bucket", "simulated-uploads" },
  { "X-Amz-Algorithm", "AWS4-HMAC-SHA256" },
  { "policy", "eyJjb25kaXRpb25zIjpbXX0=" },
  { "x-amz-signature", "d2f1c0" },
};

static void
begin_upload (RushesSimulatedCall *call)
{
  RushesSimulator *simulator = rushes_simulated_call_get_simulator (call);
  g_autoptr (GString) fields = g_string_new (NULL);
  g_autofree char *key = NULL, *uri = NULL, *address = NULL;

  if (!check_version (call))
    return;
  if (rushes_simulated_call_has (call, "no-uploads"))
    {
      rushes_simulated_call_reply (call, 400, "{'error':'Uploads are available after the first purchase of credits.'}");
      return;
    }
  if (!rushes_simulated_call_check (call, upload_fields))
    return;
  key = g_strdup_printf ("ephemeral/%u", rushes_simulator_next (simulator));
  uri = g_strdup_printf ("runway://%s", key);
  g_hash_table_insert (rushes_simulator_get_notes (simulator), g_strdup (uri), g_strdup ("awaited"));
  for (guint i = 0; i < G_N_ELEMENTS (signed_fields); i++)
    g_string_append_printf (fields, "%s\"%s\":\"%s\"", i > 0 ? "," : "", signed_fields[i][0],
                            signed_fields[i][1] != NULL ? signed_fields[i][1] : key);
  g_string_prepend_c (fields, '{');
  g_string_append_c (fields, '}');
  address = g_strdup_printf ("%s/simulated-uploads/", rushes_simulator_get_elsewhere (simulator));
  rushes_simulated_call_reply (call, 200, "{'uploadUrl':%s,'fields':%j,'runwayUri':%s}", address, fields->str, uri);
}

static void
refuse_file (RushesSimulatedCall *call, const char *code, const char *message)
{
  g_autofree char *text = g_strdup_printf ("<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<Error><Code>%s</Code>"
                                           "<Message>%s</Message></Error>",
                                           code, message);

  rushes_simulated_call_reply_text (call, g_str_equal (code, "AccessDenied") ? 403 : 400, "application/xml", text);
}

/* Storage reads no further than the file, so it has to be the last part. */
static gboolean
is_file_last (RushesSimulatedCall *call)
{
  g_autoptr (SoupMultipart) multipart = soup_multipart_new_from_message (rushes_simulated_call_get_headers (call),
                                                                         rushes_simulated_call_get_bytes (call));
  int n_parts = multipart != NULL ? soup_multipart_get_length (multipart) : 0;
  g_autoptr (GHashTable) parameters = NULL;
  g_autofree char *disposition = NULL;
  SoupMessageHeaders *headers;
  GBytes *content;

  return n_parts > 0 && soup_multipart_get_part (multipart, n_parts - 1, &headers, &content) &&
         soup_message_headers_get_content_disposition (headers, &disposition, &parameters) &&
         g_strcmp0 (g_hash_table_lookup (parameters, "name"), "file") == 0;
}

static void
receive (RushesSimulatedCall *call)
{
  RushesSimulator *simulator = rushes_simulated_call_get_simulator (call);
  JsonObject *form = rushes_simulated_call_get_body (call);
  const char *key = rushes_simulated_call_get_text (call, "key");
  g_autofree char *uri = g_strdup_printf ("runway://%s", key != NULL ? key : "");
  JsonObject *file;

  if (form == NULL || !rushes_simulated_call_is_form (call))
    {
      refuse_file (call, "MalformedPOSTRequest",
                   "The body of your POST request is not well-formed multipart/form-data.");
      return;
    }
  for (guint i = 0; i < G_N_ELEMENTS (signed_fields); i++)
    if (signed_fields[i][1] != NULL &&
        g_strcmp0 (rushes_simulated_call_get_text (call, signed_fields[i][0]), signed_fields[i][1]) != 0)
      {
        refuse_file (call, "AccessDenied", "Invalid according to Policy: Policy Condition failed");
        return;
      }
  if (g_strcmp0 (g_hash_table_lookup (rushes_simulator_get_notes (simulator), uri), "awaited") != 0)
    {
      refuse_file (call, "AccessDenied", "Invalid according to Policy: key");
      return;
    }
  if (!is_file_last (call) || !JSON_NODE_HOLDS_OBJECT (json_object_get_member (form, "file")))
    {
      refuse_file (call, "InvalidArgument", "POST requires exactly one file upload per request, behind all fields.");
      return;
    }
  file = json_object_get_object_member (form, "file");
  if (json_object_get_int_member (file, "bytes") < LEAST_UPLOAD)
    {
      refuse_file (call, "EntityTooSmall", "Your proposed upload is smaller than the minimum allowed size.");
      return;
    }
  g_hash_table_insert (rushes_simulator_get_notes (simulator), g_steal_pointer (&uri),
                       g_strdup (rushes_simulated_body_text (file, "picture") != NULL
                                     ? rushes_simulated_body_text (file, "picture")
                                     : "unknown"));
  rushes_simulator_count (simulator, RUSHES_SIMULATED_COUNT_UPLOADS);
  rushes_simulated_call_reply_text (call, 204, NULL, NULL);
}

/* ---- the service ---- */

static void
tell_organization (RushesSimulatedCall *call)
{
  if (check_version (call))
    rushes_simulated_call_reply (
        call, 200,
        "{'creditBalance':1234,'tier':{'maxMonthlyCreditSpend':9000,'models':{'gen4.5':{"
        "'maxConcurrentGenerations':2,'maxDailyGenerations':200}}},'usage':{'models':{'gen4.5':"
        "{'dailyGenerations':12}}}}");
}

static const RushesSimulatedRoute routes[] = {
  { "POST", "/v1/text_to_video", RUSHES_SIMULATED_SUBMIT, submit_text },
  { "POST", "/v1/image_to_video", RUSHES_SIMULATED_SUBMIT, submit_image },
  { "GET", "/v1/tasks/{id}", RUSHES_SIMULATED_POLL, poll },
  { "DELETE", "/v1/tasks/{id}", RUSHES_SIMULATED_CANCEL, cancel },
  { "POST", "/v1/uploads", RUSHES_SIMULATED_OTHER, begin_upload },
  { "GET", "/v1/organization", RUSHES_SIMULATED_OTHER, tell_organization },
  { "POST", "/simulated-uploads/", RUSHES_SIMULATED_UPLOAD, receive, .elsewhere = TRUE },
  {},
};

static const RushesSimulatedQuirk quirks[] = {
  { "throttled", "a task that waits is THROTTLED" },
  { "no-uploads", "the account may not upload" },
  { "unsafe-input", "with fail: SAFETY.INPUT.TEXT, which costs" },
  { "unsafe-output", "with fail: SAFETY.OUTPUT.VIDEO" },
  { "bad-asset", "with fail: ASSET.INVALID" },
  { "preprocessing", "with fail: INPUT_PREPROCESSING.INTERNAL" },
  { "third-party", "with fail: THIRD_PARTY.UNAVAILABLE" },
  {},
};

extern const RushesSimulatedService rushes_simulated_runway;
const RushesSimulatedService rushes_simulated_runway = {
  .id = "runway",
  .about = "Runway's developer API",
  .base_path = "",
  .scheme = "Bearer",
  .key = "key_simulated0123456789",
  .words = { "PENDING", "RUNNING", "SUCCEEDED", "FAILED", "CANCELLED" },
  .routes = routes,
  .quirks = quirks,
  .refuse = refuse,
};
