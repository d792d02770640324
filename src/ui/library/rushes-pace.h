/* rushes-pace.h
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "rushes-library.h"

G_BEGIN_DECLS

/**
 * RushesPace:
 *
 * How long takes of each model usually take, asked of the library once for all cards that want to know.
 *
 * Signals: ::changed when an answer came.
 */
#define RUSHES_TYPE_PACE (rushes_pace_get_type ())
G_DECLARE_FINAL_TYPE (RushesPace, rushes_pace, RUSHES, PACE, GObject)

RushesPace *rushes_pace_new    (RushesLibrary *library);
/* Seconds; 0 while it is not known, and when nobody knows. */
double      rushes_pace_get    (RushesPace    *self,
                                RushesRequest *request);
/* Asks again at the next occasion, after a take of that model was finished. */
void        rushes_pace_forget (RushesPace    *self,
                                RushesRequest *request);

G_END_DECLS
