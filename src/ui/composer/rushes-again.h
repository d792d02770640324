/* rushes-again.h
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "rushes-registry.h"
#include "rushes-take.h"

G_BEGIN_DECLS

/* What can be made of a take at once, without the composer: four more of it with other seeds, and, once it is ready, the
 * same with the same seed by what is dearer: a larger resolution, or another model of the same provider. */

/* Puts into @menu, in place of what is there, an item for each of that, with its price: actions "win.vary" (the id of the
 * take) and "win.finish" (ids of the take and a model, and a resolution). Nothing where it cannot be made. */
void       rushes_again_fill_menu       (GMenu          *menu,
                                         RushesRegistry *registry,
                                         RushesTake     *take);
/* The drafts (RushesDraft) of the former. */
GPtrArray *rushes_again_list_variations (RushesTake     *take) G_GNUC_WARN_UNUSED_RESULT;
/* The draft of the latter; NULL when there is no such model. */
RushesDraft *rushes_again_make_final    (RushesRegistry *registry,
                                         RushesTake     *take,
                                         const char     *model_id,
                                         const char     *resolution) G_GNUC_WARN_UNUSED_RESULT;

G_END_DECLS
