/* rushes-sound-track.h
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <glib.h>

G_BEGIN_DECLS

#define RUSHES_SOUND_RATE 48000

/* A quiet chord over the sound of a room: stereo of 48 kHz, about -30 dB below full scale, rising from and falling to
 * silence. The seed chooses the chord. Free with g_free(). */
gint16 *rushes_sound_track_new (gsize  n,
                                gint64 seed) G_GNUC_WARN_UNUSED_RESULT;

G_END_DECLS
