/* fuzz-library.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

/* A library as it lies on the disk: the bytes of library.db, or lines TABLE.COLUMN=VALUE that are written into one,
 * which say what an older or newer Rushes, or a mistake, may have left there. It is opened as at every start, brought
 * up to date, and all of it is read. */

#include <string.h>

#include "rushes-attempt-row.h"
#include "rushes-draft.h"
#include "rushes-error.h"
#include "rushes-fuzz.h"
#include "rushes-ledger.h"
#include "rushes-project-private.h"
#include "rushes-pruning.h"
#include "rushes-request.h"
#include "rushes-spending.h"
#include "rushes-store-file.h"
#include "rushes-take-history.h"
#include "rushes-take-query.h"
#include "rushes-take-row.h"

static const char small_pages[] = "PRAGMA page_size = 512";

static const char rows[] =
    "INSERT INTO projects (id, name, created, draft, deleted) VALUES ('p1', 'Boats', 1, "
    "'{\"version\":1,\"prompt\":\"A\"}', NULL);"
    "INSERT INTO orders (id, project_id, created) VALUES ('o1', 'p1', 2);"
    "INSERT INTO takes (id, project_id, order_id, place, created, request, provider, model, prompt, revision) VALUES"
    " ('t1', 'p1', 'o1', 0, 3, '{\"version\":1,\"provider\":\"xai\",\"model\":\"grok-imagine-video\",\"prompt\":\"A "
    "boat\","
    "\"duration\":5,\"references\":[{\"role\":\"first_frame\",\"sha256\":\"00\",\"media_type\":\"image/"
    "png\",\"width\":1,"
    "\"height\":1,\"size\":1}]}', 'xai', 'grok-imagine-video', 'A boat', 1);"
    "INSERT INTO take_references (take_id, role, place, sha256) VALUES ('t1', 'first_frame', 0, '00');"
    "INSERT INTO descriptions (hash, json) VALUES ('d1', '{\"version\":1}');"
    "INSERT INTO attempts (id, take_id, number, runner, state, state_since, task_id, host, poll_target, description, "
    "created, submitted,"
    "  cancel_requested, error, charged, cost_micros, cost_currency) VALUES ('a1', 't1', 1, 'r1', 'ready', 9, 'task', "
    "'https://api.x.ai', NULL, 'd1', 3, 4, 0, "
    "NULL, 'yes',"
    "  500000, 'USD'), ('a2', 't1', 2, 'r1', 'failed', 9, 'task2', 'https://api.x.ai', '/p', 'd1', 3, 4, 1,"
    "  '{\"code\":\"REJECTED\",\"message\":\"No.\",\"charged\":\"no\",\"words\":\"no\",\"retry_after\":1}', 'no', "
    "NULL, NULL);"
    "UPDATE takes SET attempt_id = 'a2', state = 'failed';"
    "INSERT INTO steps (attempt_id, number, state, at) VALUES ('a1', 1, 'queued', 3), ('a1', 2, 'ready', 9), ('a2', 1, "
    "'failed', 9);"
    "INSERT INTO results (id, attempt_id, number, uri, expires, file, received, sha256, size, duration, width, height, "
    "frame_rate,"
    "  n_frames, container, video_codec, audio_codec) VALUES (1, 'a1', 0, 'https://vidgen.x.ai/a.mp4?sig=1', 99, "
    "'2026-11/t1-1.mp4', 9, '00', 1000, "
    "5.0, 1280,"
    "  720, 24.0, 120, 'mp4', 'h264', 'aac');"
    "INSERT INTO ledger (id, attempt_id, kind, price, low_micros, micros, currency, at, day) VALUES (1, 'a1', 'hold', "
    "'estimate', 1, 2, 'USD', 3, '2026-11-21'),"
    "  (2, 'a1', 'settle', 'reported', 5, 5, 'USD', 9, '2026-11-21'), (3, 'a2', 'hold', 'free', NULL, NULL, NULL, 3,"
    "  '2026-11-21'), (4, 'a2', 'uncertain', 'unknown', NULL, NULL, NULL, 9, '2026-11-21');"
    "INSERT INTO takes_text (rowid, prompt, model, provider, project) VALUES (1, 'a boat', 'grok', 'xai', 'boats');";

/* ---- reading all of it ---- */

static void
note_id (const char *id, gpointer ids)
{
  g_ptr_array_add (ids, g_strdup (id));
}

static void
read_attempts (RushesDatabase *database, const char *take_id)
{
  g_autoptr (GPtrArray) attempts = rushes_attempt_row_load_all (database, take_id, NULL);

  for (guint i = 0; attempts != NULL && i < attempts->len; i++)
    {
      const RushesAttempt *attempt = g_ptr_array_index (attempts, i);
      RushesPrice price;

      rushes_ledger_get_held (database, attempt->id, &price, NULL);
    }
}

static void
read_take (RushesDatabase *database, const char *id)
{
  g_autoptr (RushesTakeRow) row = rushes_take_row_load (database, id, NULL);
  g_autoptr (GFile) folder = g_file_new_for_path ("/nowhere");
  g_autoptr (JsonNode) history = rushes_take_history_read (database, id, folder, NULL);
  g_autoptr (JsonNode) node = NULL;

  read_attempts (database, id);
  if (history != NULL)
    {
      g_autofree char *text = json_to_string (history, FALSE);

      g_assert_true (g_utf8_validate (text, -1, NULL));
    }
  if (row != NULL)
    {
      g_autofree char *price = rushes_price_to_display (&row->price);

      node = row->request != NULL ? json_from_string (row->request, NULL) : NULL;
    }
  if (node != NULL)
    {
      g_autoptr (RushesRequest) request = rushes_request_from_json (node, folder, NULL);

      g_assert_true (request == NULL || rushes_request_get_prompt (request) != NULL);
    }
}

static void
read_takes (RushesDatabase *database)
{
  g_autoptr (RushesTakeFilter) filter = rushes_take_filter_new ();
  g_autoptr (GPtrArray) ids = g_ptr_array_new_with_free_func (g_free);
  g_autoptr (RushesTakeQuery) query = rushes_take_query_new (filter);
  g_autoptr (RushesTakeQuery) search = NULL;
  g_autoptr (GPtrArray) since = NULL;

  rushes_take_query_list (query, database, note_id, ids, NULL);
  filter->search = g_strdup ("boat");
  search = rushes_take_query_new (filter);
  rushes_take_query_page (search, database, NULL, 10, note_id, ids, NULL);
  for (guint i = 0; i < MIN (ids->len, 10); i++)
    read_take (database, g_ptr_array_index (ids, i));
  since = rushes_take_row_load_since (database, 0, NULL);
}

static void
read_projects (RushesDatabase *database)
{
  g_autoptr (GPtrArray) projects = rushes_project_load_rows (database, NULL);

  for (guint i = 0; projects != NULL && i < projects->len; i++)
    {
      g_autoptr (RushesProject) project = rushes_project_new (g_ptr_array_index (projects, i));
      JsonNode *node = rushes_project_get_draft (project);
      g_autoptr (RushesDraft) draft = rushes_draft_new ();
      g_autoptr (GFile) folder = g_file_new_for_path ("/nowhere");

      if (node != NULL)
        rushes_draft_load_json (draft, node, folder);
    }
}

static void
read_spending (RushesDatabase *database)
{
  g_autoptr (GArray) limits = g_array_new (FALSE, FALSE, sizeof (RushesLimit));
  const RushesConsent nothing = RUSHES_CONSENT_NONE;
  RushesLimit limit = { .most = { 1000000, g_intern_static_string ("USD") } };
  RushesPrice price = { .kind = RUSHES_PRICE_ESTIMATE,
                        .low = { 1, limit.most.currency },
                        .high = { 2, limit.most.currency } };

  g_array_append_val (limits, limit);
  rushes_spending_check (database, limits, &nothing, &price, 1, "2026-11-21", NULL);
}

static void
open_library (void)
{
  g_autofree char *path = rushes_fuzz_path ("");
  g_autoptr (GFile) data = g_file_new_for_path (path);
  g_autoptr (RushesFolders) folders = rushes_folders_new (data, data);
  RushesStoreFile file = { .lock = -1, .changed = -1 };
  g_autoptr (GError) error = NULL;

  if (rushes_store_file_open (&file, folders, FALSE, rushes_schema_get_default (), &error))
    {
      g_assert_no_error (error);
      rushes_pruning_sweep_spool (file.database, rushes_folders_get_spool (folders));
      rushes_pruning_run (file.database, rushes_folders_get_clips (folders), NULL);
      read_projects (file.database);
      read_takes (file.database);
      read_spending (file.database);
      rushes_store_file_close (&file);
    }
  else
    rushes_fuzz_check_error (error);
  g_free (file.warning);
}

/* ---- libraries ---- */

static void
run (RushesDatabase *database, const char *sql)
{
  g_autoptr (GError) error = NULL;

  rushes_database_script (database, sql, &error);
  g_assert_no_error (error);
}

/* library.db as version @n_steps of the schema has it. */
static RushesDatabase *
make_library (guint n_steps)
{
  RushesSchema schema = { rushes_schema_get_default ()->steps, n_steps };
  g_autofree char *path = rushes_fuzz_path ("library.db");
  g_autoptr (GError) error = NULL;
  RushesDatabase *database = rushes_database_open (path, FALSE, &error);

  g_assert_no_error (error);
  run (database, small_pages);
  g_assert_true (rushes_schema_migrate (&schema, database, &error));
  run (database, rows);

  return database;
}

/* Values go in by what they look like, as STRICT tables want it; what does not fit is left out. */
static void
set_value (RushesDatabase *database, const char *line)
{
  g_auto (GStrv) parts = g_strsplit (line, "=", 2);
  g_auto (GStrv) names = parts[0] != NULL && parts[1] != NULL ? g_strsplit (parts[0], ".", 2) : NULL;
  g_autofree char *sql = NULL;

  if (names == NULL || names[0] == NULL || names[1] == NULL ||
      strspn (parts[0], G_CSET_a_2_z "_." G_CSET_DIGITS) != strlen (parts[0]))
    return;
  sql = g_strdup_printf ("UPDATE OR IGNORE \"%s\" SET \"%s\" = nullif (?, 'NULL')", names[0], names[1]);
  rushes_database_run (database, NULL, sql, "t", parts[1]);
}

static void
write_rows (const char *rest, const char *end)
{
  g_autoptr (RushesDatabase) database = make_library (rushes_schema_get_default ()->n_steps);

  run (database, "PRAGMA ignore_check_constraints = ON; PRAGMA synchronous = OFF;"
                 " DROP TRIGGER ledger_no_update; BEGIN");
  while (rest < end)
    {
      g_autofree char *line = rushes_fuzz_take_line (&rest, end);

      set_value (database, line);
    }
  run (database, "COMMIT");
}

int
LLVMFuzzerTestOneInput (const uint8_t *data, size_t size)
{
  if (size >= 6 && memcmp (data, "SQLite", 6) == 0)
    {
      g_autoptr (GFile) file = rushes_fuzz_file ("library.db", data, size);

      open_library ();
    }
  else
    {
      write_rows ((const char *) data, (const char *) data + size);
      open_library ();
    }
  rushes_fuzz_clean ();

  return 0;
}

void
rushes_fuzz_add_seeds (GPtrArray *seeds)
{
  static const char *const texts[] = {
    "takes.request={\"version\":2,\"provider\":7,\"duration\":-1}\ntakes.state=asleep\ntakes.note=NULL\n",
    "attempts.error={\"code\":\"NEW\",\"charged\":\"perhaps\"}\nattempts.state=unconfirmed\nattempts.number=-1\n",
    "ledger.kind=gift\nledger.price=reported\nledger.micros=9223372036854775807\nledger.currency=USD\nledger.day=x\n",
    "results.file=../../x\nresults.duration=1e308\nresults.frame_rate=-1\nresults.container=x\nresults.uri=not one\n",
    "projects.draft=[[]]\nprojects.name= \nprojects.created=-9223372036854775808\nsteps.state=\nmeta.value=-1\n",
  };

  for (guint version = 1; version <= rushes_schema_get_default ()->n_steps; version++)
    {
      g_autofree char *path = rushes_fuzz_path ("library.db");
      char *bytes;
      gsize size;

      rushes_database_close (make_library (version));
      g_assert_true (g_file_get_contents (path, &bytes, &size, NULL));
      g_ptr_array_add (seeds, g_bytes_new_take (bytes, size));
      rushes_fuzz_clean ();
    }
  for (gsize i = 0; i < G_N_ELEMENTS (texts); i++)
    rushes_fuzz_add_text (seeds, texts[i]);
}
