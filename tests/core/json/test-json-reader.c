/* test-json-reader.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "rushes-error.h"
#include "rushes-json-reader.h"
#include "rushes-test.h"

static JsonNode *
parse (const char *text)
{
  g_autoptr (GError) error = NULL;
  JsonNode *node = json_from_string (text, &error);

  g_assert_no_error (error);
  return node;
}

/* Reads all that the tests below know of, whatever @text holds, and gives what there was to complain of. */
static char *
complaint_of (const char *text)
{
  static const char *const words[] = { "red", "green", NULL };
  g_autoptr (JsonNode) root = parse (text);
  g_autoptr (RushesJsonReader) reader = rushes_json_reader_new (root, "file.json");
  g_autoptr (GError) error = NULL;
  g_auto (GStrv) strings = NULL;

  rushes_json_reader_need (reader, "name", NULL);
  rushes_json_reader_get_string (reader, "name", NULL);
  rushes_json_reader_get_boolean (reader, "on", FALSE);
  rushes_json_reader_get_integer (reader, "count", 1, 9, 1);
  rushes_json_reader_get_number (reader, "size", 0.5, 2, 1);
  rushes_json_reader_get_word (reader, "colour", words, 0);
  strings = rushes_json_reader_get_strings (reader, "strings");
  if (rushes_json_reader_enter_list (reader, "things"))
    {
      while (rushes_json_reader_next (reader))
        if (rushes_json_reader_enter_object (reader, NULL))
          {
            rushes_json_reader_need (reader, "id", NULL);
            rushes_json_reader_get_integer (reader, "id", 0, 99, 0);
            if (rushes_json_reader_enter_list (reader, "sizes"))
              {
                while (rushes_json_reader_next (reader))
                  rushes_json_reader_get_number (reader, NULL, 0, 10, 0);
                rushes_json_reader_leave (reader);
              }
            rushes_json_reader_leave (reader);
          }
      rushes_json_reader_leave (reader);
    }

  if (rushes_json_reader_finish (reader, &error))
    return NULL;
  g_assert_error (error, RUSHES_ERROR, RUSHES_ERROR_BAD_REQUEST);
  return g_strdup (error->message);
}

static void
test_mistakes (void)
{
  static const struct
  {
    const char *text;
    const char *complaint;
  } cases[] = {
    { "{\"name\":\"a\"}", NULL },
    { "{\"name\":\"a\",\"on\":true,\"count\":9,\"size\":2,\"colour\":\"green\",\"strings\":[\"x\"],"
      "\"things\":[{\"id\":0,\"sizes\":[1,2.5]}]}",
      NULL },
    { "[]", "file.json: an object { … } is expected." },
    { "{}", "file.json: “name” is missing." },
    { "{\"name\":1}", "file.json: name: text in quotes is expected." },
    { "{\"name\":null}", "file.json: name: text in quotes is expected." },
    { "{\"name\":{}}", "file.json: name: text in quotes is expected." },
    { "{\"name\":\"a\",\"on\":1}", "file.json: on: true or false is expected." },
    { "{\"name\":\"a\",\"count\":1.0}", "file.json: count: a whole number is expected." },
    { "{\"name\":\"a\",\"count\":10}", "file.json: count: a whole number from 1 to 9 is expected." },
    { "{\"name\":\"a\",\"size\":\"1\"}", "file.json: size: a number is expected." },
    { "{\"name\":\"a\",\"size\":0.4}", "file.json: size: a number from 0.5 to 2 is expected." },
    { "{\"name\":\"a\",\"colour\":\"blue\"}", "file.json: colour: one of these words is expected: red, green." },
    { "{\"name\":\"a\",\"strings\":\"x\"}", "file.json: strings: a list [ … ] is expected." },
    { "{\"name\":\"a\",\"strings\":[\"x\",2]}", "file.json: strings[1]: text in quotes is expected." },
    { "{\"name\":\"a\",\"things\":[1]}", "file.json: things[0]: an object { … } is expected." },
    { "{\"name\":\"a\",\"things\":[{\"id\":1},{}]}", "file.json: things[1]: “id” is missing." },
    { "{\"name\":\"a\",\"things\":[{\"id\":1,\"sizes\":[1,11]}]}",
      "file.json: things[0].sizes[1]: a number from 0 to 10 is expected." },
    { "{\"name\":\"a\",\"things\":[{\"id\":1,\"weight\":2}]}", "file.json: things[0]: “weight” is not known here." },
    { "{\"name\":\"a\",\"nmae\":\"b\"}", "file.json: “nmae” is not known here." },
    /* the first of several is told */
    { "{\"name\":1,\"on\":2,\"x\":3}", "file.json: name: text in quotes is expected." },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autofree char *complaint = complaint_of (cases[i].text);

      g_test_message ("%s", cases[i].text);
      g_assert_cmpstr (complaint, ==, cases[i].complaint);
    }
}

static void
test_fallbacks (void)
{
  g_autoptr (JsonNode) root = parse ("{\"name\":7,\"count\":12,\"size\":\"big\",\"on\":\"yes\",\"after\":\"read\"}");
  g_autoptr (RushesJsonReader) reader = rushes_json_reader_new (root, "file.json");

  /* After a mistake the rest is read all the same: who never asks for the error reads leniently. */
  g_assert_cmpstr (rushes_json_reader_get_string (reader, "name", "nobody"), ==, "nobody");
  g_assert_cmpint (rushes_json_reader_get_integer (reader, "count", 1, 9, 4), ==, 4);
  g_assert_cmpfloat (rushes_json_reader_get_number (reader, "size", 0, 1, 0.25), ==, 0.25);
  g_assert_true (rushes_json_reader_get_boolean (reader, "on", TRUE));
  g_assert_cmpstr (rushes_json_reader_get_string (reader, "after", NULL), ==, "read");
  g_assert_false (rushes_json_reader_enter_object (reader, "name"));
  g_assert_false (rushes_json_reader_enter_list (reader, "absent"));
  g_assert_true (rushes_json_reader_has (reader, "name"));
  g_assert_false (rushes_json_reader_has (reader, "absent"));
}

static void
test_own_mistake (void)
{
  g_autoptr (JsonNode) root = parse ("{\"list\":[{\"a\":1}]}");
  g_autoptr (RushesJsonReader) reader = rushes_json_reader_new (root, "file.json");
  g_autoptr (GError) error = NULL;

  g_assert_true (rushes_json_reader_enter_list (reader, "list"));
  g_assert_true (rushes_json_reader_next (reader));
  g_assert_true (rushes_json_reader_enter_object (reader, NULL));
  g_assert_cmpint (rushes_json_reader_get_integer (reader, "a", 0, 9, 0), ==, 1);
  rushes_json_reader_complain (reader, "a", "%d is odd.", 1);
  rushes_json_reader_leave (reader);
  g_assert_false (rushes_json_reader_next (reader));
  rushes_json_reader_leave (reader);

  g_assert_false (rushes_json_reader_finish (reader, &error));
  g_assert_cmpstr (error->message, ==, "file.json: list[0].a: 1 is odd.");
}

int
main (int argc, char **argv)
{
  rushes_test_init (&argc, &argv);

  g_test_add_func ("/json-reader/mistakes", test_mistakes);
  g_test_add_func ("/json-reader/fallbacks", test_fallbacks);
  g_test_add_func ("/json-reader/own-mistake", test_own_mistake);

  return g_test_run ();
}
