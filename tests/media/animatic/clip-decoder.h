/* clip-decoder.h
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* A whole clip, decoded: the light of every frame, and what is to be heard. */
typedef struct
{
  int        width;
  int        height;
  GPtrArray *frames;   /* GBytes of width × height */
  GArray    *times;    /* double, when each is shown */
  double     duration; /* of the picture: to the end of the last frame */
  gsize      n_sound;  /* samples of one channel */
  int        channels;
  int        rate;
  double     peak;     /* of full scale */
  double     rms;
  double     step;     /* the largest between two samples */
} DecodedClip;

DecodedClip *decode_clip        (const char        *path) G_GNUC_WARN_UNUSED_RESULT;
void         decoded_clip_free  (DecodedClip       *clip);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (DecodedClip, decoded_clip_free)

/* By how many pixels what is around a place (0…1 of width and height) moved from frame @a to frame @b, by the best
 * match, between pixels. */
void         measure_motion     (const DecodedClip *clip,
                                 guint              a,
                                 guint              b,
                                 double             x,
                                 double             y,
                                 double            *dx,
                                 double            *dy);

G_END_DECLS
