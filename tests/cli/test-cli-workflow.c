/* test-cli-workflow.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

/* Workflows of ComfyUI on the command line: from the file that was exported to the clip that it makes. */

#include <signal.h>
#include <string.h>

#include "picture-fixtures.h"
#include "rushes-cli-run.h"
#include "rushes-test-simulator.h"
#include "rushes-test.h"

static char *
find_workflow (const char *name)
{
  return g_test_build_filename (G_TEST_DIST, "fixtures", "workflows", name, NULL);
}

/* The object of a listing that is about a slot. */
static JsonObject *
find_slot (GPtrArray *objects, const char *slot, const char *place)
{
  for (guint i = 0; i < objects->len; i++)
    {
      JsonObject *object = g_ptr_array_index (objects, i);

      if (g_strcmp0 (json_object_get_string_member_with_default (object, "slot", NULL), slot) == 0 &&
          g_strcmp0 (json_object_get_string_member_with_default (object, "place", NULL), place) == 0)
        return object;
    }
  return NULL;
}

/* What is not certain is asked about, and nothing is added. */
static void
test_unsure (void)
{
  g_autoptr (Home) home = home_new ();
  g_autofree char *unsure = find_workflow ("unsure.json");
  g_autofree char *saved = find_workflow ("saved-format.json");
  g_autoptr (Run) add = run_rushes (home, "providers", "add", unsure, "--yes", "--json", NULL);
  g_autoptr (Run) check = NULL;
  g_autoptr (Run) wrong = NULL;
  g_autoptr (Run) other = NULL;
  JsonObject *scene;

  g_assert_cmpint (add->status, ==, 2);
  g_assert_nonnull (strstr (add->err, "prompt, seed"));
  g_assert_nonnull (strstr (add->err, "--bind prompt=10.value"));
  scene = find_slot (add->events, "prompt", "10.value");
  g_assert_nonnull (scene);
  g_assert_cmpstr (json_object_get_string_member (scene, "state"), ==, "open");
  g_assert_cmpstr (json_object_get_string_member (scene, "node"), ==, "Scene");
  g_assert_nonnull (find_slot (add->events, "seed", "41.seed"));
  g_assert_cmpstr (json_object_get_string_member (find_slot (add->events, "negative", "22.text"), "state"), ==,
                   "bound");

  check = run_rushes (home, "providers", "check", unsure, NULL);
  g_assert_cmpint (check->status, ==, 2);
  g_assert_nonnull (strstr (check->out, "--bind prompt=10.value"));
  wrong = run_rushes (home, "providers", "add", unsure, "--yes", "--bind", "prompt=30.length", NULL);
  assert_refused (wrong, 2, "30.length");
  other = run_rushes (home, "providers", "add", saved, "--yes", NULL);
  assert_refused (other, 2, "Export (API)");
  g_assert_cmpuint (home_count_files (home, "providers"), ==, 0);
}

/* Words typed by a person make a clip, and stand where that was said. */
static void
test_bound (void)
{
  g_autoptr (Home) home = home_new ();
  g_autoptr (RushesTestSimulator) simulator = rushes_test_simulator_new ("comfyui", NULL);
  g_autofree char *unsure = find_workflow ("unsure.json");
  g_autofree char *clip = home_path (home, "clip.mp4");
  g_autoptr (Run) add = run_rushes (home, "providers", "add", unsure, "--bind", "prompt=10.value", "--bind",
                                    "seed=40.seed", "--id", "lighthouse", "--name", "Light House", "--base-url",
                                    rushes_test_simulator_get_url (simulator), "--yes", NULL);
  g_autoptr (Run) shown = NULL;
  g_autoptr (Run) rehearsed = NULL;
  g_autoptr (Run) made = NULL;
  g_autoptr (JsonNode) node = NULL;
  JsonObject *request, *graph;
  RushesClipFacts facts;

  g_test_message ("%s", add->err);
  g_assert_cmpint (add->status, ==, 0);
  g_assert_nonnull (strstr (add->out, "Light House"));
  shown = run_rushes (home, "providers", "show", "lighthouse", NULL);
  g_assert_nonnull (strstr (shown->out, "10.value (Scene)"));
  g_assert_nonnull (strstr (shown->out, "40.seed (First pass)"));

  rehearsed =
      run_rushes (home, "generate", "A tower in fog", "-p", "lighthouse", "--seed", "5", "--dry-run", "--json", NULL);
  request = json_object_get_object_member (find_event (rehearsed, "request"), "body");
  graph = json_object_get_object_member (request, "prompt");
#define INPUTS(id) json_object_get_object_member (json_object_get_object_member (graph, id), "inputs")
  g_assert_cmpstr (json_object_get_string_member (INPUTS ("10"), "value"), ==, "A tower in fog");
  g_assert_cmpint (json_object_get_int_member (INPUTS ("40"), "seed"), ==, 5);
  g_assert_cmpint (json_object_get_int_member (INPUTS ("41"), "seed"), ==, 12);
  g_assert_cmpint (json_object_get_int_member (INPUTS ("11"), "value"), ==, 832);

  made = run_rushes (home, "generate", "A tower in fog", "-p", "lighthouse", "--poll-interval", "0.1", "-o", clip,
                     "--json", NULL);
  g_test_message ("%s", made->err);
  g_assert_cmpint (made->status, ==, 0);
  read_clip (clip, &facts);
  g_assert_cmpuint (rushes_test_simulator_count (simulator, "submits"), ==, 1);
}

/* With pictures, and a still that the workflow would save, too, and that is no clip. */
static void
test_pictures (void)
{
  g_autoptr (Home) home = home_new ();
  g_autoptr (RushesTestSimulator) simulator = rushes_test_simulator_new ("comfyui", NULL);
  g_autofree char *workflow = find_workflow ("wan-14b-first-last.json");
  g_autofree char *clip = home_path (home, "clip.mp4");
  g_autoptr (GdkPixbuf) quarters = fixture_quarters (64, 64, 255);
  g_autoptr (Run) add = run_rushes (home, "providers", "add", workflow, "--base-url",
                                    rushes_test_simulator_get_url (simulator), "--yes", NULL);
  g_autofree char *picture = fixture_save (home->work, "photo.jpg", quarters, "jpeg");
  g_autoptr (Run) without = NULL;
  g_autoptr (Run) again = NULL;
  g_autoptr (Run) made = NULL;
  RushesClipFacts facts;

  g_assert_cmpint (add->status, ==, 0);
  without = run_rushes (home, "generate", "A boat", "-p", "wan-14b-first-last", "-i", picture, NULL);
  g_assert_cmpint (without->status, ==, 2);
  made = run_rushes (home, "generate", "A boat", "-p", "wan-14b-first-last", "-i", picture, "--last-image", picture,
                     "--poll-interval", "0.1", "-o", clip, "--json", NULL);
  g_test_message ("%s", made->err);
  g_assert_cmpint (made->status, ==, 0);
  read_clip (clip, &facts);

  /* Nobody could tell two of the same name apart. */
  again = run_rushes (home, "providers", "add", workflow, "--yes", NULL);
  g_assert_cmpint (again->status, ==, 0);
  g_assert_nonnull (strstr (again->out, "Added wan-14b-first-last 2 as “wan-14b-first-last-2”."));
}

/* A file of the model's that is not on the server is named. */
static void
test_missing_file (void)
{
  g_autoptr (Home) home = home_new ();
  g_autoptr (RushesTestSimulator) simulator = rushes_test_simulator_new ("comfyui", NULL);
  g_autoptr (Run) add = NULL;
  g_autoptr (Run) made = NULL;

  home_write (
      home, "mine.json",
      "{\"1\":{\"class_type\":\"UNETLoader\",\"inputs\":{\"unet_name\":\"my-own.gguf\",\"weight_dtype\":\"default\"}},"
      "\"2\":{\"class_type\":\"CLIPTextEncode\",\"inputs\":{\"text\":\"a\",\"clip\":[\"1\",0]}},"
      "\"3\":{\"class_type\":\"SaveVideo\",\"inputs\":{\"video\":[\"2\",0],\"filename_prefix\":\"a\","
      "\"format\":\"auto\",\"codec\":\"auto\"}}}");
  add = run_rushes (home, "providers", "add", "mine.json", "--base-url", rushes_test_simulator_get_url (simulator),
                    "--yes", NULL);
  g_assert_cmpint (add->status, ==, 0);
  made = run_rushes (home, "generate", "A boat", "-p", "mine", NULL);
  g_assert_cmpint (made->status, ==, 2);
  g_test_message ("%s", made->err);
  g_assert_nonnull (strstr (made->err, "unet_name: 'my-own.gguf' not in"));
}

/* ---- the socket ---- */

static Run *
follow (Home *home, RushesTestSimulator *simulator, const char *interval)
{
  return run_rushes (home, "generate", "A boat", "-p", "comfyui", "--base-url",
                     rushes_test_simulator_get_url (simulator), "--poll-interval", interval, "--json", NULL);
}

/* Asked every minute only, a take is known to be done by what the socket says of it. */
static void
test_socket (void)
{
  g_autoptr (Home) home = home_new ();
  g_autoptr (RushesTestSimulator) simulator = rushes_test_simulator_new ("comfyui", "--polls=0", "--speed=20", NULL);
  g_autoptr (Run) run = follow (home, simulator, "60");

  g_test_message ("%s%s", run->out, run->err);
  g_assert_cmpint (run->status, ==, 0);
  g_assert_cmpstr (json_object_get_string_member (assert_story (run, NULL), "event"), ==, "completed");
  g_assert_cmpuint (rushes_test_simulator_count (simulator, "polls"), <=, 2);
}

/* And how far it is, though nobody asks; another job’s progress is none of ours. */
static void
test_progress (void)
{
  g_autoptr (Home) home = home_new ();
  g_autoptr (RushesTestSimulator) simulator =
      rushes_test_simulator_new ("comfyui", "never", "--polls=0", "--speed=20", NULL);
  g_autoptr (GSubprocess) process =
      start_rushes (home, "generate", "A boat", "-p", "comfyui", "--base-url",
                    rushes_test_simulator_get_url (simulator), "--poll-interval", "60", "--json", NULL);
  g_autoptr (GDataInputStream) lines = g_data_input_stream_new (g_subprocess_get_stdout_pipe (process));
  g_autoptr (Run) rest = NULL;
  double progress = -1;

  while (progress < 0.42)
    {
      g_autoptr (JsonObject) event = await_event (lines, "progress");
      JsonNode *node = json_object_get_member (event, "progress");

      if (JSON_NODE_HOLDS_NULL (node))
        continue;
      g_assert_cmpfloat (json_node_get_double (node), >=, progress);
      progress = json_node_get_double (node);
    }
  g_assert_cmpfloat_with_epsilon (progress, 0.42, 0.001);
  g_assert_cmpuint (rushes_test_simulator_count (simulator, "polls"), ==, 0);
  g_subprocess_send_signal (process, SIGINT);
  rest = finish_run (process);
  g_assert_cmpint (rest->status, ==, 130);
}

/* Without one, or with one that breaks off, everything is as ever. */
static void
test_no_socket (void)
{
  static const char *const faults[] = { "no-socket", "socket-breaks" };

  for (gsize i = 0; i < G_N_ELEMENTS (faults); i++)
    {
      g_autoptr (Home) home = home_new ();
      g_autoptr (RushesTestSimulator) simulator = rushes_test_simulator_new ("comfyui", faults[i], NULL);
      g_autoptr (Run) run = follow (home, simulator, "0.1");

      g_test_message ("%s", run->err);
      g_assert_cmpint (run->status, ==, 0);
      g_assert_cmpuint (rushes_test_simulator_count (simulator, "submits"), ==, 1);
      g_assert_cmpuint (rushes_test_simulator_count (simulator, "polls"), ==, 3);
    }
}

/* Whoever wants to see what a socket says looks at it like at an event stream. */
static void
test_events (void)
{
  g_autoptr (Home) home = home_new ();
  g_autoptr (RushesTestSimulator) simulator = rushes_test_simulator_new ("comfyui", NULL);
  g_autofree char *address =
      g_strconcat ("ws", strchr (rushes_test_simulator_get_url (simulator), ':'), "/ws?clientId=me", NULL);
  g_autofree char *nowhere =
      g_strconcat ("ws", strchr (rushes_test_simulator_get_url (simulator), ':'), "/queue", NULL);
  g_autoptr (Run) heard = run_rushes (home, "events", address, "--max-events", "1", "--json", NULL);
  g_autoptr (Run) refused = run_rushes (home, "events", nowhere, NULL);

  g_test_message ("%s%s%s", heard->out, heard->err, refused->err);
  g_assert_cmpint (heard->status, ==, 0);
  g_assert_nonnull (strstr (heard->out, "queue_remaining"));
  g_assert_nonnull (strstr (heard->out, "max_events"));
  g_assert_cmpint (refused->status, ==, 8);
  g_assert_nonnull (strstr (refused->err, "does not open a socket"));
}

int
main (int argc, char **argv)
{
  rushes_test_init (&argc, &argv);

  g_test_add_func ("/cli/workflow/unsure", test_unsure);
  g_test_add_func ("/cli/workflow/bound", test_bound);
  g_test_add_func ("/cli/workflow/pictures", test_pictures);
  g_test_add_func ("/cli/workflow/missing-file", test_missing_file);
  g_test_add_func ("/cli/workflow/socket", test_socket);
  g_test_add_func ("/cli/workflow/progress", test_progress);
  g_test_add_func ("/cli/workflow/no-socket", test_no_socket);
  g_test_add_func ("/cli/workflow/events", test_events);

  return g_test_run ();
}
