/* rushes-recipe-private.h
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "rushes-brief.h"
#include "rushes-recipe.h"

G_BEGIN_DECLS

/* Between the files of the recipe only. */

struct _RushesRecipe
{
  GObject      parent_instance;

  char        *maker;
  GDateTime   *made;     /* NULL */
  RushesBrief *brief;    /* without pictures */
  GPtrArray   *pictures; /* RushesRecipePicture */
  gboolean     extended; /* it made another clip longer */
};

/* Adds the members of @brief that a recipe bears, all but the pictures, to @object. */
void rushes_recipe_write_brief (JsonObject        *object,
                                const RushesBrief *brief);

G_END_DECLS
