/* rushes-clip-outlet.h
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

/* Clips for other programs, under names that say something: what is dragged or pasted there is called like that. */

/* A file called @name that is the clip, in a folder of its own beside the clips (see rushes-folders.h): the same file by
 * another name, so that it costs no room, or a copy where the file system knows no such thing. It stays as long as the clip
 * does, since a video editor goes on reading it where it found it. NULL with STORAGE. Blocks. */
GFile *rushes_clip_outlet_open  (GFile       *clip,
                                 const char  *name,
                                 GError     **error) G_GNUC_WARN_UNUSED_RESULT;
/* The clip itself was removed: the other names go too. Blocks. */
void   rushes_clip_outlet_close (GFile       *clip);

G_END_DECLS
