/* rushes-pictures.h
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "rushes-draft.h"
#include "rushes-generate-options.h"
#include "rushes-importer.h"

G_BEGIN_DECLS

/* The pictures of `rushes generate`: first as stand-ins, so that everything else can be checked before a single one is
 * read. */

/* How many takes the first frames make by themselves: at least 1. */
guint      rushes_pictures_count       (const RushesGenerateOptions *options);
/* BAD_REQUEST when standard input is wanted more than once. */
gboolean   rushes_pictures_check       (const RushesGenerateOptions *options,
                                        GError                     **error);
/* Puts a stand-in for every picture into @draft; of several first frames for one. */
void       rushes_pictures_stand_in    (const RushesGenerateOptions *options,
                                        RushesDraft                 *draft);
/* Imports them in the place of the stand-ins, in a fiber. @batch gets an array of RushesReference when there are several
 * first frames, else NULL. With @offline the stand-in of an address stays. BAD_REQUEST that names the picture. */
gboolean   rushes_pictures_import      (const RushesGenerateOptions *options,
                                        RushesImporter              *importer,
                                        gboolean                     offline,
                                        RushesDraft                 *draft,
                                        GPtrArray                  **batch,
                                        GError                     **error);

G_END_DECLS
