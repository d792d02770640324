/* rushes-pieces.h
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <gio/gio.h>
#include <libdex.h>

G_BEGIN_DECLS

/**
 * RushesPieces:
 *
 * What is wanted of a file before its turn, while the file is being fetched from its beginning on: one who plays it says
 * where it reads, and one who fetches it brings what is missing there. It is for looking at, and never gets into the
 * file: nothing that is kept can have a hole. At most 16 MiB are in memory, the latest. Any thread.
 */
#define RUSHES_TYPE_PIECES (rushes_pieces_get_type ())
G_DECLARE_FINAL_TYPE (RushesPieces, rushes_pieces, RUSHES, PIECES, GObject)

/* Bytes: what is asked for at once, and so much that whoever reads is kept ahead of. */
#define RUSHES_PIECE_SIZE   (1024 * 1024)
#define RUSHES_PIECES_AHEAD (4 * RUSHES_PIECE_SIZE)

RushesPieces *rushes_pieces_new         (void);

/* ---- who reads ---- */

/* Copies as many of @length bytes from @offset on as are there, and says how many. */
gsize         rushes_pieces_read        (RushesPieces  *self,
                                         gint64         offset,
                                         gpointer       buffer,
                                         gsize          length);
/* Bytes that lie there from @offset on, without a gap. */
gint64        rushes_pieces_measure     (RushesPieces  *self,
                                         gint64         offset);
/* Wants what follows @offset, and no longer what was wanted before. It may never come. */
void          rushes_pieces_want        (RushesPieces  *self,
                                         gint64         offset);
void          rushes_pieces_clear       (RushesPieces  *self);

/* ---- who fetches ---- */

/* Of which file pieces will come: those of any other go. @total is its length. */
void          rushes_pieces_set_file    (RushesPieces  *self,
                                         const char    *identity,
                                         gint64         total);
/* So much of the file is fetched from its beginning on: what lies before, or will come next, is not missing. */
void          rushes_pieces_set_front   (RushesPieces  *self,
                                         gint64         front);
/* Resolves to the first byte (int64) that is wanted and missing, as soon as that is one other than @but; of these
 * futures only the last one counts. */
DexFuture    *rushes_pieces_await_wish  (RushesPieces  *self,
                                         gint64         but) G_GNUC_WARN_UNUSED_RESULT;
void          rushes_pieces_add         (RushesPieces  *self,
                                         gint64         offset,
                                         GBytes        *bytes);

G_END_DECLS
