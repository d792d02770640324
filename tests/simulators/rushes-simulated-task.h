/* rushes-simulated-task.h
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <json-glib/json-glib.h>

G_BEGIN_DECLS

typedef enum
{
  RUSHES_SIMULATED_QUEUED,
  RUSHES_SIMULATED_RUNNING,
  RUSHES_SIMULATED_DONE,
  RUSHES_SIMULATED_FAILED,
  RUSHES_SIMULATED_CANCELLED,
  RUSHES_SIMULATED_N_STATES,
} RushesSimulatedState;

/* How the tasks of a simulator go. */
typedef struct
{
  /* 0: by time, queued for 2 seconds and done after 10, both divided by @speed. Else done at this poll, and queued at
   * the first. */
  guint polls;
  double speed;
  gboolean never; /* stays at 42 % */
  gboolean fails;
  guint fails_first; /* so many polls at the end say that it failed; then it is done */
} RushesSimulatedCourse;

#define RUSHES_TYPE_SIMULATED_TASK (rushes_simulated_task_get_type ())
/* A job that a simulated service took on. */
G_DECLARE_FINAL_TYPE (RushesSimulatedTask, rushes_simulated_task, RUSHES, SIMULATED_TASK, GObject)

/* @own_id is what the client calls it, or NULL; @request is what it sent. */
RushesSimulatedTask  *rushes_simulated_task_new          (const char                  *id,
                                                          const char                  *own_id,
                                                          const char                  *kind,
                                                          JsonObject                  *request,
                                                          const RushesSimulatedCourse *course) G_GNUC_WARN_UNUSED_RESULT;
const char           *rushes_simulated_task_get_id       (RushesSimulatedTask         *self);
const char           *rushes_simulated_task_get_own_id   (RushesSimulatedTask         *self);
/* What the service keeps with it: the kind of task, a model's name; NULL when nothing. */
const char           *rushes_simulated_task_get_kind     (RushesSimulatedTask         *self);
JsonObject           *rushes_simulated_task_get_request  (RushesSimulatedTask         *self);
/* Seconds since 1970 when it came. */
gint64                rushes_simulated_task_get_created  (RushesSimulatedTask         *self);
RushesSimulatedState  rushes_simulated_task_get_state    (RushesSimulatedTask         *self);
/* 0…100. */
gint64                rushes_simulated_task_get_progress (RushesSimulatedTask         *self);
/* Whether it is done, failed or cancelled. */
gboolean              rushes_simulated_task_has_ended    (RushesSimulatedTask         *self);
/* Counts a poll; returns how many there were with it. */
guint                 rushes_simulated_task_poll         (RushesSimulatedTask         *self);
/* Ends it where it stands; FALSE when it has ended before. */
gboolean              rushes_simulated_task_cancel       (RushesSimulatedTask         *self);
/* For a service that answers only when all is done: it has ended from now on; returns the milliseconds that the answer is to
 * wait for. */
guint                 rushes_simulated_task_finish       (RushesSimulatedTask         *self);
/* What the service notes about it; @value may be NULL. */
const char           *rushes_simulated_task_get_note     (RushesSimulatedTask         *self,
                                                          const char                  *name);
void                  rushes_simulated_task_set_note     (RushesSimulatedTask         *self,
                                                          const char                  *name,
                                                          const char                  *value);

G_END_DECLS
