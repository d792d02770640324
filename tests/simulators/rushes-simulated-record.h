/* rushes-simulated-record.h
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "rushes-simulated-call.h"

G_BEGIN_DECLS

typedef struct _RushesSimulatedRecord RushesSimulatedRecord;

/* The requests that came, the newest last: method, path, query, headers, body, the status of the answer and the task that it made. Of keys only
 * whether they were right is kept, and of long texts only the beginning. */
RushesSimulatedRecord *rushes_simulated_record_new   (void) G_GNUC_WARN_UNUSED_RESULT;
void                   rushes_simulated_record_free  (RushesSimulatedRecord *self);
void                   rushes_simulated_record_add   (RushesSimulatedRecord *self,
                                                      RushesSimulatedCall   *call,
                                                      gboolean               elsewhere,
                                                      gboolean               key_is_right);
/* As JSON, a list. */
char                  *rushes_simulated_record_write (RushesSimulatedRecord *self) G_GNUC_WARN_UNUSED_RESULT;

G_END_DECLS
