/* test-take-recipe.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include <string.h>

#include "rushes-description.h"
#include "rushes-error.h"
#include "rushes-fake-fitter.h"
#include "rushes-recipe-box.h"
#include "rushes-recipe.h"
#include "rushes-test.h"

/* What every recipe begins with. */
#define HEAD "\"maker\":\"Rushes\",\"format\":1"

/* 2026-11-21T17:00:00Z */
#define BEGUN (G_GINT64_CONSTANT (1795280400) * G_USEC_PER_SEC)

static RushesRecipe *
from_text (const char *text, GError **error)
{
  g_autoptr (GError) reason = NULL;
  g_autoptr (JsonNode) node = json_from_string (text, &reason);

  g_assert_no_error (reason);
  return rushes_recipe_new (node, error);
}

/* The draft that a recipe of these members makes. */
static RushesDraft *
fill (const char *members)
{
  g_autofree char *text = g_strdup_printf ("{" HEAD ",%s}", members);
  g_autoptr (GError) error = NULL;
  g_autoptr (RushesRecipe) recipe = from_text (text, &error);
  RushesDraft *draft = rushes_draft_new ();

  g_assert_no_error (error);
  rushes_recipe_fill (recipe, draft);
  return draft;
}

static void
assert_refused (const char *text, const char *words)
{
  g_autoptr (GError) error = NULL;

  g_assert_null (from_text (text, &error));
  g_assert_error (error, RUSHES_ERROR, RUSHES_ERROR_BAD_REQUEST);
  g_assert_nonnull (strstr (error->message, words));
}

static RushesFolders *
make_folders (void)
{
  g_autofree char *path = rushes_test_folder ();
  g_autoptr (GFile) data = g_file_new_for_path (path);

  return rushes_folders_new (data, data);
}

static RushesModel *
animatic (void)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (RushesDescription) description = rushes_description_new_shipped ("animatic", &error);

  g_assert_no_error (error);
  return g_list_model_get_item (rushes_description_get_models (description), 0);
}

/* A take of a picture that lies in the importer's library. */
static RushesRequest *
make_request (RushesReference *picture)
{
  g_autoptr (RushesModel) model = animatic ();
  g_autoptr (RushesDraft) draft = rushes_draft_new ();

  rushes_draft_set_model (draft, "animatic", "animatic");
  rushes_draft_set_prompt (draft, "a paper boat\n纸船 \"in\" the \xf0\x9f\x8c\x8a");
  rushes_draft_set_preset (draft, "slow-push-in", "Slow push in");
  rushes_draft_set_duration (draft, 7);
  rushes_draft_set_resolution (draft, "480p");
  rushes_draft_set_aspect (draft, "9:16");
  rushes_draft_set_frame_rate (draft, 24);
  rushes_draft_set_seed (draft, 4711);
  rushes_draft_set_audio (draft, TRUE);
  rushes_draft_set_parameter (draft, "move", "drift");
  rushes_draft_set_reference (draft, RUSHES_ROLE_FIRST_FRAME, 0, picture);
  return rushes_request_new (draft, model, 0);
}

static RushesReference *
import (RushesImporter *importer, const char *contents, const char *name)
{
  g_autoptr (GBytes) bytes = g_bytes_new_static (contents, strlen (contents));
  g_autoptr (GError) error = NULL;
  RushesReference *reference = dex_await_object (rushes_importer_import_bytes (importer, bytes, name), &error);

  g_assert_no_error (error);
  return reference;
}

/* ---- there and back ---- */

/* What it says is all that the take was made of, and of the person's computer nothing. */
static void
test_round (void)
{
  g_autoptr (RushesPictureFitter) fitter = rushes_fake_fitter_new ();
  g_autoptr (RushesFolders) folders = make_folders ();
  g_autoptr (RushesImporter) importer = rushes_importer_new (folders, fitter);
  g_autoptr (RushesReference) picture = import (importer, "picture of Anna", "Passport Anna.png");
  g_autoptr (RushesRequest) request = make_request (picture);
  g_autoptr (RushesRequest) again = NULL;
  g_autoptr (RushesModel) model = animatic ();
  g_autoptr (RushesDraft) draft = rushes_draft_new ();
  g_autoptr (RushesRecipe) recipe = NULL;
  g_autoptr (GPtrArray) notes = NULL;
  g_autoptr (GError) error = NULL;
  g_autoptr (JsonNode) node = dex_await_boxed (rushes_recipe_make (request, BEGUN, fitter), &error);
  g_autoptr (JsonNode) before = rushes_request_to_json (request);
  g_autoptr (JsonNode) after = NULL;
  g_autofree char *text = json_to_string (node, FALSE);
  g_autofree char *made = NULL;
  const char *const secrets[] = { "Passport", "Anna",     g_get_home_dir (), g_get_tmp_dir (),
                                  ".png",     "\"file\"", "\"name\"" };

  g_assert_no_error (error);
  g_assert_true (g_str_has_prefix (text, "{\"maker\":\"Rushes\",\"maker_version\":"));
  for (gsize i = 0; i < G_N_ELEMENTS (secrets); i++)
    g_assert_null (strstr (text, secrets[i]));

  recipe = rushes_recipe_new (node, &error);
  g_assert_no_error (error);
  g_assert_true (g_str_has_prefix (rushes_recipe_get_maker (recipe), "Rushes "));
  made = g_date_time_format_iso8601 (rushes_recipe_get_made (recipe));
  g_assert_cmpstr (made, ==, "2026-11-21T17:00:00Z");
  g_assert_true (dex_await (rushes_recipe_find_pictures (recipe, importer, TRUE), NULL));
  notes = rushes_recipe_list_notes (recipe);
  g_assert_cmpuint (notes->len, ==, 0);

  rushes_draft_set_count (draft, 3);
  rushes_recipe_fill (recipe, draft);
  g_assert_cmpint (rushes_draft_get_count (draft), ==, 3);
  g_assert_cmpstr (rushes_reference_get_sha256 (rushes_draft_get_reference (draft, RUSHES_ROLE_FIRST_FRAME, 0)), ==,
                   rushes_reference_get_sha256 (picture));
  rushes_draft_set_reference (draft, RUSHES_ROLE_FIRST_FRAME, 0, picture);
  again = rushes_request_new (draft, model, 0);
  after = rushes_request_to_json (again);
  g_assert_true (json_node_equal (before, after));
}

/* Where the picture is not, there is its small copy, and the person is told. */
static void
test_elsewhere (void)
{
  g_autoptr (RushesPictureFitter) fitter = rushes_fake_fitter_new ();
  g_autoptr (RushesFolders) here = make_folders ();
  g_autoptr (RushesFolders) there = make_folders ();
  g_autoptr (RushesImporter) importer = rushes_importer_new (here, fitter);
  g_autoptr (RushesImporter) other = rushes_importer_new (there, fitter);
  g_autoptr (RushesReference) picture = import (importer, "picture", "a.png");
  g_autoptr (RushesRequest) request = make_request (picture);
  g_autoptr (JsonNode) node = dex_await_boxed (rushes_recipe_make (request, BEGUN, fitter), NULL);
  g_autoptr (RushesRecipe) recipe = rushes_recipe_new (node, NULL);
  g_autoptr (RushesDraft) draft = rushes_draft_new ();
  g_autoptr (GPtrArray) notes = NULL;
  const RushesRecipePicture *found = g_ptr_array_index (rushes_recipe_get_pictures (recipe), 0);
  const RushesNote *note;

  g_assert_true (dex_await (rushes_recipe_find_pictures (recipe, other, FALSE), NULL));
  g_assert_null (found->reference);
  g_clear_pointer (&notes, g_ptr_array_unref);

  g_assert_true (dex_await (rushes_recipe_find_pictures (recipe, other, TRUE), NULL));
  g_assert_true (found->is_small);
  g_assert_cmpstr (rushes_reference_get_sha256 (found->reference), !=, rushes_reference_get_sha256 (picture));
  notes = rushes_recipe_list_notes (recipe);
  g_assert_cmpuint (notes->len, ==, 1);
  note = g_ptr_array_index (notes, 0);
  g_assert_cmpstr (note->field, ==, "image");
  g_assert_cmpstr (note->asked, ==, rushes_reference_get_sha256 (picture));
  g_assert_nonnull (strstr (note->message, "only a small copy (32 × 24)"));
  rushes_recipe_fill (recipe, draft);
  g_assert_true (rushes_draft_get_reference (draft, RUSHES_ROLE_FIRST_FRAME, 0) == found->reference);
}

/* A picture that is gone, or a program that draws none, is no reason for no recipe. */
static void
test_without_copies (void)
{
  g_autoptr (RushesPictureFitter) fitter = rushes_fake_fitter_new ();
  g_autoptr (GFile) file = g_file_new_for_path ("/nowhere/picture.png");
  g_autoptr (RushesReference) gone = rushes_reference_new (
      "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855", "image/png", 64, 48, 100, "a", file);
  g_autoptr (RushesRequest) request = make_request (gone);

  for (int i = 0; i < 2; i++)
    {
      g_autoptr (JsonNode) node = dex_await_boxed (rushes_recipe_make (request, BEGUN, i == 0 ? fitter : NULL), NULL);
      g_autoptr (RushesRecipe) recipe = rushes_recipe_new (node, NULL);
      const RushesRecipePicture *picture = g_ptr_array_index (rushes_recipe_get_pictures (recipe), 0);

      g_assert_null (picture->small);
      g_assert_cmpstr (picture->sha256, ==, rushes_reference_get_sha256 (gone));
    }
}

/* Of many large pictures only so many go along that the whole can be written and read. */
static void
test_large (void)
{
  g_autoptr (RushesPictureFitter) fitter = rushes_fake_fitter_new ();
  g_autoptr (RushesFolders) folders = make_folders ();
  g_autoptr (RushesImporter) importer = rushes_importer_new (folders, fitter);
  g_autoptr (RushesReference) picture = import (importer, "picture", "a.png");
  g_autoptr (RushesRequest) request = NULL;
  g_autoptr (GString) text = g_string_new (NULL);
  g_autoptr (JsonNode) kept = rushes_reference_to_json (picture);
  g_autofree char *one = json_to_string (kept, FALSE);
  g_autoptr (JsonNode) node = NULL;
  g_autoptr (JsonNode) recipe = NULL;
  g_autofree char *path = rushes_test_folder ();
  g_autoptr (GFile) sidecar = g_file_new_build_filename (path, "a.rushes.json", NULL);
  g_autoptr (GFile) clip = g_file_new_build_filename (path, "a", NULL);
  g_autoptr (GError) error = NULL;

  g_string_append (text, "{\"version\":1,\"provider\":\"kites\",\"model\":\"k\",\"duration\":5,\"references\":"
                         "{\"reference\":[");
  for (int i = 0; i < 60; i++)
    g_string_append_printf (text, "%s%s", i > 0 ? "," : "", one);
  g_string_append (text, "]}}");
  node = json_from_string (text->str, &error);
  g_assert_no_error (error);
  request = rushes_request_from_json (node, rushes_folders_get_references (folders), &error);
  g_assert_no_error (error);

  recipe = dex_await_boxed (rushes_recipe_make (request, BEGUN, fitter), &error);
  g_assert_no_error (error);
  g_assert_true (g_file_replace_contents (clip, "no clip", 7, NULL, FALSE, 0, NULL, NULL, NULL));
  g_assert_true (rushes_recipe_write (clip, sidecar, recipe, NULL, &error));
  g_assert_no_error (error);
}

/* ---- what a stranger writes ---- */

static void
test_refused (void)
{
  static const char *const cases[][2] = {
    { "[]", "no recipe" },
    { "7", "no recipe" },
    { "{}", "no recipe" },
    { "{\"maker\":\"Rushes\"}", "no recipe" },
    { "{\"format\":1,\"prompt\":\"a\"}", "no recipe" },
    { "{\"maker\":7,\"format\":1,\"prompt\":\"a\"}", "no recipe" },
    { "{\"maker\":\"Rushes\",\"format\":\"1\",\"prompt\":\"a\"}", "no recipe" },
    { "{\"maker\":\"Rushes\",\"format\":0,\"prompt\":\"a\"}", "no recipe" },
    { "{\"maker\":\"Rushes\",\"format\":-1,\"prompt\":\"a\"}", "no recipe" },
    { "{\"maker\":\"Rushes\",\"format\":2,\"prompt\":\"a\"}", "newer version" },
    { "{\"maker\":\"Rushes\",\"format\":99999999999999999999,\"prompt\":\"a\"}", "newer version" },
    { "{" HEAD "}", "nothing" },
    { "{" HEAD ",\"prompt\":\" \\n\",\"seed\":7}", "nothing" },
    { "{" HEAD ",\"prompt\":[\"a\"],\"provider\":\"../../etc\",\"references\":[]}", "nothing" },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    assert_refused (cases[i][0], cases[i][1]);
}

/* A draft has no place for most of it; what it has a place for stays what it was. */
static void
test_never (void)
{
  g_autoptr (RushesDraft) draft = rushes_draft_new ();
  g_autoptr (RushesRecipe) recipe = from_text (
      "{" HEAD ",\"prompt\":\"a\",\"base_url\":\"http://evil.example\",\"key\":\"k\",\"headers\":{\"A\":\"b\"},"
      "\"count\":50,\"yes\":true,\"max_cost\":\"100\",\"upload_place\":\"p\",\"output\":\"/etc/passwd\","
      "\"project\":\"x\",\"submit\":true,\"environment\":\"HOME\",\"event\":\"request\"}",
      NULL);
  g_autoptr (JsonNode) node = rushes_recipe_to_json (recipe);
  g_autofree char *text = json_to_string (node, FALSE);

  rushes_draft_set_count (draft, 2);
  rushes_recipe_fill (recipe, draft);
  g_assert_cmpint (rushes_draft_get_count (draft), ==, 2);
  g_assert_cmpstr (text, ==, "{\"maker\":\"Rushes\",\"format\":1,\"prompt\":\"a\"}");
}

static void
test_words (void)
{
  g_autoptr (RushesDraft) hidden =
      fill ("\"prompt\":\"a\\u0000b\",\"negative_prompt\":\"\\u001b]0;x\\u0007\\u202Ered\\u2066\\u0085"
            "\\uDB40\\uDC61 line\\n\\ttwo\\r\"");
  g_autofree char *long_text = g_strnfill (200000, 'x');
  g_autofree char *long_member = g_strdup_printf ("\"prompt\":\"%s\",\"model\":\"%s\"", long_text, long_text);
  g_autoptr (RushesDraft) endless = fill (long_member);
  g_autoptr (RushesDraft) preset = fill ("\"prompt\":\"a\",\"preset\":{\"id\":\"mine\",\"text\":\"before\"}");
  g_autoptr (RushesDraft) nameless = fill ("\"prompt\":\"a\",\"preset\":{\"id\":7,\"text\":\"before\"}");
  g_autoptr (RushesDraft) textless = fill ("\"prompt\":\"a\",\"preset\":{\"id\":\"mine\"}");
  g_autoptr (RushesDraft) list = fill ("\"prompt\":\"a\",\"preset\":[],\"model\":\"b\\nc\"");

  g_assert_cmpstr (rushes_draft_get_negative_prompt (hidden), ==, "]0;xred line\n\ttwo");
  g_assert_cmpuint (strlen (rushes_draft_get_prompt (endless)), ==, 20000);
  g_assert_null (rushes_draft_get_model_id (endless));
  g_assert_cmpstr (rushes_draft_get_preset_id (preset), ==, "mine");
  g_assert_cmpstr (rushes_draft_get_preset_text (preset), ==, "before");
  g_assert_cmpstr (rushes_draft_get_prompt (preset), ==, "a");
  g_assert_null (rushes_draft_get_preset_id (nameless));
  g_assert_cmpstr (rushes_draft_get_prompt (nameless), ==, "before, a");
  g_assert_null (rushes_draft_get_preset_id (textless));
  g_assert_null (rushes_draft_get_preset_id (list));
  g_assert_null (rushes_draft_get_model_id (list));
}

static void
test_settings (void)
{
  static const char *const odd[] = {
    "\"duration\":-5,\"frame_rate\":-1,\"seed\":-2,\"audio\":1,\"watermark\":\"true\",\"resolution\":7,\"aspect\":{}",
    "\"duration\":1e300,\"frame_rate\":100000,\"seed\":1.5,\"audio\":null,\"resolution\":\"\",\"aspect\":[]",
    "\"duration\":\"5\",\"frame_rate\":30.5,\"seed\":\"7\",\"audio\":\"yes\",\"parameters\":[1]",
    "\"duration\":null,\"frame_rate\":null,\"seed\":null,\"parameters\":{\"\":\"a\",\"b\":7,\"c\":{},\"d\\u001b\":"
    "\"e\"}",
    "\"provider\":\"Kling\",\"parameters\":\"x\"",
    "\"provider\":\"k\"",
    "\"provider\":\"http://evil\"",
  };
  g_autoptr (GString) many = g_string_new ("\"parameters\":{");
  g_autoptr (RushesDraft) filled = NULL;
  g_auto (GStrv) names = NULL;

  for (gsize i = 0; i < G_N_ELEMENTS (odd); i++)
    {
      g_autofree char *members = g_strdup_printf ("\"prompt\":\"a\",%s", odd[i]);
      g_autoptr (RushesDraft) draft = fill (members);
      g_auto (GStrv) none = rushes_draft_list_parameters (draft);

      g_assert_cmpfloat (rushes_draft_get_duration (draft), ==, 0);
      g_assert_cmpint (rushes_draft_get_frame_rate (draft), ==, 0);
      g_assert_cmpint (rushes_draft_get_seed (draft), ==, -1);
      g_assert_false (rushes_draft_get_audio (draft));
      g_assert_false (rushes_draft_get_watermark (draft));
      g_assert_null (rushes_draft_get_resolution (draft));
      g_assert_null (rushes_draft_get_aspect (draft));
      g_assert_null (rushes_draft_get_provider_id (draft));
      g_assert_cmpuint (g_strv_length (none), ==, 0);
    }

  for (int i = 0; i < 500; i++)
    g_string_append_printf (many, "%s\"p%d\":\"v\"", i > 0 ? "," : "", i);
  g_string_append (many, "},\"prompt\":\"a\"");
  filled = fill (many->str);
  names = rushes_draft_list_parameters (filled);
  g_assert_cmpuint (g_strv_length (names), ==, 64);
}

/* What is named is shown; nothing is opened, and only a JPEG or PNG of few bytes is a small copy. */
static void
test_pictures (void)
{
  g_autofree char *secret = rushes_test_folder ();
  g_autofree char *path = g_build_filename (secret, "picture.png", NULL);
  g_autofree char *svg = g_base64_encode ((const guchar *) "<svg/>     ", 11);
  g_autofree char *large_text = g_strnfill (100 * 1024, 'x');
  g_autofree char *large = NULL;
  g_autofree char *text = NULL;
  g_autoptr (GString) many = g_string_new ("{" HEAD ",\"references\":{\"reference\":[");
  g_autoptr (RushesPictureFitter) fitter = rushes_fake_fitter_new ();
  g_autoptr (RushesFolders) folders = make_folders ();
  g_autoptr (RushesImporter) importer = rushes_importer_new (folders, fitter);
  g_autoptr (RushesRecipe) recipe = NULL;
  g_autoptr (RushesRecipe) crowd = NULL;
  g_autoptr (RushesDraft) draft = rushes_draft_new ();
  g_autoptr (GPtrArray) notes = NULL;
  g_autoptr (GError) error = NULL;
  GPtrArray *pictures;

  g_assert_true (g_file_set_contents (path, "picture of the person's own", -1, NULL));
  memcpy (large_text, "\xff\xd8\xff", 3);
  large = g_base64_encode ((const guchar *) large_text, 100 * 1024);
  text = g_strdup_printf ("{" HEAD ",\"references\":{\"first\":[{\"path\":\"%s\\u001b\"},{\"path\":\"/second\"}],"
                          "\"last\":[{\"sha256\":\"../../../../etc/passwd\",\"url\":\"http://127.0.0.1:1/\"}],"
                          "\"reference\":[7,null,{},{\"sha256\":\"ABC\"},{\"small\":\"%s\"},{\"small\":\"%s\"},"
                          "{\"small\":7,\"uri\":\"file:///etc/passwd\"}],\"else\":[{\"path\":\"/a\"}]}}",
                          path, svg, large);
  recipe = from_text (text, &error);
  g_assert_no_error (error);
  pictures = rushes_recipe_get_pictures (recipe);
  g_assert_cmpuint (pictures->len, ==, 3);
  g_assert_true (dex_await (rushes_recipe_find_pictures (recipe, importer, TRUE), NULL));
  for (guint i = 0; i < pictures->len; i++)
    {
      const RushesRecipePicture *picture = g_ptr_array_index (pictures, i);

      g_assert_null (picture->reference);
      g_assert_null (picture->sha256);
      g_assert_null (picture->small);
    }
  g_assert_cmpstr (((RushesRecipePicture *) pictures->pdata[0])->place, ==, path);
  notes = rushes_recipe_list_notes (recipe);
  g_assert_cmpuint (notes->len, ==, 3);
  g_assert_nonnull (strstr (((RushesNote *) notes->pdata[0])->message, path));
  g_assert_nonnull (strstr (((RushesNote *) notes->pdata[1])->message, "does not open it"));

  rushes_recipe_fill (recipe, draft);
  g_assert_null (rushes_draft_get_reference (draft, RUSHES_ROLE_FIRST_FRAME, 0));
  g_assert_null (rushes_draft_get_reference (draft, RUSHES_ROLE_LAST_FRAME, 0));
  g_assert_cmpuint (rushes_draft_get_n_references (draft, RUSHES_ROLE_REFERENCE), ==, 0);

  for (int i = 0; i < 1000; i++)
    g_string_append_printf (many, "%s{\"path\":\"/%d\"}", i > 0 ? "," : "", i);
  g_string_append (many, "]}}");
  crowd = from_text (many->str, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (rushes_recipe_get_pictures (crowd)->len, ==, 32);
}

/* A file by the name of another picture's digest in the library is looked at before it is believed. */
static void
test_damaged_picture (void)
{
  g_autoptr (RushesPictureFitter) fitter = rushes_fake_fitter_new ();
  g_autoptr (RushesFolders) folders = make_folders ();
  g_autoptr (RushesImporter) importer = rushes_importer_new (folders, fitter);
  g_autoptr (RushesReference) picture = import (importer, "picture", "a.png");
  g_autoptr (RushesReference) found = NULL;
  g_autoptr (GError) error = NULL;
  const char *sha256 = rushes_reference_get_sha256 (picture);

  found = dex_await_object (rushes_importer_find (importer, sha256, "b"), &error);
  g_assert_no_error (error);
  g_assert_cmpstr (rushes_reference_get_name (found), ==, "b");
  g_assert_cmpint (rushes_reference_get_size (found), ==, 7);
  g_assert_cmpint (rushes_reference_get_width (found), ==, 64);

  g_assert_true (g_file_set_contents (g_file_peek_path (rushes_reference_get_file (picture)), "broken", -1, NULL));
  g_assert_null (dex_await_object (rushes_importer_find (importer, sha256, "b"), &error));
  g_assert_error (error, RUSHES_ERROR, RUSHES_ERROR_NOT_FOUND);
}

/* ---- files ---- */

static void
test_load (void)
{
  g_autofree char *path = rushes_test_folder ();
  g_autoptr (GFile) file = g_file_new_build_filename (path, "clip.mp4.rushes.json", NULL);
  g_autoptr (GFile) other = g_file_new_build_filename (path, "notes.txt", NULL);
  g_autoptr (RushesRecipe) recipe = NULL;
  g_autoptr (GError) error = NULL;

  g_assert_true (g_file_set_contents (g_file_peek_path (file), "{" HEAD ",\"prompt\":\"a kite\"}", -1, NULL));
  recipe = dex_await_object (rushes_recipe_load (file), &error);
  g_assert_no_error (error);
  g_assert_cmpstr (rushes_recipe_get_maker (recipe), ==, "Rushes");

  g_assert_true (g_file_set_contents (g_file_peek_path (file), "{" HEAD ",\"prompt\":\"a", -1, NULL));
  g_assert_null (dex_await_object (rushes_recipe_load (file), &error));
  g_assert_error (error, RUSHES_ERROR, RUSHES_ERROR_BAD_REQUEST);
  g_clear_error (&error);

  g_assert_true (g_file_set_contents (g_file_peek_path (other), "Buy milk.", -1, NULL));
  g_assert_null (dex_await_object (rushes_recipe_load (other), &error));
  g_assert_error (error, RUSHES_ERROR, RUSHES_ERROR_NOT_FOUND);
}

/* Whatever the members are: a draft, or a sentence. */
static void
test_mutated (void)
{
  static const char original[] =
      "{" HEAD ",\"made\":\"2026-11-21T17:00:00Z\",\"provider\":\"animatic\",\"model\":\"animatic\",\"prompt\":\"a\","
      "\"preset\":{\"id\":\"b\",\"text\":\"c\"},\"duration\":5,\"seed\":7,\"audio\":true,\"parameters\":{\"d\":\"e\"},"
      "\"references\":{\"first\":[{\"sha256\":\"f\",\"small\":\"/9j/AAAA\",\"path\":\"g\"}]}}";
  guint n_read = 0;

  for (int round = 0; round < 300; round++)
    {
      g_autofree char *text = g_strdup (original);
      g_autoptr (JsonNode) node = NULL;
      g_autoptr (RushesRecipe) recipe = NULL;
      g_autoptr (GError) error = NULL;

      for (int i = g_test_rand_int_range (0, 4); i > 0; i--)
        text[g_test_rand_int_range (0, (gint32) strlen (original))] = "{}[]\",:019-et n"[g_test_rand_int_range (0, 15)];
      node = json_from_string (text, NULL);
      if (node == NULL)
        continue;
      recipe = rushes_recipe_new (node, &error);
      g_assert_true ((recipe == NULL) == (error != NULL));
      if (recipe != NULL)
        {
          g_autoptr (RushesDraft) draft = rushes_draft_new ();
          g_autoptr (JsonNode) understood = rushes_recipe_to_json (recipe);

          rushes_recipe_fill (recipe, draft);
          g_assert_true (JSON_NODE_HOLDS_OBJECT (understood));
          n_read++;
        }
    }
  /* A quarter of the rounds changes nothing. */
  g_assert_cmpuint (n_read, >, 0);
}

int
main (int argc, char **argv)
{
  rushes_test_init (&argc, &argv);

  rushes_test_add_fiber ("/take-recipe/round", test_round);
  rushes_test_add_fiber ("/take-recipe/elsewhere", test_elsewhere);
  rushes_test_add_fiber ("/take-recipe/without-copies", test_without_copies);
  rushes_test_add_fiber ("/take-recipe/large", test_large);
  g_test_add_func ("/take-recipe/refused", test_refused);
  g_test_add_func ("/take-recipe/never", test_never);
  g_test_add_func ("/take-recipe/words", test_words);
  g_test_add_func ("/take-recipe/settings", test_settings);
  rushes_test_add_fiber ("/take-recipe/pictures", test_pictures);
  rushes_test_add_fiber ("/take-recipe/damaged-picture", test_damaged_picture);
  rushes_test_add_fiber ("/take-recipe/load", test_load);
  g_test_add_func ("/take-recipe/mutated", test_mutated);

  return g_test_run ();
}
