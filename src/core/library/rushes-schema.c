/* rushes-schema.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "rushes-schema.h"

#include <glib/gi18n.h>

#include "rushes-error.h"

/* Times are int64 µs UTC, ids are UUIDv7 in lower case, states and kinds are the words of the program's own enums. What
 * is in JSON is read whole and never searched. */
static const char version_1[] =
    /* 'revision' counts writing transactions; what they touched bears its number, so that another process can ask for
       what is new. */
    "CREATE TABLE meta (key TEXT PRIMARY KEY, value INTEGER NOT NULL) STRICT, WITHOUT ROWID;"
    "INSERT INTO meta VALUES ('revision', 0);"

    "CREATE TABLE projects ("
    "  id TEXT PRIMARY KEY,"
    "  name TEXT NOT NULL CHECK (name <> ''),"
    "  created INTEGER NOT NULL,"
    "  draft TEXT,"
    "  deleted INTEGER"
    ") STRICT;"
    "CREATE UNIQUE INDEX projects_name ON projects (name) WHERE deleted IS NULL;"

    /* One press of Generate. */
    "CREATE TABLE orders ("
    "  id TEXT PRIMARY KEY,"
    "  project_id TEXT NOT NULL REFERENCES projects (id),"
    "  created INTEGER NOT NULL"
    ") STRICT;"

    /* attempt_id, state and state_since repeat the newest attempt's, so that lists need one table. */
    "CREATE TABLE takes ("
    "  serial INTEGER PRIMARY KEY,"
    "  id TEXT NOT NULL UNIQUE,"
    "  project_id TEXT NOT NULL REFERENCES projects (id),"
    "  order_id TEXT NOT NULL REFERENCES orders (id),"
    "  place INTEGER NOT NULL,"
    "  created INTEGER NOT NULL,"
    "  request TEXT NOT NULL,"
    "  provider TEXT NOT NULL,"
    "  model TEXT NOT NULL,"
    "  prompt TEXT NOT NULL,"
    "  attempt_id TEXT REFERENCES attempts (id),"
    "  state TEXT NOT NULL DEFAULT 'queued',"
    "  state_since INTEGER NOT NULL DEFAULT 0,"
    "  starred INTEGER NOT NULL DEFAULT 0,"
    "  note TEXT,"
    "  saved_to TEXT,"
    "  deleted INTEGER,"
    "  revision INTEGER NOT NULL DEFAULT 0,"
    "  UNIQUE (order_id, place)"
    ") STRICT;"
    "CREATE INDEX takes_shown ON takes (id) WHERE deleted IS NULL;"
    "CREATE INDEX takes_project ON takes (project_id, id) WHERE deleted IS NULL;"
    "CREATE INDEX takes_state ON takes (state, id) WHERE deleted IS NULL;"
    "CREATE INDEX takes_model ON takes (provider, model, id);"
    "CREATE INDEX takes_revision ON takes (revision);"
    "CREATE INDEX takes_deleted ON takes (deleted) WHERE deleted IS NOT NULL;"

    "CREATE TABLE take_references ("
    "  take_id TEXT NOT NULL REFERENCES takes (id),"
    "  role TEXT NOT NULL,"
    "  place INTEGER NOT NULL,"
    "  sha256 TEXT NOT NULL,"
    "  PRIMARY KEY (take_id, role, place)"
    ") STRICT, WITHOUT ROWID;"
    "CREATE INDEX take_references_sha256 ON take_references (sha256);"

    /* Descriptions of providers as they were when an attempt was submitted with them. */
    "CREATE TABLE descriptions ("
    "  hash TEXT PRIMARY KEY,"
    "  json TEXT NOT NULL"
    ") STRICT;"

    "CREATE TABLE attempts ("
    "  id TEXT PRIMARY KEY,"
    "  take_id TEXT NOT NULL REFERENCES takes (id),"
    "  number INTEGER NOT NULL,"
    "  runner TEXT NOT NULL,"
    "  state TEXT NOT NULL CHECK (state IN ('queued', 'preparing', 'submitting', 'running', 'downloading',"
    "    'ready', 'failed', 'cancelled', 'expired', 'unconfirmed', 'left')),"
    "  state_since INTEGER NOT NULL,"
    "  task_id TEXT,"
    "  host TEXT,"
    "  poll_target TEXT,"
    "  description TEXT,"
    "  created INTEGER NOT NULL,"
    "  submitted INTEGER,"
    "  cancel_requested INTEGER NOT NULL DEFAULT 0,"
    "  error TEXT,"
    "  charged TEXT CHECK (charged IN ('no', 'maybe', 'yes')),"
    "  cost_micros INTEGER,"
    "  cost_currency TEXT,"
    "  UNIQUE (take_id, number)"
    ") STRICT;"
    "CREATE INDEX attempts_open ON attempts (runner) WHERE state NOT IN ('ready', 'failed', 'cancelled', 'expired');"

    /* When an attempt entered which state. */
    "CREATE TABLE steps ("
    "  attempt_id TEXT NOT NULL REFERENCES attempts (id),"
    "  number INTEGER NOT NULL,"
    "  state TEXT NOT NULL,"
    "  at INTEGER NOT NULL,"
    "  PRIMARY KEY (attempt_id, number)"
    ") STRICT, WITHOUT ROWID;"

    /* An output as the provider listed it, and, once its file is whole, the clip; file is relative to the clips folder.
     */
    "CREATE TABLE results ("
    "  id INTEGER PRIMARY KEY,"
    "  attempt_id TEXT NOT NULL REFERENCES attempts (id),"
    "  number INTEGER NOT NULL,"
    "  uri TEXT,"
    "  expires INTEGER,"
    "  file TEXT,"
    "  received INTEGER,"
    "  sha256 TEXT,"
    "  size INTEGER,"
    "  duration REAL,"
    "  width INTEGER,"
    "  height INTEGER,"
    "  frame_rate REAL,"
    "  n_frames INTEGER,"
    "  container TEXT,"
    "  video_codec TEXT,"
    "  audio_codec TEXT,"
    "  UNIQUE (attempt_id, number)"
    ") STRICT;"

    /* The last entry of an attempt tells what it counts for: a refund nothing, the others their amount. A range counts
     * at its top, micros; day is the local date when the entry was written. */
    "CREATE TABLE ledger ("
    "  id INTEGER PRIMARY KEY,"
    "  attempt_id TEXT NOT NULL REFERENCES attempts (id),"
    "  kind TEXT NOT NULL CHECK (kind IN ('hold', 'settle', 'refund', 'uncertain')),"
    "  price TEXT NOT NULL CHECK (price IN ('free', 'estimate', 'reported', 'unknown')),"
    "  low_micros INTEGER,"
    "  micros INTEGER,"
    "  currency TEXT,"
    "  at INTEGER NOT NULL,"
    "  day TEXT NOT NULL,"
    "  CHECK ((micros IS NULL) = (currency IS NULL) AND (low_micros IS NULL) = (micros IS NULL))"
    ") STRICT;"
    "CREATE INDEX ledger_attempt ON ledger (attempt_id, id);"
    "CREATE INDEX ledger_day ON ledger (day);"
    "CREATE TRIGGER ledger_no_update BEFORE UPDATE ON ledger BEGIN SELECT RAISE (ABORT, 'the ledger is append-only'); "
    "END;"
    "CREATE TRIGGER ledger_no_delete BEFORE DELETE ON ledger BEGIN SELECT RAISE (ABORT, 'the ledger is append-only'); "
    "END;"
    "CREATE TRIGGER attempts_no_delete BEFORE DELETE ON attempts BEGIN SELECT RAISE (ABORT, 'attempts are kept'); END;"

    /* Copies of pictures in a place that a service can read, committed before the upload starts; one may serve several
       attempts. */
    "CREATE TABLE uploads ("
    "  name TEXT PRIMARY KEY,"
    "  place TEXT NOT NULL,"
    "  sha256 TEXT NOT NULL,"
    "  uri TEXT,"
    "  created INTEGER NOT NULL,"
    "  expires INTEGER,"
    "  removed INTEGER"
    ") STRICT;"
    "CREATE TABLE attempt_uploads ("
    "  attempt_id TEXT NOT NULL REFERENCES attempts (id),"
    "  upload TEXT NOT NULL REFERENCES uploads (name),"
    "  PRIMARY KEY (attempt_id, upload)"
    ") STRICT, WITHOUT ROWID;"

    /* rowid is the take's serial; the text went through rushes_search_index(). */
    "CREATE VIRTUAL TABLE takes_text USING fts5 (prompt, model, provider, project, tokenize = 'unicode61 "
    "remove_diacritics 2');";

/* Where a picture lies that only an address of its own removes. */
static const char version_2[] = "ALTER TABLE uploads ADD COLUMN removal TEXT;";

/* The place in the line that a person gave a take; without one that of its serial. The values of those that wait
 * differ. */
static const char version_3[] = "ALTER TABLE takes ADD COLUMN turn INTEGER;";

/* What new drafts of a project begin with: a draft in JSON. */
static const char version_4[] = "ALTER TABLE projects ADD COLUMN defaults TEXT;";

/* What the service is told that an attempt is called, which one keeps that is only sent again. What all attempts of one
 * agreement may cost at most, in whatever currency when there is none. What an amount of credits is worth in money. */
static const char version_5[] = "ALTER TABLE attempts ADD COLUMN own_id TEXT;"
                                "UPDATE attempts SET own_id = id;"
                                "ALTER TABLE attempts ADD COLUMN agreement TEXT;"
                                "CREATE INDEX attempts_agreement ON attempts (agreement);"
                                "ALTER TABLE attempts ADD COLUMN most_micros INTEGER;"
                                "ALTER TABLE attempts ADD COLUMN most_currency TEXT;"
                                "ALTER TABLE attempts ADD COLUMN cost_worth_micros INTEGER;"
                                "ALTER TABLE attempts ADD COLUMN cost_worth_currency TEXT;"
                                "ALTER TABLE ledger ADD COLUMN worth_micros INTEGER;"
                                "ALTER TABLE ledger ADD COLUMN worth_currency TEXT;";

/* A clip that is kept for now only: the first that may go, as long as saved_to is NULL. */
static const char version_6[] = "ALTER TABLE takes ADD COLUMN cached INTEGER NOT NULL DEFAULT 0;";

/* With which key an attempt was submitted: where it came from, and a digest of it that is made with the salt of this
 * library alone; both NULL where nobody knows, and only the digest where there was none. What was said of its take, and
 * how often it was sent again by itself before it. */
static const char version_7[] = "INSERT INTO meta VALUES ('salt', (random () & 0x7ffffffffffffffe) + 1);"
                                "ALTER TABLE attempts ADD COLUMN key_source TEXT"
                                "  CHECK (key_source IN ('none', 'variable', 'session', 'keyring'));"
                                "ALTER TABLE attempts ADD COLUMN key_print TEXT;"
                                "ALTER TABLE attempts ADD COLUMN tries INTEGER;"
                                "ALTER TABLE attempts ADD COLUMN delay REAL;"
                                "ALTER TABLE attempts ADD COLUMN time_limit REAL;"
                                "ALTER TABLE attempts ADD COLUMN resent INTEGER NOT NULL DEFAULT 0;";

/* What a service calls an output, for calls of its that speak of one. */
static const char version_8[] = "ALTER TABLE results ADD COLUMN clip_id TEXT;";

static const char *const default_steps[] = { version_1, version_2, version_3, version_4,
                                             version_5, version_6, version_7, version_8 };
static const RushesSchema default_schema = { default_steps, G_N_ELEMENTS (default_steps) };

const RushesSchema *
rushes_schema_get_default (void)
{
  return &default_schema;
}

gint64
rushes_schema_get_version (RushesDatabase *database, GError **error)
{
  return rushes_database_get_int (database, error, "PRAGMA user_version", "");
}

static gboolean
check_references (RushesDatabase *database, GError **error)
{
  g_autoptr (RushesQuery) query = rushes_database_query (database, error, "PRAGMA foreign_key_check", "");
  g_autoptr (GError) failure = NULL;

  if (query == NULL)
    return FALSE;
  if (rushes_query_next (query, &failure))
    failure = rushes_error_new (RUSHES_ERROR_INTERNAL,
                                /* Translators: %s is the name of a table */
                                _ ("The library could not be brought up to date: rows of “%s” would be lost. Nothing "
                                   "was changed."),
                                rushes_query_get_text (query, 0));
  if (failure != NULL)
    {
      g_propagate_error (error, g_steal_pointer (&failure));
      return FALSE;
    }

  return TRUE;
}

static gboolean
take_steps (const RushesSchema *self, RushesDatabase *database, gint64 version, GError **error)
{
  g_autofree char *stamp = g_strdup_printf ("PRAGMA user_version = %u", self->n_steps);

  for (guint i = version; i < self->n_steps; i++)
    if (!rushes_database_script (database, self->steps[i], error))
      return FALSE;

  return check_references (database, error) && rushes_database_script (database, stamp, error);
}

gboolean
rushes_schema_migrate (const RushesSchema *self, RushesDatabase *database, GError **error)
{
  gint64 version;

  if (!rushes_database_script (database, "BEGIN IMMEDIATE", error))
    return FALSE;
  version = rushes_schema_get_version (database, error);
  if (version < 0 || !take_steps (self, database, version, error) ||
      !rushes_database_script (database, "COMMIT", error))
    {
      rushes_database_script (database, "ROLLBACK", NULL);
      return FALSE;
    }

  return TRUE;
}
