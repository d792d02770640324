/* rushes-queue-private.h
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "rushes-pipeline.h"
#include "rushes-queue.h"

G_BEGIN_DECLS

struct _RushesQueue
{
  GObject              parent_instance;

  RushesLibrary       *library;
  RushesRegistry      *registry;
  RushesPictureFitter *fitter;
  RushesPatience       patience;
  RushesHandling       handling;
  GSettings           *settings;
  RushesLine          *line;
  RushesCrowd         *crowd;
  GHashTable          *lanes;    /* ids of the providers whose slots the line was told */
  GHashTable          *runs;     /* RushesTake → RushesRun */
  DexFuture           *tidying;  /* removes copies of pictures that nobody needs any more; NULL when nobody does */
  guint                n_running;
  guint                n_submitting;
  gboolean             stopping;
  gboolean             tidy_again;

  /* Set for all providers, and not left to each one's settings. */
  guint                told_tries : 1;
  guint                told_delay : 1;
  guint                told_limit : 1;
  guint                told_handling : 1;
};

/* A take that this process works on. Its end is a promise of its own: a fiber that nobody waits for any more would
 * be cancelled. */
typedef struct
{
  RushesQueue         *queue;
  RushesTake          *take;
  GPtrArray           *pipelines; /* RushesPipeline: one for each attempt that is gone on with, the newest first */
  DexPromise          *end;
  gboolean             broken_off; /* by rushes_queue_break_off() */
} RushesRun;

/* What was said here of all takes that are ordered: it goes along with them. */
RushesWishes rushes_queue_get_wishes (RushesQueue   *self);
/* Begins or goes on with a take, unless that happens already. FALSE when the provider is not there any more, or the
 * process leaves: the take stays as it is for another time. */
gboolean   rushes_queue_start      (RushesQueue     *self,
                                    RushesTake      *take);
/* Goes on with every attempt of a take that this process has taken over, the newest and those before it: what was paid for
 * is waited for wherever it comes from. */
void       rushes_queue_resume_with (RushesQueue    *self,
                                    RushesTake      *take,
                                    RushesProvider  *provider);
/* The provider that an attempt is asked about at: the one of the request, or else as it was described when it was submitted.
 * NULL when there is none; in a fiber. */
RushesProvider *rushes_queue_find_provider (RushesQueue   *self,
                                    RushesTake      *take);
/* From now on this process works on the take, which it must not do already. */
RushesRun *rushes_queue_begin_run  (RushesQueue     *self,
                                    RushesTake      *take);
/* Another pipeline for the take of a run. Borrowed. */
RushesPipeline *rushes_run_add     (RushesRun       *self,
                                    RushesProvider  *provider);
/* Runs all its pipelines at once. Resolves when the last is over, as rushes_pipeline_run() does: to TRUE when each did. */
DexFuture *rushes_run_go           (RushesRun       *self) G_GNUC_WARN_UNUSED_RESULT;
/* Ends what goes on for the take, because a person decided something about it that is written down already, and goes on with
 * what there is to go on with then. In a fiber. */
void       rushes_queue_break_off  (RushesQueue     *self,
                                    RushesTake      *take);
/* Ends a run when @work, which is taken, is settled: as rushes_run_go() does. */
void       rushes_queue_end_run    (RushesRun       *run,
                                    DexFuture       *work);
/* Removes, in the background, what was uploaded for attempts that have ended; also what an earlier process left. */
void       rushes_queue_tidy       (RushesQueue     *self);
/* For tests: how long a second of all pauses and limits is, in seconds. */
void       rushes_queue_set_second (RushesQueue     *self,
                                    double           second);

/* What one press of Generate asks for: a request for each take, and what each is expected to cost. */
typedef struct
{
  GPtrArray *requests; /* RushesRequest */
  GArray    *prices;   /* RushesPrice */
} RushesOrder;

void       rushes_order_clear      (RushesOrder     *self);
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (RushesOrder, rushes_order_clear)

/* Freezes @drafts, an array of RushesDraft. FALSE with what a provider or rushes_model_check() says against one of them. */
gboolean   rushes_order_freeze     (RushesOrder     *self,
                                    RushesRegistry  *registry,
                                    GPtrArray       *drafts,
                                    GError         **error);

G_END_DECLS
