/* rushes-origin.h
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

/* What a clip says of where it came from. Nobody here checks whether it is true. */
typedef enum
{
  RUSHES_ORIGIN_NONE = 0,
  RUSHES_ORIGIN_C2PA = 1 << 0, /* a manifest of content credentials */
  RUSHES_ORIGIN_AIGC = 1 << 1, /* the label for generated content that GB 45438-2025 demands, in the file's metadata */
} RushesOrigin;

/* Reads what is not sound or pictures of an MP4 or WebM. Blocks: call it off the main thread. MEDIA when it is neither, or
 * damaged. */
gboolean rushes_origin_read (GFile         *file,
                             RushesOrigin  *origin,
                             GError       **error);

G_END_DECLS
