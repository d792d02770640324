/* rushes-project-private.h
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "rushes-database.h"
#include "rushes-project.h"

G_BEGIN_DECLS

/* A project as it was read from the database. */
typedef struct
{
  char   *id;
  char   *name;
  gint64  created;
  char   *draft; /* JSON; NULL */
  char   *defaults; /* likewise */
  guint   n_takes;
} RushesProjectRow;

/* All that are not deleted, in no order; NULL for an error. */
GPtrArray     *rushes_project_load_rows (RushesDatabase          *database,
                                         GError                 **error);

RushesProject *rushes_project_new       (const RushesProjectRow  *row);
/* Notifies what changed. */
void           rushes_project_set_row   (RushesProject           *self,
                                         const RushesProjectRow  *row);

G_END_DECLS
