/* test-saving.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include <glib/gstdio.h>
#include <signal.h>
#include <stdio.h>
#include <sys/resource.h>
#include <sys/stat.h>

#include "rushes-async.h"
#include "rushes-clip-saver.h"
#include "rushes-container.h"
#include "rushes-core.h"
#include "rushes-recipe-box.h"
#include "rushes-test-library.h"

/* The test itself, started once more with less room or fewer rights, saves one clip. */
static const char *program;

/* ---- helpers ---- */

static GFile *
make_clip (gsize size)
{
  g_autofree char *folder = rushes_test_folder ();
  g_autofree char *bytes = g_malloc (size);
  GFile *clip = g_file_new_build_filename (folder, "clip.mp4", NULL);

  for (gsize i = 0; i < size; i++)
    bytes[i] = i * 7 + i / 256;
  g_assert_true (g_file_replace_contents (clip, bytes, size, NULL, FALSE, 0, NULL, NULL, NULL));

  return clip;
}

static void
assert_same (GFile *a, GFile *b)
{
  g_autofree char *first = NULL;
  g_autofree char *second = NULL;
  gsize n_first, n_second;

  g_assert_true (g_file_load_contents (a, NULL, &first, &n_first, NULL, NULL));
  g_assert_true (g_file_load_contents (b, NULL, &second, &n_second, NULL, NULL));
  g_assert_cmpmem (first, n_first, second, n_second);
}

/* The names in a folder, hidden ones too, in order. */
static char *
list_folder (const char *path)
{
  g_autoptr (GDir) dir = g_dir_open (path, 0, NULL);
  g_autoptr (GPtrArray) names = g_ptr_array_new_with_free_func (g_free);
  const char *name;

  while ((name = g_dir_read_name (dir)) != NULL)
    g_ptr_array_add (names, g_strdup (name));
  g_ptr_array_sort_values (names, (GCompareFunc) strcmp);
  g_ptr_array_add (names, NULL);

  return g_strjoinv (" ", (char **) names->pdata);
}

static void
assert_folder (const char *path, const char *expected)
{
  g_autofree char *names = list_folder (path);

  g_assert_cmpstr (names, ==, expected);
}

static void
assert_refused (GFile *clip, GFile *destination, gboolean overwrite, RushesErrorCode code, const char *words)
{
  g_autoptr (GError) error = NULL;

  g_assert_null (rushes_clip_saver_save (clip, "mp4", destination, overwrite, NULL, &error));
  g_assert_error (error, RUSHES_ERROR, code);
  g_assert_nonnull (strstr (error->message, words));
  g_assert_cmpstr (rushes_error_get_field (error), ==, code == RUSHES_ERROR_BAD_REQUEST ? "output" : NULL);
}

/* ---- tests ---- */

static void
test_names (void)
{
  const struct
  {
    const char *container;
    const char *asked;
    const char *written;
  } cases[] = {
    { "mp4", "clip.mp4", "clip.mp4" },
    { "mp4", "CLIP.MP4", "CLIP.MP4" },
    { "mp4", "clip.mov", "clip.mov" },
    { "mp4", "clip", "clip.mp4" },
    { "mp4", "clip.webm", "clip.mp4" },
    { "webm", "clip.mp4", "clip.webm" },
    { "mp4", "harbour v1.2", "harbour v1.2.mp4" },
    { "mp4", ".mp4", ".mp4.mp4" },
    { "mp4", "纸船", "纸船.mp4" },
  };
  g_autoptr (GFile) clip = make_clip (3000);

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autofree char *folder = rushes_test_folder ();
      g_autoptr (GFile) asked = g_file_new_build_filename (folder, cases[i].asked, NULL);
      g_autoptr (GFile) written = NULL;
      g_autofree char *name = NULL;
      g_autoptr (GError) error = NULL;

      written = rushes_clip_saver_save (clip, cases[i].container, asked, FALSE, NULL, &error);
      g_assert_no_error (error);
      name = g_file_get_basename (written);
      g_assert_cmpstr (name, ==, cases[i].written);
      assert_folder (folder, cases[i].written);
      assert_same (clip, written);
    }
}

/* The document portal gives one name, and one of another extension beside it would be nowhere. */
static void
test_document (void)
{
  g_autofree char *folder = g_build_filename (g_get_user_runtime_dir (), "doc", "a1b2c3", NULL);
  g_autoptr (GFile) clip = make_clip (3000);
  g_autoptr (GFile) asked = g_file_new_build_filename (folder, "clip.webm", NULL);
  g_autoptr (GFile) written = NULL;
  g_autoptr (GError) error = NULL;

  g_mkdir_with_parents (folder, 0700);
  written = rushes_clip_saver_save (clip, "mp4", asked, FALSE, NULL, &error);
  g_assert_no_error (error);
  g_assert_true (g_file_equal (written, asked));
  assert_folder (folder, "clip.webm");
}

static void
test_existing (void)
{
  g_autofree char *folder = rushes_test_folder ();
  g_autoptr (GFile) clip = make_clip (2 * 1024 * 1024 + 17);
  g_autoptr (GFile) place = g_file_new_build_filename (folder, "clip.mp4", NULL);
  g_autoptr (GFile) other = g_file_new_build_filename (folder, "clip.webm", NULL);
  g_autoptr (GFile) written = NULL;
  g_autofree char *kept = NULL;
  g_autoptr (GError) error = NULL;
  struct stat info;

  g_assert_true (g_file_replace_contents (place, "precious", 8, NULL, FALSE, 0, NULL, NULL, NULL));
  assert_refused (clip, place, FALSE, RUSHES_ERROR_BAD_REQUEST, "exists already");
  /* Also when only the right extension makes it the same name. */
  assert_refused (clip, other, FALSE, RUSHES_ERROR_BAD_REQUEST, "exists already");
  assert_refused (clip, other, TRUE, RUSHES_ERROR_BAD_REQUEST, "exists already");
  g_assert_true (g_file_load_contents (place, NULL, &kept, NULL, NULL, NULL));
  g_assert_cmpstr (kept, ==, "precious");
  assert_folder (folder, "clip.mp4");

  written = rushes_clip_saver_save (clip, "mp4", place, TRUE, NULL, &error);
  g_assert_no_error (error);
  assert_same (clip, place);
  assert_folder (folder, "clip.mp4");
  g_assert_cmpint (g_stat (g_file_peek_path (place), &info), ==, 0);
  g_assert_cmpuint (info.st_mode & 0777, ==, 0666 & ~022);
}

static void
test_wrong_places (void)
{
  g_autofree char *folder = rushes_test_folder ();
  g_autoptr (GFile) clip = make_clip (3000);
  g_autoptr (GFile) itself = g_file_new_for_path (folder);
  g_autoptr (GFile) root = g_file_new_for_path ("/");
  g_autoptr (GFile) nowhere = g_file_new_build_filename (folder, "nowhere", "clip.mp4", NULL);
  g_autoptr (GFile) in_file = g_file_new_build_filename (folder, "file", "clip.mp4", NULL);
  g_autofree char *file = g_build_filename (folder, "file", NULL);
  g_autofree char *long_name = g_strnfill (300, 'x');
  g_autoptr (GFile) too_long = g_file_new_build_filename (folder, long_name, NULL);
  g_autoptr (GFile) missing = g_file_new_build_filename (folder, "gone.mp4", NULL);
  g_autoptr (GFile) place = g_file_new_build_filename (folder, "clip.mp4", NULL);

  g_assert_true (g_file_set_contents (file, "", 0, NULL));
  assert_refused (clip, itself, TRUE, RUSHES_ERROR_BAD_REQUEST, "is a folder");
  assert_refused (clip, root, TRUE, RUSHES_ERROR_BAD_REQUEST, "is a folder");
  assert_refused (clip, nowhere, FALSE, RUSHES_ERROR_BAD_REQUEST, "no folder");
  assert_refused (clip, in_file, FALSE, RUSHES_ERROR_BAD_REQUEST, "no folder");
  assert_refused (clip, too_long, FALSE, RUSHES_ERROR_BAD_REQUEST, "too long");
  assert_refused (missing, place, FALSE, RUSHES_ERROR_STORAGE, "cannot be read");
  assert_folder (folder, "file");
}

/* Of many that save under one name at once, one does. */
static DexFuture *
save_one (gpointer data)
{
  GFile **files = data;
  g_autoptr (GError) error = NULL;
  g_autoptr (GFile) written = rushes_clip_saver_save (files[0], "mp4", files[1], FALSE, NULL, &error);

  if (written != NULL)
    return dex_future_new_true ();
  g_assert_error (error, RUSHES_ERROR, RUSHES_ERROR_BAD_REQUEST);

  return dex_future_new_false ();
}

static void
test_race (void)
{
  g_autofree char *folder = rushes_test_folder ();
  g_autoptr (GFile) clip = make_clip (300000);
  g_autoptr (GFile) place = g_file_new_build_filename (folder, "clip.mp4", NULL);
  GFile *files[] = { clip, place };
  DexFuture *futures[8];
  guint n_saved = 0;

  for (guint i = 0; i < G_N_ELEMENTS (futures); i++)
    futures[i] = rushes_async_work (save_one, files, NULL);
  for (guint i = 0; i < G_N_ELEMENTS (futures); i++)
    n_saved += dex_await_boolean (futures[i], NULL);
  g_assert_cmpuint (n_saved, ==, 1);
  assert_folder (folder, "clip.mp4");
  assert_same (clip, place);
}

/* ---- with less room and fewer rights ---- */

static int
save_as_other (char **arguments)
{
  g_autoptr (GFile) clip = g_file_new_for_path (arguments[0]);
  g_autoptr (GFile) place = g_file_new_for_path (arguments[1]);
  g_autoptr (GFile) written = NULL;
  g_autofree char *folder = g_path_get_dirname (arguments[1]);
  g_autofree char *names = NULL;
  g_autoptr (GError) error = NULL;

  rushes_core_init ();
  /* A limit on the size of files comes as a signal first. */
  signal (SIGXFSZ, SIG_IGN);
  written = rushes_clip_saver_save (clip, "mp4", place, g_str_equal (arguments[2], "overwrite"), NULL, &error);
  names = list_folder (folder);
  g_print ("%s|%s|%s\n", error != NULL ? rushes_error_code_to_string (error->code) : "saved",
           error != NULL ? error->message : "", names);

  return 0;
}

/* Code, message, and the names that are in the folder then. */
static char **
save_in_sandbox (const char *const *options, const char *clip, const char *place, const char *how)
{
  g_autofree char *said = rushes_test_sandbox (options, program, "--save", clip, place, how, NULL);

  return said != NULL ? g_strsplit (said, "|", 3) : NULL;
}

static void
test_full_disk (void)
{
  g_autofree char *folder = rushes_test_folder ();
  g_autoptr (GFile) large = make_clip (2 * 1024 * 1024);
  g_autoptr (GFile) small = make_clip (1000);
  const char *const options[] = { "--size", "1048576", "--tmpfs", folder, NULL };
  g_autofree char *place = g_build_filename (folder, "clip.mp4", NULL);
  g_auto (GStrv) said = NULL;

  if ((said = save_in_sandbox (options, g_file_peek_path (large), place, "new")) == NULL)
    return;
  g_assert_cmpstr (said[0], ==, "STORAGE");
  g_assert_nonnull (strstr (said[1], "disk is full"));
  g_assert_nonnull (strstr (said[1], folder));
  g_assert_cmpstr (said[2], ==, "");
  g_clear_pointer (&said, g_strfreev);

  said = save_in_sandbox (options, g_file_peek_path (small), place, "new");
  g_assert_cmpstr (said[0], ==, "saved");
  g_assert_cmpstr (said[2], ==, "clip.mp4");
}

static void
test_no_permission (void)
{
  g_autofree char *folder = rushes_test_folder ();
  g_autoptr (GFile) clip = make_clip (1000);
  const char *const options[] = { "--unshare-user", "--uid", "1000", "--gid", "1000", "--cap-drop", "ALL", NULL };
  g_autofree char *place = g_build_filename (folder, "clip.mp4", NULL);
  g_auto (GStrv) said = NULL;

  g_assert_cmpint (g_chmod (folder, 0555), ==, 0);
  if ((said = save_in_sandbox (options, g_file_peek_path (clip), place, "new")) != NULL)
    {
      g_assert_cmpstr (said[0], ==, "STORAGE");
      g_assert_nonnull (strstr (said[1], "may not write"));
      g_assert_nonnull (strstr (said[1], folder));
      g_assert_cmpstr (said[2], ==, "");
    }
  g_chmod (folder, 0755);
}

/* A folder that takes no other names, but whose one file may be written, as a document of the portal. */
static void
test_only_one_name (void)
{
  g_autofree char *folder = rushes_test_folder ();
  g_autoptr (GFile) clip = make_clip (1000);
  const char *const options[] = { "--unshare-user", "--uid", "1000", "--gid", "1000", "--cap-drop", "ALL", NULL };
  g_autofree char *place = g_build_filename (folder, "clip.mp4", NULL);
  g_autoptr (GFile) file = g_file_new_for_path (place);
  g_auto (GStrv) said = NULL;

  g_assert_true (g_file_set_contents (place, "old", -1, NULL));
  g_assert_cmpint (g_chmod (place, 0666), ==, 0);
  g_assert_cmpint (g_chmod (folder, 0555), ==, 0);
  if ((said = save_in_sandbox (options, g_file_peek_path (clip), place, "overwrite")) != NULL)
    {
      g_assert_cmpstr (said[0], ==, "saved");
      g_assert_cmpstr (said[2], ==, "clip.mp4");
      assert_same (clip, file);
    }
  g_chmod (folder, 0755);
}

static void
limit_files (gpointer data)
{
  struct rlimit limit = { 4096, 4096 };

  setrlimit (RLIMIT_FSIZE, &limit);
}

static void
test_limit (void)
{
  g_autofree char *folder = rushes_test_folder ();
  g_autoptr (GFile) clip = make_clip (100000);
  g_autofree char *place = g_build_filename (folder, "clip.mp4", NULL);
  const char *command[] = { program, "--save", g_file_peek_path (clip), place, "new", NULL };
  g_autofree char *output = NULL;
  g_autoptr (GError) error = NULL;

  g_spawn_sync (NULL, (char **) command, NULL, 0, limit_files, NULL, &output, NULL, NULL, &error);
  g_assert_no_error (error);
  g_assert_true (g_str_has_prefix (output, "STORAGE|"));
  assert_folder (folder, "");
}

/* ---- with the recipe ---- */

#define RECIPE "{\"maker\":\"Rushes\",\"format\":1,\"prompt\":\"a kite\"}"

/* One of the clips of the container's tests, in a folder of its own. */
static GFile *
take_clip (const char *name, const char *more, gsize n_more)
{
  g_autofree char *folder = rushes_test_folder ();
  g_autoptr (GFile) source =
      g_file_new_build_filename (g_test_get_dir (G_TEST_DIST), "core", "container", "media", name, NULL);
  GFile *clip = g_file_new_build_filename (folder, name, NULL);
  g_autoptr (GFileOutputStream) stream = NULL;

  g_assert_true (g_file_copy (source, clip, 0, NULL, NULL, NULL, NULL));
  stream = g_file_append_to (clip, 0, NULL, NULL);
  g_assert_true (g_output_stream_write_all (G_OUTPUT_STREAM (stream), more, n_more, NULL, NULL, NULL));

  return clip;
}

static GFile *
save_with (GFile *clip,
           const char *container,
           const char *folder,
           const char *name,
           gboolean overwrite,
           const char *text)
{
  g_autoptr (JsonNode) recipe = text != NULL ? json_from_string (text, NULL) : NULL;
  g_autoptr (GFile) asked = g_file_new_build_filename (folder, name, NULL);
  g_autoptr (GError) error = NULL;
  GFile *written = rushes_clip_saver_save (clip, container, asked, overwrite, recipe, &error);

  g_assert_no_error (error);
  return written;
}

static void
assert_recipe (GFile *file, const char *text)
{
  g_autoptr (JsonNode) found = rushes_recipe_read (file, NULL);
  g_autoptr (JsonNode) expected = json_from_string (text, NULL);

  g_assert_nonnull (found);
  g_assert_true (json_node_equal (found, expected));
}

/* Picture and sound are not touched: all bytes of the clip come first, and it is as whole as before. */
static void
test_recipe_within (void)
{
  g_autofree char *folder = rushes_test_folder ();
  g_autoptr (GFile) clip = take_clip ("h264-aac.mp4", "", 0);
  g_autoptr (GFile) written = save_with (clip, "mp4", folder, "a.mp4", FALSE, RECIPE);
  g_autoptr (GBytes) before = g_file_load_bytes (clip, NULL, NULL, NULL);
  g_autoptr (GBytes) after = g_file_load_bytes (written, NULL, NULL, NULL);
  g_autoptr (GBytes) head = g_bytes_new_from_bytes (after, 0, g_bytes_get_size (before));
  RushesClipFacts facts, facts_after;

  g_assert_true (g_bytes_equal (before, head));
  g_assert_true (rushes_container_read_facts (clip, &facts, NULL));
  g_assert_true (rushes_container_read_facts (written, &facts_after, NULL));
  facts_after.size = facts.size;
  g_assert_cmpmem (&facts, sizeof facts, &facts_after, sizeof facts_after);
  assert_recipe (written, RECIPE);
  g_assert_null (rushes_recipe_read (clip, NULL));
  assert_folder (folder, "a.mp4");
}

/* Signed by its maker, or no MP4: the copy is byte for byte what it was, and the recipe lies beside it. */
static void
test_recipe_beside (void)
{
  static const char jumbf[] = { 0, 0, 0, 8, 'j', 'u', 'm', 'b' };
  g_autofree char *folder = rushes_test_folder ();
  g_autoptr (GFile) sealed = take_clip ("h264-aac.mp4", jumbf, sizeof jumbf);
  g_autoptr (GFile) web = take_clip ("vp8-vorbis.webm", "", 0);
  g_autoptr (GFile) first = save_with (sealed, "mp4", folder, "a.mp4", FALSE, RECIPE);
  g_autoptr (GFile) second = save_with (web, "webm", folder, "b.webm", FALSE, RECIPE);

  assert_same (sealed, first);
  assert_same (web, second);
  assert_recipe (first, RECIPE);
  assert_recipe (second, RECIPE);
  assert_folder (folder, "a.mp4 a.mp4.rushes.json b.webm b.webm.rushes.json");
}

/* Another clip of the same name does not inherit what lies beside it; a file that is none of Rushes' stays. */
static void
test_recipe_replaced (void)
{
  g_autofree char *folder = rushes_test_folder ();
  g_autofree char *foreign = g_build_filename (folder, "b.webm.rushes.json", NULL);
  g_autoptr (GFile) web = take_clip ("vp8-vorbis.webm", "", 0);
  g_autoptr (GFile) first = save_with (web, "webm", folder, "a.webm", FALSE, RECIPE);
  g_autoptr (GFile) again = save_with (web, "webm", folder, "a.webm", TRUE, "{\"maker\":\"Rushes\",\"format\":2}");
  g_autoptr (GFile) bare = NULL;
  g_autoptr (GFile) other = NULL;

  assert_recipe (again, "{\"maker\":\"Rushes\",\"format\":2}");
  bare = save_with (web, "webm", folder, "a.webm", TRUE, NULL);
  assert_folder (folder, "a.webm");
  g_assert_true (g_file_set_contents (foreign, "{\"milk\":2}", -1, NULL));
  other = save_with (web, "webm", folder, "b.webm", FALSE, NULL);
  assert_folder (folder, "a.webm b.webm b.webm.rushes.json");
}

/* What is not saved leaves nothing beside it, and what has no room for its recipe is saved all the same. */
static void
test_recipe_failed (void)
{
  g_autofree char *folder = rushes_test_folder ();
  g_autofree char *long_text = g_strnfill (300 * 1024, 'x');
  g_autofree char *too_long = g_strdup_printf ("{\"maker\":\"%s\"}", long_text);
  g_autoptr (GFile) web = take_clip ("vp8-vorbis.webm", "", 0);
  g_autoptr (JsonNode) recipe = json_from_string (RECIPE, NULL);
  g_autoptr (GFile) place = g_file_new_build_filename (folder, "gone", "a.webm", NULL);
  g_autoptr (GFile) written = NULL;
  g_autoptr (GError) error = NULL;

  g_assert_null (rushes_clip_saver_save (web, "webm", place, FALSE, recipe, &error));
  g_assert_error (error, RUSHES_ERROR, RUSHES_ERROR_BAD_REQUEST);
  assert_folder (folder, "");
  written = save_with (web, "webm", folder, "a.webm", FALSE, too_long);
  assert_same (web, written);
  assert_folder (folder, "a.webm");
  g_assert_nonnull (strstr (rushes_clip_saver_get_lack (written), "saved without its recipe"));
}

/* Something that is no file lies where the recipe would. */
static void
test_recipe_taken (void)
{
  g_autofree char *folder = rushes_test_folder ();
  g_autofree char *taken = g_build_filename (folder, "a.webm.rushes.json", NULL);
  g_autoptr (GFile) web = take_clip ("vp8-vorbis.webm", "", 0);
  g_autoptr (GFile) written = NULL;
  g_autoptr (GFile) whole = NULL;

  g_assert_cmpint (g_mkdir (taken, 0700), ==, 0);
  written = save_with (web, "webm", folder, "a.webm", FALSE, RECIPE);
  assert_same (web, written);
  g_assert_nonnull (rushes_clip_saver_get_lack (written));
  assert_folder (folder, "a.webm a.webm.rushes.json");
  whole = save_with (web, "webm", folder, "b.webm", FALSE, RECIPE);
  g_assert_null (rushes_clip_saver_get_lack (whole));
}

/* Two at once: the one that comes second leaves nothing. */
static void
test_recipe_race (void)
{
  g_autofree char *folder = rushes_test_folder ();
  g_autofree char *taken = g_build_filename (folder, "a.webm", NULL);
  g_autoptr (GFile) web = take_clip ("vp8-vorbis.webm", "", 0);
  g_autoptr (GFile) place = g_file_new_for_path (taken);
  g_autoptr (JsonNode) recipe = json_from_string (RECIPE, NULL);
  g_autoptr (GError) error = NULL;

  g_assert_cmpint (symlink ("nowhere", taken), ==, 0);
  g_assert_null (rushes_clip_saver_save (web, "webm", place, FALSE, recipe, &error));
  g_assert_error (error, RUSHES_ERROR, RUSHES_ERROR_BAD_REQUEST);
  assert_folder (folder, "a.webm");
}

/* ---- through the library ---- */

static void
test_library (void)
{
  g_autoptr (RushesFolders) folders = rushes_test_folders ();
  g_autoptr (RushesLibrary) library = rushes_test_open (folders);
  g_autoptr (RushesTake) take = rushes_test_order_one (library, "kept");
  g_autoptr (RushesAttempt) attempt = rushes_test_attempt (library, take);
  g_autofree char *folder = rushes_test_folder ();
  g_autoptr (GFile) asked = g_file_new_build_filename (folder, "kept.webm", NULL);
  g_autoptr (GFile) written = NULL;
  g_autoptr (JsonNode) recipe = NULL;
  g_autofree char *uri = NULL;
  g_autoptr (GError) error = NULL;

  g_free (rushes_test_expect_error (rushes_library_save_clip (library, take, asked, RUSHES_SAVE_DEFAULT),
                                    RUSHES_ERROR_NOT_FOUND));
  rushes_test_walk (library, take, attempt, RUSHES_TAKE_STATE_READY);
  g_assert_null (rushes_take_get_saved_to (take));
  written = dex_await_object (rushes_library_save_clip (library, take, asked, RUSHES_SAVE_DEFAULT), &error);
  g_assert_no_error (error);
  uri = g_file_get_uri (written);
  g_assert_true (g_str_has_suffix (uri, "/kept.mp4"));
  g_assert_cmpstr (rushes_take_get_saved_to (take), ==, uri);
  assert_same (rushes_clip_get_file (rushes_take_get_clip (take)), written);

  /* A clip in which no recipe fits has it beside it, where that was wished. */
  g_assert_true (g_file_delete (written, NULL, NULL));
  g_clear_object (&written);
  written = dex_await_object (rushes_library_save_clip (library, take, asked, RUSHES_SAVE_WITH_RECIPE), &error);
  g_assert_no_error (error);
  assert_same (rushes_clip_get_file (rushes_take_get_clip (take)), written);
  assert_folder (folder, "kept.mp4 kept.mp4.rushes.json");
  recipe = rushes_recipe_read (written, &error);
  g_assert_no_error (error);
  g_assert_cmpstr (json_object_get_string_member (json_node_get_object (recipe), "prompt"), ==, "kept");

  /* A place that failed is not remembered. */
  g_free (rushes_test_expect_error (rushes_library_save_clip (library, take, asked, RUSHES_SAVE_DEFAULT),
                                    RUSHES_ERROR_BAD_REQUEST));
  g_assert_cmpstr (rushes_take_get_saved_to (take), ==, uri);
  rushes_test_close (library);
}

int
main (int argc, char **argv)
{
  g_autofree char *runtime = NULL;

  program = argv[0];
  if (argc == 5 && g_str_equal (argv[1], "--save"))
    return save_as_other (argv + 2);

  umask (022);
  rushes_test_init (&argc, &argv);
  runtime = rushes_test_folder ();
  g_setenv ("XDG_RUNTIME_DIR", runtime, TRUE);
  g_assert_cmpstr (g_get_user_runtime_dir (), ==, runtime);

  g_test_add_func ("/saving/names", test_names);
  g_test_add_func ("/saving/document", test_document);
  g_test_add_func ("/saving/existing", test_existing);
  g_test_add_func ("/saving/wrong-places", test_wrong_places);
  rushes_test_add_fiber ("/saving/race", test_race);
  g_test_add_func ("/saving/full-disk", test_full_disk);
  g_test_add_func ("/saving/no-permission", test_no_permission);
  g_test_add_func ("/saving/only-one-name", test_only_one_name);
  g_test_add_func ("/saving/limit", test_limit);
  g_test_add_func ("/saving/recipe/within", test_recipe_within);
  g_test_add_func ("/saving/recipe/beside", test_recipe_beside);
  g_test_add_func ("/saving/recipe/replaced", test_recipe_replaced);
  g_test_add_func ("/saving/recipe/failed", test_recipe_failed);
  g_test_add_func ("/saving/recipe/taken", test_recipe_taken);
  g_test_add_func ("/saving/recipe/race", test_recipe_race);
  rushes_test_add_fiber ("/saving/library", test_library);

  return g_test_run ();
}
