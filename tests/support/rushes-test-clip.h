/* rushes-test-clip.h
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <gst/gst.h>
#include <gio/gio.h>

G_BEGIN_DECLS

/* Clips that can be told apart frame by frame: the @n-th is one even grey whose brightness says n. */

/* The frame rate of all of them. */
#define RUSHES_TEST_CLIP_RATE 25

/* Writes a clip of @n_frames (at most 50) to @folder: H.264 in MP4 when @name ends in ".mp4", VP8 in WebM when in
 * ".webm"; with a tone as long as the pictures when @with_sound. Starts GStreamer. */
GFile *rushes_test_clip_make     (const char *folder,
                                  const char *name,
                                  int         width,
                                  int         height,
                                  guint       n_frames,
                                  gboolean    with_sound) G_GNUC_WARN_UNUSED_RESULT;
/* The same with the index of an MP4 before its pictures. */
GFile *rushes_test_clip_make_to_stream (const char *folder,
                                  const char *name,
                                  int         width,
                                  int         height,
                                  guint       n_frames,
                                  gboolean    with_sound) G_GNUC_WARN_UNUSED_RESULT;
/* Which frame a brightness (0…255, as decoded) belongs to. */
guint  rushes_test_clip_which    (double      brightness);
/* Decodes @clip by a pipeline of its own and counts its frames; their sizes too, if wished. */
guint  rushes_test_clip_count    (GFile      *clip,
                                  int        *width,
                                  int        *height);

G_END_DECLS
