/* rushes-trimmer.h
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <gio/gio.h>
#include <libdex.h>

G_BEGIN_DECLS

/* Whether a part of @clip may be made at all: what says where a clip came from would not be in it, so of one that bears
 * such a mark there is none. Resolves to TRUE, else BAD_REQUEST with a sentence. */
DexFuture *rushes_trimmer_check (GFile  *clip) G_GNUC_WARN_UNUSED_RESULT;

/* Writes the part of @clip from @from to @to (seconds; -1: to its end) to @destination, over what is there. Pictures and
 * sound are copied and not encoded again, so it begins at the key frame at or before @from. Resolves to a GVariant (dd):
 * from and to where it really goes. Checks as above. The clip stays as it is. */
DexFuture *rushes_trimmer_save  (GFile  *clip,
                                 double  from,
                                 double  to,
                                 GFile  *destination) G_GNUC_WARN_UNUSED_RESULT;

G_END_DECLS
