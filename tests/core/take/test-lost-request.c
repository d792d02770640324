/* test-lost-request.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

/* Takes whose stored request cannot be read any more: nothing is submitted for them, and nothing that was paid for is
 * lost with them. */

#include "rushes-async.h"
#include "rushes-database.h"
#include "rushes-error.h"
#include "rushes-test-house.h"

static const char *const spoilt[] = {
  "",
  "not JSON",
  "[]",
  "7",
  "null",
  "{}",
  "{\"provider\": 5, \"model\": [], \"duration\": \"long\"}",
  "{\"provider\": ",
};

/* What stands in the rows while no process has the library. */
static void
spoil (RushesTestHouse *house, const char *sql, const char *text)
{
  g_autofree char *path = g_build_filename (
      g_file_peek_path (rushes_folders_get_data (rushes_library_get_folders (house->library))), "library.db", NULL);
  g_autoptr (GError) error = NULL;
  g_autoptr (RushesDatabase) database = rushes_database_open (path, FALSE, &error);

  g_assert_no_error (error);
  rushes_database_run (database, &error, sql, "t", text);
  g_assert_no_error (error);
}

static void
spoil_request (RushesTestHouse *house, const char *text)
{
  spoil (house, "UPDATE takes SET request = ?", text);
}

/* As far as @state, and then its process is gone. */
static RushesTake *
leave_at (RushesTestHouse *house, RushesTakeState state, RushesTestCall call)
{
  RushesTake *take;

  rushes_test_service_shut (house->service, call);
  take = rushes_test_house_order (house, "a kite over the bay");
  rushes_test_house_reach (take, state);
  rushes_test_house_called (house, call, 1);
  rushes_test_house_crash (house);
  rushes_test_service_open (house->service, call);

  return take;
}

static void
assert_lost (RushesTake *take)
{
  const GError *problem = rushes_request_get_problem (rushes_take_get_request (take));

  g_assert_error (problem, RUSHES_ERROR, RUSHES_ERROR_STORAGE);
  g_assert_nonnull (strstr (problem->message, "Describe it anew"));
  g_assert_true (rushes_take_get_loaded (take));
  g_assert_cmpstr (rushes_take_get_title (take), ==, "a kite over the bay");
  g_assert_cmpstr (rushes_request_get_provider_id (rushes_take_get_request (take)), ==, "kites");
  g_assert_cmpstr (rushes_request_get_model_id (rushes_take_get_request (take)), ==, "red");
}

/* How many entries of the ledger count. */
static guint
count_costs (RushesTestHouse *house)
{
  const RushesLedgerFilter filter = { 0 };
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) entries = dex_await_boxed (rushes_library_list_ledger (house->library, &filter), &error);
  guint n = 0;

  g_assert_no_error (error);
  g_assert_cmpuint (entries->len, >, 0);
  for (guint i = 0; i < entries->len; i++)
    n += ((RushesLedgerEntry *) g_ptr_array_index (entries, i))->counts;

  return n;
}

/* It is shown with its clip, and can be kept, noted, starred and saved, but not be made again. */
static void
test_ready (void)
{
  for (guint i = 0; i < G_N_ELEMENTS (spoilt); i++)
    {
      g_autoptr (RushesTestHouse) before = rushes_test_house_new ("http", 1);
      g_autoptr (RushesTake) made = rushes_test_house_order (before, "a kite over the bay");
      g_autoptr (RushesTestHouse) house = NULL;
      g_autoptr (RushesTake) take = NULL;
      g_autoptr (RushesDraft) draft = rushes_draft_new ();
      g_autoptr (JsonNode) description = NULL;
      g_autoptr (GFile) saved = NULL;
      g_autoptr (GFile) copy = g_file_new_build_filename (before->path, "copy.mp4", NULL);
      g_autoptr (GError) error = NULL;
      g_autoptr (GError) refusal = NULL;

      rushes_test_house_expect (before, made, RUSHES_TAKE_STATE_READY);
      rushes_test_house_leave (before);
      spoil_request (before, spoilt[i]);

      house = rushes_test_house_again (before, "http");
      take = rushes_test_house_find (house, made);
      assert_lost (take);
      g_assert_nonnull (rushes_take_get_clip (take));
      g_assert_cmpint (rushes_take_get_state (take), ==, RUSHES_TAKE_STATE_READY);

      description = dex_await_boxed (rushes_library_describe_take (house->library, take), &error);
      g_assert_no_error (error);
      saved = dex_await_object (rushes_library_save_clip (house->library, take, copy, RUSHES_SAVE_WITH_RECIPE), &error);
      g_assert_no_error (error);
      rushes_draft_set_from_request (draft, rushes_take_get_request (take));
      g_assert_cmpstr (rushes_draft_get_prompt (draft), ==, "a kite over the bay");

      g_assert_false (dex_await (rushes_queue_retry (house->queue, take), &refusal));
      g_assert_error (refusal, RUSHES_ERROR, RUSHES_ERROR_STORAGE);
      g_assert_cmpuint (rushes_test_service_count (house->service, RUSHES_TEST_SUBMIT), ==, 0);
      g_assert_cmpint (rushes_take_get_state (take), ==, RUSHES_TAKE_STATE_READY);
    }
}

/* Nothing was sent, and nothing is: what was set aside for it is free again. */
static void
test_queued (void)
{
  g_autoptr (RushesTestHouse) before = rushes_test_house_new ("http", 1);
  g_autoptr (RushesTake) left = leave_at (before, RUSHES_TAKE_STATE_PREPARING, RUSHES_TEST_PREPARE);
  g_autoptr (RushesTestHouse) house = NULL;
  g_autoptr (RushesTake) take = NULL;
  g_autoptr (RushesAttempt) attempt = NULL;

  spoil_request (before, "not JSON");
  house = rushes_test_house_again (before, "http");
  take = rushes_test_house_find (house, left);
  rushes_test_house_resume (house, NULL, 1);
  rushes_test_house_expect (house, take, RUSHES_TAKE_STATE_FAILED);
  assert_lost (take);
  g_assert_error (rushes_take_get_error (take), RUSHES_ERROR, RUSHES_ERROR_STORAGE);
  attempt = rushes_test_house_attempt (house, take);
  g_assert_cmpint (attempt->charged, ==, RUSHES_CHARGED_NO);
  g_assert_cmpuint (count_costs (house), ==, 0);
  g_assert_cmpuint (rushes_test_service_count (house->service, RUSHES_TEST_PREPARE), ==, 0);
  g_assert_cmpuint (rushes_test_service_count (house->service, RUSHES_TEST_SUBMIT), ==, 0);
}

/* What is under way was paid for: it is asked about and fetched. */
static void
test_running (void)
{
  g_autoptr (RushesTestHouse) before = rushes_test_house_new ("http", 1);
  g_autoptr (RushesTake) left = leave_at (before, RUSHES_TAKE_STATE_RUNNING, RUSHES_TEST_POLL);
  g_autoptr (RushesTestHouse) house = NULL;
  g_autoptr (RushesTake) take = NULL;

  spoil_request (before, "{}");
  house = rushes_test_house_again (before, "http");
  take = rushes_test_house_find (house, left);
  rushes_test_house_resume (house, NULL, 1);
  rushes_test_house_expect (house, take, RUSHES_TAKE_STATE_READY);
  assert_lost (take);
  g_assert_nonnull (rushes_take_get_clip (take));
  g_assert_cmpuint (rushes_test_service_count (house->service, RUSHES_TEST_SUBMIT), ==, 0);
  g_assert_cmpuint (rushes_test_service_count (house->service, RUSHES_TEST_FETCH), ==, 1);
}

/* Other texts of a row may be spoilt too; the take is there all the same. */
static void
test_other_texts (void)
{
  static const char *const statements[] = {
    "UPDATE takes SET prompt = CAST (x'41ff42' AS TEXT), model = CAST (x'ff' AS TEXT), request = ?",
    "UPDATE attempts SET error = ?, description = 'nothing'",
    "UPDATE results SET uri = ?, container = 'film', video_codec = ''",
    "UPDATE takes SET saved_to = ?, note = ''",
  };

  for (guint i = 0; i < G_N_ELEMENTS (statements); i++)
    {
      g_autoptr (RushesTestHouse) before = rushes_test_house_new ("http", 1);
      g_autoptr (RushesTake) made = rushes_test_house_order (before, "a kite over the bay");
      g_autoptr (RushesTestHouse) house = NULL;
      g_autoptr (RushesTake) take = NULL;
      g_autoptr (JsonNode) description = NULL;
      g_autoptr (GError) error = NULL;

      rushes_test_house_expect (before, made, RUSHES_TAKE_STATE_READY);
      rushes_test_house_leave (before);
      spoil (before, statements[i], "{\"what\": [");

      house = rushes_test_house_again (before, "http");
      take = rushes_test_house_find (house, made);
      g_assert_true (rushes_take_get_loaded (take));
      g_assert_true (g_utf8_validate (rushes_take_get_title (take), -1, NULL));
      g_assert_nonnull (rushes_take_get_clip (take));
      description = dex_await_boxed (rushes_library_describe_take (house->library, take), &error);
      g_assert_no_error (error);
    }
}

int
main (int argc, char **argv)
{
  rushes_test_init (&argc, &argv);
  rushes_test_add_fiber ("/lost-request/ready", test_ready);
  rushes_test_add_fiber ("/lost-request/queued", test_queued);
  rushes_test_add_fiber ("/lost-request/running", test_running);
  rushes_test_add_fiber ("/lost-request/other-texts", test_other_texts);

  return g_test_run ();
}
