/* rushes-delivery.h
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <gdk/gdk.h>
#include <libdex.h>

#include "rushes-importer.h"
#include "rushes-recipe.h"

G_BEGIN_DECLS

/**
 * RushesDelivery:
 * @references: RushesReference, in the order they were given
 * @failures: GError, one for each candidate that cannot be used
 * @names: strings, what those that failed are called
 * @recipe: of a clip, or of a file of its own, with its pictures found; %NULL
 * @recipe_name: what that file is called
 *
 * The pictures, or the recipe, that a person brought, by a drop, a paste or a file dialog: all three go through here. A boxed value with reference count.
 */
typedef struct
{
  /*< private >*/
  gatomicrefcount ref_count;

  /*< public >*/
  GPtrArray *references;
  GPtrArray *failures;
  GPtrArray *names;
  RushesRecipe *recipe;
  char *recipe_name;
} RushesDelivery;

#define RUSHES_TYPE_DELIVERY (rushes_delivery_get_type ())
GType           rushes_delivery_get_type       (void);
RushesDelivery *rushes_delivery_ref            (RushesDelivery    *self);
void            rushes_delivery_unref          (RushesDelivery    *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (RushesDelivery, rushes_delivery_unref)

/* Whether there may be pictures in it: files, pixels, or a picture of another well. */
gboolean        rushes_delivery_has_pictures   (GdkContentFormats *formats);
gboolean        rushes_delivery_has_files      (GdkContentFormats *formats);
gboolean        rushes_delivery_has_text       (GdkContentFormats *formats);
/* Pictures, or text, which may be an address. */
gboolean        rushes_delivery_may_be_picture (GdkContentFormats *formats);

/* Each resolves to a #RushesDelivery, which is never wholly empty, or rejects when nothing could be read at all. Files are taken first, else the
 * address; pixels that were offered too are read as well, and used when the address cannot be fetched (a browser's page may need a login
 * that we do not have). A drop is finished here. */
DexFuture      *rushes_delivery_from_drop      (RushesImporter    *importer,
                                                GdkDrop           *drop) G_GNUC_WARN_UNUSED_RESULT;
DexFuture      *rushes_delivery_from_clipboard (RushesImporter    *importer,
                                                GdkClipboard      *clipboard) G_GNUC_WARN_UNUSED_RESULT;
/* @files: a GListModel of GFile */
DexFuture      *rushes_delivery_from_files     (RushesImporter    *importer,
                                                GListModel        *files) G_GNUC_WARN_UNUSED_RESULT;

/* One sentence for all that failed: the sentence of the only one, or one that counts and names them. NULL when none did. */
char           *rushes_delivery_get_complaint  (RushesDelivery    *self) G_GNUC_WARN_UNUSED_RESULT;

G_END_DECLS
