/* rushes-ensemble.h
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <gio/gio.h>

#include "rushes-missing-codec.h"
#include "rushes-transport.h"

G_BEGIN_DECLS

/**
 * RushesEnsemble:
 *
 * Plays several local clips as one, a #RushesTransport: they stand in one pipeline with one clock, so what is shown of
 * them belongs to the same moment, to the frame. One that is shorter than the others stands still at its last frame; one
 * that comes later joins where the others are. One of them is heard. Lives on the main thread; knows no widget.
 *
 * What it lasts is what the longest lasts, and its frames are as long as those of the quickest.
 *
 * Properties, beside those of a transport, notified: heard (uint: which of the clips is to be heard).
 * Construct-only: n-clips (uint), video-sink (string as gst_parse_launch() reads it, NULL for one that paints), for where
 * there is no display; a paintable is then the sink itself.
 *
 * Signals: ::clip-changed (uint): another paintable, or news of what is wrong with a clip.
 */
#define RUSHES_TYPE_ENSEMBLE (rushes_ensemble_get_type ())
G_DECLARE_FINAL_TYPE (RushesEnsemble, rushes_ensemble, RUSHES, ENSEMBLE, GObject)

/* Silent and empty at first. */
RushesEnsemble *rushes_ensemble_new               (guint            n_clips);
/* Once for each of them. GStreamer is started with the first, off the main thread. */
void            rushes_ensemble_set_file          (RushesEnsemble  *self,
                                                   guint            which,
                                                   GFile           *file);
/* The GdkPaintable of a clip, seen as a plain GObject; NULL until it has a picture. Borrowed. */
GObject        *rushes_ensemble_get_paintable     (RushesEnsemble  *self,
                                                   guint            which);
gboolean        rushes_ensemble_get_has_audio     (RushesEnsemble  *self,
                                                   guint            which);
/* Why a clip is not there, NULL; borrowed. */
const GError   *rushes_ensemble_get_error         (RushesEnsemble  *self,
                                                   guint            which);
/* What the system cannot decode to show it, NULL; borrowed. */
RushesMissingCodec *rushes_ensemble_get_missing_codec (RushesEnsemble  *self,
                                                   guint            which);
/* While it rests it has no pictures, and costs nothing; it wakes up where it was, standing still. */
void            rushes_ensemble_set_resting       (RushesEnsemble  *self,
                                                   gboolean         resting);

G_END_DECLS
