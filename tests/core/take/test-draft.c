/* test-draft.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "rushes-draft.h"
#include "rushes-request.h"
#include "rushes-test.h"

#define HASH "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855"

static RushesReference *
make_picture (const char *name)
{
  g_autoptr (GFile) file = g_file_new_for_path ("/library/references/" HASH ".png");

  return rushes_reference_new (HASH, "image/png", 64, 48, 100, name, file);
}

static char *
to_text (RushesDraft *draft)
{
  g_autoptr (JsonNode) node = rushes_draft_to_json (draft);

  return json_to_string (node, FALSE);
}

static void
load (RushesDraft *draft, const char *text)
{
  g_autoptr (GFile) folder = g_file_new_for_path ("/library/references");
  g_autoptr (GError) error = NULL;
  g_autoptr (JsonNode) node = json_from_string (text, &error);

  g_assert_no_error (error);
  rushes_draft_load_json (draft, node, folder);
}

/* Collects what a draft tells, as words in one line. */
static void
note_property (RushesDraft *draft, GParamSpec *pspec, GString *log)
{
  g_string_append_printf (log, "%s ", pspec->name);
}

static void
note_references (RushesDraft *draft, GString *log)
{
  g_string_append (log, "references! ");
}

static void
note_parameters (RushesDraft *draft, GString *log)
{
  g_string_append (log, "parameters! ");
}

static void
listen (RushesDraft *draft, GString *log)
{
  g_signal_connect (draft, "notify", G_CALLBACK (note_property), log);
  g_signal_connect (draft, "references-changed", G_CALLBACK (note_references), log);
  g_signal_connect (draft, "parameters-changed", G_CALLBACK (note_parameters), log);
}

static void
assert_log (GString *log, const char *expected)
{
  g_assert_cmpstr (log->str, ==, expected);
  g_string_truncate (log, 0);
}

static void
test_new (void)
{
  g_autoptr (RushesDraft) draft = rushes_draft_new ();

  g_assert_cmpstr (rushes_draft_get_prompt (draft), ==, "");
  g_assert_cmpstr (rushes_draft_get_negative_prompt (draft), ==, "");
  g_assert_null (rushes_draft_get_preset_id (draft));
  g_assert_null (rushes_draft_get_provider_id (draft));
  g_assert_null (rushes_draft_get_model_id (draft));
  g_assert_cmpfloat (rushes_draft_get_duration (draft), ==, 0);
  g_assert_null (rushes_draft_get_resolution (draft));
  g_assert_cmpint (rushes_draft_get_seed (draft), ==, -1);
  g_assert_cmpint (rushes_draft_get_count (draft), ==, 1);
  g_assert_null (rushes_draft_get_reference (draft, RUSHES_ROLE_FIRST_FRAME, 0));
}

static void
test_notifies (void)
{
  g_autoptr (RushesDraft) draft = rushes_draft_new ();
  g_autoptr (RushesReference) a = make_picture ("a.png");
  g_autoptr (RushesReference) b = make_picture ("b.png");
  g_autoptr (GString) log = g_string_new (NULL);

  listen (draft, log);

  rushes_draft_set_prompt (draft, "rain");
  rushes_draft_set_prompt (draft, "rain");
  assert_log (log, "prompt ");
  rushes_draft_set_prompt (draft, NULL);
  g_assert_cmpstr (rushes_draft_get_prompt (draft), ==, "");
  assert_log (log, "prompt ");
  rushes_draft_set_preset (draft, "push", "slow push in");
  assert_log (log, "preset-text preset-id ");
  rushes_draft_set_preset (draft, "push", "slow push in");
  assert_log (log, "");
  rushes_draft_set_preset (draft, NULL, "left over");
  g_assert_null (rushes_draft_get_preset_text (draft));
  assert_log (log, "preset-text preset-id ");
  rushes_draft_set_model (draft, "kite", "a");
  rushes_draft_set_model (draft, "kite", "b");
  assert_log (log, "model-id provider-id model-id ");

  g_object_set (draft, "duration", 5.0, "resolution", "720p", "aspect", "", "frame-rate", 24, "seed",
                G_GINT64_CONSTANT (7), "audio", TRUE, "watermark", FALSE, "count", 1, NULL);
  assert_log (log, "audio seed frame-rate resolution duration ");
  rushes_draft_set_duration (draft, -3);
  g_assert_cmpfloat (rushes_draft_get_duration (draft), ==, 0);
  rushes_draft_set_seed (draft, -9);
  g_assert_cmpint (rushes_draft_get_seed (draft), ==, -1);
  rushes_draft_set_count (draft, 0);
  g_assert_cmpint (rushes_draft_get_count (draft), ==, 1);
  assert_log (log, "duration seed ");

  rushes_draft_set_reference (draft, RUSHES_ROLE_FIRST_FRAME, 0, NULL);
  assert_log (log, "");
  rushes_draft_set_reference (draft, RUSHES_ROLE_FIRST_FRAME, 0, a);
  rushes_draft_set_reference (draft, RUSHES_ROLE_FIRST_FRAME, 0, a);
  assert_log (log, "references! ");
  rushes_draft_set_reference (draft, RUSHES_ROLE_FIRST_FRAME, 0, b);
  g_assert_true (rushes_draft_get_reference (draft, RUSHES_ROLE_FIRST_FRAME, 0) == b);
  rushes_draft_set_reference (draft, RUSHES_ROLE_REFERENCE, 0, a);
  rushes_draft_set_reference (draft, RUSHES_ROLE_REFERENCE, 1, b);
  rushes_draft_set_reference (draft, RUSHES_ROLE_REFERENCE, 0, NULL);
  g_assert_cmpuint (rushes_draft_get_n_references (draft, RUSHES_ROLE_REFERENCE), ==, 1);
  g_assert_true (rushes_draft_get_reference (draft, RUSHES_ROLE_REFERENCE, 0) == b);
  assert_log (log, "references! references! references! references! ");

  rushes_draft_set_parameter (draft, "move", "drift");
  rushes_draft_set_parameter (draft, "move", "drift");
  rushes_draft_set_parameter (draft, "caption", NULL);
  assert_log (log, "parameters! ");
  rushes_draft_set_parameter (draft, "move", NULL);
  assert_log (log, "parameters! ");
}

static void
test_whole_prompt (void)
{
  static const struct
  {
    const char *preset, *typed, *whole;
  } cases[] = {
    { NULL, "", "" },
    { NULL, "  a kite \n", "a kite" },
    { "slow push in", "", "slow push in" },
    { " slow push in ", " a kite ", "slow push in, a kite" },
    { "slow push in", " \n ", "slow push in" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr (RushesDraft) draft = rushes_draft_new ();
      g_autofree char *whole = NULL;

      rushes_draft_set_preset (draft, cases[i].preset != NULL ? "p" : NULL, cases[i].preset);
      rushes_draft_set_prompt (draft, cases[i].typed);
      whole = rushes_draft_get_whole_prompt (draft);
      g_assert_cmpstr (whole, ==, cases[i].whole);
    }
}

#define EMPTY                                                                                                          \
  "{\"version\":1,\"provider\":\"\",\"model\":\"\",\"prompt\":\"\",\"negative_prompt\":\"\","                          \
  "\"preset\":{\"id\":\"\",\"text\":\"\"},\"duration\":0,\"resolution\":\"\",\"aspect\":\"\",\"frame_rate\":0,"        \
  "\"seed\":-1,\"audio\":false,\"watermark\":false,\"count\":1,\"parameters\":{},\"references\":{}}"
#define FULL                                                                                                           \
  "{\"version\":1,\"provider\":\"kite\",\"model\":\"a\",\"prompt\":\" 纸船 \",\"negative_prompt\":\"rain\","           \
  "\"preset\":{\"id\":\"push\",\"text\":\"slow push in\"},\"duration\":4.5,\"resolution\":\"720p\","                   \
  "\"aspect\":\"9:16\",\"frame_rate\":24,\"seed\":9223372036854775807,\"audio\":true,\"watermark\":true,\"count\":4,"  \
  "\"parameters\":{\"caption\":\"true\",\"move\":\"drift\"},\"references\":{\"first\":[{\"sha256\":\"" HASH            \
  "\",\"type\":\"image/png\",\"width\":64,\"height\":48,\"size\":100,\"name\":\"a.png\",\"file\":\"" HASH ".png\"}]}}"

/* Drafts lie in libraries: their form must not change unnoticed. */
static void
test_json (void)
{
  g_autoptr (RushesDraft) draft = rushes_draft_new ();
  g_autoptr (RushesDraft) copy = NULL;
  g_autofree char *empty = to_text (draft);
  g_autofree char *full = NULL;
  g_autofree char *copied = NULL;
  g_autofree char *emptied = NULL;
  g_autofree char *path = NULL;

  g_assert_cmpstr (empty, ==, EMPTY);

  load (draft, FULL);
  full = to_text (draft);
  g_assert_cmpstr (full, ==, FULL);
  path = g_file_get_path (rushes_reference_get_file (rushes_draft_get_reference (draft, RUSHES_ROLE_FIRST_FRAME, 0)));
  g_assert_cmpstr (path, ==, "/library/references/" HASH ".png");

  copy = rushes_draft_copy (draft);
  rushes_draft_set_parameter (draft, "move", NULL);
  copied = to_text (copy);
  g_assert_cmpstr (copied, ==, FULL);

  /* What is written is whole: loading an empty draft empties a full one. */
  load (copy, EMPTY);
  emptied = to_text (copy);
  g_assert_cmpstr (emptied, ==, EMPTY);
}

static void
test_old_json (void)
{
  g_autoptr (RushesDraft) draft = rushes_draft_new ();
  g_autoptr (GString) log = g_string_new (NULL);

  load (draft, FULL);
  listen (draft, log);

  /* Nothing that is wrong stands in the way of what is right. */
  load (draft, "{\"version\":9,\"prompt\":\"new\",\"duration\":\"long\",\"seed\":1.5,\"audio\":\"yes\",\"count\":1000,"
               "\"preset\":[],\"parameters\":{\"move\":7,\"caption\":\"false\"},\"weather\":\"fine\","
               "\"references\":{\"first\":[{\"sha256\":\"../../etc/passwd\"}]}}");
  assert_log (log, "prompt references! parameters! ");
  g_assert_cmpstr (rushes_draft_get_prompt (draft), ==, "new");
  g_assert_cmpfloat (rushes_draft_get_duration (draft), ==, 4.5);
  g_assert_cmpint (rushes_draft_get_count (draft), ==, 4);
  g_assert_cmpstr (rushes_draft_get_preset_id (draft), ==, "push");
  g_assert_cmpstr (rushes_draft_get_parameter (draft, "caption"), ==, "false");
  g_assert_null (rushes_draft_get_parameter (draft, "move"));
  g_assert_cmpuint (rushes_draft_get_n_references (draft, RUSHES_ROLE_FIRST_FRAME), ==, 0);

  load (draft, "[1,2,3]");
  assert_log (log, "");
}

static void
test_clear (void)
{
  g_autoptr (RushesDraft) draft = rushes_draft_new ();
  g_autoptr (GString) log = g_string_new (NULL);
  g_auto (GStrv) names = NULL;

  load (draft, FULL);
  listen (draft, log);
  rushes_draft_clear (draft);
  assert_log (log, "preset-text preset-id negative-prompt prompt references! ");
  g_assert_cmpstr (rushes_draft_get_provider_id (draft), ==, "kite");
  g_assert_cmpfloat (rushes_draft_get_duration (draft), ==, 4.5);
  names = rushes_draft_list_parameters (draft);
  g_assert_cmpuint (g_strv_length (names), ==, 2);
  g_assert_cmpstr (names[0], ==, "caption");
}

/* One change of place is one piece of news, and no picture is lost on the way. */
static void
test_move (void)
{
  g_autoptr (RushesDraft) draft = rushes_draft_new ();
  g_autoptr (RushesReference) a = make_picture ("a");
  g_autoptr (RushesReference) b = make_picture ("b");
  g_autoptr (RushesReference) c = make_picture ("c");
  g_autoptr (GString) log = g_string_new (NULL);

  rushes_draft_set_reference (draft, RUSHES_ROLE_FIRST_FRAME, 0, a);
  rushes_draft_set_reference (draft, RUSHES_ROLE_REFERENCE, 0, b);
  rushes_draft_set_reference (draft, RUSHES_ROLE_REFERENCE, 1, c);
  listen (draft, log);

  rushes_draft_move_reference (draft, RUSHES_ROLE_FIRST_FRAME, 0, RUSHES_ROLE_REFERENCE, 1);
  g_assert_true (rushes_draft_get_reference (draft, RUSHES_ROLE_FIRST_FRAME, 0) == c);
  g_assert_true (rushes_draft_get_reference (draft, RUSHES_ROLE_REFERENCE, 1) == a);
  rushes_draft_move_reference (draft, RUSHES_ROLE_REFERENCE, 1, RUSHES_ROLE_REFERENCE, 0);
  g_assert_true (rushes_draft_get_reference (draft, RUSHES_ROLE_REFERENCE, 0) == a);
  g_assert_true (rushes_draft_get_reference (draft, RUSHES_ROLE_REFERENCE, 1) == b);
  rushes_draft_move_reference (draft, RUSHES_ROLE_REFERENCE, 0, RUSHES_ROLE_LAST_FRAME, 0);
  g_assert_true (rushes_draft_get_reference (draft, RUSHES_ROLE_LAST_FRAME, 0) == a);
  g_assert_cmpuint (rushes_draft_get_n_references (draft, RUSHES_ROLE_REFERENCE), ==, 1);
  rushes_draft_move_reference (draft, RUSHES_ROLE_LAST_FRAME, 0, RUSHES_ROLE_LAST_FRAME, 0);
  g_assert_cmpstr (log->str, ==, "references! references! references! ");
}

/* It is kept with the draft, and is no part of a request. */
static void
test_budget (void)
{
  g_autoptr (RushesDraft) draft = rushes_draft_new ();
  g_autoptr (RushesDraft) other = rushes_draft_new ();
  g_autoptr (GString) log = g_string_new (NULL);
  g_autofree char *text = NULL;
  g_autofree char *none = to_text (draft);
  RushesMoney most;

  g_assert_null (strstr (none, "budget"));
  g_assert_true (rushes_money_parse ("2.5", "USD", &most));
  listen (draft, log);
  rushes_draft_set_budget (draft, most);
  rushes_draft_set_budget (draft, most);
  g_assert_cmpstr (log->str, ==, "budget ");
  text = to_text (draft);
  g_assert_nonnull (strstr (text, "\"budget\":\"2.5 USD\""));

  load (other, text);
  g_assert_cmpint (rushes_draft_get_budget (other).micros, ==, 2500000);
  g_assert_cmpstr (rushes_draft_get_budget (other).currency, ==, "USD");
  load (other, "{\"version\":1,\"budget\":\"lots\"}");
  g_assert_cmpint (rushes_draft_get_budget (other).micros, ==, 2500000);
  rushes_draft_set_budget (other, (RushesMoney) { .micros = -1 });
  g_assert_cmpint (rushes_draft_get_budget (other).micros, <, 0);
}

int
main (int argc, char **argv)
{
  rushes_test_init (&argc, &argv);

  g_test_add_func ("/draft/new", test_new);
  g_test_add_func ("/draft/notifies", test_notifies);
  g_test_add_func ("/draft/whole-prompt", test_whole_prompt);
  g_test_add_func ("/draft/json", test_json);
  g_test_add_func ("/draft/old-json", test_old_json);
  g_test_add_func ("/draft/clear", test_clear);
  g_test_add_func ("/draft/move", test_move);
  g_test_add_func ("/draft/budget", test_budget);

  return g_test_run ();
}
