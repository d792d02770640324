/* rushes-job.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "rushes-job.h"

#include "rushes-library.h"

struct _RushesJob
{
  GObject parent_instance;

  RushesRequest *request;
  char *attempt_id;
  char *own_id;
  GFile *spool;
  RushesPictureFitter *fitter;
  RushesLibrary *library;
  char *task_id;
  char *host;
  char *poll_target;
  RushesKeyMark *key;   /* NULL while it is not known */
  RushesKeyMark *asked; /* with which the last question was asked; NULL */
  RushesPieces *pieces;
};

G_DEFINE_FINAL_TYPE (RushesJob, rushes_job, G_TYPE_OBJECT)

enum
{
  PROGRESS,
  LINK,
  N_SIGNALS
};

static guint signals[N_SIGNALS];

static void
rushes_job_finalize (GObject *object)
{
  RushesJob *self = RUSHES_JOB (object);

  g_clear_object (&self->request);
  g_free (self->attempt_id);
  g_free (self->own_id);
  g_clear_object (&self->spool);
  g_clear_object (&self->fitter);
  g_clear_object (&self->library);
  g_free (self->task_id);
  g_free (self->host);
  g_free (self->poll_target);
  g_clear_pointer (&self->key, rushes_key_mark_free);
  g_clear_pointer (&self->asked, rushes_key_mark_free);
  g_object_unref (self->pieces);

  G_OBJECT_CLASS (rushes_job_parent_class)->finalize (object);
}

static void
rushes_job_class_init (RushesJobClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = rushes_job_finalize;

  signals[PROGRESS] = g_signal_new ("progress", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                                    G_TYPE_NONE, 1, G_TYPE_DOUBLE);
  signals[LINK] = g_signal_new ("link", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE,
                                1, G_TYPE_STRING);
}

static void
rushes_job_init (RushesJob *self)
{
  self->pieces = rushes_pieces_new ();
}

RushesJob *
rushes_job_new (RushesRequest *request, const char *attempt_id, GFile *spool, RushesPictureFitter *fitter)
{
  RushesJob *self;

  g_return_val_if_fail (RUSHES_IS_REQUEST (request), NULL);
  g_return_val_if_fail (attempt_id != NULL, NULL);
  g_return_val_if_fail (G_IS_FILE (spool), NULL);
  g_return_val_if_fail (fitter == NULL || RUSHES_IS_PICTURE_FITTER (fitter), NULL);

  self = g_object_new (RUSHES_TYPE_JOB, NULL);
  self->request = g_object_ref (request);
  self->attempt_id = g_strdup (attempt_id);
  self->own_id = g_strdup (attempt_id);
  self->spool = g_object_ref (spool);
  g_set_object (&self->fitter, fitter);

  return self;
}

RushesRequest *
rushes_job_get_request (RushesJob *self)
{
  g_return_val_if_fail (RUSHES_IS_JOB (self), NULL);
  return self->request;
}

const char *
rushes_job_get_attempt_id (RushesJob *self)
{
  g_return_val_if_fail (RUSHES_IS_JOB (self), NULL);
  return self->attempt_id;
}

const char *
rushes_job_get_own_id (RushesJob *self)
{
  g_return_val_if_fail (RUSHES_IS_JOB (self), NULL);
  return self->own_id;
}

void
rushes_job_set_own_id (RushesJob *self, const char *own_id)
{
  g_return_if_fail (RUSHES_IS_JOB (self));
  g_return_if_fail (own_id != NULL);

  g_set_str (&self->own_id, own_id);
}

GFile *
rushes_job_get_spool (RushesJob *self)
{
  g_return_val_if_fail (RUSHES_IS_JOB (self), NULL);
  return self->spool;
}

RushesPictureFitter *
rushes_job_get_fitter (RushesJob *self)
{
  g_return_val_if_fail (RUSHES_IS_JOB (self), NULL);
  return self->fitter;
}

RushesLibrary *
rushes_job_get_library (RushesJob *self)
{
  g_return_val_if_fail (RUSHES_IS_JOB (self), NULL);
  return self->library;
}

void
rushes_job_set_library (RushesJob *self, RushesLibrary *library)
{
  g_return_if_fail (RUSHES_IS_JOB (self));

  g_set_object (&self->library, library);
}

const char *
rushes_job_get_task_id (RushesJob *self)
{
  g_return_val_if_fail (RUSHES_IS_JOB (self), NULL);
  return self->task_id;
}

const char *
rushes_job_get_host (RushesJob *self)
{
  g_return_val_if_fail (RUSHES_IS_JOB (self), NULL);
  return self->host;
}

const char *
rushes_job_get_poll_target (RushesJob *self)
{
  g_return_val_if_fail (RUSHES_IS_JOB (self), NULL);
  return self->poll_target;
}

RushesPieces *
rushes_job_get_pieces (RushesJob *self)
{
  g_return_val_if_fail (RUSHES_IS_JOB (self), NULL);
  return self->pieces;
}

void
rushes_job_set_task (RushesJob *self, const char *task_id, const char *host, const char *poll_target)
{
  g_return_if_fail (RUSHES_IS_JOB (self));

  g_set_str (&self->task_id, task_id);
  g_set_str (&self->host, host);
  g_set_str (&self->poll_target, poll_target);
}

static void
set_mark (RushesKeyMark **place, const RushesKeyMark *mark)
{
  RushesKeyMark *copy = mark != NULL ? rushes_key_mark_copy (mark) : NULL;

  g_clear_pointer (place, rushes_key_mark_free);
  *place = copy;
}

const RushesKeyMark *
rushes_job_get_key (RushesJob *self)
{
  g_return_val_if_fail (RUSHES_IS_JOB (self), NULL);
  return self->key;
}

void
rushes_job_set_key (RushesJob *self, const RushesKeyMark *key)
{
  g_return_if_fail (RUSHES_IS_JOB (self));

  set_mark (&self->key, key);
}

gboolean
rushes_job_has_other_key (RushesJob *self)
{
  g_return_val_if_fail (RUSHES_IS_JOB (self), FALSE);
  return self->key != NULL && self->asked != NULL && !rushes_key_mark_equal (self->key, self->asked);
}

void
rushes_job_tell_key (RushesJob *self, const RushesKeyMark *key)
{
  g_return_if_fail (RUSHES_IS_JOB (self));

  set_mark (&self->asked, key);
}

void
rushes_job_tell_progress (RushesJob *self, double progress)
{
  g_return_if_fail (RUSHES_IS_JOB (self));

  g_signal_emit (self, signals[PROGRESS], 0, progress);
}

void
rushes_job_tell_link (RushesJob *self, const char *uri)
{
  g_return_if_fail (RUSHES_IS_JOB (self));
  g_return_if_fail (uri != NULL);

  g_signal_emit (self, signals[LINK], 0, uri);
}
