/* rushes-player-controls.h
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <adwaita.h>

#include "rushes-strip.h"
#include "rushes-transport.h"

G_BEGIN_DECLS

/**
 * RushesPlayerControls:
 *
 * The row under a picture that moves: play, single frames, where it is, loop, speed, volume, fullscreen. Its buttons
 * count on the actions of rushes_player_actions_install().
 *
 * Properties, notified: player (RushesTransport, read-only), stacked (boolean: two rows for a narrow place), fullscreen
 * (boolean: what the last button says).
 *
 * Signals: ::fullscreen-clicked.
 */
#define RUSHES_TYPE_PLAYER_CONTROLS (rushes_player_controls_get_type ())
G_DECLARE_FINAL_TYPE (RushesPlayerControls, rushes_player_controls, RUSHES, PLAYER_CONTROLS, AdwBin)

GtkWidget *rushes_player_controls_new        (void);
/* Once. */
void       rushes_player_controls_set_player (RushesPlayerControls *self,
                                              RushesTransport      *player);
/* What the clip shows in its course, for a glimpse over the slider where the pointer is; NULL for none. */
void       rushes_player_controls_set_strip  (RushesPlayerControls *self,
                                              RushesStrip          *strip);
/* Puts the focus on what plays and pauses. */
void       rushes_player_controls_focus      (RushesPlayerControls *self);

G_END_DECLS
