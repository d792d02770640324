/* rushes-clip-saver.h
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <gio/gio.h>
#include <json-glib/json-glib.h>

G_BEGIN_DECLS

/* Copies a clip to where a person wants it: whole or not at all. A clone of the file where the file system can, else
 * a copy; under a temporary name beside the place, on disk before it gets its name. Where a place takes no other
 * names (a document of the portal) it is written directly. The extension becomes the container's. Gives the file that
 * was written. With a @recipe (NULL: none) that goes into the copy, or into a file beside it where it cannot; no recipe is
 * ever a reason not to have the clip. What an earlier clip of that name left beside it is removed. BAD_REQUEST with the field "output" for a place that cannot be meant: a folder, one in a folder that
 * is not there, a file that exists (without @overwrite, or under the corrected name only); STORAGE for the rest. Blocks. */
GFile      *rushes_clip_saver_save     (GFile         *clip,
                                        const char    *container,
                                        GFile         *destination,
                                        gboolean       overwrite,
                                        JsonNode      *recipe,
                                        GError       **error) G_GNUC_WARN_UNUSED_RESULT;
/* A sentence when @saved, a file as it was given by saving, is without the recipe that it was to bear; NULL. */
const char *rushes_clip_saver_get_lack (GFile         *saved);
/* Says that of it, and why. */
void        rushes_clip_saver_set_lack (GFile         *saved,
                                        const GError  *reason);

G_END_DECLS
