/* rushes-json-parse.h
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <json-glib/json-glib.h>

G_BEGIN_DECLS

/* The root of a text of @length bytes, in which nothing has to end with a zero; @text may be NULL where @length is 0. @strict
 * takes neither comments nor commas at an end. @name is how errors call the text. BAD_REQUEST, with line and column of the
 * mistake where they are known, for what is not JSON, not UTF-8, or empty. */
JsonNode *rushes_json_parse (const char  *text,
                             gsize        length,
                             gboolean     strict,
                             const char  *name,
                             GError     **error) G_GNUC_WARN_UNUSED_RESULT;

G_END_DECLS
