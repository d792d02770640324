/* rushes-upload-list.h
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "rushes-upload-place.h"

G_BEGIN_DECLS

/* What stands in upload-places.json: {"chosen": ID, "places": [ … ]}. */
typedef struct
{
  GPtrArray *places; /* RushesUploadPlace, each with an id of its own */
  char      *chosen; /* the id of one of them; NULL */
} RushesUploadList;

/* An empty one when there is no file. BAD_REQUEST with file, place and reason for a mistake in it. */
RushesUploadList  *rushes_upload_list_load (GFile             *file,
                                            GError           **error) G_GNUC_WARN_UNUSED_RESULT;
/* Whole or not at all, for nobody else to read; makes the folder where it is missing. STORAGE. */
gboolean           rushes_upload_list_save (RushesUploadList  *self,
                                            GFile             *file,
                                            GError           **error);
void               rushes_upload_list_free (RushesUploadList  *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (RushesUploadList, rushes_upload_list_free)

/* The place of that id, borrowed, and where it stands; NULL. */
RushesUploadPlace *rushes_upload_list_find (GPtrArray         *places,
                                            const char        *id,
                                            guint             *position);

G_END_DECLS
