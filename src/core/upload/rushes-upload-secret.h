/* rushes-upload-secret.h
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "rushes-keyring.h"
#include "rushes-upload-place.h"

G_BEGIN_DECLS

/* As whose the keyring knows the secret of a place: "upload:ID", for the place's own origin. The strings of @owner belong
 * to the rest of it, so it is not copied. */
typedef struct
{
  RushesKeyOwner  owner;

  /*< private >*/
  char           *id;
  char           *origin;
  const char     *origins[2];
} RushesUploadOwner;

/* FALSE for a place that takes no secret; clear it all the same. */
gboolean   rushes_upload_owner_init        (RushesUploadOwner  *self,
                                            RushesUploadPlace  *place);
void       rushes_upload_owner_clear       (RushesUploadOwner  *self);
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (RushesUploadOwner, rushes_upload_owner_clear)

/* Resolves to the secret of @place as a string, NULL when none is kept: a place that cannot do without it says so when it
 * is used. Rejects with KEYRING. */
DexFuture *rushes_upload_place_find_secret (RushesUploadPlace  *place,
                                            RushesKeyring      *keyring) G_GNUC_WARN_UNUSED_RESULT;

G_END_DECLS
