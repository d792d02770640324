/* rushes-render.h
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <gio/gio.h>

#include "rushes-shot.h"

G_BEGIN_DECLS

/**
 * RushesRenderReport:
 * @codec: the element that encoded it, "x264enc"; interned
 * @n_frames: how many frames were written
 * @digest: of all frames before they were encoded, in hex: the same request gives the same digest, whatever encoder wrote it
 */
typedef struct
{
  const char *codec;
  guint       n_frames;
  char       *digest;
} RushesRenderReport;

void     rushes_render_report_clear (RushesRenderReport  *self);
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (RushesRenderReport, rushes_render_report_clear)

/* Called on the rendering thread after each frame. */
typedef void (*RushesRenderProgress) (guint    done,
                                      guint    total,
                                      gpointer user_data);

/* Renders @shot into a new file at @path, from its first frame to a whole file on the disk. Blocks until then. @codec is
 * as for rushes_encoder_new(). When it fails or is cancelled (at the next frame), nothing is left behind. */
gboolean rushes_render              (const RushesShot     *shot,
                                     const char           *path,
                                     const char           *codec,
                                     GCancellable         *cancellable,
                                     RushesRenderProgress  progress,
                                     gpointer              user_data,
                                     RushesRenderReport   *report,
                                     GError              **error);

G_END_DECLS
