/* rushes-upload-fields.h
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <adwaita.h>

#include "rushes-upload-place.h"

G_BEGIN_DECLS

/**
 * RushesUploadFields:
 *
 * The members of an upload place that its kind has, and its secret. What was typed for one kind is still there when the
 * person comes back to it.
 */
#define RUSHES_TYPE_UPLOAD_FIELDS (rushes_upload_fields_get_type ())
G_DECLARE_FINAL_TYPE (RushesUploadFields, rushes_upload_fields, RUSHES, UPLOAD_FIELDS, AdwPreferencesGroup)

void         rushes_upload_fields_set_kind     (RushesUploadFields *self,
                                                RushesUploadKind    kind);
/* Shows the members of @object, as rushes_upload_place_to_json() gives them. */
void         rushes_upload_fields_read         (RushesUploadFields *self,
                                                JsonObject         *object);
/* Adds kind and members to @object. FALSE, with a sentence, when one that must be there is not: it is marked. */
gboolean     rushes_upload_fields_write        (RushesUploadFields *self,
                                                JsonObject         *object,
                                                GError            **error);
/* Marks the field that an error of rushes_upload_place_new_from_json() is about, and gives the error in terms of what
 * stands on the screen. @file is what was given there. */
char        *rushes_upload_fields_explain      (RushesUploadFields *self,
                                                const char         *file,
                                                const GError       *error) G_GNUC_WARN_UNUSED_RESULT;
/* What was typed as the secret; empty for nothing. Borrowed. */
const char  *rushes_upload_fields_get_secret   (RushesUploadFields *self);
/* Empties the field of the secret; @stored says whether there is one in the keyring. */
void         rushes_upload_fields_clear_secret (RushesUploadFields *self,
                                                gboolean            stored);

G_END_DECLS
