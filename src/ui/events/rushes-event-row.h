/* rushes-event-row.h
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <gtk/gtk.h>

#include "rushes-event-item.h"

G_BEGIN_DECLS

/**
 * RushesEventRow:
 *
 * An event in a list: its type, id and time over the first line of its data. It draws them itself: a list keeps hundreds
 * of rows at hand and gives each another event in every frame of a fast stream, which labels are too dear for.
 */
#define RUSHES_TYPE_EVENT_ROW (rushes_event_row_get_type ())
G_DECLARE_FINAL_TYPE (RushesEventRow, rushes_event_row, RUSHES, EVENT_ROW, GtkWidget)

GtkWidget *rushes_event_row_new      (void);
void       rushes_event_row_set_item (RushesEventRow  *self,
                                      RushesEventItem *item);

/* What is read out for @item. */
char      *rushes_event_row_describe (RushesEventItem *item) G_GNUC_WARN_UNUSED_RESULT;

G_END_DECLS
