/* rushes-reference.h
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <gio/gio.h>
#include <json-glib/json-glib.h>

G_BEGIN_DECLS

typedef enum
{
  RUSHES_ROLE_FIRST_FRAME,
  RUSHES_ROLE_LAST_FRAME,
  RUSHES_ROLE_REFERENCE,
} RushesReferenceRole;

/* "first", "last", "reference" */
const char *rushes_reference_role_to_string   (RushesReferenceRole  role);
gboolean    rushes_reference_role_from_string (const char          *name,
                                               RushesReferenceRole *role);

/**
 * RushesReference:
 *
 * A picture given to a take. Immutable. The picture itself lies in the library's references folder under its
 * SHA-256, copied there when it was imported, so that a take can be made again after the original is gone.
 */
#define RUSHES_TYPE_REFERENCE (rushes_reference_get_type ())
G_DECLARE_FINAL_TYPE (RushesReference, rushes_reference, RUSHES, REFERENCE, GObject)

/* @media_type is the content's ("image/jpeg"), never guessed from a name; @width and @height are pixels as the
 * picture is looked at (after EXIF orientation); @name is what the person knows it by, for display only. */
RushesReference *rushes_reference_new            (const char      *sha256,
                                                  const char      *media_type,
                                                  int              width,
                                                  int              height,
                                                  gint64           size,
                                                  const char      *name,
                                                  GFile           *file);
const char      *rushes_reference_get_sha256     (RushesReference *self);
const char      *rushes_reference_get_media_type (RushesReference *self);
int              rushes_reference_get_width      (RushesReference *self);
int              rushes_reference_get_height     (RushesReference *self);
/* Bytes of the file. */
gint64           rushes_reference_get_size       (RushesReference *self);
const char      *rushes_reference_get_name       (RushesReference *self);
/* The library's copy. */
GFile           *rushes_reference_get_file       (RushesReference *self);

/* {"sha256":…,"type":…,"width":…,"height":…,"size":…,"name":…,"file":…}; @file is a name within the folder, no path goes out. @folder is the references folder
 * of the library that reads it back. */
JsonNode        *rushes_reference_to_json        (RushesReference *self) G_GNUC_WARN_UNUSED_RESULT;
RushesReference *rushes_reference_from_json      (JsonNode        *node,
                                                  GFile           *folder,
                                                  GError         **error);

G_END_DECLS
