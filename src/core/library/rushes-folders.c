/* rushes-folders.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "rushes-folders.h"

#include <errno.h>
#include <glib/gi18n.h>
#include <glib/gstdio.h>

#include "rushes-error.h"

struct _RushesFolders
{
  GObject parent_instance;

  GFile *data;
  GFile *cache;
  GFile *clips;
  GFile *references;
  GFile *spool;
  GFile *runners;
  GFile *providers;
  GFile *thumbnails;
  GFile *models;
};

G_DEFINE_FINAL_TYPE (RushesFolders, rushes_folders, G_TYPE_OBJECT)

static void
rushes_folders_finalize (GObject *object)
{
  RushesFolders *self = RUSHES_FOLDERS (object);

  g_clear_object (&self->data);
  g_clear_object (&self->cache);
  g_clear_object (&self->clips);
  g_clear_object (&self->references);
  g_clear_object (&self->spool);
  g_clear_object (&self->runners);
  g_clear_object (&self->providers);
  g_clear_object (&self->thumbnails);
  g_clear_object (&self->models);

  G_OBJECT_CLASS (rushes_folders_parent_class)->finalize (object);
}

static void
rushes_folders_class_init (RushesFoldersClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = rushes_folders_finalize;
}

static void
rushes_folders_init (RushesFolders *self)
{
}

RushesFolders *
rushes_folders_new (GFile *data, GFile *cache)
{
  RushesFolders *self = g_object_new (RUSHES_TYPE_FOLDERS, NULL);

  self->data = data != NULL ? g_object_ref (data) : g_file_new_build_filename (g_get_user_data_dir (), "rushes", NULL);
  self->cache =
      cache != NULL ? g_object_ref (cache) : g_file_new_build_filename (g_get_user_cache_dir (), "rushes", NULL);
  self->clips = g_file_get_child (self->data, "clips");
  self->references = g_file_get_child (self->data, "references");
  self->spool = g_file_get_child (self->data, "spool");
  self->runners = g_file_get_child (self->data, "runners");
  self->providers = g_file_get_child (self->data, "providers");
  self->thumbnails = g_file_get_child (self->cache, "thumbnails");
  self->models = g_file_get_child (self->cache, "models");

  return self;
}

static gboolean
ensure_folder (GFile *folder, GError **error)
{
  const char *path = g_file_peek_path (folder);
  g_autofree char *name = NULL;
  int reason;

  if (g_mkdir_with_parents (path, 0700) == 0 && g_access (path, R_OK | W_OK | X_OK) == 0)
    return TRUE;

  reason = errno;
  name = g_filename_display_name (path);
  if (reason == ENOSPC || reason == EDQUOT)
    rushes_set_error (error, RUSHES_ERROR_STORAGE,
                      _ ("The disk is full: the folder “%s” cannot be made. Free some space and try again."), name);
  else
    /* Translators: the first %s is a folder, the second the system's own words ("Permission denied"). */
    rushes_set_error (error, RUSHES_ERROR_STORAGE, _ ("Rushes cannot use its folder “%s”: %s."), name,
                      g_strerror (reason));
  return FALSE;
}

gboolean
rushes_folders_ensure (RushesFolders *self, GError **error)
{
  g_return_val_if_fail (RUSHES_IS_FOLDERS (self), FALSE);

  return ensure_folder (self->data, error) && ensure_folder (self->clips, error) &&
         ensure_folder (self->references, error) && ensure_folder (self->spool, error) &&
         ensure_folder (self->runners, error) && ensure_folder (self->providers, error) &&
         ensure_folder (self->thumbnails, error);
}

GFile *
rushes_folders_get_data (RushesFolders *self)
{
  g_return_val_if_fail (RUSHES_IS_FOLDERS (self), NULL);
  return self->data;
}

GFile *
rushes_folders_get_references (RushesFolders *self)
{
  g_return_val_if_fail (RUSHES_IS_FOLDERS (self), NULL);
  return self->references;
}

GFile *
rushes_folders_get_spool (RushesFolders *self)
{
  g_return_val_if_fail (RUSHES_IS_FOLDERS (self), NULL);
  return self->spool;
}

GFile *
rushes_folders_get_runners (RushesFolders *self)
{
  g_return_val_if_fail (RUSHES_IS_FOLDERS (self), NULL);
  return self->runners;
}

GFile *
rushes_folders_get_providers (RushesFolders *self)
{
  g_return_val_if_fail (RUSHES_IS_FOLDERS (self), NULL);
  return self->providers;
}

GFile *
rushes_folders_get_clips (RushesFolders *self)
{
  g_return_val_if_fail (RUSHES_IS_FOLDERS (self), NULL);
  return self->clips;
}

GFile *
rushes_folders_get_thumbnails (RushesFolders *self)
{
  g_return_val_if_fail (RUSHES_IS_FOLDERS (self), NULL);
  return self->thumbnails;
}

GFile *
rushes_folders_get_models (RushesFolders *self)
{
  g_return_val_if_fail (RUSHES_IS_FOLDERS (self), NULL);
  return self->models;
}
