/* rushes-standard-streams.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "rushes-standard-streams.h"

#include <errno.h>
#include <gio/gunixinputstream.h>
#include <glib/gi18n.h>
#include <unistd.h>

#include "rushes-async.h"
#include "rushes-error.h"
#include "rushes-sandbox.h"

#define CHUNK          (256 * 1024)
#define MAX_TYPED_FILE (16 * 1024 * 1024)

GInputStream *
rushes_standard_input_open (void)
{
  return g_unix_input_stream_new (STDIN_FILENO, FALSE);
}

/* FALSE at an error of the stream, and when there is more than a typed file may hold. */
static gboolean
read_all (GInputStream *input, GByteArray *all, GError **error)
{
  while (all->len <= MAX_TYPED_FILE)
    {
      g_autoptr (GBytes) bytes = g_input_stream_read_bytes (input, CHUNK, NULL, error);

      if (bytes == NULL)
        return FALSE;
      if (g_bytes_get_size (bytes) == 0)
        return TRUE;
      g_byte_array_append (all, g_bytes_get_data (bytes, NULL), g_bytes_get_size (bytes));
    }

  g_set_error_literal (error, G_IO_ERROR, G_IO_ERROR_FAILED, _ ("it is larger than 16 MB"));
  return FALSE;
}

static GError *
explain_failure (const char *name, const GError *error)
{
  if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_NOT_FOUND) && rushes_sandbox_is_there ())
    return rushes_sandbox_error_new (name);
  if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_NOT_FOUND))
    return rushes_error_new (RUSHES_ERROR_BAD_REQUEST, _ ("There is no file “%s”. Check the name."), name);
  if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_IS_DIRECTORY))
    return rushes_error_new (RUSHES_ERROR_BAD_REQUEST, _ ("“%s” is a folder. A file is needed here."), name);
  if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_PERMISSION_DENIED))
    return rushes_error_new (RUSHES_ERROR_BAD_REQUEST, _ ("Rushes has no permission to read “%s”."), name);
  /* Translators: a file, and the system's words for what is wrong with it. */
  return rushes_error_new (RUSHES_ERROR_BAD_REQUEST, _ ("“%s” cannot be read: %s."), name, error->message);
}

static DexFuture *
load_typed_file (gpointer data)
{
  const char *typed = data;
  gboolean is_input = g_str_equal (typed, "-");
  g_autofree char *name = is_input ? g_strdup (_ ("standard input")) : g_filename_display_name (typed);
  g_autoptr (GByteArray) all = g_byte_array_new ();
  g_autoptr (GInputStream) input = NULL;
  g_autoptr (GError) error = NULL;

  if (is_input)
    input = rushes_standard_input_open ();
  else
    {
      g_autoptr (GFile) file = g_file_new_for_commandline_arg (typed);

      input = G_INPUT_STREAM (g_file_read (file, NULL, &error));
    }

  if (input == NULL || !read_all (input, all, &error))
    return dex_future_new_for_error (explain_failure (name, error));

  return dex_future_new_take_boxed (G_TYPE_BYTES, g_byte_array_free_to_bytes (g_steal_pointer (&all)));
}

DexFuture *
rushes_load_typed_file (const char *typed)
{
  return rushes_async_work (load_typed_file, g_strdup (typed), g_free);
}

gboolean
rushes_write_all (int fd, const char *bytes, gsize length, GError **error)
{
  while (length > 0)
    {
      gssize n = write (fd, bytes, length);

      if (n >= 0)
        {
          bytes += n;
          length -= n;
        }
      else if (errno == EAGAIN)
        {
          GPollFD poll_fd = { .fd = fd, .events = G_IO_OUT };

          g_poll (&poll_fd, 1, -1);
        }
      else if (errno != EINTR)
        {
          rushes_set_error (error, RUSHES_ERROR_STORAGE, _ ("The output does not take what is written to it: %s."),
                            g_strerror (errno));
          return FALSE;
        }
    }

  return TRUE;
}

static DexFuture *
copy_file (gpointer data)
{
  GFile *file = data;
  g_autoptr (GError) error = NULL;
  g_autoptr (GFileInputStream) input = g_file_read (file, NULL, &error);

  while (input != NULL)
    {
      g_autoptr (GBytes) bytes = g_input_stream_read_bytes (G_INPUT_STREAM (input), CHUNK, NULL, &error);

      if (bytes != NULL && g_bytes_get_size (bytes) == 0)
        return dex_future_new_true ();
      if (bytes == NULL ||
          !rushes_write_all (STDOUT_FILENO, g_bytes_get_data (bytes, NULL), g_bytes_get_size (bytes), &error))
        break;
    }

  return dex_future_new_for_error (rushes_error_translate (error));
}

DexFuture *
rushes_standard_output_copy (GFile *file)
{
  return rushes_async_work (copy_file, g_object_ref (file), g_object_unref);
}

gboolean
rushes_write_typed_file (const char *typed, const char *bytes, gsize length, gboolean force, GError **error)
{
  g_autofree char *name = g_filename_display_name (typed);
  g_autoptr (GError) cause = NULL;

  if (g_str_equal (typed, "-"))
    return rushes_write_all (STDOUT_FILENO, bytes, length, error);

  if (rushes_sandbox_hides (typed))
    g_propagate_error (error, rushes_sandbox_error_new (name));
  else if (!force && g_file_test (typed, G_FILE_TEST_EXISTS))
    rushes_set_error (error, RUSHES_ERROR_BAD_REQUEST, _ ("“%s” exists already; --force writes over it."), name);
  else if (g_file_set_contents_full (typed, bytes, (gssize) length, G_FILE_SET_CONTENTS_CONSISTENT, 0666, &cause))
    return TRUE;
  else
    g_propagate_error (error, rushes_error_translate (cause));

  return FALSE;
}
