/* rushes-file-move.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "rushes-file-move.h"

#include <errno.h>
#include <fcntl.h>
#include <glib/gstdio.h>
#include <unistd.h>

#include "rushes-async.h"
#include "rushes-error.h"

typedef struct
{
  GFile *source;
  GFile *destination;
} Move;

static void
move_free (Move *move)
{
  g_object_unref (move->source);
  g_object_unref (move->destination);
  g_free (move);
}

static gboolean
copy_and_remove (Move *move, GError **error)
{
  g_autofd int fd = -1;

  if (!g_file_copy (move->source, move->destination, G_FILE_COPY_OVERWRITE, NULL, NULL, NULL, error))
    return FALSE;

  fd = g_open (g_file_peek_path (move->destination), O_RDONLY | O_CLOEXEC, 0);
  if (fd < 0 || fsync (fd) != 0)
    {
      int code = errno;

      g_set_error_literal (error, G_IO_ERROR, g_io_error_from_errno (code), g_strerror (code));
      return FALSE;
    }
  return g_file_delete (move->source, NULL, error);
}

static DexFuture *
do_move (gpointer data)
{
  Move *move = data;
  g_autoptr (GError) error = NULL;

  if (g_rename (g_file_peek_path (move->source), g_file_peek_path (move->destination)) == 0)
    return dex_future_new_true ();

  if (errno == EXDEV)
    {
      if (copy_and_remove (move, &error))
        return dex_future_new_true ();
      g_file_delete (move->destination, NULL, NULL);
    }
  else
    {
      int code = errno;

      g_set_error (&error, G_IO_ERROR, g_io_error_from_errno (code), "%s: %s", g_file_peek_path (move->source),
                   g_strerror (code));
    }
  return dex_future_new_for_error (rushes_error_translate (error));
}

DexFuture *
rushes_file_move (GFile *source, GFile *destination)
{
  Move *move;

  dex_return_error_if_fail (G_IS_FILE (source) && g_file_peek_path (source) != NULL);
  dex_return_error_if_fail (G_IS_FILE (destination) && g_file_peek_path (destination) != NULL);

  move = g_new0 (Move, 1);
  move->source = g_object_ref (source);
  move->destination = g_object_ref (destination);
  return rushes_async_work (do_move, move, (GDestroyNotify) move_free);
}
