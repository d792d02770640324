/* rushes-attempt-record.h
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "rushes-database.h"
#include "rushes-key-mark.h"
#include "rushes-money.h"
#include "rushes-request.h"
#include "rushes-wishes.h"

G_BEGIN_DECLS

/**
 * RushesAttemptRecord:
 *
 * What the spool keeps of an attempt that is submitted, apart from the database: enough to write the attempt down anew,
 * with its take, order and project, in a library that never knew of it. One JSON object:
 *
 *   {"version": 1,
 *    "attempt": {"id", "own_id", "number", "runner", "created", "submitted", "host", "tries", "delay", "time_limit", "resent"},
 *    "key": {"source", "print", "salt"},
 *    "hold": {"price": "free|estimate|reported|unknown", "low_micros", "micros", "currency", "worth_micros", "worth_currency"},
 *    "take": {"id", "created", "place"}, "order": {"id", "created"}, "project": {"id", "name"},
 *    "request": …, "description": {"hash", "json": …}}
 *
 * Times are µs UTC. Absent is what there was none of. No key is in it, only the print of one as the library has it, with the
 * salt that says in which library it means something. What was agreed to is not in it, for that held for one purchase.
 */
typedef struct
{
  char          *attempt_id;
  char          *own_id;
  int            number;
  char          *runner;
  gint64         created;
  gint64         submitted;
  char          *host;             /* NULL */
  RushesWishes   wishes;
  guint          n_resent;
  RushesKeyMark *key;              /* NULL when nobody knows */
  gint64         salt;             /* of the library that made it */
  RushesPrice    hold;
  char          *take_id;
  gint64         take_created;
  guint          place;
  char          *order_id;
  gint64         order_created;
  char          *project_id;
  char          *project_name;
  RushesRequest *request;
  char          *description;      /* hash; NULL */
  char          *description_json; /* NULL */
} RushesAttemptRecord;

/* The text of the record of an attempt that is just being submitted, as the database has it; NULL for an error. */
char                *rushes_attempt_record_write (RushesDatabase       *database,
                                                  const char           *attempt_id,
                                                  GError              **error) G_GNUC_WARN_UNUSED_RESULT;
/* Reads the one that lies at @path; BAD_REQUEST with the reason when it is not whole or not from this version. Blocks. */
RushesAttemptRecord *rushes_attempt_record_read  (const char           *path,
                                                  GFile                *references_folder,
                                                  GError              **error) G_GNUC_WARN_UNUSED_RESULT;
void                 rushes_attempt_record_free  (RushesAttemptRecord  *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (RushesAttemptRecord, rushes_attempt_record_free)

G_END_DECLS
