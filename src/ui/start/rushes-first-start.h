/* rushes-first-start.h
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <adwaita.h>

#include "rushes-presets.h"

G_BEGIN_DECLS

/**
 * RushesFirstStart:
 *
 * What is shown while there is no take at all: one well, three ways to a first clip, and three presets to begin with.
 *
 * Properties, notified: busy (boolean: the clip is on its way).
 * Signals: ::choose (a picture is wanted), ::dropped (GdkDrop), ::preset-picked (RushesPreset),
 * ::way-chosen (string: see #RushesWays).
 */
#define RUSHES_TYPE_FIRST_START (rushes_first_start_get_type ())
G_DECLARE_FINAL_TYPE (RushesFirstStart, rushes_first_start, RUSHES, FIRST_START, AdwBin)

GtkWidget *rushes_first_start_new      (RushesPresets    *presets);
void       rushes_first_start_set_busy (RushesFirstStart *self,
                                        gboolean          busy);

G_END_DECLS
