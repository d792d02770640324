/* test-support-pack.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include <string.h>

#include "rushes-async.h"
#include "rushes-credentials.h"
#include "rushes-error.h"
#include "rushes-fake-fitter.h"
#include "rushes-registry.h"
#include "rushes-scrubber.h"
#include "rushes-support-pack.h"
#include "rushes-test-library.h"

/* With every character that the encodings make something else of. */
#define KEY "sk+planted/key=0123456789"

/* Whether the key stands in @text in any of the forms that it was planted in. */
static void
assert_clean (const char *text)
{
  g_autofree char *base64 = g_base64_encode ((const guchar *) KEY, strlen (KEY));
  g_autofree char *escaped = g_uri_escape_string (KEY, NULL, FALSE);

  g_assert_null (strstr (text, KEY));
  g_assert_null (strstr (text, base64));
  g_assert_null (strstr (text, escaped));
  g_assert_null (strstr (text, "planted"));
}

/* The key as it is, in base64 and percent-encoded, among other words. */
static char *
plant (const char *words)
{
  g_autofree char *base64 = g_base64_encode ((const guchar *) KEY, strlen (KEY));
  g_autofree char *escaped = g_uri_escape_string (KEY, NULL, FALSE);

  return g_strdup_printf ("%s %s and %s and %s.", words, KEY, base64, escaped);
}

static RushesScrubber *
new_scrubber (void)
{
  const char *const origins[] = { "https://api.example", NULL };
  g_autoptr (GPtrArray) all = g_ptr_array_new_with_free_func ((GDestroyNotify) rushes_credentials_unref);

  g_ptr_array_add (all, rushes_credentials_new (RUSHES_AUTH_BEARER, NULL, FALSE, KEY, origins));
  return rushes_scrubber_new (all);
}

static void
test_scrubber (void)
{
  g_autoptr (RushesScrubber) self = new_scrubber ();
  g_autofree char *picture = g_strnfill (500, 'A');
  g_autofree char *planted = plant ("Your key is");
  const struct
  {
    char *text;
    const char *expected;
  } cases[] = {
    { g_strdup ("a paper boat"), "a paper boat" },
    { g_strdup (planted), "Your key is *** and *** and ***." },
    { g_strdup ("see https://cdn.example/a.mp4?sig=1&x=2#t now"), "see https://cdn.example/a.mp4?… now" },
    { g_strdup ("\"http://a.example/?b\""), "\"http://a.example/?…\"" },
    { g_strdup ("https://me:hunter2@proxy.example/a"), "https://***@proxy.example/a" },
    { g_strdup ("what? a question"), "what? a question" },
    { g_strdup_printf ("data:image/png;base64,%s==", picture), "data:image/png;base64,…" },
    { g_strdup_printf ("%s/Videos/a.mp4", g_get_home_dir ()), "~/Videos/a.mp4" },
    { g_strdup_printf ("file://%s/a", g_get_home_dir ()), "file://~/a" },
    { g_strdup_printf ("%sbel/a", g_get_home_dir ()), NULL },
    { g_strdup ("{\"name\":\"Passport.png\"}"), "{\"name\":\"…\"}" },
    { g_strdup (""), "" },
  };

  rushes_scrubber_hide (self, "Passport.png");
  rushes_scrubber_hide (self, "a");
  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autofree char *clean = rushes_scrubber_clean (self, cases[i].text);

      g_assert_cmpstr (clean, ==, cases[i].expected != NULL ? cases[i].expected : cases[i].text);
      g_free (cases[i].text);
    }
}

/* Numbers and the like stay, names of members are words too. */
static void
test_scrubber_json (void)
{
  g_autoptr (RushesScrubber) self = new_scrubber ();
  g_autoptr (JsonNode) node =
      json_from_string ("{\"b\":[1,2.5,true,null,\"https://a.example/?k=1\"],\"a\":{\"" KEY "\":\"" KEY "\"}}", NULL);
  g_autoptr (JsonNode) clean = rushes_scrubber_clean_json (self, node);
  g_autofree char *text = json_to_string (clean, FALSE);

  g_assert_cmpstr (text, ==, "{\"b\":[1,2.5,true,null,\"https://a.example/?…\"],\"a\":{\"***\":\"***\"}}");
}

/* With words, a task and an address that have the key in them, and the description that it was submitted with. */
static void
fail_take (RushesLibrary *library, RushesTake *take, RushesAttempt *attempt, RushesDescription *description)
{
  g_autofree char *words = plant ("The service says");
  g_autofree char *task = plant ("task");
  g_autoptr (GError) error = rushes_error_new (RUSHES_ERROR_PROVIDER, "%s", words);
  const RushesStep submitted = { .to = RUSHES_TAKE_STATE_SUBMITTING,
                                 .description = rushes_description_get_hash (description) };
  const RushesStep running = { .to = RUSHES_TAKE_STATE_RUNNING,
                               .task_id = task,
                               .host = "https://api.x.ai",
                               .poll_target = "https://api.x.ai/v1/videos/1?key=" KEY };
  const RushesStep failed = { .to = RUSHES_TAKE_STATE_FAILED, .error = error };

  rushes_error_set_words (error, words);
  rushes_error_set_charged (error, RUSHES_CHARGED_MAYBE);
  rushes_test_expect (rushes_library_keep_description (library, description), TRUE);
  rushes_test_step (library, take, attempt, RUSHES_TAKE_STATE_PREPARING, RUSHES_CHARGED_NO);
  rushes_test_expect (rushes_library_advance (library, take, attempt, &submitted), TRUE);
  rushes_test_expect (rushes_library_advance (library, take, attempt, &running), TRUE);
  rushes_test_expect (rushes_library_advance (library, take, attempt, &failed), TRUE);
}

/* A take of xAI's, with a picture and the key in its prompt. */
static RushesTake *
make_take (RushesLibrary *library, RushesFolders *folders, RushesAttempt **attempt)
{
  g_autofree char *prompt = plant ("a kite");
  g_autofree char *escaped = g_strescape (prompt, NULL);
  g_autofree char *text = g_strdup_printf (
      "{\"version\":1,\"provider\":\"xai\",\"model\":\"grok-imagine-video\",\"prompt\":\"%s\",\"duration\":5,"
      "\"references\":{\"first\":[{\"sha256\":"
      "\"e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855\",\"type\":\"image/png\",\"width\":64,"
      "\"height\":48,\"size\":7,\"name\":\"Passport.png\",\"file\":"
      "\"e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855.png\"}]}}",
      escaped);
  g_autoptr (GPtrArray) requests = g_ptr_array_new_with_free_func (g_object_unref);
  g_autoptr (GArray) prices = g_array_new (FALSE, FALSE, sizeof (RushesPrice));
  g_autoptr (GPtrArray) takes = NULL;
  g_autoptr (RushesProject) project = g_list_model_get_item (rushes_library_get_projects (library), 0);
  g_autofree char *order_id = rushes_new_id ();
  g_autoptr (JsonNode) node = json_from_string (text, NULL);
  RushesPrice price = rushes_test_price (500000, 500000);
  g_autoptr (GError) error = NULL;
  g_autoptr (GFile) picture = NULL;

  picture = g_file_get_child (rushes_folders_get_references (folders),
                              "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855.png");
  g_assert_true (g_file_replace_contents (picture, "picture", 7, NULL, FALSE, 0, NULL, NULL, NULL));
  g_ptr_array_add (requests, rushes_request_from_json (node, rushes_folders_get_references (folders), &error));
  g_assert_no_error (error);
  g_array_append_val (prices, price);
  takes = dex_await_boxed (rushes_library_order (library, project, requests, prices, order_id), &error);
  g_assert_no_error (error);

  *attempt = rushes_test_attempt (library, g_ptr_array_index (takes, 0));
  rushes_test_expect (rushes_library_set_note (library, g_ptr_array_index (takes, 0), "my secret plan"), TRUE);
  return g_object_ref (g_ptr_array_index (takes, 0));
}

static void
test_pack (void)
{
  g_autoptr (RushesFolders) folders = rushes_test_folders ();
  g_autoptr (RushesLibrary) library = rushes_test_open (folders);
  g_autoptr (RushesRegistry) registry = rushes_registry_new ();
  g_autoptr (RushesPictureFitter) fitter = rushes_fake_fitter_new ();
  g_autoptr (RushesAttempt) attempt = NULL;
  g_autoptr (RushesTake) take = make_take (library, folders, &attempt);
  g_autofree char *reply = plant ("{\"status\":200,\"address\":\"https://api.x.ai/v1?key=a\"}\n{\"error\":\"no");
  g_autoptr (GFile) spool = g_file_get_child (rushes_folders_get_spool (folders), attempt->id);
  const char *const versions[] = { "Loom", "1.2.3", NULL };
  g_autofree char *name = rushes_support_pack_suggest (take);
  g_autofree char *zeros = g_malloc0 (strlen (reply) + 100);
  g_autoptr (GBytes) bytes = NULL;
  g_autoptr (JsonNode) node = NULL;
  g_autoptr (GError) error = NULL;
  g_autofree char *text = NULL;
  RushesProvider *provider;
  JsonObject *object, *replies, *one;
  JsonArray *requests, *attempts;

  /* The room that was made for a reply is longer than the reply. */
  memcpy (zeros, reply, strlen (reply));
  g_assert_true (g_file_replace_contents (spool, zeros, strlen (reply) + 100, NULL, FALSE, 0, NULL, NULL, NULL));
  rushes_library_set_fitter (library, fitter);
  rushes_registry_load (registry, folders, rushes_keyring_get_default ());

  provider = rushes_registry_find (registry, "xai");
  fail_take (library, take, attempt, rushes_provider_get_description (provider));

  bytes = dex_await_boxed (rushes_support_pack_make (library, registry, take, versions), &error);
  g_assert_no_error (error);
  text = g_strndup (g_bytes_get_data (bytes, NULL), g_bytes_get_size (bytes));
  g_assert_cmpuint (strlen (text), ==, g_bytes_get_size (bytes));
  assert_clean (text);
  g_assert_null (strstr (text, "Passport"));
  g_assert_null (strstr (text, "secret plan"));
  g_assert_null (strstr (text, "key=a"));

  node = json_from_string (text, &error);
  g_assert_no_error (error);
  object = json_node_get_object (node);
  g_assert_true (g_str_has_prefix (json_object_get_string_member (object, "program"), "Rushes "));
  g_assert_cmpstr (json_object_get_string_member (json_object_get_object_member (object, "platform"), "Loom"), ==,
                   "1.2.3");
  g_assert_cmpstr (json_object_get_string_member (json_object_get_object_member (object, "take"), "id"), ==,
                   rushes_take_get_id (take));
  replies = json_object_get_object_member (object, "replies");
  g_assert_nonnull (strstr (json_object_get_string_member (replies, attempt->id), "\"error\":\"no ***"));

  attempts = json_object_get_array_member (json_object_get_object_member (object, "take"), "attempts");
  one = json_array_get_object_element (attempts, 0);
  g_assert_nonnull (strstr (json_object_get_string_member (json_object_get_object_member (one, "error"), "message"),
                            "The service says ***"));
  g_assert_cmpuint (json_array_get_length (json_object_get_array_member (one, "steps")), ==, 5);
  g_assert_cmpuint (json_array_get_length (json_object_get_array_member (one, "ledger")), ==, 2);
  g_assert_true (json_object_has_member (json_object_get_object_member (object, "descriptions"),
                                         json_object_get_string_member (one, "description")));

  /* What was sent, without the picture. */
  requests = json_object_get_array_member (object, "requests");
  g_assert_cmpuint (json_array_get_length (requests), ==, 1);
  g_assert_cmpstr (json_object_get_string_member (json_array_get_object_element (requests, 0), "method"), ==, "POST");
  g_assert_nonnull (strstr (text, "\"Bearer ***\""));
  g_assert_nonnull (strstr (text, "base64,…"));
  g_assert_true (g_str_has_prefix (name, "rushes-"));
  g_assert_true (g_str_has_suffix (name, ".json"));
  rushes_test_close (library);
}

/* The provider was removed: what the library knows is packed all the same. */
static void
test_without_provider (void)
{
  g_autoptr (RushesFolders) folders = rushes_test_folders ();
  g_autoptr (RushesLibrary) library = rushes_test_open (folders);
  g_autoptr (RushesRegistry) registry = rushes_registry_new ();
  g_autoptr (RushesPictureFitter) fitter = rushes_fake_fitter_new ();
  g_autoptr (RushesTake) take = rushes_test_order_one (library, "a kite");
  g_autoptr (GBytes) bytes = NULL;
  g_autoptr (GError) error = NULL;
  g_autofree char *text = NULL;

  rushes_library_set_fitter (library, fitter);
  bytes = dex_await_boxed (rushes_support_pack_make (library, registry, take, NULL), &error);
  g_assert_no_error (error);
  text = g_strndup (g_bytes_get_data (bytes, NULL), g_bytes_get_size (bytes));
  g_assert_nonnull (strstr (text, "not here any more"));
  g_assert_nonnull (strstr (text, "a kite"));
  rushes_test_close (library);
}

int
main (int argc, char **argv)
{
  g_setenv ("RUSHES_KEY_XAI", KEY, TRUE);
  rushes_test_init (&argc, &argv);

  g_test_add_func ("/support-pack/scrubber", test_scrubber);
  g_test_add_func ("/support-pack/scrubber/json", test_scrubber_json);
  rushes_test_add_fiber ("/support-pack/pack", test_pack);
  rushes_test_add_fiber ("/support-pack/without-provider", test_without_provider);

  return g_test_run ();
}
