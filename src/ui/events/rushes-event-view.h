/* rushes-event-view.h
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <gtk/gtk.h>

#include "rushes-event-log.h"

G_BEGIN_DECLS

/**
 * RushesEventView:
 *
 * The events of a stream as they come: the list of the newest, at most one change of it for each frame, the data of the
 * one that was chosen, and a filter; it can be paused, copied from, exported and cleared.
 *
 * Signal: ::cleared when the person forgets the events.
 */
#define RUSHES_TYPE_EVENT_VIEW (rushes_event_view_get_type ())
G_DECLARE_FINAL_TYPE (RushesEventView, rushes_event_view, RUSHES, EVENT_VIEW, GtkBox)

/* Takes @item. */
void            rushes_event_view_append       (RushesEventView *self,
                                                RushesEventItem *item);
/* Forgets what is there: another stream begins. */
void            rushes_event_view_clear        (RushesEventView *self);
void            rushes_event_view_search       (RushesEventView *self);
/* Asks where to. */
void            rushes_event_view_export       (RushesEventView *self);
/* Writes what is shown of the events into @file, and says so. */
void            rushes_event_view_export_to    (RushesEventView *self,
                                                GFile           *file);
RushesEventLog *rushes_event_view_get_log      (RushesEventView *self);
/* What the list shows of it. */
GListModel     *rushes_event_view_get_shown    (RushesEventView *self);

G_END_DECLS
