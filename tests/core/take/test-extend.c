/* test-extend.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

/* Takes that make a clip longer: what is frozen of it stays the same over restarts and further attempts, and goes where
 * it belongs and nowhere else. */

#include <string.h>

#include "rushes-async.h"
#include "rushes-error.h"
#include "rushes-limits.h"
#include "rushes-recipe.h"
#include "rushes-test-house.h"

#define ADDRESS "https://cdn.kites.example/a.mp4?signature=secret"

static RushesTestService *
new_service (void)
{
  return rushes_test_service_new_priced ("http", 1, "[],\"extend\":{\"gives\":\"part\"}");
}

static RushesDraft *
make_draft (void)
{
  RushesKeyMark key = { (char *) "session", (char *) "0123456789abcdef" };
  RushesExtension extension = {
    .take_id = (char *) "019a0000-0000-7000-8000-000000000001",
    .task_id = (char *) "task-of-the-parent",
    .clip_id = (char *) "clip-of-the-parent",
    .address = (char *) ADDRESS,
    .host = (char *) "https://kites.example",
    .key = &key,
    .seconds = 5.04,
    .expires = G_GINT64_CONSTANT (4102444800000000),
  };
  RushesDraft *draft = rushes_test_house_draft ("It flies on");

  rushes_draft_set_extension (draft, &extension);
  return draft;
}

static RushesTake *
order (RushesTestHouse *house)
{
  g_autoptr (RushesDraft) draft = make_draft ();
  g_autoptr (RushesProject) project = g_list_model_get_item (rushes_library_get_projects (house->library), 0);
  g_autofree char *order_id = rushes_new_id ();
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) takes =
      dex_await_boxed (rushes_queue_generate (house->queue, project, draft, NULL, order_id), &error);

  g_assert_no_error (error);
  return g_object_ref (g_ptr_array_index (takes, 0));
}

static void
assert_extends (RushesTake *take)
{
  const RushesExtension *extension = rushes_request_get_extension (rushes_take_get_request (take));

  g_assert_nonnull (extension);
  g_assert_cmpstr (extension->take_id, ==, "019a0000-0000-7000-8000-000000000001");
  g_assert_cmpstr (extension->task_id, ==, "task-of-the-parent");
  g_assert_cmpstr (extension->clip_id, ==, "clip-of-the-parent");
  g_assert_cmpstr (extension->address, ==, ADDRESS);
  g_assert_cmpstr (extension->host, ==, "https://kites.example");
  g_assert_cmpstr (extension->key->print, ==, "0123456789abcdef");
  g_assert_cmpfloat_with_epsilon (extension->seconds, 5.04, 1e-9);
  g_assert_cmpint (extension->expires, ==, G_GINT64_CONSTANT (4102444800000000));
}

/* Its process ends before it is submitted; another one goes on with the same. */
static void
test_restart (void)
{
  g_autoptr (RushesTestHouse) before = rushes_test_house_new_with (new_service ());
  g_autoptr (RushesTestHouse) after = NULL;
  g_autoptr (RushesTake) ordered = NULL;
  g_autoptr (RushesTake) take = NULL;

  rushes_test_service_shut (before->service, RUSHES_TEST_PREPARE);
  ordered = order (before);
  rushes_test_house_called (before, RUSHES_TEST_PREPARE, 1);
  rushes_test_house_leave (before);
  rushes_test_service_open (before->service, RUSHES_TEST_PREPARE);

  after = rushes_test_house_again_with (before, new_service ());
  rushes_test_house_resume (after, NULL, 1);
  take = rushes_test_house_find (after, ordered);
  rushes_test_house_expect (after, take, RUSHES_TAKE_STATE_READY);
  assert_extends (take);
  g_assert_cmpuint (rushes_test_service_count (after->service, RUSHES_TEST_SUBMIT), ==, 1);
}

/* It ends while the submit is under way: nobody knows, nothing is sent again, and what the person has sent again is the
 * same. */
static void
test_crash (void)
{
  const RushesConsent consent = RUSHES_CONSENT_AGAIN;
  g_autoptr (RushesTestHouse) before = rushes_test_house_new_with (new_service ());
  g_autoptr (RushesTestHouse) after = NULL;
  g_autoptr (RushesTake) ordered = NULL;
  g_autoptr (RushesTake) take = NULL;
  g_autoptr (GError) error = NULL;

  rushes_test_service_shut (before->service, RUSHES_TEST_SUBMIT);
  ordered = order (before);
  rushes_test_house_called (before, RUSHES_TEST_SUBMIT, 1);
  rushes_test_house_crash (before);
  rushes_test_service_open (before->service, RUSHES_TEST_SUBMIT);

  after = rushes_test_house_again_with (before, new_service ());
  rushes_test_house_resume (after, NULL, 1);
  take = rushes_test_house_find (after, ordered);
  rushes_test_house_expect (after, take, RUSHES_TAKE_STATE_UNCONFIRMED);
  g_assert_cmpuint (rushes_test_service_count (after->service, RUSHES_TEST_SUBMIT), ==, 0);

  g_object_unref (dex_await_object (rushes_queue_retry_with_consent (after->queue, take, &consent), &error));
  g_assert_no_error (error);
  rushes_test_house_expect (after, take, RUSHES_TAKE_STATE_READY);
  assert_extends (take);
  g_assert_cmpuint (rushes_test_service_count (after->service, RUSHES_TEST_SUBMIT), ==, 1);
}

/* Declined at first, and tried again by itself. */
static void
test_retry (void)
{
  g_autoptr (RushesTestHouse) house = rushes_test_house_new_with (new_service ());
  g_autoptr (RushesTake) take = NULL;
  GError *busy = rushes_error_new (RUSHES_ERROR_RATE_LIMITED, "Not now.");

  rushes_error_set_charged (busy, RUSHES_CHARGED_NO);
  rushes_error_set_retryable (busy, TRUE);
  rushes_test_service_refuse (house->service, RUSHES_TEST_SUBMIT, busy);
  take = order (house);
  rushes_test_house_expect (house, take, RUSHES_TAKE_STATE_READY);
  assert_extends (take);
  g_assert_cmpuint (rushes_test_service_count (house->service, RUSHES_TEST_SUBMIT), ==, 2);
}

/* What is shown of it leaves the secret part of the address out. */
static void
test_shown (void)
{
  g_autoptr (RushesTestHouse) house = rushes_test_house_new_with (new_service ());
  g_autoptr (RushesTake) take = order (house);
  g_autoptr (JsonNode) history = NULL;
  g_autofree char *text = NULL;

  rushes_test_house_expect (house, take, RUSHES_TAKE_STATE_READY);
  history = dex_await_boxed (rushes_library_describe_take (house->library, take), NULL);
  text = json_to_string (history, FALSE);
  g_assert_nonnull (strstr (text, "\"https://cdn.kites.example/a.mp4\""));
  g_assert_null (strstr (text, "secret"));
}

/* Neither a recipe nor a draft that is kept, nor a remix, names the clip. */
static void
test_kept_out (void)
{
  g_autoptr (RushesTestHouse) house = rushes_test_house_new_with (new_service ());
  g_autoptr (RushesTake) take = order (house);
  RushesRequest *request = rushes_take_get_request (take);
  g_autoptr (GFile) nowhere = g_file_new_for_path ("/nowhere");
  g_autoptr (RushesDraft) remix = rushes_draft_new ();
  g_autoptr (RushesDraft) draft = make_draft ();
  g_autoptr (RushesDraft) again = rushes_draft_new ();
  g_autoptr (RushesRecipe) recipe = NULL;
  g_autoptr (GPtrArray) notes = NULL;
  g_autoptr (JsonNode) kept = NULL;
  g_autoptr (JsonNode) node = NULL;
  g_autofree char *text = NULL;

  rushes_test_house_expect (house, take, RUSHES_TAKE_STATE_READY);
  node = dex_await_boxed (rushes_recipe_make (request, 0, NULL), NULL);
  text = json_to_string (node, FALSE);
  g_assert_null (strstr (text, "of-the-parent"));
  g_assert_null (strstr (text, "kites.example"));
  g_assert_null (strstr (text, "0123456789abcdef"));
  recipe = rushes_recipe_new (node, NULL);
  notes = rushes_recipe_list_notes (recipe);
  g_assert_cmpuint (notes->len, ==, 1);
  g_assert_cmpstr (((RushesNote *) g_ptr_array_index (notes, 0))->field, ==, "extend");

  rushes_draft_set_from_request (remix, request);
  g_assert_cmpstr (rushes_draft_get_prompt (remix), ==, "It flies on");
  g_assert_null (rushes_draft_get_extension (remix));
  kept = rushes_draft_to_json (draft);
  rushes_draft_load_json (again, kept, nowhere);
  g_assert_cmpstr (rushes_draft_get_prompt (again), ==, "It flies on");
  g_assert_null (rushes_draft_get_extension (again));
}

int
main (int argc, char **argv)
{
  rushes_test_init (&argc, &argv);

  rushes_test_add_fiber ("/extend/restart", test_restart);
  rushes_test_add_fiber ("/extend/crash", test_crash);
  rushes_test_add_fiber ("/extend/retry", test_retry);
  rushes_test_add_fiber ("/extend/shown", test_shown);
  rushes_test_add_fiber ("/extend/kept-out", test_kept_out);

  return g_test_run ();
}
