/* rushes-runner.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "rushes-runner.h"

#include <errno.h>
#include <fcntl.h>
#include <glib/gi18n.h>
#include <glib/gstdio.h>
#include <sys/file.h>
#include <unistd.h>

#include "rushes-async.h"
#include "rushes-error.h"

/* What its file is called until it is locked. */
#define MADE ".new"
/* How often in a row somebody may sweep it away before. */
#define MAX_SWEPT 10

struct _RushesRunner
{
  char *id;
  char *path;
  int fd;
};

static char *
get_path (RushesFolders *folders, const char *id)
{
  return g_build_filename (g_file_peek_path (rushes_folders_get_runners (folders)), id, NULL);
}

/* It gets its name when it is locked already, so that nobody finds it without a lock and takes it for gone. Somebody
 * who sweeps may come before the lock, though, and take the file away: then with EWOULDBLOCK or ENOENT. */
static gboolean
make (RushesRunner *self)
{
  g_autofree char *made = g_strconcat (self->path, MADE, NULL);
  g_autofd int fd = g_open (made, O_RDWR | O_CREAT | O_EXCL | O_CLOEXEC, 0600);
  int reason;

  if (fd >= 0 && flock (fd, LOCK_EX | LOCK_NB) == 0 && g_rename (made, self->path) == 0)
    {
      self->fd = g_steal_fd (&fd);
      return TRUE;
    }

  reason = errno;
  if (fd >= 0)
    g_unlink (made);
  errno = reason;
  return FALSE;
}

RushesRunner *
rushes_runner_new (RushesFolders *folders, GError **error)
{
  g_autoptr (RushesRunner) self = g_new0 (RushesRunner, 1);
  g_autofree char *name = NULL;
  int reason;

  self->fd = -1;
  self->id = rushes_new_id ();
  self->path = get_path (folders, self->id);
  for (guint i = 0; i < MAX_SWEPT; i++)
    {
      if (make (self))
        return g_steal_pointer (&self);
      if (errno != EWOULDBLOCK && errno != ENOENT)
        break;
    }

  reason = errno;
  name = g_filename_display_name (self->path);
  rushes_set_error (error, RUSHES_ERROR_STORAGE,
                    /* Translators: a file, and the system's own words ("Permission denied") */
                    _ ("Rushes cannot use its file “%s”: %s."), name, g_strerror (reason));

  return NULL;
}

const char *
rushes_runner_get_id (RushesRunner *self)
{
  return self->id;
}

void
rushes_runner_free (RushesRunner *self)
{
  if (self->fd >= 0)
    {
      g_unlink (self->path);
      close (self->fd);
    }
  g_free (self->id);
  g_free (self->path);
  g_free (self);
}

gboolean
rushes_runner_is_gone (RushesFolders *folders, const char *id)
{
  g_autofree char *path = get_path (folders, id);
  /* Not for writing: closing it would look to others as if its runner had gone. */
  g_autofd int fd = g_open (path, O_RDONLY | O_CLOEXEC, 0);

  if (fd < 0)
    return errno == ENOENT;
  if (flock (fd, LOCK_EX | LOCK_NB) != 0)
    return FALSE;
  g_unlink (path);

  return TRUE;
}

void
rushes_runner_sweep (RushesFolders *folders)
{
  g_autoptr (GDir) dir = g_dir_open (g_file_peek_path (rushes_folders_get_runners (folders)), 0, NULL);
  const char *name;

  /* Those without their name yet as well: a process may have been killed before it gave it. */
  while (dir != NULL && (name = g_dir_read_name (dir)) != NULL)
    rushes_runner_is_gone (folders, name);
}
