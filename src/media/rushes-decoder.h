/* rushes-decoder.h
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <gst/gst.h>

G_BEGIN_DECLS

/* Keeps the decoders that a pipeline finds by itself from writing straight into the buffers of what comes after them. With clips whose width is no
 * multiple of 16 (480p is 854 wide) gst-libav 1.26 otherwise aborts the process now and then: "video meta uses 864x480 instead of 854x480".
 * Called before @bin has decoders; costs a copy of each frame. */
void rushes_decoder_keep_apart (GstBin *bin);

G_END_DECLS
