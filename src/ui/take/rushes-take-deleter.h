/* rushes-take-deleter.h
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <adwaita.h>

#include "rushes-library.h"
#include "rushes-queue.h"
#include "rushes-registry.h"

G_BEGIN_DECLS

/* Called once takes are on their way out. */
typedef void (*RushesDeletedFunc) (GtkWidget *widget);

/* Deletes @takes (an array of RushesTake) and says so in a toast of the window that @widget is in, which takes it back.
 * Work on them is stopped, and the person asked before. @deleted, which may be NULL, is not called when @widget is gone
 * by then, or when the person keeps them. */
void rushes_take_deleter_delete (GtkWidget         *widget,
                                 RushesLibrary     *library,
                                 RushesQueue       *queue,
                                 RushesRegistry    *registry,
                                 GPtrArray         *takes,
                                 RushesDeletedFunc  deleted);
/* Takes the last deletion in the window of @widget back, once; FALSE when there is none. */
gboolean rushes_take_deleter_undo (GtkWidget      *widget);

G_END_DECLS
