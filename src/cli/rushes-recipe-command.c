/* rushes-recipe-command.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "rushes-command.h"

#include <glib/gi18n.h>

#include "rushes-listing.h"
#include "rushes-recipe-option.h"
#include "rushes-table.h"

static void
add_optional (RushesTable *table, const char *title, const char *text)
{
  if (text != NULL && *text != '\0')
    rushes_table_add (table, title, text);
}

static void
add_looks (RushesTable *table, RushesDraft *draft)
{
  g_auto (GStrv) names = rushes_draft_list_parameters (draft);
  g_autofree char *duration = g_strdup_printf (_ ("%g s"), rushes_draft_get_duration (draft));
  g_autofree char *rate = g_strdup_printf (_ ("%d fps"), rushes_draft_get_frame_rate (draft));
  g_autofree char *seed = g_strdup_printf ("%" G_GINT64_FORMAT, rushes_draft_get_seed (draft));

  add_optional (table, _ ("length"), rushes_draft_get_duration (draft) > 0 ? duration : NULL);
  add_optional (table, _ ("resolution"), rushes_draft_get_resolution (draft));
  add_optional (table, _ ("aspect ratio"), rushes_draft_get_aspect (draft));
  add_optional (table, _ ("frame rate"), rushes_draft_get_frame_rate (draft) > 0 ? rate : NULL);
  add_optional (table, _ ("seed"), rushes_draft_get_seed (draft) >= 0 ? seed : NULL);
  add_optional (table, _ ("sound"), rushes_draft_get_audio (draft) ? _ ("yes") : NULL);
  add_optional (table, _ ("watermark"), rushes_draft_get_watermark (draft) ? _ ("yes") : NULL);
  for (guint i = 0; names[i] != NULL; i++)
    add_optional (table, names[i], rushes_draft_get_parameter (draft, names[i]));
}

static void
add_pictures (RushesTable *table, RushesRecipe *recipe)
{
  GPtrArray *pictures = rushes_recipe_get_pictures (recipe);

  for (guint i = 0; i < pictures->len; i++)
    {
      const RushesRecipePicture *picture = g_ptr_array_index (pictures, i);
      g_autofree char *words = NULL;

      if (picture->place != NULL)
        /* Translators: %s is a path or an address */
        words = g_strdup_printf (_ ("“%s”, which is not opened"), picture->place);
      else if (picture->sha256 == NULL)
        words = g_strdup (_ ("a small copy"));
      else if (picture->small != NULL)
        /* Translators: %s is the SHA-256 of a picture */
        words = g_strdup_printf (_ ("%s, with a small copy"), picture->sha256);
      rushes_table_add (table, _ ("picture"), words != NULL ? words : picture->sha256);
    }
}

static void
say_recipe (RushesPrinter *printer, RushesRecipe *recipe)
{
  g_autoptr (RushesTable) table = rushes_table_new (_ ("recipe"), rushes_recipe_get_maker (recipe), NULL);
  g_autoptr (RushesDraft) draft = rushes_draft_new ();
  GDateTime *made = rushes_recipe_get_made (recipe);
  g_autofree char *time = made != NULL ? rushes_time_to_display (g_date_time_to_unix_usec (made)) : NULL;

  rushes_recipe_fill (recipe, draft);
  add_optional (table, _ ("made"), time);
  add_optional (table, _ ("provider"), rushes_recipe_get_provider_id (recipe));
  add_optional (table, _ ("model"), rushes_recipe_get_model_id (recipe));
  add_optional (table, _ ("preset"), rushes_draft_get_preset_text (draft));
  add_optional (table, _ ("prompt"), rushes_draft_get_prompt (draft));
  add_optional (table, _ ("negative prompt"), rushes_draft_get_negative_prompt (draft));
  add_looks (table, draft);
  add_pictures (table, recipe);
  rushes_table_print (table, printer);
}

static int
show (RushesInvocation *self)
{
  RushesPrinter *printer = rushes_invocation_get_printer (self);
  g_autoptr (RushesRecipe) recipe = NULL;
  g_autoptr (JsonNode) node = NULL;
  g_autoptr (GError) error = NULL;
  int status;

  if (!rushes_invocation_parse (self, &status))
    return status;
  if (!(recipe = rushes_recipe_option_load (rushes_invocation_get_argument (self, 0), &error)))
    return rushes_invocation_fail (self, error);

  say_recipe (printer, recipe);
  node = rushes_recipe_to_json (recipe);
  rushes_printer_emit (printer, json_object_ref (json_node_get_object (node)));
  return 0;
}

static const RushesVerb verbs[] = {
  { NULL, N_ ("FILE"), N_ ("Show the recipe of a clip that Rushes saved, or of the file beside it."), 1, 1, show },
  { NULL },
};

const RushesCommand rushes_recipe_command = { "recipe", N_ ("Show how a clip was made"), verbs };
