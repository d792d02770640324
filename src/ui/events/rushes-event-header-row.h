/* rushes-event-header-row.h
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <adwaita.h>

G_BEGIN_DECLS

/**
 * RushesEventHeaderRow:
 *
 * A header of a request: name and value.
 *
 * Signal: ::remove when the person wants it gone.
 */
#define RUSHES_TYPE_EVENT_HEADER_ROW (rushes_event_header_row_get_type ())
G_DECLARE_FINAL_TYPE (RushesEventHeaderRow, rushes_event_header_row, RUSHES, EVENT_HEADER_ROW, AdwPreferencesRow)

GtkWidget *rushes_event_header_row_new  (void);
/* Adds name and value to @headers; nothing while both are empty. BAD_REQUEST for what cannot be sent: the row is marked
 * then, and has the focus. */
gboolean   rushes_event_header_row_read (RushesEventHeaderRow  *self,
                                         GPtrArray             *headers,
                                         GError               **error);

G_END_DECLS
