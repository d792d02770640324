/* fuzz-recipe.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

/* A clip that somebody was given, with a recipe in it or beside it: what begins with a brace is a file beside a clip.
 */

#include <json-glib/json-glib.h>
#include <string.h>

#include "rushes-error.h"
#include "rushes-fuzz.h"
#include "rushes-recipe-box.h"

static const char recipe[] =
    "{\"version\":1,\"prompt\":\"A “paper” boat & <a href='x'>\",\"provider\":\"xai\",\"seed\":7,"
    "\"parameters\":{\"style\":\"calm\"},\"references\":[{\"role\":\"first_frame\"}]}";

int
LLVMFuzzerTestOneInput (const uint8_t *data, size_t size)
{
  g_autoptr (GFile) file =
      rushes_fuzz_file (size > 0 && *data == '{' ? "clip.mp4.rushes.json" : "clip.mp4", data, size);
  g_autoptr (GError) error = NULL;
  g_autoptr (JsonNode) node = rushes_recipe_read (file, &error);

  if (node != NULL)
    {
      g_autofree char *text = json_to_string (node, FALSE);

      g_assert_no_error (error);
      g_assert_true (JSON_NODE_HOLDS_OBJECT (node));
      g_assert_true (g_utf8_validate (text, -1, NULL));
    }
  else
    {
      rushes_fuzz_check_error (error);
      g_assert_true (error->code == RUSHES_ERROR_NOT_FOUND || error->code == RUSHES_ERROR_BAD_REQUEST);
    }
  rushes_fuzz_clean ();

  return 0;
}

/* The clip as Save leaves it. */
static void
add_saved (GPtrArray *seeds, GBytes *clip)
{
  gsize size;
  const guint8 *data = g_bytes_get_data (clip, &size);
  g_autoptr (GFile) file = rushes_fuzz_file ("clip.mp4", data, size);
  g_autoptr (GFile) sidecar = rushes_recipe_get_sidecar (file);
  g_autoptr (JsonNode) node = json_from_string (recipe, NULL);
  gboolean in_sidecar;
  g_autoptr (GError) error = NULL;
  char *saved;

  g_assert_true (rushes_recipe_write (file, sidecar, node, &in_sidecar, &error));
  g_assert_no_error (error);
  g_file_load_contents (in_sidecar ? sidecar : file, NULL, &saved, &size, NULL, &error);
  g_assert_no_error (error);
  g_ptr_array_add (seeds, g_bytes_new_take (saved, size));
  rushes_fuzz_clean ();
}

void
rushes_fuzz_add_seeds (GPtrArray *seeds)
{
  g_autoptr (GPtrArray) clips = g_ptr_array_new_with_free_func ((GDestroyNotify) g_bytes_unref);

  rushes_fuzz_add_files (clips, "tests/core/container/media", ".mp4", 4096);
  for (guint i = 0; i < clips->len; i++)
    add_saved (seeds, g_ptr_array_index (clips, i));
  rushes_fuzz_add_text (seeds, recipe);
}
