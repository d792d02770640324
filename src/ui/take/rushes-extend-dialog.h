/* rushes-extend-dialog.h
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <adwaita.h>

#include "rushes-draft.h"

G_BEGIN_DECLS

/**
 * RushesExtendDialog:
 *
 * What happens next in a clip, and how long: all that there is to say of making it longer by its service's own call, with
 * the price on the button. It orders nothing.
 *
 * Signal ::order (RushesDraft) when the person wants it; the dialog is closed then.
 */
#define RUSHES_TYPE_EXTEND_DIALOG (rushes_extend_dialog_get_type ())
G_DECLARE_FINAL_TYPE (RushesExtendDialog, rushes_extend_dialog, RUSHES, EXTEND_DIALOG, AdwDialog)

/* @draft is one that rushes_extending_begin() gave, and @model its model. */
AdwDialog *rushes_extend_dialog_new (RushesModel *model,
                                     RushesDraft *draft);

G_END_DECLS
