/* rushes-simulate-fal-queue.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

/* The queue and the storage of fal (fal.ai/docs), which are the same for all models: a submit is answered with the
 * addresses to ask at. Storage is spoken at the same origin. */

#include "rushes-simulate-fal-private.h"

#include <string.h>

#define OFFER "/files/"

/* ---- refusals ---- */

void
rushes_simulated_fal_refuse (RushesSimulatedCall *call, RushesRefusal why, const RushesSimulatedProblem *problem)
{
  static const struct
  {
    guint status;
    const char *detail;
  } words[] = {
    [RUSHES_REFUSAL_KEY] = { 401, "Authentication is required to access this application" },
    [RUSHES_REFUSAL_BALANCE] = { 403, "User is locked. Reason: Exhausted balance. Top up your balance at "
                                      "fal.ai/dashboard/billing." },
    [RUSHES_REFUSAL_RATE] = { 429, "Too many concurrent requests" },
    [RUSHES_REFUSAL_MODERATION] = { 422, NULL },
    [RUSHES_REFUSAL_REQUEST] = { 422, NULL },
    [RUSHES_REFUSAL_MODEL] = { 404, "Application not found" },
    [RUSHES_REFUSAL_NOT_FOUND] = { 404, "Request not found" },
    [RUSHES_REFUSAL_METHOD] = { 405, "Method Not Allowed" },
    [RUSHES_REFUSAL_CANCEL] = { 400, NULL },
    [RUSHES_REFUSAL_BUSY] = { 503, "No runners available" },
    [RUSHES_REFUSAL_SERVER] = { 500, "Internal server error" },
  };
  static const char *const types[] = {
    [RUSHES_PROBLEM_UNKNOWN] = "extra_forbidden", [RUSHES_PROBLEM_MISSING] = "missing",
    [RUSHES_PROBLEM_TYPE] = "type_error",         [RUSHES_PROBLEM_VALUE] = "value_error",
    [RUSHES_PROBLEM_SYNTAX] = "json_invalid",
  };

  rushes_simulated_call_add_header (call, "x-fal-request-id", "00000000-simulated");
  if (why == RUSHES_REFUSAL_MODERATION)
    rushes_simulated_call_reply (call, 422,
                                 "{'detail':[{'loc':['body','prompt'],'msg':'The content could not be processed "
                                 "because it contained material flagged by a content checker.','type':"
                                 "'content_policy_violation','url':'https://docs.fal.ai/errors/','input':''}]}");
  else if (why == RUSHES_REFUSAL_REQUEST)
    rushes_simulated_call_reply (call, 422, "{'detail':[{'loc':['body',%s],'msg':%s,'type':%s,'input':''}]}",
                                 problem != NULL ? problem->where : "prompt",
                                 problem != NULL ? problem->message : "Input should be valid",
                                 problem != NULL ? types[problem->kind] : "value_error");
  else if (why == RUSHES_REFUSAL_CANCEL)
    rushes_simulated_call_reply (call, 400, "{'status':'ALREADY_COMPLETED'}");
  else if (why == RUSHES_REFUSAL_NOT_FOUND && strcmp (rushes_simulated_call_get_method (call), "PUT") == 0)
    rushes_simulated_call_reply (call, 404, "{'status':'NOT_FOUND'}");
  else
    rushes_simulated_call_reply (call, words[why].status, "{'detail':%s}",
                                 problem != NULL ? problem->message : words[why].detail);
}

/* ---- input ---- */

/* An address of the service's own storage must be one of a file that was put there. */
static gboolean
is_there (RushesSimulator *simulator, const char *address)
{
  const char *path = address;

  if (!g_str_has_prefix (address, rushes_simulator_get_elsewhere (simulator)))
    return TRUE;
  path += strlen (rushes_simulator_get_elsewhere (simulator));
  return g_strcmp0 (g_hash_table_lookup (rushes_simulator_get_notes (simulator), path), "stored") == 0;
}

static RushesSimulatedProblem *
check_addresses (RushesSimulator *simulator, JsonNode *node)
{
  RushesSimulatedProblem *problem = NULL;

  if (JSON_NODE_HOLDS_OBJECT (node))
    {
      JsonObject *object = json_node_get_object (node);
      g_autoptr (GList) names = json_object_get_members (object);

      for (GList *name = names; name != NULL && problem == NULL; name = name->next)
        problem = check_addresses (simulator, json_object_get_member (object, name->data));
    }
  else if (JSON_NODE_HOLDS_ARRAY (node))
    {
      JsonArray *list = json_node_get_array (node);

      for (guint i = 0; i < json_array_get_length (list) && problem == NULL; i++)
        problem = check_addresses (simulator, json_array_get_element (list, i));
    }
  else if (json_node_get_value_type (node) == G_TYPE_STRING && !is_there (simulator, json_node_get_string (node)))
    problem = rushes_simulated_problem_new (RUSHES_PROBLEM_VALUE, "image_url", "Could not load image");
  return problem;
}
RushesSimulatedProblem *
rushes_simulated_fal_check (RushesSimulatedCall *call, const RushesSimulatedField *fields)
{
  JsonObject *body = rushes_simulated_call_get_body (call);
  RushesSimulatedProblem *problem;
  g_autoptr (JsonNode) node = NULL;

  if (body == NULL || rushes_simulated_call_is_form (call))
    return rushes_simulated_problem_new (RUSHES_PROBLEM_SYNTAX, "", "Input should be a JSON object");
  if ((problem = rushes_simulated_body_check (body, fields, FALSE)) != NULL)
    return problem;
  node = json_node_init_object (json_node_alloc (), body);
  return check_addresses (rushes_simulated_call_get_simulator (call), node);
}

/* ---- tasks ---- */

/* The addresses of a request name the application alone, never what follows it in the model's path. */
static char *
describe_addresses (RushesSimulatedCall *call, RushesSimulatedTask *task)
{
  RushesSimulator *simulator = rushes_simulated_call_get_simulator (call);
  gboolean foreign = rushes_simulated_call_has (call, "foreign-addresses");
  const char *origin = foreign ? rushes_simulator_get_elsewhere (simulator) : rushes_simulator_get_origin (simulator);
  g_autofree char *base = g_strdup_printf ("%s/%s/requests/%s", origin, rushes_simulated_task_get_kind (task),
                                           rushes_simulated_task_get_id (task));

  return g_strdup_printf ("\"response_url\":\"%s\",\"status_url\":\"%s/status\",\"cancel_url\":\"%s/cancel\"", base,
                          base, base);
}
/* What is wrong with the input is found out only when it is the request's turn. */
void
rushes_simulated_fal_submit (RushesSimulatedCall *call, const char *application, const RushesSimulatedProblem *problem)
{
  g_autofree char *id = NULL, *addresses = NULL;
  RushesSimulatedTask *task;

  if (problem != NULL && !rushes_simulated_call_has (call, "late-validation"))
    {
      rushes_simulated_fal_refuse (call, RUSHES_REFUSAL_REQUEST, problem);
      return;
    }
  id = g_strdup_printf ("80e732af-660e-45cd-bd63-%012u",
                        rushes_simulator_next (rushes_simulated_call_get_simulator (call)));
  task = rushes_simulated_call_accept (call, id, NULL, application);
  if (problem != NULL)
    {
      rushes_simulated_task_set_note (task, "where", problem->where);
      rushes_simulated_task_set_note (task, "problem", problem->message);
    }
  addresses = describe_addresses (call, task);
  rushes_simulated_call_reply (call, 200, "{'status':'IN_QUEUE','request_id':%s,'queue_position':0,%j}", id, addresses);
}

void
rushes_simulated_fal_poll (RushesSimulatedCall *call)
{
  RushesSimulatedTask *task = rushes_simulated_call_get_task (call);
  RushesSimulatedState state = rushes_simulated_task_get_state (task);
  const char *id = rushes_simulated_task_get_id (task);
  gboolean logs = g_strcmp0 (rushes_simulated_call_get_query (call, "logs"), "1") == 0;
  g_autofree char *addresses = describe_addresses (call, task);
  g_autofree char *line = NULL, *list = NULL;

  switch (state)
    {
    case RUSHES_SIMULATED_QUEUED:
      rushes_simulated_call_reply (call, 202, "{'status':'IN_QUEUE','request_id':%s,'queue_position':3,%j}", id,
                                   addresses);
      break;
    case RUSHES_SIMULATED_RUNNING:
      line = g_strdup_printf ("Generating %d%%", (int) rushes_simulated_task_get_progress (task));
      list = g_strdup_printf ("[{\"message\":\"%s\",\"level\":\"INFO\",\"source\":\"USER\",\"timestamp\":"
                              "\"2026-11-21T10:00:00.000000\"}]",
                              rushes_simulated_call_has (call, "quiet-logs") ? "Generating" : line);
      rushes_simulated_call_reply (call, 202, "{'status':%s,'request_id':%s,'logs':%j,%j}",
                                   rushes_simulated_call_get_word (call, task), id, logs ? list : "null", addresses);
      break;
    case RUSHES_SIMULATED_CANCELLED:
      rushes_simulated_call_reply (call, 200, "{'status':'CANCELED','request_id':%s,%j}", id, addresses);
      break;
    case RUSHES_SIMULATED_FAILED:
      if (rushes_simulated_call_has (call, "error-in-status"))
        {
          rushes_simulated_call_reply (call, 200,
                                       "{'status':'COMPLETED','request_id':%s,'logs':[],'error':'Request timed out',"
                                       "'error_type':'request_timeout',%j}",
                                       id, addresses);
          break;
        }
      G_GNUC_FALLTHROUGH;
    case RUSHES_SIMULATED_DONE:
    case RUSHES_SIMULATED_N_STATES:
    default:
      /* Well or badly. */
      rushes_simulated_call_reply (
          call, 200, "{'status':'COMPLETED','request_id':%s,'logs':[],'metrics':{'inference_time':61.2},%j}", id,
          addresses);
      break;
    }
}

/* The whole life of a request in one go: a stream has no clock. */
void
rushes_simulated_fal_stream (RushesSimulatedCall *call)
{
  RushesSimulator *simulator = rushes_simulated_call_get_simulator (call);
  RushesSimulatedTask *task = rushes_simulator_find_task (simulator, rushes_simulated_call_get_segment (call, "id"));
  gboolean breaks = rushes_simulated_call_has (call, "stream-breaks");
  g_autoptr (GString) text = g_string_new (": hello\n\n");
  g_autofree char *addresses = NULL;

  if (task == NULL || !(breaks || rushes_simulated_call_has (call, "stream")))
    {
      rushes_simulated_call_reply (call, 404, "{'detail':'Not Found'}");
      return;
    }
  addresses = describe_addresses (call, task);
  g_string_append_printf (text, "data: {\"status\":\"IN_QUEUE\",\"queue_position\":2,%s}\n\n", addresses);
  g_string_append_printf (
      text, "data: {\"status\":\"IN_PROGRESS\",\"logs\":[{\"message\":\"Generating 42%%\"}],%s}\n\n", addresses);
  if (breaks)
    g_string_append (text, "data: {\"status\":\"COMP");
  else
    {
      rushes_simulated_task_finish (task);
      g_string_append_printf (text, ": keepalive\n\ndata: {\"status\":\"COMPLETED\",\"logs\":[],%s}\n\n", addresses);
    }
  rushes_simulated_call_reply_text (call, 200, "text/event-stream", text->str);
}

static void
answer_failure (RushesSimulatedCall *call)
{
  if (rushes_simulated_call_is_rejected (call))
    rushes_simulated_fal_refuse (call, RUSHES_REFUSAL_MODERATION, NULL);
  else if (rushes_simulated_call_has (call, "broken-picture"))
    rushes_simulated_call_reply (call, 422,
                                 "{'detail':[{'loc':['body','image_url'],'msg':'Could not load image','type':"
                                 "'image_load_error','input':'...'}]}");
  else
    {
      rushes_simulated_call_add_header (call, "X-Fal-Error-Type", "internal_error");
      rushes_simulated_call_reply (call, 500, "{'detail':'Internal server error'}");
    }
}

void
rushes_simulated_fal_result (RushesSimulatedCall *call)
{
  RushesSimulatedTask *task = rushes_simulated_call_get_task (call);
  const char *problem = rushes_simulated_task_get_note (task, "problem");
  g_autofree char *url = NULL, *clip = NULL;

  switch (rushes_simulated_task_get_state (task))
    {
    case RUSHES_SIMULATED_DONE:
      break;
    case RUSHES_SIMULATED_FAILED:
      answer_failure (call);
      return;
    case RUSHES_SIMULATED_CANCELLED:
      rushes_simulated_call_reply (call, 400, "{'detail':'Request was cancelled'}");
      return;
    default:
      rushes_simulated_call_reply (call, 400, "{'detail':'Request is still in progress'}");
      return;
    }
  if (problem != NULL)
    {
      rushes_simulated_call_refuse (call, RUSHES_REFUSAL_REQUEST, RUSHES_PROBLEM_VALUE,
                                    rushes_simulated_task_get_note (task, "where"), problem);
      return;
    }
  url = rushes_simulated_call_make_clip_url (call, task);
  clip = url != NULL ? g_strdup_printf ("{\"url\":\"%s\",\"content_type\":\"video/mp4\",\"file_name\":\"output.mp4\","
                                        "\"file_size\":4404019}",
                                        url)
                     : NULL;
  rushes_simulated_call_reply (call, 200, "{'video':%j}", clip);
}

void
rushes_simulated_fal_cancel (RushesSimulatedCall *call)
{
  RushesSimulatedTask *task = rushes_simulated_call_get_task (call);
  gboolean runs = rushes_simulated_task_get_state (task) == RUSHES_SIMULATED_RUNNING;

  if (rushes_simulated_task_has_ended (task))
    {
      rushes_simulated_fal_refuse (call, RUSHES_REFUSAL_CANCEL, NULL);
      return;
    }
  /* One that runs goes on when the application cannot be interrupted. */
  if (!runs || !rushes_simulated_call_has (call, "cancel-late"))
    rushes_simulated_task_cancel (task);
  rushes_simulator_count (rushes_simulated_call_get_simulator (call), RUSHES_SIMULATED_COUNT_CANCELS);
  rushes_simulated_call_reply (call, 202, "{'status':'CANCELLATION_REQUESTED'}");
}

/* ---- storage ---- */

static const RushesSimulatedField initiate_fields[] = {
  { .name = "content_type",
    .type = RUSHES_FIELD_TEXT,
    .required = TRUE,
    .choices = "image/jpeg|image/png|image/webp|image/gif|image/avif" },
  { .name = "file_name", .type = RUSHES_FIELD_TEXT, .required = TRUE, .minimum = 1, .maximum = 200 },
  {},
};

void
rushes_simulated_fal_initiate (RushesSimulatedCall *call)
{
  RushesSimulator *simulator = rushes_simulated_call_get_simulator (call);
  const char *elsewhere = rushes_simulator_get_elsewhere (simulator);
  g_autofree char *put = NULL, *get = NULL, *name = NULL;
  guint number;

  if (g_strcmp0 (rushes_simulated_call_get_query (call, "storage_type"), "fal-cdn-v3") != 0)
    {
      rushes_simulated_call_refuse (call, RUSHES_REFUSAL_REQUEST, RUSHES_PROBLEM_VALUE, "storage_type",
                                    "storage_type must be fal-cdn-v3");
      return;
    }
  if (!rushes_simulated_call_check (call, initiate_fields))
    return;
  number = rushes_simulator_next (simulator);
  name = g_uri_escape_string (rushes_simulated_call_get_text (call, "file_name"), NULL, FALSE);
  put = g_strdup_printf ("%s/files/upload/%u?sig=a%%2Fb%u", elsewhere, number, number);
  get = g_strdup_printf ("%s" OFFER "%u/%s", elsewhere, number, name);
  /* By number the address that it will have, by address whether it has come and what it is to be. */
  g_hash_table_insert (rushes_simulator_get_notes (simulator), g_strdup_printf ("%u", number),
                       g_strdup (get + strlen (elsewhere)));
  g_hash_table_insert (rushes_simulator_get_notes (simulator), g_strdup (get + strlen (elsewhere)),
                       g_strdup (rushes_simulated_call_get_text (call, "content_type")));
  rushes_simulated_call_reply (call, 200, "{'upload_url':%s,'file_url':%s}", put, get);
}

void
rushes_simulated_fal_receive (RushesSimulatedCall *call)
{
  RushesSimulator *simulator = rushes_simulated_call_get_simulator (call);
  GHashTable *notes = rushes_simulator_get_notes (simulator);
  const char *number = rushes_simulated_call_get_segment (call, "id");
  const char *address = g_hash_table_lookup (notes, number);
  const char *type = address != NULL ? g_hash_table_lookup (notes, address) : NULL;
  g_autofree char *signature = g_strdup_printf ("a/b%s", number);
  GBytes *bytes = rushes_simulated_call_get_bytes (call);
  gsize length;
  const guint8 *data = g_bytes_get_data (bytes, &length);
  const char *picture = rushes_simulated_picture_type (data, length);

  if (type == NULL || g_strcmp0 (rushes_simulated_call_get_query (call, "sig"), signature) != 0)
    rushes_simulated_call_reply_text (call, 403, "text/plain", "Signature does not match");
  else if (g_strcmp0 (rushes_simulated_call_get_header (call, "Content-Type"), type) != 0)
    rushes_simulated_call_reply_text (call, 403, "text/plain", "Content-Type is not the one that was signed");
  else if (picture == NULL)
    rushes_simulated_call_reply_text (call, 400, "text/plain", "This is no picture");
  else
    {
      g_hash_table_insert (notes, g_strdup (address), g_strdup ("stored"));
      rushes_simulator_count (simulator, RUSHES_SIMULATED_COUNT_UPLOADS);
      rushes_simulated_call_reply_text (call, 200, "text/plain", "");
    }
}
const RushesSimulatedQuirk rushes_simulated_fal_quirks[] = {
  { "late-validation", "what is wrong with the input is said only by the result" },
  { "foreign-addresses", "the addresses of the request are at another host" },
  { "quiet-logs", "log lines name no percentage" },
  { "error-in-status", "with fail: COMPLETED comes with error and error_type" },
  { "broken-picture", "with fail: the result is 422, the picture could not be loaded" },
  { "stream", "the states of a request are streamed, too" },
  { "stream-breaks", "that stream breaks in the middle" },
  { "cancel-late", "a cancelled request that runs is finished all the same" },
  {},
};
