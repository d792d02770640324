/* test-cli-services.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

/* Services on the command line: how it ends, what it says, and where keys do not go. What services do to takes is
 * tested in test-services.c. */

#include <string.h>

#include "picture-fixtures.h"
#include "rushes-cli-run.h"
#include "rushes-test-simulator.h"
#include "rushes-test.h"

static void
give_key (Home *home, const char *key)
{
  g_subprocess_launcher_setenv (home->launcher, "RUSHES_KEY_RUNWAY", key, TRUE);
}

static Run *
generate (Home *home, RushesTestSimulator *simulator, const char *option, const char *value)
{
  return run_rushes (home, "generate", "a paper boat", "-p", "runway", "--base-url",
                     rushes_test_simulator_get_url (simulator), "--poll-interval", "0.1", "--json", option, value,
                     NULL);
}

/* ---- what goes well ---- */

static void
test_success (void)
{
  g_autoptr (Home) home = home_new ();
  g_autoptr (RushesTestSimulator) simulator = rushes_test_simulator_new ("runway", NULL);
  g_autoptr (Run) run = NULL;
  JsonObject *last;

  give_key (home, RUSHES_TEST_KEY);
  run = generate (home, simulator, "-o", "boat.mp4");
  g_assert_cmpstr (run->err, ==, "");
  g_assert_cmpint (run->status, ==, 0);
  last = assert_story (run, NULL);
  g_assert_cmpstr (json_object_get_string_member (last, "event"), ==, "completed");
  g_assert_nonnull (json_object_get_string_member (find_event (run, "submitted"), "task_id"));
  g_assert_true (home_has (home, "boat.mp4"));
  g_assert_cmpuint (rushes_test_simulator_count (simulator, "submits"), ==, 1);
  g_assert_cmpuint (rushes_test_simulator_count (simulator, "leaks"), ==, 0);
  g_assert_cmpuint (home_count_files (home, "spool"), ==, 0);
  run_assert_no_key (run, home, RUSHES_TEST_KEY);
}

/* Nothing of where and with what a picture was taken goes along, and it stands upright. */
static void
test_nothing_but_the_picture (void)
{
  g_autoptr (Home) home = home_new ();
  g_autoptr (GdkPixbuf) quarters = fixture_quarters (640, 480, 255);
  g_autofree char *path = fixture_camera_jpeg (home->work, "berlin.jpg", quarters, 6);
  g_autofree char *original = NULL;
  g_autoptr (Run) run =
      run_rushes (home, "generate", "a boat", "-p", "runway", "-i", "berlin.jpg", "--dry-run", "--json", NULL);
  JsonObject *request, *body;
  const char *picture;
  g_autofree guchar *bytes = NULL;
  gsize size;

  g_assert_true (g_file_get_contents (path, &original, &size, NULL));
  g_assert_nonnull (memmem (original, size, "Exif", 4));
  g_assert_nonnull (memmem (original, size, "GPSLatitude", 11));

  g_assert_cmpint (run->status, ==, 0);
  request = find_event (run, "request");
  body = json_object_get_object_member (request, "body");
  picture = json_object_get_string_member (body, "promptImage");
  g_assert_true (g_str_has_prefix (picture, "data:image/jpeg;base64,"));
  bytes = g_base64_decode (strchr (picture, ',') + 1, &size);
  g_assert_null (memmem (bytes, size, "Exif", 4));
  g_assert_null (memmem (bytes, size, "GPSLatitude", 11));
  g_assert_null (memmem (bytes, size, "xmpmeta", 7));

  /* A key is shown as one where there is none, and there is nothing to be seen of the dry run afterwards. */
  g_assert_cmpstr (json_object_get_string_member (json_object_get_object_member (request, "headers"), "Authorization"),
                   ==, "Bearer ***");
  g_assert_cmpuint (home_count_files (home, "clips") + home_count_files (home, "references"), ==, 0);
}

/* ---- how it ends ---- */

static const struct
{
  const char *fault;
  const char *option;
  const char *value;
  int status;
  const char *event;
} rows[] = {
  { "refuse-key", "--tries", "0", 3, "failed" }, { "balance", "--tries", "0", 4, "failed" },
  { "reject", "--tries", "0", 5, "failed" },     { "bad-request", "--tries", "0", 2, "failed" },
  { "rate-limit", "--tries", "0", 8, "failed" }, { "reset-submit", "--tries", "5", 11, "unconfirmed" },
  { "html", "--tries", "5", 11, "unconfirmed" }, { "never", "--timeout", "1", 7, "left" },
};

static void
test_statuses (void)
{
  for (guint i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      g_autoptr (Home) home = home_new ();
      g_autoptr (RushesTestSimulator) simulator = rushes_test_simulator_new ("runway", rows[i].fault, NULL);
      g_autoptr (Run) run = NULL;
      JsonObject *last;

      give_key (home, RUSHES_TEST_KEY);
      run = generate (home, simulator, rows[i].option, rows[i].value);
      g_test_message ("%s: %d, %s", rows[i].fault, run->status, run->err);
      g_assert_cmpint (run->status, ==, rows[i].status);
      last = assert_story (run, NULL);
      g_assert_cmpstr (json_object_get_string_member (last, "event"), ==, rows[i].event);
      /* What has no end yet may still cost something. */
      if (!g_str_equal (rows[i].event, "failed"))
        g_assert_cmpstr (json_object_get_string_member (last, "charged"), ==, "maybe");
      run_assert_no_key (run, home, RUSHES_TEST_KEY);
    }
}

static void
test_before_anything_is_sent (void)
{
  g_autoptr (Home) home = home_new ();
  g_autoptr (RushesTestSimulator) simulator = rushes_test_simulator_new ("runway", NULL);
  const char *url = rushes_test_simulator_get_url (simulator);
  g_autoptr (Run) no_key = run_rushes (home, "generate", "a boat", "-p", "runway", "--base-url", url, NULL);
  g_autoptr (Run) no_model = run_rushes (home, "generate", "a boat", "-p", "runway", "-m", "gen9", NULL);
  g_autoptr (Run) no_words = run_rushes (home, "generate", "-p", "runway", "--base-url", url, NULL);
  g_autoptr (Run) elsewhere = run_rushes (home, "generate", "a boat", "-p", "runway", "--base-url", "ftp://a.b", NULL);
  g_autoptr (Run) in_the_clear =
      run_rushes (home, "generate", "a boat", "-p", "runway", "--base-url", "http://api.example.com", NULL);
  g_autoptr (Run) no_server = run_rushes (home, "generate", "a boat", "-p", "animatic", "--base-url", url, NULL);
  g_autoptr (Run) no_address = run_rushes (home, "generate", "a boat", "-p", "openai-compatible", NULL);

  assert_refused (no_key, 3, "Set RUSHES_KEY_RUNWAY");
  assert_refused (no_model, 2, "gen9");
  assert_refused (no_words, 2, "Say what should happen");
  assert_refused (elsewhere, 2, "ftp://a.b");
  assert_refused (in_the_clear, 2, "https");
  assert_refused (no_server, 2, "--base-url");
  assert_refused (no_address, 2, "address");
  g_assert_cmpuint (rushes_test_simulator_count (simulator, "submits"), ==, 0);
}

static void
test_nobody_there (void)
{
  g_autoptr (Home) home = home_new ();
  g_autoptr (Run) run = NULL;

  give_key (home, RUSHES_TEST_KEY);
  run = run_rushes (home, "generate", "a boat", "-p", "runway", "--base-url", "http://127.0.0.1:9", "--tries", "0",
                    "--json", NULL);
  g_assert_cmpint (run->status, ==, 6);
  g_assert_cmpstr (json_object_get_string_member (assert_story (run, NULL), "event"), ==, "failed");
}

/* A length that a service does not make gives way, and that is said; one that is not thought of is refused. */
static void
test_gives_way (void)
{
  g_autoptr (Home) home = home_new ();
  g_autoptr (Run) near = run_rushes (home, "generate", "a boat", "-p", "kling", "-m", "kling-v2-6", "-d", "6",
                                     "--dry-run", "--json", NULL);
  JsonObject *note;

  g_assert_cmpint (near->status, ==, 0);
  note = find_event (near, "note");
  g_assert_cmpstr (json_object_get_string_member (note, "field"), ==, "duration");
  g_assert_cmpstr (json_object_get_string_member (note, "used"), ==, "5");
  g_assert_cmpstr (
      json_object_get_string_member (json_object_get_object_member (find_event (near, "request"), "body"), "duration"),
      ==, "5");
}

/* ---- a clip that is made longer ---- */

static Run *
extend (Home *home, RushesTestSimulator *simulator, const char *take, const char *option, const char *value)
{
  return run_rushes (home, "generate", "it sails on", "--extend", take, "--base-url",
                     rushes_test_simulator_get_url (simulator), "--json", option, value, NULL);
}

static void
test_extend (void)
{
  g_autoptr (Home) home = home_new ();
  g_autoptr (RushesTestSimulator) simulator = rushes_test_simulator_new ("xai", NULL);
  g_autoptr (Run) made = NULL;
  g_autoptr (Run) rehearsed = NULL;
  g_autoptr (Run) wrong = NULL;
  g_autoptr (Run) elsewhere = NULL;
  g_autoptr (Run) longer = NULL;
  g_autoptr (Run) known = run_rushes (home, "providers", "models", "xai", "--json", NULL);
  const char *take, *address;
  JsonObject *request;

  g_assert_nonnull (strstr (known->out, "\"extend\":\"whole\""));
  g_subprocess_launcher_setenv (home->launcher, "RUSHES_KEY_XAI", RUSHES_TEST_KEY, TRUE);
  made = run_rushes (home, "generate", "a paper boat", "-p", "xai", "--base-url",
                     rushes_test_simulator_get_url (simulator), "--poll-interval", "0.1", "--json", NULL);
  g_assert_cmpint (made->status, ==, 0);
  take = json_object_get_string_member (find_event (made, "queued"), "take");
  g_assert_false (json_object_has_member (find_event (made, "queued"), "parent"));

  rehearsed = extend (home, simulator, take, "--dry-run", NULL);
  g_assert_cmpint (rehearsed->status, ==, 0);
  request = find_event (rehearsed, "request");
  g_assert_true (g_str_has_suffix (json_object_get_string_member (request, "url"), "/v1/videos/extensions"));
  g_assert_cmpint (json_object_get_int_member (json_object_get_object_member (request, "body"), "duration"), ==, 6);
  address = json_object_get_string_member (
      json_object_get_object_member (json_object_get_object_member (request, "body"), "video"), "url");
  g_assert_true (g_str_has_suffix (address, "/video.mp4?…"));

  wrong = extend (home, simulator, take, "--model", "grok-imagine-video-1.5");
  g_assert_cmpint (wrong->status, ==, 2);
  g_assert_nonnull (strstr (wrong->err, "--model"));
  /* At the service's own address nobody knows of it, and nobody there is asked. */
  elsewhere = run_rushes (home, "generate", "it sails on", "--extend", take, "--json", NULL);
  g_assert_cmpint (elsewhere->status, !=, 0);
  g_assert_nonnull (strstr (elsewhere->err, rushes_test_simulator_get_url (simulator)));

  longer = extend (home, simulator, take, "--poll-interval", "0.1");
  g_assert_cmpint (longer->status, ==, 0);
  assert_story (longer, NULL);
  g_assert_cmpstr (json_object_get_string_member (find_event (longer, "queued"), "parent"), ==, take);
  g_assert_cmpuint (rushes_test_simulator_count (simulator, "submits"), ==, 2);
  g_assert_cmpuint (rushes_test_simulator_count (simulator, "leaks"), ==, 0);
  run_assert_no_key (longer, home, RUSHES_TEST_KEY);
}

int
main (int argc, char **argv)
{
  rushes_test_init (&argc, &argv);
  g_test_add_func ("/cli/services/success", test_success);
  g_test_add_func ("/cli/services/nothing-but-the-picture", test_nothing_but_the_picture);
  g_test_add_func ("/cli/services/statuses", test_statuses);
  g_test_add_func ("/cli/services/before-anything-is-sent", test_before_anything_is_sent);
  g_test_add_func ("/cli/services/nobody-there", test_nobody_there);
  g_test_add_func ("/cli/services/gives-way", test_gives_way);
  g_test_add_func ("/cli/services/extend", test_extend);

  return g_test_run ();
}
