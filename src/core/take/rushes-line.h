/* rushes-line.h
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <glib-object.h>
#include <libdex.h>

G_BEGIN_DECLS

/**
 * RushesLine:
 *
 * The line before a provider: as many takes as it has slots are worked on, the others wait in the order of their
 * tickets. Tickets are ids of takes, which sort by creation, so that one that must go back into the line keeps its
 * place.
 *
 * Read-only property, notified: n-taken (uint).
 */
#define RUSHES_TYPE_LINE (rushes_line_get_type ())
G_DECLARE_FINAL_TYPE (RushesLine, rushes_line, RUSHES, LINE, GObject)

RushesLine *rushes_line_new         (guint        n_slots);
/* Fewer slots take none away from who has one. */
void        rushes_line_set_slots   (RushesLine  *self,
                                     guint        n_slots);
/* Resolves to TRUE when a slot is @ticket's. A ticket that joined must leave, also one whose future was dropped. */
DexFuture  *rushes_line_join        (RushesLine  *self,
                                     const char  *ticket) G_GNUC_WARN_UNUSED_RESULT;
/* Takes a slot at once, above their number if need be: for what runs already wherever this process stands. */
void        rushes_line_push_in     (RushesLine  *self,
                                     const char  *ticket);
/* Gives the slot back, or the place in the line; nothing when there was neither. */
void        rushes_line_leave       (RushesLine  *self,
                                     const char  *ticket);
gboolean    rushes_line_has_slot    (RushesLine  *self,
                                     const char  *ticket);
guint       rushes_line_get_n_taken (RushesLine  *self);

G_END_DECLS
