/* test-provider.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include <glib/gstdio.h>
#include <string.h>

#include "rushes-error.h"
#include "rushes-provider.h"
#include "rushes-registry.h"
#include "rushes-test.h"

/* ---- a provider that leaves all it can to its class, and one that refuses ---- */

#define TEST_TYPE_PLAIN (test_plain_get_type ())
G_DECLARE_FINAL_TYPE (TestPlain, test_plain, TEST, PLAIN, RushesProvider)

struct _TestPlain
{
  RushesProvider parent_instance;
};

G_DEFINE_FINAL_TYPE (TestPlain, test_plain, RUSHES_TYPE_PROVIDER)

static DexFuture *
test_plain_submit (RushesProvider *provider, RushesJob *job)
{
  return dex_future_new_take_boxed (RUSHES_TYPE_ANSWER, rushes_answer_new (RUSHES_PHASE_RUNNING));
}

static void
test_plain_class_init (TestPlainClass *klass)
{
  RUSHES_PROVIDER_CLASS (klass)->submit = test_plain_submit;
}

static void
test_plain_init (TestPlain *self)
{
}

static RushesProvider *
make_provider (const char *id)
{
  g_autofree char *text = g_strdup_printf (
      "{\"version\":1,\"id\":\"%s\",\"name\":\"Kite\",\"summary\":\"Flies.\",\"engine\":\"http\",\"slots\":3,"
      "\"regions\":[],\"auth\":{\"scheme\":\"none\"},\"protocol\":{\"submit\":{\"path\":\"/\"},"
      "\"status\":{\"path\":\"/{task_id}\"},\"answer\":{\"task\":[\"id\"]}},"
      "\"time_limit\":60,\"poll\":{\"interval\":0.02,\"slowest\":0.03},\"default_model\":\"b\",\"models\":["
      "{\"id\":\"a\",\"name\":\"A\",\"durations\":[5]},{\"id\":\"b\",\"name\":\"B\",\"durations\":[5]}]}",
      id);
  g_autoptr (GBytes) bytes = g_bytes_new (text, strlen (text));
  g_autoptr (GError) error = NULL;
  g_autoptr (RushesDescription) description = rushes_description_new_from_bytes (bytes, "kite.json", &error);

  g_assert_no_error (error);
  return g_object_new (TEST_TYPE_PLAIN, "description", description, NULL);
}

static RushesJob *
make_job (RushesProvider *provider, GFile *spool)
{
  g_autoptr (RushesDraft) draft = rushes_draft_new ();
  g_autoptr (RushesRequest) request = NULL;

  rushes_draft_set_model (draft, rushes_provider_get_id (provider), "a");
  request = rushes_request_new (draft, rushes_provider_find_model (provider, "a"), 0);
  return rushes_job_new (request, "0192", spool, NULL);
}

static void
test_facts (void)
{
  g_autoptr (RushesProvider) provider = make_provider ("kite");

  g_assert_cmpstr (rushes_provider_get_id (provider), ==, "kite");
  g_assert_cmpstr (rushes_provider_get_name (provider), ==, "Kite");
  g_assert_cmpstr (rushes_provider_get_summary (provider), ==, "Flies.");
  g_assert_cmpuint (rushes_provider_get_slots (provider), ==, 3);
  g_assert_cmpfloat (rushes_provider_get_time_limit (provider), ==, 60);
  g_assert_false (rushes_provider_get_is_local (provider));
  g_assert_null (rushes_provider_get_problem (provider));
  g_assert_cmpint (rushes_provider_get_cancel_kind (provider, NULL), ==, RUSHES_CANCEL_NONE);
  g_assert_cmpuint (g_list_model_get_n_items (rushes_provider_get_models (provider)), ==, 2);
  g_assert_cmpstr (rushes_model_get_id (rushes_provider_find_model (provider, NULL)), ==, "b");
  g_assert_cmpstr (rushes_model_get_id (rushes_provider_find_model (provider, "a")), ==, "a");
  g_assert_null (rushes_provider_find_model (provider, "c"));
}

static void
test_registry (void)
{
  g_autoptr (RushesRegistry) registry = rushes_registry_new ();
  g_autoptr (RushesProvider) kite = make_provider ("kite");
  g_autoptr (RushesProvider) balloon = make_provider ("balloon");
  g_autoptr (RushesProvider) second = NULL;
  g_autoptr (GError) error = NULL;

  rushes_registry_add (registry, kite);
  rushes_registry_add (registry, balloon);
  g_assert_cmpuint (g_list_model_get_n_items (G_LIST_MODEL (registry)), ==, 2);
  g_assert_true (g_list_model_get_item_type (G_LIST_MODEL (registry)) == RUSHES_TYPE_PROVIDER);
  second = g_list_model_get_item (G_LIST_MODEL (registry), 1);
  g_assert_true (second == balloon);
  g_assert_null (g_list_model_get_item (G_LIST_MODEL (registry), 2));

  g_assert_true (rushes_registry_find (registry, "kite") == kite);
  g_assert_null (rushes_registry_find (registry, "bird"));
  g_assert_true (rushes_registry_require (registry, "balloon", &error) == balloon);
  g_assert_no_error (error);
  g_assert_null (rushes_registry_require (registry, "bird", &error));
  g_assert_error (error, RUSHES_ERROR, RUSHES_ERROR_BAD_REQUEST);
  g_assert_cmpstr (error->message, ==, "There is no provider “bird”; there are: kite, balloon.");
  g_assert_cmpstr (rushes_error_get_field (error), ==, "provider");
}

static void
test_defaults (void)
{
  g_autoptr (RushesProvider) provider = make_provider ("kite");
  g_autoptr (GFile) spool = g_file_new_for_path ("/nowhere/spool");
  g_autoptr (RushesJob) job = make_job (provider, spool);
  g_autoptr (RushesAnswer) answer = NULL;
  g_autoptr (GError) error = NULL;

  g_assert_true (dex_await_boolean (rushes_provider_prepare (provider, job), &error));
  g_assert_no_error (error);
  answer = dex_await_boxed (rushes_provider_submit (provider, job), &error);
  g_assert_no_error (error);
  g_assert_cmpint (answer->phase, ==, RUSHES_PHASE_RUNNING);

  /* There is no task to ask about yet: a mistake of the caller, not a crash. */
  g_assert_false (dex_await (rushes_provider_poll (provider, job), &error));
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_INVAL);
  g_clear_error (&error);

  rushes_job_set_task (job, "task-1", "https://kite.example", NULL);
  g_assert_cmpstr (rushes_job_get_task_id (job), ==, "task-1");
  g_assert_cmpstr (rushes_job_get_host (job), ==, "https://kite.example");
  g_assert_null (rushes_job_get_poll_target (job));
  g_assert_false (dex_await (rushes_provider_cancel (provider, job), &error));
  g_assert_error (error, RUSHES_ERROR, RUSHES_ERROR_UNSUPPORTED);
}

static void
test_wait (void)
{
  g_autoptr (RushesProvider) provider = make_provider ("kite");
  g_autoptr (GFile) spool = g_file_new_for_path ("/nowhere/spool");
  g_autoptr (RushesJob) job = make_job (provider, spool);
  gint64 pauses[3];

  for (guint i = 0; i < G_N_ELEMENTS (pauses); i++)
    {
      gint64 start = g_get_monotonic_time ();

      g_assert_true (dex_await (rushes_provider_wait (provider, job, NULL), NULL));
      pauses[i] = g_get_monotonic_time () - start;
    }

  /* 20, 26 and (34, but 30 is the slowest) 30 ms: a pause may be longer on a busy machine, but never shorter. */
  g_assert_cmpint (pauses[0], >=, 20000);
  g_assert_cmpint (pauses[1], >=, 26000);
  g_assert_cmpint (pauses[2], >=, 30000);
}

static void
test_fetch (void)
{
  g_autoptr (RushesProvider) provider = make_provider ("kite");
  g_autofree char *folder = rushes_test_folder ();
  g_autofree char *from = g_build_filename (folder, "spool.part", NULL);
  g_autofree char *to = g_build_filename (folder, "clip.part", NULL);
  g_autofree char *uri = g_filename_to_uri (from, NULL, NULL);
  g_autofree char *contents = NULL;
  g_autoptr (GFile) part = g_file_new_for_path (to);
  g_autoptr (RushesJob) job = make_job (provider, part);
  g_autoptr (GError) error = NULL;
  RushesOutput output = { uri, 0 };
  RushesOutput remote = { (char *) "https://kite.example/clip.mp4", 0 };

  g_assert_true (g_file_set_contents (from, "clip", -1, NULL));
  g_assert_true (g_file_set_contents (to, "what an earlier try left", -1, NULL));
  g_assert_true (dex_await (rushes_provider_fetch (provider, job, &output, part, NULL, NULL), &error));
  g_assert_no_error (error);
  g_assert_false (g_file_test (from, G_FILE_TEST_EXISTS));
  g_assert_true (g_file_get_contents (to, &contents, NULL, NULL));
  g_assert_cmpstr (contents, ==, "clip");

  g_assert_false (dex_await (rushes_provider_fetch (provider, job, &output, part, NULL, NULL), &error));
  g_assert_error (error, RUSHES_ERROR, RUSHES_ERROR_NOT_FOUND);
  g_clear_error (&error);
  g_assert_false (dex_await (rushes_provider_fetch (provider, job, &remote, part, NULL, NULL), &error));
  g_assert_error (error, RUSHES_ERROR, RUSHES_ERROR_UNSUPPORTED);
}

/* /dev/shm is another file system than the folders of tests nearly everywhere. */
static void
test_fetch_across (void)
{
  g_autoptr (RushesProvider) provider = make_provider ("kite");
  g_autofree char *folder = rushes_test_folder ();
  g_autofree char *elsewhere = g_strdup ("/dev/shm/rushes-test-XXXXXX");
  g_autofree char *from = NULL;
  g_autofree char *to = g_build_filename (folder, "clip.part", NULL);
  g_autofree char *uri = NULL;
  g_autoptr (GFile) part = g_file_new_for_path (to);
  g_autoptr (RushesJob) job = make_job (provider, part);
  g_autoptr (GError) error = NULL;
  g_autofree char *data = g_malloc0 (3 * 1024 * 1024);
  g_autofree char *copied = NULL;
  GStatBuf here, there;
  RushesOutput output = { 0 };
  gsize size;

  if (g_mkdtemp (elsewhere) == NULL || g_stat (elsewhere, &there) != 0 || g_stat (folder, &here) != 0 ||
      here.st_dev == there.st_dev)
    {
      g_rmdir (elsewhere);
      g_test_skip ("There is no second file system.");
      return;
    }

  from = g_build_filename (elsewhere, "render", NULL);
  output.uri = uri = g_filename_to_uri (from, NULL, NULL);
  data[1234567] = 'x';
  g_assert_true (g_file_set_contents (from, data, 3 * 1024 * 1024, NULL));
  g_assert_true (dex_await (rushes_provider_fetch (provider, job, &output, part, NULL, NULL), &error));
  g_assert_no_error (error);
  g_assert_true (g_file_get_contents (to, &copied, &size, NULL));
  g_assert_cmpmem (copied, size, data, 3 * 1024 * 1024);
  g_assert_cmpint (g_rmdir (elsewhere), ==, 0);
}

static RushesModel *
make_model (const char *id)
{
  g_autofree char *text = g_strdup_printf ("{\"id\":\"%s\",\"name\":\"Listed %s\",\"durations\":[7]}", id, id);
  g_autoptr (JsonNode) node = json_from_string (text, NULL);
  g_autoptr (GError) error = NULL;
  RushesModel *model = rushes_model_from_json (node, "kite", "list", &error);

  g_assert_no_error (error);
  return model;
}

static void
note_change (GListModel *list, guint position, guint removed, guint added, GString *told)
{
  g_string_append_printf (told, "%u-%u+%u ", position, removed, added);
}

static void
note_news (RushesProvider *provider, GString *told)
{
  g_string_append (told, "changed ");
}

/* The description's model "a" is listed, too; what the description says of it holds. */
static void
test_listed (void)
{
  g_autoptr (RushesProvider) provider = make_provider ("kite");
  GListModel *list = rushes_provider_get_models (provider);
  g_autoptr (GPtrArray) models = g_ptr_array_new_with_free_func (g_object_unref);
  g_autoptr (GPtrArray) fewer = g_ptr_array_new_with_free_func (g_object_unref);
  g_autoptr (GDateTime) time = g_date_time_new_utc (2026, 11, 1, 12, 0, 0);
  g_autoptr (GString) told = g_string_new (NULL);
  g_autoptr (RushesModel) kept = NULL;

  g_signal_connect (list, "items-changed", G_CALLBACK (note_change), told);
  g_signal_connect (provider, "changed", G_CALLBACK (note_news), told);
  g_assert_null (rushes_provider_get_models_time (provider));

  g_ptr_array_add (models, make_model ("x"));
  g_ptr_array_add (models, make_model ("a"));
  g_ptr_array_add (models, make_model ("y"));
  rushes_provider_set_listed_models (provider, models, NULL, time);
  g_assert_cmpstr (told->str, ==, "2-0+2 changed ");
  g_assert_true (g_date_time_equal (rushes_provider_get_models_time (provider), time));
  g_assert_cmpuint (g_list_model_get_n_items (list), ==, 4);
  g_assert_cmpstr (rushes_model_get_name (rushes_provider_find_model (provider, "a")), ==, "A");
  g_set_object (&kept, rushes_provider_find_model (provider, "x"));
  g_assert_cmpstr (rushes_model_get_name (kept), ==, "Listed x");

  g_string_truncate (told, 0);
  g_ptr_array_add (fewer, make_model ("y"));
  rushes_provider_set_listed_models (provider, fewer, NULL, time);
  g_assert_cmpstr (told->str, ==, "2-2+1 changed ");
  g_assert_null (rushes_provider_find_model (provider, "x"));
  g_assert_true (rushes_provider_find_model (provider, "y") == g_ptr_array_index (fewer, 0));
  g_assert_cmpstr (rushes_model_get_id (kept), ==, "x");

  rushes_provider_set_listed_models (provider, NULL, NULL, NULL);
  g_assert_cmpuint (g_list_model_get_n_items (list), ==, 2);
  g_assert_null (rushes_provider_find_model (provider, "y"));
  g_assert_null (rushes_provider_get_models_time (provider));
}

static void
test_lists_nothing (void)
{
  g_autoptr (RushesProvider) provider = make_provider ("kite");
  g_autoptr (GError) error = NULL;

  g_assert_false (rushes_provider_can_list_models (provider));
  g_assert_false (rushes_provider_can_describe_model (provider, "a"));
  g_assert_true (dex_await_boolean (rushes_provider_load_models (provider), &error));
  g_assert_no_error (error);
  g_assert_false (dex_await (rushes_provider_refresh_models (provider), &error));
  g_assert_error (error, RUSHES_ERROR, RUSHES_ERROR_UNSUPPORTED);
  g_assert_cmpstr (error->message, ==, "Kite has no call that lists its models.");
  g_clear_error (&error);
  g_assert_false (dex_await (rushes_provider_describe_model (provider, "a"), &error));
  g_assert_error (error, RUSHES_ERROR, RUSHES_ERROR_UNSUPPORTED);
}

int
main (int argc, char **argv)
{
  rushes_test_init (&argc, &argv);

  g_test_add_func ("/provider/facts", test_facts);
  g_test_add_func ("/provider/registry", test_registry);
  g_test_add_func ("/provider/listed", test_listed);
  rushes_test_add_fiber ("/provider/lists-nothing", test_lists_nothing);
  rushes_test_add_fiber ("/provider/defaults", test_defaults);
  rushes_test_add_fiber ("/provider/wait", test_wait);
  rushes_test_add_fiber ("/provider/fetch", test_fetch);
  rushes_test_add_fiber ("/provider/fetch-across", test_fetch_across);

  return g_test_run ();
}
