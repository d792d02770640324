/* rushes-clip-opener.h
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

/* A file outside the program; what goes wrong is said in a toast of the window that @widget is in. */

/* Selected in the file manager. */
void rushes_clip_opener_show      (GtkWidget *widget,
                                   GFile     *file);
/* In a program that the person chooses. */
void rushes_clip_opener_open_with (GtkWidget *widget,
                                   GFile     *file);

G_END_DECLS
