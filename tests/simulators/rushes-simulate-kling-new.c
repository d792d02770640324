/* rushes-simulate-kling-new.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

/* The routes of Kling 3.x: the model stands in the path, and all tasks are asked about at one place. */

#include "rushes-simulate-kling-private.h"

#include <string.h>

static const RushesSimulatedField options_fields[] = {
  { .name = "callback_url", .type = RUSHES_FIELD_PICTURE, .choices = "http" },
  { .name = "external_task_id", .type = RUSHES_FIELD_TEXT, .minimum = 1, .maximum = 100 },
  { .name = "watermark_info", .type = RUSHES_FIELD_OBJECT, .members = rushes_simulated_kling_watermark_fields },
  {},
};

#define SETTINGS                                                                                                       \
  { .name = "resolution", .type = RUSHES_FIELD_TEXT, .choices = "720p|1080p|4k" },                                     \
      { .name = "duration", .type = RUSHES_FIELD_INTEGER, .minimum = 3, .maximum = 15 },                               \
  {                                                                                                                    \
    .name = "multi_shot", .type = RUSHES_FIELD_SWITCH                                                                  \
  }

static const RushesSimulatedField text_settings[] = {
  SETTINGS,
  { .name = "aspect_ratio", .type = RUSHES_FIELD_TEXT, .choices = "16:9|9:16|1:1" },
  { .name = "audio", .type = RUSHES_FIELD_TEXT, .choices = "native|off" },
  {},
};

static const RushesSimulatedField image_settings[] = {
  SETTINGS,
  { .name = "audio", .type = RUSHES_FIELD_TEXT, .choices = "native|off" },
  {},
};

static const RushesSimulatedField omni_settings[] = {
  SETTINGS,
  { .name = "aspect_ratio", .type = RUSHES_FIELD_TEXT, .choices = "16:9|9:16|1:1" },
  { .name = "audio", .type = RUSHES_FIELD_TEXT, .choices = "native|off|original" },
  {},
};

static const RushesSimulatedField content_fields[] = {
  { .name = "type", .type = RUSHES_FIELD_TEXT, .required = TRUE },
  { .name = "text", .type = RUSHES_FIELD_TEXT, .minimum = 1, .maximum = 3072 },
  { .name = "url", .type = RUSHES_FIELD_PICTURE, .choices = "data|http" },
  { .name = "element_id", .type = RUSHES_FIELD_ANY },
  {},
};

static const RushesSimulatedField new_text_fields[] = {
  { .name = "prompt", .type = RUSHES_FIELD_TEXT, .required = TRUE, .minimum = 1, .maximum = 3072 },
  { .name = "settings", .type = RUSHES_FIELD_OBJECT, .members = text_settings },
  { .name = "options", .type = RUSHES_FIELD_OBJECT, .members = options_fields },
  {},
};

static const RushesSimulatedField new_image_fields[] = {
  { .name = "contents",
    .type = RUSHES_FIELD_LIST,
    .required = TRUE,
    .minimum = 1,
    .maximum = 12,
    .members = content_fields },
  { .name = "settings", .type = RUSHES_FIELD_OBJECT, .members = image_settings },
  { .name = "options", .type = RUSHES_FIELD_OBJECT, .members = options_fields },
  {},
};

static const RushesSimulatedField new_omni_fields[] = {
  { .name = "contents",
    .type = RUSHES_FIELD_LIST,
    .required = TRUE,
    .minimum = 1,
    .maximum = 12,
    .members = content_fields },
  { .name = "settings", .type = RUSHES_FIELD_OBJECT, .members = omni_settings },
  { .name = "options", .type = RUSHES_FIELD_OBJECT, .members = options_fields },
  {},
};

static JsonObject *
get_inside (JsonObject *body, const char *name)
{
  JsonNode *node = json_object_get_member (body, name);

  return node != NULL ? json_node_get_object (node) : NULL;
}

/* What does not go with the model of the path; NULL when all does. */
static const char *
find_new_conflict (const char *model, JsonObject *settings, const char **where)
{
  gint64 duration = settings != NULL ? json_object_get_int_member_with_default (settings, "duration", 5) : 5;
  const char *resolution = settings != NULL ? rushes_simulated_body_text (settings, "resolution") : NULL;
  const char *audio = settings != NULL ? rushes_simulated_body_text (settings, "audio") : NULL;
  gboolean is_old = g_str_has_prefix (model, "kling-2");

  *where = "settings.resolution";
  if (g_strcmp0 (resolution, "4k") == 0 && (is_old || strcmp (model, "kling-3.0-turbo") == 0))
    return "settings.resolution is not supported by this model";
  *where = "settings.duration";
  if (is_old && duration != 5 && duration != 10)
    return "settings.duration must be 5 or 10";
  *where = "settings.audio";
  if (g_strcmp0 (audio, "native") == 0 && strcmp (model, "kling-2.5-turbo") == 0)
    return "settings.audio is not supported by this model";
  return NULL;
}

/* The types of contents, and what each needs. @fault is what is wrong with a picture. */
static const char *
find_content_conflict (const char *model, JsonArray *contents, gboolean is_omni, const char **fault)
{
  guint n_first = 0, n_last = 0, n_prompts = 0, n_others = 0;

  for (guint i = 0; i < json_array_get_length (contents); i++)
    {
      JsonObject *content = json_array_get_object_element (contents, i);
      const char *type = rushes_simulated_body_text (content, "type");
      const char *url = rushes_simulated_body_text (content, "url");
      gboolean is_picture = TRUE;

      if (strcmp (type, "prompt") == 0)
        {
          is_picture = FALSE;
          n_prompts++;
          if (rushes_simulated_body_text (content, "text") == NULL)
            return "contents: a prompt needs text";
        }
      else if (strcmp (type, "first_frame") == 0)
        n_first++;
      else if (strcmp (type, "last_frame") == 0)
        n_last++;
      else if (strcmp (type, "element") == 0)
        is_picture = FALSE;
      else if (is_omni && (strcmp (type, "image") == 0 || strcmp (type, "reference_image") == 0))
        n_others++;
      else
        return "contents: type is invalid";
      if (is_picture && url == NULL)
        return "contents: a picture needs url";
      if (is_picture && *fault == NULL)
        *fault = rushes_simulated_kling_find_picture_fault (url);
    }
  if (n_prompts > 1 || n_first > 1 || n_last > 1)
    return "contents: the same type is there twice";
  if (n_others > 7)
    return "contents: at most 7 reference images";
  if (!is_omni && n_first == 0)
    return "contents: first_frame is required";
  if (n_last > 0 && strcmp (model, "kling-3.0-turbo") == 0)
    return "contents: last_frame is not supported by this model";
  return NULL;
}

static void
submit_new (RushesSimulatedCall *call, const RushesSimulatedField *fields, const char *models)
{
  JsonObject *body = rushes_simulated_call_get_body (call);
  const char *model = rushes_simulated_call_get_segment (call, "model");
  g_auto (GStrv) known = g_strsplit (models, "|", -1);
  const char *conflict, *where, *own_id, *fault = NULL;
  RushesSimulatedTask *task;
  JsonObject *options;

  if (rushes_simulated_kling_refuse (call))
    return;
  if (!g_strv_contains ((const char *const *) known, model))
    {
      rushes_simulated_call_refuse (call, RUSHES_REFUSAL_MODEL, RUSHES_PROBLEM_VALUE, "", NULL);
      return;
    }
  if (!rushes_simulated_call_check (call, fields))
    return;
  conflict = find_new_conflict (model, get_inside (body, "settings"), &where);
  if (conflict == NULL && fields != new_text_fields)
    {
      where = "contents";
      conflict = find_content_conflict (model, json_object_get_array_member (body, "contents"),
                                        fields == new_omni_fields, &fault);
    }
  if (conflict != NULL)
    {
      rushes_simulated_kling_refuse_value (call, where, conflict);
      return;
    }
  options = get_inside (body, "options");
  own_id = options != NULL ? rushes_simulated_body_text (options, "external_task_id") : NULL;
  if (rushes_simulated_kling_is_taken (call, own_id))
    return;

  task = rushes_simulated_kling_accept (call, own_id, "3.x", fault, rushes_simulated_kling_wants_watermark (options));
  rushes_simulated_call_reply (
      call, 200, "{'code':0,'message':'SUCCEED','request_id':'simulated','data':{'id':%s,'status':'submitted'}}",
      rushes_simulated_task_get_id (task));
}

void
rushes_simulated_kling_submit_new_text (RushesSimulatedCall *call)
{
  submit_new (call, new_text_fields, "kling-3.0|kling-3.0-turbo|kling-2.6|kling-2.5-turbo");
}

void
rushes_simulated_kling_submit_new_image (RushesSimulatedCall *call)
{
  submit_new (call, new_image_fields, "kling-3.0|kling-3.0-turbo|kling-2.6|kling-2.5-turbo");
}

void
rushes_simulated_kling_submit_new_omni (RushesSimulatedCall *call)
{
  submit_new (call, new_omni_fields, "kling-3.0-omni|kling-o1");
}

void
rushes_simulated_kling_poll_new (RushesSimulatedCall *call)
{
  RushesSimulatedTask *task = rushes_simulated_call_get_task (call);
  RushesSimulatedState state = rushes_simulated_kling_get_state (task);
  gboolean failed = state == RUSHES_SIMULATED_FAILED;
  const char *word = failed ? "failed" : rushes_simulated_call_get_word (call, task);
  const char *asked = rushes_simulated_call_get_query (call, "task_ids");
  g_autofree char *clip = NULL;

  /* A name of the client's is no id of a task. */
  if (g_strcmp0 (rushes_simulated_task_get_kind (task), "3.x") != 0 ||
      (asked != NULL && strcmp (asked, rushes_simulated_task_get_id (task)) != 0))
    {
      rushes_simulated_call_reply (call, 200, "{'code':0,'message':'SUCCEED','data':[]}");
      return;
    }
  if (state == RUSHES_SIMULATED_DONE)
    {
      word = "succeeded";
      clip = rushes_simulated_kling_describe_clip (call, task, "\"type\":\"video\",");
    }
  rushes_simulated_call_reply (
      call, 200,
      "{'code':0,'message':'SUCCEED','data':[{'id':%s,'status':%s,'message':%s,'create_time':%d,'update_time':%d,"
      "'external_id':%s,%j:[%j],'billing':[]}]}",
      rushes_simulated_task_get_id (task), word, failed ? rushes_simulated_kling_get_reason (call, task) : "",
      rushes_simulated_kling_get_created (task), g_get_real_time () / 1000, rushes_simulated_task_get_own_id (task),
      rushes_simulated_call_has (call, "result-list") ? "\"result\"" : "\"outputs\"", clip != NULL ? clip : "");
}
