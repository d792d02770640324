/* test-cli-uploads.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include <libsoup/soup.h>
#include <string.h>

#include "rushes-cli-run.h"
#include "rushes-test.h"

/* ---- a web server that shows a folder ---- */

static void
show_file (SoupServer *server, SoupServerMessage *message, const char *path, GHashTable *query, gpointer data)
{
  g_autofree char *name = g_path_get_basename (path);
  g_autofree char *file = g_build_filename (data, name, NULL);
  char *bytes;
  gsize length;

  if (g_file_get_contents (file, &bytes, &length, NULL))
    {
      soup_server_message_set_status (message, SOUP_STATUS_OK, NULL);
      soup_server_message_set_response (message, "image/png", SOUP_MEMORY_TAKE, bytes, length);
    }
  else
    soup_server_message_set_status (message, SOUP_STATUS_NOT_FOUND, NULL);
}

static SoupServer *
serve (const char *folder, guint *port)
{
  SoupServer *server = soup_server_new (NULL, NULL);
  g_autoslist (GUri) uris = NULL;
  g_autoptr (GError) error = NULL;

  soup_server_add_handler (server, "/pictures", show_file, (gpointer) folder, NULL);
  soup_server_listen_local (server, 0, SOUP_SERVER_LISTEN_IPV4_ONLY, &error);
  g_assert_no_error (error);
  uris = soup_server_get_uris (server);
  *port = (guint) g_uri_get_port (uris->data);

  return server;
}

static void
write_place (Home *home, const char *file, const char *id, const char *folder, guint port, const char *public_folder)
{
  g_autofree char *text = g_strdup_printf ("{\"id\":\"%s\",\"name\":\"Place %s\",\"kind\":\"folder\",\"path\":\"%s\","
                                           "\"public_url\":\"http://127.0.0.1:%u/%s\"}",
                                           id, id, folder, port, public_folder);

  home_write (home, file, text);
}

static gboolean
is_chosen (Run *run, guint n, const char *id)
{
  JsonObject *place = g_ptr_array_index (run->events, n);

  g_assert_cmpstr (json_object_get_string_member (place, "id"), ==, id);

  return json_object_get_boolean_member (place, "chosen");
}

static void
test_life (void)
{
  g_autoptr (Home) home = home_new ();
  g_autofree char *folder = rushes_test_folder ();
  guint port;
  g_autoptr (SoupServer) server = serve (folder, &port);
  g_autoptr (Run) empty = run_rushes (home, "uploads", "list", NULL);
  g_autoptr (Run) add = NULL;
  g_autoptr (Run) other = NULL;
  g_autoptr (Run) list = NULL;
  g_autoptr (Run) people = NULL;
  g_autoptr (Run) works = NULL;
  g_autoptr (Run) fails = NULL;
  g_autoptr (Run) choose = NULL;
  g_autoptr (Run) chosen = NULL;
  g_autoptr (Run) remove = NULL;
  g_autoptr (Run) unknown = NULL;
  g_autoptr (GDir) dir = NULL;

  g_assert_cmpint (empty->status, ==, 0);
  g_assert_cmpstr (empty->out, ==, "");

  write_place (home, "one.json", "one", folder, port, "pictures");
  write_place (home, "two.json", "two", folder, port, "elsewhere");
  add = run_rushes (home, "uploads", "add", "one.json", NULL);
  g_assert_cmpint (add->status, ==, 0);
  g_assert_nonnull (strstr (add->out, "“Place one”"));
  /* A local folder has no secret, so none is asked for. */
  g_assert_cmpstr (add->err, ==, "");
  other = run_rushes (home, "uploads", "add", "two.json", "--json", NULL);
  g_assert_false (is_chosen (other, 0, "two"));
  list = run_rushes (home, "uploads", "list", "--json", NULL);
  g_assert_cmpuint (list->events->len, ==, 2);
  g_assert_true (is_chosen (list, 0, "one"));
  g_assert_false (is_chosen (list, 1, "two"));
  people = run_rushes (home, "uploads", "list", NULL);
  g_assert_nonnull (strstr (people->out, "Place two"));

  works = run_rushes_served (home, "uploads", "test", "one", NULL);
  g_assert_cmpint (works->status, ==, 0);
  g_assert_nonnull (strstr (works->out, "“Place one” works"));
  fails = run_rushes_served (home, "uploads", "test", "two", NULL);
  assert_refused (fails, 8, "there is nothing at http://127.0.0.1:");
  dir = g_dir_open (folder, 0, NULL);
  g_assert_null (g_dir_read_name (dir));

  choose = run_rushes (home, "uploads", "choose", "two", NULL);
  g_assert_cmpint (choose->status, ==, 0);
  chosen = run_rushes (home, "uploads", "list", "--json", NULL);
  g_assert_true (is_chosen (chosen, 1, "two"));
  remove = run_rushes (home, "uploads", "remove", "two", NULL);
  g_assert_cmpint (remove->status, ==, 0);
  unknown = run_rushes (home, "uploads", "remove", "two", NULL);
  assert_refused (unknown, 2, "“two”");
}

/* A secret comes in by standard input, is kept for one place, and shows up nowhere. */
static void
test_secret (void)
{
  static const char bucket[] = "{\"id\":\"bucket\",\"name\":\"Bucket\",\"kind\":\"s3\",\"bucket\":\"b\","
                               "\"endpoint\":\"http://127.0.0.1:1\",\"access_key\":\"AKIDRUSHES\"}";
  g_autoptr (Home) home = home_new ();
  g_autoptr (GBytes) secret = g_bytes_new_static ("psst-psst\n", 10);
  g_autofree char *keyring = home_path (home, "keyring");
  g_autofree char *folder = rushes_test_folder ();
  g_autoptr (Run) add = NULL;
  g_autoptr (Run) none = NULL;
  g_autoptr (Run) keep = NULL;
  g_autoptr (Run) used = NULL;
  g_autoptr (Run) list = NULL;
  g_autoptr (Run) other = NULL;
  g_autoptr (Run) local = NULL;
  g_autoptr (Run) remove = NULL;
  g_autoptr (Run) again = NULL;

  g_subprocess_launcher_setenv (home->launcher, "SECRET_BACKEND", "file", TRUE);
  g_subprocess_launcher_setenv (home->launcher, "SECRET_FILE_TEST_PATH", keyring, TRUE);
  g_subprocess_launcher_setenv (home->launcher, "SECRET_FILE_TEST_PASSWORD", "test", TRUE);
  home_write (home, "bucket.json", bucket);
  write_place (home, "local.json", "local", folder, 1, "");

  add = run_rushes (home, "uploads", "add", "bucket.json", NULL);
  g_assert_nonnull (strstr (add->err, "rushes uploads secret bucket"));
  none = run_rushes (home, "uploads", "test", "bucket", NULL);
  assert_refused (none, 3, "needs its secret");

  keep = run_rushes_input (home, secret, "uploads", "secret", "bucket", NULL);
  g_assert_cmpint (keep->status, ==, 0);
  g_assert_nonnull (strstr (keep->out, "It goes to http://127.0.0.1:1 and nowhere else."));
  g_assert_null (strstr (keep->out, "psst"));
  /* It is found: now it is the network that is missing. */
  used = run_rushes (home, "uploads", "test", "bucket", NULL);
  assert_refused (used, 6, "127.0.0.1 refuses the connection");
  list = run_rushes (home, "uploads", "list", "--json", NULL);
  g_assert_null (strstr (list->out, "psst"));

  other = run_rushes (home, "uploads", "add", "local.json", NULL);
  g_assert_cmpint (other->status, ==, 0);
  local = run_rushes_input (home, secret, "uploads", "secret", "local", NULL);
  assert_refused (local, 2, "takes no secret");

  /* The secret goes with its place. */
  remove = run_rushes (home, "uploads", "remove", "bucket", NULL);
  g_assert_cmpint (remove->status, ==, 0);
  g_clear_pointer (&add, run_free);
  add = run_rushes (home, "uploads", "add", "bucket.json", NULL);
  again = run_rushes (home, "uploads", "test", "bucket", NULL);
  assert_refused (again, 3, "needs its secret");
}

/* What the help shows can be used as it stands. */
static void
test_examples (void)
{
  g_autoptr (Home) home = home_new ();
  g_autoptr (Run) help = run_rushes (home, "uploads", "add", "--help", NULL);
  g_autoptr (Run) list = NULL;
  g_auto (GStrv) examples = g_strsplit (help->out, "\n  {", -1);

  g_assert_cmpuint (g_strv_length (examples), ==, 5);
  for (guint i = 1; examples[i] != NULL; i++)
    {
      g_autofree char *text = g_strconcat ("{", examples[i], NULL);
      g_autoptr (GBytes) bytes = g_bytes_new (text, strlen (text));
      g_autoptr (Run) add = run_rushes_input (home, bytes, "uploads", "add", "-", NULL);

      g_assert_cmpint (add->status, ==, 0);
    }
  list = run_rushes (home, "uploads", "list", "--json", NULL);
  g_assert_cmpuint (list->events->len, ==, 4);
}

static void
test_mistakes (void)
{
  g_autoptr (Home) home = home_new ();
  g_autoptr (GBytes) text = g_bytes_new_static ("{\"id\":\"a\",\"name\":\"A\",\"kind\":\"ftp\"}", 34);
  g_autoptr (Run) kind = run_rushes_input (home, text, "uploads", "add", "-", NULL);
  g_autoptr (Run) missing = run_rushes (home, "uploads", "add", "nowhere.json", NULL);
  g_autoptr (Run) unknown = run_rushes (home, "uploads", "test", "nowhere", NULL);
  g_autoptr (Run) folder = run_rushes (home, "uploads", "add", ".", NULL);
  g_autoptr (Run) broken = NULL;

  assert_refused (folder, 2, "“.” is a folder. A file is needed here.");
  assert_refused (kind, 2, "Standard input: kind: one of these words is expected: s3, put, form, folder.");
  assert_refused (missing, 2, "nowhere.json");
  assert_refused (unknown, 2, "rushes uploads list");

  home_write (home, "broken.json", "{\"id\":");
  broken = run_rushes (home, "uploads", "add", "broken.json", NULL);
  assert_refused (broken, 2, "broken.json is not valid JSON: the mistake is in line 1");
}

int
main (int argc, char **argv)
{
  rushes_test_init (&argc, &argv);

  g_test_add_func ("/cli/uploads/life", test_life);
  g_test_add_func ("/cli/uploads/secret", test_secret);
  g_test_add_func ("/cli/uploads/examples", test_examples);
  g_test_add_func ("/cli/uploads/mistakes", test_mistakes);

  return g_test_run ();
}
