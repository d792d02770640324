/* test-model-rules.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "rushes-request.h"
#include "rushes-test.h"
#include "rushes-test-model.h"

/* Large clips are 8 s long and have sound; with a picture there is no choice of a shape; the fine mode makes large
 * ones only; with further pictures there is no first frame. */
static const char KITE[] =
    "\"id\":\"kite\",\"name\":\"Kite\",\"durations\":[4,6,8],\"resolutions\":[\"720p\",\"1080p\"],"
    "\"aspects\":[\"16:9\",\"9:16\"],\"frame_rates\":[24,30],\"seed\":true,\"negative_prompt\":true,"
    "\"inputs\":{\"first_frame\":\"optional\",\"last_frame\":\"optional\",\"references\":3},"
    "\"prompt\":{\"input\":\"optional\"},"
    "\"parameters\":[{\"name\":\"mode\",\"title\":\"Mode\",\"kind\":\"choice\",\"default\":\"fast\",\"choices\":["
    "{\"value\":\"fast\",\"title\":\"Fast\"},{\"value\":\"fine\",\"title\":\"Fine\"}]}],"
    "\"rules\":["
    "{\"when\":{\"parameters\":{\"mode\":\"fine\"}},\"resolutions\":[\"1080p\"]},"
    "{\"when\":{\"resolutions\":[\"1080p\"]},\"durations\":[8],\"audio\":true,\"frame_rates\":[30,60]},"
    "{\"when\":{\"mode\":[\"first\",\"first_last\"]},\"aspects\":[],\"seed\":false},"
    "{\"when\":{\"mode\":[\"references\"]},\"inputs\":{\"references\":2},\"negative_prompt\":false,"
    "\"default_duration\":6}]";

static char *
list_durations (RushesModel *model)
{
  g_autoptr (GString) list = g_string_new (NULL);
  gsize n;
  const double *durations = rushes_model_get_durations (model, &n);

  for (gsize i = 0; i < n; i++)
    g_string_append_printf (list, " %g", durations[i]);
  return g_string_free (g_steal_pointer (&list), FALSE);
}

static void
test_narrow (void)
{
  g_autoptr (RushesModel) model = rushes_test_model_new (KITE);
  g_autoptr (RushesDraft) draft = rushes_draft_new ();
  g_autoptr (RushesModel) plain = rushes_model_narrow (model, draft);
  g_autoptr (RushesModel) large = NULL;
  g_autoptr (RushesModel) again = NULL;
  g_autoptr (RushesModel) picture = NULL;
  g_autoptr (RushesModel) references = NULL;
  g_autofree char *durations = NULL;
  gsize n_rates;

  /* No rule holds: the model itself. */
  g_assert_true (plain == model);

  rushes_draft_set_resolution (draft, "1080p");
  large = rushes_model_narrow (model, draft);
  g_assert_true (large != model);
  g_assert_cmpstr (rushes_model_get_id (large), ==, "kite");
  g_assert_cmpstr (rushes_model_get_provider_id (large), ==, "kites");
  durations = list_durations (large);
  g_assert_cmpstr (durations, ==, " 8");
  g_assert_cmpfloat (rushes_model_get_default_duration (large), ==, 8);
  g_assert_cmpint (rushes_model_get_frame_rates (large, &n_rates)[1], ==, 60);
  g_assert_cmpint (rushes_model_get_default_frame_rate (large), ==, 30);
  g_assert_true (rushes_model_get_has_audio (large));
  g_assert_cmpuint (g_strv_length ((char **) rushes_model_get_aspects (large)), ==, 2);
  g_assert_cmpuint (rushes_model_get_parameters (large)->len, ==, 1);

  /* The same rules give the same object, and the draft stays as it is. */
  rushes_draft_set_prompt (draft, "a kite");
  rushes_draft_set_duration (draft, 4);
  again = rushes_model_narrow (model, draft);
  g_assert_true (again == large);
  g_assert_cmpfloat (rushes_draft_get_duration (draft), ==, 4);

  /* What was not narrowed is as before. */
  g_assert_false (rushes_model_get_has_audio (model));

  rushes_draft_set_resolution (draft, NULL);
  rushes_test_model_add_picture (draft, RUSHES_ROLE_FIRST_FRAME, "a.png");
  picture = rushes_model_narrow (model, draft);
  g_assert_cmpuint (g_strv_length ((char **) rushes_model_get_aspects (picture)), ==, 0);
  g_assert_null (rushes_model_get_default_aspect (picture));
  g_assert_false (rushes_model_get_has_seed (picture));
  g_assert_true (rushes_model_get_has_negative (picture));

  rushes_test_model_add_picture (draft, RUSHES_ROLE_REFERENCE, "b.png");
  references = rushes_model_narrow (model, draft);
  g_assert_cmpint (rushes_model_get_input (references, RUSHES_ROLE_FIRST_FRAME), ==, RUSHES_INPUT_NONE);
  g_assert_cmpint (rushes_model_get_max_references (references), ==, 2);
  g_assert_false (rushes_model_get_has_negative (references));
  g_assert_cmpfloat (rushes_model_get_default_duration (references), ==, 6);
}

static void
test_fit (void)
{
  g_autoptr (RushesModel) model = rushes_test_model_new (KITE);
  g_autoptr (RushesDraft) large = rushes_draft_new ();
  g_autoptr (RushesDraft) fine = rushes_draft_new ();
  g_autoptr (RushesDraft) picture = rushes_draft_new ();
  g_autofree char *notes = NULL;

  rushes_draft_set_resolution (large, "1080p");
  rushes_draft_set_duration (large, 4);
  rushes_draft_set_frame_rate (large, 60);
  rushes_draft_set_audio (large, TRUE);
  rushes_test_model_assert_refusal (model, large, RUSHES_ERROR_UNSUPPORTED, "duration",
                                    "With these settings Kite makes clips of 8 s.");
  notes = rushes_test_model_fit (model, large);
  g_assert_cmpstr (notes, ==, "duration 4→8");
  g_assert_cmpint (rushes_draft_get_frame_rate (large), ==, 60);
  g_assert_true (rushes_draft_get_audio (large));
  g_assert_null (rushes_model_check (model, large));

  /* A rule that makes another hold. */
  rushes_draft_set_parameter (fine, "mode", "fine");
  rushes_draft_set_resolution (fine, "720p");
  rushes_draft_set_duration (fine, 4);
  g_free (notes);
  notes = rushes_test_model_fit (model, fine);
  g_assert_cmpstr (notes, ==, "duration 4→8, resolution 720p→1080p");
  g_assert_null (rushes_model_check (model, fine));

  /* Back again: what was narrowed is free, what was chosen stays. */
  rushes_draft_set_parameter (fine, "mode", "fast");
  rushes_draft_set_resolution (fine, "720p");
  g_free (notes);
  notes = rushes_test_model_fit (model, fine);
  g_assert_cmpstr (notes, ==, "");

  rushes_draft_set_aspect (picture, "9:16");
  rushes_draft_set_seed (picture, 7);
  rushes_test_model_add_picture (picture, RUSHES_ROLE_FIRST_FRAME, "a.png");
  g_free (notes);
  notes = rushes_test_model_fit (model, picture);
  g_assert_cmpstr (notes, ==, "aspect 9:16→nothing, seed 7→nothing");
  rushes_test_model_add_picture (picture, RUSHES_ROLE_REFERENCE, "b.png");
  g_free (notes);
  notes = rushes_test_model_fit (model, picture);
  g_assert_cmpstr (notes, ==, "image a.png→nothing");
  g_assert_cmpstr (rushes_draft_get_aspect (picture), ==, "16:9");
  g_assert_null (rushes_model_check (model, picture));
}

/* Pictures that a model never takes make no rule hold. */
static void
test_fit_absent_pictures (void)
{
  g_autoptr (RushesModel) model =
      rushes_test_model_new ("\"id\":\"m\",\"name\":\"Kite\",\"durations\":[5,10],\"rules\":["
                             "{\"when\":{\"picture\":true},\"durations\":[5]}]");
  g_autoptr (RushesDraft) draft = rushes_draft_new ();
  g_autofree char *notes = NULL;

  rushes_test_model_add_picture (draft, RUSHES_ROLE_LAST_FRAME, "a.png");
  rushes_draft_set_duration (draft, 10);
  notes = rushes_test_model_fit (model, draft);
  g_assert_cmpstr (notes, ==, "last_image a.png→nothing");
}

/* Rules may give what the model alone cannot, and leave a default that is no value any more. */
static void
test_widen (void)
{
  g_autoptr (RushesModel) model =
      rushes_test_model_new ("\"id\":\"m\",\"name\":\"Kite\",\"durations\":[5,10],\"default_duration\":10,"
                             "\"resolutions\":[\"480p\",\"720p\"],\"default_resolution\":\"720p\",\"rules\":["
                             "{\"when\":{\"resolutions\":[\"480p\"]},\"inputs\":{\"first_frame\":\"required\"},"
                             "\"durations\":{\"minimum\":2,\"maximum\":4,\"step\":1}},"
                             "{\"when\":{\"mode\":[\"first\"]},\"durations\":[3,7]}]");
  g_autoptr (RushesDraft) draft = rushes_draft_new ();
  g_autofree char *notes = NULL;
  g_autoptr (RushesModel) narrowed = NULL;

  rushes_draft_set_resolution (draft, "480p");
  rushes_test_model_assert_refusal (model, draft, RUSHES_ERROR_BAD_REQUEST, "image", "Kite needs a picture.");
  narrowed = rushes_model_narrow (model, draft);
  g_assert_cmpfloat (rushes_model_get_default_duration (narrowed), ==, 2);
  rushes_test_model_add_picture (draft, RUSHES_ROLE_FIRST_FRAME, "a.png");
  rushes_draft_set_duration (draft, 6);
  notes = rushes_test_model_fit (model, draft);
  g_assert_cmpstr (notes, ==, "duration 6→7");
  g_assert_null (rushes_model_check (model, draft));

  rushes_draft_set_resolution (draft, "720p");
  rushes_test_model_assert_refusal (model, draft, RUSHES_ERROR_UNSUPPORTED, "image",
                                    "Kite takes no picture to begin with.");
}

/* Rules that chase each other end somewhere, and always at the same place. */
static void
test_chase (void)
{
  g_autoptr (RushesModel) model =
      rushes_test_model_new ("\"id\":\"m\",\"name\":\"Kite\",\"durations\":[5,10],"
                             "\"resolutions\":[\"480p\",\"720p\"],\"rules\":["
                             "{\"when\":{\"resolutions\":[\"480p\"]},\"resolutions\":[\"720p\"]},"
                             "{\"when\":{\"resolutions\":[\"720p\"]},\"resolutions\":[\"480p\"]}]");

  for (int i = 0; i < 2; i++)
    {
      g_autoptr (RushesDraft) draft = rushes_draft_new ();
      g_autofree char *notes = NULL;

      rushes_draft_set_resolution (draft, "480p");
      notes = rushes_test_model_fit (model, draft);
      g_assert_cmpstr (notes, ==, "");
      g_assert_cmpstr (rushes_draft_get_resolution (draft), ==, "480p");
    }
}

static void
test_request (void)
{
  g_autoptr (RushesModel) model = rushes_test_model_new (KITE);
  g_autoptr (RushesDraft) draft = rushes_draft_new ();
  g_autoptr (RushesRequest) large = NULL;
  g_autoptr (RushesRequest) picture = NULL;

  rushes_draft_set_resolution (draft, "1080p");
  rushes_draft_set_audio (draft, TRUE);
  rushes_draft_set_seed (draft, 7);
  large = rushes_request_new (draft, model, 1);
  g_assert_cmpfloat (rushes_request_get_duration (large), ==, 8);
  g_assert_true (rushes_request_get_audio (large));
  g_assert_cmpstr (rushes_request_get_aspect (large), ==, "16:9");
  g_assert_cmpint (rushes_request_get_seed (large), ==, 8);

  rushes_test_model_add_picture (draft, RUSHES_ROLE_FIRST_FRAME, "a.png");
  picture = rushes_request_new (draft, model, 1);
  g_assert_null (rushes_request_get_aspect (picture));
  g_assert_cmpint (rushes_request_get_seed (picture), ==, -1);
}

/* Prices are looked up for what the rules make of a draft. */
static void
test_estimate (void)
{
  g_autofree char *members =
      g_strconcat (KITE,
                   ",\"prices\":[{\"amount\":\"0.1\",\"currency\":\"USD\",\"per\":\"second\",\"as_of\":\"2026-08-01\","
                   "\"source\":\"x\",\"when\":{\"models\":[\"kite\"]}}]",
                   NULL);
  g_autoptr (RushesModel) model = rushes_test_model_new (members);
  g_autoptr (RushesModel) other = rushes_model_rename (model, "kite-3");
  g_autoptr (RushesDraft) draft = rushes_draft_new ();

  g_assert_cmpint (rushes_model_estimate (model, draft).high.micros, ==, 400000);
  rushes_draft_set_resolution (draft, "1080p");
  g_assert_cmpint (rushes_model_estimate (model, draft).high.micros, ==, 800000);
  g_assert_cmpint (rushes_model_estimate (other, draft).kind, ==, RUSHES_PRICE_UNKNOWN);
}

static void
test_rename (void)
{
  g_autoptr (RushesModel) model = rushes_test_model_new (KITE);
  g_autoptr (RushesModel) other = rushes_model_rename (model, "kite-3");
  g_autoptr (RushesModel) narrowed = NULL;
  g_autoptr (RushesDraft) draft = rushes_draft_new ();

  g_assert_cmpstr (rushes_model_get_id (other), ==, "kite-3");
  g_assert_cmpstr (rushes_model_get_name (other), ==, "kite-3");
  g_assert_cmpstr (rushes_model_get_sent_as (other), ==, "kite-3");
  g_assert_cmpstr (rushes_model_get_provider_id (other), ==, "kites");
  g_assert_cmpstr (rushes_model_get_sent_as (model), ==, "kite");

  /* The rules came with it. */
  rushes_draft_set_resolution (draft, "1080p");
  narrowed = rushes_model_narrow (other, draft);
  g_assert_cmpfloat (rushes_model_get_default_duration (narrowed), ==, 8);
  g_assert_cmpstr (rushes_model_get_id (narrowed), ==, "kite-3");
}

static void
test_mistakes (void)
{
  static const struct
  {
    const char *rule, *message;
  } cases[] = {
    { "{\"durations\":[5]}", "rules[0]: “when” is missing." },
    { "{\"when\":{},\"watermark\":true}", "rules[0]: “watermark” is not known here." },
    { "{\"when\":{},\"default_duration\":7}", "rules[0].default_duration: this is not one of the values above." },
    { "{\"when\":{},\"aspects\":[\"1:1\"],\"default_aspect\":\"16:9\"}",
      "rules[0].default_aspect: this is not one of the values above." },
    { "{\"when\":{},\"default_resolution\":\"4k\"}",
      "rules[0].default_resolution: this is not one of the values above." },
    { "{\"when\":{},\"default_frame_rate\":24}", "rules[0].default_frame_rate: this is not one of the values above." },
    { "{\"when\":{},\"durations\":[]}", "rules[0].durations: at least one length is expected." },
    { "{\"when\":{},\"resolutions\":[\"big\"]}", "rules[0].resolutions: “big” is no size such as 720p or 1280x720." },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autofree char *text = g_strdup_printf (
          "{\"id\":\"m\",\"name\":\"Kite\",\"durations\":[5],\"aspects\":[\"16:9\"],\"rules\":[%s]}", cases[i].rule);
      g_autoptr (JsonNode) node = json_from_string (text, NULL);
      g_autofree char *message = g_strconcat ("kites.json: ", cases[i].message, NULL);
      g_autoptr (GError) error = NULL;

      g_assert_null (rushes_model_from_json (node, "kites", "kites.json", &error));
      g_assert_error (error, RUSHES_ERROR, RUSHES_ERROR_BAD_REQUEST);
      g_assert_cmpstr (error->message, ==, message);
    }
}

int
main (int argc, char **argv)
{
  rushes_test_init (&argc, &argv);

  g_test_add_func ("/model/rules/narrow", test_narrow);
  g_test_add_func ("/model/rules/fit", test_fit);
  g_test_add_func ("/model/rules/absent-pictures", test_fit_absent_pictures);
  g_test_add_func ("/model/rules/widen", test_widen);
  g_test_add_func ("/model/rules/chase", test_chase);
  g_test_add_func ("/model/rules/request", test_request);
  g_test_add_func ("/model/rules/estimate", test_estimate);
  g_test_add_func ("/model/rules/rename", test_rename);
  g_test_add_func ("/model/rules/mistakes", test_mistakes);

  return g_test_run ();
}
