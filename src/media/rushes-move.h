/* rushes-move.h
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <glib.h>

#include "rushes-resampler.h"

G_BEGIN_DECLS

typedef enum
{
  RUSHES_MOVE_PUSH_IN,
  RUSHES_MOVE_PULL_OUT,
  RUSHES_MOVE_PAN_LEFT,
  RUSHES_MOVE_PAN_RIGHT,
  RUSHES_MOVE_PAN_UP,
  RUSHES_MOVE_PAN_DOWN,
  RUSHES_MOVE_TILT_UP,
  RUSHES_MOVE_TILT_DOWN,
  RUSHES_MOVE_DRIFT,
} RushesMoveKind;

/* Where the camera looks: the middle of the frame lies at @x, @y of the picture and shows @scale pixels of the picture a
 * pixel of the frame. @lean tips the picture about the level line: above 0 its upper part lies further away; a row at @v
 * (-1 top … 1 bottom) shows @scale / (1 + @lean × @v). */
typedef struct
{
  double x;
  double y;
  double scale;
  double lean;
} RushesView;

/**
 * RushesMove:
 *
 * The path of a camera over a picture, from rest to rest. The picture fills the frame all the way.
 */
typedef struct
{
  RushesView from;
  RushesView to;
} RushesMove;

/* "push-in" … as the parameter "move" of the description has them; FALSE for "auto" and anything else. */
gboolean   rushes_move_kind_from_name  (const char       *name,
                                        RushesMoveKind   *kind);
/* The first move that a prompt names, in English or Chinese; FALSE when it names none. @seed decides what the words
 * leave open. */
gboolean   rushes_move_kind_from_words (const char       *prompt,
                                        gint64            seed,
                                        RushesMoveKind   *kind);
/* One that suits the picture: across what would not be seen otherwise, else by the seed. */
RushesMoveKind rushes_move_kind_choose (int               picture_width,
                                        int               picture_height,
                                        int               frame_width,
                                        int               frame_height,
                                        gint64            seed);

/* Longer clips move further, and no faster than is pleasant. */
void       rushes_move_init            (RushesMove       *self,
                                        RushesMoveKind    kind,
                                        int               picture_width,
                                        int               picture_height,
                                        int               frame_width,
                                        int               frame_height,
                                        double            seconds,
                                        gint64            seed);
/* @progress from 0 to 1; eased. */
RushesView rushes_move_at              (const RushesMove *self,
                                        double            progress);
/* All of the picture that is seen on the way. */
RushesArea rushes_move_get_area        (const RushesMove *self,
                                        int               frame_width,
                                        int               frame_height);

/* From 0 to 1, leaving and arriving softly and steady between: speed and its change are 0 at both ends. */
double     rushes_ease                 (double            progress);

/* A generator of its own for each @purpose, so that what one of them draws does not change the others. */
GRand     *rushes_dice                 (gint64            seed,
                                        guint32           purpose) G_GNUC_WARN_UNUSED_RESULT;

G_END_DECLS
