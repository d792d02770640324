/* rushes-simulate-luma.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

/* Luma: the Agents API (docs.agents.lumalabs.ai) and the older one of Dream Machine (npm lumaai 1.19.1). */

#include "rushes-simulator.h"

#include <string.h>

/* ---- refusals ---- */

static void
refuse (RushesSimulatedCall *call, RushesRefusal why, const RushesSimulatedProblem *problem)
{
  static const struct
  {
    guint status;
    const char *detail;
  } words[] = {
    [RUSHES_REFUSAL_KEY] = { 401, "Invalid API key" },
    [RUSHES_REFUSAL_BALANCE] = { 402, "Insufficient credits" },
    [RUSHES_REFUSAL_RATE] = { 429, "Too many requests" },
    [RUSHES_REFUSAL_MODERATION] = { 400, "Content was moderated" },
    [RUSHES_REFUSAL_REQUEST] = { 422, "Input is not valid" },
    [RUSHES_REFUSAL_MODEL] = { 422, "Unknown model" },
    [RUSHES_REFUSAL_NOT_FOUND] = { 404, "Generation not found" },
    [RUSHES_REFUSAL_METHOD] = { 405, "Method Not Allowed" },
    [RUSHES_REFUSAL_CANCEL] = { 405, "Method Not Allowed" },
    [RUSHES_REFUSAL_BUSY] = { 503, "Service Unavailable" },
    [RUSHES_REFUSAL_SERVER] = { 500, "Internal Server Error" },
  };
  g_auto (GStrv) steps = NULL;

  if (problem == NULL || *problem->where == '\0')
    {
      if (rushes_simulated_call_has (call, "message"))
        rushes_simulated_call_reply (call, words[why].status, "{'message':%s}",
                                     problem != NULL ? problem->message : words[why].detail);
      else
        rushes_simulated_call_reply (call, words[why].status, "{'detail':%s}",
                                     problem != NULL ? problem->message : words[why].detail);
      return;
    }
  steps = g_strsplit (problem->where, ".", 2);
  if (steps[1] != NULL)
    rushes_simulated_call_reply (call, 422, "{'detail':[{'loc':['body',%s,%s],'msg':%s,'type':'value_error'}]}",
                                 steps[0], steps[1], problem->message);
  else
    rushes_simulated_call_reply (call, 422, "{'detail':[{'loc':['body',%s],'msg':%s,'type':'value_error'}]}", steps[0],
                                 problem->message);
}

static gboolean
complain (RushesSimulatedCall *call, const char *where, const char *message)
{
  rushes_simulated_call_refuse (call, RUSHES_REFUSAL_REQUEST, RUSHES_PROBLEM_VALUE, where, message);
  return FALSE;
}

/* ---- Agents ---- */

static const RushesSimulatedField frame_fields[] = {
  { .name = "url", .type = RUSHES_FIELD_PICTURE, .choices = "https|http" },
  { .name = "data", .type = RUSHES_FIELD_PICTURE, .choices = "base64" },
  { .name = "media_type", .type = RUSHES_FIELD_TEXT, .choices = "image/png|image/jpeg|image/webp" },
  {},
};

static const RushesSimulatedField video_fields[] = {
  { .name = "resolution", .type = RUSHES_FIELD_TEXT, .choices = "360p|540p|720p|1080p" },
  { .name = "duration", .type = RUSHES_FIELD_TEXT, .choices = "5s|10s" },
  { .name = "loop", .type = RUSHES_FIELD_SWITCH },
  { .name = "hdr", .type = RUSHES_FIELD_SWITCH },
  { .name = "start_frame", .type = RUSHES_FIELD_OBJECT, .members = frame_fields },
  { .name = "end_frame", .type = RUSHES_FIELD_OBJECT, .members = frame_fields },
  {},
};

static const RushesSimulatedField fields[] = {
  { .name = "model", .type = RUSHES_FIELD_TEXT, .required = TRUE },
  { .name = "type", .type = RUSHES_FIELD_TEXT, .required = TRUE, .choices = "video" },
  { .name = "prompt", .type = RUSHES_FIELD_TEXT, .required = TRUE, .minimum = 1, .maximum = 6000 },
  { .name = "aspect_ratio", .type = RUSHES_FIELD_TEXT, .choices = "16:9|9:16|1:1|4:3|3:4|21:9" },
  { .name = "video", .type = RUSHES_FIELD_OBJECT, .members = video_fields },
  {},
};

/* An address, or bytes with their type, and not both. */
static gboolean
is_frame (JsonObject *video, const char *name)
{
  JsonObject *frame;
  gboolean data;

  if (!json_object_has_member (video, name))
    return TRUE;
  frame = json_object_get_object_member (video, name);
  data = json_object_has_member (frame, "data");
  return data != json_object_has_member (frame, "url") && data == json_object_has_member (frame, "media_type");
}

static gboolean
check_video (RushesSimulatedCall *call, JsonObject *video)
{
  const char *resolution = rushes_simulated_body_text (video, "resolution");
  gboolean start = json_object_has_member (video, "start_frame"), end = json_object_has_member (video, "end_frame");

  if (!is_frame (video, "start_frame") || !is_frame (video, "end_frame"))
    return complain (call, "video.start_frame", "Give exactly one of url, data and generation_id");
  if ((start || end) && g_strcmp0 (rushes_simulated_body_text (video, "duration"), "10s") == 0)
    return complain (call, "video.duration", "Clips with an image are 5s long");
  if (end && json_object_get_boolean_member_with_default (video, "loop", FALSE))
    return complain (call, "video.loop", "loop cannot be combined with end_frame");
  if (json_object_has_member (video, "hdr") &&
      !g_strv_contains ((const char *const[]) { "720p", "1080p", NULL }, resolution != NULL ? resolution : "720p"))
    return complain (call, "video.hdr", "hdr is for 720p and 1080p");
  return TRUE;
}

static void
submit (RushesSimulatedCall *call)
{
  JsonObject *body;
  g_autofree char *id = NULL;

  if (!rushes_simulated_call_check (call, fields))
    return;
  body = rushes_simulated_call_get_body (call);
  if (!g_str_equal (rushes_simulated_body_text (body, "model"), "ray-3.2"))
    {
      refuse (call, RUSHES_REFUSAL_MODEL, NULL);
      return;
    }
  if (json_object_has_member (body, "video") && !check_video (call, json_object_get_object_member (body, "video")))
    return;
  id = g_strdup_printf ("3f1c2b1e-1a2b-4c3d-9e8f-%012u",
                        rushes_simulator_next (rushes_simulated_call_get_simulator (call)));
  rushes_simulated_call_accept (call, id, NULL, "agents");
  rushes_simulated_call_reply (call, 201,
                               "{'id':%s,'type':'video','state':'queued','model':'ray-3.2','output':[],"
                               "'failure_reason':null,'failure_code':null}",
                               id);
}

/* ---- Dream Machine ---- */

static const RushesSimulatedField keyframe_fields[] = {
  { .name = "type", .type = RUSHES_FIELD_TEXT, .required = TRUE, .choices = "image" },
  { .name = "url", .type = RUSHES_FIELD_PICTURE, .required = TRUE, .choices = "https|http" },
  {},
};

static const RushesSimulatedField keyframes_fields[] = {
  { .name = "frame0", .type = RUSHES_FIELD_OBJECT, .members = keyframe_fields },
  { .name = "frame1", .type = RUSHES_FIELD_OBJECT, .members = keyframe_fields },
  {},
};

static const RushesSimulatedField older_fields[] = {
  { .name = "model", .type = RUSHES_FIELD_TEXT, .required = TRUE, .choices = "ray-2|ray-flash-2" },
  { .name = "prompt", .type = RUSHES_FIELD_TEXT, .required = TRUE, .minimum = 3, .maximum = 5000 },
  { .name = "aspect_ratio", .type = RUSHES_FIELD_TEXT, .choices = "1:1|16:9|9:16|4:3|3:4|21:9|9:21" },
  { .name = "duration", .type = RUSHES_FIELD_TEXT, .choices = "5s|9s" },
  { .name = "resolution", .type = RUSHES_FIELD_TEXT, .choices = "540p|720p|1080p|4k" },
  { .name = "loop", .type = RUSHES_FIELD_SWITCH },
  { .name = "keyframes", .type = RUSHES_FIELD_OBJECT, .members = keyframes_fields },
  {},
};

static void
submit_older (RushesSimulatedCall *call)
{
  JsonObject *body;
  g_autofree char *id = NULL;

  if (!rushes_simulated_call_check (call, older_fields))
    return;
  body = rushes_simulated_call_get_body (call);
  if (g_strcmp0 (rushes_simulated_body_text (body, "resolution"), "4k") == 0 &&
      g_strcmp0 (rushes_simulated_body_text (body, "duration"), "9s") == 0)
    {
      complain (call, "duration", "4k is 5s long");
      return;
    }
  id = g_strdup_printf ("123e4567-e89b-12d3-a456-%012u",
                        rushes_simulator_next (rushes_simulated_call_get_simulator (call)));
  rushes_simulated_call_accept (call, id, NULL, "dream-machine");
  rushes_simulated_call_reply (
      call, 201, "{'id':%s,'generation_type':'video','state':'queued','failure_reason':null,'assets':null}", id);
}

/* ---- both ---- */

static void
poll (RushesSimulatedCall *call)
{
  RushesSimulatedTask *task = rushes_simulated_call_get_task (call);
  RushesSimulatedState state = rushes_simulated_task_get_state (task);
  const char *id = rushes_simulated_task_get_id (task), *word = rushes_simulated_call_get_word (call, task);
  gboolean older = g_str_equal (rushes_simulated_task_get_kind (task), "dream-machine");
  gboolean rejected = rushes_simulated_call_is_rejected (call);
  g_autofree char *url = state == RUSHES_SIMULATED_DONE ? rushes_simulated_call_make_clip_url (call, task) : NULL;
  g_autofree char *output = NULL;
  const char *reason = NULL, *code = NULL;

  if (state == RUSHES_SIMULATED_FAILED)
    {
      reason = rejected ? "Content was moderated" : "Internal error";
      code = rejected ? "content_moderated" : "internal_error";
    }
  if (state == RUSHES_SIMULATED_RUNNING && rushes_simulated_call_has (call, "dreaming"))
    word = "dreaming";
  if (older)
    {
      output = url != NULL ? g_strdup_printf ("{\"video\":\"%s\",\"image\":\"%s.jpg\"}", url, url) : NULL;
      rushes_simulated_call_reply (call, 200,
                                   "{'id':%s,'generation_type':'video','state':%s,'failure_reason':%s,'assets':%j}", id,
                                   word, reason, output);
    }
  else
    {
      output = url != NULL ? g_strdup_printf ("[{\"type\":\"video\",\"url\":\"%s\"}]", url) : g_strdup ("[]");
      rushes_simulated_call_reply (
          call, 200, "{'id':%s,'type':'video','state':%s,'output':%j,'failure_reason':%s,'failure_code':%s}", id, word,
          output, reason, code);
    }
}

/* ---- the service ---- */

static const RushesSimulatedRoute routes[] = {
  { "POST", "/v1/generations", RUSHES_SIMULATED_SUBMIT, submit },
  { "GET", "/v1/generations/{id}", RUSHES_SIMULATED_POLL, poll },
  { "POST", "/v1/generations/video", RUSHES_SIMULATED_SUBMIT, submit_older },
  { "POST", "/dream-machine/v1/generations/video", RUSHES_SIMULATED_SUBMIT, submit_older },
  { "GET", "/dream-machine/v1/generations/{id}", RUSHES_SIMULATED_POLL, poll },
  {},
};

static const RushesSimulatedQuirk quirks[] = {
  { "dreaming", "a running task is called dreaming" },
  { "message", "refusals are {\"message\": \"text\"}" },
  {},
};

extern const RushesSimulatedService rushes_simulated_luma;
const RushesSimulatedService rushes_simulated_luma = {
  .id = "luma",
  .about = "Luma: Agents, and Dream Machine before it",
  .base_path = "",
  .scheme = "Bearer",
  .key = "luma-api-simulated",
  .words = { "queued", "processing", "completed", "failed", "failed" },
  .routes = routes,
  .quirks = quirks,
  .refuse = refuse,
};
