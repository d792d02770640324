/* rushes-destination.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "rushes-destination.h"

#include <errno.h>
#include <glib/gi18n.h>
#include <glib/gstdio.h>
#include <limits.h>
#include <string.h>
#include <unistd.h>

#include "rushes-clip-name.h"
#include "rushes-error.h"
#include "rushes-sandbox.h"
#include "rushes-settings.h"
#include "rushes-standard-streams.h"

struct _RushesDestination
{
  GFile *file;   /* NULL unless it is one */
  GFile *folder; /* NULL unless it is one */
  gboolean force;
  gboolean with_recipe;
};

static void
refuse (GError **error, RushesErrorCode code, char *sentence)
{
  g_autofree char *own = sentence;
  GError *refusal = rushes_error_new (code, "%s", own);

  rushes_error_set_field (refusal, "output");
  g_propagate_error (error, refusal);
}

/* A clip in the sandbox's own memory would be gone with it. */
static gboolean
check_seen (const char *path, GError **error)
{
  g_autofree char *name = g_filename_display_name (path);
  GError *unseen;

  if (!rushes_sandbox_hides (path))
    return TRUE;

  unseen = rushes_sandbox_error_new (name);
  rushes_error_set_field (unseen, "output");
  g_propagate_error (error, unseen);
  return FALSE;
}

/* Only trying tells: permissions, a disk that is read-only or full, quotas and mounts all have a say. */
static gboolean
check_folder (const char *path, GError **error)
{
  g_autofree char *name = g_filename_display_name (path);
  g_autofree char *probe = g_build_filename (path, ".rushes-XXXXXX", NULL);
  int fd;

  if (!g_file_test (path, G_FILE_TEST_EXISTS))
    refuse (error, RUSHES_ERROR_BAD_REQUEST, g_strdup_printf (_ ("There is no folder “%s” to put the clip in."), name));
  else if (!g_file_test (path, G_FILE_TEST_IS_DIR))
    refuse (error, RUSHES_ERROR_BAD_REQUEST, g_strdup_printf (_ ("“%s” is not a folder to put the clip in."), name));
  else if ((fd = g_mkstemp (probe)) < 0)
    refuse (error, RUSHES_ERROR_STORAGE,
            /* Translators: a folder, and the system's own words. */
            g_strdup_printf (_ ("No file can be made in the folder “%s”: %s."), name, g_strerror (errno)));
  else
    {
      close (fd);
      g_unlink (probe);
      return TRUE;
    }

  return FALSE;
}

/* A link that leads nowhere is there too. */
static gboolean
is_there (const char *path)
{
  GStatBuf status;

  return g_lstat (path, &status) == 0;
}

static gboolean
check_file (RushesDestination *self, const char *path, guint n_clips, GError **error)
{
  g_autofree char *name = g_filename_display_name (path);
  g_autofree char *folder = g_path_get_dirname (path);
  g_autofree char *basename = g_path_get_basename (path);

  if (n_clips > 1)
    refuse (error, RUSHES_ERROR_BAD_REQUEST,
            g_strdup_printf (_ ("One file cannot hold %u clips; name a folder that exists instead of “%s”."), n_clips,
                             name));
  else if (strlen (basename) > NAME_MAX)
    refuse (error, RUSHES_ERROR_BAD_REQUEST, g_strdup_printf (_ ("The name “%s” is too long."), name));
  else if (!self->force && is_there (path))
    refuse (error, RUSHES_ERROR_BAD_REQUEST,
            g_strdup_printf (_ ("“%s” exists already; --force writes over it."), name));
  else if (g_file_test (path, G_FILE_TEST_EXISTS) && !g_file_test (path, G_FILE_TEST_IS_REGULAR))
    refuse (error, RUSHES_ERROR_BAD_REQUEST, g_strdup_printf (_ ("“%s” is not a file to write over."), name));
  else
    return check_folder (folder, error);

  return FALSE;
}

gboolean
rushes_destination_is_stream (const char *typed)
{
  return g_strcmp0 (typed, "-") == 0;
}

RushesDestination *
rushes_destination_new (const char *typed, gboolean force, guint n_clips, GError **error)
{
  g_autoptr (RushesDestination) self = g_new0 (RushesDestination, 1);
  g_autoptr (GSettings) settings = rushes_settings_get ();
  g_autoptr (GFile) file = NULL;
  const char *path;

  self->force = force;
  self->with_recipe = g_settings_get_boolean (settings, "save-recipes");
  if (rushes_destination_is_stream (typed))
    {
      if (n_clips == 1)
        return g_steal_pointer (&self);
      refuse (error, RUSHES_ERROR_BAD_REQUEST,
              g_strdup_printf (_ ("Standard output takes one clip, not %u."), n_clips));
      return NULL;
    }

  if (*typed == '\0')
    {
      refuse (error, RUSHES_ERROR_BAD_REQUEST, g_strdup (_ ("-o needs the name of a file or folder.")));
      return NULL;
    }
  file = g_file_new_for_commandline_arg (typed);
  path = g_file_peek_path (file);
  if (path == NULL)
    {
      refuse (error, RUSHES_ERROR_BAD_REQUEST, g_strdup_printf (_ ("“%s” is not a place on this computer."), typed));
      return NULL;
    }

  if (!check_seen (path, error))
    return NULL;

  /* A slash at the end says that a folder is meant, whether it is there or not. */
  if (g_file_test (path, G_FILE_TEST_IS_DIR) || g_str_has_suffix (typed, G_DIR_SEPARATOR_S))
    {
      if (!check_folder (path, error))
        return NULL;
      self->folder = g_steal_pointer (&file);
    }
  else
    {
      if (!check_file (self, path, n_clips, error))
        return NULL;
      self->file = g_steal_pointer (&file);
    }

  return g_steal_pointer (&self);
}

void
rushes_destination_free (RushesDestination *self)
{
  g_clear_object (&self->file);
  g_clear_object (&self->folder);
  g_free (self);
}

void
rushes_destination_set_with_recipe (RushesDestination *self, gboolean with_recipe)
{
  self->with_recipe = with_recipe;
}

static RushesSaveFlags
get_flags (RushesDestination *self)
{
  return self->with_recipe ? RUSHES_SAVE_WITH_RECIPE : RUSHES_SAVE_DEFAULT;
}

static GFile *
save_into_folder (RushesDestination *self, RushesLibrary *library, RushesTake *take, GError **error)
{
  g_autofree char *name = rushes_clip_name_suggest (library, take);
  g_autoptr (GFile) file = rushes_clip_name_find_free (self->folder, name);

  return dex_await_object (rushes_library_save_clip (library, take, file, get_flags (self)), error);
}

gboolean
rushes_destination_deliver (RushesDestination *self,
                            RushesLibrary *library,
                            RushesTake *take,
                            GFile **written,
                            GError **error)
{
  if (self->folder != NULL)
    *written = save_into_folder (self, library, take, error);
  else if (self->file != NULL)
    *written =
        dex_await_object (rushes_library_save_clip (library, take, self->file,
                                                    get_flags (self) | (self->force ? RUSHES_SAVE_OVERWRITE : 0)),
                          error);
  else
    {
      *written = NULL;
      return dex_await (rushes_standard_output_copy (rushes_clip_get_file (rushes_take_get_clip (take))), error);
    }

  return *written != NULL;
}

char *
rushes_destination_explain (RushesDestination *self, GFile *written)
{
  g_autofree char *asked = NULL;
  g_autofree char *used = NULL;
  g_autofree char *asked_name = NULL;
  g_autofree char *used_name = NULL;

  if (self->file == NULL || written == NULL || g_file_equal (self->file, written))
    return NULL;

  asked = g_file_get_basename (self->file);
  used = g_file_get_basename (written);
  asked_name = g_filename_display_name (asked);
  used_name = g_filename_display_name (used);
  /* Translators: two names of files. */
  return g_strdup_printf (_ ("The clip is not of the kind that “%s” says; it was written as “%s”."), asked_name,
                          used_name);
}
