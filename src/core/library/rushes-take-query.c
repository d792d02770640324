/* rushes-take-query.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "rushes-take-query.h"

#include "rushes-search.h"

struct _RushesTakeQuery
{
  RushesTakeFilter *filter;
  char *search; /* an expression of the index of words; NULL */
};

static const char *const kinds[] = {
  [RUSHES_TAKES_ALL] = "",
  [RUSHES_TAKES_ACTIVE] = " AND state IN ('queued', 'preparing', 'submitting', 'running', 'downloading', 'unconfirmed',"
                          " 'left')",
  [RUSHES_TAKES_FAILED] = " AND state IN ('failed', 'expired')",
  [RUSHES_TAKES_STARRED] = " AND starred = 1",
  [RUSHES_TAKES_NOT_SAVED] = " AND state = 'ready' AND saved_to IS NULL AND EXISTS (SELECT 1 FROM attempts a"
                             " JOIN results r ON r.attempt_id = a.id WHERE a.take_id = takes.id"
                             " AND r.file IS NOT NULL)",
};

RushesTakeQuery *
rushes_take_query_new (const RushesTakeFilter *filter)
{
  RushesTakeQuery *self = g_atomic_rc_box_new0 (RushesTakeQuery);

  self->filter = filter != NULL ? rushes_take_filter_copy (filter) : rushes_take_filter_new ();
  self->search = rushes_search_query (self->filter->search);

  return self;
}

RushesTakeQuery *
rushes_take_query_ref (RushesTakeQuery *self)
{
  return g_atomic_rc_box_acquire (self);
}

static void
query_clear (gpointer data)
{
  RushesTakeQuery *self = data;

  rushes_take_filter_free (self->filter);
  g_free (self->search);
}

void
rushes_take_query_unref (RushesTakeQuery *self)
{
  g_atomic_rc_box_release_full (self, query_clear);
}

/* All matches of a search are found at once, but a few takes are looked up in the index one by one. */
static GString *
begin (RushesTakeQuery *self, gboolean few)
{
  GString *sql = g_string_new ("SELECT id FROM takes WHERE deleted IS NULL");

  if (self->filter->project_id != NULL)
    g_string_append (sql, " AND project_id = :project");
  if (self->filter->state != NULL)
    g_string_append (sql, " AND state = :state");
  else
    g_string_append (sql, kinds[self->filter->kind]);
  if (self->search != NULL)
    g_string_append (sql,
                     few ? " AND EXISTS (SELECT 1 FROM takes_text WHERE takes_text MATCH :search AND rowid = serial)"
                         : " AND serial IN (SELECT rowid FROM takes_text WHERE takes_text MATCH :search)");

  return sql;
}

static gboolean
run (RushesTakeQuery *self,
     RushesDatabase *database,
     const char *sql,
     const char *name,
     const char *text,
     void (*func) (const char *id, gpointer data),
     gpointer data,
     GError **error)
{
  g_autoptr (RushesQuery) query = rushes_database_query (database, error, sql, "");
  g_autoptr (GError) failure = NULL;

  if (query == NULL)
    return FALSE;
  rushes_query_bind (query, ":project", self->filter->project_id);
  rushes_query_bind (query, ":state", self->filter->state);
  rushes_query_bind (query, ":search", self->search);
  if (name != NULL)
    rushes_query_bind (query, name, text);
  while (rushes_query_next (query, &failure))
    func (rushes_query_get_text (query, 0), data);
  if (failure != NULL)
    {
      g_propagate_error (error, g_steal_pointer (&failure));
      return FALSE;
    }

  return TRUE;
}

gboolean
rushes_take_query_list (RushesTakeQuery *self,
                        RushesDatabase *database,
                        void (*func) (const char *id, gpointer data),
                        gpointer data,
                        GError **error)
{
  g_autoptr (GString) sql = begin (self, FALSE);

  g_string_append (sql, " ORDER BY id");

  return run (self, database, sql->str, NULL, NULL, func, data, error);
}

gboolean
rushes_take_query_select (RushesTakeQuery *self,
                          RushesDatabase *database,
                          const char *ids,
                          void (*func) (const char *id, gpointer data),
                          gpointer data,
                          GError **error)
{
  g_autoptr (GString) sql = begin (self, TRUE);

  g_string_append (sql, " AND id IN (SELECT value FROM json_each (:ids))");

  return run (self, database, sql->str, ":ids", ids, func, data, error);
}

gboolean
rushes_take_query_page (RushesTakeQuery *self,
                        RushesDatabase *database,
                        const char *cursor,
                        guint n,
                        void (*func) (const char *id, gpointer data),
                        gpointer data,
                        GError **error)
{
  gboolean newest_first = self->filter->sort == RUSHES_SORT_NEWEST;
  g_autoptr (GString) sql = begin (self, FALSE);

  if (cursor != NULL)
    g_string_append (sql, newest_first ? " AND id < :cursor" : " AND id > :cursor");
  g_string_append_printf (sql, " ORDER BY id %s LIMIT %u", newest_first ? "DESC" : "ASC", n);

  return run (self, database, sql->str, ":cursor", cursor, func, data, error);
}
