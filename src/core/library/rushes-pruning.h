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
gboolean rushes_pruning_run (RushesDatabase  *database,
                             GFile           *clips,
                             GError         **error);

G_END_DECLS
