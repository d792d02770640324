/* rushes-picture-fitter.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "rushes-picture-fitter.h"

RushesPictureFacts *
rushes_picture_facts_copy (const RushesPictureFacts *self)
{
  return g_memdup2 (self, sizeof *self);
}

void
rushes_picture_facts_free (RushesPictureFacts *self)
{
  g_free (self);
}

G_DEFINE_BOXED_TYPE (RushesPictureFacts, rushes_picture_facts, rushes_picture_facts_copy, rushes_picture_facts_free)

RushesFittedPicture *
rushes_fitted_picture_copy (const RushesFittedPicture *self)
{
  RushesFittedPicture *copy = g_memdup2 (self, sizeof *self);

  g_bytes_ref (copy->bytes);
  return copy;
}

void
rushes_fitted_picture_free (RushesFittedPicture *self)
{
  g_bytes_unref (self->bytes);
  g_free (self);
}

G_DEFINE_BOXED_TYPE (RushesFittedPicture, rushes_fitted_picture, rushes_fitted_picture_copy, rushes_fitted_picture_free)

G_DEFINE_INTERFACE (RushesPictureFitter, rushes_picture_fitter, G_TYPE_OBJECT)

static void
rushes_picture_fitter_default_init (RushesPictureFitterInterface *iface)
{
}

DexFuture *
rushes_picture_fitter_probe (RushesPictureFitter *self, GFile *file, const char *name)
{
  g_return_val_if_fail (RUSHES_IS_PICTURE_FITTER (self), NULL);
  g_return_val_if_fail (G_IS_FILE (file), NULL);
  g_return_val_if_fail (name != NULL, NULL);

  return RUSHES_PICTURE_FITTER_GET_IFACE (self)->probe (self, file, name);
}

DexFuture *
rushes_picture_fitter_fit (RushesPictureFitter *self, GFile *file, const char *name, const RushesPictureLimits *limits)
{
  g_return_val_if_fail (RUSHES_IS_PICTURE_FITTER (self), NULL);
  g_return_val_if_fail (G_IS_FILE (file), NULL);
  g_return_val_if_fail (name != NULL, NULL);
  g_return_val_if_fail (limits != NULL, NULL);

  return RUSHES_PICTURE_FITTER_GET_IFACE (self)->fit (self, file, name, limits);
}
