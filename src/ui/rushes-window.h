/* rushes-window.h
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <adwaita.h>

#include "rushes-studio.h"

G_BEGIN_DECLS

/**
 * RushesWindow:
 *
 * The window: the composer beside the library and the take pages that are pushed over it; on a narrow window the composer is a sheet at the bottom.
 */
#define RUSHES_TYPE_WINDOW (rushes_window_get_type ())
G_DECLARE_FINAL_TYPE (RushesWindow, rushes_window, RUSHES, WINDOW, AdwApplicationWindow)

RushesWindow  *rushes_window_new          (GtkApplication *application);

/* Shows the library once it is open; before that the window is an empty one. */
void           rushes_window_set_studio   (RushesWindow   *self,
                                           RushesStudio   *studio);
/* Borrowed; NULL before. */
RushesStudio  *rushes_window_get_studio   (RushesWindow   *self);
/* Says in place of the library why it could not be opened. */
void           rushes_window_show_problem (RushesWindow   *self,
                                           const GError   *error);
/* Pushes the page of a take, or comes back to it. */
void           rushes_window_open_take    (RushesWindow   *self,
                                           RushesTake     *take);

G_END_DECLS
