/* rushes-take.h
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <gio/gio.h>

#include "rushes-arrival.h"
#include "rushes-clip.h"
#include "rushes-error.h"
#include "rushes-money.h"
#include "rushes-request.h"
#include "rushes-take-state.h"

G_BEGIN_DECLS

/**
 * RushesTake:
 *
 * One generation, as everybody looks at it: its request, where it stands, its clip. Lives on the main thread; the
 * window binds to its properties and knows nothing of what drives it. There is at most one object for a take of a
 * library at a time, so identity can be compared.
 *
 * Read-only properties, all notified: loaded (FALSE while a list's placeholder waits for its row), id, project-id,
 * request, title, created (int64, µs UTC), state, state-since (int64 µs), progress (double 0…1, -1 unknown), message
 * (the stage in words, translated), error (boxed GError, NULL), clip (RushesClip, NULL until ready), arrival
 * (RushesArrival: what this process downloads of it, NULL when it downloads nothing), price-text, starred, note,
 * saved-to (URI of where the person saved it last, NULL), cached, cancelling, deleted, turn (int64).
 */
#define RUSHES_TYPE_TAKE (rushes_take_get_type ())
G_DECLARE_FINAL_TYPE (RushesTake, rushes_take, RUSHES, TAKE, GObject)

gboolean           rushes_take_get_loaded      (RushesTake *self);
/* A UUIDv7: sorting ids sorts by creation. */
const char        *rushes_take_get_id          (RushesTake *self);
const char        *rushes_take_get_project_id  (RushesTake *self);
RushesRequest     *rushes_take_get_request     (RushesTake *self);
const char        *rushes_take_get_title       (RushesTake *self);
gint64             rushes_take_get_created     (RushesTake *self);
RushesTakeState    rushes_take_get_state       (RushesTake *self);
gint64             rushes_take_get_state_since (RushesTake *self);
double             rushes_take_get_progress    (RushesTake *self);
const char        *rushes_take_get_message     (RushesTake *self);
const GError      *rushes_take_get_error       (RushesTake *self);
RushesClip        *rushes_take_get_clip        (RushesTake *self);
RushesArrival     *rushes_take_get_arrival     (RushesTake *self);
const RushesPrice *rushes_take_get_price       (RushesTake *self);
gboolean           rushes_take_get_starred     (RushesTake *self);
const char        *rushes_take_get_note        (RushesTake *self);
const char        *rushes_take_get_saved_to    (RushesTake *self);
gboolean           rushes_take_get_cancelling  (RushesTake *self);
gboolean           rushes_take_get_deleted     (RushesTake *self);
/* Those that are in line are worked on in the order of their turns: usually that in which they were made. */
gint64             rushes_take_get_turn        (RushesTake *self);
/* Whether it came in with a backup and nobody asked for it since: another computer may still wait for it. Not notified; it
 * changes with the state. */
gboolean           rushes_take_get_elsewhere   (RushesTake *self);
/* Whether its clip is kept for now only, until it is saved. */
gboolean           rushes_take_get_cached      (RushesTake *self);
/* Whether “Check Again” can bring news: an attempt is unconfirmed, or ended or was left with a task of the provider.
 * Not notified; it changes with the state. */
gboolean           rushes_take_get_askable     (RushesTake *self);

G_END_DECLS
