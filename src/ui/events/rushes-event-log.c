/* rushes-event-log.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "rushes-event-log.h"

struct _RushesEventLog
{
  GObject parent_instance;

  guint max_items;
  gsize max_bytes;

  RushesEventItem **ring; /* max_items of them */
  guint first;
  guint n_items;
  gsize n_bytes;

  GQueue waiting;
  gsize n_waiting_bytes;
  guint64 n_left_out;
};

static GType
rushes_event_log_get_item_type (GListModel *list)
{
  return RUSHES_TYPE_EVENT_ITEM;
}

static guint
rushes_event_log_get_n_items (GListModel *list)
{
  return RUSHES_EVENT_LOG (list)->n_items;
}

static gpointer
rushes_event_log_get_item (GListModel *list, guint position)
{
  RushesEventLog *self = RUSHES_EVENT_LOG (list);

  if (position >= self->n_items)
    return NULL;
  return g_object_ref (self->ring[(self->first + position) % self->max_items]);
}

static void
rushes_event_log_list_model_init (GListModelInterface *iface)
{
  iface->get_item_type = rushes_event_log_get_item_type;
  iface->get_n_items = rushes_event_log_get_n_items;
  iface->get_item = rushes_event_log_get_item;
}

G_DEFINE_FINAL_TYPE_WITH_CODE (RushesEventLog,
                               rushes_event_log,
                               G_TYPE_OBJECT,
                               G_IMPLEMENT_INTERFACE (G_TYPE_LIST_MODEL, rushes_event_log_list_model_init))

/* ---- what is shown ---- */

static void
drop_first (RushesEventLog *self)
{
  RushesEventItem **place = &self->ring[self->first];

  self->n_bytes -= rushes_event_item_get_size (*place);
  g_clear_object (place);
  self->first = (self->first + 1) % self->max_items;
  self->n_items--;
}

static void
make_room (RushesEventLog *self)
{
  guint n_dropped = 0;

  while (self->n_items > 0 && (self->n_items + self->waiting.length > self->max_items ||
                               self->n_bytes + self->n_waiting_bytes > self->max_bytes))
    {
      drop_first (self);
      n_dropped++;
    }
  self->n_left_out += n_dropped;
  if (n_dropped > 0)
    g_list_model_items_changed (G_LIST_MODEL (self), 0, n_dropped, 0);
}

void
rushes_event_log_flush (RushesEventLog *self)
{
  guint n, position;

  g_return_if_fail (RUSHES_IS_EVENT_LOG (self));

  if (self->waiting.length == 0)
    return;
  make_room (self);
  n = self->waiting.length;
  position = self->n_items;
  for (guint i = 0; i < n; i++)
    self->ring[(self->first + self->n_items++) % self->max_items] = g_queue_pop_head (&self->waiting);
  self->n_bytes += self->n_waiting_bytes;
  self->n_waiting_bytes = 0;
  g_list_model_items_changed (G_LIST_MODEL (self), position, 0, n);
}

/* ---- what waits ---- */

static void
drop_waiting (RushesEventLog *self)
{
  RushesEventItem *item = g_queue_pop_head (&self->waiting);

  self->n_waiting_bytes -= rushes_event_item_get_size (item);
  g_object_unref (item);
}

void
rushes_event_log_append (RushesEventLog *self, RushesEventItem *item)
{
  g_return_if_fail (RUSHES_IS_EVENT_LOG (self));
  g_return_if_fail (RUSHES_IS_EVENT_ITEM (item));

  g_queue_push_tail (&self->waiting, item);
  self->n_waiting_bytes += rushes_event_item_get_size (item);
  while (self->waiting.length > 1 &&
         (self->waiting.length > self->max_items || self->n_waiting_bytes > self->max_bytes))
    {
      drop_waiting (self);
      self->n_left_out++;
    }
}

void
rushes_event_log_clear (RushesEventLog *self)
{
  guint n;

  g_return_if_fail (RUSHES_IS_EVENT_LOG (self));

  n = self->n_items;
  while (self->waiting.length > 0)
    drop_waiting (self);
  while (self->n_items > 0)
    drop_first (self);
  self->n_left_out = 0;
  if (n > 0)
    g_list_model_items_changed (G_LIST_MODEL (self), 0, n, 0);
}

guint
rushes_event_log_get_n_waiting (RushesEventLog *self)
{
  g_return_val_if_fail (RUSHES_IS_EVENT_LOG (self), 0);
  return self->waiting.length;
}

guint64
rushes_event_log_get_n_left_out (RushesEventLog *self)
{
  g_return_val_if_fail (RUSHES_IS_EVENT_LOG (self), 0);
  return self->n_left_out;
}

static void
rushes_event_log_finalize (GObject *object)
{
  RushesEventLog *self = RUSHES_EVENT_LOG (object);

  g_queue_clear_full (&self->waiting, g_object_unref);
  while (self->n_items > 0)
    drop_first (self);
  g_free (self->ring);

  G_OBJECT_CLASS (rushes_event_log_parent_class)->finalize (object);
}

static void
rushes_event_log_class_init (RushesEventLogClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = rushes_event_log_finalize;
}

static void
rushes_event_log_init (RushesEventLog *self)
{
  g_queue_init (&self->waiting);
}

RushesEventLog *
rushes_event_log_new (guint max_items, gsize max_bytes)
{
  RushesEventLog *self;

  g_return_val_if_fail (max_items > 0, NULL);

  self = g_object_new (RUSHES_TYPE_EVENT_LOG, NULL);
  self->max_items = max_items;
  self->max_bytes = max_bytes;
  self->ring = g_new0 (RushesEventItem *, max_items);
  return self;
}
