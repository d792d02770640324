/* rushes-event-log.h
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "rushes-event-item.h"

G_BEGIN_DECLS

/**
 * RushesEventLog:
 *
 * The newest events of a stream, a GListModel of RushesEventItem that holds no more than it was made for. What comes
 * waits until it is taken over, so that any number of events is one change of the list. Main thread.
 */
#define RUSHES_TYPE_EVENT_LOG (rushes_event_log_get_type ())
G_DECLARE_FINAL_TYPE (RushesEventLog, rushes_event_log, RUSHES, EVENT_LOG, GObject)

/* @max_bytes is of what is shown, and again of what waits; the newest event is kept however large it is. */
RushesEventLog *rushes_event_log_new            (guint            max_items,
                                                 gsize            max_bytes) G_GNUC_WARN_UNUSED_RESULT;
/* Takes @item. */
void            rushes_event_log_append         (RushesEventLog  *self,
                                                 RushesEventItem *item);
/* Takes over what waits, at the end; the oldest make room. */
void            rushes_event_log_flush          (RushesEventLog  *self);
/* Forgets all, also what waits and what was left out. */
void            rushes_event_log_clear          (RushesEventLog  *self);

guint           rushes_event_log_get_n_waiting  (RushesEventLog  *self);
/* Events that are no longer there, for want of room. */
guint64         rushes_event_log_get_n_left_out (RushesEventLog  *self);

G_END_DECLS
