/* rushes-runner-watch.h
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "rushes-folders.h"

G_BEGIN_DECLS

/**
 * RushesRunnerWatch:
 *
 * Tells when a runner has gone, without asking: the system closes the file of a process that ends, however it ends, and
 * shows that as the end of writing it. (GFileMonitor keeps such an end to itself when nothing was written.)
 */
typedef struct _RushesRunnerWatch RushesRunnerWatch;

/* On the main thread, with the name of the runner. */
typedef void (*RushesRunnerGone) (const char *id,
                                  gpointer    data);

/* NULL where the system cannot watch; then nothing is told. */
RushesRunnerWatch *rushes_runner_watch_new  (RushesFolders     *folders,
                                             RushesRunnerGone   gone,
                                             gpointer           data);
void               rushes_runner_watch_free (RushesRunnerWatch *self);

G_END_DECLS
