/* rushes-test-model.h
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "rushes-draft.h"
#include "rushes-error.h"
#include "rushes-model.h"

G_BEGIN_DECLS

/* A model of the provider "kites", from the members of its description. */
RushesModel *rushes_test_model_new            (const char          *members) G_GNUC_WARN_UNUSED_RESULT;
/* A picture of the size that was asked for; it is nowhere. */
RushesReference *rushes_test_model_make_picture (const char        *name,
                                               int                  width,
                                               int                  height) G_GNUC_WARN_UNUSED_RESULT;
/* Adds a picture of 64×48. */
void         rushes_test_model_add_picture    (RushesDraft         *draft,
                                               RushesReferenceRole  role,
                                               const char          *name);
/* Fits @draft and gives the notes as "field asked→used, …" in one line. */
char        *rushes_test_model_fit            (RushesModel         *model,
                                               RushesDraft         *draft) G_GNUC_WARN_UNUSED_RESULT;
void         rushes_test_model_assert_refusal (RushesModel         *model,
                                               RushesDraft         *draft,
                                               RushesErrorCode      code,
                                               const char          *field,
                                               const char          *sentence);

G_END_DECLS
