/* rushes-shot.h
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "rushes-frame-renderer.h"
#include "rushes-request.h"

G_BEGIN_DECLS

/**
 * RushesShot:
 *
 * What is to be rendered: everything a thread needs of a request, and no more. Made on the main thread, used by one other.
 */
typedef struct
{
  int       width;
  int       height;
  int       frame_rate;
  guint     n_frames;
  gint64    seed;
  gboolean  audio;

  GFile    *picture;        /* NULL for a title card */
  char     *picture_name;   /* for sentences */
  int       picture_width;
  int       picture_height;
  char     *move;           /* the parameter, NULL or "auto" to choose */
  char     *direction;      /* a preset's words, which may name a move; NULL */
  char     *text;           /* "" for none */
  gboolean  caption;        /* whether the text lies over the picture */
} RushesShot;

/* UNSUPPORTED for a size that nobody knows. */
RushesShot          *rushes_shot_new     (RushesRequest    *request,
                                          GError          **error) G_GNUC_WARN_UNUSED_RESULT;
void                 rushes_shot_free    (RushesShot       *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (RushesShot, rushes_shot_free)

/* Reads the picture and sets the text. Blocks; a large picture takes some tenths of a second. Errors are those of
 * rushes_picture_read(). */
RushesFrameRenderer *rushes_shot_prepare (const RushesShot *self,
                                          GError          **error) G_GNUC_WARN_UNUSED_RESULT;

G_END_DECLS
