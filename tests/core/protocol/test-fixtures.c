/* test-fixtures.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

/* What services are sent and what they answer, as tests/fixtures/README.md has it: one test for each file. */

#include <glib/gstdio.h>
#include <math.h>
#include <string.h>

#include "rushes-error.h"
#include "rushes-test-scene.h"
#include "rushes-test.h"

static const char *const kinds[] = { "request", "reply", "upload", NULL };
static const char *const operations[] = { "submit", "status", "result", "lookup", "cancel", "test", NULL };
static const char *const phases[] = { "waiting", "running", "done", "failed", "cancelled", NULL };

/* ---- files ---- */

static JsonNode *
load (const char *path)
{
  g_autoptr (JsonParser) parser = json_parser_new ();
  g_autoptr (GError) error = NULL;

  json_parser_set_strict (parser, TRUE);
  if (!json_parser_load_from_file (parser, path, &error))
    g_error ("%s: %s", path, error->message);
  return json_parser_steal_root (parser);
}

/* Members of a directory that end in .json, without that, sorted. */
static GPtrArray *
list (const char *below)
{
  GPtrArray *names = g_ptr_array_new_with_free_func (g_free);
  g_autofree char *path = rushes_test_source (below);
  g_autoptr (GDir) folder = g_dir_open (path, 0, NULL);
  const char *name;

  while (folder != NULL && (name = g_dir_read_name (folder)) != NULL)
    if (g_str_has_suffix (name, ".json"))
      g_ptr_array_add (names, g_strndup (name, strlen (name) - strlen (".json")));
  g_ptr_array_sort_values (names, (GCompareFunc) strcmp);
  return names;
}

/* ---- comparing ---- */

static gboolean
same (JsonNode *a, JsonNode *b)
{
  if (JSON_NODE_TYPE (a) != JSON_NODE_TYPE (b))
    return FALSE;

  if (JSON_NODE_HOLDS_OBJECT (a))
    {
      JsonObject *left = json_node_get_object (a), *right = json_node_get_object (b);
      g_autoptr (GList) members = json_object_get_members (left);

      if (json_object_get_size (left) != json_object_get_size (right))
        return FALSE;
      for (const GList *member = members; member != NULL; member = member->next)
        {
          JsonNode *other = json_object_get_member (right, member->data);

          if (other == NULL || !same (json_object_get_member (left, member->data), other))
            return FALSE;
        }
      return TRUE;
    }
  if (JSON_NODE_HOLDS_ARRAY (a))
    {
      JsonArray *left = json_node_get_array (a), *right = json_node_get_array (b);

      if (json_array_get_length (left) != json_array_get_length (right))
        return FALSE;
      for (guint i = 0; i < json_array_get_length (left); i++)
        if (!same (json_array_get_element (left, i), json_array_get_element (right, i)))
          return FALSE;
      return TRUE;
    }
  /* 5, "5" and 5.0 are three things. */
  return json_node_equal (a, b);
}

static void
assert_json (const char *what, JsonNode *found, JsonNode *expected)
{
  g_autofree char *left = found != NULL ? json_to_string (found, TRUE) : g_strdup ("nothing");
  g_autofree char *right = json_to_string (expected, TRUE);

  if (found == NULL || !same (found, expected))
    g_error ("%s is\n%s\nand should be\n%s", what, left, right);
}

/* Reads a member that is text or null, and compares. */
static void
check_text (RushesJsonReader *expect, const char *member, const char *found)
{
  JsonNode *node = rushes_json_reader_get_node (expect, member);

  if (node == NULL)
    return;
  g_test_message ("%s", member);
  g_assert_cmpstr (found, ==, JSON_NODE_HOLDS_NULL (node) ? NULL : rushes_json_reader_get_string (expect, member, ""));
}

static void
check_number (RushesJsonReader *expect, const char *member, double found)
{
  if (!rushes_json_reader_has (expect, member))
    return;
  g_test_message ("%s", member);
  g_assert_cmpfloat_with_epsilon (rushes_json_reader_get_number (expect, member, -HUGE_VAL, HUGE_VAL, 0), found, 1e-9);
}

static void
check_truth (RushesJsonReader *expect, const char *member, gboolean found)
{
  if (!rushes_json_reader_has (expect, member))
    return;
  g_test_message ("%s", member);
  g_assert_cmpint (rushes_json_reader_get_boolean (expect, member, FALSE), ==, found);
}

/* What went wrong, against the member `error`: when that is absent nothing may have. */
static void
check_error (RushesJsonReader *expect, const GError *error)
{
  if (!rushes_json_reader_enter_object (expect, "error"))
    {
      g_assert_no_error (error);
      return;
    }
  g_assert_nonnull (error);
  g_assert_cmpint (error->domain, ==, RUSHES_ERROR);
  g_assert_true (g_str_has_suffix (error->message, "."));
  g_test_message ("%s", error->message);
  check_text (expect, "code", rushes_error_code_to_string (error->code));
  check_text (expect, "charged", rushes_charged_to_string (rushes_error_get_charged (error)));
  check_truth (expect, "retryable", rushes_error_get_retryable (error));
  check_text (expect, "words", rushes_error_get_words (error));
  check_number (expect, "retry_after", rushes_error_get_retry_after (error));
  check_text (expect, "field", rushes_error_get_field (error));
  check_number (expect, "http_status", rushes_error_get_http_status (error));
  rushes_json_reader_leave (expect);
}

/* ---- the kinds ---- */

/* The members of a request that the reader stands in. */
static void
check_request (RushesJsonReader *expect, RushesHttpRequest *request)
{
  g_autoptr (JsonNode) node = rushes_http_request_to_json (request);
  static const char *const members[] = { "method", "url", "headers", "body" };

  for (guint i = 0; i < G_N_ELEMENTS (members); i++)
    {
      JsonNode *expected = rushes_json_reader_get_node (expect, members[i]);

      if (expected != NULL)
        assert_json (members[i], json_object_get_member (json_node_get_object (node), members[i]), expected);
    }
}

static void
check_built (RushesTestScene *scene, RushesOperation operation, RushesJsonReader *reader)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (RushesHttpRequest) request = rushes_protocol_build (scene->protocol, operation, &scene->task, &error);

  g_assert_true (rushes_json_reader_enter_object (reader, "expect"));
  check_error (reader, error);
  if (error == NULL)
    {
      check_request (reader, request);
      g_assert_cmpint (request->is_submit, ==, operation == RUSHES_OPERATION_SUBMIT);
    }
  rushes_json_reader_leave (reader);
}

static void
check_file (const RushesOutput *output, GBytes *expected)
{
  g_autoptr (GFile) file = g_file_new_for_uri (output->uri);
  g_autofree char *text = NULL;
  g_autoptr (GError) error = NULL;
  gsize size;

  g_file_load_contents (file, NULL, &text, &size, NULL, &error);
  g_assert_no_error (error);
  g_assert_cmpmem (text, size, g_bytes_get_data (expected, NULL), g_bytes_get_size (expected));
}

static void
check_output (RushesJsonReader *expect, const RushesOutput *output)
{
  JsonNode *node = rushes_json_reader_get_node (expect, NULL);

  if (!JSON_NODE_HOLDS_OBJECT (node))
    {
      g_assert_cmpstr (output->uri, ==, rushes_json_reader_get_string (expect, NULL, ""));
      return;
    }
  rushes_json_reader_enter_object (expect, NULL);
  check_text (expect, "uri", output->uri);
  check_text (expect, "clip_id", output->clip_id);
  if (rushes_json_reader_has (expect, "expires_in"))
    {
      double seconds = (output->expires - g_get_real_time ()) / (double) G_USEC_PER_SEC;

      g_assert_cmpfloat_with_epsilon (seconds, rushes_json_reader_get_number (expect, "expires_in", 0, 1e9, 0), 5);
    }
  if (rushes_json_reader_has (expect, "bytes"))
    {
      g_autoptr (GBytes) bytes = rushes_test_bytes (expect, "bytes", FALSE);

      check_file (output, bytes);
    }
  rushes_json_reader_leave (expect);
}

static void
check_outputs (RushesJsonReader *expect, GPtrArray *outputs)
{
  guint n = 0;

  if (!rushes_json_reader_enter_list (expect, "outputs"))
    return;
  while (rushes_json_reader_next (expect))
    {
      if (outputs == NULL || n >= outputs->len)
        g_error ("there are only %u outputs", outputs != NULL ? outputs->len : 0);
      check_output (expect, g_ptr_array_index (outputs, n));
      n++;
    }
  if (outputs != NULL && n < outputs->len)
    g_error ("there is another output, %s", ((RushesOutput *) g_ptr_array_index (outputs, n))->uri);
  rushes_json_reader_leave (expect);
}

static void
check_cost (RushesJsonReader *expect, const RushesPrice *cost)
{
  JsonNode *node = rushes_json_reader_get_node (expect, "cost");

  if (node != NULL && JSON_NODE_HOLDS_NULL (node))
    g_assert_cmpint (cost->kind, ==, RUSHES_PRICE_UNKNOWN);
  else if (rushes_json_reader_enter_object (expect, "cost"))
    {
      g_autofree char *amount = NULL;
      g_autofree char *worth = NULL;

      g_assert_cmpint (cost->kind, ==, RUSHES_PRICE_REPORTED);
      amount = rushes_money_to_amount (cost->high);
      check_text (expect, "amount", amount);
      check_text (expect, "currency", cost->high.currency);
      if (cost->worth.currency != NULL)
        worth = rushes_money_to_amount (cost->worth);
      check_text (expect, "worth", worth);
      check_text (expect, "worth_currency", cost->worth.currency);
      rushes_json_reader_leave (expect);
    }
}

static void
check_answer (RushesJsonReader *expect, const RushesAnswer *answer)
{
  g_assert_cmpstr (phases[answer->phase], ==, rushes_json_reader_get_string (expect, "phase", NULL));
  check_text (expect, "task_id", answer->task_id);
  check_text (expect, "poll_target", answer->poll_target);
  check_text (expect, "host", answer->host);
  check_text (expect, "words", answer->words);
  check_number (expect, "progress", answer->progress);
  check_number (expect, "place", answer->place);
  check_outputs (expect, answer->outputs);
  check_cost (expect, &answer->cost);
  check_error (expect, answer->error);
}

static void
check_reply (RushesTestScene *scene, RushesOperation operation, RushesJsonReader *reader)
{
  g_autoptr (RushesHttpReply) reply = rushes_test_scene_read_reply (reader);
  g_autoptr (RushesAnswer) answer = NULL;
  g_autoptr (GError) error = NULL;

  if (operation == RUSHES_OPERATION_CANCEL || operation == RUSHES_OPERATION_TEST)
    {
      gboolean is_fine = rushes_protocol_read_consent (scene->protocol, operation, &scene->task, reply, &error);

      g_assert_cmpint (is_fine, ==, error == NULL);
    }
  else
    {
      g_autofree char *folder = rushes_test_folder ();
      g_autofree char *path = g_build_filename (folder, "spool", NULL);
      g_autoptr (GFile) spool = g_file_new_for_path (path);

      answer = operation == RUSHES_OPERATION_LOOKUP
                   ? rushes_protocol_read_lookup (scene->protocol, &scene->task, reply, &error)
                   : rushes_protocol_read_answer (scene->protocol, operation, &scene->task, reply, spool, &error);
      g_assert_true ((answer == NULL) == (error != NULL));
      g_assert_true (rushes_json_reader_enter_object (reader, "expect"));
      if (answer != NULL)
        check_answer (reader, answer);
      else
        check_error (reader, error);
      rushes_json_reader_leave (reader);
      return;
    }
  g_assert_true (rushes_json_reader_enter_object (reader, "expect"));
  check_error (reader, error);
  rushes_json_reader_leave (reader);
}

static void
check_upload (RushesTestScene *scene, RushesJsonReader *reader)
{
  g_autoptr (GHashTable) values = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_free);
  RushesSentPicture *picture;
  g_autoptr (GError) error = NULL;
  guint step = 0;

  g_assert_true (rushes_json_reader_enter_object (reader, "picture"));
  picture = rushes_test_scene_read_picture (reader, scene->model, RUSHES_ROLE_FIRST_FRAME, "first-frame");
  rushes_json_reader_leave (reader);

  g_assert_true (rushes_json_reader_enter_list (reader, "steps"));
  for (; error == NULL && rushes_json_reader_next (reader); step++)
    {
      g_autoptr (RushesHttpRequest) request = NULL;
      g_autoptr (RushesHttpReply) reply = NULL;

      rushes_json_reader_enter_object (reader, NULL);
      request = rushes_protocol_build_upload (scene->protocol, step, &scene->task, picture, values, &error);
      g_assert_no_error (error);
      if (rushes_json_reader_enter_object (reader, "request"))
        {
          check_request (reader, request);
          rushes_json_reader_leave (reader);
        }
      reply = rushes_test_scene_read_reply (reader);
      rushes_protocol_read_upload (scene->protocol, step, reply, values, &error);
      rushes_json_reader_leave (reader);
    }
  rushes_json_reader_leave (reader);

  check_error (reader, error);
  if (error == NULL)
    {
      double lifetime;
      g_autofree char *gives = NULL;

      g_assert_cmpuint (step, ==, rushes_protocol_get_n_upload_steps (scene->protocol));
      gives = rushes_protocol_finish_upload (scene->protocol, picture, values, &lifetime, &error);
      g_assert_no_error (error);
      check_text (reader, "gives", gives);
      check_number (reader, "lifetime", lifetime);
    }
  rushes_sent_picture_free (picture);
}

static void
test_fixture (gconstpointer data)
{
  const char *below = data;
  g_autofree char *folder = g_path_get_dirname (below);
  g_autofree char *provider_id = g_path_get_basename (folder);
  g_autofree char *path = rushes_test_source (below);
  g_autoptr (JsonNode) root = load (path);
  g_autoptr (RushesJsonReader) reader = rushes_json_reader_new (root, below);
  g_autoptr (GError) error = NULL;
  RushesTestScene scene = { 0 };
  int kind, operation;

  kind = rushes_json_reader_get_word (reader, "kind", kinds, -1);
  operation = rushes_json_reader_get_word (reader, "operation", operations, -1);
  rushes_json_reader_get_string (reader, "comment", NULL);
  if (kind < 0 || (kind != 2 && operation < 0))
    g_error ("%s: “kind” or “operation” is missing", below);

  rushes_test_scene_read (&scene, provider_id, reader);
  if (kind == 0)
    check_built (&scene, operation, reader);
  else if (kind == 1)
    check_reply (&scene, operation, reader);
  else
    check_upload (&scene, reader);
  rushes_test_scene_clear (&scene);

  if (!rushes_json_reader_finish (reader, &error))
    g_error ("%s", error->message);
}

/* A description that ships: it loads, and is called as its file is. */
static void
test_description (gconstpointer data)
{
  RushesDescription *description = rushes_test_scene_describe (data);

  g_assert_cmpstr (rushes_description_get_id (description), ==, data);
  /* Nothing else can be made with one whose engine is not a service. */
  g_assert_cmpint (rushes_description_get_protocol (description) != NULL, ==,
                   g_str_equal (rushes_description_get_engine (description), "http"));
}

static void
add_fixtures (const char *provider_id)
{
  g_autofree char *folder = g_build_filename ("tests/fixtures/providers", provider_id, NULL);
  g_autoptr (GPtrArray) names = list (folder);

  for (guint i = 0; i < names->len; i++)
    {
      const char *name = g_ptr_array_index (names, i);
      g_autofree char *path = g_strdup_printf ("/fixtures/%s/%s", provider_id, name);
      g_autofree char *file = g_strdup_printf ("%s.json", name);

      g_test_add_data_func_full (path, g_build_filename (folder, file, NULL), test_fixture, g_free);
    }
}

int
main (int argc, char **argv)
{
  g_autoptr (GPtrArray) providers = NULL;

  rushes_test_init (&argc, &argv);

  providers = list ("data/providers");
  g_assert_cmpuint (providers->len, >, 0);
  for (guint i = 0; i < providers->len; i++)
    {
      const char *id = g_ptr_array_index (providers, i);
      g_autofree char *path = g_strdup_printf ("/descriptions/%s", id);

      g_test_add_data_func_full (path, g_strdup (id), test_description, g_free);
      add_fixtures (id);
    }
  return g_test_run ();
}
