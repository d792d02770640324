/* rushes-job.h
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <gio/gio.h>

#include "rushes-key-mark.h"
#include "rushes-picture-fitter.h"
#include "rushes-pieces.h"
#include "rushes-request.h"

G_BEGIN_DECLS

typedef struct _RushesLibrary RushesLibrary;

/**
 * RushesJob:
 *
 * What a provider is told about one attempt: the request, the own id it goes by, and, once a submit was answered, the
 * task it became. The pipeline makes it; a provider reads it and may hang data of its own on it with
 * g_object_set_data_full().
 *
 * Signals: ::progress (double, 0…1), how far the provider hears that it is, while the submit is still being answered and
 * between two questions; and, of a submit, ::link (string), where it hears that the clip is; once, as soon as all of that
 * address is there.
 */
#define RUSHES_TYPE_JOB (rushes_job_get_type ())
G_DECLARE_FINAL_TYPE (RushesJob, rushes_job, RUSHES, JOB, GObject)

/* @attempt_id is also the own id unless another one is set. @spool is the attempt's spool file; a provider that renders here writes beside it (SPOOL.part). */
RushesJob           *rushes_job_new             (RushesRequest       *request,
                                                 const char          *attempt_id,
                                                 GFile               *spool,
                                                 RushesPictureFitter *fitter);
RushesRequest       *rushes_job_get_request     (RushesJob           *self);
const char          *rushes_job_get_attempt_id  (RushesJob           *self);
/* A UUID of ours, written down before anything was sent: idempotency key or external id where a service has one. */
const char          *rushes_job_get_own_id      (RushesJob           *self);
void                 rushes_job_set_own_id      (RushesJob           *self,
                                                 const char          *own_id);
GFile               *rushes_job_get_spool       (RushesJob           *self);
RushesPictureFitter *rushes_job_get_fitter      (RushesJob           *self);

/* Where uploads are written down; NULL when nothing is sent, as in a rehearsal. */
RushesLibrary       *rushes_job_get_library     (RushesJob           *self);
void                 rushes_job_set_library     (RushesJob           *self,
                                                 RushesLibrary       *library);

/* What somebody who plays the clip while it is fetched wants of it before its turn: for a provider that can bring it. */
RushesPieces        *rushes_job_get_pieces      (RushesJob           *self);

/* NULL until a submit was answered, but for the host, which a provider may name when it has prepared the job: it is written
 * down with the submit, so that whoever has to ask what became of it knows where. */
const char          *rushes_job_get_task_id     (RushesJob           *self);
const char          *rushes_job_get_host        (RushesJob           *self);
const char          *rushes_job_get_poll_target (RushesJob           *self);
void                 rushes_job_set_task        (RushesJob           *self,
                                                 const char          *task_id,
                                                 const char          *host,
                                                 const char          *poll_target);

/* With which key its task was submitted, or will be when a provider has prepared the job; NULL while that is not known. */
const RushesKeyMark *rushes_job_get_key         (RushesJob           *self);
void                 rushes_job_set_key         (RushesJob           *self,
                                                 const RushesKeyMark *key);
/* Whether the last question about it was asked with another key: what is said of tasks that are not there, or not for us
 * to know, then tells nothing about this one. */
gboolean             rushes_job_has_other_key   (RushesJob           *self);

/* For providers, on the main thread. */
/* With which key they ask now; NULL for a question that needs none. */
void                 rushes_job_tell_key        (RushesJob           *self,
                                                 const RushesKeyMark *key);
void                 rushes_job_tell_progress   (RushesJob           *self,
                                                 double               progress);
void                 rushes_job_tell_link       (RushesJob           *self,
                                                 const char          *uri);

G_END_DECLS
