/* rushes-attempt-row.h
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "rushes-attempt.h"
#include "rushes-database.h"

G_BEGIN_DECLS

/* Attempts in the database, on the store's thread. The caller touches the take afterwards. */

/* The runner of attempts that came in with a backup: another computer may still run them, so that nobody adopts them until
 * a person asks for that very take. */
#define RUSHES_RUNNER_ELSEWHERE "elsewhere"

/* An attempt of a take, with NULL the newest; NOT_FOUND when there is none. */
RushesAttempt *rushes_attempt_row_load   (RushesDatabase       *database,
                                          const char           *take_id,
                                          const char           *attempt_id,
                                          GError              **error);
/* All of a take, newest first: an array of RushesAttempt; NULL for an error. */
GPtrArray     *rushes_attempt_row_load_all (RushesDatabase     *database,
                                          const char           *take_id,
                                          GError              **error);
/* Notes when it came into a state. */
gboolean       rushes_attempt_row_note   (RushesDatabase       *database,
                                          const char           *attempt_id,
                                          RushesTakeState       state,
                                          gint64                at,
                                          GError              **error);
/* The next attempt of a take, queued for @runner, with its hold. All that were made under the same @agreement, the id of an
 * order, with NULL this one alone, may cost @most together; nothing was agreed to when its micros are below zero. What was
 * said of the take goes along. */
gboolean       rushes_attempt_row_insert (RushesDatabase       *database,
                                          const char           *take_id,
                                          const char           *runner,
                                          const RushesPrice    *price,
                                          const char           *agreement,
                                          RushesMoney           most,
                                          const RushesWishes   *wishes,
                                          GError              **error);
/* The next attempt after @attempt_id, which nobody asks a person about: under the same agreement, and with @keep_id under
 * the same own id; with @resent it counts as one more of the tries that were made for it by themselves. */
gboolean       rushes_attempt_row_insert_next (RushesDatabase  *database,
                                          const char           *attempt_id,
                                          const char           *runner,
                                          const RushesPrice    *price,
                                          gboolean              keep_id,
                                          gboolean              resent,
                                          GError              **error);
/**
 * RushesAttemptStep:
 *
 * A RushesStep with the attempt it is for, as values of its own that go to the store's thread.
 */
typedef struct
{
  char            *attempt_id;
  char            *runner; /* ours */
  RushesTakeState  from;
  RushesTakeState  to;
  char            *task_id;
  char            *host;
  char            *poll_target;
  char            *description;
  RushesKeyMark   *key;     /* NULL when the step does not know it */
  char            *error;   /* JSON; NULL */
  RushesCharged    charged; /* of an end */
  gboolean         wanted;
  GPtrArray       *outputs; /* RushesOutput */
  RushesPrice      cost;    /* kind REPORTED when it is known */
  char            *file;    /* of the clip, relative to the clips folder; NULL */
  RushesClipFacts  facts;
  char            *sha256;
} RushesAttemptStep;

void           rushes_attempt_step_clear (RushesAttemptStep        *self);
/* Takes the step, with the ledger entries it causes. FALSE in @done, with nothing written, when the attempt is not in
 * the state @from any more or belongs to another runner. (An attempt that has ended belongs to nobody; who wakes it
 * up takes it over.) */
gboolean       rushes_attempt_step_take  (const RushesAttemptStep  *self,
                                          RushesDatabase           *database,
                                          gboolean                 *done,
                                          GError                  **error);

G_END_DECLS
