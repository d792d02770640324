/* test-model-names.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

/* Pictures that a prompt names: what is one, what is sent, what is refused, and how names follow their pictures. */

#include "rushes-mention.h"
#include "rushes-test.h"
#include "rushes-test-model.h"

#define KITE                                                                                                           \
  "\"id\":\"m\",\"name\":\"Kite\",\"durations\":[5],"                                                                  \
  "\"inputs\":{\"first_frame\":\"optional\",\"last_frame\":\"optional\",\"references\":12},"                           \
  "\"prompt\":{\"input\":\"optional\""

static void
add_references (RushesDraft *draft, guint n)
{
  for (guint i = 0; i < n; i++)
    {
      g_autofree char *name = g_strdup_printf ("%u.png", i + 1);

      rushes_test_model_add_picture (draft, RUSHES_ROLE_REFERENCE, name);
    }
}

/* What is sent of a prompt with twelve references, by a model that calls them [1], [2] … */
static void
test_words (void)
{
  static const struct
  {
    const char *typed, *sent;
  } cases[] = {
    { "@1", "[1]" },
    { "@2 and @1, @12.", "[2] and [1], [12]." },
    { "(@1) “@2”—@3!", "([1]) “[2]”—[3]!" },
    { "@1's hat, @2-like", "[1]'s hat, [2]-like" },
    { "@1@2一起跳舞", "[1][2]一起跳舞" },
    { "@1@@2, me@1@2", "[1]@2, me@1@2" },
    { "让@1挥手，@2笑", "让[1]挥手，[2]笑" },
    { "@1이 웃는다", "[1]이 웃는다" },
    { "ให้@1โบกมือ", "ให้[1]โบกมือ" },
    { "line\n@3\tand", "line\n[3]\tand" },
    { "@007", "[7]" },
    { "name@1", "name@1" },
    { "mail me@1x or @1x or @2_", "mail me@1x or @1x or @2_" },
    { "5@1, é@1, _@1", "5@1, é@1, _@1" },
    { "@ 1, @one, @", "@ 1, @one, @" },
    { "@@1 and @1", "@1 and [1]" },
    { "a@@1, @@1x, @@@1, @@", "a@@1, @@1x, @@@1, @@" },
    { "@@?", "@?" },
    { "@first and @last", "@first and @last" },
    { "@@first, @firstly", "@first, @firstly" },
  };
  g_autoptr (RushesModel) model = rushes_test_model_new (KITE ",\"names\":\"[{number}]\"}");
  g_autoptr (RushesDraft) draft = rushes_draft_new ();

  add_references (draft, 12);
  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autofree char *sent = NULL;

      rushes_draft_set_prompt (draft, cases[i].typed);
      sent = rushes_model_get_sent_prompt (model, draft);
      g_assert_cmpstr (sent, ==, cases[i].sent);
      g_assert_null (rushes_model_check (model, draft));
      g_assert_null (rushes_model_note_names (model, draft));
      g_assert_cmpstr (rushes_draft_get_prompt (draft), ==, cases[i].typed);
    }
}

static char *
send (const char *naming, guint n_references, gboolean first, gboolean last)
{
  g_autofree char *members = g_strconcat (KITE ",", naming, "}", NULL);
  g_autoptr (RushesModel) model = rushes_test_model_new (members);
  g_autoptr (RushesDraft) draft = rushes_draft_new ();
  g_autoptr (RushesModel) narrowed = NULL;

  rushes_draft_set_preset (draft, "p", "near @1");
  rushes_draft_set_prompt (draft, "@first @last @2");
  add_references (draft, n_references);
  if (first)
    rushes_test_model_add_picture (draft, RUSHES_ROLE_FIRST_FRAME, "a.png");
  if (last)
    rushes_test_model_add_picture (draft, RUSHES_ROLE_LAST_FRAME, "b.png");
  narrowed = rushes_model_narrow (model, draft);
  return rushes_model_get_sent_prompt (narrowed, draft);
}

/* How services count. */
static void
test_numbers (void)
{
  static const struct
  {
    const char *naming;
    gboolean first, last;
    const char *sent;
  } cases[] = {
    { "\"names\":\"<IMAGE_{number}>\"", TRUE, TRUE, "near <IMAGE_1>, @first @last <IMAGE_2>" },
    { "\"names\":\"@Image{number}\",\"counted\":[\"references\"]", FALSE, FALSE, "near @Image1, @first @last @Image2" },
    { "\"names\":\"图{number}\",\"first_number\":0", FALSE, FALSE, "near 图0, @first @last 图1" },
    { "\"names\":\"<<<image_{number}>>>\",\"counted\":[\"first_frame\",\"last_frame\",\"references\"]", TRUE, TRUE,
      "near <<<image_3>>>, <<<image_1>>> <<<image_2>>> <<<image_4>>>" },
    { "\"names\":\"{number}\",\"counted\":[\"first_frame\",\"last_frame\",\"references\"]", FALSE, TRUE,
      "near 2, @first 1 3" },
    { "\"names\":\"{number}\",\"counted\":[\"references\",\"first_frame\"]", TRUE, TRUE, "near 1, 3 @last 2" },
    { "\"names\":\"{{{number}}}\"", FALSE, FALSE, "near {1}, @first @last {2}" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autofree char *sent = send (cases[i].naming, 2, cases[i].first, cases[i].last);

      g_assert_cmpstr (sent, ==, cases[i].sent);
    }
}

static void
test_missing (void)
{
  g_autoptr (RushesModel) model = rushes_test_model_new (KITE ",\"names\":\"[{number}]\"}");
  g_autoptr (RushesModel) framed =
      rushes_test_model_new (KITE ",\"names\":\"[{number}]\",\"counted\":[\"first_frame\",\"references\"]}");
  g_autoptr (RushesDraft) draft = rushes_draft_new ();

  rushes_draft_set_prompt (draft, "@@1 lifts @1");
  rushes_test_model_assert_refusal (
      model, draft, RUSHES_ERROR_BAD_REQUEST, "prompt",
      "The prompt says @1, but there is no reference. Add one, or write @@1 for the plain "
      "words.");
  add_references (draft, 1);
  g_assert_null (rushes_model_check (model, draft));
  rushes_draft_set_prompt (draft, "@1 lifts @2");
  rushes_test_model_assert_refusal (model, draft, RUSHES_ERROR_BAD_REQUEST, "prompt",
                                    "The prompt says @2, but there is only 1 reference. Add it, or write @@2 for the "
                                    "plain words.");
  add_references (draft, 1);
  g_assert_null (rushes_model_check (model, draft));
  rushes_draft_set_prompt (draft, "@0");
  rushes_test_model_assert_refusal (model, draft, RUSHES_ERROR_BAD_REQUEST, "prompt",
                                    "The prompt says @0, but there are only 2 references. Add it, or write @@0 for the "
                                    "plain words.");
  rushes_draft_set_prompt (draft, "@4294967297");
  rushes_test_model_assert_refusal (model, draft, RUSHES_ERROR_BAD_REQUEST, "prompt",
                                    "The prompt says @4294967297, but there are only 2 references. Add it, or write "
                                    "@@4294967297 for the plain words.");
  rushes_draft_set_prompt (draft, "@1 and @?");
  rushes_test_model_assert_refusal (model, draft, RUSHES_ERROR_BAD_REQUEST, "prompt",
                                    "The prompt says @? where it named a picture that is gone. Name another one there, "
                                    "or delete it.");
  rushes_draft_set_prompt (draft, "@first");
  g_assert_null (rushes_model_check (model, draft));
  rushes_test_model_assert_refusal (framed, draft, RUSHES_ERROR_BAD_REQUEST, "prompt",
                                    "The prompt says @first, but that frame is not there. Add it, or write @@first for "
                                    "the plain words.");

  /* A preset's words are words of the prompt. */
  rushes_draft_set_prompt (draft, "");
  rushes_draft_set_preset (draft, "p", "around @3");
  rushes_test_model_assert_refusal (model, draft, RUSHES_ERROR_BAD_REQUEST, "prompt",
                                    "The prompt says @3, but there are only 2 references. Add it, or write @@3 for the "
                                    "plain words.");
}

/* What is sent has to keep to the limit, not what was typed. */
static void
test_limit (void)
{
  g_autoptr (RushesModel) model = rushes_test_model_new (KITE ",\"limit\":10,\"names\":\"<IMAGE_{number}>\"}");
  g_autoptr (RushesDraft) draft = rushes_draft_new ();

  add_references (draft, 1);
  rushes_draft_set_prompt (draft, "@1.");
  g_assert_null (rushes_model_check (model, draft));
  rushes_draft_set_prompt (draft, "@1 nods");
  rushes_test_model_assert_refusal (model, draft, RUSHES_ERROR_BAD_REQUEST, "prompt",
                                    "The prompt has 14 characters; Kite takes at most 10.");
}

static void
test_no_names (void)
{
  g_autoptr (RushesModel) model = rushes_test_model_new (KITE "}");
  g_autoptr (RushesDraft) draft = rushes_draft_new ();
  RushesNote *note;
  g_autofree char *sent = NULL;

  rushes_draft_set_prompt (draft, "@1 and @@2");
  sent = rushes_model_get_sent_prompt (model, draft);
  g_assert_cmpstr (sent, ==, "@1 and @@2");
  g_assert_null (rushes_model_check (model, draft));
  g_assert_null (rushes_model_note_names (model, draft));

  add_references (draft, 1);
  g_assert_null (rushes_model_check (model, draft));
  note = rushes_model_note_names (model, draft);
  g_assert_cmpstr (note->field, ==, "prompt");
  g_assert_cmpstr (note->asked, ==, "@1");
  g_assert_null (note->used);
  g_assert_cmpstr (note->message, ==, "Kite does not know pictures by name: @1 is sent as it stands.");
  rushes_note_free (note);

  rushes_draft_set_prompt (draft, "me@1 and @@1 and @7");
  g_assert_null (rushes_model_note_names (model, draft));
}

/* ---- names that follow their pictures ---- */

/* Each letter is a picture, "-" a frame that is not there: "-ab" are two references. */
static GPtrArray *
make_pictures (const char *letters)
{
  static char pictures[128];
  GPtrArray *list = g_ptr_array_new ();

  for (const char *letter = letters; *letter != '\0'; letter++)
    g_ptr_array_add (list, *letter == '-' ? NULL : &pictures[(guchar) *letter]);
  return list;
}

#define FIRST      (1 << RUSHES_ROLE_FIRST_FRAME)
#define LAST       (1 << RUSHES_ROLE_LAST_FRAME)
#define REFERENCES (1 << RUSHES_ROLE_REFERENCE)

static void
test_follow (void)
{
  static const struct
  {
    const char *before, *after;
    guint named;
    const char *typed, *followed;
  } cases[] = {
    { "--abc", "--bc", REFERENCES, "@1 gives @2 to @3, @3", "@? gives @1 to @2, @2" },
    { "--abc", "--ab", REFERENCES, "@1 @2 @3", "@1 @2 @?" },
    { "--abc", "--cba", REFERENCES, "@1 @2 @3 me@1 @@1", "@3 @2 @1 me@1 @@1" },
    { "--ab", "--ab", REFERENCES, "@1 @3 @? @0", "@1 @3 @? @0" },
    { "--a", "--", REFERENCES, "@1", "@?" },
    { "x-ab", "a-xb", REFERENCES, "@1 @2 @first", "@? @2 @first" },
    { "x-ab", "a-xb", REFERENCES | FIRST, "@1 @2 @first", "@first @2 @1" },
    { "xyab", "yxab", REFERENCES | FIRST | LAST, "@first @last @1", "@last @first @1" },
    { "xyab", "yxab", REFERENCES | FIRST, "@first @last @1", "@? @last @1" },
    { "x-ab", "--abx", REFERENCES | FIRST | LAST, "@first @last @1", "@3 @last @1" },
    { "--abcdefghij", "--bcdefghij", REFERENCES, "@10 @2", "@9 @1" },
    { "--ab", "--ba", FIRST, "@1 @2", "@1 @2" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr (GPtrArray) before = make_pictures (cases[i].before);
      g_autoptr (GPtrArray) after = make_pictures (cases[i].after);
      g_autofree char *followed = NULL;
      gboolean lost;

      g_test_message ("%s → %s", cases[i].before, cases[i].after);
      followed = rushes_mentions_follow (cases[i].typed, before, after, cases[i].named, &lost);
      g_assert_cmpstr (followed, ==, cases[i].followed);
      g_assert_true (lost == (strstr (followed, "@?") != NULL && strstr (cases[i].typed, "@?") == NULL));
    }
}

static void
test_list_pictures (void)
{
  g_autoptr (RushesDraft) draft = rushes_draft_new ();
  g_autoptr (GPtrArray) none = rushes_draft_list_pictures (draft);
  g_autoptr (GPtrArray) all = NULL;

  g_assert_cmpuint (none->len, ==, 2);
  g_assert_null (none->pdata[0]);
  add_references (draft, 2);
  rushes_test_model_add_picture (draft, RUSHES_ROLE_LAST_FRAME, "b.png");
  all = rushes_draft_list_pictures (draft);
  g_assert_cmpuint (all->len, ==, 4);
  g_assert_null (all->pdata[0]);
  g_assert_true (all->pdata[1] == rushes_draft_get_reference (draft, RUSHES_ROLE_LAST_FRAME, 0));
  g_assert_true (all->pdata[3] == rushes_draft_get_reference (draft, RUSHES_ROLE_REFERENCE, 1));
}

static void
test_mistakes (void)
{
  static const struct
  {
    const char *naming, *mistake;
  } cases[] = {
    { "\"names\":\"the image\"", "names: a text with {number} in it is expected." },
    { "\"names\":\"\"", "names: a text with {number} in it is expected." },
    { "\"names\":\"{reference}{number}\"", "names: a text with {number} in it is expected." },
    { "\"names\":\"{prompt}\"", "names: there is no value “prompt” here." },
    { "\"names\":7", "names: text in quotes is expected." },
    { "\"names\":\"{number}\",\"first_number\":2", "first_number: a whole number from 0 to 1 is expected." },
    { "\"names\":\"{number}\",\"counted\":[]", "counted: at least one is expected." },
    { "\"names\":\"{number}\",\"counted\":[\"references\",\"references\"]",
      "counted[1]: “references” is there twice." },
    { "\"names\":\"{number}\",\"counted\":[\"pictures\"]", "counted[0]: " },
    { "\"counted\":[\"references\"]", "prompt: “counted” is not known here." },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autofree char *text = g_strconcat ("{" KITE ",", cases[i].naming, "}}", NULL);
      g_autoptr (JsonNode) node = json_from_string (text, NULL);
      g_autoptr (GError) error = NULL;

      g_assert_null (rushes_model_from_json (node, "kites", "kites.json: models[0]", &error));
      g_test_message ("%s", error->message);
      g_assert_nonnull (strstr (error->message, cases[i].mistake));
    }
}

int
main (int argc, char **argv)
{
  rushes_test_init (&argc, &argv);

  g_test_add_func ("/model-names/words", test_words);
  g_test_add_func ("/model-names/numbers", test_numbers);
  g_test_add_func ("/model-names/missing", test_missing);
  g_test_add_func ("/model-names/limit", test_limit);
  g_test_add_func ("/model-names/no-names", test_no_names);
  g_test_add_func ("/model-names/follow", test_follow);
  g_test_add_func ("/model-names/list-pictures", test_list_pictures);
  g_test_add_func ("/model-names/mistakes", test_mistakes);

  return g_test_run ();
}
