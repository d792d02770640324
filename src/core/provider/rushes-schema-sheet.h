/* rushes-schema-sheet.h
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <glib.h>
#include <json-glib/json-glib.h>

G_BEGIN_DECLS

/* A sheet (rushes-model-sheet.h) that says all of a model, made of what its schema says that it takes: @properties are
 * RushesSchemaProperty. @names tells which of them count for what: one of rushes_input_words → char **, the names in the order
 * in which they are looked for. What none of them is, and is not in @left_out, becomes a parameter of the model's own, as long
 * as it is a simple value. NULL with UNSUPPORTED when the model wants something that no take has. */
JsonNode *rushes_schema_make_sheet (const char        *model_id,
                                    GPtrArray         *properties,
                                    GHashTable        *names,
                                    const char * const *left_out,
                                    GError           **error) G_GNUC_WARN_UNUSED_RESULT;

G_END_DECLS
