/* rushes-simulate-runway-private.h
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "rushes-simulator.h"

G_BEGIN_DECLS

/* What each model of Runway takes; NULL when the body of @call is right. */
RushesSimulatedProblem *rushes_simulated_runway_check         (RushesSimulatedCall *call,
                                                               gboolean             from_image) G_GNUC_WARN_UNUSED_RESULT;
/* What a right body costs. */
gint64                  rushes_simulated_runway_count_credits (JsonObject          *body);

G_END_DECLS
