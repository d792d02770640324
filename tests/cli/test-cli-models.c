/* test-cli-models.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

/* Models that a service says itself that it has, from asking to the clip. */

#include <string.h>

#include "picture-fixtures.h"
#include "rushes-cli-run.h"
#include "rushes-test-simulator.h"
#include "rushes-test.h"

static void
give_key (Home *home, const char *variable, const char *key)
{
  g_subprocess_launcher_setenv (home->launcher, variable, key, TRUE);
}

/* What people give as the base URL. */
static char *
get_url (RushesTestSimulator *simulator, const char *provider)
{
  const char *path = g_str_equal (provider, "openrouter")  ? "/api/v1"
                     : g_str_equal (provider, "replicate") ? "/v1"
                                                           : "";

  return g_strconcat (rushes_test_simulator_get_url (simulator), path, NULL);
}

static Run *
ask (Home *home, RushesTestSimulator *simulator, const char *provider, const char *model, const char *option)
{
  g_autofree char *url = get_url (simulator, provider);

  if (model == NULL)
    return run_rushes (home, "providers", "models", provider, "--base-url", url, "--json", option, NULL);
  return run_rushes (home, "providers", "models", provider, model, "--base-url", url, "--json", option, NULL);
}

static JsonObject *
find_model (Run *run, const char *id)
{
  for (guint i = 0; i < run->events->len; i++)
    {
      JsonObject *event = g_ptr_array_index (run->events, i);

      if (g_strcmp0 (json_object_get_string_member_with_default (event, "model", NULL), id) == 0)
        return event;
    }
  return NULL;
}

static void
assert_asked (RushesTestSimulator *simulator, guint n_times)
{
  g_assert_cmpuint (rushes_test_simulator_count (simulator, "models"), ==, n_times);
}

/* ---- a list ---- */

static void
test_list (void)
{
  g_autoptr (Home) home = home_new ();
  g_autoptr (RushesTestSimulator) simulator = rushes_test_simulator_new ("openrouter", "spoilt-list@1", NULL);
  g_autofree char *url = get_url (simulator, "openrouter");
  g_autoptr (Run) spoilt = NULL;
  g_autoptr (Run) listed = NULL;
  g_autoptr (Run) refused = NULL;
  g_autoptr (Run) kept = NULL;
  g_autoptr (Run) made = NULL;
  JsonObject *model;

  give_key (home, "RUSHES_KEY_OPENROUTER", RUSHES_TEST_KEY);
  spoilt = ask (home, simulator, "openrouter", NULL, "--refresh");
  g_assert_cmpint (spoilt->status, !=, 0);
  g_assert_nonnull (strstr (spoilt->out, "OpenRouter answered, but there is no list of models in it."));
  assert_asked (simulator, 1);

  listed = ask (home, simulator, "openrouter", NULL, "--refresh");
  g_assert_cmpstr (listed->err, ==, "");
  g_assert_cmpint (listed->status, ==, 0);
  assert_asked (simulator, 2);
  model = find_model (listed, "acme/loop-1");
  g_assert_nonnull (model);
  g_assert_cmpstr (json_object_get_string_member (model, "name"), ==, "The model acme/loop-1");
  g_assert_false (json_object_get_boolean_member (model, "described"));
  g_assert_nonnull (json_object_get_string_member (model, "listed"));
  /* What is described is as it was described. */
  model = find_model (listed, "google/veo-3.1");
  g_assert_cmpstr (json_object_get_string_member (model, "name"), ==, "Veo 3.1");
  g_assert_true (json_object_get_boolean_member (model, "described"));

  /* A refusal leaves what there was. */
  give_key (home, "RUSHES_KEY_OPENROUTER", "no-such-key-0123456789");
  refused = ask (home, simulator, "openrouter", NULL, "--refresh");
  g_assert_cmpint (refused->status, ==, 3);
  kept = ask (home, simulator, "openrouter", "acme/loop-1", NULL);
  g_assert_cmpint (kept->status, ==, 0);
  model = find_model (kept, "acme/loop-1");
  g_assert_cmpstr (json_object_get_string_member (model, "last_frame"), ==, "none");
  g_assert_nonnull (json_object_get_string_member (model, "listed"));

  /* A take is made as the list says, and nobody asks for the list because of that: the service would refuse sound, and
   * a length of five seconds. */
  give_key (home, "RUSHES_KEY_OPENROUTER", RUSHES_TEST_KEY);
  made = run_rushes (home, "generate", "a paper boat", "-p", "openrouter", "-m", "acme/loop-1", "--base-url", url,
                     "--poll-interval", "0.1", "--json", "-o", "boat.mp4", NULL);
  g_assert_cmpstr (made->err, ==, "");
  g_assert_cmpint (made->status, ==, 0);
  g_assert_true (home_has (home, "boat.mp4"));
  assert_asked (simulator, 2);
  g_assert_cmpuint (rushes_test_simulator_count (simulator, "submits"), ==, 1);
  run_assert_no_key (made, home, RUSHES_TEST_KEY);
}

/* What is spoilt in a list is nowhere, and takes nothing with it. */
static void
test_hostile (void)
{
  g_autoptr (Home) home = home_new ();
  g_autoptr (RushesTestSimulator) simulator = rushes_test_simulator_new ("openrouter", "hostile-list", NULL);
  g_autoptr (Run) listed = NULL;
  JsonObject *model;

  give_key (home, "RUSHES_KEY_OPENROUTER", RUSHES_TEST_KEY);
  listed = ask (home, simulator, "openrouter", NULL, "--refresh");
  g_assert_cmpint (listed->status, ==, 0);
  g_assert_nonnull (find_model (listed, "acme/loop-1"));
  model = find_model (listed, "evil/words");
  g_assert_nonnull (model);
  g_assert_null (find_model (listed, "two words"));
  g_assert_null (strstr (listed->out, "\xe2\x80\xae"));
  g_assert_null (strstr (listed->out, "evil.example"));
  g_assert_null (strstr (listed->out, "knil"));
}

/* Pages of parts, without the key: it is another host that is asked. */
static void
test_pages (void)
{
  g_autoptr (Home) home = home_new ();
  g_autoptr (RushesTestSimulator) simulator = rushes_test_simulator_new ("fal", NULL);
  g_autoptr (Run) listed = ask (home, simulator, "fal", NULL, "--refresh");
  JsonObject *model;

  g_assert_cmpstr (listed->err, ==, "");
  g_assert_cmpint (listed->status, ==, 0);
  g_assert_cmpuint (rushes_test_simulator_count (simulator, "models"), >, 4);
  model = find_model (listed, "minimax/h3-max/image-to-video");
  g_assert_cmpstr (json_object_get_string_member (model, "first_frame"), ==, "required");
  g_assert_nonnull (find_model (listed, "fal-ai/luma-dream-machine/ray-2/image-to-video"));
}

/* ---- what one model takes ---- */

/* Its service takes no name but its own. */
static void
test_schema (void)
{
  g_autoptr (Home) home = home_new ();
  g_autoptr (RushesTestSimulator) simulator = rushes_test_simulator_new ("replicate", NULL);
  g_autofree char *url = get_url (simulator, "replicate");
  g_autoptr (GdkPixbuf) quarters = fixture_quarters (640, 480, 255);
  g_autofree char *path = fixture_camera_jpeg (home->work, "boat.jpg", quarters, 1);
  g_autoptr (Run) unknown = NULL;
  g_autoptr (Run) described = NULL;
  g_autoptr (Run) no_such = NULL;
  g_autoptr (Run) made = NULL;
  JsonObject *model;

  give_key (home, "RUSHES_KEY_REPLICATE", RUSHES_TEST_KEY);
  unknown =
      run_rushes (home, "generate", "a boat", "-p", "replicate", "-m", "acme/odd", "--base-url", url, "--json", NULL);
  g_assert_cmpint (unknown->status, !=, 0);
  assert_asked (simulator, 0);

  described = ask (home, simulator, "replicate", "acme/odd", "--refresh");
  g_assert_cmpstr (described->err, ==, "");
  g_assert_cmpint (described->status, ==, 0);
  model = find_model (described, "acme/odd");
  g_assert_cmpstr (json_object_get_string_member (model, "first_frame"), ==, "optional");
  g_assert_cmpint (json_object_get_int_member (model, "prompt_limit"), ==, 900);
  g_assert_cmpuint (json_array_get_length (json_object_get_array_member (model, "parameters")), ==, 1);
  no_such = ask (home, simulator, "replicate", "acme/none", "--refresh");
  g_assert_cmpint (no_such->status, !=, 0);
  g_assert_nonnull (strstr (no_such->out, "Replicate does not know the model “acme/none”."));
  assert_asked (simulator, 2);

  made =
      run_rushes (home, "generate", "a boat", "-p", "replicate", "-m", "acme/odd", "-i", "boat.jpg", "-d", "10",
                  "--set", "turbo=true", "--base-url", url, "--poll-interval", "0.1", "--json", "-o", "boat.mp4", NULL);
  g_assert_cmpstr (made->err, ==, "");
  g_assert_cmpint (made->status, ==, 0);
  g_assert_true (home_has (home, "boat.mp4"));
  assert_asked (simulator, 2);
}

static void
test_fal_schema (void)
{
  g_autoptr (Home) home = home_new ();
  g_autoptr (RushesTestSimulator) simulator = rushes_test_simulator_new ("fal", NULL);
  g_autoptr (GdkPixbuf) quarters = fixture_quarters (640, 480, 255);
  g_autofree char *path = fixture_camera_jpeg (home->work, "boat.jpg", quarters, 1);
  g_autoptr (Run) described = NULL;
  g_autoptr (Run) made = NULL;

  give_key (home, "RUSHES_KEY_FAL", RUSHES_TEST_KEY);
  described = ask (home, simulator, "fal", "fal-ai/veo3.1/first-last-frame-to-video", "--refresh");
  g_assert_cmpstr (described->err, ==, "");
  g_assert_cmpint (described->status, ==, 0);
  made = run_rushes (home, "generate", "a boat", "-p", "fal", "-m", "fal-ai/veo3.1/first-last-frame-to-video", "-i",
                     "boat.jpg", "--last-image", "boat.jpg", "-d", "6", "--base-url",
                     rushes_test_simulator_get_url (simulator), "--poll-interval", "0.1", "--json", "-o", "boat.mp4",
                     NULL);
  g_assert_cmpstr (made->err, ==, "");
  g_assert_cmpint (made->status, ==, 0);
  g_assert_true (home_has (home, "boat.mp4"));
}

/* ---- those that say nothing ---- */

static void
test_none (void)
{
  g_autoptr (Home) home = home_new ();
  g_autoptr (Run) local = run_rushes (home, "providers", "models", "animatic", "--refresh", NULL);
  g_autoptr (Run) never = run_rushes (home, "providers", "models", "openrouter", NULL);
  g_autoptr (Run) wrong = run_rushes (home, "providers", "models", "animatic", "no-such", NULL);
  g_autoptr (Run) any = run_rushes (home, "providers", "models", "kling", "no-such", NULL);
  g_autoptr (Run) any_json = run_rushes (home, "providers", "models", "kling", "no-such", "--json", NULL);
  g_autoptr (Run) own_json = run_rushes (home, "providers", "models", "animatic", "--json", NULL);
  JsonObject *object;

  /* Where any name is taken, nothing is said of one that nobody listed. */
  g_assert_cmpint (any->status, ==, 0);
  g_assert_null (strstr (any->out, "newest"));
  g_assert_nonnull (
      strstr (any->out, "“no-such” is not among the listed models of Kling AI. The name is sent as typed;"));
  g_assert_cmpint (any_json->status, ==, 0);
  g_assert_cmpuint (any_json->events->len, ==, 1);
  object = any_json->events->pdata[0];
  g_assert_true (json_object_get_null_member (object, "summary"));
  g_assert_false (json_object_get_boolean_member (object, "known"));
  g_assert_false (json_object_get_boolean_member (object, "described"));
  g_assert_cmpuint (own_json->events->len, >, 0);
  object = own_json->events->pdata[0];
  g_assert_true (json_object_get_boolean_member (object, "known"));

  g_assert_cmpint (local->status, !=, 0);
  g_assert_nonnull (strstr (local->err, "has no call that lists its models."));
  g_assert_cmpint (never->status, ==, 0);
  g_assert_nonnull (strstr (never->out, "OpenRouter can say which models it has: ask with --refresh."));
  g_assert_cmpint (wrong->status, ==, 2);
}

int
main (int argc, char **argv)
{
  rushes_test_init (&argc, &argv);

  g_test_add_func ("/cli/models/list", test_list);
  g_test_add_func ("/cli/models/hostile", test_hostile);
  g_test_add_func ("/cli/models/pages", test_pages);
  g_test_add_func ("/cli/models/schema", test_schema);
  g_test_add_func ("/cli/models/fal-schema", test_fal_schema);
  g_test_add_func ("/cli/models/none", test_none);

  return g_test_run ();
}
