/* rushes-simulated-schema.h
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "rushes-simulated-body.h"

G_BEGIN_DECLS

/* What a body may have, as an OpenAPI document says it. */

/* The JSON of "schemas": one called @name for @fields, and, with @apart, one for each list of choices, to which it refers.
 * Some say "nullable" of what need not be given, and leave a default out. */
char *rushes_simulated_schema_write (const char                 *name,
                                     const RushesSimulatedField *fields,
                                     gboolean                    apart) G_GNUC_WARN_UNUSED_RESULT;

G_END_DECLS
