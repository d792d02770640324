/* rushes-settings-group.h
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <adwaita.h>

#include "rushes-draft.h"
#include "rushes-registry.h"

G_BEGIN_DECLS

/**
 * RushesSettingsGroup:
 *
 * The settings of a draft: its model, and what that model lets be chosen. Only what the model supports is shown, with
 * only the values that it supports.
 *
 * Signals: ::model-changed (RushesModel, RushesNote array) when it is another one, or can do other things for the
 * draft as it is now, or may be used when it could not before, with what in the draft had to give way.
 */
#define RUSHES_TYPE_SETTINGS_GROUP (rushes_settings_group_get_type ())
G_DECLARE_FINAL_TYPE (RushesSettingsGroup, rushes_settings_group, RUSHES, SETTINGS_GROUP, AdwPreferencesGroup)

void         rushes_settings_group_set_registry (RushesSettingsGroup *self,
                                                 RushesRegistry      *registry);
/* A draft whose model is not there any more gets @default_provider's; what it leaves open gets the model's own values. */
void         rushes_settings_group_set_draft    (RushesSettingsGroup *self,
                                                 RushesDraft         *draft,
                                                 const char          *default_provider);
/* The draft's; NULL before there is a draft. Borrowed. */
RushesModel *rushes_settings_group_get_model    (RushesSettingsGroup *self);
/* The model of @provider to begin with: the person's choice, or the default, or, when that is not offered any more, the
 * first that is. Borrowed. */
RushesModel *rushes_settings_group_find_default (RushesProvider     *provider);
/* As a person does in the row of the model: what in the draft does not go with it gives way, and is told. */
void         rushes_settings_group_choose_model (RushesSettingsGroup *self,
                                                 RushesModel         *model);
/* What the model can do for the draft as it is. Borrowed. */
RushesModel *rushes_settings_group_get_narrowed (RushesSettingsGroup *self);

G_END_DECLS
