/* rushes-arrival.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "rushes-arrival.h"

struct _RushesArrival
{
  GObject parent_instance;

  GFile *file;
  RushesPieces *pieces;
  gint64 size;
  gint64 total;
  RushesArrivalState state;
};

G_DEFINE_FINAL_TYPE (RushesArrival, rushes_arrival, G_TYPE_OBJECT)

enum
{
  CHANGED,
  N_SIGNALS
};

static guint signals[N_SIGNALS];

static void
rushes_arrival_finalize (GObject *object)
{
  RushesArrival *self = RUSHES_ARRIVAL (object);

  g_object_unref (self->file);
  g_clear_object (&self->pieces);

  G_OBJECT_CLASS (rushes_arrival_parent_class)->finalize (object);
}

static void
rushes_arrival_class_init (RushesArrivalClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = rushes_arrival_finalize;

  signals[CHANGED] =
      g_signal_new ("changed", RUSHES_TYPE_ARRIVAL, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 0);
}

static void
rushes_arrival_init (RushesArrival *self)
{
  self->total = -1;
}

RushesArrival *
rushes_arrival_new (GFile *file, RushesPieces *pieces)
{
  RushesArrival *self;

  g_return_val_if_fail (G_IS_FILE (file), NULL);
  g_return_val_if_fail (pieces == NULL || RUSHES_IS_PIECES (pieces), NULL);

  self = g_object_new (RUSHES_TYPE_ARRIVAL, NULL);
  self->file = g_object_ref (file);
  g_set_object (&self->pieces, pieces);

  return self;
}

GFile *
rushes_arrival_get_file (RushesArrival *self)
{
  g_return_val_if_fail (RUSHES_IS_ARRIVAL (self), NULL);
  return self->file;
}

RushesPieces *
rushes_arrival_get_pieces (RushesArrival *self)
{
  g_return_val_if_fail (RUSHES_IS_ARRIVAL (self), NULL);
  return self->pieces;
}

gint64
rushes_arrival_get_size (RushesArrival *self)
{
  g_return_val_if_fail (RUSHES_IS_ARRIVAL (self), 0);
  return self->size;
}

gint64
rushes_arrival_get_total (RushesArrival *self)
{
  g_return_val_if_fail (RUSHES_IS_ARRIVAL (self), -1);
  return self->total;
}

RushesArrivalState
rushes_arrival_get_state (RushesArrival *self)
{
  g_return_val_if_fail (RUSHES_IS_ARRIVAL (self), RUSHES_ARRIVAL_GONE);
  return self->state;
}

void
rushes_arrival_grow (RushesArrival *self, gint64 size, gint64 total)
{
  g_return_if_fail (RUSHES_IS_ARRIVAL (self));
  g_return_if_fail (self->state == RUSHES_ARRIVAL_COMING && size >= self->size);

  self->size = size;
  self->total = total;
  g_signal_emit (self, signals[CHANGED], 0);
}

void
rushes_arrival_end (RushesArrival *self, RushesArrivalState state)
{
  g_return_if_fail (RUSHES_IS_ARRIVAL (self));
  g_return_if_fail (state != RUSHES_ARRIVAL_COMING);

  if (self->state != RUSHES_ARRIVAL_COMING)
    return;
  self->state = state;
  if (self->pieces != NULL)
    rushes_pieces_clear (self->pieces);
  g_signal_emit (self, signals[CHANGED], 0);
}
