/* rushes-clip-room.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "rushes-clip-room.h"

#include <errno.h>
#include <glib/gstdio.h>

#include "rushes-async.h"
#include "rushes-clip-outlet.h"
#include "rushes-error.h"
#include "rushes-library-private.h"
#include "rushes-settings.h"

#define BYTES_PER_GB (1000 * 1000 * 1000)

RushesClipRoom *
rushes_clip_room_copy (const RushesClipRoom *self)
{
  RushesClipRoom *copy = g_new (RushesClipRoom, 1);

  *copy = *self;
  copy->takes = g_ptr_array_ref (self->takes);

  return copy;
}

void
rushes_clip_room_free (RushesClipRoom *self)
{
  g_ptr_array_unref (self->takes);
  g_free (self);
}

G_DEFINE_BOXED_TYPE (RushesClipRoom, rushes_clip_room, rushes_clip_room_copy, rushes_clip_room_free)

RushesClipLimits
rushes_clip_limits_read (void)
{
  g_autoptr (GSettings) settings = rushes_settings_get ();

  return (RushesClipLimits) {
    .most = g_settings_get_uint (settings, "clips-most"),
    .size = (guint64) g_settings_get_uint (settings, "clips-gigabytes") * BYTES_PER_GB,
  };
}

/* ---- the clips there are ---- */

typedef struct
{
  gint64 result;
  char *take_id;
  char *path;
  char *file; /* as it is written down */
  char *saved_to;
  guint64 size;
  gboolean kept;
  gboolean cached; /* for now only, as the person was told when it came */
} Clip;

static void
clip_free (Clip *clip)
{
  g_free (clip->take_id);
  g_free (clip->path);
  g_free (clip->file);
  g_free (clip->saved_to);
  g_free (clip);
}

typedef struct
{
  RushesChange change;
  GFile *folder;
  RushesClipLimits limits;
  gboolean dry_run;
  GPtrArray *clips; /* those for now only first, then the oldest */
  GPtrArray *chosen;
  RushesClipRoom *room;
} Pruning;

static void
pruning_clear (gpointer data)
{
  Pruning *self = data;

  rushes_change_clear (&self->change);
  g_object_unref (self->folder);
  g_ptr_array_unref (self->clips);
  g_ptr_array_unref (self->chosen);
  g_clear_pointer (&self->room, rushes_clip_room_free);
}

/* Whoever works on it keeps it, also when nobody waits for the end any more. */
static Pruning *
pruning_ref (Pruning *self)
{
  return g_atomic_rc_box_acquire (self);
}

static void
pruning_unref (gpointer self)
{
  g_atomic_rc_box_release_full (self, pruning_clear);
}

static gboolean
list_clips (RushesDatabase *database, gpointer data, GError **error)
{
  Pruning *self = data;
  g_autoptr (RushesQuery) query = NULL;
  g_autoptr (GError) failure = NULL;

  query =
      rushes_database_query (database, error,
                             "SELECT r.id, t.id, r.file, r.size, t.saved_to,"
                             " t.starred OR t.deleted IS NOT NULL OR t.state NOT IN"
                             "   ('ready', 'failed', 'cancelled', 'expired'),"
                             " t.cached AND t.saved_to IS NULL AS for_now"
                             " FROM results r JOIN attempts a ON a.id = r.attempt_id JOIN takes t ON t.id = a.take_id"
                             " WHERE r.file IS NOT NULL ORDER BY for_now DESC, t.id, r.id",
                             "");
  if (query == NULL)
    return FALSE;
  while (rushes_query_next (query, &failure))
    {
      Clip *clip = g_new0 (Clip, 1);

      clip->result = rushes_query_get_int (query, 0);
      clip->take_id = g_strdup (rushes_query_get_text (query, 1));
      clip->file = g_strdup (rushes_query_get_text (query, 2));
      clip->path = g_build_filename (g_file_peek_path (self->folder), clip->file, NULL);
      clip->size = MAX (rushes_query_get_int (query, 3), 0);
      clip->saved_to = g_strdup (rushes_query_get_text (query, 4));
      clip->kept = rushes_query_get_int (query, 5) != 0;
      clip->cached = rushes_query_get_int (query, 6) != 0;
      g_ptr_array_add (self->clips, clip);
    }
  if (failure != NULL)
    {
      g_propagate_error (error, g_steal_pointer (&failure));
      return FALSE;
    }

  return TRUE;
}

/* ---- which of them go ---- */

/* A copy is one only while it is there. */
static gboolean
lies_elsewhere (const Clip *clip)
{
  g_autoptr (GFile) copy = clip->saved_to != NULL ? g_file_new_for_uri (clip->saved_to) : NULL;

  return copy != NULL && g_file_query_exists (copy, NULL);
}

/* When this many, and this much, is gone. */
static gboolean
is_enough (const RushesClipRoom *room, const RushesClipLimits *limits, guint n_gone, guint64 size_gone)
{
  return (limits->most == 0 || room->n_clips - n_gone <= limits->most) &&
         (limits->size == 0 || room->size - size_gone <= limits->size);
}

/* On a worker: looking for copies may take a while. */
static DexFuture *
choose (gpointer data)
{
  Pruning *self = data;
  RushesClipRoom *room = self->room = g_new0 (RushesClipRoom, 1);

  room->takes = g_ptr_array_new_with_free_func (g_free);
  room->n_clips = self->clips->len;
  for (guint i = 0; i < self->clips->len; i++)
    room->size += ((Clip *) g_ptr_array_index (self->clips, i))->size;

  for (guint i = 0; i < self->clips->len && !is_enough (room, &self->limits, room->n_pruned, room->size_pruned); i++)
    {
      Clip *clip = g_ptr_array_index (self->clips, i);
      gboolean elsewhere;

      if (clip->kept)
        continue;
      elsewhere = clip->cached || lies_elsewhere (clip);
      if (!elsewhere && !self->limits.unsaved)
        {
          if (!is_enough (room, &self->limits, room->n_pruned + room->n_spared, room->size_pruned + room->size_spared))
            {
              room->n_spared++;
              room->size_spared += clip->size;
            }
          continue;
        }
      room->n_unsaved += !elsewhere;
      room->n_pruned++;
      room->size_pruned += clip->size;
      g_ptr_array_add (room->takes, g_strdup (clip->take_id));
      g_ptr_array_add (self->chosen, clip);
    }

  return dex_future_new_true ();
}

/* ---- and how ---- */

/* What was starred, or became another file, since it was looked at stays. */
static gboolean
write_pruning (RushesDatabase *database, gpointer data, GError **error)
{
  Pruning *self = data;

  for (guint i = self->chosen->len; i > 0; i--)
    {
      const Clip *clip = g_ptr_array_index (self->chosen, i - 1);

      if (!rushes_database_run (database, error,
                                "UPDATE results SET file = NULL WHERE id = ?1 AND file = ?2 AND EXISTS (SELECT 1 FROM"
                                " takes WHERE id = ?3 AND NOT starred AND deleted IS NULL AND state IN"
                                " ('ready', 'failed', 'cancelled', 'expired'))",
                                "itt", clip->result, clip->file, clip->take_id))
        return FALSE;
      if (rushes_database_get_changes (database) == 0)
        {
          self->room->n_pruned--;
          self->room->size_pruned -= clip->size;
          g_ptr_array_remove_index (self->room->takes, i - 1);
          g_ptr_array_remove_index (self->chosen, i - 1);
        }
      else if (!rushes_change_touch (&self->change, database, clip->take_id, error))
        return FALSE;
    }

  return TRUE;
}

static DexFuture *
written (gpointer data)
{
  Pruning *self = data;

  rushes_change_apply (&self->change);

  return dex_future_new_true ();
}

static void
close_outlet (const char *path)
{
  g_autoptr (GFile) clip = g_file_new_for_path (path);

  rushes_clip_outlet_close (clip);
}

/* Only now: a file that nobody refers to is a smaller harm than a take whose clip is not there. */
static DexFuture *
remove_files (gpointer data)
{
  Pruning *self = data;

  for (guint i = 0; i < self->chosen->len; i++)
    {
      const Clip *clip = g_ptr_array_index (self->chosen, i);

      if (g_unlink (clip->path) != 0 && errno != ENOENT)
        g_warning ("A clip that was pruned could not be removed: %s: %s", clip->path, g_strerror (errno));
      else
        close_outlet (clip->path);
    }

  return dex_future_new_true ();
}

static DexFuture *
prune (gpointer data)
{
  Pruning *self = data;
  RushesStore *store = self->change.library->store;
  g_autoptr (GError) error = NULL;

  if (!dex_await (rushes_store_read (store, list_clips, NULL, pruning_ref (self), pruning_unref), &error) ||
      !dex_await (rushes_async_work (choose, pruning_ref (self), pruning_unref), &error) ||
      (!self->dry_run && self->chosen->len > 0 &&
       (!dex_await (rushes_store_write (store, write_pruning, written, pruning_ref (self), pruning_unref), &error) ||
        !dex_await (rushes_async_work (remove_files, pruning_ref (self), pruning_unref), &error))))
    return dex_future_new_for_error (g_steal_pointer (&error));

  return dex_future_new_take_boxed (RUSHES_TYPE_CLIP_ROOM, g_steal_pointer (&self->room));
}

DexFuture *
rushes_library_prune (RushesLibrary *library, const RushesClipLimits *limits, gboolean dry_run)
{
  Pruning *pruning;

  dex_return_error_if_fail (RUSHES_IS_LIBRARY (library));
  dex_return_error_if_fail (limits != NULL);

  pruning = g_atomic_rc_box_new0 (Pruning);
  rushes_change_init (&pruning->change, library);
  pruning->folder = g_object_ref (rushes_folders_get_clips (library->folders));
  pruning->limits = *limits;
  pruning->dry_run = dry_run;
  pruning->clips = g_ptr_array_new_with_free_func ((GDestroyNotify) clip_free);
  pruning->chosen = g_ptr_array_new ();

  return rushes_async_spawn (prune, pruning, pruning_unref);
}
