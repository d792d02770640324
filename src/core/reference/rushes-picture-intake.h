/* rushes-picture-intake.h
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <gio/gio.h>
#include <libdex.h>

#include "rushes-folders.h"
#include "rushes-picture-fitter.h"

G_BEGIN_DECLS

/**
 * RushesPictureIntake:
 *
 * One picture on its way into the references folder: copied under a name that begins with a dot, then renamed to its
 * SHA-256 or removed. The steps work off the main thread, one after the other.
 */
typedef struct _RushesPictureIntake RushesPictureIntake;

/* @file may be anything that GIO reads, a web address, or a data: URI. */
RushesPictureIntake *rushes_picture_intake_new_for_file   (RushesFolders            *folders,
                                                           GFile                    *file);
/* With a @name of NULL it gets a general one. */
RushesPictureIntake *rushes_picture_intake_new_for_stream (RushesFolders            *folders,
                                                           GInputStream             *stream,
                                                           const char               *name);
void                 rushes_picture_intake_unref          (RushesPictureIntake      *self);
/* What the person knows it by, safe to show. */
const char          *rushes_picture_intake_get_name       (RushesPictureIntake      *self);
GFile               *rushes_picture_intake_get_copy       (RushesPictureIntake      *self);

/* Resolves to TRUE when the copy is whole. BAD_REQUEST (field "image") when the source cannot be read, STORAGE when
 * the copy cannot be written. */
DexFuture           *rushes_picture_intake_copy           (RushesPictureIntake      *self) G_GNUC_WARN_UNUSED_RESULT;
/* Gives the copy its final name, or drops it for the one that is there already. Resolves to a #RushesReference. */
DexFuture           *rushes_picture_intake_keep           (RushesPictureIntake      *self,
                                                           const RushesPictureFacts *facts) G_GNUC_WARN_UNUSED_RESULT;
/* Removes what is left of the copy. Resolves to TRUE, always. */
DexFuture           *rushes_picture_intake_discard        (RushesPictureIntake      *self) G_GNUC_WARN_UNUSED_RESULT;

G_END_DECLS
