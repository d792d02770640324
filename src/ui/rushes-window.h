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
 *
 * Its actions: win.composer (boolean state: shown), win.new-take, win.generate, win.models, win.search, win.paste, win.project (an id), win.new-project,
 * win.rename-project, win.delete-project.
 */
#define RUSHES_TYPE_WINDOW (rushes_window_get_type ())
G_DECLARE_FINAL_TYPE (RushesWindow, rushes_window, RUSHES, WINDOW, AdwApplicationWindow)

/* @application may be NULL in tests. */
RushesWindow  *rushes_window_new          (GtkApplication *application);

/* Shows the library once it is open; before that the window is an empty one. */
void           rushes_window_set_studio   (RushesWindow   *self,
                                           RushesStudio   *studio);
/* Borrowed; NULL before. */
RushesStudio  *rushes_window_get_studio   (RushesWindow   *self);
/* Says in place of the library why it could not be opened. */
void           rushes_window_show_problem (RushesWindow   *self,
                                           const GError   *error);
/* Pushes the page of a take, in place of another take's; nobody needs to be told of it any more. */
void           rushes_window_open_take    (RushesWindow   *self,
                                           RushesTake     *take);
/* Puts the recipe of a take into the composer, and shows it. */
void           rushes_window_remix        (RushesWindow   *self,
                                           RushesTake     *take);
/* Shows what is found in the library; once it is open. */
void           rushes_window_search       (RushesWindow   *self,
                                           const char     *words);
/* Files from other programs: pictures for the composer. Kept until the library is open. @files: a GListModel of GFile */
void           rushes_window_open_files   (RushesWindow   *self,
                                           GListModel     *files);
/* Writes down what was not yet; closing the library waits for it. */
void           rushes_window_flush        (RushesWindow   *self);

G_END_DECLS
