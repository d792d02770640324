/* rushes-take-query.h
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "rushes-database.h"
#include "rushes-take-filter.h"

G_BEGIN_DECLS

/**
 * RushesTakeQuery:
 *
 * A filter as a condition on the table takes. Made on the main thread, used on the store's.
 */
typedef struct _RushesTakeQuery RushesTakeQuery;

RushesTakeQuery *rushes_take_query_new         (const RushesTakeFilter *filter);
RushesTakeQuery *rushes_take_query_ref         (RushesTakeQuery        *self);
void             rushes_take_query_unref       (RushesTakeQuery        *self);

/* The ids of all that fit, in ascending order: calls @func for each. */
gboolean         rushes_take_query_list        (RushesTakeQuery        *self,
                                                RushesDatabase         *database,
                                                void                  (*func) (const char *id,
                                                                               gpointer    data),
                                                gpointer                data,
                                                GError                **error);
/* Likewise, of the few in @ids (a JSON list) those that fit. */
gboolean         rushes_take_query_select      (RushesTakeQuery        *self,
                                                RushesDatabase         *database,
                                                const char             *ids,
                                                void                  (*func) (const char *id,
                                                                               gpointer    data),
                                                gpointer                data,
                                                GError                **error);
/* Likewise, in the filter's order, the @n that come after the take @cursor; with NULL from the beginning. */
gboolean         rushes_take_query_page        (RushesTakeQuery        *self,
                                                RushesDatabase         *database,
                                                const char             *cursor,
                                                guint                   n,
                                                void                  (*func) (const char *id,
                                                                               gpointer    data),
                                                gpointer                data,
                                                GError                **error);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (RushesTakeQuery, rushes_take_query_unref)

G_END_DECLS
