/* rushes-library-watch.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "rushes-library-private.h"

#include "rushes-project-private.h"

/* Between two looks at most this often, however much another process writes. */
#define LOOK_PAUSE_MS 50

typedef struct
{
  RushesLibrary *library;
  gint64 seen;
  gint64 revision;
  int paused;
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

  return (look->paused = rushes_library_read_paused (database, error)) >= 0 &&
         (look->rows = rushes_take_row_load_since (database, look->seen, error)) != NULL &&
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
      rushes_library_follow_paused (self, look->paused);
      g_signal_emit_by_name (self, "changed");
      g_signal_emit_by_name (self, "written");
    }

  return dex_future_new_true ();
}

static void
rested (gpointer data)
{
  RushesLibrary *self = data;

  self->pause = 0;
  if (self->look_again)
    rushes_library_look (self);
}

static DexFuture *
looked (DexFuture *future, gpointer data)
{
  RushesLibrary *self = data;

  self->looking = FALSE;
  if (!self->closed)
    self->pause = g_timeout_add_once (LOOK_PAUSE_MS, rested, self);

  return NULL;
}

void
rushes_library_look (RushesLibrary *self)
{
  DexFuture *future;
  Look *look;

  if (self->looking || self->pause != 0)
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
  future = dex_future_finally (future, looked, g_object_ref (self), g_object_unref);
  dex_future_disown (future);
}

static void
wrote (gint64 revision, gpointer data)
{
  RushesLibrary *self = data;

  /* A gap means that another process wrote in between. */
  if (revision == self->seen + 1)
    {
      self->seen = revision;
      g_signal_emit_by_name (self, "written");
    }
  else
    rushes_library_look (self);
}

/* Looking finds out whether it is so. */
static void
file_moved (GFileMonitor *monitor, GFile *file, GFile *other, GFileMonitorEvent event, RushesLibrary *self)
{
  if (event != G_FILE_MONITOR_EVENT_CHANGED && event != G_FILE_MONITOR_EVENT_CHANGES_DONE_HINT &&
      event != G_FILE_MONITOR_EVENT_ATTRIBUTE_CHANGED)
    rushes_library_look (self);
}

static void
committed (RushesLibrary *self)
{
  rushes_library_look (self);
}

static void
gone (const GError *error, gpointer data)
{
  rushes_library_set_problem (data, error);
}

static void
runner_gone (const char *id, gpointer data)
{
  RushesLibrary *self = data;

  if (g_strcmp0 (id, rushes_library_get_runner_id (self)) != 0)
    g_signal_emit_by_name (self, "runner-gone");
}

void
rushes_library_watch (RushesLibrary *self, gint64 seen)
{
  g_autoptr (GFile) changed = g_file_get_child (rushes_folders_get_data (self->folders), "changed");
  g_autoptr (GFile) database = g_file_get_child (rushes_folders_get_data (self->folders), "library.db");

  self->seen = seen;
  rushes_store_set_listener (self->store, wrote, gone, self);
  self->commits = g_file_monitor_file (changed, G_FILE_MONITOR_NONE, NULL, NULL);
  if (self->commits != NULL)
    g_signal_connect_object (self->commits, "changed", G_CALLBACK (committed), self, G_CONNECT_SWAPPED);
  self->database = g_file_monitor_file (database, G_FILE_MONITOR_WATCH_MOVES, NULL, NULL);
  if (self->database != NULL)
    g_signal_connect_object (self->database, "changed", G_CALLBACK (file_moved), self, 0);
  if (self->runner != NULL)
    self->runners = rushes_runner_watch_new (self->folders, runner_gone, self);
}

void
rushes_library_unwatch (RushesLibrary *self)
{
  self->closed = TRUE;
  g_clear_object (&self->commits);
  g_clear_object (&self->database);
  g_clear_pointer (&self->runners, rushes_runner_watch_free);
  g_clear_handle_id (&self->pause, g_source_remove);
}
