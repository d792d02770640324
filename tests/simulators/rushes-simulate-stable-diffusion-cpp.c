/* rushes-simulate-stable-diffusion-cpp.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

/* sd-server of stable-diffusion.cpp (examples/server/api.md): jobs, with the clip in the answer. */

#include "rushes-simulator.h"

static void
refuse (RushesSimulatedCall *call, RushesRefusal why, const RushesSimulatedProblem *problem)
{
  static const struct
  {
    guint status;
    const char *message;
  } words[] = {
    [RUSHES_REFUSAL_KEY] = { 401, "unauthorized" },          [RUSHES_REFUSAL_RATE] = { 429, "job queue is full" },
    [RUSHES_REFUSAL_REQUEST] = { 400, "invalid request" },   [RUSHES_REFUSAL_NOT_FOUND] = { 404, "job not found" },
    [RUSHES_REFUSAL_METHOD] = { 405, "method not allowed" }, [RUSHES_REFUSAL_CANCEL] = { 409, "job is generating" },
  };
  gboolean is_known = why < G_N_ELEMENTS (words) && words[why].status != 0;
  const char *message = is_known ? words[why].message : "internal error";

  rushes_simulated_call_reply (call, is_known ? words[why].status : 500, "{'error':%s}",
                               problem != NULL ? problem->message : message);
}

static const RushesSimulatedField fields[] = {
  { .name = "prompt", .type = RUSHES_FIELD_TEXT, .required = TRUE, .minimum = 1, .maximum = 100000 },
  { .name = "negative_prompt", .type = RUSHES_FIELD_TEXT },
  { .name = "width", .type = RUSHES_FIELD_INTEGER, .minimum = 16, .maximum = 4096 },
  { .name = "height", .type = RUSHES_FIELD_INTEGER, .minimum = 16, .maximum = 4096 },
  { .name = "strength", .type = RUSHES_FIELD_NUMBER },
  { .name = "seed", .type = RUSHES_FIELD_INTEGER },
  { .name = "video_frames", .type = RUSHES_FIELD_INTEGER, .required = TRUE, .minimum = 5, .maximum = 1000 },
  { .name = "fps", .type = RUSHES_FIELD_INTEGER, .minimum = 1, .maximum = 60 },
  { .name = "init_image", .type = RUSHES_FIELD_PICTURE, .choices = "base64|data" },
  { .name = "end_image", .type = RUSHES_FIELD_PICTURE, .choices = "base64|data" },
  { .name = "sample_params", .type = RUSHES_FIELD_ANY },
  { .name = "output_format", .type = RUSHES_FIELD_TEXT, .choices = "webm|webp|avi" },
  {},
};

static void
submit (RushesSimulatedCall *call)
{
  g_autofree char *id = NULL, *url = NULL;

  if (!rushes_simulated_call_check (call, fields))
    return;
  /* It rounds down by itself; whoever means the length asks for 4n + 1. */
  if (json_object_get_int_member (rushes_simulated_call_get_body (call), "video_frames") % 4 != 1)
    {
      rushes_simulated_call_refuse (call, RUSHES_REFUSAL_REQUEST, RUSHES_PROBLEM_VALUE, "video_frames",
                                    "video_frames is not 4n+1");
      return;
    }
  id = g_strdup_printf ("job_%06u", rushes_simulator_next (rushes_simulated_call_get_simulator (call)));
  rushes_simulated_call_accept (call, id, NULL, NULL);
  url = g_strdup_printf ("/sdcpp/v1/jobs/%s", id);
  rushes_simulated_call_reply (
      call, 202, "{'id':%s,'kind':'vid_gen','status':'queued','created':1775401200,'poll_url':%s}", id, url);
}

static void
poll (RushesSimulatedCall *call)
{
  RushesSimulatedTask *task = rushes_simulated_call_get_task (call);
  RushesSimulatedState state = rushes_simulated_task_get_state (task);
  g_autofree char *base64 = NULL, *result = NULL;

  if (state == RUSHES_SIMULATED_DONE && !rushes_simulated_call_has (call, "done-without-clip"))
    {
      gsize size;
      const guchar *clip =
          g_bytes_get_data (rushes_simulator_get_clip (rushes_simulated_call_get_simulator (call)), &size);

      base64 = g_base64_encode (clip, size);
      result =
          g_strdup_printf ("{\"output_format\":\"webm\",\"mime_type\":\"video/webm\",\"fps\":16,\"frame_count\":33,"
                           "\"b64_json\":\"%s\"}",
                           base64);
    }
  rushes_simulated_call_reply (
      call, 200,
      "{'id':%s,'kind':'vid_gen','status':%s,'created':1775401200,'queue_position':%d,'result':%j,'error':%j}",
      rushes_simulated_task_get_id (task), rushes_simulated_call_get_word (call, task),
      (gint64) (state == RUSHES_SIMULATED_QUEUED ? 2 : 0), result,
      state == RUSHES_SIMULATED_FAILED
          ? "{\"code\":\"generation_failed\",\"message\":\"generate_video returned no results\"}"
          : NULL);
}

static void
cancel (RushesSimulatedCall *call)
{
  RushesSimulatedTask *task = rushes_simulated_call_get_task (call);

  if (rushes_simulated_task_get_state (task) != RUSHES_SIMULATED_QUEUED)
    {
      refuse (call, RUSHES_REFUSAL_CANCEL, NULL);
      return;
    }
  rushes_simulated_task_cancel (task);
  rushes_simulator_count (rushes_simulated_call_get_simulator (call), RUSHES_SIMULATED_COUNT_CANCELS);
  rushes_simulated_call_reply (call, 200, "{'id':%s,'status':'cancelled'}", rushes_simulated_task_get_id (task));
}

static void
tell_capabilities (RushesSimulatedCall *call)
{
  rushes_simulated_call_reply (call, 200,
                               "{'model':{'name':'wan2.2_ti2v_5B_fp16.safetensors'},'current_mode':'img_gen',"
                               "'supported_modes':['img_gen','vid_gen'],'features':{'cancel_queued':true}}");
}

static const RushesSimulatedRoute routes[] = {
  { "POST", "/sdcpp/v1/vid_gen", RUSHES_SIMULATED_SUBMIT, submit },
  { "GET", "/sdcpp/v1/jobs/{id}", RUSHES_SIMULATED_POLL, poll },
  { "POST", "/sdcpp/v1/jobs/{id}/cancel", RUSHES_SIMULATED_CANCEL, cancel },
  { "GET", "/sdcpp/v1/capabilities", RUSHES_SIMULATED_OTHER, tell_capabilities },
  {},
};

extern const RushesSimulatedService rushes_simulated_stable_diffusion_cpp;
const RushesSimulatedService rushes_simulated_stable_diffusion_cpp = {
  .id = "stable-diffusion-cpp",
  .about = "sd-server of stable-diffusion.cpp on a computer of one's own",
  .base_path = "",
  .scheme = "Bearer",
  .key = "sd-simulated",
  .key_optional = TRUE,
  .words = { "queued", "generating", "completed", "failed", "cancelled" },
  .routes = routes,
  .refuse = refuse,
};
