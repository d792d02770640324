/* rushes-settle.h
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "rushes-draft.h"

G_BEGIN_DECLS

/* Brings a draft into what its model can do. What is near enough gives way, and what only adds to the request (a seed, a
 * negative prompt, sound) is left out where the model has no such thing: the notes, an array of RushesNote, tell it.
 * What would make another clip than was asked for is refused instead: NULL with the sentence that rushes_model_check()
 * has for it, or for what is missing. */
GPtrArray *rushes_draft_settle (RushesDraft  *draft,
                                RushesModel  *model,
                                GError      **error) G_GNUC_WARN_UNUSED_RESULT;

G_END_DECLS
