/* rushes-table.h
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "rushes-printer.h"

G_BEGIN_DECLS

/**
 * RushesTable:
 *
 * A listing for people: columns as wide as what stands in them; on a terminal the last one gives way to its width. Cells
 * are cleaned of control characters and of line breaks.
 */
typedef struct _RushesTable RushesTable;

/* Titles of the columns, up to a NULL; "" for one without. They are a row too. */
RushesTable *rushes_table_new     (const char    *first_title,
                                   ...) G_GNUC_NULL_TERMINATED G_GNUC_WARN_UNUSED_RESULT;
void         rushes_table_free    (RushesTable   *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (RushesTable, rushes_table_free)

/* A row: one text a column; NULL is an empty cell. */
void         rushes_table_add     (RushesTable   *self,
                                   ...);
/* Without a row it says that there are none. */
void         rushes_table_print   (RushesTable   *self,
                                   RushesPrinter *printer);

G_END_DECLS
