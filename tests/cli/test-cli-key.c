/* test-cli-key.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include <fcntl.h>
#include <libsoup/soup.h>
#include <stdlib.h>
#include <string.h>
#include <sys/ioctl.h>
#include <termios.h>
#include <unistd.h>

#include "rushes-cli-run.h"
#include "rushes-test.h"

#define KEY     "sk-Very_Secret|4711"
#define SECONDS 30

/* A service of one's own; %s is its address. */
static const char kites[] =
    "{\"version\": 1, \"id\": \"kites\", \"name\": \"Kites\", \"engine\": \"http\", \"default_model\": \"k1\", "
    "\"models\": [{\"id\": \"k1\", \"name\": \"K1\", \"durations\": [5]}], \"regions\": [{\"name\": \"World\", "
    "\"url\": \"%s\"}], \"auth\": {\"scheme\": \"bearer\"}, \"protocol\": {\"submit\": {\"method\": \"POST\", "
    "\"path\": "
    "\"/v1/videos\", \"json\": {\"prompt\": \"{prompt}\"}}, \"status\": {\"path\": \"/v1/videos/{task_id}\"}, "
    "\"test\": "
    "{\"path\": \"/v1/me\"}, \"answer\": {\"task\": [\"id\"], \"state\": {\"at\": [\"status\"]}, \"clips\": {\"at\": "
    "[\"url\"]}}}}";

static void
write_kites (Home *home, const char *address)
{
  g_autoptr (GString) text = g_string_new (kites);

  g_string_replace (text, "%s", address, 1);
  home_write (home, "kites.json", text->str);
}

/* With a keyring in a file and a provider of one's own. */
static Home *
new_home (const char *address)
{
  Home *home = home_new ();
  g_autofree char *keyring = g_build_filename (home->folder, "keyring", NULL);
  g_autoptr (Run) add = NULL;

  g_subprocess_launcher_setenv (home->launcher, "SECRET_BACKEND", "file", TRUE);
  g_subprocess_launcher_setenv (home->launcher, "SECRET_FILE_TEST_PATH", keyring, TRUE);
  g_subprocess_launcher_setenv (home->launcher, "SECRET_FILE_TEST_PASSWORD", "test", TRUE);
  write_kites (home, address);
  add = run_rushes (home, "providers", "add", "kites.json", "--yes", NULL);
  g_assert_cmpint (add->status, ==, 0);

  return home;
}

static Run *
set_key (Home *home, const char *typed)
{
  g_autoptr (GBytes) input = g_bytes_new (typed, strlen (typed));

  return run_rushes_input (home, input, "key", "set", "kites", "--json", NULL);
}

static void
assert_silent (Run *run)
{
  g_assert_null (strstr (run->out, KEY));
  g_assert_null (strstr (run->err, KEY));
}

/* No file below @folder has the key in it. */
static void
assert_nowhere (const char *folder)
{
  g_autoptr (GDir) dir = g_dir_open (folder, 0, NULL);
  const char *name;

  while (dir != NULL && (name = g_dir_read_name (dir)) != NULL)
    {
      g_autofree char *path = g_build_filename (folder, name, NULL);
      g_autofree char *text = NULL;
      gsize length;

      if (g_file_test (path, G_FILE_TEST_IS_DIR))
        assert_nowhere (path);
      else if (g_file_get_contents (path, &text, &length, NULL) && memmem (text, length, KEY, strlen (KEY)) != NULL)
        g_error ("The key is in %s.", path);
    }
}

static const char *
get_word (Run *run, const char *member)
{
  return json_object_get_string_member (g_ptr_array_index (run->events, 0), member);
}

static const char *
get_origin (Run *run)
{
  JsonArray *origins = json_object_get_array_member (g_ptr_array_index (run->events, 0), "origins");

  g_assert_cmpuint (json_array_get_length (origins), ==, 1);
  return json_array_get_string_element (origins, 0);
}

static void
test_keep (void)
{
  g_autoptr (Home) home = new_home ("https://api.kites.example");
  g_autoptr (Run) before = run_rushes (home, "key", "status", "kites", "--json", NULL);
  g_autoptr (Run) without = run_rushes (home, "generate", "a kite", "-p", "kites", NULL);
  g_autoptr (Run) set = set_key (home, "  " KEY "\n");
  g_autoptr (Run) status = run_rushes (home, "key", "status", "kites", "--json", NULL);
  g_autoptr (Run) people = run_rushes (home, "key", "status", "kites", NULL);
  g_autoptr (Run) show = run_rushes (home, "providers", "show", "kites", NULL);
  g_autoptr (Run) list = run_rushes (home, "providers", "list", NULL);
  g_autoptr (Run) clear = NULL;
  g_autoptr (Run) again = NULL;
  g_autoptr (Run) after = NULL;

  g_assert_cmpint (before->status, ==, 3);
  g_assert_cmpstr (get_word (before, "key"), ==, "none");
  assert_refused (without, 3, "There is no key for “Kites”.");
  assert_refused (without, 3, "rushes key set kites");
  assert_refused (without, 3, "RUSHES_KEY_KITES");
  g_assert_cmpint (set->status, ==, 0);
  g_assert_cmpstr (get_origin (set), ==, "https://api.kites.example");
  g_assert_cmpint (status->status, ==, 0);
  g_assert_cmpstr (get_word (status, "key"), ==, "stored");
  g_assert_cmpstr (get_origin (status), ==, "https://api.kites.example");
  g_assert_nonnull (strstr (people->out, "https://api.kites.example"));
  g_assert_nonnull (strstr (show->out, "in the keyring"));
  g_assert_nonnull (strstr (list->out, "ready"));
  assert_silent (set);
  assert_silent (status);
  assert_silent (people);
  assert_silent (show);
  assert_nowhere (home->folder);

  clear = run_rushes (home, "key", "clear", "kites", NULL);
  again = run_rushes (home, "key", "clear", "kites", NULL);
  after = run_rushes (home, "key", "status", "kites", NULL);
  g_assert_cmpint (clear->status, ==, 0);
  g_assert_cmpint (again->status, ==, 0);
  g_assert_cmpint (after->status, ==, 3);
  g_assert_nonnull (strstr (after->out, "RUSHES_KEY_KITES"));
}

static void
test_variables (void)
{
  g_autoptr (Home) home = new_home ("https://api.kites.example");
  g_autoptr (Run) set = set_key (home, KEY);
  g_autoptr (Run) ours = NULL;
  g_autoptr (Run) empty = NULL;
  g_autoptr (Run) shadowed = NULL;
  g_autoptr (Run) own = NULL;
  g_autoptr (GBytes) key = g_bytes_new_static (KEY, strlen (KEY));

  g_assert_cmpint (set->status, ==, 0);
  g_subprocess_launcher_setenv (home->launcher, "RUSHES_KEY_KITES", KEY "2", TRUE);
  ours = run_rushes (home, "key", "status", "kites", "--json", NULL);
  g_assert_cmpint (ours->status, ==, 0);
  g_assert_cmpstr (get_word (ours, "key"), ==, "environment");
  g_assert_cmpstr (get_word (ours, "source"), ==, "RUSHES_KEY_KITES");
  assert_silent (ours);
  shadowed = run_rushes_input (home, key, "key", "set", "kites", NULL);
  g_assert_cmpint (shadowed->status, ==, 0);
  g_assert_nonnull (strstr (shadowed->err, "RUSHES_KEY_KITES"));

  g_subprocess_launcher_setenv (home->launcher, "RUSHES_KEY_KITES", "", TRUE);
  empty = run_rushes (home, "key", "status", "kites", "--json", NULL);
  g_assert_cmpint (empty->status, ==, 3);

  /* What a service calls its variable counts for those that ship. */
  g_subprocess_launcher_setenv (home->launcher, "XAI_API_KEY", KEY, TRUE);
  own = run_rushes (home, "key", "status", "xai", "--json", NULL);
  g_assert_cmpint (own->status, ==, 0);
  g_assert_cmpstr (get_word (own, "source"), ==, "XAI_API_KEY");
  g_assert_cmpstr (get_origin (own), ==, "https://api.x.ai");
  assert_silent (own);
}

static void
test_refusals (void)
{
  g_autoptr (Home) home = new_home ("https://api.kites.example");
  g_autoptr (Home) bare = home_new ();
  g_autoptr (Run) empty = set_key (home, "\n");
  g_autoptr (Run) lines = set_key (home, KEY "\n" KEY "\n");
  g_autoptr (Run) local = run_rushes (home, "key", "set", "animatic", NULL);
  g_autoptr (Run) unknown = run_rushes (home, "key", "status", "boats", NULL);
  g_autoptr (Run) nowhere = run_rushes (home, "key", "set", "openai-compatible", NULL);
  g_autoptr (GBytes) key = g_bytes_new_static (KEY, strlen (KEY));
  g_autoptr (Run) absent = run_rushes_input (bare, key, "key", "set", "xai", NULL);
  g_autoptr (Run) typed = run_rushes (home, "key", "set", "kites", KEY, NULL);
  g_autoptr (Run) cleared = NULL;

  assert_refused (empty, 2, "empty");
  assert_refused (lines, 2, "blanks");
  assert_silent (lines);
  assert_refused (local, 2, "Animatic");
  assert_refused (unknown, 2, "boats");
  assert_refused (nowhere, 2, "address");
  /* No bus, no service: the way that is left is named. */
  assert_refused (absent, 10, "RUSHES_KEY_XAI");
  assert_silent (absent);
  /* Nobody says that a key is gone from where nobody looked, and what is used without it is told. */
  g_subprocess_launcher_setenv (bare->launcher, "RUSHES_KEY_XAI", KEY, TRUE);
  cleared = run_rushes (bare, "key", "clear", "xai", NULL);
  g_assert_cmpint (cleared->status, ==, 10);
  g_assert_cmpstr (cleared->out, ==, "");
  g_assert_nonnull (strstr (cleared->err, "There is no keyring here, and so no key for xAI was removed."));
  g_assert_nonnull (strstr (cleared->err, "RUSHES_KEY_XAI is still set, and is used."));
  assert_silent (cleared);
  /* Never as an argument. */
  g_assert_cmpint (typed->status, ==, 2);
}

/* ---- at a terminal ---- */

typedef struct
{
  int master;
  int slave;
  GSubprocess *process;
} Terminal;

static void
take_terminal (gpointer data)
{
  setsid ();
  ioctl (STDIN_FILENO, TIOCSCTTY, 0);
}

/* Starts the program with @words (up to a NULL) and a terminal for its input and, with @errors, its messages. */
static void
terminal_start (Terminal *self, Home *home, gboolean errors, ...)
{
  g_autoptr (GPtrArray) argv = g_ptr_array_new ();
  g_autoptr (GError) error = NULL;
  const char *word;
  va_list words;

  self->master = posix_openpt (O_RDWR | O_NOCTTY | O_CLOEXEC);
  g_assert_cmpint (self->master, >=, 0);
  g_assert_cmpint (grantpt (self->master), ==, 0);
  g_assert_cmpint (unlockpt (self->master), ==, 0);
  self->slave = open (ptsname (self->master), O_RDWR | O_NOCTTY | O_CLOEXEC);
  g_assert_cmpint (self->slave, >=, 0);

  g_ptr_array_add (argv, (gpointer) g_getenv ("RUSHES_BINARY"));
  va_start (words, errors);
  while ((word = va_arg (words, const char *)) != NULL)
    g_ptr_array_add (argv, (gpointer) word);
  va_end (words);
  g_ptr_array_add (argv, NULL);

  g_subprocess_launcher_set_flags (home->launcher,
                                   errors ? G_SUBPROCESS_FLAGS_STDOUT_PIPE
                                          : G_SUBPROCESS_FLAGS_STDOUT_PIPE | G_SUBPROCESS_FLAGS_STDERR_PIPE);
  g_subprocess_launcher_take_stdin_fd (home->launcher, dup (self->slave));
  if (errors)
    g_subprocess_launcher_take_stderr_fd (home->launcher, dup (self->slave));
  g_subprocess_launcher_set_child_setup (home->launcher, take_terminal, NULL, NULL);
  self->process = g_subprocess_launcher_spawnv (home->launcher, (const char *const *) argv->pdata, &error);
  g_assert_no_error (error);
}

static void
terminal_clear (Terminal *self)
{
  g_clear_object (&self->process);
  close (self->slave);
  close (self->master);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Terminal, terminal_clear)

static gboolean
shows_what_is_typed (Terminal *self)
{
  struct termios settings;

  g_assert_cmpint (tcgetattr (self->slave, &settings), ==, 0);
  return (settings.c_lflag & ECHO) != 0;
}

static gboolean
hides_what_is_typed (gpointer data)
{
  return !shows_what_is_typed (data);
}

static gboolean
tick (gpointer data)
{
  return G_SOURCE_CONTINUE;
}

static void
until_hidden (Terminal *self)
{
  guint source = g_timeout_add (10, tick, NULL);

  g_assert_true (rushes_test_until (hides_what_is_typed, self, SECONDS));
  g_source_remove (source);
}

static void
terminal_type (Terminal *self, const char *text)
{
  g_assert_cmpint (write (self->master, text, strlen (text)), ==, (gssize) strlen (text));
}

/* All that it has on its screen. */
static char *
terminal_read (Terminal *self)
{
  GString *text = g_string_new (NULL);
  char buffer[4096];
  gssize n;

  g_assert_cmpint (fcntl (self->master, F_SETFL, O_NONBLOCK), ==, 0);
  while ((n = read (self->master, buffer, sizeof buffer)) > 0)
    g_string_append_len (text, buffer, n);
  return g_string_free_and_steal (text);
}

static void
test_typed (void)
{
  g_autoptr (Home) home = new_home ("https://api.kites.example");
  g_auto (Terminal) terminal = { 0 };
  g_autofree char *path = NULL;
  g_autofree char *words = NULL;
  g_autofree char *screen = NULL;
  g_autofree char *out = NULL;
  g_autofree char *err = NULL;
  gsize length;

  terminal_start (&terminal, home, FALSE, "key", "set", "kites", NULL);
  until_hidden (&terminal);
  terminal_type (&terminal, KEY);
  path = g_strdup_printf ("/proc/%s/cmdline", g_subprocess_get_identifier (terminal.process));
  g_assert_true (g_file_get_contents (path, &words, &length, NULL));
  g_assert_nonnull (memmem (words, length, "kites", 5));
  g_assert_null (memmem (words, length, KEY, strlen (KEY)));
  terminal_type (&terminal, "\n");

  g_assert_true (g_subprocess_communicate_utf8 (terminal.process, NULL, NULL, &out, &err, NULL));
  g_assert_cmpint (g_subprocess_get_exit_status (terminal.process), ==, 0);
  g_assert_nonnull (strstr (err, "Kites"));
  g_assert_null (strstr (out, KEY));
  g_assert_null (strstr (err, KEY));
  screen = terminal_read (&terminal);
  g_assert_null (strstr (screen, KEY));
  g_assert_true (shows_what_is_typed (&terminal));
  assert_nowhere (home->folder);
}

/* Ctrl+C while it is typed: the program ends by it, and the terminal is as it was. */
static void
test_interrupted (void)
{
  g_autoptr (Home) home = new_home ("https://api.kites.example");
  g_auto (Terminal) terminal = { 0 };

  terminal_start (&terminal, home, FALSE, "key", "set", "kites", NULL);
  until_hidden (&terminal);
  terminal_type (&terminal, "sk-half\x03");
  g_assert_true (g_subprocess_wait (terminal.process, NULL, NULL));
  g_assert_true (g_subprocess_get_if_signaled (terminal.process));
  g_assert_cmpint (g_subprocess_get_term_sig (terminal.process), ==, SIGINT);
  g_assert_true (shows_what_is_typed (&terminal));
}

/* ---- providers of one's own ---- */

static void
test_agree (void)
{
  g_autoptr (Home) home = home_new ();
  g_auto (Terminal) no = { 0 };
  g_auto (Terminal) yes = { 0 };
  g_autoptr (Run) nobody = NULL;
  g_autofree char *screen = NULL;

  write_kites (home, "https://api.kites.example");
  nobody = run_rushes (home, "providers", "add", "kites.json", NULL);
  assert_refused (nobody, 2, "api.kites.example");
  g_assert_nonnull (strstr (nobody->err, "--yes"));
  g_assert_cmpuint (home_count_files (home, "providers"), ==, 0);

  terminal_start (&no, home, TRUE, "providers", "add", "kites.json", NULL);
  terminal_type (&no, "\n");
  g_assert_true (g_subprocess_wait (no.process, NULL, NULL));
  g_assert_cmpint (g_subprocess_get_exit_status (no.process), !=, 0);
  g_assert_cmpuint (home_count_files (home, "providers"), ==, 0);
  screen = terminal_read (&no);
  g_assert_nonnull (strstr (screen, "api.kites.example"));

  terminal_start (&yes, home, TRUE, "providers", "add", "kites.json", NULL);
  terminal_type (&yes, "y\n");
  g_assert_true (g_subprocess_wait (yes.process, NULL, NULL));
  g_assert_cmpint (g_subprocess_get_exit_status (yes.process), ==, 0);
  g_assert_cmpuint (home_count_files (home, "providers"), ==, 1);
}

static void
test_own (void)
{
  g_autoptr (Home) home = new_home ("https://api.kites.example");
  g_autoptr (Run) server = run_rushes (home, "providers", "add", "http://127.0.0.1:8091/v1/", "--id", "home", "--name",
                                       "At Home", "--yes", NULL);
  g_autoptr (Run) nameless = run_rushes (home, "providers", "add", "http://127.0.0.1:8091", "--yes", NULL);
  g_autoptr (Run) public =
      run_rushes (home, "providers", "add", "http://public.example", "--id", "open", "--yes", NULL);
  g_autoptr (Run) shipped = run_rushes (home, "providers", "add", "https://a.example", "--id", "xai", "--yes", NULL);
  g_autoptr (Run) kind =
      run_rushes (home, "providers", "add", "https://a.example", "--id", "a1", "--base", "boats", "--yes", NULL);
  g_autoptr (Run) both = run_rushes (home, "providers", "add", "kites.json", "--id", "a1", "--yes", NULL);
  g_autoptr (Run) missing = run_rushes (home, "providers", "add", "missing.json", "--yes", NULL);
  g_autoptr (Run) show = run_rushes (home, "providers", "show", "home", "--json", NULL);
  g_autoptr (Run) set = set_key (home, KEY);
  g_autoptr (Run) nobody = run_rushes (home, "providers", "remove", "kites", NULL);
  g_autoptr (Run) fixed = run_rushes (home, "providers", "remove", "xai", "--yes", NULL);
  g_autoptr (Run) removed = run_rushes (home, "providers", "remove", "kites", "--yes", NULL);
  g_autoptr (Run) gone = run_rushes (home, "providers", "show", "kites", NULL);
  g_autoptr (Run) add = NULL;
  g_autoptr (Run) status = NULL;

  g_assert_cmpint (server->status, ==, 0);
  assert_refused (nameless, 2, "--id");
  assert_refused (public, 2, "public.example");
  assert_refused (shipped, 2, "xai");
  assert_refused (kind, 2, "boats");
  assert_refused (both, 2, "--id");
  assert_refused (missing, 2, "missing.json");
  g_assert_cmpint (show->status, ==, 0);
  g_assert_cmpstr (get_word (show, "name"), ==, "At Home");
  g_assert_cmpstr (get_word (show, "base_url"), ==, "http://127.0.0.1:8091");
  g_assert_true (json_object_get_boolean_member (g_ptr_array_index (show->events, 0), "own"));

  g_assert_cmpint (set->status, ==, 0);
  assert_refused (nobody, 2, "--yes");
  assert_refused (fixed, 2, "xAI");
  g_assert_cmpint (removed->status, ==, 0);
  assert_refused (gone, 2, "kites");

  /* Its key went with it. */
  add = run_rushes (home, "providers", "add", "kites.json", "--yes", NULL);
  status = run_rushes (home, "key", "status", "kites", NULL);
  g_assert_cmpint (add->status, ==, 0);
  g_assert_cmpint (status->status, ==, 3);
}

/* What cannot be read is told beside the others. */
static void
test_broken (void)
{
  g_autoptr (Home) home = new_home ("https://api.kites.example");
  g_autoptr (Run) add = NULL;
  g_autofree char *path = g_build_filename (home->library, "providers", "broken.json", NULL);
  g_autoptr (Run) list = NULL;

  g_assert_true (g_file_set_contents (path, "{", -1, NULL));
  list = run_rushes (home, "providers", "list", NULL);
  g_assert_cmpint (list->status, ==, 0);
  g_assert_nonnull (strstr (list->out, "kites"));
  g_assert_nonnull (strstr (list->err, "broken.json"));

  /* Of a file that is nothing the options are not to blame. */
  home_write (home, "torn.json", "{");
  add = run_rushes (home, "providers", "add", "torn.json", "--name", "Torn", "--yes", NULL);
  assert_refused (add, 2, "torn.json is not valid JSON: the mistake is in line 1");
}

/* ---- asking a service ---- */

typedef struct
{
  guint status;
  char *authorization; /* of the last question */
  guint n;
} Service;

static void
answer (SoupServer *server, SoupServerMessage *message, const char *path, GHashTable *query, gpointer data)
{
  Service *service = data;
  static const char reply[] = "{\"error\": {\"message\": \"You asked.\"}}";

  service->n++;
  g_set_str (&service->authorization,
             soup_message_headers_get_one (soup_server_message_get_request_headers (message), "Authorization"));
  soup_server_message_set_status (message, service->status, NULL);
  soup_server_message_set_response (message, "application/json", SOUP_MEMORY_STATIC, reply, strlen (reply));
}

static char *
serve (SoupServer *server, Service *service)
{
  g_autoptr (GError) error = NULL;
  GSList *uris;
  char *address;

  soup_server_add_handler (server, NULL, answer, service, NULL);
  g_assert_true (soup_server_listen_local (server, 0, SOUP_SERVER_LISTEN_IPV4_ONLY, &error));
  uris = soup_server_get_uris (server);
  address = g_strdup_printf ("http://127.0.0.1:%d", g_uri_get_port (uris->data));
  g_slist_free_full (uris, (GDestroyNotify) g_uri_unref);

  return address;
}

static void
assert_answer (Home *home, Service *service, guint http_status, int status)
{
  g_autoptr (Run) run = NULL;

  service->status = http_status;
  run = run_rushes_served (home, "providers", "test", "kites", NULL);
  g_test_message ("%u: %s%s", http_status, run->out, run->err);
  g_assert_cmpint (run->status, ==, status);
  assert_silent (run);
}

static void
test_service (void)
{
  g_autoptr (SoupServer) server = soup_server_new (NULL, NULL);
  g_autoptr (SoupServer) stranger = soup_server_new (NULL, NULL);
  Service service = { 200 };
  Service other = { 200 };
  g_autofree char *address = serve (server, &service);
  g_autofree char *elsewhere = serve (stranger, &other);
  g_autoptr (Home) home = new_home (address);
  g_autoptr (Run) keyless = run_rushes_served (home, "providers", "test", "kites", NULL);
  g_autoptr (Run) set = set_key (home, KEY);
  g_autoptr (Run) away = NULL;
  g_autoptr (Run) given = NULL;
  g_autoptr (Run) closed = NULL;
  g_autoptr (Run) local = run_rushes (home, "providers", "test", "animatic", NULL);

  assert_refused (keyless, 3, "key");
  g_assert_cmpint (set->status, ==, 0);
  assert_answer (home, &service, 200, 0);
  g_assert_cmpstr (service.authorization, ==, "Bearer " KEY);
  assert_answer (home, &service, 401, 3);
  assert_answer (home, &service, 404, 8);

  /* Another address gets no key that is kept, only one that is given along. */
  away = run_rushes_served (home, "providers", "test", "kites", "--base-url", elsewhere, NULL);
  g_assert_cmpint (away->status, ==, 3);
  g_assert_null (other.authorization);
  g_subprocess_launcher_setenv (home->launcher, "RUSHES_KEY_KITES", "sk-given", TRUE);
  given = run_rushes_served (home, "providers", "test", "kites", "--base-url", elsewhere, NULL);
  g_assert_cmpint (given->status, ==, 0);
  g_assert_cmpstr (other.authorization, ==, "Bearer sk-given");

  soup_server_disconnect (stranger);
  closed = run_rushes_served (home, "providers", "test", "kites", "--base-url", elsewhere, NULL);
  g_assert_cmpint (closed->status, ==, 6);
  assert_refused (local, 2, "Animatic");

  g_free (service.authorization);
  g_free (other.authorization);
}

int
main (int argc, char **argv)
{
  rushes_test_init (&argc, &argv);
  g_test_add_func ("/cli/key/keep", test_keep);
  g_test_add_func ("/cli/key/variables", test_variables);
  g_test_add_func ("/cli/key/refusals", test_refusals);
  g_test_add_func ("/cli/key/typed", test_typed);
  g_test_add_func ("/cli/key/interrupted", test_interrupted);
  g_test_add_func ("/cli/providers/agree", test_agree);
  g_test_add_func ("/cli/providers/own", test_own);
  g_test_add_func ("/cli/providers/broken", test_broken);
  g_test_add_func ("/cli/providers/service", test_service);

  return g_test_run ();
}
