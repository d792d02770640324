/* rushes-frame-grabber.h
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <gio/gio.h>
#include <libdex.h>

G_BEGIN_DECLS

/* One frame of a clip, exactly the one shown at @seconds (-1: the last), in full size. Resolves to PNG bytes (GBytes).
 * Decoded off the main thread. */
DexFuture *rushes_grab_frame (GFile  *clip,
                              double  seconds) G_GNUC_WARN_UNUSED_RESULT;

G_END_DECLS
