/* rushes-simulated-task.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "rushes-simulated-task.h"

#define QUEUED_SECONDS 2.0
#define WHOLE_SECONDS  10.0

struct _RushesSimulatedTask
{
  GObject parent_instance;

  char *id;
  char *own_id;
  char *kind;
  JsonObject *request;
  GHashTable *notes;
  RushesSimulatedCourse course;
  gint64 created;
  gint64 born; /* monotonic */
  guint polls;
  guint polls_at_end;
  gboolean finished;
  gboolean cancelled;
};

G_DEFINE_FINAL_TYPE (RushesSimulatedTask, rushes_simulated_task, G_TYPE_OBJECT)

static void
rushes_simulated_task_finalize (GObject *object)
{
  RushesSimulatedTask *self = RUSHES_SIMULATED_TASK (object);

  g_free (self->id);
  g_free (self->own_id);
  g_free (self->kind);
  g_clear_pointer (&self->request, json_object_unref);
  g_hash_table_unref (self->notes);
  G_OBJECT_CLASS (rushes_simulated_task_parent_class)->finalize (object);
}

static void
rushes_simulated_task_class_init (RushesSimulatedTaskClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = rushes_simulated_task_finalize;
}

static void
rushes_simulated_task_init (RushesSimulatedTask *self)
{
  self->notes = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_free);
  self->created = g_get_real_time () / G_USEC_PER_SEC;
  self->born = g_get_monotonic_time ();
}

RushesSimulatedTask *
rushes_simulated_task_new (const char *id,
                           const char *own_id,
                           const char *kind,
                           JsonObject *request,
                           const RushesSimulatedCourse *course)
{
  RushesSimulatedTask *self = g_object_new (RUSHES_TYPE_SIMULATED_TASK, NULL);

  self->id = g_strdup (id);
  self->own_id = g_strdup (own_id);
  self->kind = g_strdup (kind);
  self->request = request != NULL ? json_object_ref (request) : NULL;
  self->course = *course;
  return self;
}

const char *
rushes_simulated_task_get_id (RushesSimulatedTask *self)
{
  return self->id;
}

const char *
rushes_simulated_task_get_own_id (RushesSimulatedTask *self)
{
  return self->own_id;
}

const char *
rushes_simulated_task_get_kind (RushesSimulatedTask *self)
{
  return self->kind;
}

JsonObject *
rushes_simulated_task_get_request (RushesSimulatedTask *self)
{
  return self->request;
}

gint64
rushes_simulated_task_get_created (RushesSimulatedTask *self)
{
  return self->created;
}

static double
get_age (RushesSimulatedTask *self)
{
  return (g_get_monotonic_time () - self->born) * self->course.speed / G_USEC_PER_SEC;
}

/* How far it is, from 0 (queued) to 1 (at its end). */
static double
get_share (RushesSimulatedTask *self)
{
  double share;

  if (self->finished)
    return 1;
  if (self->course.polls > 0)
    share = self->polls <= 1 && self->course.polls > 1 ? 0 : MIN (1.0, (double) self->polls / self->course.polls);
  else
    share = CLAMP ((get_age (self) - QUEUED_SECONDS) / (WHOLE_SECONDS - QUEUED_SECONDS), 0, 1);
  return self->course.never ? MIN (share, 0.42) : share;
}

RushesSimulatedState
rushes_simulated_task_get_state (RushesSimulatedTask *self)
{
  double share = get_share (self);

  if (self->cancelled)
    return RUSHES_SIMULATED_CANCELLED;
  if (share <= 0)
    return RUSHES_SIMULATED_QUEUED;
  if (share < 1)
    return RUSHES_SIMULATED_RUNNING;
  if (self->course.fails || (self->course.fails_first > 0 && self->polls_at_end <= self->course.fails_first))
    return RUSHES_SIMULATED_FAILED;
  return RUSHES_SIMULATED_DONE;
}

gint64
rushes_simulated_task_get_progress (RushesSimulatedTask *self)
{
  return (gint64) (get_share (self) * 100);
}

gboolean
rushes_simulated_task_has_ended (RushesSimulatedTask *self)
{
  return self->cancelled || get_share (self) >= 1;
}

guint
rushes_simulated_task_poll (RushesSimulatedTask *self)
{
  self->polls++;
  if (get_share (self) >= 1)
    self->polls_at_end++;
  return self->polls;
}

gboolean
rushes_simulated_task_cancel (RushesSimulatedTask *self)
{
  if (rushes_simulated_task_has_ended (self))
    return FALSE;
  self->cancelled = TRUE;
  return TRUE;
}

guint
rushes_simulated_task_finish (RushesSimulatedTask *self)
{
  double rest = self->course.polls > 0 ? 0 : (WHOLE_SECONDS - get_age (self)) / self->course.speed;

  if (self->course.never)
    return 3600 * 1000;
  self->finished = TRUE;
  return (guint) (MAX (rest, 0) * 1000) + 1;
}

const char *
rushes_simulated_task_get_note (RushesSimulatedTask *self, const char *name)
{
  return g_hash_table_lookup (self->notes, name);
}

void
rushes_simulated_task_set_note (RushesSimulatedTask *self, const char *name, const char *value)
{
  if (value == NULL)
    g_hash_table_remove (self->notes, name);
  else
    g_hash_table_insert (self->notes, g_strdup (name), g_strdup (value));
}
