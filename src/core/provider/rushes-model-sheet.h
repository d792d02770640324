/* rushes-model-sheet.h
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "rushes-description.h"
#include "rushes-model.h"

G_BEGIN_DECLS

/* What a service says of one of its models is written down as a sheet: a member of a description's "models", as
 * data/providers/SCHEMA.md has it, of which all but the "id" may be missing. A sheet is what is cached, what a request
 * bears, and what a model is made of: what it says is laid over what the description's `any_model` can. One with
 * "input_names" says all of the model, and only the form of pictures and how many takes may be made are the other's. */

/**
 * RushesModelBase:
 *
 * What sheets of a provider are laid over. Immutable, so that any thread may use it; make it on the main thread.
 */
typedef struct _RushesModelBase RushesModelBase;

/* NULL when the description takes no names but its own. */
RushesModelBase *rushes_model_base_new   (RushesDescription *description) G_GNUC_WARN_UNUSED_RESULT;
RushesModelBase *rushes_model_base_ref   (RushesModelBase   *self);
void             rushes_model_base_unref (RushesModelBase   *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (RushesModelBase, rushes_model_base_unref)

/* The model of a sheet, which is read as strictly as a description and must be within bounds besides: lengths of names, how
 * many values and parameters. NULL with a BAD_REQUEST. */
RushesModel     *rushes_model_base_make  (RushesModelBase   *self,
                                          JsonNode          *sheet,
                                          GError           **error) G_GNUC_WARN_UNUSED_RESULT;

/* Words of a service for people: their first line, made safe to show, of at most so many characters. NULL for none; @words
 * may be NULL. */
char            *rushes_model_tidy_words (const char        *words,
                                          glong              most) G_GNUC_WARN_UNUSED_RESULT;
/* Whether @id can be a model's: 1 to 200 characters, none of them blank, invisible or a control. */
gboolean         rushes_model_id_is_good (const char        *id);

G_END_DECLS
