/* rushes-runner-watch.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "rushes-runner-watch.h"

#include <glib-unix.h>
#include <sys/inotify.h>
#include <unistd.h>

struct _RushesRunnerWatch
{
  int fd;
  guint source;
  RushesRunnerGone gone;
  gpointer data;
};

static gboolean
read_events (int fd, GIOCondition condition, gpointer data)
{
  RushesRunnerWatch *self = data;
  char buffer[4096] __attribute__ ((aligned (__alignof__ (struct inotify_event))));
  ssize_t length = read (fd, buffer, sizeof buffer);

  for (ssize_t at = 0; at < length;)
    {
      const struct inotify_event *event = (const struct inotify_event *) (buffer + at);

      at += sizeof *event + event->len;
      if (event->len > 0 && g_uuid_string_is_valid (event->name))
        self->gone (event->name, self->data);
    }

  return G_SOURCE_CONTINUE;
}

RushesRunnerWatch *
rushes_runner_watch_new (RushesFolders *folders, RushesRunnerGone gone, gpointer data)
{
  const char *path = g_file_peek_path (rushes_folders_get_runners (folders));
  RushesRunnerWatch *self;
  int fd = inotify_init1 (IN_NONBLOCK | IN_CLOEXEC);

  if (fd < 0)
    return NULL;
  if (inotify_add_watch (fd, path, IN_CLOSE_WRITE | IN_DELETE | IN_ONLYDIR) < 0)
    {
      close (fd);
      return NULL;
    }

  self = g_new0 (RushesRunnerWatch, 1);
  self->fd = fd;
  self->gone = gone;
  self->data = data;
  self->source = g_unix_fd_add (fd, G_IO_IN, read_events, self);

  return self;
}

void
rushes_runner_watch_free (RushesRunnerWatch *self)
{
  g_source_remove (self->source);
  close (self->fd);
  g_free (self);
}
