/* rushes-work-line.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "rushes-work-line.h"

struct _RushesWorkLine
{
  GObject parent_instance;

  guint slots;
  RushesLineOrder order;
  guint running;
  gboolean held;
  GQueue waiting; /* Entry, in the order they came; what runs keeps the line alive */
};

G_DEFINE_FINAL_TYPE (RushesWorkLine, rushes_work_line, G_TYPE_OBJECT)

typedef struct
{
  RushesWorkLine *line; /* while it runs, so that the line outlives its work */
  RushesLineFunc func;
  gpointer data;
  GDestroyNotify destroy;
  DexPromise *promise;
} Entry;

static void
entry_free (Entry *entry)
{
  if (entry->destroy != NULL)
    entry->destroy (entry->data);
  g_clear_object (&entry->line);
  dex_clear (&entry->promise);
  g_free (entry);
}

static void
give_up (gpointer data)
{
  Entry *entry = data;

  dex_promise_reject (entry->promise, g_error_new_literal (G_IO_ERROR, G_IO_ERROR_CANCELLED, "Not awaited"));
  entry_free (entry);
}

static void start (RushesWorkLine *self);

static DexFuture *
finish (DexFuture *future, gpointer data)
{
  Entry *entry = data;
  g_autoptr (GError) error = NULL;
  const GValue *value = dex_future_get_value (future, &error);

  if (value != NULL)
    dex_promise_resolve (entry->promise, value);
  else
    dex_promise_reject (entry->promise, g_steal_pointer (&error));

  entry->line->running--;
  start (entry->line);
  return NULL;
}

static void
start (RushesWorkLine *self)
{
  Entry *entry;

  while (!self->held && self->running < self->slots &&
         (entry = self->order == RUSHES_LINE_NEWEST_FIRST ? g_queue_pop_tail (&self->waiting)
                                                          : g_queue_pop_head (&self->waiting)) != NULL)
    {
      if (g_cancellable_is_cancelled (dex_promise_get_cancellable (entry->promise)))
        {
          give_up (entry);
          continue;
        }
      self->running++;
      entry->line = g_object_ref (self);
      dex_future_disown (dex_future_finally (entry->func (entry->data), finish, entry, (GDestroyNotify) entry_free));
    }
}

DexFuture *
rushes_work_line_push (RushesWorkLine *self, RushesLineFunc func, gpointer data, GDestroyNotify destroy)
{
  Entry *entry = g_new0 (Entry, 1);
  DexPromise *promise = dex_promise_new_cancellable ();

  g_return_val_if_fail (RUSHES_IS_WORK_LINE (self), NULL);

  entry->func = func;
  entry->data = data;
  entry->destroy = destroy;
  entry->promise = dex_ref (promise);
  g_queue_push_tail (&self->waiting, entry);
  start (self);

  return DEX_FUTURE (promise);
}

void
rushes_work_line_set_held (RushesWorkLine *self, gboolean held)
{
  g_return_if_fail (RUSHES_IS_WORK_LINE (self));

  self->held = held;
  start (self);
}

static void
rushes_work_line_finalize (GObject *object)
{
  g_queue_clear_full (&RUSHES_WORK_LINE (object)->waiting, give_up);

  G_OBJECT_CLASS (rushes_work_line_parent_class)->finalize (object);
}

static void
rushes_work_line_class_init (RushesWorkLineClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = rushes_work_line_finalize;
}

static void
rushes_work_line_init (RushesWorkLine *self)
{
  g_queue_init (&self->waiting);
}

RushesWorkLine *
rushes_work_line_new (guint slots, RushesLineOrder order)
{
  RushesWorkLine *self = g_object_new (RUSHES_TYPE_WORK_LINE, NULL);

  self->slots = slots;
  self->order = order;
  return self;
}
