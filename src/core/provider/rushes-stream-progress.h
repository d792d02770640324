/* rushes-stream-progress.h
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "rushes-protocol.h"

G_BEGIN_DECLS

/**
 * RushesStreamProgress:
 *
 * Listens to an answer that comes as an event stream while it comes, and knows how far the service says it is. Anything
 * else may be given to it as well, and tells nothing.
 */
typedef struct _RushesStreamProgress RushesStreamProgress;

/* For the answer to a submit of @task. */
RushesStreamProgress *rushes_stream_progress_new  (RushesProtocol       *protocol,
                                                   const RushesTask     *task) G_GNUC_WARN_UNUSED_RESULT;
void                  rushes_stream_progress_free (RushesStreamProgress *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (RushesStreamProgress, rushes_stream_progress_free)

/* The next bytes of the answer, cut anywhere. Gives how far it is by all that was heard, 0…1; -1 while nobody knows. */
double                rushes_stream_progress_hear (RushesStreamProgress *self,
                                                   const char           *bytes,
                                                   gsize                 length);

G_END_DECLS
