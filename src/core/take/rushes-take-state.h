/* rushes-take-state.h
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <glib-object.h>

G_BEGIN_DECLS

/**
 * RushesTakeState:
 *
 * Where an attempt stands; a take shows its newest attempt's. A step is written down before it is acted on.
 *
 *   queued → preparing → submitting → running → downloading → ready        ends: ready, failed, cancelled, expired
 *   waits that are not ends: unconfirmed (asked, but not known whether it was accepted), left (nobody waits for it)
 */
typedef enum
{
  RUSHES_TAKE_STATE_QUEUED,
  RUSHES_TAKE_STATE_PREPARING,
  RUSHES_TAKE_STATE_SUBMITTING,
  RUSHES_TAKE_STATE_RUNNING,
  RUSHES_TAKE_STATE_DOWNLOADING,
  RUSHES_TAKE_STATE_READY,
  RUSHES_TAKE_STATE_FAILED,
  RUSHES_TAKE_STATE_CANCELLED,
  RUSHES_TAKE_STATE_EXPIRED,
  RUSHES_TAKE_STATE_UNCONFIRMED,
  RUSHES_TAKE_STATE_LEFT,
} RushesTakeState;

/* "queued", "preparing" …: as the library stores it and the command line prints it. */
const char *rushes_take_state_to_string   (RushesTakeState  state);
gboolean    rushes_take_state_from_string (const char      *name,
                                           RushesTakeState *state);
/* ready, failed, cancelled, expired */
gboolean    rushes_take_state_is_end      (RushesTakeState  state);
/* queued … downloading: somebody works on it, or should */
gboolean    rushes_take_state_is_active   (RushesTakeState  state);
/* Whether the table above allows the step, "Check again" and adoption after a crash included. */
gboolean    rushes_take_state_can_follow  (RushesTakeState  from,
                                           RushesTakeState  to);

G_END_DECLS
