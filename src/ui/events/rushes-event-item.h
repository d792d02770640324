/* rushes-event-item.h
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <gio/gio.h>

#include "rushes-event-stream.h"

G_BEGIN_DECLS

/**
 * RushesEventItem:
 *
 * An event that came, and when. It never changes, so any thread may read it.
 */
#define RUSHES_TYPE_EVENT_ITEM (rushes_event_item_get_type ())
G_DECLARE_FINAL_TYPE (RushesEventItem, rushes_event_item, RUSHES, EVENT_ITEM, GObject)

/* Copies @event; it came now. */
RushesEventItem *rushes_event_item_new           (const RushesServerEvent *event) G_GNUC_WARN_UNUSED_RESULT;

const char      *rushes_event_item_get_event_type (RushesEventItem        *self);
const char      *rushes_event_item_get_event_id  (RushesEventItem         *self); /* "" for none */
/* Valid UTF-8; a NUL that was sent is U+FFFD. */
const char      *rushes_event_item_get_data      (RushesEventItem         *self);
gsize            rushes_event_item_get_length    (RushesEventItem         *self); /* bytes of data */
gsize            rushes_event_item_get_size      (RushesEventItem         *self); /* bytes of all three */
gint64           rushes_event_item_get_time      (RushesEventItem         *self); /* µs since 1970 */
/* Whether words are in its type or data, small or large; @folded is what g_utf8_casefold() makes of them. */
gboolean         rushes_event_item_matches       (RushesEventItem         *self,
                                                  const char              *folded);
/* One line of JSON, with its end, as `rushes events --json` prints it. */
char            *rushes_event_item_to_json       (RushesEventItem         *self) G_GNUC_WARN_UNUSED_RESULT;

G_END_DECLS
