/* rushes-test-library.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "rushes-test-library.h"

#include "rushes-async.h"
#include "rushes-database.h"

RushesFolders *
rushes_test_folders (void)
{
  g_autofree char *path = rushes_test_folder ();
  g_autoptr (GFile) data = g_file_new_build_filename (path, "data", NULL);
  g_autoptr (GFile) cache = g_file_new_build_filename (path, "cache", NULL);

  return rushes_folders_new (data, cache);
}

char *
rushes_test_path (RushesFolders *folders, const char *name)
{
  return g_build_filename (g_file_peek_path (rushes_folders_get_data (folders)), name, NULL);
}

RushesRequest *
rushes_test_request (const char *model, const char *prompt)
{
  g_autoptr (JsonObject) object = json_object_new ();
  g_autoptr (JsonNode) node = json_node_new (JSON_NODE_OBJECT);
  g_autoptr (GFile) folder = g_file_new_for_path ("/library/references");
  g_autoptr (GError) error = NULL;
  RushesRequest *request;

  json_object_set_int_member (object, "version", 1);
  json_object_set_string_member (object, "provider", "kites");
  json_object_set_string_member (object, "model", model);
  json_object_set_string_member (object, "prompt", prompt);
  json_object_set_int_member (object, "duration", 5);
  json_object_set_int_member (object, "seed", 7);
  json_node_set_object (node, object);
  request = rushes_request_from_json (node, folder, &error);
  g_assert_no_error (error);

  return request;
}

RushesPrice
rushes_test_price (gint64 low, gint64 high)
{
  RushesPrice price = { RUSHES_PRICE_ESTIMATE };

  price.low.micros = low;
  price.high.micros = high;
  price.low.currency = price.high.currency = g_intern_static_string ("USD");

  return price;
}

void
rushes_test_fill (RushesFolders *folders, guint n)
{
  g_autofree char *path = rushes_test_path (folders, "library.db");
  g_autoptr (RushesDatabase) database = rushes_database_open (path, FALSE, NULL);
  g_autofree char *numbers = g_strdup_printf ("CREATE TEMP TABLE n AS WITH RECURSIVE n (i) AS (SELECT 0 UNION ALL"
                                              " SELECT i + 1 FROM n WHERE i < %u) SELECT i FROM n",
                                              n - 1);
  const char *const statements[] = {
    "PRAGMA synchronous = OFF",
    numbers,
    "BEGIN",
    "INSERT INTO orders SELECT 'bulk', id, 0 FROM projects LIMIT 1",
    "INSERT INTO takes (serial, id, project_id, order_id, place, created, request, provider, model, prompt, state)"
    " SELECT 1000 + i, printf ('01900000-0000-7000-8000-%012x', i), (SELECT id FROM projects LIMIT 1), 'bulk', i,"
    " 1000000 + i, '{\"version\":1,\"provider\":\"kites\",\"model\":\"red\",\"prompt\":\"take ' || i ||"
    " '\",\"duration\":5}', 'kites', 'red', 'take ' || i, 'ready' FROM n",
    "INSERT INTO attempts (id, take_id, number, runner, state, state_since, created)"
    " SELECT 'a' || id, id, 1, 'bulk', 'ready', created, created FROM takes WHERE order_id = 'bulk'",
    "UPDATE takes SET attempt_id = 'a' || id WHERE order_id = 'bulk'",
    "INSERT INTO ledger (attempt_id, kind, price, at, day) SELECT id, 'settle', 'free', created, '2024-06-01'"
    " FROM attempts WHERE runner = 'bulk'",
    "INSERT INTO takes_text (rowid, prompt, model, provider, project) SELECT serial, prompt, model, provider,"
    " 'My Project' FROM takes WHERE order_id = 'bulk'",
    "COMMIT",
  };

  for (guint i = 0; i < G_N_ELEMENTS (statements); i++)
    {
      g_autoptr (GError) error = NULL;

      rushes_database_script (database, statements[i], &error);
      g_assert_no_error (error);
    }
}

RushesLibrary *
rushes_test_open (RushesFolders *folders)
{
  g_autoptr (GError) error = NULL;
  RushesLibrary *library = dex_await_object (rushes_library_open (folders, RUSHES_LIBRARY_OPEN_DEFAULT), &error);

  g_assert_no_error (error);

  return library;
}

void
rushes_test_close (RushesLibrary *library)
{
  g_autoptr (GError) error = NULL;

  dex_await (rushes_library_close (library), &error);
  g_assert_no_error (error);
}

GPtrArray *
rushes_test_order (RushesLibrary *library, ...)
{
  g_autoptr (GPtrArray) requests = g_ptr_array_new_with_free_func (g_object_unref);
  g_autoptr (GArray) prices = g_array_new (FALSE, FALSE, sizeof (RushesPrice));
  g_autoptr (RushesProject) project = g_list_model_get_item (rushes_library_get_projects (library), 0);
  g_autofree char *order_id = rushes_new_id ();
  g_autoptr (GError) error = NULL;
  GPtrArray *takes;
  const char *prompt;
  va_list prompts;

  va_start (prompts, library);
  while ((prompt = va_arg (prompts, const char *)) != NULL)
    {
      RushesPrice price = rushes_test_price (500000, 500000);

      g_ptr_array_add (requests, rushes_test_request ("red", prompt));
      g_array_append_val (prices, price);
    }
  va_end (prompts);
  takes = dex_await_boxed (rushes_library_order (library, project, requests, prices, order_id), &error);
  g_assert_no_error (error);
  g_assert_cmpuint (takes->len, ==, requests->len);

  return takes;
}

RushesTake *
rushes_test_order_one (RushesLibrary *library, const char *prompt)
{
  g_autoptr (GPtrArray) takes = rushes_test_order (library, prompt, NULL);

  return g_object_ref (g_ptr_array_index (takes, 0));
}

RushesAttempt *
rushes_test_attempt (RushesLibrary *library, RushesTake *take)
{
  g_autoptr (GError) error = NULL;
  RushesAttempt *attempt = dex_await_boxed (rushes_library_load_attempt (library, take), &error);

  g_assert_no_error (error);

  return attempt;
}

static void
step_to (RushesLibrary *library,
         RushesTake *take,
         RushesAttempt *attempt,
         RushesTakeState to,
         RushesCharged charged,
         gboolean cached)
{
  g_autoptr (GError) reason = rushes_error_new (RUSHES_ERROR_PROVIDER, "The wind fell.");
  g_autoptr (GFile) clip = NULL;
  RushesClipFacts facts = { .size = 4, .duration = 5, .width = 1280, .height = 720, .frame_rate = 30, .n_frames = 150 };
  RushesStep step = { .to = to, .cached = cached };

  rushes_error_set_charged (reason, charged);
  if (to == RUSHES_TAKE_STATE_READY)
    {
      g_autoptr (GFile) folder = NULL;

      facts.container = g_intern_static_string ("mp4");
      facts.video_codec = g_intern_static_string ("h264");
      clip = rushes_library_get_clip_place (library, take, 0, "mp4");
      folder = g_file_get_parent (clip);
      g_file_make_directory_with_parents (folder, NULL, NULL);
      g_assert_true (g_file_replace_contents (clip, "clip", 4, NULL, FALSE, G_FILE_CREATE_NONE, NULL, NULL, NULL));
      step.clip = clip;
      step.facts = &facts;
      step.sha256 = "67905ad3cc2dd52b1f5f6a6d2814de0396618b29b4238b9af5207aeb69936e6d";
    }
  else if (rushes_take_state_is_end (to) || to == RUSHES_TAKE_STATE_UNCONFIRMED)
    step.error = reason;
  rushes_test_expect (rushes_library_advance (library, take, attempt, &step), TRUE);
  g_assert_cmpint (attempt->state, ==, to);
}

void
rushes_test_step (RushesLibrary *library,
                  RushesTake *take,
                  RushesAttempt *attempt,
                  RushesTakeState to,
                  RushesCharged charged)
{
  step_to (library, take, attempt, to, charged, FALSE);
}

void
rushes_test_land_for_now (RushesLibrary *library, RushesTake *take, RushesAttempt *attempt)
{
  step_to (library, take, attempt, RUSHES_TAKE_STATE_READY, RUSHES_CHARGED_YES, TRUE);
}

void
rushes_test_walk (RushesLibrary *library, RushesTake *take, RushesAttempt *attempt, RushesTakeState to)
{
  while (attempt->state < to)
    rushes_test_step (library, take, attempt, attempt->state + 1, RUSHES_CHARGED_MAYBE);
}

void
rushes_test_expect (DexFuture *future, gboolean expected)
{
  g_autoptr (GError) error = NULL;
  gboolean result = dex_await_boolean (future, &error);

  g_assert_no_error (error);
  g_assert_cmpint (result, ==, expected);
}

char *
rushes_test_expect_error (DexFuture *future, RushesErrorCode code)
{
  g_autoptr (GError) error = NULL;

  g_assert_false (dex_await (future, &error));
  g_assert_error (error, RUSHES_ERROR, code);

  return g_strdup (error->message);
}

void
rushes_test_await (gboolean (*check) (gpointer data), gpointer data)
{
  gint64 until = g_get_monotonic_time () + 20 * G_USEC_PER_SEC;

  while (!check (data) && g_get_monotonic_time () < until)
    dex_await (rushes_async_sleep (0.002), NULL);
  g_assert_true (check (data));
}

char *
rushes_test_sandbox (const char *const *options, ...)
{
  g_autoptr (GStrvBuilder) builder = g_strv_builder_new ();
  g_auto (GStrv) command = NULL;
  g_autofree char *output = NULL;
  g_autoptr (GError) error = NULL;
  const char *argument;
  va_list arguments;
  int status;

  g_strv_builder_add_many (builder, "bwrap", "--bind", "/", "/", "--dev", "/dev", NULL);
  for (guint i = 0; options[i] != NULL; i++)
    g_strv_builder_add (builder, options[i]);
  va_start (arguments, options);
  while ((argument = va_arg (arguments, const char *)) != NULL)
    g_strv_builder_add (builder, argument);
  va_end (arguments);
  command = g_strv_builder_end (builder);
  if (!g_spawn_sync (NULL, command, NULL, G_SPAWN_SEARCH_PATH, NULL, NULL, &output, NULL, &status, &error) ||
      !g_spawn_check_wait_status (status, &error))
    {
      g_test_skip (error->message);
      return NULL;
    }

  return g_strdup (g_strchomp (output));
}

/* ---- the files of a library ---- */

guint
rushes_test_count_files (RushesFolders *folders, const char *folder, const char *prefix)
{
  g_autofree char *path = rushes_test_path (folders, folder);
  g_autoptr (GDir) dir = g_dir_open (path, 0, NULL);
  const char *name;
  guint n = 0;

  while (dir != NULL && (name = g_dir_read_name (dir)) != NULL)
    n += g_str_has_prefix (name, prefix);

  return n;
}

char *
rushes_test_find_file (RushesFolders *folders, const char *folder, const char *prefix)
{
  g_autofree char *path = rushes_test_path (folders, folder);
  g_autoptr (GDir) dir = g_dir_open (path, 0, NULL);
  const char *name;

  while (dir != NULL && (name = g_dir_read_name (dir)) != NULL)
    if (g_str_has_prefix (name, prefix))
      return g_build_filename (path, name, NULL);

  return NULL;
}

char *
rushes_test_peek (const char *path, const char *sql)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (RushesDatabase) database = rushes_database_open (path, FALSE, &error);
  g_autoptr (RushesQuery) query = NULL;

  g_assert_no_error (error);
  query = rushes_database_query (database, &error, sql, "");
  g_assert_no_error (error);
  g_assert_true (rushes_query_next (query, &error));

  return g_strdup (rushes_query_get_text (query, 0));
}
