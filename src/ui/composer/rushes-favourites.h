/* rushes-favourites.h
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "rushes-model.h"

G_BEGIN_DECLS

/* The models that the person starred, kept as PROVIDER/MODEL in the setting "favourite-models", the latest last. */

/* The name of a model there, and wherever all models of all providers are told apart; free with g_free(). */
char       *rushes_favourites_name (RushesModel *model) G_GNUC_WARN_UNUSED_RESULT;
/* All names, as a set. */
GHashTable *rushes_favourites_read (void) G_GNUC_WARN_UNUSED_RESULT;
void        rushes_favourites_set  (RushesModel *model,
                                    gboolean     favourite);

G_END_DECLS
