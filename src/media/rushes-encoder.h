/* rushes-encoder.h
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <gio/gio.h>

#include "rushes-frame-renderer.h"

G_BEGIN_DECLS

/**
 * RushesEncoder:
 *
 * Writes frames and sound into a video file: MP4 that can be played while it arrives, or WebM for VP8. One thread uses
 * it, not the main one, since its calls wait. Errors are STORAGE where the file cannot be written, UNSUPPORTED where no
 * encoder is there, CANCELLED and INTERNAL.
 */
typedef struct _RushesEncoder RushesEncoder;

/* @codec is the name of an element ("vp9enc"), NULL for the best there is. What it writes is whole only after
 * rushes_encoder_finish(). @cancellable ends every waiting; it is not looked at while nothing is called. */
RushesEncoder *rushes_encoder_new         (const char     *path,
                                           const char     *codec,
                                           int             width,
                                           int             height,
                                           int             frame_rate,
                                           gboolean        sound,
                                           GCancellable   *cancellable,
                                           GError        **error) G_GNUC_WARN_UNUSED_RESULT;
const char    *rushes_encoder_get_codec   (RushesEncoder  *self);
/* FALSE when no sound was wanted, or no encoder for it is there. */
gboolean       rushes_encoder_get_sound   (RushesEncoder  *self);
/* Opens the next frame to be drawn into, once there is room for it. */
gboolean       rushes_encoder_open_frame  (RushesEncoder  *self,
                                           RushesFrame    *frame,
                                           GError        **error);
void           rushes_encoder_close_frame (RushesEncoder  *self);
/* Stereo, 48000 a second; takes @samples, which g_free() frees. All sound may be added before the first frame. */
void           rushes_encoder_add_sound   (RushesEncoder  *self,
                                           gint16         *samples,
                                           gsize           n);
gboolean       rushes_encoder_finish      (RushesEncoder  *self,
                                           GError        **error);
/* The file stays as it is; whoever has not finished removes it. */
void           rushes_encoder_free        (RushesEncoder  *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (RushesEncoder, rushes_encoder_free)

G_END_DECLS
