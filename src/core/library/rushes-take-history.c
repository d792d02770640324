/* rushes-take-history.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "rushes-take-history.h"

#include <glib/gi18n.h>

#include "rushes-error.h"
#include "rushes-ledger.h"

/* How a column becomes a member. */
typedef enum
{
  TEXT,
  INTEGER,
  REAL,
  SWITCH,
  TIME,
  ADDRESS, /* without its query */
  PATH,    /* relative to the clips folder */
  JSON,
} Kind;

typedef struct
{
  const char *name;
  Kind kind;
} Member;

static char *
cut_query (const char *uri)
{
  return g_strndup (uri, strcspn (uri, "?#"));
}

static JsonNode *
make_value (RushesQuery *query, int column, Kind kind, GFile *clips)
{
  /* Of a database that the disk has damaged anything may come, and JSON bears only Unicode. */
  g_autofree char *text = g_utf8_make_valid (rushes_query_get_text (query, column), -1);
  JsonNode *node = json_node_new (JSON_NODE_VALUE);

  switch (kind)
    {
    case TEXT:
      json_node_set_string (node, text);
      break;
    case INTEGER:
      json_node_set_int (node, rushes_query_get_int (query, column));
      break;
    case REAL:
      json_node_set_double (node, rushes_query_get_double (query, column));
      break;
    case SWITCH:
      json_node_set_boolean (node, rushes_query_get_int (query, column) != 0);
      break;
    case TIME:
      {
        g_autoptr (GDateTime) time = g_date_time_new_from_unix_utc_usec (rushes_query_get_int (query, column));
        g_autofree char *iso = time != NULL ? g_date_time_format_iso8601 (time) : NULL;

        json_node_set_string (node, iso);
        break;
      }
    case ADDRESS:
      {
        g_autofree char *address = cut_query (text);

        json_node_set_string (node, address);
        break;
      }
    case PATH:
      {
        g_autoptr (GFile) file = g_file_resolve_relative_path (clips, text);
        g_autofree char *path = g_filename_display_name (g_file_peek_path (file));

        json_node_set_string (node, path);
        break;
      }
    case JSON:
      json_node_unref (node);
      node = json_from_string (text, NULL);
      break;
    default:
      g_assert_not_reached ();
    }

  return node;
}

/* The query's columns under the names of @members, which ends with a NULL name. */
static JsonObject *
make_object (RushesQuery *query, const Member *members, GFile *clips)
{
  JsonObject *object = json_object_new ();

  for (int i = 0; members[i].name != NULL; i++)
    {
      JsonNode *value = rushes_query_is_null (query, i) ? NULL : make_value (query, i, members[i].kind, clips);

      json_object_set_member (object, members[i].name, value != NULL ? value : json_node_new (JSON_NODE_NULL));
    }

  return object;
}

/* All rows of a query as a list; takes the query's error. */
static JsonArray *
make_list (RushesDatabase *database,
           const char *sql,
           const char *id,
           const Member *members,
           GFile *clips,
           GError **error)
{
  g_autoptr (JsonArray) list = json_array_new ();
  g_autoptr (RushesQuery) query = rushes_database_query (database, error, sql, "t", id);
  g_autoptr (GError) failure = NULL;

  if (query == NULL)
    return NULL;
  while (rushes_query_next (query, &failure))
    json_array_add_object_element (list, make_object (query, members, clips));
  if (failure != NULL)
    {
      g_propagate_error (error, g_steal_pointer (&failure));
      return NULL;
    }

  return g_steal_pointer (&list);
}

/* The lists that hang on each attempt. */
static const struct
{
  const char *name;
  const char *sql;
  Member members[16];
} parts[] = {
  { "steps",
    "SELECT state, at FROM steps WHERE attempt_id = ? ORDER BY number",
    { { "state", TEXT }, { "at", TIME }, { NULL } } },
  { "results",
    "SELECT uri, expires, clip_id, file, received, size, duration, width, height, frame_rate, n_frames, container, "
    "video_codec,"
    " audio_codec, sha256 FROM results WHERE attempt_id = ? ORDER BY number",
    { { "uri", ADDRESS },
      { "expires", TIME },
      { "clip_id", TEXT },
      { "path", PATH },
      { "received", TIME },
      { "size", INTEGER },
      { "duration", REAL },
      { "width", INTEGER },
      { "height", INTEGER },
      { "frame_rate", REAL },
      { "frames", INTEGER },
      { "container", TEXT },
      { "video_codec", TEXT },
      { "audio_codec", TEXT },
      { "sha256", TEXT },
      { NULL } } },
  { "ledger",
    "SELECT " RUSHES_LEDGER_COLUMNS ", at, day FROM ledger WHERE attempt_id = ? ORDER BY id",
    { { "kind", TEXT },
      { "price", TEXT },
      { "low_micros", INTEGER },
      { "micros", INTEGER },
      { "currency", TEXT },
      { "worth_micros", INTEGER },
      { "worth_currency", TEXT },
      { "at", TIME },
      { "day", TEXT },
      { NULL } } },
};

static JsonArray *
list_attempts (RushesDatabase *database, const char *take_id, GFile *clips, GError **error)
{
  const Member members[] = {
    { "id", TEXT },      { "number", INTEGER },      { "own_id", TEXT },
    { "runner", TEXT },  { "state", TEXT },          { "task_id", TEXT },
    { "host", TEXT },    { "poll_target", ADDRESS }, { "description", TEXT },
    { "created", TIME }, { "submitted", TIME },      { "cancel_requested", SWITCH },
    { "charged", TEXT }, { "error", JSON },          { NULL },
  };
  g_autoptr (JsonArray) attempts = NULL;

  attempts = make_list (
      database,
      "SELECT id, number, own_id, runner, state, task_id, host, poll_target, description, created, submitted,"
      " cancel_requested, charged, error FROM attempts WHERE take_id = ? ORDER BY number DESC",
      take_id, members, clips, error);
  if (attempts == NULL)
    return NULL;
  for (guint i = 0; i < json_array_get_length (attempts); i++)
    {
      JsonObject *attempt = json_array_get_object_element (attempts, i);

      for (guint p = 0; p < G_N_ELEMENTS (parts); p++)
        {
          JsonArray *list = make_list (database, parts[p].sql, json_object_get_string_member (attempt, "id"),
                                       parts[p].members, clips, error);

          if (list == NULL)
            return NULL;
          json_object_set_array_member (attempt, parts[p].name, list);
        }
    }

  return g_steal_pointer (&attempts);
}

static JsonObject *
make_project (RushesDatabase *database, const char *take_id, GError **error)
{
  const Member members[] = { { "id", TEXT }, { "name", TEXT }, { NULL } };
  g_autoptr (JsonArray) projects = NULL;

  projects =
      make_list (database, "SELECT id, name FROM projects WHERE id = (SELECT project_id FROM takes WHERE id = ?)",
                 take_id, members, NULL, error);

  return projects != NULL ? json_object_ref (json_array_get_object_element (projects, 0)) : NULL;
}

/* The address of a clip that was extended is as secret as that of a result. */
static void
hide_address (JsonObject *take)
{
  JsonNode *request = json_object_get_member (take, "request");
  JsonObject *object = request != NULL && JSON_NODE_HOLDS_OBJECT (request) ? json_node_get_object (request) : NULL;
  JsonNode *node = object != NULL ? json_object_get_member (object, "extends") : NULL;
  JsonObject *extended = node != NULL && JSON_NODE_HOLDS_OBJECT (node) ? json_node_get_object (node) : NULL;
  const char *address =
      extended != NULL ? json_object_get_string_member_with_default (extended, "address", NULL) : NULL;

  if (address != NULL)
    {
      g_autofree char *shown = cut_query (address);

      json_object_set_string_member (extended, "address", shown);
    }
}

JsonNode *
rushes_take_history_read (RushesDatabase *database, const char *take_id, GFile *clips, GError **error)
{
  const Member members[] = {
    { "id", TEXT },   { "order", TEXT },    { "created", TIME }, { "state", TEXT },   { "starred", SWITCH },
    { "note", TEXT }, { "saved_to", TEXT }, { "deleted", TIME }, { "request", JSON }, { NULL },
  };
  g_autoptr (JsonArray) takes = NULL;
  JsonArray *attempts;
  JsonObject *take, *project;
  JsonNode *node;

  takes = make_list (database,
                     "SELECT id, order_id, created, state, starred, note, saved_to, deleted, request FROM takes"
                     " WHERE id = ?",
                     take_id, members, clips, error);
  if (takes == NULL)
    return NULL;
  if (json_array_get_length (takes) == 0)
    {
      rushes_set_error (error, RUSHES_ERROR_NOT_FOUND,
                        /* Translators: %s is the id of a take */
                        _ ("There is no take “%s” in the library."), take_id);
      return NULL;
    }

  take = json_array_get_object_element (takes, 0);
  hide_address (take);
  if ((project = make_project (database, take_id, error)) == NULL)
    return NULL;
  json_object_set_object_member (take, "project", project);
  if ((attempts = list_attempts (database, take_id, clips, error)) == NULL)
    return NULL;
  json_object_set_array_member (take, "attempts", attempts);

  node = json_node_new (JSON_NODE_OBJECT);
  json_node_set_object (node, take);

  return node;
}
