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

/* Between two looks at most this often, however much another process writes. */
#define LOOK_PAUSE_SECONDS 0.05

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

/* What is read, and made where it is missing, before anybody gets to see the library. */
typedef struct
{
  RushesLibrary *library;
  RushesFolders *folders;
  gboolean read_only;
  RushesRunner *runner;
  GPtrArray *projects;
  gint64 revision;
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

static gboolean
make_first_project (RushesDatabase *database, GError **error)
{
  g_autofree char *id = rushes_new_id ();

  return rushes_database_run (database, error, "INSERT INTO projects (id, name, created) VALUES (?, ?, ?)", "tti", id,
                              /* Translators: the name of the project that is there at the first start */
                              _ ("My Project"), g_get_real_time ());
}

static gboolean
begin (RushesDatabase *database, gpointer data, GError **error)
{
  Beginning *self = data;

  if (!self->read_only)
    {
      rushes_runner_sweep (self->folders);
      if ((self->runner = rushes_runner_new (self->folders, error)) == NULL)
        return FALSE;
    }
  if ((self->projects = rushes_project_load_rows (database, error)) == NULL)
    return FALSE;
  if (self->projects->len == 0 && !self->read_only)
    {
      g_clear_pointer (&self->projects, g_ptr_array_unref);
      if (!make_first_project (database, error) ||
          (self->projects = rushes_project_load_rows (database, error)) == NULL)
        return FALSE;
    }
  self->revision = rushes_database_get_int (database, error, "SELECT value FROM meta WHERE key = 'revision'", "");

  return self->revision >= 0;
}

static void
wrote (gint64 revision, gpointer data)
{
  RushesLibrary *self = data;

  /* A gap means that another process wrote in between. */
  if (revision == self->seen + 1)
    self->seen = revision;
  else
    rushes_library_look (self);
}

static void
touched (RushesLibrary *self)
{
  rushes_library_look (self);
}

static void
watch (RushesLibrary *self)
{
  g_autoptr (GFile) changed = g_file_get_child (rushes_folders_get_data (self->folders), "changed");

  self->monitor = g_file_monitor_file (changed, G_FILE_MONITOR_NONE, NULL, NULL);
  if (self->monitor != NULL)
    g_signal_connect_object (self->monitor, "changed", G_CALLBACK (touched), self, G_CONNECT_SWAPPED);
}

static DexFuture *
begun (gpointer data)
{
  Beginning *beginning = data;
  RushesLibrary *self = beginning->library;

  self->runner = g_steal_pointer (&beginning->runner);
  self->seen = beginning->revision;
  rushes_library_follow_projects (self, beginning->projects);
  rushes_store_set_wrote (self->store, wrote, self);
  watch (self);

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

/* Reading does not wait for it, nor does writing: it has a connection of its own. */
static void
start_backup (RushesLibrary *self)
{
  Backup *backup = g_new0 (Backup, 1);

  backup->path = g_build_filename (g_file_peek_path (rushes_folders_get_data (self->folders)), "library.db", NULL);
  backup->cancellable = g_object_ref (self->backing_up);
  self->backup = rushes_async_work (back_up, backup, (GDestroyNotify) backup_free);
}

/* Who only looks still finds what a new library has. */
static gboolean
make_first (RushesFolders *folders, GError **error)
{
  g_autoptr (GFile) file = g_file_get_child (rushes_folders_get_data (folders), "library.db");
  g_autoptr (RushesLibrary) library = NULL;

  return g_file_query_exists (file, NULL) ||
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
  Beginning *beginning;

  if (read_only && !make_first (opening->folders, &error))
    return dex_future_new_for_error (g_steal_pointer (&error));
  self->folders = g_object_ref (opening->folders);
  self->store = rushes_store_new (self->folders, read_only, rushes_schema_get_default (), &opened);
  if (!dex_await (opened, &error))
    return dex_future_new_for_error (g_steal_pointer (&error));

  beginning = g_new0 (Beginning, 1);
  beginning->library = g_object_ref (self);
  beginning->folders = g_object_ref (self->folders);
  beginning->read_only = read_only;
  opened = read_only ? rushes_store_read (self->store, begin, begun, beginning, (GDestroyNotify) beginning_free)
                     : rushes_store_write (self->store, begin, begun, beginning, (GDestroyNotify) beginning_free);
  if (!dex_await (opened, &error))
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

static DexFuture *
end_runner (DexFuture *future, gpointer data)
{
  RushesLibrary *self = data;

  g_clear_pointer (&self->runner, rushes_runner_free);

  return NULL;
}

DexFuture *
rushes_library_close (RushesLibrary *self)
{
  DexFuture *future;

  dex_return_error_if_fail (RUSHES_IS_LIBRARY (self));

  g_clear_object (&self->monitor);
  g_cancellable_cancel (self->backing_up);
  future = rushes_store_close (self->store);
  if (self->backup != NULL)
    future = dex_future_all (future, g_steal_pointer (&self->backup), NULL);

  return dex_future_finally (future, end_runner, g_object_ref (self), g_object_unref);
}

/* ---- what other processes write ---- */

typedef struct
{
  RushesLibrary *library;
  gint64 seen;
  gint64 revision;
  GPtrArray *rows;
  GPtrArray *projects;
} Look;

static void
look_free (Look *look)
{
  g_object_unref (look->library);
  g_clear_pointer (&look->rows, g_ptr_array_unref);
  g_clear_pointer (&look->projects, g_ptr_array_unref);
  g_free (look);
}

static gboolean
read_news (RushesDatabase *database, gpointer data, GError **error)
{
  Look *look = data;

  look->revision = rushes_database_get_int (database, error, "SELECT value FROM meta WHERE key = 'revision'", "");
  if (look->revision < 0)
    return FALSE;
  if (look->revision <= look->seen)
    return TRUE;

  return (look->rows = rushes_take_row_load_since (database, look->seen, error)) != NULL &&
         (look->projects = rushes_project_load_rows (database, error)) != NULL;
}

static DexFuture *
take_news (gpointer data)
{
  Look *look = data;
  RushesLibrary *self = look->library;

  /* One's own writes touch the file as well; what they brought was seen when they were answered. */
  if (look->rows != NULL && look->revision > self->seen)
    {
      self->seen = look->revision;
      rushes_library_follow (self, look->rows);
      rushes_library_follow_projects (self, look->projects);
      g_signal_emit_by_name (self, "changed");
    }

  return dex_future_new_true ();
}

static DexFuture *
looked (DexFuture *future, gpointer data)
{
  RushesLibrary *self = data;

  self->looking = FALSE;
  if (self->look_again)
    rushes_library_look (self);

  return NULL;
}

static DexFuture *
pause_looking (DexFuture *future, gpointer data)
{
  return rushes_async_sleep (LOOK_PAUSE_SECONDS);
}

void
rushes_library_look (RushesLibrary *self)
{
  DexFuture *future;
  Look *look;

  if (self->looking)
    {
      self->look_again = TRUE;
      return;
    }

  self->looking = TRUE;
  self->look_again = FALSE;
  look = g_new0 (Look, 1);
  look->library = g_object_ref (self);
  look->seen = self->seen;
  future = rushes_store_read (self->store, read_news, take_news, look, (GDestroyNotify) look_free);
  future = dex_future_finally (future, pause_looking, NULL, NULL);
  future = dex_future_finally (future, looked, g_object_ref (self), g_object_unref);
  dex_future_disown (future);
}
