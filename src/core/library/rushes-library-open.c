/* rushes-library-open.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "rushes-library-private.h"

#include <glib/gi18n.h>

#include "rushes-async.h"
#include "rushes-backup.h"
#include "rushes-project-private.h"
#include "rushes-pruning.h"
#include "rushes-reentry.h"

typedef struct
{
  RushesFolders *folders;
  RushesLibraryOpenFlags flags;
} Opening;

static void
opening_free (Opening *opening)
{
  g_object_unref (opening->folders);
  g_free (opening);
}

/* What is done, and then read, before anybody gets to see the library. */
typedef struct
{
  RushesLibrary *library;
  RushesFolders *folders;
  RushesRunner *runner;
  GPtrArray *projects;
  gint64 revision;
  int paused;
  guint n_found; /* takes that only the spool knew of */
} Beginning;

static void
beginning_free (Beginning *beginning)
{
  g_object_unref (beginning->library);
  g_object_unref (beginning->folders);
  g_clear_pointer (&beginning->runner, rushes_runner_free);
  g_clear_pointer (&beginning->projects, g_ptr_array_unref);
  g_free (beginning);
}

static Beginning *
beginning_new (RushesLibrary *library)
{
  Beginning *beginning = g_new0 (Beginning, 1);

  beginning->library = g_object_ref (library);
  beginning->folders = g_object_ref (library->folders);

  return beginning;
}

static gboolean
ensure_project (RushesDatabase *database, GError **error)
{
  gint64 n = rushes_database_get_int (database, error, "SELECT count (*) FROM projects WHERE deleted IS NULL", "");
  g_autofree char *id = NULL;

  if (n != 0)
    return n > 0;
  id = rushes_new_id ();

  return rushes_database_run (database, error, "INSERT INTO projects (id, name, created) VALUES (?, ?, ?)", "tti", id,
                              /* Translators: the name of the project that is there at the first start */
                              _ ("My Project"), g_get_real_time ());
}

static gboolean
prepare (RushesDatabase *database, gpointer data, GError **error)
{
  Beginning *self = data;

  rushes_runner_sweep (self->folders);
  rushes_pruning_sweep_spool (database, rushes_folders_get_spool (self->folders));
  self->runner = rushes_runner_new (self->folders, error);

  return self->runner != NULL && rushes_reentry_run (database, self->folders, &self->n_found, error) &&
         rushes_pruning_run (database, rushes_folders_get_clips (self->folders), error) &&
         ensure_project (database, error);
}

/* What happened to the library, and what came of it: a paragraph each. */
static char *
warn (const char *before, guint n_found)
{
  g_autofree char *found = g_strdup_printf (
      ngettext ("%u take was found again that had been submitted without this library’s knowing. Check what became of "
                "it before you submit it again.",
                "%u takes were found again that had been submitted without this library’s knowing. Check what became "
                "of them before you submit them again.",
                n_found),
      n_found);

  return before != NULL ? g_strjoin ("\n\n", before, found, NULL) : g_steal_pointer (&found);
}

static DexFuture *
prepared (gpointer data)
{
  Beginning *self = data;

  self->library->runner = g_steal_pointer (&self->runner);
  if (self->n_found > 0)
    self->library->warning = warn (rushes_store_get_warning (self->library->store), self->n_found);

  return dex_future_new_true ();
}

static gboolean
survey (RushesDatabase *database, gpointer data, GError **error)
{
  Beginning *self = data;

  self->projects = rushes_project_load_rows (database, error);
  if (self->projects == NULL)
    return FALSE;
  self->revision = rushes_database_get_int (database, error, "SELECT value FROM meta WHERE key = 'revision'", "");

  return self->revision >= 0 && (self->paused = rushes_library_read_paused (database, error)) >= 0;
}

static DexFuture *
surveyed (gpointer data)
{
  Beginning *self = data;

  rushes_library_follow_projects (self->library, self->projects);
  rushes_library_follow_paused (self->library, self->paused);
  rushes_library_watch (self->library, self->revision);

  return dex_future_new_true ();
}

typedef struct
{
  char *path;
  GCancellable *cancellable;
} Backup;

static void
backup_free (Backup *backup)
{
  g_free (backup->path);
  g_object_unref (backup->cancellable);
  g_free (backup);
}

static DexFuture *
back_up (gpointer data)
{
  Backup *backup = data;
  g_autoptr (GError) error = NULL;

  if (!rushes_backup_daily (backup->path, backup->cancellable, &error))
    g_warning ("Today’s backup of the library could not be made: %s", error->message);

  return dex_future_new_true ();
}

static DexFuture *
let_be (DexFuture *future, gpointer data)
{
  return dex_future_new_true ();
}

DexFuture *
rushes_library_add_copy (RushesLibrary *self, DexFuture *copy)
{
  for (guint i = self->copies->len; i > 0; i--)
    if (!dex_future_is_pending (g_ptr_array_index (self->copies, i - 1)))
      g_ptr_array_remove_index_fast (self->copies, i - 1);
  /* Whether it comes to an end or not, nothing half is left of it. */
  g_ptr_array_add (self->copies, dex_future_finally (dex_ref (copy), let_be, NULL, NULL));

  return copy;
}

/* Reading does not wait for it, nor does writing: it has a connection of its own. */
static void
start_backup (RushesLibrary *self)
{
  Backup *backup = g_new0 (Backup, 1);

  backup->path = g_build_filename (g_file_peek_path (rushes_folders_get_data (self->folders)), "library.db", NULL);
  backup->cancellable = g_object_ref (self->closing);
  dex_future_disown (rushes_library_add_copy (self, rushes_async_work (back_up, backup, (GDestroyNotify) backup_free)));
}

/* Who only looks still finds what a new library has. */
static gboolean
make_first (RushesFolders *folders, GError **error)
{
  g_autoptr (GFile) file = g_file_get_child (rushes_folders_get_data (folders), "library.db");
  g_autoptr (RushesLibrary) library = NULL;

  return dex_await_boolean (dex_file_query_exists (file), NULL) ||
         ((library = dex_await_object (rushes_library_open (folders, RUSHES_LIBRARY_OPEN_DEFAULT), error)) != NULL &&
          dex_await (rushes_library_close (library), error));
}

static DexFuture *
open_fiber (gpointer data)
{
  Opening *opening = data;
  gboolean read_only = (opening->flags & RUSHES_LIBRARY_OPEN_READ_ONLY) != 0;
  g_autoptr (RushesLibrary) self = g_object_new (RUSHES_TYPE_LIBRARY, NULL);
  g_autoptr (GError) error = NULL;
  DexFuture *opened = NULL;

  if (read_only && !make_first (opening->folders, &error))
    return dex_future_new_for_error (g_steal_pointer (&error));

  self->folders = g_object_ref (opening->folders);
  self->store = rushes_store_new (self->folders, read_only, rushes_schema_get_default (), &opened);
  if (!dex_await (opened, &error) ||
      (!read_only && !dex_await (rushes_store_write (self->store, prepare, prepared, beginning_new (self),
                                                     (GDestroyNotify) beginning_free),
                                 &error)) ||
      !dex_await (
          rushes_store_read (self->store, survey, surveyed, beginning_new (self), (GDestroyNotify) beginning_free),
          &error))
    return dex_future_new_for_error (g_steal_pointer (&error));

  if (!read_only)
    start_backup (self);

  return dex_future_new_take_object (g_steal_pointer (&self));
}

DexFuture *
rushes_library_open (RushesFolders *folders, RushesLibraryOpenFlags flags)
{
  Opening *opening;

  dex_return_error_if_fail (RUSHES_IS_FOLDERS (folders));

  opening = g_new0 (Opening, 1);
  opening->folders = g_object_ref (folders);
  opening->flags = flags;

  return rushes_async_spawn (open_fiber, opening, (GDestroyNotify) opening_free);
}

static gboolean
end_runner (RushesDatabase *database, gpointer data, GError **error)
{
  g_clear_pointer ((RushesRunner **) data, rushes_runner_free);

  return TRUE;
}

static void
runner_free (RushesRunner **runner)
{
  g_clear_pointer (runner, rushes_runner_free);
  g_free (runner);
}

void
rushes_library_end_runner (RushesLibrary *self)
{
  RushesRunner **runner;

  if (self->runner == NULL)
    return;
  runner = g_new (RushesRunner *, 1);
  *runner = g_steal_pointer (&self->runner);
  dex_future_disown (rushes_store_read (self->store, end_runner, NULL, runner, (GDestroyNotify) runner_free));
}

DexFuture *
rushes_library_close (RushesLibrary *self)
{
  dex_return_error_if_fail (RUSHES_IS_LIBRARY (self));

  rushes_library_unwatch (self);
  g_cancellable_cancel (self->closing);
  rushes_library_end_runner (self);
  g_ptr_array_add (self->copies, rushes_store_close (self->store));

  return dex_future_allv ((DexFuture **) self->copies->pdata, self->copies->len);
}
