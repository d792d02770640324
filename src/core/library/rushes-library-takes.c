/* rushes-library-takes.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "rushes-library-private.h"

#include <glib/gi18n.h>
#include <glib/gstdio.h>

#include "rushes-attempt.h"
#include "rushes-error.h"
#include "rushes-search.h"
#include "rushes-spool.h"

#define MIN_PREFIX 6

/* ---- finding one ---- */

typedef struct
{
  RushesLibrary *library;
  char *id; /* or its beginning */
  RushesTakeRow *row;
} Find;

static void
find_free (Find *find)
{
  g_object_unref (find->library);
  g_free (find->id);
  g_clear_pointer (&find->row, rushes_take_row_free);
  g_free (find);
}

/* The id that begins with @prefix, when it is the only one. */
static char *
complete (RushesDatabase *database, const char *prefix, GError **error)
{
  /* Sorts after every id that begins so. */
  g_autofree char *end = g_strconcat (prefix, "~", NULL);
  g_autoptr (RushesQuery) query = NULL;
  g_autofree char *id = NULL;
  g_autoptr (GError) failure = NULL;

  query = rushes_database_query (database, error, "SELECT id FROM takes WHERE id >= ? AND id < ? LIMIT 2", "tt", prefix,
                                 end);
  if (query == NULL)
    return NULL;
  if (rushes_query_next (query, &failure))
    {
      id = g_strdup (rushes_query_get_text (query, 0));
      if (rushes_query_next (query, &failure))
        failure = rushes_error_new (RUSHES_ERROR_NOT_FOUND,
                                    /* Translators: %s is the beginning of an id */
                                    _ ("More than one take begins with “%s”. Give more of its id."), prefix);
    }
  else if (failure == NULL)
    failure = rushes_error_new (RUSHES_ERROR_NOT_FOUND, _ ("There is no take “%s” in the library."), prefix);
  if (failure != NULL)
    {
      g_propagate_error (error, g_steal_pointer (&failure));
      return NULL;
    }

  return g_steal_pointer (&id);
}

static gboolean
find (RushesDatabase *database, gpointer data, GError **error)
{
  Find *self = data;
  g_autofree char *id = complete (database, self->id, error);

  self->row = id != NULL ? rushes_take_row_load (database, id, error) : NULL;

  return self->row != NULL;
}

static DexFuture *
found (gpointer data)
{
  Find *self = data;

  return dex_future_new_take_object (rushes_library_apply_row (self->library, self->row));
}

DexFuture *
rushes_library_find_take (RushesLibrary *self, const char *id)
{
  Find *search;

  dex_return_error_if_fail (RUSHES_IS_LIBRARY (self));
  dex_return_error_if_fail (id != NULL);

  if (strlen (id) < MIN_PREFIX)
    return dex_future_new_for_error (
        /* Translators: %s is what was given as an id */
        rushes_error_new (RUSHES_ERROR_NOT_FOUND,
                          _ ("“%s” is too short: give at least the first six characters of a take’s id."), id));

  search = g_new0 (Find, 1);
  search->library = g_object_ref (self);
  search->id = g_ascii_strdown (id, -1);

  return rushes_store_read (self->store, find, found, search, (GDestroyNotify) find_free);
}

/* ---- marks ---- */

/* A statement that changes one take, with its values: ?1 is the take's id, ?2 a text, ?3 a number. */
typedef struct
{
  RushesChange change;
  const char *sql;
  const char *types;
  char *take_id;
  char *text;
  gint64 number;
  char *words;    /* what it is found by beside its model and its project, for the index; NULL: as before */
  gboolean moves; /* to another project, or out of sight */
  char *spool;    /* path of the folder, when it is told, too; NULL */
} Mark;

static void
mark_free (Mark *mark)
{
  rushes_change_clear (&mark->change);
  g_free (mark->take_id);
  g_free (mark->text);
  g_free (mark->words);
  g_free (mark->spool);
  g_free (mark);
}

/* A take that comes back to a project which was deleted meanwhile goes to the oldest one there is. */
static const char rehome[] =
    "UPDATE takes SET project_id = (SELECT id FROM projects WHERE deleted IS NULL ORDER BY id LIMIT 1)"
    " WHERE id = ? AND deleted IS NULL AND project_id IN (SELECT id FROM projects WHERE deleted IS NOT NULL)";

static gboolean
follow_move (Mark *self, RushesDatabase *database, GError **error)
{
  g_autoptr (RushesQuery) query = NULL;
  g_autofree char *name = NULL;

  if (!rushes_database_run (database, error, rehome, "t", self->take_id) ||
      (query = rushes_database_query (
           database, error, "SELECT name FROM projects WHERE id = (SELECT project_id FROM takes WHERE id = ?)", "t",
           self->take_id)) == NULL ||
      !rushes_query_next (query, error))
    return FALSE;
  name = rushes_search_index (rushes_query_get_text (query, 0));

  return rushes_database_run (database, error,
                              "UPDATE takes_text SET project = ? WHERE rowid = (SELECT serial FROM takes WHERE id = ?)",
                              "tt", name, self->take_id) &&
         rushes_change_touch_projects (&self->change, database, error);
}

/* So that a take which was deleted while it was in work does not come back into sight when the library is lost. */
static gboolean
tell_spool (const Mark *self, RushesDatabase *database, GError **error)
{
  g_autoptr (GPtrArray) attempts =
      rushes_database_list_texts (database, error, "SELECT id FROM attempts WHERE take_id = ?", "t", self->take_id);

  for (guint i = 0; attempts != NULL && i < attempts->len; i++)
    {
      g_autofree char *path = g_build_filename (self->spool, g_ptr_array_index (attempts, i), NULL);
      g_autofree char *record = g_strconcat (path, RUSHES_SPOOL_RECORD, NULL);
      g_autofree char *deleted = g_strconcat (path, RUSHES_SPOOL_DELETED, NULL);

      if (self->number == 0)
        g_unlink (deleted);
      else if (g_file_test (record, G_FILE_TEST_EXISTS))
        g_file_set_contents (deleted, "", 0, NULL);
    }

  return attempts != NULL;
}

static gboolean
write_words (Mark *self, RushesDatabase *database, GError **error)
{
  return rushes_database_run (
      database, error, "UPDATE takes_text SET prompt = ?2 WHERE rowid = (SELECT serial FROM takes WHERE id = ?1)", "tt",
      self->take_id, self->words);
}

static gboolean
write_mark (RushesDatabase *database, gpointer data, GError **error)
{
  Mark *self = data;

  return rushes_database_run (database, error, self->sql, self->types, self->take_id, self->text, self->number) &&
         (self->words == NULL || write_words (self, database, error)) &&
         (!self->moves || follow_move (self, database, error)) &&
         (self->spool == NULL || tell_spool (self, database, error)) &&
         rushes_change_touch (&self->change, database, self->take_id, error);
}

static DexFuture *
marked (gpointer data)
{
  Mark *self = data;

  rushes_change_apply (&self->change);

  return dex_future_new_true ();
}

static Mark *
mark_new (RushesLibrary *self, RushesTake *take, const char *sql, const char *types)
{
  Mark *mark = g_new0 (Mark, 1);

  rushes_change_init (&mark->change, self);
  mark->sql = sql;
  mark->types = types;
  mark->take_id = g_strdup (rushes_take_get_id (take));

  return mark;
}

static DexFuture *
mark (RushesLibrary *self,
      RushesTake *take,
      const char *sql,
      const char *types,
      const char *text,
      gint64 number,
      gboolean moves)
{
  Mark *change;

  dex_return_error_if_fail (RUSHES_IS_LIBRARY (self));
  dex_return_error_if_fail (RUSHES_IS_TAKE (take));

  change = mark_new (self, take, sql, types);
  change->text = g_strdup (text);
  change->number = number;
  change->moves = moves;

  return rushes_store_write (self->store, write_mark, marked, change, (GDestroyNotify) mark_free);
}

DexFuture *
rushes_library_star (RushesLibrary *self, RushesTake *take, gboolean starred)
{
  return mark (self, take, "UPDATE takes SET starred = ?3 WHERE id = ?1", "tti", NULL, starred != FALSE, FALSE);
}

DexFuture *
rushes_library_set_note (RushesLibrary *self, RushesTake *take, const char *note)
{
  Mark *change;
  g_autofree char *text = NULL;

  dex_return_error_if_fail (RUSHES_IS_LIBRARY (self));
  dex_return_error_if_fail (RUSHES_IS_TAKE (take) && rushes_take_get_loaded (take));

  change = mark_new (self, take, "UPDATE takes SET note = NULLIF (?2, '') WHERE id = ?1", "tt");
  change->text = g_strdup (note);
  /* It is found by its note as by its prompt. */
  text = g_strjoin ("\n", rushes_request_get_whole_prompt (rushes_take_get_request (take)), note, NULL);
  change->words = rushes_search_index (text);

  return rushes_store_write (self->store, write_mark, marked, change, (GDestroyNotify) mark_free);
}

DexFuture *
rushes_library_set_saved_to (RushesLibrary *self, RushesTake *take, const char *uri)
{
  return mark (self, take, "UPDATE takes SET saved_to = ?2 WHERE id = ?1", "tt", uri, 0, FALSE);
}

DexFuture *
rushes_library_set_deleted (RushesLibrary *self, RushesTake *take, gboolean deleted)
{
  Mark *change;

  dex_return_error_if_fail (RUSHES_IS_LIBRARY (self));
  dex_return_error_if_fail (RUSHES_IS_TAKE (take));

  change = mark_new (self, take, "UPDATE takes SET deleted = NULLIF (?3, 0) WHERE id = ?1", "tti");
  change->number = deleted ? g_get_real_time () : 0;
  change->moves = TRUE;
  change->spool = g_file_get_path (rushes_folders_get_spool (self->folders));

  return rushes_store_write (self->store, write_mark, marked, change, (GDestroyNotify) mark_free);
}

DexFuture *
rushes_library_move_take (RushesLibrary *self, RushesTake *take, RushesProject *project)
{
  dex_return_error_if_fail (RUSHES_IS_PROJECT (project));

  return mark (
      self, take,
      "UPDATE takes SET project_id = ?2 WHERE id = ?1 AND ?2 IN (SELECT id FROM projects WHERE deleted IS NULL)", "tt",
      rushes_project_get_id (project), 0, TRUE);
}

DexFuture *
rushes_library_request_cancel (RushesLibrary *self, RushesTake *take)
{
  return mark (self, take,
               "UPDATE attempts SET cancel_requested = 1 WHERE id = (SELECT attempt_id FROM takes WHERE id = ?1)"
               " AND state NOT IN ('ready', 'failed', 'cancelled', 'expired')",
               "t", NULL, 0, FALSE);
}
