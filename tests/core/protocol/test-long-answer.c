/* test-long-answer.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include <string.h>

#include "rushes-error.h"
#include "rushes-http-call.h"
#include "rushes-test-protocol.h"
#include "rushes-test.h"
#include "rushes-wire.h"

/* An answer that bears a large clip in base64: it is never in memory as a whole. */

#define BLOCK (48 * 1024)
#define MIB   (1024 * 1024)

typedef struct
{
  guchar block[BLOCK];
  char *base64; /* of the block, with escapes as some services write them */
  guint n_blocks;
  const char *close; /* of the text, and what follows */
} Film;

static gboolean
answer (RushesWire *wire, RushesWireRequest *request, GSocketConnection *connection, gpointer data)
{
  const Film *film = data;

  rushes_wire_say (connection, "HTTP/1.1 200 OK\r\nContent-Type: application/json\r\n\r\n"
                               "{\"b64\":\"data:video/mp4;base64,");
  for (guint i = 0; i < film->n_blocks; i++)
    rushes_wire_send (connection, film->base64, strlen (film->base64));
  rushes_wire_say (connection, "%s", film->close);
  return FALSE;
}

static void
film_init (Film *self, gsize size, const char *close)
{
  g_autoptr (GString) base64 = NULL;

  for (gsize i = 0; i < BLOCK; i++)
    self->block[i] = (guchar) (i * 7 + i / 251);
  memcpy (self->block,
          "\0\0\0\x18"
          "ftypisom",
          12);
  base64 = g_string_new_take (g_base64_encode (self->block, BLOCK));
  g_assert_cmpuint (g_string_replace (base64, "/", "\\/", 0), >, 0);
  self->base64 = g_string_free_and_steal (g_steal_pointer (&base64));
  self->n_blocks = (guint) (size / BLOCK);
  self->close = close;
}

static void
film_clear (Film *self)
{
  g_free (self->base64);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Film, film_clear)

static RushesHttpReply *
call (Film *film, const char *method, GFile *spool)
{
  g_autoptr (RushesWire) wire = rushes_wire_new (answer, film);
  g_autoptr (RushesHttp) http = rushes_http_for_proxy ("direct://");
  g_autoptr (RushesHttpRequest) request = rushes_http_request_new (method, rushes_wire_get_origin (wire));
  g_autoptr (GError) error = NULL;
  RushesHttpReply *reply;

  request->first_byte = 20;
  request->is_submit = g_str_equal (method, "POST");
  reply = dex_await_boxed (rushes_http_call (http, request, NULL, FALSE, spool, NULL), &error);
  g_assert_no_error (error);
  return reply;
}

/* Bytes of memory that this process had at most since this was called with @again. */
static gint64
measure_peak (gboolean again)
{
  g_autofree char *status = NULL;
  const char *peak;

  if (again)
    g_assert_true (g_file_set_contents_full ("/proc/self/clear_refs", "5", 1, G_FILE_SET_CONTENTS_NONE, 0, NULL));
  g_assert_true (g_file_get_contents ("/proc/self/status", &status, NULL, NULL));
  peak = strstr (status, "VmHWM:");
  g_assert_nonnull (peak);
  return g_ascii_strtoll (peak + strlen ("VmHWM:"), NULL, 10) * 1024;
}

static void
assert_clip (Film *film, GFile *spool)
{
  g_autofree char *path = g_strconcat (g_file_peek_path (spool), ".clip", NULL);
  g_autoptr (GFile) file = g_file_new_for_path (path);
  g_autoptr (GFileInputStream) stream = g_file_read (file, NULL, NULL);
  g_autofree guchar *found = g_malloc (BLOCK);
  gsize length;

  g_assert_nonnull (stream);
  for (guint i = 0; i < film->n_blocks; i++)
    {
      g_assert_true (g_input_stream_read_all (G_INPUT_STREAM (stream), found, BLOCK, &length, NULL, NULL));
      g_assert_cmpuint (length, ==, BLOCK);
      if (memcmp (found, film->block, BLOCK) != 0)
        g_error ("The clip is another one in block %u.", i);
    }
  g_assert_cmpint (g_input_stream_read (G_INPUT_STREAM (stream), found, 1, NULL, NULL), ==, 0);
}

static void
test_bounded (void)
{
  g_auto (Film) film = { 0 };
  g_autoptr (RushesTestTake) take = rushes_test_take_change ("", NULL);
  g_autoptr (RushesHttpReply) reply = NULL;
  g_autoptr (RushesHttpReply) kept = NULL;
  g_autoptr (RushesAnswer) result = NULL;
  g_autoptr (RushesAnswer) again = NULL;
  g_autoptr (GError) error = NULL;
  gint64 before, after;

  film_init (&film, 45 * MIB, "\",\"state\":\"done\"}");
  before = measure_peak (TRUE);
  reply = call (&film, "POST", take->spool);
  result = rushes_test_read (take, RUSHES_OPERATION_SUBMIT, reply, &error);
  after = measure_peak (FALSE);
  g_assert_no_error (error);
  g_test_message ("%.1f MiB of memory for an answer of %.1f MiB", (double) (after - before) / MIB,
                  (double) strlen (film.base64) * film.n_blocks / MIB);
  g_assert_cmpint (after - before, <, 32 * MIB);
  g_assert_cmpint (result->phase, ==, RUSHES_PHASE_DONE);
  g_assert_cmpuint (result->outputs->len, ==, 1);
  assert_clip (&film, take->spool);

  /* And so does the process that comes after a crash. */
  kept = rushes_http_reply_load (take->spool, &error);
  g_assert_no_error (error);
  again = rushes_test_read (take, RUSHES_OPERATION_SUBMIT, kept, &error);
  g_assert_no_error (error);
  assert_clip (&film, take->spool);
}

/* The answer to a question is larger than memory may be, too, but is not kept: it can be asked for again. */
static void
test_question (void)
{
  g_auto (Film) film = { 0 };
  g_autoptr (RushesTestTake) take = rushes_test_take_change ("", NULL);
  g_autofree char *path = g_strconcat (g_file_peek_path (take->spool), ".answer", NULL);
  g_autoptr (GFile) place = g_file_new_for_path (path);
  g_autoptr (RushesHttpReply) reply = NULL;
  g_autoptr (RushesAnswer) result = NULL;
  g_autoptr (GError) error = NULL;

  film_init (&film, 20 * MIB, "\",\"state\":\"done\"}");
  reply = call (&film, "GET", place);
  g_assert_false (g_file_query_exists (place, NULL));
  result = rushes_test_read (take, RUSHES_OPERATION_STATUS, reply, &error);
  g_assert_no_error (error);
  g_assert_cmpint (result->phase, ==, RUSHES_PHASE_DONE);
  assert_clip (&film, take->spool);
}

/* What is no whole answer, or no base64, is no clip, and stays in the spool. */
static void
test_broken (void)
{
  static const char *const closes[] = { "", "\"", "%\",\"state\":\"done\"}", "QQ=\",\"state\":\"done\"}" };

  for (guint i = 0; i < G_N_ELEMENTS (closes); i++)
    {
      g_auto (Film) film = { 0 };
      g_autoptr (RushesTestTake) take = rushes_test_take_change ("", NULL);
      g_autofree char *path = g_strconcat (g_file_peek_path (take->spool), ".clip", NULL);
      g_autoptr (RushesHttpReply) reply = NULL;
      g_autoptr (RushesHttpReply) kept = NULL;
      g_autoptr (RushesAnswer) result = NULL;
      g_autoptr (GError) error = NULL;

      film_init (&film, 2 * MIB, closes[i]);
      reply = call (&film, "POST", take->spool);
      result = rushes_test_read (take, RUSHES_OPERATION_SUBMIT, reply, &error);
      g_assert_null (result);
      g_test_message ("%s", error->message);
      g_assert_error (error, RUSHES_ERROR, RUSHES_ERROR_PROTOCOL);
      g_assert_cmpint (rushes_error_get_charged (error), ==, RUSHES_CHARGED_MAYBE);
      g_assert_false (g_file_test (path, G_FILE_TEST_EXISTS));
      kept = rushes_http_reply_load (take->spool, NULL);
      g_assert_nonnull (kept);
    }
}

int
main (int argc, char **argv)
{
  rushes_test_init (&argc, &argv);

  rushes_test_add_fiber ("/long-answer/bounded", test_bounded);
  rushes_test_add_fiber ("/long-answer/question", test_question);
  rushes_test_add_fiber ("/long-answer/broken", test_broken);

  return g_test_run ();
}
