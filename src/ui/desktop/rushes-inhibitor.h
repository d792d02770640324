/* rushes-inhibitor.h
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <gtk/gtk.h>
#include <libdex.h>

#include "rushes-queue.h"

G_BEGIN_DECLS

/* What must not be cut off by the computer's going to sleep, or by the person's logging out. */

/* While a file is written, for which the program stays as well: until @future is settled. Takes @future, and gives it back. */
DexFuture *rushes_inhibitor_keep   (DexFuture      *future) G_GNUC_WARN_UNUSED_RESULT;
/* From now on, whenever a service has yet to say whether it accepted a take: some say so only with the clip. */
void       rushes_inhibitor_follow (GtkApplication *application,
                                    RushesQueue    *queue);

G_END_DECLS
