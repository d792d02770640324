/* test-cli-events.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include <libsoup/soup.h>
#include <signal.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

#include "rushes-cli-run.h"
#include "rushes-test.h"
#include "rushes-wire.h"

#define TOKEN "t0ken-of-sixteen-letters"

/* What the endless stream sends, and by how much the listener may grow after its first part. */
#define MEGABYTE    (1024 * 1024)
#define FIRST_PART  20
#define MOST_GROWTH 16

static const char stream_head[] = "HTTP/1.1 200 OK\r\nContent-Type: text/event-stream\r\nConnection: close\r\n\r\n";

/* ---- the other side ---- */

typedef struct
{
  Home *home;
  RushesWire *wire;
  GMutex mutex;
  GString *heard; /* the requests that came, with what is asked about here */
  int pid;        /* of an endless stream's listener, once it is known */
  GCond known;
  guint megabytes;
  gint64 peaks[2]; /* KiB: after the first part, and in the end */
} Stage;

static gint64
read_peak (int pid)
{
  g_autofree char *path = g_strdup_printf ("/proc/%d/status", pid);
  g_autofree char *text = NULL;
  const char *line;

  g_assert_true (g_file_get_contents (path, &text, NULL, NULL));
  line = strstr (text, "VmHWM:");
  g_assert_nonnull (line);
  return g_ascii_strtoll (line + strlen ("VmHWM:"), NULL, 10);
}

/* Events of all sizes, each with an id and a type of its own kind. */
static void
send_endlessly (Stage *self, GSocketConnection *connection)
{
  GOutputStream *out = g_io_stream_get_output_stream (G_IO_STREAM (connection));
  g_autoptr (GString) piece = g_string_new (NULL);
  g_autofree char *large = g_strnfill (200000, 'x');

  for (guint i = 0; piece->len < MEGABYTE; i++)
    if (i % 1000 == 999)
      g_string_append_printf (piece, "event: large\ndata: %s\n\n", large);
    else
      g_string_append_printf (
          piece, "id: %u\nevent: type%u\ndata: {\"choices\":[{\"delta\":{\"content\":\"word\"}}]}\n\n", i, i % 7);

  g_mutex_lock (&self->mutex);
  while (self->pid == 0)
    g_cond_wait (&self->known, &self->mutex);
  g_mutex_unlock (&self->mutex);

  for (guint n = 1; n <= self->megabytes; n++)
    {
      if (!g_output_stream_write_all (out, piece->str, piece->len, NULL, NULL, NULL))
        return;
      if (n == FIRST_PART)
        self->peaks[0] = read_peak (self->pid);
    }
  self->peaks[1] = read_peak (self->pid);
}

static gboolean
answer (RushesWire *wire, RushesWireRequest *request, GSocketConnection *connection, gpointer data)
{
  Stage *self = data;
  g_auto (GStrv) words = g_strsplit (request->line, " ", 3);
  const char *path = words[1];
  const char *last_id = g_hash_table_lookup (request->headers, "last-event-id");
  const char *key = g_hash_table_lookup (request->headers, "authorization");
  const char *other_key = g_hash_table_lookup (request->headers, "x-api-key");
  const char *type = g_hash_table_lookup (request->headers, "content-type");

  g_mutex_lock (&self->mutex);
  g_string_append_printf (self->heard, "%s %s id=%s key=%s type=%s body=%.*s;", words[0], path,
                          last_id != NULL ? last_id : "-",
                          key != NULL         ? key
                          : other_key != NULL ? other_key
                                              : "-",
                          type != NULL ? type : "-", (int) request->body->len, (const char *) request->body->data);
  g_mutex_unlock (&self->mutex);

  if (g_str_has_prefix (path, "/few"))
    rushes_wire_say (connection, "%sid: 1\ndata: one\n\nevent: two\ndata: first\ndata: second\n\ndata: \x1b[31mred\n\n",
                     stream_head);
  else if (g_str_equal (path, "/many"))
    {
      rushes_wire_say (connection, "%s", stream_head);
      for (guint i = 0; i < 300; i++)
        rushes_wire_say (connection, "data: %u\n\n", i);
    }
  else if (g_str_equal (path, "/heavy"))
    {
      g_autofree char *text = g_strnfill (7 * MEGABYTE, 'x');

      rushes_wire_say (connection, "%s", stream_head);
      for (guint i = 0; i < 6; i++)
        rushes_wire_say (connection, "data: %s\n\n", text);
    }
  else if (g_str_equal (path, "/waits"))
    {
      rushes_wire_say (connection, "%sdata: one\n\n", stream_head);
      rushes_wire_wait (connection);
    }
  else if (g_str_equal (path, "/broken-text"))
    rushes_wire_say (connection, "%sdata: a\xff\xfe z\n\n", stream_head);
  else if (g_str_equal (path, "/too-large"))
    {
      g_autofree char *text = g_strnfill (9 * MEGABYTE, 'x');

      rushes_wire_say (connection, "%sdata: %s\n\n", stream_head, text);
    }
  else if (g_str_equal (path, "/ends"))
    rushes_wire_say (connection, "%sretry: 1\nid: 5\ndata: one\n\n", stream_head);
  else if (g_str_equal (path, "/page"))
    rushes_wire_say (connection, "HTTP/1.1 200 OK\r\nContent-Type: text/html\r\nContent-Length: 3\r\n\r\n<p>");
  else if (g_str_equal (path, "/endless"))
    {
      rushes_wire_say (connection, "%s", stream_head);
      send_endlessly (self, connection);
    }
  else
    rushes_wire_say (connection, "HTTP/1.1 %s No\r\nContent-Length: 0\r\nConnection: close\r\n\r\n", path + 1);
  return FALSE;
}

static Stage *
stage_new (void)
{
  Stage *self = g_new0 (Stage, 1);

  g_mutex_init (&self->mutex);
  g_cond_init (&self->known);
  self->heard = g_string_new (NULL);
  self->home = home_new ();
  self->wire = rushes_wire_new (answer, self);
  return self;
}

static void
stage_free (Stage *self)
{
  rushes_wire_free (self->wire);
  home_free (self->home);
  g_string_free (self->heard, TRUE);
  g_cond_clear (&self->known);
  g_mutex_clear (&self->mutex);
  g_free (self);
}

G_DEFINE_AUTOPTR_CLEANUP_FUNC (Stage, stage_free)

static char *
at (Stage *self, const char *path)
{
  return g_strconcat (rushes_wire_get_origin (self->wire), path, NULL);
}

/* The last line, which is the summary. */
static JsonObject *
get_summary (Run *run)
{
  JsonObject *last;

  g_assert_cmpuint (run->events->len, >, 0);
  last = g_ptr_array_index (run->events, run->events->len - 1);
  g_assert_cmpstr (json_object_get_string_member (last, "type"), ==, "summary");
  return last;
}

static void
assert_summary (Run *run, const char *status, guint n_events)
{
  JsonObject *summary = get_summary (run);

  g_assert_cmpstr (json_object_get_string_member (summary, "status"), ==, status);
  g_assert_cmpint (json_object_get_int_member (summary, "total_events"), ==, n_events);
  g_assert_cmpint (json_object_get_null_member (summary, "error"), ==, g_str_equal (status, "failed") ? 0 : 1);
}

static const char *
get_error_code (Run *run)
{
  return json_object_get_string_member (json_object_get_object_member (get_summary (run), "error"), "code");
}

/* ---- what comes ---- */

static void
test_people (void)
{
  g_autoptr (Stage) stage = stage_new ();
  g_autofree char *url = at (stage, "/few");
  g_autoptr (Run) run = run_rushes (stage->home, "events", url, NULL);
  g_autoptr (Run) summary_only = run_rushes (stage->home, "events", url, "--summary-only", NULL);

  g_assert_cmpint (run->status, ==, 0);
  g_assert_cmpstr (run->out, ==, "one\n[two] first\nsecond\n␛[31mred\n");
  g_assert_nonnull (strstr (run->err, "3 events"));
  g_assert_nonnull (strstr (run->err, "message 2, two 1"));
  g_assert_cmpstr (summary_only->out, ==, "");
  g_assert_nonnull (strstr (summary_only->err, "3 events"));
}

static void
test_json (void)
{
  g_autoptr (Stage) stage = stage_new ();
  g_autofree char *url = at (stage, "/few");
  g_autoptr (Run) run = run_rushes (stage->home, "events", url, "--json", NULL);
  JsonObject *first, *second, *summary;

  g_assert_cmpint (run->status, ==, 0);
  g_assert_cmpuint (run->events->len, ==, 4);
  first = g_ptr_array_index (run->events, 0);
  g_assert_cmpstr (json_object_get_string_member (first, "type"), ==, "event");
  g_assert_cmpstr (json_object_get_string_member (first, "event_type"), ==, "message");
  g_assert_cmpstr (json_object_get_string_member (first, "data"), ==, "one");
  g_assert_cmpstr (json_object_get_string_member (first, "event_id"), ==, "1");
  g_assert_true (g_regex_match_simple ("^\\d{4}-\\d\\d-\\d\\dT\\d\\d:\\d\\d:\\d\\d\\.\\d{3}Z$",
                                       json_object_get_string_member (first, "timestamp"), 0, 0));
  second = g_ptr_array_index (run->events, 1);
  g_assert_cmpstr (json_object_get_string_member (second, "event_type"), ==, "two");
  g_assert_cmpstr (json_object_get_string_member (second, "data"), ==, "first\nsecond");

  assert_summary (run, "completed", 3);
  summary = get_summary (run);
  g_assert_cmpuint (json_array_get_length (json_object_get_array_member (summary, "events")), ==, 3);
  g_assert_cmpint (json_object_get_int_member (summary, "reconnects"), ==, 0);
  g_assert_cmpint (json_object_get_int_member (summary, "left_out"), ==, 0);
  g_assert_cmpfloat (json_object_get_double_member (summary, "connection_duration"), >, 0);
  g_assert_cmpint (json_object_get_int_member (json_object_get_object_member (summary, "types"), "two"), ==, 1);
  g_assert_nonnull (strstr (json_object_get_string_member (summary, "summary"), "3 events"));
}

static void
test_limits (void)
{
  g_autoptr (Stage) stage = stage_new ();
  g_autofree char *many = at (stage, "/many");
  g_autofree char *waits = at (stage, "/waits");
  g_autofree char *heavy = at (stage, "/heavy");
  g_autoptr (Run) usual = run_rushes (stage->home, "events", many, "--json", NULL);
  g_autoptr (Run) seven = run_rushes (stage->home, "events", many, "--max-events", "7", "--json", NULL);
  g_autoptr (Run) all = run_rushes (stage->home, "events", many, "--max-events", "0", "--json", NULL);
  g_autoptr (Run) time = run_rushes (stage->home, "events", waits, "--max-time", "2", "--json", NULL);
  g_autoptr (Run) large = run_rushes (stage->home, "events", heavy, "--summary-only", "--json", NULL);

  g_assert_cmpint (usual->status, ==, 0);
  assert_summary (usual, "max_events", 100);
  assert_summary (seven, "max_events", 7);
  g_assert_cmpuint (seven->events->len, ==, 8);

  assert_summary (all, "completed", 300);
  g_assert_cmpuint (all->events->len, ==, 301);
  g_assert_false (json_object_has_member (get_summary (all), "events"));

  g_assert_cmpint (time->status, ==, 0);
  assert_summary (time, "timeout", 1);

  /* 32 MiB hold four of seven. */
  assert_summary (large, "completed", 6);
  g_assert_cmpuint (large->events->len, ==, 1);
  g_assert_cmpuint (json_array_get_length (json_object_get_array_member (get_summary (large), "events")), ==, 4);
  g_assert_cmpint (json_object_get_int_member (get_summary (large), "left_out"), ==, 2);
}

static void
test_interrupt (void)
{
  g_autoptr (Stage) stage = stage_new ();
  g_autofree char *url = at (stage, "/waits");
  g_autoptr (GSubprocess) process = start_rushes (stage->home, "events", url, "--json", NULL);
  g_autoptr (GDataInputStream) lines = g_data_input_stream_new (g_subprocess_get_stdout_pipe (process));
  g_autofree char *first = NULL;
  g_autoptr (Run) rest = NULL;

  g_filter_input_stream_set_close_base_stream (G_FILTER_INPUT_STREAM (lines), FALSE);
  /* No more than this line, so that the rest is left for the one who looks at it. */
  g_buffered_input_stream_set_buffer_size (G_BUFFERED_INPUT_STREAM (lines), 1);
  first = g_data_input_stream_read_line (lines, NULL, NULL, NULL);
  g_assert_nonnull (strstr (first, "\"one\""));
  g_subprocess_send_signal (process, SIGINT);
  rest = finish_run (process);
  g_assert_cmpint (rest->status, ==, 130);
  assert_summary (rest, "cancelled", 1);
}

/* ---- what is sent ---- */

static void
test_request (void)
{
  g_autoptr (Stage) stage = stage_new ();
  g_autofree char *url = at (stage, "/few?a=b#part");
  g_autoptr (GBytes) body = g_bytes_new_static ("{}", 2);
  g_autoptr (GBytes) token = g_bytes_new_static (TOKEN "\n", strlen (TOKEN) + 1);
  g_autoptr (Run) plain =
      run_rushes (stage->home, "events", url, "--query", "q=ä &", "--last-event-id", "41", "--header", "X-A: b", NULL);
  g_autoptr (Run) post = run_rushes_input (stage->home, body, "events", url, "--body", "-", NULL);
  g_autoptr (Run) typed = run_rushes_input (stage->home, body, "events", url, "--method", "post", "--body", "-",
                                            "--header", "Content-Type: text/plain", NULL);
  g_autoptr (Run) bearer = run_rushes_input (stage->home, token, "events", url, "--auth", "bearer", NULL);
  g_autoptr (Run) key = NULL;

  g_subprocess_launcher_setenv (stage->home->launcher, "RUSHES_EVENTS_TOKEN", TOKEN, TRUE);
  key = run_rushes (stage->home, "events", url, "--auth", "api-key", NULL);
  g_assert_cmpint (plain->status | post->status | typed->status | bearer->status | key->status, ==, 0);
  g_assert_cmpstr (stage->heard->str, ==,
                   "GET /few?a=b&q=%C3%A4%20%26 id=41 key=- type=- body=;"
                   "POST /few?a=b id=- key=- type=application/json body={};"
                   "POST /few?a=b id=- key=- type=text/plain body={};"
                   "GET /few?a=b id=- key=Bearer " TOKEN " type=- body=;"
                   "GET /few?a=b id=- key=" TOKEN " type=- body=;");
}

/* The key of a provider goes to its own addresses only. */
static void
test_key_from (void)
{
  g_autoptr (Stage) stage = stage_new ();
  g_autofree char *url = at (stage, "/few");
  g_autoptr (Run) stranger = NULL;
  g_autoptr (Run) local = run_rushes (stage->home, "events", url, "--key-from", "animatic", NULL);
  g_autoptr (Run) unknown = run_rushes (stage->home, "events", url, "--key-from", "nobody", NULL);

  g_subprocess_launcher_setenv (stage->home->launcher, "RUSHES_KEY_RUNWAY", TOKEN, TRUE);
  stranger = run_rushes (stage->home, "events", url, "--key-from", "runway", NULL);
  assert_refused (stranger, 2, "127.0.0.1");
  assert_refused (local, 2, "needs no key");
  assert_refused (unknown, 2, "nobody");
  g_assert_cmpstr (stage->heard->str, ==, "");
}

static void
test_misuse (void)
{
  static const struct
  {
    const char *words[4];
    const char *sentence;
  } cases[] = {
    { { "--header", "nothing" }, "NAME: VALUE" },
    { { "--header", "Host: x" }, "no header that can be set" },
    { { "--header", "Authorization: Bearer x" }, "--auth" },
    { { "--query", "=x" }, "NAME=VALUE" },
    { { "--method", "PUT" }, "GET or POST" },
    { { "--method", "GET", "--body", "-" }, "has no body" },
    { { "--body", "nowhere.json" }, "nowhere.json" },
    { { "--auth", "basic" }, "none, bearer or api-key" },
    { { "--auth-header", "X-Key" }, "--auth api-key" },
    { { "--key-from", "runway", "--auth", "none" }, "leave out" },
    { { "--max-events", "-1" }, "--max-events" },
    { { "--max-time", "soon" }, "--max-time" },
    { { "--idle-timeout", "-1" }, "--idle-timeout" },
    { { "--reconnect", "1001" }, "--reconnect" },
  };
  g_autoptr (Stage) stage = stage_new ();
  g_autofree char *url = at (stage, "/few");
  g_autoptr (Run) nothing = run_rushes (stage->home, "events", NULL);
  g_autoptr (Run) address = run_rushes (stage->home, "events", "ftp://example.com", NULL);
  g_autoptr (Run) help = run_rushes (stage->home, "events", "--help", NULL);

  g_assert_cmpint (nothing->status, ==, 2);
  g_assert_cmpint (address->status, ==, 2);
  g_assert_cmpint (help->status, ==, 0);
  g_assert_nonnull (strstr (help->out, "--last-event-id"));
  g_assert_nonnull (strstr (help->out, "RUSHES_EVENTS_TOKEN"));
  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr (Run) run = run_rushes (stage->home, "events", url, cases[i].words[0], cases[i].words[1],
                                        cases[i].words[2], cases[i].words[3], NULL);

      assert_refused (run, 2, cases[i].sentence);
    }
  g_assert_cmpstr (stage->heard->str, ==, "");
}

/* ---- what goes wrong ---- */

static void
test_failures (void)
{
  static const struct
  {
    const char *path;
    const char *options[4];
    const char *code;
    const char *sentence;
    int status;
    guint n_events;
  } cases[] = {
    { "/401", { NULL }, "AUTH", "", 3, 0 },
    { "/403", { NULL }, "FORBIDDEN", "", 3, 0 },
    { "/404", { NULL }, "NOT_FOUND", "", 8, 0 },
    { "/503", { NULL }, "PROVIDER", "", 8, 0 },
    { "/page", { NULL }, "PROTOCOL", "not with an event stream", 8, 0 },
    { "/waits", { "--idle-timeout", "1" }, "NETWORK", "stopped in the middle", 6, 1 },
    { "/too-large", { NULL }, "PROTOCOL", "larger than 8.0", 8, 0 },
    { "/ends", { "--reconnect", "2" }, "NETWORK", "2 reconnects are used up", 6, 3 },
  };
  g_autoptr (Stage) stage = stage_new ();

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autofree char *url = at (stage, cases[i].path);
      g_autoptr (Run) run =
          run_rushes (stage->home, "events", url, "--json", cases[i].options[0], cases[i].options[1], NULL);

      assert_refused (run, cases[i].status, cases[i].sentence);
      assert_summary (run, "failed", cases[i].n_events);
      g_assert_cmpstr (get_error_code (run), ==, cases[i].code);
    }
}

/* They come back where they were. */
static void
test_reconnects (void)
{
  g_autoptr (Stage) stage = stage_new ();
  g_autofree char *url = at (stage, "/ends");
  g_autoptr (Run) run = run_rushes (stage->home, "events", url, "--reconnect", "1", "--json", NULL);

  g_assert_cmpint (run->status, ==, 6);
  g_assert_cmpint (json_object_get_int_member (get_summary (run), "reconnects"), ==, 1);
  g_assert_cmpstr (stage->heard->str, ==, "GET /ends id=- key=- type=- body=;GET /ends id=5 key=- type=- body=;");
}

static void
test_broken_text (void)
{
  g_autoptr (Stage) stage = stage_new ();
  g_autofree char *url = at (stage, "/broken-text");
  g_autoptr (Run) run = run_rushes (stage->home, "events", url, "--json", NULL);
  g_autoptr (Run) people = run_rushes (stage->home, "events", url, NULL);

  g_assert_cmpint (run->status, ==, 0);
  g_assert_cmpstr (json_object_get_string_member (g_ptr_array_index (run->events, 0), "data"), ==, "a\uFFFD\uFFFD z");
  g_assert_cmpint (json_object_get_int_member (get_summary (run), "replaced"), ==, 2);
  g_assert_nonnull (strstr (people->err, "2 places were no UTF-8"));
}

static void
test_nobody_there (void)
{
  g_autoptr (Home) home = home_new ();
  g_autoptr (GSocketListener) listener = g_socket_listener_new ();
  guint16 port = g_socket_listener_add_any_inet_port (listener, NULL, NULL);
  g_autofree char *url = g_strdup_printf ("http://127.0.0.1:%u/", port);
  g_autoptr (Run) run = NULL;

  g_socket_listener_close (listener);
  run = run_rushes (home, "events", url, "--json", NULL);
  g_assert_cmpint (run->status, ==, 6);
  g_assert_cmpstr (get_error_code (run), ==, "NETWORK");
}

static void
refuse_nothing (SoupServer *server, SoupServerMessage *message, const char *path, GHashTable *query, gpointer data)
{
  soup_server_message_set_status (message, 204, NULL);
}

static void
test_tls (void)
{
  g_autoptr (Home) home = home_new ();
  g_autofree char *path = g_test_build_filename (G_TEST_DIST, "core", "http", "self-signed.pem", NULL);
  g_autoptr (GError) error = NULL;
  g_autoptr (GTlsCertificate) certificate = g_tls_certificate_new_from_file (path, &error);
  g_autoptr (SoupServer) server = NULL;
  g_autofree char *url = NULL;
  g_autoptr (Run) run = NULL;

  g_assert_no_error (error);
  server = soup_server_new ("tls-certificate", certificate, NULL);
  soup_server_add_handler (server, NULL, refuse_nothing, NULL, NULL);
  soup_server_listen_local (server, 0, SOUP_SERVER_LISTEN_HTTPS | SOUP_SERVER_LISTEN_IPV4_ONLY, &error);
  g_assert_no_error (error);
  {
    GSList *uris = soup_server_get_uris (server);

    url = g_uri_to_string (uris->data);
    g_slist_free_full (uris, (GDestroyNotify) g_uri_unref);
  }
  run = run_rushes (home, "events", url, "--json", NULL);
  g_assert_cmpint (run->status, ==, 6);
  g_assert_cmpstr (get_error_code (run), ==, "TLS");
}

/* ---- for ever ---- */

/* Nobody reads any more: then nobody listens. */
static void
test_unheard (void)
{
  g_autoptr (Stage) stage = stage_new ();
  g_autofree char *command = NULL;
  g_autofree char *out = NULL;
  g_autofree char *err = NULL;
  int status;

  stage->pid = getpid ();
  stage->megabytes = G_MAXUINT;
  command = g_strdup_printf ("bash -o pipefail -c \"'%s' events %s/endless --max-events 0 | head -1\"",
                             g_getenv ("RUSHES_BINARY"), rushes_wire_get_origin (stage->wire));
  g_assert_true (g_spawn_command_line_sync (command, &out, &err, &status, NULL));
  g_assert_cmpint (WEXITSTATUS (status), ==, 130);
}

/* 200 MB of events pass through; RUSHES_TEST_MEGABYTES asks for more. */
static void
test_endless (void)
{
  g_autoptr (Stage) stage = stage_new ();
  g_autofree char *url = at (stage, "/endless");
  const char *asked = g_getenv ("RUSHES_TEST_MEGABYTES");
  g_autofree char *options =
      g_strconcat (g_getenv ("ASAN_OPTIONS") != NULL ? g_getenv ("ASAN_OPTIONS") : "", ":quarantine_size_mb=1", NULL);
  g_autoptr (GSubprocess) process = NULL;
  g_autoptr (Run) run = NULL;
  gint64 begin = g_get_monotonic_time ();

  stage->megabytes = asked != NULL ? (guint) g_ascii_strtoull (asked, NULL, 10) : 200;
  /* What was freed does not count. */
  g_subprocess_launcher_setenv (stage->home->launcher, "ASAN_OPTIONS", options, TRUE);
  process = start_rushes (stage->home, "events", url, "--max-events", "0", "--summary-only", "--json", NULL);
  g_mutex_lock (&stage->mutex);
  stage->pid = atoi (g_subprocess_get_identifier (process));
  g_cond_signal (&stage->known);
  g_mutex_unlock (&stage->mutex);
  run = finish_run (process);

  g_assert_cmpint (run->status, ==, 0);
  g_assert_cmpstr (json_object_get_string_member (get_summary (run), "status"), ==, "completed");
  g_test_message ("%u MB in %.1f s; peak %" G_GINT64_FORMAT " KiB, after the first %d MB %" G_GINT64_FORMAT " KiB",
                  stage->megabytes, (g_get_monotonic_time () - begin) / 1e6, stage->peaks[1], FIRST_PART,
                  stage->peaks[0]);
  g_assert_cmpint (stage->peaks[0], >, 0);
  g_assert_cmpint (stage->peaks[1] - stage->peaks[0], <, MOST_GROWTH * 1024);
}

/* The servers live while a test waits for the program. */
static gpointer
serve (gpointer loop)
{
  g_main_loop_run (loop);
  return NULL;
}

int
main (int argc, char **argv)
{
  g_autoptr (GMainLoop) loop = g_main_loop_new (NULL, FALSE);
  g_autoptr (GThread) server = NULL;
  int status;

  rushes_test_init (&argc, &argv);
  server = g_thread_new ("server", serve, loop);
  g_test_add_func ("/cli/events/people", test_people);
  g_test_add_func ("/cli/events/json", test_json);
  g_test_add_func ("/cli/events/limits", test_limits);
  g_test_add_func ("/cli/events/interrupt", test_interrupt);
  g_test_add_func ("/cli/events/request", test_request);
  g_test_add_func ("/cli/events/key-from", test_key_from);
  g_test_add_func ("/cli/events/misuse", test_misuse);
  g_test_add_func ("/cli/events/failures", test_failures);
  g_test_add_func ("/cli/events/reconnects", test_reconnects);
  g_test_add_func ("/cli/events/broken-text", test_broken_text);
  g_test_add_func ("/cli/events/nobody-there", test_nobody_there);
  g_test_add_func ("/cli/events/tls", test_tls);
  g_test_add_func ("/cli/events/unheard", test_unheard);
  g_test_add_func ("/cli/events/endless", test_endless);

  status = g_test_run ();
  g_main_loop_quit (loop);
  g_thread_join (g_steal_pointer (&server));
  return status;
}
