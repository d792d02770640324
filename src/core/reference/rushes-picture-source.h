/* rushes-picture-source.h
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

/* Where a picture comes from, and the sentences for when nothing comes from there: BAD_REQUEST with the field "image". */

/* No picture that a service takes is larger. */
#define RUSHES_PICTURE_MAX_BYTES (G_GINT64_CONSTANT (256) * 1024 * 1024)

/* What a person knows it by: the name of a file, the last part of a web address (decoded), its host when there is
 * none; NULL for a data: URI. */
char         *rushes_picture_source_get_name (GFile        *file) G_GNUC_WARN_UNUSED_RESULT;
gboolean      rushes_picture_source_is_web   (GFile        *file);
/* Opens anything but a web address. Blocks. */
GInputStream *rushes_picture_source_open     (GFile        *file,
                                              const char   *name,
                                              GError      **error);

/* Always FALSE. */
gboolean      rushes_picture_fail            (GError      **error,
                                              const char   *format,
                                              ...) G_GNUC_PRINTF (2, 3);
gboolean      rushes_picture_fail_too_large  (const char   *name,
                                              GError      **error);
/* @reason is GIO's. */
gboolean      rushes_picture_fail_unreadable (const char   *name,
                                              const GError *reason,
                                              GError      **error);

G_END_DECLS
