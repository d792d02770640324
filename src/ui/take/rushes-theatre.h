/* rushes-theatre.h
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <gtk/gtk.h>

#include "rushes-transport.h"

G_BEGIN_DECLS

/**
 * RushesTheatre:
 *
 * A clip, or several, on the whole screen, with controls that go away while nobody moves. It shows a player that goes on
 * elsewhere; Escape, F, F11 and a double click leave.
 */
#define RUSHES_TYPE_THEATRE (rushes_theatre_get_type ())
G_DECLARE_FINAL_TYPE (RushesTheatre, rushes_theatre, RUSHES, THEATRE, GtkWindow)

/* @screen shows what @player plays. On the monitor of @parent, which it does not belong to: a window that does is a dialog to some window managers, and
 * not let onto the whole screen. Not shown yet. */
GtkWindow *rushes_theatre_new         (RushesTransport *player,
                                       GtkWidget       *screen,
                                       GtkWindow       *parent);
/* A screen for one picture, which @object has as its property "paintable". Floating. */
GtkWidget *rushes_theatre_make_screen (GObject         *object);

G_END_DECLS
