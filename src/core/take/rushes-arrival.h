/* rushes-arrival.h
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "rushes-pieces.h"

G_BEGIN_DECLS

/**
 * RushesArrival:
 *
 * A clip on its way into the library: a file that grows at its end, for those who want to look at it meanwhile. It is
 * no clip before it is #RUSHES_ARRIVAL_WHOLE. One that begins anew is another object. Lives on the main thread.
 *
 * Signal ::changed when there is more of it, or it came to its end.
 */
#define RUSHES_TYPE_ARRIVAL (rushes_arrival_get_type ())
G_DECLARE_FINAL_TYPE (RushesArrival, rushes_arrival, RUSHES, ARRIVAL, GObject)

typedef enum
{
  RUSHES_ARRIVAL_COMING,
  RUSHES_ARRIVAL_WHOLE, /* all of it is there, was looked at and is a clip of the library, maybe under another name */
  RUSHES_ARRIVAL_GONE,  /* nothing of what was there counts any more */
} RushesArrivalState;

/* @pieces bring what is wanted of it before its turn; NULL for nothing. */
RushesArrival      *rushes_arrival_new       (GFile              *file,
                                              RushesPieces       *pieces);
/* Who has it open keeps it when it gets its final name. */
GFile              *rushes_arrival_get_file  (RushesArrival      *self);
/* NULL, or what lies further on than the file goes. It is emptied when the arrival comes to its end. */
RushesPieces       *rushes_arrival_get_pieces (RushesArrival     *self);
/* Bytes that have come; the last of them may not be in the file yet. */
gint64              rushes_arrival_get_size  (RushesArrival      *self);
/* Bytes that are announced; -1 unknown. */
gint64              rushes_arrival_get_total (RushesArrival      *self);
RushesArrivalState  rushes_arrival_get_state (RushesArrival      *self);

/* For the pipeline alone. */
void                rushes_arrival_grow      (RushesArrival      *self,
                                              gint64              size,
                                              gint64              total);
void                rushes_arrival_end       (RushesArrival      *self,
                                              RushesArrivalState  state);

G_END_DECLS
