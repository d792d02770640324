/* rushes-mp4-track.h
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "rushes-mp4-box.h"

G_BEGIN_DECLS

typedef enum
{
  RUSHES_MP4_TRACK_OTHER,
  RUSHES_MP4_TRACK_VIDEO,
  RUSHES_MP4_TRACK_AUDIO,
} RushesMp4TrackKind;

/* What a `trak` box and the fragments of its track say. */
typedef struct
{
  RushesMp4TrackKind kind;
  guint32            id;
  const char        *codec;         /* interned; NULL for one without a name of ours */
  int                width;         /* pixels as shown, upright */
  int                height;
  guint32            timescale;     /* ticks a second */
  guint64            n_samples;
  double             ticks;         /* the sum of the samples' durations */
  guint32            default_ticks; /* a sample's duration in fragments that do not say it */
} RushesMp4Track;

/* FALSE when samples of the track lie behind the end of the file. */
gboolean rushes_mp4_track_read         (RushesMp4Track       *self,
                                        RushesSpan            trak,
                                        guint64               file_size);
void     rushes_mp4_track_add_fragment (RushesMp4Track       *self,
                                        RushesSpan            traf,
                                        RushesSpan            tfhd);
/* 0 when it is unknown. */
double   rushes_mp4_track_get_seconds  (const RushesMp4Track *self);

G_END_DECLS
