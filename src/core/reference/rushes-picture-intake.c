/* rushes-picture-intake.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "rushes-picture-intake.h"

#include <errno.h>
#include <fcntl.h>
#include <glib/gi18n.h>
#include <glib/gstdio.h>
#include <string.h>

#include "rushes-async.h"
#include "rushes-error.h"
#include "rushes-reference.h"

#define CHUNK_SIZE    (256 * 1024)
#define COPY_PREFIX   ".import-"
#define STALE_SECONDS (24 * 60 * 60)

struct _RushesPictureIntake
{
  RushesFolders *folders;
  GFile *source;        /* or */
  GInputStream *stream; /* either of the two */
  char *name;
  GFile *copy;

  /* What the copying found out, and what is told by it afterwards. */
  char *sha256;
  gint64 size;
  RushesPictureFacts facts;
};

static void
clear (gpointer data)
{
  RushesPictureIntake *self = data;

  g_clear_object (&self->folders);
  g_clear_object (&self->source);
  g_clear_object (&self->stream);
  g_clear_object (&self->copy);
  g_clear_pointer (&self->name, g_free);
  g_clear_pointer (&self->sha256, g_free);
}

void
rushes_picture_intake_unref (RushesPictureIntake *self)
{
  g_atomic_rc_box_release_full (self, clear);
}

static void
unref_in_thread (gpointer data)
{
  rushes_picture_intake_unref (data);
}

static DexFuture *
run_step (RushesPictureIntake *self, RushesWorkFunc step)
{
  return rushes_async_work (step, g_atomic_rc_box_acquire (self), unref_in_thread);
}

static RushesPictureIntake *
new_intake (RushesFolders *folders, const char *name)
{
  RushesPictureIntake *self = g_atomic_rc_box_new0 (RushesPictureIntake);
  g_autofree char *id = rushes_new_id ();
  g_autofree char *copy_name = g_strconcat (COPY_PREFIX, id, NULL);

  self->folders = g_object_ref (folders);
  /* Translators: the name of a picture that came without one, from the clipboard for instance. */
  self->name = rushes_clean_words (name != NULL && *name != '\0' ? name : _ ("Picture"));
  g_strdelimit (self->name, "\n\r\t", ' ');
  self->copy = g_file_get_child (rushes_folders_get_references (folders), copy_name);
  return self;
}

static gboolean
is_data_uri (GFile *file)
{
  return g_file_has_uri_scheme (file, "data");
}

RushesPictureIntake *
rushes_picture_intake_new_for_file (RushesFolders *folders, GFile *file)
{
  g_autofree char *basename = is_data_uri (file) ? NULL : g_file_get_basename (file);
  g_autofree char *name = basename != NULL ? g_filename_display_name (basename) : NULL;
  RushesPictureIntake *self = new_intake (folders, name);

  self->source = g_object_ref (file);
  return self;
}

RushesPictureIntake *
rushes_picture_intake_new_for_stream (RushesFolders *folders, GInputStream *stream, const char *name)
{
  RushesPictureIntake *self = new_intake (folders, name);

  self->stream = g_object_ref (stream);
  return self;
}

const char *
rushes_picture_intake_get_name (RushesPictureIntake *self)
{
  return self->name;
}

GFile *
rushes_picture_intake_get_copy (RushesPictureIntake *self)
{
  return self->copy;
}

static gboolean G_GNUC_PRINTF (2, 3) fail_picture (GError **error, const char *format, ...)
{
  g_autofree char *sentence = NULL;
  va_list arguments;
  GError *reason;

  va_start (arguments, format);
  sentence = g_strdup_vprintf (format, arguments);
  va_end (arguments);

  reason = rushes_error_new (RUSHES_ERROR_BAD_REQUEST, "%s", sentence);
  rushes_error_set_field (reason, "image");
  g_propagate_error (error, reason);
  return FALSE;
}

static gboolean
fail_storage (GError **error, int number)
{
  if (number == ENOSPC || number == EDQUOT)
    rushes_set_error (error, RUSHES_ERROR_STORAGE, "%s",
                      _ ("The disk is full: the picture cannot be kept. Free some space and try again."));
  else
    /* Translators: %s are the system's own words ("Permission denied"). */
    rushes_set_error (error, RUSHES_ERROR_STORAGE, _ ("The picture cannot be kept in the library: %s."),
                      g_strerror (number));
  return FALSE;
}

static gboolean
fail_too_large (RushesPictureIntake *self, GError **error)
{
  return fail_picture (error, _ ("“%s” is larger than 256 MiB. Choose a smaller picture."), self->name);
}

static gboolean
fail_source (RushesPictureIntake *self, const GError *reason, GError **error)
{
  if (g_error_matches (reason, G_IO_ERROR, G_IO_ERROR_NOT_FOUND) && g_file_test ("/.flatpak-info", G_FILE_TEST_EXISTS))
    /* Translators: %s is a file. What stands between ` and ` is typed as it is. */
    return fail_picture (error,
                         _ ("Rushes runs in a sandbox and cannot see “%s”; use `flatpak run --file-forwarding "
                            "io.github.rushes_app.Rushes … @@ FILE @@`, or -i - and -o -."),
                         self->name);
  if (g_error_matches (reason, G_IO_ERROR, G_IO_ERROR_NOT_FOUND))
    return fail_picture (error, _ ("There is no picture “%s”. Check the name."), self->name);
  if (g_error_matches (reason, G_IO_ERROR, G_IO_ERROR_IS_DIRECTORY))
    return fail_picture (error, _ ("“%s” is a folder. Choose a picture in it."), self->name);
  if (g_error_matches (reason, G_IO_ERROR, G_IO_ERROR_PERMISSION_DENIED))
    return fail_picture (error, _ ("Rushes has no permission to read “%s”."), self->name);
  /* Translators: the first %s is a file, the second the system's own words. */
  return fail_picture (error, _ ("The picture “%s” cannot be read: %s."), self->name, reason->message);
}

/* RFC 2397: data:[TYPE][;base64],DATA. The type is not believed. */
static GInputStream *
open_data_uri (RushesPictureIntake *self, GError **error)
{
  g_autofree char *uri = g_file_get_uri (self->source);
  g_autoptr (GBytes) bytes = NULL;
  char *comma = strchr (uri, ',');

  if (comma != NULL)
    {
      *comma = '\0';
      bytes = g_uri_unescape_bytes (comma + 1, -1, NULL, NULL);
    }
  if (bytes == NULL)
    {
      fail_picture (error, "%s", _ ("The “data:” address is damaged."));
      return NULL;
    }

  if (g_str_has_suffix (uri, ";base64"))
    {
      g_autofree char *base64 = g_strndup (g_bytes_get_data (bytes, NULL), g_bytes_get_size (bytes));
      gsize length;
      guchar *data = g_base64_decode (base64, &length);

      g_bytes_unref (bytes);
      bytes = g_bytes_new_take (data, length);
    }
  return g_memory_input_stream_new_from_bytes (bytes);
}

static GInputStream *
open_source (RushesPictureIntake *self, GError **error)
{
  g_autoptr (GFileInputStream) stream = NULL;
  g_autoptr (GFileInfo) info = NULL;
  g_autoptr (GError) reason = NULL;

  if (self->stream != NULL)
    return g_object_ref (self->stream);
  if (is_data_uri (self->source))
    return open_data_uri (self, error);

  if (!(stream = g_file_read (self->source, NULL, &reason)))
    {
      fail_source (self, reason, error);
      return NULL;
    }

  info = g_file_input_stream_query_info (stream, G_FILE_ATTRIBUTE_STANDARD_SIZE, NULL, NULL);
  if (info != NULL && g_file_info_get_size (info) > RUSHES_PICTURE_MAX_BYTES)
    {
      fail_too_large (self, error);
      return NULL;
    }
  return G_INPUT_STREAM (g_steal_pointer (&stream));
}

static gboolean
write_whole (int fd, const guint8 *data, gsize length)
{
  while (length > 0)
    {
      gssize n_written = write (fd, data, length);

      if (n_written < 0 && errno == EINTR)
        continue;
      if (n_written < 0)
        return FALSE;
      data += n_written;
      length -= (gsize) n_written;
    }
  return TRUE;
}

static gboolean
copy_stream (RushesPictureIntake *self, GInputStream *stream, int fd, GError **error)
{
  g_autoptr (GChecksum) checksum = g_checksum_new (G_CHECKSUM_SHA256);
  g_autofree guint8 *chunk = g_malloc (CHUNK_SIZE);
  g_autoptr (GError) reason = NULL;
  gssize n_read;

  while ((n_read = g_input_stream_read (stream, chunk, CHUNK_SIZE, NULL, &reason)) > 0)
    {
      self->size += n_read;
      if (self->size > RUSHES_PICTURE_MAX_BYTES)
        return fail_too_large (self, error);
      if (!write_whole (fd, chunk, (gsize) n_read))
        return fail_storage (error, errno);
      g_checksum_update (checksum, chunk, n_read);
    }

  if (n_read < 0)
    return fail_source (self, reason, error);
  if (self->size == 0)
    return fail_picture (error, _ ("“%s” is empty."), self->name);
  if (fsync (fd) != 0)
    return fail_storage (error, errno);

  self->sha256 = g_strdup (g_checksum_get_string (checksum));
  return TRUE;
}

/* What a process that was killed in the middle has left behind. */
static void
remove_stale_copies (const char *folder)
{
  g_autoptr (GDir) dir = g_dir_open (folder, 0, NULL);
  gint64 now = g_get_real_time () / G_USEC_PER_SEC;
  const char *name;

  while (dir != NULL && (name = g_dir_read_name (dir)))
    {
      g_autofree char *path = g_build_filename (folder, name, NULL);
      GStatBuf status;

      if (g_str_has_prefix (name, COPY_PREFIX) && g_stat (path, &status) == 0 &&
          now - (gint64) status.st_mtime > STALE_SECONDS)
        g_unlink (path);
    }
}

static DexFuture *
copy_step (gpointer data)
{
  RushesPictureIntake *self = data;
  g_autoptr (GInputStream) stream = NULL;
  g_autofd int fd = -1;
  GError *error = NULL;

  if (!rushes_folders_ensure (self->folders, &error) || !(stream = open_source (self, &error)))
    return dex_future_new_for_error (error);

  remove_stale_copies (g_file_peek_path (rushes_folders_get_references (self->folders)));
  fd = g_open (g_file_peek_path (self->copy), O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0600);
  if (fd < 0)
    fail_storage (&error, errno);
  else
    copy_stream (self, stream, fd, &error);

  return error != NULL ? dex_future_new_for_error (error) : dex_future_new_true ();
}

DexFuture *
rushes_picture_intake_copy (RushesPictureIntake *self)
{
  return run_step (self, copy_step);
}

/* The library names files for what they are, whatever they were called. */
static const char *
get_extension (const char *media_type)
{
  static const struct
  {
    const char *media_type;
    const char *extension;
  } extensions[] = {
    { "image/jpeg", "jpg" },  { "image/png", "png" },   { "image/webp", "webp" },
    { "image/avif", "avif" }, { "image/heic", "heic" }, { "image/gif", "gif" },
    { "image/bmp", "bmp" },   { "image/tiff", "tiff" }, { "image/svg+xml", "svg" },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (extensions); i++)
    if (g_str_equal (media_type, extensions[i].media_type))
      return extensions[i].extension;
  return "img";
}

static gboolean
is_there (const char *path, gint64 size)
{
  GStatBuf status;

  return g_stat (path, &status) == 0 && S_ISREG (status.st_mode) && status.st_size == size;
}

static gboolean
sync_folder (const char *path)
{
  g_autofd int fd = g_open (path, O_RDONLY | O_DIRECTORY | O_CLOEXEC, 0);

  return fd >= 0 && fsync (fd) == 0;
}

static DexFuture *
keep_step (gpointer data)
{
  RushesPictureIntake *self = data;
  GFile *folder = rushes_folders_get_references (self->folders);
  g_autofree char *name = g_strconcat (self->sha256, ".", get_extension (self->facts.media_type), NULL);
  g_autoptr (GFile) file = g_file_get_child (folder, name);
  GError *error = NULL;

  /* One of another size is damaged, and healed by the rename. */
  if (is_there (g_file_peek_path (file), self->size))
    g_unlink (g_file_peek_path (self->copy));
  else if (g_rename (g_file_peek_path (self->copy), g_file_peek_path (file)) != 0 ||
           !sync_folder (g_file_peek_path (folder)))
    {
      fail_storage (&error, errno);
      return dex_future_new_for_error (error);
    }

  return dex_future_new_take_object (rushes_reference_new (self->sha256, self->facts.media_type, self->facts.width,
                                                           self->facts.height, self->size, self->name, file));
}

DexFuture *
rushes_picture_intake_keep (RushesPictureIntake *self, const RushesPictureFacts *facts)
{
  self->facts = *facts;
  return run_step (self, keep_step);
}

static DexFuture *
discard_step (gpointer data)
{
  RushesPictureIntake *self = data;

  g_unlink (g_file_peek_path (self->copy));
  return dex_future_new_true ();
}

DexFuture *
rushes_picture_intake_discard (RushesPictureIntake *self)
{
  return run_step (self, discard_step);
}
