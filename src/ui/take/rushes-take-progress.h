/* rushes-take-progress.h
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <adwaita.h>

#include "rushes-library.h"
#include "rushes-registry.h"

G_BEGIN_DECLS

/**
 * RushesTakeProgress:
 *
 * Where the clip will be, while it is being made: over the picture that it is made of, the stage in words, how far and
 * how long, and the way to stop it (take.cancel). It looks at the clock only while it is on the screen and the take is
 * running.
 */
#define RUSHES_TYPE_TAKE_PROGRESS (rushes_take_progress_get_type ())
G_DECLARE_FINAL_TYPE (RushesTakeProgress, rushes_take_progress, RUSHES, TAKE_PROGRESS, AdwBin)

/* Once. */
void rushes_take_progress_set_take    (RushesTakeProgress *self,
                                       RushesTake         *take,
                                       RushesLibrary      *library,
                                       RushesRegistry     *registry);
/* What lies behind the words; NULL for nothing. */
void rushes_take_progress_set_picture (RushesTakeProgress *self,
                                       GdkPaintable       *picture);
/* Says that a clip which comes cannot be looked at before it is whole. */
void rushes_take_progress_set_late    (RushesTakeProgress *self,
                                       gboolean            late);

G_END_DECLS
