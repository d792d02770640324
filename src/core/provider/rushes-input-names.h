/* rushes-input-names.h
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "rushes-model-private.h"
#include "rushes-template.h"

G_BEGIN_DECLS

/**
 * RushesInputNames:
 *
 * What a model calls what it is given, where the service takes an object of names and values that each model has its own
 * of: the member "input_names" of a model in data/providers/SCHEMA.md. All of it together is the value {inputs}. Immutable.
 */

/* Reads the member "input_names" of the model that @reader stands in; NULL when there is none. */
RushesInputNames *rushes_input_names_read  (RushesJsonReader          *reader) G_GNUC_WARN_UNUSED_RESULT;
RushesInputNames *rushes_input_names_ref   (RushesInputNames          *self);
void              rushes_input_names_unref (RushesInputNames          *self);
/* An object with what @brief asks of @model: what has a name here, and every parameter. What has no value is left out. NULL
 * when @self is, or nothing is left. */
JsonNode         *rushes_input_names_make  (RushesInputNames          *self,
                                            RushesModel               *model,
                                            const RushesBrief         *brief,
                                            const RushesTemplateInput *input) G_GNUC_WARN_UNUSED_RESULT;

/* What can have a name, in the order of their values; NULL-terminated. */
extern const char * const rushes_input_words[];

G_END_DECLS
