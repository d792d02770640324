/* rushes-file-move.h
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <gio/gio.h>
#include <libdex.h>

G_BEGIN_DECLS

/* Moves a local file off the main thread, replacing what is there. Across file systems it is copied, and the source
 * goes only when the copy is on the disk. Resolves to TRUE; rejects with NOT_FOUND when there is no @source, else
 * with STORAGE. */
DexFuture *rushes_file_move (GFile *source,
                             GFile *destination) G_GNUC_WARN_UNUSED_RESULT;

G_END_DECLS
