/* rushes-crowd-row.h
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "rushes-database.h"
#include "rushes-folders.h"
#include "rushes-key-mark.h"

G_BEGIN_DECLS

/* How many attempts other processes than @runner have at work, as rushes_library_count_elsewhere() counts them; on the store's
 * thread. -1 with @error set. */
int rushes_crowd_row_count (RushesDatabase       *database,
                            RushesFolders        *folders,
                            const char           *runner,
                            const char           *host,
                            const RushesKeyMark  *key,
                            GError              **error);

G_END_DECLS
