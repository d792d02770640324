/* test-recipes.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "rushes-set.h"

#include "rushes-recipe-box.h"

#define HEAD "{\"maker\":\"Rushes\",\"format\":1,"

static GFile *
write_file (const char *name, const char *text)
{
  g_autofree char *folder = rushes_test_folder ();
  g_autofree char *path = g_build_filename (folder, name, NULL);

  g_assert_true (g_file_set_contents (path, text, -1, NULL));
  return g_file_new_for_path (path);
}

static GFile *
copy_clip (const char *name)
{
  g_autofree char *folder = rushes_test_folder ();
  g_autoptr (GFile) clip =
      g_file_new_build_filename (g_test_get_dir (G_TEST_DIST), "core", "container", "media", "h264-aac.mp4", NULL);
  GFile *copy = g_file_new_build_filename (folder, name, NULL);

  g_assert_true (g_file_copy (clip, copy, G_FILE_COPY_NONE, NULL, NULL, NULL, NULL));
  return copy;
}

static gboolean
has_prompt (RushesSet *self, gconstpointer words)
{
  return g_strcmp0 (rushes_draft_get_prompt (rushes_set_draft (self)), words) == 0;
}

/* A saved clip, brought as a drop brings it: all of its recipe is there, and one click takes it back. */
static void
test_clip (void)
{
  g_autoptr (RushesSet) set = rushes_set_open ();
  g_autoptr (GFile) clip = copy_clip ("kite.mp4");
  g_autoptr (GFile) sidecar = rushes_recipe_get_sidecar (clip);
  g_autoptr (JsonNode) recipe =
      json_from_string (HEAD "\"provider\":\"animatic\",\"model\":\"animatic\",\"prompt\":\"a kite\",\"duration\":7,"
                             "\"resolution\":\"480p\",\"aspect\":\"1:1\",\"frame_rate\":24,\"seed\":4711}",
                        NULL);
  g_autoptr (GError) error = NULL;
  RushesDraft *draft;

  g_assert_true (rushes_recipe_write (clip, sidecar, recipe, NULL, &error));
  g_assert_no_error (error);
  rushes_set_compose (set);
  draft = rushes_set_draft (set);
  rushes_draft_set_prompt (draft, "before");
  rushes_draft_set_count (draft, 3);

  rushes_set_bring (set, &clip, 1);
  rushes_set_await (set, has_prompt, "a kite");
  g_assert_cmpfloat (rushes_draft_get_duration (draft), ==, 7);
  g_assert_cmpstr (rushes_draft_get_resolution (draft), ==, "480p");
  g_assert_cmpstr (rushes_draft_get_aspect (draft), ==, "1:1");
  g_assert_cmpint (rushes_draft_get_frame_rate (draft), ==, 24);
  g_assert_cmpint (rushes_draft_get_seed (draft), ==, 4711);
  g_assert_cmpint (rushes_draft_get_count (draft), ==, 3);
  rushes_set_await_words (set, "The recipe of “kite.mp4” is in the composer");
  /* Nothing was made of it. */
  g_assert_cmpuint (rushes_set_count (set), ==, 0);

  rushes_set_click (set, rushes_set_find (GTK_WIDGET (set->window), GTK_TYPE_BUTTON, "_Undo"));
  rushes_set_await (set, has_prompt, "before");
}

static void
test_no_recipe (void)
{
  g_autoptr (RushesSet) set = rushes_set_open ();
  g_autoptr (GFile) clip = copy_clip ("plain.mp4");
  g_autoptr (GFile) damaged = write_file ("clip.mp4.rushes.json", "{\"maker\":");
  g_autoptr (GFile) newer = write_file ("new.rushes.json", "{\"maker\":\"Rushes\",\"format\":2,\"prompt\":\"a\"}");

  rushes_set_compose (set);
  rushes_draft_set_prompt (rushes_set_draft (set), "before");
  rushes_set_bring (set, &clip, 1);
  rushes_set_await_words (set, "“plain.mp4” is a clip that holds no recipe of Rushes.");
  rushes_set_bring (set, &damaged, 1);
  rushes_set_await_words (set, "is damaged");
  rushes_set_bring (set, &newer, 1);
  rushes_set_await_words (set, "newer version");
  g_assert_true (has_prompt (set, "before"));
}

static gboolean
has_small_copy (RushesSet *self, gconstpointer data)
{
  RushesReference *reference = rushes_well_get_reference (self->composer->first_well);

  return reference != NULL && rushes_reference_get_width (reference) == 40;
}

static gboolean
has_no_dialog (RushesSet *self, gconstpointer data)
{
  return adw_application_window_get_visible_dialog (ADW_APPLICATION_WINDOW (self->window)) == NULL;
}

/* From another library: the small copy, called what it is, and the way to what had to change. */
static void
test_small_copy (void)
{
  g_autoptr (RushesSet) set = rushes_set_open ();
  g_autoptr (GFile) picture = rushes_set_picture ("a.png", 40, 30);
  g_autoptr (GBytes) bytes = g_file_load_bytes (picture, NULL, NULL, NULL);
  g_autofree char *base64 = g_base64_encode (g_bytes_get_data (bytes, NULL), g_bytes_get_size (bytes));
  g_autofree char *text =
      g_strdup_printf (HEAD "\"prompt\":\"a kite\",\"provider\":\"nowhere\",\"references\":{\"first\":[{\"sha256\":"
                            "\"e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855\",\"small\":\"%s\"}]}}",
                       base64);
  g_autoptr (GFile) file = write_file ("b.rushes.json", text);

  rushes_set_compose (set);
  rushes_set_bring (set, &file, 1);
  rushes_set_await (set, has_small_copy, NULL);
  rushes_set_await_words (set, "Only a small copy");
  rushes_set_await_words (set, "2 parts of the recipe are not as they were");
  rushes_set_click (set, rushes_set_find (GTK_WIDGET (set->window), GTK_TYPE_BUTTON, "_Details"));
  rushes_set_await_words (set, "only a small copy (40 × 30)");
  rushes_set_await_words (set, "The model of the recipe is not here");
  rushes_set_press ("Escape");
  rushes_set_await (set, has_no_dialog, NULL);
}

/* What the library has is found there by what it is, whatever it was called. */
static void
test_picture_found (void)
{
  g_autoptr (RushesSet) set = rushes_set_open ();
  g_autoptr (GFile) picture = rushes_set_picture ("mine.png", 64, 48);
  g_autofree char *text = NULL;
  g_autoptr (GFile) file = NULL;
  RushesReference *reference;

  rushes_set_compose (set);
  rushes_set_bring (set, &picture, 1);
  reference = rushes_set_await_picture (set);
  text = g_strdup_printf (HEAD "\"prompt\":\"a kite\",\"references\":{\"first\":[{\"sha256\":\"%s\"}]}}",
                          rushes_reference_get_sha256 (reference));
  file = write_file ("c.rushes.json", text);
  rushes_draft_clear (rushes_set_draft (set));

  rushes_set_bring (set, &file, 1);
  rushes_set_await (set, has_prompt, "a kite");
  g_assert_cmpint (rushes_reference_get_width (rushes_set_await_picture (set)), ==, 64);
}

/* A place that a stranger names is shown, and nobody goes there. */
static void
test_place (void)
{
  g_autoptr (RushesSet) set = rushes_set_open ();
  g_autoptr (GFile) picture = rushes_set_picture ("secret.png", 64, 48);
  g_autofree char *text = g_strdup_printf (HEAD "\"provider\":\"animatic\",\"model\":\"animatic\",\"prompt\":\"a "
                                                "kite\",\"references\":{\"first\":[{\"path\":\"%s\"}]}}",
                                           g_file_peek_path (picture));
  g_autoptr (GFile) file = write_file ("d.rushes.json", text);

  rushes_set_compose (set);
  rushes_set_bring (set, &file, 1);
  rushes_set_await (set, has_prompt, "a kite");
  g_assert_null (rushes_well_get_reference (set->composer->first_well));
  rushes_set_await_words (set, "1 part of the recipe is not as it was");
}

int
main (int argc, char **argv)
{
  rushes_test_init (&argc, &argv);

  g_test_add_func ("/recipes/clip", test_clip);
  g_test_add_func ("/recipes/no-recipe", test_no_recipe);
  g_test_add_func ("/recipes/small-copy", test_small_copy);
  g_test_add_func ("/recipes/picture-found", test_picture_found);
  g_test_add_func ("/recipes/place", test_place);

  return g_test_run ();
}
