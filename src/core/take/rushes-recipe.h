/* rushes-recipe.h
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <gio/gio.h>
#include <json-glib/json-glib.h>
#include <libdex.h>

#include "rushes-draft.h"
#include "rushes-importer.h"
#include "rushes-picture-fitter.h"
#include "rushes-request.h"

G_BEGIN_DECLS

/* How a recipe is written, in JSON; what rushes-recipe-box.h puts into a file or beside it:
 *
 *   { "maker": "Rushes", "maker_version": "0.1.0", "format": 1, "made": "2026-11-21T17:00:00Z",
 *     "provider", "model", "prompt", "negative_prompt", "preset": { "id", "text" }, "duration", "resolution", "aspect",
 *     "frame_rate", "seed", "audio", "watermark", "parameters": { NAME: VALUE },
 *     "extended": true,
 *     "references": { "first" | "last" | "reference": [ { "sha256", "type", "width", "height", "small" } ] } }
 *
 * "extended" says that the clip made another one longer, which one nobody is told. "made" is when the take was begun, and "small" a picture of at most 320 pixels, JPEG in base64. No path, address, name
 * of a file, key or account ever goes into it. The format is raised when the meaning of a member changes. */
#define RUSHES_RECIPE_FORMAT 1

/* The recipe of a take that was begun at @created (µs UTC): resolves to a boxed JsonNode. A picture that cannot be read
 * any more goes without its small copy, as do all with a @fitter of NULL. */
DexFuture     *rushes_recipe_make            (RushesRequest       *request,
                                              gint64               created,
                                              RushesPictureFitter *fitter) G_GNUC_WARN_UNUSED_RESULT;

/**
 * RushesRecipePicture:
 * @role: what it is given as
 * @sha256: of the picture itself; %NULL when the recipe does not say
 * @small: a JPEG or PNG of few pixels; %NULL
 * @place: a path or an address that the recipe names; to be shown, never to be opened; %NULL
 * @reference: what rushes_recipe_find_pictures() found; %NULL
 * @is_small: @reference is only the small copy
 */
typedef struct
{
  RushesReferenceRole role;
  char               *sha256;
  GBytes             *small;
  char               *place;
  RushesReference    *reference;
  gboolean            is_small;
} RushesRecipePicture;

/**
 * RushesRecipe:
 *
 * A recipe out of a file that anybody may have made. It fills words, the ids of provider and model, settings and the
 * seed, and nothing else: whatever else it holds is not looked at. Text is cleaned of what cannot be seen; what is of the
 * wrong kind or beyond all bounds is left out. It submits nothing and opens no path or address.
 */
#define RUSHES_TYPE_RECIPE (rushes_recipe_get_type ())
G_DECLARE_FINAL_TYPE (RushesRecipe, rushes_recipe, RUSHES, RECIPE, GObject)

/* BAD_REQUEST with a sentence when @node is no recipe of Rushes, of a later format, or holds nothing that can be used. */
RushesRecipe  *rushes_recipe_new             (JsonNode            *node,
                                              GError             **error) G_GNUC_WARN_UNUSED_RESULT;
/* The recipe in a clip, beside it, or in a file of its own: resolves to a #RushesRecipe. Rejects with NOT_FOUND when there
 * is none, else as above. */
DexFuture     *rushes_recipe_load            (GFile               *file) G_GNUC_WARN_UNUSED_RESULT;

/* "Rushes 0.1.0" */
const char    *rushes_recipe_get_maker       (RushesRecipe        *self);
/* When the take was begun; NULL. */
GDateTime     *rushes_recipe_get_made        (RushesRecipe        *self);
const char    *rushes_recipe_get_provider_id (RushesRecipe        *self);
const char    *rushes_recipe_get_model_id    (RushesRecipe        *self);
/* RushesRecipePicture, in their order. Borrowed. */
GPtrArray     *rushes_recipe_get_pictures    (RushesRecipe        *self);

/* Looks for the pictures by their SHA-256 in @importer's library and, with @with_small, brings the small copies of those
 * in that are not there. Resolves to TRUE, also when some are nowhere; rushes_recipe_list_notes() tells. */
DexFuture     *rushes_recipe_find_pictures   (RushesRecipe        *self,
                                              RushesImporter      *importer,
                                              gboolean             with_small) G_GNUC_WARN_UNUSED_RESULT;
/* What a person must know of the pictures, and of what else is not as it was: an array of RushesNote, maybe empty. */
GPtrArray     *rushes_recipe_list_notes      (RushesRecipe        *self) G_GNUC_WARN_UNUSED_RESULT;

/* Takes the place of everything in @draft but how many takes it makes. The pictures are those that were found. */
void           rushes_recipe_fill            (RushesRecipe        *self,
                                              RushesDraft         *draft);
/* What was understood of it, in the form above; of the small pictures only that they are there. */
JsonNode      *rushes_recipe_to_json         (RushesRecipe        *self) G_GNUC_WARN_UNUSED_RESULT;

G_END_DECLS
