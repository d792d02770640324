/* rushes-recipe-box.h
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <gio/gio.h>
#include <json-glib/json-glib.h>

G_BEGIN_DECLS

/* The recipe that goes along with a clip that was saved: a JSON object of at most 256 KiB and 32 levels, in an XMP packet
 * (ISO 16684-1) in a `uuid` box at the end of an MP4, or in a file beside the clip. No byte of the clip is ever moved
 * or changed. What a recipe means, and what of it may be believed, is for others to say. All of it blocks: call it
 * off the main thread. */

/* NAME.rushes.json beside NAME. */
GFile    *rushes_recipe_get_sidecar (GFile     *file) G_GNUC_WARN_UNUSED_RESULT;

/* Adds @recipe to @file, a copy of a clip that nobody else has yet. It goes into @sidecar instead, which is written
 * over, and @file stays as it is, when it is no MP4 that a box can be added to, when it bears a manifest of its
 * origin (C2PA), which a further byte would break, or when it has an XMP packet already. STORAGE when it cannot be
 * written; then @file is as it was. */
gboolean  rushes_recipe_write       (GFile     *file,
                                     GFile     *sidecar,
                                     JsonNode  *recipe,
                                     gboolean  *in_sidecar,
                                     GError   **error);

/* The recipe in @file, else the one beside it; @file may also be such a sidecar itself. NOT_FOUND when there is none,
 * BAD_REQUEST when it is damaged or beyond the limits. */
JsonNode *rushes_recipe_read        (GFile     *file,
                                     GError   **error) G_GNUC_WARN_UNUSED_RESULT;

G_END_DECLS
