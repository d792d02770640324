/* rushes-runner.h
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "rushes-folders.h"

G_BEGIN_DECLS

/**
 * RushesRunner:
 *
 * The name under which this process runs takes: a file in the runners folder that stays locked while the process
 * lives, whatever ends it. A runner whose file can be locked by another, or is not there, is gone. (Process ids would
 * not do: two sandboxes each count their own.)
 */
typedef struct _RushesRunner RushesRunner;

RushesRunner *rushes_runner_new     (RushesFolders  *folders,
                                     GError        **error);
/* A UUID. */
const char   *rushes_runner_get_id  (RushesRunner   *self);
/* Ends it: its file goes. */
void          rushes_runner_free    (RushesRunner   *self);
/* Whether the runner called @id is gone; what it left of its file is removed then. */
gboolean      rushes_runner_is_gone (RushesFolders  *folders,
                                     const char     *id);
/* Removes the files of runners that are gone. */
void          rushes_runner_sweep   (RushesFolders  *folders);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (RushesRunner, rushes_runner_free)

G_END_DECLS
