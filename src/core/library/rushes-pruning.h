/* rushes-pruning.h
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <gio/gio.h>

#include "rushes-database.h"

G_BEGIN_DECLS

/* Removes the clips of takes that were deleted 30 days ago; the takes, their attempts and the ledger stay. Part of a
 * transaction. A file that cannot be removed is tried again another time. */
gboolean rushes_pruning_run         (RushesDatabase  *database,
                                     GFile           *clips,
                                     GError         **error);
/* Removes from the spool what a process that was killed left of attempts that are ready, were ended without a charge, or forgotten.
 * What is still in doubt, and what the database knows nothing of, stays: it may be the only trace of a paid clip. */
void     rushes_pruning_sweep_spool (RushesDatabase  *database,
                                     GFile           *spool);

G_END_DECLS
