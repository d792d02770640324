/* rushes-take-list.h
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "rushes-library.h"

G_BEGIN_DECLS

/**
 * RushesTakeList:
 *
 * The live list of the takes that fit a filter: it keeps only their ids, and makes an object for a place when it is
 * asked for it. Objects that nobody holds go again, so that scrolling through a large library costs no memory.
 *
 * Read-only property, notified: pending (boolean: TRUE until it knows how many there are).
 */
#define RUSHES_TYPE_TAKE_LIST (rushes_take_list_get_type ())
G_DECLARE_FINAL_TYPE (RushesTakeList, rushes_take_list, RUSHES, TAKE_LIST, GObject)

/* With NULL all takes. */
RushesTakeList *rushes_take_list_new         (RushesLibrary          *library,
                                              const RushesTakeFilter *filter);
gboolean        rushes_take_list_get_pending (RushesTakeList         *self);
/* For the library: the takes of these RushesTakeRow are new or have changed. */
void            rushes_take_list_follow      (RushesTakeList         *self,
                                              GPtrArray              *rows);

G_END_DECLS
