/* rushes-reentry.h
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "rushes-database.h"
#include "rushes-folders.h"

G_BEGIN_DECLS

/* Writes down anew what the spool knows and the library does not, because an older copy took its place: attempts that were
 * submitted since, with their takes, orders and projects, and those that the library still takes for waiting. They become
 * unconfirmed, as after any process that went while it submitted, and what is held for them is uncertain; nothing is
 * submitted. An attempt of a runner that is not gone is left to it, and a record that cannot be read is left where it is.
 *
 * Part of the transaction in which the library is opened. Whatever is in the spool of a library that was never lost is known to
 * it and beyond waiting, for both were written down before; so nothing needs to tell whether it was.
 *
 * The number of takes in @n_found; FALSE only when the library cannot be read. */
gboolean rushes_reentry_run (RushesDatabase  *database,
                             RushesFolders   *folders,
                             guint           *n_found,
                             GError         **error);

G_END_DECLS
