/* rushes-model-words.h
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "rushes-provider.h"

G_BEGIN_DECLS

/* The words a model is shown with in lists. All are translated and none is markup; free with g_free(). */

/* "4–15 s", "5, 10 s" */
char       *rushes_model_words_lengths    (RushesModel         *model) G_GNUC_WARN_UNUSED_RESULT;
/* "720p, 1080p"; "" where there is no choice. */
char       *rushes_model_words_sizes      (RushesModel         *model) G_GNUC_WARN_UNUSED_RESULT;
/* "until 1 Dec", "retired since 31 Jan 2020"; NULL for a model that stays. @now: a local time */
char       *rushes_model_words_retirement (RushesModel         *model,
                                           GDateTime           *now) G_GNUC_WARN_UNUSED_RESULT;
/* What one clip costs, for a sentence ("about $0.50") or a narrow place ("~$0.50", "unknown"). */
char       *rushes_model_words_price      (const RushesPrice   *price,
                                           gboolean             narrow) G_GNUC_WARN_UNUSED_RESULT;
/* From when and where a price is known, of a draft that the model can do; NULL where nobody says. */
char       *rushes_model_words_source     (RushesModel         *model,
                                           RushesDraft         *draft) G_GNUC_WARN_UNUSED_RESULT;
/* When a service was asked for its models: "Listed 3 days ago"; @time NULL for never. */
char       *rushes_model_words_listed     (GDateTime           *time,
                                           GDateTime           *now) G_GNUC_WARN_UNUSED_RESULT;

G_END_DECLS
