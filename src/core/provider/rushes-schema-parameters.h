/* rushes-schema-parameters.h
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <glib.h>
#include <json-glib/json-glib.h>

#include "rushes-json-schema.h"

G_BEGIN_DECLS

/* Characters of a title. */
#define RUSHES_SCHEMA_TITLE 60

/* A parameter of the model's own, as a description has it, of a property that is none of what every model knows. What is sent
 * for its values, where that is something else, goes into @input_names. NULL for what is no simple value, or what the model may
 * do without. */
JsonObject *rushes_schema_make_parameter (const RushesSchemaProperty *property,
                                          JsonObject                 *input_names) G_GNUC_WARN_UNUSED_RESULT;

/* NULL for what is no text, number or truth value. */
char       *rushes_schema_to_text        (JsonNode                   *node) G_GNUC_WARN_UNUSED_RESULT;
/* Whole numbers as such. */
void        rushes_schema_set_number     (JsonObject                 *object,
                                          const char                 *member,
                                          double                      number);
/* What is sent for @value, unless it is that itself. */
void        rushes_schema_add_spelling   (JsonObject                 *to,
                                          const char                 *value,
                                          JsonNode                   *sent);
/* As many as are looked at. */
guint       rushes_schema_count_choices  (const RushesSchemaProperty *property);

G_END_DECLS
