/* rushes-studio.h
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <libdex.h>

#include "rushes-importer.h"
#include "rushes-library.h"
#include "rushes-presets.h"
#include "rushes-queue.h"
#include "rushes-registry.h"
#include "rushes-thumbnailer.h"

G_BEGIN_DECLS

/**
 * RushesStudio:
 *
 * What a window works with: the open library and all that stands on it. There is one in a process; every page gets it. Immutable.
 */
#define RUSHES_TYPE_STUDIO (rushes_studio_get_type ())
G_DECLARE_FINAL_TYPE (RushesStudio, rushes_studio, RUSHES, STUDIO, GObject)

/* Opens the library in @folders; resolves to a #RushesStudio, or rejects as rushes_library_open() does. The queue stands still until it is told
 * to resume. */
DexFuture         *rushes_studio_open            (RushesFolders       *folders,
                                                  RushesRegistry      *registry,
                                                  RushesPictureFitter *fitter) G_GNUC_WARN_UNUSED_RESULT;
/* Stops the queue and closes the library; resolves when all is on disk. */
DexFuture         *rushes_studio_close           (RushesStudio        *self) G_GNUC_WARN_UNUSED_RESULT;

/* All borrowed. */
RushesLibrary     *rushes_studio_get_library     (RushesStudio        *self);
RushesQueue       *rushes_studio_get_queue       (RushesStudio        *self);
RushesRegistry    *rushes_studio_get_registry    (RushesStudio        *self);
RushesPresets     *rushes_studio_get_presets     (RushesStudio        *self);
RushesImporter    *rushes_studio_get_importer    (RushesStudio        *self);
RushesThumbnailer *rushes_studio_get_thumbnailer (RushesStudio        *self);
RushesPictureFitter *rushes_studio_get_fitter    (RushesStudio        *self);
/* Why the person's own presets could not be read; NULL when they could. */
const GError      *rushes_studio_get_presets_error (RushesStudio      *self);

G_END_DECLS
