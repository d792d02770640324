/* rushes-queue.h
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <gio/gio.h>
#include <libdex.h>

#include "rushes-handling.h"
#include "rushes-library.h"
#include "rushes-picture-fitter.h"
#include "rushes-registry.h"

G_BEGIN_DECLS

/**
 * RushesQueue:
 *
 * Works on the takes of this process: gives each a slot of its provider in order (see rushes_library_move_in_line()),
 * counting what other processes have at work there, never more in all than the setting “slots” says and none while the library says that the queue is paused; runs the pipeline for it in a
 * fiber, and picks up what an earlier process left. Nothing wakes up when nothing runs.
 *
 * Read-only properties, notified: n-active (uint: takes in line or in work), n-running (uint: those that have a slot),
 * n-submitting (uint: those whose service has yet to say whether it accepted them, which some say only with the clip: cut off
 * now, nobody would know).
 * Properties: tries (uint 0…5, default 2), delay (double, seconds, default 2): how often, and after how long at
 * first, what certainly was not accepted or certainly cost nothing is sent again by itself; time-limit (double,
 * seconds 1…3600; 0, the default, for the provider's own). Once set they hold for takes that are begun afterwards, and are
 * kept with those that are ordered then, for whatever process goes on with them.
 * Signals: ::take-ended (RushesTake) when one came to an end or to a wait that is not one.
 */
#define RUSHES_TYPE_QUEUE (rushes_queue_get_type ())
G_DECLARE_FINAL_TYPE (RushesQueue, rushes_queue, RUSHES, QUEUE, GObject)

/* Picture fitter as in rushes-picture-fitter.h; all three are kept. */
RushesQueue *rushes_queue_new      (RushesLibrary       *library,
                                    RushesRegistry      *registry,
                                    RushesPictureFitter *fitter);
/* How clips are to be kept that begin to be made afterwards; until it is called the person's setting says it. */
void         rushes_queue_set_handling (RushesQueue         *self,
                                        RushesHandling       handling);
/* Freezes @draft into its takes (one for each of its count, and for each picture in @batch when that is not NULL: an
 * array of RushesReference used as first frame), writes them down as one order and lines them up. Resolves to a
 * boxed GPtrArray of RushesTake. Rejects with what rushes_model_check() says, with QUOTA for a spending limit, and
 * with STORAGE when less than 64 MiB are free. */
DexFuture   *rushes_queue_generate (RushesQueue         *self,
                                    RushesProject       *project,
                                    RushesDraft         *draft,
                                    GPtrArray           *batch,
                                    const char          *order_id) G_GNUC_WARN_UNUSED_RESULT;
/* The same with what the person agreed to, after rushes_limits_can_ask() said that they may be asked. */
DexFuture   *rushes_queue_generate_with_consent (RushesQueue         *self,
                                                 RushesProject       *project,
                                                 RushesDraft         *draft,
                                                 GPtrArray           *batch,
                                                 const char          *order_id,
                                                 const RushesConsent *consent) G_GNUC_WARN_UNUSED_RESULT;
/* The same for several drafts, maybe of several models, as one order: an array of RushesDraft. All of it is written, and
 * counted against limits, together, or nothing. */
DexFuture   *rushes_queue_generate_all (RushesQueue         *self,
                                        RushesProject       *project,
                                        GPtrArray           *drafts,
                                        const char          *order_id,
                                        const RushesConsent *consent) G_GNUC_WARN_UNUSED_RESULT;
/* Adopts the attempts of runners that are gone and goes on with them. Resolves to how many (an int). With @take only
 * that one. */
DexFuture   *rushes_queue_resume   (RushesQueue         *self,
                                    RushesTake          *take) G_GNUC_WARN_UNUSED_RESULT;
/* Resolves, to the take, when it ended or waits for a person; at once if it does already. */
DexFuture   *rushes_queue_await    (RushesQueue         *self,
                                    RushesTake          *take) G_GNUC_WARN_UNUSED_RESULT;
/* Asks for the end of a take in whatever state; resolves to TRUE when the wish is written down. */
DexFuture   *rushes_queue_cancel   (RushesQueue         *self,
                                    RushesTake          *take) G_GNUC_WARN_UNUSED_RESULT;
/* A new attempt for a take that failed, was cancelled or is unconfirmed; one whose clip was made, and only did not
 * arrive, is downloaded again and never bought twice. Resolves to the take. Rejects, with nothing done, for a spending
 * limit and when it may pay for something twice; see rushes_limits_can_ask(). */
DexFuture   *rushes_queue_retry    (RushesQueue         *self,
                                    RushesTake          *take) G_GNUC_WARN_UNUSED_RESULT;
/* The same with what the person agreed to. */
DexFuture   *rushes_queue_retry_with_consent    (RushesQueue         *self,
                                                 RushesTake          *take,
                                                 const RushesConsent *consent) G_GNUC_WARN_UNUSED_RESULT;
/* Asks once more what became of the attempts of @take that failed, were cancelled, expired, were left or are unconfirmed,
 * and goes on with those that turn out to be alive or done; the others stay what they were, with the newest words. Never
 * submits. Resolves, as soon as that is known, to how many are gone on with (an int). Rejects with why a question failed
 * when none could be asked, with BAD_REQUEST when another process has the take, and with CANCELLED when the person decides
 * about it meanwhile: lets it be, or has it made again. */
DexFuture   *rushes_queue_check    (RushesQueue         *self,
                                    RushesTake          *take) G_GNUC_WARN_UNUSED_RESULT;
/* Lets an unconfirmed take be: it has failed then, and its cost stays uncertain. While it is being looked for, here or by
 * another process, that comes to nothing. Resolves to TRUE; BAD_REQUEST when it is not unconfirmed. */
DexFuture   *rushes_queue_forget   (RushesQueue         *self,
                                    RushesTake          *take) G_GNUC_WARN_UNUSED_RESULT;
/* Stops working at once, with every state on disk; local renders are given up and begin anew at the next start. */
DexFuture   *rushes_queue_stop     (RushesQueue         *self) G_GNUC_WARN_UNUSED_RESULT;

guint        rushes_queue_get_n_active (RushesQueue *self);
guint        rushes_queue_get_n_submitting (RushesQueue *self);

G_END_DECLS
