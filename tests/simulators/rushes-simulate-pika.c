/* rushes-simulate-pika.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

/* Pika in the queue of fal (model pages of fal-ai/pika): the path is the model, the body its input. */

#include "rushes-simulate-fal-private.h"

#include <string.h>

/* ---- models ---- */

#define ASPECTS "16:9|9:16|1:1|4:5|5:4|3:2|2:3"
#define COMMON                                                                                                         \
  { .name = "negative_prompt", .type = RUSHES_FIELD_TEXT },                                                            \
      { .name = "resolution", .type = RUSHES_FIELD_TEXT, .choices = "720p|1080p" },                                    \
  {                                                                                                                    \
    .name = "seed", .type = RUSHES_FIELD_INTEGER                                                                       \
  }
#define PROMPT    { .name = "prompt", .type = RUSHES_FIELD_TEXT, .required = TRUE, .minimum = 1, .maximum = 100000 }
#define IMAGE     { .name = "image_url", .type = RUSHES_FIELD_PICTURE, .required = TRUE, .choices = "data|http" }
#define ASPECT    { .name = "aspect_ratio", .type = RUSHES_FIELD_TEXT, .choices = ASPECTS }
#define AS_TEXT   { .name = "duration", .type = RUSHES_FIELD_TEXT, .choices = "5|10" }
#define AS_NUMBER { .name = "duration", .type = RUSHES_FIELD_INTEGER, .choices = "5" }

static const RushesSimulatedField text_fields[] = { PROMPT, ASPECT, AS_TEXT, COMMON, {} };
static const RushesSimulatedField image_fields[] = { PROMPT, IMAGE, AS_TEXT, COMMON, {} };
static const RushesSimulatedField older_text_fields[] = { PROMPT, ASPECT, AS_NUMBER, COMMON, {} };
static const RushesSimulatedField older_image_fields[] = { PROMPT, IMAGE, AS_NUMBER, COMMON, {} };

static const RushesSimulatedField transition_fields[] = {
  { .name = "duration", .type = RUSHES_FIELD_INTEGER, .minimum = 1, .maximum = 25 },
  { .name = "prompt", .type = RUSHES_FIELD_TEXT },
  {},
};

static const RushesSimulatedField frames_fields[] = {
  { .name = "image_urls",
    .type = RUSHES_FIELD_LIST,
    .required = TRUE,
    .minimum = 2,
    .maximum = 5,
    .choices = "data|http" },
  { .name = "transitions", .type = RUSHES_FIELD_LIST, .minimum = 1, .maximum = 4, .members = transition_fields },
  { .name = "prompt", .type = RUSHES_FIELD_TEXT },
  COMMON,
  {},
};

static const RushesSimulatedField scene_picture_fields[] = { IMAGE, {} };

static const RushesSimulatedField scenes_fields[] = {
  PROMPT,
  { .name = "images",
    .type = RUSHES_FIELD_LIST,
    .required = TRUE,
    .minimum = 1,
    .maximum = 10,
    .members = scene_picture_fields },
  ASPECT,
  AS_TEXT,
  COMMON,
  {},
};

static const struct
{
  const char *path;
  const RushesSimulatedField *fields;
} models[] = {
  { "v2.2/text-to-video", text_fields },
  { "v2.2/image-to-video", image_fields },
  { "v2.2/pikaframes", frames_fields },
  { "v2.2/pikascenes", scenes_fields },
  { "v2.1/text-to-video", older_text_fields },
  { "v2.1/image-to-video", older_image_fields },
  { "v2/turbo/text-to-video", older_text_fields },
  { "v2/turbo/image-to-video", older_image_fields },
};

static const RushesSimulatedField *
find_fields (const char *path)
{
  for (guint i = 0; i < G_N_ELEMENTS (models); i++)
    if (g_strcmp0 (models[i].path, path) == 0)
      return models[i].fields;
  return NULL;
}

static RushesSimulatedProblem *
check_transitions (JsonObject *body)
{
  JsonArray *pictures = json_object_get_array_member (body, "image_urls");
  JsonArray *transitions;
  gint64 seconds = 0;

  if (!json_object_has_member (body, "transitions"))
    return NULL;
  transitions = json_object_get_array_member (body, "transitions");
  for (guint i = 0; i < json_array_get_length (transitions); i++)
    seconds += json_object_get_int_member_with_default (json_array_get_object_element (transitions, i), "duration", 5);
  if (json_array_get_length (transitions) + 1 != json_array_get_length (pictures))
    return rushes_simulated_problem_new (RUSHES_PROBLEM_VALUE, "transitions",
                                         "There must be one transition less than images");
  if (seconds > 25)
    return rushes_simulated_problem_new (RUSHES_PROBLEM_VALUE, "transitions", "Transitions last at most 25 seconds");
  return NULL;
}
static void
submit (RushesSimulatedCall *call)
{
  const RushesSimulatedField *fields = find_fields (rushes_simulated_call_get_segment (call, "model"));
  g_autoptr (RushesSimulatedProblem) problem = NULL;

  if (fields == NULL)
    {
      rushes_simulated_call_refuse (call, RUSHES_REFUSAL_MODEL, RUSHES_PROBLEM_VALUE, "", NULL);
      return;
    }
  problem = rushes_simulated_fal_check (call, fields);
  if (problem == NULL && fields == frames_fields)
    problem = check_transitions (rushes_simulated_call_get_body (call));
  rushes_simulated_fal_submit (call, "fal-ai/pika", problem);
}

/* ---- the service ---- */

static const RushesSimulatedRoute routes[] = {
  { "GET", "/fal-ai/pika/requests/{id}/status", RUSHES_SIMULATED_POLL, rushes_simulated_fal_poll },
  { "GET", "/fal-ai/pika/requests/{id}/status/stream", RUSHES_SIMULATED_OTHER, rushes_simulated_fal_stream },
  { "GET", "/fal-ai/pika/requests/{id}", RUSHES_SIMULATED_RESULT, rushes_simulated_fal_result },
  { "PUT", "/fal-ai/pika/requests/{id}/cancel", RUSHES_SIMULATED_CANCEL, rushes_simulated_fal_cancel },
  { "POST", "/storage/upload/initiate", RUSHES_SIMULATED_OTHER, rushes_simulated_fal_initiate },
  { "POST", "/fal-ai/pika/{model*}", RUSHES_SIMULATED_SUBMIT, submit },
  { "PUT", "/files/upload/{id}", RUSHES_SIMULATED_UPLOAD, rushes_simulated_fal_receive, .elsewhere = TRUE },
  {},
};

extern const RushesSimulatedService rushes_simulated_pika;
const RushesSimulatedService rushes_simulated_pika = {
  .id = "pika",
  .about = "Pika in fal's queue, with its storage",
  .base_path = "",
  .scheme = "Key",
  .key = "simulated-id:simulated-secret",
  .words = { "IN_QUEUE", "IN_PROGRESS", "COMPLETED", "COMPLETED", "CANCELED" },
  .routes = routes,
  .quirks = rushes_simulated_fal_quirks,
  .refuse = rushes_simulated_fal_refuse,
};
