/* rushes-recipe-option.h
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "rushes-generate-options.h"
#include "rushes-recipe.h"

G_BEGIN_DECLS

/* In a fiber: the recipe of the file that was typed. BAD_REQUEST with a sentence when there is none in it, or it is
 * damaged. */
RushesRecipe *rushes_recipe_option_load  (const char            *typed,
                                          GError               **error) G_GNUC_WARN_UNUSED_RESULT;
/* In a fiber: the recipe that `generate` was told to go by, its pictures found in the library. BAD_REQUEST also when a picture that no option gives is not in the library: here nobody looks at a
 * small copy before it is paid for. */
RushesRecipe *rushes_recipe_option_read  (RushesGenerateOptions *options,
                                          RushesInvocation      *invocation,
                                          GError               **error) G_GNUC_WARN_UNUSED_RESULT;
/* Fills @draft with what the recipe says and @model can do; the rest gives way, with notes. Options come later and win. */
void          rushes_recipe_option_fill  (RushesGenerateOptions *options,
                                          RushesRecipe          *recipe,
                                          RushesModel           *model,
                                          RushesDraft           *draft,
                                          GPtrArray             *notes);

G_END_DECLS
