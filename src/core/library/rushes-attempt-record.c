/* rushes-attempt-record.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "rushes-attempt-record.h"

#include <glib/gi18n.h>
#include <sys/stat.h>

#include "rushes-error.h"
#include "rushes-json-reader.h"

#define VERSION 1
/* Far more than any prompt and any description take. */
#define MAX_SIZE   (8 * 1024 * 1024)
#define MAX_NUMBER 1000000

/* ---- writing ---- */

/* json_patch() leaves out what is NULL. */
static const char select_record[] =
    "SELECT iif (d.json IS NULL, r.record, json_set (r.record, '$.description',"
    "   json_object ('hash', d.hash, 'json', json (d.json))))"
    " FROM (SELECT a.description AS hash, json_set (json_patch ('{}', json_object ("
    "   'version', 1,"
    "   'attempt', json_object ('id', a.id, 'own_id', a.own_id, 'number', a.number, 'runner', a.runner,"
    "     'created', a.created, 'submitted', a.submitted, 'host', a.host, 'tries', a.tries, 'delay', a.delay,"
    "     'time_limit', a.time_limit, 'resent', a.resent),"
    "   'key', json_object ('source', a.key_source, 'print', a.key_print,"
    "     'salt', (SELECT value FROM meta WHERE key = 'salt')),"
    "   'hold', json_object ('price', l.price, 'low_micros', l.low_micros, 'micros', l.micros, 'currency', l.currency,"
    "     'worth_micros', l.worth_micros, 'worth_currency', l.worth_currency),"
    "   'take', json_object ('id', t.id, 'created', t.created, 'place', t.place),"
    "   'order', json_object ('id', o.id, 'created', o.created),"
    "   'project', json_object ('id', p.id, 'name', p.name))),"
    "   '$.request', json (t.request)) AS record"
    "  FROM attempts a JOIN takes t ON t.id = a.take_id JOIN orders o ON o.id = t.order_id"
    "  JOIN projects p ON p.id = t.project_id"
    "  JOIN ledger l ON l.id = (SELECT max (id) FROM ledger WHERE attempt_id = a.id AND kind = 'hold')"
    "  WHERE a.id = ?) r LEFT JOIN descriptions d ON d.hash = r.hash";

char *
rushes_attempt_record_write (RushesDatabase *database, const char *attempt_id, GError **error)
{
  g_autoptr (RushesQuery) query = rushes_database_query (database, error, select_record, "t", attempt_id);
  g_autoptr (GError) failure = NULL;

  if (query == NULL)
    return NULL;
  if (rushes_query_next (query, &failure))
    return g_strdup (rushes_query_get_text (query, 0));
  if (failure == NULL)
    failure = rushes_error_new (RUSHES_ERROR_INTERNAL, "%s", _ ("The library does not know what is to be submitted."));
  g_propagate_error (error, g_steal_pointer (&failure));

  return NULL;
}

/* ---- reading ---- */

/* Names of files are made of some of them. */
static char *
read_id (RushesJsonReader *reader, const char *member)
{
  const char *id = rushes_json_reader_get_string (reader, member, "");

  if (!g_uuid_string_is_valid (id))
    rushes_json_reader_complain (reader, member, _ ("this is no id."));

  return g_strdup (id);
}

static gint64
read_time (RushesJsonReader *reader, const char *member)
{
  rushes_json_reader_need (reader, member, NULL);

  return rushes_json_reader_get_integer (reader, member, 0, G_MAXINT64, 0);
}

static gboolean
enter (RushesJsonReader *reader, const char *member)
{
  rushes_json_reader_need (reader, member, NULL);

  return rushes_json_reader_enter_object (reader, member);
}

static void
read_attempt (RushesAttemptRecord *self, RushesJsonReader *reader)
{
  if (!enter (reader, "attempt"))
    return;
  self->attempt_id = read_id (reader, "id");
  self->own_id = read_id (reader, "own_id");
  self->number = rushes_json_reader_get_integer (reader, "number", 1, MAX_NUMBER, 1);
  self->runner = read_id (reader, "runner");
  self->created = read_time (reader, "created");
  self->submitted = read_time (reader, "submitted");
  self->host = g_strdup (rushes_json_reader_get_string (reader, "host", NULL));
  self->wishes.tries = rushes_json_reader_get_integer (reader, "tries", 0, MAX_NUMBER, -1);
  self->wishes.delay = rushes_json_reader_get_number (reader, "delay", 0, MAX_NUMBER, -1);
  self->wishes.time_limit = rushes_json_reader_get_number (reader, "time_limit", 0, MAX_NUMBER, -1);
  self->n_resent = rushes_json_reader_get_integer (reader, "resent", 0, MAX_NUMBER, 0);
  rushes_json_reader_leave (reader);
}

static void
read_key (RushesAttemptRecord *self, RushesJsonReader *reader)
{
  static const char *const words[] = { "none", "variable", "session", "keyring", NULL };
  const char *source, *print;
  int word;

  if (!enter (reader, "key"))
    return;
  word = rushes_json_reader_get_word (reader, "source", words, -1);
  source = word >= 0 ? words[word] : NULL;
  print = rushes_json_reader_get_string (reader, "print", NULL);
  self->salt = rushes_json_reader_get_integer (reader, "salt", 1, G_MAXINT64, 0);
  if (source != NULL)
    self->key = rushes_key_mark_new (source, print);
  rushes_json_reader_leave (reader);
}

static void
read_hold (RushesAttemptRecord *self, RushesJsonReader *reader)
{
  static const char *const words[] = { [RUSHES_PRICE_FREE] = "free",
                                       [RUSHES_PRICE_ESTIMATE] = "estimate",
                                       [RUSHES_PRICE_REPORTED] = "reported",
                                       [RUSHES_PRICE_UNKNOWN] = "unknown",
                                       NULL };
  const char *currency, *worth;

  if (!enter (reader, "hold"))
    return;
  self->hold.kind = rushes_json_reader_get_word (reader, "price", words, RUSHES_PRICE_UNKNOWN);
  self->hold.low.micros = rushes_json_reader_get_integer (reader, "low_micros", 0, G_MAXINT64, 0);
  self->hold.high.micros = rushes_json_reader_get_integer (reader, "micros", 0, G_MAXINT64, 0);
  currency = rushes_json_reader_get_string (reader, "currency", NULL);
  self->hold.worth.micros = rushes_json_reader_get_integer (reader, "worth_micros", 0, G_MAXINT64, 0);
  worth = rushes_json_reader_get_string (reader, "worth_currency", NULL);
  self->hold.low.currency = self->hold.high.currency = g_intern_string (currency);
  self->hold.worth.currency = g_intern_string (worth);
  if ((self->hold.kind == RUSHES_PRICE_ESTIMATE || self->hold.kind == RUSHES_PRICE_REPORTED) && currency == NULL)
    rushes_json_reader_complain (reader, "currency", _ ("an amount needs its currency."));
  rushes_json_reader_leave (reader);
}

static void
read_take (RushesAttemptRecord *self, RushesJsonReader *reader)
{
  if (enter (reader, "take"))
    {
      self->take_id = read_id (reader, "id");
      self->take_created = read_time (reader, "created");
      self->place = rushes_json_reader_get_integer (reader, "place", 0, MAX_NUMBER, 0);
      rushes_json_reader_leave (reader);
    }
  if (enter (reader, "order"))
    {
      self->order_id = read_id (reader, "id");
      self->order_created = read_time (reader, "created");
      rushes_json_reader_leave (reader);
    }
  if (enter (reader, "project"))
    {
      self->project_id = read_id (reader, "id");
      self->project_name = g_strdup (rushes_json_reader_get_string (reader, "name", ""));
      if (*self->project_name == '\0')
        rushes_json_reader_complain (reader, "name", _ ("this is no name."));
      rushes_json_reader_leave (reader);
    }
}

static void
read_description (RushesAttemptRecord *self, RushesJsonReader *reader)
{
  JsonNode *json;

  if (!rushes_json_reader_enter_object (reader, "description"))
    return;
  self->description = g_strdup (rushes_json_reader_get_string (reader, "hash", NULL));
  json = rushes_json_reader_get_node (reader, "json");
  self->description_json = json != NULL ? json_to_string (json, FALSE) : NULL;
  rushes_json_reader_leave (reader);
}

static gboolean
read_all (RushesAttemptRecord *self, JsonNode *root, const char *name, GFile *references_folder, GError **error)
{
  g_autoptr (RushesJsonReader) reader = rushes_json_reader_new (root, name);
  JsonNode *request;

  rushes_json_reader_need (reader, "version", "request", NULL);
  rushes_json_reader_get_integer (reader, "version", VERSION, VERSION, VERSION);
  read_attempt (self, reader);
  read_key (self, reader);
  read_hold (self, reader);
  read_take (self, reader);
  read_description (self, reader);
  request = rushes_json_reader_get_node (reader, "request");

  return rushes_json_reader_finish (reader, error) &&
         (self->request = rushes_request_from_json (request, references_folder, error)) != NULL;
}

static gboolean
load (JsonParser *parser, const char *path, const char *name, GError **error)
{
  struct stat info;

  json_parser_set_strict (parser, TRUE);
  if (lstat (path, &info) == 0 && S_ISREG (info.st_mode) && info.st_size <= MAX_SIZE &&
      json_parser_load_from_file (parser, path, NULL) && json_parser_get_root (parser) != NULL)
    return TRUE;

  /* Translators: a file name */
  rushes_set_error (error, RUSHES_ERROR_BAD_REQUEST, _ ("“%s” cannot be read."), name);

  return FALSE;
}

RushesAttemptRecord *
rushes_attempt_record_read (const char *path, GFile *references_folder, GError **error)
{
  g_autoptr (RushesAttemptRecord) self = g_new0 (RushesAttemptRecord, 1);
  g_autoptr (JsonParser) parser = json_parser_new ();
  g_autofree char *name = g_path_get_basename (path);

  return load (parser, path, name, error) &&
                 read_all (self, json_parser_get_root (parser), name, references_folder, error)
             ? g_steal_pointer (&self)
             : NULL;
}

void
rushes_attempt_record_free (RushesAttemptRecord *self)
{
  g_free (self->attempt_id);
  g_free (self->own_id);
  g_free (self->runner);
  g_free (self->host);
  g_clear_pointer (&self->key, rushes_key_mark_free);
  g_free (self->take_id);
  g_free (self->order_id);
  g_free (self->project_id);
  g_free (self->project_name);
  g_clear_object (&self->request);
  g_free (self->description);
  g_free (self->description_json);
  g_free (self);
}
