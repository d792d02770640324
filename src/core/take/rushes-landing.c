/* rushes-landing.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "rushes-landing.h"

#include <errno.h>
#include <fcntl.h>
#include <glib/gstdio.h>
#include <unistd.h>

#include "rushes-async.h"
#include "rushes-container.h"
#include "rushes-disk.h"

#define PIECE (256 * 1024)

#define PART "part"

/* What rushes_container_read_facts() calls containers. */
static const char *const extensions[] = { "mp4", "webm", "mkv" };

void
rushes_landing_clear (RushesLanding *self)
{
  g_clear_object (&self->part);
  g_clear_object (&self->clip);
  g_clear_pointer (&self->sha256, g_free);
}

/* Reads @file to its end, and then makes sure that the disk has it. */
static char *
hash_and_sync (const char *path, GError **error)
{
  g_autofd int fd = g_open (path, O_RDONLY | O_CLOEXEC, 0);
  g_autoptr (GChecksum) checksum = g_checksum_new (G_CHECKSUM_SHA256);
  g_autofree guint8 *piece = g_malloc (PIECE);
  gssize size;

  while (fd >= 0 && (size = read (fd, piece, PIECE)) != 0)
    {
      if (size < 0 && errno != EINTR)
        break;
      if (size > 0)
        g_checksum_update (checksum, piece, size);
    }
  if (fd < 0 || size < 0 || fsync (fd) != 0)
    {
      rushes_disk_set_error (error, path, errno);
      return NULL;
    }
  return g_strdup (g_checksum_get_string (checksum));
}

static gboolean
look_at (RushesLanding *self, GFile *file, GError **error)
{
  if (!rushes_container_read_facts (file, &self->facts, error))
    return FALSE;

  g_free (self->sha256);
  self->sha256 = hash_and_sync (g_file_peek_path (file), error);
  return self->sha256 != NULL;
}

static GFile *
get_final_place (RushesLanding *self, const char *extension)
{
  const char *part = g_file_peek_path (self->part);
  g_autofree char *path = g_strdup_printf ("%.*s%s", (int) (strlen (part) - strlen (PART)), part, extension);

  return g_file_new_for_path (path);
}

static DexFuture *
prepare (gpointer data)
{
  RushesLanding *self = data;
  g_autoptr (GFile) folder = g_file_get_parent (self->part);
  g_autoptr (GError) error = NULL;

  if (g_mkdir_with_parents (g_file_peek_path (folder), 0700) != 0)
    {
      rushes_disk_set_error (&error, g_file_peek_path (folder), errno);
      return dex_future_new_for_error (g_steal_pointer (&error));
    }

  for (guint i = 0; i < G_N_ELEMENTS (extensions); i++)
    {
      g_autoptr (GFile) clip = get_final_place (self, extensions[i]);

      if (g_file_query_exists (clip, NULL) && look_at (self, clip, NULL))
        {
          self->clip = g_steal_pointer (&clip);
          return dex_future_new_true ();
        }
    }
  return dex_future_new_false ();
}

DexFuture *
rushes_landing_prepare (RushesLanding *self)
{
  dex_return_error_if_fail (g_str_has_suffix (g_file_peek_path (self->part), "." PART));

  return rushes_async_work (prepare, self, NULL);
}

static gboolean
land (RushesLanding *self, GError **error)
{
  const char *part = g_file_peek_path (self->part);
  g_autofree char *folder = g_path_get_dirname (part);
  g_autoptr (GFile) clip = NULL;

  if (!look_at (self, self->part, error))
    return FALSE;

  clip = get_final_place (self, self->facts.container);
  if (g_rename (part, g_file_peek_path (clip)) != 0)
    return rushes_disk_set_error (error, g_file_peek_path (clip), errno);
  if (!rushes_disk_sync_folder (folder, error))
    return FALSE;

  self->clip = g_steal_pointer (&clip);
  return TRUE;
}

static DexFuture *
finish (gpointer data)
{
  RushesLanding *self = data;
  g_autoptr (GError) error = NULL;

  if (land (self, &error))
    return dex_future_new_true ();

  g_unlink (g_file_peek_path (self->part));
  return dex_future_new_for_error (g_steal_pointer (&error));
}

DexFuture *
rushes_landing_finish (RushesLanding *self)
{
  return rushes_async_work (finish, self, NULL);
}
