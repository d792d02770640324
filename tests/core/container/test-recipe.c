/* test-recipe.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include <string.h>

#include "rushes-container.h"
#include "rushes-error.h"
#include "rushes-recipe-box.h"
#include "rushes-test-inside.h"
#include "rushes-test.h"
#include "rushes-xmp.h"

#define RECIPE                                                                                                         \
  "{\"prompt\":\"<纸船> & \\\"harbour\\\" \\u0007 ]]>\",\"seed\":9007199254740993,\"settings\":{\"duration\":5.0}}"

/* A copy of one of the clips, in a folder of its own. */
static GFile *
copy_clip (const char *name)
{
  g_autofree char *folder = rushes_test_folder ();
  g_autoptr (GFile) clip =
      g_file_new_build_filename (g_test_get_dir (G_TEST_DIST), "core", "container", "media", name, NULL);
  GFile *copy = g_file_new_build_filename (folder, name, NULL);
  g_autoptr (GError) error = NULL;

  g_file_copy (clip, copy, G_FILE_COPY_NONE, NULL, NULL, NULL, &error);
  g_assert_no_error (error);
  return copy;
}

static GBytes *
load (GFile *file)
{
  g_autoptr (GError) error = NULL;
  GBytes *bytes = g_file_load_bytes (file, NULL, NULL, &error);

  g_assert_no_error (error);
  return bytes;
}

static void
store (GFile *file, gconstpointer data, gsize length)
{
  g_autoptr (GError) error = NULL;

  g_file_replace_contents (file, data, length, NULL, FALSE, G_FILE_CREATE_NONE, NULL, NULL, &error);
  g_assert_no_error (error);
}

static void
append (GFile *file, gconstpointer data, gsize length)
{
  g_autoptr (GBytes) bytes = load (file);
  g_autoptr (GByteArray) array = g_byte_array_new ();

  g_byte_array_append (array, g_bytes_get_data (bytes, NULL), (guint) g_bytes_get_size (bytes));
  g_byte_array_append (array, data, (guint) length);
  store (file, array->data, array->len);
}

static gboolean
write_recipe (GFile *file, gboolean *in_sidecar, GError **error)
{
  g_autoptr (GFile) sidecar = rushes_recipe_get_sidecar (file);
  g_autoptr (JsonNode) recipe = json_from_string (RECIPE, NULL);

  return rushes_recipe_write (file, sidecar, recipe, in_sidecar, error);
}

static void
assert_recipe (GFile *file)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (JsonNode) recipe = rushes_recipe_read (file, &error);
  g_autoptr (JsonNode) expected = json_from_string (RECIPE, NULL);

  g_assert_no_error (error);
  g_assert_true (json_node_equal (recipe, expected));
}

static void
assert_no_recipe (GFile *file, RushesErrorCode code)
{
  g_autoptr (GError) error = NULL;

  g_assert_null (rushes_recipe_read (file, &error));
  g_assert_error (error, RUSHES_ERROR, (int) code);
}

/* The clip's own bytes stay where they are, and it is as whole as before. */
static void
test_in_file (gconstpointer data)
{
  g_autoptr (GFile) file = copy_clip (data);
  g_autoptr (GFile) sidecar = rushes_recipe_get_sidecar (file);
  g_autoptr (GBytes) before = load (file);
  g_autoptr (GBytes) after = NULL;
  g_autoptr (GError) error = NULL;
  RushesClipFacts facts_before, facts_after;
  gboolean in_sidecar = TRUE;

  g_assert_true (rushes_container_read_facts (file, &facts_before, NULL));
  assert_no_recipe (file, RUSHES_ERROR_NOT_FOUND);
  g_assert_true (write_recipe (file, &in_sidecar, &error));
  g_assert_no_error (error);
  g_assert_false (in_sidecar);
  g_assert_false (g_file_query_exists (sidecar, NULL));

  after = load (file);
  g_assert_cmpuint (g_bytes_get_size (after), >, g_bytes_get_size (before));
  g_assert_cmpmem (g_bytes_get_data (after, NULL), g_bytes_get_size (before), g_bytes_get_data (before, NULL),
                   g_bytes_get_size (before));
  g_assert_true (rushes_container_read_facts (file, &facts_after, NULL));
  facts_after.size = facts_before.size;
  g_assert_cmpmem (&facts_before, sizeof facts_before, &facts_after, sizeof facts_after);
  assert_recipe (file);
}

static void
assert_beside (GFile *file)
{
  g_autoptr (GFile) sidecar = rushes_recipe_get_sidecar (file);
  g_autoptr (GBytes) before = load (file);
  g_autoptr (GBytes) after = NULL;
  g_autoptr (GError) error = NULL;
  g_autofree char *name = g_file_get_basename (sidecar);
  gboolean in_sidecar = FALSE;

  g_assert_true (write_recipe (file, &in_sidecar, &error));
  g_assert_no_error (error);
  g_assert_true (in_sidecar);
  g_assert_true (g_str_has_suffix (name, ".rushes.json"));
  after = load (file);
  g_assert_true (g_bytes_equal (before, after));
  assert_recipe (file);
  assert_recipe (sidecar);
}

static void
test_beside_webm (void)
{
  g_autoptr (GFile) file = copy_clip ("vp8-vorbis.webm");

  assert_beside (file);
}

static void
test_beside_signed (void)
{
  static const guint8 manifest[] = { 0,    0,    0,    28,   'u',  'u',  'i',  'd',  0xd8, 0xfe, 0xc3, 0xd6, 0x1b, 0x0e,
                                     0x48, 0x3c, 0x92, 0x97, 0x58, 0x28, 0x87, 0x7e, 0xc4, 0x81, 0,    0,    0,    0 };
  static const guint8 jumbf[] = { 0, 0, 0, 8, 'j', 'u', 'm', 'b' };
  g_autoptr (GFile) one = copy_clip ("h264-aac.mp4");
  g_autoptr (GFile) two = copy_clip ("h264-aac.mp4");

  append (one, manifest, sizeof manifest);
  assert_beside (one);
  append (two, jumbf, sizeof jumbf);
  assert_beside (two);
}

/* A second recipe does not touch the packet that is there, whosoever it is. */
static void
test_beside_packet (void)
{
  g_autoptr (GFile) file = copy_clip ("h264-aac.mp4");
  g_autoptr (GBytes) once = NULL;
  g_autoptr (GBytes) twice = NULL;
  gboolean in_sidecar;

  g_assert_true (write_recipe (file, &in_sidecar, NULL));
  once = load (file);
  g_assert_true (write_recipe (file, &in_sidecar, NULL));
  g_assert_true (in_sidecar);
  twice = load (file);
  g_assert_true (g_bytes_equal (once, twice));
}

/* Nothing can be added behind a box that goes on to the end, behind an index that is looked for there, nor to what is
 * cut short or no clip at all. */
static void
test_beside_others (void)
{
  static const guint8 open_box[] = { 0, 0, 0, 0, 'f', 'r', 'e', 'e', 1, 2, 3 };
  static const guint8 cut_box[] = { 0, 0, 0, 99, 'f', 'r', 'e', 'e', 1, 2, 3 };
  g_autoptr (GFile) open_file = copy_clip ("h264-aac.mp4");
  g_autoptr (GFile) indexed = copy_clip ("h264-fragmented.mp4");
  g_autoptr (GFile) cut_file = copy_clip ("h264-aac.mp4");
  g_autoptr (GFile) text = copy_clip ("h264-aac.mp4");

  append (open_file, open_box, sizeof open_box);
  assert_beside (open_file);
  assert_beside (indexed);
  append (cut_file, cut_box, sizeof cut_box);
  assert_beside (cut_file);
  store (text, "Buy milk.", 9);
  assert_beside (text);
}

static void
test_limits (void)
{
  g_autoptr (GFile) file = copy_clip ("h264-aac.mp4");
  g_autoptr (GFile) sidecar = rushes_recipe_get_sidecar (file);
  g_autofree char *long_text = g_strnfill (256 * 1024, '"');
  g_autoptr (JsonNode) large = json_from_string ("{}", NULL);
  g_autoptr (JsonNode) largest = json_from_string ("{}", NULL);
  g_autoptr (JsonNode) again = NULL;
  g_autoptr (GError) error = NULL;

  json_object_set_string_member (json_node_get_object (large), "a", long_text);
  g_assert_false (rushes_recipe_write (file, sidecar, large, NULL, &error));
  g_assert_error (error, RUSHES_ERROR, RUSHES_ERROR_BAD_REQUEST);
  g_assert_false (g_file_query_exists (sidecar, NULL));

  /* What fits is also read again, be it of the characters that XML makes most of. */
  long_text[128 * 1024 - 16] = '\0';
  json_object_set_string_member (json_node_get_object (largest), "a", long_text);
  g_assert_true (rushes_recipe_write (file, sidecar, largest, NULL, NULL));
  again = rushes_recipe_read (file, NULL);
  g_assert_true (json_node_equal (largest, again));
}

static void
test_hostile (void)
{
  g_autofree char *deep = g_strnfill (33, '[');
  g_autofree char *deepest = g_strdup_printf ("{\"a\":%s", deep);
  g_autofree char *shallow = g_strdup_printf ("{\"a\":\"%s\\\"[\"}", deep);
  g_autoptr (JsonNode) recipe = NULL;
  g_autofree char *endless = g_strnfill (300 * 1024, ' ');
  const char *const cases[] = { "", "{", "[]", "7", "null", "{\"a\":\"\xff\"}", deepest, endless, "not JSON" };
  g_autoptr (GFile) file = copy_clip ("vp8-vorbis.webm");
  g_autoptr (GFile) sidecar = rushes_recipe_get_sidecar (file);

  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      store (sidecar, cases[i], strlen (cases[i]));
      assert_no_recipe (file, RUSHES_ERROR_BAD_REQUEST);
      assert_no_recipe (sidecar, RUSHES_ERROR_BAD_REQUEST);
    }

  /* Brackets within a text open nothing. */
  store (sidecar, shallow, strlen (shallow));
  recipe = rushes_recipe_read (file, NULL);
  g_assert_nonnull (recipe);
}

static void
test_xmp (void)
{
  static const struct
  {
    const char *packet;
    const char *expected;
  } cases[] = {
#define RDF(inside) "<x:xmpmeta xmlns:x=\"adobe:ns:meta/\"><rdf:RDF xmlns:rdf=\"r\">" inside "</rdf:RDF></x:xmpmeta>"
#define OURS        "https://rushes-app.github.io/ns/recipe/1/"
    { RDF ("<rdf:Description xmlns:ns1=\"" OURS "\"><ns1:recipe>{&quot;a&quot;:1}</ns1:recipe></rdf:Description>"),
      "{\"a\":1}" },
    { RDF ("<rdf:Description xmlns:q=\"" OURS "\" q:recipe=\"{}\"/>"), "{}" },
    { RDF ("<rdf:Description q:recipe=\"{}\" xmlns:q=\"" OURS "\"/>"), "{}" },
    { RDF ("<q:recipe xmlns:q=\"" OURS "\"><![CDATA[{}]]></q:recipe>"), "{}" },
    { RDF (
          "<rdf:Description xmlns:rushes=\"https://example.com/\"><rushes:recipe>{}</rushes:recipe></rdf:Description>"),
      NULL },
    { RDF ("<rushes:recipe>{}</rushes:recipe>"), NULL },
    { "<x:xmpmeta><q:recipe xmlns:q=\"" OURS "\">{}</q:recipe>", NULL },
    { "", NULL },
    { "{}", NULL },
#undef RDF
#undef OURS
  };

  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autofree char *recipe = rushes_xmp_find_recipe (cases[i].packet, strlen (cases[i].packet));

      g_assert_cmpstr (recipe, ==, cases[i].expected);
    }
}

/* Whatever becomes of the bytes: an answer or an error, never a crash. */
static void
test_mutated (void)
{
  g_autoptr (GFile) file = copy_clip ("h264-faststart.mp4");
  g_autoptr (GBytes) original = NULL;
  gsize length;
  gconstpointer data;

  g_assert_true (write_recipe (file, NULL, NULL));
  original = load (file);
  data = g_bytes_get_data (original, &length);

  for (int round = 0; round < 500; round++)
    {
      g_autofree guint8 *bytes = g_memdup2 (data, length);
      g_autoptr (GError) error = NULL;
      g_autoptr (JsonNode) recipe = NULL;

      for (int i = 0; i < 6; i++)
        bytes[g_test_rand_int_range (0, (gint32) length)] = (guint8) g_test_rand_int_range (0, 256);
      store (file, bytes, (gsize) g_test_rand_int_range ((gint32) length / 2, (gint32) length + 1));
      recipe = rushes_recipe_read (file, &error);
      g_assert_true ((recipe != NULL) == (error == NULL));
    }
}

/* A full disk while the box is being added: the clip is as it was. */
static void
test_full_disk (void)
{
  if (g_test_subprocess ())
    {
      g_autoptr (GFile) file = copy_clip ("h264-aac.mp4");
      g_autoptr (GFile) sidecar = rushes_recipe_get_sidecar (file);
      g_autofree char *text = g_strnfill (200 * 1024, 'a');
      g_autoptr (JsonNode) recipe = json_from_string ("{}", NULL);
      g_autoptr (GBytes) before = load (file);
      g_autoptr (GBytes) after = NULL;
      g_autoptr (GError) error = NULL;

      json_object_set_string_member (json_node_get_object (recipe), "a", text);
      g_assert_false (rushes_recipe_write (file, sidecar, recipe, NULL, &error));
      g_assert_error (error, RUSHES_ERROR, RUSHES_ERROR_STORAGE);
      after = load (file);
      g_assert_true (g_bytes_equal (before, after));
      return;
    }

  /* A place of its own, for the test itself may have been built below the usual one. */
  g_autofree char *disk = rushes_test_folder ();

  rushes_test_run_inside ("/recipe/full-disk",
                          (const char *const[]) { "--dev-bind", "/", "/", "--size", "131072", "--tmpfs", disk,
                                                  "--setenv", "TMPDIR", disk, NULL });
}

int
main (int argc, char **argv)
{
  rushes_test_init (&argc, &argv);

  g_test_add_data_func ("/recipe/in-file/mp4", "h264-aac.mp4", test_in_file);
  g_test_add_data_func ("/recipe/in-file/faststart", "h264-faststart.mp4", test_in_file);
  g_test_add_data_func ("/recipe/in-file/quicktime", "h265.mov", test_in_file);
  g_test_add_func ("/recipe/beside/webm", test_beside_webm);
  g_test_add_func ("/recipe/beside/signed", test_beside_signed);
  g_test_add_func ("/recipe/beside/packet", test_beside_packet);
  g_test_add_func ("/recipe/beside/others", test_beside_others);
  g_test_add_func ("/recipe/limits", test_limits);
  g_test_add_func ("/recipe/hostile", test_hostile);
  g_test_add_func ("/recipe/xmp", test_xmp);
  g_test_add_func ("/recipe/mutated", test_mutated);
  g_test_add_func ("/recipe/full-disk", test_full_disk);

  return g_test_run ();
}
