/* rushes-description-private.h
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "rushes-description.h"

G_BEGIN_DECLS

/* The root of a file from outside, which @path names in errors: at most 1 MiB and @depth objects and lists deep. NULL
 * with a PROTOCOL for what is no JSON, and a BAD_REQUEST for what goes beyond the bounds. */
JsonNode *rushes_description_parse (GBytes             *bytes,
                                    const char         *path,
                                    guint               depth,
                                    GError            **error) G_GNUC_WARN_UNUSED_RESULT;

/* What a description from outside says together with the one that ships and that it names as its `base`, which goes to
 * @base; without one @root itself. Its id must not be one that ships. NULL with a BAD_REQUEST. */
JsonNode *rushes_description_merge (JsonNode           *root,
                                    const char         *path,
                                    RushesDescription **base,
                                    GError            **error) G_GNUC_WARN_UNUSED_RESULT;

G_END_DECLS
