/* test-json-path.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "rushes-error.h"
#include "rushes-json-path.h"
#include "rushes-test.h"

static JsonNode *
parse (const char *text)
{
  g_autoptr (GError) error = NULL;
  JsonNode *node = json_from_string (text, &error);

  g_assert_no_error (error);
  return node;
}

/* All that a path finds, as text with blanks between: "-" for what is no scalar. */
static char *
find (const char *path_text, const char *json)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (RushesJsonPath) path = rushes_json_path_new (path_text, &error);
  g_autoptr (JsonNode) root = parse (json);
  g_autoptr (GPtrArray) found = NULL;
  GString *all = g_string_new (NULL);

  g_assert_no_error (error);
  found = rushes_json_path_find (path, root);
  for (guint i = 0; i < found->len; i++)
    {
      g_autofree char *text = rushes_json_node_to_text (g_ptr_array_index (found, i), NULL);

      g_string_append_printf (all, "%s%s", i > 0 ? " " : "", text != NULL ? text : "-");
    }
  return g_string_free_and_steal (all);
}

static void
test_found (void)
{
  static const struct
  {
    const char *path;
    const char *json;
    const char *found;
  } cases[] = {
    { "id", "{\"id\":\"a\"}", "a" },
    { "data.task_id", "{\"data\":{\"task_id\":831922345719271433}}", "831922345719271433" },
    { "videos[0].url", "{\"videos\":[{\"url\":\"a\"},{\"url\":\"b\"}]}", "a" },
    { "videos[1].url", "{\"videos\":[{\"url\":\"a\"},{\"url\":\"b\"}]}", "b" },
    { "videos[2].url", "{\"videos\":[{\"url\":\"a\"}]}", "" },
    { "output[*]", "{\"output\":[\"a\",null,\"b\"]}", "a b" },
    { "output", "{\"output\":[\"a\"]}", "-" },
    { "output[*]", "{\"output\":\"a\"}", "" },
    { "outputs[type=video].url",
      "{\"outputs\":[{\"type\":\"image\",\"url\":\"i\"},{\"type\":\"video\",\"url\":\"v\"}]}", "v" },
    { "outputs[n=2].url", "{\"outputs\":[{\"n\":1,\"url\":\"i\"},{\"n\":2,\"url\":\"v\"},7]}", "v" },
    { "steps[type=out].content[type=video].data",
      "{\"steps\":[{\"type\":\"in\"},{\"type\":\"out\",\"content\":[{\"type\":\"video\",\"data\":\"d\"}]}]}", "d" },
    { "data[0].outputs[*].url", "{\"data\":[{\"outputs\":[{\"url\":\"a\"},{},{\"url\":\"b\"}]}]}", "a b" },
    { "*.status", "{\"a\":{\"status\":\"x\"},\"b\":3,\"c\":{\"status\":\"y\"}}", "x y" },
    { "out.*.*[type=output].name",
      "{\"out\":{\"1\":{\"n\":[true],\"i\":[{\"type\":\"temp\",\"name\":\"t\"}]},"
      "\"2\":{\"i\":[{\"type\":\"output\",\"name\":\"o\"}]}}}",
      "o" },
    { "*", "[1,2]", "" },
    { "said[0=end][1].why", "{\"said\":[[\"begin\",{}],[\"end\",{\"why\":\"w\"}],[\"end\"],7]}", "w" },
    { "said[2=x]", "{\"said\":[[\"x\"]]}", "" },
    { "[0].id", "[{\"id\":\"a\"}]", "a" },
    { "a[0][1]", "{\"a\":[[1,2],[3]]}", "2" },
    { "error", "{\"error\":null}", "" },
    { "error.message", "{\"error\":\"text\"}", "" },
    { "@type", "{\"@type\":\"x\"}", "x" },
    { "done", "{\"done\":true}", "true" },
    { "usage.cost", "{\"usage\":{\"cost\":3.2}}", "3.2" },
    { "usage.cost", "{\"usage\":{\"cost\":0.1}}", "0.1" },
    { "usage.cost", "{\"usage\":{\"cost\":0.30000000000000004}}", "0.30000000000000004" },
    { "n", "{\"n\":-5}", "-5" },
    { "n", "{\"n\":1.0}", "1.0" },
    { "n", "{\"n\":1e-7}", "1e-07" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autofree char *found = find (cases[i].path, cases[i].json);

      g_test_message ("%s in %s", cases[i].path, cases[i].json);
      g_assert_cmpstr (found, ==, cases[i].found);
    }
}

static void
test_no_path (void)
{
  static const char *const cases[] = { "",    ".",   "a.",    ".a",    "a..b",  "a[",     "a[]",  "a[x]",
                                       "a]b", "a[0", "a[0]b", "a[-1]", "a[=b]", "a[1e3]", "a.[0]" };
  g_autoptr (GString) long_path = g_string_new ("a");
  g_autoptr (GError) error = NULL;

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr (GError) reason = NULL;
      g_autofree char *sentence = g_strdup_printf ("“%s” is no path such as data.videos[0].url.", cases[i]);

      g_assert_null (rushes_json_path_new (cases[i], &reason));
      g_assert_error (reason, RUSHES_ERROR, RUSHES_ERROR_BAD_REQUEST);
      g_assert_cmpstr (reason->message, ==, sentence);
    }

  for (guint i = 0; i < 40; i++)
    g_string_append (long_path, ".a");
  g_assert_null (rushes_json_path_new (long_path->str, &error));
  g_assert_error (error, RUSHES_ERROR, RUSHES_ERROR_BAD_REQUEST);
}

/* The largest integer may stand for any larger one. */
static void
test_large_numbers (void)
{
  static const struct
  {
    const char *number;
    gboolean is_exact;
  } cases[] = {
    { "9223372036854775806", TRUE },    { "9223372036854775807", FALSE }, { "9223372036854775808", FALSE },
    { "99999999999999999999", FALSE },  { "-9223372036854775807", TRUE }, { "-9223372036854775808", FALSE },
    { "-99999999999999999999", FALSE }, { "9007199254740993", TRUE },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr (JsonNode) node = parse (cases[i].number);
      g_autoptr (GError) error = NULL;
      g_autofree char *text = rushes_json_node_to_text (node, &error);

      if (cases[i].is_exact)
        {
          g_assert_no_error (error);
          g_assert_cmpstr (text, ==, cases[i].number);
        }
      else
        {
          g_assert_null (text);
          g_assert_error (error, RUSHES_ERROR, RUSHES_ERROR_PROTOCOL);
        }
    }
}

static void
test_no_text (void)
{
  static const char *const cases[] = { "null", "{}", "[1]" };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr (JsonNode) node = parse (cases[i]);
      g_autoptr (GError) error = NULL;

      g_assert_null (rushes_json_node_to_text (node, &error));
      g_assert_no_error (error);
    }
}

int
main (int argc, char **argv)
{
  rushes_test_init (&argc, &argv);

  g_test_add_func ("/json-path/found", test_found);
  g_test_add_func ("/json-path/no-path", test_no_path);
  g_test_add_func ("/json-path/large-numbers", test_large_numbers);
  g_test_add_func ("/json-path/no-text", test_no_text);

  return g_test_run ();
}
