/* rushes-recipe-option.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "rushes-recipe-option.h"

#include <glib/gi18n.h>

RushesRecipe *
rushes_recipe_option_load (const char *typed, GError **error)
{
  g_autoptr (GFile) file = g_file_new_for_commandline_arg (typed);
  g_autofree char *name = g_file_get_parse_name (file);
  g_autoptr (GError) reason = NULL;
  RushesRecipe *recipe;

  if (!g_file_query_exists (file, NULL))
    {
      rushes_set_error (error, RUSHES_ERROR_BAD_REQUEST, _ ("There is no file “%s”. Check the name."), name);
      return NULL;
    }
  if (g_file_query_file_type (file, G_FILE_QUERY_INFO_NONE, NULL) == G_FILE_TYPE_DIRECTORY)
    {
      rushes_set_error (error, RUSHES_ERROR_BAD_REQUEST, _ ("“%s” is a folder. A file is needed here."), name);
      return NULL;
    }
  if ((recipe = dex_await_object (rushes_recipe_load (file), &reason)) != NULL)
    return recipe;

  /* That a file holds none is a wrong argument, and not an answer of somebody's. */
  if (g_error_matches (reason, RUSHES_ERROR, RUSHES_ERROR_NOT_FOUND))
    reason->code = RUSHES_ERROR_BAD_REQUEST;
  g_propagate_error (error, g_steal_pointer (&reason));
  return NULL;
}

/* The option that gives a picture of this role, when it was given. */
static gboolean
is_given (const RushesGenerateOptions *options, RushesReferenceRole role, const char **option)
{
  switch (role)
    {
    case RUSHES_ROLE_FIRST_FRAME:
      *option = "--image";
      return options->images != NULL && options->images[0] != NULL;
    case RUSHES_ROLE_LAST_FRAME:
      *option = "--last-image";
      return options->last_image != NULL;
    case RUSHES_ROLE_REFERENCE:
    default:
      *option = "--reference";
      return options->references != NULL && options->references[0] != NULL;
    }
}

static gboolean
check_pictures (const RushesGenerateOptions *options, RushesRecipe *recipe, GError **error)
{
  GPtrArray *pictures = rushes_recipe_get_pictures (recipe);

  for (guint i = 0; i < pictures->len; i++)
    {
      const RushesRecipePicture *picture = g_ptr_array_index (pictures, i);
      const char *option;

      if (is_given (options, picture->role, &option) || picture->reference != NULL)
        continue;
      if (picture->place != NULL)
        rushes_set_error (error, RUSHES_ERROR_BAD_REQUEST,
                          /* Translators: a path or an address, and an option of the command line */
                          _ ("The recipe names “%s” as a picture, which Rushes does not open by itself; give it with "
                             "%s."),
                          picture->place, option);
      else
        rushes_set_error (error, RUSHES_ERROR_BAD_REQUEST,
                          /* Translators: %s is an option of the command line */
                          _ ("A picture of the recipe is not in the library; give it with %s."), option);
      return FALSE;
    }
  return TRUE;
}

RushesRecipe *
rushes_recipe_option_read (RushesGenerateOptions *options, RushesInvocation *invocation, GError **error)
{
  g_autoptr (RushesImporter) importer = NULL;
  g_autoptr (RushesRecipe) recipe = NULL;

  importer =
      rushes_importer_new (rushes_invocation_get_folders (invocation), rushes_invocation_get_fitter (invocation));
  if (!(recipe = rushes_recipe_option_load (options->recipe, error)) ||
      !dex_await (rushes_recipe_find_pictures (recipe, importer, FALSE), error) ||
      !check_pictures (options, recipe, error))
    return NULL;
  return g_steal_pointer (&recipe);
}

void
rushes_recipe_option_fill (RushesGenerateOptions *options,
                           RushesRecipe *recipe,
                           RushesModel *model,
                           RushesDraft *draft,
                           GPtrArray *notes)
{
  const char *option;

  rushes_recipe_fill (recipe, draft);
  for (int role = RUSHES_ROLE_FIRST_FRAME; role <= RUSHES_ROLE_REFERENCE; role++)
    while (is_given (options, role, &option) && rushes_draft_get_n_references (draft, role) > 0)
      rushes_draft_set_reference (draft, role, 0, NULL);
  g_ptr_array_extend_and_steal (notes, rushes_model_fit (model, draft));
}
