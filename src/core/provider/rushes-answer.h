/* rushes-answer.h
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <gio/gio.h>

#include "rushes-error.h"
#include "rushes-money.h"

G_BEGIN_DECLS

typedef enum
{
  RUSHES_PHASE_WAITING,   /* accepted, in the provider's line */
  RUSHES_PHASE_RUNNING,   /* being made */
  RUSHES_PHASE_DONE,      /* outputs are there */
  RUSHES_PHASE_FAILED,    /* error is there */
  RUSHES_PHASE_CANCELLED, /* the provider says it was cancelled */
} RushesPhase;

/* One clip of a finished task: where its bytes can be had. */
typedef struct
{
  char   *uri;     /* https:, http:, or file: for what was made on this computer */
  gint64  expires; /* µs UTC; 0 unknown */
  char   *clip_id; /* what the service calls it; NULL when it does not say */
} RushesOutput;

/**
 * RushesAnswer:
 *
 * What a provider said about a task, to a submit or to a later question. A boxed value with reference count, not changed
 * once it was handed on.
 */
typedef struct
{
  /*< private >*/
  gatomicrefcount ref_count;

  /*< public >*/
  RushesPhase  phase;
  char        *task_id;     /* of a submit's answer: exactly as given; NULL later */
  char        *host;        /* of a submit's answer: the origin that took the task; NULL for local ones */
  char        *poll_target; /* of a submit's answer: where to ask, when the answer names it; NULL */
  double       progress;    /* 0…1; -1 unknown */
  int          place;       /* in the provider's line; -1 unknown */
  GPtrArray   *outputs;     /* RushesOutput; NULL unless DONE */
  GError      *error;       /* of RUSHES_ERROR, with charged; NULL unless FAILED */
  RushesPrice  cost;        /* kind REPORTED when the provider said it, else UNKNOWN */
  char        *words;       /* the provider's raw status, cleaned; NULL */
} RushesAnswer;

#define RUSHES_TYPE_ANSWER (rushes_answer_get_type ())
GType         rushes_answer_get_type   (void);
/* progress and place are -1, the rest empty. */
RushesAnswer *rushes_answer_new        (RushesPhase   phase) G_GNUC_WARN_UNUSED_RESULT;
RushesAnswer *rushes_answer_ref        (RushesAnswer *self);
void          rushes_answer_unref      (RushesAnswer *self);
void          rushes_answer_add_output (RushesAnswer *self,
                                        const char   *uri,
                                        gint64        expires,
                                        const char   *clip_id);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (RushesAnswer, rushes_answer_unref)

G_END_DECLS
