/* rushes-attempt-private.h
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "rushes-attempt.h"

G_BEGIN_DECLS

/* Makes @self what @from is. */
void       rushes_attempt_assign       (RushesAttempt       *self,
                                        const RushesAttempt *from);
/* A new array of RushesOutput; NULL gives an empty one. */
GPtrArray *rushes_attempt_copy_outputs (const GPtrArray     *outputs) G_GNUC_WARN_UNUSED_RESULT;
/* Adds one to such an array. */
void       rushes_attempt_add_output   (GPtrArray           *outputs,
                                        const char          *uri,
                                        gint64               expires,
                                        const char          *clip_id);

G_END_DECLS
