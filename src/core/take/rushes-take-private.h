/* rushes-take-private.h
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "rushes-take.h"

G_BEGIN_DECLS

/* For the library alone, which keeps one object for each take. Each notifies what it changed. */

/* A placeholder: only its id is known. */
RushesTake *rushes_take_new            (const char        *id);
void        rushes_take_set_row        (RushesTake        *self,
                                        const char        *project_id,
                                        RushesRequest     *request,
                                        gint64             created,
                                        RushesTakeState    state,
                                        gint64             state_since,
                                        const GError      *error,
                                        RushesClip        *clip,
                                        const RushesPrice *price,
                                        gboolean           starred,
                                        const char        *note,
                                        const char        *saved_to,
                                        gboolean           cancelling,
                                        gboolean           deleted);
void        rushes_take_set_state      (RushesTake        *self,
                                        RushesTakeState    state,
                                        gint64             since,
                                        const GError      *error);
void        rushes_take_set_live       (RushesTake        *self,
                                        double             progress,
                                        const char        *message);
void        rushes_take_set_clip       (RushesTake        *self,
                                        RushesClip        *clip);
void        rushes_take_set_arrival    (RushesTake        *self,
                                        RushesArrival     *arrival);
void        rushes_take_set_price      (RushesTake        *self,
                                        const RushesPrice *price);
void        rushes_take_set_marks      (RushesTake        *self,
                                        const char        *project_id,
                                        gboolean           starred,
                                        const char        *note,
                                        const char        *saved_to,
                                        gboolean           cancelling,
                                        gboolean           deleted);
void        rushes_take_set_cached     (RushesTake        *self,
                                        gboolean           cached);
void        rushes_take_set_askable    (RushesTake        *self,
                                        gboolean           askable);
void        rushes_take_set_turn       (RushesTake        *self,
                                        gint64             turn);
void        rushes_take_set_elsewhere  (RushesTake        *self,
                                        gboolean           elsewhere);

G_END_DECLS
