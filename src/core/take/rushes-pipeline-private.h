/* rushes-pipeline-private.h
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "rushes-attempt.h"
#include "rushes-pipeline.h"

G_BEGIN_DECLS

struct _RushesPipeline
{
  GObject              parent_instance;

  RushesLibrary       *library;
  RushesProvider      *provider;
  RushesPictureFitter *fitter;
  RushesLine          *line;
  RushesCrowd         *crowd;
  RushesTake          *take;
  RushesPatience       patience;
  RushesHandling       handling;

  DexPromise          *wish;    /* resolves when the person wants an end */
  DexPromise          *stop;    /* resolves when the process leaves */

  RushesAttempt       *attempt; /* the newest one, or the one that it is about */
  RushesJob           *job;     /* of that attempt */
  RushesArrival       *arrival; /* what is there of the clip; NULL before anything is */
  RushesAnswer        *last;    /* what the provider said last of it; NULL in a process that has not asked yet */
  DexFuture           *ahead;   /* the clip is fetched already, while the submit is still being answered; NULL */
  char                *ahead_uri;
  guint                doubt_status; /* HTTP status of an answer to the submit that left it in doubt; 0 when there was none */
  double               pause;   /* seconds that the attempt waits before it may begin */
  gboolean             lost;    /* another process has it */
  gboolean             older;   /* there is a newer attempt */
  gboolean             aside;   /* and it is gone on with, too */
  gboolean             asked;   /* a person asked about it, and so wants it */
};

/* The stages give TRUE when the attempt has come into another state that is to be gone on with, and FALSE when this
 * process has nothing more to do for it: with @error when that is because the library could not be written. */
gboolean      rushes_pipeline_submit     (RushesPipeline    *self,
                                          GError           **error);
gboolean      rushes_pipeline_wait       (RushesPipeline    *self,
                                          GError           **error);
gboolean      rushes_pipeline_download   (RushesPipeline    *self,
                                          GError           **error);

/* What came of the clip cannot be looked at any more, or it is whole. */
void          rushes_pipeline_end_arrival (RushesPipeline   *self,
                                          RushesArrivalState state);
/* Waits for @work, which stays the caller's, but no longer than until the process leaves or, with @heed_wish, the
 * person wants an end; then @work is dropped, and NULL comes without an error. */
const GValue *rushes_pipeline_await      (RushesPipeline    *self,
                                          DexFuture         *work,
                                          gboolean           heed_wish,
                                          GError           **error);
/* A pause; ends early likewise. */
void          rushes_pipeline_pause      (RushesPipeline    *self,
                                          double             seconds,
                                          gboolean           heed_wish);
gboolean      rushes_pipeline_is_wished  (RushesPipeline    *self);
gboolean      rushes_pipeline_is_stopped (RushesPipeline    *self);
gboolean      rushes_pipeline_is_local   (RushesPipeline    *self);
/* Any error as one of ours; of what came from elsewhere nobody knows whether it cost something. */
GError       *rushes_pipeline_translate  (RushesPipeline    *self,
                                          const GError      *problem) G_GNUC_WARN_UNUSED_RESULT;
/* Whether @problem, of a question about the task, says nothing about it: it was asked with another key than it was submitted
 * with, and what is not there, or not for us to see, may well be there for the other one. */
gboolean      rushes_pipeline_doubts     (RushesPipeline    *self,
                                          const GError      *problem);
/* AUTH, with what to do about that. */
GError       *rushes_pipeline_blame_key  (RushesPipeline    *self) G_GNUC_WARN_UNUSED_RESULT;
/* As rushes_pipeline_translate(), of a question about the task; rushes_pipeline_blame_key() in place of what is doubted. */
GError       *rushes_pipeline_translate_reply (RushesPipeline *self,
                                          const GError      *problem) G_GNUC_WARN_UNUSED_RESULT;
/* Whether @words, heard about a submit in doubt or NULL, are worth more to the person than those that it came into doubt
 * with. */
gboolean      rushes_pipeline_is_news    (RushesPipeline    *self,
                                          const GError      *words);
void          rushes_pipeline_report     (RushesPipeline    *self,
                                          double             progress,
                                          const char        *message);

/* For rushes_provider_fetch(), with the pipeline as its data. */
void          rushes_pipeline_report_bytes (gint64           bytes,
                                          gint64             total,
                                          gpointer           user_data);

/* Begins to fetch the clip from where it is said to be before the answer to the submit is whole; once. */
void          rushes_pipeline_fetch_ahead (RushesPipeline   *self,
                                          const char        *uri);
/* Waits until that is over. TRUE when all bytes came. */
gboolean      rushes_pipeline_await_ahead (RushesPipeline   *self);
/* Waits likewise, and throws away what came. */
void          rushes_pipeline_drop_ahead (RushesPipeline    *self);
/* Before the download: waits, and what came is kept only if it is of the address that is the best one in the end. */
void          rushes_pipeline_settle_ahead (RushesPipeline  *self);
/* When the answer failed after all: what came is looked at, and if it is a video, the take was accepted and is done. NULL
 * when there is none. */
RushesAnswer *rushes_pipeline_land_ahead (RushesPipeline    *self) G_GNUC_WARN_UNUSED_RESULT;

/* From now on it is about @attempt, which is taken, and what was said of its take holds. */
void          rushes_pipeline_take_on    (RushesPipeline    *self,
                                          RushesAttempt     *attempt);
/* The job of the attempt, made when there is none yet. Borrowed. */
RushesJob    *rushes_pipeline_get_job    (RushesPipeline    *self);
/* Writes a step down. FALSE when it is not for us to go on. */
gboolean      rushes_pipeline_advance    (RushesPipeline    *self,
                                          const RushesStep  *step,
                                          GError           **error);
/* Removes the reply: it is needed no more when the clip is safe, or when nothing was spent. */
void          rushes_pipeline_clear_spool (RushesPipeline   *self);
/* Ends the attempt with @failure (taken), and begins another when that is worth it and cannot have cost anything. */
gboolean      rushes_pipeline_fail       (RushesPipeline    *self,
                                          GError            *failure,
                                          GError           **error);
/* @problem (taken) as an error of something that was not sent, and so cost nothing. */
GError       *rushes_pipeline_take_back  (GError            *problem) G_GNUC_WARN_UNUSED_RESULT;
/* The end that the person wanted. @charged says what is known of its price. */
gboolean      rushes_pipeline_end_wished (RushesPipeline    *self,
                                          RushesCharged      charged,
                                          GError           **error);
/* Reads what arrived in answer to the submit before its process ended; where that leaves a doubt, the provider is asked for
 * a task under our own id. FALSE when nothing is there to go on with; @words, NULL before, then tells what was heard, if
 * anything was. */
gboolean      rushes_pipeline_recover    (RushesPipeline    *self,
                                          GError           **words,
                                          GError           **error);
/* Asks the provider for a task under our own id, patiently, about a submit of which nobody knows whether it was accepted.
 * TRUE when that settled it, with @go_on as stages give it: the task was found, or certainly there is none and the attempt
 * has failed at no cost. FALSE, with the attempt as it was, when it cannot be asked for, when asking failed, or when
 * not having found it proves nothing; @words is set for the last two. */
gboolean      rushes_pipeline_look_up    (RushesPipeline    *self,
                                          gboolean          *go_on,
                                          GError           **words,
                                          GError           **error);
/* What ran on this computer went with the process that ran it: nothing was spent, and it begins anew. */
gboolean      rushes_pipeline_begin_anew (RushesPipeline    *self,
                                          GError           **error);

G_END_DECLS
