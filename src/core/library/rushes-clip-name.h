/* rushes-clip-name.h
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "rushes-library.h"

G_BEGIN_DECLS

/* What a clip is called when it is kept outside the library. */

/* "PROJECT words of the prompt.mp4": a file name that every file system takes, with nothing in it that hides it or leads
 * elsewhere. */
char  *rushes_clip_name_suggest   (RushesLibrary *library,
                                   RushesTake    *take) G_GNUC_WARN_UNUSED_RESULT;
/* @name in @folder, numbered ("Harbour 2.mp4") where that exists. Blocks. */
GFile *rushes_clip_name_find_free (GFile         *folder,
                                   const char    *name) G_GNUC_WARN_UNUSED_RESULT;

G_END_DECLS
