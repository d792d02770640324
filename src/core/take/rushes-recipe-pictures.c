/* rushes-recipe-pictures.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "rushes-recipe-private.h"

#include <glib/gi18n.h>

#include "rushes-async.h"

typedef struct
{
  RushesRecipe *self;
  RushesImporter *importer;
  gboolean with_small;
} Search;

static void
search_free (gpointer data)
{
  Search *search = data;

  g_object_unref (search->self);
  g_object_unref (search->importer);
  g_free (search);
}

static DexFuture *
search_fiber (gpointer data)
{
  Search *search = data;

  for (guint i = 0; i < search->self->pictures->len; i++)
    {
      RushesRecipePicture *picture = g_ptr_array_index (search->self->pictures, i);

      g_clear_object (&picture->reference);
      picture->is_small = FALSE;
      if (picture->sha256 != NULL)
        picture->reference =
            dex_await_object (rushes_importer_find (search->importer, picture->sha256,
                                                    /* Translators: what a picture is called that a recipe brought. */
                                                    _ ("Picture of the recipe")),
                              NULL);
      if (picture->reference == NULL && picture->small != NULL && search->with_small)
        {
          picture->reference = dex_await_object (
              rushes_importer_import_bytes (search->importer, picture->small,
                                            /* Translators: what a picture is called that is only a preview of it */
                                            _ ("Only a small copy")),
              NULL);
          picture->is_small = picture->reference != NULL;
        }
    }
  return dex_future_new_true ();
}

DexFuture *
rushes_recipe_find_pictures (RushesRecipe *self, RushesImporter *importer, gboolean with_small)
{
  Search *search;

  dex_return_error_if_fail (RUSHES_IS_RECIPE (self));
  dex_return_error_if_fail (RUSHES_IS_IMPORTER (importer));

  search = g_new0 (Search, 1);
  search->self = g_object_ref (self);
  search->importer = g_object_ref (importer);
  search->with_small = with_small;
  return rushes_async_spawn (search_fiber, search, search_free);
}

static const char *
get_field (RushesReferenceRole role)
{
  switch (role)
    {
    case RUSHES_ROLE_FIRST_FRAME:
      return "image";
    case RUSHES_ROLE_LAST_FRAME:
      return "last_image";
    case RUSHES_ROLE_REFERENCE:
    default:
      return "reference";
    }
}

static char *
explain (const RushesRecipePicture *picture)
{
  if (picture->is_small)
    {
      g_autofree char *size = g_strdup_printf ("%d × %d", rushes_reference_get_width (picture->reference),
                                               rushes_reference_get_height (picture->reference));

      /* Translators: %s is a size in pixels, “320 × 180” */
      return g_strdup_printf (
          _ ("A picture of the recipe is not in this library; what stands in for it is only a small "
             "copy (%s). Put the picture itself in its place."),
          size);
    }
  if (picture->place != NULL)
    /* Translators: %s is a path or an address */
    return g_strdup_printf (_ ("The recipe names “%s” as a picture. Rushes does not open it by itself."),
                            picture->place);
  return g_strdup (_ ("A picture of the recipe is not in this library. Put it in its place."));
}

/* Which clip it was is not said, and nobody else may ask for it. */
static RushesNote *
note_extended (void)
{
  RushesNote *note = g_new0 (RushesNote, 1);

  note->field = g_strdup ("extend");
  note->asked = g_strdup ("true");
  note->message =
      g_strdup (_ ("This clip made another one longer, which the recipe does not name: it makes a clip of its own."));
  return note;
}

GPtrArray *
rushes_recipe_list_notes (RushesRecipe *self)
{
  GPtrArray *notes;

  g_return_val_if_fail (RUSHES_IS_RECIPE (self), NULL);

  notes = g_ptr_array_new_with_free_func ((GDestroyNotify) rushes_note_free);
  if (self->extended)
    g_ptr_array_add (notes, note_extended ());
  for (guint i = 0; i < self->pictures->len; i++)
    {
      const RushesRecipePicture *picture = g_ptr_array_index (self->pictures, i);
      RushesNote *note;

      if (picture->reference != NULL && !picture->is_small)
        continue;
      note = g_new0 (RushesNote, 1);
      note->field = g_strdup (get_field (picture->role));
      note->asked = g_strdup (picture->sha256 != NULL ? picture->sha256 : picture->place);
      note->used = picture->is_small ? g_strdup (rushes_reference_get_sha256 (picture->reference)) : NULL;
      note->message = explain (picture);
      g_ptr_array_add (notes, note);
    }
  return notes;
}
