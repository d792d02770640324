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
 * The line before the providers of this process. Each has a lane with as many slots as it works on takes at once, and
 * there may be a bound for all lanes together; the others wait in the order of their turns, and of their tickets where
 * these are equal. Tickets are ids of takes, turns those of rushes_take_get_turn(): both outlive a place in the line, so
 * that one that must go back into it finds its place again.
 *
 * Read-only property, notified: n-taken (uint).
 * Signal: ::shifted, once for all that changed in one turn of the main loop, when places may have become others.
 */
#define RUSHES_TYPE_LINE (rushes_line_get_type ())
G_DECLARE_FINAL_TYPE (RushesLine, rushes_line, RUSHES, LINE, GObject)

RushesLine *rushes_line_new         (void);
/* Fewer slots take none away from who has one; a lane has one until it is told. */
void        rushes_line_set_slots   (RushesLine  *self,
                                     const char  *lane,
                                     guint        n_slots);
/* How many slots may be taken in all lanes together; 0 for as many as the lanes have. */
void        rushes_line_set_total   (RushesLine  *self,
                                     guint        n_slots);
/* While it is paused nobody is let in; who has a slot keeps it. */
void        rushes_line_set_paused  (RushesLine  *self,
                                     gboolean     paused);
gboolean    rushes_line_get_paused  (RushesLine  *self);
/* Resolves to TRUE when a slot of @lane is @ticket's. A ticket that joined must leave, also one whose future was
 * dropped. */
DexFuture  *rushes_line_join        (RushesLine  *self,
                                     const char  *lane,
                                     const char  *ticket,
                                     gint64       turn) G_GNUC_WARN_UNUSED_RESULT;
/* Gives a ticket that waits another place; nothing when it does not. */
void        rushes_line_set_turn    (RushesLine  *self,
                                     const char  *ticket,
                                     gint64       turn);
/* Takes a slot at once, above their number if need be: for what runs already wherever this process stands. */
void        rushes_line_push_in     (RushesLine  *self,
                                     const char  *lane,
                                     const char  *ticket);
/* How many slots of @lane processes other than this one have taken, as far as this one knows. */
void        rushes_line_set_elsewhere (RushesLine *self,
                                     const char  *lane,
                                     guint        n_taken);
/* How many slots of @lane are left for others beside those that are taken here. */
guint       rushes_line_get_room    (RushesLine  *self,
                                     const char  *lane);
/* Gives the slot back, or the place in the line; nothing when there was neither. */
void        rushes_line_leave       (RushesLine  *self,
                                     const char  *ticket);
gboolean    rushes_line_has_slot    (RushesLine  *self,
                                     const char  *ticket);
/* How many wait in its lane before @ticket, as of the last ::shifted; -1 when it does not wait. */
int         rushes_line_get_place   (RushesLine  *self,
                                     const char  *ticket);
guint       rushes_line_get_n_taken (RushesLine  *self);

G_END_DECLS
