/* rushes-simulate-replicate.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

/* The predictions of Replicate (replicate.com/docs/reference/http): official models by their name, any other by its
 * version, each with an input of its own, and files that are kept for a day. */

#include "rushes-simulated-schema.h"
#include "rushes-simulator.h"

#include <string.h>

#define BASE "/v1"
/* What a data: URI may have, as text. */
#define INLINE_LIMIT 1400000

/* ---- refusals ---- */

static void
refuse (RushesSimulatedCall *call, RushesRefusal why, const RushesSimulatedProblem *problem)
{
  static const struct
  {
    guint status;
    const char *title, *detail;
  } words[] = {
    [RUSHES_REFUSAL_KEY] = { 401, "Unauthenticated", "You did not pass a valid authentication token" },
    [RUSHES_REFUSAL_BALANCE] = { 402, "Insufficient credit", "You have insufficient credit to run this model." },
    [RUSHES_REFUSAL_RATE] = { 429, "Too many requests", "Request was throttled. Expected available in 5 seconds." },
    [RUSHES_REFUSAL_MODERATION] = { 422, "Input rejected",
                                    "The input or output was flagged as sensitive. Please try again with different "
                                    "inputs. (E005)" },
    [RUSHES_REFUSAL_REQUEST] = { 422, "Input validation failed", "- input: is not valid\n" },
    [RUSHES_REFUSAL_MODEL] = { 404, "Not found", "The requested resource could not be found." },
    [RUSHES_REFUSAL_NOT_FOUND] = { 404, "Not found", "The requested resource could not be found." },
    [RUSHES_REFUSAL_METHOD] = { 405, "Method not allowed", "This is not the way to ask." },
    [RUSHES_REFUSAL_CANCEL] = { 422, "Not cancelable", "The prediction has ended." },
    [RUSHES_REFUSAL_BUSY] = { 503, "Unavailable", "Not now." },
    [RUSHES_REFUSAL_SERVER] = { 500, "Internal server error", "Something went wrong." },
  };
  g_autofree char *field = NULL, *detail = NULL;

  if (why != RUSHES_REFUSAL_REQUEST || problem == NULL)
    {
      rushes_simulated_call_reply (call, words[why].status, "{'title':%s,'detail':%s,'status':%d}", words[why].title,
                                   words[why].detail, (gint64) words[why].status);
      return;
    }
  field = g_strdup_printf ("input.%s", problem->where);
  detail = g_strdup_printf ("- %s: %s\n", field, problem->message);
  rushes_simulated_call_reply (
      call, 422, "{'title':%s,'detail':%s,'status':422,'invalid_fields':[{'type':'enum','field':%s,'description':%s}]}",
      words[why].title, detail, field, problem->message);
}

/* ---- models ---- */

#define PROMPT              { .name = "prompt", .type = RUSHES_FIELD_TEXT, .required = TRUE, .minimum = 1, .maximum = 20000 }
#define IMAGE(field)        { .name = field, .type = RUSHES_FIELD_PICTURE, .choices = "data|http" }
#define CHOICE(field, list) { .name = field, .type = RUSHES_FIELD_TEXT, .choices = list }
#define LENGTH(list)        { .name = "duration", .type = RUSHES_FIELD_INTEGER, .choices = list }
#define AUDIO               { .name = "generate_audio", .type = RUSHES_FIELD_SWITCH }
#define NEGATIVE            { .name = "negative_prompt", .type = RUSHES_FIELD_TEXT }
#define SEED                { .name = "seed", .type = RUSHES_FIELD_INTEGER }
#define REFERENCES                                                                                                     \
  { .name = "reference_images", .type = RUSHES_FIELD_LIST, .minimum = 1, .maximum = 3, .choices = "data|http" }

static const RushesSimulatedField veo_fields[] = {
  PROMPT,
  NEGATIVE,
  LENGTH ("4|6|8"),
  CHOICE ("resolution", "720p|1080p"),
  CHOICE ("aspect_ratio", "16:9|9:16"),
  IMAGE ("image"),
  REFERENCES,
  IMAGE ("last_frame"),
  AUDIO,
  SEED,
  {},
};
static const RushesSimulatedField kling_fields[] = {
  PROMPT,
  NEGATIVE,
  LENGTH ("3|4|5|6|7|8|9|10|11|12|13|14|15"),
  CHOICE ("aspect_ratio", "16:9|9:16|1:1"),
  IMAGE ("start_image"),
  IMAGE ("end_image"),
  AUDIO,
  {},
};
static const RushesSimulatedField seedance_fields[] = {
  PROMPT,
  LENGTH ("4|5|6|7|8|9|10|11|12|13|14|15"),
  CHOICE ("resolution", "480p|720p|1080p"),
  CHOICE ("aspect_ratio", "16:9|9:16|1:1|4:3|3:4|21:9"),
  IMAGE ("image"),
  IMAGE ("last_frame_image"),
  { .name = "camera_fixed", .type = RUSHES_FIELD_SWITCH },
  AUDIO,
  SEED,
  {},
};
static const RushesSimulatedField hailuo_fields[] = {
  PROMPT,
  LENGTH ("6|10"),
  CHOICE ("resolution", "768p|1080p"),
  IMAGE ("first_frame_image"),
  { .name = "prompt_optimizer", .type = RUSHES_FIELD_SWITCH },
  {},
};
static const RushesSimulatedField wan_text_fields[] = {
  PROMPT,
  NEGATIVE,
  LENGTH ("2|3|4|5|6|7|8|9|10|11|12|13|14|15"),
  CHOICE ("resolution", "720p|1080p"),
  CHOICE ("aspect_ratio", "16:9|9:16|1:1|4:3|3:4"),
  SEED,
  {},
};
static const RushesSimulatedField wan_image_fields[] = {
  PROMPT,
  NEGATIVE,
  LENGTH ("2|3|4|5|6|7|8|9|10|11|12|13|14|15"),
  CHOICE ("resolution", "720p|1080p"),
  { .name = "image", .type = RUSHES_FIELD_PICTURE, .required = TRUE, .choices = "data|http" },
  IMAGE ("last_image"),
  SEED,
  {},
};
static const RushesSimulatedField ltx_fields[] = {
  PROMPT, LENGTH ("6|8|10"), IMAGE ("image"), IMAGE ("last_frame_image"), AUDIO, {},
};
static const RushesSimulatedField ray_fields[] = {
  PROMPT,
  LENGTH ("5|9"),
  CHOICE ("aspect_ratio", "16:9|9:16|4:3|3:4|21:9|9:21"),
  IMAGE ("start_image_url"),
  IMAGE ("end_image_url"),
  { .name = "loop", .type = RUSHES_FIELD_SWITCH },
  {},
};
static const RushesSimulatedField community_fields[] = {
  PROMPT,
  LENGTH ("4|5|6|7|8"),
  IMAGE ("image"),
  CHOICE ("resolution", "480p|720p"),
  CHOICE ("aspect_ratio", "16:9|9:16"),
  AUDIO,
  SEED,
  {},
};

/* One that calls everything otherwise. */
static const RushesSimulatedField odd_fields[] = {
  { .name = "text_prompt", .type = RUSHES_FIELD_TEXT, .required = TRUE, .minimum = 1, .maximum = 900 },
  IMAGE ("img"),
  CHOICE ("seconds", "5|10"),
  CHOICE ("quality", "720P|1080P"),
  { .name = "turbo", .type = RUSHES_FIELD_SWITCH, .required = TRUE },
  {},
};

/* One with a version is nobody's official model. */
#define VERSION "5c7d5dc6dd8bf75c1acaa8565735e7986bc5b66206b55cca93cb72c9bf15ccaa"

static const struct
{
  const char *name;
  const RushesSimulatedField *fields;
} models[] = {
  { "google/veo-3.1", veo_fields },
  { "google/veo-3.1-fast", veo_fields },
  { "kwaivgi/kling-v3-video", kling_fields },
  { "bytedance/seedance-2.0", seedance_fields },
  { "bytedance/seedance-1.5-pro", seedance_fields },
  { "minimax/hailuo-2.3", hailuo_fields },
  { "wan-video/wan-2.7-t2v", wan_text_fields },
  { "wan-video/wan-2.7-i2v", wan_image_fields },
  { "lightricks/ltx-2.3-pro", ltx_fields },
  { "luma/ray-2-720p", ray_fields },
  { "acme/odd", odd_fields },
  { "acme/dreamer:" VERSION, community_fields },
};

static const RushesSimulatedField *
find_fields (const char *name)
{
  for (guint i = 0; i < G_N_ELEMENTS (models); i++)
    if (strcmp (models[i].name, name) == 0)
      return models[i].fields;
  return NULL;
}

/* A text that is one of the service's own files must be one that came, and one with bytes in it must be small. */
static const char *
find_picture_fault (RushesSimulatedCall *call, JsonNode *node)
{
  RushesSimulator *simulator = rushes_simulated_call_get_simulator (call);
  g_autofree char *files = g_strconcat (rushes_simulator_get_origin (simulator), BASE "/files/", NULL);
  const char *text, *fault = NULL;

  if (JSON_NODE_HOLDS_ARRAY (node))
    {
      JsonArray *list = json_node_get_array (node);

      for (guint i = 0; i < json_array_get_length (list) && fault == NULL; i++)
        fault = find_picture_fault (call, json_array_get_element (list, i));
      return fault;
    }
  if (!JSON_NODE_HOLDS_VALUE (node) || json_node_get_value_type (node) != G_TYPE_STRING)
    return NULL;
  text = json_node_get_string (node);
  if (g_str_has_prefix (text, "data:") && strlen (text) > INLINE_LIMIT)
    return "is too large";
  if (g_str_has_prefix (text, files) &&
      !g_hash_table_contains (rushes_simulator_get_notes (simulator), text + strlen (files)))
    return "could not be fetched";
  return NULL;
}

static RushesSimulatedProblem *
check_input (RushesSimulatedCall *call, JsonObject *input, const RushesSimulatedField *fields)
{
  RushesSimulatedProblem *problem = rushes_simulated_body_check (input, fields, FALSE);
  g_autoptr (GList) names = json_object_get_members (input);

  for (GList *name = names; name != NULL && problem == NULL; name = name->next)
    {
      const char *fault = find_picture_fault (call, json_object_get_member (input, name->data));

      if (fault != NULL)
        problem = rushes_simulated_problem_new (RUSHES_PROBLEM_VALUE, name->data, fault);
    }
  return problem;
}

/* ---- predictions ---- */

/* All that is said of one; the output and the error are JSON. */
static void
reply_prediction (RushesSimulatedCall *call,
                  guint status,
                  RushesSimulatedTask *task,
                  const char *word,
                  const char *output,
                  const char *error)
{
  const char *origin = rushes_simulator_get_origin (rushes_simulated_call_get_simulator (call));
  const char *id = rushes_simulated_task_get_id (task);
  g_autofree char *get = g_strconcat (origin, BASE "/predictions/", id, NULL);
  g_autofree char *cancel = g_strconcat (get, "/cancel", NULL);
  g_autofree char *logs =
      rushes_simulated_task_get_state (task) == RUSHES_SIMULATED_RUNNING
          ? g_strdup_printf (" %d%%|####      | 20/50\n", (int) rushes_simulated_task_get_progress (task))
          : g_strdup ("");

  rushes_simulated_call_reply (call, status,
                               "{'id':%s,'model':%s,'version':'hidden','status':%s,'logs':%s,'output':%j,'error':%s,"
                               "'data_removed':false,'urls':{'get':%s,'cancel':%s}}",
                               id, rushes_simulated_task_get_kind (task), word, logs, output, error, get, cancel);
}

static void
predict (RushesSimulatedCall *call, const char *name)
{
  const RushesSimulatedField *fields = find_fields (name);
  g_autoptr (RushesSimulatedProblem) problem = NULL;
  g_autofree char *id = NULL;

  if (fields == NULL)
    {
      rushes_simulated_call_refuse (call, RUSHES_REFUSAL_MODEL, RUSHES_PROBLEM_VALUE, "", NULL);
      return;
    }
  problem = check_input (call, json_object_get_object_member (rushes_simulated_call_get_body (call), "input"), fields);
  if (problem != NULL)
    {
      rushes_simulated_call_refuse (call, RUSHES_REFUSAL_REQUEST, problem->kind, problem->where, problem->message);
      return;
    }
  id = g_strdup_printf ("gm3qorzdhgbfurvjtvhg%06u", rushes_simulator_next (rushes_simulated_call_get_simulator (call)));
  reply_prediction (call, 201, rushes_simulated_call_accept (call, id, NULL, name), "starting", NULL, NULL);
}

static void
submit_model (RushesSimulatedCall *call)
{
  static const RushesSimulatedField fields[] = {
    { .name = "input", .type = RUSHES_FIELD_OBJECT, .required = TRUE },
    {},
  };
  g_autofree char *name = g_strdup_printf ("%s/%s", rushes_simulated_call_get_segment (call, "owner"),
                                           rushes_simulated_call_get_segment (call, "name"));

  if (rushes_simulated_call_check (call, fields))
    predict (call, name);
}

static void
submit_version (RushesSimulatedCall *call)
{
  static const RushesSimulatedField fields[] = {
    { .name = "version", .type = RUSHES_FIELD_TEXT, .required = TRUE },
    { .name = "input", .type = RUSHES_FIELD_OBJECT, .required = TRUE },
    {},
  };

  if (rushes_simulated_call_check (call, fields))
    predict (call, rushes_simulated_call_get_text (call, "version"));
}

static void
poll (RushesSimulatedCall *call)
{
  RushesSimulatedTask *task = rushes_simulated_call_get_task (call);
  RushesSimulatedState state = rushes_simulated_task_get_state (task);
  const char *word = rushes_simulated_call_get_word (call, task);
  g_autofree char *url = state == RUSHES_SIMULATED_DONE ? rushes_simulated_call_make_clip_url (call, task) : NULL;
  g_autofree char *output = NULL;

  if (url != NULL)
    output = g_strdup_printf (rushes_simulated_call_has (call, "list") ? "[\"%s\"]" : "\"%s\"", url);
  if (state == RUSHES_SIMULATED_FAILED && rushes_simulated_call_has (call, "aborts"))
    reply_prediction (call, 200, task, "aborted", NULL, NULL);
  else if (state == RUSHES_SIMULATED_FAILED)
    reply_prediction (
        call, 200, task, word, NULL,
        rushes_simulated_call_is_rejected (call)
            ? "The input or output was flagged as sensitive. Please try again with different inputs. (E005)"
            : "Service is temporarily unavailable. (E004)");
  else
    reply_prediction (call, 200, task, word, output, NULL);
}

static void
cancel (RushesSimulatedCall *call)
{
  RushesSimulatedTask *task = rushes_simulated_call_get_task (call);

  if (rushes_simulated_task_cancel (task))
    rushes_simulator_count (rushes_simulated_call_get_simulator (call), RUSHES_SIMULATED_COUNT_CANCELS);
  reply_prediction (call, 200, task, rushes_simulated_call_get_word (call, task), NULL, NULL);
}

/* ---- which models there are, and what they take ---- */

static void
list_models (RushesSimulatedCall *call)
{
  g_autoptr (GString) list = g_string_new (NULL);
  const char *collection = rushes_simulated_call_get_segment (call, "collection");

  if (strcmp (collection, "text-to-video") != 0 && strcmp (collection, "image-to-video") != 0)
    {
      refuse (call, RUSHES_REFUSAL_NOT_FOUND, NULL);
      return;
    }
  for (guint i = 0; i < G_N_ELEMENTS (models); i++)
    {
      g_auto (GStrv) halves = g_strsplit (models[i].name, "/", 2);

      if (strchr (halves[1], ':') == NULL)
        g_string_append_printf (list,
                                "%s{\"owner\":\"%s\",\"name\":\"%s\",\"description\":null,"
                                "\"visibility\":\"public\",\"latest_version\":null}",
                                list->len > 0 ? "," : "[", halves[0], halves[1]);
    }
  g_string_append (list, "]");
  rushes_simulated_call_reply (call, 200, "{'name':%s,'slug':%s,'description':%s,'full_description':null,'models':%j}",
                               collection, collection, "Models that make clips", list->str);
}

static void
describe_model (RushesSimulatedCall *call)
{
  const char *version = rushes_simulated_call_get_segment (call, "version");
  g_autofree char *official = g_strdup_printf ("%s/%s", rushes_simulated_call_get_segment (call, "owner"),
                                               rushes_simulated_call_get_segment (call, "name"));
  g_autofree char *whole = version != NULL ? g_strdup_printf ("%s:%s", official, version) : g_strdup (official);
  const RushesSimulatedField *fields = find_fields (whole);
  g_autofree char *schemas = fields != NULL ? rushes_simulated_schema_write ("Input", fields, TRUE) : NULL;

  if (fields == NULL)
    refuse (call, RUSHES_REFUSAL_MODEL, NULL);
  else if (version != NULL)
    rushes_simulated_call_reply (
        call, 200, "{'id':%s,'openapi_schema':{'openapi':'3.0.2','components':{'schemas':%j}}}", version, schemas);
  else
    rushes_simulated_call_reply (call, 200,
                                 "{'owner':%s,'name':%s,'latest_version':{'id':'hidden','openapi_schema':"
                                 "{'openapi':'3.0.2','components':{'schemas':%j}}}}",
                                 rushes_simulated_call_get_segment (call, "owner"),
                                 rushes_simulated_call_get_segment (call, "name"), schemas);
}

/* ---- files, the account ---- */

static void
keep_file (RushesSimulatedCall *call)
{
  static const RushesSimulatedField fields[] = {
    { .name = "content", .type = RUSHES_FIELD_FILE, .required = TRUE },
    { .name = "metadata", .type = RUSHES_FIELD_TEXT },
    {},
  };
  RushesSimulator *simulator = rushes_simulated_call_get_simulator (call);
  g_autofree char *id = NULL, *get = NULL;

  if (!rushes_simulated_call_check (call, fields))
    return;
  id = g_strdup_printf ("file%u", rushes_simulator_next (simulator));
  get = g_strconcat (rushes_simulator_get_origin (simulator), BASE "/files/", id, NULL);
  g_hash_table_insert (rushes_simulator_get_notes (simulator), g_strdup (id), g_strdup ("stored"));
  rushes_simulator_count (simulator, RUSHES_SIMULATED_COUNT_UPLOADS);
  rushes_simulated_call_reply (call, 201, "{'id':%s,'urls':{'get':%s},'metadata':{}}", id, get);
}

static void
describe_account (RushesSimulatedCall *call)
{
  rushes_simulated_call_reply (call, 200, "{'type':'user','username':'acme','name':'Acme'}");
}

/* ---- the service ---- */

static const RushesSimulatedRoute routes[] = {
  { "POST", BASE "/models/{owner}/{name}/predictions", RUSHES_SIMULATED_SUBMIT, submit_model },
  { "POST", BASE "/predictions", RUSHES_SIMULATED_SUBMIT, submit_version },
  { "GET", BASE "/predictions/{id}", RUSHES_SIMULATED_POLL, poll },
  { "POST", BASE "/predictions/{id}/cancel", RUSHES_SIMULATED_CANCEL, cancel },
  { "POST", BASE "/files", RUSHES_SIMULATED_UPLOAD, keep_file },
  { "GET", BASE "/account", RUSHES_SIMULATED_OTHER, describe_account },
  { "GET", BASE "/collections/{collection}", RUSHES_SIMULATED_MODELS, list_models },
  { "GET", BASE "/models/{owner}/{name}", RUSHES_SIMULATED_MODELS, describe_model },
  { "GET", BASE "/models/{owner}/{name}/versions/{version}", RUSHES_SIMULATED_MODELS, describe_model },
  {},
};

static const RushesSimulatedQuirk quirks[] = {
  { "list", "the output is a list" },
  { "aborts", "with fail: the prediction is aborted" },
  {},
};

extern const RushesSimulatedService rushes_simulated_replicate;
const RushesSimulatedService rushes_simulated_replicate = {
  .id = "replicate",
  .about = "the predictions of Replicate, with its files",
  .base_path = BASE,
  .scheme = "Bearer",
  .key = "r8_simulated",
  .words = { "starting", "processing", "succeeded", "failed", "canceled" },
  .routes = routes,
  .quirks = quirks,
  .refuse = refuse,
};
