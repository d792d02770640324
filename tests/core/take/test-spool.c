/* test-spool.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include <glib/gstdio.h>
#include <sys/stat.h>

#include "rushes-error.h"
#include "rushes-landing.h"
#include "rushes-spool.h"
#include "rushes-test.h"

static void
test_spool (void)
{
  g_autofree char *folder = rushes_test_folder ();
  g_autofree char *path = g_build_filename (folder, "0192", NULL);
  g_autofree char *part = g_strconcat (path, ".part", NULL);
  g_autoptr (GFile) spool = g_file_new_for_path (path);
  g_autoptr (GError) error = NULL;
  struct stat info;

  g_assert_true (dex_await (rushes_spool_make (spool), &error));
  g_assert_no_error (error);
  g_assert_cmpint (g_stat (path, &info), ==, 0);
  g_assert_cmpint (info.st_size, ==, 64 * 1024);
  /* The blocks are there, too. */
  g_assert_cmpint (info.st_blocks * 512, >=, 64 * 1024);
  g_assert_cmpint (info.st_mode & 0777, ==, 0600);

  g_assert_true (g_file_set_contents (part, "half a clip", -1, NULL));
  g_assert_true (dex_await (rushes_spool_remove (spool), &error));
  g_assert_cmpint (g_rmdir (folder), ==, 0);
  g_assert_true (dex_await (rushes_spool_remove (spool), &error));

  g_assert_false (dex_await (rushes_spool_make (spool), &error));
  g_assert_error (error, RUSHES_ERROR, RUSHES_ERROR_STORAGE);
}

static void
test_record (void)
{
  g_autofree char *folder = rushes_test_folder ();
  g_autofree char *path = g_build_filename (folder, "0192", NULL);
  g_autofree char *record = g_strconcat (path, RUSHES_SPOOL_RECORD, NULL);
  g_autofree char *deleted = g_strconcat (path, RUSHES_SPOOL_DELETED, NULL);
  g_autofree char *contents = NULL;
  g_autoptr (GFile) spool = g_file_new_for_path (path);
  g_autoptr (GError) error = NULL;
  struct stat info;

  g_assert_true (dex_await (rushes_spool_note (spool, "{}"), &error));
  g_assert_no_error (error);
  g_assert_true (g_file_get_contents (record, &contents, NULL, NULL));
  g_assert_cmpstr (contents, ==, "{}");
  g_assert_cmpint (g_stat (record, &info), ==, 0);
  g_assert_cmpint (info.st_mode & 0777, ==, 0600);

  g_assert_true (g_file_set_contents (deleted, "", 0, NULL));
  g_assert_true (dex_await (rushes_spool_remove (spool), &error));
  g_assert_cmpint (g_rmdir (folder), ==, 0);
  g_assert_false (dex_await (rushes_spool_note (spool, "{}"), &error));
  g_assert_error (error, RUSHES_ERROR, RUSHES_ERROR_STORAGE);
}

/* What came in answer to a submit may be all that is left of a clip. */
static void
test_never_emptied (void)
{
  static const char reply[] = "{\"status\":200,\"address\":\"\",\"headers\":{},\"length\":2}\n{}";
  g_autofree char *folder = rushes_test_folder ();
  g_autofree char *path = g_build_filename (folder, "0192", NULL);
  g_autofree char *contents = NULL;
  g_autoptr (GFile) spool = g_file_new_for_path (path);
  g_autoptr (GError) error = NULL;

  /* Made, and never written to, it is made again. */
  g_assert_true (dex_await (rushes_spool_make (spool), &error));
  g_assert_false (rushes_spool_has_reply (path));
  g_assert_true (dex_await (rushes_spool_make (spool), &error));
  g_assert_no_error (error);

  g_assert_true (g_file_set_contents (path, reply, -1, NULL));
  g_assert_true (rushes_spool_has_reply (path));
  g_assert_false (dex_await (rushes_spool_make (spool), &error));
  g_assert_error (error, RUSHES_ERROR, RUSHES_ERROR_STORAGE);
  g_assert_cmpint (rushes_error_get_charged (error), ==, RUSHES_CHARGED_MAYBE);
  g_assert_true (g_file_get_contents (path, &contents, NULL, NULL));
  g_assert_cmpstr (contents, ==, reply);
}

static void
test_room (void)
{
  g_autofree char *path = rushes_test_folder ();
  g_autoptr (GFile) folder = g_file_new_for_path (path);
  g_autoptr (GError) error = NULL;

  g_assert_true (dex_await (rushes_spool_check_room (folder, 1), &error));
  g_assert_no_error (error);
  g_assert_false (dex_await (rushes_spool_check_room (folder, G_MAXINT64), &error));
  g_assert_error (error, RUSHES_ERROR, RUSHES_ERROR_STORAGE);
  g_assert_nonnull (strstr (error->message, path));
}

static char *
media (const char *name)
{
  return g_test_build_filename (G_TEST_DIST, "core", "container", "media", name, NULL);
}

static void
copy (const char *from, GFile *to)
{
  g_autoptr (GFile) source = g_file_new_for_path (from);
  g_autoptr (GError) error = NULL;

  g_file_copy (source, to, G_FILE_COPY_OVERWRITE, NULL, NULL, NULL, &error);
  g_assert_no_error (error);
}

static void
test_landing (void)
{
  static const struct
  {
    const char *media, *name;
  } clips[] = { { "h264-aac.mp4", "one.mp4" },
                { "h265.mov", "one.mp4" },
                { "vp9-live.webm", "one.webm" },
                { "h264-mp3.mkv", "one.mkv" } };

  for (guint i = 0; i < G_N_ELEMENTS (clips); i++)
    {
      g_autofree char *folder = rushes_test_folder ();
      g_autofree char *from = media (clips[i].media);
      g_autofree char *name = NULL;
      g_auto (RushesLanding) landing = { .part = g_file_new_build_filename (folder, "2026-11", "one.part", NULL) };
      g_auto (RushesLanding) again = { .part = g_object_ref (landing.part) };
      g_autoptr (GError) error = NULL;

      g_assert_false (dex_await_boolean (rushes_landing_prepare (&landing), &error));
      g_assert_no_error (error);
      copy (from, landing.part);
      g_assert_true (dex_await_boolean (rushes_landing_finish (&landing), &error));
      g_assert_no_error (error);
      name = g_file_get_basename (landing.clip);
      g_assert_cmpstr (name, ==, clips[i].name);
      g_assert_false (g_file_query_exists (landing.part, NULL));

      /* After a crash right here it is found as it is. */
      g_assert_true (dex_await_boolean (rushes_landing_prepare (&again), &error));
      g_assert_true (g_file_equal (again.clip, landing.clip));
      g_assert_cmpstr (again.sha256, ==, landing.sha256);
      g_assert_cmpint (again.facts.size, ==, landing.facts.size);
    }
}

static void
test_no_landing (void)
{
  g_autofree char *folder = rushes_test_folder ();
  g_autofree char *from = media ("sound-only.mp4");
  g_auto (RushesLanding) landing = { .part = g_file_new_build_filename (folder, "one.part", NULL) };
  g_autoptr (GError) error = NULL;

  copy (from, landing.part);
  g_assert_false (dex_await_boolean (rushes_landing_finish (&landing), &error));
  g_assert_error (error, RUSHES_ERROR, RUSHES_ERROR_MEDIA);
  g_assert_null (landing.clip);
  g_assert_cmpint (g_rmdir (folder), ==, 0);
}

int
main (int argc, char **argv)
{
  rushes_test_init (&argc, &argv);

  rushes_test_add_fiber ("/spool/file", test_spool);
  rushes_test_add_fiber ("/spool/record", test_record);
  rushes_test_add_fiber ("/spool/never-emptied", test_never_emptied);
  rushes_test_add_fiber ("/spool/room", test_room);
  rushes_test_add_fiber ("/landing/lands", test_landing);
  rushes_test_add_fiber ("/landing/no-video", test_no_landing);

  return g_test_run ();
}
