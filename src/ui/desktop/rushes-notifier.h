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
 * Tells the person of takes that came to their end while no window had the focus, as far as they want to be told (settings notify-ready,
 * notify-failed, notify-thumbnails). A notification goes by the id of its take. Choosing it opens the take; its buttons save or show the clip,
 * or have the take made again (app.open-take, app.save-take, app.show-take, app.retry-take), also when the program has ended meanwhile.
 */
#define RUSHES_TYPE_NOTIFIER (rushes_notifier_get_type ())
G_DECLARE_FINAL_TYPE (RushesNotifier, rushes_notifier, RUSHES, NOTIFIER, GObject)

/* @application is borrowed and must live longer. */
RushesNotifier *rushes_notifier_new         (GtkApplication *application,
                                             RushesStudio   *studio);
/* That the program goes on without a window, with @n_takes; 0 takes it back. */
void            rushes_notifier_say_working (RushesNotifier *self,
                                             guint           n_takes);

/* That it may not, and what becomes of @n_takes. */
void            rushes_notifier_say_refused (RushesNotifier *self,
                                             guint           n_takes);
/* Whether a take failed that can be made again without anybody's being asked: on this computer, where it costs nothing. */
gboolean        rushes_notifier_can_retry   (RushesNotifier *self,
                                             RushesTake     *take);

G_END_DECLS
