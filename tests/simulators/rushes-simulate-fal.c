/* rushes-simulate-fal.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

/* The most wanted models in the queue of fal (their pages, fal.ai/models): the path is the model with what it is to be
 * made from, the body its input, in which each has names of its own for the same things. */

#include "rushes-simulate-fal-private.h"
#include "rushes-simulated-schema.h"

#include <string.h>

#define PROMPT(longest)                                                                                                \
  { .name = "prompt", .type = RUSHES_FIELD_TEXT, .required = TRUE, .minimum = 1, .maximum = longest }
#define IMAGE(field)       { .name = field, .type = RUSHES_FIELD_PICTURE, .required = TRUE, .choices = "data|http" }
#define OTHER_IMAGE(field) { .name = field, .type = RUSHES_FIELD_PICTURE, .choices = "data|http" }
#define IMAGES                                                                                                         \
  { .name = "image_urls",                                                                                              \
    .type = RUSHES_FIELD_LIST,                                                                                         \
    .required = TRUE,                                                                                                  \
    .minimum = 1,                                                                                                      \
    .maximum = 9,                                                                                                      \
    .choices = "data|http" }
#define CHOICE(field, values) { .name = field, .type = RUSHES_FIELD_TEXT, .choices = values }
#define WHOLE(field, values)  { .name = field, .type = RUSHES_FIELD_INTEGER, .choices = values }
#define SWITCH(field)         { .name = field, .type = RUSHES_FIELD_SWITCH }
#define NEGATIVE              { .name = "negative_prompt", .type = RUSHES_FIELD_TEXT, .maximum = 2500 }
#define SEED                  { .name = "seed", .type = RUSHES_FIELD_INTEGER }

#define KLING                                                                                                          \
  PROMPT (2500), CHOICE ("duration", "3|4|5|6|7|8|9|10|11|12|13|14|15"), SWITCH ("generate_audio"), NEGATIVE,          \
      { .name = "cfg_scale", .type = RUSHES_FIELD_NUMBER, .maximum = 1 }
static const RushesSimulatedField kling_text[] = { KLING, CHOICE ("aspect_ratio", "16:9|9:16|1:1"), {} };
static const RushesSimulatedField kling_image[] = { KLING,
                                                    IMAGE ("start_image_url"),
                                                    OTHER_IMAGE ("end_image_url"),
                                                    {} };

#define OLDER_KLING                                                                                                    \
  PROMPT (2500), CHOICE ("duration", "5|10"), NEGATIVE,                                                                \
      { .name = "cfg_scale", .type = RUSHES_FIELD_NUMBER, .maximum = 1 }
static const RushesSimulatedField older_kling_text[] = { OLDER_KLING, CHOICE ("aspect_ratio", "16:9|9:16|1:1"), {} };
static const RushesSimulatedField older_kling_image[] = { OLDER_KLING,
                                                          IMAGE ("image_url"),
                                                          OTHER_IMAGE ("tail_image_url"),
                                                          {} };

#define VEO                                                                                                            \
  PROMPT (20000), CHOICE ("duration", "4s|6s|8s"), CHOICE ("resolution", "720p|1080p"),                                \
      CHOICE ("aspect_ratio", "16:9|9:16|auto"), SWITCH ("generate_audio"), NEGATIVE, SEED
static const RushesSimulatedField veo_text[] = { VEO, {} };
static const RushesSimulatedField veo_image[] = { VEO, IMAGE ("image_url"), {} };
static const RushesSimulatedField veo_frames[] = { VEO, IMAGE ("first_frame_url"), IMAGE ("last_frame_url"), {} };
static const RushesSimulatedField veo_references[] = { VEO, IMAGES, {} };

#define SEEDANCE                                                                                                       \
  PROMPT (100000), CHOICE ("duration", "auto|4|5|6|7|8|9|10|11|12|13|14|15"),                                          \
      CHOICE ("resolution", "480p|720p|1080p"), CHOICE ("aspect_ratio", "16:9|9:16|1:1|4:3|3:4|21:9"),                 \
      SWITCH ("generate_audio"), SEED
static const RushesSimulatedField seedance_text[] = { SEEDANCE, {} };
static const RushesSimulatedField seedance_image[] = { SEEDANCE,
                                                       IMAGE ("image_url"),
                                                       OTHER_IMAGE ("end_image_url"),
                                                       {} };
static const RushesSimulatedField seedance_references[] = { SEEDANCE, IMAGES, {} };

#define WAN                                                                                                            \
  PROMPT (5000), CHOICE ("duration", "2|3|4|5|6|7|8|9|10|11|12|13|14|15"), CHOICE ("resolution", "720p|1080p"),        \
      { .name = "negative_prompt", .type = RUSHES_FIELD_TEXT, .maximum = 500 }, SWITCH ("enable_prompt_expansion"),    \
      SEED
static const RushesSimulatedField wan_text[] = { WAN, CHOICE ("aspect_ratio", "16:9|9:16|1:1|4:3|3:4"), {} };
static const RushesSimulatedField wan_image[] = { WAN, IMAGE ("image_url"), OTHER_IMAGE ("end_image_url"), {} };

#define LTX                                                                                                            \
  PROMPT (5000), WHOLE ("duration", "6|8|10"), CHOICE ("resolution", "1080p|1440p|2160p"),                             \
      WHOLE ("fps", "24|25|48|50"), SWITCH ("generate_audio")
static const RushesSimulatedField ltx_text[] = { LTX, {} };
static const RushesSimulatedField ltx_image[] = { LTX, IMAGE ("image_url"), OTHER_IMAGE ("end_image_url"), {} };

#define H3 PROMPT (5000), CHOICE ("duration", "5|6|7|8|9|10|11|12|13|14|15"), CHOICE ("resolution", "480P|768P")
static const RushesSimulatedField h3_text[] = { H3, CHOICE ("aspect_ratio", "16:9|9:16|1:1|4:3|3:4"), {} };
static const RushesSimulatedField h3_image[] = { H3, IMAGE ("image_url"), {} };
static const RushesSimulatedField h3_references[] = { H3,
                                                      IMAGES,
                                                      CHOICE ("aspect_ratio", "16:9|9:16|1:1|4:3|3:4"),
                                                      {} };

#define RAY                                                                                                            \
  PROMPT (5000), CHOICE ("duration", "5s|9s"), CHOICE ("resolution", "540p|720p|1080p"),                               \
      CHOICE ("aspect_ratio", "16:9|9:16|4:3|3:4|21:9|9:21"), SWITCH ("loop")
static const RushesSimulatedField ray_text[] = { RAY, {} };
static const RushesSimulatedField ray_image[] = { RAY, OTHER_IMAGE ("image_url"), OTHER_IMAGE ("end_image_url"), {} };

/* An application, what stands behind it, and its input. */
static const struct
{
  const char *application, *path;
  const RushesSimulatedField *fields;
} models[] = {
  { "fal-ai/kling-video", "v3/standard/text-to-video", kling_text },
  { "fal-ai/kling-video", "v3/standard/image-to-video", kling_image },
  { "fal-ai/kling-video", "v3/pro/text-to-video", kling_text },
  { "fal-ai/kling-video", "v3/pro/image-to-video", kling_image },
  { "fal-ai/kling-video", "v2.5-turbo/pro/text-to-video", older_kling_text },
  { "fal-ai/kling-video", "v2.5-turbo/pro/image-to-video", older_kling_image },
  { "fal-ai/veo3.1", NULL, veo_text },
  { "fal-ai/veo3.1", "image-to-video", veo_image },
  { "fal-ai/veo3.1", "first-last-frame-to-video", veo_frames },
  { "fal-ai/veo3.1", "reference-to-video", veo_references },
  { "fal-ai/veo3.1", "fast", veo_text },
  { "fal-ai/veo3.1", "fast/image-to-video", veo_image },
  { "fal-ai/veo3.1", "fast/first-last-frame-to-video", veo_frames },
  { "bytedance/seedance-2.0", "text-to-video", seedance_text },
  { "bytedance/seedance-2.0", "image-to-video", seedance_image },
  { "bytedance/seedance-2.0", "reference-to-video", seedance_references },
  { "bytedance/seedance-2.0", "fast/text-to-video", seedance_text },
  { "fal-ai/wan", "v2.7/text-to-video", wan_text },
  { "fal-ai/wan", "v2.7/image-to-video", wan_image },
  { "fal-ai/ltx-2.3", "text-to-video", ltx_text },
  { "fal-ai/ltx-2.3", "image-to-video", ltx_image },
  { "minimax/h3-max", "text-to-video", h3_text },
  { "minimax/h3-max", "image-to-video", h3_image },
  { "minimax/h3-max", "reference-to-video", h3_references },
  { "fal-ai/luma-dream-machine", "ray-2", ray_text },
  { "fal-ai/luma-dream-machine", "ray-2/image-to-video", ray_image },
};

static void
submit (RushesSimulatedCall *call)
{
  const char *path = rushes_simulated_call_get_segment (call, "path");
  g_autofree char *application = g_strdup_printf ("%s/%s", rushes_simulated_call_get_segment (call, "owner"),
                                                  rushes_simulated_call_get_segment (call, "alias"));
  g_autoptr (RushesSimulatedProblem) problem = NULL;

  for (guint i = 0; i < G_N_ELEMENTS (models); i++)
    if (strcmp (models[i].application, application) == 0 && g_strcmp0 (models[i].path, path) == 0)
      {
        problem = rushes_simulated_fal_check (call, models[i].fields);
        rushes_simulated_fal_submit (call, application, problem);
        return;
      }
  rushes_simulated_call_refuse (call, RUSHES_REFUSAL_MODEL, RUSHES_PROBLEM_VALUE, "", NULL);
}

/* ---- which models there are, and what they take ---- */

/* So many of a page. */
#define PAGE 5

static char *
make_id (guint which)
{
  return models[which].path != NULL ? g_strconcat (models[which].application, "/", models[which].path, NULL)
                                    : g_strdup (models[which].application);
}

static const char *
find_category (guint which)
{
  for (const RushesSimulatedField *field = models[which].fields; field->name != NULL; field++)
    if (field->required && field->type == RUSHES_FIELD_PICTURE)
      return "image-to-video";
  return "text-to-video";
}

static void
list_models (RushesSimulatedCall *call)
{
  const char *category = rushes_simulated_call_get_query (call, "category");
  const char *cursor = rushes_simulated_call_get_query (call, "cursor");
  g_autoptr (GString) list = g_string_new ("[");
  g_autofree char *next = NULL;
  guint first = cursor != NULL ? strtoul (cursor, NULL, 10) : 0;
  guint n_given = 0;

  for (guint i = first; i < G_N_ELEMENTS (models) && next == NULL; i++)
    {
      g_autofree char *id = make_id (i);

      if (category != NULL && strcmp (find_category (i), category) != 0)
        continue;
      if (n_given == PAGE)
        {
          next = g_strdup_printf ("%u", i);
          break;
        }
      g_string_append_printf (list,
                              "%s{\"endpoint_id\":\"%s\",\"metadata\":{\"display_name\":\"The %s\",\"category\":\"%s\","
                              "\"description\":\"Makes clips.\",\"status\":\"active\",\"tags\":[]}}",
                              n_given > 0 ? "," : "", id, id, find_category (i));
      n_given++;
    }
  g_string_append_c (list, ']');
  rushes_simulated_call_reply (call, 200, "{'models':%j,'next_cursor':%s,'has_more':%b}", list->str, next,
                               next != NULL);
}

static void
describe_model (RushesSimulatedCall *call)
{
  const char *asked = rushes_simulated_call_get_query (call, "endpoint_id");

  for (guint i = 0; i < G_N_ELEMENTS (models); i++)
    {
      g_autofree char *id = make_id (i);
      g_autofree char *schemas = NULL;
      g_autofree char *paths = NULL;

      if (g_strcmp0 (asked, id) != 0)
        continue;
      schemas = rushes_simulated_schema_write ("ModelInput", models[i].fields, FALSE);
      paths = g_strdup_printf (
          "{\"/%s/requests/{request_id}/status\":{\"get\":{}},\"/%s/requests/{request_id}/cancel\":{\"put\":{}},"
          "\"/%s\":{\"post\":{\"requestBody\":{\"required\":true,\"content\":{\"application/json\":{\"schema\":"
          "{\"$ref\":\"#/components/schemas/ModelInput\"}}}}}}}",
          id, id, id);
      rushes_simulated_call_reply (call, 200, "{'openapi':'3.0.4','paths':%j,'components':{'schemas':%j}}", paths,
                                   schemas);
      return;
    }
  rushes_simulated_fal_refuse (call, RUSHES_REFUSAL_NOT_FOUND, NULL);
}

/* ---- the service ---- */

static const RushesSimulatedRoute routes[] = {
  { "GET", "/{owner}/{alias}/requests/{id}/status", RUSHES_SIMULATED_POLL, rushes_simulated_fal_poll },
  { "GET", "/{owner}/{alias}/requests/{id}/status/stream", RUSHES_SIMULATED_OTHER, rushes_simulated_fal_stream },
  { "GET", "/{owner}/{alias}/requests/{id}", RUSHES_SIMULATED_RESULT, rushes_simulated_fal_result },
  { "PUT", "/{owner}/{alias}/requests/{id}/cancel", RUSHES_SIMULATED_CANCEL, rushes_simulated_fal_cancel },
  { "GET", "/v1/models", RUSHES_SIMULATED_MODELS, list_models, .open = TRUE },
  { "GET", "/api/openapi/queue/openapi.json", RUSHES_SIMULATED_MODELS, describe_model, .open = TRUE },
  { "POST", "/storage/upload/initiate", RUSHES_SIMULATED_OTHER, rushes_simulated_fal_initiate },
  { "POST", "/{owner}/{alias}", RUSHES_SIMULATED_SUBMIT, submit },
  { "POST", "/{owner}/{alias}/{path*}", RUSHES_SIMULATED_SUBMIT, submit },
  { "PUT", "/files/upload/{id}", RUSHES_SIMULATED_UPLOAD, rushes_simulated_fal_receive, .elsewhere = TRUE },
  {},
};

extern const RushesSimulatedService rushes_simulated_fal;
const RushesSimulatedService rushes_simulated_fal = {
  .id = "fal",
  .about = "the queue of fal, with its storage",
  .base_path = "",
  .scheme = "Key",
  .key = "simulated-id:simulated-secret",
  .words = { "IN_QUEUE", "IN_PROGRESS", "COMPLETED", "COMPLETED", "CANCELED" },
  .routes = routes,
  .quirks = rushes_simulated_fal_quirks,
  .refuse = rushes_simulated_fal_refuse,
};
