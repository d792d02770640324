/* rushes-take-row.h
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "rushes-clip.h"
#include "rushes-database.h"
#include "rushes-money.h"
#include "rushes-take-state.h"

G_BEGIN_DECLS

/**
 * RushesTakeRow:
 *
 * A take as it was read from the database, on its way from the library's thread to the objects of the main thread.
 */
typedef struct
{
  char            *id;
  char            *project_id;
  char            *request; /* JSON */
  char            *provider;
  char            *model;
  char            *prompt;
  gint64           created;
  RushesTakeState  state;
  gint64           state_since;
  GError          *error;
  RushesPrice      price;
  gboolean         starred;
  char            *note;
  char            *saved_to;
  gboolean         cancelling;
  gboolean         deleted;
  gint64           turn;
  gboolean         elsewhere; /* another computer may wait for it */
  gboolean         cached;  /* its clip is kept for now only */
  gboolean         askable; /* somebody may know more of an attempt than is written down */
  char            *file;    /* of the clip, relative to the clips folder; NULL without one */
  RushesClipFacts  facts;
  char            *sha256;
} RushesTakeRow;

/* NOT_FOUND with a sentence when there is none. */
RushesTakeRow *rushes_take_row_load       (RushesDatabase  *database,
                                           const char      *id,
                                           GError         **error);
/* All that were touched after @revision; NULL for an error. */
GPtrArray     *rushes_take_row_load_since (RushesDatabase  *database,
                                           gint64           revision,
                                           GError         **error);
/* After any change to a take or to its attempts, in the same transaction: repeats the newest attempt's state, and
 * marks the take as changed. */
gboolean       rushes_take_row_touch      (RushesDatabase  *database,
                                           const char      *id,
                                           GError         **error);
void           rushes_take_row_free       (RushesTakeRow   *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (RushesTakeRow, rushes_take_row_free)

G_END_DECLS
