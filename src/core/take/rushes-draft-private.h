/* rushes-draft-private.h
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "rushes-brief.h"
#include "rushes-draft.h"

G_BEGIN_DECLS

struct _RushesDraft
{
  GObject parent_instance;

  RushesBrief *brief;
  RushesMoney budget;
};

/* What the draft holds now. Borrowed, until the draft changes. */
const RushesBrief *rushes_draft_peek  (RushesDraft       *self);
/* Takes all of @brief over, and tells what changed. */
void               rushes_draft_adopt (RushesDraft       *self,
                                       const RushesBrief *brief);

G_END_DECLS
