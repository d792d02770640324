/* rushes-pipeline.h
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <libdex.h>

#include "rushes-attempt.h"
#include "rushes-crowd.h"
#include "rushes-handling.h"
#include "rushes-library.h"
#include "rushes-line.h"
#include "rushes-picture-fitter.h"
#include "rushes-provider.h"

G_BEGIN_DECLS

/**
 * RushesPatience:
 * @tries: how often a submit that certainly was not accepted, or a failure that certainly cost nothing, is sent
 *   again by itself (0…5)
 * @delay: seconds before the first of them; each further one waits twice as long
 * @time_limit: seconds after which waiting ends (1…3600); 0 for the provider's own
 * @second: how long a second of any pause is, in seconds: 1, and less in tests
 */
typedef struct
{
  guint  tries;
  double delay;
  double time_limit;
  double second;
} RushesPatience;

/**
 * RushesPipeline:
 *
 * The life of one take in this process, from wherever it stands to its end or to a wait that is not one: in line,
 * prepare, submit, wait, download. The only place that advances a state, and it writes each step down before it acts
 * on it.
 */
#define RUSHES_TYPE_PIPELINE (rushes_pipeline_get_type ())
G_DECLARE_FINAL_TYPE (RushesPipeline, rushes_pipeline, RUSHES, PIPELINE, GObject)

RushesPipeline *rushes_pipeline_new  (RushesLibrary        *library,
                                      RushesProvider       *provider,
                                      RushesPictureFitter  *fitter,
                                      RushesLine           *line,
                                      RushesCrowd          *crowd,
                                      RushesTake           *take,
                                      const RushesPatience *patience);
/* Before rushes_pipeline_run(): it is about @attempt, which is not the newest of its take, so that no other follows it. */
void            rushes_pipeline_take_older (RushesPipeline      *self,
                                            const RushesAttempt *attempt);
/* Likewise: another attempt of the take is gone on with too, and it is that one which takes a slot and tells how far it is. */
void            rushes_pipeline_set_aside  (RushesPipeline      *self);
/* How its clip is to be kept; RUSHES_HANDLING_DOWNLOAD until it is said. */
void            rushes_pipeline_set_handling (RushesPipeline  *self,
                                              RushesHandling   handling);
/* Once. Resolves to TRUE when the take ended or waits for a person, and to FALSE when it goes on elsewhere: another
 * process has it, or this one leaves. Rejects when the library could not be written and nothing was lost by giving
 * up. */
DexFuture      *rushes_pipeline_run  (RushesPipeline       *self) G_GNUC_WARN_UNUSED_RESULT;
/* Before, or instead of, rushes_pipeline_run(): asks once what became of @attempt, the newest of its take or an older one,
 * that nobody waits for. Never submits. Resolves to TRUE when there is something to go on with, which is written down
 * then and which rushes_pipeline_run() does; to FALSE when it stays what it was or has failed, with the newest words;
 * rejects when the question itself failed, which says nothing about the attempt. */
DexFuture      *rushes_pipeline_ask  (RushesPipeline       *self,
                                      const RushesAttempt  *attempt) G_GNUC_WARN_UNUSED_RESULT;
/* Leaves: what is written down stays, what is rendered here is given up. A submit under way is awaited all the same. */
void            rushes_pipeline_stop (RushesPipeline       *self);

G_END_DECLS
