/* rushes-upload-group.h
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <adwaita.h>

#include "rushes-provider.h"

G_BEGIN_DECLS

/**
 * RushesUploadGroup:
 *
 * For a service that takes pictures by their address: at which of the person's places they are put for it.
 */
#define RUSHES_TYPE_UPLOAD_GROUP (rushes_upload_group_get_type ())
G_DECLARE_FINAL_TYPE (RushesUploadGroup, rushes_upload_group, RUSHES, UPLOAD_GROUP, AdwPreferencesGroup)

/* Once. */
void rushes_upload_group_set_provider (RushesUploadGroup *self,
                                       RushesProvider    *provider);

G_END_DECLS
