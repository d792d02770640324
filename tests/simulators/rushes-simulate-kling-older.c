/* rushes-simulate-kling-older.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

/* The older generation of Kling: the model stands in the body. */

#include "rushes-simulate-kling-private.h"

#include <string.h>

static const RushesSimulatedField camera_fields[] = {
  { .name = "type",
    .type = RUSHES_FIELD_TEXT,
    .required = TRUE,
    .choices = "simple|down_back|forward_up|right_turn_forward|left_turn_forward" },
  { .name = "config", .type = RUSHES_FIELD_OBJECT },
  {},
};

static const RushesSimulatedField element_fields[] = {
  { .name = "element_id", .type = RUSHES_FIELD_ANY, .required = TRUE },
  {},
};

static const RushesSimulatedField voice_fields[] = {
  { .name = "voice_id", .type = RUSHES_FIELD_ANY, .required = TRUE },
  {},
};

static const RushesSimulatedField shot_fields[] = {
  { .name = "index", .type = RUSHES_FIELD_INTEGER, .required = TRUE, .minimum = 1, .maximum = 6 },
  { .name = "prompt", .type = RUSHES_FIELD_TEXT, .required = TRUE, .minimum = 1, .maximum = 512 },
  { .name = "duration", .type = RUSHES_FIELD_TEXT, .required = TRUE },
  {},
};

#define MODELS_OF_BOTH "kling-v1|kling-v1-6|kling-v2-master|kling-v2-1-master|kling-v2-5-turbo|kling-v2-6|kling-v3"

#define COMMON_FIELDS                                                                                                  \
  { .name = "model", .type = RUSHES_FIELD_ANY },                                                                       \
      { .name = "negative_prompt", .type = RUSHES_FIELD_TEXT, .minimum = 0, .maximum = 2500 },                         \
      { .name = "mode", .type = RUSHES_FIELD_TEXT, .choices = "std|pro|4k" },                                          \
      { .name = "duration", .type = RUSHES_FIELD_TEXT, .choices = "3|4|5|6|7|8|9|10|11|12|13|14|15" },                 \
      { .name = "cfg_scale", .type = RUSHES_FIELD_NUMBER, .minimum = 0, .maximum = 1 },                                \
      { .name = "sound", .type = RUSHES_FIELD_TEXT, .choices = "on|off" },                                             \
      { .name = "camera_control", .type = RUSHES_FIELD_OBJECT, .members = camera_fields },                             \
      { .name = "multi_shot", .type = RUSHES_FIELD_SWITCH },                                                           \
      { .name = "shot_type", .type = RUSHES_FIELD_TEXT, .choices = "customize|intelligence" },                         \
      { .name = "multi_prompt", .type = RUSHES_FIELD_LIST, .minimum = 1, .maximum = 6, .members = shot_fields },       \
      { .name = "watermark_info", .type = RUSHES_FIELD_OBJECT, .members = rushes_simulated_kling_watermark_fields },   \
      { .name = "callback_url", .type = RUSHES_FIELD_PICTURE, .choices = "http" },                                     \
      { .name = "external_task_id", .type = RUSHES_FIELD_TEXT, .minimum = 1, .maximum = 100 }

static const RushesSimulatedField text_fields[] = {
  { .name = "model_name", .type = RUSHES_FIELD_TEXT, .choices = MODELS_OF_BOTH },
  { .name = "prompt", .type = RUSHES_FIELD_TEXT, .required = TRUE, .minimum = 1, .maximum = 2500 },
  { .name = "aspect_ratio", .type = RUSHES_FIELD_TEXT, .choices = "16:9|9:16|1:1" },
  COMMON_FIELDS,
  {},
};

static const RushesSimulatedField image_fields[] = {
  { .name = "model_name", .type = RUSHES_FIELD_TEXT, .choices = MODELS_OF_BOTH "|kling-v1-5|kling-v2-1" },
  { .name = "prompt", .type = RUSHES_FIELD_TEXT, .minimum = 0, .maximum = 2500 },
  /* With “data:” in front it is refused. */
  { .name = "image", .type = RUSHES_FIELD_PICTURE, .choices = "base64|http" },
  { .name = "image_tail", .type = RUSHES_FIELD_PICTURE, .choices = "base64|http" },
  { .name = "static_mask", .type = RUSHES_FIELD_PICTURE, .choices = "base64|http" },
  { .name = "dynamic_masks", .type = RUSHES_FIELD_ANY },
  { .name = "element_list", .type = RUSHES_FIELD_LIST, .minimum = 1, .maximum = 3, .members = element_fields },
  { .name = "voice_list", .type = RUSHES_FIELD_LIST, .minimum = 1, .maximum = 2, .members = voice_fields },
  COMMON_FIELDS,
  {},
};

/* What does not go together; NULL when all does. */
static const char *
find_conflict (JsonObject *body, const char **where)
{
  const char *model = rushes_simulated_body_text (body, "model_name");
  const char *mode = rushes_simulated_body_text (body, "mode");
  const char *duration = rushes_simulated_body_text (body, "duration");
  gboolean sounds = g_strcmp0 (rushes_simulated_body_text (body, "sound"), "on") == 0;
  gboolean is_v3, is_v26, is_pro;

  if (model == NULL)
    model = "kling-v1";
  is_v3 = strcmp (model, "kling-v3") == 0;
  is_v26 = strcmp (model, "kling-v2-6") == 0;
  is_pro = g_strcmp0 (mode, "pro") == 0;

  *where = "duration";
  if (!is_v3 && duration != NULL && strcmp (duration, "5") != 0 && strcmp (duration, "10") != 0)
    return "duration value is invalid for this model";
  *where = "mode";
  if (g_strcmp0 (mode, "4k") == 0 && !is_v3)
    return "mode 4k is not supported by the current model";
  *where = "sound";
  if (sounds && !is_v3 && !(is_v26 && is_pro))
    return "sound is not supported by the current model and mode";
  *where = "cfg_scale";
  if (json_object_has_member (body, "cfg_scale") && g_str_has_prefix (model, "kling-v2"))
    return "cfg_scale is not supported by the current model";
  *where = "multi_shot";
  if (!is_v3 && (json_object_has_member (body, "multi_shot") || json_object_has_member (body, "multi_prompt") ||
                 json_object_has_member (body, "element_list") || json_object_has_member (body, "voice_list")))
    return "multi_shot is not supported by the current model";
  *where = "image_tail";
  if (json_object_has_member (body, "image_tail"))
    {
      if (!is_v3 && !is_pro)
        return "image_tail is only supported in pro mode";
      if (json_object_has_member (body, "camera_control") || json_object_has_member (body, "static_mask") ||
          json_object_has_member (body, "dynamic_masks"))
        return "image_tail cannot be used with camera_control or masks";
    }
  return NULL;
}

/* Neither model nor length can be chosen, and it has no name of the client's. */
static const RushesSimulatedField extension_fields[] = {
  { .name = "video_id", .type = RUSHES_FIELD_TEXT, .required = TRUE, .minimum = 1, .maximum = 200 },
  { .name = "prompt", .type = RUSHES_FIELD_TEXT, .minimum = 0, .maximum = 2500 },
  { .name = "negative_prompt", .type = RUSHES_FIELD_TEXT, .minimum = 0, .maximum = 2500 },
  { .name = "cfg_scale", .type = RUSHES_FIELD_NUMBER, .minimum = 0, .maximum = 1 },
  { .name = "callback_url", .type = RUSHES_FIELD_PICTURE, .choices = "http" },
  {},
};

static void
reply_submitted (RushesSimulatedCall *call, RushesSimulatedTask *task, const char *own_id)
{
  rushes_simulated_call_reply (
      call, 200,
      "{'code':0,'message':'SUCCEED','request_id':'CjhPsimulated','data':{'task_id':%s,'task_info':{"
      "'external_task_id':%s},'task_status':'submitted','created_at':%d,'updated_at':%d}}",
      rushes_simulated_task_get_id (task), own_id, rushes_simulated_kling_get_created (task),
      rushes_simulated_kling_get_created (task));
}

static void
submit_older (RushesSimulatedCall *call, const RushesSimulatedField *fields, const char *kind)
{
  JsonObject *body = rushes_simulated_call_get_body (call);
  const char *conflict, *where, *own_id, *fault = NULL;
  RushesSimulatedTask *task;

  if (rushes_simulated_kling_refuse (call) || !rushes_simulated_call_check (call, fields))
    return;
  if (rushes_simulated_call_is_form (call))
    {
      rushes_simulated_kling_refuse_value (call, "", "the body must be JSON");
      return;
    }
  if ((conflict = find_conflict (body, &where)) != NULL)
    {
      rushes_simulated_kling_refuse_value (call, where, conflict);
      return;
    }
  if (fields == image_fields)
    {
      const char *first = rushes_simulated_body_text (body, "image");
      const char *last = rushes_simulated_body_text (body, "image_tail");

      if (first == NULL && last == NULL)
        {
          rushes_simulated_kling_refuse_value (call, "image", "at least one of image and image_tail is required");
          return;
        }
      if ((first == NULL || (fault = rushes_simulated_kling_find_picture_fault (first)) == NULL) && last != NULL)
        fault = rushes_simulated_kling_find_picture_fault (last);
    }
  own_id = rushes_simulated_body_text (body, "external_task_id");
  if (rushes_simulated_kling_is_taken (call, own_id))
    return;

  task = rushes_simulated_kling_accept (call, own_id, kind, fault, rushes_simulated_kling_wants_watermark (body));
  reply_submitted (call, task, own_id);
}

/* What the first models made is made longer, to three minutes at most. */
#define LONGEST 180
#define ADDED   5

static RushesSimulatedTask *
find_source (RushesSimulatedCall *call, const char *clip_id)
{
  RushesSimulatedTask *task = NULL;

  if (g_str_has_prefix (clip_id, "clip-"))
    task = rushes_simulator_find_task (rushes_simulated_call_get_simulator (call), clip_id + strlen ("clip-"));
  return task != NULL && rushes_simulated_kling_get_state (task) == RUSHES_SIMULATED_DONE &&
                 !rushes_simulated_call_has (call, "extend-gone")
             ? task
             : NULL;
}

static gboolean
is_extensible (RushesSimulatedTask *task)
{
  const char *model = rushes_simulated_body_text (rushes_simulated_task_get_request (task), "model_name");

  return g_strcmp0 (rushes_simulated_task_get_kind (task), "video-extend") == 0 || model == NULL ||
         g_strv_contains ((const char *const[]) { "kling-v1", "kling-v1-5", "kling-v1-6", NULL }, model);
}

void
rushes_simulated_kling_submit_extension (RushesSimulatedCall *call)
{
  RushesSimulatedTask *source, *task;
  g_autofree char *seconds = NULL;

  if (rushes_simulated_kling_refuse (call) || !rushes_simulated_call_check (call, extension_fields))
    return;
  source = find_source (call, rushes_simulated_call_get_text (call, "video_id"));
  if (source == NULL)
    rushes_simulated_kling_refuse_value (call, "video_id", "video_id is invalid or the video has been cleared");
  else if (!is_extensible (source))
    rushes_simulated_kling_refuse_value (call, "video_id", "the model of the video does not support extension");
  else if (rushes_simulated_kling_get_seconds (source) + ADDED > LONGEST)
    rushes_simulated_kling_refuse_value (call, "video_id", "the total duration cannot exceed 3 minutes");
  else
    {
      task = rushes_simulated_kling_accept (call, NULL, "video-extend", NULL, FALSE);
      seconds = g_strdup_printf ("%d", rushes_simulated_kling_get_seconds (source) + ADDED);
      rushes_simulated_task_set_note (task, "seconds", seconds);
      reply_submitted (call, task, NULL);
    }
}

void
rushes_simulated_kling_submit_text (RushesSimulatedCall *call)
{
  submit_older (call, text_fields, "text2video");
}

void
rushes_simulated_kling_submit_image (RushesSimulatedCall *call)
{
  submit_older (call, image_fields, "image2video");
}

/* A task is found only where it was made. */
static void
poll_older (RushesSimulatedCall *call, const char *kind)
{
  RushesSimulatedTask *task = rushes_simulated_call_get_task (call);
  RushesSimulatedState state = rushes_simulated_kling_get_state (task);
  g_autofree char *clip = NULL, *result = NULL;

  if (g_strcmp0 (rushes_simulated_task_get_kind (task), kind) != 0)
    {
      rushes_simulated_call_refuse (call, RUSHES_REFUSAL_NOT_FOUND, RUSHES_PROBLEM_VALUE, "", NULL);
      return;
    }
  if (state == RUSHES_SIMULATED_DONE)
    {
      clip = rushes_simulated_kling_describe_clip (call, task, "");
      result = g_strdup_printf (",\"task_result\":{\"videos\":[%s]},\"final_unit_deduction\":\"3.5\"", clip);
    }
  else if (state == RUSHES_SIMULATED_FAILED)
    result = g_strdup (",\"task_result\":{}");
  rushes_simulated_call_reply (
      call, 200,
      "{'code':0,'message':'SUCCEED','request_id':'CjhPsimulated','data':{'task_id':%s,'task_status':%s,"
      "'task_status_msg':%s,'task_info':{'external_task_id':%s}%j,'created_at':%d,'updated_at':%d}}",
      rushes_simulated_task_get_id (task),
      state == RUSHES_SIMULATED_FAILED ? "failed" : rushes_simulated_call_get_word (call, task),
      state == RUSHES_SIMULATED_FAILED ? rushes_simulated_kling_get_reason (call, task) : "",
      rushes_simulated_task_get_own_id (task), result != NULL ? result : "", rushes_simulated_kling_get_created (task),
      g_get_real_time () / 1000);
}

void
rushes_simulated_kling_poll_text (RushesSimulatedCall *call)
{
  poll_older (call, "text2video");
}

void
rushes_simulated_kling_poll_image (RushesSimulatedCall *call)
{
  poll_older (call, "image2video");
}

void
rushes_simulated_kling_poll_extension (RushesSimulatedCall *call)
{
  poll_older (call, "video-extend");
}
