/* rushes-uploads.h
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <libdex.h>

#include "rushes-library.h"

G_BEGIN_DECLS

/* The library's record of pictures that were put somewhere for a service: written before anything is sent, so that no
 * copy is forgotten, and read to use a copy again. A place is "PROVIDER" for a service's own upload, "place:ID" for the
 * person's. */

typedef struct
{
  char   *name;    /* under which it lies there */
  char   *place;
  char   *sha256;  /* of what was sent */
  char   *address; /* NULL until it lies there */
  gint64  expires; /* µs UTC; 0 not known */
  char   *removal; /* an address that removes it; NULL */
} RushesUpload;

#define RUSHES_TYPE_UPLOAD (rushes_upload_get_type ())
GType         rushes_upload_get_type (void);
RushesUpload *rushes_upload_copy     (const RushesUpload *self);
void          rushes_upload_free     (RushesUpload       *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (RushesUpload, rushes_upload_free)

/* Resolves to a #RushesUpload of this place and content that lives for at least ten minutes more, noted for
 * @attempt_id as well; rejects with NOT_FOUND when there is none. */
DexFuture *rushes_library_find_upload   (RushesLibrary      *self,
                                         const char         *place,
                                         const char         *sha256,
                                         const char         *attempt_id) G_GNUC_WARN_UNUSED_RESULT;
/* Notes, before it is sent, that something will lie at @place under @name for @attempt_id. Resolves to TRUE. */
DexFuture *rushes_library_begin_upload  (RushesLibrary      *self,
                                         const char         *place,
                                         const char         *name,
                                         const char         *sha256,
                                         const char         *attempt_id) G_GNUC_WARN_UNUSED_RESULT;
/* Notes where it lies now, and, NULL or an address, how it is removed. Resolves to TRUE. */
DexFuture *rushes_library_finish_upload (RushesLibrary      *self,
                                         const char         *name,
                                         const char         *address,
                                         gint64              expires,
                                         const char         *removal) G_GNUC_WARN_UNUSED_RESULT;
/* Those that no unfinished attempt needs any more, not yet removed, at the person's places: a boxed GPtrArray of
 * #RushesUpload. From now on none of them is found again, and each is listed until it is forgotten. */
DexFuture *rushes_library_list_stale_uploads (RushesLibrary *self) G_GNUC_WARN_UNUSED_RESULT;
/* Resolves to TRUE. */
DexFuture *rushes_library_forget_upload (RushesLibrary      *self,
                                         const char         *name) G_GNUC_WARN_UNUSED_RESULT;

G_END_DECLS
