/* test-importer.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include <glib/gstdio.h>
#include <libsoup/soup.h>
#include <string.h>
#include <utime.h>

#include "rushes-error.h"
#include "rushes-fake-fitter.h"
#include "rushes-importer.h"
#include "rushes-test-inside.h"
#include "rushes-test.h"

/* printf picture-of-a-harbour | sha256sum */
#define CONTENT "picture-of-a-harbour"
#define SHA256  "1e62a9443b0eda7f50b7dc6d4e193b9cc259362786df60ecf137ad6f405d01bc"

typedef struct
{
  char *path;
  GFile *data;
  RushesImporter *importer;
} Studio;

static Studio *
studio_new (void)
{
  Studio *self = g_new0 (Studio, 1);
  g_autofree char *cache = rushes_test_folder ();
  g_autoptr (GFile) cache_file = g_file_new_for_path (cache);
  g_autoptr (RushesPictureFitter) fitter = rushes_fake_fitter_new ();
  g_autoptr (RushesFolders) folders = NULL;

  self->path = rushes_test_folder ();
  self->data = g_file_new_build_filename (self->path, "data", NULL);
  folders = rushes_folders_new (self->data, cache_file);
  self->importer = rushes_importer_new (folders, fitter);
  return self;
}

static void
studio_free (Studio *self)
{
  g_object_unref (self->importer);
  g_object_unref (self->data);
  g_free (self->path);
  g_free (self);
}

G_DEFINE_AUTOPTR_CLEANUP_FUNC (Studio, studio_free)

/* What lies in the references folder: the names, sorted, with a space between them. */
static char *
list_references (Studio *self)
{
  g_autofree char *folder = g_build_filename (g_file_peek_path (self->data), "references", NULL);
  g_autoptr (GStrvBuilder) builder = g_strv_builder_new ();
  g_autoptr (GDir) dir = g_dir_open (folder, 0, NULL);
  g_auto (GStrv) names = NULL;
  const char *name;

  while (dir != NULL && (name = g_dir_read_name (dir)))
    g_strv_builder_add (builder, name);
  names = g_strv_builder_end (builder);
  return g_strjoinv (" ", names);
}

static GFile *
write_file (Studio *self, const char *name, const char *contents)
{
  g_autofree char *path = g_build_filename (self->path, name, NULL);
  g_autoptr (GError) error = NULL;

  g_file_set_contents (path, contents, -1, &error);
  g_assert_no_error (error);
  return g_file_new_for_path (path);
}

static void
assert_kept (Studio *self, RushesReference *reference, const char *name)
{
  g_autofree char *listing = list_references (self);
  g_autofree char *contents = NULL;

  g_assert_cmpstr (listing, ==, SHA256 ".png");
  g_assert_cmpstr (rushes_reference_get_sha256 (reference), ==, SHA256);
  g_assert_cmpstr (rushes_reference_get_media_type (reference), ==, "image/png");
  g_assert_cmpint (rushes_reference_get_width (reference), ==, 64);
  g_assert_cmpint (rushes_reference_get_height (reference), ==, 48);
  g_assert_cmpint (rushes_reference_get_size (reference), ==, strlen (CONTENT));
  g_assert_cmpstr (rushes_reference_get_name (reference), ==, name);
  g_assert_true (g_file_load_contents (rushes_reference_get_file (reference), NULL, &contents, NULL, NULL, NULL));
  g_assert_cmpstr (contents, ==, CONTENT);
}

static void
assert_refused (Studio *self, DexFuture *future, RushesErrorCode code, const char *words)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (RushesReference) reference = dex_await_object (future, &error);
  g_autofree char *listing = list_references (self);

  g_assert_null (reference);
  g_assert_error (error, RUSHES_ERROR, code);
  g_assert_nonnull (strstr (error->message, words));
  g_assert_cmpstr (listing, ==, "");
}

static void
test_file (void)
{
  g_autoptr (Studio) studio = studio_new ();
  g_autoptr (GFile) file = write_file (studio, "港口 at dusk.png", CONTENT);
  g_autoptr (GError) error = NULL;
  g_autoptr (RushesReference) reference =
      dex_await_object (rushes_importer_import_file (studio->importer, file), &error);

  g_assert_no_error (error);
  assert_kept (studio, reference, "港口 at dusk.png");
}

static void
test_bytes (void)
{
  g_autoptr (Studio) studio = studio_new ();
  g_autoptr (GBytes) bytes = g_bytes_new_static (CONTENT, strlen (CONTENT));
  g_autoptr (RushesReference) reference =
      dex_await_object (rushes_importer_import_bytes (studio->importer, bytes, NULL), NULL);

  assert_kept (studio, reference, "Picture");
}

static void
test_stream (void)
{
  g_autoptr (Studio) studio = studio_new ();
  g_autoptr (GInputStream) stream = g_memory_input_stream_new_from_data (CONTENT, strlen (CONTENT), NULL);
  g_autoptr (RushesReference) reference =
      dex_await_object (rushes_importer_import_stream (studio->importer, stream, "a\nb"), NULL);

  g_assert_nonnull (reference);
  g_assert_null (strchr (rushes_reference_get_name (reference), '\n'));
  assert_kept (studio, reference, rushes_reference_get_name (reference));
}

static void
test_data_uri (void)
{
  static const char *const uris[] = {
    "data:image/png;base64,cGljdHVyZS1vZi1hLWhhcmJvdXI=",
    "data:;base64,cGljdHVyZS1vZi1hLWhhcmJvdXI%3D",
    "data:text/plain,picture%2Dof-a-harbour",
  };

  for (gsize i = 0; i < G_N_ELEMENTS (uris); i++)
    {
      g_autoptr (Studio) studio = studio_new ();
      g_autoptr (GFile) file = g_file_new_for_uri (uris[i]);
      g_autoptr (RushesReference) reference =
          dex_await_object (rushes_importer_import_file (studio->importer, file), NULL);

      assert_kept (studio, reference, "Picture");
    }
}

static void
serve (SoupServer *server, SoupServerMessage *message, const char *path, GHashTable *query, gpointer data)
{
  if (g_str_has_prefix (path, "/harbour"))
    {
      soup_server_message_set_status (message, SOUP_STATUS_OK, NULL);
      soup_server_message_set_response (message, "text/plain", SOUP_MEMORY_STATIC, CONTENT, strlen (CONTENT));
    }
  else if (g_str_equal (path, "/moved"))
    soup_server_message_set_redirect (message, SOUP_STATUS_FOUND, "/harbour");
  else if (g_str_equal (path, "/page"))
    {
      soup_server_message_set_status (message, SOUP_STATUS_OK, NULL);
      soup_server_message_set_response (message, "image/png", SOUP_MEMORY_STATIC, "<html>", 6);
    }
  else
    soup_server_message_set_status (message, path[1] == '\0' ? SOUP_STATUS_OK : SOUP_STATUS_NOT_FOUND, NULL);
}

static SoupServer *
start_server (char **base)
{
  SoupServer *server = soup_server_new (NULL, NULL);
  g_autoslist (GUri) uris = NULL;

  soup_server_add_handler (server, NULL, serve, NULL, NULL);
  g_assert_true (soup_server_listen_local (server, 0, SOUP_SERVER_LISTEN_IPV4_ONLY, NULL));
  uris = soup_server_get_uris (server);
  *base = g_strdup_printf ("http://127.0.0.1:%d", g_uri_get_port (uris->data));
  return server;
}

static GFile *
get_page (const char *base, const char *path)
{
  g_autofree char *address = g_strconcat (base, path, NULL);

  return g_file_new_for_uri (address);
}

static void
test_web (void)
{
  static const char *const cases[][2] = {
    { "/harbour.png", "harbour.png" },
    { "/harbour%20%E6%B8%AF.webp?size=large#top", "harbour 港.webp" },
    { "/moved", "moved" },
  };
  g_autofree char *base = NULL;
  g_autoptr (SoupServer) server = start_server (&base);

  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr (Studio) studio = studio_new ();
      g_autoptr (GFile) file = get_page (base, cases[i][0]);
      g_autoptr (GError) error = NULL;
      g_autoptr (RushesReference) reference =
          dex_await_object (rushes_importer_import_file (studio->importer, file), &error);

      g_assert_no_error (error);
      assert_kept (studio, reference, cases[i][1]);
    }
}

static void
test_web_refused (void)
{
  g_autofree char *base = NULL;
  g_autoptr (SoupServer) server = start_server (&base);
  g_autoptr (Studio) studio = studio_new ();
  g_autoptr (GFile) missing = get_page (base, "/missing.png");
  g_autoptr (GFile) page = get_page (base, "/page");
  g_autoptr (GFile) empty = get_page (base, "/");
  g_autoptr (GError) error = NULL;

  assert_refused (studio, rushes_importer_import_file (studio->importer, missing), RUSHES_ERROR_NOT_FOUND,
                  "127.0.0.1 has nothing at this address");
  assert_refused (studio, rushes_importer_import_file (studio->importer, page), RUSHES_ERROR_BAD_REQUEST,
                  "Not a picture.");
  assert_refused (studio, rushes_importer_import_file (studio->importer, empty), RUSHES_ERROR_BAD_REQUEST,
                  "“127.0.0.1” is empty");
  g_assert_null (dex_await_object (rushes_importer_import_file (studio->importer, missing), &error));
  g_assert_cmpstr (rushes_error_get_field (error), ==, "image");
}

static void
test_damaged_data_uri (void)
{
  g_autoptr (Studio) studio = studio_new ();
  g_autoptr (GFile) file = g_file_new_for_uri ("data:image/png;base64");

  assert_refused (studio, rushes_importer_import_file (studio->importer, file), RUSHES_ERROR_BAD_REQUEST, "data:");
}

/* The second import of one picture changes nothing, unless the copy that is there was damaged. */
static void
test_again (void)
{
  g_autoptr (Studio) studio = studio_new ();
  g_autoptr (GFile) file = write_file (studio, "a.png", CONTENT);
  g_autoptr (GFile) other = write_file (studio, "b.png", CONTENT);
  g_autoptr (RushesReference) first = NULL;
  g_autoptr (RushesReference) second = NULL;
  g_autoptr (RushesReference) third = NULL;
  GStatBuf before, after;

  first = dex_await_object (rushes_importer_import_file (studio->importer, file), NULL);
  assert_kept (studio, first, "a.png");
  g_assert_cmpint (g_stat (g_file_peek_path (rushes_reference_get_file (first)), &before), ==, 0);

  second = dex_await_object (rushes_importer_import_file (studio->importer, other), NULL);
  assert_kept (studio, second, "b.png");
  g_assert_cmpint (g_stat (g_file_peek_path (rushes_reference_get_file (first)), &after), ==, 0);
  g_assert_cmpint (before.st_ino, ==, after.st_ino);

  g_assert_cmpint (truncate (g_file_peek_path (rushes_reference_get_file (first)), 3), ==, 0);
  third = dex_await_object (rushes_importer_import_file (studio->importer, file), NULL);
  assert_kept (studio, third, "a.png");
}

static void
test_refused_by_fitter (void)
{
  g_autoptr (Studio) studio = studio_new ();
  g_autoptr (GFile) file = write_file (studio, "notes.png", "Buy milk.");

  assert_refused (studio, rushes_importer_import_file (studio->importer, file), RUSHES_ERROR_BAD_REQUEST,
                  "Not a picture.");
}

static void
test_missing (void)
{
  g_autoptr (Studio) studio = studio_new ();
  g_autoptr (GFile) file = g_file_get_child (studio->data, "gone.png");
  g_autoptr (GError) error = NULL;

  assert_refused (studio, rushes_importer_import_file (studio->importer, file), RUSHES_ERROR_BAD_REQUEST,
                  "There is no picture “gone.png”");
  g_assert_null (dex_await_object (rushes_importer_import_file (studio->importer, file), &error));
  g_assert_cmpstr (rushes_error_get_field (error), ==, "image");
}

static void
test_folder (void)
{
  g_autoptr (Studio) studio = studio_new ();
  g_autoptr (GFile) file = g_file_new_for_path (studio->path);

  assert_refused (studio, rushes_importer_import_file (studio->importer, file), RUSHES_ERROR_BAD_REQUEST,
                  "is a folder");
}

/* A pipe that nobody writes into would be waited for without end. */
static void
test_pipe (void)
{
  g_autoptr (Studio) studio = studio_new ();
  g_autoptr (GFile) file = g_file_new_build_filename (studio->path, "pipe.png", NULL);

  g_assert_cmpint (mkfifo (g_file_peek_path (file), 0600), ==, 0);
  assert_refused (studio, rushes_importer_import_file (studio->importer, file), RUSHES_ERROR_BAD_REQUEST,
                  "“pipe.png” is a device or a pipe");
}

static void
test_empty (void)
{
  g_autoptr (Studio) studio = studio_new ();
  g_autoptr (GFile) file = write_file (studio, "empty.png", "");

  assert_refused (studio, rushes_importer_import_file (studio->importer, file), RUSHES_ERROR_BAD_REQUEST,
                  "“empty.png” is empty");
}

static void
test_too_large (void)
{
  g_autoptr (Studio) studio = studio_new ();
  g_autoptr (GFile) file = write_file (studio, "huge.png", "picture");
  g_autoptr (GFile) zeros = g_file_new_for_path ("/dev/zero");
  g_autoptr (GFileInputStream) endless = g_file_read (zeros, NULL, NULL);

  g_assert_cmpint (truncate (g_file_peek_path (file), G_GINT64_CONSTANT (257) * 1024 * 1024), ==, 0);
  assert_refused (studio, rushes_importer_import_file (studio->importer, file), RUSHES_ERROR_BAD_REQUEST,
                  "larger than 256 MiB");
  /* No size is known beforehand of what never ends. */
  assert_refused (studio, rushes_importer_import_stream (studio->importer, G_INPUT_STREAM (endless), "zeros"),
                  RUSHES_ERROR_BAD_REQUEST, "larger than 256 MiB");
}

static GFile *
write_old_copy (Studio *self, const char *name, gint64 age)
{
  g_autofree char *folder = g_build_filename (g_file_peek_path (self->data), "references", NULL);
  g_autofree char *path = g_build_filename (folder, name, NULL);
  time_t time = (time_t) (g_get_real_time () / G_USEC_PER_SEC - age);

  g_mkdir_with_parents (folder, 0700);
  g_assert_true (g_file_set_contents (path, "picture", -1, NULL));
  g_assert_cmpint (utime (path, &(struct utimbuf) { time, time }), ==, 0);
  return g_file_new_for_path (path);
}

static void
test_stale_copies (void)
{
  g_autoptr (Studio) studio = studio_new ();
  g_autoptr (GFile) stale = write_old_copy (studio, ".import-stale", 3 * 24 * 60 * 60);
  g_autoptr (GFile) fresh = write_old_copy (studio, ".import-fresh", 60);
  g_autoptr (GFile) file = write_file (studio, "a.png", CONTENT);
  g_autoptr (RushesReference) reference = dex_await_object (rushes_importer_import_file (studio->importer, file), NULL);

  g_assert_nonnull (reference);
  g_assert_false (g_file_query_exists (stale, NULL));
  g_assert_true (g_file_query_exists (fresh, NULL));
}

/* The bodies of the tests that need a world of their own, each run by its own process in there. */

static void
body_unreadable (void)
{
  g_autoptr (Studio) studio = studio_new ();
  g_autoptr (GFile) file = write_file (studio, "private.png", CONTENT);

  g_assert_cmpint (g_chmod (g_file_peek_path (file), 0), ==, 0);
  assert_refused (studio, rushes_importer_import_file (studio->importer, file), RUSHES_ERROR_BAD_REQUEST,
                  "no permission to read “private.png”");
}

static void
body_full_disk (void)
{
  g_autoptr (Studio) studio = studio_new ();
  g_autofree char *large = g_strnfill (3 * 1024 * 1024, 'x');
  g_autoptr (GInputStream) stream = g_memory_input_stream_new_from_data (large, 3 * 1024 * 1024, NULL);

  assert_refused (studio, rushes_importer_import_stream (studio->importer, stream, "large.png"), RUSHES_ERROR_STORAGE,
                  "disk is full");
}

static void
body_sandbox (void)
{
  g_autoptr (Studio) studio = studio_new ();
  g_autoptr (GFile) file = g_file_new_for_path ("/home/me/Pictures/photo.png");

  assert_refused (studio, rushes_importer_import_file (studio->importer, file), RUSHES_ERROR_BAD_REQUEST,
                  "Rushes runs in a sandbox and cannot see “photo.png”");
}

/* Root reads everything: only somebody else can be refused. */
static void
test_unreadable (void)
{
  rushes_test_run_inside (
      "/importer/unreadable/subprocess",
      (const char *const[]) { "--unshare-user", "--uid", "1000", "--cap-drop", "ALL", "--dev-bind", "/", "/", NULL });
}

static void
test_full_disk (void)
{
  g_autofree char *disk = rushes_test_folder ();

  rushes_test_run_inside ("/importer/full-disk/subprocess",
                          (const char *const[]) { "--dev-bind", "/", "/", "--size", "1048576", "--tmpfs", disk,
                                                  "--setenv", "TMPDIR", disk, NULL });
}

/* Everything is where it was but for the file by which a sandbox is known; nothing is made in the real root. */
static void
test_sandbox (void)
{
  g_autoptr (GPtrArray) options = g_ptr_array_new_with_free_func (g_free);
  g_autofree char *folder = rushes_test_folder ();
  g_autofree char *info = g_build_filename (folder, "flatpak-info", NULL);
  g_autoptr (GDir) root = g_dir_open ("/", 0, NULL);
  const char *name;

  g_assert_true (g_file_set_contents (info, "[Application]\n", -1, NULL));
  while ((name = g_dir_read_name (root)))
    {
      g_autofree char *path = g_strconcat ("/", name, NULL);
      g_autofree char *target = g_file_read_link (path, NULL);

      if (g_str_equal (name, ".flatpak-info"))
        continue;
      g_ptr_array_add (options, g_strdup (target != NULL ? "--symlink" : "--dev-bind-try"));
      g_ptr_array_add (options, g_strdup (target != NULL ? target : path));
      g_ptr_array_add (options, g_strdup (path));
    }
  g_ptr_array_add (options, g_strdup ("--ro-bind"));
  g_ptr_array_add (options, g_strdup (info));
  g_ptr_array_add (options, g_strdup ("/.flatpak-info"));
  g_ptr_array_add (options, NULL);

  rushes_test_run_inside ("/importer/sandbox/subprocess", (const char *const *) options->pdata);
}

int
main (int argc, char **argv)
{
  rushes_test_init (&argc, &argv);
  /* The server is here, whatever leads to others. */
  g_unsetenv ("http_proxy");
  g_unsetenv ("HTTP_PROXY");
  g_unsetenv ("all_proxy");

  rushes_test_add_fiber ("/importer/file", test_file);
  rushes_test_add_fiber ("/importer/bytes", test_bytes);
  rushes_test_add_fiber ("/importer/stream", test_stream);
  rushes_test_add_fiber ("/importer/data-uri", test_data_uri);
  rushes_test_add_fiber ("/importer/web", test_web);
  rushes_test_add_fiber ("/importer/web-refused", test_web_refused);
  rushes_test_add_fiber ("/importer/damaged-data-uri", test_damaged_data_uri);
  rushes_test_add_fiber ("/importer/again", test_again);
  rushes_test_add_fiber ("/importer/refused-by-fitter", test_refused_by_fitter);
  rushes_test_add_fiber ("/importer/missing", test_missing);
  rushes_test_add_fiber ("/importer/folder", test_folder);
  rushes_test_add_fiber ("/importer/pipe", test_pipe);
  rushes_test_add_fiber ("/importer/empty", test_empty);
  rushes_test_add_fiber ("/importer/too-large", test_too_large);
  rushes_test_add_fiber ("/importer/stale-copies", test_stale_copies);
  g_test_add_func ("/importer/unreadable", test_unreadable);
  rushes_test_add_fiber ("/importer/unreadable/subprocess", body_unreadable);
  g_test_add_func ("/importer/full-disk", test_full_disk);
  rushes_test_add_fiber ("/importer/full-disk/subprocess", body_full_disk);
  g_test_add_func ("/importer/sandbox", test_sandbox);
  rushes_test_add_fiber ("/importer/sandbox/subprocess", body_sandbox);

  return g_test_run ();
}
