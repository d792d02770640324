/* rushes-preset-picker.h
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <adwaita.h>

#include "rushes-draft.h"
#include "rushes-presets.h"

G_BEGIN_DECLS

/**
 * RushesPresetPicker:
 *
 * A drop-down with search over the presets, in their groups, with "No Preset" first and "Manage Presets…" last. It picks for a draft and follows it.
 */
#define RUSHES_TYPE_PRESET_PICKER (rushes_preset_picker_get_type ())
G_DECLARE_FINAL_TYPE (RushesPresetPicker, rushes_preset_picker, RUSHES, PRESET_PICKER, AdwBin)

void rushes_preset_picker_set_presets (RushesPresetPicker *self,
                                       RushesPresets      *presets);
void rushes_preset_picker_set_draft   (RushesPresetPicker *self,
                                       RushesDraft        *draft);

G_END_DECLS
