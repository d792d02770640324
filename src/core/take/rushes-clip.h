/* rushes-clip.h
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

/**
 * RushesClip:
 *
 * The clip of a take: a whole file in the library with its original bytes, and its facts. Immutable.
 *
 * Properties: file, size (int64), duration (double), width, height, frame-rate (double), video-codec, audio-codec, container, sha256.
 */
#define RUSHES_TYPE_CLIP (rushes_clip_get_type ())
G_DECLARE_FINAL_TYPE (RushesClip, rushes_clip, RUSHES, CLIP, GObject)

typedef struct
{
  gint64      size;        /* bytes */
  double      duration;    /* seconds; 0 unknown */
  int         width;       /* pixels as shown */
  int         height;
  double      frame_rate;  /* frames a second, average; 0 unknown */
  guint       n_frames;    /* 0 unknown */
  const char *container;   /* "mp4", "webm", "mkv"; interned; what the file's name ends in */
  const char *video_codec; /* "h264", "hevc", "vp8", "vp9", "av1"; interned; NULL unknown */
  const char *audio_codec; /* "aac", "opus", "vorbis", "mp3", "other"; interned; NULL for no sound */
} RushesClipFacts;

RushesClip            *rushes_clip_new        (GFile                 *file,
                                               const RushesClipFacts *facts,
                                               const char            *sha256);
GFile                 *rushes_clip_get_file   (RushesClip            *self);
const RushesClipFacts *rushes_clip_get_facts  (RushesClip            *self);
/* Lower-case hex, 64 characters. */
const char            *rushes_clip_get_sha256 (RushesClip            *self);

G_END_DECLS
