/* test-event-stream.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include <string.h>

#include "rushes-error.h"
#include "rushes-event-stream.h"
#include "rushes-test.h"

/* What came out, one line for each event: type|data|id. */
static void
note (const RushesServerEvent *event, gpointer user_data)
{
  GString *log = user_data;

  g_assert_true (g_utf8_validate_len (event->data, event->length, NULL) ||
                 memchr (event->data, '\0', event->length) != NULL);
  g_string_append_printf (log, "%s|", event->type);
  g_string_append_len (log, event->data, event->length);
  g_string_append_printf (log, "|%s;", event->id);
}

static RushesEventStream *
read_all (GString *log, const char *bytes, gsize length, gsize piece)
{
  RushesEventStream *stream = rushes_event_stream_new (note, log);

  for (gsize i = 0; i < length; i += piece)
    {
      g_autoptr (GError) error = NULL;

      /* A copy of exactly its size, so that reading beyond it is seen. */
      gsize n = MIN (piece, length - i);
      g_autofree char *copy = g_memdup2 (bytes + i, n);

      rushes_event_stream_feed (stream, copy, n, &error);
      g_assert_no_error (error);
    }
  return stream;
}

#define TEXT(literal) literal, sizeof literal - 1

/* One row for each thing that the section of the standard says. */
static const struct
{
  const char *name;
  const char *bytes;
  gsize length;
  const char *events;
  const char *last_id;
  gint64 retry;
} rows[] = {
  /* The three examples of the section itself. */
  { "stocks", TEXT ("data: YHOO\ndata: +2\ndata: 10\n\n"), "message|YHOO\n+2\n10|;", "", -1 },
  { "four-blocks",
    TEXT (": test stream\n\ndata: first event\nid: 1\n\ndata:second event\nid\n\ndata:  third event\n\n"),
    "message|first event|1;message|second event|;message| third event|;", "", -1 },
  { "empty-data", TEXT ("data\n\ndata\ndata\n\ndata:\n"), "message||;message|\n|;", "", -1 },
  { "same-twice", TEXT ("data:test\n\ndata: test\n\n"), "message|test|;message|test|;", "", -1 },

  /* "Streams must be decoded using the UTF-8 decode algorithm", which strips one byte order mark. */
  { "bom",
    TEXT ("\xEF\xBB\xBF"
          "data: a\n\n"),
    "message|a|;", "", -1 },
  { "one-bom-only",
    TEXT ("\xEF\xBB\xBF\xEF\xBB\xBF"
          "data: a\n\ndata: b\n\n"),
    "message|b|;", "", -1 },
  { "no-bom-later",
    TEXT ("data: \xEF\xBB\xBF"
          "a\n\n"),
    "message|\xEF\xBB\xBF"
    "a|;",
    "", -1 },
  { "half-bom",
    TEXT ("\xEF\xBB"
          "data: a\n\ndata: b\n\n"),
    "message|b|;", "", -1 },
  { "broken-utf8", TEXT ("data: a\xFFz\n\n"), "message|a\xEF\xBF\xBDz|;", "", -1 },
  { "cut-sequence",
    TEXT ("data: \xE2\x82"
          "A\n\n"),
    "message|\xEF\xBF\xBD"
    "A|;",
    "", -1 },
  { "surrogate", TEXT ("data: \xED\xA0\x80\n\n"), "message|\xEF\xBF\xBD\xEF\xBF\xBD\xEF\xBF\xBD|;", "", -1 },
  { "overlong", TEXT ("data: \xC0\xAF\n\n"), "message|\xEF\xBF\xBD\xEF\xBF\xBD|;", "", -1 },
  { "cut-by-line", TEXT ("data: \xF0\x9F\x98\ndata: x\n\n"), "message|\xEF\xBF\xBD\nx|;", "", -1 },
  { "chinese", TEXT ("data: 视频已生成45%\nevent: 进度\nid: 一\n\n"), "进度|视频已生成45%|一;", "一", -1 },

  /* Lines end with CRLF, LF or CR, in any mixture. */
  { "crlf", TEXT ("data: a\r\n\r\ndata: b\r\n\r\n"), "message|a|;message|b|;", "", -1 },
  { "cr", TEXT ("data: a\r\rdata: b\r\r"), "message|a|;message|b|;", "", -1 },
  { "mixture", TEXT ("data: a\rdata: b\ndata: c\r\n\rdata: d\n\r\ndata: e\r\n\n"),
    "message|a\nb\nc|;message|d|;message|e|;", "", -1 },
  { "other-breaks", TEXT ("data: a\x0B\x0C\xC2\x85\xE2\x80\xA8z\n\n"), "message|a\x0B\x0C\xC2\x85\xE2\x80\xA8z|;", "",
    -1 },

  /* "If the line starts with a U+003A COLON character: Ignore the line." */
  { "comments", TEXT (":\n: data: a\ndata: b\n:data: c\n\n"), "message|b|;", "", -1 },
  /* One blank after the colon goes, no more of them and nothing else. */
  { "blanks", TEXT ("data:  a \ndata:\tb\n\n"), "message| a \n\tb|;", "", -1 },
  { "colons", TEXT ("data: a: b:c\n\n"), "message|a: b:c|;", "", -1 },
  /* "Otherwise, the string is not empty but does not contain a colon": the whole line is the field's name. */
  { "no-colon", TEXT ("data\nevent\nid\nretry\nnonsense\n\n"), "message||;", "", -1 },
  /* "Field names must be compared literally, with no case folding performed." */
  { "case", TEXT ("Data: a\nDATA: b\ndata : c\n data: d\ndata: e\n\n"), "message|e|;", "", -1 },
  { "unknown", TEXT ("dat: a\ndatas: b\nfoo: c\ndata: d\n\n"), "message|d|;", "", -1 },

  /* event: the last one counts, for this event only. */
  { "event", TEXT ("event: a\nevent: b\ndata: x\n\ndata: y\n\n"), "b|x|;message|y|;", "", -1 },
  { "event-empty", TEXT ("event: a\nevent:\ndata: x\n\n"), "message|x|;", "", -1 },
  { "event-without-data", TEXT ("event: a\n\ndata: x\n\n"), "message|x|;", "", -1 },

  /* id: stays until another one, counts when dispatched, also without data; ignored with a NUL. */
  { "id-stays", TEXT ("id: 1\ndata: a\n\ndata: b\n\nid: 2\n\n"), "message|a|1;message|b|1;", "2", -1 },
  { "id-empty", TEXT ("id: 1\ndata: a\n\nid\ndata: b\n\n"), "message|a|1;message|b|;", "", -1 },
  { "id-nul",
    TEXT ("id: 1\ndata: a\n\nid: 2\0"
          "3\ndata: b\n\n"),
    "message|a|1;message|b|1;", "1", -1 },
  { "id-undispatched", TEXT ("id: 1\ndata: a\n\nid: 2\ndata: b\n"), "message|a|1;", "1", -1 },

  /* retry: digits only. */
  { "retry", TEXT ("retry: 2500\n\n"), "", "", 2500 },
  { "retry-bad", TEXT ("retry: 100\nretry: 1s\nretry: -5\nretry: 1.5\nretry:\nretry: ５\n\n"), "", "", 100 },
  { "retry-blank", TEXT ("retry:  100\n\n"), "", "", -1 },

  /* "Once the end of the file is reached, any pending data must be discarded." */
  { "unfinished", TEXT ("data: a\n\ndata: b\n"), "message|a|;", "", -1 },
  { "unfinished-line", TEXT ("data: a\n\ndata: b"), "message|a|;", "", -1 },
  { "blank-lines", TEXT ("\n\n\n\ndata: a\n\n\n\n"), "message|a|;", "", -1 },
  { "nothing", TEXT (""), "", "", -1 },
};

static void
test_standard (gconstpointer data)
{
  gsize i = GPOINTER_TO_SIZE (data);

  /* However it is cut, the same comes out. */
  for (gsize piece = 1; piece <= MAX (rows[i].length, 1); piece++)
    {
      g_autoptr (GString) log = g_string_new (NULL);
      g_autoptr (RushesEventStream) stream = read_all (log, rows[i].bytes, rows[i].length, piece);

      g_assert_cmpstr (log->str, ==, rows[i].events);
      g_assert_cmpstr (rushes_event_stream_get_last_id (stream), ==, rows[i].last_id);
      g_assert_cmpint (rushes_event_stream_get_retry (stream), ==, rows[i].retry);
      rushes_event_stream_end (stream);
      g_assert_cmpstr (rushes_event_stream_get_last_id (stream), ==, rows[i].last_id);
    }
}

/* Data may hold NULs. */
static void
test_nul (void)
{
  g_autoptr (GString) log = g_string_new (NULL);
  g_autoptr (RushesEventStream) stream = read_all (log, TEXT ("data: a\0b\n\n"), 3);

  g_assert_cmpmem (log->str, log->len, "message|a\0b|;", 13);
  g_assert_cmpuint (rushes_event_stream_get_n_repaired (stream), ==, 0);
}

/* Anything at all, cut in any way, gives what it gives in one piece. */
static void
test_any_cuts (void)
{
  static const char *const words[] = { "data",
                                       "data: ",
                                       ":",
                                       "event: x",
                                       "id: 7",
                                       "retry: 9",
                                       "\n",
                                       "\r",
                                       "\r\n",
                                       "\n\n",
                                       "\xEF\xBB\xBF",
                                       "\xF0\x9F",
                                       "\x98\x80",
                                       "船",
                                       " ",
                                       "a long run of words",
                                       "\xFF" };

  for (guint round = 0; round < 2000; round++)
    {
      g_autoptr (GString) text = g_string_new (NULL);
      g_autoptr (GString) whole = g_string_new (NULL);
      g_autoptr (GString) cut = g_string_new (NULL);
      g_autoptr (RushesEventStream) first = NULL;
      g_autoptr (RushesEventStream) second = rushes_event_stream_new (note, cut);
      gsize n;

      for (gint i = g_test_rand_int_range (1, 40); i > 0; i--)
        g_string_append (text, words[g_test_rand_int_range (0, G_N_ELEMENTS (words))]);
      first = read_all (whole, text->str, text->len, text->len);
      for (gsize i = 0; i < text->len; i += n)
        {
          n = g_test_rand_int_range (1, 8);
          n = MIN (n, text->len - i);
          g_assert_true (rushes_event_stream_feed (second, text->str + i, n, NULL));
        }
      g_assert_cmpstr (cut->str, ==, whole->str);
      g_assert_cmpstr (rushes_event_stream_get_last_id (second), ==, rushes_event_stream_get_last_id (first));
      g_assert_cmpint (rushes_event_stream_get_retry (second), ==, rushes_event_stream_get_retry (first));
      g_assert_cmpuint (rushes_event_stream_get_n_repaired (second), ==, rushes_event_stream_get_n_repaired (first));
    }
}

static void
test_another_connection (void)
{
  g_autoptr (GString) log = g_string_new (NULL);
  g_autoptr (RushesEventStream) stream = read_all (log, TEXT ("id: 1\ndata: a\n\nid: 2\nevent: x\ndata: b\nda"), 4);

  rushes_event_stream_end (stream);
  g_assert_cmpstr (rushes_event_stream_get_last_id (stream), ==, "1");
  g_assert_true (rushes_event_stream_feed (stream,
                                           TEXT ("\xEF\xBB\xBF"
                                                 "data: c\n\n"),
                                           NULL));
  g_assert_cmpstr (log->str, ==, "message|a|1;message|c|1;");
  g_assert_cmpuint (rushes_event_stream_get_n_events (stream), ==, 2);
}

static void
count (const RushesServerEvent *event, gpointer user_data)
{
  *(gsize *) user_data += event->length;
}

/* One event may be as large as the limit, in whatever lines, and no larger. */
static void
test_limit (void)
{
  g_autofree char *filler = g_strnfill (1000, 'x');

  for (guint lines = 0; lines < 2; lines++)
    {
      gsize sum = 0;
      g_autoptr (RushesEventStream) stream = rushes_event_stream_new (count, &sum);
      g_autoptr (GError) error = NULL;
      gsize fed = 0;

      rushes_event_stream_set_limit (stream, 100000);
      for (guint i = 0; i < 90; i++)
        {
          if (i == 0 || lines == 1)
            g_assert_true (rushes_event_stream_feed (stream, TEXT ("data: "), NULL));
          g_assert_true (rushes_event_stream_feed (stream, filler, 1000, NULL));
          if (lines == 1)
            g_assert_true (rushes_event_stream_feed (stream, TEXT ("\n"), NULL));
        }
      g_assert_true (rushes_event_stream_feed (stream, TEXT ("\n\n"), NULL));
      g_assert_cmpuint (sum, >=, 90000);

      g_assert_true (rushes_event_stream_feed (stream, TEXT ("data: "), NULL));
      while (fed < 200000 && rushes_event_stream_feed (stream, filler, 1000, &error))
        fed += 1000;
      g_assert_error (error, RUSHES_ERROR, RUSHES_ERROR_PROTOCOL);
      g_assert_cmpuint (fed, <=, 100000);
      g_assert_false (rushes_event_stream_feed (stream, TEXT ("\n\n"), NULL));
    }
}

/* What one large event needed is not kept for all the small ones after it, and a stream without end grows nothing. */
static void
test_endless (void)
{
  gsize sum = 0;
  g_autoptr (RushesEventStream) stream = rushes_event_stream_new (count, &sum);
  g_autofree char *filler = g_strnfill (4096, 'x');

  for (guint i = 0; i < 20000; i++)
    {
      g_assert_true (rushes_event_stream_feed (stream, TEXT ("data: "), NULL));
      g_assert_true (rushes_event_stream_feed (stream, filler, 4096, NULL));
      g_assert_true (rushes_event_stream_feed (stream, TEXT ("\n\n"), NULL));
    }
  g_assert_cmpuint (sum, ==, 20000 * 4096);
  g_assert_cmpuint (rushes_event_stream_get_n_events (stream), ==, 20000);
}

int
main (int argc, char **argv)
{
  rushes_test_init (&argc, &argv);
  for (gsize i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      g_autofree char *path = g_strconcat ("/event-stream/standard/", rows[i].name, NULL);

      g_test_add_data_func (path, GSIZE_TO_POINTER (i), test_standard);
    }
  g_test_add_func ("/event-stream/nul", test_nul);
  g_test_add_func ("/event-stream/any-cuts", test_any_cuts);
  g_test_add_func ("/event-stream/another-connection", test_another_connection);
  g_test_add_func ("/event-stream/limit", test_limit);
  g_test_add_func ("/event-stream/endless", test_endless);

  return g_test_run ();
}
