/* test-folder.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include <glib/gstdio.h>
#include <sys/stat.h>

#include "rushes-error.h"
#include "rushes-test-server.h"

static const char nginx[] =
    "daemon off; master_process off; pid @FOLDER@/pid; error_log /dev/null;"
    "events {}"
    "http {"
    "  access_log off; types { image/jpeg jpg; image/png png; }"
    "  client_body_temp_path @FOLDER@/a; proxy_temp_path @FOLDER@/b; fastcgi_temp_path @FOLDER@/c;"
    "  uwsgi_temp_path @FOLDER@/d; scgi_temp_path @FOLDER@/e;"
    "  server { listen 127.0.0.1:@PORT@; location /pictures/ { alias @FOLDER@/www/; } }"
    "}";

static RushesUploadPlace *
make_place (const char *folder, const char *sub, const char *public_url)
{
  return rushes_test_place ("{'id':'folder','name':'My Folder','kind':'folder','path':'%s/%s','public_url':'%s'}",
                            folder, sub, public_url);
}

static void
test_life (void)
{
  g_autoptr (RushesTestServer) server = rushes_test_server_nginx (nginx);
  g_autoptr (RushesUploadPlace) place = NULL;
  g_autoptr (RushesUploaded) uploaded = NULL;
  g_autofree char *public_url = NULL;
  g_autofree char *expected = NULL;
  g_autofree char *path = NULL;
  struct stat info;
  mode_t mask;

  if (server == NULL)
    return;
  public_url = rushes_test_server_at (server, "pictures");
  place = make_place (server->folder, "www", public_url);
  expected = rushes_test_server_at (server, "pictures/one.jpg");
  path = g_build_filename (server->folder, "www", "one.jpg", NULL);

  /* The server may be somebody else, whatever the person's files are usually. */
  mask = umask (0077);
  uploaded = rushes_test_put (place, NULL, "one.jpg");
  umask (mask);
  g_assert_no_errno (g_stat (path, &info));
  g_assert_cmpint (info.st_mode & 0777, ==, 0644);
  g_assert_cmpstr (uploaded->address, ==, expected);
  g_assert_cmpint (uploaded->expires, ==, 0);
  g_assert_cmpuint (rushes_test_get (expected), ==, 200);
  /* Nothing but the picture is left in the folder. */
  g_assert_cmpuint (rushes_test_server_count (server, "www"), ==, 1);

  rushes_test_remove (place, NULL, "one.jpg", NULL);
  g_assert_cmpuint (rushes_test_get (expected), ==, 404);
  rushes_test_remove (place, NULL, "one.jpg", NULL);
  rushes_test_trial (place, NULL);
  g_assert_cmpuint (rushes_test_server_count (server, "www"), ==, 0);
}

static void
test_refusals (void)
{
  g_autofree char *folder = rushes_test_folder ();
  g_autofree char *file = g_build_filename (folder, "file", NULL);
  g_autoptr (RushesUploadPlace) missing = make_place (folder, "nowhere", "http://127.0.0.1:1/");
  g_autoptr (RushesUploadPlace) no_folder = make_place (folder, "file", "http://127.0.0.1:1/");
  g_autoptr (RushesUploadPlace) unserved = make_place (folder, "", "http://127.0.0.1:1/");
  g_autoptr (GDir) dir = NULL;

  g_assert_true (g_file_set_contents (file, "", 0, NULL));
  rushes_test_put_fails (missing, NULL, "one.jpg", RUSHES_ERROR_NOT_FOUND,
                         "The folder /*/nowhere of the upload place “My Folder” is not there.");
  rushes_test_put_fails (no_folder, NULL, "one.jpg", RUSHES_ERROR_NOT_FOUND, "The folder /*/file of *is not there.");
  rushes_test_trial_fails (unserved, NULL, RUSHES_ERROR_NETWORK,
                           "The picture was put there, but http://127.0.0.1:1/*.png cannot be read: 127.0.0.1*");

  dir = g_dir_open (folder, 0, NULL);
  g_assert_cmpstr (g_dir_read_name (dir), ==, "file");
  g_assert_null (g_dir_read_name (dir));
}

int
main (int argc, char **argv)
{
  rushes_test_init (&argc, &argv);

  rushes_test_add_fiber ("/upload/folder/life", test_life);
  rushes_test_add_fiber ("/upload/folder/refusals", test_refusals);

  return g_test_run ();
}
