/* rushes-model-row.h
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <adwaita.h>

#include "rushes-draft.h"
#include "rushes-registry.h"

G_BEGIN_DECLS

/**
 * RushesModelRow:
 *
 * The model, out of those of all providers: a drop-down in two levels, with what a take would cost, and a lock on
 * those that cannot be used now. Where a service takes any name, another model can be named.
 *
 * Signals: ::chosen (RushesModel) when the person picks another one; ::providers-changed when there are others, or
 * what can be used has changed.
 */
#define RUSHES_TYPE_MODEL_ROW (rushes_model_row_get_type ())
G_DECLARE_FINAL_TYPE (RushesModelRow, rushes_model_row, RUSHES, MODEL_ROW, AdwComboRow)

void rushes_model_row_set_registry (RushesModelRow *self,
                                    RushesRegistry *registry);
/* Prices are reckoned for this draft. */
void rushes_model_row_set_draft    (RushesModelRow *self,
                                    RushesDraft    *draft);
/* One that is not listed is listed from now on. */
void rushes_model_row_set_model    (RushesModelRow *self,
                                    RushesModel    *model);

G_END_DECLS
