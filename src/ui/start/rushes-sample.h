/* rushes-sample.h
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "rushes-studio.h"

G_BEGIN_DECLS

/* A first clip for somebody who has nothing yet: lines up an animatic of the picture that ships. Resolves to its RushesTake. */
DexFuture *rushes_sample_generate (RushesStudio  *studio,
                                   RushesProject *project) G_GNUC_WARN_UNUSED_RESULT;

/* What a first clip by @model is made of, for the person to look at and to order: a prompt, and the sample picture where the
 * model takes one as it is. Resolves to a #RushesDraft of nobody's yet. */
DexFuture *rushes_sample_compose  (RushesStudio  *studio,
                                   RushesModel   *model) G_GNUC_WARN_UNUSED_RESULT;

G_END_DECLS
