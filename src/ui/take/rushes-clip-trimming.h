/* rushes-clip-trimming.h
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <gtk/gtk.h>

#include "rushes-library.h"

G_BEGIN_DECLS

/* Asks for a name for the part of a take's clip between two marks (seconds, -1 for none), writes it there and says in a
 * toast of the window that @widget is in what it became. A clip of which no part may be made is said to be one instead. */
void rushes_clip_trimming_ask  (GtkWidget     *widget,
                                RushesLibrary *library,
                                RushesTake    *take,
                                double         from,
                                double         to);
/* The same without a question. */
void rushes_clip_trimming_save (GtkWidget     *widget,
                                RushesTake    *take,
                                double         from,
                                double         to,
                                GFile         *place);

G_END_DECLS
