/* rushes-player-actions.h
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <gtk/gtk.h>

#include "rushes-transport.h"

G_BEGIN_DECLS

/* What buttons, menus and keys do to a player, wherever it is shown. */

/* Gives @widget and all in it the actions player.playing, player.loop, player.muted (toggles), player.rate (double, a
 * choice), player.step (int: frames), player.start and player.end, and of a RushesPlayer player.mark-in, player.mark-out
 * and player.clear-marks; and the keys Space, comma and period, Home and End, I and O, and those of a shuttle, which yield
 * to whatever takes text. */
void        rushes_player_actions_install (GtkWidget       *widget,
                                           RushesTransport *player);

/* "0:02.1": a moment of a clip. */
char       *rushes_player_words_moment    (double           seconds) G_GNUC_WARN_UNUSED_RESULT;

G_END_DECLS
