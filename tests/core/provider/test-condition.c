/* test-condition.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "rushes-condition.h"
#include "rushes-error.h"
#include "rushes-test.h"
#include "rushes-test-model.h"

static RushesCondition *
read_condition (const char *text, GError **error)
{
  g_autoptr (JsonNode) node = json_from_string (text, NULL);
  g_autoptr (RushesJsonReader) reader = NULL;
  g_autoptr (RushesCondition) self = NULL;

  g_assert_nonnull (node);
  reader = rushes_json_reader_new (node, "when");
  self = rushes_condition_read (reader);
  return rushes_json_reader_finish (reader, error) ? g_steal_pointer (&self) : NULL;
}

static void
add (RushesBrief *brief, RushesReferenceRole role)
{
  g_ptr_array_add (brief->references[role], rushes_test_model_make_picture ("a.png", 64, 48));
}

static gboolean
holds (const char *text, const RushesBrief *brief, const char *region)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (RushesCondition) self = read_condition (text, &error);

  g_assert_no_error (error);
  return rushes_condition_holds (self, brief, region);
}

static void
test_modes (void)
{
  static const struct
  {
    int first, last, references;
    const char *mode;
  } cases[] = {
    { 0, 0, 0, "text" },       { 1, 0, 0, "first" },      { 0, 1, 0, "last" },       { 1, 1, 0, "first_last" },
    { 0, 0, 2, "references" }, { 1, 0, 1, "references" }, { 0, 1, 1, "references" }, { 1, 1, 1, "references" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr (RushesBrief) brief = rushes_brief_new ();
      g_autofree char *same = g_strdup_printf ("{\"mode\":[\"%s\"]}", cases[i].mode);

      for (int n = 0; n < cases[i].first; n++)
        add (brief, RUSHES_ROLE_FIRST_FRAME);
      for (int n = 0; n < cases[i].last; n++)
        add (brief, RUSHES_ROLE_LAST_FRAME);
      for (int n = 0; n < cases[i].references; n++)
        add (brief, RUSHES_ROLE_REFERENCE);

      g_assert_cmpstr (rushes_mode_to_string (rushes_mode_of (brief)), ==, cases[i].mode);
      g_assert_true (holds (same, brief, NULL));
      g_assert_true (holds ("{\"picture\":false}", brief, NULL) == (i == 0));
      g_assert_true (holds ("{\"picture\":true}", brief, NULL) == (i != 0));
      g_assert_true (holds ("{\"mode\":[\"text\",\"last\"]}", brief, NULL) == (i == 0 || i == 2));
    }
}

static void
test_values (void)
{
  static const char *const good[] = {
    "{}",
    "{\"models\":[\"kite-2\"]}",
    "{\"models\":[\"gull\",\"kite-*\"]}",
    "{\"models\":[\"*2\"]}",
    "{\"models\":[\"*\"]}",
    "{\"resolutions\":[\"480p\",\"720p\"]}",
    "{\"aspects\":[\"16:9\"]}",
    "{\"duration\":{\"minimum\":5}}",
    "{\"duration\":{\"maximum\":5}}",
    "{\"duration\":{\"minimum\":4.5,\"maximum\":5.5}}",
    "{\"audio\":true}",
    "{\"parameters\":{\"mode\":\"pro\",\"steps\":\"20\"}}",
    "{\"parameters\":{}}",
    "{\"region\":[\"China\",\"World\"]}",
    "{\"models\":[\"kite-2\"],\"mode\":[\"text\"],\"picture\":false,\"resolutions\":[\"720p\"],\"audio\":true}",
  };
  static const char *const bad[] = {
    "{\"models\":[]}",
    "{\"models\":[\"kite\"]}",
    "{\"models\":[\"ite-2\",\"kite-2-*\"]}",
    "{\"resolutions\":[\"1080p\"]}",
    "{\"resolutions\":[]}",
    "{\"aspects\":[\"9:16\",\"1:1\"]}",
    "{\"duration\":{\"minimum\":5.5}}",
    "{\"duration\":{\"maximum\":4.5}}",
    "{\"audio\":false}",
    "{\"parameters\":{\"mode\":\"standard\"}}",
    "{\"parameters\":{\"mode\":\"pro\",\"wind\":\"\"}}",
    "{\"region\":[\"China\"]}",
    "{\"models\":[\"kite-2\"],\"mode\":[\"text\"],\"picture\":false,\"resolutions\":[\"720p\"],\"audio\":false}",
  };
  g_autoptr (RushesBrief) brief = rushes_brief_new ();
  g_autoptr (RushesBrief) empty = rushes_brief_new ();

  brief->model_id = g_strdup ("kite-2");
  brief->resolution = g_strdup ("720p");
  brief->aspect = g_strdup ("16:9");
  brief->duration = 5;
  brief->audio = TRUE;
  g_hash_table_insert (brief->parameters, g_strdup ("mode"), g_strdup ("pro"));
  g_hash_table_insert (brief->parameters, g_strdup ("steps"), g_strdup ("20"));

  for (guint i = 0; i < G_N_ELEMENTS (good); i++)
    {
      g_test_message ("%s", good[i]);
      g_assert_true (holds (good[i], brief, "World"));
    }
  for (guint i = 0; i < G_N_ELEMENTS (bad); i++)
    {
      g_test_message ("%s", bad[i]);
      g_assert_false (holds (bad[i], brief, "World"));
    }

  /* What is not known is none of anything. */
  g_assert_true (rushes_condition_holds (NULL, empty, NULL));
  g_assert_false (holds ("{\"models\":[\"*\"]}", empty, NULL));
  g_assert_false (holds ("{\"resolutions\":[\"720p\"]}", empty, NULL));
  g_assert_false (holds ("{\"aspects\":[\"16:9\"]}", empty, NULL));
  g_assert_false (holds ("{\"region\":[\"World\"]}", brief, NULL));
}

static void
test_mistakes (void)
{
  static const struct
  {
    const char *text, *message;
  } cases[] = {
    { "{\"modes\":[\"text\"]}", "when: “modes” is not known here." },
    { "{\"mode\":[\"words\"]}",
      "when: mode[0]: one of these words is expected: text, first, last, first_last, references." },
    { "{\"mode\":[]}", "when: mode: at least one is expected." },
    { "{\"models\":\"kite\"}", "when: models: a list [ … ] is expected." },
    { "{\"duration\":5}", "when: duration: an object { … } is expected." },
    { "{\"duration\":{\"minimum\":6,\"maximum\":5}}", "when: duration.maximum: a number from 6 to 3600 is expected." },
    { "{\"audio\":\"yes\"}", "when: audio: true or false is expected." },
    { "{\"parameters\":{\"steps\":20}}", "when: parameters.steps: text in quotes is expected." },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr (GError) error = NULL;

      g_assert_null (read_condition (cases[i].text, &error));
      g_assert_error (error, RUSHES_ERROR, RUSHES_ERROR_BAD_REQUEST);
      g_assert_cmpstr (error->message, ==, cases[i].message);
    }
}

int
main (int argc, char **argv)
{
  rushes_test_init (&argc, &argv);

  g_test_add_func ("/condition/modes", test_modes);
  g_test_add_func ("/condition/values", test_values);
  g_test_add_func ("/condition/mistakes", test_mistakes);

  return g_test_run ();
}
