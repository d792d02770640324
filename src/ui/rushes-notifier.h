/* rushes-notifier.h
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <gtk/gtk.h>

#include "rushes-studio.h"

G_BEGIN_DECLS

/**
 * RushesNotifier:
 *
 * Tells the person of takes that came to their end while no window had the focus. Choosing a notification opens that take (app.open-take).
 */
#define RUSHES_TYPE_NOTIFIER (rushes_notifier_get_type ())
G_DECLARE_FINAL_TYPE (RushesNotifier, rushes_notifier, RUSHES, NOTIFIER, GObject)

/* @application is borrowed and must live longer. */
RushesNotifier *rushes_notifier_new         (GtkApplication *application,
                                             RushesStudio   *studio);
/* That the program goes on without a window, with @n_takes; 0 takes it back. */
void            rushes_notifier_say_working (RushesNotifier *self,
                                             guint           n_takes);

G_END_DECLS
