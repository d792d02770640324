/* rushes-frame-grabber.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "rushes-frame-grabber.h"

#include "rushes-async.h"
#include "rushes-clip-frame.h"
#include "rushes-error.h"

typedef struct
{
  GFile *clip;
  double seconds;
} Grab;

static void
grab_free (gpointer data)
{
  Grab *grab = data;

  g_object_unref (grab->clip);
  g_free (grab);
}

static DexFuture *
run (gpointer data)
{
  Grab *grab = data;
  GError *error = NULL;
  g_autoptr (GError) cause = NULL;
  g_autoptr (GdkPixbuf) pixbuf = rushes_clip_frame_read (grab->clip, grab->seconds, &error);
  char *png;
  gsize size;

  if (pixbuf == NULL)
    return dex_future_new_for_error (error);
  if (!gdk_pixbuf_save_to_buffer (pixbuf, &png, &size, "png", &cause, "compression", "3", NULL))
    return dex_future_new_for_error (rushes_error_translate (cause));

  return dex_future_new_take_boxed (G_TYPE_BYTES, g_bytes_new_take (png, size));
}

DexFuture *
rushes_grab_frame (GFile *clip, double seconds)
{
  Grab *grab;

  dex_return_error_if_fail (G_IS_FILE (clip));

  grab = g_new (Grab, 1);
  grab->clip = g_object_ref (clip);
  grab->seconds = seconds < 0 ? RUSHES_LAST_FRAME : seconds;

  return rushes_async_work (run, grab, grab_free);
}
