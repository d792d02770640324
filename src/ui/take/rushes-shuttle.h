/* rushes-shuttle.h
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <gtk/gtk.h>

#include "rushes-transport.h"

G_BEGIN_DECLS

/* The three keys of an editing table, in @widget and all in it, where nothing takes text: L runs forwards and J backwards,
 * each time it is pressed quicker (1, 2 and 4 times), K stands still; while K is held, J and L go by single frames. The
 * speed that the person chose otherwise is what it is again when all stands still. */
void rushes_shuttle_install (GtkWidget       *widget,
                             RushesTransport *transport);

G_END_DECLS
