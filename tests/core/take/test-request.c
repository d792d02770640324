/* test-request.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "rushes-description.h"
#include "rushes-error.h"
#include "rushes-request.h"
#include "rushes-test.h"

#define HASH "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855"

static RushesModel *
animatic (void)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (RushesDescription) description = rushes_description_new_shipped ("animatic", &error);

  g_assert_no_error (error);
  return g_list_model_get_item (rushes_description_get_models (description), 0);
}

static RushesReference *
make_picture (const char *name)
{
  g_autoptr (GFile) file = g_file_new_for_path ("/library/references/" HASH ".png");

  return rushes_reference_new (HASH, "image/png", 64, 48, 100, name, file);
}

static RushesDraft *
make_draft (void)
{
  RushesDraft *draft = rushes_draft_new ();

  rushes_draft_set_model (draft, "animatic", "animatic");
  return draft;
}

static RushesRequest *
from_text (const char *text, GError **error)
{
  g_autoptr (GFile) folder = g_file_new_for_path ("/library/references");
  g_autoptr (JsonNode) node = json_from_string (text, NULL);

  g_assert_nonnull (node);
  return rushes_request_from_json (node, folder, error);
}

static char *
to_text (RushesRequest *request)
{
  g_autoptr (JsonNode) node = rushes_request_to_json (request);

  return json_to_string (node, FALSE);
}

#define SHORT                                                                                                          \
  "{\"version\":1,\"provider\":\"animatic\",\"model\":\"animatic\",\"prompt\":\"a kite\",\"duration\":5,"              \
  "\"resolution\":\"720p\",\"aspect\":\"16:9\",\"frame_rate\":30,\"seed\":7,"                                          \
  "\"parameters\":{\"caption\":\"false\",\"move\":\"auto\"}}"
#define LONG                                                                                                           \
  "{\"version\":1,\"provider\":\"animatic\",\"model\":\"animatic\",\"prompt\":\" 纸船 \","                             \
  "\"preset\":{\"id\":\"push\",\"text\":\"slow push in\"},\"duration\":7,\"resolution\":\"1080p\","                    \
  "\"aspect\":\"9:16\",\"frame_rate\":60,\"seed\":0,\"audio\":true,"                                                   \
  "\"parameters\":{\"caption\":\"true\",\"move\":\"drift\"},\"references\":{\"first\":[{\"sha256\":\"" HASH            \
  "\",\"type\":\"image/png\",\"width\":64,\"height\":48,\"size\":100,\"name\":\"a.png\",\"file\":\"" HASH ".png\"}]}}"

/* Requests lie in libraries and recipes: their form must not change unnoticed. */
static void
test_json (void)
{
  g_autoptr (RushesModel) model = animatic ();
  g_autoptr (RushesDraft) draft = make_draft ();
  g_autoptr (RushesReference) picture = make_picture ("a.png");
  g_autoptr (RushesRequest) request = NULL;
  g_autoptr (RushesRequest) again = NULL;
  g_autoptr (GError) error = NULL;
  g_autofree char *text = NULL;
  g_autofree char *text_again = NULL;

  /* The model's defaults are frozen too. */
  rushes_draft_set_prompt (draft, "a kite");
  rushes_draft_set_seed (draft, 7);
  request = rushes_request_new (draft, model, 0);
  text = to_text (request);
  g_assert_cmpstr (text, ==, SHORT);
  g_clear_object (&request);
  g_clear_pointer (&text, g_free);

  rushes_draft_set_prompt (draft, " 纸船 ");
  rushes_draft_set_preset (draft, "push", "slow push in");
  rushes_draft_set_duration (draft, 7);
  rushes_draft_set_resolution (draft, "1080p");
  rushes_draft_set_aspect (draft, "9:16");
  rushes_draft_set_frame_rate (draft, 60);
  rushes_draft_set_seed (draft, 0);
  rushes_draft_set_audio (draft, TRUE);
  rushes_draft_set_count (draft, 3);
  rushes_draft_set_parameter (draft, "move", "drift");
  rushes_draft_set_parameter (draft, "caption", "true");
  rushes_draft_set_reference (draft, RUSHES_ROLE_FIRST_FRAME, 0, picture);
  request = rushes_request_new (draft, model, 0);
  text = to_text (request);
  g_assert_cmpstr (text, ==, LONG);

  /* Frozen: the draft goes on without it. */
  rushes_draft_set_prompt (draft, "another");
  rushes_draft_set_parameter (draft, "move", "tilt-up");

  again = from_text (text, &error);
  g_assert_no_error (error);
  text_again = to_text (again);
  g_assert_cmpstr (text_again, ==, LONG);
  g_assert_cmpstr (rushes_request_get_provider_id (again), ==, "animatic");
  g_assert_cmpstr (rushes_request_get_model_id (again), ==, "animatic");
  g_assert_cmpstr (rushes_request_get_prompt (again), ==, " 纸船 ");
  g_assert_cmpstr (rushes_request_get_whole_prompt (again), ==, "slow push in, 纸船");
  g_assert_cmpstr (rushes_request_get_preset_id (again), ==, "push");
  g_assert_cmpstr (rushes_request_get_preset_text (again), ==, "slow push in");
  g_assert_cmpstr (rushes_request_get_negative_prompt (again), ==, "");
  g_assert_cmpfloat (rushes_request_get_duration (again), ==, 7);
  g_assert_cmpstr (rushes_request_get_resolution (again), ==, "1080p");
  g_assert_cmpstr (rushes_request_get_aspect (again), ==, "9:16");
  g_assert_cmpint (rushes_request_get_frame_rate (again), ==, 60);
  g_assert_cmpint (rushes_request_get_seed (again), ==, 0);
  g_assert_true (rushes_request_get_audio (again));
  g_assert_false (rushes_request_get_watermark (again));
  g_assert_cmpstr (rushes_request_get_parameter (again, "move"), ==, "drift");
  g_assert_null (rushes_request_get_parameter (again, "weather"));
  g_assert_cmpuint (rushes_request_get_n_references (again, RUSHES_ROLE_FIRST_FRAME), ==, 1);
  g_assert_cmpstr (rushes_reference_get_name (rushes_request_get_reference (again, RUSHES_ROLE_FIRST_FRAME, 0)), ==,
                   "a.png");
  g_assert_null (rushes_request_get_reference (again, RUSHES_ROLE_LAST_FRAME, 0));
}

static void
test_left_out (void)
{
  g_autoptr (RushesModel) model = animatic ();
  g_autoptr (RushesDraft) draft = make_draft ();
  g_autoptr (RushesReference) picture = make_picture ("a.png");
  g_autoptr (RushesRequest) request = NULL;

  rushes_draft_set_negative_prompt (draft, "rain");
  rushes_draft_set_watermark (draft, TRUE);
  rushes_draft_set_parameter (draft, "weather", "fine");
  rushes_draft_set_reference (draft, RUSHES_ROLE_LAST_FRAME, 0, picture);
  request = rushes_request_new (draft, model, 0);

  g_assert_cmpstr (rushes_request_get_negative_prompt (request), ==, "");
  g_assert_false (rushes_request_get_watermark (request));
  g_assert_null (rushes_request_get_parameter (request, "weather"));
  g_assert_cmpuint (rushes_request_get_n_references (request, RUSHES_ROLE_LAST_FRAME), ==, 0);
  /* The draft keeps what it had. */
  g_assert_cmpstr (rushes_draft_get_negative_prompt (draft), ==, "rain");
}

static void
test_seeds (void)
{
  g_autoptr (RushesModel) model = animatic ();
  g_autoptr (RushesDraft) draft = make_draft ();
  g_autoptr (GHashTable) seeds = g_hash_table_new_full (g_int64_hash, g_int64_equal, g_free, NULL);
  g_autoptr (RushesRequest) last = NULL;

  for (guint i = 0; i < 20; i++)
    {
      g_autoptr (RushesRequest) request = rushes_request_new (draft, model, i);
      gint64 seed = rushes_request_get_seed (request);

      g_assert_cmpint (seed, >=, 0);
      g_assert_cmpint (seed, <=, G_MAXINT32);
      g_hash_table_add (seeds, g_memdup2 (&seed, sizeof seed));
    }
  g_assert_cmpuint (g_hash_table_size (seeds), ==, 20);

  rushes_draft_set_seed (draft, 40);
  for (guint i = 0; i < 3; i++)
    {
      g_autoptr (RushesRequest) request = rushes_request_new (draft, model, i);

      g_assert_cmpint (rushes_request_get_seed (request), ==, 40 + i);
    }

  /* Beyond the largest one it begins anew. */
  rushes_draft_set_seed (draft, G_MAXINT64);
  last = rushes_request_new (draft, model, 1);
  g_assert_cmpint (rushes_request_get_seed (last), ==, 0);
}

static void
test_titles (void)
{
  g_autoptr (RushesModel) model = animatic ();
  g_autoptr (RushesReference) picture = make_picture ("harbour at dusk.jpg");

  for (guint i = 0; i < 4; i++)
    {
      static const char *const titles[] = { "a kite over the sea", "slow push in", "harbour at dusk.jpg", "" };
      g_autoptr (RushesDraft) draft = make_draft ();
      g_autoptr (RushesRequest) request = NULL;
      g_autofree char *title = NULL;

      if (i == 0)
        rushes_draft_set_prompt (draft, "\n a kite\n\n over\tthe sea ");
      if (i <= 1)
        rushes_draft_set_preset (draft, "p", "slow push in");
      if (i <= 2)
        rushes_draft_set_reference (draft, RUSHES_ROLE_FIRST_FRAME, 0, picture);
      request = rushes_request_new (draft, model, 0);
      title = rushes_request_get_title (request);
      g_assert_cmpstr (title, ==, titles[i]);
    }
}

static void
test_mistakes (void)
{
  static const struct
  {
    const char *text;
    const char *complaint;
  } cases[] = {
    { "{}", "request: “provider” is missing." },
    { "{\"provider\":\"a\",\"model\":\"b\",\"duration\":5}", "request: “version” is missing." },
    { "{\"version\":2,\"provider\":\"a\",\"model\":\"b\",\"duration\":5}",
      "request: version: a whole number from 1 to 1 is expected." },
    { "{\"version\":1,\"provider\":\"a\",\"model\":\"b\",\"duration\":5,\"seed\":\"7\"}",
      "request: seed: a whole number is expected." },
    { "{\"version\":1,\"provider\":\"a\",\"model\":\"b\",\"duration\":5,\"parameters\":{\"move\":true}}",
      "request: parameters.move: text in quotes is expected." },
    { "{\"version\":1,\"provider\":\"a\",\"model\":\"b\",\"duration\":5,\"base_url\":\"http://evil.example\"}",
      "request: “base_url” is not known here." },
    { "{\"version\":1,\"provider\":\"a\",\"model\":\"b\",\"duration\":5,\"references\":{\"first\":[{}]}}",
      "request: references.first[0]: A picture of this recipe is not described in a way that Rushes understands." },
    { "{\"version\":1,\"provider\":\"a\",\"model\":\"b\",\"duration\":5,\"references\":{\"middle\":[]}}",
      "request: references: “middle” is not known here." },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr (GError) error = NULL;
      g_autoptr (RushesRequest) request = from_text (cases[i].text, &error);

      g_assert_null (request);
      g_assert_error (error, RUSHES_ERROR, RUSHES_ERROR_BAD_REQUEST);
      g_assert_cmpstr (error->message, ==, cases[i].complaint);
    }
}

static void
test_remix (void)
{
  g_autoptr (RushesDraft) draft = rushes_draft_new ();
  g_autoptr (RushesModel) model = animatic ();
  g_autoptr (RushesRequest) request = NULL;
  g_autoptr (RushesRequest) again = NULL;
  g_autofree char *text = NULL;

  request = from_text (LONG, NULL);
  rushes_draft_set_prompt (draft, "what stood there");
  rushes_draft_set_parameter (draft, "weather", "fine");
  rushes_draft_set_from_request (draft, request);
  g_assert_cmpstr (rushes_draft_get_prompt (draft), ==, " 纸船 ");
  g_assert_null (rushes_draft_get_parameter (draft, "weather"));
  g_assert_cmpint (rushes_draft_get_count (draft), ==, 1);

  again = rushes_request_new (draft, model, 0);
  text = to_text (again);
  g_assert_cmpstr (text, ==, LONG);
}

int
main (int argc, char **argv)
{
  rushes_test_init (&argc, &argv);

  g_test_add_func ("/request/json", test_json);
  g_test_add_func ("/request/left-out", test_left_out);
  g_test_add_func ("/request/seeds", test_seeds);
  g_test_add_func ("/request/titles", test_titles);
  g_test_add_func ("/request/mistakes", test_mistakes);
  g_test_add_func ("/request/remix", test_remix);

  return g_test_run ();
}
