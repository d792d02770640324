/* rushes-take-entry.h
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "rushes-database.h"
#include "rushes-request.h"

G_BEGIN_DECLS

/**
 * RushesTakeEntry:
 *
 * A take as it is written down for the first time: what its request says, as texts that go to the store's thread. The
 * attempt and the project are the caller's.
 */
typedef struct
{
  char      *id;
  char      *request; /* JSON */
  char      *provider;
  char      *model;
  char      *prompt;
  char      *whole_prompt;
  GPtrArray *references; /* role, SHA-256, role, SHA-256 …, in their order */
} RushesTakeEntry;

/* With NULL for @id it is a new one. */
RushesTakeEntry *rushes_take_entry_new   (const char             *id,
                                          RushesRequest          *request) G_GNUC_WARN_UNUSED_RESULT;
void             rushes_take_entry_free  (RushesTakeEntry        *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (RushesTakeEntry, rushes_take_entry_free)

/* On the store's thread: the take itself, its references and what is searched. The order and the project are there. */
gboolean         rushes_take_entry_write (const RushesTakeEntry  *self,
                                          RushesDatabase         *database,
                                          const char             *order_id,
                                          guint                   place,
                                          gint64                  created,
                                          const char             *project_id,
                                          const char             *project_name,
                                          GError                **error);

G_END_DECLS
