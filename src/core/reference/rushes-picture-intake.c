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

#include "rushes-async.h"
#include "rushes-error.h"
#include "rushes-file-sink.h"
#include "rushes-http-fetch.h"
#include "rushes-picture-source.h"
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
  RushesFileSink *sink;

  /* What copying and probing found out. */
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
  g_clear_pointer (&self->sink, rushes_file_sink_unref);
  g_clear_pointer (&self->name, g_free);
  g_clear_pointer (&self->sha256, g_free);
}

void
rushes_picture_intake_unref (RushesPictureIntake *self)
{
  g_atomic_rc_box_release_full (self, clear);
}

static void
unref (gpointer data)
{
  rushes_picture_intake_unref (data);
}

static DexFuture *
run_step (RushesPictureIntake *self, RushesWorkFunc step)
{
  return rushes_async_work (step, g_atomic_rc_box_acquire (self), unref);
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
  self->sink = rushes_file_sink_new (self->copy);
  return self;
}

RushesPictureIntake *
rushes_picture_intake_new_for_file (RushesFolders *folders, GFile *file)
{
  g_autofree char *name = rushes_picture_source_get_name (file);
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

static gboolean
fail_storage (GError **error, int number)
{
  /* Translators: %s are the system's own words ("Permission denied"). */
  rushes_set_error (error, RUSHES_ERROR_STORAGE, _ ("The picture cannot be kept in the library: %s."),
                    g_strerror (number));
  return FALSE;
}

static gboolean
copy_stream (RushesPictureIntake *self, GInputStream *stream, GError **error)
{
  g_autofree guint8 *chunk = g_malloc (CHUNK_SIZE);
  g_autoptr (GError) reason = NULL;
  gssize n_read;

  while ((n_read = g_input_stream_read (stream, chunk, CHUNK_SIZE, NULL, &reason)) > 0)
    {
      if (!rushes_file_sink_write_now (self->sink, chunk, (gsize) n_read, error))
        return FALSE;
      if (rushes_file_sink_get_size (self->sink) > RUSHES_PICTURE_MAX_BYTES)
        return rushes_picture_fail_too_large (self->name, error);
    }

  if (n_read < 0)
    return rushes_picture_fail_unreadable (self->name, reason, error);
  return rushes_file_sink_finish_now (self->sink, error);
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
prepare_step (gpointer data)
{
  RushesPictureIntake *self = data;
  GError *error = NULL;

  if (!rushes_folders_ensure (self->folders, &error))
    return dex_future_new_for_error (error);
  remove_stale_copies (g_file_peek_path (rushes_folders_get_references (self->folders)));
  return dex_future_new_true ();
}

static DexFuture *
copy_step (gpointer data)
{
  RushesPictureIntake *self = data;
  g_autoptr (GInputStream) stream = NULL;
  GError *error = NULL;

  stream = self->stream != NULL ? g_object_ref (self->stream)
                                : rushes_picture_source_open (self->source, self->name, &error);
  if (stream == NULL || !copy_stream (self, stream, &error))
    return dex_future_new_for_error (error);
  self->size = rushes_file_sink_get_size (self->sink);
  self->sha256 = g_strdup (rushes_file_sink_get_sha256 (self->sink));
  return dex_future_new_true ();
}

/* A person may name any address; what it redirects to is judged by the fetch. */
static gboolean
fetch (RushesPictureIntake *self, GError **error)
{
  const RushesFetchOptions options = { "image/*", RUSHES_PICTURE_MAX_BYTES, FALSE, { 15, 60, 30 } };
  g_autoptr (RushesHttp) http = rushes_http_usual ();
  g_autofree char *address = g_file_get_uri (self->source);
  g_autoptr (GError) reason = NULL;
  g_autoptr (RushesFetched) fetched =
      dex_await_boxed (rushes_http_fetch (http, address, self->copy, &options, NULL), &reason);

  if (fetched == NULL)
    {
      if (!g_error_matches (reason, RUSHES_ERROR, RUSHES_ERROR_STORAGE))
        rushes_error_set_field (reason, "image");
      g_propagate_error (error, g_steal_pointer (&reason));
      return FALSE;
    }

  self->size = fetched->size;
  self->sha256 = g_steal_pointer (&fetched->sha256);
  return TRUE;
}

static DexFuture *
copy_fiber (gpointer data)
{
  RushesPictureIntake *self = data;
  GError *error = NULL;

  if (!dex_await (run_step (self, prepare_step), &error) ||
      !(self->source != NULL && rushes_picture_source_is_web (self->source)
            ? fetch (self, &error)
            : dex_await (run_step (self, copy_step), &error)))
    return dex_future_new_for_error (error);

  if (self->size == 0)
    {
      rushes_picture_fail (&error, _ ("“%s” is empty."), self->name);
      return dex_future_new_for_error (error);
    }
  return dex_future_new_true ();
}

DexFuture *
rushes_picture_intake_copy (RushesPictureIntake *self)
{
  return rushes_async_spawn (copy_fiber, g_atomic_rc_box_acquire (self), unref);
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
