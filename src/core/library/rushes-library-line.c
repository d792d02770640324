/* rushes-library-line.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "rushes-library-private.h"

#include <glib/gi18n.h>

#include "rushes-error.h"

/* ---- the order ---- */

/* A take that is in line. */
typedef struct
{
  char *id;
  char *provider;
  gint64 was;
  gint64 turn;
} Place;

static void
place_free (Place *place)
{
  g_free (place->id);
  g_free (place->provider);
  g_free (place);
}

typedef struct
{
  RushesChange change;
  char *take_id;
  RushesMove where;
  int n_ahead;
} Moving;

static void
moving_free (Moving *moving)
{
  rushes_change_clear (&moving->change);
  g_free (moving->take_id);
  g_free (moving);
}

static GPtrArray *
list_places (RushesDatabase *database, GError **error)
{
  g_autoptr (GPtrArray) places = g_ptr_array_new_with_free_func ((GDestroyNotify) place_free);
  g_autoptr (RushesQuery) query = NULL;
  g_autoptr (GError) failure = NULL;

  query = rushes_database_query (database, error,
                                 "SELECT id, provider, COALESCE (turn, serial) AS place FROM takes"
                                 " WHERE state = 'queued' AND deleted IS NULL ORDER BY place, id",
                                 "");
  if (query == NULL)
    return NULL;
  while (rushes_query_next (query, &failure))
    {
      Place *place = g_new (Place, 1);

      place->id = g_strdup (rushes_query_get_text (query, 0));
      place->provider = g_strdup (rushes_query_get_text (query, 1));
      place->was = place->turn = rushes_query_get_int (query, 2);
      g_ptr_array_add (places, place);
    }
  if (failure != NULL)
    {
      g_propagate_error (error, g_steal_pointer (&failure));
      return NULL;
    }

  return g_steal_pointer (&places);
}

/* The nearest of the same provider in this direction; @from when there is none. */
static guint
find_neighbour (GPtrArray *places, guint from, int step)
{
  const Place *place = g_ptr_array_index (places, from);

  for (gint64 i = (gint64) from + step; i >= 0 && i < places->len; i += step)
    if (g_str_equal (((Place *) g_ptr_array_index (places, i))->provider, place->provider))
      return i;

  return from;
}

static void
swap (GPtrArray *places, guint a, guint b)
{
  Place *one = g_ptr_array_index (places, a);
  Place *other = g_ptr_array_index (places, b);
  gint64 turn = one->turn;

  one->turn = other->turn;
  other->turn = turn;
  places->pdata[a] = other;
  places->pdata[b] = one;
}

static void
put_first (GPtrArray *places, guint index)
{
  Place *place = g_ptr_array_steal_index (places, index);

  place->turn = ((Place *) g_ptr_array_index (places, 0))->turn - 1;
  g_ptr_array_insert (places, 0, place);
}

static guint
find_place (GPtrArray *places, const char *id)
{
  guint i = 0;

  while (i < places->len && !g_str_equal (((Place *) g_ptr_array_index (places, i))->id, id))
    i++;

  return i;
}

static void
reorder (GPtrArray *places, guint index, RushesMove where)
{
  switch (where)
    {
    case RUSHES_MOVE_FIRST:
      if (index > 0)
        put_first (places, index);
      break;
    case RUSHES_MOVE_UP:
      swap (places, index, find_neighbour (places, index, -1));
      break;
    case RUSHES_MOVE_DOWN:
    default:
      swap (places, index, find_neighbour (places, index, 1));
      break;
    }

  /* A take that came back into the line may have a turn that somebody else was given meanwhile. */
  for (guint i = 1; i < places->len; i++)
    {
      Place *place = g_ptr_array_index (places, i);

      place->turn = MAX (place->turn, ((Place *) g_ptr_array_index (places, i - 1))->turn + 1);
    }
}

static int
count_ahead (GPtrArray *places, const char *id)
{
  guint index = find_place (places, id);
  int n = 0;

  for (guint next = index; (next = find_neighbour (places, index, -1)) != index; index = next)
    n++;

  return n;
}

static gboolean
write_turns (Moving *self, RushesDatabase *database, GPtrArray *places, GError **error)
{
  for (guint i = 0; i < places->len; i++)
    {
      const Place *place = g_ptr_array_index (places, i);

      if (place->turn != place->was && (!rushes_database_run (database, error, "UPDATE takes SET turn = ? WHERE id = ?",
                                                              "it", place->turn, place->id) ||
                                        !rushes_change_touch (&self->change, database, place->id, error)))
        return FALSE;
    }

  return TRUE;
}

static gboolean
move_in_line (RushesDatabase *database, gpointer data, GError **error)
{
  Moving *self = data;
  g_autoptr (GPtrArray) places = list_places (database, error);
  guint index;

  if (places == NULL)
    return FALSE;
  index = find_place (places, self->take_id);
  if (index == places->len)
    {
      rushes_set_error (error, RUSHES_ERROR_BAD_REQUEST, "%s",
                        _ ("This take is not in line any more, so that it has no place to change."));
      return FALSE;
    }

  reorder (places, index, self->where);
  self->n_ahead = count_ahead (places, self->take_id);

  return write_turns (self, database, places, error);
}

static DexFuture *
moved (gpointer data)
{
  Moving *self = data;

  rushes_change_apply (&self->change);

  return dex_future_new_for_int (self->n_ahead);
}

DexFuture *
rushes_library_move_in_line (RushesLibrary *self, RushesTake *take, RushesMove where)
{
  Moving *moving;

  dex_return_error_if_fail (RUSHES_IS_LIBRARY (self));
  dex_return_error_if_fail (RUSHES_IS_TAKE (take));

  moving = g_new0 (Moving, 1);
  rushes_change_init (&moving->change, self);
  moving->take_id = g_strdup (rushes_take_get_id (take));
  moving->where = where;

  return rushes_store_write (self->store, move_in_line, moved, moving, (GDestroyNotify) moving_free);
}

/* ---- the pause ---- */

typedef struct
{
  RushesLibrary *library;
  gboolean paused;
} Pause;

static void
pause_free (Pause *pause)
{
  g_object_unref (pause->library);
  g_free (pause);
}

int
rushes_library_read_paused (RushesDatabase *database, GError **error)
{
  return rushes_database_get_int (database, error, "SELECT count (*) FROM meta WHERE key = 'paused' AND value <> 0",
                                  "");
}

static gboolean
write_paused (RushesDatabase *database, gpointer data, GError **error)
{
  Pause *self = data;

  return rushes_database_run (database, error,
                              "INSERT INTO meta (key, value) VALUES ('paused', ?1)"
                              " ON CONFLICT (key) DO UPDATE SET value = ?1 WHERE value <> ?1",
                              "i", (gint64) self->paused);
}

static DexFuture *
paused_written (gpointer data)
{
  Pause *self = data;

  rushes_library_follow_paused (self->library, self->paused);

  return dex_future_new_true ();
}

DexFuture *
rushes_library_set_paused (RushesLibrary *self, gboolean paused)
{
  Pause *pause;

  dex_return_error_if_fail (RUSHES_IS_LIBRARY (self));

  pause = g_new (Pause, 1);
  pause->library = g_object_ref (self);
  pause->paused = paused != FALSE;

  return rushes_store_write (self->store, write_paused, paused_written, pause, (GDestroyNotify) pause_free);
}
