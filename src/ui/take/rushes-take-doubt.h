/* rushes-take-doubt.h
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <adwaita.h>

#include "rushes-queue.h"

G_BEGIN_DECLS

/* What a person does about a take whose end is not known, or not believed. What comes of it is said in a toast of the
 * window that @widget is in, when the take itself does not show it. */

/* Asks once more what became of it. */
void rushes_take_doubt_check      (GtkWidget   *widget,
                                   RushesQueue *queue,
                                   RushesTake  *take);
/* Makes an array of RushesTake again. The person is asked, once for all of them, where that may pay for something twice, or
 * where their own limits stand against it; whoever is not asked, or agrees, gets one attempt for each. */
void rushes_take_doubt_make_again (GtkWidget   *widget,
                                   RushesQueue *queue,
                                   GPtrArray   *takes);
/* Gives an unconfirmed one up. */
void rushes_take_doubt_forget     (GtkWidget   *widget,
                                   RushesQueue *queue,
                                   RushesTake  *take);

G_END_DECLS
