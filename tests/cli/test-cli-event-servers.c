/* test-cli-event-servers.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

/* Event streams of servers that others wrote: aiohttp-sse, and nginx with nchan. */

#include <string.h>

#include "rushes-async.h"
#include "rushes-cli-run.h"
#include "rushes-error.h"
#include "rushes-event-source.h"
#include "rushes-test-server.h"

#define SCRIPT "../../cli/event-server.py"

/* What is published under /to?id=… goes to those who listen under /from?id=…, or under /short?id=…, which hangs up
 * after a second. */
static const char nginx[] =
    "load_module modules/ngx_nchan_module.so;"
    "daemon off; master_process off; pid @FOLDER@/pid; error_log /dev/null;"
    "events {}"
    "http {"
    "  access_log off;"
    "  client_body_temp_path @FOLDER@/a; proxy_temp_path @FOLDER@/b; fastcgi_temp_path @FOLDER@/c;"
    "  uwsgi_temp_path @FOLDER@/d; scgi_temp_path @FOLDER@/e;"
    "  server {"
    "    listen 127.0.0.1:@PORT@;"
    "    location = /to { nchan_publisher; nchan_channel_id $arg_id; }"
    "    location = /from {"
    "      nchan_subscriber eventsource; nchan_channel_id $arg_id; nchan_subscriber_first_message oldest;"
    "    }"
    "    location = /short {"
    "      nchan_subscriber eventsource; nchan_channel_id $arg_id; nchan_subscriber_first_message oldest;"
    "      nchan_subscriber_timeout 1s;"
    "    }"
    "  }"
    "}";

/* ---- what is heard ---- */

static void
note_event (RushesEventSource *source, const RushesServerEvent *event, GString *heard)
{
  g_string_append_printf (heard, "%s:%.*s;", event->type, (int) event->length, event->data);
}

static RushesEventSource *
new_source (const char *url, guint reconnects, double idle, GString *heard)
{
  g_autoptr (RushesHttp) http = rushes_test_http ();
  RushesEventSource *source = rushes_event_source_new (
      http, url, &(RushesEventSourceOptions) { .connect = 10, .idle = idle, .reconnects = reconnects, .pause = 0.05 });

  g_signal_connect (source, "event", G_CALLBACK (note_event), heard);
  return source;
}

static const char *
get_data (Run *run, guint n)
{
  return json_object_get_string_member (g_ptr_array_index (run->events, n), "data");
}

static JsonObject *
get_summary (Run *run)
{
  g_assert_cmpuint (run->events->len, >, 0);
  return g_ptr_array_index (run->events, run->events->len - 1);
}

/* ---- aiohttp-sse ---- */

static void
test_aiohttp (void)
{
  g_autoptr (RushesTestServer) server = rushes_test_server_start ("python3", SCRIPT, NULL);
  g_autoptr (Home) home = home_new ();
  g_autoptr (GString) heard = g_string_new (NULL);
  g_autoptr (RushesEventSource) source = NULL;
  g_autofree char *url = NULL;
  g_autoptr (GError) error = NULL;
  g_autoptr (Run) run = NULL;

  if (server == NULL)
    return;
  url = rushes_test_server_at (server, "count");
  source = new_source (url, 10, 0, heard);
  g_assert_true (dex_await (rushes_event_source_run (source, NULL), &error));
  g_assert_no_error (error);
  g_assert_cmpstr (heard->str, ==,
                   "count:number 1\nof nine;count:number 2\nof nine;count:number 3\nof nine;"
                   "count:number 4\nof nine;count:number 5\nof nine;count:number 6\nof nine;"
                   "count:number 7\nof nine;count:number 8\nof nine;count:number 9\nof nine;");
  g_assert_cmpuint (rushes_event_source_get_n_reconnects (source), ==, 3);

  run = run_rushes (home, "events", url, "--reconnect", "10", "--last-event-id", "4", "--json", NULL);
  g_assert_cmpint (run->status, ==, 0);
  g_assert_cmpstr (json_object_get_string_member (get_summary (run), "status"), ==, "completed");
  g_assert_cmpint (json_object_get_int_member (get_summary (run), "reconnects"), ==, 2);
  g_assert_cmpstr (get_data (run, 0), ==, "number 5\nof nine");
}

/* Comments alone keep a stream alive, for longer than the silence that is too long. */
static void
test_keep_alive (void)
{
  g_autoptr (RushesTestServer) server = rushes_test_server_start ("python3", SCRIPT, NULL);
  g_autoptr (GString) heard = g_string_new (NULL);
  g_autoptr (RushesEventSource) source = NULL;
  g_autofree char *url = NULL;
  g_autoptr (GError) error = NULL;

  if (server == NULL)
    return;
  url = rushes_test_server_at (server, "quiet");
  source = new_source (url, 0, 2, heard);
  g_assert_true (dex_await (rushes_event_source_run (source, NULL), &error));
  g_assert_no_error (error);
  g_assert_cmpstr (heard->str, ==, "message:before;message:after;");
}

/* ---- nginx with nchan ---- */

static void
publish (RushesTestServer *server, const char *text)
{
  g_autofree char *url = rushes_test_server_at (server, "to?id=reel");
  g_autoptr (SoupSession) session = soup_session_new ();
  g_autoptr (SoupMessage) message = soup_message_new (SOUP_METHOD_POST, url);
  g_autoptr (GBytes) body = g_bytes_new (text, strlen (text));
  g_autoptr (GBytes) reply = NULL;
  g_autoptr (GError) error = NULL;

  soup_message_set_request_body_from_bytes (message, "text/plain", body);
  reply = soup_session_send_and_read (session, message, NULL, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (soup_message_get_status (message) / 100, ==, 2);
}

static void
test_nchan (void)
{
  g_autoptr (RushesTestServer) server = rushes_test_server_nchan (nginx);
  g_autoptr (Home) home = home_new ();
  g_autofree char *url = NULL;
  g_autofree char *second = NULL;
  g_autoptr (Run) three = NULL;
  g_autoptr (Run) rest = NULL;

  if (server == NULL)
    return;
  url = rushes_test_server_at (server, "from?id=reel");
  publish (server, "one");
  publish (server, "two\nlines");
  publish (server, "three");
  three = run_rushes (home, "events", url, "--max-events", "3", "--json", NULL);
  g_assert_cmpint (three->status, ==, 0);
  g_assert_cmpstr (json_object_get_string_member (get_summary (three), "status"), ==, "max_events");
  g_assert_cmpstr (get_data (three, 0), ==, "one");
  g_assert_cmpstr (get_data (three, 1), ==, "two\nlines");
  second = g_strdup (json_object_get_string_member (g_ptr_array_index (three->events, 1), "event_id"));

  publish (server, "four");
  rest = run_rushes (home, "events", url, "--last-event-id", second, "--max-events", "2", "--json", NULL);
  g_assert_cmpstr (get_data (rest, 0), ==, "three");
  g_assert_cmpstr (get_data (rest, 1), ==, "four");
}

typedef struct
{
  RushesTestServer *server;
  guint n_broken;
} Hangup;

/* What is published while nobody listens is there for the one who comes back. */
static void
on_broken (RushesEventSource *source, const GError *reason, Hangup *self)
{
  if (self->n_broken++ == 0)
    publish (self->server, "meanwhile");
}

static void
test_nchan_comes_back (void)
{
  g_autoptr (RushesTestServer) server = rushes_test_server_nchan (nginx);
  g_autoptr (GString) heard = g_string_new (NULL);
  g_autoptr (RushesEventSource) source = NULL;
  g_autofree char *url = NULL;
  g_autoptr (GError) error = NULL;
  Hangup hangup = { server, 0 };

  if (server == NULL)
    return;
  url = rushes_test_server_at (server, "short?id=reel");
  publish (server, "one");
  publish (server, "two");
  source = new_source (url, 1, 0, heard);
  g_signal_connect (source, "broken", G_CALLBACK (on_broken), &hangup);
  g_assert_false (dex_await (rushes_event_source_run (source, NULL), &error));
  g_assert_error (error, RUSHES_ERROR, RUSHES_ERROR_NETWORK);
  g_assert_cmpuint (hangup.n_broken, ==, 1);
  g_assert_cmpstr (heard->str, ==, "message:one;message:two;message:meanwhile;");
}

int
main (int argc, char **argv)
{
  rushes_test_init (&argc, &argv);
  rushes_test_add_fiber ("/cli/event-servers/aiohttp", test_aiohttp);
  rushes_test_add_fiber ("/cli/event-servers/keep-alive", test_keep_alive);
  rushes_test_add_fiber ("/cli/event-servers/nchan", test_nchan);
  rushes_test_add_fiber ("/cli/event-servers/nchan-comes-back", test_nchan_comes_back);

  return g_test_run ();
}
