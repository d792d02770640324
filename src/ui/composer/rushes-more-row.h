/* rushes-more-row.h
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <adwaita.h>

#include "rushes-draft.h"
#include "rushes-model.h"

G_BEGIN_DECLS

/**
 * RushesMoreRow:
 *
 * What is seldom changed, folded away: negative prompt, seed, sound, watermark and the parameters of the model's own. Its subtitle says what is set.
 * Not visible when the model has nothing of the kind.
 */
#define RUSHES_TYPE_MORE_ROW (rushes_more_row_get_type ())
G_DECLARE_FINAL_TYPE (RushesMoreRow, rushes_more_row, RUSHES, MORE_ROW, AdwExpanderRow)

void rushes_more_row_set_draft (RushesMoreRow *self,
                                RushesDraft   *draft);
void rushes_more_row_set_model (RushesMoreRow *self,
                                RushesModel   *model);

G_END_DECLS
