/* rushes-clip-saver.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "rushes-clip-saver.h"

#include <errno.h>
#include <fcntl.h>
#include <glib/gi18n.h>
#include <glib/gstdio.h>
#include <linux/fs.h>
#include <sys/ioctl.h>
#include <sys/stat.h>
#include <unistd.h>

#include "rushes-error.h"
#include "rushes-recipe-box.h"

#define BLOCK (1024 * 1024)

/* ---- the name ---- */

static const struct
{
  const char *container;
  const char *extensions[4]; /* the first is given, the others are left as they are */
} containers[] = {
  { "mp4", { "mp4", "m4v", "mov" } },
  { "webm", { "webm", "mkv" } },
};

static gboolean
fits (const char *extension, const char *container)
{
  for (guint i = 0; i < G_N_ELEMENTS (containers); i++)
    for (guint e = 0; containers[i].extensions[e] != NULL; e++)
      if (g_ascii_strcasecmp (extension, containers[i].extensions[e]) == 0 &&
          (container == NULL || g_str_equal (container, containers[i].container)))
        return TRUE;

  return FALSE;
}

/* A document of the portal stands for the one name that was chosen in its dialog; a file of another name beside it
 * would be nowhere. */
static gboolean
is_document (GFile *file)
{
  g_autofree char *documents = g_build_filename (g_get_user_runtime_dir (), "doc", G_DIR_SEPARATOR_S, NULL);

  return g_file_peek_path (file) != NULL && g_str_has_prefix (g_file_peek_path (file), documents);
}

/* "clip", "clip.webm" and "clip.v2" of an MP4 become "clip.mp4", "clip.mp4" and "clip.v2.mp4". */
static GFile *
correct_name (GFile *destination, const char *container)
{
  g_autofree char *name = g_file_get_basename (destination);
  char *dot = strrchr (name, '.');
  g_autofree char *corrected = NULL;
  g_autoptr (GFile) folder = g_file_get_parent (destination);

  if (folder == NULL || is_document (destination) || (dot != NULL && dot != name && fits (dot + 1, container)))
    return g_object_ref (destination);
  if (dot != NULL && dot != name && fits (dot + 1, NULL))
    *dot = '\0';
  corrected = g_strconcat (name, ".", container, NULL);

  return g_file_get_child (folder, corrected);
}

/* ---- errors ---- */

static gboolean
refuse (GError **error, GError *reason)
{
  rushes_error_set_field (reason, "output");
  g_propagate_error (error, reason);

  return FALSE;
}

static gboolean
refuse_existing (GFile *file, GError **error)
{
  g_autofree char *name = g_file_get_parse_name (file);

  /* Translators: %s is a file */
  return refuse (error,
                 rushes_error_new (RUSHES_ERROR_BAD_REQUEST, _ ("“%s” exists already. Choose another name."), name));
}

static gboolean
fail (GFile *file, int reason, GError **error)
{
  g_autofree char *name = g_file_get_parse_name (file);
  g_autoptr (GFile) folder = g_file_get_parent (file);
  g_autofree char *folder_name = folder != NULL ? g_file_get_parse_name (folder) : g_strdup (name);

  switch (reason)
    {
    case EEXIST:
      return refuse_existing (file, error);
    case ENOENT:
    case ENOTDIR:
      return refuse (error, rushes_error_new (RUSHES_ERROR_BAD_REQUEST,
                                              /* Translators: %s is a folder */
                                              _ ("There is no folder “%s”."), folder_name));
    case EISDIR:
      return refuse (error, rushes_error_new (RUSHES_ERROR_BAD_REQUEST,
                                              /* Translators: %s is a folder */
                                              _ ("“%s” is a folder. Give the clip a name."), name));
    case ENAMETOOLONG:
      return refuse (error, rushes_error_new (RUSHES_ERROR_BAD_REQUEST,
                                              /* Translators: %s is a file */
                                              _ ("The name “%s” is too long."), name));
    case ENOSPC:
    case EDQUOT:
      rushes_set_error (error, RUSHES_ERROR_STORAGE,
                        /* Translators: %s is a folder */
                        _ ("The disk is full: the clip could not be saved in “%s”. It is still in the library."),
                        folder_name);
      return FALSE;
    case EACCES:
    case EPERM:
    case EROFS:
      rushes_set_error (error, RUSHES_ERROR_STORAGE,
                        /* Translators: %s is a folder */
                        _ ("You may not write in “%s”. Save the clip somewhere else; it is still in the library."),
                        folder_name);
      return FALSE;
    default:
      rushes_set_error (error, RUSHES_ERROR_STORAGE,
                        /* Translators: a file, and the system's own words */
                        _ ("The clip could not be saved as “%s”: %s. It is still in the library."), name,
                        g_strerror (reason));
      return FALSE;
    }
}

static gboolean
fail_to_read (GFile *clip, GError **error)
{
  int reason = errno;
  g_autofree char *name = g_file_get_parse_name (clip);

  rushes_set_error (error, RUSHES_ERROR_STORAGE,
                    /* Translators: a file, and the system's own words */
                    _ ("The library’s file “%s” cannot be read: %s."), name, g_strerror (reason));

  return FALSE;
}

/* ---- the recipe ---- */

#define LACK "rushes-lack"

const char *
rushes_clip_saver_get_lack (GFile *saved)
{
  g_return_val_if_fail (G_IS_FILE (saved), NULL);

  return g_object_get_data (G_OBJECT (saved), LACK);
}

void
rushes_clip_saver_set_lack (GFile *saved, const GError *reason)
{
  g_autoptr (GError) ours = rushes_error_translate (reason);

  g_object_set_data_full (G_OBJECT (saved), LACK,
                          /* Translators: %s is a sentence that says why. */
                          g_strdup_printf (_ ("The clip was saved without its recipe: %s"), ours->message), g_free);
}

/* In @copy, which has the name of the clip, @file, or will get it, or else beside @copy. */
static void
add_recipe (GFile *copy, GFile *file, JsonNode *recipe)
{
  g_autoptr (GFile) sidecar = recipe != NULL ? rushes_recipe_get_sidecar (copy) : NULL;
  g_autoptr (GError) error = NULL;

  if (recipe != NULL && !rushes_recipe_write (copy, sidecar, recipe, NULL, &error))
    rushes_clip_saver_set_lack (file, error);
}

/* A sidecar of Rushes that lies where the clip's own would: another clip had this name before. */
static void
drop_sidecar (GFile *sidecar)
{
  g_autoptr (JsonNode) recipe = rushes_recipe_read (sidecar, NULL);

  if (recipe != NULL && json_object_has_member (json_node_get_object (recipe), "maker"))
    g_file_delete (sidecar, NULL, NULL);
}

/* @copy has become @file: so does what lies beside it. */
static void
rename_sidecar (GFile *copy, GFile *file)
{
  g_autoptr (GFile) from = rushes_recipe_get_sidecar (copy);
  g_autoptr (GFile) to = rushes_recipe_get_sidecar (file);
  g_autoptr (GError) error = NULL;

  if (!g_file_query_exists (from, NULL))
    drop_sidecar (to);
  else if (!g_file_move (from, to, G_FILE_COPY_OVERWRITE, NULL, NULL, NULL, &error))
    {
      rushes_clip_saver_set_lack (file, error);
      g_file_delete (from, NULL, NULL);
    }
}

static void
delete_copy (GFile *copy)
{
  g_autoptr (GFile) sidecar = rushes_recipe_get_sidecar (copy);

  g_file_delete (copy, NULL, NULL);
  g_file_delete (sidecar, NULL, NULL);
}

/* ---- on this computer's file systems ---- */

static gboolean
write_all (int fd, const char *bytes, size_t length)
{
  while (length > 0)
    {
      ssize_t n = write (fd, bytes, length);

      if (n < 0 && errno != EINTR)
        return FALSE;
      if (n > 0)
        {
          bytes += n;
          length -= n;
        }
    }

  return TRUE;
}

/* With errno when it fails. */
static gboolean
copy_bytes (int from, int to)
{
  g_autofree char *block = NULL;
  ssize_t n;

  if (ioctl (to, FICLONE, from) == 0)
    return fsync (to) == 0;

  block = g_malloc (BLOCK);
  while ((n = read (from, block, BLOCK)) != 0)
    if ((n < 0 && errno != EINTR) || (n > 0 && !write_all (to, block, n)))
      return FALSE;

  return fsync (to) == 0;
}

static void
sync_folder (const char *path)
{
  g_autofree char *folder = g_path_get_dirname (path);
  g_autofd int fd = g_open (folder, O_RDONLY | O_DIRECTORY | O_CLOEXEC, 0);

  /* Some file systems cannot; the clip itself is on disk. */
  if (fd >= 0)
    fsync (fd);
}

/* Gives the name to the file, or fails with EEXIST when there is one already and it is not to be replaced. */
static gboolean
give_name (const char *part, const char *path, gboolean overwrite)
{
  if (overwrite)
    return g_rename (part, path) == 0;
  if (renameat2 (AT_FDCWD, part, AT_FDCWD, path, RENAME_NOREPLACE) == 0)
    return TRUE;
  if (errno != EINVAL && errno != ENOSYS)
    return FALSE;
  /* Not every file system knows this kind of renaming. */
  if (g_access (path, F_OK) == 0)
    {
      errno = EEXIST;
      return FALSE;
    }

  return g_rename (part, path) == 0;
}

/* Straight to its name, which is given back when it fails, unless there was a file before. */
static gboolean
write_directly (int from, const char *path, gboolean overwrite)
{
  gboolean existed = g_access (path, F_OK) == 0;
  g_autofd int to = g_open (path, O_WRONLY | O_CREAT | O_CLOEXEC | (overwrite ? O_TRUNC : O_EXCL), 0666);
  int reason;

  if (to < 0)
    return FALSE;
  if (copy_bytes (from, to))
    return TRUE;
  reason = errno;
  if (!existed)
    g_unlink (path);
  errno = reason;

  return FALSE;
}

static gboolean
save_path (GFile *clip, GFile *file, gboolean overwrite, JsonNode *recipe, GError **error)
{
  const char *path = g_file_peek_path (file);
  g_autofree char *folder = g_path_get_dirname (path);
  g_autofree char *name = g_strdup_printf (".rushes-%08x.part", g_random_int ());
  g_autofree char *part = g_build_filename (folder, name, NULL);
  g_autoptr (GFile) copy = g_file_new_for_path (part);
  g_autofd int from = g_open (g_file_peek_path (clip), O_RDONLY | O_CLOEXEC, 0);
  g_autofd int to = -1;
  int reason;

  if (from < 0)
    return fail_to_read (clip, error);

  to = g_open (part, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0666);
  if (to < 0)
    {
      reason = errno;
      /* The folder may be one that takes no other names than the one that was chosen. */
      if (reason != ENOENT && reason != ENOTDIR && reason != ENOSPC && write_directly (from, path, overwrite))
        {
          add_recipe (file, file, recipe);
          return TRUE;
        }
      return fail (file, reason == ENOENT || reason == ENOTDIR || reason == ENOSPC ? reason : errno, error);
    }
  if (copy_bytes (from, to))
    {
      add_recipe (copy, file, recipe);
      if (fsync (to) == 0 && give_name (part, path, overwrite))
        {
          rename_sidecar (copy, file);
          sync_folder (path);
          return TRUE;
        }
    }
  reason = errno;
  delete_copy (copy);

  return fail (file, reason, error);
}

/* ---- elsewhere (network places of the desktop) ---- */

static gboolean
save_uri (GFile *clip, GFile *file, gboolean overwrite, JsonNode *recipe, GError **error)
{
  g_autoptr (GFile) folder = g_file_get_parent (file);
  g_autofree char *name = g_strdup_printf (".rushes-%08x.part", g_random_int ());
  g_autoptr (GFile) part = g_file_get_child (folder, name);
  g_autoptr (GError) failure = NULL;

  if (g_file_copy (clip, part, G_FILE_COPY_TARGET_DEFAULT_PERMS, NULL, NULL, NULL, &failure))
    {
      add_recipe (part, file, recipe);
      if (g_file_move (part, file, G_FILE_COPY_NO_FALLBACK_FOR_MOVE | (overwrite ? G_FILE_COPY_OVERWRITE : 0), NULL,
                       NULL, NULL, &failure))
        {
          rename_sidecar (part, file);
          return TRUE;
        }
    }

  delete_copy (part);
  if (g_error_matches (failure, G_IO_ERROR, G_IO_ERROR_EXISTS))
    return refuse_existing (file, error);
  g_propagate_error (error, rushes_error_translate (failure));

  return FALSE;
}

GFile *
rushes_clip_saver_save (GFile *clip,
                        const char *container,
                        GFile *destination,
                        gboolean overwrite,
                        JsonNode *recipe,
                        GError **error)
{
  g_autoptr (GFile) file = correct_name (destination, container);
  GFileType type = g_file_query_file_type (file, G_FILE_QUERY_INFO_NONE, NULL);

  if (type == G_FILE_TYPE_DIRECTORY ||
      g_file_query_file_type (destination, G_FILE_QUERY_INFO_NONE, NULL) == G_FILE_TYPE_DIRECTORY)
    {
      fail (type == G_FILE_TYPE_DIRECTORY ? file : destination, EISDIR, error);
      return NULL;
    }
  /* Only the name that was given may be written over, not the one that the extension made of it. */
  if (!g_file_equal (file, destination))
    overwrite = FALSE;
  if (type != G_FILE_TYPE_UNKNOWN && !overwrite)
    {
      refuse_existing (file, error);
      return NULL;
    }
  if (!(g_file_peek_path (file) != NULL ? save_path (clip, file, overwrite, recipe, error)
                                        : save_uri (clip, file, overwrite, recipe, error)))
    return NULL;

  return g_steal_pointer (&file);
}
