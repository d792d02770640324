/* rushes-test-server.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "rushes-test-server.h"

#include <glib/gstdio.h>
#include <signal.h>
#include <string.h>
#include <sys/prctl.h>
#include <unistd.h>

#include "rushes-async.h"
#include "rushes-error.h"
#include "rushes-http-call.h"

/* How a script ends that lacks what it is made of. */
#define MISSING 77

#define PICTURE "\xff\xd8\xff\xe0 a picture, as far as a server cares \xff\xd9"

/* ---- processes ---- */

/* A test that is killed takes its server along. */
static void
set_up_child (gpointer data)
{
  prctl (PR_SET_PDEATHSIG, SIGKILL);
}

static RushesTestServer *
server_new (void)
{
  RushesTestServer *self = g_new0 (RushesTestServer, 1);
  g_autoptr (GChecksum) checksum = g_checksum_new (G_CHECKSUM_SHA1);
  g_autofree char *www = NULL;
  g_autofree char *htpasswd = NULL;
  g_autofree char *hash = NULL;
  g_autofree char *line = NULL;
  guint8 digest[20];
  gsize length = sizeof digest;

  self->folder = rushes_test_folder ();
  www = g_build_filename (self->folder, "www", NULL);
  htpasswd = g_build_filename (self->folder, "htpasswd", NULL);
  g_checksum_update (checksum, (const guchar *) "pässword", -1);
  g_checksum_get_digest (checksum, digest, &length);
  hash = g_base64_encode (digest, length);
  line = g_strdup_printf ("maria:{SHA}%s\n", hash);
  g_assert_no_errno (g_mkdir (www, 0755));
  g_assert_true (g_file_set_contents (htpasswd, line, -1, NULL));

  return self;
}

static void
spawn (RushesTestServer *self, GSubprocessFlags flags, const char *const *command)
{
  g_autoptr (GSubprocessLauncher) launcher = g_subprocess_launcher_new (flags);
  g_autoptr (GError) error = NULL;

  g_subprocess_launcher_set_child_setup (launcher, set_up_child, NULL, NULL);
  self->process = g_subprocess_launcher_spawnv (launcher, command, &error);
  g_assert_no_error (error);
}

void
rushes_test_server_stop (RushesTestServer *self)
{
  if (self->process != NULL)
    {
      g_subprocess_force_exit (self->process);
      g_subprocess_wait (self->process, NULL, NULL);
      g_object_unref (self->process);
    }
  g_free (self->folder);
  g_free (self);
}

static gboolean
is_installed (const char *program)
{
  g_autofree char *path = g_find_program_in_path (program);

  if (path == NULL)
    {
      g_autofree char *reason = g_strdup_printf ("%s is not installed", program);

      g_test_skip (reason);
    }

  return path != NULL;
}

RushesTestServer *
rushes_test_server_start (const char *program, const char *script, const char *argument)
{
  g_autoptr (RushesTestServer) self = NULL;
  g_autofree char *path = g_test_build_filename (G_TEST_DIST, "core", "upload", script, NULL);
  const char *const command[] = { program, path, argument, NULL };
  g_autoptr (GDataInputStream) output = NULL;
  g_autofree char *line = NULL;

  if (!is_installed (program))
    return NULL;

  self = server_new ();
  spawn (self, G_SUBPROCESS_FLAGS_STDOUT_PIPE, command);
  output = g_data_input_stream_new (g_subprocess_get_stdout_pipe (self->process));
  line = g_data_input_stream_read_line (output, NULL, NULL, NULL);
  if (line == NULL && g_subprocess_wait (self->process, NULL, NULL) && g_subprocess_get_if_exited (self->process) &&
      g_subprocess_get_exit_status (self->process) == MISSING)
    {
      g_autofree char *reason = g_strdup_printf ("what %s needs is not installed", script);

      g_test_skip (reason);
      return NULL;
    }
  g_assert_nonnull (line);
  self->port = (guint16) g_ascii_strtoull (line, NULL, 10);
  g_assert_cmpuint (self->port, !=, 0);

  return g_steal_pointer (&self);
}

static guint16
find_free_port (void)
{
  g_autoptr (GSocketListener) listener = g_socket_listener_new ();

  return g_socket_listener_add_any_inet_port (listener, NULL, NULL);
}

static gboolean
answers (RushesTestServer *self)
{
  g_autoptr (GSocketClient) client = g_socket_client_new ();
  g_autoptr (GSocketConnection) connection =
      g_socket_client_connect_to_host (client, "127.0.0.1", self->port, NULL, NULL);

  return connection != NULL;
}

static void
configure (RushesTestServer *self, const char *configuration, char **file)
{
  g_autoptr (GString) text = g_string_new (configuration);
  g_autofree char *port = NULL;

  self->port = find_free_port ();
  port = g_strdup_printf ("%u", self->port);
  g_string_replace (text, "@FOLDER@", self->folder, 0);
  g_string_replace (text, "@PORT@", port, 0);
  *file = g_build_filename (self->folder, "server.conf", NULL);
  g_assert_true (g_file_set_contents (*file, text->str, (gssize) text->len, NULL));
}

/* Fills in where the configuration lies, and waits until somebody listens. */
static RushesTestServer *
start_configured (const char *configuration, RushesTestServer *server, const char *const *command)
{
  g_autoptr (RushesTestServer) self = server;
  g_autoptr (GStrvBuilder) builder = g_strv_builder_new ();
  g_auto (GStrv) complete = NULL;
  g_autofree char *file = NULL;

  configure (self, configuration, &file);
  for (guint i = 0; command[i] != NULL; i++)
    g_strv_builder_add (builder, g_str_equal (command[i], "@FILE@") ? file : command[i]);
  complete = g_strv_builder_end (builder);
  spawn (self, G_SUBPROCESS_FLAGS_STDOUT_SILENCE | G_SUBPROCESS_FLAGS_STDERR_SILENCE, (const char *const *) complete);

  for (int n = 0; !answers (self); n++)
    {
      g_assert_cmpint (n, <, 500);
      g_assert_nonnull (g_subprocess_get_identifier (self->process));
      dex_await (rushes_async_sleep (0.02), NULL);
    }

  return g_steal_pointer (&self);
}

RushesTestServer *
rushes_test_server_nginx (const char *configuration)
{
  static const char *const command[] = { "nginx", "-c", "@FILE@", "-e", "/dev/null", NULL };

  return is_installed ("nginx") ? start_configured (configuration, server_new (), command) : NULL;
}

/* Whether there are sandboxes here, which somebody may have forbidden. */
static gboolean
can_confine (void)
{
  const char *const command[] = { "bwrap", "--dev-bind", "/", "/", "--unshare-user", "true", NULL };
  g_autoptr (GError) error = NULL;
  int status;

  if (g_spawn_sync (NULL, (char **) command, NULL, G_SPAWN_SEARCH_PATH | G_SPAWN_STDERR_TO_DEV_NULL, NULL, NULL, NULL,
                    NULL, &status, &error) &&
      g_spawn_check_wait_status (status, &error))
    return TRUE;

  g_test_skip (error->message);
  return FALSE;
}

/* In a sandbox, for it refuses to serve as root, and so that it has a disk of its own. */
RushesTestServer *
rushes_test_server_apache (const char *configuration)
{
  RushesTestServer *self;
  g_autofree char *full = NULL;

  if (!is_installed ("apache2") || !is_installed ("bwrap") || !can_confine ())
    return NULL;

  self = server_new ();
  full = g_build_filename (self->folder, "full", NULL);
  g_assert_no_errno (g_mkdir (full, 0755));

  return start_configured (configuration, self,
                           (const char *const[]) { "bwrap", "--dev-bind", "/", "/", "--unshare-user", "--uid", "1000",
                                                   "--gid", "1000", "--die-with-parent", "--size", "65536", "--tmpfs",
                                                   full, "apache2", "-X", "-f", "@FILE@", NULL });
}

/* In a sandbox, for with nchan it wants folders of the system's besides its own. */
RushesTestServer *
rushes_test_server_nchan (const char *configuration)
{
  static const char *const command[] = { "bwrap",   "--dev-bind",     "/",     "/",    "--unshare-user",
                                         "--uid",   "1000",           "--gid", "1000", "--die-with-parent",
                                         "--tmpfs", "/var/lib/nginx", "nginx", "-c",   "@FILE@",
                                         "-e",      "/dev/null",      NULL };

  if (!is_installed ("nginx") || !is_installed ("bwrap") || !can_confine ())
    return NULL;
  if (!g_file_test ("/usr/lib/nginx/modules/ngx_nchan_module.so", G_FILE_TEST_EXISTS))
    {
      g_test_skip ("nchan is not installed");
      return NULL;
    }

  return start_configured (configuration, server_new (), command);
}

char *
rushes_test_server_at (RushesTestServer *self, const char *path)
{
  return g_strdup_printf ("http://127.0.0.1:%u/%s", self->port, path);
}

guint
rushes_test_server_count (RushesTestServer *self, const char *folder)
{
  g_autofree char *path = g_build_filename (self->folder, folder, NULL);
  g_autoptr (GDir) dir = g_dir_open (path, 0, NULL);
  guint n = 0;

  while (g_dir_read_name (dir) != NULL)
    n++;

  return n;
}

/* ---- places ---- */

RushesUploadPlace *
rushes_test_place (const char *format, ...)
{
  g_autofree char *text = NULL;
  g_autoptr (JsonNode) node = NULL;
  g_autoptr (GError) error = NULL;
  RushesUploadPlace *place;
  va_list arguments;

  va_start (arguments, format);
  text = g_strdelimit (g_strdup_vprintf (format, arguments), "'", '"');
  va_end (arguments);
  node = json_from_string (text, &error);
  g_assert_no_error (error);
  place = rushes_upload_place_new_from_json (node, "test", &error);
  g_assert_no_error (error);

  return place;
}

RushesHttp *
rushes_test_http (void)
{
  return rushes_http_for_proxy ("direct://");
}

static DexFuture *
put (RushesUploadPlace *place, const char *secret, const char *name)
{
  g_autoptr (RushesHttp) http = rushes_test_http ();
  g_autoptr (GBytes) bytes = g_bytes_new_static (PICTURE, strlen (PICTURE));

  return rushes_upload_place_put (place, http, secret, name, "image/jpeg", bytes);
}

static void
assert_refused (const GError *error, int code, const char *pattern)
{
  g_assert_error (error, RUSHES_ERROR, code);
  if (!g_pattern_match_simple (pattern, error->message))
    g_error ("“%s” is not like “%s”.", error->message, pattern);
}

RushesUploaded *
rushes_test_put (RushesUploadPlace *place, const char *secret, const char *name)
{
  g_autoptr (GError) error = NULL;
  RushesUploaded *uploaded = dex_await_boxed (put (place, secret, name), &error);

  g_assert_no_error (error);

  return uploaded;
}

void
rushes_test_put_fails (RushesUploadPlace *place, const char *secret, const char *name, int code, const char *pattern)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (RushesUploaded) uploaded = dex_await_boxed (put (place, secret, name), &error);

  g_assert_null (uploaded);
  assert_refused (error, code, pattern);
}

guint
rushes_test_get (const char *address)
{
  g_autoptr (RushesHttp) http = rushes_test_http ();
  g_autoptr (RushesHttpRequest) request = rushes_http_request_new ("GET", address);
  g_autoptr (GError) error = NULL;
  g_autoptr (RushesHttpReply) reply =
      dex_await_boxed (rushes_http_call (http, request, NULL, FALSE, NULL, NULL), &error);

  g_assert_no_error (error);
  if (reply->status == 200)
    {
      g_assert_cmpmem (g_bytes_get_data (reply->body, NULL), g_bytes_get_size (reply->body), PICTURE, strlen (PICTURE));
      g_assert_cmpstr (soup_message_headers_get_content_type (reply->headers, NULL), ==, "image/jpeg");
    }

  return reply->status;
}

void
rushes_test_trial (RushesUploadPlace *place, const char *secret)
{
  g_autoptr (RushesHttp) http = rushes_test_http ();
  g_autoptr (GError) error = NULL;

  dex_await (rushes_upload_place_test (place, http, secret), &error);
  g_assert_no_error (error);
}

void
rushes_test_trial_fails (RushesUploadPlace *place, const char *secret, int code, const char *pattern)
{
  g_autoptr (RushesHttp) http = rushes_test_http ();
  g_autoptr (GError) error = NULL;

  g_assert_false (dex_await (rushes_upload_place_test (place, http, secret), &error));
  assert_refused (error, code, pattern);
}

void
rushes_test_remove (RushesUploadPlace *place, const char *secret, const char *name, const char *removal)
{
  g_autoptr (RushesHttp) http = rushes_test_http ();
  g_autoptr (GError) error = NULL;

  dex_await (rushes_upload_place_remove (place, http, secret, name, removal), &error);
  g_assert_no_error (error);
}
