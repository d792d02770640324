/* rushes-upload-secret.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "rushes-upload-secret.h"

#include "rushes-error.h"

gboolean
rushes_upload_owner_init (RushesUploadOwner *self, RushesUploadPlace *place)
{
  g_return_val_if_fail (self != NULL, FALSE);
  g_return_val_if_fail (RUSHES_IS_UPLOAD_PLACE (place), FALSE);

  *self = (RushesUploadOwner) { .id = g_strconcat ("upload:", rushes_upload_place_get_id (place), NULL) };
  rushes_upload_place_get_origin (place, &self->origin);
  self->origins[0] = self->origin;
  self->owner.provider_id = self->id;
  self->owner.origins = self->origins;

  return self->origin != NULL;
}

void
rushes_upload_owner_clear (RushesUploadOwner *self)
{
  g_free (self->id);
  g_free (self->origin);
}

static DexFuture *
give_value (DexFuture *future, gpointer data)
{
  g_autoptr (GError) error = NULL;
  const GValue *value = dex_future_get_value (future, &error);
  const RushesKey *key = value != NULL ? g_value_get_boxed (value) : NULL;

  if (key == NULL && !g_error_matches (error, RUSHES_ERROR, RUSHES_ERROR_AUTH))
    return dex_future_new_for_error (g_steal_pointer (&error));

  return dex_future_new_take_string (key != NULL ? g_strdup (key->value) : NULL);
}

DexFuture *
rushes_upload_place_find_secret (RushesUploadPlace *place, RushesKeyring *keyring)
{
  g_auto (RushesUploadOwner) owner = { 0 };

  dex_return_error_if_fail (RUSHES_IS_UPLOAD_PLACE (place));
  dex_return_error_if_fail (RUSHES_IS_KEYRING (keyring));

  if (!rushes_upload_owner_init (&owner, place))
    return dex_future_new_take_string (NULL);

  return dex_future_finally (rushes_keyring_look_up (keyring, &owner.owner), give_value, NULL, NULL);
}
