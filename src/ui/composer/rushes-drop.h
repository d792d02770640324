/* rushes-drop.h
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

typedef void (*RushesDropFunc) (GtkWidget *widget,
                                GdkDrop   *drop,
                                gpointer   data);

/* Lets pictures, and files with a recipe, be dropped anywhere on @widget: @func gets the drop and sees to it that it is finished. While they hang over it, @lit (@widget or a
 * part of it, kept for its life) has the state :drop(active). With GTK_PHASE_CAPTURE it goes before whatever takes text inside @widget;
 * text alone is left to that. @data must live as long as @widget. */
void rushes_drop_accept (GtkWidget           *widget,
                         GtkWidget           *lit,
                         GtkPropagationPhase  phase,
                         RushesDropFunc       func,
                         gpointer             data);
/* The same for what comes from other programs only: within the window things are dragged about that have nothing to do there. */
void rushes_drop_accept_foreign (GtkWidget     *widget,
                                 GtkWidget     *lit,
                                 RushesDropFunc func,
                                 gpointer       data);

G_END_DECLS
