/* rushes-line.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "rushes-line.h"

struct _RushesLine
{
  GObject parent_instance;

  guint n_slots;
  GHashTable *holders; /* char * */
  GTree *waiting;      /* char * → DexPromise, in the order of the tickets */
};

G_DEFINE_FINAL_TYPE (RushesLine, rushes_line, G_TYPE_OBJECT)

enum
{
  PROP_0,
  PROP_N_TAKEN,
  N_PROPS
};

static GParamSpec *properties[N_PROPS];

static int
compare_tickets (gconstpointer a, gconstpointer b, gpointer data)
{
  return g_strcmp0 (a, b);
}

static void
rushes_line_finalize (GObject *object)
{
  RushesLine *self = RUSHES_LINE (object);

  g_hash_table_unref (self->holders);
  g_tree_unref (self->waiting);

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
}

static void
rushes_line_init (RushesLine *self)
{
  self->holders = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  self->waiting = g_tree_new_full (compare_tickets, NULL, g_free, dex_unref);
}

RushesLine *
rushes_line_new (guint n_slots)
{
  RushesLine *self = g_object_new (RUSHES_TYPE_LINE, NULL);

  self->n_slots = MAX (n_slots, 1);
  return self;
}

static void
let_in (RushesLine *self)
{
  guint before = rushes_line_get_n_taken (self);

  while (rushes_line_get_n_taken (self) < self->n_slots && g_tree_nnodes (self->waiting) > 0)
    {
      GTreeNode *first = g_tree_node_first (self->waiting);
      g_autofree char *ticket = g_strdup (g_tree_node_key (first));
      g_autoptr (DexPromise) promise = dex_ref (g_tree_node_value (first));

      g_tree_remove (self->waiting, ticket);
      g_hash_table_add (self->holders, g_steal_pointer (&ticket));
      dex_promise_resolve_boolean (promise, TRUE);
    }

  if (rushes_line_get_n_taken (self) != before)
    g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_N_TAKEN]);
}

void
rushes_line_set_slots (RushesLine *self, guint n_slots)
{
  g_return_if_fail (RUSHES_IS_LINE (self));

  self->n_slots = MAX (n_slots, 1);
  let_in (self);
}

DexFuture *
rushes_line_join (RushesLine *self, const char *ticket)
{
  DexPromise *promise;

  dex_return_error_if_fail (RUSHES_IS_LINE (self));
  dex_return_error_if_fail (ticket != NULL && g_tree_lookup (self->waiting, ticket) == NULL);

  if (rushes_line_has_slot (self, ticket))
    return dex_future_new_true ();

  promise = dex_promise_new ();
  g_tree_insert (self->waiting, g_strdup (ticket), dex_ref (promise));
  let_in (self);
  return DEX_FUTURE (promise);
}

void
rushes_line_push_in (RushesLine *self, const char *ticket)
{
  g_return_if_fail (RUSHES_IS_LINE (self));
  g_return_if_fail (ticket != NULL);

  if (g_hash_table_add (self->holders, g_strdup (ticket)))
    g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_N_TAKEN]);
}

void
rushes_line_leave (RushesLine *self, const char *ticket)
{
  g_return_if_fail (RUSHES_IS_LINE (self));
  g_return_if_fail (ticket != NULL);

  g_tree_remove (self->waiting, ticket);
  if (g_hash_table_remove (self->holders, ticket))
    {
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

guint
rushes_line_get_n_taken (RushesLine *self)
{
  g_return_val_if_fail (RUSHES_IS_LINE (self), 0);
  return g_hash_table_size (self->holders);
}
