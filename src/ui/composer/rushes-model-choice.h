/* rushes-model-choice.h
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "rushes-provider.h"

G_BEGIN_DECLS

/**
 * RushesModelChoice:
 *
 * One line of the list of models: a model of a provider, or the offer to name another one there. Immutable.
 */
#define RUSHES_TYPE_MODEL_CHOICE (rushes_model_choice_get_type ())
G_DECLARE_FINAL_TYPE (RushesModelChoice, rushes_model_choice, RUSHES, MODEL_CHOICE, GObject)

/* @model is NULL for the offer. */
RushesModelChoice *rushes_model_choice_new          (RushesProvider    *provider,
                                                     RushesModel       *model);
RushesProvider    *rushes_model_choice_get_provider (RushesModelChoice *self);
/* NULL for the offer. */
RushesModel       *rushes_model_choice_get_model    (RushesModelChoice *self);
/* One more line for a model that is a favourite, in their own section. */
RushesModelChoice *rushes_model_choice_new_favourite (RushesProvider   *provider,
                                                     RushesModel       *model);
gboolean           rushes_model_choice_get_is_favourite (RushesModelChoice *self);
/* For people. */
const char        *rushes_model_choice_get_name     (RushesModelChoice *self);

G_END_DECLS
