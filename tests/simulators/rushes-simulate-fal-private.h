/* rushes-simulate-fal-private.h
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "rushes-simulator.h"

G_BEGIN_DECLS

/* What all models in the queue of fal have in common. */

extern const RushesSimulatedQuirk rushes_simulated_fal_quirks[];

void                    rushes_simulated_fal_refuse   (RushesSimulatedCall          *call,
                                                       RushesRefusal                 why,
                                                       const RushesSimulatedProblem *problem);
/* What is wrong with the body; NULL when it is @fields, and its addresses of the storage are of files that came. */
RushesSimulatedProblem *rushes_simulated_fal_check    (RushesSimulatedCall          *call,
                                                       const RushesSimulatedField   *fields) G_GNUC_WARN_UNUSED_RESULT;
/* Takes the request into the queue of @application ("fal-ai/pika"), or refuses it because of @problem, which may be NULL. */
void                    rushes_simulated_fal_submit   (RushesSimulatedCall          *call,
                                                       const char                   *application,
                                                       const RushesSimulatedProblem *problem);
void                    rushes_simulated_fal_poll     (RushesSimulatedCall          *call);
/* The states of the request {id} as events. */
void                    rushes_simulated_fal_stream   (RushesSimulatedCall          *call);
void                    rushes_simulated_fal_result   (RushesSimulatedCall          *call);
void                    rushes_simulated_fal_cancel   (RushesSimulatedCall          *call);
/* Storage: a place is asked for, then the file comes there. */
void                    rushes_simulated_fal_initiate (RushesSimulatedCall          *call);
void                    rushes_simulated_fal_receive  (RushesSimulatedCall          *call);

G_END_DECLS
