/* rushes-models-dialog.h
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <adwaita.h>

#include "rushes-draft.h"
#include "rushes-registry.h"

G_BEGIN_DECLS

/**
 * RushesModelsDialog:
 *
 * Where a person chooses two to four models that each make one take of the same draft: what each would cost, what would
 * have to change for it, and why one cannot.
 *
 * Signal ::chosen (array of RushesDraft, one for each model, which fit) when they are to be ordered; the dialog closes.
 */
#define RUSHES_TYPE_MODELS_DIALOG (rushes_models_dialog_get_type ())
G_DECLARE_FINAL_TYPE (RushesModelsDialog, rushes_models_dialog, RUSHES, MODELS_DIALOG, AdwDialog)

/* @draft is looked at once; its model is chosen at first. */
AdwDialog *rushes_models_dialog_new (RushesRegistry *registry,
                                     RushesDraft    *draft);

G_END_DECLS
