/* test-migrations.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include <glib/gstdio.h>

#include "rushes-database.h"
#include "rushes-schema.h"
#include "rushes-search.h"
#include "rushes-test-library.h"

/* One take in each state, as the first version knew them; the words after it are its last entry in the ledger. */
static const struct
{
  const char *state;
  const char *charged;
  const char *kind;
} cases[] = {
  { "queued", NULL, "hold" },     { "preparing", NULL, "hold" },        { "submitting", NULL, "hold" },
  { "running", NULL, "hold" },    { "downloading", NULL, "hold" },      { "ready", "yes", "settle" },
  { "failed", "no", "refund" },   { "failed", "maybe", "uncertain" },   { "cancelled", "no", "refund" },
  { "expired", "yes", "settle" }, { "unconfirmed", NULL, "uncertain" }, { "left", NULL, "hold" },
};

#define PROJECT "01900000-0000-7000-8000-000000000001"
#define ORDER   "01900000-0000-7000-8000-000000000002"

static void
run (RushesDatabase *database, const char *sql, const char *id, const char *other, const char *text)
{
  g_autoptr (GError) error = NULL;

  rushes_database_run (database, &error, sql, "ttt", id, other, text);
  g_assert_no_error (error);
}

static char *
name_take (guint n)
{
  return g_strdup_printf ("01900000-0000-7000-8000-0000000001%02u", n);
}

static void
fill (RushesDatabase *database)
{
  const char *request =
      "{\"version\":1,\"provider\":\"kites\",\"model\":\"red\",\"prompt\":\"a kite\",\"duration\":5,\"seed\":7}";

  run (database, "INSERT INTO projects (id, name, created) VALUES (?1, ?3, 1)", PROJECT, NULL, "Kites");
  run (database, "INSERT INTO orders (id, project_id, created) VALUES (?1, ?2, COALESCE (length (?3), 1))", ORDER,
       PROJECT, NULL);
  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autofree char *take = name_take (i);
      g_autofree char *attempt = g_strdup (take);
      g_autofree char *place = g_strdup_printf ("%u", i);
      g_autofree char *words = rushes_search_index ("a kite");

      attempt[0] = '1';
      run (database,
           "INSERT INTO takes (id, project_id, order_id, place, created, request, provider, model, prompt)"
           " VALUES (?1, '" PROJECT "', '" ORDER "', CAST (?2 AS INTEGER), 1, ?3, 'kites', 'red', 'a kite')",
           take, place, request);
      run (database,
           "INSERT INTO takes_text (rowid, prompt, model, provider, project)"
           " VALUES ((SELECT serial FROM takes WHERE id = ?1), ?3, ?2, ?2, ?2)",
           take, "", words);
      run (database,
           "INSERT INTO attempts (id, take_id, number, runner, state, state_since, created, task_id)"
           " VALUES (?1, ?2, 1, '01900000-0000-7000-8000-00000000000f', ?3, 1, 1, 'task-' || ?1)",
           attempt, take, cases[i].state);
      run (database, "UPDATE attempts SET charged = ?3 WHERE id = ?1 AND ?2 IS NOT NULL", attempt, take,
           cases[i].charged);
      run (database, "UPDATE takes SET attempt_id = ?1, state = ?3, state_since = 1 WHERE id = ?2", attempt, take,
           cases[i].state);
      run (database, "INSERT INTO steps (attempt_id, number, state, at) VALUES (?1, 1, ?3, 1) RETURNING ?2", attempt,
           take, cases[i].state);
      run (database,
           "INSERT INTO ledger (attempt_id, kind, price, low_micros, micros, currency, at, day)"
           " VALUES (?1, 'hold', 'estimate', 500000, 500000, 'USD', 1, '2026-01-01') RETURNING ?2 || ?3",
           attempt, take, "");
      if (!g_str_equal (cases[i].kind, "hold"))
        run (database,
             "INSERT INTO ledger (attempt_id, kind, price, low_micros, micros, currency, at, day)"
             " VALUES (?1, ?3, 'estimate', 500000, 500000, 'USD', 2, '2026-01-01') RETURNING ?2",
             attempt, take, cases[i].kind);
    }
}

static char *
sum_up (RushesDatabase *database)
{
  g_autoptr (RushesQuery) query = rushes_database_query (
      database, NULL,
      "SELECT (SELECT count (*) FROM ledger) || ' ' || group_concat (attempt_id || kind || micros, ' ') FROM"
      " (SELECT * FROM ledger ORDER BY id)",
      "");

  g_assert_true (rushes_query_next (query, NULL));
  return g_strdup (rushes_query_get_text (query, 0));
}

static void
check (RushesFolders *folders, const char *sums)
{
  g_autoptr (RushesLibrary) library = rushes_test_open (folders);
  g_autofree char *path = rushes_test_path (folders, "library.db");
  g_autoptr (RushesDatabase) database = rushes_database_open (path, TRUE, NULL);
  g_autoptr (RushesTakeFilter) filter = rushes_take_filter_new ();
  g_autoptr (GPtrArray) found = NULL;
  g_autofree char *after = sum_up (database);

  g_assert_null (rushes_library_get_warning (library));
  g_assert_cmpint (rushes_schema_get_version (database, NULL), ==, rushes_schema_get_default ()->n_steps);
  g_assert_cmpstr (after, ==, sums);
  g_assert_nonnull (rushes_library_find_project (library, "Kites"));
  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autofree char *id = name_take (i);
      g_autoptr (GError) error = NULL;
      g_autoptr (RushesTake) take = dex_await_object (rushes_library_find_take (library, id), &error);
      g_autoptr (RushesAttempt) attempt = NULL;
      g_autofree char *task = NULL;

      g_assert_no_error (error);
      attempt = rushes_test_attempt (library, take);
      task = g_strdup_printf ("task-%s", attempt->id);
      g_assert_cmpstr (rushes_take_state_to_string (rushes_take_get_state (take)), ==, cases[i].state);
      g_assert_cmpstr (rushes_request_get_prompt (rushes_take_get_request (take)), ==, "a kite");
      g_assert_cmpstr (attempt->task_id, ==, task);
      /* What nobody wrote down then is not known now. */
      g_assert_null (attempt->key);
      g_assert_cmpint (attempt->wishes.tries, ==, -1);
      g_assert_cmpuint (attempt->n_resent, ==, 0);
    }
  g_assert_cmpint (dex_await_int64 (rushes_library_get_salt (library), NULL), >, 0);

  filter->search = g_strdup ("kite");
  found = dex_await_boxed (rushes_library_page_takes (library, filter, NULL, 100), NULL);
  g_assert_cmpuint (found->len, ==, G_N_ELEMENTS (cases));
  g_clear_pointer (&database, rushes_database_close);
  rushes_test_close (library);
}

/* Made as every earlier version made it, and opened by this one. */
static void
test_from_each (void)
{
  const RushesSchema *schema = rushes_schema_get_default ();

  for (guint version = 1; version < schema->n_steps; version++)
    {
      const RushesSchema then = { schema->steps, version };
      g_autoptr (RushesFolders) folders = rushes_test_folders ();
      g_autofree char *path = rushes_test_path (folders, "library.db");
      g_autofree char *backups = rushes_test_path (folders, "backups");
      g_autofree char *sums = NULL;
      g_autoptr (RushesDatabase) database = NULL;
      g_autoptr (GError) error = NULL;

      g_test_message ("from version %u", version);
      g_assert_true (rushes_folders_ensure (folders, NULL));
      database = rushes_database_open (path, FALSE, &error);
      g_assert_no_error (error);
      rushes_schema_migrate (&then, database, &error);
      g_assert_no_error (error);
      fill (database);
      sums = sum_up (database);
      g_clear_pointer (&database, rushes_database_close);

      check (folders, sums);
      g_assert_true (g_file_test (backups, G_FILE_TEST_IS_DIR));
    }
}

int
main (int argc, char **argv)
{
  rushes_test_init (&argc, &argv);

  rushes_test_add_fiber ("/migrations/from-each", test_from_each);

  return g_test_run ();
}
