/* rushes-simulate-localai.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

/* LocalAI's /video (core/http/endpoints/localai/video.go): it answers when the clip is made. */

#include "rushes-simulator.h"

static void
refuse (RushesSimulatedCall *call, RushesRefusal why, const RushesSimulatedProblem *problem)
{
  static const struct
  {
    guint status;
    const char *message;
  } words[] = {
    [RUSHES_REFUSAL_KEY] = { 401, "invalid api key" },
    [RUSHES_REFUSAL_MODEL] = { 500, "could not load model: model not found" },
    [RUSHES_REFUSAL_REQUEST] = { 400, "bad request" },
    [RUSHES_REFUSAL_NOT_FOUND] = { 404, "Resource not found" },
    [RUSHES_REFUSAL_METHOD] = { 405, "Method Not Allowed" },
    [RUSHES_REFUSAL_SERVER] = { 500, "rpc error: backend died" },
  };
  guint status = why < G_N_ELEMENTS (words) && words[why].status != 0 ? words[why].status : 500;

  rushes_simulated_call_reply (call, status, "{'error':{'code':%d,'message':%s,'type':''}}", (gint64) status,
                               problem != NULL                                ? problem->message
                               : status == 500 && why != RUSHES_REFUSAL_MODEL ? words[RUSHES_REFUSAL_SERVER].message
                                                                              : words[why].message);
}

static const RushesSimulatedField fields[] = {
  { .name = "model", .type = RUSHES_FIELD_TEXT, .required = TRUE },
  { .name = "prompt", .type = RUSHES_FIELD_TEXT },
  { .name = "negative_prompt", .type = RUSHES_FIELD_TEXT },
  { .name = "start_image", .type = RUSHES_FIELD_PICTURE, .choices = "base64|data|http" },
  { .name = "end_image", .type = RUSHES_FIELD_PICTURE, .choices = "base64|data|http" },
  { .name = "width", .type = RUSHES_FIELD_INTEGER, .minimum = 16, .maximum = 4096 },
  { .name = "height", .type = RUSHES_FIELD_INTEGER, .minimum = 16, .maximum = 4096 },
  { .name = "num_frames", .type = RUSHES_FIELD_INTEGER, .required = TRUE, .minimum = 2, .maximum = 1000 },
  { .name = "fps", .type = RUSHES_FIELD_INTEGER, .required = TRUE, .minimum = 1, .maximum = 60 },
  { .name = "seed", .type = RUSHES_FIELD_INTEGER },
  { .name = "cfg_scale", .type = RUSHES_FIELD_NUMBER },
  { .name = "step", .type = RUSHES_FIELD_INTEGER, .minimum = 1, .maximum = 200 },
  { .name = "response_format", .type = RUSHES_FIELD_TEXT, .choices = "url|b64_json" },
  { .name = "params", .type = RUSHES_FIELD_ANY },
  {},
};

static void
submit (RushesSimulatedCall *call)
{
  RushesSimulatedTask *task;
  g_autofree char *id = NULL, *url = NULL;

  if (!rushes_simulated_call_check (call, fields))
    return;
  id = g_strdup_printf ("b64%u", rushes_simulator_next (rushes_simulated_call_get_simulator (call)));
  task = rushes_simulated_call_accept (call, id, NULL, NULL);
  rushes_simulated_call_set_delay (call, rushes_simulated_task_finish (task));
  url = g_strdup_printf ("/generated-videos/%s", id);
  rushes_simulated_call_reply (call, 200, "{'created':1790000000,'id':'5f0c','data':[{'url':%s}]}", url);
}

static void
give (RushesSimulatedCall *call)
{
  rushes_simulated_call_reply_clip (call, rushes_simulated_call_get_task (call));
}

static void
list_models (RushesSimulatedCall *call)
{
  rushes_simulated_call_reply (call, 200, "{'object':'list','data':[{'id':'wan-2.2-ti2v-5b','object':'model'}]}");
}

static const RushesSimulatedRoute routes[] = {
  { "POST", "/video", RUSHES_SIMULATED_SUBMIT, submit },
  { "GET", "/generated-videos/{id}", RUSHES_SIMULATED_CONTENT, give },
  { "GET", "/v1/models", RUSHES_SIMULATED_OTHER, list_models },
  {},
};

extern const RushesSimulatedService rushes_simulated_localai;
const RushesSimulatedService rushes_simulated_localai = {
  .id = "localai",
  .about = "LocalAI on a computer of one's own",
  .base_path = "",
  .scheme = "Bearer",
  .key = "localai-simulated",
  .key_optional = TRUE,
  .words = { "", "", "", "", "" },
  .routes = routes,
  .refuse = refuse,
};
