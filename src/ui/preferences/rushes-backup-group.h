/* rushes-backup-group.h
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <adwaita.h>

#include "rushes-library.h"
#include "rushes-presets.h"
#include "rushes-registry.h"

G_BEGIN_DECLS

/**
 * RushesBackupGroup:
 *
 * The library into one file, and what a file has and the library has not into the library; with how far it is, a way to
 * cancel it, and what came of it.
 */
#define RUSHES_TYPE_BACKUP_GROUP (rushes_backup_group_get_type ())
G_DECLARE_FINAL_TYPE (RushesBackupGroup, rushes_backup_group, RUSHES, BACKUP_GROUP, AdwPreferencesGroup)

/* Once. */
void rushes_backup_group_set_library (RushesBackupGroup *self,
                                      RushesLibrary     *library,
                                      RushesPresets     *presets,
                                      RushesRegistry    *registry);

G_END_DECLS
