/* rushes-preset-dialog.h
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <adwaita.h>

#include "rushes-presets.h"

G_BEGIN_DECLS

/**
 * RushesPresetDialog:
 *
 * Name and text of a preset. What cannot be kept is said below, and the dialog stays.
 */
#define RUSHES_TYPE_PRESET_DIALOG (rushes_preset_dialog_get_type ())
G_DECLARE_FINAL_TYPE (RushesPresetDialog, rushes_preset_dialog, RUSHES, PRESET_DIALOG, AdwDialog)

/* Edits @preset, which is the person's own. */
AdwDialog *rushes_preset_dialog_new_for (RushesPresets *presets,
                                         RushesPreset  *preset);
/* Makes a new one; @pattern is one to begin with, or NULL. */
AdwDialog *rushes_preset_dialog_new     (RushesPresets *presets,
                                         RushesPreset  *pattern);

G_END_DECLS
