/* test-http-spool.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include <signal.h>
#include <string.h>
#include <sys/resource.h>

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

int
main (int argc, char **argv)
{
  rushes_test_init (&argc, &argv);

  rushes_test_add_fiber ("/http/spool/echoed-key", test_echoed_key);
  rushes_test_add_fiber ("/http/spool/large", test_large);
  rushes_test_add_fiber ("/http/spool/no-spool", test_no_spool);
  rushes_test_add_fiber ("/http/spool/full-disk", test_full_disk);

  return g_test_run ();
}
