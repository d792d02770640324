/* rushes-description-private.h
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "rushes-description.h"

G_BEGIN_DECLS

/* What a description from outside says together with the one that ships and that it names as its `base`, which goes to
 * @base; without one @root itself. Its id must not be one that ships. NULL with a BAD_REQUEST. */
JsonNode *rushes_description_merge (JsonNode           *root,
                                    const char         *path,
                                    RushesDescription **base,
                                    GError            **error) G_GNUC_WARN_UNUSED_RESULT;

G_END_DECLS
