/* test-model.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "rushes-error.h"
#include "rushes-test.h"
#include "rushes-test-model.h"

#define PLAIN "\"id\":\"m\",\"name\":\"Kite\",\"durations\":[5,10]"
#define RICH                                                                                                           \
  "\"id\":\"m\",\"name\":\"Kite\",\"durations\":{\"minimum\":3,\"maximum\":8,\"step\":0.5},\"default_duration\":4,"    \
  "\"resolutions\":[\"480p\",\"720p\",\"1080p\"],\"default_resolution\":\"720p\","                                     \
  "\"aspects\":[\"16:9\",\"9:16\",\"1:1\"],\"frame_rates\":[24,30],\"default_frame_rate\":30,"                         \
  "\"inputs\":{\"first_frame\":\"optional\",\"last_frame\":\"optional\",\"references\":2},"                            \
  "\"prompt\":{\"input\":\"optional\",\"limit\":10},\"negative_prompt\":true,\"seed\":true,\"audio\":true,"            \
  "\"watermark\":true,\"max_count\":4,\"parameters\":["                                                                \
  "{\"name\":\"style\",\"title\":\"Style\",\"kind\":\"choice\",\"default\":\"film\",\"choices\":["                     \
  "{\"value\":\"film\",\"title\":\"Film\"},{\"value\":\"ink\",\"title\":\"Ink\"}]},"                                   \
  "{\"name\":\"hd\",\"title\":\"HD\",\"kind\":\"switch\",\"default\":true},"                                           \
  "{\"name\":\"steps\",\"title\":\"Steps\",\"kind\":\"integer\",\"minimum\":1,\"maximum\":50,\"default\":20},"         \
  "{\"name\":\"scale\",\"title\":\"Scale\",\"kind\":\"number\",\"minimum\":0,\"maximum\":1,\"default\":0.5}]"

static void
test_sizes (void)
{
  static const struct
  {
    const char *resolution, *aspect;
    int width, height;
  } cases[] = {
    { "720p", "16:9", 1280, 720 },   { "720p", "9:16", 720, 1280 },    { "720p", "1:1", 720, 720 },
    { "720p", NULL, 1280, 720 },     { "480p", "16:9", 854, 480 },     { "480p", "4:3", 640, 480 },
    { "480p", "3:4", 480, 640 },     { "1080p", "16:9", 1920, 1080 },  { "1080p", "4:3", 1440, 1080 },
    { "1080p", "21:9", 2520, 1080 }, { "4k", "16:9", 3840, 2160 },     { "2K", "16:9", 2560, 1440 },
    { "1280x720", NULL, 1280, 720 }, { "1281X719", "1:1", 1282, 720 }, { "720P", "2.35:1", 1692, 720 },
  };
  static const char *const bad[] = { "",     "big",  "720",       "p720",  "720px", "0p",       "99999p",
                                     "720x", "x720", "720x480x2", "-720p", "1x1",   "99999x100" };
  static const char *const bad_aspects[] = { "",       "wide",  "16",    "16:",   ":9",   "0:9",
                                             "16:9:1", "-1:-1", "100:1", "nan:1", "inf:1" };
  int width = -1, height = -1;

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_test_message ("%s %s", cases[i].resolution, cases[i].aspect);
      g_assert_true (rushes_resolution_to_size (cases[i].resolution, cases[i].aspect, &width, &height));
      g_assert_cmpint (width, ==, cases[i].width);
      g_assert_cmpint (height, ==, cases[i].height);
    }
  for (guint i = 0; i < G_N_ELEMENTS (bad); i++)
    g_assert_false (rushes_resolution_to_size (bad[i], "16:9", &width, &height));
  for (guint i = 0; i < G_N_ELEMENTS (bad_aspects); i++)
    g_assert_false (rushes_resolution_to_size ("720p", bad_aspects[i], &width, &height));
  g_assert_false (rushes_resolution_to_size (NULL, NULL, &width, &height));
}

static void
test_fit_defaults (void)
{
  g_autoptr (RushesModel) model = rushes_test_model_new (RICH);
  g_autoptr (RushesDraft) draft = rushes_draft_new ();
  g_autofree char *notes = rushes_test_model_fit (model, draft);

  g_assert_cmpstr (notes, ==, "");
  g_assert_cmpfloat (rushes_draft_get_duration (draft), ==, 4);
  g_assert_cmpstr (rushes_draft_get_resolution (draft), ==, "720p");
  g_assert_cmpstr (rushes_draft_get_aspect (draft), ==, "16:9");
  g_assert_cmpint (rushes_draft_get_frame_rate (draft), ==, 30);
  g_assert_cmpint (rushes_draft_get_seed (draft), ==, -1);
}

static void
test_fit_durations (void)
{
  static const struct
  {
    const char *durations;
    double asked, used;
  } cases[] = {
    { "[5,10]", 5, 5 },
    { "[5,10]", 2, 5 },
    { "[5,10]", 8, 10 },
    { "[5,10]", 7, 5 },
    { "[5,10]", 600, 10 },
    { "{\"minimum\":3,\"maximum\":8,\"step\":0.5}", 3.5, 3.5 },
    { "{\"minimum\":3,\"maximum\":8,\"step\":0.5}", 3.6, 3.5 },
    { "{\"minimum\":3,\"maximum\":8,\"step\":0.5}", 1, 3 },
    { "{\"minimum\":3,\"maximum\":8,\"step\":0.5}", 20, 8 },
    { "{\"minimum\":3,\"maximum\":8,\"step\":2}", 8, 7 },
    { "{\"minimum\":0.3,\"maximum\":0.9,\"step\":0.1}", 0.9, 0.9 },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autofree char *members =
          g_strdup_printf ("\"id\":\"m\",\"name\":\"Kite\",\"durations\":%s", cases[i].durations);
      g_autoptr (RushesModel) model = rushes_test_model_new (members);
      g_autoptr (RushesDraft) draft = rushes_draft_new ();
      g_autofree char *notes = NULL;
      g_autoptr (GError) refusal = NULL;
      gboolean fits = cases[i].asked == cases[i].used;

      g_test_message ("%s: %g", cases[i].durations, cases[i].asked);
      rushes_draft_set_duration (draft, cases[i].asked);
      refusal = rushes_model_check (model, draft);
      g_assert_true ((refusal == NULL) == fits);

      notes = rushes_test_model_fit (model, draft);
      g_assert_true ((*notes == '\0') == fits);
      g_assert_cmpfloat_with_epsilon (rushes_draft_get_duration (draft), cases[i].used, 1e-9);

      /* What was fitted passes. */
      g_assert_null (rushes_model_check (model, draft));
    }
}

static void
test_fit_values (void)
{
  g_autoptr (RushesModel) model = rushes_test_model_new (RICH);
  g_autoptr (RushesDraft) draft = rushes_draft_new ();
  g_autofree char *notes = NULL;
  g_autofree char *again = NULL;

  rushes_draft_set_resolution (draft, "4k");
  rushes_draft_set_aspect (draft, "5:4");
  rushes_draft_set_frame_rate (draft, 60);
  rushes_draft_set_count (draft, 9);
  rushes_draft_set_parameter (draft, "style", "oil");
  rushes_draft_set_parameter (draft, "steps", "51");
  rushes_draft_set_parameter (draft, "scale", "0.25");
  rushes_draft_set_parameter (draft, "hd", "false");
  rushes_draft_set_parameter (draft, "wind", "strong");
  for (int i = 0; i < 3; i++)
    rushes_test_model_add_picture (draft, RUSHES_ROLE_REFERENCE, i == 2 ? "c.png" : "ab.png");

  notes = rushes_test_model_fit (model, draft);
  g_assert_cmpstr (notes, ==,
                   "reference c.png→nothing, resolution 4k→1080p, aspect 5:4→1:1, frame_rate 60→30, count 9→4, "
                   "steps 51→20, style oil→film, wind strong→nothing");
  g_assert_cmpstr (rushes_draft_get_resolution (draft), ==, "1080p");
  g_assert_cmpstr (rushes_draft_get_aspect (draft), ==, "1:1");
  g_assert_cmpint (rushes_draft_get_frame_rate (draft), ==, 30);
  g_assert_cmpint (rushes_draft_get_count (draft), ==, 4);
  g_assert_cmpuint (rushes_draft_get_n_references (draft, RUSHES_ROLE_REFERENCE), ==, 2);
  g_assert_cmpstr (rushes_draft_get_parameter (draft, "scale"), ==, "0.25");
  g_assert_cmpstr (rushes_draft_get_parameter (draft, "hd"), ==, "false");
  g_assert_null (rushes_draft_get_parameter (draft, "wind"));

  again = rushes_test_model_fit (model, draft);
  g_assert_cmpstr (again, ==, "");

  /* Words it does not know get the default. */
  rushes_draft_set_resolution (draft, "huge");
  g_free (notes);
  notes = rushes_test_model_fit (model, draft);
  g_assert_cmpstr (notes, ==, "resolution huge→720p");
}

static void
test_fit_absent (void)
{
  g_autoptr (RushesModel) rich = rushes_test_model_new (RICH);
  g_autoptr (RushesModel) plain = rushes_test_model_new (PLAIN);
  g_autoptr (RushesDraft) draft = rushes_draft_new ();
  g_autoptr (GError) refusal = NULL;
  g_autofree char *notes = NULL;

  rushes_draft_set_prompt (draft, "a kite");
  rushes_draft_set_negative_prompt (draft, "rain");
  rushes_draft_set_seed (draft, 7);
  rushes_draft_set_audio (draft, TRUE);
  rushes_draft_set_watermark (draft, TRUE);
  rushes_test_model_add_picture (draft, RUSHES_ROLE_FIRST_FRAME, "a.png");
  rushes_test_model_add_picture (draft, RUSHES_ROLE_LAST_FRAME, "b.png");
  rushes_test_model_add_picture (draft, RUSHES_ROLE_REFERENCE, "c.png");
  notes = rushes_test_model_fit (rich, draft);
  g_assert_cmpstr (notes, ==, "");
  g_assert_null (rushes_model_check (rich, draft));

  g_free (notes);
  notes = rushes_test_model_fit (plain, draft);
  g_assert_cmpstr (notes, ==,
                   "image a.png→nothing, last_image b.png→nothing, reference c.png→nothing, duration 4→5, "
                   "resolution 720p→nothing, aspect 16:9→nothing, frame_rate 30→nothing, negative_prompt rain→nothing, "
                   "seed 7→nothing, audio true→nothing, watermark true→nothing");
  g_assert_cmpstr (rushes_draft_get_prompt (draft), ==, "a kite");
  refusal = rushes_model_check (plain, draft);
  g_assert_no_error (refusal);
}

static void
test_check (void)
{
  g_autoptr (RushesModel) model = rushes_test_model_new (RICH);
  g_autoptr (RushesDraft) draft = rushes_draft_new ();

  g_assert_null (rushes_model_check (model, draft));

  /* Ten code points are allowed, whatever their bytes; a preset counts too. */
  rushes_draft_set_prompt (draft, "纸船在水上漂流过夜晚");
  g_assert_null (rushes_model_check (model, draft));
  rushes_draft_set_preset (draft, "p", "慢");
  rushes_test_model_assert_refusal (model, draft, RUSHES_ERROR_BAD_REQUEST, "prompt",
                                    "The prompt has 13 characters; Kite takes at most 10.");
  rushes_draft_set_preset (draft, NULL, NULL);

  rushes_draft_set_duration (draft, 2);
  rushes_test_model_assert_refusal (model, draft, RUSHES_ERROR_UNSUPPORTED, "duration",
                                    "Kite makes clips of 3 to 8 s.");
  rushes_draft_set_duration (draft, 3);
  rushes_draft_set_resolution (draft, "4k");
  rushes_test_model_assert_refusal (model, draft, RUSHES_ERROR_UNSUPPORTED, "resolution",
                                    "Kite makes the resolutions 480p, 720p, 1080p.");
  rushes_draft_set_resolution (draft, NULL);
  rushes_draft_set_aspect (draft, "2:1");
  rushes_test_model_assert_refusal (model, draft, RUSHES_ERROR_UNSUPPORTED, "aspect",
                                    "Kite makes the aspect ratios 16:9, 9:16, 1:1.");
  rushes_draft_set_aspect (draft, NULL);
  rushes_draft_set_frame_rate (draft, 25);
  rushes_test_model_assert_refusal (model, draft, RUSHES_ERROR_UNSUPPORTED, "frame_rate",
                                    "Kite makes 24, 30 frames a second.");
  rushes_draft_set_frame_rate (draft, 0);
  rushes_draft_set_count (draft, 5);
  rushes_test_model_assert_refusal (model, draft, RUSHES_ERROR_UNSUPPORTED, "count",
                                    "Kite makes at most 4 takes at once.");
  rushes_draft_set_count (draft, 1);
  rushes_draft_set_parameter (draft, "steps", "1.5");
  rushes_test_model_assert_refusal (model, draft, RUSHES_ERROR_UNSUPPORTED, "steps",
                                    "Kite knows no value “1.5” of “steps”.");
  rushes_draft_set_parameter (draft, "steps", NULL);
  rushes_draft_set_parameter (draft, "wind", "strong");
  rushes_test_model_assert_refusal (model, draft, RUSHES_ERROR_UNSUPPORTED, "wind", "Kite has no setting “wind”.");

  /* Checking changes nothing. */
  g_assert_cmpstr (rushes_draft_get_parameter (draft, "wind"), ==, "strong");
}

/* 😀 is one character, two UTF-16 code units and four bytes; a Chinese one is three bytes. */
static void
test_check_units (void)
{
  static const struct
  {
    const char *unit;
    int length;
    const char *sentence;
  } cases[] = {
    { "characters", 3, "The prompt has 3 characters; Kite takes at most 2." },
    { "utf16", 4, "The prompt counts as 4 characters at Kite, which takes at most 2." },
    { "bytes", 8, "The prompt has 8 bytes; Kite takes at most 2." },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autofree char *members =
          g_strdup_printf (PLAIN ",\"prompt\":{\"input\":\"required\",\"limit\":2,\"unit\":\"%s\"}", cases[i].unit);
      g_autoptr (RushesModel) model = rushes_test_model_new (members);
      g_autoptr (RushesDraft) draft = rushes_draft_new ();

      g_assert_cmpint (rushes_model_measure (model, "😀船a"), ==, cases[i].length);
      g_assert_cmpint (rushes_model_measure (model, ""), ==, 0);
      rushes_draft_set_prompt (draft, "😀船a");
      rushes_test_model_assert_refusal (model, draft, RUSHES_ERROR_BAD_REQUEST, "prompt", cases[i].sentence);
      rushes_draft_set_prompt (draft, "a");
      g_assert_null (rushes_model_check (model, draft));
    }
}

static void
test_check_missing (void)
{
  g_autoptr (RushesModel) words = rushes_test_model_new (PLAIN ",\"prompt\":{\"input\":\"required\"}");
  g_autoptr (RushesModel) picture = rushes_test_model_new (PLAIN ",\"inputs\":{\"first_frame\":\"required\"}");
  g_autoptr (RushesModel) both =
      rushes_test_model_new (PLAIN ",\"inputs\":{\"first_frame\":\"required\",\"last_frame\":\"required\"}");
  g_autoptr (RushesModel) either = rushes_test_model_new (PLAIN ",\"inputs\":{\"first_frame\":\"optional\"},"
                                                                "\"prompt\":{\"input\":\"optional\"},"
                                                                "\"any_of\":[\"first_frame\",\"prompt\"]");
  g_autoptr (RushesDraft) draft = rushes_draft_new ();
  g_autoptr (RushesDraft) preset = rushes_draft_new ();

  rushes_draft_set_prompt (draft, "  \n");
  rushes_test_model_assert_refusal (words, draft, RUSHES_ERROR_BAD_REQUEST, "prompt", "Say what should happen.");
  rushes_test_model_assert_refusal (picture, draft, RUSHES_ERROR_BAD_REQUEST, "image", "Kite needs a picture.");
  rushes_test_model_assert_refusal (either, draft, RUSHES_ERROR_BAD_REQUEST, "prompt",
                                    "Give a picture or say what should happen.");

  rushes_test_model_add_picture (draft, RUSHES_ROLE_FIRST_FRAME, "a.png");
  g_assert_null (rushes_model_check (picture, draft));
  g_assert_null (rushes_model_check (either, draft));
  rushes_test_model_assert_refusal (both, draft, RUSHES_ERROR_BAD_REQUEST, "last_image", "Kite needs a last frame.");

  rushes_draft_set_preset (preset, "p", "slow push in");
  g_assert_null (rushes_model_check (words, preset));
  g_assert_null (rushes_model_check (either, preset));
}

static void
test_check_retired (void)
{
  g_autoptr (RushesModel) gone = rushes_test_model_new (PLAIN ",\"retired\":\"2020-01-31\"");
  g_autoptr (RushesModel) going = rushes_test_model_new (PLAIN ",\"retired\":\"9999-01-01\"");
  g_autoptr (RushesModel) other = rushes_model_rename (gone, "gull");
  g_autoptr (RushesDraft) draft = rushes_draft_new ();

  rushes_test_model_assert_refusal (gone, draft, RUSHES_ERROR_MODEL_RETIRED, "model",
                                    "Kite is not offered any more since 2020-01-31. Choose another model.");
  g_assert_null (rushes_model_check (going, draft));
  g_assert_cmpstr (rushes_model_get_retired (going), ==, "9999-01-01");
  g_assert_true (rushes_model_get_is_retired (gone));
  g_assert_false (rushes_model_get_is_retired (going));
  g_assert_false (rushes_model_get_is_retired (other));
}

static void
test_values (void)
{
  g_autoptr (RushesModel) plain = rushes_test_model_new (PLAIN);
  g_autoptr (RushesModel) named =
      rushes_test_model_new (PLAIN ",\"sent_as\":\"kite/2\",\"values\":{\"tier\":\"pro\",\"frames\":121,\"hd\":true}");
  g_autoptr (RushesModel) unnamed = rushes_test_model_new (PLAIN ",\"sent_as\":\"\"");
  g_autoptr (RushesModel) renamed = rushes_model_rename (named, "gull");
  g_autoptr (JsonNode) bad = json_from_string ("{" PLAIN ",\"values\":{\"tier\":null}}", NULL);
  g_autoptr (GError) error = NULL;

  g_assert_cmpstr (rushes_model_get_sent_as (plain), ==, "m");
  g_assert_null (rushes_model_get_value (plain, "tier"));
  g_assert_cmpstr (rushes_model_get_sent_as (named), ==, "kite/2");
  g_assert_cmpstr (json_node_get_string (rushes_model_get_value (named, "tier")), ==, "pro");
  g_assert_cmpint (json_node_get_int (rushes_model_get_value (named, "frames")), ==, 121);
  g_assert_true (json_node_get_boolean (rushes_model_get_value (named, "hd")));
  g_assert_null (rushes_model_get_sent_as (unnamed));

  g_clear_object (&named);
  g_assert_cmpint (json_node_get_int (rushes_model_get_value (renamed, "frames")), ==, 121);

  g_assert_null (rushes_model_from_json (bad, "kites", "kites.json", &error));
  g_assert_cmpstr (error->message, ==, "kites.json: values.tier: a text, a number, true or false is expected.");
}

#define PRICE(amount, per, more)                                                                                       \
  "{\"amount\":\"" amount "\",\"currency\":\"USD\",\"per\":\"" per "\",\"as_of\":\"2026-08-01\",\"source\":\"x\"" more \
  "}"

/* The special cases on top. */
#define WHEN(what) ",\"when\":{" what "}"
#define LARGE      "\"resolutions\":[\"1080p\"]"
#define LARGE_LOUD LARGE ",\"audio\":true"
#define LONG       "\"duration\":{\"minimum\":6}"
#define INK        "\"parameters\":{\"style\":\"ink\"}"

static const char TABLE[] = RICH ",\"prices\":["
    /* clang-format off */
    PRICE ("1.5", "clip", WHEN (LARGE_LOUD)) ","
    PRICE ("1", "clip", WHEN (LARGE)) ","
    PRICE ("0.6", "clip", WHEN (LONG)) ","
    PRICE ("0.5", "clip", WHEN (INK)) ","
    PRICE ("0.4", "clip", "") ","
    PRICE ("0.01", "image", "") "]";
/* clang-format on */

static void
assert_price (RushesModel *model, RushesDraft *draft, gint64 micros)
{
  RushesPrice price = rushes_model_estimate (model, draft);

  g_assert_cmpint (price.kind, ==, RUSHES_PRICE_ESTIMATE);
  g_assert_cmpint (price.high.micros, ==, micros);
  g_assert_cmpint (price.low.micros, ==, micros);
  g_assert_cmpstr (price.high.currency, ==, "USD");
}

static void
test_prices (void)
{
  g_autoptr (RushesModel) unknown = rushes_test_model_new (RICH);
  g_autoptr (RushesModel) free_of_charge = rushes_test_model_new (RICH ",\"prices\":[]");
  g_autoptr (RushesModel) seconds = rushes_test_model_new (RICH ",\"prices\":[" PRICE ("0.084", "second", "") "]");
  g_autoptr (RushesModel) tiny = rushes_test_model_new (RICH ",\"prices\":[" PRICE ("0.0000011", "second", "") "]");
  g_autoptr (RushesModel) table = rushes_test_model_new (TABLE);
  g_autoptr (RushesModel) partly = rushes_test_model_new (RICH ",\"prices\":[" PRICE ("1", "clip", WHEN (LARGE)) "]");
  g_autoptr (RushesModel) tokens = rushes_test_model_new (RICH ",\"prices\":[" PRICE ("1", "1k_tokens", "") "]");
  g_autoptr (RushesModel) pixels = rushes_test_model_new (RICH ",\"prices\":[" PRICE ("0.001", "megapixel", "") "]");
  g_autoptr (RushesModel) huge = rushes_test_model_new (RICH ",\"prices\":[" PRICE ("9000000000000", "second", "") "]");
  g_autoptr (RushesDraft) draft = rushes_draft_new ();

  g_assert_cmpint (rushes_model_estimate (unknown, draft).kind, ==, RUSHES_PRICE_UNKNOWN);
  g_assert_cmpint (rushes_model_estimate (free_of_charge, draft).kind, ==, RUSHES_PRICE_FREE);

  /* What is not set counts as the default: 4 s. */
  assert_price (seconds, draft, 336000);
  rushes_draft_set_duration (draft, 3.5);
  assert_price (seconds, draft, 294000);
  /* 0.0000011 is rounded up to two micro-units as it is read; 3.5 times that is 7. */
  assert_price (tiny, draft, 7);

  assert_price (table, draft, 400000);
  rushes_draft_set_parameter (draft, "style", "ink");
  assert_price (table, draft, 500000);
  rushes_draft_set_duration (draft, 6);
  assert_price (table, draft, 600000);
  rushes_draft_set_resolution (draft, "1080p");
  assert_price (table, draft, 1000000);
  rushes_draft_set_audio (draft, TRUE);
  assert_price (table, draft, 1500000);
  rushes_test_model_add_picture (draft, RUSHES_ROLE_FIRST_FRAME, "a.png");
  rushes_test_model_add_picture (draft, RUSHES_ROLE_REFERENCE, "b.png");
  assert_price (table, draft, 1520000);

  assert_price (partly, draft, 1000000);
  /* 1920 × 1080 × 30 × 6 pixels are 373.248 million. */
  assert_price (pixels, draft, 373248);
  rushes_draft_set_resolution (draft, "480p");
  g_assert_cmpint (rushes_model_estimate (partly, draft).kind, ==, RUSHES_PRICE_UNKNOWN);
  g_assert_cmpint (rushes_model_estimate (tokens, draft).kind, ==, RUSHES_PRICE_UNKNOWN);
  g_assert_cmpint (rushes_model_estimate (huge, draft).kind, ==, RUSHES_PRICE_UNKNOWN);
}

/* Where two rates are added up, the older one says since when. */
static void
test_price_source (void)
{
  g_autoptr (RushesModel) unknown = rushes_test_model_new (RICH);
  g_autoptr (RushesModel) free_of_charge = rushes_test_model_new (RICH ",\"prices\":[]");
  g_autoptr (RushesModel) model = rushes_test_model_new (
      RICH
      ",\"prices\":[{\"amount\":\"1\",\"currency\":\"USD\",\"per\":\"clip\",\"as_of\":\"2026-03-01\","
      "\"source\":\"large\",\"when\":{" LARGE
      "}}," PRICE ("0.5", "clip",
                   "") ","
                       "{\"amount\":\"0.1\",\"currency\":\"USD\",\"per\":\"image\",\"as_of\":\"2026-05-01\",\"source\":"
                       "\"pictures\"}]");
  g_autoptr (RushesDraft) draft = rushes_draft_new ();
  const char *as_of = NULL, *source = NULL;

  g_assert_false (rushes_model_get_price_source (unknown, draft, &as_of, &source));
  g_assert_false (rushes_model_get_price_source (free_of_charge, draft, &as_of, &source));
  g_assert_true (rushes_model_get_price_source (model, draft, &as_of, &source));
  g_assert_cmpstr (as_of, ==, "2026-05-01");
  g_assert_cmpstr (source, ==, "pictures");
  rushes_draft_set_resolution (draft, "1080p");
  g_assert_true (rushes_model_get_price_source (model, draft, &as_of, &source));
  g_assert_cmpstr (as_of, ==, "2026-03-01");
  g_assert_cmpstr (source, ==, "large");
}

int
main (int argc, char **argv)
{
  rushes_test_init (&argc, &argv);

  g_test_add_func ("/model/sizes", test_sizes);
  g_test_add_func ("/model/fit/defaults", test_fit_defaults);
  g_test_add_func ("/model/fit/durations", test_fit_durations);
  g_test_add_func ("/model/fit/values", test_fit_values);
  g_test_add_func ("/model/fit/absent", test_fit_absent);
  g_test_add_func ("/model/check/values", test_check);
  g_test_add_func ("/model/check/units", test_check_units);
  g_test_add_func ("/model/check/missing", test_check_missing);
  g_test_add_func ("/model/check/retired", test_check_retired);
  g_test_add_func ("/model/values", test_values);
  g_test_add_func ("/model/prices", test_prices);
  g_test_add_func ("/model/price-source", test_price_source);

  return g_test_run ();
}
