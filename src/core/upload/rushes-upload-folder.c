/* rushes-upload-folder.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "rushes-upload-place-private.h"

#include <errno.h>
#include <glib/gi18n.h>
#include <glib/gstdio.h>

#include "rushes-async.h"
#include "rushes-error.h"

/* A local folder that somebody else serves already. Files are written and removed off the main thread. */

typedef struct
{
  RushesUploadPlace *place;
  char *path;
  GBytes *bytes; /* NULL to remove it */
} FolderWork;

static void
folder_work_free (gpointer data)
{
  FolderWork *self = data;

  g_object_unref (self->place);
  g_free (self->path);
  g_clear_pointer (&self->bytes, g_bytes_unref);
  g_free (self);
}

static GError *
explain (FolderWork *self, const GError *cause)
{
  g_autofree char *path = g_filename_display_name (self->place->path);
  const char *name = self->place->name;

  switch (cause->code)
    {
    case G_FILE_ERROR_NOENT:
    case G_FILE_ERROR_NOTDIR:
      return rushes_error_new (RUSHES_ERROR_NOT_FOUND,
                               /* Translators: a folder, and the name of an upload place. */
                               _ ("The folder %s of the upload place “%s” is not there."), path, name);
    case G_FILE_ERROR_ACCES:
    case G_FILE_ERROR_PERM:
    case G_FILE_ERROR_ROFS:
      return rushes_error_new (RUSHES_ERROR_FORBIDDEN,
                               _ ("Rushes may not write into the folder %s of the upload place “%s”."), path, name);
    case G_FILE_ERROR_NOSPC:
      return rushes_error_new (RUSHES_ERROR_STORAGE, _ ("There is no room in the folder %s of the upload place “%s”."),
                               path, name);
    default:
      return rushes_error_new (RUSHES_ERROR_STORAGE,
                               /* Translators: a folder, the name of a place, and the system's own words. */
                               _ ("The folder %s of the upload place “%s” cannot be used: %s."), path, name,
                               cause->message);
    }
}

static gboolean
check (gboolean done, GError **error)
{
  int number = errno;

  if (!done)
    g_set_error_literal (error, G_FILE_ERROR, (int) g_file_error_from_errno (number), g_strerror (number));

  return done;
}

/* Whole or not at all, and readable by whoever serves the folder, whatever files of the person's usually are. */
static gboolean
write_file (FolderWork *self, GError **error)
{
  return g_file_set_contents_full (self->path, g_bytes_get_data (self->bytes, NULL),
                                   (gssize) g_bytes_get_size (self->bytes),
                                   G_FILE_SET_CONTENTS_CONSISTENT | G_FILE_SET_CONTENTS_DURABLE, 0644, error) &&
         check (g_chmod (self->path, 0644) == 0, error);
}

static gboolean
remove_file (FolderWork *self, GError **error)
{
  return check (g_unlink (self->path) == 0 || errno == ENOENT, error);
}

static DexFuture *
work (gpointer data)
{
  FolderWork *self = data;
  g_autoptr (GError) cause = NULL;

  if (self->bytes != NULL ? write_file (self, &cause) : remove_file (self, &cause))
    return dex_future_new_true ();

  return dex_future_new_for_error (explain (self, cause));
}

static gboolean
run (RushesUploadErrand *errand, GBytes *bytes, GError **error)
{
  FolderWork *folder_work = g_new0 (FolderWork, 1);

  folder_work->place = g_object_ref (errand->place);
  folder_work->path = g_build_filename (errand->place->path, errand->name, NULL);
  folder_work->bytes = bytes != NULL ? g_bytes_ref (bytes) : NULL;

  return dex_await (rushes_async_work (work, folder_work, folder_work_free), error);
}

RushesUploaded *
rushes_upload_folder_put (RushesUploadErrand *errand, GError **error)
{
  RushesUploaded *uploaded;

  if (!run (errand, errand->bytes, error))
    return NULL;

  uploaded = g_new0 (RushesUploaded, 1);
  uploaded->address = rushes_upload_locate (errand->place->public_url, errand->name);

  return uploaded;
}

gboolean
rushes_upload_folder_remove (RushesUploadErrand *errand, GError **error)
{
  return run (errand, NULL, error);
}
