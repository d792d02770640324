/* rushes-line.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "rushes-line.h"

typedef struct
{
  guint n_slots;
  guint n_taken;
  guint n_elsewhere; /* by other processes */
  guint n_waiting;   /* while places are counted */
} Lane;

typedef struct
{
  char *ticket;
  gint64 turn;
  Lane *lane;
  DexPromise *promise;
  int place;
} Entry;

struct _RushesLine
{
  GObject parent_instance;

  GHashTable *lanes;   /* char * → Lane */
  GHashTable *holders; /* char * → Lane */
  GHashTable *waiting; /* Entry.ticket → GSequenceIter */
  GSequence *order;    /* Entry, in the order of their turns */
  guint total;
  guint telling; /* source of ::shifted; 0 */
  gboolean paused;
};

G_DEFINE_FINAL_TYPE (RushesLine, rushes_line, G_TYPE_OBJECT)

enum
{
  PROP_0,
  PROP_N_TAKEN,
  N_PROPS
};

enum
{
  SHIFTED,
  N_SIGNALS
};

static GParamSpec *properties[N_PROPS];
static guint signals[N_SIGNALS];

static int
compare_entries (gconstpointer a, gconstpointer b, gpointer data)
{
  const Entry *one = a, *other = b;

  return one->turn != other->turn ? (one->turn < other->turn ? -1 : 1) : strcmp (one->ticket, other->ticket);
}

static void
entry_free (Entry *entry)
{
  g_free (entry->ticket);
  dex_unref (entry->promise);
  g_free (entry);
}

static void
rushes_line_finalize (GObject *object)
{
  RushesLine *self = RUSHES_LINE (object);

  g_clear_handle_id (&self->telling, g_source_remove);
  g_hash_table_unref (self->waiting);
  g_sequence_free (self->order);
  g_hash_table_unref (self->holders);
  g_hash_table_unref (self->lanes);

  G_OBJECT_CLASS (rushes_line_parent_class)->finalize (object);
}

static void
rushes_line_get_property (GObject *object, guint prop_id, GValue *value, GParamSpec *pspec)
{
  switch (prop_id)
    {
    case PROP_N_TAKEN:
      g_value_set_uint (value, rushes_line_get_n_taken (RUSHES_LINE (object)));
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, prop_id, pspec);
    }
}

static void
rushes_line_class_init (RushesLineClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);

  object_class->finalize = rushes_line_finalize;
  object_class->get_property = rushes_line_get_property;

  properties[PROP_N_TAKEN] = g_param_spec_uint ("n-taken", NULL, NULL, 0, G_MAXUINT, 0,
                                                G_PARAM_READABLE | G_PARAM_EXPLICIT_NOTIFY | G_PARAM_STATIC_STRINGS);
  g_object_class_install_properties (object_class, N_PROPS, properties);

  signals[SHIFTED] =
      g_signal_new ("shifted", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 0);
}

static void
rushes_line_init (RushesLine *self)
{
  self->lanes = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_free);
  self->holders = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  self->waiting = g_hash_table_new (g_str_hash, g_str_equal);
  self->order = g_sequence_new ((GDestroyNotify) entry_free);
}

RushesLine *
rushes_line_new (void)
{
  return g_object_new (RUSHES_TYPE_LINE, NULL);
}

static Lane *
get_lane (RushesLine *self, const char *id)
{
  Lane *lane = g_hash_table_lookup (self->lanes, id);

  if (lane == NULL)
    {
      lane = g_new0 (Lane, 1);
      lane->n_slots = 1;
      g_hash_table_insert (self->lanes, g_strdup (id), lane);
    }
  return lane;
}

/* ---- places ---- */

static void
tell (gpointer data)
{
  g_autoptr (RushesLine) self = g_object_ref (data);
  GHashTableIter lanes;
  Lane *lane;

  self->telling = 0;
  g_hash_table_iter_init (&lanes, self->lanes);
  while (g_hash_table_iter_next (&lanes, NULL, (gpointer *) &lane))
    lane->n_waiting = 0;
  for (GSequenceIter *iter = g_sequence_get_begin_iter (self->order); !g_sequence_iter_is_end (iter);
       iter = g_sequence_iter_next (iter))
    {
      Entry *entry = g_sequence_get (iter);

      entry->place = entry->lane->n_waiting++;
    }
  g_signal_emit (self, signals[SHIFTED], 0);
}

static void
tell_later (RushesLine *self)
{
  if (self->telling == 0)
    self->telling = g_idle_add_once (tell, self);
}

/* ---- slots ---- */

static GSequenceIter *
find_next (RushesLine *self)
{
  if (self->paused || (self->total > 0 && rushes_line_get_n_taken (self) >= self->total))
    return NULL;
  for (GSequenceIter *iter = g_sequence_get_begin_iter (self->order); !g_sequence_iter_is_end (iter);
       iter = g_sequence_iter_next (iter))
    {
      const Lane *lane = ((Entry *) g_sequence_get (iter))->lane;

      if (lane->n_taken + lane->n_elsewhere < lane->n_slots)
        return iter;
    }
  return NULL;
}

static void
hold (RushesLine *self, Lane *lane, const char *ticket)
{
  g_hash_table_insert (self->holders, g_strdup (ticket), lane);
  lane->n_taken++;
}

static void
let_in (RushesLine *self)
{
  guint before = rushes_line_get_n_taken (self);
  GSequenceIter *next;

  while ((next = find_next (self)) != NULL)
    {
      Entry *entry = g_sequence_get (next);
      g_autoptr (DexPromise) promise = dex_ref (entry->promise);

      hold (self, entry->lane, entry->ticket);
      g_hash_table_remove (self->waiting, entry->ticket);
      g_sequence_remove (next);
      dex_promise_resolve_boolean (promise, TRUE);
    }

  if (rushes_line_get_n_taken (self) != before)
    g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_N_TAKEN]);
  tell_later (self);
}

void
rushes_line_set_slots (RushesLine *self, const char *lane, guint n_slots)
{
  g_return_if_fail (RUSHES_IS_LINE (self));
  g_return_if_fail (lane != NULL);

  get_lane (self, lane)->n_slots = MAX (n_slots, 1);
  let_in (self);
}

void
rushes_line_set_total (RushesLine *self, guint n_slots)
{
  g_return_if_fail (RUSHES_IS_LINE (self));

  self->total = n_slots;
  let_in (self);
}

void
rushes_line_set_paused (RushesLine *self, gboolean paused)
{
  g_return_if_fail (RUSHES_IS_LINE (self));

  self->paused = paused;
  let_in (self);
}

void
rushes_line_set_elsewhere (RushesLine *self, const char *lane, guint n_taken)
{
  g_return_if_fail (RUSHES_IS_LINE (self));
  g_return_if_fail (lane != NULL);

  get_lane (self, lane)->n_elsewhere = n_taken;
  let_in (self);
}

guint
rushes_line_get_room (RushesLine *self, const char *lane)
{
  const Lane *place;

  g_return_val_if_fail (RUSHES_IS_LINE (self), 0);
  g_return_val_if_fail (lane != NULL, 0);

  place = get_lane (self, lane);
  return place->n_slots > place->n_taken ? place->n_slots - place->n_taken : 0;
}

gboolean
rushes_line_get_paused (RushesLine *self)
{
  g_return_val_if_fail (RUSHES_IS_LINE (self), FALSE);
  return self->paused;
}

/* ---- coming and going ---- */

DexFuture *
rushes_line_join (RushesLine *self, const char *lane, const char *ticket, gint64 turn)
{
  DexPromise *promise;
  Entry *entry;

  dex_return_error_if_fail (RUSHES_IS_LINE (self));
  dex_return_error_if_fail (lane != NULL);
  dex_return_error_if_fail (ticket != NULL && !g_hash_table_contains (self->waiting, ticket));

  if (rushes_line_has_slot (self, ticket))
    return dex_future_new_true ();

  promise = dex_promise_new ();
  entry = g_new0 (Entry, 1);
  entry->ticket = g_strdup (ticket);
  entry->turn = turn;
  entry->lane = get_lane (self, lane);
  entry->promise = dex_ref (promise);
  entry->place = -1;
  g_hash_table_insert (self->waiting, entry->ticket,
                       g_sequence_insert_sorted (self->order, entry, compare_entries, NULL));
  let_in (self);
  return DEX_FUTURE (promise);
}

void
rushes_line_set_turn (RushesLine *self, const char *ticket, gint64 turn)
{
  GSequenceIter *iter;

  g_return_if_fail (RUSHES_IS_LINE (self));
  g_return_if_fail (ticket != NULL);

  iter = g_hash_table_lookup (self->waiting, ticket);
  if (iter == NULL)
    return;
  ((Entry *) g_sequence_get (iter))->turn = turn;
  g_sequence_sort_changed (iter, compare_entries, NULL);
  tell_later (self);
}

void
rushes_line_push_in (RushesLine *self, const char *lane, const char *ticket)
{
  g_return_if_fail (RUSHES_IS_LINE (self));
  g_return_if_fail (lane != NULL && ticket != NULL);

  if (rushes_line_has_slot (self, ticket))
    return;
  hold (self, get_lane (self, lane), ticket);
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_N_TAKEN]);
}

void
rushes_line_leave (RushesLine *self, const char *ticket)
{
  GSequenceIter *iter;
  Lane *lane;

  g_return_if_fail (RUSHES_IS_LINE (self));
  g_return_if_fail (ticket != NULL);

  iter = g_hash_table_lookup (self->waiting, ticket);
  if (iter != NULL)
    {
      g_hash_table_remove (self->waiting, ticket);
      g_sequence_remove (iter);
      tell_later (self);
    }
  lane = g_hash_table_lookup (self->holders, ticket);
  if (lane != NULL)
    {
      lane->n_taken--;
      g_hash_table_remove (self->holders, ticket);
      g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_N_TAKEN]);
      let_in (self);
    }
}

gboolean
rushes_line_has_slot (RushesLine *self, const char *ticket)
{
  g_return_val_if_fail (RUSHES_IS_LINE (self), FALSE);
  return g_hash_table_contains (self->holders, ticket);
}

int
rushes_line_get_place (RushesLine *self, const char *ticket)
{
  GSequenceIter *iter;

  g_return_val_if_fail (RUSHES_IS_LINE (self), -1);
  g_return_val_if_fail (ticket != NULL, -1);

  iter = g_hash_table_lookup (self->waiting, ticket);
  return iter != NULL ? ((Entry *) g_sequence_get (iter))->place : -1;
}

guint
rushes_line_get_n_taken (RushesLine *self)
{
  g_return_val_if_fail (RUSHES_IS_LINE (self), 0);
  return g_hash_table_size (self->holders);
}
