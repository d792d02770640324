/* rushes-schema.h
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "rushes-database.h"

G_BEGIN_DECLS

/**
 * RushesSchema:
 *
 * How the library's tables came about: step n leads from user_version n to n + 1. A step that was released is never
 * edited; a change is a new one.
 */
typedef struct
{
  const char *const *steps;
  guint              n_steps;
} RushesSchema;

const RushesSchema *rushes_schema_get_default (void);

/* The user_version of an open database; -1 with @error set. */
gint64   rushes_schema_get_version (RushesDatabase      *database,
                                    GError             **error);
/* Takes the steps that are missing in one transaction, and checks what refers to what before it commits. Foreign keys
 * must be off, so that a step may make a table anew. */
gboolean rushes_schema_migrate     (const RushesSchema  *self,
                                    RushesDatabase      *database,
                                    GError             **error);

G_END_DECLS
