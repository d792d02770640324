/* rushes-simulate-openrouter.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

/* The video jobs of OpenRouter (openrouter.ai/docs/api_reference/videos): one body for all models, of which each takes
 * what its entry in the list of models names. */

#include "rushes-simulator.h"

#include <string.h>

#define BASE "/api/v1"

/* ---- refusals ---- */

static void
refuse (RushesSimulatedCall *call, RushesRefusal why, const RushesSimulatedProblem *problem)
{
  static const struct
  {
    guint status;
    const char *message;
  } words[] = {
    [RUSHES_REFUSAL_KEY] = { 401, "User not found." },
    [RUSHES_REFUSAL_BALANCE] = { 402, "Insufficient credits" },
    [RUSHES_REFUSAL_RATE] = { 429, "Rate limit exceeded" },
    [RUSHES_REFUSAL_MODERATION] = { 403, "Your chosen model requires moderation and your input was flagged" },
    [RUSHES_REFUSAL_REQUEST] = { 400, "Invalid request" },
    [RUSHES_REFUSAL_MODEL] = { 404, "Model not found" },
    [RUSHES_REFUSAL_NOT_FOUND] = { 404, "Not Found" },
    [RUSHES_REFUSAL_METHOD] = { 405, "Method Not Allowed" },
    [RUSHES_REFUSAL_CANCEL] = { 405, "Method Not Allowed" },
    [RUSHES_REFUSAL_BUSY] = { 503, "No instances available" },
    [RUSHES_REFUSAL_SERVER] = { 500, "Internal Server Error" },
  };

  rushes_simulated_call_reply (call, words[why].status, "{'error':{'code':%d,'message':%s,'metadata':{}}}",
                               (gint64) words[why].status, problem != NULL ? problem->message : words[why].message);
}

/* ---- what may be asked ---- */

static const RushesSimulatedField url_fields[] = {
  { .name = "url", .type = RUSHES_FIELD_PICTURE, .required = TRUE, .choices = "data|http" },
  {},
};

#define PICTURE                                                                                                        \
  { .name = "type", .type = RUSHES_FIELD_TEXT, .required = TRUE, .choices = "image_url" },                             \
  {                                                                                                                    \
    .name = "image_url", .type = RUSHES_FIELD_OBJECT, .required = TRUE, .members = url_fields                          \
  }

static const RushesSimulatedField frame_fields[] = {
  PICTURE,
  { .name = "frame_type", .type = RUSHES_FIELD_TEXT, .required = TRUE, .choices = "first_frame|last_frame" },
  {},
};
static const RushesSimulatedField reference_fields[] = { PICTURE, {} };

static const RushesSimulatedField fields[] = {
  { .name = "model", .type = RUSHES_FIELD_TEXT, .required = TRUE, .minimum = 1, .maximum = 200 },
  { .name = "prompt", .type = RUSHES_FIELD_TEXT, .required = TRUE, .minimum = 1, .maximum = 20000 },
  { .name = "duration", .type = RUSHES_FIELD_INTEGER, .minimum = 1, .maximum = 60 },
  { .name = "resolution", .type = RUSHES_FIELD_TEXT, .choices = "480p|720p|768p|1080p|4K" },
  { .name = "aspect_ratio", .type = RUSHES_FIELD_TEXT, .choices = "16:9|9:16|1:1|4:3|3:4|21:9|3:2|2:3" },
  { .name = "generate_audio", .type = RUSHES_FIELD_SWITCH },
  { .name = "seed", .type = RUSHES_FIELD_INTEGER },
  { .name = "frame_images", .type = RUSHES_FIELD_LIST, .minimum = 1, .maximum = 2, .members = frame_fields },
  { .name = "input_references", .type = RUSHES_FIELD_LIST, .minimum = 1, .maximum = 8, .members = reference_fields },
  {},
};

/* The list of models, as far as it is played; 0 as @shortest: 4, 6 and 8 seconds. */
static const struct
{
  const char *id;
  int shortest, longest;
  const char *resolutions; /* between bars; NULL: the model has no choice */
  gboolean last, references, audio, seed;
} models[] = {
  { "bytedance/seedance-2.0", 4, 15, "|480p|720p|1080p|", TRUE, TRUE, TRUE, TRUE },
  { "bytedance/seedance-2.0-fast", 4, 15, "|480p|720p|", TRUE, TRUE, TRUE, TRUE },
  { "google/veo-3.1", 0, 8, "|720p|1080p|4K|", TRUE, FALSE, TRUE, TRUE },
  { "kwaivgi/kling-v3.0-pro", 3, 15, NULL, TRUE, FALSE, TRUE, FALSE },
  { "minimax/hailuo-3-max", 5, 15, "|480p|768p|", FALSE, FALSE, FALSE, FALSE },
  { "acme/loop-1", 0, 8, "|720p|1080p|", FALSE, FALSE, FALSE, TRUE },
};

static gboolean
is_listed (const char *list, const char *value)
{
  g_autofree char *between = g_strconcat ("|", value, "|", NULL);

  return list != NULL && strstr (list, between) != NULL;
}

static gboolean
has_frame (JsonObject *body, const char *type)
{
  JsonArray *frames =
      json_object_has_member (body, "frame_images") ? json_object_get_array_member (body, "frame_images") : NULL;

  for (guint i = 0; frames != NULL && i < json_array_get_length (frames); i++)
    if (strcmp (json_object_get_string_member (json_array_get_object_element (frames, i), "frame_type"), type) == 0)
      return TRUE;
  return FALSE;
}

/* What the model does not take; NULL when it takes all. */
static const char *
find_conflict (JsonObject *body, guint which)
{
  const char *resolution = rushes_simulated_body_text (body, "resolution");
  gint64 duration = json_object_get_int_member_with_default (body, "duration", 8);
  gboolean fits = models[which].shortest == 0 ? duration == 4 || duration == 6 || duration == 8
                                              : duration >= models[which].shortest && duration <= models[which].longest;

  if (!fits)
    return "Unsupported duration";
  if (resolution != NULL && !is_listed (models[which].resolutions, resolution))
    return "Unsupported resolution";
  if (has_frame (body, "last_frame") && (!models[which].last || !has_frame (body, "first_frame")))
    return "Unsupported frame_type last_frame";
  if (json_object_has_member (body, "input_references") &&
      (!models[which].references || json_object_has_member (body, "frame_images")))
    return "Unsupported input_references";
  if (json_object_has_member (body, "generate_audio") && !models[which].audio)
    return "Unsupported generate_audio";
  if (json_object_has_member (body, "seed") && !models[which].seed)
    return "Unsupported seed";
  return NULL;
}

/* ---- jobs ---- */

static char *
make_polling_url (RushesSimulatedCall *call, RushesSimulatedTask *task)
{
  RushesSimulator *simulator = rushes_simulated_call_get_simulator (call);
  const char *origin = rushes_simulated_call_has (call, "absolute") ? rushes_simulator_get_origin (simulator) : "";

  return g_strdup_printf ("%s" BASE "/videos/%s", origin, rushes_simulated_task_get_id (task));
}

static void
submit (RushesSimulatedCall *call)
{
  JsonObject *body;
  const char *model, *conflict;
  g_autofree char *id = NULL, *polling_url = NULL;
  guint which;

  if (!rushes_simulated_call_check (call, fields))
    return;
  body = rushes_simulated_call_get_body (call);
  model = rushes_simulated_body_text (body, "model");
  for (which = 0; which < G_N_ELEMENTS (models) && strcmp (models[which].id, model) != 0; which++)
    ;
  if (which == G_N_ELEMENTS (models))
    {
      rushes_simulated_call_refuse (call, RUSHES_REFUSAL_MODEL, RUSHES_PROBLEM_VALUE, "model", NULL);
      return;
    }
  if ((conflict = find_conflict (body, which)) != NULL)
    {
      rushes_simulated_call_refuse (call, RUSHES_REFUSAL_REQUEST, RUSHES_PROBLEM_VALUE, "", conflict);
      return;
    }
  id = g_strdup_printf ("gen-vid-%08u", rushes_simulator_next (rushes_simulated_call_get_simulator (call)));
  polling_url = make_polling_url (call, rushes_simulated_call_accept (call, id, NULL, model));
  rushes_simulated_call_reply (call, 202, "{'id':%s,'polling_url':%s,'status':'pending'}", id, polling_url);
}

static void
poll (RushesSimulatedCall *call)
{
  RushesSimulator *simulator = rushes_simulated_call_get_simulator (call);
  RushesSimulatedTask *task = rushes_simulated_call_get_task (call);
  RushesSimulatedState state = rushes_simulated_task_get_state (task);
  const char *id = rushes_simulated_task_get_id (task), *word = rushes_simulated_call_get_word (call, task);
  g_autofree char *polling_url = make_polling_url (call, task);
  g_autofree char *url = NULL, *content = NULL;

  if (state == RUSHES_SIMULATED_FAILED && rushes_simulated_call_has (call, "expires"))
    rushes_simulated_call_reply (call, 200, "{'id':%s,'polling_url':%s,'status':'expired'}", id, polling_url);
  else if (state == RUSHES_SIMULATED_FAILED)
    rushes_simulated_call_reply (call, 200, "{'id':%s,'polling_url':%s,'status':%s,'error':%s}", id, polling_url, word,
                                 rushes_simulated_call_is_rejected (call) ? "Content policy violation"
                                                                          : "Provider returned error");
  else if (state != RUSHES_SIMULATED_DONE)
    rushes_simulated_call_reply (call, 200, "{'id':%s,'polling_url':%s,'status':%s}", id, polling_url, word);
  else
    {
      url = rushes_simulated_call_has (call, "signed") ? rushes_simulated_call_make_clip_url (call, task) : NULL;
      content = g_strdup_printf ("%s" BASE "/videos/%s/content?index=0", rushes_simulator_get_origin (simulator), id);
      if (url != NULL)
        rushes_simulated_call_reply (call, 200,
                                     "{'id':%s,'generation_id':'gen-1','polling_url':%s,'status':%s,'urls':[%s],"
                                     "'unsigned_urls':[%s],'usage':{'cost':0.35,'is_byok':false}}",
                                     id, polling_url, word, url, content);
      else
        rushes_simulated_call_reply (call, 200,
                                     "{'id':%s,'generation_id':'gen-1','polling_url':%s,'status':%s,"
                                     "'unsigned_urls':[%s],'usage':{'cost':0.35,'is_byok':false}}",
                                     id, polling_url, word, content);
    }
}

static void
give_content (RushesSimulatedCall *call)
{
  RushesSimulatedTask *task = rushes_simulated_call_get_task (call);

  if (rushes_simulated_task_get_state (task) != RUSHES_SIMULATED_DONE ||
      rushes_simulated_call_has (call, "done-without-clip") ||
      g_strcmp0 (rushes_simulated_call_get_query (call, "index"), "0") != 0)
    refuse (call, RUSHES_REFUSAL_NOT_FOUND, NULL);
  else
    rushes_simulated_call_reply_clip (call, task);
}

/* ---- the list of models ---- */

static void
write_list (GString *list, const char *form, const char *between, const char *end)
{
  g_auto (GStrv) words = g_strsplit (form, "|", -1);
  gboolean first = TRUE;

  g_string_append_c (list, '[');
  for (guint i = 0; words[i] != NULL; i++)
    if (*words[i] != '\0')
      {
        g_string_append_printf (list, "%s%s%s%s", first ? "" : ",", between, words[i], end);
        first = FALSE;
      }
  g_string_append_c (list, ']');
}

static void
write_model (GString *list, guint which)
{
  g_string_append_printf (list,
                          "{\"id\":\"%s\",\"canonical_slug\":\"%s\",\"name\":\"The model %s\",\"description\":null,"
                          "\"supported_sizes\":null,\"allowed_passthrough_parameters\":[],\"supported_aspect_ratios\":",
                          models[which].id, models[which].id, models[which].id);
  write_list (list, "16:9|9:16", "\"", "\"");
  g_string_append (list, ",\"supported_resolutions\":");
  if (models[which].resolutions != NULL)
    write_list (list, models[which].resolutions, "\"", "\"");
  else
    g_string_append (list, "null");
  g_string_append (list, ",\"supported_durations\":[");
  for (int seconds = MAX (models[which].shortest, 4); seconds <= models[which].longest;
       seconds += models[which].shortest == 0 ? 2 : 1)
    g_string_append_printf (list, "%s%d", seconds > MAX (models[which].shortest, 4) ? "," : "", seconds);
  g_string_append_printf (list,
                          "],\"supported_frame_images\":[\"first_frame\"%s],\"generate_audio\":%s,\"seed\":%s,"
                          "\"pricing_skus\":{\"duration_seconds%s\":\"0.05\"}}",
                          models[which].last ? ",\"last_frame\"" : "", models[which].audio ? "true" : "false",
                          models[which].seed ? "true" : "null", models[which].audio ? "_with_audio" : "");
}

/* What nobody should be given, beside what is asked for. */
#define HOSTILE                                                                                                        \
  "null,7,[],{\"id\":\"two words\"},{\"id\":{\"a\":1}},{\"id\":\"evil/\\u202eknil\",\"name\":\"x\"},"                  \
  "{\"id\":\"evil/words\",\"name\":\"Bell\\u0007 and \\u202eback\",\"supported_durations\":[1e99,-3,6],"               \
  "\"supported_resolutions\":[\"https://evil.example/{key}\"],\"pricing_skus\":{\"duration_seconds\":\"-5\"}},"

static void
list_models (RushesSimulatedCall *call)
{
  g_autoptr (GString) list = g_string_new ("{\"data\":[");

  if (rushes_simulated_call_has (call, "spoilt-list"))
    {
      rushes_simulated_call_reply (call, 200, "{'data':'none'}");
      return;
    }
  if (rushes_simulated_call_has (call, "hostile-list"))
    g_string_append (list, HOSTILE);
  for (guint i = 0; i < G_N_ELEMENTS (models); i++)
    {
      if (i > 0)
        g_string_append_c (list, ',');
      write_model (list, i);
    }
  g_string_append (list, "]}");
  rushes_simulated_call_reply_text (call, 200, "application/json", list->str);
}

static void
describe_key (RushesSimulatedCall *call)
{
  rushes_simulated_call_reply (call, 200, "{'data':{'label':'sk-or-v1-0e6...1c96','usage':0,'limit':null}}");
}

/* ---- the service ---- */

static const RushesSimulatedRoute routes[] = {
  { "POST", BASE "/videos", RUSHES_SIMULATED_SUBMIT, submit },
  { "GET", BASE "/videos/{id}/content", RUSHES_SIMULATED_CONTENT, give_content },
  { "GET", BASE "/videos/models", RUSHES_SIMULATED_MODELS, list_models },
  { "GET", BASE "/videos/{id}", RUSHES_SIMULATED_POLL, poll },
  { "GET", BASE "/key", RUSHES_SIMULATED_OTHER, describe_key },
  {},
};

static const RushesSimulatedQuirk quirks[] = {
  { "absolute", "the address to ask at is a whole one" },
  { "signed", "the clip has an address of its own, too, for which no key is needed" },
  { "expires", "with fail: the job expired" },
  { "spoilt-list", "there is no list of models where it should be" },
  { "hostile-list", "the list of models begins with what nobody should be given" },
  {},
};

extern const RushesSimulatedService rushes_simulated_openrouter;
const RushesSimulatedService rushes_simulated_openrouter = {
  .id = "openrouter",
  .about = "the video jobs of OpenRouter",
  .base_path = BASE,
  .scheme = "Bearer",
  .key = "sk-or-simulated",
  .words = { "pending", "in_progress", "completed", "failed", "cancelled" },
  .routes = routes,
  .quirks = quirks,
  .refuse = refuse,
};
