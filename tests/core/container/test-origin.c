/* test-origin.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include <string.h>

#include "rushes-error.h"
#include "rushes-origin.h"
#include "rushes-test.h"

#define FTYP                                                                                                           \
  "\0\0\0\x10"                                                                                                         \
  "ftypisom\0\0\0\0"
#define EBML "\x1a\x45\xdf\xa3\x87\x42\x82\x84webm"
#define C2PA "\xd8\xfe\xc3\xd6\x1b\x0e\x48\x3c\x92\x97\x58\x28\x87\x7e\xc4\x81"

static GFile *
store (gconstpointer data, gsize length)
{
  g_autofree char *folder = rushes_test_folder ();
  g_autofree char *path = g_build_filename (folder, "clip", NULL);

  g_assert_true (g_file_set_contents (path, data, (gssize) length, NULL));

  return g_file_new_for_path (path);
}

static void
test_marks (void)
{
  static const struct
  {
    const char *data;
    gsize length;
    RushesOrigin origin;
  } cases[] = {
#define CASE(bytes, origin) { bytes, sizeof bytes - 1, origin }
    CASE (FTYP "\0\0\0\x0c"
               "moovAIGC",
          RUSHES_ORIGIN_NONE),
    CASE (FTYP "\0\0\0\x14"
               "moov\0\0\0\x0c"
               "udtaAIGC",
          RUSHES_ORIGIN_AIGC),
    CASE (FTYP "\0\0\0\x14"
               "moov\0\0\0\x0c"
               "metaAIGC",
          RUSHES_ORIGIN_AIGC),
    CASE (FTYP "\0\0\0\x14"
               "moov\0\0\0\x0c"
               "trakAIGC",
          RUSHES_ORIGIN_NONE),
    CASE (FTYP "\0\0\0\x0c"
               "mdatAIGC",
          RUSHES_ORIGIN_NONE),
    CASE (FTYP "\0\0\0\x1c"
               "uuid0123456789abcdefAIGC",
          RUSHES_ORIGIN_AIGC),
    CASE (FTYP "\0\0\0\x18"
               "uuid" C2PA,
          RUSHES_ORIGIN_C2PA),
    CASE (FTYP "\0\0\0\x08"
               "jumb",
          RUSHES_ORIGIN_C2PA),
    CASE (FTYP "\0\0\0\x0c"
               "metaAIGC"
               "\0\0\0\x18"
               "uuid" C2PA,
          RUSHES_ORIGIN_AIGC | RUSHES_ORIGIN_C2PA),
    CASE (EBML "\x18\x53\x80\x67\x89\x12\x54\xc3\x67\x84"
               "AIGC",
          RUSHES_ORIGIN_AIGC),
    CASE (EBML "\x18\x53\x80\x67\xff\x12\x54\xc3\x67\x84"
               "AIGC",
          RUSHES_ORIGIN_AIGC),
    CASE (EBML "\x18\x53\x80\x67\x89\x12\x54\xc3\x67\x84"
               "aigc",
          RUSHES_ORIGIN_NONE),
#undef CASE
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr (GFile) file = store (cases[i].data, cases[i].length);
      g_autoptr (GError) error = NULL;
      RushesOrigin origin;

      rushes_origin_read (file, &origin, &error);
      g_assert_no_error (error);
      if (origin != cases[i].origin)
        g_error ("case %u is %d instead of %d", i, origin, cases[i].origin);
    }
}

/* What programs write that know of no marks has none. */
static void
test_plain (gconstpointer name)
{
  g_autoptr (GFile) file =
      g_file_new_build_filename (g_test_get_dir (G_TEST_DIST), "core", "container", "media", name, NULL);
  g_autoptr (GError) error = NULL;
  RushesOrigin origin;

  g_assert_true (rushes_origin_read (file, &origin, &error));
  g_assert_no_error (error);
  g_assert_cmpint (origin, ==, RUSHES_ORIGIN_NONE);
}

static void
test_damaged (void)
{
  static const char *const texts[] = { "", "<html>", NULL };
  static const char cut[] = FTYP "\0\0\1\0"
                                 "moov";

  for (guint i = 0; i < G_N_ELEMENTS (texts); i++)
    {
      g_autoptr (GFile) file = i < 2 ? store (texts[i], strlen (texts[i])) : store (cut, sizeof cut - 1);
      g_autoptr (GError) error = NULL;
      RushesOrigin origin;

      g_assert_false (rushes_origin_read (file, &origin, &error));
      g_assert_error (error, RUSHES_ERROR, RUSHES_ERROR_MEDIA);
    }
}

int
main (int argc, char **argv)
{
  rushes_test_init (&argc, &argv);

  g_test_add_func ("/origin/marks", test_marks);
  g_test_add_data_func ("/origin/plain/mp4", "h264-aac.mp4", test_plain);
  g_test_add_data_func ("/origin/plain/fragmented", "h264-fragmented.mp4", test_plain);
  g_test_add_data_func ("/origin/plain/webm", "vp8-vorbis.webm", test_plain);
  g_test_add_data_func ("/origin/plain/live", "vp9-live.webm", test_plain);
  g_test_add_func ("/origin/damaged", test_damaged);

  return g_test_run ();
}
