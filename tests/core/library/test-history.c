/* test-history.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "rushes-async.h"
#include "rushes-database.h"
#include "rushes-test-library.h"

static JsonObject *
nth (JsonObject *object, const char *list, guint n)
{
  return json_array_get_object_element (json_object_get_array_member (object, list), n);
}

static guint
length (JsonObject *object, const char *list)
{
  return json_array_get_length (json_object_get_array_member (object, list));
}

static const char *
text (JsonObject *object, const char *member)
{
  return json_object_get_string_member (object, member);
}

static void
test_describe (void)
{
  g_autoptr (RushesFolders) folders = rushes_test_folders ();
  g_autoptr (RushesLibrary) library = rushes_test_open (folders);
  g_autoptr (RushesTake) take = rushes_test_order_one (library, "a paper boat");
  g_autoptr (RushesAttempt) first = rushes_test_attempt (library, take);
  g_autoptr (RushesAttempt) second = NULL;
  g_autoptr (RushesAnswer) answer = rushes_answer_new (RUSHES_PHASE_DONE);
  g_autoptr (JsonNode) node = NULL;
  g_autoptr (GError) error = NULL;
  RushesStep step = { .to = RUSHES_TAKE_STATE_DOWNLOADING, .task_id = "t1" };
  JsonObject *object, *attempt, *result;

  rushes_test_walk (library, take, first, RUSHES_TAKE_STATE_SUBMITTING);
  rushes_test_step (library, take, first, RUSHES_TAKE_STATE_FAILED, RUSHES_CHARGED_NO);
  second = dex_await_boxed (rushes_library_add_attempt (library, take), &error);
  g_assert_no_error (error);
  rushes_test_walk (library, take, second, RUSHES_TAKE_STATE_SUBMITTING);
  rushes_answer_add_output (answer, "https://cdn.example/a.mp4?token=secret#part", 0, NULL);
  step.outputs = answer->outputs;
  rushes_test_expect (rushes_library_advance (library, take, second, &step), TRUE);
  rushes_test_walk (library, take, second, RUSHES_TAKE_STATE_READY);
  rushes_test_expect (rushes_library_set_note (library, take, "good"), TRUE);

  node = dex_await_boxed (rushes_library_describe_take (library, take), &error);
  g_assert_no_error (error);
  object = json_node_get_object (node);
  g_assert_cmpstr (text (object, "id"), ==, rushes_take_get_id (take));
  g_assert_cmpstr (text (json_object_get_object_member (object, "project"), "name"), ==, "My Project");
  g_assert_cmpstr (text (object, "state"), ==, "ready");
  g_assert_cmpstr (text (object, "note"), ==, "good");
  g_assert_true (json_object_get_null_member (object, "saved_to"));
  g_assert_true (json_object_get_null_member (object, "deleted"));
  g_assert_false (json_object_get_boolean_member (object, "starred"));
  g_assert_cmpstr (text (json_object_get_object_member (object, "request"), "prompt"), ==, "a paper boat");
  g_assert_true (g_str_has_suffix (text (object, "created"), "Z"));

  /* Newest first. */
  g_assert_cmpuint (length (object, "attempts"), ==, 2);
  attempt = nth (object, "attempts", 0);
  g_assert_cmpstr (text (attempt, "id"), ==, second->id);
  g_assert_cmpint (json_object_get_int_member (attempt, "number"), ==, 2);
  g_assert_cmpstr (text (attempt, "task_id"), ==, "t1");
  g_assert_cmpstr (text (attempt, "charged"), ==, "yes");
  g_assert_true (json_object_get_null_member (attempt, "error"));
  g_assert_cmpuint (length (attempt, "steps"), ==, 5);
  g_assert_cmpstr (text (nth (attempt, "steps", 0), "state"), ==, "queued");
  g_assert_cmpstr (text (nth (attempt, "steps", 4), "state"), ==, "ready");
  g_assert_cmpstr (text (nth (attempt, "steps", 0), "at"), <, text (nth (attempt, "steps", 4), "at"));
  g_assert_cmpuint (length (attempt, "results"), ==, 1);
  result = nth (attempt, "results", 0);
  g_assert_cmpstr (text (result, "uri"), ==, "https://cdn.example/a.mp4");
  g_assert_true (json_object_get_null_member (result, "expires"));
  g_assert_cmpstr (text (result, "path"), ==, g_file_peek_path (rushes_clip_get_file (rushes_take_get_clip (take))));
  g_assert_cmpint (json_object_get_int_member (result, "frames"), ==, 150);
  g_assert_cmpuint (length (attempt, "ledger"), ==, 2);
  g_assert_cmpstr (text (nth (attempt, "ledger", 1), "kind"), ==, "settle");
  g_assert_cmpint (json_object_get_int_member (nth (attempt, "ledger", 1), "micros"), ==, 500000);
  g_assert_cmpstr (text (nth (attempt, "ledger", 1), "currency"), ==, "USD");

  attempt = nth (object, "attempts", 1);
  g_assert_cmpstr (text (attempt, "state"), ==, "failed");
  g_assert_cmpstr (text (attempt, "charged"), ==, "no");
  g_assert_cmpstr (text (json_object_get_object_member (attempt, "error"), "code"), ==, "PROVIDER");
  g_assert_cmpstr (text (nth (attempt, "ledger", 1), "kind"), ==, "refund");
  g_assert_cmpuint (length (attempt, "results"), ==, 0);
  rushes_test_close (library);
}

static void
test_typical_time (void)
{
  g_autoptr (RushesFolders) folders = rushes_test_folders ();
  g_autoptr (RushesLibrary) library = rushes_test_open (folders);
  g_autofree char *path = rushes_test_path (folders, "library.db");
  g_autoptr (RushesDatabase) database = NULL;
  g_autoptr (GError) error = NULL;
  const int seconds[] = { 900, 10, 40, 20, 30 };
  double typical;

  typical = dex_await_double (rushes_library_typical_time (library, "kites", "red"), &error);
  g_assert_no_error (error);
  g_assert_cmpfloat (typical, ==, 0.0);

  database = rushes_database_open (path, FALSE, NULL);
  for (guint i = 0; i < G_N_ELEMENTS (seconds); i++)
    {
      g_autoptr (RushesTake) take = rushes_test_order_one (library, "timed");
      g_autoptr (RushesAttempt) attempt = rushes_test_attempt (library, take);

      rushes_test_walk (library, take, attempt, RUSHES_TAKE_STATE_READY);
      rushes_database_run (database, &error, "UPDATE attempts SET submitted = state_since - ? * 1000000 WHERE id = ?",
                           "it", (gint64) seconds[i], attempt->id);
      g_assert_no_error (error);
    }
  /* The slow one does not count for more than the others. */
  typical = dex_await_double (rushes_library_typical_time (library, "kites", "red"), &error);
  g_assert_cmpfloat_with_epsilon (typical, 30.0, 0.001);
  typical = dex_await_double (rushes_library_typical_time (library, "kites", "blue"), &error);
  g_assert_cmpfloat (typical, ==, 0.0);
  rushes_test_close (library);
}

static void
test_recent_prompts (void)
{
  g_autoptr (RushesFolders) folders = rushes_test_folders ();
  g_autoptr (RushesLibrary) library = rushes_test_open (folders);
  g_autoptr (GPtrArray) takes = rushes_test_order (library, "boat", "kite", "", "boat", "fox", NULL);
  g_auto (GStrv) all = dex_await_boxed (rushes_library_recent_prompts (library, 10), NULL);
  g_auto (GStrv) two = dex_await_boxed (rushes_library_recent_prompts (library, 2), NULL);
  g_auto (GStrv) rest = NULL;
  const char *const expected[] = { "fox", "boat", "kite", NULL };
  const char *const expected_two[] = { "fox", "boat", NULL };
  const char *const expected_rest[] = { "boat", "kite", NULL };

  g_assert_cmpstrv (all, expected);
  g_assert_cmpstrv (two, expected_two);
  rushes_test_expect (rushes_library_set_deleted (library, g_ptr_array_index (takes, 4), TRUE), TRUE);
  rest = dex_await_boxed (rushes_library_recent_prompts (library, 10), NULL);
  g_assert_cmpstrv (rest, expected_rest);
  rushes_test_close (library);
}

static void
test_uses (void)
{
  g_autoptr (RushesFolders) folders = rushes_test_folders ();
  g_autoptr (RushesLibrary) library = rushes_test_open (folders);
  g_autoptr (GHashTable) none = dex_await_boxed (rushes_library_count_uses (library), NULL);
  g_autoptr (GPtrArray) takes = rushes_test_order (library, "boat", "kite", "fox", NULL);
  g_autofree char *path = rushes_test_path (folders, "library.db");
  g_autoptr (RushesDatabase) database = rushes_database_open (path, FALSE, NULL);
  g_autoptr (GHashTable) uses = NULL;
  g_autoptr (RushesQuery) plan = NULL;
  g_autoptr (GError) error = NULL;

  g_assert_cmpuint (g_hash_table_size (none), ==, 0);
  /* What was thrown away was used as well, and another provider's model of the same name is another one. */
  rushes_test_expect (rushes_library_set_deleted (library, g_ptr_array_index (takes, 0), TRUE), TRUE);
  rushes_database_run (database, &error, "UPDATE takes SET provider = 'gulls' WHERE id = ?", "t",
                       rushes_take_get_id (g_ptr_array_index (takes, 2)));
  g_assert_no_error (error);
  uses = dex_await_boxed (rushes_library_count_uses (library), &error);
  g_assert_no_error (error);
  g_assert_cmpuint (g_hash_table_size (uses), ==, 2);
  g_assert_cmpuint (GPOINTER_TO_UINT (g_hash_table_lookup (uses, "kites/red")), ==, 2);
  g_assert_cmpuint (GPOINTER_TO_UINT (g_hash_table_lookup (uses, "gulls/red")), ==, 1);

  /* However many takes there are, none of them is read for it. */
  plan = rushes_database_query (database, &error,
                                "EXPLAIN QUERY PLAN SELECT provider || '/' || model, count (*) FROM takes"
                                " GROUP BY provider, model",
                                "");
  g_assert_true (rushes_query_next (plan, &error));
  g_assert_nonnull (strstr (rushes_query_get_text (plan, 3), "COVERING INDEX takes_model"));
  g_clear_pointer (&plan, rushes_query_free);
  rushes_test_close (library);
}

int
main (int argc, char **argv)
{
  rushes_test_init (&argc, &argv);

  rushes_test_add_fiber ("/history/describe", test_describe);
  rushes_test_add_fiber ("/history/typical-time", test_typical_time);
  rushes_test_add_fiber ("/history/uses", test_uses);
  rushes_test_add_fiber ("/history/recent-prompts", test_recent_prompts);

  return g_test_run ();
}
