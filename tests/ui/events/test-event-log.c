/* test-event-log.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include <json-glib/json-glib.h>
#include <string.h>

#include "rushes-event-export.h"
#include "rushes-event-log.h"
#include "rushes-event-words.h"
#include "rushes-test.h"

static RushesEventItem *
make_item (const char *type, const char *data, const char *id)
{
  const RushesServerEvent event = { type, data, strlen (data), id };

  return rushes_event_item_new (&event);
}

typedef struct
{
  GString *changes; /* position-removed+added; */
} Listener;

static void
on_changed (GListModel *list, guint position, guint removed, guint added, Listener *self)
{
  g_string_append_printf (self->changes, "%u-%u+%u;", position, removed, added);
}

static void
assert_data (RushesEventLog *log, guint position, const char *data)
{
  g_autoptr (RushesEventItem) item = g_list_model_get_item (G_LIST_MODEL (log), position);

  g_assert_nonnull (item);
  g_assert_cmpstr (rushes_event_item_get_data (item), ==, data);
}

static void
append (RushesEventLog *log, guint from, guint to)
{
  for (guint i = from; i < to; i++)
    {
      g_autofree char *data = g_strdup_printf ("%u", i);

      rushes_event_log_append (log, make_item ("message", data, ""));
    }
}

/* ---- the list ---- */

static void
test_batches (void)
{
  g_autoptr (RushesEventLog) log = rushes_event_log_new (100, 1000000);
  g_autoptr (GString) changes = g_string_new (NULL);
  Listener listener = { changes };

  g_signal_connect (log, "items-changed", G_CALLBACK (on_changed), &listener);
  rushes_event_log_flush (log);
  g_assert_cmpstr (changes->str, ==, "");

  append (log, 0, 60);
  g_assert_cmpuint (g_list_model_get_n_items (G_LIST_MODEL (log)), ==, 0);
  g_assert_cmpuint (rushes_event_log_get_n_waiting (log), ==, 60);
  rushes_event_log_flush (log);
  g_assert_cmpstr (changes->str, ==, "0-0+60;");
  g_assert_cmpuint (rushes_event_log_get_n_waiting (log), ==, 0);

  append (log, 60, 130);
  rushes_event_log_flush (log);
  g_assert_cmpstr (changes->str, ==, "0-0+60;0-30+0;30-0+70;");
  g_assert_cmpuint (g_list_model_get_n_items (G_LIST_MODEL (log)), ==, 100);
  g_assert_cmpuint (rushes_event_log_get_n_left_out (log), ==, 30);
  for (guint i = 0; i < 100; i++)
    {
      g_autofree char *data = g_strdup_printf ("%u", i + 30);

      assert_data (log, i, data);
    }
  g_assert_null (g_list_model_get_item (G_LIST_MODEL (log), 100));

  append (log, 130, 135);
  g_string_truncate (changes, 0);
  rushes_event_log_clear (log);
  g_assert_cmpstr (changes->str, ==, "0-100+0;");
  g_assert_cmpuint (rushes_event_log_get_n_waiting (log), ==, 0);
  g_assert_cmpuint (rushes_event_log_get_n_left_out (log), ==, 0);
}

/* What nobody takes over does not grow either. */
static void
test_waiting_bound (void)
{
  g_autoptr (RushesEventLog) log = rushes_event_log_new (10, 1000000);

  append (log, 0, 10);
  rushes_event_log_flush (log);
  append (log, 10, 1000);
  g_assert_cmpuint (rushes_event_log_get_n_waiting (log), ==, 10);
  g_assert_cmpuint (rushes_event_log_get_n_left_out (log), ==, 980);
  rushes_event_log_flush (log);
  g_assert_cmpuint (g_list_model_get_n_items (G_LIST_MODEL (log)), ==, 10);
  g_assert_cmpuint (rushes_event_log_get_n_left_out (log), ==, 990);
  assert_data (log, 0, "990");
  assert_data (log, 9, "999");
}

static void
test_bytes (void)
{
  g_autofree char *large = g_strnfill (600, 'x');
  g_autofree char *huge = g_strnfill (5000, 'y');
  g_autoptr (RushesEventLog) log = rushes_event_log_new (10, 1000);

  rushes_event_log_append (log, make_item ("message", large, ""));
  rushes_event_log_flush (log);
  rushes_event_log_append (log, make_item ("message", large, ""));
  rushes_event_log_flush (log);
  g_assert_cmpuint (g_list_model_get_n_items (G_LIST_MODEL (log)), ==, 1);
  g_assert_cmpuint (rushes_event_log_get_n_left_out (log), ==, 1);

  /* The newest is there, however large. */
  rushes_event_log_append (log, make_item ("message", huge, ""));
  rushes_event_log_flush (log);
  g_assert_cmpuint (g_list_model_get_n_items (G_LIST_MODEL (log)), ==, 1);
  assert_data (log, 0, huge);
  rushes_event_log_append (log, make_item ("message", "small", ""));
  rushes_event_log_flush (log);
  g_assert_cmpuint (g_list_model_get_n_items (G_LIST_MODEL (log)), ==, 1);
  assert_data (log, 0, "small");
}

/* ---- one event ---- */

static void
test_item (void)
{
  const RushesServerEvent event = { "delta", "a\0b", 3, "7" };
  g_autoptr (RushesEventItem) item = rushes_event_item_new (&event);
  g_autofree char *json = rushes_event_item_to_json (item);
  g_autoptr (JsonNode) node = json_from_string (json, NULL);
  JsonObject *object = json_node_get_object (node);

  g_assert_cmpstr (rushes_event_item_get_data (item), ==,
                   "a\xEF\xBF\xBD"
                   "b");
  g_assert_true (rushes_event_item_matches (item, "delta"));
  g_assert_true (rushes_event_item_matches (item, "b"));
  g_assert_false (rushes_event_item_matches (item, "c"));

  g_assert_true (g_str_has_suffix (json, "}\n"));
  g_assert_cmpstr (json_object_get_string_member (object, "type"), ==, "event");
  g_assert_cmpstr (json_object_get_string_member (object, "event_type"), ==, "delta");
  g_assert_cmpstr (json_object_get_string_member (object, "data"), ==,
                   "a\xEF\xBF\xBD"
                   "b");
  g_assert_cmpstr (json_object_get_string_member (object, "event_id"), ==, "7");
  g_assert_true (g_regex_match_simple ("^\\d{4}-\\d\\d-\\d\\dT\\d\\d:\\d\\d:\\d\\d\\.\\d{3}Z$",
                                       json_object_get_string_member (object, "timestamp"), 0, 0));
}

/* Small and large letters are the same, in any script. */
static void
test_matches (void)
{
  static const struct
  {
    const char *data, *words;
    gboolean matches;
  } cases[] = {
    { "PAPER boat", "Paper BOAT", TRUE },
    { "бумажный КОРАБЛИК", "Кораблик", TRUE },
    { "STRASSE", "straße", TRUE },
    { "Straße", "STRASSE", TRUE },
    { "273 \u212A", "k", TRUE },
    { "Ελλάδος", "ΕΛΛΆΔΟΣ", TRUE },
    { "流", "流", TRUE },
    { "流", "溪", FALSE },
    { "{\"percent\":42}", "PERCENTS", FALSE },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr (RushesEventItem) item = make_item ("message", cases[i].data, "");
      g_autofree char *folded = g_utf8_casefold (cases[i].words, -1);

      g_test_message ("%s in %s", cases[i].words, cases[i].data);
      g_assert_true (rushes_event_item_matches (item, folded) == cases[i].matches);
    }
}

static void
assert_whole (const char *data, const char *expected)
{
  gboolean is_cut;
  g_autofree char *text = rushes_event_words_whole (data, strlen (data), &is_cut);

  g_assert_cmpstr (text, ==, expected);
  g_assert_false (is_cut);
}

static void
test_words (void)
{
  g_autofree char *line = rushes_event_words_line ("\n  <b>one</b>\e]0;x\ntwo");
  g_autofree char *nothing = rushes_event_words_line ("");

  g_assert_cmpstr (line, ==, "<b>one</b>␛]0;x");
  g_assert_cmpstr (nothing, ==, "");

  assert_whole ("plain\ntext\r\x01", "plain\ntext␍␁");
  assert_whole ("12", "12");
  assert_whole ("{\"a\":[1.50,\"x,{:\\\"\"],\"b\":{}, \"c\" : [ ] }",
                "{\n  \"a\": [\n    1.50,\n    \"x,{:\\\"\"\n  ],\n  \"b\": {},\n  \"c\": []\n}");
  /* More digits than a double has stay. */
  assert_whole ("[123456789012345678901.10]", "[\n  123456789012345678901.10\n]");
  assert_whole ("{\"a\":", "{\"a\":");
}

static void
test_large_words (void)
{
  /* Three bytes each, so that a limit falls between the bytes of one. */
  g_autoptr (GString) data = g_string_new (NULL);
  g_autofree char *text = NULL;
  g_autofree char *line = NULL;
  gboolean is_cut = FALSE;

  while (data->len < 1024 * 1024)
    g_string_append (data, "流");
  text = rushes_event_words_whole (data->str, data->len, &is_cut);
  line = rushes_event_words_line (data->str);
  g_assert_true (is_cut);
  g_assert_true (g_utf8_validate (text, -1, NULL));
  g_assert_cmpuint (strlen (text), >, 30000);
  g_assert_cmpuint (strlen (text), <=, 32 * 1024);
  g_assert_null (strstr (text, "\xEF\xBF\xBD"));
  g_assert_cmpuint (strlen (line), ==, 399);
}

/* ---- a file ---- */

static void
test_export (void)
{
  g_autoptr (RushesEventLog) log = rushes_event_log_new (100, 1000000);
  g_autofree char *folder = rushes_test_folder ();
  g_autoptr (GFile) file = g_file_new_build_filename (folder, "events.jsonl", NULL);
  g_autoptr (GFile) impossible = g_file_new_build_filename (folder, "missing", "events.jsonl", NULL);
  g_autoptr (DexFuture) done = NULL;
  g_autoptr (DexFuture) failed = NULL;
  g_autoptr (GError) error = NULL;
  g_autofree char *text = NULL;
  g_auto (GStrv) lines = NULL;

  append (log, 0, 20);
  rushes_event_log_flush (log);
  done = rushes_test_run (rushes_event_export (G_LIST_MODEL (log), file));
  g_assert_cmpint (g_value_get_int (dex_future_get_value (done, &error)), ==, 20);
  g_assert_no_error (error);
  g_assert_true (g_file_get_contents (g_file_peek_path (file), &text, NULL, NULL));
  lines = g_strsplit (text, "\n", -1);
  g_assert_cmpuint (g_strv_length (lines), ==, 21);
  g_assert_cmpstr (lines[20], ==, "");
  for (guint i = 0; i < 20; i++)
    {
      g_autoptr (JsonNode) node = json_from_string (lines[i], NULL);
      g_autofree char *data = g_strdup_printf ("%u", i);

      g_assert_cmpstr (json_object_get_string_member (json_node_get_object (node), "data"), ==, data);
    }

  failed = rushes_test_run (rushes_event_export (G_LIST_MODEL (log), impossible));
  g_assert_null (dex_future_get_value (failed, &error));
  g_assert_nonnull (error);
  g_assert_nonnull (strstr (error->message, "events.jsonl"));
}

int
main (int argc, char **argv)
{
  rushes_test_init (&argc, &argv);

  g_test_add_func ("/events/log/batches", test_batches);
  g_test_add_func ("/events/log/waiting-bound", test_waiting_bound);
  g_test_add_func ("/events/log/bytes", test_bytes);
  g_test_add_func ("/events/item", test_item);
  g_test_add_func ("/events/item/matches", test_matches);
  g_test_add_func ("/events/words", test_words);
  g_test_add_func ("/events/words/large", test_large_words);
  g_test_add_func ("/events/export", test_export);

  return g_test_run ();
}
