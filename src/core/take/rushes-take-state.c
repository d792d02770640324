/* rushes-take-state.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "rushes-take-state.h"

#define BIT(state) (1u << RUSHES_TAKE_STATE_##state)

static const struct
{
  const char *name;
  guint followers;
} states[] = {
  [RUSHES_TAKE_STATE_QUEUED] = { "queued", BIT (PREPARING) | BIT (CANCELLED) | BIT (FAILED) },
  [RUSHES_TAKE_STATE_PREPARING] = { "preparing", BIT (QUEUED) | BIT (SUBMITTING) | BIT (CANCELLED) | BIT (FAILED) },
  [RUSHES_TAKE_STATE_SUBMITTING] = { "submitting",
                                     BIT (RUNNING) | BIT (DOWNLOADING) | BIT (FAILED) | BIT (UNCONFIRMED) },
  [RUSHES_TAKE_STATE_RUNNING] = { "running", BIT (DOWNLOADING) | BIT (FAILED) | BIT (CANCELLED) | BIT (LEFT) },
  [RUSHES_TAKE_STATE_DOWNLOADING] = { "downloading", BIT (READY) | BIT (FAILED) | BIT (EXPIRED) },
  [RUSHES_TAKE_STATE_READY] = { "ready", 0 },
  [RUSHES_TAKE_STATE_FAILED] = { "failed", BIT (RUNNING) | BIT (DOWNLOADING) },
  [RUSHES_TAKE_STATE_CANCELLED] = { "cancelled", BIT (RUNNING) | BIT (DOWNLOADING) },
  [RUSHES_TAKE_STATE_EXPIRED] = { "expired", BIT (RUNNING) | BIT (DOWNLOADING) },
  [RUSHES_TAKE_STATE_UNCONFIRMED] = { "unconfirmed", BIT (RUNNING) | BIT (DOWNLOADING) | BIT (FAILED) },
  [RUSHES_TAKE_STATE_LEFT] = { "left", BIT (RUNNING) | BIT (DOWNLOADING) | BIT (FAILED) | BIT (CANCELLED) },
};

const char *
rushes_take_state_to_string (RushesTakeState state)
{
  g_return_val_if_fail (state < G_N_ELEMENTS (states), NULL);
  return states[state].name;
}

gboolean
rushes_take_state_from_string (const char *name, RushesTakeState *state)
{
  for (guint i = 0; i < G_N_ELEMENTS (states); i++)
    if (g_strcmp0 (name, states[i].name) == 0)
      {
        *state = i;
        return TRUE;
      }
  return FALSE;
}

gboolean
rushes_take_state_is_end (RushesTakeState state)
{
  return state == RUSHES_TAKE_STATE_READY || state == RUSHES_TAKE_STATE_FAILED ||
         state == RUSHES_TAKE_STATE_CANCELLED || state == RUSHES_TAKE_STATE_EXPIRED;
}

gboolean
rushes_take_state_is_active (RushesTakeState state)
{
  return state <= RUSHES_TAKE_STATE_DOWNLOADING;
}

gboolean
rushes_take_state_can_follow (RushesTakeState from, RushesTakeState to)
{
  g_return_val_if_fail (from < G_N_ELEMENTS (states) && to < G_N_ELEMENTS (states), FALSE);
  return (states[from].followers & (1u << to)) != 0;
}
