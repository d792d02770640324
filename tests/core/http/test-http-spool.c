/* test-http-spool.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include <signal.h>
#include <string.h>
#include <sys/resource.h>

#include "rushes-async.h"
#include "rushes-desk.h"
#include "rushes-test.h"

static void
test_echoed_key (void)
{
  g_autoptr (RushesDesk) desk = rushes_desk_new ();
  g_autoptr (RushesHttpRequest) request = rushes_desk_submit (desk, "/echo");
  g_autoptr (RushesHttpReply) reply = rushes_desk_succeed (desk, request);
  g_autoptr (RushesHttpReply) other_reply = NULL;
  g_autofree char *text = rushes_desk_text (reply);
  g_autofree char *other_text = NULL;
  g_autofree char *kept = NULL;

  g_assert_cmpstr (text, ==, "{\"error\":\"*** is no good\"}");
  g_assert_cmpstr (soup_message_headers_get_one (reply->headers, "X-Echo"), ==, "got ***");
  rushes_desk_kept (desk, reply);
  g_assert_true (g_file_get_contents (g_file_peek_path (desk->spool), &kept, NULL, NULL));
  g_assert_null (strstr (kept, RUSHES_DESK_KEY));

  /* What people type for a server of their own may be any word of its answers. */
  rushes_desk_use_key (desk, "error");
  other_reply = rushes_desk_succeed (desk, request);
  other_text = rushes_desk_text (other_reply);
  g_assert_cmpstr (other_text, ==, "{\"error\":\"error is no good\"}");
}

static void
assert_large (RushesHttpReply *reply)
{
  const char *data = g_bytes_get_data (reply->body, NULL);

  g_assert_cmpuint (g_bytes_get_size (reply->body), ==, RUSHES_DESK_LARGE);
  for (gsize i = 0; i < RUSHES_DESK_LARGE; i++)
    if (data[i] != 'x')
      g_error ("There is a %02x at %zu", (guchar) data[i], i);
}

static void
test_large (void)
{
  g_autoptr (RushesDesk) desk = rushes_desk_new ();
  g_autoptr (RushesHttpRequest) request = rushes_desk_submit (desk, "/large");
  g_autoptr (RushesHttpRequest) small = rushes_desk_submit (desk, "/ok");
  g_autoptr (RushesHttpReply) reply = rushes_desk_succeed (desk, request);
  g_autoptr (RushesHttpReply) small_reply = NULL;

  assert_large (reply);
  rushes_desk_kept (desk, reply);

  /* What is mapped stays when the next answer is kept in its place. */
  small_reply = rushes_desk_succeed (desk, small);
  rushes_desk_kept (desk, small_reply);
  assert_large (reply);

  g_clear_object (&desk->spool);
  rushes_desk_fails (desk, request, RUSHES_ERROR_PROTOCOL, RUSHES_CHARGED_MAYBE);
}

/* What goes to the disk in pieces has no key in it either, nor half of one. */
static void
test_large_echo (void)
{
  g_autoptr (RushesDesk) desk = rushes_desk_new ();
  g_autoptr (RushesHttpRequest) request = rushes_desk_submit (desk, "/large-echo");
  g_autoptr (RushesHttpReply) reply = rushes_desk_succeed (desk, request);
  const char *half = RUSHES_DESK_KEY + strlen (RUSHES_DESK_KEY) / 2;
  g_autofree char *kept = NULL;
  gsize length;

  g_assert_true (g_file_get_contents (g_file_peek_path (desk->spool), &kept, &length, NULL));
  g_assert_cmpuint (length, >, RUSHES_DESK_LARGE / 2);
  g_assert_null (memmem (kept, length, half, strlen (half)));
  g_assert_null (memmem (kept, length, RUSHES_DESK_KEY, strlen (RUSHES_DESK_KEY) / 2));
}

/* The reply is worth more than its copy. */
static void
test_no_spool (void)
{
  g_autoptr (RushesDesk) desk = rushes_desk_new ();
  g_autoptr (RushesHttpRequest) request = rushes_desk_submit (desk, "/ok");
  g_autoptr (RushesHttpRequest) large = rushes_desk_submit (desk, "/large");
  g_autoptr (RushesHttpReply) reply = NULL;
  g_autoptr (RushesHttpReply) large_reply = NULL;

  g_object_unref (desk->spool);
  desk->spool = g_file_new_for_path ("/nonexistent/spool");
  reply = rushes_desk_succeed (desk, request);
  g_assert_nonnull (rushes_http_reply_get_json (reply));
  large_reply = rushes_desk_succeed (desk, large);
  assert_large (large_reply);
}

/* The disk is full in the middle: what is there is fetched back, and the rest stays in memory. */
static void
test_full_disk (void)
{
  const rlim_t limits[] = { 50, RUSHES_HTTP_MAX_REPLY / 2, RUSHES_HTTP_MAX_REPLY + 1024 * 1024, RUSHES_DESK_LARGE };
  struct rlimit before;
  g_autoptr (RushesDesk) desk = rushes_desk_new ();

  g_assert_cmpint (getrlimit (RLIMIT_FSIZE, &before), ==, 0);
  signal (SIGXFSZ, SIG_IGN);
  for (gsize i = 0; i < G_N_ELEMENTS (limits); i++)
    {
      const struct rlimit small = { limits[i], before.rlim_max };
      g_autoptr (RushesHttpRequest) request = rushes_desk_submit (desk, "/large");
      g_autoptr (RushesHttpReply) reply = NULL;

      g_assert_cmpint (setrlimit (RLIMIT_FSIZE, &small), ==, 0);
      reply = rushes_desk_succeed (desk, request);
      g_assert_cmpint (setrlimit (RLIMIT_FSIZE, &before), ==, 0);
      assert_large (reply);
    }
  signal (SIGXFSZ, SIG_DFL);
}

/* ---- an answer that comes line by line ---- */

#define FIRST "data: one\n\n"

typedef struct
{
  RushesWire *wire;
  int seen; /* atomic; the test has seen what came first */
  gboolean wanted;
} Tale;

/* A line, and when that was seen another one, with the key in two pieces, and half of a third. */
static gboolean
tell_tale (RushesWire *wire, RushesWireRequest *request, GSocketConnection *connection, gpointer data)
{
  Tale *self = data;
  gint64 end = g_get_monotonic_time () + 20 * G_USEC_PER_SEC;

  rushes_wire_say (connection,
                   "HTTP/1.1 200 OK\r\nContent-Type: text/event-stream\r\nContent-Length: 1000\r\n\r\n" FIRST);
  while (!g_atomic_int_get (&self->seen) && g_get_monotonic_time () < end)
    g_usleep (1000);
  rushes_wire_say (connection, "data: two %.7s", RUSHES_DESK_KEY);
  rushes_wire_say (connection, "%s\n\ndata: thr", RUSHES_DESK_KEY + 7);
  return FALSE;
}

static RushesHttpWorth
hear_tale (const char *bytes, gsize length, gpointer data)
{
  Tale *self = data;

  return self->wanted ? RUSHES_HTTP_SYNC : RUSHES_HTTP_GATHER;
}

/* What lies there, as the process that comes after a crash would find it; NULL when nothing does. */
static char *
look (GFile *spool)
{
  g_autoptr (RushesHttpReply) reply = rushes_http_reply_load (spool, NULL);

  if (reply == NULL)
    return NULL;
  g_assert_true (reply->cut);
  return rushes_desk_text (reply);
}

static char *
live_tale (gboolean wanted)
{
  g_autoptr (RushesDesk) desk = rushes_desk_new ();
  Tale tale = { .wanted = wanted };
  g_autoptr (RushesWire) wire = tale.wire = rushes_wire_new (tell_tale, &tale);
  g_autofree char *address = g_strconcat (rushes_wire_get_origin (wire), "/tale", NULL);
  g_autoptr (RushesHttpRequest) request = rushes_desk_submit (desk, address);
  g_autoptr (DexFuture) call = NULL;
  g_autoptr (GError) error = NULL;
  g_autofree char *contents = NULL;
  g_autofree char *first = NULL;
  gsize size;

  call =
      rushes_http_call_listening (desk->http, request, desk->credentials, FALSE, desk->spool, NULL, hear_tale, &tale);
  while (wanted && first == NULL)
    {
      dex_await (rushes_async_sleep (0.001), NULL);
      first = look (desk->spool);
      g_assert_true (dex_future_is_pending (call));
    }
  if (wanted)
    g_assert_cmpstr (first, ==, FIRST);
  g_atomic_int_set (&tale.seen, TRUE);
  dex_await (g_steal_pointer (&call), &error);
  g_assert_error (error, RUSHES_ERROR, RUSHES_ERROR_NETWORK);
  g_assert_cmpint (rushes_error_get_charged (error), ==, RUSHES_CHARGED_MAYBE);
  g_assert_true (g_file_get_contents (g_file_peek_path (desk->spool), &contents, &size, NULL));
  g_assert_null (g_strstr_len (contents, (gssize) size, "sk-1234"));
  return look (desk->spool);
}

/* The lines that are whole are there from the moment they came, without the key, and whatever becomes of the rest. */
static void
test_lines (void)
{
  g_autofree char *text = live_tale (TRUE);

  g_assert_cmpstr (text, ==, FIRST "data: two ***\n\n");
}

static void
test_no_lines (void)
{
  g_autofree char *text = live_tale (FALSE);

  g_assert_null (text);
}

int
main (int argc, char **argv)
{
  rushes_test_init (&argc, &argv);

  rushes_test_add_fiber ("/http/spool/echoed-key", test_echoed_key);
  rushes_test_add_fiber ("/http/spool/large", test_large);
  rushes_test_add_fiber ("/http/spool/large-echo", test_large_echo);
  rushes_test_add_fiber ("/http/spool/no-spool", test_no_spool);
  rushes_test_add_fiber ("/http/spool/full-disk", test_full_disk);
  rushes_test_add_fiber ("/http/spool/lines", test_lines);
  rushes_test_add_fiber ("/http/spool/no-lines", test_no_lines);

  return g_test_run ();
}
