/* rushes-take-doubt.h
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <adwaita.h>

#include "rushes-queue.h"
#include "rushes-registry.h"

G_BEGIN_DECLS

/* What a person does about a take whose end is not known, or not believed. What comes of it is said in a toast of the
 * window that @widget is in, when the take itself does not show it. */

/* Asks once more what became of it. */
void rushes_take_doubt_check        (GtkWidget      *widget,
                                     RushesQueue    *queue,
                                     RushesTake     *take);
/* Submits an unconfirmed one again, after the person was asked, because it may cost twice. */
void rushes_take_doubt_submit_again (GtkWidget      *widget,
                                     RushesQueue    *queue,
                                     RushesRegistry *registry,
                                     RushesTake     *take);
/* Gives an unconfirmed one up. */
void rushes_take_doubt_forget       (GtkWidget      *widget,
                                     RushesQueue    *queue,
                                     RushesTake     *take);

G_END_DECLS
