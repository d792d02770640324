/* rushes-take-events.h
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <gio/gio.h>
#include <json-glib/json-glib.h>

#include "rushes-library.h"

G_BEGIN_DECLS

/* The events of `--json`: what happens to a take, one object each. */

/* What the library knows of a take's newest attempt, beside the take itself. */
typedef struct
{
  char          *attempt;   /* its id */
  char          *task_id;   /* NULL when it never got one */
  char          *video_url; /* where the provider had the clip; NULL when it was made on this computer */
  RushesCharged  charged;
  gboolean       submitted; /* and accepted */
} RushesAttemptFacts;

void        rushes_attempt_facts_clear (RushesAttemptFacts       *self);
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (RushesAttemptFacts, rushes_attempt_facts_clear)
/* Reads them anew, in a fiber. What cannot be read stays unknown. */
void        rushes_attempt_facts_load  (RushesAttemptFacts       *self,
                                        RushesLibrary            *library,
                                        RushesTake               *take);

JsonObject *rushes_event_new_note        (const RushesNote         *note) G_GNUC_WARN_UNUSED_RESULT;
JsonObject *rushes_event_new_queued      (RushesTake               *take) G_GNUC_WARN_UNUSED_RESULT;
JsonObject *rushes_event_new_preparing   (RushesTake               *take,
                                          const RushesAttemptFacts *facts) G_GNUC_WARN_UNUSED_RESULT;
JsonObject *rushes_event_new_submitted   (RushesTake               *take,
                                          const RushesAttemptFacts *facts) G_GNUC_WARN_UNUSED_RESULT;
JsonObject *rushes_event_new_progress    (RushesTake               *take) G_GNUC_WARN_UNUSED_RESULT;
JsonObject *rushes_event_new_downloading (RushesTake               *take) G_GNUC_WARN_UNUSED_RESULT;
/* @file is where the clip is to be had; @error, NULL, is why it is not where it was asked for. */
JsonObject *rushes_event_new_completed   (RushesTake               *take,
                                          const RushesAttemptFacts *facts,
                                          GFile                    *file,
                                          const GError             *error) G_GNUC_WARN_UNUSED_RESULT;
JsonObject *rushes_event_new_failed      (RushesTake               *take,
                                          const RushesAttemptFacts *facts,
                                          const GError             *error) G_GNUC_WARN_UNUSED_RESULT;
/* @ending is CANCELLED, EXPIRED, LEFT or UNCONFIRMED; @message a translated sentence. */
JsonObject *rushes_event_new_ending      (RushesTake               *take,
                                          const RushesAttemptFacts *facts,
                                          RushesTakeState           ending,
                                          const char               *message) G_GNUC_WARN_UNUSED_RESULT;

G_END_DECLS
