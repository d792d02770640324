/* rushes-preset-card.h
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <adwaita.h>

#include "rushes-presets.h"

G_BEGIN_DECLS

/**
 * RushesPresetCard:
 *
 * A button that shows a preset with its symbol, its name and what it does.
 *
 * Properties, notified: preset (RushesPreset, NULL), orientation (of its parts).
 */
#define RUSHES_TYPE_PRESET_CARD (rushes_preset_card_get_type ())
G_DECLARE_FINAL_TYPE (RushesPresetCard, rushes_preset_card, RUSHES, PRESET_CARD, GtkButton)

RushesPreset *rushes_preset_card_get_preset (RushesPresetCard *self);
void          rushes_preset_card_set_preset (RushesPresetCard *self,
                                             RushesPreset     *preset);

G_END_DECLS
