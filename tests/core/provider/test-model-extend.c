/* test-model-extend.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

/* What a model says of clips that are made longer: which, by how much, and what it costs. */

#include "rushes-request.h"
#include "rushes-test-model.h"
#include "rushes-test.h"

static const char KITE[] =
    "\"id\":\"kite\",\"name\":\"Kite\",\"durations\":[5,10],\"aspects\":[\"16:9\",\"9:16\"],"
    "\"inputs\":{\"first_frame\":\"optional\"},\"prompt\":{\"input\":\"optional\"},"
    "\"any_of\":[\"prompt\",\"first_frame\"],"
    "\"rules\":[{\"when\":{\"extending\":true},\"durations\":[4,8],\"aspects\":[]}],"
    "\"extend\":{\"gives\":\"part\",\"minimum\":2,\"maximum\":15,\"total\":20},"
    "\"prices\":["
    "{\"amount\":\"0.10\",\"currency\":\"USD\",\"per\":\"second\",\"as_of\":\"2026-11-01\",\"source\":\"a\"},"
    "{\"amount\":\"0.01\",\"currency\":\"USD\",\"per\":\"extended_second\",\"as_of\":\"2026-11-01\",\"source\":\"a\"}]";

static RushesDraft *
make_draft (double seconds, double expires_in)
{
  RushesDraft *draft = rushes_draft_new ();
  RushesExtension extension = {
    .take_id = (char *) "take",
    .task_id = (char *) "7",
    .host = (char *) "https://kites.example",
    .seconds = seconds,
    .expires = expires_in != 0 ? g_get_real_time () + (gint64) (expires_in * G_USEC_PER_SEC) : 0,
  };

  rushes_draft_set_model (draft, "kites", "kite");
  rushes_draft_set_extension (draft, &extension);
  return draft;
}

static void
test_lengths (void)
{
  g_autoptr (RushesModel) model = rushes_test_model_new (KITE);
  g_autoptr (RushesDraft) draft = make_draft (6, 0);
  g_autoptr (RushesDraft) plain = rushes_draft_new ();
  g_autofree char *notes = NULL;

  g_assert_cmpint (rushes_model_get_stretch (model)->kind, ==, RUSHES_STRETCH_PART);
  notes = rushes_test_model_fit (model, draft);
  g_assert_cmpfloat (rushes_draft_get_duration (draft), ==, 4);
  g_assert_null (rushes_draft_get_aspect (draft));
  /* It goes on from a clip: neither words nor a picture are needed, and a picture is too much. */
  g_assert_no_error (rushes_model_check (model, draft));
  rushes_test_model_add_picture (draft, RUSHES_ROLE_FIRST_FRAME, "a.png");
  rushes_test_model_assert_refusal (model, draft, RUSHES_ERROR_UNSUPPORTED, "image",
                                    "A clip is extended by words alone. Take the pictures away.");

  g_free (rushes_test_model_fit (model, plain));
  g_assert_cmpfloat (rushes_draft_get_duration (plain), ==, 5);
}

static void
test_bounds (void)
{
  static const struct
  {
    double seconds, added, expires_in;
    RushesErrorCode code;
    const char *field; /* NULL: it goes */
    const char *sentence;
  } cases[] = {
    { 6, 4, 0, 0, NULL, NULL },
    { 6, 4, 3600, 0, NULL, NULL },
    /* Frames more or less than what was asked for. */
    { 15.04, 4, 0, 0, NULL, NULL },
    { 1.96, 4, 0, 0, NULL, NULL },
    { 12.04, 8, 0, 0, NULL, NULL },
    { 1, 4, 0, RUSHES_ERROR_UNSUPPORTED, "extend", "Kite extends clips of at least 2 s, and this one has 1 s." },
    { 25, 4, 0, RUSHES_ERROR_UNSUPPORTED, "extend",
      "Kite extends clips of at most 15 s, and this one has 25 s. Continue from its last frame instead." },
    { 14, 8, 0, RUSHES_ERROR_UNSUPPORTED, "duration",
      "Kite extends a clip to 20 s at most. Add less, or continue from its last frame instead." },
    { 6, 4, -60, RUSHES_ERROR_NOT_FOUND, "extend",
      "The service does not keep this clip any more, so Kite cannot extend it. Continue from its last frame instead." },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr (RushesModel) model = rushes_test_model_new (KITE);
      g_autoptr (RushesDraft) draft = make_draft (cases[i].seconds, cases[i].expires_in);
      g_autoptr (GError) error = NULL;

      rushes_draft_set_duration (draft, cases[i].added);
      error = rushes_model_check (model, draft);
      if (cases[i].field == NULL)
        g_assert_no_error (error);
      else
        rushes_test_model_assert_refusal (model, draft, cases[i].code, cases[i].field, cases[i].sentence);
    }
}

static void
test_not_at_all (void)
{
  g_autoptr (RushesModel) model = rushes_test_model_new ("\"id\":\"kite\",\"name\":\"Kite\",\"durations\":[4]");
  g_autoptr (RushesDraft) draft = make_draft (6, 0);

  rushes_test_model_assert_refusal (model, draft, RUSHES_ERROR_UNSUPPORTED, "extend",
                                    "Kite cannot extend a clip. Continue from its last frame instead.");
}

/* What is added, and what there was. */
static void
test_price (void)
{
  g_autoptr (RushesModel) model = rushes_test_model_new (KITE);
  g_autoptr (RushesDraft) draft = make_draft (6, 0);
  g_autoptr (RushesDraft) plain = rushes_draft_new ();
  g_autoptr (RushesRequest) request = NULL;

  rushes_draft_set_duration (draft, 8);
  g_assert_cmpint (rushes_model_estimate (model, draft).high.micros, ==, 860000);
  request = rushes_request_new (draft, model, 0);
  g_assert_cmpint (rushes_model_estimate_request (model, request).high.micros, ==, 860000);
  rushes_draft_set_duration (plain, 5);
  g_assert_cmpint (rushes_model_estimate (model, plain).high.micros, ==, 500000);
}

int
main (int argc, char **argv)
{
  rushes_test_init (&argc, &argv);

  g_test_add_func ("/model-extend/lengths", test_lengths);
  g_test_add_func ("/model-extend/bounds", test_bounds);
  g_test_add_func ("/model-extend/not-at-all", test_not_at_all);
  g_test_add_func ("/model-extend/price", test_price);

  return g_test_run ();
}
