/* rushes-attempt.h
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <libdex.h>

#include "rushes-answer.h"
#include "rushes-clip.h"
#include "rushes-description.h"
#include "rushes-key-mark.h"
#include "rushes-library.h"
#include "rushes-take.h"

G_BEGIN_DECLS

/* Attempts are how the pipeline and the queue see the library; nobody else includes this. */

/**
 * RushesAttempt:
 *
 * One try at a take: what may cost money hangs here. A plain value, as it was when it was read; it is never
 * overwritten in the library or deleted while it may have cost money.
 */
typedef struct
{
  char            *id;
  char            *own_id; /* what a provider is told; that of the attempt before when that was not accepted */
  char            *take_id;
  int              number; /* 1, 2 … within the take */
  char            *runner; /* the UUID of the process's runner that works on it */
  RushesTakeState  state;
  char            *task_id;
  char            *host;
  char            *poll_target;
  char            *description; /* hash of the description that submitted it; NULL before */
  RushesKeyMark   *key;         /* by which it was submitted; NULL before, and where that is not known */
  RushesWishes     wishes;      /* what was said of its take */
  guint            n_resent;    /* how often in a row it was sent again by itself before this one */
  gint64           created;     /* µs UTC */
  gint64           submitted;   /* 0 before */
  gboolean         cancel_requested;
  GError          *error;
  RushesCharged    charged; /* meaningful at an end */
  GPtrArray       *outputs; /* RushesOutput, as the answer listed them; empty before */
} RushesAttempt;

#define RUSHES_TYPE_ATTEMPT (rushes_attempt_get_type ())
GType          rushes_attempt_get_type (void);
RushesAttempt *rushes_attempt_copy     (const RushesAttempt *self) G_GNUC_WARN_UNUSED_RESULT;
void           rushes_attempt_free     (RushesAttempt       *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (RushesAttempt, rushes_attempt_free)

/**
 * RushesStep:
 *
 * A step of an attempt with all that becomes known by it; written in one transaction together with the ledger entries
 * it causes (an end with charged NO refunds the hold, YES settles it with @cost or the estimate, MAYBE marks it
 * uncertain). What is NULL or zero stays as it is.
 *
 * @estimate is what it is expected to cost by now. When that is something else than what was set aside for it, a step to
 * SUBMITTING sets it aside instead; should it be more, it must not pass a spending limit, nor what was agreed to for the
 * order: QUOTA, and nothing is written. FAILED only notes it, so that who tries again is asked about it.
 */
typedef struct
{
  RushesTakeState        to;
  const char            *task_id;
  const char            *host;
  const char            *poll_target;
  const char            *description;
  const RushesKeyMark   *key;     /* for SUBMITTING */
  const GError          *error;   /* of RUSHES_ERROR; for FAILED, CANCELLED, EXPIRED, UNCONFIRMED; its charged counts */
  GPtrArray             *outputs; /* RushesOutput; for DOWNLOADING */
  const RushesPrice     *cost;    /* as reported; for any step that learns it */
  const RushesPrice     *estimate;
  gboolean               again;   /* for FAILED: the next attempt is lined up with it; the value becomes that one */
  gboolean               keep_id; /* with @again: it was not accepted, and the next one bears its own id */
  gboolean               resent;  /* with @again: it counts as one of the tries that nobody is asked about */
  gboolean               bounded; /* for SUBMITTING: at most @room attempts of other processes may be at work with the same
                                   * key at the same host; else RATE_LIMITED, and nothing is written */
  guint                  room;
  gboolean               decided; /* a person decided about what is unconfirmed: it is taken from whoever looks for it, also
                                   * from another process */
  gboolean               wanted;  /* the person wants it after all: a wish to cancel it is dropped */
  /* for READY */
  GFile                 *clip;    /* the file under its final name */
  const RushesClipFacts *facts;
  const char            *sha256;
  gboolean               cached;  /* it is kept for now only */
} RushesStep;

/* Resolves to a boxed RushesAttempt: the newest of a take. */
DexFuture *rushes_library_load_attempt   (RushesLibrary    *self,
                                          RushesTake       *take) G_GNUC_WARN_UNUSED_RESULT;
/* Resolves to a boxed GPtrArray of RushesAttempt: all of a take, newest first. */
DexFuture *rushes_library_load_attempts  (RushesLibrary    *self,
                                          RushesTake       *take) G_GNUC_WARN_UNUSED_RESULT;
/* `UPDATE … WHERE id = ? AND runner = ours AND state = attempt's`, with all the step brings; then the attempt value
 * and the take object follow. Resolves to a boolean: FALSE when another runner has it now, and then nothing was
 * written and the caller stops; also FALSE for SUBMITTING while the queue is paused. A step to the same state, but for READY, only adds what it brings, and the newest words. An attempt
 * that has ended belongs to nobody, and the runner that wakes it takes it over. A step that the table of
 * rushes-take-state.h does not know is a mistake of the program. @attempt must stay until the future is settled. */
DexFuture *rushes_library_advance        (RushesLibrary    *self,
                                          RushesTake       *take,
                                          RushesAttempt    *attempt,
                                          const RushesStep *step) G_GNUC_WARN_UNUSED_RESULT;
/* Keeps a description as it is now under its hash, for the attempts that are submitted with it (see @description
 * above). Resolves to TRUE; a second time is nothing. */
DexFuture *rushes_library_keep_description (RushesLibrary     *self,
                                            RushesDescription *description) G_GNUC_WARN_UNUSED_RESULT;
/* The JSON of a description that was kept under its hash: a #GBytes. NOT_FOUND when there is none. */
DexFuture *rushes_library_load_description (RushesLibrary     *self,
                                            const char        *hash) G_GNUC_WARN_UNUSED_RESULT;
/* The text of a RushesAttemptRecord of one that is just being submitted, as the library has it: a string. */
DexFuture *rushes_library_describe_attempt (RushesLibrary       *self,
                                            const RushesAttempt *attempt) G_GNUC_WARN_UNUSED_RESULT;
/* A new queued attempt of this runner, with a hold of its own, for a take whose newest attempt ended (or is
 * unconfirmed, when the person chose to submit again). What was said of its take still holds. Resolves to a boxed RushesAttempt; rejects with QUOTA for a
 * spending limit, and with BAD_REQUEST of the field "again" when it may pay for something twice. */
DexFuture *rushes_library_add_attempt    (RushesLibrary    *self,
                                          RushesTake       *take) G_GNUC_WARN_UNUSED_RESULT;
/* The same with what the person agreed to, and with what is said anew; NULL for nothing. */
DexFuture *rushes_library_add_attempt_with_consent (RushesLibrary       *self,
                                                    RushesTake          *take,
                                                    const RushesConsent *consent,
                                                    const RushesWishes  *wishes) G_GNUC_WARN_UNUSED_RESULT;
/* Writes down that the person wants it ended; whoever runs it obeys. Resolves to TRUE. */
DexFuture *rushes_library_request_cancel (RushesLibrary    *self,
                                          RushesTake       *take) G_GNUC_WARN_UNUSED_RESULT;
/* How many attempts other processes have at work at @host with @key (NULL: of which that is not known); attempts of whatever
 * key where nobody wrote it down count too, and those of processes that are gone do not. Resolves to an int. */
DexFuture *rushes_library_count_elsewhere (RushesLibrary       *self,
                                           const char          *host,
                                           const RushesKeyMark *key) G_GNUC_WARN_UNUSED_RESULT;
/* Takes over, in one transaction, the unfinished attempts whose runner is gone (its lock can be taken), only @take's
 * when it is not NULL. One found in submitting becomes unconfirmed. Resolves to a boxed GPtrArray of RushesTake. */
DexFuture *rushes_library_adopt          (RushesLibrary    *self,
                                          RushesTake       *take) G_GNUC_WARN_UNUSED_RESULT;
/* Whether @runner, as an attempt bears it, is this process. */
gboolean   rushes_library_is_runner      (RushesLibrary    *self,
                                          const char       *runner);
/* Progress is not written down; it only changes the object. @message is translated words. */
void       rushes_library_report         (RushesLibrary    *self,
                                          RushesTake       *take,
                                          double            progress,
                                          const char       *message);
/* Likewise: what is there of the clip while it comes; NULL when nothing comes any more. */
void       rushes_library_show_arrival   (RushesLibrary    *self,
                                          RushesTake       *take,
                                          RushesArrival    *arrival);
/* Where the clip of a take's @index-th output (0 …) goes, without its extension: CLIPS/YYYY-MM/TAKE-n */
GFile     *rushes_library_get_clip_place (RushesLibrary    *self,
                                          RushesTake       *take,
                                          guint             index,
                                          const char       *extension) G_GNUC_WARN_UNUSED_RESULT;

G_END_DECLS
