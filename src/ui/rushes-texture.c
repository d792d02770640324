/* rushes-texture.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "rushes-texture.h"

#include "rushes-async.h"

static DexFuture *
load_work (gpointer data)
{
  GFile *file = data;
  GError *error = NULL;
  GdkTexture *texture = gdk_texture_new_from_file (file, &error);

  return texture != NULL ? dex_future_new_take_object (texture) : dex_future_new_for_error (error);
}

DexFuture *
rushes_texture_load (GFile *file)
{
  dex_return_error_if_fail (G_IS_FILE (file));

  return rushes_async_work (load_work, g_object_ref (file), g_object_unref);
}
