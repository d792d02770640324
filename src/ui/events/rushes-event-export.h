/* rushes-event-export.h
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <gio/gio.h>
#include <libdex.h>

G_BEGIN_DECLS

/* Writes the events that @events, a list of RushesEventItem, holds now into @file, one line of JSON each, replacing
 * what is there. Resolves to how many, an int; rejects with STORAGE. */
DexFuture *rushes_event_export (GListModel *events,
                                GFile      *file) G_GNUC_WARN_UNUSED_RESULT;

G_END_DECLS
