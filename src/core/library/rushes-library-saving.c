/* rushes-library-saving.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "rushes-library-private.h"

#include <glib/gi18n.h>

#include "rushes-async.h"
#include "rushes-clip-saver.h"
#include "rushes-error.h"
#include "rushes-recipe.h"

typedef struct
{
  RushesLibrary *library;
  RushesTake *take;
  RushesClip *clip;
  GFile *destination;
  RushesSaveFlags flags;
  JsonNode *recipe; /* NULL */
} Saving;

static void
saving_free (Saving *saving)
{
  g_object_unref (saving->library);
  g_object_unref (saving->take);
  g_object_unref (saving->clip);
  g_object_unref (saving->destination);
  g_clear_pointer (&saving->recipe, json_node_unref);
  g_free (saving);
}

static DexFuture *
copy (gpointer data)
{
  Saving *saving = data;
  g_autoptr (GError) error = NULL;
  GFile *file = rushes_clip_saver_save (rushes_clip_get_file (saving->clip),
                                        rushes_clip_get_facts (saving->clip)->container, saving->destination,
                                        (saving->flags & RUSHES_SAVE_OVERWRITE) != 0, saving->recipe, &error);

  if (file == NULL)
    return dex_future_new_for_error (g_steal_pointer (&error));

  return dex_future_new_take_object (file);
}

static DexFuture *
save_fiber (gpointer data)
{
  Saving *saving = data;
  g_autoptr (GError) error = NULL;
  g_autoptr (GError) no_recipe = NULL;
  g_autoptr (GFile) file = NULL;
  g_autofree char *uri = NULL;
  RushesRequest *request = rushes_take_get_request (saving->take);

  /* Of a request that is lost no recipe can tell. */
  if ((saving->flags & RUSHES_SAVE_WITH_RECIPE) && rushes_request_get_problem (request) == NULL)
    saving->recipe = dex_await_boxed (
        rushes_recipe_make (request, rushes_take_get_created (saving->take), saving->library->fitter), &no_recipe);
  if (!(file = dex_await_object (rushes_async_work (copy, saving, NULL), &error)))
    return dex_future_new_for_error (g_steal_pointer (&error));
  if (no_recipe != NULL)
    rushes_clip_saver_set_lack (file, no_recipe);

  /* The file is there, whether or not its place can be remembered. */
  uri = g_file_get_uri (file);
  if (!dex_await (rushes_library_set_saved_to (saving->library, saving->take, uri), &error))
    g_warning ("The place of a saved clip could not be remembered: %s", error->message);

  return dex_future_new_take_object (g_steal_pointer (&file));
}

DexFuture *
rushes_library_save_clip (RushesLibrary *self, RushesTake *take, GFile *destination, RushesSaveFlags flags)
{
  Saving *saving;

  dex_return_error_if_fail (RUSHES_IS_LIBRARY (self));
  dex_return_error_if_fail (RUSHES_IS_TAKE (take));
  dex_return_error_if_fail (G_IS_FILE (destination));

  if (rushes_take_get_clip (take) == NULL)
    return dex_future_new_for_error (
        rushes_error_new (RUSHES_ERROR_NOT_FOUND, "%s", _ ("This take has no clip that could be saved.")));

  saving = g_new0 (Saving, 1);
  saving->library = g_object_ref (self);
  saving->take = g_object_ref (take);
  saving->clip = g_object_ref (rushes_take_get_clip (take));
  saving->destination = g_object_ref (destination);
  saving->flags = flags;

  return rushes_async_spawn (save_fiber, saving, (GDestroyNotify) saving_free);
}
